//! Passkeys from end to end, with a device made of a key and some bytes: made when somebody comes in or later, asked for at the door and
//! before something grave, and worth nothing anywhere else, later or twice.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use habeas::{
    action::{
        actor::{Actor, Demands, Role},
        disable_person::DisablePerson,
        secret::totp_code,
    },
    config::Config,
    house::House,
    keys::sha256,
};
use jiff::SignedDuration;
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};

use super::browser::{Browser, HOME, Shown};
use crate::house::{
    database::on_every_store,
    test_house::{PASSWORD, TOTP_SECRET, TestHouse},
};

on_every_store! {
    a_passkey_is_made_and_signs_in,
    an_answer_is_good_for_its_question_and_this_site_only,
    what_was_asked_once_is_answered_once,
    a_passkey_gives_the_second_factor_once_more,
    the_last_way_to_prove_oneself_stays,
    another_telephone_takes_the_place_of_the_old_one,
    a_role_may_ask_for_a_passkey,
}

/// A device with one passkey.
pub(crate) struct Device {
    key: SigningKey,
    id: [u8; 16],
    counter: u32,
}

impl Device {
    pub(crate) fn new(seed: u8) -> Self {
        Self { key: SigningKey::from_slice(&[seed; 32]).unwrap(), id: [seed; 16], counter: 0 }
    }

    /// Answers the question of a page, as our script would. `origin` is where the browser believes to be.
    pub(crate) fn answers(&mut self, page: &Shown, origin: &str) -> String {
        let options = page.between("data-options=\"", "\"").unwrap_or_else(|| panic!("nothing is asked: {page}"));
        let options: Value = serde_json::from_str(&options.replace("&quot;", "\"").replace("&amp;", "&")).unwrap();
        let makes = page.text().contains("data-ceremony=\"create\"");
        self.answer(&options["publicKey"], makes, origin)
    }

    fn answer(&mut self, asked: &Value, makes: bool, origin: &str) -> String {
        let what = if makes { "webauthn.create" } else { "webauthn.get" };
        let told = json!({"type": what, "challenge": asked["challenge"], "origin": origin, "crossOrigin": false}).to_string();
        let site = asked["rp"]["id"].as_str().or(asked["rpId"].as_str()).unwrap();
        self.counter += 1;
        // Present and verified; with a new key where one is made.
        let mut data = [&digest(site.as_bytes())[..], &[if makes { 0x45 } else { 0x05 }], &self.counter.to_be_bytes()].concat();
        let mut response = json!({"clientDataJSON": BASE64URL_NOPAD.encode(told.as_bytes())});
        if makes {
            data.extend(self.credential());
            let object = [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"[..], &[u8::try_from(data.len()).unwrap()], &data].concat();
            response["attestationObject"] = BASE64URL_NOPAD.encode(&object).into();
        } else {
            let signed = [&data[..], &digest(told.as_bytes())].concat();
            let signature: Signature = self.key.sign(&signed);
            response["authenticatorData"] = BASE64URL_NOPAD.encode(&data).into();
            response["signature"] = BASE64URL_NOPAD.encode(signature.to_der().as_bytes()).into();
        }
        let id = BASE64URL_NOPAD.encode(&self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "extensions": {}}).to_string()
    }

    /// No maker's name, the id, the public key (RFC 9053).
    fn credential(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        [&[0; 16][..], &[0, 16], &self.id, b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", x, b"\x22\x58\x20", y].concat()
    }
}

fn digest(bytes: &[u8]) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(sha256(bytes).as_bytes()).unwrap()
}

/// Makes a passkey on one's own page.
async fn makes(browser: &mut Browser<'_>, device: &mut Device) -> Shown {
    browser.get("/en/desk/access").await;
    let asked = browser.submit("/en/desk/access/passkey", &[("label", "my phone")]).await;
    asked.says(&["data-ceremony=\"create\""]);
    let answer = device.answers(&asked, HOME);
    browser.submit("/en/desk/access/passkey/made", &[("label", "my phone"), ("passkey", &answer)]).await
}

/// Types the password; the page that asks for the second factor.
async fn half_in(browser: &mut Browser<'_>, id: &str) -> Shown {
    browser.get("/en/desk/sign-in").await;
    browser.submit("/en/desk/sign-in", &[("email", &format!("{id}@visumexpress.example")), ("password", PASSWORD)]).await
}

async fn a_passkey_is_made_and_signs_in(house: TestHouse) {
    let (mut kari, mut device) = (Browser::of_staff(&house, "kari").await, Device::new(7));
    let done = makes(&mut kari, &mut device).await;
    done.says(&["Passkey", "my phone", "It was changed"]);
    let taken = makes(&mut Browser::of_staff(&house, "per").await, &mut device).await;
    assert_eq!(taken.status.code, 422, "a key that is somebody's becomes nobody else's: {taken}");
    let mut anew = Browser::open(&house).await;
    let asked = half_in(&mut anew, "kari").await;
    assert_eq!(asked.headers.get_one("Content-Security-Policy").map(|policy| policy.contains("script-src 'self';")), Some(true));
    assert!(asked.headers.get_one("X-Habeas-Scripted").is_none(), "the mark stays inside");
    assert!(asked.text().contains("passkey-") && asked.text().contains(".js\" defer"), "{asked}");
    let answer = device.answers(&asked, HOME);
    assert_eq!(anew.submit("/en/desk/totp", &[("passkey", &answer)]).await.path, "/en/desk/");
    let plain = anew.get("/en/desk/").await;
    let policy = plain.headers.get_one("Content-Security-Policy").unwrap();
    assert!(!policy.contains("script-src") && policy.contains("default-src 'none'"), "{policy}");
    assert_eq!(house.facts("factor-added").await.len(), 1);
    house.settle().await;
}

async fn an_answer_is_good_for_its_question_and_this_site_only(house: TestHouse) {
    let (mut kari, mut device) = (Browser::of_staff(&house, "kari").await, Device::new(7));
    makes(&mut kari, &mut device).await;
    let mut anew = Browser::open(&house).await;
    let asked = half_in(&mut anew, "kari").await;
    let elsewhere = device.answers(&asked, "https://personvern.visumexpress.example.evil.example");
    assert_eq!(anew.submit("/en/desk/totp", &[("passkey", &elsewhere)]).await.status.code, 422);
    let asked = half_in(&mut anew, "kari").await;
    let stranger = Device { id: device.id, ..Device::new(8) }.answers(&asked, HOME);
    assert_eq!(anew.submit("/en/desk/totp", &[("passkey", &stranger)]).await.status.code, 422, "another key under the same id");
    let asked = half_in(&mut anew, "kari").await;
    let answer = device.answers(&asked, HOME);
    // Per asks for a passkey of his own; hers does not open his door.
    makes(&mut Browser::of_staff(&house, "per").await, &mut Device::new(9)).await;
    let mut per = Browser::open(&house).await;
    half_in(&mut per, "per").await;
    assert_eq!(per.submit("/en/desk/totp", &[("passkey", &answer)]).await.status.code, 422);
    assert_eq!(anew.submit("/en/desk/totp", &[("passkey", "{}")]).await.status.code, 422);
    house.settle().await;
}

async fn what_was_asked_once_is_answered_once(house: TestHouse) {
    let (mut kari, mut device) = (Browser::of_staff(&house, "kari").await, Device::new(7));
    makes(&mut kari, &mut device).await;
    let mut anew = Browser::open(&house).await;
    let asked = half_in(&mut anew, "kari").await;
    let answer = device.answers(&asked, HOME);
    assert_eq!(anew.submit("/en/desk/totp", &[("passkey", &answer)]).await.path, "/en/desk/");
    let mut again = Browser::open(&house).await;
    half_in(&mut again, "kari").await;
    assert_eq!(again.submit("/en/desk/totp", &[("passkey", &answer)]).await.status.code, 422, "another question");
    house.run(&Actor::Operator, DisablePerson { id: "kari".to_owned() }).await.unwrap();
    let last = half_in(&mut again, "kari").await;
    assert_eq!(last.status.code, 422, "{last}");
    house.settle().await;
}

async fn a_passkey_gives_the_second_factor_once_more(house: TestHouse) {
    let (mut vera, mut device) = (Browser::of_staff(&house, "vera").await, Device::new(7));
    makes(&mut vera, &mut device).await;
    vera.obliging = false;
    vera.get("/en/desk/people/kari").await;
    house.advance(SignedDuration::from_mins(6)).await;
    // The form waited too long: it goes on with the passkey's answer, and with what was ticked.
    let asked = vera.submit("/en/desk/people/kari/roles", &[("role", "dpo")]).await;
    assert_eq!(asked.status.code, 403, "{asked}");
    assert!(asked.text().contains("name=\"role\" value=\"dpo\""), "{asked}");
    let answer = device.answers(&asked, HOME);
    let done = vera.submit("/en/desk/people/kari/roles", &[("role", "dpo"), ("again-passkey", &answer)]).await;
    done.says(&["data protection officer"]);
    house.advance(SignedDuration::from_mins(6)).await;
    let asked = vera.get("/en/desk/people/per").await;
    assert!(asked.path.starts_with("/en/desk/again?"), "{asked}");
    let asked = vera.submit("/en/desk/again", &[("to", "/desk/people/per"), ("again-ask", "true")]).await;
    let answer = device.answers(&asked, HOME);
    let there = vera.submit("/en/desk/again", &[("to", "/desk/people/per"), ("again-passkey", &answer)]).await;
    assert_eq!(there.path, "/en/desk/people/per", "{there}");
    house.settle().await;
}

async fn the_last_way_to_prove_oneself_stays(house: TestHouse) {
    let (mut kari, mut device) = (Browser::of_staff(&house, "kari").await, Device::new(7));
    let ids = |page: &Shown| -> Vec<String> {
        page.text().split("name=\"id\" value=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id.to_owned()).collect()
    };
    let page = kari.get("/en/desk/access").await;
    let totp = ids(&page).remove(0);
    let kept = kari.submit("/en/desk/access/remove", &[("id", &totp)]).await;
    assert!(kept.status.code == 422 && kept.text().contains("the only way you have"), "{kept}");
    let both = makes(&mut kari, &mut device).await;
    assert_eq!(ids(&both).len(), 2);
    kari.submit("/en/desk/access/remove", &[("id", &totp)]).await.says(&["Passkey"]);
    let codes = kari.submit("/en/desk/access/recovery", &[]).await;
    let lines = codes.text();
    let lines = lines.split("<li>").filter_map(|line| line.split_once("</li>"));
    assert_eq!(lines.filter(|(code, _)| code.len() == 11 && code.as_bytes()[5] == b'-').count(), 10, "{codes}");
    let mut anew = Browser::open(&house).await;
    half_in(&mut anew, "kari").await;
    let code = totp_code(&TOTP_SECRET, house.now()).unwrap();
    assert_eq!(anew.submit("/en/desk/totp", &[("code", &code)]).await.status.code, 422, "the code app is gone");
    house.settle().await;
}

async fn another_telephone_takes_the_place_of_the_old_one(house: TestHouse) {
    let mut kari = Browser::of_staff(&house, "kari").await;
    let page = kari.get("/en/desk/access").await;
    let old = page.between("name=\"id\" value=\"", "\"").unwrap();
    assert_eq!(kari.get("/en/desk/access/app").await.path, "/en/desk/access", "nothing is being set up");
    let shown = kari.submit("/en/desk/access/app", &[]).await;
    shown.says(&["<svg", "The app you have now stays"]);
    let secret = BASE32_NOPAD.decode(shown.between("<p class=\"mono\">", "</p>").unwrap().replace(' ', "").as_bytes()).unwrap();
    let of_the_old = totp_code(&TOTP_SECRET, house.now()).unwrap();
    let wrong = kari.submit("/en/desk/access/app/made", &[("code", &of_the_old)]).await;
    assert_eq!(wrong.status.code, 422, "{wrong}");
    let made = kari.submit("/en/desk/access/app/made", &[("code", &totp_code(&secret, house.now()).unwrap())]).await;
    made.says(&["It was changed"]);
    kari.submit("/en/desk/access/remove", &[("id", &old)]).await;
    house.settle().await;
    let told = house.mails().into_iter().filter(|mail| mail.to == "kari@visumexpress.example").count();
    assert_eq!(
        (house.facts("factor-added").await.len(), house.facts("factor-removed").await.len(), told),
        (1, 1, 2),
        "she is told of both"
    );

    house.advance(SignedDuration::from_mins(1)).await;
    let mut anew = Browser::open(&house).await;
    half_in(&mut anew, "kari").await;
    let gone = anew.submit("/en/desk/totp", &[("code", &totp_code(&TOTP_SECRET, house.now()).unwrap())]).await;
    assert_eq!(gone.status.code, 422, "{gone}");
    assert_eq!(anew.submit("/en/desk/totp", &[("code", &totp_code(&secret, house.now()).unwrap())]).await.path, "/en/desk/");
}

async fn a_role_may_ask_for_a_passkey(house: TestHouse) {
    let demands = Demands::new(vec![Role::Dpo]);
    let mut strict = house;
    strict.house = House::open(&Config { passkeys: demands, ..strict.config().clone() }).await.unwrap();
    let mut ida = Browser::open(&strict).await;
    half_in(&mut ida, "ida").await;
    let code = totp_code(&TOTP_SECRET, strict.now()).unwrap();
    let turned = ida.submit("/en/desk/totp", &[("code", &code)]).await;
    assert!(turned.status.code == 422 && turned.text().contains("asks for a passkey"), "{turned}");
    assert_eq!(ida.get("/en/desk/").await.path, "/en/desk/sign-in");
    let mut per = Browser::of_staff(&strict, "per").await;
    per.get("/en/desk/").await.says(&["Queue"]);
    strict.settle().await;
}
