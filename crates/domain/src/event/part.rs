//! Sealed parts: the personal data that rides beside an event, each owned by the person it is about.

use serde::{Deserialize, Serialize};

use crate::screening::Relation;
use crate::{
    ArrivalId, Bytes, Contact, EditionId, FamilyId, FeedbackId, IncidentId, LineId, Misconduct,
    MovementId, Owner, Particulars, PathwayTerms, PersonId, Priority, ProtectionNote,
    ReferralTerms, Role, Screening, ServiceId, Staff, StepState, StocktakeId, TeamId, UserId,
    Voice, WaybillId,
};

/// Where a sealed part stands beside its event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// Who somebody is.
    Particulars,
    /// Why somebody is called first.
    Priority,
    /// The answers of a screening.
    Screening,
    /// A note for the protection role.
    Protection,
    /// How a member stands to the head of the family.
    Relation,
    /// The name of a member of staff.
    Staff,
    /// Free text.
    Remark,
    /// In which row of a file somebody stands.
    Row,
    /// Where a service is and how it is reached.
    Contact,
    /// To which service somebody is referred, and why.
    Referral,
    /// The same, where it is for the protection role alone.
    ProtectionReferral,
    /// What somebody told us.
    Feedback,
    /// What is said about somebody who works here, and what was done about it.
    Misconduct,
    /// Every number an edition was made of.
    Basis,
    /// Which way on somebody takes.
    Pathway,
    /// How a step of it stands.
    PathwayStep,
}

impl Slot {
    /// Every slot.
    pub const ALL: [Self; 16] = [
        Self::Particulars,
        Self::Priority,
        Self::Screening,
        Self::Protection,
        Self::Relation,
        Self::Staff,
        Self::Remark,
        Self::Row,
        Self::Contact,
        Self::Referral,
        Self::ProtectionReferral,
        Self::Feedback,
        Self::Misconduct,
        Self::Basis,
        Self::Pathway,
        Self::PathwayStep,
    ];

    /// The word of the slot in the ledger.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Particulars => "particulars",
            Self::Priority => "priority",
            Self::Screening => "screening",
            Self::Protection => "protection",
            Self::Relation => "relation",
            Self::Staff => "staff",
            Self::Remark => "remark",
            Self::Row => "row",
            Self::Contact => "contact",
            Self::Referral => "referral",
            Self::ProtectionReferral => "protection_referral",
            Self::Feedback => "feedback",
            Self::Misconduct => "misconduct",
            Self::Basis => "basis",
            Self::Pathway => "pathway",
            Self::PathwayStep => "pathway_step",
        }
    }

    /// The slot of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.code() == code)
    }

    /// To whom the part is sealed.
    pub const fn sealing(self) -> Sealing {
        match self {
            Self::Protection | Self::ProtectionReferral => Sealing::Role(Role::Protection),
            Self::Misconduct => Sealing::Role(Role::FocalPoint),
            _ => Sealing::Owner,
        }
    }
}

/// To whom a part is sealed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sealing {
    /// Under the owner's data key: nodes in scope read it.
    Owner,
    /// To the key of a role only: a node without somebody of that role signed in cannot read it.
    Role(Role),
}

macro_rules! owners {
    ($($id:ident)*) => {$(
        impl From<$id> for Owner {
            fn from(id: $id) -> Self {
                Self(id.0)
            }
        }
    )*};
}

owners!(ArrivalId EditionId FamilyId FeedbackId IncidentId LineId MovementId PersonId ServiceId StocktakeId
    TeamId UserId WaybillId);

/// A sealed part before it is sealed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Whose data it is.
    pub owner: Owner,
    /// The data.
    pub personal: Personal,
}

/// Personal data beside an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Personal {
    /// Who somebody is.
    Particulars(Particulars),
    /// Why somebody is called first.
    Priority(Priority),
    /// The answers of a screening.
    Screening(Screening),
    /// A note for the protection role.
    Protection(ProtectionNote),
    /// How a member stands to the head of the family.
    Relation(Relation),
    /// The name of a member of staff.
    Staff(Staff),
    /// Free text.
    Remark(String),
    /// The row of a file, counted as a spreadsheet counts.
    Row(u32),
    /// Where a service is and how it is reached.
    Contact(Contact),
    /// To which service somebody is referred, and why.
    Referral(ReferralTerms),
    /// The same, for the protection role alone.
    ProtectionReferral(ReferralTerms),
    /// What somebody told us.
    Feedback(Voice),
    /// What is said about somebody who works here, or what was done about it.
    Misconduct(Misconduct),
    /// Every number an edition was made of, in the order of the rows of all tables.
    Basis(Vec<u64>),
    /// Which way on somebody takes.
    Pathway(PathwayTerms),
    /// How a step of it stands.
    PathwayStep(StepState),
}

impl Personal {
    /// Where it stands.
    pub const fn slot(&self) -> Slot {
        match self {
            Self::Particulars(_) => Slot::Particulars,
            Self::Priority(_) => Slot::Priority,
            Self::Screening(_) => Slot::Screening,
            Self::Protection(_) => Slot::Protection,
            Self::Relation(_) => Slot::Relation,
            Self::Staff(_) => Slot::Staff,
            Self::Remark(_) => Slot::Remark,
            Self::Row(_) => Slot::Row,
            Self::Contact(_) => Slot::Contact,
            Self::Referral(_) => Slot::Referral,
            Self::ProtectionReferral(_) => Slot::ProtectionReferral,
            Self::Feedback(_) => Slot::Feedback,
            Self::Misconduct(_) => Slot::Misconduct,
            Self::Basis(_) => Slot::Basis,
            Self::Pathway(_) => Slot::Pathway,
            Self::PathwayStep(_) => Slot::PathwayStep,
        }
    }

    /// As it is sealed.
    pub fn to_cbor(&self) -> Vec<u8> {
        match self {
            Self::Particulars(content) => minicbor::to_vec(content),
            Self::Priority(content) => minicbor::to_vec(content),
            Self::Screening(content) => minicbor::to_vec(content),
            Self::Protection(content) => minicbor::to_vec(content),
            Self::Relation(content) => minicbor::to_vec(content),
            Self::Staff(content) => minicbor::to_vec(content),
            Self::Remark(content) => minicbor::to_vec(content),
            Self::Row(content) => minicbor::to_vec(content),
            Self::Contact(content) => minicbor::to_vec(content),
            Self::Referral(content) | Self::ProtectionReferral(content) => {
                minicbor::to_vec(content)
            }
            Self::Feedback(content) => minicbor::to_vec(content),
            Self::Misconduct(content) => minicbor::to_vec(content),
            Self::Basis(content) => minicbor::to_vec(eight_bytes_each(content)),
            Self::Pathway(content) => minicbor::to_vec(content),
            Self::PathwayStep(content) => minicbor::to_vec(content),
        }
        .expect("writing to a vector cannot fail")
    }

    /// What a slot and opened bytes mean, if this version understands them.
    pub fn from_cbor(slot: Slot, bytes: &[u8]) -> Option<Self> {
        match slot {
            Slot::Particulars => minicbor::decode(bytes).ok().map(Self::Particulars),
            Slot::Priority => minicbor::decode(bytes).ok().map(Self::Priority),
            Slot::Screening => minicbor::decode(bytes).ok().map(Self::Screening),
            Slot::Protection => minicbor::decode(bytes).ok().map(Self::Protection),
            Slot::Relation => minicbor::decode(bytes).ok().map(Self::Relation),
            Slot::Staff => minicbor::decode(bytes).ok().map(Self::Staff),
            Slot::Remark => minicbor::decode(bytes).ok().map(Self::Remark),
            Slot::Row => minicbor::decode(bytes).ok().map(Self::Row),
            Slot::Contact => minicbor::decode(bytes).ok().map(Self::Contact),
            Slot::Referral => minicbor::decode(bytes).ok().map(Self::Referral),
            Slot::ProtectionReferral => minicbor::decode(bytes).ok().map(Self::ProtectionReferral),
            Slot::Feedback => minicbor::decode(bytes).ok().map(Self::Feedback),
            Slot::Misconduct => minicbor::decode(bytes).ok().map(Self::Misconduct),
            Slot::Basis => numbers(&minicbor::decode(bytes).ok()?).map(Self::Basis),
            Slot::Pathway => minicbor::decode(bytes).ok().map(Self::Pathway),
            Slot::PathwayStep => minicbor::decode(bytes).ok().map(Self::PathwayStep),
        }
    }
}

/// Numbers at one width, so that the length of what is sealed says nothing of how large they are.
fn eight_bytes_each(numbers: &[u64]) -> Bytes {
    Bytes(numbers.iter().flat_map(|it| it.to_be_bytes()).collect())
}

fn numbers(Bytes(bytes): &Bytes) -> Option<Vec<u64>> {
    let (numbers, rest) = bytes.as_chunks::<8>();
    let numbers = numbers.iter().map(|eight| u64::from_be_bytes(*eight));
    rest.is_empty().then(|| numbers.collect())
}

/// Why a part cannot be read here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// This node is not in scope, or has not received it yet.
    NotHere,
    /// It was erased.
    Erased,
    /// It is sealed to a role.
    Sealed,
}
