//! What the columns of a manifest hold, or which flight of a message is meant: guessed, shown, and
//! corrected by hand. A file that is no table is told with what to do.

use formats::manifest::{
    Candidate, Field, Guess, ManifestError, ManifestFile, Mapped, Mapping, MappingSource,
};
use maud::{Markup, html};

use crate::catalogue::{Texts, say};
use crate::layout;
use crate::visit::Visit;

/// What each column holds, to be corrected by hand.
pub(super) fn columns(visit: &Visit, path: &str, file: &ManifestFile) -> Markup {
    let t = visit.t();
    if file.mapping_source == MappingSource::Fixed {
        return flights(visit, path, file);
    }
    html! {
        section.card {
            details.more {
                summary { (say!(t, "manifest-columns")) }
                div {
                    @if !file.other_sheets.is_empty() {
                        (layout::form(visit, path, html! {
                            p { (say!(t, "manifest-sheet", name = file.sheet.clone().unwrap_or_default())) }
                            p.actions { @for sheet in &file.other_sheets { button name="sheet" value=(sheet) { (sheet) } } }
                        }))
                        hr;
                    }
                    (layout::form(visit, path, html! {
                        @if file.mapping_source == MappingSource::Confirmed { (headerless()) }
                        (mapping_fields(t, &file.mapping))
                    }))
                }
            }
        }
    }
}

/// The other flights of a file, one of which may be the one that is meant.
fn flights(visit: &Visit, path: &str, file: &ManifestFile) -> Markup {
    let t = visit.t();
    html! {
        @if !file.other_sheets.is_empty() {
            section.card {
                (layout::form(visit, path, html! {
                    p { (say!(t, "manifest-flights", name = file.sheet.clone().unwrap_or_default())) }
                    p.actions { @for flight in &file.other_sheets { button name="sheet" value=(flight) { (flight) } } }
                }))
            }
        }
    }
}

/// Says with a form that the file has no header.
fn headerless() -> Markup {
    html! { input type="hidden" name="headerless" value="yes"; }
}

fn mapping_fields(t: Texts, mapping: &Mapping) -> Markup {
    html! {
        (column_choices(t, mapping, &[]))
        p.actions { button { (say!(t, "manifest-read-again")) } }
    }
}

/// What each column holds, with the first values of those that have no header to tell them by.
fn column_choices(t: Texts, mapping: &Mapping, examples: &[Vec<String>]) -> Markup {
    html! {
        div.form {
            @for (place, column) in mapping.columns.iter().enumerate() {
                div {
                    input type="hidden" name="header" value=(column.header);
                    label for={ "field-" (place) } { @if column.header.is_empty() { (say!(t, "manifest-column")) " " (place + 1) } @else { (column.header) } }
                    @if let Some(values) = examples.get(place).filter(|values| !values.is_empty()) { p.hint { (values.join(" · ")) } }
                    select id={ "field-" (place) } name="field" {
                        option value="" { (say!(t, "manifest-not-read")) }
                        @for field in Field::ALL {
                            option value=(field.code()) selected[column.field == Some(field)] { (t.word("column", field.code())) }
                        }
                    }
                }
            }
        }
    }
}

/// What the columns of a list without a header seem to hold: shown with examples, read once confirmed.
fn guessed(visit: &Visit, path: &str, guess: &Guess) -> Markup {
    let t = visit.t();
    html! {
        section.card.nextstep {
            h2 { (say!(t, "manifest-guess-title")) }
            p { (say!(t, "manifest-guess-text")) }
            (layout::form(visit, path, html! {
                @if guess.header_row.is_none() { (headerless()) }
                (column_choices(t, &guess.mapping, &guess.examples))
                p.actions { button.primary { (say!(t, "manifest-guess-confirm")) } }
            }))
        }
    }
}

/// In place of the row that holds the titles: none does.
const NO_TITLES: u32 = 0;

/// A list in which no row holds titles, whatever it looks like: each row is a person.
fn untitled(visit: &Visit, path: &str, candidates: &[Candidate], guess: Option<&Guess>) -> Markup {
    let t = visit.t();
    let rows = || candidates.iter().map(|candidate| &candidate.cells);
    let width = rows().map(Vec::len).max().unwrap_or(0);
    let field = |place: usize| guess?.mapping.columns.get(place)?.field;
    let columns = (0..width).map(|place| Mapped {
        header: String::new(),
        field: field(place),
    });
    let examples: Vec<Vec<String>> = (0..width)
        .map(|place| {
            let cells = rows().filter_map(|cells| cells.get(place));
            let filled = cells.filter(|cell| !cell.is_empty());
            filled.take(EXAMPLES_MAX).cloned().collect()
        })
        .collect();
    let mapping = Mapping {
        columns: columns.collect(),
    };
    html! {
        section.card { h2 { (say!(t, "manifest-columns")) }
            (layout::form(visit, path, html! {
                (headerless())
                (column_choices(t, &mapping, &examples))
                p.actions { button { (say!(t, "manifest-read-again")) } }
            }))
        }
    }
}

/// How many values of a column are shown.
const EXAMPLES_MAX: usize = 3;

/// A file that is no table, and what to do; a table without a header is mapped by hand.
pub(super) fn unreadable(visit: &Visit, path: &str, error: &ManifestError) -> Markup {
    let t = visit.t();
    let text = t.say(&format!("file-{}", error.code()));
    let chosen: Option<u32> = visit.guest.query.read("header");
    html! {
        div.notice.risk role="alert" tabindex="-1" autofocus data-refusal="wrong-file" {
            strong { (say!(t, "manifest-unreadable")) }
            p { (text) }
        }
        @match error {
            ManifestError::NoHeader { candidates, guess, .. } => {
                @if let Some(guess) = guess.as_ref().filter(|_| chosen.is_none()) { (guessed(visit, path, guess)) }
                @if chosen == Some(NO_TITLES) { (untitled(visit, path, candidates, guess.as_deref())) }
                @match candidates.iter().find(|candidate| Some(candidate.row) == chosen) {
                    Some(candidate) => {
                        section.card { h2 { (say!(t, "manifest-columns")) }
                            (layout::form(visit, path, mapping_fields(t, &Mapping {
                                columns: candidate.cells.iter().map(|header| Mapped { header: header.clone(), field: None }).collect(),
                            })))
                        }
                    }
                    None => {
                        section.card { h2 { (say!(t, "manifest-which-header")) }
                            ul.rows { @for candidate in candidates { li {
                                span.grow { (t.number(candidate.row)) ": " (candidate.cells.join(" · ")) }
                                a.button href={ (path) "?header=" (candidate.row) } { (say!(t, "manifest-is-header")) }
                            } } }
                            p.actions { a.button href={ (path) "?header=" (NO_TITLES) } { (say!(t, "manifest-no-titles")) } }
                        }
                    }
                }
            }
            ManifestError::NoSheet { sheets } => {
                (layout::form(visit, path, html! { p.actions { @for sheet in sheets { button name="sheet" value=(sheet) { (sheet) } } } }))
            }
            _ => {}
        }
    }
}
