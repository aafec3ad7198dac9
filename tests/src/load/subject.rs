//! A measured server, of whichever system, in a process of its own.

use std::{
    fs::File,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use super::{options::Options, probe};
use crate::process::{ServerCommand, ServerProcess};

/// Set for the child process in which this program is a server itself; the value says which.
pub const SERVE_VARIABLE: &str = "E2E_LOAD_SERVES";

const START_DEADLINE: Duration = Duration::from_secs(60);

enum Process {
    Dateline(ServerProcess),
    Other { child: Child, address: String },
}

/// A running server; killed when dropped.
pub struct Subject {
    process: Process,
}

impl Subject {
    /// A Dateline server on the folder.
    ///
    /// # Panics
    /// It does not start.
    pub fn dateline(options: &Options, folder: &Path) -> Self {
        let process = ServerCommand::new(&options.program, folder)
            .env(SERVE_VARIABLE, "dateline")
            .env("DATELINE_LIMITS_SUBSCRIPTIONS", "200000")
            .env("DATELINE_LIMITS_STREAMS_PER_CONNECTION", "10000")
            .env("DATELINE_LOG", "warn")
            .start();
        Self {
            process: Process::Dateline(process),
        }
    }

    /// Another server, which says that it is ready by a line with `marker`; what follows the marker up to a blank is its address.
    ///
    /// # Errors
    /// It cannot be run, or does not print that line within a minute; the error holds what it printed.
    pub fn other(command: &mut Command, log: &Path, marker: &str) -> anyhow::Result<Self> {
        let file = File::create(log)?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("cannot run {command:?}"))?;
        let until = Instant::now() + START_DEADLINE;
        loop {
            let printed = std::fs::read_to_string(log)?;
            let line = printed
                .lines()
                .find_map(|line| Some(line.split_once(marker)?.1.to_owned()));
            if let Some(rest) = line {
                let address = rest.split_whitespace().next().unwrap_or_default().to_owned();
                return Ok(Self {
                    process: Process::Other { child, address },
                });
            }
            if child.try_wait()?.is_some() || Instant::now() > until {
                let _ = child.kill();
                let _ = child.wait();
                bail!("{command:?} did not start; it printed:\n{printed}");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The same with an address that it did not print.
    pub fn at(mut self, known: String) -> Self {
        if let Process::Other { address, .. } = &mut self.process {
            *address = known;
        }
        self
    }

    /// `host:port`.
    pub fn address(&self) -> &str {
        match &self.process {
            Process::Dateline(process) => process.address(),
            Process::Other { address, .. } => address,
        }
    }

    /// `http://host:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        match &self.process {
            Process::Dateline(process) => process.pid(),
            Process::Other { child, .. } => child.id(),
        }
    }

    /// Its resident memory.
    pub fn resident_bytes(&self) -> u64 {
        probe::resident_bytes(self.pid())
    }

    /// Starts a clock of its CPU time.
    pub fn clock(&self) -> Clock {
        Clock::of(self.pid())
    }

    /// Asks it to stop and waits for its end.
    ///
    /// # Errors
    /// It still runs after a minute.
    pub fn stop(mut self) -> anyhow::Result<()> {
        crate::process::signal(self.pid(), "TERM");
        let ended = match &mut self.process {
            Process::Dateline(process) => process.wait(START_DEADLINE),
            Process::Other { child, .. } => crate::process::wait(child, START_DEADLINE),
        };
        ended.map(drop).context("the server does not stop")
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        if let Process::Other { child, .. } = &mut self.process {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Wall time and CPU time since a moment.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    pid: u32,
    server: f64,
    client: f64,
    start: Instant,
}

/// What a clock showed when it was stopped.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// Wall time in seconds.
    pub seconds: f64,
    /// CPU seconds of the server.
    pub server: f64,
    /// CPU seconds of this program.
    pub client: f64,
}

impl Clock {
    /// A clock of what this program does itself, as if it were a server.
    pub fn of_this_program() -> Self {
        Self::of(std::process::id())
    }

    fn of(pid: u32) -> Self {
        Self {
            pid,
            server: probe::cpu_seconds(pid),
            client: probe::cpu_seconds(std::process::id()),
            start: Instant::now(),
        }
    }

    /// Reads the clock.
    pub fn spent(&self) -> Spent {
        let seconds = self.start.elapsed().as_secs_f64();
        Spent {
            seconds,
            server: probe::cpu_seconds(self.pid) - self.server,
            client: probe::cpu_seconds(std::process::id()) - self.client,
        }
    }
}
