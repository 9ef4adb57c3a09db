//! What commands ask of a node, whether it runs in another process or is opened for this one command:
//! the same work, done by the same function. Nothing here prints, and nothing talks to a socket.

mod manifest;
mod sitrep;

use std::path::PathBuf;

use domain::{Day, Known, Movement, MovementId, Stage};
use jiff::civil::Date;
use node::{Node, NodeError, Verified};
use serde::{Deserialize, Serialize};
use updates::{BounceRead, Round};

use crate::advised::{self, Advised};
use crate::apart;
use crate::bundles::{self, WriteAsked};
use crate::failure::Failure;
use crate::linking::{self, RegisterAsked};
use crate::mail::{self, Standing};
use crate::peers;
use crate::publish::{self, Listed, PublishAsked, Published};
use crate::rights::{self, RightsAnswer, RightsAsked};
use crate::stated::{self, FiguresAsked, Sites, Stated, Taken};
use crate::warned::{self, Warned};

pub use manifest::{Imported, ManifestAsked};
pub use sitrep::SitrepAsked;

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
        Work::ImportManifest(asked) => manifest::import(node, &asked, file).map(Answer::Imported),
        Work::Sitrep(asked) => sitrep::sitrep(node, &asked),
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
