//! `dateline-server`, built with the tests.

fn main() -> std::process::ExitCode {
    dateline_server::main()
}
