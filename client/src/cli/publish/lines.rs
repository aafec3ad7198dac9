//! Reads JSON events, one a line, on a thread of its own.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read as _},
    path::Path,
    thread,
};

use dateline_proto::v1::Event;
use tokio::sync::mpsc;

use super::super::exit::Failure;

/// Lines read ahead.
const AHEAD: usize = 500;
/// A longer line is refused without being kept; no server takes an event of this size.
const MAX_LINE_BYTES: u64 = 4 * 1024 * 1024;

/// An event, and the line it stands in, from 1.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) event: Event,
}

/// The events of a file, `-` being standard input. A line that is none is told as `file:line: what is wrong`; empty lines
/// are passed over.
pub(super) fn read(path: &Path) -> Result<mpsc::Receiver<Result<Line, String>>, Failure> {
    let name = path.display().to_string();
    let reader: Box<dyn BufRead + Send> = if name == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let opened = File::open(path).and_then(|file| match file.metadata()?.is_dir() {
            true => Err(io::ErrorKind::IsADirectory.into()),
            false => Ok(file),
        });
        let file = opened.map_err(|error| Failure::other(format!("cannot read {name}: {error}")))?;
        Box::new(BufReader::new(file))
    };
    let (sender, receiver) = mpsc::channel(AHEAD);
    thread::Builder::new()
        .name("events".into())
        .spawn(move || {
            let lines = Lines {
                reader,
                name,
                number: 0,
                broken: false,
            };
            for line in lines {
                if sender.blocking_send(line).is_err() {
                    return;
                }
            }
        })
        .map_err(|error| Failure::other(format!("cannot start: {error}")))?;
    Ok(receiver)
}

struct Lines<R> {
    reader: R,
    name: String,
    number: u64,
    broken: bool,
}

impl<R: BufRead> Lines<R> {
    fn parse(&self, line: &[u8]) -> Result<Line, String> {
        let event = serde_json::from_slice(line).map_err(|error| {
            // The line is told already, and serde's own "line 1" would contradict it.
            let why = error.to_string();
            let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
            format!("{}:{}:{}: {why}", self.name, self.number, error.column())
        })?;
        Ok(Line {
            number: self.number,
            event,
        })
    }

    fn skip_rest(&mut self) -> io::Result<()> {
        loop {
            let available = self.reader.fill_buf()?;
            let (used, done) = match available.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (available.len(), available.is_empty()),
            };
            self.reader.consume(used);
            if done {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Line, String>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.broken {
            let mut line = Vec::new();
            self.number += 1;
            let read = self
                .reader
                .by_ref()
                .take(MAX_LINE_BYTES)
                .read_until(b'\n', &mut line);
            match read {
                Ok(0) => return None,
                Ok(read) if read as u64 == MAX_LINE_BYTES && line.last() != Some(&b'\n') => {
                    self.skip_rest().ok();
                    return Some(Err(format!(
                        "{}:{}: the line is longer than 4 MiB",
                        self.name, self.number
                    )));
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(self.parse(&line)),
                Err(error) => {
                    // What cannot be read once cannot be read again: say so, then end.
                    self.broken = true;
                    return Some(Err(format!(
                        "{}:{}: cannot be read: {error}",
                        self.name, self.number
                    )));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<Result<Line, String>> {
        Lines {
            reader: text,
            name: "e.jsonl".into(),
            number: 0,
            broken: false,
        }
        .collect()
    }

    #[test]
    fn a_bad_line_is_told_with_its_place_and_does_not_hide_the_next() {
        let read = lines(b"{\"eventId\":\"a\"}\n\n{\"eventId\":7}\r\n{\"eventId\":\"b\"}");
        assert_eq!(read[0].as_ref().unwrap().event.event_id, "a");
        assert!(read[1].as_ref().unwrap_err().starts_with("e.jsonl:3:"));
        let last = read[2].as_ref().unwrap();
        assert_eq!((last.number, last.event.event_id.as_str()), (4, "b"));
        assert_eq!(read.len(), 3);
    }

    #[test]
    fn an_endless_line_is_refused_without_being_kept() {
        let mut text = vec![b'x'; MAX_LINE_BYTES as usize * 2];
        text.extend_from_slice(b"\n{}\n");
        let read = lines(&text);
        assert!(read[0].as_ref().unwrap_err().ends_with("longer than 4 MiB"));
        assert_eq!(read[1].as_ref().unwrap().number, 2);
    }
}
