//! One number for all rows, so that two registers can be compared.
//!
//! The encoding: for each table below, in this order, its name, then every row in the order of its
//! key, each value in the order of its columns. A name or value is written as one byte for its type
//! (0 null, 1 integer, 2 real, 3 text, 4 bytes), its length in bytes as eight bytes, big-endian, and
//! the bytes; an integer is eight bytes, big-endian. Inner numbers of nodes, arrivals and persons
//! are replaced by their keys and ids. Tables of bookkeeping are not part of it, nor are
//! packed rows, which are made of the others.

use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use crate::columns::{Columns, each};
use crate::{Register, Result};

/// SHA-256 over the rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Digest {
    /// Over all rows: alike on nodes that have the same events and may read the same parts.
    pub full: [u8; 32],
    /// Over the rows folded from public bodies: alike on all nodes that have the same events.
    pub public: [u8; 32],
}

/// Whether what a table holds comes out of public bodies alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Public,
    Sealed,
}

struct Table {
    name: &'static str,
    kept: Kept,
    width: usize,
    sql: &'static str,
}

macro_rules! tables {
    ($($name:literal $kept:ident $width:literal $sql:literal,)*) => {
        &[$(Table { name: $name, kept: Kept::$kept, width: $width, sql: $sql },)*]
    };
}

/// Every table with its columns, inner numbers resolved.
const TABLES: &[Table] = tables! {
    "r_operation" Public 9
        "SELECT t.id, t.name, t.root_signing, t.root_recovery, t.languages, t.wall, t.counter, n.key,
            t.position
        FROM r_operation t JOIN r_node n ON n.no = t.node ORDER BY t.id",
    "r_admitted" Public 6
        "SELECT n.key, t.position, t.wall, t.counter, t.admitted, t.certificate
        FROM r_admitted t JOIN r_node n ON n.no = t.node ORDER BY n.key, t.position, t.wall, t.counter",
    "r_restored" Public 6
        "SELECT n.key, t.position, t.wall, t.counter, t.old_node, t.last_position
        FROM r_restored t JOIN r_node n ON n.no = t.node ORDER BY n.key, t.position, t.wall, t.counter",
    "r_claimed" Public 9
        "SELECT t.old_node, t.wall, t.counter, n.key, t.position, t.last_position, t.first, t.second,
            t.recovery
        FROM r_claimed t JOIN r_node n ON n.no = t.node ORDER BY t.old_node, n.key, t.position, t.wall, t.counter",
    "r_branched" Public 1
        "SELECT t.node FROM r_branched t ORDER BY t.node",
    "r_site" Public 13
        "SELECT t.id, t.name, t.kind, t.country, t.area, t.port_code, t.capacity, t.time_zone,
            t.day_closes_min, t.wall, t.counter, n.key, t.position
        FROM r_site t JOIN r_node n ON n.no = t.node ORDER BY t.id",
    "r_item" Public 8
        "SELECT t.code, t.stocked, t.limited, t.body, t.wall, t.counter, n.key, t.position
        FROM r_item t JOIN r_node n ON n.no = t.node ORDER BY t.code",
    "r_package" Public 5
        "SELECT t.body, t.wall, t.counter, n.key, t.position
        FROM r_package t JOIN r_node n ON n.no = t.node ORDER BY t.only",
    "r_role_key_recovered" Public 7
        "SELECT n.key, t.position, t.wall, t.counter, t.role, t.user, t.author
        FROM r_role_key_recovered t JOIN r_node n ON n.no = t.node
        ORDER BY n.key, t.position, t.wall, t.counter",
    "r_role_key" Public 6
        "SELECT t.role, t.public_key, t.wall, t.counter, n.key, t.position
        FROM r_role_key t JOIN r_node n ON n.no = t.node ORDER BY t.role",
    "r_user" Public 7
        "SELECT t.id, t.roles, t.active, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_user t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_movement" Public 26
        "SELECT t.id, t.kind, t.designator, t.name_key, t.origin, t.destination, t.diverted_from,
            t.expected, t.legal_basis, t.announced, t.screened_before, t.stage, t.departed_at,
            t.landed_at, t.headcount, t.closed_at, t.screening, a.key, t.announced_position, c.key,
            t.counted_position, t.closed_upon, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_movement t JOIN r_node n ON n.no = t.last_node
        JOIN r_node a ON a.no = t.announced_node LEFT JOIN r_node c ON c.no = t.counted_node
        ORDER BY t.id",
    "r_import" Public 13
        "SELECT n.key, t.position, t.wall, t.counter, t.movement, t.import, t.at, t.author, t.read, t.listed,
            t.changed, t.removed, t.refused
        FROM r_import t JOIN r_node n ON n.no = t.node ORDER BY n.key, t.position, t.wall, t.counter",
    "r_line" Public 13
        "SELECT t.id, t.movement, t.removed, t.listed_at, l.key, t.listed_position,
            t.no_show_at, s.key, t.no_show_position, t.last_wall, t.last_counter, n.key,
            t.last_position
        FROM r_line t JOIN r_node n ON n.no = t.last_node JOIN r_node l ON l.no = t.listed_node
        LEFT JOIN r_node s ON s.no = t.no_show_node ORDER BY t.id",
    "r_arrival" Public 38
        "SELECT t.id, t.met_at, t.registered_at, t.first_screened_at, t.assisted_at, t.left_at,
            t.withdrawn_at, t.withdrawn_from, t.listed, t.declined, t.flagged, t.rough, t.site, t.movement, t.queue, t.card, t.person, t.line,
            t.informed, t.registered_by, t.screened_at, t.protection_notes, m.key, t.met_position,
            t.registered_wall, t.registered_counter, r.key, t.registered_position, s.key,
            t.first_screened_position, g.key, t.assisted_position, l.key, t.left_position,
            t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_arrival t JOIN r_node n ON n.no = t.last_node JOIN r_node m ON m.no = t.met_node
        LEFT JOIN r_node r ON r.no = t.registered_node
        LEFT JOIN r_node s ON s.no = t.first_screened_node
        LEFT JOIN r_node g ON g.no = t.assisted_node LEFT JOIN r_node l ON l.no = t.left_node
        ORDER BY t.id",
    "r_entitlement" Public 12
        "SELECT a.id, t.place, t.id, t.item, t.quantity, t.granted_wall, t.granted_counter, n.key,
            t.granted_position, t.waived, t.voided, t.given
        FROM r_arrival a JOIN r_entitlement t ON t.arrival = a.no
        JOIN r_node n ON n.no = t.granted_node ORDER BY a.id, t.place",
    "r_redemption" Public 15
        "SELECT a.id, t.entitlement, t.place, t.item, t.first, t.from_stock, t.rough, t.at, t.author, t.site, t.wall,
            t.counter, n.key, t.position, t.standing
        FROM r_arrival a JOIN r_redemption t ON t.arrival = a.no JOIN r_node n ON n.no = t.node
        ORDER BY a.id, t.entitlement, t.place",
    "r_right" Public 8
        "SELECT a.id, t.place, h.key, t.moved_to, t.transfer, n.key, t.site, t.released_at
        FROM r_arrival a JOIN r_right t ON t.arrival = a.no JOIN r_node h ON h.no = t.holder
        LEFT JOIN r_node n ON n.no = t.to_node ORDER BY a.id, t.place",
    "r_overlap_decided" Public 9
        "SELECT n.key, t.position, t.wall, t.counter, t.overlap, t.arrival, t.decision, t.at, t.author
        FROM r_overlap_decided t JOIN r_node n ON n.no = t.node
        ORDER BY n.key, t.position, t.wall, t.counter",
    "r_recovery" Public 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_recovery t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_recovery_rules" Public 5
        "SELECT t.waiting_days_min, t.wall, t.counter, n.key, t.position
        FROM r_recovery_rules t JOIN r_node n ON n.no = t.node ORDER BY t.only",
    "r_person" Public 10
        "SELECT t.id, t.registered_at, t.registered_by, t.corrections, t.erased, t.erased_at,
            t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_person t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_erased" Public 1 "SELECT t.owner FROM r_erased t ORDER BY t.owner",
    "r_link" Public 8
        "SELECT t.id, t.first, t.second, t.active, t.last_wall, t.last_counter, n.key,
            t.last_position
        FROM r_link t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_family" Public 5
        "SELECT t.id, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_family t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_member" Public 3
        "SELECT t.family, t.place, t.person FROM r_member t ORDER BY t.family, t.place",
    "r_waybill" Public 16
        "SELECT t.id, t.number, t.name_key, t.origin, t.destination, t.sent, t.sent_at, t.received,
            t.received_at, t.difference, t.to_node, t.sent_by, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_waybill t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_stock_change" Public 12
        "SELECT n.key, t.position, t.wall, t.counter, t.place, t.site, t.item, t.change, t.cause, t.at, t.author,
            t.aggregate
        FROM r_stock_change t JOIN r_node n ON n.no = t.node ORDER BY n.key, t.position, t.wall, t.counter, t.place",
    "r_stocktake" Public 10
        "SELECT n.key, t.position, t.wall, t.counter, t.id, t.site, t.at, t.author, t.items, t.difference
        FROM r_stocktake t JOIN r_node n ON n.no = t.node ORDER BY n.key, t.position, t.wall, t.counter",
    "r_count_signed" Public 9
        "SELECT n.key, t.position, t.wall, t.counter, t.stocktake, t.site, t.at, t.author, t.second
        FROM r_count_signed t JOIN r_node n ON n.no = t.node ORDER BY n.key, t.position, t.wall, t.counter",
    "r_service" Public 11
        "SELECT t.id, t.name, t.kind, t.languages, t.active, t.as_of, t.available, t.last_wall, t.last_counter,
            n.key, t.last_position
        FROM r_service t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_referral" Public 18
        "SELECT t.id, t.person, t.site, t.made_at, t.made_by, t.due, t.state, t.before_lost,
            t.state_at, t.follow_ups, t.unreached, t.last_call,
            t.calls_declined, t.guarded, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_referral t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_feedback" Public 13
        "SELECT t.id, t.site, t.at, t.author, t.stage, t.answered_at, t.closed_at, t.confidential,
            t.erased, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_feedback t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_booklet" Public 10
        "SELECT t.id, t.site, t.number, t.printed_at, t.printed_by, t.torn_out, t.last_wall,
            t.last_counter, n.key, t.last_position
        FROM r_booklet t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_booklet_card" Public 4
        "SELECT t.booklet, t.place, t.card, t.void FROM r_booklet_card t
        ORDER BY t.booklet, t.place",
    "r_from_paper" Public 6
        "SELECT n.key, t.position, t.wall, t.counter, t.arrival, t.written_by
        FROM r_from_paper t JOIN r_node n ON n.no = t.node ORDER BY n.key, t.position, t.wall, t.counter",
    "r_edition" Public 15
        "SELECT t.id, t.first_day, t.last_day, t.sites, t.cut_off, t.plan, t.log_end, t.tables,
            t.published_at, t.author, t.approved_by, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_edition t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_legal_basis" Public 6
        "SELECT t.code, t.body, t.wall, t.counter, n.key, t.position
        FROM r_legal_basis t JOIN r_node n ON n.no = t.node ORDER BY t.code",
    "r_figure" Public 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_figure t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_matter" Public 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_matter t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_office" Public 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_office t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_advice" Public 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_advice t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_incident" Sealed 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_incident t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_access" Public 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_access t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_team" Sealed 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_team t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_author_key" Public 6
        "SELECT t.user, t.public_key, t.wall, t.counter, n.key, t.position
        FROM r_author_key t JOIN r_node n ON n.no = t.node ORDER BY t.user",
    "r_pathway" Sealed 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_pathway t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_notice" Public 7
        "SELECT t.id, t.word, t.body, t.last_wall, t.last_counter, n.key, t.last_position
        FROM r_notice t JOIN r_node n ON n.no = t.last_node ORDER BY t.id",
    "r_conflict" Public 9
        "SELECT t.about, t.field, t.place, t.at, t.author, t.wall, t.counter, n.key, t.position
        FROM r_conflict t JOIN r_node n ON n.no = t.node ORDER BY t.about, t.field, t.place",
    "r_conflict_sealed" Sealed 9
        "SELECT t.about, t.field, t.place, t.at, t.author, t.wall, t.counter, n.key, t.position
        FROM r_conflict_sealed t JOIN r_node n ON n.no = t.node ORDER BY t.about, t.field, t.place",
    "r_staff" Sealed 3 "SELECT t.user, t.login, t.name FROM r_staff t ORDER BY t.user",
    "r_line_particulars" Sealed 4
        "SELECT t.line, t.row, t.folded, t.body FROM r_line_particulars t ORDER BY t.line",
    "r_line_document" Sealed 2
        "SELECT t.number, t.line FROM r_line_document t ORDER BY t.number, t.line",
    "r_arrival_traits" Sealed 5
        "SELECT a.id, t.age_group, t.origin, t.destination, t.last_residence
        FROM r_arrival a JOIN r_arrival_traits t ON t.arrival = a.no ORDER BY a.id",
    "r_priority" Sealed 2
        "SELECT a.id, t.code FROM r_arrival a JOIN r_priority t ON t.arrival = a.no ORDER BY a.id",
    "r_screening" Sealed 3
        "SELECT a.id, t.body, t.before FROM r_arrival a JOIN r_screening t ON t.arrival = a.no ORDER BY a.id",
    "r_vulnerability" Sealed 2
        "SELECT a.id, t.code FROM r_arrival a JOIN r_vulnerability t ON t.arrival = a.no
        ORDER BY a.id, t.code",
    "r_person_particulars" Sealed 6
        "SELECT p.id, t.version, t.at, t.author, t.reason, t.body
        FROM r_person p JOIN r_person_particulars t ON t.person = p.no ORDER BY p.id, t.version",
    "r_name_token" Sealed 2
        "SELECT p.id, t.token FROM r_person p JOIN r_name_token t ON t.person = p.no
        ORDER BY p.id, t.token",
    "r_document" Sealed 2
        "SELECT t.number, p.id FROM r_document t JOIN r_person p ON p.no = t.person
        ORDER BY t.number, p.id",
    "r_relation" Sealed 3
        "SELECT t.family, t.person, t.code FROM r_relation t ORDER BY t.family, t.person",
    "r_service_contact" Sealed 2
        "SELECT t.service, t.body FROM r_service_contact t ORDER BY t.service",
    "r_referral_terms" Sealed 3
        "SELECT t.referral, t.service, t.body FROM r_referral_terms t ORDER BY t.referral",
    "r_feedback_text" Sealed 3
        "SELECT t.feedback, t.voice, t.answer FROM r_feedback_text t ORDER BY t.feedback",
    "r_edition_basis" Sealed 2
        "SELECT t.edition, t.body FROM r_edition_basis t ORDER BY t.edition",
};

impl Register<'_> {
    /// The digest of the rows as they are now.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn digest(&self) -> Result<Digest> {
        let mut full = Sha256::new();
        let mut public = Sha256::new();
        for table in TABLES {
            let mut both = |value: ValueRef<'_>| {
                write(value, &mut full);
                if table.kept == Kept::Public {
                    write(value, &mut public);
                }
            };
            both(ValueRef::Text(table.name.as_bytes()));
            let row = |columns: &mut Columns<'_, '_>| {
                for _ in 0..table.width {
                    both(columns.raw()?);
                }
                Ok(())
            };
            each(self.connection(), table.sql, [], row)?;
        }
        Ok(Digest {
            full: full.finalize().into(),
            public: public.finalize().into(),
        })
    }
}

fn write(value: ValueRef<'_>, hash: &mut Sha256) {
    let number: [u8; 8];
    let (kind, bytes): (u8, &[u8]) = match value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(integer) => {
            number = integer.to_be_bytes();
            (1, &number)
        }
        ValueRef::Real(real) => {
            number = real.to_be_bytes();
            (2, &number)
        }
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(blob) => (4, blob),
    };
    hash.update([kind]);
    hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rusqlite::Connection;

    use super::TABLES;

    /// And what is packed out of the rows of other tables under numbers of this register's own.
    const BOOKKEEPING: [&str; 8] = [
        "r_fold",
        "r_node",
        "r_word",
        "r_counted",
        "r_stock_packed",
        "r_position",
        "r_headless",
        "r_settled",
    ];

    #[test]
    fn every_table_and_column_is_in_the_digest_or_bookkeeping() {
        let connection = Connection::open_in_memory().unwrap();
        let _ = crate::migrate(&connection).unwrap();
        let mut statement = connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .unwrap();
        let made: BTreeSet<String> = statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let mut named: BTreeSet<String> = BOOKKEEPING.map(str::to_owned).into();
        named.extend(TABLES.iter().map(|table| table.name.to_owned()));
        assert_eq!(made, named);
        for table in TABLES {
            let statement = connection.prepare(table.sql).unwrap();
            assert_eq!(statement.column_count(), table.width, "{}", table.name);
            let made: i64 = connection
                .query_row(
                    "SELECT count(*) FROM pragma_table_info(?1) WHERE name NOT IN ('no', 'only')",
                    [table.name],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(
                usize::try_from(made).unwrap(),
                table.width,
                "{}",
                table.name
            );
        }
    }
}
