//! Sending what waits, on a thread of its own with one connection: the desk never waits for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::message::message;
use crate::smtp::Line;
use crate::store::{Updates, held};
use crate::trouble::{Outcome, Stage, Trouble};

/// How many mails are taken out of the queue at once.
const TAKEN_MAX: u32 = 50;
/// How often is looked whether something is due.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Shortest and longest rest after trouble that is not about one mail.
const REST_FIRST: Duration = Duration::from_secs(30);
const REST_MAX: Duration = Duration::from_mins(30);
/// Looks between two sweeps of what ran out: about an hour.
const SWEEP_EVERY: u32 = 720;

/// What came of sending what was due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Round {
    /// Mails the server took.
    pub sent: u64,
    /// Mails to be tried again later.
    pub later: u64,
    /// Mails given up.
    pub failed: u64,
    /// What stopped it before the end, if something did.
    pub stopped: Option<Trouble>,
}

/// Sends everything that is due, over one connection, and closes it.
///
/// # Errors
/// When no server is set, or the store fails. Trouble with the server is in the answer.
pub fn send_due(updates: &Updates) -> Result<Round> {
    let mut line = None;
    let round = send(updates, &mut line, &AtomicBool::new(false));
    if let Some(line) = line {
        line.close();
    }
    round
}

fn send(updates: &Updates, line: &mut Option<Line>, stop: &AtomicBool) -> Result<Round> {
    let postbox = updates.postbox()?.ok_or(Error::NoPostbox)?;
    let keys = &updates.shared.keys;
    let mut round = Round::default();
    loop {
        let taken = updates.take(TAKEN_MAX)?;
        if taken.is_empty() {
            break;
        }
        for (at, due) in taken.iter().enumerate() {
            if stop.load(Ordering::Relaxed) {
                updates.put_back(&taken[at..])?;
                return Ok(round);
            }
            let mut connected = false;
            let sending =
                message(due, &postbox, keys, updates.now_ms()).and_then(|(envelope, bytes)| {
                    if !line.as_ref().is_some_and(Line::is_open) {
                        *line = Some(Line::open(&postbox)?);
                    }
                    connected = true;
                    line.as_mut()
                        .map_or(Ok(()), |line| line.send(&envelope, &bytes))
                });
            let outcome = match sending {
                Ok(()) => Outcome::Sent,
                Err(trouble) if trouble.is_for_all() => {
                    // Where the server hung up over this one mail, it waits longer than the others:
                    // else it would be the first again, and stop them again.
                    let hung_up = connected && trouble.stage == Stage::Connecting;
                    if hung_up {
                        updates.note(due, Outcome::Later)?;
                    }
                    updates.put_back(&taken[at + usize::from(hung_up)..])?;
                    round.stopped = Some(trouble);
                    updates.note_trouble(Some(trouble))?;
                    return Ok(round);
                }
                Err(trouble) => trouble.outcome(),
            };
            updates.note(due, outcome)?;
            match outcome {
                Outcome::Sent => round.sent += 1,
                Outcome::Later => round.later += 1,
                Outcome::NoSuchRecipient | Outcome::GivenUp => round.failed += 1,
            }
        }
    }
    if round.sent > 0 {
        updates.note_trouble(None)?;
    }
    Ok(round)
}

impl Updates {
    /// Sends one letter at once to one address that is stored nowhere: to try the settings.
    ///
    /// # Errors
    /// What the server, or the settings, did not like.
    pub fn try_out(&self, to: &crate::Address, letter: &crate::Letter) -> Result<()> {
        let postbox = self.postbox()?.ok_or(Error::NoPostbox)?;
        let due = crate::queue::Due {
            mail: 0,
            subscriber: 0,
            attempts: 0,
            address: to.expose().to_owned(),
            asked_at: 0,
            subject: letter.subject.clone(),
            body: letter.body.clone(),
        };
        let (envelope, bytes) = message(&due, &postbox, &self.shared.keys, self.now_ms())?;
        let mut line = Line::open(&postbox)?;
        line.send(&envelope, &bytes)?;
        line.close();
        self.note_trouble(None)
    }

    fn note_trouble(&self, trouble: Option<Trouble>) -> Result<()> {
        let bytes = serde_json::to_vec(&trouble).map_err(|_| Error::Settings)?;
        self.set("trouble", &bytes)
    }

    /// What stopped sending last, if it was not sent since.
    pub fn trouble(&self) -> Result<Option<Trouble>> {
        let bytes = self.setting("trouble")?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok().flatten()))
    }
}

struct Bell {
    stop: AtomicBool,
    rung: Mutex<bool>,
    ring: Condvar,
}

impl Bell {
    fn ring(&self) {
        *held(&self.rung) = true;
        self.ring.notify_all();
    }
}

/// The thread that sends. It ends when this is dropped, after the mail under way.
pub struct Sender {
    bell: Arc<Bell>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sender(..)")
    }
}

impl Sender {
    /// Starts it. Before each look `prepare` is called, to announce what is new.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        updates: Updates,
        mut prepare: impl FnMut(&Updates) + Send + 'static,
    ) -> Result<Self> {
        let bell = Arc::new(Bell {
            stop: AtomicBool::new(false),
            rung: Mutex::new(false),
            ring: Condvar::new(),
        });
        let heard = Arc::clone(&bell);
        let thread = std::thread::Builder::new()
            .name("akey-mail".into())
            .spawn(move || run(&updates, &heard, &mut prepare))
            .map_err(Error::Thread)?;
        Ok(Self {
            bell,
            thread: Some(thread),
        })
    }

    /// Has it look now.
    pub fn wake(&self) {
        self.bell.ring();
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        self.bell.stop.store(true, Ordering::Relaxed);
        self.bell.ring();
        if let Some(thread) = self.thread.take() {
            // Whatever it ended with was logged by itself.
            let _ = thread.join();
        }
    }
}

fn run(updates: &Updates, bell: &Bell, prepare: &mut dyn FnMut(&Updates)) {
    let mut line = None;
    let mut rest = None;
    let mut looks = 0_u32;
    while !bell.stop.load(Ordering::Relaxed) {
        if looks.is_multiple_of(SWEEP_EVERY)
            && let Err(error) = updates.sweep()
        {
            tracing::error!(%error, "what ran out was not deleted");
        }
        looks = looks.wrapping_add(1);
        prepare(updates);
        let round = match send(updates, &mut line, &bell.stop) {
            Ok(round) => round,
            Err(Error::NoPostbox) => Round::default(),
            Err(error) => {
                tracing::error!(%error, "the mail that waits could not be looked at");
                Round::default()
            }
        };
        if let Some(open) = line.take() {
            open.close();
        }
        rest = match round.stopped {
            Some(trouble) => {
                tracing::warn!(%trouble, "no mail can be sent now");
                Some(rest.map_or(REST_FIRST, |rest: Duration| (rest * 2).min(REST_MAX)))
            }
            None => None,
        };
        let rung = held(&bell.rung);
        let waited = bell
            .ring
            .wait_timeout_while(rung, rest.unwrap_or(LOOK_EVERY), |rung| !*rung);
        *waited.unwrap_or_else(std::sync::PoisonError::into_inner).0 = false;
    }
}
