//! Portability as people live it (Art. 20): asked for at the portal, looked at at the desk, downloaded and opened.

use habeas::bundle::verify::Kind;
use habeas_core::law::{lang::Lang, right::Right};
use serde_json::Value;

use super::{
    browser::Browser,
    files::{bundle_of, checked, name_of},
};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    solveig_takes_along_what_she_gave,
}

/// Her passport and her family are on file: one is looked at for the sake of others, the other asks for a proof that she does not give.
async fn solveig_takes_along_what_she_gave(house: TestHouse) {
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&solveig, Right::Portability, Lang::Nl, &[]).await;
    check.says(&["Mijn gegevens meenemen", &solveig.customer_number]);
    let case = hers.sends(&check).await;

    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.opens(&case, "review").await.says(&["Ylva Brekkestøl"]);
    kari.does(&case, "review", "release").await;
    let mut ida = Browser::of_staff(&house, "ida").await;
    case.shows_a_document().await;
    ida.decides(&case, "check-identity-strong", &[("outcome", "not-enough"), ("reason", "Zij laat geen paspoort zien.")]).await;
    assert_eq!(case.phase().await, "answered");

    let result = hers.follows_letter(&case, &solveig.email).await;
    result.says(&["Uw bestand is klaar", "15 oktober 2026", "Dit zit er niet in", "Paspoort en foto", "Facturen", "Download het bestand"]);
    let page = hers.get(&result.link("/download")).await;
    page.says(&["Download uw bestand", "JSON"]);
    let file = hers.get(&page.link("/download/file")).await;
    assert!(page.text().contains(&name_of(&file)), "saved as {}", name_of(&file));
    let package = checked(&house, Kind::Subject, &[&file]);

    let row = house.systems.texts("shop", "SELECT email || ';' || last_name || ';' || phone FROM customers WHERE id = 2").await.remove(0);
    let [email, name, phone] = row.split(';').collect::<Vec<_>>()[..] else { panic!("{row}") };
    let customers: Value = serde_json::from_str(&package.text("data/shop-customers.json")).unwrap();
    let first = &customers["rows"][0];
    assert_eq!((&first["email"], &first["last_name"], &first["phone"]), (&email.into(), &name.into(), &phone.into()), "{customers}");
    let table = package.text("data/shop-customers.csv");
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 1 + customers["rows"].as_array().unwrap().len(), "{table}");
    assert!(lines[0].contains("Achternaam") && lines[1].contains(name) && lines[1].contains(phone), "{table}");
    package.text("index.html").split_once("Wat ontbreekt").unwrap_or_else(|| panic!("{}", package.text("index.html")));
    assert!(!package.holds("XTB00002"), "what asks for a stronger proof is not in it");
    for stranger in [house.kari().email, house.jonas().email] {
        assert!(!package.holds(&stranger), "{stranger} is somebody else's");
    }

    let bundle = bundle_of(&house, &case, &solveig.email).await;
    assert!(bundle.text("data/00-cover.json").contains("portability"));
}
