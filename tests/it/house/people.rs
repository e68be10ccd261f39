//! The people of a story and what they do: every gesture is an action through the door, as a face would send it.

use std::collections::BTreeMap;

use habeas::{
    action::{
        actor::Actor,
        check_code::{CheckCode, CodeTry},
        open_case::OpenCase,
        refusal::Refusal,
        release_hold::{Release, ReleaseHold},
        request_code::RequestCode,
        resolve_incident::{Resolution, ResolveIncident},
        session::{Memory, SignIn, Visit},
        signal_case::SignalCase,
        submit_task::SubmitTask,
    },
    cli::demo::sample::Suggested,
    mail::Caught,
    store::{
        case::{self, Case},
        deferral::{self, Deferral},
        finding::{self, Finding},
        incident::{self, Incident},
        leaf, letter,
        package::{self, Package},
        plan, sealed,
        task::{self, Task},
    },
};
use habeas_core::law::{
    ask::Asked,
    lang::Lang,
    personal::Personal,
    plan::Frozen,
    right::Right,
    tier::{Means, Proof},
    upload::Upload,
};
use serde_json::Value;

use super::test_house::TestHouse;

/// A customer at the portal.
#[derive(Clone)]
pub(crate) struct Subject<'h> {
    house: &'h TestHouse,
    pub(crate) email: String,
    pub(crate) item: Option<String>,
    pub(crate) customer_number: String,
    pub(crate) order_number: String,
    kinds: Option<Vec<String>>,
    asked: Asked,
    lang: Lang,
}

impl<'h> Subject<'h> {
    pub(crate) fn of(house: &'h TestHouse, who: &Suggested) -> Self {
        Self {
            house,
            email: who.email.clone(),
            item: Some(who.customer_number.clone()),
            customer_number: who.customer_number.clone(),
            order_number: who.order_number.clone(),
            kinds: None,
            asked: Asked::Nothing,
            lang: Lang::Nb,
        }
    }

    /// The same mailbox with another second item.
    pub(crate) fn giving(self, item: Option<&str>) -> Self {
        Self { item: item.map(str::to_owned), ..self }
    }

    /// Somebody with this mailbox.
    pub(crate) fn from(self, email: &str) -> Self {
        Self { email: email.to_owned(), ..self }
    }

    /// Only some kinds.
    pub(crate) fn only(self, kinds: &[&str]) -> Self {
        Self { kinds: Some(kinds.iter().map(|kind| (*kind).to_owned()).collect()), ..self }
    }

    /// Beyond the right itself.
    pub(crate) fn asking(self, asked: Asked) -> Self {
        Self { asked, ..self }
    }

    pub(crate) fn speaking(self, lang: Lang) -> Self {
        Self { lang, ..self }
    }

    /// Proves the mailbox with a code, as at the portal.
    pub(crate) async fn signs_in(&self) -> Actor {
        let door = &self.house.house.door;
        let session = door.begin_session(Memory::Portal(Visit::default()), None).await.unwrap().session;
        let request = RequestCode { session: session.id.clone(), email: Personal::new(self.email.clone()), lang: self.lang, link: true };
        let email = self.house.run(&session.actor, request).await.unwrap().into_revealed();
        self.house.settle().await;
        let code = self.house.mails().iter().filter(|mail| mail.to == email).find_map(code_in).expect("a mail with a code");
        let tried = self
            .house
            .run(&session.actor, CheckCode { session: session.id.clone(), email: Personal::new(email.clone()), code })
            .await
            .unwrap();
        assert_eq!(tried, CodeTry::Right);
        let memory =
            Memory::Portal(Visit { email: Some(email), proofs: vec![Proof { by: Means::Mailbox, at: door.now() }], ..Visit::default() });
        door.begin_session(memory, Some(&session.id)).await.unwrap().session.actor
    }

    /// Signs in, sends a request and lets the house work until it waits for somebody.
    pub(crate) async fn asks(&self, right: Right) -> CaseHandle<'h> {
        self.asks_as(&self.signs_in().await, right).await
    }

    /// The same, signed in before.
    pub(crate) async fn asks_as(&self, actor: &Actor, right: Right) -> CaseHandle<'h> {
        let case = self.sends(actor, right).await;
        self.house.settle().await;
        case
    }

    /// Sends a request and waits for nothing.
    pub(crate) async fn sends(&self, actor: &Actor, right: Right) -> CaseHandle<'h> {
        let reference = self.tries_to_send(actor, right).await.unwrap();
        CaseHandle { house: self.house, reference }
    }

    /// The same, where a refusal may be the point. Returns the reference.
    pub(crate) async fn tries_to_send(&self, actor: &Actor, right: Right) -> Result<String, Refusal> {
        let open = OpenCase {
            right,
            lang: self.lang,
            email: Personal::new(self.email.clone()),
            item: self.item.clone().map(Personal::new),
            kinds: self.kinds.clone(),
            asked: self.asked.clone(),
            proofs: Vec::new(),
            received_at: None,
            acting: None,
            via: "portal",
        };
        self.house.run(actor, open).await
    }

    /// The same as a form would, with a word of her own.
    pub(crate) async fn says(&self, case: &CaseHandle<'_>, step: &str, outcome: &str, reason: &str) {
        let task = case.open_task(step).await.id;
        let fields = BTreeMap::from([("reason".to_owned(), reason.to_owned())]);
        self.house
            .run(
                &self.signs_in().await,
                SubmitTask { task, outcome: outcome.to_owned(), fields, files: Vec::new(), plan: None, version: None },
            )
            .await
            .unwrap();
        self.house.settle().await;
    }

    /// Hands in the form of a task that waits for her.
    pub(crate) async fn does(&self, case: &CaseHandle<'_>, step: &str, outcome: &str) {
        let task = case.open_task(step).await.id;
        let submit =
            SubmitTask { task, outcome: outcome.to_owned(), fields: BTreeMap::new(), files: Vec::new(), plan: None, version: None };
        self.house.run(&self.signs_in().await, submit).await.unwrap();
        self.house.settle().await;
    }

    /// Sends something to a case, such as `withdraw`.
    pub(crate) async fn signals(&self, case: &CaseHandle<'_>, name: &str) -> Result<(), Refusal> {
        let signal = SignalCase { case: case.reference.clone(), name: name.to_owned() };
        let done = self.house.run(&self.signs_in().await, signal).await;
        self.house.settle().await;
        done
    }
}

/// The six digits of a mail, where it has them on a line of their own.
pub(crate) fn code_in(mail: &Caught) -> Option<String> {
    let digits = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>();
    let alone = |line: &&str| digits(line).len() == 6 && line.chars().all(|letter| letter.is_ascii_digit() || letter.is_whitespace());
    mail.text.lines().map(str::trim).find(alone).map(digits)
}

/// Somebody at the desk.
#[derive(Clone)]
pub(crate) struct Staff<'h> {
    house: &'h TestHouse,
    id: &'h str,
    fields: BTreeMap<String, String>,
    files: Vec<Upload>,
}

impl<'h> Staff<'h> {
    pub(crate) fn of(house: &'h TestHouse, id: &'h str) -> Self {
        Self { house, id, fields: BTreeMap::from([("reason".to_owned(), "Vurdert av meg.".to_owned())]), files: Vec::new() }
    }

    /// Writes something into the form.
    pub(crate) fn writing(mut self, field: &str, text: &str) -> Self {
        self.fields.insert(field.to_owned(), text.to_owned());
        self
    }

    /// Hands in a file.
    pub(crate) fn attaching(mut self, field: &str, name: &str, bytes: &[u8]) -> Self {
        self.files.push(Upload { field: field.to_owned(), name: name.to_owned(), bytes: bytes.to_vec() });
        self
    }

    /// As whom the door knows this person, roles read from the rows.
    pub(crate) async fn actor(&self) -> Actor {
        let door = &self.house.house.door;
        let signed_in = SignIn::signed_in(self.id.to_owned(), self.house.now());
        door.begin_session(Memory::Desk(signed_in), None).await.unwrap().session.actor
    }

    /// Does the open task of a step and lets the house work until it waits again.
    pub(crate) async fn does(&self, case: &CaseHandle<'_>, step: &str, outcome: &str) {
        self.tries(case, step, outcome).await.unwrap_or_else(|refusal| panic!("{} at `{step}`: {refusal}", self.id));
    }

    /// The same, where a refusal may be the point.
    pub(crate) async fn tries(&self, case: &CaseHandle<'_>, step: &str, outcome: &str) -> Result<(), Refusal> {
        self.submits(case, step, outcome, None).await
    }

    /// Approves the plan as it stands now.
    pub(crate) async fn approves(&self, case: &CaseHandle<'_>) {
        let hash = case.plan().await.hash().to_owned();
        self.tries_to_approve(case, &hash).await.unwrap_or_else(|refusal| panic!("{} at `approve`: {refusal}", self.id));
    }

    /// Approves the plan that was on the screen.
    pub(crate) async fn tries_to_approve(&self, case: &CaseHandle<'_>, seen: &str) -> Result<(), Refusal> {
        self.submits(case, "approve", "approved", Some(seen.to_owned())).await
    }

    /// Hands in a form, with the plan as it stands where there is one, and waits for nothing.
    pub(crate) async fn hands_in(&self, case: &CaseHandle<'_>, step: &str, outcome: &str) -> Result<(), Refusal> {
        let plan = if step == "approve" { Some(case.plan().await.hash().to_owned()) } else { None };
        self.sends(case, step, outcome, plan).await
    }

    async fn submits(&self, case: &CaseHandle<'_>, step: &str, outcome: &str, plan: Option<String>) -> Result<(), Refusal> {
        let done = self.sends(case, step, outcome, plan).await;
        self.house.settle().await;
        done
    }

    async fn sends(&self, case: &CaseHandle<'_>, step: &str, outcome: &str, plan: Option<String>) -> Result<(), Refusal> {
        let task = case.open_task(step).await.id;
        let submit =
            SubmitTask { task, outcome: outcome.to_owned(), fields: self.fields.clone(), files: self.files.clone(), plan, version: None };
        self.house.run(&self.actor().await, submit).await.map(|_| ())
    }

    /// Deals with the only open incident of a case, and lets the house work.
    pub(crate) async fn resolves(&self, case: &CaseHandle<'_>, how: Resolution, words: &str) -> Result<(), Refusal> {
        let open: Vec<Incident> = case.incidents().await.into_iter().filter(|incident| incident.closed.is_none()).collect();
        let [incident] = &open[..] else { panic!("one open incident, not {open:?}") };
        let resolve = ResolveIncident { case: case.reference.clone(), incident: incident.id.clone(), how, words: words.to_owned() };
        let done = self.house.run(&self.actor().await, resolve).await;
        self.house.settle().await;
        done
    }

    /// Asks for a hold's release, or agrees to it.
    pub(crate) async fn releases(&self, hold: &str) -> Result<Release, Refusal> {
        let done = self.house.run(&self.actor().await, ReleaseHold { id: hold.to_owned() }).await;
        self.house.settle().await;
        done
    }
}

/// A case of a story, looked at from outside.
#[derive(Clone)]
pub(crate) struct CaseHandle<'h> {
    pub(crate) house: &'h TestHouse,
    pub(crate) reference: String,
}

impl CaseHandle<'_> {
    pub(crate) async fn row(&self) -> Case {
        case::get(&self.house.store, &self.reference).await.unwrap().expect("the case")
    }

    /// `open`, or how it ended.
    /// The same, and the house works until it waits for somebody.
    pub(crate) async fn shows_a_document(&self) {
        self.wants_a_look().await;
        self.house.settle().await;
    }

    /// The person would rather have a document looked at than show more by herself.
    pub(crate) async fn wants_a_look(&self) {
        let task = self.open_task("prove-more").await.id;
        let by = Actor::Subject { mailbox: self.row().await.subject };
        let asked =
            SubmitTask { task, outcome: "document".to_owned(), fields: BTreeMap::new(), files: Vec::new(), plan: None, version: None };
        self.house.run(&by, asked).await.unwrap();
    }

    pub(crate) async fn phase(&self) -> &'static str {
        self.row().await.phase.name()
    }

    pub(crate) async fn tasks(&self) -> Vec<Task> {
        task::of_case(&self.house.store, &self.reference).await.unwrap()
    }

    /// Steps (and branches) that wait for somebody, such as `approve` or `locate-by-hand@shop`.
    pub(crate) async fn waits_at(&self) -> Vec<String> {
        let open = self.tasks().await.into_iter().filter(|task| task.closed.is_none());
        open.map(|task| task.branch.map_or_else(|| task.step.clone(), |branch| format!("{}@{branch}", task.step))).collect()
    }

    /// The open task of a step; `step@branch` inside a loop.
    pub(crate) async fn open_task(&self, step: &str) -> Task {
        let (step, branch) = step.split_once('@').map_or((step, None), |(step, branch)| (step, Some(branch)));
        let fits = |task: &Task| task.closed.is_none() && task.step == step && task.branch.as_deref() == branch;
        let tasks = self.tasks().await;
        tasks.into_iter().find(fits).unwrap_or_else(|| panic!("no open task `{step}`"))
    }

    /// What the log says about the case, oldest first.
    pub(crate) async fn log(&self) -> Vec<Value> {
        let leaves = leaf::of_case(&self.house.store, &self.house.keys, &self.reference).await.unwrap();
        leaves.iter().map(|leaf| serde_json::from_str(&leaf.event).unwrap()).collect()
    }

    /// The facts of one kind, their codes only.
    pub(crate) async fn facts(&self, kind: &str) -> Vec<BTreeMap<String, String>> {
        let facts = self.log().await.into_iter().filter(|fact| fact["kind"] == kind);
        facts.map(|fact| serde_json::from_value(fact["codes"].clone()).unwrap()).collect()
    }

    /// The letters that left for this case, in the order they were written.
    pub(crate) async fn letters(&self) -> Vec<String> {
        if self.row().await.case_key.is_some() {
            return self.facts("letter-sent").await.into_iter().map(|codes| codes["letter"].clone()).collect();
        }
        // What the log said of a shredded case can be read no more; which letters there were stands in rows.
        letter::of_case(&self.house.store, &self.reference).await.unwrap().into_iter().map(|row| row.kind).collect()
    }

    /// The newest mail that names this case to an address.
    pub(crate) fn mail_to(&self, email: &str) -> Caught {
        let about = |mail: &&Caught| mail.to == email && mail.text.contains(&self.reference);
        self.house.mails().iter().find(about).cloned().unwrap_or_else(|| panic!("no mail about {}", self.reference))
    }

    pub(crate) async fn incidents(&self) -> Vec<Incident> {
        incident::of_case(&self.house.store, &self.reference).await.unwrap()
    }

    pub(crate) async fn findings(&self) -> Vec<Finding> {
        finding::of_case(&self.house.store, &self.reference).await.unwrap()
    }

    pub(crate) async fn deferrals(&self) -> Vec<Deferral> {
        deferral::of_case(&self.house.store, &self.reference).await.unwrap()
    }

    pub(crate) async fn package(&self, kind: &str) -> Option<Package> {
        package::get(&self.house.store, &self.reference, kind).await.unwrap()
    }

    /// The newest plan.
    pub(crate) async fn plan(&self) -> Frozen {
        let stored = plan::latest(&self.house.store, &self.reference).await.unwrap().expect("a plan");
        sealed::plan(&self.house.keys, &self.row().await, &stored).unwrap()
    }
}
