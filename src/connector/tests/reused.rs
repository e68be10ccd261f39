//! A key that became free goes to a new row: an erasure that is asked for again leaves that row alone.

use std::collections::BTreeSet;

use habeas_core::law::{
    plan::{ErasureStep, SystemPlan, print},
    record::Record,
};
use proptest::prelude::*;

use super::house::{House, asked, delete, email, empty, id, key, part, plain, table, text};
use crate::connector::{Cause, Kind};

const SHOP: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, name TEXT, born TEXT, restricted INTEGER DEFAULT 0);
    INSERT INTO customers VALUES (1, 'ola@example.no', 'Ola', '1970', 0), (2, 'kari@example.no', 'Kari', '1980', 0), (3, 'kari@example.no', 'Kari', '1980', 0);";

async fn shop() -> House {
    let mut customers = table("customers", [key("id"), email(), plain("name"), plain("born"), plain("restricted")]);
    customers.restriction = Some(habeas_core::law::map::Flag { field: "restricted".to_owned(), restricted: text("1"), normal: text("0") });
    House::new().with("shop", SHOP, vec![customers]).await
}

/// What is found under an address, as a plan that was frozen now knows it.
async fn planned(house: &House, act: impl Fn(&Record) -> ErasureStep) -> SystemPlan {
    let values = vec![text("kari@example.no")];
    let question = asked("customers", "email", values);
    let records = house.connectors().get("shop").unwrap().find(&[question]).await.unwrap();
    let collection = &house.systems[0].collections[0];
    part("shop", records.iter().map(|record| ErasureStep { print: Some(print(collection, |field| record.value(field))), ..act(record) }))
}

fn deleted(record: &Record) -> ErasureStep {
    delete("customers", record.key.clone())
}

async fn rows(house: &House) -> Vec<String> {
    house.rows("shop", "id,email,name,born,restricted", "customers").await
}

#[tokio::test]
async fn a_repeated_erasure_spares_who_got_the_key_since() {
    let house = shop().await;
    let plan = planned(&house, deleted).await;
    house.erase(&plan).await.unwrap();
    house.run("shop", "INSERT INTO customers (email, name) VALUES ('pia@example.no', 'Pia')").await;
    assert_eq!(rows(&house).await[1], "2|pia@example.no|Pia|NULL|0", "the key was free");
    let error = house.erase(&plan).await.unwrap_err();
    assert_eq!((&error.source, error.kind), (&Cause::Another { collection: "customers".to_owned() }, Kind::Permanent));
    assert_eq!(rows(&house).await.len(), 2);
}

#[tokio::test]
async fn what_was_emptied_is_not_emptied_again_for_another_person() {
    let house = shop().await;
    let plan = planned(&house, |record| empty("customers", record.key.clone(), &["email", "name"])).await;
    assert_eq!(house.erase(&plan).await.unwrap().total().cleared, 2);
    assert_eq!(house.erase(&plan).await.unwrap().total().already_gone, 2, "what is empty already is the same record");
    house.run("shop", "UPDATE customers SET email = 'pia@example.no' WHERE id = 3").await;
    assert!(matches!(house.erase(&plan).await.unwrap_err().source, Cause::Another { .. }));
    assert!(rows(&house).await[2].contains("pia"));
}

#[tokio::test]
async fn a_mark_of_another_case_makes_no_other_record() {
    let house = shop().await;
    let plan = planned(&house, deleted).await;
    house.run("shop", "UPDATE customers SET restricted = 1").await;
    assert_eq!(house.erase(&plan).await.unwrap().total().deleted, 2);
}

#[tokio::test]
async fn a_plan_of_an_earlier_version_is_carried_out_as_it_was() {
    let house = shop().await;
    assert_eq!(house.erase(&part("shop", [delete("customers", id(2))])).await.unwrap().total().deleted, 1);
}

/// What happens to the table between the freezing of the plan and each attempt.
#[derive(Debug, Clone)]
enum Meanwhile {
    /// The erasure is tried, and perhaps nobody hears how it went.
    Erase,
    /// Somebody is entered, under whatever key is free.
    Enter(bool),
    /// The organisation deletes a row itself.
    Delete(u8),
}

fn meanwhile() -> impl Strategy<Value = Meanwhile> {
    prop_oneof![Just(Meanwhile::Erase), any::<bool>().prop_map(Meanwhile::Enter), (1..5_u8).prop_map(Meanwhile::Delete)]
}

async fn never_new(story: Vec<Meanwhile>, whole: bool) -> Result<(), TestCaseError> {
    let house = shop().await;
    let act = |record: &Record| if whole { deleted(record) } else { empty("customers", record.key.clone(), &["name"]) };
    let plan = planned(&house, act).await;
    let mut entered = BTreeSet::new();
    for (number, it) in story.into_iter().chain([Meanwhile::Erase]).enumerate() {
        match it {
            Meanwhile::Erase => drop(house.erase(&plan).await),
            // The very person comes back, and gives all she gave before; only the day differs.
            Meanwhile::Enter(same) => {
                let (email, name) = if same { ("kari@example.no", "Kari") } else { ("pia@example.no", "Pia") };
                house.run("shop", &format!("INSERT INTO customers (email, name, born) VALUES ('{email}', '{name}', 'new {number}')")).await;
                entered.extend(rows(&house).await.into_iter().filter(|row| row.contains(&format!("new {number}|"))));
            }
            Meanwhile::Delete(row) => {
                house.run("shop", &format!("DELETE FROM customers WHERE id = {row}")).await;
                entered.retain(|known: &String| !known.starts_with(&format!("{row}|")));
            }
        }
        let there: BTreeSet<String> = rows(&house).await.into_iter().collect();
        prop_assert!(entered.is_subset(&there), "{number}: {entered:?} in {there:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_row_that_came_after_the_plan_is_ever_erased(story in prop::collection::vec(meanwhile(), 0..10), whole: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(never_new(story, whole))?;
    }
}

#[test]
fn a_print_tells_every_value_apart() {
    let collection = table("customers", [key("id"), plain("name"), plain("born")]);
    let of = |name: &str, born: &str| {
        let (name, born, number) = (text(name), text(born), text("1"));
        print(&collection, |field| match field {
            "name" => &name,
            "born" => &born,
            _ => &number,
        })
    };
    assert_eq!(of("Kari", "1980"), of("Kari", "1980"));
    assert_ne!(of("Kari", "1980"), of("Kari1", "980"), "where one ends and the next begins");
    assert_ne!(of("Kari", ""), of("", "Kari"));
}
