//! Several nodes, each deciding on what it has heard, heard of in random order: a right has one holder at
//! most, nothing is given twice unless rights were recovered, no store falls below nought by its own
//! events, and who has heard the same knows the same.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, ArrivalId, Command, Context, EntitlementId, Event, GivenBy, ItemCode, Known, LossReason,
    Memory, Moment, MovementId, NodeKey, Occurred, Order, OverlapKind, PersonId, Recorded,
    RecoveryId, Released, TransferId, VoidReason, WaybillId, WaybillLine, Whose, decide,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use register::{EventSource, Register, RegisterError};
use rusqlite::Connection;
use uuid::Uuid;

use crate::steps::id;
use crate::world::{ADMIN, Counter, EVERYBODY, NODES, SITE, World, empty, named, registering};

const THIRD: NodeKey = NodeKey([11; 32]);
const DAY_MS: i64 = 86_400_000;

fn keys() -> [NodeKey; 3] {
    [NODES[0], NODES[1], THIRD]
}

/// What one of the nodes does; numbers choose among the few things there are.
#[derive(Clone, Debug)]
enum Act {
    Register(u8),
    Release(u8, u8),
    Accept(u8),
    Decline(u8),
    Give(u8, u8),
    Void(u8, u8),
    Send(u8, u8, u8),
    Receive(u8, u8),
    Hear(u8),
    Announce(u8, u8),
    Confirm,
    Wait,
}

/// Whether nodes are said to be lost.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Losses {
    None,
    Some,
}

fn acts(losses: Losses) -> impl Strategy<Value = Vec<(usize, Act)>> {
    let small = || 0_u8..4;
    let lost = move |act: Act| match losses {
        Losses::Some => act,
        Losses::None => Act::Hear(0),
    };
    let act = prop_oneof![
        3 => small().prop_map(Act::Register),
        6 => (small(), small()).prop_map(|(who, to)| Act::Release(who, to)),
        6 => small().prop_map(Act::Accept),
        1 => small().prop_map(Act::Decline),
        9 => (small(), 0_u8..2).prop_map(|(who, nth)| Act::Give(who, nth)),
        1 => (small(), 0_u8..2).prop_map(|(who, nth)| Act::Void(who, nth)),
        2 => (small(), small(), 1_u8..4).prop_map(|(bill, to, many)| Act::Send(bill, to, many)),
        2 => (small(), 0_u8..4).prop_map(|(bill, many)| Act::Receive(bill, many)),
        9 => small().prop_map(Act::Hear),
        1 => (small(), small()).prop_map(move |(node, heir)| lost(Act::Announce(node, heir))),
        2 => Just(Act::Confirm).prop_map(lost),
        1 => Just(Act::Wait).prop_map(lost),
    ];
    prop::collection::vec((0_usize..3, act), 1..120)
}

/// The operation: what each node wrote, and what each has heard of each.
struct Operation {
    founding: Vec<Recorded>,
    logs: [Vec<Recorded>; 3],
    heard: [[usize; 3]; 3],
    known: [Memory; 3],
    clocks: [u64; 3],
    now: Moment,
    ids: Counter,
    releases: u8,
    /// How often each entitlement is given and not voided, in the order in which it really happened.
    given: BTreeMap<EntitlementId, i32>,
}

/// The history of every aggregate, of all nodes.
struct Everything(Vec<Recorded>);

impl EventSource for Everything {
    fn of_aggregate(&self, aggregate: Uuid) -> Result<Vec<Recorded>, RegisterError> {
        let of = self.0.iter().filter(|event| event.aggregate == aggregate);
        Ok(of.cloned().collect())
    }
}

impl Operation {
    /// A flight has landed and every node has heard of it; each has a few meals in its store.
    fn founded() -> Self {
        let mut world = World::new();
        world.must(Command::AdmitNode {
            node: THIRD,
            certificate: vec![1],
        });
        let movement = world.landed(1, 5);
        assert_eq!(movement, MovementId(id(100, 1)));
        let begun = u64::try_from(world.now.0).unwrap();
        let mut operation = Self {
            founding: world.log.events,
            logs: Default::default(),
            heard: [[0; 3]; 3],
            known: Default::default(),
            clocks: [begun; 3],
            now: world.now,
            ids: Counter::starting_at(1 << 80),
            releases: 0,
            given: BTreeMap::new(),
        };
        for node in 0..3 {
            operation.fold(node);
            let waybill = WaybillId(id(2_000, u8::try_from(node).unwrap()));
            let lines = vec![WaybillLine {
                item: ItemCode::HOT_MEAL,
                quantity: 4,
            }];
            let send = Command::SendWaybill {
                waybill,
                number: format!("first {node}"),
                origin: None,
                destination: SITE,
                to: Some(keys()[node]),
                lines: lines.clone(),
            };
            operation.ask(node, EVERYBODY, send).unwrap();
            let receive = Command::ReceiveWaybill {
                waybill,
                lines,
                difference: None,
            };
            operation.ask(node, EVERYBODY, receive).unwrap();
        }
        operation
    }

    /// The events one node has heard of, in total order.
    fn events_at(&self, node: usize) -> Vec<Recorded> {
        let mut events = self.founding.clone();
        for (log, heard) in self.logs.iter().zip(self.heard[node]) {
            events.extend_from_slice(&log[..heard]);
        }
        events.sort_by_key(|event| event.order);
        events
    }

    fn fold(&mut self, node: usize) {
        let mut memory = Memory::default();
        for event in self.events_at(node) {
            memory.apply(&event);
        }
        self.known[node] = memory;
    }

    fn ask(&mut self, node: usize, user: domain::UserId, command: Command) -> Option<()> {
        self.now = self.now.plus_ms(1);
        let mut context = Context {
            actor: Actor::User(user),
            site: SITE,
            node: keys()[node],
            now: self.now,
            occurred: Occurred::at(self.now),
            ids: &mut self.ids,
        };
        let decided = decide(command, &self.known[node], &mut context).ok()?;
        for new in decided {
            let wall_ms = u64::try_from(self.now.0).unwrap();
            self.clocks[node] = wall_ms.max(self.clocks[node] + 1);
            match &new.event {
                Event::EntitlementRedeemed(given) => {
                    *self.given.entry(given.entitlement).or_default() += 1;
                }
                Event::RedemptionVoided(voided) => {
                    *self.given.entry(voided.entitlement).or_default() -= 1;
                }
                _ => {}
            }
            // Logs of founding go on: positions of the two first nodes are beyond those used there.
            let position = 10_000 + u64::try_from(self.logs[node].len()).unwrap();
            self.logs[node].push(Recorded {
                order: Order {
                    wall_ms: self.clocks[node],
                    counter: 0,
                    node: keys()[node],
                    position,
                },
                node: keys()[node],
                aggregate: new.aggregate,
                author: user,
                occurred: Occurred::at(self.now),
                event: Event::from_cbor(new.event.kind(), &new.event.to_cbor()),
                upon: new
                    .upon
                    .or_else(|| self.known[node].upon(new.aggregate, &new.event)),
                parts: Vec::new(),
            });
        }
        self.heard[node][node] = self.logs[node].len();
        self.fold(node);
        Some(())
    }

    /// One node hears all that another has heard.
    fn hear(&mut self, node: usize, from: usize) {
        for log in 0..3 {
            self.heard[node][log] = self.heard[node][log].max(self.heard[from][log]);
        }
        self.clocks[node] = self.clocks[node].max(self.clocks[from]);
        self.fold(node);
    }

    fn nth(&self, node: usize, who: u8, nth: u8) -> Option<(ArrivalId, EntitlementId)> {
        let arrival = ArrivalId(id(3_000, who));
        let found = self.known[node].arrival(arrival).unwrap()?;
        let held = found.entitlements.get(usize::from(nth))?;
        Some((arrival, held.id))
    }

    #[allow(clippy::too_many_lines, reason = "one arm for each kind of act")]
    fn step(&mut self, node: usize, act: &Act) -> Option<()> {
        let movement = MovementId(id(100, 1));
        let arrival = |who: u8| ArrivalId(id(3_000, who));
        let bill = |number: u8| WaybillId(id(4_000, number));
        let recovery = RecoveryId(id(5_000, 0));
        let command = match *act {
            Act::Hear(from) => {
                self.hear(node, usize::from(from) % 3);
                return Some(());
            }
            Act::Wait => {
                self.now = self.now.plus_ms(8 * DAY_MS);
                return Some(());
            }
            // Each node registers people of its own: who meets one person twice is another matter.
            Act::Register(who) if usize::from(who) % 3 != node => return None,
            Act::Register(who) => {
                let person = PersonId(id(6_000, who));
                let whose = Whose::New {
                    person,
                    particulars: Box::new(named("Ana Demo-Mapou")),
                };
                registering(arrival(who), movement, whose, None)
            }
            Act::Release(who, to) => {
                self.releases += 1;
                Command::ReleaseRights {
                    transfer: TransferId(id(7_000, self.releases)),
                    of: if who == 3 {
                        Released::Movement(movement)
                    } else {
                        Released::People(vec![arrival(who)])
                    },
                    to: keys()[usize::from(to) % 3],
                    site: SITE,
                }
            }
            Act::Accept(nth) | Act::Decline(nth) => {
                let transfer = (1..=self.releases)
                    .map(|number| TransferId(id(7_000, number)))
                    .filter(|transfer| !self.known[node].passing(*transfer).unwrap().is_empty())
                    .nth(usize::from(nth))?;
                if matches!(act, Act::Accept(_)) {
                    Command::AcceptRights { transfer }
                } else {
                    Command::DeclineRights { transfer }
                }
            }
            Act::Give(who, nth) => {
                let (arrival, entitlement) = self.nth(node, who, nth)?;
                Command::Redeem {
                    arrival,
                    entitlement,
                    card_checked: true,
                }
            }
            Act::Void(who, nth) => {
                let (arrival, entitlement) = self.nth(node, who, nth)?;
                Command::Void {
                    arrival,
                    entitlement,
                    reason: VoidReason::KNOWN[0].clone(),
                }
            }
            Act::Send(number, to, quantity) => Command::SendWaybill {
                waybill: bill(number),
                number: format!("W {number}"),
                origin: Some(SITE),
                destination: SITE,
                to: Some(keys()[usize::from(to) % 3]),
                lines: vec![WaybillLine {
                    item: ItemCode::HOT_MEAL,
                    quantity: quantity.into(),
                }],
            },
            Act::Receive(number, quantity) => Command::ReceiveWaybill {
                waybill: bill(number),
                lines: vec![WaybillLine {
                    item: ItemCode::HOT_MEAL,
                    quantity: quantity.into(),
                }],
                difference: Some(domain::DifferenceReason::LOST),
            },
            Act::Announce(lost, heir) => Command::AnnounceLost {
                recovery,
                node: keys()[usize::from(lost) % 3],
                heir: keys()[usize::from(heir) % 3],
                waiting_days: None,
                why: LossReason::Missing,
            },
            Act::Confirm => {
                return self.ask(node, EVERYBODY, Command::ConfirmRecovery { recovery });
            }
        };
        let user = if matches!(act, Act::Announce(..)) {
            ADMIN
        } else {
            EVERYBODY
        };
        self.ask(node, user, command)
    }

    fn check(&self, losses: Losses) -> Result<(), TestCaseError> {
        let mut holders: BTreeMap<EntitlementId, BTreeSet<usize>> = BTreeMap::new();
        for node in 0..3 {
            for arrival in self.known[node].all_arrivals() {
                for held in &arrival.entitlements {
                    if held.is_held_by(keys()[node]) {
                        holders.entry(held.id).or_default().insert(node);
                    }
                }
            }
            for ((_, store, item), balance) in self.known[node].all_stock() {
                if *store == keys()[node] && losses == Losses::None {
                    prop_assert!(*balance >= 0, "{} fell to {}", item, balance);
                }
            }
        }
        for (entitlement, nodes) in holders {
            prop_assert!(nodes.len() < 2, "{entitlement} is held by {nodes:?}");
        }
        if losses == Losses::None {
            for (entitlement, times) in &self.given {
                prop_assert!(
                    (0..2).contains(times),
                    "{entitlement} was given {times} times"
                );
            }
        }
        Ok(())
    }

    /// Everybody has heard everything.
    fn meet_all(&mut self) -> Everything {
        for node in [0, 1, 2, 0, 1] {
            for from in 0..3 {
                self.hear(node, from);
            }
        }
        let mut events = self.events_at(0);
        assert_eq!(events.len(), self.events_at(2).len());
        events.sort_by_key(|event| event.order);
        Everything(events)
    }
}

fn folded(events: &Everything, order: &[usize]) -> Connection {
    let connection = empty();
    let register = Register::new(&connection);
    for place in order {
        register.apply(&events.0[*place], events).unwrap();
    }
    connection
}

fn same_everywhere(events: &Everything, key: u64) -> Result<Connection, TestCaseError> {
    let length = events.0.len();
    let there: Vec<_> = (0..length).collect();
    let mut back = there.clone();
    back.sort_by_key(|place| (*place as u64 + 1).wrapping_mul(key | 1));
    let one = folded(events, &there);
    let other = folded(events, &back);
    prop_assert_eq!(
        Register::new(&one).digest().unwrap(),
        Register::new(&other).digest().unwrap()
    );
    Ok(one)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn each_right_has_one_holder_and_is_used_once_whoever_heard_what(
        acts in acts(Losses::None), key: u64,
    ) {
        let mut operation = Operation::founded();
        for (node, act) in &acts {
            let _ = operation.step(*node, act);
            operation.check(Losses::None)?;
        }
        let events = operation.meet_all();
        let connection = same_everywhere(&events, key)?;
        let overlaps = Register::new(&connection).overlaps().unwrap();
        prop_assert!(overlaps.is_empty(), "{overlaps:?}");
    }

    #[test]
    fn what_a_recovery_gave_twice_is_on_the_list_of_every_node(acts in acts(Losses::Some), key: u64) {
        let mut operation = Operation::founded();
        for (node, act) in &acts {
            let _ = operation.step(*node, act);
            operation.check(Losses::Some)?;
        }
        let events = operation.meet_all();
        let connection = same_everywhere(&events, key)?;
        let overlaps = Register::new(&connection).overlaps().unwrap();
        for arrival in operation.known[0].all_arrivals() {
            for held in &arrival.entitlements {
                let acts: Vec<_> = held.acts().collect();
                let listed = overlaps.iter().filter(|overlap| {
                    overlap.act.entitlement == held.id && overlap.kind == OverlapKind::ReceivedAgain
                });
                prop_assert_eq!(listed.count(), acts.len().saturating_sub(1));
                let recovered = acts.iter().any(|act| act.standing != GivenBy::Held);
                prop_assert!(acts.len() < 2 || recovered, "given twice without a recovery");
            }
        }
    }
}
