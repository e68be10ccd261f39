//! A letter whose sending began and was never reported: nobody knows, so a person is asked, and no second letter goes by itself.

use habeas::{
    action::resolve_incident::Resolution,
    store::{command, incident::Trouble},
};
use habeas_core::law::right::Right;

use super::{crash::LEASE_OVER, database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    a_letter_that_may_have_left_is_not_sent_again_by_itself,
    a_letter_that_arrived_is_recorded_with_its_proof,
    a_worker_that_lost_its_lease_begins_no_letter,
}

/// A case whose receipt was on its way when the worker died.
async fn receipt_cut_off(house: &TestHouse) -> CaseHandle<'_> {
    let kari = house.kari();
    let case = kari.sends(&kari.signs_in().await, Right::Access).await;
    house.house.worker.tick().await.unwrap();
    while let Some(claimed) = command::claim(&house.store, "dead", house.now()).await.unwrap() {
        if claimed.action == "mail.deliver" {
            assert!(command::begin(&house.store, &claimed.id, claimed.fence, house.now()).await.unwrap());
        }
    }
    house.advance(LEASE_OVER).await;
    case
}

fn mails(case: &CaseHandle<'_>) -> usize {
    case.house.mails().iter().filter(|mail| mail.text.contains(&case.reference)).count()
}

async fn a_letter_that_may_have_left_is_not_sent_again_by_itself(house: TestHouse) {
    let case = receipt_cut_off(&house).await;
    assert_eq!(case.phase().await, "answered", "the case does not wait for the post");
    assert_eq!((case.letters().await, mails(&case)), (vec!["access-ready".to_owned()], 1));
    let incident = case.incidents().await.remove(0);
    assert!(matches!(incident.trouble, Trouble::Effect(_)) && incident.cause.contains("outcome unknown"), "{incident:?}");
    assert_eq!(house.house.look.health().await.unwrap().parked, 1);
    for _ in 0..5 {
        house.advance(LEASE_OVER).await;
    }
    assert_eq!(mails(&case), 1, "never by itself");
    let skip = Resolution::Skip { reason: String::new() };
    assert_eq!(house.staff("kari").resolves(&case, skip, "unødvendig").await.unwrap_err().code(), "denied");
    house.staff("kari").resolves(&case, Resolution::Retry, "").await.unwrap();
    assert_eq!((case.letters().await.len(), mails(&case)), (2, 2), "because a person said so");
}

async fn a_letter_that_arrived_is_recorded_with_its_proof(house: TestHouse) {
    let case = receipt_cut_off(&house).await;
    let done = || Resolution::ByHand { outcome: "done".to_owned() };
    assert_eq!(house.staff("kari").resolves(&case, done(), "").await.unwrap_err().code(), "invalid");
    house.staff("kari").resolves(&case, done(), "Hun bekreftet det på telefon.").await.unwrap();
    assert_eq!((case.letters().await.len(), mails(&case)), (2, 1));
    let incident = case.incidents().await.remove(0);
    assert!(incident.closed.is_some() && incident.answer.is_some());
    assert!(!house.own_bytes().await.contains("bekreftet det"), "the proof is sealed");
}

async fn a_worker_that_lost_its_lease_begins_no_letter(house: TestHouse) {
    let kari = house.kari();
    kari.sends(&kari.signs_in().await, Right::Access).await;
    let first = command::claim(&house.store, "slow", house.now()).await.unwrap().unwrap();
    assert!(command::keep(&house.store, &first.id, first.fence, house.now()).await.unwrap(), "it may take longer, if it says so");
    house.house.door.clock().advance(LEASE_OVER).unwrap();
    let second = command::claim(&house.store, "other", house.now()).await.unwrap().unwrap();
    assert_eq!((&second.id, second.fence), (&first.id, first.fence + 1));
    assert!(!command::begin(&house.store, &first.id, first.fence, house.now()).await.unwrap());
    assert!(!command::keep(&house.store, &first.id, first.fence, house.now()).await.unwrap());
    house.advance(LEASE_OVER).await;
}
