//! A population that does not exist: households with names as they are borne in Haiti, people who come once
//! or several times, alone or together, and the records that clerks make of them, with the mistakes that
//! happen. Who is who is known, so that linkage can be measured.
//!
//! The same seed makes the same records on every machine, in any number, without holding them in memory.
//! **The generator and its rules are frozen** (see the README of this crate): an engine is tuned on what it
//! makes, and must not be made to fit it.

mod chance;
mod name;
mod person;
mod record;
mod spelling;

use std::io::{self, Write};

pub use chance::Chance;
pub use record::Record;

use crate::name::Names;
use crate::person::{Household, MEMBERS_MAX, Person};
use crate::record::{Held, write};

/// The seed that is set aside: it is used to report, and never to tune.
pub const SET_ASIDE: u64 = 20_211_014;
/// A member of a household misses one of its later journeys, in thousandths.
const STAYS_BEHIND: u32 = 180;

/// Records of people, in no order that would tell who is who.
#[derive(Clone, Debug)]
pub struct Population {
    seed: u64,
    names: Names,
    /// Each record: the household, its member, and which of the times they came.
    order: Vec<(u32, u8, u8)>,
}

impl Population {
    /// At least so many records of a seed: whole households until there are enough.
    pub fn new(seed: u64, records: usize) -> Self {
        let names = Names::new();
        let mut order = Vec::with_capacity(records + 64);
        let mut number = 0;
        while order.len() < records {
            let home = household(seed, &names, number);
            for time in 0..home.times {
                for member in 0..home.members.len() {
                    if came(seed, number, member, time) {
                        order.push((number, small(member), small(time as usize)));
                    }
                }
            }
            number += 1;
        }
        Chance::seeded(mixed(seed, u64::MAX)).shuffle(&mut order);
        Self { seed, names, order }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The records, each made when it is asked for.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        (0..)
            .zip(&self.order)
            .map(|(place, (number, member, time))| Record {
                record_id: place,
                ..self.record(*number, usize::from(*member), u32::from(*time))
            })
    }

    fn record(&self, number: u32, member: usize, time: u32) -> Record {
        let home = household(self.seed, &self.names, number);
        let person: &Person = &home.members[member];
        let entity = u64::from(number) * u64::from(MEMBERS_MAX) + member as u64;
        let mut chance = Chance::seeded(mixed(self.seed ^ 0xC1E4, entity));
        let mut held = Held::new(&mut chance);
        for _ in 0..time {
            held = held.later(&mut chance);
        }
        let mut chance = Chance::seeded(mixed(self.seed ^ u64::from(time + 1) << 40, entity));
        Record {
            party: u64::from(number) * 8 + u64::from(time),
            entity,
            ..write(person, held, &mut chance)
        }
    }

    /// The records as CSV, with the columns that `akey link` reads, and after them `party` and, where asked
    /// for, the truth as `entity`.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, with_truth: bool, out: &mut impl Write) -> io::Result<()> {
        let truth = if with_truth { ",entity" } else { "" };
        writeln!(
            out,
            "record_id,given_names,family_name,sex,birth_date,mother_name,birthplace,phone,document,party{truth}"
        )?;
        for one in self.records() {
            // No field holds a comma, a quotation mark or a line break.
            write!(
                out,
                "{},{},{},{},{},{},{},{},{},{}",
                one.record_id,
                one.given_names,
                one.family_name,
                one.sex,
                one.birth_date,
                one.mother_name,
                one.birthplace,
                one.phone,
                one.document,
                one.party,
            )?;
            if with_truth {
                write!(out, ",{}", one.entity)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

fn household(seed: u64, names: &Names, number: u32) -> Household {
    Household::of(names, &mut Chance::seeded(mixed(seed, u64::from(number))))
}

/// Whether somebody is on one of the journeys of their household: on the first, always.
fn came(seed: u64, number: u32, member: usize, time: u32) -> bool {
    let of = u64::from(number) << 8 | (member as u64) << 4 | u64::from(time);
    time == 0 || !Chance::seeded(mixed(seed ^ 0x57A7, of)).per_mille(STAYS_BEHIND)
}

/// A seed of its own for each thing.
fn mixed(seed: u64, of: u64) -> u64 {
    Chance::seeded(seed.rotate_left(32) ^ of.wrapping_mul(0x9E37_79B9_7F4A_7C15)).bits()
}

fn small(number: usize) -> u8 {
    u8::try_from(number).expect("households and their journeys are few")
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    /// FNV-1a (Fowler, Noll, Vo): enough to see a change.
    fn hash(bytes: &[u8]) -> u64 {
        let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        bytes.iter().fold(0xCBF2_9CE4_8422_2325, mix)
    }

    fn csv(seed: u64, records: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        Population::new(seed, records)
            .write(true, &mut bytes)
            .unwrap();
        bytes
    }

    #[test]
    fn the_generator_is_frozen() {
        assert_eq!(
            hash(&csv(1, 10_000)),
            FROZEN,
            "see the README before you change this"
        );
    }

    #[test]
    fn the_same_seed_makes_the_same_people_and_another_makes_others() {
        assert_eq!(csv(5, 500), csv(5, 500));
        assert_ne!(csv(5, 500), csv(6, 500));
    }

    #[test]
    fn people_come_as_often_and_together_as_is_said() {
        let population = Population::new(2, 50_000);
        let mut times: HashMap<u64, u32> = HashMap::new();
        let mut parties: HashMap<u64, HashSet<u64>> = HashMap::new();
        for record in population.records() {
            *times.entry(record.entity).or_default() += 1;
            parties
                .entry(record.party)
                .or_default()
                .insert(record.entity);
        }
        let again = times.values().filter(|times| **times > 1).count();
        let share = again * 100 / times.len();
        assert!((24..34).contains(&share), "{share}");
        assert!(times.values().all(|times| *times <= 5));
        assert!(parties.values().any(|party| party.len() > 3));
        // The file tells nothing by its order.
        let first: Vec<u64> = population
            .records()
            .take(1_000)
            .map(|one| one.entity)
            .collect();
        assert!(!first.is_sorted());
    }

    #[test]
    fn no_record_can_be_taken_for_somebodys_and_none_breaks_its_row() {
        let mut missing = 0;
        for record in Population::new(3, 20_000).records() {
            assert!(record.phone.is_empty() || record.phone.starts_with("+50900"));
            assert!(record.document.is_empty() || record.document.starts_with("XX"));
            let fields = [
                &record.given_names,
                &record.family_name,
                &record.mother_name,
                &record.birthplace,
            ];
            assert!(
                fields
                    .iter()
                    .all(|field| !field.contains([',', '"', '\n', '\r']))
            );
            let day = record.birth_date.parse::<jiff::civil::Date>().is_ok();
            let year = record.birth_date.parse::<i16>().is_ok();
            assert!(
                day || year || record.birth_date.is_empty(),
                "{}",
                record.birth_date
            );
            missing += usize::from(record.mother_name.is_empty());
        }
        assert!((2_200..3_400).contains(&missing), "{missing}");
    }

    const FROZEN: u64 = 2_252_680_511_217_970_633;
}
