//! Servers with stored events that several variants and scenarios read, since filling one takes longer than reading it.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::{
    events::Events,
    options::Options,
    systems::{
        dateline::Dateline,
        nats::{self, Nats},
    },
};

/// The filled servers of a run, the last of each kind.
#[derive(Clone, Default)]
pub struct Stock {
    dateline: Kept<Dateline>,
    jetstream: Kept<Nats>,
}

/// A server and what it is filled with.
type Kept<S> = Arc<Mutex<Option<(String, Arc<S>)>>>;

impl Stock {
    /// A Dateline server with so many events.
    pub(crate) async fn dateline(
        &self,
        options: &Options,
        events: &Events,
        count: u64,
    ) -> anyhow::Result<Arc<Dateline>> {
        let key = format!("{count} {} {}", events.bytes(), events.kind());
        let mut kept = self.dateline.lock().await;
        if let Some((_, server)) = kept.as_ref().filter(|(known, _)| *known == key) {
            return Ok(server.clone());
        }
        // The old one goes first: two of them would share the disk.
        *kept = None;
        let server = Arc::new(Dateline::filled(options, events, count).await?);
        *kept = Some((key, server.clone()));
        Ok(server)
    }

    /// A JetStream server with so many events.
    pub(crate) async fn jetstream(
        &self,
        options: &Options,
        events: &Events,
        count: u64,
    ) -> anyhow::Result<Arc<Nats>> {
        let key = format!("{count} {} {}", events.bytes(), events.kind());
        let mut kept = self.jetstream.lock().await;
        if let Some((_, server)) = kept.as_ref().filter(|(known, _)| *known == key) {
            return Ok(server.clone());
        }
        *kept = None;
        let server = Nats::start(options, nats::Sync::Default)?;
        let client = server.connect().await?;
        server.stream(&client, "events.>").await?;
        let mut publisher = nats::Publisher::new(&client);
        for n in 0..count {
            publisher.publish(events.subject(n), events.payload(n)).await?;
        }
        publisher.finish().await?;
        let server = Arc::new(server);
        *kept = Some((key, server.clone()));
        Ok(server)
    }

    /// Stops the servers.
    pub async fn clear(&self) {
        *self.dateline.lock().await = None;
        *self.jetstream.lock().await = None;
    }
}
