//! What a person reads when something went wrong: what happened, what became of their answers, what to do now.

use jiff::Timestamp;
use serde::Serialize;

use super::sample;
use crate::render::{pages::Page, texts::Message};

/// A page for a failed request, on any face.
#[derive(Debug, Serialize)]
pub struct Wrong {
    /// What went wrong.
    #[serde(flatten)]
    pub cause: Cause,
}

/// What went wrong. The web face knows which status code each is.
#[derive(Debug, Serialize)]
#[serde(tag = "cause", rename_all = "kebab-case")]
pub enum Cause {
    /// 404. Also for cases that are somebody else's. Nothing has gone wrong inside, so there is no incident that anybody could look up.
    NotFound,
    /// 403: signed in, but not allowed.
    NotAllowed,
    /// 403: the form is too old or was not ours.
    FormExpired,
    /// 409: somebody else was faster.
    Changed,
    /// 413.
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// 429.
    TooMany {
        /// When to try again.
        until: Timestamp,
    },
    /// 500.
    Broken {
        /// What to tell us on the phone.
        incident: String,
    },
    /// 503.
    Unavailable {
        /// What to tell us on the phone.
        incident: String,
    },
    /// 422: the virus scanner has found something in a file.
    Malware,
    /// 503: the virus scanner does not answer.
    Unscanned,
}

impl Cause {
    /// The name in texts: `wrong-{name}-title`.
    const fn name(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NotAllowed => "not-allowed",
            Self::FormExpired => "form-expired",
            Self::Changed => "changed",
            Self::TooLarge { .. } => "too-large",
            Self::TooMany { .. } => "too-many",
            Self::Broken { .. } => "broken",
            Self::Unavailable { .. } => "unavailable",
            Self::Malware => "malware",
            Self::Unscanned => "unscanned",
        }
    }
}

impl Page for Wrong {
    const TEMPLATE: &'static str = "parts/wrong.html";

    fn title(&self) -> Message {
        Message::new(format!("wrong-{}-title", self.cause.name()))
    }

    fn samples() -> Vec<Self> {
        [
            Cause::NotFound,
            Cause::NotAllowed,
            Cause::FormExpired,
            Cause::Changed,
            Cause::TooLarge { limit: 1_000_000 },
            Cause::TooMany { until: sample::at(11, 18, 8, 40) },
            Cause::Broken { incident: "I-4K7Q".to_owned() },
            Cause::Unavailable { incident: "I-4K7Q".to_owned() },
            Cause::Malware,
            Cause::Unscanned,
        ]
        .map(|cause| Self { cause })
        .into()
    }
}
