//! The `dateline` binary as a person or a script uses it, against servers that do what a test tells them to.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod counting;
mod feeding;
mod stage;
mod usage;
mod watching;

use std::{
    process::{Output, Stdio},
    time::Duration,
};

use tokio::process::Command;

/// Far more than any command here takes; a test that hangs fails instead.
const DEADLINE: Duration = Duration::from_secs(60);

fn command(address: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command
        .args(args)
        .env("DATELINE_ADDR", address)
        .env_remove("DATELINE_WAIT")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// What a finished command left.
#[derive(Debug)]
struct Finished {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Finished {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }
}

async fn run(address: &str, args: &[&str]) -> Finished {
    let output = tokio::time::timeout(DEADLINE, command(address, args).output());
    output.await.expect("ends in time").expect("starts").into()
}

async fn run_with_input(address: &str, args: &[&str], input: &str) -> Finished {
    use tokio::io::AsyncWriteExt as _;
    let mut child = command(address, args)
        .stdin(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("is piped");
    stdin.write_all(input.as_bytes()).await.expect("reads its input");
    drop(stdin);
    let output = tokio::time::timeout(DEADLINE, child.wait_with_output());
    output.await.expect("ends in time").expect("runs").into()
}
