//! A scenario's file: what it measures, against whom, in which variants.

use anyhow::Context;
use serde::{Deserialize, de::DeserializeOwned};

use super::options::Options;

/// A scenario as its file describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its name, the file's.
    #[serde(skip)]
    pub name: String,
    /// What it measures, one sentence.
    pub measures: String,
    /// What bounds it, for readers of the figures.
    pub bound_by: String,
    /// Who can take part.
    pub systems: Vec<String>,
    /// How often each is measured; the median counts.
    pub repeat: usize,
    /// Settings of every variant that does not say otherwise.
    #[serde(default)]
    defaults: toml::Table,
    /// The variants. `extra = true` marks one that runs only when it is asked for.
    variant: Vec<toml::Table>,
}

const FILES: [(&str, &str); 9] = [
    ("replay", include_str!("../../scenarios/replay.toml")),
    (
        "replay-sparse",
        include_str!("../../scenarios/replay-sparse.toml"),
    ),
    ("fanout", include_str!("../../scenarios/fanout.toml")),
    ("fanout-paced", include_str!("../../scenarios/fanout-paced.toml")),
    (
        "fanout-filters",
        include_str!("../../scenarios/fanout-filters.toml"),
    ),
    ("publish", include_str!("../../scenarios/publish.toml")),
    ("idle", include_str!("../../scenarios/idle.toml")),
    ("stalled", include_str!("../../scenarios/stalled.toml")),
    ("journal-size", include_str!("../../scenarios/journal-size.toml")),
];

/// Names of the scenarios, in the order in which they run.
pub fn names() -> Vec<&'static str> {
    FILES.iter().map(|(name, _)| *name).collect()
}

impl Plan {
    /// The scenario of that name.
    ///
    /// # Errors
    /// There is none, or its file is not understood.
    pub fn load(name: &str) -> anyhow::Result<Self> {
        let (_, text) = FILES
            .iter()
            .find(|(known, _)| *known == name)
            .with_context(|| format!("no scenario is called {name:?}; there are {}", names().join(", ")))?;
        let mut plan: Self = toml::from_str(text).with_context(|| format!("scenarios/{name}.toml"))?;
        plan.name = name.into();
        Ok(plan)
    }

    /// The variants to run, with defaults and overrides filled in.
    ///
    /// # Errors
    /// A setting is not understood.
    pub fn variants<V: DeserializeOwned>(&self, options: &Options) -> anyhow::Result<Vec<V>> {
        let mut variants = Vec::new();
        for variant in &self.variant {
            let mut table = self.defaults.clone();
            table.extend(variant.clone());
            let extra = table
                .remove("extra")
                .is_some_and(|extra| extra.as_bool() == Some(true));
            if extra && !options.extra {
                continue;
            }
            table.extend(options.overrides.clone());
            let shown = table.to_string();
            let variant = table
                .try_into()
                .with_context(|| format!("a variant of {}: {shown}", self.name))?;
            variants.push(variant);
        }
        Ok(variants)
    }
}
