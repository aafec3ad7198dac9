//! Standard output: buffered, flushed when asked, with colours only where a person sees them.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use dateline_proto::v1::Event;

use super::{
    exit::Failure,
    text::{self, Look},
};

/// Bytes gathered before they go out by themselves.
const BUFFER: usize = 64 * 1024;

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs: one JSON message a line (protobuf JSON mapping), nothing else on standard output
    Json,
}

/// Where results go. Everything else goes to standard error.
pub(crate) struct Out {
    writer: BufWriter<Stdout>,
    pub(crate) format: Format,
    pub(crate) look: Look,
}

impl Out {
    pub(crate) fn new(format: Format) -> Self {
        let stdout = io::stdout();
        let look = Look {
            colour: AutoStream::choice(&stdout) != ColorChoice::Never,
            width: stdout.is_terminal().then(textwrap::termwidth),
        };
        Self {
            writer: BufWriter::with_capacity(BUFFER, stdout),
            format,
            look,
        }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Writes a message as one line of JSON.
    pub(crate) fn json(&mut self, message: &impl serde::Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.writer, message)
            .map_err(|error| Failure::of_output(&error.into()))?;
        self.writer
            .write_all(b"\n")
            .map_err(|error| Failure::of_output(&error))
    }

    /// Writes text, and a line feed after it.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.writer, "{text}").map_err(|error| Failure::of_output(&error))
    }

    /// Writes an event as the format says. `left`: its new state no longer matches the filter.
    pub(crate) fn event(&mut self, event: &Event, left: bool) -> Result<(), Failure> {
        if self.is_json() {
            self.json(event)
        } else {
            let text = text::event(event, left, &self.look);
            self.line(&text)
        }
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.writer.flush().map_err(|error| Failure::of_output(&error))
    }
}
