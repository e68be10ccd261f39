//! A web shop with an API, the data map of it, and plans over it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use habeas_core::law::{
    change::Write,
    fideslang,
    map::{Connection, System},
    plan::{ErasureStep, SystemPlan, print},
    record::{Key, Record, Value},
};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::{
    super::{Http, gate},
    server::{Asked, Reply, Server},
};
use crate::connector::{
    Caps, Connector, Matching, Question, Term,
    tests::house::{delete, empty, id, keep, part, text},
};

/// `BASE` is replaced by where the server is.
pub(super) const MAP: &str = "
habeas:
  label: {nb: a, nl: b, en: c}
  connection:
    type: http
    base: BASE
    errors:
      - {status: 409, at: /code, is: booked, means: refused, code: booked}
      - {status: 418, means: transient}
      - {status: 419, means: denied}
      - {status: 420, means: permanent}
      - {status: 421, means: gone}
      - {status: 200, at: /ok, is: false, means: denied}
    requests:
      customers:
        fields: {city: /billing/city}
        idempotency: key
        find:
          email: {path: /customers, query: {email: '{value}'}}
          id: {path: '/customers/{value}'}
        check: {path: /customers}
        read: {path: '/customers/{id}'}
        correct: {method: PUT, path: '/customers/{id}', body: {id: '{id}', email: '{email}', name: '{name}', billing: {city: '{city}'}}}
        restrict: {method: POST, path: '/customers/{id}/lock'}
        lift: {method: POST, path: '/customers/{id}/unlock'}
        erase: {path: '/customers/{id}', query: {force: 'true'}}
      orders:
        records: /orders
        record: /order
        find:
          customer_id: {path: /orders, query: {customer: '{value}'}}
        read: {path: '/orders/{id}'}
        erase: {method: POST, path: /purge, body: {order: '{id}', of: 'customer-{customer_id}'}}
      notes:
        find:
          customer_id: {path: /notes, query: {customer: '{value}'}}
dataset:
  - fides_key: shop
    collections:
      - name: customers
        habeas: {label: {nb: a, nl: b, en: c}, purpose: {nb: a, nl: b, en: c}, legal-basis: Art. 6(1)(b), source: {nb: a, nl: b, en: c}, restriction: {field: locked, restricted: 'yes', normal: 'no'}}
        fields:
          - {name: id, fides_meta: {primary_key: true, data_type: integer}, habeas: {technical: true}}
          - {name: email, fides_meta: {identity: email}, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: name, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: city, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: locked, fides_meta: {data_type: boolean}, habeas: {label: {nb: a, nl: b, en: c}}}
      - name: orders
        habeas: {label: {nb: a, nl: b, en: c}, purpose: {nb: a, nl: b, en: c}, legal-basis: Art. 6(1)(b), source: {nb: a, nl: b, en: c}}
        fields:
          - {name: id, fides_meta: {primary_key: true, data_type: integer}, habeas: {technical: true}}
          - {name: customer_id, fides_meta: {data_type: integer, references: [{dataset: shop, field: customers.id, direction: from}]}, habeas: {technical: true}}
          - {name: total, habeas: {label: {nb: a, nl: b, en: c}}}
      - name: notes
        habeas: {label: {nb: a, nl: b, en: c}, purpose: {nb: a, nl: b, en: c}, legal-basis: Art. 6(1)(b), source: {nb: a, nl: b, en: c}}
        fields:
          - {name: id, fides_meta: {primary_key: true, data_type: integer}, habeas: {technical: true}}
          - {name: customer_id, fides_meta: {data_type: integer, references: [{dataset: shop, field: customers.id, direction: from}]}, habeas: {technical: true}}
";

/// The records of the shop, and what goes wrong in it.
#[derive(Default)]
pub(super) struct Shop {
    pub(super) tables: Mutex<BTreeMap<String, BTreeMap<i64, Json>>>,
    /// Answers instead of the shop, where it has an answer.
    trouble: Mutex<Option<Trouble>>,
}

type Trouble = Box<dyn Fn(&Asked) -> Option<Reply> + Send + Sync>;

impl Shop {
    /// Kari, Ola, and an order of each.
    pub(super) fn open() -> Arc<Self> {
        let customer = |id: i64, email: &str, name: &str| {
            (id, json!({"id": id, "email": email, "name": name, "billing": {"city": "Oslo"}, "locked": false}))
        };
        let order = |id: i64, customer: i64| (id, json!({"id": id, "customer_id": customer, "total": 9.5}));
        let shop = Self::default();
        shop.tables.lock().unwrap().extend([
            ("customers".into(), BTreeMap::from([customer(7, "Kari@example.no", "Kari"), customer(8, "ola@example.no", "Ola")])),
            ("orders".into(), BTreeMap::from([order(70, 7), order(80, 8)])),
            ("notes".into(), BTreeMap::new()),
        ]);
        Arc::new(shop)
    }

    pub(super) async fn serve(self: &Arc<Self>) -> Server {
        let shop = Arc::clone(self);
        Server::start(move |asked| shop.answer(asked)).await
    }

    /// From now on, where it has an answer of its own.
    pub(super) fn trouble(&self, trouble: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static) {
        *self.trouble.lock().unwrap() = Some(Box::new(trouble));
    }

    pub(super) fn no_trouble(&self) {
        *self.trouble.lock().unwrap() = None;
    }

    /// A record as it is.
    pub(super) fn held(&self, table: &str, id: i64) -> Option<Json> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)[table].get(&id).cloned()
    }

    pub(super) fn set(&self, table: &str, id: i64, pointer: &str, value: Json) {
        *self.tables.lock().unwrap().get_mut(table).unwrap().get_mut(&id).unwrap().pointer_mut(pointer).unwrap() = value;
    }

    pub(super) fn answer(&self, asked: &Asked) -> Reply {
        if let Some(reply) = self.trouble.lock().unwrap().as_ref().and_then(|trouble| trouble(asked)) {
            return reply;
        }
        let mut tables = self.tables.lock().unwrap();
        let parts: Vec<&str> = asked.path().trim_start_matches('/').split('/').collect();
        let gone = || Reply::json(404, &json!({"code": "not_found"}));
        match (asked.method.as_str(), parts.as_slice()) {
            ("GET", ["customers"]) => {
                let wanted = asked.query("email").map(|email| email.to_lowercase());
                let fits =
                    |customer: &&Json| wanted.as_ref().is_none_or(|email| customer["email"].as_str().unwrap().to_lowercase() == *email);
                Reply::json(200, &tables["customers"].values().filter(fits).cloned().collect())
            }
            ("GET", [table @ ("orders" | "notes")]) => {
                let wanted: Option<i64> = asked.query("customer").map(|id| id.parse().unwrap());
                let found: Json = tables[*table].values().filter(|order| order["customer_id"].as_i64() == wanted).cloned().collect();
                Reply::json(200, &if *table == "orders" { json!({"orders": found}) } else { found })
            }
            ("GET", [table, id]) => match tables[*table].get(&id.parse().unwrap()) {
                Some(order) if *table == "orders" => Reply::json(200, &json!({"order": order})),
                Some(record) => Reply::json(200, record),
                None => gone(),
            },
            ("PUT", ["customers", id]) => match tables.get_mut("customers").unwrap().get_mut(&id.parse().unwrap()) {
                Some(customer) => {
                    merge(customer, &asked.json());
                    Reply::json(200, customer)
                }
                None => gone(),
            },
            ("POST", ["customers", id, lock]) => match tables.get_mut("customers").unwrap().get_mut(&id.parse().unwrap()) {
                Some(customer) => {
                    customer["locked"] = json!(*lock == "lock");
                    Reply::Whole(204, Vec::new(), String::new())
                }
                None => gone(),
            },
            ("DELETE", [table, id]) => match tables.get_mut(*table).unwrap().remove(&id.parse().unwrap()) {
                Some(record) => Reply::json(200, &record),
                None => gone(),
            },
            ("POST", ["purge"]) => match tables.get_mut("orders").unwrap().remove(&asked.json()["order"].as_i64().unwrap()) {
                Some(_) => Reply::Whole(204, Vec::new(), String::new()),
                None => gone(),
            },
            _ => Reply::json(405, &json!({})),
        }
    }
}

fn merge(into: &mut Json, from: &Json) {
    match (into, from) {
        (Json::Object(into), Json::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Json::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// The connector under its data map, with a folder for its secrets.
pub(super) struct Desk {
    pub(super) http: Http,
    house: TempDir,
}

impl Desk {
    /// A file of the house.
    pub(super) fn file(&self, name: &str) -> std::path::PathBuf {
        self.house.path().join(name)
    }
}

/// A text that holds the map, for a server.
pub(super) fn map(base: &str) -> String {
    MAP.replace("BASE", base)
}

pub(super) fn system(map: &str) -> System {
    let parsed = fideslang::parse("shop.yaml", map);
    parsed.unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))).value
}

/// Connects by a map; `files` are put into the house.
pub(super) fn desk(map: &str, files: &[(&str, &str)], caps: Caps) -> Desk {
    desk_looking_up(map, files, caps, &gate::system())
}

pub(super) fn desk_looking_up(map: &str, files: &[(&str, &str)], caps: Caps, lookup: &gate::Lookup) -> Desk {
    let house = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(house.path().join(name), text).unwrap();
    }
    let system = system(map);
    let Connection::Http(api) = system.connection.clone() else { panic!() };
    Desk { http: Http::looking_up(system, *api, house.path(), caps, lookup), house }
}

impl std::ops::Deref for Desk {
    type Target = Http;

    fn deref(&self) -> &Http {
        &self.http
    }
}

pub(super) fn caps() -> Caps {
    Caps { lock: std::time::Duration::from_millis(50), ..Caps::default() }
}

pub(super) fn about(collection: &str, field: &str, value: Value, matching: Matching) -> Vec<Question> {
    let by = vec![Term { field: field.to_owned(), matching }];
    vec![Question { collection: collection.to_owned(), by, rows: vec![vec![value]] }]
}

pub(super) fn about_kari() -> Vec<Question> {
    about("customers", "email", text("kari@example.no"), Matching::Folded)
}

/// Kari and her order go; of Ola nothing is touched.
pub(super) fn goodbye() -> SystemPlan {
    part("shop", [delete("customers", id(7)), keep("customers", id(8)), delete("orders", id(70))])
}

/// Kari stays, without name and city.
pub(super) fn blank() -> SystemPlan {
    part("shop", [empty("customers", id(7), &["city", "name"])])
}

pub(super) fn printed(desk: &Desk, mut step: ErasureStep, record: &Record) -> ErasureStep {
    let collection = desk.http.system.collection(&record.collection).unwrap();
    step.print = Some(print(collection, |field| record.value(field)));
    step
}

pub(super) fn write(field: &str, was: Value, to: Value) -> Write {
    Write { collection: "customers".to_owned(), key: id(7), field: field.to_owned(), was, to, whose: Key::new() }
}

pub(super) async fn kari(desk: &Desk) -> Record {
    desk.find(&about_kari()).await.unwrap().remove(0)
}
