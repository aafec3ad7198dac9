//! The README's commands do what the README says: each block of type `console` is run, and its output compared.
//!
//! In an expected line `…` stands for any text; a line that is `…` alone stands for any number of lines.

use std::{
    fs,
    process::{Command, Output, Stdio},
};

use dateline_tests::process::{ServerCommand, ServerProcess};

use crate::{client::eventually, grpcurl::tool, server};

/// Where the README's server listens.
const ADDRESS: &str = "127.0.0.1:7447";
const START: &str = "cargo run --release --bin dateline-server -- ";
/// Commands that are for the reader's machine only, or run by something else than this test.
const NOT_RUN: [&str; 4] = ["git clone", "alias dateline", "tests/run", "docker compose"];

struct Step {
    command: String,
    expected: Vec<String>,
}

#[test]
fn the_readme_prints_what_it_says() {
    let text = fs::read_to_string(server::root().join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut running: Option<ServerProcess> = None;
    let mut ran = 0;
    for step in steps(&text) {
        if NOT_RUN.iter().any(|start| step.command.starts_with(start)) {
            continue;
        }
        if let Some(args) = step.command.strip_prefix(START) {
            running = Some(start(args, folder.path()));
            continue;
        }
        let server = running.as_ref().expect("the README starts the server first");
        let output = run(&step.command, server.address());
        let printed = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let lines: Vec<&str> = printed.lines().collect();
        let expected: Vec<&str> = step.expected.iter().map(String::as_str).collect();
        assert!(
            matches(&expected, &lines),
            "$ {}\n--- the README says\n{}\n--- it printed\n{printed}",
            step.command,
            step.expected.join("\n")
        );
        ran += 1;
    }
    assert!(ran >= 8, "only {ran} commands were run");
}

/// The commands of the console blocks with what is printed after each.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside {
            if let Some(command) = line.strip_prefix("$ ") {
                steps.push(Step {
                    command: command.into(),
                    expected: Vec::new(),
                });
            } else if let Some(step) = steps.last_mut() {
                // A command goes on after a backslash, as in a shell.
                match step.command.strip_suffix('\\') {
                    Some(begun) if step.expected.is_empty() => {
                        step.command = format!("{begun}{}", line.trim_start())
                    }
                    _ => step.expected.push(line.into()),
                }
            }
        }
    }
    steps
}

/// The README's server, on a folder of the test's own and a free port, once it has ingested everything.
fn start(args: &str, folder: &std::path::Path) -> ServerProcess {
    let args: Vec<String> = args
        .split_whitespace()
        .map(|arg| {
            if arg.contains('/') {
                server::root().join(arg).display().to_string()
            } else {
                arg.into()
            }
        })
        .collect();
    let command: ServerCommand = server::command(&folder.join("data")).args(args);
    let process = command.start();
    let info = || run("dateline info --output json", process.address());
    eventually("the samples are ingested", || {
        String::from_utf8_lossy(&info().stdout).contains("\"done\":true")
    });
    process
}

fn run(command: &str, address: &str) -> Output {
    let command = command.replace(ADDRESS, address);
    let shell = format!(
        "dateline() {{ {} --addr {address} \"$@\"; }}; grpcurl() {{ {} \"$@\"; }}; {command}",
        env!("CARGO_BIN_EXE_e2e-client"),
        tool("grpcurl").display(),
    );
    Command::new("timeout")
        .args(["120", "bash", "-c", &shell])
        .current_dir(server::root())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn matches(expected: &[&str], lines: &[&str]) -> bool {
    match (expected.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((&"…", rest)), _) => {
            matches(rest, lines) || !lines.is_empty() && matches(expected, &lines[1..])
        }
        (Some((pattern, expected)), Some((line, lines))) => {
            line_matches(pattern, line) && matches(expected, lines)
        }
        _ => false,
    }
}

fn line_matches(pattern: &str, line: &str) -> bool {
    let mut pieces = pattern.trim_end().split('…');
    let Some(mut rest) = line.trim_end().strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    for (n, piece) in pieces.iter().enumerate() {
        let last = n + 1 == pieces.len();
        let found = if last && rest.ends_with(piece) {
            Some(rest.len() - piece.len())
        } else {
            rest.find(piece)
        };
        let Some(at) = found else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty()
}

#[test]
fn expected_lines_match_as_described() {
    assert!(line_matches("a … c", "a b c") && !line_matches("a … c", "a b d") && !line_matches("a", "ab"));
    assert!(matches(&["…", "x"], &["1", "2", "x"]) && !matches(&["x"], &["x", "y"]) && matches(&["…"], &[]));
}
