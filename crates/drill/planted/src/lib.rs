//! Mistakes made on purpose. The drill arms one of them and shows that its checks see what comes of
//! it: a check that never failed proves nothing.
//!
//! Without the feature `armed` a mistake is the constant `false`, which the compiler takes out with
//! everything behind it: nothing that ships holds any of it. This crate must never depend on another,
//! and nothing but the drill may arm it.

/// Whether this mistake is to be made now.
///
/// ```
/// if planted::mistake!("skip the flush") {
///     // what a careless version would do
/// }
/// ```
#[macro_export]
macro_rules! mistake {
    ($name:literal) => {
        $crate::is_armed($name)
    };
}

#[cfg(not(feature = "armed"))]
mod asleep {
    /// Never: mistakes are not in this build.
    #[inline]
    pub const fn is_armed(_mistake: &str) -> bool {
        false
    }

    // The compiler itself holds that a build without the feature makes no mistake.
    const _: () = assert!(!is_armed("any"));
}

#[cfg(not(feature = "armed"))]
pub use asleep::is_armed;

#[cfg(feature = "armed")]
mod awake {
    use std::sync::{PoisonError, RwLock};

    static ARMED: RwLock<Option<&'static str>> = RwLock::new(None);

    /// Whether this mistake was armed.
    pub fn is_armed(mistake: &str) -> bool {
        let armed = ARMED.read().unwrap_or_else(PoisonError::into_inner);
        *armed == Some(mistake)
    }

    /// Arms one mistake for the whole process, or none.
    pub fn arm(mistake: Option<&'static str>) {
        *ARMED.write().unwrap_or_else(PoisonError::into_inner) = mistake;
    }
}

#[cfg(feature = "armed")]
pub use awake::{arm, is_armed};
