//! What depends on more than the text: the people and words of a house, the catalogue itself, what may be left out.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::fixture::{SHIPPED, catalogue, shown},
    CATALOGUE,
};
use crate::workflow::{Diagnostic, Surroundings, catalogue::Change, lint::Wording, load, load_in};

const ERASURE: &str = SHIPPED[4];

fn found(around: &Surroundings) -> Vec<Diagnostic> {
    load_in("w.yaml", ERASURE, &CATALOGUE, around).err().unwrap_or_default()
}

fn members(people: &[(&str, &[&str])]) -> Surroundings {
    let members: BTreeMap<String, BTreeSet<String>> =
        people.iter().map(|(role, people)| ((*role).to_owned(), people.iter().map(|id| (*id).to_owned()).collect())).collect();
    Surroundings { members: Some(members), wording: None }
}

#[test]
fn every_role_has_somebody_and_every_check_somebody_else() {
    let all: [(&str, &[&str]); 4] =
        [("case-handler", &["kari", "ola"]), ("system-owner", &["kari"]), ("privacy-lead", &["kari", "ola"]), ("dpo", &["ola"])];
    assert_eq!(shown(&found(&members(&all))), "");
    let codes = |around| found(&around).into_iter().map(|it| (it.line, it.code)).collect::<Vec<_>>();
    assert_eq!(codes(members(&all[..3])), [(11, "H030-role-empty")]);
    let alone: [(&str, &[&str]); 4] =
        [("case-handler", &["kari"]), ("system-owner", &["ola"]), ("privacy-lead", &["kari"]), ("dpo", &["kari"])];
    let codes: Vec<_> = codes(members(&alone)).into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, ["H031-four-eyes-unstaffed"; 2], "approve and review");
}

#[test]
fn letters_and_forms_are_asked_for_in_every_language() {
    let languages = vec!["nb".to_owned(), "nl".to_owned()];
    let both =
        |names: Vec<&String>| names.into_iter().flat_map(|name| languages.iter().map(move |lang| (name.clone(), lang.clone()))).collect();
    let (letters, forms) = (both(CATALOGUE.letters.keys().collect()), both(CATALOGUE.forms.keys().collect()));
    let mut wording = Wording { languages: languages.clone(), letters, forms };
    let with = |wording: &Wording| found(&Surroundings { members: None, wording: Some(wording.clone()) });
    assert_eq!(shown(&with(&wording)), "");
    wording.letters.remove(&("erasure-done".to_owned(), "nl".to_owned()));
    wording.forms.remove(&("plan-approval".to_owned(), "nb".to_owned()));
    let told: Vec<_> = with(&wording).into_iter().map(|it| (it.code, it.message)).collect();
    let expected = ["the form `plan-approval` is not written in `nb`", "the letter `erasure-done` is not written in `nl`"];
    assert_eq!(told, expected.map(|message| ("H050-words-missing", message.to_owned())));
}

#[test]
fn a_letter_that_refuses_without_its_parts_is_found_wherever_it_is_sent() {
    let mut broken = catalogue();
    broken.letters.get_mut("erasure-done").unwrap().sections.remove("remedy");
    let found = load("w.yaml", ERASURE, &broken).unwrap_err();
    assert_eq!(found.len(), 1);
    assert!(found[0].code == "G012-refusal-unexplained" && found[0].message.contains("does not say `remedy`"), "{}", found[0]);
    assert_eq!(found[0].law, Some("Art. 12(4)"));
}

#[test]
fn a_plan_that_leaves_the_approval_standing_is_found() {
    let mut broken = catalogue();
    broken.actions.get_mut("erasure.plan").unwrap().terms.always = Change { grants: vec!["plan.frozen".to_owned()], kills: Vec::new() };
    let found = load("w.yaml", ERASURE, &broken).unwrap_err();
    assert!(
        found.iter().any(|it| it.code == "G022-approval-outlives-plan" && it.message.starts_with("plan: `something`")),
        "{}",
        shown(&found)
    );
}

#[test]
fn findings_stand_in_reading_order_at_the_word_that_is_wrong() {
    let text =
        ERASURE.replace("until: execute, then: receive}", "until: execute, then: triage}").replace("task: dpo\n", "task: case-handler\n");
    let found = load("w.yaml", &text, &CATALOGUE).unwrap_err();
    let places: Vec<_> = found.iter().map(|it| (it.line, it.column)).collect();
    assert!(places.is_sorted(), "{places:?}");
    for it in &found {
        let word: String = it.snippet.chars().skip(it.column as usize - 1).take_while(|sign| !" ,]}:".contains(*sign)).collect();
        assert!(it.message.contains(&word) || it.code.starts_with("G0"), "`{word}`: {it}");
    }
}
