//! Phrases with a role noun as their head: whose they are decides the country.

use dateline_parser::{EntityLabel, Tag};

use super::fold;
use super::memory::{DocumentMemory, Known};
use super::mention::RoleMention;
use super::named::{former, is_former};
use super::owner::Owner;
use super::person::found_person;
use super::phrase::{Found, Nature, Scene};
use super::role::{Form, Role};
use crate::{Party, Sector};

/// Bodies that are the state itself.
const STATE: [&str; 5] = ["government", "administration", "regime", "cabinet", "junta"];

impl DocumentMemory<'_> {
    /// "Syrian rebels", "Russia's foreign minister", "the government of Japan", "police", "the president".
    pub(super) fn role(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        why: &mut Vec<String>,
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
        if let Some(found) = self.explained_by_apposition(scene, head, &text, why, depth) {
            return Some(found);
        }
        let gone = is_former(scene, start, mention.tokens.start);
        let owner = self.owner(scene, head, start..mention.tokens.start, role, why, depth);
        let nature = nature_of(mention, role);
        let sectors = self.sectors_of(scene, mention, role, start);
        match owner {
            Owner::Parties(parties) => {
                return self.owned_by_parties(mention, parties, sectors, nature, &text, why);
            }
            Owner::Countries(codes) if codes.len() > 1 => {
                let parties = codes
                    .iter()
                    .map(|code| self.role_party(mention, role, code, &sectors, &text))
                    .collect();
                why.push(format!(
                    "\"{text}\": {} of {}",
                    shown(mention, role),
                    codes.join(" and ")
                ));
                return Some(Found {
                    parties,
                    nature: Nature::Several,
                });
            }
            Owner::Countries(codes) => {
                let code = codes.into_iter().next().unwrap_or_default();
                why.push(format!("\"{text}\": {} of {code}", shown(mention, role)));
                let mut found = self.held_by(mention, role, &code, sectors, gone, nature, text, why);
                if let ([party], Some(name)) = (&mut found.parties[..], own_name(scene, head, mention, role))
                    && party.name == shown(mention, role)
                {
                    party.name = name;
                }
                return Some(found);
            }
            Owner::Nobody => {}
        }
        if role.form == Form::Thing {
            why.push(format!("\"{text}\": nothing says whose {} this is", role.name));
            return None;
        }
        if role.office
            && !mention.plural
            && !gone
            && is_definite(scene, head, start)
            && let Some(known) = self.seen_holder(mention.role, None)
        {
            why.push(format!("\"{text}\" is {}, seen with that office", known.name));
            return Some(found_person(&known, text));
        }
        let country = if role.country.is_empty() && !role.rootless {
            self.domestic(scene, head, why).unwrap_or_default()
        } else {
            role.country.clone()
        };
        if role.relative && country.is_empty() {
            why.push(format!("\"{text}\": nothing says whose {} this is", role.name));
            return None;
        }
        Some(self.held_by(mention, role, &country, sectors, gone, nature, text, why))
    }

    /// "Hamas fighters" are Hamas; "Hamas supporters" are civilians of its country.
    fn owned_by_parties(
        &mut self,
        mention: &RoleMention,
        parties: Vec<Party>,
        sectors: Vec<Sector>,
        nature: Nature,
        text: &str,
        why: &mut Vec<String>,
    ) -> Option<Found> {
        let gazetteer = self.gazetteer;
        let role = gazetteer.role(mention.role);
        let own_kind = sectors.first().is_some_and(|sector| {
            matches!(
                sector,
                Sector::Civilian | Sector::Refugee | Sector::Opposition | Sector::Prisoner | Sector::Elite
            )
        });
        let parties: Vec<Party> = parties
            .into_iter()
            .map(|party| {
                if own_kind && !role.relative {
                    Party {
                        name: shown(mention, role).to_owned(),
                        text: text.to_owned(),
                        country: party.country,
                        sectors: sectors.clone(),
                    }
                } else {
                    Party {
                        text: text.to_owned(),
                        ..party
                    }
                }
            })
            .collect();
        let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
        why.push(format!("\"{text}\" speaks or acts for {}", names.join(" and ")));
        Some(Found { parties, nature })
    }

    /// The holder of an office if it is clear who, else the role in its country.
    #[expect(clippy::too_many_arguments, reason = "all of it describes the one phrase")]
    fn held_by(
        &mut self,
        mention: &RoleMention,
        role: &Role,
        country: &str,
        sectors: Vec<Sector>,
        gone: bool,
        nature: Nature,
        text: String,
        why: &mut Vec<String>,
    ) -> Found {
        if role.office && !mention.plural && !gone && !country.is_empty() {
            if let Some(known) = self.seen_holder(mention.role, Some(country)) {
                why.push(format!("\"{text}\" is {}, seen with that office", known.name));
                return found_person(&known, text);
            }
            let holders = self.gazetteer.holders(mention.role, country, self.published);
            if let [holder] = holders[..] {
                let entry = self.gazetteer.entry(holder);
                why.push(format!("\"{text}\" is {}, who held the office then", entry.name));
                let known = Known {
                    name: entry.name.clone(),
                    country: country.to_owned(),
                    sectors,
                    shorts: entry.short.iter().map(|short| fold::key(short)).collect(),
                    entry: Some(holder),
                    role: Some(mention.role),
                    female: Some(entry.female),
                    last: self.now(),
                };
                return found_person(&known, text);
            }
        }
        let sectors = if gone { former(&sectors) } else { sectors };
        Found {
            parties: vec![self.role_party(mention, role, country, &sectors, &text)],
            nature,
        }
    }

    fn role_party(
        &self,
        mention: &RoleMention,
        role: &Role,
        country: &str,
        sectors: &[Sector],
        text: &str,
    ) -> Party {
        let state = self
            .gazetteer
            .country(country)
            .filter(|_| STATE.contains(&role.name.as_str()));
        Party {
            name: state
                .map_or_else(|| shown(mention, role), |entry| entry.name_on(self.published))
                .to_owned(),
            text: text.to_owned(),
            country: country.to_owned(),
            sectors: sectors.to_vec(),
        }
    }

    /// The person seen in the article who holds an office, of a country if one is given; the last mentioned.
    fn seen_holder(&self, role: usize, country: Option<&str>) -> Option<Known> {
        let leads = self.gazetteer.role(role).name == "leader";
        let fits = |known: &&Known| {
            let office = known.role == Some(role)
                || known.entry.is_some_and(|person| {
                    let offices = &self.gazetteer.entry(person).offices;
                    self.gazetteer.holds(person, role, self.published)
                        || (leads && offices.iter().any(|office| office.held_on(self.published)))
                });
            known.last > 0 && office && country.is_none_or(|code| known.country == code)
        };
        self.persons
            .iter()
            .filter(fits)
            .max_by_key(|known| known.last)
            .cloned()
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
            _ => role.sectors.clone(),
        }
    }
}

/// The role's word for as many as the text speaks of.
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

fn nature_of(mention: &RoleMention, role: &Role) -> Nature {
    match role.form {
        _ if mention.plural => Nature::Several,
        Form::Person | Form::Group => Nature::Person(None),
        Form::Body if role.name == "police" => Nature::Several,
        Form::Body | Form::Thing => Nature::Body,
    }
}

/// The proper name of a body that says more than country and role: "Nigerian Union of Teachers".
fn own_name(scene: &Scene<'_>, head: usize, mention: &RoleMention, role: &Role) -> Option<String> {
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
