//! How many: the number that a noun phrase tells.

use crate::date::number;
use crate::lexicon::Data;
use crate::tree::Tree;
use dateline_parser::{Dep, Tag};

/// The people that noun phrases tell, those joined by "and" added up; `None` if no number is told.
///
/// "12 soldiers and a policeman" are 13; "12 soldiers and several civilians" are 12 at least; "dozens" are no number.
pub(super) fn people(data: &Data, tree: Tree<'_>, heads: &[usize]) -> Option<u32> {
    let mut all: Vec<usize> = Vec::new();
    for &head in heads {
        for behind in crate::verb::matcher::heads_behind(data, tree, head) {
            if !all.contains(&behind) {
                all.push(behind);
            }
        }
    }
    let numbers = all
        .iter()
        .filter(|&&head| is_people(tree, head))
        .map(|&head| of_noun(tree, head));
    let told: u32 = numbers.flatten().fold(0, u32::saturating_add);
    if told == 0 {
        return None;
    }
    let singles = all
        .iter()
        .skip(1)
        .filter(|&&head| is_people(tree, head) && is_single(tree, head))
        .count();
    Some(told.saturating_add(u32::try_from(singles).unwrap_or(0)))
}

/// The number before a noun, or the noun itself if it is one ("wounded *two*").
pub(super) fn of_noun(tree: Tree<'_>, head: usize) -> Option<u32> {
    if tree.tag(head) == Tag::CD {
        let first = tree
            .children(head)
            .filter(|&i| {
                i < head && (tree.tag(i) == Tag::CD || tree.word(i) == "-" || is_multiple(&tree.lower(i)))
            })
            .min()
            .unwrap_or(head);
        return in_words(tree, first, head + 1);
    }
    let mut numbers = tree.children(head).filter(|&i| {
        i < head && (tree.dep(i) == Dep::Nummod || tree.tag(i) == Tag::CD || is_multiple(&tree.lower(i)))
    });
    let Some(number) = numbers.next_back() else {
        // "20 pupils hostage"
        let inner = tree.children(head).filter(|&i| {
            i < head
                && tree.dep(i) == Dep::Compound
                && matches!(tree.lower(head).as_str(), "hostage" | "prisoner" | "captive")
        });
        return inner.filter_map(|i| of_noun(tree, i)).next();
    };
    let first = tree.doc.left_edge(number);
    let last = tree
        .doc
        .right_edge(number)
        .min(head.saturating_sub(1))
        .max(number);
    in_words(tree, first, last + 1)
}

/// The first number in these tokens: "at least 1,200", "two dozen", "twenty-five", "a hundred", "10 to 15" (10).
pub(super) fn in_words(tree: Tree<'_>, from: usize, until: usize) -> Option<u32> {
    let mut value: Option<i64> = None;
    let mut article = false;
    for i in from..until {
        let word = tree.lower(i);
        if let Some(times) = multiple(&word) {
            // "several dozen", "hundreds": nobody counted.
            let one = value.or(article.then_some(1))?;
            value = one.checked_mul(times);
            value?;
            continue;
        }
        match (number(&word), value) {
            _ if matches!(word.as_str(), "a" | "an") => article = true,
            (Some(ones @ 1..=9), Some(tens @ 20..=90))
                if i > from && tens % 10 == 0 && tree.word(i - 1) == "-" =>
            {
                value = Some(tens + ones);
            }
            (Some(_), Some(_)) => break,
            // "half a dozen"
            (Some(found), None) if !article || word.starts_with(|c: char| c.is_ascii_digit()) => {
                value = Some(found)
            }
            (None, Some(_)) if !matches!(word.as_str(), "-" | "and") => break,
            _ => {}
        }
        if word == "half" {
            return (tree.lower(until - 1) == "dozen").then_some(6);
        }
    }
    u32::try_from(value?).ok().filter(|&found| found > 0)
}

fn multiple(word: &str) -> Option<i64> {
    Some(match word {
        "dozen" => 12,
        "hundred" => 100,
        "thousand" => 1_000,
        "million" => 1_000_000,
        _ => return None,
    })
}

fn is_multiple(word: &str) -> bool {
    multiple(word).is_some()
}

/// "a policeman", "another soldier".
fn is_single(tree: Tree<'_>, head: usize) -> bool {
    let determined = tree
        .children(head)
        .any(|i| tree.dep(i) == Dep::Det && matches!(tree.lower(i).as_str(), "a" | "an" | "another"));
    tree.tag(head) == Tag::NN && determined && !is_group(&tree.lemma(head))
}

fn is_group(lemma: &str) -> bool {
    matches!(
        lemma,
        "number"
            | "group"
            | "family"
            | "crowd"
            | "team"
            | "dozen"
            | "hundred"
            | "thousand"
            | "couple"
            | "handful"
            | "score"
            | "lot"
            | "series"
            | "total"
            | "string"
            | "party"
            | "crew"
            | "unit"
            | "patrol"
            | "convoy"
    )
}

/// Nouns that are counted and are no people.
fn is_people(tree: Tree<'_>, head: usize) -> bool {
    !matches!(
        tree.lemma(head).as_str(),
        "year"
            | "day"
            | "week"
            | "month"
            | "hour"
            | "minute"
            | "time"
            | "occasion"
            | "%"
            | "percent"
            | "dollar"
            | "euro"
            | "pound"
            | "ton"
            | "tonne"
            | "kilogram"
            | "kilo"
            | "kg"
            | "gram"
            | "mile"
            | "kilometer"
            | "kilometre"
            | "meter"
            | "metre"
            | "acre"
            | "hectare"
            | "barrel"
            | "animal"
            | "dog"
            | "cow"
            | "cattle"
            | "sheep"
            | "goat"
            | "bird"
            | "chicken"
            | "pig"
            | "horse"
            | "elephant"
            | "whale"
            | "fish"
            | "job"
            | "bill"
            | "plan"
            | "project"
            | "town"
            | "village"
            | "city"
            | "district"
            | "province"
            | "house"
            | "home"
            | "building"
            | "ship"
            | "boat"
            | "vessel"
            | "tanker"
            | "vehicle"
            | "car"
            | "truck"
            | "bus"
            | "tank"
            | "plane"
            | "aircraft"
            | "helicopter"
            | "drone"
            | "missile"
            | "rocket"
            | "weapon"
            | "gun"
            | "rifle"
            | "bomb"
            | "base"
            | "post"
            | "checkpoint"
            | "site"
            | "target"
            | "position"
            | "attack"
            | "raid"
            | "strike"
            | "school"
            | "hospital"
            | "church"
            | "mosque"
            | "office"
            | "company"
            | "account"
            | "seat"
            | "goal"
            | "point"
            | "share"
            | "step"
            | "shot"
            | "round"
            | "country"
            | "state"
            | "case"
            | "charge"
            | "count"
            | "passport"
            | "document"
            | "phone"
            | "computer"
            | "asset"
            | "property"
    )
}
