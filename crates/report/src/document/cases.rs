//! Referrals, feedback and incidents, written out.

use super::{Block, Cell, Column, Paper, Row, Section};
use crate::sitrep::{FeedbackRow, IncidentRow, ReferralRow};

impl Paper<'_> {
    pub(super) fn sections_of_cases(&self) -> Vec<Section> {
        let (referrals, feedback) = (&self.sitrep.referrals, &self.sitrep.feedback);
        let mut sections = Vec::new();
        if !referrals.is_empty() {
            let heads = [
                "made",
                "no-answer",
                "accepted",
                "declined",
                "completed",
                "lost",
                "withdrawn",
            ];
            let row = |row: &ReferralRow| {
                let kind = row.kind.as_ref().map_or_else(
                    || self.say("sitrep-not-known"),
                    |kind| self.words.word("service-kind", kind.as_str()),
                );
                let counts = [
                    row.made,
                    row.no_answer,
                    row.accepted,
                    row.declined,
                    row.completed,
                    row.lost,
                    row.withdrawn,
                ];
                self.counted(kind, &counts)
            };
            let columns = self.columns_of_cases("sitrep-referrals", &heads);
            let table = self.without_sums("sitrep-referrals-caption", columns, referrals, row);
            sections.push(self.section("sitrep-referrals", vec![Block::Table(table)]));
        }
        if !feedback.is_empty() {
            let heads = ["recorded", "open", "answered", "closed"];
            let row = |row: &FeedbackRow| {
                let kind = row.kind.as_ref().map_or_else(
                    || self.say("sitrep-not-known"),
                    |kind| self.words.word("feedback-kind", kind.as_str()),
                );
                self.counted(kind, &[row.recorded, row.open, row.answered, row.closed])
            };
            let columns = self.columns_of_cases("sitrep-feedback", &heads);
            let table = self.without_sums("sitrep-feedback-caption", columns, feedback, row);
            sections.push(self.section("sitrep-feedback", vec![Block::Table(table)]));
        }
        let incidents = &self.sitrep.incidents;
        if !incidents.is_empty() {
            let heads = ["reported", "harmed", "doubted", "over"];
            let row = |row: &IncidentRow| {
                let area = self.words.word("department", row.area.as_str());
                let kind = self.words.word("incident", row.kind.as_str());
                let counts = [row.reported, row.harmed, row.doubted, row.over];
                self.counted(format!("{area} · {kind}"), &counts)
            };
            let columns = self.columns_of_cases("sitrep-incidents", &heads);
            let table = self.without_sums("sitrep-incidents-caption", columns, incidents, row);
            sections.push(self.section("sitrep-incidents", vec![Block::Table(table)]));
        }
        sections
    }

    fn columns_of_cases(&self, table: &str, heads: &[&str]) -> Vec<Column> {
        let mut columns = vec![Column::text(self.say(&format!("{table}-kind")), 30)];
        columns.extend(
            heads
                .iter()
                .map(|head| Column::number(self.say(&format!("{table}-{head}")), 10)),
        );
        columns
    }

    fn counted(&self, kind: String, counts: &[u64]) -> Row {
        let mut cells = vec![Cell::plain(kind)];
        cells.extend(counts.iter().map(|count| Cell::plain(self.whole(*count))));
        Row::of(cells)
    }
}
