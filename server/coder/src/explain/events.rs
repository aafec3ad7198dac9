//! What became of each event that was found: what changed it, why it was left out, or how it came out.

use super::{Told, at, step};
use crate::coding::{CodedEvent, PartialDate};
use crate::draft::{Draft, Turn};
use crate::lexicon::Data;
use crate::operator::Carrier;
use crate::trace::{Abstention, Step, StepKind};
use crate::tree::Tree;
use crate::verb::Meaning;
use crate::words::WordSet;
use crate::{Flags, Party};

/// The changes of each draft, and how it ended.
pub(super) fn events(told: &Told<'_>, tree: Tree<'_>, data: &Data, steps: &mut Vec<Step>) {
    let mut coded = told.events.iter();
    for draft in told.drafts {
        for turn in &draft.turns {
            steps.push(step(StepKind::Change, change(turn, draft, told, tree, data)));
        }
        match draft.dropped {
            Some(reason) => {
                let mut text = format!(
                    "{} left out: {reason}: {}",
                    short(draft, tree),
                    reason.description()
                );
                if reason == Abstention::Figurative {
                    text += &signs(told, tree, data);
                }
                steps.push(step(StepKind::Dropped, text));
            }
            None => steps.extend(coded.next().map(|event| step(StepKind::Event, whole(event)))),
        }
    }
}

/// "agreed" makes of CONSULT AGREE, promise, operators.txt:14:1
fn change(turn: &Turn, draft: &Draft, told: &Told<'_>, tree: Tree<'_>, data: &Data) -> String {
    let (word, source) = carrier(turn, told, tree, data);
    let became = match turn.after {
        None => format!("leaves {} out", meaning(turn.before)),
        Some(after) if after == turn.before => format!("lets {} stand", meaning(after)),
        Some(after) => format!("makes {} of {}", meaning(after), meaning(turn.before)),
    };
    let what = tree.word(draft.trigger);
    format!("{word} over \"{what}\" {became}{source}")
}

/// The word that changed a draft, and the line of the data that says so.
fn carrier(turn: &Turn, told: &Told<'_>, tree: Tree<'_>, data: &Data) -> (String, String) {
    let clause = told.clauses.of(turn.verb);
    let Some(operator) = turn.operator else {
        let word = match clause {
            Some(clause) if clause.negated && clause.modal.is_none() => "\"not\"",
            Some(clause) if clause.negated => "a modal verb with \"not\"",
            _ => "a modal verb",
        };
        return (word.to_owned(), ", a rule of the program".to_owned());
    };
    let lemma = clause.map_or_else(|| tree.lemma(turn.verb), |clause| clause.lemma.clone());
    let governor = turn.governor.filter(|governor| *governor != turn.verb);
    let other = governor.into_iter().flat_map(|token| {
        [Carrier::Adjective, Carrier::Noun].map(|carrier| (carrier, token, tree.lemma(token)))
    });
    let found = other
        .chain([(Carrier::Verb, turn.verb, lemma)])
        .find(|(carrier, _, word)| data.operators.get(*carrier, word) == Some(operator));
    match found {
        Some((carrier, token, word)) => {
            let line = data.operators.line(carrier, &word).unwrap_or_default();
            let place = data.sources.place("operators.txt", line);
            let source = format!(", {}, {}", operator.name(), at(&place, &word));
            (format!("\"{}\"", tree.word(token)), source)
        }
        None => (
            format!("\"{}\"", tree.word(turn.verb)),
            format!(", {}", operator.name()),
        ),
    }
}

fn meaning(meaning: Meaning) -> String {
    match meaning.mode {
        Some(mode) => format!("{}/{mode}", meaning.event_type),
        None => meaning.event_type.to_string(),
    }
}

fn short(draft: &Draft, tree: Tree<'_>) -> String {
    format!(
        "\"{}\" {}: {} -> {}",
        tree.word(draft.trigger),
        meaning(draft.meaning),
        parties(&draft.actors),
        parties(&draft.recipients)
    )
}

/// Everything about an event, in one line.
fn whole(event: &CodedEvent) -> String {
    let mode = event.mode.map(|mode| format!("/{mode}")).unwrap_or_default();
    let mut text = format!(
        "{}{mode} (CAMEO {}): {} -> {}",
        event.event_type,
        event.cameo,
        parties(&event.actors),
        parties(&event.recipients)
    );
    let Flags {
        historical,
        future,
        hypothetical,
        negated,
    } = event.flags;
    let flags = [
        (historical, "historical"),
        (future, "future"),
        (hypothetical, "hypothetical"),
        (negated, "negated"),
    ];
    for (_, flag) in flags.iter().filter(|(set, _)| *set) {
        text += &format!("; {flag}");
    }
    text += &format!("; date {}", date(event.date));
    if let Some(place) = &event.place {
        text += &format!("; place {} {}", place.name, place.country);
    }
    let topics: Vec<&str> = event.topics.iter().map(|topic| topic.as_str()).collect();
    if !topics.is_empty() {
        text += &format!("; topics {}", topics.join(" "));
    }
    let numbers = [
        (event.magnitude.killed, "killed"),
        (event.magnitude.wounded, "wounded"),
        (event.magnitude.arrested, "arrested"),
    ];
    for (number, name) in numbers.iter().filter(|(number, _)| *number > 0) {
        text += &format!("; {name} {number}");
    }
    text + &format!(
        "; intensity {}; confidence {:.2}",
        event.intensity, event.confidence
    )
}

fn date(date: PartialDate) -> String {
    let part = |number: i16, width: usize| match number {
        0 => "?".repeat(width),
        number => format!("{number:0width$}"),
    };
    if date == PartialDate::default() {
        return "unknown".to_owned();
    }
    format!(
        "{}-{}-{}",
        part(date.year, 4),
        part(date.month.into(), 2),
        part(date.day.into(), 2)
    )
}

fn parties(parties: &[Party]) -> String {
    let one = |party: &Party| {
        let printed = if party.text == party.name {
            String::new()
        } else {
            format!(" \"{}\"", party.text)
        };
        format!("{} [{}]{printed}", party.name, party.code())
    };
    if parties.is_empty() {
        return "nobody".to_owned();
    }
    parties.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The words that make a sentence one of sport, markets, weather or art.
fn signs(told: &Told<'_>, tree: Tree<'_>, data: &Data) -> String {
    let classes: [(&str, &WordSet); 7] = [
        ("%sport", &data.sport),
        ("%sport-hint", &data.sport_hint),
        ("%market", &data.market),
        ("%market-hint", &data.market_hint),
        ("%weather", &data.weather),
        ("%culture", &data.culture),
        ("%culture-hint", &data.culture_hint),
    ];
    let mut found = Vec::new();
    for i in told.tokens.clone() {
        let lemma = tree.lemma(i);
        for (name, class) in classes {
            if class.contains(&lemma, |modifier| tree.has_modifier(i, modifier)) {
                found.push(format!("\"{}\" {name}", tree.word(i)));
            }
        }
    }
    format!(", by the words {}", found.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_parts_of_a_day_are_shown_as_such() {
        let month = PartialDate {
            year: 2023,
            month: 9,
            day: 0,
        };
        assert_eq!(date(month), "2023-09-??");
        assert_eq!(date(PartialDate::default()), "unknown");
    }
}
