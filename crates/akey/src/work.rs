//! What commands ask of a node, whether it runs in another process or is opened for this one command:
//! the same work, done by the same function. Nothing here prints, and nothing talks to a socket.

use std::path::PathBuf;

use domain::{
    Command, Day, ImportId, Importing, Known, Movement, MovementId, Permission, Refusal, SiteId,
    Stage,
};
use formats::manifest::{
    self, DateOrder, Field, ManifestError, ManifestFile, Mapped, Mapping, Options, Problem,
};
use jiff::civil::Date;
use node::{ExecuteError, Node, NodeError, Request, Session, Verified};
use report::{Scope, Sitrep, Stamp};
use serde::{Deserialize, Serialize};
use updates::{BounceRead, Round};
use web::{Language, ReportForm, report_file};

use crate::advised::{self, Advised};
use crate::apart;
use crate::bundles::{self, WriteAsked};
use crate::cli::Format;
use crate::failure::Failure;
use crate::fresh::fresh_id;
use crate::linking::{self, RegisterAsked};
use crate::mail::{self, Standing};
use crate::peers;
use crate::publish::{self, Listed, PublishAsked, Published};
use crate::rights::{self, RightsAnswer, RightsAsked};
use crate::stated::{self, FiguresAsked, Sites, Stated, Taken};
use crate::warned::{self, Warned};

/// What is asked.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum Work {
    /// Import a manifest; the file travels beside.
    ImportManifest(ManifestAsked),
    /// Count a situation report.
    Sitrep(SitrepAsked),
    /// Publish a day or a month.
    Publish(PublishAsked),
    /// List what is published.
    Published {
        /// Say what is counted otherwise by now.
        since: bool,
    },
    /// Put stated figures on record; the file travels beside.
    ImportFigures(FiguresAsked),
    /// The register of stated figures, held against what was counted.
    Figures {
        /// How many hundredths "about" is more or less.
        about: i64,
    },
    /// The balance of every site.
    Sites,
    /// What is known of danger.
    Danger,
    /// What runs short when.
    Outlook {
        /// Only the site of this name.
        site: Option<String>,
        /// How many days ahead.
        days: u16,
    },
    /// What became of those who were told of pathways.
    Pathways {
        /// The first day asked about; none for since the beginning.
        from: Option<Date>,
        /// The last day asked about; none for today.
        to: Option<Date>,
    },
    /// Who of the register may be one person.
    LinkRegister(RegisterAsked),
    /// How many are told by mail.
    Updates,
    /// Take in a mail that came back; it travels beside.
    Bounced,
    /// Send what waits.
    SendMail,
    /// Recommendations, and what became of them.
    Recommendations,
    /// A statement with its receipt.
    Receipt {
        /// Its id.
        statement: String,
    },
    /// Write a backup to this absolute path.
    Backup {
        /// Where.
        file: PathBuf,
    },
    /// Check everything.
    Verify,
    /// Fold the register anew.
    Rebuild,
    /// What was written differently at two places.
    Conflicts,
    /// How this node stands among the others.
    Peers,
    /// Rights between nodes.
    Rights(RightsAsked),
    /// Meet whoever answers at an address, and remember it.
    Meet {
        /// Where.
        address: String,
    },
    /// Write a bundle.
    WriteBundle(WriteAsked),
    /// Read a bundle.
    ReadBundle {
        /// Where it is, as an absolute path.
        file: PathBuf,
        /// What opens it.
        passphrase: String,
    },
    /// Take in that a node was sent away.
    Revoke {
        /// The root key's word on it.
        #[serde(with = "hexadecimal")]
        certificate: Vec<u8>,
    },
}

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

/// A situation report to be counted.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct SitrepAsked {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// One site, by id or name.
    pub site: Option<String>,
    /// As it was published.
    pub public: bool,
    /// How it is written.
    pub format: Format,
    /// In which language.
    pub language: String,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// A manifest was imported, or would be.
    Imported(Imported),
    /// A report, as it is to be written.
    Sitrep {
        /// The file.
        #[serde(with = "hexadecimal")]
        bytes: Vec<u8>,
    },
    /// Something was published, or would be.
    Publish(Published),
    /// What is published.
    Published {
        /// The editions.
        editions: Vec<Listed>,
    },
    /// Figures were put on record, or would be.
    TookFigures(Taken),
    /// The figures on record.
    Figures(Stated),
    /// The balances.
    Sites(Sites),
    /// What is known of danger, without words of people.
    Danger(Warned),
    /// How many are told by mail.
    Updates(Standing),
    /// What a mail that came back was.
    Bounced(BounceRead),
    /// What came of sending.
    SentMail(Round),
    /// What runs short when.
    Outlook {
        /// As the page shows it: `report::outlook::Outlook`.
        outlook: serde_json::Value,
    },
    /// What became of those who were told of pathways.
    Pathways {
        /// As the page shows it: `report::pathways::Outcomes`.
        pathways: serde_json::Value,
    },
    /// Who of the register may be one person.
    RegisterLinked {
        /// In numbers: `linking::Summary`.
        summary: serde_json::Value,
        /// Pairs, as CSV.
        pairs: String,
        /// Who is who, as CSV, where asked for.
        people: Option<String>,
        /// What to look at first, as CSV, where asked for.
        review: Option<String>,
        /// The model, as JSON.
        model: String,
    },
    /// What was recommended.
    Recommendations {
        /// Each.
        advice: Vec<Advised>,
    },
    /// A statement with its receipt.
    Receipt {
        /// The file.
        #[serde(with = "hexadecimal")]
        bytes: Vec<u8>,
    },
    /// How this node stands among the others.
    Peers(peers::Standing),
    /// What waits for somebody to choose.
    Conflicts {
        /// Each field.
        conflicts: Vec<apart::Waiting>,
    },
    /// Rights between nodes.
    Rights(RightsAnswer),
    /// A meeting was held.
    Met(peers::Met),
    /// A bundle stands.
    WroteBundle(bundles::Written),
    /// A bundle was read.
    ReadBundle(bundles::Read),
    /// A node was sent away.
    Revoked,
    /// A backup stands.
    BackedUp {
        /// Where.
        file: PathBuf,
        /// Bytes.
        bytes: u64,
        /// Events in it.
        events: u64,
    },
    /// Everything was checked.
    Verified(Checked),
    /// The register was folded anew.
    Rebuilt {
        /// From so many events.
        events: u64,
        /// The digest over all rows.
        digest: String,
        /// The digest over rows of public bodies.
        public_digest: String,
    },
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

/// What a verification saw.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Checked {
    /// Nothing is wrong.
    pub clean: bool,
    /// Events whose chain and signature were checked.
    pub events: u64,
    /// Sealed parts whose hash was checked.
    pub sealed_parts: u64,
    /// Of these, opened.
    pub opened: u64,
    /// Sealed parts erased with their key.
    pub erased: u64,
    /// Checkpoints checked.
    pub checkpoints: u64,
    /// Leaf hash of the last event of this node's log.
    pub log_end: String,
    /// The digest over all rows.
    pub digest: String,
    /// The digest over rows of public bodies.
    pub public_digest: String,
    /// What is wrong, and what to do about it.
    pub findings: Vec<String>,
}

/// Does the work at a node.
pub fn perform(
    node: &Node,
    work: Work,
    file: &[u8],
    progress: impl Fn(u64, u64) + Send + Sync + 'static,
) -> Result<Answer, Failure> {
    match work {
        Work::LinkRegister(asked) => linking::register(node, &asked, progress),
        Work::ImportManifest(asked) => import(node, &asked, file).map(Answer::Imported),
        Work::Sitrep(asked) => sitrep(node, &asked),
        Work::Publish(asked) => publish::publish(node, &asked).map(Answer::Publish),
        Work::Published { since } => {
            let editions = publish::list(node, since)?;
            Ok(Answer::Published { editions })
        }
        Work::ImportFigures(asked) => stated::take(node, &asked, file).map(Answer::TookFigures),
        Work::Figures { about } => stated::held(node, about).map(Answer::Figures),
        Work::Sites => stated::sites(node).map(Answer::Sites),
        Work::Danger => warned::of(node).map(Answer::Danger),
        Work::Outlook { site, days } => {
            let now = node.now();
            let outlook = node.read::<_, Failure>(|register| {
                Ok(report::outlook::outlook(register, now, days.into())?)
            })?;
            let outlook = match site {
                None => outlook,
                Some(name) => outlook.of_site(&name).ok_or_else(|| {
                    Failure::Wrong(format!(
                        "no site with stock or arrivals is called \"{name}\": see `akey sites`"
                    ))
                })?,
            };
            let outlook = serde_json::to_value(&outlook);
            let outlook = outlook.map_err(|error| Failure::Wrong(error.to_string()))?;
            Ok(Answer::Outlook { outlook })
        }
        Work::Conflicts => apart::waiting(node).map(|conflicts| Answer::Conflicts { conflicts }),
        Work::Peers => peers::standing(node).map(Answer::Peers),
        Work::Rights(asked) => rights::perform(node, asked).map(Answer::Rights),
        Work::Meet { address } => peers::meet(node, &address).map(Answer::Met),
        Work::WriteBundle(asked) => bundles::write(node, &asked, progress).map(Answer::WroteBundle),
        Work::ReadBundle { file, passphrase } => {
            bundles::read(node, &file, &passphrase, progress).map(Answer::ReadBundle)
        }
        Work::Revoke { certificate } => {
            node.take_revocation(certificate)?;
            Ok(Answer::Revoked)
        }
        Work::Pathways { from, to } => pathways(node, from, to),
        Work::Updates => mail::standing(node).map(Answer::Updates),
        Work::Bounced => mail::bounced(node, file).map(Answer::Bounced),
        Work::SendMail => mail::send(node).map(Answer::SentMail),
        Work::Recommendations => {
            let advice = advised::list(node)?;
            Ok(Answer::Recommendations { advice })
        }
        Work::Receipt { statement } => {
            let bytes = advised::receipt(node, &statement)?;
            Ok(Answer::Receipt { bytes })
        }
        Work::Backup { file } => {
            let made = node.backup(&file, |step| progress(step.done, step.total))?;
            Ok(Answer::BackedUp {
                file,
                bytes: made.bytes,
                events: made.head.size,
            })
        }
        Work::Verify => {
            let verified = node.verify(move |step| progress(step.done, step.total))?;
            Ok(Answer::Verified(Checked::from(&verified)))
        }
        Work::Rebuild => {
            let (events, digest) = node.rebuild(progress)?;
            Ok(Answer::Rebuilt {
                events,
                digest: hex(&digest.full),
                public_digest: hex(&digest.public),
            })
        }
    }
}

fn import(node: &Node, asked: &ManifestAsked, bytes: &[u8]) -> Result<Imported, Failure> {
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

/// The movement of an id, or the one open movement of a name.
/// The movement of an id, or the open one of a name.
pub fn movement_of(node: &Node, asked: &str) -> Result<Movement, Failure> {
    let found = node.read::<_, NodeError>(|register| {
        if let Ok(id) = asked.parse::<MovementId>()
            && let Some(movement) = register.movement(id)?
        {
            return Ok(vec![movement]);
        }
        let mut named = register.movements_named(asked)?;
        named.retain(|movement| !matches!(movement.stage, Stage::Closed | Stage::Cancelled));
        Ok(named)
    })?;
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(movement), None) => Ok(movement),
        (None, _) => Err(Failure::Wrong(format!(
            "no open movement is called {asked} here: look at its name on the board, or announce it"
        ))),
        (Some(_), Some(_)) => Err(Failure::Wrong(format!(
            "several open movements are called {asked}: name one by its id, as in its page's address"
        ))),
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

/// Days are those of the site the node stands at.
fn pathways(node: &Node, from: Option<Date>, to: Option<Date>) -> Result<Answer, Failure> {
    let now = node.now();
    let home = node.home_site()?;
    let outcomes = node.read::<_, Failure>(|register| {
        let site = register.site(home).map_err(NodeError::from)?;
        let site = site.ok_or(NodeError::NotFounded)?;
        let from = from.map_or(domain::Moment(0), |from| site.span_of(Day(from)).0);
        let to = to.map_or_else(|| site.day_of(now), Day);
        if from > site.span_of(to).0 {
            return Err(Failure::Wrong(
                "--from is later than --to: nothing happened in such days; exchange them".into(),
            ));
        }
        let span = (from, site.span_of(to).1);
        Ok(report::pathways::outcomes(register, &site, span, |_| true)?)
    })?;
    let pathways = serde_json::to_value(&outcomes);
    let pathways = pathways.map_err(|error| Failure::Wrong(error.to_string()))?;
    Ok(Answer::Pathways { pathways })
}

fn sitrep(node: &Node, asked: &SitrepAsked) -> Result<Answer, Failure> {
    let now = node.now();
    let log_end = node.log_end()?;
    let (sitrep, site) = node.read::<_, Failure>(|register| {
        let sites = register.sites().map_err(NodeError::from)?;
        let chosen: Vec<SiteId> = match &asked.site {
            None => Vec::new(),
            Some(wanted) => sites
                .iter()
                .filter(|site| {
                    domain::same_name(&site.name, wanted) || wanted.parse() == Ok(site.id)
                })
                .map(|site| site.id)
                .collect(),
        };
        if asked.site.is_some() && chosen.is_empty() {
            return Err(Failure::Wrong(
                "no site has this name or id here: write it as the pages show it".into(),
            ));
        }
        let operation = register.founded().map_err(NodeError::from)?;
        let operation = operation.ok_or(NodeError::NotFounded)?;
        let scope = Scope {
            sites: chosen,
            from: Day(asked.from),
            to: Day(asked.to),
            cut_off: now,
        };
        let stamp = Stamp {
            operation: operation.name,
            log_end: log_end.leaf.clone(),
            computed_at: now,
            computed_by: "akey report".into(),
        };
        let home = scope
            .sites
            .first()
            .copied()
            .map_or_else(|| node.home_site(), Ok)?;
        let site = register.site(home).map_err(NodeError::from)?;
        let sitrep = if asked.public {
            publish::sitrep(register, scope.from, scope.to)?
        } else {
            Sitrep::compute(register, &scope, stamp)?
        };
        Ok((sitrep, site))
    })?;
    let form = match asked.format {
        Format::Html => ReportForm::Html,
        Format::Json => ReportForm::Json,
        Format::Pdf => ReportForm::Pdf,
        Format::Xlsx => ReportForm::Xlsx,
        Format::Hxl => ReportForm::Hxl,
    };
    let language = Language::from_tag(&asked.language).unwrap_or(Language::English);
    let bytes = report_file(&sitrep, form, language, site.as_ref())?;
    Ok(Answer::Sitrep { bytes })
}

impl Checked {
    /// What is known when only the ledger could be checked.
    pub fn of_ledger(report: &ledger::Report, why: String) -> Self {
        let mut findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
        findings.push(why);
        Self {
            clean: false,
            events: report.events,
            sealed_parts: report.attachments,
            opened: report.opened,
            erased: report.erased,
            checkpoints: report.checkpoints,
            log_end: String::new(),
            digest: String::new(),
            public_digest: String::new(),
            findings,
        }
    }
}

impl From<&Verified> for Checked {
    fn from(verified: &Verified) -> Self {
        let report = &verified.report;
        let mut findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
        if report.is_clean() && verified.standing != verified.folded_anew {
            findings.push(
                "the rows do not agree with the events; run `akey rebuild`, then verify again"
                    .into(),
            );
        }
        Self {
            clean: verified.is_clean(),
            events: report.events,
            sealed_parts: report.attachments,
            opened: report.opened,
            erased: report.erased,
            checkpoints: report.checkpoints,
            log_end: verified.log_end.leaf.clone(),
            digest: hex(&verified.standing.full),
            public_digest: hex(&verified.standing.public),
            findings,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

/// Bytes as text of hexadecimal digits, because answers are lines of JSON.
mod hexadecimal {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |place: u8| char::from(DIGITS[usize::from(place)]);
        let text: String = bytes
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
            .collect();
        serializer.serialize_str(&text)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digit = |byte: u8| {
            char::from(byte)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        text.as_bytes()
            .chunks(2)
            .map(|pair| match *pair {
                [high, low] => Some(digit(high)? << 4 | digit(low)?),
                _ => None,
            })
            .collect::<Option<_>>()
            .ok_or_else(|| D::Error::custom("the file came damaged"))
    }
}
