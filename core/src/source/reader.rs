//! Reads typed values out of a YAML tree and goes on after each problem. Knows no keys of the language.

use std::str::FromStr;

use super::{
    diagnostic::{Place, Problems},
    name::Name,
    spelling::instead,
    yaml::{Entry, Node, Value},
};

const WRONG_VALUE: &str = "Y004-value-wrong";

/// What YAML 1.1 readers take for a boolean: the same file must mean the same everywhere.
pub(crate) const BOOLEAN_WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];

/// A mapping being read: remembers which keys were asked for, so that the others are unknown ones.
pub(crate) struct Fields<'n> {
    at: Place,
    what: &'static str,
    entries: &'n [Entry],
    asked: Vec<&'static str>,
    #[cfg(test)]
    needed: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// `what` names the mapping in messages, such as `a step`.
    pub(crate) fn open(node: &'n Node, what: &'static str, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            no_mapping(node, what, problems);
            return None;
        };
        Some(Self {
            at: node.at,
            what,
            entries,
            asked: Vec::new(),
            #[cfg(test)]
            needed: Vec::new(),
        })
    }

    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    pub(crate) fn need(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Option<&'n Node> {
        #[cfg(test)]
        self.needed.push(key);
        let found = self.get(key);
        if found.is_none() {
            problems.add("Y003-key-missing", self.at, format!("{} needs `{key}`", self.what), None);
        }
        found
    }

    /// Lets these keys pass unread, where another problem already tells why they cannot be.
    pub(crate) fn pass(&mut self, keys: &[&'static str]) {
        self.asked.extend(keys);
    }

    pub(crate) const fn at(&self) -> Place {
        self.at
    }

    /// Tells the keys that nobody asked for.
    pub(crate) fn close(self, problems: &mut Problems<'_>) {
        self.close_but(|_| false, problems);
    }

    /// The same, but some keys are read elsewhere.
    pub(crate) fn close_but(self, read: impl Fn(&str) -> bool, problems: &mut Problems<'_>) {
        #[cfg(test)]
        problems.asked.push(super::diagnostic::Asked {
            what: self.what,
            keys: self.asked.clone(),
            needed: self.needed.clone(),
            present: self.entries.iter().map(|entry| entry.key.clone()).collect(),
        });
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(&entry.key.as_str()) && !read(&entry.key)) {
            let help = instead(&entry.key, self.asked.iter().copied());
            let boolean = BOOLEAN_WORDS.contains(&entry.key.as_str());
            let also = if boolean { "; many YAML readers take it for a boolean" } else { "" };
            problems.add("Y002-key-unknown", entry.at, format!("unknown key `{}` in {}{also}", entry.key, self.what), help);
        }
    }
}

/// The entries of a mapping whose keys the author chooses.
pub(crate) fn entries<'n>(node: &'n Node, what: &str, problems: &mut Problems<'_>) -> &'n [Entry] {
    if let Value::Map(entries) = &node.value {
        return entries;
    }
    no_mapping(node, what, problems);
    &[]
}

fn no_mapping(node: &Node, what: &str, problems: &mut Problems<'_>) {
    let help = matches!(node.value, Value::List(_)).then(|| "write `key: value`, without hyphens and square brackets".to_owned());
    problems.add(WRONG_VALUE, node.at, format!("{what} is a mapping, this is {}", kind(&node.value)), help);
}

/// The items of a list.
pub(crate) fn items<'n>(node: &'n Node, what: &str, problems: &mut Problems<'_>) -> &'n [Node] {
    match &node.value {
        Value::List(items) if !items.is_empty() => return items,
        Value::List(_) => problems.add(WRONG_VALUE, node.at, format!("{what} is empty"), None),
        other => {
            let help = matches!(other, Value::Map(_)).then(|| "begin each item with `- `".to_owned());
            problems.add(WRONG_VALUE, node.at, format!("{what} is a list, this is {}", kind(other)), help);
        }
    }
    &[]
}

/// Any text; numbers count as text where a text is asked for.
pub(crate) fn text(node: &Node, what: &str, problems: &mut Problems<'_>) -> Option<Name> {
    match &node.value {
        Value::Text(text) => Some(Name { text: text.clone(), at: node.at }),
        Value::Number(number) => Some(Name { text: number.to_string(), at: node.at }),
        other => {
            let help = matches!(other, Value::Bool(_)).then(|| "put it in quotes".to_owned());
            problems.add(WRONG_VALUE, node.at, format!("{what} is a text, this is {}", kind(other)), help);
            None
        }
    }
}

/// A name: `case-handler`, or with dots where they are allowed: `identity.match`.
pub(crate) fn name(node: &Node, what: &str, dots: bool, problems: &mut Problems<'_>) -> Option<Name> {
    if let Value::Bool(value) = node.value {
        boolean_word(&value.to_string(), node.at, problems);
        return None;
    }
    let name = text(node, what, problems)?;
    is_name(&name, what, dots, problems).then_some(name)
}

/// The key of an entry, checked as a name.
pub(crate) fn key_name(entry: &Entry, what: &str, problems: &mut Problems<'_>) -> Option<Name> {
    let name = Name { text: entry.key.clone(), at: entry.at };
    is_name(&name, what, false, problems).then_some(name)
}

fn is_name(name: &Name, what: &str, dots: bool, problems: &mut Problems<'_>) -> bool {
    if BOOLEAN_WORDS.contains(&name.as_str()) {
        boolean_word(name.as_str(), name.at, problems);
        return false;
    }
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase()) && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let good = if dots { name.as_str().split('.').all(plain) } else { plain(name.as_str()) };
    if !good {
        let help = "lower-case letters, digits and hyphens, a letter first".to_owned();
        problems.add(WRONG_VALUE, name.at, format!("`{}` is not a name for {what}", name.as_str()), help);
    }
    good
}

fn boolean_word(word: &str, at: Place, problems: &mut Problems<'_>) {
    let help = "choose another word".to_owned();
    problems.add("Y006-boolean-word", at, format!("many YAML readers take `{word}` for a boolean"), help);
}

/// One name or a list of them.
pub(crate) fn names(node: &Node, what: &str, dots: bool, problems: &mut Problems<'_>) -> Vec<Name> {
    let list = match &node.value {
        Value::List(_) => items(node, what, problems),
        _ => std::slice::from_ref(node),
    };
    list.iter().filter_map(|item| name(item, what, dots, problems)).collect()
}

/// A text that a type knows how to read: the type's error becomes the message.
pub(crate) fn parsed<T: FromStr<Err: std::fmt::Display>>(node: &Node, what: &str, problems: &mut Problems<'_>) -> Option<T> {
    let text = text(node, what, problems)?;
    text.as_str().parse().map_err(|error: T::Err| problems.add(WRONG_VALUE, node.at, error.to_string(), None)).ok()
}

/// A whole number of at least 1.
pub(crate) fn count(node: &Node, what: &str, problems: &mut Problems<'_>) -> Option<u32> {
    if let Value::Number(number) = node.value
        && let Ok(count @ 1..) = u32::try_from(number)
    {
        return Some(count);
    }
    let quoted = matches!(&node.value, Value::Text(text) if text.parse::<u32>().is_ok());
    let help = quoted.then(|| "write it without quotes".to_owned());
    let is = if matches!(node.value, Value::Number(_)) { String::new() } else { format!(", this is {}", kind(&node.value)) };
    problems.add(WRONG_VALUE, node.at, format!("{what} is a whole number of at least 1{is}"), help);
    None
}

pub(crate) fn flag(node: &Node, what: &str, problems: &mut Problems<'_>) -> Option<bool> {
    if let Value::Bool(flag) = node.value {
        return Some(flag);
    }
    let help = match &node.value {
        Value::Text(word) if matches!(word.as_str(), "y" | "yes" | "on") => Some("write `true`".to_owned()),
        Value::Text(word) if matches!(word.as_str(), "n" | "no" | "off") => Some("write `false`".to_owned()),
        _ => None,
    };
    problems.add(WRONG_VALUE, node.at, format!("{what} is `true` or `false`, this is {}", kind(&node.value)), help);
    None
}

/// One of a few words.
pub(crate) fn choice<T: Copy>(node: &Node, what: &str, words: &[(&str, T)], problems: &mut Problems<'_>) -> Option<T> {
    let word = text(node, what, problems)?;
    let found = words.iter().find(|(known, _)| *known == word.as_str()).map(|(_, value)| *value);
    if found.is_none() {
        let help = instead(word.as_str(), words.iter().map(|(known, _)| *known));
        problems.add(WRONG_VALUE, node.at, format!("{what} cannot be `{}`", word.as_str()), help);
    }
    found
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Nothing => "empty",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Map(_) => "a mapping",
    }
}
