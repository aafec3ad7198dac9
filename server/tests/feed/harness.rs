//! A server in this process, a writer that keeps events' states in order, and a reader with a deadline.

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::Path,
    sync::{Arc, OnceLock},
    time::Duration,
};

use dateline_coder::Coder;
use dateline_journal::{Entry, Journal, Revision, Sequence, Stamp};
use dateline_proto::v1::{
    Actor, Change, Event, EventBatch, EventFilter, EventType, SubscribeRequest, SubscribeResponse,
    feed_service_client::FeedServiceClient, subscribe_request::Start, subscribe_response::Message,
};
use dateline_server::{app::App, config::Config};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle, time::timeout};
use tonic::{Status, Streaming, transport::Channel};

/// Nothing here takes this long unless it is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) type Client = FeedServiceClient<Channel>;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) journal: Journal,
    pub(crate) folder: TempDir,
    config: Config,
    stop: Option<oneshot::Sender<()>>,
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
        config.data_dir = Some(folder.path().join("data"));
        let app = App::start_with(config.clone(), coder()).await.unwrap();
        let (address, journal) = (app.address(), app.journal().clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(app.serve(async {
            let _ = stopped.await;
        }));
        Self {
            address,
            journal,
            folder,
            config,
            stop: Some(stop),
            serving,
        }
    }

    pub(crate) async fn channel(&self) -> Channel {
        Channel::from_shared(format!("http://{}", self.address))
            .unwrap()
            .connect()
            .await
            .unwrap()
    }

    pub(crate) async fn client(&self) -> Client {
        FeedServiceClient::new(self.channel().await).max_decoding_message_size(64 << 20)
    }

    /// Tells the server to stop; it drains.
    pub(crate) fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// Waits until it is gone.
    pub(crate) async fn gone(&mut self) {
        timeout(PATIENCE, &mut self.serving)
            .await
            .expect("the server stops")
            .unwrap();
    }

    /// Stops it, lets `meanwhile` at the data folder, and starts it anew on that.
    pub(crate) async fn restart(mut self, meanwhile: impl FnOnce(&Path)) -> Self {
        if self.stop.is_some() {
            self.stop();
        }
        self.gone().await;
        let Self {
            folder,
            config,
            journal,
            ..
        } = self;
        drop(journal);
        meanwhile(&folder.path().join("data"));
        Self::on(folder, config).await
    }

    pub(crate) async fn append(&self, revisions: Vec<Revision>) -> Vec<Stamp> {
        let entry = Entry {
            article: None,
            reports: Vec::new(),
            revisions,
        };
        let submitted = self
            .journal
            .submit(entry, self.journal.generation())
            .await
            .unwrap();
        submitted.durable.await.unwrap();
        submitted.stamps
    }

    /// Appends so many events of one topic, a hundred to an entry.
    pub(crate) async fn fill(&self, writer: &mut Writer, count: usize, topic: &str) {
        let mut made = 0;
        while made < count {
            let some = (count - made).min(100);
            let revisions = (0..some).map(|_| writer.new_event(topic)).collect();
            let stamps = self.append(revisions).await;
            writer.stamped(&stamps);
            made += some;
        }
    }
}

/// One for all servers: it takes a while to load.
pub(crate) fn coder() -> Arc<Coder> {
    static CODER: OnceLock<Arc<Coder>> = OnceLock::new();
    CODER.get_or_init(|| Arc::new(Coder::new().unwrap())).clone()
}

/// Makes revisions that follow from what it made before.
#[derive(Default)]
pub(crate) struct Writer {
    newest: HashMap<String, (Event, Sequence)>,
    made: usize,
    waiting: Vec<Event>,
    /// Bytes of padding in each summary.
    padding: usize,
}

impl Writer {
    /// One whose events are this much larger.
    pub(crate) fn padded(padding: usize) -> Self {
        Self {
            padding,
            ..Self::default()
        }
    }

    /// The first revision of an event nobody knows.
    pub(crate) fn new_event(&mut self, topic: &str) -> Revision {
        self.made += 1;
        self.state(&format!("event-{:06}", self.made), topic, Change::Created)
    }

    /// The next revision of an event, whichever that is.
    pub(crate) fn state(&mut self, event_id: &str, topic: &str, change: Change) -> Revision {
        let waiting = self.waiting.iter().any(|event| event.event_id == event_id);
        assert!(!waiting, "an entry has one revision of an event");
        let known = self.newest.get(event_id).cloned();
        let event = Event {
            event_id: event_id.into(),
            revision: known.as_ref().map_or(1, |(event, _)| event.revision + 1),
            change: change.into(),
            r#type: EventType::Consult.into(),
            actors: vec![Actor {
                name: "Kim Jong Un".into(),
                country: "PRK".into(),
                code: "PRKGOV".into(),
                ..Actor::default()
            }],
            topics: vec![topic.into()],
            summary: "x".repeat(self.padding),
            coder: "test".into(),
            create_time: known.as_ref().and_then(|(event, _)| event.create_time),
            ..Event::default()
        };
        self.waiting.push(event.clone());
        let (before, previous) = known.map_or((None, Sequence::ZERO), |(event, at)| (Some(event), at));
        Revision {
            event: event.into(),
            before: before.map(Into::into),
            previous,
            held: false,
        }
    }

    /// Tells where the revisions made since the last call were put.
    pub(crate) fn stamped(&mut self, stamps: &[Stamp]) {
        for (mut event, stamp) in self.waiting.drain(..).zip(stamps) {
            event.cursor = stamp.cursor.to_string();
            event.update_time = Some(stamp.update_time);
            event.create_time.get_or_insert(stamp.update_time);
            self.newest
                .insert(event.event_id.clone(), (event, stamp.sequence));
        }
    }
}

/// A subscription with a deadline.
pub(crate) struct Reader {
    stream: Streaming<SubscribeResponse>,
    /// Cursor of the last message that had one.
    pub(crate) cursor: String,
}

pub(crate) fn earliest() -> SubscribeRequest {
    SubscribeRequest {
        start: Some(Start::StartPosition(2)),
        ..SubscribeRequest::default()
    }
}

pub(crate) fn after(cursor: &str) -> SubscribeRequest {
    SubscribeRequest {
        start: Some(Start::AfterCursor(cursor.into())),
        ..SubscribeRequest::default()
    }
}

pub(crate) fn topic(topic: &str) -> Option<EventFilter> {
    Some(EventFilter {
        topics: vec![topic.into()],
        ..EventFilter::default()
    })
}

impl Reader {
    pub(crate) async fn open(client: &mut Client, request: SubscribeRequest) -> Result<Self, Status> {
        let stream = timeout(PATIENCE, client.subscribe(request))
            .await
            .expect("an answer in time")?;
        Ok(Self {
            stream: stream.into_inner(),
            cursor: String::new(),
        })
    }

    /// The next message; None: the stream ended well.
    pub(crate) async fn next(&mut self) -> Result<Option<Message>, Status> {
        let response = timeout(PATIENCE, self.stream.message())
            .await
            .expect("a message in time")?;
        let message = response.map(|response| {
            response
                .message
                .expect("every response is a message this client knows")
        });
        if let Some(cursor) = message.as_ref().map(cursor_of) {
            self.cursor = cursor.to_owned();
        }
        Ok(message)
    }

    /// The next message, which has to come.
    pub(crate) async fn message(&mut self) -> Message {
        self.next().await.unwrap().expect("the stream goes on")
    }

    /// Everything through `caught_up`.
    pub(crate) async fn until_caught_up(&mut self) -> Vec<Message> {
        let mut messages = Vec::new();
        loop {
            let message = self.message().await;
            let live = matches!(message, Message::CaughtUp(_));
            messages.push(message);
            if live {
                return messages;
            }
        }
    }

    /// The next batch, checkpoints passed over.
    pub(crate) async fn batch(&mut self) -> EventBatch {
        loop {
            match self.message().await {
                Message::Batch(batch) => return batch,
                Message::Checkpoint(_) => {}
                other => panic!("a batch was expected, not {other:?}"),
            }
        }
    }

    /// So many more events, and nothing but batches and checkpoints on the way.
    pub(crate) async fn events(&mut self, count: usize) -> Vec<Event> {
        let mut events = Vec::new();
        while events.len() < count {
            events.extend(self.batch().await.events);
        }
        assert_eq!(events.len(), count);
        events
    }
}

fn cursor_of(message: &Message) -> &str {
    match message {
        Message::Started(started) => &started.start_cursor,
        Message::Batch(batch) => &batch.cursor,
        Message::Checkpoint(checkpoint) => &checkpoint.cursor,
        Message::CaughtUp(caught_up) => &caught_up.cursor,
        Message::FellBehind(fell_behind) => &fell_behind.cursor,
        Message::EventsSkipped(skipped) => &skipped.through_cursor,
        Message::FilterChanged(changed) => &changed.cursor,
        Message::StreamEnding(ending) => &ending.cursor,
    }
}

pub(crate) fn events_of(messages: &[Message]) -> Vec<Event> {
    let batches = messages.iter().filter_map(|message| match message {
        Message::Batch(batch) => Some(batch.events.clone()),
        _ => None,
    });
    batches.flatten().collect()
}

pub(crate) fn ids(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.event_id.as_str()).collect()
}
