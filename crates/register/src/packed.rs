//! One arrival as reports count it, in a few dozen bytes: when it came to each step, under which
//! values, with what it was found and given. Reading a million of these and nothing else is what
//! makes a report quick. They are made out of the rows beside them by the fold, again whenever one
//! of those rows changed, and hold nothing that is not in those rows.
//!
//! Changes of stocks are packed likewise, those of a stretch of one log together.
//!
//! Ids and codes stand as the numbers of `r_word`; nought stands for a trait that is not known here.
//! Numbers are written as LEB128 (seven bits a byte, the low ones first), signed ones with the sign
//! in the lowest bit; moments after the first as their distance from it.

use domain::AgeGroup;

use crate::{RegisterError, Result};

/// Moments of an arrival, by their place in [`Packed::moments`].
pub(crate) const MET: usize = 0;
pub(crate) const REGISTERED: usize = 1;
pub(crate) const SCREENED: usize = 2;
pub(crate) const ASSISTED: usize = 3;
pub(crate) const LEFT: usize = 4;
const MOMENTS: usize = 5;

const LISTED: u8 = 1 << 5;
const DECLINED: u8 = 1 << 6;
/// A byte follows that says of which moments no more than the day is known, a bit each.
const ROUGH: u8 = 1 << 7;

/// The number of a word; nought for none.
pub(crate) type Word = u32;

/// An arrival, unpacked. One of these is used again for every arrival read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Packed {
    /// Which moments there are, a bit each.
    reached: u8,
    moments: [i64; MOMENTS],
    /// Of which moments no more than the day is known, a bit each.
    pub(crate) rough: u8,
    pub(crate) listed: bool,
    pub(crate) declined: bool,
    /// As rows keep an age group.
    pub(crate) age_group: u8,
    pub(crate) site: Word,
    pub(crate) movement: Word,
    pub(crate) origin: Word,
    pub(crate) destination: Word,
    pub(crate) last_residence: Word,
    pub(crate) vulnerabilities: Vec<Word>,
    /// Every act of giving, by item.
    pub(crate) gifts: Vec<Gift>,
}

/// When somebody came to a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Came {
    pub(crate) at: i64,
    /// No more than the day is known.
    pub(crate) rough: bool,
}

/// One act of giving.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Gift {
    pub(crate) item: Word,
    pub(crate) at: i64,
    /// Of when, no more than the day is known.
    pub(crate) rough: bool,
    pub(crate) quantity: u32,
    /// Whether it was the first of its item.
    pub(crate) first: bool,
}

impl Gift {
    pub(crate) const fn came(&self) -> Came {
        let (at, rough) = (self.at, self.rough);
        Came { at, rough }
    }
}

impl Packed {
    /// When it came to a step, where it did.
    pub(crate) fn moment(&self, place: usize) -> Option<i64> {
        (self.reached & (1 << place) != 0).then(|| self.moments[place])
    }

    /// When it came to a step, where it did, and how exactly that is known.
    pub(crate) fn came(&self, place: usize) -> Option<Came> {
        let rough = self.rough & (1 << place) != 0;
        self.moment(place).map(|at| Came { at, rough })
    }

    pub(crate) fn set_moment(&mut self, place: usize, at: Option<i64>) {
        if let Some(at) = at {
            self.reached |= 1 << place;
            self.moments[place] = at;
        }
    }

    /// When an item was first given, where it was.
    pub(crate) fn gift(&self, item: Word) -> Option<Came> {
        let mut gifts = self.gifts.iter();
        let gift = gifts.find(|gift| gift.item == item && gift.first);
        gift.map(Gift::came)
    }

    /// Every word it has.
    pub(crate) fn words(&self) -> impl Iterator<Item = Word> {
        let traits = [self.origin, self.destination, self.last_residence];
        let several = self.vulnerabilities.iter().copied();
        let items = self.gifts.iter().map(|gift| gift.item);
        let words = [self.site, self.movement].into_iter().chain(traits);
        words.chain(several).chain(items)
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(48);
        let flags = [
            (self.listed, LISTED),
            (self.declined, DECLINED),
            (self.rough != 0, ROUGH),
        ];
        let flags = flags
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, bit)| bit)
            .sum::<u8>();
        bytes.push(self.reached | flags);
        if self.rough != 0 {
            bytes.push(self.rough);
        }
        bytes.push(self.age_group);
        let met = self.moments[MET];
        put_signed(met, &mut bytes);
        for place in REGISTERED..MOMENTS {
            if let Some(at) = self.moment(place) {
                put_signed(at.wrapping_sub(met), &mut bytes);
            }
        }
        for word in [
            self.site,
            self.movement,
            self.origin,
            self.destination,
            self.last_residence,
        ] {
            put(word.into(), &mut bytes);
        }
        put(self.vulnerabilities.len() as u64, &mut bytes);
        for word in &self.vulnerabilities {
            put((*word).into(), &mut bytes);
        }
        put(self.gifts.len() as u64, &mut bytes);
        for gift in &self.gifts {
            // Nearly all are one piece, given for the first time, at a time that is known: these take no
            // byte more.
            let usual = gift.quantity == 1 && gift.first && !gift.rough;
            put(u64::from(gift.item) << 1 | u64::from(!usual), &mut bytes);
            if !usual {
                let quantity = u64::from(gift.quantity);
                let how = u64::from(gift.rough) << 1 | u64::from(gift.first);
                put(quantity << 2 | how, &mut bytes);
            }
            put_signed(gift.at.wrapping_sub(met), &mut bytes);
        }
        bytes
    }

    /// Unpacks over whatever was here before.
    ///
    /// # Errors
    /// [`RegisterError::Row`] for bytes that [`Packed::write`] would not write.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Result<()> {
        let mut rest = Reader(bytes);
        let flags = rest.byte()?;
        self.reached = flags & ((1 << MOMENTS) - 1);
        self.listed = flags & LISTED != 0;
        self.declined = flags & DECLINED != 0;
        self.rough = if flags & ROUGH == 0 { 0 } else { rest.byte()? };
        self.age_group = rest.byte()?;
        let met = rest.signed()?;
        self.moments[MET] = met;
        for place in REGISTERED..MOMENTS {
            if self.reached & (1 << place) != 0 {
                self.moments[place] = met.wrapping_add(rest.signed()?);
            }
        }
        self.site = rest.word()?;
        self.movement = rest.word()?;
        self.origin = rest.word()?;
        self.destination = rest.word()?;
        self.last_residence = rest.word()?;
        self.vulnerabilities.clear();
        for _ in 0..rest.number()? {
            self.vulnerabilities.push(rest.word()?);
        }
        self.gifts.clear();
        for _ in 0..rest.number()? {
            let number = rest.number()?;
            let item = Word::try_from(number >> 1).map_err(|_| RegisterError::Row)?;
            let how = if number & 1 == 0 { 5 } else { rest.number()? };
            let quantity = u32::try_from(how >> 2).map_err(|_| RegisterError::Row)?;
            self.gifts.push(Gift {
                item,
                at: met.wrapping_add(rest.signed()?),
                rough: how & 2 != 0,
                quantity,
                first: how & 1 == 1,
            });
        }
        if rest.0.is_empty() && usize::from(self.age_group) < AgeGroup::ALL.len() {
            Ok(())
        } else {
            Err(RegisterError::Row)
        }
    }
}

/// One change of a stock, unpacked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PackedChange {
    pub(crate) site: Word,
    pub(crate) item: Word,
    /// As rows keep a cause.
    pub(crate) cause: i64,
    pub(crate) at: i64,
    pub(crate) change: i64,
}

/// Packs changes that stand near each other in a log.
pub(crate) fn write_changes(changes: &[PackedChange]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(changes.len() * 12);
    let mut before = 0_i64;
    for change in changes {
        put(change.site.into(), &mut bytes);
        put(change.item.into(), &mut bytes);
        put_signed(change.cause, &mut bytes);
        put_signed(change.at.wrapping_sub(before), &mut bytes);
        put_signed(change.change, &mut bytes);
        before = change.at;
    }
    bytes
}

/// Unpacks what [`write_changes`] packed.
///
/// # Errors
/// [`RegisterError::Row`] for anything else, and what `visit` says.
pub(crate) fn read_changes(
    bytes: &[u8],
    mut visit: impl FnMut(PackedChange) -> Result<()>,
) -> Result<()> {
    let mut rest = Reader(bytes);
    let mut at = 0_i64;
    while !rest.0.is_empty() {
        let (site, item, cause) = (rest.word()?, rest.word()?, rest.signed()?);
        at = at.wrapping_add(rest.signed()?);
        visit(PackedChange {
            site,
            item,
            cause,
            at,
            change: rest.signed()?,
        })?;
    }
    Ok(())
}

fn put(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

fn put_signed(number: i64, bytes: &mut Vec<u8>) {
    put(((number << 1) ^ (number >> 63)).cast_unsigned(), bytes);
}

struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Result<u8> {
        // Millions of these are read: no error is made before there is one.
        let Some((first, rest)) = self.0.split_first() else {
            return Err(RegisterError::Row);
        };
        self.0 = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(RegisterError::Row)
    }

    fn signed(&mut self) -> Result<i64> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -((number & 1).cast_signed()))
    }

    fn word(&mut self) -> Result<Word> {
        Word::try_from(self.number()?).map_err(|_| RegisterError::Row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed() -> impl Strategy<Value = Packed> {
        let moment = || prop::option::of(any::<i64>());
        let words = prop::collection::vec(any::<Word>(), 5);
        let several = prop::collection::vec(any::<Word>(), 0..4);
        let gifts = prop::collection::vec(
            (
                any::<Word>(),
                any::<i64>(),
                any::<bool>(),
                any::<u32>(),
                any::<bool>(),
            )
                .prop_map(|(item, at, rough, quantity, first)| Gift {
                    item,
                    at,
                    rough,
                    quantity,
                    first,
                }),
            0..4,
        );
        let moments = (any::<i64>(), moment(), moment(), moment(), moment());
        (
            moments,
            any::<(bool, bool, u8)>(),
            0_u8..5,
            words,
            several,
            gifts,
        )
            .prop_map(
                |(moments, (listed, declined, rough), age_group, words, vulnerabilities, gifts)| {
                    let mut packed = Packed {
                        listed,
                        declined,
                        rough,
                        age_group,
                        site: words[0],
                        movement: words[1],
                        origin: words[2],
                        destination: words[3],
                        last_residence: words[4],
                        vulnerabilities,
                        gifts,
                        ..Packed::default()
                    };
                    let (met, registered, screened, assisted, left) = moments;
                    packed.set_moment(MET, Some(met));
                    packed.set_moment(REGISTERED, registered);
                    packed.set_moment(SCREENED, screened);
                    packed.set_moment(ASSISTED, assisted);
                    packed.set_moment(LEFT, left);
                    packed
                },
            )
    }

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked_over_whatever_was_there(one in packed(), other in packed()) {
            let mut read = other;
            read.read(&one.write()).unwrap();
            for place in 0..MOMENTS {
                prop_assert_eq!(read.moment(place), one.moment(place));
            }
            read.moments = one.moments;
            prop_assert_eq!(read, one);
        }

        #[test]
        fn changes_of_a_stock_are_packed_and_unpacked(
            changes in prop::collection::vec(any::<(Word, Word, i64, i64, i64)>(), 0..9),
        ) {
            let changes: Vec<_> = changes
                .into_iter()
                .map(|(site, item, cause, at, change)| PackedChange { site, item, cause, at, change })
                .collect();
            let mut read = Vec::new();
            read_changes(&write_changes(&changes), |change| {
                read.push(change);
                Ok(())
            })
            .unwrap();
            prop_assert_eq!(read, changes);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = Packed::default().read(&bytes);
            let _ = read_changes(&bytes, |_| Ok(()));
        }

        #[test]
        fn what_is_cut_off_is_refused(one in packed(), keep in any::<prop::sample::Index>()) {
            let bytes = one.write();
            prop_assert!(Packed::default().read(&bytes[..keep.index(bytes.len())]).is_err());
        }
    }
}
