//! What happens to machines: power cuts in the middle of a write, disks that lie, fill up or turn a bit
//! over, clocks that jump, folders put back or copied, computers stolen, backups restored.
//!
//! Each fault says in the model what it takes away from the guarantees, and nothing more.

use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::NodeKey;
use ledger::{AggregateId, AuthorId, Draft, Halt, NodeId, Occurred, Unlock, Vault};
use node::{accept_loss, restore};

use crate::chance::Chance;
use crate::error::DrillError;
use crate::finding::{Finding, Guarantee};
use crate::machine::{Honesty, Machine};
use crate::model::Place;
use crate::operation::{Founded, passphrase};
use crate::script::Harm;
use crate::world::{Stop, World, event_hash};

/// Acknowledged events looked at after each start.
const LOOKED_AT: usize = 6;
/// A kind of event that no version knows.
const FUTURE_KIND: &str = "drill.future";
/// Machines beyond those of the script that copies may make.
const COPIES_MAX: usize = 2;

impl World {
    /// Something happens to a machine.
    pub(crate) fn harm(
        &mut self,
        machine: usize,
        harm: Harm,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        self.tally.fault(harm.name());
        match harm {
            Harm::Stop => {
                self.unplug(machine);
                self.machines[machine].stop();
                Ok(())
            }
            Harm::Start => self.start(machine),
            Harm::Doom { lying } => {
                let honesty = if lying {
                    Honesty::LiesFor(1 + chance.index(400))
                } else {
                    Honesty::Honest
                };
                self.machines[machine].doom = Some(honesty);
                Ok(())
            }
            Harm::PowerCut => {
                let now = self.machines[machine].disk.written();
                self.lose_power(machine, (now, now), Honesty::Honest, chance)
            }
            Harm::Flip => self.flip(machine, chance),
            Harm::Fill => {
                if self.machines[machine].node.is_some() {
                    self.machines[machine].disk.fill();
                }
                Ok(())
            }
            Harm::Clock { ahead_minutes } => {
                let at = &mut self.machines[machine];
                at.clock_off_ms = i64::from(ahead_minutes) * 60_000;
                self.ahead_most_ms = self.ahead_most_ms.max(at.clock_off_ms);
                Ok(())
            }
            Harm::Drift { ms_a_day } => {
                self.machines[machine].drift_ms = i64::from(ms_a_day);
                Ok(())
            }
            Harm::Snapshot => self.snapshot(machine),
            Harm::Rewind => self.rewind(machine),
            Harm::Clone => self.copy(machine),
            Harm::Steal => self.steal(machine),
            Harm::Backup => self.back_up(machine),
            Harm::Restore => self.restore(machine),
            Harm::Claim => self.claim(machine),
            Harm::Future => self.write_unknown(machine, chance),
            Harm::SayLost => self.say_lost(machine, chance),
            Harm::TakeOver => self.take_over_lost(chance),
        }
    }

    /// Every meeting of a machine breaks off.
    pub(crate) fn unplug(&mut self, machine: usize) {
        self.links.retain(|link| !link.ends.contains(&machine));
    }

    /// Nothing is promised any more of what was written under this identity and not seen elsewhere.
    fn distrust(&mut self, machine: usize) {
        self.model.copied.insert(self.key(machine));
        let store = self.store(machine);
        self.model.uncounted.insert(store);
    }

    /// Switches a machine on; what it acknowledged has to be there.
    pub(crate) fn start(&mut self, machine: usize) -> Result<(), Stop> {
        if self.machines[machine].node.is_some() || self.machines[machine].ruined {
            return Ok(());
        }
        if self.machines[machine].disk.is_full() {
            // Opening brings the write-ahead log into the file: somebody has to make room first.
            self.machines[machine].disk.make_room();
        }
        match self.machines[machine].start()? {
            Ok(()) => self.kept(machine),
            Err(error) => {
                let key = self.machines[machine].key;
                if self.model.copied.contains(&key) && self.lost(machine)? {
                    return Ok(());
                }
                if self.machines[machine].lied {
                    // What a disk that lies leaves behind need not open: the node says so, and is gone.
                    self.tally.fault("disk that lied ruined");
                    self.machines[machine].ruined = true;
                    return Ok(());
                }
                let what = format!("node {machine} did not open again: {error}");
                Err(Finding::of(Guarantee::G1, what).into())
            }
        }
    }

    /// What a node acknowledged last under its identity is there.
    fn kept(&mut self, machine: usize) -> Result<(), Stop> {
        let at = &self.machines[machine];
        let key = at.key;
        let Some(node) = at.node.clone() else {
            return Ok(());
        };
        if self.model.copied.contains(&key) {
            return Ok(());
        }
        let (first, last) = (
            Place { key, position: 0 },
            Place {
                key,
                position: u64::MAX,
            },
        );
        let places = self.acknowledged.range(first..=last).rev().take(LOOKED_AT);
        for (place, hash) in places {
            let found = event_hash(&node, *place);
            if !matches!(found, Ok(Some(found)) if found == *hash) {
                let what = format!(
                    "node {machine} started again without what it acknowledged at position {}",
                    place.position
                );
                return Err(Finding::of(Guarantee::G1, what).into());
            }
        }
        Ok(())
    }

    /// Acknowledged events are missing because of what the run did: the operator accepts the loss, and
    /// the node goes on under a new identity. Gives whether that was possible.
    fn lost(&mut self, machine: usize) -> Result<bool, Stop> {
        self.unplug(machine);
        let at = &mut self.machines[machine];
        at.stop();
        let options = at.options();
        let key = Vault::read(at.disk.folder()).and_then(|vault| vault.unlock(&passphrase()));
        let Ok(key) = key else {
            return Ok(false);
        };
        match accept_loss(at.disk.folder(), &key, options) {
            Ok(accepted) => {
                at.end_identity();
                drop(accepted);
                self.go_on(machine)?;
                Ok(true)
            }
            Err(_) => Ok(false),
        }
    }

    /// A node that was just made begins its work on a disk that holds what it was made of.
    fn go_on(&mut self, machine: usize) -> Result<(), Stop> {
        if let Err(error) = self.machines[machine].start()? {
            let what = format!("node {machine} did not open after it was made anew: {error}");
            return Err(Finding::of(Guarantee::G1, what).into());
        }
        self.readmit(machine)
    }

    fn readmit(&mut self, machine: usize) -> Result<(), Stop> {
        let root = self.operation.root()?;
        if let Some(node) = &self.machines[machine].node {
            node.readmit(&root)
                .map_err(|error| DrillError::of("readmit a node", error))?;
        }
        Ok(())
    }

    /// Where a machine is doomed and wrote anything since, its power goes at one of these writes.
    pub(crate) fn power_went(
        &mut self,
        machine: usize,
        before: usize,
        chance: &mut Chance,
    ) -> Result<bool, Stop> {
        let at = &mut self.machines[machine];
        let after = at.disk.written();
        let Some(honesty) = at.doom.take_if(|_| after > before) else {
            return Ok(false);
        };
        self.lose_power(machine, (before, after), honesty, chance)?;
        Ok(true)
    }

    /// The power of a machine goes somewhere between two sizes of its log of writes, and comes back.
    pub(crate) fn lose_power(
        &mut self,
        machine: usize,
        between: (usize, usize),
        honesty: Honesty,
        chance: &mut Chance,
    ) -> Result<(), Stop> {
        if self.machines[machine].node.is_none() {
            return Ok(());
        }
        self.unplug(machine);
        if honesty != Honesty::Honest {
            self.tally.fault("flush that was a lie");
            self.machines[machine].lied = true;
            self.distrust(machine);
        }
        self.tally.fault("power lost");
        self.machines[machine].lose_power(between, honesty, chance)?;
        self.start(machine)
    }

    /// Room is made on a full disk, and the program started again.
    pub(crate) fn make_room(&mut self, machine: usize) -> Result<(), Stop> {
        self.unplug(machine);
        let at = &mut self.machines[machine];
        at.disk.make_room();
        at.stop();
        self.start(machine)
    }

    /// A bit of the database turns over while it lies there. Whatever the node still says is true, or
    /// it says nothing.
    fn flip(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        if self.machines[machine].node.is_none() || self.machines[machine].disk.is_full() {
            return Ok(());
        }
        self.unplug(machine);
        let served = self.served(machine);
        let at = &mut self.machines[machine];
        at.stop();
        let sound = at
            .disk
            .flip_a_bit(chance)
            .map_err(|error| DrillError::of("flip a bit", error))?;
        if chance.permille(500) {
            // Turned over in memory, on its way to the disk: no page's checksum tells.
            at.disk
                .replace(&sound)
                .map_err(|error| DrillError::of("flip a bit", error))?;
            at.change_an_event(chance)?;
        }
        let opened = at.start()?;
        let named = match opened {
            Err(_) => true,
            Ok(()) => self.tells_the_truth(machine, &served)?,
        };
        self.tally.fault(if named {
            "flipped bit named"
        } else {
            "flipped bit met nothing"
        });
        let at = &mut self.machines[machine];
        at.stop();
        at.disk
            .replace(&sound)
            .map_err(|error| DrillError::of("mend a disk", error))?;
        self.start(machine)
    }

    /// What a node says of everything that was acknowledged anywhere, as far as it has it.
    fn served(&self, machine: usize) -> BTreeMap<Place, [u8; 32]> {
        let node = self.machines[machine].node.as_ref();
        let places = self.acknowledged.keys();
        let said = places.filter_map(|place| Some((*place, event_hash(node?, *place).ok()??)));
        said.collect()
    }

    /// Looks whether a node says the same as before of everything, and at its own verification. Gives
    /// whether it named something as damaged.
    fn tells_the_truth(
        &mut self,
        machine: usize,
        served: &BTreeMap<Place, [u8; 32]>,
    ) -> Result<bool, Stop> {
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(true);
        };
        let mut named = false;
        for (place, hash) in served {
            match event_hash(&node, *place) {
                Err(_) => named = true,
                Ok(Some(found)) if found != *hash => {
                    let what = format!("node {machine} served a changed event");
                    return Err(Finding::of(Guarantee::G1, what).into());
                }
                Ok(_) => {}
            }
        }
        Ok(match node.verify(|_| {}) {
            Ok(verified) => named || !verified.is_clean(),
            Err(_) => true,
        })
    }

    fn snapshot(&mut self, machine: usize) -> Result<(), Stop> {
        let files = self.files_of(machine)?;
        self.machines[machine].snapshot = Some(files);
        self.start(machine)
    }

    fn files_of(&mut self, machine: usize) -> Result<faulty_disk::Image, Stop> {
        self.unplug(machine);
        let at = &mut self.machines[machine];
        at.stop();
        let files = at.disk.files();
        Ok(files.map_err(|error| DrillError::of("read files", error))?)
    }

    /// Somebody puts an old copy of the folder back, as if it were a backup.
    fn rewind(&mut self, machine: usize) -> Result<(), Stop> {
        let Some(files) = self.machines[machine].snapshot.take() else {
            return Ok(());
        };
        self.distrust(machine);
        self.unplug(machine);
        let at = &mut self.machines[machine];
        at.stop();
        at.disk
            .replace(&files)
            .map_err(|error| DrillError::of("put files back", error))?;
        self.start(machine)?;
        self.distrust(machine);
        Ok(())
    }

    /// The disk is copied, and both copies go on.
    fn copy(&mut self, machine: usize) -> Result<(), Stop> {
        let most = self.operation.nodes.len() + COPIES_MAX;
        if self.machines.len() >= most || self.machines[machine].node.is_none() {
            return Ok(());
        }
        let files = self.files_of(machine)?;
        self.distrust(machine);
        self.start(machine)?;
        let at = &self.machines[machine];
        let twin = Founded {
            files,
            key: at.key,
            site: at.site,
        };
        let number = 1_000 + self.machines.len() as u64;
        let ancestors = at.ancestors.clone();
        let (heir_of, frozen, store) = (at.heir_of.clone(), at.frozen.clone(), at.store);
        // A thief's copy is a thief's too: nobody will meet it.
        let stolen = at.stolen;
        let mut twin = Machine::new(&twin, self.folder.path(), self.seed(), number)?;
        twin.ancestors = ancestors;
        twin.heir_of = heir_of;
        twin.frozen = frozen;
        twin.store = store;
        twin.stolen = stolen;
        self.machines.push(twin);
        self.tell_time();
        Ok(())
    }

    /// A computer is stolen. Headquarters sends its node away; whoever has it goes on writing.
    fn steal(&mut self, machine: usize) -> Result<(), Stop> {
        let key = self.machines[machine].key;
        let headquarters = self.machines[0].key;
        if machine == 0 || key == headquarters || self.machines[machine].stolen {
            return Ok(());
        }
        // One thief is enough for a run, and somebody must be left.
        if self.machines.iter().any(|at| at.stolen) || self.machines.len() < 3 {
            return Ok(());
        }
        let Some(node) = self.machines[0].node.clone() else {
            return Ok(());
        };
        if node
            .halted()
            .map_err(|error| DrillError::of("ask a node", error))?
            .is_some()
        {
            return Ok(());
        }
        let root = self.operation.root()?;
        match node.revoke(&root, NodeId(key.0)) {
            Ok(_) => {}
            Err(error) => return self.excuse(0, &error),
        }
        self.distrust(machine);
        for at in &mut self.machines {
            at.stolen |= at.key == key;
        }
        self.links.retain(|link| !link.ends.contains(&machine));
        Ok(())
    }

    fn backup_file(&self, machine: usize) -> PathBuf {
        self.folder.path().join(format!("{machine}.akey-backup"))
    }

    fn back_up(&mut self, machine: usize) -> Result<(), Stop> {
        let file = self.backup_file(machine);
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(());
        };
        if file.exists() {
            std::fs::remove_file(&file)
                .map_err(|error| DrillError::of("remove a backup", error))?;
        }
        match node.backup(&file, |_| {}) {
            Ok(_) => {
                self.machines[machine].backup_of = Some(self.machines[machine].key);
                Ok(())
            }
            Err(error) => self.excuse(machine, &error),
        }
    }

    /// A disk dies, and its node is made again from its backup.
    fn restore(&mut self, machine: usize) -> Result<(), Stop> {
        let at = &self.machines[machine];
        if at.backup_of != Some(at.key) || at.stolen {
            return Ok(());
        }
        let file = self.backup_file(machine);
        self.distrust(machine);
        self.unplug(machine);
        let at = &mut self.machines[machine];
        at.stop();
        at.disk
            .replace(&faulty_disk::Image::default())
            .map_err(|error| DrillError::of("empty a disk", error))?;
        let options = at.options();
        let restored = restore(
            &file,
            at.disk.folder(),
            &Unlock::Passphrase(&passphrase()),
            options,
            |_| {},
        );
        let restored = match restored {
            Ok(restored) => restored,
            Err(error) => {
                let what = format!("the backup of node {machine} could not be restored: {error}");
                return Err(Finding::of(Guarantee::G1, what).into());
            }
        };
        let old = at.key;
        let same = restored.node.key() == old;
        drop(restored);
        at.end_identity();
        at.backup_of = None;
        if same {
            let what = format!("node {machine} was restored and writes under its old identity");
            return Err(Finding::of(Guarantee::G9, what).into());
        }
        self.go_on(machine)
    }

    /// Two persons with the root key take over the rights of the node of the backup.
    fn claim(&mut self, machine: usize) -> Result<(), Stop> {
        let at = &self.machines[machine];
        let Some(old) = at.ancestors.last().copied() else {
            return Ok(());
        };
        let Some(node) = at.node.clone() else {
            return Ok(());
        };
        if at.heir_of.contains(&old) || at.stolen {
            return Ok(());
        }
        let root = self.operation.root()?;
        let (chief, second) = (self.operation.chief.clone(), self.operation.second.clone());
        if node.claim(&chief, &second, &root).is_ok() {
            self.machines[machine].claimed(old);
            self.tally.fault("rights claimed");
        }
        Ok(())
    }

    /// A newer version at a site records something that no other version knows.
    fn write_unknown(&mut self, machine: usize, chance: &mut Chance) -> Result<(), Stop> {
        let at = &self.machines[machine];
        if at.node.is_none() || at.stolen || at.disk.is_full() {
            return Ok(());
        }
        self.unplug(machine);
        let at = &mut self.machines[machine];
        at.stop();
        let now_ms = u64::try_from(at.now().0).unwrap_or(0);
        let broken = |error: ledger::Error| DrillError::of("write an unknown event", error);
        let mut ledger = at.ledger()?;
        if ledger.halted().is_none() {
            let mut transaction = ledger.begin().map_err(broken)?;
            let draft = Draft {
                kind: FUTURE_KIND.to_owned(),
                aggregate: AggregateId(
                    chance
                        .next()
                        .to_be_bytes()
                        .repeat(2)
                        .try_into()
                        .expect("16 bytes"),
                ),
                author: AuthorId([7; 16]),
                occurred: Occurred::exactly(now_ms.cast_signed()),
                body: vec![0xa0],
                attachments: Vec::new(),
            };
            transaction.append(draft, now_ms).map_err(broken)?;
            let head = transaction.commit().map_err(broken)?;
            drop(ledger);
            self.start(machine)?;
            return self.remember_unknown(machine, head.size);
        }
        drop(ledger);
        self.start(machine)
    }

    fn remember_unknown(&mut self, machine: usize, position: u64) -> Result<(), Stop> {
        let place = Place {
            key: self.machines[machine].key,
            position,
        };
        let Some(node) = self.machines[machine].node.clone() else {
            return Ok(());
        };
        match event_hash(&node, place) {
            Ok(Some(hash)) => {
                self.remember(place, hash);
                Ok(())
            }
            Ok(None) => {
                let what = format!("node {machine} does not have its event of an unknown kind");
                Err(Finding::of(Guarantee::G10, what).into())
            }
            Err(error) => self.excuse(machine, &error),
        }
    }

    /// Remembers what was acknowledged at a place; two things at one place are two histories.
    pub(crate) fn remember(&mut self, place: Place, hash: [u8; 32]) {
        let before = self.acknowledged.insert(place, hash);
        if before.is_some_and(|before| before != hash) {
            self.model.forked.insert(place);
        }
    }

    /// Why a node may write no more, where it may not.
    pub(crate) fn halt_of(&self, machine: usize) -> Option<Halt> {
        let node = self.machines[machine].node.as_ref()?;
        node.halted().ok().flatten()
    }

    /// Whether a machine has reasons of the run's making to refuse work or meetings.
    pub(crate) fn is_in_trouble(&self, machine: usize) -> bool {
        let at = &self.machines[machine];
        at.stolen
            || at.disk.is_full()
            || self.model.copied.contains(&at.key)
            || self.halt_of(machine).is_some()
    }

    /// The identity is one that may have two histories.
    pub(crate) fn is_copied(&self, key: NodeKey) -> bool {
        self.model.copied.contains(&key)
    }
}
