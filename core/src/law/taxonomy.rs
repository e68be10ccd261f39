//! Categories of data: Fideslang's and our own, what a person calls them and how harmful a disclosure would be.
//!
//! The table is `taxonomy/categories.csv`; where it comes from and who checked it when stands in its head.

use std::sync::LazyLock;

use super::{lang::Text, map::Class};
use crate::source::spelling::closest;

const TABLE: &str = include_str!("taxonomy/categories.csv");
const COLUMNS: &str = "category,origin,class,nb,nl,en";

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Such as `user.contact.email`.
    pub key: &'static str,
    /// What a person calls it.
    pub label: Text,
    /// How harmful a disclosure would be.
    pub class: Class,
    /// Fideslang knows it, too; otherwise it is ours.
    pub is_fideslang: bool,
}

/// Every category, sorted by key.
pub fn all() -> &'static [Category] {
    static ALL: LazyLock<Vec<Category>> =
        LazyLock::new(|| TABLE.lines().skip_while(|line| *line != COLUMNS).skip(1).filter_map(row).collect());
    &ALL
}

fn row(line: &'static str) -> Option<Category> {
    let mut cells = line.split(',');
    let mut next = || cells.next();
    let (key, origin, class) = (next()?, next()?, next()?);
    let label = Text::of([next()?, next()?, next()?]);
    let class = if class == "high-risk" { Class::HighRisk } else { Class::Ordinary };
    Some(Category { key, label, class, is_fideslang: origin == "fideslang" })
}

fn exact(key: &str) -> Option<&'static Category> {
    all().binary_search_by(|category| category.key.cmp(key)).ok().and_then(|at| all().get(at))
}

/// The category, or the closest one above it that the table knows: `user.contact.email.work` is an email address.
pub fn nearest(key: &str) -> Option<&'static Category> {
    exact(key).or_else(|| nearest(key.rsplit_once('.')?.0))
}

/// How harmful a disclosure of any of these would be. What nobody knows is ordinary.
pub fn class_of(categories: &[String]) -> Class {
    categories.iter().filter_map(|key| nearest(key)).map(|category| category.class).max().unwrap_or(Class::Ordinary)
}

/// Whether it is about a system and not about a person.
pub fn is_technical(key: &str) -> bool {
    key == "system" || key.starts_with("system.")
}

/// Whether the table cannot place a category; then with the one that may be meant. A finer one below one that says something is
/// accepted; directly below `user` it would say nothing.
pub fn unknown(key: &str) -> Option<Option<&'static str>> {
    if exact(key).is_some() {
        return None;
    }
    let parent = key.rsplit_once('.').map(|(parent, _)| parent);
    let siblings = || all().iter().map(|category| category.key).filter(|known| known.rsplit_once('.').map(|(above, _)| above) == parent);
    let last = |key: &'static str| key.rsplit_once('.').map_or(key, |(_, last)| last);
    let meant = closest(key.rsplit_once('.').map_or(key, |(_, last)| last), siblings().map(last));
    let meant = meant.and_then(|meant| siblings().find(|known| last(known) == meant));
    let says_something = nearest(key).is_some_and(|above| above.key.contains('.'));
    match meant {
        Some(meant) => Some(Some(meant)),
        None if says_something => None,
        None => Some(closest(key, all().iter().map(|category| category.key))),
    }
}

/// The label of the categories of one field: the first that is about a person, else the first.
pub fn label_of(categories: &[String]) -> Option<&'static Text> {
    let about = categories.iter().find(|key| !is_technical(key)).or_else(|| categories.first())?;
    nearest(about).map(|category| &category.label)
}

/// The label of what people are searched by, where that is one that everybody uses.
pub fn label_of_identity(kind: &str) -> Option<&'static Text> {
    let category = match kind {
        "email" => "user.contact.email",
        "phone" | "phone_number" => "user.contact.phone_number",
        _ => return None,
    };
    exact(category).map(|category| &category.label)
}

/// The label that tells the most about several fields: the one of the group (`user.contact`) that most of them belong to; among equals
/// the one of higher risk, then the first.
pub fn most_telling<'c>(fields: impl Iterator<Item = &'c String>) -> Option<&'static Text> {
    let mut groups: Vec<(&'static Category, usize)> = Vec::new();
    // `user` alone says nothing.
    for category in fields.filter(|key| key.contains('.') && !is_technical(key)).filter_map(|key| nearest(&group(key))) {
        match groups.iter_mut().find(|(known, _)| known.key == category.key) {
            Some((_, count)) => *count += 1,
            None => groups.push((category, 1)),
        }
    }
    // `max_by_key` takes the last among equals.
    groups.iter().rev().max_by_key(|(category, count)| (*count, category.class)).map(|(category, _)| &category.label)
}

fn group(key: &str) -> String {
    key.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{COLUMNS, TABLE, all, class_of, label_of, most_telling, nearest, unknown};
    use crate::law::{lang::Lang, map::Class};

    fn keys(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn every_row_is_read_once_with_its_words_and_a_parent() {
        let rows = TABLE.lines().skip_while(|line| *line != COLUMNS).count() - 1;
        assert_eq!((all().len(), all().iter().filter(|category| category.is_fideslang).count()), (rows, 85));
        assert!(all().is_sorted_by(|one, other| one.key < other.key), "sorted, each once");
        let known: BTreeSet<_> = all().iter().map(|category| category.key).collect();
        for category in all() {
            for lang in Lang::ALL {
                let label = category.label.get(lang);
                assert!(!label.is_empty() && !label.contains(['_', '.']) && label.chars().count() < 40, "{label}");
                assert!(label.chars().next().unwrap().is_uppercase(), "{label}");
            }
            let Some((parent, _)) = category.key.rsplit_once('.') else { continue };
            assert!(known.contains(parent), "{}", category.key);
            assert!(nearest(parent).unwrap().class <= category.class, "{} is less than what it is a part of", category.key);
        }
        assert!(TABLE.contains("# checked_on: 2") && TABLE.contains("# source: "));
    }

    #[test]
    fn a_finer_category_counts_as_the_one_above() {
        assert_eq!(nearest("user.government_id.passport_number.scan").unwrap().key, "user.government_id.passport_number");
        assert_eq!(class_of(&keys(&["user.contact.email", "user.health_and_medical.allergies"])), Class::HighRisk);
        assert_eq!(class_of(&keys(&["user.contact.email", "user.nonsense"])), Class::Ordinary);
        assert_eq!(class_of(&keys(&["user.demographic.religious_belief"])), Class::HighRisk, "Art. 9");
        assert_eq!((unknown("user.contact.email.work"), unknown("user.travel"), unknown("system")), (None, None, None));
    }

    #[test]
    fn what_nobody_knows_is_told_with_what_may_be_meant() {
        assert_eq!(unknown("user.contct.email"), Some(Some("user.contact.email")));
        assert_eq!(unknown("user.contact.emial"), Some(Some("user.contact.email")), "not taken for a finer kind of contact data");
        assert_eq!(unknown("user.shoe_size"), Some(None));
        assert_eq!(unknown("acme.loyalty"), Some(None));
    }

    #[test]
    fn labels_come_from_what_is_about_a_person() {
        let label = |words: &[&str]| label_of(&keys(words)).map(|label| label.en.as_str());
        assert_eq!(label(&["system.operations", "user.name.first"]), Some("First name"));
        assert_eq!(label(&["system.operations"]), Some("Running of the system"));
        assert_eq!((label(&[]), label(&["acme.loyalty"])), (None, None));
        let most = |words: &[&str]| most_telling(keys(words).iter()).map(|label| label.nb.as_str());
        assert_eq!(
            most(&["user.name", "user.contact.email", "user.contact.address.city", "system.operations"]),
            Some("Kontaktopplysninger")
        );
        assert_eq!(most(&["user.name", "user.government_id.passport_number"]), Some("Offentlige ID-opplysninger"), "the higher risk");
        assert_eq!(most(&["user.name", "user.payment"]), Some("Navn"), "else the first");
        assert_eq!((most(&["system.operations"]), most(&["user", "user"])), (None, None));
    }
}
