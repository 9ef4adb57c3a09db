//! A manifest out of a file, onto the list of a movement.

use domain::{Command, ImportId, Importing, Known, Movement, Permission, Refusal, SiteId};
use formats::manifest::{
    self, DateOrder, Field, ManifestError, ManifestFile, Mapped, Mapping, Options, Problem,
};
use node::{ExecuteError, Node, NodeError, Request, Session};
use serde::{Deserialize, Serialize};

use super::movement_of;
use crate::failure::Failure;
use crate::fresh::fresh_id;

/// A manifest to be imported.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct ManifestAsked {
    /// The name of the file.
    pub name: String,
    /// The movement: its id or its name.
    pub movement: String,
    /// Which comes first in dates, where somebody said so.
    pub month_first: Option<bool>,
    /// What the columns of a file without a header hold, as somebody confirmed it.
    #[serde(default)]
    pub columns: Option<String>,
    /// Whoever imports looked: it is the right movement, although the file looks otherwise.
    #[serde(default)]
    pub right_movement: bool,
    /// Only say what would change.
    pub dry_run: bool,
    /// Whoever imports looked: nobody whose data was erased is in the file.
    #[serde(default)]
    pub nobody_erased: bool,
    /// Who imports it.
    pub login: String,
    /// How they prove it.
    pub password: String,
}

/// What an import changed.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Imported {
    /// The movement's name.
    pub movement: String,
    /// Nothing was recorded: it was only asked what would change.
    pub dry_run: bool,
    /// People read from the file.
    pub read: usize,
    /// Rows refused.
    pub refused: usize,
    /// People new on the list.
    pub listed: usize,
    /// People whose particulars changed.
    pub changed: usize,
    /// People the file no longer names.
    pub removed: usize,
    /// People not named and registered already: they stay.
    pub kept: usize,
    /// The segments of a message that take off somebody who is not on the list: nothing changes for
    /// them.
    #[serde(default)]
    pub not_listed: Vec<u32>,
    /// People on both, alike.
    pub same: usize,
    /// People of the list whose data was erased and of whom some may be among the new ones.
    pub may_be_erased: usize,
    /// What was asked about the movement, and answered by `--right-movement`.
    #[serde(default)]
    pub answered: Vec<String>,
    /// What is wrong with rows.
    pub problems: Vec<ProblemShown>,
}

/// One thing wrong with a file, without what the cell held.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct ProblemShown {
    /// As a spreadsheet counts; in a message, the number of the segment.
    pub row: u32,
    /// The column's letter or header, or the segment's tag, where it is about one.
    pub column: Option<String>,
    /// In a message, where the segment begins, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

pub(super) fn import(
    node: &Node,
    asked: &ManifestAsked,
    bytes: &[u8],
) -> Result<Imported, Failure> {
    let session = node.sign_in(&asked.login, &asked.password)?;
    // What a list would change says who is on it: a dry run is for those who may import.
    let permission = Permission::ManageMovements;
    if !session.may(permission) {
        return Err(NodeError::from(Refusal::NotAllowed { permission }).into());
    }
    let movement = movement_of(node, &asked.movement)?;
    let (file, other_flight) = read_manifest(node, asked, &movement, bytes)?;
    let lines = node.read::<_, NodeError>(|register| Ok(register.lines(movement.id)?))?;
    let changes = file.changes(&lines);
    let mut imported = Imported {
        movement: movement.designator,
        dry_run: asked.dry_run,
        read: file.people.len(),
        refused: file.counts.refused,
        listed: changes.listed.len(),
        changed: changes.changed.len(),
        removed: changes.removed.len(),
        kept: changes.kept.len(),
        not_listed: changes.not_listed.iter().map(|who| who.row).collect(),
        same: changes.same,
        may_be_erased: if changes.may_bring_back_erased() {
            changes.erased
        } else {
            0
        },
        answered: other_flight
            .map(|other| format!("the file is about {other}: is this the right movement?"))
            .into_iter()
            .collect(),
        problems: file.problems.iter().map(shown).collect(),
    };
    if !asked.dry_run {
        let mapping = file.mapping_to_keep().cloned();
        let mut importing = file.importing(ImportId(fresh_id()), movement.id);
        importing.confirmed.nobody_erased = asked.nobody_erased;
        let answered = execute(
            node,
            &session,
            movement.destination,
            importing,
            asked.right_movement,
        )?;
        imported.answered.extend(answered);
        if let Some(mapping) = mapping {
            node.keep_mapping(&headers(&mapping), &mapping)?;
        }
    }
    Ok(imported)
}

/// Takes the manifest in. Each question about the movement is asked; where `--right-movement` answers
/// them all, those that it answered come back, to be told.
fn execute(
    node: &Node,
    session: &Session,
    site: SiteId,
    mut importing: Importing,
    right_movement: bool,
) -> Result<Vec<String>, Failure> {
    let mut answered = Vec::new();
    loop {
        let request = Request {
            id: fresh_id(),
            site,
            occurred: None,
            command: Command::ImportManifest(Box::new(importing.clone())),
        };
        let refusal = match node.execute(session, request) {
            Ok(_) => return Ok(answered),
            Err(ExecuteError::Refused(refusal)) => refusal,
            Err(other) => return Err(other.into()),
        };
        let flag = match refusal {
            Refusal::ManifestElsewhere { .. } => &mut importing.confirmed.elsewhere,
            Refusal::ManifestReplaces { .. } => &mut importing.confirmed.replaces,
            other => return Err(ExecuteError::Refused(other).into()),
        };
        if !right_movement || std::mem::replace(flag, true) {
            return Err(Failure::Wrong(format!(
                "{refusal} If so, add --right-movement. Nothing was imported"
            )));
        }
        answered.push(refusal.to_string());
    }
}

/// The file as it is read, and what it is about, where that is another movement and
/// `--right-movement` was said.
fn read_manifest(
    node: &Node,
    asked: &ManifestAsked,
    movement: &Movement,
    bytes: &[u8],
) -> Result<(ManifestFile, Option<String>), Failure> {
    let site = node.read::<_, NodeError>(|register| Ok(register.site(movement.destination)?))?;
    let day = site.map_or_else(
        || {
            movement
                .expected
                .timestamp()
                .to_zoned_datetime(jiff::tz::TimeZone::UTC)
                .date()
        },
        |site| site.date_of(movement.expected),
    );
    let mut options = Options::new(day);
    options.movement = Some(movement.designator.clone());
    options.date_order = asked.month_first.map(|month_first| {
        if month_first {
            DateOrder::MonthFirst
        } else {
            DateOrder::DayFirst
        }
    });
    options.without_header = asked.columns.as_deref().map(confirmed).transpose()?;
    let mut file = manifest::read(bytes, &asked.name, &options).map_err(with_guess)?;
    let of_headers = file.mapping_source.is_of_headers();
    if of_headers && let Some(saved) = node.mapping_for(&headers(&file.mapping))? {
        options.mappings.push(saved);
        file = manifest::read(bytes, &asked.name, &options)?;
    }
    if file.question.is_some() {
        return Err(Failure::Wrong(
            "the file does not show whether days or months come first in its dates: ask who sent it, \
             then add --date-order dmy or --date-order mdy. Nothing was imported"
                .into(),
        ));
    }
    let others =
        node.read::<_, NodeError>(|register| Ok(register.other_open_names(movement.id)?))?;
    let others = others.iter().map(String::as_str);
    let other = file.about_another(&movement.designator, day, others);
    if !asked.right_movement
        && let Some(other) = &other
    {
        return Err(Failure::Wrong(format!(
            "the file is about {other}, and the movement is {} expected on {day}: name the right movement, or add \
             --right-movement if it is this one. Nothing was imported",
            movement.designator
        )));
    }
    Ok((file, other))
}

/// The mapping that `--columns` says.
fn confirmed(columns: &str) -> Result<Mapping, Failure> {
    let column = |word: &str| match word.trim() {
        "" | "-" => Ok(None),
        word => Field::from_code(word).map(Some).ok_or_else(|| {
            let known: Vec<_> = Field::ALL.iter().map(|field| field.code()).collect();
            Failure::Wrong(format!(
                "no column holds {word}: name one of {}, or - for a column that is not read",
                known.join(", ")
            ))
        }),
    };
    let columns = columns.split(',').map(|word| {
        column(word).map(|field| Mapped {
            header: String::new(),
            field,
        })
    });
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    Ok(Mapping { columns })
}

/// Where a file has no header that is understood, what its columns seem to hold is said, to be
/// confirmed with `--columns`.
fn with_guess(error: ManifestError) -> Failure {
    let ManifestError::NoHeader {
        guess: Some(guess), ..
    } = &error
    else {
        return error.into();
    };
    let columns = guess.mapping.columns.iter();
    let words: Vec<_> = columns
        .map(|column| column.field.map_or("-", Field::code))
        .collect();
    Failure::Wrong(format!(
        "{error}. From row {} on its columns seem to hold: {}. Compare this with the list; if it is right, \
         confirm it with --columns {}, else correct it there. Nothing was imported",
        guess.first_row,
        words.join(", "),
        words.join(",")
    ))
}

fn headers(mapping: &manifest::Mapping) -> Vec<String> {
    mapping
        .columns
        .iter()
        .map(|column| column.header.clone())
        .collect()
}

fn shown(problem: &Problem) -> ProblemShown {
    ProblemShown {
        row: problem.row,
        column: problem.column.as_ref().map(|place| match place.byte {
            Some(_) => place.letter.clone(),
            None => format!("column {}", place.letter),
        }),
        byte: problem.segment().map(|(_, byte)| byte),
        what: problem.what(),
        remedy: problem.remedy(),
    }
}
