//! The scenario runner itself: each kind of line can fail and says why; refusals change nothing; effects count once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::{fs, path::Path, sync::LazyLock};

use habeas_core::{
    catalogue::{catalogue, statute::Statute},
    workflow::{
        Compiled, Event, compile, parse,
        scenario::{Almanac, Count, Failure, Played, Scenario, check, mutate, play, read, record::record},
    },
};
use jiff::tz::TimeZone;

fn definition(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::read_to_string(root.join(format!("workflows/{name}.yaml"))).unwrap()
}

fn compiled(text: &str) -> Compiled {
    compile(&parse("test.yaml", text).unwrap(), &catalogue()).unwrap()
}

fn with_almanac<T>(work: impl FnOnce(Almanac<'_>) -> T) -> T {
    static STATUTE: LazyLock<Statute> = LazyLock::new(|| Statute::new("NO").unwrap());
    let zone = TimeZone::get("Europe/Oslo").unwrap();
    let reckon = |count: &Count<'_>| STATUTE.reckon(count);
    work(Almanac { zone: &zone, reckon: &reckon })
}

fn shown<T: ToString>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn one(text: &str) -> Scenario {
    read("story.yaml", text).unwrap_or_else(|problems| panic!("{}", shown(&problems))).remove(0)
}

fn play_text(def: &Compiled, text: &str) -> Result<Played, Box<Failure>> {
    let scenario = one(text);
    let def = check(&scenario, text, &[def]).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    with_almanac(|almanac| play(&scenario, def, &almanac))
}

/// A story of the shipped erasure; Anna is a case handler and a privacy lead.
fn erasure(rest: &str) -> Result<Played, Box<Failure>> {
    let head = "scenario: a story\nworkflow: erasure\npeople: {anna: [case-handler, privacy-lead]}\n\
                start: {case.systems: [crm]}\nanswers: {plan: {ends: something, plan.systems: crm, plan.recipients: bank}}\n";
    play_text(&compiled(&definition("erasure")), &format!("{head}{rest}"))
}

/// Up to the erasing itself.
const APPROVED: &str = "  - run: automatic\n  - submit: {task: assess, by: staff/kari, outcome: go-on}\n  - run: automatic\n  \
                        - submit: {task: propose, by: staff/kari, outcome: erase}\n  - submit: {task: approve, by: staff/per, outcome: approved}\n  \
                        - run: automatic\n  - advance: PT72H\n";

#[test]
fn each_kind_of_line_fails_with_what_was_expected_and_what_was_there() {
    let table = [
        ("- action: match -> sure", "`match` is work to be done", "it is not open"),
        (
            "- submit: {task: assess, by: staff/kari, outcome: go-on}",
            "`assess -> go-on` by `staff/kari` is accepted",
            "refused with `not-open`",
        ),
        ("- event: {name: reopen, by: subject/ola}", "`reopen` by `subject/ola` is accepted", "refused with `signal-out-of-window`"),
        ("- fail: match", "the failure of `match` by `worker` is accepted", "refused with `not-open`"),
        (
            "- resolve: {step: receipt, how: retry}",
            "the end of the incident at `receipt` by `staff/kari` is accepted",
            "refused with `wrong-kind`",
        ),
        ("- crash: after-claim match", "`match` is work to be done", "it is not open"),
        ("- late-report: receipt -> sent", "a worker died at `receipt`", "none did"),
        ("- crash: after-claim receipt\n  - late-report: receipt -> sent", "the late report of `receipt` is refused", "it would count"),
        ("- duplicate-report: receipt -> sent", "`receipt` was reported before", "it was not"),
        (
            "- refuse: {action: receipt -> sent, because: not-open}",
            "`receipt -> sent` by `worker` is refused with `not-open`",
            "it was accepted",
        ),
        (
            "- refuse: {event: withdraw, by: staff/kari, because: case-closed}",
            "is refused with `case-closed`",
            "refused with `role-missing`",
        ),
        ("- never: {stage: identify}\n  - run: automatic", "never in stage `identify`", "it is"),
        ("- never: {letter: receipt}\n  - run: automatic", "`receipt` is never sent", "it was sent"),
        ("- never: {action: assess}\n  - run: automatic", "`assess` never begins", "it has begun"),
        ("- expect: {stage: identify}", "stage `identify`", "`receive`"),
        ("- expect: {task: assess}", "task `assess` is open", "it is not"),
        ("- expect: {tasks: assess}", "open tasks `assess`", "none"),
        ("- expect: {work: []}", "open work none", "`receipt`"),
        ("- run: automatic\n  - expect: {task: assess, for: dpo}", "`assess` is for `dpo`", "`case-handler`"),
        ("- run: automatic\n  - expect: {task: assess, due: P3D}", "`assess` is due 2027-01-07T09:00:00Z", "2027-01-06T09:00:00Z"),
        ("- run: automatic\n  - advance: P2D\n  - expect: {task: assess, due: P2D}", "`assess` is due 2027-01-06T09:00:00Z", "overdue"),
        ("- run: automatic\n  - expect: {letters: []}", "letters none", "`receipt`"),
        ("- expect: {clock: paused}", "clock paused", "running"),
        ("- expect: {law: Art. 12(6)}", "the clock stands still by Art. 12(6)", "no law"),
        ("- expect: {facts: identity.verified}", "`identity.verified` is proven", "it is not"),
        ("- expect: {lacks: clock.before-due}", "`clock.before-due` is not proven", "it is"),
        ("- expect: {incident: receipt}", "an incident at `receipt`", "there is none"),
        ("- fail: receipt\n  - expect: {incident: receipt, because: limit-reached}", "the incident's cause `limit-reached`", "`failed`"),
        ("- advance: P20D\n  - expect: {alarms: {}}", "alarms none", "`goal: case-handler`"),
        ("- expect: {closed: answered}", "closed: answered", "open"),
        ("- expect: {calls: {letter.send: 1}}", "calls of `letter.send`: 1", "0"),
        ("- expect: {deadline: {due: 2027-02-05}}", "deadline 2027-02-05", "2027-02-04"),
        ("- expect: {deadline: {strict: 2027-02-05}}", "strict deadline 2027-02-05", "2027-02-04"),
        ("- advance: P2M\n  - expect: {deadline: {met: true}}", "deadline met", "missed"),
        ("- expect: {journal: {visits: [receive, identify]}}", "stages `receive`, `identify`", "`receive`"),
    ];
    for (lines, expected, found) in table {
        let failure = erasure(&format!("steps:\n  {lines}\n")).unwrap_err();
        assert!(failure.expected.contains(expected), "{lines}\n{failure}");
        assert!(failure.found.contains(found), "{lines}\n{failure}");
        assert_eq!(failure.step, Some(lines.lines().count()), "{lines}");
        assert_eq!(failure.line as usize, 6 + lines.lines().count(), "{lines}");
    }
}

#[test]
fn a_failure_reads_as_text_with_the_place_the_open_waits_and_the_last_reasons() {
    let failure = erasure("steps:\n  - run: automatic\n  - expect: {stage: decide}\n").unwrap_err().to_string();
    let lines: Vec<&str> = failure.lines().collect();
    assert_eq!(lines[0], "story.yaml:8: a story: at step 2");
    assert_eq!(lines[1..4], ["  expected: stage `decide`", "  found:    `triage`", "  open:     task `assess`"]);
    assert!(lines.contains(&"  because:  `match` ended with `sure` and led to `triage`"), "{failure}");
}

#[test]
fn work_that_never_ends_is_told() {
    let text = "workflow: round\nversion: 1\nlanguage: habeas.workflow/1\nclock: {starts: case.received, period: P1M}\nstages:\n  \
                - {id: turn, steps: [{id: kind, do: objection.sort, then: {marketing: kind, other: end}}]}\n  - {id: done, close: answered}\n";
    let failure = play_text(&compiled(text), "scenario: round and round\nworkflow: round\nsteps: [{run: automatic}]\n").unwrap_err();
    assert_eq!(failure.expected, "the house's work comes to an end");
}

#[test]
fn every_problem_of_a_file_is_told_at_once_with_its_place_and_what_was_meant() {
    let text = "scenario: a story\nworkflow: erasure\nsteps:\n  - action: mach -> sure\n  - action: match -> suree\n  \
                - submit: {task: match, by: staff/kary}\n  - submit: {task: locate-by-hand, by: staff/olav}\n  \
                - refuse: {event: withdrawn, by: subject, because: four-eye}\n  - expect: {stage: triag, letters: receit, facts: plan.frozn}\n  \
                - expect: {alarms: {goals: case-handler}, calls: {system.eras: 1}}\n";
    let def = compiled(&definition("erasure"));
    let problems = check(&one(text), text, &[&def]).unwrap_err();
    let first = |help: &Option<String>| help.as_deref().unwrap_or_default().split(',').next().unwrap_or_default().to_owned();
    let told: Vec<(u32, &str, String)> = problems.iter().map(|it| (it.line, it.code, first(&it.help))).collect();
    let meant = |line, code, help: &str| (line, code, help.to_owned());
    assert_eq!(
        told,
        [
            meant(4, "S002-step-unknown", "did you mean `match`?"),
            meant(5, "S003-outcome-unknown", "did you mean `sure`?"),
            meant(6, "S002-step-unknown", ""),
            meant(6, "S004-person-unknown", "did you mean `kari`?"),
            meant(7, "S002-step-unknown", "write it like `locate-by-hand@crm`"),
            meant(8, "S005-name-unknown", "did you mean `withdraw`?"),
            meant(8, "S005-name-unknown", "did you mean `four-eyes`?"),
            meant(9, "S005-name-unknown", "did you mean `triage`?"),
            meant(9, "S005-name-unknown", "did you mean `receipt`?"),
            meant(9, "S005-name-unknown", "did you mean `plan.frozen`?"),
            meant(10, "S005-name-unknown", "did you mean `goal`?"),
            meant(10, "S005-name-unknown", "did you mean `system.erase`?"),
        ]
    );
}

#[test]
fn a_file_that_cannot_be_read_says_where_and_why() {
    let table = [
        ("workflow: erasure\n", "Y003-key-missing"),
        ("scenario: a\nsteps: [{run: automatic}]\n", "Y003-key-missing"),
        ("scenario: a\nworkflow: erasure@x\n", "Y004-value-wrong"),
        ("scenario: a\nworkflow: erasure\nstep: []\n", "Y002-key-unknown"),
        ("scenario: a\nworkflow: erasure\nsteps: [{}]\n", "Y003-key-missing"),
        ("scenario: a\nworkflow: erasure\nsteps: [{run: automatic, advance: P1D}]\n", "Y008-verbs-many"),
        ("scenario: a\nworkflow: erasure\nsteps: [{advance: 3 days}]\n", "Y004-value-wrong"),
        ("scenario: a\nworkflow: erasure\nsteps: [{action: match}]\n", "Y004-value-wrong"),
        ("scenario: a\nworkflow: erasure\nsteps: [{crash: match}]\n", "Y004-value-wrong"),
        ("scenario: a\nworkflow: erasure\nsteps: [{submit: {task: assess}}]\n", "Y003-key-missing"),
        ("scenario: a\nworkflow: erasure\nsteps: [{resolve: {step: match, how: wait}}]\n", "Y004-value-wrong"),
        ("scenario: a\nworkflow: erasure\nsteps: [{refuse: {by: subject, because: not-open}}]\n", "Y003-key-missing"),
        ("scenario: a\nworkflow: erasure\nsteps: [{expect: {for: dpo}}]\n", "Y003-key-missing"),
    ];
    for (text, code) in table {
        let problems = read("story.yaml", text).unwrap_err();
        assert!(problems.iter().any(|problem| problem.code == code), "{text}\n{}", shown(&problems));
    }
    let unknown = "scenario: a\nworkflow: erasur\n";
    let def = compiled(&definition("erasure"));
    assert_eq!(check(&one(unknown), unknown, &[&def]).unwrap_err()[0].help.as_deref(), Some("did you mean `erasure`?"));
    let old = "scenario: a\nworkflow: erasure@9\n";
    assert_eq!(check(&one(old), old, &[&def]).unwrap_err()[0].code, "S001-workflow-unknown");
}

#[test]
fn a_refused_event_changes_nothing() {
    let tried = "  - refuse: {task: cooling-off, by: staff/per, because: not-open}\n";
    let with = erasure(&format!("steps:\n{APPROVED}{tried}  - run: automatic\n")).unwrap();
    let without = erasure(&format!("steps:\n{APPROVED}  - run: automatic\n")).unwrap();
    assert_eq!(with.journal, without.journal);
}

#[test]
fn an_effect_counts_once_however_often_a_worker_dies_and_again_when_the_step_begins_anew() {
    let crashes = "  - crash: after-claim erase@crm\n  - crash: after-claim erase@crm\n  - action: erase@crm -> erased\n  - late-report: erase@crm -> erased\n";
    erasure(&format!("steps:\n{APPROVED}{crashes}  - run: automatic\nexpect: {{closed: answered, calls: {{system.erase/crm: 1}}}}\n"))
        .unwrap();
    let anew = "  - action: receipt -> sent\n  - crash: after-claim match\n  - event: {name: amend, by: subject}\n  - late-report: match -> sure\n  - action: receipt -> sent\n  - action: match -> sure\n";
    erasure(&format!("steps:\n{anew}expect: {{calls: {{identity.match: 2}}}}\n")).unwrap();
}

#[test]
fn four_february_and_three_days_that_we_waited_is_monday_the_eighth() {
    let story = "steps:\n  - action: receipt -> sent\n  - action: match -> unsure\n  - advance: P3D\n  - submit: {task: ask-identity, by: subject/ola}\n";
    erasure(&format!("{story}expect: {{deadline: {{due: 2027-02-08, strict: 2027-02-04}}}}\n")).unwrap();
    let failure = erasure(&format!("calendar: XX\n{story}")).unwrap_err();
    assert!(failure.found.contains("no calendar `XX`") && failure.found.contains("NO"), "{failure}");
}

#[test]
fn every_shipped_story_can_be_recorded_from_its_journal_and_passes_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut recorded = 0;
    for entry in fs::read_dir(root.join("workflows/scenarios")).unwrap() {
        let file = entry.unwrap().path();
        let def = compiled(&definition(file.file_stem().unwrap().to_str().unwrap()));
        for scenario in read("story.yaml", &fs::read_to_string(&file).unwrap()).unwrap() {
            let journal = with_almanac(|almanac| play(&scenario, &def, &almanac)).unwrap().journal;
            let text = record(&def, &journal, &scenario.title).unwrap().unwrap();
            let again = play_text(&def, &text).unwrap_or_else(|failure| panic!("{text}\n{failure}"));
            assert!(!text.contains("kari") && !text.contains("ola"), "{text}");
            let kinds = |journal: &[Event]| journal.iter().map(|event| event.kind.clone()).collect::<Vec<_>>();
            recorded += 1;
            assert_eq!(kinds(&again.journal), kinds(&journal), "{text}");
        }
    }
    assert!(recorded > 90, "{recorded}");
}

#[test]
fn a_wrong_definition_is_refused_caught_or_noticed_by_nobody() {
    let (text, catalogue) = (definition("erasure"), catalogue());
    let right = compiled(&text);
    let story = one(
        "scenario: a\nworkflow: erasure\nsteps: [{action: receipt -> sent}, {action: match -> unsure}, {expect: {task: ask-identity, due: P14D}}]\n",
    );
    with_almanac(|almanac| {
        let fate = |edit: &str, scenarios: &[&Scenario]| {
            let subject = mutate::Subject { file: "erasure.yaml", text: &text, catalogue: &catalogue, scenarios, almanac };
            let mutants = mutate::mutants("erasure.yaml", &text);
            let mutant = mutants.iter().find(|mutant| mutant.edit == edit).unwrap_or_else(|| panic!("no edit `{edit}`"));
            mutate::fate(&subject, &right, mutant)
        };
        assert_eq!(fate("`due` of `ask-identity` is `P28D`", &[&story]), mutate::Fate::Caught("a".to_owned()));
        assert_eq!(fate("`due` of `ask-identity` is `P28D`", &[]), mutate::Fate::Survived);
        assert_eq!(fate("`approve` without four eyes", &[]), mutate::Fate::Refused("H031-four-eyes-missing"));
        assert!(matches!(fate("`verify` comes before `erase-by-hand`", &[]), mutate::Fate::Equivalent(_)));
        assert!(matches!(fate("`erase-systems` without `needs`", &[]), mutate::Fate::Equivalent(_)));
    });
}
