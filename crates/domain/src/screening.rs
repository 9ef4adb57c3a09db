//! What the screening found out. All of it is personal data; notes for the protection role are
//! sealed to that role's key.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::{RelationCode, Vulnerability};

/// Whether a child travels without its parents.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Separation {
    /// Alone: no adult is responsible for the child.
    #[n(0)]
    Unaccompanied,
    /// With other relatives, not with the parents.
    #[n(1)]
    Separated,
}

/// What a person says of a screening for protection needs before they were sent: the question is asked
/// of each, because what is said of a whole flight and what people tell can differ.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ScreenedBefore {
    /// Nobody offered it, and the person did not ask.
    #[n(0)]
    NotOffered,
    /// It was offered, and the person did not want it.
    #[n(1)]
    Offered,
    /// The person asked for it, and it was refused.
    #[n(2)]
    Refused,
    /// It was done.
    #[n(3)]
    Done,
}

impl ScreenedBefore {
    /// Every answer, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::NotOffered, Self::Offered, Self::Refused, Self::Done];

    /// The word of the answer in forms, the register and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotOffered => "not_offered",
            Self::Offered => "offered",
            Self::Refused => "refused",
            Self::Done => "done",
        }
    }

    /// The answer of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// The answers of one screening; a later one replaces it, both are kept.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Screening {
    /// What was found.
    #[n(0)]
    pub vulnerabilities: Vec<Vulnerability>,
    /// For children: without parents?
    #[n(1)]
    pub separation: Option<Separation>,
    /// Somebody of the protection role should talk to this person.
    #[n(2)]
    pub protection_concern: bool,
    /// The person preferred not to answer.
    #[n(3)]
    pub declined: bool,
    /// Whether they were screened for protection needs before they were sent; none where it was not
    /// asked, or not answered.
    #[n(4)]
    #[serde(default)]
    pub before: Option<ScreenedBefore>,
}

/// A note only the protection role reads.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct ProtectionNote {
    /// The note.
    #[n(0)]
    pub text: String,
}

/// How a member stands to the head of the family: a trait of the person, so it travels sealed.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Relation {
    /// The relation.
    #[n(0)]
    pub to_head: RelationCode,
}
