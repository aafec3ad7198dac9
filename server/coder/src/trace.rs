//! Why the coder did what it did: steps taken on a sentence, and the reason where it abstained.

use std::fmt;
use std::ops::Range;

/// What happened to one sentence, or to one heading or block of boilerplate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceTrace {
    /// Byte range in the article's text, half open.
    pub range: Range<usize>,
    /// How the sentence was read, what was matched, resolved, changed and left out, in order.
    pub steps: Vec<Step>,
    /// Why nothing was coded; `None` when the sentence gave an event.
    pub abstention: Option<Abstention>,
}

/// One step on the way from a sentence to its events, for a human reader. Displays as `kind: text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the step is about.
    pub kind: StepKind,
    /// What was found or done. Lines of the data files are named as `verbs.txt:12:1`.
    pub text: String,
}

/// What a [`Step`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum StepKind {
    /// One token: word, base form, tag, and how it hangs on another.
    Tree,
    /// One verb with what stands in its places, by the names that `verbs.txt` uses.
    Clause,
    /// Which line of the data fits, or that none does.
    Pattern,
    /// Which party a phrase stands for, and why.
    Party,
    /// What spoke for a topic of an event.
    Topic,
    /// What a governing word, a modal verb or a negation made of an event.
    Change,
    /// An event that was found and is not reported.
    Dropped,
    /// An event that came out.
    Event,
    /// Why no event came out, and where that could be changed.
    Reason,
}

impl StepKind {
    /// One word, lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            StepKind::Tree => "tree",
            StepKind::Clause => "clause",
            StepKind::Pattern => "pattern",
            StepKind::Party => "party",
            StepKind::Topic => "topic",
            StepKind::Change => "change",
            StepKind::Dropped => "dropped",
            StepKind::Event => "event",
            StepKind::Reason => "reason",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.as_str(), self.text)
    }
}

impl From<Abstention> for Step {
    fn from(reason: Abstention) -> Self {
        Self {
            kind: StepKind::Reason,
            text: format!("{reason}: {}; {}", reason.description(), reason.remedy()),
        }
    }
}

macro_rules! abstentions {
    ($($variant:ident $code:literal $description:literal $remedy:literal,)*) => {
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

            /// Where one who disagrees can change that.
            pub const fn remedy(self) -> &'static str {
                match self { $(Abstention::$variant => $remedy,)* }
            }

            /// The reason in words.
            pub const fn description(self) -> &'static str {
                match self { $(Abstention::$variant => $description,)* }
            }
        }
    };
}

abstentions! {
    Heading "heading" "A headline or heading: it names the matter but reports nothing of its own"
        "no data file says so: what ends in a full stop is no heading",
    Boilerplate "boilerplate" "Left over from the page: share buttons, bylines, credits"
        "boilerplate.txt lists such lines",
    TooLong "too-long" "Longer than the parser is given; likely a table or a list"
        "no data file says so: cut the text into sentences",
    NotEnglish "not-english" "Hardly any word of the sentence is English"
        "no data file says so: only English is coded",
    Question "question" "A question reports nothing"
        "no data file says so",
    NoTrigger "no-trigger" "No verb or noun in it names an action between political actors"
        "verbs.txt and nouns.txt say which words do; the clauses above show the places that a pattern can ask for",
    NoActor "no-actor" "An action, but nobody who could be named did it"
        "actors/ has the names and roles; act= of the pattern says where the actor stands",
    NoRecipient "no-recipient" "The event type requires a recipient and none is named beside the actor"
        "rec= of the pattern says where the recipient stands; actors/ has the names and roles",
    NotPolitical "not-political" "The action is between parties outside politics"
        "actors/ gives names a country and roles a sector",
    Hypothetical "hypothetical" "Only imagined or conditional"
        "operators.txt lists words that only imagine (doubt); conditions are no matter of data",
    Figurative "figurative" "The words of conflict are about sport, markets, weather or the like"
        "%sport, %market, %weather and %culture of classes.txt list the words that say so",
    Speech "speech" "Somebody says or thinks something; nothing is done"
        "operators.txt and `absorbs` in verbs.txt say which verbs only report or contain another event",
    Background "background" "Told in passing beside the event that the sentence reports"
        "no data file says so: relative clauses, causes and times beside an event are not events",
    Weak "weak" "What was found is too uncertain to report"
        "`weak` in verbs.txt asks for parties on both sides; the same event is told only once",
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
    fn a_reason_is_told_with_its_remedy() {
        let step = Step::from(Abstention::Boilerplate).to_string();
        assert!(
            step.starts_with("reason: boilerplate: Left over") && step.contains("boilerplate.txt"),
            "{step}"
        );
    }

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
