//! The country of a role that its phrase gives none: what the sentence and the article before it say.

use std::collections::BTreeSet;

use dateline_parser::{Dep, Tag};

use super::antecedent::own_verb;
use super::memory::DocumentMemory;
use super::mention::NameMention;
use super::owner::{is_place, is_settled};
use super::phrase::Scene;
use super::role::{Form, Role};
use super::trail::Whence;
use crate::Sector;

/// Modifiers that say that a role is not of the country spoken of.
const ABROAD: [&str; 14] = [
    "foreign",
    "international",
    "multinational",
    "western",
    "arab",
    "european",
    "african",
    "asian",
    "overseas",
    "world",
    "global",
    "regional",
    "visiting",
    "neighboring",
];

/// Sentences in which "the rebels" are those last named with their country.
const NEAR: usize = 6;

impl DocumentMemory<'_> {
    /// The country that a role without an owner belongs to, if that is clear: for "the rebels" that of the rebels
    /// named before; else the only one of its sentence, the one the sentence puts the event in, the one the role had
    /// before, the one the article is about.
    pub(super) fn domestic(&self, scene: &Scene<'_>, head: usize) -> Option<(String, Whence)> {
        if is_from_abroad(scene, head) {
            return None;
        }
        let mention = scene.mentions.role_at(head);
        let role = mention.map(|role| self.gazetteer.role(role.role));
        let start = mention.map_or(head, |mention| scene.start_of(head).min(mention.tokens.start));
        if let Some(mention) = mention
            && takes_up(scene, start)
            && let Some(code) = self.owner_of_role(mention.role, head, NEAR)
            && !self.is_elsewhere(scene, head, &code)
        {
            return Some((code, Whence::Before));
        }
        // "officials there": where the text was before.
        let there = |token: usize| scene.lower(token) == "there" && scene.dep(token) == Dep::Advmod;
        if scene.doc.children(head).any(there) || head + 1 < scene.mentions.sentence.end && there(head + 1) {
            return self
                .country_before(scene.mentions.sentence.start)
                .map(|code| (code, Whence::Before));
        }
        let mut countries = BTreeSet::new();
        let mut moving = BTreeSet::new();
        let mut places = BTreeSet::new();
        let mut others = false;
        let rules = role.is_none_or(|role| role.office);
        // Officials speak from anywhere; what happens in a place happens to those who live there.
        let governs = |role: &Role| role.relative || role.sectors.contains(&Sector::Government);
        let settled = role.is_none_or(is_settled) && !role.is_some_and(governs);
        for name in scene.mentions.names.iter().filter(|name| !name.detached) {
            // "President X met the South African leader": the one ruler is not of the other's country.
            if rules && self.owns_a_ruler(scene, name) {
                others = true;
                continue;
            }
            // "Police arrested a French journalist": he is named by his country because it is not theirs.
            if self.is_a_strangers(scene, name, head) {
                continue;
            }
            let Some(code) = self.state_of(name) else { continue };
            if is_place(scene, name) {
                places.insert(code.clone());
            }
            if is_way(scene, name) {
                moving.insert(code);
            } else {
                countries.insert(code);
            }
        }
        // "was arrested on his return from Senegal": where somebody comes from counts where nothing else is named.
        if countries.is_empty() {
            countries = moving;
        }
        let one = |set: BTreeSet<String>| {
            if set.len() == 1 {
                set.into_iter().next()
            } else {
                None
            }
        };
        let none = countries.is_empty() && !others;
        if let Some(code) = one(countries) {
            let here = places.contains(&code);
            // "The two ministers met in Tbilisi": where officials are says little of whose they are.
            if here && role.is_some_and(governs) {
                let alone = mention.is_some_and(|mention| !mention.plural);
                return self.home().or((code, Whence::Place).into()).filter(|_| alone);
            }
            let whence = if here { Whence::Place } else { Whence::Sentence };
            return Some((code, whence));
        }
        if let Some(code) = one(places).filter(|_| settled) {
            return Some((code, Whence::Place));
        }
        if !none || role.is_some_and(|role| role.bystander) {
            return None;
        }
        let before = mention.and_then(|mention| self.owner_of_role(mention.role, head, NEAR));
        before.map(|code| (code, Whence::Before)).or_else(|| self.home())
    }

    /// Whether the clause of a role puts it into another country than the one it had: "in France the parliament voted".
    fn is_elsewhere(&self, scene: &Scene<'_>, head: usize, code: &str) -> bool {
        let verb = own_verb(scene, head);
        let mut places = scene.mentions.names.iter().filter(|name| {
            let prep = scene.doc.tokens[name.tokens.end - 1].head;
            is_place(scene, name) && prep < head && Some(scene.doc.tokens[prep].head) == verb
        });
        places.any(|name| self.state_of(name).is_some_and(|place| place != code))
    }

    /// Whether a name makes the role after it: "*South African* leader".
    fn owns_a_ruler(&self, scene: &Scene<'_>, name: &NameMention) -> bool {
        let after =
            scene.mentions.roles.iter().find(|role| {
                role.tokens.start >= name.tokens.end && role.tokens.start <= name.tokens.end + 1
            });
        after.is_some_and(|role| self.gazetteer.role(role.role).office)
    }

    /// Whether a name only tells where a person far from home is from: "a *French* journalist", "the *US* envoy".
    pub(super) fn is_a_strangers(&self, scene: &Scene<'_>, name: &NameMention, head: usize) -> bool {
        let token = name.tokens.end - 1;
        let modifies = matches!(
            scene.dep(token),
            Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod
        );
        let after = |role: &&super::mention::RoleMention| {
            role.tokens.start >= name.tokens.end && role.tokens.start <= name.tokens.end + 1
        };
        let next = scene.mentions.roles.iter().find(after);
        let Some(mention) = next.filter(|role| modifies && !role.tokens.contains(&head)) else {
            return false;
        };
        let above = mention.tokens.end - 1;
        let role = self.gazetteer.role(mention.role);
        let firm = role.sectors.contains(&Sector::Business);
        let one = matches!(scene.tag(above), Tag::NN | Tag::NNP) && (role.form != Form::Body || firm);
        let guest = matches!(
            role.name.as_str(),
            "ambassador"
                | "envoy"
                | "diplomat"
                | "embassy"
                | "consulate"
                | "consul"
                | "tourist"
                | "national"
                | "hostage"
                | "expatriate"
                | "aid worker"
                | "businessman"
                | "journalist"
                | "citizen"
                | "missionary"
        );
        let private = role.sectors.iter().any(|sector| {
            matches!(
                sector,
                Sector::Civilian
                    | Sector::Journalist
                    | Sector::Business
                    | Sector::Education
                    | Sector::Medical
                    | Sector::Labor
                    | Sector::Religious
            )
        });
        guest || one && private
    }
}

/// "return from Senegal", "flew to Paris": a way, not a place.
fn is_way(scene: &Scene<'_>, name: &NameMention) -> bool {
    let token = name.tokens.end - 1;
    let prep = scene.doc.tokens[token].head;
    let above = scene.doc.tokens[prep].head;
    let moves = [
        "return", "travel", "fly", "arrive", "flee", "go", "come", "trip", "flight", "journey", "way",
    ];
    scene.dep(token) == Dep::Pobj
        && matches!(scene.lower(prep).as_str(), "from" | "to" | "for" | "via")
        && moves.contains(&scene.lemma(above).as_str())
}

/// "foreign troops", "Arab leaders": of no country, or of many.
fn is_from_abroad(scene: &Scene<'_>, head: usize) -> bool {
    (scene.start_of(head)..head).any(|token| ABROAD.contains(&scene.lower(token).as_str()))
}

/// "the rebels", "these rebels": those told of before.
fn takes_up(scene: &Scene<'_>, start: usize) -> bool {
    matches!(
        scene.lower(start).as_str(),
        "the" | "these" | "those" | "this" | "that"
    )
}
