//! The faces over HTTP: portal, desk, room and, in a demo house, the demo. Knows actions and views, never rows.
#![allow(clippy::needless_pass_by_value, reason = "a route takes its guards by value")]

use std::{io, pin::Pin, sync::Arc};

use habeas_core::law::personal::Personal;
use jiff::Timestamp;
use rocket::{Build, Rocket, Route, figment::Figment};

use crate::{
    action::{actor::Role, door::Door, refusal::Refusal},
    openid::Providers,
    render::pages::Renderer,
    upload::Uploads,
    view::{
        demo::{landing::DemoCustomer, mail::DemoMail},
        look::Look,
    },
};

mod answered;
mod api;
mod asked;
mod bare;
mod demo;
mod desk;
mod entry;
mod error;
mod file;
mod handed;
mod headers;
mod here;
mod house;
mod knock;
mod language;
mod logout;
mod portal;
mod posted;
mod room;
mod session;

/// What every route may use.
pub struct State {
    /// The way in.
    pub door: Door,
    /// The way to look.
    pub look: Look,
    /// Who else vouches for people.
    pub openid: Arc<Providers>,
    /// What looks at files that are handed in.
    pub uploads: Arc<Uploads>,
    /// Puts pages into words.
    pub renderer: Arc<Renderer>,
    /// In a demo house only.
    pub demo: Option<Demo>,
}

/// Something that is told later.
pub type Later<T> = Pin<Box<dyn Future<Output = Result<T, Refusal>> + Send>>;

/// What the pages of a demo house need of rooms that the faces may not enter.
pub struct Demo {
    /// Does everything that is due; returns how many units of work that was.
    pub settle: Arc<dyn Fn() -> Later<usize> + Send + Sync>,
    /// When the next thing falls due.
    pub next_due: Arc<dyn Fn() -> Later<Option<Timestamp>> + Send + Sync>,
    /// Reads the caught mail, newest first.
    pub mails: Arc<dyn Fn() -> io::Result<Vec<DemoMail>> + Send + Sync>,
    /// Who may sign in.
    pub people: Vec<DemoPerson>,
    /// Customers worth playing.
    pub customers: Vec<DemoCustomer>,
}

/// Somebody invented who may sign in.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Name.
    pub name: String,
    /// Sign-in address.
    pub email: String,
    /// Password.
    pub password: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Secret of their authenticator.
    pub totp_secret: Personal<Vec<u8>>,
}

/// Mounts a face under `/nb`, `/nl` and `/en`, as far as the organisation answers in them.
fn in_every_language(rocket: Rocket<Build>, routes: &[Route]) -> Rocket<Build> {
    let languages = rocket.state::<State>().map(|state| state.languages().to_vec()).unwrap_or_default();
    languages.iter().fold(rocket, |rocket, lang| rocket.mount(format!("/{}", lang.code()), routes.to_vec()))
}

pub use bare::bare;

/// What answers at one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faces {
    /// Everything there is.
    All,
    /// What the world may reach: the portal.
    Public,
    /// What only the organisation's own network should: desk, room, and the API for its systems.
    Inside,
}

/// Everything there is, face by face.
pub fn rocket(figment: Figment, state: State) -> Rocket<Build> {
    faces(figment, state, Faces::All)
}

/// Some of the faces; what is not among them is not there.
pub fn faces(figment: Figment, state: State, faces: Faces) -> Rocket<Build> {
    let has_demo = state.demo.is_some();
    let mut house = rocket::custom(figment)
        .manage(state)
        .manage(knock::Knocks::default())
        .attach(entry::stage())
        .attach(headers::stage())
        .attach(error::stage())
        .attach(house::stage());
    if faces != Faces::Inside {
        house = house.attach(house::front_page("/")).attach(portal::stage()).attach(file::resumed::stage());
    }
    if faces == Faces::Inside {
        house = house.attach(house::front_page("/desk/"));
    }
    if faces != Faces::Public {
        house = house.attach(desk::stage()).attach(room::stage()).attach(api::stage());
    }
    if has_demo { house.attach(demo::stage()) } else { house }
}
