//! "The country", "the group", "the company": a country or body named before, told by its kind.

use dateline_parser::{Dep, Tag};

use super::entry::EntryKind;
use super::memory::{DocumentMemory, Seen};
use super::phrase::{Found, Nature, Scene, Sort};
use super::trail::Trail;
use crate::{Party, Sector};

/// Nouns that mean a country named before.
const COUNTRIES: [&str; 8] = [
    "country",
    "nation",
    "kingdom",
    "republic",
    "homeland",
    "emirate",
    "sultanate",
    "motherland",
];

/// What a noun for a body may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// "group", "movement"
    Group,
    /// "company", "bank"
    Company,
    /// "bloc", "alliance"
    Bloc,
    /// "party"
    Party,
    /// "agency", "organisation"
    Organisation,
    /// "court"
    Court,
    /// "newspaper", "broadcaster"
    Medium,
    /// "union"
    Union,
    /// "commission", "council": only a body with that word in its name.
    Named,
}

fn kind_of(noun: &str) -> Option<Kind> {
    Some(match noun {
        "group" | "movement" | "militia" | "faction" | "insurgency" | "network" => Kind::Group,
        "company" | "firm" | "corporation" | "manufacturer" | "carmaker" | "airline" | "giant"
        | "retailer" | "conglomerate" | "bank" | "utility" | "operator" | "developer" | "miner" => {
            Kind::Company
        }
        "bloc" | "alliance" | "grouping" => Kind::Bloc,
        "party" => Kind::Party,
        "organization" | "organisation" | "agency" | "body" | "institution" | "charity" | "watchdog"
        | "foundation" | "ngo" => Kind::Organisation,
        "court" | "tribunal" => Kind::Court,
        "forum" | "summit" | "sect" => Kind::Named,
        "newspaper" | "daily" | "broadcaster" | "magazine" | "channel" | "station" | "website" => {
            Kind::Medium
        }
        "union" | "federation" | "syndicate" => Kind::Union,
        "commission" | "council" | "committee" | "front" | "brigade" | "army" | "force" | "forces"
        | "fund" | "league" | "congress" | "parliament" | "assembly" | "mission" | "authority"
        | "ministry" | "church" | "university" | "institute" | "association" | "office" | "department"
        | "service" | "coalition" => Kind::Named,
        _ => return None,
    })
}

impl DocumentMemory<'_> {
    /// "the group", "the company", "the country", "his country": whom they mean, if that is clear.
    pub(super) fn definite(&mut self, scene: &Scene<'_>, head: usize, why: &mut Trail) -> Option<Found> {
        if scene.tag(head) != Tag::NN {
            return None;
        }
        if let Some(parties) = self.definite_country(scene, head) {
            let several = parties.len() > 1;
            let text = scene.printed(scene.start_of(head), head);
            why.found(&text, &parties, || "the country spoken of".to_owned());
            let nature = if several { Nature::Several } else { Nature::Body };
            return Some(Found::new(parties, nature, Sort::Country));
        }
        let noun = scene.lemma(head);
        let kind = kind_of(&noun)?;
        if let Some(found) = self.named_before(scene, head, why) {
            return Some(found);
        }
        if !points_back(scene, head) {
            return None;
        }
        let text = scene.printed(scene.start_of(head), head);
        for (age, sentence) in self.recent.iter().enumerate() {
            let fitting: Vec<&Seen> = sentence
                .iter()
                .filter(|seen| age > 0 || seen.token < head)
                .filter(|seen| !seen.part || seen.parties.len() == 1)
                .filter(|seen| self.is_of_kind(seen, kind, &noun) || may_be(seen, kind))
                .collect();
            let Some(first) = fitting.first() else { continue };
            let subjects: Vec<&Seen> = fitting.iter().copied().filter(|seen| seen.subject).collect();
            let chosen = super::antecedent::only(&fitting).or_else(|| super::antecedent::only(&subjects));
            let Some(chosen) = chosen.filter(|chosen| !chosen.parties.is_empty()) else {
                why.lost(&text, || "it is not known or not clear which is meant".to_owned());
                return Some(Found::new(Vec::new(), first.nature, Sort::Other));
            };
            let parties: Vec<Party> = chosen
                .parties
                .iter()
                .map(|party| Party {
                    text: text.clone(),
                    ..party.clone()
                })
                .collect();
            why.found(&text, &parties, || {
                format!("the last {noun} named, {}", super::trail::ago(age))
            });
            return Some(Found::new(parties, chosen.nature, chosen.sort));
        }
        None
    }

    /// "the APEC forum", "the Boko Haram sect": the name before the noun.
    fn named_before(&mut self, scene: &Scene<'_>, head: usize, why: &mut Trail) -> Option<Found> {
        let mentions = std::sync::Arc::clone(&scene.mentions);
        let name = mentions
            .names
            .iter()
            .find(|name| name.tokens.end == head && !name.detached)?;
        let entry = self.gazetteer.entry(self.entry_of(name)?);
        let body = matches!(entry.kind, EntryKind::Organisation | EntryKind::Group);
        if !body || scene.doc.tokens[name.tokens.end - 1].head != head {
            return None;
        }
        let mut found = self.named(scene, name.tokens.end - 1, why)?;
        for party in &mut found.parties {
            party.text = scene.printed(name.tokens.start, head);
        }
        Some(found)
    }

    /// "the country", "her nation": the country of the possessor; the only one named in the nearest sentence that
    /// names any, or of several the one that the article is about.
    pub(super) fn definite_country(&mut self, scene: &Scene<'_>, head: usize) -> Option<Vec<Party>> {
        if scene.tag(head) != Tag::NN || !COUNTRIES.contains(&scene.lemma(head).as_str()) {
            return None;
        }
        let possessive = scene
            .doc
            .children(head)
            .find(|&token| scene.dep(token) == Dep::Poss);
        let mut codes: Vec<String> = Vec::new();
        let own = |token: usize| {
            let far = [
                "native",
                "home",
                "adopted",
                "host",
                "neighboring",
                "neighbouring",
                "foreign",
                "third",
                "other",
            ];
            far.contains(&scene.lower(token).as_str())
        };
        if scene.doc.children(head).any(own) {
            return None;
        }
        if let Some(possessive) = possessive {
            if scene.tag(possessive) != Tag::PRPS {
                return None;
            }
            let found = self.pronoun(scene, possessive, &mut Trail::silent())?;
            for party in found.parties {
                if !codes.contains(&party.country) {
                    codes.push(party.country);
                }
            }
        } else {
            if !points_back(scene, head) {
                return None;
            }
            codes.push(self.country_before(head)?);
        }
        let text = scene.printed(scene.start_of(head), head);
        let party = |code: &String| {
            let entry = self.gazetteer.country(code)?;
            Some(Party {
                name: entry.name_on(self.published).to_owned(),
                text: text.clone(),
                country: code.clone(),
                sectors: Vec::new(),
            })
        };
        let parties: Vec<Party> = codes.iter().filter_map(party).collect();
        (!parties.is_empty()).then_some(parties)
    }

    pub(super) fn country_before(&self, head: usize) -> Option<String> {
        for (age, lands) in self.lands.iter().enumerate() {
            let mut codes: Vec<&String> = Vec::new();
            for (code, token) in lands {
                if (age > 0 || *token < head) && !codes.contains(&code) {
                    codes.push(code);
                }
            }
            match &codes[..] {
                [] => {}
                [one] => return Some((*one).clone()),
                several => {
                    let home = self.home().map(|(code, _)| code);
                    return home.filter(|code| several.contains(&code));
                }
            }
        }
        self.home().map(|(code, _)| code)
    }

    fn is_of_kind(&self, seen: &Seen, kind: Kind, noun: &str) -> bool {
        let [party] = &seen.parties[..] else { return false };
        let has = |sectors: &[Sector]| party.sectors.iter().any(|sector| sectors.contains(sector));
        let named = matches!(seen.sort, Sort::Organisation | Sort::Armed);
        let ends = named && {
            let last = |name: &str| name.rsplit([' ', '-']).next().map(str::to_lowercase);
            last(&party.name).as_deref() == Some(noun) || last(&party.text).as_deref() == Some(noun)
        };
        let nation = self.gazetteer.country(&party.country).is_some();
        let role = matches!(seen.sort, Sort::Role(_)) && seen.nature == Nature::Body;
        let fits = match kind {
            Kind::Group => {
                seen.sort == Sort::Armed
                    || (named || role)
                        && has(&[
                            Sector::Rebel,
                            Sector::Paramilitary,
                            Sector::UnidentifiedForce,
                            Sector::Opposition,
                            Sector::Criminal,
                            Sector::Social,
                        ])
                    || named && party.country == "NGO"
            }
            Kind::Company => (named || role) && (party.country == "MNC" || has(&[Sector::Business])),
            Kind::Bloc => named && !nation && matches!(party.country.as_str(), "IGO" | "EUR"),
            Kind::Party => (named || role) && has(&[Sector::Party, Sector::Opposition]),
            Kind::Organisation => {
                named && (!nation || has(&[Sector::Rebel, Sector::Social, Sector::Government]))
            }
            Kind::Court => (named || role) && has(&[Sector::Judiciary]),
            Kind::Medium => (named || role) && has(&[Sector::Journalist]),
            Kind::Union => named && (party.country == "EUR" || has(&[Sector::Labor])),
            Kind::Named => false,
        };
        fits || ends
    }
}

/// "Petrolia signed the deal. *The company* ...": a name that no list knows takes the noun that follows it.
fn may_be(seen: &Seen, kind: Kind) -> bool {
    seen.sort == Sort::Unknown && seen.nature == Nature::Body && !matches!(kind, Kind::Named | Kind::Court)
}

/// "the group", "that group", "the Lebanese group" with nothing that says which: what was named before.
fn points_back(scene: &Scene<'_>, head: usize) -> bool {
    let start = scene.start_of(head);
    let definite = start < head && matches!(scene.lower(start).as_str(), "the" | "this" | "that");
    let plain = |token: usize| match scene.dep(token) {
        Dep::Det => true,
        Dep::Amod => matches!(
            scene.lower(token).as_str(),
            "militant"
                | "armed"
                | "rebel"
                | "whole"
                | "entire"
                | "same"
                | "islamist"
                | "radical"
                | "insurgent"
                | "extremist"
                | "jihadist"
                | "african"
                | "european"
                | "asian"
                | "arab"
                | "impoverished"
                | "small"
                | "tiny"
                | "poor"
                | "landlocked"
                | "oil-rich"
                | "war-torn"
        ),
        Dep::Compound => matches!(
            scene.lower(token).as_str(),
            "island"
                | "militant"
                | "rebel"
                | "aid"
                | "rights"
                | "news"
                | "oil"
                | "technology"
                | "tech"
                | "world"
                | "terror"
                | "terrorist"
                | "guerrilla"
                | "jihadist"
                | "separatist"
        ),
        Dep::Relcl | Dep::Acl | Dep::Prep | Dep::Appos => token > head && scene.dep(token) != Dep::Prep,
        _ => token > head,
    };
    let of = scene
        .prepositions(head)
        .iter()
        .any(|(prep, _)| prep == "of" || prep == "from");
    definite
        && !of
        && scene
            .doc
            .children(head)
            .all(|token| plain(token) || scene.dep(token) == Dep::Prep)
}
