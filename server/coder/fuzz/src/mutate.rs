//! Changes that keep most of an article English: sentences and words from the stock, odd characters, cuts and repetitions.

use crate::Input;
use crate::stock::{BREAKS, ENDINGS, ODDITIES, STOCK};
use fastrand::Rng;
use std::ops::Range;

/// The input changed in one to four places, cut to `limit` bytes.
pub fn mutate(bytes: &[u8], limit: usize, rng: &mut Rng) -> Vec<u8> {
    let input = Input::read(bytes);
    let mut options = (input.options() != Input::read(b"").options()).then_some(input.options());
    if rng.u8(..8) == 0 {
        options = Some(rng.u8(..32));
    }
    let mut text = input.text.into_owned();
    for _ in 0..rng.usize(1..=4) {
        change(&mut text, rng);
    }
    let room = limit.saturating_sub(options.map_or(0, |_| 2));
    text.truncate(boundary(&text, room));
    let mut changed = Input::write(options, &text);
    changed.truncate(limit);
    changed
}

fn change(text: &mut String, rng: &mut Rng) {
    match rng.u8(..20) {
        0..=3 => {
            let at = gap(text, rng);
            let sentence = pick(&STOCK.sentences, rng);
            text.insert_str(at, &format!("{sentence}{}", choose(&BREAKS, rng)));
        }
        4..=7 => {
            let word = word(text, rng);
            text.replace_range(word, &vocabulary(rng));
        }
        8..=9 => {
            let at = gap(text, rng);
            text.insert_str(at, &format!("{} ", vocabulary(rng)));
        }
        10..=11 => {
            let at = boundary(text, rng.usize(..=text.len()));
            text.insert_str(at, choose(&ODDITIES, rng));
        }
        12..=13 => {
            let at = gap(text, rng);
            text.insert_str(at, choose(&BREAKS, rng));
        }
        14 => {
            let span = span(text, rng);
            text.replace_range(span, choose(&BREAKS, rng));
        }
        15 => repeat(text, rng),
        16 => {
            // The end of one text on the beginning of another.
            let sentence = pick(&STOCK.sentences, rng);
            let (head, tail) = (gap(text, rng), gap(sentence, rng));
            text.replace_range(head.., &sentence[tail..]);
        }
        17 => {
            let word = word(text, rng);
            let cased = if rng.bool() {
                text[word.clone()].to_uppercase()
            } else {
                text[word.clone()].to_lowercase()
            };
            text.replace_range(word, &cased);
        }
        18 => {
            // One part before the other.
            let at = gap(text, rng);
            let head = text[..at].to_owned();
            text.replace_range(..at, "");
            text.push_str(choose(&BREAKS, rng));
            text.push_str(&head);
        }
        _ => {
            let (from, to) = (choose(&BREAKS, rng), choose(&BREAKS, rng));
            let times = rng.usize(1..4);
            *text = text.replacen(from, to, times);
        }
    }
}

/// Says a few words again, often enough now and then that what grows faster than the text is noticed.
fn repeat(text: &mut String, rng: &mut Rng) {
    let span = span(text, rng);
    let again = format!("{}{}", &text[span.clone()], choose(&BREAKS, rng));
    let times = if rng.u8(..10) == 0 {
        20_000 / again.len()
    } else {
        rng.usize(1..8)
    };
    text.insert_str(span.end, &again.repeat(times));
}

/// A word or name of the data, often in another form.
fn vocabulary(rng: &mut Rng) -> String {
    let list = if rng.bool() { &STOCK.words } else { &STOCK.names };
    format!("{}{}", pick(list, rng), choose(&ENDINGS, rng))
}

/// The bytes of a word, or none at the end.
fn word(text: &str, rng: &mut Rng) -> Range<usize> {
    let start = gap(text, rng);
    let rest = &text[start..];
    start..start + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

/// Some words in a row.
fn span(text: &str, rng: &mut Rng) -> Range<usize> {
    let start = gap(text, rng);
    let words = rng.usize(1..30);
    let mut spaces = text[start..]
        .match_indices(char::is_whitespace)
        .map(|(at, _)| start + at);
    start..spaces.nth(words).unwrap_or(text.len())
}

/// Where a word starts, or the end.
fn gap(text: &str, rng: &mut Rng) -> usize {
    let from = boundary(text, rng.usize(..=text.len()));
    let space = text[from..].find(char::is_whitespace).map(|at| from + at);
    let is_space = |c: char| c.is_whitespace();
    space.map_or_else(
        || if rng.bool() { 0 } else { text.len() },
        |at| {
            text[at..]
                .find(|c| !is_space(c))
                .map_or(text.len(), |more| at + more)
        },
    )
}

/// The greatest character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn choose<'a>(list: &[&'a str], rng: &mut Rng) -> &'a str {
    list[rng.usize(..list.len())]
}

/// One of the stock; nothing where the stock could not be read.
fn pick<'a>(list: &'a [String], rng: &mut Rng) -> &'a str {
    rng.choice(list).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_text_is_still_text_and_keeps_to_its_bounds() {
        let mut changed = b"Iran attacked Iraq. Caf\xc3\xa9s closed.".to_vec();
        let mut different = 0;
        for seed in 0..3_000 {
            let limit = [0, 1, 2, 3, 50, 2_000, 20_000][seed % 7];
            let mut rng = Rng::with_seed(seed as u64);
            let next = mutate(&changed, limit, &mut rng);
            assert!(next.len() <= limit, "{} bytes of {limit}", next.len());
            assert!(str::from_utf8(&next).is_ok(), "no character is cut");
            assert_eq!(
                next,
                mutate(&changed, limit, &mut Rng::with_seed(seed as u64)),
                "same seed, same change"
            );
            different += usize::from(next != changed);
            if limit >= 2_000 {
                changed = next;
            }
        }
        assert!(different > 2_000, "{different} changes");
    }
}
