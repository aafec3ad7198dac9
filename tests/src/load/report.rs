//! What a run found: rows, as a table for people and as JSON for programs.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context;
use serde::Serialize;

/// One figure-bearing run of one scenario against one system.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// Name of the scenario.
    pub scenario: String,
    /// Who was measured: `dateline`.
    pub system: String,
    /// What else describes the run, comma-separated: `subscribers=100`.
    pub variant: String,
    /// Events delivered (or acknowledged) per second of wall time.
    pub events_per_second: Option<f64>,
    /// CPU time of the server for a million deliveries (or acknowledgements), user and system.
    pub server_cpu_seconds_per_million: Option<f64>,
    /// 99th percentile of the latency that the scenario is about.
    pub p99_microseconds: Option<f64>,
    /// Growth of the server's resident memory per open subscription.
    pub resident_bytes_per_subscription: Option<f64>,
    /// Wall time of what the scenario waits for, where that is one thing (a start).
    pub seconds: Option<f64>,
    /// Versions of the systems that took part.
    pub versions: BTreeMap<String, String>,
    /// Sizes, counts and settings of the run.
    pub settings: BTreeMap<String, String>,
}

impl Row {
    /// A row about Dateline itself.
    pub fn dateline(scenario: &str, variant: String) -> Self {
        Self {
            scenario: scenario.into(),
            system: "dateline".into(),
            variant,
            versions: [("dateline".to_owned(), env!("CARGO_PKG_VERSION").to_owned())].into(),
            ..Self::default()
        }
    }

    /// The row with one more setting.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.settings.insert(name.into(), value.to_string());
        self
    }
}

/// Rows of a whole run.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// In the order in which they were measured.
    pub rows: Vec<Row>,
}

impl Report {
    /// The table that is printed.
    pub fn table(&self) -> String {
        let mut lines = vec![format!(
            "{:<14} {:<34} {:>12} {:>10} {:>10} {:>10} {:>9}",
            "scenario", "variant", "events/s", "CPU s/M", "p99 us", "B/stream", "seconds"
        )];
        for row in &self.rows {
            lines.push(format!(
                "{:<14} {:<34} {:>12} {:>10} {:>10} {:>10} {:>9}",
                row.scenario,
                row.variant,
                cell(row.events_per_second, 0),
                cell(row.server_cpu_seconds_per_million, 2),
                cell(row.p99_microseconds, 0),
                cell(row.resident_bytes_per_subscription, 0),
                cell(row.seconds, 3),
            ));
        }
        lines.join("\n")
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
