//! Goods, and movements still to come, written out.

use super::{Block, Cell, Column, Paper, Row, Section, Table, Tone};
use crate::figure::Measure;
use crate::html::goods::SHORT_TENTHS;
use crate::sitrep::{ExpectedRow, ItemRow, StockRow, WaybillRow};
use crate::words::Arg;

impl Paper<'_> {
    pub(super) fn sections_of_goods(&self) -> Vec<Section> {
        let sitrep = self.sitrep;
        let tables = [
            (
                sitrep.items.is_empty(),
                "sitrep-items",
                self.table_of_items(),
            ),
            (
                sitrep.stock.is_empty(),
                "sitrep-stock",
                self.table_of_stock(),
            ),
            (
                sitrep.waybills.is_empty(),
                "sitrep-waybills",
                self.table_of_waybills(),
            ),
            (
                sitrep.expected.is_empty(),
                "sitrep-expected",
                self.table_of_expected(),
            ),
        ];
        tables
            .into_iter()
            .filter(|(empty, ..)| !empty)
            .map(|(_, heading, table)| {
                let mut blocks = vec![Block::Table(table)];
                if heading == "sitrep-items" {
                    let recovered = self.recovered();
                    blocks.extend(recovered.map(|words| Block::List(vec![words])));
                }
                self.section(heading, blocks)
            })
            .collect()
    }

    fn text(&self, heading: &str, share: u16) -> Column {
        Column::text(self.say(heading), share)
    }

    fn numbers(&self, heading: &str, share: u16) -> Column {
        Column::number(self.say(heading), share)
    }

    fn table_of_items(&self) -> Table {
        let quantities = self.sitrep.items.iter().any(|row| row.quantity.is_some());
        let mut columns = vec![
            self.text("sitrep-item", 50),
            self.numbers("sitrep-item-people", 25),
        ];
        if quantities {
            columns.push(self.numbers("sitrep-item-quantity", 25));
        }
        let row = |row: &ItemRow| {
            let item = Cell::plain(self.words.word("item", row.item.as_str()));
            let mut cells = vec![item, self.count(&row.people)];
            if quantities {
                let quantity = row.quantity.as_ref().map(|quantity| self.count(quantity));
                cells.push(quantity.unwrap_or_default());
            }
            Row::of(cells)
        };
        self.without_sums("sitrep-items-caption", columns, &self.sitrep.items, row)
    }

    pub(super) fn without_sums<T>(
        &self,
        caption: &str,
        columns: Vec<Column>,
        rows: &[T],
        row: impl Fn(&T) -> Row,
    ) -> Table {
        Table {
            caption: self.say(caption),
            named: false,
            columns,
            rows: rows.iter().map(row).collect(),
            sums: 0,
        }
    }

    fn table_of_stock(&self) -> Table {
        let columns = vec![
            self.text("sitrep-item", 22),
            self.text("sitrep-site", 20),
            self.numbers("sitrep-in-stock", 10),
            self.numbers("sitrep-a-day", 10),
            self.text("sitrep-lasts", 16),
            self.numbers("sitrep-owed-here", 11),
            self.numbers("sitrep-needed", 11),
            self.numbers("sitrep-left-over", 10),
        ];
        let row = |row: &StockRow| {
            let left_over = if row.left_over < 0 {
                Cell {
                    words: self.signed(row.left_over),
                    tone: Tone::Risk,
                    ..Cell::default()
                }
            } else {
                Cell::plain(self.words.number(row.left_over))
            };
            Row::of(vec![
                Cell::plain(self.words.word("item", row.item.as_str())),
                Cell::plain(&row.site),
                Cell::plain(self.words.number(row.in_stock)),
                Cell::plain(self.a_day(row)),
                self.lasting(row),
                Cell::plain(self.whole(row.owed_here)),
                Cell::plain(self.whole(row.needed_for_expected)),
                left_over,
            ])
        };
        self.without_sums("sitrep-stock-caption", columns, &self.sitrep.stock, row)
    }

    fn lasting(&self, row: &StockRow) -> Cell {
        let Some(tenths) = row.cover_days_tenths else {
            return Cell::soft(self.say("sitrep-cover-not-known"));
        };
        let days = self.tenths(tenths);
        let text = [("days", Arg::Text(&days))];
        let text = self.words.say("sitrep-cover-days", &text);
        if tenths >= SHORT_TENTHS {
            return Cell::plain(text);
        }
        Cell {
            words: format!("{text} · {}", self.say("sitrep-cover-short")),
            tone: Tone::Risk,
            ..Cell::default()
        }
    }

    fn table_of_waybills(&self) -> Table {
        let columns = vec![
            self.text("sitrep-waybill", 18),
            self.text("sitrep-from-to", 28),
            self.text("sitrep-sent", 22),
            self.text("sitrep-goods", 32),
        ];
        let row = |row: &WaybillRow| {
            let from = row.from_site.clone();
            let from = from.unwrap_or_else(|| self.say("sitrep-supplier"));
            Row::of(vec![
                Cell::plain(&row.number),
                Cell::plain(format!("{from} → {}", row.to_site)),
                Cell::plain(self.words.moment(row.sent_at)),
                Cell::plain(self.goods_of(row)),
            ])
        };
        self.without_sums(
            "sitrep-waybills-caption",
            columns,
            &self.sitrep.waybills,
            row,
        )
    }

    fn table_of_expected(&self) -> Table {
        let columns = vec![
            self.text("sitrep-movement", 24),
            self.text("sitrep-to", 32),
            self.text("sitrep-expected-at", 28),
            Column::number(self.measure(Measure::Announced), 16),
        ];
        let row = |row: &ExpectedRow| {
            Row::of(vec![
                Cell::plain(&row.designator),
                Cell::plain(&row.to_site),
                Cell::plain(self.words.moment(row.expected)),
                Cell::plain(self.words.number(row.announced.into())),
            ])
        };
        self.without_sums(
            "sitrep-expected-caption",
            columns,
            &self.sitrep.expected,
            row,
        )
    }
}
