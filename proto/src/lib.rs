#![doc = include_str!("../README.md")]

mod explain;
#[cfg(feature = "files")]
pub mod files;
#[cfg(feature = "services")]
pub mod names;
pub mod reason;
pub mod time;

/// Package `dateline.v1`: messages with their JSON mapping, and the clients.
pub mod v1 {
    #![allow(missing_docs, unreachable_pub, clippy::all, clippy::unwrap_used, rustdoc::all)]
    include!("generated/messages/dateline.v1.rs");
    include!("generated/messages/dateline.v1.serde.rs");
}

/// The services of `dateline.v1`, for who serves them. Subscribe is not in them: its answer is bytes that are
/// ready for the wire, which the server sends by itself.
#[cfg(feature = "services")]
pub mod server {
    #![allow(missing_docs, unreachable_pub, clippy::all, clippy::unwrap_used, rustdoc::all)]
    include!("generated/server/dateline.v1.rs");
}

/// The schema as an encoded `google.protobuf.FileDescriptorSet`, comments included, for reflection.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!("generated/descriptors.bin");
