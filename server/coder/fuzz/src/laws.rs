//! What holds of every coding of every article.

use crate::{Input, clock};
use dateline_coder::{Abstention, Article, CodedEvent, Coder, Coding, PartialDate, Party, SentenceTrace};
use std::ops::Range;
use std::time::Duration;

/// Time that any article may take, and more for each of its bytes. The fuzzer's instruments slow the coder down several times; what
/// grows with the square of the length passes this long before it passes the fuzzer's own limit.
const TIME: Duration = Duration::from_secs(1);
const TIME_A_BYTE: Duration = Duration::from_micros(150);

/// A sentence that is coded has no more tokens than this, and so no more parties or events.
const MOST_A_SENTENCE: usize = 150;
/// Bytes before a paragraph's first sentence that may be a dateline.
const DATELINE_BYTES: usize = 100;
/// What stands in a party's country field beside the states of ISO 3166-1.
const COUNTRY_LETTERS: usize = 3;

/// Codes the article and panics if a law is broken.
pub fn check(coder: &Coder, input: &Input<'_>) {
    let article = input.article();
    let start = clock::computed();
    let coding = coder.code(&article);
    let taken = start.and_then(|start| clock::computed()?.checked_sub(start));
    let allowed = TIME + TIME_A_BYTE * u32::try_from(article.text.len()).unwrap_or(u32::MAX);
    assert!(
        taken.is_none_or(|taken| taken <= allowed),
        "{taken:?} for {} bytes",
        article.text.len()
    );
    obeyed(&article, &coding);
    // Seldom, for it costs as much again; but always for the same inputs, so that what is found is found again.
    if article.text.bytes().fold(0_u8, u8::wrapping_add) % 8 == 0 {
        again(coder, &article, &coding);
    }
}

/// The same article gives the same, and being asked why changes nothing.
fn again(coder: &Coder, article: &Article<'_>, coding: &Coding) {
    assert_eq!(&coder.code(article), coding, "coded twice, two results");
    let other = coder.code(&Article {
        explain: !article.explain,
        ..*article
    });
    assert_eq!(
        other.events, coding.events,
        "to be asked why changes what is coded"
    );
    assert_eq!((&other.title, other.published), (&coding.title, coding.published));
    let skimmed = coder.skim(article);
    assert_eq!(
        (&skimmed.title, skimmed.published),
        (&coding.title, coding.published)
    );
    if article.explain {
        assert!(other.traces.is_empty(), "traces that nobody asked for");
    } else {
        obeyed(
            &Article {
                explain: true,
                ..*article
            },
            &other,
        );
    }
}

/// Panics if this is no lawful coding of the article.
pub fn obeyed(article: &Article<'_>, coding: &Coding) {
    let text = article.text;
    let mut last = 0..0;
    for event in &coding.events {
        let sentence = &event.sentence;
        part(text, sentence);
        assert!(
            *sentence == last || sentence.start >= last.end,
            "{sentence:?} after {last:?}"
        );
        last = sentence.clone();
        lawful(event);
    }
    if let Some(title) = &coding.title {
        part(text, title);
    }
    if article.published.is_some() {
        assert_eq!(coding.published, article.published);
    }
    if article.explain {
        traces(text, coding);
    } else {
        assert!(coding.traces.is_empty(), "traces that nobody asked for");
    }
}

/// Every sentence is told once, in order, with its events or with the reason why it has none; nothing that can be read is left out.
fn traces(text: &str, coding: &Coding) {
    let mut end = 0;
    let mut events = coding.events.iter().peekable();
    for SentenceTrace {
        range, abstention, ..
    } in &coding.traces
    {
        part(text, range);
        assert!(range.start >= end, "{range:?} after {end}");
        untold(text, end..range.start);
        end = range.end;
        let mut count = 0;
        while events.next_if(|event| event.sentence == *range).is_some() {
            count += 1;
        }
        assert_eq!(
            count == 0,
            abstention.is_some(),
            "{count} events and {abstention:?}: {:?}",
            &text[range.clone()]
        );
        assert!(
            count <= MOST_A_SENTENCE,
            "{count} events in {:?}",
            &text[range.clone()]
        );
    }
    untold(text, end..text.len());
    assert!(events.next().is_none(), "an event of a sentence that is none");
    let is_title = |trace: &SentenceTrace| {
        Some(&trace.range) == coding.title.as_ref() && trace.abstention == Some(Abstention::Heading)
    };
    assert!(
        coding.title.is_none() || coding.traces.iter().any(is_title),
        "the title is no heading"
    );
}

/// Between sentences stand only marks, or a dateline at the beginning of a line.
fn untold(text: &str, gap: Range<usize>) {
    let words = text[gap.clone()].trim_start();
    let before = text[..gap.end - words.len()].trim_end_matches(|c: char| c != '\n' && c.is_whitespace());
    let dateline = words.len() <= DATELINE_BYTES && (before.is_empty() || before.ends_with('\n'));
    assert!(
        dateline || !words.contains(char::is_alphanumeric),
        "not told: {words:?}"
    );
}

/// A range of whole characters, trimmed, of which something is left.
fn part(text: &str, range: &Range<usize>) {
    let Some(part) = text.get(range.clone()) else {
        panic!("{range:?} is no part of a text of {} bytes", text.len());
    };
    assert!(!part.is_empty(), "{range:?} is empty");
    assert_eq!(part, part.trim(), "white space at an end of {range:?}");
}

fn lawful(event: &CodedEvent) {
    let kind = event.event_type;
    assert!(
        event.mode.is_none_or(|mode| kind.modes().contains(&mode)),
        "{kind} {:?}",
        event.mode
    );
    let (actors, recipients) = (&event.actors, &event.recipients);
    assert!(
        !actors.is_empty() || !recipients.is_empty(),
        "{kind} by nobody to nobody"
    );
    assert!(
        !kind.recipient_required() || !recipients.is_empty() || actors.len() > 1,
        "{kind} needs a recipient or is mutual"
    );
    for side in [actors, recipients] {
        assert!(side.len() <= MOST_A_SENTENCE, "{} parties", side.len());
        side.iter().for_each(party);
        let double = (1..side.len()).find(|&at| side[..at].contains(&side[at]));
        assert_eq!(double.map(|at| &side[at]), None, "stands twice");
    }
    let both = actors
        .iter()
        .find(|actor| recipients.iter().any(|other| same(actor, other)));
    assert_eq!(both, None, "on both sides");
    assert!(event.topics.is_sorted_by(|a, b| a < b), "{:?}", event.topics);
    day(event.date);
    if let Some(place) = &event.place {
        line("place", &place.name);
        assert!(!place.name.trim().is_empty(), "a place without a name");
        country(&place.country);
    }
    assert!(
        (-10.0..=10.0).contains(&event.intensity),
        "intensity {}",
        event.intensity
    );
    assert!(
        (0.0..=1.0).contains(&event.confidence),
        "confidence {}",
        event.confidence
    );
    let cameo = event.cameo.as_bytes();
    assert!(
        (2..=4).contains(&cameo.len()) && cameo.iter().all(u8::is_ascii_digit),
        "cameo {:?}",
        event.cameo
    );
    line("summary", &event.summary);
    assert!(!event.summary.trim().is_empty(), "an event without a summary");
}

fn party(party: &Party) {
    line("name", &party.name);
    line("text", &party.text);
    assert!(!party.name.trim().is_empty(), "{party:?} has no name");
    assert_eq!(party.name, party.name.trim());
    country(&party.country);
    let double = (1..party.sectors.len()).find(|&at| party.sectors[..at].contains(&party.sectors[at]));
    assert_eq!(double, None, "{party:?} has a sector twice");
    let sector = party.sectors.first().map_or("", |sector| sector.as_str());
    assert_eq!(party.code(), format!("{}{sector}", party.country));
}

fn same(a: &Party, b: &Party) -> bool {
    (&a.name, &a.country, &a.sectors) == (&b.name, &b.country, &b.sectors)
}

fn country(code: &str) {
    let formed = code.len() == COUNTRY_LETTERS && code.bytes().all(|byte| byte.is_ascii_uppercase());
    assert!(code.is_empty() || formed, "country {code:?}");
}

/// One line: the feed refuses control characters, which could mislead who prints it.
fn line(field: &str, text: &str) {
    assert!(
        !text.contains(char::is_control),
        "{field} {text:?} is not one line"
    );
}

/// A day, or a part of one, as the feed takes it: a day needs its month, a month its year or day.
fn day(date: PartialDate) {
    let (year, month, day) = (date.year, date.month, date.day);
    assert!(
        (0..=9999).contains(&year) && (0..=12).contains(&month) && (0..=31).contains(&day),
        "{date:?}"
    );
    assert!(day == 0 || month != 0, "{date:?}: a day without month");
    assert!(month == 0 || year != 0 || day != 0, "{date:?}: a month alone");
    let leap = if year == 0 { 2000 } else { year };
    assert!(
        month == 0 || jiff::civil::Date::new(leap, month, day.max(1)).is_ok(),
        "{date:?}: no such day"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_coder::{EventType, Sector, Topic};
    use std::panic::catch_unwind;

    const TEXT: &str = "Leaders meet\n\nMOSCOW (AP) - Iran attacked Iraq in Basra. It rained.";

    fn coder() -> Coder {
        Coder::new().expect("the built-in data load")
    }

    fn article() -> Article<'static> {
        Article {
            explain: true,
            ..Article::new(TEXT).published(jiff::civil::date(2023, 9, 13))
        }
    }

    #[test]
    fn a_lawful_coding_passes_and_each_broken_law_is_found() {
        type Edit = fn(&mut Coding);
        let edits: [(&str, Edit); 34] = [
            ("no part", |c| c.events[0].sentence.end = TEXT.len() + 1),
            ("white space", |c| c.events[0].sentence.start -= 1),
            ("empty", |c| c.events[0].sentence.end = c.events[0].sentence.start),
            ("no sentence", |c| c.events[0].sentence.end -= 1),
            ("after", |c| {
                let mut event = c.events[0].clone();
                event.sentence = 0..7;
                c.events.push(event);
            }),
            ("after", |c| c.traces.reverse()),
            ("untold", |c| drop(c.traces.pop())),
            ("a reason and an event", |c| {
                c.traces[1].abstention = Some(Abstention::Weak)
            }),
            ("neither reason nor event", |c| c.traces[2].abstention = None),
            ("title", |c| c.title = Some(0..3)),
            ("title", |c| c.title = Some(0..13)),
            ("published", |c| c.published = None),
            ("mode", |c| c.events[0].mode = Some("visit")),
            ("nobody", |c| {
                c.events[0].actors.clear();
                c.events[0].recipients.clear();
            }),
            ("recipient", |c| {
                c.events[0].event_type = EventType::Aid;
                c.events[0].mode = None;
                c.events[0].recipients.clear();
            }),
            ("twice", |c| {
                let actor = c.events[0].actors[0].clone();
                c.events[0].actors.push(actor);
            }),
            ("both sides", |c| {
                c.events[0].recipients = c.events[0].actors.clone()
            }),
            ("name", |c| c.events[0].actors[0].name = " ".into()),
            ("name", |c| c.events[0].actors[0].name = "Ir\nan".into()),
            ("name", |c| c.events[0].actors[0].text = "\u{1b}[2J".into()),
            ("country", |c| c.events[0].actors[0].country = "Irn".into()),
            ("sectors", |c| {
                c.events[0].actors[0].sectors = vec![Sector::Military; 2]
            }),
            ("topics", |c| {
                c.events[0].topics = vec![Topic::ALL[1], Topic::ALL[0]]
            }),
            ("topics", |c| c.events[0].topics = vec![Topic::ALL[0]; 2]),
            ("date", |c| c.events[0].date.month = 13),
            ("date", |c| {
                (c.events[0].date.month, c.events[0].date.day) = (2, 29)
            }),
            ("date", |c| {
                (c.events[0].date.month, c.events[0].date.day) = (0, 2)
            }),
            ("date", |c| c.events[0].date.year = -1),
            ("place", |c| {
                c.events[0].place.as_mut().expect("Basra").name.clear()
            }),
            ("place", |c| {
                c.events[0].place.as_mut().expect("Basra").country = "iq".into()
            }),
            ("intensity", |c| c.events[0].intensity = f32::NAN),
            ("confidence", |c| c.events[0].confidence = 1.5),
            ("cameo", |c| c.events[0].cameo = "19x".into()),
            ("summary", |c| c.events[0].summary.clear()),
        ];
        let coding = coder().code(&article());
        assert_eq!((coding.events.len(), coding.traces.len()), (1, 3));
        obeyed(&article(), &coding);
        for (law, edit) in edits {
            let mut broken = coding.clone();
            edit(&mut broken);
            assert!(
                catch_unwind(|| obeyed(&article(), &broken)).is_err(),
                "{law}: not found"
            );
        }
    }

    #[test]
    fn only_a_dateline_may_be_left_out() {
        for (text, gap) in [
            ("ABC\n\n MOSCOW - He left.", 3..15),
            ("MOSCOW - He left.", 0..9),
            ("He left.  \n“", 8..14),
        ] {
            untold(text, gap);
        }
        let long = "a ".repeat(60);
        for (text, gap) in [("ABC. Some words. He left.", 4..16), (&long, 0..120)] {
            assert!(
                catch_unwind(|| untold(text, gap.clone())).is_err(),
                "{text:?} {gap:?}"
            );
        }
    }
}
