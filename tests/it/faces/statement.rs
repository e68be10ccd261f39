//! What a person states about data that was not corrected (Art. 16): sealed with the case, put beside the record by whoever answers for
//! the system, and shown wherever what it is about is shown.

use habeas::bundle::verify::Kind;
use habeas_core::law::{lang::Lang, right::Right};
use jiff::SignedDuration;

use super::{browser::Browser, files::checked};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    kari_states_how_she_sees_it_and_it_stands_beside_the_value,
    a_refusal_is_answered_by_a_statement_and_every_system_says_where_it_stands,
    there_is_nothing_to_state_before_something_was_declined,
}

const CUSTOMERS: &[(&str, &str)] = &[("kind", "shop.customers")];
const WORDS: &str = "My passport is wrong, too. Zanzibar knows it.";
const PDF: &[u8] = b"%PDF-1.7 a letter %%EOF\n";

/// Asks for two corrections, of which a member of staff makes the first.
async fn partly<'h>(house: &'h TestHouse, hers: &mut Browser<'h>, kari: &Subject<'h>) -> CaseHandle<'h> {
    let answers: [&[(&str, &str)]; 3] =
        [CUSTOMERS, &[("field", "last_name"), ("should", "Hansen")], &[("field", "first_name"), ("should", "Dronning")]];
    let [kind, last, first] = answers;
    let check = hers.writes(kari, Right::Rectification, Lang::En, &[kind, last, kind, first]).await;
    let case = hers.sends(&check).await;
    hers.get(&format!("/en/case/{}", case.reference)).await.says(&["System by system", "We have not decided yet"]);
    let mut desk = Browser::of_staff(house, "kari").await;
    let ticked = [("outcome", "partly"), ("apply", "0"), ("reason", "The passport says Kari.")];
    desk.decides(&case, "judge", &ticked).await;
    desk.tells_by_hand(&case).await;
    assert_eq!(case.phase().await, "answered");
    case
}

async fn kari_states_how_she_sees_it_and_it_stands_beside_the_value(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = partly(&house, &mut hers, &kari).await;
    let result = hers.get(&format!("/en/case/{}/result", case.reference)).await;
    result.says(&["System by system", "Changed</dd>", "Not changed</dd>", "The passport says Kari.", "Nobody has to agree with them"]);

    // She writes it: with words, not too many, and a file.
    let page = hers.get(&result.link("/statement")).await;
    page.says(&["First name", "Dronning"]);
    assert!(!page.text().contains("Hansen"), "what was corrected is not disputed: {page}");
    let silent = hers.fills(&page, &[("statement", " ")]).await;
    assert!(silent.status.code == 422 && silent.text().contains("Write what you want to say"), "{silent}");
    let long = hers.fills(&page, &[("statement", &"x".repeat(2_001))]).await;
    assert!(long.text().contains("room for 2000 characters"), "{long}");
    // Nothing of it is lost when her time is over in the meantime, or when she reads on in another language.
    house.advance(SignedDuration::from_mins(61)).await;
    let csrf = hers.csrf().to_owned();
    let aside = hers.sends_file(&page.path, &[("csrf", &csrf), ("statement", WORDS)], ("file", "letter.pdf", PDF)).await;
    let find = hers.get(&aside.leads_to().unwrap()).await;
    let back = hers.proves(&find.path, &kari.email).await;
    assert_eq!(back.path, page.path, "{back}");
    back.says(&[WORDS]);
    let nl = hers.submit("/nl/language", &[("page", page.path.trim_start_matches("/en")), ("statement", WORDS)]).await;
    assert!(nl.path.starts_with("/nl/"), "{nl}");
    nl.says(&[WORDS]);
    hers.get(&page.path).await;
    let csrf = hers.csrf().to_owned();
    let sent = hers.sends_file(&page.path, &[("csrf", &csrf), ("statement", WORDS)], ("file", "letter.pdf", PDF)).await;
    assert_eq!(sent.leads_to().as_deref(), Some(result.path.as_str()), "{sent}");
    let result = hers.get(&result.path).await;
    result.says(&[WORDS, "letter.pdf", "Write more"]);
    let text = result.text();
    let link = text.split_once("\">letter.pdf").unwrap().0.rsplit_once('"').unwrap().1.to_owned();
    assert_eq!(hers.look(&link).await.bytes, PDF);
    hers.get(&result.link("/record")).await.says(&[WORDS, "The person stated how she sees it"]);
    let twin = hers.look(&format!("/en/case/{}/record/json", case.reference)).await;
    assert!(twin.text().contains("Zanzibar"), "{twin}");

    // The house says that there is one, never what it says.
    assert_eq!(case.facts("statement-attached").await[0]["systems"], "shop");
    assert!(case.log().await.iter().all(|fact| !fact.to_string().contains("Zanzibar")), "the log says nothing of it");
    assert!(house.every_byte().await.windows(8).all(|window| window != b"Zanzibar"), "it lies open in the house");

    its_owner_puts_it_beside_the_record(&house, &case).await;
    beside_the_value_and_in_the_copy(&house, &kari).await;
    nobody_else_reads_it(&house, &case, &link).await;
}

/// Whoever answers for the system has the words, and who had the value; a case handler reads them at the case.
async fn its_owner_puts_it_beside_the_record(house: &TestHouse, case: &CaseHandle<'_>) {
    let waits = case.waits_at().await;
    let [task] = waits.as_slice() else { panic!("{waits:?}") };
    assert!(task.starts_with("statement:") && task.ends_with("@shop"), "{task}");
    let mut handler = Browser::of_staff(house, "kari").await;
    handler.get(&format!("/en/desk/case/{}", case.reference)).await.says(&["What the person states herself", WORDS, "First name"]);
    let mut owner = Browser::of_staff(house, "ola").await;
    owner.opens(case, task).await.says(&[WORDS, "Customer details: First name", "Google Ads"]);
    let hasty = format!("/en/desk/case/{}/task/{}", case.reference, case.open_task(task).await.id);
    let form = owner.get(&hasty).await;
    let unsaid = owner.fills(&form, &[("outcome", "no-place"), ("reason", "")]).await;
    assert_eq!(unsaid.status.code, 422, "that a system cannot hold it is explained: {unsaid}");
    owner.decides(case, task, &[("outcome", "placed"), ("reason", "In the note of the customer.")]).await;
    assert!(case.waits_at().await.is_empty() && case.phase().await == "answered", "the case itself has not moved");
    let placed = case.facts("statement-placed").await;
    assert_eq!((&*placed[0]["system"], &*placed[0]["outcome"]), ("shop", "placed"));
}

/// What she is shown of that kind later has it, and so has her copy.
async fn beside_the_value_and_in_the_copy<'h>(house: &'h TestHouse, kari: &Subject<'h>) {
    let mut hers = Browser::open(house).await;
    let at = format!("/en/case/{}", hers.asks(kari, Right::Access, Lang::En).await.reference);
    let data = format!("{at}/data");
    hers.get(&format!("{data}/shop.customers")).await.says(&["Your own statement", WORDS, "letter.pdf"]);
    assert!(!hers.get(&format!("{data}/shop.orders")).await.text().contains("Zanzibar"), "another kind");
    let page = hers.get(&format!("{at}/download")).await;
    let file = hers.get(&page.link("/download/file")).await;
    let package = checked(house, Kind::Subject, &[&file]);
    assert!(package.text("data/statements.json").contains("Zanzibar"), "{}", package.text("data/statements.json"));
    assert!(package.text("index.html").contains("Your own statements"), "{}", package.text("index.html"));
    assert!(package.holds("a letter %%EOF"), "with its file");
}

async fn nobody_else_reads_it(house: &TestHouse, case: &CaseHandle<'_>, file: &str) {
    let at = format!("/en/case/{}/statement", case.reference);
    let mut theirs = Browser::open(house).await;
    theirs.asks(&house.solveig(), Right::Access, Lang::En).await;
    for path in [at.as_str(), file] {
        assert_eq!(theirs.look(path).await.status.code, 404, "{path}");
    }
    assert_eq!(theirs.submit(&at, &[("statement", "Not mine.")]).await.status.code, 404);
    let stranger = Browser::of_staff(house, "bo").await;
    assert_eq!(stranger.look(&format!("/en/desk/case/{}", case.reference)).await.status.code, 404, "answers for another system");
}

async fn a_refusal_is_answered_by_a_statement_and_every_system_says_where_it_stands(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&kari, Right::Rectification, Lang::Nl, &[CUSTOMERS, &[("field", "first_name"), ("should", "Dronning")]]).await;
    let case = hers.sends(&check).await;
    let mut desk = Browser::of_staff(&house, "kari").await;
    desk.decides(&case, "judge", &[("outcome", "refuse")]).await;
    let reasons = [("outcome", "submitted"), ("ground", "R12.5u"), ("reason", "In het paspoort staat Kari.")];
    desk.decides(&case, "reasons", &reasons).await;
    assert!(hers.look(&format!("/nl/case/{}/statement", case.reference)).await.status.code == 404, "nothing is answered yet");
    let mut lead = Browser::of_staff(&house, "per").await;
    lead.decides(&case, "review-refusal", &[("outcome", "approved")]).await;
    assert_eq!(case.phase().await, "refused");

    let result = hers.follows_letter(&case, &kari.email).await;
    result.says(&["Per systeem", "Niet gewijzigd", "In het paspoort staat Kari.", "Schrijf uw eigen verklaring"]);
    let page = hers.get(&result.link("/statement")).await;
    hers.fills(&page, &[("statement", "Zo heet ik.")]).await.says(&["Uw eigen verklaring", "Zo heet ik."]);
    hers.get(&format!("/nl/case/{}", case.reference)).await.says(&["Per systeem", "Niet gewijzigd", "In het paspoort staat Kari."]);
    for _ in 0..4 {
        hers.fills(&page, &[("statement", "Nog iets.")]).await;
    }
    let sixth = hers.fills(&page, &[("statement", "En nog iets.")]).await;
    assert!(sixth.status.code == 422 && sixth.text().contains("write a message instead"), "{sixth}");
}

async fn there_is_nothing_to_state_before_something_was_declined(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&kari, Right::Rectification, Lang::En, &[CUSTOMERS, &[("field", "first_name"), ("should", "Karin")]]).await;
    let case = hers.sends(&check).await;
    let at = format!("/en/case/{}/statement", case.reference);
    assert_eq!(hers.look(&at).await.status.code, 404, "nobody has decided");
    let mut desk = Browser::of_staff(&house, "kari").await;
    desk.decides(&case, "judge", &[("outcome", "correct")]).await;
    desk.tells_by_hand(&case).await;
    let result = hers.follows_letter(&case, &kari.email).await;
    result.says(&["Everything you asked for is corrected", "Changed</dd>"]);
    assert!(!result.text().contains("/statement"), "all is as she wants it: {result}");
    assert_eq!(hers.submit(&at, &[("statement", "Still.")]).await.status.code, 404);
    assert!(case.facts("statement-attached").await.is_empty());
}
