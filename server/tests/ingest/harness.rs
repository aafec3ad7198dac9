//! A server in this process with the real coder, and clients of both services.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use dateline_coder::Coder;
use dateline_proto::v1::{
    Article, Change, Event, GetEventRequest, IngestArticleRequest, IngestArticleResponse, StartPosition,
    SubscribeRequest, feed_service_client::FeedServiceClient, ingest_service_client::IngestServiceClient,
    subscribe_request::Start, subscribe_response::Message,
};
use dateline_server::{app::App, config::Config};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle, time::timeout};
use tonic::{Code, Status, Streaming, transport::Channel};
use tonic_types::StatusExt as _;

/// Nothing here takes this long unless it is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Server {
    pub(crate) ingest: IngestServiceClient<Channel>,
    pub(crate) feed: FeedServiceClient<Channel>,
    folder: TempDir,
    config: Config,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            listen: "127.0.0.1:0".parse().unwrap(),
            ..Config::default()
        };
        change(&mut config);
        Self::on(tempfile::tempdir().unwrap(), config).await
    }

    async fn on(folder: TempDir, mut config: Config) -> Self {
        static CODER: OnceLock<Arc<Coder>> = OnceLock::new();
        let coder = CODER.get_or_init(|| Arc::new(Coder::new().unwrap())).clone();
        config.data_dir = Some(folder.path().join("data"));
        let app = App::start_with(config.clone(), coder).await.unwrap();
        let address = format!("http://{}", app.address());
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(app.serve(async {
            let _ = stopped.await;
        }));
        let channel = Channel::from_shared(address).unwrap().connect().await.unwrap();
        Self {
            ingest: IngestServiceClient::new(channel.clone()).max_encoding_message_size(64 << 20),
            feed: FeedServiceClient::new(channel).max_decoding_message_size(64 << 20),
            folder,
            config,
            stop,
            serving,
        }
    }

    /// Stops it, which drains it, and starts it anew on the same data.
    pub(crate) async fn restart(self) -> Self {
        let Self {
            ingest,
            feed,
            folder,
            config,
            stop,
            serving,
        } = self;
        drop((ingest, feed));
        stop.send(()).unwrap();
        timeout(PATIENCE, serving)
            .await
            .expect("the server stops")
            .unwrap();
        Self::on(folder, config).await
    }

    pub(crate) async fn put(&mut self, article: Article) -> IngestArticleResponse {
        let request = IngestArticleRequest {
            article: Some(article),
            recode: false,
        };
        self.ingest.ingest_article(request).await.unwrap().into_inner()
    }

    /// Everything from the first revision on, live.
    pub(crate) async fn watch(&mut self) -> Watch {
        let request = SubscribeRequest {
            start: Some(Start::StartPosition(StartPosition::Earliest.into())),
            ..Default::default()
        };
        Watch {
            stream: self.feed.subscribe(request).await.unwrap().into_inner(),
            ready: Vec::new(),
        }
    }

    /// Every revision that is in the feed now.
    pub(crate) async fn revisions(&mut self) -> Vec<Event> {
        let request = SubscribeRequest {
            start: Some(Start::StartPosition(StartPosition::Earliest.into())),
            stop_when_caught_up: true,
            ..Default::default()
        };
        let mut stream = self.feed.subscribe(request).await.unwrap().into_inner();
        let mut events = Vec::new();
        while let Some(message) = timeout(PATIENCE, stream.message())
            .await
            .expect("it ends")
            .unwrap()
        {
            if let Some(Message::Batch(batch)) = message.message {
                events.extend(batch.events);
            }
        }
        events
    }

    pub(crate) async fn event(&mut self, event_id: &str) -> Event {
        let request = GetEventRequest {
            event_id: event_id.into(),
            ..Default::default()
        };
        self.feed
            .get_event(request)
            .await
            .unwrap()
            .into_inner()
            .event
            .unwrap()
    }
}

/// A live subscription to all events.
pub(crate) struct Watch {
    stream: Streaming<dateline_proto::v1::SubscribeResponse>,
    ready: Vec<Event>,
}

impl Watch {
    /// The next revisions, so many; more than that at once is an error of the feed.
    pub(crate) async fn next(&mut self, count: usize) -> Vec<Event> {
        while self.ready.len() < count {
            let message = timeout(PATIENCE, self.stream.message())
                .await
                .expect("more comes")
                .unwrap();
            if let Some(Message::Batch(batch)) = message.expect("the stream goes on").message {
                self.ready.extend(batch.events);
            }
        }
        self.ready.drain(..count).collect()
    }
}

/// An article published on 13 September 2023, a Wednesday.
pub(crate) fn article(id: &str, sentences: &[&str]) -> Article {
    Article {
        article_id: id.into(),
        title: "News".into(),
        body: sentences.join(" "),
        publisher: "Sample Wire".into(),
        publish_time: Some(
            "2023-09-13"
                .parse::<dateline_proto::files::Published>()
                .unwrap()
                .0,
        ),
        ..Default::default()
    }
}

pub(crate) fn changes(events: &[Event]) -> Vec<(Change, &str)> {
    events
        .iter()
        .map(|event| (event.change(), event.mentions[0].sentence.as_str()))
        .collect()
}

/// Code and reason of an error; every one has a reason.
pub(crate) fn reason(status: &Status) -> (Code, String) {
    let details = status.get_error_details();
    (
        status.code(),
        details.error_info().expect("has ErrorInfo").reason.clone(),
    )
}

pub(crate) const MEETING: &str = "Kim Jong Un met Vladimir Putin on Wednesday.";
pub(crate) const CHARGE: &str = "Japan condemned North Korea on Wednesday.";
pub(crate) const PROMISE: &str = "France promised aid to Ukraine on Wednesday.";
pub(crate) const ARREST: &str = "Soldiers detained Mohamed Bazoum in Niamey on Wednesday.";
