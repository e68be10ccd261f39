//! `/{l}/desk/invitation/…` and `/{l}/desk/enrol`: somebody who was asked in chooses a password and a second factor.

use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::portal::vouch::Vouches,
};

/// Posts `token` and `password`. Opening it changes nothing: whoever reads mail for others may open links, too.
#[derive(Debug, Serialize)]
pub struct Invited {
    /// What stood in the link; posted, so that it stands in no further address.
    pub token: String,
    /// Who is asked in.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// The least number of characters.
    pub least: usize,
    /// Who vouches for those who work here, in the place of a password.
    pub providers: Vec<Vouches>,
}

impl Page for Invited {
    const TEMPLATE: &'static str = "desk/invitation.html";

    fn title(&self) -> Message {
        Message::new("invitation-title")
    }

    fn samples() -> Vec<Self> {
        let [token, name, email] = ["mfrggzdfmztwq2lk", "Ingrid Berg", "ingrid@visumexpress.example"].map(str::to_owned);
        vec![Self { token, name, email, least: 12, providers: vec![Vouches::sample()] }]
    }
}

/// The link is good no more: used, replaced or too old. One page for all.
#[derive(Debug, Serialize)]
pub struct Uninvited {}

impl Page for Uninvited {
    const TEMPLATE: &'static str = "desk/uninvited.html";

    fn title(&self) -> Message {
        Message::new("uninvited-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

/// Posts `code`; a passkey is another way.
#[derive(Debug, Serialize)]
pub struct Enrol {
    /// What an authenticator's camera reads; `None`: a role of theirs asks for a passkey.
    pub address: Option<String>,
    /// The secret as it is typed, in fours.
    pub secret: String,
    /// Browsers make passkeys for this house.
    pub takes_passkeys: bool,
}

impl Page for Enrol {
    const TEMPLATE: &'static str = "desk/enrol.html";

    fn title(&self) -> Message {
        Message::new("enrol-title")
    }

    fn samples() -> Vec<Self> {
        let address =
            "otpauth://totp/Visumexpress:ingrid%40visumexpress.example?secret=A4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYH&issuer=Visumexpress";
        let secret = "A4DQ OBYH A4DQ OBYH A4DQ OBYH A4DQ OBYH".to_owned();
        vec![
            Self { address: None, secret: String::new(), takes_passkeys: true },
            Self { address: Some(address.to_owned()), secret: secret.clone(), takes_passkeys: false },
            Self { address: Some(address.to_owned()), secret, takes_passkeys: true },
        ]
    }
}
