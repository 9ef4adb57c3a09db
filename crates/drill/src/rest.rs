//! When everything has happened: the network is whole, every node runs, everybody meets everybody. Then
//! all must know the same, nothing that was acknowledged may be missing, and every right must still be
//! in one hand.

use std::collections::{BTreeMap, BTreeSet};

use domain::{EntitlementId, Field, GivenBy, ItemCode, Known as _, NodeKey, Refusal, SiteId};
use ledger::NodeId;
use node::{Node, NodeError};

use crate::chance::Chance;
use crate::finding::{Finding, Guarantee};
use crate::model::{Everything, Place, differ, names};
use crate::network::let_meet;
use crate::world::{Answer, MINUTE_MS, Stop, World, event_hash};

/// Rounds of meetings after which everybody knows everything: there and back, and once more.
const ROUNDS_MAX: usize = 6;
/// How long everybody waits before they meet: longer than any clock was off.
const WAIT_MS: i64 = 3 * 24 * 60 * MINUTE_MS;
/// Rights tried at rest.
const TRIED_MAX: usize = 12;

type Heads = BTreeMap<NodeId, u64>;

/// What meeting everybody came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    /// All have the same events.
    Everybody,
    /// All but those of an identity of which nobody has papers.
    WithoutPapers,
    /// A node could not be met, because what its disk had said was flushed is gone.
    WithoutALiar,
}

impl World {
    /// Brings everything to rest and looks at it.
    pub(crate) fn come_to_rest(&mut self) -> Result<(), Stop> {
        self.links.clear();
        self.heal();
        self.true_ms += WAIT_MS + self.ahead_most_ms;
        for machine in &mut self.machines {
            machine.clock_off_ms = 0;
            machine.drift_ms = 0;
            machine.doom = None;
        }
        self.tell_time();
        for machine in 0..self.machines.len() {
            if self.machines[machine].disk.is_full() {
                self.make_room(machine)?;
            }
            self.start(machine)?;
        }
        let lost = match self.everybody_meets()? {
            Met::Everybody => None,
            Met::WithoutPapers => Some("identity lost with its papers"),
            Met::WithoutALiar => Some("nobody can meet a node whose disk lied"),
        };
        if let Some(lost) = lost {
            self.tally.fault(lost);
            return Ok(());
        }
        self.all_know_the_same()?;
        self.nothing_is_missing()?;
        self.cards_are_for_whom_they_were()?;
        self.forks_are_seen()?;
        self.shelves_agree()?;
        self.edits_stand()?;
        self.overlaps_are_listed()?;
        self.one_hand_holds_each_right()
    }

    fn nodes(&self) -> Vec<(usize, Node)> {
        let running = self.machines.iter().enumerate();
        running
            .filter(|(_, machine)| !machine.stolen)
            .filter_map(|(number, machine)| Some((number, machine.node.clone()?)))
            .collect()
    }

    fn everybody_meets(&mut self) -> Result<Met, Stop> {
        let nodes = self.nodes();
        let mut known = Vec::new();
        for _ in 0..ROUNDS_MAX {
            let Some(((_, first), others)) = nodes.split_first() else {
                return Ok(Met::Everybody);
            };
            for (_, node) in &nodes {
                node.retry_set_aside().map_err(unreadable)?;
            }
            let second = others.first().map_or(first, |(_, second)| second);
            for (number, other) in others {
                // A copy of the first cannot meet itself: another node goes between.
                let same = other.key() == first.key();
                let with = if same { second } else { first };
                if with.key() == other.key() {
                    continue;
                }
                let met = let_meet(with, other);
                if let Err(error) = met {
                    let lied = |node: &Node| {
                        let mut machines = self.machines.iter();
                        machines.any(|at| at.lied && at.key == node.key())
                    };
                    if lied(with) || lied(other) {
                        return Ok(Met::WithoutALiar);
                    }
                    let what = format!("nodes 0 and {number} could not meet at rest: {error}");
                    return Err(Finding::of(Guarantee::G2, what).into());
                }
            }
            let ends = nodes.iter().map(|(_, node)| heads(node));
            let ends: Vec<Heads> = ends.collect::<Result<_, _>>().map_err(unreadable)?;
            if ends.windows(2).all(|two| two[0] == two[1]) {
                return Ok(Met::Everybody);
            }
            known = ends;
        }
        // A disk lied about what a node wrote under an identity that nobody had heard of yet, and about
        // its papers with it: nobody can vouch for the rest of that log any more.
        for ((_, node), ends) in nodes.iter().zip(&mut known) {
            let members = node.members().map_err(unreadable)?;
            let member = |node: &NodeId| members.iter().any(|member| member.node == *node);
            ends.retain(|node, _| member(node) || !self.is_copied(NodeKey(node.0)));
        }
        if known.windows(2).all(|two| two[0] == two[1]) {
            return Ok(Met::WithoutPapers);
        }
        let what = "the nodes never had the same events, although everybody met everybody";
        Err(Finding::of(Guarantee::G2, what).into())
    }

    fn all_know_the_same(&mut self) -> Result<(), Stop> {
        let mut public = None;
        for (number, node) in self.nodes() {
            let verified = node.verify(|_| {}).map_err(unreadable)?;
            // What lay on a disk that lied, and nowhere else, is gone: then the node says so.
            let excused = |finding: &ledger::Finding| {
                let lost = matches!(finding.damage, ledger::Damage::AttachmentMissing { .. });
                lost && finding
                    .node
                    .is_some_and(|node| self.is_copied(NodeKey(node.0)))
            };
            if !verified.report.findings.iter().all(excused) {
                let what = format!(
                    "node {number} does not verify: {:?}",
                    verified.report.findings
                );
                return Err(Finding::of(Guarantee::G1, what).into());
            }
            if verified.standing != verified.folded_anew {
                let what = format!("node {number} folds the same events to another register");
                return Err(Finding::of(Guarantee::G2, what).into());
            }
            self.note(&verified.standing.public);
            self.note(&verified.standing.full);
            if *public.get_or_insert(verified.standing.public) != verified.standing.public {
                let what = format!("node {number} has the same events and another public register");
                return Err(Finding::of(Guarantee::G2, what).into());
            }
        }
        Ok(())
    }

    /// What was acknowledged anywhere is everywhere, and what was given shows.
    fn nothing_is_missing(&self) -> Result<(), Stop> {
        for (number, node) in self.nodes() {
            for (place, hash) in &self.acknowledged {
                let found = event_hash(&node, *place).map_err(unreadable)?;
                if found != Some(*hash) && !self.is_copied(place.key) {
                    let how = if found.is_some() {
                        "another event than"
                    } else {
                        "nothing of"
                    };
                    let what = format!(
                        "node {number} has {how} what was acknowledged at position {}",
                        place.position
                    );
                    return Err(Finding::of(Guarantee::G1, what).into());
                }
            }
        }
        let Some((number, node)) = self.nodes().into_iter().next() else {
            return Ok(());
        };
        for (id, promise) in &self.model.promises {
            let arrival = node
                .read::<_, NodeError>(|register| Ok(register.arrival(promise.arrival)?))
                .map_err(unreadable)?;
            let stay = self.model.stays.get(&promise.arrival);
            let met_by_a_copy = stay.is_some_and(|stay| self.is_copied(stay.met_by));
            let given_by_a_copy = promise.gifts.iter().any(|gift| {
                let voided = gift.voided.is_some_and(|place| self.is_copied(place.key));
                voided || self.is_copied(gift.place.key)
            });
            let through_a_copy = self.model.was_in_copied_hands(promise);
            if through_a_copy || met_by_a_copy || given_by_a_copy {
                continue;
            }
            let known = arrival
                .as_ref()
                .and_then(|arrival| arrival.entitlement(*id));
            let Some(known) = known else {
                let what = format!("node {number} does not know what was granted");
                return Err(Finding::of(Guarantee::G2, what).into());
            };
            let shown = usize::from(known.redeemed.is_some()) + known.disputed.len();
            if shown != promise.standing() {
                let what = format!(
                    "{} was given {} times and {shown} show",
                    promise.item,
                    promise.standing()
                );
                return Err(Finding::of(Guarantee::G3, what).into());
            }
            let marked = known
                .acts()
                .filter(|act| act.standing == GivenBy::Recovered);
            let recovered = promise.gifts_standing().filter(|gift| gift.recovered);
            if marked.count() != recovered.count() {
                let what = format!("{} is not marked as it was given", promise.item);
                return Err(Finding::of(Guarantee::G3, what).into());
            }
        }
        Ok(())
    }

    /// A card is for whoever was registered on it, unless somebody who knew of that withdrew it.
    fn cards_are_for_whom_they_were(&self) -> Result<(), Stop> {
        let Some((number, node)) = self.nodes().into_iter().next() else {
            return Ok(());
        };
        for (arrival, stay) in &self.model.stays {
            let promises = self.model.promises.values();
            let theirs = promises.filter(|promise| promise.arrival == *arrival);
            let gifts: Vec<_> = theirs.flat_map(|promise| &promise.gifts).collect();
            let given_at = gifts.iter().map(|gift| gift.place.key);
            let mut by = given_at
                .chain(stay.registered.map(|place| place.key))
                .chain([stay.met_by]);
            // Whether a withdrawal came before a giving that was taken back, nobody can say apart.
            let is_unsure = stay.doubtful
                || gifts.iter().any(|gift| gift.voided.is_some())
                || by.any(|key| self.is_copied(key));
            if is_unsure || !self.model.copied.is_empty() && stay.withdrawn {
                continue;
            }
            let shown = node
                .read::<_, NodeError>(|register| Ok(register.arrival(*arrival)?))
                .map_err(unreadable)?;
            if shown.and_then(|shown| shown.person()) != stay.who() {
                let what =
                    format!("node {number} says that a card is for somebody else, or for nobody");
                return Err(Finding::of(Guarantee::G4, what).into());
            }
        }
        Ok(())
    }

    /// Where both histories of one identity reached anybody, everybody knows that there are two, and
    /// whoever writes under it has stopped. A history that nobody else ever saw is lost with its disk.
    fn forks_are_seen(&self) -> Result<(), Stop> {
        let nodes = self.nodes();
        for place in &self.model.forked {
            let mut histories = BTreeSet::new();
            let mut unaware = None;
            let mut aware = false;
            for (number, node) in &nodes {
                histories.extend(event_hash(node, *place).map_err(unreadable)?);
                let branches = node.standing().map_err(unreadable)?.branches;
                if branches.iter().any(|branch| branch.node.0 == place.key.0) {
                    aware = true;
                } else {
                    unaware = Some(*number);
                }
            }
            if let Some(number) = unaware.filter(|_| aware || histories.len() > 1) {
                let what = format!("node {number} does not know that a node has two histories");
                return Err(Finding::of(Guarantee::G9, what).into());
            }
            let writers = nodes
                .iter()
                .filter(|(number, _)| self.key(*number) == place.key);
            for (number, _) in writers.filter(|_| aware) {
                if self.halt_of(*number).is_none() {
                    let what = format!("node {number} has two histories and goes on writing");
                    return Err(Finding::of(Guarantee::G9, what).into());
                }
            }
        }
        Ok(())
    }

    fn shelves_agree(&self) -> Result<(), Stop> {
        let mut lies: BTreeMap<SiteId, BTreeMap<&ItemCode, i64>> = BTreeMap::new();
        for ((store, item), shelf) in &self.model.shelves {
            *lies.entry(store.site).or_default().entry(item).or_default() += shelf;
        }
        for store in &self.model.uncounted {
            lies.remove(&store.site);
        }
        for (number, node) in self.nodes() {
            for (site, shelves) in &lies {
                // Of every node that ever had a store there: under a new identity the old one's goes on.
                let books = node
                    .read::<_, NodeError>(|register| Ok(register.balances(Some(*site))?))
                    .map_err(unreadable)?;
                for (item, there) in shelves {
                    let book = books.iter().find(|book| book.item == **item);
                    let book = book.map_or(0, |book| book.here);
                    if book != *there {
                        let what = format!("node {number} says {book} of {item} where {there} lie");
                        return Err(Finding::of(Guarantee::G5, what).into());
                    }
                }
            }
        }
        Ok(())
    }

    /// Of what was counted apart every value stands that nobody who saw it replaced, and nothing else.
    fn edits_stand(&self) -> Result<(), Stop> {
        for (number, node) in self.nodes() {
            let conflicts = node
                .read::<_, NodeError>(|register| Ok(register.conflicts()?))
                .map_err(unreadable)?;
            for movement in self.model.counts.keys().copied() {
                if self.is_count_unsure(movement) {
                    continue;
                }
                let standing = self.model.counts_standing(movement, &Everything);
                let stand = if differ(&standing) {
                    names(&standing)
                } else {
                    Vec::new()
                };
                let shown = conflicts.iter().find(|conflict| {
                    conflict.about == movement.0 && conflict.field == Field::MovementHeadcount
                });
                let shown = shown.map_or_else(Vec::new, |conflict| {
                    let mut shown: Vec<_> =
                        conflict.stand.iter().map(|stands| stands.order).collect();
                    shown.sort_unstable();
                    shown
                });
                if shown != stand {
                    let what = format!(
                        "node {number} shows {} counts of a movement where {} stand",
                        shown.len(),
                        stand.len()
                    );
                    return Err(Finding::of(Guarantee::G4, what).into());
                }
            }
        }
        Ok(())
    }

    /// What was given more often than it was to be stands on the list, everywhere.
    fn overlaps_are_listed(&self) -> Result<(), Stop> {
        let expected = self.model.too_often();
        for (number, node) in self.nodes() {
            let listed = node
                .read::<_, NodeError>(|register| Ok(register.overlaps()?))
                .map_err(unreadable)?;
            let listed = listed.iter().map(|overlap| Place {
                key: overlap.act.order.node,
                position: overlap.act.order.position,
            });
            let listed: BTreeSet<Place> = listed.collect();
            for gift in &expected {
                let [first, second] = gift.acts;
                let named = listed.contains(&second) || (gift.tied && listed.contains(&first));
                if !named {
                    let what = format!(
                        "node {number} does not list what was given too often: {}",
                        gift.how
                    );
                    return Err(Finding::of(Guarantee::G4, what).into());
                }
            }
        }
        Ok(())
    }

    /// Everybody tries to give what was not given yet: no more than one may, and somebody.
    fn one_hand_holds_each_right(&mut self) -> Result<(), Stop> {
        let mut chance = Chance::of(self.seed(), 0xE2D);
        let promises = self.model.promises.iter();
        let mut open: Vec<EntitlementId> = promises.map(|(id, _)| *id).collect();
        while open.len() > TRIED_MAX {
            open.swap_remove(chance.index(open.len()));
        }
        for entitlement in open {
            let was_given = self.model.promises[&entitlement].standing() > 0;
            let mut without_right = Vec::new();
            for machine in 0..self.machines.len() {
                let at = &self.machines[machine];
                if at.node.is_some() && !at.stolen {
                    let holds = self.should_hold(machine, entitlement);
                    let answer = self.redeem(machine, entitlement, &mut chance)?;
                    if holds {
                        without_right.push(says_it_has_no_right(&answer));
                    }
                }
            }
            let nobody = !without_right.is_empty() && without_right.iter().all(|lacks| *lacks);
            if nobody && !was_given {
                let item = &self.model.promises[&entitlement].item;
                let what = format!("nobody can give {item} any more, which was never given");
                return Err(Finding::of(Guarantee::G3, what).into());
            }
        }
        Ok(())
    }

    /// Whether the right to something has to be with this machine, and usable at its site.
    fn should_hold(&self, machine: usize, entitlement: EntitlementId) -> bool {
        let promise = &self.model.promises[&entitlement];
        let at = &self.machines[machine];
        let site = promise
            .on_its_way()
            .map_or(promise.site, |passing| passing.site);
        site == at.site
            && !self.model.recovered.contains_key(&at.key)
            && !self.is_copied(at.key)
            && !self.model.was_in_copied_hands(promise)
            && self.giver(machine).holds(promise, &Everything)
    }
}

/// Whether a node says that it is not for it to give.
const fn says_it_has_no_right(answer: &Answer) -> bool {
    matches!(
        answer,
        Answer::Refused(
            Refusal::RightElsewhere { .. }
                | Refusal::RightReleased { .. }
                | Refusal::RightNotAccepted
                | Refusal::RightsFrozen
                | Refusal::Superseded
                | Refusal::OtherSite
        )
    )
}

/// Where the logs end at a node.
pub(crate) fn heads(node: &Node) -> Result<Heads, NodeError> {
    Ok(node.log_ends()?.into_iter().collect())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is handed over by map_err"
)]
fn unreadable(error: NodeError) -> Stop {
    Finding::of(
        Guarantee::G1,
        format!("a node could not be read at rest: {error}"),
    )
    .into()
}
