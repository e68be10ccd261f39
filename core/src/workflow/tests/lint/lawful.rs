//! No false alarm: what is shipped and what a careful author may change.

use super::{
    super::fixture::{SHIPPED, shown},
    problems,
};

const ACCESS: &str = SHIPPED[0];
const RESTRICTION: &str = SHIPPED[3];
const ERASURE: &str = SHIPPED[4];
const OBJECTION: &str = SHIPPED[5];

#[test]
fn every_shipped_definition_is_clean() {
    let found: Vec<String> = SHIPPED.iter().map(|text| shown(&problems(text))).collect();
    assert_eq!(found.concat(), "");
}

#[test]
fn lawful_changes_are_let_through() {
    let table = [
        // Another pair of eyes before a plan is proposed.
        (
            ERASURE,
            "{something: propose, nothing: nothing-held}}",
            "{something: look, nothing: nothing-held}}\n      - {id: look, task: dpo, form: located-records, due: PT6H}",
        ),
        // Whoever sends an approval back asks for the rules again, or for the whole search.
        (ERASURE, "sent-back: holds}", "sent-back: collect}"),
        // Identity is asked again from the start.
        (
            ERASURE,
            "not-enough: ask-identity}\n        limit: {ask-identity: 2, then: refuse}",
            "not-enough: identify}\n        limit: {identify: 1, then: refuse}",
        ),
        // A limit without a way on is an incident.
        (ERASURE, "limit: {ask-identity: 2, then: refuse}", "limit: {ask-identity: 2}"),
        // Refused requests may not be opened again.
        (ERASURE, "in: [nothing-held, done, refused, stopped, withdrawn]", "in: [nothing-held, done, withdrawn]"),
        // An event by another name; an event in fewer stages.
        (
            ERASURE,
            "  - {event: withdraw, from: subject, until: execute, then: withdrawn}\n",
            "  - {event: give-up, from: subject, until: execute, then: withdrawn}\n",
        ),
        (
            ACCESS,
            "  - {event: amend, from: subject, until: answer, then: receive}",
            "  - {event: amend, from: subject, in: [look, prove], then: identify}",
        ),
        // What cannot be fitted is refused in words; what is late goes the milder way; a person looks again.
        (RESTRICTION, "{something: judge, nothing: nothing-held}", "{something: judge, nothing: refuse}"),
        (
            OBJECTION,
            "{upheld: uphold, overridden: override, extend: extend}",
            "{upheld: uphold, overridden: override, extend: extend, overdue: uphold}",
        ),
        (
            OBJECTION,
            "mismatch: check-identity, nothing: nothing-held}",
            "mismatch: check-identity, nothing: ask-someone}}\n      - {id: ask-someone, task: case-handler, form: identity-check, due: PT6H, then: {accepted: collect, not-enough: nothing-held}",
        ),
    ];
    let found: Vec<String> = table
        .iter()
        .map(|(text, from, to)| {
            assert!(text.contains(from), "nothing to replace: {from}");
            shown(&problems(&text.replacen(from, to, 1)))
        })
        .collect();
    assert_eq!(found.concat(), "");
}
