//! What a rule needs to know, and no more. The register answers from its tables, [`Memory`] from
//! plain maps; both are tested against each other.
//!
//! [`Memory`]: crate::Memory

use uuid::Uuid;

use crate::{
    Advice, AdviceId, Arrival, ArrivalId, Booklet, BookletId, Bytes, CardCode, DefinedBasis,
    Document, Edition, EditionId, Family, FamilyId, Feedback, FeedbackId, Field, Figure, FigureId,
    Incident, IncidentId, Item, ItemCode, LegalBasis, Line, LineId, Link, LinkId, Matter, MatterId,
    Moment, Movement, MovementId, NodeKey, Notice, NoticeId, Office, OfficeId, OperationId, Order,
    Package, Pathway, PathwayId, Period, Person, PersonId, Recovery, RecoveryId, Referral,
    ReferralId, Role, Service, ServiceId, Site, SiteId, Team, TeamId, TransferId, User, UserId,
    Waybill, WaybillId,
};

/// The register could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the register could not be read: {0}")]
pub struct LookupFailed(pub String);

/// An answer of the register.
pub type Answer<T> = Result<T, LookupFailed>;

/// An item somebody received before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Past {
    /// When.
    pub at: Moment,
    /// On which arrival.
    pub arrival: ArrivalId,
}

/// What is known when a command is decided.
#[allow(
    missing_docs,
    reason = "each question is its own documentation; special cases are noted"
)]
pub trait Known {
    fn operation(&self) -> Answer<Option<OperationId>>;
    fn site(&self, id: SiteId) -> Answer<Option<Site>>;
    fn user(&self, id: UserId) -> Answer<Option<User>>;
    /// Who signs in with this name.
    fn user_by_login(&self, login: &str) -> Answer<Option<UserId>>;
    /// How many active users may administer.
    fn administrators(&self) -> Answer<u32>;
    /// How many active users are of this role.
    fn active_of_role(&self, role: Role) -> Answer<u32>;
    fn item(&self, code: &ItemCode) -> Answer<Option<Item>>;
    fn package(&self) -> Answer<Package>;
    /// The public key to which notes for a role are sealed.
    fn role_key(&self, role: Role) -> Answer<Option<Bytes>>;

    fn movement(&self, id: MovementId) -> Answer<Option<Movement>>;
    /// Movements not cancelled that bear this designator, compared without case and spaces.
    fn movements_named(&self, designator: &str) -> Answer<Vec<Movement>>;
    /// Every line of a movement's manifest, removed ones too.
    fn lines(&self, movement: MovementId) -> Answer<Vec<Line>>;
    fn line(&self, id: LineId) -> Answer<Option<Line>>;
    /// Movements not cancelled on whose manifest a document with this number stands.
    fn listed_with(&self, document: &Document) -> Answer<Vec<MovementId>>;

    fn arrival(&self, id: ArrivalId) -> Answer<Option<Arrival>>;
    /// How many people of a movement were met and are not registered.
    fn unregistered(&self, movement: MovementId) -> Answer<u32>;
    /// The highest queue number given at a site within a span: from, inclusive, to, exclusive.
    fn last_queue_number(&self, site: SiteId, span: (Moment, Moment)) -> Answer<u32>;
    /// Somebody was ever met with this card, by mistake too.
    fn card_taken(&self, card: &CardCode) -> Answer<bool>;
    /// Somebody was met with this card, and it was not a mistake.
    fn card_held(&self, card: &CardCode) -> Answer<bool>;

    fn person(&self, id: PersonId) -> Answer<Option<Person>>;
    /// The records that people linked, over any number of links, with this one; itself included.
    fn same_person(&self, id: PersonId) -> Answer<Vec<PersonId>>;
    fn arrivals_of(&self, person: PersonId) -> Answer<Vec<ArrivalId>>;
    /// Cards withdrawn as a mistake, on which the person had been registered.
    fn withdrawn_of(&self, person: PersonId) -> Answer<Vec<ArrivalId>>;
    /// Who holds a document with this number.
    fn holders(&self, document: &Document) -> Answer<Vec<PersonId>>;
    fn link(&self, id: LinkId) -> Answer<Option<Link>>;
    fn family(&self, id: FamilyId) -> Answer<Option<Family>>;
    fn family_of(&self, person: PersonId) -> Answer<Option<FamilyId>>;
    /// What any of these people received of an item since an instant, oldest first.
    fn received(&self, persons: &[PersonId], item: &ItemCode, since: Moment) -> Answer<Vec<Past>>;

    fn service(&self, id: ServiceId) -> Answer<Option<Service>>;
    fn referral(&self, id: ReferralId) -> Answer<Option<Referral>>;
    /// The referrals of a person, the oldest first.
    fn referrals_of(&self, person: PersonId) -> Answer<Vec<Referral>>;
    fn feedback(&self, id: FeedbackId) -> Answer<Option<Feedback>>;
    fn edition(&self, id: EditionId) -> Answer<Option<Edition>>;
    /// A notice.
    fn notice(&self, id: NoticeId) -> Answer<Option<Notice>>;
    /// The edition of a period; of several, as two nodes apart may publish, the first published.
    fn edition_of(&self, period: Period) -> Answer<Option<EditionId>>;
    /// How many editions there are.
    fn editions_published(&self) -> Answer<u32>;
    /// A legal basis that the operation added to the list.
    fn legal_basis(&self, code: &LegalBasis) -> Answer<Option<DefinedBasis>>;
    fn figure(&self, id: FigureId) -> Answer<Option<Figure>>;
    /// The figure of this code that was not withdrawn.
    fn figure_coded(&self, code: &str) -> Answer<Option<FigureId>>;
    /// A pathway.
    fn pathway(&self, id: PathwayId) -> Answer<Option<Pathway>>;
    /// The pathways of a person's record.
    fn pathways_of(&self, person: PersonId) -> Answer<Vec<Pathway>>;
    fn incident(&self, id: IncidentId) -> Answer<Option<Incident>>;
    fn team(&self, id: TeamId) -> Answer<Option<Team>>;
    fn office(&self, id: OfficeId) -> Answer<Option<Office>>;
    /// The key somebody's statements are signed with: the newest they made.
    fn author_key(&self, user: UserId) -> Answer<Option<Bytes>>;
    fn advice(&self, id: AdviceId) -> Answer<Option<Advice>>;
    fn matter(&self, id: MatterId) -> Answer<Option<Matter>>;
    fn booklet(&self, id: BookletId) -> Answer<Option<Booklet>>;
    /// The booklet in which a card was printed.
    fn booklet_with(&self, card: &CardCode) -> Answer<Option<BookletId>>;
    /// The highest number of a booklet of a site; 0 where there is none.
    fn last_booklet_number(&self, site: SiteId) -> Answer<u32>;

    fn waybill(&self, id: WaybillId) -> Answer<Option<Waybill>>;
    /// A waybill of this number, compared without case and spaces.
    fn waybill_numbered(&self, number: &str) -> Answer<Option<WaybillId>>;
    /// How much of an item is in the store of a node at a site, by the book.
    fn stock(&self, site: SiteId, node: NodeKey, item: &ItemCode) -> Answer<i64>;

    /// What stands in a field, where more than one value does: where each is in the log, in total order.
    fn conflict(&self, about: Uuid, field: Field) -> Answer<Vec<Order>>;

    /// Nodes whose backups this node was restored from, each with the last position of the backup.
    fn restored_from(&self, node: NodeKey) -> Answer<Vec<(NodeKey, u64)>>;
    /// The nodes that claimed the rights of a node, the first claim first. Only the first counts.
    fn claimants(&self, node: NodeKey) -> Answer<Vec<NodeKey>>;
    /// The lost nodes whose rights this one recovered, the first to do so or not.
    fn recovered_by(&self, node: NodeKey) -> Answer<Vec<NodeKey>>;
    /// Whether the root key admitted this node, as far as is known here.
    fn admitted(&self, node: NodeKey) -> Answer<bool>;
    /// Up to which position the log of a node is known here; 0 where nothing of it is.
    fn log_end(&self, node: NodeKey) -> Answer<u64>;
    /// Whether anything a node wrote stands on a branch of its log: it forked, or went on after it was sent
    /// away. Then its log may end earlier than somebody knew it.
    fn has_branches(&self, node: NodeKey) -> Answer<bool>;
    /// The people of a movement who were met and not by mistake, in the order of the queue.
    fn arrivals_by(&self, movement: MovementId) -> Answer<Vec<ArrivalId>>;
    /// The arrivals of which a release has rights that wait for an answer.
    fn passing(&self, transfer: TransferId) -> Answer<Vec<ArrivalId>>;
    fn recovery(&self, id: RecoveryId) -> Answer<Option<Recovery>>;
    /// Every announcement that this node is lost.
    fn recoveries_of(&self, node: NodeKey) -> Answer<Vec<Recovery>>;
    /// How long is waited at least before rights are recovered, in days.
    fn waiting_days_min(&self) -> Answer<u32>;
}
