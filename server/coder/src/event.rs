//! The sixteen event types of PLOVER 2.0 with their place on the scale of conflict and cooperation.

use std::fmt;
use std::str::FromStr;

/// PLOVER's four classes of events. The numbers are those of the records other coders write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quad {
    /// 1: words of cooperation.
    VerbalCooperation,
    /// 2: acts of cooperation.
    MaterialCooperation,
    /// 3: words of conflict.
    VerbalConflict,
    /// 4: acts of conflict.
    MaterialConflict,
}

impl Quad {
    /// The class as a number from 1 to 4.
    pub const fn number(self) -> u8 {
        match self {
            Quad::VerbalCooperation => 1,
            Quad::MaterialCooperation => 2,
            Quad::VerbalConflict => 3,
            Quad::MaterialConflict => 4,
        }
    }
}

struct Facts {
    name: &'static str,
    quad: Quad,
    score: f32,
    cameo: &'static str,
    recipient_required: bool,
    modes: &'static [&'static str],
    description: &'static str,
}

macro_rules! event_types {
    ($($variant:ident $name:literal $quad:ident $score:literal $cameo:literal $required:literal [$($mode:literal)*]
       $description:literal,)*) => {
        /// What was done. PLOVER 2.0.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EventType {
            $(#[doc = $description] $variant,)*
        }

        impl EventType {
            /// All sixteen, in PLOVER's order: from verbal cooperation to material conflict.
            pub const ALL: &'static [EventType] = &[$(EventType::$variant,)*];

            const fn facts(self) -> &'static Facts {
                match self {
                    $(EventType::$variant => &Facts {
                        name: $name,
                        quad: Quad::$quad,
                        score: $score,
                        cameo: $cameo,
                        recipient_required: $required,
                        modes: &[$($mode),*],
                        description: $description,
                    },)*
                }
            }
        }
    };
}

event_types! {
    Agree "AGREE" VerbalCooperation 2.5 "030" false []
        "Agree, promise or offer to cooperate, to meet or to help later",
    Consult "CONSULT" VerbalCooperation 2.5 "040" false ["visit" "third-party" "multilateral" "phone"]
        "Meet, visit, negotiate, mediate, talk",
    Support "SUPPORT" VerbalCooperation 5.0 "050" false []
        "Praise, defend, recognise, sign or ratify, back in words",
    Concede "CONCEDE" VerbalCooperation 4.5 "080" false []
        "Give way in words: apologise, pardon, lift a measure, accept a demand, announce a withdrawal",
    Cooperate "COOPERATE" MaterialCooperation 9.5 "060" true []
        "Do something together to mutual benefit: joint exercises, trade, extradition, sharing of intelligence",
    Aid "AID" MaterialCooperation 10.0 "070" true []
        "Give help to the benefit of the recipient: money, goods, arms, peacekeepers, asylum, rescue",
    Retreat "RETREAT" MaterialCooperation 6.5 "084" false
        ["withdraw" "release" "disarm" "ceasefire" "access" "resign"]
        "Give way in deeds: withdraw, release, disarm, cease fire, grant access, resign",
    Request "REQUEST" VerbalConflict 0.0 "100" false ["assist" "change" "yield" "meet"]
        "Ask, urge, demand or order",
    Accuse "ACCUSE" VerbalConflict -3.0 "110" false ["disapprove" "investigate" "allege"]
        "Criticise, condemn, accuse, complain, sue, investigate",
    Reject "REJECT" VerbalConflict -2.0 "120" false ["assist" "change" "yield" "meet"]
        "Refuse, veto, deny, cancel a meeting, break off an agreement",
    Threaten "THREATEN" VerbalConflict -3.5 "130" false
        ["restrict" "arrest" "relations" "expel" "territory" "violence"]
        "Threaten, warn, give an ultimatum, announce a hostile act",
    Protest "PROTEST" MaterialConflict -5.0 "140" false
        ["demo" "riot" "strike" "hunger" "boycott" "obstruct" "vandalize"]
        "Demonstrate, strike, riot, boycott, block roads",
    Sanction "SANCTION" MaterialConflict -6.0 "160" true ["convict" "expel" "withdraw" "discontinue"]
        "Cut, stop or reduce relations, aid or cooperation; expel diplomats; end mediation",
    Mobilize "MOBILIZE" MaterialConflict -5.5 "150" false ["troops" "weapons" "police" "militia"]
        "Move or ready forces, test weapons, raise an alert, show military or police power",
    Coerce "COERCE" MaterialConflict -7.0 "170" false
        ["seize" "restrict" "censor" "curfew" "martial-law" "arrest" "deport" "withhold" "misinformation" "cyber"]
        "Force without killing: arrest, ban, seize, deport, blockade, impose a curfew, hack",
    Assault "ASSAULT" MaterialConflict -9.0 "180" false
        ["abduct" "beat" "torture" "sexual" "targeted" "destroy" "primitive" "firearms" "explosives"
         "suicide-attack" "aerial" "drone" "heavy-weapons" "crowd-control" "unconventional"]
        "Attack, kill, wound, abduct, torture, destroy",
}

impl EventType {
    /// PLOVER's name, "CONSULT".
    pub const fn as_str(self) -> &'static str {
        self.facts().name
    }

    /// The class of the type. SANCTION is material conflict here, as in the text of PLOVER's section on it.
    pub const fn quad(self) -> Quad {
        self.facts().quad
    }

    /// PLOVER's score, from -10 (conflict) to 10 (cooperation). ACCUSE is -3, the sign of its sub-modes.
    pub const fn score(self) -> f32 {
        self.facts().score
    }

    /// The CAMEO code that stands for the whole type, "040"; a pattern may know a nearer one.
    pub const fn cameo(self) -> &'static str {
        self.facts().cameo
    }

    /// Whether PLOVER codes the type only with a recipient.
    pub const fn recipient_required(self) -> bool {
        self.facts().recipient_required
    }

    /// The modes of the type, "visit"; empty where PLOVER names none.
    pub const fn modes(self) -> &'static [&'static str] {
        self.facts().modes
    }

    /// What the type covers, in one line.
    pub const fn description(self) -> &'static str {
        self.facts().description
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EventType {
    type Err = UnknownEventType;

    fn from_str(name: &str) -> Result<Self, UnknownEventType> {
        let known = EventType::ALL
            .iter()
            .find(|event_type| event_type.as_str().eq_ignore_ascii_case(name));
        known.copied().ok_or_else(|| UnknownEventType(name.to_owned()))
    }
}

/// A name that is no PLOVER event type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown event type {0:?}; PLOVER's types are AGREE, CONSULT, ... ASSAULT")]
pub struct UnknownEventType(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixteen_types_and_each_reads_back_from_its_name() {
        assert_eq!(EventType::ALL.len(), 16);
        for &event_type in EventType::ALL {
            assert_eq!(event_type.as_str().parse(), Ok(event_type));
            assert_eq!(event_type.as_str().to_lowercase().parse(), Ok(event_type));
        }
        assert!("FIGHT".parse::<EventType>().is_err());
    }

    #[test]
    fn conflict_scores_below_cooperation() {
        for &event_type in EventType::ALL {
            let cooperative = event_type.quad().number() <= 2;
            assert_eq!(cooperative, event_type.score() > 0.0, "{event_type}");
        }
    }
}
