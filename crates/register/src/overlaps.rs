//! What was given more often than it was to be: the list that people go through (G4). It is a question to
//! the rows, asked anew each time, so that it is the same on every node that knows the same. Beginning at
//! the few arrivals that can be concerned: with a second act of giving, of somebody who came more than
//! once or has linked records, on one line of a manifest, or of a node that was recovered.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    ActOfGiving, ArrivalId, EntitlementId, GivenBy, Item, ItemCode, LineId, Moment, MovementId,
    NodeKey, Order, OverlapDecision, OverlapId, OverlapKind, PersonId, SiteId, UserId,
};

use crate::columns::all;
use crate::fold::standing;
use crate::{Register, Result};

/// One act of giving.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// To whom.
    pub arrival: ArrivalId,
    /// Which entitlement.
    pub entitlement: EntitlementId,
    /// The item.
    pub item: ItemCode,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: UserId,
    /// Where.
    pub site: SiteId,
    /// Its place in the total order.
    pub order: Order,
    /// By what right.
    pub standing: GivenBy,
}

/// What somebody decided about an overlap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decided {
    /// What.
    pub decision: OverlapDecision,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: UserId,
}

/// Something given more often than it was to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overlap {
    /// Its id, the same everywhere.
    pub id: OverlapId,
    /// In what way.
    pub kind: OverlapKind,
    /// The act that was one too many.
    pub act: Act,
    /// Those before it.
    pub earlier: Vec<Act>,
    /// What was decided, the newest first.
    pub decided: Vec<Decided>,
}

/// An act, and what it is held against.
struct Candidate {
    act: Act,
    place: u32,
    granted: NodeKey,
    waived: bool,
    person: Option<PersonId>,
    line: Option<LineId>,
    movement: MovementId,
}

impl Register<'_> {
    /// Everything that was given too often, as far as is known here, those not decided first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn overlaps(&self) -> Result<Vec<Overlap>> {
        let candidates = self.overlap_candidates()?;
        let mut found = Found::default();
        received_again(&candidates, &mut found);
        self.without_right(&candidates, &mut found)?;
        let same = self.clusters(&candidates)?;
        if !planted::mistake!("list no overlaps") {
            self.over_limit(&candidates, &same, &mut found)?;
        }
        granted_twice(&candidates, &same, &mut found);
        let mut overlaps = Vec::new();
        for (place, (kind, earlier)) in found.0 {
            let act = candidates[place].act.clone();
            let id = ActOfGiving::from(act.order).overlap();
            let earlier = earlier.into_iter();
            overlaps.push(Overlap {
                id,
                kind,
                earlier: earlier.map(|place| candidates[place].act.clone()).collect(),
                act,
                decided: self.overlap_decisions(id)?,
            });
        }
        overlaps.sort_by_key(|overlap| (!overlap.decided.is_empty(), overlap.act.order));
        Ok(overlaps)
    }

    fn overlap_decisions(&self, id: OverlapId) -> Result<Vec<Decided>> {
        let sql = "SELECT d.decision, d.at, d.author FROM r_overlap_decided d
            JOIN r_node n ON n.no = d.node WHERE d.overlap = ?1
            ORDER BY d.wall DESC, d.counter DESC, n.key DESC, d.position DESC";
        all(self.connection(), sql, [id.0.as_bytes()], |columns| {
            Ok(Decided {
                decision: columns.code(OverlapDecision::from_code)?,
                at: columns.moment()?,
                by: UserId(columns.uuid()?),
            })
        })
    }

    /// The acts of giving of every arrival that can be concerned, in total order.
    fn overlap_candidates(&self) -> Result<Vec<Candidate>> {
        let sql = "WITH concerned (no) AS (
                SELECT arrival FROM r_redemption WHERE place > 0
                UNION SELECT arrival FROM r_redemption WHERE first = 0
                UNION SELECT arrival FROM r_redemption WHERE standing > 0
                UNION SELECT r.arrival FROM r_claimed c JOIN r_node n ON n.key = c.old_node
                    JOIN r_redemption r ON r.node = n.no
                    WHERE c.recovery IS NOT NULL AND (r.wall, r.counter) > (c.wall, c.counter)
                UNION SELECT no FROM r_arrival WHERE person IN (
                    SELECT person FROM r_arrival WHERE person IS NOT NULL
                    GROUP BY person HAVING count(*) > 1)
                UNION SELECT a.no FROM r_link k JOIN r_arrival a ON a.person = k.first
                    WHERE k.active = 1
                UNION SELECT a.no FROM r_link k JOIN r_arrival a ON a.person = k.second
                    WHERE k.active = 1
                UNION SELECT no FROM r_arrival WHERE line IN (
                    SELECT line FROM r_arrival WHERE line IS NOT NULL
                    GROUP BY line HAVING count(*) > 1)
            )
            SELECT a.id, e.id, r.item, r.at, r.author, r.site, r.wall, r.counter, r.node,
                r.position, r.standing, r.entitlement, n.key, e.waived, a.person, a.line,
                a.movement
            FROM concerned c JOIN r_arrival a ON a.no = c.no
            JOIN r_redemption r ON r.arrival = a.no
            JOIN r_entitlement e ON e.arrival = r.arrival AND e.place = r.entitlement
            JOIN r_node n ON n.no = e.granted_node";
        let mut candidates = all(self.connection(), sql, [], |columns| {
            Ok(Candidate {
                act: Act {
                    arrival: ArrivalId(columns.uuid()?),
                    entitlement: EntitlementId(columns.uuid()?),
                    item: ItemCode::any(columns.text()?),
                    at: columns.moment()?,
                    by: UserId(columns.uuid()?),
                    site: SiteId(columns.uuid()?),
                    order: self.store.read_order(columns)?,
                    standing: standing(columns.value()?)?,
                },
                place: columns.count()?,
                granted: columns.key()?,
                waived: columns.flag()?,
                person: columns.uuid_if_any()?.map(PersonId),
                line: columns.uuid_if_any()?.map(LineId),
                movement: MovementId(columns.uuid()?),
            })
        })?;
        candidates.sort_by_key(|candidate| candidate.act.order);
        Ok(candidates)
    }

    /// Acts of nodes that held no right: on a branch of a forked log, or after a recovery.
    fn without_right(&self, candidates: &[Candidate], found: &mut Found) -> Result<()> {
        let mut since: BTreeMap<NodeKey, Order> = BTreeMap::new();
        for claim in self.claims(|claim| claim.recovery.is_some())? {
            since.entry(claim.old).or_insert(claim.order);
        }
        for (place, Candidate { act, .. }) in candidates.iter().enumerate() {
            let too_late = since
                .get(&act.order.node)
                .is_some_and(|recovered| act.order > *recovered);
            if too_late || act.standing == GivenBy::Claimed {
                found.add(place, OverlapKind::WithoutRight, Vec::new());
            }
        }
        Ok(())
    }

    /// For each person concerned, the first of the records that people linked: one name for all.
    fn clusters(&self, candidates: &[Candidate]) -> Result<HashMap<PersonId, PersonId>> {
        let mut same = HashMap::new();
        for person in candidates.iter().filter_map(|candidate| candidate.person) {
            if same.contains_key(&person) {
                continue;
            }
            let records = self.all_same(person)?;
            let first = records.iter().min().copied().unwrap_or(person);
            same.extend(records.into_iter().map(|record| (record, first)));
        }
        Ok(same)
    }

    fn over_limit(
        &self,
        candidates: &[Candidate],
        same: &HashMap<PersonId, PersonId>,
        found: &mut Found,
    ) -> Result<()> {
        let sql = "SELECT body FROM r_item WHERE limited = 1";
        let items: Vec<Item> = all(self.connection(), sql, [], |columns| columns.cbor())?;
        let limits: HashMap<_, _> = items
            .into_iter()
            .filter_map(|item| Some((item.code, item.limit?)))
            .collect();
        let mut received: BTreeMap<(PersonId, &ItemCode), Vec<usize>> = BTreeMap::new();
        for (place, candidate) in candidates.iter().enumerate() {
            let item = &candidate.act.item;
            if let Some(person) = candidate.person.and_then(|person| same.get(&person))
                && limits.contains_key(item)
            {
                received.entry((*person, item)).or_default().push(place);
            }
        }
        for ((_, item), mut places) in received {
            let limit = limits[item];
            places.sort_by_key(|place| (candidates[*place].act.at, candidates[*place].act.order));
            for (nth, place) in places.iter().enumerate() {
                let since = candidates[*place].act.at.minus_days(limit.days);
                let earlier: Vec<_> = places[..nth]
                    .iter()
                    .copied()
                    .filter(|earlier| candidates[*earlier].act.at >= since)
                    .collect();
                if earlier.len() >= limit.times as usize && !candidates[*place].waived {
                    found.add(*place, OverlapKind::OverLimit, earlier);
                }
            }
        }
        Ok(())
    }
}

fn received_again(candidates: &[Candidate], found: &mut Found) {
    let mut acts: BTreeMap<(ArrivalId, u32), Vec<usize>> = BTreeMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let of = (candidate.act.arrival, candidate.place);
        acts.entry(of).or_default().push(place);
    }
    for places in acts.values() {
        for (nth, place) in places.iter().enumerate().skip(1) {
            found.add(*place, OverlapKind::ReceivedAgain, places[..nth].to_vec());
        }
    }
}

/// By what two entitlements may be the same person's: the person, or the line of the manifest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Arrival(ArrivalId),
    Person(PersonId),
    Line(LineId),
}

fn granted_twice(candidates: &[Candidate], same: &HashMap<PersonId, PersonId>, found: &mut Found) {
    let mut acts: BTreeMap<(MovementId, &ItemCode, Who), Vec<usize>> = BTreeMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let person = candidate.person.and_then(|person| same.get(&person));
        let who = [
            Some(Who::Arrival(candidate.act.arrival)),
            person.copied().map(Who::Person),
            candidate.line.map(Who::Line),
        ];
        for who in who.into_iter().flatten() {
            let key = (candidate.movement, &candidate.act.item, who);
            acts.entry(key).or_default().push(place);
        }
    }
    for places in acts.values() {
        for (nth, place) in places.iter().enumerate() {
            let this = &candidates[*place];
            let earlier: Vec<_> = places[..nth]
                .iter()
                .copied()
                .filter(|earlier| {
                    let earlier = &candidates[*earlier];
                    earlier.act.entitlement != this.act.entitlement
                        && earlier.granted != this.granted
                })
                .collect();
            if !earlier.is_empty() {
                found.add(*place, OverlapKind::GrantedTwice, earlier);
            }
        }
    }
}

/// Which acts are one too many: in the most certain of the ways found, with every earlier act named.
#[derive(Default)]
struct Found(BTreeMap<usize, (OverlapKind, BTreeSet<usize>)>);

impl Found {
    fn add(&mut self, place: usize, kind: OverlapKind, earlier: Vec<usize>) {
        let entry = self.0.entry(place);
        let (standing, known) = entry.or_insert_with(|| (kind, BTreeSet::new()));
        *standing = kind.min(*standing);
        known.extend(earlier);
    }
}
