//! A shielded document as the last resort: what is asked for and when, who sees the picture, and that nothing of it is left.

use std::{io::Cursor, os::unix::fs::PermissionsExt as _, path::PathBuf};

use habeas::{
    action::{
        actor::{Actor, Staff},
        document::ShredDocuments,
        open_document::OpenDocument,
    },
    config::Config,
    house::House,
    organisation::Organisation,
    upload::{Reader, Uploads},
};
use habeas_core::law::{document::Sight, lang::Lang, right::Right, tier::Tier};
use image::{ImageFormat, Rgb, RgbImage};
use jiff::SignedDuration;
use rocket::http::Status;

use super::{
    browser::{Browser, Shown},
    proof::asked_to_change,
};
use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    a_covered_document_is_looked_at_by_one_person_and_is_gone_with_the_decision,
    a_picture_about_which_nobody_decides_is_gone_after_a_day_and_she_is_told,
    no_document_is_asked_for_where_less_is_enough_or_none_is_taken,
    ab10_a_picture_proves_nothing_by_itself,
    a_picture_is_opened_with_a_new_house_key_and_not_with_an_old_copy_of_the_keys,
    what_is_no_picture_is_turned_away_with_words,
    none_is_taken_where_no_machine_could_cover_what_was_forgotten,
}

/// A machine that reads the same in every picture: a zone that anybody can make up, and a national number.
const READS: &str = "5\t1\t1\t1\t1\t1\t10\t10\t80\t12\t90\tNORGE
5\t1\t1\t1\t2\t1\t10\t40\t90\t12\t90\t13116900216
5\t1\t1\t1\t3\t1\t10\t160\t200\t12\t90\tP<NORNORDMANN<<KARI<<<<<<<<<<<<<<<<<<<<<<<<<
5\t1\t1\t1\t4\t1\t10\t180\t200\t12\t90\tL898902C36UTO7408122F1204159ZE184226B<<<<<10
";

/// A house that takes pictures of documents, with a reader of its own.
async fn takes_documents(house: &mut TestHouse) {
    let program = house.folder().join("reader");
    let script = format!("#!/bin/sh\n/bin/cat >/dev/null\n/bin/cat <<'END'\n{READS}END\n");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    house.reads_documents_with(program).await;
}

/// Something that can be seen, and told apart.
fn picture(shade: u8) -> Vec<u8> {
    let drawn = RgbImage::from_fn(300, 220, |x, y| if (x / 20 + y / 20) % 2 == 0 { Rgb([230, 230, shade]) } else { Rgb([60, shade, 90]) });
    let mut file = Cursor::new(Vec::new());
    drawn.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// Solveig asks for what holds her passport, and is asked to show more.
async fn wanted(house: &TestHouse) -> (Browser<'_>, CaseHandle<'_>, String) {
    let mut hers = Browser::open(house).await;
    let case = hers.asks(&house.solveig(), Right::Access, Lang::En).await;
    house.settle().await;
    house.staff("kari").does(&case, "review", "release").await;
    assert_eq!(case.waits_at().await, ["prove-more"]);
    let at = format!("/en/case/{}/document", case.reference);
    hers.get(&at).await;
    (hers, case, at)
}

async fn sends(browser: &Browser<'_>, at: &str, bytes: &[u8]) -> Shown {
    browser.sends_file(at, &[("csrf", browser.csrf())], ("picture", "IMG_0001.jpg", bytes)).await
}

/// Files in the folder of pictures.
fn files(house: &TestHouse) -> Vec<PathBuf> {
    std::fs::read_dir(house.folder().join("documents")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|here| here == part)
}

/// Every byte in the house's folder, whatever it is in.
fn everything(folder: &std::path::Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        all.extend(if entry.is_dir() { everything(&entry) } else { std::fs::read(&entry).unwrap_or_default() });
    }
    all
}

async fn a_covered_document_is_looked_at_by_one_person_and_is_gone_with_the_decision(mut house: TestHouse) {
    takes_documents(&mut house).await;
    let (mut hers, case, at) = wanted(&house).await;
    let ways = hers.get(&format!("/en/case/{}/prove", case.reference)).await;
    assert!(!ways.offers("way", "document") && ways.text().contains("/document"), "{ways}");
    let page = hers.get(&ways.link("/document")).await;
    page.says(&["Cover this before you take the picture", "the photo of you", "BSN", "24 hours", "<input type=\"file\""]);
    let sent = sends(&hers, &at, &picture(40)).await;
    assert_eq!(sent.status, Status::SeeOther, "{sent}");
    hers.get(&at).await.says(&["We have the picture"]);
    assert_eq!(case.waits_at().await, ["check-identity-strong"]);
    assert_eq!(case.row().await.tier, Some(Tier::SecondItem), "a picture proves nothing yet");
    let second = sends(&hers, &at, &picture(50)).await;
    assert_eq!(second.status, Status::UnprocessableEntity, "one at a time: {second}");
    assert_eq!(files(&house).len(), 1, "and nothing of it stays");

    let (desk, task) = (format!("/en/desk/case/{}", case.reference), case.open_task("check-identity-strong").await.id);
    let (task, image) = (format!("{desk}/task/{task}"), format!("{desk}/document"));
    nobody_sees(&house, &image).await;
    let mut ida = Browser::of_staff(&house, "ida").await;
    let form = ida.get(&task).await;
    form.says(&["Why do you open the picture?"]);
    assert!(!form.text().contains("<img"), "{form}");
    let fields = [("outcome", "accepted"), ("reason", "Looked at."), ("document-kind", "passport"), ("document-country", "NO")];
    let hasty = ida.submit(&task, &fields).await;
    assert_eq!(
        (hasty.status, case.phase().await),
        (Status::UnprocessableEntity, "open"),
        "nobody accepts what they have not seen: {hasty}"
    );
    let opened = ida.submit(&image, &[("reason", "identity"), ("back", task.trim_start_matches("/en"))]).await;
    opened.says(&["<img", "3 more places", "That proves nothing"]);
    let seen = ida.look(&image).await;
    assert_eq!((seen.status, seen.headers.get_one("Content-Type")), (Status::Ok, Some("image/jpeg")));
    assert_eq!(seen.headers.get_one("Cache-Control"), Some("no-store"));
    let shown = image::load_from_memory(&seen.bytes).unwrap().into_rgb8();
    assert!(shown.get_pixel(50, 46).0.iter().all(|value| *value < 20), "the national number is black");
    assert!(shown.get_pixel(100, 170).0.iter().all(|value| *value < 20), "and so is the zone");
    house.advance(SignedDuration::from_mins(6)).await;
    let late = ida.look(&image).await;
    assert!(late.leads_to().is_some_and(|to| to.contains("/desk/again")), "the second factor is asked for anew: {late}");

    let liv = Actor::Staff(Staff { id: "liv".to_owned(), ..staff(&house).await });
    let taken = house.run(&liv, OpenDocument { case: case.reference.clone(), reason: "check" }).await.unwrap_err();
    assert_eq!(taken.code(), "document-taken", "exactly one person looks at it");
    let denied = house.run(&house.staff("kari").actor().await, OpenDocument { case: case.reference.clone(), reason: "check" }).await;
    assert_eq!(denied.unwrap_err().code(), "denied");

    ida.get(&task).await;
    let unsaid = ida.submit(&task, &[("outcome", "accepted"), ("reason", "Looked at."), ("document-country", "Norway!")]).await;
    assert_eq!(unsaid.status, Status::UnprocessableEntity, "what it was has to be said: {unsaid}");
    let sealed = std::fs::read(&files(&house)[0]).unwrap();
    let wrapped = house.key_of_document().await;
    ida.submit(&task, &fields).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.row().await.tier, Some(Tier::Substantial), "the officer's look is the proof");
    let checked = case.facts("document-checked").await;
    let said = |name: &str| checked[0].get(name).map(String::as_str);
    assert_eq!(
        [said("kind"), said("country"), said("result"), said("how")],
        [Some("passport"), Some("NO"), Some("accepted"), Some("picture")]
    );
    assert_eq!(case.facts("document-opened").await[0]["reason"], "identity");
    assert!(case.incidents().await.is_empty(), "journal and log agree");

    assert_eq!(files(&house), Vec::<PathBuf>::new());
    assert_eq!(ida.look(&image).await.status, Status::NotFound);
    let parts = [("its picture", &seen.bytes[200..260]), ("its sealed file", &sealed[9..33]), ("its key", &wrapped[9..33])];
    nothing_is_left(&house, &parts).await;
}

/// In no file of the house, no journal, no row and no key store.
async fn nothing_is_left(house: &TestHouse, parts: &[(&str, &[u8])]) {
    let left = [everything(house.folder()), house.every_byte().await].concat();
    for (what, bytes) in parts {
        assert!(!holds(&left, bytes) && !holds(&left, &house.written(bytes)), "{what} is still there");
    }
}

/// The officer alone, and not before it is opened.
async fn nobody_sees(house: &TestHouse, image: &str) {
    for other in ["kari", "per", "tilsyn", "vera", "ida"] {
        let browser = Browser::of_staff(house, other).await;
        assert_eq!(browser.look(image).await.status, Status::NotFound, "{other}");
    }
}

/// Ida's roles.
async fn staff(house: &TestHouse) -> Staff {
    match house.staff("ida").actor().await {
        Actor::Staff(staff) => staff,
        other => panic!("{other:?}"),
    }
}

async fn a_picture_about_which_nobody_decides_is_gone_after_a_day_and_she_is_told(mut house: TestHouse) {
    takes_documents(&mut house).await;
    let (mut hers, case, at) = wanted(&house).await;
    sends(&hers, &at, &picture(40)).await;
    house.advance(SignedDuration::from_hours(23)).await;
    assert_eq!((files(&house).len(), case.facts("document-gone").await.len()), (1, 0));
    // A copy of data and keys has nothing of the picture in it.
    let copies = ["copy.db", "copy.keys"].map(|name| house.folder().join(name));
    if house.config().database.is_none() {
        house.house.save(&copies[0]).await.unwrap();
        house.house.save_keys(&copies[1]).await.unwrap();
        let sealed = std::fs::read(&files(&house)[0]).unwrap();
        assert!(copies.iter().all(|copy| !holds(&std::fs::read(copy).unwrap(), &sealed[40..80])), "the picture is in a copy");
        for copy in &copies {
            std::fs::remove_file(copy).unwrap();
        }
    }
    house.advance(SignedDuration::from_hours(2)).await;
    assert_eq!((files(&house).len(), case.facts("document-gone").await.len()), (0, 1));
    let mail = case.mail_to(&house.solveig().email);
    assert!(mail.text.contains("/document") && mail.text.contains("24"), "{}", mail.text);
    assert_eq!(case.waits_at().await, ["check-identity-strong"], "the officer still waits for one");
    assert_eq!(house.run(&Actor::Timer, ShredDocuments).await.unwrap(), 0, "once");
    house.settle().await;

    let find = hers.get(&at).await;
    let back = hers.proves(&find.path, &house.solveig().email).await;
    back.says(&["Send a picture of a covered identity document"]);
    let page = hers.get(&at).await;
    page.says(&["The picture you sent is gone", "<input type=\"file\""]);
    let again = sends(&hers, &at, &picture(60)).await;
    assert_eq!((again.status, files(&house).len()), (Status::SeeOther, 1), "{again}");
    house.staff("ida").does(&case, "check-identity-strong", "not-enough").await;
    assert_eq!(case.facts("document-checked").await[0]["result"], "not-enough");
    assert_eq!((files(&house).len(), case.row().await.tier), (0, Some(Tier::SecondItem)));
}

async fn no_document_is_asked_for_where_less_is_enough_or_none_is_taken(mut house: TestHouse) {
    {
        let (mut hers, case, at) = wanted(&house).await;
        assert!(!hers.get(&at).await.path.ends_with("/document"), "nothing is said of pictures where none are taken");
        let sent = sends(&hers, &at, &picture(40)).await;
        assert_eq!((sent.leads_to(), files(&house).len()), (Some(format!("/en/case/{}", case.reference)), 0), "{sent}");
        let straight = shows(&house, &case, "solveig").await.unwrap_err();
        assert_eq!(straight.code(), "document-not-taken");
        let ways = hers.get(&format!("/en/case/{}/prove", case.reference)).await;
        assert!(ways.offers("way", "document"), "somebody looks at it in person: {ways}");
    }
    takes_documents(&mut house).await;
    let (mut hers, case) = asked_to_change(&house).await;
    assert_eq!(case.waits_at().await, ["prove-more"]);
    let ways = hers.get(&format!("/en/case/{}/prove", case.reference)).await;
    assert!(!ways.text().contains("/document\""), "a code to another address is enough: {ways}");
    assert_eq!(shows(&house, &case, "solveig").await.unwrap_err().code(), "document-not-needed");
    assert_eq!(shows(&house, &case, "kari").await.unwrap_err().code(), "not-found", "nor in somebody else's case");
    house.settle().await;
    assert_eq!((files(&house).len(), house.count("document").await), (0, 0), "what is not taken leaves nothing behind");
}

/// Past the pages, straight at the door.
async fn shows(house: &TestHouse, case: &CaseHandle<'_>, who: &str) -> Result<(), habeas::action::refusal::Refusal> {
    let by = if who == "kari" { house.kari().signs_in().await } else { Actor::Subject { mailbox: case.row().await.subject } };
    house.house.door.show_document(&by, &case.reference, "print", Sight::default(), picture(1)).await
}

async fn ab10_a_picture_proves_nothing_by_itself(mut house: TestHouse) {
    takes_documents(&mut house).await;
    let (mut hers, case, at) = wanted(&house).await;
    for value in [0, 255] {
        let mut blank = Cursor::new(Vec::new());
        RgbImage::from_pixel(400, 300, Rgb([value; 3])).write_to(&mut blank, ImageFormat::Png).unwrap();
        let refused = sends(&hers, &at, &blank.into_inner()).await;
        assert_eq!(refused.status, Status::UnprocessableEntity);
        assert!(refused.text().contains("We see nothing on the picture"), "{refused}");
    }
    assert_eq!((case.waits_at().await, files(&house).len()), (vec!["prove-more".to_owned()], 0));
    // A zone whose digits add up, invented: whoever sends it is no surer who she is.
    sends(&hers, &at, &picture(40)).await;
    assert_eq!(case.row().await.tier, Some(Tier::SecondItem));
    let screened = case.facts("identity-screened").await;
    assert!(screened.iter().all(|fact| fact["outcome"] == "more"), "{screened:?}");
    assert!(!hers.get(&format!("/en/case/{}/data/dossiers.passports", case.reference)).await.text().contains("XTB00002"));
    house.staff("ida").does(&case, "check-identity-strong", "not-enough").await;
    assert_eq!(case.row().await.tier, Some(Tier::SecondItem), "what the officer does not accept proves nothing");

    // The same picture in another case is told to whoever looks at it.
    let jonas = house.jonas();
    let mut his = Browser::open(&house).await;
    let other = his.asks(&jonas, Right::Erasure, Lang::En).await;
    house.staff("kari").does(&other, "assess", "go-on").await;
    if other.waits_at().await != ["prove-more"] {
        // He has nothing of high risk: no picture is of any use.
        assert_eq!(shows(&house, &other, "jonas").await.unwrap_err().code(), "nothing-asked");
    }
    let (again, second, at) = wanted(&house).await;
    sends(&again, &at, &picture(40)).await;
    let mut ida = Browser::of_staff(&house, "ida").await;
    let task = format!("/en/desk/case/{}/task/{}", second.reference, second.open_task("check-identity-strong").await.id);
    ida.get(&task).await.says(&["The same picture was shown in another case"]);
    assert_eq!(second.row().await.tier, Some(Tier::SecondItem));
}

async fn a_picture_is_opened_with_a_new_house_key_and_not_with_an_old_copy_of_the_keys(mut house: TestHouse) {
    takes_documents(&mut house).await;
    let (hers, case, at) = wanted(&house).await;
    sends(&hers, &at, &picture(40)).await;
    let before = house.key_of_document().await;
    house.house.worker.rotate(std::time::Duration::ZERO).await.unwrap();
    let ida = house.staff("ida").actor().await;
    house.run(&ida, OpenDocument { case: case.reference.clone(), reason: "check" }).await.unwrap();
    let look = &house.house.look;
    let shown = habeas::view::desk::document::picture(look, &ida.name(), &case.reference).await.unwrap();
    assert!(shown.is_some_and(|jpeg| jpeg.starts_with(&[0xFF, 0xD8])), "it opens under the new key");
    let wrapped = house.key_of_document().await;
    assert_ne!(before, wrapped);
    house.staff("ida").does(&case, "check-identity-strong", "not-enough").await;
    assert_eq!(house.keys_of_documents().await, 0);
    house.settle().await;
    house.put_back_key_of_document(&wrapped).await;
    assert_eq!(house.keys_of_documents().await, 1, "as an old copy of the key store has it");
    assert_eq!(house.store.destroy_shredded().await.unwrap(), 1);
    assert_eq!(house.keys_of_documents().await, 0);
}

async fn what_is_no_picture_is_turned_away_with_words(mut house: TestHouse) {
    takes_documents(&mut house).await;
    let (mut hers, case, at) = wanted(&house).await;
    for (bytes, words) in [
        (&b"%PDF-1.7 a page"[..], "JPEG or PNG"),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "JPEG or PNG"),
        (&picture(40)[..500], "cannot be opened"),
        (b"", "Choose one picture"),
    ] {
        let refused = sends(&hers, &at, bytes).await;
        assert_eq!(refused.status, Status::UnprocessableEntity, "{words}");
        assert!(refused.text().contains(words), "{words}: {refused}");
    }
    let foreign = hers.sends_file(&at, &[("csrf", "another")], ("picture", "a.jpg", &picture(40))).await;
    assert_eq!(foreign.status, Status::Forbidden);
    let mut other = Browser::open(&house).await;
    other.get("/en/").await;
    let stranger = sends(&other, &at, &picture(40)).await;
    assert_ne!(stranger.leads_to(), Some(at.clone()), "{stranger}");
    assert_eq!((files(&house).len(), case.waits_at().await), (0, vec!["prove-more".to_owned()]));

    // She may still show it to a person instead.
    hers.get(&at).await;
    hers.sends_file(&at, &[("csrf", hers.csrf()), ("way", "person")], ("picture", "", b"")).await;
    assert_eq!(case.waits_at().await, ["check-identity-strong"]);
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    assert_eq!(case.facts("document-checked").await[0]["how"], "seen");
}

async fn none_is_taken_where_no_machine_could_cover_what_was_forgotten(mut house: TestHouse) {
    house.rewrites("organisation.yaml", "identity: {", "identity: {documents: true, ").await;
    let organisation = Organisation::read(&house.config().source()).unwrap();
    let told = House::no_documents(&organisation, house.config()).unwrap_or_default();
    assert!(told.contains("`documents: true`") && told.contains("install `tesseract-ocr`"), "{told}");
    let (mut hers, case, at) = wanted(&house).await;
    assert!(!hers.get(&at).await.path.ends_with("/document"));
    let ways = hers.get(&format!("/en/case/{}/prove", case.reference)).await;
    assert!(ways.offers("way", "document") && !ways.text().contains("/document\""), "somebody looks at it in person: {ways}");
    sends(&hers, &at, &picture(40)).await;
    assert_eq!((files(&house).len(), case.waits_at().await), (0, vec!["prove-more".to_owned()]));
    let nowhere = Config { document_reader: Some("/nowhere/tesseract".into()), ..house.config().clone() };
    let refused = Box::pin(House::open(&nowhere)).await.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("`/nowhere/tesseract`"), "{refused}");
    let astray = Config { clamd: Some("localhost".to_owned()), ..house.config().clone() };
    let refused = Box::pin(House::open(&astray)).await.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("unix:/run/clamav/clamd.ctl"), "{refused}");
    assert_eq!(House::no_documents(&organisation, &nowhere), None);
}

/// With the program itself, where a test run has installed it.
#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
async fn the_program_itself_reads_a_made_up_passport() {
    let Ok(program) = std::env::var("HABEAS_TEST_READER") else { return };
    let uploads = Uploads::new(None, Some(Reader::new(program.into())));
    let sent = include_bytes!("document/utopia.png").to_vec();
    let shielded = uploads.shield(sent.clone()).await.unwrap();
    assert_eq!(shielded.sight.covered, 4, "two lines of the zone, and two numbers");
    let again = uploads.shield(shielded.jpeg).await.unwrap();
    assert_eq!((again.sight.covered, again.sight.zone), (0, None), "nothing of it can be read any more");
    let mut turned = Cursor::new(Vec::new());
    image::load_from_memory(&sent).unwrap().rotate270().write_to(&mut turned, ImageFormat::Png).unwrap();
    let upright = uploads.shield(turned.into_inner()).await.unwrap();
    assert!(upright.sight.covered >= 3, "{:?}", upright.sight);
}
