//! Pronouns: which phrases fit each of them.

use dateline_parser::Dep;

use super::memory::DocumentMemory;
use super::phrase::{Found, Nature, Scene, Sort};
use super::trail::Trail;
use crate::Party;

/// What only an actor can be: in "it is ready to talk" the pronoun stands for somebody.
const WILLING: [&str; 12] = [
    "willing",
    "ready",
    "prepared",
    "unwilling",
    "able",
    "unable",
    "open",
    "opposed",
    "eager",
    "committed",
    "determined",
    "reluctant",
];

impl DocumentMemory<'_> {
    /// The party a pronoun stands for; `None` unless it is clear.
    pub(super) fn pronoun(&mut self, scene: &Scene<'_>, token: usize, why: &mut Trail) -> Option<Found> {
        let word = scene.lower(token);
        let found = match word.as_str() {
            "he" | "him" | "his" | "himself" => {
                self.antecedent(scene, token, &|seen| is_person(seen.nature, false))
            }
            "she" | "her" | "hers" | "herself" => {
                self.antecedent(scene, token, &|seen| is_person(seen.nature, true))
            }
            "it" | "its" | "itself" => {
                if is_expletive(scene, token) {
                    return None;
                }
                self.antecedent(scene, token, &|seen| seen.nature == Nature::Body)
            }
            "they" | "them" | "their" | "theirs" | "themselves" => self
                .antecedent(scene, token, &|seen| {
                    let armed = seen.sort == Sort::Armed && seen.subject;
                    (seen.nature == Nature::Several || armed) && !seen.part
                })
                .or_else(|| self.both_of_sentence(scene, token))
                .or_else(|| self.governing_subject(scene, token, &|seen| seen.nature == Nature::Body))
                .or_else(|| {
                    self.antecedent(scene, token, &|seen| {
                        seen.sort == Sort::Organisation && seen.subject
                    })
                }),
            "i" | "me" | "my" | "we" | "us" | "our" => self.governing_subject(scene, token, &|_| true),
            _ => None,
        };
        let text = scene.word(token).to_owned();
        let Some((seen, reason)) = found.filter(|(seen, _)| !seen.parties.is_empty()) else {
            why.lost(&text, || "nothing fits, or more than one thing".to_owned());
            return None;
        };
        let parties: Vec<Party> = seen
            .parties
            .iter()
            .map(|party| Party {
                text: text.clone(),
                ..party.clone()
            })
            .collect();
        // A person of whom the text says "she" is a woman from there on.
        let female = match word.as_str() {
            "he" | "him" | "his" | "himself" => Some(false),
            "she" | "her" | "hers" | "herself" => Some(true),
            _ => None,
        };
        if let (Some(female), [party]) = (female, &parties[..])
            && let Some(known) = self.persons.iter_mut().find(|known| known.name == party.name)
        {
            known.female = known.female.or(Some(female));
        }
        why.found(&text, &parties, || reason.to_owned());
        Some(Found::new(parties, seen.nature, seen.sort))
    }
}

fn is_person(nature: Nature, female: bool) -> bool {
    matches!(nature, Nature::Person(known) if known.is_none_or(|known| known == female))
}

/// "it is likely that", "it rained".
fn is_expletive(scene: &Scene<'_>, token: usize) -> bool {
    let verb = scene.doc.tokens[token].head;
    let opinion = |token: usize| {
        matches!(scene.dep(token), Dep::Acomp | Dep::Attr) && !WILLING.contains(&scene.lower(token).as_str())
    };
    let says_nothing = scene.lemma(verb) == "be" && scene.doc.children(verb).any(opinion);
    scene.dep(token) == Dep::Expl || (scene.dep(token) == Dep::Nsubj && says_nothing)
}
