//! Counts as a table or as comma-separated values.

use std::iter::once;

use dateline_proto::{time::Timestamp, v1::EventAggregate};

use super::{Look, clean, grouped};

const DAY: i64 = 86_400;
/// Longer values are shown in full, and push the rest of their line aside.
const WIDEST: usize = 40;

/// Groups of events, with what they were grouped by.
pub(crate) struct Counts<'a> {
    pub(crate) fields: &'a [&'a str],
    pub(crate) bucketed: bool,
    pub(crate) groups: &'a [EventAggregate],
}

impl Counts<'_> {
    /// A line of names and a line for each group.
    pub(crate) fn table(&self, look: &Look) -> Vec<String> {
        let names: Vec<String> = self.names().map(str::to_owned).collect();
        let rows: Vec<Vec<String>> = self.groups.iter().map(|group| self.cells(group)).collect();
        let width = |column: usize| {
            let cells = once(&names).chain(&rows).map(|row| row[column].chars().count());
            cells.max().unwrap_or_default().min(WIDEST)
        };
        let widths: Vec<usize> = (0..names.len()).map(width).collect();
        let line = |row: &[String], number: &str, mean: &str| {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}  "));
            format!("{}{number:>9}  {mean:>9}", cells.collect::<String>())
        };
        let head = look.faint(&line(&names, "events", "intensity"));
        let lines = self.groups.iter().zip(&rows).map(|(group, row)| {
            let mean = format!("{:.1}", group.mean_intensity);
            line(row, &grouped(group.event_count), &mean)
        });
        once(head).chain(lines).collect()
    }

    /// The same with commas, as RFC 4180 has it but for the line ends.
    pub(crate) fn csv(&self) -> Vec<String> {
        let head = self.names().chain(["events", "mean_intensity"]);
        let head = head.collect::<Vec<_>>().join(",");
        let lines = self.groups.iter().map(|group| {
            let cells = self.cells(group);
            let cells = cells.iter().map(|cell| quoted(cell));
            let numbers = [group.event_count.to_string(), group.mean_intensity.to_string()];
            cells.chain(numbers).collect::<Vec<_>>().join(",")
        });
        once(head).chain(lines).collect()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let bucket = self.bucketed.then_some("time");
        bucket.into_iter().chain(self.fields.iter().copied())
    }

    fn cells(&self, group: &EventAggregate) -> Vec<String> {
        let bucket = self.bucketed.then(|| bucket(group.bucket_time));
        let value = |field: &&str| clean(group.keys.get(*field).map_or("", String::as_str));
        bucket.into_iter().chain(self.fields.iter().map(value)).collect()
    }
}

/// `2023-09-13`, or with the time where it does not begin with a day.
fn bucket(time: Option<Timestamp>) -> String {
    let time = time.unwrap_or_default();
    let text = time
        .to_jiff()
        .map(|time| format!("{time:.0}"))
        .unwrap_or_default();
    match text.split_once('T') {
        Some((day, _)) if time.seconds % DAY == 0 => day.to_owned(),
        _ => text,
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look {
        colour: false,
        width: None,
    };

    fn group(country: &str, seconds: i64, event_count: u64) -> EventAggregate {
        EventAggregate {
            keys: [("country".to_owned(), country.to_owned())].into(),
            bucket_time: Some(Timestamp { seconds, nanos: 0 }),
            event_count,
            mean_intensity: -3.25,
        }
    }

    #[test]
    fn a_table_has_names_and_straight_columns() {
        let groups = [group("PRK", 1_694_563_200, 1_204), group("", 1_694_566_800, 7)];
        let counts = Counts {
            fields: &["country"],
            bucketed: true,
            groups: &groups,
        };
        assert_eq!(
            counts.table(&PLAIN),
            [
                "time                  country     events  intensity",
                "2023-09-13            PRK          1,204       -3.2",
                "2023-09-13T01:00:00Z                   7       -3.2",
            ]
        );
    }

    #[test]
    fn commas_and_quotes_in_values_do_not_break_a_line() {
        let groups = [group("a, \"b\"\nc", 0, 1)];
        let counts = Counts {
            fields: &["country"],
            bucketed: false,
            groups: &groups,
        };
        assert_eq!(
            counts.csv(),
            ["country,events,mean_intensity", "\"a, \"\"b\"\" c\",1,-3.25"]
        );
    }
}
