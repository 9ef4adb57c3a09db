//! The payload of an event: the map that is signed, entry by entry.
//!
//! What the entries mean is written in `docs/decisions/0002`. An entry must never change its
//! meaning, and none may hold personal data.

use ed25519_dalek::SigningKey;
use minicbor::Decoder;
use minicbor::decode::Error as DecodeError;

use crate::attachment::{AttachmentRef, KeyRef};
use crate::cbor;
use crate::clock::{Hlc, Occurred, Precision};
use crate::error::Result;
use crate::event::{ATTACHMENTS_MAX, Draft, Event};
use crate::identity::{AggregateId, AuthorId, Hash, KeyId, NodeId, Position, Receipt};
use crate::sealing::RolePublicKey;
use crate::sign1::{self, Purpose};

/// The version of the format written here. Readers take any: what a later version adds is kept,
/// because the bytes are kept.
const VERSION: u32 = 1;

/// The content of an event's payload, to be signed or just read.
pub(crate) struct Payload<'b> {
    pub version: u32,
    pub kind: String,
    pub aggregate: AggregateId,
    pub author: AuthorId,
    pub node: NodeId,
    pub position: Position,
    pub previous: Hash,
    pub hlc: Hlc,
    pub occurred: Occurred,
    pub body: &'b [u8],
    pub attachments: Vec<AttachmentRef>,
}

/// Keys of the payload map; `docs/decisions/0002` holds the CDDL.
mod key {
    pub const VERSION: u64 = 1;
    pub const KIND: u64 = 2;
    pub const AGGREGATE: u64 = 3;
    pub const AUTHOR: u64 = 4;
    pub const NODE: u64 = 5;
    pub const POSITION: u64 = 6;
    pub const PREVIOUS: u64 = 7;
    pub const HLC: u64 = 8;
    pub const OCCURRED: u64 = 9;
    pub const BODY: u64 = 10;
    pub const ATTACHMENTS: u64 = 11;
}

impl<'b> Payload<'b> {
    /// A draft in its place in the log. Kind, body and slots are checked here.
    pub(crate) fn place(
        draft: &'b Draft,
        after: (NodeId, Position, Hash, Hlc),
        attachments: Vec<AttachmentRef>,
    ) -> Self {
        let (node, position, previous, hlc) = after;
        Self {
            version: VERSION,
            kind: draft.kind.clone(),
            aggregate: draft.aggregate,
            author: draft.author,
            node,
            position,
            previous,
            hlc,
            occurred: draft.occurred,
            body: &draft.body,
            attachments,
        }
    }

    /// Writes and signs the event.
    pub(crate) fn sign(&self, signing: &SigningKey) -> Result<Event> {
        let bytes = sign1::sign(Purpose::Event, signing, &self.encode());
        Event::decode(bytes, Receipt(0))
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        cbor::encode(|e| {
            e.map(11)?.u64(key::VERSION)?.u32(self.version)?;
            e.u64(key::KIND)?.str(&self.kind)?;
            e.u64(key::AGGREGATE)?.bytes(&self.aggregate.0)?;
            e.u64(key::AUTHOR)?.bytes(&self.author.0)?;
            e.u64(key::NODE)?.bytes(&self.node.0)?;
            e.u64(key::POSITION)?.u64(self.position.0)?;
            e.u64(key::PREVIOUS)?.bytes(&self.previous.0)?;
            e.u64(key::HLC)?
                .array(2)?
                .u64(self.hlc.wall_ms)?
                .u32(self.hlc.counter)?;
            e.u64(key::OCCURRED)?.array(2)?.i64(self.occurred.at_ms)?;
            e.u8(self.occurred.precision.code())?;
            e.u64(key::BODY)?.bytes(self.body)?;
            e.u64(key::ATTACHMENTS)?
                .array(self.attachments.len() as u64)?;
            for attachment in &self.attachments {
                encode_attachment(e, attachment)?;
            }
            Ok(())
        })
    }

    /// Reads the entries known here and passes over those of later versions (G10).
    pub(crate) fn decode(payload: &'b [u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::new(payload);
        let d = &mut decoder;
        let (mut version, mut kind, mut aggregate, mut author) = (None, None, None, None);
        let (mut node, mut position, mut previous, mut hlc) = (None, None, None, None);
        let (mut occurred, mut body, mut attachments) = (None, None, None);
        for _ in 0..cbor::map_length(d)? {
            match d.u64()? {
                key::VERSION => version = Some(d.u32()?),
                key::KIND => kind = Some(d.str()?.to_owned()),
                key::AGGREGATE => aggregate = Some(AggregateId(cbor::bytes_of(d)?)),
                key::AUTHOR => author = Some(AuthorId(cbor::bytes_of(d)?)),
                key::NODE => node = Some(NodeId(cbor::bytes_of(d)?)),
                key::POSITION => position = Some(Position(d.u64()?)),
                key::PREVIOUS => previous = Some(Hash(cbor::bytes_of(d)?)),
                key::HLC => {
                    cbor::array_of(d, 2)?;
                    hlc = Some(Hlc {
                        wall_ms: d.u64()?,
                        counter: d.u32()?,
                    });
                }
                key::OCCURRED => {
                    cbor::array_of(d, 2)?;
                    let at_ms = d.i64()?;
                    occurred = Some(Occurred {
                        at_ms,
                        precision: Precision::from_code(d.u64()?),
                    });
                }
                key::BODY => body = Some(d.bytes()?),
                key::ATTACHMENTS => attachments = Some(decode_attachments(d)?),
                _ => d.skip()?,
            }
        }
        let missing = || DecodeError::message("an entry is missing");
        Ok(Self {
            version: version.filter(|version| *version > 0).ok_or_else(missing)?,
            kind: kind.ok_or_else(missing)?,
            aggregate: aggregate.ok_or_else(missing)?,
            author: author.ok_or_else(missing)?,
            node: node.ok_or_else(missing)?,
            position: position.ok_or_else(missing)?,
            previous: previous.ok_or_else(missing)?,
            hlc: hlc.ok_or_else(missing)?,
            occurred: occurred.ok_or_else(missing)?,
            body: body.ok_or_else(missing)?,
            attachments: attachments.ok_or_else(missing)?,
        })
    }
}

/// `[slot, person, hash]`, or `[slot, person, hash, role]` when sealed to a role.
fn encode_attachment(
    e: &mut minicbor::Encoder<Vec<u8>>,
    attachment: &AttachmentRef,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    let role = match &attachment.key {
        KeyRef::Person(_) => None,
        KeyRef::Role { role, .. } => Some(role),
    };
    e.array(if role.is_some() { 4 } else { 3 })?
        .str(&attachment.slot)?;
    e.bytes(&attachment.key.person().0)?
        .bytes(&attachment.hash.0)?;
    match role {
        Some(role) => e.bytes(&role.0)?.ok(),
        None => e.ok(),
    }
}

fn decode_attachments(d: &mut Decoder<'_>) -> Result<Vec<AttachmentRef>, DecodeError> {
    let count = d
        .array()?
        .ok_or_else(|| DecodeError::message("an indefinite array"))?;
    if count > ATTACHMENTS_MAX as u64 {
        return Err(DecodeError::message("too many attachments"));
    }
    (0..count).map(|_| decode_attachment(d)).collect()
}

fn decode_attachment(d: &mut Decoder<'_>) -> Result<AttachmentRef, DecodeError> {
    let entries = d.array()?;
    let slot = d.str()?.to_owned();
    let person = KeyId(cbor::bytes_of(d)?);
    let hash = Hash(cbor::bytes_of(d)?);
    let key = match entries {
        Some(3) => KeyRef::Person(person),
        Some(4) => KeyRef::Role {
            person,
            role: RolePublicKey(cbor::bytes_of(d)?),
        },
        _ => return Err(DecodeError::message("an attachment of unknown form")),
    };
    Ok(AttachmentRef { slot, key, hash })
}
