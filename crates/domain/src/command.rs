//! What people ask for. A command says what somebody wants; [`decide`](crate::decide) says whether
//! it may be and what then has happened.

use uuid::Uuid;

use crate::{
    AccessId, AccessStatus, AccountId, AccountWithdrawal, ActOfGiving, AdviceId, AdviceOutcome,
    ArrivalId, BookletId, CallResult, CardCode, CardVoidReason, Consent, Contact, Country,
    Credibility, Day, DefinedBasis, DifferenceReason, EditionId, EditionTable, EntitlementId,
    Extent, FamilyId, FeedbackId, Field, FigureId, FigureWithdrawal, Harm, ImportId, IncidentId,
    IncidentKind, IncidentSource, Item, ItemCode, LanguageCode, LegalBasis, LineId, LinkId,
    ListedPerson, LossReason, MatterId, Misconduct, Moment, MovementId, MovementKind, NodeKey,
    NoticeId, NoticeText, OfficeId, OperationId, Order, OverlapDecision, PCode, Package,
    Particulars, PathwayId, PathwayKind, PathwayOutcome, PathwaySource, Period, Permission,
    PersonId, PlacesOf, Point, Priority, Quantity, Reachability, RecoveryId, ReferralId,
    ReferralOutcome, RelationCode, Released, Role, Screened, ScreenedCounts, Screening, ServiceId,
    ServiceKind, SiteId, SiteKind, Staff, StatedFigure, StatementId, StatementKind, StepState,
    StocktakeId, SubjectId, TeamId, Told, TransferId, UserId, Voice, VoidReason, WaybillId,
    WaybillLine,
};

/// What somebody asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(
    missing_docs,
    reason = "fields are named as in the events, where each is documented"
)]
pub enum Command {
    /// Begin an operation; only the first command of all may.
    FoundOperation {
        operation: OperationId,
        name: String,
        root_signing: Vec<u8>,
        root_recovery: Vec<u8>,
        languages: Vec<LanguageCode>,
    },
    /// Record that the root key admitted this node.
    AdmitNode { node: NodeKey, certificate: Vec<u8> },
    /// Record that this node was made from a backup.
    RecordRestore {
        old_node: NodeKey,
        last_position: u64,
    },
    /// Take over the rights of the node of the backup, by two persons.
    ClaimNode {
        old_node: NodeKey,
        last_position: u64,
        certificate: Vec<u8>,
        second: UserId,
    },
    /// Open a site, or change what is known of it.
    OpenSite {
        site: SiteId,
        name: String,
        kind: SiteKind,
        country: Country,
        area: Option<PCode>,
        port_code: Option<String>,
        capacity: Option<u32>,
        time_zone: String,
        day_closes_min: u16,
    },
    /// Let somebody work with Akèy.
    AdmitUser {
        user: UserId,
        roles: Vec<Role>,
        staff: Staff,
    },
    /// Change roles, or end somebody's access.
    ChangeUser {
        user: UserId,
        roles: Vec<Role>,
        active: bool,
    },
    /// Publish the key to which notes for a role are sealed.
    MakeRoleKey { role: Role, public_key: Vec<u8> },
    /// Record that a role's key was given to somebody with the root key.
    RecoverRoleKey { role: Role, user: UserId },
    /// Define an item.
    DefineItem { item: Item },
    /// Define what arrivals are entitled to.
    DefinePackage { package: Package },

    /// Announce a movement.
    AnnounceMovement {
        movement: MovementId,
        kind: MovementKind,
        designator: String,
        origin: SiteId,
        destination: SiteId,
        expected: Moment,
        legal_basis: LegalBasis,
        announced: u32,
        screened_before: Screened,
    },
    /// It left.
    DepartMovement { movement: MovementId },
    /// It arrived with so many people.
    LandMovement {
        movement: MovementId,
        headcount: u32,
    },
    /// People were counted again.
    CorrectHeadcount {
        movement: MovementId,
        headcount: u32,
        reason: String,
    },
    /// It goes somewhere else.
    DivertMovement {
        movement: MovementId,
        destination: SiteId,
        expected: Moment,
    },
    /// It does not take place.
    CancelMovement {
        movement: MovementId,
        reason: String,
    },
    /// Everybody was served; who is still listed did not come.
    CloseMovement { movement: MovementId },
    /// Somebody came after all.
    ReopenMovement { movement: MovementId },
    /// Take in a manifest: new, corrected, or only what changes in it.
    ImportManifest(Box<Importing>),
    /// Somebody on the list did not come.
    MarkNoShow { line: LineId },
    /// Erase the data of somebody on the list who was not registered from it.
    EraseLine { line: LineId },

    /// Give numbers and cards to people who are here, before any form.
    Meet {
        movement: MovementId,
        meetings: Vec<Meeting>,
    },
    /// Call somebody first.
    Flag {
        arrival: ArrivalId,
        priority: Priority,
    },
    /// Put somebody on record.
    Register(Box<Registering>),
    /// Correct particulars.
    CorrectPerson {
        person: PersonId,
        particulars: Box<Particulars>,
        reason: String,
        document_shared: bool,
    },
    /// Destroy a person's data.
    ErasePerson { person: PersonId },
    /// Two records are one person.
    LinkPersons {
        link: LinkId,
        first: PersonId,
        second: PersonId,
    },
    /// They are not, after all.
    UnlinkPersons { link: LinkId, reason: String },
    /// Put somebody into a family; a new one where it is not known yet.
    JoinFamily {
        family: FamilyId,
        person: PersonId,
        relation: RelationCode,
    },
    /// Take somebody out of a family.
    LeaveFamily { family: FamilyId, person: PersonId },
    /// The registration belongs to another line of the manifest, or to none.
    CorrectRegistration {
        arrival: ArrivalId,
        line: Option<LineId>,
    },
    /// Record the answers of a screening, and a note for the protection role.
    Screen {
        arrival: ArrivalId,
        screening: Screening,
        note: Option<String>,
    },
    /// Write a note for the protection role.
    NoteProtection { arrival: ArrivalId, note: String },

    /// Grant an item beyond the package.
    Grant {
        arrival: ArrivalId,
        item: ItemCode,
        quantity: Quantity,
        reason: String,
    },
    /// Decide that a limit does not hold here.
    WaiveLimit {
        arrival: ArrivalId,
        entitlement: EntitlementId,
        reason: String,
    },
    /// Give an item.
    Redeem {
        arrival: ArrivalId,
        entitlement: EntitlementId,
        card_checked: bool,
    },
    /// Void what was recorded as given.
    Void {
        arrival: ArrivalId,
        entitlement: EntitlementId,
        reason: VoidReason,
    },
    /// The person leaves.
    Leave { arrival: ArrivalId },
    /// Take back an arrival that was met or registered by mistake, before anything was given on it.
    WithdrawArrival { arrival: ArrivalId, reason: String },

    /// Release rights that this node holds to another node; nobody uses them until it answers.
    ReleaseRights {
        transfer: TransferId,
        of: Released,
        to: NodeKey,
        site: SiteId,
    },
    /// Take the rights that were released to this node.
    AcceptRights { transfer: TransferId },
    /// Leave them with who released them.
    DeclineRights { transfer: TransferId },
    /// Decide about something that was given more often than it was to be.
    DecideOverlap {
        arrival: ArrivalId,
        entitlement: EntitlementId,
        act: ActOfGiving,
        decision: OverlapDecision,
        reason: String,
    },
    /// Say that a node is lost for good, and which node is to take over its rights.
    AnnounceLost {
        recovery: RecoveryId,
        node: NodeKey,
        heir: NodeKey,
        waiting_days: Option<u32>,
        why: LossReason,
    },
    /// It is not lost after all, or its rights are not to be taken over.
    CallOffRecovery { recovery: RecoveryId },
    /// Record that this node, which is to take over, heard of it. The node asks this of itself.
    HearOfLoss { recovery: RecoveryId },
    /// Confirm it after the waiting period, on the node that takes over.
    ConfirmRecovery { recovery: RecoveryId },
    /// Set how long is waited at least.
    SetRecoveryRules { waiting_days_min: u32 },

    /// Send goods, or record that a supplier did.
    SendWaybill {
        waybill: WaybillId,
        number: String,
        origin: Option<SiteId>,
        destination: SiteId,
        to: Option<NodeKey>,
        lines: Vec<WaybillLine>,
    },
    /// Receive them.
    ReceiveWaybill {
        waybill: WaybillId,
        lines: Vec<WaybillLine>,
        difference: Option<DifferenceReason>,
    },
    /// Count the shelves.
    CountStock {
        stocktake: StocktakeId,
        site: SiteId,
        counts: Vec<WaybillLine>,
        difference: Option<DifferenceReason>,
    },
    /// Count the shelves and the cash box with a second person, who signs too.
    CountTogether {
        stocktake: StocktakeId,
        site: SiteId,
        counts: Vec<WaybillLine>,
        difference: Option<DifferenceReason>,
        second: UserId,
    },

    /// Put a service into the directory, or change what is known of it.
    ListService {
        service: ServiceId,
        name: String,
        kind: ServiceKind,
        languages: Vec<String>,
        active: bool,
        contact: Contact,
    },
    /// Record what a service says of its room and of how it can be reached.
    StateService {
        service: ServiceId,
        places: Option<u32>,
        places_of: PlacesOf,
        reachable: Reachability,
        until: Option<Moment>,
        open_days: Vec<u8>,
    },
    /// Refer somebody to a service.
    Refer(Box<Referring>),
    /// Somebody asked what became of a referral, and will again.
    FollowUpReferral {
        referral: ReferralId,
        due: Moment,
        note: Option<String>,
        reached: Option<CallResult>,
    },
    /// A referral came to something.
    AnswerReferral {
        referral: ReferralId,
        outcome: ReferralOutcome,
        due: Option<Moment>,
        note: Option<String>,
    },

    /// Record what somebody told us.
    RecordFeedback { feedback: FeedbackId, voice: Voice },
    /// Record what is said about somebody who works here.
    ReportMisconduct {
        feedback: FeedbackId,
        misconduct: Misconduct,
    },
    /// Answer it, or write what was done about it.
    AnswerFeedback { feedback: FeedbackId, text: String },
    /// Nothing more is to be done about it.
    CloseFeedback { feedback: FeedbackId },
    /// Destroy what was said and answered, because whoever said it asks for that.
    EraseFeedback { feedback: FeedbackId },

    /// Set codes aside for cards printed ahead.
    PrintBooklet { booklet: BookletId, cards: u32 },
    /// A card of a booklet is not to be used.
    VoidCard {
        booklet: BookletId,
        card: CardCode,
        reason: CardVoidReason,
    },
    /// A booklet came back.
    ReturnBooklet { booklet: BookletId, torn_out: u32 },
    /// Somebody was met with a card of a booklet; it is entered later.
    MeetOnPaper {
        arrival: ArrivalId,
        movement: MovementId,
        card: CardCode,
        written_by: UserId,
    },

    /// Tell the public about days or months, each once and for good. `known` is how many editions
    /// whoever computed these knew of: hiding a number takes account of what is out already.
    /// Somebody else looked at them too, and approves.
    PublishEditions {
        editions: Vec<NewEdition>,
        known: u32,
        second: UserId,
    },

    /// Report something dangerous.
    ReportIncident {
        incident: IncidentId,
        kind: IncidentKind,
        area: PCode,
        site: Option<SiteId>,
        harm: Harm,
        source: IncidentSource,
        credibility: Credibility,
        text: Option<String>,
    },
    /// More is known of it.
    UpdateIncident {
        incident: IncidentId,
        harm: Harm,
        credibility: Credibility,
        text: Option<String>,
    },
    /// It is over.
    CloseIncident { incident: IncidentId },
    /// Say whether a site or a road can be reached, and until when that holds.
    StateAccess {
        access: AccessId,
        site: Option<SiteId>,
        road: Option<String>,
        area: PCode,
        status: AccessStatus,
        until: Moment,
    },
    /// People of ours cannot leave a place.
    ConfineTeam {
        team: TeamId,
        people: u32,
        area: PCode,
        site: Option<SiteId>,
        text: Option<String>,
    },
    /// They could leave.
    FreeTeam { team: TeamId },

    /// Say which office can be asked, and who answers for it.
    DefineOffice {
        office: OfficeId,
        name: String,
        members: Vec<UserId>,
        active: bool,
    },
    /// One's own statements are signed with this key from now on.
    MakeAuthorKey { public_key: Vec<u8> },
    /// Register a signed statement.
    RegisterStatement(Box<Stating>),
    /// One's own recommendation no longer stands.
    WithdrawAdvice { advice: AdviceId },

    /// Say how many people of a movement were screened before.
    StateScreening {
        movement: MovementId,
        counts: ScreenedCounts,
    },
    /// Add a legal basis to the list, or change it.
    DefineLegalBasis { basis: DefinedBasis },

    /// Put figures on record as they were stated.
    StateFigures { figures: Vec<NewFigure> },
    /// A figure was entered wrongly.
    WithdrawFigure {
        figure: FigureId,
        reason: FigureWithdrawal,
    },
    /// There is more than one account of something.
    OpenMatter {
        matter: MatterId,
        title: String,
        day: Option<Day>,
    },
    /// Record what somebody says happened.
    RecordAccount {
        matter: MatterId,
        account: AccountId,
        told: Told,
    },
    /// An account was entered wrongly.
    WithdrawAccount {
        matter: MatterId,
        account: AccountId,
        reason: AccountWithdrawal,
    },
    /// Mark what the accounts agree on, and where they differ.
    MarkMatter {
        matter: MatterId,
        points: Vec<Point>,
    },

    /// Tell the public something in words; somebody else read it too, and approves.
    PublishNotice {
        notice: NoticeId,
        texts: Vec<NoticeText>,
        second: UserId,
    },
    /// Say that a notice no longer holds. One is enough: what is wrong should not wait for a second.
    WithdrawNotice { notice: NoticeId },

    /// Record that somebody was told of safe, orderly and humane pathways: of which kind, or of pathways
    /// in general.
    TellPathway {
        pathway: PathwayId,
        person: PersonId,
        by: PathwaySource,
        kind: Option<PathwayKind>,
    },
    /// Open a pathway for somebody: one they were told of, or a new one.
    OpenPathway {
        pathway: PathwayId,
        person: PersonId,
        kind: PathwayKind,
    },
    /// Say how a step stands.
    SayPathwayStep { pathway: PathwayId, said: StepState },
    /// Say what a pathway came to.
    ClosePathway {
        pathway: PathwayId,
        outcome: PathwayOutcome,
    },

    /// Of the values that stand in a field, let one stand.
    Choose(Box<Choosing>),
    /// Edit something, having seen what stands there.
    EditUpon(Box<Edit>),
}

/// A value to be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choosing {
    /// What it is about.
    pub about: Uuid,
    /// The field in conflict.
    pub field: Field,
    /// The entry that is to stand.
    pub chosen: Order,
    /// Every entry that whoever chooses saw.
    pub seen: Vec<Order>,
}

/// An edit by somebody who was shown what stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The entries they were shown.
    pub seen: Vec<Order>,
    /// What they ask for.
    pub command: Command,
}

/// A signed statement to be registered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stating {
    /// The recommendation it belongs to; a new id begins one.
    pub advice: AdviceId,
    /// The id of the statement, made by whoever asks.
    pub statement: StatementId,
    /// What it is.
    pub kind: StatementKind,
    /// The signed statement.
    pub bytes: Vec<u8>,
    /// What a dissent or a report is about.
    pub about: Option<SubjectId>,
    /// The offices asked.
    pub offices: Vec<OfficeId>,
    /// By when.
    pub due: Option<Day>,
    /// The office that answers.
    pub office: Option<OfficeId>,
    /// What it decided.
    pub outcome: Option<AdviceOutcome>,
    /// The statement it is a new version of, or answers.
    pub refers_to: Option<StatementId>,
    /// Who looked at a report too, and approves.
    pub second: Option<UserId>,
}

/// A figure to be put on record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewFigure {
    /// The id of the figure, made by whoever asks.
    pub id: FigureId,
    /// What was stated.
    pub stated: StatedFigure,
    /// The figure it stands in place of, because that one was typed wrongly.
    pub replaces: Option<FigureId>,
}

/// An edition to be published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEdition {
    /// The id of the edition, made by whoever asks.
    pub id: EditionId,
    /// What it is about.
    pub period: Period,
    /// The sites it counts.
    pub sites: Vec<SiteId>,
    /// Up to when what was recorded is in it.
    pub cut_off: Moment,
    /// Which plan of tables it follows.
    pub plan: u16,
    /// Where the log ended that it was counted from.
    pub log_end: String,
    /// What it shows.
    pub tables: Vec<EditionTable>,
    /// Every number, those not shown included, in the order of the rows of all tables.
    pub basis: Vec<u64>,
}

/// Somebody to be referred.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Referring {
    /// The id of the referral, made by whoever asks.
    pub referral: ReferralId,
    /// The person.
    pub person: PersonId,
    /// To which service.
    pub service: ServiceId,
    /// Who agreed.
    pub consent: Consent,
    /// Why without consent.
    pub reason: Option<String>,
    /// What the person needs there.
    pub need: Option<String>,
    /// When somebody is to ask what became of it.
    pub due: Moment,
}

/// One person to be met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meeting {
    /// The id of the arrival, made by whoever asks, so that asking twice meets once.
    pub arrival: ArrivalId,
    /// Why they are called first.
    pub priority: Option<Priority>,
}

/// A manifest to be taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Importing {
    /// The import, so that asking twice imports once.
    pub import: ImportId,
    /// Whose manifest it is.
    pub movement: MovementId,
    /// Whom the file names.
    pub people: Vec<ListedPerson>,
    /// How much of the list they are.
    pub extent: Extent,
    /// Rows that could not be read.
    pub refused: u32,
    /// What whoever imports looked at.
    pub confirmed: Confirmed,
}

/// What somebody said after looking, where Akèy cannot tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Confirmed {
    /// The file is meant for this movement, although most of its people are on another's manifest.
    pub elsewhere: bool,
    /// Most people of the list are to come off it.
    pub replaces: bool,
    /// Nobody whose data was erased is in it.
    pub nobody_erased: bool,
}

/// Somebody to be put on record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Registering {
    /// The arrival; when it is not known yet, the person is met at the same time.
    pub arrival: ArrivalId,
    /// The movement they came by.
    pub movement: MovementId,
    /// Who they are.
    pub whose: Whose,
    /// Where on the manifest; none for somebody unlisted.
    pub line: Option<LineId>,
    /// They were told what is kept about them, and why.
    pub informed: bool,
    /// Somebody looked at the other person with this document and it is another one.
    pub document_shared: bool,
}

/// Who somebody is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whose {
    /// Not on record before.
    New {
        /// The id of the person, made by whoever asks.
        person: PersonId,
        /// Who they are.
        particulars: Box<Particulars>,
    },
    /// On record, returned again.
    Known(PersonId),
    /// They prefer not to say.
    Declined {
        /// The id of the person, made by whoever asks.
        person: PersonId,
    },
}

impl Whose {
    /// The person.
    pub const fn person(&self) -> PersonId {
        match self {
            Self::New { person, .. } | Self::Known(person) | Self::Declined { person } => *person,
        }
    }
}

impl Command {
    /// What somebody must be allowed to do to ask for this. Giving money needs another permission
    /// than giving goods, and answering or erasing what is said about staff another than feedback;
    /// that is decided where the item, or the feedback, is known.
    pub fn permission(&self) -> Permission {
        match self {
            Self::Choose(choosing) => choosing.field.permission(),
            Self::EditUpon(edit) => edit.command.permission(),
            Self::FoundOperation { .. }
            | Self::AdmitNode { .. }
            | Self::RecordRestore { .. }
            | Self::ClaimNode { .. }
            | Self::OpenSite { .. }
            | Self::AdmitUser { .. }
            | Self::ChangeUser { .. }
            | Self::MakeRoleKey { .. }
            | Self::RecoverRoleKey { .. }
            | Self::DefineItem { .. }
            | Self::DefinePackage { .. }
            | Self::DefineLegalBasis { .. }
            | Self::DefineOffice { .. }
            | Self::AnnounceLost { .. }
            | Self::CallOffRecovery { .. }
            | Self::HearOfLoss { .. }
            | Self::ConfirmRecovery { .. }
            | Self::SetRecoveryRules { .. } => Permission::Administer,
            Self::AnnounceMovement { .. }
            | Self::DepartMovement { .. }
            | Self::LandMovement { .. }
            | Self::CorrectHeadcount { .. }
            | Self::DivertMovement { .. }
            | Self::CancelMovement { .. }
            | Self::CloseMovement { .. }
            | Self::ReopenMovement { .. }
            | Self::StateScreening { .. }
            | Self::ReleaseRights { .. }
            | Self::ImportManifest(_) => Permission::ManageMovements,
            Self::MarkNoShow { .. }
            | Self::Meet { .. }
            | Self::Flag { .. }
            | Self::Register(_)
            | Self::CorrectRegistration { .. }
            | Self::CorrectPerson { .. }
            | Self::JoinFamily { .. }
            | Self::LeaveFamily { .. }
            | Self::Leave { .. } => Permission::Register,
            Self::ErasePerson { .. } | Self::EraseLine { .. } | Self::EraseFeedback { .. } => {
                Permission::Erase
            }
            Self::LinkPersons { .. } | Self::UnlinkPersons { .. } => Permission::Link,
            Self::Screen { .. } => Permission::Screen,
            Self::NoteProtection { .. } => Permission::Protect,
            Self::Grant { .. }
            | Self::WaiveLimit { .. }
            | Self::Void { .. }
            | Self::DecideOverlap { .. }
            | Self::WithdrawArrival { .. } => Permission::DecideExceptions,
            Self::Redeem { .. } | Self::AcceptRights { .. } | Self::DeclineRights { .. } => {
                Permission::Give
            }
            Self::SendWaybill { .. }
            | Self::ReceiveWaybill { .. }
            | Self::CountStock { .. }
            | Self::CountTogether { .. } => Permission::ManageStock,
            Self::ListService { .. } | Self::StateService { .. } => Permission::KeepDirectory,
            Self::TellPathway { .. }
            | Self::OpenPathway { .. }
            | Self::SayPathwayStep { .. }
            | Self::ClosePathway { .. }
            | Self::Refer(_)
            | Self::FollowUpReferral { .. }
            | Self::AnswerReferral { .. } => Permission::Refer,
            Self::RecordFeedback { .. } | Self::ReportMisconduct { .. } => Permission::SpeakUp,
            Self::AnswerFeedback { .. } | Self::CloseFeedback { .. } => Permission::AnswerFeedback,
            Self::PrintBooklet { .. }
            | Self::VoidCard { .. }
            | Self::ReturnBooklet { .. }
            | Self::MeetOnPaper { .. } => Permission::KeepPaper,
            Self::ReportIncident { .. }
            | Self::UpdateIncident { .. }
            | Self::CloseIncident { .. }
            | Self::StateAccess { .. }
            | Self::ConfineTeam { .. }
            | Self::FreeTeam { .. } => Permission::Warn,
            Self::MakeAuthorKey { .. }
            | Self::RegisterStatement(_)
            | Self::WithdrawAdvice { .. } => Permission::Advise,
            Self::StateFigures { .. }
            | Self::WithdrawFigure { .. }
            | Self::OpenMatter { .. }
            | Self::RecordAccount { .. }
            | Self::WithdrawAccount { .. }
            | Self::MarkMatter { .. } => Permission::KeepFigures,
            Self::PublishEditions { .. }
            | Self::PublishNotice { .. }
            | Self::WithdrawNotice { .. } => Permission::Publish,
        }
    }

    /// Who decides or counts together with whoever asks, where it takes two. That it was them is for
    /// the node to see to, where people sign in.
    pub fn second(&self) -> Option<UserId> {
        match self {
            Self::ClaimNode { second, .. }
            | Self::CountTogether { second, .. }
            | Self::PublishEditions { second, .. }
            | Self::PublishNotice { second, .. } => Some(*second),
            Self::RegisterStatement(stating) => stating.second,
            Self::EditUpon(edit) => edit.command.second(),
            _ => None,
        }
    }
}
