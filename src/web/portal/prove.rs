//! Showing more surely who one is, in the middle of a case and before a copy is handed out; and the link of a code mail.

use std::collections::BTreeMap;

use habeas_core::law::{
    personal::Personal,
    tier::{Means, Proof},
};
use rocket::{FromForm, get, http::Status, post};

use crate::{
    action::{
        actor::Actor,
        check_code::{CheckCode, CodeTry},
        prove_identity::ProveIdentity,
        refusal::Refusal,
        request_code::RequestCode,
        session::{Memory, OpenSession, Visit},
        submit_task::SubmitTask,
        use_link::{Link, LinkTry, UseLink},
    },
    render::{frame::FieldProblem, texts::Message},
    view::portal::{
        prove::{FollowedLink, Prove, ProveCode},
        support::{Ended, Expired},
    },
    web::{
        here::{Answer, Here, Subject},
        posted::Posted,
    },
};

#[get("/case/<reference>/prove")]
pub(super) async fn ways(subject: Subject<'_>, reference: &str) -> Answer {
    let (look, visit) = (&subject.state.look, subject.visit());
    match Prove::load(look, &subject.mailbox, reference, &visit.proofs).await? {
        Some((page, _)) => subject.show(&page),
        None => subject.go(&format!("/case/{reference}")),
    }
}

#[derive(FromForm)]
pub(super) struct Chosen {
    #[field(default = "")]
    way: String,
}

#[post("/case/<reference>/prove", data = "<form>")]
pub(super) async fn choose(subject: Subject<'_>, reference: &str, form: Posted<Chosen>) -> Answer {
    let (look, door, visit) = (&subject.state.look, &subject.state.door, subject.visit());
    let asked = Prove::load(look, &subject.mailbox, reference, &visit.proofs).await?;
    let Some((page, task)) = asked else { return subject.go(&format!("/case/{reference}")) };
    match form.0.way.as_str() {
        "shown" => door.run(&subject.actor, ProveIdentity { case: reference.to_owned(), proofs: visit.proofs }).await?,
        "app" if page.keys.app => return subject.go(&format!("/case/{reference}/app?to=prove")),
        "passkey" if page.keys.passkey => return subject.asks_passkey(reference, Some("prove"), Vec::new()).await,
        "document" if page.document => return subject.go(&format!("/case/{reference}/document")),
        "document" => door.run(&subject.actor, to_be_looked_at(task)).await.map(drop)?,
        place => return subject.send_channel(reference, &page, place).await,
    }
    subject.go(&format!("/case/{reference}"))
}

/// She would rather have a document looked at.
pub(super) fn to_be_looked_at(task: String) -> SubmitTask {
    SubmitTask { task, outcome: "document".to_owned(), fields: BTreeMap::new(), files: Vec::new(), plan: None, version: None }
}

impl Subject<'_> {
    pub(super) fn session(&self) -> Result<&OpenSession, Refusal> {
        self.open().ok_or(Refusal::Expired)
    }

    async fn send_channel(&self, reference: &str, page: &Prove, place: &str) -> Answer {
        let address = match place.parse::<usize>() {
            Ok(place) if place < page.channels.len() => self.channel(reference, place).await?,
            _ => return self.again(page, vec![FieldProblem::new("way", Message::new("problem-way-missing"))]),
        };
        self.send_to(address).await?;
        self.go(&format!("/case/{reference}/prove/{place}"))
    }

    async fn channel(&self, reference: &str, place: usize) -> Result<String, Refusal> {
        let address = Prove::channel(&self.state.look, &self.mailbox, reference, place).await?;
        address.ok_or(Refusal::NotFound("case"))
    }

    async fn send_to(&self, address: String) -> Result<(), Refusal> {
        let session = self.session()?.id.clone();
        let code = RequestCode { session, email: Personal::new(address), lang: self.lang, link: false };
        self.state.door.run(&self.actor, code).await.map(drop)
    }

    /// Takes a typed code. Right: the proof is remembered, in a session with another id.
    async fn take(&self, address: &str, code: String, by: Means) -> Result<CodeTry, Refusal> {
        let door = &self.state.door;
        let check = CheckCode { session: self.session()?.id.clone(), email: Personal::new(address.to_owned()), code };
        let tried = door.run(&self.actor, check).await?;
        if tried == CodeTry::Right {
            let mut visit = self.visit();
            visit.proofs.push(Proof { by, at: door.now() });
            self.begin(Memory::Portal(visit)).await?;
        }
        Ok(tried)
    }
}

#[get("/case/<reference>/prove/<place>")]
pub(super) async fn code(subject: Subject<'_>, reference: &str, place: usize) -> Answer {
    let address = subject.channel(reference, place).await?;
    let back = format!("/case/{reference}/prove");
    match ProveCode::load(&subject.state.look, &subject.session()?.id, &back, &address).await? {
        Some(page) => subject.show(&page),
        None => subject.go(&back),
    }
}

#[derive(FromForm)]
pub(super) struct Typed {
    #[field(default = "")]
    code: String,
    #[field(default = "")]
    again: String,
}

#[post("/case/<reference>/prove/<place>", data = "<form>")]
pub(super) async fn check(subject: Subject<'_>, reference: &str, place: usize, form: Posted<Typed>) -> Answer {
    let address = subject.channel(reference, place).await?;
    if form.0.again == "yes" {
        subject.send_to(address).await?;
        return subject.go(&format!("/case/{reference}/prove/{place}"));
    }
    let tried = subject.take(&address, form.0.code, Means::SecondChannel).await?;
    let back = format!("/case/{reference}/prove");
    if tried == CodeTry::Right {
        return subject.go(&back);
    }
    let page = ProveCode::load(&subject.state.look, &subject.session()?.id, &back, &address).await?.ok_or(Refusal::Expired)?;
    subject.again(&page, vec![subject.trouble(tried)])
}

#[get("/case/<reference>/download/code")]
pub(super) async fn again_page(subject: Subject<'_>, reference: &str) -> Answer {
    let back = format!("/case/{reference}/download");
    match ProveCode::load(&subject.state.look, &subject.session()?.id, &back, &subject.email).await? {
        Some(page) => subject.show(&page),
        None => subject.go(&back),
    }
}

/// Before a copy is handed out, the mailbox is shown anew.
#[post("/case/<reference>/download/code", data = "<form>")]
pub(super) async fn again(subject: Subject<'_>, reference: &str, form: Posted<Typed>) -> Answer {
    subject.shows_mailbox(form.0, &format!("/case/{reference}/download/code"), &format!("/case/{reference}/download")).await
}

impl Subject<'_> {
    /// Sends a code to the mailbox once more, or takes it, and goes on.
    pub(super) async fn shows_mailbox(&self, form: Typed, here: &str, on: &str) -> Answer {
        if form.again == "yes" {
            self.send_to(self.email.clone()).await?;
            return self.go(here);
        }
        let tried = self.take(&self.email, form.code, Means::Mailbox).await?;
        if tried == CodeTry::Right {
            return self.go(on);
        }
        let page = ProveCode::load(&self.state.look, &self.session()?.id, on, &self.email).await?.ok_or(Refusal::Expired)?;
        self.again(&page, vec![self.trouble(tried)])
    }
}

#[get("/link/<token>")]
pub(super) async fn link(here: Here<'_>, token: &str) -> Answer {
    here.followed(token, Vec::new()).await
}

#[derive(FromForm)]
pub(super) struct Number {
    #[field(default = "")]
    number: String,
}

#[post("/link/<token>", data = "<form>")]
pub(super) async fn follow(here: Here<'_>, token: &str, form: Posted<Number>) -> Answer {
    let (door, session) = (&here.state.door, here.open().map(|open| open.id.clone()));
    let by = here.open().map_or(Actor::Visitor, |open| open.actor.clone());
    match door.run(&by, UseLink { token: token.to_owned(), session, number: form.0.number }).await? {
        LinkTry::Right { session, visit } => here.take_over(&session, *visit).await,
        LinkTry::Not(CodeTry::Over) => here.followed(token, Vec::new()).await,
        LinkTry::Not(tried) => {
            let problem = match tried {
                CodeTry::TooMany(_) => here.trouble(tried),
                _ => FieldProblem::new("number", Message::new("problem-link-number-wrong")),
            };
            here.followed(token, vec![FieldProblem { field: "number".to_owned(), ..problem }]).await
        }
    }
}

impl Here<'_> {
    async fn followed(&self, token: &str, problems: Vec<FieldProblem>) -> Answer {
        match self.state.door.link(token, self.open().map(|open| open.id.as_str())).await? {
            Link::Used => self.show_as(Status::Gone, &Expired { what: Ended::LinkUsed }),
            Link::Old => self.show_as(Status::Gone, &Expired { what: Ended::LinkOld }),
            link => self.say(&FollowedLink { elsewhere: link == Link::Elsewhere }, problems),
        }
    }

    /// Goes on here with what was begun in the browser that asked, whose session ends.
    async fn take_over(&self, session: &str, visit: Visit) -> Answer {
        let proofs = vec![Proof { by: Means::Mailbox, at: self.state.door.now() }];
        let (visit, on) = self.onward(Visit { proofs, ..visit });
        self.begin_after(Memory::Portal(visit), session).await?;
        self.go(&on)
    }
}
