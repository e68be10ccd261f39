//! Writes a data map back as plain Fideslang: what habeas added is left out, what Fides would not take is said in its words.
//!
//! The files themselves are written again, not what was understood of them, so nothing that Fides put there is lost.

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::DuplicateKeyPolicy;

use crate::{law::taxonomy, source::yaml::load};

/// The most values in a file, as where it is read.
const MAX_NODES: usize = 250_000;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What Fides knows: every dataset in one file, with the categories that only habeas knows beside them.
    Fideslang,
    /// The file as habeas reads it.
    WithHabeas,
}

/// The text of a file of `systems/`, written again. The error says what is wrong with the YAML; it was read before.
pub fn export(texts: &[&str], extent: Extent) -> Result<String, String> {
    let files = texts.iter().map(|text| load::<Tree>(text, DuplicateKeyPolicy::Error, MAX_NODES).map_err(|error| error.to_string()));
    let files = files.collect::<Result<Vec<Tree>, String>>()?;
    let mut out = String::new();
    match extent {
        Extent::WithHabeas => files.iter().for_each(|file| file.write(&mut out, 0)),
        Extent::Fideslang => plain(files).write(&mut out, 0),
    }
    Ok(out)
}

fn plain(files: Vec<Tree>) -> Tree {
    let mut datasets: Vec<Tree> = files.into_iter().filter_map(|mut file| file.take("dataset")).flat_map(Tree::items).collect();
    let mut used = Vec::new();
    for dataset in &mut datasets {
        dataset.strip(&mut used);
    }
    let ours = taxonomy::all().iter().filter(|category| !category.is_fideslang && used.iter().any(|key| key == category.key));
    let ours: Vec<Tree> = ours.filter_map(category).collect();
    let all = [("data_category", ours), ("dataset", datasets)].into_iter().filter(|(key, list)| *key == "dataset" || !list.is_empty());
    Tree::Map(all.map(|(key, list)| (key.to_owned(), Tree::List(list))).collect())
}

/// A category of ours, for a Fides that does not know it.
fn category(category: &taxonomy::Category) -> Option<Tree> {
    let (parent, _) = category.key.rsplit_once('.')?;
    let said = [("fides_key", category.key), ("parent_key", parent), ("name", category.label.en.as_str())];
    Some(Tree::Map(said.map(|(key, text)| (key.to_owned(), Tree::Text(text.to_owned()))).into()))
}

/// A type that Fides would refuse, in its own words.
fn fides_type(named: &str) -> &str {
    let (name, list) = named.strip_suffix("[]").map_or((named, ""), |name| (name, "[]"));
    match (name, list) {
        ("text" | "date" | "timestamp" | "datetime", "") => "string",
        ("text" | "date" | "timestamp" | "datetime", _) => "string[]",
        ("number" | "double", "") => "float",
        ("number" | "double", _) => "float[]",
        ("long", "") => "integer",
        ("long", _) => "integer[]",
        _ => named,
    }
}

/// YAML as it is written, in its order.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Null,
    /// `true`, `7`, `1.5`: as it is spelled.
    Plain(String),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Tree {
    fn take(&mut self, key: &str) -> Option<Self> {
        let Self::Map(pairs) = self else { return None };
        let at = pairs.iter().position(|(known, _)| known == key)?;
        Some(pairs.remove(at).1)
    }

    fn get(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Map(pairs) = self else { return None };
        pairs.iter_mut().find(|(known, _)| known == key).map(|(_, tree)| tree)
    }

    fn items(self) -> Vec<Self> {
        if let Self::List(items) = self { items } else { Vec::new() }
    }

    /// Takes out what habeas added to a dataset, collection or field and to those in it, and notes the categories.
    fn strip(&mut self, used: &mut Vec<String>) {
        self.take("habeas");
        if let Some(Self::List(categories)) = self.get("data_categories") {
            used.extend(categories.iter().filter_map(|it| if let Self::Text(key) = it { Some(key.clone()) } else { None }));
        }
        for meta in ["fides_meta", "fidesops_meta"] {
            if let Some(Self::Text(named)) = self.get(meta).and_then(|meta| meta.get("data_type")) {
                *named = fides_type(named).to_owned();
            }
        }
        for inner in ["collections", "fields"] {
            if let Some(Self::List(items)) = self.get(inner) {
                for item in items {
                    item.strip(used);
                }
            }
        }
    }

    /// In block style, `depth` steps in; begins where the line stands and ends with a line's end.
    fn write(&self, out: &mut String, depth: usize) {
        let pad = "  ".repeat(depth);
        match self {
            Self::Map(pairs) if !pairs.is_empty() => {
                for (at, (key, value)) in pairs.iter().enumerate() {
                    if at > 0 {
                        out.push_str(&pad);
                    }
                    out.push_str(&spelled(key));
                    out.push(':');
                    if value.is_block() {
                        out.push('\n');
                        out.push_str(&"  ".repeat(depth + 1));
                        value.write(out, depth + 1);
                    } else {
                        out.push(' ');
                        value.write(out, depth);
                    }
                }
            }
            Self::List(items) if !items.is_empty() => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(&pad);
                    }
                    out.push_str("- ");
                    item.write(out, depth + 1);
                }
            }
            one => {
                out.push_str(&one.scalar());
                out.push('\n');
            }
        }
    }

    const fn is_block(&self) -> bool {
        matches!(self, Self::Map(pairs) if !pairs.is_empty()) || matches!(self, Self::List(items) if !items.is_empty())
    }

    fn scalar(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Plain(text) => text.clone(),
            Self::Text(text) => spelled(text),
            Self::List(_) => "[]".to_owned(),
            Self::Map(_) => "{}".to_owned(),
        }
    }
}

/// A text without quotes where no reader of YAML, old or new, takes it for anything else.
fn spelled(text: &str) -> String {
    const WORDS: [&str; 12] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity"];
    let begins = text.chars().next().is_some_and(|letter| letter.is_alphabetic() || letter == '_');
    let is_plain =
        |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '+' | ',' | '\'' | '[' | ']');
    if begins && !text.ends_with(' ') && text.chars().all(is_plain) && !WORDS.contains(&text.to_lowercase().as_str()) {
        return text.to_owned();
    }
    serde_json::Value::from(text).to_string()
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyTree)
    }
}

struct AnyTree;

impl<'de> Visitor<'de> for AnyTree {
    type Value = Tree;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Tree, E> {
        Ok(Tree::Plain(flag.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Plain(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Plain(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Plain(format!("{number:?}")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Tree::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DuplicateKeyPolicy, Extent, MAX_NODES, Tree, export, load, spelled};
    use crate::law::{
        fideslang::{parse, tests::SAMPLES},
        fixture::{ACCOUNTING, DOSSIERS, SHOP},
        map::{DataType, Field, System},
    };

    /// Samples, and the maps of the organisations that are shipped.
    fn maps() -> Vec<(String, String)> {
        let mut maps: Vec<(String, String)> = SAMPLES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        maps.extend(
            [("accounting.yaml", ACCOUNTING), ("dossiers.yaml", DOSSIERS), ("shop.yaml", SHOP)].map(|(a, b)| (a.to_owned(), b.to_owned())),
        );
        let organisations = concat!(env!("CARGO_MANIFEST_DIR"), "/../organisations");
        for folder in std::fs::read_dir(organisations).unwrap() {
            for file in std::fs::read_dir(folder.unwrap().path().join("systems")).into_iter().flatten() {
                let path = file.unwrap().path();
                maps.push((path.display().to_string(), std::fs::read_to_string(path).unwrap()));
            }
        }
        assert!(maps.len() >= 13, "the shipped ones are among them");
        maps
    }

    fn read(name: &str, text: &str) -> System {
        parse(name, text).unwrap_or_else(|problems| panic!("{name}: {problems:#?}\n{text}")).value
    }

    #[test]
    fn a_map_written_with_its_additions_is_the_same_map() {
        for (name, text) in maps() {
            let written = export(&[&text], Extent::WithHabeas).unwrap();
            assert_eq!(read(&name, &written), read(&name, &text));
            assert_eq!(export(&[&written], Extent::WithHabeas).unwrap(), written, "and writing it again changes nothing");
        }
    }

    #[test]
    fn plain_fideslang_says_the_same_about_every_field() {
        for (name, text) in maps() {
            let plain = export(&[&text], Extent::Fideslang).unwrap();
            assert!(!plain.contains("habeas") && !plain.contains("data_type: date"), "{plain}");
            let head = "habeas: {label: {nb: a, nl: b, en: c}, connection: {type: sqlite, path: x.db}}\n";
            let (before, after) = (read(&name, &text), read(&name, &format!("{head}{plain}")));
            assert_eq!(before.key, after.key);
            assert_eq!(before.collections.len(), after.collections.len());
            for (one, other) in before.collections.iter().zip(&after.collections) {
                assert_eq!((&one.name, &one.erase_after), (&other.name, &other.erase_after));
                let said = |field: &Field| {
                    let types = matches!(field.data, DataType::Integer | DataType::Boolean).then_some(field.data);
                    let keys = (field.primary_key, field.identity.clone(), field.references.clone(), field.read_only);
                    (field.name.clone(), field.categories.clone(), keys, field.list, field.whole_lists, field.length, types)
                };
                assert_eq!(one.fields.iter().map(said).collect::<Vec<_>>(), other.fields.iter().map(said).collect::<Vec<_>>(), "{name}");
            }
            assert_eq!(export(&[&format!("{head}{plain}")], Extent::Fideslang).unwrap(), plain, "{name}");
        }
    }

    #[test]
    fn nothing_that_fides_wrote_is_lost_and_our_categories_go_along() {
        let everything = SAMPLES.iter().find(|(name, _)| *name == "everything.yaml").unwrap().1;
        let plain = export(&[everything], Extent::Fideslang).unwrap();
        for kept in [
            "    version: 1.0\n",
            "    meta:\n      team: blue\n",
            "experimental_key: 7\n",
            "            length: 254\n",
            "strategy: hash\n",
        ] {
            assert!(plain.contains(kept), "{kept}\n{plain}");
        }
        let family = SHOP.replace("[user.contact.email]", "[user.contact.email, user.family]");
        let both = export(&[&family, ACCOUNTING], Extent::Fideslang).unwrap();
        assert!(both.starts_with(
            "data_category:\n  - fides_key: user.family\n    parent_key: user\n    name: Family\ndataset:\n  - fides_key: shop\n"
        ));
        assert!(both.contains("\n  - fides_key: accounting\n"), "one list of both datasets");
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was_written(text in "(\\PC|[\\n\\t: #'\"\\[\\]{}-]){0,24}") {
            let read = load::<Tree>(&format!("k: {}\n", spelled(&text)), DuplicateKeyPolicy::Error, MAX_NODES);
            prop_assert_eq!(read.unwrap(), Tree::Map(vec![("k".to_owned(), Tree::Text(text))]));
        }
    }
}
