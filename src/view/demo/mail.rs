//! `/demo/mail` and `/demo/mail/{id}`: what would have been sent.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// Caught mail, newest first.
#[derive(Debug, Serialize)]
pub struct DemoMails {
    /// The list.
    pub mails: Vec<DemoMail>,
}

/// One caught mail.
#[derive(Debug, Clone, Serialize)]
pub struct DemoMail {
    /// Its id in addresses.
    pub id: String,
    /// To whom.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// When.
    pub at: Timestamp,
    /// Text part; addresses in it are made into links.
    pub text: String,
}

impl Page for DemoMails {
    const TEMPLATE: &'static str = "demo/mails.html";

    fn title(&self) -> Message {
        Message::new("demo-mails-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { mails: vec![sample_mail()] }, Self { mails: Vec::new() }]
    }
}

/// One mail, read.
#[derive(Debug, Serialize)]
pub struct DemoMailRead {
    /// The mail.
    pub mail: DemoMail,
    /// Its text, line by line.
    pub lines: Vec<MailLine>,
}

/// A line of a mail.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct MailLine {
    /// The words.
    pub text: String,
    /// The line is nothing but an address.
    pub link: bool,
}

impl DemoMailRead {
    /// Splits the text of a mail into lines and finds the addresses.
    pub fn new(mail: DemoMail) -> Self {
        let line = |text: &str| MailLine { text: text.to_owned(), link: text.starts_with("http://") || text.starts_with("https://") };
        let lines = mail.text.lines().map(line).collect();
        Self { mail, lines }
    }
}

impl Page for DemoMailRead {
    const TEMPLATE: &'static str = "demo/mail.html";

    fn title(&self) -> Message {
        Message::new("demo-mail-title").with("subject", self.mail.subject.as_str())
    }

    fn samples() -> Vec<Self> {
        vec![Self::new(sample_mail())]
    }
}

fn sample_mail() -> DemoMail {
    DemoMail {
        id: "1".to_owned(),
        to: "kari.nordmann@example.no".to_owned(),
        subject: "Vi har mottatt saken din HB-7F3K-2Q".to_owned(),
        at: sample::at(11, 18, 8, 14),
        text: "Hei\n\nVi har mottatt saken din.\n\nhttp://127.0.0.1:8000/l/9f3c41aa\n".to_owned(),
    }
}
