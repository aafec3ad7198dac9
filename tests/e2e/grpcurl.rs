//! The real grpcurl, and Python's gRPC, as strangers who know nothing but the address.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use crate::server;

/// A tool that `tests/run` fetched.
pub(crate) fn tool(name: &str) -> PathBuf {
    let folder = std::env::var_os("E2E_TOOLS")
        .map_or_else(|| server::root().join("target/tools/python/bin"), PathBuf::from);
    let path = folder.join(name);
    assert!(
        path.exists(),
        "{} is missing: tests/run fetches it",
        path.display()
    );
    path
}

fn grpcurl(args: &[&str]) -> (bool, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(tool("grpcurl")).args(args).output().unwrap();
    (
        status.success(),
        format!(
            "{}{}",
            String::from_utf8_lossy(&stdout),
            String::from_utf8_lossy(&stderr)
        ),
    )
}

#[test]
fn grpcurl_lists_describes_calls_and_prints_error_details() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(folder.path()).start();
    let address = server.address();
    let (ok, list) = grpcurl(&["-plaintext", address, "list"]);
    assert!(ok, "{list}");
    for service in [
        "dateline.v1.FeedService",
        "dateline.v1.IngestService",
        "grpc.health.v1.Health",
    ] {
        assert!(list.contains(service), "{service} is not in {list}");
    }
    let (ok, described) = grpcurl(&["-plaintext", address, "describe", "dateline.v1.Event"]);
    assert!(
        ok && described.contains("repeated .dateline.v1.Mention mentions = 21"),
        "{described}"
    );
    let bad = r#"{"filter": {"topics": ["militray"]}}"#;
    let (ok, error) = grpcurl(&[
        "-plaintext",
        "-d",
        bad,
        address,
        "dateline.v1.FeedService/ListEvents",
    ]);
    assert!(!ok);
    for part in [
        "InvalidArgument",
        "google.rpc.ErrorInfo",
        "FILTER_INVALID",
        "google.rpc.BadRequest",
        "military",
    ] {
        assert!(error.contains(part), "{part} is not in {error}");
    }
    let (ok, health) = grpcurl(&["-plaintext", address, "grpc.health.v1.Health/Check"]);
    assert!(ok && health.contains("SERVING"), "{health}");
}

/// Lists the services through the reflection API of the version that the client was made for.
const REFLECT: &str = r"
import sys, grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
with grpc.insecure_channel(sys.argv[1]) as channel:
    database = ProtoReflectionDescriptorDatabase(channel)
    print(*database.get_services())
    print(database.FindFileContainingSymbol('google.rpc.ErrorInfo').name)
";

#[test]
fn python_finds_the_services_through_reflection() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(folder.path()).start();
    let output = Command::new(tool("python"))
        .args(["-c", REFLECT, server.address()])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        text.contains("dateline.v1.FeedService") && text.contains("error_details.proto"),
        "{text}"
    );
}
