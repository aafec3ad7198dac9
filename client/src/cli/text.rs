//! Results as people read them. Text of articles is made harmless first: it must not steer a terminal.

mod counts;
mod event;
mod look;
mod tables;

use std::time::Duration;

pub(super) use self::{
    counts::Counts,
    event::{event, sheet},
    look::Look,
    tables::{actor_line, filter, info, ingest_line, publish_line, subscription, topic_line, traces},
};

/// One line: white space is a single space, and what could steer a terminal or reorder its text is left out.
pub(super) fn clean(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
    {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !steers(*c)));
    }
    line
}

/// The same, keeping the lines.
pub(super) fn clean_lines(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| *c == '\n' || !(c.is_control() || steers(*c)))
        .collect()
}

/// Marks that change the direction of the text after them.
fn steers(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// `1 event`, `2 events`.
pub(super) fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// `1,234,567`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `250 ms`, `30 s`, `5 min`, `2 h`.
pub(super) fn span(span: Duration) -> String {
    match span.as_secs() {
        0 => format!("{} ms", span.as_millis()),
        seconds if seconds >= 7_200 && seconds.is_multiple_of(3_600) => format!("{} h", seconds / 3_600),
        seconds if seconds >= 120 && seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_an_article_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\n\t b\u{202e}c"), "a [31mred bc");
        assert_eq!(clean_lines("a\u{1b}[2J\r\nb\tc"), "a[2J\nb c");
    }

    #[test]
    fn numbers_and_spans_are_short() {
        assert_eq!(count(1, "event"), "1 event");
        assert_eq!(count(1_234_567, "event"), "1,234,567 events");
        assert_eq!(grouped(999), "999");
        for (millis, text) in [
            (0, "0 ms"),
            (250, "250 ms"),
            (30_000, "30 s"),
            (600_000, "10 min"),
            (7_200_000, "2 h"),
        ] {
            assert_eq!(span(Duration::from_millis(millis)), text);
        }
    }
}
