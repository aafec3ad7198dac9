//! The normal form of a filter: NOT only before a test, operands flat, sorted by their text and each once, so that filters that say
//! the same in another order have the same text.

use super::test::Test;

/// A test or a combination, with its canonical text.
#[derive(Debug, Clone)]
pub(super) struct Node {
    kind: Kind,
    text: String,
}

/// How a node is made up.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Leaf { test: Test, negated: bool },
    All(Vec<Node>),
    Any(Vec<Node>),
}

impl Node {
    pub(super) fn leaf(test: Test, text: String, negated: bool) -> Self {
        let text = if negated { format!("NOT {text}") } else { text };
        Self {
            kind: Kind::Leaf { test, negated },
            text,
        }
    }

    /// What satisfies every part; `parts` is not empty.
    pub(super) fn all(parts: Vec<Node>) -> Self {
        Self::combined(parts, true)
    }

    /// What satisfies one of the parts; `parts` is not empty.
    pub(super) fn any(parts: Vec<Node>) -> Self {
        Self::combined(parts, false)
    }

    fn combined(parts: Vec<Node>, all: bool) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part.kind {
                Kind::All(inner) if all => flat.extend(inner),
                Kind::Any(inner) if !all => flat.extend(inner),
                kind => flat.push(Node {
                    kind,
                    text: part.text,
                }),
            }
        }
        flat.sort_by(|a, b| a.text.cmp(&b.text));
        flat.dedup_by(|a, b| a.text == b.text);
        if flat.len() == 1 {
            return flat.remove(0);
        }
        let texts: Vec<String> = flat.iter().map(Node::operand).collect();
        let text = texts.join(if all { " AND " } else { " OR " });
        let kind = if all { Kind::All(flat) } else { Kind::Any(flat) };
        Self { kind, text }
    }

    fn operand(&self) -> String {
        match self.kind {
            Kind::Leaf { .. } => self.text.clone(),
            Kind::All(_) | Kind::Any(_) => format!("({})", self.text),
        }
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// A valid expression that means the same and is its own canonical text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Number of tests.
    pub(super) fn leaves(&self) -> usize {
        match &self.kind {
            Kind::Leaf { .. } => 1,
            Kind::All(parts) | Kind::Any(parts) => parts.iter().map(Node::leaves).sum(),
        }
    }

    /// Number of parentheses around the innermost test of the canonical text.
    pub(super) fn depth(&self) -> usize {
        match &self.kind {
            Kind::Leaf { .. } => 0,
            Kind::All(parts) | Kind::Any(parts) => {
                let deepest = |part: &Node| match part.kind {
                    Kind::Leaf { .. } => 0,
                    _ => 1 + part.depth(),
                };
                parts.iter().map(deepest).max().unwrap_or(0)
            }
        }
    }
}
