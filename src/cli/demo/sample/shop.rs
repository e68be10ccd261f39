//! What the web shop knows: customers, addresses, orders, newsletter.

use jiff::civil::Date;

use super::{
    invoices::price_ore,
    names::TOWNS,
    orders::{Customer, Order, State, after},
    people::{KARI, SOLVEIG, is_suggested},
    pick::{About, one_in, one_of, pick},
    table::{Cell, Table},
};

/// The shop's rows for some customers, parents first.
pub(super) fn tables(customers: &[Customer], today: Date) -> Vec<Table> {
    vec![people(customers, today), addresses(customers), orders(customers), newsletter(customers, today)]
}

fn people(customers: &[Customer], today: Date) -> Table {
    let columns = [
        "id",
        "customer_number",
        "email",
        "first_name",
        "last_name",
        "phone",
        "birth_date",
        "marketing_consent",
        "relationship_ended_on",
        "created_at",
    ];
    let rows = customers.iter().map(|customer| {
        let person = &customer.person;
        // Asked for only where the service needs it.
        let birth_date = (person.row.is_multiple_of(3) || customer.has_dossier()).then_some(person.born);
        [
            person.row.into(),
            person.customer_number().into(),
            person.email().into(),
            person.first_name.into(),
            person.last_name.into(),
            person.phone().into(),
            birth_date.into(),
            one_in(3, person.row, About::Consent).into(),
            customer.ended_on.into(),
            at(customer.since(today), person.row).into(),
        ]
    });
    Table::of("customers", columns, rows)
}

fn addresses(customers: &[Customer]) -> Table {
    let rows = customers.iter().flat_map(|customer| {
        let person = &customer.person;
        let (postcode, city) = person.town();
        let home = [
            (person.row * 2).into(),
            person.row.into(),
            "billing".into(),
            person.name().into(),
            person.street().into(),
            postcode.into(),
            city.into(),
            "NO".into(),
        ];
        let work = one_in(3, person.row, About::Address).then(|| {
            let (postcode, city) = one_of(TOWNS, person.row, About::Address);
            // Some leave the recipient empty: the parcel finds its way.
            let recipient = if person.row.is_multiple_of(2) { String::new() } else { person.name() };
            [
                (person.row * 2 + 1).into(),
                person.row.into(),
                "delivery".into(),
                recipient.into(),
                format!("Postboks {}", 1000 + person.row).into(),
                postcode.into(),
                city.into(),
                "NO".into(),
            ]
        });
        [Some(home), work].into_iter().flatten()
    });
    Table::of("addresses", ["id", "customer_id", "kind", "recipient", "street", "postcode", "city", "country"], rows)
}

fn orders(customers: &[Customer]) -> Table {
    let columns = [
        "id",
        "order_number",
        "customer_id",
        "service",
        "destination",
        "status",
        "placed_at",
        "cancelled_on",
        "total_ore",
        "invoice_number",
        "note",
        "client_ip",
    ];
    let rows = customers.iter().flat_map(|customer| customer.orders.iter().map(move |order| order_row(customer, order)));
    Table::of("orders", columns, rows)
}

fn order_row(customer: &Customer, order: &Order) -> [Cell; 12] {
    let status = match order.state {
        State::Placed => "placed",
        State::Delivered => "delivered",
        State::Cancelled { .. } => "cancelled",
    };
    [
        order.id.into(),
        order.number().into(),
        customer.person.row.into(),
        order.service.name.into(),
        order.destination.name.into(),
        status.into(),
        at(order.placed_on, order.id).into(),
        order.cancelled_on().into(),
        price_ore(order).into(),
        order.invoice.as_ref().map(|invoice| invoice.number.clone()).into(),
        note(customer, order),
        (!one_in(4, order.id, About::Network)).then(|| network(order.id)).into(),
    ]
}

/// What customers write: mostly nothing, sometimes what a careless program trips over.
fn note(customer: &Customer, order: &Order) -> Cell {
    let person = &customer.person;
    match person.row {
        KARI => format!("Passet kan legges i postkassen hos {}.", person.name()).into(),
        SOLVEIG => format!("Vi reiser to voksne og ett barn. Hilsen {}", person.name()).into(),
        11 => "Gleder oss til safari 🦒🇰🇪 – takk!".into(),
        12 => "=HYPERLINK(\"https://example.com\";\"klikk her\")".into(),
        13 => "Dette er en svært lang merknad om bagasje, fly og hotell. ".repeat(400).into(),
        14 => "Ring først.\r\nSpør etter \"Bestemor\",\tikke 'Mor';\n-- så går det bra".into(),
        15 => "000123456".into(),
        16 => Cell::NotUtf8(b"Send til hytta p\xe5 fjellet, ikke til \xd8rsta"),
        17 => "شكرا لكم على المساعدة".into(),
        _ if one_in(6, order.id, About::Note) => {
            format!("Haster litt, {} har avreise {}.", person.first_name, after(order.placed_on, 30)).into()
        }
        _ => "".into(),
    }
}

fn newsletter(customers: &[Customer], today: Date) -> Table {
    let subscribers =
        customers.iter().filter(|customer| is_suggested(customer.person.row) || one_in(3, customer.person.row, About::Newsletter));
    let rows = subscribers.map(|customer| {
        let row = customer.person.row;
        let since = customer.since(today);
        let channel = match row % 5 {
            0 => "telephone",
            1 | 2 => "checkout",
            _ => "website",
        };
        [
            row.into(),
            customer.person.email().into(),
            at(since, row + 1).into(),
            format!("nyhetsbrev-{}", since.year()).into(),
            channel.into(),
            network(row).into(),
        ]
    });
    Table::of("newsletter_subscriptions", ["id", "email", "subscribed_at", "consent_text", "channel", "signup_ip"], rows)
}

/// A moment on a day: UTC, office hours and evenings.
pub(super) fn at(day: Date, row: u32) -> String {
    let (hour, minute, second) = (7 + pick(row, About::Hour, 14), pick(row, About::Minute, 60), pick(row, About::Second, 60));
    format!("{day}T{hour:02}:{minute:02}:{second:02}Z")
}

/// An address from the blocks set aside for documentation (RFC 5737, RFC 3849).
fn network(row: u32) -> String {
    let host = 1 + pick(row, About::Network, 250);
    match row % 4 {
        0 => format!("192.0.2.{host}"),
        1 => format!("198.51.100.{host}"),
        2 => format!("203.0.113.{host}"),
        _ => format!("2001:db8::{row:x}:{host:x}"),
    }
}
