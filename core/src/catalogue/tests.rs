//! The catalogue agrees with itself.

use std::collections::BTreeSet;

use super::catalogue;
use crate::workflow::catalogue::Owes;

#[test]
fn every_fact_that_is_needed_or_undone_can_be_proven() {
    let catalogue = catalogue();
    let actions = catalogue.actions.values().map(|action| &action.terms);
    let forms = catalogue.forms.values().map(|form| &form.terms);
    let letters = catalogue.letters.values().map(|letter| &letter.terms);
    let all: Vec<_> = actions.chain(forms).chain(letters).chain(catalogue.decisions.values()).collect();
    let changes = || all.iter().flat_map(|terms| terms.on.values().chain([&terms.always]));
    let given = catalogue.given.iter().chain(changes().flat_map(|change| &change.grants));
    let proven: BTreeSet<_> = given.chain(all.iter().flat_map(|terms| &terms.on_join)).collect();
    let used = all.iter().flat_map(|terms| &terms.needs).chain(changes().flat_map(|change| &change.kills)).chain(&catalogue.restarting);
    for fact in used {
        assert!(proven.contains(fact), "nothing proves `{fact}`");
    }
}

#[test]
fn letters_that_refuse_have_the_parts_the_law_asks_for() {
    let catalogue = catalogue();
    let owed = catalogue.obligations.iter().find_map(|it| match &it.owes {
        Owes::RefusalSections { sections } => Some(sections),
        _ => None,
    });
    let refusing: Vec<_> = catalogue.letters.values().filter(|letter| letter.refuses).collect();
    assert!(refusing.len() >= 5);
    for letter in refusing {
        assert!(owed.unwrap().iter().all(|section| letter.sections.contains(section)), "{letter:?}");
    }
}

#[test]
fn outcomes_that_fail_are_outcomes() {
    for (name, action) in catalogue().actions {
        assert!(action.failures.iter().all(|outcome| action.terms.outcomes.contains(outcome)), "{name}");
    }
}
