//! What the visitor of the demo finds beside the desk: a directory of services, referrals at every
//! state, feedback, one report for the focal point, a booklet of cards. All of it is invented.

use domain::{
    BookletId, Command, Consent, Contact, FeedbackChannel, FeedbackId, FeedbackKind, Misconduct,
    MisconductKind, Moment, Occurred, PersonId, ReferralId, ReferralOutcome, Referring, Role,
    ServiceId, ServiceKind, SiteId, Voice,
};
use uuid::Uuid;

use super::play::Play;
use crate::failure::Failure;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const PEOPLE: usize = 8;

/// Ids out of a range of their own, so that the people of the demo stay who they are.
const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0xDE_0000 + number)
}

/// The services, for what they say of their room.
pub(super) const SERVICE_IDS: [Uuid; 5] = [id(0), id(1), id(2), id(3), id(4)];

const SERVICES: [(&str, ServiceKind, &str); 5] = [
    (
        "Demo-Kantin Kominotè",
        ServiceKind::FOOD,
        "two meals a day, 80 people",
    ),
    (
        "Demo-Sant Sante",
        ServiceKind::HEALTH,
        "open 8 to 16, no appointment",
    ),
    (
        "Demo-Kay Akèy",
        ServiceKind::SHELTER,
        "12 beds, families first",
    ),
    (
        "Demo-Pwoteksyon Timoun",
        ServiceKind::CHILD_PROTECTION,
        "call before coming",
    ),
    (
        "Demo-Bis Nò",
        ServiceKind::TRANSPORT,
        "bus to Cap-Haïtien at 6",
    ),
];

impl Play {
    /// Everything of it; referrals only where people are registered already.
    pub(super) fn cases(&mut self, now: Moment) -> Result<(), Failure> {
        let (site, people) = self.registered_first(PEOPLE)?;
        let before = |hours: i64| Some(Occurred::at(now.plus_ms(-hours * HOUR_MS)));
        let services = (0..).zip(SERVICES).map(|(number, (name, kind, capacity))| {
            let command = Command::ListService {
                service: ServiceId(id(number)),
                name: name.into(),
                kind,
                languages: vec!["ht".into(), "fr".into()],
                active: true,
                contact: Contact {
                    place: "Demo, Port-au-Prince".into(),
                    reach: "+509 0000 0000".into(),
                    capacity: capacity.into(),
                },
            };
            (before(72), command)
        });
        self.ask_at(Role::Coordinator, site, services.collect())?;
        self.refer(site, &people, now)?;
        let said = |number: u128, kind, text: &str| Command::RecordFeedback {
            feedback: FeedbackId(id(200 + number)),
            voice: Voice {
                channel: FeedbackChannel::IN_PERSON,
                kind,
                text: text.into(),
                contact: None,
                sensitive: false,
            },
        };
        let feedback = vec![
            (
                before(9),
                said(
                    0,
                    FeedbackKind::QUESTION,
                    "When does the bus to the north leave?",
                ),
            ),
            (
                before(5),
                said(
                    1,
                    FeedbackKind::COMPLAINT,
                    "We stood in the sun for two hours.",
                ),
            ),
            (
                before(4),
                said(2, FeedbackKind::PRAISE, "Thank you for the telephone call."),
            ),
        ];
        self.ask_at(Role::Clerk, site, feedback)?;
        let answer = Command::AnswerFeedback {
            feedback: FeedbackId(id(201)),
            text: "A tent stands at the gate since noon.".into(),
        };
        self.ask_at(Role::Coordinator, site, vec![(before(2), answer)])?;
        let report = Command::ReportMisconduct {
            feedback: FeedbackId(id(210)),
            misconduct: Misconduct {
                kind: Some(MisconductKind::CORRUPTION),
                channel: Some(FeedbackChannel::IN_PERSON),
                text: "Invented report of the demo: money was asked for a place in the queue."
                    .into(),
                contact: None,
            },
        };
        self.ask_at(Role::Screener, site, vec![(before(3), report)])?;
        let booklet = Command::PrintBooklet {
            booklet: BookletId(id(300)),
            cards: 24,
        };
        self.ask_at(Role::Clerk, site, vec![(before(20), booklet)])
    }

    fn refer(&mut self, site: SiteId, people: &[PersonId], now: Moment) -> Result<(), Failure> {
        let at = Some(Occurred::at(now.plus_ms(-HOUR_MS)));
        let mut made = Vec::new();
        let mut guarded = Vec::new();
        for (number, person) in (0_u128..).zip(people) {
            let service = number % 5;
            let kind = &SERVICES[usize::try_from(service).unwrap_or(0)].1;
            let days = i64::try_from(number).unwrap_or(0);
            let referring = Referring {
                referral: ReferralId(id(100 + number)),
                person: *person,
                service: ServiceId(id(service)),
                consent: Consent::Person,
                reason: None,
                need: Some("as invented for the demo".into()),
                due: now.plus_ms(days * DAY_MS - HOUR_MS / 2),
            };
            let command = (at, Command::Refer(Box::new(referring)));
            // Health and protection are referred by those who may know of them.
            if kind.guarded_by() == domain::Permission::Refer {
                made.push(command);
            } else {
                guarded.push(command);
            }
        }
        self.ask_at(Role::Clerk, site, made)?;
        self.ask_at(Role::Protection, site, guarded)?;
        let answer = |number: u128, outcome, due: Option<Moment>, note: Option<&str>| {
            let command = Command::AnswerReferral {
                referral: ReferralId(id(100 + number)),
                outcome,
                due,
                note: note.map(str::to_owned),
            };
            (None, command)
        };
        let due = Some(now.plus_ms(5 * DAY_MS));
        let answers = [
            (2, answer(2, ReferralOutcome::ACCEPTED, due, None)),
            (2, answer(2, ReferralOutcome::COMPLETED, None, None)),
            (
                4,
                answer(4, ReferralOutcome::DECLINED, None, Some("the bus was full")),
            ),
            (7, answer(7, ReferralOutcome::ACCEPTED, due, None)),
        ];
        let known = answers
            .into_iter()
            .filter(|(number, _)| *number < people.len());
        self.ask_at(
            Role::Clerk,
            site,
            known.map(|(_, command)| command).collect(),
        )
    }
}
