//! How often the coder sees an event where there is none.

use dateline_coder::{Article, Coder};

/// False alarms on event-free sentences: at most this many in a hundred. The coder does better on most days; the bound
/// leaves room for honest trade-offs and none for a collapse.
const MOST_FALSE_ALARMS_PERCENT: usize = 10;

#[test]
fn at_most_one_in_ten_event_free_sentences_gives_an_event() {
    let coder = Coder::new().expect("the built-in data load");
    let lines = include_str!("eventless.txt").lines().map(str::trim);
    let sentences: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(sentences.len() >= 60, "only {} sentences", sentences.len());
    let alarms: Vec<String> = sentences
        .iter()
        .filter_map(|sentence| {
            let coding = coder.code(&Article::new(sentence));
            let first = coding.events.first()?;
            Some(format!("{sentence}\n    {} {}", first.event_type, first.summary))
        })
        .collect();
    let rate = alarms.len() * 100 / sentences.len();
    println!("{} false alarms on {} sentences", alarms.len(), sentences.len());
    assert!(
        rate <= MOST_FALSE_ALARMS_PERCENT,
        "{rate} %:\n{}",
        alarms.join("\n")
    );
}
