//! Bar charts of rows, as SVG.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use anyhow::Context;

use super::{
    DATELINE,
    report::{Report, Row},
};

const WIDTH: f64 = 760.0;
const LABELS: f64 = 130.0;
const FIGURES: f64 = 90.0;
const BAR: f64 = 18.0;
const GAP: f64 = 6.0;
/// Between the groups of a chart, where the variant's name stands.
const GROUP: f64 = 26.0;
const TITLE: f64 = 34.0;

/// What a chart shows of its rows.
struct Figure {
    file: &'static str,
    title: &'static str,
    get: fn(&Row) -> Option<f64>,
    show: fn(f64) -> String,
}

const FIGURES_OF_ROWS: [Figure; 5] = [
    Figure {
        file: "rate",
        title: "events per second (longer is better)",
        get: |row| row.events_per_second,
        show: thousands,
    },
    Figure {
        file: "cpu",
        title: "server CPU seconds per million events (shorter is better)",
        get: |row| row.server_cpu_seconds_per_million,
        show: digits,
    },
    Figure {
        file: "p99",
        title: "99th percentile of the latency in microseconds (shorter is better)",
        get: |row| row.p99_microseconds,
        show: thousands,
    },
    Figure {
        file: "memory",
        title: "resident bytes per subscription (shorter is better)",
        get: |row| row.resident_bytes_per_subscription,
        show: thousands,
    },
    Figure {
        file: "seconds",
        title: "seconds (shorter is better)",
        get: |row| row.seconds,
        show: digits,
    },
];

/// Figures that say something of a scenario, by their files' names; of the others there is no chart.
fn worth_showing(scenario: &str) -> &'static [&'static str] {
    match scenario {
        "replay" | "fanout" => &["rate", "cpu"],
        "replay-sparse" => &["seconds"],
        "fanout-paced" => &["cpu", "p99"],
        "publish" => &["rate", "p99"],
        "idle" => &["memory"],
        _ => &[],
    }
}

/// Names of the charts that there are of a scenario's rows, without folder.
pub fn files(report: &Report, scenario: &str) -> Vec<String> {
    let rows: Vec<&Row> = report
        .rows
        .iter()
        .filter(|row| row.scenario == scenario)
        .collect();
    let figures = FIGURES_OF_ROWS.iter().filter(|figure| {
        worth_showing(scenario).contains(&figure.file) && rows.iter().any(|row| (figure.get)(row).is_some())
    });
    figures
        .map(|figure| format!("{scenario}-{}.svg", figure.file))
        .collect()
}

/// Writes a chart for each scenario and figure worth showing; returns their names.
///
/// # Errors
/// A file cannot be written.
pub fn write(report: &Report, folder: &Path) -> anyhow::Result<Vec<String>> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut written = Vec::new();
    for scenario in report.scenarios() {
        for file in files(report, scenario) {
            let figure = FIGURES_OF_ROWS
                .iter()
                .find(|figure| file == format!("{scenario}-{}.svg", figure.file))
                .context("a chart has its figure")?;
            fs::write(folder.join(&file), chart(report, scenario, figure))?;
            written.push(file);
        }
    }
    Ok(written)
}

fn chart(report: &Report, scenario: &str, figure: &Figure) -> String {
    let mut groups: BTreeMap<usize, Vec<(&Row, f64)>> = BTreeMap::new();
    let mut variants: Vec<&str> = Vec::new();
    for row in report.rows.iter().filter(|row| row.scenario == scenario) {
        let Some(value) = (figure.get)(row) else { continue };
        let place = variants.iter().position(|known| *known == row.variant);
        let place = place.unwrap_or_else(|| {
            variants.push(&row.variant);
            variants.len() - 1
        });
        groups.entry(place).or_default().push((row, value));
    }
    let bars: usize = groups.values().map(Vec::len).sum();
    let height = TITLE + variants.len() as f64 * GROUP + bars as f64 * (BAR + GAP) + GAP;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">\n\
         <title>{scenario}: {title}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"8\" y=\"22\" font-size=\"14\" font-weight=\"600\" fill=\"#1f2328\">{scenario}: {title}</text>\n",
        title = figure.title,
    );
    let mut y = TITLE;
    for (place, rows) in &groups {
        // Each variant has a scale of its own: they differ by orders of magnitude.
        let most = rows
            .iter()
            .map(|(_, value)| *value)
            .fold(f64::MIN_POSITIVE, f64::max);
        y += GROUP;
        let _ = writeln!(
            svg,
            "<text x=\"8\" y=\"{:.0}\" fill=\"#59636e\">{}</text>",
            y - 8.0,
            escape(variants[*place])
        );
        for (row, value) in rows {
            bar(&mut svg, y, row, *value / most, &(figure.show)(*value));
            y += BAR + GAP;
        }
    }
    svg + "</svg>\n"
}

fn bar(svg: &mut String, y: f64, row: &Row, share: f64, figure: &str) {
    let width = ((WIDTH - LABELS - FIGURES) * share).max(1.0);
    let text = y + BAR - 5.0;
    let colour = match row.system.as_str() {
        DATELINE => "#1a6fb0",
        name if name.ends_with("-limit") || name.starts_with("bare") => "#c3cbd3",
        _ => "#e0a458",
    };
    let _ = writeln!(
        svg,
        "<text x=\"{:.0}\" y=\"{text:.0}\" text-anchor=\"end\" fill=\"#1f2328\">{}</text>\
         <rect x=\"{LABELS}\" y=\"{y:.0}\" width=\"{width:.1}\" height=\"{BAR}\" rx=\"2\" fill=\"{colour}\"/>\
         <text x=\"{:.1}\" y=\"{text:.0}\" fill=\"#1f2328\">{figure}</text>",
        LABELS - 8.0,
        escape(&row.system),
        LABELS + width + 6.0,
    );
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A whole number with thin groups: `1 234 567`.
pub(super) fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// Three significant digits.
pub(super) fn digits(value: f64) -> String {
    let before = if value > 0.0 {
        value.log10().floor() as i32
    } else {
        0
    };
    let decimals = usize::try_from(2 - before).unwrap_or(0);
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(thousands(1_234_567.4), "1 234 567");
        assert_eq!(thousands(12.0), "12");
        assert_eq!(digits(0.012_34), "0.0123");
        assert_eq!(digits(123.4), "123");
        assert_eq!(digits(0.0), "0.00");
    }

    #[test]
    fn a_chart_has_a_bar_for_each_row_and_the_longest_for_the_most() {
        let row = |system: &str, rate| Row {
            events_per_second: Some(rate),
            ..Row::new("replay", system, "filter=<none>")
        };
        let report = Report {
            rows: vec![row(DATELINE, 10.0), row("peer", 5.0)],
            notes: Vec::new(),
        };
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(write(&report, folder.path()).unwrap(), ["replay-rate.svg"]);
        let svg = fs::read_to_string(folder.path().join("replay-rate.svg")).unwrap();
        assert!(
            svg.contains("width=\"540.0\"") && svg.contains("width=\"270.0\""),
            "{svg}"
        );
        assert!(svg.contains("filter=&lt;none&gt;"));
    }
}
