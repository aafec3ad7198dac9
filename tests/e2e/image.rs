//! The container files: every path that is copied exists, and what the image builds can be built.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::server::root;

/// Instructions of the Dockerfile, continued lines joined, by their stage.
fn instructions() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("docker/Dockerfile"))
        .unwrap()
        .replace("\\\n", " ");
    let mut stage = String::new();
    let mut found = Vec::new();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(from) = line.strip_prefix("FROM ") {
            stage = from.rsplit(' ').next().unwrap().to_owned();
        }
        found.push((stage.clone(), line.to_owned()));
    }
    found
}

/// What `.dockerignore` lets into the build.
fn sent_to_the_builder() -> Vec<PathBuf> {
    let rules = fs::read_to_string(root().join(".dockerignore")).unwrap();
    rules
        .lines()
        .filter_map(|rule| rule.strip_prefix('!'))
        .map(PathBuf::from)
        .collect()
}

#[test]
fn every_copied_path_exists_and_is_sent_to_the_builder() {
    let sent = sent_to_the_builder();
    let mut copied = 0;
    for (_, line) in instructions() {
        let Some(rest) = line.strip_prefix("COPY ") else {
            continue;
        };
        if rest.starts_with("--from=") {
            continue;
        }
        let paths: Vec<&str> = rest.split_whitespace().collect();
        for path in &paths[..paths.len() - 1] {
            assert!(root().join(path).exists(), "{line}: {path} does not exist");
            assert!(
                sent.iter().any(|kept| Path::new(path).starts_with(kept)),
                "{line}: .dockerignore holds {path} back"
            );
            copied += 1;
        }
    }
    assert!(copied > 4);
}

#[test]
fn the_build_commands_build_both_programs_from_what_is_copied() {
    let folder = tempfile::tempdir_in(root().join("target")).unwrap();
    let source = folder.path().join("src");
    fs::create_dir(&source).unwrap();
    let mut built = 0;
    for (stage, line) in instructions() {
        if stage != "build" {
            continue;
        }
        if let Some(paths) = line.strip_prefix("COPY ") {
            let paths: Vec<&str> = paths.split_whitespace().collect();
            for path in &paths[..paths.len() - 1] {
                copy(&root().join(path), &source.join(path));
            }
        } else if let Some(command) = line.strip_prefix("RUN ") {
            let command: Vec<&str> = command
                .split(' ')
                .filter(|word| !word.starts_with("--mount="))
                .collect();
            // Without optimisation: whether the commands work is the question, not how fast the programs are.
            let status = Command::new("sh")
                .args(["-ec", &command.join(" ")])
                .current_dir(&source)
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
                .env_remove("CARGO_TARGET_DIR")
                .status()
                .unwrap();
            assert!(status.success(), "{} ended with {status}", command.join(" "));
            built += 1;
        }
    }
    assert_eq!(built, 1, "the build stage runs one command");
    for (_, line) in instructions() {
        let Some(path) = line.strip_prefix("COPY --from=build /src/") else {
            continue;
        };
        let program = source.join(path.split(' ').next().unwrap());
        let output = Command::new(&program).arg("--version").output().unwrap();
        assert!(output.status.success(), "{} does not run", program.display());
    }
}

/// Copies files and folders, without what `.dockerignore` holds back everywhere.
fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "target" {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    }
}
