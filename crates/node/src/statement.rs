//! Statements in their author's own words: signed with a key that is worked out from the author's
//! password and never kept, registered in the log, given out with a receipt that others can verify
//! without this node.

use std::fmt::Write as _;

use domain::{
    AdviceId, AdviceOutcome, Command, Day, Known, OfficeId, OperationId, Refusal, Registered,
    StatementId, StatementKind, Stating, SubjectId, UserId, Words,
};
use ledger::{AuthorKey, Hash, Receipting, Statement, StatementReceipt};
use register::Register;
use serde::Serialize;
use uuid::Uuid;

use crate::credential;
use crate::error::{ExecuteError, NodeError};
use crate::node::{Done, Node, Request};
use crate::session::Session;

/// The media type of the words.
const CONTENT_TYPE: &str = "application/json";

/// What somebody states.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Submission {
    /// The recommendation it belongs to; a new id begins one.
    pub advice: AdviceId,
    /// The id of the statement.
    pub statement: StatementId,
    /// What it is.
    pub kind: StatementKind,
    /// Its title.
    pub title: String,
    /// The words.
    pub text: String,
    /// In which language they are.
    pub language: String,
    /// What a dissent or a report is about.
    pub about: Option<SubjectId>,
    /// The offices asked.
    pub offices: Vec<OfficeId>,
    /// By when.
    pub due: Option<Day>,
    /// The office that answers.
    pub office: Option<OfficeId>,
    /// What it decided.
    pub outcome: Option<AdviceOutcome>,
    /// The statement it is a new version of, or answers.
    pub refers_to: Option<StatementId>,
    /// The numbers in a report that stand there by reference.
    pub references: Vec<String>,
}

impl Node {
    /// Signs a statement with the key of whoever is signed in, and registers it. The password is asked
    /// for again: the key is at hand for this one signature.
    ///
    /// # Errors
    /// [`NodeError::SignInRefused`] for a wrong password; else as [`Node::execute`].
    pub fn submit(
        &self,
        session: &Session,
        password: &str,
        request: Uuid,
        site: domain::SiteId,
        submission: Submission,
    ) -> Result<Done, ExecuteError> {
        self.submit_with(session, password, None, request, site, submission)
    }

    /// As [`Node::submit`], for what takes two: the second signed in for it.
    ///
    /// # Errors
    /// As [`Node::submit`].
    pub fn submit_with(
        &self,
        session: &Session,
        password: &str,
        second: Option<&Session>,
        request: Uuid,
        site: domain::SiteId,
        submission: Submission,
    ) -> Result<Done, ExecuteError> {
        if submission.text.trim().is_empty() {
            return Err(Refusal::TextMissing { field: "text" }.into());
        }
        let author = session.user();
        // The same form sent twice: what it said is signed already, at another second.
        let before =
            self.read::<_, NodeError>(|register| Ok(register.advice(submission.advice)?))?;
        let mut before = before.into_iter().flat_map(|advice| advice.statements);
        if let Some(same) =
            before.find(|known| (known.id, known.by) == (submission.statement, author))
        {
            return Ok(Done {
                events: 1,
                position: same.position,
                repeated: true,
            });
        }
        let secret = self.with_reader(|reader| {
            credential::unlock(reader.connection(), Some(author), password)
        })?;
        let key = AuthorKey::of_secret(&secret.to_bytes());
        let public_key = key.public().to_vec();
        // Asked for anew each time: after a new password the key is another, and everybody sees that.
        let make = Request {
            id: Uuid::from_u128(request.as_u128() ^ 1),
            site,
            occurred: None,
            command: Command::MakeAuthorKey { public_key },
        };
        self.execute(session, make)?;
        let bytes = self.signed(&key, author, &submission)?;
        let stating = Stating {
            advice: submission.advice,
            statement: submission.statement,
            kind: submission.kind,
            bytes,
            about: submission.about,
            offices: submission.offices,
            due: submission.due,
            office: submission.office,
            outcome: submission.outcome,
            refers_to: submission.refers_to,
            second: second.map(Session::user),
        };
        let register = Request {
            id: request,
            site,
            occurred: None,
            command: Command::RegisterStatement(Box::new(stating)),
        };
        match second {
            Some(second) => self.execute_with(session, second, register),
            None => self.execute(session, register),
        }
    }

    fn signed(
        &self,
        key: &AuthorKey,
        author: UserId,
        submission: &Submission,
    ) -> Result<Vec<u8>, NodeError> {
        let asked = submission.office.iter().chain(&submission.offices);
        let (operation, offices, refers_to) = self.read::<_, NodeError>(|register| {
            let mut offices = Vec::new();
            for office in asked {
                offices.extend(register.office(*office)?.map(|office| office.name));
            }
            let before = register.advice(submission.advice)?;
            let before = before.and_then(|advice| {
                let mut statements = advice.statements.into_iter();
                statements.find(|statement| Some(statement.id) == submission.refers_to)
            });
            Ok((register.operation()?, offices, before))
        })?;
        let words = Words {
            kind: submission.kind,
            title: submission.title.trim().to_owned(),
            text: submission.text.clone(),
            language: submission.language.clone(),
            offices,
            due: submission.due.map(|due| due.to_string()),
            outcome: submission.outcome.as_ref().map(ToString::to_string),
            about: submission.about.map(|about| urn(about.0)),
            refers_to: refers_to.map(|statement| leaf(&statement).hex()),
            references: submission.references.clone(),
        };
        let operation = operation.ok_or(NodeError::NotFounded)?;
        let payload = serde_json::to_vec(&words)?;
        let issuer = author_name(operation, author);
        let subject = urn(submission.advice.0);
        Ok(key.sign(&ledger::Stating {
            issuer: &issuer,
            subject: &subject,
            content_type: CONTENT_TYPE,
            issued_at: self.now().0.div_euclid(1_000),
            payload: &payload,
        }))
    }

    /// A statement with its receipt: a transparent statement (RFC 9943), as a file for whoever wants to
    /// prove it. None where it was registered at another node, which gives its receipts itself.
    ///
    /// # Errors
    /// When the register cannot be read or the writer is gone.
    pub fn transparent_statement(&self, id: StatementId) -> Result<Option<Vec<u8>>, NodeError> {
        let node = self.shared.key;
        let (operation, here) = self.read::<_, NodeError>(|register| {
            Ok((register.operation()?, register.statements_of(node)?))
        })?;
        let Some(index) = here.iter().position(|statement| statement.id == id) else {
            return Ok(None);
        };
        let statement = Statement::read(&here[index].bytes.0)?;
        let leaves: Vec<Hash> = here.iter().map(leaf).collect();
        let operation = operation.ok_or(NodeError::NotFounded)?;
        let issuer = format!("urn:akey:{}:log:{}", operation.0.hyphenated(), hex(&node.0));
        let subject = statement.subject.clone();
        let issued_at = self.now().0.div_euclid(1_000);
        let receipt = self.shared.writer.alone(move |writer| {
            let said = Receipting {
                issuer: &issuer,
                subject: &subject,
                issued_at,
            };
            writer
                .ledger
                .statement_receipt(&leaves, index as u64, &said)
        })??;
        Ok(Some(statement.with(&[receipt])))
    }
}

/// The name of an id in a statement.
fn urn(id: Uuid) -> String {
    format!("urn:uuid:{}", id.hyphenated())
}

/// The name of an author in a statement.
fn author_name(operation: OperationId, author: UserId) -> String {
    format!(
        "urn:akey:{}:{}",
        operation.0.hyphenated(),
        author.0.hyphenated()
    )
}

/// The leaf that a statement is in the log of its node.
fn leaf(statement: &Registered) -> Hash {
    ledger::leaf_hash(&statement.bytes.0)
}

/// The leaf hash of a registered statement, in hexadecimal: its name for ever.
pub fn leaf_of(statement: &Registered) -> String {
    leaf(statement).hex()
}

/// What a signed statement says; none where its words are of a newer version.
pub fn words_of(bytes: &[u8]) -> Option<Words> {
    let statement = Statement::read(bytes).ok()?;
    serde_json::from_slice(&statement.payload).ok()
}

/// Whether a statement is signed by the key of whoever registers it, and says what the command around
/// it says.
pub(crate) fn vouched(
    command: &Command,
    author: UserId,
    register: &Register<'_>,
) -> Result<(), ExecuteError> {
    let Command::RegisterStatement(stating) = command else {
        return Ok(());
    };
    let forged = || ExecuteError::from(Refusal::StatementForged);
    let statement = Statement::read(&stating.bytes).map_err(|_| forged())?;
    statement.check_signature().map_err(|_| forged())?;
    let key = register.author_key(author).map_err(NodeError::from)?;
    let words = words_of(&stating.bytes).ok_or_else(forged)?;
    let operation = register.operation().map_err(NodeError::from)?;
    let mut offices = Vec::new();
    for office in stating.office.iter().chain(&stating.offices) {
        let office = register.office(*office).map_err(NodeError::from)?;
        offices.extend(office.map(|office| office.name));
    }
    let before = register.advice(stating.advice).map_err(NodeError::from)?;
    let mut before = before.into_iter().flat_map(|advice| advice.statements);
    let before = before.find(|statement| Some(statement.id) == stating.refers_to);
    let is_whole = statement.receipts.is_empty()
        && key.is_some_and(|key| key.0 == statement.author)
        && operation.is_some_and(|operation| statement.issuer == author_name(operation, author))
        && statement.subject == urn(stating.advice.0)
        && words.kind == stating.kind
        && words.offices == offices
        && words.about == stating.about.map(|about| urn(about.0))
        && words.refers_to == before.map(|statement| leaf(&statement).hex())
        && words.due == stating.due.map(|due| due.to_string())
        && words.outcome == stating.outcome.as_ref().map(ToString::to_string);
    if is_whole { Ok(()) } else { Err(forged()) }
}

const WHOSE_KEY: &str = "the key is the author's";
const WHICH_LOG: &str = "the log is the one named";
/// What cannot be told from the file alone: anybody can make a key and a log.
const NOT_ASKED: &str = "not asked: compare the key with one that you have from elsewhere";

/// One thing that was checked of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Step {
    /// What.
    pub what: &'static str,
    /// Whether it holds; none where it was not asked.
    pub holds: Option<bool>,
    /// Why not, and what to do; or what was found.
    pub why: String,
}

/// What was checked of a transparent statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Checked {
    /// Every step, in order.
    pub steps: Vec<Step>,
    /// What it says, as far as it could be read.
    pub words: Option<Words>,
    /// Who says they state it.
    pub issuer: Option<String>,
    /// About what.
    pub subject: Option<String>,
    /// The author's key, in hexadecimal.
    pub author_key: Option<String>,
    /// The logs that gave a receipt, in hexadecimal.
    pub log_keys: Vec<String>,
    /// Its leaf hash, in hexadecimal.
    pub leaf: Option<String>,
}

impl Checked {
    fn step(&mut self, what: &'static str, result: Result<String, String>) {
        let (holds, why) = match result {
            Ok(why) => (Some(true), why),
            Err(why) => (Some(false), why),
        };
        self.steps.push(Step { what, holds, why });
    }

    fn not_asked(&mut self, what: &'static str) {
        let why = NOT_ASKED.to_owned();
        self.steps.push(Step {
            what,
            holds: None,
            why,
        });
    }

    /// Whether everything that was asked holds.
    pub fn holds(&self) -> bool {
        self.steps.iter().all(|step| step.holds != Some(false))
    }
}

/// Checks a statement with its receipt, with nothing but the file: words, signature, receipts, and,
/// where they are named, whose keys these are. Nothing else is asked.
pub fn check(bytes: &[u8], author_key: Option<&str>, log_key: Option<&str>) -> Checked {
    let mut checked = Checked {
        steps: Vec::new(),
        words: None,
        issuer: None,
        subject: None,
        author_key: None,
        log_keys: Vec::new(),
        leaf: None,
    };
    let statement = match Statement::read(bytes) {
        Ok(statement) => statement,
        Err(error) => {
            let why = format!("{error}: ask for the file again, as a file and not as text");
            checked.step("the file is a signed statement", Err(why));
            return checked;
        }
    };
    checked.step(
        "the file is a signed statement",
        Ok(statement.issuer.clone()),
    );
    let signed = statement.check_signature();
    let signed = signed.map(|()| String::new()).map_err(|error| {
        format!("{error}: the words or the name were changed after they were signed")
    });
    checked.step("its author signed exactly these words", signed);
    let author = hex(&statement.author);
    let named = [
        (WHOSE_KEY, author_key.is_some()),
        (WHICH_LOG, log_key.is_some()),
    ];
    for (what, is_named) in named {
        if !is_named {
            checked.not_asked(what);
        }
    }
    if let Some(expected) = author_key {
        let is_theirs = same_key(expected, &author);
        checked.step(
            WHOSE_KEY,
            is_theirs
                .then(String::new)
                .ok_or_else(|| format!("it was signed with {author}")),
        );
    }
    let leaf = statement.leaf();
    let mut log_keys = Vec::new();
    if statement.receipts.is_empty() {
        checked.step(
            "a log registered it",
            Err("it carries no receipt: ask for the file with its receipt".into()),
        );
    }
    for receipt in &statement.receipts {
        let result = StatementReceipt::read(receipt).and_then(|receipt| {
            receipt.check(&statement)?;
            log_keys.push(hex(&receipt.log));
            Ok(receipt.issuer)
        });
        let result = result.map_err(|error| {
            format!("{error}: the receipt is forged, or belongs to another statement")
        });
        checked.step("a log registered it", result);
    }
    if let Some(expected) = log_key {
        let is_theirs = log_keys.iter().any(|key| same_key(expected, key));
        let others = log_keys.join(", ");
        checked.step(
            WHICH_LOG,
            is_theirs
                .then(String::new)
                .ok_or_else(|| format!("the receipts are by {others}")),
        );
    }
    checked.words = serde_json::from_slice(&statement.payload).ok();
    checked.issuer = Some(statement.issuer);
    checked.subject = Some(statement.subject);
    checked.author_key = Some(author);
    checked.log_keys = log_keys;
    checked.leaf = Some(leaf.hex());
    checked
}

/// Keys are compared without case and spaces; the beginning of a key is not the key.
fn same_key(one: &str, other: &str) -> bool {
    let plain = |key: &str| key.split_whitespace().collect::<String>().to_lowercase();
    plain(one) == plain(other)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
