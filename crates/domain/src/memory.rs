//! A register in memory: the plainest way to answer what rules ask. It is the reference that the
//! register in SQLite is tested against, and what the rules' own tests and the simulation run on.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;

use uuid::Uuid;

use crate::decide::same_name;
use crate::event::{Event, Recorded};
use crate::{
    Advice, AdviceId, Answer, Arrival, ArrivalId, Booklet, BookletId, Bytes, CardCode,
    DefinedBasis, Document, Edition, EditionId, Entries, Family, FamilyId, Feedback, FeedbackId,
    Field, Figure, FigureId, Incident, IncidentId, Item, ItemCode, Known, LegalBasis, Line, LineId,
    Link, LinkId, Matter, MatterId, Moment, Movement, MovementId, NodeKey, Notice, NoticeId,
    Office, OfficeId, OperationId, Order, Owner, Package, Particulars, Past, Pathway, PathwayId,
    Period, Permission, Person, PersonId, Recovery, RecoveryId, Referral, ReferralId, Role,
    Service, ServiceId, Site, SiteId, Stage, Team, TeamId, TransferId, User, UserId, Value,
    WAITING_DAYS_DEFAULT, Waybill, WaybillId, Withheld, is_written_again, made_upon_history,
    stock_changes,
};

/// What is known, folded from events in total order.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    operation: Option<OperationId>,
    sites: BTreeMap<SiteId, Site>,
    users: BTreeMap<UserId, User>,
    items: BTreeMap<ItemCode, Item>,
    package: Package,
    movements: BTreeMap<MovementId, Movement>,
    lines: BTreeMap<LineId, Line>,
    arrivals: BTreeMap<ArrivalId, Arrival>,
    persons: BTreeMap<PersonId, Person>,
    links: BTreeMap<LinkId, Link>,
    families: BTreeMap<FamilyId, Family>,
    waybills: BTreeMap<WaybillId, Waybill>,
    services: BTreeMap<ServiceId, Service>,
    referrals: BTreeMap<ReferralId, Referral>,
    feedback: BTreeMap<FeedbackId, Feedback>,
    booklets: BTreeMap<BookletId, Booklet>,
    editions: BTreeMap<EditionId, Edition>,
    figures: BTreeMap<FigureId, Figure>,
    matters: BTreeMap<MatterId, Matter>,
    bases: BTreeMap<LegalBasis, DefinedBasis>,
    offices: BTreeMap<OfficeId, Office>,
    author_keys: BTreeMap<UserId, Bytes>,
    advice: BTreeMap<AdviceId, Advice>,
    incidents: BTreeMap<IncidentId, Incident>,
    teams: BTreeMap<TeamId, Team>,
    notices: BTreeMap<NoticeId, Notice>,
    pathways: BTreeMap<PathwayId, Pathway>,
    recoveries: BTreeMap<RecoveryId, Recovery>,
    stock: BTreeMap<(SiteId, NodeKey, ItemCode), i64>,
    admitted: BTreeSet<NodeKey>,
    log_ends: BTreeMap<NodeKey, u64>,
    branched: BTreeSet<NodeKey>,
    waiting_days_min: Option<u32>,
    restored: BTreeMap<NodeKey, Vec<(NodeKey, u64)>>,
    claims: Vec<Claim>,
    role_keys: BTreeMap<Role, Bytes>,
    /// Everything recorded of what can be edited, by what it is about.
    histories: BTreeMap<Uuid, Vec<Recorded>>,
    conflicts: BTreeMap<(Uuid, Field), Vec<Order>>,
}

/// That a node took over the rights of another.
#[derive(Clone, Debug)]
struct Claim {
    old: NodeKey,
    heir: NodeKey,
    /// By which recovery; none where the root key claimed them.
    recovery: Option<RecoveryId>,
}

impl Memory {
    /// Takes in one event; events must come in their total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        for (site, item, change) in stock_changes(&recorded.event) {
            let store = (site, recorded.order.node, item);
            *self.stock.entry(store).or_default() += change;
        }
        if recorded.is_on_branch() {
            self.branched.insert(recorded.node);
        }
        let end = self.log_ends.entry(recorded.order.node).or_default();
        *end = recorded.order.position.max(*end);
        match &recorded.event {
            Event::OperationFounded(founded) => {
                self.operation.get_or_insert(founded.operation);
            }
            Event::AuthorKeyMade(made) => {
                self.author_keys.insert(made.user, made.public_key.clone());
            }
            Event::LegalBasisDefined(defined) => {
                let basis = defined.basis.clone();
                self.bases.insert(basis.code.clone(), basis);
            }
            Event::NodeRestored(restored) => self
                .restored
                .entry(recorded.order.node)
                .or_default()
                .push((restored.old_node, restored.last_position)),
            Event::NodeClaimed(claimed) if !recorded.is_on_branch() => self.claims.push(Claim {
                old: claimed.old_node,
                heir: recorded.node,
                recovery: None,
            }),
            Event::NodeAdmitted(admitted) => {
                self.admitted.insert(admitted.node);
            }
            Event::NodeRecovered(recovered) if !recorded.is_on_branch() => {
                self.claims.push(Claim {
                    old: recovered.node,
                    heir: recorded.node,
                    recovery: Some(recovered.recovery),
                });
            }
            Event::RecoveryRulesSet(set) => self.waiting_days_min = Some(set.waiting_days_min),
            Event::RoleKeyMade(made) => {
                self.role_keys
                    .entry(made.role)
                    .or_insert_with(|| made.public_key.clone());
            }
            Event::ItemDefined(defined) => {
                self.items
                    .insert(defined.item.code.clone(), defined.item.clone());
            }
            Event::PackageDefined(defined) => self.package = defined.package.clone(),
            Event::UserAdmitted(admitted) => {
                self.users
                    .entry(admitted.user)
                    .or_insert_with(|| User::new(admitted.user));
            }
            Event::PersonErased(erased) => self.forget(erased.person, &erased.also),
            Event::LineErased(erased) => self.seal_history(erased.line.0),
            Event::FeedbackErased(erased) => self.seal_history(erased.feedback.0),
            _ => {}
        }
        self.begin(recorded);
        self.go_on(recorded);
        let history = self.histories.entry(recorded.aggregate).or_default();
        history.push(recorded.clone());
        self.settle(recorded.aggregate);
    }

    /// Whether a claim is one: of a recovery, that the loss was announced with this node as the one to take
    /// over.
    fn counts(&self, claim: &Claim) -> bool {
        claim.recovery.is_none_or(|recovery| {
            let announced = self.recoveries.get(&recovery);
            announced.is_some_and(|announced| announced.is_for(claim.old, claim.heir))
        })
    }

    /// Shows what stands after edits that were made apart.
    fn settle(&mut self, id: Uuid) {
        let Some(history) = self.histories.get(&id) else {
            return;
        };
        if !is_written_again(history) {
            return;
        }
        let entries = Entries::of(history);
        self.conflicts.retain(|(about, _), _| *about != id);
        for conflict in entries.conflicts() {
            let standing = conflict.entries.iter().map(|entry| entry.order).collect();
            self.conflicts.insert((id, conflict.field), standing);
        }
        if let Some(person) = self.persons.get_mut(&PersonId(id)) {
            person.settle(&entries);
        } else if let Some(line) = self.lines.get_mut(&LineId(id)) {
            line.settle(&entries);
        } else if let Some(movement) = self.movements.get_mut(&MovementId(id)) {
            movement.settle(&entries);
        } else if let Some(arrival) = self.arrivals.get_mut(&ArrivalId(id)) {
            arrival.settle(&entries, history);
        } else if let Some(site) = self.sites.get_mut(&SiteId(id)) {
            site.settle(&entries);
        } else if let Some(user) = self.users.get_mut(&UserId(id)) {
            user.settle(&entries);
        } else if let Some(office) = self.offices.get_mut(&OfficeId(id)) {
            office.settle(&entries);
        } else if let Some(service) = self.services.get_mut(&ServiceId(id)) {
            service.settle(&entries);
        } else if let Some(referral) = self.referrals.get_mut(&ReferralId(id)) {
            referral.settle(&entries, history);
        } else if let Some(incident) = self.incidents.get_mut(&IncidentId(id)) {
            incident.settle(&entries);
        } else if let Some(pathway) = self.pathways.get_mut(&PathwayId(id)) {
            pathway.settle(&entries);
        } else if let Some(feedback) = self.feedback.get_mut(&FeedbackId(id)) {
            feedback.settle(&entries);
        } else if let Some(booklet) = self.booklets.get_mut(&BookletId(id)) {
            booklet.settle(&entries);
        }
        if let Some(Value::Item(item)) = entries.shown(Field::ItemDefinition) {
            self.items.insert(item.code.clone(), item.clone());
        }
        if let Some(Value::Package(package)) = entries.shown(Field::PackageGrants) {
            self.package = package.clone();
        }
        if let Some(Value::LegalBasis(basis)) = entries.shown(Field::LegalBasisDefinition) {
            self.bases.insert(basis.code.clone(), basis.clone());
        }
    }

    /// What an event about this is made upon by whoever knows what is known here.
    pub fn upon(&self, about: Uuid, event: &Event) -> Option<Vec<Order>> {
        let history = self.histories.get(&about).map_or(&[][..], Vec::as_slice);
        let Ok(upon) = made_upon_history(event, || Ok::<_, Infallible>(history));
        upon
    }

    fn begin(&mut self, recorded: &Recorded) {
        if let Some(site) = Site::from_event(recorded) {
            self.sites.insert(site.id, site);
        } else if let Some(movement) = Movement::from_event(recorded) {
            self.movements.entry(movement.id).or_insert(movement);
        } else if let Some(line) = Line::from_event(recorded) {
            self.lines.entry(line.id).or_insert(line);
        } else if let Some(arrival) = Arrival::from_event(recorded) {
            self.arrivals.entry(arrival.id).or_insert(arrival);
        } else if let Some(person) = Person::from_event(recorded) {
            self.persons.entry(person.id).or_insert(person);
        } else if let Some(link) = Link::from_event(recorded) {
            self.links.entry(link.id).or_insert(link);
        } else if let Some(family) = Family::from_event(recorded) {
            self.families.entry(family.id).or_insert(family);
        } else if let Some(waybill) = Waybill::from_event(recorded) {
            self.waybills.entry(waybill.id).or_insert(waybill);
        } else if let Some(service) = Service::from_event(recorded) {
            let known = self.services.entry(service.id);
            known
                .and_modify(|known| known.apply(recorded))
                .or_insert(service);
        } else if let Some(referral) = Referral::from_event(recorded) {
            self.referrals.entry(referral.id).or_insert(referral);
        } else if let Some(feedback) = Feedback::from_event(recorded) {
            self.feedback.entry(feedback.id).or_insert(feedback);
        } else if let Some(booklet) = Booklet::from_event(recorded) {
            self.booklets.entry(booklet.id).or_insert(booklet);
        } else if let Some(edition) = Edition::from_event(recorded) {
            self.editions.entry(edition.id).or_insert(edition);
        } else if let Some(figure) = Figure::from_event(recorded) {
            self.figures.entry(figure.id).or_insert(figure);
        } else if let Some(matter) = Matter::from_event(recorded) {
            self.matters.entry(matter.id).or_insert(matter);
        } else if let Some(incident) = Incident::from_event(recorded) {
            self.incidents.entry(incident.id).or_insert(incident);
        } else if let Some(team) = Team::from_event(recorded) {
            self.teams.entry(team.id).or_insert(team);
        } else if let Some(office) = Office::from_event(recorded) {
            self.offices.insert(office.id, office);
        } else if let Event::StatementRegistered(body) = &recorded.event
            && let Some(advice) = Advice::from_event(recorded)
        {
            self.advice.entry(body.advice).or_insert(advice);
        } else if let Some(notice) = Notice::from_event(recorded) {
            self.notices.entry(notice.id).or_insert(notice);
        } else if let Some(recovery) = Recovery::from_event(recorded) {
            self.recoveries.entry(recovery.id).or_insert(recovery);
        } else if let Some(pathway) = Pathway::from_event(recorded) {
            let known = self.pathways.entry(pathway.id);
            known
                .and_modify(|known| known.apply(recorded))
                .or_insert(pathway);
        }
    }

    fn go_on(&mut self, recorded: &Recorded) {
        let id = recorded.aggregate;
        if let Some(notice) = self.notices.get_mut(&NoticeId(id)) {
            notice.apply(recorded);
        } else if let Some(pathway) = self.pathways.get_mut(&PathwayId(id)) {
            pathway.apply(recorded);
        } else if let Some(recovery) = self.recoveries.get_mut(&RecoveryId(id)) {
            recovery.apply(recorded);
        } else if let Some(user) = self.users.get_mut(&UserId(id)) {
            user.apply(recorded);
        } else if let Some(movement) = self.movements.get_mut(&MovementId(id)) {
            movement.apply(recorded);
        } else if let Some(line) = self.lines.get_mut(&LineId(id)) {
            line.apply(recorded);
        } else if let Some(arrival) = self.arrivals.get_mut(&ArrivalId(id)) {
            arrival.apply(recorded);
        } else if let Some(person) = self.persons.get_mut(&PersonId(id)) {
            person.apply(recorded);
        } else if let Some(link) = self.links.get_mut(&LinkId(id)) {
            link.apply(recorded);
        } else if let Some(family) = self.families.get_mut(&FamilyId(id)) {
            family.apply(recorded);
        } else if let Some(waybill) = self.waybills.get_mut(&WaybillId(id)) {
            waybill.apply(recorded);
        } else if let Some(referral) = self.referrals.get_mut(&ReferralId(id)) {
            referral.apply(recorded);
        } else if let Some(service) = self.services.get_mut(&ServiceId(id)) {
            service.apply(recorded);
        } else if let Some(feedback) = self.feedback.get_mut(&FeedbackId(id)) {
            feedback.apply(recorded);
        } else if let Some(booklet) = self.booklets.get_mut(&BookletId(id)) {
            booklet.apply(recorded);
        } else if let Some(figure) = self.figures.get_mut(&FigureId(id)) {
            figure.apply(recorded);
        } else if let Some(matter) = self.matters.get_mut(&MatterId(id)) {
            matter.apply(recorded);
        } else if let Some(advice) = self.advice.get_mut(&AdviceId(id)) {
            advice.apply(recorded);
        } else if let Some(incident) = self.incidents.get_mut(&IncidentId(id)) {
            incident.apply(recorded);
        } else if let Some(team) = self.teams.get_mut(&TeamId(id)) {
            team.apply(recorded);
        }
    }

    /// The sealed parts of these owners are gone.
    fn forget(&mut self, person: PersonId, owners: &[Owner]) {
        let members = self.families.values_mut();
        let members = members.flat_map(|family| &mut family.members);
        for member in members.filter(|member| member.person == person) {
            member.relation = None;
        }
        let theirs = self.referrals.values_mut();
        for referral in theirs.filter(|referral| referral.person == person) {
            referral.terms = None;
        }
        let theirs = self.pathways.values_mut();
        for pathway in theirs.filter(|pathway| pathway.person == person) {
            pathway.forget();
        }
        let referrals = self.referrals.values();
        let referrals: Vec<_> = referrals
            .filter(|referral| referral.person == person)
            .map(|referral| referral.id.0)
            .collect();
        let theirs = owners.iter().map(|owner| owner.0);
        for id in theirs.chain([person.0]).chain(referrals) {
            self.seal_history(id);
        }
        for Owner(id) in owners {
            if let Some(line) = self.lines.get_mut(&LineId(*id)) {
                line.erased = true;
                line.particulars = None;
                line.row = None;
            }
            if let Some(arrival) = self.arrivals.get_mut(&ArrivalId(*id)) {
                arrival.priority = None;
                arrival.screening = None;
            }
        }
    }

    /// What was sealed in a history cannot be read any more.
    fn seal_history(&mut self, id: Uuid) {
        let history = self.histories.get_mut(&id).into_iter().flatten();
        for part in history.flat_map(|recorded| &mut recorded.parts) {
            part.1 = Err(Withheld::Erased);
        }
        self.settle(id);
    }

    /// Every arrival, for checks over all of them.
    pub fn all_arrivals(&self) -> impl Iterator<Item = &Arrival> {
        self.arrivals.values()
    }

    /// The balance of every item in every store.
    pub fn all_stock(&self) -> impl Iterator<Item = (&(SiteId, NodeKey, ItemCode), &i64)> {
        self.stock.iter()
    }

    /// The line with the arrival that is registered for it now; of several the first registered.
    fn with_arrival(&self, line: &Line) -> Line {
        let taken_by = self
            .arrivals
            .values()
            .filter_map(|arrival| Some((arrival.registration.as_ref()?, arrival.id)))
            .filter(|(registration, _)| registration.line == Some(line.id))
            .min_by_key(|(registration, _)| registration.order)
            .map(|(_, arrival)| arrival);
        Line {
            taken_by,
            ..line.clone()
        }
    }

    fn redeemed<'a>(
        &'a self,
        persons: &'a [PersonId],
        item: &'a ItemCode,
    ) -> impl Iterator<Item = Past> + 'a {
        self.arrivals
            .values()
            .filter(|arrival| {
                arrival
                    .person()
                    .is_some_and(|person| persons.contains(&person))
            })
            .flat_map(|arrival| {
                arrival
                    .entitlements
                    .iter()
                    .filter(|entitlement| entitlement.item == *item)
                    .flat_map(|entitlement| {
                        entitlement.redeemed.iter().chain(&entitlement.disputed)
                    })
                    .map(|redemption| Past {
                        at: redemption.at,
                        arrival: arrival.id,
                    })
            })
    }
}

impl Known for Memory {
    fn operation(&self) -> Answer<Option<OperationId>> {
        Ok(self.operation)
    }

    fn site(&self, id: SiteId) -> Answer<Option<Site>> {
        Ok(self.sites.get(&id).cloned())
    }

    fn user(&self, id: UserId) -> Answer<Option<User>> {
        Ok(self.users.get(&id).cloned())
    }

    fn user_by_login(&self, login: &str) -> Answer<Option<UserId>> {
        let signs_in = |user: &&User| {
            user.staff
                .as_ref()
                .is_some_and(|staff| staff.login == login)
        };
        Ok(self.users.values().find(signs_in).map(|user| user.id))
    }

    fn administrators(&self) -> Answer<u32> {
        let number = self
            .users
            .values()
            .filter(|user| user.may(Permission::Administer))
            .count();
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    fn active_of_role(&self, role: Role) -> Answer<u32> {
        let of_role = |user: &&User| user.active && user.roles.contains(&role);
        let number = self.users.values().filter(of_role).count();
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    fn item(&self, code: &ItemCode) -> Answer<Option<Item>> {
        Ok(self.items.get(code).cloned())
    }

    fn package(&self) -> Answer<Package> {
        Ok(self.package.clone())
    }

    fn role_key(&self, role: Role) -> Answer<Option<Bytes>> {
        Ok(self.role_keys.get(&role).cloned())
    }

    fn movement(&self, id: MovementId) -> Answer<Option<Movement>> {
        Ok(self.movements.get(&id).cloned())
    }

    fn movements_named(&self, designator: &str) -> Answer<Vec<Movement>> {
        let named = |movement: &&Movement| {
            movement.stage != Stage::Cancelled && same_name(&movement.designator, designator)
        };
        Ok(self.movements.values().filter(named).cloned().collect())
    }

    fn lines(&self, movement: MovementId) -> Answer<Vec<Line>> {
        let lines = self.lines.values().filter(|line| line.movement == movement);
        Ok(lines.map(|line| self.with_arrival(line)).collect())
    }

    fn line(&self, id: LineId) -> Answer<Option<Line>> {
        Ok(self.lines.get(&id).map(|line| self.with_arrival(line)))
    }

    fn listed_with(&self, document: &Document) -> Answer<Vec<MovementId>> {
        let holds = |particulars: &Particulars| {
            particulars
                .documents
                .iter()
                .any(|held| held.number == document.number)
        };
        let takes_place = |id: &MovementId| {
            self.movements
                .get(id)
                .is_some_and(|movement| movement.stage != Stage::Cancelled)
        };
        let movements: BTreeSet<_> = self
            .lines
            .values()
            .filter(|line| !line.removed && line.particulars.as_ref().is_some_and(holds))
            .map(|line| line.movement)
            .filter(takes_place)
            .collect();
        Ok(movements.into_iter().collect())
    }

    fn arrival(&self, id: ArrivalId) -> Answer<Option<Arrival>> {
        Ok(self.arrivals.get(&id).cloned())
    }

    fn unregistered(&self, movement: MovementId) -> Answer<u32> {
        let waiting = self.arrivals.values().filter(|arrival| {
            arrival.movement == movement
                && arrival.registration.is_none()
                && arrival.left_at.is_none()
                && arrival.withdrawn_at.is_none()
        });
        Ok(u32::try_from(waiting.count()).unwrap_or(u32::MAX))
    }

    fn last_queue_number(&self, site: SiteId, (from, to): (Moment, Moment)) -> Answer<u32> {
        let today =
            |arrival: &&Arrival| arrival.site == site && (from..to).contains(&arrival.met_at);
        Ok(self
            .arrivals
            .values()
            .filter(today)
            .map(|arrival| arrival.queue)
            .max()
            .unwrap_or(0))
    }

    fn card_taken(&self, card: &CardCode) -> Answer<bool> {
        Ok(self.arrivals.values().any(|arrival| arrival.card == *card))
    }

    fn card_held(&self, card: &CardCode) -> Answer<bool> {
        let holds = |arrival: &Arrival| arrival.card == *card && arrival.withdrawn_at.is_none();
        Ok(self.arrivals.values().any(holds))
    }

    fn person(&self, id: PersonId) -> Answer<Option<Person>> {
        Ok(self.persons.get(&id).cloned())
    }

    fn same_person(&self, id: PersonId) -> Answer<Vec<PersonId>> {
        let mut found = BTreeSet::from([id]);
        let mut open = VecDeque::from([id]);
        while let Some(person) = open.pop_front() {
            for link in self.links.values().filter(|link| link.active) {
                for (one, other) in [(link.first, link.second), (link.second, link.first)] {
                    if one == person && found.insert(other) {
                        open.push_back(other);
                    }
                }
            }
        }
        Ok(found.into_iter().collect())
    }

    fn arrivals_of(&self, person: PersonId) -> Answer<Vec<ArrivalId>> {
        let theirs = |arrival: &&Arrival| arrival.person() == Some(person);
        Ok(self
            .arrivals
            .values()
            .filter(theirs)
            .map(|arrival| arrival.id)
            .collect())
    }

    fn withdrawn_of(&self, person: PersonId) -> Answer<Vec<ArrivalId>> {
        let theirs = |arrival: &&Arrival| arrival.withdrawn_from == Some(person);
        Ok(self
            .arrivals
            .values()
            .filter(theirs)
            .map(|arrival| arrival.id)
            .collect())
    }

    fn holders(&self, document: &Document) -> Answer<Vec<PersonId>> {
        let holds = |person: &&Person| {
            person.particulars.as_ref().is_some_and(|particulars| {
                particulars
                    .documents
                    .iter()
                    .any(|held| held.number == document.number)
            })
        };
        Ok(self
            .persons
            .values()
            .filter(holds)
            .map(|person| person.id)
            .collect())
    }

    fn link(&self, id: LinkId) -> Answer<Option<Link>> {
        Ok(self.links.get(&id).cloned())
    }

    fn family(&self, id: FamilyId) -> Answer<Option<Family>> {
        Ok(self.families.get(&id).cloned())
    }

    fn family_of(&self, person: PersonId) -> Answer<Option<FamilyId>> {
        let holds = |family: &&Family| family.members.iter().any(|member| member.person == person);
        Ok(self.families.values().find(holds).map(|family| family.id))
    }

    fn received(&self, persons: &[PersonId], item: &ItemCode, since: Moment) -> Answer<Vec<Past>> {
        let mut past: Vec<_> = self
            .redeemed(persons, item)
            .filter(|past| past.at >= since)
            .collect();
        past.sort_unstable();
        Ok(past)
    }

    fn service(&self, id: ServiceId) -> Answer<Option<Service>> {
        Ok(self.services.get(&id).cloned())
    }

    fn referral(&self, id: ReferralId) -> Answer<Option<Referral>> {
        Ok(self.referrals.get(&id).cloned())
    }

    fn referrals_of(&self, person: PersonId) -> Answer<Vec<Referral>> {
        let theirs = self.referrals.values();
        let mut theirs: Vec<_> = theirs
            .filter(|referral| referral.person == person)
            .cloned()
            .collect();
        theirs.sort_by_key(|referral| (referral.made_at, referral.id));
        Ok(theirs)
    }

    fn feedback(&self, id: FeedbackId) -> Answer<Option<Feedback>> {
        Ok(self.feedback.get(&id).cloned())
    }

    fn edition(&self, id: EditionId) -> Answer<Option<Edition>> {
        Ok(self.editions.get(&id).cloned())
    }

    fn notice(&self, id: NoticeId) -> Answer<Option<Notice>> {
        Ok(self.notices.get(&id).cloned())
    }

    fn edition_of(&self, period: Period) -> Answer<Option<EditionId>> {
        let of_period = |edition: &&Edition| edition.period == period;
        let editions = self.editions.values().filter(of_period);
        let first = editions.min_by_key(|edition| (edition.published_at, edition.id));
        Ok(first.map(|edition| edition.id))
    }

    fn editions_published(&self) -> Answer<u32> {
        Ok(u32::try_from(self.editions.len()).unwrap_or(u32::MAX))
    }

    fn legal_basis(&self, code: &LegalBasis) -> Answer<Option<DefinedBasis>> {
        Ok(self.bases.get(code).cloned())
    }

    fn figure(&self, id: FigureId) -> Answer<Option<Figure>> {
        Ok(self.figures.get(&id).cloned())
    }

    fn figure_coded(&self, code: &str) -> Answer<Option<FigureId>> {
        let standing = |figure: &&Figure| figure.withdrawn.is_none() && figure.stated.code == code;
        let mut figures = self.figures.values().filter(standing);
        Ok(figures.next().map(|figure| figure.id))
    }

    fn pathway(&self, id: PathwayId) -> Answer<Option<Pathway>> {
        Ok(self.pathways.get(&id).cloned())
    }

    fn pathways_of(&self, person: PersonId) -> Answer<Vec<Pathway>> {
        let theirs = self.pathways.values();
        let theirs = theirs.filter(|pathway| pathway.person == person);
        Ok(theirs.cloned().collect())
    }

    fn incident(&self, id: IncidentId) -> Answer<Option<Incident>> {
        Ok(self.incidents.get(&id).cloned())
    }

    fn team(&self, id: TeamId) -> Answer<Option<Team>> {
        Ok(self.teams.get(&id).cloned())
    }

    fn office(&self, id: OfficeId) -> Answer<Option<Office>> {
        Ok(self.offices.get(&id).cloned())
    }

    fn author_key(&self, user: UserId) -> Answer<Option<Bytes>> {
        Ok(self.author_keys.get(&user).cloned())
    }

    fn advice(&self, id: AdviceId) -> Answer<Option<Advice>> {
        Ok(self.advice.get(&id).cloned())
    }

    fn matter(&self, id: MatterId) -> Answer<Option<Matter>> {
        Ok(self.matters.get(&id).cloned())
    }

    fn booklet(&self, id: BookletId) -> Answer<Option<Booklet>> {
        Ok(self.booklets.get(&id).cloned())
    }

    fn booklet_with(&self, card: &CardCode) -> Answer<Option<BookletId>> {
        let bound = |booklet: &&Booklet| booklet.cards.contains(card);
        Ok(self.booklets.values().find(bound).map(|booklet| booklet.id))
    }

    fn last_booklet_number(&self, site: SiteId) -> Answer<u32> {
        let here = self
            .booklets
            .values()
            .filter(|booklet| booklet.site == site);
        Ok(here.map(|booklet| booklet.number).max().unwrap_or(0))
    }

    fn waybill(&self, id: WaybillId) -> Answer<Option<Waybill>> {
        Ok(self.waybills.get(&id).cloned())
    }

    fn waybill_numbered(&self, number: &str) -> Answer<Option<WaybillId>> {
        let numbered = |waybill: &&Waybill| same_name(&waybill.number, number);
        Ok(self
            .waybills
            .values()
            .find(numbered)
            .map(|waybill| waybill.id))
    }

    fn stock(&self, site: SiteId, node: NodeKey, item: &ItemCode) -> Answer<i64> {
        let store = (site, node, item.clone());
        Ok(self.stock.get(&store).copied().unwrap_or(0))
    }

    fn conflict(&self, about: Uuid, field: Field) -> Answer<Vec<Order>> {
        let found = self.conflicts.get(&(about, field));
        Ok(found.cloned().unwrap_or_default())
    }

    fn restored_from(&self, node: NodeKey) -> Answer<Vec<(NodeKey, u64)>> {
        Ok(self.restored.get(&node).cloned().unwrap_or_default())
    }

    fn claimants(&self, node: NodeKey) -> Answer<Vec<NodeKey>> {
        let claims = self.claims.iter().filter(|claim| claim.old == node);
        let counting = claims.filter(|claim| self.counts(claim));
        Ok(counting.map(|claim| claim.heir).collect())
    }

    fn recovered_by(&self, node: NodeKey) -> Answer<Vec<NodeKey>> {
        let theirs = |claim: &&Claim| claim.heir == node && claim.recovery.is_some();
        let recovered = self.claims.iter().filter(theirs);
        let counting = recovered.filter(|claim| self.counts(claim));
        Ok(counting.map(|claim| claim.old).collect())
    }

    fn admitted(&self, node: NodeKey) -> Answer<bool> {
        Ok(self.admitted.contains(&node))
    }

    fn log_end(&self, node: NodeKey) -> Answer<u64> {
        Ok(self.log_ends.get(&node).copied().unwrap_or(0))
    }

    fn has_branches(&self, node: NodeKey) -> Answer<bool> {
        Ok(self.branched.contains(&node))
    }

    fn arrivals_by(&self, movement: MovementId) -> Answer<Vec<ArrivalId>> {
        let theirs = self.arrivals.values();
        let mut theirs: Vec<_> = theirs
            .filter(|arrival| arrival.movement == movement && arrival.withdrawn_at.is_none())
            .map(|arrival| (arrival.queue, arrival.id))
            .collect();
        theirs.sort_unstable();
        Ok(theirs.into_iter().map(|(_, id)| id).collect())
    }

    fn passing(&self, transfer: TransferId) -> Answer<Vec<ArrivalId>> {
        let under_way = |arrival: &&Arrival| {
            let held = arrival.entitlements.iter();
            held.filter_map(|held| held.passing)
                .any(|passing| passing.transfer == transfer)
        };
        let arrivals = self.arrivals.values().filter(under_way);
        Ok(arrivals.map(|arrival| arrival.id).collect())
    }

    fn recovery(&self, id: RecoveryId) -> Answer<Option<Recovery>> {
        Ok(self.recoveries.get(&id).cloned())
    }

    fn recoveries_of(&self, node: NodeKey) -> Answer<Vec<Recovery>> {
        let of = |recovery: &&Recovery| recovery.node == node;
        Ok(self.recoveries.values().filter(of).cloned().collect())
    }

    fn waiting_days_min(&self) -> Answer<u32> {
        Ok(self.waiting_days_min.unwrap_or(WAITING_DAYS_DEFAULT))
    }
}
