//! "The two leaders", "both countries", "the sides", "the former": those named last, taken together or apart.

use dateline_parser::{Dep, Tag};

use super::memory::{DocumentMemory, Seen};
use super::phrase::{Found, Nature, Scene, Sort};
use super::role::Form;
use super::trail::Trail;
use crate::Party;

/// Nouns for persons that "the two ..." may gather.
const PERSONS: [&str; 17] = [
    "leader",
    "president",
    "minister",
    "man",
    "woman",
    "official",
    "diplomat",
    "head",
    "premier",
    "politician",
    "statesman",
    "counterpart",
    "negotiator",
    "envoy",
    "general",
    "ambassador",
    "chancellor",
];
/// Nouns for states and sides that "the two ..." may gather.
const SIDES: [&str; 20] = [
    "country",
    "nation",
    "side",
    "regime",
    "government",
    "neighbor",
    "neighbour",
    "party",
    "foe",
    "state",
    "rival",
    "power",
    "ally",
    "capital",
    "enemy",
    "group",
    "army",
    "delegation",
    "partner",
    "superpower",
];
/// Nouns that mean a pair even without "two": "the sides agreed".
const ALWAYS_PAIRS: [&str; 4] = ["side", "pair", "duo", "neighbour"];

impl DocumentMemory<'_> {
    /// "the two leaders", "both countries", "the sides", "the pair", "the former": the last two that were named.
    pub(super) fn pair(&mut self, scene: &Scene<'_>, head: usize, why: &mut Trail) -> Option<Found> {
        if let Some(found) = self.former_or_latter(scene, head, why) {
            return Some(found);
        }
        let start = scene.start_of(head);
        let words: Vec<String> = (start.saturating_sub(1)..=head)
            .map(|token| scene.lower(token))
            .collect();
        let count = words.iter().find_map(|word| match word.as_str() {
            "two" | "both" | "2" => Some(2),
            "each" | "either" if scene.lemma(head) == "side" => Some(2),
            "three" | "3" => Some(3),
            _ => None,
        });
        let lemma = scene.lemma(head);
        let definite = scene.lower(start) == "the" && start < head;
        let both = definite && ALWAYS_PAIRS.contains(&lemma.as_str());
        let one_word = both && matches!(lemma.as_str(), "pair" | "duo");
        let count = count.or((both && (one_word || scene.tag(head) == Tag::NNS)).then_some(2))?;
        let persons = PERSONS.contains(&lemma.as_str()) || one_word;
        let other = ["same", "other", "first", "last", "only", "next"];
        if words.iter().any(|word| other.contains(&word.as_str())) {
            return None;
        }
        let bare = head == start || matches!(scene.tag(head), Tag::CD | Tag::DT);
        let whole = bare && matches!(lemma.as_str(), "two" | "both") || one_word;
        let each = words.iter().any(|word| word == "each" || word == "either");
        let plural = each || matches!(scene.tag(head), Tag::NNS | Tag::NNPS);
        // "two leaders" are any; "three countries" are those named only with "the" or "all".
        let told = definite || words.iter().any(|word| word == "both" || word == "all") || whole;
        if !(whole || plural && (persons || SIDES.contains(&lemma.as_str()))) || count == 3 && !told {
            return None;
        }
        let own_name =
            |name: &super::mention::NameMention| name.tokens.start >= start && name.tokens.end <= head;
        if !scene.prepositions(head).is_empty() || scene.mentions.names.iter().any(own_name) {
            return None;
        }
        let parties = if whole {
            self.last_named(scene, head, true, count)
                .or_else(|| self.last_named(scene, head, false, count))
        } else {
            self.last_named(scene, head, persons, count)
        }?;
        let text = scene.printed(start, head);
        let parties: Vec<Party> = parties
            .into_iter()
            .map(|party| Party {
                text: text.clone(),
                ..party
            })
            .collect();
        why.found(&text, &parties, || format!("the last {count} named before"));
        Some(Found::new(parties, Nature::Several, Sort::Other))
    }

    /// "the former", "the latter" as a noun of its own.
    fn former_or_latter(&self, scene: &Scene<'_>, head: usize, why: &mut Trail) -> Option<Found> {
        let word = scene.lower(head);
        let noun = matches!(
            scene.dep(head),
            Dep::Nsubj | Dep::NsubjPass | Dep::Dobj | Dep::Pobj | Dep::Poss | Dep::Dative
        );
        let first = match word.as_str() {
            "former" => true,
            "latter" => false,
            _ => return None,
        };
        if !noun || head == 0 || scene.lower(head - 1) != "the" {
            return None;
        }
        let pair = self
            .last_named(scene, head, true, 2)
            .or_else(|| self.last_named(scene, head, false, 2))?;
        let mut party = if first { pair.first() } else { pair.last() }?.clone();
        party.text.clone_from(&word);
        let nature = if self.persons.iter().any(|known| known.name == party.name) {
            Nature::Person(None)
        } else {
            Nature::Body
        };
        let parties = vec![party];
        why.found(&word, &parties, || "of the last two named before".to_owned());
        Some(Found::new(parties, nature, Sort::Other))
    }

    /// So many persons, or parties of so many countries: those coordinated in the nearest sentence that has such a
    /// group, or all that the present or the last sentence names; failing that, the countries that the article has
    /// named most. None if more stand there to choose from. Who does something to them is none of them.
    fn last_named(&self, scene: &Scene<'_>, head: usize, persons: bool, count: usize) -> Option<Vec<Party>> {
        let mut loose: Option<Vec<Party>> = None;
        for (age, sentence) in self.recent.iter().enumerate() {
            let mut seen: Vec<&Seen> = sentence
                .iter()
                .filter(|seen| age > 0 || seen.token < head && !acts(scene, seen.token, head))
                .collect();
            seen.sort_by_key(|seen| seen.token);
            let groups: Vec<Vec<Party>> = seen
                .iter()
                .filter(|seen| seen.parties.len() > 1 && self.is_group(seen, persons))
                .map(|seen| self.distinct(&[seen], persons))
                .filter(|group| group.len() == count)
                .collect();
            if let [group] = &groups[..] {
                // "A and B met. C praised D. Both countries ...": either two may be meant.
                let same = |pair: &Vec<Party>| group.iter().all(|party| pair.contains(party));
                let theirs = age == 0 || persons || self.are_leading(group);
                return (theirs && loose.as_ref().is_none_or(same)).then(|| group.clone());
            }
            if age > 1 || loose.is_some() {
                continue;
            }
            let one = |seen: &&&Seen| !persons || matches!(seen.nature, Nature::Person(_));
            let named = self.distinct(&seen.iter().filter(one).copied().collect::<Vec<_>>(), persons);
            match named.len() {
                enough if enough == count => loose = Some(named),
                more if more > count => break,
                _ => {}
            }
        }
        if persons || loose.is_some() {
            return loose;
        }
        let leading = self.leading_countries(count)?;
        let entries = leading.iter().filter_map(|code| self.gazetteer.country(code));
        let party = |entry: &super::Entry| Party {
            name: entry.name.clone(),
            text: String::new(),
            country: entry.country.clone(),
            sectors: Vec::new(),
        };
        Some(entries.map(party).collect())
    }

    /// Whether these are the countries that the article has named most, as far as it has named any most.
    fn are_leading(&self, group: &[Party]) -> bool {
        let leading = self.leading_countries(group.len());
        leading.is_none_or(|codes| group.iter().all(|party| codes.contains(&party.country)))
    }

    /// Coordinated phrases, or a role of several countries: "the presidents of Kenya and Uganda".
    fn is_group(&self, seen: &Seen, persons: bool) -> bool {
        match seen.sort {
            Sort::Role(role) => !persons || self.gazetteer.role(role).form == Form::Person,
            _ => {
                !persons
                    || seen
                        .parties
                        .iter()
                        .all(|party| self.persons.iter().any(|known| known.name == party.name))
            }
        }
    }

    fn distinct(&self, seen: &[&Seen], persons: bool) -> Vec<Party> {
        let mut named: Vec<Party> = Vec::new();
        // "government soldiers and rebels" are two sides of one country.
        let mut countries = seen
            .iter()
            .flat_map(|seen| &seen.parties)
            .map(|party| &party.country);
        let first = countries.next();
        let within = seen.len() == 1 && countries.all(|code| Some(code) == first);
        for party in seen.iter().flat_map(|seen| &seen.parties) {
            let known = named.iter().any(|other| {
                if persons || within {
                    other.name == party.name && other.code() == party.code()
                } else {
                    other.country == party.country
                }
            });
            if !known && !party.country.is_empty() {
                named.push(self.as_side(party, persons || within));
            }
        }
        named
    }

    /// Among countries a person counts as the country.
    fn as_side(&self, party: &Party, persons: bool) -> Party {
        match self.gazetteer.country(&party.country) {
            Some(entry) if !persons => Party {
                name: entry.name_on(self.published).to_owned(),
                text: String::new(),
                country: party.country.clone(),
                sectors: Vec::new(),
            },
            _ => party.clone(),
        }
    }
}

/// The phrase at `subject` is the subject of the clause of `head`: "*Japan* supports both countries".
fn acts(scene: &Scene<'_>, subject: usize, head: usize) -> bool {
    let verb = super::antecedent::own_verb(scene, head);
    let subject = scene
        .doc
        .ancestors(subject)
        .find(|_| true)
        .filter(|_| matches!(scene.dep(subject), Dep::Nsubj | Dep::NsubjPass));
    subject.is_some() && subject == verb && !matches!(scene.dep(head), Dep::Nsubj | Dep::NsubjPass)
}
