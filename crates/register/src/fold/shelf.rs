//! Aggregates of one kind while events are folded into them. An event that is the newest of its
//! aggregate is applied to the state at hand; for any other the aggregate is folded anew from all
//! its events, so that the state never depends on the order in which they came.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use domain::{Entries, Order, Recorded, is_written_again, says_again};
use uuid::Uuid;

use super::across::Touched;
use super::conflict;
use super::store::Store;
use crate::columns::one;
use crate::{EventSource, Result};

/// State that one kind of aggregate has, and its rows.
pub(crate) trait Aggregate: Clone + PartialEq {
    /// Tells the kinds apart where the first event of an aggregate has not come yet.
    const KIND: i64;

    /// The state that a first event begins.
    fn begin(recorded: &Recorded) -> Option<Self>;

    /// Takes in one later event, in total order.
    fn apply(&mut self, recorded: &Recorded);

    /// Whether this event may have been made apart from one that is folded already, so that what
    /// stands depends on both.
    fn is_edited_by(&self, recorded: &Recorded) -> bool {
        says_again(&recorded.event)
    }

    /// Shows what stands, once all events are taken in.
    fn settle(&mut self, _entries: &Entries, _history: &[Recorded]) {}

    /// Forgets what belongs to owners whose data is erased.
    fn scrub(&mut self, _store: &Store<'_>) -> Result<()> {
        Ok(())
    }

    /// The state the rows hold, and the newest event in it.
    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>>;

    /// Writes the rows; `before` is what they hold now.
    fn save(
        &self,
        before: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        touched: &mut Touched,
    ) -> Result<()>;
}

struct Entry<A> {
    stored: Option<A>,
    now: Option<A>,
    last: Option<Order>,
    headless: bool,
    changed: bool,
    /// Somebody had to choose in it, or has to: it is always folded anew.
    settled: bool,
    /// What stands in its fields, where it was folded anew.
    entries: Option<Entries>,
    /// Events that came out of order; when there are any, the aggregate is folded anew.
    late: Vec<Recorded>,
}

/// The aggregates of one kind that are at hand.
pub(crate) struct Shelf<A> {
    entries: HashMap<Uuid, Entry<A>>,
}

impl<A> Default for Shelf<A> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
        }
    }
}

impl<A: Aggregate> Shelf<A> {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    fn entry(&mut self, id: Uuid, store: &Store<'_>) -> Result<&mut Entry<A>> {
        let vacant = match self.entries.entry(id) {
            Slot::Occupied(occupied) => return Ok(occupied.into_mut()),
            Slot::Vacant(vacant) => vacant,
        };
        let loaded = A::load(store, id)?;
        let headless = loaded.is_none() && is_headless::<A>(id, store)?;
        let settled = loaded.is_some() && conflict::is_settled(id, store)?;
        let (stored, last) = loaded.unzip();
        Ok(vacant.insert(Entry {
            now: stored.clone(),
            stored,
            last,
            headless,
            changed: false,
            settled,
            entries: None,
            late: Vec::new(),
        }))
    }

    /// Takes in one event of an aggregate.
    pub(crate) fn take(&mut self, recorded: &Recorded, store: &Store<'_>) -> Result<()> {
        let entry = self.entry(recorded.aggregate, store)?;
        let newest = entry.last.is_none_or(|last| recorded.order > last)
            || planted::mistake!("append what came late");
        if entry.last == Some(recorded.order) && entry.late.is_empty() {
            return Ok(());
        }
        let is_edited = |state: &A| entry.settled || state.is_edited_by(recorded);
        let edited = entry.now.as_ref().is_some_and(is_edited);
        if entry.headless || !newest || edited || !entry.late.is_empty() {
            entry.late.push(recorded.clone());
            return Ok(());
        }
        match &mut entry.now {
            Some(state) => state.apply(recorded),
            None => entry.now = A::begin(recorded),
        }
        if entry.now.is_some() {
            entry.last = Some(recorded.order);
            entry.changed = true;
        } else {
            entry.headless = true;
            store.run(
                "INSERT OR IGNORE INTO r_headless (kind, aggregate) VALUES (?1, ?2)",
                (A::KIND, recorded.aggregate.as_bytes()),
            )?;
        }
        Ok(())
    }

    /// Has an aggregate's rows written again, if it has any.
    pub(crate) fn touch(&mut self, id: Uuid, store: &Store<'_>) -> Result<()> {
        let entry = self.entry(id, store)?;
        entry.changed |= entry.now.is_some();
        Ok(())
    }

    /// Folds an aggregate anew from these events, if it is of this kind.
    pub(crate) fn refold(
        &mut self,
        id: Uuid,
        events: &[Recorded],
        store: &Store<'_>,
    ) -> Result<()> {
        let entry = self.entry(id, store)?;
        entry.late.extend_from_slice(events);
        Ok(())
    }

    /// Writes every aggregate that changed and clears the shelf.
    pub(crate) fn flush(
        &mut self,
        store: &Store<'_>,
        source: &dyn EventSource,
        belongs: impl Fn(&Recorded) -> bool,
        touched: &mut Touched,
    ) -> Result<()> {
        let mut entries: Vec<_> = self.entries.drain().collect();
        // In the order of time, so that what happened together lies together on the disk.
        entries.sort_unstable_by_key(|(id, entry)| (entry.last, *id));
        for (id, mut entry) in entries {
            if !entry.late.is_empty() {
                let mut events = source.of_aggregate(id)?;
                events.append(&mut entry.late);
                events.retain(|recorded| recorded.aggregate == id && belongs(recorded));
                fold_anew(id, events, &mut entry, store)?;
            }
            let (true, Some(mut now), Some(last)) = (entry.changed, entry.now, entry.last) else {
                continue;
            };
            now.scrub(store)?;
            now.save(entry.stored.as_ref(), &last, store, touched)?;
            if let Some(entries) = &entry.entries {
                conflict::write(id, entries, store)?;
            }
        }
        Ok(())
    }
}

fn fold_anew<A: Aggregate>(
    id: Uuid,
    mut events: Vec<Recorded>,
    entry: &mut Entry<A>,
    store: &Store<'_>,
) -> Result<()> {
    events.sort_by_key(|recorded| recorded.order);
    events.dedup_by_key(|recorded| recorded.order);
    let mut state: Option<A> = None;
    for recorded in &events {
        match &mut state {
            Some(state) => state.apply(recorded),
            None => state = A::begin(recorded),
        }
    }
    let Some(settled) = &mut state else {
        return Ok(());
    };
    if is_written_again(&events) {
        let entries = Entries::of(&events);
        settled.settle(&entries, &events);
        entry.entries = Some(entries);
    }
    if entry.headless {
        store.run(
            "DELETE FROM r_headless WHERE kind = ?1 AND aggregate = ?2",
            (A::KIND, id.as_bytes()),
        )?;
    }
    entry.now = state;
    entry.last = events.last().map(|recorded| recorded.order);
    entry.changed = true;
    Ok(())
}

fn is_headless<A: Aggregate>(id: Uuid, store: &Store<'_>) -> Result<bool> {
    let sql = "SELECT 1 FROM r_headless WHERE kind = ?1 AND aggregate = ?2";
    let found = one(store.connection, sql, (A::KIND, id.as_bytes()), |_| Ok(()))?;
    Ok(found.is_some())
}
