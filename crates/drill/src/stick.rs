//! Sticks: a bundle is written at one node and read at another, at once or weeks later, and now and then
//! a bit of it turns over on the way.

use std::path::{Path, PathBuf};

use domain::NodeKey;
use ledger::bundle::WorkFactor;
use node::{BundleAsked, Since};

use crate::chance::Chance;
use crate::error::DrillError;
use crate::finding::{Finding, Guarantee};
use crate::operation::passphrase;
use crate::world::{Stop, World};

/// Sticks in the drawer; the oldest is written over.
const STICKS_MAX: usize = 6;
/// From then on a bundle is late.
const LATE_MS: i64 = 14 * 24 * 60 * 60_000;

/// A bundle on a stick.
#[derive(Debug)]
pub struct Stick {
    file: PathBuf,
    writer: NodeKey,
    written_ms: i64,
}

impl World {
    /// Somebody writes a bundle for everybody.
    pub(crate) fn write_stick(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(());
        };
        if self.sticks.len() >= STICKS_MAX {
            let oldest = self.sticks.remove(0);
            remove(&oldest.file)?;
        }
        let file = self
            .folder
            .path()
            .join(format!("{}.akey-bundle", chance.next()));
        let since = if chance.permille(300) {
            Since::Beginning
        } else {
            Since::LastHeard
        };
        let asked = BundleAsked {
            file: file.clone(),
            to: Vec::new(),
            since,
            work: WorkFactor::TRIVIAL,
        };
        match node.write_bundle(&asked, &passphrase(), |_, _| {}) {
            Ok(written) => {
                self.note(&written.events.to_be_bytes());
                self.tally.fault("bundle written");
                let stick = Stick {
                    file,
                    writer: self.key(machine),
                    written_ms: self.true_ms,
                };
                self.sticks.push(stick);
                Ok(())
            }
            Err(error) => self.excuse(machine, &error),
        }
    }

    /// Somebody reads a stick that lies about.
    pub(crate) fn read_stick(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(());
        };
        let key = self.key(machine);
        let strange = |stick: &&Stick| stick.writer != key;
        let strange: Vec<&Stick> = self.sticks.iter().filter(strange).collect();
        if strange.is_empty() {
            return Ok(());
        }
        let stick = strange[chance.index(strange.len())];
        let (file, writer) = (stick.file.clone(), stick.writer);
        let late = self.true_ms - stick.written_ms >= LATE_MS;
        let harmed = chance.permille(100);
        if harmed {
            turn_a_bit(&file, chance)?;
        }
        self.tally.fault(match (harmed, late) {
            (true, _) => "bundle with a bit turned over",
            (false, true) => "bundle weeks late",
            (false, false) => "bundle read",
        });
        let before = self.machines[machine].disk.written();
        let read = node.read_bundle(&file, &passphrase(), |_, _| {});
        drop(node);
        if self.power_went(machine, before, chance)? {
            return Ok(());
        }
        if harmed {
            // It is a stick to throw away. What came before the harm may have been taken in.
            self.sticks.retain(|stick| stick.file != file);
            remove(&file)?;
            return Ok(());
        }
        match read {
            Ok(read) => {
                self.note(&read.events.to_be_bytes());
                Ok(())
            }
            Err(_) if self.machines[machine].disk.is_full() => self.make_room(machine),
            Err(_) if self.is_in_trouble(machine) || self.is_copied(writer) => Ok(()),
            Err(error) => {
                let what = format!("node {machine} could not read a good bundle: {error}");
                Err(Finding::of(Guarantee::G2, what).into())
            }
        }
    }
}

fn remove(file: &Path) -> Result<(), DrillError> {
    std::fs::remove_file(file).map_err(|error| DrillError::of("remove a bundle", error))
}

fn turn_a_bit(file: &Path, chance: &mut Chance) -> Result<(), DrillError> {
    let failed = |error: std::io::Error| DrillError::of("turn a bit of a bundle", error);
    let mut bytes = std::fs::read(file).map_err(failed)?;
    chance.turn_a_bit(&mut bytes);
    std::fs::write(file, bytes).map_err(failed)
}
