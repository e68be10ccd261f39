//! `/{l}/desk/case/{ref}/task/{id}`: one form for every task of a workflow. What is posted: `outcome`, `reason`, `ground`, `version`.

use habeas_core::law::{
    acting::{AnswerTo, Seen},
    document::{Claimed, Kind, Sight},
    lang::Text,
    refusal::Refusal,
    right::Right,
};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    by_hand::{self, ByHand},
    change::{self, Change, Proposal},
    document::{DocumentShown, DocumentState},
    masked,
    plan::Totals,
};
use crate::{
    render::{pages::Page, said::Said, texts::Message},
    view::{notice, sample},
};

/// A task to be done.
#[derive(Debug, Serialize)]
pub struct TaskPage {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
    /// Its id in addresses.
    pub id: String,
    /// Name of its form: texts `form-{name}` (what to do) and `form-{name}-lead` (how).
    pub form: String,
    /// When it should be done.
    pub due_on: Date,
    /// Revision of the case this form was made for; a stale one is refused and shown again.
    pub version: u64,
    /// The outcomes to choose from; a single one becomes the button itself.
    pub outcomes: Vec<Choice>,
    /// What was chosen before an error.
    pub chosen: Option<String>,
    /// What was typed before an error.
    pub reason: String,
    /// Where an authority can have been seen, where that is asked: texts `seen-{name}`.
    pub seens: Vec<Seen>,
    /// Where it was, as chosen before an error.
    pub seen: String,
    /// Who gets the answer, where that is decided: texts `answer-to-{name}`.
    pub answer_to: Option<AnswerTo>,
    /// Legal grounds to choose from, where an outcome needs one.
    pub grounds: Vec<Ground>,
    /// The ground chosen before an error.
    pub ground: Option<String>,
    /// The law that the ground points at, as typed before an error.
    pub statute: String,
    /// Reasons why a recipient cannot be told, where an outcome says so: texts `impossible-{name}`.
    pub whys: Vec<&'static str>,
    /// The reason chosen before an error.
    pub why: String,
    /// What its doer must know of the person or the place.
    pub hints: Vec<Hint>,
    /// Values about others, to be looked at before they leave (Art. 15(4)).
    pub others: Vec<Other>,
    /// Ground of a restriction, as asked for: text `ask-ground-{name}`.
    pub asked_ground: Option<&'static str>,
    /// What changes.
    pub proposals: Vec<Proposal>,
    /// The outcome for which proposals are ticked; `None`: they are only shown.
    pub ticks_on: Option<&'static str>,
    /// What was asked to be corrected and is not held.
    pub not_held: Vec<Change>,
    /// The plan this task is about.
    pub plan: Option<PlanShown>,
    /// What the person will read, in the case's language.
    pub preview: Option<Preview>,
    /// What is done by hand in a system.
    pub by_hand: Option<ByHand>,
    /// The picture of a document that this is about.
    pub document: Option<DocumentShown>,
    /// Values of the person are masked until they are asked for.
    pub is_masked: bool,
    /// Why they may be asked for: texts `reveal-{name}`.
    pub reveal_reasons: [&'static str; 4],
    /// It takes two people, or signs a plan: the second factor is asked for anew.
    pub is_grave: bool,
    /// The task may not be done by the reader, who did an earlier step: nothing can be sent.
    pub four_eyes: bool,
}

/// Something the doer must know.
#[derive(Debug, Clone, Serialize)]
pub struct Hint {
    /// Text `hint-{name}`.
    pub name: String,
    /// What it is.
    pub value: HintValue,
}

/// What a hint says.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum HintValue {
    /// The organisation's own words, in the reader's language.
    Label(Text),
    /// The person's, as they stand.
    Said(Said),
}

impl From<Text> for HintValue {
    fn from(label: Text) -> Self {
        Self::Label(label)
    }
}

impl From<String> for HintValue {
    fn from(words: String) -> Self {
        Self::Said(Said::Words(words))
    }
}

/// A value about somebody else.
#[derive(Debug, Clone, Serialize)]
pub struct Other {
    /// The kind of data it stands in.
    pub kind: Text,
    /// What the person calls the field.
    pub field: Text,
    /// What is there.
    pub value: String,
}

/// An outcome.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// Name in the workflow: text `outcome-{name}`.
    pub name: String,
    /// It needs a reason.
    pub needs_reason: bool,
    /// It needs a legal ground.
    pub needs_ground: bool,
}

/// A legal ground.
#[derive(Debug, Clone, Serialize)]
pub struct Ground {
    /// Its code.
    pub code: String,
    /// What the person will read of it, up to the first full stop.
    pub words: Text,
    /// `Art. 12(6)`.
    pub article: String,
    /// Which law it points at has to be said.
    pub needs_statute: bool,
}

impl From<Refusal> for Ground {
    fn from(ground: Refusal) -> Self {
        let first =
            |words: String| words.split_once(". ").map_or_else(|| words.trim_end_matches('.').to_owned(), |(first, _)| first.to_owned());
        let Text { nb, nl, en } = ground.text();
        Self {
            code: ground.code().to_owned(),
            words: Text { nb: first(nb), nl: first(nl), en: first(en) },
            article: ground.citation().to_owned(),
            needs_statute: ground.needs_statute(),
        }
    }
}

/// The plan, in short.
#[derive(Debug, Clone, Serialize)]
pub struct PlanShown {
    /// Its hash: posted back as `plan`, so that the approval is for exactly this.
    pub hash: String,
    /// Records by what happens to them.
    pub totals: Totals,
}

/// A letter as it would be sent.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// Subject line.
    pub subject: String,
    /// Text.
    pub text: String,
}

impl TaskPage {
    /// Who it is stays hidden until it is asked for.
    fn masked_sample() -> Self {
        let hint = |name: &str, value: &str| Hint { name: name.to_owned(), value: value.to_owned().into() };
        Self {
            hints: vec![hint("email", "k•••@e•••.no"), hint("item", "•••")],
            is_masked: true,
            ..Self::sample("identity-check", vec![choice("accepted", false), choice("not-enough", true)])
        }
    }

    /// A shielded document's picture: waiting, open with nothing read, open with a zone and known from elsewhere, taken.
    fn document_samples() -> Vec<Self> {
        let document = |shown| Self {
            document: Some(shown),
            ..Self::sample("identity-check-strong", vec![choice("accepted", true), choice("not-enough", false)])
        };
        let seen = |covered, zone| DocumentShown { sight: Some(Sight { covered, zone }), ..DocumentShown::sample(DocumentState::Mine) };
        let zone = Some(Claimed { kind: Kind::Passport, issuer: "NOR".to_owned(), agrees: true });
        vec![
            document(DocumentShown::sample(DocumentState::Waiting)),
            document(seen(0, None)),
            document(DocumentShown { again: true, ..seen(3, zone) }),
            document(DocumentShown::sample(DocumentState::Taken)),
        ]
    }

    /// Puts dots in the place of values: address, second item, evidence, what was found about others, what is changed.
    pub(super) fn mask(&mut self) {
        let identify = |hint: &&mut Hint| ["email", "item", "evidence"].contains(&hint.name.as_str()) || hint.name.starts_with("acting-");
        for hint in self.hints.iter_mut().filter(identify) {
            let HintValue::Said(Said::Words(words)) = &hint.value else { continue };
            hint.value = masked::text(words).into();
            self.is_masked = true;
        }
        for other in &mut self.others {
            other.value = masked::text(&other.value);
            self.is_masked = true;
        }
        self.is_masked |= masked::proposals(&mut self.proposals) || !self.not_held.is_empty();
        self.not_held.iter_mut().for_each(masked::change);
    }
}

/// One for the samples, without a ground.
fn choice(name: &str, needs_reason: bool) -> Choice {
    Choice { name: name.to_owned(), needs_reason, needs_ground: false }
}

impl Page for TaskPage {
    const TEMPLATE: &'static str = "desk/task.html";

    fn title(&self) -> Message {
        Message::new("task-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let grounds = [Refusal::Unfounded, Refusal::LegalObligation, Refusal::NoGroundToErase];
        let task = Self::sample;
        let plan = Some(PlanShown { hash: sample::HASH.to_owned(), totals: Totals { delete: 9, clear: 2, keep: 3 } });
        let preview = Some(Preview {
            subject: "Vi har svart på saken din HB-7F3K-2Q".to_owned(),
            text: "Hei\n\nVi har sett på saken din og sier nei. Det er fordi …".to_owned(),
        });
        let hint = |name: &str, value: &str| Hint { name: name.to_owned(), value: value.to_owned().into() };
        let other = Other { kind: sample::passport(), field: sample::text("Navn", "Naam", "Name"), value: "Ola Nordmann".to_owned() };
        let [search, shred] = by_hand::samples();
        let approval = || vec![choice("approved", false), choice("sent-back", true)];
        let mut all = Self::document_samples();
        all.extend(Self::change_samples());
        all.extend([
            Self::masked_sample(),
            Self::sample_of_authority(),
            Self {
                right: Right::Access,
                hints: vec![hint("email", "kari@example.no"), Hint { name: "system".to_owned(), value: sample::shop().into() }],
                ..task("located-records", vec![choice("submitted", true)])
            },
            Self {
                by_hand: Some(search),
                hints: vec![hint("email", "kari@example.no")],
                ..task("located-records", vec![choice("submitted", true)])
            },
            Self { by_hand: Some(shred), ..task("erasure-proof", vec![choice("submitted", true), choice("blocked", true)]) },
            Self {
                whys: notice::whys(),
                hints: vec![hint("email", "kari@example.no"), hint("recipient", "Kenyas ambassade i Stockholm")],
                ..task("recipient-told", vec![choice("told", false), choice("impossible", true)])
            },
            Self {
                right: Right::Access,
                others: vec![other],
                ..task("access-review", vec![choice("release", false), choice("redact", false), choice("sent-back", true)])
            },
            Self { plan: plan.clone(), ..task("plan-approval", approval()) },
            Self { plan, four_eyes: true, ..task("plan-approval", approval()) },
            Self {
                chosen: Some("refuse".to_owned()),
                grounds: grounds.into_iter().map(Ground::from).collect(),
                preview,
                ..task(
                    "erasure-decision",
                    vec![choice("erase", false), choice("partly", true), Choice { needs_ground: true, ..choice("refuse", true) }],
                )
            },
        ]);
        all
    }
}

impl TaskPage {
    /// What is decided about changes, and a statement beside one that was declined.
    fn change_samples() -> [Self; 4] {
        let hint = |name: &str, value: &str| Hint { name: name.to_owned(), value: value.to_owned().into() };
        let task = Self::sample;
        [
            Self {
                right: Right::Rectification,
                proposals: change::samples(),
                ticks_on: Some("partly"),
                not_held: vec![change::missing()],
                ..task("correction-decision", vec![choice("correct", false), choice("partly", true), choice("refuse", false)])
            },
            Self {
                right: Right::Restriction,
                proposals: change::resting(),
                asked_ground: Some("claims"),
                ..task("restriction-decision", vec![choice("restrict", false), choice("refuse", false)])
            },
            Self {
                right: Right::Objection,
                proposals: change::resting(),
                hints: vec![hint("why", "Jeg vil ikke bli vurdert slik.")],
                ..task("objection-balance", vec![choice("upheld", false), choice("overridden", true)])
            },
            Self {
                right: Right::Rectification,
                hints: vec![
                    hint("email", "kari@example.no"),
                    hint("statement", "Jeg har aldri bodd i Storgata 1."),
                    hint("stated-about", "Adresser: Gate og nummer"),
                    hint("stated-had", "Nettdrift AS"),
                    hint("system", "Nettbutikken"),
                ],
                ..task("statement-placed", vec![choice("placed", false), choice("no-place", true)])
            },
        ]
    }

    /// Somebody asks for another, and it is decided whether she may.
    fn sample_of_authority() -> Self {
        let hint = |name: &str, value: &str| Hint { name: name.to_owned(), value: value.to_owned().into() };
        Self {
            seens: Seen::ALL.to_vec(),
            answer_to: Some(AnswerTo::Subject),
            hints: vec![
                hint("acting-mandate", "Advokat Lie"),
                hint("acting-email", "lie@example.no"),
                hint("acting-for", "Kari Nordmann"),
                hint("acting-known-by", "kari@example.no"),
            ],
            ..Self::sample("authority-check", vec![choice("accepted", false), choice("more", true), choice("refused", true)])
        }
    }

    /// A task of an erasure, with nothing but its form.
    fn sample(form: &str, outcomes: Vec<Choice>) -> Self {
        Self {
            reference: sample::REFERENCE.to_owned(),
            right: Right::Erasure,
            id: "approve-1".to_owned(),
            form: form.to_owned(),
            due_on: jiff::civil::date(2026, 11, 23),
            version: 14,
            outcomes,
            chosen: None,
            reason: String::new(),
            seens: Vec::new(),
            seen: String::new(),
            answer_to: None,
            grounds: Vec::new(),
            ground: None,
            statute: String::new(),
            whys: Vec::new(),
            why: String::new(),
            hints: Vec::new(),
            others: Vec::new(),
            asked_ground: None,
            proposals: Vec::new(),
            ticks_on: None,
            not_held: Vec::new(),
            plan: None,
            preview: None,
            by_hand: None,
            document: None,
            is_masked: false,
            reveal_reasons: masked::REASONS,
            is_grave: false,
            four_eyes: false,
        }
    }
}
