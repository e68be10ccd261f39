//! `habeas backup` and `habeas restore`, in the real program: what was erased after the backup is erased again before anybody comes in.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use habeas::house::House;

use super::{
    database::Database,
    systems::Systems,
    test_house::{TestHouse, config, copy},
};
use crate::rights::erasure::{approved, executed};

fn habeas(house: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_habeas"));
    program.arg("--house").arg(house).args(arguments).env_remove("DATABASE_URL").env("ROCKET_PORT", "0");
    program.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A house on new disks: its keys and its ledger were kept, its systems came back from a backup that is as old as its own.
fn lost(from: &TestHouse, to: &Database, systems: &std::collections::BTreeMap<String, Vec<u8>>) -> Systems {
    for part in ["keys", "mail", "packages"] {
        copy(&from.folder().join(part), &to.folder().join(part));
    }
    for file in ["clock", "ledger.jsonl", "Rocket.toml", "case-keys.db"] {
        fs::copy(from.folder().join(file), to.folder().join(file)).unwrap();
    }
    fs::create_dir(to.folder().join("systems")).unwrap();
    let restored = Systems::in_folder(to.folder().join("systems"));
    restored.restore(systems);
    restored
}

#[tokio::test]
async fn what_was_erased_since_the_backup_is_erased_again_before_anybody_comes_in() {
    let (database, bare, served) = (Database::sqlite(), Database::sqlite(), Database::sqlite());
    let house = TestHouse::open(&database).await;
    fs::write(house.folder().join("Rocket.toml"), "[default.habeas]\ndemo = true\n").unwrap();
    let copy = house.folder().join("copy.db");
    let case = approved(&house, &house.solveig()).await;
    let systems = house.systems.bytes();
    let saved = habeas(house.folder(), &["backup", copy.to_str().unwrap()]);
    assert!(saved.status.success(), "{}", said(&saved));
    for apart in ["keys", "packages", "ledger.jsonl", "copy.db.keys", "30 days"] {
        assert!(said(&saved).contains(apart), "{}", said(&saved));
    }
    let twice = habeas(house.folder(), &["backup", copy.to_str().unwrap()]);
    assert!(said(&twice).contains("is there already"), "{}", said(&twice));
    executed(&house, &case).await;
    let erased = house.systems.rows().await;
    let ledger = fs::read_to_string(house.folder().join("ledger.jsonl")).unwrap();
    assert!(!ledger.is_empty() && !ledger.to_lowercase().contains("brekkest"), "blind indexes only");

    let open = habeas(house.folder(), &["restore", copy.to_str().unwrap()]);
    assert!(!open.status.success() && said(&open).contains("stop everything"), "it is in use: {}", said(&open));

    // A copy that was put back by hand: the port stays shut as long as a system cannot be looked into.
    let restored = lost(&house, &served, &systems);
    fs::copy(&copy, served.folder().join("habeas.db")).unwrap();
    restored.hide("shop");
    let refused = habeas(served.folder(), &["serve"]);
    assert_eq!(refused.status.code(), Some(75), "{}", said(&refused));
    assert!(!said(&refused).contains("habeas serves"), "{}", said(&refused));
    restored.bring_back("shop");
    assert!(restored.rows().await != erased);
    let again = House::open(&config(&served)).await.unwrap();
    let late: Vec<String> = again.worker.catch_up().await.unwrap().into_keys().collect();
    assert_eq!(late, ["shop"], "the others were done by the server that did not open");
    assert!(restored.rows().await == erased);
    assert!(again.worker.catch_up().await.unwrap().is_empty(), "once");

    // The command does all of it.
    let restored = lost(&house, &bare, &systems);
    let keyless = habeas(&house.folder().join("systems"), &["restore", copy.to_str().unwrap()]);
    assert!(said(&keyless).contains("put them back first"), "{}", said(&keyless));
    let no_copy = habeas(bare.folder(), &["restore", bare.folder().join("clock").to_str().unwrap()]);
    assert!(said(&no_copy).contains("no whole copy"), "{}", said(&no_copy));
    let keys = house.folder().join("copy.db.keys");
    fs::remove_file(bare.folder().join("case-keys.db")).unwrap();
    let shut = habeas(bare.folder(), &["restore", copy.to_str().unwrap()]);
    assert!(said(&shut).contains("no case keys") && said(&shut).contains("--keys"), "{}", said(&shut));
    let wrong = habeas(bare.folder(), &["restore", "--keys", copy.to_str().unwrap(), copy.to_str().unwrap()]);
    assert!(said(&wrong).contains("no whole copy of a house's case keys"), "{}", said(&wrong));
    let put_back = habeas(bare.folder(), &["restore", "--keys", keys.to_str().unwrap(), copy.to_str().unwrap()]);
    assert!(put_back.status.success() && said(&put_back).contains("erased again"), "{}", said(&put_back));
    assert!(restored.rows().await == erased, "exactly as the erasure left it");
    let other = habeas(bare.folder(), &["restore", copy.to_str().unwrap()]);
    assert!(other.status.success() && bare.folder().join("habeas.db.replaced").is_file(), "{}", said(&other));
    let third = habeas(bare.folder(), &["restore", copy.to_str().unwrap()]);
    assert!(said(&third).contains("move it away first"), "nothing that was put aside is lost: {}", said(&third));
    house.settle().await;
}
