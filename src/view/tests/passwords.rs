//! Where passwords are typed, and the way out for whoever is signed in.

use super::pages;

#[test]
fn a_password_is_typed_unseen_and_may_be_pasted() {
    let mut fields = 0;
    for entry in pages() {
        for (_, html) in &entry.pages {
            for input in html.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap()) {
                if ["name=\"password\"", "name=\"current\""].iter().any(|name| input.contains(name)) {
                    fields += 1;
                    assert!(input.contains("type=\"password\"") && input.contains("autocomplete=\""), "{}: {input}", entry.path);
                    let hinders = ["onpaste", "readonly", "autocomplete=\"off\""].iter().any(|word| input.contains(word));
                    assert!(!hinders, "{}: {input}", entry.path);
                }
            }
        }
    }
    assert!(fields >= 9, "{fields}");
}

#[test]
fn every_page_of_somebody_signed_in_leads_out() {
    let mut pages_seen = 0;
    for entry in pages() {
        let at_the_door = ["sign-in", "totp", "again", "invitation", "enrol", "uninvited"].iter().any(|name| entry.path.contains(name));
        if (entry.path.starts_with("desk/") || entry.path.starts_with("room/")) && !at_the_door {
            for (lang, html) in &entry.pages {
                pages_seen += 1;
                // Where recovery codes or a passkey are set up for the first time nobody is in yet.
                let is_in = html.contains("Ingrid Berg") || html.contains("Datatilsynet</");
                assert!(!is_in || html.contains("/sign-out\""), "{} {lang:?}", entry.path);
            }
        }
    }
    assert!(pages_seen > 60, "{pages_seen}");
}
