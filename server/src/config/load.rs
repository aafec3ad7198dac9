//! Where settings come from: defaults, then a TOML file, then `DATELINE_*` variables, then flags. The later wins.

use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use super::Config;

/// Variables that others own: the client's address, and what Kubernetes sets for a service of this name.
const FOREIGN: [&str; 5] = [
    "DATELINE_ADDR",
    "DATELINE_CONFIG",
    "DATELINE_PORT",
    "DATELINE_PORT_",
    "DATELINE_SERVICE_",
];

const SECTIONS: [&str; 2] = ["limits", "journal"];

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is no TOML, or has a key or a value that is not understood.
    #[error("{}:{line}:{column}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Where in it, from 1.
        line: usize,
        /// Where in the line, from 1.
        column: usize,
        /// The key and what was expected.
        problem: String,
    },
    /// A variable is not understood.
    #[error("environment variable {name}: {problem}")]
    Variable {
        /// The variable.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// A value that makes no sense beside the others.
    #[error("{key} {problem}")]
    OutOfBounds {
        /// The key.
        key: &'static str,
        /// What it has to be.
        problem: &'static str,
    },
    /// An address that others reach.
    #[error(
        "{0} can be reached by other machines, and connections are neither encrypted nor authenticated: \
         listen on 127.0.0.1, or give --insecure if the network keeps strangers out"
    )]
    Exposed(SocketAddr),
    /// No folder to store in.
    #[error("no home folder is known to keep the data in: give --data-dir FOLDER")]
    NoDataFolder,
}

impl Config {
    /// Defaults, then `file`, then `variables` (name and value), then what `flags` sets; checked as a whole.
    /// # Errors
    /// The first thing that is not understood, with its origin.
    pub fn load(
        file: Option<&Path>,
        variables: impl IntoIterator<Item = (String, String)>,
        flags: impl FnOnce(&mut Config),
    ) -> Result<Config, ConfigError> {
        let mut config = file.map(from_file).transpose()?.unwrap_or_default();
        for (name, value) in variables {
            if name.starts_with("DATELINE_") && !is_foreign(&name) {
                config = config.with_variable(&name, &value)?;
            }
        }
        flags(&mut config);
        config.validate()?;
        Ok(config)
    }

    /// This configuration with the value of one variable, such as DATELINE_LIMITS_SUBSCRIPTIONS.
    fn with_variable(self, name: &str, value: &str) -> Result<Config, ConfigError> {
        let problem = |problem: String| ConfigError::Variable {
            name: name.into(),
            problem,
        };
        let key = name.trim_start_matches("DATELINE_").to_lowercase();
        let mut table = toml::Table::try_from(&self).map_err(|error| problem(error.to_string()))?;
        let section = SECTIONS
            .iter()
            .find_map(|section| Some((*section, key.strip_prefix(section)?.strip_prefix('_')?)));
        let (target, key) = match section {
            Some((section, key)) => {
                let target = table.get_mut(section).and_then(toml::Value::as_table_mut);
                (target.expect("sections are always written"), key)
            }
            None => (&mut table, key.as_str()),
        };
        target.insert(key.to_owned(), value_of(key, value));
        table
            .try_into()
            .map_err(|error: toml::de::Error| problem(error.message().to_owned()))
    }
}

fn from_file(path: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.into(),
        source,
    })?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().map_or("", |span| &text[..span.start]);
        ConfigError::File {
            path: path.into(),
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().unwrap_or("").chars().count() + 1,
            problem: error.message().replace('\n', ", "),
        }
    })
}

fn is_foreign(name: &str) -> bool {
    FOREIGN.iter().any(|foreign| match foreign.strip_suffix('_') {
        Some(_) => name.starts_with(foreign),
        None => name == *foreign,
    })
}

/// Numbers and booleans as such, a list for `ingest` (separated as in PATH), everything else as text.
fn value_of(key: &str, value: &str) -> toml::Value {
    if key == "ingest" {
        let paths = std::env::split_paths(value).map(|path| path.to_string_lossy().into_owned());
        return toml::Value::Array(paths.map(toml::Value::String).collect());
    }
    let number = value.parse().map(toml::Value::Integer);
    let flag = value.parse().map(toml::Value::Boolean);
    number
        .or(flag)
        .unwrap_or_else(|_| toml::Value::String(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.toml");
        std::fs::write(&path, file).unwrap();
        let variables = variables
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()));
        Config::load(Some(&path), variables, |_| ())
    }

    #[test]
    fn the_example_file_states_the_defaults() {
        let text = include_str!("../../config.example.toml");
        assert_eq!(toml::from_str::<Config>(text).unwrap(), Config::default());
        let uncommented: String = text
            .lines()
            .map(|line| line.strip_prefix("#= ").unwrap_or(line))
            .fold(String::new(), |all, line| all + line + "\n");
        let shown: toml::Table = uncommented.parse().unwrap();
        let mut all = toml::Table::try_from(Config::default()).unwrap();
        for unset in ["data_dir", "data"] {
            all.insert(unset.into(), shown[unset].clone());
        }
        assert_eq!(shown, all, "every key is shown with its default");
    }

    #[test]
    fn the_later_origin_wins() {
        let config = load("listen = \"127.0.0.1:1\"\n[limits]\nsubscriptions = 5\n", &[]).unwrap();
        assert_eq!((config.listen.port(), config.limits.subscriptions), (1, 5));
        let config = load(
            "listen = \"127.0.0.1:1\"\n[limits]\nsubscriptions = 5\n",
            &[
                ("DATELINE_LISTEN", "127.0.0.1:2"),
                ("DATELINE_LIMITS_SUBSCRIPTIONS", "6"),
                ("DATELINE_MERGING", "false"),
                ("DATELINE_DATA_DIR", "/x"),
                ("DATELINE_DATA", "/y"),
                ("DATELINE_INGEST", "a:b"),
            ],
        )
        .unwrap();
        assert_eq!((config.listen.port(), config.limits.subscriptions), (2, 6));
        assert_eq!(config.ingest, [PathBuf::from("a"), PathBuf::from("b")]);
        assert!(!config.merging);
        assert_eq!(config.data_dir().unwrap(), PathBuf::from("/x"));
        assert_eq!(config.data, Some(PathBuf::from("/y")));
        let flags = |config: &mut Config| config.listen.set_port(3);
        let variables = [("DATELINE_LISTEN".to_owned(), "127.0.0.1:2".to_owned())];
        assert_eq!(Config::load(None, variables, flags).unwrap().listen.port(), 3);
    }

    #[test]
    fn unknown_keys_are_refused_with_their_name_and_origin() {
        let error = load("[limits]\nsubscribtions = 5\n", &[])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("server.toml") && error.contains("subscribtions"),
            "{error}"
        );
        assert!(error.contains("server.toml:2:1: "), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        for name in [
            "DATELINE_LISTEM",
            "DATELINE_LIMITS_SUBSCRIPTION",
            "DATELINE_JOURNAL_",
        ] {
            let error = load("", &[(name, "1")]).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
        let error = load("", &[("DATELINE_LISTEN", "here")]).unwrap_err().to_string();
        assert!(error.contains("DATELINE_LISTEN"), "{error}");
    }

    #[test]
    fn variables_of_others_are_left_alone() {
        let foreign = [
            ("DATELINE_ADDR", "http://x"),
            ("DATELINE_SERVICE_HOST", "10.0.0.1"),
            ("DATELINE_PORT_7447_TCP", "tcp://10.0.0.1:7447"),
        ];
        assert_eq!(load("", &foreign).unwrap(), Config::default());
    }

    #[test]
    fn an_address_that_others_reach_needs_insecure_said_aloud() {
        for listen in ["0.0.0.0:7447", "[::]:7447", "192.0.2.1:7447"] {
            let error = load("", &[("DATELINE_LISTEN", listen)]).unwrap_err().to_string();
            assert!(error.contains("--insecure"), "{error}");
            load("", &[("DATELINE_LISTEN", listen), ("DATELINE_INSECURE", "true")]).unwrap();
        }
        load("", &[("DATELINE_LISTEN", "[::1]:7447")]).unwrap();
    }
}
