//! Sets of words: lists written in a pattern, and the named classes of `classes.txt`.

use crate::LoadError;
use crate::table::{self, Field};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A set of nouns, verbs or adjectives by lemma, lower case. A member written `hunger_strike` is the head "strike"
/// with "hunger" among its modifiers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WordSet {
    heads: HashSet<Box<str>>,
    modified: HashMap<Box<str>, Vec<Box<str>>>,
}

impl WordSet {
    /// Whether the set has `head` by itself, or with one of the modifiers that `has_modifier` knows.
    pub(crate) fn contains(&self, head: &str, has_modifier: impl Fn(&str) -> bool) -> bool {
        self.heads.contains(head) || self.contains_modified(head, has_modifier)
    }

    /// Whether the set has `head` only together with a modifier that `has_modifier` knows.
    pub(crate) fn contains_modified(&self, head: &str, has_modifier: impl Fn(&str) -> bool) -> bool {
        self.modified
            .get(head)
            .is_some_and(|known| known.iter().any(|modifier| has_modifier(modifier)))
    }

    /// Whether the set has the bare word.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.heads.contains(word)
    }

    fn add(&mut self, word: &str) {
        match word.rsplit_once('_') {
            Some((modifier, head)) => self
                .modified
                .entry(head.into())
                .or_default()
                .push(modifier.into()),
            None => drop(self.heads.insert(word.into())),
        }
    }

    fn merge(&mut self, other: &WordSet) {
        self.heads.extend(other.heads.iter().cloned());
        for (head, modifiers) in &other.modified {
            self.modified
                .entry(head.clone())
                .or_default()
                .extend(modifiers.iter().cloned());
        }
    }
}

/// The named classes: `%weapon = missile rocket ...`.
#[derive(Debug, Default)]
pub(crate) struct Classes(HashMap<Box<str>, Arc<WordSet>>);

impl Classes {
    /// Reads `classes.txt`. A class may contain classes defined above it; a name given twice adds to the first.
    ///
    /// # Errors
    /// A line that is not `%name = word ...`, or a class that is not defined above.
    pub(crate) fn load(file: &str, content: &str) -> Result<Self, LoadError> {
        let mut classes = Classes::default();
        for line in table::lines(file, content) {
            let (name, members) = line.halves("=", "write `%name = word word %class`")?;
            let Some(name) = name
                .split_whitespace()
                .next()
                .and_then(|name| name.strip_prefix("%"))
            else {
                return Err(line
                    .whole()
                    .error("a class name starts with `%`; write `%name = word word`"));
            };
            let mut set = classes
                .0
                .get(name.text)
                .map(|known| (**known).clone())
                .unwrap_or_default();
            for member in members.split_whitespace() {
                classes.add(&mut set, member)?;
            }
            classes.0.insert(name.text.into(), Arc::new(set));
        }
        Ok(classes)
    }

    /// The class of this name.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<WordSet>> {
        self.0.get(name).cloned()
    }

    /// The set that `word|word|%class` stands for.
    pub(crate) fn set(&self, field: Field<'_>) -> Result<Arc<WordSet>, LoadError> {
        if let Some(name) = field.strip_prefix("%")
            && let Some(class) = self.0.get(name.text)
        {
            return Ok(class.clone());
        }
        let mut set = WordSet::default();
        for word in field.split(|c| c == '|') {
            self.add(&mut set, word)?;
        }
        Ok(Arc::new(set))
    }

    fn add(&self, set: &mut WordSet, member: Field<'_>) -> Result<(), LoadError> {
        // A lone "%" is the word.
        match member.strip_prefix("%").filter(|name| !name.text.is_empty()) {
            None => set.add(&member.text.to_lowercase()),
            Some(name) => match self.0.get(name.text) {
                Some(class) => set.merge(class),
                None => {
                    let message = format!(
                        "class %{} is not defined; define it above, in classes.txt",
                        name.text
                    );
                    return Err(member.error(message));
                }
            },
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_contain_classes_and_modified_heads() {
        let classes =
            Classes::load("classes.txt", "%arms = missile\n%war = %arms hunger_strike\n").expect("loads");
        let war = classes.get("war").expect("defined");
        assert!(war.has("missile"));
        assert!(!war.contains("strike", |_| false));
        assert!(war.contains("strike", |modifier| modifier == "hunger"));
    }

    #[test]
    fn an_unknown_class_is_refused_with_its_place() {
        let error = Classes::load("classes.txt", "%a = b %c").expect_err("c is not defined");
        assert_eq!(
            error.to_string(),
            "classes.txt:1:8: class %c is not defined; define it above, in classes.txt"
        );
    }
}
