//! The gRPC surface: adapters between the wire and the parts behind it, health, reflection, and what calls pass.

use tonic::service::Routes;

pub mod feed;
mod guard;
pub mod ingest;
pub(crate) mod methods;
pub(crate) mod subscribe;
mod typed;

pub(crate) use guard::GuardLayer;

use dateline_proto::server::{feed_service_server, ingest_service_server};
use tonic_health::server::HealthReporter;

/// Names of the services whose health is told, `""` (the server as a whole) first.
pub(crate) const HEALTH_NAMES: [&str; 3] = [
    "",
    feed_service_server::SERVICE_NAME,
    ingest_service_server::SERVICE_NAME,
];

/// Health and both versions of reflection; many clients speak only the older one.
pub(crate) fn ecosystem(health: &HealthReporter) -> Routes {
    let described = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(dateline_proto::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET)
            .include_reflection_service(false)
    };
    let valid = "descriptor sets made at build time are valid";
    let health = tonic_health::server::HealthService::from_health_reporter(health.clone());
    Routes::new(tonic_health::pb::health_server::HealthServer::new(health))
        .add_service(described().build_v1().expect(valid))
        .add_service(described().build_v1alpha().expect(valid))
}
