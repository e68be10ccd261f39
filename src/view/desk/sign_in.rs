//! `/{l}/desk/sign-in` and `/{l}/desk/totp`: password, then a code from the telephone.

use serde::Serialize;

use crate::render::{pages::Page, texts::Message};

/// Posts `email` and `password`. One message for a wrong address and a wrong password.
#[derive(Debug, Serialize)]
pub struct SignIn {
    /// What was typed before an error.
    pub email: String,
}

impl Page for SignIn {
    const TEMPLATE: &'static str = "desk/sign-in.html";

    fn title(&self) -> Message {
        Message::new("sign-in-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { email: String::new() }, Self { email: "ingrid@visumexpress.no".to_owned() }]
    }
}

/// Posts `code`.
#[derive(Debug, Serialize)]
pub struct Totp {}

impl Page for Totp {
    const TEMPLATE: &'static str = "desk/totp.html";

    fn title(&self) -> Message {
        Message::new("totp-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}
