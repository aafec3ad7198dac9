//! Forms of verbs that tokenizer and lemmatizer leave in pieces or unreduced.

use crate::tree::Tree;

/// "test-fired", which the tokenizer parts: the verb with what is joined to it.
pub(super) fn hyphenated(tree: &Tree<'_>, verb: usize, lemma: &str) -> Option<String> {
    let (prefix, hyphen) = (verb.checked_sub(2)?, verb - 1);
    let joined = |i: usize| tree.doc.tokens[i].end == tree.doc.tokens[i + 1].start;
    (tree.word(hyphen) == "-" && joined(prefix) && joined(hyphen))
        .then(|| format!("{}-{lemma}", tree.lower(prefix)))
}

/// Past forms with a prefix, which the lemmatizer leaves as they are.
pub(super) const IRREGULAR: [(&str, &str); 12] = [
    ("retook", "retake"),
    ("retaken", "retake"),
    ("undertook", "undertake"),
    ("undertaken", "undertake"),
    ("overtook", "overtake"),
    ("overthrew", "overthrow"),
    ("overran", "overrun"),
    ("overrode", "override"),
    ("withheld", "withhold"),
    ("rebuilt", "rebuild"),
    ("resold", "resell"),
    ("forwent", "forgo"),
];
