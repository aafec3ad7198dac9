//! An article's text cut into blocks: headline, headings, paragraphs, and what belongs to the page instead.

use crate::LoadError;
use crate::table;
use jiff::civil::Date;
use std::ops::Range;

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Headline,
    Heading,
    Boilerplate,
    /// The `Date:` line at the top.
    Date,
    Paragraph,
}

/// A block of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    /// Bytes of the text, trimmed.
    pub(crate) range: Range<usize>,
    /// Bytes of a dateline's place, "MOSCOW" of "MOSCOW (AP) -"; the paragraph proper follows at `body`.
    pub(crate) dateline: Option<Range<usize>>,
    /// Where the sentences start; differs from `range.start` after a dateline.
    pub(crate) body: usize,
}

/// Lines that belong to the page, from `boilerplate.txt`.
#[derive(Debug, Default)]
pub(crate) struct Boilerplate {
    whole: Vec<Known>,
    starts: Vec<Known>,
    contains: Vec<Known>,
}

/// Words of a page, and the line of the file that has them.
type Known = (String, u32);

/// A block is short, and may be boilerplate or a byline, up to this many words.
const SHORT_WORDS: usize = 30;
/// A block without a full stop is a heading up to this many words; the longest headlines have about twenty.
const HEADING_WORDS: usize = 22;

impl Boilerplate {
    /// Reads `boilerplate.txt`.
    ///
    /// # Errors
    /// A line that starts with neither `is`, `starts` nor `has`.
    pub(crate) fn load(file: &str, content: &str) -> Result<Self, LoadError> {
        let mut boilerplate = Boilerplate::default();
        for line in table::lines(file, content) {
            let (kind, words) = line.text.split_once(' ').unwrap_or((line.text, ""));
            let list = match kind {
                "is" => &mut boilerplate.whole,
                "starts" => &mut boilerplate.starts,
                "has" => &mut boilerplate.contains,
                _ => {
                    let near = table::did_you_mean(kind, ["is", "starts", "has"]);
                    let message = format!("a line starts with `is`, `starts` or `has`{near}");
                    return Err(line.whole().error(message));
                }
            };
            if words.trim().is_empty() {
                return Err(line.whole().error("no words follow; write the words of the page"));
            }
            list.push((words.trim().to_lowercase(), line.number()));
        }
        Ok(boilerplate)
    }

    fn matches(&self, block: &str) -> bool {
        self.line(block).is_some() || is_byline(block, block.split_whitespace().count())
    }

    /// The line that says that a block is the page's.
    pub(crate) fn line(&self, block: &str) -> Option<u32> {
        let words = block.split_whitespace().count();
        if words > SHORT_WORDS {
            return None;
        }
        let folded = block
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        let bare = folded.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        let first = |list: &[Known], fits: &dyn Fn(&str) -> bool| {
            list.iter().find(|(known, _)| fits(known)).map(|(_, line)| *line)
        };
        first(&self.whole, &|known| known == bare || known == folded)
            .or_else(|| first(&self.starts, &|known| folded.starts_with(known)))
            .or_else(|| first(&self.contains, &|known| folded.contains(known)))
    }
}

/// Cuts a text into blocks, in order. `title` is the title as known from elsewhere.
pub(crate) fn blocks(text: &str, title: Option<&str>, boilerplate: &Boilerplate) -> Vec<Block> {
    let ranges = paragraphs(text);
    let mut blocks: Vec<Block> = Vec::with_capacity(ranges.len());
    let prose = |range: &Range<usize>| {
        let block = &text[range.clone()];
        !boilerplate.matches(block) && !is_heading(block) && date_line(block).is_none()
    };
    let last_prose = ranges.iter().rposition(prose);
    let mut headline_seen = false;
    for (index, range) in ranges.into_iter().enumerate() {
        let block = &text[range.clone()];
        let given = title.is_some_and(|title| !title.trim().is_empty() && title.trim() == block);
        let prose_follows = last_prose.is_some_and(|last| last > index);
        let kind =
            if !headline_seen && date_line(block).is_some() && blocks.iter().all(|b| b.kind == Kind::Date) {
                Kind::Date
            } else if given && !headline_seen {
                Kind::Headline
            } else if boilerplate.matches(block) {
                Kind::Boilerplate
            } else if is_heading(block) && (prose_follows || last_prose.is_some()) {
                let opens = blocks
                    .iter()
                    .all(|b| matches!(b.kind, Kind::Date | Kind::Boilerplate));
                if opens && !headline_seen {
                    Kind::Headline
                } else {
                    Kind::Heading
                }
            } else {
                Kind::Paragraph
            };
        headline_seen |= kind == Kind::Headline;
        let mut block = Block {
            kind,
            body: range.start,
            range,
            dateline: None,
        };
        if kind == Kind::Paragraph
            && let Some((place, body)) = dateline(&text[block.range.clone()])
        {
            block.dateline = Some(block.range.start + place.start..block.range.start + place.end);
            block.body = block.range.start + body;
        }
        blocks.push(block);
    }
    blocks
}

/// The day that a leading `Date: 2023-09-13` line names.
pub(crate) fn leading_date(text: &str, blocks: &[Block]) -> Option<Date> {
    let first = blocks.iter().find(|block| block.kind == Kind::Date)?;
    date_line(&text[first.range.clone()])
}

fn date_line(block: &str) -> Option<Date> {
    let (label, value) = block.split_once(':')?;
    if !["date", "published"]
        .iter()
        .any(|known| label.trim().eq_ignore_ascii_case(known))
    {
        return None;
    }
    let value = value.trim();
    let day = value.get(..10).unwrap_or(value);
    day.parse().ok().or_else(|| crate::date::written_date(value))
}

/// Trimmed ranges between blank lines, and between lines that end a sentence or are too short to be wrapped.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let trimmed = line.trim();
        at += line.len();
        if trimmed.is_empty() {
            ranges.extend(open.take());
            continue;
        }
        let end = start + trimmed.len();
        let continues = open
            .as_ref()
            .is_some_and(|before| wraps(&text[before.clone()], trimmed));
        match &mut open {
            Some(before) if continues => before.end = end,
            _ => {
                ranges.extend(open.take());
                open = Some(start..end);
            }
        }
    }
    ranges.extend(open);
    ranges
}

/// Whether `next` goes on a hard-wrapped paragraph: the line before is long, or ends inside a sentence.
fn wraps(before: &str, next: &str) -> bool {
    let last_line = before.rsplit('\n').next().unwrap_or(before);
    let length = last_line.chars().count();
    let bullet = next.starts_with(['-', '*', '•', '#', '|']);
    ((50..=120).contains(&length) && !bullet && date_line(last_line).is_none() && !ends_sentence(last_line))
        || ((60..=100).contains(&length) && !bullet && before.contains('\n'))
        || (length >= 20 && next.starts_with(|c: char| c.is_lowercase()) && !ends_sentence(last_line))
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', ' ']);
    bare.ends_with(['.', '!', '?', '…', ';']) || (bare.ends_with(':') && bare.len() > 60)
}

fn is_heading(block: &str) -> bool {
    let words = block.split_whitespace().count();
    if words <= HEADING_WORDS && !ends_sentence(block) {
        return true;
    }
    // A question alone in a block is a heading; so is a Markdown heading.
    block.starts_with('#') || (words <= 14 && block.ends_with('?') && !block.contains(". "))
}

/// "By Jane Doe", "By Jane Doe and John Roe, Reuters".
fn is_byline(block: &str, words: usize) -> bool {
    let Some(rest) = block.strip_prefix("By ").or_else(|| block.strip_prefix("BY ")) else {
        return false;
    };
    let capital = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase) || matches!(word, "and" | "in" | "for")
    };
    words <= 16 && !ends_sentence(block) && rest.split_whitespace().all(|word| capital(word) || word == "|")
}

/// The place of a dateline and where the prose after it starts: "MOSCOW (AP) - ", "GENEVA, March 3 (Reuters) – ".
fn dateline(paragraph: &str) -> Option<(Range<usize>, usize)> {
    let head = paragraph
        .get(..floor_boundary(paragraph, 90))
        .unwrap_or(paragraph);
    let (at, mark) = ["--", " - ", " – ", "—", " -", "- "]
        .iter()
        .filter_map(|m| head.find(m).map(|at| (at, *m)))
        .min()?;
    let before = head[..at].trim_end();
    let place_end = before.find([',', '(']).unwrap_or(before.len());
    let place = before[..place_end].trim_end();
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let upper = place.chars().filter(|c| c.is_uppercase()).count();
    let shouted = letters >= 3 && upper * 10 >= letters * 8;
    let agency = before.ends_with(')') && place.chars().next().is_some_and(char::is_uppercase);
    let named = agency && place.split_whitespace().count() <= 3;
    if !(shouted || named) || place.split_whitespace().count() > 5 {
        return None;
    }
    let mut body = at + mark.len();
    while paragraph[body..].starts_with([' ', '-', '–', '—', '\u{a0}', '\n', '\t']) {
        body += paragraph[body..].chars().next().map_or(1, char::len_utf8);
    }
    (body < paragraph.len()).then_some((0..place.len(), body))
}

/// The greatest character boundary at or before `at`.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        let boilerplate =
            Boilerplate::load("boilerplate.txt", "is share this\nstarts read more\n").expect("loads");
        blocks(text, None, &boilerplate)
            .into_iter()
            .map(|block| (block.kind, &text[block.range]))
            .collect()
    }

    #[test]
    fn headline_boilerplate_headings_and_paragraphs_are_told_apart() {
        let text = "Leaders meet in Geneva\n\nShare This\n\nThe presidents met on Monday.\n\nWhat comes next\n\n\
                    They will meet again.\n\nRead more: the full story";
        let expected = [
            (Kind::Headline, "Leaders meet in Geneva"),
            (Kind::Boilerplate, "Share This"),
            (Kind::Paragraph, "The presidents met on Monday."),
            (Kind::Heading, "What comes next"),
            (Kind::Paragraph, "They will meet again."),
            (Kind::Boilerplate, "Read more: the full story"),
        ];
        assert_eq!(kinds(text), expected);
    }

    #[test]
    fn a_text_of_one_sentence_without_full_stop_is_a_paragraph() {
        assert_eq!(
            kinds("Russia attacked Ukraine"),
            [(Kind::Paragraph, "Russia attacked Ukraine")]
        );
    }

    #[test]
    fn hard_wrapped_lines_join_into_one_paragraph() {
        let text = "The foreign minister of the republic travelled to the neighbouring\ncountry on Monday and met its \
                    president there.";
        assert_eq!(kinds(text).len(), 1);
    }

    #[test]
    fn a_leading_date_line_is_read_in_two_spellings() {
        for text in [
            "Date: 2023-09-13\n\nHe left.",
            "Date: September 13, 2023\n\nHe left.",
        ] {
            let blocks = blocks(text, None, &Boilerplate::default());
            assert_eq!(blocks[0].kind, Kind::Date);
            assert_eq!(leading_date(text, &blocks), Some(jiff::civil::date(2023, 9, 13)));
        }
    }

    #[test]
    fn a_dateline_is_cut_off_and_its_place_kept() {
        for text in [
            "MOSCOW (AP) - The president left.",
            "MOSCOW, March 3 (Reuters) – The president left.",
            "Moscow (AFP) -- The president left.",
        ] {
            let block = &blocks(text, None, &Boilerplate::default())[0];
            let place = block.dateline.clone().expect("a dateline");
            assert_eq!(text[place].to_lowercase(), "moscow");
            assert_eq!(&text[block.body..], "The president left.");
        }
        let text = "The US - a member of NATO - left.";
        assert_eq!(blocks(text, None, &Boilerplate::default())[0].dateline, None);
    }

    #[test]
    fn bylines_belong_to_the_page() {
        let text = "By Jane Doe and John Roe\n\nThe president left.";
        assert_eq!(kinds(text)[0].0, Kind::Boilerplate);
    }
}
