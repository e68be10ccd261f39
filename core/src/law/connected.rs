//! Which records of a case belong together: declared references followed both ways, across systems.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    flow::{Place, combinations, flows},
    map::{Field, System},
    record::{Key, Record, Value},
};

/// A reference with its sides told apart: the child's fields hold what identifies the parent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The side that is pointed at, such as a customer's number.
    pub parent: End,
    /// The side that points, such as an order's customer number.
    pub child: End,
}

/// One side of a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    /// System.
    pub system: String,
    /// Collection.
    pub collection: String,
    /// Fields, in the order of the other side's.
    pub fields: Vec<String>,
}

impl End {
    fn new<'f>((system, collection): Place<'_>, fields: impl Iterator<Item = &'f Field>) -> Self {
        Self { system: system.to_owned(), collection: collection.to_owned(), fields: fields.map(|field| field.name.clone()).collect() }
    }

    /// Whether the record is one of this side's collection.
    pub fn holds(&self, record: &Record) -> bool {
        self.system == record.system && self.collection == record.collection
    }

    /// What a record must share with one of the other side to be joined with it: one of these.
    fn joining(&self, record: &Record) -> Vec<Vec<String>> {
        let values: Vec<Vec<String>> = self.fields.iter().map(|field| joining(record, field).into_iter().collect()).collect();
        combinations(&values)
    }
}

/// Every declared reference as a link, each once, sorted.
///
/// `direction` says which way values flow while searching, not who points at whom (an order finds its address `to` the address's
/// key, yet the order points). So inside a system a whole primary key is the parent's side; where that does not tell, and between
/// systems, values flow from the parent.
pub fn links(systems: &[System]) -> Vec<Link> {
    let flows = flows(systems);
    let links: BTreeSet<Link> = flows
        .iter()
        .filter(|flow| flow.is_declared())
        .map(|flow| {
            let (from, to) = flow.pairs.iter().copied().unzip::<_, _, Vec<_>, Vec<_>>();
            let (from, to) = (End::new(flow.from, from.into_iter()), End::new(flow.to, to.into_iter()));
            let is_key = (flow.comes_from_key(systems), flow.leads_to_key(systems));
            match (flow.from.0 == flow.to.0, is_key) {
                (true, (false, true)) => Link { parent: to, child: from },
                _ => Link { parent: from, child: to },
            }
        })
        .collect();
    links.into_iter().collect()
}

/// The records of one case and how they hang together. Built once per case.
#[derive(Debug)]
pub struct Connected<'a> {
    records: &'a [Record],
    places: HashMap<String, usize>,
    ties: Vec<Tie>,
    parents: Vec<BTreeSet<usize>>,
    children: Vec<BTreeSet<usize>>,
    remembered: HashMap<(usize, String), Date>,
}

/// Two records joined by a link, named by their places in the slice that was indexed.
#[derive(Debug, Clone)]
pub struct Tie {
    /// The reference that joins them.
    pub link: Arc<Link>,
    /// What is pointed at.
    pub parent: usize,
    /// What points.
    pub child: usize,
}

impl<'a> Connected<'a> {
    /// Follows every declared reference between the records.
    pub fn new(records: &'a [Record], systems: &[System]) -> Self {
        let places = records.iter().enumerate().map(|(place, record)| (name(record), place)).collect();
        let ties: Vec<Tie> = links(systems).into_iter().flat_map(|link| ties(records, &Arc::new(link))).collect();
        let (mut parents, mut children) = (vec![BTreeSet::new(); records.len()], vec![BTreeSet::new(); records.len()]);
        for tie in &ties {
            insert(&mut parents, tie.child, tie.parent);
            insert(&mut children, tie.parent, tie.child);
        }
        Self { records, places, ties, parents, children, remembered: HashMap::new() }
    }

    /// The records of a collection (`system.collection`) that a record hangs together with, the closest kin only.
    ///
    /// Itself, if it is one. Else those below it (a customer's invoices). Else those above it, level by level (a line's invoice),
    /// and at each level those below what was reached (a passport scan's order's invoice): so an invoice line is never anchored
    /// on another invoice of the same customer, and a customer is anchored on all of hers.
    pub fn kin(&self, record: &Record, collection: &str) -> Vec<&'a Record> {
        if record.address() == collection {
            return self.places.get(&name(record)).and_then(|place| self.records.get(*place)).into_iter().collect();
        }
        let mut level: BTreeSet<usize> = self.places.get(&name(record)).copied().into_iter().collect();
        let mut climbed = level.clone();
        while !level.is_empty() {
            for reached in [level.clone(), self.below(&level)] {
                let found: Vec<_> =
                    reached.iter().filter_map(|place| self.records.get(*place)).filter(|kin| kin.address() == collection).collect();
                if !found.is_empty() {
                    return found;
                }
            }
            level = step(&self.parents, &level).difference(&climbed).copied().collect();
            climbed.extend(&level);
        }
        Vec::new()
    }

    /// The records, in the order they were given.
    pub const fn records(&self) -> &'a [Record] {
        self.records
    }

    /// Every pair of joined records.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// Remembers until when a rule once kept a record, for the day when the record that held the anchor is gone.
    pub fn remember(&mut self, (system, collection, key): (&str, &str, &Key), rule: &str, until: Date) {
        if let Some(place) = self.places.get(&place_name(system, collection, key)) {
            self.remembered.insert((*place, rule.to_owned()), until);
        }
    }

    /// Until when a rule once kept a record.
    pub fn remembered(&self, record: &Record, rule: &str) -> Option<Date> {
        let place = self.places.get(&name(record))?;
        self.remembered.get(&(*place, rule.to_owned())).copied()
    }

    fn below(&self, level: &BTreeSet<usize>) -> BTreeSet<usize> {
        let (mut all, mut last) = (BTreeSet::new(), level.clone());
        while !last.is_empty() {
            last = step(&self.children, &last).difference(&all).copied().collect();
            all.extend(&last);
        }
        all
    }
}

fn ties(records: &[Record], link: &Arc<Link>) -> Vec<Tie> {
    let mut parents: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    for (place, record) in records.iter().enumerate().filter(|(_, record)| link.parent.holds(record)) {
        for value in link.parent.joining(record) {
            parents.entry(value).or_default().push(place);
        }
    }
    let mut ties = Vec::new();
    for (child, record) in records.iter().enumerate().filter(|(_, record)| link.child.holds(record)) {
        let values = link.child.joining(record);
        let found: BTreeSet<usize> = values.iter().filter_map(|value| parents.get(value)).flatten().copied().collect();
        let others = found.into_iter().filter(|parent| *parent != child);
        ties.extend(others.map(|parent| Tie { link: Arc::clone(link), parent, child }));
    }
    ties
}

fn step(edges: &[BTreeSet<usize>], from: &BTreeSet<usize>) -> BTreeSet<usize> {
    from.iter().filter_map(|place| edges.get(*place)).flatten().copied().collect()
}

fn insert(edges: &mut [BTreeSet<usize>], from: usize, to: usize) {
    if let Some(set) = edges.get_mut(from) {
        set.insert(to);
    }
}

/// A record's name in this index; never shown.
fn name(record: &Record) -> String {
    place_name(&record.system, &record.collection, &record.key)
}

fn place_name(system: &str, collection: &str, key: &Key) -> String {
    format!("{system}.{collection} {key:?}")
}

/// What two fields must share to be joined. One system's `7` is another's `"7"`; nothing and the unreadable join nothing.
fn joining(record: &Record, field: &str) -> BTreeSet<String> {
    let joins = |value: &&Value| matches!(value, Value::Integer(_) | Value::Real(_) | Value::Text(_));
    record.values_of(field).into_iter().filter(joins).map(Value::to_text).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Connected, links};
    use crate::law::{
        fixture::{folder, kari, record},
        record::{Record, Value},
    };

    fn kin(records: &[Record], of: usize, collection: &str) -> Vec<String> {
        let folder = folder();
        let connected = Connected::new(records, &folder.systems);
        connected.kin(&records[of], collection).iter().flat_map(|kin| kin.key.values()).map(Value::to_text).collect()
    }

    #[test]
    fn the_closest_kin_count() {
        let records = kari();
        assert_eq!(kin(&records, 6, "accounting.invoices"), ["700"], "a line has its own invoice, no other of the customer");
        assert_eq!(kin(&records, 0, "accounting.invoices"), ["700", "600"], "a customer has all of hers, across systems");
        assert_eq!(kin(&records, 2, "shop.orders"), ["70"]);
        assert_eq!(kin(&records, 2, "accounting.invoices"), ["700"], "a passport goes with its order's invoice");
        assert_eq!(kin(&records, 7, "shop.customers"), ["7"]);
        assert_eq!(kin(&records, 1, "shop.orders"), ["70"], "a record is its own closest kin");
        assert_eq!(kin(&records[..1], 0, "accounting.invoices"), [""; 0]);
    }

    #[test]
    fn nothing_joins_nothing_and_circles_end() {
        let mut folder = folder();
        let orders = &mut folder.systems[2].collections[1];
        let mut back = orders.fields[1].references[0].clone();
        (back.collection, back.field) = ("orders".to_owned(), "log".to_owned());
        orders.fields[2].references.push(back);
        let order = |id, status, log| record("shop.orders", &[("id", id), ("customer_id", ""), ("status", status), ("log", log)]);
        let records = [order("1", "a", "b"), order("2", "b", "a"), order("3", "", "")];
        let connected = Connected::new(&records, &folder.systems);
        assert_eq!(connected.ties().len(), 2, "1 and 2 point at each other; an empty value points at nothing");
        assert!(connected.kin(&records[0], "accounting.invoices").is_empty());
    }

    #[test]
    fn each_element_of_a_list_joins() {
        let mut records = kari();
        let customers = ["9", "7"].map(|id| Value::Text(id.to_owned())).into_iter().chain([Value::Others]);
        records[1].values.insert("customer_id".to_owned(), Value::List(customers.collect()));
        assert_eq!(kin(&records, 1, "shop.customers"), ["7"]);
    }

    #[test]
    fn the_primary_key_is_what_is_pointed_at() {
        let mut folder = folder();
        let link = links(&folder.systems).into_iter().find(|link| link.child.fields == ["customer_id"]).unwrap();
        folder.systems[2].collections[1].fields[1].references[0].direction = crate::law::map::Direction::To;
        assert!(links(&folder.systems).contains(&link), "a foreign key may be searched in both directions");
    }
}
