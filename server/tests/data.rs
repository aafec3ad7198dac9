//! Data files of the user, with the real program: checked, used by `code` and by the server, written out to begin with.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use dateline_proto::v1::{
    Article, CodeArticleRequest, Event, EventType, ingest_service_client::IngestServiceClient,
};
use tempfile::TempDir;

/// The program without settings of the surroundings.
fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline-server"));
    let foreign = std::env::vars_os().map(|(name, _)| name);
    for name in foreign.filter(|name| name.to_string_lossy().starts_with("DATELINE_")) {
        command.env_remove(name);
    }
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Exit code, stdout and stderr.
fn run(mut command: Command) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn check(folder: &Path) -> (i32, String, String) {
    run(program(&["check-data", folder.to_str().unwrap()]))
}

const SERENADE: &str = "# ours\nserenade obj:@ -> SUPPORT 051\n";
const NEWS: &str = "France serenaded Spain.";

#[test]
fn a_good_folder_is_summed_up() {
    let folder = folder(&[
        ("verbs.extra.txt", SERENADE),
        ("boilerplate.txt", "is all rights reserved\n"),
        ("actors/groups.extra.txt", "Test Front : FRA REB\n    also TF\n"),
        ("README.md", "# ours"),
        (".git/config", "not ours"),
        ("verbs.txt~", "old"),
    ]);
    let (code, out, err) = check(folder.path());
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    for (name, told) in [
        ("verbs.extra.txt", "1 entry  added to verbs.txt"),
        ("actors/groups.extra.txt", "1 entry  added to actors/groups.txt"),
        ("boilerplate.txt", "1 entry  in the place of the built-in "),
        ("verbs.txt", "built in"),
    ] {
        let line = out
            .lines()
            .find(|line| line.split_whitespace().next() == Some(name))
            .unwrap();
        assert!(line.contains(told), "{line}");
    }
    assert!(out.ends_with("0 mistakes, 0 warnings\n"), "{out}");
}

#[test]
fn every_mistake_is_told_by_the_path_that_an_editor_opens() {
    let folder = folder(&[
        (
            "verbs.extra.txt",
            "woo -> SUPORT\nwoo obj:%troop -> SUPPORT\nwoo -> SUPPORT 051\nwoo -> SUPPORT 999\n",
        ),
        ("verb.txt", "woo -> SUPPORT\n"),
        (
            "actors/leaders.extra.txt",
            "Ann Test : FRA GOVT\n    office king : GOV 2003..2001\n",
        ),
        ("topics.txt", "\n# all gone\n"),
        ("notes.doc", ""),
    ]);
    fs::write(folder.path().join("nouns.txt"), b"talk light\n\xe9").unwrap();
    let (code, out, err) = check(folder.path());
    assert_eq!(code, 1, "{err}");
    let path = folder.path().display().to_string();
    for expected in [
        "verbs.extra.txt:1:8: unknown event type \"SUPORT\"",
        "did you mean \"SUPPORT\"?",
        "verbs.extra.txt:2:9: class %troop is not defined",
        "did you mean \"troops\"?",
        "verbs.extra.txt:4:16: CAMEO has no code 999",
        "verb.txt: no data file has this name; did you mean \"verbs.txt\"?",
        "actors/leaders.extra.txt:1:16: \"GOVT\"",
        "topics.txt: holds no entry",
        "nouns.txt:2:1: not UTF-8",
        "notes.doc: warning: data files end in .txt or .tsv",
    ] {
        let expected = match expected.contains(".txt") || expected.contains(".doc") {
            true if !expected.starts_with("did") => format!("{path}/{expected}"),
            _ => expected.to_owned(),
        };
        assert!(err.contains(&expected), "{expected} is not told:\n{err}");
    }
    assert!(out.contains("7 mistakes, 1 warning"), "{out}");
}

#[test]
fn warnings_are_told_apart_and_are_no_failure() {
    let folder = folder(&[("verbs.txt", "woo obj:a|b -> AGREE\nwoo obj:b -> CONSULT\n")]);
    let (code, out, err) = check(folder.path());
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("verbs.txt:2:1: warning: \"woo\" never counts here"),
        "{err}"
    );
    assert!(out.ends_with("0 mistakes, 1 warning\n"), "{out}");
}

#[test]
fn a_built_in_file_that_no_longer_fits_is_named_as_such() {
    let folder = folder(&[("classes.txt", "%troops = army\n")]);
    let (code, _, err) = check(folder.path());
    assert_eq!(code, 1);
    assert!(
        err.lines()
            .any(|line| line.starts_with("verbs.txt:") && line.ends_with("do not fit)")),
        "{err}"
    );
}

#[test]
fn no_folder_and_the_built_in_files_are_told_about_too() {
    let (code, _, err) = run(program(&["check-data", "/no/such/folder"]));
    assert_eq!(code, 1);
    assert!(
        err.contains("/no/such/folder") && err.contains("verbs.extra.txt"),
        "{err}"
    );
    let stored = folder(&[("journal/1", ""), ("notes.md", "")]);
    let (code, _, err) = check(stored.path());
    assert_eq!(code, 1);
    assert!(
        err.contains("no data file") && err.contains("--data-dir"),
        "{err}"
    );
    let (code, out, err) = run(program(&["check-data"]));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("verbs.txt") && out.contains("0 mistakes"), "{out}");
}

#[test]
fn the_exported_files_are_the_built_in_ones_and_nothing_is_overwritten() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("ours");
    let export = || run(program(&["export-data", folder.to_str().unwrap()]));
    let (code, out, err) = export();
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("check-data"), "{out}");
    assert!(folder.join("actors/leaders.txt").exists() && folder.join("README.md").exists());
    let (code, out, err) = check(&folder);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("0 mistakes") && !out.contains("in the place of"),
        "{out}"
    );
    fs::write(folder.join("verbs.txt"), SERENADE).unwrap();
    let (code, _, err) = export();
    assert_eq!(code, 1);
    assert!(err.contains("is there already"), "{err}");
    assert_eq!(fs::read_to_string(folder.join("verbs.txt")).unwrap(), SERENADE);
}

#[test]
fn code_uses_and_explains_the_folders_files() {
    let data = folder(&[("verbs.extra.txt", SERENADE)]);
    let texts = folder(&[("a.txt", NEWS)]);
    let article = texts.path().join("a.txt");
    let code = |data: &[&str]| {
        run(program(
            &[&["code", article.to_str().unwrap(), "--explain"], data].concat(),
        ))
    };
    let (status, out, err) = code(&["--data", data.path().to_str().unwrap()]);
    assert_eq!(status, 0, "{err}");
    let event: Event = serde_json::from_str(out.trim()).unwrap();
    assert_eq!(event.r#type(), EventType::Support);
    assert!(event.coder.contains(" data-"), "{}", event.coder);
    assert!(
        err.contains("    pattern  \"serenaded\" fits serenade obj:@ -> SUPPORT 051  verbs.extra.txt:2:1\n"),
        "{err}"
    );
    let (status, out, err) = code(&[]);
    assert_eq!((status, out.as_str()), (0, ""));
    assert!(
        err.contains("    pattern  verbs.txt has no line for \"serenade\"\n"),
        "{err}"
    );
    let bad = folder(&[("verbs.extra.txt", "serenade -> SUPORT\nwoo -> SUPORT\n")]);
    let (status, out, err) = code(&["--data", bad.path().to_str().unwrap()]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert_eq!(err.matches("unknown event type \"SUPORT\"").count(), 2, "{err}");
}

/// A server that is ended when it goes out of scope.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a server and asks it for the types of the events of an article.
fn served(mut command: Command) -> Vec<EventType> {
    command.args(["--listen", "127.0.0.1:0"]).stderr(Stdio::null());
    let mut server = Running(command.spawn().unwrap());
    let lines = BufReader::new(server.0.stdout.take().unwrap()).lines();
    let address = lines
        .map(Result::unwrap)
        .find_map(|line| line.strip_prefix("listening on ").map(str::to_owned))
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let coded = runtime.block_on(async {
        let mut client = IngestServiceClient::connect(format!("http://{address}"))
            .await
            .unwrap();
        let article = Article {
            body: NEWS.to_owned(),
            ..Article::default()
        };
        let request = CodeArticleRequest {
            article: Some(article),
            explain: false,
        };
        client.code_article(request).await.unwrap().into_inner()
    });
    coded.events.iter().map(Event::r#type).collect()
}

#[test]
fn the_server_takes_its_data_from_flag_variable_and_file() {
    let data = folder(&[("verbs.extra.txt", SERENADE)]);
    let store = tempfile::tempdir().unwrap();
    let storing = |name: &str| {
        let mut command = program(&["--data-dir"]);
        command.arg(store.path().join(name));
        command
    };
    assert_eq!(served(storing("none")), []);
    let mut by_flag = storing("flag");
    by_flag.arg("--data").arg(data.path());
    assert_eq!(served(by_flag), [EventType::Support]);
    let mut by_variable = storing("variable");
    by_variable.env("DATELINE_DATA", data.path());
    assert_eq!(served(by_variable), [EventType::Support]);
    let settings = folder(&[("server.toml", &format!("data = {:?}\n", data.path()))]);
    let mut by_file = storing("file");
    by_file.arg("--config").arg(settings.path().join("server.toml"));
    assert_eq!(served(by_file), [EventType::Support]);
    let mut printed = program(&["check-config", "--data"]);
    printed.arg(data.path());
    assert!(run(printed).1.contains(&format!("data = {:?}", data.path())));
}

#[test]
fn a_server_refuses_to_start_with_data_that_have_mistakes() {
    let data = folder(&[
        ("verbs.extra.txt", "\nserenade -> SUPORT\n"),
        ("nouns.extra.txt", "song lite -> SUPPORT"),
    ]);
    let store = tempfile::tempdir().unwrap();
    let mut command = program(&["--listen", "127.0.0.1:0", "--data-dir"]);
    command
        .arg(store.path())
        .arg("--data")
        .arg(data.path())
        .env("DATELINE_LOG", "off");
    let (code, out, err) = run(command);
    assert_eq!((code, out.as_str()), (1, ""));
    let path = data.path().display();
    assert!(
        err.contains(&format!("{path}/verbs.extra.txt:2:13: unknown event type")),
        "{err}"
    );
    assert!(err.contains(&format!("{path}/nouns.extra.txt:1:6: ")), "{err}");
}
