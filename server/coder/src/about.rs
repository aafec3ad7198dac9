//! What an event is about: `topics.txt` weighed against the event's own words, its parties, its type, and the article.
//!
//! [`Topics`] is the loaded file. [`Topics::hear`] finds its phrases in a sentence, once; [`weigh::Heard::topics`] weighs them for
//! one event, because a sentence may report two events that are about different things ([`standing`] tells which
//! words are whose); [`Theme`] is what the rest of the article has to say.

mod circumstance;
mod grammar;
mod phrases;
mod standing;
mod theme;
mod voice;
mod weigh;

use crate::Topic;
use circumstance::Circumstance;
use phrases::Phrases;

pub(crate) use theme::Theme;
pub(crate) use weigh::Told;

/// How much an entry says about its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// Names the topic by itself.
    Sure,
    /// Needs a second hint.
    Hint,
    /// Names the topic where nothing else names any.
    Else,
}

/// What an entry says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Vote {
    topic: Topic,
    strength: Strength,
    /// Line of `topics.txt`, for traces.
    line: u32,
}

/// The numbers of the `let` lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    sure: u32,
    hint: u32,
    /// What a topic of the rest of the article adds.
    article: u32,
    /// Percentage that a word counts outside the event's own clause.
    aside: u32,
    /// Points from which a topic is given.
    given: u32,
    /// Percentage of the strongest topic's points below which another is not given.
    share: u32,
    /// Topics of one event at most.
    most: u32,
}

/// The whole of `topics.txt`.
#[derive(Debug, Default)]
pub(crate) struct Topics {
    phrases: Phrases,
    circumstances: Vec<(Circumstance, Vote)>,
    scale: Scale,
}

impl Default for Scale {
    fn default() -> Self {
        Scale {
            sure: 4,
            hint: 2,
            article: 2,
            aside: 50,
            given: 4,
            share: 50,
            most: 4,
        }
    }
}
