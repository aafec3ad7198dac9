//! What merges and what does not, as written down in `merging/`: for each group of articles (`.jsonl`, in the order of their arrival) the
//! events that come of it (`.txt`), with each revision, the article that made it, and the counts that it shows. `surer`: the confidence
//! rose. Lines with `#` at the head of a file say what is to be seen there. A known limit is written down like anything else.
//!
//! `DATELINE_WRITE_EXPECTED=1 cargo test -p dateline-server --test ingest merging` writes the files anew; read what changed.

use std::{collections::BTreeMap, fs, path::PathBuf};

use dateline_proto::{
    files::{Limits, articles},
    v1::{Actor, Article, Change, Event},
};

use crate::harness::Server;

/// Without it nobody would notice if the folder were not found.
const GROUPS: usize = 18;

/// Each group's file and articles. No event is of two groups, and an article's identity begins with its group, so that one server can
/// take them all.
fn groups() -> Vec<(PathBuf, Vec<Article>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ingest/merging");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    assert!(files.len() >= GROUPS);
    let limits = Limits {
        article_bytes: 1 << 20,
    };
    let read = |path: &PathBuf| {
        let group = path.file_stem().unwrap().to_string_lossy();
        let all = articles(std::slice::from_ref(path), limits);
        all.map(|article| {
            let mut article = article.unwrap().1;
            article.article_id = format!("{group}/{}", article.article_id);
            article
        })
        .collect()
    };
    files
        .into_iter()
        .map(|path| (path.clone(), read(&path)))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_of_each_group_are_those_written_down() {
    let mut differing = Vec::new();
    let mut server = Server::start().await;
    let mut seen = 0;
    for (path, articles) in groups() {
        let told = told(&mut server, &mut seen, articles).await;
        let path = path.with_extension("txt");
        let written = fs::read_to_string(&path).unwrap_or_default();
        let head: Vec<_> = written.lines().take_while(|line| line.starts_with('#')).collect();
        let expected = format!("{}\n\n{told}", head.join("\n"));
        if std::env::var_os("DATELINE_WRITE_EXPECTED").is_some() {
            fs::write(&path, &expected).unwrap();
        } else if written != expected {
            differing.push(format!("{}\nis now:\n{told}", path.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_of_each_group_do_not_depend_on_its_order() {
    let mut forth = Server::start().await;
    let mut back = Server::start().await;
    let mut versions: BTreeMap<String, Vec<Article>> = BTreeMap::new();
    for article in groups().into_iter().flat_map(|(_, articles)| articles) {
        forth.put(article.clone()).await;
        versions
            .entry(article.article_id.clone())
            .or_default()
            .push(article);
    }
    for (n, article) in versions.into_values().rev().flatten().enumerate() {
        back.put(article).await;
        // What merging needs to know of the articles before outlives the process.
        if n % 10 == 1 {
            back = back.restart().await;
        }
    }
    let (forth, back) = (state(&mut forth).await, state(&mut back).await);
    assert!(forth.len() > GROUPS);
    for (event_id, event) in &forth {
        assert_eq!(Some(event), back.get(event_id), "{}", headline(event));
    }
    assert_eq!(forth.len(), back.len());
}

/// What a reader knows in the end, without what only tells of how it came about.
async fn state(server: &mut Server) -> BTreeMap<String, Event> {
    let mut events = BTreeMap::new();
    for mut event in server.revisions().await {
        (event.revision, event.create_time, event.update_time) = (0, None, None);
        event.cursor.clear();
        if event.change() == Change::Retracted {
            events.remove(&event.event_id);
        } else {
            event.change = 0;
            events.insert(event.event_id.clone(), event);
        }
    }
    events
}

/// The events of a group, in the order of their creation, when it comes after so many revisions.
async fn told(server: &mut Server, seen: &mut usize, articles: Vec<Article>) -> String {
    let mut events: Vec<(String, Vec<String>)> = Vec::new();
    let mut newest: BTreeMap<String, Event> = BTreeMap::new();
    for article in articles {
        let id = article
            .article_id
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let response = server.put(article).await;
        let mut revisions = server.revisions().await;
        for event in revisions.drain(*seen..) {
            *seen += 1;
            let before = newest.insert(event.event_id.clone(), event.clone());
            let surer = before.is_some_and(|before| event.confidence > before.confidence);
            let place = events
                .iter()
                .position(|(event_id, _)| *event_id == event.event_id);
            let place = place.unwrap_or_else(|| {
                events.push((event.event_id.clone(), vec![headline(&event)]));
                events.len() - 1
            });
            events[place].1.push(revision(&id, &event, surer));
        }
        let made = response.created + response.corroborated + response.corrected + response.retracted;
        if made + response.unchanged == 0 {
            events.push((String::new(), vec![format!("no event of {id}")]));
        }
    }
    let events = events.into_iter().map(|(_, lines)| lines.join("\n") + "\n");
    events.collect::<Vec<_>>().join("\n")
}

/// The parts of the event's identity.
fn headline(event: &Event) -> String {
    let date = event.event_date.unwrap_or_default();
    let mut line = format!(
        "{:04}-{:02}-{:02} {}",
        date.year,
        date.month,
        date.day,
        event.r#type().short_name()
    );
    line += &format!(" {} -> {}", parties(&event.actors), parties(&event.recipients));
    if let Some(place) = event.place.as_ref().filter(|place| place.geonames_id != 0) {
        line += &format!(" in {} (#{})", place.name, place.geonames_id);
    }
    let flags = [
        (event.historical, "past"),
        (event.future, "planned"),
        (event.hypothetical, "would"),
        (event.negated, "denied"),
    ];
    for (_, flag) in flags.iter().filter(|(set, _)| *set) {
        line += &format!(" ({flag})");
    }
    line
}

fn parties(parties: &[Actor]) -> String {
    let mut parties: Vec<_> = parties
        .iter()
        .map(|actor| format!("{} [{}]", actor.name, actor.code))
        .collect();
    parties.sort();
    if parties.is_empty() {
        "-".into()
    } else {
        parties.join(", ")
    }
}

fn revision(article_id: &str, event: &Event, surer: bool) -> String {
    let line = format!(
        "    {article_id:<16}{:<14}articles {}  publishers {}  killed {}  {}",
        event.change().short_name(),
        event.article_count,
        event.publisher_count,
        event.magnitude.unwrap_or_default().killed,
        if surer { "surer" } else { "" },
    );
    line.replace("  killed 0", "").trim_end().to_owned()
}
