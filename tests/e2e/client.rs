//! The `dateline` command of a test.

use std::{
    fs::File,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use dateline_proto::v1::Event;
use dateline_tests::process::wait;

/// Longer than any command of a test should take, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(120);

/// `dateline --addr ADDRESS ARGS...`, not started yet.
pub(crate) fn command(address: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_e2e-client"));
    command.arg("--addr").arg(address).args(args).stdin(Stdio::null());
    command
}

/// What the command printed, once it has ended.
pub(crate) fn run(address: &str, args: &[&str]) -> Output {
    let mut child = command(address, args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the client program can be run");
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let read = |stream: Option<Box<dyn std::io::Read + Send>>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            stream.map(|mut stream| stream.read_to_end(&mut bytes));
            bytes
        })
    };
    let stdout = read(stdout.map(|stream| Box::new(stream) as _));
    let stderr = read(stderr.map(|stream| Box::new(stream) as _));
    let status = wait(&mut child, DEADLINE).unwrap_or_else(|| {
        let _ = child.kill();
        panic!("dateline {args:?} still runs after {DEADLINE:?}")
    });
    let text = "a reading thread does not panic";
    Output {
        status,
        stdout: stdout.join().expect(text),
        stderr: stderr.join().expect(text),
    }
}

/// The same, for commands that must succeed: their standard output.
pub(crate) fn ok(address: &str, args: &[&str]) -> String {
    let output = run(address, args);
    assert!(
        output.status.success(),
        "dateline {args:?} ended with {}:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// Events that the command prints as JSON lines.
pub(crate) fn events(address: &str, args: &[&str]) -> Vec<Event> {
    let args = [args, &["--output", "json"]].concat();
    parse(&ok(address, &args))
}

/// Events of JSON lines.
pub(crate) fn parse(lines: &str) -> Vec<Event> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}")))
        .collect()
}

/// A command that goes on, with its output in files; killed when dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    stdout: std::path::PathBuf,
}

impl Running {
    /// Starts it; `name` names its files in `folder`.
    pub(crate) fn start(address: &str, args: &[&str], folder: &Path, name: &str) -> Self {
        let stdout = folder.join(format!("{name}.out"));
        let file = |path: &Path| File::create(path).expect("the test's folder takes files");
        let child = command(address, args)
            .stdout(file(&stdout))
            .stderr(file(&folder.join(format!("{name}.err"))))
            .spawn()
            .expect("the client program can be run");
        Self { child, stdout }
    }

    /// What it has printed so far, whole lines only.
    pub(crate) fn lines(&self) -> String {
        let text = std::fs::read_to_string(&self.stdout).expect("the output file is there");
        text[..text.rfind('\n').map_or(0, |end| end + 1)].to_owned()
    }

    /// The events that it has printed so far.
    pub(crate) fn events(&self) -> Vec<Event> {
        parse(&self.lines())
    }

    /// Waits until what was printed satisfies `done`.
    ///
    /// # Panics
    /// It does not within two minutes.
    pub(crate) fn wait_until(&self, what: &str, done: impl Fn(&str) -> bool) {
        eventually(
            &format!("{what}; the client has printed {:?}", self.stdout),
            || done(&self.lines()),
        );
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for a condition that is due, two minutes at most.
///
/// # Panics
/// It does not become true.
pub(crate) fn eventually(what: &str, condition: impl Fn() -> bool) {
    let until = std::time::Instant::now() + DEADLINE;
    while !condition() {
        assert!(std::time::Instant::now() < until, "never came true: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
