//! `P1DT2H3M4S`: how far a step moves the clock.

use std::time::Duration;

const DATE_UNITS: &[(char, u64)] = &[('D', 86_400)];
const TIME_UNITS: &[(char, u64)] = &[('H', 3_600), ('M', 60), ('S', 1)];

/// Reads the part of ISO 8601 that is the same everywhere: days, hours, minutes and seconds.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None if rest.is_empty() => return None,
        None => (rest, ""),
    };
    let seconds = parts(date, DATE_UNITS)?.checked_add(parts(time, TIME_UNITS)?)?;
    Some(Duration::from_secs(seconds))
}

/// Each unit at most once, the larger before the smaller.
fn parts(mut rest: &str, mut units: &[(char, u64)]) -> Option<u64> {
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let unit = rest[end..].chars().next()?;
        let place = units.iter().position(|(name, _)| *name == unit)?;
        let count: u64 = rest[..end].parse().ok()?;
        total = total.checked_add(count.checked_mul(units[place].1)?)?;
        units = &units[place + 1..];
        rest = &rest[end + 1..];
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_add_up() {
        let seconds = |text| parse(text).map(|it| it.as_secs());
        assert_eq!(seconds("P1DT2H3M4S"), Some(93_784));
        assert_eq!(seconds("PT90M"), Some(5_400));
        assert_eq!(seconds("P0D"), Some(0));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in
            ["", "P", "PT", "P1DT", "1D", "P1H", "PT1D", "PT1", "PTS", "P-1D", "PT1M1H", "P1Y"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("P99999999999999999D"), None);
    }
}
