//! Killed at any moment, the service loses nothing that it acknowledged and shows nobody anything twice.

use std::collections::BTreeSet;

use dateline_proto::v1::Event;

use crate::{
    articles,
    client::{self, Running, eventually},
    server,
};

const KILLS: usize = 20;
const ARTICLES: usize = 400;
/// Filters of the three watchers: everything, something rare, something that never happens.
const FILTERS: [&str; 3] = ["", "type = CONSULT AND country:KEN", "topic:cbrn AND country:PRK"];

#[test]
fn twenty_kills_while_ingesting_cost_no_event_and_repeat_none() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("127.0.0.1:{}", server::free_port());
    let command = server::command(&folder.path().join("data")).listen(&address);
    let mut running = command.start();

    let input = folder.path().join("articles.jsonl");
    std::fs::write(&input, articles::lines(ARTICLES)).unwrap();
    let watchers: Vec<Running> = FILTERS
        .iter()
        .enumerate()
        .map(|(n, filter)| {
            let mut args = vec!["watch", "--since", "earliest", "--output", "json"];
            if !filter.is_empty() {
                args.extend(["--where", filter]);
            }
            Running::start(&address, &args, folder.path(), &format!("watch-{n}"))
        })
        .collect();
    let args = ["ingest", "--output", "json", input.to_str().unwrap()];
    let mut ingest = Running::start(&address, &args, folder.path(), "ingest");

    for kill in 1..=KILLS {
        let due = ARTICLES * kill / (KILLS + 1);
        ingest.wait_until("articles are acknowledged", |lines| lines.lines().count() >= due);
        running.kill();
        running = command.start();
    }
    let status = dateline_tests::process::wait(&mut ingest.child, std::time::Duration::from_secs(120));
    assert!(
        status.is_some_and(|status| status.success()),
        "ingest ended with {status:?}"
    );

    for (watcher, filter) in watchers.iter().zip(FILTERS) {
        let mut args = vec!["watch", "--since", "earliest", "--until-caught-up"];
        if !filter.is_empty() {
            args.extend(["--where", filter]);
        }
        let journal = revisions(&client::events(&address, &args));
        eventually(&format!("the watcher of {filter:?} has everything"), || {
            watcher.events().len() >= journal.len()
        });
        assert_eq!(
            revisions(&watcher.events()),
            journal,
            "what the watcher of {filter:?} saw"
        );
    }
    let journal = client::events(&address, &["watch", "--since", "earliest", "--until-caught-up"]);
    assert!(
        journal.len() > ARTICLES,
        "the articles tell more than {} events",
        journal.len()
    );
    let told: BTreeSet<&str> = journal
        .iter()
        .flat_map(|event| &event.mentions)
        .map(|mention| mention.article_id.as_str())
        .collect();
    for n in 0..ARTICLES {
        assert!(
            told.contains(format!("article-{n}").as_str()),
            "article-{n} was acknowledged and is gone"
        );
    }
}

/// Which revisions, in their order: equal lists mean no gap, no repetition, no other order.
fn revisions(events: &[Event]) -> Vec<(String, u32)> {
    events
        .iter()
        .map(|event| (event.event_id.clone(), event.revision))
        .collect()
}
