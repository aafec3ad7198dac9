//! The program `dateline-server`; see the library for what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline_server::main()
}
