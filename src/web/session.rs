//! Cookies: which session a request belongs to. A cookie that belongs to none still binds forms to one browser.

use rocket::{
    Request,
    http::{Cookie, CookieJar, SameSite},
};

use super::State;
use crate::{
    action::{
        refusal::Refusal,
        session::{Begun, Memory, OpenSession},
    },
    render::frame::Face,
};

/// Portal and desk have cookies of their own, so that one person can look at both.
const fn name(face: Face, secure: bool) -> &'static str {
    match (face, secure) {
        (Face::Portal | Face::Demo, true) => "__Host-habeas",
        (Face::Portal | Face::Demo, false) => "habeas",
        (Face::Desk | Face::Room, true) => "__Host-habeas-desk",
        (Face::Desk | Face::Room, false) => "habeas-desk",
    }
}

/// A browser on one face: its session if it has one, and what its forms must carry.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    /// The session.
    pub(crate) open: Option<OpenSession>,
    /// The token of every form.
    pub(crate) csrf: String,
    /// Not seen before: the cookie's value that it is to be given.
    fresh: Option<String>,
}

impl Browser {
    /// Looks up the request's session, once.
    pub(crate) async fn of<'r>(request: &'r Request<'_>, state: &State, face: Face) -> Result<&'r Self, &'r Refusal> {
        request.local_cache_async(Self::find(request.cookies(), state, face)).await.as_ref()
    }

    /// One of which nothing can be known.
    pub(crate) const fn unknown() -> Self {
        Self { open: None, csrf: String::new(), fresh: None }
    }

    async fn find(jar: &CookieJar<'_>, state: &State, face: Face) -> Result<Self, Refusal> {
        let known = jar.get(name(face, state.is_secure())).map(|cookie| cookie.value().to_owned());
        let Some(cookie) = known else {
            let fresh = state.door.new_visitor()?;
            return Ok(Self { open: None, csrf: state.door.visitor_token(&fresh), fresh: Some(fresh) });
        };
        let open = state.door.open_session(&cookie).await?.filter(|open| belongs(&open.memory, face));
        let csrf = open.as_ref().map_or_else(|| state.door.visitor_token(&cookie), |open| open.csrf.clone());
        Ok(Self { open, csrf, fresh: None })
    }

    /// Gives a browser that was not seen before its cookie.
    pub(crate) fn greet(&self, jar: &CookieJar<'_>, state: &State, face: Face) {
        if let Some(fresh) = &self.fresh {
            jar.add(cookie(name(face, state.is_secure()), fresh.clone(), state.is_secure()));
        }
    }
}

/// Begins a session in place of the one there is, and hands out its cookie.
pub(crate) async fn begin(
    jar: &CookieJar<'_>,
    state: &State,
    face: Face,
    memory: Memory,
    old: Option<&str>,
) -> Result<OpenSession, Refusal> {
    let Begun { cookie: value, session } = state.door.begin_session(memory, old).await?;
    jar.add(cookie(name(face, state.is_secure()), value, state.is_secure()));
    Ok(session)
}

/// Takes the cookie back.
pub(crate) fn forget(jar: &CookieJar<'_>, state: &State, face: Face) {
    jar.remove(cookie(name(face, state.is_secure()), String::new(), state.is_secure()));
}

const fn belongs(memory: &Memory, face: Face) -> bool {
    matches!((memory, face), (Memory::Portal(_), Face::Portal) | (Memory::Desk(_), Face::Desk | Face::Room))
}

/// Gone when the browser closes; the house itself ends it much sooner.
fn cookie(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).secure(secure).same_site(SameSite::Lax).build()
}
