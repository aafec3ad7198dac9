//! The parser's state: a stack, what is left of the text, and the arcs so far.

use super::{Action, Label, Move, PLACES};
use crate::label::Dep;

/// The state of parsing one text.
pub(super) struct State {
    count: usize,
    stack: Vec<usize>,
    /// Tokens that went back from the stack to the front of the text, the front one last.
    returned: Vec<usize>,
    /// First token that was never on the stack.
    next: usize,
    tokens: Vec<TokenState>,
}

#[derive(Clone, Copy)]
struct TokenState {
    head: Option<usize>,
    label: Label,
    /// The child that was attached last on either side.
    last_left: Option<usize>,
    last_right: Option<usize>,
    /// The child of the same head, on the same side, that was attached before this one.
    attached_before: Option<usize>,
    /// It went back once, and may not be shifted before it gets a child.
    returned: bool,
    starts_sentence: bool,
}

/// The kinds of action that a state allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    shift: bool,
    reduce: bool,
    arc: bool,
    split: bool,
}

impl Allowed {
    /// All there are, in the order of their numbers.
    pub(super) fn all() -> impl Iterator<Item = Allowed> {
        (0..16).map(|number| Allowed {
            shift: number & 1 != 0,
            reduce: number & 2 != 0,
            arc: number & 4 != 0,
            split: number & 8 != 0,
        })
    }

    pub(super) fn number(self) -> usize {
        let bits = [self.shift, self.reduce, self.arc, self.split];
        bits.iter()
            .rev()
            .fold(0, |number, &bit| number << 1 | usize::from(bit))
    }

    pub(super) fn holds(self, kind: Move) -> bool {
        match kind {
            Move::Shift => self.shift,
            Move::Reduce => self.reduce,
            Move::Left | Move::Right => self.arc,
            Move::Break => self.split,
        }
    }
}

impl State {
    pub(super) fn new(count: usize) -> State {
        let token = TokenState {
            head: None,
            label: Label {
                dep: Dep::Root,
                lifted_from: None,
            },
            last_left: None,
            last_right: None,
            attached_before: None,
            returned: false,
            starts_sentence: false,
        };
        State {
            count,
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            tokens: vec![token; count],
        }
    }

    pub(super) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.remaining() == 0
    }

    fn remaining(&self) -> usize {
        self.count - self.next + self.returned.len()
    }

    /// The `depth`th token of the stack from the top.
    fn stacked(&self, depth: usize) -> Option<usize> {
        self.stack.iter().rev().nth(depth).copied()
    }

    /// The `ahead`th token of the rest of the text.
    fn ahead(&self, ahead: usize) -> Option<usize> {
        match self.returned.iter().rev().nth(ahead) {
            Some(&token) => Some(token),
            None => Some(self.next + ahead - self.returned.len()).filter(|&token| token < self.count),
        }
    }

    /// The tokens that the network looks at.
    pub(super) fn shown(&self) -> [Option<usize>; PLACES] {
        let (front, top) = (self.ahead(0), self.stacked(0));
        let front_left = front.and_then(|front| self.tokens[front].last_left);
        let (top_left, top_right) = top.map_or((None, None), |top| {
            (self.tokens[top].last_left, self.tokens[top].last_right)
        });
        [
            front,
            self.ahead(1),
            top,
            self.stacked(1),
            self.stacked(2),
            front_left,
            top_left,
            top_right,
        ]
    }

    pub(super) fn allowed(&self) -> Allowed {
        let (front, second) = (self.ahead(0), self.ahead(1));
        let starts = |token: Option<usize>| token.is_some_and(|token| self.tokens[token].starts_sentence);
        let stacked = !self.stack.is_empty();
        let returned = front.is_some_and(|front| self.tokens[front].returned);
        Allowed {
            shift: !stacked || (self.remaining() >= 2 && !starts(front) && !returned),
            reduce: stacked,
            arc: stacked && front.is_some() && !starts(front),
            split: second.is_some() && second == front.map(|front| front + 1) && !starts(second),
        }
    }

    /// Does what `action` says; it must be [`allowed`](Self::allowed).
    pub(super) fn apply(&mut self, action: Action) {
        let (front, top) = (self.ahead(0), self.stacked(0));
        match (action.kind, front, top) {
            (Move::Shift, ..) => self.shift(),
            (Move::Reduce, _, Some(top)) => {
                if self.tokens[top].head.is_none() && self.stack.len() > 1 {
                    self.tokens[top].returned = true;
                    self.returned.push(top);
                }
                self.stack.pop();
            }
            (Move::Left, Some(front), Some(top)) => {
                self.attach(front, top, action.label);
                self.tokens[front].returned = false;
                self.stack.pop();
            }
            (Move::Right, Some(front), Some(top)) => {
                self.attach(top, front, action.label);
                self.shift();
            }
            (Move::Break, Some(front), _) => self.tokens[front + 1].starts_sentence = true,
            _ => unreachable!("allowed() lets no such action pass"),
        }
    }

    fn shift(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn attach(&mut self, head: usize, child: usize, label: Label) {
        if let Some(old) = self.tokens[child].head {
            // Only the child attached last can be taken off again; spaCy leaves any other where it is.
            let before = self.tokens[child].attached_before;
            let last = self.last_child(old, child);
            if *last == Some(child) {
                *last = before;
            }
        }
        let last = self.last_child(head, child);
        let before = last.replace(child);
        let token = &mut self.tokens[child];
        token.attached_before = before;
        token.head = Some(head);
        token.label = label;
    }

    fn last_child(&mut self, head: usize, child: usize) -> &mut Option<usize> {
        let token = &mut self.tokens[head];
        if head > child {
            &mut token.last_left
        } else {
            &mut token.last_right
        }
    }

    /// The heads, a root being its own, and the labels.
    pub(super) fn into_arcs(self) -> (Vec<usize>, Vec<Label>) {
        let heads = self
            .tokens
            .iter()
            .enumerate()
            .map(|(i, token)| token.head.unwrap_or(i));
        (
            heads.collect(),
            self.tokens.iter().map(|token| token.label).collect(),
        )
    }
}
