//! The README's story is run as it stands there, so that nobody copies commands that do not work.

use std::process::Command;

fn story() -> String {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("<!-- story:begin -->\n```sh\n").expect("the README marks where its story begins");
    let (story, _) = rest.split_once("```\n<!-- story:end -->").expect("the README marks where its story ends");
    story.to_owned()
}

/// Runs a script with the freshly built `habeas` first on the path, in an empty folder.
pub(super) fn shell(script: &str, folder: &std::path::Path) -> std::process::Output {
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_habeas")).parent().unwrap();
    let script = format!("PATH='{}':$PATH\n{script}", bin.display());
    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail", "-c", &script]).current_dir(folder).env("TMPDIR", folder);
    for variable in ["HABEAS_HOUSE", "DATABASE_URL", "HABEAS_DATABASE", "ROCKET_CONFIG"] {
        bash.env_remove(variable);
    }
    bash.output().unwrap()
}

#[test]
fn the_story_of_the_readme_is_true() {
    let folder = tempfile::tempdir().unwrap();
    let told = shell(&story(), folder.path());
    let (out, err) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success(), "{out}\n{err}");
    assert_eq!(out.matches("complete and unchanged").count(), 2, "{out}");
    assert!(out.contains("\"approved_by\": \"staff/per\""), "{out}");
    let (_, end) = out.rsplit_once("\"deferred\": [").unwrap();
    let (deferred, _) = end.split_once("\n  ]").unwrap();
    assert!(deferred.contains("\"system\": \"accounting\"") && !deferred.contains("\"done_at\": null"), "{deferred}");
}

#[test]
fn a_demo_never_starts_over_something_real() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Rocket.toml"), "[default.habeas]\norganisation = \"visumexpress\"\n").unwrap();
    let refused = shell("habeas demo --seed-only --dir house", folder.path());
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("real configuration stands here"));
    assert!(!folder.path().join("house").exists());

    std::fs::remove_file(folder.path().join("Rocket.toml")).unwrap();
    std::fs::create_dir(folder.path().join("full")).unwrap();
    std::fs::write(folder.path().join("full/thesis.txt"), "years of work").unwrap();
    let refused = shell("habeas demo --seed-only --dir full", folder.path());
    assert!(!refused.status.success());
    assert_eq!(std::fs::read_dir(folder.path().join("full")).unwrap().count(), 1);
}

#[test]
fn a_deadline_is_printed_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let told = shell("habeas deadline --calendar NO --received 2026-03-02 --stop 2026-03-04..2026-03-11 --json", folder.path());
    let json: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(json["strict_due"], "2026-04-07", "Maundy Thursday to Easter Monday are holidays");
    assert_eq!(json["due"], "2026-04-09");
    assert_eq!(json["extension_notice_due"], "2026-04-07");
    assert!(json["because"].as_array().is_some_and(|because| because.len() > 2));
}

#[test]
fn a_wrong_data_map_is_answered_with_place_and_closest_name() {
    let folder = tempfile::tempdir().unwrap();
    let copy =
        format!("cp -r {}/organisations/visumexpress org && habeas demo --seed-only --dir house --customers 3", env!("CARGO_MANIFEST_DIR"));
    assert!(shell(&copy, folder.path()).status.success());
    let good = shell("habeas --house house check org --live", folder.path());
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));

    let map = folder.path().join("org/systems/shop.yaml");
    let text = std::fs::read_to_string(&map).unwrap();
    std::fs::write(&map, text.replacen("- name: first_name", "- name: frist_name", 1)).unwrap();
    let wrong = shell("habeas --house house check org --live", folder.path());
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(!wrong.status.success());
    assert!(said.contains("org/systems/shop.yaml:") && said.contains("frist_name") && said.contains("first_name"), "{said}");

    std::fs::write(&map, text.replacen("fides_meta:", "fides_mata:", 1)).unwrap();
    let wrong = shell("habeas --house house check org", folder.path());
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert_eq!(wrong.status.code(), Some(3), "{said}");
    assert!(said.contains("org/systems/shop.yaml:") && said.contains('^'), "{said}");
}

/// The client that the how-to shows computes what the house computes.
#[test]
fn the_client_of_the_how_to_asks_about_the_right_person() {
    let how_to = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/how-to/ask-before-you-use.md")).unwrap();
    let (_, rest) = how_to.split_once("<!-- client:begin -->\n```sh\n").unwrap();
    let (client, _) = rest.split_once("```\n<!-- client:end -->").unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("client.sh"), client).unwrap();
    let script = "habeas demo --seed-only --dir house
        export HABEAS_HOUSE=$PWD/house GATE_KEY=$PWD/house/keys/gate.key
        habeas gate index 'Kari.Nordmann@Post.Example'
        sh client.sh ' kari.nordmann@post.example'
        bash client.sh 'KARI.nordmann@post.example'";
    let told = shell(script, folder.path());
    let (out, err) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    let mut indexes: Vec<&str> = out.lines().rev().take(3).collect();
    assert!(told.status.success() && indexes.len() == 3 && indexes[0].len() == 73, "{out}\n{err}");
    indexes.dedup();
    assert_eq!(indexes.len(), 1, "{out}\n{err}");
}
