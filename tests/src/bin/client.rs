//! `dateline`, built with the tests.

fn main() -> std::process::ExitCode {
    dateline_client::cli::main()
}
