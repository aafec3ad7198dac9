//! The language of `verbs.txt`.
//!
//! ```text
//! line    = verbs { want | role | option } "->" meaning
//! verbs   = verb { "|" verb }             verb   = lemma [ "+" particle ]
//! want    = place ":" value               value  = "@" | "*" | "-" | [ "!" ] set
//! place   = "subj" | "obj" | "iobj" | "comp" | "inf" | "pred" | preposition { "|" preposition }
//! set     = "%" class | word { "|" word | "|" "%" class }
//! role    = ( "rec" | "act" ) "=" slot { "," slot }     slot = place | "mod" | "none"
//! option  = "mutual" | "absorbs" | "weak"
//! meaning = TYPE [ "/" mode ] [ cameo ] | "nothing"
//! ```

use super::{Meaning, Pattern, Slot, Verbs, Want};
use crate::table::{self, Field};
use crate::words::Classes;
use crate::{EventType, LoadError};
use std::sync::{Arc, Mutex};

impl Verbs {
    /// Reads `verbs.txt`.
    ///
    /// # Errors
    /// A line that does not follow the grammar, an unknown class, type or mode; with its place.
    pub(crate) fn load(file: &str, content: &str, classes: &Classes) -> Result<Self, LoadError> {
        let mut verbs = Verbs::default();
        for line in table::lines(file, content) {
            let (left, right) = line.halves("->", "write `VERBS PLACE:VALUE ... -> TYPE/mode`")?;
            let idle = right.split_whitespace().map(|word| word.text).eq(["nothing"]);
            let meaning = if idle { None } else { Some(meaning(right)?) };
            let mut fields = left.split_whitespace();
            let Some(lemmas) = fields.next() else {
                return Err(left.error("no verb stands before `->`; write its lemma"));
            };
            let mut pattern = Pattern {
                particle: None,
                wants: Vec::new(),
                meaning,
                recipients: None,
                actors: Slot::Subject,
                mutual: false,
                absorbs: false,
                weak: false,
                line: line.number(),
            };
            for field in fields {
                read_field(&mut pattern, field, classes)?;
            }
            for lemma in lemmas.split(|c| c == '|') {
                let mut pattern = pattern.clone();
                let lemma = match lemma.split_once('+') {
                    Some((lemma, particle)) => {
                        pattern.particle = Some(particle.text.into());
                        lemma
                    }
                    None => lemma,
                };
                verbs
                    .by_lemma
                    .entry(lemma.text.into())
                    .or_default()
                    .push(Arc::new(pattern));
            }
        }
        Ok(verbs)
    }
}

fn read_field(pattern: &mut Pattern, field: Field<'_>, classes: &Classes) -> Result<(), LoadError> {
    match field.text {
        "mutual" => pattern.mutual = true,
        "absorbs" => pattern.absorbs = true,
        "weak" => pattern.weak = true,
        _ => {
            if let Some(slots) = field.strip_prefix("rec=") {
                let places = slots
                    .split(|c| c == ',')
                    .filter(|slot| slot.text != "none")
                    .map(slot);
                pattern.recipients = Some(places.collect());
            } else if let Some(place) = field.strip_prefix("act=") {
                pattern.actors = slot(place);
            } else if let Some((place, value)) = field.split_once(':') {
                pattern.wants.push((slot(place), want(value, classes)?));
            } else {
                let near = table::did_you_mean(field.text, ["mutual", "absorbs", "weak"]);
                let message = format!(
                    "`{}` is neither `place:value`, `rec=`, `act=`, `mutual`, `absorbs` nor `weak`{near}",
                    field.text
                );
                return Err(field.error(message));
            }
        }
    }
    Ok(())
}

fn slot(field: Field<'_>) -> Slot {
    match field.text {
        "subj" => Slot::Subject,
        "obj" => Slot::Object,
        "iobj" => Slot::IndirectObject,
        "comp" => Slot::Complement,
        "inf" => Slot::Infinitive,
        "pred" => Slot::Predicate,
        "mod" => Slot::ObjectModifier,
        _ => Slot::Prepositions(field.split(|c| c == '|').map(|word| word.text.into()).collect()),
    }
}

fn want(field: Field<'_>, classes: &Classes) -> Result<Want, LoadError> {
    match field.text {
        "" => Err(field.error("nothing follows `:`; write `@`, `*`, `-`, words or a %class")),
        "@" => Ok(Want::Party),
        "*" => Ok(Want::Anything),
        "-" => Ok(Want::Nothing),
        _ => match field.strip_prefix("!") {
            Some(words) => Ok(Want::NotWords(classes.set(words)?)),
            None => match field
                .split(|c| c == '|')
                .find(|word| matches!(word.text, "@" | "*" | "-"))
            {
                Some(sign) => Err(sign.error("`@`, `*` and `-` stand alone; write a second pattern")),
                None => Ok(Want::Words(classes.set(field)?)),
            },
        },
    }
}

/// Reads `TYPE[/mode] [cameo]`.
pub(crate) fn meaning(field: Field<'_>) -> Result<Meaning, LoadError> {
    let mut words = field.split_whitespace();
    let Some(name) = words.next() else {
        return Err(field.error("no event type follows `->`; write for example `CONSULT/visit 042`"));
    };
    let (type_name, mode_name) = name
        .split_once('/')
        .map_or((name, None), |(name, mode)| (name, Some(mode)));
    let event_type: EventType = type_name.text.parse().map_err(|error: crate::UnknownEventType| {
        let near = table::did_you_mean(type_name.text, EventType::ALL.iter().map(|known| known.as_str()));
        type_name.error(format!("{error}{near}"))
    })?;
    let mode = match mode_name {
        None => None,
        Some(mode) => match event_type.modes().iter().find(|known| **known == mode.text) {
            Some(known) => Some(*known),
            None => {
                let known = match event_type.modes() {
                    [] => "it has none, so leave out what follows `/`".to_owned(),
                    modes => format!("it has: {}", modes.join(" ")),
                };
                let near = table::did_you_mean(mode.text, event_type.modes().iter().copied());
                return Err(mode.error(format!(
                    "{event_type} has no mode \"{}\"; {known}{near}",
                    mode.text
                )));
            }
        },
    };
    let cameo = match words.next() {
        None => event_type.cameo(),
        Some(code) if crate::cameo::is_code(code.text) => intern(code.text),
        Some(code) if code.text.bytes().all(|b| b.is_ascii_digit()) => {
            let message = format!(
                "CAMEO has no code {}; write one that it has, or none for {} of {event_type}",
                code.text,
                event_type.cameo()
            );
            return Err(code.error(message));
        }
        Some(code) => return Err(code.error("a CAMEO code has two to four digits")),
    };
    match words.next() {
        Some(extra) => Err(extra.error(format!(
            "`{}` is left over after the meaning; remove it",
            extra.text
        ))),
        None => Ok(Meaning {
            event_type,
            mode,
            cameo,
        }),
    }
}

/// CAMEO has a few hundred codes; each distinct one is kept for the life of the process, so that meanings are `Copy`.
fn intern(code: &str) -> &'static str {
    static KNOWN: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(found) = known.iter().find(|k| **k == code) {
        return found;
    }
    let leaked: &'static str = Box::leak(code.to_owned().into_boxed_str());
    known.push(leaked);
    leaked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(content: &str) -> Result<Verbs, LoadError> {
        let classes = Classes::load("classes.txt", "%sanction = sanction embargo\n").expect("loads");
        Verbs::load("verbs.txt", content, &classes)
    }

    #[test]
    fn a_pattern_is_found_under_each_of_its_verbs() {
        let verbs = load("lift|call+off obj:%sanction rec=on,mod -> CONCEDE 0861\n").expect("loads");
        let [lift] = verbs.patterns("lift") else {
            panic!("one pattern")
        };
        assert_eq!(lift.meaning.map(|meaning| meaning.cameo), Some("0861"));
        assert_eq!(lift.particle, None);
        let [call] = verbs.patterns("call") else {
            panic!("one pattern")
        };
        assert_eq!(call.particle.as_deref(), Some("off"));
        assert_eq!(call.recipients.as_ref().map(Vec::len), Some(2));
    }

    #[test]
    fn mistakes_are_refused_with_line_and_column() {
        let cases = [
            (
                "\nlift obj:%sanctoin -> CONCEDE",
                "verbs.txt:2:10: class %sanctoin is not defined",
            ),
            ("lift -> CONCED", "verbs.txt:1:9: unknown event type"),
            (
                "lift -> CONSULT/vist",
                "verbs.txt:1:17: CONSULT has no mode \"vist\"",
            ),
            ("lift obj: -> CONCEDE", "verbs.txt:1:10: nothing follows `:`"),
            ("lift quickly -> CONCEDE", "verbs.txt:1:6: `quickly` is neither"),
            ("lift obj:@", "verbs.txt:1: `->` is missing"),
            ("lift -> CONCEDE x", "verbs.txt:1:17: a CAMEO code has"),
            (
                "lift obj:ban|@ -> CONCEDE",
                "verbs.txt:1:14: `@`, `*` and `-` stand alone",
            ),
        ];
        for (content, expected) in cases {
            let error = load(content).expect_err(content).to_string();
            assert!(
                error.starts_with(expected),
                "{error:?} does not start with {expected:?}"
            );
        }
    }
}
