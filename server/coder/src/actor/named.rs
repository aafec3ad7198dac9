//! Phrases with a known name as their head, and persons known by title or short name.

use dateline_parser::{Dep, EntityLabel, Tag};

use super::entry::EntryKind;
use super::gazetteer::Reading;
use super::memory::DocumentMemory;
use super::mention::NameMention;
use super::phrase::{Found, Nature, Scene, Sort};
use super::trail::Trail;
use crate::{Party, Sector};

/// Before a title or a name: it is no longer so.
const FORMER: [&str; 9] = [
    "former", "ex", "late", "ousted", "deposed", "fugitive", "ousted", "exiled", "outgoing",
];

impl DocumentMemory<'_> {
    /// A country, people, capital, seat, organisation, group or person by its name.
    pub(super) fn named(&mut self, scene: &Scene<'_>, head: usize, why: &mut Trail) -> Option<Found> {
        let mentions = std::sync::Arc::clone(&scene.mentions);
        let name = mentions.name_at(head)?;
        if name.reading == Reading::Adjective {
            return None;
        }
        let index = self.entry_of(name)?;
        let entry = self.gazetteer.entry(index);
        let start = name.tokens.start.min(scene.start_of(head));
        let last = head.max(name.tokens.end - 1);
        if name.detached {
            return self.detached_people(scene, head, name, why);
        }
        let country = entry.country_on(self.published).to_owned();
        let mut party = Party {
            name: entry.name_on(self.published).to_owned(),
            text: scene.printed(name.tokens.start, last),
            country,
            sectors: entry.sectors.clone(),
        };
        let nature = match (name.reading, entry.kind) {
            (Reading::Name, EntryKind::Person) => {
                party.text = scene.printed(start, last);
                party.sectors = entry.sectors_on(self.published);
                if is_former(scene, start, name.tokens.start) {
                    party.sectors = former(&entry.sectors);
                }
                Nature::Person(Some(entry.female))
            }
            (Reading::People, _) if is_people(scene, head) => {
                party.text = scene.printed(start, last);
                if scene.doc.children(head).any(|i| scene.tag(i) == Tag::CD) {
                    party.sectors = vec![Sector::Civilian];
                }
                Nature::Several
            }
            // Where a body has its seat is a place unless it acts.
            (Reading::Capital, EntryKind::Organisation) if super::owner::is_where(scene, head) => {
                return None;
            }
            (Reading::Capital, _) => {
                if !super::owner::is_where(scene, head) {
                    party.sectors = vec![Sector::Government];
                }
                Nature::Body
            }
            (Reading::Seat(seat), _) => {
                party.sectors = entry
                    .seats
                    .get(seat)
                    .map(|(_, sectors)| sectors.clone())
                    .unwrap_or_default();
                Nature::Body
            }
            _ => Nature::Body,
        };
        let sort = match entry.kind {
            EntryKind::Country => Sort::Country,
            EntryKind::Organisation => Sort::Organisation,
            EntryKind::Group => Sort::Armed,
            EntryKind::Person => Sort::Person,
            EntryKind::People => Sort::Other,
        };
        let text = party.text.clone();
        let parties = vec![party];
        why.found(&text, &parties, || {
            let file = entry.kind.file();
            format!("{file}:{}, {}", entry.line, reading_word(name.reading))
        });
        Some(Found::new(parties, nature, sort))
    }

    /// "ethnic Albanians": a people within the country that the text is about.
    fn detached_people(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        name: &NameMention,
        why: &mut Trail,
    ) -> Option<Found> {
        if name.reading != Reading::People || !is_people(scene, head) {
            return None;
        }
        let text = scene.printed(scene.start_of(head), head);
        let country = self
            .domestic(scene, head)
            .map(|(code, _)| code)
            .unwrap_or_default();
        let party = Party {
            name: text.clone(),
            text,
            country,
            sectors: vec![Sector::Civilian],
        };
        let parties = vec![party];
        why.found(&parties[0].text, &parties, || {
            "a people within a country".to_owned()
        });
        Some(Found::new(parties, Nature::Several, Sort::Other))
    }

    /// An organisation that no list knows, but whose name or adjective tells its country: "Kenya Wildlife Trust".
    pub(super) fn organisation(&mut self, scene: &Scene<'_>, head: usize, why: &mut Trail) -> Option<Found> {
        let entity = scene.doc.entities.iter().find(|entity| {
            (entity.start..entity.end).contains(&head)
                && entity.label == EntityLabel::Org
                && entity.end == head + 1
        })?;
        let start = scene.start_of(head).min(entity.start);
        let country = self.nation_before(scene, start, entity.end)?;
        let name = scene.printed(entity.start, head);
        let party = Party {
            text: scene.printed(start, head),
            name,
            country,
            sectors: Vec::new(),
        };
        let parties = vec![party];
        why.found(&parties[0].text, &parties, || {
            "an organisation of the country in its name".to_owned()
        });
        Some(Found::new(parties, Nature::Body, Sort::Organisation))
    }

    /// The country named between two tokens, if it is one.
    pub(super) fn nation_before(&self, scene: &Scene<'_>, start: usize, end: usize) -> Option<String> {
        let names = scene
            .mentions
            .names
            .iter()
            .filter(|name| !name.detached && name.tokens.start >= start && name.tokens.end <= end);
        let mut codes = names
            .filter_map(|name| self.entry_of(name))
            .map(|index| self.gazetteer.entry(index));
        codes.next().map(|entry| entry.country.clone())
    }
}

/// Whether a word for what is no more stands in a token range.
pub(super) fn is_former(scene: &Scene<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|token| FORMER.contains(&scene.lower(token).as_str()))
}

/// The sectors of one who has left office.
pub(super) fn former(sectors: &[Sector]) -> Vec<Sector> {
    let state = |sector: &Sector| {
        matches!(
            sector,
            Sector::Government | Sector::Military | Sector::Legislature
        )
    };
    if sectors.is_empty() || sectors.iter().any(state) {
        vec![Sector::Elite]
    } else {
        sectors.to_vec()
    }
}

/// The word is a noun for people ("Syrians"), not an adjective.
fn is_people(scene: &Scene<'_>, head: usize) -> bool {
    matches!(scene.tag(head), Tag::NNS | Tag::NNPS | Tag::NNP | Tag::NN)
        && !matches!(scene.dep(head), Dep::Amod | Dep::Compound | Dep::Npadvmod)
}

fn reading_word(reading: Reading) -> &'static str {
    match reading {
        Reading::Name => "name",
        Reading::People => "people",
        Reading::Adjective => "adjective of a people",
        Reading::Capital => "capital",
        Reading::Seat(_) => "seat of government",
        Reading::Place => "place in it",
        Reading::NotActor => "no actor",
    }
}
