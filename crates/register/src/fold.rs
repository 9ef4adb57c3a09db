//! From events to rows. Each event goes to the shelf of its aggregate's kind and to the rows that
//! stand alone; when the shelves are full, or the events are at an end, what changed is written and
//! what hangs between aggregates is worked out again.

mod across;
mod arrival;
mod booklet;
mod conflict;
mod edition;
mod feedback;
mod giving;
mod kin;
mod line;
mod movement;
mod packing;
mod person;
mod referral;
mod right;
mod setup;
mod shelf;
mod single;
mod store;
mod user;
mod waybill;
mod whole;

use std::collections::BTreeMap;

use domain::{
    About, Access, Advice, Booklet, Edition, Event, Family, Feedback, Field, Figure, Incident,
    Link, Matter, NodeKey, Notice, Office, Pathway, PersonId, Recorded, Recovery, Referral,
    Service, Team, User, Waybill,
};
use rusqlite::params;
use uuid::Uuid;

pub(crate) use across::age_group_number;
pub(crate) use arrival::{ArrivalState, priority};
pub(crate) use conflict::table as conflict_table;
pub(crate) use edition::{EDITION_COLUMNS, read_edition};
pub(crate) use feedback::{FEEDBACK_COLUMNS, read_feedback};
pub(crate) use kin::{LINK_COLUMNS, read_link};
pub(crate) use line::LineState;
pub(crate) use movement::{MOVEMENT_COLUMNS, MovementState, read_movement};
pub(crate) use person::{PersonState, words};
pub(crate) use referral::{REFERRAL_COLUMNS, SERVICE_COLUMNS, read_referral, read_service};
pub(crate) use right::{standing, standing_number};
pub(crate) use shelf::Aggregate;
pub(crate) use store::{Place, Store};
pub(crate) use user::{USER_COLUMNS, read_user};
pub(crate) use waybill::{WAYBILL_COLUMNS, read_waybill};

use across::Touched;
use setup::Setup;
use shelf::Shelf;

use crate::columns::{all, one};
use crate::{EventSource, Register, Result, schema};

/// Aggregates kept at hand while many events are folded: some tens of megabytes, a day of a site.
const AT_HAND_MAX: usize = 20_000;

impl Register<'_> {
    /// Folds one event into the rows, in whatever order it comes and however often. Events of one
    /// node's log are handed over in the order of the log; [`Register::position`] then says up to
    /// where it is folded. On a connection without a transaction this is one.
    ///
    /// # Errors
    /// When SQLite or the source fails; then the transaction must be rolled back and the register
    /// made anew, because it may know numbers of nodes that are no longer written.
    pub fn apply(&self, recorded: &Recorded, source: &dyn EventSource) -> Result<()> {
        self.atomically(|| {
            let mut fold = Fold::new(&self.store, source);
            fold.take(recorded)?;
            fold.finish()
        })
    }

    /// Folds many events, as a rebuild does; the same as applying each. Returns how many. On a
    /// connection without a transaction this is one.
    ///
    /// # Errors
    /// As [`Register::apply`], and the first error among the events.
    pub fn fold(
        &self,
        events: impl IntoIterator<Item = Result<Recorded>>,
        source: &dyn EventSource,
    ) -> Result<u64> {
        self.atomically(|| {
            let mut fold = Fold::new(&self.store, source);
            let mut number = 0;
            for recorded in events {
                fold.take(&recorded?)?;
                number += 1;
                if fold.at_hand() >= AT_HAND_MAX {
                    fold.flush()?;
                }
            }
            fold.finish()?;
            Ok(number)
        })
    }

    /// Folds aggregates anew from their events, as when parts of them became readable.
    ///
    /// # Errors
    /// As [`Register::apply`].
    pub fn refold(
        &self,
        aggregates: impl IntoIterator<Item = Uuid>,
        source: &dyn EventSource,
    ) -> Result<()> {
        self.atomically(|| {
            let mut fold = Fold::new(&self.store, source);
            for aggregate in aggregates {
                fold.refold(aggregate)?;
                if fold.at_hand() >= AT_HAND_MAX {
                    fold.flush()?;
                }
            }
            fold.finish()
        })
    }

    /// Up to which position the log of a node is folded.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn position(&self, node: NodeKey) -> Result<Option<u64>> {
        let sql = "SELECT p.position FROM r_position p JOIN r_node n ON n.no = p.node
            WHERE n.key = ?1";
        one(self.store.connection, sql, [node.0], |columns| {
            columns.position()
        })
    }

    /// Up to which position each node's log is folded.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn positions(&self) -> Result<Vec<(NodeKey, u64)>> {
        let sql = "SELECT n.key, p.position FROM r_position p JOIN r_node n ON n.no = p.node
            ORDER BY n.key";
        all(self.store.connection, sql, [], |columns| {
            Ok((columns.key()?, columns.position()?))
        })
    }

    /// Forgets every row and makes the tables anew, before everything is folded again. Make a new
    /// [`Register`] afterwards.
    ///
    /// # Errors
    /// When SQLite fails, as while another statement of this connection is reading.
    pub fn clear(self) -> Result<()> {
        self.atomically(|| schema::remake(self.store.connection))
    }

    /// Within the transaction at hand, or one of its own.
    fn atomically<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        if !self.store.connection.is_autocommit() {
            return work();
        }
        let transaction = self.store.connection.unchecked_transaction()?;
        let done = work()?;
        transaction.commit()?;
        Ok(done)
    }
}

/// Folding under way.
struct Fold<'f, 'c> {
    store: &'f Store<'c>,
    source: &'f dyn EventSource,
    users: Shelf<User>,
    movements: Shelf<MovementState>,
    lines: Shelf<LineState>,
    arrivals: Shelf<ArrivalState>,
    persons: Shelf<PersonState>,
    links: Shelf<Link>,
    families: Shelf<Family>,
    waybills: Shelf<Waybill>,
    services: Shelf<Service>,
    referrals: Shelf<Referral>,
    feedback: Shelf<Feedback>,
    booklets: Shelf<Booklet>,
    editions: Shelf<Edition>,
    figures: Shelf<Figure>,
    matters: Shelf<Matter>,
    offices: Shelf<Office>,
    advice: Shelf<Advice>,
    incidents: Shelf<Incident>,
    access: Shelf<Access>,
    teams: Shelf<Team>,
    notices: Shelf<Notice>,
    pathways: Shelf<Pathway>,
    setup: Setup,
    recoveries: Shelf<Recovery>,
    touched: Touched,
    positions: BTreeMap<NodeKey, u64>,
    /// Whether somebody was erased.
    erased: bool,
}

/// The kinds of aggregates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    User,
    Movement,
    Line,
    Arrival,
    Person,
    Link,
    Family,
    Waybill,
    Service,
    Referral,
    Feedback,
    Booklet,
    Edition,
    Access,
    Advice,
    Figure,
    Incident,
    Matter,
    Notice,
    Pathway,
    Office,
    Recovery,
    Team,
}

/// The kind of what a choice is about, where that has a history of its own kind.
fn chosen_in(field: &str) -> Option<Kind> {
    Some(match Field::from_code(field)?.about() {
        About::Person => Kind::Person,
        About::Line => Kind::Line,
        About::Movement => Kind::Movement,
        About::Arrival => Kind::Arrival,
        About::User => Kind::User,
        About::Office => Kind::Office,
        About::Service => Kind::Service,
        About::Referral => Kind::Referral,
        About::Incident => Kind::Incident,
        About::Access => Kind::Access,
        About::Pathway => Kind::Pathway,
        About::Feedback => Kind::Feedback,
        About::Booklet => Kind::Booklet,
        About::Site | About::Item | About::Package | About::LegalBasis => return None,
    })
}

/// The aggregate in whose history an event stands, if it has a history.
#[allow(clippy::too_many_lines, reason = "one arm for each kind of event")]
fn aggregate(recorded: &Recorded) -> Option<(Kind, Uuid)> {
    Some(match &recorded.event {
        Event::ValueChosen(body) => (chosen_in(&body.field)?, recorded.aggregate),
        Event::UserAdmitted(body) => (Kind::User, body.user.0),
        Event::UserChanged(body) => (Kind::User, body.user.0),
        Event::MovementAnnounced(body) => (Kind::Movement, body.movement.0),
        Event::MovementDeparted(body) => (Kind::Movement, body.movement.0),
        Event::MovementLanded(body) => (Kind::Movement, body.movement.0),
        Event::HeadcountCorrected(body) => (Kind::Movement, body.movement.0),
        Event::MovementDiverted(body) => (Kind::Movement, body.movement.0),
        Event::MovementCancelled(body) => (Kind::Movement, body.movement.0),
        Event::MovementClosed(body) => (Kind::Movement, body.movement.0),
        Event::MovementReopened(body) => (Kind::Movement, body.movement.0),
        Event::ScreeningStated(body) => (Kind::Movement, body.movement.0),
        Event::LineListed(body) => (Kind::Line, body.line.0),
        Event::LineChanged(body) => (Kind::Line, body.line.0),
        Event::LineRemoved(body) => (Kind::Line, body.line.0),
        Event::NoShow(body) => (Kind::Line, body.line.0),
        Event::NoShowWithdrawn(body) => (Kind::Line, body.line.0),
        Event::LineErased(body) => (Kind::Line, body.line.0),
        Event::ArrivalMet(body) => (Kind::Arrival, body.arrival.0),
        Event::ArrivalFlagged(body) => (Kind::Arrival, body.arrival.0),
        Event::ArrivalRegistered(body) => (Kind::Arrival, body.arrival.0),
        Event::RegistrationCorrected(body) => (Kind::Arrival, body.arrival.0),
        Event::ArrivalScreened(body) => (Kind::Arrival, body.arrival.0),
        Event::ProtectionNoted(body) => (Kind::Arrival, body.arrival.0),
        Event::ArrivalEntitled(body) => (Kind::Arrival, body.arrival.0),
        Event::EntitlementRedeemed(body) => (Kind::Arrival, body.arrival.0),
        Event::RedemptionVoided(body) => (Kind::Arrival, body.arrival.0),
        Event::LimitWaived(body) => (Kind::Arrival, body.arrival.0),
        Event::RightsReleased(body) => (Kind::Arrival, body.arrival.0),
        Event::RightsAccepted(body) => (Kind::Arrival, body.arrival.0),
        Event::RightsDeclined(body) => (Kind::Arrival, body.arrival.0),
        Event::NodeAnnouncedLost(body) => (Kind::Recovery, body.recovery.0),
        Event::RecoveryCalledOff(body) => (Kind::Recovery, body.recovery.0),
        Event::NodeLossHeard(body) => (Kind::Recovery, body.recovery.0),
        Event::NodeRecovered(body) => (Kind::Recovery, body.recovery.0),
        Event::ArrivalLeft(body) => (Kind::Arrival, body.arrival.0),
        Event::ArrivalWithdrawn(body) => (Kind::Arrival, body.arrival.0),
        Event::PersonRegistered(body) => (Kind::Person, body.person.0),
        Event::PersonCorrected(body) => (Kind::Person, body.person.0),
        Event::PersonErased(body) => (Kind::Person, body.person.0),
        Event::PersonsLinked(body) => (Kind::Link, body.link.0),
        Event::PersonsUnlinked(body) => (Kind::Link, body.link.0),
        Event::FamilyFormed(body) => (Kind::Family, body.family.0),
        Event::FamilyJoined(body) => (Kind::Family, body.family.0),
        Event::FamilyLeft(body) => (Kind::Family, body.family.0),
        Event::WaybillSent(body) => (Kind::Waybill, body.waybill.0),
        Event::WaybillReceived(body) => (Kind::Waybill, body.waybill.0),
        Event::ServiceListed(body) => (Kind::Service, body.service.0),
        Event::ReferralMade(body) => (Kind::Referral, body.referral.0),
        Event::ReferralFollowedUp(body) => (Kind::Referral, body.referral.0),
        Event::ReferralAnswered(body) => (Kind::Referral, body.referral.0),
        Event::FeedbackRecorded(body) => (Kind::Feedback, body.feedback.0),
        Event::FeedbackAnswered(body) => (Kind::Feedback, body.feedback.0),
        Event::FeedbackClosed(body) => (Kind::Feedback, body.feedback.0),
        Event::FeedbackErased(body) => (Kind::Feedback, body.feedback.0),
        Event::BookletPrinted(body) => (Kind::Booklet, body.booklet.0),
        Event::CardVoided(body) => (Kind::Booklet, body.booklet.0),
        Event::BookletReturned(body) => (Kind::Booklet, body.booklet.0),
        Event::EditionPublished(body) => (Kind::Edition, body.edition.0),
        Event::FigureStated(body) => (Kind::Figure, body.figure.0),
        Event::FigureWithdrawn(body) => (Kind::Figure, body.figure.0),
        Event::MatterOpened(body) => (Kind::Matter, body.matter.0),
        Event::AccountRecorded(body) => (Kind::Matter, body.matter.0),
        Event::AccountWithdrawn(body) => (Kind::Matter, body.matter.0),
        Event::MatterMarked(body) => (Kind::Matter, body.matter.0),
        Event::OfficeDefined(body) => (Kind::Office, body.office.0),
        Event::StatementRegistered(body) => (Kind::Advice, body.advice.0),
        Event::AdviceWithdrawn(body) => (Kind::Advice, body.advice.0),
        Event::IncidentReported(body) => (Kind::Incident, body.incident.0),
        Event::IncidentUpdated(body) => (Kind::Incident, body.incident.0),
        Event::IncidentClosed(body) => (Kind::Incident, body.incident.0),
        Event::AccessStated(body) => (Kind::Access, body.access.0),
        Event::TeamConfined(body) => (Kind::Team, body.team.0),
        Event::TeamFreed(body) => (Kind::Team, body.team.0),
        Event::ServiceStated(body) => (Kind::Service, body.service.0),
        Event::PathwayTold(body) => (Kind::Pathway, body.pathway.0),
        Event::PathwayOpened(body) => (Kind::Pathway, body.pathway.0),
        Event::PathwayStepSaid(body) => (Kind::Pathway, body.pathway.0),
        Event::PathwayClosed(body) => (Kind::Pathway, body.pathway.0),
        Event::NoticePublished(body) => (Kind::Notice, body.notice.0),
        Event::NoticeWithdrawn(body) => (Kind::Notice, body.notice.0),
        Event::OperationFounded(_)
        | Event::NodeAdmitted(_)
        | Event::NodeRestored(_)
        | Event::NodeClaimed(_)
        | Event::RecoveryRulesSet(_)
        | Event::OverlapDecided(_)
        | Event::SiteOpened(_)
        | Event::RoleKeyMade(_)
        | Event::RoleKeyRecovered(_)
        | Event::ItemDefined(_)
        | Event::PackageDefined(_)
        | Event::LegalBasisDefined(_)
        | Event::AuthorKeyMade(_)
        | Event::ManifestImported(_)
        | Event::StockCounted(_)
        | Event::CountSigned(_)
        | Event::ArrivalFromPaper(_)
        | Event::Unknown { .. } => return None,
    })
}

impl<'f, 'c> Fold<'f, 'c> {
    fn new(store: &'f Store<'c>, source: &'f dyn EventSource) -> Self {
        Self {
            store,
            source,
            users: Shelf::default(),
            movements: Shelf::default(),
            lines: Shelf::default(),
            arrivals: Shelf::default(),
            persons: Shelf::default(),
            links: Shelf::default(),
            families: Shelf::default(),
            waybills: Shelf::default(),
            services: Shelf::default(),
            referrals: Shelf::default(),
            feedback: Shelf::default(),
            booklets: Shelf::default(),
            editions: Shelf::default(),
            figures: Shelf::default(),
            matters: Shelf::default(),
            offices: Shelf::default(),
            advice: Shelf::default(),
            incidents: Shelf::default(),
            access: Shelf::default(),
            teams: Shelf::default(),
            notices: Shelf::default(),
            pathways: Shelf::default(),
            setup: Setup::default(),
            recoveries: Shelf::default(),
            touched: Touched::default(),
            positions: BTreeMap::new(),
            erased: false,
        }
    }

    fn at_hand(&self) -> usize {
        self.lines.len() + self.arrivals.len() + self.persons.len()
    }

    fn take(&mut self, recorded: &Recorded) -> Result<()> {
        let order = recorded.order;
        let folded = self.positions.entry(order.node).or_insert(order.position);
        *folded = order.position.max(*folded);
        if recorded.is_on_branch() {
            let sql = "INSERT OR IGNORE INTO r_branched (node) VALUES (?1)";
            self.store.run(sql, [recorded.node.0])?;
        }
        self.setup.take(recorded);
        let Some((kind, id)) = aggregate(recorded) else {
            return single::write(recorded, self.store, &mut self.touched);
        };
        if id != recorded.aggregate {
            // No rule makes such an event. Its body says that it is about something else than its
            // envelope, and no place in a history can be given to it.
            return Ok(());
        }
        single::write(recorded, self.store, &mut self.touched)?;
        match kind {
            Kind::User => self.users.take(recorded, self.store),
            Kind::Movement => self.movements.take(recorded, self.store),
            Kind::Line => self.lines.take(recorded, self.store),
            Kind::Arrival => self.arrivals.take(recorded, self.store),
            Kind::Person => self.persons.take(recorded, self.store),
            Kind::Link => self.links.take(recorded, self.store),
            Kind::Family => self.families.take(recorded, self.store),
            Kind::Waybill => self.waybills.take(recorded, self.store),
            Kind::Service => self.services.take(recorded, self.store),
            Kind::Referral => self.referrals.take(recorded, self.store),
            Kind::Feedback => self.feedback.take(recorded, self.store),
            Kind::Booklet => self.booklets.take(recorded, self.store),
            Kind::Edition => self.editions.take(recorded, self.store),
            Kind::Figure => self.figures.take(recorded, self.store),
            Kind::Matter => self.matters.take(recorded, self.store),
            Kind::Office => self.offices.take(recorded, self.store),
            Kind::Advice => self.advice.take(recorded, self.store),
            Kind::Team => self.teams.take(recorded, self.store),
            Kind::Access => self.access.take(recorded, self.store),
            Kind::Incident => self.incidents.take(recorded, self.store),
            Kind::Notice => self.notices.take(recorded, self.store),
            Kind::Pathway => self.pathways.take(recorded, self.store),
            Kind::Recovery => self.recoveries.take(recorded, self.store),
        }?;
        match &recorded.event {
            Event::PersonErased(erased) => {
                let owners = erased.also.iter().map(|owner| owner.0);
                self.erase(owners.chain([erased.person.0]))
            }
            Event::LineErased(erased) => self.erase(std::iter::once(erased.line.0)),
            Event::FeedbackErased(erased) => self.erase(std::iter::once(erased.feedback.0)),
            _ => Ok(()),
        }
    }

    /// Has the sealed parts of these owners forgotten, for ever.
    fn erase(&mut self, owners: impl Iterator<Item = Uuid>) -> Result<()> {
        // What is at hand is written first, so that everything theirs is found by a query.
        self.flush()?;
        for owner in owners {
            let sql = "INSERT OR IGNORE INTO r_erased (owner) VALUES (?1)";
            if self.store.run(sql, [owner.as_bytes()])? == 0 {
                continue;
            }
            self.erased = true;
            conflict::forget_sealed(owner, self.store)?;
            self.lines.touch(owner, self.store)?;
            self.arrivals.touch(owner, self.store)?;
            self.persons.touch(owner, self.store)?;
            self.users.touch(owner, self.store)?;
            self.services.touch(owner, self.store)?;
            self.feedback.touch(owner, self.store)?;
            self.editions.touch(owner, self.store)?;
            let theirs = "SELECT id FROM r_referral WHERE person = ?1";
            for referral in self.ids(theirs, owner)? {
                self.referrals.touch(referral, self.store)?;
            }
            let theirs = "SELECT id FROM r_pathway WHERE word = ?1";
            let word = PersonId(owner).to_string();
            let pathways = all(self.store.connection, theirs, [word], |columns| {
                columns.uuid()
            })?;
            for pathway in pathways {
                self.pathways.touch(pathway, self.store)?;
            }
            let theirs = "SELECT id FROM r_arrival WHERE person = ?1";
            for arrival in self.ids(theirs, owner)? {
                conflict::forget_sealed(arrival, self.store)?;
                self.arrivals.touch(arrival, self.store)?;
            }
            let theirs = "SELECT family FROM r_member WHERE person = ?1";
            for family in self.ids(theirs, owner)? {
                self.families.touch(family, self.store)?;
            }
        }
        Ok(())
    }

    fn ids(&self, sql: &str, owner: Uuid) -> Result<Vec<Uuid>> {
        all(self.store.connection, sql, [owner.as_bytes()], |columns| {
            columns.uuid()
        })
    }

    fn refold(&mut self, id: Uuid) -> Result<()> {
        let events = self.source.of_aggregate(id)?;
        for recorded in events {
            let Some((kind, about)) = aggregate(&recorded) else {
                continue;
            };
            if about != id || recorded.aggregate != id {
                continue;
            }
            let one = std::slice::from_ref(&recorded);
            match kind {
                Kind::User => self.users.refold(id, one, self.store),
                Kind::Movement => self.movements.refold(id, one, self.store),
                Kind::Line => self.lines.refold(id, one, self.store),
                Kind::Arrival => self.arrivals.refold(id, one, self.store),
                Kind::Person => self.persons.refold(id, one, self.store),
                Kind::Link => self.links.refold(id, one, self.store),
                Kind::Family => self.families.refold(id, one, self.store),
                Kind::Waybill => self.waybills.refold(id, one, self.store),
                Kind::Service => self.services.refold(id, one, self.store),
                Kind::Referral => self.referrals.refold(id, one, self.store),
                Kind::Feedback => self.feedback.refold(id, one, self.store),
                Kind::Booklet => self.booklets.refold(id, one, self.store),
                Kind::Edition => self.editions.refold(id, one, self.store),
                Kind::Figure => self.figures.refold(id, one, self.store),
                Kind::Matter => self.matters.refold(id, one, self.store),
                Kind::Office => self.offices.refold(id, one, self.store),
                Kind::Advice => self.advice.refold(id, one, self.store),
                Kind::Team => self.teams.refold(id, one, self.store),
                Kind::Access => self.access.refold(id, one, self.store),
                Kind::Incident => self.incidents.refold(id, one, self.store),
                Kind::Notice => self.notices.refold(id, one, self.store),
                Kind::Pathway => self.pathways.refold(id, one, self.store),
                Kind::Recovery => self.recoveries.refold(id, one, self.store),
            }?;
        }
        Ok(())
    }

    /// Writes what is at hand at the end.
    fn finish(&mut self) -> Result<()> {
        self.flush()?;
        if self.erased {
            packing::sweep_words(self.store)?;
        }
        Ok(())
    }

    /// Writes what is at hand.
    fn flush(&mut self) -> Result<()> {
        let (store, source, touched) = (self.store, self.source, &mut self.touched);
        let of = |wanted: Kind| {
            move |recorded: &Recorded| aggregate(recorded) == Some((wanted, recorded.aggregate))
        };
        self.users.flush(store, source, of(Kind::User), touched)?;
        self.movements
            .flush(store, source, of(Kind::Movement), touched)?;
        self.persons
            .flush(store, source, of(Kind::Person), touched)?;
        self.lines.flush(store, source, of(Kind::Line), touched)?;
        self.arrivals
            .flush(store, source, of(Kind::Arrival), touched)?;
        self.links.flush(store, source, of(Kind::Link), touched)?;
        self.families
            .flush(store, source, of(Kind::Family), touched)?;
        self.waybills
            .flush(store, source, of(Kind::Waybill), touched)?;
        self.services
            .flush(store, source, of(Kind::Service), touched)?;
        self.referrals
            .flush(store, source, of(Kind::Referral), touched)?;
        self.feedback
            .flush(store, source, of(Kind::Feedback), touched)?;
        self.booklets
            .flush(store, source, of(Kind::Booklet), touched)?;
        self.editions
            .flush(store, source, of(Kind::Edition), touched)?;
        self.figures
            .flush(store, source, of(Kind::Figure), touched)?;
        self.matters
            .flush(store, source, of(Kind::Matter), touched)?;
        self.offices
            .flush(store, source, of(Kind::Office), touched)?;
        self.advice
            .flush(store, source, of(Kind::Advice), touched)?;
        self.teams.flush(store, source, of(Kind::Team), touched)?;
        self.access
            .flush(store, source, of(Kind::Access), touched)?;
        self.incidents
            .flush(store, source, of(Kind::Incident), touched)?;
        self.notices
            .flush(store, source, of(Kind::Notice), touched)?;
        self.pathways
            .flush(store, source, of(Kind::Pathway), touched)?;
        self.setup.flush(store, source, touched)?;
        self.recoveries
            .flush(store, source, of(Kind::Recovery), touched)?;
        self.touched.settle(self.store)?;
        for (node, position) in std::mem::take(&mut self.positions) {
            self.store.run(
                "INSERT INTO r_position (node, position) VALUES (?1, ?2)
                ON CONFLICT (node) DO UPDATE SET position = max(position, ?2)",
                params![self.store.number(node)?, position.cast_signed()],
            )?;
        }
        Ok(())
    }
}
