//! `/demo/`: addresses, sign-ins and customers to play with.

use serde::Serialize;

use crate::render::{pages::Page, texts::Message};

/// Where to begin.
#[derive(Debug, Serialize)]
pub struct DemoStart {
    /// Staff and authority to sign in as.
    pub staff: Vec<DemoStaff>,
    /// Customers to be.
    pub customers: Vec<DemoCustomer>,
}

/// A sign-in. Everything in it is invented for the demo.
#[derive(Debug, Serialize)]
pub struct DemoStaff {
    /// Name.
    pub name: String,
    /// Role: text `role-{name}`.
    pub role: String,
    /// Sign-in address.
    pub email: String,
    /// Password.
    pub password: String,
    /// TOTP secret, base32.
    pub totp_secret: String,
    /// The code of this moment.
    pub totp_code: String,
}

/// A customer to play.
#[derive(Debug, Clone, Serialize)]
pub struct DemoCustomer {
    /// Name.
    pub name: String,
    /// Address to type.
    pub email: String,
    /// Customer number.
    pub customer_number: String,
    /// Order number, if there is one.
    pub order_number: Option<String>,
    /// Text that says why this one is worth playing: `demo-customer-{story}`.
    pub story: Story,
}

/// Why a customer is worth playing.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Story {
    /// An ordinary customer with data in every system.
    Ordinary,
    /// A cancelled but invoiced order: three dates.
    Cancelled,
    /// An open payment under a hold.
    Dispute,
}

impl Page for DemoStart {
    const TEMPLATE: &'static str = "demo/start.html";

    fn title(&self) -> Message {
        Message::new("demo-title")
    }

    fn samples() -> Vec<Self> {
        let customer = |name: &str, email: &str, number: &str, story| DemoCustomer {
            name: name.to_owned(),
            email: email.to_owned(),
            customer_number: number.to_owned(),
            order_number: Some("2026-00417".to_owned()),
            story,
        };
        vec![Self {
            staff: vec![DemoStaff {
                name: "Ingrid Berg".to_owned(),
                role: "case-handler".to_owned(),
                email: "ingrid@visumexpress.example".to_owned(),
                password: "korrekt hest batteri".to_owned(),
                totp_secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned(),
                totp_code: "493027".to_owned(),
            }],
            customers: vec![
                customer("Kari Nordmann", "kari.nordmann@example.no", "10042", Story::Ordinary),
                customer("Ola Hansen", "ola.hansen@example.no", "10117", Story::Cancelled),
                customer("Liv Dahl", "liv.dahl@example.no", "10230", Story::Dispute),
            ],
        }]
    }
}
