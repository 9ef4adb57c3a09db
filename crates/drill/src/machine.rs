//! One simulated node: the real one, on a simulated disk, with a clock and chance of its own. It can
//! be switched off, lose its power in the middle of a write, and be started again.

use std::path::Path;
use std::sync::Arc;

use domain::{Moment, NodeKey, SiteId};
use faulty_disk::Image;
use ledger::{Ledger, Options, PassphraseCost, Vault};
use node::{Clock, ManualClock, Node, NodeOptions};
use tempfile::TempDir;

use crate::chance::{Chance, SeededEntropy};
use crate::disk::SimulatedDisk;
use crate::error::DrillError;
use crate::operation::{Founded, passphrase};

/// Whether a disk flushes when it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Honesty {
    /// It does.
    Honest,
    /// It did not, for so many operations before the power went.
    LiesFor(usize),
}

/// A simulated node.
#[derive(Debug)]
pub struct Machine {
    /// Running, unless it is switched off.
    pub node: Option<Node>,
    /// The identity it writes under.
    pub key: NodeKey,
    /// The identities whose rights it took over.
    pub heir_of: Vec<NodeKey>,
    /// Identities it had before, the last one last.
    pub ancestors: Vec<NodeKey>,
    /// What its identities before had taken over: frozen with their own rights until those are claimed.
    pub frozen: Vec<(NodeKey, Vec<NodeKey>)>,
    /// Its site.
    pub site: SiteId,
    /// Whose goods it has beside it: its own, or those of the machine it is a copy of.
    pub store: usize,
    /// The power goes at its next write.
    pub doom: Option<Honesty>,
    /// A copy of its folder that somebody made.
    pub snapshot: Option<Image>,
    /// The identity of which there is a backup.
    pub backup_of: Option<NodeKey>,
    /// It was stolen and sent away.
    pub stolen: bool,
    /// Its disk said flushed and had not, when the power went.
    pub lied: bool,
    /// Its disk lied, and what is left of it no longer opens.
    pub ruined: bool,
    /// Its disk.
    pub disk: SimulatedDisk,
    /// How far its clock is off, in milliseconds.
    pub clock_off_ms: i64,
    /// How much its clock gains, in milliseconds a day.
    pub drift_ms: i64,
    clock: Arc<ManualClock>,
    seed: u64,
    number: u64,
    starts: u64,
}

/// A folder for simulated disks, in memory where the machine has such a place.
pub fn folder() -> Result<TempDir, DrillError> {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::Builder::new()
            .prefix("akey-drill-")
            .tempdir_in(memory)
    } else {
        tempfile::Builder::new().prefix("akey-drill-").tempdir()
    };
    made.map_err(DrillError::Folder)
}

impl Machine {
    /// Its identity ends, and another goes on in its place.
    pub fn end_identity(&mut self) {
        self.ancestors.push(self.key);
        let taken_over = std::mem::take(&mut self.heir_of);
        self.frozen.push((self.key, taken_over));
    }

    /// The rights of its identity before are claimed, and with them what that one had taken over.
    pub fn claimed(&mut self, before: NodeKey) {
        self.heir_of.push(before);
        for (of, taken_over) in &mut self.frozen {
            if *of == before {
                self.heir_of.append(taken_over);
            }
        }
    }

    /// A machine with the files of a node, switched on.
    pub fn new(
        founded: &Founded,
        folder: &Path,
        seed: u64,
        number: u64,
    ) -> Result<Self, DrillError> {
        let place = folder.join(number.to_string());
        let disk = SimulatedDisk::holding(&founded.files, &place)
            .map_err(|error| DrillError::of("lay down files", error))?;
        let mut machine = Self {
            node: None,
            key: founded.key,
            heir_of: Vec::new(),
            ancestors: Vec::new(),
            frozen: Vec::new(),
            doom: None,
            snapshot: None,
            backup_of: None,
            stolen: false,
            lied: false,
            ruined: false,
            site: founded.site,
            store: usize::try_from(number).unwrap_or(usize::MAX),
            disk,
            clock_off_ms: 0,
            drift_ms: 0,
            clock: Arc::new(ManualClock::default()),
            seed,
            number,
            starts: 0,
        };
        machine
            .start()?
            .map_err(|error| DrillError::of("start", error))?;
        Ok(machine)
    }

    /// What a node is opened with. Each start has chance of its own.
    pub fn options(&mut self) -> NodeOptions {
        self.starts += 1;
        let purpose = (self.number << 32) | self.starts;
        NodeOptions {
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            ledger: Options {
                entropy: Arc::new(SeededEntropy::new(self.seed, purpose)),
                disk: self.disk.small_files(),
                vfs: Some(self.disk.name().to_owned()),
                passphrase_cost: PassphraseCost::TRIVIAL,
                ..Options::default()
            },
        }
    }

    /// Switches it on; the inner error is the node's own refusal to open.
    pub fn start(&mut self) -> Result<Result<(), node::NodeError>, DrillError> {
        if self.node.is_some() {
            return Ok(Ok(()));
        }
        self.disk
            .settle()
            .map_err(|error| DrillError::of("read files", error))?;
        let options = self.options();
        let opened = Node::open(self.disk.folder(), &passphrase(), options);
        Ok(opened.map(|node| {
            self.key = node.key();
            self.node = Some(node);
        }))
    }

    /// Switches it off in good order.
    pub fn stop(&mut self) {
        self.node = None;
    }

    /// Opens its ledger without the node around it.
    pub fn ledger(&mut self) -> Result<Ledger, DrillError> {
        let broken = |error: ledger::Error| DrillError::of("open a ledger", error);
        let key = Vault::read(self.disk.folder())
            .and_then(|vault| vault.unlock(&passphrase()))
            .map_err(broken)?;
        let options = self.options();
        Ledger::open(self.disk.folder(), &key, options.ledger).map_err(broken)
    }

    /// A bit of a stored event turns over.
    pub fn change_an_event(&mut self, chance: &mut Chance) -> Result<(), DrillError> {
        let mut ledger = self.ledger()?;
        let broken = |error: ledger::Error| DrillError::of("change an event", error);
        let transaction = ledger.begin().map_err(broken)?;
        let changed = |error: rusqlite::Error| DrillError::of("change an event", error);
        let connection = transaction.connection();
        let (receipt, mut bytes): (i64, Vec<u8>) = connection
            .query_row(
                "SELECT receipt, bytes FROM ledger_event
                 WHERE receipt >= ?1 % (SELECT max(receipt) FROM ledger_event) ORDER BY receipt LIMIT 1",
                [chance.next() >> 1],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .map_err(changed)?;
        chance.turn_a_bit(&mut bytes);
        connection
            .execute(
                "UPDATE ledger_event SET bytes = ?2 WHERE receipt = ?1",
                (receipt, bytes),
            )
            .map_err(changed)?;
        transaction.commit().map_err(broken)?;
        Ok(())
    }

    /// Its clock as the true time goes on.
    pub fn tell_time(&self, true_ms: i64, since_begin_ms: i64) {
        let days = i128::from(since_begin_ms) * i128::from(self.drift_ms) / 86_400_000;
        let drifted = i64::try_from(days).unwrap_or(0);
        self.clock.set(Moment(
            true_ms
                .saturating_add(self.clock_off_ms)
                .saturating_add(drifted),
        ));
    }

    /// What its clock shows.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The power goes at a moment between two sizes of the log of writes.
    pub fn lose_power(
        &mut self,
        (from, to): (usize, usize),
        honesty: Honesty,
        chance: &mut Chance,
    ) -> Result<(), DrillError> {
        let at = from + chance.index(to.saturating_sub(from) + 1);
        let honest = match honesty {
            Honesty::Honest => usize::MAX,
            Honesty::LiesFor(operations) => at.saturating_sub(operations),
        };
        self.node = None;
        self.disk
            .lose_power(at, honest, chance)
            .map_err(|error| DrillError::of("lose power", error))
    }
}
