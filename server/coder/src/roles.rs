//! From noun phrases to parties: the document's memory first, then what the phrase contains.

use crate::Party;
use crate::actor::DocumentMemory;
use crate::lexicon::Data;
use crate::tree::Tree;
use crate::verb::matcher::heads_behind;
use dateline_parser::{Dep, EntityLabel, Tag};
use std::collections::HashMap;

/// Resolves the noun phrases of one sentence, each once.
pub(crate) struct Roles<'a, 'g> {
    pub(crate) tree: Tree<'a>,
    pub(crate) data: &'a Data,
    memory: &'a mut DocumentMemory<'g>,
    known: HashMap<usize, Vec<Party>>,
    /// Whether persons and organisations that no list knows count.
    pub(crate) strict: bool,
    /// What the memory said, for traces.
    pub(crate) why: Vec<String>,
}

/// Prepositions that tie a thing to the party it belongs to or is meant for; a place is not its party.
const BELONGING: [&str; 8] = ["of", "from", "against", "on", "to", "between", "with", "for"];

impl<'a, 'g> Roles<'a, 'g> {
    pub(crate) fn new(tree: Tree<'a>, data: &'a Data, memory: &'a mut DocumentMemory<'g>) -> Self {
        Self {
            tree,
            data,
            memory,
            known: HashMap::new(),
            strict: false,
            why: Vec::new(),
        }
    }

    /// The parties that the phrase headed by a token stands for.
    pub(crate) fn parties(&mut self, head: usize) -> Vec<Party> {
        let known = match self.known.get(&head) {
            Some(known) => known.clone(),
            None => {
                let resolved = self.memory.resolve(self.tree.text, self.tree.doc, head);
                for line in resolved.why {
                    if !self.why.contains(&line) {
                        self.why.push(line);
                    }
                }
                self.known.insert(head, resolved.parties.clone());
                resolved.parties
            }
        };
        if known.is_empty() && !self.strict {
            self.named_entity(head).into_iter().collect()
        } else {
            known
        }
    }

    /// Whether the phrase itself, or what it merely counts, names a party.
    pub(crate) fn names_party(&mut self, head: usize) -> bool {
        heads_behind(self.data, self.tree, head)
            .into_iter()
            .any(|head| !self.parties(head).is_empty())
    }

    /// The parties of a phrase; failing that of what it counts, of its modifiers ("*Israeli* positions"), of what it
    /// belongs to ("positions of *the army*").
    pub(crate) fn within(&mut self, head: usize) -> Vec<Party> {
        self.search(head, &BELONGING, 0)
    }

    /// Like [`Roles::within`], and also through "in": for patterns that take a place for a recipient.
    pub(crate) fn within_place(&mut self, head: usize) -> Vec<Party> {
        self.search(
            head,
            &[
                "of", "from", "against", "on", "to", "between", "with", "for", "in",
            ],
            0,
        )
    }

    /// Like [`Roles::within`], for those who act together: what they talk about is no party to the talks.
    pub(crate) fn within_mutual(&mut self, head: usize) -> Vec<Party> {
        self.search(head, &["of", "with", "between", "from"], 0)
    }

    /// Like [`Roles::within`], but only through modifiers and "of", "from", "by": an actor is not found in a place.
    pub(crate) fn acting(&mut self, head: usize) -> Vec<Party> {
        let tree = self.tree;
        let name = matches!(tree.tag(head), Tag::NNP | Tag::NNPS);
        let heads = heads_behind(self.data, tree, head);
        if !name && !heads.iter().any(|&i| self.data.actorlike.has(&tree.lemma(i))) {
            // "Coffee from Ethiopia" is not Ethiopia.
            return heads.into_iter().flat_map(|i| self.parties(i)).collect();
        }
        self.search(head, &["of", "from", "by", "between"], 0)
    }

    fn search(&mut self, head: usize, prepositions: &[&str], depth: usize) -> Vec<Party> {
        let mut direct = Vec::new();
        for behind in heads_behind(self.data, self.tree, head) {
            for party in self.parties(behind) {
                // "a bill on agents": deep inside a phrase a bare role is nobody's.
                let bare = depth > 0 && party.country.is_empty() && !party.sectors.is_empty();
                if !bare {
                    push_new(&mut direct, party);
                }
            }
        }
        if !direct.is_empty() {
            return direct;
        }
        if depth > 2 {
            return vec![];
        }
        let modifiers = self.tree.modifiers(head);
        let mut found = Vec::new();
        for modifier in modifiers {
            let tag = self.tree.tag(modifier);
            if matches!(
                tag,
                Tag::NNP | Tag::NNPS | Tag::JJ | Tag::PRPS | Tag::NN | Tag::NNS
            ) {
                for party in self.parties(modifier) {
                    // "military aid" is not given to the military.
                    if !party.country.is_empty() || !matches!(tag, Tag::NN | Tag::JJ) {
                        push_new(&mut found, party);
                    }
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
        // "Khasan, a town in Russia"
        let appositions: Vec<usize> = self
            .tree
            .children(head)
            .filter(|&i| self.tree.dep(i) == Dep::Appos)
            .collect();
        for apposition in appositions {
            let inner = self.search(apposition, prepositions, depth + 1);
            if !inner.is_empty() {
                return inner;
            }
        }
        for (prep, object) in self.tree.noun_preps(head) {
            if prepositions.contains(&prep.as_str()) {
                let inner = self.search(object, prepositions, depth + 1);
                if !inner.is_empty() {
                    return inner;
                }
            }
        }
        vec![]
    }

    /// A person or organisation that no list knows is still somebody.
    fn named_entity(&self, head: usize) -> Option<Party> {
        if !matches!(self.tree.tag(head), Tag::NNP | Tag::NNPS) || self.tree.dep(head) == Dep::Compound {
            return None;
        }
        let entity = self
            .tree
            .doc
            .entities
            .iter()
            .find(|entity| (entity.start..entity.end).contains(&head));
        let Some(entity) = entity else {
            return self.unlabelled(head);
        };
        // The labels of unknown names are often wrong; what is surely no name of anybody is left out.
        let nobody = matches!(
            entity.label,
            EntityLabel::Date
                | EntityLabel::Time
                | EntityLabel::Money
                | EntityLabel::Percent
                | EntityLabel::Quantity
                | EntityLabel::Ordinal
                | EntityLabel::Cardinal
                | EntityLabel::Language
                | EntityLabel::Law
                | EntityLabel::Loc
                | EntityLabel::Fac
                | EntityLabel::Event
        );
        if nobody {
            return None;
        }
        let start = self.tree.doc.tokens[entity.start].start;
        let end = self.tree.doc.tokens[entity.end - 1].end;
        let text = self.tree.text.get(start..end)?;
        let name = text
            .strip_prefix("the ")
            .or_else(|| text.strip_prefix("The "))
            .unwrap_or(text);
        let name = name
            .strip_suffix("'s")
            .or_else(|| name.strip_suffix("’s"))
            .unwrap_or(name)
            .trim();
        (name.chars().count() > 1).then(|| Party {
            name: name.to_owned(),
            text: text.to_owned(),
            country: String::new(),
            sectors: vec![],
        })
    }

    /// A name that the parser tags as one and labels as nothing: "USAID", "Buhari".
    fn unlabelled(&self, head: usize) -> Option<Party> {
        let tree = self.tree;
        let subject = matches!(tree.dep(head), Dep::Nsubj | Dep::NsubjPass | Dep::Pobj);
        let word = tree.word(head);
        let long = word.chars().count() > 2 && word.chars().next().is_some_and(char::is_uppercase);
        if !subject || !long || word.ends_with("day") {
            return None;
        }
        let first = tree
            .children(head)
            .filter(|&i| tree.dep(i) == Dep::Compound && tree.tag(i) == Tag::NNP)
            .min();
        let start = tree.doc.tokens[first.unwrap_or(head)].start;
        let text = tree.text.get(start..tree.doc.tokens[head].end)?;
        Some(Party {
            name: text.to_owned(),
            text: text.to_owned(),
            country: String::new(),
            sectors: vec![],
        })
    }
}

/// Adds a party unless one of the same name and code is there.
pub(crate) fn push_new(parties: &mut Vec<Party>, party: Party) {
    if !parties.iter().any(|known| same(known, &party)) {
        parties.push(party);
    }
}

/// Whether two parties are one and the same.
pub(crate) fn same(a: &Party, b: &Party) -> bool {
    a.name == b.name && a.country == b.country && a.sectors == b.sectors
}
