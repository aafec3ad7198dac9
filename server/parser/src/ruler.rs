//! The attribute ruler: parts of speech, the features that matter to lemmas, and the lemmas of function words.
//!
//! Patterns test tag, label and lower-case form of one or two tokens; all are tested against what tagger and parser
//! gave, then applied in their order, so that later ones win.

use std::collections::HashMap;

use crate::label::{Dep, Pos, Tag};
use crate::model::{Model, ModelError, Reader};

/// The patterns, found by what they ask of the token that they change.
pub(crate) struct Ruler {
    patterns: Vec<Pattern>,
    /// Patterns that ask for a word, by that word.
    by_word: HashMap<Box<str>, Vec<usize>>,
    /// Patterns that take any word, by tag.
    by_tag: Vec<Vec<usize>>,
    /// For each set of features, the parts of speech (as bits) of which such a word is a base form.
    base_forms: Vec<u32>,
}

struct Pattern {
    tokens: Vec<Test>,
    /// Which of `tokens` the pattern changes.
    index: usize,
    pos: Option<Pos>,
    features: Option<usize>,
    lemma: Option<Box<str>>,
    tag: Option<Tag>,
    dep: Option<Dep>,
}

struct Test {
    tags: u64,
    deps: u64,
    space: Option<bool>,
    words: Vec<Box<str>>,
}

/// What the ruler looks at in a token.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'t> {
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    pub(crate) space: bool,
    pub(crate) lower: &'t str,
}

/// What the ruler says about a token.
#[derive(Clone, Copy)]
pub(crate) struct Verdict<'p> {
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    pub(crate) pos: Pos,
    pub(crate) lemma: Option<&'p str>,
    /// Whether the word is its own lemma.
    pub(crate) is_base_form: bool,
}

impl Ruler {
    pub(crate) fn load(model: &Model<'_>) -> Result<Ruler, ModelError> {
        let tags = names(model, "tags", Tag::from_name)?;
        let deps = names(model, "deps", Dep::from_name)?;
        let parts = names(model, "pos", Pos::from_name)?;
        let mut section = model.reader("ruler")?;
        let count = section.u32()?;
        let base_forms = (0..count).map(|_| section.u32()).collect::<Result<Vec<_>, _>>()?;
        // Sets in the file count names as the file lists them; here they count them as the enums do.
        let tag_bits: Vec<u32> = tags.iter().map(|&tag| tag as u32).collect();
        let dep_bits: Vec<u32> = deps.iter().map(|&dep| dep as u32).collect();
        if parts != Pos::ALL {
            return Err(section.error("parts of speech in another order"));
        }
        let mut ruler = Ruler {
            patterns: Vec::new(),
            by_word: HashMap::new(),
            by_tag: vec![Vec::new(); 64],
            base_forms,
        };
        for _ in 0..section.u32()? {
            let (count, index) = (section.u8()?, usize::from(section.u8()?));
            let tokens = (0..count).map(|_| Test::load(&mut section, &tag_bits, &dep_bits));
            let tokens = tokens.collect::<Result<Vec<_>, _>>()?;
            let pos = parts.get(usize::from(section.u8()?)).copied();
            let features = Some(usize::from(section.u16()?)).filter(|&features| features != 65535);
            let lemma = Some(section.text()?)
                .filter(|lemma| !lemma.is_empty())
                .map(Box::from);
            let tag = tags.get(usize::from(section.u8()?)).copied();
            let dep = deps.get(usize::from(section.u8()?)).copied();
            if index >= tokens.len() || features.is_some_and(|features| features >= ruler.base_forms.len()) {
                return Err(section.error("a pattern points outside its table"));
            }
            ruler.add(Pattern {
                tokens,
                index,
                pos,
                features,
                lemma,
                tag,
                dep,
            });
        }
        Ok(ruler)
    }

    fn add(&mut self, pattern: Pattern) {
        let number = self.patterns.len();
        let changed = &pattern.tokens[pattern.index];
        for word in &changed.words {
            self.by_word.entry(word.clone()).or_default().push(number);
        }
        if changed.words.is_empty() {
            for (tag, patterns) in self.by_tag.iter_mut().enumerate() {
                if changed.tags & 1 << tag != 0 {
                    patterns.push(number);
                }
            }
        }
        self.patterns.push(pattern);
    }

    /// What the patterns say about the token `i` of `facts`.
    pub(crate) fn judge(&self, facts: &[Facts<'_>], i: usize) -> Verdict<'_> {
        let Facts { tag, dep, lower, .. } = facts[i];
        let mut verdict = Verdict {
            tag,
            dep,
            pos: Pos::None,
            lemma: None,
            is_base_form: false,
        };
        let mut features = 0;
        let by_word = self.by_word.get(lower).map_or(&[][..], |patterns| patterns);
        for number in merged(by_word, &self.by_tag[tag as usize]) {
            let pattern = &self.patterns[number];
            if !pattern.matches(facts, i) {
                continue;
            }
            verdict.pos = pattern.pos.unwrap_or(verdict.pos);
            verdict.tag = pattern.tag.unwrap_or(verdict.tag);
            verdict.dep = pattern.dep.unwrap_or(verdict.dep);
            verdict.lemma = pattern.lemma.as_deref().or(verdict.lemma);
            features = pattern.features.unwrap_or(features);
        }
        verdict.is_base_form = self.base_forms[features] & 1 << verdict.pos as u32 != 0;
        verdict
    }
}

impl Pattern {
    /// Whether the pattern fits with its changed token at `i`.
    fn matches(&self, facts: &[Facts<'_>], i: usize) -> bool {
        let Some(start) = i.checked_sub(self.index) else {
            return false;
        };
        let fits = |(k, test): (usize, &Test)| facts.get(start + k).is_some_and(|facts| test.accepts(facts));
        self.tokens.iter().enumerate().all(fits)
    }
}

impl Test {
    fn load(section: &mut Reader<'_>, tags: &[u32], deps: &[u32]) -> Result<Test, ModelError> {
        let (tag_set, dep_set) = (section.u64()?, section.u64()?);
        let space = match section.u8()? {
            0 => None,
            1 => Some(true),
            _ => Some(false),
        };
        let words = section.texts()?.into_iter().map(Box::from).collect();
        Ok(Test {
            tags: translated(tag_set, tags),
            deps: translated(dep_set, deps),
            space,
            words,
        })
    }

    fn accepts(&self, facts: &Facts<'_>) -> bool {
        self.tags & 1 << facts.tag as u64 != 0
            && self.deps & 1 << facts.dep as u64 != 0
            && self.space.is_none_or(|space| space == facts.space)
            && (self.words.is_empty() || self.words.iter().any(|word| **word == *facts.lower))
    }
}

/// `set` with the bit of each name moved from its place in the file to its place in `bits`.
fn translated(set: u64, bits: &[u32]) -> u64 {
    bits.iter()
        .enumerate()
        .filter(|&(from, _)| set & 1 << from != 0)
        .fold(0, |set, (_, to)| set | 1 << to)
}

fn names<T>(model: &Model<'_>, name: &str, parse: fn(&str) -> Option<T>) -> Result<Vec<T>, ModelError> {
    let mut section = model.reader(name)?;
    let texts = section.texts()?;
    texts
        .iter()
        .map(|text| parse(text).ok_or_else(|| section.error(format!("unknown name {text:?}"))))
        .collect()
}

/// Two ascending lists as one.
fn merged<'a>(mut a: &'a [usize], mut b: &'a [usize]) -> impl Iterator<Item = usize> + use<'a> {
    std::iter::from_fn(move || {
        let from_a = match (a.first(), b.first()) {
            (Some(x), Some(y)) => x < y,
            (first, _) => first.is_some(),
        };
        let list = if from_a { &mut a } else { &mut b };
        let (first, rest) = list.split_first()?;
        *list = rest;
        Some(*first)
    })
}
