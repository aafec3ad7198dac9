//! The program from outside: what it prints, how it refuses to start, how it stops.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// Nothing here takes this long unless it is broken.
const PATIENCE: Duration = Duration::from_secs(60);

fn program(data_dir: &Path) -> Command {
    program_on("127.0.0.1:0", data_dir)
}

fn program_on(listen: &str, data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline-server"));
    let foreign = std::env::vars_os().map(|(name, _)| name);
    for name in foreign.filter(|name| name.to_string_lossy().starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    command.args(["--listen", listen, "--data-dir"]).arg(data_dir);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs to the end, which has to come by itself.
fn outcome(mut command: Command) -> (i32, String) {
    let mut child = command.spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it ought to have refused: {:?}", child.wait_with_output());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    (status.code().unwrap(), String::from_utf8(stderr).unwrap())
}

/// A server that has said where it listens.
struct Running {
    child: Child,
    address: SocketAddr,
    said: Vec<String>,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let mut said = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            let address = line
                .strip_prefix("listening on ")
                .map(|address| address.parse().unwrap());
            said.push(line);
            if let Some(address) = address {
                return Self { child, address, said };
            }
        }
        panic!("it ended before it listened: {:?}", child.wait());
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    fn ended(&mut self) -> Option<i32> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it goes on and on");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Begins HTTP/2 and reads what the server says to that.
fn wait_for_an_answer(address: SocketAddr) {
    let mut stream = TcpStream::connect(address).unwrap();
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    stream
        .write_all(&[b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".as_slice(), &settings].concat())
        .unwrap();
    stream.read_exact(&mut [0; 9]).unwrap();
}

#[test]
fn it_says_where_it_stores_and_listens() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Running::start(program(&data));
    assert_eq!(server.said[0], format!("data folder: {}", data.display()));
    assert_ne!(server.address.port(), 0);
    TcpStream::connect(server.address).unwrap();
}

#[test]
fn both_signals_end_it_well_and_in_time_though_a_client_holds_on() {
    let folder = tempfile::tempdir().unwrap();
    for signal in ["TERM", "INT"] {
        let mut server = Running::start(program(folder.path()));
        let mut bare = TcpStream::connect(server.address).unwrap();
        let begun = Instant::now();
        server.signal(signal);
        assert_eq!(server.ended(), Some(0));
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        let _ = bare.read(&mut [0; 64]);
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    command.env("DATELINE_DRAIN_DEADLINE_SECONDS", "3600");
    let mut server = Running::start(command);
    let _bare = TcpStream::connect(server.address).unwrap();
    // Connections are accepted in their order: the bare one, which the first signal waits for, is by now.
    wait_for_an_answer(server.address);
    server.signal("TERM");
    // The first is taken when nothing new is accepted any more.
    let begun = Instant::now();
    while TcpStream::connect(server.address).is_ok() {
        assert!(begun.elapsed() < PATIENCE, "it still listens");
        std::thread::sleep(Duration::from_millis(10));
    }
    server.signal("TERM");
    assert_eq!(server.ended(), Some(130));
}

#[test]
fn a_port_in_use_is_one_clear_line() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = program_on(&taken.local_addr().unwrap().to_string(), folder.path());
    command.env("DATELINE_LOG", "off");
    let (code, said) = outcome(command);
    assert_eq!(code, 1, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("another program listens there") && said.contains("--listen"),
        "{said}"
    );
}

#[test]
fn a_folder_that_another_server_uses_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Running::start(program(folder.path()));
    let mut second = program(folder.path());
    second.env("DATELINE_LOG", "off");
    let (code, said) = outcome(second);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("in use by another process"), "{said}");
}

#[test]
fn a_data_folder_that_is_a_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    let mut command = program(&file);
    command.env("DATELINE_LOG", "off");
    let (code, said) = outcome(command);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("is not a folder") && said.contains("file"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "text");
}

#[test]
fn settings_that_are_not_understood_are_usage_errors() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("server.toml");
    fs::write(&config, "[limits]\nsubscribtions = 3\n").unwrap();
    let mut misspelt_file = program(folder.path());
    misspelt_file.arg("--config").arg(&config);
    let mut misspelt_variable = program(folder.path());
    misspelt_variable.env("DATELINE_LISTEM", "127.0.0.1:1");
    let mut misspelt_flag = program(folder.path());
    misspelt_flag.arg("--listem");
    let mut missing_file = program(folder.path());
    missing_file.args(["--config", "/no/such/file.toml"]);
    let mut bad_log = program(folder.path());
    bad_log.env("DATELINE_LOG", "info,[");
    for (command, named) in [
        (misspelt_file, "subscribtions"),
        (misspelt_variable, "DATELINE_LISTEM"),
        (misspelt_flag, "--listem"),
        (missing_file, "/no/such/file.toml"),
        (bad_log, "log"),
    ] {
        let (code, said) = outcome(command);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(named), "{said}");
    }
}

#[test]
fn an_address_that_others_reach_is_refused_without_insecure() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = outcome(program_on("0.0.0.0:0", folder.path()));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--insecure"), "{said}");
    let mut insecure = program_on("0.0.0.0:0", folder.path());
    insecure.arg("--insecure");
    assert_eq!(Running::start(insecure).address.ip().to_string(), "0.0.0.0");
}

#[test]
fn check_config_prints_what_is_in_force_and_starts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline-server"));
    command.args(["check-config", "--data-dir"]).arg(&data);
    let output = command
        .env("DATELINE_LIMITS_SUBSCRIPTIONS", "7")
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("subscriptions = 7"), "{text}");
    assert!(text.contains(&data.display().to_string()), "{text}");
    assert!(!data.exists());
}

#[test]
fn views_are_rebuilt_on_demand_and_not_under_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let rebuild = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline-server"));
        command.args(["rebuild-views", "--data-dir"]).arg(folder.path());
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env("DATELINE_LOG", "off");
        outcome(command)
    };
    let mut server = Running::start(program(folder.path()));
    let (code, said) = rebuild();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("in use by another process"), "{said}");
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
    let (code, said) = rebuild();
    assert_eq!(code, 0, "{said}");
    Running::start(program(folder.path()));
}
