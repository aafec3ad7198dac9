//! `code`: the events of files, without a server. Nothing is stored, and nothing is merged: each article stands alone.
//!
//! stdout carries one event a line, as protobuf JSON. Everything else goes to stderr: what was refused, and with `--explain` how each
//! sentence was coded, one block for each (here without the lines of the tree):
//!
//! ```text
//! a.txt 0..43 hypothetical: France hoped to hold talks with Iran.
//!     clause   hope: subj France | comp hold
//!              hold: subj France | obj talks | with Iran
//!     pattern  verbs.txt has no line for "hope"; it is doubt for what it governs, operators.txt:34:13
//!              "held" fits hold|... obj:%talks rec=with,between mutual -> CONSULT 046  verbs.txt:41:6
//!     party    "France" is France (name)
//!     change   "hoped" over "hold" leaves CONSULT out, doubt, operators.txt:34:13
//!     dropped  "hold" CONSULT: France [FRA], Iran [IRN] -> nobody left out: hypothetical: Only imagined or conditional
//!     reason   hypothetical: Only imagined or conditional; operators.txt lists words that only imagine (doubt); ...
//! ```

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use dateline_coder::Coder;
use dateline_proto::{
    files::{self, FileError, Limits, Origin, Published},
    v1,
};

use super::{FAILED, fail};
use crate::{article, config, data, ingest, refusal::Refusal};

/// What `code` is given.
#[derive(Args, Debug)]
pub(super) struct CodeArgs {
    /// Files or folders of articles (.txt .md .html .jsonl), or `-` for standard input: JSON lines if it begins with `{`, else one text
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// Day or time of publication, 2023-09-13 or 2023-09-13T12:00:00Z; `published` of a line of a .jsonl file comes first
    #[arg(long, value_name = "DATE")]
    published: Option<Published>,
    /// Folder of data files of the coder, to replace or extend the built-in words and names
    #[arg(long, value_name = "FOLDER", env = "DATELINE_DATA")]
    data: Option<PathBuf>,
    /// Tell on stderr how each sentence was coded, and why not
    #[arg(long)]
    explain: bool,
}

/// Codes and prints: 0 done, 1 something was refused or cannot be written.
pub(super) fn code(args: &CodeArgs) -> ExitCode {
    let coder = match data::coder(args.data.as_deref()) {
        Ok(coder) => coder,
        Err(error) => return fail(FAILED, &error),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut err = io::stderr().lock();
    let run = Run {
        coder: &coder,
        args,
        limits: Limits {
            article_bytes: config::Limits::default().article_bytes as u64,
        },
    };
    match run.all(&mut out, &mut err) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(FAILED),
        // Who reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(FAILED, &format!("cannot write: {error}")),
    }
}

struct Run<'a> {
    coder: &'a Coder,
    args: &'a CodeArgs,
    limits: Limits,
}

type Found = Result<(Origin, v1::Article), FileError>;

impl Run<'_> {
    /// Codes everything named; returns how much of it was refused.
    fn all(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<usize> {
        let mut refused = 0;
        for path in &self.args.paths {
            let found: Box<dyn Iterator<Item = Found>> = if path.as_os_str() == "-" {
                Box::new(files::from_reader(io::stdin(), self.limits))
            } else {
                Box::new(files::articles(std::slice::from_ref(path), self.limits))
            };
            for item in found {
                refused += usize::from(!self.one(item, out, err)?);
                out.flush()?;
            }
        }
        Ok(refused)
    }

    /// Codes one article; false: it was refused.
    fn one(&self, item: Found, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<bool> {
        let (origin, mut article) = match item {
            Ok(found) => found,
            Err(error) => {
                writeln!(err, "dateline-server: {error}")?;
                return Ok(false);
            }
        };
        if !origin.ignored_keys.is_empty() {
            let keys = origin.ignored_keys.join(", ");
            writeln!(
                err,
                "dateline-server: {origin}: these keys mean nothing here and are ignored: {keys}"
            )?;
        }
        let given = self.args.published.map(|Published(time)| time);
        article.publish_time = article.publish_time.or(given);
        let article = match article::prepare(article, self.limits.article_bytes as usize) {
            Ok(article) => article,
            Err(error) => {
                writeln!(err, "dateline-server: {origin}: {}", Refusal::from(error))?;
                return Ok(false);
            }
        };
        let coded = ingest::code(self.coder, article, self.args.explain);
        for event in &coded.events {
            serde_json::to_writer(&mut *out, event)?;
            out.write_all(b"\n")?;
        }
        for trace in &coded.traces {
            explain(&origin, trace, err)?;
        }
        Ok(true)
    }
}

fn explain(origin: &Origin, trace: &v1::SentenceTrace, err: &mut dyn Write) -> io::Result<()> {
    let verdict = if trace.abstention.is_empty() {
        "coded"
    } else {
        trace.abstention.as_str()
    };
    let sentence: Vec<&str> = trace.sentence.split_whitespace().collect();
    let (start, end) = (trace.start_byte, trace.end_byte);
    writeln!(err, "{origin} {start}..{end} {verdict}: {}", sentence.join(" "))?;
    for step in trace.step_lines() {
        writeln!(err, "    {step}")?;
    }
    writeln!(err)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn bad_input_is_named_and_the_rest_is_coded() {
        let coder = Coder::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let lines = [
            r#"{"text":"Kim Jong Un met Vladimir Putin in Moscow on Wednesday.","id":"one","published":"2023-09-13"}"#,
            r#"{"text":"#,
            r#"{"text":"Kim Jong Un met Vladimir Putin in Moscow on Wednesday.","id":"two","author":"A"}"#,
        ];
        fs::write(folder.path().join("a.jsonl"), lines.join("\n")).unwrap();
        fs::write(
            folder.path().join("b.txt"),
            "caf\u{e9}".chars().map(|c| c as u8).collect::<Vec<_>>(),
        )
        .unwrap();
        let args = CodeArgs {
            paths: vec![folder.path().into()],
            published: Some("2023-09-20".parse().unwrap()),
            explain: true,
            data: None,
        };
        let run = Run {
            coder: &coder,
            args: &args,
            limits: Limits {
                article_bytes: 10_000,
            },
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(run.all(&mut out, &mut err).unwrap(), 2);
        let events: Vec<v1::Event> = out
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect();
        let err = String::from_utf8(err).unwrap();
        let articles: Vec<_> = events
            .iter()
            .map(|event| event.mentions[0].article_id.as_str())
            .collect();
        assert!(
            articles.contains(&"one") && articles.contains(&"two"),
            "{articles:?} {err}"
        );
        // The date given is for those that do not say it.
        for event in &events {
            let day = event.event_date.map(|date| date.day);
            assert_eq!(
                day,
                Some(if event.mentions[0].article_id == "one" {
                    13
                } else {
                    20
                })
            );
        }
        for part in [
            "a.jsonl:2: no article",
            "ignored: author",
            "b.txt: not UTF-8 at byte 3",
            " coded: Kim Jong Un met",
        ] {
            assert!(err.contains(part), "{part}: {err}");
        }
    }
}
