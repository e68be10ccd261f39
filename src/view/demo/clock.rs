//! `/demo/clock`: moves time forward and lets the worker do what has become due.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The clock. Posts `move`: `day`, `three-days`, `month`, `next-due` or `to`, the last with `date`.
#[derive(Debug, Serialize)]
pub struct DemoClock {
    /// What time it is in the demo.
    pub now: Timestamp,
    /// When the next thing becomes due by itself; `None`: nothing waits.
    pub next_due: Option<Timestamp>,
    /// How many units of work the last move did; `None`: nothing was moved yet.
    pub done: Option<u64>,
    /// The date typed before an error.
    pub date: String,
}

impl Page for DemoClock {
    const TEMPLATE: &'static str = "demo/clock.html";

    fn title(&self) -> Message {
        Message::new("demo-clock-title")
    }

    fn samples() -> Vec<Self> {
        let clock = |next_due, done| Self { now: sample::at(11, 18, 8, 14), next_due, done, date: String::new() };
        vec![clock(Some(sample::at(11, 21, 8, 14)), Some(7)), clock(None, None)]
    }
}
