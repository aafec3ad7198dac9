//! What an event is about: words and phrases of `topics.txt` found in its sentence.

use crate::{LoadError, Topic, UnknownTopic, table};
use std::collections::HashMap;

/// Phrases by their first word.
#[derive(Debug, Default)]
pub(crate) struct Topics(HashMap<Box<str>, Vec<Phrase>>);

/// The words after the first, and the topic.
type Phrase = (Vec<Box<str>>, Topic);

impl Topics {
    /// Reads `topics.txt`.
    ///
    /// # Errors
    /// A line that is not `topic: phrase, phrase`, or an unknown topic; with its place.
    pub(crate) fn load(file: &str, content: &str) -> Result<Self, LoadError> {
        let mut topics = Topics::default();
        for line in table::lines(file, content) {
            let Some((name, phrases)) = line.whole().split_once(':') else {
                return Err(line
                    .whole()
                    .error("`:` is missing; write `topic: phrase, phrase`"));
            };
            let topic: Topic = name
                .text
                .trim()
                .parse()
                .map_err(|e: UnknownTopic| name.error(e.to_string()))?;
            for phrase in phrases.split(|c| c == ',') {
                let mut words = phrase
                    .text
                    .split_whitespace()
                    .map(|word| Box::from(word.to_lowercase()));
                if let Some(first) = words.next() {
                    topics.0.entry(first).or_default().push((words.collect(), topic));
                }
            }
        }
        Ok(topics)
    }

    /// The topics of a sentence in PLOVER's order. Each word is given as printed and as lemma, lower case.
    pub(crate) fn find(&self, words: &[(String, String)]) -> Vec<Topic> {
        let mut found: Vec<Topic> = Vec::new();
        let fits = |(word, lemma): &(String, String), wanted: &str| word == wanted || lemma == wanted;
        for (at, (word, lemma)) in words.iter().enumerate() {
            let mut keys = vec![word.as_str()];
            if lemma != word {
                keys.push(lemma);
            }
            for (rest, topic) in keys.into_iter().filter_map(|key| self.0.get(key)).flatten() {
                let following = &words[at + 1..];
                let matches =
                    rest.len() <= following.len() && rest.iter().zip(following).all(|(r, w)| fits(w, r));
                if matches && !found.contains(topic) {
                    found.push(*topic);
                }
            }
        }
        found.sort();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, String)> {
        text.split(' ')
            .map(|word| (word.to_owned(), word.trim_end_matches('s').to_owned()))
            .collect()
    }

    #[test]
    fn phrases_count_only_whole_and_in_order() {
        let topics = Topics::load("topics.txt", "military: air force, tank\nlegal: court\n").expect("loads");
        assert_eq!(
            topics.find(&words("the court saw tanks")),
            [Topic::Military, Topic::Legal]
        );
        assert_eq!(topics.find(&words("the air force")), [Topic::Military]);
        assert_eq!(topics.find(&words("force the air")), []);
    }

    #[test]
    fn an_unknown_topic_is_refused_with_its_place() {
        let error = Topics::load("topics.txt", "militray: tank").expect_err("unknown");
        assert!(
            error
                .to_string()
                .starts_with("topics.txt:1:1: unknown topic \"militray\"")
        );
    }
}
