//! Codes JSON lines {"id", "text", "published"} from standard input into JSON lines {"id", "text", "events"} on standard output,
//! one line each, as scorers of gold sentences want them. Each text is an article of its own.
//!
//! `--explain` writes what was done with each sentence to standard error; `--rate` the articles and words per second;
//! `--data DIR` reads that folder's data files over the built-in ones.

use dateline_coder::{Article, Coder, Lexicon, Party};
use dateline_parser::Parser;
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let flags: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| flags.iter().any(|given| given == flag);
    let folder = flags
        .iter()
        .position(|given| given == "--data")
        .and_then(|at| flags.get(at + 1));
    let coder = Coder::load(&lexicon(folder.map(Path::new))?, Arc::new(Parser::new()?))?;
    let started = Instant::now();
    let (mut articles, mut words) = (0u32, 0usize);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        articles += 1;
        words += text.split_whitespace().count();
        let published = record["published"]
            .as_str()
            .and_then(|date| date.get(..10)?.parse().ok());
        let coding = coder.code(&Article {
            published,
            explain: has("--explain"),
            ..Article::new(text)
        });
        for trace in &coding.traces {
            let reason = trace.abstention.map_or("coded", |reason| reason.as_str());
            eprintln!("{} [{reason}] {}", record["id"], &text[trace.range.clone()]);
            for step in &trace.steps {
                eprintln!("    {step}");
            }
        }
        let codes = |parties: &[Party]| parties.iter().map(Party::code).collect::<Vec<_>>();
        let told = coding
            .events
            .iter()
            .filter(|event| !event.flags.negated && !event.flags.hypothetical);
        let events: Vec<Value> = told
            .map(|event| {
                let context: Vec<&str> = event.topics.iter().map(|topic| topic.as_str()).collect();
                json!({
                    "type": event.event_type.as_str(),
                    "sources": codes(&event.actors),
                    "targets": codes(&event.recipients),
                    "context": context,
                    "summary": event.summary,
                    "date": format!("{}-{:02}-{:02}", event.date.year, event.date.month, event.date.day),
                    "place": event.place.as_ref().map(|place| format!("{} {}", place.name, place.country)),
                    "historical": event.flags.historical,
                    "confidence": event.confidence,
                    "killed": event.magnitude.killed,
                    "sentence": &text[event.sentence.clone()],
                })
            })
            .collect();
        writeln!(
            out,
            "{}",
            json!({"id": record["id"], "text": text, "events": events})
        )?;
    }
    if has("--rate") {
        let seconds = started.elapsed().as_secs_f64();
        eprintln!(
            "{articles} articles, {words} words in {seconds:.2} s: {:.1} articles/s",
            f64::from(articles) / seconds
        );
    }
    Ok(())
}

/// The built-in data, with what lies in the folder in its place or beside it.
fn lexicon(folder: Option<&Path>) -> Result<Lexicon, Box<dyn Error>> {
    let mut lexicon = Lexicon::built_in();
    let names: Vec<String> = lexicon.names().map(str::to_owned).collect();
    let extra = names
        .iter()
        .map(|name| lexicon.extra_name(name))
        .collect::<Vec<_>>();
    for name in names.into_iter().chain(extra) {
        if let Some(path) = folder
            .map(|folder| folder.join(&name))
            .filter(|path| path.exists())
        {
            lexicon.put(&name, std::fs::read_to_string(path)?)?;
        }
    }
    Ok(lexicon)
}
