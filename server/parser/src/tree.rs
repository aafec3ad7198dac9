//! Heads and labels of a text, the edges of every subtree, and the sentences that follow from them.

use std::ops::Range;

use crate::label::Dep;

/// A forest: one tree a sentence.
pub(crate) struct Tree {
    /// The head of each token; a root is its own.
    pub(crate) heads: Vec<usize>,
    pub(crate) deps: Vec<Dep>,
    /// First and last token of each subtree.
    pub(crate) edges: Vec<(usize, usize)>,
}

/// Rounds after which the edges are taken as they are; spaCy stops there too.
const MAX_ROUNDS: usize = 12;

impl Tree {
    pub(crate) fn new(heads: Vec<usize>, deps: Vec<Dep>) -> Tree {
        let mut tree = Tree {
            heads,
            deps,
            edges: Vec::new(),
        };
        tree.find_edges();
        tree
    }

    /// Widens the edges of each head by those of its children, until no head lies outside its child's sentence.
    ///
    /// Projective trees need one round; crossing arcs may need more. This follows spaCy step by step, because where
    /// arcs cross, the sentences depend on it.
    pub(crate) fn find_edges(&mut self) {
        let count = self.heads.len();
        self.edges.clear();
        self.edges.extend((0..count).map(|i| (i, i)));
        for _ in 0..MAX_ROUNDS {
            for child in (0..count).chain((0..count).rev()) {
                let (left, right) = self.edges[child];
                let head = &mut self.edges[self.heads[child]];
                *head = (head.0.min(left), head.1.max(right));
            }
            if self.heads_stay_within_sentences() {
                break;
            }
        }
    }

    fn heads_stay_within_sentences(&self) -> bool {
        let count = self.heads.len();
        let starts = self.starts();
        let mut start = 0;
        for (end, &starts) in starts.iter().enumerate() {
            if (end > 0 && starts) || end + 1 == count {
                if self.heads[start..end]
                    .iter()
                    .any(|&head| head < start || head > end)
                {
                    return false;
                }
                start = end;
            }
        }
        true
    }

    /// Which tokens start a sentence.
    pub(crate) fn starts(&self) -> Vec<bool> {
        let mut starts = vec![false; self.heads.len()];
        for (token, &head) in self.heads.iter().enumerate() {
            if head == token {
                starts[self.edges[token].0] = true;
            }
        }
        starts
    }
}

/// The token ranges between sentence starts; the first begins at 0 whatever `starts` says.
pub(crate) fn sentences(starts: &[bool]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for end in 1..=starts.len() {
        if end == starts.len() || starts[end] {
            ranges.push(start..end);
            start = end;
        }
    }
    ranges
}
