//! What is wrong with a definition, where it stands, and what to do about it. Codes are stable: tools and pages build on them.

use std::fmt;

use serde::Serialize;

/// A place in a file; lines and columns count from 1, columns in characters. 0 means that the place is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// One problem in one definition.
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
        match &self.help {
            Some(help) => writeln!(f, "  = {help}"),
            None => Ok(()),
        }
    }
}

/// Collects the problems of one file, so that all are told at once.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    file: &'a str,
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl<'a> Problems<'a> {
    pub(super) const fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    pub(super) fn add(&mut self, code: &'static str, at: Place, message: impl Into<String>, help: impl Into<Option<String>>) {
        let line = (at.line as usize).checked_sub(1).and_then(|line| self.text.lines().nth(line));
        self.found.push(Diagnostic {
            code,
            file: self.file.to_owned(),
            line: at.line,
            column: at.column,
            message: message.into(),
            help: help.into(),
            snippet: line.unwrap_or_default().to_owned(),
        });
    }

    /// The value if nothing was found, else everything that was, in reading order.
    pub(super) fn answer<T>(mut self, value: Option<T>) -> Result<T, Vec<Diagnostic>> {
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => {
                self.found.sort_by(|a, b| (a.line, a.column, a.code).cmp(&(b.line, b.column, b.code)));
                Err(self.found)
            }
        }
    }
}

/// Help for a word that does not exist: the closest that does, or all of them when they are few.
pub(super) fn instead<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known.iter().map(|other| (distance(word, other), *other)).min();
    match near {
        Some((far, other)) if far <= (word.chars().count() / 3).max(1) => Some(format!("did you mean `{other}`?")),
        Some(_) if known.len() <= 12 => Some(format!("there is {}", list(known))),
        _ => None,
    }
}

/// Words in back-ticks, separated by commas, the shortest spelling of a choice.
pub(super) fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Edits between two words: insert, drop, replace a letter, or swap two neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let above = |up: usize, left: usize| rows.get(i - up).and_then(|row| row.get(j - left)).copied().unwrap_or_default();
            let same = a.get(i - 1) == b.get(j - 1);
            let beside = row.last().copied().unwrap_or_default();
            let mut best = (above(1, 1) + usize::from(!same)).min(above(1, 0) + 1).min(beside + 1);
            if i > 1 && j > 1 && a.get(i - 1) == b.get(j - 2) && a.get(i - 2) == b.get(j - 1) {
                best = best.min(above(2, 2) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits() {
        for (a, b, edits) in
            [("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("erase", "erased", 1), ("thne", "then", 1)]
        {
            assert_eq!(distance(a, b), edits, "{a} {b}");
        }
    }

    #[test]
    fn offers_the_closest_word_or_the_short_list() {
        assert_eq!(instead("approveed", ["approved", "sent-back"]).unwrap(), "did you mean `approved`?");
        assert_eq!(instead("yes", ["approved", "sent-back"]).unwrap(), "there is `approved`, `sent-back`");
    }

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
