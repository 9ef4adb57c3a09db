//! Names of things: random ids that say nothing about what they name.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_simple().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: encode::Write>(
                &self,
                e: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), encode::Error<W::Error>> {
                e.bytes(self.0.as_bytes())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                let bytes = d.bytes()?;
                Uuid::from_slice(bytes)
                    .map(Self)
                    .map_err(|_| decode::Error::message(concat!(stringify!($name), " is 16 bytes")))
            }
        }
    )*};
}

ids! {
    /// The whole response.
    OperationId;
    /// A place: encampment, custody, airport, land crossing, seaport, shelter, warehouse, office.
    SiteId;
    /// A person who works with Akèy.
    UserId;
    /// A flight, bus convoy, boat, or transfer from one site to another.
    MovementId;
    /// One import of a manifest file.
    ImportId;
    /// One person on a manifest.
    LineId;
    /// One person arriving by one movement.
    ArrivalId;
    /// A person, across arrivals.
    PersonId;
    /// People who belong together, on one movement or several.
    FamilyId;
    /// Somebody's decision that two records are one person.
    LinkId;
    /// One item a person is to receive, once.
    EntitlementId;
    /// Rights under way from one node to another.
    TransferId;
    /// The rights of a lost node, taken over by another.
    RecoveryId;
    /// Something given more often than it was to be.
    OverlapId;
    /// Goods under way from one store to another.
    WaybillId;
    /// One count of what is on the shelves.
    StocktakeId;
    /// Somebody who helps people we cannot help ourselves.
    ServiceId;
    /// One person sent to one service.
    ReferralId;
    /// One thing somebody told us about our work.
    FeedbackId;
    /// What the public is told about a day or a month.
    EditionId;
    /// Something told to the public in words.
    NoticeId;
    /// Cards printed ahead, bound together.
    BookletId;
    /// A figure somebody stated.
    FigureId;
    /// Something of which there is more than one account.
    MatterId;
    /// What somebody says happened.
    AccountId;
    /// A recommendation with its versions and answers, a dissent, or a published report.
    AdviceId;
    /// One signed statement.
    StatementId;
    /// Something dangerous that happened.
    IncidentId;
    /// Whether a place or a road can be reached.
    AccessId;
    /// People of ours who cannot leave.
    TeamId;
    /// A way on, for one person.
    PathwayId;
    /// An office that is asked and answers.
    OfficeId;
    /// What a dissent is about: an edition, a recommendation, a report.
    SubjectId;
    /// Whose data a sealed part is. It doubles as the id of the owner's data key.
    Owner;
}

/// An id made by rule (RFC 9562, version 8) out of what a thing is and its name, so that every node
/// makes the same. Not a hash to rely on against somebody who picks names: FNV-1a, 128 bits.
pub(crate) fn id_by_rule(what: &str, name: &[u8]) -> Uuid {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hashed = what
        .as_bytes()
        .iter()
        .chain(&[0])
        .chain(name)
        .fold(OFFSET, |hash, byte| {
            (hash ^ u128::from(*byte)).wrapping_mul(PRIME)
        });
    Uuid::new_v8(hashed.to_be_bytes())
}

/// The public key that names a node: 32 bytes of Ed25519 (RFC 8032).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeKey(pub [u8; 32]);

impl fmt::Display for NodeKey {
    /// The first eight bytes in hexadecimal: enough to tell nodes of one operation apart.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..8]
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for NodeKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<C> Encode<C> for NodeKey {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for NodeKey {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        <[u8; 32]>::try_from(d.bytes()?)
            .map(Self)
            .map_err(|_| decode::Error::message("a node key is 32 bytes"))
    }
}
