//! What a mail says: the same for everybody of one language.

/// Stands in a letter for the link that confirms.
pub const PLACE_CONFIRM: &str = "{confirm-link}";
/// Stands in a letter for the link to what was chosen.
pub const PLACE_PREFERENCES: &str = "{preferences-link}";
/// Stands in a letter for the link that ends it.
pub const PLACE_LEAVE: &str = "{leave-link}";

/// Subject and text, the same for everybody of one language; the places above are filled in for each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// The subject: one line, whatever stands in it.
    pub subject: String,
    /// The text.
    pub body: String,
}
