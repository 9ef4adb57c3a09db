//! Who may be given what, said a second time, in few words and without looking at how production says
//! it: one node holds the right to an item, it is given once, money is limited per person, and nobody
//! gives what is not on the shelf.
//!
//! It knows what really happened everywhere, which no node does. It must never ask a node's rules.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ArrivalId, EntitlementId, ItemCode, LinkId, Moment, MovementId, NodeKey, Order, PersonId,
    RecoveryId, SiteId, TransferId, UserId, WaybillId,
};

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// Cash is given once in so many days.
pub const CASH_DAYS: i64 = 90;

/// A place in a node's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The identity that recorded it.
    pub key: NodeKey,
    /// Where.
    pub position: u64,
}

/// An item really handed over.
#[derive(Debug, Clone, Copy)]
pub struct Gift {
    /// Where it was recorded.
    pub place: Place,
    /// When, as the giving node's clock said.
    pub at: Moment,
    /// It turned out not to have been given, as recorded here.
    pub voided: Option<Place>,
    /// By the right of a node whose rights the giver took over after a loss.
    pub recovered: bool,
}

/// One item owed to somebody.
#[derive(Debug, Clone)]
pub struct Promise {
    /// To which arrival.
    pub arrival: ArrivalId,
    /// What.
    pub item: ItemCode,
    /// How many.
    pub quantity: i64,
    /// The identity that may give it.
    pub holder: NodeKey,
    /// At which site.
    pub site: SiteId,
    /// Its holder let go of it, for another identity.
    pub passing: Option<Passing>,
    /// Every identity it was ever meant for, the one that granted it first.
    pub hands: Vec<NodeKey>,
    /// What was given on it.
    pub gifts: Vec<Gift>,
    /// A coordinator set the limit aside.
    pub waived: bool,
}

/// A right between two hands.
#[derive(Debug, Clone, Copy)]
pub struct Passing {
    /// The release.
    pub transfer: TransferId,
    /// For whom.
    pub to: NodeKey,
    /// Where it is to be given.
    pub site: SiteId,
    /// Where it was recorded that they leave it with who released it.
    pub declined: Option<Place>,
}

/// A node said to be lost.
#[derive(Debug, Clone, Copy)]
pub struct Loss {
    /// Which.
    pub lost: NodeKey,
    /// Who is to take over.
    pub heir: NodeKey,
    /// Where it was announced.
    pub announced: Place,
    /// When the node that is to take over heard of it, by its clock.
    pub heard_at: Option<Moment>,
    /// Up to where the lost node's log was known: where it was announced, or where it was heard of.
    pub known: u64,
    /// By whom.
    pub by: UserId,
}

/// What somebody counted or chose as the people of a movement.
#[derive(Debug, Clone)]
pub struct Count {
    /// How many.
    pub people: u32,
    /// Where it is recorded.
    pub place: Place,
    /// Its name, by which others say that they saw it.
    pub order: Order,
    /// The counts that whoever wrote it saw, and replaced.
    pub seen: Vec<Place>,
}

/// A store of goods: what one computer has beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Store {
    /// At which site.
    pub site: SiteId,
    /// Of which machine.
    pub machine: usize,
}

/// Somebody who came.
#[derive(Debug, Clone)]
pub struct Stay {
    /// At which site.
    pub site: SiteId,
    /// By which movement.
    pub movement: MovementId,
    /// Who, once registered.
    pub person: Option<PersonId>,
    /// Where that was recorded.
    pub registered: Option<Place>,
    /// The card was a mistake, and nobody did anything on it apart from whoever said so.
    pub withdrawn: bool,
    /// Under which identity it was recorded that they were met.
    pub met_by: NodeKey,
    /// Two nodes registered the same card: until people choose, nobody can say whose it is.
    pub doubtful: bool,
}

impl Stay {
    /// Who is on the card, as it counts.
    pub fn who(&self) -> Option<PersonId> {
        self.person.filter(|_| !self.withdrawn)
    }
}

/// Two records said to be one person.
#[derive(Debug, Clone, Copy)]
pub struct Same {
    /// One.
    pub first: PersonId,
    /// The other.
    pub second: PersonId,
    /// Where it was recorded.
    pub said: Place,
    /// Where it was taken back.
    pub unsaid: Option<Place>,
}

/// Goods under way.
#[derive(Debug, Clone)]
pub struct Goods {
    /// To which site.
    pub destination: SiteId,
    /// For which identity there.
    pub to: NodeKey,
    /// What.
    pub lines: Vec<(ItemCode, i64)>,
    /// They were received.
    pub received: bool,
}

/// Why something may not be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Not {
    /// Nobody owes it.
    Unknown,
    /// Another node holds the right.
    Elsewhere,
    /// It was given.
    Given,
    /// The person had as much as the limit allows.
    Limit,
    /// The shelf does not hold so many.
    Short,
}

/// The truth of a run.
#[derive(Debug, Default)]
pub struct Model {
    /// What is owed.
    pub promises: BTreeMap<EntitlementId, Promise>,
    /// Who came.
    pub stays: BTreeMap<ArrivalId, Stay>,
    /// Records said to be one person.
    pub same: BTreeMap<LinkId, Same>,
    /// What lies on the shelves.
    pub shelves: BTreeMap<(Store, ItemCode), i64>,
    /// Goods under way.
    pub goods: BTreeMap<WaybillId, Goods>,
    /// Flights that landed, by site.
    pub landed: BTreeMap<SiteId, Vec<MovementId>>,
    /// People on record.
    pub persons: Vec<PersonId>,
    /// Identities of which more than one copy may write: nothing is promised of their rights.
    pub copied: BTreeSet<NodeKey>,
    /// Places at which two different things were acknowledged.
    pub forked: BTreeSet<Place>,
    /// Stores whose shelf may differ from what the book says.
    pub uncounted: BTreeSet<Store>,
    /// Nodes said to be lost.
    pub losses: BTreeMap<RecoveryId, Loss>,
    /// Nodes whose rights were taken over after a loss, and where that is recorded first.
    pub recovered: BTreeMap<NodeKey, Place>,
    /// What was counted of each movement, in the order of the run.
    pub counts: BTreeMap<MovementId, Vec<Count>>,
}

/// What a node knows, as far as the limits ask.
pub trait Knowledge {
    /// Whether what is recorded there has reached the node.
    fn knows(&self, place: Place) -> bool;
}

/// Knows everything that was ever recorded.
#[derive(Debug, Clone, Copy)]
pub struct Everything;

impl Knowledge for Everything {
    fn knows(&self, _: Place) -> bool {
        true
    }
}

/// Knows what nobody's second history can have undone.
struct Sure<'c>(&'c BTreeSet<NodeKey>);

impl Knowledge for Sure<'_> {
    fn knows(&self, place: Place) -> bool {
        !self.0.contains(&place.key)
    }
}

/// Two acts of giving of which one was too many.
#[derive(Debug, Clone, Copy)]
pub struct TooOften {
    /// The earlier and the later.
    pub acts: [Place; 2],
    /// Both have the same time: either may be called the second.
    pub tied: bool,
    /// In what way.
    pub how: &'static str,
}

impl Gift {
    /// Whether it was given and not taken back, as far as somebody knows.
    pub fn stands_for(&self, known: &dyn Knowledge) -> bool {
        known.knows(self.place) && !self.voided.is_some_and(|voided| known.knows(voided))
    }
}

impl Promise {
    /// What was given on it and not taken back.
    pub fn standing(&self) -> usize {
        self.gifts_standing().count()
    }

    /// Whether two nodes promised the same item to the same arrival.
    fn is_granted_beside(&self, other: &Self) -> bool {
        self.arrival == other.arrival && self.item == other.item && self.hands[0] != other.hands[0]
    }

    /// Each of these gifts.
    pub fn gifts_standing(&self) -> impl Iterator<Item = &Gift> {
        self.gifts.iter().filter(|gift| gift.voided.is_none())
    }

    /// Where it is on its way to, unless it was declined there.
    pub fn on_its_way(&self) -> Option<Passing> {
        self.passing.filter(|passing| passing.declined.is_none())
    }

    /// Who may give it, as far as somebody knows: nobody while it is between two hands. Whoever let go
    /// of it has it again once they know that it was declined; whoever it is for, once they accepted.
    pub fn hand(&self, known: &dyn Knowledge) -> Option<NodeKey> {
        let Some(passing) = self.passing else {
            return Some(self.holder);
        };
        let declined = passing.declined.is_some_and(|place| known.knows(place));
        declined.then_some(self.holder)
    }
}

/// Who asks to give something.
#[derive(Debug, Clone, Copy)]
pub struct Giver<'g> {
    /// The identity under which they write.
    pub key: NodeKey,
    /// The identities whose rights they took over.
    pub heir_of: &'g [NodeKey],
    /// Out of which store.
    pub store: Store,
}

impl Giver<'_> {
    /// Whether the right to something is theirs, or was a node's that they took over.
    pub fn holds(&self, promise: &Promise, known: &dyn Knowledge) -> bool {
        let took_over = |key: &NodeKey| self.heir_of.contains(key);
        let hand = promise.hand(known).or_else(|| {
            // What was on its way to a lost node went to its heir with everything else.
            let to = promise.passing.map(|passing| passing.to);
            to.filter(took_over)
        });
        hand.is_some_and(|hand| hand == self.key || took_over(&hand))
    }
}

impl Model {
    /// Whether somebody may give an item.
    pub fn may_give(
        &self,
        entitlement: EntitlementId,
        giver: Giver<'_>,
        at: Moment,
        known: &dyn Knowledge,
    ) -> Result<(), Not> {
        let promise = self.promises.get(&entitlement).ok_or(Not::Unknown)?;
        if promise.standing() > 0 {
            return Err(Not::Given);
        }
        if !giver.holds(promise, known) {
            return Err(Not::Elsewhere);
        }
        if promise.item == ItemCode::CASH_GRANT
            && !promise.waived
            && self.had_cash(promise, at, known)
        {
            return Err(Not::Limit);
        }
        if !is_service(&promise.item) && self.shelf(giver.store, &promise.item) < promise.quantity {
            return Err(Not::Short);
        }
        Ok(())
    }

    /// What lies on a shelf.
    pub fn shelf(&self, store: Store, item: &ItemCode) -> i64 {
        self.shelves
            .get(&(store, item.clone()))
            .copied()
            .unwrap_or(0)
    }

    /// Puts so many on a shelf, or takes them off.
    pub fn move_goods(&mut self, store: Store, item: &ItemCode, by: i64) -> i64 {
        let shelf = self.shelves.entry((store, item.clone())).or_default();
        *shelf += by;
        *shelf
    }

    /// Whether a person, under any of their records that the node knows to be one, had cash within the
    /// days of the limit, as far as the node knows.
    fn had_cash(&self, promise: &Promise, at: Moment, known: &dyn Knowledge) -> bool {
        let Some(person) = self.stays.get(&promise.arrival).and_then(Stay::who) else {
            return false;
        };
        let same = self.records_of(person, known);
        let since = at.0 - CASH_DAYS * DAY_MS;
        self.promises.values().any(|other| {
            let theirs = self.stays.get(&other.arrival).and_then(Stay::who);
            other.item == ItemCode::CASH_GRANT
                && theirs.is_some_and(|theirs| same.contains(&theirs))
                && other
                    .gifts
                    .iter()
                    .any(|gift| gift.at.0 >= since && gift.stands_for(known))
        })
    }

    /// What was given too often, as far as nobody's history is in doubt: one promise kept twice, one
    /// item of one arrival granted by two nodes and given on both, cash within the days of the limit.
    pub fn too_often(&self) -> Vec<TooOften> {
        let sure = Sure(&self.copied);
        let is_sure = |promise: &&Promise| {
            let mut gifts = promise.gifts.iter();
            !self.was_in_copied_hands(promise)
                && gifts.all(|gift| {
                    let mut places = [Some(gift.place), gift.voided].into_iter().flatten();
                    places.all(|place| sure.knows(place))
                })
        };
        let promises = self.promises.values().filter(is_sure);
        let mut given: Vec<(&Promise, &Gift)> = promises
            .flat_map(|promise| promise.gifts_standing().map(move |gift| (promise, gift)))
            .collect();
        given.sort_by_key(|(_, gift)| gift.at);
        let mut found = Vec::new();
        for (nth, (promise, gift)) in given.iter().enumerate() {
            for (earlier, before) in &given[..nth] {
                let how = if std::ptr::eq(*promise, *earlier) {
                    "one right was used twice"
                } else if promise.is_granted_beside(earlier) {
                    "two nodes granted one item to one arrival"
                } else if gift.at.0 - before.at.0 < CASH_DAYS * DAY_MS
                    && self.breaks_the_limit(earlier, promise)
                {
                    "cash within the days of the limit"
                } else {
                    continue;
                };
                found.push(TooOften {
                    acts: [before.place, gift.place],
                    tied: gift.at == before.at || promise.arrival == earlier.arrival,
                    how,
                });
            }
        }
        found
    }

    /// Whether two promises are cash for one person, and nobody set the limit aside.
    fn breaks_the_limit(&self, one: &Promise, other: &Promise) -> bool {
        let mut both = [one, other].into_iter();
        if !both.all(|promise| promise.item == ItemCode::CASH_GRANT && !promise.waived) {
            return false;
        }
        let whose = |promise: &Promise| {
            let stay = self.stays.get(&promise.arrival)?;
            stay.who().filter(|_| !stay.doubtful)
        };
        let (Some(person), Some(same)) = (whose(one), whose(other)) else {
            return false;
        };
        let knows = Sure(&self.copied);
        // Whether a copied node's word that they are two people counts, nobody can say.
        let mut unsaid = self.same.values().filter_map(|same| same.unsaid);
        unsaid.all(|place| knows.knows(place)) && self.records_of(person, &knows).contains(&same)
    }

    /// Whether nothing is promised of a right, because an identity it went through may have two histories.
    pub fn was_in_copied_hands(&self, promise: &Promise) -> bool {
        promise.hands.iter().any(|hand| self.copied.contains(hand))
    }

    /// Whether a right went through a node whose rights were taken over after a loss.
    pub fn was_in_lost_hands(&self, promise: &Promise) -> bool {
        let mut hands = promise.hands.iter();
        hands.any(|hand| self.recovered.contains_key(hand))
    }

    /// The counts of a movement that stand for somebody: of those they know, those that nobody whom
    /// they know of replaced.
    pub fn counts_standing(&self, movement: MovementId, known: &dyn Knowledge) -> Vec<Count> {
        let counts = self.counts.get(&movement).into_iter().flatten();
        let mut standing: Vec<Count> = counts
            .filter(|count| known.knows(count.place))
            .cloned()
            .collect();
        let replaced = standing.iter().flat_map(|count| &count.seen).copied();
        let replaced: BTreeSet<Place> = replaced.collect();
        standing.retain(|count| !replaced.contains(&count.place));
        standing
    }

    /// What a release has under way for an arrival.
    pub fn under_way(
        &mut self,
        transfer: TransferId,
        arrival: ArrivalId,
    ) -> impl Iterator<Item = (&mut Promise, Passing)> {
        self.promises.values_mut().filter_map(move |promise| {
            let passing = promise.passing?;
            let meant = passing.transfer == transfer && promise.arrival == arrival;
            meant.then_some((promise, passing))
        })
    }

    /// Every record that a node knows to be the same person.
    fn records_of(&self, person: PersonId, known: &dyn Knowledge) -> BTreeSet<PersonId> {
        let mut same = BTreeSet::from([person]);
        loop {
            let before = same.len();
            for link in self.same.values() {
                let holds =
                    known.knows(link.said) && !link.unsaid.is_some_and(|place| known.knows(place));
                if holds && (same.contains(&link.first) || same.contains(&link.second)) {
                    same.extend([link.first, link.second]);
                }
            }
            if same.len() == before {
                return same;
            }
        }
    }
}

/// Whether counts say different things.
pub fn differ(counts: &[Count]) -> bool {
    counts.windows(2).any(|two| two[0].people != two[1].people)
}

/// The names of counts, in order.
pub fn names(counts: &[Count]) -> Vec<Order> {
    let mut names: Vec<Order> = counts.iter().map(|count| count.order).collect();
    names.sort_unstable();
    names
}

/// What needs no shelf.
pub fn is_service(item: &ItemCode) -> bool {
    *item == ItemCode::ONWARD_TRANSPORT || *item == ItemCode::PHONE_CALL
}
