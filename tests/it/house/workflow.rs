//! Workflows tested from the command line: shipped and own scenarios, and a case of the house told as one.

use super::readme::shell;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_shipped_scenarios_pass_and_are_reported_for_build_servers() {
    let folder = tempfile::tempdir().unwrap();
    let told = shell("habeas workflow test --coverage --junit results.xml", folder.path());
    let (out, err) = (text(&told.stdout), text(&told.stderr));
    assert!(told.status.success(), "{err}");
    assert!(err.contains("scenarios passed"), "{err}");
    assert!(out.contains("erasure") && !out.contains("not walked"), "{out}");
    let report = std::fs::read_to_string(folder.path().join("results.xml")).unwrap();
    assert!(report.contains("failures=\"0\"") && report.contains("classname=\"workflows/scenarios/erasure.yaml\""), "{report}");
}

#[test]
fn a_scenario_that_does_not_come_true_fails_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let story = "scenario: too soon\nworkflow: access\nsteps:\n  - expect: {stage: collect}\n";
    std::fs::write(folder.path().join("soon.yaml"), story).unwrap();
    let told = shell("habeas workflow test .", folder.path());
    assert_eq!(told.status.code(), Some(1));
    let said = text(&told.stderr);
    assert!(said.contains("soon.yaml:4: too soon: at step 1") && said.contains("expected: stage `collect`"), "{said}");

    std::fs::write(folder.path().join("soon.yaml"), story.replace("stage: collect", "stage: colect")).unwrap();
    let said = text(&shell("habeas workflow test soon.yaml", folder.path()).stderr);
    assert!(said.contains("did you mean `collect`?"), "{said}");
}

#[test]
fn an_organisation_s_own_scenarios_are_played_with_the_shipped_ones() {
    let folder = tempfile::tempdir().unwrap();
    let own = "scenario: our own\nworkflow: access\nsteps:\n  - expect: {stage: collect}\n";
    let made =
        format!("habeas demo --seed-only --dir house --customers 3 && cp -r {}/organisations/visumexpress org", env!("CARGO_MANIFEST_DIR"));
    assert!(shell(&made, folder.path()).status.success());
    std::fs::create_dir_all(folder.path().join("org/workflows/scenarios")).unwrap();
    std::fs::write(folder.path().join("org/workflows/scenarios/own.yaml"), own).unwrap();
    let config = "echo 'organisation = \"org\"' >> house/Rocket.toml";
    assert!(shell(config, folder.path()).status.success());
    let told = shell("habeas --house house workflow test", folder.path());
    assert_eq!(told.status.code(), Some(1), "{}", text(&told.stderr));
    assert!(text(&told.stderr).contains("our own: at step 1"), "{}", text(&told.stderr));
}

#[test]
fn a_case_of_the_house_becomes_a_scenario_without_personal_data_that_passes() {
    let folder = tempfile::tempdir().unwrap();
    let story = "export HABEAS_HOUSE=house
        habeas demo --seed-only --dir house --customers 3
        CASE=$(habeas case open erasure --email solveig.brekkestol@post.example --item K-100002)
        habeas work --until-idle
        habeas task do \"$CASE/assess\" --outcome go-on --as kari
        habeas work --until-idle --advance P2D
        habeas workflow test --record \"$CASE\" > recorded.yaml
        habeas workflow test recorded.yaml";
    let told = shell(story, folder.path());
    assert!(told.status.success(), "{}", text(&told.stderr));
    let recorded = std::fs::read_to_string(folder.path().join("recorded.yaml")).unwrap();
    assert!(recorded.contains("submit: {task: assess, by: staff/person-1, outcome: go-on}"), "{recorded}");
    assert!(recorded.contains("- advance: P2D"), "{recorded}");
    assert!(!recorded.contains("kari") && !recorded.contains("solveig") && !recorded.contains("HB-"), "{recorded}");
}

#[test]
fn a_check_asks_the_house_for_people_and_words_and_says_what_it_could_not_ask() {
    let folder = tempfile::tempdir().unwrap();
    let alone = shell("habeas check", folder.path());
    assert!(alone.status.success(), "{}", text(&alone.stderr));
    assert!(text(&alone.stderr).contains("not checked: whether somebody holds every role"), "{}", text(&alone.stderr));
    assert!(!folder.path().join("house").exists(), "a check makes no house");
    assert!(shell("habeas demo --seed-only --dir house --customers 3", folder.path()).status.success());

    let well = shell("habeas --house house check --json", folder.path());
    let report: serde_json::Value = serde_json::from_slice(&well.stdout).unwrap();
    assert!(well.status.success() && report["findings"].as_array().unwrap().is_empty(), "{report}");
    assert!(report["unchecked"].as_array().unwrap().iter().all(|it| it.as_str().unwrap().contains("--live")), "{report}");

    assert!(shell("habeas --house house user disable ida", folder.path()).status.success());
    let missing = shell("habeas --house house check --json", folder.path());
    let report: serde_json::Value = serde_json::from_slice(&missing.stdout).unwrap();
    let codes: Vec<&str> = report["findings"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert_eq!(missing.status.code(), Some(3), "{report}");
    assert!(codes.contains(&"H030-role-empty"), "{codes:?}");
    assert!(text(&shell("habeas --house house check", folder.path()).stdout).contains("nobody has the role `dpo`"));
}
