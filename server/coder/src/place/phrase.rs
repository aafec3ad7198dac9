//! Reading a noun phrase as a place: the name in it, what is said beside the name, and the place behind "a village near".

use super::atlas::Atlas;
use super::choose::{self, Beside, Hints};
use super::nouns::{is_abstract, is_part, is_site, kind_word};
use crate::actor::Gazetteer;
use crate::tree::Tree;
use crate::{PlaceKind, PlaceRef};
use dateline_parser::Dep;
use std::ops::Range;

/// What places are read with.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    pub(crate) tree: Tree<'a>,
    pub(crate) sentence: Range<usize>,
    pub(crate) atlas: &'a Atlas,
    pub(crate) gazetteer: &'a Gazetteer,
    /// The country that the article is about, or was written in.
    pub(crate) home: Option<&'a str>,
}

/// Phrases within phrases: "a village near Jenin in the north of the West Bank".
const DEPTH: usize = 4;

impl<'a> Reader<'a> {
    /// The place that the noun phrase of a head names or lies in.
    pub(super) fn place(&self, head: usize) -> Option<PlaceRef> {
        self.place_within(head, &[], 0)
    }

    fn place_within(&self, head: usize, outer: &[Beside], depth: usize) -> Option<PlaceRef> {
        if depth > DEPTH || is_abstract(&self.tree.lemma(head)) {
            return None;
        }
        let own = self
            .named(head)
            .and_then(|name| self.resolve(&name, kind_word(&self.tree.lemma(head)), outer));
        match &own {
            Some(place) if place.kind == PlaceKind::Country => {
                return self.part_of(head, place, depth).or(own);
            }
            Some(place) if place.kind != PlaceKind::Named => return own,
            _ => {}
        }
        // "the *Chinese* embassy in *Jakarta*": the nearer of both.
        let described = self.described(head, outer);
        let coarse = described
            .as_ref()
            .is_none_or(|place| precision(place.kind) < precision(PlaceKind::City));
        let containing = coarse.then(|| self.containing(head, outer, depth)).flatten();
        let inner = most_precise(described.into_iter().chain(containing));
        match (own, inner) {
            // "at the Imperial Hotel in Kabul": the hotel is on no map. "In the village of X in Mali": the village is nearer.
            (Some(own), Some(inner)) if inner.kind == PlaceKind::Country => Some(PlaceRef {
                country: if own.country.is_empty() {
                    inner.country
                } else {
                    own.country
                },
                ..own
            }),
            (own, inner) => inner.or(own),
        }
    }

    /// "*Kaduna state*, Nigeria", where the parser makes one phrase of both.
    fn part_of(&self, head: usize, country: &PlaceRef, depth: usize) -> Option<PlaceRef> {
        let tree = self.tree;
        let before = tree
            .children(head)
            .filter(|&i| i < head && matches!(tree.dep(i), Dep::Compound | Dep::Nmod | Dep::Appos));
        let parts = before.filter_map(|i| self.place_within(i, &[], depth + 1));
        most_precise(parts.filter(|part| part.country == country.country))
    }

    /// "*Kherson* region", "a *Kabul* mosque", "the port of *Odesa*", "the capital, *Damascus*", "the *Syrian* capital".
    fn described(&self, head: usize, outer: &[Beside]) -> Option<PlaceRef> {
        let tree = self.tree;
        let lemma = tree.lemma(head);
        let wanted = kind_word(&lemma);
        let adjectives = self.adjectives(head, None);
        let beside_head = |i: &usize| {
            *i != head
                && match tree.dep(*i) {
                    Dep::Compound | Dep::Nmod | Dep::Poss => *i < head,
                    Dep::Appos => true,
                    _ => false,
                }
        };
        let mut children: Vec<usize> = tree.children(head).filter(beside_head).collect();
        children.reverse();
        let mut of: Vec<usize> = Vec::new();
        let site = is_site(&lemma);
        if wanted.is_some() || is_part(&lemma) || site {
            let preps = tree.noun_preps(head);
            of.extend(
                preps
                    .iter()
                    .filter(|(prep, _)| prep == "of")
                    .map(|&(_, object)| object),
            );
        }
        let named = of
            .iter()
            .chain(&children)
            .filter_map(|&i| self.named(i).map(|name| (i, name)));
        let mut whole = None;
        for (i, mut name) in named {
            // "the town of Sake", "Kaduna state": whatever the parser thinks, the noun says that it is a place.
            let spelled_out = wanted.is_some() && (of.contains(&i) || tree.dep(i) != Dep::Poss);
            name.sure |= spelled_out;
            // "Nouakchott airport": only if it is a known place.
            if !name.sure && !site {
                continue;
            }
            let mut said = self.adjectives(head, Some(&name.tokens));
            said.extend_from_slice(outer);
            // "the capital of Mali" is no Mali, but the north of it is.
            let asked = if of.contains(&i) && is_part(&lemma) {
                None
            } else {
                wanted
            };
            let Some(place) = self.resolve(&name, asked, &said) else {
                continue;
            };
            if place.kind == PlaceKind::Country {
                whole.get_or_insert(place.country);
            } else {
                return Some(place);
            }
        }
        let country = whole.or_else(|| {
            adjectives.iter().find_map(|said| match said {
                Beside::Country(code) => Some(code.clone()),
                Beside::Region(..) => None,
            })
        })?;
        if lemma == "capital" {
            let capital = self.gazetteer.country(&country)?.capitals.first()?;
            let hints = Hints {
                beside: vec![Beside::Country(country)],
                ..Hints::default()
            };
            let hits = self.atlas.find(capital);
            let row = choose::choose(self.atlas, self.gazetteer, capital, &hits, &hints)?;
            return Some(self.atlas.place(row));
        }
        let local = wanted.is_some() || is_part(&lemma) || site;
        let row = local.then(|| self.atlas.country(&country))??;
        Some(self.atlas.place(row))
    }

    /// "a market *in Kabul*", "a village *near Jenin*".
    fn containing(&self, head: usize, outer: &[Beside], depth: usize) -> Option<PlaceRef> {
        let lemma = self.tree.lemma(head);
        let part = is_part(&lemma);
        // "a *Syrian* village near", but "the *Chinese* embassy in", "*Turkish* soldiers in".
        let place_noun = part || kind_word(&lemma).is_some() || is_site(&lemma);
        let mut said = if place_noun {
            self.adjectives(head, None)
        } else {
            vec![]
        };
        said.extend_from_slice(outer);
        let within = |prep: &str| {
            matches!(
                prep,
                "in" | "near" | "outside" | "inside" | "around" | "at" | "within" | "off" | "along"
            )
        };
        let preps = self.tree.noun_preps(head);
        // "in front *of* his house in Cali"
        let places = preps
            .iter()
            .filter(|(prep, _)| within(prep) || (part && prep == "of"))
            .filter_map(|&(_, object)| self.place_within(object, &said, depth + 1));
        most_precise(places)
    }

    /// The country of "the *Syrian* city", "*Iraq*'s north".
    pub(super) fn adjectives(&self, head: usize, except: Option<&Range<usize>>) -> Vec<Beside> {
        let tree = self.tree;
        let before = tree.children(head).filter(|&i| {
            i < head
                && except.is_none_or(|name| !name.contains(&i))
                && matches!(tree.dep(i), Dep::Amod | Dep::Poss | Dep::Compound | Dep::Nmod)
        });
        before
            .flat_map(|i| {
                let name = self.named(i).map_or_else(|| tree.word(i), |name| name.text);
                let capital = name.chars().next().is_some_and(char::is_uppercase);
                if capital { self.said(name) } else { vec![] }
            })
            .collect()
    }
}

/// The most precise of several places, the first of equals.
pub(super) fn most_precise(places: impl IntoIterator<Item = PlaceRef>) -> Option<PlaceRef> {
    let mut best: Option<PlaceRef> = None;
    for place in places {
        if best
            .as_ref()
            .is_none_or(|known| precision(place.kind) > precision(known.kind))
        {
            best = Some(place);
        }
    }
    best
}

/// How near a kind of place leads: a city before a region, a place on no map before a mere country.
pub(super) fn precision(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::City => 4,
        PlaceKind::Area | PlaceKind::Region => 3,
        PlaceKind::Named => 2,
        PlaceKind::Country => 1,
    }
}
