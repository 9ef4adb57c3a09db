//! Times of a day and lengths of time, as they are typed.

use forecast::queue::HORIZON_MIN;

/// Minutes after midnight of `HH:MM`; hours past 24 are of the days after.
pub fn minute_of(text: &str) -> Result<u32, String> {
    let wrong = || format!("\"{text}\" is no time such as 08:30, or 26:00 for two at night");
    let (hours, minutes) = text.split_once(':').ok_or_else(wrong)?;
    let (hours, minutes): (u32, u32) = (
        hours.parse().map_err(|_| wrong())?,
        minutes.parse().map_err(|_| wrong())?,
    );
    let at = hours.saturating_mul(60).saturating_add(minutes);
    if minutes > 59 || at > HORIZON_MIN {
        return Err(wrong());
    }
    Ok(at)
}

/// Milliseconds of so many minutes, such as `4.936`.
pub fn milliseconds_of(text: &str) -> Result<u64, String> {
    let wrong = || format!("\"{text}\" is no number of minutes from 0.01 to 1440");
    let minutes: f64 = text.parse().map_err(|_| wrong())?;
    if !(0.01..=1_440.0).contains(&minutes) {
        return Err(wrong());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 600 and 86,400,000"
    )]
    Ok((minutes * 60_000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_minutes_are_read_and_nothing_absurd() {
        assert_eq!(minute_of("08:30"), Ok(510));
        assert_eq!(minute_of("26:00"), Ok(1_560));
        assert!(minute_of("4294967295:59").is_err());
        assert_eq!(milliseconds_of("4.936"), Ok(296_160));
        assert!(
            ["0", "-1", "NaN", "inf", "x"]
                .into_iter()
                .all(|text| milliseconds_of(text).is_err())
        );
    }
}
