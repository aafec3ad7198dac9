//! Which phrases of a sentence later ones may point at, and what they are together.

use dateline_parser::{Dep, Doc, EntityLabel, Tag};

use super::memory::Seen;
use super::phrase::{Found, Nature, Sort};
use crate::Party;

/// What a subject that names no party is to the pronouns after it.
pub(super) fn nobody(text: &str, doc: &Doc, token: usize) -> Option<Found> {
    let word = &doc.tokens[token];
    let person = doc
        .entities
        .iter()
        .any(|entity| (entity.start..entity.end).contains(&token) && entity.label == EntityLabel::Person);
    let printed = text.get(word.start..word.end).unwrap_or_default().to_lowercase();
    let nature = match word.tag {
        _ if person => Nature::Person(None),
        Tag::PRP => match printed.as_str() {
            "he" => Nature::Person(Some(false)),
            "she" => Nature::Person(Some(true)),
            "they" => Nature::Several,
            _ => return None,
        },
        Tag::NN | Tag::NNP => Nature::Body,
        Tag::NNS | Tag::NNPS => Nature::Several,
        _ => return None,
    };
    let sort = match word.tag {
        Tag::NNP | Tag::NNPS => Sort::Unknown,
        _ => Sort::Other,
    };
    Some(Found::new(Vec::new(), nature, sort))
}

/// Adds what coordinated subjects and objects are together: for "they", Kerry and Lavrov are one.
pub(super) fn join_coordinated(present: &mut Vec<Seen>, doc: &Doc) {
    let heads: Vec<usize> = present.iter().map(|seen| seen.token).collect();
    let mut joined = Vec::new();
    for (at, &head) in heads.iter().enumerate() {
        if doc.tokens[head].dep == Dep::Conj {
            continue;
        }
        let all = coordinated(doc, head);
        let parts: Vec<usize> = (at..heads.len()).filter(|&i| all.contains(&heads[i])).collect();
        let named = parts.iter().filter(|&&i| !present[i].parties.is_empty()).count();
        if parts.len() < 2 || named < 2 {
            continue;
        }
        let mut parties: Vec<Party> = Vec::new();
        for &i in &parts {
            present[i].part = true;
            parties.extend(present[i].parties.iter().cloned());
        }
        joined.push(Seen {
            parties,
            nature: Nature::Several,
            part: false,
            sort: Sort::Other,
            ..present[at].clone()
        });
    }
    present.extend(joined);
}

/// A subject, or coordinated with one.
pub(super) fn is_subject(doc: &Doc, token: usize) -> bool {
    let first = std::iter::once(token)
        .chain(doc.ancestors(token))
        .find(|&i| doc.tokens[i].dep != Dep::Conj);
    first.is_some_and(|first| matches!(doc.tokens[first].dep, Dep::Nsubj | Dep::NsubjPass))
}

/// Heads of phrases that later pronouns may point at.
pub(super) fn is_salient(doc: &Doc, token: usize) -> bool {
    let token = &doc.tokens[token];
    let noun = matches!(token.tag, Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS);
    match token.dep {
        Dep::Nsubj | Dep::NsubjPass => noun || matches!(token.tag, Tag::PRP | Tag::CD | Tag::DT),
        Dep::Dobj | Dep::Pobj | Dep::Dative | Dep::Conj | Dep::Poss => noun,
        _ => false,
    }
}

/// A head and the nouns coordinated with it, in order.
pub(super) fn coordinated(doc: &Doc, head: usize) -> Vec<usize> {
    let mut heads = vec![head];
    let mut at = 0;
    while at < heads.len() && heads.len() < 64 {
        let noun = |tag| {
            matches!(
                tag,
                Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS | Tag::PRP | Tag::CD | Tag::JJ
            )
        };
        let conjuncts = doc
            .children(heads[at])
            .filter(|&i| doc.tokens[i].dep == Dep::Conj && noun(doc.tokens[i].tag));
        let fresh: Vec<usize> = conjuncts.filter(|i| !heads.contains(i)).collect();
        heads.extend(fresh);
        at += 1;
    }
    heads.sort_unstable();
    heads
}
