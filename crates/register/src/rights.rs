//! Rights between nodes: what is on its way, what a node holds of a movement, which nodes are said to be
//! lost, and what was given by recovered rights, which is counted apart.

use domain::{
    ItemCode, Known as _, Moment, MovementId, NodeKey, Order, Recovery, RecoveryId, SiteId,
    TransferId,
};
use rusqlite::params;

use crate::columns::{all, only};
use crate::fold::standing_number;
use crate::{Register, Result};

/// Rights on their way from one node to another, of one release.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnderWay {
    /// The release.
    pub transfer: TransferId,
    /// Who released them.
    pub from: NodeKey,
    /// For whom.
    pub to: NodeKey,
    /// The site where they are to be given.
    pub site: SiteId,
    /// The movement of these people.
    pub movement: MovementId,
    /// When they were released.
    pub released_at: Moment,
    /// Of how many people.
    pub people: u32,
    /// How many items.
    pub items: u32,
}

/// What a node may still give to the people of a movement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Holding {
    /// To how many people.
    pub people: u32,
    /// How many items.
    pub items: u32,
}

/// How much of an item is in the store of one node at a site, by the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InStore {
    /// The node.
    pub node: NodeKey,
    /// The item.
    pub item: ItemCode,
    /// How much.
    pub here: i64,
}

/// What was given by recovered rights, of one item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GivenByRecovery {
    /// The item.
    pub item: ItemCode,
    /// How often.
    pub times: u32,
    /// How many pieces in all.
    pub pieces: u32,
}

/// That a node took over the rights of another.
pub(crate) struct Claim {
    /// The node whose rights they were.
    pub(crate) old: NodeKey,
    /// Where the log says so; the node in it is the one that took over.
    pub(crate) order: Order,
    /// By which recovery; none where the root key claimed them.
    pub(crate) recovery: Option<RecoveryId>,
}

impl Register<'_> {
    /// Of these, who took over whose rights, in total order. A recovery counts where its announcement says so,
    /// of this node and for that one: a row alone proves nothing, and it may come before the announcement.
    pub(crate) fn claims(&self, is_meant: impl Fn(&Claim) -> bool) -> Result<Vec<Claim>> {
        let sql = "SELECT c.old_node, c.recovery, c.wall, c.counter, c.node, c.position
            FROM r_claimed c";
        let claims = all(self.connection(), sql, [], |columns| {
            Ok(Claim {
                old: columns.key()?,
                recovery: columns.uuid_if_any()?.map(RecoveryId),
                order: self.store.read_order(columns)?,
            })
        })?;
        let mut counting = Vec::new();
        for claim in claims.into_iter().filter(is_meant) {
            let counts = match claim.recovery {
                None => true,
                Some(recovery) => self
                    .recovery(recovery)?
                    .is_some_and(|announced| announced.is_for(claim.old, claim.order.node)),
            };
            if counts {
                counting.push(claim);
            }
        }
        counting.sort_by_key(|claim| claim.order);
        Ok(counting)
    }

    /// The lost nodes whose rights this one recovered as the first to do so: it may give what they held.
    pub(crate) fn took_over(&self, node: NodeKey) -> Result<Vec<NodeKey>> {
        let mut first = Vec::new();
        for lost in self.recovered_by(node)? {
            if self.claimants(lost)?.first() == Some(&node) {
                first.push(lost);
            }
        }
        Ok(first)
    }

    /// Rights on their way, the oldest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn rights_under_way(&self) -> Result<Vec<UnderWay>> {
        let sql = "SELECT m.transfer, h.key, n.key, m.site, a.movement, min(m.released_at),
                count(DISTINCT m.arrival), count(*)
            FROM r_right m JOIN r_arrival a ON a.no = m.arrival
            JOIN r_entitlement e ON e.arrival = m.arrival AND e.place = m.place
            JOIN r_node h ON h.no = m.holder JOIN r_node n ON n.no = m.to_node
            WHERE m.transfer IS NOT NULL AND e.given = 0
            GROUP BY m.transfer, m.holder, m.to_node, a.movement
            ORDER BY min(m.released_at), m.transfer, a.movement";
        all(self.connection(), sql, [], |columns| {
            Ok(UnderWay {
                transfer: TransferId(columns.uuid()?),
                from: columns.key()?,
                to: columns.key()?,
                site: SiteId(columns.uuid()?),
                movement: MovementId(columns.uuid()?),
                released_at: columns.moment()?,
                people: columns.count()?,
                items: columns.count()?,
            })
        })
    }

    /// What a node may still give to the people of a movement.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn holding(&self, movement: MovementId, node: NodeKey) -> Result<Holding> {
        let sql = "SELECT count(DISTINCT a.no), count(*)
            FROM r_present a JOIN r_entitlement e ON e.arrival = a.no
            LEFT JOIN r_right m ON m.arrival = e.arrival AND m.place = e.place
            JOIN r_node n ON n.no = coalesce(m.holder, e.granted_node)
            WHERE a.movement = ?1 AND n.key = ?2 AND e.given = 0 AND m.transfer IS NULL";
        let values = params![movement.0.as_bytes(), node.0];
        only(self.connection(), sql, values, |columns| {
            Ok(Holding {
                people: columns.count()?,
                items: columns.count()?,
            })
        })
    }

    /// What a node may still give by the rights of lost nodes that it took over, to the people of movements
    /// neither closed nor cancelled. What was on its way to a lost node is among it.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn taken_over_by(&self, node: NodeKey) -> Result<Vec<(NodeKey, Holding)>> {
        let sql = "SELECT count(DISTINCT a.no), count(*)
            FROM r_present a JOIN r_entitlement e ON e.arrival = a.no
            JOIN r_movement v ON v.id = a.movement
            LEFT JOIN r_right m ON m.arrival = e.arrival AND m.place = e.place
            JOIN r_node n ON n.no = coalesce(m.to_node, m.holder, e.granted_node)
            WHERE n.key = ?1 AND e.given = 0 AND v.stage NOT IN ('closed', 'cancelled')";
        let mut found = Vec::new();
        for lost in self.took_over(node)? {
            let holding = only(self.connection(), sql, [lost.0], |columns| {
                Ok(Holding {
                    people: columns.count()?,
                    items: columns.count()?,
                })
            })?;
            if holding.items > 0 {
                found.push((lost, holding));
            }
        }
        Ok(found)
    }

    /// What a node may still give, by movement neither closed nor cancelled.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn held_by(&self, node: NodeKey) -> Result<Vec<(MovementId, Holding)>> {
        let sql = "SELECT id FROM r_movement WHERE stage NOT IN ('closed', 'cancelled')
            ORDER BY expected, id";
        let movements = all(self.connection(), sql, [], |columns| {
            Ok(MovementId(columns.uuid()?))
        })?;
        let mut held = Vec::new();
        for movement in movements {
            let holding = self.holding(movement, node)?;
            if holding.items > 0 {
                held.push((movement, holding));
            }
        }
        Ok(held)
    }

    /// What is in the store of each node at a site.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn stores(&self, site: SiteId) -> Result<Vec<InStore>> {
        let sql = "SELECT n.key, c.item, sum(c.change) FROM r_stock_change c
            JOIN r_node n ON n.no = c.node WHERE c.site = ?1
            GROUP BY c.node, c.item ORDER BY n.key, c.item";
        all(self.connection(), sql, [site.0.as_bytes()], |columns| {
            Ok(InStore {
                node: columns.key()?,
                item: ItemCode::any(columns.text()?),
                here: columns.value()?,
            })
        })
    }

    /// What this node has to give at a site: the rules' own sum, of its store and those it goes on from.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn to_give(&self, site: SiteId, node: NodeKey, item: &ItemCode) -> Result<i64> {
        Ok(domain::in_store_of(node, site, item, self)?)
    }

    /// Every announcement of a loss, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn recoveries(&self) -> Result<Vec<Recovery>> {
        let sql = "SELECT body FROM r_recovery";
        let mut found: Vec<Recovery> = all(self.connection(), sql, [], |columns| columns.cbor())?;
        found.sort_by_key(|recovery| (std::cmp::Reverse(recovery.announced_at), recovery.id));
        Ok(found)
    }

    /// Whether the log of a node goes on beyond what was known of it when it was said to be lost.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn heard_since(&self, recovery: &Recovery) -> Result<bool> {
        Ok(self.position(recovery.node)?.unwrap_or(0) > recovery.known_until())
    }

    /// What was given by recovered rights at a site, or anywhere, in a span (from, inclusive, to,
    /// exclusive) or ever.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn given_by_recovery(
        &self,
        site: Option<SiteId>,
        span: Option<(Moment, Moment)>,
    ) -> Result<Vec<GivenByRecovery>> {
        let sql = "SELECT r.item, count(*), sum(e.quantity) FROM r_redemption r
            JOIN r_entitlement e ON e.arrival = r.arrival AND e.place = r.entitlement
            WHERE r.standing = ?1 AND r.standing > 0 AND (?2 IS NULL OR r.site = ?2)
            AND (?3 IS NULL OR r.at >= ?3) AND (?4 IS NULL OR r.at < ?4)
            GROUP BY r.item ORDER BY r.item";
        let recovered = standing_number(domain::GivenBy::Recovered);
        let (from, to) = span.unzip();
        let values = params![
            recovered,
            site.map(|site| site.0.into_bytes()),
            from.map(|from| from.0),
            to.map(|to| to.0),
        ];
        all(self.connection(), sql, values, |columns| {
            Ok(GivenByRecovery {
                item: ItemCode::any(columns.text()?),
                times: columns.count()?,
                pieces: columns.count()?,
            })
        })
    }
}
