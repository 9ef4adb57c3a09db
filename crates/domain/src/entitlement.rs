//! One item a person is to receive, once (G3).

use serde::Serialize;

use crate::{
    EntitlementId, GivenBy, ItemCode, Moment, NodeKey, Order, Passing, Quantity, SiteId, UserId,
};

/// An item granted to an arrival.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Entitlement {
    /// Its id.
    pub id: EntitlementId,
    /// The item.
    pub item: ItemCode,
    /// How much.
    pub quantity: Quantity,
    /// The node that holds the right to redeem it: the one that granted it, until it released it to
    /// another and that one accepted.
    pub holder: NodeKey,
    /// Released and not answered yet: nobody may redeem it.
    pub passing: Option<Passing>,
    /// The site where it is to be given, once it is another than that of the arrival.
    pub moved_to: Option<SiteId>,
    /// Where it stands in that node's log.
    pub granted: Order,
    /// A coordinator decided that the limit does not hold.
    pub limit_waived: bool,
    /// How it was given, if it was.
    pub redeemed: Option<Redemption>,
    /// How often it was recorded as given and voided.
    pub voided: u32,
    /// More redemptions than one are on record: two nodes gave it, to be decided by people.
    pub disputed: Vec<Redemption>,
}

impl Entitlement {
    /// Whether this node holds the right, and did not release it.
    pub fn is_held_by(&self, node: NodeKey) -> bool {
        self.holder == node && self.passing.is_none()
    }

    /// The site where it is to be given, of an arrival at `arrived_at`: on its way, the one it is on its way
    /// to.
    pub fn given_at(&self, arrived_at: SiteId) -> SiteId {
        let passing = self.passing.map(|passing| passing.site);
        passing.or(self.moved_to).unwrap_or(arrived_at)
    }

    /// Whether this node may release it: it holds the right, and it is not under way already.
    pub(crate) fn may_be_released_by(&self, node: NodeKey) -> bool {
        self.is_held_by(node) || (planted::mistake!("release twice") && self.holder == node)
    }

    /// Every act of giving on record, in total order: the one that counts and those in dispute.
    pub fn acts(&self) -> impl Iterator<Item = &Redemption> {
        self.redeemed.iter().chain(&self.disputed)
    }

    /// Takes back the acts of giving that a void names. What somebody gave meanwhile, and whoever voided
    /// could not know, stands and is shown; what was voided already is not voided again. A void from
    /// before it could name one takes back the last.
    pub(crate) fn void(&mut self, named: Option<&[Order]>) {
        let Some(named) = named else {
            self.redeemed = self.disputed.pop();
            self.voided += 1;
            return;
        };
        let given = self.redeemed.take().into_iter();
        let given: Vec<_> = given.chain(self.disputed.drain(..)).collect();
        let before = given.len();
        let mut stands = given
            .into_iter()
            .filter(|redemption| !named.contains(&redemption.order));
        self.redeemed = stands.next();
        self.disputed = stands.collect();
        let left = usize::from(self.redeemed.is_some()) + self.disputed.len();
        self.voided += u32::from(left < before);
    }
}

/// An act of giving.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Redemption {
    /// When.
    pub at: Moment,
    /// Of when, no more than the day is known.
    pub rough: bool,
    /// By whom.
    pub by: UserId,
    /// At which site.
    pub site: SiteId,
    /// It came out of the stock of the site.
    pub from_stock: bool,
    /// Where it stands in the log.
    pub order: Order,
    /// By what right.
    pub standing: GivenBy,
}
