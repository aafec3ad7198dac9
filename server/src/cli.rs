//! The command line: `serve` (also without the word), `code`, what checks settings and data, and what the errors of all look like.

use std::{ffi::OsString, io::Write as _, net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, ConfigError};

mod check_data;
mod code;
mod serve;

/// What one thread takes others give back here, for every request and event; the system's allocator is slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Something went wrong that is not the caller's wording.
const FAILED: u8 = 1;
/// Flags or settings that are not understood.
const USAGE: u8 = 2;

/// News articles in, a live, replayable, filterable gRPC feed of structured events out.
#[derive(Parser, Debug)]
#[command(name = "dateline-server", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serve the feed (also without this word).
    Serve(ServeArgs),
    /// Print the events of articles as JSON lines, without a server.
    Code(code::CodeArgs),
    /// Check the settings and print the ones in force, as TOML.
    CheckConfig(ServeArgs),
    /// Check a folder of the coder's data files: every mistake with its place, and what can never count.
    CheckData(check_data::CheckDataArgs),
    /// Write the coder's built-in data files into a folder, to read and edit.
    ExportData(check_data::ExportDataArgs),
    /// Delete what is derived from the journal and make it anew; no server may run on the folder.
    RebuildViews(ServeArgs),
}

/// Settings; `--config FILE` and DATELINE_* variables can give all of them, and limits.
#[derive(Args, Debug, Default)]
struct ServeArgs {
    /// Address to listen on; port 0 takes a free one [default: 127.0.0.1:7447]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Folder that holds everything stored [default: `dateline` in the user's data folder]
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// Folder of data files of the coder, to replace or extend the built-in words and names; not where articles lie
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Settings as TOML; also DATELINE_CONFIG
    #[arg(long, value_name = "FILE", env = "DATELINE_CONFIG")]
    config: Option<PathBuf>,
    /// Files and folders of articles to ingest: .txt .md .html .jsonl
    #[arg(long, value_name = "PATH", num_args = 1..)]
    ingest: Vec<PathBuf>,
    /// Listen on an address that other machines reach, without encryption or authentication
    #[arg(long)]
    insecure: bool,
}

impl ServeArgs {
    fn config(&self) -> Result<Config, ConfigError> {
        Config::load(self.config.as_deref(), text_variables(), |config| {
            config.insecure |= self.insecure;
            if let Some(listen) = self.listen {
                config.listen = listen;
            }
            if self.data_dir.is_some() {
                config.data_dir.clone_from(&self.data_dir);
            }
            if self.data.is_some() {
                config.data.clone_from(&self.data);
            }
            if !self.ingest.is_empty() {
                config.ingest.clone_from(&self.ingest);
            }
        })
    }
}

/// Variables whose name is text; a value that is not shows its replacement characters in the error about it.
fn text_variables() -> impl Iterator<Item = (String, String)> {
    let text = |os: OsString| os.to_string_lossy().into_owned();
    std::env::vars_os().map(move |(name, value)| (text(name), text(value)))
}

/// Runs the program on the process's arguments: 0 done, 1 failed, 2 flags or settings not understood.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(USAGE)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(args) => with_config(&args, serve::serve),
        Command::Code(args) => code::code(&args),
        Command::CheckConfig(args) => with_config(&args, print_config),
        Command::CheckData(args) => check_data::check(&args),
        Command::ExportData(args) => check_data::export(&args),
        Command::RebuildViews(args) => with_config(&args, serve::rebuild_views),
    }
}

fn with_config(args: &ServeArgs, run: impl FnOnce(Config) -> Result<(), String>) -> ExitCode {
    let config = match args.config() {
        Ok(config) => config,
        Err(error) => return fail(USAGE, &error),
    };
    if let Err(error) = serve::start_log(&config.log) {
        return fail(USAGE, &error);
    }
    match run(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(FAILED, &message),
    }
}

fn fail(code: u8, message: &dyn std::fmt::Display) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "dateline-server: {message}");
    ExitCode::from(code)
}

fn print_config(config: Config) -> Result<(), String> {
    let text = toml::to_string(&config).map_err(|error| error.to_string())?;
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serve_is_what_happens_without_a_word() {
        let parse = |words: &[&str]| Cli::try_parse_from([&["dateline-server"], words].concat());
        let cli = parse(&["--ingest", "a", "b", "--listen", "127.0.0.1:0"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.serve.ingest, [PathBuf::from("a"), PathBuf::from("b")]);
        assert!(matches!(
            parse(&["serve", "--insecure"]).unwrap().command,
            Some(Command::Serve(_))
        ));
        assert!(parse(&["--listen", "nowhere"]).is_err());
    }
}
