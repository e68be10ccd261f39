//! A system that only its owner works with: what he, the wrong person or the way there can do wrong. There is no machine that looks
//! again, so what counts is that nothing is taken that is not right, and that what is taken stands under the name of who signed it.

use std::collections::BTreeMap;

use habeas::action::{refusal::Refusal, submit_task::SubmitTask};
use habeas_core::law::right::Right;
use jiff::SignedDuration;
use rocket::http::{ContentType, Header};

use super::{
    Customer, LIMITS, MODES, SYSTEM, compare,
    fault::Mode,
    house,
    machine::{self, by_hand},
};
use crate::{
    faces::browser::{Browser, HOME},
    house::{
        database::Database,
        people::{CaseHandle, Staff},
        test_house::TestHouse,
    },
};

const CONNECTION: &str = "
    type: manual
    owner-note: {nb: I kjelleren., nl: In de kelder., en: In the basement.}
    steps:
      find: [{nb: Se i skuffen, nl: Kijk in de lade, en: Look in the drawer}]
      correct: [{nb: Rett kortet, nl: Verbeter de kaart, en: Correct the card}]
      restrict: [{nb: Merk kortet, nl: Merk de kaart, en: Mark the card}]
      erase: [{nb: Makuler, nl: Vernietig, en: Shred}]
      verify: [{nb: Se etter, nl: Kijk na, en: Look again}]";
const KNOWN: &str = "identity: email";
const LETTER: &[u8] = b"%PDF-1.7 bevis %%EOF";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....IEND\xae\x42\x60\x82";
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Every way for one right.
pub(super) async fn walk(right: Right) {
    let database = Database::sqlite();
    let house = house(&database, CONNECTION, KNOWN).await;
    let mut walked = Vec::new();
    for (mode, _) in MODES {
        walked.push((mode, format!("{} | {}", told(mode, right), Box::pin(cell(&house, mode, right)).await)));
    }
    assert_eq!(house.config().systems, LIMITS);
    compare("manual", right, &walked);
}

const fn finds(right: Right) -> bool {
    matches!(right, Right::Access | Right::Portability)
}

/// In words, for a reviewer to read aloud.
fn told(mode: Mode, right: Right) -> &'static str {
    let finds = finds(right);
    match mode {
        Mode::Refuse => "the owner never answers, and the day it is due passes",
        Mode::Timeout => "the owner lets the first reminder pass",
        Mode::Tls => "the form comes from another site, without its token",
        Mode::Unauthorized => "somebody who is not signed in sends the form",
        Mode::Forbidden => "a colleague who does not own the system sends it",
        Mode::TooMany => "the owner hands in more files than a form may carry",
        Mode::Broken => "the house's own database fails while he hands it in",
        Mode::SlowDrip => "he fills it in so slowly that the case has moved since he opened it",
        Mode::HalfBody => "the upload is cut in the middle",
        Mode::PartialSuccess if finds => "he hands in rows and has not ticked that he looked everywhere",
        Mode::PartialSuccess => "he has done it and has not ticked that he looked again",
        Mode::WrongType if finds => "a year in his table is a word",
        Mode::WrongType => "his evidence is called a PDF and is a picture",
        Mode::Redirect if finds => "his rows are of a kind that the system does not hold",
        Mode::Redirect => "his file is for a field that nobody asked for",
        Mode::Huge => "his file is larger than a form may carry",
        Mode::Lie if finds => "he says that nothing is held, and hands in rows",
        Mode::Lie => "he signs for what he has not done",
        Mode::Others if finds => "a row of his is somebody else's",
        Mode::Others => "a customer sends the owner's form",
    }
}

/// One case: what comes of it, where the case rests, who finishes it and how.
async fn cell(house: &TestHouse, mode: Mode, right: Right) -> String {
    let customer = Customer::of(mode);
    let reference = led(house, &customer, right).await;
    let case = CaseHandle { house, reference };
    let task = case.open_task(&by_hand(right)).await;
    let before = signed(&case).await;
    let answered = goes_wrong(house, &case, mode, right, &customer).await;
    house.settle().await;
    let rests = case.waits_at().await.join(", ");
    if case.phase().await == "open" {
        assert_eq!(signed(&case).await, before, "{mode:?} {right:?}: nothing is half taken");
        assert!(case.findings().await.iter().all(|found| !finds(right) || found.system != SYSTEM), "{mode:?} {right:?}");
        assert_eq!(case.open_task(&by_hand(right)).await.id, task.id, "{mode:?} {right:?}: it is still asked for");
    }
    let open = case.phase().await == "open";
    let by = if open {
        let late = if mode == Mode::Refuse { "ola" } else { "bo" };
        right_form(house, late, right, &customer).does(&case, &by_hand(right), "submitted").await;
        if late == "bo" { "owner" } else { "another owner" }
    } else {
        "-"
    };
    format!("{answered} | {} | {by} | {}", if open { rests } else { case.phase().await.to_owned() }, end(&case, right, &customer).await)
}

/// Asks, and leads the case to the form that the owner has to hand in.
async fn led(house: &TestHouse, customer: &Customer, right: Right) -> String {
    let case = machine::subject(house, customer, right).asks(right).await;
    if right == Right::Erasure {
        house.staff("kari").does(&case, "assess", "go-on").await;
    }
    if !finds(right) {
        rows(house.staff("bo"), customer).writing("find-0", "yes").does(&case, &format!("locate-by-hand@{SYSTEM}"), "submitted").await;
        machine::decides(house, &case, right).await;
        machine::acts(house, &case, right).await;
    }
    case.reference
}

/// What the log says that somebody has signed for.
async fn signed(case: &CaseHandle<'_>) -> usize {
    case.facts("system-signed-off").await.len()
}

fn rows<'h>(staff: Staff<'h>, customer: &Customer) -> Staff<'h> {
    let people = format!("id;email;name;born\n{};{};{};1970\n", customer.number, customer.email, customer.name());
    let notes = customer.notes().map(|(id, text)| format!("{id};{};{text}\n", customer.number)).concat();
    staff.writing("rows-people", &people).writing("rows-notes", &format!("id;person_id;text\n{notes}"))
}

fn ticks(right: Right) -> &'static [&'static str] {
    match right {
        Right::Rectification => &["correct-0", "verify-0"],
        Right::Restriction => &["restrict-0", "verify-0"],
        Right::Erasure => &["erase-0", "verify-0"],
        _ => &["find-0"],
    }
}

/// The form as it should be.
fn right_form<'h>(house: &'h TestHouse, who: &'h str, right: Right, customer: &Customer) -> Staff<'h> {
    let staff = ticks(right).iter().fold(house.staff(who), |staff, tick| staff.writing(tick, "yes"));
    if finds(right) { rows(staff, customer) } else { staff.attaching("evidence", "bevis.pdf", LETTER) }
}

/// Hands in something that is wrong; how it is answered.
async fn goes_wrong(house: &TestHouse, case: &CaseHandle<'_>, mode: Mode, right: Right, customer: &Customer) -> String {
    let step = by_hand(right);
    let good = |who| right_form(house, who, right, customer);
    let form = match mode {
        Mode::Refuse | Mode::Timeout => {
            house.advance(if mode == Mode::Refuse { DAY * 4 } else { escalates(right) }).await;
            let roles = case.open_task(&step).await.roles.join(", ");
            return format!("asked as well: {roles}");
        }
        Mode::Tls | Mode::Unauthorized | Mode::HalfBody | Mode::Huge => return by_browser(house, case, mode, right).await,
        Mode::Others if !finds(right) => {
            let task = case.open_task(&step).await.id;
            let submit = SubmitTask { task, outcome: "submitted".into(), fields: reason(), files: vec![], plan: None, version: None };
            return refused(house.run(&Customer::at(super::FIRST + 15).asks(house).signs_in().await, submit).await.map(drop));
        }
        Mode::SlowDrip => {
            let (task, version) = (case.open_task(&step).await.id, Some(case.row().await.rev - 1));
            let fields = ticks(right).iter().map(|tick| ((*tick).to_owned(), "yes".to_owned())).chain(reason()).collect();
            let submit = SubmitTask { task, outcome: "submitted".into(), fields, files: vec![], plan: None, version };
            return refused(house.run(&house.staff("bo").actor().await, submit).await.map(drop));
        }
        Mode::Broken => {
            house.break_log().await;
            let answered = good("bo").hands_in(case, &step, "submitted").await;
            house.mend_log().await;
            return refused(answered);
        }
        Mode::Forbidden => good("kari"),
        Mode::TooMany => (0..21).fold(good("bo"), |form, file| form.attaching("evidence", &format!("{file}.pdf"), LETTER)),
        Mode::PartialSuccess => {
            let ticked = ticks(right).split_last().unwrap().1;
            let form = ticked.iter().fold(house.staff("bo"), |form, tick| form.writing(tick, "yes"));
            if finds(right) { rows(form, customer) } else { form }
        }
        Mode::WrongType if finds(right) => good("bo").writing("rows-people", &format!("id;email;born\n7;{};i fjor\n", customer.email)),
        Mode::WrongType => {
            ticks(right).iter().fold(house.staff("bo"), |form, tick| form.writing(tick, "yes")).attaching("evidence", "bevis.pdf", PNG)
        }
        Mode::Redirect if finds(right) => good("bo").writing("rows-cellar", "id;text\n1;Vin\n"),
        Mode::Redirect => good("bo").attaching("file-people", "brev.pdf", LETTER),
        Mode::Lie if finds(right) => good("bo").writing("nothing", "yes"),
        Mode::Lie => good("bo"),
        Mode::Others => {
            let other = Customer::at(super::FIRST + 15);
            let people = format!(
                "id;email;name\n{};{};{}\n{};{};{}\n",
                customer.number,
                customer.email,
                customer.name(),
                other.number,
                other.email,
                other.name()
            );
            good("bo").writing("rows-people", &people)
        }
    };
    refused(form.hands_in(case, &step, "submitted").await)
}

/// After so long somebody else is asked as well.
fn escalates(right: Right) -> SignedDuration {
    match right {
        Right::Erasure => SignedDuration::from_hours(13),
        Right::Access | Right::Portability => DAY * 2 + SignedDuration::from_hours(1),
        _ => DAY + SignedDuration::from_hours(1),
    }
}

fn reason() -> BTreeMap<String, String> {
    BTreeMap::from([("reason".to_owned(), "Gjort.".to_owned())])
}

fn refused(done: Result<(), Refusal>) -> String {
    match done {
        Ok(()) => "taken".to_owned(),
        Err(Refusal::Invalid(problems)) => {
            let mut codes: Vec<_> = problems.iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect();
            codes.dedup();
            format!("refused: {}", codes.join(", "))
        }
        Err(refusal) => format!("refused: {}", refusal.code()),
    }
}

/// What only a browser can do wrong.
async fn by_browser(house: &TestHouse, case: &CaseHandle<'_>, mode: Mode, right: Right) -> String {
    let step = by_hand(right);
    let mut owner = Browser::of_staff(house, "bo").await;
    let page = owner.opens(case, &step).await;
    let csrf = owner.csrf().to_owned();
    let mut fields = vec![("outcome", "submitted"), ("reason", "Gjort.")];
    fields.extend(ticks(right).iter().map(|tick| (*tick, "yes")));
    let with_token = [&[("csrf", csrf.as_str())], &fields[..]].concat();
    let shown = match mode {
        Mode::Tls => owner.send(&page.path, &fields, &[("Origin", "https://evil.example")]).await,
        Mode::Unauthorized => Browser::open(house).await.send(&page.path, &with_token, &[("Origin", HOME)]).await,
        Mode::Huge => owner.sends_file(&page.path, &with_token, ("evidence", "bevis.txt", &vec![b'a'; 11 << 20])).await,
        _ => {
            let parts = with_token
                .iter()
                .map(|(name, value)| format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
            let file = "--XX\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"bevis.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 be";
            let kind = ContentType::new("multipart", "form-data").with_params([("boundary", "XX")]);
            let request = owner.client.post(page.path.clone()).header(kind).header(Header::new("Origin", HOME));
            let answer = request.body(parts.collect::<String>() + file).dispatch().await;
            return format!("refused: {}", answer.status().code);
        }
    };
    format!("refused: {}", shown.status.code)
}

/// How it ended: the last letter, and who says that it is so.
async fn end(case: &CaseHandle<'_>, right: Right, customer: &Customer) -> String {
    let letter = case.letters().await.pop().unwrap();
    let phase = case.phase().await;
    let log = case.log().await;
    let by = log.iter().rev().find(|fact| fact["kind"] == "system-signed-off").map(|fact| fact["actor"].to_string()).unwrap_or_default();
    let truth = if finds(right) {
        machine::packed(case, customer).await
    } else {
        let kind = if right == Right::Erasure { "erasure-verified" } else { "change-verified" };
        let verified = case.facts(kind).await.pop().unwrap();
        assert_eq!((verified["by"].as_str(), verified["outcome"].as_str()), ("person", "clean"), "a person's word, and called so");
        "on a person's word".to_owned()
    };
    format!("{phase} {letter}, {truth}, signed by {by}")
}
