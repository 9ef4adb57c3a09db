//! What became of the pathways people were told of. "Safe, orderly and humane pathways" was said in
//! public; here is how many of those who were told so got one. For people of the operation: the numbers
//! are small, and nothing of them is published.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Known, Moment, Pathway, PathwayKind, PathwayOutcome, PathwaySource, PathwayStage, PersonId,
    Site,
};
use jiff::civil::Date;
use register::Register;
use serde::Serialize;

use crate::error::ReportError;

/// What became of people and of pathways: of one kind, or of all together.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Outcome {
    /// People who were told in the time asked about; records of one person once.
    pub told: u64,
    /// Of these, those whom officials told.
    pub told_by_officials: u64,
    /// Of those told, those for whom one was opened, whenever.
    pub told_and_opened: u64,
    /// Of those told, those who got one after they were told.
    pub told_and_got: u64,
    /// From being told to getting it, in whole days: the median, the lower of the two in the middle;
    /// none where nobody got one.
    pub median_days: Option<i64>,
    /// Pathways opened in the time asked about, whether or not their person was told.
    pub opened: u64,
    /// Of those opened, those that go on.
    pub still_open: u64,
    /// Granted.
    pub granted: u64,
    /// Refused.
    pub refused: u64,
    /// Withdrawn by the person.
    pub withdrawn: u64,
    /// Closed because the person cannot be reached.
    pub lost_contact: u64,
    /// Closed in a way that a newer version knows.
    pub otherwise: u64,
}

/// What became of one kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OfKind {
    /// The kind; none where it cannot be read here, as of people who were erased.
    pub kind: Option<PathwayKind>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of pathways in a span of time.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Outcomes {
    /// Of all kinds together. Told are also those to whom no kind was named; who was told of several
    /// kinds is one of them.
    pub all: Outcome,
    /// Of each kind of which anything is known, in the order kinds are offered. Who was told of several
    /// is in each.
    pub kinds: Vec<OfKind>,
}

/// Counts what became of pathways told of or opened in a span (from, inclusive, to, exclusive). What
/// they came to is counted whenever it came. Only those are counted that whoever asks may know of: a total
/// gives away what its parts hide. Days are working days of a site.
///
/// # Errors
/// When the register cannot be read.
pub fn outcomes(
    register: &Register<'_>,
    site: &Site,
    span: (Moment, Moment),
    may: impl Fn(&Pathway) -> bool,
) -> Result<Outcomes, ReportError> {
    let mut of_person: BTreeMap<PersonId, Vec<Pathway>> = BTreeMap::new();
    for pathway in register.pathways()?.into_iter().filter(may) {
        let person = one_record(register, pathway.person)?;
        of_person.entry(person).or_default().push(pathway);
    }
    let day = |at| site.day_of(at).0;
    let people: Vec<_> = of_person.into_values().collect();
    Ok(count(&people, span, &day))
}

/// One record for everybody who has several.
fn one_record(register: &Register<'_>, person: PersonId) -> Result<PersonId, ReportError> {
    let records: BTreeSet<_> = register.same_person(person)?.into_iter().collect();
    Ok(records.first().copied().unwrap_or(person))
}

/// Counts over people, each with their pathways.
fn count(
    people: &[Vec<Pathway>],
    span: (Moment, Moment),
    day: &dyn Fn(Moment) -> Date,
) -> Outcomes {
    let everything = |_: &Pathway| true;
    let all = outcome(people, span, day, everything, everything);
    let known = PathwayKind::KNOWN.iter().cloned().map(Some);
    let mut kinds: Vec<_> = known.chain([None]).collect();
    let named = people.iter().flatten().filter_map(|one| one.kind.clone());
    let newer: BTreeSet<_> = named
        .filter(|kind| !PathwayKind::KNOWN.contains(kind))
        .map(Some)
        .collect();
    kinds.extend(newer);
    let kinds = kinds.into_iter().map(|kind| OfKind {
        outcome: outcome(
            people,
            span,
            day,
            |one| kind.is_some() && one.told_kind == kind,
            |one| one.opened_at.is_some() && one.kind == kind,
        ),
        kind,
    });
    let kinds = kinds.filter(|of| of.outcome.told > 0 || of.outcome.opened > 0);
    Outcomes {
        all,
        kinds: kinds.collect(),
    }
}

fn outcome(
    people: &[Vec<Pathway>],
    (from, to): (Moment, Moment),
    day: &dyn Fn(Moment) -> Date,
    told_of: impl Fn(&Pathway) -> bool,
    is_one: impl Fn(&Pathway) -> bool,
) -> Outcome {
    let within = |at: Moment| at >= from && at < to;
    let mut outcome = Outcome::default();
    let mut days = Vec::new();
    for theirs in people {
        let ones = || theirs.iter().filter(|one| is_one(one));
        for pathway in ones().filter(|one| one.opened_at.is_some_and(within)) {
            outcome.opened += 1;
            *outcome.place(&pathway.stage()) += 1;
        }
        let told = theirs.iter().filter(|one| told_of(one));
        let told: Vec<_> = told
            .filter_map(|one| one.told.as_ref())
            .filter(|(at, _)| within(*at))
            .collect();
        let Some(first) = told.iter().map(|(at, _)| *at).min() else {
            continue;
        };
        outcome.told += 1;
        let officials = told.iter().any(|(_, by)| *by == PathwaySource::OFFICIALS);
        outcome.told_by_officials += u64::from(officials);
        outcome.told_and_opened += u64::from(ones().any(|one| one.opened_at.is_some()));
        let granted = ones().filter_map(|one| match &one.closed {
            Some((outcome, at)) if *outcome == PathwayOutcome::GRANTED => Some(*at),
            _ => None,
        });
        // Of some only the day is known: got on the day of being told is got after it.
        let told_on = day(first);
        if let Some(got_on) = granted.map(day).filter(|got_on| *got_on >= told_on).min() {
            outcome.told_and_got += 1;
            days.push(i64::from((got_on - told_on).get_days()));
        }
    }
    days.sort_unstable();
    outcome.median_days = days.get(days.len().saturating_sub(1) / 2).copied();
    outcome
}

impl Outcome {
    /// Where a pathway that was opened is counted.
    fn place(&mut self, stage: &PathwayStage) -> &mut u64 {
        match stage {
            PathwayStage::Told | PathwayStage::Open => &mut self.still_open,
            PathwayStage::Closed(came) if *came == PathwayOutcome::GRANTED => &mut self.granted,
            PathwayStage::Closed(came) if *came == PathwayOutcome::REFUSED => &mut self.refused,
            PathwayStage::Closed(came) if *came == PathwayOutcome::WITHDRAWN => &mut self.withdrawn,
            PathwayStage::Closed(came) if *came == PathwayOutcome::LOST_CONTACT => {
                &mut self.lost_contact
            }
            PathwayStage::Closed(_) => &mut self.otherwise,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::PathwayId;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const DAY_MS: i64 = 86_400_000;
    const SPAN: (Moment, Moment) = (Moment(10 * DAY_MS), Moment(40 * DAY_MS));

    fn day(at: Moment) -> Date {
        jiff::tz::Offset::UTC.to_datetime(at.timestamp()).date()
    }

    fn pathway(
        kind: &PathwayKind,
        told: Option<i64>,
        opened: Option<i64>,
        closed: Option<(PathwayOutcome, i64)>,
    ) -> Pathway {
        let at = |day: i64| Moment(day * DAY_MS);
        Pathway {
            id: PathwayId(Uuid::nil()),
            person: PersonId(Uuid::nil()),
            told: told.map(|day| (at(day), PathwaySource::DESK)),
            told_kind: told.map(|_| kind.clone()),
            opened_at: opened.map(at),
            kind: Some(kind.clone()),
            steps: Vec::new(),
            closed: closed.map(|(outcome, day)| (outcome, at(day))),
        }
    }

    #[test]
    fn of_those_told_it_is_said_how_many_got_one_and_after_how_many_days() {
        let visa = &PathwayKind::WORK_OR_STUDY_VISA;
        let asylum = &PathwayKind::ASYLUM;
        let granted = |day| Some((PathwayOutcome::GRANTED, day));
        let refused = |day| Some((PathwayOutcome::REFUSED, day));
        let people = [
            vec![pathway(visa, Some(12), Some(13), granted(20))],
            vec![pathway(visa, Some(12), Some(13), granted(50))],
            vec![pathway(visa, Some(12), Some(14), refused(20))],
            // Told of one and got another: got one, though not of the kind they were told of.
            vec![
                pathway(visa, Some(12), None, None),
                pathway(asylum, None, Some(13), granted(15)),
            ],
            // Told too early, or got it before.
            vec![pathway(visa, Some(2), Some(13), None)],
            vec![pathway(visa, Some(30), Some(11), granted(20))],
        ];
        let outcomes = count(&people, SPAN, &day);
        assert_eq!((outcomes.all.told, outcomes.all.told_and_got), (5, 3));
        assert_eq!(outcomes.all.median_days, Some(8));
        assert_eq!((outcomes.all.opened, outcomes.all.granted), (6, 4));
        let kinds: Vec<_> = outcomes.kinds.iter().map(|of| of.kind.as_ref()).collect();
        assert_eq!(kinds, [Some(asylum), Some(visa)]);
        let of_visa = &outcomes.kinds[1].outcome;
        assert_eq!((of_visa.told, of_visa.told_and_got), (5, 2));
        assert_eq!(of_visa.told_and_opened, 4);
        assert_eq!(outcomes.kinds[0].outcome.told, 0);
    }

    proptest! {
        #[test]
        fn nobody_got_who_was_not_told_and_what_was_opened_adds_up(
            people in prop::collection::vec(prop::collection::vec(
                (0_usize..7, prop::option::of(0_i64..60), prop::option::of(0_i64..60), 0_usize..6, 0_i64..60),
                0..4,
            ), 0..20),
        ) {
            let people: Vec<Vec<Pathway>> = people.into_iter().map(|theirs| {
                theirs.into_iter().map(|(kind, told, opened, outcome, closed)| {
                    let outcome = PathwayOutcome::KNOWN.get(outcome).cloned();
                    let closed = opened.and(outcome).map(|outcome| (outcome, closed));
                    pathway(&PathwayKind::KNOWN[kind], told, opened, closed)
                }).collect()
            }).collect();
            let outcomes = count(&people, SPAN, &day);
            let each = outcomes.kinds.iter().map(|of| &of.outcome);
            for one in each.clone().chain([&outcomes.all]) {
                prop_assert!(one.told >= one.told_and_opened && one.told_and_opened >= one.told_and_got);
                prop_assert!(one.told >= one.told_by_officials);
                prop_assert_eq!(one.median_days.is_some(), one.told_and_got > 0);
                let ends = one.granted + one.refused + one.withdrawn + one.lost_contact + one.otherwise;
                prop_assert_eq!(one.opened, one.still_open + ends);
            }
            prop_assert_eq!(outcomes.all.opened, each.map(|one| one.opened).sum::<u64>());
        }
    }
}
