//! When an event happened: words of time in the sentence, counted from the day of publication.
//!
//! Words of time belong to the event whose noun or verb they hang on in the tree; a clause without any shares those of
//! the clause above it ("said on Monday that it met"). An event about which nothing is told has the day of publication,
//! unless it is flagged as historical or future: then its date is not known. Parts that are not told are 0.
//!
//! Told more than 60 days before publication is background (historical); told after it, future. Days are compared by the
//! end of what is told that is nearest to publication: "last year" in an article of January is not background.

mod attach;
mod expression;
mod resolve;
mod words;

pub(crate) use words::number;

use crate::PartialDate;
use crate::clause::Clauses;
use crate::coding::Flags;
use crate::draft::Draft;
use crate::tree::Tree;
use attach::Attachment;
use expression::{Expression, Told};
use jiff::civil::Date;
use resolve::{Meant, Tense};
use std::ops::Range;

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

/// The words of time of one sentence.
pub(crate) struct Times {
    published: Option<Date>,
    all: Vec<(Expression, Attachment)>,
}

impl Times {
    /// Reads the words of time of a sentence.
    pub(crate) fn read(tree: Tree<'_>, sentence: Range<usize>, published: Option<Date>) -> Self {
        let words = tree.words(sentence.clone());
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let all = expression::scan(&words).into_iter().map(|found| {
            let tokens = sentence.start + found.words.start..sentence.start + found.words.end;
            let attachment = attach::attach(tree, &tokens);
            (found, attachment)
        });
        Self {
            published,
            all: all.collect(),
        }
    }

    /// When the event of a draft happened.
    pub(crate) fn of(&self, draft: &Draft, clauses: &Clauses, tree: Tree<'_>) -> When {
        match self.told(draft, clauses, tree) {
            Some(meant) => self.when(meant),
            None => self.untold(draft.flags),
        }
    }

    fn told(&self, draft: &Draft, clauses: &Clauses, tree: Tree<'_>) -> Option<Meant> {
        if self.all.is_empty() {
            return None;
        }
        let tense = |verb: usize| {
            let own = clauses
                .of(verb)
                .map_or(Tense::Open, |clause| attach::tense(tree, clauses, clause));
            if draft.flags.future && verb == draft.verb {
                Tense::Ahead
            } else {
                own
            }
        };
        // "Monday's talks": beside the noun that names the event.
        let beside_noun = |at: &Attachment| at.noun == Some(draft.trigger);
        if let Some(meant) = self.best(beside_noun, tense(draft.verb)) {
            return Some(meant);
        }
        let mut found = self.best(|at| at.loose && at.verb == Some(draft.verb), tense(draft.verb));
        let mut clause = clauses.of(draft.verb);
        if let Some(own) = clause.filter(|clause| found.is_none() && attach::is_done_by(&clause.lemma)) {
            let below =
                |at: &Attachment| at.loose && at.verb.is_some_and(|verb| own.complements.contains(&verb));
            found = self.best(below, tense(draft.verb));
        }
        for _ in 0..20 {
            // What will be done on Friday was agreed on today: the day of the agreement is the event's, if it is told.
            let settled = found.is_some_and(|meant| !self.when(meant).later);
            let Some(below) = clause.filter(|_| !settled) else {
                break;
            };
            let Some(above) = attach::shared(tree, clauses, below) else {
                break;
            };
            let shared = self.best(|at| at.loose && at.verb == Some(above.verb), tense(above.verb));
            if found.is_none() || shared.is_some_and(|meant| !self.when(meant).later) {
                found = shared.or(found);
            }
            clause = Some(above);
        }
        found.or_else(|| self.best(|at| at.verb.is_none(), Tense::Open))
    }

    /// The first full day among those that hang so, else the first time at all.
    fn best(&self, hangs: impl Fn(&Attachment) -> bool, tense: Tense) -> Option<Meant> {
        let mut best: Option<Meant> = None;
        let mut earlier = None;
        for (expression, attachment) in &self.all {
            let meant = resolve::resolve(expression.told, self.published, tense, earlier);
            let day = meant.date.to_date();
            if !matches!(expression.told, Told::Shift(_)) {
                earlier = day.or(earlier);
            }
            if hangs(attachment) && best.is_none_or(|known| known.date.to_date().is_none() && day.is_some()) {
                best = Some(meant);
            }
        }
        best
    }

    fn when(&self, meant: Meant) -> When {
        let distance = |day: Date| self.published.map(|published| (day - published).get_days());
        let first = meant.days.and_then(|(first, _)| distance(first));
        let last = meant.days.and_then(|(_, last)| distance(last));
        When {
            date: meant.date,
            background: meant.long_ago || last.is_some_and(|days| days < -BACKGROUND_DAYS),
            later: meant.ahead || first.is_some_and(|days| days > 0),
            told: true,
        }
    }

    fn untold(&self, flags: Flags) -> When {
        When {
            date: match self.published {
                Some(day) if !flags.future && !flags.historical => PartialDate::full(day),
                _ => PartialDate::default(),
            },
            background: false,
            later: false,
            told: false,
        }
    }
}

/// A date in words: "September 13, 2023", "13 September 2023", "Sept. 13 2023".
pub(crate) fn written_date(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    expression::scan(&words)
        .into_iter()
        .filter_map(|found| {
            resolve::resolve(found.told, None, Tense::Open, None)
                .date
                .to_date()
        })
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_written_date_is_read_whatever_its_order() {
        for text in [
            "Wednesday, September 13, 2023",
            "13 September 2023",
            "Sept. 13 2023",
            "Published: 13th of September 2023",
        ] {
            assert_eq!(written_date(text), Some(date(2023, 9, 13)), "{text}");
        }
        assert_eq!(written_date("September"), None);
        assert_eq!(written_date("13 September"), None);
    }

    #[test]
    fn what_is_told_is_background_or_ahead_by_its_nearest_day() {
        let times = Times {
            published: Some(date(2023, 1, 10)),
            all: vec![],
        };
        let when = |told| times.when(resolve::resolve(told, times.published, Tense::Past, None));
        assert!(!when(Told::Year(2022)).background);
        assert!(when(Told::Year(2021)).background);
        assert!(
            !when(Told::Calendar {
                year: 2022,
                month: 11,
                day: 20
            })
            .background
        );
        assert!(
            when(Told::Calendar {
                year: 2022,
                month: 10,
                day: 20
            })
            .background
        );
        assert!(when(Told::Days(1)).later && !when(Told::Days(0)).later && !when(Told::Year(2023)).later);
    }
}
