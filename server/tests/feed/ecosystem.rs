//! What generic clients rely on: reflection in both versions, health, compression, details on every error.

use dateline_proto::{
    reason,
    v1::{SubscribeRequest, subscribe_response::Message},
};
use prost::Message as _;
use tonic::{Code, Request, codec::CompressionEncoding};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use tonic_reflection::pb::{v1, v1alpha};
use tonic_types::StatusExt as _;

use crate::harness::{Reader, Server, Writer, earliest, events_of};

const SERVED: [&str; 4] = [
    "dateline.v1.FeedService",
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
];

/// Both versions have the same messages under different names.
macro_rules! reflection_test {
    ($name:ident, $version:ident) => {
        #[tokio::test]
        async fn $name() {
            use $version::{
                ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
                server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
            };

            let server = Server::start().await;
            let mut client = ServerReflectionClient::new(server.channel().await);
            let questions = [
                MessageRequest::ListServices(String::new()),
                MessageRequest::FileContainingSymbol("dateline.v1.FeedService".into()),
                MessageRequest::FileContainingSymbol("google.rpc.ErrorInfo".into()),
                MessageRequest::FileContainingSymbol("google.rpc.BadRequest".into()),
                MessageRequest::FileByFilename("google/protobuf/timestamp.proto".into()),
            ];
            let requests = questions.map(|question| ServerReflectionRequest {
                message_request: Some(question),
                ..ServerReflectionRequest::default()
            });
            let answers = client
                .server_reflection_info(futures_util::stream::iter(requests))
                .await
                .unwrap();
            let mut answers = answers.into_inner();
            let Some(MessageResponse::ListServicesResponse(list)) =
                answers.message().await.unwrap().unwrap().message_response
            else {
                panic!("the services are listed")
            };
            let names: Vec<String> = list
                .service
                .into_iter()
                .map(|service| service.name)
                .collect();
            for served in SERVED {
                assert!(
                    names.iter().any(|name| name == served),
                    "{served} in {names:?}"
                );
            }
            for _ in 1..5 {
                let answer = answers.message().await.unwrap().unwrap().message_response;
                let Some(MessageResponse::FileDescriptorResponse(files)) = answer else {
                    panic!("{answer:?}")
                };
                assert!(!files.file_descriptor_proto.is_empty());
            }
        }
    };
}

reflection_test!(reflection_v1_describes_the_services_and_the_error_details, v1);
reflection_test!(
    reflection_v1alpha_describes_the_services_and_the_error_details,
    v1alpha
);

#[tokio::test]
async fn health_is_told_for_the_server_and_each_service() {
    let server = Server::start().await;
    let mut client = HealthClient::new(server.channel().await);
    for service in ["", "dateline.v1.FeedService", "dateline.v1.IngestService"] {
        let request = HealthCheckRequest {
            service: service.into(),
        };
        let answer = client.check(request).await.unwrap().into_inner();
        assert_eq!(answer.status(), ServingStatus::Serving, "{service:?}");
    }
    let unknown = HealthCheckRequest {
        service: "no.such.Service".into(),
    };
    assert_eq!(client.check(unknown).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn streams_are_compressed_for_who_asks() {
    let server = Server::start().await;
    let mut writer = Writer::padded(2_000);
    server.fill(&mut writer, 200, "military").await;
    for encoding in [CompressionEncoding::Gzip, CompressionEncoding::Zstd] {
        let mut client = server
            .client()
            .await
            .accept_compressed(encoding)
            .send_compressed(encoding);
        let response = client.subscribe(earliest()).await.unwrap();
        let name = response
            .metadata()
            .get("grpc-encoding")
            .expect("the answer is compressed")
            .clone();
        assert_eq!(name, encoding.to_string().as_str());
        let mut reader = Reader::open(&mut client, earliest()).await.unwrap();
        assert_eq!(events_of(&reader.until_caught_up().await).len(), 200);
    }
}

/// A request in bytes, as a client of another make might send it.
#[derive(Clone, PartialEq, ::prost::Message)]
struct Bent {
    /// client_label, which is a string in the contract.
    #[prost(bytes = "vec", tag = "14")]
    client_label: Vec<u8>,
}

#[tokio::test]
async fn text_that_is_not_utf8_is_refused_with_a_reason() {
    let server = Server::start().await;
    let mut grpc = tonic::client::Grpc::new(server.channel().await);
    grpc.ready().await.unwrap();
    let path = "/dateline.v1.FeedService/Subscribe".parse().unwrap();
    let codec = tonic_prost::ProstCodec::<Bent, Bent>::default();
    let request = Request::new(Bent {
        client_label: vec![0xff, 0xfe],
    });
    assert!(SubscribeRequest::decode(request.get_ref().encode_to_vec().as_slice()).is_err());
    let status = grpc
        .server_streaming(request, path, codec)
        .await
        .expect_err("it is refused");
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    assert_eq!(
        status.get_details_error_info().unwrap().reason,
        reason::FIELD_INVALID
    );
    assert!(status.message().contains("UTF-8"), "{}", status.message());
}

#[tokio::test]
async fn a_batch_on_the_wire_is_what_the_contract_says() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 3, "military").await;
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, earliest()).await.unwrap();
    let messages = reader.until_caught_up().await;
    let Some(Message::Batch(batch)) = messages.get(1) else {
        panic!("three events are one batch: {messages:?}")
    };
    assert_eq!(batch.events.len(), 3);
    for (number, event) in (1..).zip(&batch.events) {
        assert_eq!(event.event_id, format!("event-{number:06}"));
        assert_eq!(
            event
                .cursor
                .parse::<dateline_journal::Cursor>()
                .unwrap()
                .sequence
                .get(),
            number
        );
        assert!(event.update_time.is_some() && event.create_time == event.update_time);
    }
}
