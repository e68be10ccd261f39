//! `/{l}/desk/sign-in`, `/{l}/desk/totp` and `/{l}/desk/again`: password, then a second factor; and the second factor once more before
//! something grave.

use serde::Serialize;

use super::{access::SAMPLE_OPTIONS, elsewhere};
use crate::{
    render::{pages::Page, texts::Message},
    view::{look::Look, portal::vouch::Vouches},
};

/// Posts `email` and `password`. One message for a wrong address and a wrong password.
#[derive(Debug, Serialize)]
pub struct SignIn {
    /// What was typed before an error.
    pub email: String,
    /// Who vouches for those who work here.
    pub providers: Vec<Vouches>,
}

impl SignIn {
    /// The form, with what was typed.
    pub fn new(look: &Look, email: String) -> Self {
        Self { email, providers: elsewhere::providers(look) }
    }
}

impl Page for SignIn {
    const TEMPLATE: &'static str = "desk/sign-in.html";

    fn title(&self) -> Message {
        Message::new("sign-in-title")
    }

    fn samples() -> Vec<Self> {
        let email = "ingrid@visumexpress.no".to_owned();
        vec![Self { email: String::new(), providers: Vec::new() }, Self { email, providers: vec![Vouches::sample()] }]
    }
}

/// Posts `code` or `passkey`. Whoever has a passkey is asked for it first.
#[derive(Debug, Serialize)]
pub struct SecondStep {
    /// What the browser is asked for, where there is a passkey.
    pub options: Option<String>,
}

impl Page for SecondStep {
    const TEMPLATE: &'static str = "desk/totp.html";
    const SCRIPTED: bool = true;

    fn title(&self) -> Message {
        Message::new("totp-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { options: Some(SAMPLE_OPTIONS.to_owned()) }, Self { options: None }]
    }
}

/// Posts `again-code` or `again-passkey`, and with them whatever was in the form that has to wait.
#[derive(Debug, Serialize)]
pub struct Again {
    /// Where it is posted, without the language.
    pub action: String,
    /// What the form held that was sent before; it goes on with it.
    pub carried: Vec<(String, String)>,
    /// Files were sent with it, which cannot be carried.
    pub lost_files: bool,
    /// The holder has a passkey, and may be asked for it.
    pub has_passkey: bool,
    /// What the browser is asked for.
    pub options: Option<String>,
    /// Who vouches for whoever has no key of the house's own; nothing where there is one.
    pub providers: Vec<Vouches>,
}

impl Page for Again {
    const TEMPLATE: &'static str = "desk/again.html";
    const SCRIPTED: bool = true;

    fn title(&self) -> Message {
        Message::new("again-title")
    }

    fn samples() -> Vec<Self> {
        let page = |options: Option<&str>, carried: &[(&str, &str)]| Self {
            action: "/desk/again".to_owned(),
            carried: carried.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            lost_files: carried.len() > 1,
            has_passkey: true,
            options: options.map(str::to_owned),
            providers: Vec::new(),
        };
        let to = ("to", "/desk/holds/H-7QK2/release");
        vec![
            page(Some(SAMPLE_OPTIONS), &[("outcome", "approved"), ("reason", "Alt er sjekket.")]),
            Self { has_passkey: false, ..page(None, &[to]) },
            Self { providers: vec![Vouches::sample()], has_passkey: false, ..page(None, &[to]) },
            page(None, &[to]),
        ]
    }
}
