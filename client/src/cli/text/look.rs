//! Colours and width: whether they are used is known once, what they mean stands here.

use anstyle::{AnsiColor, Style};

/// Prose wider than this tires the eye, whatever the terminal offers.
const MAX_WIDTH: usize = 110;

/// How text may look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) colour: bool,
    /// Columns; none when no terminal reads, and lines are not broken.
    pub(crate) width: Option<usize>,
}

impl Look {
    /// The name of what was done, in the colour of its quad class (1 verbal cooperation to 4 material conflict).
    pub(super) fn kind(&self, quad_class: u32, text: &str) -> String {
        let colour = match quad_class {
            1 => AnsiColor::Cyan,
            2 => AnsiColor::Green,
            3 => AnsiColor::Yellow,
            4 => AnsiColor::Red,
            _ => AnsiColor::White,
        };
        self.paint(Style::new().bold().fg_color(Some(colour.into())), text)
    }

    /// What one looks for first.
    pub(super) fn strong(&self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// What stands back.
    pub(super) fn faint(&self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    /// What changes the meaning of the rest: marks of change, flags.
    pub(super) fn mark(&self, text: &str) -> String {
        self.paint(Style::new().fg_color(Some(AnsiColor::Magenta.into())), text)
    }

    /// What must not be missed: a gap.
    pub(crate) fn alarm(&self, text: &str) -> String {
        self.paint(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), text)
    }

    fn paint(&self, style: Style, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// Indents text, and breaks it into lines where a terminal reads.
    pub(super) fn indented(&self, indent: usize, text: &str, each: impl Fn(&str) -> String) -> String {
        let space = " ".repeat(indent);
        let lines = match self.width {
            Some(width) => textwrap::wrap(text, width.min(MAX_WIDTH).saturating_sub(indent).max(20)),
            None => vec![text.into()],
        };
        let lines: Vec<_> = lines
            .iter()
            .map(|line| format!("{space}{}", each(line)))
            .collect();
        lines.join("\n")
    }
}
