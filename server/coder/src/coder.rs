//! The coder: an article in, its events out.

use crate::about::Theme;
use crate::actor::{ActorFiles, DocumentMemory, Gazetteer};
use crate::coding::Coding;
use crate::document::{self, Block, Kind};
use crate::gate;
use crate::lexicon::{Data, Lexicon};
use crate::place::Atlas;
use crate::sentence::{self, Surroundings};
use crate::tree::Tree;
use crate::{Abstention, Article, LoadError, SentenceTrace, Step};
use crate::{explain, language};
use dateline_parser::Parser;
use jiff::civil::Date;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Codes articles into events. Immutable once loaded; share it between threads in an [`Arc`].
pub struct Coder {
    parser: Arc<Parser>,
    data: Data,
    gazetteer: Arc<Gazetteer>,
    places: Atlas,
    version: String,
}

/// Bytes of a paragraph that go to the parser at once. Longer paragraphs are cut at the end of a sentence or, failing
/// that, at white space; no prose comes near this.
const MAX_PIECE_BYTES: usize = 8_000;
/// Tokens of a sentence that is coded. Longer ones are lists or tables: they are parsed badly and report nothing.
const MAX_SENTENCE_TOKENS: usize = 150;

impl Coder {
    /// Loads the built-in data and model.
    ///
    /// # Errors
    /// The files that the crate carries are damaged.
    pub fn new() -> Result<Self, LoadError> {
        Self::with(&Lexicon::built_in())
    }

    /// Loads these data files and the built-in model.
    ///
    /// # Errors
    /// As of [`load`](Self::load).
    pub fn with(lexicon: &Lexicon) -> Result<Self, LoadError> {
        let parser = Parser::new().map_err(|error| LoadError::new("model", 0, 0, error.to_string()))?;
        Self::load(lexicon, Arc::new(parser))
    }

    /// Loads these data files.
    ///
    /// # Errors
    /// The first mistake in a file: its name, line and column, and what to do. [`Lexicon::check`] has all of them.
    pub fn load(lexicon: &Lexicon, parser: Arc<Parser>) -> Result<Self, LoadError> {
        let mut version = format!("dateline-coder {} plover-2.0", env!("CARGO_PKG_VERSION"));
        if let Some(overlay) = lexicon.overlay() {
            version = format!("{version} data-{overlay}");
        }
        let gazetteer = Arc::new(gazetteer(lexicon).map_err(|error| lexicon.locate(error))?);
        Ok(Self {
            parser,
            data: Data::load(lexicon).map_err(|error| lexicon.locate(error))?,
            places: Atlas::load(lexicon, &gazetteer).map_err(|error| lexicon.locate(error))?,
            gazetteer,
            version,
        })
    }

    /// The names and roles this coder knows.
    pub fn gazetteer(&self) -> &Arc<Gazetteer> {
        &self.gazetteer
    }

    /// Name, version and ontology: "dateline-coder 0.1.0 plover-2.0"; with replaced data files also their hash.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What [`code`](Self::code) finds out about an article before it reads the sentences: title and day of publication.
    pub fn skim(&self, article: &Article<'_>) -> Coding {
        let text = article.text;
        let blocks = document::blocks(text, article.title, &self.data.boilerplate);
        let headline = blocks.iter().find(|block| block.kind == Kind::Headline);
        Coding {
            title: headline.map(|block| block.range.clone()),
            published: article
                .published
                .or_else(|| document::leading_date(text, &blocks)),
            ..Coding::default()
        }
    }

    /// The events of an article. Never fails or panics; the same article gives the same result everywhere.
    pub fn code(&self, article: &Article<'_>) -> Coding {
        let text = article.text;
        let blocks = document::blocks(text, article.title, &self.data.boilerplate);
        let published = article
            .published
            .or_else(|| document::leading_date(text, &blocks));
        let title = blocks
            .iter()
            .find(|block| block.kind == Kind::Headline)
            .map(|block| block.range.clone());
        let mut coding = Coding {
            events: vec![],
            traces: vec![],
            title,
            published,
        };
        let mut reading = Reading {
            coder: self,
            text,
            published,
            explain: article.explain,
            theme: Theme::read(&self.data.topics, text, &blocks),
            sporting: gate::is_sporting(text, &self.data),
            coding: &mut coding,
        };
        reading.blocks(&blocks);
        coding
    }
}

/// The names and roles of a lexicon.
pub(crate) fn gazetteer(lexicon: &Lexicon) -> Result<Gazetteer, LoadError> {
    let file = |name| lexicon.get(name).unwrap_or_default();
    Gazetteer::load(&ActorFiles {
        countries: file("actors/countries.txt"),
        peoples: file("actors/peoples.txt"),
        leaders: file("actors/leaders.txt"),
        organisations: file("actors/organisations.txt"),
        groups: file("actors/groups.txt"),
        roles: file("actors/roles.txt"),
    })
}

impl std::fmt::Debug for Coder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Coder")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// One article being read.
struct Reading<'a, 'o> {
    coder: &'a Coder,
    text: &'a str,
    published: Option<Date>,
    explain: bool,
    theme: Theme,
    sporting: bool,
    coding: &'o mut Coding,
}

impl Reading<'_, '_> {
    fn blocks(&mut self, blocks: &[Block]) {
        let coder = self.coder;
        let mut memory = DocumentMemory::new(&coder.gazetteer, self.published);
        memory.explain(self.explain);
        for block in blocks {
            let reason = match block.kind {
                Kind::Paragraph => {
                    if let Some(place) = block.dateline.clone().and_then(|range| self.text.get(range)) {
                        memory.observe_dateline(place);
                    }
                    for range in self.pieces(block) {
                        self.piece(range, &mut memory);
                    }
                    continue;
                }
                Kind::Boilerplate => Abstention::Boilerplate,
                Kind::Headline => {
                    memory.observe_headline(self.text.get(block.range.clone()).unwrap_or_default());
                    Abstention::Heading
                }
                Kind::Date | Kind::Heading => Abstention::Heading,
            };
            self.pass_over(block.range.clone(), reason);
        }
    }

    /// The parts of a paragraph that are parsed at once.
    fn pieces(&self, block: &Block) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut rest = block.body..block.range.end;
        while rest.len() > MAX_PIECE_BYTES {
            let limit = document::floor_boundary(self.text, rest.start + MAX_PIECE_BYTES);
            let head = &self.text[rest.start..limit];
            let stop = head
                .rfind(". ")
                .map(|at| at + 1)
                .filter(|at| *at > MAX_PIECE_BYTES / 4);
            let cut = stop
                .or_else(|| head.rfind(char::is_whitespace).filter(|at| *at > 0))
                .unwrap_or(head.len());
            pieces.push(rest.start..rest.start + cut);
            rest.start += cut;
        }
        pieces.push(rest);
        pieces
    }

    fn piece(&mut self, piece: Range<usize>, memory: &mut DocumentMemory<'_>) {
        let text = &*spaced(&self.text[piece.clone()]);
        let doc = self.coder.parser.parse(text);
        let tree = Tree { text, doc: &doc };
        for tokens in sentences(tree) {
            let Some(bytes) = trimmed(tree, tokens.clone()) else {
                continue;
            };
            memory.observe(text, &doc, tokens.clone());
            let home = memory.home_country();
            let range = piece.start + bytes.start..piece.start + bytes.end;
            if tokens.len() > MAX_SENTENCE_TOKENS {
                self.pass_over(range, Abstention::TooLong);
                continue;
            }
            if language::is_foreign(tree, tokens.clone()) {
                self.pass_over(range, Abstention::NotEnglish);
                continue;
            }
            let surroundings = Surroundings {
                data: &self.coder.data,
                gazetteer: &self.coder.gazetteer,
                places: &self.coder.places,
                published: self.published,
                home: home.as_deref(),
                theme: &self.theme,
                sporting: self.sporting,
                bytes: (range.start, range.end),
                explain: self.explain,
            };
            let found = sentence::code(tree, tokens, surroundings, memory);
            let first = self.coding.events.len();
            self.coding.events.extend(found.events);
            for event in &mut self.coding.events[first..] {
                event.sentence = range.clone();
            }
            self.trace(range, found.steps, found.abstention);
        }
    }

    /// What is not read at all.
    fn pass_over(&mut self, range: Range<usize>, reason: Abstention) {
        if self.explain {
            let steps = explain::block(&self.text[range.clone()], reason, &self.coder.data);
            self.trace(range, steps, Some(reason));
        }
    }

    fn trace(&mut self, range: Range<usize>, steps: Vec<Step>, abstention: Option<Abstention>) {
        if self.explain {
            self.coding.traces.push(SentenceTrace {
                range,
                steps,
                abstention,
            });
        }
    }
}

/// The text as it is parsed: every control character is a space of as many bytes. So a line's end divides no phrase or name, names are
/// one line, and what would mislead a terminal gets no further.
fn spaced(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let space = |c: char| match c.len_utf8() {
        _ if !c.is_control() => c,
        1 => ' ',
        _ => '\u{a0}',
    };
    text.chars().map(space).collect()
}

/// The sentences of a piece as token ranges. The parser's, with what is only closing punctuation put back to the
/// sentence it closes.
fn sentences(tree: Tree<'_>) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    for tokens in &tree.doc.sentences {
        let wordless = tokens
            .clone()
            .all(|i| !tree.word(i).chars().any(char::is_alphanumeric));
        match sentences.last_mut() {
            Some(before) if wordless => before.end = tokens.end,
            _ => sentences.push(tokens.clone()),
        }
    }
    sentences
}

/// The bytes of a sentence in its piece without white space at either end; `None` if nothing is left.
fn trimmed(tree: Tree<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let start = tree.doc.tokens.get(tokens.start)?.start;
    let end = tree.doc.tokens.get(tokens.end.checked_sub(1)?)?.end;
    let text = tree.text.get(start..end)?;
    let lead = text.len() - text.trim_start().len();
    let body = text.trim();
    (!body.is_empty()).then(|| start + lead..start + lead + body.len())
}
