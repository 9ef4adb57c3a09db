//! Manifests as the demo's senders write them: CSV in three languages and two encodings, with titles
//! above the list, and now and then a row that is nobody. Bytes out, so that the demo reads them as
//! it would read anybody's file.

use domain::{Birth, Day, Particulars, Sex};
use jiff::civil::Date;

/// How a sender writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// English, commas, month before day.
    English,
    /// French, semicolons, day before month, in Windows-1252 as older offices save it.
    French,
    /// Spanish, commas, day before month.
    Spanish,
}

impl Style {
    /// The style of the nth movement of a route.
    pub const fn of_flight(number: usize) -> Self {
        match number % 3 {
            0 => Self::English,
            1 => Self::French,
            _ => Self::Spanish,
        }
    }

    const fn header(self) -> [&'static str; 8] {
        match self {
            Self::English => [
                "No.",
                "Last name",
                "First name",
                "Sex",
                "Date of birth",
                "Age",
                "Nationality",
                "Document number",
            ],
            Self::French => [
                "N°",
                "Nom",
                "Prénom",
                "Sexe",
                "Date de naissance",
                "Âge",
                "Nationalité",
                "N° document",
            ],
            Self::Spanish => [
                "Nro.",
                "Apellidos",
                "Nombres",
                "Sexo",
                "Fecha de nacimiento",
                "Edad",
                "Nacionalidad",
                "Número de documento",
            ],
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::English => "Passenger manifest (invented people)",
            Self::French => "Manifeste des passagers (personnes inventées)",
            Self::Spanish => "Lista de pasajeros (personas inventadas)",
        }
    }

    const fn separator(self) -> &'static str {
        match self {
            Self::French => ";",
            Self::English | Self::Spanish => ",",
        }
    }

    fn date(self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self {
            Self::English => format!("{month:02}/{day:02}/{year}"),
            Self::French | Self::Spanish => format!("{day:02}/{month:02}/{year}"),
        }
    }

    /// Women and men; in Spanish M would stand for either.
    const fn sex(self, sex: Option<Sex>) -> &'static str {
        match (self, sex) {
            (_, None | Some(Sex::X)) => "",
            (Self::Spanish, Some(Sex::F)) => "Mujer",
            (Self::Spanish, Some(Sex::M)) => "Hombre",
            (_, Some(Sex::F)) => "F",
            (_, Some(Sex::M)) => "M",
        }
    }

    /// Every character of the demo's names is in Latin-1, whose codes are those of Windows-1252.
    fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::French => text
                .chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
                .collect(),
            Self::English | Self::Spanish => text.as_bytes().to_vec(),
        }
    }
}

/// A manifest and where in it everybody stands.
#[derive(Debug)]
pub struct ManifestFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its name.
    pub name: String,
    /// The row of each person, as a spreadsheet counts.
    pub rows: Vec<u32>,
}

/// Writes a manifest. After the tenth person of every fourth movement stands a row without a name.
pub fn write(movement: &str, number: usize, people: &[&Particulars]) -> ManifestFile {
    let style = Style::of_flight(number);
    let mut lines = vec![
        format!("{} {movement}", style.title()),
        String::new(),
        style.header().join(style.separator()),
    ];
    let mut rows = Vec::with_capacity(people.len());
    for (place, who) in people.iter().enumerate() {
        if place == 10 && number % 4 == 3 {
            lines.push(["", "", "", "M", "", "30", "HTI", ""].join(style.separator()));
        }
        lines.push(row(style, place + 1, who));
        rows.push(u32::try_from(lines.len()).expect("a manifest is short"));
    }
    lines.push(String::new());
    ManifestFile {
        bytes: style.encode(&lines.join("\r\n")),
        name: format!("{}.csv", movement.to_lowercase().replace(' ', "-")),
        rows,
    }
}

fn row(style: Style, number: usize, who: &Particulars) -> String {
    let (birth, age) = match who.birth {
        Some(Birth::On(Day(date))) => (style.date(date), String::new()),
        Some(Birth::Year(year)) => (year.to_string(), String::new()),
        Some(Birth::Aged { years, .. }) => (String::new(), years.to_string()),
        None => (String::new(), String::new()),
    };
    let nationalities: Vec<_> = who
        .nationalities
        .iter()
        .map(domain::Country::as_str)
        .collect();
    let document = who
        .documents
        .first()
        .map_or("", |document| document.number.as_str());
    [
        number.to_string().as_str(),
        &who.family_name,
        &who.given_names,
        style.sex(who.sex),
        &birth,
        &age,
        &nationalities.join("/"),
        document,
    ]
    .join(style.separator())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::people::People;
    use crate::demo::plan::{Groups, Route};
    use formats::manifest::{Options, read};
    use jiff::civil::date;

    #[test]
    fn every_style_is_read_back_as_it_was_meant_and_the_row_without_a_name_is_refused() {
        let landing = date(2021, 9, 19);
        let groups = Groups {
            men: 60,
            women: 27,
            boys: 13,
            girls: 12,
        };
        let travellers = People::seeded(1).of(groups, Route::UsaPap, landing);
        let people: Vec<_> = travellers
            .iter()
            .map(|traveller| &traveller.particulars)
            .collect();
        for number in 0..12 {
            let file = write("DEMO 101", number, &people);
            let manifest = read(&file.bytes, &file.name, &Options::new(landing)).unwrap();
            assert_eq!(manifest.question, None, "{number}");
            assert_eq!(manifest.people.len(), people.len(), "{number}");
            assert_eq!(manifest.counts.refused, usize::from(number % 4 == 3));
            for ((read, meant), row) in manifest.people.iter().zip(&people).zip(&file.rows) {
                assert_eq!(read.row, *row);
                assert_eq!(read.particulars.full_name(), meant.full_name());
                assert_eq!(read.particulars.sex, meant.sex);
                assert_eq!(read.particulars.birth, meant.birth);
                assert_eq!(read.particulars.nationalities, meant.nationalities);
                let numbers = |who: &Particulars| -> Vec<String> {
                    who.documents
                        .iter()
                        .map(|document| document.number.clone())
                        .collect()
                };
                assert_eq!(numbers(&read.particulars), numbers(meant));
            }
        }
    }
}
