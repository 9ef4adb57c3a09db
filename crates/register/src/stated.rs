//! What others stated: figures and accounts.

use domain::{Figure, Matter};

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
}
