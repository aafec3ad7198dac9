//! `dateline-server code` as a process: what stands on stdout, what on stderr, and how it ends.
#![expect(clippy::unwrap_used, reason = "what is not as it has to be fails the test")]

use std::{
    fs,
    io::Write as _,
    process::{Command, Output, Stdio},
};

use dateline_proto::v1::Event;

fn code(args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline-server"))
        .arg("code")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // It may refuse its arguments without reading a word.
    let _ = input.write_all(stdin);
    drop(input);
    child.wait_with_output().unwrap()
}

fn events(output: &Output) -> Vec<Event> {
    let lines = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

const MEETING: &str = "Kim Jong Un met Vladimir Putin on Wednesday.";

#[test]
fn text_from_stdin_gives_bare_events_and_nothing_else() {
    let output = code(&["-", "--published", "2023-09-13"], MEETING.as_bytes());
    let events = events(&output);
    assert_eq!((events.len(), output.status.code()), (1, Some(0)));
    assert_eq!(events[0].mentions[0].sentence, MEETING);
    assert_eq!(events[0].event_date.unwrap().day, 13);
    assert!(events[0].event_id.is_empty() && output.stderr.is_empty());
}

#[test]
fn lines_of_json_are_never_merged() {
    let line = format!("{{\"text\":{MEETING:?},\"published\":\"2023-09-13\"}}\n");
    let output = code(&["-"], line.repeat(3).as_bytes());
    assert_eq!((events(&output).len(), output.status.code()), (3, Some(0)));
}

#[test]
fn an_edge_of_a_sentence_is_an_edge_of_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let text = format!("\u{feff}Où était-il\u{a0}?\r\n\r\n  {MEETING}  \r\n");
    fs::write(&path, &text).unwrap();
    let output = code(&[path.to_str().unwrap()], b"");
    let event = events(&output).remove(0);
    let mention = &event.mentions[0];
    assert_eq!(
        &text[mention.start_byte as usize..mention.end_byte as usize],
        MEETING
    );
    assert_eq!(mention.article_id, format!("file:{}", path.display()));
}

#[test]
fn refused_input_is_named_and_told_by_the_exit_code() {
    let output = code(
        &["-", "/does/not/exist.txt"],
        b"{\"text\":\n{\"text\":\"Rain fell.\"}\n",
    );
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("-:1: no article") && told.contains("/does/not/exist.txt: cannot be read"),
        "{told}"
    );
    let usage = code(&["-", "--published", "yesterday"], b"");
    assert_eq!(usage.status.code(), Some(2));
    assert!(String::from_utf8(usage.stderr).unwrap().contains("2023-09-13"));
}

#[test]
fn explanations_go_to_stderr() {
    let output = code(
        &["-", "--explain"],
        format!("{MEETING} The weather was fine.").as_bytes(),
    );
    assert_eq!(events(&output).len(), 1);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("- 0..44 coded: Kim Jong Un met"), "{told}");
    assert!(
        told.contains("- 45..66 no-trigger: The weather was fine."),
        "{told}"
    );
}
