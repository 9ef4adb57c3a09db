//! The tables, and when they have to be made anew. Each subject's tables stand together: first what
//! public bodies say, then, apart, what sealed parts say.
//!
//! Nodes, arrivals and persons have a number of their own inside (`no`), given in the order of
//! receipt, because a small number is a fast key. It means nothing outside this file: the digest
//! and every answer use the ids.
//!
//! Rows that are one event each are told apart by its whole place in the total order, because after
//! a fork two events stand at one position of one log, and both are kept.

use rusqlite::Connection;

use crate::Result;
use crate::columns::{all, one};

/// What the fold makes of events. Any change of the tables or of their meaning raises it.
pub const FOLD_VERSION: u32 = 12;

/// What [`migrate`] found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use = "new tables are empty until every event is folded again"]
pub enum Migrated {
    /// The rows are those of this fold version.
    Current,
    /// The tables are new and empty: fold every event again.
    Rebuild,
}

/// Makes the tables, or makes them anew when another fold version made them.
///
/// # Errors
/// When SQLite cannot do it, as on a connection that may only read.
pub fn migrate(connection: &Connection) -> Result<Migrated> {
    if version(connection)? == Some(FOLD_VERSION) {
        return Ok(Migrated::Current);
    }
    remake(connection)?;
    Ok(Migrated::Rebuild)
}

fn version(connection: &Connection) -> Result<Option<u32>> {
    let exists = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'r_fold'";
    if one(connection, exists, [], |_| Ok(()))?.is_none() {
        return Ok(None);
    }
    one(connection, "SELECT version FROM r_fold", [], |columns| {
        columns.count()
    })
}

/// Drops every table of the register and makes it again, empty.
pub(crate) fn remake(connection: &Connection) -> Result<()> {
    // A cached statement would keep its table busy.
    connection.flush_prepared_statement_cache();
    connection.execute_batch("DROP VIEW IF EXISTS r_present")?;
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'r_*'";
    for name in all(connection, names, [], |columns| columns.text())? {
        connection.execute_batch(&format!("DROP TABLE \"{name}\""))?;
    }
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO r_fold (version) VALUES (?1)", [FOLD_VERSION])?;
    Ok(())
}

const TABLES: &str = "
-- Bookkeeping: which fold made the rows, the nodes by number, the ids and codes of packed rows by
-- number, up to where each log is folded, and aggregates of which later events came before the first.
CREATE TABLE r_fold (version INTEGER NOT NULL);
CREATE TABLE r_node (no INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE);
CREATE TABLE r_word (no INTEGER PRIMARY KEY, word BLOB NOT NULL UNIQUE);
CREATE TABLE r_position (node INTEGER PRIMARY KEY, position INTEGER NOT NULL);
-- Nodes of which something stands on a branch of their log.
CREATE TABLE r_branched (node BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE r_headless (
    kind INTEGER NOT NULL, aggregate BLOB NOT NULL, PRIMARY KEY (kind, aggregate)
) WITHOUT ROWID;
-- Aggregates in which somebody had to choose, or has to.
CREATE TABLE r_settled (aggregate BLOB PRIMARY KEY) WITHOUT ROWID;

-- Where more than one value stands in a field: which entries these are, never what they say.
CREATE TABLE r_conflict (
    about BLOB NOT NULL, field TEXT NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL,
    author BLOB NOT NULL, wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL,
    position INTEGER NOT NULL, PRIMARY KEY (about, field, place)
) WITHOUT ROWID;
CREATE TABLE r_conflict_sealed (
    about BLOB NOT NULL, field TEXT NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL,
    author BLOB NOT NULL, wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL,
    position INTEGER NOT NULL, PRIMARY KEY (about, field, place)
) WITHOUT ROWID;

-- Setting up.
CREATE TABLE r_operation (
    id BLOB PRIMARY KEY, name TEXT NOT NULL, root_signing BLOB NOT NULL,
    root_recovery BLOB NOT NULL, languages BLOB, wall INTEGER NOT NULL, counter INTEGER NOT NULL,
    node INTEGER NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE r_admitted (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, admitted BLOB NOT NULL, certificate BLOB NOT NULL,
    PRIMARY KEY (node, position, wall, counter)
) WITHOUT ROWID;
CREATE TABLE r_restored (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, old_node BLOB NOT NULL, last_position INTEGER NOT NULL,
    PRIMARY KEY (node, position, wall, counter)
) WITHOUT ROWID;
CREATE TABLE r_claimed (
    old_node BLOB NOT NULL, wall INTEGER NOT NULL, counter INTEGER NOT NULL,
    node INTEGER NOT NULL, position INTEGER NOT NULL, last_position INTEGER NOT NULL,
    first BLOB NOT NULL, second BLOB NOT NULL, recovery BLOB,
    PRIMARY KEY (old_node, node, position, wall, counter)
) WITHOUT ROWID;
CREATE TABLE r_site (
    id BLOB PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, area TEXT,
    port_code TEXT, capacity INTEGER, time_zone TEXT NOT NULL, day_closes_min INTEGER NOT NULL,
    wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE r_item (
    code TEXT PRIMARY KEY, stocked INTEGER NOT NULL, limited INTEGER NOT NULL, body BLOB NOT NULL,
    wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE r_package (
    only INTEGER PRIMARY KEY CHECK (only = 1), body BLOB NOT NULL,
    wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL, position INTEGER NOT NULL
);
CREATE TABLE r_role_key_recovered (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, role TEXT NOT NULL, user BLOB NOT NULL, author BLOB NOT NULL,
    PRIMARY KEY (node, position, wall, counter)
) WITHOUT ROWID;
CREATE TABLE r_role_key (
    role TEXT PRIMARY KEY, public_key BLOB NOT NULL,
    wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE r_user (
    id BLOB PRIMARY KEY, roles BLOB NOT NULL, active INTEGER NOT NULL,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE r_staff (
    user BLOB PRIMARY KEY, login TEXT NOT NULL, name TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_staff_login ON r_staff (login);

-- Movements and manifests.
CREATE TABLE r_movement (
    id BLOB PRIMARY KEY, kind TEXT NOT NULL, designator TEXT NOT NULL, name_key TEXT NOT NULL,
    origin BLOB NOT NULL, destination BLOB NOT NULL, diverted_from BLOB, expected INTEGER NOT NULL,
    legal_basis TEXT NOT NULL, announced INTEGER NOT NULL, screened_before TEXT NOT NULL,
    stage TEXT NOT NULL, departed_at INTEGER, landed_at INTEGER, headcount INTEGER,
    closed_at INTEGER, screening BLOB, announced_node INTEGER NOT NULL, announced_position INTEGER NOT NULL,
    counted_node INTEGER, counted_position INTEGER, closed_upon BLOB,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_movement_name ON r_movement (name_key);
CREATE INDEX r_movement_there ON r_movement (destination, stage);
CREATE TABLE r_import (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, movement BLOB NOT NULL, import BLOB NOT NULL,
    at INTEGER NOT NULL, author BLOB NOT NULL, read INTEGER NOT NULL, listed INTEGER NOT NULL,
    changed INTEGER NOT NULL, removed INTEGER NOT NULL, refused INTEGER NOT NULL,
    PRIMARY KEY (node, position, wall, counter)
) WITHOUT ROWID;
CREATE INDEX r_import_of ON r_import (movement);
CREATE TABLE r_line (
    id BLOB PRIMARY KEY, movement BLOB NOT NULL, removed INTEGER NOT NULL,
    listed_at INTEGER NOT NULL, listed_node INTEGER NOT NULL, listed_position INTEGER NOT NULL,
    no_show_at INTEGER, no_show_node INTEGER, no_show_position INTEGER,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
-- Reports count lines in the order of this index; the two below find the few that are not simply
-- listed.
CREATE INDEX r_line_of ON r_line (movement, listed_at, removed);
CREATE INDEX r_line_removed ON r_line (movement, listed_at) WHERE removed = 1;
CREATE INDEX r_line_no_show ON r_line (movement, no_show_at) WHERE no_show_at IS NOT NULL;
CREATE TABLE r_line_particulars (
    line BLOB PRIMARY KEY, row INTEGER, folded TEXT, body BLOB
) WITHOUT ROWID;
CREATE TABLE r_line_document (
    number TEXT NOT NULL, line BLOB NOT NULL, PRIMARY KEY (number, line)
) WITHOUT ROWID;

-- Arrivals. `listed` says that the arrival holds the line it claims.
-- `withdrawn_at` is set where it was a mistake: those are rows, and count nowhere.
-- `rough` has a bit for each moment of which no more than the day is known: met 1, registered 2,
-- first screened 4, assisted 8, left 16.
CREATE TABLE r_arrival (
    no INTEGER PRIMARY KEY, withdrawn_at INTEGER, withdrawn_from BLOB, met_at INTEGER NOT NULL, registered_at INTEGER,
    first_screened_at INTEGER, assisted_at INTEGER, left_at INTEGER, listed INTEGER NOT NULL,
    declined INTEGER NOT NULL, flagged INTEGER NOT NULL, rough INTEGER NOT NULL, site BLOB NOT NULL,
    movement BLOB NOT NULL, id BLOB NOT NULL, queue INTEGER NOT NULL, card TEXT NOT NULL,
    person BLOB, line BLOB, informed INTEGER NOT NULL, registered_by BLOB, screened_at INTEGER,
    protection_notes INTEGER NOT NULL, met_node INTEGER NOT NULL, met_position INTEGER NOT NULL,
    registered_wall INTEGER, registered_counter INTEGER, registered_node INTEGER,
    registered_position INTEGER, first_screened_node INTEGER, first_screened_position INTEGER,
    assisted_node INTEGER, assisted_position INTEGER, left_node INTEGER, left_position INTEGER,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
);
CREATE UNIQUE INDEX r_arrival_id ON r_arrival (id);
CREATE INDEX r_arrival_of ON r_arrival (movement, withdrawn_at, registered_at);
CREATE INDEX r_arrival_met ON r_arrival (site, met_at);
CREATE INDEX r_arrival_queue ON r_arrival (site, met_at / 3600000, queue, met_at);
CREATE INDEX r_arrival_card ON r_arrival (card);
CREATE INDEX r_arrival_person ON r_arrival (person);
CREATE INDEX r_arrival_line ON r_arrival (line);
-- What a single number is counted by, so that it reads a third of the pages.
CREATE INDEX r_arrival_figures ON r_arrival (
    met_at, registered_at, first_screened_at, assisted_at, left_at, listed, declined, rough, site,
    movement, withdrawn_at
);
CREATE INDEX r_arrival_withdrawn ON r_arrival (withdrawn_from) WHERE withdrawn_from IS NOT NULL;
CREATE VIEW r_present AS SELECT * FROM r_arrival WHERE withdrawn_at IS NULL;
CREATE TABLE r_entitlement (
    arrival INTEGER NOT NULL, place INTEGER NOT NULL, id BLOB NOT NULL, item TEXT NOT NULL,
    quantity INTEGER NOT NULL, granted_wall INTEGER NOT NULL, granted_counter INTEGER NOT NULL,
    granted_node INTEGER NOT NULL, granted_position INTEGER NOT NULL, waived INTEGER NOT NULL,
    voided INTEGER NOT NULL, given INTEGER NOT NULL, PRIMARY KEY (arrival, place)
) WITHOUT ROWID;
CREATE TABLE r_redemption (
    arrival INTEGER NOT NULL, entitlement INTEGER NOT NULL, place INTEGER NOT NULL,
    item TEXT NOT NULL, first INTEGER NOT NULL, from_stock INTEGER NOT NULL, rough INTEGER NOT NULL,
    at INTEGER NOT NULL, author BLOB NOT NULL,
    site BLOB NOT NULL, wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL,
    position INTEGER NOT NULL, standing INTEGER NOT NULL,
    PRIMARY KEY (arrival, entitlement, place)
) WITHOUT ROWID;
CREATE INDEX r_redemption_again ON r_redemption (arrival) WHERE place > 0;
CREATE INDEX r_redemption_second ON r_redemption (arrival) WHERE first = 0;
CREATE INDEX r_redemption_standing ON r_redemption (standing) WHERE standing > 0;
-- Rights that lie elsewhere than with the node that granted them, or are on their way.
CREATE TABLE r_right (
    arrival INTEGER NOT NULL, place INTEGER NOT NULL, holder INTEGER NOT NULL, moved_to BLOB,
    transfer BLOB, to_node INTEGER, site BLOB, released_at INTEGER, PRIMARY KEY (arrival, place)
) WITHOUT ROWID;
CREATE INDEX r_right_transfer ON r_right (transfer) WHERE transfer IS NOT NULL;
CREATE TABLE r_overlap_decided (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, overlap BLOB NOT NULL, arrival BLOB NOT NULL, decision TEXT NOT NULL,
    at INTEGER NOT NULL, author BLOB NOT NULL, PRIMARY KEY (node, position, wall, counter)
) WITHOUT ROWID;
CREATE INDEX r_overlap_decided_of ON r_overlap_decided (overlap);
-- Nodes said to be lost.
CREATE TABLE r_recovery (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
CREATE INDEX r_recovery_node ON r_recovery (word);
CREATE TABLE r_recovery_rules (
    only INTEGER PRIMARY KEY CHECK (only = 1), waiting_days_min INTEGER NOT NULL,
    wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL, position INTEGER NOT NULL
);
CREATE TABLE r_arrival_traits (
    arrival INTEGER PRIMARY KEY, age_group INTEGER NOT NULL, origin TEXT, destination TEXT,
    last_residence TEXT
);
-- The same arrivals as reports count them: all of the above and below that is counted, packed.
CREATE TABLE r_counted (arrival INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE r_priority (arrival INTEGER PRIMARY KEY, code TEXT NOT NULL);
-- `before` is said apart, to be counted: whether they were screened before they were sent.
CREATE TABLE r_screening (arrival INTEGER PRIMARY KEY, body BLOB NOT NULL, before TEXT);
CREATE INDEX r_screening_before ON r_screening (before, arrival) WHERE before IS NOT NULL;
CREATE TABLE r_vulnerability (
    arrival INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (arrival, code)
) WITHOUT ROWID;

-- Persons, links, families.
CREATE TABLE r_person (
    no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, registered_at INTEGER NOT NULL,
    registered_by BLOB NOT NULL, corrections INTEGER NOT NULL, erased INTEGER NOT NULL,
    erased_at INTEGER,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
);
CREATE INDEX r_person_erased_at ON r_person (erased_at) WHERE erased_at IS NOT NULL;
CREATE TABLE r_erased (owner BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE r_person_particulars (
    person INTEGER NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, author BLOB NOT NULL,
    reason TEXT, body BLOB NOT NULL, PRIMARY KEY (person, version)
) WITHOUT ROWID;
CREATE TABLE r_name_token (
    token TEXT NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (token, person)
) WITHOUT ROWID;
CREATE INDEX r_name_token_of ON r_name_token (person, token);
CREATE TABLE r_document (
    number TEXT NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (number, person)
) WITHOUT ROWID;
CREATE TABLE r_link (
    id BLOB PRIMARY KEY, first BLOB NOT NULL, second BLOB NOT NULL, active INTEGER NOT NULL,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_link_first ON r_link (first);
CREATE INDEX r_link_second ON r_link (second);
CREATE TABLE r_family (
    id BLOB PRIMARY KEY, last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL,
    last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE r_member (
    family BLOB NOT NULL, place INTEGER NOT NULL, person BLOB NOT NULL,
    PRIMARY KEY (family, place)
) WITHOUT ROWID;
CREATE INDEX r_member_person ON r_member (person);
CREATE TABLE r_relation (
    family BLOB NOT NULL, person BLOB NOT NULL, code TEXT NOT NULL, PRIMARY KEY (family, person)
) WITHOUT ROWID;

-- Goods.
CREATE TABLE r_waybill (
    id BLOB PRIMARY KEY, number TEXT NOT NULL, name_key TEXT NOT NULL, origin BLOB,
    destination BLOB NOT NULL, sent BLOB NOT NULL, sent_at INTEGER NOT NULL, received BLOB,
    received_at INTEGER, difference TEXT, to_node BLOB, sent_by BLOB NOT NULL,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_waybill_number ON r_waybill (name_key);
CREATE INDEX r_waybill_there ON r_waybill (destination);
CREATE TABLE r_stock_change (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, place INTEGER NOT NULL, site BLOB NOT NULL,
    item TEXT NOT NULL, change INTEGER NOT NULL, cause INTEGER NOT NULL, at INTEGER NOT NULL,
    author BLOB NOT NULL, aggregate BLOB NOT NULL, PRIMARY KEY (node, position, wall, counter, place)
) WITHOUT ROWID;
CREATE INDEX r_stock_change_sum ON r_stock_change (site, item, node, change);
CREATE INDEX r_stock_change_at ON r_stock_change (site, at);
-- The same changes as reports sum them, packed by stretches of each log.
CREATE TABLE r_stock_packed (
    node INTEGER NOT NULL, block INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (node, block)
) WITHOUT ROWID;
CREATE TABLE r_stocktake (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, id BLOB NOT NULL, site BLOB NOT NULL,
    at INTEGER NOT NULL, author BLOB NOT NULL, items INTEGER NOT NULL, difference TEXT,
    PRIMARY KEY (node, position, wall, counter)
) WITHOUT ROWID;
CREATE INDEX r_stocktake_at ON r_stocktake (site, at);
CREATE TABLE r_count_signed (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, stocktake BLOB NOT NULL, site BLOB NOT NULL, at INTEGER NOT NULL,
    author BLOB NOT NULL, second BLOB NOT NULL, PRIMARY KEY (node, position, wall, counter)
) WITHOUT ROWID;
CREATE INDEX r_count_signed_at ON r_count_signed (site, at);

-- Services and referrals. The service stands apart from the referral: it is sealed.
CREATE TABLE r_service (
    id BLOB PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, languages BLOB NOT NULL,
    active INTEGER NOT NULL, as_of INTEGER NOT NULL, available BLOB,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE r_service_contact (service BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE r_referral (
    id BLOB PRIMARY KEY, person BLOB NOT NULL, site BLOB NOT NULL, made_at INTEGER NOT NULL,
    made_by BLOB NOT NULL, due INTEGER, state TEXT NOT NULL, before_lost TEXT NOT NULL,
    state_at INTEGER NOT NULL, follow_ups INTEGER NOT NULL, unreached INTEGER NOT NULL,
    last_call TEXT, calls_declined INTEGER NOT NULL, guarded INTEGER NOT NULL,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_referral_person ON r_referral (person);
CREATE INDEX r_referral_due ON r_referral (site, state, due);
CREATE INDEX r_referral_made ON r_referral (site, made_at);
CREATE TABLE r_referral_terms (
    referral BLOB PRIMARY KEY, service BLOB NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_referral_terms_service ON r_referral_terms (service);

-- Feedback. What is said about people who work here has no text.
CREATE TABLE r_feedback (
    id BLOB PRIMARY KEY, site BLOB NOT NULL, at INTEGER NOT NULL, author BLOB NOT NULL,
    stage TEXT NOT NULL, answered_at INTEGER, closed_at INTEGER, confidential INTEGER NOT NULL,
    erased INTEGER NOT NULL, last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_feedback_at ON r_feedback (site, confidential, at);
CREATE TABLE r_feedback_text (
    feedback BLOB PRIMARY KEY, voice BLOB, answer TEXT
) WITHOUT ROWID;

-- Paper.
CREATE TABLE r_booklet (
    id BLOB PRIMARY KEY, site BLOB NOT NULL, number INTEGER NOT NULL, printed_at INTEGER NOT NULL,
    printed_by BLOB NOT NULL, torn_out INTEGER,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_booklet_site ON r_booklet (site, number);
CREATE TABLE r_booklet_card (
    booklet BLOB NOT NULL, place INTEGER NOT NULL, card TEXT NOT NULL, void TEXT,
    PRIMARY KEY (booklet, place)
) WITHOUT ROWID;
CREATE INDEX r_booklet_card_of ON r_booklet_card (card);
CREATE TABLE r_from_paper (
    node INTEGER NOT NULL, position INTEGER NOT NULL, wall INTEGER NOT NULL,
    counter INTEGER NOT NULL, arrival BLOB NOT NULL, written_by BLOB NOT NULL,
    PRIMARY KEY (node, position, wall, counter)
) WITHOUT ROWID;
CREATE INDEX r_from_paper_of ON r_from_paper (arrival);

-- What the public is told. The numbers it is not shown stand apart: they are sealed.
CREATE TABLE r_edition (
    id BLOB PRIMARY KEY, first_day TEXT NOT NULL, last_day TEXT NOT NULL, sites BLOB NOT NULL,
    cut_off INTEGER NOT NULL, plan INTEGER NOT NULL, log_end TEXT NOT NULL, tables BLOB NOT NULL,
    published_at INTEGER NOT NULL, author BLOB NOT NULL, approved_by BLOB NOT NULL,
    last_wall INTEGER NOT NULL, last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL,
    last_position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX r_edition_period ON r_edition (first_day, last_day, published_at);
CREATE TABLE r_edition_basis (edition BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE r_legal_basis (
    code TEXT PRIMARY KEY, body BLOB NOT NULL,
    wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;

-- What others stated. `word` is what a row is looked up by while it stands.
CREATE TABLE r_figure (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
CREATE INDEX r_figure_word ON r_figure (word) WHERE word IS NOT NULL;
CREATE TABLE r_matter (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
CREATE TABLE r_office (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
CREATE TABLE r_advice (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);

-- Danger. What exactly happened, and to whom, is sealed and stands in these bodies where it can be read.
CREATE TABLE r_incident (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
CREATE TABLE r_access (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
CREATE TABLE r_team (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
CREATE TABLE r_author_key (
    user BLOB PRIMARY KEY, public_key BLOB NOT NULL,
    wall INTEGER NOT NULL, counter INTEGER NOT NULL, node INTEGER NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE r_pathway (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
CREATE INDEX r_pathway_person ON r_pathway (word);
CREATE TABLE r_notice (
    id BLOB PRIMARY KEY, word TEXT, body BLOB NOT NULL, last_wall INTEGER NOT NULL,
    last_counter INTEGER NOT NULL, last_node INTEGER NOT NULL, last_position INTEGER NOT NULL
);
";
