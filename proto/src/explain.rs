//! The steps of an explanation laid out for a terminal, the same in the server's and the client's `code --explain`.

use crate::v1::SentenceTrace;

/// Columns for the kind of a step; no kind is longer.
const KIND: usize = 8;

impl SentenceTrace {
    /// One line for each step: its kind in a column of its own, said once for steps of one kind that follow one another.
    pub fn step_lines(&self) -> impl Iterator<Item = String> {
        let mut last = "";
        self.steps.iter().map(move |step| {
            let (kind, text) = parts(step);
            let shown = if kind == last { "" } else { kind };
            last = kind;
            format!("{shown:KIND$} {text}").trim_end().to_owned()
        })
    }
}

/// Kind and text of "clause: meet: subj ..."; of what does not begin with a kind no kind.
fn parts(step: &str) -> (&str, &str) {
    match step.split_once(": ") {
        Some((kind, text)) if kind.len() <= KIND && kind.bytes().all(|b| b.is_ascii_lowercase()) => {
            (kind, text)
        }
        _ => ("", step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_said_once_and_columns_are_kept() {
        let steps = [
            "tree: It    it",
            "tree: rains rain",
            "clause: rain: subj It",
            "It: rained",
        ];
        let trace = SentenceTrace {
            steps: steps.map(str::to_owned).into(),
            ..SentenceTrace::default()
        };
        let lines: Vec<String> = trace.step_lines().collect();
        assert_eq!(
            lines,
            [
                "tree     It    it",
                "         rains rain",
                "clause   rain: subj It",
                "         It: rained"
            ]
        );
    }
}
