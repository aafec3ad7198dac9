//! The grammar of a sentence as the coder understood it: its tokens, and its verbs with what stands in their places.

use super::{phrase, step};
use crate::clause::{Clause, Clauses, Modal};
use crate::trace::{Step, StepKind};
use crate::tree::Tree;
use std::ops::Range;

/// One step for each token: word, lemma, tag, relation and head, in columns.
pub(super) fn tree(tree: Tree<'_>, tokens: Range<usize>, steps: &mut Vec<Step>) {
    let words = || tokens.clone().filter(|&i| !tree.word(i).trim().is_empty());
    let width = |of: &dyn Fn(usize) -> usize| words().map(of).max().unwrap_or(0).min(24);
    let word = width(&|i| tree.word(i).chars().count());
    let lemma = width(&|i| tree.lemma(i).chars().count());
    for i in words() {
        let (tag, dep) = (tree.tag(i), tree.dep(i));
        let head = match tree.head(i) {
            head if head == i => String::new(),
            head => format!(" of {}", tree.word(head)),
        };
        let text = format!(
            "{:word$}  {:lemma$}  {tag:5} {dep}{head}",
            tree.word(i),
            tree.lemma(i)
        );
        steps.push(step(StepKind::Tree, text));
    }
}

/// One step for each clause, in the order of the verbs.
pub(super) fn clauses(tree: Tree<'_>, clauses: &Clauses, steps: &mut Vec<Step>) {
    let mut all: Vec<&Clause> = clauses.list.iter().collect();
    all.sort_by_key(|clause| clause.verb);
    for clause in all {
        steps.push(step(StepKind::Clause, told(tree, clause)));
    }
}

/// "meet: subj North Korean leader Kim | obj Putin | in Moscow (not)": by the names of places that `verbs.txt` uses.
fn told(tree: Tree<'_>, clause: &Clause) -> String {
    let verb = match &clause.particle {
        Some(particle) => format!("{}+{particle}", clause.lemma),
        None => clause.lemma.clone(),
    };
    let mut places = Vec::new();
    let mut add = |name: &str, heads: &[usize], show: &dyn Fn(usize) -> String| {
        if !heads.is_empty() {
            let words: Vec<String> = heads.iter().map(|&head| show(head)).collect();
            places.push(format!("{name} {}", words.join(", ")));
        }
    };
    let noun = |head| phrase(tree, head);
    add("subj", &clause.subjects, &noun);
    add("obj", &clause.objects, &noun);
    add("iobj", &clause.indirect, &noun);
    add("pred", &clause.predicates, &noun);
    add("comp", &clause.complements, &|verb| tree.lemma(verb));
    for (prep, head) in &clause.preps {
        add(prep, &[*head], &noun);
    }
    let behind: Vec<(String, usize)> = clause
        .objects
        .iter()
        .flat_map(|&object| tree.noun_preps(object))
        .collect();
    for (prep, head) in &behind {
        add(prep, &[*head], &noun);
    }
    let modal = clause.modal.map(|modal| match modal {
        Modal::Will => "will",
        Modal::Would => "would",
        Modal::May => "may",
        Modal::Must => "must",
    });
    let marks: Vec<&str> = [
        clause.passive.then_some("passive"),
        clause.negated.then_some("not"),
        clause.past_perfect.then_some("had"),
        modal,
        clause.mark.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let marks = if marks.is_empty() {
        String::new()
    } else {
        format!(" ({})", marks.join(", "))
    };
    let gap = if places.is_empty() { "" } else { ": " };
    format!("{verb}{gap}{}{marks}", places.join(" | "))
}
