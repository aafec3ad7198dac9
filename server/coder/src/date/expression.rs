//! Words of time in a sentence, and what each says before it is counted from a day of publication.

use super::words::{Unit, day, month, number, unit, weekday, year};
use jiff::civil::Weekday;
use std::ops::Range;

/// A stretch of words that tells a time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    /// Positions in the words that were read.
    pub(super) words: Range<usize>,
    pub(super) told: Told,
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Told {
    /// A month with a day, a year, both or neither; what is 0 is not told.
    Calendar {
        year: i16,
        month: i8,
        day: i8,
    },
    /// "last March", "next March"
    Month(i8, Which),
    /// A year by itself.
    Year(i16),
    Weekday(Weekday, Which),
    /// So many days after publication: today is 0.
    Days(i64),
    /// So many units after publication: last month is -1.
    Units(i64, Unit),
    /// "over the weekend" is 0, "next weekend" 1.
    Weekend(i64),
    /// So many days after what was told before: "a day earlier".
    Shift(i64),
    /// A time that is not told exactly.
    Vague(Vague),
}

/// Which of the days of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// The tense decides.
    Plain,
    Last,
    Next,
    This,
    /// "Monday last week"
    LastWeek,
    /// "Monday next week"
    NextWeek,
}

/// Times of which only the direction is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vague {
    /// "in recent weeks", "days ago"
    Lately,
    /// "decades ago", "in the 1990s", "in recent years"
    LongAgo,
    /// "in the coming days"
    Ahead,
}

/// All words of time, in order. `words` are in lower case.
pub(super) fn scan(words: &[&str]) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match (Scan { words, at }).here() {
            Some((length, told)) => {
                let length = length.max(1);
                if !limit(words, at) {
                    found.push(Expression {
                        words: at..(at + length).min(words.len()),
                        told,
                    });
                }
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// "until Monday", "by the end of March": a limit is not when it happened. "after Monday's attack" tells the attack's day.
fn limit(words: &[&str], at: usize) -> bool {
    let lead = [
        "the",
        "end",
        "start",
        "beginning",
        "middle",
        "of",
        "early",
        "late",
        "mid",
        "next",
        "this",
    ];
    let word = words[..at].iter().rev().find(|word| !lead.contains(word));
    matches!(word, Some(&("until" | "till" | "by" | "before")))
}

/// A place in the words.
struct Scan<'a> {
    words: &'a [&'a str],
    at: usize,
}

impl Scan<'_> {
    fn word(&self, ahead: usize) -> &str {
        self.words.get(self.at + ahead).copied().unwrap_or("")
    }

    fn before(&self, back: usize) -> &str {
        self.at.checked_sub(back).map_or("", |i| self.words[i])
    }

    fn here(&self) -> Option<(usize, Told)> {
        self.calendar()
            .or_else(|| self.day_of_week())
            .or_else(|| self.simple())
            .or_else(|| self.qualified())
            .or_else(|| self.counted())
            .or_else(|| self.bare_year())
    }

    /// "March 3, 2020", "3 March", "the 3rd of March 2020", "in March", "2020-03-03".
    fn calendar(&self) -> Option<(usize, Told)> {
        if let Some(found) = self.numeric() {
            return Some(found);
        }
        if let Some(day) = leading_day(self.word(0)) {
            // "3 March", "3-5 March", "3 to 5 March", "3rd of March"
            let mut next = 1;
            if matches!(self.word(1), "to" | "-" | "–" | "and") && leading_day(self.word(2)).is_some() {
                next = 3;
            }
            if self.word(next) == "of" {
                next += 1;
            }
            let month = month(self.word(next))?;
            if matches!(self.word(next), "may" | "march") && self.word(next + 1) == "be" {
                return None;
            }
            let (more, year) = self.year_after(next + 1);
            return Some((next + 1 + more, Told::Calendar { year, month, day }));
        }
        let month = month(self.word(0))?;
        if let Some(day) = leading_day(self.word(1)).filter(|_| year(self.word(1)).is_none()) {
            let mut next = 2;
            if matches!(self.word(2), "to" | "-" | "–" | "and") && leading_day(self.word(3)).is_some() {
                next = 4;
            }
            let (more, year) = self.year_after(next);
            return Some((next + more, Told::Calendar { year, month, day }));
        }
        // "may" and "march" are words too: alone they need a preposition of time.
        let introduced = matches!(
            self.before(1),
            "in" | "since" | "early" | "late" | "mid" | "of" | "during" | "from" | "between" | "mid-" | "-"
        );
        let (more, year) = if self.word(1) == "of" && !introduced {
            (0, 0)
        } else {
            self.year_after(1)
        };
        (year != 0 || introduced).then_some((1 + more, Told::Calendar { year, month, day: 0 }))
    }

    fn year_after(&self, at: usize) -> (usize, i16) {
        let skip = usize::from(matches!(self.word(at), "," | "of"));
        match year(self.word(at + skip)) {
            Some(year) => (skip + 1, year),
            None => (0, 0),
        }
    }

    /// "2020-03-03", in one word or in five.
    fn numeric(&self) -> Option<(usize, Told)> {
        let parts: Vec<&str> = self.word(0).split('-').collect();
        let (length, parts) = match parts.as_slice() {
            [_, _, _] => (1, [parts[0], parts[1], parts[2]]),
            _ if self.word(1) == "-" && self.word(3) == "-" => {
                (5, [self.word(0), self.word(2), self.word(4)])
            }
            _ => return None,
        };
        let year = year(parts[0])?;
        let month = parts[1]
            .parse::<i8>()
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        let day = day(parts[2])?;
        Some((length, Told::Calendar { year, month, day }))
    }

    /// "Wednesday", "last Wednesday", "Wednesday last week"; "next" and "last" stand before.
    fn day_of_week(&self) -> Option<(usize, Told)> {
        let (lead, which) = match self.word(0) {
            "last" | "past" => (1, Which::Last),
            "next" | "coming" => (1, Which::Next),
            "this" => (1, Which::This),
            _ => (0, Which::Plain),
        };
        let weekday = weekday(self.word(lead))?;
        let mut length = lead + 1;
        // "Monday, March 3": the date says more.
        let comma = usize::from(self.word(length) == ",");
        let dated = Scan {
            words: self.words,
            at: self.at + length + comma,
        }
        .calendar();
        if let Some((more, told @ Told::Calendar { day, .. })) = dated
            && day != 0
        {
            return Some((length + comma + more, told));
        }
        if which == Which::Plain {
            let told = match (self.word(length), self.word(length + 1)) {
                ("last", "week") => Some(Which::LastWeek),
                ("next", "week") => Some(Which::NextWeek),
                ("this", "week") => Some(Which::This),
                _ => None,
            };
            if let Some(which) = told {
                return Some((length + 2, Told::Weekday(weekday, which)));
            }
        }
        if matches!(self.word(length), "morning" | "afternoon" | "evening" | "night") {
            length += 1;
        }
        Some((length, Told::Weekday(weekday, which)))
    }

    fn simple(&self) -> Option<(usize, Told)> {
        let told = match self.word(0) {
            "today" | "tonight" | "overnight" => Told::Days(0),
            "yesterday" => Told::Days(-1),
            "tomorrow" => Told::Days(1),
            "this" if matches!(self.word(1), "morning" | "afternoon" | "evening") => {
                return Some((2, Told::Days(0)));
            }
            "last" if matches!(self.word(1), "night" | "evening") => return Some((2, Told::Days(-1))),
            "the" => {
                let shift = match (self.word(1), self.word(2)) {
                    ("previous", "day" | "night" | "evening") => -1,
                    ("next" | "following", "day" | "morning" | "night") => 1,
                    ("day" | "night" | "evening", "before") if ends(self.word(3)) => -1,
                    ("day", "after") if ends(self.word(3)) => 1,
                    _ => return None,
                };
                return Some((3, Told::Shift(shift)));
            }
            "weekend" => {
                let shift = match self.before(1) {
                    "last" | "past" => -1,
                    "next" | "coming" => 1,
                    "the" | "this" => 0,
                    _ => return None,
                };
                Told::Weekend(shift)
            }
            word => {
                let decade = word
                    .strip_suffix('s')
                    .and_then(year)
                    .filter(|year| year % 10 == 0)?;
                return (decade < 2010).then_some((1, Told::Vague(Vague::LongAgo)));
            }
        };
        Some((1, told))
    }

    /// "last month", "earlier this week", "in recent days", "the past two years", "the coming weeks".
    fn qualified(&self) -> Option<(usize, Told)> {
        let sign = match self.word(0) {
            "last" | "past" | "previous" => -1,
            "next" | "coming" | "following" => 1,
            "this" | "current" => 0,
            "recent" => {
                let unit = unit(self.word(1))?;
                return Some((2, Told::Vague(stretch(unit))));
            }
            _ => return None,
        };
        if let Some(month) = month(self.word(1)).filter(|_| sign != 0) {
            let which = if sign < 0 { Which::Last } else { Which::Next };
            return Some((2, Told::Month(month, which)));
        }
        let counted = number(self.word(1)).is_some() || matches!(self.word(1), "few" | "several" | "couple");
        let at = if self.word(1) == "couple" && self.word(2) == "of" {
            3
        } else {
            1 + usize::from(counted)
        };
        let word = self.word(at);
        let found = unit(word)?;
        let several = counted || word.ends_with('s');
        let told = match (sign, several) {
            (1, true) => Told::Vague(Vague::Ahead),
            (-1, true) => Told::Vague(stretch(found)),
            (_, true) => return None,
            (-1, false) if found == Unit::Age => Told::Vague(Vague::LongAgo),
            // "the past week": a stretch up to now.
            (-1, false) if self.word(0) == "past" => Told::Vague(stretch(found)),
            (sign, false) if found == Unit::Day => Told::Shift(sign),
            (_, false) if found == Unit::Hour || found == Unit::Age => return None,
            (sign, false) => Told::Units(sign, found),
        };
        Some((at + 1, told))
    }

    /// "two days ago", "years ago", "a week earlier", "three days later", "for decades".
    fn counted(&self) -> Option<(usize, Told)> {
        if self.word(0) == "for" && matches!(self.word(1), "years" | "decades" | "centuries" | "generations")
        {
            return Some((2, Told::Vague(Vague::LongAgo)));
        }
        let some = matches!(
            self.word(0),
            "few" | "several" | "many" | "some" | "couple" | "dozens"
        );
        let count = number(self.word(0)).filter(|_| !some);
        let lead = match (count, some) {
            (Some(_), _) => 1,
            (None, true) if self.word(1) == "of" => 2,
            (None, true) => 1,
            (None, false) => 0,
        };
        if lead == 1 && matches!(self.word(1), "few" | "couple" | "several") {
            return None;
        }
        let found = unit(self.word(lead))?;
        let forward = match self.word(lead + 1) {
            "ago" => return Some((lead + 2, ago(count, found))),
            "earlier" | "before" if ends(self.word(lead + 2)) || self.word(lead + 1) == "earlier" => -1,
            "later" => 1,
            _ => return None,
        };
        let count = count?;
        let told = match found {
            Unit::Hour => Told::Shift(0),
            Unit::Age => Told::Vague(Vague::LongAgo),
            _ if beyond(count, found) => Told::Vague(Vague::LongAgo),
            Unit::Day => Told::Shift(forward * count),
            // Counted from another event of the story, which mostly is of these days.
            _ if forward < 0 => Told::Units(-count, found),
            _ => Told::Vague(Vague::Lately),
        };
        Some((lead + 2, told))
    }

    /// "the spring of 2021", but "a march of 2000 people".
    fn ends_time(&self, back: usize) -> bool {
        matches!(
            self.before(back),
            "spring"
                | "summer"
                | "autumn"
                | "fall"
                | "winter"
                | "beginning"
                | "end"
                | "start"
                | "half"
                | "middle"
                | "month"
                | "months"
                | "quarter"
                | "year"
        )
    }

    /// "in 2019"; a year needs a word of time before it.
    fn bare_year(&self) -> Option<(usize, Told)> {
        let year = year(self.word(0))?;
        let introduced = matches!(
            self.before(1),
            "in" | "since" | "during" | "late" | "early" | "mid" | "from" | "mid-" | "-" | "between"
        ) || (self.before(1) == "of" && self.ends_time(2));
        introduced.then_some((1, Told::Year(year)))
    }
}

/// "3", "3rd", "3-5", "3–5".
fn leading_day(word: &str) -> Option<i8> {
    day(word.split(['-', '–']).next().unwrap_or(word))
}

/// Farther than news counts, and than a calendar needs to go: "20,000 years ago".
fn beyond(count: i64, unit: Unit) -> bool {
    const DAYS: i64 = 700_000;
    let days = match unit {
        Unit::Hour | Unit::Day => 1,
        Unit::Week => 7,
        Unit::Month => 31,
        Unit::Year | Unit::Age => 366,
    };
    count.abs().saturating_mul(days) > DAYS
}

fn ago(count: Option<i64>, unit: Unit) -> Told {
    match (count, unit) {
        (_, Unit::Age) => Told::Vague(Vague::LongAgo),
        (_, Unit::Hour) => Told::Days(0),
        (Some(count), unit) if beyond(count, unit) => Told::Vague(Vague::LongAgo),
        (Some(count), Unit::Day) => Told::Days(-count),
        (Some(count), unit) => Told::Units(-count, unit),
        (None, unit) => Told::Vague(stretch(unit)),
    }
}

/// What "in recent" units are.
fn stretch(unit: Unit) -> Vague {
    match unit {
        Unit::Year | Unit::Age => Vague::LongAgo,
        _ => Vague::Lately,
    }
}

/// Whether nothing follows that the words before could be counted from: "the day before", but "the day before the vote".
fn ends(word: &str) -> bool {
    word.is_empty()
        || word.chars().all(|c| !c.is_alphanumeric())
        || matches!(word, "and" | "but" | "in" | "at")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<Told> {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        scan(&words).into_iter().map(|found| found.told).collect()
    }

    #[test]
    fn each_way_of_telling_a_time_is_read() {
        let calendar = |year, month, day| vec![Told::Calendar { year, month, day }];
        assert_eq!(told("on March 3 , 2020 they met"), calendar(2020, 3, 3));
        assert_eq!(told("on 3 March they met"), calendar(0, 3, 3));
        assert_eq!(told("on the 3rd of March 2020"), calendar(2020, 3, 3));
        assert_eq!(told("from 3 to 5 March"), calendar(0, 3, 3));
        assert_eq!(told("in March"), calendar(0, 3, 0));
        assert_eq!(told("in March 2020"), calendar(2020, 3, 0));
        assert_eq!(told("on 2020-03-03"), calendar(2020, 3, 3));
        assert_eq!(told("on Monday , March 3"), calendar(0, 3, 3));
        assert_eq!(told("last Monday"), [Told::Weekday(Weekday::Monday, Which::Last)]);
        assert_eq!(
            told("on Monday last week"),
            [Told::Weekday(Weekday::Monday, Which::LastWeek)]
        );
        assert_eq!(
            told("late on Monday night"),
            [Told::Weekday(Weekday::Monday, Which::Plain)]
        );
        assert_eq!(told("last month"), [Told::Units(-1, Unit::Month)]);
        assert_eq!(told("earlier this week"), [Told::Units(0, Unit::Week)]);
        assert_eq!(told("over the weekend"), [Told::Weekend(0)]);
        assert_eq!(told("two days ago"), [Told::Days(-2)]);
        assert_eq!(told("three years earlier"), [Told::Units(-3, Unit::Year)]);
        assert_eq!(told("a day earlier"), [Told::Shift(-1)]);
        assert_eq!(told("in recent years"), [Told::Vague(Vague::LongAgo)]);
        assert_eq!(told("in the past two weeks"), [Told::Vague(Vague::Lately)]);
        assert_eq!(told("in the coming days"), [Told::Vague(Vague::Ahead)]);
        assert_eq!(told("in the 1990s"), [Told::Vague(Vague::LongAgo)]);
        assert_eq!(told("in 2019"), [Told::Year(2019)]);
        assert_eq!(told("from Monday to Wednesday").len(), 2);
    }

    #[test]
    fn what_only_looks_like_a_time_is_not_read() {
        for text in [
            "they may meet",
            "a march of 2000 people",
            "until Monday",
            "by the end of March",
            "before Wednesday",
            "2019 soldiers",
            "the day before the vote",
            "a day after the attack",
            "on the eve of the vote",
            "for three days",
            "the second of two",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
