//! What is told of how a phrase was understood, for `--explain`. Nothing is written while nobody asks.

use crate::Party;

/// The steps taken on one phrase. A silent trail builds no text.
#[derive(Debug, Default)]
pub(super) struct Trail {
    lines: Option<Vec<String>>,
}

impl Trail {
    /// A trail that keeps its lines only if asked to.
    pub(super) fn new(kept: bool) -> Self {
        Trail {
            lines: kept.then(Vec::new),
        }
    }

    /// A trail that keeps nothing.
    pub(super) fn silent() -> Self {
        Trail::default()
    }

    /// Whom a phrase stands for and why: `"he" -> Vladimir Putin (RUSGOV): subject of the sentence before`.
    pub(super) fn found(&mut self, text: &str, parties: &[Party], reason: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.lines {
            let who: Vec<String> = parties.iter().map(shown).collect();
            lines.push(format!("\"{text}\" -> {}: {}", who.join(" and "), reason()));
        }
    }

    /// Why a phrase stands for nobody: `"its": two parties fit`.
    pub(super) fn lost(&mut self, text: &str, reason: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.lines {
            lines.push(format!("\"{text}\" -> nobody: {}", reason()));
        }
    }

    /// The lines kept.
    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines.unwrap_or_default()
    }
}

/// A name with its code; a role is told well enough by its code.
fn shown(party: &Party) -> String {
    let code = party.code();
    if code.is_empty() {
        party.name.clone()
    } else if party.name.starts_with(char::is_uppercase) && party.name != code {
        format!("{} ({code})", party.name)
    } else {
        code
    }
}

/// Where the country of a role was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whence {
    /// "Syrian rebels", "the government of Japan".
    Phrase,
    /// "his government"
    Pronoun,
    /// "Turkish police and soldiers"
    Conjunct,
    /// "police in Istanbul"
    Locative,
    /// The only country that the sentence names.
    Sentence,
    /// The place where the sentence puts the event.
    Place,
    /// The same role was of this country before.
    Before,
    /// The country that the article is mostly about.
    Article,
    /// The place where the article was written.
    Dateline,
    /// The role has its country by itself.
    Role,
}

impl Whence {
    /// Whether the sentence itself says so; what was inferred from the article is not inferred from again.
    pub(super) fn is_said(self) -> bool {
        !matches!(
            self,
            Whence::Before | Whence::Article | Whence::Dateline | Whence::Role
        )
    }

    /// In the words of a trace.
    pub(super) fn told(self) -> &'static str {
        match self {
            Whence::Phrase => "country named in the phrase",
            Whence::Pronoun => "country of whom the possessive stands for",
            Whence::Conjunct => "country of what it is coordinated with",
            Whence::Locative => "country of the place in the phrase",
            Whence::Sentence => "the only country of the sentence",
            Whence::Place => "country of the place",
            Whence::Before => "country of the same role before",
            Whence::Article => "the country the article is about",
            Whence::Dateline => "country of the dateline",
            Whence::Role => "country field of the role",
        }
    }
}

/// How far back, in words.
pub(super) fn ago(sentences: usize) -> String {
    match sentences {
        0 => "in the sentence".to_owned(),
        1 => "in the sentence before".to_owned(),
        more => format!("{more} sentences before"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, country: &str) -> Party {
        Party {
            name: name.to_owned(),
            text: String::new(),
            country: country.to_owned(),
            sectors: vec![crate::Sector::Government],
        }
    }

    #[test]
    fn a_name_is_told_with_its_code_and_a_role_by_its_code() {
        let mut trail = Trail::new(true);
        trail.found(
            "they",
            &[party("Angela Merkel", "DEU"), party("ministers", "FRA")],
            || "so".to_owned(),
        );
        assert_eq!(
            trail.into_lines(),
            ["\"they\" -> Angela Merkel (DEUGOV) and FRAGOV: so"]
        );
    }

    #[test]
    fn a_silent_trail_asks_for_no_reason() {
        let mut trail = Trail::silent();
        trail.found("he", &[], || unreachable!("nobody reads it"));
        trail.lost("he", || unreachable!("nobody reads it"));
        assert!(trail.into_lines().is_empty());
    }
}
