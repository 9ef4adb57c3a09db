//! What an observer of the demo recommended, and what became of it: one rejected with a reason after a
//! second version, one without an answer, and a dissent. The words are invented for the demo.

use domain::{
    AdviceId, AdviceOutcome, Command, Day, OfficeId, Role, StatementId, StatementKind, SubjectId,
};
use jiff::civil::{Date, date};
use node::statement::Submission;
use report::narrative;
use uuid::Uuid;

use super::founding::PASSWORD;
use super::play::Play;
use crate::failure::Failure;

/// Ids out of a range of their own, so that the people of the demo stay who they are.
const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0xAD71_CE00 + number)
}

/// The days of the report in words.
const REPORTED: (Day, Day) = (Day(date(2021, 9, 19)), Day(date(2021, 9, 22)));
const OPERATIONS: OfficeId = OfficeId(id(1));
const POLICY: OfficeId = OfficeId(id(2));
const SECOND_DESK: AdviceId = AdviceId(id(10));
const NO_RETURNS: AdviceId = AdviceId(id(20));

const FIRST: &str = "Open a second reception desk at Port-au-Prince before Wednesday. Two flights a day leave \
people standing in the sun for hours, and families are served last.";
const SECOND: &str = "Open a second reception desk at Port-au-Prince before Wednesday, and a third on days with \
more than three flights. Two flights a day leave people standing in the sun for hours, and families are \
served last.";
const HOLD: &str = "Hold further return flights until everybody who lands is met, fed and has a place to sleep \
on the first night. What was promised in public cannot be kept at this pace.";
const REASON: &str = "Rejected: there are no trained clerks this week for “a second reception desk at Port-au-Prince \
before the end of the month”. That flights “leave people standing in the sun for hours” is known; the queue is \
called family by family from today.";
const REPORT: &str = "In these days [movements] movements brought [returned] people back. [met] were met, \
[registered] registered and [assisted] assisted at once.\n\nThe White House press secretary says [DR02] on \
[DR03] flights by the day after.";
const DISSENT: &str = "The report of this day counts how many were met. It does not say how long they waited, and \
that is what people spoke of.";

impl Play {
    /// What was submitted before the visitor comes; answered the day after.
    pub(super) fn advise(&mut self) -> Result<(), Failure> {
        let site = self.home()?.id;
        let (coordinator, information) = (
            self.session(Role::Coordinator).user(),
            self.session(Role::InformationOfficer).user(),
        );
        let office = |office, name: &str, member| Command::DefineOffice {
            office,
            name: name.into(),
            members: vec![member],
            active: true,
        };
        let offices = vec![
            (
                None,
                office(OPERATIONS, "Operations, headquarters", coordinator),
            ),
            (None, office(POLICY, "Policy, headquarters", information)),
        ];
        self.ask_at(Role::Administrator, site, offices)?;
        let due = |day: Date| Some(Day(day));
        let recommendation = |advice, number: u128, title: &str, text: &str, office| Submission {
            advice,
            statement: StatementId(id(number)),
            kind: StatementKind::Recommendation,
            title: title.into(),
            text: text.into(),
            language: "en".into(),
            about: None,
            offices: vec![office],
            due: due(date(2021, 9, 22)),
            office: None,
            outcome: None,
            refers_to: None,
            references: Vec::new(),
        };
        let first = recommendation(
            SECOND_DESK,
            11,
            "A second desk at the airport",
            FIRST,
            OPERATIONS,
        );
        let second = Submission {
            statement: StatementId(id(12)),
            text: SECOND.into(),
            refers_to: Some(StatementId(id(11))),
            ..first.clone()
        };
        let hold = recommendation(
            NO_RETURNS,
            21,
            "No flight that nobody can meet",
            HOLD,
            POLICY,
        );
        for (number, submission) in (0..).zip([first, second, hold]) {
            self.state(Role::Observer, 100 + number, submission)?;
        }
        let answer = Submission {
            statement: StatementId(id(13)),
            kind: StatementKind::Response,
            title: String::new(),
            text: REASON.into(),
            offices: Vec::new(),
            due: None,
            office: Some(OPERATIONS),
            outcome: Some(AdviceOutcome::REJECTED),
            refers_to: Some(StatementId(id(12))),
            ..recommendation(SECOND_DESK, 13, "", REASON, OPERATIONS)
        };
        self.state(Role::Coordinator, 110, answer)
    }

    /// A dissent to the first report that was published.
    pub(super) fn dissent(&mut self) -> Result<(), Failure> {
        let editions = self
            .node()
            .read::<_, node::NodeError>(|register| Ok(register.editions()?))?;
        let Some(edition) = editions.first() else {
            return Ok(());
        };
        let dissent = Submission {
            advice: AdviceId(id(30)),
            statement: StatementId(id(31)),
            kind: StatementKind::Dissent,
            title: "How long people waited is left out".into(),
            text: DISSENT.into(),
            language: "en".into(),
            about: Some(SubjectId(edition.id.0)),
            offices: Vec::new(),
            due: None,
            office: None,
            outcome: None,
            refers_to: None,
            references: Vec::new(),
        };
        self.state(Role::Observer, 120, dissent)
    }

    /// A report in words over the numbers of the first days, approved by the coordinator.
    pub(super) fn report(&mut self) -> Result<(), Failure> {
        let (from, to) = REPORTED;
        let sources = self
            .node()
            .read::<_, Failure>(|register| Ok(narrative::sources(register, from, to)?))?;
        let narrative = narrative::resolve(REPORT, &sources, &|number| number.to_string());
        if narrative.faults.iter().any(narrative::Fault::stops) {
            // Nothing of these days is published.
            return Ok(());
        }
        let report = Submission {
            advice: AdviceId(id(40)),
            statement: StatementId(id(41)),
            kind: StatementKind::Report,
            title: format!("Situation report, {from} to {to}"),
            text: narrative.text,
            language: "en".into(),
            about: None,
            offices: Vec::new(),
            due: None,
            office: None,
            outcome: None,
            refers_to: None,
            references: narrative
                .used
                .iter()
                .map(|used| format!("{from}/{to} {used}"))
                .collect(),
        };
        let site = self.home()?.id;
        let second = Some(self.session(Role::Coordinator));
        let author = self.session(Role::InformationOfficer);
        let request = id(130 << 8);
        self.node()
            .submit_with(author, PASSWORD, second, request, site, report)?;
        Ok(())
    }

    fn state(&mut self, role: Role, request: u128, submission: Submission) -> Result<(), Failure> {
        let site = self.home()?.id;
        let request = id(request << 8);
        self.node()
            .submit(self.session(role), PASSWORD, request, site, submission)?;
        Ok(())
    }
}
