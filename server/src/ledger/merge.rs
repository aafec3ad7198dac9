//! Merging: what several reports say of one event, as one state.

use std::collections::BTreeSet;

use dateline_journal::Report;
use dateline_proto::{time::Timestamp, v1};

use super::publishers::weigh;

/// Mentions that an event shows; the contract says so.
pub(crate) const MENTIONS_SHOWN: usize = 16;

/// One state out of all reports of an event, whatever their order: the fields of the one that was published first (unknown counts as
/// last, then the source's name decides), mentions newest last, everything counted, and as sure as independent publishers make it. None
/// of no reports.
pub(crate) fn merged<'a>(reports: impl IntoIterator<Item = (&'a str, &'a Report)>) -> Option<v1::Event> {
    let mut reports: Vec<_> = reports.into_iter().collect();
    reports.sort_by_cached_key(|(source, report)| (rank(report.event.publish_time), *source));
    let reports: Vec<&Report> = reports.into_iter().map(|(_, report)| report).collect();
    let mut whole = v1::Event::clone(&reports.first()?.event);
    if reports.len() > 1 {
        let events = || reports.iter().map(|report| &*report.event);
        let publishers = weigh(&reports);
        whole.mention_count = sum(events().map(|event| event.mention_count));
        whole.article_count = article_count(events());
        whole.publisher_count = publishers.count;
        whole.confidence = publishers.confidence;
        // An event may be told by thousands: only what is shown is copied.
        let mut mentions: Vec<&v1::Mention> = events().flat_map(|event| &event.mentions).collect();
        mentions.sort_by(|a, b| order(a).cmp(&order(b)));
        let shown = mentions.len().saturating_sub(MENTIONS_SHOWN);
        whole.mentions = mentions[shown..]
            .iter()
            .map(|mention| (*mention).clone())
            .collect();
        whole.publish_time = events().filter_map(|event| event.publish_time).min();
    }
    Some(whole)
}

/// Counts an event's own mentions, and keeps those that are shown. What it says to have beside them is believed.
pub(crate) fn count_mentions(event: &mut v1::Event) {
    let mentions = &event.mentions;
    event.mention_count = event.mention_count.max(mentions.len() as u32);
    let (articles, publishers) = match mentions.as_slice() {
        [] => (0, 0),
        // The everyday case needs no sets.
        [mention] => (
            usize::from(!mention.article_id.is_empty()),
            usize::from(!mention.publisher.is_empty()),
        ),
        mentions => (article_names(mentions).len(), publisher_names(mentions).len()),
    };
    event.article_count = event.article_count.max(articles as u32);
    event.publisher_count = event.publisher_count.max(publishers as u32);
    in_order(&mut event.mentions);
}

/// Newest last, the oldest beyond those shown cut off.
fn in_order(mentions: &mut Vec<v1::Mention>) {
    mentions.sort_by(|a, b| order(a).cmp(&order(b)));
    mentions.drain(..mentions.len().saturating_sub(MENTIONS_SHOWN));
}

fn order(mention: &v1::Mention) -> impl Ord + '_ {
    (
        rank(mention.publish_time),
        mention.article_id.as_str(),
        mention.start_byte,
    )
}

/// Unknown times after all known ones.
fn rank(time: Option<Timestamp>) -> (bool, Option<Timestamp>) {
    (time.is_none(), time)
}

fn sum(counts: impl Iterator<Item = u32>) -> u32 {
    counts.fold(0, u32::saturating_add)
}

/// Distinct articles over all mentions, and what reports count beyond the mentions that they show.
fn article_count<'a>(events: impl Iterator<Item = &'a v1::Event>) -> u32 {
    let mut all = BTreeSet::new();
    let mut beyond = 0u32;
    for event in events {
        let here = article_names(&event.mentions);
        beyond = beyond.saturating_add(event.article_count.saturating_sub(here.len() as u32));
        all.extend(here);
    }
    beyond.saturating_add(all.len() as u32)
}

fn article_names(mentions: &[v1::Mention]) -> BTreeSet<&str> {
    names(mentions, |mention| &mention.article_id)
}

/// The publishers that mentions name.
pub(super) fn publisher_names(mentions: &[v1::Mention]) -> BTreeSet<&str> {
    names(mentions, |mention| &mention.publisher)
}

fn names(mentions: &[v1::Mention], name: fn(&v1::Mention) -> &String) -> BTreeSet<&str> {
    mentions
        .iter()
        .map(|mention| name(mention).as_str())
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn report(article: &str, publisher: &str, second: Option<i64>, mentions: usize) -> (String, Report) {
        let publish_time = second.map(|seconds| Timestamp { seconds, nanos: 0 });
        let mention = |n: usize| v1::Mention {
            article_id: article.into(),
            publisher: publisher.into(),
            start_byte: n as u32,
            publish_time,
            ..Default::default()
        };
        let mut event = v1::Event {
            summary: format!("as {article} tells"),
            publish_time,
            mentions: (0..mentions).map(mention).collect(),
            ..Default::default()
        };
        count_mentions(&mut event);
        let sketch = Vec::new();
        let event = event.into();
        (article.to_owned(), Report { event, sketch })
    }

    #[test]
    fn the_first_published_report_gives_the_fields() {
        let reports = BTreeMap::from([
            report("a", "Wire", None, 1),
            report("b", "Post", Some(20), 2),
            report("c", "Wire", Some(10), 1),
            report("d", "", Some(10), 1),
        ]);
        let event = merged(reports.iter().map(|(source, report)| (source.as_str(), report)))
            .expect("there are reports");
        assert_eq!(event.summary, "as c tells");
        assert_eq!(
            (event.mention_count, event.article_count, event.publisher_count),
            (5, 4, 2)
        );
        assert_eq!(event.publish_time.map(|time| time.seconds), Some(10));
        let order: Vec<_> = event
            .mentions
            .iter()
            .map(|mention| mention.article_id.as_str())
            .collect();
        assert_eq!(order, ["c", "d", "b", "b", "a"]);
        assert_eq!(merged([]), None);
    }

    #[test]
    fn only_the_newest_mentions_are_shown_and_all_are_counted() {
        let reports = BTreeMap::from([report("a", "", Some(1), 20), report("b", "", Some(2), 3)]);
        let event = merged(reports.iter().map(|(source, report)| (source.as_str(), report)))
            .expect("there are reports");
        assert_eq!((event.mentions.len(), event.mention_count), (MENTIONS_SHOWN, 23));
        assert_eq!(event.mentions[0].start_byte, 7);
        assert_eq!(event.mentions[15].article_id, "b");
    }
}
