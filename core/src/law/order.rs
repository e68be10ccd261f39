//! Which system is erased before which: `erase_after` of the data map. Inside of one system everything goes at once, so only what lies
//! between systems has to wait.

use std::collections::BTreeSet;

use super::map::System;

/// Systems that must have let go of some collections before this one lets go of its own, with those collections.
///
/// `touched` are the collections of this system that something happens to.
pub fn waits_for<'s>(systems: &'s [System], system: &str, touched: &BTreeSet<&str>) -> Vec<(&'s str, &'s str)> {
    let here = systems.iter().filter(|known| known.key == system).flat_map(|known| &known.collections);
    let after = here.filter(|collection| touched.contains(collection.name.as_str())).flat_map(|collection| &collection.erase_after);
    let mut waits: Vec<_> = after.filter_map(|address| address.split_once('.')).filter(|(other, _)| *other != system).collect();
    waits.sort_unstable();
    waits.dedup();
    waits
}

/// Whether one collection could never be erased after another, because the other waits for it: by itself inside of a system, as the
/// whole system between systems.
pub(super) fn is_circle(systems: &[System], this: &str, other: &str) -> bool {
    let mut edges: Vec<(&str, &str)> = Vec::new();
    let all: Vec<(String, &String)> = systems
        .iter()
        .flat_map(|system| system.collections.iter().map(move |collection| (system, collection)))
        .flat_map(|(system, collection)| {
            collection.erase_after.iter().map(move |after| (format!("{}.{}", system.key, collection.name), after))
        })
        .collect();
    edges.extend(all.iter().map(|(from, to)| ends(from, to)));
    let (from, to) = ends(this, other);
    let (mut reached, mut open) = (BTreeSet::from([to]), vec![to]);
    while let Some(place) = open.pop() {
        let next = edges.iter().filter(|(here, _)| *here == place).map(|(_, there)| *there);
        open.extend(next.filter(|there| reached.insert(*there)));
    }
    reached.contains(from)
}

/// Two collections of one system, or else their systems.
fn ends<'a>(this: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let system = |address: &'a str| address.split_once('.').map_or(address, |(system, _)| system);
    if system(this) == system(other) { (this, other) } else { (system(this), system(other)) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::waits_for;
    use crate::law::fixture::{ACCOUNTING, DOSSIERS, SHOP, read_with};

    fn after(text: &str, collection: &str, others: &str) -> String {
        let name = format!("      - name: {collection}\n");
        text.replace(&name, &format!("{name}        fides_meta: {{erase_after: [{others}]}}\n"))
    }

    #[test]
    fn a_system_waits_for_those_that_its_touched_collections_name() {
        let shop = after(&after(SHOP, "customers", "accounting.invoices, shop.orders, accounting.lines"), "orders", "dossiers.passports");
        let systems = read_with(&[("shop.yaml", &shop)]).unwrap().systems;
        let waits = |touched: &[&str]| waits_for(&systems, "shop", &touched.iter().copied().collect::<BTreeSet<_>>());
        assert_eq!(waits(&["customers"]), [("accounting", "invoices"), ("accounting", "lines")], "its own go at once");
        assert_eq!(waits(&["orders"]), [("dossiers", "passports")]);
        assert_eq!((waits(&[]), waits_for(&systems, "accounting", &BTreeSet::from(["invoices"]))), (vec![], vec![]));
    }

    #[test]
    fn a_circle_is_a_problem_and_so_is_a_name_that_is_not_there() {
        let codes = |shop: &str, accounting: &str, dossiers: &str| {
            let read = read_with(&[("shop.yaml", shop), ("accounting.yaml", accounting), ("dossiers.yaml", dossiers)]);
            let problems = read.err().unwrap_or_default();
            problems.into_iter().map(|it| (it.file, it.line, it.code)).collect::<Vec<_>>()
        };
        let shop = after(&after(SHOP, "customers", "shop.orders"), "orders", "shop.customers");
        let both = [("shop.yaml".to_owned(), 10, "circle"), ("shop.yaml".to_owned(), 23, "circle")];
        assert_eq!(codes(&shop, ACCOUNTING, DOSSIERS), both);
        let (shop, accounting) = (after(SHOP, "customers", "accounting.lines"), after(ACCOUNTING, "invoices", "shop.orders"));
        let circle = codes(&shop, &accounting, DOSSIERS);
        assert_eq!(circle.iter().map(|it| it.2).collect::<Vec<_>>(), ["circle", "circle"], "each is erased at once, so both wait for ever");
        let line = after(SHOP, "customers", "accounting.lines, shop.orders");
        assert_eq!(codes(&line, ACCOUNTING, &after(DOSSIERS, "passports", "shop.customers")), []);
        assert_eq!(codes(&after(SHOP, "customers", "shop.order"), ACCOUNTING, DOSSIERS)[0].2, "unknown-name");
        assert_eq!(codes(&after(SHOP, "customers", "shop.customers"), ACCOUNTING, DOSSIERS)[0].2, "circle", "nor after itself");
    }
}
