//! From "who are you?" to what goes: a mailbox, its code, a second item, the scope.

use habeas_core::law::{
    personal::Personal,
    right::Right,
    tier::{Means, Proof},
};
use rocket::{FromForm, get, post};

use super::way::Leg;
use crate::{
    action::{
        check_code::{CheckCode, CodeTry},
        refusal::Refusal,
        request_code::RequestCode,
        session::{Draft, Memory, OpenSession, Visit},
    },
    render::{frame::FieldProblem, texts::Message},
    view::portal::{
        request::{Code, ItemKind, Scope, ScopeChoice, SecondItem, Who},
        vouch::Vouches,
    },
    web::{
        asked,
        error::Turned,
        here::{Answer, Here, Subject},
        posted::Posted,
    },
};

#[derive(FromForm)]
pub(super) struct Address {
    #[field(default = "")]
    pub(super) email: String,
}

#[get("/request/who")]
pub(super) fn who(here: Here<'_>) -> Answer {
    let visit = here.visit();
    let Some(right) = visit.draft.right else { return here.go("/") };
    let known = visit.email.filter(|_| !visit.shut).unwrap_or_default();
    let email = here.typed::<Address>().map_or(known, |typed| typed.email);
    here.show(&here.asks_who(right, email))
}

#[post("/request/who", data = "<form>")]
pub(super) async fn send_code(here: Here<'_>, form: Posted<Address>) -> Answer {
    let visit = here.visit();
    let Some(right) = visit.draft.right else { return here.go("/") };
    let email = form.0.email;
    let unsent = visit.unsent.clone().filter(|unsent| Leg::is_on(&unsent.page));
    let sent = here.prove(&email, Visit { unsent, ..visit }).await;
    sent.or_else(|refusal| here.refused(refusal, "email", || here.asks_who(right, email)))?;
    here.go("/request/code")
}

impl Here<'_> {
    /// The question, with everybody who may answer it for her; but who has vouched already is not asked again.
    fn asks_who(&self, right: Right, email: String) -> Who {
        let visit = self.visit();
        let vouched = visit.kept.into_iter().find_map(|proof| Vouches::named(&self.state.look, proof.by.name()));
        let providers = if vouched.is_some() { Vec::new() } else { Vouches::all(&self.state.look) };
        let for_whom = visit.draft.acting.filter(|_| !visit.shut).map(|acting| acting.concerned.name);
        Who { right, email, providers, for_whom, vouched: vouched.map(|vouches| vouches.label), away: visit.shut }
    }

    /// Sends a code and remembers to whom; whatever was proven before is no longer.
    pub(super) async fn prove(&self, email: &str, visit: Visit) -> Result<(), Refusal> {
        // Looked at first: a refused address leaves the session, and the form that is shown again, as they are.
        let visit = visit.for_address(email)?;
        let open = self.begin(Memory::Portal(visit.clone())).await?;
        let code = RequestCode { session: open.id.clone(), email: Personal::new(email.to_owned()), lang: self.lang, link: true };
        let email = self.state.door.run(&open.actor, code).await?;
        let visit = Visit { email: Some(email.into_revealed()), ..visit };
        self.state.door.remember(&open, &Memory::Portal(visit)).await
    }

    /// The session in which a code was asked for, and the address it went to.
    fn awaiting(&self) -> Result<(&OpenSession, Visit, String), Turned> {
        let visit = self.visit();
        let (open, email) = self.open().zip(visit.email.clone()).ok_or(Refusal::Expired)?;
        Ok((open, visit, email))
    }
}

#[get("/request/code?<again>")]
pub(super) async fn code(here: Here<'_>, again: Option<&str>) -> Answer {
    let Ok((open, _, email)) = here.awaiting() else { return here.go("/find") };
    match Code::load(&here.state.look, &open.id, &email, again.is_some()).await? {
        Some(page) => here.show(&Code { code: here.typed::<Typed>().map(|typed| typed.code).unwrap_or_default(), ..page }),
        None => here.go("/find"),
    }
}

#[derive(FromForm)]
pub(super) struct Typed {
    #[field(default = "")]
    code: String,
    #[field(default = "")]
    again: String,
}

#[post("/request/code", data = "<form>")]
pub(super) async fn check_code(here: Here<'_>, form: Posted<Typed>) -> Answer {
    let (open, visit, email) = here.awaiting()?;
    if form.0.again == "yes" {
        let code = RequestCode { session: open.id.clone(), email: Personal::new(email), lang: here.lang, link: true };
        here.state.door.run(&open.actor, code).await?;
        return here.go("/request/code?again=yes");
    }
    let tried = here
        .state
        .door
        .run(&open.actor, CheckCode { session: open.id.clone(), email: Personal::new(email.clone()), code: form.0.code })
        .await?;
    if tried != CodeTry::Right {
        let page = Code::load(&here.state.look, &open.id, &email, false).await?.ok_or(Refusal::Expired)?;
        return here.again(&page, vec![here.trouble(tried)]);
    }
    here.proven(visit).await
}

impl Here<'_> {
    pub(super) fn trouble(&self, tried: CodeTry) -> FieldProblem {
        let message = match tried {
            CodeTry::Right | CodeTry::Wrong => Message::new("problem-code-wrong"),
            CodeTry::Over => Message::new("problem-code-expired"),
            CodeTry::TooMany(until) => Message::new("problem-code-wait").with("time", self.clock(until).as_str()),
        };
        FieldProblem::new("code", message)
    }

    /// Proven now: the session gets another id, so that none planted before gains anything.
    async fn proven(&self, visit: Visit) -> Answer {
        let mailbox = Proof { by: Means::Mailbox, at: self.state.door.now() };
        let proofs = [vec![mailbox], visit.kept].concat();
        let (visit, on) = self.onward(Visit { proofs, kept: Vec::new(), ..visit });
        self.begin(Memory::Portal(visit)).await?;
        self.go(&on)
    }

    /// Where a proven mailbox leads: back to the page she was at, on with the request, or to the case that was looked for.
    pub(super) fn onward(&self, visit: Visit) -> (Visit, String) {
        let on = match (&visit.on, visit.draft.right, &visit.draft.case) {
            (Some(page), Some(_), _) if Leg::is_on(page) => page.clone(),
            (_, Some(right), _) => self.way_of(&visit, right).next().to_owned(),
            (Some(page), None, Some(_)) => page.clone(),
            (None, None, Some(reference)) => format!("/case/{reference}"),
            (_, None, None) => "/cases".to_owned(),
        };
        let unsent = visit.unsent.filter(|unsent| Leg::is_on(&unsent.page) || unsent.page == on);
        (Visit { on: None, shut: false, unsent, ..visit }, on)
    }
}

#[derive(FromForm)]
pub(super) struct Item {
    #[field(default = "")]
    kind: String,
    #[field(default = "")]
    number: String,
}

#[get("/request/second-item")]
pub(super) fn item(subject: Subject<'_>) -> Answer {
    let (right, draft) = subject.draft()?;
    let back = subject.way(right, &draft).before(Leg::Item);
    let kept = Item { kind: draft.item_kind.unwrap_or_default(), number: draft.item.unwrap_or_default() };
    let Item { kind, number } = subject.typed().unwrap_or(kept);
    subject.show(&SecondItem::load(&subject.state.look, ItemKind::from_name(&kind), number, back))
}

#[post("/request/second-item", data = "<form>")]
pub(super) async fn keep_item(subject: Subject<'_>, form: Posted<Item>) -> Answer {
    let (right, draft) = subject.draft()?;
    let number = form.0.number.trim().to_owned();
    let back = subject.way(right, &draft).before(Leg::Item);
    let page = SecondItem::load(&subject.state.look, ItemKind::from_name(&form.0.kind), number.clone(), back);
    let kind = page.chosen.filter(|kind| page.kinds.contains(kind));
    let problems = item_problems(kind, &number);
    let (Some(kind), true) = (kind, problems.is_empty()) else { return subject.again(&page, problems) };
    let draft = Draft { item: Some(number), item_kind: Some(kind.identity().to_owned()), ..draft };
    let on = subject.way(right, &draft).after(Leg::Item);
    subject.keep_draft(draft).await?;
    subject.go(on)
}

fn item_problems(kind: Option<ItemKind>, number: &str) -> Vec<FieldProblem> {
    let kind = kind.is_none().then(|| FieldProblem::new("kind", Message::new("problem-kind-missing")));
    let number = (number.is_empty() || number.len() > 100).then(|| FieldProblem::new("number", Message::new("problem-number-missing")));
    kind.into_iter().chain(number).collect()
}

#[derive(FromForm)]
pub(super) struct Chosen {
    #[field(default = "")]
    scope: String,
    kind: Vec<String>,
}

#[get("/request/scope")]
pub(super) fn scope(subject: Subject<'_>) -> Answer {
    let (right, draft) = subject.draft()?;
    let back = subject.way(right, &draft).before(Leg::Scope);
    let chosen = match subject.typed::<Chosen>() {
        Some(typed) => (typed.scope == "choose").then(|| Scope::known(&subject.state.look, &typed.kind)),
        None => draft.kinds,
    };
    subject.show(&subject.scoped(chosen, back))
}

#[post("/request/scope", data = "<form>")]
pub(super) async fn keep_scope(subject: Subject<'_>, form: Posted<Chosen>) -> Answer {
    let (right, draft) = subject.draft()?;
    let kinds = Scope::known(&subject.state.look, &form.0.kind);
    let (chosen, problem) = asked::scope(&form.0.scope, kinds);
    if let Some(problem) = problem {
        let back = subject.way(right, &draft).before(Leg::Scope);
        return subject.again(&subject.scoped(chosen, back), vec![problem]);
    }
    subject.keep_draft(Draft { kinds: chosen, extent: true, ..draft }).await?;
    subject.go(Leg::Check.path())
}

impl Subject<'_> {
    fn scoped(&self, kinds: Option<Vec<String>>, back: &'static str) -> Scope {
        Scope::load(&self.state.look, ScopeChoice::of(kinds.as_ref()), &kinds.unwrap_or_default(), back)
    }
}
