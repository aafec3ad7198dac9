//! From what words say to days: counted from publication, with the tense of the verb beside them.

use super::expression::{Told, Vague, Which};
use super::words::Unit;
use crate::PartialDate;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// Whether the verb beside a word of time looks back or ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Ahead,
    /// Neither is clear.
    Open,
}

/// The days that words may mean: the first and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Meant {
    pub(super) date: PartialDate,
    /// Absent where nothing is known.
    pub(super) days: Option<(Date, Date)>,
    pub(super) long_ago: bool,
    pub(super) ahead: bool,
}

/// Has every day that a year can have.
const LEAP_YEAR: i16 = 2024;

/// The days meant. `earlier` is the day told before in the sentence. Without a day of publication only what is absolute
/// is known.
pub(super) fn resolve(told: Told, published: Option<Date>, tense: Tense, earlier: Option<Date>) -> Meant {
    let mut meant = try_resolve(told, published, tense, earlier).unwrap_or_default();
    let PartialDate { year, month, day } = meant.date;
    // Counted from a publication of long ago: no year of the common era, and a month tells nothing without its year.
    if year < 0 || (year == 0 && month != 0 && day == 0) {
        meant.date = PartialDate::default();
    }
    meant
}

fn try_resolve(told: Told, published: Option<Date>, tense: Tense, earlier: Option<Date>) -> Option<Meant> {
    let moved = |day: Date, span: Span| day.checked_add(span).ok();
    match told {
        Told::Calendar { year: 0, month, day } => match published {
            Some(anchor) => calendar(year_of(anchor, month, day, tense)?, month, day),
            // A month alone says nothing; a day of it is told if some year has it.
            None => Date::new(LEAP_YEAR, month, day).ok().map(|_| Meant {
                date: PartialDate { year: 0, month, day },
                ..Meant::default()
            }),
        },
        Told::Calendar { year, month, day } => calendar(year, month, day),
        Told::Month(month, which) => {
            let published = published?;
            // Neither is the month of publication.
            let (anchor, tense) = if which == Which::Last {
                (
                    published.first_of_month().checked_sub(2.days()).ok()?,
                    Tense::Past,
                )
            } else {
                (
                    published.last_of_month().checked_add(1.days()).ok()?,
                    Tense::Ahead,
                )
            };
            calendar(year_of(anchor, month, 0, tense)?, month, 0)
        }
        Told::Year(year) => Some(between(
            Date::new(year, 1, 1).ok()?,
            Date::new(year, 12, 31).ok()?,
        )),
        Told::Weekday(weekday, which) => one(weekday_of(published?, weekday, which, tense)?),
        Told::Days(days) => one(moved(published?, days.days())?),
        Told::Shift(days) => one(moved(earlier.or(published)?, days.days())?),
        Told::Weekend(shift) => {
            let monday = monday_of(published?)?;
            // The weekend of this week if it has begun or lies ahead, else the one before it.
            let begun = matches!(published?.weekday(), Weekday::Saturday | Weekday::Sunday);
            let this = if shift == 0 && !begun && tense != Tense::Ahead {
                -1
            } else {
                0
            };
            let shift = if shift == 1 && !begun { 0 } else { shift };
            let saturday = moved(monday, (7 * (this + shift) + 5).days())?;
            Some(between(saturday, moved(saturday, 1.days())?))
        }
        Told::Units(count, unit) => units(published?, count, unit),
        Told::Vague(vague) => Some(Meant {
            long_ago: vague == Vague::LongAgo,
            ahead: vague == Vague::Ahead,
            ..Meant::default()
        }),
    }
}

fn one(day: Date) -> Option<Meant> {
    Some(between(day, day))
}

/// What two days have in common.
fn between(first: Date, last: Date) -> Meant {
    let same_year = first.year() == last.year();
    let same_month = same_year && first.month() == last.month();
    let part = |same: bool, value: i8| if same { value } else { 0 };
    Meant {
        date: PartialDate {
            year: if same_year { first.year() } else { 0 },
            month: part(same_month, first.month()),
            day: part(first == last, first.day()),
        },
        days: Some((first, last)),
        ..Meant::default()
    }
}

fn calendar(year: i16, month: i8, day: i8) -> Option<Meant> {
    let first = Date::new(year, month, 1).ok()?;
    match Date::new(year, month, day) {
        Ok(day) => one(day),
        // No day, or the 31st of a shorter month: the month is all that is known.
        Err(_) => Some(between(first, first.last_of_month())),
    }
}

/// The year of a month and day that come without one: the last such day up to publication for what is past, the next for
/// what is to come, else the nearest, rather past than future.
fn year_of(anchor: Date, month: i8, day: i8, tense: Tense) -> Option<i16> {
    let period = |year: i16| {
        let meant = calendar(year, month, day)?;
        meant.days
    };
    let years = [
        anchor.year().checked_sub(1)?,
        anchor.year(),
        anchor.year().checked_add(1)?,
    ];
    match tense {
        // A paper of the eve, or another time zone: a day ahead is no other year.
        Tense::Past => {
            let limit = anchor.checked_add(1.days()).ok()?;
            years
                .into_iter()
                .rev()
                .find(|&year| period(year).is_some_and(|(first, _)| first <= limit))
        }
        Tense::Ahead => years
            .into_iter()
            .find(|&year| period(year).is_some_and(|(_, last)| last >= anchor)),
        Tense::Open => {
            let ahead = i32::from(month) - i32::from(anchor.month());
            Some(match ahead {
                3.. => years[0],
                ..=-10 => years[2],
                _ => years[1],
            })
        }
    }
}

fn weekday_of(day: Date, weekday: Weekday, which: Which, tense: Tense) -> Option<Date> {
    let in_week = |shift: i64| {
        let days = 7 * shift + i64::from(weekday.to_monday_zero_offset());
        monday_of(day)?.checked_add(days.days()).ok()
    };
    match which {
        Which::This => in_week(0),
        Which::LastWeek => in_week(-1),
        Which::NextWeek => in_week(1),
        Which::Last => day.nth_weekday(-1, weekday).ok(),
        Which::Next => day.nth_weekday(1, weekday).ok(),
        Which::Plain if day.weekday() == weekday => Some(day),
        Which::Plain if tense == Tense::Ahead => day.nth_weekday(1, weekday).ok(),
        Which::Plain => day.nth_weekday(-1, weekday).ok(),
    }
}

fn monday_of(day: Date) -> Option<Date> {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).ok()
}

fn units(published: Date, count: i64, unit: Unit) -> Option<Meant> {
    match unit {
        Unit::Hour => one(published),
        Unit::Day => one(published.checked_add(count.days()).ok()?),
        // "last week" is the calendar week; "three weeks ago" is some day near that.
        Unit::Week if count.abs() <= 1 => {
            let monday = monday_of(published)?.checked_add((7 * count).days()).ok()?;
            Some(between(monday, monday.checked_add(6.days()).ok()?))
        }
        Unit::Week => {
            let day = published.checked_add((7 * count).days()).ok()?;
            Some(between(
                day.checked_sub(3.days()).ok()?,
                day.checked_add(3.days()).ok()?,
            ))
        }
        Unit::Month => {
            let day = published
                .first_of_month()
                .checked_add(i32::try_from(count).ok()?.months())
                .ok()?;
            Some(between(day, day.last_of_month()))
        }
        Unit::Year => {
            let day = published
                .first_of_year()
                .checked_add(i32::try_from(count).ok()?.years())
                .ok()?;
            Some(between(day, day.last_of_year()))
        }
        Unit::Age => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Published on Wednesday, 13 September 2023.
    fn day(told: Told, tense: Tense) -> (i16, i8, i8) {
        let found = resolve(told, Some(date(2023, 9, 13)), tense, None).date;
        (found.year, found.month, found.day)
    }

    #[test]
    fn a_day_of_the_week_is_the_last_one_for_the_past_and_the_next_for_the_future() {
        let plain = |weekday, tense| day(Told::Weekday(weekday, Which::Plain), tense);
        assert_eq!(plain(Weekday::Thursday, Tense::Past), (2023, 9, 7));
        assert_eq!(plain(Weekday::Thursday, Tense::Ahead), (2023, 9, 14));
        assert_eq!(plain(Weekday::Wednesday, Tense::Past), (2023, 9, 13));
        assert_eq!(plain(Weekday::Wednesday, Tense::Ahead), (2023, 9, 13));
        assert_eq!(
            day(Told::Weekday(Weekday::Wednesday, Which::Last), Tense::Past),
            (2023, 9, 6)
        );
        assert_eq!(
            day(Told::Weekday(Weekday::Monday, Which::LastWeek), Tense::Past),
            (2023, 9, 4)
        );
    }

    #[test]
    fn a_month_without_a_year_is_the_nearest_that_the_tense_allows() {
        let month = |month, day_of, tense| {
            day(
                Told::Calendar {
                    year: 0,
                    month,
                    day: day_of,
                },
                tense,
            )
        };
        assert_eq!(month(12, 0, Tense::Past), (2022, 12, 0));
        assert_eq!(month(12, 0, Tense::Ahead), (2023, 12, 0));
        assert_eq!(month(3, 3, Tense::Past), (2023, 3, 3));
        assert_eq!(month(3, 3, Tense::Ahead), (2024, 3, 3));
        assert_eq!(month(10, 3, Tense::Open), (2023, 10, 3));
        assert_eq!(day(Told::Month(9, Which::Last), Tense::Past), (2022, 9, 0));
        assert_eq!(day(Told::Month(9, Which::Next), Tense::Past), (2024, 9, 0));
        assert_eq!(month(2, 30, Tense::Past), (2023, 2, 0));
    }

    #[test]
    fn what_a_week_or_weekend_has_in_common_is_told() {
        assert_eq!(day(Told::Units(-1, Unit::Week), Tense::Past), (2023, 9, 0));
        assert_eq!(day(Told::Units(-2, Unit::Week), Tense::Past), (2023, 0, 0));
        assert_eq!(day(Told::Weekend(0), Tense::Past), (2023, 9, 0));
        assert_eq!(day(Told::Units(-1, Unit::Year), Tense::Past), (2022, 0, 0));
    }

    #[test]
    fn without_a_day_of_publication_only_the_absolute_is_known() {
        let found = |told| resolve(told, None, Tense::Past, None).date;
        assert_eq!(found(Told::Days(-1)), PartialDate::default());
        assert_eq!(found(Told::Year(2019)).year, 2019);
        assert_eq!(
            found(Told::Calendar {
                year: 0,
                month: 3,
                day: 3
            }),
            PartialDate {
                year: 0,
                month: 3,
                day: 3
            }
        );
    }

    #[test]
    fn no_number_is_too_large() {
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year] {
            assert_eq!(
                day(Told::Units(-10_000, unit), Tense::Past).1.clamp(0, 12),
                day(Told::Units(-10_000, unit), Tense::Past).1
            );
        }
    }
}
