//! Aggregates that are kept whole: their state in one column, beside it the one word they are looked
//! up by. For what is few and read as a whole: a register of statements, not a queue of people.

use domain::{
    Access, Advice, Entries, Figure, Incident, Matter, Notice, Office, Order, Pathway, Recorded,
    Recovery, Team,
};
use minicbor::{Decode, Encode};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::Result;
use crate::columns::{cbor, one};

/// State that is kept whole, and its table: `id, word, body` and the place of the newest event.
pub(crate) trait Whole: Clone + PartialEq + Encode<()> + for<'b> Decode<'b, ()> {
    /// As [`Aggregate::KIND`].
    const KIND: i64;
    const TABLE: &'static str;

    fn id(&self) -> Uuid;

    /// The word it is looked up by, while it stands.
    fn word(&self) -> Option<String> {
        None
    }

    /// Whose data is sealed in it, and has to be forgotten with them.
    fn owner(&self) -> Option<Uuid> {
        None
    }

    /// Forgets what is sealed.
    fn forget(&mut self) {}

    fn begin(recorded: &Recorded) -> Option<Self>;

    fn apply(&mut self, recorded: &Recorded);

    /// As [`Aggregate::settle`].
    fn settle(&mut self, _entries: &Entries) {}
}

impl<W: Whole> Aggregate for W {
    const KIND: i64 = W::KIND;

    fn begin(recorded: &Recorded) -> Option<Self> {
        W::begin(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        W::apply(self, recorded);
    }

    fn settle(&mut self, entries: &Entries, _: &[Recorded]) {
        W::settle(self, entries);
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        if let Some(owner) = self.owner()
            && store.erased(owner)?
        {
            self.forget();
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT body, last_wall, last_counter, last_node, last_position FROM {}
            WHERE id = ?1",
            W::TABLE
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((columns.cbor()?, store.read_order(columns)?))
        })
    }

    fn save(
        &self,
        _: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        _: &mut Touched,
    ) -> Result<()> {
        let last = store.written(last)?;
        let sql = format!(
            "INSERT OR REPLACE INTO {} (
                id, word, body, last_wall, last_counter, last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            W::TABLE
        );
        store.run(
            &sql,
            params![
                self.id().as_bytes(),
                self.word(),
                cbor(self),
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        Ok(())
    }
}

macro_rules! whole {
    ($($name:ident $kind:literal $table:literal $word:expr $(, $edited:ident)?;)*) => {$(
        impl Whole for $name {
            const KIND: i64 = $kind;
            const TABLE: &'static str = $table;

            fn id(&self) -> Uuid {
                self.id.0
            }

            fn word(&self) -> Option<String> {
                let word: fn(&Self) -> Option<String> = $word;
                word(self)
            }

            fn begin(recorded: &Recorded) -> Option<Self> {
                Self::from_event(recorded)
            }

            fn apply(&mut self, recorded: &Recorded) {
                $name::apply(self, recorded);
            }

            $(fn settle(&mut self, entries: &Entries) {
                $name::$edited(self, entries);
            })?
        }
    )*};
}

whole! {
    Figure 14 "r_figure" |figure| {
        let stands = figure.withdrawn.is_none();
        stands.then(|| figure.stated.code.clone())
    };
    Matter 15 "r_matter" |_| None;
    Office 16 "r_office" |_| None, settle;
    Advice 17 "r_advice" |_| None;
    Incident 18 "r_incident" |_| None, settle;
    Access 19 "r_access" |_| None, settle;
    Team 20 "r_team" |_| None;
    Notice 24 "r_notice" |_| None;
    Recovery 40 "r_recovery" |recovery| Some(recovery.node.to_string());
}

/// A pathway is looked up by its person, and forgets what is sealed with them.
impl Whole for Pathway {
    const KIND: i64 = 25;
    const TABLE: &'static str = "r_pathway";

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn word(&self) -> Option<String> {
        Some(self.person.to_string())
    }

    fn owner(&self) -> Option<Uuid> {
        Some(self.person.0)
    }

    fn forget(&mut self) {
        Self::forget(self);
    }

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn settle(&mut self, entries: &Entries) {
        Self::settle(self, entries);
    }
}
