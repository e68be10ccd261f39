//! `habeas map` as an administrator lives it: from the address of a database to a first package, and what changes afterwards.

use std::{fs, path::Path, process::Output};

use super::readme::shell;

fn demo(folder: &Path) {
    let copy = format!(
        "cp -r {}/organisations/visumexpress org && habeas demo --seed-only --dir house --customers 40",
        env!("CARGO_MANIFEST_DIR")
    );
    let made = shell(&copy, folder);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

fn out(told: &Output) -> String {
    String::from_utf8_lossy(&told.stdout).into_owned()
}

fn err(told: &Output) -> String {
    String::from_utf8_lossy(&told.stderr).into_owned()
}

/// The commands of the how-to, block after block, as they stand there.
fn how_to() -> String {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/how-to/connect-a-system.md")).unwrap();
    let (_, rest) = page.split_once("<!-- story:begin -->\n").unwrap();
    let (story, _) = rest.split_once("<!-- story:end -->").unwrap();
    let blocks = story.split("```sh\n").skip(1).map(|block| block.split_once("```").unwrap().0);
    blocks.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_how_to_leads_to_a_first_package() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path());
    let script = format!("URL=$PWD/house/systems/shop.db EMAIL=kari.nordmann@post.example ITEM=K-100001 SHOP_PASSWORD=x\n{}", how_to());
    let told = shell(&script, folder.path());
    assert!(told.status.success(), "{}\n{}", out(&told), err(&told));
    assert!(out(&told).contains("complete and unchanged"), "{}", out(&told));
    assert!(err(&told).contains("4 tables: 4 to map") && err(&told).contains("no difference"), "{}", err(&told));
    let map = fs::read_to_string(folder.path().join("my/systems/shop.yaml")).unwrap();
    assert!(map.contains("identity: customer_number") && !map.contains("nordmann@"), "{map}");
}

#[test]
fn a_password_in_an_address_is_refused_and_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let told = shell("habeas map scan postgres://habeas:hunter2@localhost/shop", folder.path());
    assert_eq!(told.status.code(), Some(2), "{}", err(&told));
    assert!(err(&told).contains("--password env:NAME") && !err(&told).contains("hunter2"), "{}", err(&told));
    let told = shell("habeas map scan nowhere.db", folder.path());
    assert_eq!((told.status.code(), out(&told).as_str()), (Some(2), ""), "{}", err(&told));
    let told = shell("habeas map scan postgres://habeas@localhost:1/shop", folder.path());
    assert_eq!(told.status.code(), Some(75), "a server that does not answer may answer later: {}", err(&told));
}

#[test]
fn a_proposal_as_json_holds_no_value() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path());
    let told = shell("habeas map scan house/systems/accounting.db --json", folder.path());
    let json: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(json["identities"][0], "email");
    let invoices = json["collections"].as_array().unwrap().iter().find(|it| it["name"] == "invoices").unwrap();
    let email = invoices["fields"].as_array().unwrap().iter().find(|it| it["name"] == "billing_email").unwrap();
    assert_eq!(
        (&email["guess"]["confidence"], &email["guess"]["by"], &email["category"]),
        (&"high".into(), &"both".into(), &"user.contact.email".into())
    );
    let said = out(&told) + &err(&told);
    for value in ["@post.example", "Nordmann", "K-100001"] {
        assert!(!said.contains(value), "{value}");
    }
}

#[test]
fn what_changed_in_a_live_system_is_told_by_diff_and_by_check() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path());
    let diff = "HABEAS_ORGANISATION=$PWD/org habeas --house house map diff";
    let same = shell(diff, folder.path());
    assert_eq!(same.status.code(), Some(0), "{}{}", out(&same), err(&same));

    let map = folder.path().join("org/systems/shop.yaml");
    let text = fs::read_to_string(&map).unwrap();
    let name = "          - name: first_name\n            data_categories: [user.name.first]\n            fides_meta: {data_type: string}\n            habeas: {label: {nb: Fornavn, nl: Voornaam, en: First name}}\n";
    assert!(text.contains(name));
    fs::write(&map, text.replacen(name, "", 1)).unwrap();
    let told = shell(diff, folder.path());
    assert_eq!(told.status.code(), Some(4), "{}{}", out(&told), err(&told));
    assert!(out(&told).contains("org/systems/shop.yaml:") && out(&told).contains("`first_name` (first name)"), "{}", out(&told));
    let other = shell(&format!("{diff} accounting"), folder.path());
    assert_eq!(other.status.code(), Some(0), "{}", out(&other));
    let json = shell(&format!("{diff} shop --json"), folder.path());
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(
        (&json[0]["problem"], &json[0]["wrong"], &json[0]["columns"][0][0]),
        (&"personal".into(), &false.into(), &"first_name".into())
    );

    let check = shell("habeas --house house check org --live", folder.path());
    assert_eq!(check.status.code(), Some(0), "a guess stops no house: {}", err(&check));
    assert!(err(&check).contains("LOOK: 1 times") && err(&check).contains("look personal"), "{}", err(&check));

    let unknown = shell(&format!("{diff} shpo"), folder.path());
    assert!(unknown.status.code() == Some(2) && err(&unknown).contains("there is no system `shpo`"), "{}", err(&unknown));
    fs::remove_file(folder.path().join("house/systems/shop.db")).unwrap();
    let gone = shell(diff, folder.path());
    assert!(!matches!(gone.status.code(), Some(0 | 4)), "a system that is not there is no difference: {}", err(&gone));
}

#[test]
fn a_picture_is_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let draw = "habeas map draw > one.svg; habeas map draw --out two.svg; cmp one.svg two.svg; habeas map draw --format mermaid --system shop --lang nl";
    let told = shell(draw, folder.path());
    assert!(told.status.success(), "{}", err(&told));
    assert!(
        out(&told).starts_with("flowchart LR\n") && out(&told).contains("De webwinkel") && !out(&told).contains("invoices"),
        "{}",
        out(&told)
    );
    let drawn = fs::read_to_string(folder.path().join("one.svg")).unwrap();
    assert!(drawn.starts_with("<svg xmlns=") && drawn.contains("prefers-color-scheme: dark") && drawn.contains("<desc "), "{drawn}");
}
