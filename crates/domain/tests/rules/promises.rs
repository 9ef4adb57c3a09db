//! Commands made at random from a small world, so that they collide. Every accepted one is folded,
//! and after each step the promises are checked against a count kept here alone.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ArrivalId, Command, Confirmed, EntitlementId, Event, Extent, FamilyId, Ids, ImportId,
    Importing, ItemCode, Known, LegalBasis, LineState, LinkId, Meeting, Moment, MovementId,
    MovementKind, PersonId, Recorded, RelationCode, Screened, Screening, StocktakeId, VoidReason,
    Vulnerability, WaybillId, WaybillLine, Whose,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{ELSEWHERE, SITE, START_MS, World, listed, new_person, register};

/// A command in terms of a small world: numbers are taken modulo what exists.
#[derive(Debug, Clone)]
enum Step {
    Announce(u8),
    Import(u8, Vec<u8>),
    Land(u8),
    Cancel(u8),
    Close(u8),
    Reopen(u8),
    Divert(u8),
    Meet(u8, u8),
    Register {
        arrival: u8,
        movement: u8,
        person: u8,
        known: bool,
        line: Option<u8>,
    },
    Decline {
        arrival: u8,
        movement: u8,
        person: u8,
    },
    NoShow(u8),
    Screen(u8, bool),
    Give(u8, u8),
    Void(u8, u8, u8),
    Waive(u8, u8),
    Grant(u8, u8),
    Link(u8, u8, u8),
    Unlink(u8),
    Join(u8, u8),
    Quit(u8, u8),
    Erase(u8),
    EraseLine(u8),
    Withdraw(u8),
    Leave(u8),
    Send(u8, u8, u8, bool),
    Receive(u8, u8),
    Count(u8, u8),
    /// What follows is entered so many seconds after it happened.
    Late(i16),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let small = 0_u8..6;
    // Few movements, so that people collide on them.
    let few = 0_u8..2;
    let step = prop_oneof![
        2 => few.clone().prop_map(Step::Announce),
        3 => (few.clone(), prop::collection::vec(small.clone(), 0..6))
            .prop_map(|(movement, people)| Step::Import(movement, people)),
        4 => few.clone().prop_map(Step::Land),
        1 => few.clone().prop_map(Step::Cancel),
        1 => few.clone().prop_map(Step::Close),
        1 => few.clone().prop_map(Step::Reopen),
        1 => few.clone().prop_map(Step::Divert),
        3 => (few.clone(), small.clone()).prop_map(|(movement, arrival)| Step::Meet(movement, arrival)),
        8 => (small.clone(), few.clone(), small.clone(), any::<bool>(), prop::option::of(small.clone()))
            .prop_map(|(arrival, movement, person, known, line)| Step::Register { arrival, movement, person, known, line }),
        1 => (small.clone(), few.clone(), small.clone())
            .prop_map(|(arrival, movement, person)| Step::Decline { arrival, movement, person }),
        1 => small.clone().prop_map(Step::NoShow),
        2 => (small.clone(), any::<bool>()).prop_map(|(arrival, pregnant)| Step::Screen(arrival, pregnant)),
        10 => (small.clone(), small.clone()).prop_map(|(arrival, item)| Step::Give(arrival, item)),
        2 => (small.clone(), small.clone(), 0_u8..3).prop_map(|(arrival, item, reason)| Step::Void(arrival, item, reason)),
        2 => (small.clone(), small.clone()).prop_map(|(arrival, item)| Step::Waive(arrival, item)),
        2 => (small.clone(), small.clone()).prop_map(|(arrival, item)| Step::Grant(arrival, item)),
        2 => (small.clone(), small.clone(), small.clone()).prop_map(|(link, a, b)| Step::Link(link, a, b)),
        1 => small.clone().prop_map(Step::Unlink),
        2 => (small.clone(), small.clone()).prop_map(|(family, person)| Step::Join(family, person)),
        1 => (small.clone(), small.clone()).prop_map(|(family, person)| Step::Quit(family, person)),
        1 => small.clone().prop_map(Step::Erase),
        1 => small.clone().prop_map(Step::EraseLine),
        2 => small.clone().prop_map(Step::Withdraw),
        1 => small.clone().prop_map(Step::Leave),
        3 => (small.clone(), small.clone(), 1_u8..20, any::<bool>())
            .prop_map(|(waybill, item, quantity, out)| Step::Send(waybill, item, quantity, out)),
        3 => (small.clone(), 0_u8..20).prop_map(|(waybill, quantity)| Step::Receive(waybill, quantity)),
        1 => (small, 0_u8..20).prop_map(|(item, quantity)| Step::Count(item, quantity)),
        2 => (-50_i16..200).prop_map(Step::Late),
    ];
    prop::collection::vec(step, 1..120)
}

/// Every history begins with a flight on the ground and goods on the shelf, so that the random part
/// is about people.
fn opening() -> Vec<Step> {
    vec![
        Step::Announce(0),
        Step::Import(0, vec![0, 1, 2, 3]),
        Step::Land(0),
        Step::Announce(1),
        Step::Import(1, vec![4, 5]),
        Step::Send(0, 0, 20, false),
        Step::Receive(0, 20),
        Step::Send(1, 1, 3, false),
        Step::Receive(1, 3),
    ]
}

const ITEMS: [ItemCode; 3] = [
    ItemCode::HOT_MEAL,
    ItemCode::HYGIENE_KIT,
    ItemCode::BABY_KIT,
];

impl World {
    #[allow(clippy::too_many_lines, reason = "one arm for each kind of step")]
    fn command(&mut self, step: Step) -> Option<Command> {
        let id = |base: u128, number: u8| Uuid::from_u128(base + u128::from(number));
        let movement = |number| MovementId(id(100, number));
        let arrival = |number| ArrivalId(id(200, number));
        let person = |number| PersonId(id(300, number));
        let link = |number| LinkId(id(400, number));
        let family = |number| FamilyId(id(600, number));
        let waybill = |number| WaybillId(id(700, number));
        let item = |number: u8| ITEMS[usize::from(number) % ITEMS.len()].clone();
        let line = |movement: MovementId, number: u8| {
            let lines = self.known.lines(movement).unwrap();
            lines.get(usize::from(number)).map(|line| line.id)
        };
        let granted = |number: u8, nth: u8| {
            let found = self.known.arrival(arrival(number)).unwrap()?;
            Some(found.entitlements.get(usize::from(nth))?.id)
        };
        Some(match step {
            Step::Late(seconds) => {
                self.entered_late_ms = i64::from(seconds) * 1_000;
                return None;
            }
            Step::Announce(number) => Command::AnnounceMovement {
                movement: movement(number),
                kind: MovementKind::FLIGHT,
                designator: format!("DR-{number}"),
                origin: ELSEWHERE,
                destination: SITE,
                expected: Moment(START_MS),
                legal_basis: LegalBasis::TITLE_42,
                announced: 5,
                screened_before: Screened::NotKnown,
            },
            Step::Import(number, people) => Command::ImportManifest(Box::new(Importing {
                import: ImportId(self.ids.id()),
                movement: movement(number),
                people: (2..)
                    .zip(people)
                    .map(|(row, name)| listed(row, &format!("Demo {name}")))
                    .collect(),
                refused: 0,
                extent: Extent::Whole,
                confirmed: Confirmed::default(),
            })),
            Step::Land(number) => Command::LandMovement {
                movement: movement(number),
                headcount: 5,
            },
            Step::Cancel(number) => Command::CancelMovement {
                movement: movement(number),
                reason: "storm".into(),
            },
            Step::Close(number) => Command::CloseMovement {
                movement: movement(number),
            },
            Step::Reopen(number) => Command::ReopenMovement {
                movement: movement(number),
            },
            Step::Divert(number) => Command::DivertMovement {
                movement: movement(number),
                destination: ELSEWHERE,
                expected: self.now,
            },
            Step::Meet(of, who) => Command::Meet {
                movement: movement(of),
                meetings: vec![Meeting {
                    arrival: arrival(who),
                    priority: None,
                }],
            },
            Step::Register {
                arrival: who,
                movement: of,
                person: whose,
                known,
                line: nth,
            } => {
                let whose = if known {
                    Whose::Known(person(whose))
                } else {
                    new_person(person(whose), "Demo")
                };
                let line = nth.and_then(|nth| line(movement(of), nth));
                register(arrival(who), movement(of), whose, line)
            }
            Step::Decline {
                arrival: who,
                movement: of,
                person: whose,
            } => {
                let whose = Whose::Declined {
                    person: person(whose),
                };
                register(arrival(who), movement(of), whose, None)
            }
            Step::NoShow(number) => Command::MarkNoShow {
                line: line(movement(number % 2), number)?,
            },
            Step::Screen(who, pregnant) => Command::Screen {
                arrival: arrival(who),
                screening: Screening {
                    vulnerabilities: pregnant
                        .then_some(Vulnerability::PREGNANT)
                        .into_iter()
                        .collect(),
                    ..Screening::default()
                },
                note: None,
            },
            Step::Give(who, nth) => Command::Redeem {
                arrival: arrival(who),
                entitlement: granted(who, nth)?,
                card_checked: false,
            },
            Step::Void(who, nth, reason) => Command::Void {
                arrival: arrival(who),
                entitlement: granted(who, nth)?,
                reason: VoidReason::KNOWN[usize::from(reason)].clone(),
            },
            Step::Waive(who, nth) => Command::WaiveLimit {
                arrival: arrival(who),
                entitlement: granted(who, nth)?,
                reason: "need".into(),
            },
            Step::Grant(who, what) => Command::Grant {
                arrival: arrival(who),
                item: item(what),
                quantity: 2,
                reason: "need".into(),
            },
            Step::Link(number, a, b) => Command::LinkPersons {
                link: link(number),
                first: person(a),
                second: person(b),
            },
            Step::Unlink(number) => Command::UnlinkPersons {
                link: link(number),
                reason: "not alike".into(),
            },
            Step::Join(number, who) => Command::JoinFamily {
                family: family(number),
                person: person(who),
                relation: RelationCode::SPOUSE,
            },
            Step::Quit(number, who) => Command::LeaveFamily {
                family: family(number),
                person: person(who),
            },
            Step::Erase(who) => Command::ErasePerson {
                person: person(who),
            },
            Step::EraseLine(number) => Command::EraseLine {
                line: line(movement(number % 2), number)?,
            },
            Step::Withdraw(who) => Command::WithdrawArrival {
                arrival: arrival(who),
                reason: "registered twice".into(),
            },
            Step::Leave(who) => Command::Leave {
                arrival: arrival(who),
            },
            Step::Send(number, what, quantity, out) => Command::SendWaybill {
                waybill: waybill(number),
                number: format!("W-{number}"),
                origin: out.then_some(SITE),
                destination: if out { ELSEWHERE } else { SITE },
                to: None,
                lines: vec![WaybillLine {
                    item: item(what),
                    quantity: u32::from(quantity),
                }],
            },
            Step::Receive(number, quantity) => Command::ReceiveWaybill {
                waybill: waybill(number),
                lines: vec![WaybillLine {
                    item: self.known.waybill(waybill(number)).unwrap()?.sent[0]
                        .item
                        .clone(),
                    quantity: u32::from(quantity),
                }],
                difference: Some(domain::DifferenceReason::LOST),
            },
            Step::Count(what, quantity) => Command::CountStock {
                stocktake: StocktakeId(self.ids.id()),
                site: SITE,
                counts: vec![WaybillLine {
                    item: item(what),
                    quantity: u32::from(quantity),
                }],
                difference: Some(domain::DifferenceReason::MISCOUNTED),
            },
        })
    }
}

/// What was given and not voided, counted from the log alone.
#[derive(Default)]
struct Given(BTreeMap<EntitlementId, u32>);

impl Given {
    fn take_in(&mut self, recorded: &Recorded) -> Result<(), TestCaseError> {
        match &recorded.event {
            Event::EntitlementRedeemed(redeemed) => {
                let times = self.0.entry(redeemed.entitlement).or_default();
                *times += 1;
                prop_assert_eq!(*times, 1, "an entitlement was redeemed twice");
            }
            Event::RedemptionVoided(voided) => {
                let times = self.0.entry(voided.entitlement).or_default();
                prop_assert_eq!(*times, 1, "a void without a redemption");
                *times = 0;
            }
            _ => {}
        }
        Ok(())
    }
}

fn check_balance(world: &World, movement: MovementId) -> Result<(), TestCaseError> {
    let lines = world.known.lines(movement).unwrap();
    let arrivals: Vec<_> = world
        .known
        .all_arrivals()
        .filter(|arrival| arrival.movement == movement && arrival.withdrawn_at.is_none())
        .collect();
    for withdrawn in world.known.all_arrivals() {
        if withdrawn.withdrawn_at.is_some() {
            prop_assert!(withdrawn.registration.is_none() && !withdrawn.something_given());
        }
    }
    let in_state = |state| lines.iter().filter(|line| line.state() == state).count();
    let registered = arrivals
        .iter()
        .filter(|arrival| arrival.registration.is_some())
        .count();
    let unlisted = arrivals
        .iter()
        .filter(|arrival| {
            arrival
                .registration
                .as_ref()
                .is_some_and(|how| how.line.is_none())
        })
        .count();
    let announced = lines.len() - in_state(LineState::Removed);
    prop_assert_eq!(
        announced + unlisted,
        registered + in_state(LineState::NoShow) + in_state(LineState::Waiting),
        "announced + unlisted = registered + no-show + waiting"
    );
    let left = arrivals
        .iter()
        .filter(|arrival| arrival.registration.is_none() && arrival.left_at.is_some())
        .count();
    let waiting = usize::try_from(world.known.unregistered(movement).unwrap()).unwrap();
    prop_assert_eq!(
        arrivals.len(),
        registered + waiting + left,
        "met = registered + waiting at the desk + left unregistered"
    );
    let taken: BTreeSet<_> = arrivals
        .iter()
        .filter_map(|arrival| arrival.registration.as_ref()?.line)
        .collect();
    prop_assert_eq!(taken.len(), registered - unlisted, "one line, one arrival");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_breaks_a_promise(steps in steps()) {
        let mut world = World::new();
        let mut given = Given::default();
        for step in opening().into_iter().chain(steps) {
            let Some(command) = world.command(step) else { continue };
            let Ok(recorded) = world.ask(command) else { continue };
            for event in &recorded {
                given.take_in(event)?;
            }
            for ((_, _, item), balance) in world.known.all_stock() {
                prop_assert!(*balance >= 0, "{} fell to {}", item, balance);
            }
            for number in 0..2 {
                check_balance(&world, MovementId(Uuid::from_u128(100 + number)))?;
            }
        }
    }

    #[test]
    fn an_event_of_a_newer_version_is_kept_as_unknown(kind in "[a-z]{1,8}\\.[a-z]{1,8}", body: Vec<u8>) {
        prop_assume!(!Event::KINDS.contains(&kind.as_str()));
        prop_assert_eq!(Event::from_cbor(&kind, &body), Event::Unknown { kind });
    }

    #[test]
    fn any_body_is_understood_or_unknown(nth in 0..Event::KINDS.len(), body: Vec<u8>) {
        let _ = Event::from_cbor(Event::KINDS[nth], &body);
    }
}
