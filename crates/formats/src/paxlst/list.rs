//! The messages of a file as one manifest: parts put together, changes applied, one flight of several
//! chosen.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::{Extent, ListedPerson, Particulars, fold_name};

use crate::manifest::{
    Basis, Counts, DateEvidence, Foreign, Format, ManifestError, ManifestFile, Mapping,
    MappingSource, Margin, Options, Place, Problem, ProblemCode, Seen, Skipped, twice,
};

use super::message::{Flight, Function, Message};
use super::passenger::{Passenger, Role};
use super::reader::{self, Received};

/// Reads a passenger list message as a manifest.
///
/// # Errors
///
/// Where the file has no message of this kind, or too many people.
pub fn manifest(file: &[u8], options: &Options) -> Result<ManifestFile, ManifestError> {
    let Received {
        messages,
        mut problems,
    } = reader::read(file, options.as_of)?;
    if messages.is_empty() {
        return Err(ManifestError::Foreign {
            kind: Foreign::Edifact,
        });
    }
    let messages = without_copies(messages, &mut problems);
    let flights = by_flight(messages);
    let names: Vec<String> = flights.iter().map(|(flight, _)| flight.name()).collect();
    let chosen = choose(&flights, &names, options)?;
    let (flight, messages) = &flights[chosen];
    let first = &messages[0];
    for (place, (flight, messages)) in flights.iter().enumerate() {
        let people = messages.iter().flat_map(|message| &message.people);
        let people = people.filter(|person| !person.role.is_crew()).count();
        if place != chosen && people > 0 {
            let arguments = vec![("people", people.to_string()), ("flight", flight.name())];
            problems.push(at(&messages[0], ProblemCode::OtherFlight, arguments));
        }
    }
    let mut list = List::default();
    for message in messages {
        list.apply(message);
    }
    let missing = missing_parts(messages);
    for (message, part) in &missing {
        let arguments = vec![("part", part.to_string())];
        problems.push(at(message, ProblemCode::PartMissing, arguments));
    }
    // What is cut off may have named more people.
    let cut_off = problems
        .iter()
        .any(|problem| problem.code == ProblemCode::TrailerMissing);
    let whole = list.whole && missing.is_empty() && !cut_off;
    if !list.whole {
        problems.push(at(first, ProblemCode::ChangeOnly, Vec::new()));
    }
    problems.extend(wrong_totals(messages));
    problems.extend(list.nameless.iter().map(nameless));
    let people = list.people();
    let named = messages.iter().flat_map(|message| &message.people);
    let offsets: HashMap<u32, usize> = named
        .map(|person| (person.segment, person.offset))
        .collect();
    problems.extend(twice::repeated(&people, |person, _| {
        offsets.get(&person.row).map(|byte| place("NAD", *byte))
    }));
    if people.is_empty() && list.withdrawn.is_empty() {
        problems.push(at(first, ProblemCode::NobodyListed, Vec::new()));
    }
    problems.sort_by_key(|problem| problem.row);
    let counts = Counts {
        rows: people.len() + list.nameless.len() + list.skipped.len(),
        people: people.len(),
        refused: list.nameless.len(),
        skipped: list.skipped.len(),
    };
    let several = flights.len() > 1;
    let extent = if whole {
        Extent::Whole
    } else {
        Extent::Part {
            withdrawn: list.withdrawn,
        }
    };
    Ok(ManifestFile {
        name: String::new(),
        people,
        problems,
        question: None,
        mapping: Mapping::default(),
        mapping_source: MappingSource::Fixed,
        format: Format::Message,
        sheet: several.then(|| names[chosen].clone()),
        other_sheets: names
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != chosen)
            .map(|(_, name)| name.clone())
            .collect(),
        header_row: 0,
        titles: vec![flight.line()]
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect(),
        dates: DateEvidence {
            order: None,
            basis: Basis::NotNeeded,
            day_first: Seen::default(),
            month_first: Seen::default(),
            ambiguous: Seen::default(),
            swapped_by_spreadsheet: false,
        },
        skipped: list.skipped,
        counts,
        extent,
        flight: (*flight != Flight::default()).then(|| flight.clone()),
    })
}

fn at(message: &Message, code: ProblemCode, arguments: Vec<(&'static str, String)>) -> Problem {
    Problem {
        row: message.segment,
        column: Some(place("UNH", message.offset)),
        code,
        arguments,
        text: None,
    }
}

fn place(tag: &str, byte: usize) -> Place {
    Place {
        letter: tag.to_owned(),
        header: String::new(),
        byte: Some(byte),
    }
}

fn nameless(person: &Passenger) -> Problem {
    Problem {
        row: person.segment,
        column: Some(place("NAD", person.offset)),
        code: ProblemCode::NoName,
        arguments: Vec::new(),
        text: None,
    }
}

/// What two copies of a message have in common.
fn content(message: &Message) -> u64 {
    let mut hasher = DefaultHasher::new();
    (
        &message.reference,
        &message.access,
        message.part,
        message.function,
        &message.flight,
    )
        .hash(&mut hasher);
    for person in &message.people {
        (&person.particulars, &person.reference).hash(&mut hasher);
    }
    hasher.finish()
}

/// A file can hold one message several times, as systems send it again until it is acknowledged.
fn without_copies(messages: Vec<Message>, problems: &mut Vec<Problem>) -> Vec<Message> {
    let mut seen = HashSet::new();
    let mut kept: Vec<Message> = Vec::new();
    for message in messages {
        if seen.insert(content(&message)) {
            kept.push(message);
        } else {
            problems.push(at(&message, ProblemCode::MessageRepeated, Vec::new()));
        }
    }
    kept
}

/// The messages of each flight, in the order of the file. One that names none belongs to the one
/// before it.
fn by_flight(messages: Vec<Message>) -> Vec<(Flight, Vec<Message>)> {
    let mut flights: Vec<(Flight, Vec<Message>)> = Vec::new();
    let mut places: HashMap<(String, Option<jiff::civil::Date>), usize> = HashMap::new();
    let mut last = None;
    for message in messages {
        let flight = message.flight.clone();
        let day = flight
            .departs
            .1
            .or(flight.arrives.1)
            .map(jiff::civil::DateTime::date);
        let unnamed = flight.designator.is_empty() && day.is_none();
        let place = last.filter(|_| unnamed).unwrap_or_else(|| {
            *places
                .entry((flight.designator.clone(), day))
                .or_insert_with(|| {
                    flights.push((flight, Vec::new()));
                    flights.len() - 1
                })
        });
        flights[place].1.push(message);
        last = Some(place);
    }
    flights
}

/// The flight asked for; else the one that fits the movement; else the one with the most people.
fn choose(
    flights: &[(Flight, Vec<Message>)],
    names: &[String],
    options: &Options,
) -> Result<usize, ManifestError> {
    if let Some(asked) = &options.sheet {
        let sheets = || names.to_vec();
        return names
            .iter()
            .position(|name| name == asked)
            .ok_or_else(|| ManifestError::NoSheet { sheets: sheets() });
    }
    let people = |place: &usize| {
        flights[*place]
            .1
            .iter()
            .map(|message| message.people.len())
            .sum::<usize>()
    };
    let fits = |place: &usize| {
        let movement = options.movement.as_deref().unwrap_or_default();
        flights[*place].0.fits(movement, options.as_of)
    };
    let best = (0..flights.len())
        .max_by_key(|place| (fits(place), people(place), std::cmp::Reverse(*place)));
    Ok(best.unwrap_or(0))
}

/// Parts that are announced and not there: for each manifest of several, the numbers up to the last.
fn missing_parts(messages: &[Message]) -> Vec<(&Message, u32)> {
    let mut parts: BTreeMap<&str, (&Message, BTreeSet<u32>, bool)> = BTreeMap::new();
    for message in messages {
        if let Some(part) = message.part {
            let known = parts.entry(&message.access);
            let (_, numbers, last) = known.or_insert_with(|| (message, BTreeSet::new(), false));
            numbers.insert(part.number);
            *last |= part.last;
        }
    }
    parts
        .into_values()
        .filter_map(|(message, numbers, last)| {
            let first_missing = (1..=u32::MAX).find(|number| !numbers.contains(number));
            let first_missing = first_missing.unwrap_or(u32::MAX);
            let most = numbers.last().copied().unwrap_or(0);
            (first_missing <= most || !last).then_some((message, first_missing))
        })
        .collect()
}

/// Totals that agree neither with their message nor with all of the same manifest.
fn wrong_totals(messages: &[Message]) -> Vec<Problem> {
    let count = |message: &Message, crew: bool| {
        let people = message.people.iter();
        people
            .filter(|person| person.role.is_crew() == crew)
            .count() as u64
    };
    let mut together: HashMap<&str, [u64; 2]> = HashMap::new();
    for message in messages {
        let sums = together.entry(&message.access).or_default();
        for (sum, crew) in sums.iter_mut().zip([false, true]) {
            *sum += count(message, crew);
        }
    }
    let mut problems = Vec::new();
    for message in messages {
        for (stated, crew) in message.stated.iter().zip([false, true]) {
            let Some(stated) = stated else {
                continue;
            };
            let read = count(message, crew);
            // A list of crew alone counts them as either.
            let other = count(message, !crew);
            let all = together[message.access.as_str()][usize::from(crew)];
            let swapped = read == 0 && other == stated.people;
            if ![read, all].contains(&stated.people) && !swapped {
                problems.push(Problem {
                    row: stated.segment,
                    column: Some(place("CNT", stated.offset)),
                    code: ProblemCode::TotalDiffers,
                    arguments: vec![
                        ("stated", stated.people.to_string()),
                        ("read", read.to_string()),
                    ],
                    text: None,
                });
            }
        }
    }
    problems
}

/// The list as the messages leave it.
#[derive(Default)]
struct List {
    /// People, and where the newest message about them names them.
    people: Vec<Option<Passenger>>,
    /// Where somebody stands, by what tells them.
    places: HashMap<Key, usize>,
    withdrawn: Vec<ListedPerson>,
    nameless: Vec<Passenger>,
    skipped: Vec<Skipped>,
    /// One of the messages is a list and not a change of one.
    whole: bool,
}

/// What tells somebody in later messages, the surest first.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Reference(String),
    Document(String),
    Name(String, Option<domain::Birth>),
}

fn keys(person: &Passenger) -> Vec<Key> {
    let who = &person.particulars;
    let reference = person.reference.clone().map(Key::Reference);
    let documents = who
        .documents
        .iter()
        .map(|document| Key::Document(document.number.clone()));
    let name = Key::Name(fold_name(&who.full_name()), who.birth);
    reference
        .into_iter()
        .chain(documents)
        .chain([name])
        .collect()
}

impl List {
    fn apply(&mut self, message: &Message) {
        match message.function {
            Function::Replace => {
                self.whole = true;
                for person in self.people.drain(..).flatten() {
                    self.skipped.push(superseded(&person));
                }
                self.places.clear();
            }
            Function::Whole => self.whole = true,
            Function::Change | Function::Withdraw => {}
        }
        for person in &message.people {
            if matches!(person.role, Role::Crew | Role::CrewInTransit) {
                self.skipped.push(Skipped {
                    row: person.segment,
                    margin: Margin::Crew,
                });
            } else if !is_named(&person.particulars) {
                self.nameless.push(person.clone());
            } else {
                self.person(person, message.function);
            }
        }
    }

    fn person(&mut self, person: &Passenger, function: Function) {
        let keys = keys(person);
        let known = keys.iter().find_map(|key| self.places.get(key).copied());
        let known = known.filter(|place| self.people[*place].is_some());
        match function {
            // Two of a list may be two people: that is told, and nobody is left out.
            Function::Whole | Function::Replace => self.add(person.clone(), keys),
            Function::Change => match known {
                Some(place) => {
                    let mut person = person.clone();
                    if let Some(before) = self.people[place].take() {
                        self.skipped.push(superseded(&before));
                        person.particulars = person.particulars.completed_by(&before.particulars);
                    }
                    for key in keys {
                        self.places.entry(key).or_insert(place);
                    }
                    self.people[place] = Some(person);
                }
                None => self.add(person.clone(), keys),
            },
            Function::Withdraw => {
                self.skipped.push(superseded(person));
                match known {
                    Some(place) => {
                        let before = self.people[place].take();
                        self.skipped.extend(before.as_ref().map(superseded));
                    }
                    None => self.withdrawn.push(listed(person)),
                }
            }
        }
    }

    fn add(&mut self, person: Passenger, keys: Vec<Key>) {
        let place = self.people.len();
        for key in keys {
            self.places.entry(key).or_insert(place);
        }
        self.people.push(Some(person));
    }

    fn people(&mut self) -> Vec<ListedPerson> {
        self.skipped.sort_by_key(|skipped| skipped.row);
        let mut people: Vec<_> = self.people.iter().flatten().map(listed).collect();
        people.sort_by_key(|person| person.row);
        people
    }
}

fn is_named(who: &Particulars) -> bool {
    who.full_name().contains(char::is_alphabetic)
}

fn listed(person: &Passenger) -> ListedPerson {
    ListedPerson {
        row: person.segment,
        particulars: person.particulars.clone(),
    }
}

fn superseded(person: &Passenger) -> Skipped {
    Skipped {
        row: person.segment,
        margin: Margin::Superseded,
    }
}
