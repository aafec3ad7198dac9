//! The `dateline` command.

fn main() -> std::process::ExitCode {
    dateline_client::cli::main()
}
