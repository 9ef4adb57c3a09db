//! The form about who somebody is: shown, filled in from a manifest or a record, and read back.
//! Every field may stay empty; nobody is refused for what they do not say.

use domain::{Birth, Country, Day, Document, DocumentKind, PCode, Particulars, Sex};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::catalogue::{Texts, say};
use crate::component::{Filled, Tone, notice};
use crate::form::{Complaint, Typed};
use crate::moment::Clock;

/// How many documents a form offers room for.
const DOCUMENTS: usize = 2;

/// The fields, with what was typed.
pub(crate) fn fields(filled: Filled<'_>) -> Markup {
    let t = filled.t;
    let countries: Vec<_> = countries(t);
    let departments: Vec<_> = PCode::KNOWN
        .iter()
        .map(|code| (code.as_str().to_owned(), t.of(code)))
        .collect();
    html! {
        div.form {
            (filled.text("given_names", say!(t, "who-given-names")).focus())
            (filled.text("family_name", say!(t, "who-family-name")))
        }
        fieldset.short {
            legend.label { (say!(t, "who-sex")) }
            div.checks {
                @for (code, sex) in [("f", Sex::F), ("m", Sex::M), ("x", Sex::X)] {
                    label.check {
                        input type="radio" name="sex" value=(code) checked[filled.typed.get("sex") == code];
                        span { (if sex == Sex::F { say!(t, "who-female") } else if sex == Sex::M { say!(t, "who-male") } else { say!(t, "not-said") }) }
                    }
                }
            }
        }
        fieldset {
            legend.label { (say!(t, "who-birth")) }
            div.form {
                div.three {
                    (filled.number("birth_day", say!(t, "who-birth-day"), (1, 31)))
                    (filled.number("birth_month", say!(t, "who-birth-month"), (1, 12)))
                    (filled.number("birth_year", say!(t, "who-birth-year"), (1890, 2200)))
                }
                (filled.number("age", say!(t, "who-age"), (0, 125)).hint(say!(t, "who-age-hint")))
            }
        }
        div.form {
            (filled.text("mother_name", say!(t, "who-mother")))
            (filled.text("birthplace", say!(t, "who-birthplace")))
        }
        fieldset.short {
            legend.label { (say!(t, "who-nationalities")) }
            (filled.checks("nationality", &countries))
            (filled.text("nationality_other", say!(t, "who-nationality-other")).placeholder("PER, VEN".into()))
        }
        @for n in 0..DOCUMENTS {
            @let names = DOCUMENT_FIELDS[n];
            @if n == 0 || filled.typed.some(names.1).is_some() {
                div.form {
                    (filled.text(names.1, say!(t, "who-document")))
                    (filled.select(names.0, say!(t, "who-document-kind"), document_kinds(t)))
                }
            } @else {
                details.more { summary { (say!(t, "who-document-more")) }
                    div.form {
                        (filled.text(names.1, say!(t, "who-document")))
                        (filled.select(names.0, say!(t, "who-document-kind"), document_kinds(t)))
                    }
                }
            }
        }
        @if filled.complaint.is_some_and(|complaint| complaint.code == "document-held") {
            (notice(Tone::Wait, filled.check("document_shared", say!(t, "who-document-shared"))))
        }
        div.form {
            (filled.select("destination", say!(t, "who-destination"), departments.clone()).empty(say!(t, "not-said")))
            (filled.text("phone", say!(t, "who-phone")).kind("tel"))
        }
        details.more open[has_more(filled.typed)] {
            summary { (say!(t, "who-more")) }
            div.form {
                (filled.select("origin", say!(t, "who-origin"), departments).empty(say!(t, "not-said")))
                (filled.select("last_residence", say!(t, "who-last-residence"), countries.clone()).empty(say!(t, "not-said")))
                (filled.text("last_residence_other", say!(t, "who-country-other")).placeholder("PER".into()))
                (filled.select("country_of_birth", say!(t, "who-country-of-birth"), countries).empty(say!(t, "not-said")))
                (filled.text("country_of_birth_other", say!(t, "who-country-other")).placeholder("PER".into()))
            }
        }
    }
}

/// Names of the fields of each document: kind, number.
const DOCUMENT_FIELDS: [(&str, &str); DOCUMENTS] = [
    ("document_kind", "document_number"),
    ("document_kind_2", "document_number_2"),
];

fn has_more(typed: &Typed) -> bool {
    ["origin", "last_residence", "country_of_birth"]
        .iter()
        .any(|name| typed.some(name).is_some())
}

fn countries(t: Texts) -> Vec<(String, String)> {
    Country::OFFERED
        .iter()
        .map(|country| (country.to_string(), t.of(country)))
        .collect()
}

fn document_kinds(t: Texts) -> Vec<(String, String)> {
    DocumentKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), t.of(kind)))
        .collect()
}

/// What was typed, as particulars. `today` is the day on which an age was said.
pub(crate) fn read(t: Texts, typed: &Typed, today: Date) -> Result<Particulars, Complaint> {
    let text = |name| typed.some(name).map(str::to_owned);
    let wrong_country = |field| Complaint {
        field: Some(field),
        text: say!(t, "wrong-country"),
        code: "wrong-country",
    };
    let country = |name: &'static str, other: &'static str| match typed.some(other) {
        Some(code) => code.parse().map(Some).map_err(|_| wrong_country(other)),
        None => Ok(typed.read::<Country>(name)),
    };
    let mut nationalities: Vec<Country> = typed
        .all("nationality")
        .filter_map(|code| code.parse().ok())
        .collect();
    for code in typed
        .get("nationality_other")
        .split([',', ' ', ';'])
        .filter(|code| !code.is_empty())
    {
        nationalities.push(
            code.parse()
                .map_err(|_| wrong_country("nationality_other"))?,
        );
    }
    nationalities.dedup();
    let documents = DOCUMENT_FIELDS
        .iter()
        .filter_map(|(kind, number)| {
            let kind = DocumentKind::from_code(typed.get(kind)).unwrap_or(DocumentKind::Other);
            Some(Document::new(kind, typed.some(number)?, None))
        })
        .filter(|document| !document.number.is_empty())
        .collect();
    Ok(Particulars {
        given_names: typed.get("given_names").to_owned(),
        family_name: typed.get("family_name").to_owned(),
        sex: match typed.get("sex") {
            "f" => Some(Sex::F),
            "m" => Some(Sex::M),
            "x" => Some(Sex::X),
            _ => None,
        },
        birth: birth(t, typed, today)?,
        mother_name: text("mother_name"),
        birthplace: text("birthplace"),
        country_of_birth: country("country_of_birth", "country_of_birth_other")?,
        nationalities,
        documents,
        phone: text("phone"),
        destination: typed.some("destination").and_then(PCode::known),
        last_residence: country("last_residence", "last_residence_other")?,
        origin: typed.some("origin").and_then(PCode::known),
    })
}

/// A whole date, or a year, or an age.
fn birth(t: Texts, typed: &Typed, today: Date) -> Result<Option<Birth>, Complaint> {
    let wrong = |field| Complaint {
        field: Some(field),
        text: say!(t, "wrong-date"),
        code: "wrong-date",
    };
    let number = |name: &'static str| match typed.some(name) {
        None => Ok(None),
        Some(text) => text.parse::<i16>().map(Some).map_err(|_| wrong(name)),
    };
    let (day, month, year) = (
        number("birth_day")?,
        number("birth_month")?,
        number("birth_year")?,
    );
    let age = number("age")?;
    if age.is_some() && (day.is_some() || month.is_some() || year.is_some()) {
        // Only one of them would be kept, and the other lost without a word.
        return Err(Complaint {
            field: Some("age"),
            text: say!(t, "wrong-birth-and-age"),
            code: "wrong-date",
        });
    }
    match (day, month, year, age) {
        (Some(day), Some(month), Some(year), _) => {
            let (Ok(day), Ok(month)) = (i8::try_from(day), i8::try_from(month)) else {
                return Err(wrong("birth_day"));
            };
            Date::new(year, month, day)
                .map(|date| Some(Birth::On(Day(date))))
                .map_err(|_| wrong("birth_day"))
        }
        // Day or month alone say nothing that can be kept; the year does.
        (None, _, Some(year), _) | (_, None, Some(year), _) => Ok(Some(Birth::Year(year))),
        (None, None, None, Some(years)) if (0..=125).contains(&years) => Ok(Some(Birth::Aged {
            years,
            on: Day(today),
        })),
        (None, None, None, None) => Ok(None),
        (None, None, None, Some(_)) => Err(wrong("age")),
        _ => Err(wrong("birth_year")),
    }
}

/// The form filled in from what is known.
pub(crate) fn filled_from(particulars: &Particulars) -> Typed {
    let mut typed = Typed::default()
        .with("given_names", &*particulars.given_names)
        .with("family_name", &*particulars.family_name);
    if let Some(sex) = particulars.sex {
        typed = typed.with(
            "sex",
            match sex {
                Sex::F => "f",
                Sex::M => "m",
                Sex::X => "x",
            },
        );
    }
    typed = match particulars.birth {
        Some(Birth::On(Day(date))) => typed
            .with("birth_day", date.day().to_string())
            .with("birth_month", date.month().to_string())
            .with("birth_year", date.year().to_string()),
        Some(Birth::Year(year)) => typed.with("birth_year", year.to_string()),
        Some(Birth::Aged { years, .. }) => typed.with("age", years.to_string()),
        None => typed,
    };
    let texts = [
        ("mother_name", &particulars.mother_name),
        ("birthplace", &particulars.birthplace),
        ("phone", &particulars.phone),
    ];
    for (name, text) in texts {
        typed = typed.with(name, text.clone().unwrap_or_default());
    }
    let mut others = Vec::new();
    for country in &particulars.nationalities {
        if Country::OFFERED.contains(country) {
            typed = typed.with("nationality", country.to_string());
        } else {
            others.push(country.to_string());
        }
    }
    typed = typed.with("nationality_other", others.join(", "));
    for ((kind, number), document) in DOCUMENT_FIELDS.iter().zip(&particulars.documents) {
        typed = typed
            .with(kind, document.kind.code())
            .with(number, &*document.number);
    }
    let countries = [
        (
            "country_of_birth",
            "country_of_birth_other",
            particulars.country_of_birth,
        ),
        (
            "last_residence",
            "last_residence_other",
            particulars.last_residence,
        ),
    ];
    for (name, other, country) in countries {
        if let Some(country) = country {
            let name = if Country::OFFERED.contains(&country) {
                name
            } else {
                other
            };
            typed = typed.with(name, country.to_string());
        }
    }
    for (name, place) in [
        ("destination", &particulars.destination),
        ("origin", &particulars.origin),
    ] {
        if let Some(place) = place {
            typed = typed.with(name, place.as_str());
        }
    }
    typed
}

/// A birth as people read it.
pub(crate) fn birth_words(t: Texts, clock: &Clock, birth: Option<Birth>, today: Date) -> String {
    match birth {
        None => say!(t, "not-said"),
        Some(birth) => {
            let age = birth.age_on(today);
            match birth {
                Birth::On(Day(date)) => say!(t, "who-born-on", date = clock.date(date), age = age),
                Birth::Year(year) => say!(t, "who-born-in", year = year.to_string(), age = age),
                Birth::Aged { .. } => say!(t, "who-aged", age = age),
            }
        }
    }
}

/// Sex and age in a few characters, for lists: `F · 29`.
pub(crate) fn short(t: Texts, particulars: &Particulars, today: Date) -> String {
    let sex = particulars.sex.map(|sex| t.of(&sex));
    let age = particulars.age_on(today).map(|age| age.to_string());
    sex.into_iter().chain(age).collect::<Vec<_>>().join(" · ")
}

/// Everything known of somebody, as a list of facts.
pub(crate) fn facts(t: Texts, clock: &Clock, particulars: &Particulars, today: Date) -> Markup {
    let country = |country: Option<Country>| country.map(|country| t.of(&country));
    let department = |code: &Option<PCode>| code.as_ref().map(|code| t.of(code));
    let nationalities: Vec<_> = particulars
        .nationalities
        .iter()
        .map(|country| t.of(country))
        .collect();
    let documents: Vec<_> = particulars
        .documents
        .iter()
        .map(|document| format!("{} {}", t.of(&document.kind), document.number))
        .collect();
    let some = |list: Vec<String>| Some(list.join(", ")).filter(|text| !text.is_empty());
    let facts = [
        (
            say!(t, "who-sex"),
            particulars.sex.map(|sex| match sex {
                Sex::F => say!(t, "who-female"),
                Sex::M => say!(t, "who-male"),
                Sex::X => say!(t, "not-said"),
            }),
        ),
        (
            say!(t, "who-birth"),
            particulars
                .birth
                .map(|birth| birth_words(t, clock, Some(birth), today)),
        ),
        (say!(t, "who-mother"), particulars.mother_name.clone()),
        (say!(t, "who-birthplace"), particulars.birthplace.clone()),
        (
            say!(t, "who-country-of-birth"),
            country(particulars.country_of_birth),
        ),
        (t.word("column", "nationality"), some(nationalities)),
        (t.word("column", "document-number"), some(documents)),
        (say!(t, "who-phone"), particulars.phone.clone()),
        (
            say!(t, "who-destination"),
            department(&particulars.destination),
        ),
        (say!(t, "who-origin"), department(&particulars.origin)),
        (
            say!(t, "who-last-residence"),
            country(particulars.last_residence),
        ),
    ];
    html! {
        dl {
            @for (name, value) in facts {
                @if let Some(value) = value { dt { (name) } dd { (value) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use jiff::civil::date;

    const TODAY: Date = date(2021, 9, 24);

    fn t() -> Texts {
        Texts::new(Language::English)
    }

    #[test]
    fn what_is_known_comes_back_from_the_form_as_it_went_in() {
        let known = Particulars {
            given_names: "Demo Ana".into(),
            family_name: "Demo-Pierre".into(),
            sex: Some(Sex::F),
            birth: Some(Birth::On(Day(date(1990, 12, 3)))),
            mother_name: Some("Demo Rose".into()),
            birthplace: Some("Gonaïves".into()),
            country_of_birth: Some("PER".parse().unwrap()),
            nationalities: vec![Country::HTI, "VEN".parse().unwrap()],
            documents: vec![Document::new(DocumentKind::Passport, "HA123", None)],
            phone: Some("+509 0000 0000".into()),
            destination: Some(PCode::HT05),
            last_residence: Some(Country::CHL),
            origin: Some(PCode::HT01),
        };
        assert_eq!(read(t(), &filled_from(&known), TODAY).unwrap(), known);
    }

    #[test]
    fn a_year_alone_or_an_age_alone_is_enough() {
        let typed = Typed::default().with("birth_year", "1990");
        assert_eq!(
            read(t(), &typed, TODAY).unwrap().birth,
            Some(Birth::Year(1990))
        );
        let typed = Typed::default().with("age", "30");
        let aged = Birth::Aged {
            years: 30,
            on: Day(TODAY),
        };
        assert_eq!(read(t(), &typed, TODAY).unwrap().birth, Some(aged));
    }

    #[test]
    fn an_age_beside_a_date_of_birth_is_asked_about() {
        let typed = Typed::default()
            .with("birth_year", "1990")
            .with("age", "30");
        let complaint = read(t(), &typed, TODAY).unwrap_err();
        assert_eq!(complaint.field, Some("age"));
    }

    #[test]
    fn a_day_that_does_not_exist_is_said_beside_the_day() {
        let typed = Typed::default()
            .with("birth_day", "31")
            .with("birth_month", "2")
            .with("birth_year", "1990");
        assert_eq!(
            read(t(), &typed, TODAY).unwrap_err().field,
            Some("birth_day")
        );
    }
}
