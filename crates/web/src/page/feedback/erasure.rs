//! Erasing what somebody told us, because they ask for it. Whoever erases need not read it: they are
//! given its reference. A report of misconduct has none outside the focal point's page.

use domain::{Command, Feedback, FeedbackId};
use maud::{Markup, html};

use super::Refused;
use crate::catalogue::say;
use crate::component::Filled;
use crate::form::Typed;
use crate::layout;
use crate::visit::{Trouble, Visit};

/// Erases for good, once the box is ticked.
pub(crate) fn erasing(
    visit: &Visit,
    feedback: FeedbackId,
    typed: &Typed,
) -> Result<Command, Trouble> {
    if typed.ticked("sure") {
        return Ok(Command::EraseFeedback { feedback });
    }
    let text = say!(visit.t(), "erase-tick");
    Err(Trouble::Refused(visit.complain("sure", "not-sure", text)))
}

/// What names feedback to an administrator, who does not read it: the first four bytes of its id.
pub(super) fn reference(feedback: FeedbackId) -> String {
    format!("F-{}", crate::number::hex(&feedback.0.as_bytes()[..4])).to_uppercase()
}

/// The bytes of a reference as somebody typed it.
pub(crate) fn referred(typed: &str) -> Option<[u8; 4]> {
    let typed = typed.trim().to_ascii_uppercase();
    let digits = typed.strip_prefix("F-").unwrap_or(&typed);
    let hex = digits.len() == 8 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| hex)?;
    Some(number.to_be_bytes())
}

/// Whoever said it asks for it to be erased.
pub(super) fn erase(
    visit: &Visit,
    feedback: &Feedback,
    path: &str,
    refused: Option<Refused<'_>>,
) -> Markup {
    let t = visit.t();
    if feedback.erased {
        return html! {};
    }
    let nothing = Typed::default();
    let prefix = format!("{}-erase-", feedback.id);
    let refused = refused.and_then(|refused| refused.only("erase", feedback));
    let filled = match refused {
        Some(Refused {
            typed, complaint, ..
        }) => Filled::new(t, typed, Some(complaint)),
        None => Filled::new(t, &nothing, None),
    };
    let filled = filled.prefixed(&prefix);
    html! {
        details.more open[refused.is_some()] { summary { (say!(t, "erase-open")) }
            (layout::form(visit, &format!("{path}/erase"), html! {
                input type="hidden" name="feedback" value=(feedback.id);
                div.stack {
                    (filled.summary())
                    p { (say!(t, "feedback-erase-text")) }
                    (filled.check("sure", say!(t, "erase-sure")))
                    button.danger { (say!(t, "erase-do")) }
                }
            }))
        }
    }
}
