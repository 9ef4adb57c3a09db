//! What rules ask, answered from the rows. Each question has an index.

use std::collections::{BTreeSet, VecDeque};

use domain::{
    Advice, AdviceId, Answer, Arrival, ArrivalId, Booklet, BookletId, Bytes, CardCode,
    DefinedBasis, Document, Edition, EditionId, Family, FamilyId, Feedback, FeedbackId, Field,
    Figure, FigureId, Incident, IncidentId, Item, ItemCode, Known, LegalBasis, Line, LineId, Link,
    LinkId, LookupFailed, Matter, MatterId, Moment, Movement, MovementId, NodeKey, Notice,
    NoticeId, Office, OfficeId, OperationId, Order, Package, Past, Pathway, PathwayId, Period,
    Permission, Person, PersonId, Recovery, RecoveryId, Referral, ReferralId, Role, Service,
    ServiceId, Site, SiteId, Team, TeamId, TransferId, User, UserId, WAITING_DAYS_DEFAULT, Waybill,
    WaybillId,
};
use rusqlite::params;
use uuid::Uuid;

use crate::columns::{all, name_key, one, only};
use crate::fold::{
    Aggregate, ArrivalState, LineState, MOVEMENT_COLUMNS, MovementState, PersonState,
    REFERRAL_COLUMNS, USER_COLUMNS, read_movement, read_referral, read_user,
};
use crate::rights::Claim;
use crate::setup::{SITE_COLUMNS, read_site};
use crate::{Register, RegisterError, Result};

fn answer<T>(result: Result<T>) -> Answer<T> {
    result.map_err(|error: RegisterError| LookupFailed(error.to_string()))
}

impl Register<'_> {
    fn state<A: Aggregate>(&self, id: Uuid) -> Answer<Option<A>> {
        let loaded = answer(A::load(&self.store, id))?;
        Ok(loaded.map(|(state, _)| state))
    }

    /// The arrival that holds a line.
    pub(crate) fn holder(&self, line: LineId) -> Result<Option<ArrivalId>> {
        let sql = "SELECT id FROM r_arrival WHERE line = ?1 AND listed = 1";
        one(self.connection(), sql, [line.0.as_bytes()], |columns| {
            Ok(ArrivalId(columns.uuid()?))
        })
    }

    /// The records linked directly with one.
    fn neighbours(&self, person: PersonId) -> Result<Vec<PersonId>> {
        let sql = "SELECT second FROM r_link WHERE first = ?1 AND active = 1
            UNION ALL SELECT first FROM r_link WHERE second = ?1 AND active = 1";
        all(self.connection(), sql, [person.0.as_bytes()], |columns| {
            Ok(PersonId(columns.uuid()?))
        })
    }

    pub(crate) fn all_same(&self, id: PersonId) -> Result<Vec<PersonId>> {
        let mut found = BTreeSet::from([id]);
        let mut open = VecDeque::from([id]);
        while let Some(person) = open.pop_front() {
            for other in self.neighbours(person)? {
                if found.insert(other) {
                    open.push_back(other);
                }
            }
        }
        Ok(found.into_iter().collect())
    }

    pub(crate) fn past(
        &self,
        persons: &[PersonId],
        item: &ItemCode,
        since: Moment,
    ) -> Result<Vec<Past>> {
        let sql = "SELECT r.at, a.id FROM r_arrival a JOIN r_redemption r ON r.arrival = a.no
            WHERE a.person = ?1 AND r.item = ?2 AND r.at >= ?3";
        let mut past = Vec::new();
        for person in persons {
            let values = params![person.0.as_bytes(), item.as_str(), since.0];
            past.extend(all(self.connection(), sql, values, |columns| {
                Ok(Past {
                    at: columns.moment()?,
                    arrival: ArrivalId(columns.uuid()?),
                })
            })?);
        }
        past.sort_unstable();
        Ok(past)
    }
}

impl Known for Register<'_> {
    fn operation(&self) -> Answer<Option<OperationId>> {
        Ok(answer(self.founded())?.map(|operation| operation.id))
    }

    fn site(&self, id: SiteId) -> Answer<Option<Site>> {
        let sql = format!("SELECT {SITE_COLUMNS} FROM r_site WHERE id = ?1");
        answer(one(self.connection(), &sql, [id.0.as_bytes()], read_site))
    }

    fn user(&self, id: UserId) -> Answer<Option<User>> {
        self.state(id.0)
    }

    fn user_by_login(&self, login: &str) -> Answer<Option<UserId>> {
        let sql = "SELECT user FROM r_staff WHERE login = ?1 ORDER BY user LIMIT 1";
        answer(one(self.connection(), sql, [login], |columns| {
            Ok(UserId(columns.uuid()?))
        }))
    }

    fn administrators(&self) -> Answer<u32> {
        let sql = format!(
            "SELECT {USER_COLUMNS} FROM r_user u LEFT JOIN r_staff s ON s.user = u.id
            WHERE u.active = 1"
        );
        let users = answer(all(self.connection(), &sql, [], read_user))?;
        let may = users.iter().filter(|user| user.may(Permission::Administer));
        Ok(u32::try_from(may.count()).unwrap_or(u32::MAX))
    }

    fn active_of_role(&self, role: Role) -> Answer<u32> {
        let of_role = |user: &&User| user.active && user.roles.contains(&role);
        let number = answer(self.users())?.iter().filter(of_role).count();
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    fn item(&self, code: &ItemCode) -> Answer<Option<Item>> {
        let sql = "SELECT body FROM r_item WHERE code = ?1";
        answer(one(self.connection(), sql, [code.as_str()], |columns| {
            columns.cbor()
        }))
    }

    fn package(&self) -> Answer<Package> {
        let sql = "SELECT body FROM r_package";
        let package = answer(one(self.connection(), sql, [], |columns| columns.cbor()))?;
        Ok(package.unwrap_or_default())
    }

    fn role_key(&self, role: Role) -> Answer<Option<Bytes>> {
        let sql = "SELECT public_key FROM r_role_key WHERE role = ?1";
        answer(one(self.connection(), sql, [role.code()], |columns| {
            Ok(Bytes(columns.value()?))
        }))
    }

    fn movement(&self, id: MovementId) -> Answer<Option<Movement>> {
        let state: Option<MovementState> = self.state(id.0)?;
        Ok(state.map(|state| state.movement))
    }

    fn movements_named(&self, designator: &str) -> Answer<Vec<Movement>> {
        let sql = format!(
            "SELECT {MOVEMENT_COLUMNS} FROM r_movement m
            WHERE m.name_key = ?1 AND m.stage <> 'cancelled' ORDER BY m.id"
        );
        answer(all(
            self.connection(),
            &sql,
            [name_key(designator)],
            read_movement,
        ))
    }

    fn lines(&self, movement: MovementId) -> Answer<Vec<Line>> {
        let sql = "SELECT l.id, p.row, l.removed, l.no_show_at IS NOT NULL,
                EXISTS (SELECT 1 FROM r_erased e WHERE e.owner = l.id), p.body, a.id
            FROM r_line l
            LEFT JOIN r_line_particulars p ON p.line = l.id
            LEFT JOIN r_arrival a ON a.line = l.id AND a.listed = 1
            WHERE l.movement = ?1 ORDER BY l.id";
        let id = movement.0.as_bytes();
        answer(all(self.connection(), sql, [id], |columns| {
            Ok(Line {
                id: LineId(columns.uuid()?),
                movement,
                row: columns.value()?,
                removed: columns.flag()?,
                no_show: columns.flag()?,
                erased: columns.flag()?,
                particulars: columns.cbor_if_any()?,
                taken_by: columns.uuid_if_any()?.map(ArrivalId),
            })
        }))
    }

    fn line(&self, id: LineId) -> Answer<Option<Line>> {
        let Some(LineState { mut line, .. }) = self.state(id.0)? else {
            return Ok(None);
        };
        line.taken_by = answer(self.holder(id))?;
        Ok(Some(line))
    }

    fn listed_with(&self, document: &Document) -> Answer<Vec<MovementId>> {
        let sql = "SELECT DISTINCT l.movement FROM r_line_document d
            JOIN r_line l ON l.id = d.line JOIN r_movement m ON m.id = l.movement
            WHERE d.number = ?1 AND l.removed = 0 AND m.stage <> 'cancelled' ORDER BY l.movement";
        let number = document.number.as_str();
        answer(all(self.connection(), sql, [number], |columns| {
            Ok(MovementId(columns.uuid()?))
        }))
    }

    fn arrival(&self, id: ArrivalId) -> Answer<Option<Arrival>> {
        let state: Option<ArrivalState> = self.state(id.0)?;
        Ok(state.map(|state| state.arrival))
    }

    fn unregistered(&self, movement: MovementId) -> Answer<u32> {
        let sql = "SELECT count(*) FROM r_present
            WHERE movement = ?1 AND registered_at IS NULL AND left_at IS NULL";
        answer(only(
            self.connection(),
            sql,
            [movement.0.as_bytes()],
            |columns| columns.count(),
        ))
    }

    fn last_queue_number(&self, site: SiteId, (from, to): (Moment, Moment)) -> Answer<u32> {
        // Hour by hour, each from the highest number downward: a step an hour, where the day itself
        // has thousands of arrivals.
        let sql = "WITH RECURSIVE span (hour) AS (
                SELECT ?2 / 3600000 UNION ALL
                SELECT hour + 1 FROM span WHERE hour < ?3 / 3600000
            )
            SELECT coalesce(max((
                SELECT max(queue) FROM r_arrival
                WHERE site = ?1 AND met_at / 3600000 = hour AND met_at >= ?2 AND met_at < ?3
            )), 0) FROM span";
        let values = params![site.0.as_bytes(), from.0, to.0];
        answer(only(self.connection(), sql, values, |columns| {
            columns.count()
        }))
    }

    fn card_taken(&self, card: &CardCode) -> Answer<bool> {
        Ok(!answer(self.arrivals_with_card(card))?.is_empty())
    }

    fn card_held(&self, card: &CardCode) -> Answer<bool> {
        let sql = "SELECT count(*) FROM r_present WHERE card = ?1";
        let held = only(self.connection(), sql, [card.as_str()], |columns| {
            columns.count()
        });
        Ok(answer(held)? > 0)
    }

    fn person(&self, id: PersonId) -> Answer<Option<Person>> {
        let state: Option<PersonState> = self.state(id.0)?;
        Ok(state.map(|state| state.person))
    }

    fn same_person(&self, id: PersonId) -> Answer<Vec<PersonId>> {
        answer(self.all_same(id))
    }

    fn arrivals_of(&self, person: PersonId) -> Answer<Vec<ArrivalId>> {
        let sql = "SELECT id FROM r_arrival WHERE person = ?1 ORDER BY id";
        answer(all(
            self.connection(),
            sql,
            [person.0.as_bytes()],
            |columns| Ok(ArrivalId(columns.uuid()?)),
        ))
    }

    fn withdrawn_of(&self, person: PersonId) -> Answer<Vec<ArrivalId>> {
        let sql = "SELECT id FROM r_arrival WHERE withdrawn_from = ?1 ORDER BY id";
        answer(all(
            self.connection(),
            sql,
            [person.0.as_bytes()],
            |columns| Ok(ArrivalId(columns.uuid()?)),
        ))
    }

    fn holders(&self, document: &Document) -> Answer<Vec<PersonId>> {
        let sql = "SELECT p.id FROM r_document d JOIN r_person p ON p.no = d.person
            WHERE d.number = ?1 ORDER BY p.id";
        answer(all(
            self.connection(),
            sql,
            [document.number.as_str()],
            |columns| Ok(PersonId(columns.uuid()?)),
        ))
    }

    fn link(&self, id: LinkId) -> Answer<Option<Link>> {
        self.state(id.0)
    }

    fn family(&self, id: FamilyId) -> Answer<Option<Family>> {
        self.state(id.0)
    }

    fn family_of(&self, person: PersonId) -> Answer<Option<FamilyId>> {
        let sql = "SELECT family FROM r_member WHERE person = ?1 ORDER BY family LIMIT 1";
        answer(one(
            self.connection(),
            sql,
            [person.0.as_bytes()],
            |columns| Ok(FamilyId(columns.uuid()?)),
        ))
    }

    fn received(&self, persons: &[PersonId], item: &ItemCode, since: Moment) -> Answer<Vec<Past>> {
        answer(self.past(persons, item, since))
    }

    fn service(&self, id: ServiceId) -> Answer<Option<Service>> {
        self.state(id.0)
    }

    fn referral(&self, id: ReferralId) -> Answer<Option<Referral>> {
        self.state(id.0)
    }

    fn referrals_of(&self, person: PersonId) -> Answer<Vec<Referral>> {
        let sql = format!(
            "SELECT {REFERRAL_COLUMNS}
            FROM r_referral f LEFT JOIN r_referral_terms t ON t.referral = f.id
            WHERE f.person = ?1 ORDER BY f.made_at, f.id"
        );
        answer(all(
            self.connection(),
            &sql,
            [person.0.as_bytes()],
            read_referral,
        ))
    }

    fn feedback(&self, id: FeedbackId) -> Answer<Option<Feedback>> {
        self.state(id.0)
    }

    fn edition(&self, id: EditionId) -> Answer<Option<Edition>> {
        self.state(id.0)
    }

    fn notice(&self, id: NoticeId) -> Answer<Option<Notice>> {
        self.state(id.0)
    }

    fn edition_of(&self, period: Period) -> Answer<Option<EditionId>> {
        let sql = "SELECT id FROM r_edition WHERE first_day = ?1 AND last_day = ?2
            ORDER BY published_at, id LIMIT 1";
        let days = [period.from().to_string(), period.to().to_string()];
        answer(one(self.connection(), sql, days, |columns| {
            Ok(EditionId(columns.uuid()?))
        }))
    }

    fn editions_published(&self) -> Answer<u32> {
        let sql = "SELECT count(*) FROM r_edition";
        answer(only(self.connection(), sql, [], |columns| columns.count()))
    }

    fn legal_basis(&self, code: &LegalBasis) -> Answer<Option<DefinedBasis>> {
        let sql = "SELECT body FROM r_legal_basis WHERE code = ?1";
        answer(one(self.connection(), sql, [code.as_str()], |columns| {
            columns.cbor()
        }))
    }

    fn figure(&self, id: FigureId) -> Answer<Option<Figure>> {
        self.state(id.0)
    }

    fn figure_coded(&self, code: &str) -> Answer<Option<FigureId>> {
        let sql = "SELECT id FROM r_figure WHERE word = ?1 ORDER BY id LIMIT 1";
        answer(one(self.connection(), sql, [code], |columns| {
            Ok(FigureId(columns.uuid()?))
        }))
    }

    fn pathway(&self, id: PathwayId) -> Answer<Option<Pathway>> {
        self.state(id.0)
    }

    fn pathways_of(&self, person: PersonId) -> Answer<Vec<Pathway>> {
        let sql = "SELECT body FROM r_pathway WHERE word = ?1 ORDER BY id";
        let word = person.to_string();
        answer(all(self.connection(), sql, [word], |columns| {
            columns.cbor()
        }))
    }

    fn incident(&self, id: IncidentId) -> Answer<Option<Incident>> {
        self.state(id.0)
    }

    fn team(&self, id: TeamId) -> Answer<Option<Team>> {
        self.state(id.0)
    }

    fn office(&self, id: OfficeId) -> Answer<Option<Office>> {
        self.state(id.0)
    }

    fn author_key(&self, user: UserId) -> Answer<Option<Bytes>> {
        let sql = "SELECT public_key FROM r_author_key WHERE user = ?1";
        let user = user.0.as_bytes();
        answer(one(self.connection(), sql, [user], |columns| {
            Ok(Bytes(columns.value()?))
        }))
    }

    fn advice(&self, id: AdviceId) -> Answer<Option<Advice>> {
        self.state(id.0)
    }

    fn matter(&self, id: MatterId) -> Answer<Option<Matter>> {
        self.state(id.0)
    }

    fn booklet(&self, id: BookletId) -> Answer<Option<Booklet>> {
        self.state(id.0)
    }

    fn booklet_with(&self, card: &CardCode) -> Answer<Option<BookletId>> {
        let found = answer(self.booklet_of_card(card.as_str()))?;
        Ok(found.map(BookletId))
    }

    fn last_booklet_number(&self, site: SiteId) -> Answer<u32> {
        let sql = "SELECT coalesce(max(number), 0) FROM r_booklet WHERE site = ?1";
        answer(only(
            self.connection(),
            sql,
            [site.0.as_bytes()],
            |columns| columns.count(),
        ))
    }

    fn waybill(&self, id: WaybillId) -> Answer<Option<Waybill>> {
        self.state(id.0)
    }

    fn waybill_numbered(&self, number: &str) -> Answer<Option<WaybillId>> {
        let sql = "SELECT id FROM r_waybill WHERE name_key = ?1 ORDER BY id LIMIT 1";
        answer(one(self.connection(), sql, [name_key(number)], |columns| {
            Ok(WaybillId(columns.uuid()?))
        }))
    }

    fn stock(&self, site: SiteId, node: NodeKey, item: &ItemCode) -> Answer<i64> {
        let sql = "SELECT coalesce(sum(change), 0) FROM r_stock_change WHERE site = ?1
            AND item = ?2 AND node = (SELECT no FROM r_node WHERE key = ?3)";
        let values = params![site.0.as_bytes(), item.as_str(), node.0];
        answer(only(self.connection(), sql, values, |columns| {
            columns.value()
        }))
    }

    fn conflict(&self, about: Uuid, field: Field) -> Answer<Vec<Order>> {
        answer(self.stands_in(about, field))
    }

    fn restored_from(&self, node: NodeKey) -> Answer<Vec<(NodeKey, u64)>> {
        let sql = "SELECT r.old_node, r.last_position FROM r_restored r
            JOIN r_node n ON n.no = r.node WHERE n.key = ?1 ORDER BY r.position";
        answer(all(self.connection(), sql, [node.0], |columns| {
            Ok((columns.key()?, columns.position()?))
        }))
    }

    fn claimants(&self, node: NodeKey) -> Answer<Vec<NodeKey>> {
        let claims = answer(self.claims(|claim| claim.old == node))?;
        Ok(claims.into_iter().map(|claim| claim.order.node).collect())
    }

    fn recovered_by(&self, node: NodeKey) -> Answer<Vec<NodeKey>> {
        let by = |claim: &Claim| claim.order.node == node && claim.recovery.is_some();
        let claims = answer(self.claims(by))?;
        Ok(claims.into_iter().map(|claim| claim.old).collect())
    }

    fn admitted(&self, node: NodeKey) -> Answer<bool> {
        let sql = "SELECT 1 FROM r_admitted WHERE admitted = ?1 LIMIT 1";
        let found = answer(one(self.connection(), sql, [node.0], |_| Ok(())))?;
        Ok(found.is_some())
    }

    fn log_end(&self, node: NodeKey) -> Answer<u64> {
        Ok(answer(self.position(node))?.unwrap_or(0))
    }

    fn has_branches(&self, node: NodeKey) -> Answer<bool> {
        let sql = "SELECT 1 FROM r_branched WHERE node = ?1";
        let found = answer(one(self.connection(), sql, [node.0], |_| Ok(())))?;
        Ok(found.is_some())
    }

    fn arrivals_by(&self, movement: MovementId) -> Answer<Vec<ArrivalId>> {
        let sql = "SELECT id FROM r_present WHERE movement = ?1 ORDER BY queue, id";
        let movement = movement.0.as_bytes();
        answer(all(self.connection(), sql, [movement], |columns| {
            Ok(ArrivalId(columns.uuid()?))
        }))
    }

    fn passing(&self, transfer: TransferId) -> Answer<Vec<ArrivalId>> {
        let sql = "SELECT DISTINCT a.id FROM r_right m JOIN r_arrival a ON a.no = m.arrival
            WHERE m.transfer = ?1 ORDER BY a.id";
        let transfer = transfer.0.as_bytes();
        answer(all(self.connection(), sql, [transfer], |columns| {
            Ok(ArrivalId(columns.uuid()?))
        }))
    }

    fn recovery(&self, id: RecoveryId) -> Answer<Option<Recovery>> {
        self.state(id.0)
    }

    fn recoveries_of(&self, node: NodeKey) -> Answer<Vec<Recovery>> {
        // The word is the beginning of the key: what else begins so is left out.
        let sql = "SELECT body FROM r_recovery WHERE word = ?1 ORDER BY id";
        let found: Vec<Recovery> =
            answer(all(self.connection(), sql, [node.to_string()], |columns| {
                columns.cbor()
            }))?;
        let of = found.into_iter().filter(|recovery| recovery.node == node);
        Ok(of.collect())
    }

    fn waiting_days_min(&self) -> Answer<u32> {
        let sql = "SELECT waiting_days_min FROM r_recovery_rules";
        let set = answer(one(self.connection(), sql, [], |columns| columns.count()))?;
        Ok(set.unwrap_or(WAITING_DAYS_DEFAULT))
    }
}
