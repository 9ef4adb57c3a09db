//! What a power loss leaves behind.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::log::Operation;

/// The unit that a disk writes whole or not at all.
const SECTOR_BYTES: usize = 512;

/// Chance, in a form that can be repeated: a small generator (xorshift64*, Vigna 2016).
#[derive(Clone, Debug)]
pub struct Choices {
    state: u64,
}

impl Choices {
    /// The same seed makes the same choices.
    pub const fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
        }
    }

    /// A number below `limit`.
    pub const fn below(&mut self, limit: u64) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % limit
    }
}

/// What becomes of writes that were not flushed.
#[derive(Clone, Copy, Debug)]
enum Fate {
    AllKept,
    AllLost,
    /// Of a hundred sectors, so many arrive; of those that do not, some turn to garbage.
    Some {
        kept_percent: u64,
    },
}

/// The files of one folder.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Image {
    files: BTreeMap<String, Vec<u8>>,
}

impl Image {
    /// The files as they lie in a folder.
    pub fn of_folder(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                files.insert(name, std::fs::read(entry.path())?);
            }
        }
        Ok(Self { files })
    }

    /// Without this file.
    pub fn remove(&mut self, name: &str) {
        self.files.remove(name);
    }

    /// How long a file is; none when it is not there.
    pub fn length(&self, name: &str) -> Option<usize> {
        self.files.get(name).map(Vec::len)
    }

    /// Turns one bit of a file over. Nothing happens beyond its end.
    pub fn flip(&mut self, name: &str, byte: usize, bit: u8) {
        if let Some(at) = self.files.get_mut(name).and_then(|file| file.get_mut(byte)) {
            *at ^= 1 << (bit % 8);
        }
    }

    /// Writes the files into a folder.
    pub fn write_to(&self, folder: &Path) -> io::Result<()> {
        for (name, bytes) in &self.files {
            std::fs::write(folder.join(name), bytes)?;
        }
        Ok(())
    }

    /// The files after a power loss that followed `happened`, if they were `self` before it.
    ///
    /// # Panics
    ///
    /// When a file is larger than memory.
    #[must_use]
    pub fn after_power_loss(&self, happened: &[Operation], choices: &mut Choices) -> Self {
        let fate = match choices.below(4) {
            0 => Fate::AllLost,
            1 => Fate::AllKept,
            _ => Fate::Some {
                kept_percent: 10 + choices.below(80),
            },
        };
        let mut last_sync: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, operation) in happened.iter().enumerate() {
            if let Operation::Sync { file } = operation {
                last_sync.insert(file, place);
            }
        }
        let mut image = self.clone();
        for (place, operation) in happened.iter().enumerate() {
            let flushed = |file: &str| last_sync.get(file).is_some_and(|sync| place < *sync);
            match operation {
                Operation::Write {
                    file,
                    offset,
                    bytes,
                } if flushed(file) => {
                    image.write(file, *offset, bytes);
                }
                Operation::Write {
                    file,
                    offset,
                    bytes,
                } => {
                    image.maybe_write(file, *offset, bytes, fate, choices);
                }
                Operation::Truncate { file, length } => {
                    if flushed(file) || fate.keeps(choices) {
                        let length = usize::try_from(*length).expect("files of tests are small");
                        image
                            .files
                            .entry(file.clone())
                            .or_default()
                            .resize(length, 0);
                    }
                }
                // Whether a name is gone is up to the folder's own flush; both happen.
                Operation::Delete { file } => {
                    if flushed(file) || fate.keeps(choices) {
                        image.files.remove(file);
                    }
                }
                Operation::Sync { .. } | Operation::Mark(_) => {}
            }
        }
        image
    }

    fn write(&mut self, file: &str, offset: u64, bytes: &[u8]) {
        let start = usize::try_from(offset).expect("files of tests are small");
        let content = self.files.entry(file.to_owned()).or_default();
        if content.len() < start + bytes.len() {
            content.resize(start + bytes.len(), 0);
        }
        content[start..start + bytes.len()].copy_from_slice(bytes);
    }

    /// Writes those sectors that arrive.
    fn maybe_write(
        &mut self,
        file: &str,
        offset: u64,
        bytes: &[u8],
        fate: Fate,
        choices: &mut Choices,
    ) {
        let mut done = 0;
        while done < bytes.len() {
            let place = offset + done as u64;
            let into = usize::try_from(place % SECTOR_BYTES as u64).expect("below 512");
            let length = (SECTOR_BYTES - into).min(bytes.len() - done);
            let part = &bytes[done..done + length];
            if fate.keeps(choices) {
                self.write(file, place, part);
            } else if matches!(fate, Fate::Some { .. }) && choices.below(8) == 0 {
                let garbage: Vec<u8> = part
                    .iter()
                    .map(|_| choices.below(256).to_le_bytes()[0])
                    .collect();
                self.write(file, place, &garbage);
            }
            done += length;
        }
    }
}

impl Fate {
    const fn keeps(self, choices: &mut Choices) -> bool {
        match self {
            Self::AllKept => true,
            Self::AllLost => false,
            Self::Some { kept_percent } => choices.below(100) < kept_percent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(bytes: &[u8]) -> Operation {
        Operation::Write {
            file: "a".to_owned(),
            offset: 0,
            bytes: bytes.to_vec(),
        }
    }

    #[test]
    fn what_was_flushed_is_there_whatever_is_chosen() {
        let happened = [
            write(b"one"),
            Operation::Sync {
                file: "a".to_owned(),
            },
            write(b"two"),
        ];
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..100 {
            let image = Image::default().after_power_loss(&happened, &mut Choices::new(seed));
            seen.insert(image.files["a"].clone());
        }
        assert!(seen.contains(b"one".as_slice()) && seen.contains(b"two".as_slice()));
        assert!(!seen.contains(b"".as_slice()));
    }
}
