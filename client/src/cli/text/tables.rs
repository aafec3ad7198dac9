//! Everything but events: a line or a small table each.

use std::fmt::Write as _;

use dateline_proto::{
    time::Timestamp,
    v1::{
        ActorSummary, CheckFilterResponse, Event, GetFeedInfoResponse, IngestArticleResponse, IngestOutcome,
        PublishOutcome, PublishResult, SentenceTrace, Subscription, TopicSummary,
    },
};

use super::{Look, clean, clean_lines, count, grouped, span};

/// `  1,204  Kim Jong Un (PRKGOV)`
pub(crate) fn actor_line(summary: &ActorSummary, look: &Look) -> String {
    let actor = summary.actor.clone().unwrap_or_default();
    let number = format!("{:>9}", grouped(summary.event_count));
    let code = if actor.code.is_empty() {
        String::new()
    } else {
        look.faint(&format!(" ({})", clean(&actor.code)))
    };
    format!(
        "{}  {}{code}",
        look.faint(&number),
        look.strong(&clean(&actor.name))
    )
}

/// `  1,204  military  what belongs to it`
pub(crate) fn topic_line(summary: &TopicSummary, look: &Look) -> String {
    let number = format!("{:>9}", grouped(summary.event_count));
    let topic = format!("{:<20}", clean(&summary.topic));
    format!(
        "{}  {}  {}",
        look.faint(&number),
        look.strong(&topic),
        clean(&summary.description)
    )
}

/// `new        3 created, 1 corroborated  report.txt`
pub(crate) fn ingest_line(origin: &str, result: &IngestArticleResponse, look: &Look) -> String {
    let outcome = match result.outcome() {
        IngestOutcome::New => "new",
        IngestOutcome::Updated => "updated",
        IngestOutcome::Duplicate => "known",
        IngestOutcome::Rejected => "refused",
        IngestOutcome::Unspecified => "unknown",
    };
    let mut parts = Vec::new();
    for (number, what) in [
        (result.created, "created"),
        (result.corroborated, "corroborated"),
        (result.corrected, "corrected"),
        (result.retracted, "retracted"),
        (result.unchanged, "unchanged"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    let events = match (parts.is_empty(), result.outcome()) {
        (false, _) => parts.join(", "),
        (true, IngestOutcome::Duplicate) => "nothing to do".to_owned(),
        (true, _) => "no event".to_owned(),
    };
    let outcome = look.strong(&format!("{outcome:<8}"));
    format!("{outcome}  {}  {}", clean(origin), look.faint(&events))
}

/// `created    e5q2k0c3  revision 1`
pub(crate) fn publish_line(result: &PublishResult, event: &Event, look: &Look) -> String {
    let outcome = match result.outcome() {
        PublishOutcome::Created => "created",
        PublishOutcome::Revised => "revised",
        PublishOutcome::Duplicate => "known",
        PublishOutcome::Rejected => "refused",
        PublishOutcome::Unspecified => "unknown",
    };
    let outcome = look.strong(&format!("{outcome:<8}"));
    let revision = look.faint(&format!("revision {}", result.revision));
    format!(
        "{outcome}  {}  {revision}  {}",
        clean(&result.event_id),
        clean(&event.summary)
    )
    .trim_end()
    .to_owned()
}

/// The feed and its server.
pub(crate) fn info(info: &GetFeedInfoResponse, address: &str, look: &Look) -> String {
    let mut lines = Vec::new();
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            lines.push(format!("{}{}", look.faint(&format!("{name:<14}")), clean(&value)));
        }
    };
    let started = time(info.start_time);
    let since = if started.is_empty() {
        String::new()
    } else {
        format!(", up since {started}")
    };
    row(
        "server",
        format!("{address}, version {}{since}", info.server_version),
    );
    row("coder", info.coder.clone());
    row("engine", format!("{}, epoch {}", info.engine, info.epoch));
    row("events", grouped(info.event_count));
    row("revisions", grouped(info.revision_count));
    row("articles", grouped(info.article_count));
    row("subscriptions", grouped(info.subscription_count.into()));
    row(
        "oldest",
        [time(info.oldest_time), info.oldest_cursor.clone()].join("  "),
    );
    row(
        "head",
        [time(info.head_time), info.head_cursor.clone()].join("  "),
    );
    if let Some(progress) = &info.ingest_progress {
        let state = if progress.done { "done" } else { "under way" };
        row(
            "ingest",
            format!(
                "{state}: {} of {}, {} refused",
                grouped(progress.ingested_articles),
                count(progress.found_articles, "article"),
                grouped(progress.refused_items)
            ),
        );
    }
    lines.join("\n")
}

/// `5f0c1d2e3a4b5c6d  risk-desk  live  1,204 events since 2023-09-13T12:00:00Z`, and the filter below.
pub(crate) fn subscription(stream: &Subscription, look: &Look) -> String {
    let state = if stream.caught_up {
        "live".to_owned()
    } else {
        let age = stream.lag.and_then(|lag| lag.to_std()).unwrap_or_default();
        let behind = count(stream.lag_events, "revision");
        look.mark(&format!("{behind} ({}) behind", span(age)))
    };
    let filter = match stream.canonical_filter.as_str() {
        "" => "everything".to_owned(),
        filter => clean(filter),
    };
    let who = [&stream.client_label, &stream.principal].map(|name| clean(name));
    let mut parts = vec![look.faint(&clean(&stream.subscription_id))];
    parts.extend(
        who.into_iter()
            .filter(|name| !name.is_empty())
            .map(|name| look.strong(&name)),
    );
    parts.push(state);
    parts.push(format!(
        "{} since {}",
        count(stream.delivered_events, "event"),
        time(stream.start_time)
    ));
    format!("{}\n    {filter}", parts.join("  "))
}

/// What a filter means.
pub(crate) fn filter(meaning: &CheckFilterResponse, look: &Look) -> String {
    let canonical = match meaning.canonical_filter.as_str() {
        "" => "everything matches".to_owned(),
        filter => clean(filter),
    };
    let how = if meaning.indexed {
        "the feed's indexes find what may match"
    } else {
        "every revision has to be looked at"
    };
    let sampled = count(meaning.sampled_events.into(), "revision");
    let mut lines = vec![
        format!("{}{}", look.faint("means    "), look.strong(&canonical)),
        format!("{}{how}", look.faint("search   ")),
        format!(
            "{}{} of the newest {sampled}",
            look.faint("matches  "),
            grouped(meaning.matched_events.into()),
        ),
    ];
    for warning in &meaning.warnings {
        lines.push(format!("{}{}", look.mark("warning  "), clean(warning)));
    }
    lines.join("\n")
}

/// How each sentence was coded, ending with a line feed.
pub(crate) fn traces(traces: &[SentenceTrace]) -> String {
    let mut text = String::new();
    for trace in traces {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}..{}  {}",
            trace.start_byte,
            trace.end_byte,
            clean(&trace.sentence)
        );
        for step in trace.step_lines() {
            let _ = writeln!(text, "    {}", clean_lines(&step.replace('\n', " ")));
        }
        if !trace.abstention.is_empty() {
            let _ = writeln!(text, "    no event: {}", clean(&trace.abstention));
        }
    }
    text
}

fn time(time: Option<Timestamp>) -> String {
    time.and_then(Timestamp::to_jiff)
        .map(|time| format!("{time:.0}"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look {
        colour: false,
        width: None,
    };

    #[test]
    fn an_article_is_told_in_one_line() {
        let result = IngestArticleResponse {
            outcome: IngestOutcome::Updated as i32,
            created: 1,
            retracted: 2,
            ..IngestArticleResponse::default()
        };
        assert_eq!(
            ingest_line("a.txt", &result, &PLAIN),
            "updated   a.txt  1 created, 2 retracted"
        );
    }

    #[test]
    fn a_sentence_that_was_passed_over_says_why() {
        let trace = SentenceTrace {
            sentence: "It rained.".into(),
            start_byte: 3,
            end_byte: 13,
            steps: vec![
                "tree: It      it".into(),
                "tree: rained  rain\u{1b}".into(),
                "reason: no\nbody".into(),
            ],
            abstention: "no-actor".into(),
        };
        assert_eq!(
            traces(&[trace]),
            "3..13  It rained.\n    tree     It      it\n             rained  rain\n    reason   no body\n    no event: no-actor\n"
        );
    }
}
