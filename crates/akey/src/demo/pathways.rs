//! What the visitor of the demo finds of pathways: people who were told of them, some opened with steps
//! ticked, one granted, one refused; services that say how much room they have; calls that are overdue.
//! All of it is invented.

use std::cmp::Ordering;

use domain::{
    CallResult, Command, Consent, Day, Moment, Occurred, PathwayId, PathwayKind, PathwayOutcome,
    PathwaySource, PathwayStep, PersonId, PlacesOf, Precision, Reachability, ReferralId, Referring,
    Role, ServiceId, SiteId, StepStands, StepState,
};
use uuid::Uuid;

use super::cases::SERVICE_IDS;
use super::play::Play;
use crate::failure::Failure;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Those before are the people of the referrals.
const PEOPLE: std::ops::Range<usize> = 8..24;
/// So long before the visitor comes, as far as people were on record by then.
const DAYS_BACK_MAX: i64 = 9;

/// Ids out of a range of their own, so that the people of the demo stay who they are.
const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0A1D_0000 + number)
}

type Dated = (Option<Occurred>, Command);

/// What was opened, for whom, how many steps are done, and what it came to.
const OPENED: [(usize, PathwayKind, usize, Option<PathwayOutcome>); 8] = [
    (0, PathwayKind::FAMILY_REUNIFICATION, 2, None),
    (1, PathwayKind::WORK_OR_STUDY_VISA, 1, None),
    (
        2,
        PathwayKind::REINTEGRATION_GRANT,
        5,
        Some(PathwayOutcome::GRANTED),
    ),
    (
        3,
        PathwayKind::HUMANITARIAN_PAROLE,
        2,
        Some(PathwayOutcome::REFUSED),
    ),
    (4, PathwayKind::ASYLUM, 2, None),
    (
        5,
        PathwayKind::VOLUNTARY_RETURN,
        1,
        Some(PathwayOutcome::WITHDRAWN),
    ),
    (
        6,
        PathwayKind::FAMILY_REUNIFICATION,
        1,
        Some(PathwayOutcome::LOST_CONTACT),
    ),
    (7, PathwayKind::REINTEGRATION_GRANT, 2, None),
];
/// Told by officials of pathways in general; those with an even number besides, by us, of the one that
/// was opened.
const TOLD: usize = 12;
/// Referred long ago, and not asked since, or in vain.
const CALLS: std::ops::Range<usize> = 8..13;

impl Play {
    /// Everything of it; only where people are registered already.
    pub(super) fn pathways(&mut self, now: Moment) -> Result<(), Failure> {
        let (site, people) = self.registered_first(PEOPLE.end)?;
        let people: Vec<PersonId> = people.into_iter().skip(PEOPLE.start).collect();
        self.room(site, now)?;
        if people.len() < PEOPLE.len() {
            return Ok(());
        }
        let home = self.home()?;
        let first = self.first_day().map_or(now, |day| home.span_of(day).1);
        let days = ((now.0 - first.0) / DAY_MS).clamp(1, DAYS_BACK_MAX);
        self.told(site, &people, days, now)?;
        self.opened(site, &people, days, now)?;
        self.called(site, &people, days, now)
    }

    /// What services said of their room.
    fn room(&mut self, site: SiteId, now: Moment) -> Result<(), Failure> {
        let said = |number: usize, places, places_of, reachable, until, open_days: &[u8]| {
            let command = Command::StateService {
                service: ServiceId(SERVICE_IDS[number]),
                places,
                places_of,
                reachable,
                until,
                open_days: open_days.to_vec(),
            };
            (Some(Occurred::at(now.plus_ms(-3 * HOUR_MS))), command)
        };
        let tomorrow = Some(now.plus_ms(2 * DAY_MS));
        let week = &[1, 2, 3, 4, 5];
        let said = vec![
            said(
                0,
                Some(80),
                PlacesOf::WEEK,
                Reachability::REACHABLE,
                None,
                &[1, 2, 3, 4, 5, 6],
            ),
            said(
                1,
                None,
                PlacesOf::WEEK,
                Reachability::BY_PHONE,
                tomorrow,
                week,
            ),
            // One bed, and somebody was sent there since.
            said(
                2,
                Some(1),
                PlacesOf::TOTAL,
                Reachability::REACHABLE,
                None,
                &[],
            ),
            said(
                3,
                Some(4),
                PlacesOf::WEEK,
                Reachability::REACHABLE,
                None,
                week,
            ),
            said(
                4,
                Some(30),
                PlacesOf::WEEK,
                Reachability::UNREACHABLE,
                tomorrow,
                &[],
            ),
        ];
        self.ask_at(Role::Coordinator, site, said)
    }

    fn told(
        &mut self,
        site: SiteId,
        people: &[PersonId],
        days: i64,
        now: Moment,
    ) -> Result<(), Failure> {
        let at = Some(Occurred::at(now.plus_ms(-days * DAY_MS)));
        let tell = |number: u128, person: PersonId, by, kind| {
            let command = Command::TellPathway {
                pathway: PathwayId(id(number)),
                person,
                by,
                kind,
            };
            (at, command)
        };
        let in_general = (0..).zip(people.iter().take(TOLD));
        let mut told: Vec<Dated> = in_general
            .map(|(number, person)| tell(number, *person, PathwaySource::OFFICIALS, None))
            .collect();
        let mut guarded = Vec::new();
        for (number, (of, kind, ..)) in (100..).zip(OPENED) {
            if of % 2 == 0 {
                let list = if is_guarded(&kind) {
                    &mut guarded
                } else {
                    &mut told
                };
                list.push(tell(number, people[of], PathwaySource::DESK, Some(kind)));
            }
        }
        self.ask_at(Role::Clerk, site, told)?;
        self.ask_at(Role::Protection, site, guarded)
    }

    fn opened(
        &mut self,
        site: SiteId,
        people: &[PersonId],
        days: i64,
        now: Moment,
    ) -> Result<(), Failure> {
        let home = self.home()?;
        let opened = now.plus_ms(-days * DAY_MS + HOUR_MS);
        for (number, (of, kind, done, outcome)) in (0_u128..).zip(OPENED) {
            let pathway = PathwayId(id(100 + number));
            let role = if is_guarded(&kind) {
                Role::Protection
            } else {
                Role::Clerk
            };
            let open = Command::OpenPathway {
                pathway,
                person: people[of],
                kind: kind.clone(),
            };
            let mut commands = vec![(Some(Occurred::at(opened)), open)];
            for (place, step) in kind.steps().into_iter().enumerate() {
                let days_on = i64::try_from(place).unwrap_or(0);
                let day = |at: Moment| Day(home.date_of(at));
                let said = match place.cmp(&done) {
                    Ordering::Less => {
                        let at = Moment(now.0.min(opened.0 + days_on * DAY_MS));
                        (StepStands::Done(day(at)), None)
                    }
                    Ordering::Equal => {
                        // The first of those that go on is overdue; the others have a week.
                        let ahead = if of == 0 { -1 } else { 7 };
                        let due = opened.0.max(now.0 + ahead * DAY_MS);
                        (StepStands::Open, Some(day(Moment(due))))
                    }
                    Ordering::Greater => continue,
                };
                commands.push((None, step_said(pathway, step, said)));
            }
            if let Some(outcome) = outcome {
                let at = Occurred {
                    at: now.plus_ms(-6 * HOUR_MS),
                    precision: Precision::Minute,
                };
                commands.push((Some(at), Command::ClosePathway { pathway, outcome }));
            }
            self.ask_at(role, site, commands)?;
        }
        Ok(())
    }

    /// Calls that are overdue, and how some went.
    fn called(
        &mut self,
        site: SiteId,
        people: &[PersonId],
        days: i64,
        now: Moment,
    ) -> Result<(), Failure> {
        let made = now.plus_ms(-days * DAY_MS + 2 * HOUR_MS);
        let referral = |number: usize| ReferralId(id(200 + number as u128));
        let refer = CALLS.map(|number| {
            let referring = Referring {
                referral: referral(number),
                person: people[number],
                // Food, or a telephone and a bus: what a clerk refers to.
                service: ServiceId(SERVICE_IDS[if number % 2 == 0 { 0 } else { 4 }]),
                consent: Consent::Person,
                reason: None,
                need: Some("as invented for the demo".into()),
                due: Moment(made.0.max(now.0 - DAY_MS)),
            };
            (
                Some(Occurred::at(made)),
                Command::Refer(Box::new(referring)),
            )
        });
        self.ask_at(Role::Clerk, site, refer.collect())?;
        let call = |number, hours: i64, result, next_hours: i64| {
            let at = now.plus_ms(-hours * HOUR_MS);
            let command = Command::FollowUpReferral {
                referral: referral(number),
                due: at.plus_ms(next_hours * HOUR_MS),
                note: None,
                reached: Some(result),
            };
            (Some(Occurred::at(at)), command)
        };
        let calls = vec![
            call(9, 20, CallResult::NO_ANSWER, 10),
            call(9, 8, CallResult::NO_ANSWER, 7),
            call(10, 8, CallResult::WRONG_NUMBER, 7),
            call(11, 5, CallResult::NO_CALLS, 4),
        ];
        self.ask_at(Role::Clerk, site, calls)
    }
}

fn is_guarded(kind: &PathwayKind) -> bool {
    kind.guarded_by() != domain::Permission::Refer
}

fn step_said(
    pathway: PathwayId,
    step: PathwayStep,
    (stands, due): (StepStands, Option<Day>),
) -> Command {
    Command::SayPathwayStep {
        pathway,
        said: StepState { step, stands, due },
    }
}
