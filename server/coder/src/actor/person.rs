//! Persons by a short name, by title and name, or by what the text says of them.

use dateline_parser::{Dep, EntityLabel, Tag};

use super::fold;
use super::memory::{DocumentMemory, Known};
use super::mention::token_words;
use super::named::{former, is_former};
use super::phrase::{Found, Nature, Scene, Sort};
use super::role::Form;
use super::trail::Trail;
use crate::Party;

impl DocumentMemory<'_> {
    /// A person by a short name, by title and short name, or by a name that only the text explains.
    pub(super) fn person(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        why: &mut Trail,
        depth: usize,
    ) -> Option<Found> {
        if !matches!(scene.tag(head), Tag::NNP | Tag::NNPS) {
            return None;
        }
        let start = scene.start_of(head);
        let text = scene.printed(start, head);
        if let Some(known) = self.seen_person(scene, head) {
            self.persons[known].last = self.now();
            let known = &self.persons[known];
            let found = found_person(known, text.clone());
            why.found(&text, &found.parties, || {
                let role = known.role.map(|role| self.gazetteer.role(role).line);
                match (known.entry, role) {
                    (Some(entry), _) => {
                        let line = self.gazetteer.entry(entry).line;
                        format!("leaders.txt:{line}, named in full in this article")
                    }
                    (None, Some(line)) => {
                        format!("roles.txt:{line}, introduced in this article with that title")
                    }
                    (None, None) => "introduced in this article".to_owned(),
                }
            });
            return Some(found);
        }
        self.titled_person(scene, head, start, &text, why)
            .or_else(|| self.introduced_body(scene, head, start, why))
            .or_else(|| self.introduced_person(scene, head, start, why, depth))
    }

    /// "the rights group Sviatlo", "oil company Petrolia": a body that its noun explains.
    fn introduced_body(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        start: usize,
        why: &mut Trail,
    ) -> Option<Found> {
        let (from, _) = name_start(scene, head);
        let mentions = std::sync::Arc::clone(&scene.mentions);
        let title = mentions
            .roles
            .iter()
            .find(|role| role.tokens.end == from && !role.plural)
            .filter(|role| role.tokens.start >= start || is_beside(scene, role.tokens.end - 1, head))?;
        let role = self.gazetteer.role(title.role);
        let common = title.tokens.clone().all(|token| scene.tag(token) != Tag::NNP);
        if role.form != Form::Body || !common || mentions.role_at(head).is_some() {
            return None;
        }
        let country = if role.country.is_empty() {
            self.nation_before(
                scene,
                start.min(scene.start_of(title.tokens.end - 1)),
                title.tokens.start,
            )
        } else {
            Some(role.country.clone())
        };
        let name = scene.text_of(from..head + 1);
        let known = Known {
            shorts: vec![fold::key(&name)],
            name,
            country: country.unwrap_or_default(),
            sectors: role.sectors.clone(),
            entry: None,
            role: Some(title.role),
            female: None,
            body: true,
            last: self.now(),
        };
        let found = found_person(&known, scene.printed(start, head));
        why.found(&known.name, &found.parties, || {
            format!("roles.txt:{}, by the noun before the name", role.line)
        });
        self.remember(known);
        Some(found)
    }

    /// The known person whose short name ends at the head.
    pub(super) fn seen_person(&self, scene: &Scene<'_>, head: usize) -> Option<usize> {
        let (from, titles) = name_start(scene, head);
        let words = token_words(scene.text, scene.doc, from..head + 1);
        let short = words
            .iter()
            .map(|(_, word)| word.folded.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let female = courtesy_gender(&titles);
        let candidates = self
            .called(&short)
            .filter(|(_, known)| female.is_none() || known.female.is_none() || known.female == female);
        let (best, last) = candidates
            .clone()
            .map(|(at, known)| (at, known.last))
            .max_by_key(|(_, last)| *last)?;
        // Two persons of one short name that were both only surveyed: nothing says which.
        let rivals = candidates.filter(|(_, known)| known.last == last).count();
        (rivals == 1).then_some(best)
    }

    /// "President Putin" before any full name: the holder of that title with that short name.
    fn titled_person(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        start: usize,
        text: &str,
        why: &mut Trail,
    ) -> Option<Found> {
        let (from, _) = name_start(scene, head);
        let title = scene
            .mentions
            .roles
            .iter()
            .find(|role| role.tokens.end == from && role.tokens.start >= start)?;
        let words = token_words(scene.text, scene.doc, from..head + 1);
        let short = words
            .iter()
            .map(|(_, word)| word.folded.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let nation = self.nation_before(scene, start, title.tokens.start);
        let holders: Vec<usize> = self
            .gazetteer
            .persons_called(&short)
            .iter()
            .copied()
            .filter(|&person| self.gazetteer.holds(person, title.role, self.published))
            .filter(|&person| {
                nation
                    .as_ref()
                    .is_none_or(|code| self.gazetteer.entry(person).country == *code)
            })
            .collect();
        let first = self.gazetteer.entry(*holders.first()?);
        let country = first.country_on(self.published).to_owned();
        if holders
            .iter()
            .any(|&person| self.gazetteer.entry(person).country_on(self.published) != country)
        {
            return None;
        }
        let one = holders.len() == 1;
        let known = Known {
            name: if one { first.name.clone() } else { text.to_owned() },
            country,
            sectors: self.gazetteer.role(title.role).sectors.clone(),
            shorts: vec![short],
            entry: one.then(|| holders[0]),
            role: Some(title.role),
            female: Some(first.female),
            body: false,
            last: self.now(),
        };
        let mut found = found_person(&known, text.to_owned());
        if is_former(scene, start, title.tokens.start) {
            found.parties[0].sectors = former(&[]);
        }
        let line = self.gazetteer.role(title.role).line;
        why.found(text, &found.parties, || {
            format!("roles.txt:{line}, title and short name of the holder")
        });
        self.remember(known);
        Some(found)
    }

    /// A person that no list knows, with a title, a nationality or an explanation beside the name.
    fn introduced_person(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        start: usize,
        why: &mut Trail,
        depth: usize,
    ) -> Option<Found> {
        let entity = scene.doc.entities.iter().find(|entity| {
            let tokens = entity.start..entity.end;
            tokens.contains(&head) && tokens.len() <= MOST_NAME_TOKENS && entity.label == EntityLabel::Person
        });
        let (own, courtesies) = name_start(scene, head);
        let from = entity.map_or(own, |entity| entity.start.min(own).max(start));
        let title = scene
            .mentions
            .roles
            .iter()
            .rfind(|role| role.tokens.end <= from && role.tokens.start >= start)
            .and_then(|role| scene.mentions.role_at(role.tokens.end - 1));
        let apposed = |token: usize| {
            let role = scene
                .mentions
                .role_at(token)
                .map(|role| self.gazetteer.role(role.role));
            scene.dep(token) == Dep::Appos && role.is_some_and(|role| role.form == Form::Person)
        };
        if entity.is_none() && scene.mentions.role_at(head).is_some() {
            return None;
        }
        let named = entity.is_some() || title.is_some();
        if !named && !scene.doc.children(head).any(apposed) {
            return None;
        }
        let explained = self.introduction(scene, head, start, from, title.cloned(), why, depth)?;
        let name = scene.text_of(from..head + 1);
        let shorts = short_names(&name);
        let known = Known {
            name: name.clone(),
            country: explained.country,
            sectors: explained.sectors,
            shorts,
            entry: None,
            role: title.map(|title| title.role),
            female: courtesy_gender(&courtesies),
            body: false,
            last: self.now(),
        };
        let found = found_person(&known, scene.printed(start, head));
        why.found(&name, &found.parties, || {
            "by what the text says of the person".to_owned()
        });
        self.remember(known);
        Some(found)
    }
}

/// A person's name has no more tokens than this; what is longer is a list without commas.
const MOST_NAME_TOKENS: usize = 16;

/// Where the proper name that ends at a head begins, and the titles of courtesy before it.
pub(super) fn name_start(scene: &Scene<'_>, head: usize) -> (usize, Vec<String>) {
    let courtesy = [
        "mr",
        "mr.",
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "dr",
        "dr.",
        "sir",
        "lady",
        "madam",
        "lord",
        "gen.",
        "lt.",
        "col.",
        "maj.",
        "sen.",
        "rep.",
        "gov.",
        "sheikh",
        "ayatollah",
        "capt.",
        "sgt.",
        "rev.",
        "prof.",
        "adm.",
    ];
    let mut start = head;
    let mut titles = Vec::new();
    while start > scene.mentions.sentence.start && head - start < MOST_NAME_TOKENS {
        let before = start - 1;
        let lower = scene.lower(before);
        let part = matches!(scene.tag(before), Tag::NNP | Tag::NNPS | Tag::HYPH);
        if !part || scene.doc.tokens[before].head < before || scene.mentions.name_at(before).is_some() {
            break;
        }
        if courtesy.contains(&lower.as_str()) {
            titles.push(lower);
            break;
        }
        if scene.mentions.role_at(before).is_some() {
            break;
        }
        start = before;
    }
    (start, titles)
}

/// Two subjects of one verb side by side, as the parser sometimes has it: "the rights *group* *Sviatlo* said".
pub(super) fn is_beside(scene: &Scene<'_>, noun: usize, name: usize) -> bool {
    let subject = |token| matches!(scene.dep(token), Dep::Nsubj | Dep::NsubjPass);
    noun + 1 == name
        && subject(noun)
        && subject(name)
        && scene.doc.tokens[noun].head == scene.doc.tokens[name].head
}

/// Whether a title of courtesy says "she".
fn courtesy_gender(titles: &[String]) -> Option<bool> {
    titles.iter().find_map(|title| match title.as_str() {
        "mr" | "mr." | "sir" | "lord" => Some(false),
        "ms" | "ms." | "mrs" | "mrs." | "madam" | "lady" => Some(true),
        _ => None,
    })
}

/// By which a full name is taken up: each of its words but the first, as "Garcia" and "Marquez".
pub(super) fn short_names(name: &str) -> Vec<String> {
    let words = fold::words(name);
    let capital = |word: &&fold::Word| word.case != fold::Case::Lower && word.folded.chars().count() > 2;
    let later = words
        .iter()
        .skip(1)
        .filter(capital)
        .map(|word| word.folded.clone());
    let mut shorts: Vec<String> = later.collect();
    if let Some(last) = words.last().filter(|last| !shorts.contains(&last.folded)) {
        shorts.push(last.folded.clone());
    }
    shorts
}

/// The phrase stands for this person.
pub(super) fn found_person(known: &Known, text: String) -> Found {
    let party = Party {
        name: known.name.clone(),
        text,
        country: known.country.clone(),
        sectors: known.sectors.clone(),
    };
    if known.body {
        return Found::new(vec![party], Nature::Body, Sort::Organisation);
    }
    Found::new(vec![party], Nature::Person(known.female), Sort::Person)
}
