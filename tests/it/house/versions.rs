//! A workflow changes while cases are open: they stay on their version, or move where its proofs hold for them.

use super::readme::shell;

const HOUSE: &str = "export HABEAS_HOUSE=house
    habeas demo --seed-only --dir house --customers 3
    cp -r \"$REPOSITORY/organisations/visumexpress\" org
    echo 'organisation = \"org\"' >> house/Rocket.toml
    CASE=$(habeas case open erasure --email solveig.brekkestol@post.example --item K-100002)
    habeas work --until-idle
    mkdir -p org/workflows
    sed 's/^version: 1/version: 2/; s/assess/judge-request/g' \"$REPOSITORY/workflows/erasure.yaml\" > org/workflows/erasure.yaml";

fn told(story: &str) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let told = shell(&format!("REPOSITORY={}\n{HOUSE}\n{story}", env!("CARGO_MANIFEST_DIR")), folder.path());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (told.status.code(), text(&told.stdout), text(&told.stderr))
}

#[test]
fn a_difference_is_told_with_the_cases_that_notice_it() {
    let (code, out, err) = told("habeas workflow diff erasure@1 erasure --cases");
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("- step assess") && out.contains("+ step judge-request") && out.contains("~ step approve: people"), "{out}");
    assert!(out.contains("1 open cases wait at assess: gone: say which step takes its place"), "{out}");
}

#[test]
fn a_case_that_has_no_place_in_the_newer_version_stays_and_says_why() {
    let (code, out, err) = told("habeas workflow migrate erasure");
    assert_eq!(code, Some(5), "{out}{err}");
    assert!(out.contains("stays: `assess` has no place in that version"), "{out}");
}

#[test]
fn a_case_moves_after_a_dry_run_and_goes_on_in_the_newer_version() {
    let (code, out, err) = told(
        "habeas workflow migrate erasure --step assess=judge-request --dry-run
        habeas case prove \"$CASE\"
        habeas workflow migrate erasure --step assess=judge-request --as per
        habeas case prove \"$CASE\"
        habeas task do \"$CASE/judge-request\" --outcome go-on --as kari
        habeas work --until-idle
        habeas workflow diff erasure@1 erasure --cases",
    );
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(out.contains("(version 1, at assess) would move") && out.contains("(version 1, at assess) moved"), "{out}");
    assert!(out.contains("no open case waits in the older one"), "{out}");
}

#[test]
fn only_who_leads_moves_a_case() {
    let (code, out, _) = told("habeas workflow migrate erasure --step assess=judge-request --as kari");
    assert_eq!(code, Some(5), "{out}");
    assert!(out.contains("stays:"), "{out}");
}
