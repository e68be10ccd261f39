//! Showing who one is with a code app or a passkey that was set up before: where a case asks for more, and before a copy is handed out.

use habeas_core::law::{personal::Personal, tier::Proof};
use rocket::{FromForm, get, post};

use crate::{
    action::{
        factor,
        refusal::Refusal,
        session::{Memory, Visit},
        use_factor::{FactorTry, UseFactor},
    },
    render::{frame::FieldProblem, texts::Message},
    view::portal::access::{Keys, UseApp, UsePasskey},
    web::{
        here::{Answer, Subject},
        posted::Posted,
    },
};

/// What it is for: a word in the address, and the page to go on with.
fn goal(reference: &str, to: Option<&str>) -> (&'static str, String) {
    let word = if to == Some("download") { "download" } else { "prove" };
    (word, format!("/case/{reference}/{word}"))
}

#[get("/case/<reference>/app?<to>")]
pub(super) async fn app(subject: Subject<'_>, reference: &str, to: Option<&str>) -> Answer {
    let (_, back) = goal(reference, to);
    if subject.keys(reference).await?.app { subject.show(&UseApp { back }) } else { subject.go(&back) }
}

#[derive(FromForm)]
pub(super) struct Typed {
    #[field(default = "")]
    code: String,
}

#[post("/case/<reference>/app?<to>", data = "<form>")]
pub(super) async fn app_code(subject: Subject<'_>, reference: &str, to: Option<&str>, form: Posted<Typed>) -> Answer {
    let (_, back) = goal(reference, to);
    if !subject.keys(reference).await?.app {
        return subject.go(&back);
    }
    let tried = match form.0.code.trim() {
        "" => FactorTry::Wrong,
        code => subject.uses(factor::Proof::Typed(Personal::new(code.to_owned()))).await?,
    };
    match tried {
        FactorTry::Right(_) => subject.go(&back),
        tried => subject.again(&UseApp { back }, vec![subject.not_by(&tried, "code", "problem-totp-wrong")]),
    }
}

#[derive(FromForm)]
pub(super) struct Answered {
    #[field(default = "")]
    passkey: String,
}

/// Asks for a passkey, and takes the answer.
#[post("/case/<reference>/passkey?<to>", data = "<form>")]
pub(super) async fn passkey(subject: Subject<'_>, reference: &str, to: Option<&str>, form: Posted<Answered>) -> Answer {
    subject.keys(reference).await?;
    let (true, Some(ceremony)) = (!form.0.passkey.is_empty(), subject.visit().ceremony) else {
        return subject.asks_passkey(reference, to, Vec::new()).await;
    };
    // Asked once, answered once.
    subject.keep(Visit { ceremony: None, ..subject.visit() }).await?;
    let answer = Personal::new(form.0.passkey);
    match subject.uses(factor::Proof::Passkey { ceremony, answer }).await? {
        FactorTry::Right(_) => subject.go(&goal(reference, to).1),
        tried => subject.asks_passkey(reference, to, vec![subject.not_by(&tried, "passkey", "problem-passkey-wrong")]).await,
    }
}

impl Subject<'_> {
    /// What she may use on the way to something in a case of hers.
    async fn keys(&self, reference: &str) -> Result<Keys, Refusal> {
        Keys::on(&self.state.look, &self.mailbox, reference).await?.ok_or(Refusal::NotFound("case"))
    }

    pub(super) async fn asks_passkey(&self, reference: &str, to: Option<&str>, problems: Vec<FieldProblem>) -> Answer {
        let (word, back) = goal(reference, to);
        let Some(ceremony) = self.state.door.ask_passkey(&self.mailbox).await? else { return self.go(&back) };
        let page = UsePasskey { back, action: format!("/case/{reference}/passkey?to={word}"), options: ceremony.options.clone() };
        self.keep(Visit { ceremony: Some(ceremony), ..self.visit() }).await?;
        self.say(&page, problems)
    }

    /// Takes what was given. Right: the proof is remembered, in a session with another id.
    async fn uses(&self, proof: factor::Proof) -> Result<FactorTry, Refusal> {
        let door = &self.state.door;
        let tried = door.run(&self.actor, UseFactor { proof }).await?;
        if let FactorTry::Right(by) = &tried {
            let mut visit = Visit { ceremony: None, ..self.visit() };
            visit.proofs.push(Proof { by: by.clone(), at: door.now() });
            self.begin(Memory::Portal(visit)).await?;
        }
        Ok(tried)
    }

    fn not_by(&self, tried: &FactorTry, field: &str, wrong: &str) -> FieldProblem {
        let message = match tried {
            FactorTry::TooMany(until) => Message::new("problem-code-wait").with("time", self.clock(*until).as_str()),
            _ => Message::new(wrong),
        };
        FieldProblem::new(field, message)
    }
}
