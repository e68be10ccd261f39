//! Twenty values that nobody else has, sent through the house: they come out where they belong and nowhere else.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use habeas::action::secret::totp_code;
use habeas_core::law::{lang::Lang, right::Right};
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    faces::browser::{Browser, HOME},
    house::{
        database::on_every_store,
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

async fn nothing_personal_or_secret_leaves_by_a_side_door(house: TestHouse) {
    let heard = Heard::default();
    let subscriber = tracing_subscriber::fmt().with_env_filter("trace,hyper=off,sqlx=off").with_writer(heard.clone()).finish();
    let listening = tracing::subscriber::set_default(subscriber);
    let kari = house.kari();
    let mut urls = Vec::new();

    // She asks, is wrong, writes, takes her copy along.
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Access, Lang::En).await;
    let page = hers.get(&format!("/en/case/{}/messages", case.reference)).await;
    let (words, reply, note) = ("kanarifugl-ord-1", "kanarifugl-svar-2", "kanarifugl-grunn-3");
    urls.push(hers.fills(&page, &[("message", words)]).await.path);
    hers.get(&format!("/en/case/{}/data/shop.orders", case.reference)).await;
    let package = hers.look(&format!("/en/case/{}/download/file", case.reference)).await;
    assert!(package.bytes.starts_with(b"PK"));
    // The desk: a wrong password, a right one, a code, an answer, a refusal.
    let mut staff = Browser::open(&house).await;
    staff.get("/en/desk/sign-in").await;
    let wrong = "kanarifugl-passord-4";
    urls.push(staff.submit("/en/desk/sign-in", &[("email", "kari@visumexpress.example"), ("password", wrong)]).await.path);
    house.advance(jiff::SignedDuration::from_secs(31)).await;
    urls.push(staff.submit("/en/desk/sign-in", &[("email", "kari@visumexpress.example"), ("password", PASSWORD)]).await.path);
    let totp = totp_code(&TOTP_SECRET, house.now()).unwrap();
    urls.push(staff.submit("/en/desk/totp", &[("code", &totp)]).await.path);
    urls.push(staff.decides(&case, "message", &[("outcome", "answered"), ("reason", reply)]).await.path);
    // Somebody unknown, whom nobody finds; an address that is none; a token that is none; a form too much.
    let (stranger, number) = ("kanarifugl-5@elsewhere.example", "K-KANARI-6");
    let other = kari.clone().from(stranger).giving(Some(number)).asks(Right::Access).await;
    let broken = "kanarifugl-7@@elsewhere";
    hers.get("/en/find").await;
    urls.push(hers.submit("/en/find", &[("email", broken)]).await.path);
    let token = "kanarifugl-token-8";
    let system = Browser::open(&house).await;
    let denied = system
        .client
        .get("/api/v1/restrictions")
        .header(rocket::http::Header::new("Authorization", format!("Bearer {token}")))
        .dispatch()
        .await;
    let denied = denied.into_string().await.unwrap();
    let forged = hers.send("/en/find", &[("csrf", "kanarifugl-csrf-9"), ("email", stranger)], &[("Origin", HOME)]).await;
    // An erasure that is refused with a reason of her own, and a case that goes wrong inside.
    let erasure = house.jonas().asks(Right::Erasure).await;
    house.staff("kari").writing("reason", note).does(&erasure, "assess", "go-on").await;
    house.break_log().await;
    hers.get("/en/find").await;
    let failed = hers.send("/en/find", &[("csrf", hers.csrf()), ("email", stranger)], &[("Origin", HOME)]).await;
    house.mend_log().await;
    house.settle().await;
    drop(listening);

    let code = house.mails().iter().filter(|mail| mail.to == kari.email).find_map(crate::house::people::code_in).unwrap();
    let cookie = hers.client.cookies().get("__Host-habeas").unwrap().value().to_owned();
    let canaries: [&str; 20] = [
        words,
        reply,
        note,
        wrong,
        stranger,
        number,
        broken,
        token,
        "kanarifugl-csrf-9",
        PASSWORD,
        &kari.email,
        &kari.customer_number,
        &kari.order_number,
        &code,
        &totp,
        &cookie,
        hers.csrf(),
        &house.jonas().email,
        &house.solveig().customer_number,
        "XTB00002",
    ];
    let logged = String::from_utf8_lossy(&heard.0.lock().unwrap()).into_owned();
    assert!(logged.len() > 1_000, "the log was heard: {logged}");
    let facts: String = [&case, &other, &erasure].iter().fold(String::new(), |all, _| all);
    let mut told = facts;
    for handle in [&case, &other, &erasure] {
        told.push_str(&handle.log().await.iter().map(ToString::to_string).collect::<String>());
    }
    let mails: String = house.mails().iter().filter(|mail| !mail.subject.is_empty()).map(|mail| mail.text.clone()).collect();
    let metrics = system.look("/readyz").await.text() + &system.look("/healthz").await.text();
    for canary in canaries {
        // Rocket's own lines name the addresses of pages, which hold none of these.
        assert!(!logged.contains(canary), "the log says `{canary}`: {}", around(&logged, canary));
        assert!(!told.contains(canary), "a fact says `{canary}`: {}", around(&told, canary));
        assert!(!urls.iter().any(|url| url.contains(canary)), "an address says `{canary}`: {urls:?}");
        assert!(!metrics.contains(canary) && !denied.contains(canary), "`{canary}`");
        assert!(!failed.text().contains(canary) || [stranger, hers.csrf()].contains(&canary), "an error says `{canary}`: {failed}");
        assert!(!forged.text().contains(canary) || canary == hers.csrf(), "an error says `{canary}`: {forged}");
        // Where mail goes to is no secret to its reader, and the code is what it is for.
        assert!(canary == code || !mails.contains(canary), "a mail says `{canary}`: {}", around(&mails, canary));
    }
    assert!(failed.status.code >= 500, "{failed}");
}

fn around(text: &str, canary: &str) -> String {
    text.lines().find(|line| line.contains(canary)).unwrap_or_default().chars().take(300).collect()
}
