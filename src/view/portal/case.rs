//! `/{l}/case/{ref}`: the status page, which is also the receipt; and its way out, `/withdraw`.

use habeas_core::law::{acting::Capacity, lang::Text, right::Right};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::correction::{InSystem, Stand};
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// Where the case stands, what happens next, and by when.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is one thing that the page offers or not")]
pub struct Case {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
    /// Where it stands, in a word.
    pub state: State,
    /// What we work on is whether a pause ends; no deadline of the law runs for that.
    pub pause_ends: bool,
    /// When the request came in.
    pub received_at: Timestamp,
    /// The statutory deadline that counts now (extension and stops included).
    pub due_on: Date,
    /// When this page was made.
    pub updated_at: Timestamp,
    /// At most five plain steps.
    pub steps: Vec<Step>,
    /// Something is asked of the person, and the clock stands still meanwhile.
    pub waiting: Option<Waiting>,
    /// Erasure waits until then, so that somebody who did not ask for it can stop it.
    pub cooling_until: Option<Timestamp>,
    /// The deadline was extended (Art. 12(3)).
    pub extended: Option<Extended>,
    /// The deadline was missed: told first on the page.
    pub late: Option<Late>,
    /// Systems that could not be read or changed yet.
    pub troubled: Vec<Text>,
    /// What becomes of corrections, system by system.
    pub systems: Vec<InSystem>,
    /// There is something to see at `/data`.
    pub has_data: bool,
    /// A package waits at `/download`.
    pub has_package: bool,
    /// The person may still withdraw.
    pub can_withdraw: bool,
    /// For whom she asks, where not for herself: as what, and her name.
    pub for_whom: Option<(Capacity, String)>,
    /// The answer goes to the person it is about, and not to whoever asked.
    pub answer_elsewhere: bool,
    /// She is known well enough to set up a code app or a passkey.
    pub can_enrol: bool,
    /// She may show a document by a picture, because the one she sent is gone or she has sent none.
    pub takes_document: bool,
}

/// The six states a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is here.
    Received,
    /// We check that it is you.
    Checking,
    /// We work on it.
    Working,
    /// We need something from you.
    Waiting,
    /// There is an answer.
    Answered,
    /// You took it back.
    Withdrawn,
}

/// One line of the list of what happens.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// Which.
    pub name: StepName,
    /// Done, going on or still to come.
    pub state: StepState,
    /// The day it was done, or the day by which it will be.
    pub on: Option<Date>,
    /// Systems done and systems in all, where that is what the step counts.
    pub systems: Option<(u32, u32)>,
}

/// The steps a case may show; each has a text `step-{name}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepName {
    /// The request came in.
    Received,
    /// We know that it is you.
    Identity,
    /// Data is collected from every system.
    Collect,
    /// A person reads and decides.
    Decide,
    /// Waiting period in which the person can stop the deletion.
    Cooling,
    /// Data is erased in every system.
    Erase,
    /// Mistakes are put right in every system.
    Correct,
    /// The use rests (Art. 18).
    Restrict,
    /// The use ends (Art. 21, 7(3)).
    Stop,
    /// Advertising ends (Art. 21(3)).
    Silence,
    /// A person weighs reason against reason (Art. 21(1)).
    Weigh,
    /// The person may say why a pause should last (Art. 18(3)).
    Hear,
    /// The pause ends.
    Lift,
    /// The answer: a copy.
    Answer,
    /// The answer: a file for machines.
    File,
    /// The answer: words.
    Reply,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Over.
    Done,
    /// Going on; at most one.
    Now,
    /// To come.
    Ahead,
}

/// What we ask of the person.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    /// Why we wait.
    pub ask: Ask,
    /// One question.
    pub question: Message,
    /// The day after which we decide without it.
    pub answer_by: Date,
}

/// Why we wait for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// We do not know who it is (Art. 12(6)): the clock stands still.
    Identity,
    /// A pause may end, and the person may speak first (Art. 18(3)): silence ends it.
    Hearing,
    /// A further copy costs something (Art. 15(3)): silence costs nothing.
    Fee,
    /// What was found asks for a stronger proof (Art. 12(6)): without it, what is ordinary is answered.
    Proof,
    /// Whether she may ask for somebody else: the clock stands still.
    Authority,
}

/// An extension.
#[derive(Debug, Clone, Serialize)]
pub struct Extended {
    /// Why, in one plain sentence.
    pub because: Message,
}

/// A missed deadline.
#[derive(Debug, Clone, Serialize)]
pub struct Late {
    /// The cause, in one plain sentence.
    pub because: Message,
    /// When the answer is promised now.
    pub promised_on: Option<Date>,
}

impl Page for Case {
    const TEMPLATE: &'static str = "portal/case.html";

    fn title(&self) -> Message {
        Message::new(format!("case-title-{}", self.right.name()))
    }

    fn samples() -> Vec<Self> {
        let because = Message::new("case-late-system");
        let access = sample_case(Right::Access, State::Working);
        let erasure = sample_case(Right::Erasure, State::Working);
        vec![
            Self { steps: sample_steps(sample_walk(Right::Access), 1), ..sample_case(Right::Access, State::Received) },
            Self { steps: sample_steps(sample_walk(Right::Access), 1), ..sample_case(Right::Access, State::Checking) },
            Self { troubled: vec![sample::accounting()], ..access.clone() },
            Self {
                waiting: Some(sample_waiting(Ask::Identity, Message::new("question-identity"))),
                ..sample_case(Right::Access, State::Waiting)
            },
            Self { waiting: Some(sample_waiting(Ask::Fee, sample::fee_question())), ..sample_case(Right::Access, State::Waiting) },
            Self { late: Some(Late { because: because.clone(), promised_on: Some(jiff::civil::date(2027, 1, 8)) }), ..access.clone() },
            Self { extended: Some(Extended { because }), ..access },
            Self { cooling_until: Some(sample::at(11, 21, 8, 14)), steps: sample_steps(sample_walk(Right::Erasure), 3), ..erasure },
            Self { takes_document: true, ..sample_case(Right::Access, State::Working) },
            Self { has_data: true, has_package: true, can_withdraw: false, can_enrol: true, ..answered(Right::Access) },
            Self { can_withdraw: false, ..answered(Right::Erasure) },
            Self { steps: Vec::new(), can_withdraw: false, ..sample_case(Right::Erasure, State::Withdrawn) },
            Self { systems: InSystem::samples([Stand::Undecided; 3]), ..sample_case(Right::Rectification, State::Working) },
            Self {
                systems: InSystem::samples([Stand::Changed, Stand::Declined, Stand::Waiting]),
                steps: sample_steps(sample_walk(Right::Rectification), 4),
                can_withdraw: false,
                ..sample_case(Right::Rectification, State::Working)
            },
            Self { can_withdraw: false, ..answered(Right::Rectification) },
            sample_case(Right::Restriction, State::Working),
            Self {
                steps: sample_steps(&[StepName::Hear, StepName::Lift, StepName::Reply], 1),
                can_withdraw: false,
                pause_ends: true,
                ..sample_case(Right::Restriction, State::Working)
            },
            Self {
                waiting: Some(sample_waiting(Ask::Hearing, Message::new("question-lift"))),
                steps: sample_steps(&[StepName::Hear, StepName::Lift, StepName::Reply], 0),
                can_withdraw: false,
                ..sample_case(Right::Restriction, State::Waiting)
            },
            Self { can_withdraw: false, ..sample_case(Right::Objection, State::Working) },
            Self { can_withdraw: false, ..sample_case(Right::ConsentWithdrawal, State::Working) },
            Self { has_package: true, can_withdraw: false, ..answered(Right::Portability) },
            Self {
                waiting: Some(sample_waiting(Ask::Authority, sample::authority_question())),
                for_whom: Some((Capacity::Mandate, "Kari Nordmann".to_owned())),
                ..sample_case(Right::Access, State::Waiting)
            },
            Self {
                for_whom: Some((Capacity::Guardian, "Kari Nordmann".to_owned())),
                answer_elsewhere: true,
                can_withdraw: false,
                ..answered(Right::Access)
            },
        ]
    }
}

fn sample_case(right: Right, state: State) -> Case {
    Case {
        reference: sample::REFERENCE.to_owned(),
        right,
        state,
        pause_ends: false,
        received_at: sample::at(11, 18, 8, 14),
        due_on: sample::DUE,
        updated_at: sample::at(11, 18, 13, 2),
        steps: sample_steps(sample_walk(right), 2),
        waiting: None,
        cooling_until: None,
        extended: None,
        late: None,
        troubled: Vec::new(),
        systems: Vec::new(),
        has_data: false,
        has_package: false,
        can_withdraw: true,
        for_whom: None,
        answer_elsewhere: false,
        can_enrol: false,
        takes_document: false,
    }
}

fn answered(right: Right) -> Case {
    Case { steps: sample_steps(sample_walk(right), 9), ..sample_case(right, State::Answered) }
}

fn sample_waiting(ask: Ask, question: Message) -> Waiting {
    Waiting { ask, question, answer_by: sample::ANSWER_BY }
}

fn sample_walk(right: Right) -> &'static [StepName] {
    use StepName::{Answer, Collect, Cooling, Correct, Decide, Erase, File, Identity, Received, Reply, Restrict, Silence, Stop};
    match right {
        Right::Access => &[Received, Identity, Collect, Decide, Answer],
        Right::Portability => &[Received, Identity, Collect, Decide, File],
        Right::Rectification => &[Received, Identity, Collect, Decide, Correct],
        Right::Restriction => &[Received, Collect, Decide, Restrict, Reply],
        Right::Erasure => &[Received, Collect, Decide, Cooling, Erase],
        Right::Objection => &[Received, Collect, Silence, Reply],
        Right::ConsentWithdrawal => &[Received, Collect, Stop, Reply],
    }
}

fn sample_steps(names: &[StepName], current: usize) -> Vec<Step> {
    let step = |(index, &name): (usize, &StepName)| Step {
        name,
        state: match index.cmp(&current) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Now,
            std::cmp::Ordering::Greater => StepState::Ahead,
        },
        on: (index < current).then_some(jiff::civil::date(2026, 11, 18)),
        systems: (name == StepName::Collect && index == current).then_some((3, 4)),
    };
    names.iter().enumerate().map(step).collect()
}

/// `/{l}/case/{ref}/withdraw`: an interruption with two ways of equal weight. Posts to itself.
#[derive(Debug, Serialize)]
pub struct Withdraw {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
}

impl Page for Withdraw {
    const TEMPLATE: &'static str = "portal/withdraw.html";

    fn title(&self) -> Message {
        Message::new("withdraw-title")
    }

    fn samples() -> Vec<Self> {
        let takes_back = Right::ALL.into_iter().filter(|right| *right != Right::ConsentWithdrawal);
        takes_back.map(|right| Self { reference: sample::REFERENCE.to_owned(), right }).collect()
    }
}
