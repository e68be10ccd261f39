//! `/{l}/desk/case/{ref}`: one case for staff. The next act is the one primary button.

use habeas_core::law::{
    acting::Capacity,
    lang::{Lang, Text},
    notice::Told,
    period::Period,
    right::Right,
    tier::Tier,
    trace::{Because, Finding},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::queue::{Standing, TimeLeft};
use crate::{
    render::{pages::Page, texts::Message},
    view::{gate::UseLine, portal::statement::StatementLine, sample},
};

/// A case, whole.
#[derive(Debug, Serialize)]
pub struct DeskCase {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
    /// Where it stands.
    pub state: Standing,
    /// A restriction is in force that the reader may have lifted.
    pub can_lift: bool,
    /// The reader may write to the person.
    pub can_write: bool,
    /// Open tasks, the reader's own first; the first that is the reader's is the primary button.
    pub tasks: Vec<Task>,
    /// The facts beside it.
    pub facts: Facts,
    /// The reader may see the case's way through its workflow.
    pub sees_path: bool,
    /// The plan, once there is one.
    pub plan: Option<PlanLine>,
    /// What each connected system says.
    pub systems: Vec<SystemLine>,
    /// Open incidents.
    pub incidents: Vec<Incident>,
    /// Holds that cover this case.
    pub holds: Vec<HoldLine>,
    /// Recipients of what changed, and what came of telling them (Art. 19).
    pub told: Vec<Told>,
    /// What the person states about data that was not corrected, oldest first.
    pub statements: Vec<StatementLine>,
    /// Letters to the person and to recipients, oldest first.
    pub letters: Vec<LetterLine>,
    /// What restricted data was used for all the same, oldest first.
    pub uses: Vec<UseLine>,
    /// What happened, newest first.
    pub timeline: Vec<Line>,
}

/// A letter.
#[derive(Debug, Serialize)]
pub struct LetterLine {
    /// Which: text `letter-{kind}`.
    pub kind: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// When the mail server took it; `None`: on its way.
    pub sent_at: Option<Timestamp>,
}

/// A task.
#[derive(Debug, Serialize)]
pub struct Task {
    /// Its id in addresses.
    pub id: String,
    /// Name of its form: text `form-{name}`.
    pub form: String,
    /// When it should be done.
    pub due_on: Date,
    /// Roles that may do it: texts `role-{name}`.
    pub roles: Vec<String>,
    /// The reader may do it.
    pub mine: bool,
    /// The reader may not, because they did an earlier step (four eyes).
    pub four_eyes: bool,
}

/// The facts of a case.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// When the request came in.
    pub received_at: Timestamp,
    /// How.
    pub channel: Channel,
    /// How strongly the person is proven; `None`: not yet.
    pub tier: Option<Tier>,
    /// As what somebody acts for the person; `None`: she asks herself.
    pub acting: Option<Capacity>,
    /// Time left.
    pub left: TimeLeft,
    /// Our own earlier promise.
    pub goal_on: Option<Date>,
    /// Why the deadline is this day: texts `clock-{code}`.
    pub clock: Vec<Because>,
    /// Who has it.
    pub owner: Option<String>,
    /// Language of the case.
    pub lang: Lang,
    /// Version of the workflow: `erasure@1`.
    pub workflow: String,
}

/// How a request came in.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Through the portal.
    Portal,
    /// From the command line, by staff.
    Desk,
}

/// The frozen plan.
#[derive(Debug, Serialize)]
pub struct PlanLine {
    /// Its hash.
    pub hash: String,
    /// Who approved it; `None`: nobody yet.
    pub approved_by: Option<String>,
}

/// A connected system and how far it is.
#[derive(Debug, Serialize)]
pub struct SystemLine {
    /// Its key in addresses.
    pub key: String,
    /// What people call it.
    pub label: Text,
    /// How far.
    pub state: SystemState,
    /// Records found; `None`: not read yet.
    pub records: Option<u64>,
    /// Attempts so far at what is going on.
    pub attempts: u32,
}

/// How far a system is.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SystemState {
    /// Not asked yet.
    Pending,
    /// Being asked.
    Asking,
    /// Something was found.
    Found,
    /// Nothing was found: never "done".
    Nothing,
    /// Being erased.
    Erasing,
    /// Erased and read back.
    Verified,
    /// Failed for good; a person must act.
    Failed,
    /// A person does it in the system itself.
    ByHand,
    /// Failed; tried again by itself.
    Retrying,
}

/// Something that went wrong and waits for a person.
#[derive(Debug, Serialize)]
pub struct Incident {
    /// `I-…`.
    pub id: String,
    /// Since when.
    pub at: Timestamp,
    /// Where; `None`: in the case itself.
    pub system: Option<Text>,
    /// What: text `trouble-{kind}` or `wrong-{kind}`.
    pub about: String,
}

/// A hold that covers the case.
#[derive(Debug, Serialize)]
pub struct HoldLine {
    /// `H-…`.
    pub id: String,
    /// Why: text `basis-{name}`.
    pub basis: habeas_core::law::hold::Basis,
    /// When it is looked at again.
    pub review_on: Date,
}

/// A line of the timeline.
#[derive(Debug, Serialize)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// Who: a name of staff, or the text `actor-{name}` for `person`, `system`, `clock`.
    pub who: Who,
    /// Name of the fact, such as `letter-sent`; said with the text `fact-{name}`, or by its name where there is none.
    pub fact: String,
    /// What more there is to say, such as a letter's kind or a system's key.
    pub detail: String,
    /// Its place in the log.
    pub leaf: u64,
}

/// Who did something.
#[derive(Debug, Serialize)]
#[serde(tag = "actor", rename_all = "kebab-case")]
pub enum Who {
    /// The person.
    Person,
    /// habeas by itself.
    Machine,
    /// A member of staff.
    Staff {
        /// Their name.
        name: String,
    },
}

impl Page for DeskCase {
    const TEMPLATE: &'static str = "desk/case.html";

    fn title(&self) -> Message {
        Message::new("desk-case-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let full = sample_case();
        let new = Self {
            right: Right::Restriction,
            can_lift: true,
            can_write: true,
            state: Standing::NeedsTask,
            tasks: Vec::new(),
            plan: None,
            systems: Vec::new(),
            incidents: Vec::new(),
            holds: Vec::new(),
            told: Vec::new(),
            statements: Vec::new(),
            letters: Vec::new(),
            uses: Vec::new(),
            timeline: Vec::new(),
            ..sample_case()
        };
        let others = Self { tasks: vec![Task { mine: false, four_eyes: true, ..sample_task() }], incidents: Vec::new(), ..sample_case() };
        vec![full, new, others]
    }
}

fn sample_task() -> Task {
    Task {
        id: "approve-1".to_owned(),
        form: "plan-approval".to_owned(),
        due_on: jiff::civil::date(2026, 11, 23),
        roles: vec!["dpo".to_owned(), "privacy-lead".to_owned()],
        mine: true,
        four_eyes: false,
    }
}

fn sample_clock(received_on: Date) -> Vec<Because> {
    let month = Finding::Period { period: Period { months: 1, days: 0 }, extended: false, from: received_on, ends: sample::DUE };
    let all = [Finding::Received { on: received_on }, month, Finding::Due { on: sample::DUE }];
    all.map(|finding| Because { finding, law: None }).into()
}

fn sample_case() -> DeskCase {
    let received_on = jiff::civil::date(2026, 11, 18);
    let facts = Facts {
        received_at: sample::at(11, 18, 8, 14),
        channel: Channel::Portal,
        tier: Some(Tier::SecondItem),
        acting: Some(Capacity::Mandate),
        left: TimeLeft::on(jiff::civil::date(2026, 12, 12), received_on, sample::DUE),
        goal_on: Some(jiff::civil::date(2026, 12, 8)),
        clock: sample_clock(received_on),
        owner: Some("Ingrid Berg".to_owned()),
        lang: Lang::Nb,
        workflow: "erasure@1".to_owned(),
    };
    let system = |key: &str, label, state, records, attempts| SystemLine { key: key.to_owned(), label, state, records, attempts };
    let line = |day, who, fact: &str, detail: &str, leaf| Line {
        at: sample::at(11, day, 9, 14),
        who,
        fact: fact.to_owned(),
        detail: detail.to_owned(),
        leaf,
    };
    DeskCase {
        reference: sample::REFERENCE.to_owned(),
        right: Right::Erasure,
        can_lift: false,
        can_write: true,
        state: Standing::NeedsTask,
        tasks: vec![sample_task()],
        facts,
        sees_path: true,
        plan: Some(PlanLine { hash: sample::HASH.to_owned(), approved_by: None }),
        systems: vec![
            system("shop", sample::shop(), SystemState::Found, Some(9), 1),
            system("accounting", sample::accounting(), SystemState::Found, Some(3), 1),
            system("helpdesk", sample::helpdesk(), SystemState::Nothing, Some(0), 1),
            system("dossiers", sample::dossiers(), SystemState::Retrying, None, 3),
        ],
        incidents: vec![Incident {
            id: "4k7q".to_owned(),
            at: sample::at(11, 19, 3, 0),
            system: Some(sample::dossiers()),
            about: "trouble-busy".to_owned(),
        }],
        holds: vec![HoldLine {
            id: "H-7QK2".to_owned(),
            basis: habeas_core::law::hold::Basis::OpenPayment,
            review_on: jiff::civil::date(2027, 5, 20),
        }],
        told: sample::told(),
        statements: vec![StatementLine::sample()],
        letters: vec![
            LetterLine { kind: "receipt".to_owned(), written_at: sample::at(11, 18, 8, 14), sent_at: Some(sample::at(11, 18, 8, 15)) },
            LetterLine { kind: "erasure-notice".to_owned(), written_at: sample::at(11, 20, 9, 0), sent_at: None },
        ],
        uses: vec![UseLine {
            at: sample::at(11, 21, 14, 30),
            purpose: habeas_core::law::gate::Use::LegalClaims,
            client: "Regnskapet".to_owned(),
            by: "Ola Hansen".to_owned(),
            why: "Vi måtte svare på kravet i sak 26-114.".to_owned(),
        }],
        timeline: vec![
            line(20, Who::Staff { name: "Ingrid Berg".to_owned() }, "task-done", "erasure-decision", 18),
            line(19, Who::Machine, "plan-frozen", "9f3c41aa", 17),
            line(18, Who::Machine, "letter-sent", "received", 12),
            line(18, Who::Person, "case-opened", "erasure", 11),
        ],
    }
}
