//! When an event happened: words of time in the sentence, counted from the day of publication.

use crate::PartialDate;
use crate::coding::Flags;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// What the words of time around an event say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) date: PartialDate,
    /// Long before publication: told as background.
    pub(crate) background: bool,
    /// After publication.
    pub(crate) later: bool,
    /// Whether words of time were found.
    pub(crate) told: bool,
}

/// An event told this long ago, in days, is background and not news.
const BACKGROUND_DAYS: i32 = 60;

/// Reads the words of time in `words` (lower case, in order). Without any, a past event is of the day of publication.
pub(crate) fn read(words: &[&str], published: Option<Date>, flags: Flags) -> When {
    let found = (0..words.len()).find_map(|at| at_word(words, at, published));
    match found {
        Some((date, background)) => {
            let full = date.to_date();
            let days = |day: Date| published.map(|anchor| (day - anchor).get_days());
            let distance = full.and_then(days);
            let year_before =
                published.is_some_and(|anchor| date.year != 0 && date.year < anchor.year() && full.is_none());
            When {
                date,
                background: background || year_before || distance.is_some_and(|days| days < -BACKGROUND_DAYS),
                later: distance.is_some_and(|days| days > 0),
                told: true,
            }
        }
        None => When {
            date: match published {
                Some(day) if !flags.future && !flags.historical => PartialDate::full(day),
                _ => PartialDate::default(),
            },
            background: false,
            later: false,
            told: false,
        },
    }
}

/// A date in words: "September 13, 2023", "13 September 2023", "Sept. 13 2023".
pub(crate) fn written_date(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    (0..words.len())
        .find_map(|at| month_date(&words, at, None))
        .and_then(PartialDate::to_date)
}

fn at_word(words: &[&str], at: usize, published: Option<Date>) -> Option<(PartialDate, bool)> {
    let word = words[at];
    let before = |back: usize| at.checked_sub(back).map(|i| words[i]);
    // A limit is not when it happened.
    if (1..=2).any(|back| matches!(before(back), Some("until" | "till" | "by" | "before"))) {
        return None;
    }
    if let Some(date) = month_date(words, at, published) {
        return Some((date, false));
    }
    let near = |days: i32| {
        published
            .and_then(|day| day.checked_add(days.days()).ok())
            .map(PartialDate::full)
    };
    match word {
        "today" | "tonight" => return near(0).map(|date| (date, false)),
        "yesterday" => return near(-1).map(|date| (date, false)),
        "tomorrow" => return near(1).map(|date| (date, false)),
        _ => {}
    }
    if let Some(weekday) = weekday(word) {
        let direction = match before(1) {
            Some("next" | "coming") => 1,
            _ => 0,
        };
        return published
            .and_then(|day| relative_weekday(day, weekday, direction))
            .map(|date| (date, false));
    }
    if let (Some("last" | "past" | "next" | "this"), Some(_)) = (before(1), published) {
        let sign = match before(1) {
            Some("next") => 1,
            Some("this") => 0,
            _ => -1,
        };
        let day = published?;
        let moved = |span: Span| day.checked_add(span).ok();
        let unknown_day = |date: Date| PartialDate {
            day: 0,
            ..PartialDate::full(date)
        };
        let year_only = |date: Date| PartialDate {
            year: date.year(),
            ..PartialDate::default()
        };
        match word {
            "week" => {
                return moved((7 * sign).days())
                    .map(unknown_day)
                    .map(|date| (date, false));
            }
            "month" => return moved(sign.months()).map(unknown_day).map(|date| (date, false)),
            "year" => return moved(sign.years()).map(year_only).map(|date| (date, sign < 0)),
            "night" if sign < 0 => return moved((-1).days()).map(|date| (PartialDate::full(date), false)),
            "decade" | "century" if sign < 0 => return Some((PartialDate::default(), true)),
            _ => {}
        }
    }
    if word == "ago" {
        return ago(words, at, published);
    }
    if let Ok(year) = word.parse::<i16>()
        && word.len() == 4
        && (1900..=2100).contains(&year)
        && matches!(
            before(1),
            Some("in" | "since" | "during" | "of" | "late" | "early" | "mid" | "from")
        )
    {
        let past = published.is_some_and(|day| year < day.year());
        return Some((
            PartialDate {
                year,
                ..PartialDate::default()
            },
            past,
        ));
    }
    None
}

/// "two days ago", "decades ago".
fn ago(words: &[&str], at: usize, published: Option<Date>) -> Option<(PartialDate, bool)> {
    let unit = words.get(at.checked_sub(1)?)?;
    let count = at.checked_sub(2).and_then(|i| number(words[i])).unwrap_or(1);
    let day = published?;
    match unit.trim_end_matches('s') {
        "minute" | "hour" => Some((PartialDate::full(day), false)),
        "day" => day
            .checked_sub(count.days())
            .ok()
            .map(|date| (PartialDate::full(date), false)),
        "week" => {
            let date = day.checked_sub((count.saturating_mul(7)).days()).ok()?;
            Some((
                PartialDate {
                    day: 0,
                    ..PartialDate::full(date)
                },
                count > 8,
            ))
        }
        "month" => {
            let date = day.checked_sub(count.months()).ok()?;
            Some((
                PartialDate {
                    day: 0,
                    ..PartialDate::full(date)
                },
                count > 2,
            ))
        }
        "year" => {
            let date = day.checked_sub(count.years()).ok()?;
            Some((
                PartialDate {
                    year: date.year(),
                    ..PartialDate::default()
                },
                true,
            ))
        }
        "decade" | "centurie" | "generation" => Some((PartialDate::default(), true)),
        _ => None,
    }
}

/// A month with a day or a year, starting at this word or with the day before it.
fn month_date(words: &[&str], at: usize, published: Option<Date>) -> Option<PartialDate> {
    let month = month(words[at])?;
    let day_number = |word: &&str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<i8>().ok().filter(|day| (1..=31).contains(day))
    };
    let year_number = |word: &&str| {
        word.parse::<i16>()
            .ok()
            .filter(|year| (1900..=2100).contains(year) && word.len() == 4)
    };
    let after = words.get(at + 1).and_then(day_number);
    let before = at.checked_sub(1).and_then(|i| words.get(i)).and_then(day_number);
    let skip_comma = |i: usize| if words.get(i) == Some(&",") { i + 1 } else { i };
    let year_at = skip_comma(if after.is_some() { at + 2 } else { at + 1 });
    let told_year = words.get(year_at).and_then(year_number);
    let day = after.or(before);
    // "May", "March" and "August" are words too: alone they need a preposition of time.
    let introduced = at.checked_sub(1).is_some_and(|i| {
        matches!(
            words[i],
            "in" | "since" | "last" | "early" | "late" | "mid" | "of" | "this"
        )
    });
    if day.is_none() && told_year.is_none() && !introduced {
        return None;
    }
    let year = match (told_year, published) {
        (Some(year), _) => year,
        (None, Some(anchor)) => nearest_year(anchor, month, day),
        (None, None) => 0,
    };
    let day = day
        .filter(|day| year == 0 || Date::new(year, month, *day).is_ok())
        .unwrap_or(0);
    Some(PartialDate { year, month, day })
}

/// The year in which a month and day lie nearest to publication, preferring the past.
fn nearest_year(anchor: Date, month: i8, day: Option<i8>) -> i16 {
    let ahead = i32::from(month) - i32::from(anchor.month());
    let later_day = day.is_some_and(|day| ahead == 0 && day > anchor.day());
    if ahead > 2 {
        anchor.year().saturating_sub(1)
    } else if ahead < -9 && !later_day {
        anchor.year().saturating_add(1)
    } else {
        anchor.year()
    }
}

fn relative_weekday(day: Date, weekday: Weekday, direction: i32) -> Option<PartialDate> {
    let date = if direction > 0 {
        day.nth_weekday(1, weekday).ok()?
    } else if day.weekday() == weekday {
        day
    } else {
        day.nth_weekday(-1, weekday).ok()?
    };
    Some(PartialDate::full(date))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn month(word: &str) -> Option<i8> {
    Some(match word.trim_end_matches('.') {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// A small number in digits or words.
pub(crate) fn number(word: &str) -> Option<i32> {
    let plain: String = word.chars().filter(|c| *c != ',').collect();
    if let Ok(number) = plain.parse::<i32>() {
        return Some(number).filter(|number| *number >= 0);
    }
    Some(match word {
        "a" | "an" | "one" => 1,
        "two" | "couple" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" | "dozen" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn when(text: &str, published: Option<Date>) -> When {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        read(&words, published, Flags::default())
    }

    fn day(text: &str) -> (i16, i8, i8) {
        // A Wednesday.
        let found = when(text, Some(date(2023, 9, 13))).date;
        (found.year, found.month, found.day)
    }

    #[test]
    fn words_of_time_count_from_publication() {
        assert_eq!(day("they met"), (2023, 9, 13));
        assert_eq!(day("they met today"), (2023, 9, 13));
        assert_eq!(day("they met yesterday"), (2023, 9, 12));
        assert_eq!(day("they met on tuesday"), (2023, 9, 12));
        assert_eq!(day("they met on wednesday"), (2023, 9, 13));
        assert_eq!(day("they met on thursday"), (2023, 9, 7));
        assert_eq!(day("they meet next thursday"), (2023, 9, 14));
        assert_eq!(day("they met two days ago"), (2023, 9, 11));
        assert_eq!(day("they met last month"), (2023, 8, 0));
        assert_eq!(day("they met last year"), (2022, 0, 0));
        assert_eq!(day("they met on september 2"), (2023, 9, 2));
        assert_eq!(day("they met on 2 september 2021"), (2021, 9, 2));
        assert_eq!(day("they met in december"), (2022, 12, 0));
        assert_eq!(day("they met in 2019"), (2019, 0, 0));
    }

    #[test]
    fn what_is_long_past_is_background() {
        let anchor = Some(date(2023, 9, 13));
        assert!(when("they met in 2019", anchor).background);
        assert!(when("they met decades ago", anchor).background);
        assert!(!when("they met last month", anchor).background);
        assert!(!when("they met on monday", anchor).background);
    }

    #[test]
    fn without_a_day_of_publication_only_a_full_date_is_known() {
        assert_eq!(when("they met on tuesday", None).date, PartialDate::default());
        assert_eq!(when("they met", None).date, PartialDate::default());
        assert_eq!(
            when("they met on 2 may 2021", None).date,
            PartialDate {
                year: 2021,
                month: 5,
                day: 2
            }
        );
    }

    #[test]
    fn may_is_a_month_only_beside_a_number_or_a_preposition() {
        assert!(!when("they may meet", Some(date(2023, 9, 13))).told);
        assert!(when("they met in may", Some(date(2023, 9, 13))).told);
    }
}
