//! Numbers that words beside them tell, whatever the verb: "10 dead", "the arrest of 40 protesters", "the death toll".

use super::{Fate, count};
use crate::lexicon::Data;
use crate::tree::Tree;
use dateline_parser::Tag;

/// "10 dead", "12 people killed", "30 others injured": the word that tells it stands behind the number.
pub(super) fn after_number(tree: Tree<'_>, at: usize, start: usize) -> Option<(Fate, u32)> {
    let fate = match tree.word(at) {
        "dead" | "killed" => Fate::Killed,
        "wounded" | "injured" | "hurt" => Fate::Wounded,
        "arrested" | "detained" => Fate::Arrested,
        _ => return None,
    };
    let mut end = at;
    let back = |end: usize| end.checked_sub(1).filter(|&i| i >= start);
    // "10 people dead", "20 others injured", "12 people were killed" and "12 were killed" are the verb's.
    while let Some(i) = back(end) {
        let filler = matches!(
            tree.lower(i).as_str(),
            "people"
                | "others"
                | "more"
                | "other"
                | "soldiers"
                | "civilians"
                | "persons"
                | "policemen"
                | "officers"
                | "troops"
                | "children"
                | "protesters"
                | "men"
                | "women"
                | "critically"
                | "seriously"
                | "badly"
                | "severely"
        );
        if !filler {
            break;
        }
        end = i;
    }
    let last = back(end)?;
    if tree.tag(last) != Tag::CD && !matches!(tree.lower(last).as_str(), "dozen" | "hundred" | "thousand") {
        return None;
    }
    let mut first = last;
    while let Some(i) = back(first) {
        let more = tree.tag(i) == Tag::CD
            || tree.word(i) == "-"
            || matches!(
                tree.lower(i).as_str(),
                "dozen" | "hundred" | "thousand" | "a" | "half" | "several" | "few"
            );
        if !more {
            break;
        }
        first = i;
    }
    count::in_words(tree, first, last + 1).map(|people| (fate, people))
}

/// "the arrest of 40 protesters", "the deaths of 12 people", "12 deaths", "30 arrests".
pub(super) fn by_noun(tree: Tree<'_>, data: &Data, at: usize) -> Option<(Fate, u32)> {
    if !matches!(tree.tag(at), Tag::NN | Tag::NNS) {
        return None;
    }
    let fate = match tree.lemma(at).as_str() {
        "death" | "killing" | "murder" | "execution" | "massacre" | "slaughter" | "fatality" => Fate::Killed,
        "wounding" | "injury" => Fate::Wounded,
        "arrest" | "detention" | "abduction" | "kidnapping" | "jailing" | "imprisonment" | "deportation"
        | "capture" => Fate::Arrested,
        _ => return None,
    };
    let preps = tree.noun_preps(at);
    let of: Vec<usize> = preps
        .iter()
        .filter(|(prep, _)| prep == "of")
        .map(|&(_, object)| object)
        .collect();
    let people = count::people(data, tree, &of).or_else(|| {
        let counted = matches!(
            tree.lemma(at).as_str(),
            "death" | "fatality" | "arrest" | "injury"
        );
        counted.then(|| count::of_noun(tree, at)).flatten()
    })?;
    Some((fate, people))
}

/// "the death toll rose to 40", "with a death toll of at least 12", "bringing the number of dead to 40".
pub(super) fn toll(tree: Tree<'_>, at: usize, end: usize) -> Option<(Fate, u32)> {
    let before = |back: usize| at.checked_sub(back).map(|i| tree.lower(i)).unwrap_or_default();
    let number_of = || {
        before(1) == "of" && before(2) == "number"
            || (before(1) == "the" && before(2) == "of" && before(3) == "number")
    };
    let fate = match tree.word(at) {
        "toll" if matches!(before(1).as_str(), "injury" | "injured") => Fate::Wounded,
        "toll" => Fate::Killed,
        "dead" | "deaths" | "killed" if number_of() => Fate::Killed,
        "wounded" | "injured" if number_of() => Fate::Wounded,
        "arrests" | "arrested" | "detained" if number_of() => Fate::Arrested,
        _ => return None,
    };
    let lead = (at + 1..end.min(at + 10)).find(|&i| {
        matches!(
            tree.lower(i).as_str(),
            "to" | "at"
                | "of"
                | "reached"
                | "passed"
                | "exceeded"
                | "topped"
                | "surpassed"
                | "hit"
                | "was"
                | "is"
        )
    })?;
    let mut first = lead + 1;
    while first < end && !is_number(tree, first) && first < lead + 5 {
        let lead_in = matches!(
            tree.lower(first).as_str(),
            "at" | "least"
                | "more"
                | "than"
                | "about"
                | "some"
                | "around"
                | "nearly"
                | "almost"
                | "over"
                | "a"
                | "an"
                | "to"
        );
        if !lead_in {
            return None;
        }
        first += 1;
    }
    let last = (first..end)
        .take_while(|&i| is_number(tree, i) || tree.word(i) == "-")
        .last()?;
    // "the death toll rose to 40 percent above": no people.
    let unit = tree.doc.tokens.get(last + 1).map(|_| tree.lower(last + 1));
    if matches!(unit.as_deref(), Some("percent" | "%" | "per")) {
        return None;
    }
    count::in_words(tree, first, last + 1).map(|people| (fate, people))
}

pub(super) fn is_number(tree: Tree<'_>, i: usize) -> bool {
    tree.tag(i) == Tag::CD || matches!(tree.lower(i).as_str(), "dozen" | "hundred" | "thousand")
}
