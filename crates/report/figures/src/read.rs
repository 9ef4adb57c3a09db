//! Statements as CSV, in and out.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::statement::{Precision, Statement, VALUE_MAX};

/// The columns without which a row says nothing.
const NEEDED: [&str; 5] = ["figure_id", "indicator", "value_low", "precision", "as_of"];

/// What a file holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Read {
    /// The statements, in the order of the rows.
    pub statements: Vec<Statement>,
    /// Rows left out, each with what is wrong.
    pub problems: Vec<Problem>,
}

/// A row that is no statement, or not one that can be used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Problem {
    /// The row, as a spreadsheet counts.
    pub row: u64,
    /// The column, where it is one.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: &'static str,
}

/// A file that holds no statements at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadError {
    /// A column is missing.
    #[error(
        "the column {column} is missing: name the columns as in figures/haiti-2021.csv, separated by commas"
    )]
    NoColumn {
        /// Which.
        column: &'static str,
    },
    /// It is not text.
    #[error("the file is not text in UTF-8: save it as CSV in UTF-8")]
    NotText,
}

/// Reads statements; a row that cannot be used is told and the others are kept.
///
/// # Errors
/// [`ReadError`] when there is no header, or not this one.
pub fn read(bytes: &[u8]) -> Result<Read, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| ReadError::NotText)?.clone();
    for column in NEEDED {
        if !headers.iter().any(|header| header == column) {
            return Err(ReadError::NoColumn { column });
        }
    }
    let mut read = Read::default();
    let mut known = HashSet::new();
    for (record, row) in reader.records().zip(2_u64..) {
        let problem = |column, what: String, remedy| Problem {
            row,
            column,
            what,
            remedy,
        };
        let Ok(record) = record else {
            let what = "the row cannot be read".to_owned();
            read.problems.push(problem(
                None,
                what,
                "look for a quotation mark without a partner",
            ));
            continue;
        };
        match statement(&headers, &record) {
            Ok(statement) if !known.insert(statement.figure_id.clone()) => {
                let what = format!("{} stands there twice", statement.figure_id);
                let remedy = "give every statement an id of its own";
                read.problems.push(problem(Some("figure_id"), what, remedy));
            }
            Ok(statement) => read.statements.push(statement),
            Err((column, what, remedy)) => read.problems.push(problem(Some(column), what, remedy)),
        }
    }
    Ok(read)
}

type Wrong = (&'static str, String, &'static str);

fn statement(headers: &csv::StringRecord, record: &csv::StringRecord) -> Result<Statement, Wrong> {
    let cell = |column: &str| {
        let place = headers.iter().position(|header| header == column);
        place
            .and_then(|place| record.get(place))
            .unwrap_or_default()
    };
    let text = |column: &str| cell(column).to_owned();
    let number = |column: &'static str| -> Result<i64, Wrong> {
        let value: i64 = cell(column).parse().map_err(|_| {
            let remedy = "write a whole number, in digits alone";
            (column, format!("{:?} is no number", cell(column)), remedy)
        })?;
        if (0..=VALUE_MAX).contains(&value) {
            Ok(value)
        } else {
            let remedy = "write how many were counted";
            Err((column, format!("{value} cannot be counted"), remedy))
        }
    };
    let date = |column: &'static str| -> Result<Date, Wrong> {
        cell(column).parse().map_err(|_| {
            let remedy = "write the day as 2021-09-23";
            (column, format!("{:?} is no day", cell(column)), remedy)
        })
    };
    let some = |column: &'static str| Some(column).filter(|column| !cell(column).is_empty());
    let precision = match cell("precision") {
        "exact" => Precision::Exact,
        "about" => Precision::About,
        "at least" => Precision::AtLeast,
        "planned" => Precision::Planned,
        other => {
            let remedy = "write exact, about, at least or planned";
            return Err(("precision", format!("{other:?} is no precision"), remedy));
        }
    };
    let as_of = date("as_of")?;
    let statement = Statement {
        figure_id: text("figure_id"),
        indicator: text("indicator"),
        value_low: number("value_low")?,
        value_high: some("value_high").map(number).transpose()?,
        precision,
        unit: text("unit"),
        period_start: some("period_start").map(date).transpose()?,
        as_of,
        place: text("place"),
        route: text("route"),
        breakdown: text("breakdown"),
        stated_by: text("stated_by"),
        published_by: text("published_by"),
        published_on: some("published_on").map_or(Ok(as_of), date)?,
        source_url: text("source_url"),
        note: text("note"),
        parts: text("parts"),
    };
    if statement.figure_id.is_empty() {
        return Err((
            "figure_id",
            "it is empty".into(),
            "give the statement an id of its own",
        ));
    }
    if statement
        .value_high
        .is_some_and(|high| high < statement.value_low)
    {
        let what = "the upper bound is below the lower one".to_owned();
        return Err(("value_high", what, "exchange the two, or leave one out"));
    }
    if statement
        .period_start
        .is_some_and(|start| start > statement.as_of)
    {
        let what = "the period begins after it ends".to_owned();
        return Err((
            "period_start",
            what,
            "exchange the two days, or correct one",
        ));
    }
    Ok(statement)
}

/// Writes statements as CSV that [`read()`] reads back.
///
/// # Panics
/// Never: writing to memory cannot fail.
pub fn write(statements: &[Statement]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for statement in statements {
        writer
            .serialize(statement)
            .expect("plain values become a row");
    }
    let bytes = writer.into_inner().expect("memory takes what is written");
    String::from_utf8(bytes).expect("texts are UTF-8")
}
