//! Laws of the views.

use dateline_proto::v1;

use super::{Engine, append, sample};
use crate::{Entry, Options, ReportChange, Sequence};

fn revisions(revisions: Vec<crate::Revision>) -> Entry {
    Entry {
        revisions,
        ..Entry::default()
    }
}

/// The views hold the newest state of every event, article and report, also after opening again.
pub async fn the_views_hold_the_newest_state_and_outlive_opening_again(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let entry = Entry {
        article: Some(sample::article("a", "One.", &["x", "y"])),
        reports: vec![sample::report("x", "a", "One."), sample::report("y", "a", "One.")],
        revisions: vec![sample::created("x", 1), sample::created("y", 2)],
    };
    append(&journal, entry).await;
    let x = journal.views().unwrap().newest("x").unwrap().unwrap();
    let mut held = sample::revised(&x, Sequence::new(1), 3, v1::Change::Retracted);
    held.held = true;
    append(&journal, revisions(vec![held])).await;
    drop(journal);

    let journal = engine.open(Options::default());
    let views = journal.views().unwrap();
    let state = views.event("x").unwrap().unwrap();
    assert_eq!(
        (state.newest, state.created, state.revision),
        (Sequence::new(3), Sequence::new(1), 2)
    );
    assert!(state.retracted && state.held);
    assert!(views.event("z").unwrap().is_none());
    assert!(views.event("").unwrap().is_none());
    assert!(views.standing("z").unwrap().is_none());
    let all = views.all_standing().collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(all.len(), 2);
    for standing in all {
        let event = standing.event().unwrap();
        assert_eq!(views.event(&event.event_id).unwrap(), Some(standing.state));
        assert_eq!(views.newest(&event.event_id).unwrap(), Some(event));
    }
    assert_eq!(
        views.reports("x").unwrap(),
        [("a".to_owned(), sample::report("x", "a", "One.").report.unwrap())]
    );
    let article = views.article("a").unwrap().unwrap();
    assert_eq!(
        (article.text, article.event_ids.as_slice()),
        (None, ["x".to_owned(), "y".to_owned()].as_slice())
    );
    let created = |after, newest_first| {
        views
            .created(after, newest_first)
            .collect::<Result<Vec<_>, _>>()
            .unwrap()
    };
    let (x, y) = (
        (Sequence::new(1), "x".to_owned()),
        (Sequence::new(2), "y".to_owned()),
    );
    assert_eq!(created(Sequence::ZERO, false), [x.clone(), y.clone()]);
    assert_eq!(created(Sequence::new(1), false), std::slice::from_ref(&y));
    assert_eq!(created(Sequence::new(u64::MAX), true), [y, x]);
}

/// A version of a text is kept while a live report cites it or it is the newest of its article, and no longer.
pub async fn a_text_is_kept_while_a_report_cites_it_or_it_is_the_newest(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let kept = |text: &str| {
        let views = journal.views().unwrap();
        let kept = views.text(&sample::hash(text)).unwrap();
        assert!(kept.as_deref().is_none_or(|kept| kept == text));
        assert_eq!(
            kept.is_some(),
            views.version("a", &sample::hash(text)).unwrap().is_some()
        );
        kept.is_some()
    };
    let entry = |text, reports| Entry {
        article: Some(sample::article("a", text, &["x"])),
        reports,
        revisions: vec![],
    };
    append(&journal, entry("One.", vec![sample::report("x", "a", "One.")])).await;
    append(&journal, entry("Two.", vec![])).await;
    assert!(kept("One.") && kept("Two."), "One is cited, Two is the newest");
    append(&journal, entry("Three.", vec![sample::report("x", "a", "Two.")])).await;
    assert!(!kept("One.") && kept("Two.") && kept("Three."));
    let none = ReportChange {
        event_id: "x".into(),
        article_id: "a".into(),
        report: None,
    };
    append(
        &journal,
        Entry {
            reports: vec![none],
            ..Entry::default()
        },
    )
    .await;
    assert!(!kept("Two.") && kept("Three."));
    let mut withdrawn = entry("Three.", vec![]);
    withdrawn.article.as_mut().unwrap().withdrawn = true;
    assert_eq!(journal.views().unwrap().article_count(), 1);
    append(&journal, withdrawn).await;
    assert!(kept("Three."));
    assert_eq!(journal.views().unwrap().article_count(), 0);
    append(&journal, entry("One.", vec![sample::report("x", "a", "One.")])).await;
    assert!(kept("One.") && !kept("Three."));
}

/// What an event shows of the one source that tells it is the source's report, until that says something else, or others tell the event,
/// too.
pub async fn a_report_that_an_event_shows_is_kept_as_any_other(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let text = |seed: usize| format!("Text {seed}.");
    let told = |number, seed: usize| {
        let mut event = sample::event("x", number, seed);
        event.mentions.push(v1::Mention {
            text_hash: sample::hash(&text(seed)),
            ..v1::Mention::default()
        });
        event
    };
    let entry = |event: v1::Event, previous: Sequence, before: Option<v1::Event>| {
        let revision = crate::Revision {
            event: event.into(),
            before: before.map(Into::into),
            previous,
            held: false,
        };
        let (change, revision) = sample::shown(revision, "b");
        let seed = revision
            .event
            .summary
            .rsplit(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        Entry {
            article: Some(sample::article("b", &text(seed), &["x"])),
            reports: vec![change],
            revisions: vec![revision],
        }
    };
    // As said, without what tells of the revision.
    let said = |seed: usize| {
        let mut event = told(1, seed);
        (event.revision, event.change) = (0, 0);
        ("b".to_owned(), event)
    };
    let reports = || {
        let reports = journal.views().unwrap().reports("x").unwrap();
        let reports = reports.into_iter().map(|(source, report)| {
            let mut event = v1::Event::clone(&report.event);
            (event.revision, event.change, event.create_time) = (0, 0, None);
            event.summary = event.summary.replace("revision 2", "revision 1");
            (source, event)
        });
        reports.collect::<Vec<_>>()
    };
    let kept = |seed| {
        let hash = sample::hash(&text(seed));
        journal.views().unwrap().text(&hash).unwrap().is_some()
    };
    append(&journal, entry(told(1, 1), Sequence::ZERO, None)).await;
    assert_eq!(reports(), [said(1)]);
    // The source says something else.
    let first = journal.views().unwrap().newest("x").unwrap().unwrap();
    append(&journal, entry(told(2, 5), Sequence::new(1), Some(first))).await;
    assert_eq!(reports(), [said(5)]);
    assert!(!kept(1) && kept(5));
    // An editor changes the event; another source tells it, too; both leave what the first said.
    let second = journal.views().unwrap().newest("x").unwrap().unwrap();
    let third = sample::revised(&second, Sequence::new(2), 9, v1::Change::Retracted);
    append(&journal, revisions(vec![third])).await;
    assert_eq!(reports(), [said(5)]);
    let other = sample::report("x", "a", "Another.");
    append(
        &journal,
        Entry {
            reports: vec![other.clone()],
            ..Entry::default()
        },
    )
    .await;
    let whole = journal.views().unwrap().whole("x").unwrap().unwrap();
    assert_eq!(whole.reports[0], ("a".to_owned(), other.report.unwrap()));
    assert_eq!(whole.reports.len(), 2);
    assert_eq!(whole.state.newest, Sequence::new(3));
    // The source takes it back.
    let gone = |article_id: &str| ReportChange {
        event_id: "x".into(),
        article_id: article_id.into(),
        report: None,
    };
    append(
        &journal,
        Entry {
            article: Some(sample::article("b", "Nothing.", &[])),
            reports: vec![gone("a"), gone("b")],
            revisions: vec![],
        },
    )
    .await;
    assert!(reports().is_empty() && !kept(5));
    // Told again, and taken back while the event shows it.
    let fourth = journal.views().unwrap().newest("x").unwrap().unwrap();
    append(&journal, entry(told(4, 1), Sequence::new(3), Some(fourth))).await;
    assert_eq!(reports().len(), 1);
    assert!(kept(1));
    append(
        &journal,
        Entry {
            article: Some(sample::article("b", "Nothing.", &[])),
            reports: vec![gone("b")],
            revisions: vec![],
        },
    )
    .await;
    assert!(reports().is_empty() && !kept(1));
    let rows = journal.views().unwrap().rows().unwrap();
    assert!(rows.iter().all(|(table, ..)| *table != "reports"));
}

/// Events, actors and topics are counted over the newest states that are not retracted.
pub async fn counts_are_of_events_that_are_not_retracted(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    append(
        &journal,
        revisions(vec![
            sample::created("x", 0),
            sample::created("y", 5),
            sample::created("z", 1),
        ]),
    )
    .await;
    let views = || journal.views().unwrap();
    let actors = |query: &str| {
        let page = views().actors(query, None, 10).unwrap();
        page.into_iter()
            .map(|row| (row.actor.name, row.event_count))
            .collect::<Vec<_>>()
    };
    let row = |name: &str, count| (name.to_owned(), count);
    assert_eq!(views().event_count(), 3);
    assert_eq!(
        actors(""),
        [
            row("Kim Jong Un", 3),
            row("United States", 1),
            row("Vladimir Putin", 1)
        ]
    );
    assert_eq!(actors("putin"), [row("Vladimir Putin", 1)]);
    assert_eq!(actors("prkgov"), [row("Kim Jong Un", 3)]);
    assert_eq!(
        views().topics().unwrap(),
        [("diplomatic".to_owned(), 2), ("military".to_owned(), 1)]
    );
    let actor = &views().actors("kim", None, 1).unwrap()[0].actor;
    assert_eq!(
        (actor.country.as_str(), actor.sectors.as_slice()),
        ("PRK", ["GOV".to_owned()].as_slice())
    );

    let x = views().newest("x").unwrap().unwrap();
    append(
        &journal,
        revisions(vec![sample::revised(
            &x,
            Sequence::new(1),
            0,
            v1::Change::Retracted,
        )]),
    )
    .await;
    assert_eq!(views().event_count(), 2);
    assert_eq!(actors("kim"), [row("Kim Jong Un", 2)]);
    assert_eq!(views().topics().unwrap(), [("diplomatic".to_owned(), 2)]);
    let x = views().newest("x").unwrap().unwrap();
    append(
        &journal,
        revisions(vec![sample::revised(
            &x,
            Sequence::new(4),
            1,
            v1::Change::Created,
        )]),
    )
    .await;
    assert_eq!(views().event_count(), 3);
    assert_eq!(actors("putin"), [row("Vladimir Putin", 2)]);
}

/// Pages of actors show each actor once, in order.
pub async fn pages_of_actors_show_each_once(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let many = (0..50).map(|number| {
        let mut revision = sample::created(&format!("e{number}"), 0);
        std::sync::Arc::make_mut(&mut revision.event).actors = (0..=number % 10)
            .map(|party| v1::Actor {
                name: format!("Actor {party} {}", number % 3),
                ..v1::Actor::default()
            })
            .collect();
        revision
    });
    append(&journal, revisions(many.collect())).await;
    let all = journal.views().unwrap().actors("actor", None, 1000).unwrap();
    assert!(all.is_sorted_by(|a, b| (b.event_count, &a.actor.name) < (a.event_count, &b.actor.name)));
    let mut paged: Vec<crate::ActorCount> = Vec::new();
    loop {
        let page = journal.views().unwrap().actors("actor", paged.last(), 4).unwrap();
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!(paged, all);
}
