//! `check-data` and `export-data`: for who edits the coder's words and names.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use dateline_coder::{Lexicon, LoadError, Report};

use super::{FAILED, fail};
use crate::data::{self, Count, DataFolder};

/// What `check-data` is given.
#[derive(Args, Debug)]
pub(super) struct CheckDataArgs {
    /// Folder of data files, read over the built-in ones: verbs.txt takes the place of the built-in file, verbs.extra.txt adds to it.
    /// Without a folder the built-in files themselves are checked
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// What `export-data` is given.
#[derive(Args, Debug)]
pub(super) struct ExportDataArgs {
    /// Folder to write the built-in data files into; it may not have any of them
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// Checks: 0 the files can be used, 1 they cannot. Mistakes and warnings go to stderr, the counts to stdout.
pub(super) fn check(args: &CheckDataArgs) -> ExitCode {
    let checked = match &args.folder {
        Some(folder) => DataFolder::read(folder).map(Checked::Folder),
        None => Ok(Checked::BuiltIn(Lexicon::built_in())),
    };
    let checked = match checked {
        Ok(checked) => checked,
        Err(error) => return fail(FAILED, &error),
    };
    match checked.tell(&mut io::stdout().lock(), &mut io::stderr().lock()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(FAILED),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(FAILED),
        Err(error) => fail(FAILED, &format!("cannot write: {error}")),
    }
}

/// Writes the built-in files out.
pub(super) fn export(args: &ExportDataArgs) -> ExitCode {
    let written = match data::export(&args.folder) {
        Ok(written) => written,
        Err(error) => return fail(FAILED, &error),
    };
    let folder = args.folder.display();
    let _ = writeln!(
        io::stdout(),
        "{} written to {folder}; begin with README.md.\n\
         Edit what you want to change and delete the other files: what is not there is built in.\n\
         To add without copying, write verbs.extra.txt beside or instead of verbs.txt, and so for every file.\n\
         Then: dateline-server check-data {folder}",
        Count(written, "file")
    );
    ExitCode::SUCCESS
}

enum Checked {
    BuiltIn(Lexicon),
    Folder(DataFolder),
}

impl Checked {
    /// Tells what was found; returns the number of mistakes.
    fn tell(&self, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<usize> {
        let (lexicon, report) = match self {
            Checked::BuiltIn(lexicon) => (lexicon, &lexicon.check()),
            Checked::Folder(folder) => (&folder.lexicon, &folder.report),
        };
        let Report { errors, warnings } = report;
        for error in errors {
            writeln!(err, "{}", self.shown(error))?;
        }
        for warning in warnings {
            let message = format!("warning: {}", warning.message);
            let warning = LoadError {
                message,
                ..warning.clone()
            };
            writeln!(err, "{}", self.shown(&warning))?;
        }
        let built_in = Lexicon::built_in();
        for name in lexicon.names() {
            let entries = Count(lexicon.entries(name), "entry");
            let origin = if lexicon.is_replaced(name) {
                format!("in the place of the built-in {}", built_in.entries(name))
            } else {
                "built in".to_owned()
            };
            writeln!(out, "{name:32} {:>14}  {origin}", entries.to_string())?;
            let extra = lexicon.extra_name(name);
            if lexicon.part(&extra).is_some() {
                let entries = Count(lexicon.entries(&extra), "entry");
                writeln!(out, "{extra:32} {:>14}  added to {name}", entries.to_string())?;
            }
        }
        let (mistakes, warned) = (Count(errors.len(), "mistake"), Count(warnings.len(), "warning"));
        writeln!(out, "{mistakes}, {warned}")?;
        Ok(errors.len())
    }

    fn shown(&self, error: &LoadError) -> String {
        match self {
            Checked::BuiltIn(_) => error.to_string(),
            Checked::Folder(folder) => folder.shown(error),
        }
    }
}
