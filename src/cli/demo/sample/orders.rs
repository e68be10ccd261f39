//! What customers ordered over five years, and what they were invoiced: the facts that all four systems tell in their own way.

use jiff::{ToSpan as _, civil::Date};

use super::{
    invoices::Invoice,
    people::{JONAS, KARI, Person, SOLVEIG, is_suggested},
    pick::{About, one_in, one_of, pick},
};

/// A customer with her orders, oldest first.
#[derive(Debug, Clone)]
pub(super) struct Customer {
    pub(super) person: Person,
    pub(super) orders: Vec<Order>,
    /// When the relationship ended, if it did.
    pub(super) ended_on: Option<Date>,
}

/// One order.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) id: u32,
    pub(super) service: Errand,
    pub(super) destination: Destination,
    pub(super) placed_on: Date,
    pub(super) state: State,
    pub(super) invoice: Option<Invoice>,
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Placed,
    Delivered,
    Cancelled { on: Date },
}

/// What can be ordered.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Errand {
    pub(super) name: &'static str,
    /// Our fee in øre, VAT included.
    pub(super) fee_ore: i64,
    /// Whether a mission decides, for a fee of its own.
    pub(super) visa: bool,
}

/// Where to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Destination {
    /// ISO 3166.
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// Who decides on visas.
    pub(super) mission: &'static str,
}

const TOURIST_VISA: Errand = Errand { name: "Turistvisum", fee_ore: 89_000, visa: true };

const SERVICES: &[Errand] = &[
    TOURIST_VISA,
    Errand { name: "Forretningsvisum", fee_ore: 129_000, visa: true },
    Errand { name: "Studentvisum", fee_ore: 149_000, visa: true },
    Errand { name: "Arbeidsvisum", fee_ore: 199_000, visa: true },
    Errand { name: "Legalisering av dokumenter", fee_ore: 69_000, visa: false },
    Errand { name: "Apostille", fee_ore: 59_000, visa: false },
];

const DESTINATIONS: &[Destination] = &[
    Destination { code: "IN", name: "India", mission: "Indias ambassade i Oslo" },
    Destination { code: "CN", name: "Kina", mission: "Kinas visumsenter i Oslo" },
    Destination { code: "VN", name: "Vietnam", mission: "Vietnams ambassade i Oslo" },
    Destination { code: "KE", name: "Kenya", mission: "Kenyas ambassade i Stockholm" },
    Destination { code: "TZ", name: "Tanzania", mission: "Tanzanias ambassade i Stockholm" },
    Destination { code: "GH", name: "Ghana", mission: "Ghanas ambassade i Oslo" },
    Destination { code: "SA", name: "Saudi-Arabia", mission: "Saudi-Arabias ambassade i Oslo" },
    Destination { code: "EG", name: "Egypt", mission: "Egypts ambassade i Oslo" },
];

/// Room for this many numbers per customer: three orders, and one for a question about no order.
pub(super) const NUMBERS: u32 = 4;

impl Customer {
    pub(super) fn of(row: u32, today: Date) -> Self {
        let person = Person::of(row);
        let orders: Vec<_> = history(row, today);
        let ended_on = ended_on(row, &orders, today);
        Self { person, orders, ended_on }
    }

    /// The order she is most likely to have at hand.
    pub(super) fn latest(&self) -> Option<&Order> {
        self.orders.last()
    }

    /// When she became a customer.
    pub(super) fn since(&self, today: Date) -> Date {
        self.orders.first().map_or(today, |first| first.placed_on)
    }

    /// Whether there is a dossier: for one in eight. The others' were destroyed when their journeys were over.
    pub(super) fn has_dossier(&self) -> bool {
        self.person.row == SOLVEIG || (!is_suggested(self.person.row) && self.person.row.is_multiple_of(8))
    }
}

impl Order {
    /// `VX-`, the year it was placed and five or more digits.
    pub(super) fn number(&self) -> String {
        format!("VX-{}-{:05}", self.placed_on.year(), self.id)
    }

    pub(super) fn cancelled_on(&self) -> Option<Date> {
        match self.state {
            State::Cancelled { on } => Some(on),
            State::Placed | State::Delivered => None,
        }
    }

    /// `Turistvisum Kenya`.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.service.name, self.destination.name)
    }

    /// An order placed `ago` days before `today`, invoiced where its state calls for it.
    fn placed(id: u32, ago: u32, state: State, today: Date) -> Self {
        let row = id / NUMBERS;
        let service = if is_suggested(row) { TOURIST_VISA } else { one_of(SERVICES, id, About::Errand) };
        let destination = one_of(DESTINATIONS, id, About::Destination);
        let mut order = Self { id, service, destination, placed_on: before(today, ago), state, invoice: None };
        order.invoice = Invoice::of(&order, today);
        order
    }
}

/// `days` before a date.
pub(super) fn before(date: Date, days: u32) -> Date {
    date.saturating_sub(i64::from(days).days())
}

/// `days` after a date.
pub(super) fn after(date: Date, days: u32) -> Date {
    date.saturating_add(i64::from(days).days())
}

fn history(row: u32, today: Date) -> Vec<Order> {
    let id = |kth| row * NUMBERS + kth;
    let delivered = |kth, ago| Order::placed(id(kth), ago, State::Delivered, today);
    match row {
        KARI => vec![delivered(0, 1500), delivered(1, 640), delivered(2, 210)],
        // Cancelled and invoiced on one day: the dossier goes after 60 days, the log after three years, the invoice after five.
        SOLVEIG => vec![Order::placed(id(0), 27, State::Cancelled { on: before(today, 20) }, today)],
        JONAS => vec![delivered(0, 800), delivered(1, 75)],
        _ => {
            let mut ages: Vec<_> = (0..=pick(row, About::Orders, NUMBERS - 1)).map(|kth| age(id(kth))).collect();
            ages.sort_unstable_by(|one, other| other.cmp(one));
            (row * NUMBERS..).zip(ages).map(|(id, ago)| Order::placed(id, ago, outcome(id, ago, today), today)).collect()
        }
    }
}

/// Days since an order was placed: at most five years. Every twelfth is recent, so that there is always work on the table.
fn age(id: u32) -> u32 {
    pick(id, About::OrderAge, if id.is_multiple_of(12) { 90 } else { 5 * 365 })
}

fn outcome(id: u32, ago: u32, today: Date) -> State {
    let thought_over = 3 + pick(id, About::Delay, 9);
    if ago > thought_over && one_in(12, id, About::Outcome) {
        State::Cancelled { on: before(today, ago - thought_over) }
    } else if ago < 25 {
        State::Placed
    } else {
        State::Delivered
    }
}

/// A cancelled only order ends the relationship at once; others fade a year after the last order.
fn ended_on(row: u32, orders: &[Order], today: Date) -> Option<Date> {
    let last = orders.last()?;
    match (orders.len(), last.state) {
        (1, State::Cancelled { on }) => Some(on),
        _ if is_suggested(row) => None,
        _ => Some(after(last.placed_on, 365)).filter(|end| *end < today && one_in(2, row, About::Ended)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Customer, State, after};
    use crate::cli::demo::sample::people::{JONAS, KARI, SOLVEIG};

    #[test]
    fn the_cancelled_order_is_invoiced_on_the_day_it_was_cancelled() {
        let cancelled = date(2026, 3, 14);
        let solveig = Customer::of(SOLVEIG, after(cancelled, 20));
        let order = solveig.latest().unwrap();
        let invoice = order.invoice.as_ref().unwrap();
        assert_eq!(order.state, State::Cancelled { on: cancelled });
        assert_eq!((invoice.issued_on, invoice.due_on, solveig.ended_on), (cancelled, cancelled, Some(cancelled)));
        assert!(solveig.has_dossier());
    }

    #[test]
    fn the_other_suggested_customers_have_no_dossier_and_are_still_customers() {
        for row in [KARI, JONAS] {
            let customer = Customer::of(row, date(2026, 11, 20));
            assert!(!customer.has_dossier() && customer.ended_on.is_none());
            assert!(customer.orders.iter().all(|order| order.state == State::Delivered && order.invoice.is_some()));
        }
    }

    #[test]
    fn histories_cover_five_years_and_every_state() {
        let today = date(2026, 11, 20);
        let orders: Vec<_> = (1..=1000).flat_map(|row| Customer::of(row, today).orders).collect();
        assert!(orders.iter().all(|order| order.placed_on <= today && order.placed_on > date(2021, 11, 20)));
        assert!(orders.iter().any(|order| order.placed_on.year() == 2021));
        let count = |wanted: fn(&State) -> bool| orders.iter().filter(|order| wanted(&order.state)).count();
        assert!(count(|state| *state == State::Placed) > 20);
        assert!(count(|state| *state == State::Delivered) > 1000);
        assert!(count(|state| matches!(state, State::Cancelled { .. })) > 80);
        assert!(orders.iter().any(|order| order.cancelled_on().is_some() && order.invoice.is_none()));
    }
}
