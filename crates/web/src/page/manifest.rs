//! Taking in a manifest: the file is read and shown with everything that is wrong in it and all that
//! it would change; nothing is recorded before somebody has looked and confirmed.

mod columns;

use std::sync::Arc;

use axum::Form;
use axum::extract::{Multipart, Path};
use axum::response::Response;
use domain::{
    Changes, Command, Confirmed, ImportId, Known, ListedPerson, Movement, MovementId, Particulars,
    Permission as P,
};
use formats::manifest::{
    BYTES_MAX, DateOrder, Field, ManifestError, ManifestFile, Mapped, Mapping, Options, Problem,
    Question, Severity, read,
};
use maud::{Markup, html};
use uuid::Uuid;

use crate::catalogue::{Texts, say};
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, fresh_id, made_by};
use crate::layout::{self, Place};
use crate::page::movement::name;
use crate::particulars;
use crate::visit::{Guest, Trouble, Visit, id, see_other};

type Posted = Form<Vec<(String, String)>>;

/// Longest lists of problems and changes shown; the rest is counted.
const SHOWN_MAX: usize = 200;

/// An uploaded file that waits to be confirmed, with the answers given about it so far.
#[derive(Clone)]
pub(crate) struct Draft {
    movement: MovementId,
    user: domain::UserId,
    name: String,
    bytes: Arc<[u8]>,
    mapping: Option<Mapping>,
    date_order: Option<DateOrder>,
    sheet: Option<String>,
    /// What the columns of a file without a header hold, as somebody confirmed it.
    without_header: Option<Mapping>,
}

pub(crate) async fn choose(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| choose_page(visit, id(&text, MovementId)?, None))
        .await
}

fn choose_page(
    visit: &Visit,
    movement: MovementId,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::ManageMovements])?;
    let t = visit.t();
    let movement = movement_of(visit, movement)?;
    let title = format!("{}: {}", name(visit, &movement), say!(t, "manifest-import"));
    let typed = Typed::default();
    let filled = Filled::new(t, &typed, complaint);
    let content = html! {
        h1 { (title) }
        section.card {
            form.stack method="post" action={ "/movements/" (movement.id) "/manifest" } enctype="multipart/form-data" {
                (layout::hidden(visit))
                (filled.summary())
                div {
                    label for="file" { (say!(t, "manifest-file")) }
                    input id="file" name="file" type="file" required accept=".csv,.txt,.tsv,.xlsx,.edi,.edifact,.eml,text/csv,text/plain";
                    p.hint { (say!(t, "manifest-file-hint")) }
                }
                button.primary { (say!(t, "manifest-look")) }
            }
        }
        (notice(Tone::Calm, say!(t, "manifest-safe")))
    };
    Ok(layout::refused(
        layout::page(visit, Place::Movements, &title, content),
        complaint,
    ))
}

fn movement_of(visit: &Visit, movement: MovementId) -> Result<Movement, Failure> {
    visit.read(|register| register.movement(movement)?.ok_or(Failure::NotFound))
}

pub(crate) async fn upload(
    guest: Guest,
    Path(text): Path<String>,
    mut multipart: Multipart,
) -> Response {
    let mut typed = Typed::default();
    let mut file: Option<(String, Vec<u8>)> = None;
    // What does not come to its end is as if it had no file: the page says so.
    while let Ok(Some(field)) = multipart.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or_default().to_owned();
            file = field
                .bytes()
                .await
                .ok()
                .map(|bytes| (file_name, bytes.to_vec()));
        } else if let Ok(value) = field.text().await {
            typed = typed.with(&name, value);
        }
    }
    guest
        .post(typed, move |visit, _| {
            uploaded(visit, id(&text, MovementId)?, file)
        })
        .await
}

fn uploaded(
    visit: &Visit,
    movement: MovementId,
    file: Option<(String, Vec<u8>)>,
) -> Result<Response, Failure> {
    visit.need(&[P::ManageMovements])?;
    let t = visit.t();
    let Some((name, bytes)) = file.filter(|(_, bytes)| !bytes.is_empty()) else {
        let complaint = visit.complain("file", "wrong-file", say!(t, "file-empty"));
        return choose_page(visit, movement, Some(&complaint));
    };
    if bytes.len() > BYTES_MAX {
        let complaint = visit.complain("file", "wrong-file", say!(t, "file-too-large"));
        return choose_page(visit, movement, Some(&complaint));
    }
    let draft = Draft {
        movement: movement_of(visit, movement)?.id,
        user: visit.user.id,
        name,
        bytes: bytes.into(),
        mapping: None,
        date_order: None,
        sheet: None,
        without_header: None,
    };
    let key = fresh_id();
    visit.guest.app.drafts.keep(key, draft);
    Ok(see_other(&format!("/movements/{movement}/manifest/{key}")))
}

pub(crate) async fn preview(guest: Guest, Path((text, key)): Path<(String, String)>) -> Response {
    guest
        .visit(move |visit| {
            let movement = id(&text, MovementId)?;
            preview_page(
                visit,
                movement,
                id(&key, |key| key)?,
                &Typed::default(),
                None,
            )
        })
        .await
}

/// Reads the file again with other answers, or takes it in.
pub(crate) async fn decide(
    guest: Guest,
    Path((text, key)): Path<(String, String)>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            let (movement, key) = (id(&text, MovementId)?, id(&key, |key| key)?);
            visit.need(&[P::ManageMovements])?;
            let Some(draft) = draft_of(visit, movement, key) else {
                return Ok(see_other(&format!("/movements/{movement}/manifest")));
            };
            if typed.get("action") == "take" {
                take(visit, &draft, key, typed)
            } else {
                visit.guest.app.drafts.keep(key, answered(draft, typed));
                Ok(see_other(&format!("/movements/{movement}/manifest/{key}")))
            }
        })
        .await
}

fn draft_of(visit: &Visit, movement: MovementId, key: Uuid) -> Option<Draft> {
    let draft = visit.guest.app.drafts.get(&key)?;
    (draft.movement == movement && draft.user == visit.user.id).then_some(draft)
}

/// The draft with what the form says about columns, dates and sheet.
fn answered(mut draft: Draft, typed: &Typed) -> Draft {
    let columns: Vec<Mapped> = typed
        .all_raw("header")
        .zip(typed.all_raw("field"))
        .map(|(header, field)| Mapped {
            header: header.to_owned(),
            field: Field::from_code(field),
        })
        .collect();
    if !columns.is_empty() {
        let mapping = Some(Mapping { columns });
        if typed.ticked("headerless") {
            draft.without_header = mapping;
        } else {
            draft.mapping = mapping;
        }
    }
    match typed.get("date_order") {
        "day" => draft.date_order = Some(DateOrder::DayFirst),
        "month" => draft.date_order = Some(DateOrder::MonthFirst),
        _ => {}
    }
    if let Some(sheet) = typed.some("sheet") {
        if draft.sheet.as_deref() != Some(sheet) {
            draft.mapping = None;
            draft.without_header = None;
        }
        draft.sheet = Some(sheet.to_owned());
    }
    draft
}

fn open(visit: &Visit, draft: &Draft, movement: &Movement) -> Result<ManifestFile, ManifestError> {
    let mut options = Options::new(as_of(visit, movement));
    options.movement = Some(movement.designator.clone());
    options.date_order = draft.date_order;
    options.sheet.clone_from(&draft.sheet);
    options.mappings = draft.mapping.clone().into_iter().collect();
    options.without_header.clone_from(&draft.without_header);
    let file = read(&draft.bytes, &draft.name, &options)?;
    if draft.mapping.is_some() || !file.mapping_source.is_of_headers() {
        return Ok(file);
    }
    // A file with these headers was mapped by somebody before.
    let headers: Vec<String> = file
        .mapping
        .columns
        .iter()
        .map(|column| column.header.clone())
        .collect();
    match visit.guest.app.node.mapping_for(&headers) {
        Ok(Some(saved)) if saved != file.mapping => {
            options.mappings = vec![saved];
            read(&draft.bytes, &draft.name, &options)
        }
        _ => Ok(file),
    }
}

fn take(visit: &Visit, draft: &Draft, key: Uuid, typed: &Typed) -> Result<Response, Failure> {
    let movement = movement_of(visit, draft.movement)?;
    let request = typed.request().ok_or(Failure::Stale)?;
    let Ok(file) = open(visit, draft, &movement) else {
        return preview_page(visit, movement.id, key, typed, None);
    };
    if file.question.is_some() {
        return preview_page(visit, movement.id, key, typed, None);
    }
    if let Some(flight) = other_flight(visit, &file, &movement)?
        && !typed.ticked("movement_confirmed")
    {
        let t = visit.t();
        let text = say!(t, "manifest-other-flight", flight = flight);
        let complaint = visit.complain("movement_confirmed", "manifest-other-flight", text);
        return preview_page(visit, movement.id, key, typed, Some(&complaint));
    }
    let mapping = file.mapping_to_keep().cloned();
    let mut importing = file.importing(ImportId(made_by(request, 1)), movement.id);
    importing.confirmed = Confirmed {
        elsewhere: typed.ticked("elsewhere_confirmed"),
        replaces: typed.ticked("replaces_confirmed"),
        nobody_erased: typed.ticked("erased_confirmed"),
    };
    let command = Command::ImportManifest(Box::new(importing));
    match visit.execute(typed, command) {
        Ok(said) => {
            if let Some(mapping) = mapping {
                let headers = mapping.columns.iter().map(|column| column.header.clone());
                let headers: Vec<String> = headers.collect();
                // The list is in; that its columns are not remembered costs a moment next time.
                if let Err(error) = visit.guest.app.node.keep_mapping(&headers, &mapping) {
                    tracing::warn!(%error, "the column mapping was not kept");
                }
            }
            Ok(visit.go(&format!("/movements/{}", movement.id), said))
        }
        Err(Trouble::Refused(complaint)) => {
            preview_page(visit, movement.id, key, typed, Some(&complaint))
        }
        Err(Trouble::Failed(failure)) => Err(failure),
    }
}

/// What the file is about, where that is another movement.
fn other_flight(
    visit: &Visit,
    file: &ManifestFile,
    movement: &Movement,
) -> Result<Option<String>, Failure> {
    let others = visit.read(|register| Ok(register.other_open_names(movement.id)?))?;
    let others = others.iter().map(String::as_str);
    Ok(file.about_another(&movement.designator, as_of(visit, movement), others))
}

/// The day the list speaks of: always the one announced, so that the same file gives the same
/// people however late the movement is.
fn as_of(visit: &Visit, movement: &Movement) -> jiff::civil::Date {
    visit.clock.day(movement.expected)
}

fn preview_page(
    visit: &Visit,
    movement: MovementId,
    key: Uuid,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::ManageMovements])?;
    let t = visit.t();
    let Some(draft) = draft_of(visit, movement, key) else {
        return Ok(see_other(&format!("/movements/{movement}/manifest")));
    };
    let (movement, lines) = visit.read(|register| {
        let movement = register.movement(movement)?.ok_or(Failure::NotFound)?;
        Ok((movement, register.lines(draft.movement)?))
    })?;
    let title = format!("{}: {}", name(visit, &movement), say!(t, "manifest-import"));
    let path = format!("/movements/{}/manifest/{key}", movement.id);
    let content = match open(visit, &draft, &movement) {
        Ok(file) => {
            let changes = file.changes(&lines);
            let other = other_flight(visit, &file, &movement)?;
            let filled = Filled::new(t, typed, complaint);
            // Only the rules know; once asked, it is asked until all is answered at once.
            let elsewhere = typed.ticked("elsewhere_confirmed")
                || complaint.is_some_and(|complaint| complaint.code == "manifest-elsewhere");
            html! {
                h1 { (title) }
                p.muted { (draft.name) }
                (filled.summary())
                (summary(t, &file))
                @if let Some(question) = &file.question { (asks(visit, &path, question)) }
                @else { (what_changes(visit, &path, &file, &changes, &lines, elsewhere, other.as_deref())) }
                (problems(t, &file.problems))
                (columns::columns(visit, &path, &file))
            }
        }
        Err(error) => html! {
            h1 { (title) }
            p.muted { (draft.name) }
            (columns::unreadable(visit, &path, &error))
            p.actions { a.button href={ "/movements/" (movement.id) "/manifest" } { (say!(t, "manifest-other-file")) } }
        },
    };
    Ok(layout::refused(
        layout::page(visit, Place::Movements, &title, content),
        complaint,
    ))
}

fn number(t: Texts, count: usize) -> String {
    t.number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn summary(t: Texts, file: &ManifestFile) -> Markup {
    html! {
        section.card {
            h2 { (say!(t, "manifest-read")) }
            ol.steps {
                li.w-8 { b { (number(t, file.counts.people)) } span { (say!(t, "manifest-people")) } }
                li.w-5 { b { (number(t, file.counts.refused)) } span { (say!(t, "manifest-refused")) } }
                li.w-5 { b { (number(t, file.counts.skipped)) } span { (say!(t, "manifest-skipped")) } }
            }
            @if !file.titles.is_empty() {
                p.small.muted { (say!(t, "manifest-titles")) " " (file.titles.join(" · ")) }
            }
        }
    }
}

/// Day or month first: asked, never guessed.
fn asks(visit: &Visit, path: &str, question: &Question) -> Markup {
    let t = visit.t();
    let Question::DateOrder { examples } = question;
    html! {
        section.card.nextstep {
            h2 { (say!(t, "manifest-order-title")) }
            p { (say!(t, "manifest-order-text")) }
            table {
                thead { tr { th { (say!(t, "manifest-row")) } th { (say!(t, "manifest-cell")) } th { (say!(t, "manifest-day-first")) } th { (say!(t, "manifest-month-first")) } } }
                tbody { @for example in examples { tr {
                    td { (t.number(example.row)) } td { (example.text.0) }
                    td { (visit.clock.date(example.day_first)) } td { (visit.clock.date(example.month_first)) }
                } } }
            }
            (layout::form(visit, path, html! {
                p.actions {
                    button.primary name="date_order" value="day" { (say!(t, "manifest-day-first")) }
                    button name="date_order" value="month" { (say!(t, "manifest-month-first")) }
                }
            }))
        }
    }
}

fn what_changes(
    visit: &Visit,
    path: &str,
    file: &ManifestFile,
    changes: &Changes,
    lines: &[domain::Line],
    elsewhere: bool,
    other_flight: Option<&str>,
) -> Markup {
    let t = visit.t();
    let today = visit.clock.day(visit.now);
    let who = |person: &Particulars| {
        format!(
            "{} {}",
            person.full_name(),
            particulars::short(t, person, today)
        )
    };
    let line_name = |id: &domain::LineId| {
        let line = lines.iter().find(|line| line.id == *id);
        line.and_then(|line| line.particulars.as_ref())
            .map_or_else(|| say!(t, "not-readable-here"), who)
    };
    let listed = |people: &[ListedPerson]| -> Vec<String> {
        people
            .iter()
            .map(|person| who(&person.particulars))
            .collect()
    };
    let at_segment = |person: &ListedPerson| {
        let segment = say!(t, "manifest-segment");
        format!(
            "{} · {segment} {}",
            who(&person.particulars),
            t.number(person.row)
        )
    };
    let changed: Vec<String> = changes
        .changed
        .iter()
        .map(|(line, person)| {
            let (before, after) = (line_name(line), who(&person.particulars));
            if before == after {
                format!("{after}: {}", say!(t, "manifest-details"))
            } else {
                format!("{before} → {after}")
            }
        })
        .collect();
    let groups = [
        (say!(t, "manifest-new"), Tone::Good, listed(&changes.listed)),
        (say!(t, "manifest-changed"), Tone::Calm, changed),
        (
            say!(t, "manifest-removed"),
            Tone::Wait,
            changes.removed.iter().map(line_name).collect(),
        ),
        (
            say!(t, "manifest-kept"),
            Tone::Plain,
            changes.kept.iter().map(line_name).collect(),
        ),
        (
            say!(t, "manifest-not-listed"),
            Tone::Risk,
            changes.not_listed.iter().map(at_segment).collect(),
        ),
    ];
    let erased = changes.may_bring_back_erased();
    let names_somebody = file.names_somebody();
    let replaces = changes.replaces(lines);
    html! {
        section.card {
            h2 { (say!(t, "manifest-changes")) }
            @if changes.is_empty() && names_somebody { (notice(Tone::Good, say!(t, "manifest-nothing-changes"))) }
            p.small.muted { (say!(t, "manifest-same", count = i64::try_from(changes.same).unwrap_or(0))) }
            @if erased { (notice(Tone::Risk, erased_warning(t, changes))) }
            @for (title, tone, people) in groups {
                @if !people.is_empty() {
                    details.more open[people.len() <= 12] {
                        summary { (tag(tone, number(t, people.len()))) (title) }
                        ul { @for person in people.iter().take(SHOWN_MAX) { li { (person) } }
                            @if people.len() > SHOWN_MAX { li.muted { (say!(t, "list-rest", count = i64::try_from(people.len() - SHOWN_MAX).unwrap_or(0))) } } }
                    }
                }
            }
            @if names_somebody {
                (layout::form(visit, path, html! {
                    input type="hidden" name="action" value="take";
                    @if erased {
                        label.check { input type="checkbox" name="erased_confirmed" value="yes" required; span { (say!(t, "manifest-erased-confirm")) } }
                    }
                    @if let Some(flight) = other_flight {
                        (notice(Tone::Wait, say!(t, "manifest-other-flight", flight = flight.to_owned())))
                        label.check { input type="checkbox" name="movement_confirmed" value="yes" required; span { (say!(t, "manifest-elsewhere-confirm")) } }
                    }
                    @if elsewhere {
                        label.check { input type="checkbox" name="elsewhere_confirmed" value="yes" required; span { (say!(t, "manifest-people-confirm")) } }
                    }
                    @if replaces {
                        (notice(Tone::Wait, replaces_warning(t, changes)))
                        label.check { input type="checkbox" name="replaces_confirmed" value="yes" required; span { (say!(t, "manifest-replaces-confirm")) } }
                    }
                    p.actions { button.primary { (say!(t, "manifest-take")) } }
                }))
            }
        }
    }
}

/// Most people on the list would go: another movement's file, or a sheet that was cut.
fn replaces_warning(t: Texts, changes: &Changes) -> String {
    let same = changes.same + changes.changed.len();
    say!(
        t,
        "refusal-manifest-replaces",
        removed = i64::try_from(changes.removed.len()).unwrap_or(i64::MAX),
        same = i64::try_from(same).unwrap_or(i64::MAX),
    )
}

/// Some who look new may be people whose data was erased; nothing that is kept can tell.
fn erased_warning(t: Texts, changes: &Changes) -> String {
    say!(
        t,
        "refusal-erased-may-return",
        erased = i64::try_from(changes.erased).unwrap_or(i64::MAX),
        listed = i64::try_from(changes.listed.len()).unwrap_or(i64::MAX),
    )
}

fn problems(t: Texts, problems: &[Problem]) -> Markup {
    if problems.is_empty() {
        return notice(Tone::Good, say!(t, "manifest-no-problems"));
    }
    let of_segments = problems.iter().any(|problem| problem.segment().is_some());
    let severity = |problem: &Problem| match problem.severity() {
        Severity::RowRefused => tag(Tone::Risk, say!(t, "severity-row-refused")),
        Severity::FieldDropped => tag(Tone::Wait, say!(t, "severity-field-dropped")),
        Severity::Warning => tag(Tone::Plain, say!(t, "severity-warning")),
    };
    card(
        say!(
            t,
            "manifest-problems",
            count = i64::try_from(problems.len()).unwrap_or(0)
        ),
        html! {
            div.scroll { table.cards {
                thead { tr { th.n { (if of_segments { say!(t, "manifest-segment") } else { say!(t, "manifest-row") }) } th { (if of_segments { say!(t, "manifest-tag") } else { say!(t, "manifest-column") }) } th { (say!(t, "manifest-cell")) } th { (say!(t, "manifest-problem")) } th {} } }
                tbody {
                    @for problem in problems.iter().take(SHOWN_MAX) {
                        tr {
                            td.n { (t.number(problem.row)) }
                            td {
                                @if let Some((place, byte)) = problem.segment() { (place.letter) " " span.small.muted { (say!(t, "manifest-byte", byte = i64::try_from(byte).unwrap_or(i64::MAX))) } }
                                @else if let Some(place) = &problem.column { (place.letter) " " (place.header) }
                            }
                            td { @if let Some(text) = &problem.text { (text.0) } }
                            td { (problem_words(t, problem)) }
                            td { (severity(problem)) }
                        }
                    }
                }
            } }
            @if problems.len() > SHOWN_MAX { p.small.muted { (say!(t, "list-rest", count = i64::try_from(problems.len() - SHOWN_MAX).unwrap_or(0))) } }
        },
    )
}

fn problem_words(t: Texts, problem: &Problem) -> String {
    let mut args = fluent_bundle::FluentArgs::new();
    for (name, value) in &problem.arguments {
        args.set(*name, value.clone());
    }
    t.say_with(&format!("problem-{}", problem.code), &args)
}
