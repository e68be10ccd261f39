//! Answers in several pages, and pages that never end.

use habeas_core::law::record::Value;
use serde_json::{Value as Json, json};

use super::{
    server::{Asked, Reply, Server},
    shop::{about, caps, desk, map},
};
use crate::connector::{Caps, Cause, Connector, Kind, Matching, Question, tests::house::names};

const FIND: &str = "customer_id: {path: /orders, query: {customer: '{value}'}}\n        read: {path: '/orders/{id}'}";

/// The map with a way of paging for orders.
fn paged(base: &str, pages: &str) -> String {
    let map = map(base);
    assert!(map.contains(FIND));
    map.replace("        records: /orders\n", &format!("        records: /orders\n        pages: {pages}\n"))
}

fn orders(ids: impl IntoIterator<Item = u64>) -> Json {
    ids.into_iter().map(|id| json!({"id": id, "customer_id": 7, "total": 1})).collect()
}

fn question() -> Vec<Question> {
    about("orders", "customer_id", Value::Integer(7), Matching::Exact)
}

async fn found(server: &Server, pages: &str) -> Result<Vec<String>, Cause> {
    found_under(server, pages, caps()).await
}

async fn found_under(server: &Server, pages: &str, caps: Caps) -> Result<Vec<String>, Cause> {
    let found = desk(&paged(&server.base(), pages), &[], caps).find(&question()).await;
    found.map(|records| names(&records)).map_err(|error| error.source)
}

const THREE: [&str; 3] = ["shop.orders/1", "shop.orders/2", "shop.orders/3"];

#[tokio::test]
async fn a_link_in_the_header_is_followed() {
    let server = Server::start(|asked: &Asked| match asked.query("page").as_deref() {
        None => Reply::json(200, &json!({"orders": orders([1])}))
            .with("Link", "</orders?customer=7&page=9>; rel=\"last\", </orders?customer=7&page=2>; title=\"a, b\"; rel=\"x next\""),
        Some("2") => Reply::json(200, &json!({"orders": orders([2])})).with("Link", "<?customer=7&page=3>;rel=next"),
        _ => Reply::json(200, &json!({"orders": orders([3])})).with("link", "</orders?page=2>; rel=prev"),
    })
    .await;
    assert_eq!(found(&server, "{type: link}").await.unwrap(), THREE);
    assert_eq!(server.lines(), ["GET /orders?customer=7", "GET /orders?customer=7&page=2", "GET /orders?customer=7&page=3"]);
}

#[tokio::test]
async fn a_link_in_the_answer_is_followed() {
    let server = Server::start(|asked: &Asked| match asked.query("after").as_deref() {
        None => {
            Reply::json(200, &json!({"orders": orders([1]), "links": {"next": format!("http://{}/orders?after=1", asked.headers["host"])}}))
        }
        Some("1") => Reply::json(200, &json!({"orders": orders([2]), "links": {"next": "/orders?after=2"}})),
        _ => Reply::json(200, &json!({"orders": orders([3]), "links": {"next": null}})),
    })
    .await;
    assert_eq!(found(&server, "{type: link, at: /links/next}").await.unwrap(), THREE);
}

#[tokio::test]
async fn a_cursor_is_given_back() {
    let server = Server::start(|asked: &Asked| match asked.query("cursor").as_deref() {
        None => Reply::json(200, &json!({"orders": orders([1]), "next": "a&b=c"})),
        Some("a&b=c") => Reply::json(200, &json!({"orders": orders([2]), "next": 17})),
        Some("17") => Reply::json(200, &json!({"orders": orders([3]), "next": ""})),
        _ => Reply::json(400, &json!({})),
    })
    .await;
    assert_eq!(found(&server, "{type: cursor, at: /next, query: cursor}").await.unwrap(), THREE);
    assert_eq!(server.lines()[1], "GET /orders?customer=7&cursor=a%26b%3Dc");
}

#[tokio::test]
async fn pages_are_counted_until_one_is_empty() {
    let by_page = Server::start(|asked: &Asked| {
        let page: u64 = asked.query("page").unwrap().parse().unwrap();
        Reply::json(200, &json!({"orders": orders((1..=3).filter(|id| *id == page))}))
    })
    .await;
    assert_eq!(found(&by_page, "{type: offset, query: page, from: 1}").await.unwrap(), THREE);
    assert_eq!(by_page.lines().len(), 4);
    let by_record = Server::start(|asked: &Asked| {
        let skip: u64 = asked.query("offset").unwrap().parse().unwrap();
        // The last page says so by not being there.
        if skip > 2 {
            Reply::json(404, &json!({}))
        } else {
            Reply::json(200, &json!({"orders": orders((1..=3).skip(usize::try_from(skip).unwrap()).take(2))}))
        }
    })
    .await;
    assert_eq!(found(&by_record, "{type: offset, query: offset, step: 2}").await.unwrap(), THREE);
}

#[tokio::test]
async fn pages_that_go_round_in_a_circle_end() {
    let circle = Server::start(|_: &Asked| Reply::json(200, &json!({"orders": orders([1]), "next": "/orders?customer=7"}))).await;
    for pages in ["{type: link, at: /next}", "{type: offset, query: page}"] {
        assert_eq!(found(&circle, pages).await.unwrap_err(), Cause::Endless("orders".into()));
        assert!(circle.lines().len() <= 4, "{:?}", circle.lines());
    }
    let growing = Server::start(|asked: &Asked| {
        let page = asked.query("p").map_or(0, |page| page.parse::<u64>().unwrap());
        Reply::json(200, &json!({"orders": orders([page]), "next": format!("/orders?p={}", page + 1)}))
    })
    .await;
    let few = Caps { rows: 5, ..caps() };
    let full = |cap: &str| Cause::TooMuch { collection: "orders".into(), cap: cap.into() };
    assert_eq!(found_under(&growing, "{type: link, at: /next}", few).await.unwrap_err(), full("5 records"));
    let slow = Caps { time: std::time::Duration::from_millis(40), ..caps() };
    let nothing = Server::start(|asked: &Asked| {
        let page = asked.query("p").map_or(0, |page| page.parse::<u64>().unwrap());
        Reply::json(200, &json!({"orders": [], "next": format!("/orders?p={}", page + 1)}))
    })
    .await;
    assert_eq!(found_under(&nothing, "{type: link, at: /next}", slow).await.unwrap_err(), Cause::TooSlow { seconds: 0 });
    let small = Caps { bytes: 300, ..caps() };
    assert_eq!(found_under(&growing, "{type: link, at: /next}", small).await.unwrap_err(), full("300 bytes"));
}

#[tokio::test]
async fn a_next_page_leads_nowhere_else() {
    let elsewhere = Server::start(|_: &Asked| Reply::json(200, &json!({"orders": []}))).await;
    let port = elsewhere.at.port();
    for link in [
        format!("http://127.0.0.1:{port}/orders"),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "//evil.example/orders".to_owned(),
        "https://evil.example/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://127.0.0.1/x".to_owned(),
        format!("http://a@127.0.0.1:{port}/"),
        "http://[::1]/".to_owned(),
        "http://0x7f000001/".to_owned(),
        "http://127\u{3002}0\u{3002}0\u{3002}1/".to_owned(),
        "http://[".to_owned(),
    ] {
        let next = link.clone();
        let server = Server::start(move |_: &Asked| Reply::json(200, &json!({"orders": orders([1]), "next": next}))).await;
        assert_eq!(found(&server, "{type: link, at: /next}").await.unwrap_err(), Cause::Elsewhere, "{link}");
        assert_eq!(server.lines().len(), 1);
    }
    // Not even to itself with a name in front: a server could be told one by mistake.
    let server = Server::start(move |asked: &Asked| {
        Reply::json(200, &json!({"orders": [], "next": format!("http://u:p@{}/orders", asked.headers["host"])}))
    })
    .await;
    assert_eq!(found(&server, "{type: link, at: /next}").await.unwrap_err(), Cause::Elsewhere);
    assert_eq!(elsewhere.lines(), [""; 0]);
    let named =
        Server::start(move |_: &Asked| Reply::json(200, &json!({"orders": [], "next": format!("http://127.0.0.1:{port}/orders")}))).await;
    let map = paged(&named.base(), "{type: link, at: /next}")
        .replace("    errors:\n", &format!("    hosts: ['127.0.0.1:{port}']\n    errors:\n"));
    assert!(desk(&map, &[], caps()).find(&question()).await.is_ok());
    assert_eq!(elsewhere.lines(), ["GET /orders"], "a host that the connection names is called");
}

#[tokio::test]
async fn one_page_without_pages_is_all_and_a_broken_one_is_nothing() {
    let server = Server::start(|_: &Asked| Reply::json(200, &json!({"orders": orders([1, 2]), "next": "/orders?p=2"}))).await;
    let found = desk(&map(&server.base()), &[], caps()).find(&question()).await.unwrap();
    assert_eq!(names(&found), ["shop.orders/1", "shop.orders/2"]);
    for broken in [json!({}), json!({"orders": 7}), json!({"orders": [7]}), json!({"orders": [{"customer_id": 7}]}), json!([])] {
        let server = Server::start(move |_: &Asked| Reply::json(200, &broken)).await;
        let error = desk(&map(&server.base()), &[], caps()).find(&question()).await.unwrap_err();
        assert_eq!(error.kind, Kind::Permanent, "{error}");
    }
    let none = Server::start(|_: &Asked| Reply::json(200, &json!({"orders": null}))).await;
    assert_eq!(desk(&map(&none.base()), &[], caps()).find(&question()).await.unwrap(), []);
    let nowhere = Server::start(|_: &Asked| Reply::json(404, &json!({}))).await;
    let error = desk(&map(&nowhere.base()), &[], caps()).find(&question()).await.unwrap_err();
    assert_eq!(error.source, Cause::Status { status: 404, again: false }, "a list that is not there is no empty list");
}
