//! Fifteen ways in which a program behind an address goes wrong. The walk of `tests/it/faults` breaks its server in the same ways.

use serde_json::json;

use super::server::Reply;

/// Ways to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mode {
    Refuse,
    Timeout,
    Tls,
    Unauthorized,
    Forbidden,
    TooMany,
    Broken,
    SlowDrip,
    HalfBody,
    PartialSuccess,
    WrongType,
    Redirect,
    Huge,
    /// `200`, and nothing was done.
    Lie,
    /// Somebody else's row.
    Others,
}

impl Mode {
    /// What comes back instead; `None`: the connection itself goes wrong, or the rows of the system are needed for it.
    pub(super) fn answer(self) -> Option<Reply> {
        let head = |rest: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{rest}").into_bytes();
        Some(match self {
            Self::Refuse | Self::Tls | Self::Others => return None,
            Self::Timeout => Reply::Silence,
            Self::Unauthorized => Reply::json(401, &json!({})),
            Self::Forbidden => Reply::json(403, &json!({})),
            Self::TooMany => Reply::json(429, &json!({})).with("Retry-After", "60"),
            Self::Broken => Reply::json(500, &json!({})),
            Self::SlowDrip => Reply::Drip(head("\r\n[")),
            Self::HalfBody => Reply::Raw(head("Content-Length: 100\r\n\r\n[{\"id\": 7,")),
            Self::PartialSuccess => Reply::json(207, &json!([{"status": 200}, {"status": 500}])),
            Self::WrongType => Reply::Whole(200, vec![("Content-Type".into(), "text/html".into())], "<p>Welcome</p>".into()),
            Self::Redirect => Reply::json(302, &json!({})).with("Location", "/customers/8"),
            Self::Huge => Reply::Endless(head("\r\n[")),
            Self::Lie => Reply::json(200, &json!({"ok": true})),
        })
    }
}
