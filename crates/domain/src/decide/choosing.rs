//! Where more than one value stands in a field: choosing one of them; and edits by somebody who was
//! shown what stands, which replace what they saw and nothing else.

use super::{Context, NewEvent, decide};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::value::is_edit;
use crate::{Choosing, Edit, Known};

/// Whoever chooses saw every value that stands here: what came meanwhile is looked at first.
pub(super) fn choose(choosing: Choosing, known: &dyn Known) -> Result<Vec<NewEvent>, Rejected> {
    let Choosing {
        about,
        field,
        chosen,
        mut seen,
    } = choosing;
    let standing = known.conflict(about, field)?;
    if standing.is_empty() {
        return Err(Refusal::NoConflict.into());
    }
    seen.sort_unstable();
    seen.dedup();
    if seen != standing || !seen.contains(&chosen) {
        return Err(Refusal::ConflictChanged.into());
    }
    let field = field.code().to_owned();
    let body = body::ValueChosen { field, chosen };
    Ok(vec![NewEvent::new(about, body).upon(seen)])
}

pub(super) fn edit(
    edit: Edit,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let mut seen = edit.seen;
    seen.sort_unstable();
    seen.dedup();
    let mut events = decide(edit.command, known, context)?;
    // What else the command made happen, as a new grant after a correction, is no edit of these.
    for event in events.iter_mut().filter(|event| is_edit(&event.event)) {
        event.upon.get_or_insert_with(|| seen.clone());
    }
    Ok(events)
}
