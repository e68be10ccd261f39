//! What is wrong in a file of the organisation folder, and where: file, line, column, the line itself and a caret.

use std::fmt;

use crate::source::diagnostic;

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
    /// The line and column `offset` characters into a value that begins here.
    pub(in crate::law) fn within(&self, value: &str, offset: usize) -> (usize, usize) {
        let number = |number: usize| u32::try_from(number).unwrap_or_default();
        let start = diagnostic::Place { line: number(self.line), column: number(self.column) };
        (self.line, diagnostic::within(&self.excerpt, start, value, offset).column as usize)
    }

    /// A problem here.
    pub(in crate::law) fn problem(&self, code: &'static str, message: String, help: Option<String>) -> Problem {
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

#[cfg(test)]
mod tests {
    use super::Findings;
    use crate::source::spelling::did_you_mean;

    #[test]
    fn a_problem_shows_its_line_and_a_caret() {
        let mut findings = Findings::new("retention.yaml", "language: x\nexept:\n");
        findings.problem((2, 1), "unknown-key", "unknown key `exept`", did_you_mean("exept", ["default", "except"]));
        assert_eq!(findings.problems[0].to_string(), "retention.yaml:2:1: unknown key `exept`\n 2 | exept:\n   | ^ did you mean `except`?");
    }
}
