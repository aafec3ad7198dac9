//! Clauses: each verb of a sentence with who does what to whom, however the grammar spreads it.
//!
//! Passives are turned round, and subjects are found across control ("agreed to meet"), conjunction ("came and
//! saw"), relative clauses and participles. Roles are token indexes of the heads of noun phrases.

mod form;
mod link;

use crate::tree::{Tree, is_noun, is_verb};
use dateline_parser::{Dep, Tag};
use form::{IRREGULAR, hyphenated};
pub(crate) use link::governing_verb;
use link::{heads_clause, is_small, link_of};
use std::collections::HashMap;
use std::ops::Range;

/// How a clause hangs on the word that governs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// The main clause.
    Root,
    /// "agreed to *meet*", "said that they *met*".
    Complement,
    /// "came and *saw*".
    Conjunct,
    /// "the man who *came*".
    Relative,
    /// "a plan to *attack*", "troops *based* there".
    NounModifier,
    /// "*killing* two", "if they *attack*".
    Adverbial,
    /// "accused of *killing*".
    Prepositional,
    /// Anything else.
    Other,
}

/// Modality of a verb group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Modal {
    /// will, shall, going to
    Will,
    /// would
    Would,
    /// may, might, could, can
    May,
    /// must, should, ought to, has to, needs to
    Must,
}

/// A verb and what stands around it.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub(crate) verb: usize,
    pub(crate) lemma: String,
    pub(crate) particle: Option<String>,
    /// The particle is the parser's, not an adverb that looks like one: the verb means something else without it.
    pub(crate) phrasal: bool,
    pub(crate) passive: bool,
    /// Who acts.
    pub(crate) subjects: Vec<usize>,
    /// What is acted on.
    pub(crate) objects: Vec<usize>,
    pub(crate) indirect: Vec<usize>,
    /// Preposition (lower case) and head of its noun phrase, of the verb itself.
    pub(crate) preps: Vec<(String, usize)>,
    /// Verbs of complement clauses.
    pub(crate) complements: Vec<usize>,
    /// Predicate adjectives and nouns.
    pub(crate) predicates: Vec<usize>,
    pub(crate) negated: bool,
    pub(crate) modal: Option<Modal>,
    /// "had attacked"
    pub(crate) past_perfect: bool,
    /// "usually meets", "seldom visit": what is done again and again is no event of its own.
    pub(crate) habitual: bool,
    /// "if", "unless", "that", ...
    pub(crate) mark: Option<String>,
    pub(crate) link: Link,
    /// The verb, noun or adjective that governs the clause.
    pub(crate) governor: Option<usize>,
    /// Whether the clause has a subject in its own words.
    pub(crate) own_subject: bool,
}

/// The clauses of a sentence, by verb.
pub(crate) struct Clauses {
    pub(crate) list: Vec<Clause>,
    by_verb: HashMap<usize, usize>,
}

impl Clauses {
    /// Reads the clauses of one sentence.
    pub(crate) fn read(tree: &Tree<'_>, sentence: Range<usize>, knows: impl Fn(&str) -> bool) -> Self {
        let mut clauses = Clauses {
            list: Vec::new(),
            by_verb: HashMap::new(),
        };
        for verb in sentence {
            if heads_clause(tree, verb) {
                clauses.ensure(tree, verb, 0);
            }
        }
        for clause in &mut clauses.list {
            if let Some(whole) = hyphenated(tree, clause.verb, &clause.lemma)
                && knows(&whole)
            {
                clause.lemma = whole;
            }
            if let Some((_, lemma)) = IRREGULAR.iter().find(|(past, _)| *past == clause.lemma) {
                clause.lemma = (*lemma).to_owned();
            }
            // The lemmatizer makes "stag" of "staged".
            let longer = format!("{}e", clause.lemma);
            if !knows(&clause.lemma) && knows(&longer) {
                clause.lemma = longer;
            }
        }
        clauses
    }

    /// The clause of a verb.
    pub(crate) fn of(&self, verb: usize) -> Option<&Clause> {
        self.by_verb.get(&verb).map(|&at| &self.list[at])
    }

    /// Reads the clause of `verb` after the one that governs it, from which it may take its subject.
    fn ensure(&mut self, tree: &Tree<'_>, verb: usize, depth: usize) {
        // The tree has no cycles, but a damaged one must not hang: deeper nesting than this is no prose.
        if self.by_verb.contains_key(&verb) || depth > 60 {
            return;
        }
        let (link, governor) = link_of(tree, verb);
        if let Some(above) = governor.and_then(|governor| governing_verb(tree, governor))
            && above != verb
        {
            self.ensure(tree, above, depth + 1);
        }
        let clause = self.build(tree, verb, link, governor);
        self.by_verb.insert(verb, self.list.len());
        self.list.push(clause);
    }

    fn build(&self, tree: &Tree<'_>, verb: usize, link: Link, governor: Option<usize>) -> Clause {
        let mut clause = Clause {
            verb,
            lemma: tree.lemma(verb),
            particle: None,
            phrasal: false,
            passive: false,
            subjects: vec![],
            objects: vec![],
            indirect: vec![],
            preps: vec![],
            complements: vec![],
            predicates: vec![],
            negated: false,
            modal: None,
            past_perfect: false,
            habitual: false,
            mark: None,
            link,
            governor,
            own_subject: false,
        };
        let mut surface: Vec<usize> = vec![];
        let mut agents: Vec<usize> = vec![];
        let mut has_aux = false;
        for child in tree.children(verb) {
            match tree.dep(child) {
                Dep::Nsubj | Dep::Csubj => {
                    surface.push(child);
                    clause.own_subject = true;
                }
                Dep::NsubjPass | Dep::CsubjPass => {
                    surface.push(child);
                    clause.own_subject = true;
                    clause.passive = true;
                }
                Dep::AuxPass => clause.passive = true,
                Dep::Agent => agents.extend(tree.children(child).filter(|&i| tree.dep(i) == Dep::Pobj)),
                Dep::Dobj => clause.objects.push(skip_time(tree, child)),
                Dep::Dative if is_noun(tree.tag(child)) => clause.indirect.push(child),
                Dep::Dative | Dep::Prep => tree.prep_objects(child, &mut clause.preps),
                Dep::Prt => {
                    clause.particle = Some(tree.lower(child));
                    clause.phrasal = true;
                    // "handing over its weapons": the parser may hang the object on the particle.
                    let hung = tree.children(child).filter(|&i| tree.dep(i) == Dep::Pobj);
                    clause.objects.extend(hung);
                }
                Dep::Xcomp | Dep::Ccomp if is_verb(tree.tag(child)) => {
                    clause.complements.push(child);
                    // "urged Iran to stop", "accepts refugees fleeing": who does it below is whom it is done to here.
                    if tree.dep(child) == Dep::Ccomp && is_small(tree, child) {
                        clause
                            .objects
                            .extend(tree.children(child).filter(|&i| tree.dep(i) == Dep::Nsubj));
                    }
                }
                Dep::Xcomp | Dep::Ccomp | Dep::Acomp | Dep::Attr | Dep::Oprd => {
                    clause.predicates.push(child);
                    // "found him guilty": the subject of the small clause is what was found.
                    clause
                        .objects
                        .extend(tree.children(child).filter(|&i| tree.dep(i) == Dep::Nsubj));
                    // "is ready to meet": the complement of the adjective is the clause's.
                    clause
                        .complements
                        .extend(tree.children(child).filter(|&i| tree.dep(i) == Dep::Xcomp));
                }
                // A purpose says what the act is for, as a complement does: "sent experts to investigate".
                Dep::Advcl if tree.has_to(child) => clause.complements.push(child),
                Dep::Neg => clause.negated = true,
                Dep::Advmod => match tree.lower(child).as_str() {
                    "never" | "hardly" | "barely" | "nowhere" => clause.negated = true,
                    "usually" | "often" | "seldom" | "rarely" | "always" | "normally" | "typically"
                    | "regularly" | "generally" | "frequently" | "sometimes" | "traditionally"
                    | "routinely" | "habitually" => {
                        clause.habitual = matches!(tree.tag(verb), Tag::VBP | Tag::VBZ)
                            || tree.children(verb).any(|i| {
                                matches!(tree.dep(i), Dep::Aux | Dep::AuxPass)
                                    && matches!(tree.tag(i), Tag::VBP | Tag::VBZ)
                            });
                    }
                    "out" | "down" | "off" | "up" | "back" | "together" | "in"
                        if clause.particle.is_none() =>
                    {
                        clause.particle = Some(tree.lower(child));
                    }
                    "longer" if tree.children(child).any(|i| tree.lower(i) == "no") => clause.negated = true,
                    _ => {}
                },
                // "gave the president 48 hours to resign"
                Dep::Npadvmod if !clause.indirect.is_empty() && clause.objects.is_empty() => {
                    clause.objects.push(child);
                }
                Dep::Mark => clause.mark = Some(tree.lower(child)),
                Dep::Aux => {
                    has_aux |= tree.tag(child) != Tag::TO;
                    match tree.lower(child).as_str() {
                        "will" | "shall" | "'ll" | "’ll" | "wo" => clause.modal = Some(Modal::Will),
                        "would" | "'d" | "’d" => clause.modal = Some(Modal::Would),
                        "may" | "might" | "could" | "can" | "ca" => clause.modal = Some(Modal::May),
                        "must" | "should" | "ought" => clause.modal = Some(Modal::Must),
                        "had" => clause.past_perfect = true,
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        // The parser seldom sees that "set free" is one verb.
        if clause.particle.is_none() && clause.lemma == "set" && tree.next_is(verb, "free") {
            clause.particle = Some("free".to_owned());
        }
        self.periphrasis(tree, &mut clause);
        let bare_participle = tree.tag(verb) == Tag::VBN && !clause.passive && !has_aux && surface.is_empty();
        if bare_participle {
            clause.passive = match link {
                // "Ramaphosa voiced his support", taken for a participle, still has an object.
                Link::NounModifier | Link::Relative | Link::Adverbial => clause.objects.is_empty(),
                Link::Conjunct => governor
                    .and_then(|above| self.of(above))
                    .is_some_and(|above| above.passive),
                _ => !agents.is_empty(),
            };
        }
        self.relativize(tree, &mut clause, &mut surface);
        if surface.is_empty() {
            surface = self.borrowed_subject(tree, &clause);
        }
        // "No one was hurt", "nobody came".
        clause.negated |= surface
            .iter()
            .chain(&clause.objects)
            .any(|&head| tree.is_negative_phrase(head));
        if clause.passive {
            clause.subjects = agents.into_iter().map(|agent| skip_time(tree, agent)).collect();
            // "was given arms": with an object of its own, the surface subject is who got it.
            if clause.objects.is_empty() {
                clause.objects = surface
            } else {
                clause.indirect.extend(surface)
            }
        } else {
            clause.subjects = surface;
        }
        clause
    }

    /// "is going to", "has to", "needs to": modality from the governing verb.
    fn periphrasis(&self, tree: &Tree<'_>, clause: &mut Clause) {
        if clause.modal.is_some() || clause.link != Link::Complement {
            return;
        }
        let Some(above) = clause.governor.and_then(|governor| self.of(governor)) else {
            return;
        };
        match above.lemma.as_str() {
            "go" if tree.tag(above.verb) == Tag::VBG && tree.has_to(clause.verb) => {
                clause.modal = Some(Modal::Will)
            }
            "have" | "need" if tree.has_to(clause.verb) => clause.modal = Some(Modal::Must),
            // "Malawi is to receive 175 million dollars"
            "be" if tree.has_to(clause.verb) && above.predicates.is_empty() => {
                clause.modal = Some(Modal::Will)
            }
            _ => {}
        }
    }

    /// Puts the noun that a relative or participle clause modifies in the place that is free.
    fn relativize(&self, tree: &Tree<'_>, clause: &mut Clause, surface: &mut Vec<usize>) {
        let Some(noun) = clause
            .governor
            .filter(|_| matches!(clause.link, Link::Relative | Link::NounModifier))
        else {
            return;
        };
        let is_pronoun = |&i: &usize| matches!(tree.tag(i), Tag::WDT | Tag::WP) || tree.lower(i) == "that";
        if clause.link == Link::NounModifier {
            let infinitive = tree.tag(clause.verb) == Tag::VB;
            // "issued a report accusing them": the writer accuses.
            let written = WRITTEN.contains(&tree.lemma(noun).as_str()) && tree.tag(clause.verb) == Tag::VBG;
            if surface.is_empty() && !infinitive && !written && is_noun(tree.tag(noun)) {
                surface.push(noun);
            }
            return;
        }
        if surface.iter().any(is_pronoun) || surface.is_empty() {
            surface.retain(|i| !is_pronoun(i));
            surface.push(noun);
        } else if clause.objects.iter().any(is_pronoun)
            || (clause.objects.is_empty() && !clause.passive && clause.preps.is_empty())
        {
            clause.objects = vec![noun];
        }
        for (_, object) in &mut clause.preps {
            if is_pronoun(object) {
                *object = noun;
            }
        }
    }

    /// The subject that a clause without one has from the clause above it.
    fn borrowed_subject(&self, tree: &Tree<'_>, clause: &Clause) -> Vec<usize> {
        let Some(governor) = clause.governor else {
            return vec![];
        };
        if clause.link == Link::NounModifier {
            return self.subject_of_noun(tree, governor);
        }
        let Some(above) = governing_verb(tree, governor).and_then(|verb| self.of(verb)) else {
            return vec![];
        };
        let grammatical = if above.passive && !above.objects.is_empty() {
            &above.objects
        } else {
            &above.subjects
        };
        match clause.link {
            Link::Conjunct => grammatical.clone(),
            // "forced them to leave", but "promised them to leave".
            Link::Complement => {
                let keeps_subject = matches!(
                    above.lemma.as_str(),
                    "promise" | "threaten" | "vow" | "use" | "join"
                );
                if !above.objects.is_empty() && !above.passive && !keeps_subject {
                    above.objects.clone()
                } else {
                    grammatical.clone()
                }
            }
            Link::Prepositional => {
                let prep = tree.lower(tree.head(clause.verb));
                let of_object = matches!(prep.as_str(), "of" | "from" | "for") && !above.objects.is_empty();
                if of_object {
                    above.objects.clone()
                } else {
                    grammatical.clone()
                }
            }
            Link::Adverbial => grammatical.clone(),
            _ => vec![],
        }
    }

    /// "Iran's plan to attack", "announced a plan to attack": whose plan it is.
    fn subject_of_noun(&self, tree: &Tree<'_>, noun: usize) -> Vec<usize> {
        if let Some(owner) = tree.children(noun).find(|&i| tree.dep(i) == Dep::Poss) {
            return vec![owner];
        }
        let above = governing_verb(tree, tree.head(noun)).and_then(|verb| self.of(verb));
        above.map(|above| above.subjects.clone()).unwrap_or_default()
    }
}

/// Texts, which speak for those who wrote them.
const WRITTEN: [&str; 14] = [
    "report",
    "statement",
    "letter",
    "resolution",
    "bill",
    "article",
    "message",
    "lawsuit",
    "petition",
    "complaint",
    "motion",
    "speech",
    "suit",
    "decree",
];

/// In "fired by Pyongyang hours before" and "staged protests Saturday" the parser takes the time for the noun.
fn skip_time(tree: &Tree<'_>, agent: usize) -> usize {
    let time = [
        "hour",
        "day",
        "week",
        "month",
        "year",
        "minute",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    if time.contains(&tree.lemma(agent).as_str()) {
        let before =
            |i: &usize| *i < agent && matches!(tree.tag(*i), Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS);
        return tree.children(agent).rev().find(before).unwrap_or(agent);
    }
    agent
}
