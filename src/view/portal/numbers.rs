//! `/{l}/numbers`: how the organisation answers, for anybody to read. Nobody shows in it: see `law::numbers`.

use habeas_core::law::{
    numbers::{self, End, Part, Period, Request, Span, Told},
    right::Right,
};
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    store::{
        StoreError,
        case::{
            Phase,
            days::{self, Days},
        },
    },
    view::look::Look,
};

/// The page, and what programs are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Numbers {
    /// The day they were counted on.
    pub counted_on: Date,
    /// Fewer requests are never told apart.
    pub at_least: usize,
    /// The newest first.
    pub periods: Vec<Period>,
}

/// The numbers of a day: they are counted once, however many people ask.
#[derive(Debug, Clone)]
pub struct Counted(Numbers);

impl Look {
    /// The numbers of today; `None`: the organisation tells none.
    pub async fn numbers(&self) -> Result<Option<Numbers>, StoreError> {
        let Some(at_least) = self.organisation.about().numbers else { return Ok(None) };
        let today = self.clock.today(&self.organisation.zone());
        // Whoever asks meanwhile waits for the one count.
        let mut kept = self.numbers.lock().await;
        if let Some(Counted(numbers)) = kept.as_ref().filter(|Counted(numbers)| numbers.counted_on == today) {
            return Ok(Some(numbers.clone()));
        }
        let found = days::before(&self.store, self.begin_of_quarter(today)).await?;
        let requests: Vec<Request> = found.iter().map(|days| self.request(days)).collect();
        let numbers = Numbers { counted_on: today, at_least, periods: numbers::published(&requests, today, at_least) };
        *kept = Some(Counted(numbers.clone()));
        Ok(Some(numbers))
    }

    fn begin_of_quarter(&self, today: Date) -> Timestamp {
        let first = date(today.year(), (today.month() - 1) / 3 * 3 + 1, 1);
        first.to_zoned(self.organisation.zone()).map_or(Timestamp::MAX, |begin| begin.timestamp())
    }

    fn request(&self, days: &Days) -> Request {
        let end = match (days.phase, days.closed_at) {
            (Phase::Withdrawn, _) => End::Withdrawn,
            (Phase::Answered | Phase::Refused, Some(at)) => End::Answered(self.day(at)),
            _ => End::Open,
        };
        Request { right: days.right, received_on: self.day(days.received_at), due_on: days.due_on, extended: days.extended, end }
    }
}

impl Page for Numbers {
    const TEMPLATE: &'static str = "portal/numbers.html";

    fn title(&self) -> Message {
        Message::new("numbers-title")
    }

    fn samples() -> Vec<Self> {
        let told = |received: usize, extended: usize, on_time| Told {
            received,
            answered: received - 2 * extended,
            withdrawn: extended,
            extended,
            median_days: Some(6),
            on_time,
        };
        let part = |right, received, extended, on_time| Part { right, told: told(received, extended, on_time) };
        let quarter = Period {
            span: Span { year: 2026, quarter: Some(3) },
            all: told(148, 4, Some(98)),
            parts: vec![
                part(Some(Right::Access), 97, 2, Some(99)),
                part(Some(Right::Erasure), 41, 1, Some(97)),
                part(None, 10, 1, Some(100)),
            ],
        };
        let few = Told { answered: 4, median_days: None, on_time: None, ..told(7, 1, None) };
        let year = Period { span: Span { year: 2025, quarter: None }, all: few.clone(), parts: vec![Part { right: None, told: few }] };
        let page = |periods| Self { counted_on: date(2026, 11, 18), at_least: 5, periods };
        vec![page(vec![quarter, year]), page(Vec::new())]
    }
}
