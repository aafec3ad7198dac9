//! Nouns that name an event: "talks between", "visit to", "air strike on"; read from `nouns.txt`.
//!
//! ```text
//! line = noun { "|" noun } gate { role | "mutual" } "->" meaning
//! gate = "light" | "both" | "one"
//! role = ( "rec" | "act" ) "=" place { "," place }     place = preposition | "mod"
//! ```
//!
//! `light`: only as the object of a light verb ("held talks"); `both`: also by itself when actor and recipient (or two
//! parties of a mutual event) stand beside it; `one`: also by itself with one party.

use crate::table;
use crate::verb::Meaning;
use crate::{LoadError, verb::Slot};
use std::collections::HashMap;
use std::sync::Arc;

/// When a noun may be coded without a light verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    Light,
    Both,
    One,
}

/// A noun that names an event.
#[derive(Debug, Clone)]
pub(crate) struct Noun {
    /// "hunger" of "hunger strike", if the noun needs it.
    pub(crate) modifier: Option<Box<str>>,
    pub(crate) gate: Gate,
    pub(crate) meaning: Meaning,
    pub(crate) mutual: bool,
    pub(crate) actors: Vec<Slot>,
    pub(crate) recipients: Vec<Slot>,
    /// Line in the file, for traces.
    pub(crate) line: u32,
}

/// All nouns by lemma.
#[derive(Debug, Default)]
pub(crate) struct Nouns(HashMap<Box<str>, Vec<Arc<Noun>>>);

impl Nouns {
    /// Reads `nouns.txt`.
    ///
    /// # Errors
    /// A line that does not follow the grammar; with its place.
    pub(crate) fn load(file: &str, content: &str) -> Result<Self, LoadError> {
        let mut nouns = Nouns::default();
        for line in table::lines(file, content) {
            let (left, right) = line.halves("->", "write `NOUNS GATE act=... rec=... -> TYPE/mode`")?;
            let meaning = crate::verb::read_meaning(right)?;
            let mut fields = left.split_whitespace();
            let Some(lemmas) = fields.next() else {
                return Err(left.error("no noun stands before `->`; write its lemma"));
            };
            let mut noun = Noun {
                modifier: None,
                gate: Gate::Light,
                meaning,
                mutual: false,
                actors: vec![],
                recipients: vec![],
                line: line.number(),
            };
            for field in fields {
                match field.text {
                    "light" => noun.gate = Gate::Light,
                    "both" => noun.gate = Gate::Both,
                    "one" => noun.gate = Gate::One,
                    "mutual" => noun.mutual = true,
                    _ => {
                        let (target, places) = match (field.strip_prefix("act="), field.strip_prefix("rec="))
                        {
                            (Some(places), _) => (&mut noun.actors, places),
                            (_, Some(places)) => (&mut noun.recipients, places),
                            _ => {
                                let near =
                                    table::did_you_mean(field.text, ["light", "both", "one", "mutual"]);
                                let message = format!(
                                    "`{}` is neither light, both, one, mutual, `act=` nor `rec=`{near}",
                                    field.text
                                );
                                return Err(field.error(message));
                            }
                        };
                        target.extend(places.split(|c| c == ',').map(|place| match place.text {
                            "mod" => Slot::ObjectModifier,
                            word => Slot::Prepositions(vec![word.into()]),
                        }));
                    }
                }
            }
            for lemma in lemmas.split(|c| c == '|') {
                let mut noun = noun.clone();
                let head = match lemma.text.rsplit_once('_') {
                    Some((modifier, head)) => {
                        noun.modifier = Some(modifier.into());
                        head
                    }
                    None => lemma.text,
                };
                nouns.0.entry(head.into()).or_default().push(Arc::new(noun));
            }
        }
        Ok(nouns)
    }

    /// What a noun with these modifiers names; a noun that needs one of the modifiers wins.
    pub(crate) fn find(&self, lemma: &str, has_modifier: impl Fn(&str) -> bool) -> Option<&Arc<Noun>> {
        let known = self.0.get(lemma)?;
        let needs = |noun: &&Arc<Noun>| noun.modifier.as_deref().is_some_and(&has_modifier);
        known
            .iter()
            .find(needs)
            .or_else(|| known.iter().find(|noun| noun.modifier.is_none()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EventType;

    #[test]
    fn the_more_exact_noun_wins() {
        let content = "strike both act=by rec=on -> ASSAULT 190\nhunger_strike one -> PROTEST/hunger 142\n";
        let nouns = Nouns::load("nouns.txt", content).expect("loads");
        let plain = nouns.find("strike", |_| false).expect("known");
        assert_eq!(plain.meaning.event_type, EventType::Assault);
        let hunger = nouns
            .find("strike", |modifier| modifier == "hunger")
            .expect("known");
        assert_eq!(hunger.meaning.mode, Some("hunger"));
        assert!(nouns.find("goal", |_| true).is_none());
    }

    #[test]
    fn a_mistake_is_refused_with_its_place() {
        let error = Nouns::load("nouns.txt", "talks bth -> CONSULT").expect_err("no gate bth");
        assert_eq!(
            error.to_string(),
            "nouns.txt:1:7: `bth` is neither light, both, one, mutual, `act=` nor `rec=`; did you mean \"both\"?"
        );
    }
}
