//! Portability (Art. 20): what the person gave under consent or contract, for machines, and what is not in it with the reason.

use habeas_core::law::{right::Right, tier::Tier};

use crate::house::{database::on_every_store, package::Package, test_house::TestHouse};

on_every_store! {
    what_the_person_gave_is_packed_for_machines,
    what_asks_for_stronger_proof_is_left_out_and_named,
    strong_proof_takes_everything_that_was_given,
    nothing_under_consent_or_contract_is_said,
}

async fn what_the_person_gave_is_packed_for_machines(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Portability).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.letters().await, ["receipt", "portability-ready"]);
    assert!(case.tasks().await.is_empty(), "no colleague had to do anything");
    let package = Package::open(&case).await;
    let customer: serde_json::Value = serde_json::from_str(&package.text("data/shop-customers.json")).unwrap();
    assert_eq!(customer["rows"][0]["email"], kari.email.as_str());
    assert!(customer["rows"][0].get("customer_number").is_none(), "our own number is not hers to take: {customer}");
    assert!(package.text("data/shop-customers.csv").contains(&kari.email));
    assert!(package.text("data/dictionary.json").contains("\"last_name\""));
    assert!(!package.names().iter().any(|name| name.contains("accounting-invoices")), "{:?}", package.names());
    let manifest: serde_json::Value = serde_json::from_str(&package.text("manifest.json")).unwrap();
    let left_out: Vec<_> = manifest["withheld"].as_array().unwrap().iter().map(|it| it["section"].as_str().unwrap().to_owned()).collect();
    for section in ["Fakturaer", "Kundeopplysninger: Kundenummer, Kundeforholdet avsluttet"] {
        assert!(left_out.iter().any(|known| known == section), "{section} is not among {left_out:?}");
    }
    let letter = case.mail_to(&kari.email).text;
    assert!(letter.contains("Dette er ikke med. Grunnen står i filen:\n- Fakturamottaker") || letter.contains("- Fakturaer"), "{letter}");
    for stranger in [&house.solveig().email, &house.jonas().email] {
        assert!(!package.holds(stranger), "{stranger} is somebody else's");
    }
}

/// Solveig has a passport on file and a family in her application.
async fn what_asks_for_stronger_proof_is_left_out_and_named(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Portability).await;
    if case.waits_at().await == ["review"] {
        house.staff("kari").does(&case, "review", "release").await;
    }
    assert_eq!(case.waits_at().await, ["prove-more"]);
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "not-enough").await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "portability-ready"));
    assert_eq!(case.row().await.tier, Some(Tier::SecondItem));
    let package = Package::open(&case).await;
    assert!(!package.holds("XTB00002"), "the passport number needs a stronger proof");
    assert!(package.text("manifest.json").contains("Pass og bilde"));
    assert!(package.holds(&solveig.email));
    assert!(case.mail_to(&solveig.email).text.contains("- Pass og bilde"));
}

async fn strong_proof_takes_everything_that_was_given(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Portability).await;
    if case.waits_at().await == ["review"] {
        house.staff("kari").does(&case, "review", "release").await;
    }
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    assert!(Package::open(&case).await.holds("XTB00002"));
}

async fn nothing_under_consent_or_contract_is_said(house: TestHouse) {
    let case = house.kari().only(&["accounting.invoices"]).asks(Right::Portability).await;
    assert_eq!(case.phase().await, "answered");
    let package = Package::open(&case).await;
    assert!(!package.names().iter().any(|name| name.starts_with("data/accounting")), "{:?}", package.names());
    assert!(package.text("README.txt").contains("Fakturaer"));
}
