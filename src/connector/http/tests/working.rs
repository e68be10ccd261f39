//! What it does when all is well: find, read, erase, empty, correct, restrict, lift, look again.

use habeas_core::law::record::Value;
use serde_json::json;

use super::{
    server::Reply,
    shop::{Desk, Shop, about, about_kari, blank, caps, desk, goodbye, kari, map, printed, write},
};
use crate::connector::{
    Ask, Cause, Changed, Connector, Done, Fault, Idempotency, Kind, Leave, Matching, Operation, Remain, SchemaProblem, Tally, Verified,
    leave::Free,
    tests::house::{cleared, delete, empty, id, keep, names, part, text},
};

async fn open() -> (std::sync::Arc<Shop>, super::server::Server, Desk) {
    let shop = Shop::open();
    let server = shop.serve().await;
    let desk = desk(&map(&server.base()), &[], caps());
    (shop, server, desk)
}

#[tokio::test]
async fn records_are_found_and_read_by_their_pointers() {
    let (_, server, desk) = open().await;
    let found = desk.find(&about_kari()).await.unwrap();
    assert_eq!(names(&found), ["shop.customers/7"]);
    assert_eq!((found[0].value("city"), found[0].value("locked")), (&text("Oslo"), &Value::Integer(0)));
    let questions =
        [about("orders", "customer_id", Value::Integer(7), Matching::Exact), about("customers", "id", text("8"), Matching::Exact)];
    let found = desk.find(&questions.concat()).await.unwrap();
    assert_eq!(names(&found), ["shop.orders/70", "shop.customers/8"]);
    assert_eq!(found[0].value("total"), &Value::Real(9.5));
    assert_eq!(desk.find(&about("customers", "id", text("9"), Matching::Exact)).await.unwrap(), []);
    assert_eq!(server.lines()[..2], ["GET /customers?email=kari%40example.no", "GET /orders?customer=7"]);
}

#[tokio::test]
async fn nothing_is_never_asked_for() {
    let (_, server, desk) = open().await;
    for value in ["", " ", "\t"].map(text).into_iter().chain([Value::Null, Value::Bytes(vec![1]), Value::Unreadable("x".into())]) {
        assert_eq!(desk.find(&about("customers", "email", value, Matching::Folded)).await.unwrap(), []);
    }
    assert_eq!(server.lines(), [""; 0]);
    let nobody = about("customers", "email", text("%"), Matching::Folded);
    assert_eq!(desk.find(&nobody).await.unwrap(), []);
}

#[tokio::test]
async fn an_erasure_is_done_once_and_looked_at() {
    let (shop, server, desk) = open().await;
    let plan = goodbye();
    let rehearsed = desk.rehearse(&plan).await.unwrap();
    assert!(server.lines().iter().all(|line| line.starts_with("GET ")), "a rehearsal writes nothing");
    assert_eq!(
        desk.verify(&plan).await.unwrap(),
        Verified::Remains(vec![remain("customers", Fault::NotDeleted), remain("orders", Fault::NotDeleted)])
    );
    let erased = desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap();
    assert_eq!((&rehearsed, erased.total()), (&erased, Tally { deleted: 2, cleared: 0, already_gone: 0 }));
    assert_eq!(desk.verify(&plan).await.unwrap(), Verified::Clean { checked: 3 });
    assert_eq!((shop.held("customers", 7), shop.held("orders", 70)), (None, None));
    assert!(shop.held("customers", 8).is_some() && shop.held("orders", 80).is_some());
    let asked = server.asked();
    let writes: Vec<_> = asked.iter().filter(|asked| asked.method != "GET").collect();
    assert_eq!(
        writes.iter().map(|asked| asked.line()).collect::<Vec<_>>(),
        ["POST /purge", "DELETE /customers/7?force=true"],
        "what points goes first"
    );
    assert_eq!(writes[0].json(), json!({"order": 70, "of": "customer-7"}));
    let act = &writes[1].headers["idempotency-key"];
    assert!(act.len() == 32 && !writes[0].headers.contains_key("idempotency-key"), "only where the system remembers");
    let again = desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap();
    assert_eq!((again.done(), again.total().already_gone), (Done::AlreadyGone, 2));
    assert_eq!(desk.erase(&cleared(&part("shop", [])), "case-1", &Free).await.unwrap().done(), Done::NothingFound);
}

/// Gives leave so often.
struct Leaves(std::sync::atomic::AtomicU32);

#[async_trait::async_trait]
impl Leave for Leaves {
    async fn ask(&self, _: std::time::Duration) -> Result<(), Cause> {
        let left = |left: u32| left.checked_sub(1);
        let relaxed = std::sync::atomic::Ordering::Relaxed;
        self.0.fetch_update(relaxed, relaxed, left).map(drop).map_err(|_| Cause::Held)
    }
}

#[tokio::test]
async fn leave_is_asked_before_each_call_and_without_it_nothing_more_is_done() {
    let (shop, _server, desk) = open().await;
    assert_eq!(desk.erase(&cleared(&goodbye()), "case-1", &Leaves(1.into())).await.unwrap_err().source, Cause::Held);
    assert!(shop.held("orders", 70).is_none() && shop.held("customers", 7).is_some(), "the first went before, the second stays");
    assert_eq!(desk.erase(&cleared(&goodbye()), "case-1", &Leaves(1.into())).await.unwrap().total().deleted, 1);
}

#[tokio::test]
async fn the_same_act_has_the_same_name_and_another_has_another() {
    let (shop, server, desk) = open().await;
    let once = shop.tables.lock().unwrap().clone();
    for act in ["a", "a", "b"] {
        shop.tables.lock().unwrap().clone_from(&once);
        desk.erase(&cleared(&goodbye()), act, &Free).await.unwrap();
    }
    let asked = server.asked();
    let acts: Vec<_> = asked.iter().filter(|asked| asked.method == "DELETE").map(|asked| &asked.headers["idempotency-key"]).collect();
    assert!(acts[0] == acts[1] && acts[1] != acts[2]);
}

#[tokio::test]
async fn fields_are_emptied_and_the_rest_stays() {
    let (shop, server, desk) = open().await;
    let erased = desk.erase(&cleared(&blank()), "case-1", &Free).await.unwrap();
    assert_eq!(erased.total(), Tally { deleted: 0, cleared: 1, already_gone: 0 });
    assert_eq!(
        shop.held("customers", 7).unwrap(),
        json!({"id": 7, "email": "Kari@example.no", "name": "", "billing": {"city": ""}, "locked": false})
    );
    let put = server.asked().into_iter().find(|asked| asked.method == "PUT").unwrap();
    assert_eq!(put.json(), json!({"id": 7, "name": "", "billing": {"city": ""}}), "what stays is not sent");
    assert_eq!(desk.verify(&blank()).await.unwrap(), Verified::Clean { checked: 1 });
    assert_eq!(desk.erase(&cleared(&blank()), "case-1", &Free).await.unwrap().done(), Done::AlreadyGone);
    shop.set("customers", 7, "/name", json!("Kari"));
    assert_eq!(desk.verify(&blank()).await.unwrap(), Verified::Remains(vec![remain("customers", Fault::NotCleared)]));
    shop.tables.lock().unwrap().get_mut("customers").unwrap().clear();
    assert_eq!(desk.verify(&blank()).await.unwrap(), Verified::Remains(vec![remain("customers", Fault::NotKept)]));
}

#[tokio::test]
async fn what_else_changes_with_an_emptied_field_is_told() {
    let (shop, _server, desk) = open().await;
    let inner = std::sync::Arc::clone(&shop);
    shop.trouble(move |asked| {
        (asked.method == "PUT").then(|| {
            inner.set("customers", 7, "/name", json!(""));
            inner.set("customers", 7, "/billing/city", json!(""));
            inner.set("customers", 7, "/email", json!("x@example.no"));
            Reply::json(200, &json!({}))
        })
    });
    let error = desk.erase(&cleared(&blank()), "case-1", &Free).await.unwrap_err();
    assert_eq!(error.source, Cause::Disturbed("customers".into()));
}

#[tokio::test]
async fn a_record_that_is_another_one_by_now_is_left_alone() {
    let (shop, server, desk) = open().await;
    let found = kari(&desk).await;
    let plan = part("shop", [printed(&desk, delete("customers", id(7)), &found)]);
    shop.set("customers", 7, "/name", json!("Somebody else"));
    for error in [desk.rehearse(&plan).await.unwrap_err(), desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap_err()] {
        assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Another { collection: "customers".into() }));
    }
    assert!(server.lines().iter().all(|line| line.starts_with("GET ")));
    shop.set("customers", 7, "/name", json!("Kari"));
    shop.set("customers", 7, "/locked", json!(true));
    assert_eq!(
        desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap().total().deleted,
        1,
        "a mark that comes and goes is no other record"
    );
}

#[tokio::test]
async fn corrections_marks_and_their_end_are_written_and_read() {
    let (shop, server, desk) = open().await;
    let name = write("name", text("Kari"), text("Kåri \"Q\"\n"));
    let city = write("city", text("Oslo"), text("Bergen"));
    let lock = write("locked", Value::Integer(0), Value::Integer(1));
    let all = [name.clone(), city, lock.clone()];
    assert_eq!(
        desk.verify_changed(&all).await.unwrap(),
        Verified::Remains(vec![Remain { rows: 3, ..remain("customers", Fault::NotChanged) }])
    );
    assert_eq!(desk.change(&all, "case-1").await.unwrap(), Changed { changed: 3, already: 0, gone: 0 });
    assert_eq!(desk.verify_changed(&all).await.unwrap(), Verified::Clean { checked: 3 });
    let asked = server.asked();
    let writes: Vec<_> = asked.iter().filter(|asked| asked.method != "GET").map(|asked| (asked.line(), asked.json())).collect();
    let both = json!({"id": 7, "name": "Kåri \"Q\"\n", "billing": {"city": "Bergen"}});
    assert_eq!(writes, [("PUT /customers/7".to_owned(), both), ("POST /customers/7/lock".to_owned(), json!(null))]);
    assert_eq!(desk.change(&all, "case-1").await.unwrap(), Changed { changed: 0, already: 3, gone: 0 });
    let lift = write("locked", Value::Integer(1), Value::Integer(0));
    assert_eq!(desk.change(std::slice::from_ref(&lift), "case-1").await.unwrap().changed, 1);
    assert_eq!(shop.held("customers", 7).unwrap()["locked"], json!(false));
    shop.set("customers", 7, "/name", json!("Kari Two"));
    let error = desk.change(&[lock, name.clone()], "case-1").await.unwrap_err();
    assert_eq!(error.source, Cause::Moved { collection: "customers".into(), field: "name".into() });
    assert_eq!(shop.held("customers", 7).unwrap()["locked"], json!(false), "nothing is written before everything was compared");
    shop.tables.lock().unwrap().get_mut("customers").unwrap().remove(&7);
    assert_eq!(desk.change(&[name], "case-1").await.unwrap(), Changed { changed: 0, already: 0, gone: 1 });
}

#[tokio::test]
async fn what_an_api_cannot_do_is_said_before_anything_is_done() {
    let (shop, server, desk) = open().await;
    let plan = part("shop", [delete("customers", id(7)), delete("notes", id(1))]);
    let unsupported = |operation| Cause::Unsupported { collection: "notes".into(), operation };
    let error = desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap_err();
    assert_eq!((error.kind, error.source.clone()), (Kind::Permanent, unsupported("erase")));
    assert!(error.to_string().ends_with("or let a person do it in the system itself"), "{error}");
    assert_eq!(desk.rehearse(&plan).await.unwrap_err().source, unsupported("erase"));
    assert_eq!(desk.verify(&part("shop", [delete("notes", id(1))])).await.unwrap_err().source, unsupported("read"));
    assert_eq!(desk.verify(&part("shop", [keep("notes", id(1))])).await.unwrap(), Verified::Clean { checked: 0 });
    let question = about("customers", "city", text("Oslo"), Matching::Exact).remove(0);
    assert_eq!(desk.find(&[question]).await.unwrap_err().source, Cause::Unsupported { collection: "customers".into(), operation: "find" });
    let clear = part("shop", [empty("orders", id(70), &["total"])]);
    assert_eq!(
        desk.erase(&cleared(&clear), "a", &Free).await.unwrap_err().source,
        Cause::Unsupported { collection: "orders".into(), operation: "clear" }
    );
    let locked = part("shop", [empty("customers", id(7), &["locked"])]);
    assert!(
        matches!(desk.erase(&cleared(&locked), "a", &Free).await.unwrap_err().source, Cause::Plan(why) if why.contains("`locked` of `customers` is not named"))
    );
    assert_eq!((server.lines(), shop.held("customers", 7).is_some()), (vec![], true));
    let can = desk.capabilities("customers");
    assert!(crate::connector::Operation::ALL.iter().all(|operation| can.can(*operation)) && can.idempotency == Idempotency::Key);
    let can = desk.capabilities("orders");
    assert_eq!(can.operations.into_iter().collect::<Vec<_>>(), [Operation::Find, Operation::Read, Operation::Erase, Operation::Verify]);
    assert_eq!(desk.capabilities("nothing").operations.len(), 0);
}

#[tokio::test]
async fn an_outline_shows_each_call_and_no_value() {
    let (_, _server, desk) = open().await;
    let plan = part(
        "shop",
        [delete("customers", id(7)), delete("orders", id(70)), delete("orders", id(71)), keep("customers", id(8)), delete("notes", id(1))],
    );
    let base = desk.http.api.base.as_str().trim_end_matches('/');
    let lines = [
        format!("DELETE {base}/customers/{{id}}?force=true, then GET {base}/customers/{{id}} (1×)"),
        format!("POST {base}/purge {{\"order\":\"{{id}}\",\"of\":\"customer-{{customer_id}}\"}}, then GET {base}/orders/{{id}} (2×)"),
        "no request can erase `notes` (1×)".to_owned(),
    ];
    assert_eq!(desk.outline(&Ask::Erase(&plan)), lines);
    assert!(desk.outline(&Ask::Erase(&blank()))[0].contains(", city ‹empty›, name ‹empty›, then GET"));
}

#[tokio::test]
async fn what_is_refused_gone_or_later_is_what_the_connection_says() {
    let (shop, _server, desk) = open().await;
    let answer = |status: u16, body: serde_json::Value| {
        shop.trouble(move |asked| (asked.method == "DELETE").then(|| Reply::json(status, &body)));
    };
    let plan = part("shop", [delete("customers", id(7))]);
    for (status, body, kind) in [
        (409, json!({"code": "booked"}), Kind::Refused),
        (409, json!({"code": "other"}), Kind::Permanent),
        (418, json!({}), Kind::Transient),
        (419, json!({}), Kind::Denied),
        (420, json!({}), Kind::Permanent),
        (200, json!({"ok": false}), Kind::Denied),
        // It says that it is gone, and it is not.
        (421, json!({}), Kind::Permanent),
        (404, json!({}), Kind::Permanent),
        // Accepted, and still there.
        (202, json!({}), Kind::Transient),
    ] {
        answer(status, body);
        let error = desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap_err();
        assert_eq!(error.kind, kind, "{status}: {error}");
    }
    answer(409, json!({"code": "booked"}));
    let error = desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap_err();
    assert_eq!(error.source, Cause::Refused { collection: "customers".into(), code: "booked".into() });
    shop.trouble(|asked| (asked.method == "GET" && asked.path() == "/customers/7").then(|| Reply::json(421, &json!({}))));
    assert_eq!(desk.erase(&cleared(&plan), "case-1", &Free).await.unwrap().done(), Done::AlreadyGone);
}

#[tokio::test]
async fn the_check_tells_what_is_missing_and_what_is_elsewhere() {
    let (shop, _server, desk) = open().await;
    let told: Vec<String> = desk.check().await.unwrap().iter().map(ToString::to_string).collect();
    let by_hand = |request: &str, collection: &str| {
        format!("the connection has no request `{request}` for `{collection}`: a person will have to do it")
    };
    assert_eq!(told, [by_hand("correct", "orders"), by_hand("read", "notes"), by_hand("erase", "notes"), by_hand("correct", "notes")]);
    for customer in [7, 8] {
        shop.tables.lock().unwrap().get_mut("customers").unwrap().get_mut(&customer).unwrap().as_object_mut().unwrap().remove("billing");
    }
    let problems = desk.check().await.unwrap();
    let nowhere = SchemaProblem::NoPointer { collection: "customers".into(), field: "city".into(), pointer: "/billing/city".into() };
    assert!(problems.contains(&nowhere) && nowhere.is_error(), "{problems:?}");
    let without = map("http://127.0.0.1:9").replace("          email: {path: /customers, query: {email: '{value}'}}\n", "");
    let without = super::shop::desk(&without, &[], caps());
    let missing = super::super::check::requests(without.place("customers", Operation::Find).unwrap());
    assert!(missing[0].is_error() && missing[0].to_string().contains("`find: email`"), "{missing:?}");
    let silent = super::shop::desk(&map("http://127.0.0.1:9"), &[], caps());
    assert_eq!(silent.check().await.unwrap_err().kind, Kind::Transient);
}

#[tokio::test]
async fn a_path_that_finds_nothing_makes_nothing_look_gone() {
    let shop = Shop::open();
    let server = shop.serve().await;
    let map = map(&server.base());
    let wrong = map.replace("        read: {path: '/customers/{id}'}", "        read: {path: '/clients/{id}'}");
    assert_ne!(map, wrong);
    shop.trouble(|asked| asked.path().starts_with("/clients").then(|| Reply::json(404, &json!({}))));
    let desk = desk(&wrong, &[], caps());
    let error = desk.rehearse(&goodbye()).await.unwrap_err();
    let unread = SchemaProblem::NotRead { collection: "customers".into() };
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Schema(Box::new(unread.clone()))));
    assert!(desk.check().await.unwrap().contains(&unread) && unread.is_error());
}

#[tokio::test]
async fn who_is_known_by_a_key_is_read_where_nothing_else_finds_him() {
    let (_, server, desk) = open().await;
    let mut both = about("orders", "id", Value::Integer(70), Matching::Exact);
    both[0].rows.push(vec![Value::Integer(71)]);
    assert_eq!(names(&desk.find(&both).await.unwrap()), ["shop.orders/70"]);
    assert_eq!(server.lines(), ["GET /orders/70", "GET /orders/71"]);
}

fn remain(collection: &str, fault: Fault) -> Remain {
    Remain { collection: collection.to_owned(), rows: 1, fault }
}
