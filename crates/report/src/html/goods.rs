//! What was given, whether it lasts, what is on its way: goods, and movements still to come.

use maud::{Markup, html};

use super::Paper;
use crate::figure::Measure;
use crate::sitrep::{ItemRow, StockRow, WaybillRow};
use crate::words::Arg;

/// Less than so many tenths of a day of cover is called short.
pub(crate) const SHORT_TENTHS: i64 = 20;

impl Paper<'_> {
    pub(super) fn goods(&self) -> Markup {
        let sitrep = self.sitrep;
        html! {
            @if !sitrep.items.is_empty() { (self.items()) }
            @if !sitrep.stock.is_empty() { (self.stock()) }
            @if !sitrep.waybills.is_empty() { (self.waybills()) }
            @if !sitrep.expected.is_empty() { (self.expected()) }
        }
    }

    fn items(&self) -> Markup {
        let quantities = self.sitrep.items.iter().any(|row| row.quantity.is_some());
        html! {
            section.sitrep-short {
                h2 { (self.say("sitrep-items")) }
                table.sitrep-items {
                    caption { (self.say("sitrep-items-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-item")) }
                        th.n scope="col" { (self.say("sitrep-item-people")) }
                        @if quantities { th.n scope="col" { (self.say("sitrep-item-quantity")) } }
                    } }
                    tbody { @for row in &self.sitrep.items { (self.item(row)) } }
                }
                @if let Some(recovered) = self.recovered() { p { (recovered) } }
            }
        }
    }

    /// What of it was given by recovered rights, item by item, if any was.
    pub(crate) fn recovered(&self) -> Option<String> {
        if self.sitrep.recovered.is_empty() {
            return None;
        }
        let rows = self.sitrep.recovered.iter().map(|row| {
            let item = self.words.word("item", row.item.as_str());
            format!(
                "{item} {}",
                self.words
                    .number(i64::try_from(row.times).unwrap_or(i64::MAX))
            )
        });
        let rows = rows.collect::<Vec<_>>().join(" · ");
        Some(format!("{} {rows}", self.say("sitrep-recovered")))
    }

    fn item(&self, row: &ItemRow) -> Markup {
        html! {
            tr {
                th scope="row" { (self.words.word("item", row.item.as_str())) }
                (self.cell(&row.people))
                @if let Some(quantity) = &row.quantity { (self.cell(quantity)) }
            }
        }
    }

    pub(crate) fn whole(&self, number: u64) -> String {
        self.words.number(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn stock(&self) -> Markup {
        html! {
            section {
                h2 { (self.say("sitrep-stock")) }
                div.sitrep-scroll tabindex="0" { table {
                    caption { (self.say("sitrep-stock-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-site")) }
                        th scope="col" { (self.say("sitrep-item")) }
                        th.n scope="col" { (self.say("sitrep-in-stock")) }
                        th.n scope="col" { (self.say("sitrep-a-day")) }
                        th scope="col" { (self.say("sitrep-lasts")) }
                        th.n scope="col" { (self.say("sitrep-owed-here")) }
                        th.n scope="col" { (self.say("sitrep-needed")) }
                        th.n scope="col" { (self.say("sitrep-left-over")) }
                    } }
                    tbody { @for row in &self.sitrep.stock { (self.stock_row(row)) } }
                } }
            }
        }
    }

    fn stock_row(&self, row: &StockRow) -> Markup {
        html! {
            tr {
                td { (row.site) }
                th scope="row" { (self.words.word("item", row.item.as_str())) }
                td.n { (self.words.number(row.in_stock)) }
                td.n { (self.a_day(row)) }
                td.sitrep-lasts { (self.lasts(row)) }
                td.n { (self.whole(row.owed_here)) }
                td.n { (self.whole(row.needed_for_expected)) }
                td.n {
                    @if row.left_over < 0 {
                        span.sitrep-risk { (self.signed(row.left_over)) }
                    } @else {
                        (self.words.number(row.left_over))
                    }
                }
            }
        }
    }

    /// The pace: given a day, on average over the last days with gifts.
    pub(crate) fn a_day(&self, row: &StockRow) -> String {
        let days = u64::from(row.days_with_gifts);
        match (row.given_lately * 10).checked_div(days) {
            Some(tenths) => self.tenths(i64::try_from(tenths).unwrap_or(i64::MAX)),
            None => self.say("sitrep-nothing-given"),
        }
    }

    fn lasts(&self, row: &StockRow) -> Markup {
        let Some(tenths) = row.cover_days_tenths else {
            return html! { span.soft { (self.say("sitrep-cover-not-known")) } };
        };
        let days = self.tenths(tenths);
        let text = self
            .words
            .say("sitrep-cover-days", &[("days", Arg::Text(&days))]);
        html! {
            @if tenths < SHORT_TENTHS {
                span.sitrep-risk { (text) " · " (self.say("sitrep-cover-short")) }
            } @else { (text) }
        }
    }

    pub(crate) fn tenths(&self, tenths: i64) -> String {
        let whole = self.words.number(tenths / 10);
        if tenths % 10 == 0 {
            return whole;
        }
        let tenth = (tenths % 10).to_string();
        let args = [("whole", Arg::Text(&whole)), ("tenth", Arg::Text(&tenth))];
        self.words.say("sitrep-decimal", &args)
    }

    fn waybills(&self) -> Markup {
        html! {
            section.sitrep-short {
                h2 { (self.say("sitrep-waybills")) }
                table {
                    caption { (self.say("sitrep-waybills-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-waybill")) }
                        th scope="col" { (self.say("sitrep-from-to")) }
                        th scope="col" { (self.say("sitrep-sent")) }
                        th scope="col" { (self.say("sitrep-goods")) }
                    } }
                    tbody { @for row in &self.sitrep.waybills { (self.waybill(row)) } }
                }
            }
        }
    }

    pub(crate) fn goods_of(&self, row: &WaybillRow) -> String {
        let goods: Vec<_> = row
            .lines
            .iter()
            .map(|line| {
                let quantity = self.words.number(line.quantity.into());
                format!(
                    "{quantity} × {}",
                    self.words.word("item", line.item.as_str())
                )
            })
            .collect();
        goods.join(", ")
    }

    fn waybill(&self, row: &WaybillRow) -> Markup {
        let from = row
            .from_site
            .clone()
            .unwrap_or_else(|| self.say("sitrep-supplier"));
        html! {
            tr {
                th scope="row" { (row.number) }
                td { (from) " → " (row.to_site) }
                td { (self.words.moment(row.sent_at)) }
                td { (self.goods_of(row)) }
            }
        }
    }

    fn expected(&self) -> Markup {
        html! {
            section.sitrep-short {
                h2 { (self.say("sitrep-expected")) }
                table {
                    caption { (self.say("sitrep-expected-caption")) }
                    thead { tr {
                        th scope="col" { (self.say("sitrep-movement")) }
                        th scope="col" { (self.say("sitrep-to")) }
                        th scope="col" { (self.say("sitrep-expected-at")) }
                        th.n scope="col" { (self.measure(Measure::Announced)) }
                    } }
                    tbody {
                        @for row in &self.sitrep.expected {
                            tr {
                                th scope="row" { (row.designator) }
                                td { (row.to_site) }
                                td { (self.words.moment(row.expected)) }
                                td.n { (self.words.number(row.announced.into())) }
                            }
                        }
                    }
                }
            }
        }
    }
}
