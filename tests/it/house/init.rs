//! `habeas init` as an administrator lives it: from a dozen answers to somebody who reads her own data, and nothing half-made on the way.

use std::{
    fs,
    path::{Path, PathBuf},
};

use habeas::{cli::demo::sample::Suggested, config::Config};
use habeas_core::law::{
    lang::{Lang, Text},
    right::Right,
};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

use super::{database::Database, readme::shell, test_house::TestHouse};
use crate::faces::browser::{Browser, HOME};

/// Somebody's own database, as it stands before habeas comes.
const SHOP: &str = "
    CREATE TABLE customers (id integer PRIMARY KEY, customer_number varchar(20), email varchar(200), name varchar(200), phone varchar(40));
    CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers (id), ordered_on date, article varchar(200));
    INSERT INTO customers VALUES (1, 'K-100', 'kari@post.example', 'Kari Nes', '+47 22 00 00 01');
    INSERT INTO customers VALUES (2, 'K-101', 'ola@post.example', 'Ola Dal', '+47 22 00 00 02');
    INSERT INTO orders VALUES (1, 1, '2026-05-04', 'Red kettle');
    INSERT INTO orders VALUES (2, 2, '2026-06-05', 'Green lamp')";

const ANSWERS: &str = r#"name = "Kjeler AS"
email = "personvern@kjeler.example"
phone = "+47 22 00 00 00"
post = "Gata 1, 0150 Oslo"
dpo = "Ida Vik <ida@kjeler.example>"
languages = "nb, en"
system = "Nettbutikken"
administrator = "Vera Lie <vera@kjeler.example>"
handler = "Kari Nes <kari@kjeler.example>"
"#;

/// What nobody may ever read in a file.
const PASSWORD: &str = "hunter2-very-secret";

async fn fill(shop: &DatabaseConnection) {
    for statement in SHOP.split(';') {
        shop.execute_unprepared(statement).await.unwrap();
    }
}

fn lines(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn a_house_on_a_file_answers_somebody() {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop.db");
    fill(&sea_orm::Database::connect(format!("sqlite://{}?mode=rwc", shop.display())).await.unwrap()).await;
    answers_somebody(folder.path(), &shop.display().to_string()).await;
}

#[tokio::test]
async fn a_house_on_postgresql_answers_somebody() {
    let database = Database::postgres().await;
    fill(&database.connect().await).await;
    let url = database.url().unwrap();
    // A password never stands in an address.
    let (user, place) = url.split_once("://").unwrap().1.split_once('@').unwrap();
    let url = format!("postgres://{}@{place}", user.split_once(':').map_or(user, |(user, _)| user));
    answers_somebody(database.folder(), &url).await;
    database.remove().await;
}

async fn answers_somebody(folder: &Path, url: &str) {
    fs::write(folder.join("answers.toml"), ANSWERS).unwrap();
    fs::write(folder.join("shop.password"), PASSWORD).unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let script = format!(
        "export NO_COLOR=1
        START=$(habeas init 'my house' --no-input --answers answers.toml --set 'database={url}' --set password=file:shop.password --set url={HOME})
        echo \"$START\"
        habeas --house 'my house' check --live
        ROCKET_PORT={port} bash -c \"exec $START\" & PID=$!
        curl --silent --retry 60 --retry-delay 1 --retry-all-errors http://127.0.0.1:{port}/readyz
        curl --silent --fail http://127.0.0.1:{port}/en/help | grep -c 'Gata 1, 0150 Oslo'
        kill $PID; wait $PID || true"
    );
    let told = shell(&script, folder);
    let (out, err) = (lines(&told.stdout), lines(&told.stderr));
    assert!(told.status.success(), "{out}\n{err}");
    assert!(out.starts_with("habeas --house 'my house' serve\n") && out.contains("ready\n"), "{out}\n{err}");
    assert!(err.contains("Kjeler AS is well: 1 systems") && err.contains("people are found by email, customer_number"), "{err}");
    assert!(!err.contains('\u{1b}'), "no colour: {err}");
    let house = folder.join("my house");
    for file in files(&house) {
        assert!(!lines(&fs::read(&file).unwrap()).contains(PASSWORD), "{}", file.display());
    }
    reads_her_data(house).await;
}

/// Asks for access, proves it by mail and number, and reads what the first system holds about her and nobody else.
async fn reads_her_data(folder: PathBuf) {
    let (config, _) = Config::read(Some(&folder)).unwrap();
    let house = TestHouse::standing(config).await;
    let invited: Vec<String> = house.mails().iter().map(|mail| mail.to.clone()).collect();
    for who in ["vera@kjeler.example", "kari@kjeler.example", "ida@kjeler.example"] {
        assert!(invited.iter().any(|to| to == who), "{who}: {invited:?}");
    }
    let kari = Suggested {
        name: "Kari Nes".to_owned(),
        email: "kari@post.example".to_owned(),
        customer_number: "K-100".to_owned(),
        order_number: String::new(),
        why: Text::default(),
    };
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&house.subject(&kari), Right::Access, Lang::Nb).await;
    assert_eq!(case.phase().await, "answered");
    let held = hers.get(&format!("/nb/case/{}/data", case.reference)).await;
    let orders = held.text();
    let (_, link) = orders.split_once(".orders\"").map(|(before, _)| before.rsplit_once("href=\"").unwrap()).unwrap();
    let orders = hers.get(&format!("{link}.orders")).await;
    orders.says(&["Red kettle"]);
    assert!(!orders.text().contains("Green lamp"), "somebody else's");
}

#[test]
fn nothing_is_written_over_and_nothing_is_left_half_made() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/thesis.txt"), "years of work").unwrap();
    fs::write(folder.path().join("answers.toml"), ANSWERS).unwrap();
    let ends = |command: &str, code: i32, words: &str| {
        let told = shell(command, folder.path());
        let (out, err) = (lines(&told.stdout), lines(&told.stderr));
        assert_eq!((told.status.code(), out.as_str()), (Some(code), ""), "{command}: {err}");
        assert!(err.contains(words) && !err.contains(PASSWORD), "{command}: {err}");
    };
    let init = "habeas init new --no-input --answers answers.toml";
    ends("habeas init full --no-input --answers answers.toml", 1, "is not empty");
    ends("habeas init new --no-input", 2, "not answered: `name`, `email`, `post`, `system`");
    ends("habeas init new < /dev/null", 2, "not answered: `name`");
    ends(&format!("{init} --set country=Norge"), 2, "`Norge` is no country");
    ends(&format!("{init} --set colour=red"), 2, "nothing is asked under `colour`");
    ends(&format!("{init} --set database=nowhere.db"), 2, "there is no file `nowhere.db`");
    ends(&format!("{init} --set database=postgres://me:{PASSWORD}@localhost/shop"), 2, "a password never stands in an address");
    ends(&format!("{init} --set database=postgres://me@localhost/shop --set password={PASSWORD}"), 2, "env:NAME or file:PATH");
    ends(&format!("{init} --set database=postgres://me@localhost/shop --set password=env:NOT_SET"), 2, "there is nothing in `env:NOT_SET`");
    ends(&format!("{init} --set database=postgres://me@localhost:1/shop"), 75, "shop");
    ends(&format!("{init} --set handler='Vera Lie <vera@kjeler.example>'"), 2, "is named already");
    ends(&format!("{init} --set email=personvern"), 2, "email: `personvern` is no e-mail address");
    // A house that cannot be opened leaves nothing beside it, either.
    ends(&format!("HABEAS_ORGANISATION=visumexpress {init}"), 1, "`HABEAS_ORGANISATION` names another organisation");
    let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["answers.toml", "full"]);
    assert_eq!(fs::read_dir(folder.path().join("full")).unwrap().count(), 1);
}

#[test]
fn a_house_without_a_database_begins_with_a_checklist() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("answers.toml"), ANSWERS).unwrap();
    let script = "mkdir empty; habeas init empty --no-input --answers answers.toml --set country=SE --set time-zone=Europe/Stockholm \
        --set 'authority=IMY; https://www.imy.se; Box 8114, 104 20 Stockholm'
        habeas --house empty check; habeas --house empty user list";
    let told = shell(script, folder.path());
    let (out, err) = (lines(&told.stdout), lines(&told.stderr));
    assert!(told.status.success(), "{out}\n{err}");
    assert!(err.contains("no holidays of SE are known here") && err.contains("Kjeler AS is well"), "{err}");
    for person in [
        "vera         administrator",
        "kari         case-handler, privacy-lead, system-owner",
        "ida          case-handler, privacy-lead, dpo",
    ] {
        assert!(out.contains(person), "{out}");
    }
    let map = fs::read_to_string(folder.path().join("empty/organisation/systems/nettbutikken.yaml")).unwrap();
    assert!(map.contains("type: manual") && map.contains("fides_key: nettbutikken"), "{map}");
}

/// The commands of the tutorial, block after block, as they stand there.
#[tokio::test]
async fn the_tutorial_ends_with_an_erasure() {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop.db");
    let rows = sea_orm::Database::connect(format!("sqlite://{}?mode=rwc", shop.display())).await.unwrap();
    fill(&rows).await;
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tutorial.md")).unwrap();
    let blocks = page.split("```sh\n").skip(1).map(|block| block.split_once("```").unwrap().0);
    let script = format!("export EMAIL=kari@post.example NUMBER=K-100\n{}", blocks.collect::<Vec<_>>().join("\n"));
    let told = shell(&script, folder.path());
    let (out, err) = (lines(&told.stdout), lines(&told.stderr));
    assert!(told.status.success(), "{out}\n{err}");
    assert!(out.contains("complete and unchanged"), "{out}\n{err}");
    let left = |table: &'static str| {
        let rows = rows.clone();
        async move {
            let count = format!("SELECT count(*) FROM {table}");
            let found = rows.query_one_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, count)).await.unwrap().unwrap();
            found.try_get_by_index::<i64>(0).unwrap()
        }
    };
    assert_eq!((left("customers").await, left("orders").await), (1, 1), "hers are gone, his are not: {out}\n{err}");
}
