//! A system without an interface: its owner finds, hands in, erases, corrects and looks again, and signs for it.

use std::io::{Cursor, Write as _};

use habeas::action::{actor::Actor, refusal::Refusal};
use habeas_core::law::right::Right;
use jiff::SignedDuration;
use rocket::http::Status;

use super::{
    erasure::{COOLED, executed},
    rectification::{asked, correction, tell_by_hand},
    restriction::claims,
};
use crate::{
    faces::browser::Browser,
    house::{database::on_every_store, package::Package, people::CaseHandle, test_house::TestHouse},
};

on_every_store! {
    crate::house::test_house::TestHouse::with_a_cabinet:
    what_is_found_by_hand_is_in_the_package,
    nothing_is_taken_that_is_not_right,
    what_is_erased_by_hand_is_signed_for,
    corrections_and_restrictions_are_signed_for,
    a_form_with_a_file_is_guarded_like_any_other,
    what_was_kept_is_erased_by_its_owner_when_its_day_comes,
    what_was_erased_by_hand_is_looked_for_again_after_a_restore,
    ab39_a_document_that_swells_is_turned_away,
}

/// A row about somebody.
fn rows(email: &str) -> String {
    format!("email;subject;channel\n{email};=HYPERLINK(1);brev\n")
}
const LETTER: &[u8] = b"%PDF-1.7 hei %%EOF";

/// The owner ticks, and hands in one row.
async fn finds(house: &TestHouse, case: &CaseHandle<'_>) {
    let rows = rows(&house.kari().email);
    assert_eq!(case.waits_at().await, ["locate-by-hand@helpdesk"], "at once");
    assert!(case.facts("effect-postponed").await.is_empty() && case.incidents().await.is_empty(), "nobody tried");
    let bo = house.staff("bo").writing("find-0", "yes").writing("rows-enquiries", &rows);
    bo.does(case, "locate-by-hand@helpdesk", "submitted").await;
}

async fn what_is_found_by_hand_is_in_the_package(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let bo = house.staff("bo").writing("find-0", "yes").writing("rows-enquiries", &rows(&house.kari().email));
    bo.attaching("file-papers", "../Brev.PDF", LETTER).does(&case, "locate-by-hand@helpdesk", "submitted").await;
    assert_eq!(case.phase().await, "answered", "{:?}", case.waits_at().await);
    let package = Package::open(&case).await;
    assert!(package.holds("HYPERLINK(1)") && package.holds("%PDF-1.7 hei"), "{:?}", package.names());
    let searched = case.facts("system-searched").await;
    let by_person = searched.iter().find(|fact| fact["system"] == "helpdesk").unwrap();
    assert_eq!((by_person["records"].as_str(), by_person["by"].as_str()), ("2", "person"));
    assert!(!house.own_bytes().await.contains("HYPERLINK"), "it is sealed");
}

async fn nothing_is_taken_that_is_not_right(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let bo = || house.staff("bo").writing("find-0", "yes");
    let told = async |staff: crate::house::people::Staff<'_>| match staff.tries(&case, "locate-by-hand@helpdesk", "submitted").await {
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|it| (it.field.into_owned(), it.code, it.at)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let one = |field: &str, code, at| vec![(field.to_owned(), code, at)];
    assert_eq!(told(house.staff("bo").writing("nothing", "yes")).await, one("find-0", "tick-missing", None));
    assert_eq!(told(bo()).await, one("nothing", "nothing-missing", None));
    assert_eq!(
        told(bo().writing("nothing", "yes").writing("rows-enquiries", &rows(&house.kari().email))).await,
        one("nothing", "nothing-and-rows", None)
    );
    let stranger = rows(&house.jonas().email);
    assert_eq!(told(bo().writing("rows-enquiries", &stranger)).await, one("rows-enquiries", "rows-others", Some((2, 1))));
    let wrong = format!("email;nmae\n{};b\nc\n", house.kari().email);
    let places =
        vec![("rows-enquiries".to_owned(), "rows-column-unknown", Some((1, 2))), ("rows-enquiries".to_owned(), "rows-width", Some((3, 0)))];
    assert_eq!(told(bo().writing("rows-enquiries", &wrong)).await, places);
    assert_eq!(told(bo().attaching("file-papers", "a.exe", LETTER)).await, one("file-papers", "file-kind", None));
    assert_eq!(told(bo().attaching("file-papers", "a.png", LETTER)).await, one("file-papers", "file-disagrees", None));
    assert_eq!(told(bo().attaching("file-calls", "a.pdf", LETTER)).await, one("file-calls", "file-not-asked", None));
    assert!(case.findings().await.iter().all(|finding| finding.system != "helpdesk"), "nothing is half taken");
    bo().writing("nothing", "yes").does(&case, "locate-by-hand@helpdesk", "submitted").await;
    assert_eq!(case.phase().await, "answered");
}

async fn what_is_erased_by_hand_is_signed_for(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    finds(&house, &case).await;
    house.staff("kari").does(&case, "propose", "erase").await;
    house.staff("per").approves(&case).await;
    house.advance(COOLED).await;
    let waits = case.waits_at().await;
    assert!(waits.contains(&"erase-by-hand@helpdesk".to_owned()), "{waits:?}");
    let mut browser = Browser::of_staff(&house, "bo").await;
    let form = browser.opens(&case, "erase-by-hand@helpdesk").await;
    form.says(&["In the basement.", "What to delete", "Enquiries", "Shred", "I looked again afterwards, and it is done"]);
    let unticked = house.staff("bo").writing("erase-0", "yes").tries(&case, "erase-by-hand@helpdesk", "submitted").await;
    assert!(matches!(&unticked, Err(Refusal::Invalid(problems)) if problems[0].field == "verify-0"), "{unticked:?}");
    let bo = house.staff("bo").writing("erase-0", "yes").writing("verify-0", "yes");
    bo.attaching("evidence", "bevis.pdf", LETTER).does(&case, "erase-by-hand@helpdesk", "submitted").await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered", "{:?}", case.waits_at().await);
    let signed = case.facts("system-signed-off").await.pop().unwrap();
    assert_eq!((signed["ticked"].as_str(), signed["evidence"].len()), ("erase-0 verify-0", 64));
    let verified = case.facts("erasure-verified").await;
    let verified = verified.iter().find(|fact| fact["system"] == "helpdesk").unwrap();
    assert_eq!((verified["by"].as_str(), verified["outcome"].as_str()), ("person", "clean"));
    let told = "Her gjorde en medarbeider jobben for hånd, og bekreftet det:";
    let mail = case.mail_to(&house.kari().email);
    assert!(mail.text.contains(&format!("{told}\n- Kundesenteret")), "{}", mail.text);
    let mut hers = Browser::open(&house).await;
    hers.get("/nb/find").await;
    hers.proves("/nb/find", &house.kari().email).await;
    hers.get(&format!("/nb/case/{}/result", case.reference)).await.says(&[told]);
}

async fn corrections_and_restrictions_are_signed_for(house: TestHouse) {
    let bo = || house.staff("bo").writing("verify-0", "yes");
    let case = asked(&house.kari(), &[correction("helpdesk.enquiries", "channel", Some("brev"), "e-post")]).await;
    finds(&house, &case).await;
    house.staff("kari").does(&case, "judge", "correct").await;
    assert_eq!(case.waits_at().await, ["correct-by-hand@helpdesk"]);
    let unticked = house.staff("bo").tries(&case, "correct-by-hand@helpdesk", "submitted").await;
    assert!(matches!(unticked, Err(Refusal::Invalid(_))), "{unticked:?}");
    bo().does(&case, "correct-by-hand@helpdesk", "submitted").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.facts("change-verified").await[0]["by"], "person");

    let case = claims(house.kari().only(&["helpdesk.enquiries"])).asks(Right::Restriction).await;
    finds(&house, &case).await;
    house.staff("kari").does(&case, "judge", "restrict").await;
    assert_eq!(case.waits_at().await, ["restrict-by-hand@helpdesk"]);
    bo().does(&case, "restrict-by-hand@helpdesk", "submitted").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.letters().await.last().unwrap(), "restriction-done");
    assert!(case.mail_to(&house.kari().email).text.contains("bekreftet det:\n- Kundesenteret"));
}

async fn a_form_with_a_file_is_guarded_like_any_other(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let mut browser = Browser::of_staff(&house, "bo").await;
    let page = browser.opens(&case, "locate-by-hand@helpdesk").await;
    page.says(&["Look in the drawer", "The system holds nothing about this person"]);
    let csrf = browser.csrf().to_owned();
    let table = ("rows-enquiries", "funn.csv", "email;nmae\na;b\n".as_bytes());
    let fields = |csrf| [("csrf", csrf), ("outcome", "submitted"), ("reason", "Sett."), ("find-0", "yes")];
    assert_eq!(browser.sends_file(&page.path, &fields("wrong"), table).await.status, Status::Forbidden);
    let refused = browser.sends_file(&page.path, &fields(csrf.as_str()), table).await;
    assert_eq!(refused.status, Status::UnprocessableEntity, "{refused}");
    assert!(refused.text().contains("Line 1, column 2: no field is called this"), "{refused}");
    let large = ("file-papers", "a.txt", &vec![b'a'; 11 << 20][..]);
    assert_eq!(browser.sends_file(&page.path, &fields(csrf.as_str()), large).await.status, Status::PayloadTooLarge);
    let done =
        browser.sends_file(&page.path, &fields(csrf.as_str()), ("rows-enquiries", "funn.csv", rows(&house.kari().email).as_bytes())).await;
    assert_eq!(done.status, Status::SeeOther, "{done}");
    assert_eq!(case.phase().await, "answered");
}

/// Solveig's erasure, in which her order in the cabinet is kept for the claim behind it.
async fn erased_but_for_the_order(house: &TestHouse) -> CaseHandle<'_> {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    let rows = format!("email;order_number;subject\n{0};{1};Bestilt\n{0};;Hei\n", solveig.email, solveig.order_number);
    let bo = house.staff("bo").writing("find-0", "yes").writing("rows-enquiries", &rows);
    bo.does(&case, "locate-by-hand@helpdesk", "submitted").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "erase").await;
    house.staff("per").approves(&case).await;
    house.advance(COOLED).await;
    let bo = house.staff("bo").writing("erase-0", "yes").writing("verify-0", "yes");
    bo.does(&case, "erase-by-hand@helpdesk", "submitted").await;
    executed(house, &case).await;
    assert_eq!(case.phase().await, "answered", "{:?}", case.waits_at().await);
    case
}

async fn what_was_kept_is_erased_by_its_owner_when_its_day_comes(house: TestHouse) {
    let case = erased_but_for_the_order(&house).await;
    let helpdesk = async || case.deferrals().await.into_iter().find(|row| row.system == "helpdesk").expect("something is kept");
    let due_on = helpdesk().await.due_on;
    let step = format!("deferred:{due_on}@helpdesk");
    house.advance_to(due_on).await;
    assert_eq!(case.waits_at().await, [step.as_str()], "its owner has a task");
    house.advance(SignedDuration::from_hours(50)).await;
    assert_eq!(case.waits_at().await, [step.as_str()], "and only one, however often it is looked at");
    assert!(helpdesk().await.done_at.is_none());

    let mut bo = Browser::of_staff(&house, "bo").await;
    bo.get("/en/desk/").await.says(&[&case.reference]);
    let form = bo.opens(&case, &step).await;
    form.says(&["What to delete", "Enquiries", "Shred"]);
    let other = house.staff("ola").writing("erase-0", "yes").tries(&case, &step, "submitted").await;
    assert!(matches!(other, Err(Refusal::Invalid(_))), "every step is ticked: {other:?}");
    let odd = house.staff("bo").tries(&case, &step, "approved").await;
    assert!(matches!(odd, Err(Refusal::Invalid(_))), "{odd:?}");
    house.staff("bo").does(&case, &step, "blocked").await;
    assert!(case.waits_at().await.is_empty() && helpdesk().await.done_at.is_none());
    house.advance(SignedDuration::from_hours(25)).await;
    let before = case.letters().await.len();
    house.staff("bo").writing("erase-0", "yes").writing("verify-0", "yes").does(&case, &step, "submitted").await;
    assert!(helpdesk().await.done_at.is_some() && case.waits_at().await.is_empty());
    assert_eq!(case.letters().await[before..], ["rest-gone"]);
    let gone = case.facts("deferred-erased").await;
    let gone = gone.iter().find(|fact| fact["system"] == "helpdesk").unwrap();
    assert_eq!((gone["by"].as_str(), gone["deleted"].as_str()), ("person", "1"));
}

async fn what_was_erased_by_hand_is_looked_for_again_after_a_restore(house: TestHouse) {
    let case = erased_but_for_the_order(&house).await;
    let worker = &house.house.worker;
    assert_eq!(worker.is_by_hand("helpdesk").await.unwrap().unwrap(), ["bo", "ola"]);
    assert!(worker.is_by_hand("shop").await.unwrap().is_none());
    let found = worker.erased_by_hand(&Actor::Operator, "helpdesk").await.unwrap();
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((&one.case, one.collection.as_str(), &one.held), (&case.reference, "enquiries", &None));
    assert!(one.records > 0);
    let hold = house.place_hold("ida", &case.reference).await;
    let found = worker.erased_by_hand(&Actor::Operator, "helpdesk").await.unwrap();
    assert_eq!(found[0].held.as_ref(), Some(&hold));
    let kari = house.staff("kari").actor().await;
    assert!(worker.erased_by_hand(&kari, "helpdesk").await.is_err());
    house.settle().await;
}

async fn ab39_a_document_that_swells_is_turned_away(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let bo = || house.staff("bo").writing("find-0", "yes");
    for bomb in [swelling(), nested()] {
        assert!(bomb.len() < 1 << 20, "it is small as it comes");
        let told = bo().attaching("file-papers", "brev.docx", &bomb).tries(&case, "locate-by-hand@helpdesk", "submitted").await;
        let Err(Refusal::Invalid(problems)) = told else { panic!("{told:?}") };
        assert_eq!((problems[0].field.as_ref(), problems[0].code), ("file-papers", "file-swells"));
    }
    let mut browser = Browser::of_staff(&house, "bo").await;
    let page = browser.opens(&case, "locate-by-hand@helpdesk").await;
    let csrf = browser.csrf().to_owned();
    let fields = [("csrf", csrf.as_str()), ("outcome", "submitted"), ("reason", "Sett."), ("find-0", "yes")];
    let refused = browser.sends_file(&page.path, &fields, ("file-papers", "brev.docx", &swelling())).await;
    assert_eq!(refused.status, Status::UnprocessableEntity, "{refused}");
    assert!(refused.text().contains("The file is far larger inside than outside"), "{refused}");
}

fn swelling() -> Vec<u8> {
    let zeros = vec![b' '; 101 << 20];
    document(&[("word/document.xml", &zeros)])
}

fn nested() -> Vec<u8> {
    document(&[("word/document.xml", b"<w/>"), ("word/embeddings/more.zip", b"PK")])
}

fn document(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [&[("[Content_Types].xml", &b"<Types/>"[..])], members].concat() {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
