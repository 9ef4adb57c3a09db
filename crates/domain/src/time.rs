//! When things happened: moments, days, and how precisely they are known.

use std::fmt;

use jiff::civil::Date;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    Encode,
    Decode,
)]
#[serde(transparent)]
#[cbor(transparent)]
pub struct Moment(#[n(0)] pub i64);

impl Moment {
    /// This instant plus so many milliseconds; stops at the ends of time.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// This instant minus so many days of 24 hours.
    #[must_use]
    pub const fn minus_days(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days as i64 * 86_400_000))
    }

    /// The same instant as jiff knows it; the ends of jiff's range for instants beyond it.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl From<jiff::Timestamp> for Moment {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.as_millisecond())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

/// A calendar day (ISO 8601), for instance of birth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub Date);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<C> Encode<C> for Day {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.str(&self.0.to_string())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Day {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        d.str()?
            .parse()
            .map(Self)
            .map_err(|_| decode::Error::message("a day is an ISO 8601 date"))
    }
}

/// How exactly the time of an event is known.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Precision {
    /// To the minute or better.
    #[n(0)]
    Minute,
    /// To the hour.
    #[n(1)]
    Hour,
    /// The day is known, the hour is not.
    #[n(2)]
    Day,
    /// A guess.
    #[n(3)]
    Unknown,
}

/// When an event happened, which may be long before it was recorded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Occurred {
    /// The instant, or the start of the span it lies in.
    pub at: Moment,
    /// How exactly that is known.
    pub precision: Precision,
}

impl Precision {
    /// Every precision, the sharpest first.
    pub const ALL: [Self; 4] = [Self::Minute, Self::Hour, Self::Day, Self::Unknown];

    /// Whether no more than the day is known: too little to say how long somebody waited.
    pub const fn is_rough(self) -> bool {
        matches!(self, Self::Day | Self::Unknown)
    }

    /// The word of the precision in forms and catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Unknown => "unknown",
        }
    }

    /// The precision of this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|precision| precision.code() == code)
    }
}

impl Occurred {
    /// The last instant it can have happened at: what is known to the hour or the day only is not
    /// refused for having come too early within it.
    pub const fn latest(self) -> Moment {
        let span_ms = match self.precision {
            Precision::Minute => 0,
            Precision::Hour => 3_600_000 - 1,
            Precision::Day | Precision::Unknown => 86_400_000 - 1,
        };
        self.at.plus_ms(span_ms)
    }

    /// It happened at this minute.
    pub const fn at(at: Moment) -> Self {
        Self {
            at,
            precision: Precision::Minute,
        }
    }
}
