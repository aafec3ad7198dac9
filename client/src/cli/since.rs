//! Where to start: `2h`, a time, a cursor, `earliest`, `latest`.

use std::time::Duration;

use dateline_proto::{
    time::Timestamp,
    v1::{StartPosition, subscribe_request::Start},
};
use jiff::{Span, SpanRelativeTo, civil, tz::Offset};

/// A point of the feed, as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    Latest,
    Earliest,
    Time(Timestamp),
    Cursor(String),
}

impl Since {
    /// Reads it; what is neither a word nor a time is taken for a cursor, which the server judges.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        match text.to_ascii_lowercase().as_str() {
            "latest" | "now" => return Ok(Self::Latest),
            "earliest" | "oldest" => return Ok(Self::Earliest),
            _ => {}
        }
        if let Ok(time) = time(text) {
            return Ok(Self::Time(time));
        }
        let cursor = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        // A date or a span with a slip in it would be a strange cursor.
        let slip = text.len() < 12 || text.contains([':', ' ']);
        if cursor && !slip {
            Ok(Self::Cursor(text.to_owned()))
        } else {
            Err("give a span (2h, 7d), a time (2023-09-13, 2023-09-13T12:00:00Z), a cursor, earliest or latest".into())
        }
    }

    pub(crate) fn start(self) -> Start {
        match self {
            Self::Latest => Start::StartPosition(StartPosition::Latest as i32),
            Self::Earliest => Start::StartPosition(StartPosition::Earliest as i32),
            Self::Time(time) => Start::StartTime(time),
            Self::Cursor(cursor) => Start::AfterCursor(cursor),
        }
    }
}

/// A time: a span back from now, an RFC 3339 time, a day or a local time without zone, both in UTC.
pub(crate) fn time(text: &str) -> Result<Timestamp, String> {
    let text = text.trim();
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Ok(time.into());
    }
    if let Ok(day) = text.parse::<civil::DateTime>() {
        let utc = Offset::UTC.to_timestamp(day);
        return utc
            .map(Timestamp::from)
            .map_err(|_| "that time is out of range".into());
    }
    if let Ok(span) = span(text) {
        return jiff::Timestamp::now()
            .checked_sub(span)
            .map(Timestamp::from)
            .map_err(|_| "that is too long ago".to_owned());
    }
    Err("give a time such as 2023-09-13 or 2023-09-13T12:00:00Z, or a span such as 2h or 7d".into())
}

/// A span of time: `30s`, `2h`, `1h30m`, `7d`, `2w`; a day has 24 hours.
pub(crate) fn span(text: &str) -> Result<Duration, String> {
    let problem = || "give a span such as 30s, 5m, 2h or 7d".to_owned();
    let text = text.trim();
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    // Only the short form: ISO 8601's P1D is nothing that one types, and a sign would turn time round.
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(problem());
    }
    let span: Span = text.parse().map_err(|_| problem())?;
    let span = span
        .to_duration(SpanRelativeTo::days_are_24_hours())
        .map_err(|_| problem())?;
    span.try_into().map_err(|_| problem())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_written_short() {
        for (text, seconds) in [
            ("30s", 30),
            ("2h", 7_200),
            ("1h30m", 5_400),
            ("7d", 604_800),
            ("2w", 1_209_600),
            ("0", 0),
            ("0s", 0),
        ] {
            assert_eq!(span(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        assert_eq!(span("500ms"), Ok(Duration::from_millis(500)));
        for text in ["", "h", "2", "-2h", "P1D", "2 parsecs", "3mo", "1y", "2h ago"] {
            assert!(span(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_without_a_zone_are_utc() {
        let noon = Timestamp {
            seconds: 1_694_606_400,
            nanos: 0,
        };
        for text in [
            "2023-09-13T12:00:00Z",
            "2023-09-13T14:00:00+02:00",
            "2023-09-13T12:00",
            "2023-09-13 12:00:00",
        ] {
            assert_eq!(time(text), Ok(noon), "{text}");
        }
        assert_eq!(time("2023-09-13").unwrap().seconds, 1_694_563_200);
        let ago = time("2h").unwrap();
        let now = Timestamp::now();
        assert!((7_199..=7_260).contains(&(now.seconds - ago.seconds)));
    }

    #[test]
    fn a_start_is_a_word_a_time_or_a_cursor() {
        assert_eq!(Since::parse("earliest"), Ok(Since::Earliest));
        assert_eq!(Since::parse("LATEST"), Ok(Since::Latest));
        assert!(matches!(Since::parse("2h"), Ok(Since::Time(_))));
        assert!(matches!(Since::parse("2023-09-13"), Ok(Since::Time(_))));
        let cursor = "c1abcdef0123456789abcdef";
        assert_eq!(Since::parse(cursor), Ok(Since::Cursor(cursor.into())));
        for slip in [
            "",
            "2023-13-45",
            "2hh",
            "latset",
            "yesterday",
            "2023-09-13T25:00:00Z",
            "a cursor with spaces",
        ] {
            assert!(Since::parse(slip).is_err(), "{slip}");
        }
    }
}
