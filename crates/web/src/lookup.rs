//! What several pages ask of the register in the same way.

use domain::{Known, Movement, MovementId, Vulnerability};
use register::figures::{Criteria, Step, Value};
use register::movements::{LineFilter, LineRow};
use register::{Page, Register};

use crate::failure::Failure;

/// Longest list shown on one page. A movement has at most ten thousand lines; a page of all of them
/// is slow on a tablet, so that longer manifests are searched instead.
const ROWS_MAX: u32 = 500;

/// A movement and how far its people are.
pub(crate) struct Progress {
    pub movement: Movement,
    pub counts: Counts,
}

/// How many people of a movement came how far.
#[derive(Default)]
pub(crate) struct Counts {
    pub headcount: Option<u32>,
    pub listed: u32,
    pub unlisted: u32,
    pub no_show: u32,
    pub waiting: u32,
    pub met: u32,
    pub registered: u32,
    pub screened: u32,
    pub assisted: u32,
    pub left: u32,
    pub children_alone: u32,
}

/// One movement and its people.
pub(crate) fn progress(
    register: &Register<'_>,
    id: MovementId,
) -> Result<Option<Progress>, Failure> {
    let Some(movement) = register.movement(id)? else {
        return Ok(None);
    };
    let balance = register.balance(id)?;
    let count = |criteria: Criteria| -> Result<u32, Failure> {
        let count = register.count(&criteria.with(Value::Movement(id)))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    };
    // Before the screening, a child alone is known by the reason to be called first.
    let ground = register.on_the_ground(movement.destination)?;
    let ground = ground.iter().find(|ground| ground.movement.id == id);
    let children_alone = match ground {
        Some(ground) => ground.children_alone,
        None => count(
            Criteria::of(Step::Screened).with(Value::Vulnerability(Vulnerability::CHILD_ALONE)),
        )?,
    };
    let counts = Counts {
        headcount: movement.headcount,
        listed: balance.listed,
        unlisted: balance.unlisted,
        no_show: balance.no_show,
        waiting: balance.waiting,
        met: balance.met,
        registered: balance.registered,
        screened: count(Criteria::of(Step::Screened))?,
        assisted: count(Criteria::of(Step::Assisted))?,
        left: count(Criteria::of(Step::Left))?,
        children_alone,
    };
    Ok(Some(Progress { movement, counts }))
}

/// The manifest of a movement, filtered.
pub(crate) fn manifest(
    register: &Register<'_>,
    movement: MovementId,
    filter: &LineFilter,
) -> Result<(Vec<LineRow>, u64), Failure> {
    let page = register.manifest(movement, filter, Page::first(ROWS_MAX))?;
    Ok((page.rows, page.total))
}
