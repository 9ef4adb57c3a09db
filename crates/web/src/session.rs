//! Who is signed in, and who tried too often. Held in memory only: a restart signs everybody out.
//! It never keeps a password, and says nothing about which names exist.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::{MovementId, SiteId};
use uuid::Uuid;

use crate::form::Typed;

/// How many people may be signed in at once: 20 tablets, and room for forgotten ones.
const SESSIONS_MAX: usize = 2_000;
/// How many searches of one browser are remembered, to be shown again.
const ASKED_MAX: usize = 12;
/// How many names are remembered as tried.
const TRIED_MAX: usize = 10_000;
/// Wrong passwords for one name before it has to wait.
const FREE_TRIES: u32 = 5;
/// Longest wait after wrong passwords.
const WAIT_MAX: Duration = Duration::from_mins(15);

/// A secret of 128 random bits, as it stands in a cookie or a form.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Secret(String);

impl Secret {
    pub fn fresh() -> Self {
        Self(
            crate::form::fresh_id().as_simple().to_string()
                + &crate::form::fresh_id().as_simple().to_string()[..8],
        )
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is this secret; the time it takes says nothing about how much of it fits.
    pub fn is(&self, text: &str) -> bool {
        let (ours, theirs) = (self.0.as_bytes(), text.as_bytes());
        ours.len() == theirs.len()
            && ours
                .iter()
                .zip(theirs)
                .fold(0, |differs, (a, b)| differs | (a ^ b))
                == 0
    }
}

/// Somebody signed in on one browser.
pub(crate) struct Seat {
    /// Who, as the node knows them.
    pub session: node::Session,
    /// What every form of this browser carries.
    pub csrf: Secret,
    /// The site they work at.
    site: Mutex<Option<SiteId>>,
    /// What they searched for last, by the key that stands in the address of the answer.
    pub asked: Drafts<Uuid, Typed>,
    /// Whose people they met last.
    met: Mutex<Option<MovementId>>,
    last_seen: Mutex<Instant>,
}

impl Seat {
    pub fn site(&self) -> Option<SiteId> {
        *held(&self.site)
    }

    pub fn move_to(&self, site: SiteId) {
        *held(&self.site) = Some(site);
    }

    /// The movement whose people were met last on this browser.
    pub fn last_met(&self) -> Option<MovementId> {
        *held(&self.met)
    }

    pub fn met(&self, movement: MovementId) {
        *held(&self.met) = Some(movement);
    }
}

/// Everybody who is signed in.
pub(crate) struct Sessions {
    idle_max: Duration,
    seats: Mutex<HashMap<Secret, Arc<Seat>>>,
}

impl Sessions {
    pub fn new(idle_max: Duration) -> Self {
        Self {
            idle_max,
            seats: Mutex::default(),
        }
    }

    /// A seat for somebody who proved who they are. The secret goes into their cookie.
    pub fn begin(&self, session: node::Session) -> Secret {
        let seat = Seat {
            session,
            csrf: Secret::fresh(),
            site: Mutex::new(None),
            asked: Drafts::new(ASKED_MAX),
            met: Mutex::new(None),
            last_seen: Mutex::new(Instant::now()),
        };
        let secret = Secret::fresh();
        let mut seats = held(&self.seats);
        seats.retain(|_, seat| self.awake(seat));
        if seats.len() >= SESSIONS_MAX {
            let oldest = seats.iter().min_by_key(|(_, seat)| *held(&seat.last_seen));
            if let Some(oldest) = oldest.map(|(secret, _)| secret.clone()) {
                seats.remove(&oldest);
            }
        }
        seats.insert(secret.clone(), Arc::new(seat));
        secret
    }

    /// Whose cookie this is, if they were here recently.
    pub fn find(&self, cookie: &str) -> Option<Arc<Seat>> {
        let mut seats = held(&self.seats);
        let secret = Secret(cookie.to_owned());
        let seat = seats.get(&secret)?.clone();
        if self.awake(&seat) {
            *held(&seat.last_seen) = Instant::now();
            Some(seat)
        } else {
            seats.remove(&secret);
            None
        }
    }

    pub fn end(&self, cookie: &str) {
        held(&self.seats).remove(&Secret(cookie.to_owned()));
    }

    fn awake(&self, seat: &Seat) -> bool {
        held(&seat.last_seen).elapsed() < self.idle_max
    }
}

/// Slows down who guesses passwords. Names that exist and names that do not are treated alike.
#[derive(Default)]
pub(crate) struct Throttle {
    tried: Mutex<HashMap<String, Tries>>,
}

struct Tries {
    wrong: u32,
    last: Instant,
}

impl Tries {
    /// After five wrong passwords 30 seconds, then a minute, two, … up to 15 minutes.
    fn wait(&self) -> Duration {
        let Some(doublings) = self.wrong.checked_sub(FREE_TRIES) else {
            return Duration::ZERO;
        };
        Duration::from_secs(30)
            .saturating_mul(1 << doublings.min(10))
            .min(WAIT_MAX)
    }
}

impl Throttle {
    /// How long this name still has to wait before it may be tried again.
    pub fn wait(&self, login: &str) -> Option<Duration> {
        let tried = held(&self.tried);
        let tries = tried.get(&name(login))?;
        tries
            .wait()
            .checked_sub(tries.last.elapsed())
            .filter(|left| !left.is_zero())
    }

    pub fn failed(&self, login: &str) {
        let mut tried = held(&self.tried);
        if tried.len() >= TRIED_MAX {
            tried.retain(|_, tries| tries.last.elapsed() < WAIT_MAX);
        }
        if tried.len() >= TRIED_MAX {
            tried.clear();
        }
        let tries = tried.entry(name(login)).or_insert(Tries {
            wrong: 0,
            last: Instant::now(),
        });
        tries.wrong += 1;
        tries.last = Instant::now();
    }

    pub fn succeeded(&self, login: &str) {
        held(&self.tried).remove(&name(login));
    }
}

fn name(login: &str) -> String {
    login.trim().to_lowercase().chars().take(64).collect()
}

/// A panic elsewhere while the lock was held does not make what it guards wrong: every change here
/// is one insertion or removal.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What waits a moment for whoever it belongs to: files uploaded and not confirmed yet, questions
/// asked; newest last.
pub(crate) struct Drafts<K, V> {
    kept: Mutex<Vec<(K, V)>>,
    max: usize,
}

impl<K: PartialEq + Eq + Hash, V: Clone> Drafts<K, V> {
    pub fn new(max: usize) -> Self {
        Self {
            kept: Mutex::default(),
            max,
        }
    }

    pub fn keep(&self, key: K, value: V) {
        let mut kept = held(&self.kept);
        kept.retain(|(other, _)| *other != key);
        if kept.len() >= self.max {
            kept.remove(0);
        }
        kept.push((key, value));
    }

    pub fn get(&self, key: &K) -> Option<V> {
        held(&self.kept)
            .iter()
            .find(|(other, _)| other == key)
            .map(|(_, value)| value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_waits_after_the_fifth_wrong_password_whether_it_exists_or_not() {
        let throttle = Throttle::default();
        for _ in 0..FREE_TRIES - 1 {
            throttle.failed("nobody");
        }
        assert_eq!(throttle.wait("nobody"), None);
        throttle.failed(" NoBody ");
        assert!(
            throttle
                .wait("nobody")
                .is_some_and(|left| left <= Duration::from_secs(30))
        );
        assert_eq!(throttle.wait("somebody"), None);
        throttle.succeeded("nobody");
        assert_eq!(throttle.wait("nobody"), None);
    }

    #[test]
    fn the_wait_grows_and_ends_at_a_quarter_of_an_hour() {
        let wait = |wrong| {
            Tries {
                wrong,
                last: Instant::now(),
            }
            .wait()
            .as_secs()
        };
        assert_eq!([4, 5, 6, 7, 1_000].map(wait), [0, 30, 60, 120, 900]);
    }

    #[test]
    fn a_secret_fits_itself_alone() {
        let secret = Secret::fresh();
        assert!(secret.is(secret.as_str()));
        assert!(!secret.is(""));
        assert!(!secret.is(&secret.as_str()[1..]));
        assert!(!secret.is(Secret::fresh().as_str()));
    }

    #[test]
    fn the_oldest_draft_makes_room() {
        let drafts = Drafts::new(2);
        for n in 0..3 {
            drafts.keep(n, n);
        }
        assert_eq!(
            [drafts.get(&0), drafts.get(&1), drafts.get(&2)],
            [None, Some(1), Some(2)]
        );
    }
}
