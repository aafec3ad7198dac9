//! The manual is true: its examples are filters, it names every field, and no field of an event is forgotten.

use prost::Message;

use super::field::{FIELDS, Field, NOT_FILTERABLE};
use super::tests::parse;

const MANUAL: &str = include_str!("../../FILTER.md");

#[test]
fn the_manual_s_examples_are_filters() {
    let examples: Vec<&str> = MANUAL
        .split("```filter\n")
        .skip(1)
        .flat_map(|block| block.split("```").next().unwrap_or_default().lines())
        .collect();
    assert!(examples.len() > 8);
    for example in examples {
        let filter = parse(example).unwrap_or_else(|error| panic!("{example}: {error}"));
        assert_eq!(parse(filter.canonical()), Ok(filter), "{example}");
    }
}

#[test]
fn the_manual_names_every_field() {
    for (_, field) in FIELDS {
        if matches!(field, Field::Place | Field::Magnitude) {
            // Named only through their parts.
            continue;
        }
        // The parts of a party are described once, for either side.
        let name = field
            .name()
            .replace("actors.", "actor.")
            .replace("recipients.", "actor.");
        assert!(MANUAL.contains(&format!("`{name}`")), "{name} is missing");
    }
}

#[test]
fn every_field_of_an_event_can_be_filtered_on_or_is_refused_with_a_reason() {
    let set = prost_types::FileDescriptorSet::decode(dateline_proto::FILE_DESCRIPTOR_SET)
        .expect("it is a descriptor set");
    let messages: Vec<_> = set
        .file
        .iter()
        .filter(|file| file.package() == "dateline.v1")
        .flat_map(|file| &file.message_type)
        .collect();
    let fields = |message: &str| {
        let found = messages
            .iter()
            .find(|found| found.name() == message)
            .expect("it is in the contract");
        found
            .field
            .iter()
            .map(|field| {
                (
                    field.name().to_owned(),
                    field
                        .type_name()
                        .rsplit('.')
                        .next()
                        .unwrap_or_default()
                        .to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let mut paths = Vec::new();
    for (name, kind) in fields("Event") {
        if messages.iter().any(|message| message.name() == kind) {
            paths.extend(
                fields(&kind)
                    .into_iter()
                    .map(|(inner, _)| format!("{name}.{inner}")),
            );
        }
        paths.push(name);
    }
    for path in paths {
        let refused = NOT_FILTERABLE.iter().any(|(name, _)| *name == path);
        assert!(Field::of(&path).is_some() != refused, "{path}");
    }
}
