//! `/{l}/stop/{ref}/{token}`: where the link in an erasure notice lands. Reading it changes nothing; its button posts to the same address.

use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The way to stop an erasure without signing in.
#[derive(Debug, Serialize)]
pub struct Stop {
    /// `HB-…`.
    pub reference: String,
    /// What can be done.
    pub state: Stopping,
    /// It stops what somebody asked for the reader, not an erasure.
    pub for_another: bool,
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopping {
    /// It can be stopped.
    Open,
    /// It was just stopped.
    Stopped,
    /// It was stopped before, or has begun.
    Over,
}

impl Page for Stop {
    const TEMPLATE: &'static str = "portal/stop.html";

    fn title(&self) -> Message {
        Message::new(match self.state {
            Stopping::Open if self.for_another => "stop-request-title",
            Stopping::Stopped if self.for_another => "stop-request-done-title",
            Stopping::Open => "stop-title",
            Stopping::Stopped => "stop-done-title",
            Stopping::Over => "stop-over-title",
        })
    }

    fn samples() -> Vec<Self> {
        let stop = |state, for_another| Self { reference: sample::REFERENCE.to_owned(), state, for_another };
        let erasure = [Stopping::Open, Stopping::Stopped, Stopping::Over].map(|state| stop(state, false));
        erasure.into_iter().chain([Stopping::Open, Stopping::Stopped].map(|state| stop(state, true))).collect()
    }
}
