//! `akey report`: the situation report, and what of it is published.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::{self, Common};
use crate::command::import::who;
use crate::control;
use crate::demo::founding;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::publish::{Listed, PublishAsked, Published, words_since};
use crate::secret;
use crate::work::{Answer, SitrepAsked, Work};

/// Counts a situation report and writes it.
pub fn run(common: &Common, asked: cli::Sitrep) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let work = Work::Sitrep(SitrepAsked {
        from: asked.from,
        to: asked.to,
        site: asked.site,
        public: asked.public,
        format: asked.format,
        language: asked.language,
    });
    let Answer::Sitrep { bytes } = control::run(&place, work, &[], "Counting")? else {
        unreachable!("work is answered in kind")
    };
    if asked.out == Path::new("-") {
        let written = std::io::stdout().write_all(&bytes);
        return written.map_err(Failure::file(&asked.out, "write the report"));
    }
    fs::write(&asked.out, &bytes).map_err(Failure::file(&asked.out, "write the report"))?;
    let value = json!({ "answer": "report", "file": asked.out, "bytes": bytes.len() });
    output::answer(common.json, &value, || {
        format!(
            "The report of {} to {} is in {}.",
            asked.from,
            asked.to,
            asked.out.display()
        )
    })
}

/// Publishes a day or a month, or says what of it would be hidden.
pub fn publish(common: &Common, asked: cli::Publish) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let (login, password) = who(&place, asked.login.as_deref())?;
    let second = if asked.dry_run {
        None
    } else {
        Some(second(&place, asked.second.as_deref())?)
    };
    let work = Work::Publish(PublishAsked {
        period: asked.period,
        login,
        password,
        second,
    });
    let Answer::Publish(published) = control::run(&place, work, &[], "Counting and proving")?
    else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &published, || words(&published))
}

/// Whoever looked at it too proves who they are.
fn second(place: &Place, login: Option<&str>) -> Result<(String, String), Failure> {
    match (login, &place.demo) {
        (None, Some(demo)) => Ok((founding::INFORMATION.into(), demo.password.clone())),
        (None, None) => Err(Failure::Usage(
            "who looked at it too? Add --second LOGIN; the password is asked for (or \
            AKEY_SECOND_PASSWORD)"
                .into(),
        )),
        (Some(login), Some(demo))
            if std::env::var_os(secret::SECOND_PASSWORD.variable).is_none() =>
        {
            Ok((login.into(), demo.password.clone()))
        }
        (Some(login), _) => Ok((login.into(), secret::SECOND_PASSWORD.get(None)?)),
    }
}

fn words(published: &Published) -> String {
    let Published {
        dry_run,
        periods,
        numbers,
        hidden,
    } = published;
    let did = if *dry_run {
        "Nothing was published. It would be"
    } else {
        "Published:"
    };
    format!(
        "{did} {}; {hidden} of {numbers} numbers of people are not shown, and none of them can be \
        narrowed down to fewer than six values.",
        periods.join(", ")
    )
}

/// Lists what is published.
pub fn published(common: &Common, since: bool) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let work = Work::Published { since };
    let Answer::Published { editions } = control::run(&place, work, &[], "Counting again")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &editions, || {
        let line = |edition: &Listed| {
            let mut line = format!(
                "{:10}  published {}  {} of {} numbers not shown",
                edition.period, edition.published_at, edition.hidden, edition.numbers
            );
            if let Some(since) = words_since(edition) {
                line.push_str("; ");
                line.push_str(&since);
            }
            line
        };
        match editions.as_slice() {
            [] => "Nothing is published yet: akey report publish 2021-09-19".to_owned(),
            some => some.iter().map(line).collect::<Vec<_>>().join("\n"),
        }
    })
}

/// Audits published files.
pub fn audit(common: &Common, files: &[PathBuf]) -> Result<(), Failure> {
    let read = |file: &PathBuf| fs::read(file).map_err(Failure::file(file, "read it"));
    let bytes = files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let bytes: Vec<_> = bytes.iter().map(Vec::as_slice).collect();
    let audit =
        report::publication::audit(&bytes).map_err(|why| Failure::Wrong(why.to_string()))?;
    output::answer(common.json, &audit, || {
        let mut lines: Vec<_> = audit.exposed.iter().map(exposed).collect();
        lines.push(format!(
            "{} files, {} numbers of people, {} of them not shown; {} of these can be narrowed down to \
            fewer than six values, {} sums do not add up.",
            files.len(),
            audit.numbers,
            audit.hidden,
            audit.exposed.len(),
            audit.contradictions
        ));
        lines.join("\n")
    })?;
    match audit.exposed.len() + audit.contradictions {
        0 => Ok(()),
        _ => Err(Failure::Wrong(
            "these files give away more than they may: they are not as Akèy published them".into(),
        )),
    }
}

fn exposed(exposed: &report::publication::Exposed) -> String {
    let bounds = match (exposed.least, exposed.most) {
        (Some(least), Some(most)) if least == most => format!("it is {least}"),
        (Some(least), Some(most)) => format!("it is from {least} to {most}"),
        (Some(least), None) => format!("it is {least} or more, and nothing wider was found"),
        (None, _) => "nothing fits what is shown".to_owned(),
    };
    let by = exposed.by.as_ref();
    let row = by.map_or_else(String::new, |by| format!(", {by} {}", exposed.code));
    format!(
        "{} to {}: {}{row}: {bounds}",
        exposed.from, exposed.to, exposed.of
    )
}
