//! Three nodes work apart, with clocks that disagree, one of them absurdly; what each learns of the
//! others comes in any order and more than once. In the end they show the same, and nothing that
//! somebody wrote is out of sight unless somebody who knew it replaced it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AccessId, AccessStatus, ArrivalId, Choosing, Command, Credibility, Entries, Event, Field,
    Grant, Harm, IncidentId, IncidentKind, IncidentSource, Item, ItemCode, Known, Limit,
    MovementId, OfficeId, Order, PCode, Package, PersonId, Recorded, Role, UserId, Value, When,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use register::{Digest, EventSource, Register};
use uuid::Uuid;

use crate::known::all_answers_alike;
use crate::steps::{Step, command, id, lived, steps};
use crate::world::{ADMIN, ELSEWHERE, World, applied, empty, open_site, rebuilt, withheld};

const YEAR_MS: i64 = 365 * 86_400_000;

/// Three nodes with a common past.
struct Apart {
    nodes: Vec<World>,
    /// What the author's node knew when an event was made: the truth that edits are held against.
    knew: BTreeMap<Order, BTreeSet<Order>>,
}

impl Apart {
    fn since(past: &[Step]) -> Self {
        let nodes = (0..3)
            .map(|node| {
                let mut world = lived(past);
                world.node = node;
                world.ids.0 += u128::try_from(node).unwrap() << 40;
                world.now = world.now.plus_ms([0, -7_000, YEAR_MS][node]);
                world
            })
            .collect();
        Self {
            nodes,
            knew: BTreeMap::new(),
        }
    }

    fn work(&mut self, node: usize, step: &Step) {
        let world = &mut self.nodes[node];
        let before = world.log.events.len();
        let knew: BTreeSet<_> = world.log.events.iter().map(|known| known.order).collect();
        if let Some(command) = edit(world, step).or_else(|| command(world, step)) {
            let _ = world.ask(command);
        }
        for made in &world.log.events[before..] {
            self.knew.insert(made.order, knew.clone());
        }
    }

    /// One node learns of what another knows, a part of it or all, in any order.
    fn tell(&mut self, from: usize, to: usize, key: u32, keep: usize) {
        let length = self.nodes[from].log.events.len();
        let mut places: Vec<usize> = (0..length).collect();
        places.sort_by_key(|place| mixed(*place, key));
        places.retain(|place| mixed(*place, key.rotate_left(9)) % 4 < keep);
        let again: Vec<_> = places.iter().copied().step_by(5).collect();
        let (from, to) = pair(&mut self.nodes, from, to);
        to.learn(&from.log, places.into_iter().chain(again));
    }

    fn meet(&mut self, key: u32) {
        for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 1), (1, 2)] {
            self.tell(from, to, key, 4);
        }
    }
}

fn mixed(place: usize, key: u32) -> usize {
    let place = u32::try_from(place).unwrap();
    let mixed = (place.wrapping_add(key)).wrapping_mul(2_654_435_761) ^ key;
    usize::try_from(mixed.rotate_left(13) >> 3).unwrap()
}

fn pair(nodes: &mut [World], from: usize, to: usize) -> (&World, &mut World) {
    if from < to {
        let (head, tail) = nodes.split_at_mut(to);
        (&head[from], &mut tail[0])
    } else {
        let (head, tail) = nodes.split_at_mut(from);
        (&tail[0], &mut head[to])
    }
}

/// Edits of which ordinary work has few.
fn edit(world: &mut World, step: &Step) -> Option<Command> {
    let Step { kind, a, b, c, .. } = *step;
    let movement = MovementId(id(100, b % 3));
    Some(match kind {
        72 => {
            let Command::OpenSite {
                site,
                name,
                kind,
                country,
                area,
                port_code,
                time_zone,
                day_closes_min,
                ..
            } = open_site(
                ELSEWHERE,
                ["Del Rio", "Custody"][usize::from(a) % 2],
                "America/Port-au-Prince",
            )
            else {
                unreachable!("a site is opened")
            };
            Command::OpenSite {
                site,
                name,
                kind,
                country,
                area,
                port_code,
                capacity: Some(u32::from(c) * 100),
                time_zone,
                day_closes_min,
            }
        }
        73 => Command::DefineItem {
            item: Item {
                code: ItemCode::HOT_MEAL,
                stocked: true,
                money: None,
                limit: (c > 2).then_some(Limit {
                    times: u32::from(c),
                    days: 30,
                }),
            },
        },
        74 => Command::DefinePackage {
            package: Package {
                grants: vec![Grant {
                    item: ItemCode::HOT_MEAL,
                    quantity: u32::from(c) + 1,
                    when: When::Met,
                }],
            },
        },
        75 if c < 3 => Command::ReportIncident {
            incident: IncidentId(id(1_800, a % 2)),
            kind: IncidentKind::ROBBERY,
            area: PCode::HT01,
            site: None,
            harm: Harm::NONE,
            source: IncidentSource::KNOWN[0].clone(),
            credibility: Credibility::KNOWN[0].clone(),
            text: None,
        },
        75 => Command::UpdateIncident {
            incident: IncidentId(id(1_800, a % 2)),
            harm: [Harm::NONE, Harm::TAKEN][usize::from(b) % 2].clone(),
            credibility: Credibility::KNOWN[usize::from(c) % 3].clone(),
            text: None,
        },
        76 => Command::StateAccess {
            access: AccessId(id(1_900, 0)),
            site: None,
            road: Some("RN1".into()),
            area: PCode::HT01,
            status: [AccessStatus::CLOSED, AccessStatus::RESTRICTED][usize::from(b) % 2].clone(),
            until: world.now.plus_ms(3_600_000),
        },
        77 => Command::DefineOffice {
            office: OfficeId(id(2_000, 0)),
            name: format!("Demo office {c}"),
            members: vec![ADMIN],
            active: b > 1,
        },
        78 => Command::DepartMovement { movement },
        79 => Command::ChangeUser {
            user: UserId(id(800, a)),
            roles: vec![[Role::Clerk, Role::Screener, Role::Cash][usize::from(b) % 3]],
            active: c > 1,
        },
        80.. => choice(world, b, c)?,
        _ => return None,
    })
}

fn choice(world: &World, b: u8, c: u8) -> Option<Command> {
    let conflicts = world.register().conflicts().unwrap();
    let conflict = conflicts.get(usize::from(b) % conflicts.len().max(1))?;
    let seen: Vec<_> = conflict.stand.iter().map(|stands| stands.order).collect();
    Some(Command::Choose(Box::new(Choosing {
        about: conflict.about,
        field: conflict.field,
        chosen: seen[usize::from(c) % seen.len()],
        seen,
    })))
}

/// What happens: somebody works at a node, or a node learns from another.
#[derive(Clone, Debug)]
enum Turn {
    Work(usize, Step),
    Tell(usize, usize, u32, usize),
}

fn turns(longest: usize) -> impl Strategy<Value = Vec<Turn>> {
    // The kinds that edit come often; ordinary work in between.
    let kinds = prop_oneof![
        3 => prop::sample::select(vec![36_u8, 36, 2, 31, 18, 19, 20, 32, 32, 46, 47, 64, 65, 69, 70, 71]),
        3 => 72_u8..84,
        2 => 0_u8..72,
    ];
    let step = (steps(2), kinds, 0_u8..5, 0_u8..5, 0_u8..8).prop_map(|(steps, kind, a, b, c)| {
        let mut step = steps[0].clone();
        (step.kind, step.a, step.b, step.c) = (kind, a, b, c);
        step
    });
    let turn = prop_oneof![
        6 => (0_usize..3, step).prop_map(|(node, step)| Turn::Work(node, step)),
        1 => (0_usize..3, 1_usize..3, any::<u32>(), 1_usize..5)
            .prop_map(|(from, by, key, keep)| Turn::Tell(from, (from + by) % 3, key, keep)),
    ];
    prop::collection::vec(turn, 1..longest)
}

fn digest(world: &World) -> Digest {
    world.register().digest().unwrap()
}

/// What one event writes by itself.
fn writes(recorded: &Recorded) -> Vec<(Field, Value)> {
    let alone = Entries::of(std::slice::from_ref(recorded));
    Field::ALL
        .iter()
        .filter_map(|field| Some((*field, alone.shown(*field)?.clone())))
        .collect()
}

/// Nothing that somebody wrote is out of sight unless somebody who knew it wrote the same field.
fn nothing_is_dropped(apart: &Apart) -> Result<(), TestCaseError> {
    let world = &apart.nodes[0];
    let nothing = BTreeSet::new();
    let knew = |recorded: &Recorded| apart.knew.get(&recorded.order).unwrap_or(&nothing).clone();
    let abouts: BTreeSet<Uuid> = world.log.events.iter().map(|it| it.aggregate).collect();
    for about in abouts {
        let mut history = world.log.of_aggregate(about).unwrap();
        history.sort_by_key(|recorded| recorded.order);
        let entries = Entries::of(&history);
        for recorded in history
            .iter()
            .filter(|it| apart.knew.contains_key(&it.order))
        {
            for (field, value) in writes(recorded) {
                let is_shown = entries
                    .standing(field)
                    .any(|entry| entry.value.says_as(&value));
                let left_alone = history.iter().any(|earlier| {
                    knew(recorded).contains(&earlier.order)
                        && writes(earlier).contains(&(field, value.clone()))
                });
                let replaced = history.iter().any(|later| {
                    let chooses = matches!(&later.event, Event::ValueChosen(chosen) if chosen.field == field.code());
                    knew(later).contains(&recorded.order)
                        && (chooses || writes(later).iter().any(|(other, _)| *other == field))
                });
                prop_assert!(
                    is_shown || left_alone || replaced,
                    "{} of {about}: {value:?} is out of sight",
                    field.code()
                );
            }
        }
        let waiting = world.register().conflicts_of(about).unwrap();
        let found: BTreeSet<_> = entries.conflicts().map(|conflict| conflict.field).collect();
        prop_assert_eq!(waiting.into_iter().collect::<BTreeSet<_>>(), found);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn three_nodes_apart_come_to_show_the_same_and_drop_nothing_unseen(
        past in steps(60),
        turns in turns(70),
        key in any::<u32>(),
    ) {
        let mut apart = Apart::since(&past);
        for turn in &turns {
            match turn {
                Turn::Work(node, step) => apart.work(*node, step),
                Turn::Tell(from, to, key, keep) => apart.tell(*from, *to, *key, *keep),
            }
        }
        apart.meet(key);
        let expected = digest(&apart.nodes[0]);
        prop_assert_eq!(digest(&apart.nodes[1]), expected);
        prop_assert_eq!(digest(&apart.nodes[2]), expected);
        for world in &apart.nodes {
            let anew = rebuilt(&world.log);
            prop_assert_eq!(Register::new(&anew).digest().unwrap(), expected, "rebuilt");
            all_answers_alike(world)?;
        }
        let world = &apart.nodes[1];
        let backwards = applied(world.log.events.iter().rev(), &world.log);
        prop_assert_eq!(Register::new(&backwards).digest().unwrap(), expected, "backwards");
        let blind = empty();
        let events = world.log.events.iter().map(|event| Ok(withheld(event)));
        Register::new(&blind).fold(events, &Blind(world)).unwrap();
        prop_assert_eq!(Register::new(&blind).digest().unwrap().public, expected.public);
        nothing_is_dropped(&apart)?;
    }
}

/// The log as a node keeps it that may read nothing sealed.
struct Blind<'w>(&'w World);

impl EventSource for Blind<'_> {
    fn of_aggregate(&self, about: Uuid) -> Result<Vec<Recorded>, register::RegisterError> {
        let events = self.0.log.of_aggregate(about)?;
        Ok(events.iter().map(withheld).collect())
    }
}

/// Two nodes with the same past, and a third.
fn apart() -> Apart {
    Apart::since(&[])
}

fn headcount(world: &World, movement: MovementId) -> (Option<u32>, usize) {
    let register = world.register();
    let shown = Known::movement(&register, movement).unwrap().unwrap();
    let stand = register
        .conflict(movement.0, Field::MovementHeadcount)
        .unwrap();
    (shown.headcount, stand.len())
}

fn correct(world: &mut World, movement: MovementId, headcount: u32) {
    world
        .ask(Command::CorrectHeadcount {
            movement,
            headcount,
            reason: "counted again".into(),
        })
        .unwrap();
}

#[test]
fn a_headcount_corrected_at_two_nodes_shows_both_until_somebody_who_saw_both_chooses() {
    let mut apart = apart();
    let movement = MovementId(id(100, 0));
    correct(&mut apart.nodes[0], movement, 117);
    correct(&mut apart.nodes[1], movement, 118);
    apart.meet(3);
    for world in &apart.nodes {
        assert_eq!(headcount(world, movement).1, 2);
    }
    // Who did not look replaces what was shown, and nothing else.
    correct(&mut apart.nodes[1], movement, 119);
    apart.meet(4);
    assert_eq!(headcount(&apart.nodes[2], movement).1, 2);
    let chosen = choice(&apart.nodes[2], 0, 0).unwrap();
    let late = chosen.clone();
    apart.nodes[2].ask(chosen).unwrap();
    apart.meet(5);
    for world in &apart.nodes {
        assert_eq!(headcount(world, movement).1, 0);
    }
    let all: BTreeSet<_> = apart
        .nodes
        .iter()
        .map(|it| headcount(it, movement))
        .collect();
    assert_eq!(all.len(), 1, "{all:?}");
    let refused = apart.nodes[0].ask(late).unwrap_err();
    assert_eq!(refused, domain::Refusal::NoConflict.into());
}

#[test]
fn whoever_was_sent_away_at_one_node_does_not_come_in_by_an_edit_of_another() {
    let mut apart = apart();
    let user = UserId(id(800, 0));
    apart.nodes[0]
        .ask(Command::AdmitUser {
            user,
            roles: vec![Role::Clerk],
            staff: domain::Staff {
                login: "demo-0".into(),
                name: "Demo-Clerk".into(),
            },
        })
        .unwrap();
    apart.meet(1);
    let change = |roles: Vec<Role>, active| Command::ChangeUser {
        user,
        roles,
        active,
    };
    apart.nodes[0]
        .ask(change(vec![Role::Clerk], false))
        .unwrap();
    apart.nodes[1].now = apart.nodes[1].now.plus_ms(100_000);
    apart.nodes[1]
        .ask(change(vec![Role::Clerk, Role::Cash], true))
        .unwrap();
    apart.meet(2);
    for world in &apart.nodes {
        let user = world.register().user(user).unwrap().unwrap();
        assert!(!user.active);
        assert_eq!(user.roles, [Role::Clerk]);
        assert_eq!(world.register().conflicts().unwrap().len(), 1);
    }
}

#[test]
fn a_flight_that_landed_is_not_cancelled_by_somebody_who_did_not_know() {
    let mut apart = apart();
    let movement = apart.nodes[0].announced(7, 9);
    apart.meet(1);
    apart.nodes[0].land(movement, 8);
    apart.nodes[1].now = apart.nodes[1].now.plus_ms(100_000);
    apart.nodes[1]
        .ask(Command::CancelMovement {
            movement,
            reason: "storm".into(),
        })
        .unwrap();
    apart.meet(2);
    for world in &apart.nodes {
        let shown = Known::movement(&world.register(), movement)
            .unwrap()
            .unwrap();
        assert_eq!(
            (shown.stage, shown.headcount),
            (domain::Stage::Landed, Some(8))
        );
        let waiting = world.register().conflicts_of(movement.0).unwrap();
        assert_eq!(waiting, [Field::MovementTakesPlace]);
    }
}

#[test]
fn corrections_of_different_fields_made_apart_are_both_shown() {
    let mut apart = apart();
    let movement = MovementId(id(100, 0));
    let known = crate::world::named("Ana Demo-One");
    let (_, person) = apart.nodes[0].register_as(movement, known.clone(), None);
    apart.meet(1);
    let correction = |particulars: domain::Particulars| Command::CorrectPerson {
        person,
        particulars: Box::new(particulars),
        reason: "said so".into(),
        document_shared: true,
    };
    let phone = domain::Particulars {
        phone: Some("555 0100".into()),
        ..known.clone()
    };
    let origin = domain::Particulars {
        origin: Some(PCode::HT03),
        ..known.clone()
    };
    apart.nodes[0].ask(correction(phone)).unwrap();
    apart.nodes[1].ask(correction(origin.clone())).unwrap();
    apart.meet(2);
    for world in &apart.nodes {
        let shown = Known::person(&world.register(), person).unwrap().unwrap();
        let shown = shown.particulars.unwrap();
        assert_eq!(shown.phone.as_deref(), Some("555 0100"));
        assert_eq!(shown.origin, Some(PCode::HT03));
        assert!(world.register().conflicts().unwrap().is_empty());
    }
    // Of the same field, both stand.
    let other = domain::Particulars {
        family_name: "Demo-Two".into(),
        ..origin.clone()
    };
    let third = domain::Particulars {
        family_name: "Demo-Three".into(),
        ..origin
    };
    apart.nodes[0].ask(correction(other)).unwrap();
    apart.nodes[2].ask(correction(third)).unwrap();
    apart.meet(3);
    for world in &apart.nodes {
        let waiting = world.register().conflicts_of(person.0).unwrap();
        assert!(waiting.contains(&Field::PersonFamilyName), "{waiting:?}");
    }
    assert_eq!(digest(&apart.nodes[0]), digest(&apart.nodes[2]));
    // Erased is erased: nothing is left to choose between.
    apart.nodes[1].ask(Command::ErasePerson { person }).unwrap();
    apart.meet(4);
    for world in &apart.nodes {
        assert!(world.register().conflicts().unwrap().is_empty());
    }
}

#[test]
fn an_edit_of_before_edits_could_name_what_they_were_made_upon_replaces_what_is_earlier() {
    let mut apart = apart();
    let movement = MovementId(id(100, 0));
    correct(&mut apart.nodes[0], movement, 117);
    let corrected = domain::body::HeadcountCorrected {
        movement,
        headcount: 120,
    };
    apart.nodes[0].forge(movement.0, corrected);
    assert_eq!(headcount(&apart.nodes[0], movement), (Some(120), 0));
    assert_eq!(apart.nodes[0].log.events.last().unwrap().upon, None);
}

#[test]
fn who_is_met_at_one_node_while_another_closes_the_movement_is_kept_and_listed() {
    let mut apart = apart();
    let movement = MovementId(id(100, 0));
    let before = apart.nodes[0].meet(movement);
    apart.nodes[0]
        .ask(crate::world::registering(
            before,
            movement,
            domain::Whose::Declined {
                person: domain::PersonId(id(300, 0)),
            },
            None,
        ))
        .unwrap();
    apart.meet(1);
    apart.nodes[0]
        .ask(Command::CloseMovement { movement })
        .unwrap();
    let after = apart.nodes[1].meet(movement);
    apart.meet(2);
    for world in &apart.nodes {
        let listed = world.register().after_closing(movement).unwrap();
        let listed: Vec<_> = listed.iter().map(|late| (late.arrival, late.met)).collect();
        assert_eq!(listed, [(after, true)]);
        let balance = world.register().balance(movement).unwrap();
        assert!(balance.adds_up(), "{balance:?}");
    }
}

#[test]
fn a_void_takes_back_the_giving_it_names_and_what_another_gave_meanwhile_stands() {
    let mut apart = apart();
    let movement = MovementId(id(100, 0));
    let arrival = apart.nodes[0].meet(movement);
    apart.nodes[0].give(arrival, &ItemCode::HOT_MEAL);
    apart.meet(1);
    let entitlement = apart.nodes[0].entitlement(arrival, &ItemCode::HOT_MEAL);
    // Another node gives it too, as after a recovery of rights, while this one voids what it gave.
    let redeemed = domain::body::EntitlementRedeemed {
        arrival,
        entitlement,
        item: ItemCode::HOT_MEAL,
        quantity: 1,
        site: crate::world::SITE,
        card_checked: true,
        from_stock: true,
        recovered: None,
    };
    apart.nodes[1].now = apart.nodes[1].now.plus_ms(50_000);
    apart.nodes[1].forge(arrival.0, redeemed);
    let theirs = apart.nodes[1].log.events.last().unwrap().order;
    apart.nodes[0].now = apart.nodes[0].now.plus_ms(100_000);
    let void = || Command::Void {
        arrival,
        entitlement,
        reason: domain::VoidReason::KNOWN[0].clone(),
    };
    apart.nodes[0].ask(void()).unwrap();
    // A third, which has no right to it, voids nothing.
    assert!(matches!(
        apart.nodes[2].ask(void()),
        Err(domain::Rejected::Refused(
            domain::Refusal::RightElsewhere { .. }
        ))
    ));
    apart.meet(2);
    for world in &apart.nodes {
        let shown = Known::arrival(&world.register(), arrival).unwrap().unwrap();
        let shown = shown.entitlement(entitlement).unwrap().clone();
        assert_eq!(shown.redeemed.map(|given| given.order), Some(theirs));
        assert!(shown.disputed.is_empty());
        assert_eq!(shown.voided, 1);
    }
    assert_eq!(digest(&apart.nodes[0]), digest(&apart.nodes[1]));
}

/// A card with a registered person, known at all three nodes, on which a kit may be given at the first.
fn registered_card(apart: &mut Apart) -> (ArrivalId, PersonId) {
    let movement = MovementId(id(100, 0));
    let world = &mut apart.nodes[0];
    world.stock_up(ItemCode::HYGIENE_KIT, 5);
    let card = world.register_as(movement, crate::world::named("Ana Demo-One"), None);
    apart.meet(1);
    card
}

fn withdraw(world: &mut World, arrival: ArrivalId) {
    world.now = world.now.plus_ms(20_000);
    let withdrawal = Command::WithdrawArrival {
        arrival,
        reason: "registered twice".into(),
    };
    world.ask(withdrawal).unwrap();
}

fn shown(world: &World, arrival: ArrivalId) -> domain::Arrival {
    let shown = Known::arrival(&world.register(), arrival).unwrap().unwrap();
    let remembered = world.memory.arrival(arrival).unwrap();
    assert_eq!(Some(&shown), remembered.as_ref());
    shown
}

#[test]
fn a_card_on_which_something_was_given_apart_from_its_withdrawal_counts_with_who_is_on_it() {
    let mut apart = apart();
    let (arrival, person) = registered_card(&mut apart);
    withdraw(&mut apart.nodes[1], arrival);
    apart.nodes[0].now = apart.nodes[0].now.plus_ms(60_000);
    apart.nodes[0].give(arrival, &ItemCode::HYGIENE_KIT);
    apart.meet(2);
    for world in &apart.nodes {
        let card = shown(world, arrival);
        assert_eq!((card.withdrawn_at, card.person()), (None, Some(person)));
        let same = world.register().same_person(person).unwrap();
        let item = ItemCode::HYGIENE_KIT;
        let since = domain::Moment(0);
        // The limit per person counts it.
        assert_eq!(
            Known::received(&world.register(), &same, &item, since)
                .unwrap()
                .len(),
            1
        );
    }
    assert_eq!(digest(&apart.nodes[0]), digest(&apart.nodes[2]));
}

#[test]
fn who_was_registered_on_a_card_apart_from_its_withdrawal_stays_registered() {
    for later_by_ms in [1_000, 60_000] {
        let mut apart = apart();
        let movement = MovementId(id(100, 0));
        let arrival = apart.nodes[0].meet(movement);
        apart.meet(1);
        let person = PersonId(apart.nodes[0].ids_next());
        let whose = domain::Whose::New {
            person,
            particulars: Box::new(crate::world::named("Ana Demo-One")),
        };
        withdraw(&mut apart.nodes[1], arrival);
        // Before the withdrawal, or after it, in the common order.
        apart.nodes[0].now = apart.nodes[0].now.plus_ms(later_by_ms);
        let registering = crate::world::registering(arrival, movement, whose, None);
        apart.nodes[0].ask(registering).unwrap();
        apart.meet(2);
        for world in &apart.nodes {
            let card = shown(world, arrival);
            assert_eq!((card.withdrawn_at, card.person()), (None, Some(person)));
        }
        // Who knows of them withdraws it nevertheless.
        withdraw(&mut apart.nodes[2], arrival);
        apart.meet(3);
        for world in &apart.nodes {
            let card = shown(world, arrival);
            assert!(card.withdrawn_at.is_some() && card.person().is_none());
        }
    }
}

#[test]
fn a_line_corrected_after_somebody_chose_who_is_on_a_card_is_shown() {
    let mut apart = apart();
    let movement = MovementId(id(100, 0));
    let arrival = apart.nodes[0].meet(movement);
    apart.meet(1);
    let mut people = Vec::new();
    for (node, name) in [(0, "Ana Demo-One"), (1, "Ben Demo-Two")] {
        let world = &mut apart.nodes[node];
        let person = PersonId(id(3_000, u8::try_from(node).unwrap()));
        let whose = domain::Whose::New {
            person,
            particulars: Box::new(crate::world::named(name)),
        };
        let registering = crate::world::registering(arrival, movement, whose, None);
        world.ask(registering).unwrap();
        people.push(person);
    }
    apart.meet(2);
    let first = shown(&apart.nodes[2], arrival).person().unwrap();
    let other = people.into_iter().find(|person| *person != first).unwrap();
    let conflicts = apart.nodes[2].register().conflicts().unwrap();
    let conflict = &conflicts[0];
    let seen: Vec<_> = conflict.stand.iter().map(|stands| stands.order).collect();
    let choosing = Choosing {
        about: conflict.about,
        field: conflict.field,
        chosen: *seen.iter().max().unwrap(),
        seen,
    };
    apart.nodes[2]
        .ask(Command::Choose(Box::new(choosing)))
        .unwrap();
    assert_eq!(shown(&apart.nodes[2], arrival).person(), Some(other));
    let line = Known::lines(&apart.nodes[2].register(), movement).unwrap()[0].id;
    let correction = Command::CorrectRegistration {
        arrival,
        line: Some(line),
    };
    apart.nodes[2].ask(correction).unwrap();
    apart.meet(3);
    for world in &apart.nodes {
        let registration = shown(world, arrival).registration.unwrap();
        assert_eq!(
            (registration.person, registration.line),
            (other, Some(line))
        );
    }
}
