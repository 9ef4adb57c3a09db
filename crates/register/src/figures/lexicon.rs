//! The words of packed rows, and the movements under their numbers, read once for a survey.

use std::collections::HashMap;

use domain::{Country, ItemCode, LegalBasis, MovementId, PCode, SiteId, Stage, Vulnerability};
use uuid::Uuid;

use super::statement::age_group;
use super::{Dimension, Value, Wait};
use crate::columns::{Columns, each};
use crate::packed::Word;
use crate::{Register, RegisterError, Result};

/// A movement as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct MovementFacts {
    pub(super) movement: Word,
    pub(super) destination: Word,
    pub(super) legal_basis: Word,
    /// The moment and the number of people announced, unless it is cancelled.
    pub(super) announced: Option<(i64, u64)>,
    /// The moment it landed and the people then counted.
    pub(super) returned: Option<(i64, u64)>,
}

/// Words by number, numbers by word.
pub(super) struct Lexicon {
    words: Vec<Vec<u8>>,
    numbers: HashMap<Vec<u8>, Word>,
    /// Every movement known here.
    pub(super) movements: Vec<MovementFacts>,
    /// The legal basis by the number of the movement; nought for a movement not known here.
    legal_bases: Vec<Word>,
    not_stated: Word,
}

impl Lexicon {
    pub(super) fn of(register: &Register<'_>) -> Result<Self> {
        let mut lexicon = Self {
            words: vec![Vec::new()],
            numbers: HashMap::new(),
            movements: Vec::new(),
            legal_bases: Vec::new(),
            not_stated: 0,
        };
        let sql = "SELECT no, word FROM r_word ORDER BY no";
        each(register.connection(), sql, [], |columns| {
            let number: Word = columns.value()?;
            let word: Vec<u8> = columns.value()?;
            lexicon.words.resize(number as usize, Vec::new());
            lexicon.words.push(word.clone());
            lexicon.numbers.insert(word, number);
            Ok(())
        })?;
        lexicon.not_stated = lexicon.number(LegalBasis::NOT_STATED.as_str().as_bytes())?;
        // Who is taken from one site to another has not returned: of transfers nothing is counted.
        let sql = "SELECT id, destination, legal_basis, expected, announced,
                CASE kind WHEN 'transfer' THEN 'cancelled' ELSE stage END,
                CASE kind WHEN 'transfer' THEN NULL ELSE landed_at END, headcount
            FROM r_movement";
        each(register.connection(), sql, [], |columns| {
            let movement = lexicon.movement(columns)?;
            lexicon.movements.push(movement);
            Ok(())
        })?;
        lexicon.legal_bases = vec![0; lexicon.words.len()];
        for movement in &lexicon.movements {
            lexicon.legal_bases[movement.movement as usize] = movement.legal_basis;
        }
        Ok(lexicon)
    }

    fn movement(&mut self, columns: &mut Columns<'_, '_>) -> Result<MovementFacts> {
        let mut word = || {
            let bytes = columns.raw()?.as_bytes().map_err(|_| RegisterError::Row)?;
            self.number(bytes)
        };
        let (movement, destination, legal_basis) = (word()?, word()?, word()?);
        let expected: i64 = columns.value()?;
        let announced = u64::from(columns.count()?);
        let cancelled = columns.code(Stage::from_code)? == Stage::Cancelled;
        let landed_at: Option<i64> = columns.value()?;
        let headcount: Option<u32> = columns.value()?;
        Ok(MovementFacts {
            movement,
            destination,
            legal_basis,
            announced: (!cancelled).then_some((expected, announced)),
            returned: landed_at.zip(headcount.map(u64::from)),
        })
    }

    /// The number of a word; for one that no packed row has, a number beyond theirs.
    fn number(&mut self, word: &[u8]) -> Result<Word> {
        if let Some(number) = self.numbers.get(word) {
            return Ok(*number);
        }
        let number = Word::try_from(self.words.len()).map_err(|_| RegisterError::Row)?;
        self.words.push(word.to_vec());
        self.numbers.insert(word.to_vec(), number);
        Ok(number)
    }

    /// The number of a word, where anything counted has it.
    pub(super) fn find(&self, word: &[u8]) -> Option<Word> {
        self.numbers.get(word).copied()
    }

    /// The legal basis of somebody who came by a movement.
    pub(super) fn legal_basis(&self, movement: Word) -> Word {
        match self.legal_bases.get(movement as usize) {
            None | Some(0) => self.not_stated,
            Some(word) => *word,
        }
    }

    /// The facts of a movement by its id.
    pub(super) fn by_id(&self) -> HashMap<&[u8], &MovementFacts> {
        let id = |facts: &MovementFacts| self.words[facts.movement as usize].as_slice();
        self.movements
            .iter()
            .map(|facts| (id(facts), facts))
            .collect()
    }

    /// The value of a dimension that a number stands for.
    pub(super) fn value(&self, dimension: Dimension, number: Word) -> Result<Value> {
        let read = || -> Option<Value> {
            use Dimension as D;
            if dimension == D::AgeGroup {
                return age_group(number.into()).map(Value::AgeGroup);
            }
            if dimension == D::Wait {
                return Wait::ALL.get(number as usize).copied().map(Value::Wait);
            }
            let word = self.words.get(number as usize)?.as_slice();
            let id = || Uuid::from_slice(word).ok();
            let text = || std::str::from_utf8(word).ok().map(str::to_owned);
            let known = || {
                if number == 0 {
                    Some(None)
                } else {
                    text().map(Some)
                }
            };
            Some(match dimension {
                D::Site => Value::Site(SiteId(id()?)),
                D::Movement => Value::Movement(MovementId(id()?)),
                D::LegalBasis => Value::LegalBasis(LegalBasis::any(text()?)),
                D::AgeGroup | D::Wait => return None,
                D::Origin => Value::Origin(known()?.map(PCode::any)),
                D::Destination => Value::Destination(known()?.map(PCode::any)),
                D::LastResidence => match known()? {
                    Some(code) => Value::LastResidence(Some(code.parse::<Country>().ok()?)),
                    None => Value::LastResidence(None),
                },
                D::Vulnerability => Value::Vulnerability(Vulnerability::any(text()?)),
                D::Item => Value::Item(ItemCode::any(text()?)),
            })
        };
        read().ok_or(RegisterError::Row)
    }
}
