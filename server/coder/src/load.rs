//! The error of loading the coder's data files: which file, which place in it, and what to do.

use std::fmt;

/// A data file of the coder that cannot be used. Displays as `verbs.txt:12:7: ...`, lower case, saying what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// Name of the file, as it is called in the data folder ("verbs.txt", "actors/leaders.txt").
    pub file: String,
    /// Line, counted from 1; 0 when the whole file is meant.
    pub line: u32,
    /// Column in characters, counted from 1; 0 when the whole line is meant.
    pub column: u32,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl LoadError {
    /// An error at a place in a file.
    pub fn new(file: impl Into<String>, line: u32, column: u32, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line,
            column,
            message: message.into(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}: {}", self.file, self.message),
            (line, 0) => write!(f, "{}:{line}: {}", self.file, self.message),
            (line, column) => write!(f, "{}:{line}:{column}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for LoadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_file_line_and_column() {
        let error = LoadError::new("verbs.txt", 3, 9, "unknown event type \"CONSULTT\"");
        assert_eq!(
            error.to_string(),
            "verbs.txt:3:9: unknown event type \"CONSULTT\""
        );
    }
}
