//! `ingest`: puts files and folders of articles into the feed.

mod progress;
pub(super) mod reading;

use std::{
    path::{Path, PathBuf},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use clap::Args;
use dateline_proto::{
    files::{Format, Published},
    v1::{Article, IngestArticlesRequest, IngestArticlesResponse, IngestOutcome},
};
use futures_util::{Stream, StreamExt as _, stream};

use self::{progress::Progress, reading::Read};
use super::{
    context::Context,
    exit::{Exit, Failure},
    text,
};
use crate::{IngestUpdate, ingest_articles};

const AFTER_HELP: &str = "\
A file that is one article has the identity file: and its absolute path, or --uri; an article of
a .jsonl file its id, else its uri, else a hash of its text. Ingesting an edited article sends only
the difference; the same article again sends nothing. A .jsonl file holds one article a line, such as
  {\"text\": \"...\", \"uri\": \"https://example.org/a\", \"published\": \"2023-09-13\", \"title\": \"...\"}
Keys: text, id, uri, title, published, publisher, language; all but text may be left out.

Examples:
  dateline ingest articles/ --publisher \"My Times\"
  dateline ingest report.txt --uri https://example.org/report --published 2023-09-13
  crawl | dateline ingest - -o json";

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct IngestArgs {
    /// .txt, .md, .html and .jsonl files, folders of them, or - for standard input (a text, or JSON lines)
    #[arg(value_name = "PATH", required_unless_present = "stored")]
    paths: Vec<PathBuf>,
    /// Where the article was published; for a single article
    #[arg(long, value_name = "URI")]
    uri: Option<String>,
    /// When, where the input does not say: 2023-09-13 or 2023-09-13T12:00:00Z
    #[arg(long, value_name = "DATE")]
    published: Option<Published>,
    /// By whom, where the input does not say
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Headline, where the input does not say
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Code them anew even if nothing of them changed
    #[arg(long)]
    recode: bool,
    /// With --recode: an article that the feed has, instead of a file
    #[arg(long, value_name = "ARTICLE_ID", requires = "recode")]
    stored: Vec<String>,
}

pub(crate) async fn run(args: IngestArgs, context: &mut Context) -> Result<Exit, Failure> {
    args.check()?;
    let unread = Arc::new(AtomicU64::new(0));
    let mut progress = Progress::new(context.out.is_json());
    let articles = args.requests(Arc::clone(&unread), &progress)?;
    let mut updates = pin!(ingest_articles(
        context.client.clone(),
        articles,
        context.resume()
    ));
    let interrupt = context.interrupt.clone();
    let mut away = false;
    let result = loop {
        let update = tokio::select! {
            update = updates.next() => update,
            () = interrupt.wait() => break Ok(Exit::Interrupted),
        };
        match update {
            None => break Ok(Exit::Ok),
            Some(Err(error)) => break Err(context.failure(&error)),
            Some(Ok(IngestUpdate::Answer(answer))) => {
                away = false;
                progress.count(&answer);
                let shown = progress.beside(|| show(&answer, context));
                if let Err(failure) = shown {
                    break Err(failure);
                }
            }
            Some(Ok(IngestUpdate::Reconnecting { error, .. })) if !away => {
                away = true;
                let patience = text::span(context.patience());
                progress.say(&format!("{error}; trying to connect for {patience}"));
            }
            Some(Ok(IngestUpdate::Reconnecting { .. })) => {}
        }
    };
    let unread = unread.load(Ordering::Relaxed);
    progress.finish(unread);
    match result {
        Ok(Exit::Ok) if unread + progress.refused() > 0 => Ok(Exit::Refused),
        result => result,
    }
}

impl IngestArgs {
    fn check(&self) -> Result<(), Failure> {
        let single = |path: &Path| !path.is_dir() && Format::of(path) != Some(Format::JsonLines);
        match (&self.uri, self.paths.as_slice(), self.stored.as_slice()) {
            (None, ..) => Ok(()),
            (Some(_), [path], []) if single(path) => Ok(()),
            _ => Err(Failure::usage(
                "--uri is the identity of one article; give it with a single file",
            )),
        }
    }

    fn requests(
        &self,
        unread: Arc<AtomicU64>,
        progress: &Progress,
    ) -> Result<impl Stream<Item = IngestArticlesRequest> + Send + Unpin + use<>, Failure> {
        let recode = self.recode;
        let stored = self
            .stored
            .clone()
            .into_iter()
            .map(move |article_id| IngestArticlesRequest {
                request_id: article_id.clone(),
                article: Some(Article {
                    article_id,
                    ..Article::default()
                }),
                recode,
            });
        let defaults = Defaults {
            uri: self.uri.clone(),
            published: self.published,
            publisher: self.publisher.clone().unwrap_or_default(),
            title: self.title.clone().unwrap_or_default(),
        };
        let voice = progress.voice();
        let read = reading::articles(&self.paths)?.filter_map(move |read: Read| {
            let request = match read {
                Ok((origin, mut article)) => {
                    if !origin.ignored_keys.is_empty() {
                        voice.say(&format!(
                            "{origin}: ignored keys: {}",
                            origin.ignored_keys.join(", ")
                        ));
                    }
                    defaults.fill(&mut article);
                    Some(IngestArticlesRequest {
                        request_id: origin.to_string(),
                        article: Some(article),
                        recode,
                    })
                }
                Err(error) => {
                    unread.fetch_add(1, Ordering::Relaxed);
                    voice.say(&error.to_string());
                    None
                }
            };
            std::future::ready(request)
        });
        Ok(stream::iter(stored).chain(read))
    }
}

/// What the flags say about articles that do not say it themselves.
struct Defaults {
    uri: Option<String>,
    published: Option<Published>,
    publisher: String,
    title: String,
}

impl Defaults {
    fn fill(&self, article: &mut Article) {
        if let Some(uri) = &self.uri {
            article.uri.clone_from(uri);
            // The uri takes the place of the file's name as the identity.
            article.article_id.clear();
        }
        if article.publish_time.is_none() {
            article.publish_time = self.published.map(|published| published.0);
        }
        if article.publisher.is_empty() {
            article.publisher.clone_from(&self.publisher);
        }
        if article.title.is_empty() {
            article.title.clone_from(&self.title);
        }
    }
}

fn show(answer: &IngestArticlesResponse, context: &mut Context) -> Result<(), Failure> {
    let result = answer.result.clone().unwrap_or_default();
    if context.out.is_json() {
        context.out.json(&result)?;
    } else if result.outcome() != IngestOutcome::Rejected {
        let line = text::ingest_line(&answer.request_id, &result, &context.out.look);
        context.out.line(&line)?;
    }
    context.out.flush()?;
    if result.outcome() == IngestOutcome::Rejected {
        let message = if answer.error_message.is_empty() {
            "refused"
        } else {
            &answer.error_message
        };
        context.notice(&format!("{}: {message}", answer.request_id));
    }
    Ok(())
}
