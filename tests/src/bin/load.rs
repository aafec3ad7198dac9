//! Measures a server: `cargo run --release -p dateline-tests --bin load -- --scenario replay --json figures.json`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Parser;
use dateline_tests::load::{
    report::Report,
    run::{self, Options},
};

/// Measures a Dateline server over loopback and prints a table. Each scenario starts a server of its own in a new folder.
#[derive(Parser)]
struct Args {
    /// What to measure; may be given several times. Without it, everything.
    #[arg(long, value_name = "NAME", value_parser = run::SCENARIOS)]
    scenario: Vec<String>,
    /// Also write the rows to this file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Stored events of replay and journal-size.
    #[arg(long, default_value_t = 1_000_000)]
    events: u64,
    /// Size of an event in bytes, about, as it is stored.
    #[arg(long, default_value_t = 400)]
    event_bytes: usize,
    /// Subscribers of fanout.
    #[arg(long, default_value_t = 100)]
    subscribers: usize,
    /// Subscriptions of idle.
    #[arg(long, default_value_t = 1_000)]
    idle: usize,
    /// Folder for the servers' data, removed afterwards. Take one on a real disk: durable figures on a RAM disk say nothing.
    #[arg(long, default_value = "target")]
    scratch: PathBuf,
}

fn main() -> ExitCode {
    if std::env::var_os(run::SERVE_VARIABLE).is_some() {
        return dateline_server::main();
    }
    match measure(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn measure(args: Args) -> anyhow::Result<()> {
    std::fs::create_dir_all(&args.scratch)?;
    let scratch = tempfile::tempdir_in(&args.scratch).context("cannot make a scratch folder")?;
    let options = Options {
        events: args.events,
        event_bytes: args.event_bytes,
        subscribers: args.subscribers,
        idle: args.idle,
        scratch: scratch.path().into(),
    };
    let all: Vec<String> = run::SCENARIOS.map(str::to_owned).into();
    let chosen = if args.scenario.is_empty() {
        all
    } else {
        args.scenario
    };
    let mut report = Report::default();
    for name in &chosen {
        eprintln!("measuring {name} ...");
        report.rows.extend(run::scenario(name, &options).await?);
    }
    println!("{}", report.table());
    if let Some(path) = args.json {
        report.write_json(&path)?;
    }
    Ok(())
}
