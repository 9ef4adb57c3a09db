//! Plays the timetable at a real node: manifests are read from bytes as anybody's file is, and
//! everything else goes through the commands that the pages send. Nothing is written past the rules,
//! so what the demo shows is what the rules allow.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    Arrival, ArrivalId, Command, Day, DifferenceReason, FamilyId, ImportId, ItemCode, Known,
    LineId, Meeting, Moment, MovementId, Occurred, PersonId, Priority, Registering, Role, Screened,
    Site, SiteId, StocktakeId, WaybillId, WaybillLine, Whose,
};
use node::{ManualClock, Node, NodeError, Request, Session};
use uuid::Uuid;

use super::founding::{Founded, id};
use super::manifest_file;
use super::people::{FamilyNumber, People, Traveller};
use super::plan::{Place, Voyage};
use super::timetable::{ADVISED, Doing, Scheduled, Step, Timetable, Week};
use crate::failure::Failure;
use population::Chance;

/// The movement on which people come who came before, and how many.
const RETURNED_AGAIN: (&str, usize) = ("DEMO 113", 2);
/// Meals left when the others are spoilt: enough for today, and not for tomorrow.
const MEALS_LEFT: u32 = 420;
/// How many the visitor finds met.
const DOZEN: usize = 12;

/// The demo while it is played.
pub struct Play {
    node: Node,
    clock: Arc<ManualClock>,
    sites: BTreeMap<Place, SiteId>,
    staff: BTreeMap<Role, Session>,
    /// Clerks at the other desks.
    desks: Vec<Session>,
    chance: Chance,
    families: BTreeMap<FamilyNumber, FamilyId>,
    voyages: Vec<Voyage>,
    parties: Vec<Party>,
}

/// The people of one movement.
struct Party {
    movement: MovementId,
    guests: Vec<Guest>,
    /// On the manifest, and not here.
    no_shows: Vec<Traveller>,
}

/// Somebody who comes.
struct Guest {
    traveller: Traveller,
    arrival: ArrivalId,
    person: PersonId,
    /// On record since an earlier movement.
    returned_again: bool,
    listed: bool,
    line: Option<LineId>,
}

impl Play {
    /// Everybody of the timetable, made up before the first of them lands.
    pub fn new(founded: Founded, mut chance: Chance, timetable: &Timetable) -> Self {
        let mut people = People::seeded(chance.bits());
        let mut play = Self {
            node: founded.node,
            clock: founded.clock,
            sites: founded.sites,
            staff: founded.staff,
            desks: founded.desks,
            chance,
            families: BTreeMap::new(),
            voyages: timetable.voyages.clone(),
            parties: Vec::new(),
        };
        for voyage in &timetable.voyages {
            let party = play.party(voyage, &mut people);
            play.parties.push(party);
        }
        play
    }

    fn party(&mut self, voyage: &Voyage, people: &mut People) -> Party {
        let travellers = people.of(voyage.groups, voyage.route, voyage.day());
        let mut guests: Vec<Guest> = travellers
            .into_iter()
            .map(|traveller| Guest {
                traveller,
                arrival: ArrivalId(id(&mut self.chance)),
                person: PersonId(id(&mut self.chance)),
                returned_again: false,
                listed: true,
                line: None,
            })
            .collect();
        if voyage.name == RETURNED_AGAIN.0 {
            self.bring_back(&mut guests);
        }
        let mut unlisted = voyage.unlisted;
        for guest in guests.iter_mut().rev() {
            let alone = guest.traveller.family.is_none() && !guest.returned_again;
            if unlisted > 0 && alone {
                guest.listed = false;
                unlisted -= 1;
            }
        }
        let absent = super::plan::Groups {
            men: voyage.no_shows,
            ..Default::default()
        };
        let no_shows = people.of(absent, voyage.route, voyage.day());
        Party {
            movement: MovementId(id(&mut self.chance)),
            guests,
            no_shows,
        }
    }

    /// Men of the first movement come again in the place of men of this one.
    fn bring_back(&self, guests: &mut [Guest]) {
        let single = |guest: &&mut Guest| is_single_man(&guest.traveller);
        let before = self.parties[0].guests.iter();
        let before = before.filter(|guest| {
            is_single_man(&guest.traveller) && !guest.traveller.particulars.documents.is_empty()
        });
        for (again, guest) in before
            .zip(guests.iter_mut().filter(single))
            .take(RETURNED_AGAIN.1)
        {
            guest.traveller = again.traveller.clone();
            guest.person = again.person;
            guest.returned_again = true;
        }
    }

    /// Plays every step of the timetable and leaves the clock at its end.
    pub fn through(
        mut self,
        timetable: &Timetable,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Node, Failure> {
        self.stock_the_warehouse()?;
        let total = timetable.steps.len() as u64;
        let mut advised = false;
        for (done, Scheduled { at, step }) in (0..).zip(&timetable.steps) {
            progress(done, total);
            if *at >= ADVISED && !advised {
                self.clock.set(ADVISED);
                self.advise()?;
                advised = true;
            }
            self.clock.set(*at);
            match *step {
                Step::Supply(place, week) => self.supply(place, week)?,
                Step::CountShelf => self.count_shelf()?,
                Step::Movement(place, doing) => self.movement(place, doing, *at)?,
            }
        }
        self.clock.set(timetable.stop);
        self.meals_spoil()?;
        self.cases(timetable.stop)?;
        self.what_others_said(timetable.stop)?;
        self.shelter(timetable.stop)?;
        if let Some(first) = self.voyages.first() {
            self.publish(Day(first.day()), timetable.stop)?;
            self.dissent()?;
            self.report()?;
        }
        self.tell_the_public()?;
        self.pathways(timetable.stop)?;
        progress(total, total);
        Ok(self.node)
    }

    fn movement(&mut self, place: usize, doing: Doing, at: Moment) -> Result<(), Failure> {
        match doing {
            Doing::Announce => self.announce(place),
            Doing::Import => self.import(place),
            Doing::Depart => {
                let movement = self.parties[place].movement;
                self.coordinate(place, vec![Command::DepartMovement { movement }])
            }
            Doing::Land => self.land(place),
            Doing::Meet => self.meet(place, usize::MAX),
            Doing::MeetDozen => self.meet(place, DOZEN),
            Doing::FirstHelp => self.first_help(place, at),
            Doing::Register => self.register(place, at),
            Doing::Screen => self.screen(place, at),
            Doing::Give => self.give(place, at),
            Doing::Leave => self.leave(place, at),
            Doing::Close => {
                let movement = self.parties[place].movement;
                self.coordinate(place, vec![Command::CloseMovement { movement }])
            }
        }
    }

    fn announce(&mut self, place: usize) -> Result<(), Failure> {
        let voyage = &self.voyages[place];
        let command = Command::AnnounceMovement {
            movement: self.parties[place].movement,
            kind: voyage.route.kind(),
            designator: voyage.name.into(),
            origin: self.sites[&voyage.route.origin()],
            destination: self.sites[&voyage.route.destination()],
            expected: voyage.moment(),
            legal_basis: voyage.route.legal_basis(),
            announced: voyage.listed(),
            screened_before: Screened::NotKnown,
        };
        self.coordinate(place, vec![command])
    }

    /// Writes the sender's file, reads it back as any file is read, and imports what was read.
    fn import(&mut self, place: usize) -> Result<(), Failure> {
        let voyage = &self.voyages[place];
        let party = &mut self.parties[place];
        let guests = party.guests.iter().filter(|guest| guest.listed);
        let here = guests.map(|guest| &guest.traveller.particulars);
        let absent = party
            .no_shows
            .iter()
            .map(|traveller| &traveller.particulars);
        let people: Vec<_> = here.chain(absent).collect();
        let file = manifest_file::write(voyage.name, place, &people);
        let options = formats::manifest::Options::new(voyage.day());
        let manifest = formats::manifest::read(&file.bytes, &file.name, &options)?;
        let movement = party.movement;
        let command = Command::ImportManifest(Box::new(
            manifest.importing(ImportId(id(&mut self.chance)), movement),
        ));
        self.coordinate(place, vec![command])?;
        let lines = self
            .node
            .read::<_, NodeError>(|register| Ok(register.lines(movement)?))?;
        let by_row: BTreeMap<u32, LineId> = lines
            .iter()
            .filter_map(|line| Some((line.row?, line.id)))
            .collect();
        let listed = self.parties[place]
            .guests
            .iter_mut()
            .filter(|guest| guest.listed);
        for (guest, row) in listed.zip(&file.rows) {
            guest.line = by_row.get(row).copied();
        }
        Ok(())
    }

    /// At one movement people are counted one too many at first, and counted again.
    fn land(&mut self, place: usize) -> Result<(), Failure> {
        let movement = self.parties[place].movement;
        let headcount = self.voyages[place].groups.sum();
        let land = |headcount| Command::LandMovement {
            movement,
            headcount,
        };
        if place % 20 != 4 {
            return self.coordinate(place, vec![land(headcount)]);
        }
        let recount = Command::CorrectHeadcount {
            movement,
            headcount,
            reason: "Counted again at the door: a member of the crew was counted.".into(),
        };
        self.coordinate(place, vec![land(headcount + 1), recount])
    }

    /// Children alone and people in need are met first.
    fn meet(&mut self, place: usize, many: usize) -> Result<(), Failure> {
        let party = &mut self.parties[place];
        party.guests.sort_by_key(|guest| {
            let first = guest.traveller.priority == Some(Priority::ChildAlone);
            !first
        });
        let meetings = party
            .guests
            .iter()
            .take(many)
            .map(|guest| Meeting {
                arrival: guest.arrival,
                priority: guest.traveller.priority,
            })
            .collect();
        let command = Command::Meet {
            movement: party.movement,
            meetings,
        };
        self.ask(Role::Clerk, place, vec![(None, command)])
    }

    fn first_help(&mut self, place: usize, at: Moment) -> Result<(), Failure> {
        let arrivals = self.arrivals(place)?;
        let mut commands = Vec::new();
        for (when, arrival) in spread(at, 20, &arrivals) {
            commands.extend(redeem(arrival, |_| true).map(|command| (when, command)));
        }
        self.ask(Role::Clerk, place, commands)
    }

    fn register(&mut self, place: usize, at: Moment) -> Result<(), Failure> {
        let mut registrations = Vec::new();
        let mut families = Vec::new();
        let party = &self.parties[place];
        for (when, guest) in spread(at, 40, &party.guests) {
            let particulars = guest.traveller.particulars.clone();
            let whose = if guest.returned_again {
                Whose::Known(guest.person)
            } else {
                Whose::New {
                    person: guest.person,
                    particulars: Box::new(particulars),
                }
            };
            let registering = Registering {
                arrival: guest.arrival,
                movement: party.movement,
                whose,
                line: guest.line,
                informed: true,
                document_shared: false,
            };
            registrations.push((when, Command::Register(Box::new(registering))));
            let Some((number, relation)) = &guest.traveller.family else {
                continue;
            };
            let family = *self
                .families
                .entry(*number)
                .or_insert_with(|| FamilyId(id(&mut self.chance)));
            let join = Command::JoinFamily {
                family,
                person: guest.person,
                relation: relation.clone(),
            };
            families.push((when, join));
        }
        self.at_the_desks(place, registrations)?;
        self.ask(Role::Clerk, place, families)
    }

    fn screen(&mut self, place: usize, at: Moment) -> Result<(), Failure> {
        let party = &self.parties[place];
        let mut commands = Vec::new();
        for (when, guest) in spread(at, 30, &party.guests) {
            let Some(screening) = guest.traveller.screening.clone() else {
                continue;
            };
            let note = screening.protection_concern.then(|| {
                "Invented note of the demo: asked to talk to somebody in private.".to_owned()
            });
            let arrival = guest.arrival;
            commands.push((
                when,
                Command::Screen {
                    arrival,
                    screening,
                    note,
                },
            ));
        }
        self.ask(Role::Screener, place, commands)
    }

    /// Goods by the warehouse, money by the cash desk; a few go without something, as it happens.
    fn give(&mut self, place: usize, at: Moment) -> Result<(), Failure> {
        let arrivals = self.arrivals(place)?;
        let again: Vec<ArrivalId> = self.parties[place]
            .guests
            .iter()
            .filter(|guest| guest.returned_again)
            .map(|guest| guest.arrival)
            .collect();
        let mut goods = Vec::new();
        let mut cash = Vec::new();
        for (when, arrival) in spread(at, 30, &arrivals) {
            let missed = self.chance.per_mille(15);
            let limited = again.contains(&arrival.id);
            let money = |item: &ItemCode| *item == ItemCode::CASH_GRANT;
            goods.extend(
                redeem(arrival, |item| !money(item) && !missed).map(|command| (when, command)),
            );
            // Who was returned before had the grant before: the limit of 90 days holds.
            cash.extend(
                redeem(arrival, |item| money(item) && !limited).map(|command| (when, command)),
            );
        }
        self.ask(Role::Warehouse, place, goods)?;
        self.ask(Role::Cash, place, cash)
    }

    fn leave(&mut self, place: usize, at: Moment) -> Result<(), Failure> {
        let guests = spread(at, 30, &self.parties[place].guests);
        let commands = guests
            .map(|(when, guest)| {
                (
                    when,
                    Command::Leave {
                        arrival: guest.arrival,
                    },
                )
            })
            .collect();
        self.ask(Role::Clerk, place, commands)
    }

    fn arrivals(&self, place: usize) -> Result<Vec<Arrival>, Failure> {
        let ids: Vec<ArrivalId> = self.parties[place]
            .guests
            .iter()
            .map(|guest| guest.arrival)
            .collect();
        Ok(self.node.read::<_, NodeError>(|register| {
            let mut arrivals = Vec::with_capacity(ids.len());
            for id in ids {
                arrivals.extend(register.arrival(id)?);
            }
            Ok(arrivals)
        })?)
    }

    /// What a supplier brought before the first flight: enough for the whole plan.
    fn stock_the_warehouse(&mut self) -> Result<(), Failure> {
        let everybody: u32 = super::plan::voyages()
            .iter()
            .map(|voyage| voyage.groups.sum())
            .sum();
        let lines = goods(everybody * 2);
        let site = self.sites[&Place::Warehouse];
        self.waybill(
            None,
            Place::Warehouse,
            site,
            "SUP-2021-001",
            (lines.clone(), lines),
            None,
        )
    }

    /// What the people planned for a week need, and a quarter more.
    fn supply(&mut self, place: Place, week: Week) -> Result<(), Failure> {
        let people: u32 = super::plan::voyages()
            .iter()
            .filter(|voyage| voyage.route.destination() == place)
            .filter(|voyage| (week.first..week.end).contains(&voyage.day()))
            .map(|voyage| voyage.groups.sum())
            .sum();
        let sent = goods(people * 5 / 4 + 40);
        let mut received = sent.clone();
        let mut difference = None;
        if place == Place::PortAuPrince {
            // A pallet of water burst on the way.
            let water = received
                .iter_mut()
                .find(|line| line.item == ItemCode::WATER);
            water.expect("water is among the goods").quantity -= 6;
            difference = Some(DifferenceReason::DAMAGED);
        }
        let code = place.facts().port_code.unwrap_or("SITE");
        let number = format!("WB-{code}-{}", week.first);
        let from = self.sites[&Place::Warehouse];
        self.waybill(
            Some(from),
            place,
            from,
            &number,
            (sent, received),
            difference,
        )
    }

    fn waybill(
        &mut self,
        origin: Option<SiteId>,
        destination: Place,
        sent_at: SiteId,
        number: &str,
        (sent, received): (Vec<WaybillLine>, Vec<WaybillLine>),
        difference: Option<DifferenceReason>,
    ) -> Result<(), Failure> {
        let waybill = WaybillId(id(&mut self.chance));
        let destination = self.sites[&destination];
        let send = Command::SendWaybill {
            waybill,
            number: number.into(),
            origin,
            destination,
            to: None,
            lines: sent,
        };
        let receive = Command::ReceiveWaybill {
            waybill,
            lines: received,
            difference,
        };
        self.ask_at(Role::Warehouse, sent_at, vec![(None, send)])?;
        self.ask_at(Role::Warehouse, destination, vec![(None, receive)])
    }

    /// Two blankets fewer than the book says.
    fn count_shelf(&mut self) -> Result<(), Failure> {
        let site = self.sites[&Place::PortAuPrince];
        let node = self.node.key();
        let counts = self.node.read::<_, NodeError>(|register| {
            let mut counts = Vec::new();
            for item in [ItemCode::HOT_MEAL, ItemCode::WATER, ItemCode::BLANKET] {
                let book = u32::try_from(register.to_give(site, node, &item)?).unwrap_or(0);
                let missing = if item == ItemCode::BLANKET { 2 } else { 0 };
                counts.push(WaybillLine {
                    item,
                    quantity: book.saturating_sub(missing),
                });
            }
            Ok(counts)
        })?;
        let command = Command::CountStock {
            stocktake: StocktakeId(id(&mut self.chance)),
            site,
            counts,
            difference: Some(DifferenceReason::UNRECORDED),
        };
        self.ask_at(Role::Warehouse, site, vec![(None, command)])
    }

    /// Meals spoil at Port-au-Prince before the visitor comes: too few are left for those announced,
    /// while the warehouse has plenty. So a shortage can be seen coming, and something done about it.
    fn meals_spoil(&mut self) -> Result<(), Failure> {
        let site = self.sites[&Place::PortAuPrince];
        let node = self.node.key();
        let book = self.node.read::<_, NodeError>(|register| {
            Ok(register.to_give(site, node, &ItemCode::HOT_MEAL)?)
        })?;
        let left = u32::try_from(book).unwrap_or(0).min(MEALS_LEFT);
        let command = Command::CountStock {
            stocktake: StocktakeId(id(&mut self.chance)),
            site,
            counts: vec![WaybillLine {
                item: ItemCode::HOT_MEAL,
                quantity: left,
            }],
            difference: Some(DifferenceReason::DAMAGED),
        };
        self.ask_at(Role::Warehouse, site, vec![(None, command)])
    }

    /// The first of those who came by the first movement, as far as they are registered, and the
    /// site they came to.
    pub(super) fn registered_first(&self, many: usize) -> Result<(SiteId, Vec<PersonId>), Failure> {
        let first = self.voyages.first();
        let place = first.map_or(Place::PortAuPrince, |voyage| voyage.route.destination());
        let site = self.sites[&place];
        let guests = self.parties.first().map_or(&[][..], |party| &party.guests);
        let ids: Vec<PersonId> = guests.iter().take(many).map(|guest| guest.person).collect();
        let known = self.node.read::<_, NodeError>(|register| {
            let mut known = Vec::new();
            for id in ids {
                known.extend(register.person(id)?.map(|person| person.id));
            }
            Ok(known)
        })?;
        Ok((site, known))
    }

    /// The day on which the first movement comes.
    pub(super) fn first_day(&self) -> Option<Day> {
        self.voyages.first().map(|voyage| Day(voyage.day()))
    }

    /// The node that plays.
    pub(super) const fn node(&self) -> &Node {
        &self.node
    }

    /// The session of whoever has a role.
    /// A site by its place.
    pub(super) fn site_of(&self, place: Place) -> SiteId {
        self.sites[&place]
    }

    pub(super) fn session(&self, role: Role) -> &Session {
        &self.staff[&role]
    }

    /// An id that nothing has yet.
    pub(super) fn fresh_id(&mut self) -> Uuid {
        id(&mut self.chance)
    }

    /// The site the node stands at.
    pub(super) fn home(&self) -> Result<Site, Failure> {
        let home = self.node.home_site()?;
        let site = self
            .node
            .read::<_, NodeError>(|register| Ok(register.site(home)?))?;
        site.ok_or_else(|| NodeError::NotFounded.into())
    }

    fn coordinate(&mut self, place: usize, commands: Vec<Command>) -> Result<(), Failure> {
        let commands = commands
            .into_iter()
            .map(|command| (None, command))
            .collect();
        self.ask(Role::Coordinator, place, commands)
    }

    fn ask(
        &mut self,
        role: Role,
        place: usize,
        commands: Vec<(Option<Occurred>, Command)>,
    ) -> Result<(), Failure> {
        let site = self.sites[&self.voyages[place].route.destination()];
        self.ask_at(role, site, commands)
    }

    /// Carries out commands together, durable with one flush of the disk.
    pub(super) fn ask_at(
        &mut self,
        role: Role,
        site: SiteId,
        commands: Vec<(Option<Occurred>, Command)>,
    ) -> Result<(), Failure> {
        let requests = self.requests(site, commands);
        carried_out(&self.node, &self.staff[&role], requests)
    }

    /// Registers people at all desks, each clerk the next who waits.
    fn at_the_desks(
        &mut self,
        place: usize,
        commands: Vec<(Option<Occurred>, Command)>,
    ) -> Result<(), Failure> {
        let site = self.sites[&self.voyages[place].route.destination()];
        let requests = self.requests(site, commands);
        let clerks: Vec<_> = [&self.staff[&Role::Clerk]]
            .into_iter()
            .chain(&self.desks)
            .collect();
        let mut queues = vec![Vec::new(); clerks.len()];
        for (number, request) in requests.into_iter().enumerate() {
            queues[number % clerks.len()].push(request);
        }
        for (clerk, queue) in clerks.into_iter().zip(queues) {
            carried_out(&self.node, clerk, queue)?;
        }
        Ok(())
    }

    fn requests(
        &mut self,
        site: SiteId,
        commands: Vec<(Option<Occurred>, Command)>,
    ) -> Vec<Request> {
        commands
            .into_iter()
            .map(|(occurred, command)| Request {
                id: id(&mut self.chance),
                site,
                occurred,
                command,
            })
            .collect()
    }
}

fn carried_out(node: &Node, by: &Session, requests: Vec<Request>) -> Result<(), Failure> {
    if requests.is_empty() {
        return Ok(());
    }
    for answer in node.execute_all(by, requests)? {
        answer?;
    }
    Ok(())
}

/// A man who travels by himself.
fn is_single_man(traveller: &Traveller) -> bool {
    traveller.family.is_none()
        && traveller
            .particulars
            .age_group(jiff::civil::date(2021, 9, 19))
            == domain::AgeGroup::Men
}

/// So many of everything that is kept in stock; far fewer of what few need.
fn goods(people: u32) -> Vec<WaybillLine> {
    let line = |item, quantity| WaybillLine { item, quantity };
    vec![
        line(ItemCode::HOT_MEAL, people),
        line(ItemCode::WATER, people),
        line(ItemCode::HYGIENE_KIT, people),
        line(ItemCode::CASH_GRANT, people),
        line(ItemCode::BLANKET, people / 4),
        line(ItemCode::DIGNITY_KIT, people / 6),
        line(ItemCode::BABY_KIT, people / 8),
        line(ItemCode::SHELTER_NIGHT, people / 5),
    ]
}

/// Commands to give what an arrival is entitled to and has not received.
fn redeem(arrival: &Arrival, wanted: impl Fn(&ItemCode) -> bool) -> impl Iterator<Item = Command> {
    arrival
        .entitlements
        .iter()
        .filter(move |entitlement| entitlement.redeemed.is_none() && wanted(&entitlement.item))
        .map(|entitlement| Command::Redeem {
            arrival: arrival.id,
            entitlement: entitlement.id,
            card_checked: false,
        })
}

/// Things done one after the other over so many minutes before they are recorded together.
fn spread<T>(
    at: Moment,
    minutes: i64,
    things: &[T],
) -> impl Iterator<Item = (Option<Occurred>, &T)> {
    let count = i64::try_from(things.len()).unwrap_or(i64::MAX).max(1);
    let span_ms = minutes * 60_000;
    (0..).zip(things).map(move |(place, thing)| {
        let when = at.plus_ms(span_ms * (place + 1) / count - span_ms);
        (Some(Occurred::at(when)), thing)
    })
}
