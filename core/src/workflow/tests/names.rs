//! Definitions that read well and mean nothing: unknown names, outcomes forgotten or invented, targets out of reach.

use super::fixture::{around, catalogue, compiled, shown};
use crate::workflow::{Diagnostic, Refusal, compile, compile_pinned, compiled::Target, event::Wait, parse};

const STAGES: &str = "  - id: one
    steps:
      - {id: look, task: case-handler, form: erasure-decision, due: P2D, then: {erase: go, partly: go, refuse: two}}
      - {id: go, do: letter.send, with: {letter: receipt}}
      - id: every
        each: system in case.systems
        steps:
          - {id: locate, do: system.locate, then: {found: end, nothing: end, failed: by-hand}}
          - {id: by-hand, task: system-owner, form: located-records, due: P3D}
        join: all
  - id: two
    steps:
      - {id: check, task: dpo, form: plan-approval, due: P1D, four-eyes: {not-by: [look]}, then: {approved: three, sent-back: one}}
  - {id: three, close: answered}";

fn problems(text: &str) -> Vec<Diagnostic> {
    let definition = parse("w.yaml", text).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    compile(&definition, &catalogue()).err().unwrap_or_default()
}

#[test]
fn one_mistake_is_told_with_the_closest_name() {
    let good = around(STAGES);
    assert_eq!(shown(&problems(&good)), "");
    let table = [
        ("id: go,", "id: two,", "H001-name-twice", "the name `two` is taken"),
        ("id: go,", "id: end,", "H001-name-twice", "the name `end` is taken"),
        ("erase: go", "erase: goo", "H002-target-unknown", "did you mean `go`?"),
        ("erase: go", "erase: check", "H002-target-unknown", "`check` is in stage `two`"),
        ("erase: go", "erase: locate", "H002-target-unknown", "stands elsewhere"),
        ("found: end", "found: look", "H002-target-unknown", "stands elsewhere"),
        ("form: erasure-decision", "form: erasure-descision", "H003-name-unknown", "did you mean `erasure-decision`?"),
        ("do: letter.send", "do: letter.sent", "H003-name-unknown", "did you mean `letter.send`?"),
        ("{letter: receipt}", "{letter: reciept}", "H003-name-unknown", "did you mean `receipt`?"),
        ("{letter: receipt}", "{leter: receipt}", "H003-name-unknown", "did you mean `letter`?"),
        (", with: {letter: receipt}", "", "H003-name-unknown", "must be told its `letter`"),
        ("case.systems", "case.system", "H003-name-unknown", "did you mean `case.systems`?"),
        ("join: all", "join: all\n        needs: identity.verfied", "H003-name-unknown", "did you mean `identity.verified`?"),
        (", refuse: two", "", "H004-outcome-unhandled", "does not say where `refuse` leads"),
        (", then: {approved: three, sent-back: one}", "", "H004-outcome-unhandled", "`approved`, `sent-back`"),
        ("then: {approved: three, sent-back: one}", "then: three", "H004-outcome-unhandled", "name every outcome"),
        ("partly: go", "partly: go, partial: go", "H005-outcome-invented", "never ends with `partial`"),
        ("found: end", "found: end, overdue: end", "H005-outcome-invented", "never ends with `overdue`"),
        (
            "  - {id: three, close: answered}",
            "  - {id: three, steps: [{id: last, do: identity.match, then: {sure: end, unsure: end, nothing: end}}]}",
            "H006-no-way-on",
            "nowhere to go",
        ),
        (
            "{id: by-hand, task: system-owner, form: located-records, due: P3D}",
            "{id: by-hand, each: r in plan.recipients, do: recipient.notify, join: all}",
            "H007-loop-in-loop",
            "must not stand in a loop",
        ),
        ("period: P1M", "period: P1M, paused-in: {look: Art. 1}", "H008-pause-not-owed", "owes us nothing"),
        ("period: P1M", "period: P1M, paused-in: {lok: Art. 1}", "H003-name-unknown", "did you mean `look`?"),
        ("task: case-handler", "task: case-handlers", "H030-role-unknown", "did you mean `case-handler`?"),
        ("roles: [case-handler", "roles: [intake, case-handler", "H030-role-unknown", "there is no role `intake`"),
        (", four-eyes: {not-by: [look]}", "", "H031-four-eyes-missing", "needs four eyes"),
        ("not-by: [look]", "not-by: [go]", "H032-not-by-unknown", "there is no task `go`"),
        ("task: case-handler", "task: subject", "H034-form-not-theirs", "filled in by staff"),
        ("stages:", "any-time: [{event: stop, from: subjekt, then: three}]\nstages:", "H030-role-unknown", "there is no role `subjekt`"),
        ("stages:", "any-time: [{event: stop, from: subject, then: look}]\nstages:", "H002-target-unknown", "there is no stage `look`"),
        ("stages:", "input: {form: requst}\nstages:", "H003-name-unknown", "there is no form `requst`"),
        ("then: {erase: go,", "limit: {check: 2}, then: {erase: go,", "H002-target-unknown", "never goes to `check`"),
    ];
    for (from, to, code, words) in table {
        let found = problems(&good.replacen(from, to, 1));
        let hit = found.iter().find(|problem| problem.code == code && problem.to_string().contains(words));
        assert!(hit.is_some_and(|hit| hit.line > 0 && hit.column > 0), "`{to}` gave\n{}", shown(&found));
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text =
        around(STAGES).replace("erase: go", "erase: goo").replace("letter: receipt", "letter: reciept").replace("approved: three, ", "");
    let codes: Vec<_> = problems(&text).into_iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(codes, [(9, "H002-target-unknown"), (10, "H003-name-unknown"), (19, "H004-outcome-unhandled")]);
}

#[test]
fn a_pinned_definition_outlives_an_outcome_that_a_form_gains() {
    let text = around(STAGES);
    let definition = parse("w.yaml", &text).unwrap();
    let mut newer = catalogue();
    newer.forms.get_mut("erasure-decision").unwrap().terms.outcomes.push("extend".to_owned());
    assert_eq!(compile(&definition, &newer).err().unwrap()[0].code, "H004-outcome-unhandled", "nobody may write it anew");
    let pinned = compile_pinned(&definition, &newer).unwrap();
    assert_eq!(pinned.node("look").unwrap().outcomes, ["erase", "partly", "refuse"]);
    assert_eq!(pinned.node("look").unwrap().routes, compiled(&text).node("look").unwrap().routes);
    let refused = pinned.node("look").unwrap().may_end(&Wait::at("look"), "extend");
    assert!(matches!(refused, Err(Refusal::OutcomeUnknown { .. })), "{refused:?}");
}

#[test]
fn steps_fall_through_to_the_next_and_stages_too() {
    let def = compiled(&around(STAGES));
    let leads = |step: &str, outcome: &str| def.node(step).unwrap().routes[outcome].clone();
    assert_eq!(leads("go", "sent"), Target::Step("every".to_owned()));
    assert_eq!(leads("every", "joined"), Target::Stage("two".to_owned()));
    assert_eq!(leads("by-hand", "submitted"), Target::BranchEnd);
    assert_eq!(leads("locate", "found"), Target::BranchEnd);
    assert_eq!(leads("look", "refuse"), Target::Stage("two".to_owned()));
}

#[test]
fn a_stage_closes_after_its_last_step() {
    let def =
        compiled(&around("  - {id: only, steps: [{id: bye, do: letter.send, with: {letter: receipt}}], close: withdrawn, keep: P3Y}"));
    assert_eq!(def.node("bye").unwrap().routes["sent"], Target::Close("only".to_owned()));
}

#[test]
fn a_version_is_known_by_the_hash_of_its_text() {
    let text = around(STAGES);
    let (one, same, other) = (compiled(&text), compiled(&text), compiled(&text.replace("P2D", "P3D")));
    assert_eq!(one.sha256, same.sha256);
    assert_ne!(one.sha256, other.sha256);
    assert_eq!(one.sha256.len(), 64);
}

#[test]
fn the_catalogue_s_terms_stand_beside_the_steps() {
    let def = compiled(super::fixture::ERASURE);
    let erase = def.node("erase").unwrap();
    assert_eq!(erase.needs, ["approval.given", "holds.checked", "identity.matched", "identity.verified", "plan.frozen"]);
    assert_eq!(def.node("holds").unwrap().changes["decided"].kills, ["plan.frozen", "approval.given"]);
    assert_eq!(def.node("refusal").unwrap().changes["sent"].grants, ["answer.sent", "refusal.explained"]);
    assert_eq!(erase.rules["approval.given"], "G021-irreversible-unguarded");
    assert_eq!(def.node("ask-identity").unwrap().pauses.as_deref(), Some("Art. 12(6)"));
}
