//! What the person sets up to show another time who she is: a code app, a passkey, recovery codes. Every change asks that she has just shown
//! who she is.

use habeas_core::law::personal::Personal;
use rocket::{FromForm, get, post};

use super::prove::Typed;
use crate::{
    action::{
        factor::NewFactor,
        own_access::{AddFactor, RemoveFactor, RenewRecovery},
        refusal::Refusal,
        secret,
        session::Visit,
    },
    view::portal::{
        access::{Access, Codes, MakePasskey, SetUpApp},
        prove::ProveCode,
    },
    web::{
        here::{Answer, Subject},
        posted::{Button, Posted},
    },
};

const HERE: &str = "/access";
const CODE: &str = "/access/code";
const APP: &str = "/access/app";

impl Subject<'_> {
    /// The page, for somebody whom a case knows by more than her mailbox.
    async fn access(&self) -> Result<Access, Refusal> {
        let page = Access::load(&self.state.look, &self.mailbox, self.state.door.takes_passkeys(), self.is_fresh()).await?;
        page.ok_or(Refusal::NotFound("page"))
    }

    /// Adds what she has just made; with the first come recovery codes.
    async fn adds(&self, factor: NewFactor) -> Result<Answer, Refusal> {
        let codes = self.state.door.run(&self.actor, AddFactor { factor }).await?;
        self.keep(Visit { totp: None, ceremony: None, ..self.visit() }).await?;
        Ok(if codes.is_empty() { self.go(HERE) } else { self.show(&Codes { codes }) })
    }

    fn set_up_app(&self, totp: &[u8]) -> SetUpApp {
        let issuer = &self.state.look.organisation.about().name;
        SetUpApp { address: secret::totp_address(totp, issuer, &self.email), secret: secret::totp_typed(totp) }
    }
}

#[get("/access")]
pub(super) async fn page(subject: Subject<'_>) -> Answer {
    subject.show(&subject.access().await?)
}

#[get("/access/code")]
pub(super) async fn code_page(subject: Subject<'_>) -> Answer {
    subject.access().await?;
    match ProveCode::load(&subject.state.look, &subject.session()?.id, HERE, &subject.email).await? {
        Some(page) => subject.show(&page),
        None => subject.go(HERE),
    }
}

#[post("/access/code", data = "<form>")]
pub(super) async fn code(subject: Subject<'_>, form: Posted<Typed>) -> Answer {
    subject.access().await?;
    subject.shows_mailbox(form.0, CODE, HERE).await
}

#[post("/access/app", data = "<_form>")]
pub(super) async fn begin_app(subject: Subject<'_>, _form: Posted<Button>) -> Answer {
    if !subject.access().await?.fresh {
        return subject.go(HERE);
    }
    let totp = Some(subject.state.door.new_totp_secret()?);
    subject.keep(Visit { totp, ..subject.visit() }).await?;
    subject.go(APP)
}

#[get("/access/app")]
pub(super) async fn app(subject: Subject<'_>) -> Answer {
    subject.access().await?;
    match subject.visit().totp {
        Some(totp) => subject.show(&subject.set_up_app(&totp)),
        None => subject.go(HERE),
    }
}

#[derive(FromForm)]
pub(super) struct Shown {
    #[field(default = "")]
    code: String,
}

#[post("/access/app/made", data = "<form>")]
pub(super) async fn app_made(subject: Subject<'_>, form: Posted<Shown>) -> Answer {
    let (true, Some(totp)) = (subject.access().await?.fresh, subject.visit().totp) else { return subject.go(HERE) };
    let factor = NewFactor::Totp { secret: Personal::new(totp.clone()), code: Personal::new(form.0.code) };
    match subject.adds(factor).await {
        Ok(answer) => answer,
        Err(refusal) => subject.refused(refusal, "code", || subject.set_up_app(&totp)),
    }
}

#[derive(FromForm)]
pub(super) struct Named {
    #[field(default = "")]
    label: String,
}

#[post("/access/passkey", data = "<form>")]
pub(super) async fn begin_passkey(subject: Subject<'_>, form: Posted<Named>) -> Answer {
    if !subject.access().await?.fresh {
        return subject.go(HERE);
    }
    let account = Personal::new(subject.email.clone());
    let ceremony = subject.state.door.begin_passkey(&subject.mailbox, &account).await?;
    let page = MakePasskey { label: form.0.label, options: ceremony.options.clone() };
    subject.keep(Visit { ceremony: Some(ceremony), ..subject.visit() }).await?;
    subject.show(&page)
}

#[derive(FromForm)]
pub(super) struct Made {
    #[field(default = "")]
    label: String,
    #[field(default = "")]
    passkey: String,
}

#[post("/access/passkey/made", data = "<form>")]
pub(super) async fn passkey_made(subject: Subject<'_>, form: Posted<Made>) -> Answer {
    let page = subject.access().await?;
    let (true, Some(ceremony)) = (page.fresh, subject.visit().ceremony) else { return subject.go(HERE) };
    // Asked once, answered once.
    subject.keep(Visit { ceremony: None, ..subject.visit() }).await?;
    let factor = NewFactor::Passkey { label: form.0.label, ceremony, answer: Personal::new(form.0.passkey) };
    match subject.adds(factor).await {
        Ok(answer) => answer,
        Err(refusal) => subject.refused(refusal, "label", || page),
    }
}

#[derive(FromForm)]
pub(super) struct Which {
    #[field(default = "")]
    id: String,
}

#[post("/access/remove", data = "<form>")]
pub(super) async fn remove(subject: Subject<'_>, form: Posted<Which>) -> Answer {
    if subject.access().await?.fresh {
        subject.state.door.run(&subject.actor, RemoveFactor { id: form.0.id }).await?;
    }
    subject.go(HERE)
}

#[post("/access/recovery", data = "<_form>")]
pub(super) async fn recovery(subject: Subject<'_>, _form: Posted<Button>) -> Answer {
    if !subject.access().await?.fresh {
        return subject.go(HERE);
    }
    let codes = subject.state.door.run(&subject.actor, RenewRecovery).await?;
    subject.show(&Codes { codes })
}
