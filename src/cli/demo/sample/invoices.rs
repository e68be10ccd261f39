//! Invoices: what each order was charged, and whether it was paid.

use jiff::civil::Date;

use super::{
    numbers,
    orders::{NUMBERS, Order, State, after},
    people::{JONAS, SOLVEIG, is_suggested},
    pick::{About, one_in, pick},
};

/// One invoice.
#[derive(Debug, Clone)]
pub(super) struct Invoice {
    pub(super) number: String,
    pub(super) kid: String,
    pub(super) issued_on: Date,
    pub(super) due_on: Date,
    pub(super) lines: Vec<Line>,
    pub(super) settlement: Settlement,
}

/// One line; amounts in øre, VAT included.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) amount_ore: i64,
    pub(super) vat_ore: i64,
}

/// What became of the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settlement {
    Paid { on: Date },
    Open,
    WrittenOff,
}

impl Invoice {
    /// A delivered order is invoiced two days after it was placed, a cancelled one on the day where work had begun.
    pub(super) fn of(order: &Order, today: Date) -> Option<Self> {
        let row = order.id / NUMBERS;
        let (issued_on, credit_days) = match order.state {
            State::Delivered => (after(order.placed_on, 2), 14),
            // A cancellation fee is due at once.
            State::Cancelled { on } if is_suggested(row) || one_in(2, order.id, About::Settlement) => (on, 0),
            State::Placed | State::Cancelled { .. } => return None,
        };
        let due_on = after(issued_on, credit_days);
        let settlement = settlement(order, issued_on, today);
        let number = 200_000 + order.id;
        let kid = numbers::kid(100_000 + row, number);
        Some(Self { number: number.to_string(), kid, issued_on, due_on, lines: lines(order), settlement })
    }

    pub(super) fn total_ore(&self) -> i64 {
        self.lines.iter().map(|line| line.amount_ore).sum()
    }

    pub(super) fn vat_ore(&self) -> i64 {
        self.lines.iter().map(|line| line.vat_ore).sum()
    }
}

impl Settlement {
    /// The word in the accounts.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Paid { .. } => "paid",
            Self::Open => "open",
            Self::WrittenOff => "written-off",
        }
    }
}

/// What the order costs when it is carried out.
pub(super) fn price_ore(order: &Order) -> i64 {
    full_price(order).iter().map(|line| line.amount_ore).sum()
}

fn lines(order: &Order) -> Vec<Line> {
    if order.cancelled_on().is_some() { vec![taxed(format!("Avbestillingsgebyr, {}", order.title()), 49_000)] } else { full_price(order) }
}

fn full_price(order: &Order) -> Vec<Line> {
    let mut lines = vec![taxed(order.title(), order.service.fee_ore)];
    if order.service.visa {
        // Passed on as it is: a fee to a foreign state bears no VAT.
        let fee = 40_000 + 5_000 * i64::from(pick(order.id, About::Destination, 12));
        lines.push(Line { text: format!("Ambassadegebyr {}", order.destination.name), amount_ore: fee, vat_ore: 0 });
    }
    lines.push(taxed("Rekommandert sending".to_owned(), 22_500));
    lines
}

/// Of a price with 25 % VAT, a fifth is VAT.
fn taxed(text: String, amount_ore: i64) -> Line {
    Line { text, amount_ore, vat_ore: amount_ore / 5 }
}

fn settlement(order: &Order, issued_on: Date, today: Date) -> Settlement {
    let row = order.id / NUMBERS;
    let disputed = row == JONAS && order.id % NUMBERS == 1;
    let paid_on = after(issued_on, if row == SOLVEIG { 5 } else { 1 + pick(order.id, About::Delay, 13) });
    if disputed || paid_on > today {
        Settlement::Open
    } else if !is_suggested(row) && one_in(50, order.id, About::WrittenOff) {
        Settlement::WrittenOff
    } else {
        Settlement::Paid { on: paid_on }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Settlement;
    use crate::cli::demo::sample::orders::Customer;

    const TODAY: jiff::civil::Date = date(2026, 11, 20);

    #[test]
    fn only_the_dispute_is_open_among_the_suggested() {
        let words = |row| -> Vec<_> {
            let orders = Customer::of(row, TODAY).orders;
            orders.iter().filter_map(|order| order.invoice.as_ref()).map(|invoice| invoice.settlement.word()).collect()
        };
        assert_eq!(words(1), ["paid", "paid", "paid"]);
        assert_eq!(words(2), ["paid"]);
        assert_eq!(words(3), ["paid", "open"]);
    }

    #[test]
    fn amounts_add_up_and_nothing_is_paid_in_the_future() {
        for invoice in (1..=500).flat_map(|row| Customer::of(row, TODAY).orders).filter_map(|order| order.invoice) {
            assert!(invoice.total_ore() > 0 && invoice.vat_ore() < invoice.total_ore());
            assert!(invoice.due_on >= invoice.issued_on);
            if let Settlement::Paid { on } = invoice.settlement {
                assert!(on <= TODAY);
            }
        }
    }
}
