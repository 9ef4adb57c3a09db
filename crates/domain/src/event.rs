//! Everything that can have happened. The public body of each kind is a CBOR map with small integer
//! keys; a number, once used, keeps its meaning for ever. A kind that this version does not know
//! becomes [`Event::Unknown`] and is left alone (G10).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::package::{Item, Package};
use crate::screening::Relation;
use crate::{
    ArrivalId, Bytes, CardCode, DifferenceReason, EntitlementId, FamilyId, ImportId, ItemCode,
    LegalBasis, LineId, LinkId, Moment, MovementId, MovementKind, NodeKey, Occurred, OperationId,
    Owner, PCode, Particulars, PersonId, Priority, ProtectionNote, Quantity, Role, Screened,
    Screening, SiteId, SiteKind, Staff, StocktakeId, UserId, VoidReason, WaybillId,
};

/// The public bodies, one for each kind of event.
pub mod body {
    #[allow(
        clippy::wildcard_imports,
        reason = "the bodies are the same room in two storeys"
    )]
    use super::*;

    macro_rules! bodies {
        ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $index:literal $field:ident: $type:ty,)* })*) => {$(
            $(#[$doc])*
            #[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
            #[cbor(map)]
            pub struct $name {
                $($(#[$fdoc])* #[n($index)] pub $field: $type,)*
            }
        )*};
    }

    bodies! {
        /// The operation begins.
        OperationFounded {
            /// Its id.
            0 operation: OperationId,
            /// Its name.
            1 name: String,
            /// Ed25519 public key that admits nodes and confirms claims.
            2 root_signing: Bytes,
            /// X25519 public key to which what must survive a lost passphrase is sealed.
            3 root_recovery: Bytes,
        }
        /// The root key admits a node.
        NodeAdmitted {
            /// The node.
            0 node: NodeKey,
            /// The certificate signed by the root key.
            1 certificate: Bytes,
        }
        /// This node was made from a backup of another; that one's rights are frozen (G9).
        NodeRestored {
            /// The node of the backup.
            0 old_node: NodeKey,
            /// Its last position in the backup.
            1 last_position: u64,
        }
        /// Two persons with the root key took over the rights and stock of a lost node.
        NodeClaimed {
            /// The lost node.
            0 old_node: NodeKey,
            /// Its last known position.
            1 last_position: u64,
            /// The certificate signed by the root key.
            2 certificate: Bytes,
            /// Who decided.
            3 first: UserId,
            /// Who decided with them.
            4 second: UserId,
        }
        /// A site opens, or its particulars change.
        SiteOpened {
            /// The site.
            0 site: SiteId,
            /// Its name.
            1 name: String,
            /// What it is.
            2 kind: SiteKind,
            /// Country.
            3 country: crate::Country,
            /// Administrative area.
            4 area: Option<PCode>,
            /// UN/LOCODE or IATA code.
            5 port_code: Option<String>,
            /// How many people it has room for.
            6 capacity: Option<u32>,
            /// IANA time zone.
            7 time_zone: String,
            /// When its day closes: minutes after local midnight.
            8 day_closes_min: u16,
        }
        /// Somebody may work with Akèy.
        UserAdmitted {
            /// The user.
            0 user: UserId,
            /// Their roles.
            1 roles: Vec<Role>,
        }
        /// A user's roles change, or they may no longer sign in.
        UserChanged {
            /// The user.
            0 user: UserId,
            /// Their roles.
            1 roles: Vec<Role>,
            /// Whether they may sign in.
            2 active: bool,
        }
        /// The public key to which protection notes are sealed.
        RoleKeyMade {
            /// The role.
            0 role: Role,
            /// X25519 public key.
            1 public_key: Bytes,
        }
        /// An item can be given, or its rules change.
        ItemDefined {
            /// The item.
            0 item: Item,
        }
        /// What arrivals are entitled to.
        PackageDefined {
            /// The package; it replaces the one before.
            0 package: Package,
        }
        /// A movement is announced.
        MovementAnnounced {
            /// The movement.
            0 movement: MovementId,
            /// How.
            1 kind: MovementKind,
            /// Its flight number or name.
            2 designator: String,
            /// From where.
            3 origin: SiteId,
            /// To where.
            4 destination: SiteId,
            /// When it is to arrive.
            5 expected: Moment,
            /// On what legal basis.
            6 legal_basis: LegalBasis,
            /// How many people were announced.
            7 announced: u32,
            /// Whether people were screened for protection needs before.
            8 screened_before: Screened,
        }
        /// It left.
        MovementDeparted {
            /// The movement.
            0 movement: MovementId,
        }
        /// It arrived.
        MovementLanded {
            /// The movement.
            0 movement: MovementId,
            /// How many people were counted.
            1 headcount: u32,
        }
        /// People were counted again.
        HeadcountCorrected {
            /// The movement.
            0 movement: MovementId,
            /// How many there are.
            1 headcount: u32,
        }
        /// It goes somewhere else.
        MovementDiverted {
            /// The movement.
            0 movement: MovementId,
            /// The new destination.
            1 destination: SiteId,
            /// The new expected arrival.
            2 expected: Moment,
        }
        /// It does not take place.
        MovementCancelled {
            /// The movement.
            0 movement: MovementId,
        }
        /// Everybody of it was served or did not come.
        MovementClosed {
            /// The movement.
            0 movement: MovementId,
        }
        /// Somebody of it came after all.
        MovementReopened {
            /// The movement.
            0 movement: MovementId,
        }
        /// A manifest was imported: what it changed.
        ManifestImported {
            /// The import.
            0 import: ImportId,
            /// The movement.
            1 movement: MovementId,
            /// Rows that could be read.
            2 read: u32,
            /// People new on the list.
            3 listed: u32,
            /// People whose particulars changed.
            4 changed: u32,
            /// People no longer on the list.
            5 removed: u32,
            /// Rows that could not be read.
            6 refused: u32,
        }
        /// Somebody is on the manifest. Who, and in which row of the file, is sealed.
        LineListed {
            /// The line.
            0 line: LineId,
            /// The movement.
            1 movement: MovementId,
        }
        /// The manifest says something else of them now.
        LineChanged {
            /// The line.
            0 line: LineId,
        }
        /// They are no longer on the manifest.
        LineRemoved {
            /// The line.
            0 line: LineId,
        }
        /// They did not come.
        NoShow {
            /// The line.
            0 line: LineId,
        }
        /// They came after all.
        NoShowWithdrawn {
            /// The line.
            0 line: LineId,
        }
        /// Somebody was met, before any form.
        ArrivalMet {
            /// The arrival.
            0 arrival: ArrivalId,
            /// The movement.
            1 movement: MovementId,
            /// The site.
            2 site: SiteId,
            /// Number in the queue of the day.
            3 queue: u32,
            /// Code on the card or wristband.
            4 card: CardCode,
        }
        /// Somebody is to be called first. Why is sealed.
        ArrivalFlagged {
            /// The arrival.
            0 arrival: ArrivalId,
        }
        /// Somebody was registered.
        ArrivalRegistered {
            /// The arrival.
            0 arrival: ArrivalId,
            /// The person.
            1 person: PersonId,
            /// Where on the manifest; none for somebody unlisted.
            2 line: Option<LineId>,
            /// They preferred not to say who they are.
            3 declined: bool,
            /// They were told what is kept about them, and why.
            4 informed: bool,
        }
        /// The registration stood at another line of the manifest, or at none.
        RegistrationCorrected {
            /// The arrival.
            0 arrival: ArrivalId,
            /// Where on the manifest; none for somebody unlisted.
            1 line: Option<LineId>,
        }
        /// The screening was done, or declined. A note for the protection role may be beside it.
        ArrivalScreened {
            /// The arrival.
            0 arrival: ArrivalId,
        }
        /// Somebody of the protection role wrote a note later. The note is sealed.
        ProtectionNoted {
            /// The arrival.
            0 arrival: ArrivalId,
        }
        /// What the person is to receive.
        ArrivalEntitled {
            /// The arrival.
            0 arrival: ArrivalId,
            /// The items, each redeemed once.
            1 entitlements: Vec<Entitled>,
        }
        /// An item was given.
        EntitlementRedeemed {
            /// The arrival.
            0 arrival: ArrivalId,
            /// The entitlement.
            1 entitlement: EntitlementId,
            /// What was given.
            2 item: ItemCode,
            /// How much.
            3 quantity: Quantity,
            /// Where, from whose stock.
            4 site: SiteId,
            /// The card was checked for items given before a restore.
            5 card_checked: bool,
            /// It came out of the stock of the site.
            6 from_stock: bool,
        }
        /// What was recorded as given was not, or came back.
        RedemptionVoided {
            /// The arrival.
            0 arrival: ArrivalId,
            /// The entitlement.
            1 entitlement: EntitlementId,
            /// What it was.
            2 item: ItemCode,
            /// How much.
            3 quantity: Quantity,
            /// The site it was given at.
            4 site: SiteId,
            /// Why.
            5 reason: VoidReason,
            /// The goods are back on the shelf.
            6 back_in_stock: bool,
        }
        /// A coordinator decided that a limit does not hold here. Why is sealed.
        LimitWaived {
            /// The arrival.
            0 arrival: ArrivalId,
            /// The entitlement.
            1 entitlement: EntitlementId,
        }
        /// The person left the reception.
        ArrivalLeft {
            /// The arrival.
            0 arrival: ArrivalId,
        }
        /// A person's particulars are on record.
        PersonRegistered {
            /// The person.
            0 person: PersonId,
        }
        /// They were corrected; the ones before are kept.
        PersonCorrected {
            /// The person.
            0 person: PersonId,
        }
        /// The person's data is erased: keys and sealed parts are destroyed.
        PersonErased {
            /// The person.
            0 person: PersonId,
            /// Lines and arrivals whose sealed parts go too.
            1 also: Vec<Owner>,
        }
        /// Two records are one person.
        PersonsLinked {
            /// The decision.
            0 link: LinkId,
            /// One record.
            1 first: PersonId,
            /// The other.
            2 second: PersonId,
        }
        /// They are not, after all.
        PersonsUnlinked {
            /// The decision that is undone.
            0 link: LinkId,
        }
        /// A family is on record.
        FamilyFormed {
            /// The family.
            0 family: FamilyId,
        }
        /// Somebody belongs to it. How is sealed.
        FamilyJoined {
            /// The family.
            0 family: FamilyId,
            /// The member.
            1 person: PersonId,
        }
        /// Somebody does not belong to it.
        FamilyLeft {
            /// The family.
            0 family: FamilyId,
            /// The former member.
            1 person: PersonId,
        }
        /// Goods are under way.
        WaybillSent {
            /// The waybill.
            0 waybill: WaybillId,
            /// Number printed on it.
            1 number: String,
            /// From which of our sites; none for a supplier.
            2 origin: Option<SiteId>,
            /// To which site.
            3 destination: SiteId,
            /// What.
            4 lines: Vec<crate::WaybillLine>,
        }
        /// They arrived.
        WaybillReceived {
            /// The waybill.
            0 waybill: WaybillId,
            /// To which site.
            1 destination: SiteId,
            /// What was counted.
            2 lines: Vec<crate::WaybillLine>,
            /// Why it differs from what was sent.
            3 difference: Option<DifferenceReason>,
        }
        /// The shelves were counted.
        StockCounted {
            /// The count.
            0 stocktake: StocktakeId,
            /// The site.
            1 site: SiteId,
            /// What was counted against the book.
            2 counts: Vec<crate::StockChange>,
            /// Why they differ.
            3 difference: Option<DifferenceReason>,
        }
    }
}

/// One entitlement granted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Encode, Decode)]
#[cbor(map)]
pub struct Entitled {
    /// Its id.
    #[n(0)]
    pub entitlement: EntitlementId,
    /// The item.
    #[n(1)]
    pub item: ItemCode,
    /// How much.
    #[n(2)]
    pub quantity: Quantity,
}

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
    "site.opened" SiteOpened,
    "user.admitted" UserAdmitted,
    "user.changed" UserChanged,
    "role.key_made" RoleKeyMade,
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
    "arrival.left" ArrivalLeft,
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
}

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
}

impl Slot {
    /// Every slot.
    pub const ALL: [Self; 8] = [
        Self::Particulars,
        Self::Priority,
        Self::Screening,
        Self::Protection,
        Self::Relation,
        Self::Staff,
        Self::Remark,
        Self::Row,
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
        }
    }

    /// The slot of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.code() == code)
    }

    /// To whom the part is sealed.
    pub const fn sealing(self) -> Sealing {
        match self {
            Self::Protection => Sealing::Role(Role::Protection),
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

owners!(ArrivalId FamilyId LineId MovementId PersonId StocktakeId UserId WaybillId);

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
        }
    }
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

/// The place of an event in the total order: hybrid logical clock, then node, then position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Order {
    /// Wall clock of the hybrid logical clock.
    pub wall_ms: u64,
    /// Its counter.
    pub counter: u32,
    /// The node.
    pub node: NodeKey,
    /// The position in that node's log.
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
    /// Its place in the total order.
    pub order: Order,
    /// What it is about.
    pub aggregate: Uuid,
    /// Who recorded it.
    pub author: UserId,
    /// When it happened.
    pub occurred: Occurred,
    /// What happened.
    pub event: Event,
    /// The sealed parts, opened where they can be.
    pub parts: Vec<(Slot, Result<Personal, Withheld>)>,
}

impl Recorded {
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
