//! Letters as mail: multipart, no tracking, sent by SMTP or written to a folder that a person can look into.

use std::{
    io,
    path::{Path, PathBuf},
};

use habeas_core::law::personal::Personal;
use jiff::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    address::AddressError,
    message::{Mailbox, MultiPart, header},
};

mod read;

pub use read::{Caught, caught};

/// One mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The same over all attempts; receivers drop a second copy by it.
    pub id: String,
    /// To whom.
    pub to: Personal<String>,
    /// When it was written.
    pub at: Timestamp,
    /// Subject.
    pub subject: String,
    /// The plain twin.
    pub text: String,
    /// The HTML twin.
    pub html: String,
}

/// How mail leaves the house.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Folder(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

/// Why a mail was not sent. Holds no address.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address cannot be written to.
    #[error("the address cannot be written to")]
    Address(#[source] AddressError),
    /// The mail could not be put together.
    #[error("the mail could not be put together")]
    Message,
    /// The mail server refuses this mail for good.
    #[error("the mail server refuses this mail for good")]
    Refused,
    /// The mail server is away, or says try again.
    #[error("the mail server does not take the mail now")]
    NotNow,
    /// The conversation was cut off: nobody knows whether the server has taken the mail.
    #[error("the mail server was cut off: it may have taken the mail")]
    Unknown,
    /// The folder cannot be written.
    #[error("the mail folder cannot be written")]
    Folder(#[source] io::Error),
    /// The SMTP address is none.
    #[error("the SMTP address is not one: write smtps://user:password@host or smtp://localhost:1025")]
    Url,
}

impl MailError {
    /// Whether sending again later may help.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::NotNow | Self::Folder(_))
    }
}

impl Mailer {
    /// Writes every mail into a folder as `ID.eml`.
    pub fn folder(from: &str, folder: &Path) -> Result<Self, MailError> {
        std::fs::create_dir_all(folder).map_err(MailError::Folder)?;
        Ok(Self { from: mailbox(from)?, way: Way::Folder(folder.to_owned()) })
    }

    /// Sends by SMTP. TLS is required, except to this machine.
    pub fn smtp(from: &str, url: &str) -> Result<Self, MailError> {
        let local = ["smtp://localhost", "smtp://127.0.0.1", "smtp://[::1]"].iter().any(|start| url.starts_with(start));
        if !url.starts_with("smtps://") && !url.contains("tls=required") && !local {
            return Err(MailError::Url);
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| MailError::Url)?.build();
        Ok(Self { from: mailbox(from)?, way: Way::Smtp(transport) })
    }

    /// Whether sending the same mail twice leaves one: in a folder it does.
    pub const fn repeats(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    /// The folder mail is written to, where it is.
    pub fn caught_in(&self) -> Option<&Path> {
        match &self.way {
            Way::Folder(folder) => Some(folder),
            Way::Smtp(_) => None,
        }
    }

    /// Sends one mail.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.message(mail)?;
        match &self.way {
            // Named by the mail's own id, so that a second attempt writes the same file.
            Way::Folder(folder) => {
                let path = folder.join(format!("{}.eml", mail.id));
                tokio::fs::write(path, message.formatted()).await.map_err(MailError::Folder)
            }
            Way::Smtp(transport) => {
                // Asked first whether it is there: what goes wrong after that goes wrong in the middle.
                if !transport.test_connection().await.is_ok_and(|there| there) {
                    return Err(MailError::NotNow);
                }
                match transport.send(message).await {
                    Ok(_) => Ok(()),
                    Err(error) if error.is_permanent() => Err(MailError::Refused),
                    Err(error) if error.is_transient() => Err(MailError::NotNow),
                    Err(_) => Err(MailError::Unknown),
                }
            }
        }
    }

    fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let domain = self.from.email.domain();
        Message::builder()
            .from(self.from.clone())
            .to(mailbox(mail.to.reveal())?)
            .date(mail.at.into())
            .subject(&mail.subject)
            .message_id(Some(format!("<{}@{domain}>", mail.id)))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|_| MailError::Message)
    }
}

fn mailbox(address: &str) -> Result<Mailbox, MailError> {
    address.parse().map_err(MailError::Address)
}

/// Keeps answering machines quiet (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
