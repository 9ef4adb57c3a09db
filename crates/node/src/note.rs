//! Protection notes: opened only with the role's key, which lives in the sessions of those who were
//! given it.

use domain::{ArrivalId, Moment, Personal, Slot, UserId};
use ledger::{AggregateId, Content};

use crate::error::NodeError;
use crate::node::Node;
use crate::session::Session;

/// A note for the protection role, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When it was written.
    pub at: Moment,
    /// By whom.
    pub by: UserId,
    /// What it says.
    pub text: String,
}

impl Node {
    /// The protection notes about an arrival, oldest first.
    ///
    /// # Errors
    /// [`NodeError::RoleKeyClosed`] when the session does not hold the role's key.
    pub fn open_notes(
        &self,
        session: &Session,
        arrival: ArrivalId,
    ) -> Result<Vec<Note>, NodeError> {
        let secret = self.open_role_secret(session)?;
        self.look(|snapshot| {
            let view = snapshot.source().0;
            let mut notes = Vec::new();
            for event in view.events_of(AggregateId(*arrival.0.as_bytes()))? {
                let Some(attachment) = event.attachment(Slot::Protection.code()) else {
                    continue;
                };
                let Content::SealedToRole(sealed) = view.content(attachment)? else {
                    continue;
                };
                let opened = sealed.open(&secret)?;
                if let Some(Personal::Protection(note)) =
                    Personal::from_cbor(Slot::Protection, &opened)
                {
                    notes.push(Note {
                        at: Moment(event.occurred().at_ms),
                        by: UserId(uuid::Uuid::from_bytes(event.author().0)),
                        text: note.text,
                    });
                }
            }
            Ok(notes)
        })
    }
}
