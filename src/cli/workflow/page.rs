//! The page of each code, as `docs/lint/` has it.

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "docs/lint/"]
#[include = "*-*.md"]
struct Pages;

/// The codes that have a page, in order.
pub(super) fn codes() -> Vec<String> {
    let mut codes: Vec<String> = Pages::iter().filter_map(|file| Some(file.strip_suffix(".md")?.to_owned())).collect();
    codes.sort();
    codes
}

/// The page of a code.
pub(super) fn page(code: &str) -> Option<String> {
    String::from_utf8(Pages::get(&format!("{code}.md"))?.data.into_owned()).ok()
}

/// What a page says first: one sentence.
pub(super) fn title(page: &str) -> &str {
    let first = page.lines().next().unwrap_or_default();
    first.split_once(": ").map_or(first, |(_, title)| title)
}
