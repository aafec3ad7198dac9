//! A start that cannot succeed says why in one line, and what to do.

use std::{fs, net::TcpListener, path::Path, process::Output, time::Duration};

use dateline_tests::process::{ServerCommand, wait};

use crate::server;

fn refused(command: &ServerCommand) -> String {
    let mut child = command.command().spawn().unwrap();
    let status = wait(&mut child, Duration::from_secs(60)).expect("a server that cannot start ends");
    let Output { stderr, .. } = child.wait_with_output().unwrap();
    let text = String::from_utf8(stderr).unwrap();
    assert!(!status.success(), "it ended with success and {text}");
    assert!(
        !text.contains("panicked") && !text.contains("RUST_BACKTRACE"),
        "{text}"
    );
    text
}

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = server::command(folder.path()).start();
    let text = refused(&server::command(folder.path()));
    assert!(
        text.contains("another") && text.contains(&folder.path().display().to_string()),
        "{text}"
    );
    first.kill();
    server::command(folder.path()).start().kill();
}

#[test]
fn a_port_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let text = refused(&server::command(folder.path()).listen(&address));
    assert!(text.contains(&address) && text.contains("--listen"), "{text}");
}

#[test]
fn a_data_folder_that_is_a_file_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let text = refused(&server::command(file.path()));
    assert!(text.contains(&file.path().display().to_string()), "{text}");
}

#[test]
fn a_data_folder_that_takes_no_files_is_named() {
    // A read-only file system that every Linux has, whoever runs this.
    let text = refused(&server::command(Path::new("/proc/dateline")));
    assert!(text.contains("/proc/dateline"), "{text}");
}

#[test]
fn an_address_that_others_reach_needs_insecure() {
    let folder = tempfile::tempdir().unwrap();
    let text = refused(&server::command(folder.path()).listen("0.0.0.0:0"));
    assert!(text.contains("--insecure"), "{text}");
    server::command(folder.path())
        .listen("0.0.0.0:0")
        .args(["--insecure"])
        .start()
        .kill();
}

#[test]
fn a_mistyped_setting_is_named_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.toml");
    fs::write(&file, "[limits]\nsubscription = 3\n").unwrap();
    let text = refused(&server::command(folder.path()).args(["--config", file.to_str().unwrap()]));
    assert!(
        text.contains("subscription") && text.contains("server.toml"),
        "{text}"
    );
}
