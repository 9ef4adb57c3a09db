//! Is this somebody we know? Records are fields; this crate compares, weighs and explains them, and knows
//! nothing of reception.
//!
//! [`Linkage`] takes in records, learns from them what agreement is worth (Fellegi and Sunter, 1969), compares those
//! that share a key, and gives pairs with their probabilities; [`Index`] holds everybody ready for one question.
//! It decides nothing: a person links. What is meant by it all, and why, is told in `docs/linkage.md`.
//!
//! | a record | goes through |
//! |---|---|
//! | is read | [`normal`], `abroad`, [`sound`] and `lexicon` for names, `birth`, `place`, `number`; packed in `record` |
//! | is counted | `frequency`: how many bear a name |
//! | is compared with another | `compare`, `slip`: levels, field by field |
//! | is weighed | `model`, `weighing`, `explain`; what is believed first in `default`, a model as a file in `saved` |
//! | teaches | `teach`, by `learn`: expectation-maximisation over three kinds of pairs |
//! | is linked with all | `key`, `block`, `link`, `recall`; `party`, `cluster`, `review`, `measure` |
//! | is asked for at a desk | `posting`, `index` |
//! | goes to another program | [`splink`] |

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
