//! Which instants a report counts: the working days of its sites, up to its cut-off. A working day
//! closes at the site's own hour, so two sites may count different spans under one date.

use domain::{Country, Day, Moment, Site, SiteId};
use register::Register;
use register::figures::{Criteria, Step, Value};

use crate::error::ReportError;
use crate::trace::Span;

/// The longest period of a report, in days.
pub(crate) const DAYS_MAX: u32 = 400;

/// The sites of a report.
pub(crate) struct Places {
    /// Every site known here, for names and countries.
    known: Vec<Site>,
    /// Those the report covers.
    covered: Vec<Site>,
    /// Whether these are all.
    everywhere: bool,
}

/// A span of instants, at one site or at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Window {
    /// The site; all of them where it is none.
    pub site: Option<SiteId>,
    /// From, inclusive.
    pub from: Moment,
    /// To, exclusive.
    pub to: Moment,
}

impl Window {
    /// What came to a step in this window.
    pub(crate) fn criteria(&self, step: Step) -> Criteria {
        let criteria = Criteria::of(step).between(self.from, self.to);
        match self.site {
            Some(site) => criteria.with(Value::Site(site)),
            None => criteria,
        }
    }
}

impl Places {
    /// Looks the sites of a span up; all of them where it names none.
    pub(crate) fn of(register: &Register<'_>, sites: &[SiteId]) -> Result<Self, ReportError> {
        let known = register.sites()?;
        if known.is_empty() {
            return Err(ReportError::NoSite);
        }
        let everywhere = sites.is_empty();
        let covered = if everywhere {
            known.clone()
        } else {
            let find = |id: &SiteId| known.iter().find(|site| site.id == *id).cloned();
            let found: Option<Vec<_>> = sites.iter().map(find).collect();
            let mut found = found.ok_or(ReportError::SiteUnknown)?;
            found.sort_by_key(|site| site.id);
            found.dedup_by_key(|site| site.id);
            found
        };
        Ok(Self {
            known,
            covered,
            everywhere,
        })
    }

    /// The sites covered.
    pub(crate) fn covered(&self) -> &[Site] {
        &self.covered
    }

    /// A site known here.
    pub(crate) fn site(&self, id: SiteId) -> Option<&Site> {
        self.known.iter().find(|site| site.id == id)
    }

    /// The name of a site; its id where it is not known here.
    pub(crate) fn name(&self, id: SiteId) -> String {
        self.site(id)
            .map_or_else(|| id.to_string(), |site| site.name.clone())
    }

    /// The country of a site.
    pub(crate) fn country(&self, id: SiteId) -> Option<Country> {
        self.site(id).map(|site| site.country)
    }

    /// The windows of a period. One is enough where every site is covered and all close their day
    /// at the same moment.
    pub(crate) fn windows(&self, from: Day, to: Day, cut_off: Moment) -> Vec<Window> {
        let mut windows: Vec<_> = self
            .covered
            .iter()
            .map(|site| {
                let to = site.span_of(to).1.min(cut_off);
                Window {
                    site: Some(site.id),
                    from: site.span_of(from).0.min(to),
                    to,
                }
            })
            .collect();
        if self.everywhere {
            let first = windows[0];
            if windows
                .iter()
                .all(|window| (window.from, window.to) == (first.from, first.to))
            {
                windows = vec![Window {
                    site: None,
                    ..first
                }];
            }
        }
        windows
    }

    /// The windows of a whole span.
    pub(crate) fn of_span(&self, span: &Span) -> Vec<Window> {
        self.windows(span.from, span.to, span.cut_off)
    }

    /// The bounds between days that follow each other, for each site; for all of them at once where
    /// every site is covered and all close their days at the same moments.
    pub(crate) fn bounds(
        &self,
        days: &[Day],
        cut_off: Moment,
    ) -> Vec<(Option<SiteId>, Vec<Moment>)> {
        let of_site = |site: &Site| {
            let opens = days.iter().map(|day| site.span_of(*day).0);
            let closes = days.last().map(|day| site.span_of(*day).1);
            let bounds: Vec<_> = opens.chain(closes).map(|at| at.min(cut_off)).collect();
            (Some(site.id), bounds)
        };
        let mut bounds: Vec<_> = self.covered.iter().map(of_site).collect();
        if self.everywhere && bounds.iter().all(|(_, other)| *other == bounds[0].1) {
            bounds.truncate(1);
            bounds[0].0 = None;
        }
        bounds
    }
}

/// The days of a period.
pub(crate) fn days(from: Day, to: Day) -> Result<Vec<Day>, ReportError> {
    if to < from {
        return Err(ReportError::PeriodBackwards);
    }
    let days: Vec<_> = from
        .0
        .series(jiff::Span::new().days(1))
        .take_while(|date| *date <= to.0)
        .take(DAYS_MAX as usize + 1)
        .map(Day)
        .collect();
    if days.len() > DAYS_MAX as usize {
        return Err(ReportError::PeriodTooLong { days_max: DAYS_MAX });
    }
    Ok(days)
}
