//! The server of a test.

use std::path::Path;

use dateline_tests::process::ServerCommand;

/// The real server on a folder of the test's own and a free port.
pub(crate) fn command(data_dir: &Path) -> ServerCommand {
    ServerCommand::new(env!("CARGO_BIN_EXE_e2e-server"), data_dir)
}

/// The workspace's root, where the README's commands run.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests lie in the workspace")
}

/// A port that was free a moment ago, for a server that must come back at the same address.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    listener
        .local_addr()
        .expect("a bound socket has an address")
        .port()
}
