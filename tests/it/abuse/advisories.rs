//! What has gone wrong in a program like this one: each class of published advisory of its nearest relative, tried here.

use habeas::{
    action::{
        actor::{Actor, Role},
        add_client::AddClient,
        add_person::AddPerson,
        disable_person::DisablePerson,
        refusal::Refusal,
        send_message::SendMessage,
    },
    config::Config,
    organisation::{Organisation, Source},
    store::{Address, Store},
};
use habeas_core::law::{lang::Lang, personal::Personal, right::Right};
use rocket::http::{Header, Status};

use crate::{
    faces::browser::{Browser, HOME},
    house::{
        database::on_every_store,
        test_house::{TestHouse, copy},
    },
};

on_every_store! {
    an_address_leads_out_of_no_folder,
    nobody_reads_the_settings,
    an_address_in_a_mail_is_the_houses_own,
    no_text_is_read_as_a_template,
    ab45_nobody_gives_roles_away_from_the_desk,
}

const TEMPLATES: [&str; 5] = ["{{ 7919 * 7907 }}", "{% include \"/etc/passwd\" %}", "${7919*7907}", "#{7919*7907}", "{{ __tera_context }}"];

async fn an_address_leads_out_of_no_folder(house: TestHouse) {
    let mut kari = Browser::open(&house).await;
    let case = kari.asks(&house.kari(), Right::Access, Lang::Nb).await;
    let tilsyn = Browser::of_staff(&house, "tilsyn").await;
    let climbs = [
        "..%2f..%2fkeys%2fhouse.key",
        "%2e%2e/%2e%2e/keys",
        "....//keys",
        "..%5c..%5ckeys",
        "%2fetc%2fpasswd",
        "..;/keys",
        "%252e%252e%252fkeys",
    ];
    for climb in climbs {
        for path in
            [format!("/assets/{climb}"), format!("/nb/case/{}/data/{climb}", case.reference), format!("/{climb}"), format!("/nb/{climb}")]
        {
            let shown = kari.look(&path).await;
            assert_eq!(shown.status, Status::NotFound, "{path}: {shown}");
        }
        for path in [format!("/nb/room/case/{}/{climb}", case.reference), format!("/nb/desk/workflows/{climb}")] {
            let shown = tilsyn.look(&path).await;
            assert_eq!(shown.status, Status::NotFound, "{path}: {shown}");
        }
    }
}

async fn nobody_reads_the_settings(house: TestHouse) {
    for id in ["tilsyn", "ola", "kari", "ida"] {
        let browser = Browser::of_staff(&house, id).await;
        for path in [
            "/config",
            "/api/v1/config",
            "/nb/desk/config",
            "/nb/desk/settings",
            "/Rocket.toml",
            "/.env",
            "/debug",
            "/metrics",
            "/__gallery",
            "/demo",
        ] {
            assert_eq!(browser.look(path).await.status, Status::NotFound, "{id} at {path}");
        }
        for path in ["/nb/desk/systems", "/nb/desk/systems/shop", "/nb/desk/systems/shop/map", "/readyz", "/healthz"] {
            let text = browser.look(path).await.text();
            for told in [house.folder().to_str().unwrap(), "habeas.db", "postgres://", "smtp", "password="] {
                assert!(!text.contains(told), "{path} tells {id} `{told}`");
            }
        }
    }
}

async fn an_address_in_a_mail_is_the_houses_own(house: TestHouse) {
    let mut browser = Browser::open(&house).await;
    browser.get("/nb/find").await;
    let email = house.kari().email;
    let csrf = browser.csrf().to_owned();
    let headers = [("Origin", HOME), ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Original-URL", "/nb/desk")];
    let sent = browser.send("/nb/find", &[("csrf", &csrf), ("email", &email)], &headers).await;
    assert_eq!(sent.status, Status::SeeOther, "{sent}");
    house.settle().await;
    let mail = house.mails().into_iter().find(|mail| mail.to == email).unwrap();
    assert!(!mail.text.contains("evil.example") && !mail.subject.contains("evil.example"), "{}", mail.text);
    let wrong = browser.client.get("/nb/nothing").header(Header::new("Host", "evil.example")).dispatch().await.into_string().await.unwrap();
    assert!(!wrong.contains("evil.example") && !wrong.contains("127.0.0.1"), "{wrong}");
}

async fn no_text_is_read_as_a_template(house: TestHouse) {
    let kari = house.kari();
    let hers = kari.signs_in().await;
    let case = kari.asks_as(&hers, Right::Access).await;
    for text in TEMPLATES {
        let message = SendMessage { case: case.reference.clone(), words: Personal::new(text.to_owned()), files: Vec::new() };
        house.run(&hers, message).await.unwrap();
    }
    house.settle().await;
    let mut browser = Browser::open(&house).await;
    browser.get("/nb/find").await;
    browser.proves("/nb/find", &kari.email).await;
    let page = browser.get(&format!("/nb/case/{}/messages", case.reference)).await.text();
    assert!(page.contains("{{ 7919 * 7907 }}") && page.contains("${7919*7907}"), "{page}");
    assert!(!page.contains("62615533") && !page.contains("root:"), "{page}");
    for mail in house.mails() {
        assert!(!mail.text.contains("62615533") && !mail.text.contains("root:") && !mail.text.contains("{{"), "{}", mail.text);
    }
}

async fn ab45_nobody_gives_roles_away_from_the_desk(house: TestHouse) {
    for id in ["kari", "per", "ida", "ola", "bo", "tilsyn"] {
        let by = house.staff(id).actor().await;
        let person = AddPerson {
            id: id.to_owned(),
            email: Personal::new(format!("{id}@visumexpress.example")),
            name: Personal::new(id.to_owned()),
            password: Personal::new("hash".to_owned()),
            totp_secret: Personal::new(vec![1; 20]),
            roles: Role::ALL.to_vec(),
            systems: Vec::new(),
        };
        assert!(matches!(house.run(&by, person).await, Err(Refusal::Denied)), "{id} gives himself every role");
        assert!(matches!(house.run(&by, DisablePerson { id: "ida".to_owned() }).await, Err(Refusal::Denied)), "{id}");
        let client = AddClient { name: "own".to_owned(), per_second: 1 };
        assert!(matches!(house.run(&by, client).await, Err(Refusal::Denied)), "{id} makes a token");
        assert!(matches!(&by, Actor::Staff(staff) if staff.roles != Role::ALL));
    }
    house.settle().await;
}

/// An organisation whose folder says something else.
fn organisation(file: &str, from: &str, to: &str) -> Result<Organisation, String> {
    let folder = tempfile::TempDir::new().unwrap();
    copy(std::path::Path::new("organisations/visumexpress"), folder.path());
    let path = folder.path().join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "`{from}` is not in {file}");
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    Organisation::read(&Source::Disk(folder.path().to_owned())).map_err(|error| error.to_string())
}

#[test]
fn an_integration_is_declared_and_never_code() {
    let connection = "connection: {type: sqlite, path: systems/shop.db}";
    for code in ["{type: python, script: shop.py}", "{type: command, run: id}", "{type: sqlite, path: systems/shop.db, init: 'ATTACH x'}"] {
        let told = organisation("systems/shop.yaml", connection, &format!("connection: {code}")).unwrap_err();
        assert!(told.contains("shop.yaml"), "{code}: {told}");
    }
}

#[tokio::test]
async fn no_error_repeats_the_password_of_a_database() {
    let secret = "hemmelig-9f3a";
    let address = Address::Postgres(format!("postgres://habeas:{secret}@127.0.0.1:1/habeas"));
    let error = Store::open(&address).await.err().unwrap();
    let mut told = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        told.push_str(&inner.to_string());
        source = inner.source();
    }
    assert!(!told.contains(secret), "{told}");
    let config = Config {
        database: Some(format!("postgres://habeas:{secret}@db/habeas")),
        smtp: Some(format!("smtps://x:{secret}@mail")),
        ..Config::default()
    };
    assert!(!format!("{config:?}").contains(secret), "settings that are printed hide their secrets");
}
