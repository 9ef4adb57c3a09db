//! What a bundle says of itself before anything else: who wrote it when, where that node's logs ended,
//! from where on it carries them, and for whom. And the segments that follow, each signed.

use minicbor::{Decode, Encode};

use crate::cbor;
use crate::error::{Error, Result, malformed};
use crate::identity::{BundleId, NodeId};
use crate::sign1::{self, Purpose};
use crate::sync::{Hello, Message};

/// From where on a bundle carries a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LogFrom {
    /// Which log.
    #[n(0)]
    pub log: NodeId,
    /// The position after which it begins; what comes before is taken to be there.
    #[n(1)]
    pub after: u64,
}

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Header {
    /// Which bundle this is.
    #[n(0)]
    pub id: BundleId,
    /// Who wrote it, of which operation, when, and what is there.
    #[n(1)]
    pub hello: Hello,
    /// From where on it carries which logs. Logs that are not named it carries nothing of.
    #[n(2)]
    pub from: Vec<LogFrom>,
    /// For whom it was written; nobody for whoever comes by.
    #[n(3)]
    pub to: Vec<NodeId>,
}

/// What is signed of a segment: which bundle, which place, what it says.
#[derive(Encode, Decode)]
#[cbor(map)]
struct Signed {
    #[n(0)]
    bundle: BundleId,
    #[n(1)]
    number: u64,
    #[cbor(n(2), with = "minicbor::bytes")]
    said: Vec<u8>,
}

/// The payload of a segment.
pub(super) fn payload(bundle: BundleId, number: u64, said: Vec<u8>) -> Vec<u8> {
    let signed = Signed {
        bundle,
        number,
        said,
    };
    minicbor::to_vec(signed).expect("writing to memory does not fail")
}

/// A segment taken apart, its signature checked.
pub(super) struct Opened {
    pub(super) writer: NodeId,
    pub(super) bundle: BundleId,
    pub(super) number: u64,
    pub(super) said: Vec<u8>,
}

pub(super) fn open(bytes: &[u8]) -> Result<Opened> {
    let (message, writer) = sign1::open(Purpose::Bundle, bytes)?;
    sign1::check_signature(Purpose::Bundle, &message, writer)?;
    let signed: Signed = minicbor::decode(message.payload)
        .map_err(|error| malformed("segment of a bundle", error.to_string()))?;
    Ok(Opened {
        writer,
        bundle: signed.bundle,
        number: signed.number,
        said: signed.said,
    })
}

impl Header {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory does not fail")
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        cbor::check_deterministic(bytes)?;
        minicbor::decode(bytes)
            .map_err(|error: minicbor::decode::Error| malformed("header", error.to_string()))
    }
}

/// The word that ends a bundle.
pub(super) fn is_end(message: &Message) -> bool {
    matches!(message, Message::Done { .. })
}

/// Whether bytes that are no segment are none because of their author.
pub(super) const fn is_of_author(error: &Error) -> bool {
    matches!(error, Error::Signature { .. })
}
