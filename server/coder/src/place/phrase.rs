//! Reading a noun phrase as a place: the name in it, what is said beside the name, and the place behind "a village near".

use super::atlas::Atlas;
use super::choose::{self, Beside, Hints};
use crate::actor::Gazetteer;
use crate::tree::Tree;
use crate::{PlaceKind, PlaceRef};
use dateline_parser::{Dep, EntityLabel, Tag};
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

/// A name in the text: its words and its tokens.
struct Named<'a> {
    text: &'a str,
    tokens: Range<usize>,
    /// Whether the parser says that it is a place.
    sure: bool,
    /// Whether the parser says that it is a person.
    person: bool,
}

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
        let inner = self
            .described(head, outer)
            .or_else(|| self.containing(head, outer, depth));
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
        if wanted.is_some() || is_part(&lemma) {
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
            if !name.sure {
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
        let local = wanted.is_some() || is_part(&lemma) || is_site(&lemma);
        let row = local.then(|| self.atlas.country(&country))??;
        Some(self.atlas.place(row))
    }

    /// "a market *in Kabul*", "a village *near Jenin*".
    fn containing(&self, head: usize, outer: &[Beside], depth: usize) -> Option<PlaceRef> {
        let mut said = self.adjectives(head, None);
        said.extend_from_slice(outer);
        let within = |prep: &str| {
            matches!(
                prep,
                "in" | "near" | "outside" | "inside" | "around" | "at" | "within" | "off" | "along"
            )
        };
        let preps = self.tree.noun_preps(head);
        let places = preps
            .iter()
            .filter(|(prep, _)| within(prep))
            .filter_map(|&(_, object)| self.place_within(object, &said, depth + 1));
        most_precise(places)
    }

    /// The country of "the *Syrian* city", "*Iraq*'s north".
    fn adjectives(&self, head: usize, except: Option<&Range<usize>>) -> Vec<Beside> {
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

    fn said(&self, name: &str) -> Vec<Beside> {
        choose::beside(self.atlas, self.gazetteer, trimmed(name))
    }

    /// The name that a token belongs to.
    fn named(&self, head: usize) -> Option<Named<'a>> {
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

    fn resolve(&self, name: &Named<'_>, wanted: Option<PlaceKind>, outer: &[Beside]) -> Option<PlaceRef> {
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
        let hints = |wanted: Option<PlaceKind>, beside: Vec<Beside>| Hints {
            beside,
            wanted,
            sentence: self.countries(&name.tokens),
            home: self.home,
        };
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
            let hints = hints(wanted, said.clone());
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
    fn gazetteer_country(&self, name: &str) -> Option<String> {
        choose::country_named(self.gazetteer, name)
    }

    /// What follows a name: "Paris, *Texas*", "Tripoli, in northern *Lebanon*", "Homs in *Syria*", "Homs (*Syria*)".
    fn after(&self, end: usize) -> Vec<Beside> {
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
    fn countries(&self, except: &Range<usize>) -> Vec<String> {
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
}

fn tree_lower(tree: Tree<'_>, at: usize, end: usize) -> String {
    if at < end { tree.lower(at) } else { String::new() }
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

fn direction(word: &str) -> bool {
    let point = word
        .strip_prefix("north")
        .or_else(|| word.strip_prefix("south"))
        .unwrap_or(word)
        .trim_start_matches('-');
    matches!(
        word,
        "central" | "eastern" | "western" | "northern" | "southern" | "downtown" | "mainland"
    ) || matches!(
        point,
        "eastern" | "western" | "east" | "west" | "ern" | "-central"
    ) || matches!(
        word,
        "occupied" | "nearby" | "neighbouring" | "neighboring" | "rebel-held" | "coastal"
    )
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

/// Countries and areas that people are called after.
fn is_first_name(name: &str) -> bool {
    matches!(
        name,
        "Chad" | "Jordan" | "Georgia" | "Israel" | "America" | "Kenya" | "India" | "China" | "Galilee"
    )
}

/// What sort of place a noun says its name is.
fn kind_word(lemma: &str) -> Option<PlaceKind> {
    match lemma {
        "city" | "town" | "village" | "port" | "suburb" | "capital" | "stronghold" | "settlement"
        | "hamlet" | "township" | "resort" | "metropolis" => Some(PlaceKind::City),
        "province" | "region" | "state" | "governorate" | "oblast" | "county" | "territory"
        | "prefecture" | "department" => Some(PlaceKind::Region),
        _ => None,
    }
}

/// Nouns for a part of the place that follows "of".
fn is_part(lemma: &str) -> bool {
    matches!(
        lemma,
        "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "center"
            | "centre"
            | "outskirt"
            | "outskirts"
            | "suburb"
            | "part"
            | "area"
            | "coast"
            | "shore"
            | "border"
            | "frontier"
            | "street"
            | "streets"
            | "heart"
            | "edge"
            | "district"
            | "neighborhood"
            | "neighbourhood"
            | "quarter"
            | "island"
            | "port"
            | "water"
            | "waters"
            | "airspace"
            | "sky"
            | "skies"
            | "soil"
            | "countryside"
            | "kilometer"
            | "kilometre"
            | "mile"
            | "interior"
            | "bank"
            | "half"
            | "side"
            | "corner"
            | "mainland"
    )
}

/// Nouns for a spot in the country or city that stands before them: "a *Syrian* airfield".
fn is_site(lemma: &str) -> bool {
    matches!(
        lemma,
        "airport"
            | "airfield"
            | "airbase"
            | "base"
            | "mosque"
            | "church"
            | "hospital"
            | "school"
            | "prison"
            | "market"
            | "square"
            | "embassy"
            | "consulate"
            | "station"
            | "camp"
            | "university"
            | "stadium"
            | "hotel"
            | "parliament"
            | "refinery"
            | "mine"
            | "desert"
            | "mountain"
            | "jungle"
            | "forest"
            | "valley"
            | "lake"
            | "river"
            | "highway"
            | "road"
            | "bridge"
            | "site"
            | "facility"
            | "plant"
            | "barracks"
            | "temple"
            | "synagogue"
            | "nightclub"
            | "restaurant"
            | "cafe"
            | "mall"
            | "metro"
            | "subway"
            | "jail"
            | "courthouse"
            | "court"
    )
}

/// "in *support* of", "in *response* to an attack in": no place stands behind these.
fn is_abstract(lemma: &str) -> bool {
    matches!(
        lemma,
        "support"
            | "response"
            | "retaliation"
            | "favor"
            | "favour"
            | "exchange"
            | "return"
            | "connection"
            | "line"
            | "order"
            | "addition"
            | "case"
            | "light"
            | "defiance"
            | "violation"
            | "reaction"
            | "recognition"
            | "honor"
            | "honour"
            | "memory"
            | "protest"
            | "revenge"
            | "charge"
            | "control"
            | "power"
            | "hand"
            | "hands"
            | "bid"
            | "effort"
            | "attempt"
            | "move"
            | "interest"
            | "role"
            | "fact"
            | "wake"
            | "event"
            | "name"
            | "view"
            | "statement"
            | "interview"
            | "war"
            | "conflict"
            | "crisis"
            | "situation"
    )
}
