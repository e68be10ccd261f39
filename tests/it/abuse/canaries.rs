//! Twenty values that nobody else has, sent through the house: they come out where they belong and nowhere else.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use habeas::action::secret::totp_code;
use habeas_core::law::{lang::Lang, right::Right};
use jiff::SignedDuration;
use rocket::http::Header;
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    faces::browser::{Browser, HOME},
    house::{
        database::on_every_store,
        people::{CaseHandle, code_in},
        test_house::{PASSWORD, TOTP_SECRET, TestHouse},
    },
};

on_every_store! {
    nothing_personal_or_secret_leaves_by_a_side_door,
}

/// What the process logs, at its most talkative.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Heard {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

const WORDS: &str = "kanarifugl-ord-1";
const REPLY: &str = "kanarifugl-svar-2";
const REASON: &str = "kanarifugl-grunn-3";
const WRONG_PASSWORD: &str = "kanarifugl-passord-4";
const STRANGER: &str = "kanarifugl-5@elsewhere.example";
const NUMBER: &str = "K-KANARI-6";
const BROKEN: &str = "kanarifugl-7@@elsewhere";
const TOKEN: &str = "kanarifugl-token-8";
const CSRF: &str = "kanarifugl-csrf-9";

/// What came of it all.
#[derive(Default)]
struct Told {
    urls: Vec<String>,
    facts: String,
    /// Pages that say what went wrong.
    errors: Vec<String>,
    /// Drawn by lot meanwhile: codes, a cookie, a form's token.
    drawn: Vec<String>,
}

/// She asks, writes and takes her copy along; somebody unknown asks; nothing that is sent is right.
async fn at_the_portal<'h>(house: &'h TestHouse, hers: &mut Browser<'h>, told: &mut Told) {
    let kari = house.kari();
    let case = hers.asks(&kari, Right::Access, Lang::En).await;
    let page = hers.get(&format!("/en/case/{}/messages", case.reference)).await;
    told.urls.push(hers.fills(&page, &[("message", WORDS)]).await.path);
    hers.get(&format!("/en/case/{}/data/shop.orders", case.reference)).await;
    let package = hers.look(&format!("/en/case/{}/download/file", case.reference)).await;
    assert!(package.bytes.starts_with(b"PK"));
    at_the_desk(house, &case, told).await;
    let other = kari.clone().from(STRANGER).giving(Some(NUMBER)).asks(Right::Access).await;
    let erasure = house.jonas().asks(Right::Erasure).await;
    house.staff("kari").writing("reason", REASON).does(&erasure, "assess", "go-on").await;
    for handle in [&case, &other, &erasure] {
        told.facts.extend(handle.log().await.iter().map(ToString::to_string));
    }
    hers.get("/en/find").await;
    told.urls.push(hers.submit("/en/find", &[("email", BROKEN)]).await.path);
    let bearer = Header::new("Authorization", format!("Bearer {TOKEN}"));
    let denied = hers.client.get("/api/v1/restrictions").header(bearer).dispatch().await;
    told.errors.push(denied.into_string().await.unwrap());
    let forged = hers.send("/en/find", &[("csrf", CSRF), ("email", STRANGER)], &[("Origin", HOME)]).await;
    told.errors.push(forged.text().replace(hers.csrf(), "…"));
    house.break_log().await;
    hers.get("/en/find").await;
    let failed = hers.send("/en/find", &[("csrf", hers.csrf()), ("email", STRANGER)], &[("Origin", HOME)]).await;
    assert!(failed.status.code >= 500, "{failed}");
    let shown_again = failed.text().replace(hers.csrf(), "…");
    told.errors.push(shown_again);
    house.mend_log().await;
    told.drawn.push(house.mails().iter().filter(|mail| mail.to == kari.email).find_map(code_in).unwrap());
    told.drawn.push(hers.client.cookies().get("__Host-habeas").unwrap().value().to_owned());
    told.drawn.push(hers.csrf().to_owned());
}

/// A wrong password, a right one, a code, an answer.
async fn at_the_desk(house: &TestHouse, case: &CaseHandle<'_>, told: &mut Told) {
    let mut staff = Browser::open(house).await;
    let (door, email) = ("/en/desk/sign-in", ("email", "kari@visumexpress.example"));
    staff.get(door).await;
    told.urls.push(staff.submit(door, &[email, ("password", WRONG_PASSWORD)]).await.path);
    house.advance(SignedDuration::from_secs(31)).await;
    told.urls.push(staff.submit(door, &[email, ("password", PASSWORD)]).await.path);
    let totp = totp_code(&TOTP_SECRET, house.now()).unwrap();
    told.urls.push(staff.submit("/en/desk/totp", &[("code", &totp)]).await.path);
    told.urls.push(staff.decides(case, "message", &[("outcome", "answered"), ("reason", REPLY)]).await.path);
    told.drawn.push(totp);
}

async fn nothing_personal_or_secret_leaves_by_a_side_door(house: TestHouse) {
    let heard = Heard::default();
    let subscriber = tracing_subscriber::fmt().with_env_filter("trace,hyper=off,sqlx=off").with_writer(heard.clone()).finish();
    let listening = tracing::subscriber::set_default(subscriber);
    let (mut hers, mut told) = (Browser::open(&house).await, Told::default());
    at_the_portal(&house, &mut hers, &mut told).await;
    house.settle().await;
    drop(listening);

    let (kari, jonas, solveig) = (house.kari(), house.jonas(), house.solveig());
    let typed = [WORDS, REPLY, REASON, WRONG_PASSWORD, STRANGER, NUMBER, BROKEN, TOKEN, CSRF, PASSWORD];
    let held = [&kari.email, &kari.customer_number, &kari.order_number, &jonas.email, &solveig.customer_number];
    let canaries: Vec<&str> =
        typed.into_iter().chain(held.map(String::as_str)).chain(told.drawn.iter().map(String::as_str)).chain(["XTB00002"]).collect();
    assert_eq!(canaries.len(), 20);
    let logged = String::from_utf8_lossy(&heard.0.lock().unwrap()).into_owned();
    assert!(logged.len() > 1_000, "the log was heard: {logged}");
    let mails = house.mails().iter().map(|mail| mail.text.clone()).collect::<Vec<_>>().join("\n");
    let lights = hers.look("/readyz").await.text() + &hers.look("/healthz").await.text();
    let codes = house.mails().iter().filter_map(code_in).collect::<Vec<_>>();
    for canary in canaries {
        // What a code is mailed for; everything else is no matter for a mail.
        let is_mailed = codes.iter().any(|code| code == canary);
        let mails = if is_mailed { "" } else { &mails };
        let errors = told.errors.join("\n");
        let urls = told.urls.join("\n");
        for (place, text) in [
            ("the log", &logged[..]),
            ("a fact", &told.facts),
            ("an address", &urls),
            ("a light", &lights),
            ("an error", &errors),
            ("a mail", mails),
        ] {
            let line = text.lines().find(|line| line.contains(canary));
            assert!(line.is_none(), "{place} says `{canary}`: {}", line.unwrap_or_default().chars().take(300).collect::<String>());
        }
    }
}
