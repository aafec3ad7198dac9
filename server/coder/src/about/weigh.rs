//! Weighing: the phrases of a sentence and the circumstances of one of its events become the event's topics.

use super::phrases::{Match, Names, UNKNOWN};
use super::standing::Standing;
use super::theme::{Theme, fold};
use super::voice::{Kind, Reason, Voice};
use super::{Strength, Topics, Vote};
use crate::clause::Clauses;
use crate::draft::Draft;
use crate::explain::Notes;
use crate::lexicon::{Lexicon, Place};
use crate::operator::Operators;
use crate::tree::Tree;
use crate::{Step, StepKind, Topic};
use dateline_parser::{Pos, Tag};
use std::cmp::Reverse;
use std::ops::Range;

/// A sentence with the phrases found in it.
pub(crate) struct Heard<'a> {
    pub(super) topics: &'a Topics,
    pub(super) tree: Tree<'a>,
    pub(super) clauses: &'a Clauses,
    pub(super) operators: &'a Operators,
    /// Phrases by the tokens they start and end with.
    pub(super) found: Vec<Match>,
}

/// What the weighing of one event is told beside its sentence.
pub(crate) struct Told<'a> {
    /// The event.
    pub(crate) draft: &'a Draft,
    /// The verbs of the sentence's events, this one's among them.
    pub(crate) verbs: &'a [usize],
    /// What the article is about.
    pub(crate) theme: &'a Theme,
    /// The sentence's bytes in the article.
    pub(crate) sentence: Range<usize>,
}

/// What the voices for a topic come to.
#[derive(Debug, Clone, Copy)]
struct Claim {
    topic: Topic,
    points: u32,
    /// A sure word or circumstance is among them.
    sure: bool,
    /// Not all of them are told in passing.
    own: bool,
    /// The word that tells the event names it for sure.
    told: bool,
}

impl Topics {
    /// Finds the phrases of a sentence.
    pub(crate) fn hear<'a>(
        &'a self,
        tree: Tree<'a>,
        tokens: Range<usize>,
        clauses: &'a Clauses,
        operators: &'a Operators,
    ) -> Heard<'a> {
        let mut names: Vec<Names> = Vec::with_capacity(tokens.len());
        let mut at: Vec<usize> = Vec::with_capacity(tokens.len());
        let mut buffer = String::new();
        for token in tokens {
            let word = tree.word(token);
            if tree.tag(token) == Tag::POS || word.chars().all(|c| matches!(c, '-' | '‐' | '‑')) {
                continue;
            }
            names.push(self.token_names(tree, token, &mut buffer));
            at.push(token);
        }
        let mut found = self.phrases.find(&names);
        for found in &mut found {
            found.start = at[found.start];
            found.end = at[found.end - 1] + 1;
        }
        Heard {
            topics: self,
            tree,
            clauses,
            operators,
            found,
        }
    }

    fn token_names(&self, tree: Tree<'_>, token: usize, buffer: &mut String) -> Names {
        let Some(read) = tree.doc.tokens.get(token) else {
            return [UNKNOWN; 4];
        };
        let printed = tree.word(token);
        fold(printed, buffer);
        let lower = self.phrases.word(buffer);
        let exact = if buffer == printed {
            UNKNOWN
        } else {
            self.phrases.word(printed)
        };
        fold(&read.lemma, buffer);
        // Capitalised plurals ("Talks") are tagged as names and keep their form.
        let name = matches!(read.tag, Tag::NNP | Tag::NNPS);
        if name && buffer.len() > 3 && buffer.ends_with('s') && !buffer.ends_with("ss") {
            buffer.pop();
        }
        let lemma = self.phrases.word(buffer);
        let kind = match read.pos {
            Pos::Noun => "/noun",
            Pos::Verb => "/verb",
            _ => return [lower, lemma, exact, UNKNOWN],
        };
        buffer.push_str(kind);
        [lower, lemma, exact, self.phrases.word(buffer)]
    }
}

impl Heard<'_> {
    /// The topics of one event in PLOVER's order; with `why`, a step for each that tells what gave it.
    pub(crate) fn topics(&self, told: &Told<'_>, why: Option<Notes<'_>>) -> Vec<Topic> {
        let mut voices = self.voices(told);
        let claims = self.claims(&mut voices, told);
        let scale = self.topics.scale;
        let strong = |claim: &&Claim| claim.own && claim.points >= scale.given;
        let best = claims
            .iter()
            .filter(strong)
            .map(|claim| claim.points)
            .max()
            .unwrap_or(0)
            .min(scale.sure + scale.hint);
        let mut given: Vec<Claim> = claims
            .iter()
            .filter(strong)
            .filter(|claim| claim.told || claim.points * 100 >= best * scale.share)
            .copied()
            .collect();
        given.sort_by_key(|claim| (Reverse(claim.points), claim.topic));
        given.truncate(scale.most as usize);
        if given.is_empty() {
            given.extend(last_resort(&voices, &claims));
        }
        if let Some(why) = why {
            let steps = given.iter().map(|claim| Step {
                kind: StepKind::Topic,
                text: self.explain(claim, &voices, why.sources),
            });
            why.steps.extend(steps);
        }
        let mut topics: Vec<Topic> = given.into_iter().map(|claim| claim.topic).collect();
        topics.sort();
        topics
    }

    /// The topics for which something speaks. The article's voice joins those of the sentence.
    fn claims(&self, voices: &mut Vec<Voice>, told: &Told<'_>) -> Vec<Claim> {
        let scale = self.topics.scale;
        let mut claims: Vec<Claim> = Vec::new();
        for voice in voices.iter().filter(|voice| voice.points > 0) {
            let topic = voice.vote.topic;
            let at = claims.iter().position(|claim| claim.topic == topic);
            let at = at.unwrap_or_else(|| {
                claims.push(Claim {
                    topic,
                    points: 0,
                    sure: false,
                    own: false,
                    told: false,
                });
                claims.len() - 1
            });
            let claim = &mut claims[at];
            claim.points += voice.points;
            claim.sure |= voice.vote.strength == Strength::Sure;
            claim.told |= voice.kind == Kind::What && voice.points >= scale.sure;
            claim.own |= !matches!(
                voice.reason,
                Reason::Words {
                    standing: Standing::Aside,
                    ..
                }
            );
        }
        for claim in &mut claims {
            if told.theme.supports(claim.topic, &told.sentence) {
                claim.points += scale.article;
                voices.push(Voice {
                    vote: Vote {
                        topic: claim.topic,
                        strength: Strength::Hint,
                        line: 0,
                    },
                    points: scale.article,
                    kind: Kind::Matter,
                    reason: Reason::Article,
                });
            }
            if !claim.sure {
                // Hints together say no more than one sure word.
                claim.points = claim.points.min(scale.sure);
            }
        }
        claims
    }

    /// "military, 6 points: 4 for "troops" (topics.txt:41), 2 for type or party (topics.txt:50)".
    fn explain(&self, claim: &Claim, voices: &[Voice], sources: &Lexicon) -> String {
        let Claim {
            topic, points: sum, ..
        } = *claim;
        let mut line = match sum {
            0 => format!("{topic}, for want of another: "),
            _ => format!("{topic}, {sum} points: "),
        };
        let speaks = |voice: &&Voice| {
            let voted = voice.points > 0 || (sum == 0 && voice.vote.strength == Strength::Else);
            voice.vote.topic == topic && voted
        };
        for (at, voice) in voices.iter().filter(speaks).enumerate() {
            let points = voice.points;
            let Place {
                file, line: number, ..
            } = sources.place("topics.txt", voice.vote.line);
            line.push_str(if at == 0 { "" } else { ", " });
            if sum > 0 {
                line.push_str(&format!("{points} for "));
            }
            line.push_str(&match voice.reason {
                Reason::Words { found, standing } => {
                    let place = if standing == Standing::Aside {
                        ", aside"
                    } else {
                        ""
                    };
                    format!("\"{}\" ({file}:{number}{place})", self.printed(&found))
                }
                Reason::Circumstance => format!("type or party ({file}:{number})"),
                Reason::Article => "the rest of the article".to_owned(),
            });
        }
        line
    }
}

/// The topic of an event that speaks for none: what its type and parties tell, else what is told for sure in passing.
fn last_resort(voices: &[Voice], claims: &[Claim]) -> Option<Claim> {
    let mut last = voices
        .iter()
        .filter(|voice| voice.vote.strength == Strength::Else);
    let aside = || {
        let sure = claims.iter().filter(|claim| claim.sure);
        sure.copied()
            .max_by_key(|claim| (claim.points, Reverse(claim.topic)))
    };
    let told = last.next().map(|voice| Claim {
        topic: voice.vote.topic,
        points: 0,
        sure: false,
        own: true,
        told: false,
    });
    told.or_else(aside)
}
