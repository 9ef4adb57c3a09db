//! What is in stock and what was given, for many sites and spans in one look at packed changes: for
//! reports, which ask for all of it. A single balance is a query over the rows, as the desk needs it.

use std::collections::{BTreeMap, HashMap};

use domain::{ItemCode, Moment, SiteId};

use super::Cause;
use crate::columns::{each, one};
use crate::packed::{PackedChange, Word, read_changes};
use crate::{Register, RegisterError, Result};

/// A site, and spans between neighbouring bounds, which go upwards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoodsAsked {
    /// The site.
    pub site: SiteId,
    /// The bounds: from, inclusive, to, exclusive.
    pub bounds: Vec<Moment>,
}

/// What moved at a site.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Goods {
    /// The balance of every item that ever moved there.
    pub balances: BTreeMap<ItemCode, i64>,
    /// For each span, in order, how much of each item was given in it, net of what came back.
    pub given: Vec<BTreeMap<ItemCode, u64>>,
}

/// Sums by the number of the item.
type Sums = Vec<Option<i64>>;

/// One question with its sums so far.
struct Ask<'a> {
    bounds: &'a [Moment],
    balances: Sums,
    given: Vec<Sums>,
}

impl Register<'_> {
    /// What moved at some sites, in the order asked: the balances of [`Register::balances`], and
    /// for each span what [`Register::given`] says.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn goods(&self, asked: &[GoodsAsked]) -> Result<Vec<Goods>> {
        let mut asks: Vec<_> = asked.iter().map(|asked| Ask::of(&asked.bounds)).collect();
        let mut at_site: HashMap<Word, Vec<usize>> = HashMap::new();
        for (place, asked) in asked.iter().enumerate() {
            let sql = "SELECT no FROM r_word WHERE word = ?1";
            let site = asked.site.0.as_bytes().as_slice();
            let number = one(self.connection(), sql, [site], |columns| columns.value())?;
            if let Some(number) = number {
                at_site.entry(number).or_default().push(place);
            }
        }
        each(
            self.connection(),
            "SELECT body FROM r_stock_packed",
            [],
            |columns| {
                let bytes = columns.raw()?.as_bytes().map_err(|_| RegisterError::Row)?;
                read_changes(bytes, |change| {
                    for place in at_site.get(&change.site).into_iter().flatten() {
                        asks[*place].add(change);
                    }
                    Ok(())
                })
            },
        )?;
        let mut items = HashMap::new();
        let sql = "SELECT no, word FROM r_word";
        each(self.connection(), sql, [], |columns| {
            let number: Word = columns.value()?;
            let word: Vec<u8> = columns.value()?;
            if let Ok(code) = String::from_utf8(word) {
                items.insert(number, ItemCode::any(code));
            }
            Ok(())
        })?;
        asks.into_iter().map(|ask| ask.done(&items)).collect()
    }
}

impl<'a> Ask<'a> {
    fn of(bounds: &'a [Moment]) -> Self {
        Self {
            bounds,
            balances: Sums::new(),
            given: vec![Sums::new(); bounds.len().saturating_sub(1)],
        }
    }

    fn add(&mut self, change: PackedChange) {
        add(&mut self.balances, change);
        let given = change.cause == Cause::Given.number();
        if given || change.cause == Cause::Voided.number() {
            let place = self.bounds.partition_point(|bound| bound.0 <= change.at);
            // Before the first bound it is in no span, from the last on neither.
            let span = place
                .checked_sub(1)
                .and_then(|span| self.given.get_mut(span));
            if let Some(sums) = span {
                add(sums, change);
            }
        }
    }

    fn done(self, items: &HashMap<Word, ItemCode>) -> Result<Goods> {
        let given = self.given.into_iter().map(|sums| {
            let net = named(sums, items)?.into_iter();
            let net = net.map(|(item, sum)| (item, u64::try_from(-sum).unwrap_or(0)));
            Ok(net.collect())
        });
        Ok(Goods {
            balances: named(self.balances, items)?,
            given: given.collect::<Result<_>>()?,
        })
    }
}

fn add(sums: &mut Sums, change: PackedChange) {
    let place = change.item as usize;
    if place >= sums.len() {
        sums.resize(place + 1, None);
    }
    let sum = sums[place].get_or_insert(0);
    *sum += change.change;
}

fn named(sums: Sums, items: &HashMap<Word, ItemCode>) -> Result<BTreeMap<ItemCode, i64>> {
    let named = (0..)
        .zip(sums)
        .filter_map(|(number, sum)| Some((number, sum?)));
    named
        .map(|(number, sum)| {
            let item = items.get(&number).ok_or(RegisterError::Row)?;
            Ok((item.clone(), sum))
        })
        .collect()
}
