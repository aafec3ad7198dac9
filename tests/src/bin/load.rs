//! Measures Dateline and its peers: `cargo run --release -p dateline-tests --bin load -- --scenario replay --peers --json figures.json`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Parser;
use dateline_tests::load::{
    self, charts, limit, options::Options, page, plan, report::Report, samples, subject::SERVE_VARIABLE,
};

/// Measures a Dateline server over loopback, beside its peers and the limits of the wire if asked to, and prints a table. Each
/// server is a process of its own with a new folder.
#[derive(Parser)]
struct Args {
    /// What to measure; may be given several times. Without it, everything.
    #[arg(long, value_name = "NAME", value_parser = plan::names())]
    scenario: Vec<String>,
    /// Measure the peers and limits too. `tests/peers` fetches what they need.
    #[arg(long)]
    peers: bool,
    /// Only this system; may be given several times.
    #[arg(long, value_name = "NAME")]
    system: Vec<String>,
    /// Only variants whose name holds this.
    #[arg(long, value_name = "TEXT")]
    variant: Option<String>,
    /// Also the variants that the scenarios' files mark as extra.
    #[arg(long)]
    extra: bool,
    /// Measure each so often and take medians; default: as the scenario's file says.
    #[arg(long, value_name = "N")]
    repeat: Option<usize>,
    /// Another value for a setting of the scenarios' files; may be given several times. Example: `--set events=10000`
    #[arg(long, value_name = "KEY=VALUE", value_parser = setting)]
    set: Vec<(String, toml::Value)>,
    /// Publish the events of the articles in `server/samples` instead of made ones of equal size.
    #[arg(long, value_name = "KIND", value_parser = ["made", "samples"], default_value = "made")]
    events: String,
    /// Also write the rows to this file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Also draw charts into this folder.
    #[arg(long, value_name = "FOLDER")]
    charts: Option<PathBuf>,
    /// Measure nothing: take the rows of these files, which runs wrote, for the table, the charts and the page.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    from: Vec<PathBuf>,
    /// Put tables and charts into this page, between its marks. Example: `--from figures/*.json --page tests/README.md`
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// Folder for the servers' data, removed afterwards. Take one on a real disk: durable figures on a RAM disk say nothing.
    #[arg(long, default_value = "target")]
    scratch: PathBuf,
    /// Folder with the peers' programs.
    #[arg(long, default_value = "target/tools/peers/bin")]
    peers_folder: PathBuf,
    /// Threads of this program, which is every client of a run; 1 leaves the other core to the server.
    #[arg(long, default_value_t = 1)]
    client_threads: usize,
}

fn setting(text: &str) -> Result<(String, toml::Value), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE")?;
    let value = value
        .parse()
        .unwrap_or_else(|_| toml::Value::String(value.to_owned()));
    Ok((key.to_owned(), value))
}

fn main() -> ExitCode {
    let result = match std::env::var(SERVE_VARIABLE) {
        Ok(which) if which == load::DATELINE => return dateline_server::main(),
        Ok(which) => serve(&which),
        Err(_) => run(Args::parse()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn serve(which: &str) -> anyhow::Result<()> {
    let recording = std::env::args_os().nth(1).context("a limit needs a recording")?;
    limit::serve(which, recording.as_ref())
}

fn run(args: Args) -> anyhow::Result<()> {
    let (report, outcome) = if args.from.is_empty() {
        measure(&args)?
    } else {
        (Report::read_json(&args.from)?, Ok(()))
    };
    // What was measured before a failure is shown too.
    println!("{}", report.table());
    if let Some(path) = args.json {
        report.write_json(&path)?;
    }
    if let Some(folder) = args.charts {
        charts::write(&report, &folder)?;
    }
    if let Some(page) = args.page {
        page::write(&report, &page)?;
    }
    outcome
}

fn measure(args: &Args) -> anyhow::Result<(Report, anyhow::Result<()>)> {
    std::fs::create_dir_all(&args.scratch)?;
    let scratch = tempfile::tempdir_in(&args.scratch).context("cannot make a scratch folder")?;
    let mut options = Options {
        program: std::env::current_exe().context("the path of this program")?,
        scratch: scratch.path().into(),
        peers_folder: args.peers_folder.clone(),
        peers: args.peers,
        systems: args.system.clone(),
        variant: args.variant.clone(),
        extra: args.extra,
        repeat: args.repeat,
        overrides: args.set.iter().cloned().collect(),
        samples: None,
        stock: Default::default(),
    };
    if args.events == "samples" {
        options.samples = Some(samples::code(&options)?);
    }
    let names = if args.scenario.is_empty() {
        plan::names().into_iter().map(str::to_owned).collect()
    } else {
        args.scenario.clone()
    };
    let runtime = match args.client_threads {
        0 | 1 => tokio::runtime::Builder::new_current_thread().enable_all().build(),
        threads => tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads)
            .enable_all()
            .build(),
    }?;
    let mut report = Report::default();
    let outcome = runtime.block_on(async {
        for name in &names {
            load::run(name, &options, &mut report).await?;
        }
        options.stock.clear().await;
        anyhow::Ok(())
    });
    Ok((report, outcome))
}
