//! Restriction as people live it (Art. 18): a pause that is asked for, kept up against its end, and ended with notice.

use habeas_core::law::{lang::Lang, right::Right};
use jiff::SignedDuration;
use rocket::http::Status;
use serde_json::json;

use super::{browser::Browser, files::bundle_of, gate::System};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    solveig_has_a_pause_says_why_it_should_last_and_hears_that_it_ends,
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What rests in the systems, hers and anybody's.
async fn resting(house: &TestHouse) -> Vec<String> {
    let shop = house.systems.texts("shop", "SELECT 'customer ' || id FROM customers WHERE restricted = 1").await;
    let helpdesk = "SELECT DISTINCT 'enquiry of ' || email FROM enquiries WHERE restricted = 1";
    [shop, house.systems.texts("helpdesk", helpdesk).await].concat()
}

async fn solveig_has_a_pause_says_why_it_should_last_and_hears_that_it_ends(house: TestHouse) {
    let solveig = house.solveig();
    let before = house.systems.rows().await;
    let shop = System::of(&house).await;
    assert_eq!(shop.asks_about(&house, &solveig.email).await["status"], "not-restricted");
    let mut hers = Browser::open(&house).await;
    let some =
        [("ground", "claims"), ("scope", "choose"), ("kind", "shop.customers"), ("kind", "helpdesk.enquiries"), ("kind", "helpdesk.calls")];
    let check = hers.writes(&solveig, Right::Restriction, Lang::En, &[&some]).await;
    check.says(&["I need it myself", "Customer details", "Ask for a pause"]);
    let case = hers.sends(&check).await;

    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.opens(&case, "judge").await.says(&["The person needs it for a claim", "Customer details"]);
    kari.does(&case, "judge", "restrict").await;
    let mut bo = Browser::of_staff(&house, "bo").await;
    bo.decides(&case, "restrict-by-hand@helpdesk", &[("reason", "Marked in the call log.")]).await;
    kari.tells_by_hand(&case).await;
    let paused = resting(&house).await;
    assert_eq!(paused, ["customer 2".to_owned(), format!("enquiry of {}", solveig.email)], "hers and nobody else's");
    hers.follows_letter(&case, &solveig.email).await.says(&["The use is paused", "Customer details", "Enquiries", "before the pause ends"]);

    let in_force = shop.asks_about(&house, &solveig.email).await;
    assert_eq!((&in_force["restrictions"][0]["case"], &in_force["restrictions"][0]["ground"]), (&json!(case.reference), &json!("claims")));
    speaks_against_its_end(&house, &case, &solveig).await;
    assert_eq!((resting(&house).await, &shop.asks_about(&house, &solveig.email).await), (paused.clone(), &in_force), "it goes on");
    is_told_and_says_nothing(&house, &case, &solveig, async || {
        assert_eq!(resting(&house).await, paused, "nothing is lifted before she could speak");
        assert_eq!(shop.asks_about(&house, &solveig.email).await, in_force);
    })
    .await;
    assert_eq!(resting(&house).await, Vec::<String>::new());
    let free = shop.asks_about(&house, &solveig.email).await;
    assert_eq!((&free["status"], &free["restrictions"]), (&json!("not-restricted"), &json!([])), "gate, systems and pages agree");
    let left: Vec<_> = house.systems.rows().await.into_iter().filter(|row| !before.contains(row)).collect();
    assert_eq!(left, Vec::<String>::new(), "everything is as it was");
    let room = Browser::of_staff(&house, "tilsyn").await.get("/en/room/").await;
    assert!(!room.text().contains("tag bad"), "an answer in time stays in time: {room}");
    assert!(case.facts("deadline-missed").await.is_empty());
    let bundle = bundle_of(&house, &case, &solveig.email).await;
    assert!(bundle.text("data/00-cover.json").contains("restriction"));
}

/// What waits in the case, recipients aside that did not answer.
async fn waits_for_her(case: &CaseHandle<'_>) -> Vec<String> {
    case.waits_at().await.into_iter().filter(|step| !step.starts_with("silent:")).collect()
}

/// Somebody at the desk ends the pause: from the case, by its button.
async fn ends(house: &TestHouse, case: &CaseHandle<'_>, who: &str) {
    let mut desk = Browser::of_staff(house, who).await;
    let at = format!("/en/desk/case/{}", case.reference);
    let page = desk.get(&at).await;
    page.says(&["End the pause", &format!("action=\"{at}/lift\"")]);
    let page = desk.submit(&format!("{at}/lift"), &[]).await;
    assert!(page.path == at && !page.text().contains("/lift\""), "once is enough: {page}");
    assert_eq!(waits_for_her(case).await, ["hear"]);
    // No form and no second try gets past the notice and the time to speak.
    let again = desk.submit(&format!("{at}/lift"), &[]).await;
    assert_eq!(again.status, Status::Conflict, "{again}");
    let hear = format!("{at}/task/{}", case.open_task("hear").await.id);
    for outcome in ["overdue", "lift", "objects"] {
        let forged = desk.submit(&hear, &[("outcome", outcome), ("reason", "Derfor.")]).await;
        assert_eq!(forged.status, Status::NotFound, "{outcome}: {forged}");
    }
    assert_eq!(waits_for_her(case).await, ["hear"]);
}

/// She hears of it before it ends, says why it should last, and somebody else than who wanted to end it decides.
async fn speaks_against_its_end(house: &TestHouse, case: &CaseHandle<'_>, solveig: &Subject<'_>) {
    ends(house, case, "kari").await;
    let letter = case.mail_to(&solveig.email).text;
    for line in ["You needed it for a claim.", "by Tuesday 29 September 2026", "Otherwise the pause ends."] {
        assert!(letter.contains(line), "`{line}` is missing: {letter}");
    }
    let mut hers = Browser::open(house).await;
    let status = hers.follows_letter(case, &solveig.email).await;
    status.says(&["The pause may soon end", "29 September 2026"]);
    let form = hers.get(&status.link("/answer")).await;
    let silent = hers.fills(&form, &[("answer", " ")]).await;
    assert!(silent.text().contains("Write why the pause should last"), "{silent}");
    hers.fills(&form, &[("answer", "The court has not decided yet.")]).await.says(&["We are deciding whether the pause ends"]);

    let mut ida = Browser::of_staff(house, "ida").await;
    ida.opens(case, "reconsider").await.says(&["The court has not decided yet.", "The person needs it for a claim"]);
    ida.decides(case, "reconsider", &[("outcome", "stays"), ("reason", "The case is still before the court.")]).await;
    hers.follows_letter(case, &solveig.email).await.says(&["The pause goes on", "We have read what you wrote"]);
}

/// Months later it is tried again, and fourteen days later nobody has spoken: it ends, and she is told that too. Nobody is late: the
/// answer was given long ago.
async fn is_told_and_says_nothing(house: &TestHouse, case: &CaseHandle<'_>, solveig: &Subject<'_>, still_rests: impl AsyncFn()) {
    house.advance(DAY * 90).await;
    ends(house, case, "per").await;
    let mut hers = Browser::open(house).await;
    let status = hers.follows_letter(case, &solveig.email).await;
    assert!(status.text().contains("The pause may soon end") && !status.text().contains("We are late"), "{status}");
    let mut desk = Browser::of_staff(house, "ida").await;
    desk.get(&format!("/en/desk/case/{}", case.reference)).await.says(&["14 days left"]);
    assert_eq!(case.letters().await.last().unwrap(), "lift-notice");
    house.advance(DAY * 13).await;
    assert_eq!(waits_for_her(case).await, ["hear"], "fourteen days to speak");
    still_rests().await;
    house.advance(DAY * 2).await;
    let mut bo = Browser::of_staff(house, "bo").await;
    bo.decides(case, "lift-by-hand@helpdesk", &[("reason", "Taken off in the call log.")]).await;
    Browser::of_staff(house, "kari").await.tells_by_hand(case).await;

    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "restriction-lifted"));
    let letter = case.mail_to(&solveig.email).text;
    assert!(letter.contains("The pause is over (Art. 18).") && letter.contains("- Customer details, "), "{letter}");
    let mut hers = Browser::open(house).await;
    hers.follows_letter(case, &solveig.email).await.says(&["The pause is over", "Customer details", "We use the information as before."]);
}
