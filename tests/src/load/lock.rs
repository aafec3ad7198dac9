//! Versions of libraries, as this workspace's lock file has them.

const LOCK: &str = include_str!("../../../Cargo.lock");

/// The version of a package that the lock file names once; `?` for another.
pub(crate) fn version(package: &str) -> &'static str {
    let name = format!("name = \"{package}\"\n");
    LOCK.split_once(&name)
        .and_then(|(_, rest)| rest.lines().next()?.strip_prefix("version = \""))
        .map_or("?", |version| version.trim_end_matches('"'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_are_found() {
        assert!(super::version("tonic").starts_with("0."));
        assert_eq!(super::version("no-such-package"), "?");
    }
}
