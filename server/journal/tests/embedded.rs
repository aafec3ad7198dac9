//! The embedded engine keeps the laws.

use dateline_journal::{Journal, Options, conformance::Engine};

struct Embedded(tempfile::TempDir);

impl Engine for Embedded {
    fn open(&self, options: Options) -> Journal {
        let (journal, recovery) = Journal::open(self.0.path(), options, &|_| {}).expect("it opens");
        assert_eq!(recovery.truncated, None);
        assert_eq!(recovery.damaged, []);
        journal
    }
}

dateline_journal::laws!(Embedded(tempfile::tempdir().expect("a folder")));
