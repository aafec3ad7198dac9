//! A Dateline server in a process of its own: started, stopped, killed and started again on the same folder.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How the line begins with which the server tells its address.
const LISTENING: &str = "listening on ";
const START_DEADLINE: Duration = Duration::from_secs(120);

/// How to start a server.
#[derive(Clone, Debug)]
pub struct ServerCommand {
    wrapper: Vec<String>,
    program: PathBuf,
    data_dir: PathBuf,
    listen: String,
    args: Vec<String>,
    envs: Vec<(String, String)>,
}

impl ServerCommand {
    /// A server of `program` on `data_dir` that listens on a free port.
    pub fn new(program: impl Into<PathBuf>, data_dir: &Path) -> Self {
        Self {
            wrapper: Vec::new(),
            program: program.into(),
            data_dir: data_dir.into(),
            listen: "127.0.0.1:0".into(),
            args: Vec::new(),
            envs: Vec::new(),
        }
    }

    /// The same on this address.
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.listen = address.into();
        self
    }

    /// The same run by another program, which is given the server's command line and must replace itself by it.
    pub fn wrapped<S: Into<String>>(mut self, wrapper: impl IntoIterator<Item = S>) -> Self {
        self.wrapper = wrapper.into_iter().map(Into::into).collect();
        self
    }

    /// The same with more arguments.
    pub fn args<S: Into<String>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// The same with an environment variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.envs.push((name.into(), value.into()));
        self
    }

    /// The command as it will be run, for tests that expect it to fail.
    pub fn command(&self) -> Command {
        let mut command = match self.wrapper.split_first() {
            None => Command::new(&self.program),
            Some((wrapper, args)) => {
                let mut command = Command::new(wrapper);
                command.args(args).arg(&self.program);
                command
            }
        };
        command
            .args(["--listen", &self.listen, "--data-dir"])
            .arg(&self.data_dir)
            .args(&self.args)
            .envs(self.envs.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts the server and waits until it listens.
    ///
    /// # Panics
    /// It ends, or does not listen within two minutes; the message holds what it printed.
    pub fn start(&self) -> ServerProcess {
        let mut child = self.command().spawn().expect("the server program can be run");
        let log = Arc::new(Log::default());
        let output: [Box<dyn std::io::Read + Send>; 2] = [
            Box::new(child.stdout.take().expect("stdout is piped")),
            Box::new(child.stderr.take().expect("stderr is piped")),
        ];
        for stream in output {
            let log = log.clone();
            std::thread::spawn(move || log.follow(stream));
        }
        let address = log.wait_for(LISTENING, START_DEADLINE);
        let Some(address) = address else {
            let _ = child.kill();
            panic!("the server did not listen; it printed:\n{}", log.text());
        };
        let address = address
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        ServerProcess { child, log, address }
    }
}

/// A running server; killed when dropped.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    log: Arc<Log>,
    address: String,
}

impl ServerProcess {
    /// `host:port`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// `http://host:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it printed so far, on both streams.
    pub fn log(&self) -> String {
        self.log.text()
    }

    /// Kills it at once (SIGKILL) and waits for the corpse.
    pub fn kill(mut self) {
        self.stop_now();
    }

    /// Sends a signal by name: `TERM`, `INT`, `STOP`, `CONT`.
    ///
    /// # Panics
    /// The signal cannot be sent.
    pub fn signal(&self, name: &str) {
        signal(self.pid(), name);
    }

    /// Asks it to stop (SIGTERM) and waits; none if it still runs at the deadline.
    pub fn terminate(mut self, deadline: Duration) -> Option<ExitStatus> {
        self.signal("TERM");
        self.wait(deadline)
    }

    /// Waits for its end; none if it still runs at the deadline.
    pub fn wait(&mut self, deadline: Duration) -> Option<ExitStatus> {
        wait(&mut self.child, deadline)
    }

    fn stop_now(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.stop_now();
        if std::thread::panicking() {
            let text = self.log.text();
            let tail: Vec<&str> = text.lines().rev().take(40).collect();
            eprintln!("--- the server's last lines");
            tail.iter().rev().for_each(|line| eprintln!("{line}"));
        }
    }
}

/// Sends a signal by name to a process.
///
/// # Panics
/// It cannot be sent.
pub fn signal(pid: u32, name: &str) {
    let status = Command::new("kill")
        .args([format!("-{name}"), pid.to_string()])
        .status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "cannot send SIG{name} to {pid}"
    );
}

/// Waits for a process's end; none if it still runs at the deadline.
pub fn wait(child: &mut Child, deadline: Duration) -> Option<ExitStatus> {
    let until = Instant::now() + deadline;
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if Instant::now() >= until {
            return None;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Lines that a process printed, for who waits for one of them.
#[derive(Debug, Default)]
struct Log {
    lines: Mutex<Lines>,
    grew: Condvar,
}

#[derive(Debug, Default)]
struct Lines {
    all: Vec<String>,
    ended_streams: usize,
}

impl Log {
    fn follow(&self, stream: impl std::io::Read) {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            self.change(|lines| lines.all.push(String::from_utf8_lossy(&line).into_owned()));
        }
        self.change(|lines| lines.ended_streams += 1);
    }

    fn change(&self, change: impl FnOnce(&mut Lines)) {
        change(&mut self.lines.lock().unwrap_or_else(PoisonError::into_inner));
        self.grew.notify_all();
    }

    fn text(&self) -> String {
        self.lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .all
            .join("\n")
    }

    /// What follows `marker` in the first line that holds it, up to the next blank; none at the deadline or when both streams ended.
    fn wait_for(&self, marker: &str, deadline: Duration) -> Option<String> {
        let until = Instant::now() + deadline;
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let found = lines
                .all
                .iter()
                .find_map(|line| Some(line.split_once(marker)?.1.to_owned()));
            if let Some(rest) = found {
                return rest.split_whitespace().next().map(str::to_owned);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || lines.ended_streams == 2 {
                return None;
            }
            lines = self
                .grew
                .wait_timeout(lines, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}
