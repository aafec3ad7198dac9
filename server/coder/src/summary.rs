//! One line that tells an event: "Kim Jong Un (PRKGOV) met Vladimir Putin (RUSGOV)".

use crate::coding::Flags;
use crate::verb::Meaning;
use crate::{EventType, Party};

/// The line for an event.
pub(crate) fn line(
    meaning: Meaning,
    actors: &[Party],
    recipients: &[Party],
    mutual: bool,
    flags: Flags,
) -> String {
    let (together, alone, passive) = phrases(meaning);
    let mark = match flags {
        Flags { negated: true, .. } => " (denied)",
        Flags {
            hypothetical: true, ..
        } => " (would)",
        Flags { future: true, .. } => " (planned)",
        Flags { historical: true, .. } => " (past)",
        _ => "",
    };
    let told = match (actors.is_empty(), recipients.is_empty()) {
        (true, _) => format!("{} {passive}", names(recipients)),
        (false, true) if (mutual || meaning.event_type == EventType::Agree) && actors.len() > 1 => {
            format!("{} {together}", names(actors))
        }
        (false, true) => format!("{} {}", names(actors), without_object(alone)),
        (false, false) => format!("{} {}", names(actors), alone.replace("{}", &names(recipients))),
    };
    told + mark
}

/// "protested against {}" without what it was against.
fn without_object(phrase: &str) -> &str {
    let bare = phrase.split(" {}").next().unwrap_or(phrase);
    let dangling = [" against", " with", " to", " from", " of", " on", " before"];
    dangling
        .iter()
        .find_map(|word| bare.strip_suffix(word))
        .unwrap_or(bare)
}

fn names(parties: &[Party]) -> String {
    let one = |party: &Party| match party.code() {
        code if code.is_empty() => party.name.clone(),
        code => format!("{} ({code})", party.name),
    };
    match parties {
        [] => "somebody".to_owned(),
        [only] => one(only),
        [first @ .., last] => format!(
            "{} and {}",
            first.iter().map(one).collect::<Vec<_>>().join(", "),
            one(last)
        ),
    }
}

/// What parties do together; what one does, `{}` standing for the recipient; what befalls a recipient.
fn phrases(meaning: Meaning) -> (&'static str, &'static str, &'static str) {
    use EventType as T;
    match (meaning.event_type, meaning.mode) {
        (T::Agree, _) => (
            "agreed",
            "made an offer or promise to {}",
            "was promised something",
        ),
        (T::Consult, Some("visit")) => ("visited one another", "visited {}", "was visited"),
        (T::Consult, Some("third-party")) => ("mediated", "mediated with {}", "was offered mediation"),
        (T::Consult, Some("phone")) => ("spoke by phone", "phoned {}", "was phoned"),
        (T::Consult, _) => ("met", "met {}", "was consulted"),
        (T::Support, _) if meaning.cameo == "057" => (
            "signed an agreement",
            "signed an agreement with {}",
            "was given a signature",
        ),
        (T::Support, _) if meaning.cameo == "054" => {
            ("established relations", "recognized {}", "was recognized")
        }
        (T::Support, _) => ("supported one another", "supported {}", "was supported"),
        (T::Concede, _) => ("made concessions", "yielded to {}", "was granted a concession"),
        (T::Cooperate, _) => ("cooperated", "cooperated with {}", "was cooperated with"),
        (T::Aid, _) => ("gave aid", "gave aid to {}", "was given aid"),
        (T::Retreat, Some("withdraw")) => ("withdrew", "withdrew from {}", "was withdrawn from"),
        (T::Retreat, Some("release")) => ("released captives", "released {}", "was released"),
        (T::Retreat, Some("disarm")) => ("disarmed", "disarmed before {}", "was disarmed"),
        (T::Retreat, Some("ceasefire")) => ("ceased fire", "ceased fire with {}", "was given a ceasefire"),
        (T::Retreat, Some("access")) => ("granted access", "granted access to {}", "was granted access"),
        (T::Retreat, Some("resign")) => ("resigned", "resigned from {}", "was left by a resignation"),
        (T::Retreat, _) => ("gave way", "gave way to {}", "was given way"),
        (T::Request, _) => ("made demands", "made a demand of {}", "was asked for something"),
        (T::Accuse, Some("investigate")) => ("investigated", "investigated {}", "was investigated"),
        (T::Accuse, Some("disapprove")) => ("voiced disapproval", "criticized {}", "was criticized"),
        (T::Accuse, _) => ("traded accusations", "accused {}", "was accused"),
        (T::Reject, _) => ("failed to agree", "rejected {}", "was rejected"),
        (T::Threaten, _) => ("made threats", "threatened {}", "was threatened"),
        (T::Protest, Some("strike")) => (
            "went on strike",
            "went on strike against {}",
            "was struck against",
        ),
        (T::Protest, Some("riot")) => ("rioted", "rioted against {}", "was rioted against"),
        (T::Protest, _) => ("protested", "protested against {}", "was protested against"),
        (T::Sanction, Some("expel")) => ("expelled one another", "expelled {}", "was expelled"),
        (T::Sanction, Some("convict")) => ("convicted people", "convicted {}", "was convicted"),
        (T::Sanction, _) => ("cut relations", "cut relations or aid to {}", "was cut off"),
        (T::Mobilize, Some("weapons")) => {
            ("showed weapons", "showed weapons against {}", "was shown weapons")
        }
        (T::Mobilize, _) => ("mobilized", "mobilized against {}", "was mobilized against"),
        (T::Coerce, Some("arrest")) => ("made arrests", "arrested {}", "was arrested"),
        (T::Coerce, Some("seize")) => (
            "seized property",
            "seized property of {}",
            "was robbed by seizure",
        ),
        (T::Coerce, Some("deport")) => ("deported people", "deported {}", "was deported"),
        (T::Coerce, Some("cyber")) => ("hacked one another", "hacked {}", "was hacked"),
        (T::Coerce, _) => (
            "imposed restrictions",
            "imposed restrictions on {}",
            "was restricted",
        ),
        (T::Assault, Some("abduct")) => ("abducted people", "abducted {}", "was abducted"),
        (T::Assault, _) => ("fought", "attacked {}", "was attacked"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, country: &str) -> Party {
        Party {
            name: name.into(),
            text: name.into(),
            country: country.into(),
            sectors: vec![],
        }
    }

    #[test]
    fn mutual_directed_and_agentless_events_read_as_sentences() {
        let meet = Meaning::plain(EventType::Consult);
        let two = [party("Russia", "RUS"), party("China", "CHN")];
        let flags = Flags::default();
        assert_eq!(
            line(meet, &two, &[], true, flags),
            "Russia (RUS) and China (CHN) met"
        );
        let visit = Meaning {
            mode: Some("visit"),
            ..meet
        };
        assert_eq!(
            line(visit, &two[..1], &two[1..], false, flags),
            "Russia (RUS) visited China (CHN)"
        );
        assert_eq!(line(visit, &two[..1], &[], false, flags), "Russia (RUS) visited");
        let attack = Meaning::plain(EventType::Assault);
        let past = Flags {
            historical: true,
            ..flags
        };
        assert_eq!(
            line(attack, &[], &two[..1], false, past),
            "Russia (RUS) was attacked (past)"
        );
    }
}
