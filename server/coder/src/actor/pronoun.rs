//! Pronouns, and pairs such as "the two leaders": what was named shortly before.

use dateline_parser::{Dep, Tag};

use super::memory::{DocumentMemory, Seen};
use super::phrase::{Found, Nature, Scene};
use crate::Party;

/// Nouns for persons that "the two ..." may gather.
const PERSONS: [&str; 8] = [
    "leader",
    "president",
    "minister",
    "man",
    "official",
    "diplomat",
    "head",
    "premier",
];
/// Nouns for states and sides that "the two ..." may gather.
const SIDES: [&str; 15] = [
    "country",
    "nation",
    "side",
    "regime",
    "government",
    "neighbor",
    "neighbour",
    "party",
    "foe",
    "state",
    "rival",
    "power",
    "ally",
    "capital",
    "enemy",
];

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
    pub(super) fn pronoun(
        &mut self,
        scene: &Scene<'_>,
        token: usize,
        why: &mut Vec<String>,
    ) -> Option<Found> {
        let word = scene.lower(token);
        let seen = match word.as_str() {
            "he" | "him" | "his" | "himself" => {
                self.antecedent(scene, token, |nature| is_person(nature, false))
            }
            "she" | "her" | "hers" | "herself" => {
                self.antecedent(scene, token, |nature| is_person(nature, true))
            }
            "it" | "its" | "itself" => {
                if is_expletive(scene, token) {
                    return None;
                }
                self.antecedent(scene, token, |nature| nature == Nature::Body)
            }
            "they" | "them" | "their" | "themselves" => self
                .antecedent(scene, token, |nature| nature == Nature::Several)
                .or_else(|| self.governing_subject(scene, token, |nature| nature == Nature::Body)),
            "i" | "me" | "my" | "we" | "us" | "our" => self.governing_subject(scene, token, |_| true),
            _ => None,
        }?;
        let text = scene.word(token).to_owned();
        let parties: Vec<Party> = seen
            .parties
            .iter()
            .map(|party| Party {
                text: text.clone(),
                ..party.clone()
            })
            .collect();
        let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
        why.push(format!("\"{text}\" is {}", names.join(" and ")));
        Some(Found {
            parties,
            nature: seen.nature,
        })
    }

    /// "the two leaders", "both countries", "the two sides": the last two that were named.
    pub(super) fn pair(&mut self, scene: &Scene<'_>, head: usize, why: &mut Vec<String>) -> Option<Found> {
        let start = scene.start_of(head);
        let words: Vec<String> = (start.saturating_sub(1)..=head)
            .map(|token| scene.lower(token))
            .collect();
        let two = words
            .iter()
            .any(|word| matches!(word.as_str(), "two" | "both" | "2"));
        let lemma = scene.lemma(head);
        let persons = PERSONS.contains(&lemma.as_str());
        let bare = head == start || matches!(scene.tag(head), Tag::CD | Tag::DT);
        let whole = bare && two && matches!(lemma.as_str(), "two" | "both");
        let plural = matches!(scene.tag(head), Tag::NNS | Tag::NNPS);
        if !two || !(whole || plural && (persons || SIDES.contains(&lemma.as_str()))) {
            return None;
        }
        if !scene.prepositions(head).is_empty() {
            return None;
        }
        if scene
            .mentions
            .names
            .iter()
            .any(|name| name.tokens.start >= start && name.tokens.end <= head)
        {
            return None;
        }
        let parties = self.last_two(head, persons)?;
        let text = scene.printed(start, head);
        let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
        why.push(format!("\"{text}\" are {}", names.join(" and ")));
        let parties = parties
            .into_iter()
            .map(|party| Party {
                text: text.clone(),
                ..party
            })
            .collect();
        Some(Found {
            parties,
            nature: Nature::Several,
        })
    }

    /// Two persons, or parties of two countries, from the nearest sentence that completes a pair; none if three stand
    /// there to choose from.
    fn last_two(&self, head: usize, persons: bool) -> Option<Vec<Party>> {
        let mut pair: Vec<Party> = Vec::new();
        for (age, sentence) in self.recent.iter().enumerate() {
            for seen in sentence.iter().filter(|seen| age > 0 || seen.token < head) {
                if persons && !matches!(seen.nature, Nature::Person(_)) {
                    continue;
                }
                for party in &seen.parties {
                    let known = pair.iter().any(|other| {
                        if persons {
                            other.name == party.name
                        } else {
                            other.country == party.country
                        }
                    });
                    if !known && !party.country.is_empty() {
                        pair.push(self.as_side(party, persons));
                    }
                }
            }
            match pair.len() {
                0 | 1 => {}
                2 => return Some(pair),
                _ => return None,
            }
        }
        None
    }

    /// Among countries a person counts as the country.
    fn as_side(&self, party: &Party, persons: bool) -> Party {
        match self.gazetteer.country(&party.country) {
            Some(entry) if !persons => Party {
                name: entry.name_on(self.published).to_owned(),
                text: String::new(),
                country: party.country.clone(),
                sectors: Vec::new(),
            },
            _ => party.clone(),
        }
    }

    /// What a third-person pronoun points at: the subject that governs its clause, the only fitting phrase before it
    /// in the sentence, the subject of the sentence before, the only fitting phrase there.
    fn antecedent(&self, scene: &Scene<'_>, token: usize, fits: impl Fn(Nature) -> bool) -> Option<Seen> {
        if let Some(seen) = self.governing_subject(scene, token, &fits) {
            return Some(seen);
        }
        let before = |seen: &&Seen| {
            fits(seen.nature)
                && seen.token < token
                && !governs(scene, seen.token, token)
                && !acts_on(scene, seen.token, token)
        };
        let present: Vec<&Seen> = self.recent.front()?.iter().filter(before).collect();
        if let Some(seen) = only(&present) {
            return Some(seen);
        }
        if !present.is_empty() {
            return only(
                &present
                    .into_iter()
                    .filter(|seen| seen.subject)
                    .collect::<Vec<_>>(),
            );
        }
        for sentence in self.recent.iter().skip(1) {
            let fitting: Vec<&Seen> = sentence.iter().filter(|seen| fits(seen.nature)).collect();
            let subjects: Vec<&Seen> = fitting.iter().copied().filter(|seen| seen.subject).collect();
            if let Some(seen) = subjects.first().filter(|_| only(&subjects).is_some()) {
                return Some((*seen).clone());
            }
            if !fitting.is_empty() {
                return only(&fitting);
            }
        }
        None
    }

    /// The subject of the nearest clause above the pronoun that is not the pronoun's own: "*Hungary* said it will ...";
    /// for a possessive also its own clause: "*Syria* offered its troops".
    fn governing_subject(
        &self,
        scene: &Scene<'_>,
        token: usize,
        fits: impl Fn(Nature) -> bool,
    ) -> Option<Seen> {
        let possessive = scene.tag(token) == Tag::PRPS;
        let present = self.recent.front()?;
        let mut below = token;
        for above in scene.doc.ancestors(token) {
            let own_clause = scene.dep(token) != Dep::Poss && scene.doc.tokens[token].head == above;
            let subject = scene.doc.children(above).find(|&i| {
                matches!(scene.dep(i), Dep::Nsubj | Dep::NsubjPass) && i != below && i != token && i < token
            });
            let usable = subject.filter(|_| !own_clause || possessive);
            if let Some(subject) = usable {
                let seen = present.iter().find(|seen| seen.token == subject);
                if let Some(seen) = seen.filter(|seen| fits(seen.nature)) {
                    let coordinated: Vec<&Seen> = present
                        .iter()
                        .filter(|other| {
                            scene.doc.tokens[other.token].head == subject
                                && scene.dep(other.token) == Dep::Conj
                        })
                        .collect();
                    let mut seen = seen.clone();
                    let singular = matches!(
                        scene.lower(token).as_str(),
                        "it" | "its" | "he" | "she" | "his" | "her"
                    );
                    if singular && !coordinated.is_empty() {
                        return None;
                    }
                    for other in coordinated {
                        seen.parties.extend(other.parties.iter().cloned());
                    }
                    return Some(seen);
                }
            }
            below = above;
        }
        None
    }
}

fn is_person(nature: Nature, female: bool) -> bool {
    matches!(nature, Nature::Person(known) if known.is_none_or(|known| known == female))
}

/// The phrase at `token` is part of the phrase headed by `head`.
fn governs(scene: &Scene<'_>, head: usize, token: usize) -> bool {
    scene.doc.ancestors(token).any(|above| above == head)
}

/// The phrase at `subject` does something to the pronoun at `token`, so they are two: "*Kiir* pardoned him".
fn acts_on(scene: &Scene<'_>, subject: usize, token: usize) -> bool {
    let verb = scene.doc.tokens[subject].head;
    let above = scene.doc.tokens[token].head;
    let object = scene.tag(token) == Tag::PRP
        && (above == verb || scene.dep(token) == Dep::Pobj && scene.doc.tokens[above].head == verb);
    object && matches!(scene.dep(subject), Dep::Nsubj | Dep::NsubjPass)
}

/// The one thing that all of these say, if they say one.
fn only(seen: &[&Seen]) -> Option<Seen> {
    let first = *seen.first()?;
    let same = |other: &&&Seen| {
        other
            .parties
            .iter()
            .map(|party| &party.name)
            .eq(first.parties.iter().map(|party| &party.name))
    };
    seen.iter().all(|other| same(&other)).then(|| first.clone())
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
