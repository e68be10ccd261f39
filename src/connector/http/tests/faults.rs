//! Fifteen ways to go wrong, against each kind of call: what is said of each, and that nothing is ever "done" that is not.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex},
    time::Duration,
};

use habeas_core::law::{change::Write, record::Value};
use serde_json::json;

use super::{
    fault::Mode,
    server::{Asked, Reply, Server},
    shop::{Desk, Shop, about_kari, caps, desk, map, write},
};
use crate::connector::{
    Caps, Cause, Connector, ConnectorError, Erased, Kind, Verified,
    leave::Free,
    tests::house::{cleared, delete, id, part, text},
};

/// Kinds of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Find,
    Erase,
    Change,
    Verify,
}

/// What is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Later,
    Never,
    NotYours,
    /// No error, and the truth: it is still there.
    Remains,
}
use Ask::{Change, Erase, Find, Verify};
use Mode::{
    Broken, Forbidden, HalfBody, Huge, Lie, Others, PartialSuccess, Redirect, Refuse, SlowDrip, Timeout, Tls, TooMany, Unauthorized,
    WrongType,
};
use Said::{Later, Never, NotYours, Remains};

/// One row per way, one column per call: find, erase, change, verify.
const TABLE: [(Mode, [Said; 4]); 15] = [
    (Refuse, [Later, Later, Later, Later]),
    (Timeout, [Later, Later, Later, Later]),
    (Tls, [Never, Never, Never, Never]),
    (Unauthorized, [NotYours, NotYours, NotYours, NotYours]),
    (Forbidden, [NotYours, NotYours, NotYours, NotYours]),
    (TooMany, [Later, Later, Later, Later]),
    (Broken, [Later, Later, Later, Later]),
    (SlowDrip, [Later, Later, Later, Later]),
    (HalfBody, [Later, Later, Later, Later]),
    (PartialSuccess, [Never, Never, Never, Never]),
    (WrongType, [Never, Never, Never, Never]),
    (Redirect, [Never, Never, Never, Never]),
    (Huge, [Never, Never, Never, Never]),
    (Lie, [Never, Never, Never, Remains]),
    (Others, [Never, Never, Never, Never]),
];
const ASKS: [Ask; 4] = [Find, Erase, Change, Verify];

/// The call that decides: it goes wrong, and those before it do not.
fn is_it(ask: Ask, asked: &Asked) -> bool {
    match ask {
        Find => asked.path() == "/customers",
        Erase => asked.method == "DELETE",
        Change => asked.method == "PUT",
        Verify => asked.path() == "/customers/7",
    }
}

/// What comes back instead; `None`: the connection itself goes wrong.
fn answer(mode: Mode, ask: Ask) -> Option<Reply> {
    let ola = json!({"id": 8, "email": "ola@example.no", "name": "Ola", "billing": {"city": "Oslo"}, "locked": false});
    match (mode, ask) {
        (Lie, Verify) => None,
        (Others, Find) => Some(Reply::json(200, &json!([ola]))),
        (Others, _) => Some(Reply::json(200, &ola)),
        _ => mode.answer(),
    }
}

/// What was said, whatever else was in it.
fn said<T: Debug>(answer: Result<T, ConnectorError>) -> Result<T, Said> {
    answer.map_err(|error| {
        assert!(!format!("{error} {error:?}").contains("example.no"), "{error:?}");
        match error.kind {
            Kind::Transient => Later,
            Kind::Permanent => Never,
            Kind::Denied => NotYours,
            Kind::Refused => panic!("{error}"),
        }
    })
}

async fn ask(desk: &Desk, ask: Ask) -> Said {
    let plan = part("shop", [delete("customers", id(7))]);
    let rename = [write("name", text("Kari"), text("Karin"))];
    let done = match ask {
        Find => said(desk.find(&about_kari()).await).map(|found| format!("{} found", found.len())),
        Erase => said(desk.erase(&cleared(&plan), "case-1", &Free).await).map(|erased| format!("{erased:?}")),
        Change => said(desk.change(&rename, "case-1").await).map(|changed| format!("{changed:?}")),
        Verify => match said(desk.verify(&plan).await) {
            Ok(Verified::Remains(_)) => return Remains,
            other => other.map(|clean| format!("{clean:?}")),
        },
    };
    done.err().unwrap_or_else(|| panic!("it says that it was done: {ask:?}"))
}

/// Calls until now, so that those of the next cell can be told apart.
type Wrong = Arc<Mutex<Option<(Mode, Ask)>>>;

#[tokio::test]
async fn ab25_every_way_of_going_wrong_is_said_and_nothing_is_done_that_is_not() {
    let mut cells = 0;
    for (mode, row) in TABLE {
        for (ask_for, expected) in ASKS.into_iter().zip(row) {
            let (shop, wrong) = (Shop::open(), Wrong::default());
            let (inner, now) = (Arc::clone(&shop), Arc::clone(&wrong));
            let server = Server::start(move |asked| {
                let wrong = now.lock().unwrap().filter(|(_, ask)| is_it(*ask, asked));
                // A lie about somebody else's row is a lie about what is read after it, too.
                let others = now.lock().unwrap().filter(|(mode, ask)| *mode == Others && *ask != Find && asked.method == "GET");
                wrong.or(others).and_then(|(mode, ask)| answer(mode, ask)).unwrap_or_else(|| inner.answer(asked))
            })
            .await;
            *wrong.lock().unwrap() = Some((mode, ask_for));
            let caps = match mode {
                Timeout | SlowDrip => Caps { time: Duration::from_millis(150), ..caps() },
                Huge => Caps { bytes: 50_000, ..caps() },
                _ => caps(),
            };
            let map = match mode {
                Tls => map(&server.base().replace("http:", "https:")).replace("    errors:\n", "    private: true\n    errors:\n"),
                Refuse => map("http://127.0.0.1:9"),
                _ => map(&server.base()),
            };
            let told = ask(&desk(&map, &[], caps), ask_for).await;
            assert_eq!(told, expected, "{mode:?} against {ask_for:?}: {:?}", server.lines());
            let kari = shop.held("customers", 7).expect("nothing was done");
            assert_eq!((&kari["name"], shop.held("customers", 8).is_some()), (&json!("Kari"), true), "{mode:?} against {ask_for:?}");
            *wrong.lock().unwrap() = None;
            healed(&shop, &super::shop::desk(&super::shop::map(&server.base()), &[], super::shop::caps()), ask_for).await;
            cells += 1;
        }
    }
    assert_eq!(cells, 60);
}

/// Once nothing is wrong any more the same call does it, once.
async fn healed(shop: &Shop, desk: &Desk, ask: Ask) {
    let plan = part("shop", [delete("customers", id(7))]);
    match ask {
        Find => assert_eq!(desk.find(&about_kari()).await.unwrap().len(), 1),
        Erase => {
            let Erased { collections, .. } = desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap();
            assert_eq!((collections["customers"].deleted, shop.held("customers", 7)), (1, None));
            assert_eq!(desk.verify(&plan).await.unwrap(), Verified::Clean { checked: 1 });
        }
        Change => assert_eq!(desk.change(&[write("name", text("Kari"), text("Karin"))], "case-1").await.unwrap().changed, 1),
        Verify => {
            desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap();
            assert_eq!(desk.verify(&plan).await.unwrap(), Verified::Clean { checked: 1 });
        }
    }
}

#[tokio::test]
async fn what_was_done_before_the_answer_broke_is_found_to_be_done() {
    for broken in [Reply::Silence, Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()), Reply::json(500, &json!({}))] {
        let shop = Shop::open();
        let (inner, once) = (Arc::clone(&shop), Mutex::new(Some(broken)));
        let server = Server::start(move |asked| {
            let reply = inner.answer(asked);
            if asked.method == "DELETE" { once.lock().unwrap().take().unwrap_or(reply) } else { reply }
        })
        .await;
        let desk = desk(&map(&server.base()), &[], Caps { time: Duration::from_millis(300), ..caps() });
        let plan = part("shop", [delete("customers", id(7)), delete("customers", id(8))]);
        assert_eq!(desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap_err().kind, Kind::Transient);
        let erased = desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap();
        let tally = erased.collections["customers"];
        assert_eq!((tally.deleted, tally.already_gone), (1, 1), "it goes on where it stopped");
        assert_eq!(server.lines().iter().filter(|line| line.starts_with("DELETE")).count(), 2, "and does nothing twice");
    }
}

#[tokio::test]
async fn a_value_that_is_not_taken_is_told() {
    let shop = Shop::open();
    let inner = Arc::clone(&shop);
    let server = Server::start(move |asked| {
        let reply = inner.answer(asked);
        if asked.method == "PUT" {
            inner.set("customers", 7, "/name", json!("KARIN"));
        }
        reply
    })
    .await;
    let desk = desk(&map(&server.base()), &[], caps());
    let error = desk.change(&[write("name", text("Kari"), text("Karin"))], "a").await.unwrap_err();
    assert_eq!((error.kind, error.to_string().contains("`name` of `customers`")), (Kind::Permanent, true));
    let lock = [write("locked", Value::Integer(0), Value::Integer(1))];
    assert_eq!(desk.change(&lock, "a").await.unwrap().changed, 1);
}

#[tokio::test]
async fn a_record_that_has_become_somebody_elses_is_left_alone() {
    let shop = Shop::open();
    let server = shop.serve().await;
    let desk = desk(&map(&server.base()), &[], caps());
    let whose = BTreeMap::from([("email".to_owned(), text("Kari@example.no"))]);
    let writes = [Write { whose, ..write("locked", Value::Integer(0), Value::Integer(1)) }];
    shop.set("customers", 7, "/email", json!("eva@example.no"));
    let error = desk.change(&writes, "a").await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Another { collection: "customers".to_owned() }));
    assert_eq!(shop.held("customers", 7).unwrap()["locked"], json!(false));
    assert!(matches!(desk.verify_changed(&writes).await, Ok(Verified::Remains(_))));
    shop.set("customers", 7, "/email", json!("Kari@example.no"));
    assert_eq!(desk.change(&writes, "a").await.unwrap().changed, 1);
}
