//! Which tables hold rows of a person: from where people are found by what they can prove, down the foreign keys to what is theirs, and
//! up to what is about nobody else. Never down from what people share: that would lead to other people.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    shape::{ForeignKey, Shape, Table},
    words::{singular, words},
};
use crate::law::map::Direction;

/// How a table's rows come to be a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// People are found in it.
    Person,
    /// Its rows belong to rows that are hers.
    Child,
    /// Its rows name her as the one who made or handles them, and belong to nobody else.
    Named,
    /// A row of hers refers to them.
    Fetched,
}

/// Why a foreign key is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// It refers to several columns that are not what tells the rows there apart, and each by itself would lead to other people's.
    Parted,
    /// It refers to its own table: one person's row to another's.
    Itself,
    /// Both ends are people.
    People,
    /// It names who made or handles a row that belongs to somebody else.
    Staff,
    /// What it refers to is not hers alone, so other people's rows refer to it, too.
    Shared,
}

impl Held {
    /// The reason in words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Parted => "its columns together are no key there, and each by itself would lead to rows of other people",
            Self::Itself => "it refers to its own table, so it may lead from one person to another",
            Self::People => "both tables hold people, so it may lead from one person to another",
            Self::Staff => "it says who made or handles the row, which belongs to somebody else",
            Self::Shared => "rows of other people may refer to the same row",
        }
    }
}

/// What is reached, and how.
pub(super) struct Reach<'s> {
    pub(super) ways: BTreeMap<&'s str, Way>,
    pub(super) followed: Vec<(&'s ForeignKey, Direction)>,
    pub(super) held: Vec<(&'s ForeignKey, Held)>,
}

/// What the guesses say about tables.
pub(super) struct Known<'s> {
    /// Tables in which people are found.
    pub(super) people: BTreeSet<&'s str>,
    /// Tables whose rows are about one person each, such as addresses.
    pub(super) own: BTreeSet<&'s str>,
}

/// Words of columns that name who did something at work.
const STAFF: [&str; 34] = [
    "created",
    "updated",
    "modified",
    "changed",
    "approved",
    "assigned",
    "handled",
    "edited",
    "deleted",
    "reviewed",
    "verified",
    "support",
    "sales",
    "manager",
    "rep",
    "agent",
    "operator",
    "admin",
    "seller",
    "handler",
    "responsible",
    "saksbehandler",
    "ansvarlig",
    "opprettet",
    "endret",
    "selger",
    "behandelaar",
    "verantwoordelijke",
    "aangemaakt",
    "gewijzigd",
    "verkoper",
    "processed",
    "closed",
    "locked",
];
/// Words of tables that hold people at work.
const STAFF_TABLES: [&str; 10] =
    ["employee", "staff", "admin", "administrator", "salesperson", "agent", "ansatt", "medewerker", "personeel", "operator"];
/// Words of columns that say whose a row is.
const OWNERS: [&str; 16] = [
    "user",
    "customer",
    "client",
    "member",
    "person",
    "owner",
    "account",
    "contact",
    "profile",
    "kunde",
    "bruker",
    "medlem",
    "klant",
    "gebruiker",
    "lid",
    "eigenaar",
];

/// Goes from people to everything that is theirs.
pub(super) fn reach<'s>(shape: &'s Shape, known: &Known<'s>) -> Reach<'s> {
    let usable = |name: &str| shape.table(name).is_some_and(is_mappable);
    let keys = shape.foreign_keys.iter().filter(|key| key.elsewhere.is_none() && usable(&key.child) && usable(&key.parent));
    let (keys, parted): (Vec<&ForeignKey>, Vec<&ForeignKey>) = keys.partition(|key| is_whole(shape, key));
    let mut ways: BTreeMap<&str, Way> = known.people.iter().filter(|name| usable(name)).map(|name| (*name, Way::Person)).collect();
    let mixed = ways.keys().any(|name| !is_staff_table(name));
    let staff = |key: &ForeignKey| is_staff(key) || (mixed && is_staff_table(&key.parent));
    let owned = |ways: &BTreeMap<&str, Way>, key: &ForeignKey| {
        key.child != key.parent && ways.get(key.parent.as_str()).is_some_and(|way| matches!(way, Way::Person | Way::Child))
    };
    grow(&mut ways, |ways| keys.iter().filter(|key| owned(ways, key) && !staff(key)).map(|key| (key.child.as_str(), Way::Child)).collect());
    let named = keys.iter().filter(|key| owned(&ways, key) && staff(key)).map(|key| (key.child.as_str(), Way::Named)).collect();
    add(&mut ways, named);
    grow(&mut ways, |ways| {
        let up = keys.iter().filter(|key| ways.contains_key(key.child.as_str()) && known.own.contains(key.parent.as_str()) && !staff(key));
        up.map(|key| (key.parent.as_str(), Way::Fetched)).collect()
    });
    let both = |key: &&&ForeignKey| ways.contains_key(key.child.as_str()) && ways.contains_key(key.parent.as_str());
    let held = parted.iter().filter(both).map(|key| (*key, Held::Parted)).collect();
    let mut reach = Reach { ways, followed: Vec::new(), held };
    for key in keys {
        match verdict(shape, &reach.ways, key, staff(key)) {
            Some(Ok(direction)) => reach.followed.push((key, direction)),
            Some(Err(held)) => reach.held.push((key, held)),
            None => {}
        }
    }
    reach
}

/// Whether a search can follow a foreign key: one of several columns only where they are what tells the rows there apart.
fn is_whole(shape: &Shape, key: &ForeignKey) -> bool {
    let there: BTreeSet<&str> = key.pairs.iter().map(|(_, there)| there.as_str()).collect();
    let is_it = |columns: &[String]| columns.iter().map(String::as_str).collect::<BTreeSet<_>>() == there;
    key.pairs.len() == 1
        || shape
            .table(&key.parent)
            .is_some_and(|parent| parent.telling_key().is_some_and(is_it) || parent.unique.iter().any(|it| is_it(it)))
}

/// Which way values flow along a foreign key, or why they do not; `None`: one of its ends is not reached.
fn verdict(shape: &Shape, ways: &BTreeMap<&str, Way>, key: &ForeignKey, staff: bool) -> Option<Result<Direction, Held>> {
    let (child, parent) = (*ways.get(key.child.as_str())?, *ways.get(key.parent.as_str())?);
    Some(match (child, parent) {
        _ if key.child == key.parent => Err(Held::Itself),
        (Way::Person, Way::Person) if !owns(shape, key) => Err(Held::People),
        (Way::Named, Way::Person | Way::Child) => Ok(Direction::From),
        (_, Way::Person | Way::Child) if staff => Err(Held::Staff),
        (_, Way::Person | Way::Child) => Ok(Direction::From),
        (_, Way::Fetched) => Ok(Direction::To),
        (_, Way::Named) => Err(Held::Shared),
    })
}

fn add<'s>(ways: &mut BTreeMap<&'s str, Way>, found: Vec<(&'s str, Way)>) -> bool {
    let before = ways.len();
    for (name, way) in found {
        ways.entry(name).or_insert(way);
    }
    ways.len() > before
}

fn grow<'s>(ways: &mut BTreeMap<&'s str, Way>, step: impl Fn(&BTreeMap<&'s str, Way>) -> Vec<(&'s str, Way)>) {
    while {
        let found = step(ways);
        add(ways, found)
    } {}
}

/// Whether a map can hold it: its rows can be told apart, and its names are names there.
pub(super) fn is_mappable(table: &Table) -> bool {
    !table.is_view && why_not(table).is_none()
}

/// Why a map cannot hold a table; `None`: it can.
pub(super) fn why_not(table: &Table) -> Option<&'static str> {
    if table.is_view {
        return Some("a view");
    }
    let Some(key) = table.telling_key() else {
        return Some("it has no primary key and no unique index over columns that are never empty, so its rows cannot be told apart");
    };
    let named = is_name(&table.name) && key.iter().all(|column| is_name(column));
    (!named).then_some("its name or its key's is blank or holds a dot, which no data map can name")
}

/// Whether a data map can name it.
pub(super) fn is_name(name: &str) -> bool {
    !name.contains('.') && !name.trim().is_empty()
}

/// Whether a foreign key between two tables of people says that one belongs to the other.
fn owns(shape: &Shape, key: &ForeignKey) -> bool {
    let columns: Vec<&String> = key.pairs.iter().map(|(here, _)| here).collect();
    let is_key = shape.table(&key.child).is_some_and(|table| !table.key.is_empty() && table.key.iter().all(|name| columns.contains(&name)));
    let parent: Vec<String> = words(&key.parent).iter().map(|word| singular(word)).collect();
    let says =
        columns.iter().flat_map(|name| words(name)).any(|word| parent.last() == Some(&singular(&word)) || OWNERS.contains(&word.as_str()));
    (is_key || says) && !is_staff(key)
}

fn is_staff(key: &ForeignKey) -> bool {
    key.pairs.iter().flat_map(|(here, _)| words(here)).any(|word| STAFF.contains(&word.as_str()))
}

fn is_staff_table(name: &str) -> bool {
    words(name).iter().any(|word| STAFF_TABLES.contains(&singular(word).as_str()))
}
