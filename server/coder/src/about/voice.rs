//! Voices: all that speaks for any topic of one event, each piece of evidence once.

use super::phrases::Match;
use super::standing::{Standing, View};
use super::weigh::{Heard, Told};
use super::{Strength, Vote};
use crate::draft::Draft;
use crate::tree::Tree;

/// What spoke for a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Words { found: Match, standing: Standing },
    Circumstance,
    Article,
}

/// What kind of evidence a voice is. "Rebels" and the sector REB are one piece of evidence, not two; so are "accused" and ACCUSE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The words that are neither.
    Matter,
    /// Words that name a party, and the party's sector.
    Who,
    /// The word that tells the event, and the event's type.
    What,
}

/// One voice for one topic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    pub(super) vote: Vote,
    pub(super) points: u32,
    pub(super) kind: Kind,
    pub(super) reason: Reason,
}

impl Heard<'_> {
    /// All that speaks for any topic of an event, the article aside. A phrase counts once, where it stands best.
    pub(super) fn voices(&self, told: &Told<'_>) -> Vec<Voice> {
        let view = View {
            tree: self.tree,
            clauses: self.clauses,
            operators: self.operators,
            verb: told.draft.verb,
            events: told.verbs,
        };
        let mut best: Vec<(Match, Standing, Kind)> = Vec::with_capacity(self.found.len());
        for &found in &self.found {
            let head = head(self.tree, &found);
            let kind = self.kind(&found, head, told.draft);
            let standing = if kind == Kind::What {
                Standing::Own
            } else {
                view.standing(head)
            };
            match best.iter_mut().find(|(known, ..)| known.node == found.node) {
                Some(known) if known.1 < standing => *known = (found, standing, kind),
                Some(_) => {}
                None => best.push((found, standing, kind)),
            }
        }
        let mut voices: Vec<Voice> = Vec::with_capacity(best.len() + 4);
        for (found, standing, kind) in best {
            for &vote in self.topics.phrases.votes(found.node) {
                let points = self.points(vote.strength, standing);
                // "talks" may be found by its form and by its base form: the better one counts.
                let same = voices.iter_mut().find(|voice| {
                    voice.vote.topic == vote.topic
                        && matches!(voice.reason, Reason::Words { found: known, .. } if known.start == found.start)
                });
                let voice = Voice {
                    vote,
                    points,
                    kind,
                    reason: Reason::Words { found, standing },
                };
                match same {
                    Some(known) if known.points < points => *known = voice,
                    Some(_) => {}
                    None => voices.push(voice),
                }
            }
        }
        for (circumstance, vote) in &self.topics.circumstances {
            if circumstance.holds(told.draft) {
                voices.push(Voice {
                    vote: *vote,
                    points: self.points(vote.strength, Standing::Own),
                    kind: if circumstance.has_type() {
                        Kind::What
                    } else {
                        Kind::Who
                    },
                    reason: Reason::Circumstance,
                });
            }
        }
        self.settle(&mut voices);
        voices
    }

    /// What kind of evidence a phrase is for an event.
    fn kind(&self, found: &Match, head: usize, draft: &Draft) -> Kind {
        if head == draft.trigger || head == draft.verb {
            return Kind::What;
        }
        let words = self.printed(found);
        let mut parties = draft.actors.iter().chain(&draft.recipients);
        if parties.any(|party| party.text.contains(words)) {
            Kind::Who
        } else {
            Kind::Matter
        }
    }

    /// Takes the points from voices that repeat another: of those that tell what is done only the strongest keeps its own; of
    /// the parties' words and sectors the stronger side, and together no more than one sure word.
    fn settle(&self, voices: &mut [Voice]) {
        for at in 0..voices.len() {
            let Voice {
                vote, kind, reason, ..
            } = voices[at];
            let of_kind = |voice: &&Voice| voice.vote.topic == vote.topic && voice.kind == kind;
            let before: u32 = match (kind, reason) {
                (Kind::Matter, _) => continue,
                (Kind::Who, Reason::Words { .. }) => {
                    let room = voices[..at]
                        .iter()
                        .filter(of_kind)
                        .map(|voice| voice.points)
                        .sum();
                    voices[at].points = voices[at].points.min(self.topics.scale.sure.saturating_sub(room));
                    continue;
                }
                _ => voices[..at]
                    .iter()
                    .filter(of_kind)
                    .map(|voice| voice.points)
                    .sum(),
            };
            if before >= voices[at].points {
                voices[at].points = 0;
                continue;
            }
            for voice in &mut voices[..at] {
                if voice.vote.topic == vote.topic && voice.kind == kind {
                    voice.points = 0;
                }
            }
        }
    }

    fn points(&self, strength: Strength, standing: Standing) -> u32 {
        let scale = self.topics.scale;
        let full = match strength {
            Strength::Sure => scale.sure,
            Strength::Hint => scale.hint,
            Strength::Else => 0,
        };
        match standing {
            Standing::Own => full,
            Standing::Aside => full * scale.aside / 100,
            Standing::Outside => 0,
        }
    }

    /// The words of a phrase as printed.
    pub(super) fn printed(&self, found: &Match) -> &str {
        let tokens = &self.tree.doc.tokens;
        let bytes = tokens
            .get(found.start)
            .zip(tokens.get(found.end.saturating_sub(1)));
        bytes
            .and_then(|(first, last)| self.tree.text.get(first.start..last.end))
            .unwrap_or_default()
    }
}

/// The token of a phrase that the others hang on.
fn head(tree: Tree<'_>, found: &Match) -> usize {
    let inside = found.start..found.end;
    inside
        .clone()
        .find(|&token| !inside.contains(&tree.head(token)) || tree.head(token) == token)
        .unwrap_or(found.start)
}
