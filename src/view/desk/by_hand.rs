//! What is done by hand in one system: the checklist, the records it is about, and where what was found is handed in.

use habeas_core::law::lang::Text;
use serde::Serialize;

use super::plan::{Act, Step};
use crate::view::sample;

/// Work by hand. What is posted: every tick by its name, `nothing`, `rows-{collection}`, and the files `rows-…`, `file-…`, `evidence`.
#[derive(Debug, Serialize)]
pub struct ByHand {
    /// Only people can work with the system; else it does not answer, or cannot do this.
    pub is_manual: bool,
    /// What its owner must know first.
    pub note: Option<Text>,
    /// What is ticked.
    pub ticks: Vec<Tick>,
    /// What is erased, record by record.
    pub erases: Vec<Step>,
    /// The records that something is changed in.
    pub changes: Vec<Place>,
    /// Where what was found is handed in.
    pub sheets: Vec<Sheet>,
    /// That nothing is held was ticked before an error.
    pub nothing: bool,
}

/// A step of a checklist.
#[derive(Debug, Serialize)]
pub struct Tick {
    /// Its name.
    pub name: String,
    /// What is to be done; `None`: that somebody looked again (text `task-looked-again`).
    pub label: Option<Text>,
    /// It was ticked before an error.
    pub ticked: bool,
}

/// A record.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its kind.
    pub kind: Text,
    /// Its key: whoever works by hand has to find it.
    pub locator: String,
}

/// Where records of one kind are handed in.
#[derive(Debug, Serialize)]
pub struct Sheet {
    /// The collection.
    pub name: String,
    /// What the person calls it.
    pub label: Text,
    /// The columns, as a table names them.
    pub columns: Vec<String>,
    /// The rows that were typed before an error.
    pub typed: String,
    /// It takes files.
    pub takes_files: bool,
}

/// A filing cabinet to be searched, and one to be emptied.
pub(super) fn samples() -> [ByHand; 2] {
    let tick =
        |name: &str, nb: &str, nl: &str, en: &str| Tick { name: name.to_owned(), label: Some(sample::text(nb, nl, en)), ticked: false };
    let note = || Some(sample::text("Arkivet står i kjelleren.", "Het archief staat in de kelder.", "The archive is in the basement."));
    let sheet = |name: &str, label, columns: &[&str], takes_files| Sheet {
        name: name.to_owned(),
        label,
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        typed: String::new(),
        takes_files,
    };
    let search = ByHand {
        is_manual: true,
        note: note(),
        ticks: vec![tick("find-0", "Se i skuffen under navnet", "Kijk in de lade onder de naam", "Look in the drawer under the name")],
        erases: Vec::new(),
        changes: Vec::new(),
        sheets: vec![sheet("folders", sample::orders(), &["number", "name"], false), sheet("photos", sample::passport(), &["file"], true)],
        nothing: false,
    };
    let (cleared, masked, kept) = (Vec::new(), Vec::new(), Vec::new());
    let shred = ByHand {
        is_manual: true,
        note: note(),
        ticks: vec![
            tick("erase-0", "Makuler mappen", "Vernietig de map", "Shred the folder"),
            Tick { name: "verify-0".to_owned(), label: None, ticked: false },
        ],
        erases: vec![Step { kind: sample::orders(), locator: "4711".to_owned(), act: Act::Delete, cleared, masked, kept }],
        changes: Vec::new(),
        sheets: Vec::new(),
        nothing: false,
    };
    [search, shred]
}
