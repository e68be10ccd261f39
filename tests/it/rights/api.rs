//! A system that is reached by calls: what it can do is done and read back, and what it cannot goes to a person at once.

use habeas_core::law::{
    plan::{Act, SystemPlan},
    right::Right,
};

use super::erasure::{COOLED, executed, planned};
use crate::house::{database::on_every_store, package::Package, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    crate::house::test_house::TestHouse::with_an_api:
    an_erasure_is_approved_done_by_calls_and_read_back,
    what_the_calls_find_is_in_the_package,
}

mod without_erase {
    super::on_every_store! {
        crate::house::test_house::TestHouse::with_a_reading_api:
        what_no_call_can_do_goes_to_a_person_at_once,
    }

    use super::what_no_call_can_do_goes_to_a_person_at_once;
}

/// Rows of the help desk that the plan deletes, or keeps in some way, and are there.
async fn there(house: &TestHouse, part: &SystemPlan, deleted: bool) -> usize {
    let mut count = 0;
    for step in part.steps.iter().filter(|step| (step.act == Act::Delete) == deleted) {
        let id = step.key.values().next().unwrap().to_text();
        count += house.systems.texts("helpdesk", &format!("SELECT 'x' FROM {} WHERE id = {id}", step.collection)).await.len();
    }
    count
}

/// The help desk's part of the plan, something of which goes.
async fn part(case: &CaseHandle<'_>) -> SystemPlan {
    let part = case.plan().await.plan().system("helpdesk").unwrap().clone();
    assert!(part.steps.iter().any(|step| step.act == Act::Delete), "{part:?}");
    part
}

async fn an_erasure_is_approved_done_by_calls_and_read_back(house: TestHouse) {
    let case = planned(&house, &house.solveig()).await;
    let part = part(&case).await;
    let (goes, stays) = (there(&house, &part, true).await, there(&house, &part, false).await);
    assert!(goes > 0 && stays > 0, "{part:?}");
    house.staff("per").approves(&case).await;
    assert_eq!(there(&house, &part, true).await, goes, "nothing goes while it can be stopped");
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered", "{:?} {:?}", case.waits_at().await, case.facts("effect-postponed").await);
    assert_eq!((there(&house, &part, true).await, there(&house, &part, false).await), (0, stays));
    let of = |facts: Vec<std::collections::BTreeMap<String, String>>| facts.into_iter().find(|fact| fact["system"] == "helpdesk").unwrap();
    let erased = of(case.facts("system-erased").await);
    assert_eq!(erased["deleted"], goes.to_string(), "{erased:?}");
    let verified = of(case.facts("erasure-verified").await);
    assert!(verified.contains_key("checked") && !verified.contains_key("remains"), "read back: {verified:?}");
    assert!(case.incidents().await.is_empty());
}

async fn what_the_calls_find_is_in_the_package(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    assert_eq!(case.phase().await, "answered", "{:?}", case.waits_at().await);
    let searched = case.facts("system-searched").await;
    let searched = searched.iter().find(|fact| fact["system"] == "helpdesk").unwrap();
    assert!(searched["records"].parse::<u32>().unwrap() > 0, "{searched:?}");
    assert!(Package::open(&case).await.names().iter().any(|name| name.contains("helpdesk")), "{searched:?}");
}

async fn what_no_call_can_do_goes_to_a_person_at_once(house: TestHouse) {
    let case = planned(&house, &house.solveig()).await;
    let part = part(&case).await;
    house.staff("per").approves(&case).await;
    house.advance(COOLED).await;
    let waits = case.waits_at().await;
    assert!(waits.contains(&"erase-by-hand@helpdesk".to_owned()), "{waits:?}");
    assert!(case.facts("effect-postponed").await.is_empty() && case.incidents().await.is_empty(), "nobody tried again and again");
    assert!(there(&house, &part, true).await > 0);

    // Whoever says that it is done is not believed while it is not.
    let bo = || house.staff("bo").writing("verify-0", "yes");
    bo().does(&case, "erase-by-hand@helpdesk", "submitted").await;
    let waits = case.waits_at().await;
    assert!(waits.contains(&"erase-by-hand@helpdesk".to_owned()), "{waits:?}");
    by_hand(&house, &part).await;
    bo().does(&case, "erase-by-hand@helpdesk", "submitted").await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered", "{:?}", case.waits_at().await);
    let verified = case.facts("erasure-verified").await.into_iter().filter(|fact| fact["system"] == "helpdesk");
    let remained: Vec<bool> = verified.map(|fact| fact.contains_key("remains")).collect();
    assert_eq!(remained, [true, false], "a look, and another one");
}

/// In the program's own screens.
async fn by_hand(house: &TestHouse, part: &SystemPlan) {
    for step in &part.steps {
        let id = step.key.values().next().unwrap().to_text();
        let sql = match &step.act {
            Act::Keep => continue,
            Act::Delete => format!("DELETE FROM {} WHERE id = {id}", step.collection),
            Act::Clear { fields } => {
                let sets: Vec<String> = fields.names().map(|name| format!("{name} = ''")).collect();
                format!("UPDATE {} SET {} WHERE id = {id}", step.collection, sets.join(", "))
            }
        };
        house.systems.texts("helpdesk", &sql).await;
    }
}
