//! What a run found: rows, as a table for people and as JSON for programs.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::{DATELINE, subject::Spent};

/// One figure-bearing run of one scenario against one system.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Row {
    /// Name of the scenario.
    pub scenario: String,
    /// Who was measured: `dateline`, or a peer or limit.
    pub system: String,
    /// What else describes the run, comma-separated: `subscribers=100`. Rows of equal variants can be compared.
    pub variant: String,
    /// Events delivered (or acknowledged) per second of wall time.
    pub events_per_second: Option<f64>,
    /// CPU time of the server for a million deliveries (or acknowledgements), user and system.
    pub server_cpu_seconds_per_million: Option<f64>,
    /// 99th percentile of the latency that the scenario is about.
    pub p99_microseconds: Option<f64>,
    /// Growth of the server's resident memory per open subscription.
    pub resident_bytes_per_subscription: Option<f64>,
    /// Wall time of what the scenario waits for, where that is one thing (a start, the last event).
    pub seconds: Option<f64>,
    /// Versions of the systems that took part.
    pub versions: BTreeMap<String, String>,
    /// Sizes, counts and settings of the run.
    pub settings: BTreeMap<String, String>,
}

impl Row {
    /// A row without figures.
    pub fn new(scenario: &str, system: &str, variant: impl Into<String>) -> Self {
        Self {
            scenario: scenario.into(),
            system: system.into(),
            variant: variant.into(),
            ..Self::default()
        }
    }

    /// The row with one more setting.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.settings.insert(name.into(), value.to_string());
        self
    }

    /// The row with a version.
    pub fn version(mut self, name: &str, value: impl ToString) -> Self {
        self.versions.insert(name.into(), value.to_string());
        self
    }

    /// The row with rate and CPU time of so many deliveries.
    pub fn rate(mut self, deliveries: u64, spent: Spent) -> Self {
        let millions = deliveries.max(1) as f64 / 1e6;
        self.events_per_second = Some(deliveries as f64 / spent.seconds);
        self.server_cpu_seconds_per_million = Some(spent.server / millions);
        self.seconds = Some(spent.seconds);
        self.with(
            "client_cpu_seconds_per_million",
            format!("{:.3}", spent.client / millions),
        )
    }

    /// The row of which each figure is the median of these rows' figures.
    ///
    /// # Panics
    /// There are no rows.
    pub fn median(rows: &[Self]) -> Self {
        let figure = |get: fn(&Self) -> Option<f64>| median(rows.iter().filter_map(get).collect());
        let mut row = rows.last().expect("at least one run").clone();
        row.events_per_second = figure(|row| row.events_per_second);
        row.server_cpu_seconds_per_million = figure(|row| row.server_cpu_seconds_per_million);
        row.p99_microseconds = figure(|row| row.p99_microseconds);
        row.resident_bytes_per_subscription = figure(|row| row.resident_bytes_per_subscription);
        row.seconds = figure(|row| row.seconds);
        for (name, value) in &mut row.settings {
            let found: Vec<_> = rows.iter().filter_map(|row| row.settings.get(name)).collect();
            let numbers: Vec<f64> = found.iter().filter_map(|value| value.parse().ok()).collect();
            if numbers.len() == rows.len()
                && let Some(middle) = median(numbers)
                && let Some(text) = found.iter().find(|text| text.parse() == Ok(middle))
            {
                value.clone_from(text);
            }
        }
        row.with("runs", rows.len())
    }
}

/// The middle one; of an even number the lower of the two.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied()
}

/// Rows of a whole run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// In the order in which they were measured.
    pub rows: Vec<Row>,
    /// What is missing and why.
    #[serde(default)]
    pub notes: Vec<String>,
}

impl Report {
    /// Adds a note, once.
    pub fn note(&mut self, note: String) {
        eprintln!("! {note}");
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The rows of files that runs wrote, in the order of the files; a later row takes the place of an equal one's.
    ///
    /// # Errors
    /// A file cannot be read, or is not what a run writes.
    pub fn read_json(files: &[std::path::PathBuf]) -> anyhow::Result<Self> {
        let mut all = Self::default();
        for file in files {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            let report: Self =
                serde_json::from_str(&text).with_context(|| format!("{} holds no rows", file.display()))?;
            for row in report.rows {
                let same = |known: &&mut Row| {
                    (&known.scenario, &known.system, &known.variant)
                        == (&row.scenario, &row.system, &row.variant)
                };
                match all.rows.iter_mut().find(same) {
                    Some(known) => *known = row,
                    None => all.rows.push(row),
                }
            }
            report.notes.into_iter().for_each(|note| all.note(note));
        }
        Ok(all)
    }

    /// Names of the scenarios that there are rows of.
    pub fn scenarios(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !names.contains(&row.scenario.as_str()) {
                names.push(&row.scenario);
            }
        }
        names
    }

    /// The table that is printed. Beside a peer stands how Dateline compares: its rate over the peer's, and its CPU time over the
    /// peer's.
    pub fn table(&self) -> String {
        let mut lines = vec![format!(
            "{:<15} {:<38} {:<15} {:>12} {:>9} {:>10} {:>9} {:>9}  {}",
            "scenario",
            "variant",
            "system",
            "events/s",
            "CPU s/M",
            "p99 us",
            "B/stream",
            "seconds",
            "dateline is"
        )];
        for row in &self.rows {
            lines.push(format!(
                "{:<15} {:<38} {:<15} {:>12} {:>9} {:>10} {:>9} {:>9}  {}",
                row.scenario,
                row.variant,
                row.system,
                cell(row.events_per_second, 0),
                cell(row.server_cpu_seconds_per_million, 3),
                cell(row.p99_microseconds, 0),
                cell(row.resident_bytes_per_subscription, 0),
                cell(row.seconds, 4),
                self.comparison(row),
            ));
        }
        lines.extend(self.notes.iter().map(|note| format!("! {note}")));
        lines.join("\n")
    }

    /// How Dateline compares with a peer's row; empty for its own.
    pub fn comparison(&self, peer: &Row) -> String {
        let own = self.rows.iter().find(|row| {
            row.system == DATELINE && row.scenario == peer.scenario && row.variant == peer.variant
        });
        let Some(own) = own.filter(|_| peer.system != DATELINE) else {
            return String::new();
        };
        let ratio =
            |get: fn(&Row) -> Option<f64>| Some(get(own)? / get(peer)?).filter(|ratio| ratio.is_finite());
        let parts = [
            ratio(|row| row.events_per_second).map(|ratio| format!("{ratio:.2}x rate")),
            ratio(|row| row.server_cpu_seconds_per_million).map(|ratio| format!("{ratio:.2}x CPU")),
            ratio(|row| row.p99_microseconds).map(|ratio| format!("{ratio:.2}x p99")),
            ratio(|row| row.resident_bytes_per_subscription).map(|ratio| format!("{ratio:.2}x memory")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Writes the rows as JSON.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write_json(&self, path: &Path) -> anyhow::Result<()> {
        let json = serde_json::to_string_pretty(self).context("rows are plain data")?;
        std::fs::write(path, json + "\n").with_context(|| format!("cannot write {}", path.display()))
    }
}

fn cell(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".into(), |value| format!("{value:.digits$}"))
}
