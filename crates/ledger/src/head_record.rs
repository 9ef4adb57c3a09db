//! The acknowledged-head record `akey.head`: what this node has promised to hold.
//!
//! SQLite drops every frame after a bad checksum in its write-ahead log without a word. So after
//! each commit the head is written here too, and a database that ends below it is refused. Two
//! slots are written in turn, each with a checksum, so that a torn write never takes the last
//! good one; the record must never be written before the commit is durable.

use std::path::{Path, PathBuf};

use crate::disk::{Disk, DiskFile};
use crate::error::{DoingAt as _, Error, Result};
use crate::identity::{Hash, NodeId};
use crate::merkle::sha256;

/// Name of the record's file.
pub(crate) const FILE_NAME: &str = "akey.head";

const MAGIC: &[u8; 8] = b"akeyhead";
/// Magic, commits, node, size, leaf, checksum.
const SLOT_BYTES: usize = 8 + 8 + 32 + 8 + 32 + 32;
/// The slots lie in different sectors and pages, so that one write cannot tear both.
const SLOT_SPACING: usize = 4096;
const FILE_BYTES: usize = 2 * SLOT_SPACING;

/// What was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    /// How many commits the database had seen.
    pub commits: u64,
    /// Whose log.
    pub node: NodeId,
    /// Events in it.
    pub size: u64,
    /// Leaf hash of the last one.
    pub leaf: Hash,
}

impl Acknowledged {
    fn to_slot(self) -> [u8; SLOT_BYTES] {
        let mut slot = [0; SLOT_BYTES];
        slot[..8].copy_from_slice(MAGIC);
        slot[8..16].copy_from_slice(&self.commits.to_be_bytes());
        slot[16..48].copy_from_slice(&self.node.0);
        slot[48..56].copy_from_slice(&self.size.to_be_bytes());
        slot[56..88].copy_from_slice(&self.leaf.0);
        let checksum = sha256(&slot[..88]);
        slot[88..].copy_from_slice(&checksum.0);
        slot
    }

    fn from_slot(slot: &[u8]) -> Option<Self> {
        let slot: &[u8; SLOT_BYTES] = slot.try_into().ok()?;
        if &slot[..8] != MAGIC || slot[88..] != sha256(&slot[..88]).0 {
            return None;
        }
        Some(Self {
            commits: u64::from_be_bytes(slot[8..16].try_into().ok()?),
            node: NodeId(slot[16..48].try_into().ok()?),
            size: u64::from_be_bytes(slot[48..56].try_into().ok()?),
            leaf: Hash(slot[56..88].try_into().ok()?),
        })
    }
}

/// What the file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The latest promise.
    pub acknowledged: Acknowledged,
    /// The slot it stands in.
    slot: usize,
    /// Whether the rest of the file is as it was written.
    pub whole: bool,
}

/// Reads the file's bytes.
fn read(path: &Path, bytes: &[u8]) -> Result<Reading> {
    let slot = |index: usize| {
        let start = index * SLOT_SPACING;
        bytes
            .get(start..start + SLOT_BYTES)
            .and_then(Acknowledged::from_slot)
    };
    let (first, second) = (slot(0), slot(1));
    let padding_is_zero = bytes.len() == FILE_BYTES
        && bytes
            .chunks(SLOT_SPACING)
            .all(|chunk| chunk[SLOT_BYTES..].iter().all(|b| *b == 0));
    let whole = first.is_some() && second.is_some() && padding_is_zero;
    let (acknowledged, slot) = match (first, second) {
        (Some(first), Some(second)) if second.commits > first.commits => (second, 1),
        (Some(first), _) => (first, 0),
        (None, Some(second)) => (second, 1),
        (None, None) => {
            let why = "neither half of the acknowledged-head record is readable";
            return Err(Error::HeadRecord {
                path: path.to_owned(),
                why,
            });
        }
    };
    Ok(Reading {
        acknowledged,
        slot,
        whole,
    })
}

/// The open record.
#[derive(Debug)]
pub(crate) struct HeadRecord {
    path: PathBuf,
    file: Box<dyn DiskFile>,
    next_slot: usize,
}

impl HeadRecord {
    /// Starts the record anew, with both slots the same, replacing any before it.
    pub(crate) fn create(disk: &dyn Disk, dir: &Path, first: Acknowledged) -> Result<()> {
        let mut bytes = vec![0; FILE_BYTES];
        for start in [0, SLOT_SPACING] {
            bytes[start..start + SLOT_BYTES].copy_from_slice(&first.to_slot());
        }
        crate::disk::replace(disk, &dir.join(FILE_NAME), &bytes)
    }

    /// Opens the record and reads the latest promise.
    pub(crate) fn open(disk: &dyn Disk, dir: &Path) -> Result<(Self, Reading)> {
        let path = dir.join(FILE_NAME);
        if !path.exists() {
            let why = "the acknowledged-head record is missing";
            return Err(Error::HeadRecord { path, why });
        }
        let mut file = disk.open(&path).doing_at(&path, "open")?;
        let bytes = file.read_all().doing_at(&path, "read")?;
        let reading = read(&path, &bytes)?;
        Ok((
            Self {
                path,
                file,
                next_slot: 1 - reading.slot,
            },
            reading,
        ))
    }

    /// Writes a promise over the older one and returns when it is durable.
    pub(crate) fn acknowledge(&mut self, acknowledged: Acknowledged) -> Result<()> {
        let offset = (self.next_slot * SLOT_SPACING) as u64;
        self.file
            .write_at(offset, &acknowledged.to_slot())
            .and_then(|()| self.file.sync())
            .doing_at(&self.path, "write the acknowledged head")?;
        // Only now: after a failed write the same slot is tried again, the good one is kept.
        self.next_slot = 1 - self.next_slot;
        Ok(())
    }

    /// Puts zeros back where nothing is ever written.
    pub(crate) fn mend_padding(&mut self) -> Result<()> {
        let zeros = vec![0; SLOT_SPACING - SLOT_BYTES];
        for start in [0, SLOT_SPACING] {
            self.file
                .write_at((start + SLOT_BYTES) as u64, &zeros)
                .doing_at(&self.path, "mend the acknowledged-head record")?;
        }
        self.file
            .sync()
            .doing_at(&self.path, "mend the acknowledged-head record")
    }
}

/// Reads the record without opening it for writing, for verification.
pub(crate) fn inspect(dir: &Path) -> Result<Reading> {
    let path = dir.join(FILE_NAME);
    let bytes = std::fs::read(&path).doing_at(&path, "read")?;
    read(&path, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::SystemDisk;
    use proptest::prelude::*;

    fn promise(commits: u64) -> Acknowledged {
        Acknowledged {
            commits,
            node: NodeId([1; 32]),
            size: commits,
            leaf: Hash([2; 32]),
        }
    }

    #[test]
    fn the_latest_promise_is_read_back() {
        let dir = tempfile::tempdir().expect("a folder");
        HeadRecord::create(&SystemDisk, dir.path(), promise(1)).expect("creates");
        for commits in 2..7 {
            let (mut record, reading) = HeadRecord::open(&SystemDisk, dir.path()).expect("opens");
            assert_eq!(reading.acknowledged, promise(commits - 1));
            assert!(reading.whole);
            record.acknowledge(promise(commits)).expect("writes");
        }
    }

    proptest! {
        #[test]
        fn a_torn_write_leaves_the_promise_before_it(commits in 1_u64..40, torn in 0_usize..SLOT_BYTES) {
            let dir = tempfile::tempdir().expect("a folder");
            HeadRecord::create(&SystemDisk, dir.path(), promise(1)).expect("creates");
            let (mut record, _) = HeadRecord::open(&SystemDisk, dir.path()).expect("opens");
            for commits in 2..=commits {
                record.acknowledge(promise(commits)).expect("writes");
            }
            let slot = promise(commits + 1).to_slot();
            let offset = (record.next_slot * SLOT_SPACING) as u64;
            record.file.write_at(offset, &slot[..torn]).expect("writes a part");
            let (_, reading) = HeadRecord::open(&SystemDisk, dir.path()).expect("opens");
            prop_assert_eq!(reading.acknowledged, promise(commits));
        }

        #[test]
        fn a_flipped_bit_is_noticed_and_never_read_as_a_promise(bit in 0_usize..FILE_BYTES * 8) {
            let mut bytes = vec![0; FILE_BYTES];
            bytes[..SLOT_BYTES].copy_from_slice(&promise(4).to_slot());
            bytes[SLOT_SPACING..SLOT_SPACING + SLOT_BYTES].copy_from_slice(&promise(5).to_slot());
            bytes[bit / 8] ^= 1 << (bit % 8);
            let reading = read(Path::new("akey.head"), &bytes).expect("one slot is good");
            prop_assert!(!reading.whole);
            prop_assert!([promise(4), promise(5)].contains(&reading.acknowledged));
        }
    }
}
