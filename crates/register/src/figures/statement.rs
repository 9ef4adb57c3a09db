//! The conditions behind a number and its list, as SQL.

use domain::{AgeGroup, ArrivalId, LineId, MovementId};
use rusqlite::types::Value as Sql;
use uuid::Uuid;

use super::{Criteria, Dimension, Step, Subject, Value, Wait};
use crate::fold::age_group_number;
use crate::packed::{ASSISTED, LEFT, MET, REGISTERED, SCREENED};

/// What kind of row a step counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// `r_present a`, with its traits `t`.
    Arrival,
    /// `r_line l` with its movement `m`.
    Line,
    /// `r_movement m`.
    Movement,
}

impl Basis {
    pub(super) const fn subject(self, id: Uuid) -> Subject {
        match self {
            Self::Arrival => Subject::Arrival(ArrivalId(id)),
            Self::Line => Subject::Line(LineId(id)),
            Self::Movement => Subject::Movement(MovementId(id)),
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Arrival => "a.id",
            Self::Line => "l.id",
            Self::Movement => "m.id",
        }
    }

    /// The number in the queue, where these rows have one.
    const fn queue(self) -> &'static str {
        match self {
            Self::Arrival => "a.queue",
            Self::Line | Self::Movement => "0",
        }
    }

    pub(super) const fn tables(self) -> &'static str {
        match self {
            Self::Arrival => "r_present a LEFT JOIN r_arrival_traits t ON t.arrival = a.no",
            Self::Line => "r_line l JOIN r_movement m ON m.id = l.movement",
            Self::Movement => "r_movement m",
        }
    }

    /// The column of a dimension; none where these rows say nothing of it.
    pub(super) const fn column(self, dimension: Dimension) -> Option<&'static str> {
        use Dimension as D;
        match (self, dimension) {
            (Self::Arrival, D::Site) => Some("a.site"),
            (Self::Line | Self::Movement, D::Site) => Some("m.destination"),
            (Self::Arrival, D::Movement) => Some("a.movement"),
            (Self::Line | Self::Movement, D::Movement) => Some("m.id"),
            (Self::Arrival, D::LegalBasis) => Some(
                "coalesce((SELECT m.legal_basis FROM r_movement m WHERE m.id = a.movement), \
                 'not_stated')",
            ),
            (Self::Line | Self::Movement, D::LegalBasis) => Some("m.legal_basis"),
            (Self::Arrival, D::AgeGroup) => Some("coalesce(t.age_group, 4)"),
            (Self::Line | Self::Movement, D::AgeGroup) => Some("4"),
            (Self::Arrival, D::Origin) => Some("t.origin"),
            (Self::Arrival, D::Destination) => Some("t.destination"),
            (Self::Arrival, D::LastResidence) => Some("t.last_residence"),
            (Self::Line | Self::Movement, D::Origin | D::Destination | D::LastResidence) => {
                Some("NULL")
            }
            (Self::Arrival, D::Vulnerability) => Some("v.code"),
            (Self::Arrival, D::Item) => Some("g.item"),
            // It depends on the step, so it is no column.
            (Self::Arrival, D::Wait) => Some("a.met_at"),
            (Self::Line | Self::Movement, D::Vulnerability | D::Item | D::Wait) => None,
        }
    }
}

impl Step {
    pub(super) const fn basis(self) -> Basis {
        match self {
            Self::Announced | Self::Returned => Basis::Movement,
            Self::Listed | Self::NoShow => Basis::Line,
            Self::Met
            | Self::Registered
            | Self::Unlisted
            | Self::Declined
            | Self::Screened
            | Self::Assisted
            | Self::Given
            | Self::Left => Basis::Arrival,
        }
    }

    pub(super) const fn people(self) -> &'static str {
        match self {
            Self::Announced => "m.announced",
            Self::Returned => "m.headcount",
            Self::Given => "e.quantity",
            _ => "1",
        }
    }

    /// The moment by which a row counts; null where it does not come to the step.
    pub(super) const fn at(self, by_item: ByItem) -> &'static str {
        match self {
            Self::Announced => "m.expected",
            Self::Returned => "m.landed_at",
            Self::Listed => "l.listed_at",
            Self::NoShow => "l.no_show_at",
            Self::Met => "a.met_at",
            Self::Registered | Self::Unlisted | Self::Declined => "a.registered_at",
            Self::Screened => "a.first_screened_at",
            Self::Assisted => match by_item {
                ByItem::Any => "a.assisted_at",
                ByItem::One => "g.at",
            },
            Self::Given => "g.at",
            Self::Left => "a.left_at",
        }
    }

    /// Whether of being met, or of this step, no more than the day is known.
    fn rough(self, by_item: ByItem) -> String {
        let own = match (self, by_item) {
            (Self::Given, _) | (Self::Assisted, ByItem::One) => {
                return format!("a.rough & {} <> 0 OR g.rough", 1 << MET);
            }
            (Self::Registered | Self::Unlisted | Self::Declined, _) => REGISTERED,
            (Self::Screened, _) => SCREENED,
            (Self::Assisted, ByItem::Any) => ASSISTED,
            (Self::Left, _) => LEFT,
            (Self::Met | Self::Announced | Self::Returned | Self::Listed | Self::NoShow, _) => MET,
        };
        format!("a.rough & {} <> 0", (1 << MET) | (1 << own))
    }

    /// Node and position of the event that makes a row count.
    const fn place(self, by_item: ByItem) -> (&'static str, &'static str) {
        match self {
            Self::Announced => ("m.announced_node", "m.announced_position"),
            Self::Returned => ("m.counted_node", "m.counted_position"),
            Self::Listed => ("l.listed_node", "l.listed_position"),
            Self::NoShow => ("l.no_show_node", "l.no_show_position"),
            Self::Met => ("a.met_node", "a.met_position"),
            Self::Registered | Self::Unlisted | Self::Declined => {
                ("a.registered_node", "a.registered_position")
            }
            Self::Screened => ("a.first_screened_node", "a.first_screened_position"),
            Self::Assisted => match by_item {
                ByItem::Any => ("a.assisted_node", "a.assisted_position"),
                ByItem::One => ("g.node", "g.position"),
            },
            Self::Given => ("g.node", "g.position"),
            Self::Left => ("a.left_node", "a.left_position"),
        }
    }

    /// What holds beside having such a moment.
    const fn also(self) -> Option<&'static str> {
        const HELD: &str = "(l.removed = 0
            OR EXISTS (SELECT 1 FROM r_present h WHERE h.line = l.id AND h.listed = 1))";
        const NOT_HELD: &str = "l.removed = 0
            AND NOT EXISTS (SELECT 1 FROM r_present h WHERE h.line = l.id AND h.listed = 1)";
        match self {
            Self::Announced => Some("m.stage <> 'cancelled' AND m.kind <> 'transfer'"),
            Self::Returned => Some("m.headcount IS NOT NULL AND m.kind <> 'transfer'"),
            Self::Listed => Some(HELD),
            Self::NoShow => Some(NOT_HELD),
            Self::Unlisted => Some("a.listed = 0"),
            Self::Declined => Some("a.declined = 1"),
            Self::Met
            | Self::Registered
            | Self::Screened
            | Self::Assisted
            | Self::Given
            | Self::Left => None,
        }
    }

    /// Whether a row comes to this step within the period, whose bounds are the first two values.
    pub(super) fn condition(self, criteria: &Criteria, by_item: ByItem) -> String {
        let at = self.at(by_item);
        let mut conditions = vec![format!("{at} IS NOT NULL")];
        conditions.extend(criteria.from.map(|_| format!("{at} >= ?1")));
        conditions.extend(criteria.to.map(|_| format!("{at} < ?2")));
        conditions.extend(self.also().map(str::to_owned));
        conditions.join(" AND ")
    }
}

/// Whether what was given is counted item by item: then the table `g` holds the first time each
/// item was given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ByItem {
    Any,
    One,
}

/// Tables and conditions on rows of one basis: everything but the step.
pub(super) struct Scope {
    pub(super) tables: String,
    pub(super) conditions: Vec<String>,
    pub(super) values: Vec<Sql>,
    pub(super) by_item: ByItem,
}

impl Scope {
    /// The rows with all values of the criteria. Of several items the last is the one counted.
    pub(super) fn of(criteria: &Criteria, basis: Basis) -> Self {
        let bound = |at: Option<domain::Moment>| at.map_or(Sql::Null, |at| Sql::Integer(at.0));
        let mut scope = Self {
            tables: basis.tables().to_owned(),
            // Both bounds are named, so that they are bound whether a step needs them or not.
            conditions: vec!["?1 IS ?1 AND ?2 IS ?2".to_owned()],
            values: vec![bound(criteria.from), bound(criteria.to)],
            by_item: ByItem::Any,
        };
        if criteria.step == Step::Given {
            scope.join_acts();
        }
        let is_item = |value: &Value| matches!(value, Value::Item(_));
        let counted = criteria.values.iter().rposition(is_item);
        for (place, value) in criteria.values.iter().enumerate() {
            let joins = basis == Basis::Arrival && criteria.step != Step::Given;
            if counted == Some(place) && joins {
                scope.join_gifts();
            }
            scope.add(value, basis, counted == Some(place));
        }
        if basis == Basis::Arrival {
            let waited = criteria.values.iter().filter_map(|value| match value {
                Value::Wait(wait) => Some(waited(*wait, criteria.step, scope.by_item)),
                _ => None,
            });
            scope.conditions.extend(waited);
        }
        scope
    }

    /// Every act of giving and what it was an act of.
    fn join_acts(&mut self) {
        self.tables.push_str(
            " JOIN r_redemption g ON g.arrival = a.no
            JOIN r_entitlement e ON e.arrival = g.arrival AND e.place = g.entitlement",
        );
    }

    fn join_gifts(&mut self) {
        self.tables
            .push_str(" JOIN r_redemption g ON g.arrival = a.no AND g.first = 1");
        self.by_item = ByItem::One;
    }

    fn add(&mut self, value: &Value, basis: Basis, counted: bool) {
        if matches!(value, Value::Wait(_)) && basis == Basis::Arrival {
            // Its condition comes when all tables are joined.
            return;
        }
        let sql = value.sql();
        let place = self.values.len() + 1;
        let condition = match (value, basis.column(value.dimension())) {
            // These rows say nothing of it, so none has the value.
            (_, None) => "0".to_owned(),
            (Value::Vulnerability(_), Some(_)) => format!(
                "EXISTS (SELECT 1 FROM r_vulnerability w
                    WHERE w.arrival = a.no AND w.code = ?{place})"
            ),
            (Value::Item(_), Some(_)) if !counted => format!(
                "EXISTS (SELECT 1 FROM r_redemption w WHERE w.arrival = a.no AND w.item = ?{place})"
            ),
            (_, Some(column)) => format!("{column} IS ?{place}"),
        };
        if condition != "0" {
            self.values.push(sql);
        }
        self.conditions.push(condition);
    }
}

/// Whether the time between being met and coming to a step is within a span, or not known.
fn waited(wait: Wait, step: Step, by_item: ByItem) -> String {
    let at = step.at(by_item);
    let rough = step.rough(by_item);
    if wait == Wait::Unknown {
        return format!("({rough})");
    }
    let waited = format!("{at} - a.met_at");
    let from = wait.begins_ms().map(|from| format!("{waited} >= {from}"));
    let before = wait
        .before_ms()
        .map(|before| format!("{waited} < {before}"));
    let known = format!("NOT ({rough})");
    let bounds: Vec<_> = [known].into_iter().chain(from).chain(before).collect();
    format!("({})", bounds.join(" AND "))
}

/// One number and its list.
pub(super) struct Statement {
    pub(super) id: &'static str,
    pub(super) queue: &'static str,
    pub(super) people: &'static str,
    pub(super) at: &'static str,
    pub(super) place: (&'static str, &'static str),
    /// From the tables on, with every condition.
    pub(super) rest: String,
    pub(super) values: Vec<Sql>,
}

impl Statement {
    pub(super) fn of(criteria: &Criteria) -> Self {
        let step = criteria.step;
        let basis = step.basis();
        let mut scope = Scope::of(criteria, basis);
        scope
            .conditions
            .push(step.condition(criteria, scope.by_item));
        Self {
            id: basis.id(),
            queue: basis.queue(),
            people: step.people(),
            at: step.at(scope.by_item),
            place: step.place(scope.by_item),
            rest: format!(
                "FROM {} WHERE {}",
                scope.tables,
                scope.conditions.join(" AND ")
            ),
            values: scope.values,
        }
    }
}

impl Value {
    /// The dimension it is a value of.
    pub const fn dimension(&self) -> Dimension {
        match self {
            Self::Site(_) => Dimension::Site,
            Self::Movement(_) => Dimension::Movement,
            Self::LegalBasis(_) => Dimension::LegalBasis,
            Self::AgeGroup(_) => Dimension::AgeGroup,
            Self::Origin(_) => Dimension::Origin,
            Self::Destination(_) => Dimension::Destination,
            Self::LastResidence(_) => Dimension::LastResidence,
            Self::Vulnerability(_) => Dimension::Vulnerability,
            Self::Item(_) => Dimension::Item,
            Self::Wait(_) => Dimension::Wait,
        }
    }

    /// As it stands in the column of its dimension.
    fn sql(&self) -> Sql {
        let id = |id: &Uuid| Sql::Blob(id.as_bytes().to_vec());
        let text = |text: Option<&str>| text.map_or(Sql::Null, |text| Sql::Text(text.to_owned()));
        match self {
            Self::Site(site) => id(&site.0),
            Self::Movement(movement) => id(&movement.0),
            Self::LegalBasis(basis) => text(Some(basis.as_str())),
            Self::AgeGroup(group) => Sql::Integer(age_group_number(*group)),
            Self::Origin(area) | Self::Destination(area) => {
                text(area.as_ref().map(domain::PCode::as_str))
            }
            Self::LastResidence(country) => text(country.as_ref().map(domain::Country::as_str)),
            Self::Vulnerability(code) => text(Some(code.as_str())),
            Self::Item(item) => text(Some(item.as_str())),
            Self::Wait(wait) => text(Some(wait.code())),
        }
    }
}

/// The age group a row's number stands for.
pub(super) fn age_group(number: i64) -> Option<AgeGroup> {
    AgeGroup::ALL
        .into_iter()
        .find(|group| age_group_number(*group) == number)
}
