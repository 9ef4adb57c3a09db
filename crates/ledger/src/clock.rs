//! Time in the ledger: when something was recorded (a hybrid logical clock) and when it occurred.
//!
//! The clock itself is never read here: the caller says what time it is. A wall clock that jumps
//! back must never make a later event sort before an earlier one of the same node.

use crate::identity::{NodeId, Position};

/// A hybrid logical clock reading (Kulkarni et al. 2014): wall milliseconds that never go back,
/// and a counter for what happened within one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc {
    /// Milliseconds since 1970-01-01T00:00Z, the highest seen so far.
    pub wall_ms: u64,
    /// Tells apart what was recorded within the same millisecond.
    pub counter: u32,
}

impl Hlc {
    /// The reading for the next own event, given what the wall clock says. Always later than
    /// `self`, even when the wall clock went back.
    #[must_use]
    pub fn tick(self, now_ms: u64) -> Self {
        if now_ms > self.wall_ms || planted::mistake!("trust the wall clock") {
            return Self {
                wall_ms: now_ms,
                counter: 0,
            };
        }
        match self.counter.checked_add(1) {
            Some(counter) => Self {
                wall_ms: self.wall_ms,
                counter,
            },
            // Four thousand million events in one millisecond: borrow from the next one.
            None => Self {
                wall_ms: self.wall_ms + 1,
                counter: 0,
            },
        }
    }

    /// The reading after another node's event has been seen: what is recorded next sorts after it.
    #[must_use]
    pub fn observe(self, other: Self) -> Self {
        self.max(other)
    }
}

/// How exactly a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the millisecond, as when the recording and the happening are one.
    Exact,
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// Not known; the time given is only where to sort it.
    Unknown,
}

impl Precision {
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Exact => 0,
            Self::Minute => 1,
            Self::Hour => 2,
            Self::Day => 3,
            Self::Month => 4,
            Self::Year => 5,
            Self::Unknown => 6,
        }
    }

    /// A code of a later version is read as [`Precision::Unknown`]: less is claimed, not more.
    pub(crate) const fn from_code(code: u64) -> Self {
        match code {
            0 => Self::Exact,
            1 => Self::Minute,
            2 => Self::Hour,
            3 => Self::Day,
            4 => Self::Month,
            5 => Self::Year,
            _ => Self::Unknown,
        }
    }
}

/// When something happened, as distinct from when it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Occurred {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub at_ms: i64,
    /// How exactly that is known.
    pub precision: Precision,
}

impl Occurred {
    /// Happened at this very millisecond.
    pub const fn exactly(at_ms: i64) -> Self {
        Self {
            at_ms,
            precision: Precision::Exact,
        }
    }
}

/// The total order of all events on all nodes. Folding in this order gives the same register
/// everywhere (G2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventOrder {
    /// When it was recorded, by the recording node's clock.
    pub hlc: Hlc,
    /// Which node recorded it.
    pub node: NodeId,
    /// Where in that node's log.
    pub position: Position,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_clock_never_goes_back(start in any::<(u64, u32)>(), walls in prop::collection::vec(0..u64::MAX / 2, 1..50)) {
            let mut clock = Hlc { wall_ms: start.0 / 2, counter: start.1 };
            for now_ms in walls {
                let next = clock.tick(now_ms);
                prop_assert!(next > clock);
                clock = next;
            }
        }

        #[test]
        fn what_is_recorded_after_seeing_another_event_sorts_after_it(own in any::<u32>(), other in any::<(u32, u32)>(), now_ms in any::<u32>()) {
            let own = Hlc { wall_ms: own.into(), counter: 0 };
            let other = Hlc { wall_ms: other.0.into(), counter: other.1 };
            prop_assert!(own.observe(other).tick(now_ms.into()) > other);
        }
    }

    #[test]
    fn a_full_counter_moves_to_the_next_millisecond() {
        let full = Hlc {
            wall_ms: 7,
            counter: u32::MAX,
        };
        assert_eq!(
            full.tick(3),
            Hlc {
                wall_ms: 8,
                counter: 0
            }
        );
    }
}
