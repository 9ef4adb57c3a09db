//! Numbers for reports. A number and the list it opens are one statement: [`Register::count`] and
//! [`Register::list`] go through the same conditions, so that they cannot disagree. Many numbers at
//! once come out of packed rows ([`Register::survey`]) in a fraction of the time; that they are the
//! numbers that are counted one by one is what the tests try hardest to refute.

use domain::{
    AgeGroup, ArrivalId, Country, ItemCode, LegalBasis, LineId, Moment, MovementId, NodeKey, PCode,
    SiteId, Vulnerability,
};

use rusqlite::params_from_iter;

use crate::columns::{all, only};
use crate::{Page, Paged, Register, Result};

mod ask;
mod lexicon;
mod statement;
mod survey;
mod wait;

use statement::Statement;
pub use survey::{Answer, By, Question};
pub use wait::Wait;

/// How far somebody came in the reception; each has its own moment, by which a period counts it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// Announced to come: people of movements not cancelled, by the moment they were expected. Who is
    /// transferred from one site to another is not coming back, and counts neither here nor next.
    Announced,
    /// Returned: people counted when their movement landed (its newest headcount).
    Returned,
    /// On a manifest: people listed and not removed since.
    Listed,
    /// Given a number.
    Met,
    /// Registered, those included who preferred not to say who they are.
    Registered,
    /// Registered without a line of their own on the manifest.
    Unlisted,
    /// Registered without saying who they are.
    Declined,
    /// Screened, by the first screening.
    Screened,
    /// Received at least one item, by the first one not voided.
    Assisted,
    /// Given: every act of giving on record, those voided left out. It counts pieces, not people.
    Given,
    /// Left the reception.
    Left,
    /// On a manifest and did not come.
    NoShow,
}

/// What numbers are broken down by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Dimension {
    /// The site of reception.
    Site,
    /// The movement.
    Movement,
    /// The legal basis of the movement.
    LegalBasis,
    /// Men, women, boys, girls; ages are those of the day of arrival at the site.
    AgeGroup,
    /// The department the person comes from.
    Origin,
    /// The department the person goes to.
    Destination,
    /// The last country lived in.
    LastResidence,
    /// What the newest screening found; one person may have several.
    Vulnerability,
    /// What was given; one person may receive several.
    Item,
    /// How long after being met somebody came to the step that is counted.
    Wait,
}

/// One value of a dimension. Where a trait is not known here, the value says so and is counted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "named and documented as the dimensions are")]
pub enum Value {
    Site(SiteId),
    Movement(MovementId),
    LegalBasis(LegalBasis),
    AgeGroup(AgeGroup),
    Origin(Option<PCode>),
    Destination(Option<PCode>),
    LastResidence(Option<Country>),
    Vulnerability(Vulnerability),
    Item(ItemCode),
    Wait(Wait),
}

/// What is counted: people who came to a step within a period and have all of these values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Criteria {
    /// The step.
    pub step: Step,
    /// From this instant on.
    pub from: Option<Moment>,
    /// Before this instant.
    pub to: Option<Moment>,
    /// All of these hold.
    pub values: Vec<Value>,
}

impl Criteria {
    /// Everybody who came to a step, ever.
    pub const fn of(step: Step) -> Self {
        Self {
            step,
            from: None,
            to: None,
            values: Vec::new(),
        }
    }

    /// Only within a period: from, inclusive, to, exclusive.
    #[must_use]
    pub const fn between(mut self, from: Moment, to: Moment) -> Self {
        self.from = Some(from);
        self.to = Some(to);
        self
    }

    /// Only with this value.
    #[must_use]
    pub fn with(mut self, value: Value) -> Self {
        self.values.push(value);
        self
    }
}

/// What a row of a list is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// Somebody who was met.
    Arrival(ArrivalId),
    /// Somebody on a manifest.
    Line(LineId),
    /// A whole movement.
    Movement(MovementId),
}

/// One row behind a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What it is about.
    pub subject: Subject,
    /// How many people it counts: one, or the people of a movement; for [`Step::Given`] pieces.
    pub people: u32,
    /// The number in the queue of who was met; nought for manifests and movements.
    pub queue: u32,
    /// When it counts.
    pub at: Moment,
    /// The node in whose log the event stands that made it count …
    pub node: NodeKey,
    /// … and where.
    pub position: u64,
}

/// What came to a step within one span.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    /// Rows: arrivals, lines or movements.
    pub rows: u64,
    /// People, as [`Register::count`] counts them.
    pub people: u64,
}

/// Counts of several steps by one dimension.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// The dimension.
    pub dimension: Dimension,
    /// For each value, in its order, the people at each step asked for, in the order asked.
    pub counts: Vec<(Value, Vec<u64>)>,
}

impl Register<'_> {
    /// How many people.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn count(&self, criteria: &Criteria) -> Result<u64> {
        let statement = Statement::of(criteria);
        let sql = format!(
            "SELECT coalesce(sum({}), 0) {}",
            statement.people, statement.rest
        );
        let values = params_from_iter(&statement.values);
        only(self.connection(), &sql, values, |columns| {
            columns.position()
        })
    }

    /// The people behind [`Register::count`], by the moment they count, the oldest first; of one
    /// moment by number in the queue, then by place in the log, so that pages stay as they are. The
    /// `people` of all rows add up to it.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn list(&self, criteria: &Criteria, page: Page) -> Result<Paged<Row>> {
        let statement = Statement::of(criteria);
        let sql = format!("SELECT count(*) {}", statement.rest);
        let values = params_from_iter(&statement.values);
        let total = only(self.connection(), &sql, values, |columns| {
            columns.position()
        })?;
        let Statement {
            id,
            queue,
            people,
            at,
            place: (node, position),
            ref rest,
            ..
        } = statement;
        let (limit, offset) = (page.limit(), page.offset());
        let sql = format!(
            "SELECT {id}, {people}, {at}, (SELECT n.key FROM r_node n WHERE n.no = {node}),
                {position}, {queue} {rest} ORDER BY 3, 6, 5, 1, {node} LIMIT {limit} OFFSET {offset}"
        );
        let values = params_from_iter(&statement.values);
        let rows = all(self.connection(), &sql, values, |columns| {
            Ok(Row {
                subject: criteria.step.basis().subject(columns.uuid()?),
                people: columns.count()?,
                at: columns.moment()?,
                node: columns.key()?,
                position: columns.position()?,
                queue: columns.count()?,
            })
        })?;
        Ok(Paged { rows, total })
    }

    /// How many people, by each value of a dimension, in the order of values.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn counts_by(
        &self,
        criteria: &Criteria,
        dimension: Dimension,
    ) -> Result<Vec<(Value, u64)>> {
        let tallies = self.tally(criteria, &[criteria.step], &[dimension])?;
        let counts = tallies.into_iter().flat_map(|tally| tally.counts);
        Ok(counts
            .map(|(value, counts)| (value, counts.iter().sum()))
            .collect())
    }

    /// Many numbers in one scan: every step by every dimension, in the order asked. The step of the
    /// criteria is not used. Values nobody has are left out.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn tally(
        &self,
        criteria: &Criteria,
        steps: &[Step],
        dimensions: &[Dimension],
    ) -> Result<Vec<Tally>> {
        let question = |dimension: &Dimension| Question {
            criteria: criteria.clone(),
            steps: steps.to_vec(),
            by: By::Dimension(*dimension),
        };
        let questions: Vec<_> = dimensions.iter().map(question).collect();
        let answers = self.survey(&questions)?.into_iter();
        let tallies = answers.filter_map(|answer| match answer {
            Answer::Tally(tally) => Some(tally),
            Answer::Spans(_) => None,
        });
        Ok(tallies.collect())
    }
}
