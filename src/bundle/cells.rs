//! CSV (RFC 4180, UTF-8) that a spreadsheet shows and does not execute.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use csv::{Terminator, Writer, WriterBuilder};

use super::visible::visible;

/// A table being written; every cell is text from outside and is treated so.
pub(super) struct Sheet<W: Write>(Writer<W>);

impl<W: Write> Sheet<W> {
    /// Begins with a header.
    pub(super) fn new<'a>(out: W, header: impl Iterator<Item = &'a str>) -> io::Result<Self> {
        let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        csv.write_record(header.map(|label| defused(label).into_owned()))?;
        Ok(Self(csv))
    }

    /// Adds a row.
    pub(super) fn row<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) -> io::Result<()> {
        cells.into_iter().try_for_each(|cell| self.0.write_field(cell.written().as_bytes()))?;
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// Hands the last rows on.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// One cell.
pub(super) enum Cell<'a> {
    /// A number: no formula, whatever its sign.
    Number(String),
    /// Anything else.
    Text(Cow<'a, str>),
}

impl Cell<'_> {
    fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Number(number) => Cow::Borrowed(number),
            Self::Text(text) => defused(text),
        }
    }
}

/// Puts `'` before what a spreadsheet would take for a formula, also behind blanks and invisible characters that it skips.
fn defused(text: &str) -> Cow<'_, str> {
    let skipped =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let control_first = text.starts_with(['\t', '\r', '\n', '\0']);
    let shown = visible(text);
    if control_first || text.trim_start_matches(skipped).starts_with(starts) { Cow::Owned(format!("'{shown}")) } else { shown }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Cell, Sheet, defused};

    fn written(header: [&str; 2], row: [Cell<'_>; 2]) -> String {
        let mut out = Vec::new();
        let mut sheet = Sheet::new(&mut out, header.into_iter()).unwrap();
        sheet.row(row.into_iter()).unwrap();
        sheet.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn ab34_formulas_become_text() {
        for formula in
            ["=1+1", "+47 98", "-2", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "  =1", "\u{feff}=1", "\u{200b}@x", "\u{a0}+1", "＝1", "\n-1"]
        {
            assert!(defused(formula).starts_with('\''), "{formula:?}");
        }
        for text in ["", "Kari", "1-2", "a=b", "kari@example.no", "Øst"] {
            assert_eq!(defused(text), text);
        }
    }

    #[test]
    fn a_negative_number_is_no_formula() {
        let row = [Cell::Number("-12.5".to_owned()), Cell::Text("=HYPERLINK(\"x\"),\n2".into())];
        assert_eq!(written(["Sum", "Note"], row), "Sum,Note\r\n-12.5,\"'=HYPERLINK(\"\"x\"\"),\n2\"\r\n");
    }

    proptest! {
        #[test]
        fn no_text_cell_ever_starts_a_formula(text in "[ \t\r\n\u{0}\u{feff}\u{200b}=+@a-]{0,6}") {
            let out = written(["h", "i"], [Cell::Text(text.into()), Cell::Text("end".into())]);
            let mut csv = csv::Reader::from_reader(out.as_bytes());
            let row = csv.records().next().unwrap().unwrap();
            prop_assert_eq!(row.len(), 2);
            let formula = row[0].trim_start().starts_with(['=', '+', '-', '@', '\0', '\u{feff}']);
            prop_assert!(!formula);
        }
    }
}
