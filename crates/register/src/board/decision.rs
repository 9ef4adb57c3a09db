//! What waits at a site until people decide it.

use domain::{
    ArrivalId, EntitlementId, Item, ItemCode, LineId, Moment, MovementId, NodeKey, PersonId, SiteId,
};
use rusqlite::params;

use super::{Decision, Ground};
use crate::columns::{all, one, only};
use crate::{Register, Result};

/// How many entitlements behind a limit are looked at; more are found once these are decided.
const LIMITED_MAX: u32 = 500;

impl Register<'_> {
    /// What waits for somebody's decision at a site.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn decisions(&self, site: SiteId, node: NodeKey, now: Moment) -> Result<Vec<Decision>> {
        let mut decisions = self.cards_to_check(site, node)?;
        decisions.extend(self.rights_offered(node)?);
        decisions.extend(self.redemptions_disputed(site)?);
        decisions.extend(self.lines_disputed(site)?);
        decisions.extend(self.headcounts_that_differ(site)?);
        decisions.extend(self.limits_reached(site, now)?);
        for waybill in self.open_waybills(Some(site))? {
            decisions.push(Decision::WaybillOpen {
                waybill: waybill.id,
                number: waybill.number,
                sent_at: waybill.sent_at,
            });
        }
        Ok(decisions)
    }

    fn rights_offered(&self, node: NodeKey) -> Result<Option<Decision>> {
        let under_way = self.rights_under_way()?;
        let offered = under_way.iter().filter(|way| way.to == node);
        let (people, items) = offered.fold((0, 0), |(people, items), way| {
            (people + way.people, items + way.items)
        });
        Ok((items > 0).then_some(Decision::RightsOffered { people, items }))
    }

    fn headcounts_that_differ(&self, site: SiteId) -> Result<Vec<Decision>> {
        let mut decisions = Vec::new();
        for Ground {
            movement,
            listed,
            met,
            ..
        } in self.on_the_ground(site)?
        {
            let Some(headcount) = movement.headcount else {
                continue;
            };
            if met > headcount {
                decisions.push(Decision::MetExceeds {
                    movement: movement.id,
                    designator: movement.designator.clone(),
                    headcount,
                    met,
                });
            }
            if listed > 0 && headcount != listed {
                decisions.push(Decision::HeadcountDiffers {
                    movement: movement.id,
                    designator: movement.designator,
                    headcount,
                    listed,
                });
            }
        }
        Ok(decisions)
    }

    fn redemptions_disputed(&self, site: SiteId) -> Result<Vec<Decision>> {
        // Begun at the few second redemptions: SQLite would begin at the many arrivals of the site.
        let sql = "SELECT DISTINCT a.id, e.id, e.item, e.given
            FROM r_redemption r INDEXED BY r_redemption_again
            CROSS JOIN r_present a ON a.no = r.arrival
            CROSS JOIN r_entitlement e ON e.arrival = r.arrival AND e.place = r.entitlement
            WHERE r.place > 0 AND a.site = ?1 ORDER BY a.id, e.id";
        all(self.connection(), sql, [site.0.as_bytes()], |columns| {
            Ok(Decision::RedemptionDisputed {
                arrival: ArrivalId(columns.uuid()?),
                entitlement: EntitlementId(columns.uuid()?),
                item: ItemCode::any(columns.text()?),
                times: columns.count()?,
            })
        })
    }

    /// Claims that somebody else made earlier: registered, naming a line, not holding it.
    fn lines_disputed(&self, site: SiteId) -> Result<Vec<Decision>> {
        let sql = "SELECT a.line, l.movement,
                (SELECT count(*) FROM r_present b WHERE b.line = a.line)
            FROM r_movement m JOIN r_present a ON a.movement = m.id
            JOIN r_line l ON l.id = a.line
            WHERE m.destination = ?1 AND m.stage = 'landed' AND a.listed = 0
            GROUP BY a.line ORDER BY a.line";
        all(self.connection(), sql, [site.0.as_bytes()], |columns| {
            Ok(Decision::LineDisputed {
                line: LineId(columns.uuid()?),
                movement: MovementId(columns.uuid()?),
                claims: columns.count()?,
            })
        })
    }

    /// Items granted to people of movements on the ground, against whose limit stands what the same
    /// person received before. Only people seen before can have received anything.
    fn limits_reached(&self, site: SiteId, now: Moment) -> Result<Vec<Decision>> {
        let sql = "SELECT a.id, a.person, e.id, i.body FROM r_movement m
            JOIN r_present a ON a.movement = m.id JOIN r_entitlement e ON e.arrival = a.no
            JOIN r_item i ON i.code = e.item
            WHERE m.destination = ?1 AND m.stage = 'landed' AND a.left_at IS NULL
            AND i.limited = 1 AND e.given = 0 AND e.waived = 0 AND a.person IS NOT NULL
            AND (EXISTS (SELECT 1 FROM r_present b WHERE b.person = a.person AND b.no <> a.no)
                OR EXISTS (SELECT 1 FROM r_link k WHERE k.first = a.person)
                OR EXISTS (SELECT 1 FROM r_link k WHERE k.second = a.person)
                OR EXISTS (SELECT 1 FROM r_redemption r WHERE r.arrival = a.no AND r.item = e.item))
            ORDER BY a.met_at, a.id, e.place LIMIT ?2";
        let values = params![site.0.as_bytes(), LIMITED_MAX];
        let candidates = all(self.connection(), sql, values, |columns| {
            let arrival = ArrivalId(columns.uuid()?);
            let person = PersonId(columns.uuid()?);
            let entitlement = EntitlementId(columns.uuid()?);
            Ok((arrival, person, entitlement, columns.cbor::<Item>()?))
        })?;
        let mut decisions = Vec::new();
        for (arrival, person, entitlement, item) in candidates {
            let Some(limit) = item.limit else { continue };
            let same = self.all_same(person)?;
            let past = self.past(&same, &item.code, now.minus_days(limit.days))?;
            let reached = past.len() >= limit.times as usize;
            if let Some(last) = past.last().filter(|_| reached) {
                decisions.push(Decision::LimitReached {
                    arrival,
                    entitlement,
                    item: item.code,
                    last: last.at,
                });
            }
        }
        Ok(decisions)
    }

    /// What is to be given here by the right of the node of the backup, or of the one that was made from in its
    /// turn, or of a node whose rights this one recovered, to people of movements on the ground.
    fn cards_to_check(&self, site: SiteId, node: NodeKey) -> Result<Vec<Decision>> {
        let sql = "SELECT count(*) FROM r_movement v
            JOIN r_present a ON a.movement = v.id JOIN r_entitlement e ON e.arrival = a.no
            LEFT JOIN r_right m ON m.arrival = e.arrival AND m.place = e.place
            JOIN r_node n ON n.no = coalesce(m.to_node, m.holder, e.granted_node)
            WHERE coalesce(m.site, m.moved_to, v.destination) = ?1 AND v.stage = 'landed'
            AND a.left_at IS NULL AND e.given = 0 AND n.key = ?2";
        let mut decisions = Vec::new();
        for old_node in self.ancestors(node)? {
            let values = params![site.0.as_bytes(), old_node.0];
            let entitlements = only(self.connection(), sql, values, |columns| columns.position())?;
            if entitlements > 0 {
                decisions.push(Decision::CheckCards {
                    old_node,
                    entitlements,
                });
            }
        }
        Ok(decisions)
    }

    /// The nodes a node was made from, the nearest first.
    fn ancestors(&self, node: NodeKey) -> Result<Vec<NodeKey>> {
        let sql = "SELECT r.old_node FROM r_restored r JOIN r_node n ON n.no = r.node
            WHERE n.key = ?1 ORDER BY r.position DESC LIMIT 1";
        let mut ancestors = Vec::new();
        let mut heir = node;
        while let Some(ancestor) = one(self.connection(), sql, [heir.0], |columns| columns.key())? {
            if ancestor == node || ancestors.contains(&ancestor) {
                break;
            }
            ancestors.push(ancestor);
            heir = ancestor;
        }
        for lost in self.took_over(node)? {
            if !ancestors.contains(&lost) {
                ancestors.push(lost);
            }
        }
        Ok(ancestors)
    }
}
