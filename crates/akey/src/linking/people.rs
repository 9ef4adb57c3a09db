//! People as a file has them, CSV or a workbook, each row a record; and as a register has them.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::Path;

use linkage::{Field, Fields, Linkage};
use node::{Node, NodeError};

use crate::failure::Failure;

/// Rows that cannot be read, told one by one; the rest is counted.
const TOLD_MAX: usize = 20;

/// What a file holds.
#[derive(Debug, Default)]
pub struct People {
    pub linkage: Linkage,
    /// Of each record, what the file calls it: its `record_id`, or the number of its row.
    pub ids: Vec<String>,
    /// Of each record, who it is, where the file says so.
    pub truth: Vec<Option<String>>,
    /// Rows that could not be read, the first of them in words.
    pub problems: Vec<String>,
    pub left_out: usize,
    /// Pairs, by their places, of which people decided already.
    pub decided: HashSet<(usize, usize)>,
}

/// Which column holds what.
struct Columns {
    fields: [Option<usize>; Field::ALL.len()],
    id: Option<usize>,
    truth: Option<usize>,
}

impl People {
    /// Reads a file; `truth` is the column that says who it is.
    pub fn read(file: &Path, truth: Option<&str>) -> Result<Self, Failure> {
        let is_workbook = file
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        if is_workbook {
            Self::of_workbook(file, truth)
        } else {
            Self::of_csv(file, truth)
        }
    }

    /// Everybody whose data a node may read, by their ids, with what people decided already.
    pub fn of_register(node: &Node) -> Result<Self, Failure> {
        let mut people = Self::default();
        let mut places = HashMap::new();
        node.each_to_compare(|person, fields| {
            places.insert(person, people.ids.len());
            people.linkage.add(fields);
            people.ids.push(person.to_string());
        })?;
        let decided = node.read::<_, NodeError>(|register| Ok(register.decided()?))?;
        people.decided = decided
            .into_iter()
            .filter_map(|(one, other)| {
                let (one, other) = (*places.get(&one)?, *places.get(&other)?);
                Some((one.min(other), one.max(other)))
            })
            .collect();
        Ok(people)
    }

    fn of_workbook(file: &Path, truth: Option<&str>) -> Result<Self, Failure> {
        let bytes = fs::read(file).map_err(Failure::file(file, "read the people"))?;
        let mut people = Self::default();
        let mut columns: Option<Result<Columns, Failure>> = None;
        formats::sheet::each_row(&bytes, |number, cells| match &columns {
            None => {
                let header = cells.iter().map(String::as_str);
                columns = Some(Columns::of(file, number, &header, truth));
            }
            Some(Ok(columns)) => {
                people.take(columns, number.into(), |place| {
                    cells.get(place).map(String::as_str)
                });
            }
            Some(Err(_)) => {}
        })?;
        match columns {
            None => Err(Failure::Wrong(format!(
                "{}: its first sheet is empty",
                file.display()
            ))),
            Some(Err(failure)) => Err(failure),
            Some(Ok(_)) => Ok(people),
        }
    }

    fn of_csv(file: &Path, truth: Option<&str>) -> Result<Self, Failure> {
        let opened = File::open(file).map_err(Failure::file(file, "read the people"))?;
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(opened);
        let header = reader.headers().map_err(|error| {
            Failure::Wrong(format!(
                "{}: it is no CSV: {error}; save it as CSV in UTF-8",
                file.display()
            ))
        })?;
        let columns = Columns::of(file, 1, &header.iter(), truth)?;
        let mut people = Self::default();
        let mut record = csv::StringRecord::new();
        for row in 2.. {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => people.take(&columns, row, |place| record.get(place)),
                Err(error) => people.leave_out(row, why(&error)),
            }
        }
        Ok(people)
    }

    fn take<'a>(&mut self, columns: &Columns, row: u64, cell: impl Fn(usize) -> Option<&'a str>) {
        let cell = |place: Option<usize>| place.and_then(&cell).unwrap_or_default();
        let of = |field: Field| cell(columns.fields[field as usize]);
        self.linkage.add(&Fields {
            given_names: of(Field::GivenNames),
            family_name: of(Field::FamilyName),
            sex: of(Field::Sex),
            birth_date: of(Field::BirthDate),
            mother_name: of(Field::MotherName),
            birthplace: of(Field::Birthplace),
            phone: of(Field::Phone),
            document: of(Field::Document),
            party: of(Field::Party),
        });
        let own = cell(columns.id);
        self.ids.push(if own.is_empty() {
            row.to_string()
        } else {
            own.to_owned()
        });
        if columns.truth.is_some() {
            let who = cell(columns.truth);
            self.truth.push((!who.is_empty()).then(|| who.to_owned()));
        }
    }

    fn leave_out(&mut self, row: u64, why: &str) {
        self.left_out += 1;
        if self.problems.len() < TOLD_MAX {
            self.problems.push(format!(
                "row {row} cannot be read and is left out ({why}); save the file as UTF-8"
            ));
        }
    }
}

impl Columns {
    fn of<'a>(
        file: &Path,
        row: u32,
        header: &(impl Iterator<Item = &'a str> + Clone),
        truth: Option<&str>,
    ) -> Result<Self, Failure> {
        let column = |name: &str| {
            let mut heads = header.clone();
            heads.position(|head| head.trim().eq_ignore_ascii_case(name))
        };
        let wrong = |what: String| Failure::Wrong(format!("{}: row {row}: {what}", file.display()));
        let columns = Self {
            fields: Field::ALL.map(|field| column(field.name())),
            id: column("record_id"),
            truth: truth.and_then(column),
        };
        let [given, family, ..] = columns.fields;
        if given.is_none() && family.is_none() {
            return Err(wrong("there is no column given_names or family_name; name the columns as akey link --help says".into()));
        }
        match truth {
            Some(name) if columns.truth.is_none() => Err(wrong(format!(
                "there is no column \"{name}\"; --truth names the column that says who it is"
            ))),
            _ => Ok(columns),
        }
    }
}

/// What is wrong with a row, without a word of what stands in it.
fn why(error: &csv::Error) -> &'static str {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "not UTF-8",
        csv::ErrorKind::Io(_) => "the file could not be read",
        _ => "not CSV",
    }
}
