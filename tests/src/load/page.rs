//! The tables of `tests/README.md`, made of JSON files that runs wrote.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, ensure};

use super::{
    charts::{self, digits, thousands},
    plan::{self, Plan},
    report::{Report, Row},
};

/// What stands around the part of a page that is made.
const BEGIN: &str = "<!-- figures: made by `load --page`, not by hand -->";
const END: &str = "<!-- end of figures -->";

/// Settings that tell more than the columns do, with what a table calls them.
const NOTABLE: [(&str, &str); 14] = [
    ("client_cpu_seconds_per_million", "client CPU s/M"),
    ("p50_microseconds", "p50 µs"),
    ("fdatasync_p99_microseconds", "fdatasync p99 µs"),
    ("matching_events", "matching"),
    ("server_cpu_microseconds_per_event", "CPU µs/event"),
    (
        "server_cpu_microseconds_per_event_of_ten",
        "CPU µs/event, ten filters",
    ),
    ("cpu_ratio_to_ten", "CPU ratio to ten"),
    ("server_cpu_cores_while_idle", "cores while idle"),
    ("p99_microseconds_without", "p99 µs without"),
    ("p99_ratio_of_the_pair", "ratio of the pairs"),
    ("start_after_kill_seconds", "start after kill, s"),
    ("start_after_stop_seconds", "start after stop, s"),
    ("first_event_from_the_middle_seconds", "first event, s"),
    ("resident_bytes", "resident bytes"),
];

/// Puts the tables and charts' links of the rows into a page, between its marks, and the charts into `charts` beside it.
///
/// # Errors
/// The page has no marks, or cannot be read or written.
pub fn write(report: &Report, page: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(page).with_context(|| format!("cannot read {}", page.display()))?;
    let (before, rest) = text
        .split_once(BEGIN)
        .with_context(|| format!("the page has no {BEGIN}"))?;
    let (_, after) = rest
        .split_once(END)
        .with_context(|| format!("the page has no {END}"))?;
    ensure!(!report.rows.is_empty(), "there are no rows");
    charts::write(report, &page.with_file_name("charts"))?;
    let figures = figures(report)?;
    fs::write(page, format!("{before}{BEGIN}\n\n{figures}{END}{after}"))?;
    Ok(())
}

fn figures(report: &Report) -> anyhow::Result<String> {
    let mut out = String::new();
    let mut names = plan::names();
    names.retain(|name| report.rows.iter().any(|row| row.scenario == *name));
    for name in names {
        let plan = Plan::load(name)?;
        let _ = writeln!(
            out,
            "### {name}\n\n{}. Bounded by {}.\n",
            capital(&plan.measures),
            plan.bound_by
        );
        let _ = writeln!(
            out,
            "```text\ncargo load --scenario {name}{}\n```\n",
            if plan.systems.len() > 1 { " --peers" } else { "" }
        );
        out += &table(report, name);
        out.push('\n');
        for file in charts::files(report, name) {
            let _ = writeln!(out, "![{}](charts/{file})\n", file.trim_end_matches(".svg"));
        }
    }
    for note in &report.notes {
        let _ = writeln!(out, "- Missing: {note}");
    }
    if !report.notes.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}\n", versions(report));
    Ok(out)
}

type Column = (&'static str, Box<dyn Fn(&Row) -> String>);

/// The columns that hold something in these rows.
fn table(report: &Report, scenario: &str) -> String {
    let rows: Vec<&Row> = report
        .rows
        .iter()
        .filter(|row| row.scenario == scenario)
        .collect();
    let mut columns: Vec<Column> = vec![
        ("variant", Box::new(|row| row.variant.clone())),
        ("system", Box::new(|row| row.system.clone())),
        ("events/s", number(|row| row.events_per_second, thousands)),
        (
            "server CPU s/M",
            number(|row| row.server_cpu_seconds_per_million, digits),
        ),
        ("p99 µs", number(|row| row.p99_microseconds, thousands)),
        (
            "bytes/subscription",
            number(|row| row.resident_bytes_per_subscription, thousands),
        ),
        ("seconds", number(|row| row.seconds, digits)),
    ];
    for (setting, title) in NOTABLE {
        columns.push((
            title,
            Box::new(move |row| row.settings.get(setting).cloned().unwrap_or_default()),
        ));
    }
    columns.retain(|(_, cell)| rows.iter().any(|row| !cell(row).is_empty()));
    let mut out = String::new();
    let compared = rows.iter().any(|row| !report.comparison(row).is_empty());
    let mut titles: Vec<&str> = columns.iter().map(|(title, _)| *title).collect();
    if compared {
        titles.push("Dateline is");
    }
    let _ = writeln!(
        out,
        "| {} |\n|{}",
        titles.join(" | "),
        "---|".repeat(titles.len())
    );
    for row in rows {
        let mut cells: Vec<String> = columns.iter().map(|(_, cell)| cell(row)).collect();
        if compared {
            cells.push(report.comparison(row));
        }
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out
}

fn number(get: fn(&Row) -> Option<f64>, show: fn(f64) -> String) -> Box<dyn Fn(&Row) -> String> {
    Box::new(move |row| get(row).map(show).unwrap_or_default())
}

fn versions(report: &Report) -> String {
    let all = report.rows.iter().flat_map(|row| &row.versions);
    let all: std::collections::BTreeMap<_, _> = all.collect();
    let all: Vec<String> = all
        .iter()
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    format!("Versions: {}.", all.join(", "))
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_what_stands_around_its_figures() {
        let row = |system: &str, rate| Row {
            events_per_second: Some(rate),
            ..Row::new("replay", system, "filter=none")
        };
        let report = Report {
            rows: vec![row("dateline", 2_000_000.0), row("nats-jetstream", 500_000.0)],
            notes: vec!["no redis".into()],
        };
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("README.md");
        fs::write(&page, format!("before\n{BEGIN}\nEARLIER\n{END}\nafter\n")).unwrap();
        for _ in 0..2 {
            write(&report, &page).unwrap();
        }
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.starts_with("before\n") && text.ends_with("\nafter\n") && !text.contains("EARLIER"));
        assert!(
            text.contains("| filter=none | nats-jetstream | 500 000 | 4.00x rate |"),
            "{text}"
        );
        assert!(text.contains("![replay-rate](charts/replay-rate.svg)") && text.contains("no redis"));
        fs::write(&page, "no marks").unwrap();
        assert!(write(&report, &page).is_err());
    }
}
