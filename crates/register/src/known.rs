//! What rules ask, answered from the rows.

use domain::{
    Answer, Arrival, ArrivalId, CardCode, Document, Family, FamilyId, Item, ItemCode, Known, Line,
    LineId, Link, LinkId, Moment, Movement, MovementId, NodeKey, OperationId, Package, Past,
    Person, PersonId, Site, SiteId, User, UserId, Waybill, WaybillId,
};

use crate::Register;

#[allow(unused_variables)]
impl Known for Register<'_> {
    fn operation(&self) -> Answer<Option<OperationId>> {
        todo!()
    }
    fn site(&self, id: SiteId) -> Answer<Option<Site>> {
        todo!()
    }
    fn user(&self, id: UserId) -> Answer<Option<User>> {
        todo!()
    }
    fn user_by_login(&self, login: &str) -> Answer<Option<UserId>> {
        todo!()
    }
    fn administrators(&self) -> Answer<u32> {
        todo!()
    }
    fn item(&self, code: &ItemCode) -> Answer<Option<Item>> {
        todo!()
    }
    fn package(&self) -> Answer<Package> {
        todo!()
    }
    fn movement(&self, id: MovementId) -> Answer<Option<Movement>> {
        todo!()
    }
    fn movements_named(&self, designator: &str) -> Answer<Vec<Movement>> {
        todo!()
    }
    fn lines(&self, movement: MovementId) -> Answer<Vec<Line>> {
        todo!()
    }
    fn line(&self, id: LineId) -> Answer<Option<Line>> {
        todo!()
    }
    fn arrival(&self, id: ArrivalId) -> Answer<Option<Arrival>> {
        todo!()
    }
    fn unregistered(&self, movement: MovementId) -> Answer<u32> {
        todo!()
    }
    fn last_queue_number(&self, site: SiteId, since: Moment) -> Answer<u32> {
        todo!()
    }
    fn card_taken(&self, card: &CardCode) -> Answer<bool> {
        todo!()
    }
    fn person(&self, id: PersonId) -> Answer<Option<Person>> {
        todo!()
    }
    fn same_person(&self, id: PersonId) -> Answer<Vec<PersonId>> {
        todo!()
    }
    fn arrivals_of(&self, person: PersonId) -> Answer<Vec<ArrivalId>> {
        todo!()
    }
    fn holders(&self, document: &Document) -> Answer<Vec<PersonId>> {
        todo!()
    }
    fn link(&self, id: LinkId) -> Answer<Option<Link>> {
        todo!()
    }
    fn family(&self, id: FamilyId) -> Answer<Option<Family>> {
        todo!()
    }
    fn family_of(&self, person: PersonId) -> Answer<Option<FamilyId>> {
        todo!()
    }
    fn received(&self, persons: &[PersonId], item: &ItemCode, since: Moment) -> Answer<Vec<Past>> {
        todo!()
    }
    fn waybill(&self, id: WaybillId) -> Answer<Option<Waybill>> {
        todo!()
    }
    fn waybill_numbered(&self, number: &str) -> Answer<Option<WaybillId>> {
        todo!()
    }
    fn stock(&self, site: SiteId, item: &ItemCode) -> Answer<i64> {
        todo!()
    }
    fn restored_from(&self, node: NodeKey) -> Answer<Vec<(NodeKey, u64)>> {
        todo!()
    }
    fn claimed(&self, node: NodeKey) -> Answer<bool> {
        todo!()
    }
}
