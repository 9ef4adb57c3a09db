//! `akey import manifest`.

use std::fs;

use crate::cli::{self, Common, Order};
use crate::control;
use crate::demo::founding;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::secret;
use crate::work::{Answer, Imported, ManifestAsked, Work};

/// Imports a manifest, or says what that would change.
pub fn run(common: &Common, asked: &cli::Manifest) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let file = fs::read(&asked.file).map_err(Failure::file(&asked.file, "read the manifest"))?;
    let (login, password) = who(&place, asked.login.as_deref())?;
    let name = asked
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let work = Work::ImportManifest(ManifestAsked {
        name,
        movement: asked.movement.clone(),
        month_first: asked.date_order.map(|order| order == Order::Mdy),
        columns: asked.columns.clone(),
        right_movement: asked.right_movement,
        dry_run: asked.dry_run,
        nobody_erased: asked.erased_checked,
        login,
        password,
    });
    let Answer::Imported(imported) = control::run(&place, work, &file, "Importing")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &imported, || words(&imported))
}

/// Whoever does something proves who they are; in a demo it is the coordinator unless somebody else is
/// named.
pub fn who(place: &Place, login: Option<&str>) -> Result<(String, String), Failure> {
    match (login, &place.demo) {
        (None, Some(demo)) => Ok((founding::COORDINATOR.into(), demo.password.clone())),
        (None, None) => Err(Failure::Usage(
            "who does this? Add --as LOGIN; the password is asked for (or AKEY_PASSWORD)".into(),
        )),
        (Some(login), Some(demo)) if std::env::var_os(secret::PASSWORD.variable).is_none() => {
            Ok((login.into(), demo.password.clone()))
        }
        (Some(login), _) => Ok((login.into(), secret::PASSWORD.get(None)?)),
    }
}

fn words(imported: &Imported) -> String {
    let mut lines: Vec<String> = imported
        .problems
        .iter()
        .map(|problem| {
            let column = problem
                .column
                .as_ref()
                .map_or_else(String::new, |column| format!(", {column}"));
            let place = match problem.byte {
                Some(byte) => format!("segment {}{column} at byte {byte}", problem.row),
                None => format!("row {}{column}", problem.row),
            };
            format!("{place}: {}; {}", problem.what, problem.remedy)
        })
        .collect();
    lines.extend(imported.not_listed.iter().map(|segment| {
        format!(
            "segment {segment}: takes off somebody who is not on this list; look whether they are on \
             another movement, or ask the sender"
        )
    }));
    let answered = imported.answered.iter();
    lines.extend(answered.map(|question| format!("--right-movement answered yes to: {question}")));
    let did = if imported.dry_run {
        "Nothing was imported. It would change"
    } else {
        "Imported into"
    };
    lines.push(format!(
        "{did} {}: {} people read, {} rows refused; {} new, {} changed, {} removed, {} alike{}.",
        imported.movement,
        imported.read,
        imported.refused,
        imported.listed,
        imported.changed,
        imported.removed,
        imported.same,
        if imported.kept > 0 {
            format!(
                ", {} not named any more but registered already: they stay",
                imported.kept
            )
        } else {
            String::new()
        }
    ));
    if imported.may_be_erased > 0 && imported.dry_run {
        lines.push(format!(
            "The data of {} people of this list was erased on request, and some of the new ones may be \
             them. Take their rows out of the file, or say --erased-checked if none of them is in it.",
            imported.may_be_erased
        ));
    }
    lines.join("\n")
}
