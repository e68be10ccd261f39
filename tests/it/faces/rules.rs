//! The retention rules at the desk, as a lawyer would read them aloud.

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    every_rule_is_read_aloud_in_every_language,
}

/// The words between tags.
fn read(page: &str) -> String {
    let text: String = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn every_rule_is_read_aloud_in_every_language(house: TestHouse) {
    let mut kari = Browser::of_staff(&house, "kari").await;
    let english = read(&kari.get("/en/desk/rules").await.text());
    for words in [
        "The law requires us to keep invoices for five years after the fiscal year. Must be kept",
        "How long 5 years From when From the end of the fiscal year of:",
        "How long 3 years and 6 months",
        "How long 30 days, then another 30 days",
        "Law bokføringsloven § 13, Art. 17(3)(b) Source lov 19. november 2004 nr. 73 om bokføring § 13 første ledd nr. 1–4, jf. andre ledd \
         Checked on 20 November 2026 Name NO-BOK-5",
        "POL-S004-5Y promises what NO-BOK-5 forbids",
        "of what counts from 1 January 2026, personvernerklæringen punkt 6.3 promises that it is gone by 1 January 2031. bokføringsloven § 13 \
         says that we keep it until 31 December 2031.",
        "Rules that do not bind us",
        "Only for those who must prevent money laundering",
    ] {
        assert!(english.contains(words), "`{words}` is missing: {english}");
    }
    for (lang, words) in [("nb", "Hvor lenge 3 år og 6 måneder"), ("nl", "Hoe lang 30 dagen, daarna nog eens 30 dagen")] {
        let page = read(&kari.get(&format!("/{lang}/desk/rules")).await.text());
        assert!(page.contains(words), "`{words}` is missing: {page}");
    }
    let nobody = read(&Browser::open(&house).await.get("/en/desk/rules").await.text());
    assert!(nobody.contains("Password") && !nobody.contains("NO-BOK-5"), "for colleagues: {nobody}");
}
