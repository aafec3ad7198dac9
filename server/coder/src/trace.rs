//! Why the coder did what it did: steps taken on a sentence, and the reason where it abstained.

use std::fmt;
use std::ops::Range;

/// What happened to one sentence, or to one heading or block of boilerplate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceTrace {
    /// Byte range in the article's text, half open.
    pub range: Range<usize>,
    /// What was matched, resolved, changed and dropped, in order, for a human reader.
    pub steps: Vec<String>,
    /// Why nothing was coded; `None` when the sentence gave an event.
    pub abstention: Option<Abstention>,
}

macro_rules! abstentions {
    ($($variant:ident $code:literal $description:literal,)*) => {
        /// Why a sentence gave no event.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Abstention {
            $(#[doc = $description] $variant,)*
        }

        impl Abstention {
            /// Every reason.
            pub const ALL: &'static [Abstention] = &[$(Abstention::$variant,)*];

            /// The reason code, "no-actor".
            pub const fn as_str(self) -> &'static str {
                match self { $(Abstention::$variant => $code,)* }
            }

            /// The reason in words.
            pub const fn description(self) -> &'static str {
                match self { $(Abstention::$variant => $description,)* }
            }
        }
    };
}

abstentions! {
    Heading "heading" "A headline or heading: it names the matter but reports nothing of its own",
    Boilerplate "boilerplate" "Left over from the page: share buttons, bylines, credits",
    TooLong "too-long" "Longer than the parser is given; likely a table or a list",
    NotEnglish "not-english" "Hardly any word of the sentence is English",
    Question "question" "A question reports nothing",
    NoTrigger "no-trigger" "No verb or noun in it names an action between political actors",
    NoActor "no-actor" "An action, but nobody who could be named did it",
    NoRecipient "no-recipient" "The event type requires a recipient and none is named",
    NotPolitical "not-political" "The action is between parties outside politics",
    Hypothetical "hypothetical" "Only imagined or conditional",
    Figurative "figurative" "The words of conflict are about sport, markets, weather or the like",
    Speech "speech" "Somebody says or thinks something; nothing is done",
    Background "background" "Told in passing beside the event that the sentence reports",
    SameParty "same-party" "The only actor and the only recipient are one and the same",
    Weak "weak" "What was found is too uncertain to report",
}

impl fmt::Display for Abstention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn reason_codes_are_distinct_and_kebab_case() {
        let codes: HashSet<_> = Abstention::ALL.iter().map(|reason| reason.as_str()).collect();
        assert_eq!(codes.len(), Abstention::ALL.len());
        assert!(
            codes
                .iter()
                .all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        );
    }
}
