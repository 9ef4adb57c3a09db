//! Everything that can have happened. The public body of each kind is a CBOR map with small integer
//! keys; a number, once used, keeps its meaning for ever. A kind that this version does not know
//! becomes [`Event::Unknown`] and is left alone (G10).

pub mod body;
mod part;

use serde::Serialize;
use uuid::Uuid;

use crate::{Moment, NodeKey, Occurred, Particulars, UserId};

pub use body::Entitled;
pub use part::{Part, Personal, Sealing, Slot, Withheld};

macro_rules! events {
    ($($kind:literal $name:ident,)*) => {
        /// What happened: the public body.
        #[derive(Clone, PartialEq, Eq, Debug, Serialize)]
        #[serde(tag = "kind", content = "body")]
        pub enum Event {
            $(
                #[doc = concat!("`", $kind, "`")]
                #[serde(rename = $kind)]
                $name(body::$name),
            )*
            /// A kind, or a body, of a newer version: kept, forwarded, not understood.
            #[serde(rename = "unknown")]
            Unknown {
                /// Its kind.
                kind: String,
            },
        }

        impl Event {
            /// Every kind this version understands.
            pub const KINDS: &'static [&'static str] = &[$($kind,)*];

            /// The kind as the ledger carries it.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$name(_) => $kind,)*
                    Self::Unknown { kind } => kind,
                }
            }

            /// The public body as deterministic CBOR (RFC 8949, section 4.2).
            ///
            /// # Panics
            /// For [`Event::Unknown`]: this version never records what it does not understand.
            pub fn to_cbor(&self) -> Vec<u8> {
                match self {
                    $(Self::$name(body) => {
                        minicbor::to_vec(body).expect("writing to a vector cannot fail")
                    })*
                    Self::Unknown { kind } => panic!("{kind} is not known and cannot be recorded"),
                }
            }

            /// What a kind and a body mean. What is not understood is [`Event::Unknown`].
            pub fn from_cbor(kind: &str, bytes: &[u8]) -> Self {
                let understood = match kind {
                    $($kind => minicbor::decode::<body::$name>(bytes).ok().map(Self::$name),)*
                    _ => None,
                };
                understood.unwrap_or_else(|| Self::Unknown { kind: kind.to_owned() })
            }
        }

        $(
            impl From<body::$name> for Event {
                fn from(body: body::$name) -> Self {
                    Self::$name(body)
                }
            }
        )*
    };
}

events! {
    "operation.founded" OperationFounded,
    "node.admitted" NodeAdmitted,
    "node.restored" NodeRestored,
    "node.claimed" NodeClaimed,
    "node.announced_lost" NodeAnnouncedLost,
    "node.recovery_called_off" RecoveryCalledOff,
    "node.loss_heard" NodeLossHeard,
    "node.recovered" NodeRecovered,
    "node.recovery_rules_set" RecoveryRulesSet,
    "site.opened" SiteOpened,
    "user.admitted" UserAdmitted,
    "user.changed" UserChanged,
    "role.key_made" RoleKeyMade,
    "role.key_recovered" RoleKeyRecovered,
    "item.defined" ItemDefined,
    "package.defined" PackageDefined,
    "movement.announced" MovementAnnounced,
    "movement.departed" MovementDeparted,
    "movement.landed" MovementLanded,
    "movement.headcount_corrected" HeadcountCorrected,
    "movement.diverted" MovementDiverted,
    "movement.cancelled" MovementCancelled,
    "movement.closed" MovementClosed,
    "movement.reopened" MovementReopened,
    "manifest.imported" ManifestImported,
    "line.listed" LineListed,
    "line.changed" LineChanged,
    "line.removed" LineRemoved,
    "line.no_show" NoShow,
    "line.no_show_withdrawn" NoShowWithdrawn,
    "line.erased" LineErased,
    "arrival.met" ArrivalMet,
    "arrival.flagged" ArrivalFlagged,
    "arrival.registered" ArrivalRegistered,
    "arrival.registration_corrected" RegistrationCorrected,
    "arrival.screened" ArrivalScreened,
    "arrival.protection_noted" ProtectionNoted,
    "arrival.entitled" ArrivalEntitled,
    "arrival.redeemed" EntitlementRedeemed,
    "arrival.redemption_voided" RedemptionVoided,
    "arrival.limit_waived" LimitWaived,
    "arrival.rights_released" RightsReleased,
    "arrival.rights_accepted" RightsAccepted,
    "arrival.rights_declined" RightsDeclined,
    "overlap.decided" OverlapDecided,
    "arrival.left" ArrivalLeft,
    "arrival.withdrawn" ArrivalWithdrawn,
    "person.registered" PersonRegistered,
    "person.corrected" PersonCorrected,
    "person.erased" PersonErased,
    "persons.linked" PersonsLinked,
    "persons.unlinked" PersonsUnlinked,
    "family.formed" FamilyFormed,
    "family.joined" FamilyJoined,
    "family.left" FamilyLeft,
    "waybill.sent" WaybillSent,
    "waybill.received" WaybillReceived,
    "stock.counted" StockCounted,
    "stock.count_signed" CountSigned,
    "service.listed" ServiceListed,
    "service.stated" ServiceStated,
    "referral.made" ReferralMade,
    "referral.followed_up" ReferralFollowedUp,
    "referral.answered" ReferralAnswered,
    "feedback.recorded" FeedbackRecorded,
    "feedback.answered" FeedbackAnswered,
    "feedback.closed" FeedbackClosed,
    "feedback.erased" FeedbackErased,
    "booklet.printed" BookletPrinted,
    "booklet.card_voided" CardVoided,
    "booklet.returned" BookletReturned,
    "arrival.from_paper" ArrivalFromPaper,
    "edition.published" EditionPublished,
    "figure.stated" FigureStated,
    "figure.withdrawn" FigureWithdrawn,
    "matter.opened" MatterOpened,
    "account.recorded" AccountRecorded,
    "account.withdrawn" AccountWithdrawn,
    "matter.marked" MatterMarked,
    "movement.screening_stated" ScreeningStated,
    "legal_basis.defined" LegalBasisDefined,
    "office.defined" OfficeDefined,
    "author.key_made" AuthorKeyMade,
    "statement.registered" StatementRegistered,
    "advice.withdrawn" AdviceWithdrawn,
    "incident.reported" IncidentReported,
    "incident.updated" IncidentUpdated,
    "incident.closed" IncidentClosed,
    "access.stated" AccessStated,
    "team.confined" TeamConfined,
    "team.freed" TeamFreed,
    "notice.published" NoticePublished,
    "notice.withdrawn" NoticeWithdrawn,
    "pathway.told" PathwayTold,
    "pathway.opened" PathwayOpened,
    "pathway.step" PathwayStepSaid,
    "pathway.closed" PathwayClosed,
    "value.chosen" ValueChosen,
}

/// The place of an event in the total order: hybrid logical clock, then node, then position.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    minicbor::Encode,
    minicbor::Decode,
)]
#[cbor(array)]
pub struct Order {
    /// Wall clock of the hybrid logical clock.
    #[n(0)]
    pub wall_ms: u64,
    /// Its counter.
    #[n(1)]
    pub counter: u32,
    /// The node.
    #[n(2)]
    pub node: NodeKey,
    /// The position in that node's log.
    #[n(3)]
    pub position: u64,
}

impl Order {
    /// When it was recorded, by the recording node's clock.
    pub fn recorded_at(&self) -> Moment {
        Moment(i64::try_from(self.wall_ms).unwrap_or(i64::MAX))
    }
}

/// An event as it comes out of the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recorded {
    /// Its place in the total order. The node in it is the log.
    pub order: Order,
    /// The node that recorded it. On a branch of its log (a fork, or what a node wrote after it was sent away)
    /// it is another than the log, and no rights follow from it (G9).
    pub node: NodeKey,
    /// What it is about.
    pub aggregate: Uuid,
    /// Who recorded it.
    pub author: UserId,
    /// When it happened.
    pub occurred: Occurred,
    /// What happened.
    pub event: Event,
    /// The events it was made upon: of an edit the entries it replaces, of a void what it voids. None
    /// where it does not say, as before it could; then an edit replaces everything before it.
    pub upon: Option<Vec<Order>>,
    /// The sealed parts, opened where they can be.
    pub parts: Vec<(Slot, Result<Personal, Withheld>)>,
}

impl Recorded {
    /// Whether it stands on a branch of its node's log.
    pub fn is_on_branch(&self) -> bool {
        self.node != self.order.node
    }

    /// The opened part of a slot.
    pub fn part(&self, slot: Slot) -> Option<&Personal> {
        self.parts
            .iter()
            .find(|(place, _)| *place == slot)
            .and_then(|(_, part)| part.as_ref().ok())
    }

    /// The particulars beside this event, if it has any that can be read.
    pub fn particulars(&self) -> Option<&Particulars> {
        match self.part(Slot::Particulars) {
            Some(Personal::Particulars(particulars)) => Some(particulars),
            _ => None,
        }
    }

    /// Whether the event had particulars that are erased.
    pub fn particulars_erased(&self) -> bool {
        self.parts
            .contains(&(Slot::Particulars, Err(Withheld::Erased)))
    }
}
