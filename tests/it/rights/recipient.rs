//! Art. 19: whoever got the data hears of what became of it, each of them, and what they say of it reaches the person.

use habeas::{
    action::{answer_notice::AnswerNotice, refusal::Refusal},
    store::{notice, sealed},
};
use habeas_core::law::{
    ask::{Asked, RestrictionGround},
    lang::Lang,
    notice::{Answer, How, Notice, Told, Why},
    right::Right,
};
use jiff::SignedDuration;

use super::{
    erasure::{approved, executed},
    rectification::tell_by_hand,
};
use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    a_recipient_answers_once_and_only_its_own_notice,
    silence_is_reminded_of_once_and_then_somebody_looks_into_it,
    an_answer_in_time_is_asked_for_no_more,
    whom_the_log_of_transfers_names_is_told_by_name_and_whom_nobody_can_name_is_explained,
    what_a_recipient_said_on_the_telephone_is_recorded_by_those_who_may,
}

const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
const HOSTING: &str = "personvern@nettdrift.example";

/// Kari's customer record rests; hosting was told by mail.
pub(crate) async fn resting(house: &TestHouse) -> CaseHandle<'_> {
    let kari = house.kari().only(&["shop.customers"]).asking(Asked::Restriction { ground: RestrictionGround::Claims });
    let case = kari.asks(Right::Restriction).await;
    house.staff("kari").does(&case, "judge", "restrict").await;
    tell_by_hand(house, &case).await;
    assert_eq!(case.phase().await, "answered");
    case
}

/// Where telling a recipient stands.
pub(crate) async fn state(case: &CaseHandle<'_>, recipient: &str) -> Notice {
    told(case).await.into_iter().find(|told| told.recipient == recipient).unwrap_or_else(|| panic!("{recipient} was not told")).notice
}

async fn told(case: &CaseHandle<'_>) -> Vec<Told> {
    let newest = sealed::notices(&case.house.store, &case.house.keys, &case.row().await).await.unwrap();
    newest.into_iter().map(|(_, told)| told).collect()
}

/// The tokens of the links that an address was sent, newest first.
pub(crate) fn tokens(house: &TestHouse, to: &str) -> Vec<String> {
    let link = |text: &str| Some(text.split("/notice/").nth(1)?.split_whitespace().next()?.to_owned());
    house.mails().iter().filter(|mail| mail.to == to).filter_map(|mail| link(&mail.text)).collect()
}

fn acknowledged() -> Answer {
    Answer::of("acknowledged", "Siri Moe", "", "").unwrap()
}

async fn a_recipient_answers_once_and_only_its_own_notice(house: TestHouse) {
    let case = resting(&house).await;
    let Notice::Sent(sent) = state(&case, "hosting").await else { panic!("told by mail") };
    assert_eq!(sent.how, How::Mail);
    let [token] = &tokens(&house, HOSTING)[..] else { panic!("one mail") };
    assert!(!house.own_bytes().await.contains(&house.bytes(token.as_bytes())), "only a digest of it is kept");
    let stored = notice::of_case(&house.store, &case.reference).await.unwrap();
    assert!(stored.iter().all(|row| row.link.as_ref().is_none_or(|link| !link.digest.contains(token.as_str()))));

    let door = &house.house.door;
    let link = door.noticed(token).await.unwrap();
    assert!(link.is_open && matches!(door.noticed(&format!("{token}a")).await, Err(Refusal::NotFound(_))));
    assert_eq!(state(&case, "hosting").await, Notice::Sent(sent), "reading it changes nothing");
    let other = stored.iter().find(|row| row.recipient != "hosting").unwrap().id.clone();
    let foreign = AnswerNotice { case: case.reference.clone(), notice: other, answer: acknowledged() };
    assert!(matches!(house.run(&link.actor, foreign).await, Err(Refusal::Denied)), "nobody else's");

    let answer = |answer| AnswerNotice { case: link.case.clone(), notice: link.notice.clone(), answer };
    house.advance(WEEK).await;
    house.run(&link.actor, answer(acknowledged())).await.unwrap();
    let Notice::Acknowledged { sent: told, at, by } = state(&case, "hosting").await else { panic!("acknowledged") };
    assert_eq!((told, by.as_str()), (sent, "Siri Moe"));
    assert!(at.duration_since(sent.at) >= WEEK);
    let again = house.run(&link.actor, answer(Answer::of("refused", "", "", "Likevel ikke.").unwrap())).await;
    assert!(matches!(&again, Err(Refusal::Conflict { code, .. }) if code == "notice-answered"), "{again:?}");
    assert!(!door.noticed(token).await.unwrap().is_open);
    let said: Vec<_> = case.log().await.into_iter().filter(|fact| fact["kind"] == "recipient-answered").collect();
    assert_eq!(said.last().unwrap()["actor"], "recipient/hosting");
    assert!(!format!("{said:?}").contains("Siri"), "the log holds no names");
    house.settle().await;
}

async fn silence_is_reminded_of_once_and_then_somebody_looks_into_it(house: TestHouse) {
    let case = resting(&house).await;
    let first = tokens(&house, HOSTING);
    house.advance(WEEK).await;
    assert_eq!(tokens(&house, HOSTING), first, "two weeks are two weeks");
    house.advance(WEEK).await;
    let [second, old] = &tokens(&house, HOSTING)[..] else { panic!("one reminder") };
    assert_eq!((old, case.facts("recipient-reminded").await.len()), (&first[0], 1));
    let reminder = house.mails().iter().find(|mail| mail.to == HOSTING).unwrap().text.clone();
    assert!(reminder.contains("har ikke fått svar") && reminder.contains("Kundeopplysninger"), "{reminder}");
    let door = &house.house.door;
    assert!(matches!(door.noticed(old).await, Err(Refusal::NotFound(_))), "the first link is good for nothing");
    assert!(door.noticed(second).await.unwrap().is_open);
    assert!(case.waits_at().await.is_empty());

    house.advance(WEEK * 2).await;
    assert_eq!(tokens(&house, HOSTING).len(), 2, "it is asked no third time");
    let waits = case.waits_at().await;
    let [silent] = &waits[..] else { panic!("one task: {waits:?}") };
    assert!(silent.starts_with("silent:") && silent.ends_with("@hosting"), "{silent}");
    let kari = house.staff("kari").writing("reason", "Leverandøren er konkurs.");
    let why = kari.tries(&case, silent, "impossible").await;
    assert!(matches!(&why, Err(Refusal::Invalid(problems)) if problems[0].code == "impossible-why-missing"), "{why:?}");
    let unknown = kari.tries(&case, silent, "whatever").await;
    assert!(matches!(unknown, Err(Refusal::Invalid(_))), "{unknown:?}");
    kari.writing("why", "gone").does(&case, silent, "impossible").await;
    let Notice::Impossible { sent, why, because, .. } = state(&case, "hosting").await else { panic!("impossible") };
    assert_eq!((why, because.words()), (Why::Gone, "Leverandøren er konkurs."));
    assert_eq!(sent.map(|sent| sent.how), Some(How::Mail), "it was told all the same");
    assert!(case.waits_at().await.is_empty());
    house.advance(WEEK * 8).await;
    assert!(case.waits_at().await.is_empty() && tokens(&house, HOSTING).len() == 2);
}

async fn an_answer_in_time_is_asked_for_no_more(house: TestHouse) {
    let case = resting(&house).await;
    let door = &house.house.door;
    let link = door.noticed(&tokens(&house, HOSTING)[0]).await.unwrap();
    let answer = AnswerNotice { case: link.case.clone(), notice: link.notice.clone(), answer: acknowledged() };
    house.run(&link.actor, answer).await.unwrap();
    house.advance(WEEK * 10).await;
    assert_eq!((tokens(&house, HOSTING).len(), case.facts("recipient-silent").await.len()), (1, 0));

    let late = resting(&house).await;
    house.advance(WEEK * 2).await;
    house.advance(WEEK * 2).await;
    let [silent] = &late.waits_at().await[..] else { panic!("somebody looks into it") };
    assert!(silent.ends_with("@hosting"));
    let link = door.noticed(&tokens(&house, HOSTING)[0]).await.unwrap();
    let answer = AnswerNotice { case: link.case.clone(), notice: link.notice.clone(), answer: acknowledged() };
    house.run(&link.actor, answer).await.unwrap();
    assert!(late.waits_at().await.is_empty(), "the answer came after all");

    let over = resting(&house).await;
    let token = tokens(&house, HOSTING)[0].clone();
    house.advance(WEEK * 2).await;
    assert!(door.noticed(&token).await.is_err(), "another link took its place");
    let token = tokens(&house, HOSTING)[0].clone();
    house.advance(SignedDuration::from_hours(24 * 91)).await;
    let link = door.noticed(&token).await.unwrap();
    assert!(!link.is_open, "ninety days are over");
    let answer = AnswerNotice { case: over.reference.clone(), notice: link.notice.clone(), answer: acknowledged() };
    assert!(matches!(house.run(&link.actor, answer).await, Err(Refusal::Conflict { .. })));
    house.settle().await;
}

async fn whom_the_log_of_transfers_names_is_told_by_name_and_whom_nobody_can_name_is_explained(house: TestHouse) {
    let solveig = house.solveig();
    let sent_to = house.systems.texts("dossiers", "SELECT DISTINCT recipient FROM visa_applications").await;
    let case = approved(&house, &solveig).await;
    executed(&house, &case).await;
    let told = told(&case).await;
    let named = |id: &str| told.iter().find(|told| told.recipient == id).unwrap_or_else(|| panic!("{id}: {told:?}")).clone();
    let embassy = named("embassy").name.get(Lang::Nb).to_owned();
    assert!(sent_to.contains(&embassy), "`{embassy}` is one of {sent_to:?}");
    let letter = case.mail_to(&solveig.email).text.replace('\n', " ");
    assert!(letter.contains(&format!("{embassy}: Fikk beskjed av en av oss")), "{letter}");
    assert!(letter.contains("Samarbeidspartnerne våre: Det var ikke mulig å gi beskjed. Ingen har skrevet ned hvem det var."), "{letter}");
    assert!(matches!(named("partners").notice, Notice::Impossible { sent: None, why: Why::NotRecorded, .. }));
    assert!(!case.tasks().await.iter().any(|task| task.branch.as_deref() == Some("partners")), "nobody is asked to do what cannot be done");
}

async fn what_a_recipient_said_on_the_telephone_is_recorded_by_those_who_may(house: TestHouse) {
    let case = resting(&house).await;
    let newest = |id: &'static str| house.house.door.newest_notice(&case.reference, id);
    let refused = Answer::of("refused", "", "", "Vår egen lov sier noe annet.").unwrap();
    let answer = |notice: String| AnswerNotice { case: case.reference.clone(), notice, answer: refused.clone() };
    let ola = house.staff("ola").actor().await;
    assert!(matches!(house.run(&ola, answer(newest("google").await.unwrap())).await, Err(Refusal::Denied)), "a system owner may not");
    let kari = house.staff("kari").actor().await;
    house.run(&kari, answer(newest("google").await.unwrap())).await.unwrap();
    let Notice::Refused { sent, reason, .. } = state(&case, "google").await else { panic!("refused") };
    assert_eq!((sent.how, reason.words()), (How::ByHand, "Vår egen lov sier noe annet."));
    let partners = house.run(&kari, answer(newest("partners").await.unwrap())).await;
    assert!(matches!(&partners, Err(Refusal::Conflict { code, .. }) if code == "recipient-untold"), "{partners:?}");
    house.settle().await;
}
