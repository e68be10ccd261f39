//! A task and what its doer must know: nothing about the person that the form does not need.

use std::collections::BTreeMap;

use habeas_core::law::{
    acting::{AnswerTo, Capacity, Country, Seen, Voice, voice},
    ask::{Asked, Objection},
    lang::{Lang, Text},
    letter::Reasons,
    map::{Class, Collection, System},
    plan::Plan,
    refusal::Refusal,
    right::Right,
    statement::Statement,
};

use super::{OnDesk, plan_page::totals};
use crate::{
    render::said::Said,
    store::{
        StoreError,
        part::{Depth, Reading},
        plan, sealed, statement,
        task::{Task, stated_in},
    },
    view::{
        desk::{
            document::DocumentShown,
            eyes::Eyes,
            masked,
            task::{Choice, Ground, Hint, HintValue, Other, PlanShown, Preview, TaskPage},
        },
        look::Look,
        notice,
    },
};

/// The form in which the officer decides about a shielded document.
const CHECK: &str = "identity-check-strong";
/// The form in which it is decided whether somebody may act for another.
const AUTHORITY: &str = "authority-check";
/// Values about others that are shown for a review at most.
const OTHERS: usize = 200;

impl TaskPage {
    /// An open task that the reader may do, or may not only because of four eyes.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str, id: &str) -> Result<Option<Self>, StoreError> {
        let Some(desk) = OnDesk::open(look, eyes, reference).await? else { return Ok(None) };
        let Some(task) = desk.open_tasks().find(|task| task.id == id && eyes.own(task)) else { return Ok(None) };
        let document = desk.document(look, eyes, task).await?;
        let mut page = Self {
            right: desk.case.right,
            id: task.id.clone(),
            form: task.form.clone(),
            due_on: task.due_at.map_or(desk.case.strict_due_on, |at| look.day(at)),
            version: u64::try_from(desk.case.rev).unwrap_or_default(),
            outcomes: choices(look, task),
            chosen: None,
            reason: String::new(),
            seens: if task.form == AUTHORITY { Seen::ALL.to_vec() } else { Vec::new() },
            seen: String::new(),
            answer_to: desk.answer_to(look, task)?,
            grounds: if task.form == "refusal-reasons" { grounds(desk.case.right) } else { Vec::new() },
            ground: None,
            statute: String::new(),
            whys: if task.form == "recipient-told" { notice::whys() } else { Vec::new() },
            why: String::new(),
            hints: desk.hints(look, task).await?,
            others: if task.form == "access-review" { desk.others(look).await? } else { Vec::new() },
            asked_ground: desk.asked_ground(look, task)?,
            proposals: if shows_changes(&task.form) { desk.proposals(look, task.branch.as_deref()).await? } else { Vec::new() },
            ticks_on: look.forms.get(&task.form).and_then(|shape| shape.ticks_on),
            not_held: if task.form == "correction-decision" { desk.not_held(look).await? } else { Vec::new() },
            plan: desk.plan_shown(look, task).await?,
            preview: if task.form == "refusal-approval" { desk.reasons(look)? } else { None },
            by_hand: desk.by_hand(look, task).await?,
            is_grave: document.is_some() || !task.not_by.is_empty() || look.forms.get(&task.form).is_some_and(|shape| shape.approves_plan),
            document,
            is_masked: false,
            reveal_reasons: masked::REASONS,
            four_eyes: eyes.four_eyes(task),
            reference: desk.case.id.clone(),
        };
        if !eyes.reveals {
            page.mask();
        }
        Ok(Some(page))
    }
}

/// Who says to act for whom, and as what.
fn hints_of_acting(look: &Look, applicant: &sealed::Applicant, say: &mut impl FnMut(&'static str, Option<HintValue>)) {
    let Some(acting) = &applicant.acting else { return };
    let as_what = match acting.capacity {
        Capacity::Mandate => "acting-mandate",
        Capacity::Parent => "acting-parent",
        Capacity::Guardian => "acting-guardian",
        Capacity::Deceased => "acting-deceased",
    };
    say(as_what, Some(acting.name.clone().into()));
    say("acting-email", Some(applicant.email.clone().into()));
    say("acting-for", Some(acting.concerned.name.clone().into()));
    say("acting-known-by", Some(acting.concerned.email.clone().into()));
    say("item", acting.concerned.item.clone().map(Into::into));
    let country = Country::of_calendar(&look.organisation.about().calendar);
    let born = |born_on| match voice(country, born_on, look.today()) {
        Voice::Parent => "born-parent",
        Voice::Weighed => "born-weighed",
        Voice::Own => "born-own",
    };
    if let Some(born_on) = acting.concerned.born_on {
        say(born(born_on), Some(HintValue::Said(Said::Day(born_on))));
    }
}

/// What a statement is about in one system: the fields, and to whom they went.
fn about(look: &Look, statement: &Statement, system: &str) -> (Vec<Text>, Vec<Text>) {
    let (mut fields, mut recipients) = (Vec::new(), Vec::new());
    for disputed in statement.about.iter().filter(|disputed| disputed.system() == system) {
        let collection = disputed.kind.split_once('.').and_then(|(_, name)| look.organisation.system(system)?.collection(name));
        let Some((collection, field)) = collection.and_then(|collection| Some((collection, collection.field(&disputed.field)?))) else {
            continue;
        };
        fields.push(joined(&[collection.label.clone(), field.label.clone()], ": "));
        let known = collection.recipients.iter().filter_map(|id| look.organisation.recipient(id)).map(|recipient| recipient.name.clone());
        recipients.extend(known.filter(|name| !recipients.contains(name)).collect::<Vec<_>>());
    }
    (fields, recipients)
}

/// Several texts as one, in each language.
fn joined(texts: &[Text], between: &str) -> Text {
    let whole = |lang| texts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between);
    Text { nb: whole(Lang::Nb), nl: whole(Lang::Nl), en: whole(Lang::En) }
}

/// Forms of somebody who decides about changes or makes them.
fn shows_changes(form: &str) -> bool {
    let forms =
        ["correction-decision", "correction-proof", "restriction-decision", "restriction-proof", "lift-decision", "objection-balance"];
    forms.contains(&form)
}

fn choices(look: &Look, task: &Task) -> Vec<Choice> {
    let Some(shape) = look.forms.get(&task.form) else { return Vec::new() };
    let choice = |name: &String| Choice {
        name: name.clone(),
        needs_reason: shape.reason_on.contains(name),
        needs_ground: task.form == "refusal-reasons",
    };
    shape.outcomes.iter().map(choice).collect()
}

/// The grounds the law has for this right.
fn grounds(right: Right) -> Vec<Ground> {
    Refusal::ALL.iter().copied().filter(|ground| ground.fits(right)).map(Ground::from).collect()
}

impl OnDesk {
    /// What somebody puts beside a record must say, and who else has what it is about.
    async fn hints_of_statement(
        &self,
        look: &Look,
        id: &str,
        system: &str,
        say: &mut impl FnMut(&'static str, Option<HintValue>),
    ) -> Result<(), StoreError> {
        let stated = statement::of_case(&look.store, &look.keys, &self.case).await?;
        let Some((_, statement)) = stated.into_iter().find(|(stored, _)| stored.id == id) else { return Ok(()) };
        let (fields, recipients) = about(look, &statement, system);
        say("statement", Some(statement.words.into()));
        say("stated-about", Some(joined(&fields, ", ").into()));
        say("stated-had", (!recipients.is_empty()).then(|| joined(&recipients, ", ").into()));
        Ok(())
    }

    /// Who the person says to be, where the form cannot be filled in without; the system or recipient it is about.
    async fn hints(&self, look: &Look, task: &Task) -> Result<Vec<Hint>, StoreError> {
        let mut hints = Vec::new();
        let mut say = |name: &'static str, value: Option<HintValue>| hints.extend(value.map(|value| Hint { name: name.to_owned(), value }));
        let authority = ["authority-check", "authority-review", "deceased-decision"].contains(&task.form.as_str());
        let knows = [
            "identity-check",
            "identity-check-strong",
            "located-records",
            "erasure-proof",
            "correction-proof",
            "restriction-proof",
            "recipient-told",
            "statement-placed",
            "impersonation-review",
        ];
        if knows.contains(&task.form.as_str()) {
            let applicant = sealed::applicant(&look.keys, &self.case)?;
            say("email", Some(applicant.person().to_owned().into()));
            say("item", applicant.item_of_person().map(|item| item.to_owned().into()));
        }
        if authority || task.form.starts_with("identity-check") {
            hints_of_acting(look, &sealed::applicant(&look.keys, &self.case)?, &mut say);
        }
        if authority {
            say("evidence", self.given(look, "authority-evidence")?.get("evidence").cloned().map(Into::into));
        }
        if task.form.starts_with("identity-check") {
            say("evidence", self.given(look, "identity-evidence")?.get("evidence").cloned().map(Into::into));
        }
        if ["objection-balance", "refusal-reasons"].contains(&task.form.as_str())
            && let Asked::Objection(Objection::Other { why }) = sealed::applicant(&look.keys, &self.case)?.asked
        {
            say("why", Some(why.into()));
        }
        if task.form == "lift-decision" {
            say("why", self.given(look, "lift-objection")?.get("reason").cloned().map(Into::into));
        }
        if shows_changes(&task.form) || task.form == "refusal-reasons" {
            say("kinds", self.kinds_asked(look)?.map(Into::into));
        }
        if task.form == "message-reply" {
            let written = sealed::messages(&look.store, &look.keys, &self.case).await?;
            // Hers since the last answer.
            let since = written.iter().rposition(|(stored, _)| stored.by.is_some()).map_or(0, |at| at + 1);
            let words: Vec<&str> = written.iter().skip(since).map(|(_, words)| words.as_str()).collect();
            say("message", Some(words.join("\n\n").into()));
        }
        if let Some(id) = stated_in(&task.step) {
            self.hints_of_statement(look, id, task.branch.as_deref().unwrap_or_default(), &mut say).await?;
        }
        if task.form == "transmission-proof"
            && let Asked::Transmission { to } = sealed::applicant(&look.keys, &self.case)?.asked
        {
            let receiver = look.organisation.recipient(&to);
            say("recipient", Some(receiver.map_or_else(|| Text::same(&to), |recipient| recipient.name.clone()).into()));
        }
        let branch = task.branch.as_deref();
        let recipient = branch.and_then(|id| look.organisation.recipient(id));
        let named = match recipient {
            Some(recipient) => Some(sealed::called(&look.store, &look.keys, &self.case, recipient).await?),
            None => None,
        };
        say("system", branch.and_then(|key| look.organisation.system(key)).map(|system| system.label.clone().into()));
        say("recipient", named.map(Into::into));
        Ok(hints)
    }

    /// Who gets the answer unless somebody says otherwise, where that is decided.
    fn answer_to(&self, look: &Look, task: &Task) -> Result<Option<AnswerTo>, StoreError> {
        if task.form != AUTHORITY {
            return Ok(None);
        }
        let applicant = sealed::applicant(&look.keys, &self.case)?;
        let Some(acting) = applicant.acting else { return Ok(None) };
        let asked = |system: &System, collection: &Collection| {
            applicant.kinds.as_ref().is_none_or(|kinds| kinds.contains(&format!("{}.{}", system.key, collection.name)))
        };
        let risky = |system: &System| system.collections.iter().any(|it| asked(system, it) && it.class() == Class::HighRisk);
        Ok(Some(acting.answer_default(&applicant.email, look.organisation.systems().iter().any(risky))))
    }

    /// The scope that was asked for, where it is not everything.
    fn kinds_asked(&self, look: &Look) -> Result<Option<Text>, StoreError> {
        let Some(kinds) = sealed::applicant(&look.keys, &self.case)?.kinds else { return Ok(None) };
        let label = |kind: &String| {
            let (system, collection) = kind.split_once('.')?;
            Some(&look.organisation.system(system)?.collection(collection)?.label)
        };
        let labels: Vec<&Text> = kinds.iter().filter_map(label).collect();
        let listed = |lang| labels.iter().map(|label| label.get(lang)).collect::<Vec<_>>().join(", ");
        Ok(Some(Text { nb: listed(Lang::Nb), nl: listed(Lang::Nl), en: listed(Lang::En) }))
    }

    /// Why the person wants the data to rest.
    fn asked_ground(&self, look: &Look, task: &Task) -> Result<Option<&'static str>, StoreError> {
        if !["restriction-decision", "lift-decision", "refusal-reasons"].contains(&task.form.as_str()) {
            return Ok(None);
        }
        let asked = sealed::applicant(&look.keys, &self.case)?.asked;
        Ok(if let Asked::Restriction { ground } = asked { Some(ground.name()) } else { None })
    }

    /// What is about others in what was found (Art. 15(4)).
    async fn others(&self, look: &Look) -> Result<Vec<Other>, StoreError> {
        let mut others = Vec::new();
        let mut reading = Reading::of_case(&look.store, &look.keys, &self.case).await?;
        let chosen = sealed::applicant(&look.keys, &self.case)?.kinds;
        while let Some(record) = reading.next(Depth::Whole).await? {
            if others.len() >= OTHERS {
                break;
            }
            if chosen.as_ref().is_some_and(|kinds| !kinds.contains(&record.address())) {
                continue;
            }
            let Some(collection) = look.organisation.system(&record.system).and_then(|system| system.collection(&record.collection)) else {
                continue;
            };
            for field in collection.fields.iter().filter(|field| field.third_person && !record.value(&field.name).is_null()) {
                let value = record.value(&field.name).to_text();
                others.push(Other { kind: collection.label.clone(), field: field.label.clone(), value });
            }
        }
        others.truncate(OTHERS);
        Ok(others)
    }

    /// The picture of a document, where this is about one.
    async fn document(&self, look: &Look, eyes: &Eyes, task: &Task) -> Result<Option<DocumentShown>, StoreError> {
        if task.form != CHECK {
            return Ok(None);
        }
        DocumentShown::load(look, &format!("staff/{}", eyes.id), &self.case.id).await
    }

    async fn plan_shown(&self, look: &Look, task: &Task) -> Result<Option<PlanShown>, StoreError> {
        let signs = look.forms.get(&task.form).is_some_and(|shape| shape.approves_plan);
        if !signs && task.form != "erasure-decision" {
            return Ok(None);
        }
        let Some(stored) = plan::latest(&look.store, &self.case.id).await? else { return Ok(None) };
        let frozen = sealed::plan::<Plan>(&look.keys, &self.case, &stored)?;
        Ok(Some(PlanShown { totals: totals(frozen.plan()), hash: stored.hash }))
    }

    /// The refusal that is to be approved, as the person will read it.
    fn reasons(&self, look: &Look) -> Result<Option<Preview>, StoreError> {
        let given = Reasons::of(self.case.right, &self.given(look, "refusal-reasons")?).ok();
        let text = |reasons: &Reasons| {
            let [because, ground] = [&Text::from(reasons.because.clone()), &reasons.ground].map(|text| text.get(self.case.lang).to_owned());
            format!("{because}\n\n{ground}")
        };
        Ok(given.map(|reasons| Preview { subject: format!("{} ({})", reasons.citation, reasons.code), text: text(&reasons) }))
    }

    /// The fields of the newest form of a kind that was handed in.
    pub(super) fn given(&self, look: &Look, form: &str) -> Result<BTreeMap<String, String>, StoreError> {
        let mut handed_in = self.tasks.iter().rev().filter(|task| task.form == form);
        let newest = handed_in.find_map(|task| Some((&task.id, task.closed.as_ref()?.answer.as_deref()?)));
        newest.map_or_else(|| Ok(BTreeMap::new()), |(id, answer)| sealed::open(&look.keys, &self.case, &format!("task:{id}"), Some(answer)))
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::right::Right;

    use super::grounds;

    #[test]
    fn grounds_are_those_of_the_right() {
        let codes = |right| grounds(right).into_iter().map(|ground| ground.code).collect::<Vec<_>>();
        let erasure = codes(Right::Erasure);
        assert!(erasure.contains(&"R17.3.b".to_owned()) && erasure.contains(&"R12.5u".to_owned()));
        assert!(!erasure.iter().any(|code| code.starts_with("R15")), "{erasure:?}");
        assert!(codes(Right::Access).contains(&"R15.4".to_owned()));
    }
}
