//! The texts: none missing, none left over, none hard to read.

use std::{collections::BTreeSet, fs, path::Path};

use crate::render::texts::keys_of;

/// Families of texts that other rooms choose by name: the web face (problems), the log (facts), workflows (forms, outcomes, roles).
const SPOKEN_ELSEWHERE: [&str; 7] = ["problem-", "fact-", "form-", "outcome-", "role-", "package-", "drift-"];

pub(super) fn read(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut found);
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.to_str().unwrap().ends_with(ending) {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn keys(ending: &str) -> BTreeSet<String> {
    read("texts", ending).iter().flat_map(|(_, source)| keys_of(source).collect::<Vec<_>>()).collect()
}

/// Keys that templates name in full, and beginnings of those they put together.
pub(super) fn named(template: &str) -> (Vec<String>, Vec<String>) {
    let mut whole = Vec::new();
    let mut beginnings = Vec::new();
    for rest in template.split("key=\"").skip(1) {
        let (key, after) = rest.split_once('"').unwrap();
        if after.trim_start().starts_with('~') { beginnings.push(key.to_owned()) } else { whole.push(key.to_owned()) }
    }
    (whole, beginnings)
}

#[test]
fn templates_name_only_texts_that_exist() {
    let keys = keys("nb.ftl");
    for (file, template) in read("templates", "") {
        let (whole, beginnings) = named(&template);
        for key in whole {
            assert!(keys.contains(&key), "{file} says `{key}`, which nobody wrote");
        }
        for beginning in beginnings {
            assert!(keys.iter().any(|key| key.starts_with(&beginning)), "{file} says `{beginning}…`, which nobody wrote");
        }
    }
}

#[test]
fn no_text_is_left_over() {
    let templates: Vec<_> = read("templates", "").iter().map(|(_, template)| named(template)).collect();
    let whole: BTreeSet<_> = templates.iter().flat_map(|(whole, _)| whole.clone()).collect();
    let beginnings: BTreeSet<_> = templates.iter().flat_map(|(_, beginnings)| beginnings.clone()).collect();
    let code: String = read("src", ".rs").into_iter().map(|(_, source)| source).collect();
    let spoken = |key: &String| {
        whole.contains(key)
            || beginnings.iter().any(|beginning| key.starts_with(beginning))
            || SPOKEN_ELSEWHERE.iter().any(|family| key.starts_with(family))
            || code.contains(&format!("\"{key}\""))
            || code.contains(&format!("\"{}-{{}}", key.rsplit_once('-').unwrap_or_default().0))
    };
    let silent: Vec<_> = keys("en.ftl").into_iter().filter(|key| !spoken(key)).collect();
    assert!(silent.is_empty(), "nobody says {silent:?}");
}

/// One word for one thing, on every page, in every letter and at the desk. The law's own word stands in brackets, or nowhere.
const ONE_WORD: [(&str, &str, &[&str]); 9] = [
    ("nb", "pause", &["begrens"]),
    ("nl", "pauze", &["beperk"]),
    ("en", "pause", &["restrict"]),
    ("nb", "reklame", &["markedsføring", "annonse"]),
    ("nl", "reclame", &["marketing", "advertentie"]),
    ("en", "advertising", &["marketing", "promotion"]),
    ("nl", "verwijderen", &["gewist", "wissen"]),
    ("nl", "verbeteren", &["corrig", "rectific"]),
    ("en", "delete", &["eras"]),
];

#[test]
fn one_thing_has_one_word() {
    for (lang, word, others) in ONE_WORD {
        for (file, source) in read("texts", &format!("{lang}.ftl")) {
            for text in source.lines().filter_map(|line| line.split_once(" = ")).map(|(_, text)| without_brackets(text)) {
                let stray = others.iter().find(|other| text.to_lowercase().contains(*other));
                assert!(stray.is_none(), "{file} says `{}`, where we say `{word}`: {text}", stray.unwrap_or(&""));
            }
        }
    }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = |letter: &char| {
        depth = match letter {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0
    };
    text.chars().filter(outside).collect()
}

#[test]
fn rights_are_told_in_sixty_words() {
    for (file, source) in read("texts", ".ftl") {
        for line in source.lines().filter(|line| line.starts_with("rights-") && line.contains("-text =")) {
            assert!(line.split_whitespace().count() <= 62, "{file}: {line}");
        }
    }
}
