//! Who has which key: chains in two arrays, so that adding somebody writes a few numbers and moves nothing.

/// Keys of one person, in the mean.
const KEYS_EACH: usize = 9;
/// Chains grow to so many before there are more of them.
const LOAD_MAX: usize = 8;

/// No next, and nobody.
const END: u32 = u32::MAX;

/// People by key. A chain holds whoever has one of the keys that fall to it: most often one key.
#[derive(Debug)]
pub(crate) struct Postings {
    /// The beginning of each chain; a power of two of them.
    heads: Vec<u32>,
    links: Vec<Link>,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    key: u32,
    place: u32,
    next: u32,
}

impl Postings {
    pub(crate) fn for_people(people: usize) -> Self {
        let links = people * KEYS_EACH;
        Self {
            heads: vec![END; (links / 4).next_power_of_two().max(1 << 10)],
            links: Vec::with_capacity(links),
        }
    }

    pub(crate) fn add(&mut self, key: u32, place: u32) {
        if self.links.len() >= LOAD_MAX * self.heads.len() {
            self.grow();
        }
        self.link(key, place);
    }

    fn link(&mut self, key: u32, place: u32) {
        let number = u32::try_from(self.links.len()).expect("fewer keys than 2^32");
        let chain = self.chain(key);
        let next = std::mem::replace(&mut self.heads[chain], number);
        self.links.push(Link { key, place, next });
    }

    fn grow(&mut self) {
        self.heads = vec![END; 2 * self.heads.len()];
        for (number, link) in (0_u32..).zip(&mut self.links) {
            if link.place == END {
                continue;
            }
            let chain = link.key as usize & (self.heads.len() - 1);
            link.next = std::mem::replace(&mut self.heads[chain], number);
        }
    }

    /// Takes a person out of the chain of a key.
    pub(crate) fn remove(&mut self, key: u32, place: u32) {
        let chain = self.chain(key);
        let (mut before, mut at): (Option<usize>, u32) = (None, self.heads[chain]);
        while at != END {
            let link = self.links[at as usize];
            if link.key == key && link.place == place {
                self.links[at as usize].place = END;
                match before {
                    None => self.heads[chain] = link.next,
                    Some(before) => self.links[before].next = link.next,
                }
            } else {
                before = Some(at as usize);
            }
            at = link.next;
        }
    }

    /// Who has a key, the last added first.
    pub(crate) fn of(&self, key: u32) -> impl Iterator<Item = u32> {
        let mut at = self.heads[self.chain(key)];
        std::iter::from_fn(move || {
            while at != END {
                let link = self.links[at as usize];
                at = link.next;
                if link.key == key {
                    return Some(link.place);
                }
            }
            None
        })
    }

    const fn chain(&self, key: u32) -> usize {
        key as usize & (self.heads.len() - 1)
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.heads.capacity() * size_of::<u32>() + self.links.capacity() * size_of::<Link>()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whoever_was_added_and_not_removed_is_found(
            steps in prop::collection::vec((any::<bool>(), 0_u32..40, 0_u32..8), 0..300),
        ) {
            let mut postings = Postings::for_people(0);
            let mut wanted: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
            for (adds, key, place) in steps {
                // Keys that fall to one chain are told apart.
                let key = key << 28 | key;
                let of_key = wanted.entry(key).or_default();
                if adds && of_key.insert(place) {
                    postings.add(key, place);
                } else if !adds && of_key.remove(&place) {
                    postings.remove(key, place);
                }
            }
            postings.grow();
            for (key, places) in wanted {
                let found: Vec<u32> = postings.of(key).collect();
                prop_assert_eq!(found.len(), places.len());
                prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), places);
            }
        }
    }
}
