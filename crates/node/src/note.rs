//! What is sealed to a role: opened only with the role's key, which lives in the sessions of those
//! who were given it.

use domain::{
    ArrivalId, FeedbackId, Misconduct, Moment, Personal, ReferralId, ReferralTerms, Role, Slot,
    UserId,
};
use ledger::{AggregateId, Content};
use uuid::Uuid;

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

/// One thing written about somebody who works here, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// When it was written.
    pub at: Moment,
    /// What it says.
    pub said: Misconduct,
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
        self.notes_of(session, arrival.0)
    }

    /// The notes about a referral that is for the protection role alone, oldest first.
    ///
    /// # Errors
    /// As [`Node::open_notes`].
    pub fn open_referral_notes(
        &self,
        session: &Session,
        referral: ReferralId,
    ) -> Result<Vec<Note>, NodeError> {
        self.notes_of(session, referral.0)
    }

    /// To which service somebody is referred, where that is for the protection role alone; none
    /// where it was erased.
    ///
    /// # Errors
    /// As [`Node::open_notes`].
    pub fn open_referral(
        &self,
        session: &Session,
        referral: ReferralId,
    ) -> Result<Option<ReferralTerms>, NodeError> {
        let slot = Slot::ProtectionReferral;
        let opened = self.opened(session, Role::Protection, slot, referral.0)?;
        Ok(opened.into_iter().find_map(|(_, _, part)| match part {
            Personal::ProtectionReferral(terms) => Some(terms),
            _ => None,
        }))
    }

    /// What is said about somebody who works here, and what was done about it, oldest first.
    ///
    /// # Errors
    /// [`NodeError::RoleKeyClosed`] when the session does not hold the key of the focal point.
    pub fn open_misconduct(
        &self,
        session: &Session,
        feedback: FeedbackId,
    ) -> Result<Vec<Heard>, NodeError> {
        let opened = self.opened(session, Role::FocalPoint, Slot::Misconduct, feedback.0)?;
        let heard = |(at, _, part)| match part {
            Personal::Misconduct(said) => Some(Heard { at, said }),
            _ => None,
        };
        Ok(opened.into_iter().filter_map(heard).collect())
    }

    fn notes_of(&self, session: &Session, aggregate: Uuid) -> Result<Vec<Note>, NodeError> {
        let opened = self.opened(session, Role::Protection, Slot::Protection, aggregate)?;
        let note = |(at, by, part)| match part {
            Personal::Protection(note) => Some(Note {
                at,
                by,
                text: note.text,
            }),
            _ => None,
        };
        Ok(opened.into_iter().filter_map(note).collect())
    }

    /// The parts in one slot beside the events of an aggregate, oldest first, opened with the key
    /// of a role; those erased or withheld are left out.
    fn opened(
        &self,
        session: &Session,
        role: Role,
        slot: Slot,
        aggregate: Uuid,
    ) -> Result<Vec<(Moment, UserId, Personal)>, NodeError> {
        let secret = self.open_role_secret(session, role)?;
        self.look(|snapshot| {
            let view = snapshot.source().0;
            let mut parts = Vec::new();
            for event in view.events_of(AggregateId(*aggregate.as_bytes()))? {
                let Some(attachment) = event.attachment(slot.code()) else {
                    continue;
                };
                let Content::SealedToRole(sealed) = view.content(attachment)? else {
                    continue;
                };
                let opened = sealed.open(&secret)?;
                if let Some(part) = Personal::from_cbor(slot, &opened) {
                    let at = Moment(event.occurred().at_ms);
                    let by = UserId(Uuid::from_bytes(event.author().0));
                    parts.push((at, by, part));
                }
            }
            Ok(parts)
        })
    }
}
