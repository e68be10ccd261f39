//! A YAML file as a tree that knows its places, so that every problem in it can be told at once.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::Number;
use serde_saphyr::Spanned;

use super::problem::Findings;
use crate::{
    law::lang::Text,
    source::{
        spelling::did_you_mean,
        yaml::{Fault, forgiving},
    },
};

/// The most values in a file: a data map of ten thousand fields.
const MAX_NODES: usize = 250_000;

/// Line and column, from 1.
pub(crate) type At = (usize, usize);

/// A value and where it stands.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) at: At,
    tree: Tree,
}

#[derive(Debug)]
enum Tree {
    Null,
    Flag(bool),
    /// As read; a text that looks like one must be quoted, for `0217` and `217` are different post codes. `None`: not finite.
    Number(Option<Number>),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

#[derive(Debug)]
struct Key {
    at: At,
    name: String,
}

/// A value of whatever kind; the keys of a map with their places.
#[derive(Debug)]
pub(crate) enum Any<'n> {
    Null,
    Flag(bool),
    /// `None`: not finite.
    Number(Option<&'n Number>),
    Text(&'n str),
    List(&'n [Node]),
    Map(Vec<(At, &'n str, &'n Node)>),
}

impl Node {
    /// Reads a file. A syntax error ends the reading and is the only problem told; after a duplicate key the rest is read.
    pub(crate) fn read(text: &str, findings: &mut Findings<'_>) -> Option<Self> {
        let (node, faults) = forgiving(text, MAX_NODES);
        for Fault { at, message, help, is_twice } in faults {
            let at = (at.line.max(1) as usize, at.column.max(1) as usize);
            findings.problem(at, if is_twice { "twice" } else { "yaml" }, message, help);
        }
        node
    }

    /// Text; a number or a flag is refused with the way out.
    pub(crate) fn text(&self, findings: &mut Findings<'_>) -> Option<&str> {
        match &self.tree {
            Tree::Text(text) if !text.trim().is_empty() => Some(text),
            Tree::Text(_) | Tree::Null => self.refuse("empty", "a text is missing here", None, findings),
            Tree::Number(_) | Tree::Flag(_) => {
                self.refuse("not-a-text", "a text is expected here", Some("put the value in quotes".to_owned()), findings)
            }
            Tree::List(_) | Tree::Map(_) => self.refuse("not-a-text", "a single text is expected here", None, findings),
        }
    }

    /// Text that has a form of its own; `read` says what is wrong with it.
    pub(crate) fn parsed<T, E: fmt::Display>(
        &self,
        code: &'static str,
        read: impl FnOnce(&str) -> Result<T, E>,
        findings: &mut Findings<'_>,
    ) -> Option<T> {
        read(self.text(findings)?).map_err(|error| findings.problem(self.at, code, error.to_string(), None)).ok()
    }

    /// One word of a closed list.
    pub(crate) fn one_of<T: Copy>(&self, words: &[(&str, T)], findings: &mut Findings<'_>) -> Option<T> {
        let word = self.text(findings)?;
        words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value).or_else(|| {
            let all = words.iter().map(|(known, _)| format!("`{known}`")).collect::<Vec<_>>().join(", ");
            let help = did_you_mean(word, words.iter().map(|(known, _)| *known));
            self.refuse("unknown-word", &format!("`{word}` is not one of {all}"), help, findings)
        })
    }

    /// `true` or `false`; `yes`, `on` and the like are texts.
    pub(crate) fn flag(&self, findings: &mut Findings<'_>) -> Option<bool> {
        match self.tree {
            Tree::Flag(flag) => Some(flag),
            _ => self.refuse("not-a-flag", "`true` or `false` is expected here", None, findings),
        }
    }

    /// Whether it is a text, and no list or map.
    pub(crate) const fn is_text(&self) -> bool {
        matches!(self.tree, Tree::Text(_))
    }

    /// How many of something.
    pub(crate) fn count(&self, findings: &mut Findings<'_>) -> Option<usize> {
        let count = match &self.tree {
            Tree::Number(Some(number)) => number.as_u64().and_then(|count| usize::try_from(count).ok()),
            _ => None,
        };
        count.or_else(|| self.refuse("not-a-count", "a whole number is expected here", None, findings))
    }

    /// The items of a list.
    pub(crate) fn items(&self, findings: &mut Findings<'_>) -> &[Self] {
        if let Tree::List(items) = &self.tree {
            return items;
        }
        findings.problem(self.at, "not-a-list", "a list is expected here", None);
        &[]
    }

    /// A list of texts with their places.
    pub(crate) fn texts(&self, findings: &mut Findings<'_>) -> Vec<(At, String)> {
        self.items(findings).iter().filter_map(|item| Some((item.at, item.text(findings)?.to_owned()))).collect()
    }

    /// A text in every language.
    pub(crate) fn words(&self, findings: &mut Findings<'_>) -> Option<Text> {
        let mut entry = Entry::open(self, findings)?;
        let [nb, nl, en] = ["nb", "nl", "en"].map(|lang| entry.text(lang, findings));
        entry.close(findings);
        Some(Text { nb: nb?, nl: nl?, en: en? })
    }

    /// Whatever stands here, for those who take any value.
    pub(crate) fn any(&self) -> Any<'_> {
        match &self.tree {
            Tree::Null => Any::Null,
            Tree::Flag(flag) => Any::Flag(*flag),
            Tree::Number(number) => Any::Number(number.as_ref()),
            Tree::Text(text) => Any::Text(text),
            Tree::List(items) => Any::List(items),
            Tree::Map(pairs) => Any::Map(pairs.iter().map(|(key, node)| (key.at, key.name.as_str(), node)).collect()),
        }
    }

    /// The pairs of a map whose keys are names of its writer's own.
    pub(crate) fn pairs(&self, findings: &mut Findings<'_>) -> Vec<(At, &str, &Self)> {
        if let Any::Map(pairs) = self.any() {
            return pairs;
        }
        findings.problem(self.at, "not-a-map", "a map of keys and values is expected here", None);
        Vec::new()
    }

    fn refuse<T>(&self, code: &'static str, message: &str, help: Option<String>, findings: &mut Findings<'_>) -> Option<T> {
        findings.problem(self.at, code, message, help);
        None
    }
}

/// A map while it is read: it remembers which keys were asked for, so that the others can be told.
#[derive(Debug)]
pub(crate) struct Entry<'n> {
    pub(crate) at: At,
    pairs: &'n [(Key, Node)],
    asked: Vec<&'static str>,
}

impl<'n> Entry<'n> {
    /// Begins to read a map.
    pub(crate) fn open(node: &'n Node, findings: &mut Findings<'_>) -> Option<Self> {
        if let Tree::Map(pairs) = &node.tree {
            return Some(Self { at: node.at, pairs, asked: Vec::new() });
        }
        node.refuse("not-a-map", "a map of keys and values is expected here", None, findings)
    }

    /// A value, if it is there and not null.
    pub(crate) fn optional(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        let (_, node) = self.pairs.iter().find(|(known, _)| known.name == key)?;
        (!matches!(node.tree, Tree::Null)).then_some(node)
    }

    /// A value that must be there.
    pub(crate) fn required(&mut self, key: &'static str, findings: &mut Findings<'_>) -> Option<&'n Node> {
        let found = self.optional(key);
        if found.is_none() {
            let at = self.pairs.iter().find(|(known, _)| known.name == key).map_or(self.at, |(known, _)| known.at);
            findings.problem(at, "missing-key", format!("`{key}` is missing"), None);
        }
        found
    }

    /// A text that must be there.
    pub(crate) fn text(&mut self, key: &'static str, findings: &mut Findings<'_>) -> Option<String> {
        self.required(key, findings)?.text(findings).map(str::to_owned)
    }

    /// A text in every language that must be there.
    pub(crate) fn words(&mut self, key: &'static str, findings: &mut Findings<'_>) -> Option<Text> {
        self.required(key, findings)?.words(findings)
    }

    /// A list of texts; absent is empty.
    pub(crate) fn texts(&mut self, key: &'static str, findings: &mut Findings<'_>) -> Vec<(At, String)> {
        self.optional(key).map(|node| node.texts(findings)).unwrap_or_default()
    }

    /// A flag; absent is false.
    pub(crate) fn flag(&mut self, key: &'static str, findings: &mut Findings<'_>) -> bool {
        self.optional(key).and_then(|node| node.flag(findings)).unwrap_or_default()
    }

    /// Ends the reading: any key nobody asked for is a problem.
    pub(crate) fn close(self, findings: &mut Findings<'_>) {
        let asked = self.asked;
        for (key, _) in self.pairs.iter().filter(|(key, _)| !asked.contains(&key.name.as_str())) {
            let help = did_you_mean(&key.name, asked.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", asked.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")));
            findings.problem(key.at, "unknown-key", format!("unknown key `{}`", key.name), Some(help));
        }
    }

    /// Ends the reading of what another tool wrote: a key that is nearly one asked for is a problem, any other is a warning.
    pub(crate) fn close_foreign(self, findings: &mut Findings<'_>) {
        let asked = self.asked;
        for (key, _) in self.pairs.iter().filter(|(key, _)| !asked.contains(&key.name.as_str())) {
            match did_you_mean(&key.name, asked.iter().copied()) {
                Some(help) => findings.problem(key.at, "unknown-key", format!("unknown key `{}`", key.name), Some(help)),
                None => findings.warning(key.at, "not-used", format!("`{}` is not known to habeas", key.name), None),
            }
        }
    }

    /// Takes note of keys that another tool wrote for itself, and why nothing comes of them: each one found is a warning.
    pub(crate) fn read_past(&mut self, keys: &[(&'static str, &'static str)], findings: &mut Findings<'_>) {
        for (name, why) in keys {
            self.asked.push(name);
            for (key, node) in self.pairs.iter().filter(|(key, _)| key.name == *name) {
                if !matches!(node.tree, Tree::Null) {
                    let help = (!why.is_empty()).then(|| (*why).to_owned());
                    findings.warning(key.at, "not-used", format!("`{name}` is not used by habeas"), help);
                }
            }
        }
    }
}

fn at(location: &serde_saphyr::Location) -> At {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX).max(1);
    (number(location.line()), number(location.column()))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Tree>::deserialize(deserializer)?;
        Ok(Self { at: at(&spanned.referenced), tree: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<String>::deserialize(deserializer)?;
        Ok(Self { at: at(&spanned.referenced), name: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyTree)
    }
}

struct AnyTree;

impl<'de> Visitor<'de> for AnyTree {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Tree, E> {
        Ok(Tree::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(Some(number.into())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(Some(number.into())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Number(Number::from_f64(number)))
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
    use super::{Entry, Node};
    use crate::law::folder::problem::{Findings, Problem};

    fn problems(text: &str, read: impl FnOnce(&mut Entry<'_>, &mut Findings<'_>)) -> Vec<Problem> {
        let mut findings = Findings::new("f.yaml", text);
        if let Some(node) = Node::read(text, &mut findings)
            && let Some(mut entry) = Entry::open(&node, &mut findings)
        {
            read(&mut entry, &mut findings);
            entry.close(&mut findings);
        }
        findings.problems
    }

    fn told(problems: &[Problem]) -> Vec<(usize, usize, &str)> {
        problems.iter().map(|problem| (problem.line, problem.column, problem.code)).collect()
    }

    #[test]
    fn all_problems_of_a_file_are_told_with_their_places() {
        let found = problems("phone: 98478887\nlabel: {nb: a, nl: b, no: c}\nnmae: x\n", |entry, findings| {
            entry.text("phone", findings);
            entry.words("label", findings);
            entry.text("name", findings);
        });
        assert_eq!(
            told(&found),
            [(1, 8, "not-a-text"), (2, 8, "missing-key"), (2, 23, "unknown-key"), (1, 1, "missing-key"), (3, 1, "unknown-key")]
        );
        assert_eq!(found[4].help.as_deref(), Some("did you mean `name`?"));
    }

    #[test]
    fn yaml_1_1_words_are_texts_not_flags() {
        let found = problems("on: yes\nflag: no\n", |entry, findings| {
            assert_eq!(entry.text("on", findings).as_deref(), Some("yes"));
            entry.flag("flag", findings);
        });
        assert_eq!(told(&found), [(2, 7, "not-a-flag")]);
    }

    #[test]
    fn a_duplicate_key_and_broken_yaml_are_problems_with_a_place() {
        let found = problems("a: 1\nb: 2\na: 3\nc: [d]\n", |entry, findings| {
            entry.text("b", findings);
        });
        let expected = [(3, 1, "twice"), (2, 4, "not-a-text"), (1, 1, "unknown-key"), (4, 1, "unknown-key")];
        assert_eq!(told(&found), expected, "the rest of the file is read, too");
        let found = problems("a: [1, 2\nb: {\n", |_, _| {});
        assert_eq!(found[0].code, "yaml", "{}", found[0]);
        assert!(!found[0].message.contains("line"), "{}", found[0].message);
        assert_eq!(problems("", |_, _| {})[0].code, "not-a-map");
    }
}
