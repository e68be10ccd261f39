//! A program with an API, and what goes wrong in it.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex},
};

use habeas_core::law::right::Right;
use serde_json::{Value as Json, json};

use super::{
    Customer, connect,
    fault::Mode,
    house,
    machine::{self, CORRECTED, Machine},
    proxy::Proxy,
    server::{Asked, Reply, Server},
};
use crate::house::database::Database;

/// `BASE` is replaced by where it is.
const CONNECTION: &str = "
    type: http
    base: BASE
    private: true
    requests:
      people:
        find: {email: {path: /people, query: {email: '{value}'}}, id: {path: '/people/{value}'}}
        read: {path: '/people/{id}'}
        correct: {method: PUT, path: '/people/{id}', body: {name: '{name}'}}
        restrict: {method: POST, path: '/people/{id}/lock'}
        lift: {method: POST, path: '/people/{id}/unlock'}
        erase: {path: '/people/{id}'}
      notes:
        find: {person_id: {path: /notes, query: {person_id: '{value}'}}}
        read: {path: '/notes/{id}'}
        restrict: {method: POST, path: '/notes/{id}/lock'}
        lift: {method: POST, path: '/notes/{id}/unlock'}
        erase: {path: '/notes/{id}'}";
const KNOWN: &str = "references: [{dataset: shop, field: customers.email, direction: from}]";

type Rows = BTreeMap<(String, u32), Json>;

/// What the program holds, and what is wrong with it.
#[derive(Default)]
struct Inside {
    rows: Rows,
    wrong: Option<(Mode, Right, Customer)>,
}

struct Api {
    inside: Arc<Mutex<Inside>>,
    proxy: Proxy,
    _server: Server,
}

/// Every way for one right.
pub(super) async fn walk(right: Right) {
    let mut api = Api::open().await;
    let database = Database::sqlite();
    let mut house = house(&database, &api.connection("http"), KNOWN).await;
    machine::walk(&mut house, &mut api, right).await;
}

impl Api {
    async fn open() -> Self {
        let inside = Arc::new(Mutex::new(Inside::default()));
        for customer in Customer::all() {
            let rows = &mut inside.lock().unwrap().rows;
            let person = json!({"id": customer.number, "email": customer.email, "name": customer.name(), "born": 1970, "locked": 0});
            rows.insert(("people".into(), customer.number), person);
            for (id, text) in customer.notes() {
                rows.insert(("notes".into(), id), json!({"id": id, "person_id": customer.number, "text": text, "locked": 0}));
            }
        }
        let asked = Arc::clone(&inside);
        let server = Server::start(move |request| asked.lock().unwrap().answer(request)).await;
        Self { inside, proxy: Proxy::to(server.at).await, _server: server }
    }

    fn connection(&self, scheme: &str) -> String {
        CONNECTION.replace("BASE", &format!("{scheme}://{}", self.proxy.at))
    }
}

impl Inside {
    fn answer(&mut self, asked: &Asked) -> Reply {
        if let Some((mode, right, customer)) = &self.wrong
            && is_it(*mode, *right, asked)
            && let Some(reply) = mode.answer().or_else(|| self.of_somebody_else(*mode, customer, asked))
        {
            return reply;
        }
        let parts: Vec<&str> = asked.path().trim_start_matches('/').split('/').collect();
        let gone = || Reply::json(404, &json!({}));
        let key = |table: &str, id: &str| (table.to_owned(), id.parse().unwrap());
        match (asked.method.as_str(), parts.as_slice()) {
            ("GET", [table]) => {
                let field = if *table == "people" { "email" } else { "person_id" };
                let wanted = asked.query(field).unwrap_or_default().to_lowercase();
                let fits = |row: &&Json| row[field].to_string().trim_matches('"').to_lowercase() == wanted;
                Reply::json(200, &self.rows.iter().filter(|((of, _), _)| of == table).map(|(_, row)| row).filter(fits).cloned().collect())
            }
            ("GET", [table, id]) => self.rows.get(&key(table, id)).map_or_else(gone, |row| Reply::json(200, row)),
            ("PUT", [table, id]) => self.rows.get_mut(&key(table, id)).map_or_else(gone, |row| {
                row["name"] = asked.json()["name"].clone();
                Reply::json(200, row)
            }),
            ("POST", [table, id, lock]) => self.rows.get_mut(&key(table, id)).map_or_else(gone, |row| {
                row["locked"] = json!(i32::from(*lock == "lock"));
                Reply::json(200, row)
            }),
            ("DELETE", [table, id]) => self.rows.remove(&key(table, id)).map_or_else(gone, |row| Reply::json(200, &row)),
            _ => Reply::json(405, &json!({})),
        }
    }

    /// The row of the one that nothing is the matter with.
    fn of_somebody_else(&self, mode: Mode, customer: &Customer, asked: &Asked) -> Option<Reply> {
        let other = Customer::all().filter(|other| mode == Mode::Others && other.number != customer.number).last()?;
        let row = &self.rows[&("people".to_owned(), other.number)];
        Some(Reply::json(200, &if asked.query("email").is_some() { json!([row]) } else { row.clone() }))
    }
}

/// The call that decides: it goes wrong, and those before it do not. Of an erasure that is the person, whose notes have gone before.
fn is_it(mode: Mode, right: Right, asked: &Asked) -> bool {
    let about_people = asked.path().starts_with("/people");
    // A lie about somebody else's row is a lie about what is read after it, too.
    let read = mode == Mode::Others && asked.method == "GET";
    about_people
        && (read
            || match right {
                Right::Rectification => asked.method == "PUT",
                Right::Restriction => asked.method == "POST",
                Right::Erasure => asked.method == "DELETE",
                _ => asked.method == "GET",
            })
}

impl Machine for Api {
    const KIND: &'static str = "http";

    fn told(mode: Mode, right: Right) -> &'static str {
        let finds = matches!(right, Right::Access | Right::Portability);
        match mode {
            Mode::Refuse => "nobody listens on its port",
            Mode::Timeout => "it takes the call and says nothing",
            Mode::Tls => "the map says https, and it speaks none",
            Mode::Unauthorized => "it answers 401",
            Mode::Forbidden => "it answers 403",
            Mode::TooMany => "it answers 429 and asks to wait a minute",
            Mode::Broken => "it answers 500",
            Mode::SlowDrip => "its answer never ends, a byte now and then",
            Mode::HalfBody => "its answer stops in the middle",
            Mode::PartialSuccess => "it answers 207: one part done, one not",
            Mode::WrongType => "it answers with a web page",
            Mode::Redirect => "it sends us to another address",
            Mode::Huge => "its answer never ends, as fast as it goes",
            Mode::Lie if finds => "it says 200 and ok, and gives nothing",
            Mode::Lie => "it says 200 and ok, and does nothing",
            Mode::Others => "it answers with somebody else's row",
        }
    }

    async fn breaks(&mut self, mode: Mode, right: Right, customer: &Customer, folder: &Path) {
        match mode {
            Mode::Refuse => self.proxy.shut().await,
            Mode::Tls => connect(folder, &self.connection("https"), KNOWN),
            _ => self.inside.lock().unwrap().wrong = Some((mode, right, customer.clone())),
        }
    }

    async fn mends(&mut self, mode: Mode, _: Right, _: &Customer, folder: &Path) {
        match mode {
            Mode::Refuse => self.proxy.open().await,
            Mode::Tls => connect(folder, &self.connection("http"), KNOWN),
            _ => self.inside.lock().unwrap().wrong = None,
        }
    }

    async fn does_by_hand(&mut self, right: Right, customer: &Customer) {
        let rows = &mut self.inside.lock().unwrap().rows;
        let keys = customer.notes().map(|(id, _)| ("notes".to_owned(), id)).into_iter().chain([("people".to_owned(), customer.number)]);
        match right {
            Right::Rectification => rows.get_mut(&("people".to_owned(), customer.number)).unwrap()["name"] = json!(CORRECTED),
            Right::Restriction => keys.for_each(|key| rows.get_mut(&key).unwrap()["locked"] = json!(1)),
            Right::Erasure => keys.for_each(|key| drop(rows.remove(&key))),
            _ => {}
        }
    }

    async fn rows(&mut self) -> Vec<String> {
        let inside = self.inside.lock().unwrap();
        let what = |row: &Json| row["name"].as_str().or_else(|| row["text"].as_str()).unwrap().to_owned();
        inside.rows.iter().map(|((table, id), row)| format!("{table} {id}: {} {}", what(row), row["locked"])).collect()
    }
}
