//! The command line: one file per command under `cli/`, what they share beside them.

mod actors;
mod args;
mod check_filter;
mod code;
mod context;
mod exit;
mod get;
mod info;
mod ingest;
mod interrupt;
mod list;
mod out;
mod publish;
mod restore;
mod retract;
mod since;
mod stats;
mod subscriptions;
mod text;
mod topics;
mod watch;
mod withdraw;

use std::process::ExitCode;

use clap::{Parser as _, error::ErrorKind};

use self::{
    args::{Cli, Command},
    context::Context,
    exit::{Exit, Failure},
    interrupt::Interrupt,
};

/// Runs the command line of this process and returns its exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help into a closed pipe is no failure either.
            error.print().ok();
            let shown = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            return if shown { Exit::Ok } else { Exit::Usage }.into();
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return report(&Failure::other(format!("cannot start: {error}"))),
    };
    let result = runtime.block_on(run(cli));
    // A thread that still reads standard input must not keep the process.
    runtime.shutdown_background();
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => report(&failure),
    }
}

async fn run(cli: Cli) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen()?;
    let mut context = Context::new(cli.shared, interrupt.clone())?;
    // These have something to finish when they are interrupted; the others just stop.
    let finishes = matches!(cli.command, Command::Watch(_) | Command::Ingest(_));
    let result = tokio::select! {
        result = dispatch(cli.command, &mut context) => result,
        () = interrupt.wait(), if !finishes => Ok(Exit::Interrupted),
    };
    let flushed = context.out.flush();
    match (result, flushed) {
        (Ok(Exit::Ok), Err(failure)) => Err(failure),
        (result, _) => result,
    }
}

async fn dispatch(command: Command, context: &mut Context) -> Result<Exit, Failure> {
    match command {
        Command::Watch(args) => watch::run(args, context).await,
        Command::Ingest(args) => ingest::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
        Command::Stats(args) => stats::run(args, context).await,
        Command::Get(args) => get::run(args, context).await,
        Command::Code(args) => code::run(args, context).await,
        Command::Publish(args) => publish::run(args, context).await,
        Command::Retract(args) => retract::run(args, context).await,
        Command::Restore(args) => restore::run(args, context).await,
        Command::Withdraw(args) => withdraw::run(args, context).await,
        Command::Actors(args) => actors::run(args, context).await,
        Command::Topics => topics::run(context).await,
        Command::Info => info::run(context).await,
        Command::Subscriptions => subscriptions::run(context).await,
        Command::CheckFilter(args) => check_filter::run(args, context).await,
    }
}

fn report(failure: &Failure) -> ExitCode {
    failure.print();
    failure.exit().into()
}
