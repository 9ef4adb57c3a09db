//! Is this somebody we know? Records are fields; this crate compares, weighs and explains them, and knows
//! nothing of reception.
//!
//! [`Linkage`] takes in records, makes them ready ([`normal`], [`sound`]), compares those that share a key, learns
//! from them what agreement is worth (Fellegi and Sunter, 1969), and gives pairs with their probabilities. It
//! decides nothing: a person links.

mod abroad;
mod birth;
mod block;
mod cluster;
mod compare;
mod default;
mod explain;
mod frequency;
mod index;
mod key;
mod learn;
mod lexicon;
mod link;
mod measure;
mod model;
pub mod normal;
mod number;
mod party;
mod place;
mod posting;
mod recall;
mod record;
mod review;
mod saved;
mod slip;
pub mod sound;
pub mod splink;
mod teach;
mod weighing;

pub use birth::Birth;
pub use cluster::{Clusters, LIKELY};
pub use compare::{FIELDS, Field, LEVELS, Pattern};
pub use explain::{Explanation, Reason};
pub use index::{Candidate, Families, Index, Size};
pub use link::{Linkage, Linked, Pair, Stage};
pub use measure::{Calibration, Quality, calibration, quality};
pub use model::{Model, probability};
pub use record::Fields;
pub use review::{Review, review};
pub use saved::BadModel;
