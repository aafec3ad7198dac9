//! Values as written to values compared: numbers, days, points in time.

use dateline_proto::time::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::field::NumberField;

/// Days of the calendar that a date, or a part of one, may mean: first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: i32,
    pub(super) last: i32,
}

impl Days {
    /// The days of a year, of a month (`day` 0) or one day; parts out of range count as unknown. None without a year.
    pub(super) fn new(year: i32, month: i32, day: i32) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let month = Some(month).filter(|month| (1..=12).contains(month));
        let day = Some(day).filter(|day| month.is_some() && (1..=31).contains(day));
        // All months count 31 days here: only the order matters.
        let number = |month: i32, day: i32| (year * 12 + month - 1) * 31 + day - 1;
        Some(Self {
            first: number(month.unwrap_or(1), day.unwrap_or(1)),
            last: number(month.unwrap_or(12), day.unwrap_or(31)),
        })
    }
}

/// `2023`, `2023-09` or `2023-09-13`.
pub(super) fn days(text: &str) -> Option<Days> {
    let mut parts = text.split('-');
    let mut part = |length: usize| match parts.next() {
        None => Some(0),
        Some(part) => digits(part, length),
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() || (text.len() >= 7 && month == 0) || (text.len() >= 10 && day == 0) {
        return None;
    }
    let whole = Date::new(i16::try_from(year).ok()?, month.max(1) as i8, day.max(1) as i8);
    whole.ok().and_then(|_| Days::new(year, month, day))
}

fn digits(text: &str, length: usize) -> Option<i32> {
    let all = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

/// A number that the field can hold exactly as it compares; none if it is no number, or not whole where only whole ones are.
pub(super) fn number(text: &str, field: NumberField) -> Option<f64> {
    const GREATEST_WHOLE: f64 = 1e15;
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain || text.is_empty() || text.len() > 64 {
        return None;
    }
    let value = if field.is_single() {
        f64::from(text.parse::<f32>().ok()?)
    } else {
        text.parse::<f64>().ok()?
    };
    let fits =
        value.is_finite() && (!field.is_whole() || value.fract() == 0.0 && value.abs() <= GREATEST_WHOLE);
    // Minus zero is zero.
    fits.then_some(value + 0.0)
}

/// A point in time, or a whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Point(Timestamp),
    /// From the first point up to the second, which is the next day's first.
    Day(Timestamp, Timestamp),
}

/// An RFC 3339 time (`2023-09-13T12:00:00Z`, with an offset, with a fraction) or a day of UTC.
pub(super) fn moment(text: &str) -> Option<Moment> {
    if !text.is_ascii() || text.len() > 40 {
        return None;
    }
    let (day, time) = text.split_at_checked(10)?;
    days(day)?;
    let day: Date = day.parse().ok()?;
    if time.is_empty() {
        let midnight = |day: Date| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
        let (first, next) = (midnight(day)?, midnight(day.checked_add(1.day()).ok()?)?);
        return Some(Moment::Day(first.into(), next.into()));
    }
    let known = |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'+' | b'-' | b'Z' | b'z');
    let rest = time.strip_prefix(['T', 't'])?;
    if !rest.bytes().all(known) {
        return None;
    }
    let point: jiff::Timestamp = text.parse().ok()?;
    // An offset can carry the first day of the calendar before it.
    (TimeZone::UTC.to_datetime(point).year() >= 1).then(|| Moment::Point(point.into()))
}

/// A point in time as canonical text writes it.
pub(super) fn time_text(time: Timestamp) -> String {
    time.to_jiff().map(|time| time.to_string()).unwrap_or_default()
}

/// A number as canonical text writes it: the shortest that reads back as the same.
pub(super) fn number_text(value: f64, field: NumberField) -> String {
    if field.is_single() {
        // The value came from a number of single precision.
        (value as f32).to_string()
    } else {
        value.to_string()
    }
}

/// `2023-09-13`, or as much of it as is known.
pub(super) fn days_text(days: Days) -> String {
    let (month_number, day) = (days.first / 31, days.first % 31 + 1);
    let (year, month) = (month_number / 12, month_number % 12 + 1);
    match days.last - days.first {
        0 => format!("{year:04}-{month:02}-{day:02}"),
        30 => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_parts_of_dates_read_back() {
        for text in [
            "2023",
            "2023-09",
            "2023-09-13",
            "0001-01-01",
            "9999-12-31",
            "2024-02-29",
        ] {
            let days = days(text).unwrap_or_else(|| panic!("{text} is a date"));
            assert_eq!(days_text(days), text);
        }
        for text in [
            "",
            "23",
            "2023-9",
            "2023-00",
            "2023-02-30",
            "2023-09-13-01",
            "2023-09-00",
            "0000",
            "+023",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn times_need_an_offset_and_days_are_days_of_utc() {
        let point = |text| match moment(text) {
            Some(Moment::Point(time)) => Some(time_text(time)),
            _ => None,
        };
        assert_eq!(
            point("2023-09-13T14:00:00+02:00").as_deref(),
            Some("2023-09-13T12:00:00Z")
        );
        assert_eq!(
            point("2023-09-13t12:00:00.5z").as_deref(),
            Some("2023-09-13T12:00:00.5Z")
        );
        for text in [
            "2023-09-13T12:00:00",
            "2023-09-13 12:00:00Z",
            "2023-09-13T12:00:00Z[UTC]",
            "now",
            "9999-12-31",
            "",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
        let Some(Moment::Day(first, next)) = moment("2023-09-13") else {
            panic!("a day");
        };
        assert_eq!(next.seconds - first.seconds, 86_400);
    }

    #[test]
    fn numbers_read_back_in_the_precision_of_their_field() {
        for (text, field) in [
            ("0.7", NumberField::Confidence),
            ("-5.5", NumberField::Intensity),
            ("59.9375", NumberField::Latitude),
        ] {
            let value = number(text, field).unwrap_or_else(|| panic!("{text} is a number"));
            assert_eq!(number_text(value, field), text);
        }
        assert_eq!(
            number("-0", NumberField::Intensity).map(f64::is_sign_negative),
            Some(false)
        );
        for text in ["", "1.5", "inf", "nan", "1e99", "0x1", "one", "1,000"] {
            assert_eq!(number(text, NumberField::Killed), None, "{text}");
        }
    }
}
