#![doc = include_str!("../README.md")]

pub mod actor;
mod article;
mod coding;
mod event;
mod load;
mod party;
mod topic;
mod trace;

pub use article::Article;
pub use coding::{CodedEvent, Coding, Flags, Magnitude, PartialDate, PlaceRef};
pub use event::{EventType, Quad, UnknownEventType};
pub use load::LoadError;
pub use party::{Party, Sector, UnknownSector};
pub use topic::{Topic, UnknownTopic};
pub use trace::{Abstention, SentenceTrace};
