//! `publish`: puts events into the feed that were coded elsewhere.

mod lines;

use std::path::PathBuf;

use clap::Args;
use dateline_proto::v1::{PublishEventsRequest, PublishOutcome, PublishResult};

use self::lines::Line;
use super::{
    context::Context,
    exit::{Exit, Failure},
    text,
};
use crate::{Error, ErrorKind, outage::Outage};

/// Most events of one call; a server takes a thousand.
const BATCH: usize = 500;

const AFTER_HELP: &str = "\
An event with an eventId is that event: the same content again is a duplicate, other content a new revision.
Without one its id is a hash of its content, so that publishing the same line twice is safe.
Every event names its coder: who says so.

Examples:
  dateline publish events.jsonl
  dateline list -o json --addr a:7447 | dateline publish - --addr b:7447
  echo '{\"type\": \"EVENT_TYPE_AID\", \"coder\": \"me 1\", \"actors\": [{\"name\": \"Norway\"}]}' | dateline publish -";

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct PublishArgs {
    /// One JSON event a line; - for standard input
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// Merge events without an eventId with what the feed knows
    #[arg(long)]
    merge: bool,
    /// Only check them; nothing is stored
    #[arg(long)]
    validate_only: bool,
}

pub(crate) async fn run(args: PublishArgs, context: &mut Context) -> Result<Exit, Failure> {
    let name = args.path.display().to_string();
    let mut lines = lines::read(&args.path)?;
    let mut publisher = Publisher {
        args,
        name,
        published: 0,
        refused: 0,
    };
    let mut batch = Vec::with_capacity(BATCH);
    // Whatever is ready goes out together: a pipe is served at once, a file in full batches.
    while lines.recv_many(&mut batch, BATCH).await > 0 {
        let mut events = Vec::with_capacity(batch.len());
        for line in batch.drain(..) {
            match line {
                Ok(line) => events.push(line),
                Err(problem) => {
                    publisher.refused += 1;
                    context.notice(&problem);
                }
            }
        }
        publisher.publish(events, context).await?;
        context.out.flush()?;
    }
    let sum = format!(
        "{} taken, {} refused",
        text::count(publisher.published, "event"),
        publisher.refused
    );
    if context.out.is_json() {
        context.remark(&sum);
    } else {
        context.notice(&sum);
    }
    Ok(if publisher.refused > 0 {
        Exit::Refused
    } else {
        Exit::Ok
    })
}

struct Publisher {
    args: PublishArgs,
    name: String,
    published: u64,
    refused: u64,
}

impl Publisher {
    async fn publish(&mut self, events: Vec<Line>, context: &mut Context) -> Result<(), Failure> {
        let mut batches = vec![events];
        while let Some(mut events) = batches.pop() {
            if events.is_empty() {
                continue;
            }
            let request = PublishEventsRequest {
                events: events.iter().map(|line| line.event.clone()).collect(),
                validate_only: self.args.validate_only,
                merge: self.args.merge,
            };
            match call(request, context).await {
                Ok(results) => {
                    for (line, result) in events.iter().zip(&results) {
                        self.show(line, result, context)?;
                    }
                }
                // Too much at once, or one event that spoils the call: halve until it is found.
                Err(error) if error.kind() == ErrorKind::Invalid && events.len() > 1 => {
                    let rest = events.split_off(events.len() / 2);
                    batches.push(rest);
                    batches.push(events);
                }
                Err(error) if error.kind() == ErrorKind::Invalid => {
                    let result = PublishResult {
                        outcome: PublishOutcome::Rejected as i32,
                        event_id: events.iter().map(|line| line.event.event_id.clone()).collect(),
                        error_reason: error.reason().to_owned(),
                        error_message: error.to_string(),
                        ..PublishResult::default()
                    };
                    for line in &events {
                        self.show(line, &result, context)?;
                    }
                }
                Err(error) => return Err(context.failure(&error)),
            }
        }
        Ok(())
    }

    fn show(&mut self, line: &Line, result: &PublishResult, context: &mut Context) -> Result<(), Failure> {
        let rejected = matches!(
            result.outcome(),
            PublishOutcome::Rejected | PublishOutcome::Unspecified
        );
        *(if rejected {
            &mut self.refused
        } else {
            &mut self.published
        }) += 1;
        if context.out.is_json() {
            context.out.json(result)?;
        } else if !rejected {
            let text = text::publish_line(result, &line.event, &context.out.look);
            context.out.line(&text)?;
        }
        if rejected {
            context.notice(&format!(
                "{}:{}: {}",
                self.name, line.number, result.error_message
            ));
        }
        Ok(())
    }
}

/// Publishing again is safe, so a lost connection is waited out.
async fn call(request: PublishEventsRequest, context: &Context) -> Result<Vec<PublishResult>, Error> {
    let mut outage = Outage::new(&context.resume());
    outage.begin();
    let mut told = false;
    loop {
        let error = match context.client.publish_events(request.clone()).await {
            Ok(response) => return Ok(response.results),
            Err(error) => error,
        };
        let Some(delay) = outage.delay_after(&error) else {
            return Err(error);
        };
        if !told {
            told = true;
            let patience = text::span(context.patience());
            context.notice(&format!("{error}; trying again for {patience}"));
        }
        tokio::time::sleep(delay).await;
    }
}
