//! `code`: shows what articles say, without storing anything.

use std::path::PathBuf;

use clap::Args;
use dateline_proto::{files::Published, v1::CodeArticleRequest};
use futures_util::StreamExt as _;

use super::{
    context::Context,
    exit::{Exit, Failure},
    ingest::reading,
    text,
};

const AFTER_HELP: &str = "\
Examples:
  dateline code report.txt --published 2023-09-13
  dateline code - --explain < report.txt             every sentence, and why it was passed over
  dateline code articles.jsonl -o json               one JSON event a line";

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CodeArgs {
    /// A .txt, .md, .html or .jsonl file, a folder of them, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// When it was published, where the input does not say: 2023-09-13 or 2023-09-13T12:00:00Z
    #[arg(long, value_name = "DATE")]
    published: Option<Published>,
    /// Headline, where the input does not say
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Show for every sentence what was found in it, or why it was passed over
    #[arg(long)]
    explain: bool,
}

pub(crate) async fn run(args: CodeArgs, context: &mut Context) -> Result<Exit, Failure> {
    let mut exit = Exit::Ok;
    let mut found = 0;
    let mut articles = reading::articles(&args.paths)?;
    while let Some(read) = articles.next().await {
        let (origin, mut article) = match read {
            Ok(read) => read,
            Err(error) => {
                context.notice(&error.to_string());
                exit = Exit::Refused;
                continue;
            }
        };
        if article.publish_time.is_none() {
            article.publish_time = args.published.map(|published| published.0);
        }
        if let (true, Some(title)) = (article.title.is_empty(), &args.title) {
            article.title.clone_from(title);
        }
        let request = CodeArticleRequest {
            article: Some(article),
            explain: args.explain,
        };
        let coded = match context.call(context.client.code_article(request)).await {
            Ok(coded) => coded,
            Err(failure) if failure.exit() == Exit::Refused => {
                context.out.flush()?;
                failure.at(&origin).print();
                exit = Exit::Refused;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        found += coded.events.len();
        for event in &coded.events {
            context.out.event(event, false)?;
        }
        if args.explain {
            let traces = text::traces(&coded.traces);
            if context.out.is_json() {
                context.out.flush()?;
                eprint!("{traces}");
            } else {
                context.out.line(&traces)?;
            }
        }
        context.out.flush()?;
    }
    if found == 0 && exit == Exit::Ok {
        context.remark("no event found; --explain says why");
    }
    Ok(exit)
}
