//! A file that goes directly to another controller (Art. 20(2)): chosen at the portal, handed to a program that takes it and looks who
//! sent it, and told of in the letter.

use std::{collections::BTreeMap, sync::Arc};

use data_encoding::BASE64;
use habeas_core::{
    crypto::hash::Hash,
    law::{lang::Lang, right::Right},
};
use jiff::SignedDuration;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
    sync::Mutex,
};

use super::browser::Browser;
use crate::house::{database::on_every_store, package::Package, test_house::TestHouse};

on_every_store! {
    kari_has_her_file_sent_to_somebody_who_can_tell_where_it_comes_from,
    a_file_that_nobody_takes_is_for_a_person_and_kari_is_told,
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What came: head, by small name, and body.
type Calls = Arc<Mutex<Vec<(BTreeMap<String, String>, Vec<u8>)>>>;

/// A company that takes files, answering each call with the next status.
async fn receiver(statuses: &'static [u16]) -> (String, Calls) {
    let (listener, calls) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), Calls::default());
    let (address, kept) = (format!("http://{}/files", listener.local_addr().unwrap()), Arc::clone(&calls));
    tokio::spawn(async move {
        for status in statuses {
            let mut stream = BufReader::new(listener.accept().await.unwrap().0);
            let (mut line, mut head) = (String::new(), BTreeMap::new());
            stream.read_line(&mut line).await.unwrap();
            head.insert("line".to_owned(), line.trim().to_owned());
            loop {
                let mut header = String::new();
                stream.read_line(&mut header).await.unwrap();
                let Some((name, value)) = header.trim().split_once(':') else { break };
                head.insert(name.to_ascii_lowercase(), value.trim().to_owned());
            }
            let mut body = vec![0; head["content-length"].parse().unwrap()];
            stream.read_exact(&mut body).await.unwrap();
            kept.lock().await.push((head, body));
            stream.write_all(format!("HTTP/1.1 {status} .\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes()).await.unwrap();
        }
    });
    (address, calls)
}

async fn knows(house: &mut TestHouse, address: &str) {
    let about = "about: {nb: Reiser., nl: Reizen., en: Journeys.}";
    let entry =
        format!("  - {{id: reisefly, name: Reisefly AS, role: controller, country: \"NO\", {about}, takes-files: \"{address}\"}}\n");
    house.rewrites("recipients.yaml", "recipients:\n", &format!("recipients:\n{entry}")).await;
}

/// What the receiver has to do to believe who sent it: RFC 9421 over the digest of RFC 9530.
fn signature_base(head: &BTreeMap<String, String>, address: &str) -> String {
    let parameters = head["signature-input"].strip_prefix("habeas=").unwrap();
    let (names, _) = parameters[1..].split_once(')').unwrap();
    let value = |name: &str| match name {
        "@method" => "POST".to_owned(),
        "@target-uri" => address.to_owned(),
        name => head[name].clone(),
    };
    let lines = names.split(' ').map(|name| format!("{name}: {}\n", value(name.trim_matches('"'))));
    lines.chain([format!("\"@signature-params\": {parameters}")]).collect()
}

async fn kari_has_her_file_sent_to_somebody_who_can_tell_where_it_comes_from(mut house: TestHouse) {
    let (address, calls) = receiver(&[503, 201]).await;
    knows(&mut house, &address).await;
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&kari, Right::Portability, Lang::En, &[]).await;
    check.says(&["Who gets the file", "Only me"]);
    let choice = hers.get(&check.link("/request/details")).await;
    let nobody = hers.submit(&choice.path, &[("to", "somebody")]).await;
    assert!(nobody.text().contains("Choose who should get the file"), "{nobody}");
    let check = hers.fills(&choice, &[("to", "reisefly")]).await;
    check.says(&["Who gets the file", "Reisefly AS"]);
    let case = hers.sends(&check).await;
    assert_eq!((case.phase().await, calls.lock().await.len()), ("open", 1), "it is not taken at once");
    house.advance(HOUR).await;
    assert_eq!(case.phase().await, "answered");

    let calls = calls.lock().await;
    let [(first, _), (head, body)] = calls.as_slice() else { panic!("called {} times", calls.len()) };
    assert_eq!(first["idempotency-key"], head["idempotency-key"], "the same, tried again");
    assert_eq!((head["line"].as_str(), head["content-type"].as_str()), ("POST /files HTTP/1.1", "application/zip"));
    let digest = Hash::of(body);
    assert_eq!(head["content-digest"], format!("sha-256=:{}:", BASE64.encode(digest.as_bytes())));
    let key = house.keys.log().public();
    let signature = head["signature"].strip_prefix("habeas=:").unwrap().strip_suffix(':').unwrap();
    let signature = BASE64.decode(signature.as_bytes()).unwrap().try_into().unwrap();
    key.verify(signature_base(head, &address).as_bytes(), &signature).unwrap();
    key.verify(signature_base(head, "https://elsewhere.example/files").as_bytes(), &signature).unwrap_err();
    assert_eq!(Package::read(body.clone()).text("keys/bundle.pem"), key.to_pem(), "the key stands in the file");
    let facts = case.facts("package-transmitted").await;
    assert_eq!((facts.len(), facts[0]["recipient"].as_str(), &facts[0]["sha256"]), (1, "reisefly", &digest.to_string()));
    assert_eq!(facts[0]["transport"], "http", "on this machine; elsewhere only `https` is called");

    let letter = case.mail_to(&kari.email).text;
    assert!(letter.contains("sent the file straight to Reisefly AS"), "{letter}");
    hers.follows_letter(&case, &kari.email).await.says(&["We have also sent the file to Reisefly AS", "Download"]);
}

async fn a_file_that_nobody_takes_is_for_a_person_and_kari_is_told(mut house: TestHouse) {
    let (address, calls) = receiver(&[410]).await;
    knows(&mut house, &address).await;
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&kari, Right::Portability, Lang::En, &[&[("to", "reisefly")]]).await;
    let case = hers.sends(&check).await;
    assert_eq!((case.waits_at().await, calls.lock().await.len()), (vec!["transmit-by-hand".to_owned()], 1));
    let mut staff = Browser::of_staff(&house, "kari").await;
    staff.opens(&case, "transmit-by-hand").await.says(&["The other company did not take the file", "Reisefly AS"]);
    staff.decides(&case, "transmit-by-hand", &[("outcome", "impossible"), ("reason", "They have closed their door.")]).await;
    assert_eq!((case.phase().await, case.facts("package-transmitted").await.len()), ("answered", 0));
    let letter = case.mail_to(&kari.email).text;
    assert!(letter.contains("could not send the file to Reisefly AS") && !letter.contains("straight to"), "{letter}");
    hers.follows_letter(&case, &kari.email).await.says(&["We could not send the file to Reisefly AS", "hand it over yourself"]);
}
