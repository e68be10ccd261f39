//! What a person and the organisation write to each other: on the case's page and at the desk, and never in a mail.

use habeas_core::law::{lang::Lang, right::Right};

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    kari_asks_something_and_reads_the_answer_on_her_page,
}

async fn kari_asks_something_and_reads_the_answer_on_her_page(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Erasure, Lang::En).await;
    let steps = case.waits_at().await;
    let at = format!("/en/case/{}/messages", case.reference);
    let status = hers.get(&format!("/en/case/{}", case.reference)).await;
    let page = hers.get(&status.link("/messages")).await;
    page.says(&["Nobody has written anything yet."]);
    let silent = hers.fills(&page, &[("message", " ")]).await;
    assert!(silent.text().contains("Write a message"), "{silent}");
    let long = hers.fills(&page, &[("message", &"x".repeat(4_001))]).await;
    assert!(long.path == at && long.text().contains("room for 4000 characters"), "{long}");
    hers.fills(&page, &[("message", "I moved in <b>May</b>.")]).await.says(&["You", "I moved in &lt;b&gt;May&lt;/b&gt;."]);
    hers.fills(&page, &[("message", "Do you have the old address?")]).await;
    let waiting = case.waits_at().await.into_iter().filter(|step| step == "message").count();
    assert_eq!(waiting, 1, "one task, however much she writes");

    let mut staff = Browser::of_staff(&house, "kari").await;
    staff.opens(&case, "message").await.says(&["I moved in", "Do you have the old address?"]);
    staff.decides(&case, "message", &[("outcome", "answered"), ("reason", "Yes. We delete both.")]).await;
    assert_eq!(case.waits_at().await, steps, "the case itself has not moved");
    let mail = case.mail_to(&kari.email);
    assert!(mail.text.contains("We have answered your message") && mail.text.contains(&at), "{}", mail.text);
    for words in ["delete both", "old address", "moved in"] {
        assert!(!mail.text.contains(words), "a mail is no safe place: {}", mail.text);
        assert!(case.log().await.iter().all(|fact| !fact.to_string().contains(words)), "nor is the log");
    }
    hers.get(&at).await.says(&["Do you have the old address?", "Visumexpress AS", "Yes. We delete both."]);
    let other = house.solveig();
    let mut theirs = Browser::open(&house).await;
    theirs.asks(&other, Right::Access, Lang::En).await;
    assert_eq!(theirs.get(&at).await.status.code, 404);
}
