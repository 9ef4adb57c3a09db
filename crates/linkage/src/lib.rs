//! Is this somebody we know? Records are fields; this crate compares, weighs and explains them, and knows
//! nothing of reception.
//!
//! [`Linkage`] takes in records, makes them ready ([`normal`], [`sound`]), compares those that share a key, learns
//! from them what agreement is worth (Fellegi and Sunter, 1969), and gives pairs with their probabilities. It
//! decides nothing: a person links.

mod birth;
mod block;
mod compare;
mod link;
mod measure;
mod model;
pub mod normal;
mod record;
pub mod sound;

pub use birth::Birth;
pub use compare::{FIELDS, LEVELS, NAMES, Pattern};
pub use link::{Linkage, Linked, Pair};
pub use measure::{Quality, quality};
pub use model::{Model, probability};
pub use record::Fields;
