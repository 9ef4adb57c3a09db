//! The public bodies, one for each kind of event: CBOR maps with small integer keys. A number, once
//! used, keeps its meaning for ever.

use minicbor::{Decode, Encode};
use serde::Serialize;

use crate::package::{Item, Package};
use crate::{
    AccessId, AccessStatus, AccountId, AccountWithdrawal, ActOfGiving, AdviceId, AdviceOutcome,
    ArrivalId, BookletId, Bytes, CallResult, CardCode, CardVoidReason, Credibility, Day,
    DefinedBasis, DifferenceReason, EditionId, EditionTable, EntitlementId, FamilyId, FeedbackId,
    FigureId, FigureWithdrawal, Harm, ImportId, IncidentId, IncidentKind, IncidentSource, ItemCode,
    LanguageCode, LegalBasis, LineId, LinkId, LossReason, MatterId, Moment, MovementId,
    MovementKind, NodeKey, NoticeId, NoticeText, OfficeId, OperationId, OverlapDecision, OverlapId,
    Owner, PCode, PathwayId, PathwayOutcome, PathwaySource, PersonId, PlacesOf, Point, Quantity,
    Reachability, RecoveryId, ReferralId, ReferralOutcome, Role, Screened, ScreenedCounts,
    ServiceId, ServiceKind, SiteId, SiteKind, StatedFigure, StatementId, StatementKind,
    StocktakeId, SubjectId, TeamId, Told, TransferId, UserId, VoidReason, WaybillId,
};

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
        /// The languages of its pages, the first for whoever has not chosen; none where the founders
        /// named none, as in logs from before they could.
        4 languages: Option<Vec<LanguageCode>>,
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
    /// Somebody says that a node is lost for good, and which node is to take over its rights once the
    /// waiting period is over.
    NodeAnnouncedLost {
        /// The recovery that begins.
        0 recovery: RecoveryId,
        /// The lost node.
        1 node: NodeKey,
        /// Its last position known here.
        2 last_position: u64,
        /// The node that is to take over.
        3 heir: NodeKey,
        /// How long is waited, in days.
        4 waiting_days: u32,
        /// Why it is thought to be lost.
        5 why: LossReason,
    }
    /// The node is not lost, or its rights are not to be taken over.
    RecoveryCalledOff {
        /// The recovery.
        0 recovery: RecoveryId,
    }
    /// The node that is to take over heard of it: from here on the waiting period runs. It records this by
    /// itself.
    NodeLossHeard {
        /// The recovery.
        0 recovery: RecoveryId,
        /// The last position of the lost node that it knew then.
        1 last_position: u64,
    }
    /// A second person confirmed the loss after the waiting period: the node that records this takes over
    /// the rights and stock of the lost one.
    NodeRecovered {
        /// The recovery.
        0 recovery: RecoveryId,
        /// The lost node.
        1 node: NodeKey,
        /// Its last position that was known when the loss was announced and heard of.
        2 last_position: u64,
        /// Who announced it.
        3 first: UserId,
        /// Who confirmed it.
        4 second: UserId,
    }
    /// How long is waited before the rights of a lost node may be taken over.
    RecoveryRulesSet {
        /// At least so many days.
        0 waiting_days_min: u32,
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
    /// The secret half of a role's key was given to somebody of the role with the root key, because
    /// whoever held it could not open it any more. The author is the administrator who was there.
    RoleKeyRecovered {
        /// The role.
        0 role: Role,
        /// Who was given it.
        1 user: UserId,
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
    /// The data of somebody on the manifest is erased: its key and sealed parts are destroyed.
    LineErased {
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
        /// The node whose right it was, where it is lost and its rights were taken over.
        7 recovered: Option<NodeKey>,
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
    /// The holder of rights released them to another node. Nobody may use them until it answers.
    RightsReleased {
        /// The arrival.
        0 arrival: ArrivalId,
        /// The release; one release may be about many arrivals.
        1 transfer: TransferId,
        /// Which of its entitlements.
        2 entitlements: Vec<EntitlementId>,
        /// The node they are for.
        3 to: NodeKey,
        /// The site where they are to be given.
        4 site: SiteId,
    }
    /// The node they were released to took them: from now on it holds them.
    RightsAccepted {
        /// The arrival.
        0 arrival: ArrivalId,
        /// The release.
        1 transfer: TransferId,
    }
    /// The node they were released to did not take them: they are with who released them.
    RightsDeclined {
        /// The arrival.
        0 arrival: ArrivalId,
        /// The release.
        1 transfer: TransferId,
    }
    /// Somebody decided about something that was given more often than it was to be. Why is sealed.
    OverlapDecided {
        /// What it is about.
        0 overlap: OverlapId,
        /// The arrival.
        1 arrival: ArrivalId,
        /// The entitlement.
        2 entitlement: EntitlementId,
        /// The act of giving that was one too many.
        3 act: ActOfGiving,
        /// What was decided.
        4 decision: OverlapDecision,
    }
    /// The person left the reception.
    ArrivalLeft {
        /// The arrival.
        0 arrival: ArrivalId,
    }
    /// There was no such arrival: somebody met or registered it by mistake. Why is sealed.
    ArrivalWithdrawn {
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
        /// To which node of that site, where it has several.
        5 to: Option<NodeKey>,
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
    /// A count was signed by a second person, who counted too.
    CountSigned {
        /// The count.
        0 stocktake: StocktakeId,
        /// The site.
        1 site: SiteId,
        /// Who signed with the author.
        2 second: UserId,
    }
    /// A service is in the directory, or what is known of it changes. Where it is and how it is
    /// reached is sealed: the address of a safe house is nobody's to publish.
    ServiceListed {
        /// The service.
        0 service: ServiceId,
        /// Its name.
        1 name: String,
        /// What kind of help.
        2 kind: ServiceKind,
        /// The languages spoken there (BCP 47).
        3 languages: Vec<String>,
        /// People can be referred to it now.
        4 active: bool,
    }
    /// A service said how many people it can take and how it can be reached.
    ServiceStated {
        /// The service.
        0 service: ServiceId,
        /// How many people.
        1 places: Option<u32>,
        /// At a time, or in a week.
        2 places_of: PlacesOf,
        /// How it can be reached.
        3 reachable: Reachability,
        /// Until when that holds.
        4 until: Option<Moment>,
        /// The days of the week on which it is open, 1 for Monday.
        5 open_days: Vec<u8>,
    }
    /// Somebody was referred. To which service, for what and with whose consent is sealed.
    ReferralMade {
        /// The referral.
        0 referral: ReferralId,
        /// The person.
        1 person: PersonId,
        /// Where.
        2 site: SiteId,
        /// When somebody is to ask what became of it.
        3 due: Moment,
    }
    /// Somebody asked what became of a referral, and will again.
    ReferralFollowedUp {
        /// The referral.
        0 referral: ReferralId,
        /// When somebody is to ask again.
        1 due: Moment,
        /// How the call went; none where somebody was spoken to in another way.
        2 reached: Option<CallResult>,
    }
    /// A referral came to something. Why is sealed.
    ReferralAnswered {
        /// The referral.
        0 referral: ReferralId,
        /// To what.
        1 outcome: ReferralOutcome,
        /// When somebody is to ask again; none when it is over.
        2 due: Option<Moment>,
    }
    /// Somebody told us something about our work. What, how and about whom is sealed: what is said
    /// about people who work here looks like everything else.
    FeedbackRecorded {
        /// What was said.
        0 feedback: FeedbackId,
        /// Where.
        1 site: SiteId,
    }
    /// It was answered, or something was done about it. What is sealed.
    FeedbackAnswered {
        /// What was said.
        0 feedback: FeedbackId,
    }
    /// Nothing more is to be done about it.
    FeedbackClosed {
        /// What was said.
        0 feedback: FeedbackId,
    }
    /// Whoever said it asked for it to be erased: the key and the sealed parts are destroyed, what was
    /// answered too. That there was something stays, and is counted.
    FeedbackErased {
        /// What was said.
        0 feedback: FeedbackId,
    }
    /// Cards were printed ahead, for hours without power. No other card gets their codes.
    BookletPrinted {
        /// The booklet.
        0 booklet: BookletId,
        /// The site they are for.
        1 site: SiteId,
        /// The number on its cover, counted at the site.
        2 number: u32,
        /// The codes, in the order of the cards.
        3 cards: Vec<CardCode>,
    }
    /// A card of a booklet is not to be used.
    CardVoided {
        /// The booklet.
        0 booklet: BookletId,
        /// The card.
        1 card: CardCode,
        /// Why.
        2 reason: CardVoidReason,
    }
    /// A booklet came back from the desk.
    BookletReturned {
        /// The booklet.
        0 booklet: BookletId,
        /// How many cards are torn out, from the first on.
        1 torn_out: u32,
    }
    /// What is known of an arrival was written on paper first.
    ArrivalFromPaper {
        /// The arrival.
        0 arrival: ArrivalId,
        /// Who wrote it.
        1 written_by: UserId,
    }
    /// The public is told about a day or a month, once and for good. The numbers that are not shown
    /// are sealed.
    EditionPublished {
        /// The edition.
        0 edition: EditionId,
        /// The first day.
        1 from: Day,
        /// The last day; the first, or the end of its month.
        2 to: Day,
        /// The sites it counts.
        3 sites: Vec<SiteId>,
        /// Up to when what was recorded is in it.
        4 cut_off: Moment,
        /// Which plan of tables it follows.
        5 plan: u16,
        /// Where the log ended that it was counted from.
        6 log_end: String,
        /// What it shows.
        7 tables: Vec<EditionTable>,
        /// Who looked at it beside the author, and approved.
        8 approved_by: UserId,
    }
    /// Somebody stated a figure in public, or counted people at a site.
    FigureStated {
        /// The figure.
        0 figure: FigureId,
        /// What was stated, by whom.
        1 stated: StatedFigure,
    }
    /// A figure no longer stands here; that it did stays on record.
    FigureWithdrawn {
        /// The figure.
        0 figure: FigureId,
        /// Why.
        1 reason: FigureWithdrawal,
        /// The figure that stands in its place.
        2 replaced_by: Option<FigureId>,
    }
    /// There is more than one account of something.
    MatterOpened {
        /// The matter.
        0 matter: MatterId,
        /// What it is called here.
        1 title: String,
        /// When it happened, as far as that is agreed.
        2 day: Option<Day>,
    }
    /// What somebody said in public of a matter, in their own words.
    AccountRecorded {
        /// The matter.
        0 matter: MatterId,
        /// The account.
        1 account: AccountId,
        /// Who said what, when.
        2 told: Told,
    }
    /// An account no longer stands here.
    AccountWithdrawn {
        /// The matter.
        0 matter: MatterId,
        /// The account.
        1 account: AccountId,
        /// Why.
        2 reason: AccountWithdrawal,
    }
    /// An editor marked what the accounts of a matter agree on, and where they differ.
    MatterMarked {
        /// The matter.
        0 matter: MatterId,
        /// The points.
        1 points: Vec<Point>,
    }
    /// Somebody said how many people of a movement were screened for protection needs before.
    ScreeningStated {
        /// The movement.
        0 movement: MovementId,
        /// How many.
        1 counts: ScreenedCounts,
    }
    /// The operation moves people on a legal basis of its own list.
    LegalBasisDefined {
        /// It replaces the one of this code before.
        0 basis: DefinedBasis,
    }
    /// There is an office that can be asked, or something of it changed.
    OfficeDefined {
        /// The office.
        0 office: OfficeId,
        /// Its name.
        1 name: String,
        /// Who answers for it.
        2 members: Vec<UserId>,
        /// Whether it can be asked.
        3 active: bool,
    }
    /// Somebody's statements are signed with this key from now on.
    AuthorKeyMade {
        /// Whose.
        0 user: UserId,
        /// Ed25519 (RFC 8032).
        1 public_key: Bytes,
    }
    /// A signed statement is registered: a leaf of this node's log of statements.
    StatementRegistered {
        /// The recommendation it belongs to, or the dissent or report that it is.
        0 advice: AdviceId,
        /// Its id.
        1 statement: StatementId,
        /// What it is.
        2 kind: StatementKind,
        /// The signed statement (RFC 9943), its unprotected header empty.
        3 bytes: Bytes,
        /// What a dissent or a report is about.
        4 about: Option<SubjectId>,
        /// The offices asked.
        5 offices: Vec<OfficeId>,
        /// By when.
        6 due: Option<Day>,
        /// The office that answers.
        7 office: Option<OfficeId>,
        /// What it decided.
        8 outcome: Option<AdviceOutcome>,
        /// The statement it is a new version of, or answers.
        9 refers_to: Option<StatementId>,
        /// Who looked at a report beside its author, and approved.
        10 approved_by: Option<UserId>,
    }
    /// Its author no longer stands by it; it stays on record.
    AdviceWithdrawn {
        /// Which.
        0 advice: AdviceId,
    }
    /// Something dangerous happened. What exactly, and to whom, is sealed.
    IncidentReported {
        /// The incident.
        0 incident: IncidentId,
        /// What kind.
        1 kind: IncidentKind,
        /// In which department.
        2 area: PCode,
        /// At which site of ours.
        3 site: Option<SiteId>,
        /// What came of it.
        4 harm: Harm,
        /// From whom it is known.
        5 source: IncidentSource,
        /// How far it is to be believed.
        6 credibility: Credibility,
    }
    /// More is known of an incident.
    IncidentUpdated {
        /// The incident.
        0 incident: IncidentId,
        /// What came of it.
        1 harm: Harm,
        /// How far it is to be believed.
        2 credibility: Credibility,
    }
    /// An incident is over.
    IncidentClosed {
        /// The incident.
        0 incident: IncidentId,
    }
    /// Whether a site or a road can be reached, and until when that holds.
    AccessStated {
        /// The place or road; what is said later of the same has the same id.
        0 access: AccessId,
        /// The site.
        1 site: Option<SiteId>,
        /// The road, as people call it.
        2 road: Option<String>,
        /// The department.
        3 area: PCode,
        /// How it stands.
        4 status: AccessStatus,
        /// Until when that holds.
        5 until: Moment,
    }
    /// People of ours cannot leave a place. Who they are is sealed.
    TeamConfined {
        /// The team.
        0 team: TeamId,
        /// How many.
        1 people: u32,
        /// In which department.
        2 area: PCode,
        /// At which site.
        3 site: Option<SiteId>,
    }
    /// They could leave.
    TeamFreed {
        /// The team.
        0 team: TeamId,
    }
    /// The public is told something in words. They are for everybody, so they name nobody whom the
    /// operation receives.
    NoticePublished {
        /// The notice.
        0 notice: NoticeId,
        /// Its words, each language once.
        1 texts: Vec<NoticeText>,
        /// Who read it beside the author, and approved.
        2 approved_by: UserId,
    }
    /// A notice no longer holds. What was told stays on record.
    NoticeWithdrawn {
        /// The notice.
        0 notice: NoticeId,
    }
    /// Somebody was told of safe, orderly and humane pathways. Of which kind, where one was named, is
    /// sealed.
    PathwayTold {
        /// The pathway that may come of it.
        0 pathway: PathwayId,
        /// The person.
        1 person: PersonId,
        /// By whom.
        2 by: PathwaySource,
    }
    /// A pathway of somebody was opened. Which one is sealed.
    PathwayOpened {
        /// The pathway.
        0 pathway: PathwayId,
        /// The person.
        1 person: PersonId,
    }
    /// Something was said of a step. Which step, and what, is sealed.
    PathwayStepSaid {
        /// The pathway.
        0 pathway: PathwayId,
    }
    /// A pathway came to an end.
    PathwayClosed {
        /// The pathway.
        0 pathway: PathwayId,
        /// What it came to.
        1 outcome: PathwayOutcome,
    }
    /// Of the values that stand in a field, somebody chose one. It stands for itself from then on, in
    /// place of all that this was made upon.
    ValueChosen {
        /// The word of the field.
        0 field: String,
        /// Where what was chosen stands in the log.
        1 chosen: crate::Order,
    }
}
