//! Many numbers in one look at everything that is counted. Each question names people (values they
//! have, a period) and asks how many of them came to each of some steps, by span or by value of a
//! dimension. Every arrival is unpacked once and held against all questions, on a second thread
//! while the first reads on; manifest lines and movements, being few or alike, are read beside.
//!
//! Nothing is kept: the numbers come out of the rows each time they are asked for.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use domain::Moment;

use super::ask::Ask;
use super::lexicon::Lexicon;
use super::{Counted, Criteria, Dimension, Step, Tally};
use crate::columns::each;
use crate::packed::Packed;
use crate::{Register, Result};

/// Packed arrivals handed to the other thread at a time.
const BATCH: usize = 4_096;
/// Batches that may wait for the other thread: a few hundred kilobytes each.
const BATCHES_WAITING: usize = 4;

/// One question of a survey. The step of the criteria is not used.
#[derive(Clone, Debug)]
pub struct Question {
    /// Whom to count: values and a period.
    pub criteria: Criteria,
    /// At which steps.
    pub steps: Vec<Step>,
    /// How the numbers are told apart.
    pub by: By,
}

/// How the numbers of a question are told apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
    /// By the spans between neighbouring bounds, from, inclusive, to, exclusive; bounds go upwards.
    /// The period of the criteria is not used.
    Spans(Vec<Moment>),
    /// By the values of a dimension.
    Dimension(Dimension),
}

/// The answer to one question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// For each span, in order, the steps in the order asked.
    Spans(Vec<Vec<Counted>>),
    /// For each value, in its order, the steps in the order asked; values nobody has are left out.
    Tally(Tally),
}

impl Register<'_> {
    /// Answers many questions, in their order, in one look at the rows.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn survey(&self, questions: &[Question]) -> Result<Vec<Answer>> {
        let lexicon = Lexicon::of(self)?;
        let mut asks: Vec<_> = questions
            .iter()
            .map(|question| Ask::of(question, &lexicon))
            .collect();
        if asks.iter().any(Ask::counts_movements) {
            for movement in &lexicon.movements {
                for ask in &mut asks {
                    ask.movement(movement);
                }
            }
        }
        if asks.iter().any(Ask::counts_lines) {
            self.lines(&mut asks, &lexicon)?;
        }
        if asks.iter().any(Ask::counts_arrivals) {
            asks = self.arrivals(asks, &lexicon)?;
        }
        asks.iter().map(|ask| answer(ask, &lexicon)).collect()
    }

    /// Lines of manifests: those of one movement listed at one moment are counted together.
    fn lines(&self, asks: &mut [Ask], lexicon: &Lexicon) -> Result<()> {
        const HELD: &str =
            "EXISTS (SELECT 1 FROM r_present h WHERE h.line = l.id AND h.listed = 1)";
        let listed = "SELECT l.movement, l.listed_at, count(*) FROM r_line l WHERE l.removed = 0
            GROUP BY l.movement, l.listed_at"
            .to_owned();
        let held = format!(
            "SELECT l.movement, l.listed_at, 1 FROM r_line l INDEXED BY r_line_removed
            WHERE l.removed = 1 AND {HELD}"
        );
        let no_show = format!(
            "SELECT l.movement, l.no_show_at, 1 FROM r_line l
            WHERE l.no_show_at IS NOT NULL AND l.removed = 0 AND NOT {HELD}"
        );
        let movements = lexicon.by_id();
        for (step, sql) in [
            (Step::Listed, listed),
            (Step::Listed, held),
            (Step::NoShow, no_show),
        ] {
            if !asks.iter().any(|ask| ask.asks(step)) {
                continue;
            }
            each(self.connection(), &sql, [], |columns| {
                let movement = columns.raw()?.as_bytes().ok();
                let movement = movement.and_then(|id| movements.get(id));
                let (at, people) = (columns.value()?, columns.position()?);
                if let Some(movement) = movement {
                    for ask in asks.iter_mut() {
                        ask.line(movement, step, at, people);
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn arrivals(&self, asks: Vec<Ask>, lexicon: &Lexicon) -> Result<Vec<Ask>> {
        thread::scope(|scope| {
            let (sender, receiver) = sync_channel(BATCHES_WAITING);
            let counting = scope.spawn(move || count(asks, &receiver, lexicon));
            let mut batch = Batch::default();
            let sql = "SELECT body FROM r_counted";
            let read = each(self.connection(), sql, [], |columns| {
                batch.push(columns.raw()?.as_bytes().unwrap_or_default());
                if batch.ends.len() == BATCH {
                    // The other side is gone only after an error, which is told at the end.
                    let _ = sender.send(std::mem::take(&mut batch));
                }
                Ok(())
            });
            let _ = sender.send(batch);
            drop(sender);
            let counted = counting.join();
            let counted = counted.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            read.and(counted)
        })
    }
}

/// Packed arrivals one behind the other.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Batch {
    fn push(&mut self, body: &[u8]) {
        self.bytes.extend_from_slice(body);
        self.ends.push(self.bytes.len());
    }
}

/// Holds every arrival against every question that may count it.
fn count(mut asks: Vec<Ask>, batches: &Receiver<Batch>, lexicon: &Lexicon) -> Result<Vec<Ask>> {
    // A question about one site is not asked of people at others.
    let mut everywhere = Vec::new();
    let mut at_site: Vec<Vec<usize>> = Vec::new();
    for (place, ask) in asks.iter().enumerate() {
        match ask.site() {
            _ if !ask.counts_arrivals() => {}
            Some(site) => {
                let site = site as usize;
                at_site.resize_with(at_site.len().max(site + 1), Vec::new);
                at_site[site].push(place);
            }
            None => everywhere.push(place),
        }
    }
    let mut arrival = Packed::default();
    for batch in batches {
        let mut start = 0;
        for end in batch.ends {
            arrival.read(&batch.bytes[start..end])?;
            start = end;
            let here = at_site.get(arrival.site as usize);
            for place in everywhere.iter().chain(here.into_iter().flatten()) {
                asks[*place].arrival(&arrival, lexicon);
            }
        }
    }
    Ok(asks)
}

fn answer(ask: &Ask, lexicon: &Lexicon) -> Result<Answer> {
    let steps = ask.steps();
    let counts = ask.counts();
    let Some(dimension) = ask.dimension() else {
        let mut spans: Vec<_> = counts
            .chunks(steps.max(1))
            .map(<[Counted]>::to_vec)
            .collect();
        spans.resize(ask.spans(), vec![Counted::default(); steps]);
        return Ok(Answer::Spans(spans));
    };
    let mut by_value = BTreeMap::new();
    for (number, counts) in (0..).zip(counts.chunks(steps.max(1))) {
        let people: Vec<_> = counts.iter().map(|counted| counted.people).collect();
        if people.iter().any(|people| *people > 0) {
            by_value.insert(lexicon.value(dimension, number)?, people);
        }
    }
    Ok(Answer::Tally(Tally {
        dimension,
        counts: by_value.into_iter().collect(),
    }))
}
