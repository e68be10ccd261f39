//! What a person and the organisation write to each other: on the case's page and at the desk, and never in a mail.

use habeas_core::law::{lang::Lang, right::Right};

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    kari_asks_something_and_reads_the_answer_on_her_page,
    files_go_both_ways_and_staff_can_begin,
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
    assert!(mail.text.contains("There is a message from us") && mail.text.contains(&at), "{}", mail.text);
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

const PDF: &[u8] = b"%PDF-1.7 receipt %%EOF\n";

async fn files_go_both_ways_and_staff_can_begin(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Erasure, Lang::En).await;
    let (at, desk_at) = (format!("/en/case/{}/messages", case.reference), format!("/en/desk/case/{}/messages", case.reference));

    // Staff begin: nobody has asked anything yet.
    let mut staff = Browser::of_staff(&house, "kari").await;
    let page = staff.get(&format!("/en/desk/case/{}", case.reference)).await;
    staff.get(&page.link("/messages")).await.says(&["Nobody has written anything yet."]);
    let csrf = staff.csrf().to_owned();
    let silent = staff.sends_file(&desk_at, &[("csrf", &csrf), ("message", " ")], ("file", "", b"")).await;
    assert!(silent.text().contains("Write a message"), "{silent}");
    let sent = staff.sends_file(&desk_at, &[("csrf", &csrf), ("message", "Is this yours?")], ("file", "Zanzibar.pdf", PDF)).await;
    assert_eq!(sent.leads_to().as_deref(), Some(desk_at.as_str()), "{sent}");
    assert!(case.mail_to(&kari.email).text.contains("There is a message from us"), "{}", case.mail_to(&kari.email).text);

    // She reads it and answers with a file.
    let page = hers.get(&at).await;
    page.says(&["Is this yours?", "Zanzibar.pdf"]);
    let page = page.text();
    let (before, _) = page.split_once("\">Zanzibar.pdf").unwrap();
    let link = before.rsplit_once('"').unwrap().1.to_owned();
    let file = hers.look(&link).await;
    assert_eq!((file.bytes.as_slice(), file.headers.get_one("Content-Type")), (PDF, Some("application/octet-stream")));
    assert_eq!(file.headers.get_one("Content-Disposition"), Some("attachment; filename=\"Zanzibar.pdf\""));
    assert_eq!(file.headers.get_one("X-Content-Type-Options"), Some("nosniff"));
    let csrf = hers.csrf().to_owned();
    let page = hers.sends_file(&at, &[("csrf", &csrf), ("message", "")], ("file", "evil.html", b"<script>alert(1)</script>")).await;
    assert!(page.status.code == 422 && page.text().contains("This kind of file is not taken"), "{page}");
    let page = hers.sends_file(&at, &[("csrf", &csrf), ("message", "")], ("file", "a.pdf", b"<!doctype html>")).await;
    assert!(page.status.code == 422 && page.text().contains("not what its name says"), "{page}");
    let sent = hers.sends_file(&at, &[("csrf", &csrf), ("message", "")], ("file", "Mitt navn Kåreboks.txt", "Kåre".as_bytes())).await;
    assert_eq!(sent.leads_to().as_deref(), Some(at.as_str()), "a file says enough: {sent}");

    // Staff read and answer on the same page; the task goes with it.
    let page = staff.get(&desk_at).await;
    page.says(&["The person waits for an answer.", "Mitt navn Kåreboks.txt"]);
    assert!(case.waits_at().await.contains(&"message".to_owned()));
    let csrf = staff.csrf().to_owned();
    staff.sends_file(&desk_at, &[("csrf", &csrf), ("message", "Thank you.")], ("file", "", b"")).await;
    assert!(!case.waits_at().await.contains(&"message".to_owned()), "it is answered");
    for words in ["Zanzibar", "Kåreboks", "Is this yours"] {
        assert!(case.log().await.iter().all(|fact| !fact.to_string().contains(words)), "the log names no file");
        assert!(house.every_byte().await.windows(words.len()).all(|window| window != words.as_bytes()), "`{words}` lies open in the house");
    }

    // Nobody else has it: not another person, nor whoever answers for a system.
    let mut theirs = Browser::open(&house).await;
    theirs.asks(&house.solveig(), Right::Access, Lang::En).await;
    assert_eq!(theirs.look(&link).await.status.code, 404);
    let owner = Browser::of_staff(&house, "bo").await;
    assert_eq!(owner.look(&desk_at).await.status.code, 404);
    assert_eq!(owner.look(&link.replace("/en/case", "/en/desk/case")).await.status.code, 404);
}
