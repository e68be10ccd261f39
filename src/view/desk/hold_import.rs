//! `/{l}/desk/holds/import`: many holds from a table, shown line by line before anything is placed.

use habeas_core::law::{
    hold::{Basis, Dates},
    lang::Text,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The page. Takes a file as `sheet`; posts the same words to `/place` once somebody has looked.
#[derive(Debug, Serialize)]
pub struct HoldImport {
    /// The columns there may be.
    pub columns: Vec<&'static str>,
    /// The table as it was sent; empty before that.
    pub sheet: String,
    /// Its lines, as they are understood.
    pub lines: Vec<Line>,
    /// Everything that is wrong; while there is anything, nothing can be placed.
    pub wrong: Vec<Wrong>,
    /// The latest review date allowed: six months from today.
    pub review_by: Date,
}

/// One line.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its number, from 1.
    pub line: usize,
    /// The case it covers; `None`: any.
    pub case: Option<String>,
    /// Kinds, systems or categories of data it covers; empty: everything.
    pub covers: Vec<Text>,
    /// Only records for which this is so.
    pub query: Option<String>,
    /// Only records with a day in this range.
    pub dates: Option<Dates>,
    /// Why; `None`: that cannot be read.
    pub basis: Option<Basis>,
    /// Matter reference.
    pub matter: String,
    /// Looked at again at the latest on this day; `None`: it says no day.
    pub review_on: Option<Date>,
}

/// Something that is wrong.
#[derive(Debug, Serialize)]
pub struct Wrong {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1; 0: the whole line.
    pub column: usize,
    /// What: text `problem-{code}`.
    pub code: &'static str,
    /// What it is about, where the text needs it.
    pub why: String,
}

impl Page for HoldImport {
    const TEMPLATE: &'static str = "desk/hold-import.html";

    fn title(&self) -> Message {
        Message::new("hold-import-title")
    }

    fn samples() -> Vec<Self> {
        let page = |sheet: &str, lines, wrong| Self {
            columns: habeas_core::law::hold::sheet::COLUMNS.to_vec(),
            sheet: sheet.to_owned(),
            lines,
            wrong,
            review_by: jiff::civil::date(2027, 5, 20),
        };
        let wrong = |line, column, code, why: &str| Wrong { line, column, code, why: why.to_owned() };
        vec![
            page("", Vec::new(), Vec::new()),
            page("case;basis", vec![sample_line(2, false), sample_line(3, true)], Vec::new()),
            page(
                "case;basis",
                vec![sample_line(2, false), sample_line(3, true)],
                vec![
                    wrong(1, 4, "sheet-column-unknown", "case, system, collection"),
                    wrong(2, 1, "case-unknown", ""),
                    wrong(3, 3, "hold-query-unreadable", "expected a comparison"),
                    wrong(3, 9, "review-within-six-months", ""),
                ],
            ),
        ]
    }
}

fn sample_line(line: usize, narrowed: bool) -> Line {
    Line {
        line,
        case: (!narrowed).then(|| sample::REFERENCE.to_owned()),
        covers: if narrowed { vec![sample::accounting(), sample::invoices()] } else { Vec::new() },
        query: narrowed.then(|| "status == \"disputed\"".to_owned()),
        dates: narrowed.then(|| Dates { field: "issued_on".to_owned(), from: Some(jiff::civil::date(2026, 1, 1)), until: None }),
        basis: Some(Basis::LegalClaim),
        matter: "TOSL-2026-114".to_owned(),
        review_on: Some(jiff::civil::date(2027, 3, 1)),
    }
}
