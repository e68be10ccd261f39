//! Somebody tries to learn who is known here.

use habeas_core::law::{lang::Lang, right::Right};
use jiff::SignedDuration;

use crate::{
    faces::browser::{Browser, HOME, Shown},
    house::{
        database::on_every_store,
        test_house::{PASSWORD, TestHouse},
    },
};

on_every_store! {
    ab11_known_and_unknown_people_are_answered_alike,
    ab12_held_erased_and_asking_people_are_answered_like_unknown_ones,
    ab13_what_opens_something_cannot_be_guessed,
}

/// Somebody nobody knows, at the same host and with the same first letter: that much of an address is shown to whoever typed it.
fn unknown_like(email: &str) -> String {
    let (name, host) = email.split_once('@').unwrap();
    format!("{}ukjent@{host}", name.chars().next().unwrap())
}

/// Everything a browser is told, without what it sent itself and what is drawn by lot.
fn blurred(shown: &Shown, typed: &str) -> (u16, Vec<String>, String) {
    let blur = |text: &str| text.replace(typed, "…").replace(&typed.replace('@', "&#64;"), "…");
    let mut headers: Vec<_> = shown
        .headers
        .iter()
        .map(|header| match header.name().as_str() {
            // The value is by chance; its name, length and flags must be alike.
            "Set-Cookie" => format!("cookie of {} signs: {}", header.value().len(), header.value().split_once(';').unwrap().1),
            name => format!("{name}: {}", blur(header.value())),
        })
        .collect();
    headers.sort();
    let text = shown.hidden("csrf").map_or_else(|| shown.text(), |csrf| shown.text().replace(&csrf, "…"));
    // A code that was just sent says until when it is good.
    let text = blur(&text).chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect();
    (shown.status.code, headers, text)
}

/// What each page says to somebody who looks for a mailbox, and begins a request with it, and types a wrong code.
async fn told(house: &TestHouse, email: &str) -> Vec<(u16, Vec<String>, String)> {
    let mut told = Vec::new();
    for from in ["/nb/find", "/nb/request/who"] {
        let mut browser = Browser::open(house).await;
        browser.get("/nb/").await;
        browser.submit("/nb/", &[("right", "access")]).await;
        told.push(blurred(&browser.get(from).await, email));
        let csrf = browser.csrf().to_owned();
        told.push(blurred(&browser.send(from, &[("csrf", &csrf), ("email", email)], &[("Origin", HOME)]).await, email));
        house.settle().await;
        told.push(blurred(&browser.get("/nb/request/code").await, email));
        told.push(blurred(&browser.submit("/nb/request/code", &[("code", "1")]).await, email));
        told.push(blurred(&browser.get("/nb/cases").await, email));
    }
    told
}

fn alike(who: &str, told: &[(u16, Vec<String>, String)], unknown: &[(u16, Vec<String>, String)]) {
    for (number, (one, other)) in told.iter().zip(unknown).enumerate() {
        assert!(one == other, "answer {number} to {who} tells:\n{one:#?}\n{other:#?}");
    }
    assert_eq!(told.len(), unknown.len());
}

async fn ab11_known_and_unknown_people_are_answered_alike(house: TestHouse) {
    let kari = house.kari().email;
    let unknown = told(&house, &unknown_like(&kari)).await;
    let statuses: Vec<_> = unknown.iter().map(|(status, ..)| *status).collect();
    assert_eq!(statuses, [200, 303, 200, 422, 200, 200, 303, 200, 422, 200], "the pages are there");
    alike("a customer", &told(&house, &kari).await, &unknown);

    // At the door of the desk: who works here, who does not, and who did.
    house
        .run(&habeas::action::actor::Actor::Operator, habeas::action::disable_person::DisablePerson { id: "bo".to_owned() })
        .await
        .unwrap();
    house.settle().await;
    let mut answers = Vec::new();
    for (name, password) in [("kari", "feil hest batteri stift"), ("nobody", PASSWORD), ("bo", PASSWORD)] {
        let mut browser = Browser::open(&house).await;
        browser.get("/nb/desk/sign-in").await;
        let email = format!("{name}@visumexpress.example");
        answers.push(blurred(&browser.submit("/nb/desk/sign-in", &[("email", &email), ("password", password)]).await, &email));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    assert_eq!(answers[0].0, 422);
}

async fn ab12_held_erased_and_asking_people_are_answered_like_unknown_ones(house: TestHouse) {
    let (kari, solveig, jonas) = (house.kari(), house.solveig(), house.jonas());
    let erased = kari.asks(Right::Erasure).await;
    house.staff("kari").does(&erased, "assess", "go-on").await;
    house.staff("kari").does(&erased, "propose", "erase").await;
    house.staff("per").approves(&erased).await;
    house.advance(SignedDuration::from_hours(73)).await;
    let held = solveig.asks(Right::Access).await;
    house.place_hold("ida", &held.reference).await;
    jonas.speaking(Lang::En).asks(Right::Access).await;
    house.advance(SignedDuration::from_hours(2)).await;
    for (who, email) in
        [("somebody erased", &kari.email), ("somebody under a hold", &solveig.email), ("somebody asking", &house.jonas().email)]
    {
        alike(who, &told(&house, email).await, &told(&house, &unknown_like(email)).await);
    }
}

async fn ab13_what_opens_something_cannot_be_guessed(house: TestHouse) {
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..50 {
        let mut browser = Browser::open(&house).await;
        let page = browser.get("/nb/find").await;
        let cookie = page.headers.get_one("Set-Cookie").unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
        // Letters and digits of 32: five bits each.
        assert!(cookie.len() * 5 >= 128 && browser.csrf().len() * 4 >= 128, "{cookie}");
        assert!(seen.insert(cookie) & seen.insert(browser.csrf().to_owned()), "drawn twice");
    }
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    house.staff("per").approves(&case).await;
    let letter = case.mail_to(&solveig.email).text;
    let token = letter.split("/stop/").nth(1).unwrap().split('/').nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(token.trim_matches(['<', '>', '.']).len() * 4 >= 128, "{token}");
    // A reference is short, so that it can be read aloud: it opens nothing to anybody but its person.
    let mut other = Browser::open(&house).await;
    other.get("/nb/find").await;
    other.proves("/nb/find", &house.jonas().email).await;
    assert_eq!(other.look(&format!("/nb/case/{}", case.reference)).await.status.code, 404);
}
