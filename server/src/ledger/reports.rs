//! What each source says of an event: mostly one alone says something.

use std::sync::Arc;

use dateline_journal::Report;

/// Reports by source, in the order of the sources' names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reports(Vec<(Arc<str>, Arc<Report>)>);

impl Reports {
    fn place(&self, source: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| (**other).cmp(source))
    }

    pub(crate) fn get(&self, source: &str) -> Option<&Arc<Report>> {
        self.place(source).ok().map(|place| &self.0[place].1)
    }

    /// Puts a report in place of any other of the source.
    pub(crate) fn insert(&mut self, source: &Arc<str>, report: Arc<Report>) {
        match self.place(source) {
            Ok(place) => self.0[place].1 = report,
            Err(place) => {
                if self.0.is_empty() {
                    self.0.reserve_exact(1);
                }
                self.0.insert(place, (source.clone(), report));
            }
        }
    }

    /// Whether there was one.
    pub(crate) fn remove(&mut self, source: &str) -> bool {
        let place = self.place(source);
        place.map(|place| self.0.remove(place)).is_ok()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Arc<Report>)> {
        self.0.iter().map(|(source, report)| (&**source, report))
    }

    /// The only one, and whose it is. None: there are none or several.
    pub(crate) fn only(&self) -> Option<(&Arc<str>, &Arc<Report>)> {
        match self.0.as_slice() {
            [(source, report)] => Some((source, report)),
            _ => None,
        }
    }
}

impl FromIterator<(Arc<str>, Arc<Report>)> for Reports {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Arc<Report>)>>(reports: I) -> Self {
        let mut reports: Vec<_> = reports.into_iter().collect();
        reports.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self(reports)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_stand_by_source_and_a_source_has_one() {
        let report = |hash| {
            Arc::new(Report {
                sketch: vec![hash],
                ..Report::default()
            })
        };
        let mut reports: Reports = [("c", 1), ("a", 2)]
            .map(|(source, hash)| (source.into(), report(hash)))
            .into_iter()
            .collect();
        reports.insert(&"b".into(), report(3));
        reports.insert(&"c".into(), report(4));
        let all: Vec<_> = reports
            .iter()
            .map(|(source, report)| (source, report.sketch[0]))
            .collect();
        assert_eq!(all, [("a", 2), ("b", 3), ("c", 4)]);
        assert!(reports.only().is_none());
        assert!(reports.remove("a") && reports.remove("b") && !reports.remove("b"));
        assert_eq!(reports.only().map(|(source, _)| &**source), Some("c"));
        assert!(reports.get("c").is_some() && reports.get("a").is_none());
    }
}
