//! What a third-person pronoun points at: subjects first, the nearest sentence first, nobody where two fit.

use dateline_parser::{Dep, Tag};

use super::memory::{DocumentMemory, Seen};
use super::phrase::{Nature, Scene, Sort};
use crate::{Party, Sector};

/// Sentences back to which a pronoun may reach, its own included.
pub(super) const PRONOUN_REACH: usize = 3;

/// Verbs whose subject goes on speaking in the next sentence.
const SPEAKING: [&str; 14] = [
    "say", "tell", "add", "announce", "state", "note", "warn", "argue", "declare", "insist", "claim",
    "explain", "stress", "vow",
];

/// What a pronoun stands for, and by which rule.
pub(super) type Antecedent = (Seen, &'static str);

impl DocumentMemory<'_> {
    /// What a third-person pronoun points at: the subject that governs its clause, the subject that its fronted clause
    /// waits for, the only fitting phrase before it in the sentence, the subject of the sentence before, the only
    /// fitting phrase there. A phrase that fits and names no party takes the pronoun all the same.
    pub(super) fn antecedent(
        &self,
        scene: &Scene<'_>,
        token: usize,
        fits: &dyn Fn(&Seen) -> bool,
    ) -> Option<Antecedent> {
        if let Some(seen) = self.coordinated_owner(scene, token, fits) {
            return Some((seen, "what it is coordinated with"));
        }
        if let Some(found) = self.governing_subject(scene, token, fits) {
            return Some(found);
        }
        if let Some(seen) = self.awaited_subject(scene, token, fits) {
            return Some((seen, "subject of the main clause that follows"));
        }
        let before = |seen: &&Seen| {
            fits(seen)
                && !seen.parties.is_empty()
                && seen.token < token
                && !governs(scene, seen.token, token)
                && !acts_on(scene, seen.token, token)
        };
        let present: Vec<&Seen> = self.recent.front()?.iter().filter(before).collect();
        if let Some(seen) = only(&present) {
            return Some((seen, "the only fitting phrase before it in the sentence"));
        }
        if !present.is_empty() {
            // "Troops fired at people; medics treated *them*": an object may be either.
            if scene.tag(token) == Tag::PRP && !matches!(scene.dep(token), Dep::Nsubj | Dep::NsubjPass) {
                return None;
            }
            let subjects: Vec<&Seen> = present.into_iter().filter(|seen| seen.subject).collect();
            return only(&subjects).map(|seen| (seen, "the only fitting subject before it in the sentence"));
        }
        for (age, sentence) in self.recent.iter().enumerate().take(PRONOUN_REACH).skip(1) {
            let fitting: Vec<&Seen> = sentence.iter().filter(|seen| fits(seen)).collect();
            if fitting.is_empty() {
                continue;
            }
            let subjects: Vec<&Seen> = fitting.iter().copied().filter(|seen| seen.subject).collect();
            let objects: Vec<&Seen> = fitting.iter().copied().filter(|seen| seen.object).collect();
            if suffers(scene, token)
                && let (Some(subject), Some(object)) = (only(&subjects), only(&objects))
            {
                // "Police arrested protesters. They were released": the pronoun goes on with who suffered.
                let forceful = subject.parties.iter().any(is_force);
                return forceful.then_some((object, "object of the sentence before, acted on again"));
            }
            let found = only(&subjects).or_else(|| self.still_speaking(scene, token, &subjects));
            if let Some(seen) = found {
                let rule = if age == 1 {
                    "subject of the sentence before"
                } else {
                    "subject two sentences before"
                };
                return Some((seen, rule));
            }
            if !subjects.is_empty() {
                return None;
            }
            return only(&fitting).map(|seen| (seen, "the only fitting phrase shortly before"));
        }
        None
    }

    /// "Obama met Castro. *They* ...": the two persons, or the two countries, of the sentence before.
    pub(super) fn both_of_sentence(&self, scene: &Scene<'_>, token: usize) -> Option<Antecedent> {
        if suffers(scene, token) {
            return None;
        }
        let sentence = self.recent.get(1)?;
        let all = |fits: &dyn Fn(&Seen) -> bool| {
            let fitting = || sentence.iter().filter(|seen| fits(seen));
            let mut parties: Vec<Party> = Vec::new();
            for party in fitting().flat_map(|seen| &seen.parties) {
                if !parties.iter().any(|known| known.name == party.name) {
                    parties.push(party.clone());
                }
            }
            let subject = fitting().any(|seen| seen.subject);
            let unknown = fitting().any(|seen| seen.parties.is_empty());
            (parties.len() == 2 && subject && !unknown).then_some(parties)
        };
        let persons = all(&|seen| seen.sort == Sort::Person);
        let parties = persons.or_else(|| all(&|seen| seen.sort == Sort::Country))?;
        let first = sentence.first()?;
        let both = Seen {
            parties,
            nature: Nature::Several,
            sort: Sort::Other,
            ..first.clone()
        };
        Some((both, "the two of the sentence before"))
    }

    /// The subject of the nearest clause above the pronoun that is not the pronoun's own: "*Hungary* said it will ...";
    /// for a possessive also its own clause: "*Syria* offered its troops".
    pub(super) fn governing_subject(
        &self,
        scene: &Scene<'_>,
        token: usize,
        fits: &dyn Fn(&Seen) -> bool,
    ) -> Option<Antecedent> {
        let possessive = scene.tag(token) == Tag::PRPS;
        let reflexive = scene.lower(token).contains("sel");
        let plural = matches!(
            scene.lower(token).as_str(),
            "they" | "them" | "their" | "themselves"
        );
        let present = self.recent.front()?;
        let mut below = token;
        let own = argument_of(scene, token);
        for above in scene.doc.ancestors(token) {
            let own_clause = scene.dep(token) != Dep::Poss && own == Some(above);
            let subject = scene.doc.children(above).find(|&i| {
                matches!(scene.dep(i), Dep::Nsubj | Dep::NsubjPass) && i != below && i != token && i < token
            });
            let usable = subject.filter(|_| !own_clause || possessive || reflexive);
            if let Some(subject) = usable {
                let here = || present.iter().filter(|seen| seen.token == subject);
                // Those coordinated are one for "they", and none of them is "it" or "he".
                if !plural && here().any(|seen| seen.part) {
                    return None;
                }
                if let Some(seen) = here().find(|seen| fits(seen)) {
                    return Some((seen.clone(), "subject of the clause it stands in"));
                }
            }
            below = above;
        }
        None
    }

    /// "The United States and *its* allies": what stands before the "and".
    fn coordinated_owner(
        &self,
        scene: &Scene<'_>,
        token: usize,
        fits: &dyn Fn(&Seen) -> bool,
    ) -> Option<Seen> {
        let owned = scene.doc.tokens[token].head;
        if scene.tag(token) != Tag::PRPS || scene.dep(owned) != Dep::Conj {
            return None;
        }
        let first = scene.doc.tokens[owned].head;
        let present = self.recent.front()?;
        let alone = |seen: &&Seen| seen.token == first && seen.parties.len() < 2;
        present.iter().filter(alone).find(|seen| fits(seen)).cloned()
    }

    /// "Before *he* left, Putin met ...": the subject of the main clause that a fronted clause waits for.
    fn awaited_subject(&self, scene: &Scene<'_>, token: usize, fits: &dyn Fn(&Seen) -> bool) -> Option<Seen> {
        let clause = scene.doc.ancestors(token).find(|&i| scene.dep(i) == Dep::Advcl)?;
        let main = scene.doc.tokens[clause].head;
        if clause >= main {
            return None;
        }
        let subject = scene
            .doc
            .children(main)
            .find(|&i| matches!(scene.dep(i), Dep::Nsubj | Dep::NsubjPass) && i > clause)?;
        let present = self.recent.front()?;
        let seen = present.iter().find(|seen| seen.token == subject && fits(seen))?;
        Some(seen.clone())
    }

    /// Of several subjects the one who speaks: "Putin said that Lavrov would go. He added ...".
    fn still_speaking(&self, scene: &Scene<'_>, token: usize, subjects: &[&Seen]) -> Option<Seen> {
        let verb = scene.doc.tokens[token].head;
        if !SPEAKING.contains(&scene.lemma(verb).as_str()) {
            return None;
        }
        let speakers: Vec<&Seen> = subjects.iter().copied().filter(|seen| seen.speaks).collect();
        only(&speakers)
    }
}

/// Whether a verb is one of saying.
pub(super) fn is_speaking(lemma: &str) -> bool {
    SPEAKING.contains(&lemma)
}

/// The pronoun, or those of them that a number counts, is the subject of a passive.
fn suffers(scene: &Scene<'_>, token: usize) -> bool {
    let counted = scene.doc.ancestors(token).take(2).last();
    scene.dep(token) == Dep::NsubjPass
        || scene.dep(token) == Dep::Pobj && counted.is_some_and(|head| scene.dep(head) == Dep::NsubjPass)
}

fn is_force(party: &Party) -> bool {
    let force = |sector: &Sector| {
        matches!(
            sector,
            Sector::Police
                | Sector::Military
                | Sector::Government
                | Sector::Judiciary
                | Sector::Rebel
                | Sector::UnidentifiedForce
                | Sector::Paramilitary
                | Sector::Criminal
        )
    };
    party.sectors.iter().any(force)
}

/// The phrase at `token` is part of the phrase headed by `head`.
fn governs(scene: &Scene<'_>, head: usize, token: usize) -> bool {
    scene.doc.ancestors(token).any(|above| above == head)
}

/// The phrase at `subject` does something to the pronoun at `token`, so they are two: "*Kiir* pardoned him".
fn acts_on(scene: &Scene<'_>, subject: usize, token: usize) -> bool {
    let verb = scene.doc.tokens[subject].head;
    let object = scene.tag(token) == Tag::PRP && own_verb(scene, token) == Some(verb);
    object && matches!(scene.dep(subject), Dep::Nsubj | Dep::NsubjPass)
}

/// The verb whose object a phrase is, also after a preposition or a number: "arrested 19 of *them*".
fn argument_of(scene: &Scene<'_>, token: usize) -> Option<usize> {
    let mut above = scene.doc.tokens[token].head;
    for _ in 0..4 {
        if crate::tree::is_verb(scene.tag(above)) {
            return own_verb(scene, token);
        }
        if !matches!(scene.tag(above), Tag::IN | Tag::CD | Tag::DT | Tag::TO | Tag::RP) {
            return None;
        }
        above = scene.doc.tokens[above].head;
    }
    None
}

/// The verb of the clause that a phrase stands in; of verbs joined by "and" the one that has their subject.
pub(super) fn own_verb(scene: &Scene<'_>, token: usize) -> Option<usize> {
    let verbal = |&i: &usize| crate::tree::is_verb(scene.tag(i));
    let mut verb = scene.doc.ancestors(token).find(verbal)?;
    let mut steps = 0;
    while scene.dep(verb) == Dep::Conj && steps < 8 {
        let subject = |i| matches!(scene.dep(i), Dep::Nsubj | Dep::NsubjPass);
        if scene.doc.children(verb).any(subject) {
            break;
        }
        verb = scene.doc.tokens[verb].head;
        steps += 1;
    }
    Some(verb)
}

/// The one thing that all of these say, if they say one.
pub(super) fn only(seen: &[&Seen]) -> Option<Seen> {
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
