//! What stands in the fields of one thing, out of its whole history. An edit names the entries it was
//! made upon and replaces those; every entry that no edit knew stays. Where more than one value stays,
//! the field is in conflict, and both are shown until somebody who saw them chooses.
//!
//! It is a function of the set of events: in whatever order they came, the same stands.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::event::{Event, Order, Recorded};
use crate::value::{How, is_edit, made_upon, written};
use crate::{Field, Moment, UserId, Value};

/// What somebody wrote into a field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Entry {
    /// What.
    pub value: Value,
    /// Who.
    pub by: UserId,
    /// When it happened, as they said.
    pub at: Moment,
    /// Where it stands in the log: its name, by which others say that they saw it.
    pub order: Order,
}

#[derive(Clone, Debug)]
struct Kept {
    entry: Entry,
    replaced: bool,
    /// Somebody chose it among several.
    chosen: bool,
}

/// Everything written into the fields of one thing, and what of it stands.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    fields: BTreeMap<Field, Vec<Kept>>,
}

/// A field in which more than one value stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Conflict {
    /// Which field.
    pub field: Field,
    /// What stands in it, in total order.
    pub entries: Vec<Entry>,
}

impl Entries {
    /// What stands after these events of one aggregate, in whatever order they are given and however
    /// often.
    pub fn of(history: &[Recorded]) -> Self {
        let mut events: Vec<&Recorded> = history.iter().collect();
        events.sort_by_key(|recorded| recorded.order);
        events.dedup_by_key(|recorded| recorded.order);
        let mut entries = Self::default();
        for recorded in events {
            entries.take(recorded);
        }
        entries
    }

    fn take(&mut self, recorded: &Recorded) {
        if let Event::ValueChosen(chosen) = &recorded.event {
            let Some(field) = Field::from_code(&chosen.field) else {
                return;
            };
            // Not here yet, or not to be read here: then the choice is taken in once it can be.
            if let Some(value) = self.value_of(field, chosen.chosen) {
                self.write(field, How::Says, value, recorded);
            }
            return;
        }
        for (field, how, value) in written(recorded) {
            self.write(field, how, value, recorded);
        }
    }

    pub(crate) fn value_of(&self, field: Field, order: Order) -> Option<Value> {
        let kept = self.fields.get(&field)?.iter();
        let mut named = kept.filter(|kept| kept.entry.order == order);
        named.next().map(|kept| kept.entry.value.clone())
    }

    fn write(&mut self, field: Field, how: How, value: Value, recorded: &Recorded) {
        let written = self.fields.entry(field).or_default();
        let chosen = matches!(recorded.event, Event::ValueChosen(_));
        let entry = Entry {
            value,
            by: recorded.author,
            at: recorded.occurred.at,
            order: recorded.order,
        };
        let upon = made_upon(recorded).filter(|_| !planted::mistake!("let the later edit win"));
        let Some(upon) = upon else {
            // Written before edits could name what they were made upon: it replaces what is earlier.
            for kept in written.iter_mut() {
                kept.replaced = true;
            }
            written.push(Kept {
                entry,
                replaced: false,
                chosen,
            });
            return;
        };
        let is_base = |kept: &&Kept| upon.contains(&kept.entry.order);
        if how == How::Carries {
            let mut base = written.iter().filter(is_base).peekable();
            let left_alone =
                base.peek().is_some() && base.all(|kept| kept.entry.value.says_as(&entry.value));
            if left_alone {
                return;
            }
        }
        for kept in written.iter_mut() {
            kept.replaced |= upon.contains(&kept.entry.order);
        }
        written.push(Kept {
            entry,
            replaced: false,
            chosen,
        });
    }

    /// What stands in a field, in total order.
    pub fn standing(&self, field: Field) -> impl DoubleEndedIterator<Item = &Entry> {
        let kept = self.fields.get(&field).map_or(&[][..], Vec::as_slice);
        let standing = kept.iter().filter(|kept| !kept.replaced);
        standing.map(|kept| &kept.entry)
    }

    /// What is shown of a field where only one value has room: the latest that stands.
    pub fn shown(&self, field: Field) -> Option<&Value> {
        self.standing(field).next_back().map(|entry| &entry.value)
    }

    /// What somebody chose for a field, where nothing else was written since.
    pub fn chosen(&self, field: Field) -> Option<&Value> {
        let mut kept = self
            .fields
            .get(&field)?
            .iter()
            .filter(|kept| !kept.replaced);
        let only = kept.next().filter(|kept| kept.chosen)?;
        kept.next().is_none().then_some(&only.entry.value)
    }

    /// Whether somebody ever had to choose in one of the fields, or has to.
    pub fn was_ever_in_conflict(&self) -> bool {
        let mut kept = self.fields.values().flatten();
        kept.any(|kept| kept.chosen) || self.conflicts().next().is_some()
    }

    /// The entries of a field that say different things, where there are any.
    pub fn conflict(&self, field: Field) -> Option<Conflict> {
        let mut standing = self.standing(field);
        let first = standing.next()?;
        let differ = standing.any(|entry| !entry.value.says_as(&first.value));
        differ.then(|| Conflict {
            field,
            entries: self.standing(field).cloned().collect(),
        })
    }

    /// Every field in which more than one value stands.
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict> {
        let fields = self.fields.keys();
        fields.filter_map(|field| self.conflict(*field))
    }

    /// What an edit is made upon whose author did not say: what stands in its fields, as this history
    /// has it. Of a field in conflict only what is shown: who did not see the other value does not
    /// replace it.
    pub fn upon(&self, event: &Event) -> Vec<Order> {
        let written = self
            .fields
            .keys()
            .filter(|field| field.is_written_by(event));
        let mut upon: Vec<Order> = written
            .flat_map(|field| {
                let standing = self.standing(*field).map(|entry| entry.order);
                let seen = if self.conflict(*field).is_some() {
                    1
                } else {
                    usize::MAX
                };
                standing.rev().take(seen)
            })
            .collect();
        upon.sort_unstable();
        upon.dedup();
        upon
    }
}

/// What an event is made upon, where its rule did not say, by whoever knows the history of what it is about:
/// an edit what it replaces, the withdrawal of a card the registrations on it. None for an event that takes
/// back nothing; then the history is not asked for.
///
/// # Errors
/// When the history cannot be had.
pub fn made_upon_history<H: AsRef<[Recorded]>, E>(
    event: &Event,
    history: impl FnOnce() -> Result<H, E>,
) -> Result<Option<Vec<Order>>, E> {
    if is_edit(event) {
        let upon = Entries::of(history()?.as_ref()).upon(event);
        return Ok(Some(upon));
    }
    if !matches!(event, Event::ArrivalWithdrawn(_)) {
        return Ok(None);
    }
    let history = history()?;
    let registrations = history
        .as_ref()
        .iter()
        .filter(|recorded| matches!(recorded.event, Event::ArrivalRegistered(_)));
    Ok(Some(registrations.map(|recorded| recorded.order).collect()))
}

impl Field {
    /// Whether events of this kind write this field.
    fn is_written_by(self, event: &Event) -> bool {
        match event {
            Event::MovementDeparted(_) => {
                [Self::MovementTakesPlace, Self::MovementDepartedAt].contains(&self)
            }
            Event::MovementLanded(_) => [
                Self::MovementTakesPlace,
                Self::MovementLandedAt,
                Self::MovementHeadcount,
            ]
            .contains(&self),
            Event::HeadcountCorrected(_) => self == Self::MovementHeadcount,
            Event::MovementDiverted(_) => self == Self::MovementDestination,
            Event::MovementCancelled(_) => self == Self::MovementTakesPlace,
            Event::ScreeningStated(_) => self == Self::MovementScreening,
            Event::ArrivalRegistered(_) => self == Self::ArrivalPerson,
            Event::ArrivalScreened(_) => self == Self::ArrivalScreening,
            Event::ArrivalFlagged(_) => self == Self::ArrivalPriority,
            Event::ServiceListed(_) => [Self::ServiceListing, Self::ServiceContact].contains(&self),
            Event::ServiceStated(_) => self == Self::ServiceAvailability,
            // Of everything else the history holds fields of the kind's own alone.
            _ => is_edit(event),
        }
    }
}
