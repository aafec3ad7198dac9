//! Whether a sentence is English at all. What is not is parsed into nonsense, and nonsense must not become events.

use crate::tree::Tree;
use std::ops::Range;

/// Words that hold English sentences together, and are rare in other languages.
const ENGLISH: [&str; 44] = [
    "the", "of", "and", "to", "with", "for", "that", "this", "from", "by", "at", "it", "its", "is", "are",
    "was", "were", "been", "has", "have", "had", "will", "would", "which", "who", "their", "they", "his",
    "her", "not", "but", "about", "after", "before", "against", "between", "over", "into", "than", "said",
    "says", "or", "as", "on",
];

/// Words that hold sentences of other languages together, and are none of English.
const FOREIGN: [&str; 75] = [
    "der", "das", "und", "ist", "nicht", "mit", "den", "dem", "ein", "eine", "auf", "für", "von", "zu",
    "wird", "les", "des", "est", "et", "une", "dans", "pour", "sur", "qui", "avec", "du", "au", "aux", "ont",
    "con", "se", "un", "el", "los", "las", "del", "una", "por", "para", "como", "fue", "su", "y", "que",
    "em", "não", "uma", "dos", "da", "os", "il", "di", "che", "della", "per", "sono", "nel", "het", "een",
    "van", "voor", "niet", "och", "att", "är", "som", "ve", "bir", "ile", "yang", "dan", "dengan", "untuk",
    "nie", "się",
];

/// Sentences with fewer words are not judged: names and numbers may be all there is.
const MIN_WORDS: usize = 6;

/// Whether hardly any word of a sentence is English: most letters are of another script, or words of another language
/// hold it together and none of English.
pub(crate) fn is_foreign(tree: Tree<'_>, tokens: Range<usize>) -> bool {
    let (mut latin, mut other) = (0usize, 0usize);
    let (mut words, mut english, mut foreign) = (0usize, 0usize, 0usize);
    for i in tokens {
        let word = tree.lower(i);
        for letter in word.chars().filter(|c| c.is_alphabetic()) {
            // Latin with its accents ends here; Greek begins.
            if letter < '\u{370}' {
                latin += 1;
            } else {
                other += 1;
            }
        }
        words += usize::from(word.chars().any(char::is_alphabetic));
        english += usize::from(ENGLISH.contains(&word.as_str()));
        // "El Salvador" and "Los Angeles" are names in English too.
        let small = tree.word(i).chars().all(char::is_lowercase);
        foreign += usize::from(small && FOREIGN.contains(&word.as_str()));
    }
    other > latin || (words >= MIN_WORDS && english == 0 && foreign >= 2)
}
