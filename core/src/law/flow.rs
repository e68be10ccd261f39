//! The references of a data map as a search follows them: which values of one collection are looked for in another.
//!
//! Fideslang writes a reference beside one field. Where a row is told apart by several fields together, by its primary key or by what
//! the map calls `unique`, their references make one flow: each by itself would lead to the rows of other people.

use std::collections::{BTreeMap, BTreeSet};

use super::map::{Collection, Direction, Field, Reference, System};

/// A collection of a system.
pub type Place<'a> = (&'a str, &'a str);

/// Two fields that must hold the same.
type Pair<'a> = (&'a Field, &'a Field);

/// What fields of one collection hold is looked for, together, in fields of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow<'a> {
    /// Where the values are found.
    pub from: Place<'a>,
    /// Where they are looked for.
    pub to: Place<'a>,
    /// Field there, field here; never empty. All of them must hold in one record.
    pub pairs: Vec<Pair<'a>>,
}

/// Every collection with its place.
pub fn collections(systems: &[System]) -> impl Iterator<Item = (Place<'_>, &Collection)> {
    systems
        .iter()
        .flat_map(|system| system.collections.iter().map(|collection| ((system.key.as_str(), collection.name.as_str()), collection)))
}

/// A collection by its place.
pub fn collection<'a>(systems: &'a [System], place: Place<'_>) -> Option<&'a Collection> {
    systems.iter().find(|system| system.key == place.0)?.collection(place.1)
}

/// Every flow, by the collection that declares it. References to what the map does not hold lead nowhere.
pub fn flows(systems: &[System]) -> Vec<Flow<'_>> {
    collections(systems).flat_map(|(place, here)| declared(systems, place, here)).collect()
}

/// What one collection declares.
fn declared<'a>(systems: &'a [System], place: Place<'a>, here: &'a Collection) -> Vec<Flow<'a>> {
    let mut ends = BTreeMap::<(Place<'_>, bool), Vec<Pair<'_>>>::new();
    for field in &here.fields {
        for reference in &field.references {
            let there = (reference.system.as_str(), reference.collection.as_str());
            let Some(other) = collection(systems, there).and_then(|collection| collection.field(&reference.field)) else { continue };
            let ways: &[bool] = match reference.direction {
                Direction::From => &[true],
                Direction::To => &[false],
                Direction::Both => &[true, false],
            };
            for inward in ways {
                ends.entry((there, *inward)).or_default().push((field, other));
            }
        }
    }
    let flows = ends.into_iter().flat_map(|((there, inward), pairs)| {
        let theirs = collection(systems, there).map(Collection::keys).unwrap_or_default();
        together(&theirs, &here.keys(), &pairs).into_iter().map(move |pairs| {
            if inward {
                Flow { from: there, to: place, pairs: pairs.into_iter().map(|(ours, theirs)| (theirs, ours)).collect() }
            } else {
                Flow { from: place, to: there, pairs }
            }
        })
    });
    flows.collect()
}

/// Pairs, ours first, that belong together: those that name every part of a key of several parts, theirs or ours.
fn together<'a>(theirs: &[Vec<&str>], ours: &[Vec<&str>], pairs: &[Pair<'a>]) -> Vec<Vec<Pair<'a>>> {
    let mut keys: Vec<_> = theirs.iter().flat_map(|key| whole(key, pairs, |(_, theirs)| theirs)).collect();
    if keys.is_empty() {
        keys = ours.iter().flat_map(|key| whole(key, pairs, |(ours, _)| ours)).collect();
    }
    let alone = pairs.iter().filter(|pair| !keys.iter().flatten().any(|known| known == *pair)).map(|pair| vec![*pair]);
    let alone: Vec<_> = alone.collect();
    keys.into_iter().chain(alone).collect()
}

/// Every choice of pairs that names each part of a key of several parts.
fn whole<'a>(key: &[&str], pairs: &[Pair<'a>], end: fn(Pair<'a>) -> &'a Field) -> Vec<Vec<Pair<'a>>> {
    if key.len() < 2 {
        return Vec::new();
    }
    let choices: Vec<Vec<_>> = key.iter().map(|name| pairs.iter().copied().filter(|pair| end(*pair).name == *name).collect()).collect();
    let mut keys = combinations(&choices);
    // Two fields that are looked for in one say the same thing twice, as the two ends of a friendship do.
    let several = |names: BTreeSet<&str>| names.len() == key.len();
    keys.retain(|pairs| several(pairs.iter().map(|(ours, _)| ours.name.as_str()).collect()));
    keys.retain(|pairs| several(pairs.iter().map(|(_, theirs)| theirs.name.as_str()).collect()));
    keys
}

/// One of each, in every way.
pub fn combinations<T: Clone>(choices: &[Vec<T>]) -> Vec<Vec<T>> {
    choices.iter().fold(vec![Vec::new()], |so_far, choice| {
        so_far.iter().flat_map(|one| choice.iter().map(move |next| one.iter().cloned().chain([next.clone()]).collect())).collect()
    })
}

impl Flow<'_> {
    /// Whether a reference says this way by itself. One without a direction is followed both ways and points where it names.
    pub fn is_declared(&self) -> bool {
        self.pairs.iter().any(|(there, here)| {
            refers(here, self.from, there, |direction| direction != Direction::To)
                || refers(there, self.to, here, |direction| direction == Direction::To)
        })
    }

    /// Whether its fields there are what tells the rows of that collection apart, all of it.
    pub fn comes_from_key(&self, systems: &[System]) -> bool {
        is_key(systems, self.from, &self.pairs.iter().map(|(there, _)| *there).collect::<Vec<_>>())
    }

    /// Whether its fields here are what tells the rows of this collection apart, all of it.
    pub fn leads_to_key(&self, systems: &[System]) -> bool {
        is_key(systems, self.to, &self.pairs.iter().map(|(_, here)| *here).collect::<Vec<_>>())
    }
}

fn refers(field: &Field, (system, collection): Place<'_>, other: &Field, says: impl Fn(Direction) -> bool) -> bool {
    let is_it = |it: &&Reference| it.system == system && it.collection == collection && it.field == other.name;
    field.references.iter().filter(is_it).any(|reference| says(reference.direction))
}

fn is_key(systems: &[System], place: Place<'_>, fields: &[&Field]) -> bool {
    let keys = collection(systems, place).map(Collection::keys).unwrap_or_default();
    keys.iter().any(|key| key.iter().all(|part| fields.iter().any(|field| field.name == *part)))
}

#[cfg(test)]
mod tests {
    use super::flows;
    use crate::law::{
        fixture::folder,
        map::{Collection, Direction, Field, Reference, System},
    };

    /// A collection and its fields, each with what it refers to.
    type Table<'a> = (&'a str, &'a [(&'a str, &'a [&'a str])]);

    /// A map of one system: each field as `name`, `*name` when it is part of the key, with what it refers to.
    fn map(collections: &[Table<'_>]) -> Vec<System> {
        let folder = folder();
        let shop = folder.systems.into_iter().find(|system| system.key == "shop").unwrap();
        let (table, plain) = (shop.collections[0].clone(), shop.collections[0].fields[1].clone());
        let field = |(name, references): &(&str, &[&str])| Field {
            name: name.trim_start_matches('*').to_owned(),
            primary_key: name.starts_with('*'),
            references: references.iter().map(|address| reference(address)).collect(),
            ..plain.clone()
        };
        let collection = |(name, fields): &Table<'_>| Collection {
            name: (*name).to_owned(),
            fields: fields.iter().map(field).collect(),
            ..table.clone()
        };
        vec![System { collections: collections.iter().map(collection).collect(), ..shop }]
    }

    fn reference(address: &str) -> Reference {
        let (direction, address) = match (address.strip_prefix('>'), address.strip_prefix('=')) {
            (Some(address), _) => (Direction::To, address),
            (_, Some(address)) => (Direction::Both, address),
            _ => (Direction::From, address),
        };
        let (collection, field) = address.split_once('.').unwrap();
        Reference { system: "shop".to_owned(), collection: collection.to_owned(), field: field.to_owned(), direction }
    }

    fn told(systems: &[System]) -> Vec<String> {
        let names = |flow: &super::Flow<'_>| {
            let pairs = flow.pairs.iter().map(|(there, here)| format!("{}={}", there.name, here.name));
            format!("{}>{} {}", flow.from.1, flow.to.1, pairs.collect::<Vec<_>>().join(","))
        };
        flows(systems).iter().map(names).collect()
    }

    #[test]
    fn parts_of_one_key_are_followed_together() {
        let customers: Table<'_> = ("customers", &[("*tenant", &[]), ("*id", &[]), ("email", &[])]);
        let orders: Table<'_> = ("orders", &[("*no", &[]), ("tenant", &["customers.tenant"]), ("customer", &["customers.id"])]);
        assert_eq!(told(&map(&[customers, orders])), ["customers>orders tenant=tenant,id=customer"]);
        let declared_there: Table<'_> = ("customers", &[("*tenant", &[">orders.tenant"]), ("*id", &[">orders.customer"])]);
        let plain: Table<'_> = ("orders", &[("*no", &[]), ("tenant", &[]), ("customer", &[])]);
        assert_eq!(told(&map(&[declared_there, plain])), ["customers>orders tenant=tenant,id=customer"]);
    }

    #[test]
    fn without_a_direction_a_key_is_followed_both_ways_and_declared_one_way() {
        let customers: Table<'_> = ("customers", &[("*tenant", &[]), ("*id", &[])]);
        let orders: Table<'_> = ("orders", &[("*no", &[]), ("tenant", &["=customers.tenant"]), ("customer", &["=customers.id"])]);
        let systems = map(&[customers, orders]);
        assert_eq!(told(&systems), ["orders>customers tenant=tenant,customer=id", "customers>orders tenant=tenant,id=customer"]);
        assert_eq!(flows(&systems).iter().map(super::Flow::is_declared).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn two_ways_to_one_key_are_two_flows() {
        let ports: Table<'_> = ("ports", &[("*land", &[]), ("*code", &[])]);
        let flights: Table<'_> =
            ("flights", &[("*no", &[]), ("land", &[">ports.land"]), ("out", &[">ports.code"]), ("home", &[">ports.code"])]);
        assert_eq!(told(&map(&[ports, flights])), ["flights>ports land=land,out=code", "flights>ports land=land,home=code"]);
    }

    #[test]
    fn what_the_map_calls_unique_is_followed_together_as_a_key_is() {
        let customers: Table<'_> = ("customers", &[("*id", &[]), ("tenant", &[]), ("number", &[])]);
        let orders: Table<'_> = ("orders", &[("*no", &[]), ("tenant", &["customers.tenant"]), ("customer", &["customers.number"])]);
        let mut systems = map(&[customers, orders]);
        assert_eq!(told(&systems), ["customers>orders tenant=tenant", "customers>orders number=customer"], "each leads to other people");
        systems[0].collections[0].unique = vec![vec!["tenant".to_owned(), "number".to_owned()]];
        assert_eq!(told(&systems), ["customers>orders tenant=tenant,number=customer"]);
        assert!(flows(&systems)[0].comes_from_key(&systems), "so the customer is what the order points at");
    }

    #[test]
    fn what_is_no_key_of_several_parts_stays_apart() {
        let people: Table<'_> = ("people", &[("*id", &[]), ("email", &[])]);
        let sold: Table<'_> = ("sold", &[("*id", &[]), ("buyer", &["people.id"]), ("mail", &["people.email"])]);
        let friends: Table<'_> = ("friends", &[("*one", &["people.id"]), ("*other", &["people.id"])]);
        assert_eq!(
            told(&map(&[people, sold, friends])),
            ["people>sold id=buyer", "people>sold email=mail", "people>friends id=one", "people>friends id=other"]
        );
        let lines: Table<'_> = ("lines", &[("*sold", &["sold.id"]), ("*line", &[])]);
        assert_eq!(told(&map(&[sold, lines])).last().unwrap(), "sold>lines id=sold");
    }
}
