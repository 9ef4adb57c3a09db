//! One against a million, as at the desk: how long an answer takes, whether the person is among the first five, how
//! much memory a person takes. `cargo bench -p akey-linkage --bench desk [-- PEOPLE [SEED]]`.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use linkage::normal::tokens;
use linkage::sound::key;
use linkage::{Families, Fields, Index, Linkage, Model};
use population::{Population, Record};

/// Questions asked.
const ASKED: usize = 20_000;

fn fields(record: &Record) -> Fields<'_> {
    Fields {
        given_names: &record.given_names,
        family_name: &record.family_name,
        sex: &record.sex,
        birth_date: &record.birth_date,
        mother_name: &record.mother_name,
        birthplace: &record.birthplace,
        phone: &record.phone,
        document: &record.document,
        party: "",
    }
}

/// Whether a name is said as before.
fn is_alike(one: &str, other: &str) -> bool {
    let sounds = |name: &str| {
        let mut sounds: Vec<String> = tokens(name).iter().map(|token| key(token)).collect();
        sounds.sort();
        sounds
    };
    !one.is_empty() && sounds(one) == sounds(other)
}

/// Whether two of name, date and mother's name are as they were.
fn two_survive(now: &Record, before: &Record) -> bool {
    let name = is_alike(&now.given_names, &before.given_names)
        && is_alike(&now.family_name, &before.family_name);
    let mother = is_alike(&now.mother_name, &before.mother_name);
    let day = now.birth_date.len() == 10 && now.birth_date == before.birth_date;
    [name, mother, day]
        .into_iter()
        .filter(|survives| *survives)
        .count()
        >= 2
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    format!(
        "p50 {:.1?}, p99 {:.1?}, most {:.1?}",
        at(50),
        at(99),
        at(100)
    )
}

#[expect(clippy::cast_precision_loss, reason = "thousands")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|arg| arg.parse::<u64>().ok());
    let people = usize::try_from(numbers.next().unwrap_or(1_000_000)).expect("a number of people");
    let seed = numbers.next().unwrap_or(1);

    // Learnt on another population, as a site's model is learnt before today's people come.
    let mut other = Linkage::default();
    for record in Population::new(seed + 1, 100_000).records() {
        other.add(&fields(&record));
    }
    let model = other.learn(&Model::default(), &|_| {});

    let records: Vec<Record> = Population::new(seed, people + ASKED).records().collect();
    let (before, arriving) = records.split_at(people);
    let began = Instant::now();
    let mut index = Index::new(model, people);
    for record in before {
        index.add(&fields(record));
    }
    let size = index.size();
    println!(
        "{people} people: made in {:.1?}, {} bytes a person",
        began.elapsed(),
        size.bytes / size.people
    );

    let mut known: HashMap<u64, Vec<u32>> = HashMap::new();
    for (place, record) in (0..).zip(before) {
        known.entry(record.entity).or_default().push(place);
    }
    let mut times = Vec::with_capacity(ASKED);
    let (mut again, mut found, mut told, mut told_found) = (0, 0, 0, 0);
    let (mut new, mut quiet) = (0, 0);
    for record in arriving {
        let began = Instant::now();
        let candidates = index.candidates(&fields(record), Families::NONE, 5, 0.01);
        times.push(began.elapsed());
        if let Some(places) = known.get(&record.entity) {
            let is_found = candidates.iter().any(|one| places.contains(&one.place));
            again += 1;
            found += usize::from(is_found);
            if places
                .iter()
                .any(|place| two_survive(record, &before[*place as usize]))
            {
                told += 1;
                told_found += usize::from(is_found);
            }
        } else {
            new += 1;
            quiet += usize::from(candidates.first().is_none_or(|one| one.probability < 0.5));
        }
    }
    println!("a question: {}", spread(times));
    println!(
        "{again} who came again: {:.4} among the first five",
        share(found, again)
    );
    println!(
        "{told} of them with two of name, day and mother's name as before: {:.4}",
        share(told_found, told)
    );
    println!(
        "{new} who are new: nobody said to be likely for {:.4}",
        share(quiet, new)
    );

    let mut times = Vec::with_capacity(ASKED);
    for record in arriving {
        let began = Instant::now();
        index.add(&fields(record));
        times.push(began.elapsed());
    }
    println!("one more person: {}", spread(times));
}
