//! A table of holds, line by line as it is understood.

use habeas_core::law::hold::sheet;
use jiff::civil::Date;

use super::holds::covers;
use crate::view::{
    desk::hold_import::{HoldImport, Line, Wrong},
    look::Look,
};

impl HoldImport {
    /// A table with everything that is wrong in it; an empty one is none yet.
    pub fn new(look: &Look, sheet: &str, wrong: Vec<Wrong>, review_by: Date) -> Self {
        let lines = if sheet.is_empty() { Vec::new() } else { sheet::read(sheet, look.today(), look.organisation.systems()).0 };
        let is_wrong = |line: usize, code: &str| wrong.iter().any(|it| it.line == line && it.code == code);
        let line = |line: sheet::Line| Line {
            line: line.line,
            case: line.hold.case,
            covers: covers(look, &line.hold.scope),
            query: line.hold.scope.query.map(|query| query.as_str().to_owned()),
            dates: line.hold.scope.dates,
            basis: (!is_wrong(line.line, "sheet-basis")).then_some(line.hold.basis),
            matter: line.hold.matter,
            review_on: (!is_wrong(line.line, "hold-no-day")).then_some(line.hold.review_on),
        };
        let lines = lines.into_iter().map(line).collect();
        Self { columns: sheet::COLUMNS.to_vec(), sheet: sheet.to_owned(), lines, wrong, review_by }
    }
}
