//! The board of the day: what is on the ground, what comes, whether the goods last, and what only
//! people can decide.

mod decision;

use std::collections::{BTreeMap, HashMap};

use domain::{
    ArrivalId, EntitlementId, Grant, ItemCode, LineId, Moment, Movement, MovementId, NodeKey,
    Package, SiteId, Vulnerability, WaybillId, When,
};
use rusqlite::params;

use crate::columns::{all, one, only};
use crate::fold::{MOVEMENT_COLUMNS, read_movement};
use crate::stock::Pace;
use crate::{Register, Result};

/// A movement being received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ground {
    /// The movement; announced and headcount stand in it.
    pub movement: Movement,
    /// Name of the site it came from, where known here.
    pub origin: Option<String>,
    /// People on its manifest now.
    pub listed: u32,
    /// People given a number.
    pub met: u32,
    /// People registered.
    pub registered: u32,
    /// People screened.
    pub screened: u32,
    /// People who received at least one item.
    pub assisted: u32,
    /// People who left.
    pub left: u32,
    /// People to be called first who are not registered yet.
    pub flagged_waiting: u32,
    /// Children without an adult, as far as this node may read it.
    pub children_alone: u32,
}

/// A movement on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arriving {
    /// The movement.
    pub movement: Movement,
    /// Name of the site it comes from, where known here.
    pub origin: Option<String>,
    /// People on its manifest.
    pub listed: u32,
}

/// Stock of one item against what will be needed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cover {
    /// The item.
    pub item: ItemCode,
    /// On the shelves by the book.
    pub here: i64,
    /// Granted to people who are here, and not given yet.
    pub open: u64,
    /// For people announced or landed and not met yet: the package's grants to everybody.
    pub expected: u64,
    /// How fast it goes.
    pub pace: Pace,
}

/// What only people can decide.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// As many people were counted as are not on the manifest, or fewer.
    HeadcountDiffers {
        /// The movement.
        movement: MovementId,
        /// Its name.
        designator: String,
        /// People counted.
        headcount: u32,
        /// People on the manifest.
        listed: u32,
    },
    /// More people have a card than were counted.
    MetExceeds {
        /// The movement.
        movement: MovementId,
        /// Its name.
        designator: String,
        /// People counted.
        headcount: u32,
        /// People given a number and a card.
        met: u32,
    },
    /// One entitlement was redeemed more than once.
    RedemptionDisputed {
        /// The arrival.
        arrival: ArrivalId,
        /// The entitlement.
        entitlement: EntitlementId,
        /// The item.
        item: ItemCode,
        /// How many redemptions are on record.
        times: u32,
    },
    /// Two arrivals claim one line of a manifest.
    LineDisputed {
        /// The line.
        line: LineId,
        /// Its movement.
        movement: MovementId,
        /// How many arrivals claim it.
        claims: u32,
    },
    /// A limit stands between a person who is here and an item granted.
    LimitReached {
        /// The arrival.
        arrival: ArrivalId,
        /// The entitlement.
        entitlement: EntitlementId,
        /// The item.
        item: ItemCode,
        /// When the person received it last.
        last: Moment,
    },
    /// Goods were sent here and not received.
    WaybillOpen {
        /// The waybill.
        waybill: WaybillId,
        /// Number printed on it.
        number: String,
        /// When it was sent.
        sent_at: Moment,
    },
    /// Rights that were released to this node and wait for its answer.
    RightsOffered {
        /// Of how many people.
        people: u32,
        /// How many items.
        items: u32,
    },
    /// Items that may have been given after the backup this node was made from.
    CheckCards {
        /// The node of the backup.
        old_node: NodeKey,
        /// Entitlements granted there to people who are being received, not redeemed as far as is
        /// known here.
        entitlements: u64,
    },
}

/// What is still to be given of an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Need {
    /// The item.
    pub item: ItemCode,
    /// Granted to people on the ground and not given.
    pub open: u64,
    /// What the people still to come will need.
    pub expected: u64,
}

impl Register<'_> {
    /// Movements that landed at a site and are not closed, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn on_the_ground(&self, site: SiteId) -> Result<Vec<Ground>> {
        let sql = format!(
            "SELECT {MOVEMENT_COLUMNS}, o.name FROM r_movement m
            LEFT JOIN r_site o ON o.id = m.origin
            WHERE m.destination = ?1 AND m.stage = 'landed' ORDER BY m.landed_at DESC, m.id"
        );
        let landed = all(self.connection(), &sql, [site.0.as_bytes()], |columns| {
            Ok((read_movement(columns)?, columns.value()?))
        })?;
        let mut ground = Vec::with_capacity(landed.len());
        for (movement, origin) in landed {
            ground.push(self.ground(movement, origin)?);
        }
        Ok(ground)
    }

    fn ground(&self, movement: Movement, origin: Option<String>) -> Result<Ground> {
        let listed = self.balance(movement.id)?.listed;
        let sql = "SELECT count(*), count(registered_at), count(first_screened_at),
                count(assisted_at), count(left_at),
                count(*) FILTER (WHERE flagged = 1 AND registered_at IS NULL AND left_at IS NULL),
                count(*) FILTER (WHERE
                    EXISTS (SELECT 1 FROM r_priority p
                        WHERE p.arrival = a.no AND p.code = 'child_alone')
                    OR EXISTS (SELECT 1 FROM r_vulnerability v
                        WHERE v.arrival = a.no AND v.code = ?2))
            FROM r_present a WHERE a.movement = ?1";
        let id = movement.id.0.into_bytes();
        let values = params![id, Vulnerability::CHILD_ALONE.as_str()];
        only(self.connection(), sql, values, |columns| {
            Ok(Ground {
                movement,
                origin,
                listed,
                met: columns.count()?,
                registered: columns.count()?,
                screened: columns.count()?,
                assisted: columns.count()?,
                left: columns.count()?,
                flagged_waiting: columns.count()?,
                children_alone: columns.count()?,
            })
        })
    }

    /// How many people of a movement were registered from an instant on.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn registered_since(&self, movement: MovementId, since: Moment) -> Result<u64> {
        let sql = "SELECT count(*) FROM r_present WHERE movement = ?1 AND registered_at >= ?2";
        let values = params![movement.0.as_bytes(), since.0];
        only(self.connection(), sql, values, |columns| columns.position())
    }

    /// Movements announced or under way to a site, expected before an instant, the next first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn arriving(&self, site: SiteId, before: Moment) -> Result<Vec<Arriving>> {
        let sql = format!(
            "SELECT {MOVEMENT_COLUMNS}, o.name,
                (SELECT count(*) FROM r_line l WHERE l.movement = m.id AND l.removed = 0)
            FROM r_movement m LEFT JOIN r_site o ON o.id = m.origin
            WHERE m.destination = ?1 AND m.stage IN ('announced', 'departed') AND m.expected < ?2
            ORDER BY m.expected, m.id"
        );
        let values = params![site.0.as_bytes(), before.0];
        all(self.connection(), &sql, values, |columns| {
            Ok(Arriving {
                movement: read_movement(columns)?,
                origin: columns.value()?,
                listed: columns.count()?,
            })
        })
    }

    /// Each stocked item at a site against what is open and what is expected until an instant.
    ///
    /// Expected are, for everybody announced until then and everybody counted on the ground and not
    /// met yet, the package's grants: those that hold for everybody in full; those that depend on
    /// age or on the screening by the share of people registered at this site so far who were
    /// granted the item.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn cover(&self, site: SiteId, now: Moment, before: Moment) -> Result<Vec<Cover>> {
        let here: HashMap<ItemCode, i64> = self
            .balances(Some(site))?
            .into_iter()
            .map(|shelf| (shelf.item, shelf.here))
            .collect();
        let sites = self.sites()?;
        let site_here = sites.iter().find(|known| known.id == site);
        let paces = match site_here {
            Some(site) => self.paces(site, now.plus_ms(1))?,
            None => BTreeMap::new(),
        };
        let needs = self.needs(site, before)?.into_iter();
        let cover = needs.map(|need| Cover {
            here: here.get(&need.item).copied().unwrap_or(0),
            open: need.open,
            expected: need.expected,
            pace: paces.get(&need.item).copied().unwrap_or_default(),
            item: need.item,
        });
        Ok(cover.collect())
    }

    /// What is open and what is expected until an instant of each stocked item, as
    /// [`Register::cover`] says it.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn needs(&self, site: SiteId, before: Moment) -> Result<Vec<Need>> {
        let needs = self.needs_until(site, &[before])?;
        Ok(needs.into_iter().next().unwrap_or_default())
    }

    /// [`Register::needs`] until each of some instants.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn needs_until(&self, site: SiteId, each: &[Moment]) -> Result<Vec<Vec<Need>>> {
        let open = self.open_quantities(site)?;
        let grants = self.grants()?;
        let lately = self.granted_lately(site)?;
        let needed: Vec<_> = self
            .items()?
            .into_iter()
            .filter(|item| item.stocked)
            .map(|item| {
                let shares = grants.iter().filter(|grant| grant.item == item.code);
                let shares = shares.map(|grant| {
                    let share = match grant.when {
                        When::Met | When::Registered => Share::EVERYBODY,
                        When::AgeFrom(_) | When::AgeUnder(_) | When::Vulnerable(_) => {
                            lately.share(&item.code)
                        }
                    };
                    (share, u64::from(grant.quantity))
                });
                let shares: Vec<_> = shares.collect();
                (item.code, shares)
            })
            .collect();
        let until = each.iter().map(|before| {
            let coming = self.people_coming(site, *before)?;
            let need = |(item, shares): &(ItemCode, Vec<(Share, u64)>)| Need {
                open: open.get(item).copied().unwrap_or(0),
                expected: shares
                    .iter()
                    .map(|(share, quantity)| share.of(coming) * quantity)
                    .max()
                    .unwrap_or(0),
                item: item.clone(),
            };
            Ok(needed.iter().map(need).collect())
        });
        until.collect()
    }

    fn grants(&self) -> Result<Vec<Grant>> {
        let sql = "SELECT body FROM r_package";
        let package: Option<Package> = one(self.connection(), sql, [], |columns| columns.cbor())?;
        Ok(package.unwrap_or_default().grants)
    }

    /// What people of movements on the ground are entitled to and did not receive.
    fn open_quantities(&self, site: SiteId) -> Result<HashMap<ItemCode, u64>> {
        let sql = "SELECT e.item, sum(e.quantity) FROM r_movement m
            JOIN r_present a ON a.movement = m.id JOIN r_entitlement e ON e.arrival = a.no
            WHERE m.destination = ?1 AND m.stage = 'landed' AND a.left_at IS NULL AND e.given = 0
            GROUP BY e.item";
        let open = all(self.connection(), sql, [site.0.as_bytes()], |columns| {
            let item = ItemCode::any(columns.text()?);
            Ok((item, columns.value::<i64>()?.unsigned_abs()))
        })?;
        Ok(open.into_iter().collect())
    }

    /// People announced to a site before an instant, and people counted there and not met yet.
    fn people_coming(&self, site: SiteId, before: Moment) -> Result<u64> {
        let sql = "SELECT coalesce(sum(max(0, CASE m.stage
                WHEN 'landed' THEN coalesce(m.headcount, 0)
                    - (SELECT count(*) FROM r_present a WHERE a.movement = m.id)
                ELSE m.announced END)), 0)
            FROM r_movement m WHERE m.destination = ?1
            AND (m.stage = 'landed' OR m.stage IN ('announced', 'departed') AND m.expected < ?2)";
        let values = params![site.0.as_bytes(), before.0];
        only(self.connection(), sql, values, |columns| {
            Ok(columns.value::<i64>()?.unsigned_abs())
        })
    }

    /// What the thousand registered last were granted.
    fn granted_lately(&self, site: SiteId) -> Result<GrantedLately> {
        let lately = "SELECT no FROM r_present WHERE site = ?1 AND registered_at IS NOT NULL
            ORDER BY met_at DESC LIMIT 1000";
        let id = site.0.as_bytes();
        let sql = format!("SELECT count(*) FROM ({lately})");
        let registered = only(self.connection(), &sql, [id], |columns| columns.count())?;
        let sql = format!(
            "SELECT e.item, count(DISTINCT e.arrival) FROM ({lately}) a
            JOIN r_entitlement e ON e.arrival = a.no GROUP BY e.item"
        );
        let granted = all(self.connection(), &sql, [id], |columns| {
            let item = ItemCode::any(columns.text()?);
            Ok((item, u64::from(columns.count()?)))
        })?;
        Ok(GrantedLately {
            registered: u64::from(registered),
            granted: granted.into_iter().collect(),
        })
    }
}

/// Of so many registered last, how many were granted each item.
struct GrantedLately {
    registered: u64,
    granted: HashMap<ItemCode, u64>,
}

impl GrantedLately {
    fn share(&self, item: &ItemCode) -> Share {
        Share {
            registered: self.registered,
            granted: self.granted.get(item).copied().unwrap_or(0),
        }
    }
}

/// Of so many registered, so many were granted something.
#[derive(Clone, Copy)]
struct Share {
    registered: u64,
    granted: u64,
}

impl Share {
    const EVERYBODY: Self = Self {
        registered: 1,
        granted: 1,
    };

    /// Of so many people, rounded up; nobody before anybody was registered.
    fn of(self, people: u64) -> u64 {
        match self.registered {
            0 => 0,
            registered => (people * self.granted).div_ceil(registered),
        }
    }
}
