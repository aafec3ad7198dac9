//! Weighing: the phrases of a sentence and the circumstances of one of its events become the event's topics.

use super::phrases::{Match, Names, UNKNOWN};
use super::standing::{Standing, View};
use super::theme::{Theme, fold};
use super::{Strength, Topics, Vote};
use crate::Topic;
use crate::clause::Clauses;
use crate::draft::Draft;
use crate::operator::Operators;
use crate::tree::Tree;
use dateline_parser::{Pos, Tag};
use std::ops::Range;

/// A sentence with the phrases found in it.
pub(crate) struct Heard<'a> {
    topics: &'a Topics,
    tree: Tree<'a>,
    clauses: &'a Clauses,
    operators: &'a Operators,
    /// Phrases by the tokens they start and end with.
    found: Vec<Match>,
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

/// What spoke for a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Words { found: Match, standing: Standing },
    Circumstance,
    Article,
}

/// What kind of evidence a voice is. "Rebels" and the sector REB are one piece of evidence, not two; so are "accused" and ACCUSE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The words that are neither.
    Matter,
    /// Words that name a party, and the party's sector.
    Who,
    /// The word that tells the event, and the event's type.
    What,
}

/// One voice for one topic.
#[derive(Debug, Clone, Copy)]
struct Voice {
    vote: Vote,
    points: u32,
    kind: Kind,
    reason: Reason,
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
            Pos::Noun | Pos::Propn => "/noun",
            Pos::Verb => "/verb",
            _ => return [lower, lemma, exact, UNKNOWN],
        };
        buffer.push_str(kind);
        [lower, lemma, exact, self.phrases.word(buffer)]
    }
}

impl Heard<'_> {
    /// The topics of one event in PLOVER's order; with `why`, a line for each that tells what gave it.
    pub(crate) fn topics(&self, told: &Told<'_>, why: Option<&mut Vec<String>>) -> Vec<Topic> {
        let scale = self.topics.scale;
        let mut voices = self.voices(told);
        let points = |voices: &[Voice], topic: Topic| -> u32 {
            let of_topic = voices.iter().filter(|voice| voice.vote.topic == topic);
            of_topic.map(|voice| voice.points).sum()
        };
        let mut ranked: Vec<(Topic, u32)> = Vec::new();
        for at in 0..voices.len() {
            let topic = voices[at].vote.topic;
            if ranked.iter().any(|(known, _)| *known == topic) {
                continue;
            }
            let mut sum = points(&voices, topic);
            if sum > 0 && told.theme.supports(topic, &told.sentence) {
                sum += scale.article;
                let vote = voices[at].vote;
                voices.push(Voice {
                    vote,
                    points: scale.article,
                    kind: Kind::Matter,
                    reason: Reason::Article,
                });
            }
            ranked.push((topic, sum));
        }
        let has_sure = |topic: Topic| {
            voices.iter().any(|voice| {
                voice.vote.topic == topic && voice.vote.strength == Strength::Sure && voice.points > 0
            })
        };
        for (_, sum) in ranked.iter_mut().filter(|(topic, _)| !has_sure(*topic)) {
            // Hints together say no more than one sure word.
            *sum = (*sum).min(scale.sure);
        }
        // What is told aside is better than nothing.
        let aside = ranked
            .iter()
            .copied()
            .filter(|(topic, _)| has_sure(*topic))
            .max_by_key(|(topic, sum)| (*sum, std::cmp::Reverse(*topic)));
        let best = ranked.iter().map(|(_, sum)| *sum).max().unwrap_or(0);
        ranked.retain(|(_, sum)| *sum >= scale.given && sum * 100 >= best * scale.share);
        ranked.sort_by_key(|(topic, sum)| (std::cmp::Reverse(*sum), *topic));
        ranked.truncate(scale.most as usize);
        if ranked.is_empty() {
            let last = voices
                .iter()
                .find(|voice| voice.vote.strength == Strength::Else)
                .map(|voice| (voice.vote.topic, 0));
            ranked.extend(last.or(aside));
        }
        if let Some(why) = why {
            why.extend(
                ranked
                    .iter()
                    .map(|&(topic, sum)| self.explain(topic, sum, &voices)),
            );
        }
        let mut topics: Vec<Topic> = ranked.into_iter().map(|(topic, _)| topic).collect();
        topics.sort();
        topics
    }

    /// All that speaks for any topic of an event, the article aside. A phrase counts once, where it stands best.
    fn voices(&self, told: &Told<'_>) -> Vec<Voice> {
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

    /// "topic military: 6 points: 4 for "troops" (topics.txt:41), 2 for type or party (topics.txt:50)".
    fn explain(&self, topic: Topic, sum: u32, voices: &[Voice]) -> String {
        let mut line = match sum {
            0 => format!("topic {topic}: for want of another"),
            _ => format!("topic {topic}: {sum} points"),
        };
        let speaks = |voice: &&Voice| {
            let voted = voice.points > 0 || (sum == 0 && voice.vote.strength == Strength::Else);
            voice.vote.topic == topic && voted
        };
        for (at, voice) in voices.iter().filter(speaks).enumerate() {
            let (number, points) = (voice.vote.line, voice.points);
            line.push_str(if at == 0 { ": " } else { ", " });
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
                    format!("\"{}\" (topics.txt:{number}{place})", self.printed(&found))
                }
                Reason::Circumstance => format!("type or party (topics.txt:{number})"),
                Reason::Article => "the rest of the article".to_owned(),
            });
        }
        line
    }

    fn printed(&self, found: &Match) -> &str {
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
