//! Whose a role is: the country or organisation that a phrase or its surroundings name.

use std::ops::Range;

use dateline_parser::{Dep, Tag};

use super::entry::EntryKind;
use super::gazetteer::Reading;
use super::memory::DocumentMemory;
use super::mention::NameMention;
use super::phrase::{Nature, Scene, Sort};
use super::read;
use super::role::{Form, Role};
use super::trail::{Trail, Whence};
use crate::{Party, Sector};

/// Prepositions that say where something happens.
const PLACES: [&str; 9] = [
    "in",
    "at",
    "near",
    "inside",
    "across",
    "outside",
    "throughout",
    "around",
    "within",
];

/// Whose a role is.
pub(super) enum Owner {
    /// Of countries, by code, and where they were found.
    Countries(Vec<String>, Whence),
    /// Of an organisation, group or person.
    Parties(Vec<Party>),
    /// Of somebody whom the phrase only points at, and it is not clear whom.
    Unclear,
    /// Nothing in the phrase says.
    Nobody,
}

impl DocumentMemory<'_> {
    /// Looks for the owner of a role: what stands before it in its phrase, then "of ...", "from ...", then where it
    /// is, then a possessive pronoun, then what it is coordinated with.
    pub(super) fn owner(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        before: Range<usize>,
        role: &Role,
        why: &mut Trail,
        depth: usize,
    ) -> Owner {
        let mentions = std::sync::Arc::clone(&scene.mentions);
        let names = || {
            mentions.names.iter().filter(|name| {
                !name.detached && before.start <= name.tokens.start && name.tokens.end <= before.end
            })
        };
        let owner = self.owner_before(scene, names().collect());
        if !matches!(owner, Owner::Nobody) {
            return owner;
        }
        let owner = self.owner_behind(scene, head, role, why, depth);
        if !matches!(owner, Owner::Nobody) {
            return owner;
        }
        let possessive = before.clone().find(|&token| scene.tag(token) == Tag::PRPS);
        if let Some(token) = possessive {
            if let Some(found) = self.pronoun(scene, token, why) {
                return owner_of(found.parties, Whence::Pronoun);
            }
            if matches!(scene.lower(token).as_str(), "their" | "its") {
                return Owner::Unclear;
            }
        }
        // "Eritrea, *whose* army fought"
        if let Some(token) = before.clone().find(|&token| scene.tag(token) == Tag::WPS)
            && let Some(found) = self.relative(scene, token, why, depth + 1)
        {
            return owner_of(found.parties, Whence::Pronoun);
        }
        // "the boy's father", "the group's leader"
        let possessor = before
            .clone()
            .find(|&token| scene.dep(token) == Dep::Poss && matches!(scene.tag(token), Tag::NN | Tag::NNS));
        if depth < 2
            && let Some(token) = possessor
            && let Some(found) = self.phrase(scene, token, why, depth + 1)
        {
            let body = matches!(found.sort, Sort::Organisation | Sort::Armed) || role.relative;
            let leads = role.relative || role.name == "leader" || role.name == "commander";
            return match (leads && body, found.parties) {
                (true, parties) if !parties.is_empty() => Owner::Parties(parties),
                (_, parties) => countries_of(&parties, Whence::Phrase),
            };
        }
        let known = self.owner_before_by_short_name(scene, before, why);
        if !matches!(known, Owner::Nobody) || depth > 2 {
            return known;
        }
        // "Turkish police and soldiers": the second shares the first one's country.
        let first = scene.doc.tokens[head].head;
        if scene.dep(head) == Dep::Conj
            && let Some(name) = mentions
                .name_at(first)
                .filter(|name| name.reading == Reading::People)
        {
            return self.owner_before(scene, vec![name]);
        }
        if scene.dep(head) == Dep::Conj && first < head && scene.mentions.role_at(first).is_some() {
            let shared = self.role(scene, first, why, depth + 1);
            return shared.map_or(Owner::Nobody, |found| {
                countries_of(&found.parties, Whence::Conjunct)
            });
        }
        Owner::Nobody
    }

    /// The state that a name stands for or belongs to.
    pub(super) fn state_of(&self, name: &NameMention) -> Option<String> {
        let entry = self.gazetteer.entry(self.entry_of(name)?);
        let code = match entry.kind {
            EntryKind::Person => entry.country_on(self.published),
            _ => &entry.country,
        };
        (!read::SPECIAL.contains(&code)).then(|| code.to_owned())
    }

    /// "Syrian", "Russia's", "U.S. and South Korean", "Hamas" before the role.
    fn owner_before(&mut self, scene: &Scene<'_>, names: Vec<&NameMention>) -> Owner {
        let kind = |name: &&&NameMention| self.entry_of(name).map(|index| self.gazetteer.entry(index).kind);
        let body = names.iter().rfind(|name| {
            matches!(kind(name), Some(EntryKind::Organisation | EntryKind::Group))
                && !is_listed_after(scene, name)
        });
        // "US ambassador to the UN", "Irish UN peacekeepers": sent by a country, whatever the body.
        let sent = names
            .first()
            .is_some_and(|name| kind(&name) == Some(EntryKind::Country))
            && body.and_then(|name| self.state_of(name)).is_none();
        if let Some(index) = body.filter(|_| !sent).and_then(|name| self.entry_of(name)) {
            let entry = self.gazetteer.entry(index);
            return Owner::Parties(vec![Party {
                name: entry.name.clone(),
                text: entry.name.clone(),
                country: entry.country.clone(),
                sectors: entry.sectors.clone(),
            }]);
        }
        let mut codes: Vec<String> = Vec::new();
        let mut last: Option<&NameMention> = None;
        for name in names
            .iter()
            .copied()
            .filter(|name| !sent || self.state_of(name).is_some())
        {
            let linked = last.is_none_or(|last| are_linked(scene, last.tokens.end..name.tokens.start));
            let Some(index) = self.entry_of(name).filter(|_| linked) else {
                continue;
            };
            let entry = self.gazetteer.entry(index);
            let code = entry.country_on(self.published).to_owned();
            if !codes.contains(&code) {
                codes.push(code);
            }
            last = Some(name);
        }
        if codes.is_empty() {
            Owner::Nobody
        } else {
            Owner::Countries(codes, Whence::Phrase)
        }
    }

    /// "Putin's spokesman" once Putin is known by his short name.
    fn owner_before_by_short_name(
        &mut self,
        scene: &Scene<'_>,
        before: Range<usize>,
        why: &mut Trail,
    ) -> Owner {
        let possessor = before
            .clone()
            .find(|&token| scene.dep(token) == Dep::Poss && matches!(scene.tag(token), Tag::NNP | Tag::NNPS));
        let found = possessor.and_then(|token| self.person(scene, token, why, 3));
        found.map_or(Owner::Nobody, |found| {
            countries_of(&found.parties, Whence::Phrase)
        })
    }

    /// "government of Japan", "spokesman for the army", "police in Istanbul".
    fn owner_behind(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        role: &Role,
        why: &mut Trail,
        depth: usize,
    ) -> Owner {
        for (prep, object) in scene.prepositions(head) {
            let place = PLACES.contains(&prep.as_str());
            let belongs = matches!(prep.as_str(), "of" | "from")
                || (prep == "for" && (role.relative || role.form == Form::Person));
            if !(belongs || place && is_settled(role)) {
                continue;
            }
            if place {
                if let Some(code) = self.place_at(scene, object) {
                    return Owner::Countries(vec![code], Whence::Locative);
                }
                continue;
            }
            // "the presidents of Kenya and Uganda", "officials from France, Germany and Britain"
            let objects = super::salience::coordinated(scene.doc, object);
            let owners: Vec<Owner> = objects
                .iter()
                .map(|&object| self.owner_in_object(scene, object, role, why, depth))
                .collect();
            let owner = joined(owners);
            if !matches!(owner, Owner::Nobody) {
                return owner;
            }
        }
        Owner::Nobody
    }

    /// What stands after "of" or "from" as the owner of a role.
    fn owner_in_object(
        &mut self,
        scene: &Scene<'_>,
        object: usize,
        role: &Role,
        why: &mut Trail,
        depth: usize,
    ) -> Owner {
        let mentions = std::sync::Arc::clone(&scene.mentions);
        let name = mentions.name_at(object).filter(|name| !name.detached);
        if let Some((name, entry)) = name.and_then(|name| Some((name, self.entry_of(name)?))) {
            let entry = self.gazetteer.entry(entry);
            match entry.kind {
                EntryKind::Country => return Owner::Countries(vec![entry.country.clone()], Whence::Phrase),
                EntryKind::Person => {
                    let code = self.state_of(name);
                    return code.map_or(Owner::Nobody, |code| Owner::Countries(vec![code], Whence::Phrase));
                }
                EntryKind::Organisation | EntryKind::Group => return self.owner_before(scene, vec![name]),
                // "Kurdish fighters" are of the country around, "Yoruba leaders" of Nigeria.
                EntryKind::People if entry.country.is_empty() => return Owner::Nobody,
                EntryKind::People => {
                    return Owner::Countries(vec![entry.country.clone()], Whence::Phrase);
                }
            }
        }
        let Some(found) = self.phrase(scene, object, why, depth + 1) else {
            return Owner::Nobody;
        };
        let leads = role.relative || role.name == "leader" || role.name == "commander";
        let body = matches!(found.sort, Sort::Organisation | Sort::Armed) || role.relative;
        if leads && body && found.nature != Nature::Several {
            Owner::Parties(found.parties)
        } else {
            countries_of(&found.parties, Whence::Phrase)
        }
    }

    /// The country of the place that "in" names: "in Kirkuk", "in the country".
    fn place_at(&mut self, scene: &Scene<'_>, object: usize) -> Option<String> {
        let named = scene.mentions.name_at(object).filter(|name| !name.detached);
        let entry = named.and_then(|name| self.entry_of(name));
        let entry = entry.map(|index| self.gazetteer.entry(index));
        if let Some(entry) = entry.filter(|entry| entry.kind == EntryKind::Country) {
            return Some(entry.country.clone());
        }
        if let Some(code) = self.place_below(scene, object) {
            return Some(code);
        }
        let country = self.definite_country(scene, object)?;
        country.first().map(|party| party.country.clone())
    }

    /// The country of "in the northern Iraqi city of Kirkuk", "near the Syrian border".
    fn place_below(&self, scene: &Scene<'_>, object: usize) -> Option<String> {
        let below: Vec<usize> = scene.doc.subtree(object).collect();
        let within = |name: &&NameMention| below.contains(&name.tokens.start) && !name.detached;
        let mut codes = scene
            .mentions
            .names
            .iter()
            .filter(within)
            .filter_map(|name| self.state_of(name));
        let first = codes.next()?;
        codes.all(|code| code == first).then_some(first)
    }
}

/// Several owners as one, if they are of one kind.
fn joined(owners: Vec<Owner>) -> Owner {
    let mut all = Owner::Nobody;
    for owner in owners {
        match (&mut all, owner) {
            (Owner::Nobody, owner) => all = owner,
            (Owner::Countries(codes, _), Owner::Countries(more, _)) => {
                for code in more {
                    if !codes.contains(&code) {
                        codes.push(code);
                    }
                }
            }
            (Owner::Parties(parties), Owner::Parties(more)) => parties.extend(more),
            _ => {}
        }
    }
    all
}

fn owner_of(parties: Vec<Party>, whence: Whence) -> Owner {
    let whole = parties
        .iter()
        .any(|party| party.sectors.contains(&Sector::Rebel) || party.country.is_empty());
    if whole {
        Owner::Parties(parties)
    } else {
        countries_of(&parties, whence)
    }
}

fn countries_of(parties: &[Party], whence: Whence) -> Owner {
    let mut codes: Vec<String> = Vec::new();
    for party in parties.iter().filter(|party| !party.country.is_empty()) {
        if !codes.contains(&party.country) {
            codes.push(party.country.clone());
        }
    }
    if codes.is_empty() {
        Owner::Nobody
    } else {
        Owner::Countries(codes, whence)
    }
}

/// Roles that belong where they are: police and protesters do, troops and envoys often do not.
pub(super) fn is_settled(role: &Role) -> bool {
    let moves = role.form != Form::Body
        && role
            .sectors
            .iter()
            .any(|sector| matches!(sector, Sector::Military | Sector::Journalist));
    let abroad = matches!(
        role.name.as_str(),
        "ambassador" | "envoy" | "diplomat" | "embassy" | "consulate" | "consul"
    );
    !moves && !abroad && !role.rootless
}

/// "in Moscow", "to Moscow": a place, not a government.
pub(super) fn is_where(scene: &Scene<'_>, token: usize) -> bool {
    let prep = scene.lower(scene.doc.tokens[token].head);
    scene.dep(token) == Dep::Pobj
        && (PLACES.contains(&prep.as_str()) || matches!(prep.as_str(), "to" | "from"))
}

/// "in Kirkuk", "near the border with Iraq".
pub(super) fn is_place(scene: &Scene<'_>, name: &NameMention) -> bool {
    let token = name.tokens.end - 1;
    let head = scene.doc.tokens[token].head;
    let stands = !matches!(name.reading, Reading::People | Reading::Seat(_));
    stands && scene.dep(token) == Dep::Pobj && PLACES.contains(&scene.lower(head).as_str())
}

/// Only "and", commas and hyphens stand between two names.
fn are_linked(scene: &Scene<'_>, between: Range<usize>) -> bool {
    !between.is_empty()
        && between.clone().all(|token| {
            matches!(scene.tag(token), Tag::CC | Tag::Comma | Tag::HYPH | Tag::SYM)
                || scene.word(token) == "/"
        })
}

/// A name in a list before the role ("Hamas and Israeli officials") does not own the role alone.
fn is_listed_after(scene: &Scene<'_>, name: &NameMention) -> bool {
    scene
        .doc
        .tokens
        .get(name.tokens.end)
        .is_some_and(|token| token.tag == Tag::CC)
}
