//! A server's own ledger as a mirror of the shared order: what it changes is placed there before it is
//! kept here, and what others placed is applied here, step by step.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::change::{Change, Mark, Recorded, hash_of};
use super::wrap::HubKeys;
use super::{Addition, HubName, Notice, Place, Placed, SharedStore};
use crate::checkpoint::Checkpoint;
use crate::entropy::Entropy;
use crate::error::{Doing as _, Error, Result};
use crate::event::Event;
use crate::halt::{Halt, HaltReason};
use crate::identity::{AggregateId, Hash, KeyId, Position, Receipt};
use crate::intake::Received;
use crate::keyring::{self, DataKey};
use crate::ledger::Ledger;
use crate::member::Papers;
use crate::root::{RecoveryKey, RootPublic};
use crate::sealing::SecretKey;
use crate::store::{Ciphertext, SqliteStore, Store as _};
use crate::transaction::Transaction;
use crate::wanted;
use crate::{OperationId, transaction};

/// How a ledger stands to a shared order.
#[derive(Debug)]
pub(crate) enum Sharing {
    /// It is the whole of its node.
    Alone,
    /// It is one server's mirror, and the database was not given: it may be read, not written.
    Cut(Recorded),
    /// It is one server's mirror.
    Mirror(Box<Mirror>),
}

/// What a mirror needs.
#[derive(Debug)]
pub(crate) struct Mirror {
    store: Box<dyn SharedStore>,
    keys: HubKeys,
    recorded: Recorded,
    /// What is applied now was placed by another: it is not placed again.
    following: bool,
}

impl Sharing {
    /// Where to note what is changed, if it is to be shared.
    pub(crate) fn recorded(&mut self) -> Option<&mut Recorded> {
        match self {
            Self::Alone => None,
            Self::Cut(recorded) => Some(recorded),
            Self::Mirror(mirror) if mirror.following => None,
            Self::Mirror(mirror) => Some(&mut mirror.recorded),
        }
    }

    pub(crate) fn mark(&mut self) -> Mark {
        self.recorded().map(|it| it.mark()).unwrap_or_default()
    }

    pub(crate) fn back_to(&mut self, mark: Mark) {
        match self {
            Self::Alone => {}
            Self::Cut(recorded) => recorded.back_to(mark),
            Self::Mirror(mirror) => {
                mirror.following = false;
                mirror.recorded.back_to(mark);
            }
        }
    }

    pub(crate) fn set_following(&mut self) {
        if let Self::Mirror(mirror) = self {
            mirror.following = true;
        }
    }

    /// The transaction is durable.
    pub(crate) fn end(&mut self) {
        self.back_to(Mark::default());
    }

    /// What of this transaction has to be placed, if anything.
    pub(crate) fn addition(
        &mut self,
        after: Option<Place>,
        entropy: &dyn Entropy,
    ) -> Result<Option<Addition>> {
        match (self, after) {
            (Self::Alone, _) => Ok(None),
            (Self::Cut(recorded), _) if recorded.steps.is_empty() => Ok(None),
            (Self::Mirror(mirror), _) if mirror.recorded.steps.is_empty() => Ok(None),
            (Self::Mirror(mirror), Some(after)) => {
                Ok(Some(mirror.keys.close(after, &mirror.recorded, entropy)))
            }
            (Self::Cut(_) | Self::Mirror(_), _) => Err(Error::StoreNeeded),
        }
    }

    /// Places it; durable when it returns.
    pub(crate) fn place(&mut self, addition: &Addition) -> Result<()> {
        let Self::Mirror(mirror) = self else {
            return Err(Error::StoreNeeded);
        };
        match mirror.store.place(addition)? {
            Placed::Here => Ok(()),
            Placed::Overtaken => Err(Error::Overtaken),
        }
    }
}

/// An entry that others placed, opened, with what came with it.
#[derive(Debug)]
pub struct Entry {
    place: Place,
    steps: Vec<Change>,
    parts: Vec<Ciphertext>,
    keys: Vec<(Hash, SecretKey)>,
}

/// What following entries came to.
#[derive(Debug, Default)]
pub struct Followed {
    /// Events of this node that another server wrote.
    pub own: Vec<Event>,
    /// Events of other nodes.
    pub received: Received,
    /// The aggregates of which parts can be read now that could not before.
    pub readable: Vec<AggregateId>,
    /// What others keep beside the ledger, in order.
    pub beside: Vec<Vec<u8>>,
}

impl Ledger {
    /// Whether this is one server's mirror of a hub.
    pub const fn is_mirror(&self) -> bool {
        !matches!(self.sharing, Sharing::Alone)
    }

    /// How far it has come in the shared order; none where it is the whole of its node.
    pub const fn place(&self) -> Option<Place> {
        self.standing.place
    }

    /// Takes this node's data to a database that several servers will share: from here on it is the
    /// first server's mirror.
    pub fn move_to(&mut self, mut store: Box<dyn SharedStore>) -> Result<()> {
        if let Some(halt) = self.halted {
            return Err(halt.refusal());
        }
        if self.is_mirror() {
            return Err(Error::StoreMoved);
        }
        let hub = HubKeys::of(self.key()).begin(self.head(), self.standing.commits);
        store.begin(&hub)?;
        let mut transaction = self.begin()?;
        transaction.move_place(hub.begins)?;
        transaction.commit()?;
        self.attach(store)
    }

    /// Goes on as a mirror of this hub's shared order.
    pub fn attach(&mut self, mut store: Box<dyn SharedStore>) -> Result<()> {
        if self.standing.place.is_none() {
            return Err(Error::StoreNotMoved);
        }
        let keys = HubKeys::of(self.key());
        let name = keys.of_hub(self.node);
        match store.hub()? {
            Some(HubName { name: found, .. }) if found == name => {}
            Some(_) => return Err(Error::StoreOfAnother),
            None => return Err(Error::StoreEmpty),
        }
        self.sharing = Sharing::Mirror(Box::new(Mirror {
            store,
            keys,
            recorded: Recorded::default(),
            following: false,
        }));
        Ok(())
    }

    /// Tells whenever others may have placed something.
    pub fn tell_of_others(&mut self, notice: Notice) {
        if let Sharing::Mirror(mirror) = &mut self.sharing {
            mirror.store.tell(notice);
        }
    }

    /// Whether nothing stands in the shared order that is not here.
    pub fn is_at_head(&mut self) -> Result<bool> {
        let (Sharing::Mirror(mirror), Some(place)) = (&mut self.sharing, self.standing.place)
        else {
            return Ok(true);
        };
        Ok(mirror.store.last()? == place.version)
    }

    /// What others placed and is not here yet, oldest first: as much as is handled at once.
    ///
    /// # Errors
    /// [`Error::StoreLost`] when the database lacks what this server knows: then it is halted, because
    /// others may go on where it had been.
    pub fn ahead(&mut self) -> Result<Vec<Entry>> {
        let (Sharing::Mirror(mirror), Some(here)) = (&mut self.sharing, self.standing.place) else {
            return Ok(Vec::new());
        };
        let mut stored = mirror.store.from(here.version)?.into_iter();
        if stored.next().map(|entry| entry.place) != Some(here) {
            self.halt_as_lost()?;
            return Err(Error::StoreLost {
                version: here.version,
            });
        }
        let mut place = here;
        let mut entries = Vec::new();
        for entry in stored {
            let steps = mirror.keys.open(place, &entry)?;
            place = entry.place;
            entries.push(Entry {
                place,
                steps,
                parts: Vec::new(),
                keys: Vec::new(),
            });
        }
        mirror.fetch_beside(&mut entries)?;
        Ok(entries)
    }

    fn halt_as_lost(&mut self) -> Result<()> {
        if self.halted.is_some() {
            return Ok(());
        }
        let node = self.node;
        let mut transaction = self.begin()?;
        transaction.change(|ledger| {
            let halt = Halt {
                node,
                why: HaltReason::StoreLost,
            };
            halt.record(&ledger.connection)?;
            ledger.halted = Some(halt);
            Ok(())
        })?;
        transaction.commit().map(drop)
    }
}

impl Mirror {
    /// Fetches the sealed parts and data keys that entries name. What is not there was erased since.
    fn fetch_beside(&mut self, entries: &mut [Entry]) -> Result<()> {
        for entry in entries {
            let mut parts = Vec::new();
            let mut keys = Vec::new();
            for step in &entry.steps {
                match step {
                    Change::Part(hash, key) => parts.push((self.keys.of_part(*hash), *hash, *key)),
                    Change::Key(key, _, hash) => {
                        keys.push((self.keys.of_key(*key, *hash), *key, *hash));
                    }
                    _ => {}
                }
            }
            if !parts.is_empty() {
                let names: Vec<_> = parts.iter().map(|(name, _, _)| *name).collect();
                let mut rows = rows_by_name(self.store.parts(&names)?);
                for (name, hash, key) in parts {
                    if let Some(bytes) = rows.remove(&name) {
                        entry.parts.push(Ciphertext { hash, key, bytes });
                    }
                }
            }
            if !keys.is_empty() {
                let names: Vec<_> = keys.iter().map(|(name, _, _)| *name).collect();
                let mut rows = rows_by_name(self.store.keys(&names)?);
                for (name, key, hash) in keys {
                    let secret = rows
                        .remove(&name)
                        .map(|wrapped| {
                            let version = entry.place.version;
                            let opened = self.keys.open_key(key, &wrapped);
                            let opened = opened.filter(|secret| hash_of(secret) == hash);
                            opened.ok_or(Error::StoreDamaged { version })
                        })
                        .transpose()?;
                    entry.keys.extend(secret.map(|secret| (hash, secret)));
                }
            }
        }
        Ok(())
    }
}

fn rows_by_name(rows: Vec<super::StoredRow>) -> std::collections::HashMap<super::Name, Vec<u8>> {
    rows.into_iter().map(|row| (row.name, row.bytes)).collect()
}

impl Transaction<'_> {
    /// Notes something of the node's own beside the ledger that the hub's other servers need too.
    pub fn share_beside(&mut self, bytes: Vec<u8>) {
        self.record(|recorded| recorded.steps.push(Change::Beside(bytes.into())));
    }

    /// Applies an entry that another server placed. The caller folds what came of it before it commits.
    pub fn follow(&mut self, entry: Entry, followed: &mut Followed) -> Result<()> {
        self.set_following();
        let Entry {
            place,
            steps,
            parts,
            keys,
        } = entry;
        let mut touched: Vec<KeyId> = Vec::new();
        for step in steps {
            match step {
                Change::Own(bytes) => followed.own.push(self.follow_own(bytes.into(), place)?),
                Change::Received(events, now_ms) => {
                    let events = decoded(events, place)?;
                    followed.received.merge(self.receive(events, now_ms)?);
                }
                Change::Admitted(papers, now_ms) => {
                    let papers = Papers::from_bytes(&papers)?;
                    followed.received.merge(self.admit(&papers, now_ms)?.1);
                }
                Change::Revoked(certificate) => {
                    followed.received.merge(self.revoke(&certificate)?);
                }
                Change::Retried(now_ms) => {
                    followed.received.merge(self.retry_parked(now_ms)?);
                }
                Change::Trusted(operation, signing, recovery) => {
                    self.trust(&root_of(&operation, &signing, &recovery, place)?)?;
                }
                Change::Wanted(hash, key, aggregate, bound_to) => {
                    self.change(|ledger| {
                        wanted::note(&ledger.connection, hash, key, aggregate, &bound_to)
                    })?;
                }
                Change::Erased(key, now_ms) => {
                    self.erase(key, now_ms)?;
                }
                Change::Key(key, created_ms, hash) => {
                    if let Some((_, secret)) = keys.iter().find(|(of, _)| *of == hash) {
                        self.change(|ledger| {
                            wanted::keep_secret(&ledger.connection, key, secret, created_ms)
                        })?;
                        touched.push(key);
                    }
                }
                Change::Part(hash, key) => {
                    if let Some(part) = parts.iter().find(|part| part.hash == hash) {
                        self.change(|ledger| follow_part(&ledger.connection, part))?;
                        touched.push(key);
                    }
                }
                Change::Beside(bytes) => followed.beside.push(bytes.into()),
                Change::Checkpoint(bytes) => {
                    let checkpoint = Checkpoint::from_bytes(&bytes)?;
                    self.change(|ledger| {
                        transaction::keep_checkpoint(&ledger.connection, &checkpoint)
                    })?;
                }
            }
        }
        touched.sort_unstable();
        touched.dedup();
        for key in touched {
            let readable = self.change(|ledger| wanted::settle(&ledger.connection, key))?;
            followed.readable.extend(readable);
        }
        self.move_place(place)
    }

    /// An event of this node that another of its servers wrote: the next of the log.
    fn follow_own(&mut self, bytes: Vec<u8>, place: Place) -> Result<Event> {
        let damaged = Error::StoreDamaged {
            version: place.version,
        };
        self.change(|ledger| {
            let mut event = Event::decode(bytes, Receipt(0))?;
            let standing = &ledger.standing;
            let next = (ledger.node, Position(standing.size() + 1), standing.leaf);
            if (event.node, event.position, event.previous) != next {
                return Err(damaged);
            }
            event.receipt = SqliteStore::on(&ledger.connection).append(&[&event], &[])?[0];
            ledger.standing.append(&event);
            Ok(event)
        })
    }

    /// Moves this mirror to a place; durable with the transaction.
    fn move_place(&mut self, place: Place) -> Result<()> {
        self.change(|ledger| {
            write_place(&ledger.connection, place)?;
            ledger.standing.place = Some(place);
            Ok(())
        })
    }
}

fn decoded(events: Vec<minicbor::bytes::ByteVec>, place: Place) -> Result<Vec<Event>> {
    let version = place.version;
    let events = events.into_iter();
    events
        .map(|bytes| {
            // Checked by the server that took them in.
            Event::decode(bytes.into(), Receipt(0)).map_err(|_| Error::StoreDamaged { version })
        })
        .collect()
}

fn root_of(operation: &[u8], signing: &[u8], recovery: &[u8], place: Place) -> Result<RootPublic> {
    let version = place.version;
    let read = || {
        Some(RootPublic {
            operation: OperationId(operation.try_into().ok()?),
            signing: signing.try_into().ok()?,
            recovery: RecoveryKey(recovery.try_into().ok()?),
        })
    };
    read().ok_or(Error::StoreDamaged { version })
}

/// Keeps a sealed part unless it is here or its key was erased.
fn follow_part(connection: &Connection, part: &Ciphertext) -> Result<()> {
    let erased = matches!(keyring::data_key(connection, part.key)?, DataKey::Erased);
    if erased || wanted::has_ciphertext(connection, part.hash)? {
        return Ok(());
    }
    SqliteStore::on(connection).insert_ciphertext(part)
}

/// How far this mirror has come, if it is one.
pub(crate) fn read_place(connection: &Connection) -> Result<Option<Place>> {
    connection
        .query_row("SELECT version, digest FROM ledger_mirror", [], |row| {
            Ok(Place {
                version: row.get(0)?,
                digest: Hash(row.get(1)?),
            })
        })
        .optional()
        .doing("read how far this mirror has come")
}

/// Records how far this mirror has come.
pub(crate) fn write_place(connection: &Connection, place: Place) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO ledger_mirror (one, version, digest) VALUES (1, ?1, ?2)
             ON CONFLICT (one) DO UPDATE SET version = ?1, digest = ?2",
        )
        .and_then(|mut statement| statement.execute(params![place.version, place.digest.0]))
        .doing("record how far this mirror has come")
        .map(drop)
}
