//! Between the domain's events and the ledger's: ids, times, public bodies, sealed parts.

use domain::{
    Event, Moment, NewEvent, NodeKey, Occurred, Order, Personal, Precision, Recorded, Role,
    Sealing, Slot, UserId, Withheld, upon_of, with_upon,
};
use ledger::{
    AggregateId, AuthorId, Content, Draft, DraftAttachment, KeyId, KeyRef, RolePublicKey,
};
use zeroize::Zeroizing;

use crate::error::NodeError;

/// A decided event as the ledger takes it. `role_key` gives the public key of the role a part is
/// sealed to.
pub(crate) fn draft(
    new: &NewEvent,
    author: UserId,
    occurred: Occurred,
    role_key: impl Fn(Role) -> Result<RolePublicKey, NodeError>,
) -> Result<Draft, NodeError> {
    let mut attachments = Vec::with_capacity(new.parts.len());
    for part in &new.parts {
        let person = KeyId(*part.owner.0.as_bytes());
        let slot = part.personal.slot();
        let key = match slot.sealing() {
            Sealing::Owner => KeyRef::Person(person),
            Sealing::Role(role) => KeyRef::Role {
                person,
                role: role_key(role)?,
            },
        };
        let content = Zeroizing::new(part.personal.to_cbor());
        attachments.push(DraftAttachment {
            slot: slot.code().to_owned(),
            key,
            content,
        });
    }
    Ok(Draft {
        kind: new.event.kind().to_owned(),
        aggregate: AggregateId(*new.aggregate.as_bytes()),
        author: AuthorId(*author.0.as_bytes()),
        occurred: ledger::Occurred {
            at_ms: occurred.at.0,
            precision: match occurred.precision {
                Precision::Minute => ledger::Precision::Minute,
                Precision::Hour => ledger::Precision::Hour,
                Precision::Day => ledger::Precision::Day,
                Precision::Unknown => ledger::Precision::Unknown,
            },
        },
        body: match &new.upon {
            Some(upon) => with_upon(&new.event.to_cbor(), upon),
            None => new.event.to_cbor(),
        },
        attachments,
    })
}

/// An event just appended, with the parts as they were before they were sealed: the same that
/// [`recorded`] would give, without opening them again.
pub(crate) fn just_recorded(new: NewEvent, event: &ledger::Event) -> Recorded {
    let parts = new
        .parts
        .into_iter()
        .map(|part| match part.personal.slot().sealing() {
            Sealing::Owner => (part.personal.slot(), Ok(part.personal)),
            Sealing::Role(_) => (part.personal.slot(), Err(Withheld::Sealed)),
        })
        .collect();
    Recorded {
        parts,
        ..public(event, new.event)
    }
}

/// An event of the ledger as the domain knows it, its parts opened where they can be.
pub(crate) fn recorded(
    event: &ledger::Event,
    content: impl Fn(&ledger::AttachmentRef) -> ledger::Result<Content>,
) -> ledger::Result<Recorded> {
    let mut parts = Vec::with_capacity(event.attachments().len());
    for attachment in event.attachments() {
        // A slot of a newer version: kept in the ledger, not understood here (G10).
        let Some(slot) = Slot::from_code(&attachment.slot) else {
            continue;
        };
        let part = match content(attachment)? {
            Content::Clear(bytes) => Personal::from_cbor(slot, &bytes).ok_or(Withheld::NotHere),
            Content::SealedToRole(_) => Err(Withheld::Sealed),
            Content::Erased => Err(Withheld::Erased),
            // What its author sealed or bound wrongly stops nothing but itself.
            Content::Withheld | Content::Unopened => Err(Withheld::NotHere),
        };
        parts.push((slot, part));
    }
    let understood = Event::from_cbor(event.kind(), event.body());
    Ok(Recorded {
        parts,
        ..public(event, understood)
    })
}

fn public(event: &ledger::Event, understood: Event) -> Recorded {
    Recorded {
        order: Order {
            wall_ms: event.hlc().wall_ms,
            counter: event.hlc().counter,
            // The log: on a branch nobody's, so that no rights follow from it (G9).
            node: NodeKey(event.log().0),
            position: event.position().0,
        },
        node: NodeKey(event.node().0),
        aggregate: uuid::Uuid::from_bytes(event.aggregate().0),
        author: UserId(uuid::Uuid::from_bytes(event.author().0)),
        occurred: occurred(event.occurred()),
        event: understood,
        upon: upon_of(event.body()),
        parts: Vec::new(),
    }
}

const fn occurred(occurred: ledger::Occurred) -> Occurred {
    Occurred {
        at: Moment(occurred.at_ms),
        precision: match occurred.precision {
            ledger::Precision::Exact | ledger::Precision::Minute => Precision::Minute,
            ledger::Precision::Hour => Precision::Hour,
            ledger::Precision::Day => Precision::Day,
            _ => Precision::Unknown,
        },
    }
}
