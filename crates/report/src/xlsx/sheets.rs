//! Which sheets there are, and what stands in them.

use super::book::{Book, Cell, Column};
use crate::error::ReportError;
use crate::figure::{Counts, Measure};
use crate::html::people::title_id;
use crate::html::{Paper, code_word, screened_id};
use crate::sitrep::{BreakdownRow, Dimension, MovementRow, Step};

const NAMES: f64 = 28.0;
const NUMBERS: f64 = 13.0;
const MOMENTS: f64 = 17.0;

pub(super) fn write<'s>(paper: &Paper<'s>, book: &mut Book<'s>) -> Result<(), ReportError> {
    paper.first_sheet(book)?;
    paper.sheet_of_days(book)?;
    paper.sheet_of_people(book)?;
    if !paper.sitrep.movements.is_empty() {
        paper.sheet_of_movements(book)?;
    }
    paper.sheet_of_steps(book)?;
    paper.sheets_of_goods(book)
}

fn counts<'s>(
    of: impl Iterator<Item = Measure>,
    counts: &'s Counts,
    cell: fn(&'s crate::figure::Figure) -> Cell<'s>,
) -> impl Iterator<Item = Cell<'s>> {
    of.map(move |of| cell(counts.of(of)))
}

impl<'s> Paper<'s> {
    fn named(&self, id: &str, width: f64) -> Column {
        Column(self.say(id), width)
    }

    fn measures(&self) -> impl Iterator<Item = Column> {
        let measures = self.sitrep.measures();
        measures.map(|of| Column(self.measure(of), NUMBERS))
    }

    /// What it covers, for whom, counted when; and all of it together.
    fn first_sheet(&self, book: &mut Book<'s>) -> Result<(), ReportError> {
        let sitrep = self.sitrep;
        let sites: Vec<_> = sitrep.sites.iter().map(|site| site.name.as_str()).collect();
        let audience = match sitrep.audience {
            crate::sitrep::Audience::Internal => "sitrep-internal",
            crate::sitrep::Audience::Public => "sitrep-public",
        };
        let title = self.say("sitrep-title");
        let mut lines = vec![
            title.clone(),
            sitrep.stamp.operation.clone(),
            self.period(),
            sites.join(", "),
            self.say(audience),
        ];
        lines.extend(self.stamp_lines());
        let columns = [
            self.named("sitrep-step", 44.0),
            self.named("sitrep-people-number", NUMBERS),
        ];
        let row = |of: Measure| {
            let figure = sitrep.totals.of(of);
            vec![Cell::Text(self.measure(of)), Cell::Figure(figure)]
        };
        let rows = sitrep.measures().map(row);
        book.table_below(&title, &lines, &columns, rows)
    }

    fn sheet_of_days(&self, book: &mut Book<'s>) -> Result<(), ReportError> {
        let columns: Vec<_> = [self.named("sitrep-day", NUMBERS)]
            .into_iter()
            .chain(self.measures())
            .collect();
        let sitrep = self.sitrep;
        let days = sitrep.days.iter().map(|row| {
            let mut cells = vec![Cell::Day(row.day)];
            cells.extend(counts(sitrep.measures(), &row.counts, Cell::Figure));
            cells
        });
        let mut together = vec![Cell::Strong(self.say("sitrep-together"))];
        together.extend(counts(
            sitrep.measures(),
            &sitrep.totals,
            Cell::StrongFigure,
        ));
        let name = self.say("sitrep-days");
        book.table(&name, &columns, days.chain([together]))
    }

    fn sheet_of_people(&self, book: &mut Book<'s>) -> Result<(), ReportError> {
        let columns = [
            self.named("sitrep-people", 40.0),
            self.named("sitrep-group", NAMES),
            self.named("sitrep-code", 20.0),
            self.named("sitrep-step", 20.0),
            self.named("sitrep-people-number", NUMBERS),
            self.named("sitrep-share", NUMBERS),
        ];
        let rows = self.sitrep.breakdowns.iter().flat_map(|breakdown| {
            let (by, of) = (breakdown.by, breakdown.of);
            let title = match by {
                Dimension::AgeGroup => self.say("sitrep-by-age-group"),
                _ => self.say(&title_id(by, of)),
            };
            let group = move |row: &'s BreakdownRow, title: String| {
                vec![
                    Cell::Text(title),
                    Cell::Text(code_word(self.words, by, &row.code)),
                    Cell::Text(row.code.clone()),
                    Cell::Text(self.measure(of)),
                    Cell::Figure(&row.figure),
                    Cell::Share(&row.figure, &breakdown.total),
                ]
            };
            let together = if breakdown.parts_are_the_whole {
                "sitrep-together"
            } else {
                "sitrep-several"
            };
            let total = vec![
                Cell::Strong(title.clone()),
                Cell::Strong(self.say(together)),
                Cell::Nothing,
                Cell::Strong(self.measure(of)),
                Cell::StrongFigure(&breakdown.total),
            ];
            let rows = breakdown.rows.iter();
            rows.map(move |row| group(row, title.clone()))
                .chain([total])
        });
        let name = self.say("sitrep-people");
        book.table(&name, &columns, rows)
    }

    fn sheet_of_movements(&self, book: &mut Book<'s>) -> Result<(), ReportError> {
        let columns: Vec<_> = [
            self.named("sitrep-movement", 16.0),
            self.named("sitrep-kind", 12.0),
            self.named("sitrep-from", NAMES),
            self.named("sitrep-to", NAMES),
            self.named("sitrep-day", NUMBERS),
            self.named("sitrep-landed", MOMENTS),
            self.named("sitrep-by-legal-basis", NAMES),
            self.named("sitrep-screened-before", NAMES),
        ]
        .into_iter()
        .chain(self.measures())
        .collect();
        let sitrep = self.sitrep;
        let movements = sitrep.movements.iter().map(|row| self.row_of_movement(row));
        let mut together = vec![Cell::Strong(self.say("sitrep-together"))];
        together.extend((1..8).map(|_| Cell::Nothing));
        together.extend(counts(
            sitrep.measures(),
            &sitrep.landed,
            Cell::StrongFigure,
        ));
        let name = self.say("sitrep-movements");
        book.table(&name, &columns, movements.chain([together]))
    }

    fn row_of_movement(&self, row: &'s MovementRow) -> Vec<Cell<'s>> {
        let from = row.from_site.clone();
        let mut cells = vec![
            Cell::Text(row.designator.clone()),
            Cell::Text(self.words.word("movement-kind", row.kind.as_str())),
            Cell::Text(from.unwrap_or_else(|| self.say("sitrep-not-known"))),
            Cell::Text(row.to_site.clone()),
            Cell::Day(row.day),
            Cell::Moment(row.landed_at),
            Cell::Text(self.words.word("legal", row.legal_basis.as_str())),
            Cell::Text(self.say(screened_id(row.screened_before))),
        ];
        cells.extend(counts(self.sitrep.measures(), &row.counts, Cell::Figure));
        cells
    }

    fn sheet_of_steps(&self, book: &mut Book<'s>) -> Result<(), ReportError> {
        let Some(reconciliation) = &self.sitrep.reconciliation else {
            return Ok(());
        };
        let columns = [
            self.named("sitrep-step", 60.0),
            self.named("sitrep-difference", NUMBERS),
            self.named("sitrep-people-number", NUMBERS),
        ];
        let row = |step: &'s Step| {
            let label = self.say(&format!("sitrep-step-{}", step.kind.code()));
            match step.counted_from.first() {
                Some(figure) if step.kind.is_reached() => {
                    vec![
                        Cell::Strong(label),
                        Cell::Nothing,
                        Cell::StrongFigure(figure),
                    ]
                }
                _ => vec![Cell::Text(label), Cell::Number(step.value)],
            }
        };
        let name = self.say("sitrep-reconciliation");
        book.table(&name, &columns, reconciliation.steps.iter().map(row))
    }

    fn sheets_of_goods(&self, book: &mut Book<'s>) -> Result<(), ReportError> {
        let item = |item: &domain::ItemCode| Cell::Text(self.words.word("item", item.as_str()));
        let whole = |number: u64| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
        let sitrep = self.sitrep;
        if !sitrep.items.is_empty() {
            let mut columns = vec![
                self.named("sitrep-item", NAMES),
                self.named("sitrep-item-people", NUMBERS),
                self.named("sitrep-item-quantity", NUMBERS),
            ];
            if !sitrep.recovered.is_empty() {
                columns.push(self.named("sitrep-item-recovered", NUMBERS));
            }
            let rows = sitrep.items.iter().map(|row| {
                let quantity = row.quantity.as_ref().map_or(Cell::Nothing, Cell::Figure);
                let mut cells = vec![item(&row.item), Cell::Figure(&row.people), quantity];
                if !sitrep.recovered.is_empty() {
                    let mut of_it = sitrep.recovered.iter();
                    let recovered = of_it.find(|recovered| recovered.item == row.item);
                    cells.push(recovered.map_or(Cell::Nothing, |it| whole(it.pieces)));
                }
                cells
            });
            book.table(&self.say("sitrep-items"), &columns, rows)?;
        }
        if !sitrep.stock.is_empty() {
            let columns = [
                self.named("sitrep-item", NAMES),
                self.named("sitrep-site", NAMES),
                self.named("sitrep-in-stock", NUMBERS),
                self.named("sitrep-a-day", NUMBERS),
                self.named("sitrep-lasts", NUMBERS),
                self.named("sitrep-owed-here", NUMBERS),
                self.named("sitrep-needed", NUMBERS),
                self.named("sitrep-left-over", NUMBERS),
            ];
            let rows = sitrep.stock.iter().map(|row| {
                let lasts = row
                    .cover_days_tenths
                    .map_or(Cell::Nothing, |tenths| Cell::Text(self.tenths(tenths)));
                vec![
                    item(&row.item),
                    Cell::Text(row.site.clone()),
                    Cell::Number(row.in_stock),
                    Cell::Text(self.a_day(row)),
                    lasts,
                    whole(row.owed_here),
                    whole(row.needed_for_expected),
                    Cell::Number(row.left_over),
                ]
            });
            book.table(&self.say("sitrep-stock"), &columns, rows)?;
        }
        self.sheets_of_what_comes(book)
    }

    /// Goods under way, a row for each line, and movements still to come.
    fn sheets_of_what_comes(&self, book: &mut Book<'s>) -> Result<(), ReportError> {
        let sitrep = self.sitrep;
        if !sitrep.waybills.is_empty() {
            let columns = [
                self.named("sitrep-waybill", 18.0),
                self.named("sitrep-from", NAMES),
                self.named("sitrep-to", NAMES),
                self.named("sitrep-sent", MOMENTS),
                self.named("sitrep-item", NAMES),
                self.named("sitrep-goods", NUMBERS),
            ];
            let rows = sitrep.waybills.iter().flat_map(|row| {
                row.lines.iter().map(|line| {
                    let from = row.from_site.clone();
                    vec![
                        Cell::Text(row.number.clone()),
                        Cell::Text(from.unwrap_or_else(|| self.say("sitrep-supplier"))),
                        Cell::Text(row.to_site.clone()),
                        Cell::Moment(row.sent_at),
                        Cell::Text(self.words.word("item", line.item.as_str())),
                        Cell::Number(line.quantity.into()),
                    ]
                })
            });
            book.table(&self.say("sitrep-waybills"), &columns, rows)?;
        }
        if !sitrep.expected.is_empty() {
            let columns = [
                self.named("sitrep-movement", 18.0),
                self.named("sitrep-to", NAMES),
                self.named("sitrep-expected-at", MOMENTS),
                Column(self.measure(Measure::Announced), NUMBERS),
            ];
            let rows = sitrep.expected.iter().map(|row| {
                vec![
                    Cell::Text(row.designator.clone()),
                    Cell::Text(row.to_site.clone()),
                    Cell::Moment(row.expected),
                    Cell::Number(row.announced.into()),
                ]
            });
            book.table(&self.say("sitrep-expected"), &columns, rows)?;
        }
        Ok(())
    }
}
