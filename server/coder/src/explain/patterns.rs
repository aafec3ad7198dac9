//! Which lines of the data fit the clauses and nouns of a sentence, and which words have none.

use super::{Told, at, step};
use crate::clause::Clause;
use crate::draft::Source;
use crate::operator::Carrier;
use crate::roles::Roles;
use crate::trace::{Step, StepKind};
use crate::tree::is_verb;
use crate::verb::matcher::best;

/// One step for each clause, and one for each event that another file or a rule of the program found.
pub(super) fn patterns(told: &Told<'_>, roles: &mut Roles<'_, '_>, steps: &mut Vec<Step>) {
    let mut all: Vec<&Clause> = told.clauses.list.iter().collect();
    all.sort_by_key(|clause| clause.verb);
    for clause in all {
        steps.extend(of_clause(clause, roles).map(|text| step(StepKind::Pattern, text)));
    }
    let (tree, sources) = (roles.tree, &roles.data.sources);
    for draft in told.drafts {
        let text = match draft.source {
            Source::Line("verbs.txt", _) => continue,
            Source::Line(file, line) => {
                let place = sources.place(file, line);
                let noun = named_by(&place.text, told, roles, draft.trigger);
                format!("\"{noun}\" fits {}", super::line(&place, &noun))
            }
            Source::Rule(rule) => format!("\"{}\": {rule}", tree.word(draft.trigger)),
        };
        steps.push(step(StepKind::Pattern, text));
    }
}

fn of_clause(clause: &Clause, roles: &mut Roles<'_, '_>) -> Option<String> {
    let data = roles.data;
    let word = roles.tree.word(clause.verb);
    if let Some((_, pattern)) = best(data, clause, roles) {
        let place = data.sources.place("verbs.txt", pattern.line);
        return Some(format!(
            "\"{word}\" fits {}  {}",
            place.text,
            at(&place, &clause.lemma)
        ));
    }
    let lines = data.verbs.patterns(&clause.lemma);
    let mut parts = Vec::new();
    match lines {
        // An auxiliary or a noun that heads a clause is no word for the file.
        [] if !is_verb(roles.tree.tag(clause.verb)) => return None,
        [] => parts.push(format!("verbs.txt has no line for \"{}\"", clause.lemma)),
        [first, ..] => {
            let place = data.sources.place("verbs.txt", first.line);
            let all = lines.len();
            let first = at(&place, &clause.lemma);
            parts.push(format!(
                "\"{word}\" fits none of the {all} lines for it, the first at {first}"
            ));
        }
    }
    if data.light.has(&clause.lemma) {
        parts.push("it is of the class %light, so that its object may name the event".to_owned());
    }
    if data.happen.has(&clause.lemma) {
        parts.push("it is of the class %happen, so that its subject may name the event".to_owned());
    }
    if let Some(line) = data.operators.line(Carrier::Verb, &clause.lemma) {
        let place = data.sources.place("operators.txt", line);
        let kind = data
            .operators
            .get(Carrier::Verb, &clause.lemma)
            .map(|operator| operator.name());
        parts.push(format!(
            "it is {} for what it governs, {}",
            kind.unwrap_or("?"),
            at(&place, &clause.lemma)
        ));
    }
    Some(parts.join("; "))
}

/// The noun of the sentence that a line of nouns begins with; beside a light verb the trigger is the verb.
fn named_by(line: &str, told: &Told<'_>, roles: &Roles<'_, '_>, trigger: usize) -> String {
    let tree = roles.tree;
    let nouns: Vec<&str> = line
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .split('|')
        .collect();
    let near = |&i: &usize| i.abs_diff(trigger);
    let named = |i: usize| {
        let lemma = tree.lemma(i);
        let has = |noun: &&str| match noun.rsplit_once('_') {
            Some((modifier, head)) => head == lemma && tree.has_modifier(i, modifier),
            None => *noun == lemma,
        };
        nouns.iter().find(|noun| has(noun)).map(|noun| (*noun).to_owned())
    };
    let mut tokens: Vec<usize> = told.tokens.clone().collect();
    tokens.sort_by_key(near);
    tokens
        .into_iter()
        .find_map(named)
        .unwrap_or_else(|| tree.word(trigger).to_owned())
}
