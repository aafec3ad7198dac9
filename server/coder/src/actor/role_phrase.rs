//! Phrases with a role noun as their head: whose they are decides the country.

use dateline_parser::{Dep, EntityLabel, Tag};

use super::gazetteer::Gazetteer;
use super::memory::{DocumentMemory, Known, Seen};
use super::mention::RoleMention;
use super::named::{former, is_former};
use super::owner::Owner;
use super::person::{found_person, is_beside, name_start, short_names};
use super::phrase::{Found, Nature, Scene, Sort};
use super::role::{Form, Role};
use super::trail::{Trail, Whence};
use crate::{Party, Sector};

/// A phrase with a role noun, read as far as it says by itself.
pub(super) struct RolePhrase<'r> {
    pub(super) head: usize,
    /// "its foreign minister, *Jane Doe*,"
    pub(super) own_name: Option<String>,
    pub(super) mention: &'r RoleMention,
    pub(super) role: &'r Role,
    pub(super) sectors: Vec<Sector>,
    /// "former": no longer in office.
    pub(super) gone: bool,
    pub(super) nature: Nature,
    /// As printed, without the article.
    pub(super) text: String,
    /// The people that an adjective names: "Syrian *Kurdish* fighters".
    pub(super) people: Option<String>,
}

impl RolePhrase<'_> {
    /// The role as shown, with its people: "Kurdish fighters".
    fn shown(&self) -> String {
        let role = shown(self.mention, self.role);
        match &self.people {
            Some(people) => format!("{people} {role}"),
            None => role.to_owned(),
        }
    }

    /// The person whom the phrase introduces.
    pub(super) fn known(&self, name: &str, country: &str, sectors: Vec<Sector>, now: usize) -> Known {
        Known {
            name: name.to_owned(),
            country: country.to_owned(),
            sectors,
            shorts: short_names(name),
            entry: None,
            role: Some(self.mention.role),
            female: gender(&self.text.to_lowercase()),
            body: self.role.form == Form::Body,
            last: now,
        }
    }

    pub(super) fn told(&self, parties: &[Party], whence: Whence, why: &mut Trail) {
        why.found(&self.text, parties, || {
            format!("{}:{}, {}", self.role.file, self.role.line, whence.told())
        });
    }
}

/// Bodies that are the state itself.
const STATE: [&str; 5] = ["government", "administration", "regime", "cabinet", "junta"];

impl DocumentMemory<'_> {
    /// "Syrian rebels", "Russia's foreign minister", "the government of Japan", "police", "the president".
    pub(super) fn role(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        why: &mut Trail,
        depth: usize,
    ) -> Option<Found> {
        let mentions = std::sync::Arc::clone(&scene.mentions);
        let mention = mentions.role_at(head)?;
        let gazetteer = self.gazetteer;
        let role = gazetteer.role(mention.role);
        let start = mention
            .tokens
            .clone()
            .map(|token| scene.start_of(token))
            .min()
            .unwrap_or(head)
            .min(mention.tokens.start);
        let text = scene.printed(start, head.max(mention.tokens.end - 1));
        let own_name = apposed_name(scene, head, role);
        if let Some(found) = self.explained_by_apposition(scene, head, &text, own_name.as_deref(), why, depth)
        {
            return Some(found);
        }
        let gone = is_former(scene, start, mention.tokens.start);
        let owner = self.owner(scene, head, start..mention.tokens.start, role, why, depth);
        let sectors = self.sectors_of(scene, mention, role, start);
        let phrase = RolePhrase {
            head,
            own_name,
            mention,
            role,
            sectors,
            gone,
            nature: nature_of(scene, head, mention, role),
            text,
            people: people_before(gazetteer, scene, start..mention.tokens.start),
        };
        // The allies of a country are others.
        let owner = match owner {
            Owner::Countries(..) if role.rootless && !role.country.is_empty() => Owner::Nobody,
            owner => owner,
        };
        match owner {
            Owner::Parties(parties) => return self.owned_by_parties(&phrase, parties, why),
            Owner::Countries(codes, whence) if codes.len() > 1 => {
                let parties: Vec<Party> = codes.iter().map(|code| self.role_party(&phrase, code)).collect();
                phrase.told(&parties, whence, why);
                return Some(Found::new(parties, Nature::Several, Sort::Role(mention.role)));
            }
            Owner::Countries(codes, whence) => {
                let code = codes.into_iter().next().unwrap_or_default();
                if let Some(found) = self.opposite_number(scene, head, &phrase, &code, why) {
                    return Some(found);
                }
                let mut found = self.held_by(&phrase, &code, Some(whence), why);
                if let ([party], Some(name)) = (&mut found.parties[..], body_name(scene, head, mention, role))
                    && party.name == phrase.shown()
                {
                    party.name = name;
                }
                return Some(found);
            }
            Owner::Unclear if !role.relative && role.form != Form::Thing => {
                return Some(self.held_by(&phrase, &role.country, None, why));
            }
            Owner::Unclear | Owner::Nobody => {}
        }
        let of_whom = role.relative && !role.sectors.contains(&Sector::Government);
        if role.form == Form::Thing || of_whom {
            why.lost(&phrase.text, || {
                format!("{}:{}, nothing says whose it is", role.file, role.line)
            });
            return None;
        }
        if is_definite(scene, head, start)
            && let Some(found) = self.taken_up(scene, &phrase, why)
        {
            return Some(found);
        }
        let (country, whence) = if role.country.is_empty() && !role.rootless {
            let found = self.domestic(scene, head);
            found.map_or((String::new(), None), |(code, whence)| (code, Some(whence)))
        } else if role.country.is_empty() {
            (String::new(), None)
        } else {
            (role.country.clone(), Some(Whence::Role))
        };
        if (role.relative || role.bystander) && country.is_empty() {
            why.lost(&phrase.text, || {
                format!("roles.txt:{}, nothing says of which country", role.line)
            });
            return None;
        }
        Some(self.held_by(&phrase, &country, whence, why))
    }

    /// "Hamas fighters" are Hamas; "Hamas supporters" are civilians of its country.
    fn owned_by_parties(
        &mut self,
        phrase: &RolePhrase<'_>,
        parties: Vec<Party>,
        why: &mut Trail,
    ) -> Option<Found> {
        let own_kind = phrase.sectors.first().is_some_and(|sector| {
            matches!(
                sector,
                Sector::Civilian | Sector::Refugee | Sector::Opposition | Sector::Prisoner | Sector::Elite
            )
        });
        let parties: Vec<Party> = parties
            .into_iter()
            .map(|party| {
                if own_kind && !phrase.role.relative {
                    self.role_party(phrase, &party.country)
                } else {
                    Party {
                        text: phrase.text.clone(),
                        ..party
                    }
                }
            })
            .collect();
        why.found(&phrase.text, &parties, || {
            format!(
                "roles.txt:{}, speaks or acts for whom it belongs to",
                phrase.role.line
            )
        });
        if let (Some(name), [party]) = (&phrase.own_name, &parties[..]) {
            let known = phrase.known(name, &party.country, party.sectors.clone(), self.now());
            let found = found_person(&known, phrase.text.clone());
            self.remember(known);
            return Some(found);
        }
        let sort = match &parties[..] {
            [party] if party.name != phrase.shown() => Sort::Organisation,
            _ => Sort::Other,
        };
        Some(Found::new(parties, phrase.nature, sort))
    }

    pub(super) fn role_party(&self, phrase: &RolePhrase<'_>, country: &str) -> Party {
        let state = self
            .gazetteer
            .country(country)
            .filter(|_| STATE.contains(&phrase.role.name.as_str()));
        let sectors = if phrase.gone {
            former(&phrase.sectors)
        } else {
            phrase.sectors.clone()
        };
        Party {
            name: state.map_or_else(
                || phrase.shown(),
                |entry| entry.name_on(self.published).to_owned(),
            ),
            text: phrase.text.clone(),
            country: country.to_owned(),
            sectors,
        }
    }

    /// A role that only points elsewhere takes the sector of the body named before it: "army spokesman".
    pub(super) fn sectors_of(
        &self,
        scene: &Scene<'_>,
        mention: &RoleMention,
        role: &Role,
        start: usize,
    ) -> Vec<Sector> {
        let before = scene
            .mentions
            .roles
            .iter()
            .rfind(|other| other.tokens.start >= start && other.tokens.end <= mention.tokens.start);
        // "Yoruba leaders" lead, whatever their people is.
        let other = before
            .map(|other| self.gazetteer.role(other.role))
            .filter(|role| self.gazetteer.people(&role.name).is_none());
        match other {
            Some(other) if !other.sectors.is_empty() && (role.relative || is_plain_person(role)) => {
                other.sectors.clone()
            }
            // "the Saudi-led coalition": an alliance of arms, not of parties; so is what is called by the word later.
            _ if role.name == "coalition" => {
                let armed = (start..mention.tokens.start)
                    .any(|token| matches!(scene.lower(token).as_str(), "led" | "military" | "air" | "arab"));
                let mut seen = self.recent.iter().flatten();
                let same = |seen: &&Seen| {
                    seen.sort == Sort::Role(mention.role) && seen.token != mention.tokens.start
                };
                let before = seen.find(same).and_then(|seen| seen.parties.first());
                match before {
                    _ if armed => vec![Sector::Military],
                    Some(party) if party.sectors == [Sector::Military] => vec![Sector::Military],
                    _ => role.sectors.clone(),
                }
            }
            // "Protesters clashed with police; three officers were hurt": of whom the text last spoke.
            _ if role.name == "officer" => {
                let seen = self.recent.iter().flat_map(|sentence| sentence.iter().rev());
                let force = |party: &Party| party.sectors.first().copied();
                let force = seen
                    .flat_map(|seen| &seen.parties)
                    .filter_map(force)
                    .find(|sector| matches!(sector, Sector::Police | Sector::Military));
                force.map_or_else(|| role.sectors.clone(), |sector| vec![sector])
            }
            _ => role.sectors.clone(),
        }
    }
}

/// The role's word for as many as the text speaks of.
/// The adjective of a people among the words before a role.
fn people_before(gazetteer: &Gazetteer, scene: &Scene<'_>, before: std::ops::Range<usize>) -> Option<String> {
    let capital = |word: &String| word.starts_with(char::is_uppercase);
    let mut words = before.map(|token| scene.printed(token, token)).filter(capital);
    words.find(|word| gazetteer.people(word).is_some())
}

fn shown<'r>(mention: &RoleMention, role: &'r Role) -> &'r str {
    if mention.plural { &role.plural } else { &role.name }
}

/// Roles that say little by themselves: "police commander", "student leader", "party secretary".
fn is_plain_person(role: &Role) -> bool {
    matches!(
        role.name.as_str(),
        "leader" | "commander" | "secretary" | "commissioner" | "deputy" | "negotiator" | "activist"
    )
}

fn nature_of(scene: &Scene<'_>, head: usize, mention: &RoleMention, role: &Role) -> Nature {
    match role.form {
        _ if mention.plural => Nature::Several,
        Form::Person | Form::Group => Nature::Person(gender(&scene.lower(head))),
        Form::Body if role.name.ends_with("police") || role.name.ends_with("forces") => Nature::Several,
        Form::Body | Form::Thing => Nature::Body,
    }
}

/// The name of a person in apposition to an office or other person's role, as far as it is one.
fn apposed_name(scene: &Scene<'_>, head: usize, role: &Role) -> Option<String> {
    if !matches!(role.form, Form::Person | Form::Body) {
        return None;
    }
    let token = scene
        .doc
        .children(head)
        .find(|&i| i > head && scene.dep(i) == Dep::Appos && matches!(scene.tag(i), Tag::NNP | Tag::NNPS));
    let beside = || {
        let next = head + 1;
        let name = next < scene.mentions.sentence.end && scene.tag(next) == Tag::NNP;
        (name && is_beside(scene, head, next)).then_some(next)
    };
    let token = token.or_else(beside)?;
    // Beside a person's title stands a person, whatever the label: "its foreign minister, *Jörg-Uwe Brömmel*,".
    let country = |name: &super::mention::NameMention| name.reading != super::gazetteer::Reading::Name;
    if scene.mentions.name_at(token).is_some_and(country) || scene.mentions.role_at(token).is_some() {
        return None;
    }
    let entity =
        scene.doc.entities.iter().find(|entity| {
            (entity.start..entity.end).contains(&token) && entity.label == EntityLabel::Person
        });
    let start = entity.map_or_else(|| name_start(scene, token).0, |entity| entity.start);
    let name = scene.text_of(start..token + 1);
    // "the rights group Sviatlo", but not "the court, Judge Doe".
    let body = role.form == Form::Body && start == head + 1 && role.family_name().is_none();
    let person = role.form == Form::Person && name.split([' ', '-']).count() > 1;
    (body || person).then_some(name)
}

/// Whether a noun for a person says "she" or "he".
fn gender(word: &str) -> Option<bool> {
    let female = [
        "woman", "queen", "princess", "lady", "girl", "mother", "nun", "actress", "widow", "wife",
    ];
    let male = [
        "king",
        "prince",
        "emir",
        "sultan",
        "pope",
        "monk",
        "imam",
        "father",
        "policeman",
        "ayatollah",
    ];
    if female.iter().any(|end| word.ends_with(end)) {
        Some(true)
    } else {
        male.contains(&word).then_some(false)
    }
}

/// The proper name of a body that says more than country and role: "Nigerian Union of Teachers".
fn body_name(scene: &Scene<'_>, head: usize, mention: &RoleMention, role: &Role) -> Option<String> {
    let entity = scene
        .doc
        .entities
        .iter()
        .find(|entity| (entity.start..entity.end).contains(&head) && entity.label == EntityLabel::Org)?;
    let said = |token: usize| {
        mention.tokens.contains(&token)
            || scene.mentions.name_at(token).is_some()
            || !matches!(scene.tag(token), Tag::NNP | Tag::NNPS)
    };
    let more = role.form == Form::Body && !(entity.start..entity.end).all(said);
    more.then(|| scene.printed(entity.start, entity.end - 1))
}

/// "the president", not "a president".
fn is_definite(scene: &Scene<'_>, head: usize, start: usize) -> bool {
    let determiner = scene.lower(start);
    determiner == "the" || start == head && scene.tag(head) == Tag::NNP
}
