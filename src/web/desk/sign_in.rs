//! In and out: a password, then a code from the telephone. Desk and room share the door.

use habeas_core::law::personal::Personal;
use rocket::{FromForm, get, post};

use crate::{
    action::{
        actor::Actor,
        refusal::Refusal,
        session::{Memory, SignIn as Stage},
        sign_in::{ConfirmCode, PasswordTry, SignInTry},
    },
    render::{frame::FieldProblem, texts::Message},
    view::desk::sign_in::{SignIn, Totp},
    web::{
        error::Turned,
        here::{Answer, Gone, Here},
        posted::{Button, Posted},
    },
};

#[get("/desk/sign-in")]
pub(super) fn page(here: Here<'_>) -> Answer {
    here.show(&SignIn { email: String::new() })
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
    match here.state.door.password_of(&Personal::new(email.clone()), Personal::new(password)).await? {
        PasswordTry::Right(person) => {
            here.begin(Memory::Desk(Stage::Password { person })).await?;
            here.go("/desk/totp")
        }
        // One message for both, so that nobody learns who works here.
        PasswordTry::Wrong(failure) => {
            if let Some(failure) = failure {
                here.state.door.run(&Actor::Visitor, failure).await?;
            }
            here.again(&SignIn { email }, vec![FieldProblem::new("email", Message::new("problem-sign-in"))])
        }
    }
}

#[get("/desk/totp")]
pub(super) fn code(here: Here<'_>) -> Answer {
    if half_in(&here).is_some() { here.show(&Totp {}) } else { here.go("/desk/sign-in") }
}

#[derive(FromForm)]
pub(super) struct Code {
    #[field(default = "")]
    code: String,
}

#[post("/desk/totp", data = "<form>")]
pub(super) async fn confirm(here: Here<'_>, form: Posted<Code>) -> Answer {
    let Some(person) = half_in(&here) else { return here.go("/desk/sign-in") };
    let code = ConfirmCode { person: person.clone(), code: Personal::new(form.0.code) };
    if here.state.door.run(&Actor::Visitor, code).await? != SignInTry::Right {
        return here.again(&Totp {}, vec![FieldProblem::new("code", Message::new("problem-totp-wrong"))]);
    }
    let open = here.begin(Memory::Desk(Stage::In { person, at: here.state.door.now() })).await?;
    let works_here = open.actor.staff().is_some();
    here.go(if works_here { "/desk/" } else { "/room/" })
}

/// Whose password was right, while the code is still missing.
fn half_in(here: &Here<'_>) -> Option<String> {
    match here.open().map(|open| &open.memory) {
        Some(Memory::Desk(Stage::Password { person })) => Some(person.clone()),
        _ => None,
    }
}

#[post("/desk/sign-out", data = "<_form>")]
pub(super) async fn leave_desk(here: Here<'_>, _form: Posted<Button>) -> Result<Gone, Turned> {
    Ok(leave(&here).await?)
}

#[post("/room/sign-out", data = "<_form>")]
pub(super) async fn leave_room(here: Here<'_>, _form: Posted<Button>) -> Result<Gone, Turned> {
    Ok(leave(&here).await?)
}

async fn leave(here: &Here<'_>) -> Result<Gone, Refusal> {
    here.leave("/desk/sign-in").await
}
