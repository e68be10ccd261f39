//! Coming in by an invitation: a password, then a second factor, then in. Nothing is kept, and the link stays good, until both are there.

use habeas_core::law::{personal::Personal, provider::Elsewhere};
use rocket::{FromForm, get, post};

use crate::{
    action::{
        actor::Actor,
        factor::NewFactor,
        invite_person::{Entry, Invited as Guest, TakeInvitation},
        password,
        refusal::Refusal,
        secret,
        session::{Enrolment, First, Memory, SignIn as Stage, SignedIn},
    },
    render::{frame::FieldProblem, texts::Message},
    view::desk::{
        access::{MakePasskey, Recovery},
        elsewhere::providers,
        invitation::{Enrol, Invited, Uninvited},
    },
    web::{
        error::Turned,
        here::{Answer, Here},
        posted::Posted,
    },
};

#[get("/desk/invitation/<token>")]
pub(super) async fn page(here: Here<'_>, token: &str) -> Answer {
    match here.state.door.invited(token).await? {
        Some(guest) => here.show(&here.welcome(token.to_owned(), guest)),
        None => here.show_as(rocket::http::Status::NotFound, &Uninvited {}),
    }
}

impl Here<'_> {
    fn welcome(&self, token: String, guest: Guest) -> Invited {
        let (name, email) = (guest.name.into_revealed(), guest.email.into_revealed());
        Invited { token, name, email, least: password::LEAST, providers: providers(&self.state.look) }
    }
}

#[derive(FromForm)]
pub(super) struct Chosen {
    #[field(default = "")]
    token: String,
    #[field(default = "")]
    password: String,
}

#[post("/desk/invitation", data = "<form>")]
pub(super) async fn choose(here: Here<'_>, form: Posted<Chosen>) -> Answer {
    let Chosen { token, password } = form.0;
    let door = &here.state.door;
    let Some(guest) = door.invited(&token).await? else { return here.show_as(rocket::http::Status::NotFound, &Uninvited {}) };
    match door.judge_password(Personal::new(password), &[]).await? {
        Err(weak) => {
            let problem = FieldProblem::new("password", Message::new(format!("problem-{}", weak.code())));
            here.again(&here.welcome(token, guest), vec![problem])
        }
        Ok(judged) => {
            let (password, totp) = (secret::hash_password(judged).await?, door.new_totp_secret()?);
            let (Guest { person, invitation, .. }, first) = (guest, First::Password(password.into_revealed()));
            let enrolment = Enrolment { person, invitation, first, totp, ceremony: None };
            here.begin(Memory::Desk(Stage::Invited(enrolment))).await?;
            here.go("/desk/enrol")
        }
    }
}

impl Here<'_> {
    /// Who is coming in, as far as the session knows.
    fn enrolment(&self) -> Option<&Enrolment> {
        match self.open().map(|open| &open.memory) {
            Some(Memory::Desk(Stage::Invited(enrolment))) => Some(enrolment),
            _ => None,
        }
    }

    /// The same with the guest, while the invitation is good.
    async fn guest(&self) -> Result<(&Enrolment, Guest), Turned> {
        let enrolment = self.enrolment().ok_or(Refusal::NotFound("invitation"))?;
        let guest = self.state.door.invited_by(&enrolment.invitation).await?.filter(|guest| guest.person == enrolment.person);
        Ok((enrolment, guest.ok_or(Refusal::NotFound("invitation"))?))
    }

    fn enrol(&self, enrolment: &Enrolment, guest: &Guest) -> Enrol {
        let issuer = &self.state.look.organisation.about().name;
        let address = secret::totp_address(&enrolment.totp, issuer, &guest.email.clone().into_revealed());
        Enrol {
            address: address.filter(|_| !guest.needs_passkey),
            secret: secret::totp_typed(&enrolment.totp),
            takes_passkeys: self.state.door.takes_passkeys(),
        }
    }
}

#[get("/desk/enrol")]
pub(super) async fn offer(here: Here<'_>) -> Answer {
    let (enrolment, guest) = here.guest().await?;
    here.show(&here.enrol(enrolment, &guest))
}

#[derive(FromForm)]
pub(super) struct Named {
    #[field(default = "")]
    label: String,
}

#[post("/desk/enrol/passkey", data = "<form>")]
pub(super) async fn ask(here: Here<'_>, form: Posted<Named>) -> Answer {
    let (enrolment, guest) = here.guest().await?;
    let ceremony = here.state.door.begin_passkey(&guest.person, &guest.email).await?;
    let page = MakePasskey { action: "/desk/enrol".to_owned(), label: form.0.label, options: ceremony.options.clone() };
    let enrolment = Enrolment { ceremony: Some(ceremony), ..enrolment.clone() };
    here.state.door.remember(here.open().ok_or(Refusal::Expired)?, &Memory::Desk(Stage::Invited(enrolment))).await?;
    here.show(&page)
}

#[derive(FromForm)]
pub(super) struct Proven {
    #[field(default = "")]
    code: String,
    #[field(default = "")]
    label: String,
    #[field(default = "")]
    passkey: String,
}

impl Proven {
    fn factor(self, enrolment: &Enrolment) -> NewFactor {
        match (&enrolment.ceremony, self.passkey.is_empty()) {
            (Some(ceremony), false) => {
                NewFactor::Passkey { label: self.label, ceremony: ceremony.clone(), answer: Personal::new(self.passkey) }
            }
            _ => NewFactor::Totp { secret: Personal::new(enrolment.totp.clone()), code: Personal::new(self.code) },
        }
    }
}

impl Enrolment {
    /// What comes before the second factor, and where that is.
    fn first(&self) -> (Entry, Option<Elsewhere>) {
        match &self.first {
            First::Password(hash) => (Entry::Password(Personal::new(hash.clone())), None),
            First::Provider(known) => (Entry::Provider(known.clone()), Some(known.elsewhere.clone())),
        }
    }
}

#[post("/desk/enrol", data = "<form>")]
pub(super) async fn take(here: Here<'_>, form: Posted<Proven>) -> Answer {
    let (enrolment, guest) = here.guest().await?;
    let (first, elsewhere) = enrolment.first();
    let (invitation, person, factor) = (guest.invitation.clone(), guest.person.clone(), Some(form.0.factor(enrolment)));
    let taken = here.state.door.run(&Actor::Visitor, TakeInvitation { invitation, person, first, factor }).await;
    let codes = match taken {
        Ok(codes) => codes,
        Err(refusal @ Refusal::Conflict { .. }) => {
            return here.linked_otherwise(refusal, elsewhere.as_ref().map_or("", |it| it.provider.as_str()));
        }
        Err(refusal) => return here.refused(refusal, "code", || here.enrol(enrolment, &guest)),
    };
    let signed = SignedIn { elsewhere, ..SignedIn::new(guest.person, here.state.door.now()) };
    let open = here.begin(Memory::Desk(Stage::In(signed))).await?;
    here.show(&Recovery { codes, next: super::sign_in::home(&open).to_owned() })
}
