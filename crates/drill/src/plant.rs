//! Mistakes made on purpose, one after the other, and the first seed that shows each. A mistake that no
//! seed shows means that a check is missing.

use serde::Serialize;

use crate::drill::{Plan, Shorten, drill};
use crate::error::DrillError;
use crate::finding::{Finding, Guarantee};
use crate::operation::Operation;
use crate::script::Script;

/// Seeds within which each mistake has to show.
pub const SEEDS_MAX: u64 = 1_000;
/// Seeds tried together.
const AT_ONCE: u64 = 8;

/// A mistake that can be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// What it is called, here and where it is made.
    pub name: &'static str,
    /// Which guarantee it breaks.
    pub breaks: Guarantee,
    /// What the careless version does.
    pub what: &'static str,
}

const fn mistake(name: &'static str, breaks: Guarantee, what: &'static str) -> Mistake {
    Mistake { name, breaks, what }
}

/// Every mistake that can be planted.
pub const MISTAKES: &[Mistake] = &[
    mistake(
        "skip the flush",
        Guarantee::G1,
        "commits without waiting for the disk",
    ),
    mistake(
        "answer before the commit",
        Guarantee::G1,
        "says done and keeps nothing",
    ),
    mistake(
        "forget what was asked",
        Guarantee::G3,
        "takes a form posted again for a new one",
    ),
    mistake(
        "serve what changed",
        Guarantee::G1,
        "reads an event without comparing its hash",
    ),
    mistake(
        "trust the wall clock",
        Guarantee::G2,
        "orders events by a clock that went back",
    ),
    mistake(
        "append what came late",
        Guarantee::G2,
        "folds a late event behind the newer ones",
    ),
    mistake(
        "take events unverified",
        Guarantee::G2,
        "takes in events without their signatures",
    ),
    mistake(
        "pass over unknown kinds",
        Guarantee::G10,
        "drops events that it does not understand",
    ),
    mistake("give twice", Guarantee::G3, "gives what was given"),
    mistake(
        "give what another holds",
        Guarantee::G3,
        "gives without holding the right",
    ),
    mistake(
        "give what was released",
        Guarantee::G3,
        "goes on giving what it released to another node",
    ),
    mistake(
        "give before accepting",
        Guarantee::G3,
        "gives what was released to it and not accepted",
    ),
    mistake(
        "release twice",
        Guarantee::G3,
        "releases to a second node what is under way to a first",
    ),
    mistake(
        "take what is for another",
        Guarantee::G3,
        "accepts rights released to another node",
    ),
    mistake(
        "take over without waiting",
        Guarantee::G3,
        "takes over the rights of a lost node at once",
    ),
    mistake(
        "take over from a node that was heard",
        Guarantee::G3,
        "takes over the rights of a node that wrote since it was announced lost",
    ),
    mistake(
        "forget that it was recovered",
        Guarantee::G3,
        "counts what it gives by a recovered right among all else",
    ),
    mistake(
        "go on after others took over",
        Guarantee::G3,
        "gives and moves rights that another node took over",
    ),
    mistake(
        "let one person take over",
        Guarantee::G3,
        "lets whoever announced a loss confirm it",
    ),
    mistake(
        "lift the freeze",
        Guarantee::G3,
        "gives what the node of its backup may have given",
    ),
    mistake(
        "forget the limit",
        Guarantee::G4,
        "gives cash again within the days of the limit",
    ),
    mistake(
        "forget who a card was for",
        Guarantee::G4,
        "drops who was registered on a card that another desk withdrew",
    ),
    mistake(
        "let the later edit win",
        Guarantee::G4,
        "drops what somebody else wrote apart",
    ),
    mistake(
        "list no overlaps",
        Guarantee::G4,
        "keeps to itself what two nodes both gave",
    ),
    mistake(
        "give from an empty shelf",
        Guarantee::G5,
        "gives what is not there",
    ),
    mistake(
        "send what is not there",
        Guarantee::G5,
        "sends what is not there",
    ),
    mistake(
        "receive goods twice",
        Guarantee::G5,
        "books a waybill in again",
    ),
    mistake(
        "keep the old identity",
        Guarantee::G9,
        "restores a backup under its old identity",
    ),
    mistake(
        "let both copies go on",
        Guarantee::G9,
        "goes on writing after its log was seen to fork",
    ),
    mistake(
        "keep one branch only",
        Guarantee::G9,
        "drops the second history of a node",
    ),
];

/// What became of a planted mistake.
#[derive(Debug, Clone, Serialize)]
pub struct Planted {
    /// Which.
    pub mistake: Mistake,
    /// The first seed that showed it; none when no seed did.
    pub seed: Option<u64>,
    /// What that seed found.
    pub finding: Option<Finding>,
}

/// The mistake of a name.
pub fn named(name: &str) -> Result<Mistake, DrillError> {
    let mistake = MISTAKES.iter().find(|mistake| mistake.name == name);
    mistake
        .copied()
        .ok_or_else(|| DrillError::UnknownMistake(name.to_owned()))
}

/// Plants a mistake and runs seeds until one shows it.
///
/// # Errors
/// When this build holds no mistakes, or the drill itself fails.
pub fn plant(mistake: Mistake, jobs: usize) -> Result<Planted, DrillError> {
    let failure = first_seen(mistake, jobs)?;
    Ok(Planted {
        mistake,
        seed: failure.as_ref().map(|(seed, _)| *seed),
        finding: failure.map(|(_, finding)| finding),
    })
}

fn first_seen(mistake: Mistake, jobs: usize) -> Result<Option<(u64, Finding)>, DrillError> {
    let mut from = 0;
    while from < SEEDS_MAX {
        let to = (from + AT_ONCE).min(SEEDS_MAX);
        let plan = Plan {
            seeds: from..to,
            jobs,
            at_most: None,
            shorten: Shorten::No,
        };
        // The operation that runs begin with is founded by a program without mistakes.
        for seed in plan.seeds.clone() {
            Operation::with(Script::of(seed).machines)?;
        }
        arm(Some(mistake.name))?;
        let drilled = drill(&plan, &|_, _| {});
        arm(None)?;
        let drilled = drilled?;
        if let Some(failure) = drilled.failures.into_iter().next() {
            return Ok(Some((failure.seed, failure.finding)));
        }
        from = to;
    }
    Ok(None)
}

#[cfg(feature = "armed")]
#[expect(clippy::unnecessary_wraps, reason = "fails in builds without mistakes")]
fn arm(mistake: Option<&'static str>) -> Result<(), DrillError> {
    planted::arm(mistake);
    Ok(())
}

#[cfg(not(feature = "armed"))]
fn arm(_: Option<&'static str>) -> Result<(), DrillError> {
    // Keeps the crate in use, and says what is so.
    debug_assert!(!planted::is_armed("any"));
    Err(DrillError::NotArmed)
}
