//! What a run is given, apart from the scenarios' own sizes.

use std::{path::PathBuf, sync::Arc};

use dateline_proto::v1::Event;

use super::{events::Events, stock::Stock};

/// Settings of a run.
#[derive(Clone)]
pub struct Options {
    /// This program, which is also the Dateline server and the limits' servers.
    pub program: PathBuf,
    /// Folder for the servers' data.
    pub scratch: PathBuf,
    /// Folder that holds `nats-server`.
    pub peers_folder: PathBuf,
    /// Peers and limits take part, not Dateline alone.
    pub peers: bool,
    /// Only these systems; empty: all.
    pub systems: Vec<String>,
    /// Only variants whose name holds this.
    pub variant: Option<String>,
    /// Also the variants that a scenario's file marks as extra.
    pub extra: bool,
    /// How often each is measured; none: as the scenario's file says.
    pub repeat: Option<usize>,
    /// Values for variants' settings, over those of the file.
    pub overrides: toml::Table,
    /// Real events, to be published instead of made ones.
    pub samples: Option<Arc<[Event]>>,
    /// Servers that are filled already.
    pub stock: Stock,
}

impl Options {
    /// The events of the run; made ones have about so many bytes.
    pub fn events(&self, bytes: usize) -> Events {
        let made = Events::made(bytes);
        match &self.samples {
            Some(samples) => made.of_samples(samples.clone()),
            None => made,
        }
    }

    /// Whether a system takes part.
    pub fn includes(&self, system: &str) -> bool {
        if self.systems.is_empty() {
            self.peers || system == super::DATELINE
        } else {
            self.systems.iter().any(|name| name == system)
        }
    }
}
