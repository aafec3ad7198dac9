//! Words of time: numbers, months, days of the week, units.

use jiff::civil::Weekday;

/// A number in digits ("1,200") or in one word; `None` for what is not told exactly.
pub(crate) fn number(word: &str) -> Option<i64> {
    let digits: String = word.chars().filter(|c| *c != ',').collect();
    if let Ok(number) = digits.parse::<i64>() {
        return Some(number).filter(|number| *number >= 0);
    }
    if let Some((tens, ones)) = word.split_once('-') {
        let (tens, ones) = (number(tens)?, number(ones)?);
        return ((20..=90).contains(&tens) && (1..=9).contains(&ones)).then_some(tens + ones);
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

/// A day of a month: "3", "3rd".
pub(super) fn day(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    digits.parse::<i8>().ok().filter(|day| (1..=31).contains(day))
}

/// A year in four digits, from 1900 to 2100.
pub(super) fn year(word: &str) -> Option<i16> {
    let year = word
        .parse::<i16>()
        .ok()
        .filter(|year| (1900..=2100).contains(year));
    year.filter(|_| word.len() == 4)
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon." => Weekday::Monday,
        "tuesday" | "tues." | "tue." => Weekday::Tuesday,
        "wednesday" | "wed." => Weekday::Wednesday,
        "thursday" | "thurs." | "thu." => Weekday::Thursday,
        "friday" | "fri." => Weekday::Friday,
        "saturday" | "sat." => Weekday::Saturday,
        "sunday" | "sun." => Weekday::Sunday,
        _ => return None,
    })
}

pub(super) fn month(word: &str) -> Option<i8> {
    Some(match word.trim_end_matches('.') {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
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

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Minutes and hours.
    Hour,
    Day,
    Week,
    Month,
    Year,
    /// Decades, centuries, generations.
    Age,
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "minute" | "minutes" | "hour" | "hours" => Unit::Hour,
        "day" | "days" | "night" | "nights" => Unit::Day,
        "week" | "weeks" | "fortnight" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "decade" | "decades" | "century" | "centuries" | "generation" | "generations" => Unit::Age,
        _ => return None,
    })
}
