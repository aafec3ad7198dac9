//! Many articles over one stream that outlives its connections.

use std::{collections::VecDeque, time::Duration};

use async_stream::stream;
use dateline_proto::v1::{
    IngestArticleResponse, IngestArticlesRequest, IngestArticlesResponse, IngestOutcome,
};
use futures_util::{Stream, StreamExt as _};
use tokio::{sync::mpsc, time::sleep};
use tokio_stream::wrappers::ReceiverStream;
use tonic::Streaming;

use crate::{Client, Error, ErrorKind, Resume, outage::Outage};

/// Articles under way at once: enough to keep every core of a server coding while answers travel.
const WINDOW: usize = 32;
/// Bytes of text under way at once; a single article may be larger.
const WINDOW_BYTES: usize = 8 * 1024 * 1024;

/// What became of an article, or what the ingestion does by itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum IngestUpdate {
    /// The answer for the next article, in the order in which they were given.
    Answer(IngestArticlesResponse),
    /// The connection was lost or could not be made; the next attempt follows after the delay.
    Reconnecting {
        /// Why.
        error: Error,
        /// How long the ingestion waits.
        delay: Duration,
    },
}

/// Puts articles into the feed: one answer for each, in their order, each after its article is durable.
///
/// A bounded number of articles is under way at a time. After a lost connection those without an answer are sent again,
/// which is safe: what the server had stored already is answered as a duplicate. An article that a server refuses to
/// even read (larger than its limit for a message) is answered as rejected and does not stop the others.
///
/// Ends after the last answer, or with an error: one that trying again does not cure, or the last one when there was no
/// answer for as long as [`Resume::give_up_after`] allows.
pub fn ingest_articles<S>(
    client: Client,
    articles: S,
    resume: Resume,
) -> impl Stream<Item = Result<IngestUpdate, Error>> + Send
where
    S: Stream<Item = IngestArticlesRequest> + Send + Unpin,
{
    let mut articles = articles.fuse();
    let mut outage = Outage::new(&resume);
    let mut queue = Queue::default();
    stream! {
        loop {
            // Nothing to say, no reason to connect.
            if queue.waiting.is_empty() {
                match articles.next().await {
                    Some(article) => queue.waiting.push_back(article),
                    None => return,
                }
            }
            let (sender, receiver) = mpsc::channel(WINDOW);
            let mut sender = Some(sender);
            queue.under_way = 0;
            queue.send(sender.as_ref());
            let mut answers: Option<Streaming<IngestArticlesResponse>> = None;
            let mut client = client.ingest();
            let call = client.ingest_articles(ReceiverStream::new(receiver));
            tokio::pin!(call);
            let error = loop {
                if articles.is_done() && queue.all_under_way() {
                    sender = None;
                }
                tokio::select! {
                    called = &mut call, if answers.is_none() => match called {
                        Ok(response) => answers = Some(response.into_inner()),
                        Err(status) => break Error::from(status),
                    },
                    answer = next_answer(&mut answers), if answers.is_some() => match answer {
                        Ok(Some(answer)) => {
                            if let Err(error) = queue.answered(&answer) {
                                yield Err(error);
                                return;
                            }
                            outage.healthy();
                            yield Ok(IngestUpdate::Answer(answer));
                            queue.send(sender.as_ref());
                        }
                        Ok(None) if articles.is_done() && queue.waiting.is_empty() => return,
                        Ok(None) => break Error::new(ErrorKind::Unavailable, "the server closed the stream"),
                        Err(error) => break error,
                    },
                    article = articles.next(), if !articles.is_done() && queue.has_room() => {
                        if let Some(article) = article {
                            queue.waiting.push_back(article);
                            queue.send(sender.as_ref());
                        }
                    }
                }
            };
            if queue.waiting.is_empty() {
                continue;
            }
            match (error.kind(), queue.under_way) {
                // The only article under way is the one that the server would not read.
                (ErrorKind::Invalid, 1) => yield Ok(IngestUpdate::Answer(queue.reject(&error))),
                (ErrorKind::Invalid, _) => queue.one_by_one(),
                _ => match outage.delay_after(&error) {
                    Some(delay) => {
                        yield Ok(IngestUpdate::Reconnecting { error, delay });
                        sleep(delay).await;
                    }
                    None => {
                        yield Err(error);
                        return;
                    }
                },
            }
        }
    }
}

async fn next_answer(
    answers: &mut Option<Streaming<IngestArticlesResponse>>,
) -> Result<Option<IngestArticlesResponse>, Error> {
    match answers {
        Some(answers) => Ok(answers.message().await?),
        None => Ok(None),
    }
}

/// Articles that have no answer yet, oldest first; the first `under_way` of them were sent over this connection.
#[derive(Default)]
struct Queue {
    waiting: VecDeque<IngestArticlesRequest>,
    under_way: usize,
    /// So many articles go one at a time, to find the one that ends the stream.
    singly: usize,
}

impl Queue {
    fn window(&self) -> usize {
        if self.singly > 0 { 1 } else { WINDOW }
    }

    fn has_room(&self) -> bool {
        let bytes: usize = self.waiting.iter().map(body_bytes).sum();
        self.waiting.len() < self.window() && bytes < WINDOW_BYTES
    }

    fn all_under_way(&self) -> bool {
        self.under_way == self.waiting.len()
    }

    /// Hands over what the window allows; never more than the channel holds.
    fn send(&mut self, sender: Option<&mpsc::Sender<IngestArticlesRequest>>) {
        let Some(sender) = sender else { return };
        while self.under_way < self.window() {
            let Some(article) = self.waiting.get(self.under_way) else {
                return;
            };
            // A closed channel shows as an error of the call.
            if sender.try_send(article.clone()).is_err() {
                return;
            }
            self.under_way += 1;
        }
    }

    fn answered(&mut self, answer: &IngestArticlesResponse) -> Result<(), Error> {
        let known = self.under_way > 0;
        let sent = self.waiting.front().map(|article| article.request_id.as_str());
        if !known || sent != Some(answer.request_id.as_str()) {
            let message = "the server's answers do not follow the order of the articles";
            return Err(Error::new(ErrorKind::Server, message));
        }
        self.done();
        Ok(())
    }

    fn done(&mut self) -> Option<IngestArticlesRequest> {
        self.under_way = self.under_way.saturating_sub(1);
        self.singly = self.singly.saturating_sub(1);
        self.waiting.pop_front()
    }

    fn one_by_one(&mut self) {
        self.singly = self.waiting.len();
    }

    fn reject(&mut self, error: &Error) -> IngestArticlesResponse {
        let article = self.done().unwrap_or_default();
        IngestArticlesResponse {
            request_id: article.request_id,
            result: Some(IngestArticleResponse {
                outcome: IngestOutcome::Rejected as i32,
                article_id: article
                    .article
                    .map(|article| article.article_id)
                    .unwrap_or_default(),
                ..IngestArticleResponse::default()
            }),
            error_reason: error.reason().to_owned(),
            error_message: error.to_string(),
        }
    }
}

fn body_bytes(request: &IngestArticlesRequest) -> usize {
    request.article.as_ref().map_or(0, |article| article.body.len())
}
