//! An event in three lines: who did what to whom; the sentence that says so; what it is about and where it was reported.

use dateline_proto::v1::{Actor, Change, CivilDate, Event, EventType, Mention};

use super::{Look, clean, count};

/// Under the type, so that dates stand alone on the left.
const INDENT: usize = 12;

/// The event for a list or a stream. `left`: it no longer matches the filter.
pub(crate) fn event(event: &Event, left: bool, look: &Look) -> String {
    let mut lines = vec![headline(event, left, look)];
    // The newest mention is the one that made the revision.
    if let Some(mention) = event
        .mentions
        .last()
        .filter(|mention| !mention.sentence.is_empty())
    {
        let sentence = format!("\u{201c}{}\u{201d}", clean(&mention.sentence));
        lines.push(look.indented(INDENT, &sentence, str::to_owned));
    }
    let details = details(event);
    if !details.is_empty() {
        lines.push(look.indented(INDENT, &details, |line| look.faint(line)));
    }
    lines.join("\n")
}

/// Everything about one event.
pub(crate) fn sheet(event: &Event, look: &Look) -> String {
    let mut lines = vec![headline(event, false, look)];
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            lines.push(format!("{}{value}", look.faint(&format!("  {name:<12}"))));
        }
    };
    row("event", clean(&event.event_id));
    row(
        "revision",
        format!("{} ({})", event.revision, word(event.change())),
    );
    row("topics", clean(&event.topics.join(", ")));
    row("place", place(event) + &point(event));
    let scale = event.intensity;
    row(
        "intensity",
        if scale == 0.0 {
            String::new()
        } else {
            format!("{scale:+.1}")
        },
    );
    row("CAMEO", clean(&event.cameo_code));
    row(
        "confidence",
        if event.confidence == 0.0 {
            String::new()
        } else {
            format!("{:.2}", event.confidence)
        },
    );
    let people = event.magnitude.unwrap_or_default();
    let told = [
        (people.killed, "killed"),
        (people.wounded, "wounded"),
        (people.arrested, "arrested"),
    ];
    let told: Vec<_> = told
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    row("people", told.join(", "));
    row("coder", clean(&event.coder));
    row("reason", clean(&event.retraction_reason));
    row("replaced by", clean(&event.replaced_by));
    row("cursor", clean(&event.cursor));
    row(
        "entered",
        event
            .update_time
            .and_then(dateline_proto::time::Timestamp::to_jiff)
            .map(|time| time.to_string())
            .unwrap_or_default(),
    );
    row("reported by", reported(event));
    for mention in event.mentions.iter().rev() {
        let sentence = format!("\u{201c}{}\u{201d}", clean(&mention.sentence));
        lines.push(look.indented(4, &sentence, str::to_owned));
        let source = [
            source(mention),
            clean(&mention.title),
            format!("bytes {}..{}", mention.start_byte, mention.end_byte),
        ];
        let source: Vec<_> = source.into_iter().filter(|part| !part.is_empty()).collect();
        lines.push(look.indented(6, &source.join(" \u{b7} "), |line| look.faint(line)));
    }
    lines.join("\n")
}

fn headline(event: &Event, left: bool, look: &Look) -> String {
    let date = format!("{:<width$}", date(event.event_date), width = INDENT);
    let mut kind = match event.r#type() {
        EventType::Unspecified => "EVENT".to_owned(),
        kind => kind.short_name().to_owned(),
    };
    if !event.mode.is_empty() {
        kind = format!("{kind} {}", clean(&event.mode));
    }
    let mut parts = vec![format!(
        "{}{}",
        look.faint(&date),
        look.kind(event.quad_class, &kind)
    )];
    parts.push(parties(event, look));
    for (flag, mark) in [
        (event.historical, "(past)"),
        (event.future, "(planned)"),
        (event.hypothetical, "(would)"),
        (event.negated, "(denied)"),
    ] {
        if flag {
            parts.push(look.mark(mark));
        }
    }
    let change = change(event);
    if !change.is_empty() {
        parts.push(look.mark(&format!("[{change}]")));
    }
    if left {
        parts.push(look.mark("[left the filter]"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("  ")
}

fn parties(event: &Event, look: &Look) -> String {
    let actors: Vec<_> = event.actors.iter().map(|actor| party(actor, look)).collect();
    let recipients: Vec<_> = event.recipients.iter().map(|actor| party(actor, look)).collect();
    match (actors.is_empty(), recipients.is_empty()) {
        (true, true) => String::new(),
        // Nobody is named who did it.
        (true, false) => format!("? \u{2192} {}", recipients.join(", ")),
        (false, true) => actors.join(" \u{2194} "),
        (false, false) => format!("{} \u{2192} {}", actors.join(", "), recipients.join(", ")),
    }
}

fn party(actor: &Actor, look: &Look) -> String {
    let name = clean(if actor.name.is_empty() {
        &actor.text
    } else {
        &actor.name
    });
    let code = clean(&actor.code);
    match (name.is_empty(), code.is_empty() || code == name) {
        (true, _) => look.strong(&code),
        (false, true) => look.strong(&name),
        (false, false) => format!("{} {}", look.strong(&name), look.faint(&format!("({code})"))),
    }
}

/// What made this revision; nothing to say of a new event.
fn change(event: &Event) -> String {
    match event.change() {
        Change::Unspecified => String::new(),
        Change::Created if event.revision > 1 => "reported again".to_owned(),
        Change::Created => String::new(),
        Change::Retracted if !event.retraction_reason.is_empty() => {
            format!("retracted: {}", clean(&event.retraction_reason))
        }
        Change::Retracted if !event.replaced_by.is_empty() => {
            format!("retracted, now {}", clean(&event.replaced_by))
        }
        change => word(change).to_owned(),
    }
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Unspecified => "unknown change",
        Change::Created => "created",
        Change::Corroborated => "corroborated",
        Change::Corrected => "corrected",
        Change::Retracted => "retracted",
    }
}

fn details(event: &Event) -> String {
    let mut parts = Vec::new();
    if !event.topics.is_empty() {
        parts.push(clean(&event.topics.join(", ")));
    }
    let place = place(event);
    if !place.is_empty() {
        parts.push(format!("in {place}"));
    }
    let reported = reported(event);
    if !reported.is_empty() {
        parts.push(reported);
    }
    if !event.event_id.is_empty() {
        parts.push(clean(&event.event_id));
    }
    parts.join(" \u{b7} ")
}

/// Where to look on a map: " (50.4547, 30.5238)". Nothing where no coordinates are known.
fn point(event: &Event) -> String {
    match &event.place {
        Some(place) if place.latitude != 0.0 || place.longitude != 0.0 => {
            format!(" ({:.4}, {:.4})", place.latitude, place.longitude)
        }
        _ => String::new(),
    }
}

fn place(event: &Event) -> String {
    let place = event.place.clone().unwrap_or_default();
    match (place.name.is_empty(), place.country.is_empty()) {
        (false, false) => clean(&format!("{}, {}", place.name, place.country)),
        (false, true) => clean(&place.name),
        (true, _) => clean(&place.country),
    }
}

fn reported(event: &Event) -> String {
    let first = event.mentions.last().map(source).unwrap_or_default();
    match event.article_count {
        0 | 1 => first,
        articles => {
            let articles = count(articles.into(), "article");
            match first.is_empty() {
                true => articles,
                false => format!("{first} and others, {articles}"),
            }
        }
    }
}

fn source(mention: &Mention) -> String {
    clean(if !mention.publisher.is_empty() {
        &mention.publisher
    } else if !mention.uri.is_empty() {
        &mention.uri
    } else {
        &mention.article_id
    })
}

/// As much of the day as is known.
fn date(date: Option<CivilDate>) -> String {
    match date.unwrap_or_default() {
        CivilDate { year: 0, .. } => "undated".to_owned(),
        CivilDate { year, month: 0, .. } => format!("{year:04}"),
        CivilDate { year, month, day: 0 } => format!("{year:04}-{month:02}"),
        CivilDate { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
    }
}

#[cfg(test)]
mod tests {
    use dateline_proto::v1::Place;

    use super::*;

    const PLAIN: Look = Look {
        colour: false,
        width: None,
    };

    fn actor(name: &str, code: &str) -> Actor {
        Actor {
            name: name.into(),
            code: code.into(),
            ..Actor::default()
        }
    }

    fn meeting() -> Event {
        Event {
            event_id: "e5q2k0c3".into(),
            revision: 1,
            change: Change::Created as i32,
            r#type: EventType::Consult as i32,
            mode: "visit".into(),
            actors: vec![actor("Kim Jong Un", "PRKGOV"), actor("Vladimir Putin", "RUSGOV")],
            topics: vec!["military".into(), "diplomatic".into()],
            quad_class: 1,
            event_date: Some(CivilDate {
                year: 2023,
                month: 9,
                day: 13,
            }),
            place: Some(Place {
                name: "Vostochny".into(),
                country: "RUS".into(),
                ..Place::default()
            }),
            mentions: vec![Mention {
                sentence: "Kim met\nPutin on Wednesday.".into(),
                publisher: "Example Times".into(),
                ..Mention::default()
            }],
            article_count: 1,
            ..Event::default()
        }
    }

    #[test]
    fn a_mutual_event_is_shown_with_its_sentence() {
        let expected = "\
2023-09-13  CONSULT visit  Kim Jong Un (PRKGOV) ↔ Vladimir Putin (RUSGOV)
            “Kim met Putin on Wednesday.”
            military, diplomatic · in Vostochny, RUS · Example Times · e5q2k0c3";
        assert_eq!(event(&meeting(), false, &PLAIN), expected);
    }

    #[test]
    fn a_sheet_shows_where_the_place_lies() {
        let mut shown = meeting();
        assert!(sheet(&shown, &PLAIN).contains("Vostochny, RUS\n"));
        let place = shown.place.as_mut().expect("has a place");
        (place.latitude, place.longitude) = (51.884, 128.334);
        assert!(sheet(&shown, &PLAIN).contains("Vostochny, RUS (51.8840, 128.3340)\n"));
    }

    #[test]
    fn marks_say_what_is_not_simply_so() {
        let shown = Event {
            change: Change::Corrected as i32,
            revision: 2,
            future: true,
            negated: true,
            mode: String::new(),
            actors: vec![actor("United States", "USA")],
            recipients: vec![actor("PRK", "PRK")],
            mentions: Vec::new(),
            topics: Vec::new(),
            place: None,
            event_date: Some(CivilDate {
                year: 2023,
                month: 9,
                day: 0,
            }),
            ..meeting()
        };
        let expected = "\
2023-09     CONSULT  United States (USA) → PRK  (planned)  (denied)  [corrected]  [left the filter]
            e5q2k0c3";
        assert_eq!(event(&shown, true, &PLAIN), expected);
    }

    #[test]
    fn a_retraction_says_why_or_what_took_over() {
        let mut shown = meeting();
        shown.change = Change::Retracted as i32;
        shown.retraction_reason = "article withdrawn".into();
        assert!(headline(&shown, false, &PLAIN).ends_with("[retracted: article withdrawn]"));
        shown.retraction_reason.clear();
        assert!(headline(&shown, false, &PLAIN).ends_with("[retracted]"));
        shown.replaced_by = "e2".into();
        assert!(headline(&shown, false, &PLAIN).ends_with("[retracted, now e2]"));
    }

    #[test]
    fn an_empty_event_still_has_a_line() {
        assert_eq!(event(&Event::default(), false, &PLAIN), "undated     EVENT");
    }

    #[test]
    fn an_act_of_nobody_named_has_a_question_mark() {
        let shown = Event {
            actors: Vec::new(),
            recipients: vec![actor("", "SYR")],
            ..meeting()
        };
        assert!(headline(&shown, false, &PLAIN).contains("? → SYR"));
    }

    #[test]
    fn colours_are_the_only_difference_on_a_terminal_that_is_wide() {
        let look = Look {
            colour: true,
            width: Some(200),
        };
        let painted = event(&meeting(), true, &look);
        assert!(painted.contains("\u{1b}["));
        assert_eq!(
            anstream::adapter::strip_str(&painted).to_string(),
            event(&meeting(), true, &PLAIN)
        );
    }

    #[test]
    fn long_sentences_are_broken_on_a_terminal() {
        let mut shown = meeting();
        shown.mentions[0].sentence = "word ".repeat(60);
        let look = Look {
            colour: false,
            width: Some(60),
        };
        let text = event(&shown, false, &look);
        let sentence: Vec<_> = text.lines().filter(|line| line.contains("word")).collect();
        assert!(sentence.len() > 5);
        assert!(
            sentence
                .iter()
                .all(|line| line.chars().count() <= 60 && line.starts_with("            "))
        );
    }

    #[test]
    fn the_sheet_has_every_sentence() {
        let text = sheet(&meeting(), &PLAIN);
        assert!(text.contains("revision    1 (created)"), "{text}");
        assert!(text.contains("“Kim met Putin on Wednesday.”"), "{text}");
    }
}
