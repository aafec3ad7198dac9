//! The name of a place in the text: its words, what is said beside it, and the row that it means.

use super::choose::{self, Beside, Hints};
use super::nouns::{direction, is_first_name, kind_word};
use super::phrase::Reader;
use crate::tree::Tree;
use crate::{PlaceKind, PlaceRef};
use dateline_parser::{EntityLabel, Tag};
use std::ops::Range;

/// A name in the text: its words and its tokens.
pub(super) struct Named<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Range<usize>,
    /// Whether the parser says that it is a place.
    pub(super) sure: bool,
    /// Whether the parser says that it is a person.
    person: bool,
}

impl<'a> Reader<'a> {
    /// The name that a token belongs to.
    pub(super) fn named(&self, head: usize) -> Option<Named<'a>> {
        let tree = self.tree;
        let entity = tree
            .doc
            .entities
            .iter()
            .find(|entity| (entity.start..entity.end).contains(&head));
        let label = entity.map(|entity| entity.label);
        let sure = matches!(
            label,
            Some(EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac)
        );
        let tokens = match entity {
            Some(entity) if sure || matches!(label, Some(EntityLabel::Person | EntityLabel::Org)) => {
                entity.start..entity.end
            }
            // The parser takes some cities for peoples; a people is plural or an adjective.
            Some(entity) if label == Some(EntityLabel::Norp) && tree.tag(head) == Tag::NNP => {
                entity.start..entity.end
            }
            Some(_) => return None,
            None => {
                let named = |i: usize| matches!(tree.tag(i), Tag::NNP | Tag::NNPS);
                if !named(head) {
                    return None;
                }
                let before = (self.sentence.start..head).rev().take_while(|&i| named(i)).last();
                let after = (head + 1..self.sentence.end).take_while(|&i| named(i)).last();
                before.unwrap_or(head)..after.unwrap_or(head) + 1
            }
        };
        let first = tree.doc.tokens.get(tokens.start)?;
        let last = tree.doc.tokens.get(tokens.end.checked_sub(1)?)?;
        Some(Named {
            text: tree.text.get(first.start..last.end)?,
            tokens,
            sure,
            person: label == Some(EntityLabel::Person),
        })
    }

    pub(super) fn resolve(
        &self,
        name: &Named<'_>,
        wanted: Option<PlaceKind>,
        outer: &[Beside],
    ) -> Option<PlaceRef> {
        let mut said = self.after(name.tokens.end);
        let (text, rest) = match trimmed(name.text).split_once(", ") {
            Some((text, rest)) => (text, self.said(rest)),
            None => (trimmed(name.text), vec![]),
        };
        said.extend(rest);
        if said.is_empty() {
            said.extend_from_slice(outer);
            said.extend(self.adjectives(name.tokens.end.saturating_sub(1), Some(&name.tokens)));
        }
        let (short, kind) = without_kind(text);
        for (tried, wanted) in [
            (text, wanted),
            (without_direction(text), wanted),
            (short, kind.or(wanted)),
        ] {
            let hits = self.atlas.find(tried);
            if hits.is_empty() {
                continue;
            }
            // A country that stands beside itself ("in Mali, Mali's president") says nothing.
            let doubtful = hits.len() > 1 || !name.sure;
            let hints = Hints {
                beside: said.clone(),
                wanted,
                sentence: if doubtful {
                    self.countries(&name.tokens)
                } else {
                    vec![]
                },
                home: self.home,
            };
            let found = choose::choose(self.atlas, self.gazetteer, tried, &hits, &hints).or_else(|| {
                let country = hits.iter().find(|hit| hit.row.kind == PlaceKind::Country)?;
                let code = self.atlas.country_of(country.row);
                let same = |said: &Beside| match said {
                    Beside::Country(other) | Beside::Region(other, _) => other == code,
                };
                (wanted != Some(PlaceKind::City) && said.iter().all(same)).then_some(country.row)
            });
            let Some(row) = found else { continue };
            let place = self.atlas.place(row);
            let near =
                || hints.sentence.contains(&place.country) || hints.home == Some(place.country.as_str());
            let whole = matches!(place.kind, PlaceKind::Country | PlaceKind::Area);
            let known = || choose::is_well_known(self.gazetteer, &place.country, tried);
            let credible = name.sure
                || known()
                || if name.person {
                    (near() || whole) && !is_first_name(tried)
                } else {
                    whole || near() || row.population >= 100_000
                };
            return credible.then_some(place);
        }
        if !name.sure {
            return None;
        }
        // A place that no file knows; it lies where the phrase says.
        let country = said.iter().map(|said| match said {
            Beside::Country(code) | Beside::Region(code, _) => code.clone(),
        });
        let known = || self.gazetteer_country(text);
        Some(PlaceRef {
            name: text.to_owned(),
            country: country.into_iter().next().or_else(known).unwrap_or_default(),
            kind: PlaceKind::Named,
            ..PlaceRef::default()
        })
    }

    /// The country of a place that the actors' files list.
    pub(super) fn gazetteer_country(&self, name: &str) -> Option<String> {
        choose::country_named(self.gazetteer, name)
    }

    /// What follows a name: "Paris, *Texas*", "Tripoli, in northern *Lebanon*", "Homs in *Syria*", "Homs (*Syria*)".
    pub(super) fn after(&self, end: usize) -> Vec<Beside> {
        let tree = self.tree;
        let mut at = end;
        let is = |i: usize, words: &[&str]| i < self.sentence.end && words.contains(&tree.lower(i).as_str());
        let mut parted = false;
        if is(at, &["'s", "’s"]) {
            return vec![];
        }
        if is(at, &[",", "("]) {
            at += 1;
            parted = true;
        }
        if is(at, &["in"]) {
            at += 1;
            parted = true;
        }
        for _ in 0..3 {
            let lead = is(at, &["the"]) || direction(&tree_lower(tree, at, self.sentence.end));
            if !lead {
                break;
            }
            at += 1;
        }
        if !parted || at >= self.sentence.end {
            return vec![];
        }
        let Some(name) = self.named(at) else { return vec![] };
        if name.tokens.start != at {
            return vec![];
        }
        self.said(name.text)
    }

    /// The countries that the sentence names outside these tokens.
    pub(super) fn countries(&self, except: &Range<usize>) -> Vec<String> {
        let tree = self.tree;
        let mut found: Vec<String> = Vec::new();
        for i in self.sentence.clone().filter(|i| !except.contains(i)) {
            if !matches!(tree.tag(i), Tag::NNP | Tag::NNPS | Tag::JJ) {
                continue;
            }
            let entity = tree
                .doc
                .entities
                .iter()
                .find(|entity| (entity.start..entity.end).contains(&i));
            let name = match entity {
                Some(entity) if entity.start != i => continue,
                Some(entity) if matches!(entity.label, EntityLabel::Gpe | EntityLabel::Norp) => {
                    let tokens = &tree.doc.tokens;
                    tree.text
                        .get(tokens[entity.start].start..tokens[entity.end - 1].end)
                }
                _ => Some(tree.word(i)),
            };
            let code = name.and_then(|name| choose::country_named(self.gazetteer, trimmed(name)));
            if let Some(code) = code.filter(|code| !found.contains(code)) {
                found.push(code);
            }
        }
        found
    }

    pub(super) fn said(&self, name: &str) -> Vec<Beside> {
        choose::beside(self.atlas, self.gazetteer, trimmed(name))
    }
}

fn tree_lower(tree: Tree<'_>, at: usize, end: usize) -> String {
    if at < end { tree.lower(at) } else { String::new() }
}

/// Without a leading article and a trailing possessive.
fn trimmed(name: &str) -> &str {
    let name = ["the ", "The "]
        .iter()
        .find_map(|the| name.strip_prefix(the))
        .unwrap_or(name);
    let name = ["'s", "’s", "'", "’", ".", ","]
        .iter()
        .find_map(|end| name.strip_suffix(end).filter(|rest| !rest.contains('.')))
        .unwrap_or(name);
    name.trim()
}

/// "northern Syria" is in Syria.
fn without_direction(name: &str) -> &str {
    match name.split_once(' ') {
        Some((first, rest)) if direction(first) => rest,
        _ => name,
    }
}

/// "Helmand Province" is Helmand, a region; "Marawi City" is Marawi, a city.
fn without_kind(name: &str) -> (&str, Option<PlaceKind>) {
    match name.rsplit_once(' ') {
        Some((rest, last)) => match kind_word(&last.to_lowercase()) {
            Some(kind) => (rest, Some(kind)),
            None => (name, None),
        },
        None => (name, None),
    }
}
