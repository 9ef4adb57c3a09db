//! Who or what stands in a file twice. Nothing is taken out: two rows may be two people, and only
//! somebody who can ask them knows.

use std::collections::HashMap;

use domain::{ListedPerson, fold_name};

use super::field::Field;
use super::problem::{Offending, Place, Problem, ProblemCode};

/// A warning for each row that repeats the document or the person of a row above it, at the place
/// where the first of some fields stands.
pub fn repeated(
    people: &[ListedPerson],
    place: impl Fn(&ListedPerson, &[Field]) -> Option<Place>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut documents: HashMap<&str, u32> = HashMap::new();
    let mut named: HashMap<(String, Option<domain::Birth>), u32> = HashMap::new();
    for person in people {
        let mut told = false;
        for document in &person.particulars.documents {
            match documents.get(document.number.as_str()) {
                Some(first) => {
                    told = true;
                    problems.push(twice(
                        person,
                        *first,
                        ProblemCode::DocumentTwice,
                        &place,
                        &document.number,
                    ));
                }
                None => {
                    documents.insert(&document.number, person.row);
                }
            }
        }
        let key = (name_key(person), person.particulars.birth);
        match named.get(&key) {
            Some(first) if !told => {
                problems.push(twice(
                    person,
                    *first,
                    ProblemCode::PersonTwice,
                    &place,
                    &person.particulars.full_name(),
                ));
            }
            Some(_) => {}
            None => {
                named.insert(key, person.row);
            }
        }
    }
    problems
}

/// The words of the name in no order, so that exchanged given and family names are one name.
fn name_key(person: &ListedPerson) -> String {
    let folded = fold_name(&person.particulars.full_name());
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

fn twice(
    person: &ListedPerson,
    first: u32,
    code: ProblemCode,
    place: &impl Fn(&ListedPerson, &[Field]) -> Option<Place>,
    text: &str,
) -> Problem {
    let fields: &[Field] = match code {
        ProblemCode::DocumentTwice => &[
            Field::PassportNumber,
            Field::IdentityCardNumber,
            Field::BirthCertificateNumber,
            Field::DocumentNumber,
        ],
        _ => &[
            Field::FamilyName,
            Field::FullName,
            Field::FamilyThenGiven,
            Field::GivenThenFamily,
            Field::GivenNames,
        ],
    };
    Problem {
        row: person.row,
        column: place(person, fields),
        code,
        arguments: vec![("row", first.to_string())],
        text: Some(Offending(text.to_owned())),
    }
}
