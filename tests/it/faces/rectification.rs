//! Rectification as people live it (Art. 16): told in the person's own spelling, decided field by field, and read back.

use habeas_core::law::{lang::Lang, right::Right};

use super::{browser::Browser, files::bundle_of};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    kari_has_two_mistakes_corrected_and_hears_why_not_the_third,
    a_day_is_written_as_people_write_it,
}

const CUSTOMERS: &[(&str, &str)] = &[("kind", "shop.customers")];
const HERS: &str = "SELECT first_name || ' ' || last_name || ' ' || birth_date FROM customers WHERE id = 1";

async fn kari_has_two_mistakes_corrected_and_hears_why_not_the_third(house: TestHouse) {
    let kari = house.kari();
    let before = house.systems.rows().await;
    let mut hers = Browser::open(&house).await;
    let answers: [&[(&str, &str)]; 6] = [
        CUSTOMERS,
        &[("field", "last_name"), ("now", "Nordmann"), ("should", "Hansen"), ("why", "Jeg har giftet meg.")],
        CUSTOMERS,
        &[("field", "birth_date"), ("should", "3.2.1971")],
        CUSTOMERS,
        &[("field", "first_name"), ("should", "Dronning")],
    ];
    let check = hers.writes(&kari, Right::Rectification, Lang::Nb, &answers).await;
    check.says(&["<del>Nordmann</del>", "<ins>Hansen</ins>", "<ins>3. februar 1971</ins>", "<ins>Dronning</ins>", "Jeg har giftet meg."]);
    let case = hers.sends(&check).await;

    let mut desk = Browser::of_staff(&house, "kari").await;
    let form = desk.opens(&case, "judge").await;
    form.says(&["Jeg har giftet meg.", "Nordmann", "Hansen", "3 February 1971"]);
    let hasty = desk.fills(&form, &[("outcome", "partly"), ("reason", "Fornavnet står slik i passet.")]).await;
    assert!(hasty.text().contains("Tick at least one correction"), "{hasty}");
    let ticked = [("outcome", "partly"), ("apply", "0"), ("apply", "1"), ("reason", "Fornavnet står slik i passet.")];
    desk.decides(&case, "judge", &ticked).await;
    desk.tells_by_hand(&case).await;

    assert_eq!(house.systems.texts("shop", HERS).await, ["Kari Hansen 1971-02-03"]);
    let after: Vec<_> = house.systems.rows().await.into_iter().filter(|row| !before.contains(row)).collect();
    assert_eq!(after.len(), 1, "one row of one person: {after:?}");
    let result = hers.follows_letter(&case, &kari.email).await;
    result.says(&["Rettet: 2 av 3", "Hansen", "3. februar 1971", "Fornavnet står slik i passet.", "Google Ads", "Datatilsynet"]);
    let (made, declined) =
        result.text().split_once("Dette har vi ikke rettet").map(|(made, rest)| (made.to_owned(), rest.to_owned())).unwrap();
    assert!(made.contains("Etternavn") && declined.contains("Dronning") && !declined.contains("Hansen"), "{result}");
    hers.get(&result.link("/record")).await.says(&[&case.reference]);

    let bundle = bundle_of(&house, &case, &kari.email).await;
    assert!(bundle.text("data/00-cover.json").contains("rectification") && !bundle.holds("Hansen"), "the bundle names no values");
}

async fn a_day_is_written_as_people_write_it(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    hers.writes(&kari, Right::Rectification, Lang::En, &[CUSTOMERS, &[("field", "last_name"), ("should", "Hansen")]]).await;
    let day = |text| [("field", "birth_date"), ("should", text)];
    for (lang, hint, wrong, right, shown) in [
        ("nb", "31.12.1990", "31.12.90", "31.12.1990", "31. desember 1990"),
        ("nl", "31-12-1990", "12-31-1990", "31-12-1990", "31 december 1990"),
        ("en", "31/12/1990", "12/31/1990", "31 December 1990", "31 December 1990"),
    ] {
        let at = format!("/{lang}/request/details/shop.customers");
        let form = hers.get(&at).await;
        form.says(&[hint]);
        let again = hers.fills(&form, &day(wrong)).await;
        assert_eq!(again.status.code, 422, "{again}");
        assert!(again.text().contains(&format!("value=\"{wrong}\"")), "what was typed is kept: {again}");
        assert_eq!(again.text().matches(hint).count(), 3, "the hint, on top and at the field: {again}");
        let check = hers.fills(&form, &day(right)).await;
        check.says(&[&format!("<ins>{shown}</ins>")]);
        let last = check.text().matches("?place=").count() - 2;
        hers.get(&format!("{at}?place={last}")).await.says(&[&format!("value=\"{hint}\"")]);
    }
}
