//! Publishers: how many independent ones report an event, and how sure that makes it.

use std::collections::{BTreeMap, BTreeSet};

use dateline_journal::Report;

use super::{copies::originals, merge::publisher_names};

/// No number of publishers makes an event surer than this: they may all be wrong, and the coder in all of them.
const SUREST: f64 = 0.99;

/// What the publishers of an event's reports amount to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Publishers {
    /// Independent ones: copies of one text are the first publisher's, and publishers that reports count beyond those that they name
    /// are believed.
    pub(super) count: u32,
    /// How sure they make it, see [`confidence`].
    pub(super) confidence: f32,
}

/// A report's confidence, and whose it is.
type Testimony<'a> = (f32, &'a BTreeSet<&'a str>);

/// Weighs the reports of one event; they come in the order of their publication.
pub(super) fn weigh(reports: &[&Report]) -> Publishers {
    let sketches: Vec<&[u32]> = reports.iter().map(|report| report.sketch.as_slice()).collect();
    let originals = originals(&sketches);
    let names: Vec<BTreeSet<&str>> = reports
        .iter()
        .map(|report| publisher_names(&report.event.mentions))
        .collect();
    // A text is the first publisher's that has a name.
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, original) in originals.iter().enumerate() {
        if !names[place].is_empty() {
            first.entry(*original).or_insert(place);
        }
    }
    let whose = |place: usize| &names[first.get(&originals[place]).copied().unwrap_or(place)];
    let named: BTreeSet<&str> = (0..reports.len()).flat_map(whose).copied().collect();
    let beyond = reports.iter().zip(&names).map(|(report, names)| {
        let counted = report.event.publisher_count;
        counted.saturating_sub(names.len() as u32)
    });
    let testimonies = reports.iter().enumerate();
    let testimonies = testimonies.map(|(place, report)| (report.event.confidence, whose(place)));
    Publishers {
        count: beyond.fold(named.len() as u32, u32::saturating_add),
        confidence: confidence(testimonies.collect()),
    }
}

/// How sure several testimonies make an event. The surest counts in full; each other independent publisher takes away half of what its
/// own best report would: half, because one coder reads them all and errs alike where they use the same words. A publisher counts once,
/// and the nameless ones, which may be anybody, only if they are surer than all others together.
fn confidence(mut testimonies: Vec<Testimony<'_>>) -> f32 {
    let best = testimonies.iter().map(|(sure, _)| *sure).fold(0.0, f32::max);
    testimonies.retain(|(_, whose)| !whose.is_empty());
    testimonies.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut heard = BTreeSet::new();
    let mut doubt = 1.0;
    for (sure, whose) in testimonies {
        let sure = f64::from(sure);
        if heard.is_empty() {
            doubt *= 1.0 - sure;
        } else if whose.is_disjoint(&heard) {
            doubt *= 1.0 - sure / 2.0;
        }
        heard.extend(whose);
    }
    let together = ((1.0 - doubt).min(SUREST) * 1_000.0).round() / 1_000.0;
    (together as f32).max(best)
}

#[cfg(test)]
mod tests {
    use dateline_proto::v1;

    use super::*;

    fn report(confidence: f32, publishers: &[&str]) -> Report {
        let mention = |publisher: &&str| v1::Mention {
            publisher: (*publisher).into(),
            ..Default::default()
        };
        Report {
            event: v1::Event {
                confidence,
                mentions: publishers.iter().map(mention).collect(),
                ..Default::default()
            }
            .into(),
            sketch: Vec::new(),
        }
    }

    fn of(reports: &[Report]) -> (u32, f32) {
        let publishers = weigh(&reports.iter().collect::<Vec<_>>());
        (publishers.count, publishers.confidence)
    }

    #[test]
    fn confidence_grows_with_independent_publishers_and_has_a_limit() {
        let all = ["A", "B", "C", "D", "E", "F", "G", "H"].map(|name| report(0.8, &[name]));
        let grown: Vec<_> = (1..=8).map(|n| of(&all[..n]).1).collect();
        assert_eq!(grown, [0.8, 0.88, 0.928, 0.957, 0.974, 0.984, 0.99, 0.99]);
        assert_eq!(of(&[report(1.0, &["A"]), report(0.5, &["B"])]), (2, 1.0));
    }

    #[test]
    fn a_publishers_best_report_counts_and_only_that() {
        let reports = [report(0.6, &["A"]), report(0.7, &["A"]), report(0.5, &["B"])];
        assert_eq!(of(&reports), (2, 0.775));
        assert_eq!(of(&reports[..2]), (1, 0.7));
    }

    #[test]
    fn who_has_no_name_may_be_anybody() {
        let reports = [report(0.9, &[]), report(0.6, &["A"]), report(0.9, &[])];
        assert_eq!(of(&reports), (1, 0.9));
        assert_eq!(
            of(&[report(0.8, &["A"]), report(0.6, &[]), report(0.8, &["B"])]),
            (2, 0.88)
        );
    }

    #[test]
    fn a_report_of_several_publishers_is_one_testimony() {
        let reports = [report(0.8, &["A", "B"]), report(0.7, &["B"])];
        assert_eq!(of(&reports), (2, 0.8));
        let mut counting = report(0.8, &["A"]);
        std::sync::Arc::make_mut(&mut counting.event).publisher_count = 5;
        assert_eq!(of(&[counting, report(0.7, &["A"])]), (5, 0.8));
    }

    #[test]
    fn copies_are_the_first_named_publishers() {
        let copy = |confidence, publisher: &[&str]| Report {
            sketch: (1..30).collect(),
            ..report(confidence, publisher)
        };
        let reports = [copy(0.6, &[]), copy(0.6, &["Agency"]), copy(0.8, &["Post"])];
        assert_eq!(of(&reports), (1, 0.8));
        // A paper that also writes itself is heard as well as the agency that it prints.
        let reports = [
            copy(0.6, &["Agency"]),
            copy(0.6, &["Post"]),
            report(0.6, &["Post"]),
        ];
        assert_eq!(of(&reports), (2, 0.72));
    }
}
