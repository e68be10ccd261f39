//! Where a house's keys are: a folder that nobody else reads, or what systemd hands over; and a house of the version before, whose case keys
//! stood in its data.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    process::{Command, Output},
};

use habeas::{
    config::Config,
    house::House,
    store::{
        Store, StoreError, case, key,
        leaf::{self, Words},
        sealed,
    },
};
use habeas_core::law::right::Right;

use super::{
    database::{Database, on_every_store},
    test_house::{TestHouse, config},
};

on_every_store! { a_house_of_the_version_before_is_taken_over }

fn habeas(database: &Database, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_habeas"));
    program.arg("--house").arg(database.folder()).args(arguments).env_remove("DATABASE_URL").env_remove("CREDENTIALS_DIRECTORY");
    program.envs(settings.iter().copied()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn an_inventory_names_every_key_and_shows_none() {
    let database = Database::sqlite();
    let listed = habeas(&database, &[], &["key", "list"]);
    let text = String::from_utf8(listed.stdout.clone()).unwrap();
    for name in ["house.key", "blind.key", "ledger.key", "gate.key", "pseudonym.key", "log.key"] {
        assert!(text.contains(name), "{text}{}", said(&listed));
        let secret = fs::read_to_string(database.folder().join("keys").join(name)).unwrap();
        assert!(!text.contains(&secret[..16]), "{name} itself");
    }
    assert!(text.contains("0 cases"), "{text}");
    let json: serde_json::Value = serde_json::from_slice(&habeas(&database, &[], &["key", "list", "--json"]).stdout).unwrap();
    assert_eq!((json[0]["name"].as_str(), json[0]["cases"].as_u64()), (Some("house.key"), Some(0)));
    assert!(json[0]["made_at"].is_string() && json[0]["purpose"].as_str().unwrap().contains("case keys"));
    // A file that others can read is refused, with what to do.
    let file = database.folder().join("keys/log.key");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let refused = habeas(&database, &[], &["key", "list"]);
    assert!(!refused.status.success() && said(&refused).contains("chmod 0400"), "{}", said(&refused));
    database.remove().await;
}

#[tokio::test]
async fn systemd_hands_the_keys_over_and_nothing_is_made_there() {
    let database = Database::sqlite();
    let handed = tempfile::tempdir().unwrap();
    let folder = handed.path().to_str().unwrap();
    let settings = [("HABEAS_KEYS", "systemd"), ("CREDENTIALS_DIRECTORY", folder)];
    let none = habeas(&database, &settings[..1], &["key", "list"]);
    assert!(said(&none).contains("$CREDENTIALS_DIRECTORY"), "{}", said(&none));
    let names = ["house.key", "blind.key", "ledger.key", "gate.key", "log.key"];
    for (number, name) in names.iter().enumerate() {
        let refused = habeas(&database, &settings, &["key", "list"]);
        assert!(said(&refused).contains(&format!("LoadCredentialEncrypted={name}")), "{}", said(&refused));
        fs::write(handed.path().join(name), format!("{number}").repeat(64)).unwrap();
    }
    let listed = habeas(&database, &settings, &["key", "list"]);
    assert!(listed.status.success(), "{}", said(&listed));
    assert!(!database.folder().join("keys").exists());
    // A new house key comes from where the unit is written; first what would change with the old one.
    let rotate = || habeas(&database, &settings, &["key", "rotate", "--wait", "0"]);
    assert!(said(&rotate()).contains("pseudonym.key"));
    fs::write(handed.path().join("pseudonym.key"), "9".repeat(64)).unwrap();
    let asked = rotate();
    assert!(!asked.status.success() && said(&asked).contains("LoadCredentialEncrypted=house-2.key"), "{}", said(&asked));
    fs::write(handed.path().join("house-2.key"), "8".repeat(64)).unwrap();
    let done = rotate();
    assert!(said(&done).contains("nothing is sealed under `house.key` any more"), "{}", said(&done));
    assert_eq!(fs::read_dir(handed.path()).unwrap().count(), 7, "nothing was made, nothing destroyed");
    database.remove().await;
}

#[tokio::test]
async fn the_keys_of_another_house_are_not_taken() {
    let (one, other) = (Database::sqlite(), Database::sqlite());
    for database in [&one, &other] {
        House::open(&config(database)).await.unwrap();
    }
    let apart = one.folder().join("elsewhere.db");
    fs::rename(one.folder().join("case-keys.db"), &apart).unwrap();
    let moved = Config { case_keys: Some(apart.display().to_string()), ..config(&one) };
    assert!(House::open(&moved).await.is_ok(), "anywhere");
    let foreign = Config { case_keys: Some(other.folder().join("case-keys.db").display().to_string()), ..config(&one) };
    let refused = House::open(&foreign).await.err().unwrap().to_string();
    assert!(refused.contains("put its own back"), "{refused}");
    let empty = House::open(&config(&one)).await.err().unwrap().to_string();
    assert_eq!(empty, refused, "nor an empty one");
}

async fn a_house_of_the_version_before_is_taken_over(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let kinds = case.log().await.len();
    // The house as the version before left it.
    let wrapped = key::of(&house.store, &[case.reference.as_str()]).await.unwrap().remove(&case.reference).unwrap();
    let blob = if house.config().database.is_none() { "BLOB" } else { "BYTEA" };
    house.sql(&format!("ALTER TABLE cases ADD COLUMN case_key {blob}")).await;
    house.sql(&format!("UPDATE cases SET case_key = {}", house.bytes(&wrapped))).await;
    for leaf in leaf::of_case(&house.store, &house.keys, &case.reference).await.unwrap() {
        let plain = leaf.event.replace('\'', "''");
        house.sql(&format!("UPDATE leaf SET event = '{plain}' WHERE position = {}", leaf.position)).await;
    }
    for sql in [
        "ALTER TABLE leaf DROP COLUMN sealed",
        "ALTER TABLE cases DROP COLUMN shredded_at",
        "DROP TABLE key_store",
        "DELETE FROM seaql_migrations WHERE version = 'm20261130_keys'",
    ] {
        house.sql(sql).await;
    }
    if house.config().database.is_none() {
        for beside in ["", "-wal", "-shm"] {
            drop(fs::remove_file(house.folder().join(format!("case-keys.db{beside}"))));
        }
    } else {
        house.sql("DROP SCHEMA habeas_keys CASCADE").await;
    }
    fs::remove_file(house.key_file("pseudonym.key")).unwrap();

    let again = house.opened_again().await;
    let store = Store::open(&house.config().address()).await.unwrap();
    let row = case::get(&store, &case.reference).await.unwrap().unwrap();
    assert_eq!(row.case_key.as_ref(), Some(&wrapped));
    assert_eq!(sealed::applicant(&house.keys, &row).unwrap().email, house.kari().email);
    assert!(again.door.prove(&case.reference).await.unwrap().problems.is_empty());
    let leaves = leaf::page(&store, 0, u64::from(u32::MAX)).await.unwrap();
    let about: Vec<_> = leaves.iter().filter(|leaf| leaf.case.as_deref() == Some(&case.reference)).collect();
    assert!(about.len() == kinds && about.iter().all(|leaf| matches!(leaf.words, Words::Sealed(_))), "{about:?}");
    assert_eq!(leaf::of_case(&store, &house.keys, &case.reference).await.unwrap().len(), kinds);
    assert!(again.door.check_log().await.unwrap().is_ok());
    let data = house.own_data().await;
    let mark = house.written(&wrapped[9..33]);
    assert!(!data.windows(mark.len()).any(|window| window == mark), "no key is left in the data");
    assert!(house.key_file("pseudonym.key").is_file());
    let twice = house.opened_again().await;
    assert!(twice.door.check_log().await.unwrap().is_ok());
    assert!(!matches!(sealed::applicant(&house.keys, &row), Err(StoreError::Shredded)));
    house.work().await;
}
