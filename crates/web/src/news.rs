//! What is told to everybody: notices, published figures and situation reports in words, as one list.
//! The page, the feeds and the mails all read this list, so that none of them knows of more than the
//! others.

use std::cmp::Reverse;

use domain::{Advice, Edition, Known as _, Moment, Notice, Period, StatementKind, Words};
use node::Node;
use node::statement::words_of;
use uuid::Uuid;

use crate::catalogue::{Texts, say};
use crate::failure::Failure;
use crate::moment::Clock;

/// What somebody can choose to be told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Topic {
    /// Notices.
    Notices,
    /// Figures of a day or a month.
    Figures,
    /// Situation reports in words.
    Reports,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 3] = [Self::Notices, Self::Figures, Self::Reports];

    /// Its bit in the store of who asked: kept on disk, so none is ever given to another topic.
    pub const fn bit(self) -> u32 {
        match self {
            Self::Notices => 1,
            Self::Figures => 2,
            Self::Reports => 4,
        }
    }

    /// The word of it in forms and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::Figures => "figures",
            Self::Reports => "reports",
        }
    }
}

/// Something that was published.
pub(crate) struct Update {
    /// Its id, the same wherever it is read.
    pub id: Uuid,
    /// What names it as it stands now: a corrected report has another. Told by mail once.
    pub told_as: Uuid,
    /// Where it can be read.
    pub path: String,
    /// When it was published first.
    pub published_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// When it was withdrawn, if it was.
    pub withdrawn_at: Option<Moment>,
    what: What,
}

enum What {
    Notice(Notice),
    Figures(Period),
    Report { words: Words, corrected: bool },
}

impl Update {
    fn of_notice(notice: Notice) -> Self {
        Self {
            id: notice.id.0,
            told_as: notice.id.0,
            path: format!("/notices/{}", notice.id),
            published_at: notice.published_at,
            updated_at: notice.withdrawn_at.unwrap_or(notice.published_at),
            withdrawn_at: notice.withdrawn_at,
            what: What::Notice(notice),
        }
    }

    fn of_edition(edition: &Edition) -> Self {
        Self {
            id: edition.id.0,
            told_as: edition.id.0,
            path: format!("/published/{}", edition.id),
            published_at: edition.published_at,
            updated_at: edition.published_at,
            withdrawn_at: None,
            what: What::Figures(edition.period),
        }
    }

    /// None where it is no report, or its words are of a newer program.
    fn of_report(report: &Advice) -> Option<Self> {
        if report.kind != StatementKind::Report {
            return None;
        }
        let (first, newest) = (report.versions().next()?, report.newest()?);
        Some(Self {
            id: report.id.0,
            told_as: newest.id.0,
            path: format!("/reports/{}", report.id),
            published_at: first.at,
            updated_at: report.withdrawn_at.unwrap_or(newest.at),
            withdrawn_at: report.withdrawn_at,
            what: What::Report {
                words: words_of(&newest.bytes.0)?,
                corrected: first.id != newest.id,
            },
        })
    }

    /// What it is about.
    pub const fn topic(&self) -> Topic {
        match self.what {
            What::Notice(_) => Topic::Notices,
            What::Figures(_) => Topic::Figures,
            What::Report { .. } => Topic::Reports,
        }
    }

    /// Whether it replaces words that were published before.
    pub const fn is_corrected(&self) -> bool {
        matches!(
            self.what,
            What::Report {
                corrected: true,
                ..
            }
        )
    }

    /// The language it is written in, when it is asked for in one: what is counted is written in all.
    pub fn language(&self, t: Texts) -> &str {
        match &self.what {
            What::Notice(notice) => notice
                .text_in(t.language().tag())
                .map_or("", |text| text.language.as_str()),
            What::Figures(_) => t.language().tag(),
            What::Report { words, .. } => &words.language,
        }
    }

    /// The language of what is told of it: that it was withdrawn is said in the reader's.
    pub fn language_of_text(&self, t: Texts) -> &str {
        match self.withdrawn_at {
            Some(_) => t.language().tag(),
            None => self.language(t),
        }
    }

    /// Its title.
    pub fn title(&self, t: Texts, clock: &Clock) -> String {
        match &self.what {
            What::Notice(notice) => notice
                .text_in(t.language().tag())
                .map(|text| text.title.clone())
                .unwrap_or_default(),
            What::Figures(period) => {
                let period = period_name(t, clock, *period);
                say!(t, "updates-edition-title", period = period)
            }
            What::Report { words, .. } => words.title.clone(),
        }
    }

    /// What it says, in paragraphs.
    pub fn text(&self, t: Texts) -> String {
        match &self.what {
            What::Notice(notice) => notice
                .text_in(t.language().tag())
                .map(|text| text.text.clone())
                .unwrap_or_default(),
            What::Figures(_) => say!(t, "updates-edition-text"),
            What::Report { words, .. } => words.text.clone(),
        }
    }
}

/// A period in words.
fn period_name(t: Texts, clock: &Clock, period: Period) -> String {
    match period {
        Period::Day(day) => clock.date(day.0),
        Period::Month(day) => say!(
            t,
            "published-month",
            from = clock.date(day.0),
            to = clock.date(period.to().0)
        ),
    }
}

/// Everything that is published, and the site whose clock dates it.
pub(crate) struct News {
    /// The operation's name.
    pub operation: String,
    /// Its id.
    pub operation_id: Uuid,
    /// The site whose clock is used.
    pub site: Option<domain::Site>,
    /// What was published, the newest first, what was withdrawn among it.
    pub updates: Vec<Update>,
}

/// Reads everything that is published, all of one moment.
pub(crate) fn news(node: &Node) -> Result<News, Failure> {
    let (founded, site, notices, editions, advice) = node.read::<_, Failure>(|register| {
        Ok((
            register.founded()?,
            register.site(node.home_site()?)?,
            register.notices()?,
            register.editions()?,
            register.all_advice()?,
        ))
    })?;
    let notices = notices.into_iter().map(Update::of_notice);
    let editions = editions.iter().map(Update::of_edition);
    let reports = advice.iter().filter_map(Update::of_report);
    let mut updates: Vec<Update> = notices.chain(editions).chain(reports).collect();
    // What was published together is in the order of what it is about, the last first.
    updates.sort_by_key(|update| {
        let about = match &update.what {
            What::Figures(period) => Some(period.to()),
            What::Notice(_) | What::Report { .. } => None,
        };
        (Reverse(update.published_at), about.map(Reverse), update.id)
    });
    let (operation, operation_id) = founded.map_or_else(
        || (String::new(), Uuid::nil()),
        |founded| (founded.name, founded.id.0),
    );
    Ok(News {
        operation,
        operation_id,
        site,
        updates,
    })
}
