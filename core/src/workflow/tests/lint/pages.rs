//! The pages of the codes: every code has one, every page a code, and every example says what the linter really says.

use std::{
    collections::BTreeSet,
    fs::{read_dir, read_to_string},
    path::{Path, PathBuf},
};

use super::problems_of;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The pages: code and text.
fn pages() -> Vec<(String, String)> {
    let files = read_dir(root().join("docs/lint")).unwrap().map(|entry| entry.unwrap().path());
    let pages = files.filter(|path| path.file_name().is_some_and(|name| name != "README.md"));
    pages.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read_to_string(&path).unwrap())).collect()
}

/// Every code that stands in the code: a capital, three digits, a hyphen and words, in quotes.
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for path in read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            if !path.ends_with("tests") {
                codes(&path, found);
            }
        } else {
            let text = read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            found.extend(code.split('"').filter(|word| is_code(word)).map(str::to_owned));
        }
    }
}

fn is_code(word: &str) -> bool {
    let (head, rest) = word.split_at_checked(4).unwrap_or_default();
    head.starts_with(['G', 'H', 'Y'])
        && head.chars().skip(1).all(|sign| sign.is_ascii_digit())
        && rest.starts_with('-')
        && !rest.contains(' ')
}

/// What stands between a fence and its end.
fn block<'p>(page: &'p str, fence: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("```{fence}\n"))?;
    rest.split_once("```").map(|(inside, _)| inside)
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let mut known = BTreeSet::new();
    for folder in ["core/src/workflow", "core/src/source", "core/src/catalogue"] {
        codes(&root().join(folder), &mut known);
    }
    let written: BTreeSet<String> = pages().into_iter().map(|(code, _)| code).collect();
    assert_eq!(known, written);
    let index = read_to_string(root().join("docs/lint/README.md")).unwrap();
    for (code, page) in pages() {
        let title = page.lines().next().unwrap().strip_prefix(&format!("# {code}: ")).unwrap_or_else(|| panic!("{code}"));
        assert!(index.contains(&format!("| [{code}]({code}.md) | {title} |")), "{code}");
    }
}

#[test]
fn every_example_says_what_the_linter_says() {
    let without = ["H030-role-empty", "H031-four-eyes-unstaffed", "H050-words-missing"];
    for (code, page) in pages() {
        let Some(diff) = block(&page, "diff") else {
            assert!(without.contains(&code.as_str()), "{code} has no example");
            continue;
        };
        let lines =
            |sign: char| diff.lines().filter_map(move |line| line.strip_prefix(sign)).fold(String::new(), |text, line| text + line + "\n");
        let file = page.split_once("In `").unwrap().1.split_once('`').unwrap().0;
        let text = read_to_string(root().join(file)).unwrap();
        assert!(text.contains(&lines('-')), "{code}: `{file}` has no such lines");
        let found = problems_of(file, &text.replacen(&lines('-'), &lines('+'), 1));
        let said = found.iter().find(|it| it.code == code).unwrap_or_else(|| panic!("{code} is not found, but {found:#?}"));
        assert_eq!(block(&page, "text").unwrap(), said.to_string(), "{code}");
    }
}
