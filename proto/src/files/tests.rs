use std::{fs, io::Cursor, path::Path};

use super::*;

const LIMITS: Limits = Limits { article_bytes: 1_000 };

fn read(paths: &[&Path]) -> Vec<Result<(Origin, v1::Article), FileError>> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
    articles(&paths, LIMITS).collect()
}

fn bodies(items: Vec<Result<(Origin, v1::Article), FileError>>) -> Vec<String> {
    items
        .into_iter()
        .map(|item| match item {
            Ok((origin, article)) => format!("{}={}", name(&origin), article.body.trim()),
            Err(error) => format!("{}!{}", name(error.origin()), error.reason()),
        })
        .collect()
}

fn name(origin: &Origin) -> String {
    let file = origin.path.file_name().unwrap_or_default().to_string_lossy();
    match origin.line {
        Some(line) => format!("{file}:{line}"),
        None => file.into_owned(),
    }
}

#[test]
fn a_folder_gives_its_articles_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("b/deeper")).unwrap();
    for (name, text) in [
        ("c.txt", "third"),
        ("a.md", "first"),
        ("b/deeper/x.html", "<p>second"),
        ("notes.pdf", "no article"),
        (".hidden.txt", "hidden"),
    ] {
        fs::write(root.join(name), text).unwrap();
    }
    std::os::unix::fs::symlink(root, root.join("b/round")).unwrap();
    let items = read(&[root]);
    assert_eq!(items[1].as_ref().unwrap().1.body_format(), v1::BodyFormat::Html);
    assert_eq!(bodies(items), ["a.md=first", "x.html=<p>second", "c.txt=third"]);
}

#[test]
fn a_bad_file_is_named_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("bad.txt"), b"caf\xe9").unwrap();
    fs::write(path("empty.txt"), " \n").unwrap();
    fs::write(path("large.txt"), "x".repeat(1_001)).unwrap();
    fs::write(path("good.txt"), "fits").unwrap();
    fs::write(path("odd.bin"), "x").unwrap();
    let paths = [
        "bad.txt",
        "empty.txt",
        "gone.txt",
        "large.txt",
        "odd.bin",
        "good.txt",
    ]
    .map(path);
    let items: Vec<_> = articles(&paths, LIMITS).collect();
    assert!(items[0].as_ref().is_err_and(|error| {
        error
            .to_string()
            .ends_with("not UTF-8 at byte 3; convert it to UTF-8")
    }));
    assert_eq!(
        bodies(items),
        [
            "bad.txt!ARTICLE_INVALID",
            "empty.txt!ARTICLE_EMPTY",
            "gone.txt!ARTICLE_INVALID",
            "large.txt!ARTICLE_TOO_LARGE",
            "odd.bin!ARTICLE_INVALID",
            "good.txt=fits"
        ]
    );
}

#[test]
fn a_text_is_taken_byte_for_byte_under_its_absolute_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::create_dir(folder.path().join("sub")).unwrap();
    let text = "\u{feff} Title\r\n\r\nBody\u{a0}\n";
    fs::write(&path, text).unwrap();
    let roundabout = folder.path().join("sub/../a.txt");
    for named in [path.clone(), roundabout] {
        let (_, article) = read(&[&named]).remove(0).unwrap();
        assert_eq!(article.body, text);
        let canonical = fs::canonicalize(&path).unwrap();
        assert_eq!(article.article_id, format!("file:{}", canonical.display()));
    }
}

#[test]
fn a_bad_line_is_named_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(80_000));
    let lines = [
        "\u{feff}{\"text\":\"one\",\"id\":\"i\",\"published\":\"2023-09-13\",\"author\":\"A\"}",
        "",
        "{\"text\":\"cut",
        "{\"id\":\"without text\"}",
        &long,
        "{\"text\":\"x\",\"published\":\"yesterday\"}",
        "{\"text\":\" \"}",
        "{\"text\":7}",
        "{\"text\":\"last\",\"title\":null}",
    ];
    fs::write(&path, lines.join("\r\n")).unwrap();
    let items = read(&[&path]);
    let (origin, article) = items[0].as_ref().unwrap();
    assert_eq!(origin.ignored_keys, ["author"]);
    assert_eq!(article.article_id, "i");
    assert_eq!(article.publish_time.unwrap().seconds, 1_694_563_200);
    let message = items[1].as_ref().unwrap_err().to_string();
    assert!(
        message.contains("a.jsonl:3: no article: EOF while parsing a string"),
        "{message}"
    );
    let message = items[2].as_ref().unwrap_err().to_string();
    assert!(message.contains("missing field `text`"), "{message}");
    assert_eq!(
        bodies(items),
        [
            "a.jsonl:1=one",
            "a.jsonl:3!ARTICLE_INVALID",
            "a.jsonl:4!ARTICLE_INVALID",
            "a.jsonl:5!ARTICLE_TOO_LARGE",
            "a.jsonl:6!ARTICLE_INVALID",
            "a.jsonl:7!ARTICLE_EMPTY",
            "a.jsonl:8!ARTICLE_INVALID",
            "a.jsonl:9=last"
        ]
    );
}

#[test]
fn a_stream_is_json_lines_or_one_text() {
    let read = |text: &'static str| bodies(from_reader(Cursor::new(text), LIMITS).collect());
    assert_eq!(read("\n {\"text\":\"a\"}\n{\"text\":\"b\"}"), ["-:2=a", "-:3=b"]);
    assert_eq!(read("Kim met Putin."), ["-=Kim met Putin."]);
    assert_eq!(read(""), ["-!ARTICLE_EMPTY"]);
    let (_, article) = from_reader(Cursor::new("\n\nkept"), LIMITS)
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(article.body, "\n\nkept");
}

#[test]
fn publication_times_are_days_or_rfc_3339() {
    let seconds = |text: &str| text.parse::<Published>().map(|Published(time)| time.seconds).ok();
    assert_eq!(seconds("2023-09-13"), Some(1_694_563_200));
    assert_eq!(seconds("2023-09-13T02:00:00+02:00"), Some(1_694_563_200));
    for bad in [
        "",
        "2023",
        "2023-9-13",
        "2023-02-30",
        "13.09.2023",
        "2023-09-13T12:00:00",
        "now",
    ] {
        assert_eq!(seconds(bad), None, "{bad}");
    }
}
