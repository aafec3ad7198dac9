//! Sets of words: lists written in a pattern, and the named classes of `classes.txt`.

use crate::LoadError;
use crate::table::{self, Field};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Classes within classes; nobody reads deeper ones.
const MAX_NESTING: usize = 30;

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

    /// Whether every word of the other set is in this one.
    pub(crate) fn covers(&self, other: &WordSet) -> bool {
        let mut modified = other
            .modified
            .iter()
            .flat_map(|(head, modifiers)| modifiers.iter().map(move |modifier| (head, modifier)));
        other.heads.is_subset(&self.heads)
            && modified
                .all(|(head, modifier)| self.modified.get(head).is_some_and(|own| own.contains(modifier)))
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
    /// Reads `classes.txt`. A class may contain other classes, wherever they are defined; a name given twice adds to the
    /// first.
    ///
    /// # Errors
    /// A line that is not `%name = word ...`, a class that is not defined, a class that contains itself.
    pub(crate) fn load(file: &str, content: &str) -> Result<Self, LoadError> {
        let mut members: BTreeMap<&str, Vec<Field<'_>>> = BTreeMap::new();
        for line in table::lines(file, content) {
            let (name, words) = line.halves("=", "write `%name = word word %class`")?;
            let Some(name) = name
                .split_whitespace()
                .next()
                .and_then(|name| name.strip_prefix("%"))
            else {
                return Err(line
                    .whole()
                    .error("a class name starts with `%`; write `%name = word word`"));
            };
            members
                .entry(name.text)
                .or_default()
                .extend(words.split_whitespace());
        }
        let mut classes = Classes::default();
        for name in members.keys() {
            classes.resolve(name, &members, &mut Vec::new())?;
        }
        Ok(classes)
    }

    /// Puts a class together, those that it contains first; `open` are the classes that are being put together.
    fn resolve<'a>(
        &mut self,
        name: &'a str,
        members: &BTreeMap<&'a str, Vec<Field<'a>>>,
        open: &mut Vec<&'a str>,
    ) -> Result<(), LoadError> {
        if self.0.contains_key(name) {
            return Ok(());
        }
        open.push(name);
        let mut set = WordSet::default();
        for &member in members.get(name).into_iter().flatten() {
            if let Some(inner) = member.strip_prefix("%").filter(|name| !name.text.is_empty()) {
                if open.contains(&inner.text) || open.len() > MAX_NESTING {
                    let message = format!(
                        "%{name} and %{} contain one another; remove one from the other",
                        inner.text
                    );
                    return Err(member.error(message));
                }
                let Some((&inner, _)) = members.get_key_value(inner.text) else {
                    return Err(undefined(member, members.keys().copied()));
                };
                self.resolve(inner, members, open)?;
            }
            self.add(&mut set, member)?;
        }
        open.pop();
        self.0.insert(name.into(), Arc::new(set));
        Ok(())
    }

    /// The names of all classes, without `%`, sorted.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.keys().map(AsRef::as_ref).collect();
        names.sort_unstable();
        names
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
                None => return Err(undefined(member, self.names())),
            },
        }
        Ok(())
    }
}

/// A class that is used and not there.
fn undefined<'k>(member: Field<'_>, known: impl IntoIterator<Item = &'k str>) -> LoadError {
    let near = table::did_you_mean(member.text.trim_start_matches('%'), known);
    member.error(format!(
        "class {} is not defined; define it in classes.txt{near}",
        member.text
    ))
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
            "classes.txt:1:8: class %c is not defined; define it in classes.txt"
        );
        let error = Classes::load("classes.txt", "%troops = army\n%a = %trops").expect_err("a slip");
        assert!(error.message.ends_with("did you mean \"troops\"?"), "{error}");
    }

    #[test]
    fn a_class_may_be_defined_below_but_not_contain_itself() {
        let classes = Classes::load("classes.txt", "%a = x %b\n%b = y\n%b = z\n").expect("loads");
        assert!(
            classes
                .get("a")
                .is_some_and(|a| a.has("x") && a.has("y") && a.has("z"))
        );
        let error = Classes::load("classes.txt", "%a = x %b\n%b = %a\n").expect_err("a circle");
        assert!(
            error
                .to_string()
                .starts_with("classes.txt:2:6: %b and %a contain one another"),
            "{error}"
        );
    }
}
