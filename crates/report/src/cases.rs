//! Referrals and feedback of the days a report covers: how many were made, and how they stood when
//! it was counted. What is said about people who work here is not asked for at all.

use std::collections::BTreeMap;

use domain::{FeedbackKind, FeedbackStage, Moment, ReferralState, ServiceKind, Site};
use register::Register;

use crate::error::ReportError;
use crate::sitrep::{FeedbackRow, ReferralRow, Scope};
use crate::window::Places;

fn span(site: &Site, scope: &Scope) -> (Moment, Moment) {
    let from = site.span_of(scope.from).0;
    (from, site.span_of(scope.to).1.min(scope.cut_off).max(from))
}

/// Referrals by kind of service; those whose kind cannot be read here in one row, the last. Those for
/// the protection role alone are not asked for: whoever reads a report must not learn of them.
pub(crate) fn referrals(
    register: &Register<'_>,
    places: &Places,
    scope: &Scope,
) -> Result<Vec<ReferralRow>, ReportError> {
    let mut rows: BTreeMap<(bool, Option<ServiceKind>), ReferralRow> = BTreeMap::new();
    for site in places.covered() {
        for tally in register.referral_tallies(site.id, span(site, scope))? {
            let row = rows
                .entry((tally.kind.is_none(), tally.kind.clone()))
                .or_default();
            row.kind = tally.kind;
            for (state, count) in tally.states {
                row.made += count;
                *match state {
                    ReferralState::Made => &mut row.no_answer,
                    ReferralState::Accepted => &mut row.accepted,
                    ReferralState::Declined => &mut row.declined,
                    ReferralState::Completed => &mut row.completed,
                    ReferralState::Lost => &mut row.lost,
                    ReferralState::Withdrawn => &mut row.withdrawn,
                } += count;
            }
        }
    }
    Ok(rows.into_values().collect())
}

/// Feedback by kind.
pub(crate) fn feedback(
    register: &Register<'_>,
    places: &Places,
    scope: &Scope,
) -> Result<Vec<FeedbackRow>, ReportError> {
    let mut rows: BTreeMap<Option<FeedbackKind>, FeedbackRow> = BTreeMap::new();
    for site in places.covered() {
        for (kind, stages) in register.feedback_tally(site.id, span(site, scope))? {
            let row = rows.entry(kind.clone()).or_default();
            row.kind = kind;
            for (stage, count) in stages {
                row.recorded += count;
                *match stage {
                    FeedbackStage::Open => &mut row.open,
                    FeedbackStage::Answered => &mut row.answered,
                    FeedbackStage::Closed => &mut row.closed,
                } += count;
            }
        }
    }
    Ok(rows.into_values().collect())
}
