//! One question of a survey made ready: values as numbers, steps as places in packed rows, and the
//! counts found so far. What it counts is what the SQL of a single number counts; the tests hold
//! the two against each other.

use super::lexicon::{Lexicon, MovementFacts};
use super::statement::Basis;
use super::survey::{By, Question};
use super::{Counted, Dimension, Step, Value, Wait};
use crate::fold::age_group_number;
use crate::packed::{ASSISTED, Came, Gift, LEFT, MET, Packed, REGISTERED, SCREENED, Word};

/// The number of the age group of people on lists, of whom nothing is told.
const UNKNOWN_AGE: Word = 4;

/// A value that people have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Condition {
    Site(Word),
    Movement(Word),
    LegalBasis(Word),
    AgeGroup(Word),
    Origin(Word),
    Destination(Word),
    LastResidence(Word),
    Vulnerability(Word),
    Item(Word),
    /// Of the step counted, so it is looked at with the step.
    Wait(Wait),
    /// A value that nothing counted here has.
    Nobody,
}

impl Condition {
    fn of(value: &Value, lexicon: &Lexicon) -> Self {
        let word = |word: &[u8], condition: fn(Word) -> Self| {
            lexicon.find(word).map_or(Self::Nobody, condition)
        };
        let trait_of = |code: Option<&str>, condition: fn(Word) -> Self| match code {
            Some(code) => word(code.as_bytes(), condition),
            None => condition(0),
        };
        match value {
            Value::Site(site) => word(site.0.as_bytes(), Self::Site),
            Value::Movement(movement) => word(movement.0.as_bytes(), Self::Movement),
            Value::LegalBasis(basis) => word(basis.as_str().as_bytes(), Self::LegalBasis),
            Value::AgeGroup(group) => {
                Word::try_from(age_group_number(*group)).map_or(Self::Nobody, Self::AgeGroup)
            }
            Value::Origin(area) => trait_of(area.as_ref().map(domain::PCode::as_str), Self::Origin),
            Value::Destination(area) => {
                trait_of(area.as_ref().map(domain::PCode::as_str), Self::Destination)
            }
            Value::LastResidence(country) => trait_of(
                country.as_ref().map(domain::Country::as_str),
                Self::LastResidence,
            ),
            Value::Vulnerability(code) => word(code.as_str().as_bytes(), Self::Vulnerability),
            Value::Item(item) => word(item.as_str().as_bytes(), Self::Item),
            Value::Wait(wait) => Self::Wait(*wait),
        }
    }

    fn holds(self, arrival: &Packed, lexicon: &Lexicon) -> bool {
        match self {
            Self::Site(site) => arrival.site == site,
            Self::Movement(movement) => arrival.movement == movement,
            Self::LegalBasis(basis) => lexicon.legal_basis(arrival.movement) == basis,
            Self::AgeGroup(group) => Word::from(arrival.age_group) == group,
            Self::Origin(area) => arrival.origin == area,
            Self::Destination(area) => arrival.destination == area,
            Self::LastResidence(country) => arrival.last_residence == country,
            Self::Vulnerability(code) => arrival.vulnerabilities.contains(&code),
            Self::Item(item) => arrival.gift(item).is_some(),
            Self::Wait(_) => true,
            Self::Nobody => false,
        }
    }

    /// Whether it holds of the people of a movement of whom no more than the movement is known.
    fn holds_of_list(self, movement: &MovementFacts) -> bool {
        match self {
            Self::Site(site) => movement.destination == site,
            Self::Movement(number) => movement.movement == number,
            Self::LegalBasis(basis) => movement.legal_basis == basis,
            Self::AgeGroup(group) => group == UNKNOWN_AGE,
            Self::Origin(word) | Self::Destination(word) | Self::LastResidence(word) => word == 0,
            Self::Vulnerability(_) | Self::Item(_) | Self::Wait(_) | Self::Nobody => false,
        }
    }
}

/// A question with its counts: of each key (span or number of a value) the steps, one after another.
pub(super) struct Ask {
    conditions: Vec<Condition>,
    from: Option<i64>,
    to: Option<i64>,
    steps: Vec<Step>,
    by: By,
    /// The item whose first gift is what makes somebody assisted, where one is asked for.
    item: Option<Word>,
    /// The spans within which somebody came to the step.
    waits: Vec<Wait>,
    counts: Vec<Counted>,
}

impl Ask {
    pub(super) fn of(question: &Question, lexicon: &Lexicon) -> Self {
        let Question {
            criteria,
            steps,
            by,
        } = question;
        let conditions: Vec<_> = criteria
            .values
            .iter()
            .map(|value| Condition::of(value, lexicon))
            .collect();
        // Of several items the last is the one counted, unless each is.
        let item = match by {
            By::Dimension(Dimension::Item) => None,
            _ => conditions
                .iter()
                .rev()
                .find_map(|condition| match condition {
                    Condition::Item(item) => Some(*item),
                    _ => None,
                }),
        };
        let waits = conditions.iter().filter_map(|condition| match condition {
            Condition::Wait(wait) => Some(*wait),
            _ => None,
        });
        let waits = waits.collect();
        let (from, to) = match by {
            By::Spans(bounds) => (bounds.first(), bounds.last()),
            By::Dimension(_) => (criteria.from.as_ref(), criteria.to.as_ref()),
        };
        Self {
            conditions,
            from: from.map(|at| at.0),
            to: to.map(|at| at.0),
            steps: steps.clone(),
            by: by.clone(),
            item,
            waits,
            counts: Vec::new(),
        }
    }

    pub(super) fn asks(&self, step: Step) -> bool {
        self.steps.contains(&step)
    }

    pub(super) fn counts_movements(&self) -> bool {
        self.counts_basis(Basis::Movement)
    }

    pub(super) fn counts_lines(&self) -> bool {
        self.counts_basis(Basis::Line)
    }

    pub(super) fn counts_arrivals(&self) -> bool {
        self.counts_basis(Basis::Arrival)
    }

    fn counts_basis(&self, basis: Basis) -> bool {
        !self.conditions.contains(&Condition::Nobody)
            && self.steps.iter().any(|step| step.basis() == basis)
    }

    /// The one site whose people it counts.
    pub(super) fn site(&self) -> Option<Word> {
        self.conditions
            .iter()
            .find_map(|condition| match condition {
                Condition::Site(site) => Some(*site),
                _ => None,
            })
    }

    pub(super) const fn dimension(&self) -> Option<Dimension> {
        match self.by {
            By::Dimension(dimension) => Some(dimension),
            By::Spans(_) => None,
        }
    }

    pub(super) const fn steps(&self) -> usize {
        self.steps.len()
    }

    pub(super) const fn spans(&self) -> usize {
        match &self.by {
            By::Spans(bounds) => bounds.len().saturating_sub(1),
            By::Dimension(_) => 0,
        }
    }

    pub(super) fn counts(&self) -> &[Counted] {
        &self.counts
    }

    /// Counts an arrival where the question is about it.
    pub(super) fn arrival(&mut self, arrival: &Packed, lexicon: &Lexicon) {
        if !self
            .conditions
            .iter()
            .all(|condition| condition.holds(arrival, lexicon))
        {
            return;
        }
        let item_at = self.item.and_then(|item| arrival.gift(item));
        let dimension = match &self.by {
            By::Spans(_) => {
                let span = |ask: &Self, came: Came| ask.span(came.at);
                return self.each(arrival, self.item, item_at, span);
            }
            By::Dimension(dimension) => *dimension,
        };
        let number = match dimension {
            Dimension::Site => arrival.site,
            Dimension::Movement => arrival.movement,
            Dimension::LegalBasis => lexicon.legal_basis(arrival.movement),
            Dimension::AgeGroup => arrival.age_group.into(),
            Dimension::Origin => arrival.origin,
            Dimension::Destination => arrival.destination,
            Dimension::LastResidence => arrival.last_residence,
            Dimension::Wait => {
                let wait = |ask: &Self, came: Came| {
                    let wait = || waited(came, arrival) as usize;
                    ask.within(came.at).then(wait)
                };
                return self.each(arrival, self.item, item_at, wait);
            }
            Dimension::Vulnerability => {
                for word in &arrival.vulnerabilities {
                    self.arrival_under(*word, arrival, self.item, item_at);
                }
                return;
            }
            Dimension::Item => {
                for gift in arrival.gifts.iter().filter(|gift| gift.first) {
                    self.arrival_under(gift.item, arrival, Some(gift.item), Some(gift.came()));
                }
                return;
            }
        };
        self.arrival_under(number, arrival, self.item, item_at);
    }

    fn arrival_under(
        &mut self,
        number: Word,
        arrival: &Packed,
        item: Option<Word>,
        item_at: Option<Came>,
    ) {
        let number = |ask: &Self, came: Came| ask.within(came.at).then_some(number as usize);
        self.each(arrival, item, item_at, number);
    }

    /// Counts an arrival at each step, under the key of the moment it came to it; what was given
    /// (of one item, where one is asked for) under the key of each act, by its pieces.
    fn each(
        &mut self,
        arrival: &Packed,
        item: Option<Word>,
        item_at: Option<Came>,
        key: impl Fn(&Self, Came) -> Option<usize>,
    ) {
        for place in 0..self.steps.len() {
            if self.steps[place] == Step::Given {
                for (gift, came) in arrival.gifts.iter().map(|gift| (gift, Gift::came(gift))) {
                    if item.is_none_or(|item| item == gift.item)
                        && self.waited_as_asked(came, arrival)
                        && let Some(key) = key(self, came)
                    {
                        self.add(key, place, gift.quantity.into());
                    }
                }
            } else if let Some(came) = self.reached(place, arrival, item_at)
                && let Some(key) = key(self, came)
            {
                self.add(key, place, 1);
            }
        }
    }

    /// When an arrival came to a step, where it did after such a wait as is asked for.
    fn reached(&self, place: usize, arrival: &Packed, item_at: Option<Came>) -> Option<Came> {
        let came = reached(self.steps[place], arrival, item_at)?;
        self.waited_as_asked(came, arrival).then_some(came)
    }

    fn waited_as_asked(&self, came: Came, arrival: &Packed) -> bool {
        let holds = |wait: &Wait| *wait == waited(came, arrival);
        self.waits.iter().all(holds)
    }

    /// Counts people of a manifest who were listed, or did not come, at one moment.
    pub(super) fn line(&mut self, movement: &MovementFacts, of: Step, at: i64, people: u64) {
        for place in 0..self.steps.len() {
            if self.steps[place] == of {
                self.on_list(movement, place, at, people, people);
            }
        }
    }

    /// Counts a movement.
    pub(super) fn movement(&mut self, movement: &MovementFacts) {
        for place in 0..self.steps.len() {
            let counted = match self.steps[place] {
                Step::Announced => movement.announced,
                Step::Returned => movement.returned,
                _ => None,
            };
            if let Some((at, people)) = counted {
                self.on_list(movement, place, at, people, 1);
            }
        }
    }

    fn on_list(&mut self, movement: &MovementFacts, place: usize, at: i64, people: u64, rows: u64) {
        let holds = |condition: &Condition| condition.holds_of_list(movement);
        if !self.conditions.iter().all(holds) {
            return;
        }
        let key = match self.by {
            By::Spans(_) => self.span(at),
            By::Dimension(dimension) => self.within(at).then_some(()).and(match dimension {
                Dimension::Site => Some(movement.destination as usize),
                Dimension::Movement => Some(movement.movement as usize),
                Dimension::LegalBasis => Some(movement.legal_basis as usize),
                Dimension::AgeGroup => Some(UNKNOWN_AGE as usize),
                Dimension::Origin | Dimension::Destination | Dimension::LastResidence => Some(0),
                Dimension::Vulnerability | Dimension::Item | Dimension::Wait => None,
            }),
        };
        if let Some(key) = key {
            let counted = self.counted(key, place);
            counted.rows += rows;
            counted.people += people;
        }
    }

    fn within(&self, at: i64) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }

    /// The span a moment is in.
    fn span(&self, at: i64) -> Option<usize> {
        let By::Spans(bounds) = &self.by else {
            return None;
        };
        if bounds.len() < 2 || !self.within(at) {
            return None;
        }
        // It is not before the first bound and before the last, so there is a span around it.
        Some(bounds.partition_point(|bound| bound.0 <= at) - 1)
    }

    fn add(&mut self, key: usize, place: usize, people: u64) {
        let counted = self.counted(key, place);
        counted.rows += 1;
        counted.people += people;
    }

    fn counted(&mut self, key: usize, place: usize) -> &mut Counted {
        let place = key * self.steps.len() + place;
        if place >= self.counts.len() {
            self.counts
                .resize((key + 1) * self.steps.len(), Counted::default());
        }
        &mut self.counts[place]
    }
}

/// When an arrival came to a step, where it did; assisted with one item, when that was first given.
fn reached(step: Step, arrival: &Packed, item_at: Option<Came>) -> Option<Came> {
    match step {
        Step::Met => arrival.came(MET),
        Step::Registered => arrival.came(REGISTERED),
        Step::Unlisted => arrival.came(REGISTERED).filter(|_| !arrival.listed),
        Step::Declined => arrival.came(REGISTERED).filter(|_| arrival.declined),
        Step::Screened => arrival.came(SCREENED),
        Step::Assisted => item_at.or_else(|| arrival.came(ASSISTED)),
        Step::Left => arrival.came(LEFT),
        // Given many times and not once: counted by its acts.
        Step::Given | Step::Announced | Step::Returned | Step::Listed | Step::NoShow => None,
    }
}

/// How long an arrival waited until then.
fn waited(came: Came, arrival: &Packed) -> Wait {
    let met = arrival.came(MET).unwrap_or(came);
    if met.rough || came.rough {
        Wait::Unknown
    } else {
        Wait::of_ms(came.at.saturating_sub(met.at))
    }
}
