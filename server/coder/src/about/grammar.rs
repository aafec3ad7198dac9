//! Reading `topics.txt`; its grammar stands at its top.

use super::circumstance::Circumstance;
use super::{Scale, Strength, Topics, Vote};
use crate::table::{self, Field, Line};
use crate::{LoadError, Topic};

/// The strengths by name.
const STRENGTHS: [(&str, Strength); 3] = [
    ("sure", Strength::Sure),
    ("hint", Strength::Hint),
    ("else", Strength::Else),
];
/// The numbers that `let` sets.
const NUMBERS: [&str; 7] = ["sure", "hint", "article", "aside", "given", "share", "most"];

impl Topics {
    /// Reads `topics.txt`.
    ///
    /// # Errors
    /// A line that is not `TOPIC STRENGTH: entry, entry`, `none: phrase, phrase` or `let NAME = NUMBER`; an unknown topic, strength,
    /// event type or sector; an entry that stands twice under a topic. With its place, and what may have been meant.
    pub(crate) fn load(file: &str, content: &str) -> Result<Self, LoadError> {
        let mut topics = Topics::default();
        for line in table::lines(file, content) {
            let whole = line.whole();
            let mut words = whole.split_whitespace();
            if words.next().is_some_and(|first| first.text == "let") {
                topics.scale.set(line)?;
                continue;
            }
            let (head, entries) = match whole.split_once(':') {
                Some((head, entries)) => (head, Some(entries)),
                None => (whole, None),
            };
            let (name, strength) = subject(head)?;
            let Some(entries) = entries else {
                return Err(whole.error("`:` is missing; write `topic sure: phrase, phrase`"));
            };
            let vote = name.map(|topic| Vote {
                topic,
                strength,
                line: line.number(),
            });
            for entry in entries.split(|c| c == ',') {
                topics.add(entry, vote)?;
            }
        }
        Ok(topics)
    }

    fn add(&mut self, entry: Field<'_>, vote: Option<Vote>) -> Result<(), LoadError> {
        let Some(first) = entry.split_whitespace().next() else {
            return Ok(());
        };
        let circumstance = Circumstance::is_one(entry.text.trim());
        match (circumstance, vote) {
            (true, Some(vote)) => {
                let read = Circumstance::read(entry)?;
                self.circumstances.push((read, vote));
                Ok(())
            }
            (true, None) => Err(first.error("only phrases stand behind `none:`")),
            (false, Some(vote)) if vote.strength == Strength::Else => {
                let told = "only event types and sectors stand behind `else:`; write a phrase behind `sure:` or `hint:`";
                Err(first.error(told))
            }
            (false, vote) => match self.phrases.add(entry.text, vote) {
                None => Ok(()),
                Some(before) => Err(first.error(format!(
                    "\"{}\" stands under this topic already, in line {before}; keep one",
                    entry.text.trim()
                ))),
            },
        }
    }
}

/// The topic (none for `none`) and the strength before the colon.
fn subject(head: Field<'_>) -> Result<(Option<Topic>, Strength), LoadError> {
    let mut words = head.split_whitespace();
    let Some(name) = words.next() else {
        return Err(head.error("the topic is missing; write `topic sure: phrase, phrase`"));
    };
    let strength = words.next();
    if let Some(extra) = words.next() {
        return Err(extra.error("the colon is missing or too late; write `topic sure: phrase, phrase`"));
    }
    if name.text == "none" {
        return match strength {
            None => Ok((None, Strength::Sure)),
            Some(strength) => Err(strength.error("`none` has no strength; write `none: phrase, phrase`")),
        };
    }
    let topic: Topic = match name.text.parse() {
        Ok(topic) => topic,
        Err(_) => {
            let known = Topic::ALL.iter().map(|topic| topic.as_str());
            let hint = meant(name.text, known.chain(["none", "let"]));
            return Err(name.error(format!("unknown topic \"{}\"; {hint}", name.text)));
        }
    };
    let Some(strength) = strength else {
        return Err(name.error(format!(
            "the strength is missing; write `{topic} sure:` or `{topic} hint:`"
        )));
    };
    match STRENGTHS.iter().find(|(known, _)| *known == strength.text) {
        Some(&(_, strength)) => Ok((Some(topic), strength)),
        None => {
            let hint = meant(strength.text, STRENGTHS.iter().map(|(known, _)| *known));
            Err(strength.error(format!("unknown strength \"{}\"; {hint}", strength.text)))
        }
    }
}

impl Scale {
    /// Reads `let NAME = NUMBER`.
    fn set(&mut self, line: Line<'_>) -> Result<(), LoadError> {
        let (left, right) = line.halves("=", "write `let NAME = NUMBER`")?;
        let Some(name) = left.split_whitespace().nth(1) else {
            return Err(left.error("the name is missing; write `let NAME = NUMBER`"));
        };
        let Some(value) = right.split_whitespace().next() else {
            return Err(right.error("the number is missing; write `let NAME = NUMBER`"));
        };
        let Some(number) = value.text.parse().ok().filter(|number| *number <= 1000) else {
            return Err(value.error(format!("\"{}\" is no whole number from 0 to 1000", value.text)));
        };
        let place = match name.text {
            "sure" => &mut self.sure,
            "hint" => &mut self.hint,
            "article" => &mut self.article,
            "aside" => &mut self.aside,
            "given" => &mut self.given,
            "share" => &mut self.share,
            "most" => &mut self.most,
            other => {
                let hint = meant(other, NUMBERS.into_iter());
                return Err(name.error(format!("unknown number \"{other}\"; {hint}")));
            }
        };
        *place = number;
        Ok(())
    }
}

/// "did you mean \"military\"?", or the names there are.
pub(super) fn meant<'a>(written: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let written = written.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &written);
    let nearest = known.clone().min_by_key(|name| distance(name));
    match nearest {
        Some(name) if distance(name) <= 1 + written.chars().count() / 4 => {
            format!("did you mean \"{name}\"?")
        }
        _ => format!("write one of: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_refused_with_their_place_and_what_was_meant() {
        let cases = [
            (
                "militray sure: tank",
                "t:1:1: unknown topic \"militray\"; did you mean \"military\"?",
            ),
            (
                "# x\nmilitary shure: tank",
                "t:2:10: unknown strength \"shure\"; did you mean \"sure\"?",
            ),
            (
                "military: tank",
                "t:1:1: the strength is missing; write `military sure:` or `military hint:`",
            ),
            (
                "military sure tank",
                "t:1:15: the colon is missing or too late; write `topic sure: phrase, phrase`",
            ),
            (
                "military sure",
                "t:1:1: `:` is missing; write `topic sure: phrase, phrase`",
            ),
            (
                "military hint: tank, ASSUALT/aerial",
                "t:1:22: unknown event type or sector \"ASSUALT\"; did you mean \"ASSAULT\"?",
            ),
            (
                "military hint: ASSAULT/arial",
                "t:1:16: ASSAULT has no mode \"arial\"; did you mean \"aerial\"?",
            ),
            (
                "legal sure: court\nlegal hint: trial, court",
                "t:2:20: \"court\" stands under this topic already, in line 1; keep one",
            ),
            (
                "none hint: court",
                "t:1:6: `none` has no strength; write `none: phrase, phrase`",
            ),
            ("none: JUD", "t:1:7: only phrases stand behind `none:`"),
            (
                "let shure = 4",
                "t:1:5: unknown number \"shure\"; did you mean \"sure\"?",
            ),
            (
                "let sure = many",
                "t:1:12: \"many\" is no whole number from 0 to 1000",
            ),
            (
                "legal else: court",
                "t:1:13: only event types and sectors stand behind `else:`; write a phrase behind `sure:` or `hint:`",
            ),
        ];
        for (content, expected) in cases {
            let error = Topics::load("t", content).expect_err(content);
            assert_eq!(error.to_string(), expected, "{content}");
        }
    }

    #[test]
    fn numbers_are_set_by_let() {
        let topics = Topics::load("t", "let most = 2\n").expect("loads");
        assert_eq!(topics.scale.most, 2);
        assert_eq!(topics.scale.sure, Scale::default().sure);
    }
}
