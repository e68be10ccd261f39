//! What the accounts know: debtors, credit checks, bank accounts, invoices with lines, payments and letters.

use jiff::civil::Date;

use super::{
    invoices::{Invoice, Settlement},
    numbers,
    orders::{Customer, Order},
    people::{SOLVEIG, is_suggested},
    pick::{About, one_in, one_of},
    table::{Cell, Table},
};

/// The accounts' rows for some customers, parents first. Who was never invoiced is not there.
pub(super) fn tables(customers: &[Customer]) -> Vec<Table> {
    let debtors: Vec<_> = customers.iter().filter(|customer| invoices(customer).next().is_some()).collect();
    let invoiced: Vec<_> =
        debtors.iter().flat_map(|customer| invoices(customer).map(|(order, invoice)| (*customer, order, invoice))).collect();
    vec![
        debtor_table(&debtors),
        credit_checks(&debtors),
        bank_accounts(&debtors),
        invoice_table(&invoiced),
        invoice_lines(&invoiced),
        payments(&invoiced),
        invoice_notes(&invoiced),
    ]
}

type Invoiced<'a> = (&'a Customer, &'a Order, &'a Invoice);

fn invoices(customer: &Customer) -> impl Iterator<Item = (&Order, &Invoice)> {
    customer.orders.iter().filter_map(|order| Some((order, order.invoice.as_ref()?)))
}

fn debtor_table(debtors: &[&Customer]) -> Table {
    let rows = debtors.iter().map(|customer| {
        let person = &customer.person;
        let (postcode, city) = person.town();
        [
            person.row.into(),
            person.customer_number().into(),
            person.name().into(),
            person.street().into(),
            postcode.into(),
            city.into(),
            person.email().into(),
            person.phone().into(),
        ]
    });
    Table::of("customers", ["id", "customer_number", "name", "address", "postcode", "city", "email", "phone"], rows)
}

fn credit_checks(debtors: &[&Customer]) -> Table {
    let checked =
        debtors.iter().filter(|customer| !is_suggested(customer.person.row) && one_in(9, customer.person.row, About::CreditCheck));
    let rows = checked.filter_map(|customer| {
        let person = &customer.person;
        let (order, _) = invoices(customer).next()?;
        Some([
            person.row.into(),
            person.customer_number().into(),
            person.national_number().into(),
            one_of(&["A", "A", "B", "C"], person.row, About::Rating).into(),
            order.placed_on.into(),
        ])
    });
    Table::of("credit_checks", ["id", "customer_number", "national_number", "rating", "checked_on"], rows)
}

fn bank_accounts(debtors: &[&Customer]) -> Table {
    let known = debtors.iter().filter(|customer| {
        let row = customer.person.row;
        row == SOLVEIG || (!is_suggested(row) && one_in(4, row, About::BankAccount))
    });
    let rows = known.map(|customer| {
        let row = customer.person.row;
        let last_used_on = invoices(customer).filter_map(|(_, invoice)| paid_on(invoice)).last();
        [row.into(), customer.person.customer_number().into(), numbers::account_number(row).into(), last_used_on.into()]
    });
    Table::of("bank_accounts", ["id", "customer_number", "account_number", "last_used_on"], rows)
}

fn invoice_table(invoiced: &[Invoiced<'_>]) -> Table {
    let columns = [
        "number",
        "kid",
        "customer_number",
        "order_number",
        "issued_on",
        "due_on",
        "total_ore",
        "vat_ore",
        "status",
        "billing_name",
        "billing_address",
        "billing_email",
        "efaktura_reference",
    ];
    Table::of("invoices", columns, invoiced.iter().map(|(customer, order, invoice)| invoice_row(customer, order, invoice)))
}

fn invoice_row(customer: &Customer, order: &Order, invoice: &Invoice) -> [Cell; 13] {
    let person = &customer.person;
    let (postcode, city) = person.town();
    [
        invoice.number.as_str().into(),
        invoice.kid.as_str().into(),
        person.customer_number().into(),
        order.number().into(),
        invoice.issued_on.into(),
        invoice.due_on.into(),
        invoice.total_ore().into(),
        invoice.vat_ore().into(),
        invoice.settlement.word().into(),
        person.name().into(),
        format!("{}, {postcode} {city}", person.street()).into(),
        person.email().into(),
        one_in(3, person.row, About::EFaktura).then(|| format!("EF{:08}", person.row)).into(),
    ]
}

fn invoice_lines(invoiced: &[Invoiced<'_>]) -> Table {
    let rows = invoiced.iter().flat_map(|(_, order, invoice)| {
        let ids = i64::from(order.id) * 8..;
        ids.zip(&invoice.lines).map(|(id, line)| {
            [id.into(), invoice.number.as_str().into(), line.text.as_str().into(), line.amount_ore.into(), line.vat_ore.into()]
        })
    });
    Table::of("invoice_lines", ["id", "invoice_number", "text", "amount_ore", "vat_ore"], rows)
}

fn payments(invoiced: &[Invoiced<'_>]) -> Table {
    let rows = invoiced.iter().filter_map(|(_, order, invoice)| {
        let method = one_of(&["bank", "bank", "card", "vipps"], order.id, About::Method);
        Some([order.id.into(), invoice.kid.as_str().into(), paid_on(invoice)?.into(), invoice.total_ore().into(), method.into()])
    });
    Table::of("payments", ["id", "kid", "paid_on", "amount_ore", "method"], rows)
}

fn invoice_notes(invoiced: &[Invoiced<'_>]) -> Table {
    let noted = invoiced.iter().filter(|(customer, order, _)| {
        let row = customer.person.row;
        row == SOLVEIG || (!is_suggested(row) && one_in(30, order.id, About::Reduction))
    });
    let rows = noted.map(|(customer, order, invoice)| {
        let text = format!("E-post fra {}: avtalt at gebyret settes ned med 100 kroner.", customer.person.name());
        [order.id.into(), invoice.number.as_str().into(), invoice.issued_on.into(), text.into()]
    });
    Table::of("invoice_notes", ["id", "invoice_number", "noted_on", "text"], rows)
}

const fn paid_on(invoice: &Invoice) -> Option<Date> {
    match invoice.settlement {
        Settlement::Paid { on } => Some(on),
        Settlement::Open | Settlement::WrittenOff => None,
    }
}
