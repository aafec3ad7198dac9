//! Runs a scenario: every variant, every system, as often as is asked, in turns.

use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use super::{
    options::Options,
    plan::Plan,
    report::{Report, Row},
    scenarios,
};

/// One system, ready to be measured in one variant.
pub(crate) trait Measure {
    /// Measures once.
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>>;
}

/// What a scenario makes of a system; boxed, since each system is measured in its own way.
pub(crate) type Ready = Box<dyn Measure>;

/// Runs a scenario and adds its rows and notes to the report.
///
/// # Errors
/// A server could not be started or refused something, or there is no such scenario.
pub async fn run(name: &str, options: &Options, report: &mut Report) -> anyhow::Result<()> {
    let plan = Plan::load(name)?;
    if !name.starts_with("replay") {
        options.stock.clear().await;
    }
    match name {
        "replay" => each(&plan, options, report, scenarios::replay::prepare).await,
        "fanout" => each(&plan, options, report, scenarios::fanout::prepare).await,
        "replay-sparse" => each(&plan, options, report, scenarios::replay_sparse::prepare).await,
        "fanout-paced" => each(&plan, options, report, scenarios::fanout_paced::prepare).await,
        "fanout-filters" => each(&plan, options, report, scenarios::fanout_filters::prepare).await,
        "idle" => each(&plan, options, report, scenarios::idle::prepare).await,
        "stalled" => each(&plan, options, report, scenarios::stalled::prepare).await,
        "journal-size" => each(&plan, options, report, scenarios::journal_size::prepare).await,
        "publish" => each(&plan, options, report, scenarios::publish::prepare).await,
        other => anyhow::bail!("the scenario {other:?} has a file and no code"),
    }
}

async fn each<V: DeserializeOwned + Named>(
    plan: &Plan,
    options: &Options,
    report: &mut Report,
    prepare: impl AsyncFn(&str, &Options, &V) -> anyhow::Result<Option<Ready>>,
) -> anyhow::Result<()> {
    for variant in plan.variants::<V>(options)? {
        let name = variant.name();
        if options.variant.as_ref().is_some_and(|part| !name.contains(part)) {
            continue;
        }
        let mut ready = Vec::new();
        for system in plan.systems.iter().filter(|system| options.includes(system)) {
            eprintln!("{}: {name}: {system} ...", plan.name);
            match prepare(system, options, &variant).await {
                Ok(Some(system)) => ready.push((system, Vec::new())),
                Ok(None) => {}
                // A peer that is not installed must not hide the others; Dateline has to work.
                Err(error) if system != super::DATELINE => {
                    report.note(format!("{}: {name}: no row for {system}: {error:#}", plan.name));
                }
                Err(error) => return Err(error),
            }
        }
        // In turns, so that what else the machine does meets all alike.
        for _ in 0..options.repeat.unwrap_or(plan.repeat).max(1) {
            for (system, rows) in &mut ready {
                let mut row = system.measure().await?;
                if options.samples.is_some() {
                    row.variant += ",events=samples";
                }
                rows.push(row);
            }
        }
        report
            .rows
            .extend(ready.iter().map(|(_, rows)| Row::median(rows)));
    }
    Ok(())
}

/// A variant has a name, by which rows of different systems are compared.
pub(crate) trait Named {
    fn name(&self) -> String;
}
