//! Folding: names and texts as sequences of plain words, so that spelling, accents and dots do not matter.

use std::ops::Range;

/// How a word is written; names are only recognised in a fitting case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// No capital at the start: `rebels`.
    Lower,
    /// A capital at the start: `Turkey`.
    Capital,
    /// Capitals throughout, and more than one: `UN`, `U.S.`, `TURKEY`.
    Upper,
}

/// One word of a text: its folded form, how it was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, without accents; dots between single letters are gone (`U.S.` is `us`).
    pub folded: String,
    /// How it was written.
    pub case: Case,
    /// Byte range in the text that was folded.
    pub range: Range<usize>,
}

/// The words of a text in order. Hyphens, apostrophes and spaces part words; a dot joins single letters only.
///
/// ```
/// use dateline_coder::actor::fold::words;
/// let folded: Vec<_> = words("Côte d'Ivoire, U.S.-led al-Shabaab").into_iter().map(|w| w.folded).collect();
/// assert_eq!(folded, ["cote", "d", "ivoire", "us", "led", "al", "shabaab"]);
/// ```
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut letters = vec![first];
        while let Some(&(at, next)) = chars.peek() {
            if next.is_alphanumeric() || is_mark(next) {
                letters.push(next);
                end = at + next.len_utf8();
                chars.next();
            } else if next == '.' && joins_initials(text, start, at) {
                end = at + 1;
                chars.next();
            } else {
                break;
            }
        }
        words.push(Word {
            folded: fold_letters(&letters),
            case: case_of(&letters),
            range: start..end,
        });
    }
    words
}

/// The folded words joined by single spaces: the key under which names are compared.
pub fn key(text: &str) -> String {
    joined(&words(text))
}

/// Letters in lower case without accents; nearly all are ASCII.
fn fold_letters(letters: &[char]) -> String {
    let mut folded = String::with_capacity(letters.len());
    for &letter in letters {
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
        } else {
            folded.extend(fold_char(letter));
        }
    }
    folded
}

/// The key of words that are folded already.
pub(super) fn joined(words: &[Word]) -> String {
    let mut key = String::with_capacity(words.iter().map(|word| word.folded.len() + 1).sum());
    for word in words {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.folded);
    }
    key
}

/// A dot belongs to the word if every part before it is one letter (`U.S.`), so that `Mr.` and `end. Next` stay apart.
fn joins_initials(text: &str, start: usize, dot: usize) -> bool {
    let part = text[start..dot].rsplit('.').next().unwrap_or_default();
    let mut letters = part.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let follows = text[dot + 1..].chars().next().is_some_and(char::is_alphabetic);
    single && (follows || text[start..dot].contains('.'))
}

fn case_of(letters: &[char]) -> Case {
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let small = letters.iter().filter(|c| c.is_lowercase()).count();
    match letters.first() {
        Some(first) if first.is_lowercase() => Case::Lower,
        _ if capitals > 1 && small == 0 => Case::Upper,
        // "UNHCRs", "PCs": a plural of an abbreviation is still one.
        _ if capitals > 1 && small == 1 && letters.last() == Some(&'s') => Case::Upper,
        _ => Case::Capital,
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// One character in lower case without its accent; combining marks vanish.
fn fold_char(c: char) -> impl Iterator<Item = char> {
    let mut plain = [None; 3];
    if !is_mark(c) {
        let mut lower = c.to_lowercase();
        let first = lower.next().unwrap_or(c);
        let (a, b) = match first {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' => {
                ('a', None)
            }
            'æ' => ('a', Some('e')),
            'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => ('c', None),
            'ď' | 'đ' | 'ð' => ('d', None),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ế' | 'ệ' | 'ễ' | 'ə' => {
                ('e', None)
            }
            'ğ' | 'ģ' | 'ĝ' | 'ġ' => ('g', None),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => ('i', None),
            'ķ' => ('k', None),
            'ł' | 'ļ' | 'ľ' | 'ĺ' => ('l', None),
            'ñ' | 'ń' | 'ņ' | 'ň' => ('n', None),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ộ' | 'ồ' | 'ơ' => ('o', None),
            'œ' => ('o', Some('e')),
            'ŕ' | 'ř' | 'ŗ' => ('r', None),
            'ś' | 'š' | 'ş' | 'ș' | 'ŝ' => ('s', None),
            'ß' => ('s', Some('s')),
            'ţ' | 'ť' | 'ț' => ('t', None),
            'þ' => ('t', Some('h')),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' => ('u', None),
            'ý' | 'ÿ' => ('y', None),
            'ź' | 'ž' | 'ż' => ('z', None),
            other => (other, None),
        };
        plain = [
            Some(a),
            b,
            if first == 'İ' {
                None
            } else {
                lower.next().filter(|c| !is_mark(*c))
            },
        ];
    }
    plain.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_dots_do_not_matter() {
        assert_eq!(key("Tayyip Erdoğan"), key("tayyip ERDOGAN"));
        assert_eq!(key("U.S."), "us");
        assert_eq!(key("U.S"), "us");
        assert_eq!(key("D.P.R.K."), "dprk");
        assert_eq!(key("São Tomé"), "sao tome");
    }

    #[test]
    fn a_full_stop_after_a_word_or_initial_ends_it() {
        assert_eq!(key("It ended. Next"), "it ended next");
        assert_eq!(words("Plan B. Next").len(), 3);
        assert_eq!(key("George W. Bush"), "george w bush");
    }

    #[test]
    fn the_case_of_words_is_kept() {
        let cases: Vec<_> = words("the US and Turkey, U.N. x")
            .into_iter()
            .map(|w| w.case)
            .collect();
        assert_eq!(
            cases,
            [
                Case::Lower,
                Case::Upper,
                Case::Lower,
                Case::Capital,
                Case::Upper,
                Case::Lower
            ]
        );
    }
}
