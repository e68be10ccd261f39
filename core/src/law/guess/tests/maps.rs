//! Whole databases, proposed and read back by the parser of data maps.

use super::super::{Column, ForeignKey, Proposal, Shape, Table, ValueType, propose, yaml};
use crate::law::{
    fideslang,
    map::{Connection, Direction, Secret, Server, System, Tls},
};

/// `name(column:type!, …)`: the first column is the key, `!` an index. `name > parent(column = column, …)`: a foreign key.
fn shape(tables: &[&str], keys: &[&str]) -> Shape {
    let tables = tables.iter().map(|text| {
        let (name, columns) = text.trim_end_matches(')').split_once('(').unwrap();
        let columns: Vec<Column> = columns
            .split(", ")
            .map(|text| {
                let (name, typed) = text.trim_end_matches('!').split_once(':').unwrap_or((text.trim_end_matches('!'), "t"));
                let data = match typed {
                    "t" => ValueType::Text,
                    "i" => ValueType::Integer,
                    "b" => ValueType::Boolean,
                    "d" => ValueType::Date,
                    other => panic!("{other}"),
                };
                Column { name: name.to_owned(), data, indexed: text.ends_with('!'), ..Column::default() }
            })
            .collect();
        let key = columns.first().map(|column| column.name.clone()).into_iter().filter(|name| !name.starts_with('_')).collect();
        Table { name: name.to_owned(), key, columns, rows: Some(if name == "orders" { 20_000 } else { 3 }), ..Table::default() }
    });
    let keys = keys.iter().map(|text| {
        let (ends, pairs) = text.trim_end_matches(')').split_once('(').unwrap();
        let (child, parent) = ends.split_once(" > ").unwrap();
        let pairs = pairs.split(", ").map(|pair| pair.split_once(" = ").unwrap()).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        ForeignKey { child: child.to_owned(), parent: parent.to_owned(), elsewhere: None, pairs }
    });
    Shape { tables: tables.collect(), foreign_keys: keys.collect() }
}

fn loaded(proposal: &Proposal) -> System {
    let connection = Connection::Sqlite { path: "systems/a b.db".to_owned() };
    let text = yaml::write(proposal, &connection, "sqlite:a b.db");
    let parsed = fideslang::parse("x.yaml", &text)
        .unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
    assert!(parsed.warnings.is_empty(), "{:#?}", parsed.warnings);
    assert_eq!(parsed.value.connection, connection);
    parsed.value
}

fn references(system: &System) -> Vec<String> {
    let mut all = Vec::new();
    for collection in &system.collections {
        for field in &collection.fields {
            for reference in &field.references {
                let arrow = if reference.direction == Direction::From { "<-" } else { "->" };
                all.push(format!("{}.{} {arrow} {}.{}", collection.name, field.name, reference.collection, reference.field));
            }
        }
    }
    all
}

fn left(proposal: &Proposal) -> Vec<String> {
    proposal.left.iter().map(|left| format!("{}{}", left.table, if left.look { "!" } else { "" })).collect()
}

#[test]
fn a_shop_is_mapped_from_its_customers_down() {
    let shape = shape(
        &[
            "customers(id:i!, email!, first_name, last_name, birth_date:d, password, support_rep_id:i)",
            "employees(id:i!, email!, name, reports_to:i)",
            "addresses(id:i!, street, postal_code, city)",
            "orders(id:i!, customer_id:i, address_id:i, handled_by:i!, status, note)",
            "order_lines(id:i!, order_id:i!, product_id:i, quantity:i)",
            "products(id:i!, name, supplier_id:i)",
            "suppliers(id:i!, contact_name, phone)",
            "audit(_x, email_count:i)",
        ],
        &[
            "customers > employees(support_rep_id = id)",
            "employees > employees(reports_to = id)",
            "orders > customers(customer_id = id)",
            "orders > addresses(address_id = id)",
            "orders > employees(handled_by = id)",
            "order_lines > orders(order_id = id)",
            "order_lines > products(product_id = id)",
            "products > suppliers(supplier_id = id)",
        ],
    );
    let proposal = propose("shop", &shape);
    let system = loaded(&proposal);
    let names: Vec<_> = system.collections.iter().map(|collection| collection.name.as_str()).collect();
    assert_eq!(names, ["customers", "employees", "addresses", "orders", "order_lines"]);
    assert_eq!(
        references(&system),
        ["orders.customer_id <- customers.id", "orders.address_id -> addresses.id", "order_lines.order_id <- orders.id"],
        "never from one person to another, and never down from what people share"
    );
    let customers = system.collection("customers").unwrap();
    let field = |name: &str| customers.field(name).unwrap();
    assert!(field("id").primary_key && field("id").technical && field("password").technical);
    assert_eq!(field("email").identity.as_deref(), Some("email"));
    assert_eq!(
        (field("birth_date").categories[0].as_str(), field("birth_date").label.nl.as_str()),
        ("user.demographic.date_of_birth", "Geboortedatum")
    );
    assert_eq!(left(&proposal), ["products", "suppliers!", "audit"], "a supplier's contact looks personal");
    let slow: Vec<_> = proposal.slow.iter().map(|slow| format!("{}.{}", slow.table, slow.column)).collect();
    assert_eq!(slow, ["orders.customer_id"]);
    let held = &proposal.collection("orders").unwrap().held;
    assert_eq!(held, &["handled_by -> employees: it says who made or handles the row, which belongs to somebody else"]);
}

#[test]
fn an_address_book_finds_its_owner_and_nobody_else() {
    let shape = shape(
        &["users(user_id:i!, username, email!)", "contacts(contact_id:i!, user_id:i!, name, email)", "members(contact_id:i!, group_id:i)"],
        &["contacts > users(user_id = user_id)", "members > contacts(contact_id = contact_id)"],
    );
    let system = loaded(&propose("mail", &shape));
    let contacts = system.collection("contacts").unwrap();
    assert!(contacts.field("email").unwrap().third_person && contacts.field("email").unwrap().identity.is_none());
    assert_eq!(references(&system), ["contacts.user_id <- users.user_id", "members.contact_id <- contacts.contact_id"]);
}

#[test]
fn circles_are_followed_once() {
    let shape = shape(
        &["persons(id:i!, email!, main:i)", "files(id:i!, owner_id:i!)"],
        &["persons > files(main = id)", "files > persons(owner_id = id)"],
    );
    assert_eq!(references(&loaded(&propose("x", &shape))), ["persons.main <- files.id", "files.owner_id <- persons.id"]);
}

#[test]
fn a_key_of_several_columns_is_followed_whole_or_not_at_all() {
    let mut shape = shape(
        &["persons(id:i!, email!)", "files(a:i!, b:i, owner_id:i!)", "parts(id:i!, a:i!, b:i!, note)"],
        &["files > persons(owner_id = id)", "parts > files(a = a, b = b)"],
    );
    assert_eq!(references(&loaded(&propose("x", &shape))), ["files.owner_id <- persons.id"], "`a` and `b` are not what tells files apart");
    shape.tables[1].key = vec!["a".to_owned(), "b".to_owned()];
    let whole = ["files.owner_id <- persons.id", "parts.a <- files.a", "parts.b <- files.b"];
    assert_eq!(references(&loaded(&propose("x", &shape))), whole);
}

#[test]
fn names_alone_suggest_and_never_decide() {
    let shape = shape(&["customers(id:i!, email!)", "orders(id:i!, customer_id:i!, total)", "tags(id:i!, colour)"], &[]);
    let proposal = propose("shop", &shape);
    let system = loaded(&proposal);
    assert_eq!(system.collections.len(), 1);
    assert_eq!(left(&proposal), ["tags"]);
    let text = yaml::write(&proposal, &Connection::Sqlite { path: "x.db".into() }, "x.db");
    assert!(text.contains("a reference by its name alone") || text.contains("names say that one could"), "{text}");
    let taken = text.lines().map(|line| line.strip_prefix("#       ").map_or_else(|| line.to_owned(), |rest| format!("      {rest}")));
    let taken = taken.collect::<Vec<_>>().join("\n");
    let system = fideslang::parse("x.yaml", &taken).unwrap_or_else(|problems| panic!("{taken}\n{problems:#?}")).value;
    assert_eq!(references(&system), ["orders.customer_id <- customers.id"], "{taken}");
}

#[test]
fn hostile_names_come_back_as_they_are() {
    let names = [
        "select",
        "Order Details",
        "it's",
        "a\"b",
        "a`b",
        "a: b",
        "#x",
        "- x",
        "{a}",
        "yes",
        "null",
        "007",
        "ÆØÅ",
        "a\nb",
        "a\tb",
        "a\\b",
        "*",
        "&a",
        "!t",
        "%p",
        "a,b",
        "[x]",
        "\u{202e}x",
        "a\u{2028}b",
        " lead",
        "@",
        "?",
        "|",
        ">",
        "~",
        "=",
        "<<",
    ];
    let mut tables: Vec<Table> = vec![shape(&["people(id:i!, email!)"], &[]).tables.remove(0)];
    let mut foreign_keys = Vec::new();
    for name in names {
        let column = |name: &str| Column { name: name.to_owned(), data: ValueType::Text, ..Column::default() };
        tables.push(Table {
            name: name.to_owned(),
            key: vec![name.to_owned()],
            columns: vec![column(name), column("person_id")],
            ..Table::default()
        });
        let pairs = vec![("person_id".to_owned(), "id".to_owned())];
        foreign_keys.push(ForeignKey { child: name.to_owned(), parent: "people".to_owned(), elsewhere: None, pairs });
    }
    for (name, why) in [("a.b", "dot"), ("view", "view"), ("  ", "blank")] {
        let is_view = why == "view";
        tables.push(Table { name: name.to_owned(), is_view, ..Table::default() });
    }
    let proposal = propose("x", &Shape { tables, foreign_keys });
    let system = loaded(&proposal);
    let read: Vec<_> =
        system.collections.iter().skip(1).map(|collection| (collection.name.as_str(), collection.fields[0].name.as_str())).collect();
    assert_eq!(read, names.map(|name| (name, name)));
    assert_eq!(references(&system).len(), names.len());
    assert_eq!(left(&proposal), ["a.b", "view", "  "]);
}

#[test]
fn every_connection_is_written_as_it_is_read() {
    let server = Server {
        host: "db.example.no".into(),
        port: Some(5433),
        database: "the shop".into(),
        schema: Some("Sales".into()),
        user: "habeas".into(),
        password: Some(Secret::Env("SHOP".into())),
        tls: Tls::Verify { ca: Some("ca.pem".into()) },
    };
    let mariadb = Server { schema: None, ..server.clone() };
    for connection in [Connection::Postgres(server), Connection::Mariadb(mariadb)] {
        let text = yaml::write(&propose("x", &Shape::default()), &connection, "x");
        assert_eq!(fideslang::parse("x.yaml", &text).unwrap().value.connection, connection, "{text}");
    }
}

#[test]
fn five_hundred_tables_are_proposed_in_a_moment_and_always_alike() {
    let mut tables = vec!["users(id:i!, email!)".to_owned()];
    let mut keys = Vec::new();
    for n in 0..500 {
        tables.push(format!("t{n}(id:i!, up_id:i!, note)"));
        let parent = if n == 0 { "users".to_owned() } else { format!("t{}", n - 1) };
        keys.push(format!("t{n} > {parent}(up_id = id)"));
    }
    let shape = shape(&tables.iter().map(String::as_str).collect::<Vec<_>>(), &keys.iter().map(String::as_str).collect::<Vec<_>>());
    let (one, other) = (propose("x", &shape), propose("x", &shape));
    assert_eq!(one, other);
    assert_eq!(loaded(&one).collections.len(), 501);
}
