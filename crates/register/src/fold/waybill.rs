//! Rows of waybills. What they do to the stock is rows of its own, one for each event.

use domain::{DifferenceReason, NodeKey, Order, Recorded, SiteId, Waybill, WaybillId, WaybillLine};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::Result;
use crate::columns::{Columns, cbor, name_key, one};

/// The columns that [`read_waybill`] reads.
pub(crate) const WAYBILL_COLUMNS: &str = "id, number, origin, destination, sent, sent_at, \
    received, received_at, difference, to_node, sent_by";

/// A waybill out of [`WAYBILL_COLUMNS`].
pub(crate) fn read_waybill(columns: &mut Columns<'_, '_>) -> Result<Waybill> {
    Ok(Waybill {
        id: WaybillId(columns.uuid()?),
        number: columns.text()?,
        origin: columns.uuid_if_any()?.map(SiteId),
        destination: SiteId(columns.uuid()?),
        sent: columns.cbor::<Vec<WaybillLine>>()?,
        sent_at: columns.moment()?,
        received: columns.cbor_if_any::<Vec<WaybillLine>>()?,
        received_at: columns.moment_if_any()?,
        difference: columns
            .value::<Option<String>>()?
            .map(DifferenceReason::any),
        to: columns.value::<Option<[u8; 32]>>()?.map(NodeKey),
        sent_by: columns.key()?,
    })
}

impl Aggregate for Waybill {
    const KIND: i64 = 7;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {WAYBILL_COLUMNS}, last_wall, last_counter, last_node, last_position
            FROM r_waybill WHERE id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            Ok((read_waybill(columns)?, store.read_order(columns)?))
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
        store.run(
            "INSERT OR REPLACE INTO r_waybill (
                id, number, name_key, origin, destination, sent, sent_at, received, received_at,
                difference, last_wall, last_counter, last_node, last_position, to_node, sent_by
            ) VALUES (
                ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16
            )",
            params![
                self.id.0.as_bytes(),
                self.number,
                name_key(&self.number),
                self.origin.map(|site| site.0.into_bytes()),
                self.destination.0.as_bytes(),
                cbor(&self.sent),
                self.sent_at.0,
                self.received.as_ref().map(cbor),
                self.received_at.map(|at| at.0),
                self.difference.as_ref().map(DifferenceReason::as_str),
                last.wall,
                last.counter,
                last.node,
                last.position,
                self.to.map(|node| node.0),
                self.sent_by.0,
            ],
        )?;
        Ok(())
    }
}
