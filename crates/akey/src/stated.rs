//! What commands ask of a node about what others stated: figures taken in and given out, and the
//! balance of the sites.

use std::collections::BTreeMap;

use domain::{Command, FigureId, Permission, Refusal};
use figures::{Options, Problem, Statement, read, write};
use node::{Node, NodeError, Request};
use report::balance;
use report::stated::{self, Own};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;
use crate::fresh::fresh_id;

/// Figures to be taken in; the file travels beside.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct FiguresAsked {
    /// Only say what would be put on record.
    pub dry_run: bool,
    /// Who takes them in.
    pub login: String,
    /// How they prove it.
    pub password: String,
}

/// What was taken in, or would be.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Taken {
    /// Nothing was recorded.
    pub dry_run: bool,
    /// The codes put on record.
    pub recorded: Vec<String>,
    /// How many were on record before and stay as they are.
    pub known: usize,
    /// Rows left out, and parts that are nowhere.
    pub problems: Vec<String>,
}

/// The register of stated figures.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Stated {
    /// As CSV of the form that is taken in.
    pub csv: String,
    /// What was counted here of the same, by the code of the figure.
    pub own: BTreeMap<String, Value>,
}

/// The balance of every site.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Sites {
    /// The names of the sites by their ids.
    pub names: BTreeMap<String, String>,
    /// As the pages show it: [`balance::Balances`].
    pub balances: Value,
}

/// Takes figures in.
pub fn take(node: &Node, asked: &FiguresAsked, bytes: &[u8]) -> Result<Taken, Failure> {
    let session = node.sign_in(&asked.login, &asked.password)?;
    let permission = Permission::KeepFigures;
    if !session.may(permission) {
        return Err(NodeError::from(Refusal::NotAllowed { permission }).into());
    }
    let read = read(bytes).map_err(|why| Failure::Wrong(why.to_string()))?;
    let (fresh, sites) = node.read::<_, Failure>(|register| {
        let sites = register.sites().map_err(NodeError::from)?;
        Ok((
            stated::fresh(register, &read.statements, node.now())?,
            sites,
        ))
    })?;
    let lost = fresh.lost_parts.iter().map(|(figure, part)| {
        format!("{figure} names {part} as a part, which is neither in the file nor on record: it is left out")
    });
    let unusable = fresh.unusable.iter().map(|(figure, column)| {
        format!("{figure}, {column}: it is empty, or not what such a column holds; complete the row and take the file in again")
    });
    let taken = Taken {
        dry_run: asked.dry_run,
        recorded: fresh
            .statements
            .iter()
            .map(|statement| statement.figure_id.clone())
            .collect(),
        known: fresh.known,
        problems: read
            .problems
            .iter()
            .map(problem)
            .chain(unusable)
            .chain(lost)
            .collect(),
    };
    if asked.dry_run || fresh.statements.is_empty() {
        return Ok(taken);
    }
    let figures = stated::figures_of(&fresh.statements, &sites, || FigureId(fresh_id()));
    let request = Request {
        id: fresh_id(),
        site: node.home_site()?,
        occurred: None,
        command: Command::StateFigures { figures },
    };
    node.execute(&session, request)?;
    Ok(taken)
}

/// A row left out, in words.
pub fn problem(problem: &Problem) -> String {
    let column = problem
        .column
        .map_or_else(String::new, |column| format!(", {column}"));
    format!(
        "row {}{column}: {}; {}",
        problem.row, problem.what, problem.remedy
    )
}

/// Everything on record.
pub fn held(node: &Node, about_percent: i64) -> Result<Stated, Failure> {
    let now = node.now();
    let held = node.read::<_, Failure>(|register| {
        Ok(stated::hold(register, Options { about_percent }, now)?)
    })?;
    let own = |(code, own): (&String, &Own)| Ok((code.clone(), serde_json::to_value(own)?));
    let own = held
        .own
        .iter()
        .map(own)
        .collect::<Result<_, serde_json::Error>>();
    Ok(Stated {
        csv: write(&held.statements),
        own: own.map_err(|error| Failure::Wrong(error.to_string()))?,
    })
}

/// The statements of a register.
pub fn statements(stated: &Stated) -> Result<Vec<Statement>, Failure> {
    let read = read(stated.csv.as_bytes()).map_err(|why| Failure::Wrong(why.to_string()))?;
    Ok(read.statements)
}

/// The balance of every site.
pub fn sites(node: &Node) -> Result<Sites, Failure> {
    node.read::<_, Failure>(|register| {
        let name = |site: &domain::Site| (site.id.0.hyphenated().to_string(), site.name.clone());
        let sites = register.sites().map_err(NodeError::from)?;
        let balances = balance::balances(register, Options::default())?;
        let balances = serde_json::to_value(&balances);
        Ok(Sites {
            names: sites.iter().map(name).collect(),
            balances: balances.map_err(|error| Failure::Wrong(error.to_string()))?,
        })
    })
}
