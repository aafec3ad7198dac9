//! Checking data files: every mistake with its place, not only the first, and entries that say nothing.

mod unused;

use crate::lexicon::{Data, Lexicon};
use crate::place::Atlas;
use crate::{LoadError, actor, coder};

/// What is wrong with the files of a [`Lexicon`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What keeps the files from being used.
    pub errors: Vec<LoadError>,
    /// Entries that can be used, and do not do what their author will have meant.
    pub warnings: Vec<LoadError>,
}

/// Mistakes told of one part of the data. Who has more will correct these first.
const MOST: usize = 50;

impl Lexicon {
    /// Checks every file: mistakes, one for each line that has any, in the order of files and lines; then what can never
    /// count because something before it says the same.
    ///
    /// ```
    /// let mut lexicon = dateline_coder::Lexicon::built_in();
    /// lexicon.put("verbs.extra.txt", "serenade -> SUPORT\nwoo obj:%sutor -> SUPPORT\n")?;
    /// let errors = lexicon.check().errors;
    /// assert!(errors[0].to_string().starts_with("verbs.extra.txt:1:13: unknown event type \"SUPORT\""));
    /// assert!(errors[0].to_string().ends_with("did you mean \"SUPPORT\"?"));
    /// assert_eq!((errors.len(), errors[1].line), (2, 2));
    /// # Ok::<(), dateline_coder::LoadError>(())
    /// ```
    pub fn check(&self) -> Report {
        let mut report = Report::default();
        self.look_for_emptiness(&mut report);
        let words = every(self, |files| Data::load(files).map(drop), |_| true);
        let mut actors = Vec::new();
        for name in self.names().filter(|name| name.starts_with("actors/")) {
            let grammar = |files: &Lexicon| actor::check_grammar(name, files.get(name).unwrap_or_default());
            actors.extend(every(self, grammar, |_| true));
        }
        if actors.is_empty() {
            // A country that is missing would be missed in all other files.
            let go_on = |error: &LoadError| !error.file.ends_with("countries.txt");
            actors = every(self, |files| coder::gazetteer(files).map(drop), go_on);
        }
        if actors.is_empty()
            && let Ok(gazetteer) = coder::gazetteer(self)
        {
            let places = |files: &Lexicon| Atlas::load(files, &gazetteer).map(drop);
            report.errors.extend(every(self, places, |_| true));
        }
        if words.is_empty() {
            report.warnings.extend(unused::all(self));
        }
        report.errors.extend(words);
        report.errors.extend(actors);
        for found in [&mut report.errors, &mut report.warnings] {
            found.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
            found.dedup();
        }
        report
    }

    /// How many entries a file or an addition has: lines that begin something, headings and comments aside.
    pub fn entries(&self, name: &str) -> usize {
        let begins = |line: &&str| !line.trim().is_empty() && !line.starts_with([' ', '\t', '#', '[']);
        self.part(name).unwrap_or_default().lines().filter(begins).count()
    }

    fn look_for_emptiness(&self, report: &mut Report) {
        for name in self.names() {
            let extra = self.extra_name(name);
            if self.is_replaced(name) && self.entries(name) == 0 {
                let message = "holds no entry; fill it, or remove the file to have what is built in";
                report.errors.push(LoadError::new(name, 0, 0, message));
            }
            if self.part(&extra).is_some() && self.entries(&extra) == 0 {
                report
                    .warnings
                    .push(LoadError::new(extra, 0, 0, "holds no entry; fill or remove it"));
            }
        }
    }
}

/// Every mistake that `load` finds, by taking the lines of those that are known out; until there is none, or one after
/// which `go_on` sees no sense in more.
fn every(
    lexicon: &Lexicon,
    load: impl Fn(&Lexicon) -> Result<(), LoadError>,
    go_on: impl Fn(&LoadError) -> bool,
) -> Vec<LoadError> {
    let mut rest = lexicon.clone();
    let mut found = Vec::new();
    while let Err(error) = load(&rest) {
        let more = found.len() < MOST && go_on(&error) && rest.take_out(&error);
        found.push(lexicon.locate(error));
        if !more {
            break;
        }
    }
    found
}
