//! Lists of files and hashes, compared both ways.

use std::collections::BTreeMap;

use habeas_core::crypto::hash::Hash;

use super::{Listing, Problem, Report, container::Found};

/// Reads checksum lines as `sha256sum` writes them; `None` for anything else, or for a name that stands twice.
pub(super) fn parse(text: &str) -> Option<Listing> {
    let mut listing = Listing::new();
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n') {
        let (hash, name) = line.split_once("  ")?;
        let twice = listing.insert(name.to_owned(), hash.parse().ok()?).is_some();
        if twice {
            return None;
        }
        rest = after;
    }
    rest.is_empty().then_some(listing)
}

/// Compares what is there with what is listed, apart from the `unlisted` files that must be there too.
pub(super) fn compare(found: &BTreeMap<String, Found>, listing: &Listing, unlisted: &[&str], report: &mut Report) {
    for (name, hash) in listing {
        match found.get(name) {
            Some(member) if member.sha256 != *hash => report.problems.push(Problem::Changed(name.clone())),
            Some(_) => {}
            None => report.miss(name),
        }
    }
    for name in unlisted.iter().filter(|name| !found.contains_key(**name)) {
        report.miss(name);
    }
    let added = found.keys().filter(|name| !listing.contains_key(*name) && !unlisted.contains(&name.as_str()));
    report.problems.extend(added.map(|name| Problem::Added(name.clone())));
}

/// The hash a member has now.
pub(super) fn hash_of(found: &BTreeMap<String, Found>, name: &str) -> Option<(String, Hash)> {
    found.get(name).map(|member| (name.to_owned(), member.sha256))
}
