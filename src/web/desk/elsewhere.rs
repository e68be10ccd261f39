//! In by a provider: there, back, and what came of it. As at the portal, coming back is a `GET` that uses something up: a ticket of this
//! session, once.

use habeas_core::law::{lang::Lang, provider::Known, tier::Tier};
use rocket::{FromForm, get, post};

use super::again::{again_at, way_back};
use crate::{
    action::{
        actor::Actor,
        away::{StaffAway, Wish},
        come_in::{CameIn, ComeIn, ShowAgain},
        invite_person::{Entry, TakeInvitation},
        link_provider::{LinkProvider, UnlinkProvider},
        note_voucher::NoteVoucher,
        refusal::Refusal,
        session::{Enrolment, First, Memory, SignIn as Stage, SignedIn, Waiting},
    },
    openid::{Brought, Errand, Trouble, Who},
    render::{frame::FieldProblem, texts::Message},
    view::desk::elsewhere::{Leaving, NotKnown, named},
    web::{
        here::{Answer, Here, Insider},
        posted::{Button, Carried, Posted},
    },
};

#[post("/desk/sign-in/<provider>", data = "<_form>")]
pub(super) async fn begin(here: Here<'_>, provider: &str, _form: Posted<Button>) -> Answer {
    here.sends_away(provider, Wish::SignIn).await
}

#[derive(FromForm)]
pub(super) struct Invited {
    #[field(default = "")]
    token: String,
}

#[post("/desk/invitation/<provider>", data = "<form>")]
pub(super) async fn take(here: Here<'_>, provider: &str, form: Posted<Invited>) -> Answer {
    let guest = here.state.door.invited(&form.0.token).await?.ok_or(Refusal::NotFound("invitation"))?;
    here.sends_away(provider, Wish::Invitation(guest.invitation)).await
}

#[post("/desk/access/link/<provider>", data = "<form>")]
pub(super) async fn link(insider: Insider<'_>, provider: &str, form: Carried<Button>) -> Answer {
    insider.sure_of(form).await?;
    insider.sends_away(provider, Wish::Link).await
}

#[derive(FromForm)]
pub(super) struct Which {
    #[field(default = "")]
    id: String,
}

#[post("/desk/access/unlink", data = "<form>")]
pub(super) async fn unlink(insider: Insider<'_>, form: Carried<Which>) -> Answer {
    let Which { id } = insider.sure_of(form).await?;
    let page = insider.access(false).await?;
    match insider.state.door.run(&insider.actor, UnlinkProvider { id }).await {
        Ok(()) => insider.go(super::access::CHANGED),
        Err(Refusal::Conflict { code, .. }) if code == "last-factor" => {
            insider.again(&page, vec![FieldProblem::new("links", Message::new("problem-last-link"))])
        }
        Err(refusal) => Err(refusal.into()),
    }
}

#[post("/desk/again/<provider>", data = "<form>")]
pub(super) async fn again(insider: Insider<'_>, provider: &str, form: Carried<Again>) -> Answer {
    let signed = insider.signed_in().ok_or(Refusal::Expired)?;
    if !insider.state.door.shows_again_at(&signed.person).await?.iter().any(|known| known == provider) {
        return Err(Refusal::NotFound("page").into());
    }
    let Again { to, waits_at } = form.form;
    let to = way_back(if waits_at.is_empty() { &to } else { &waits_at });
    let fields: Vec<_> = form.fields.into_iter().filter(|(name, _)| !["csrf", "again-to"].contains(&name.as_str())).collect();
    let waiting = (!waits_at.is_empty() && !fields.is_empty()).then(|| Box::new(Waiting { action: to.clone(), fields }));
    insider.sends_off(provider, Wish::Again(to), waiting).await
}

#[derive(FromForm)]
pub(super) struct Again {
    #[field(default = "")]
    to: String,
    /// Where a form is posted that waits, and is sent along.
    #[field(default = "", name = "again-to")]
    waits_at: String,
}

impl Here<'_> {
    async fn sends_away(&self, provider: &str, wish: Wish) -> Answer {
        self.sends_off(provider, wish, None).await
    }

    async fn sends_off(&self, provider: &str, wish: Wish, waiting: Option<Box<Waiting>>) -> Answer {
        let again = matches!(wish, Wish::Again(_));
        let errand = Errand { provider, least: Tier::TwoChannels, lang: self.lang, again, who: Who::Colleague };
        let (url, ticket) = match self.state.openid.begin(errand, self.state.door.now()).await {
            Ok(to) => to,
            Err(Trouble::Unknown) => return Err(Refusal::NotFound("page").into()),
            Err(trouble) => return self.stays_out(provider, trouble).await,
        };
        let signed = self.signed_in().filter(|_| matches!(wish, Wish::Link | Wish::Again(_))).cloned();
        let away = Box::new(StaffAway { ticket, url, wish, lang: self.lang });
        match signed {
            Some(signed) => self.hold_on(SignedIn { away: Some(away), waiting, ..signed }).await?,
            None => drop(self.begin(Memory::Desk(Stage::Away(away))).await?),
        }
        self.go(&format!("/desk/sign-in/{provider}"))
    }

    /// Where this browser was sent, and what is remembered of it once it is back.
    fn was_away(&self) -> Option<(StaffAway, Memory)> {
        match &self.open()?.memory {
            Memory::Desk(Stage::Away(away)) => Some(((**away).clone(), Memory::Desk(Stage::Out))),
            Memory::Desk(Stage::In(signed)) => {
                let away = signed.away.as_deref()?.clone();
                Some((away, Memory::Desk(Stage::In(SignedIn { away: None, ..signed.clone() }))))
            }
            _ => None,
        }
    }

    /// Nobody is vouched for.
    async fn stays_out(&self, provider: &str, trouble: Trouble) -> Answer {
        let note = NoteVoucher { provider: provider.to_owned(), came_to: Err(trouble.code()) };
        self.state.door.run(&Actor::Visitor, note).await?;
        if matches!(trouble, Trouble::Down(_) | Trouble::Wrong(_)) {
            tracing::warn!(provider, %trouble, "nobody was vouched for");
        }
        self.go(&stopped(why(trouble), provider))
    }
}

const fn why(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Declined => "declined",
        Trouble::Lost => "lost",
        Trouble::Stale => "stale",
        Trouble::Down(_) => "down",
        Trouble::Nobody | Trouble::Unknown | Trouble::Wrong(_) => "wrong",
    }
}

fn stopped(why: &str, provider: &str) -> String {
    format!("/desk/sign-in/stopped?why={why}&with={provider}")
}

#[get("/desk/sign-in/<provider>")]
pub(super) fn leaving(here: Here<'_>, provider: &str) -> Answer {
    let away = here.was_away().filter(|(away, _)| away.ticket.provider == provider);
    match away.zip(named(&here.state.look, provider)) {
        Some(((away, _), to)) => here.show(&Leaving { to, url: away.url }),
        None => here.go("/desk/sign-in"),
    }
}

/// Why nobody came in. Everything in its address is one of a few words.
#[get("/desk/sign-in/stopped?<why>&<with>")]
pub(super) fn stopped_page(here: Here<'_>, why: Option<&str>, with: Option<&str>) -> Answer {
    let other = if here.signed_in().is_some() { "/desk/access" } else { "/desk/sign-in" };
    let Some(why) = why.and_then(NotKnown::reason) else { return here.go(other) };
    let with = with.and_then(|with| named(&here.state.look, with));
    here.show(&NotKnown { why, with, other: other.to_owned() })
}

/// Asked for by the browser that the provider sends back, outside of any language: one address for a provider to know.
#[get("/desk/sign-in/back?<code>&<state>&<iss>&<error>")]
pub(in crate::web) async fn back(
    mut here: Here<'_>,
    code: Option<&str>,
    state: Option<&str>,
    iss: Option<&str>,
    error: Option<&str>,
) -> Answer {
    let (Some((away, then)), Some(open)) = (here.was_away(), here.open()) else { return here.go(&stopped("lost", "")) };
    // Used up before the provider is asked, whatever it then says.
    here.state.door.remember(open, &then).await?;
    here.lang = away.lang;
    match here.state.openid.redeem_colleague(&away.ticket, Brought { code, state, iss, error }, here.state.door.now()).await {
        Ok(known) => here.known(away.wish, known).await,
        Err(trouble) => here.stays_out(&away.ticket.provider, trouble).await,
    }
}

/// Signed out at the provider, too.
#[get("/desk/sign-in/out?<state>")]
pub(in crate::web) fn out(mut here: Here<'_>, state: Option<&str>) -> Answer {
    here.lang = state.and_then(Lang::from_code).unwrap_or(here.lang);
    here.go("/desk/sign-in")
}

impl Here<'_> {
    async fn known(&self, wish: Wish, known: Known) -> Answer {
        match wish {
            Wish::SignIn => self.comes_in_by(known).await,
            Wish::Invitation(hash) => self.takes_by(&hash, known).await,
            Wish::Link => self.links(known).await,
            Wish::Again(to) => self.shows_again(to, known).await,
        }
    }

    async fn comes_in_by(&self, known: Known) -> Answer {
        let provider = known.elsewhere.provider.clone();
        match self.state.door.run(&Actor::Visitor, ComeIn { known: known.clone() }).await? {
            CameIn::In(person) => self.is_in_by(person, known).await,
            CameIn::NeedsFactor(person) => {
                let ceremony = self.state.door.ask_passkey(&person).await?;
                self.begin(Memory::Desk(Stage::Password { person, ceremony, elsewhere: Some(known.elsewhere) })).await?;
                self.go("/desk/totp")
            }
            CameIn::Refused(why) => self.go(&stopped(why.name(), &provider)),
        }
    }

    /// Signed in. The second factor is as old as the sign-in there.
    async fn is_in_by(&self, person: String, known: Known) -> Answer {
        let signed = SignedIn { elsewhere: Some(known.elsewhere), ..SignedIn::new(person, known.at) };
        let open = self.begin(Memory::Desk(Stage::In(signed))).await?;
        self.go(super::sign_in::home(&open))
    }

    /// An invitation is taken at once where the provider has asked for a second factor and that is enough; otherwise one is set up here.
    async fn takes_by(&self, hash: &str, known: Known) -> Answer {
        let door = &self.state.door;
        let guest = door.invited_by(hash).await?.ok_or(Refusal::NotFound("invitation"))?;
        let (person, invitation) = (guest.person, guest.invitation);
        if !known.is_strong || guest.needs_passkey {
            let enrolment =
                Enrolment { person, invitation, first: First::Provider(Box::new(known)), totp: door.new_totp_secret()?, ceremony: None };
            self.begin(Memory::Desk(Stage::Invited(enrolment))).await?;
            return self.go("/desk/enrol");
        }
        let provider = known.elsewhere.provider.clone();
        let first = Entry::Provider(Box::new(known.clone()));
        let take = TakeInvitation { invitation, person: person.clone(), first, factor: None };
        match door.run(&Actor::Visitor, take).await {
            Ok(_) => self.is_in_by(person, known).await,
            Err(refusal) => self.linked_otherwise(refusal, &provider),
        }
    }

    async fn links(&self, known: Known) -> Answer {
        let (provider, actor) = (known.elsewhere.provider.clone(), self.open().map(|open| open.actor.clone()));
        match self.state.door.run(&actor.unwrap_or(Actor::Visitor), LinkProvider { known }).await {
            Ok(()) => self.go(super::access::CHANGED),
            Err(refusal) => self.linked_otherwise(refusal, &provider),
        }
    }

    /// The account is linked already: to oneself, which is as it should be, or to somebody whose name is not told.
    pub(super) fn linked_otherwise(&self, refusal: Refusal, provider: &str) -> Answer {
        match refusal {
            Refusal::Conflict { code, .. } if code == "linked-already" => self.go("/desk/access"),
            Refusal::Conflict { code, .. } if code == "linked-elsewhere" => self.go(&stopped("linked-elsewhere", provider)),
            refusal => Err(refusal.into()),
        }
    }

    async fn shows_again(&self, to: String, known: Known) -> Answer {
        let (signed, open) = (self.signed_in().ok_or(Refusal::Expired)?, self.open().ok_or(Refusal::Expired)?);
        let provider = known.elsewhere.provider.clone();
        if !self.state.door.run(&open.actor, ShowAgain { known }).await? {
            return self.go(&stopped("weak", &provider));
        }
        self.hold_on(SignedIn { proven_at: self.state.door.now(), away: None, ..signed.clone() }).await?;
        self.go(&again_at(&to))
    }
}
