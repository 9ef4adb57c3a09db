//! Backup while writing goes on, and restore under a new identity.
//!
//! A backup is one file: the key file's content and a consistent encrypted copy of the database.
//! A restored copy must never write as the node it was copied from: its signing key is destroyed
//! in the copy before anything else can happen (G9).

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Seek as _, Write};
use std::path::{Path, PathBuf};

use minicbor::Decoder;
use minicbor::decode::Error as DecodeError;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use sha2::{Digest as _, Sha256};

use crate::cbor;
use crate::error::{Doing as _, DoingAt as _, Error, Result, malformed};
use crate::head_record::HeadRecord;
use crate::identity::{Hash, NodeId};
use crate::ledger::{self, DATABASE_FILE_NAME, Options, Standing};
use crate::merkle::sha256;
use crate::reader::{Head, Reader};
use crate::schema::{self, Access};
use crate::shared;
use crate::staging::Staging;
use crate::succession::{self, Succession};
use crate::vault::{self, Unlock, Vault};
use crate::verify::{self, Progress, Report};

/// What a backup file begins with: its kind and version.
const MAGIC: &[u8; 14] = b"akey backup 1\n";
/// A header holds a key file and a few numbers.
const HEADER_BYTES_MAX: usize = 64 * 1024;
/// Pages copied between two looks at the progress: 4 MiB.
const PAGES_PER_STEP: i32 = 1024;

/// A backup file that was written and is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupMade {
    /// The end of the log it holds.
    pub head: Head,
    /// Its size.
    pub bytes: u64,
}

/// What a restore gave.
#[derive(Debug)]
pub struct Restored {
    /// Which identity ended, which began.
    pub succession: Succession,
    /// When the backup was made, in milliseconds since 1970.
    pub made_at_ms: u64,
    /// What was checked.
    pub report: Report,
}

/// What stands before the database in a backup file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Header {
    made_at_ms: u64,
    head: Head,
    vault: Vec<u8>,
    database_bytes: u64,
    database_hash: Hash,
}

/// Writes a backup of the reader's ledger into one file, while the writer goes on: to a temporary
/// name, made durable, then renamed. It holds everything that was committed when it began.
pub fn backup(
    reader: &Reader,
    to: &Path,
    now_ms: u64,
    progress: impl FnMut(Progress),
) -> Result<BackupMade> {
    let copy = Temporary::beside(to, "database");
    let unfinished = Temporary::beside(to, "unfinished");
    let head = copy_database(reader, &copy.0, progress)?;
    let vault_path = reader.dir.join(vault::FILE_NAME);
    let vault = fs::read(&vault_path).doing_at(&vault_path, "read")?;
    Vault::from_bytes(vault_path, &vault)?;
    let (database_bytes, database_hash) = hash_of_file(&copy.0)?;
    let header = Header {
        made_at_ms: now_ms,
        head,
        vault,
        database_bytes,
        database_hash,
    };

    let file = private_file(&unfinished.0).doing_at(&unfinished.0, "make")?;
    let bytes = write_backup(&header, &copy.0, file).doing_at(&unfinished.0, "write")?;
    fs::rename(&unfinished.0, to).doing_at(to, "rename the finished backup")?;
    let dir = to
        .parent()
        .filter(|dir| !dir.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    reader
        .options
        .disk
        .sync_directory(dir)
        .doing_at(dir, "make durable")?;
    Ok(BackupMade { head, bytes })
}

/// Unpacks a backup into an empty or new folder, checks everything, and gives the copy a new
/// identity. The old signing key is destroyed in the copy; its sealing key and the data keys stay
/// usable. Nothing is left in `dir` when it fails.
pub fn restore(
    file: &Path,
    dir: &Path,
    unlock: &Unlock<'_>,
    now_ms: u64,
    options: &Options,
    progress: impl FnMut(Progress),
) -> Result<Restored> {
    let Unpacked {
        staging,
        key_file,
        header,
        report,
        mut connection,
    } = open_copy(file, dir, unlock, options, progress)?;
    let succession = succession::begin(&mut connection, now_ms, staging.dir(), options)?
        .ok_or_else(|| malformed("backup", "it has no signing key"))?;
    ledger::close(connection)?;
    if succession.old != header.head {
        let why = "its log does not end where its header says".to_owned();
        return Err(Error::DamagedBackup {
            path: file.to_owned(),
            why,
        });
    }
    key_file.moved_to(staging.dir()).write(options)?;
    staging.finish(options)?;
    Ok(Restored {
        succession,
        made_at_ms: header.made_at_ms,
        report,
    })
}

/// Unpacks a backup of a hub server into an empty or new folder as a further server of the same hub:
/// under the same identity, which may write nothing without the database that the servers share, and
/// so cannot write a second history (G9).
///
/// # Errors
/// [`Error::StoreNotMoved`] where the backup is not of a hub server: such a copy must not keep its
/// identity. Nothing is left in `dir` when it fails.
pub fn copy_of_server(
    file: &Path,
    dir: &Path,
    unlock: &Unlock<'_>,
    options: &Options,
    progress: impl FnMut(Progress),
) -> Result<Report> {
    let Unpacked {
        staging,
        key_file,
        header,
        report,
        connection,
    } = open_copy(file, dir, unlock, options, progress)?;
    if shared::read_place(&connection)?.is_none() {
        return Err(Error::StoreNotMoved);
    }
    let standing = Standing::load(&connection, header.head.node)?;
    ledger::close(connection)?;
    let promised = standing.acknowledged(header.head.node);
    HeadRecord::create(options.disk.as_ref(), staging.dir(), promised)?;
    key_file.moved_to(staging.dir()).write(options)?;
    staging.finish(options)?;
    Ok(report)
}

/// The copy of a ledger out of a backup, checked, and in no folder that anybody opens yet.
struct Unpacked {
    staging: Staging,
    key_file: Vault,
    header: Header,
    report: Report,
    // Closed before the folder goes, where nothing comes of it.
    connection: Connection,
}

/// Unpacks a backup beside `dir` and checks every byte of it.
fn open_copy(
    file: &Path,
    dir: &Path,
    unlock: &Unlock<'_>,
    options: &Options,
    progress: impl FnMut(Progress),
) -> Result<Unpacked> {
    let mut input = BufReader::new(File::open(file).doing_at(file, "open")?);
    let header = read_header(file, &mut input)?;
    let key_file = Vault::from_bytes(file.to_owned(), &header.vault)?;
    let key = key_file.open(unlock)?;

    let staging = Staging::begin(dir)?;
    let path = staging.dir().join(DATABASE_FILE_NAME);
    unpack(file, &mut input, &header, &path)?;
    let report = verify::walk_database(staging.dir(), &key, options, progress).require_clean()?;
    let mut connection = schema::connect(&path, &key, Access::Write, options)?;
    schema::migrate(&mut connection)?;
    Ok(Unpacked {
        staging,
        key_file,
        header,
        report,
        connection,
    })
}

/// A new file that only its owner may read: a backup holds the wrapped key, to be guessed at leisure.
fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Copies the database as it is at one moment, encrypted with the same key.
fn copy_database(reader: &Reader, to: &Path, mut progress: impl FnMut(Progress)) -> Result<Head> {
    let source = reader.another()?;
    // Holding one read transaction throughout, every step copies from the same moment.
    source
        .connection
        .execute_batch("BEGIN")
        .doing("begin a backup")?;
    let head = source.view().head()?;
    drop(private_file(to).doing_at(to, "make")?);
    let mut copy = Connection::open(to).doing("make the copy")?;
    schema::unlock(&copy, &reader.key).doing("encrypt the copy")?;
    let backup = Backup::new(&source.connection, &mut copy).doing("begin a backup")?;
    loop {
        let step = backup.step(PAGES_PER_STEP).doing("copy pages")?;
        let pages = backup.progress();
        let (total, remaining) = (pages.pagecount.max(0), pages.remaining.max(0));
        let done = u64::from((total - remaining).unsigned_abs());
        progress(Progress {
            done,
            total: u64::from(total.unsigned_abs()),
        });
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            _ => std::thread::sleep(std::time::Duration::from_millis(5)),
        }
    }
    drop(backup);
    copy.close()
        .map_err(|(_, source)| Error::of_database("close the copy", source))?;
    Ok(head)
}

fn hash_of_file(path: &Path) -> Result<(u64, Hash)> {
    let mut file = File::open(path).doing_at(path, "open")?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut total = 0;
    loop {
        let bytes = file.read(&mut buffer).doing_at(path, "read")?;
        if bytes == 0 {
            return Ok((total, Hash(hasher.finalize().into())));
        }
        hasher.update(&buffer[..bytes]);
        total += bytes as u64;
    }
}

/// Magic, length and bytes of the header, its SHA-256, the database.
fn write_backup(header: &Header, database: &Path, file: File) -> std::io::Result<u64> {
    let mut out = BufWriter::new(file);
    let encoded = header.encode();
    let length = u32::try_from(encoded.len()).expect("a header is small");
    out.write_all(MAGIC)?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(&encoded)?;
    out.write_all(&sha256(&encoded).0)?;
    std::io::copy(&mut File::open(database)?, &mut out)?;
    let mut file = out
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    file.stream_position()
}

fn read_header(path: &Path, input: &mut impl Read) -> Result<Header> {
    let damaged = |why: &str| Error::DamagedBackup {
        path: path.to_owned(),
        why: why.to_owned(),
    };
    let mut fixed = [0; MAGIC.len() + 4];
    input
        .read_exact(&mut fixed)
        .map_err(|_| damaged("it is too short"))?;
    let (magic, length) = fixed.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err(damaged("it is not a backup, or of a newer version"));
    }
    let length = length
        .try_into()
        .map(u32::from_be_bytes)
        .expect("four bytes");
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > HEADER_BYTES_MAX {
        return Err(damaged("its header is too long"));
    }
    let mut encoded = vec![0; length];
    let mut checksum = [0; 32];
    input
        .read_exact(&mut encoded)
        .and_then(|()| input.read_exact(&mut checksum))
        .map_err(|_| damaged("it is too short"))?;
    if sha256(&encoded).0 != checksum {
        return Err(damaged("its header changed"));
    }
    Header::decode(&encoded).map_err(|error| damaged(&error.to_string()))
}

/// Writes the database out of the backup and checks that it is what was put in.
fn unpack(backup: &Path, input: &mut impl Read, header: &Header, to: &Path) -> Result<()> {
    let damaged = |why: &str| Error::DamagedBackup {
        path: backup.to_owned(),
        why: why.to_owned(),
    };
    let mut out = File::create(to).doing_at(to, "make")?;
    let written = std::io::copy(input, &mut out).doing_at(to, "write")?;
    out.sync_all().doing_at(to, "flush")?;
    if written != header.database_bytes {
        return Err(damaged("it is not as long as its header says"));
    }
    if hash_of_file(to)?.1 != header.database_hash {
        return Err(damaged("its database changed"));
    }
    Ok(())
}

impl Header {
    fn encode(&self) -> Vec<u8> {
        cbor::encode(|e| {
            e.map(7)?
                .u8(1)?
                .u64(self.made_at_ms)?
                .u8(2)?
                .bytes(&self.head.node.0)?;
            e.u8(3)?
                .u64(self.head.size)?
                .u8(4)?
                .bytes(&self.head.leaf.0)?;
            e.u8(5)?
                .bytes(&self.vault)?
                .u8(6)?
                .u64(self.database_bytes)?;
            e.u8(7)?.bytes(&self.database_hash.0)?.ok()
        })
    }

    fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::new(bytes);
        let d = &mut decoder;
        let (mut made_at_ms, mut node, mut size, mut leaf) = (None, None, None, None);
        let (mut vault, mut database_bytes, mut database_hash) = (None, None, None);
        for _ in 0..cbor::map_length(d)? {
            match d.u64()? {
                1 => made_at_ms = Some(d.u64()?),
                2 => node = Some(NodeId(cbor::bytes_of(d)?)),
                3 => size = Some(d.u64()?),
                4 => leaf = Some(Hash(cbor::bytes_of(d)?)),
                5 => vault = Some(d.bytes()?.to_vec()),
                6 => database_bytes = Some(d.u64()?),
                7 => database_hash = Some(Hash(cbor::bytes_of(d)?)),
                _ => d.skip()?,
            }
        }
        let missing = || DecodeError::message("an entry is missing");
        Ok(Self {
            made_at_ms: made_at_ms.ok_or_else(missing)?,
            head: Head {
                node: node.ok_or_else(missing)?,
                size: size.ok_or_else(missing)?,
                leaf: leaf.ok_or_else(missing)?,
            },
            vault: vault.ok_or_else(missing)?,
            database_bytes: database_bytes.ok_or_else(missing)?,
            database_hash: database_hash.ok_or_else(missing)?,
        })
    }
}

/// A file that is removed when it goes out of use.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(path: &Path, what: &str) -> Self {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(what);
        let path = PathBuf::from(name);
        // Left by an interrupted backup.
        let _ = fs::remove_file(&path);
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
