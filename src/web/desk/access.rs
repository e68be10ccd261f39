//! One's own signing in: second factors, password, recovery codes, sessions. Every change asks for the second factor first, and offers to
//! end the other sessions after it.

use habeas_core::law::personal::Personal;
use rocket::{FromForm, get, post};

use crate::{
    action::{
        actor::Actor,
        end_sessions::EndSessions,
        factor::NewFactor,
        own_access::{AddFactor, ChangePassword, RemoveFactor, RenewRecovery},
        password,
        refusal::Refusal,
        secret,
        session::SignedIn,
        sign_in::PasswordTry,
    },
    render::{frame::FieldProblem, texts::Message},
    view::desk::access::{self, Access, MakePasskey, Recovery, Sessions, SetUpApp},
    web::{
        here::{Answer, Insider},
        posted::{Button, Carried, Posted},
    },
};

const HERE: &str = "/desk/access";
const APP: &str = "/desk/access/app";
pub(super) const CHANGED: &str = "/desk/access?changed=yes";

#[get("/desk/access?<changed>")]
pub(super) async fn page(insider: Insider<'_>, changed: Option<&str>) -> Answer {
    insider.show(&insider.access(changed.is_some()).await?)
}

impl Insider<'_> {
    pub(super) async fn access(&self, changed: bool) -> Result<Access, Refusal> {
        let door = &self.state.door;
        let takes = (door.takes_app(&self.staff.id).await?, door.takes_passkeys());
        Ok(Access::load(&self.state.look, &self.staff.id, takes, changed).await?)
    }

    async fn set_up_app(&self, totp: &[u8]) -> Result<SetUpApp, Refusal> {
        let (account, issuer) = (self.account().await?, &self.state.look.organisation.about().name);
        Ok(SetUpApp { address: secret::totp_address(totp, issuer, &account.into_revealed()), secret: secret::totp_typed(totp) })
    }
}

#[post("/desk/access/app", data = "<form>")]
pub(super) async fn begin_app(insider: Insider<'_>, form: Carried<Button>) -> Answer {
    insider.sure_of(form).await?;
    let totp = Some(insider.state.door.new_totp_secret()?);
    insider.hold_on(SignedIn { totp, ..insider.signed_in_now()? }).await?;
    insider.go(APP)
}

#[get("/desk/access/app")]
pub(super) async fn app(insider: Insider<'_>) -> Answer {
    match insider.signed_in().and_then(|signed| signed.totp.clone()) {
        Some(totp) => insider.show(&insider.set_up_app(&totp).await?),
        None => insider.go(HERE),
    }
}

#[derive(FromForm)]
pub(super) struct Shown {
    #[field(default = "")]
    code: String,
}

#[post("/desk/access/app/made", data = "<form>")]
pub(super) async fn app_made(insider: Insider<'_>, form: Posted<Shown>) -> Answer {
    let signed = insider.signed_in().cloned().ok_or(Refusal::Expired)?;
    let Some(totp) = signed.totp.clone() else { return insider.go(HERE) };
    let factor = NewFactor::Totp { secret: Personal::new(totp.clone()), code: Personal::new(form.0.code) };
    let page = insider.set_up_app(&totp).await?;
    match insider.state.door.run(&insider.actor, AddFactor { factor }).await {
        Ok(_) => {
            insider.hold_on(SignedIn { totp: None, ..signed }).await?;
            insider.go(CHANGED)
        }
        Err(refusal) => insider.refused(refusal, "code", || page),
    }
}

#[derive(FromForm)]
pub(super) struct Named {
    #[field(default = "")]
    label: String,
}

#[post("/desk/access/passkey", data = "<form>")]
pub(super) async fn ask(insider: Insider<'_>, form: Carried<Named>) -> Answer {
    let Named { label } = insider.sure_of(form).await?;
    let signed = insider.signed_in_now()?;
    let account = insider.account().await?;
    let ceremony = insider.state.door.begin_passkey(&insider.staff.id, &account).await?;
    let page = MakePasskey { action: "/desk/access/passkey/made".to_owned(), label, options: ceremony.options.clone() };
    insider.hold_on(SignedIn { ceremony: Some(ceremony), ..signed }).await?;
    insider.show(&page)
}

impl Insider<'_> {
    /// What a passkey's owner reads beside it: the address they sign in with.
    async fn account(&self) -> Result<Personal<String>, Refusal> {
        self.state.door.address_of(&self.staff.id).await?.ok_or(Refusal::NotFound("person"))
    }
}

#[derive(FromForm)]
pub(super) struct Made {
    #[field(default = "")]
    label: String,
    #[field(default = "")]
    passkey: String,
}

#[post("/desk/access/passkey/made", data = "<form>")]
pub(super) async fn made(insider: Insider<'_>, form: Posted<Made>) -> Answer {
    let Made { label, passkey } = form.0;
    let signed = insider.signed_in().cloned().ok_or(Refusal::Expired)?;
    let ceremony = signed.ceremony.clone().ok_or(Refusal::Expired)?;
    // Asked once, answered once.
    insider.hold_on(SignedIn { ceremony: None, ..signed }).await?;
    let factor = NewFactor::Passkey { label, ceremony, answer: Personal::new(passkey) };
    let page = insider.access(false).await?;
    match insider.state.door.run(&insider.actor, AddFactor { factor }).await {
        Ok(_) => insider.go(CHANGED),
        Err(refusal) => insider.refused(refusal, "label", || page),
    }
}

#[derive(FromForm)]
pub(super) struct Which {
    #[field(default = "")]
    id: String,
}

#[post("/desk/access/remove", data = "<form>")]
pub(super) async fn remove(insider: Insider<'_>, form: Carried<Which>) -> Answer {
    let Which { id } = insider.sure_of(form).await?;
    let page = insider.access(false).await?;
    match insider.state.door.run(&insider.actor, RemoveFactor { id }).await {
        Ok(()) => insider.go(CHANGED),
        Err(Refusal::Conflict { code, .. }) if code == "last-factor" => {
            insider.again(&page, vec![FieldProblem::new("factors", Message::new("problem-last-factor"))])
        }
        Err(refusal) => Err(refusal.into()),
    }
}

#[post("/desk/access/recovery", data = "<form>")]
pub(super) async fn recovery(insider: Insider<'_>, form: Carried<Button>) -> Answer {
    insider.sure_of(form).await?;
    let codes = insider.state.door.run(&insider.actor, RenewRecovery).await?;
    insider.show(&Recovery { codes, next: CHANGED.to_owned() })
}

#[get("/desk/access/password")]
pub(super) fn password_form(insider: Insider<'_>) -> Answer {
    insider.sure()?;
    insider.show(&access::ChangePassword { least: password::LEAST })
}

#[derive(FromForm)]
pub(super) struct NewPassword {
    #[field(default = "")]
    current: String,
    #[field(default = "")]
    password: String,
}

#[post("/desk/access/password", data = "<form>")]
pub(super) async fn change_password(insider: Insider<'_>, form: Posted<NewPassword>) -> Answer {
    let NewPassword { current, password } = form.0;
    // Not carried: a password stands in no page.
    insider.sure()?;
    let again = |field, key: String| {
        insider.again(&access::ChangePassword { least: password::LEAST }, vec![FieldProblem::new(field, Message::new(key))])
    };
    if !insider.is_password(Personal::new(current)).await? {
        return again("current", "problem-password-current".to_owned());
    }
    match insider.state.door.judge_password(Personal::new(password), &[]).await? {
        Err(weak) => again("password", format!("problem-{}", weak.code())),
        Ok(judged) => insider.takes_password(judged).await,
    }
}

impl Insider<'_> {
    /// Whether it is theirs. A wrong one counts as it does at the door.
    async fn is_password(&self, typed: Personal<String>) -> Result<bool, Refusal> {
        let account = self.account().await?;
        let tried = self.state.door.password_of(&account, typed).await?;
        if let PasswordTry::Wrong(Some(failure)) = tried {
            self.state.door.run(&Actor::Visitor, failure).await?;
            return Ok(false);
        }
        Ok(matches!(tried, PasswordTry::Right(_)))
    }

    async fn takes_password(&self, judged: password::Judged) -> Answer {
        let password = secret::hash_password(judged).await?;
        self.state.door.run(&self.actor, ChangePassword { password }).await?;
        self.go(CHANGED)
    }
}

#[get("/desk/sessions")]
pub(super) async fn sessions(insider: Insider<'_>) -> Answer {
    let this = insider.open().map(|open| open.id.clone()).unwrap_or_default();
    insider.show(&Sessions::load(&insider.state.look, &insider.staff.id, &this).await?)
}

#[post("/desk/sessions/end", data = "<form>")]
pub(super) async fn end(insider: Insider<'_>, form: Posted<Which>) -> Answer {
    insider.state.door.run(&insider.actor, EndSessions::One(form.0.id)).await?;
    insider.go("/desk/sessions")
}

#[post("/desk/sessions/end-others", data = "<_form>")]
pub(super) async fn end_others(insider: Insider<'_>, _form: Posted<Button>) -> Answer {
    let this = insider.open().map(|open| open.id.clone()).ok_or(Refusal::Expired)?;
    insider.state.door.run(&insider.actor, EndSessions::Others(this)).await?;
    insider.go("/desk/sessions")
}
