//! How a subscription reaches a server; a trait so that reconnecting can be tested with a script.

use std::{future::Future, pin::Pin};

use dateline_proto::v1::{SubscribeRequest, SubscribeResponse};
use futures_util::{Stream, StreamExt as _};

use crate::{Client, Error};

/// The messages of one Subscribe call, in order. An end without an error is the end of the call.
pub type MessageStream = Pin<Box<dyn Stream<Item = Result<SubscribeResponse, Error>> + Send>>;

/// Begins Subscribe calls. [`Client`] is the one that talks to a server.
pub trait Connector: Send + Sync {
    /// Begins one call. Dropping the future or the stream cancels it.
    fn subscribe(
        &self,
        request: SubscribeRequest,
    ) -> Pin<Box<dyn Future<Output = Result<MessageStream, Error>> + Send>>;
}

impl Connector for Client {
    fn subscribe(
        &self,
        request: SubscribeRequest,
    ) -> Pin<Box<dyn Future<Output = Result<MessageStream, Error>> + Send>> {
        let mut feed = self.feed();
        Box::pin(async move {
            let stream = feed.subscribe(request).await?.into_inner();
            Ok(stream.map(|message| message.map_err(Error::from)).boxed())
        })
    }
}
