//! One file per measured system: how its server is started and driven, with the fastest sane settings of its own client.

pub(crate) mod bare;
pub(crate) mod dateline;
pub(crate) mod limit;
pub(crate) mod nats;
pub(crate) mod redis;
