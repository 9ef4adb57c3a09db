//! What a newer manifest changes on the list of a movement.
//!
//! Importing the same file twice changes nothing; a corrected file changes what it corrects. A line
//! is recognised by its document number with its folded name, else by the number where the file has it
//! once, else by name and birth, else by name alone, each time only among lines not yet recognised, in
//! the order of the rows.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use crate::particulars::fold_name;
use crate::{Line, LineId, Particulars};

/// One person as a manifest file names them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ListedPerson {
    /// The row of the file, counted as a spreadsheet counts.
    pub row: u32,
    /// Who it is.
    pub particulars: Particulars,
}

/// How much of a manifest a file is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// All of it: whoever is not named is not on the movement.
    #[default]
    Whole,
    /// A part or a change: whoever is not named stays on the list.
    Part {
        /// Whom it takes off the list.
        withdrawn: Vec<ListedPerson>,
    },
}

impl Extent {
    /// Whom the file takes off a list that it does not hold itself.
    pub fn withdrawn(&self) -> &[ListedPerson] {
        match self {
            Self::Whole => &[],
            Self::Part { withdrawn } => withdrawn,
        }
    }
}

/// What an import would change.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Changes {
    /// People who were not on the list.
    pub listed: Vec<ListedPerson>,
    /// People whose particulars or row changed.
    pub changed: Vec<(LineId, ListedPerson)>,
    /// People on the list whom the new file does not name.
    pub removed: Vec<LineId>,
    /// People not named by the new file who are registered already: they stay.
    pub kept: Vec<LineId>,
    /// People whom a message takes off and who are not on the list: meant for another movement, or
    /// written otherwise there. Nothing changes for them.
    pub not_listed: Vec<ListedPerson>,
    /// People on both, alike.
    pub same: usize,
    /// People of the list whose data was erased and who are not recognised in the new file: some of
    /// those who look new may be them.
    pub erased: usize,
}

impl Changes {
    /// Whether taking this in may bring back somebody whose data was erased. Nothing is kept that
    /// could tell: neither a document number nor a digest of one. So whoever imports has to say.
    pub const fn may_bring_back_erased(&self) -> bool {
        self.erased > 0 && !self.listed.is_empty()
    }

    /// Whether this takes most people off a list, or all off a short one: then it may be the manifest
    /// of another movement, or a sheet that was cut.
    pub fn replaces(&self, current: &[Line]) -> bool {
        let listed = current.iter().filter(|line| !line.removed).count();
        let removed = self.removed.len();
        removed > 0 && (removed == listed || listed >= FEW && removed * 2 > listed)
    }

    /// Whether nothing changes.
    pub const fn is_empty(&self) -> bool {
        self.listed.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Of a list of fewer people most may go without a question.
const FEW: usize = 5;

/// What a file changes on the list of a movement. Where rows of it could not be read, whoever is
/// missing may stand in one of them: nobody is removed then.
pub fn changes(
    current: &[Line],
    people: &[ListedPerson],
    extent: &Extent,
    refused: u32,
) -> Changes {
    match extent {
        Extent::Part { withdrawn } => amended(current, people, withdrawn),
        Extent::Whole => {
            let mut changes = compare(current, people);
            if refused > 0 {
                changes.removed.clear();
            }
            changes
        }
    }
}

/// What a message changes that names only some people: those it adds or corrects, and those it takes
/// off. Whoever it does not name stays; whoever is registered already stays too. Of somebody on the
/// list, what the message does not say is kept.
fn amended(current: &[Line], incoming: &[ListedPerson], withdrawn: &[ListedPerson]) -> Changes {
    let mut taken = vec![false; current.len()];
    let mut match_all = |people: &[ListedPerson]| {
        let mut matched: Vec<Option<usize>> = vec![None; people.len()];
        pair_all(current, people, &mut matched, &mut taken);
        matched
    };
    let (matched, leaving) = (match_all(incoming), match_all(withdrawn));
    let mut changes = Changes::default();
    for (person, place) in incoming.iter().zip(&matched) {
        let Some(line) = place.map(|place| &current[place]) else {
            changes.listed.push(person.clone());
            continue;
        };
        let before = line.particulars.clone().unwrap_or_default();
        let after = person.particulars.clone().completed_by(&before);
        if after == before && !line.removed {
            changes.same += 1;
        } else {
            let person = ListedPerson {
                row: person.row,
                particulars: after,
            };
            changes.changed.push((line.id, person));
        }
    }
    for (person, place) in withdrawn.iter().zip(leaving) {
        let Some(line) = place.map(|place| &current[place]) else {
            changes.not_listed.push(person.clone());
            continue;
        };
        if line.taken_by.is_some() {
            changes.kept.push(line.id);
        } else if !line.removed {
            changes.removed.push(line.id);
        }
    }
    // Whoever looks new may be somebody whose data was erased, as with a whole list.
    let left_over = current.iter().zip(&taken).filter(|(_, taken)| !**taken);
    changes.erased = left_over.filter(|(line, _)| line.erased).count();
    let touched = taken.iter().filter(|taken| **taken).count();
    changes.same += current
        .iter()
        .filter(|line| !line.removed)
        .count()
        .saturating_sub(touched);
    changes
}

/// Compares the list of a movement with a newer file.
fn compare(current: &[Line], incoming: &[ListedPerson]) -> Changes {
    let mut matched: Vec<Option<usize>> = vec![None; incoming.len()];
    let mut taken = vec![false; current.len()];
    pair_all(current, incoming, &mut matched, &mut taken);
    pair_unreadable(current, incoming, &mut matched, &mut taken);

    let mut changes = Changes::default();
    for (person, place) in incoming.iter().zip(&matched) {
        let Some(line) = place.map(|place| &current[place]) else {
            changes.listed.push(person.clone());
            continue;
        };
        let unreadable = line.particulars.is_none();
        let alike = unreadable || line.particulars.as_ref() == Some(&person.particulars);
        if unreadable || !line.removed && alike {
            changes.same += 1;
        } else {
            changes.changed.push((line.id, person.clone()));
        }
    }
    for line in current
        .iter()
        .zip(&taken)
        .filter(|(_, taken)| !**taken)
        .map(|(line, _)| line)
    {
        changes.erased += usize::from(line.erased);
        if line.taken_by.is_some() {
            changes.kept.push(line.id);
        } else if !line.removed {
            changes.removed.push(line.id);
        }
    }
    changes
}

/// Pairs by document and name, by document where it stands on one person only, then by name and
/// birth, then by name.
fn pair_all(
    current: &[Line],
    incoming: &[ListedPerson],
    matched: &mut [Option<usize>],
    taken: &mut [bool],
) {
    let document = |who: &Particulars| {
        let document = who.documents.first();
        document.map(|document| document.number.clone())
    };
    let name = |who: &Particulars| fold_name(&who.full_name());
    pair(current, incoming, matched, taken, |who| {
        document(who).map(|number| (number, name(who)))
    });
    // A number typed on two people tells neither of them from the other.
    let mut seen = HashMap::new();
    for number in incoming
        .iter()
        .filter_map(|person| document(&person.particulars))
    {
        *seen.entry(number).or_insert(0) += 1;
    }
    pair(current, incoming, matched, taken, |who| {
        document(who).filter(|number| seen.get(number) == Some(&1))
    });
    pair(current, incoming, matched, taken, |who| {
        who.birth.map(|birth| (name(who), birth))
    });
    pair(current, incoming, matched, taken, |who| {
        Some(name(who)).filter(|name| !name.is_empty())
    });
}

/// Pairs what is not yet paired and has the same key; namesakes in the order of their rows.
fn pair<K: Eq + Hash>(
    current: &[Line],
    incoming: &[ListedPerson],
    matched: &mut [Option<usize>],
    taken: &mut [bool],
    key: impl Fn(&Particulars) -> Option<K>,
) {
    let mut free: Vec<_> = (0..current.len()).filter(|place| !taken[*place]).collect();
    free.sort_by_key(|place| std::cmp::Reverse(current[*place].row));
    let mut places: HashMap<K, Vec<usize>> = HashMap::new();
    for place in free {
        if let Some(key) = current[place].particulars.as_ref().and_then(&key) {
            places.entry(key).or_default().push(place);
        }
    }
    for (person, slot) in incoming
        .iter()
        .zip(matched)
        .filter(|(_, slot)| slot.is_none())
    {
        let place = key(&person.particulars).and_then(|key| places.get_mut(&key)?.pop());
        if let Some(place) = place {
            taken[place] = true;
            *slot = Some(place);
        }
    }
}

/// Somebody whose data was erased stands on the list without it, so nothing tells who of the file they
/// are. A file that names no more people than the list holds brings nobody new: who is left over on
/// both sides is the same, and their data is not taken in again. A longer file does bring somebody;
/// then people decide, because nothing that is left can ([`Changes::may_bring_back_erased`]).
fn pair_unreadable(
    current: &[Line],
    incoming: &[ListedPerson],
    matched: &mut [Option<usize>],
    taken: &mut [bool],
) {
    if incoming.len() > current.iter().filter(|line| !line.removed).count() {
        return;
    }
    let unreadable = |place: &usize| current[*place].particulars.is_none();
    let left_over: Vec<_> = (0..current.len())
        .filter(|place| !taken[*place])
        .filter(unreadable)
        .collect();
    let unmatched = matched.iter_mut().filter(|slot| slot.is_none());
    for (slot, place) in unmatched.zip(left_over) {
        taken[place] = true;
        *slot = Some(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Birth, Day, Document, DocumentKind, MovementId};
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn person(row: u32, name: &str, document: Option<&str>) -> ListedPerson {
        ListedPerson {
            row,
            particulars: Particulars {
                given_names: name.into(),
                birth: Some(Birth::On(Day(date(1990, 1, 1)))),
                documents: document
                    .map(|number| Document::new(DocumentKind::Passport, number, None))
                    .into_iter()
                    .collect(),
                ..Particulars::default()
            },
        }
    }

    fn listed(people: &[ListedPerson]) -> Vec<Line> {
        (1..)
            .zip(people)
            .map(|(n, person)| Line {
                id: LineId(Uuid::from_u128(n)),
                movement: MovementId(Uuid::nil()),
                row: Some(person.row),
                particulars: Some(person.particulars.clone()),
                removed: false,
                no_show: false,
                erased: false,
                taken_by: None,
            })
            .collect()
    }

    #[test]
    fn a_corrected_spelling_with_the_same_document_is_a_change_not_a_new_person() {
        let before = listed(&[person(2, "Demo Wilne", Some("HA1"))]);
        let changes = compare(&before, &[person(2, "Demo Wilner", Some("HA1"))]);
        assert_eq!(
            (
                changes.changed.len(),
                changes.listed.len(),
                changes.removed.len()
            ),
            (1, 0, 0)
        );
    }

    #[test]
    fn a_change_touches_nobody_it_does_not_name_and_takes_nothing_away() {
        let before = listed(&[
            person(2, "Demo Ana", Some("HA1")),
            person(3, "Demo Bea", Some("HA2")),
            person(4, "Demo Cleo", Some("HA3")),
        ]);
        let mut spare = person(9, "Demo Anna", Some("HA1"));
        spare.particulars.birth = None;
        let new = person(10, "Demo Dora", None);
        let changes = amended(&before, &[spare, new], &[person(11, "Demo Cleo", None)]);
        assert_eq!((changes.listed.len(), changes.same), (1, 1));
        assert_eq!(changes.removed, [before[2].id]);
        let (line, ana) = &changes.changed[0];
        assert_eq!(*line, before[0].id);
        assert_eq!(ana.particulars.given_names, "Demo Anna");
        assert!(ana.particulars.birth.is_some(), "what is not said is kept");
    }

    #[test]
    fn who_is_taken_off_a_list_they_are_not_on_is_named_and_the_rest_is_taken_in() {
        let mut before = listed(&[
            person(2, "Demo Ana", Some("HA1")),
            person(3, "Demo Bea", Some("HA2")),
        ]);
        let leaving = [
            person(7, "Demo Zoe", Some("HA9")),
            person(11, "Demo Bea", Some("HA2")),
            person(15, "Demo Ana", Some("HA8")),
        ];
        let mut other = leaving[2].clone();
        other.particulars.given_names = "Demo Noa".into();
        let leaving = [leaving[0].clone(), leaving[1].clone(), other];
        let changes = amended(&before, &[], &leaving);
        assert_eq!(changes.removed, [before[1].id]);
        assert_eq!(changes.not_listed, [leaving[0].clone(), leaving[2].clone()]);
        // Whoever came off by the same message before is no stranger.
        before[1].removed = true;
        let again = amended(&before, &[], &leaving);
        assert!(again.is_empty());
        assert_eq!(again.not_listed, changes.not_listed);
    }

    #[test]
    fn a_change_that_adds_people_to_a_list_with_erased_data_is_asked_about() {
        let mut before = listed(&[person(2, "Demo Ana", None), person(3, "Demo Bea", None)]);
        before[1].particulars = None;
        before[1].erased = true;
        let named = amended(&before, &[person(2, "Demo Ana", None)], &[]);
        assert!(!named.may_bring_back_erased(), "nobody looks new");
        let added = amended(&before, &[person(3, "Demo Bea", None)], &[]);
        assert_eq!((added.listed.len(), added.erased), (1, 1));
        assert!(added.may_bring_back_erased());
    }

    #[test]
    fn two_people_with_one_document_number_are_not_exchanged() {
        let people = [
            person(2, "Demo Ana", Some("HA1")),
            person(5, "Demo Bea", Some("HA1")),
        ];
        let mut lines = listed(&people);
        lines.reverse();
        assert!(compare(&lines, &people).is_empty());
        let corrected = [person(2, "Demo Anna", Some("HA1")), people[1].clone()];
        let changes = compare(&lines, &corrected);
        assert_eq!(changes.same, 1, "who is named as before stays as they were");
    }

    #[test]
    fn somebody_registered_stays_when_a_newer_file_forgets_them() {
        let mut before = listed(&[person(2, "Demo Ana", None), person(3, "Demo Bea", None)]);
        before[0].taken_by = Some(crate::ArrivalId(Uuid::from_u128(9)));
        let changes = compare(&before, &[]);
        assert_eq!((changes.kept.len(), changes.removed.len()), (1, 1));
    }

    proptest! {
        #[test]
        fn the_same_file_twice_changes_nothing(
            people in proptest::collection::vec(("[a-c]{0,2}", proptest::option::of("HA[1-3]")), 0..12),
            turned in any::<u8>(),
        ) {
            let people: Vec<_> = (2..)
                .zip(&people)
                .map(|(row, (name, document))| person(row, name, document.as_deref()))
                .collect();
            // The list is kept in the order of random ids.
            let mut lines = listed(&people);
            lines.rotate_left(usize::from(turned) % people.len().max(1));
            let changes = compare(&lines, &people);
            prop_assert!(changes.is_empty());
            prop_assert_eq!(changes.same, people.len());
        }

        #[test]
        fn a_change_applied_twice_changes_once(
            before in proptest::collection::vec("[a-c]{1,2}", 0..8),
            named in proptest::collection::vec("[a-c]{1,2}", 0..5),
            withdrawn in proptest::collection::vec("[a-c]{1,2}", 0..3),
        ) {
            let rows = |names: &[String]| -> Vec<_> {
                (2..).zip(names).map(|(row, name)| person(row, name, None)).collect()
            };
            let mut lines = listed(&rows(&before));
            let (incoming, leaving) = (rows(&named), rows(&withdrawn));
            let changes = amended(&lines, &incoming, &leaving);
            prop_assert!(changes.removed.len() <= leaving.len());
            prop_assert_eq!(changes.same + changes.changed.len() + changes.removed.len(), lines.len());
            for line in &mut lines {
                line.removed |= changes.removed.contains(&line.id);
            }
            let mut after: Vec<_> = lines.iter().filter(|line| !line.removed).cloned().collect();
            after.extend(listed(&changes.listed));
            prop_assert!(amended(&after, &incoming, &[]).listed.is_empty());
        }

        #[test]
        fn nobody_is_lost_between_two_files(
            before in proptest::collection::vec("[a-c]{0,2}", 0..12),
            after in proptest::collection::vec("[a-c]{0,2}", 0..12),
        ) {
            let rows = |names: &[String]| -> Vec<_> {
                (2..).zip(names).map(|(row, name)| person(row, name, None)).collect()
            };
            let lines = listed(&rows(&before));
            let incoming = rows(&after);
            let changes = compare(&lines, &incoming);
            prop_assert_eq!(changes.listed.len() + changes.changed.len() + changes.same, incoming.len());
            prop_assert_eq!(changes.removed.len() + changes.changed.len() + changes.same, lines.len());
        }
    }
}
