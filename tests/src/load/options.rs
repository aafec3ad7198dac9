//! What a run is given, apart from the scenarios' own sizes.

use std::path::PathBuf;

/// Settings of a run.
#[derive(Clone, Debug)]
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
}

impl Options {
    /// Whether a system takes part.
    pub fn includes(&self, system: &str) -> bool {
        if self.systems.is_empty() {
            self.peers || system == super::DATELINE
        } else {
            self.systems.iter().any(|name| name == system)
        }
    }
}
