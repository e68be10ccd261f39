//! A case on the desk, its plan, and what went wrong in it.

use rocket::{FromForm, get, post};

use super::again::way_back;
use crate::{
    action::{
        refusal::Refusal,
        resolve_incident::{Resolution, ResolveIncident},
        reveal::Reveal,
        signal_case::SignalCase,
    },
    render::{frame::FieldProblem, texts::Message},
    view::desk::{case::DeskCase, incident::IncidentPage, load::Reckoned, masked::REASONS, plan::PlanPage, step::StepPage},
    web::{
        error::Turned,
        here::{Answer, Colleague},
        posted::{Button, Carried, Posted},
    },
};

/// The any-time event that ends a restriction.
const LIFT: &str = "lift";

#[get("/desk/case/<reference>")]
pub(super) async fn page(colleague: Colleague<'_>, reference: &str) -> Answer {
    let reckoned = colleague.state.door.reckoned(reference).await?;
    let reckoned = Reckoned {
        clock: reckoned.deadline.because,
        goal_on: reckoned.goal_on,
        workflow: reckoned.workflow,
        can_lift: colleague.state.door.takes(&colleague.actor, reference, LIFT).await?,
    };
    let page = DeskCase::load(&colleague.state.look, &colleague.eyes(), reference, reckoned).await?;
    let page = page.ok_or(Refusal::NotFound("case"))?;
    colleague.reads(reference, "case").await?;
    colleague.show(&page)
}

/// Ends a restriction: the person hears of it first (Art. 18(3)).
#[post("/desk/case/<reference>/lift", data = "<_form>")]
pub(super) async fn lift(colleague: Colleague<'_>, reference: &str, _form: Posted<Button>) -> Answer {
    let signal = SignalCase { case: reference.to_owned(), name: LIFT.to_owned() };
    colleague.state.door.run(&colleague.actor, signal).await?;
    colleague.go(&format!("/desk/case/{reference}"))
}

#[derive(FromForm)]
pub(super) struct Asked {
    #[field(default = "")]
    reason: String,
    #[field(default = "")]
    what: String,
    #[field(default = "")]
    back: String,
}

/// Shows the person's values for a while; who asked, and why, is in the log.
#[post("/desk/case/<reference>/reveal", data = "<form>")]
pub(super) async fn reveal(colleague: Colleague<'_>, reference: &str, form: Carried<Asked>) -> Answer {
    if !colleague.eyes().sees(&colleague.state.look, reference).await? {
        return Err(Refusal::NotFound("case").into());
    }
    let Asked { reason, what, back } = colleague.sure_of(form).await?;
    let reason = REASONS.into_iter().find(|known| *known == reason).ok_or(Refusal::invalid("reason", "reason-missing"))?;
    colleague.reveals(reference, reason, what).await?;
    colleague.go(&way_back(&back))
}

impl Colleague<'_> {
    async fn reveals(&self, reference: &str, reason: &'static str, what: String) -> Result<(), Refusal> {
        let is_code = !what.is_empty() && what.len() < 60 && what.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let what = if is_code { what } else { "case".to_owned() };
        self.state.door.run(&self.actor, Reveal { case: reference.to_owned(), reason, what }).await?;
        let now = self.state.door.now();
        let mut signed = self.signed_in_now()?;
        signed.uncover(reference, now);
        self.hold_on(signed).await
    }
}

#[get("/desk/case/<reference>/systems/<key>")]
pub(super) async fn step(colleague: Colleague<'_>, reference: &str, key: &str) -> Answer {
    let page = StepPage::load(&colleague.state.look, &colleague.eyes(), reference, key).await?.ok_or(Refusal::NotFound("system"))?;
    colleague.reads(reference, "system").await?;
    colleague.show(&page)
}

#[get("/desk/case/<reference>/plan")]
pub(super) async fn plan(colleague: Colleague<'_>, reference: &str) -> Answer {
    let page = PlanPage::load(&colleague.state.look, &colleague.eyes_on(reference), reference).await?.ok_or(Refusal::NotFound("plan"))?;
    colleague.reads(reference, "plan").await?;
    colleague.show(&page)
}

#[get("/desk/case/<reference>/incident/<id>")]
pub(super) async fn incident(colleague: Colleague<'_>, reference: &str, id: &str) -> Answer {
    colleague.show(&colleague.open_incident(reference, id).await?)
}

impl Colleague<'_> {
    async fn open_incident(&self, reference: &str, id: &str) -> Result<IncidentPage, Turned> {
        let ways = self.state.door.ways_out(reference, id).await?;
        let leads = self.actor.roles().iter().any(|role| ways.leads.contains(role));
        let page = IncidentPage::load(&self.state.look, &self.eyes(), reference, id, ways, leads).await?;
        Ok(page.ok_or(Refusal::NotFound("incident"))?)
    }
}

#[derive(FromForm)]
pub(super) struct Dealt {
    #[field(default = "")]
    how: String,
    #[field(default = "")]
    outcome: String,
    #[field(default = "")]
    lang: String,
    #[field(default = "")]
    reason: String,
}

#[post("/desk/case/<reference>/incident/<id>", data = "<form>")]
pub(super) async fn resolve(colleague: Colleague<'_>, reference: &str, id: &str, form: Posted<Dealt>) -> Answer {
    let page = colleague.open_incident(reference, id).await?;
    let dealt = form.0;
    let how = match dealt.resolution(&page) {
        Ok(how) => how,
        Err(problem) => return colleague.again(&dealt.onto(page), vec![problem]),
    };
    let words = dealt.reason.trim().to_owned();
    let resolve = ResolveIncident { case: reference.to_owned(), incident: id.to_owned(), how, words };
    let done = colleague.state.door.run(&colleague.actor, resolve).await;
    done.or_else(|refusal| colleague.refused(refusal, "how", || dealt.onto(page)))?;
    colleague.go(&format!("/desk/case/{reference}"))
}

impl Dealt {
    /// The page again with what was typed.
    fn onto(&self, page: IncidentPage) -> IncidentPage {
        IncidentPage { chosen: self.how.clone(), reason: self.reason.clone(), ..page }
    }

    /// One of the ways that the page offers.
    fn resolution(&self, page: &IncidentPage) -> Result<Resolution, FieldProblem> {
        let problem = |field, key| FieldProblem::new(field, Message::new(key));
        let how = match self.how.as_str() {
            "retry" if page.may_change_language && !self.lang.is_empty() => {
                return Ok(Resolution::RetryWith { with: [("lang".to_owned(), self.lang.clone())].into() });
            }
            "retry" => return Ok(Resolution::Retry),
            "by-hand" if page.ways.contains(&self.outcome) => Resolution::ByHand { outcome: self.outcome.clone() },
            "skip" if page.may_skip => Resolution::Skip { reason: String::new() },
            "restart" if page.may_restart => Resolution::Restart,
            _ => return Err(problem("how", "problem-how-missing")),
        };
        if self.reason.trim().is_empty() { Err(problem("reason", "problem-reason-missing")) } else { Ok(how) }
    }
}
