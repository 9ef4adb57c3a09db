//! Who may be given what, said a second time, in few words and without looking at how production says
//! it: one node holds the right to an item, it is given once, money is limited per person, and nobody
//! gives what is not on the shelf.
//!
//! It knows what really happened everywhere, which no node does. It must never ask a node's rules.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ArrivalId, EntitlementId, ItemCode, LinkId, Moment, MovementId, NodeKey, PersonId, SiteId,
    WaybillId,
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
    /// What was given on it.
    pub gifts: Vec<Gift>,
    /// A coordinator set the limit aside.
    pub waived: bool,
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
    /// What they are owed.
    pub promises: Vec<EntitlementId>,
    /// Under which identity it was recorded that they were met.
    pub met_by: NodeKey,
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
    pub shelves: BTreeMap<(SiteId, ItemCode), i64>,
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
    /// Sites whose shelf may differ from what the book says.
    pub uncounted: BTreeSet<SiteId>,
}

/// What a node knows, as far as the limits ask.
pub trait Knowledge {
    /// Whether what is recorded there has reached the node.
    fn knows(&self, place: Place) -> bool;
}

impl Promise {
    /// What was given on it and not taken back.
    pub fn standing(&self) -> usize {
        self.gifts
            .iter()
            .filter(|gift| gift.voided.is_none())
            .count()
    }
}

impl Model {
    /// Whether an item may be given by a node that writes under `key` and took over `heir_of`.
    pub fn may_give(
        &self,
        entitlement: EntitlementId,
        key: NodeKey,
        heir_of: &[NodeKey],
        at: Moment,
        known: &dyn Knowledge,
    ) -> Result<(), Not> {
        let promise = self.promises.get(&entitlement).ok_or(Not::Unknown)?;
        if promise.standing() > 0 {
            return Err(Not::Given);
        }
        if promise.holder != key && !heir_of.contains(&promise.holder) {
            return Err(Not::Elsewhere);
        }
        if promise.item == ItemCode::CASH_GRANT
            && !promise.waived
            && self.had_cash(promise, at, known)
        {
            return Err(Not::Limit);
        }
        if self.on_shelf(promise) < promise.quantity {
            return Err(Not::Short);
        }
        Ok(())
    }

    /// Whether the shelf holds enough for a promise; services need none.
    fn on_shelf(&self, promise: &Promise) -> i64 {
        let Some(stay) = self.stays.get(&promise.arrival) else {
            return 0;
        };
        if is_service(&promise.item) {
            return i64::MAX;
        }
        self.shelf(stay.site, &promise.item)
    }

    /// What lies on a shelf.
    pub fn shelf(&self, site: SiteId, item: &ItemCode) -> i64 {
        self.shelves
            .get(&(site, item.clone()))
            .copied()
            .unwrap_or(0)
    }

    /// Puts so many on a shelf, or takes them off.
    pub fn move_goods(&mut self, site: SiteId, item: &ItemCode, by: i64) -> i64 {
        let shelf = self.shelves.entry((site, item.clone())).or_default();
        *shelf += by;
        *shelf
    }

    /// Whether a person, under any of their records that the node knows to be one, had cash within the
    /// days of the limit, as far as the node knows.
    fn had_cash(&self, promise: &Promise, at: Moment, known: &dyn Knowledge) -> bool {
        let Some(person) = self
            .stays
            .get(&promise.arrival)
            .and_then(|stay| stay.person)
        else {
            return false;
        };
        let same = self.records_of(person, known);
        let since = at.0 - CASH_DAYS * DAY_MS;
        self.promises.values().any(|other| {
            let theirs = self.stays.get(&other.arrival).and_then(|stay| stay.person);
            other.item == ItemCode::CASH_GRANT
                && theirs.is_some_and(|theirs| same.contains(&theirs))
                && other.gifts.iter().any(|gift| {
                    gift.at.0 >= since
                        && known.knows(gift.place)
                        && !gift.voided.is_some_and(|voided| known.knows(voided))
                })
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

/// What needs no shelf.
pub fn is_service(item: &ItemCode) -> bool {
    *item == ItemCode::ONWARD_TRANSPORT || *item == ItemCode::PHONE_CALL
}
