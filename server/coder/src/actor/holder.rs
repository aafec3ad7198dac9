//! The one person an office or title means: named in the article, or known to hold it.

use dateline_parser::Dep;

use super::fold;
use super::memory::{DocumentMemory, Known, Seen};
use super::person::found_person;
use super::phrase::{Found, Nature, Scene, Sort};
use super::role::Form;
use super::role_phrase::RolePhrase;
use super::trail::{Trail, Whence, ago};
use crate::{Party, Sector};

impl DocumentMemory<'_> {
    /// "the president", "the minister" after one was named: that person, if it is clear which.
    pub(super) fn taken_up(
        &self,
        scene: &Scene<'_>,
        phrase: &RolePhrase<'_>,
        why: &mut Trail,
    ) -> Option<Found> {
        let more = scene
            .prepositions(phrase.head)
            .iter()
            .any(|(prep, _)| matches!(prep.as_str(), "of" | "for" | "to"));
        let person = phrase.role.form == Form::Person && !phrase.role.relative;
        let female = match phrase.role.name.as_str() {
            "man" => Some(false),
            "woman" => Some(true),
            _ => None,
        };
        if let Some(female) = female.filter(|_| !phrase.mention.plural && !more) {
            let fits = |seen: &Seen| {
                seen.sort == Sort::Person
                    && matches!(seen.nature, Nature::Person(known) if known.is_none_or(|known| known == female))
            };
            let (seen, reason) = self.antecedent(scene, phrase.head, &fits)?;
            let parties = seen.parties.into_iter().map(|party| Party {
                text: phrase.text.clone(),
                ..party
            });
            let parties: Vec<Party> = parties.collect();
            why.found(&phrase.text, &parties, || reason.to_owned());
            return Some(Found::new(parties, seen.nature, seen.sort));
        }
        if phrase.mention.plural || phrase.gone || !person || more || phrase.own_name.is_some() {
            return None;
        }
        let mut holders = self.seen_holders(phrase.mention.role, None);
        if holders.is_empty() {
            holders = self.seen_titled(&phrase.role.name);
        }
        let last = holders.iter().map(|known| known.last).max()?;
        holders.retain(|known| known.last == last);
        // Of two the sentence's subject is meant, unless both or neither is.
        if holders.len() > 1 {
            let sentence = self.recent.get(self.now() - last)?;
            let subject = |known: &Known| {
                sentence
                    .iter()
                    .any(|seen| seen.subject && seen.parties.iter().any(|party| party.name == known.name))
            };
            let subjects: Vec<&Known> = holders.iter().copied().filter(|known| subject(known)).collect();
            if let [one] = subjects[..] {
                holders = vec![one];
            }
        }
        let [known] = holders[..] else {
            why.lost(&phrase.text, || "several who were named fit".to_owned());
            return Some(Found::new(
                Vec::new(),
                phrase.nature,
                Sort::Role(phrase.mention.role),
            ));
        };
        let found = found_person(known, phrase.text.clone());
        why.found(&phrase.text, &found.parties, || {
            format!(
                "roles.txt:{}, named with that title {}",
                phrase.role.line,
                ago(self.now() - last)
            )
        });
        Some(found)
    }

    /// "his Russian counterpart": who holds the same office there.
    pub(super) fn opposite_number(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        phrase: &RolePhrase<'_>,
        country: &str,
        why: &mut Trail,
    ) -> Option<Found> {
        let opposite = matches!(phrase.role.name.as_str(), "counterpart" | "colleague");
        if !opposite || phrase.mention.plural {
            return None;
        }
        let possessor = scene
            .doc
            .children(head)
            .find(|&token| scene.dep(token) == Dep::Poss)?;
        let found = self.phrase(scene, possessor, &mut Trail::silent(), 3)?;
        let party = found.parties.first()?;
        let known = self.persons.iter().find(|known| known.name == party.name);
        let title = match found.sort {
            Sort::Role(role) => Some(role),
            _ => known.and_then(|known| {
                let office = || {
                    let offices = &self.gazetteer.entry(known.entry?).offices;
                    let held = offices.iter().find(|office| office.held_on(self.published))?;
                    self.gazetteer.office_role(&held.title)
                };
                known
                    .role
                    .filter(|&role| self.gazetteer.role(role).office)
                    .or_else(office)
            }),
        }?;
        let holders = self.gazetteer.holders(title, country, self.published);
        let &[holder] = &holders[..] else { return None };
        let known = self.known_holder(holder, title, country, self.gazetteer.role(title).sectors.clone());
        let found = found_person(&known, phrase.text.clone());
        why.found(&phrase.text, &found.parties, || {
            let entry = self.gazetteer.entry(holder);
            format!(
                "leaders.txt:{}, held the office of {} there",
                entry.line, party.name
            )
        });
        Some(found)
    }

    /// The holder of an office if it is clear who, else the role in its country.
    pub(super) fn held_by(
        &mut self,
        phrase: &RolePhrase<'_>,
        country: &str,
        whence: Option<Whence>,
        why: &mut Trail,
    ) -> Found {
        let role = phrase.mention.role;
        if let Some(name) = &phrase.own_name {
            // A company that no list knows is not of the country that it deals with.
            let told = whence.is_some_and(|whence| matches!(whence, Whence::Phrase | Whence::Locative));
            let country = if phrase.role.form == Form::Body && !told {
                &phrase.role.country
            } else {
                country
            };
            let sectors = self.role_party(phrase, country).sectors;
            let known = phrase.known(name, country, sectors, self.now());
            let found = found_person(&known, phrase.text.clone());
            match whence {
                Some(whence) => phrase.told(&found.parties, whence, why),
                None => why.found(&phrase.text, &found.parties, || {
                    format!("{}:{}, of no clear country", phrase.role.file, phrase.role.line)
                }),
            }
            self.remember(known);
            return found;
        }
        if phrase.role.office && !phrase.mention.plural && !phrase.gone && !country.is_empty() {
            let seen = self.seen_holders(role, Some(country));
            if let Some(known) = seen.into_iter().max_by_key(|known| known.last) {
                let found = found_person(known, phrase.text.clone());
                why.found(&phrase.text, &found.parties, || {
                    format!(
                        "roles.txt:{}, named with that office {}",
                        phrase.role.line,
                        ago(self.now() - known.last)
                    )
                });
                return found;
            }
            let holders = self.gazetteer.holders(role, country, self.published);
            if let [holder] = holders[..] {
                let known = self.known_holder(holder, role, country, phrase.sectors.clone());
                let found = found_person(&known, phrase.text.clone());
                why.found(&phrase.text, &found.parties, || {
                    let entry = self.gazetteer.entry(holder);
                    format!("leaders.txt:{}, held the office then", entry.line)
                });
                return found;
            }
        }
        let parties = vec![self.role_party(phrase, country)];
        match whence {
            Some(whence) => phrase.told(&parties, whence, why),
            None => why.found(&phrase.text, &parties, || {
                format!("{}:{}, of no clear country", phrase.role.file, phrase.role.line)
            }),
        }
        Found {
            whence,
            ..Found::new(parties, phrase.nature, Sort::Role(role))
        }
    }

    fn known_holder(&self, holder: usize, role: usize, country: &str, sectors: Vec<Sector>) -> Known {
        let entry = self.gazetteer.entry(holder);
        Known {
            name: entry.name.clone(),
            country: country.to_owned(),
            sectors,
            shorts: entry.short.iter().map(|short| fold::key(short)).collect(),
            entry: Some(holder),
            role: Some(role),
            female: Some(entry.female),
            body: false,
            last: self.now(),
        }
    }

    /// The persons seen in the article who hold an office, of a country if one is given.
    fn seen_holders(&self, role: usize, country: Option<&str>) -> Vec<&Known> {
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
        self.persons.iter().filter(fits).collect()
    }

    /// The persons seen lately whose title ends in a word: for "minister" a foreign minister.
    fn seen_titled(&self, word: &str) -> Vec<&Known> {
        let lesser = [
            "prime ",
            "vice ",
            "deputy ",
            "assistant ",
            "former ",
            "acting ",
            "under",
        ];
        let ends = |title: &str| {
            title.strip_suffix(word).is_some_and(|rest| {
                rest.is_empty() || rest.ends_with(' ') && !lesser.iter().any(|less| rest.starts_with(less))
            })
        };
        let fits = |known: &&Known| {
            let title = known
                .role
                .is_some_and(|role| ends(&self.gazetteer.role(role).name));
            let office = known.entry.is_some_and(|person| {
                let offices = &self.gazetteer.entry(person).offices;
                offices
                    .iter()
                    .any(|office| office.held_on(self.published) && ends(&office.title))
            });
            known.last > 0 && self.now() - known.last < self.recent.len() && (title || office)
        };
        self.persons.iter().filter(fits).collect()
    }
}
