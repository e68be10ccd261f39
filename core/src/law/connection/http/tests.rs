//! Settings of APIs as people write them, and the calls they become.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Api, Auth, Filling, Idempotency, Means, Operation, Pages, Request, Unfit, act_key};
use crate::law::{
    connection::{Connection, Secret},
    fideslang,
    fixture::SHOP,
    folder::{Parsed, Problem},
    map::{Collection, System},
    record::{Key, Value},
};

const FULL: &str = "
    type: http
    base: https://shop.example.no/wp-json/wc/v3
    auth: {type: basic, user: ck_1, password: env:SHOP_SECRET}
    hosts: [cdn.example.no, 'Køb.example:8443']
    rate: 5
    pages: {type: link}
    errors:
      - {status: 409, at: /code, is: booked, means: refused, code: booked}
      - {status: '410', means: gone}
    requests:
      customers:
        fields: {number: /meta/number}
        blanks: {ended_on: null}
        idempotency: key
        find:
          email: {path: /customers, query: {email: '{value}', role: all}}
        check: {path: /customers, query: {per_page: '1'}}
        read: {path: '/customers/{id}'}
        correct: {method: PUT, path: '/customers/{id}', body: {id: '{id}', email: '{email}', meta: {number: '{number}'}, force: true}}
        erase: {path: '/customers/{id}', query: {force: 'true'}}
      orders:
        records: /orders
        pages: {type: offset, query: page, from: 1}
        find:
          customer_id: {path: /orders, query: {customer: '{value}'}}
";

fn read(connection: &str) -> Result<Parsed<System>, Vec<Problem>> {
    let map = SHOP.replace("  connection: {type: sqlite, path: systems/shop.db}", &format!("  connection:{}", connection.trim_end()));
    assert_ne!(map, SHOP);
    fideslang::parse("shop.yaml", &map)
}

fn parse(connection: &str) -> Result<System, Vec<Problem>> {
    read(connection).map(|parsed| parsed.value)
}

fn shop(connection: &str) -> (Api, System) {
    let system =
        parse(connection).unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
    let Connection::Http(api) = system.connection.clone() else { panic!("{:?}", system.connection) };
    (*api, system)
}

/// What is told of a connection that differs from the full one in one place.
fn told(from: &str, to: &str) -> Vec<(&'static str, String)> {
    assert!(FULL.contains(from), "{from}");
    let problems = parse(&FULL.replacen(from, to, 1)).unwrap_err();
    problems.into_iter().map(|problem| (problem.code, problem.to_string())).collect()
}

fn codes(from: &str, to: &str) -> Vec<&'static str> {
    told(from, to).into_iter().map(|(code, _)| code).collect()
}

fn customers(system: &System) -> &Collection {
    system.collection("customers").unwrap()
}

fn kari() -> BTreeMap<String, Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    let values = [("id", Value::Integer(7)), ("number", text("C-7")), ("email", text("kari+x@example.no")), ("ended_on", Value::Null)];
    values.map(|(name, value)| (name.to_owned(), value)).into()
}

fn write(api: &Api, operation: Operation) -> &Request {
    api.collections["customers"].write(operation).unwrap()
}

#[test]
fn an_api_is_read_with_its_calls() {
    let (api, _) = shop(FULL);
    assert_eq!(api.base.as_str(), "https://shop.example.no/wp-json/wc/v3");
    assert_eq!(api.auth, [Auth::Basic { user: "ck_1".into(), password: Secret::Env("SHOP_SECRET".into()) }]);
    let hosts: Vec<_> = api.hosts.iter().map(|place| (place.host.as_str(), place.port)).collect();
    assert_eq!(hosts, [("cdn.example.no", 443), ("xn--kb-lka.example", 8443)]);
    assert_eq!((api.rate, api.private, api.errors[0].means.clone()), (Some(5), false, Means::Refused("booked".into())));
    assert_eq!((api.errors[1].status, api.errors[1].means.clone()), (410, Means::Gone));
    let calls = &api.collections["customers"];
    assert_eq!((calls.pointer("number").as_str(), calls.pointer("email").as_str()), ("/meta/number", "/email"));
    assert_eq!((calls.idempotency, &calls.pages), (Idempotency::Key, &Some(Pages::Link { at: None })));
    assert_eq!(api.collections["orders"].pages, Some(Pages::Offset { query: "page".into(), from: 1, step: 1 }));
    for (operation, can) in [(Operation::Clear, true), (Operation::Restrict, true), (Operation::Erase, true), (Operation::Verify, true)] {
        assert_eq!((calls.can(operation), api.collections["orders"].can(operation)), (can, false), "{operation:?}");
    }
}

#[test]
fn every_way_of_saying_who_one_is_is_read() {
    let auth = |auth: &str| {
        let (api, _) = shop(&FULL.replace("{type: basic, user: ck_1, password: env:SHOP_SECRET}", auth));
        api.auth
    };
    assert_eq!(auth("{type: none}"), []);
    assert_eq!(auth("{type: bearer, token: file:secrets/token}"), [Auth::Bearer { token: Secret::File("secrets/token".into()) }]);
    let key = Auth::ApiKey { header: "x-api-key".into(), key: Secret::Env("KEY".into()) };
    assert_eq!(auth("{type: api-key, header: X-Api-Key, key: env:KEY}"), std::slice::from_ref(&key));
    let client = "type: oauth2, token-url: 'https://login.example.no/token', client-id: habeas, client-secret: env:S, scopes: [a, b]";
    let [Auth::OAuth2(oauth2)] = &auth(&format!("{{{client}}}"))[..] else { panic!() };
    assert_eq!((oauth2.scopes.len(), &oauth2.refresh_token), (2, &None));
    let [Auth::OAuth2(oauth2), other] =
        &auth(&format!("[{{{client}, grant: refresh, refresh-token: file:r}}, {{type: api-key, header: X-Api-Key, key: env:KEY}}]"))[..]
    else {
        panic!()
    };
    assert_eq!((&oauth2.refresh_token, other), (&Some(Secret::File("r".into())), &key));
}

#[test]
fn ways_of_saying_who_one_is_that_get_into_each_other_s_way_are_told() {
    let client = "type: oauth2, token-url: 'https://login.example.no/token', client-id: habeas, client-secret: env:S";
    let problems = |auth: &str| read(&FULL.replace("{type: basic, user: ck_1, password: env:SHOP_SECRET}", auth));
    let two = problems("[{type: bearer, token: env:T}, {type: basic, user: u, password: env:P}]").unwrap_err();
    assert_eq!(two.iter().map(|it| it.code).collect::<Vec<_>>(), ["twice"], "{two:?}");
    let lost = problems(&format!("{{{client}, grant: refresh, refresh-token: env:R}}")).unwrap().warnings;
    assert!(lost.iter().any(|it| it.code == "token-not-kept" && it.help.is_some()), "{lost:?}");
    let kept = problems(&format!("{{{client}, grant: refresh, refresh-token: file:r}}")).unwrap().warnings;
    assert!(kept.iter().all(|it| it.code != "token-not-kept"), "{kept:?}");
}

#[test]
fn only_a_search_may_answer_with_what_is_similar() {
    let similar = FULL.replacen("email: {path: /customers,", "email: {match: similar, path: /customers,", 1);
    assert_ne!(similar, FULL);
    let (api, _) = shop(&similar);
    assert!(api.collections["customers"].find["email"].similar && !shop(FULL).0.collections["customers"].find["email"].similar);
    let wrong = parse(&similar.replace("match: similar", "match: roughly")).unwrap_err();
    assert_eq!(wrong[0].code, "unknown-word", "{wrong:?}");
    let read_by = parse(&FULL.replacen("read: {", "read: {match: similar, ", 1)).unwrap_err();
    assert_eq!(read_by[0].code, "unknown-key", "{read_by:?}");
}

#[test]
fn a_call_is_filled_and_nothing_in_a_value_can_leave_its_place() {
    let (api, system) = shop(FULL);
    let (read, find) = (api.collections["customers"].read.as_ref().unwrap(), &api.collections["customers"].find["email"]);
    let mut values = kari();
    let call = |request: &Request, values: &BTreeMap<String, Value>, sought: Option<&Value>| {
        request.call(&api.base, Filling { collection: customers(&system), values, sought }, None)
    };
    let url = |request: &Request, values: &BTreeMap<String, Value>| call(request, values, None).map(|call| call.url.to_string());
    let sought = Value::Text("a&role=admin#\u{e9} +%".into());
    let found = call(find, &values, Some(&sought)).unwrap();
    let base = "https://shop.example.no/wp-json/wc/v3";
    assert_eq!(found.url.as_str(), format!("{base}/customers?email=a%26role%3Dadmin%23%C3%A9+%2B%25&role=all"));
    assert!(!format!("{found:?}").contains("admin"));
    assert_eq!(url(write(&api, Operation::Erase), &values).unwrap(), format!("{base}/customers/7?force=true"));
    for (odd, is) in [
        ("../users", Ok(format!("{base}/customers/..%2Fusers"))),
        ("a/b?c#d", Ok(format!("{base}/customers/a%2Fb%3Fc%23d"))),
        ("%2e%2e", Ok(format!("{base}/customers/%252e%252e"))),
        ("..", Err(Unfit::Odd("id".into()))),
        (".", Err(Unfit::Odd("id".into()))),
        ("a\r\nHost: b", Err(Unfit::Odd("id".into()))),
        (" ", Err(Unfit::Empty("id".into()))),
        ("", Err(Unfit::Empty("id".into()))),
    ] {
        values.insert("id".into(), Value::Text(odd.into()));
        assert_eq!(url(read, &values), is, "{odd:?}");
    }
    values.insert("id".into(), Value::Null);
    assert_eq!(url(write(&api, Operation::Erase), &values), Err(Unfit::Empty("id".into())), "without a key it would be everybody");
    values.remove("id");
    assert_eq!(url(read, &values), Err(Unfit::Missing("id".into())));
}

#[test]
fn a_body_holds_what_changes_with_its_type() {
    let (api, system) = shop(FULL);
    let values = kari();
    let filling = Filling { collection: customers(&system), values: &values, sought: None };
    let body = |request: &Request, changes: &[&str]| request.call(&api.base, filling, Some(changes)).unwrap().body.unwrap();
    let correct = write(&api, Operation::Correct);
    assert_eq!(body(correct, &["email"]), json!({"id": 7, "email": "kari+x@example.no", "force": true}));
    assert_eq!(body(correct, &["number"]), json!({"id": 7, "meta": {"number": "C-7"}, "force": true}));
    let (whole, _) = shop(&FULL.replace("correct: {method: PUT,", "correct: {method: PUT, whole: true,"));
    let everything = json!({"id": 7, "email": "kari+x@example.no", "meta": {"number": "C-7"}, "force": true});
    assert_eq!(body(write(&whole, Operation::Correct), &["email"]), everything);
    let outline = correct.outline(&api.base);
    assert!(outline.starts_with("PUT https://shop.example.no/wp-json/wc/v3/customers/{id} {\"id\":\"{id}\","), "{outline}");
}

#[test]
fn a_name_that_is_not_known_is_told_at_its_column() {
    for (from, to, at, help) in [
        ("read: {path: '/customers/{id}'}", "read: {path: '/customers/x/{ib}'}", "{ib}", "did you mean `id`?"),
        ("email: '{value}'", "email: 'a {valu}'", "{valu}", "did you mean `value`?"),
        ("number: '{number}'", "number: 'é{nummer}'", "{nummer}", "did you mean `number`?"),
        ("per_page: '1'", "per_page: '{id}'", "{id}", "no value has a name here"),
        ("read: {path: '/customers/{id}'}", "read: {path: '/customers/{email}'}", "{email}", "known here: `{id}`"),
    ] {
        let problems = parse(&FULL.replacen(from, to, 1)).unwrap_err();
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.code, problem.help.as_deref()), ("unknown-name", Some(help)));
        let column = problem.excerpt.split(at).next().unwrap().chars().count() + 1;
        assert_eq!(problem.column, column, "{problem}");
    }
    assert_eq!(codes("fields: {number:", "fields: {nummer:"), ["unknown-name"]);
    assert_eq!(codes("      orders:", "      order:"), ["unknown-name"]);
    assert_eq!(codes("          customer_id:", "          customer:"), ["unknown-name"]);
}

#[test]
fn where_the_map_is_broken_nobody_guesses_at_names() {
    let connection = format!("  connection:{}", FULL.replace("{id}", "{nothing}").trim_end());
    let map = SHOP.replace("  connection: {type: sqlite, path: systems/shop.db}", &connection).replacen("Art. 6(1)(b)", "Art. 6", 1);
    let problems = fideslang::parse("shop.yaml", &map).unwrap_err();
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["bad-legal-basis"], "{problems:?}");
}

#[test]
fn whatever_is_wrong_is_told() {
    for (from, to, expected) in [
        ("https://shop", "http://shop", "bad-base"),
        ("https://shop", "ftp://shop", "bad-base"),
        ("https://shop", "https://hunter2:x@shop", "bad-base"),
        ("wc/v3\n", "wc/v3?key=hunter2\n", "bad-base"),
        ("cdn.example.no", "'https://cdn.example.no'", "bad-host"),
        ("cdn.example.no", "'a@cdn.example.no'", "bad-host"),
        ("env:SHOP_SECRET", "hunter2", "bad-secret"),
        ("type: basic", "type: digest", "unknown-word"),
        ("rate: 5", "rate: 0", "bad-number"),
        ("type: link", "type: next", "unknown-word"),
        ("status: 409", "status: 4090", "bad-number"),
        (", code: booked", "", "missing-key"),
        ("means: gone", "means: gone, code: x", "unknown-key"),
        ("at: /code, is: booked", "at: /code", "half-condition"),
        ("at: /code", "at: code", "bad-pointer"),
        ("idempotency: key", "idempotency: yes", "unknown-word"),
        ("path: '/customers/{id}'", "path: 'customers/{id}'", "bad-path"),
        ("path: '/customers/{id}'", "path: '/customers/../{id}'", "bad-path"),
        ("path: '/customers/{id}'", "path: '/customers?x={id}'", "bad-path"),
        ("path: '/customers/{id}'", "path: '/customers/{id'", "bad-template"),
        ("role: all", "role: \"a\\r\\nb\"", "control-character"),
        ("role: all}", "role: all}, headers: {Authorization: x}", "bad-name"),
        ("role: all}", "role: all}, headers: {'a b': x}", "bad-name"),
        ("role: all}", "role: all}, body: {a: b}", "body-unsent"),
        ("method: PUT", "method: put", "unknown-word"),
        ("        read: {path: '/customers/{id}'}\n", "", "no-read"),
        ("    rate: 5\n", "    rate: 5\n    retries: 7\n", "unknown-key"),
        ("    base: https://shop.example.no/wp-json/wc/v3\n", "", "missing-key"),
    ] {
        let problems = told(from, to);
        assert_eq!(problems.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [expected], "{to}: {problems:#?}");
        let message = problems[0].1.lines().next().unwrap();
        assert!(!message.contains("hunter2"), "{message}");
    }
    assert!(parse(&FULL.replace("https://shop.example.no", "http://127.0.0.1:8080")).is_ok());
    assert!(parse(&FULL.replace("https://shop.example.no", "http://localhost:8080")).is_ok());
    for host in ["localhost.example.no", "127.0.0.1.example.no", "10.0.0.1", "2130706434.example"] {
        assert_eq!(codes("https://shop.example.no", &format!("http://{host}")), ["bad-base"]);
    }
}

#[test]
fn an_act_has_one_name_per_record() {
    let key = |id: i64| Key::from([("id".to_owned(), Value::Integer(id))]);
    let name = act_key("case:hash:shop", "customers", &key(7));
    assert_eq!((name.len(), name == act_key("case:hash:shop", "customers", &key(7))), (32, true));
    for other in
        [act_key("case:hash:shop", "customers", &key(8)), act_key("case:hash:shop", "orders", &key(7)), act_key("b", "customers", &key(7))]
    {
        assert_ne!(name, other);
    }
}
