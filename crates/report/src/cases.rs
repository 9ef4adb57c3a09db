//! Referrals, feedback, incidents and recovered rights of the days a report covers: how many there were, and how they
//! stood when it was counted. What is said about people who work here is not asked for at all.

use std::collections::BTreeMap;

use domain::{
    FeedbackKind, FeedbackStage, Harm, IncidentKind, ItemCode, Moment, PCode, ReferralState,
    ServiceKind, Site,
};
use register::Register;

use crate::error::ReportError;
use crate::sitrep::{FeedbackRow, IncidentRow, RecoveredRow, ReferralRow, Scope};
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

/// Incidents by department and kind: of every department, because those who arrive at a site travel on to
/// all of them.
pub(crate) fn incidents(
    register: &Register<'_>,
    places: &Places,
    scope: &Scope,
) -> Result<Vec<IncidentRow>, ReportError> {
    let spans = || places.covered().iter().map(|site| span(site, scope));
    let from = spans().map(|(from, _)| from).min();
    let until = spans().map(|(_, until)| until).max();
    let Some((from, until)) = from.zip(until) else {
        return Ok(Vec::new());
    };
    let mut rows: BTreeMap<(PCode, IncidentKind), IncidentRow> = BTreeMap::new();
    for incident in register.danger()?.incidents {
        if incident.at < from || incident.at >= until {
            continue;
        }
        let key = (incident.area.clone(), incident.kind.clone());
        let row = rows.entry(key).or_insert_with(|| IncidentRow {
            area: incident.area.clone(),
            kind: incident.kind.clone(),
            reported: 0,
            harmed: 0,
            doubted: 0,
            over: 0,
        });
        row.reported += 1;
        row.harmed += u64::from(incident.harm != Harm::NONE);
        row.doubted += u64::from(incident.is_doubted());
        row.over += u64::from(incident.closed_at.is_some());
    }
    Ok(rows.into_values().collect())
}

/// What was given by recovered rights, by item.
pub(crate) fn recovered(
    register: &Register<'_>,
    places: &Places,
    scope: &Scope,
) -> Result<Vec<RecoveredRow>, ReportError> {
    let mut rows: BTreeMap<ItemCode, (u64, u64)> = BTreeMap::new();
    for site in places.covered() {
        for given in register.given_by_recovery(Some(site.id), Some(span(site, scope)))? {
            let (times, pieces) = rows.entry(given.item).or_default();
            *times += u64::from(given.times);
            *pieces += u64::from(given.pieces);
        }
    }
    let rows = rows.into_iter();
    Ok(rows
        .map(|(item, (times, pieces))| RecoveredRow {
            item,
            times,
            pieces,
        })
        .collect())
}
