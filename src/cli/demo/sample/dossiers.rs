//! What the dossiers know: passports, families, employers, certificates, applications, quotes, cancelled orders.

use jiff::civil::Date;

use super::{
    names::{FAMILIES, MEN, WOMEN},
    orders::{Customer, Order, State, after, before},
    paper::pdf,
    people::{Person, SOLVEIG, is_suggested},
    pick::{About, one_in, one_of, pick},
    picture::{passport_page, portrait},
    table::{Cell, Table},
};

/// The dossiers' rows for some customers, parents first.
pub(super) fn tables(customers: &[Customer], today: Date) -> Vec<Table> {
    let opened: Vec<_> = customers.iter().filter(|customer| customer.has_dossier()).collect();
    vec![
        people(&opened, today),
        family_members(&opened),
        employers(&opened),
        certificates(&opened),
        visa_applications(&opened, today),
        quotes(customers, today),
        cancelled_orders(customers, today),
    ]
}

fn people(opened: &[&Customer], today: Date) -> Table {
    let columns = [
        "id",
        "customer_number",
        "email",
        "name",
        "status",
        "passport_number",
        "passport_expires_on",
        "nationality",
        "national_number",
        "residence_permit",
        "photo",
        "passport_scan",
    ];
    Table::of("people", columns, opened.iter().map(|customer| person_row(customer, today)))
}

fn person_row(customer: &Customer, today: Date) -> [Cell; 12] {
    let person = &customer.person;
    let (row, number) = (person.row, person.customer_number());
    let abroad = person.nationality() != "NO";
    [
        row.into(),
        number.as_str().into(),
        person.email().into(),
        person.name().into(),
        status(customer).into(),
        person.passport_number().into(),
        after(today, 200 + pick(row, About::Expiry, 3000)).into(),
        person.nationality().into(),
        // Asked for by some missions only.
        (row == SOLVEIG || one_in(3, row, About::NationalNumber)).then(|| person.national_number()).into(),
        abroad.then(|| format!("UDI-{row:06}")).into(),
        portrait(row, &format!("Passport photo of {number}")).into(),
        passport_page(row, &format!("Passport {} of {number}", person.passport_number())).into(),
    ]
}

/// A dossier that held nothing but a cancelled order is cancelled itself.
fn status(customer: &Customer) -> &'static str {
    match customer.orders.as_slice() {
        [only] if only.cancelled_on().is_some() => "cancelled",
        orders if orders.iter().any(|order| order.state == State::Placed) => "open",
        _ => "closed",
    }
}

/// Third persons: their data is in her dossier, but it is theirs (Art. 15(4)).
fn family_members(opened: &[&Customer]) -> Table {
    let rows = opened.iter().flat_map(|customer| {
        let person = &customer.person;
        let row = person.row;
        let relatives = if row == SOLVEIG { 2 } else { pick(row, About::Family, 3) };
        (0..relatives).map(move |turn| {
            let (relation, name, born) = relative(person, turn);
            let passport = format!("XTF{row:05}{turn}");
            [(row * 4 + turn).into(), row.into(), relation.into(), name.into(), born.into(), Cell::from(passport)]
        })
    });
    Table::of("family_members", ["id", "person_id", "relation", "name", "birth_date", "passport_number"], rows)
}

fn relative(person: &Person, turn: u32) -> (&'static str, String, Option<Date>) {
    match (person.row, turn) {
        (SOLVEIG, 0) => ("spouse", "Aksel Brekkestøl".to_owned(), Some(after(person.born, 400))),
        (SOLVEIG, _) => ("child", "Ylva Brekkestøl".to_owned(), Some(after(person.born, 11_000))),
        (row, 0) => {
            let name = format!("{} {}", one_of(if person.woman { MEN } else { WOMEN }, row, About::Family), person.last_name);
            ("spouse", name, Some(after(person.born, pick(row, About::Family, 1500))))
        }
        (row, _) => ("parent", format!("{} {}", one_of(WOMEN, row, About::Chat), one_of(FAMILIES, row, About::Family)), None),
    }
}

/// Name, workplace, job title.
const JOBS: &[(&str, &str, &str)] = &[
    ("Nordlys Verft AS", "Ålesund", "Sveiser"),
    ("Fjellheim skole", "Lillehammer", "Lærer"),
    ("Kystfrakt Logistikk AS", "Bergen", "Speditør"),
    ("Bjørkelund sykehjem", "Drammen", "Sykepleier"),
    ("Havdata AS", "Trondheim", "Utvikler"),
];

fn employers(opened: &[&Customer]) -> Table {
    let employed = opened.iter().filter(|customer| customer.person.row == SOLVEIG || one_in(2, customer.person.row, About::Employer));
    let rows = employed.map(|customer| {
        let row = customer.person.row;
        let (name, workplace, title) = one_of(JOBS, row, About::Employer);
        let contact = format!("{} {}", one_of(MEN, row, About::Employer), one_of(FAMILIES, row, About::Employer));
        [row.into(), row.into(), name.into(), workplace.into(), title.into(), contact.into()]
    });
    Table::of("employers", ["id", "person_id", "name", "workplace", "job_title", "contact_person"], rows)
}

/// Kind and title.
const CERTIFICATES: &[(&str, &str)] = &[("birth", "Fødselsattest"), ("residence", "Bostedsattest"), ("registration", "Registreringsbevis")];

fn certificates(opened: &[&Customer]) -> Table {
    let rows = opened.iter().filter(|customer| customer.person.row == SOLVEIG || one_in(2, customer.person.row, About::Certificate)).map(
        |customer| {
            let person = &customer.person;
            let (kind, title) = one_of(CERTIFICATES, person.row, About::Certificate);
            let lines = [title.to_owned(), person.name(), format!("Født {}", person.born), person.customer_number()];
            [person.row.into(), person.row.into(), kind.into(), pdf(&lines).into()]
        },
    );
    Table::of("certificates", ["id", "person_id", "kind", "document"], rows)
}

fn visa_applications(opened: &[&Customer], today: Date) -> Table {
    let columns = [
        "id",
        "person_id",
        "order_number",
        "recipient",
        "country",
        "submitted_on",
        "decision",
        "decided_on",
        "insurance_company",
        "insurance_policy",
    ];
    let visas =
        opened.iter().flat_map(|customer| customer.orders.iter().filter(|order| order.service.visa).map(move |order| (customer, order)));
    let rows = visas.map(|(customer, order)| {
        let insured = customer.person.row == SOLVEIG || one_in(2, order.id, About::Insurance);
        let (decision, decided_on) = decision(order, today);
        [
            order.id.into(),
            customer.person.row.into(),
            order.number().into(),
            order.destination.mission.into(),
            order.destination.code.into(),
            (order.state != State::Placed).then(|| after(order.placed_on, 3)).into(),
            decision.into(),
            decided_on.into(),
            insured.then_some("Fjordforsikring").into(),
            insured.then(|| format!("RF-{:07}", order.id)).into(),
        ]
    });
    Table::of("visa_applications", columns, rows)
}

fn decision(order: &Order, today: Date) -> (&'static str, Option<Date>) {
    let answered_on = after(order.placed_on, 18);
    match order.state {
        State::Cancelled { on } => ("withdrawn", Some(on)),
        State::Delivered if answered_on <= today && one_in(15, order.id, About::Decision) => ("refused", Some(answered_on)),
        State::Delivered if answered_on <= today => ("granted", Some(answered_on)),
        State::Delivered | State::Placed => ("pending", None),
    }
}

fn quotes(customers: &[Customer], today: Date) -> Table {
    let asked = customers.iter().filter(|customer| {
        let row = customer.person.row;
        row == SOLVEIG || (!is_suggested(row) && one_in(10, row, About::Quote))
    });
    let rows = asked.map(|customer| {
        let person = &customer.person;
        // Unanswered ones older than 60 days should have been gone: there are some, so that there is something to find.
        let ago = if person.row == SOLVEIG { 40 } else { pick(person.row, About::OrderAge, 75) };
        let sent_on = before(today, ago);
        let answered_on = (person.row != SOLVEIG && person.row.is_multiple_of(2) && ago > 5).then(|| after(sent_on, 4));
        let status = if answered_on.is_some() { "accepted" } else { "unanswered" };
        let text = format!("Tilbud til {}: gruppevisum for fire personer, 4 980 kroner.", person.name());
        [person.row.into(), person.email().into(), person.name().into(), status.into(), sent_on.into(), answered_on.into(), text.into()]
    });
    Table::of("quotes", ["id", "email", "name", "status", "sent_on", "answered_on", "text"], rows)
}

/// Kept for 60 days; one in ten was forgotten, as it happens.
fn cancelled_orders(customers: &[Customer], today: Date) -> Table {
    let cancelled = customers
        .iter()
        .flat_map(|customer| customer.orders.iter().filter_map(move |order| Some((customer, order, order.cancelled_on()?))));
    let kept = cancelled.filter(|(_, order, on)| after(*on, 60) >= today || one_in(10, order.id, About::Forgotten));
    let rows = kept.map(|(customer, order, on)| {
        let person = &customer.person;
        let contents =
            format!("{} for {}, pass {}, planlagt avreise {}.", order.title(), person.name(), person.passport_number(), after(on, 45));
        [order.id.into(), customer.has_dossier().then_some(person.row).into(), order.number().into(), on.into(), contents.into()]
    });
    Table::of("cancelled_orders", ["id", "person_id", "order_number", "cancelled_on", "contents"], rows)
}
