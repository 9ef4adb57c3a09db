//! What others stated: figures and accounts.

use domain::{Advice, Danger, Figure, Matter, NodeKey, Office, Registered};

use crate::columns::all;
use crate::{Register, Result};

impl Register<'_> {
    /// Every figure on record, those withdrawn too, by the day it is about.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn stated_figures(&self) -> Result<Vec<Figure>> {
        let sql = "SELECT body FROM r_figure ORDER BY id";
        let mut figures: Vec<Figure> = all(self.connection(), sql, [], |columns| columns.cbor())?;
        figures.sort_by(|one, other| {
            let key = |figure: &Figure| (figure.stated.as_of, figure.stated.from, figure.id);
            key(one).cmp(&key(other))
        });
        Ok(figures)
    }

    /// Every matter of which there are accounts, by when it happened.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn matters(&self) -> Result<Vec<Matter>> {
        let sql = "SELECT body FROM r_matter ORDER BY id";
        let mut matters: Vec<Matter> = all(self.connection(), sql, [], |columns| columns.cbor())?;
        matters.sort_by(|one, other| (one.day, &one.title).cmp(&(other.day, &other.title)));
        Ok(matters)
    }

    /// Every office, by name.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn offices(&self) -> Result<Vec<Office>> {
        let sql = "SELECT body FROM r_office ORDER BY id";
        let mut offices: Vec<Office> = all(self.connection(), sql, [], |columns| columns.cbor())?;
        offices.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(offices)
    }

    /// Every recommendation, dissent and published report.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn all_advice(&self) -> Result<Vec<Advice>> {
        let sql = "SELECT body FROM r_advice ORDER BY id";
        all(self.connection(), sql, [], |columns| columns.cbor())
    }

    /// The statements registered at a node, in the order of its log: the leaves of its log of
    /// statements.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn statements_of(&self, node: NodeKey) -> Result<Vec<Registered>> {
        let advice = self.all_advice()?.into_iter();
        let statements = advice.flat_map(|advice| advice.statements);
        let mut here: Vec<_> = statements
            .filter(|statement| statement.node == node)
            .collect();
        here.sort_by_key(|statement| statement.position);
        Ok(here)
    }

    /// Everything that is known of danger, the newest incident first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn danger(&self) -> Result<Danger> {
        let of = |table: &str| format!("SELECT body FROM {table} ORDER BY id");
        let mut danger = Danger {
            incidents: all(self.connection(), &of("r_incident"), [], |columns| {
                columns.cbor()
            })?,
            access: all(self.connection(), &of("r_access"), [], |columns| {
                columns.cbor()
            })?,
            teams: all(self.connection(), &of("r_team"), [], |columns| {
                columns.cbor()
            })?,
        };
        danger
            .incidents
            .sort_by_key(|incident| (std::cmp::Reverse(incident.at), incident.id));
        danger
            .access
            .sort_by_key(|access| (access.area.clone(), access.id));
        Ok(danger)
    }
}
