//! What stands in the place of a person's values until somebody asks to see them. Names of fields and kinds stay: only what they hold goes.

use super::change::{Change, Proposal};
use crate::render::said::Said;

/// Why somebody asks to see them: texts `reveal-{name}`. A closed list, so that the log can be counted.
pub const REASONS: [&str; 4] = ["identity", "search", "check", "answer"];

const DOTS: &str = "•••";

/// An address keeps the first letters of both its parts, so that two people in one queue can be told apart; all else is dots.
pub(super) fn text(value: &str) -> String {
    let first = |part: &str| part.chars().next().map(String::from).unwrap_or_default();
    match value.split_once('@') {
        Some((name, domain)) if !name.is_empty() && domain.contains('.') && !value.contains(char::is_whitespace) => {
            let ending = domain.rsplit_once('.').map_or("", |(_, ending)| ending);
            format!("{}{DOTS}@{}{DOTS}.{ending}", first(name), first(domain))
        }
        _ => DOTS.to_owned(),
    }
}

/// Every value of a change.
pub(super) fn change(change: &mut Change) {
    for value in [&mut change.now, &mut change.to].into_iter().flatten() {
        *value = Said::Words(DOTS.to_owned());
    }
}

/// Every value of proposals; whether there was one.
pub(super) fn proposals(proposals: &mut [Proposal]) -> bool {
    let mut any = false;
    for one in proposals.iter_mut().flat_map(|proposal| &mut proposal.changes) {
        any |= one.now.is_some() || one.to.is_some();
        change(one);
    }
    any
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn an_address_is_told_apart_and_not_read() {
        assert_eq!(text("kari@visumexpress.example"), "k•••@v•••.example");
        for other in ["12345678", "Kari Nordmann", "skriv til kari@a.no", "@", "a@b", ""] {
            assert_eq!(text(other), "•••", "{other}");
        }
    }
}
