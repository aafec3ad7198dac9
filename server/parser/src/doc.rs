//! What parsing gives: tokens with their tree, entities and sentences.

use std::ops::Range;

use crate::label::{Dep, EntityLabel, Pos, Tag};

/// The analysis of one text. Token indexes count from 0 in `tokens`; an empty text gives an empty `Doc`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    /// Tokens in the order of the text. Together with single spaces after those that have `space_after`, they cover
    /// the text exactly; any other white space is a token of its own, tagged [`Tag::Space`].
    pub tokens: Vec<Token>,
    /// Named entities in the order of the text; they do not overlap.
    pub entities: Vec<Entity>,
    /// Sentences as half-open token ranges, in order; they cover all tokens.
    pub sentences: Vec<Range<usize>>,
}

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of the first byte in the text.
    pub start: usize,
    /// Byte offset after the last byte: the token is `&text[start..end]`.
    pub end: usize,
    /// Penn Treebank tag.
    pub tag: Tag,
    /// Universal part of speech, as spaCy derives it from tag, word and label.
    pub pos: Pos,
    /// Label of the arc to the head.
    pub dep: Dep,
    /// Index of the head; a root's head is itself.
    pub head: usize,
    /// Base form.
    pub lemma: Box<str>,
    /// Whether one space follows that belongs to no token.
    pub space_after: bool,
}

/// A named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Index of the first token.
    pub start: usize,
    /// Index after the last token.
    pub end: usize,
    /// Kind.
    pub label: EntityLabel,
}

/// A token before analysis: its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Byte offset of the first byte in the text.
    pub start: usize,
    /// Byte offset after the last byte.
    pub end: usize,
    /// Whether one space follows that belongs to no token.
    pub space_after: bool,
}

impl Token {
    /// The token's text, cut from the text that was parsed.
    ///
    /// # Panics
    /// If `text` is not that text and the offsets do not fall on its character boundaries.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

impl Doc {
    /// The tokens whose head is token `head`, in order. A root is not its own child.
    pub fn children(&self, head: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let within = self.sentence_of(head);
        within.filter(move |&i| i != head && self.tokens[i].head == head)
    }

    /// The first token of the subtree of token `i` (`i` itself if nothing stands before it).
    pub fn left_edge(&self, i: usize) -> usize {
        self.subtree(i).next().unwrap_or(i)
    }

    /// The last token of the subtree of token `i` (`i` itself if nothing stands after it).
    pub fn right_edge(&self, i: usize) -> usize {
        self.subtree(i).next_back().unwrap_or(i)
    }

    /// Token `i` and everything below it, in the order of the text.
    pub fn subtree(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + use<> {
        let sentence = self.sentence_of(i);
        let first = sentence.start;
        // Whether each token is below `i`, once known: every arc is followed once.
        let mut below: Vec<Option<bool>> = vec![None; sentence.len()];
        below[i - first] = Some(true);
        let mut way = Vec::new();
        for token in sentence.clone() {
            let mut at = token;
            let known = loop {
                if let Some(known) = below[at - first] {
                    break known;
                }
                way.push(at);
                let head = self.tokens[at].head;
                if head == at || !sentence.contains(&head) {
                    break false;
                }
                at = head;
            };
            for token in way.drain(..) {
                below[token - first] = Some(known);
            }
        }
        sentence.filter(move |token| below[token - first] == Some(true))
    }

    /// The heads above token `i`, nearest first, ending with the root.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let up = move |&j: &usize| Some(self.tokens[j].head).filter(|&head| head != j);
        std::iter::successors(up(&i), up)
    }

    /// The token range of the sentence that holds token `i`.
    ///
    /// # Panics
    /// If there is no token `i`.
    pub fn sentence_of(&self, i: usize) -> Range<usize> {
        let sentence = self.sentences.partition_point(|sentence| sentence.end <= i);
        self.sentences[sentence].clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sentences: `a <- b -> c -> d` with an arc across from `b` to `e`, and `f -> g`.
    fn doc() -> Doc {
        let token = |(i, head)| Token {
            start: 2 * i,
            end: 2 * i + 1,
            tag: Tag::NN,
            pos: Pos::Noun,
            dep: Dep::Dep,
            head,
            lemma: "x".into(),
            space_after: i < 6,
        };
        let heads = [1, 1, 1, 2, 1, 5, 5];
        let tokens = heads.into_iter().enumerate().map(token).collect();
        Doc {
            tokens,
            entities: Vec::new(),
            sentences: vec![0..5, 5..7],
        }
    }

    #[test]
    fn children_are_in_order_and_a_root_is_not_its_own() {
        let doc = doc();
        assert_eq!(doc.children(1).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(doc.children(1).next_back(), Some(4));
        assert_eq!(doc.children(5).collect::<Vec<_>>(), [6]);
        assert_eq!(doc.children(3).count(), 0);
    }

    #[test]
    fn subtrees_hold_everything_below_and_stay_in_their_sentence() {
        let doc = doc();
        assert_eq!(doc.subtree(1).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!(doc.subtree(2).collect::<Vec<_>>(), [2, 3]);
        assert_eq!((doc.left_edge(2), doc.right_edge(2)), (2, 3));
        assert_eq!((doc.left_edge(5), doc.right_edge(5)), (5, 6));
        assert_eq!((doc.left_edge(0), doc.right_edge(0)), (0, 0));
    }

    #[test]
    fn ancestors_end_with_the_root() {
        let doc = doc();
        assert_eq!(doc.ancestors(3).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(doc.ancestors(1).count(), 0);
        assert_eq!(doc.sentence_of(6), 5..7);
    }
}
