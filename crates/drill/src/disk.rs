//! The disk of one simulated node: the files lie in a folder in memory, every write of SQLite and of
//! the acknowledged-head record goes into one log, and out of that log come the files that a power
//! loss would have left behind.
//!
//! SQLite keeps file systems until the process ends, so they are lent out and used again.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use faulty_disk::{Choices, Image, Log, Operation};
use ledger::{Disk, DiskFile, SystemDisk};

use crate::chance::Chance;

/// SQLite's own helper files, which no power loss leaves in a state that anybody relies on.
const SHARED_MEMORY: &str = "akey.db-shm";
/// The files in which a bit may flip.
const DATABASE: &str = "akey.db";

/// A file system of SQLite with its log.
#[derive(Debug)]
struct Lent {
    name: String,
    log: Arc<Log>,
}

/// Those not in use.
static IDLE: Mutex<Vec<Lent>> = Mutex::new(Vec::new());
static MADE: Mutex<u32> = Mutex::new(0);

fn borrow() -> Lent {
    let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
    idle.unwrap_or_else(|| {
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        *made += 1;
        let name = format!("akey-drill-{made}");
        let log = Arc::new(Log::default());
        faulty_disk::register(&name, Arc::clone(&log));
        Lent { name, log }
    })
}

/// The disk of one node.
#[derive(Debug)]
pub struct SimulatedDisk {
    lent: Option<Lent>,
    folder: PathBuf,
    /// The files when the node started last.
    before: Image,
}

impl SimulatedDisk {
    /// A disk that holds these files in this folder.
    pub fn holding(files: &Image, folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        files.write_to(folder)?;
        let lent = borrow();
        lent.log.take();
        lent.log.make_room();
        Ok(Self {
            lent: Some(lent),
            folder: folder.to_owned(),
            before: files.clone(),
        })
    }

    /// Where the files lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name that SQLite knows it by.
    pub fn name(&self) -> &str {
        &self.lent().name
    }

    /// What the head record is written through.
    pub fn small_files(&self) -> Arc<dyn Disk> {
        Arc::new(WatchedDisk {
            log: Arc::clone(&self.lent().log),
        })
    }

    /// How much was written since the node started.
    pub fn written(&self) -> usize {
        self.lent().log.len()
    }

    /// No room is left.
    pub fn fill(&self) {
        self.lent().log.fill();
    }

    /// There is room again.
    pub fn make_room(&self) {
        self.lent().log.make_room();
    }

    /// Whether no room is left.
    pub fn is_full(&self) -> bool {
        self.lent().log.is_full()
    }

    /// The files as they lie there now; the node is not running.
    pub fn files(&self) -> io::Result<Image> {
        let mut files = Image::of_folder(&self.folder)?;
        files.remove(SHARED_MEMORY);
        Ok(files)
    }

    /// Begins to watch anew; the node is about to start.
    pub fn settle(&mut self) -> io::Result<()> {
        self.before = self.files()?;
        self.lent().log.take();
        Ok(())
    }

    /// Lays these files down in place of those there are.
    pub fn replace(&mut self, files: &Image) -> io::Result<()> {
        if self.folder.exists() {
            std::fs::remove_dir_all(&self.folder)?;
        }
        std::fs::create_dir_all(&self.folder)?;
        files.write_to(&self.folder)?;
        self.settle()
    }

    /// The power goes: of what was written up to a moment since the start, what was flushed is there,
    /// the rest as chance has it. A disk that lied did not flush what it said it had flushed from
    /// `honest` on. The node is not running any more.
    pub fn lose_power(&mut self, at: usize, honest: usize, chance: &mut Chance) -> io::Result<()> {
        let mut happened = self.lent().log.take();
        happened.truncate(at);
        let mut place = 0;
        happened.retain(|operation| {
            place += 1;
            place <= honest || !matches!(operation, Operation::Sync { .. })
        });
        let mut choices = Choices::new(chance.next());
        let mut files = self.before.after_power_loss(&happened, &mut choices);
        files.remove(SHARED_MEMORY);
        self.replace(&files)
    }

    /// Turns a bit of the database over; gives back the file as it was.
    pub fn flip_a_bit(&mut self, chance: &mut Chance) -> io::Result<Image> {
        let sound = self.files()?;
        let mut harmed = sound.clone();
        let length = sound.length(DATABASE).unwrap_or(0);
        if length > 0 {
            let bit = u8::try_from(chance.below(8)).expect("below eight");
            harmed.flip(DATABASE, chance.index(length), bit);
        }
        self.replace(&harmed)?;
        Ok(sound)
    }

    fn lent(&self) -> &Lent {
        self.lent.as_ref().expect("lent until it is dropped")
    }
}

impl Drop for SimulatedDisk {
    fn drop(&mut self) {
        if let Some(lent) = self.lent.take() {
            lent.log.take();
            lent.log.make_room();
            IDLE.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(lent);
        }
    }
}

/// The real disk, with the head record's writes noted in the same log as SQLite's.
#[derive(Debug)]
struct WatchedDisk {
    log: Arc<Log>,
}

#[derive(Debug)]
struct WatchedFile {
    log: Arc<Log>,
    path: PathBuf,
    file: Box<dyn DiskFile>,
}

impl Disk for WatchedDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(WatchedFile {
            log: Arc::clone(&self.log),
            path: path.to_owned(),
            file: SystemDisk.open(path)?,
        }))
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        SystemDisk.sync_directory(path)
    }
}

impl DiskFile for WatchedFile {
    fn read_all(&mut self) -> io::Result<Vec<u8>> {
        self.file.read_all()
    }

    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        if self.log.is_full() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.log.write(&self.path, offset, bytes);
        self.file.write_at(offset, bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()?;
        self.log.sync(&self.path);
        Ok(())
    }
}
