//! What surrounds every page: whose portal it is, in which language, who is signed in, what went wrong in the form.

use habeas_core::law::{
    lang::{Lang, Text},
    organisation::Organisation as About,
};
use serde::Serialize;

use super::texts::Message;

/// Everything a page needs that is not the page's own.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// Language of the page.
    pub lang: Lang,
    /// Which face is shown.
    pub face: Face,
    /// Whose portal it is.
    pub organisation: Organisation,
    /// Address of this page without the language prefix (`/request/who`), for the language switch and for forms.
    pub path: String,
    /// Token that every form sends back; `None` where nobody has a session and no form is shown.
    pub csrf: Option<String>,
    /// Name of the signed-in member of staff or authority.
    pub signed_in: Option<String>,
    /// Cases are their business: the desk's addresses are shown.
    pub sees_work: bool,
    /// People are their business.
    pub manages_people: bool,
    /// One line on top of the page about what was just done.
    pub notice: Option<Message>,
    /// What is wrong with the form that was just sent; empty when nothing is.
    pub problems: Vec<FieldProblem>,
    /// Whether this is `habeas demo`: a strip on top says so and leads to mail and clock.
    pub demo: bool,
}

/// A face of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// For the person.
    Portal,
    /// For staff.
    Desk,
    /// For the authority.
    Room,
    /// For those who try habeas out; without language prefix in its addresses.
    Demo,
}

impl Face {
    /// Address of the face's first page, without the language prefix.
    pub const fn home(self) -> &'static str {
        match self {
            Self::Portal => "/",
            Self::Desk => "/desk/",
            Self::Room => "/room/",
            Self::Demo => "/demo/",
        }
    }
}

/// The controller, its contacts, its data protection officer and its authority (Art. 13(1)(a), (b), 13(2)(d)).
#[derive(Debug, Clone, Serialize)]
pub struct Organisation {
    /// Name that heads every page.
    pub name: String,
    /// Address for questions.
    pub email: String,
    /// Telephone as people write it.
    pub phone: String,
    /// Postal address.
    pub post: String,
    /// When the telephone is answered.
    pub hours: Text,
    /// Data protection officer.
    pub dpo: Officer,
    /// Supervisory authority.
    pub authority: Authority,
    /// Its numbers are public.
    pub numbers: bool,
    /// How its pages look, where that is its own.
    pub theme: Option<Theme>,
}

/// What a page needs of a theme.
#[derive(Debug, Clone, Serialize)]
pub struct Theme {
    /// What heads the page.
    pub name: String,
    /// Its stylesheet is called so, and its logo after it.
    pub asset: &'static str,
    /// There is a logo.
    pub logo: bool,
}

/// What the organisation's theme is called among the files of the pages.
pub const THEME: &str = "theme";

/// The one of the gallery.
pub const SAMPLE_THEME: &str = "theme-sample";

impl Organisation {
    /// The organisation as its folder describes it.
    pub fn of(about: &About) -> Self {
        let officer = about.dpo.as_ref();
        Self {
            name: about.name.clone(),
            email: about.contact.email.clone(),
            phone: about.contact.phone.clone().unwrap_or_default(),
            post: about.contact.post.clone(),
            hours: about.contact.hours.clone().unwrap_or_default(),
            dpo: Officer {
                name: officer.map(|officer| officer.name.clone()).unwrap_or_default(),
                email: officer.map(|officer| officer.email.clone()).unwrap_or_default(),
            },
            authority: Authority {
                name: about.authority.name.clone(),
                url: about.authority.url.clone(),
                post: about.authority.post.clone(),
                phone: about.authority.phone.clone().unwrap_or_default(),
            },
            numbers: about.numbers.is_some(),
            theme: about.theme.as_ref().map(|theme| Theme {
                name: theme.name.clone().unwrap_or_else(|| about.name.clone()),
                asset: THEME,
                logo: theme.logo.is_some(),
            }),
        }
    }
}

/// Data protection officer.
#[derive(Debug, Clone, Serialize)]
pub struct Officer {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// Supervisory authority (Art. 77).
#[derive(Debug, Clone, Serialize)]
pub struct Authority {
    /// Name.
    pub name: String,
    /// Site.
    pub url: String,
    /// Postal address.
    pub post: String,
    /// Telephone.
    pub phone: String,
}

/// What is wrong with one field, in the words shown both on top and at the field.
#[derive(Debug, Clone, Serialize)]
pub struct FieldProblem {
    /// `name` of the field; its `id` is the same.
    pub field: String,
    /// What is wrong and how to mend it.
    pub message: Message,
}

impl FieldProblem {
    /// A problem at a field.
    pub fn new(field: &str, message: Message) -> Self {
        Self { field: field.to_owned(), message }
    }
}
