//! What is wrong with a text, where it stands, and what to do about it. Codes are stable: tools and pages build on them.

use std::fmt;

use serde::Serialize;

/// The most problems that are told of one file.
const MOST: usize = 200;

/// The most characters that are shown of a line.
const LONGEST_LINE: usize = 400;

/// A place in a file; lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

impl Default for Place {
    /// The beginning: where a problem of the whole file stands.
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

/// One problem in one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable, such as `H002-target-unknown`.
    pub code: &'static str,
    /// The file as it was named by the caller.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The shortest way on which it goes wrong: `receipt -> match -unsure-> ask-identity`.
    pub path: Option<String>,
    /// Where what is broken stands in the law, such as `Art. 12(3)`.
    pub law: Option<&'static str>,
    /// The line itself, for the caret.
    pub snippet: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:{}:{}: error[{}]: {}", self.file, self.line, self.column, self.code, self.message)?;
        if !self.snippet.is_empty() {
            let number = self.line.to_string();
            let before = self.snippet.chars().take(self.column.saturating_sub(1) as usize);
            let indent: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            writeln!(f, "{number} | {}", self.snippet)?;
            writeln!(f, "{:width$} | {indent}^", "", width = number.len())?;
        }
        if let Some(path) = &self.path {
            writeln!(f, "  path: {path}")?;
        }
        if let Some(law) = self.law {
            writeln!(f, "  law: {law}")?;
        }
        match &self.help {
            Some(help) => writeln!(f, "  = {help}"),
            None => Ok(()),
        }
    }
}

/// What was found, before its file is known.
#[derive(Debug, Default)]
pub(crate) struct Finding {
    pub(crate) code: &'static str,
    pub(crate) at: Place,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) law: Option<&'static str>,
}

/// Collects the problems of one file, so that all are told at once.
#[derive(Debug)]
pub(crate) struct Problems<'a> {
    file: &'a str,
    text: &'a str,
    found: Vec<Diagnostic>,
    /// The keys that mappings were asked for, so that a test can hold a schema against them.
    #[cfg(test)]
    pub(crate) asked: Vec<Asked>,
}

/// What one mapping was asked for, and what it had.
#[cfg(test)]
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) what: &'static str,
    pub(crate) keys: Vec<&'static str>,
    pub(crate) needed: Vec<&'static str>,
    pub(crate) present: Vec<String>,
}

impl<'a> Problems<'a> {
    pub(crate) const fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            found: Vec::new(),
            #[cfg(test)]
            asked: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, code: &'static str, at: Place, message: impl Into<String>, help: impl Into<Option<String>>) {
        self.put(Finding { code, at, message: message.into(), help: help.into(), path: None, law: None });
    }

    /// Notes a problem. Past the first [`MOST`], nobody would read it.
    pub(crate) fn put(&mut self, finding: Finding) {
        if self.found.len() >= MOST {
            return;
        }
        let Finding { code, at, message, help, path, law } = finding;
        let line = self.text.lines().nth((at.line as usize).saturating_sub(1)).unwrap_or_default();
        self.found.push(Diagnostic {
            code,
            file: self.file.to_owned(),
            line: at.line.max(1),
            column: at.column.max(1),
            message,
            help,
            path,
            law,
            snippet: line.chars().take(LONGEST_LINE).collect(),
        });
    }

    /// Whether nothing was found yet.
    pub(crate) const fn are_none(&self) -> bool {
        self.found.is_empty()
    }

    /// The place `offset` characters into a value, where the value stands in its line as it reads; else where it begins.
    pub(crate) fn within(&self, at: Place, value: &str, offset: usize) -> Place {
        let line = self.text.lines().nth((at.line as usize).saturating_sub(1)).unwrap_or_default();
        within(line, at, value, offset)
    }

    /// The value if nothing was found, else everything that was, in reading order.
    pub(crate) fn answer<T>(self, value: Option<T>) -> Result<T, Vec<Diagnostic>> {
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => Err(self.all()),
        }
    }

    /// Everything that was found, in reading order.
    pub(crate) fn all(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| (a.line, a.column, a.code).cmp(&(b.line, b.column, b.code)));
        self.found
    }
}

/// The place `offset` characters into a value that begins at `at` in this line, plain or in quotes.
pub(crate) fn within(line: &str, at: Place, value: &str, offset: usize) -> Place {
    let before = at.column.saturating_sub(1) as usize;
    let rest: String = line.chars().skip(before).collect();
    let quote = usize::from(rest.starts_with(['"', '\'']));
    let same = rest.chars().skip(quote).take(value.chars().count()).eq(value.chars());
    let shift = if same { u32::try_from(offset + quote).unwrap_or_default() } else { 0 };
    Place { column: at.column.saturating_add(shift), ..at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place() {
        let mut problems = Problems::new("a.yaml", "x: 1\n  wrokflow: æ\n");
        problems.add(
            "Y002-key-unknown",
            Place { line: 2, column: 3 },
            "unknown key `wrokflow`",
            Some("did you mean `workflow`?".to_owned()),
        );
        let shown = problems.answer(Some(())).unwrap_err().remove(0).to_string();
        let lines = [
            "a.yaml:2:3: error[Y002-key-unknown]: unknown key `wrokflow`",
            "2 |   wrokflow: æ",
            "  |   ^",
            "  = did you mean `workflow`?\n",
        ];
        assert_eq!(shown, lines.join("\n"));
    }
}
