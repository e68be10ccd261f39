//! What customer service knows: mails, calls and chats. It knows addresses and numbers, not customers.

use jiff::civil::Date;

use super::{
    orders::{Customer, NUMBERS, Order, after, before},
    people::{JONAS, KARI, SOLVEIG, is_suggested},
    pick::{About, one_in, one_of, pick},
    shop::at,
    table::Table,
};

const OUR_ADDRESS: &str = "post@visumexpress.no";

/// The help desk's rows for some customers, parents first.
pub(super) fn tables(customers: &[Customer], today: Date) -> Vec<Table> {
    let threads: Vec<_> = customers.iter().flat_map(|customer| threads(customer, today)).collect();
    vec![enquiries(&threads), messages(&threads), calls(customers, today), chats(customers, today)]
}

/// A question and what was written about it.
struct Thread {
    id: u32,
    email: String,
    /// Only of an invoiced order.
    order_number: Option<String>,
    subject: &'static str,
    opened_on: Date,
    /// Hers and ours by turns, hers first.
    texts: Vec<String>,
}

/// Subject, question, answer.
const TOPICS: &[(&str, &str, &str)] = &[
    ("Når får jeg passet tilbake?", "Jeg reiser snart og lurer på når passet kommer.", "Passet er sendt rekommandert i dag."),
    ("Feil i navnet på søknaden", "Mellomnavnet mitt mangler på søknaden.", "Takk, vi har rettet søknaden før den ble sendt."),
    (
        "Hvilket bilde trenger dere?",
        "Må bildet være nytt, og kan jeg bruke briller?",
        "Bildet må være under seks måneder gammelt, uten briller.",
    ),
    ("Endre reisedato", "Flyet er flyttet en uke. Går det an å endre søknaden?", "Ja, vi har endret datoen hos ambassaden."),
    ("Kvittering", "Kan dere sende kvittering på nytt?", "Kvitteringen er sendt på nytt."),
];

fn threads(customer: &Customer, today: Date) -> Vec<Thread> {
    let row = customer.person.row;
    let about_orders = customer.orders.iter().filter(|order| is_suggested(row) || one_in(4, order.id, About::Enquiry));
    let mut threads: Vec<_> = about_orders.filter_map(|order| about_order(customer, order)).collect();
    // The number that no order of hers has.
    let free = row * NUMBERS + NUMBERS - 1;
    if one_in(8, free, About::Enquiry) {
        let opened_on = before(today, pick(free, About::OrderAge, 900));
        let question = "Trenger man visum til Island når man har norsk pass?".to_owned();
        let answer = "Nei, men ta med passet. God tur!".to_owned();
        threads.push(Thread { id: free, order_number: None, ..thread(customer, "Spørsmål om visum", opened_on, vec![question, answer]) });
    }
    threads
}

fn about_order(customer: &Customer, order: &Order) -> Option<Thread> {
    let (number, name) = (order.number(), customer.person.name());
    let (subject, opened_on, texts) = match customer.person.row {
        KARI if order.id % NUMBERS < 2 => return None,
        SOLVEIG => cancellation(order, &number, &name)?,
        JONAS if order.id % NUMBERS == 1 => dispute(order, &number, &name)?,
        _ => {
            let (subject, question, answer) = one_of(TOPICS, order.id, About::Topic);
            let question = format!("Hei, jeg heter {name} og har bestilling {number}. {question}");
            (subject, after(order.placed_on, pick(order.id, About::Question, 3)), vec![question, answer.to_owned()])
        }
    };
    let order_number = order.invoice.is_some().then_some(number);
    Some(Thread { id: order.id, order_number, ..thread(customer, subject, opened_on, texts) })
}

fn cancellation(order: &Order, number: &str, name: &str) -> Option<(&'static str, Date, Vec<String>)> {
    let texts = vec![
        format!("Hei, vi må dessverre avlyse turen. Kan dere stanse søknad {number} for meg, Aksel og Ylva? Hilsen {name}"),
        "Søknaden er stanset. Siden den alt var påbegynt, må vi fakturere et avbestillingsgebyr.".to_owned(),
        format!("Det er greit, men kan gebyret bli litt mindre? Hilsen {name}"),
        "Ja, vi setter det ned med 100 kroner.".to_owned(),
    ];
    Some(("Avbestilling", order.cancelled_on()?, texts))
}

fn dispute(order: &Order, number: &str, name: &str) -> Option<(&'static str, Date, Vec<String>)> {
    let invoice = order.invoice.as_ref()?;
    let texts = vec![
        format!("Jeg bestrider faktura {} for bestilling {number}. Visumet kom for sent, så jeg betaler ikke. {name}", invoice.number),
        "Vi er ikke enige i det, og kommer til å kreve beløpet inn.".to_owned(),
        format!("Da får Forbrukertilsynet avgjøre saken. {name}"),
    ];
    Some(("Jeg bestrider fakturaen", after(invoice.issued_on, 6), texts))
}

fn thread(customer: &Customer, subject: &'static str, opened_on: Date, texts: Vec<String>) -> Thread {
    Thread { id: 0, email: customer.person.email(), order_number: None, subject, opened_on, texts }
}

fn enquiries(threads: &[Thread]) -> Table {
    let rows = threads.iter().map(|thread| {
        [
            thread.id.into(),
            thread.email.as_str().into(),
            thread.order_number.clone().into(),
            thread.subject.into(),
            one_of(&["mail", "mail", "form"], thread.id, About::Channel).into(),
            at(thread.opened_on, thread.id).into(),
        ]
    });
    Table::of("enquiries", ["id", "email", "order_number", "subject", "channel", "opened_at"], rows)
}

fn messages(threads: &[Thread]) -> Table {
    let rows = threads.iter().flat_map(|thread| {
        (0..).zip(&thread.texts).map(move |(turn, text): (u32, _)| {
            let sender = if turn.is_multiple_of(2) { thread.email.as_str() } else { OUR_ADDRESS };
            [
                (i64::from(thread.id) * 8 + i64::from(turn)).into(),
                thread.id.into(),
                thread.order_number.clone().into(),
                sender.into(),
                text.as_str().into(),
                at(after(thread.opened_on, turn), thread.id).into(),
            ]
        })
    });
    Table::of("messages", ["id", "enquiry_id", "order_number", "sender", "body", "sent_at"], rows)
}

fn calls(customers: &[Customer], today: Date) -> Table {
    let rows = customers.iter().filter_map(|customer| {
        let row = customer.person.row;
        let rang = row == SOLVEIG || (!is_suggested(row) && one_in(6, row, About::Call));
        let phone = customer.person.phone().filter(|_| rang)?;
        // Some calls were never written down.
        let summary = (!one_in(5, row, About::Topic)).then(|| format!("{} ringte og ville vite hvor saken står.", customer.person.name()));
        let day = customer.latest().map_or(before(today, row % 700), |order| order.placed_on);
        Some([row.into(), phone.into(), at(day, row).into(), summary.into()])
    });
    Table::of("calls", ["id", "phone", "at", "summary"], rows)
}

fn chats(customers: &[Customer], today: Date) -> Table {
    let rows = customers.iter().filter(|customer| is_suggested(customer.person.row) || one_in(7, customer.person.row, About::Chat)).map(
        |customer| {
            let person = &customer.person;
            let transcript =
                format!("{0}: Hei! Er dere åpne i dag?\nVisumexpress: Hei {0}, ja, til kl. 15.\n{0}: Fint, takk 🙂", person.first_name);
            [
                person.row.into(),
                person.email().into(),
                person.name().into(),
                at(customer.since(today), person.row).into(),
                transcript.into(),
            ]
        },
    );
    Table::of("chats", ["id", "email", "name", "started_at", "transcript"], rows)
}
