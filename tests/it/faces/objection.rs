//! Objection as people live it (Art. 21): advertising ends at once; another use rests, is weighed, and may be taken up again.

use habeas_core::law::{lang::Lang, right::Right};

use super::{browser::Browser, files::bundle_of};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    kari_gets_no_more_advertising,
    solveig_says_no_to_a_use_and_is_right,
    solveig_says_no_to_a_use_and_another_reason_weighs_more,
}

const WANTED: &str =
    "SELECT marketing_consent FROM customers WHERE id = 1 UNION ALL SELECT restricted FROM newsletter_subscriptions WHERE id = 1";
const RESTING: &str = "SELECT person_id FROM cancelled_orders WHERE restricted = 1";
const WHY: &str = "Bestillingen handlet om en sykdom.";

async fn kari_gets_no_more_advertising(house: TestHouse) {
    let kari = house.kari();
    let mut shop = house.systems.connect("shop").await;
    sqlx::raw_sql("UPDATE customers SET marketing_consent = 1").execute(&mut shop).await.unwrap();
    drop(shop);
    let before = house.systems.rows().await;
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&kari, Right::Objection, Lang::Nl, &[&[("against", "marketing")]]).await;
    check.says(&["Reclame", "Wij sturen u geen reclame meer"]);
    let case = hers.sends(&check).await;
    assert_eq!(house.systems.texts("shop", WANTED).await, ["0", "1"], "before anybody at the desk has looked at it");
    let after: Vec<_> = house.systems.rows().await.into_iter().filter(|row| !before.contains(row)).collect();
    assert_eq!(after.len(), 2, "hers and nobody else's: {after:?}");

    Browser::of_staff(&house, "kari").await.tells_by_hand(&case).await;
    let result = hers.follows_letter(&case, &kari.email).await;
    result.says(&["Wij zijn gestopt met reclame", "Nieuwsbrief", "Toestemming voor reclame", "Datatilsynet"]);
    bundle_of(&house, &case, &kari.email).await;
}

/// At the portal: which use, why, and who she is; it rests before it is weighed.
async fn says_no<'h>(house: &'h TestHouse, solveig: &Subject<'h>, hers: &mut Browser<'h>) -> CaseHandle<'h> {
    let no = [("against", "other"), ("kind", "dossiers.cancelled_orders"), ("why", WHY)];
    let check = hers.writes(solveig, Right::Objection, Lang::Nb, &[&no]).await;
    check.says(&["Avbestilte søknader", WHY, "Først stopper vi bruken"]);
    let case = hers.sends(&check).await;
    assert_eq!(house.systems.texts("dossiers", RESTING).await, ["2"], "stopped before it is weighed");
    case
}

async fn solveig_says_no_to_a_use_and_is_right(house: TestHouse) {
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let case = says_no(&house, &solveig, &mut hers).await;
    let mut per = Browser::of_staff(&house, "per").await;
    let form = per.opens(&case, "weigh").await;
    form.says(&[WHY, "Cancelled applications"]);
    assert!(!form.text().contains("Avbestilte"), "staff read their own language: {form}");
    per.does(&case, "weigh", "upheld").await;
    Browser::of_staff(&house, "kari").await.tells_by_hand(&case).await;
    hers.follows_letter(&case, &solveig.email).await.says(&["Vi har stoppet bruken", "Grunnen din veier mest", "Avbestilte søknader"]);
    assert_eq!(house.systems.texts("dossiers", RESTING).await, ["2"]);
}

async fn solveig_says_no_to_a_use_and_another_reason_weighs_more(house: TestHouse) {
    const OURS: &str = "Vi trenger den i en sak for retten.";
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let case = says_no(&house, &solveig, &mut hers).await;
    let mut per = Browser::of_staff(&house, "per").await;
    per.does(&case, "weigh", "overridden").await;
    let form = per.opens(&case, "grounds").await;
    let bare = per.fills(&form, &[("reason", OURS)]).await;
    assert!(bare.text().contains("Choose a legal ground"), "{bare}");
    per.decides(&case, "grounds", &[("ground", "R21.1l"), ("reason", OURS)]).await;

    let at = format!("/en/desk/case/{}", case.reference);
    per.get(&at).await.says(&["Someone else must do this."]);
    let own = per.get(&format!("{at}/task/{}", case.open_task("review-grounds").await.id)).await;
    own.says(&["Someone else must do this."]);
    assert!(!own.text().contains("name=\"outcome\""), "nobody agrees with himself: {own}");
    let forced = per.submit(&own.path, &[("outcome", "approved")]).await;
    assert_eq!(case.waits_at().await, ["review-grounds"], "{forced}");
    let mut ida = Browser::of_staff(&house, "ida").await;
    ida.opens(&case, "review-grounds").await.says(&[OURS]);
    ida.does(&case, "review-grounds", "approved").await;
    Browser::of_staff(&house, "kari").await.tells_by_hand(&case).await;

    assert_eq!(case.phase().await, "refused");
    assert!(house.systems.texts("dossiers", RESTING).await.is_empty(), "it is used again");
    hers.follows_letter(&case, &solveig.email).await.says(&["Vi fortsetter bruken", OURS, "Art. 21(1)", "Datatilsynet"]);
    let bundle = bundle_of(&house, &case, &solveig.email).await;
    assert!(!bundle.holds(WHY), "what she wrote is no business of the authority's");
}
