//! The case record: everything that happened and everything that was sent, to be shown to others.

use habeas_core::law::{lang::Lang, right::Right};

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    solveig_takes_along_what_happened_and_what_she_was_sent,
}

async fn solveig_takes_along_what_happened_and_what_she_was_sent(house: TestHouse) {
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&solveig, Right::Erasure, Lang::En).await;
    hers.submit(&format!("/en/case/{}/messages", case.reference), &[("message", "Please be quick.")]).await;
    let page = hers.get(&format!("/en/case/{}/record", case.reference)).await;
    let letter = case.mail_to(&solveig.email);
    let escaped = |text: &str| text.replace('&', "&amp;").replace('\'', "&#x27;");
    let line = letter.text.lines().find(|line| line.len() > 30 && !line.contains("://")).unwrap().to_owned();
    let heading = escaped(&letter.subject).replace(&case.reference, &format!("<span class=\"number\">{}</span>", case.reference));
    page.says(&["What we sent you", &heading, &escaped(&line), "Please be quick.", "Messages"]);

    let twin = hers.look(&page.link("/record/json")).await;
    assert_eq!(twin.headers.get_one("Content-Type"), Some("application/json"));
    let expected = format!("attachment; filename=\"{}.json\"", case.reference);
    assert_eq!(twin.headers.get_one("Content-Disposition"), Some(expected.as_str()));
    let said: serde_json::Value = serde_json::from_slice(&twin.bytes).unwrap();
    assert_eq!((said["reference"].as_str(), said["right"].as_str()), (Some(case.reference.as_str()), Some("erasure")));
    let events = said["events"].as_array().unwrap();
    assert!(events.iter().any(|event| event["event"] == "case-opened" && event["words"].as_str().is_some_and(|words| words.contains(' '))));
    let letters = said["letters"].as_array().unwrap();
    assert!(letters.iter().any(|sent| sent["subject"] == letter.subject.as_str() && sent["text"].as_str().unwrap().contains(&line)));
    assert_eq!(said["messages"][0]["words"], "Please be quick.");
    assert_eq!(page.text().matches("<li class=\"entry\">").count(), letters.len() + 1, "the page and its twin say the same");

    let mut theirs = Browser::open(&house).await;
    theirs.asks(&house.kari(), Right::Access, Lang::En).await;
    assert_eq!(theirs.look(&twin.path).await.status.code, 404);
}
