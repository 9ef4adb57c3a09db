//! The engine through its door, on people who do not exist, of whom it is known who is who.

mod batch;
mod desk;
mod hostile;

use linkage::{Fields, Linkage, Linked, Model};
use population::{Population, Record};

/// What linkage may see of a record.
fn fields<'a>(record: &'a Record, party: &'a str) -> Fields<'a> {
    Fields {
        given_names: &record.given_names,
        family_name: &record.family_name,
        sex: &record.sex,
        birth_date: &record.birth_date,
        mother_name: &record.mother_name,
        birthplace: &record.birthplace,
        phone: &record.phone,
        document: &record.document,
        party,
    }
}

/// Whether it is told who travelled together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parties {
    Told,
    Untold,
}

/// A population taken in, and who is who.
fn people(seed: u64, records: usize, parties: Parties) -> (Linkage, Vec<Option<u64>>) {
    let mut linkage = Linkage::default();
    let mut truth = Vec::new();
    for record in Population::new(seed, records).records() {
        let party = match parties {
            Parties::Told => record.party.to_string(),
            Parties::Untold => String::new(),
        };
        linkage.add(&fields(&record, &party));
        truth.push(Some(record.entity));
    }
    (linkage, truth)
}

fn linked(linkage: &Linkage) -> Linked {
    let model = linkage.learn(&Model::default(), &|_| {});
    linkage.link(&model, 0.01, &|_| {})
}
