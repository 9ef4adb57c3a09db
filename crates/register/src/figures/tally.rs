//! Many numbers in one scan: each row is looked at once and counted under its value of every
//! dimension asked for. Rows of several vulnerabilities or items are scanned once more for each of
//! these two.

use std::collections::{BTreeMap, HashMap};

use domain::{Country, ItemCode, LegalBasis, MovementId, PCode, SiteId, Vulnerability};
use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;
use uuid::Uuid;

use super::statement::{Basis, Scope, age_group, counted};
use super::{Criteria, Dimension, Step, Tally, Value};
use crate::columns::each;
use crate::{Register, RegisterError, Result};

const BASES: [Basis; 3] = [Basis::Arrival, Basis::Line, Basis::Movement];

pub(super) fn tally(
    register: &Register<'_>,
    criteria: &Criteria,
    steps: &[Step],
    dimensions: &[Dimension],
) -> Result<Vec<Tally>> {
    let mut counters: Vec<_> = dimensions
        .iter()
        .map(|dimension| Counter::new(*dimension, steps.len()))
        .collect();
    let alone = |counter: &&mut Counter| several(counter.dimension);
    for basis in BASES {
        if !steps.iter().any(|step| step.basis() == basis) {
            continue;
        }
        let scan = Scan {
            register,
            criteria,
            steps,
            basis,
        };
        let mut together: Vec<_> = counters
            .iter_mut()
            .filter(|counter| !several(counter.dimension))
            .collect();
        if !together.is_empty() {
            scan.run(None, &mut together)?;
        }
        for counter in counters.iter_mut().filter(alone) {
            let dimension = counter.dimension;
            if basis.column(dimension).is_some() {
                scan.run(Some(dimension), &mut [counter])?;
            }
        }
    }
    counters.into_iter().map(Counter::done).collect()
}

/// Whether one person may have several values.
const fn several(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Vulnerability | Dimension::Item)
}

/// One look at the rows of one basis.
struct Scan<'a> {
    register: &'a Register<'a>,
    criteria: &'a Criteria,
    steps: &'a [Step],
    basis: Basis,
}

impl Scan<'_> {
    fn run(&self, breakdown: Option<Dimension>, counters: &mut [&mut Counter]) -> Result<()> {
        let mut scope = Scope::of(self.criteria, self.basis, breakdown);
        let steps: Vec<_> = (0..)
            .zip(self.steps)
            .filter(|(_, step)| step.basis() == self.basis)
            .collect();
        // A row that comes to no step within the period is left before its traits are looked up.
        let some_step: Vec<_> = steps
            .iter()
            .map(|(_, step)| format!("({})", step.condition(self.criteria, scope.by_item)))
            .collect();
        scope
            .conditions
            .push(format!("({})", some_step.join(" OR ")));
        let columns: Vec<_> = steps
            .iter()
            .map(|(_, step)| counted(**step, self.criteria, scope.by_item))
            .chain(counters.iter().map(|counter| {
                let column = self.basis.column(counter.dimension);
                column.unwrap_or("NULL").to_owned()
            }))
            .collect();
        let sql = format!(
            "SELECT {} FROM {} WHERE {}",
            columns.join(", "),
            scope.tables,
            scope.conditions.join(" AND ")
        );
        let mut counts: Vec<(usize, u64)> = Vec::with_capacity(steps.len());
        let values = params_from_iter(&scope.values);
        each(self.register.connection(), &sql, values, |columns| {
            counts.clear();
            for (place, _) in &steps {
                counts.push((*place, columns.position()?));
            }
            if counts.iter().all(|(_, people)| *people == 0) {
                return Ok(());
            }
            for counter in counters.iter_mut() {
                counter.add(columns.raw()?, &counts);
            }
            Ok(())
        })
    }
}

/// What a row holds in the column of a dimension.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Held {
    Nothing,
    Number(i64),
    Bytes(Vec<u8>),
}

impl Held {
    fn of(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Integer(number) => Self::Number(number),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Self::Bytes(bytes.to_vec()),
            ValueRef::Null | ValueRef::Real(_) => Self::Nothing,
        }
    }

    fn is(&self, value: ValueRef<'_>) -> bool {
        match (self, value) {
            (Self::Nothing, ValueRef::Null) => true,
            (Self::Number(held), ValueRef::Integer(number)) => *held == number,
            (Self::Bytes(held), ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => held == bytes,
            _ => false,
        }
    }
}

/// How many values are looked through one after another before they are looked up: departments and
/// countries are few, and the one before is often the one now.
const FEW: usize = 16;

/// People by value of one dimension, at each step.
struct Counter {
    dimension: Dimension,
    steps: usize,
    values: Vec<Held>,
    counts: Vec<u64>,
    places: HashMap<Held, usize>,
    last: usize,
}

impl Counter {
    fn new(dimension: Dimension, steps: usize) -> Self {
        Self {
            dimension,
            steps,
            values: Vec::new(),
            counts: Vec::new(),
            places: HashMap::new(),
            last: 0,
        }
    }

    fn add(&mut self, value: ValueRef<'_>, counts: &[(usize, u64)]) {
        let place = self.place(value);
        self.last = place;
        for (step, people) in counts {
            self.counts[place * self.steps + step] += people;
        }
    }

    fn place(&mut self, value: ValueRef<'_>) -> usize {
        if self
            .values
            .get(self.last)
            .is_some_and(|held| held.is(value))
        {
            return self.last;
        }
        let few = &self.values[..self.values.len().min(FEW)];
        if let Some(place) = few.iter().position(|held| held.is(value)) {
            return place;
        }
        let held = Held::of(value);
        if let Some(place) = self.places.get(&held) {
            return *place;
        }
        let place = self.values.len();
        self.values.push(held.clone());
        self.counts.resize((place + 1) * self.steps, 0);
        self.places.insert(held, place);
        place
    }

    fn done(self) -> Result<Tally> {
        let mut counts: BTreeMap<Value, Vec<u64>> = BTreeMap::new();
        for (held, people) in self
            .values
            .iter()
            .zip(self.counts.chunks(self.steps.max(1)))
        {
            let value = read(self.dimension, held).ok_or(RegisterError::Row)?;
            counts.insert(value, people.to_vec());
        }
        Ok(Tally {
            dimension: self.dimension,
            counts: counts.into_iter().collect(),
        })
    }
}

fn read(dimension: Dimension, held: &Held) -> Option<Value> {
    use Dimension as D;
    let id = || match held {
        Held::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
        _ => None,
    };
    let text = || match held {
        Held::Bytes(bytes) => Some(Some(String::from_utf8(bytes.clone()).ok()?)),
        Held::Nothing => Some(None),
        Held::Number(_) => None,
    };
    Some(match dimension {
        D::Site => Value::Site(SiteId(id()?)),
        D::Movement => Value::Movement(MovementId(id()?)),
        D::LegalBasis => Value::LegalBasis(LegalBasis::any(text()??)),
        D::AgeGroup => match held {
            Held::Number(number) => Value::AgeGroup(age_group(*number)?),
            _ => return None,
        },
        D::Origin => Value::Origin(text()?.map(PCode::any)),
        D::Destination => Value::Destination(text()?.map(PCode::any)),
        D::LastResidence => match text()? {
            Some(code) => Value::LastResidence(Some(code.parse::<Country>().ok()?)),
            None => Value::LastResidence(None),
        },
        D::Vulnerability => Value::Vulnerability(Vulnerability::any(text()??)),
        D::Item => Value::Item(ItemCode::any(text()??)),
    })
}
