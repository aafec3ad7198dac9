#![doc = include_str!("../README.md")]

use std::{error::Error, path::Path};

use prost::Message;
use prost_types::FileDescriptorSet;

const FILES: [&str; 4] = [
    "dateline/v1/event.proto",
    "dateline/v1/filter.proto",
    "dateline/v1/feed_service.proto",
    "dateline/v1/ingest_service.proto",
];

/// Maps keep their keys in order, so that the same message is the same JSON.
const MAPS: &str = ".dateline.v1";

/// Writes `messages/`, `server/` and `descriptors.bin` below `out`, from the schema below `schema`.
/// # Errors
/// A schema that does not compile, or a file that cannot be written.
pub fn generate(schema: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let descriptors = protox::Compiler::new([schema])?
        .include_source_info(true)
        .include_imports(true)
        .open_files(FILES)?
        .file_descriptor_set();
    let encoded = descriptors.encode_to_vec();
    std::fs::write(out.join("descriptors.bin"), &encoded)?;
    messages_and_clients(descriptors.clone(), &encoded, &out.join("messages"))?;
    servers(descriptors, &out.join("server"))
}

/// The messages, their JSON mapping and the clients.
fn messages_and_clients(set: FileDescriptorSet, encoded: &[u8], out: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(out)?;
    tonic_prost_build::configure()
        .build_server(false)
        .compile_well_known_types(true)
        .extern_path(".google.protobuf.Timestamp", "crate::time::Timestamp")
        .extern_path(".google.protobuf.Duration", "crate::time::Duration")
        .btree_map(MAPS)
        .client_mod_attribute(".", "#[cfg(feature = \"services\")]")
        .emit_rerun_if_changed(false)
        .out_dir(out)
        .compile_fds(set)?;
    pbjson_build::Builder::new()
        .register_descriptors(encoded)?
        .btree_map([MAPS])
        .out_dir(out)
        .build(&[".dateline.v1"])?;
    Ok(())
}

/// The servers, without Subscribe: its answer is bytes that are ready for the wire, which a service of the server's own sends.
fn servers(mut set: FileDescriptorSet, out: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(out)?;
    let services = set.file.iter_mut().flat_map(|file| &mut file.service);
    for service in services {
        service.method.retain(|method| method.name() != "Subscribe");
    }
    tonic_prost_build::configure()
        .build_client(false)
        .compile_well_known_types(true)
        .extern_path(".google.protobuf.Timestamp", "crate::time::Timestamp")
        .extern_path(".google.protobuf.Duration", "crate::time::Duration")
        .extern_path(".dateline.v1", "crate::v1")
        .emit_rerun_if_changed(false)
        .out_dir(out)
        .compile_fds(set)?;
    Ok(())
}
