//! Records and the frequencies of names as Splink reads them: CSV, nothing where nothing is known.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::frequency_column;
use crate::compare::Field;
use crate::frequency::Part;
use crate::link::Linkage;
use crate::model::{LEAST, Model, Weights, borne};
use crate::record::View;

/// How the names are called in columns: tokens, the rare of them, the whole.
#[derive(Clone, Copy)]
pub(super) struct Name {
    pub column: &'static str,
    pub part: Part,
}

pub(super) const GIVEN: Name = Name {
    column: "given",
    part: Part::Given,
};
pub(super) const FAMILY: Name = Name {
    column: "family",
    part: Part::Family,
};
pub(super) const MOTHER: Name = Name {
    column: "mother",
    part: Part::Mother,
};

impl Linkage {
    /// The records made ready, as CSV, called by ids that are written as they stand: as fields of CSV.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write_splink_records(
        &self,
        ids: impl Iterator<Item = String>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let levels = 1..Field::BirthDate.levels().len();
        let birth_years: Vec<String> = levels.map(|level| format!(",birth_year_{level}")).collect();
        writeln!(
            out,
            "record_id,given,given_rare,given_whole,family,family_rare,family_whole,mother,mother_rare,mother_whole,\
             names_whole,sex,birth_year,birth_day,birth_exchanged,place,phone,document{}",
            birth_years.concat()
        )?;
        for (place, id) in (0_u32..).zip(ids) {
            let view = self.records.view(place);
            write!(out, "{id}")?;
            for (name, tokens) in [
                (GIVEN, view.given),
                (FAMILY, view.family),
                (MOTHER, view.mother),
            ] {
                self.write_name(name, tokens, &view, out)?;
            }
            let record = view.record;
            let sex = ["", "f", "m"].get(usize::from(record.sex)).unwrap_or(&"");
            write!(out, ",{},{sex}", whole(record.names_whole))?;
            let year = record
                .birth
                .year()
                .map_or_else(String::new, |year| year.to_string());
            let (day, exchanged) =
                record
                    .birth
                    .month_and_day()
                    .map_or_else(Default::default, |(month, day)| {
                        (
                            format!("{month:02}-{day:02}"),
                            format!("{day:02}-{month:02}"),
                        )
                    });
            write!(
                out,
                ",{year},{day},{exchanged},{},{},{}",
                whole(record.place),
                whole(record.phone),
                record.document.text()
            )?;
            for _ in 1..Field::BirthDate.levels().len() {
                write!(out, ",{year}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn write_name(
        &self,
        name: Name,
        tokens: &[u32],
        view: &View<'_>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let lexicon = &self.records.lexicon;
        let joined = |texts: Vec<String>| texts.join(" ");
        let all = tokens
            .iter()
            .map(|token| format!("{}~{:x}", lexicon.text(*token), lexicon.sound(*token)));
        let rare = tokens
            .iter()
            .map(|token| lexicon.sound(*token))
            .filter(|sound| self.frequencies.is_rare(name.part, *sound))
            .map(|sound| format!("{sound:x}"));
        write!(
            out,
            ",{},{},{}",
            joined(all.collect()),
            joined(rare.collect()),
            whole(name.part.of(view.record))
        )
    }

    /// Tables of term frequencies, by the column they belong to: value and share, as CSV with a header.
    pub fn splink_frequencies(&self, model: &Model) -> BTreeMap<String, String> {
        let weights = Weights::of(model);
        let mut tables = BTreeMap::new();
        for field in Field::ALL {
            for level in 0..field.levels().len() {
                let Some(part) = borne(field, level) else {
                    continue;
                };
                let column = frequency_column(field, level);
                let any = model.any[field as usize][level].max(LEAST);
                let usual = weights.usual(part);
                let mut values: Vec<u32> = self
                    .records
                    .all()
                    .iter()
                    .map(|record| part.of(record))
                    .collect();
                values.sort_unstable();
                values.dedup();
                let mut table = format!("{column},tf_{column}\n");
                for value in values.into_iter().filter(|value| *value != 0) {
                    let share = self.frequencies.share(part, value, usual) * any / usual;
                    let value = if part == Part::Year {
                        value.to_string()
                    } else {
                        whole(value)
                    };
                    writeln!(table, "{value},{share:e}").expect("text is written");
                }
                tables.insert(column, table);
            }
        }
        tables
    }
}

fn whole(hash: u32) -> String {
    if hash == 0 {
        String::new()
    } else {
        format!("{hash:x}")
    }
}
