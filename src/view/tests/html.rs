//! A small judge of HTML: enough to catch what a browser forgives and a screen reader does not.

use std::collections::{BTreeMap, BTreeSet};

struct Tag<'a> {
    name: &'a str,
    closing: bool,
    attributes: BTreeMap<&'a str, &'a str>,
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.get(name).copied()
    }
}

const VOID: [&str; 7] = ["meta", "link", "input", "img", "br", "wbr", "path"];

/// Everything wrong with a page.
pub(super) fn faults(html: &str, lang: &str) -> Vec<String> {
    let tags = tags(html);
    let mut faults = Vec::new();
    // A picture has a title too, which its `aria-labelledby` names; the page's own has no id.
    let count =
        |name: &str| tags.iter().filter(|tag| tag.name == name && !tag.closing && (name != "title" || tag.get("id").is_none())).count();
    // Only a page that asks the browser for a passkey has a script, the one there is.
    let scripts = usize::from(tags.iter().any(|tag| tag.get("data-ceremony").is_some()));
    for (name, wanted) in [("h1", 1), ("main", 1), ("title", 1), ("script", scripts), ("style", 0), ("iframe", 0)] {
        if count(name) != wanted {
            faults.push(format!("{} <{name}> instead of {wanted}", count(name)));
        }
    }
    if !html.starts_with("<!doctype html>") || !html.contains(&format!("<html lang=\"{lang}\">")) {
        faults.push("doctype or lang is missing".to_owned());
    }
    faults.extend(nesting(&tags));
    faults.extend(ids(&tags));
    faults.extend(labels(&tags));
    faults.extend(headings(&tags));
    faults.extend(policy(&tags));
    faults.extend(forms(&tags));
    faults
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    html.split('<').skip(1).filter_map(|rest| tag(rest.split_once('>')?.0)).collect()
}

fn tag(inside: &str) -> Option<Tag<'_>> {
    let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let name = inside.split(|c: char| c.is_whitespace()).next().filter(|name| !name.starts_with('!'))?;
    let mut attributes = BTreeMap::new();
    let mut rest = inside[name.len()..].trim_start();
    while let Some(name) = rest.split(|c: char| c.is_whitespace() || c == '=').next().filter(|name| !name.is_empty()) {
        rest = &rest[name.len()..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"').unwrap();
        }
        attributes.insert(name, value);
        rest = rest.trim_start();
    }
    Some(Tag { name, closing, attributes })
}

fn nesting(tags: &[Tag<'_>]) -> Vec<String> {
    let mut open = Vec::new();
    for tag in tags.iter().filter(|tag| !VOID.contains(&tag.name)) {
        if !tag.closing {
            open.push(tag.name);
        } else if open.pop() != Some(tag.name) {
            return vec![format!("</{}> closes something else", tag.name)];
        }
    }
    open.iter().map(|name| format!("<{name}> is never closed")).collect()
}

fn ids(tags: &[Tag<'_>]) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut faults = Vec::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if !known.insert(id) {
            faults.push(format!("id `{id}` is used twice"));
        }
    }
    let fragments = tags.iter().filter_map(|tag| tag.get("href")?.strip_prefix('#'));
    let described = tags.iter().flat_map(|tag| ["aria-describedby", "aria-labelledby"].into_iter().filter_map(|name| tag.get(name)));
    for id in fragments.chain(described.flat_map(str::split_whitespace)) {
        if !known.contains(id) {
            faults.push(format!("`#{id}` leads nowhere"));
        }
    }
    faults
}

fn labels(tags: &[Tag<'_>]) -> Vec<String> {
    let labelled: BTreeSet<_> = tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
    let ids: BTreeSet<_> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    let mut faults: Vec<_> = labelled.difference(&ids).map(|id| format!("label for `{id}` labels nothing")).collect();
    let typed = |tag: &&Tag<'_>| matches!(tag.name, "input" | "select" | "textarea") && !tag.closing && tag.get("type") != Some("hidden");
    for tag in tags.iter().filter(typed) {
        if !tag.get("id").is_some_and(|id| labelled.contains(id)) {
            faults.push(format!("field `{}` has no label", tag.get("name").unwrap_or_default()));
        }
    }
    faults
}

/// Headings go down one level at a time.
fn headings(tags: &[Tag<'_>]) -> Vec<String> {
    let levels = tags.iter().filter(|tag| !tag.closing).filter_map(|tag| tag.name.strip_prefix('h')?.parse::<u8>().ok());
    let mut before = 1;
    let mut faults = Vec::new();
    for level in levels {
        if level > before + 1 {
            faults.push(format!("h{level} follows h{before}"));
        }
        before = level;
    }
    faults
}

/// What the content security policy would block, and what would leave the house.
fn policy(tags: &[Tag<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in tags {
        for (name, value) in &tag.attributes {
            let loads = *name == "src" || (tag.name == "link" && *name == "href") || *name == "action";
            if *name == "style" || name.starts_with("on") {
                faults.push(format!("`{name}` on <{}>", tag.name));
            }
            if loads && (!value.starts_with('/') || value.starts_with("//")) {
                faults.push(format!("<{}> loads `{value}`", tag.name));
            }
        }
        if tag.name == "img" && tag.get("alt").is_none_or(str::is_empty) {
            faults.push("an image without words".to_owned());
        }
    }
    faults
}

/// Every form that changes something carries the token; the browser's own bubbles stay off where something is typed.
fn forms(tags: &[Tag<'_>]) -> Vec<String> {
    let starts = tags.iter().enumerate().filter(|(_, tag)| tag.name == "form" && !tag.closing && tag.get("method") == Some("post"));
    starts
        .filter(|(at, _)| {
            let inside = tags[*at..].iter().take_while(|tag| !(tag.name == "form" && tag.closing));
            !inside.into_iter().any(|tag| tag.get("name") == Some("csrf"))
        })
        .map(|_| "a form without its token".to_owned())
        .collect()
}

#[test]
fn the_judge_sees_what_is_wrong() {
    let page = |body: &str| format!("<!doctype html><html lang=\"nb\"><title>x</title><main><h1>x</h1>{body}</main></html>");
    assert_eq!(faults(&page(""), "nb"), Vec::<String>::new());
    for (body, fault) in [
        ("<h1>y</h1>", "2 <h1> instead of 1"),
        ("<script></script>", "1 <script> instead of 0"),
        ("<p id=\"a\"></p><p id=\"a\"></p>", "id `a` is used twice"),
        ("<a href=\"#b\">b</a>", "`#b` leads nowhere"),
        ("<input name=\"n\" id=\"n\">", "field `n` has no label"),
        ("<h3>z</h3>", "h3 follows h1"),
        ("<p style=\"color:red\"></p>", "`style` on <p>"),
        ("<img src=\"//x.example/i.png\" alt=\"i\">", "<img> loads `//x.example/i.png`"),
        ("<form method=\"post\"></form>", "a form without its token"),
        ("<p><b></p></b>", "</p> closes something else"),
    ] {
        assert!(faults(&page(body), "nb").contains(&fault.to_owned()), "{body}");
    }
}
