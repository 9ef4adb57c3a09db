//! The situation report as data: what it covers, and its tables of figures. It is what the JSON
//! carries and what the page shows; it holds no person, no name and no sentence.

use domain::{
    Country, Day, FeedbackKind, IncidentKind, ItemCode, LegalBasis, Moment, MovementId,
    MovementKind, PCode, Screened, ServiceKind, SiteId, Stage,
};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::figure::{Counts, Figure, Measure, Value};

/// The version of the JSON form; `docs/sitrep-json.md` describes it.
pub const SCHEMA: &str = "akey-sitrep-1";

/// For whom a report is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// People of the operation who may see reports: every number, with its trace.
    Internal,
    /// Everybody: small numbers are not shown, and nothing leads to a person.
    Public,
}

/// What a report covers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scope {
    /// Movements to these sites; to any site where it is empty.
    pub sites: Vec<SiteId>,
    /// The first working day of each site, inclusive.
    pub from: Day,
    /// The last, inclusive.
    pub to: Day,
    /// What happened at this moment or later is not counted.
    pub cut_off: Moment,
}

/// Who made a report, when, of what.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Stamp {
    /// The name of the operation.
    pub operation: String,
    /// Leaf hash of the last event it was counted from, as `akey verify` prints it.
    pub log_end: String,
    /// When it was counted.
    pub computed_at: Moment,
    /// By whom: a role or a name that may stand on paper. Empty in the public version.
    pub computed_by: String,
}

/// A situation report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Sitrep {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// For whom it is made.
    pub audience: Audience,
    /// Who made it, when, of what.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// The first working day.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// What happened at this moment or later is not counted.
    pub cut_off: Moment,
    /// The sites it covers.
    pub sites: Vec<SiteNamed>,
    /// What happened in these days.
    pub totals: Counts,
    /// The same, day by day.
    pub days: Vec<DayRow>,
    /// The movements that landed in these days, in the order in which they landed; their people
    /// are followed until the cut-off.
    pub movements: Vec<MovementRow>,
    /// All of these movements together.
    pub landed: Counts,
    /// `totals` less `landed`: what happened in these days to people of movements that landed
    /// before, less what happened on other days to people of these movements.
    pub apart: Vec<Apart>,
    /// From the number announced to the number counted, each difference named. Not in the public
    /// version.
    pub reconciliation: Option<Reconciliation>,
    /// The people by trait, and by how they came.
    pub breakdowns: Vec<Breakdown>,
    /// What was given to them.
    pub items: Vec<ItemRow>,
    /// What is in stock, and how long it lasts. Not in the public version.
    pub stock: Vec<StockRow>,
    /// Goods under way at the cut-off. Not in the public version.
    pub waybills: Vec<WaybillRow>,
    /// Movements to these sites that are not here yet.
    pub expected: Vec<ExpectedRow>,
    /// Referrals made in these days, by kind of service. Not in the public version. Those for the
    /// protection role alone are never in it.
    pub referrals: Vec<ReferralRow>,
    /// Feedback recorded in these days, by kind. Not in the public version. What is said about
    /// people who work here is never in it.
    pub feedback: Vec<FeedbackRow>,
    /// Incidents of these days, by department and kind. Not in the public version.
    pub incidents: Vec<IncidentRow>,
    /// Of the items given in these days, those given by rights that were recovered from a lost node:
    /// they are in `items` too. Not in the public version.
    pub recovered: Vec<RecoveredRow>,
}

/// What was given by recovered rights, of one item: the only items that can have been given twice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecoveredRow {
    /// The item.
    pub item: ItemCode,
    /// How often.
    pub times: u64,
    /// How many pieces in all.
    pub pieces: u64,
}

/// Referrals to one kind of service, and how they stood when the report was counted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReferralRow {
    /// The kind of service; none where it cannot be read here, as of somebody erased.
    pub kind: Option<ServiceKind>,
    /// How many were made.
    pub made: u64,
    /// Of these, how many have no answer.
    pub no_answer: u64,
    /// How many were accepted and are not completed.
    pub accepted: u64,
    /// How many were declined.
    pub declined: u64,
    /// How many were completed.
    pub completed: u64,
    /// Of how many the person cannot be reached.
    pub lost: u64,
    /// How many the person does not want any more.
    pub withdrawn: u64,
}

/// Feedback of one kind, and how it stood when the report was counted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct FeedbackRow {
    /// The kind; none where this node may not read it.
    pub kind: Option<FeedbackKind>,
    /// How much was recorded.
    pub recorded: u64,
    /// Of this, how much is open.
    pub open: u64,
    /// How much was answered and is not closed.
    pub answered: u64,
    /// How much is closed.
    pub closed: u64,
}

/// Incidents of one kind in one department. What happened to whom is never in a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct IncidentRow {
    /// The department.
    pub area: PCode,
    /// The kind.
    pub kind: IncidentKind,
    /// How many were reported.
    pub reported: u64,
    /// Of these, how many harmed somebody.
    pub harmed: u64,
    /// How many are doubted.
    pub doubted: u64,
    /// How many are said to be over.
    pub over: u64,
}

/// A site and its name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SiteNamed {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
}

/// One day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DayRow {
    /// The working day.
    pub day: Day,
    /// What was counted.
    pub counts: Counts,
}

/// One movement that landed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MovementRow {
    /// Its id.
    pub movement: MovementId,
    /// Flight number or name.
    pub designator: String,
    /// How people travelled.
    pub kind: MovementKind,
    /// From which site, where it is known here.
    pub from_site: Option<String>,
    /// In which country that is.
    pub from_country: Option<Country>,
    /// To which site.
    pub to_site: String,
    /// The working day on which it landed.
    pub day: Day,
    /// When it landed.
    pub landed_at: Moment,
    /// On what legal basis.
    pub legal_basis: LegalBasis,
    /// Whether people were screened for protection needs before.
    pub screened_before: Screened,
    /// How far it has come.
    pub stage: Stage,
    /// What was counted.
    pub counts: Counts,
}

/// A measure by which the days and the movements differ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Apart {
    /// The measure.
    pub measure: Measure,
    /// What the days count more than the movements.
    pub difference: i64,
}

/// A way to tell people apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Dimension {
    /// Men, women, boys, girls; ages are those of the day of arrival.
    AgeGroup,
    /// The department they come from.
    Origin,
    /// The department they go to.
    Destination,
    /// The last country they lived in for long.
    LastResidence,
    /// The country the movement came from.
    DepartedFrom,
    /// On what legal basis they were moved.
    LegalBasis,
    /// Whether they were screened for protection needs before.
    ScreenedBefore,
    /// What the newest screening found. One person may have several.
    Vulnerability,
    /// How long after being met they came to the step.
    Waited,
}

impl Dimension {
    /// Every way.
    pub const ALL: [Self; 9] = [
        Self::AgeGroup,
        Self::Origin,
        Self::Destination,
        Self::LastResidence,
        Self::DepartedFrom,
        Self::LegalBasis,
        Self::ScreenedBefore,
        Self::Vulnerability,
        Self::Waited,
    ];

    /// The word of the dimension in files, addresses and message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AgeGroup => "age_group",
            Self::Origin => "origin",
            Self::Destination => "destination",
            Self::LastResidence => "last_residence",
            Self::DepartedFrom => "departed_from",
            Self::LegalBasis => "legal_basis",
            Self::ScreenedBefore => "screened_before",
            Self::Vulnerability => "vulnerability",
            Self::Waited => "waited",
        }
    }

    /// The dimension of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|dimension| dimension.code() == code)
    }

    /// Whether everybody is in exactly one row, so that the rows sum to the total.
    pub const fn parts_are_the_whole(self) -> bool {
        !matches!(self, Self::Vulnerability)
    }
}

impl Serialize for Dimension {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// The code of a row for what is not known here.
pub const UNKNOWN: &str = "unknown";

/// People told apart in one way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Breakdown {
    /// In which way.
    pub by: Dimension,
    /// Which people.
    pub of: Measure,
    /// Whether the rows sum to the total.
    pub parts_are_the_whole: bool,
    /// The rows: fixed lists in their order, others the largest first, what is not known last.
    pub rows: Vec<BreakdownRow>,
    /// All of these people.
    pub total: Figure,
}

impl Breakdown {
    /// The figure of a code.
    pub fn row(&self, code: &str) -> Option<&Figure> {
        self.rows
            .iter()
            .find(|row| row.code == code)
            .map(|row| &row.figure)
    }
}

/// One row of a breakdown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BreakdownRow {
    /// The code, or [`UNKNOWN`].
    pub code: String,
    /// How many.
    #[serde(flatten)]
    pub figure: Figure,
}

/// An item that was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ItemRow {
    /// The item.
    pub item: ItemCode,
    /// How many people received it in these days for the first time on this arrival.
    pub people: Figure,
    /// How much was given in these days, stocked or not, acts voided left out. Not in the public
    /// version.
    #[serde(flatten, serialize_with = "number_and_trace")]
    pub quantity: Option<Figure>,
}

/// The number as programs have always read it, and beside it where it comes from.
#[expect(clippy::ref_option, reason = "serde hands fields over as they are")]
fn number_and_trace<S: Serializer>(
    quantity: &Option<Figure>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("quantity", &quantity.as_ref().and_then(Figure::shown))?;
    if let Some(trace) = quantity.as_ref().and_then(|figure| figure.trace.as_ref()) {
        map.serialize_entry("quantity_trace", &trace.key())?;
    }
    map.end()
}

/// What is in stock of one item at one site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StockRow {
    /// The site.
    pub site: String,
    /// The item.
    pub item: ItemCode,
    /// By the book when the report was counted.
    pub in_stock: i64,
    /// Given on the last working days with gifts of it, at most seven of them.
    pub given_lately: u64,
    /// How many days these are.
    pub days_with_gifts: u32,
    /// How long the stock lasts at that pace, in tenths of a day, rounded down; none where nothing
    /// was given.
    pub cover_days_tenths: Option<i64>,
    /// Granted to people who are here, and not given yet.
    pub owed_here: u64,
    /// What the package grants to everybody who is announced or landed and not met yet.
    pub needed_for_expected: u64,
    /// What is in stock less what is owed and needed; below zero it will not do.
    pub left_over: i64,
}

/// Goods under way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WaybillRow {
    /// Number printed on it.
    pub number: String,
    /// From which of our sites; none for a supplier.
    pub from_site: Option<String>,
    /// To which site.
    pub to_site: String,
    /// When it was sent.
    pub sent_at: Moment,
    /// What was sent.
    pub lines: Vec<domain::WaybillLine>,
}

/// A movement that is not here yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ExpectedRow {
    /// Its id.
    pub movement: MovementId,
    /// Flight number or name.
    pub designator: String,
    /// To which site.
    pub to_site: String,
    /// When it is to arrive.
    pub expected: Moment,
    /// How many people were announced.
    pub announced: u32,
}

/// From the number announced to the number counted (G6): a start, steps, an end; they sum.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reconciliation {
    /// The steps, each a number to reach or a difference to explain.
    pub steps: Vec<Step>,
}

/// A line of a reconciliation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// A number reached, or a signed difference.
    pub value: i64,
    /// What it was counted from: one measure, or two for a difference between them.
    pub counted_from: Vec<Figure>,
}

/// What a line of a reconciliation says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Reached: people announced.
    Announced,
    /// The manifests name more people than were announced, or fewer.
    ManifestDiffers,
    /// Reached: people on the manifests.
    Listed,
    /// Named and did not come.
    NoShow,
    /// Named, not known yet whether they came.
    Awaited,
    /// Came without being named.
    Unlisted,
    /// Reached: people registered.
    Registered,
    /// Met, not registered yet.
    Unregistered,
    /// Reached: people met.
    Met,
    /// Counted when they landed and not met, or met and not counted.
    NotMet,
    /// Reached: people counted when they landed.
    Returned,
}

impl StepKind {
    /// Every line, in order.
    pub const ALL: [Self; 11] = [
        Self::Announced,
        Self::ManifestDiffers,
        Self::Listed,
        Self::NoShow,
        Self::Awaited,
        Self::Unlisted,
        Self::Registered,
        Self::Unregistered,
        Self::Met,
        Self::NotMet,
        Self::Returned,
    ];

    /// The word of the line in message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::ManifestDiffers => "manifest-differs",
            Self::Listed => "listed",
            Self::NoShow => "no-show",
            Self::Awaited => "awaited",
            Self::Unlisted => "unlisted",
            Self::Registered => "registered",
            Self::Unregistered => "unregistered",
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::Returned => "returned",
        }
    }

    /// Whether a number is reached here; else it is a difference.
    pub const fn is_reached(self) -> bool {
        matches!(
            self,
            Self::Announced | Self::Listed | Self::Registered | Self::Met | Self::Returned
        )
    }
}

impl Sitrep {
    /// What it counts of everybody: all there is, or what is in the plan of the public version.
    pub(crate) fn measures(&self) -> impl Iterator<Item = Measure> {
        let counted = |of: &Measure| self.totals.of(*of).value != Value::Unpublished;
        Measure::ALL.into_iter().filter(counted)
    }

    /// The breakdown of some people in one way.
    pub fn breakdown(&self, by: Dimension, of: Measure) -> Option<&Breakdown> {
        self.breakdowns
            .iter()
            .find(|breakdown| breakdown.by == by && breakdown.of == of)
    }

    /// The report as indented JSON, with the fields of `docs/sitrep-json.md` in their order.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("every key is a text and every number finite")
    }
}
