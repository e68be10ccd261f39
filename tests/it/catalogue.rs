//! What must never go wrong with a right, one story each, in the order in which a lawyer would ask. The stories beside them, in `rights`,
//! tell more; these are the index.

use std::fs;

use habeas::{
    action::{actor::Actor, catalogue::catalogue, refusal::Refusal, signal_case::SignalCase},
    organisation::{Organisation, Source},
};
use habeas_core::{
    law::{
        ask::{Asked, Objection, RestrictionGround},
        decide::Verdict,
        lang::{Lang, Text},
        recipient::Role,
        right::Right,
    },
    workflow,
};
use jiff::{SignedDuration, civil::date};

use crate::{
    faces::browser::Browser,
    house::{
        database::on_every_store,
        package::Package,
        people::{CaseHandle, Staff},
        systems::SYSTEMS,
        test_house::{OWN, TestHouse, copy},
    },
    rights::{
        erasure::{approved, executed},
        rectification::{asked, changed, correction, tell_by_hand},
    },
};

on_every_store! {
    c01_marketing_objection_never_enters_balancing,
    c02_erasure_of_an_invoiced_cancelled_order_yields_three_dates,
    c03_a_partial_refusal_without_the_authoritys_address_cannot_be_sent,
    c04_lifting_a_restriction_without_prior_notice_is_impossible,
    c05_an_access_package_names_every_recipient,
    c06_a_portability_package_is_never_only_a_document,
    c07_a_case_with_an_open_identity_question_still_alarms_on_the_strict_day,
    c08_an_extension_after_the_month_is_rejected,
    c09_a_hold_never_stops_access,
    c10_a_second_access_within_the_year_costs_nothing_either,
    c10_a_further_copy_costs_only_after_notice_and_other_data_or_a_year_nothing,
    c11_no_picture_of_an_identity_card_is_kept_and_the_note_remains,
    c12_a_correction_reaches_every_recipient_and_impossible_needs_a_reason,
    c13_nobody_approves_their_own_refusal,
    c14_a_restore_from_backup_replays_erasures,
    c15_what_is_about_others_is_left_out_until_somebody_has_looked,
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What habeas says to a folder in which somebody wrote something else.
fn told(house: &TestHouse, file: &str, from: &str, to: &str) -> Result<(), String> {
    let folder = house.folder().join(OWN).with_extension("other");
    copy("organisations/visumexpress".as_ref(), &folder);
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "`{from}` is not in {file}");
    fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
    Organisation::read(&Source::Disk(folder)).map(|_| ()).map_err(|error| error.to_string())
}

fn is_four_eyes(refusal: &Result<(), Refusal>) -> bool {
    matches!(refusal, Err(Refusal::Conflict { code, .. }) if code == "four-eyes")
}

fn grounded<'h>(staff: Staff<'h>, ground: &str) -> Staff<'h> {
    staff.writing("ground", ground).writing("reason", "Dette er begrunnelsen.")
}

/// Art. 21(2)–(3): absolute.
async fn c01_marketing_objection_never_enters_balancing(house: TestHouse) {
    let kari = house.kari().giving(None).asking(Asked::Objection(Objection::Marketing));
    let case = kari.asks(Right::Objection).await;
    tell_by_hand(&house, &case).await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "marketing-stopped"));
    let tasks = case.tasks().await;
    assert!(tasks.iter().all(|task| task.form == "recipient-told"), "nobody weighs and nobody asks who it is: {tasks:?}");
    assert_eq!(case.row().await.due_on, case.row().await.strict_due_on);
}

/// Art. 17(3): "to the extent necessary", so each field has a day of its own.
async fn c02_erasure_of_an_invoiced_cancelled_order_yields_three_dates(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    let frozen = case.plan().await;
    let of = |system: &str, collection: &str, field: &str| {
        let steps = &frozen.plan().system(system).unwrap().steps;
        let step = steps.iter().find(|step| step.collection == collection);
        let decisions = &step.unwrap_or_else(|| panic!("nothing of {system}.{collection}")).decisions;
        decisions.iter().find(|decision| decision.field == field).unwrap().clone()
    };
    let dossier = of("dossiers", "cancelled_orders", "cancelled_on");
    assert_eq!((dossier.verdict, dossier.delete_by), (Verdict::Erase, Some(date(2026, 10, 25))), "60 days at the most");
    let talk = of("helpdesk", "messages", "body");
    assert_eq!(talk.verdict, Verdict::Keep { until: Some(date(2029, 8, 26)) }, "3 years");
    let invoice = of("accounting", "invoices", "total_ore");
    assert_eq!(invoice.verdict, Verdict::Keep { until: Some(date(2031, 12, 31)) }, "5 years after the fiscal year");
}

/// Art. 12(4), 77.
async fn c03_a_partial_refusal_without_the_authoritys_address_cannot_be_sent(house: TestHouse) {
    let told = |to: &str| told(&house, "organisation.yaml", "\n  post: \"Postboks 458 Sentrum, 0105 Oslo\"", to).unwrap_err();
    assert!(told("").contains("`post` is missing"), "{}", told(""));
    assert!(told("\n  post: \"\"").contains("a text is missing here"), "{}", told("\n  post: \"\""));
    let letters = catalogue().letters;
    for partly in ["refusal", "erasure-done", "rectification-done", "access-partly", "extension", "objection-overridden"] {
        let letter = letters.get(partly).unwrap();
        assert!(letter.sections.iter().any(|section| section.contains("complain")), "{partly} owes {:?}", letter.sections);
    }
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    executed(&house, &case).await;
    let letter = case.mail_to(&solveig.email).text;
    assert!(letter.contains("Datatilsynet, Postboks 458 Sentrum, 0105 Oslo"), "{letter}");
}

/// Art. 18(3).
async fn c04_lifting_a_restriction_without_prior_notice_is_impossible(house: TestHouse) {
    let file = "workflows/restriction.yaml";
    let text = fs::read_to_string(file).unwrap();
    let silent = text.replace("      - {id: notice, do: letter.send, with: {letter: lift-notice}}\n", "");
    assert_ne!(text, silent);
    let findings = workflow::load(file, &silent, &catalogue()).unwrap_err();
    assert!(findings.iter().any(|finding| finding.code.contains("lifted-unannounced")), "{findings:?}");

    let kari = house.kari().only(&["shop.customers"]).asking(Asked::Restriction { ground: RestrictionGround::Claims });
    let case = kari.asks(Right::Restriction).await;
    house.staff("kari").does(&case, "judge", "restrict").await;
    tell_by_hand(&house, &case).await;
    let rests = || house.systems.texts("shop", "SELECT id FROM customers WHERE restricted = 1");
    let actor = house.staff("per").actor().await;
    house.run(&actor, SignalCase { case: case.reference.clone(), name: "lift".to_owned() }).await.unwrap();
    house.settle().await;
    assert_eq!(case.letters().await.last().unwrap(), "lift-notice");
    assert_eq!(rests().await, ["1"], "she has heard of it, and nothing is lifted yet");
    house.advance(DAY * 15).await;
    assert!(rests().await.is_empty());
}

/// Art. 15(1)(c): named, not "our partners".
async fn c05_an_access_package_names_every_recipient(house: TestHouse) {
    let named = "    name: IT-konsulenten vår\n";
    let nameless = told(&house, "recipients.yaml", named, "").unwrap_err();
    assert!(nameless.contains("`name` is missing"), "{nameless}");
    let described = "    name: {nb: Konsulenten vår, nl: Onze adviseur, en: Our consultant}\n";
    let nameless = told(&house, "recipients.yaml", named, described).unwrap_err();
    assert!(nameless.contains("this describes a recipient and does not name it (Art. 15(1)(c))"), "{nameless}");
    let unexplained = format!("{described}    impossible: {{why: gone}}\n");
    let unexplained = told(&house, "recipients.yaml", named, &unexplained).unwrap_err();
    assert!(unexplained.contains("`because` is missing"), "{unexplained}");
    let excused = format!("{described}    impossible: {{why: gone, because: {{nb: Konkurs., nl: Failliet., en: Bankrupt.}}}}\n");
    told(&house, "recipients.yaml", named, &excused).unwrap();
    let unknown = told(&house, "systems/dossiers.yaml", "recipients: [embassy, ", "recipients: [our-partners, ").unwrap_err();
    assert!(unknown.contains("there is no recipient `our-partners` in `recipients.yaml`"), "{unknown}");

    let case = house.solveig().asks(Right::Access).await;
    house.staff("kari").does(&case, "review", "release").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    let package = Package::open(&case).await;
    let about = Organisation::read(&Source::Shipped("visumexpress".to_owned())).unwrap();
    let page = package.text("index.html").replace("&amp;", "&");
    // The log of transfers says which embassy it was.
    let sent: serde_json::Value = serde_json::from_str(&package.text("data/dossiers-visa-applications.json")).unwrap();
    let sent_to = sent["rows"][0]["recipient"].as_str().unwrap().to_owned();
    let mut named = 0;
    for (system, collection) in about.systems().iter().flat_map(|system| system.collections.iter().map(move |it| (system, it))) {
        if package.names().iter().any(|name| *name == format!("data/{}-{}.json", system.key, collection.name)) {
            for id in &collection.recipients {
                let recipient = about.recipients().iter().find(|recipient| recipient.id == *id).unwrap();
                let name = if recipient.named_in.is_some() { &sent_to } else { recipient.name.get(Lang::Nb) };
                assert!(page.contains(name), "{name} is not named");
                let Some(impossible) = &recipient.impossible else {
                    named += 1;
                    continue;
                };
                assert!(page.contains(Text::from(impossible.because.clone()).get(Lang::Nb)), "{name} is not named, and not said why");
            }
        }
    }
    assert!(named > 3, "{named}");
}

/// Art. 20(1): structured, commonly used, machine-readable.
async fn c06_a_portability_package_is_never_only_a_document(house: TestHouse) {
    let case = house.kari().asks(Right::Portability).await;
    let package = Package::open(&case).await;
    let manifest: serde_json::Value = serde_json::from_str(&package.text("data/dictionary.json")).unwrap();
    assert!(manifest.to_string().contains("email"));
    let tables: Vec<&str> = package.names().into_iter().filter_map(|name| name.strip_prefix("data/")?.strip_suffix(".csv")).collect();
    assert!(!tables.is_empty(), "{:?}", package.names());
    let card = package.text("data/contact.vcf").replace("\r\n", "\n");
    assert!(card.contains("VERSION:4.0\nFN:Kari Nordmann\n") && card.contains(&format!("\nEMAIL:{}\n", house.kari().email)), "{card}");
    let schema: serde_json::Value = serde_json::from_str(&package.text("data/schema.json")).unwrap();
    for table in tables {
        let exact = format!("data/{table}.json");
        let read: serde_json::Value = serde_json::from_str(&package.text(&exact)).unwrap();
        assert!(!read["rows"].as_array().unwrap().is_empty(), "{exact}");
        assert!(schema["$defs"][table]["title"].is_string(), "{exact} is not described");
    }
}

/// Art. 12(3): a stop hides no case.
async fn c07_a_case_with_an_open_identity_question_still_alarms_on_the_strict_day(house: TestHouse) {
    let kari = house.kari().giving(None);
    let case = kari.asks(Right::Access).await;
    let strict = case.row().await.strict_due_on;
    house.advance(DAY * 13).await;
    kari.does(&case, "ask-identity", "submitted").await;
    house.staff("kari").does(&case, "check-identity", "not-enough").await;
    house.advance(DAY * 13).await;
    kari.does(&case, "ask-identity", "submitted").await;
    house.staff("kari").does(&case, "check-identity", "not-enough").await;
    house.advance(DAY * 10).await;
    assert!(house.today() > strict);
    assert_eq!(case.waits_at().await, ["ask-identity"], "she owes us an answer");
    assert!(case.row().await.due_on > strict, "and our own day has moved");
    let rung: Vec<String> = case.facts("alarm-raised").await.into_iter().map(|mut fact| fact.remove("alarm").unwrap()).collect();
    assert_eq!(rung, ["0", "1", "2", "3"], "all the same the last alarm has rung");
}

/// Art. 12(3): told with reasons within the first month.
async fn c08_an_extension_after_the_month_is_rejected(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let due = case.row().await.due_on;
    house.advance_to(due.tomorrow().unwrap()).await;
    house.staff("kari").does(&case, "assess", "extend").await;
    let outcomes: Vec<_> = case.facts("clock-extended").await.into_iter().map(|mut fact| fact.remove("outcome").unwrap()).collect();
    assert_eq!(outcomes, ["too-late"]);
    assert_eq!(case.row().await.due_on, due);
    assert!(!case.letters().await.contains(&"extension".to_owned()));
}

/// Art. 15 knows no exception for what is held.
async fn c09_a_hold_never_stops_access(house: TestHouse) {
    let erasure = house.kari().asks(Right::Erasure).await;
    house.place_hold("ida", &erasure.reference).await;
    let access = house.kari().asks(Right::Access).await;
    assert_eq!((access.phase().await, access.letters().await.last().unwrap().as_str()), ("answered", "access-ready"));
    assert!(Package::open(&access).await.holds(&house.kari().email));
}

/// Art. 12(5), 15(3): a fee is allowed for a further copy of the same and only when it was announced. habeas asks none unless
/// the organisation says so.
async fn c10_a_second_access_within_the_year_costs_nothing_either(house: TestHouse) {
    let kari = house.kari();
    for kinds in [&["shop.customers", "shop.orders"][..], &["shop.customers", "shop.orders"], &["accounting.invoices"]] {
        let case = kari.clone().only(kinds).asks(Right::Access).await;
        assert_eq!((case.phase().await, case.letters().await), ("answered", vec!["receipt".to_owned(), "access-ready".to_owned()]));
        let mails = [case.mail_to(&kari.email).text, house.mails().iter().map(|mail| mail.text.clone()).collect::<String>()].concat();
        assert!(!mails.contains("gebyr") && !mails.contains("betale"), "nobody asks for money");
        house.advance(DAY * 60).await;
    }
}

/// The same, where the organisation asks a fee.
async fn c10_a_further_copy_costs_only_after_notice_and_other_data_or_a_year_nothing(mut house: TestHouse) {
    house.rewrites("organisation.yaml", "identity:", "copy-fee: NOK 150\nidentity:").await;
    let kari = house.kari().speaking(Lang::En);
    let copied = ["receipt", "access-ready"];
    let orders = kari.clone().only(&["shop.customers", "shop.orders"]);
    assert_eq!(orders.asks(Right::Access).await.letters().await, copied, "the first");
    house.advance(DAY * 60).await;
    assert_eq!(kari.clone().only(&["accounting.invoices"]).asks(Right::Access).await.letters().await, copied, "other data");

    let again = orders.asks(Right::Access).await;
    assert_eq!((again.letters().await, again.waits_at().await), (vec!["receipt".to_owned()], vec!["weigh-fee".to_owned()]));
    assert!(house.staff("per").writing("reason", " ").tries(&again, "weigh-fee", "charge").await.is_err(), "never without a reason");
    house.staff("per").writing("reason", "Nothing has changed since then.").does(&again, "weigh-fee", "charge").await;
    let notice = again.mail_to(&kari.email).text;
    for said in ["NOK 150", "15 September 2026", "Nothing has changed since then.", "24 November 2026", "only if you agree", "Datatilsynet"]
    {
        assert!(notice.contains(said), "`{said}` is missing: {notice}");
    }
    let (reference, email) = (again.reference.clone(), kari.email.clone());
    // What she was told stays true, whatever the organisation asks from now on.
    house.rewrites("organisation.yaml", "NOK 150", "NOK 900").await;
    let (mut hers, again) = (Browser::open(&house).await, CaseHandle { house: &house, reference });
    let status = hers.follows_letter(&again, &email).await;
    status.says(&["Another copy costs something", "NOK 150", "Nothing has changed since then."]);
    let form = hers.get(&status.link("/answer")).await;
    form.says(&["NOK 150", "Yes, I pay", "No, I do not want it", "/withdraw"]);
    hers.fills(&form, &[]).await;
    house.settle().await;
    assert_eq!(again.letters().await, ["receipt", "fee-notice", "access-ready"]);
    house.advance(DAY * 366).await;
    let later = house.kari().only(&["shop.customers", "shop.orders"]).asks(Right::Access).await;
    assert_eq!(later.letters().await, copied, "a year later");
}

/// Art. 5(1)(c), 12(6): "ID card was checked" is enough.
async fn c11_no_picture_of_an_identity_card_is_kept_and_the_note_remains(house: TestHouse) {
    let case = house.solveig().asks(Right::Access).await;
    house.staff("kari").does(&case, "review", "release").await;
    let png = b"\x89PNG\r\n\x1a\n";
    let ida = house.staff("ida").writing("reason", "Skjermet pass, sett i videosamtale.");
    case.shows_a_document().await;
    ida.clone().attaching("evidence", "pass.png", png).does(&case, "check-identity-strong", "accepted").await;
    assert_eq!(case.phase().await, "answered");
    let checked = case.facts("task-done").await.into_iter().find(|fact| fact["step"] == "check-identity-strong").unwrap();
    assert_eq!((checked["outcome"].as_str(), checked["tier"].as_str()), ("accepted", "3"), "the note remains");
    assert!(!house.own_bytes().await.contains(&house.bytes(png)), "the picture was never written");
    assert!(!Package::open(&case).await.names().iter().any(|name| name.contains("pass.png")));
}

/// Art. 19: processors included.
async fn c12_a_correction_reaches_every_recipient_and_impossible_needs_a_reason(house: TestHouse) {
    let kari = house.kari();
    let case = asked(&kari, &[correction("shop.customers", "last_name", None, "Hansen")]).await;
    house.staff("kari").does(&case, "judge", "correct").await;
    let about = Organisation::read(&Source::Shipped("visumexpress".to_owned())).unwrap();
    let customers = about.system("shop").unwrap().collection("customers").unwrap();
    let by_hand: Vec<String> = case.waits_at().await;
    let task = by_hand.iter().find(|task| task.starts_with("notify-by-hand@")).expect("one has no address");
    let silent = house.staff("kari").writing("reason", " ").tries(&case, task, "impossible").await;
    assert!(matches!(&silent, Err(Refusal::Invalid(problems)) if problems.iter().any(|it| it.code == "reason-missing")), "{silent:?}");
    let why = house.staff("kari").writing("reason", "Finnes ikke lenger.").tries(&case, task, "impossible").await;
    assert!(matches!(&why, Err(Refusal::Invalid(problems)) if problems[0].code == "impossible-why-missing"), "{why:?}");
    house.staff("kari").writing("reason", "Finnes ikke lenger.").writing("why", "gone").does(&case, task, "impossible").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    let mut reached: Vec<String> =
        case.facts("recipient-notified").await.into_iter().map(|mut it| it.remove("recipient").unwrap()).collect();
    reached.sort();
    reached.dedup();
    let mut had: Vec<String> = customers.recipients.clone();
    had.sort();
    let of = |role| about.recipients().iter().filter(|it| it.role == role && had.contains(&it.id)).count();
    assert!(of(Role::Processor) >= 3 && of(Role::Controller) >= 2, "{had:?}");
    let unasked = |id: &String| about.recipients().iter().any(|it| it.id == *id && !it.notify);
    assert!(had.iter().any(unasked), "one of them may get no mail, and hears of it all the same");
    assert_eq!(reached, had, "each that was given the record, and no other");
    let letter = case.mail_to(&kari.email).text;
    for id in &had {
        let recipient = about.recipients().iter().find(|recipient| recipient.id == *id).unwrap();
        assert!(letter.contains(recipient.name.get(Lang::Nb)), "{id} is not in: {letter}");
    }
}

/// R12.5, R17.3 and R21.1 are weighty words: nobody says them alone.
async fn c13_nobody_approves_their_own_refusal(house: TestHouse) {
    // R12.5: whoever called it unfounded.
    let unfounded = house.kari().asks(Right::Erasure).await;
    house.staff("eva").does(&unfounded, "assess", "unfounded").await;
    grounded(house.staff("kari"), "R12.5u").does(&unfounded, "reasons", "submitted").await;
    assert!(is_four_eyes(&house.staff("eva").tries(&unfounded, "review", "approved").await));
    house.staff("per").does(&unfounded, "review", "approved").await;
    assert_eq!(unfounded.phase().await, "refused");
    // R17.3: whoever proposed what stays.
    let kept = house.jonas().asks(Right::Erasure).await;
    house.staff("eva").does(&kept, "assess", "go-on").await;
    house.staff("eva").does(&kept, "propose", "partly").await;
    let seen = kept.plan().await.hash().to_owned();
    assert!(is_four_eyes(&house.staff("eva").tries_to_approve(&kept, &seen).await));
    // R21.1: whoever weighed.
    let why = Objection::Other { why: "Bestillingen handlet om en sykdom.".to_owned() };
    let weighed: CaseHandle<'_> = house.solveig().asking(Asked::Objection(why)).asks(Right::Objection).await;
    house.staff("per").does(&weighed, "weigh", "overridden").await;
    grounded(house.staff("per"), "R21.1c").does(&weighed, "grounds", "submitted").await;
    assert!(is_four_eyes(&house.staff("per").tries(&weighed, "review-grounds", "approved").await));
    house.staff("ida").does(&weighed, "review-grounds", "approved").await;
}

/// Art. 17(1), 32.
async fn c14_a_restore_from_backup_replays_erasures(house: TestHouse) {
    let case = approved(&house, &house.solveig()).await;
    let backup = house.systems.bytes();
    executed(&house, &case).await;
    let erased = house.systems.rows().await;
    house.systems.restore(&backup);
    assert!(!changed(&house, &erased).await.is_empty(), "she is back");
    for system in SYSTEMS {
        house.house.worker.replay(&Actor::Operator, system, false).await.unwrap();
    }
    assert_eq!(house.systems.rows().await, erased, "and gone again, exactly as the erasure left it");
}

/// Art. 15(4): a copy never harms others.
async fn c15_what_is_about_others_is_left_out_until_somebody_has_looked(house: TestHouse) {
    let case = house.solveig().asks(Right::Access).await;
    assert_eq!(case.waits_at().await, ["review"], "nothing leaves before a person has looked");
    assert!(case.package("subject").await.is_none());
    let about = Organisation::read(&Source::Shipped("visumexpress".to_owned())).unwrap();
    let family = about.system("dossiers").unwrap().collection("family_members").unwrap();
    let hers: Vec<&str> = family.fields.iter().filter(|field| field.third_person).map(|field| field.name.as_str()).collect();
    assert_eq!(hers, ["relation", "name", "birth_date", "passport_number"]);
    house.staff("kari").does(&case, "review", "redact").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    let package = Package::open(&case).await;
    assert!(package.holds("XTB00002") && !package.holds("Ylva Brekkestøl"), "her passport number, and not her daughter");
    assert!(package.text("index.html").contains("Noe av dette handler om andre."), "and it says so (Art. 12(4))");
}
