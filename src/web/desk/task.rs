//! Tasks: one form for each, with what its doer must know beside it.

use std::collections::BTreeMap;

use habeas_core::law::{acting::AnswerTo, connection::manual::Duty, document::Checked, letter::Reasons, upload::Upload};
use rocket::{get, post};

use crate::{
    action::{actor::Actor, by_hand, door::Door, refusal::Refusal, submit_task::SubmitTask},
    render::{frame::FieldProblem, texts::Message},
    view::desk::task::TaskPage,
    web::{
        handed::Handed,
        here::{Answer, Colleague},
    },
};

const NO_TASK: Refusal = Refusal::NotFound("task");

#[get("/desk/case/<reference>/task/<id>")]
pub(super) async fn page(colleague: Colleague<'_>, reference: &str, id: &str) -> Answer {
    let page = TaskPage::load(&colleague.state.look, &colleague.eyes_on(reference), reference, id).await?.ok_or(NO_TASK)?;
    if page.is_grave {
        colleague.sure()?;
    }
    colleague.reads(reference, "task").await?;
    colleague.show(&page)
}

struct Filled {
    outcome: String,
    reason: String,
    ground: String,
    statute: String,
    why: String,
    /// Kind and country of a document.
    document: [String; 2],
    seen: String,
    answer_to: String,
    plan: Option<String>,
    version: Option<i64>,
    apply: Vec<usize>,
    /// Ticks, rows and what else belongs to work by hand.
    by_hand: BTreeMap<String, String>,
    files: Vec<Upload>,
}

impl From<Handed> for Filled {
    fn from(form: Handed) -> Self {
        let one = |name| form.value(name).to_owned();
        let is_by_hand = |name: &str| name == by_hand::NOTHING || name.starts_with(by_hand::ROWS) || is_tick(name);
        let named = |(name, value): (&str, &str)| is_by_hand(name).then(|| (name.to_owned(), value.to_owned()));
        Self {
            outcome: one("outcome"),
            reason: one("reason"),
            ground: one("ground"),
            statute: one("statute"),
            why: one("why"),
            document: [one(Checked::KIND), one(Checked::COUNTRY)],
            seen: one("seen"),
            answer_to: one("answer-to"),
            plan: Some(one("plan")).filter(|plan| !plan.is_empty()),
            version: form.value("version").parse().ok(),
            apply: form.values().filter(|(name, _)| *name == "apply").filter_map(|(_, number)| number.parse().ok()).collect(),
            by_hand: form.values().filter_map(named).collect(),
            files: form.files,
        }
    }
}

fn is_tick(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(duty, _)| Duty::ALL.iter().any(|known| known.name() == duty))
}

#[post("/desk/case/<reference>/task/<id>", data = "<form>")]
pub(super) async fn submit(colleague: Colleague<'_>, reference: &str, id: &str, form: Handed) -> Answer {
    let page = TaskPage::load(&colleague.state.look, &colleague.eyes_on(reference), reference, id).await?;
    if page.as_ref().is_some_and(|page| page.is_grave) {
        colleague.sure_of_handed(&form).await?;
    }
    let (filled, door) = (Filled::from(form), &colleague.state.door);
    let Some(page) = page else { return Err(filled.without_page(door, &colleague.actor, id).await.into()) };
    let problems = filled.problems(&page);
    if !problems.is_empty() {
        return colleague.again(&filled.onto(page), problems);
    }
    let done = door.run(&colleague.actor, filled.task(&page.id, filled.version)).await;
    done.or_else(|refusal| colleague.refused(refusal, "outcome", || filled.onto(page)))?;
    colleague.go(&format!("/desk/case/{reference}"))
}

impl Filled {
    fn task(&self, id: &str, version: Option<i64>) -> SubmitTask {
        let (task, outcome, plan) = (id.to_owned(), self.outcome.clone(), self.plan.clone());
        SubmitTask { task, outcome, fields: self.fields(), files: self.files.clone(), plan, version }
    }

    /// Why a form is not taken whose task is not open to the reader: it is done, or never was theirs. The door knows which, and
    /// writes it down. No case has revision 0, so nothing is done by asking.
    async fn without_page(&self, door: &Door, by: &Actor, id: &str) -> Refusal {
        door.run(by, self.task(id, Some(0))).await.err().unwrap_or(NO_TASK)
    }

    fn problems(&self, page: &TaskPage) -> Vec<FieldProblem> {
        let problem = |field: &str, key: &str| FieldProblem::new(field, Message::new(key));
        let Some(choice) = page.outcomes.iter().find(|choice| choice.name == self.outcome) else {
            return vec![problem("outcome", "problem-outcome-missing")];
        };
        let reason = (choice.needs_reason && self.reason.trim().is_empty()).then(|| problem("reason", "problem-reason-missing"));
        if choice.needs_ground {
            let missing = Reasons::of(page.right, &self.fields()).err().unwrap_or_default();
            return missing.into_iter().map(|part| problem(part.name(), &format!("problem-{}-missing", part.name()))).collect();
        }
        reason.into_iter().collect()
    }

    fn fields(&self) -> BTreeMap<String, String> {
        let said = [&self.reason, &self.ground, &self.statute, &self.why, &self.seen, &self.answer_to].map(|text| text.trim());
        let fields = ["reason", "ground", "statute", "why", "seen", "answer-to"].into_iter().zip(said);
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value.to_owned()));
        let checked = [Checked::KIND, Checked::COUNTRY].into_iter().zip(&self.document).filter(|(_, value)| !value.trim().is_empty());
        let fields = fields.chain(checked.map(|(name, value)| (name.to_owned(), value.trim().to_owned())));
        let by_hand = self.by_hand.iter().filter(|(_, value)| !value.trim().is_empty());
        let fields = fields.chain(by_hand.map(|(name, value)| (name.clone(), value.clone())));
        fields.chain(self.apply.iter().map(|number| (format!("apply-{number}"), "yes".to_owned()))).collect()
    }

    /// The page again with what was typed.
    fn onto(&self, mut page: TaskPage) -> TaskPage {
        for proposal in &mut page.proposals {
            proposal.ticked = proposal.number.is_some_and(|number| self.apply.contains(&number));
        }
        if let Some(shown) = &mut page.document {
            [&mut shown.kind, &mut shown.country].into_iter().zip(&self.document).for_each(|(field, typed)| field.clone_from(typed));
        }
        if let Some(work) = &mut page.by_hand {
            work.nothing = self.by_hand.contains_key(by_hand::NOTHING);
            for tick in &mut work.ticks {
                tick.ticked = self.by_hand.contains_key(&tick.name);
            }
            for sheet in &mut work.sheets {
                sheet.typed = self.by_hand.get(&format!("{}{}", by_hand::ROWS, sheet.name)).cloned().unwrap_or_default();
            }
        }
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (reason, statute, why) = (self.reason.clone(), self.statute.clone(), self.why.clone());
        let answer_to = AnswerTo::from_name(&self.answer_to).or(page.answer_to);
        TaskPage {
            seen: self.seen.clone(),
            answer_to,
            chosen: filled(&self.outcome),
            reason,
            ground: filled(&self.ground),
            statute,
            why,
            ..page
        }
    }
}
