//! Writing: one transaction at a time, in which events and the read model's rows change together.
//!
//! A transaction that is dropped leaves no trace, neither in the file nor in memory. Nothing is
//! acknowledged before it is durable.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rusqlite::{Connection, ErrorCode, params};

use crate::attachment::{AttachmentRef, DraftAttachment};
use crate::checkpoint::Checkpoint;
use crate::error::{Doing as _, Error, Result};
use crate::event::{self, Draft, Event};
use crate::halt::Halt;
use crate::identity::{KeyId, Position};
use crate::keyring;
use crate::ledger::{Ledger, Standing};
use crate::merkle::sha256;
use crate::payload::Payload;
use crate::reader::{Head, View};
use crate::sealing::{self, SecretKey};
use crate::shared::{Change, Mark, Recorded, write_place};
use crate::store::{Ciphertext, SqliteStore, Store as _};

/// What an erasure destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Whether the key was held until now.
    pub key: bool,
    /// How many ciphertexts went with it.
    pub attachments: usize,
}

/// The one open transaction of the writer. Dropped without commit it is rolled back.
#[derive(Debug)]
pub struct Transaction<'l> {
    ledger: &'l mut Ledger,
    /// What memory goes back to when this is undone.
    before: Standing,
    halted_before: Option<Halt>,
    recorded_before: Mark,
    /// 0 for the transaction itself, above for savepoints within savepoints.
    depth: u32,
    open: bool,
}

impl<'l> Transaction<'l> {
    pub(crate) fn begin(ledger: &'l mut Ledger) -> Result<Self> {
        ledger
            .connection
            .execute_batch("BEGIN IMMEDIATE")
            .doing("begin a transaction")?;
        Ok(Self {
            before: ledger.standing.clone(),
            halted_before: ledger.halted,
            recorded_before: ledger.sharing.mark(),
            ledger,
            depth: 0,
            open: true,
        })
    }

    /// Appends an event to this node's log: position, previous hash and clock are assigned,
    /// attachments sealed, the whole signed and stored. Durable only after
    /// [`Transaction::commit`].
    ///
    /// `now_ms` is what the wall clock says; events never sort before earlier ones of this node
    /// even when it goes back. The draft is used up: personal data in clear is wiped with it.
    #[expect(clippy::needless_pass_by_value, reason = "its clear contents end here")]
    pub fn append(&mut self, draft: Draft, now_ms: u64) -> Result<Event> {
        self.check_usable()?;
        if let Some(halt) = self.ledger.halted {
            return Err(halt.refusal());
        }
        event::check_draft(&draft)?;
        let (sealed, fresh_keys) = self.seal(&draft.attachments)?;
        let standing = &self.ledger.standing;
        let hlc = standing.hlc.tick(now_ms);
        let after = (
            self.ledger.node,
            Position(standing.size() + 1),
            standing.leaf,
            hlc,
        );
        let references = sealed
            .iter()
            .map(|(reference, _)| reference.clone())
            .collect();
        let mut event = Payload::place(&draft, after, references).sign(&self.ledger.signing)?;

        let ciphertexts: Vec<Ciphertext> = sealed.into_iter().map(|(_, bytes)| bytes).collect();
        // From here on a failure would leave a part behind: the whole transaction is given up.
        self.ledger.abandoned = true;
        for (key, secret) in &fresh_keys {
            keyring::keep_data_key(&self.ledger.connection, *key, secret, now_ms)?;
        }
        let receipts = SqliteStore::on(&self.ledger.connection).append(&[&event], &ciphertexts)?;
        event.receipt = receipts[0];
        self.ledger.abandoned = false;

        self.ledger.standing.append(&event);
        self.record(|recorded| {
            for (key, secret) in &fresh_keys {
                recorded.key(*key, secret, now_ms);
            }
            for ciphertext in &ciphertexts {
                recorded.part(ciphertext);
            }
            recorded.steps.push(Change::Own(event.bytes.clone().into()));
        });
        Ok(event)
    }

    /// Notes what was changed for the other servers of this hub, if it has any.
    pub(crate) fn record(&mut self, note: impl FnOnce(&mut Recorded)) {
        if let Some(recorded) = self.ledger.sharing.recorded() {
            note(recorded);
        }
    }

    /// What is applied from here on was placed by another server: it is not placed again.
    pub(crate) fn set_following(&mut self) {
        self.ledger.sharing.set_following();
    }

    /// Seals attachments; gives them with the data keys made on the way.
    #[expect(
        clippy::type_complexity,
        reason = "two lists that live for three lines"
    )]
    fn seal(
        &self,
        attachments: &[DraftAttachment],
    ) -> Result<(Vec<(AttachmentRef, Ciphertext)>, Vec<(KeyId, SecretKey)>)> {
        let entropy = self.ledger.options.entropy.as_ref();
        let mut fresh: Vec<(KeyId, SecretKey)> = Vec::new();
        let mut sealed = Vec::with_capacity(attachments.len());
        for DraftAttachment { slot, key, content } in attachments {
            let person = key.person();
            let made = fresh.iter().find(|(key, _)| *key == person);
            let secret = if let Some((_, secret)) = made {
                secret.clone()
            } else {
                let connection = &self.ledger.connection;
                let (secret, new) = keyring::data_key_for_use(connection, person, entropy)?;
                if new {
                    fresh.push((person, secret.clone()));
                }
                secret
            };
            let bytes = sealing::seal_attachment(&secret, key, slot, content, entropy)?;
            let hash = sha256(&bytes);
            let reference = AttachmentRef {
                slot: slot.clone(),
                key: *key,
                hash,
            };
            sealed.push((
                reference,
                Ciphertext {
                    hash,
                    key: person,
                    bytes,
                },
            ));
        }
        Ok((sealed, fresh))
    }

    /// Destroys a data key and every ciphertext under it on this node. Signatures and chain still
    /// verify. The event that says so is the caller's to append, in the same transaction.
    ///
    /// After the commit the write-ahead log is emptied, so that no older copy of the key's page
    /// stays in it. Backups made before still hold the key: they have to be destroyed too.
    pub fn erase(&mut self, key: KeyId, now_ms: u64) -> Result<Erased> {
        self.check_usable()?;
        self.ledger.abandoned = true;
        let (held, attachments) = keyring::erase(&self.ledger.connection, key, now_ms)?;
        self.ledger.abandoned = false;
        self.ledger.standing.erased = true;
        self.record(|recorded| recorded.steps.push(Change::Erased(key, now_ms)));
        Ok(Erased {
            key: held,
            attachments,
        })
    }

    /// Changes the ledger's tables as a whole or not at all: after a failure nothing of the
    /// transaction can be kept.
    pub(crate) fn change<T>(&mut self, work: impl FnOnce(&mut Ledger) -> Result<T>) -> Result<T> {
        self.check_usable()?;
        self.ledger.abandoned = true;
        let done = work(self.ledger)?;
        self.ledger.abandoned = false;
        Ok(done)
    }

    /// Signs and stores a checkpoint of this node's log as it stands in this transaction.
    pub fn checkpoint(&mut self, now_ms: u64) -> Result<Checkpoint> {
        self.check_usable()?;
        let frontier = &self.ledger.standing.frontier;
        let signing = &self.ledger.signing;
        let checkpoint = Checkpoint::sign(signing, frontier.size(), frontier.root(), now_ms);
        keep_checkpoint(&self.ledger.connection, &checkpoint)?;
        let bytes = &checkpoint.bytes;
        self.record(|recorded| {
            recorded
                .steps
                .push(Change::Checkpoint(bytes.clone().into()));
        });
        Ok(checkpoint)
    }

    /// Begins a part that can be undone by itself. Dropped without [`Savepoint::commit`] it
    /// leaves no trace, in the file or in memory.
    pub fn savepoint(&mut self) -> Result<Savepoint<'_>> {
        self.check_usable()?;
        let depth = self.depth + 1;
        let savepoint = format!("SAVEPOINT ledger_{depth}");
        self.ledger
            .connection
            .execute_batch(&savepoint)
            .doing("set a savepoint")?;
        let transaction = Transaction {
            before: self.ledger.standing.clone(),
            halted_before: self.ledger.halted,
            recorded_before: self.ledger.sharing.mark(),
            ledger: &mut *self.ledger,
            depth,
            open: true,
        };
        Ok(Savepoint { transaction })
    }

    /// Runs `work` within a savepoint that is kept if it succeeds and undone if it fails.
    pub fn attempt<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut savepoint = self.savepoint()?;
        let done = work(&mut savepoint)?;
        savepoint.commit()?;
        Ok(done)
    }

    /// The connection, for the read model's own tables (any prefix but `ledger_`). It cannot
    /// commit: only [`Transaction::commit`] can.
    pub fn connection(&self) -> &Connection {
        &self.ledger.connection
    }

    /// The ledger's tables as this transaction sees them.
    pub fn view(&self) -> View<'_> {
        View::on(self.connection())
    }

    /// The end of this node's log as this transaction sees it.
    pub fn head(&self) -> Head {
        self.ledger.head()
    }

    /// Makes everything durable and acknowledges it: returns only when the log is on the disk and
    /// the acknowledged-head record after it.
    ///
    /// When this fails after the commit itself (the record's disk is full), what was committed
    /// stays; it just was not acknowledged.
    ///
    /// At a server of a hub it is placed in the shared order first, durably.
    ///
    /// # Errors
    /// [`Error::Overtaken`] when another server of the hub placed something meanwhile: nothing of this
    /// is kept, and what was decided has to be decided again.
    pub fn commit(mut self) -> Result<Head> {
        self.check_usable()?;
        let place = self.ledger.standing.place;
        let entropy = Arc::clone(&self.ledger.options.entropy);
        let addition = self.ledger.sharing.addition(place, entropy.as_ref())?;
        if let Some(addition) = &addition {
            // Written first, so that what remains to be done here after it is placed is the commit alone.
            write_place(&self.ledger.connection, addition.entry.place)?;
            self.ledger.standing.place = Some(addition.entry.place);
        }
        self.ledger.standing.commits += 1;
        self.ledger
            .standing
            .store(&self.ledger.connection, self.ledger.node)?;
        if let Some(addition) = &addition {
            self.ledger.sharing.place(addition)?;
        }
        self.ledger.may_commit.store(true, Ordering::Relaxed);
        let committed = self.ledger.connection.execute_batch("COMMIT");
        self.ledger.may_commit.store(false, Ordering::Relaxed);
        if let Err(error) = committed {
            // After a failed flush nobody knows what the disk holds (Rebello et al. 2020): only
            // opening anew reads what is really there.
            self.ledger.must_reopen |=
                error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure);
            let error = Error::of_database("commit", error);
            return Err(match addition {
                // It is durable in the database, and applied here like everybody's entries when it can be.
                Some(_) => Error::MirrorBehind {
                    why: error.to_string(),
                },
                None => error,
            });
        }
        self.open = false;
        self.ledger.sharing.end();
        self.ledger.acknowledge()?;
        Ok(self.head())
    }

    fn check_usable(&self) -> Result<()> {
        // SQLite ends the transaction by itself on a full disk or a failed read.
        if self.ledger.abandoned || self.ledger.connection.is_autocommit() {
            return Err(Error::Abandoned);
        }
        Ok(())
    }

    /// Undoes what this transaction or savepoint did, in the file and in memory.
    fn undo(&mut self) -> Result<()> {
        self.open = false;
        self.ledger.standing = self.before.clone();
        self.ledger.halted = self.halted_before;
        self.ledger.sharing.back_to(self.recorded_before);
        if self.depth == 0 {
            self.ledger.abandoned = false;
            if self.ledger.connection.is_autocommit() {
                return Ok(());
            }
            return self
                .ledger
                .connection
                .execute_batch("ROLLBACK")
                .doing("roll back");
        }
        let depth = self.depth;
        let rollback = format!("ROLLBACK TO ledger_{depth}; RELEASE ledger_{depth}");
        let undone = self
            .ledger
            .connection
            .execute_batch(&rollback)
            .doing("undo a part");
        // Undone to the savepoint, nothing of a half-done append is left. Otherwise the rest must
        // not go on with it.
        self.ledger.abandoned = undone.is_err();
        undone
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // A failure is remembered: whatever contains this part can no longer be committed.
        if self.open && self.undo().is_err() {
            self.ledger.must_reopen |= self.depth == 0;
        }
    }
}

/// Keeps a checkpoint.
pub(crate) fn keep_checkpoint(connection: &Connection, checkpoint: &Checkpoint) -> Result<()> {
    connection
        .execute(
            "INSERT OR REPLACE INTO ledger_checkpoint (node, size, bytes) VALUES (?1, ?2, ?3)",
            params![checkpoint.node.0, checkpoint.size, checkpoint.bytes],
        )
        .doing("store a checkpoint")
        .map(drop)
}

/// A part of a transaction that can be undone by itself; use it as the transaction.
#[derive(Debug)]
pub struct Savepoint<'t> {
    transaction: Transaction<'t>,
}

impl Savepoint<'_> {
    /// Keeps it as part of the transaction around it.
    pub fn commit(mut self) -> Result<()> {
        self.transaction.check_usable()?;
        let release = format!("RELEASE ledger_{}", self.transaction.depth);
        self.transaction
            .ledger
            .connection
            .execute_batch(&release)
            .doing("keep a part")?;
        self.transaction.open = false;
        Ok(())
    }

    /// Undoes it, saying whether that worked; dropping does the same silently.
    pub fn rollback(mut self) -> Result<()> {
        self.transaction.undo()
    }
}

impl<'t> Deref for Savepoint<'t> {
    type Target = Transaction<'t>;

    fn deref(&self) -> &Transaction<'t> {
        &self.transaction
    }
}

impl<'t> DerefMut for Savepoint<'t> {
    fn deref_mut(&mut self) -> &mut Transaction<'t> {
        &mut self.transaction
    }
}
