//! What becomes of a case when a connected system goes wrong: fifteen ways, five rights, three kinds of system, against a reviewed table.
//!
//! Each cell is a case of its own, walked through the real house to its end: asked for, led to the act that goes wrong, looked at while
//! it is wrong, signed for too early where a person has to do it, mended, and finished. Of the seven rights five make a system do
//! something of their own; an objection and a consent taken back are written as a restriction is, so they are not walked again.

#[path = "../../../src/connector/http/tests/fault.rs"]
mod fault;
mod http;
mod machine;
mod manual;
mod proxy;
#[path = "../../../src/connector/http/tests/server.rs"]
#[allow(dead_code, reason = "the connector's own tests ask for more of it")]
mod server;
mod sql;

use std::{collections::BTreeMap, fs, path::Path};

use habeas::cli::demo::sample::{Suggested, proof_of};
use habeas::config::Limits;
use habeas_core::law::{lang::Text, right::Right};

use self::fault::Mode;
use crate::house::{
    database::Database,
    people::Subject,
    test_house::{OWN, TestHouse},
};

/// The reviewed table. A cell that is missing in it, is there twice or ends otherwise fails a test, which prints the line as it is.
const REVIEWED: &str = "tests/it/faults/faults.txt";
/// The organisation that it happens to.
const ORGANISATION: &str = "tests/it/faults/organisation";

/// Rights that make a system do something of their own.
const RIGHTS: [Right; 5] = [Right::Access, Right::Portability, Right::Rectification, Right::Restriction, Right::Erasure];
const KINDS: [&str; 3] = ["http", "sql", "manual"];
/// Every way, in the order of the table, with the customer that it befalls: a row of the sample.
const MODES: [(Mode, &str); 15] = [
    (Mode::Refuse, "refuse"),
    (Mode::Timeout, "timeout"),
    (Mode::Tls, "tls"),
    (Mode::Unauthorized, "401"),
    (Mode::Forbidden, "403"),
    (Mode::TooMany, "429"),
    (Mode::Broken, "500"),
    (Mode::SlowDrip, "slow"),
    (Mode::HalfBody, "half"),
    (Mode::PartialSuccess, "207"),
    (Mode::WrongType, "type"),
    (Mode::Redirect, "redirect"),
    (Mode::Huge, "huge"),
    (Mode::Lie, "lie"),
    (Mode::Others, "others"),
];
/// The first customer to whom something happens.
const FIRST: u32 = 4;

/// The system that goes wrong; its owner is `bo`.
const SYSTEM: &str = "helpdesk";
/// Kinds of data that are asked about.
const ASKED: [&str; 2] = ["helpdesk.people", "helpdesk.notes"];
/// What a call may cost.
const LIMITS: Limits = Limits { records: 60, bytes: 200_000, milliseconds: 20_000, lock_milliseconds: 5_000 };
/// The same where nothing but the time ends it, so that nobody waits for long.
const IMPATIENT: Limits = Limits { milliseconds: 500, lock_milliseconds: 150, ..LIMITS };

/// A customer with a record and two notes in the system.
#[derive(Clone)]
struct Customer {
    number: u32,
    email: String,
    /// What proves her beside her mailbox.
    item: String,
}

impl Customer {
    /// Whom a way of going wrong befalls.
    fn of(mode: Mode) -> Self {
        let place = MODES.iter().position(|(known, _)| *known == mode).unwrap();
        Self::at(FIRST + u32::try_from(place).unwrap())
    }

    fn at(number: u32) -> Self {
        let (email, item) = proof_of(number);
        Self { number, email, item }
    }

    /// Everybody that the system knows.
    fn all() -> impl Iterator<Item = Self> {
        (FIRST..=FIRST + 15).map(Self::at)
    }

    fn name(&self) -> String {
        format!("Etternavn{}q", self.number)
    }

    /// Keys and texts of the notes.
    fn notes(&self) -> [(u32, String); 2] {
        [1, 2].map(|note| (self.number * 10 + note, format!("Notat{}x{note}", self.number)))
    }

    fn asks<'h>(&self, house: &'h TestHouse) -> Subject<'h> {
        let who = Suggested {
            name: self.name(),
            email: self.email.clone(),
            customer_number: self.item.clone(),
            order_number: String::new(),
            why: Text::default(),
        };
        house.subject(&who).only(&ASKED)
    }
}

/// Writes the organisation into a house's folder, with the system connected like this.
fn connect(folder: &Path, connection: &str, known: &str) {
    let to = folder.join(OWN);
    fs::create_dir_all(to.join("systems")).unwrap();
    let text = |name: &str| fs::read_to_string(Path::new(ORGANISATION).join(name)).unwrap();
    for name in ["organisation.yaml", "retention.yaml", "recipients.yaml"] {
        fs::write(to.join(name), text(name)).unwrap();
    }
    let map = text("helpdesk.yaml").replace("CONNECTION", connection).replace("KNOWN", known);
    fs::write(to.join("systems/helpdesk.yaml"), map).unwrap();
    fs::write(to.join("systems/shop.yaml"), text("shop.yaml")).unwrap();
}

/// A house with the system connected like this.
async fn house(database: &Database, connection: &str, known: &str) -> TestHouse {
    connect(database.folder(), connection, known);
    Box::pin(TestHouse::open_under(database, LIMITS)).await
}

/// Compares the cells of a kind and a right with the table.
fn compare(kind: &str, right: Right, walked: &[(Mode, String)]) {
    let text = reviewed();
    let reviewed = table(&text);
    let mut differ = Vec::new();
    for (mode, said) in walked {
        let name = MODES.iter().find(|(known, _)| known == mode).unwrap().1;
        let line = line(kind, right.name(), name, said);
        if reviewed.get(&(kind, right.name(), name)) != Some(&line.as_str()) {
            differ.push(line);
        }
    }
    assert_eq!(walked.len(), MODES.len());
    assert!(differ.is_empty(), "these cells are not in the reviewed table as they are:\n{}", differ.join("\n"));
}

fn line(kind: &str, right: &str, mode: &str, said: &str) -> String {
    format!("{kind} {right} {mode}: {said}")
}

fn reviewed() -> String {
    fs::read_to_string(REVIEWED).unwrap()
}

/// The reviewed lines by kind, right and way.
fn table(text: &str) -> BTreeMap<(&str, &str, &str), &str> {
    let mut lines = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (place, _) = line.split_once(':').unwrap_or_else(|| panic!("no cell: {line}"));
        let [kind, right, mode] = place.split(' ').collect::<Vec<_>>()[..] else { panic!("no cell: {line}") };
        assert!(lines.insert((kind, right, mode), line).is_none(), "twice: {place}");
    }
    lines
}

#[test]
fn every_cell_stands_in_the_table_once() {
    let text = reviewed();
    let reviewed = table(&text);
    let all = KINDS.iter().flat_map(|kind| RIGHTS.iter().flat_map(move |right| MODES.map(|(_, mode)| (*kind, right.name(), mode))));
    let missing: Vec<_> = all.filter(|cell| !reviewed.contains_key(cell)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
    assert_eq!(reviewed.len(), 225, "and nothing else");
}

/// One test per kind and right, so that they are walked side by side.
macro_rules! walked {
    ($kind:ident: $($right:ident $which:ident),*) => {
        mod $kind {
            $(#[tokio::test]
            async fn $right() {
                super::super::$kind::walk(habeas_core::law::right::Right::$which).await;
            })*
        }
    };
}

mod cells {
    walked! { http: access Access, portability Portability, rectification Rectification, restriction Restriction, erasure Erasure }
    walked! { manual: access Access, portability Portability, rectification Rectification, restriction Restriction, erasure Erasure }
    walked! { sql: access Access, portability Portability, rectification Rectification, restriction Restriction, erasure Erasure }
}
