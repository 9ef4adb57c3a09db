//! What time it is. Passed in, so that the demo can live in September 2021 and the simulation in
//! whatever time it likes.

use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::Moment;

/// Tells the time.
pub trait Clock: Send + Sync + Debug {
    /// Now.
    fn now(&self) -> Moment;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        Moment::from(jiff::Timestamp::now())
    }
}

/// The clock of the machine, shifted: it runs on from another day.
#[derive(Debug, Clone, Copy)]
pub struct OffsetClock {
    offset_ms: i64,
}

impl OffsetClock {
    /// A clock that shows this moment now.
    pub fn showing(moment: Moment) -> Self {
        Self {
            offset_ms: moment.0 - SystemClock.now().0,
        }
    }

    /// A clock shifted by so many milliseconds.
    pub const fn shifted(offset_ms: i64) -> Self {
        Self { offset_ms }
    }

    /// By how many milliseconds it is shifted.
    pub const fn offset_ms(self) -> i64 {
        self.offset_ms
    }
}

impl Clock for OffsetClock {
    fn now(&self) -> Moment {
        SystemClock.now().plus_ms(self.offset_ms)
    }
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
pub struct ManualClock {
    now_ms: AtomicI64,
}

impl ManualClock {
    /// A clock that shows this moment.
    pub const fn at(moment: Moment) -> Self {
        Self {
            now_ms: AtomicI64::new(moment.0),
        }
    }

    /// Sets it.
    pub fn set(&self, moment: Moment) {
        self.now_ms.store(moment.0, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Moment {
        Moment(self.now_ms.load(Ordering::SeqCst))
    }
}
