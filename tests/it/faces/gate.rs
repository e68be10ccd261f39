//! The gate as other systems reach it: over HTTP, with a token.

use habeas::action::{actor::Actor, add_client::AddClient, revoke_client::RevokeClient};
use habeas_core::law::{identifier::Identifier, right::Right};
use rocket::http::{ContentType, Header, Status};
use serde_json::Value;

use super::{
    browser::{Browser, Shown},
    files::bundle_of,
};
use crate::{
    house::{database::on_every_store, test_house::TestHouse},
    rights::restriction::claims,
};

on_every_store! {
    a_system_asks_reports_a_use_and_the_authority_reads_of_it,
}

const CONTRACT: &str = include_str!("../../../src/web/openapi.json");

/// A system of the organisation.
pub(super) struct System<'h> {
    browser: Browser<'h>,
    token: String,
}

impl<'h> System<'h> {
    pub(super) async fn of(house: &'h TestHouse) -> Self {
        let token = house.run(&Actor::Operator, AddClient { name: "shop".to_owned(), per_second: 1_000 }).await.unwrap();
        Self { browser: Browser::open(house).await, token }
    }

    /// What it is told of somebody.
    pub(super) async fn asks_about(&self, house: &TestHouse, email: &str) -> Value {
        let index = house.house.look.gate_index_of(&Identifier::parse("email", email).unwrap());
        json(&self.asks(&format!("/api/v1/restrictions/{index}"), None).await)
    }

    async fn asks(&self, path: &str, known: Option<&str>) -> Shown {
        let mut request = self.browser.client.get(path.to_owned()).header(self.shows());
        if let Some(tag) = known {
            request.add_header(Header::new("If-None-Match", tag.to_owned()));
        }
        Shown::of(path, request.dispatch().await).await
    }

    async fn reports(&self, path: &str, body: &str) -> Shown {
        let request = self.browser.client.post(path.to_owned()).header(self.shows()).header(ContentType::JSON).body(body);
        Shown::of(path, request.dispatch().await).await
    }

    fn shows(&self) -> Header<'static> {
        Header::new("Authorization", format!("Bearer {}", self.token))
    }
}

fn json(shown: &Shown) -> Value {
    serde_json::from_slice(&shown.bytes).unwrap_or_else(|_| panic!("no JSON: {shown}"))
}

async fn a_system_asks_reports_a_use_and_the_authority_reads_of_it(house: TestHouse) {
    let shop = System::of(&house).await;
    let kari = claims(house.kari());
    let index = house.house.look.gate_index_of(&Identifier::parse("email", &kari.email).unwrap());
    let one = format!("/api/v1/restrictions/{index}");
    let before = shop.asks(&one, None).await;
    assert_eq!((before.status, json(&before)["status"].as_str()), (Status::Ok, Some("not-restricted")));
    assert_eq!(before.headers.get_one("Cache-Control"), Some("private, no-cache"));
    let tag = before.headers.get_one("ETag").unwrap().to_owned();
    let same = shop.asks(&one, Some(&tag)).await;
    assert_eq!((same.status, same.bytes.len()), (Status::NotModified, 0));

    let case = kari.asks(Right::Restriction).await;
    house.staff("kari").does(&case, "judge", "restrict").await;
    let after = shop.asks(&one, Some(&tag)).await;
    assert_eq!((after.status, json(&after)["restrictions"][0]["case"].as_str()), (Status::Ok, Some(case.reference.as_str())));
    let list = shop.asks("/api/v1/restrictions", None).await;
    let signature = data_encoding::BASE64.decode(list.headers.get_one("Habeas-Signature").unwrap().as_bytes()).unwrap();
    house.keys.log().public().verify(&list.bytes, &signature.try_into().unwrap()).unwrap();
    let (_, digits) = index.split_once('-').unwrap();
    assert_eq!(json(&list)["restricted"][digits], json(&after)["restrictions"]);
    assert_eq!(shop.asks("/api/v1/restrictions", list.headers.get_one("ETag")).await.status, Status::NotModified);

    let uses = format!("{one}/uses");
    let noted = shop.reports(&uses, r#"{"use":"legal-claims","by":"Ola Hansen","why":"The claim had to be answered."}"#).await;
    assert_eq!((noted.status, json(&noted)["noted"][0].as_str()), (Status::Created, Some(case.reference.as_str())));
    assert_eq!(shop.reports(&uses, r#"{"use":"curiosity","by":"Ola","why":"why"}"#).await.status, Status::UnprocessableEntity);
    let mut desk = Browser::of_staff(&house, "kari").await;
    desk.get(&format!("/en/desk/case/{}", case.reference)).await.says(&[
        "Used during the pause",
        "Legal claims",
        "Ola Hansen",
        "The claim had to be answered.",
    ]);
    desk.tells_by_hand(&case).await;
    let hers = Browser::open(&house).await.follows_letter(&case, &kari.email).await;
    hers.says(&["Brukt i pausen", "til et rettskrav"]);
    assert!(!hers.text().contains("Ola Hansen"), "who it was is no business of hers: {hers}");
    let bundle = bundle_of(&house, &case, &kari.email).await;
    let decision = bundle.text("data/06-decision.json");
    assert!(decision.contains("legal-claims") && decision.contains("The claim had to be answered."), "{decision}");

    for wrong in ["x", &index[1..], &index.to_uppercase()] {
        let shown = shop.asks(&format!("/api/v1/restrictions/{wrong}"), None).await;
        assert_eq!((shown.status, json(&shown)["code"].as_str()), (Status::UnprocessableEntity, Some("invalid")), "{wrong}");
    }
    let other_key = shop.asks(&format!("/api/v1/restrictions/00000000-{digits}"), None).await;
    assert_eq!((other_key.status, json(&other_key)["status"].as_str()), (Status::ServiceUnavailable, Some("unknown")));
    house.run(&Actor::Operator, RevokeClient { name: "shop".to_owned() }).await.unwrap();
    for path in [&one, "/api/v1/restrictions"] {
        let shown = shop.asks(path, None).await;
        assert_eq!((shown.status, json(&shown)["status"].as_u64()), (Status::Unauthorized, Some(401)));
    }
    house.settle().await;
}

/// Addresses outside of a language that browsers ask.
const FOR_BROWSERS: [&str; 9] = [
    "/",
    "/assets/<name>",
    "/robots.txt",
    "/.well-known/security.txt",
    "/sign-in/back",
    "/sign-in/out",
    "/desk/sign-in/back",
    "/desk/sign-in/out",
    "/api/openapi.json",
];

/// Addresses that programs ask, as the permit table lists them, stand in the contract with their methods, and nothing else does.
#[test]
fn every_address_for_programs_stands_in_the_contract() {
    let table = include_str!("permit.txt");
    let address = |line: &str| Some((line.get(..4)?.trim().to_lowercase(), line.get(5..)?.split_whitespace().next()?.to_owned()));
    let mut asked: Vec<(String, String)> =
        table.lines().filter(|line| line.starts_with("GET ") || line.starts_with("POST ")).filter_map(address).collect();
    asked.retain(|(_, path)| path != "/nb" && !path.starts_with("/nb/") && !FOR_BROWSERS.contains(&path.as_str()));
    let contract: Value = serde_json::from_str(CONTRACT).unwrap();
    let mut written = Vec::new();
    for (path, methods) in contract["paths"].as_object().unwrap() {
        let path = path.replace('{', "<").replace('}', ">");
        let methods = methods.as_object().unwrap().keys().filter(|key| ["get", "post", "put", "delete", "patch"].contains(&key.as_str()));
        written.extend(methods.map(|method| (method.clone(), path.clone())));
    }
    asked.sort();
    written.sort();
    assert_eq!(written, asked);
}
