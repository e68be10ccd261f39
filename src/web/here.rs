//! A request as every route sees it: house, language, face, page, browser. Turns pages into answers.

use std::ops::Deref;

use habeas_core::law::{lang::Lang, provider::Elsewhere};
use jiff::Timestamp;
use rocket::{
    Request,
    form::FromForm,
    http::{ContentType, CookieJar, Header, Status},
    request::{FromRequest, Outcome},
    response::{Redirect, Responder},
};

use super::{
    State,
    error::Turned,
    headers, language,
    posted::parsed,
    session::{self, Browser},
};
use crate::{
    action::{
        actor::{Actor, Role, Staff},
        refusal::{Problem, Refusal},
        session::{Memory, OpenSession, Visit},
    },
    render::{
        frame::{Face, FieldProblem, Frame, Organisation},
        pages::Page,
        texts::Message,
        words,
    },
    view::desk::{elsewhere::SigningOut, person},
};

/// What a route comes to.
pub(crate) type Answer = Result<Reply, Turned>;

/// A page, or where to go instead.
#[derive(Debug, Responder)]
pub(crate) enum Reply {
    /// A whole page.
    Page(Box<(Status, (ContentType, String))>),
    /// The same with the one script there is.
    Scripted(Box<Scripted>),
    /// See other.
    Go(Box<Redirect>),
}

/// A page that asks for a passkey.
#[derive(Debug, Responder)]
pub(crate) struct Scripted {
    page: (Status, (ContentType, String)),
    mark: Header<'static>,
}

/// An answer after which the browser keeps nothing.
#[derive(Debug, Responder)]
pub(crate) struct Gone {
    reply: Reply,
    clear: Header<'static>,
}

/// A request.
pub(crate) struct Here<'r> {
    /// The house.
    pub(crate) state: &'r State,
    /// Language of the address.
    pub(crate) lang: Lang,
    face: Face,
    /// Address without its language.
    path: String,
    jar: &'r CookieJar<'r>,
    browser: &'r Browser,
    /// Name of who is signed in.
    signed_in: Option<String>,
}

/// The face and, without its language, the address of a request.
pub(crate) fn place<'r>(request: &'r Request<'_>) -> (Face, &'r str) {
    let path = request.uri().path().as_str();
    let Some((_, path)) = language::split(path) else {
        // A provider sends a person back to one address, whatever she reads.
        let face = if path.starts_with("/desk/sign-in/") { Face::Desk } else { Face::Demo };
        return (if path.starts_with("/sign-in/") { Face::Portal } else { face }, path);
    };
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let face = match first {
        "desk" => Face::Desk,
        "room" => Face::Room,
        _ => Face::Portal,
    };
    // The first page of a face is written with a slash, however it was asked for.
    (face, if path == face.home().trim_end_matches('/') { face.home() } else { path })
}

/// The language of the address, else the one the browser prefers.
pub(crate) fn lang_of(request: &Request<'_>, state: &State) -> Lang {
    let accepted = request.headers().get_one("Accept-Language").unwrap_or_default();
    language::split(request.uri().path().as_str()).map_or_else(|| language::preferred(accepted, state.languages()), |(lang, _)| lang)
}

impl State {
    /// The languages the organisation answers in.
    pub(crate) fn languages(&self) -> &[Lang] {
        &self.look.organisation.about().languages
    }
}

impl<'r> Here<'r> {
    /// The request, whatever its address.
    pub(crate) async fn of(request: &'r Request<'_>) -> Result<Self, Status> {
        let state = request.rocket().state::<State>().ok_or(Status::InternalServerError)?;
        let (face, _) = place(request);
        let browser = Browser::of(request, state, face).await.map_err(|_| Status::ServiceUnavailable)?;
        Self::in_browser(request, state, browser).await
    }

    /// The request as far as it can be seen while the house's own rows cannot be read: nobody's.
    pub(crate) async fn blind(request: &'r Request<'_>) -> Result<Self, Status> {
        let state = request.rocket().state::<State>().ok_or(Status::InternalServerError)?;
        Self::in_browser(request, state, request.local_cache(Browser::unknown)).await
    }

    async fn in_browser(request: &'r Request<'_>, state: &'r State, browser: &'r Browser) -> Result<Self, Status> {
        let (face, path) = place(request);
        let signed_in = match browser.open.as_ref().and_then(|open| staff(&open.actor)) {
            Some(staff) => person::name(&state.look, &staff.id).await.map_err(|_| Status::ServiceUnavailable)?,
            None => None,
        };
        let lang = lang_of(request, state);
        // The language switch leads to the same page with the same question.
        let path = request.uri().query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
        Ok(Self { state, lang, face, path, jar: request.cookies(), browser, signed_in })
    }

    /// A page, whole.
    pub(crate) fn show<P: Page>(&self, page: &P) -> Answer {
        self.page(Status::Ok, page, Vec::new())
    }

    /// A page with another status.
    pub(crate) fn show_as<P: Page>(&self, status: Status, page: &P) -> Answer {
        self.page(status, page, Vec::new())
    }

    /// The page again, with what is wrong in its form.
    pub(crate) fn again<P: Page>(&self, page: &P, problems: Vec<FieldProblem>) -> Answer {
        self.page(Status::UnprocessableEntity, page, problems)
    }

    /// A form for the first time, or once more with what is wrong in it.
    pub(crate) fn say<P: Page>(&self, page: &P, problems: Vec<FieldProblem>) -> Answer {
        if problems.is_empty() { self.show(page) } else { self.again(page, problems) }
    }

    /// Shows the form again where the input was refused, and at `field` why the case does not allow it; any other refusal is a
    /// page of its own.
    pub(crate) fn refused<T, P: Page>(&self, refusal: Refusal, field: &str, page: impl FnOnce() -> P) -> Result<T, Turned> {
        let problems = match refusal {
            Refusal::Invalid(problems) => problems.iter().map(|problem| self.problem(problem)).collect(),
            Refusal::Conflict { code, message } if code != "raced" => {
                vec![FieldProblem::new(field, Message::new("problem-not-now").with("why", message.as_str()))]
            }
            refusal => return Err(refusal.into()),
        };
        Err(self.again(&page(), problems).map_or_else(|turned| turned, Turned::again))
    }

    /// The time of day in the organisation's zone, in words.
    pub(crate) fn clock(&self, at: Timestamp) -> String {
        words::clock(self.lang, at.to_zoned(self.state.look.organisation.zone()).time())
    }

    /// See other, in the same language.
    #[allow(clippy::unnecessary_wraps, reason = "routes end in an answer")]
    pub(crate) fn go(&self, path: &str) -> Answer {
        Ok(Reply::Go(Box::new(self.see_other(path))))
    }

    fn see_other(&self, path: &str) -> Redirect {
        Redirect::to(location(&format!("/{}{path}", self.lang.code())))
    }

    /// Begins a session in place of the one there is.
    pub(crate) async fn begin(&self, memory: Memory) -> Result<OpenSession, Refusal> {
        session::begin(self.jar, self.state, self.face, memory, self.open().map(|open| open.id.as_str())).await
    }

    /// Begins a session here in place of one that another browser has.
    pub(crate) async fn begin_after(&self, memory: Memory, other: &str) -> Result<OpenSession, Refusal> {
        if let Some(open) = self.open() {
            self.state.door.end_session(open).await?;
        }
        session::begin(self.jar, self.state, self.face, memory, Some(other)).await
    }

    /// Ends the session; the browser keeps nothing. Whoever came by a provider is led there to sign out, too.
    pub(crate) async fn leave(mut self, to: &str) -> Result<Gone, Turned> {
        let elsewhere = self.open().and_then(|open| open.memory.elsewhere().last().map(|it| (*it).clone()));
        if let Some(open) = self.open() {
            self.state.door.end_session(open).await?;
        }
        session::forget(self.jar, self.state, self.face);
        self.signed_in = None;
        let reply = match elsewhere {
            Some(elsewhere) => self.leaves_too(&elsewhere, to).await?,
            None => self.go(to)?,
        };
        Ok(Gone { reply, clear: Header::new("Clear-Site-Data", "\"cache\", \"storage\"") })
    }

    async fn leaves_too(&self, elsewhere: &Elsewhere, to: &str) -> Answer {
        let with = self.state.look.organisation.about().identity.provider(&elsewhere.provider).map(|provider| provider.label.clone());
        let url = self.state.openid.way_out(elsewhere, self.lang, self.state.door.now()).await;
        match with.zip(url) {
            Some((with, url)) => self.show(&SigningOut { with, url, other: to.to_owned() }),
            None => self.go(to),
        }
    }

    /// The session.
    pub(crate) fn open(&self) -> Option<&OpenSession> {
        self.browser.open.as_ref()
    }

    /// Address without its language, with its question.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Who is signed in.
    fn staff(&self) -> Option<&Staff> {
        self.open().and_then(|open| staff(&open.actor))
    }

    /// What the portal remembers of this visit.
    pub(crate) fn visit(&self) -> Visit {
        match self.open().map(|open| &open.memory) {
            Some(Memory::Portal(visit)) => visit.clone(),
            _ => Visit::default(),
        }
    }

    /// What was filled in on this page and not sent.
    pub(crate) fn typed<F: for<'a> FromForm<'a> + 'static>(&self) -> Option<F> {
        let visit = self.visit();
        let unsent = visit.unsent.filter(|unsent| !visit.shut && unsent.page == self.path)?;
        parsed(&unsent.fields).ok()
    }

    fn page<P: Page>(&self, status: Status, page: &P, problems: Vec<FieldProblem>) -> Answer {
        self.browser.greet(self.jar, self.state, self.face);
        let html = self.state.renderer.page(&self.frame(problems), page).map_err(|error| Refusal::Broken(error.to_string()))?;
        let page = (status, (ContentType::HTML, html));
        Ok(if P::SCRIPTED {
            Reply::Scripted(Box::new(Scripted { page, mark: Header::new(headers::SCRIPTED, "yes") }))
        } else {
            Reply::Page(Box::new(page))
        })
    }

    fn frame(&self, problems: Vec<FieldProblem>) -> Frame {
        Frame {
            lang: self.lang,
            face: self.face,
            organisation: Organisation::of(self.state.look.organisation.about()),
            path: self.path.clone(),
            csrf: Some(self.browser.csrf.clone()),
            signed_in: self.signed_in.clone(),
            sees_work: self.signed_in.is_some() && self.staff().is_some_and(Staff::sees_work),
            manages_people: self.signed_in.is_some() && self.open().is_some_and(|open| open.actor.manages_people().is_ok()),
            notice: None,
            problems,
            demo: self.state.demo.is_some(),
        }
    }

    /// A refused field in words.
    fn problem(&self, problem: &Problem) -> FieldProblem {
        let message = match problem.code {
            "email-wrong" => Message::new("problem-email-invalid"),
            "review-within-six-months" => Message::new("problem-review-invalid").with("date", self.state.door.latest_review()),
            code => Message::new(format!("problem-{code}")),
        };
        let message = match problem.at {
            None => message,
            Some((line, column)) => {
                let place = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
                message.with("line", place(line)).with("column", place(column))
            }
        };
        FieldProblem::new(&problem.field, message)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Here<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Self::of(request).await {
            Ok(here) => Outcome::Success(here),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// A person who has proven a mailbox.
pub(crate) struct Subject<'r> {
    here: Here<'r>,
    /// Who acts.
    pub(crate) actor: Actor,
    /// Blind index of the mailbox.
    pub(crate) mailbox: String,
    /// The address, in normal form.
    pub(crate) email: String,
}

/// Somebody who works here.
pub(crate) struct Colleague<'r> {
    here: Here<'r>,
    /// Who acts.
    pub(crate) actor: Actor,
    /// The same, as staff.
    pub(crate) staff: Staff,
}

/// Whoever is signed in, at the desk or in the room.
pub(crate) struct Insider<'r> {
    here: Here<'r>,
    /// Who acts.
    pub(crate) actor: Actor,
    /// The same, as staff.
    pub(crate) staff: Staff,
}

/// Somebody who may read in the room: the authority, and the officer who shows it what there is.
pub(crate) struct Reader<'r> {
    here: Here<'r>,
    /// Who acts.
    pub(crate) actor: Actor,
}

/// An address that a browser can be sent to, whatever was typed into a part of it.
pub(crate) fn location(path: &str) -> String {
    let bytes = path.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let written = |(at, byte): (usize, &u8)| match byte {
        b'%' if is_hex(at + 1) && is_hex(at + 2) => "%".to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"/?&=-_.~".contains(byte) => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    bytes.iter().enumerate().map(written).collect()
}

fn staff(actor: &Actor) -> Option<&Staff> {
    match actor {
        Actor::Staff(staff) => Some(staff),
        _ => None,
    }
}

/// The request and who makes it.
async fn acting<'r>(request: &'r Request<'_>) -> Outcome<(Here<'r>, Actor), ()> {
    Here::from_request(request).await.map(|here| {
        let actor = here.open().map_or(Actor::Visitor, |open| open.actor.clone());
        (here, actor)
    })
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Subject<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        acting(request).await.and_then(|(here, actor)| match (&actor, here.visit().email) {
            (Actor::Subject { mailbox }, Some(email)) => Outcome::Success(Self { mailbox: mailbox.clone(), email, actor, here }),
            // What she was writing may still be set aside.
            _ => Outcome::Forward(Status::Unauthorized),
        })
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Colleague<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        acting(request).await.and_then(|(here, actor)| match (actor.staff().cloned(), staff(&actor)) {
            (Some(staff), _) => Outcome::Success(Self { here, actor, staff }),
            // The authority's reader has a room of its own; the desk does not exist there.
            (None, Some(_)) => Outcome::Forward(Status::NotFound),
            (None, None) => Outcome::Error((Status::Unauthorized, ())),
        })
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Insider<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        acting(request).await.and_then(|(here, actor)| match staff(&actor).cloned() {
            Some(staff) => Outcome::Success(Self { here, actor, staff }),
            None => Outcome::Error((Status::Unauthorized, ())),
        })
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Reader<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        acting(request).await.and_then(|(here, actor)| match staff(&actor) {
            Some(_) if actor.needs(&[Role::Authority, Role::Dpo]).is_ok() => Outcome::Success(Self { here, actor }),
            Some(_) => Outcome::Forward(Status::NotFound),
            None => Outcome::Error((Status::Unauthorized, ())),
        })
    }
}

macro_rules! at_the_face {
    ($($guard:ident)*) => { $(
        impl<'r> Deref for $guard<'r> {
            type Target = Here<'r>;

            fn deref(&self) -> &Here<'r> {
                &self.here
            }
        }
    )* };
}

at_the_face!(Subject Colleague Insider Reader);

impl Subject<'_> {
    /// Whether she has shown a moment ago who she is.
    pub(crate) fn is_fresh(&self) -> bool {
        self.visit().is_fresh(self.state.door.now())
    }
}

#[cfg(test)]
mod tests {
    use rocket::http::uri::Origin;

    use super::location;

    #[test]
    fn whatever_was_typed_is_an_address_to_go_to() {
        assert_eq!(location("/en/request/check"), "/en/request/check");
        assert_eq!(location("/en/desk/again?to=/desk/holds%2F1"), "/en/desk/again?to=/desk/holds%2F1");
        for typed in ["') OR 1=1 --", "100%", "a#b", "\r\nSet-Cookie: x", "øl", "<script>", "\0", "a b\\c|d^e`f{g}"] {
            let to = location(&format!("/en/case/{typed}/download"));
            assert!(Origin::parse(&to).is_ok_and(|uri| uri.path().starts_with("/en/case/")), "{typed:?}: {to}");
        }
    }
}
