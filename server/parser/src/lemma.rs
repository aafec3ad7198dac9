//! The rule lemmatiser: irregular forms first, then suffix rules checked against a list of known words.

use std::borrow::Cow;

use crate::chars::CharClasses;
use crate::hash::murmur64a;
use crate::ids::{IdMap, IdSet};
use crate::label::Pos;
use crate::model::{Model, ModelError};

/// The tables, by part of speech.
pub(crate) struct Lemmatizer {
    tables: Vec<(Pos, Tables)>,
}

struct Tables {
    /// Suffix and replacement, in the order of application.
    rules: Vec<(Box<str>, Box<str>)>,
    irregular: IdMap<Vec<Box<str>>>,
    known: IdSet,
}

impl Lemmatizer {
    pub(crate) fn load(model: &Model<'_>) -> Result<Lemmatizer, ModelError> {
        let mut section = model.reader("lemmas")?;
        let mut tables = Vec::new();
        for _ in 0..section.u32()? {
            let pos = Pos::ALL.get(usize::from(section.u8()?));
            let pos = *pos.ok_or_else(|| section.error("unknown part of speech"))?;
            let rules = section.texts()?;
            let rules = rules
                .as_chunks::<2>()
                .0
                .iter()
                .map(|&[old, new]| (old.into(), new.into()))
                .collect();
            let mut irregular = IdMap::default();
            for _ in 0..section.u32()? {
                let form = id(section.text()?);
                irregular.insert(form, section.texts()?.into_iter().map(Box::from).collect());
            }
            let mut known = IdSet::default();
            section.words(|word| {
                known.insert(murmur64a(word, 1));
            })?;
            tables.push((
                pos,
                Tables {
                    rules,
                    irregular,
                    known,
                },
            ));
        }
        Ok(Lemmatizer { tables })
    }

    /// The base form of `word`, whose lower-case form is `lower`.
    pub(crate) fn lemma<'t>(
        &self,
        word: &'t str,
        lower: &'t str,
        pos: Pos,
        is_base_form: bool,
        chars: &CharClasses,
    ) -> Cow<'t, str> {
        if is_base_form || matches!(pos, Pos::None | Pos::Space) {
            return Cow::Borrowed(lower);
        }
        match self.tables.iter().find(|(tables_pos, _)| *tables_pos == pos) {
            Some((_, tables)) => tables.lemma(lower, chars).map_or(Cow::Borrowed(word), Cow::Owned),
            None if pos == Pos::Propn => Cow::Borrowed(word),
            None => Cow::Borrowed(lower),
        }
    }
}

impl Tables {
    /// The form that spaCy puts first of all it finds for `lower`.
    ///
    /// Irregular forms go before regular ones, the later of several first, unless the rules found them too. Of the
    /// regular ones, a known word goes before all found earlier; a form that is no known word counts only if it holds
    /// something else than letters, or if there is nothing better.
    fn lemma(&self, lower: &str, chars: &CharClasses) -> Option<String> {
        let (mut forms, mut unknown) = (Vec::new(), None);
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(&**old) else {
                continue;
            };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.known.contains(&id(&form)) {
                forms.insert(0, form);
            } else if !chars.is_alpha(&form) {
                forms.push(form);
            } else if unknown.is_none() {
                unknown = Some(form);
            }
        }
        for form in self.irregular.get(&id(lower)).into_iter().flatten() {
            if !forms.iter().any(|known| **known == **form) {
                forms.insert(0, form.to_string());
            }
        }
        forms.into_iter().next().or(unknown)
    }
}

fn id(word: &str) -> u64 {
    murmur64a(word.as_bytes(), 1)
}
