//! What one further report costs an event that many have told already: `cargo bench -p dateline-server --bench merging`.
//!
//! Half of the articles are copies of a few agency texts, the others have texts of their own, from a hundred publishers.

use std::time::{Duration, Instant};

use dateline_journal::{ArticleRecord, Journal, Options};
use dateline_proto::{time::Timestamp, v1};
use dateline_server::ledger::{CodedArticle, Ledger, Settings};

const FURTHER: usize = 100;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder for the journal");
    let (journal, _) = Journal::open(folder.path(), Options::default(), &|_| {}).expect("a new journal");
    let settings = Settings {
        merging: true,
        event_bytes: 1 << 20,
    };
    let (ledger, task) = Ledger::start(journal, settings);
    let mut told = 0;
    println!("reports before   a further one");
    for before in [0, 100, 300, 1_000, 3_000] {
        put(&ledger, told..before).await;
        let took = put(&ledger, before..before + FURTHER).await;
        println!("{before:>14}   {:.2?}", took / FURTHER as u32);
        told = before + FURTHER;
    }
    drop(ledger);
    task.await.expect("the ledger ends");
}

async fn put(ledger: &Ledger, articles: std::ops::Range<usize>) -> Duration {
    let start = Instant::now();
    let mut answers = Vec::new();
    for n in articles {
        let answer = ledger.put_article(article(n), None).await;
        answers.push(answer.expect("the ledger is there"));
    }
    for answer in answers {
        answer.wait().await.expect("it is stored");
    }
    start.elapsed()
}

fn article(n: usize) -> CodedArticle {
    let publish_time = Some(Timestamp {
        seconds: 1_694_600_000 + n as i64,
        nanos: 0,
    });
    let actor = |name: &str| v1::Actor {
        name: name.into(),
        code: "PRKGOV".into(),
        ..Default::default()
    };
    let mention = v1::Mention {
        article_id: format!("article {n}"),
        uri: format!("https://news.example/2023/09/13/{n}"),
        publisher: format!("publisher {}", n % 100),
        title: "A title of some words".into(),
        sentence:
            "A sentence of about the length that sentences in newspapers have, with a name and a place in it."
                .into(),
        publish_time,
        ..Default::default()
    };
    let event = v1::Event {
        actors: vec![actor("Kim Jong Un"), actor("Vladimir Putin")],
        event_date: Some(v1::CivilDate {
            year: 2023,
            month: 9,
            day: 13,
        }),
        confidence: 0.8,
        publish_time,
        mentions: vec![mention],
        ..Default::default()
    };
    CodedArticle {
        record: ArticleRecord {
            article_id: format!("article {n}"),
            text_hash: format!("text {n}"),
            text: Some("A text.".into()),
            publish_time,
            ..Default::default()
        },
        events: vec![event],
        sketch: sketch(n),
        recode: false,
        stored_hash: None,
    }
}

/// Every other article's text is one of twenty, in an edition of its own.
fn sketch(n: usize) -> Vec<u32> {
    let hash = |text: usize, word: u32| (text as u32 * 1_000 + word).wrapping_mul(2_654_435_761);
    let text = if n.is_multiple_of(2) { n % 40 } else { 1_000 + n };
    let mut sketch: Vec<u32> = (0..60).map(|word| hash(text, word)).collect();
    sketch.extend((0..4).map(|word| hash(1_000_000 + n, word)));
    sketch.sort_unstable();
    sketch.dedup();
    sketch
}
