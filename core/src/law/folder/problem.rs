//! What is wrong in a file of the organisation folder, and where: file, line, column, the line itself and a caret.

use std::fmt;

/// One problem. A file is read to its end first, so a person sees all of them at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named to the reader.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Stable kebab-case code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The line it stands on.
    pub excerpt: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, message, excerpt, .. } = self;
        let number = line.to_string();
        let gutter = " ".repeat(number.len());
        let indent: String = excerpt.chars().take(column.saturating_sub(1)).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        write!(f, "{file}:{line}:{column}: {message}\n {number} | {excerpt}\n {gutter} | {indent}^")?;
        match &self.help {
            Some(help) => write!(f, " {help}"),
            None => Ok(()),
        }
    }
}

/// A place in a file, kept so that a later check across files can still point at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) excerpt: String,
}

impl Place {
    /// A problem here.
    pub(super) fn problem(&self, code: &'static str, message: String, help: Option<String>) -> Problem {
        let Self { file, line, column, excerpt } = self.clone();
        Problem { file, line, column, code, message, help, excerpt }
    }
}

/// Problems and warnings gathered while one file is read.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    file: &'a str,
    lines: Vec<&'a str>,
    /// What makes the file unusable.
    pub(crate) problems: Vec<Problem>,
    /// What is read past.
    pub(crate) warnings: Vec<Problem>,
}

impl<'a> Findings<'a> {
    /// None yet.
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, lines: text.lines().collect(), problems: Vec::new(), warnings: Vec::new() }
    }

    /// A line and column as a place that outlives the reading.
    pub(crate) fn place(&self, (line, column): (usize, usize)) -> Place {
        let excerpt = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default().to_owned();
        Place { file: self.file.to_owned(), line, column, excerpt }
    }

    /// Notes a problem.
    pub(crate) fn problem(&mut self, at: (usize, usize), code: &'static str, message: impl Into<String>, help: Option<String>) {
        let problem = self.place(at).problem(code, message.into(), help);
        self.problems.push(problem);
    }

    /// Notes something that is read past.
    pub(crate) fn warning(&mut self, at: (usize, usize), code: &'static str, message: impl Into<String>, help: Option<String>) {
        let warning = self.place(at).problem(code, message.into(), help);
        self.warnings.push(warning);
    }
}

/// `did you mean …?` for the closest of the names that exist, if one is close.
pub(crate) fn did_you_mean<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    names
        .into_iter()
        .map(|known| (distance(name, known), known))
        .filter(|(distance, known)| *distance <= (known.chars().count().div_ceil(3)))
        .min()
        .map(|(_, known)| format!("did you mean `{known}`?"))
}

/// Levenshtein distance: how many letters to add, drop or change.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = i + 1;
        next.push(left);
        for (pair, of_other) in row.windows(2).zip(&other) {
            let (diagonal, above) = (pair.first().copied().unwrap_or_default(), pair.last().copied().unwrap_or_default());
            left = (diagonal + usize::from(letter != *of_other)).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Findings, did_you_mean, distance};

    #[test]
    fn a_problem_shows_its_line_and_a_caret() {
        let mut findings = Findings::new("retention.yaml", "language: x\nexept:\n");
        findings.problem((2, 1), "unknown-key", "unknown key `exept`", did_you_mean("exept", ["default", "except"]));
        assert_eq!(findings.problems[0].to_string(), "retention.yaml:2:1: unknown key `exept`\n 2 | exept:\n   | ^ did you mean `except`?");
    }

    #[test]
    fn only_close_names_are_proposed() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(did_you_mean("no", ["nb", "nl", "en"]).as_deref(), Some("did you mean `nb`?"));
        assert_eq!(did_you_mean("passport", ["email", "phone"]), None);
    }
}
