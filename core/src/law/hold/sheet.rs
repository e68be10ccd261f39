//! Many holds at once, from a table: one line each. Everything that is wrong is told with its place, and nothing is taken before nothing
//! is. Whether a case exists is not known here.

use jiff::civil::Date;

use super::{Basis, Dates, Proposed, Scope};
use crate::{
    law::{handed, map::System, written},
    table::Guard,
};

/// The most holds of one table.
const MOST: usize = 1_000;
/// The columns there may be, in the order in which they are documented.
pub const COLUMNS: [&str; 11] =
    ["case", "system", "collection", "category", "if", "date_field", "from", "until", "basis", "matter", "review_on"];
/// Columns without which no line says enough.
const NEEDED: [&str; 3] = ["basis", "matter", "review_on"];

/// A hold, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The line, from 1.
    pub line: usize,
    /// The column of its case, from 1; 0 where there is none.
    pub case_column: usize,
    /// The hold.
    pub hold: Proposed,
}

/// Something wrong in the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Misread {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1; 0: the whole line.
    pub column: usize,
    /// What is wrong, a stable code.
    pub code: &'static str,
    /// What it is about, where the code needs it: a column's name, what the reader of a condition says.
    pub why: String,
}

/// Reads the holds of a table, and everything that is wrong with it. Unless nothing is, no line means what it says: what could not be
/// read of it is left out.
pub fn read(text: &str, today: Date, systems: &[System]) -> (Vec<Line>, Vec<Misread>) {
    let mut reader = handed::csv_reader(text.trim_start_matches('\u{feff}'));
    let mut rows = reader.records().filter_map(Result::ok);
    let mut sheet = Sheet { columns: Vec::new(), wrong: Vec::new() };
    if let Some(header) = rows.next() {
        sheet.head(&header);
    }
    let (mut lines, mut known) = (Vec::new(), Vec::new());
    for row in rows.filter(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
        let line = row.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        if row.len() != sheet.columns.len() {
            sheet.tell(line, 0, "sheet-width", "");
            continue;
        }
        let (hold, is_read) = sheet.hold(line, &row, today, systems);
        if is_read && known.contains(&hold) {
            sheet.tell(line, 0, "sheet-twice", "");
        }
        known.push(hold.clone());
        lines.push(Line { line, case_column: sheet.place("case"), hold });
    }
    if lines.len() > MOST {
        sheet.tell(1, 0, "sheet-too-many", "");
    }
    if lines.is_empty() && sheet.wrong.is_empty() {
        sheet.tell(1, 0, "sheet-empty", "");
    }
    sheet.wrong.sort();
    (lines, sheet.wrong)
}

/// A table on its way: its columns, and what is wrong so far.
struct Sheet {
    columns: Vec<String>,
    wrong: Vec<Misread>,
}

impl Sheet {
    fn tell(&mut self, line: usize, column: usize, code: &'static str, why: &str) {
        self.wrong.push(Misread { line, column, code, why: why.to_owned() });
    }

    fn head(&mut self, header: &csv::StringRecord) {
        for (number, name) in header.iter().enumerate() {
            let name = name.trim().to_lowercase();
            if self.columns.contains(&name) {
                self.tell(1, number + 1, "sheet-column-twice", "");
            } else if !COLUMNS.contains(&name.as_str()) {
                self.tell(1, number + 1, "sheet-column-unknown", &COLUMNS.join(", "));
            }
            self.columns.push(name);
        }
        for needed in NEEDED {
            if !self.columns.iter().any(|name| name == needed) {
                self.tell(1, 0, "sheet-column-missing", needed);
            }
        }
    }

    /// Where a column stands, from 1; 0: nowhere.
    fn place(&self, name: &str) -> usize {
        self.columns.iter().position(|known| known == name).map_or(0, |index| index + 1)
    }

    /// One line, and whether nothing is wrong with it. What can be read is checked though the rest cannot, so that nobody mends a line twice.
    fn hold(&mut self, line: usize, row: &csv::StringRecord, today: Date, systems: &[System]) -> (Proposed, bool) {
        let columns = self.columns.clone();
        let cell = |name: &str| {
            let index = columns.iter().position(|known| known == name)?;
            row.get(index).map(str::trim).filter(|cell| !cell.is_empty())
        };
        let many = |name: &str| cell(name).map(|cell| cell.split_whitespace().map(str::to_owned).collect()).unwrap_or_default();
        let before = self.wrong.len();
        let query = cell("if").and_then(|text| match Guard::parse(text) {
            Ok(query) => Some(query),
            Err(wrong) => {
                self.tell(line, self.place("if"), "hold-query-unreadable", &wrong.message);
                None
            }
        });
        let mut day = |name: &str| {
            let text = cell(name)?;
            let day = written::day(text);
            if day.is_none() {
                self.tell(line, self.place(name), "hold-no-day", "");
            }
            day
        };
        let (from, until, review_on) = (day("from"), day("until"), day("review_on"));
        let is_ranged = ["date_field", "from", "until"].iter().any(|name| cell(name).is_some());
        let basis = cell("basis").and_then(Basis::from_name);
        if basis.is_none() {
            self.tell(line, self.place("basis"), "sheet-basis", "");
        }
        if cell("review_on").is_none() {
            self.tell(line, self.place("review_on"), "hold-no-day", "");
        }
        let scope = Scope {
            systems: many("system"),
            collections: many("collection"),
            categories: many("category"),
            query,
            dates: is_ranged.then(|| Dates { field: cell("date_field").unwrap_or_default().to_owned(), from, until }),
            ..Scope::default()
        };
        let hold = Proposed {
            case: cell("case").map(str::to_owned),
            scope,
            basis: basis.unwrap_or(Basis::LegalClaim),
            matter: cell("matter").unwrap_or_default().to_owned(),
            review_on: review_on.unwrap_or(today),
        };
        for wrong in hold.check(today, systems) {
            let (field, code) = wrong.told();
            let column = self.place(if field == "query" { "if" } else { field });
            // A cell that could not be read is not told a second time for what it then lacks.
            if !self.wrong.iter().any(|told| told.line == line && told.column == column) {
                self.tell(line, column, code, "");
            }
        }
        (hold, self.wrong.len() == before)
    }
}
