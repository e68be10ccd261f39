//! In and out: a password, then a second factor. Desk and room share the door.

use habeas_core::law::{personal::Personal, provider::Elsewhere};
use rocket::{FromForm, get, post};

use super::again::Given;
use crate::{
    action::{
        actor::{Actor, Role},
        passkey::Ceremony,
        refusal::Refusal,
        session::{Memory, OpenSession, SignIn as Stage, SignedIn},
        sign_in::{Confirm, PasswordTry, Purpose, SignInTry},
    },
    render::{frame::FieldProblem, texts::Message},
    view::desk::sign_in::{SecondStep, SignIn},
    web::{
        error::Turned,
        here::{Answer, Gone, Here},
        posted::{Button, Posted},
    },
};

#[get("/desk/sign-in")]
pub(super) fn page(here: Here<'_>) -> Answer {
    here.show(&SignIn::new(&here.state.look, String::new()))
}

#[derive(FromForm)]
pub(super) struct Password {
    #[field(default = "")]
    email: String,
    #[field(default = "")]
    password: String,
}

#[post("/desk/sign-in", data = "<form>")]
pub(super) async fn password(here: Here<'_>, form: Posted<Password>) -> Answer {
    let Password { email, password } = form.0;
    let door = &here.state.door;
    match door.password_of(&Personal::new(email.clone()), Personal::new(password)).await? {
        PasswordTry::Right(person) => {
            let ceremony = door.ask_passkey(&person).await?;
            here.begin(Memory::Desk(Stage::Password { person, ceremony, elsewhere: None })).await?;
            here.go("/desk/totp")
        }
        // One message for both, so that nobody learns who works here.
        PasswordTry::Wrong(failure) => {
            if let Some(failure) = failure {
                door.run(&Actor::Visitor, failure).await?;
            }
            here.again(&SignIn::new(&here.state.look, email), vec![FieldProblem::new("email", Message::new("problem-sign-in"))])
        }
    }
}

#[get("/desk/totp")]
pub(super) fn code(here: Here<'_>) -> Answer {
    match half_in(&here) {
        Some(Half { ceremony, .. }) => here.show(&SecondStep { options: ceremony.map(|ceremony| ceremony.options) }),
        None => here.go("/desk/sign-in"),
    }
}

#[derive(FromForm)]
pub(super) struct Second {
    #[field(default = "")]
    code: String,
    #[field(default = "")]
    passkey: String,
}

#[post("/desk/totp", data = "<form>")]
pub(super) async fn confirm(here: Here<'_>, form: Posted<Second>) -> Answer {
    let Some(half) = half_in(&here) else { return here.go("/desk/sign-in") };
    let person = half.person.clone();
    let tried = match Given::new(form.0.code, form.0.passkey).proof(half.ceremony.clone()) {
        Some(proof) => {
            let confirm = Confirm { person, proof, purpose: Purpose::SignIn };
            here.state.door.run(&Actor::Visitor, confirm).await?
        }
        None => SignInTry::Wrong,
    };
    match tried {
        SignInTry::Right => here.comes_in(half).await,
        SignInTry::Wrong => here.second_again(half, "problem-totp-wrong").await,
        SignInTry::NeedsPasskey => here.second_again(half, "problem-passkey-needed").await,
    }
}

impl Here<'_> {
    /// Signed in: to where there is something to do.
    async fn comes_in(&self, Half { person, elsewhere, .. }: Half) -> Answer {
        let signed = SignedIn { elsewhere, ..SignedIn::new(person, self.state.door.now()) };
        let open = self.begin(Memory::Desk(Stage::In(signed))).await?;
        self.go(home(&open))
    }

    /// Asks anew: what a passkey was asked before is asked no more.
    async fn second_again(&self, Half { person, elsewhere, .. }: Half, problem: &str) -> Answer {
        let ceremony = self.state.door.ask_passkey(&person).await?;
        let options = ceremony.as_ref().map(|ceremony| ceremony.options.clone());
        let open = self.open().ok_or(Refusal::Expired)?;
        self.state.door.remember(open, &Memory::Desk(Stage::Password { person, ceremony, elsewhere })).await?;
        self.again(&SecondStep { options }, vec![FieldProblem::new("code", Message::new(problem))])
    }
}

/// Where somebody begins.
pub(super) fn home(open: &OpenSession) -> &'static str {
    match open.actor.staff() {
        None => "/room/",
        Some(staff) if staff.sees_work() => "/desk/",
        Some(staff) if staff.roles.contains(&Role::Administrator) => "/desk/people",
        Some(_) => "/desk/access",
    }
}

/// Whose password was right, or whom a provider knows, while the second factor is still missing.
struct Half {
    person: String,
    ceremony: Option<Ceremony>,
    elsewhere: Option<Elsewhere>,
}

fn half_in(here: &Here<'_>) -> Option<Half> {
    match here.open().map(|open| open.memory.clone()) {
        Some(Memory::Desk(Stage::Password { person, ceremony, elsewhere })) => Some(Half { person, ceremony, elsewhere }),
        _ => None,
    }
}

#[post("/desk/sign-out", data = "<_form>")]
pub(super) async fn leave_desk(here: Here<'_>, _form: Posted<Button>) -> Result<Gone, Turned> {
    here.leave("/desk/sign-in").await
}

#[post("/room/sign-out", data = "<_form>")]
pub(super) async fn leave_room(here: Here<'_>, _form: Posted<Button>) -> Result<Gone, Turned> {
    here.leave("/desk/sign-in").await
}
