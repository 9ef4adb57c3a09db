//! The situation report as CSV with HXL hashtags (HXL 1.1, hxlstandard.org), a row for each figure,
//! for the tools of other humanitarians. Headings are words for programs, like the fields of the
//! JSON; beside each code stands its word in the language asked for.
//!
//! A text that a spreadsheet would take for a formula gets an apostrophe before it, which
//! spreadsheets hide.

use csv::Writer;

use crate::error::ReportError;
use crate::figure::{Counts, Figure, Measure, Value};
use crate::html::{Paper, code_word};
use crate::sitrep::{Dimension, Sitrep, UNKNOWN};
use crate::words::Words;

/// Each column: its heading and its hashtag with attributes.
const COLUMNS: [(&str, &str); 28] = [
    ("date_start", "#date+start"),
    ("date_end", "#date+end"),
    ("site", "#loc+name"),
    ("table", "#meta+table"),
    ("measure", "#indicator+code"),
    ("measure_name", "#indicator+name"),
    ("dimension", "#meta+dimension"),
    ("group", "#group+code"),
    ("group_name", "#group+name"),
    ("origin_country", "#country+origin+code+v_iso3"),
    ("residence_country", "#country+residence+code+v_iso3"),
    ("origin_department", "#adm1+origin+code+v_pcode"),
    ("destination_department", "#adm1+dest+code+v_pcode"),
    ("item", "#item+code"),
    ("movement", "#event+name"),
    ("movement_id", "#event+id"),
    ("people", "#affected+returnees"),
    ("men", "#affected+returnees+m+adults"),
    ("women", "#affected+returnees+f+adults"),
    ("boys", "#affected+returnees+m+children"),
    ("girls", "#affected+returnees+f+children"),
    ("movements", "#event+num"),
    ("pieces", "#item+num"),
    ("suppressed", "#meta+suppressed"),
    ("operation", "#operations+name"),
    ("computed_at", "#date+reported"),
    ("log_end", "#meta+source+id"),
    ("trace", "#meta+trace"),
];

/// One row, by the headings above.
#[derive(Default)]
struct Row<'s> {
    from: String,
    to: String,
    table: &'static str,
    measure: Option<Measure>,
    dimension: Option<Dimension>,
    code: &'s str,
    item: &'s str,
    movement: &'s str,
    movement_id: String,
    site: &'s str,
    departed_from: &'s str,
    figure: Option<&'s Figure>,
    by_age: [Option<&'s Figure>; 4],
    /// Of what is counted in pieces alone.
    pieces: Option<u64>,
}

impl Sitrep {
    /// The report as CSV with HXL hashtags, its words in one language.
    ///
    /// # Errors
    /// [`ReportError::Table`] when it cannot be written.
    pub fn to_hxl(&self, words: &dyn Words) -> Result<String, ReportError> {
        let paper = Paper::plain(self, words);
        let mut table = Table {
            paper: &paper,
            sites: self
                .sites
                .iter()
                .map(|site| site.name.as_str())
                .collect::<Vec<_>>()
                .join("; "),
            computed_at: self.stamp.computed_at.timestamp().to_string(),
            writer: Writer::from_writer(Vec::new()),
        };
        table
            .writer
            .write_record(COLUMNS.map(|(heading, _)| heading))?;
        table.writer.write_record(COLUMNS.map(|(_, tag)| tag))?;
        table.totals()?;
        table.days()?;
        table.movements()?;
        table.groups()?;
        table.items()?;
        let bytes = table
            .writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error);
        let bytes = bytes.map_err(csv::Error::from)?;
        Ok(String::from_utf8(bytes).expect("texts were written"))
    }
}

struct Table<'p, 's> {
    paper: &'p Paper<'s>,
    sites: String,
    computed_at: String,
    writer: Writer<Vec<u8>>,
}

impl<'s> Table<'_, 's> {
    /// A row about the whole period.
    fn of_period(&self, table: &'static str) -> Row<'s> {
        Row {
            from: self.paper.sitrep.from.to_string(),
            to: self.paper.sitrep.to.to_string(),
            table,
            ..Row::default()
        }
    }

    fn totals(&mut self) -> Result<(), ReportError> {
        let sitrep = self.paper.sitrep;
        for (table, counts) in [("period", &sitrep.totals), ("landed", &sitrep.landed)] {
            for of in sitrep.measures() {
                let by_age = sitrep.breakdown(Dimension::AgeGroup, of);
                let by_age = by_age.filter(|_| table == "period");
                let row = Row {
                    measure: Some(of),
                    figure: Some(counts.of(of)),
                    by_age: ["men", "women", "boys", "girls"]
                        .map(|code| by_age.and_then(|breakdown| breakdown.row(code))),
                    ..self.of_period(table)
                };
                self.write(&row)?;
            }
        }
        Ok(())
    }

    fn days(&mut self) -> Result<(), ReportError> {
        let sitrep = self.paper.sitrep;
        for day in &sitrep.days {
            self.counts(&day.counts, |row| Row {
                from: day.day.to_string(),
                to: day.day.to_string(),
                table: "day",
                ..row
            })?;
        }
        Ok(())
    }

    fn movements(&mut self) -> Result<(), ReportError> {
        let sitrep = self.paper.sitrep;
        for movement in &sitrep.movements {
            let country = movement.from_country.as_ref();
            self.counts(&movement.counts, |row| Row {
                from: movement.day.to_string(),
                to: movement.day.to_string(),
                table: "movement",
                movement: &movement.designator,
                movement_id: movement.movement.to_string(),
                site: &movement.to_site,
                departed_from: country.map_or("", domain::Country::as_str),
                ..row
            })?;
        }
        Ok(())
    }

    fn counts(
        &mut self,
        counts: &'s Counts,
        of: impl Fn(Row<'s>) -> Row<'s>,
    ) -> Result<(), ReportError> {
        let counted = |of: &Measure| counts.of(*of).value != Value::Unpublished;
        for measure in Measure::ALL.into_iter().filter(counted) {
            let row = of(Row {
                measure: Some(measure),
                figure: Some(counts.of(measure)),
                ..Row::default()
            });
            self.write(&row)?;
        }
        Ok(())
    }

    fn groups(&mut self) -> Result<(), ReportError> {
        for breakdown in &self.paper.sitrep.breakdowns {
            for group in &breakdown.rows {
                let row = Row {
                    measure: Some(breakdown.of),
                    dimension: Some(breakdown.by),
                    code: &group.code,
                    figure: Some(&group.figure),
                    ..self.of_period("group")
                };
                self.write(&row)?;
            }
        }
        Ok(())
    }

    fn items(&mut self) -> Result<(), ReportError> {
        for item in &self.paper.sitrep.items {
            let row = Row {
                measure: Some(Measure::Assisted),
                item: item.item.as_str(),
                figure: Some(&item.people),
                ..self.of_period("item")
            };
            self.write(&row)?;
            if let Some(quantity) = &item.quantity {
                let row = Row {
                    item: item.item.as_str(),
                    figure: Some(quantity),
                    ..self.of_period("given")
                };
                self.write(&row)?;
            }
        }
        for recovered in &self.paper.sitrep.recovered {
            let row = Row {
                item: recovered.item.as_str(),
                pieces: Some(recovered.pieces),
                ..self.of_period("given_by_recovery")
            };
            self.write(&row)?;
        }
        Ok(())
    }

    fn write(&mut self, row: &Row<'s>) -> Result<(), ReportError> {
        let paper = self.paper;
        let number = |figure: Option<&Figure>| {
            figure
                .and_then(Figure::shown)
                .map_or_else(String::new, |number| number.to_string())
        };
        let nothing = String::new;
        let (people, movements, pieces) = match (row.table, row.measure) {
            ("given", _) => (nothing(), nothing(), number(row.figure)),
            ("given_by_recovery", _) => {
                let pieces = row
                    .pieces
                    .map_or_else(String::new, |pieces| pieces.to_string());
                (nothing(), nothing(), pieces)
            }
            (_, Some(Measure::Movements)) => (nothing(), number(row.figure), nothing()),
            _ => (number(row.figure), nothing(), nothing()),
        };
        let coded = |by: Dimension| {
            let is = row.dimension == Some(by) && row.code != UNKNOWN;
            if is { row.code } else { "" }
        };
        let departed_from = coded(Dimension::DepartedFrom);
        let site = if row.site.is_empty() {
            &self.sites
        } else {
            row.site
        };
        let suppressed = match row.figure.map(|figure| figure.value) {
            Some(Value::Hidden) => "hidden",
            Some(Value::Unpublished) => "not_published",
            Some(Value::Shown(_)) | None => "",
        };
        let group_name = row.dimension.map(|by| code_word(paper.words, by, row.code));
        let item_name = || paper.words.word("item", row.item);
        let group_name = match (&group_name, row.item) {
            (Some(name), _) => name.clone(),
            (None, "") => String::new(),
            (None, _) => item_name(),
        };
        let stamp = &paper.sitrep.stamp;
        let trace = row.figure.and_then(|figure| figure.trace.as_ref());
        let cells: [String; COLUMNS.len()] = [
            row.from.clone(),
            row.to.clone(),
            safe(site),
            row.table.to_owned(),
            row.measure
                .map_or_else(String::new, |of| of.code().to_owned()),
            row.measure.map_or_else(String::new, |of| paper.measure(of)),
            row.dimension
                .map_or_else(String::new, |by| by.code().to_owned()),
            safe(row.code),
            safe(&group_name),
            if departed_from.is_empty() {
                row.departed_from
            } else {
                departed_from
            }
            .to_owned(),
            coded(Dimension::LastResidence).to_owned(),
            safe(coded(Dimension::Origin)),
            safe(coded(Dimension::Destination)),
            safe(row.item),
            safe(row.movement),
            row.movement_id.clone(),
            people,
            number(row.by_age[0]),
            number(row.by_age[1]),
            number(row.by_age[2]),
            number(row.by_age[3]),
            movements,
            pieces,
            suppressed.to_owned(),
            safe(&stamp.operation),
            self.computed_at.clone(),
            stamp.log_end.clone(),
            trace.map_or_else(String::new, crate::trace::Trace::key),
        ];
        self.writer.write_record(cells)?;
        Ok(())
    }
}

/// A text that no spreadsheet takes for a formula, without spaces around it and in one line.
fn safe(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.chars().next() {
        Some('=' | '+' | '-' | '@' | '#' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}') => {
            format!("'{line}")
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_text_begins_as_a_formula_does() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+33 1", "'+33 1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            ("\r\n=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("#adm1", "'#adm1"),
            ("Cap-Haïtien", "Cap-Haïtien"),
            ("", ""),
        ] {
            assert_eq!(safe(text), written, "{text:?}");
        }
    }
}
