//! `/{l}/case/{ref}/result`: what came of it. An erasure tells what went, what stays, why, by which law and until when.

use habeas_core::law::{gate::Use, lang::Text, letter::Reasons, notice::Told, right::Right};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    check::{CorrectionLine, sample_moved},
    correction::{InSystem, Stand},
    statement::StatementLine,
};
use crate::{
    render::{letter::Transmission, pages::Page, said::Said, texts::Message},
    view::sample,
};

/// The answer to a case (Art. 12(3), (4)).
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
    /// When the answer was given.
    pub answered_on: Date,
    /// The answer.
    #[serde(flatten)]
    pub answer: Answer,
    /// What was asked to be corrected, system by system, where all of it was refused.
    pub refused_in: Vec<InSystem>,
    /// Something was declined that the person may state her own view of (Art. 16).
    pub can_state: bool,
    /// What she has stated.
    pub stated: Vec<StatementLine>,
}

/// The answers there are.
#[derive(Debug, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// Access: the copy is ready.
    Copy {
        /// How many kinds of data.
        kinds: u64,
        /// Last day of the package.
        expires_on: Date,
    },
    /// Erasure: all of it, or all that the law allows.
    Erased(Erased),
    /// We hold nothing: an answer, not a refusal.
    NothingHeld {
        /// Systems we looked in.
        searched: Vec<Text>,
    },
    /// Portability: the file is ready.
    File {
        /// Last day of the package.
        expires_on: Date,
        /// Kinds that are held and not in it; the file says why of each.
        left_out: Vec<Text>,
        /// Where it went directly.
        transmission: Option<Transmission>,
    },
    /// Corrections: all of them, or those we agree with.
    Corrected(Corrected),
    /// A pause, its end, or the end of a use.
    Stopped(Stopped),
    /// The person spoke, and the pause goes on (Art. 18(3)).
    Stays,
    /// Our grounds outweigh the objection, and why (Art. 21(1)): the use goes on.
    Overridden(Reasons),
    /// Nothing is done, and why (Art. 12(4)).
    Refused(Reasons),
}

/// What an erasure came to.
#[derive(Debug, Serialize)]
pub struct Erased {
    /// How many kinds of data are gone for good.
    pub gone: u64,
    /// How many of which something stays.
    pub staying: u64,
    /// What stays for now.
    pub kept: Vec<Kept>,
    /// What stays so that nobody writes to the person again (Art. 21(3)).
    pub suppressed: Option<Suppressed>,
    /// What went.
    pub deleted: Vec<Deleted>,
    /// The day by which it has left the backups too.
    pub backups_gone_by: Date,
    /// Systems whose result a member of staff signed for, because no machine could read it back.
    pub signed_off: Vec<Text>,
    /// Recipients told, or why not (Art. 19).
    pub told: Vec<Told>,
}

/// The least that honours a no to direct marketing.
#[derive(Debug, Serialize)]
pub struct Suppressed {
    /// Since when the no holds.
    pub since: Date,
    /// Why it outlives the erasure.
    pub because: Text,
    /// Statute and ground.
    pub law: String,
}

/// What corrections came to.
#[derive(Debug, Serialize)]
pub struct Corrected {
    /// What says something else now.
    pub corrected: Vec<CorrectionLine>,
    /// What says what it said.
    pub declined: Vec<CorrectionLine>,
    /// The same, system by system.
    pub systems: Vec<InSystem>,
    /// Why, in the words of whoever decided; nothing: it was not found.
    pub because: Option<String>,
    /// Systems whose result a member of staff signed for, because no machine could read it back.
    pub signed_off: Vec<Text>,
    /// Recipients told, or why not (Art. 19).
    pub told: Vec<Told>,
}

/// What rests or has ended.
#[derive(Debug, Serialize)]
pub struct Stopped {
    /// Which end it is; has texts `result-{name}-title`, `result-{name}` and `result-{name}-then`.
    pub what: StopKind,
    /// Kinds and where they stand.
    pub kinds: Vec<Stop>,
    /// Kinds asked about of which nothing was found.
    pub not_found: Vec<Text>,
    /// Systems whose result a member of staff signed for, because no machine could read it back.
    pub signed_off: Vec<Text>,
    /// What it was used for all the same (Art. 18(2)); who used it is no part of it.
    pub uses: Vec<Used>,
    /// Recipients told, or why not (Art. 19).
    pub told: Vec<Told>,
}

/// A use of what rests.
#[derive(Debug, Serialize)]
pub struct Used {
    /// When.
    pub on: Date,
    /// For what: text `used-{name}`.
    pub purpose: Use,
}

/// Why something stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopKind {
    /// Art. 18(1).
    Paused,
    /// Art. 18(3).
    Lifted,
    /// Art. 21(1).
    Upheld,
    /// Art. 21(3).
    Silenced,
    /// Art. 7(3).
    Unconsented,
}

impl StopKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::Lifted => "lifted",
            Self::Upheld => "upheld",
            Self::Silenced => "silenced",
            Self::Unconsented => "unconsented",
        }
    }
}

/// A kind that rests or is used no longer.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// What.
    pub what: Text,
    /// Where.
    pub system: Text,
}

/// A kind that stays for now.
#[derive(Debug, Serialize)]
pub struct Kept {
    /// What.
    pub what: Text,
    /// How many records.
    pub count: u64,
    /// Only these fields of them stay; empty: all.
    pub fields: Vec<Text>,
    /// Why, in one plain sentence.
    pub because: Text,
    /// The statute or promise, as a small line; with the ground: `bokføringsloven § 13, Art. 17(3)(b)`.
    pub law: String,
    /// Until when.
    #[serde(flatten)]
    pub until: Until,
    /// Who can see it meanwhile.
    pub seen_by: Message,
}

/// Until when something stays.
#[derive(Debug, Serialize)]
#[serde(tag = "until", rename_all = "kebab-case")]
pub enum Until {
    /// A rule ends: it goes by itself on the next day.
    Day {
        /// The last day kept.
        on: Date,
    },
    /// A hold ends some day; it is looked at again.
    Review {
        /// The next review.
        on: Date,
    },
    /// No date can be promised; a person looks at it.
    Unknown,
}

/// A kind that went.
#[derive(Debug, Serialize)]
pub struct Deleted {
    /// What.
    pub what: Text,
    /// How many records.
    pub count: u64,
    /// From where.
    pub system: Text,
    /// When.
    pub on: Date,
}

impl Page for Outcome {
    const TEMPLATE: &'static str = "portal/outcome.html";

    fn title(&self) -> Message {
        Message::new(match &self.answer {
            Answer::Copy { .. } => "outcome-copy-title",
            Answer::Erased(erased) if erased.kept.is_empty() => "outcome-erased-title",
            Answer::Erased(_) => "outcome-partly-title",
            Answer::NothingHeld { .. } => "outcome-nothing-title",
            Answer::File { .. } => "result-file-title",
            Answer::Corrected(corrected) if corrected.corrected.is_empty() => "result-uncorrected-title",
            Answer::Corrected(corrected) if corrected.declined.is_empty() => "result-corrected-title",
            Answer::Corrected(_) => "result-some-corrected-title",
            Answer::Stopped(stopped) => return Message::new(format!("result-{}-title", stopped.what.name())),
            Answer::Stays => "result-stays-title",
            Answer::Overridden(_) => "result-overridden-title",
            Answer::Refused(_) => "outcome-refused-title",
        })
    }

    fn samples() -> Vec<Self> {
        let outcome = |right, answer| Self {
            reference: sample::REFERENCE.to_owned(),
            right,
            answered_on: jiff::civil::date(2026, 11, 24),
            answer,
            refused_in: Vec::new(),
            can_state: false,
            stated: Vec::new(),
        };
        let file = |left_out, delivered: Option<bool>| Answer::File {
            expires_on: sample::DUE,
            left_out,
            transmission: delivered.map(|delivered| Transmission { name: sample::reisefly(), delivered }),
        };
        let refused = [
            (
                Right::Erasure,
                Answer::Refused as fn(Reasons) -> Answer,
                [("reason", "Du har ikke svart på det vi spurte om."), ("ground", "R11.2")],
            ),
            (Right::Objection, Answer::Overridden, [("reason", "Vi trenger den i en sak for retten."), ("ground", "R21.1c")]),
        ];
        let refused = refused.into_iter().filter_map(|(right, answer, form)| {
            let form = form.map(|(name, text)| (name.to_owned(), text.to_owned()));
            Some(outcome(right, answer(Reasons::of(right, &form.into()).ok()?)))
        });
        let mut samples = vec![
            outcome(Right::Access, Answer::Copy { kinds: 5, expires_on: sample::DUE }),
            outcome(Right::Erasure, Answer::Erased(sample_erased(sample_kept()))),
            outcome(Right::Erasure, Answer::Erased(sample_erased(Vec::new()))),
            outcome(Right::Access, Answer::NothingHeld { searched: vec![sample::shop(), sample::accounting()] }),
            outcome(Right::Portability, file(Vec::new(), None)),
            outcome(Right::Portability, file(Vec::new(), Some(true))),
            outcome(Right::Portability, file(vec![sample::invoices()], Some(false))),
            outcome(Right::Portability, file(vec![sample::invoices(), sample::passport()], None)),
            outcome(Right::Rectification, Answer::Corrected(sample_corrected(2, 0))),
            Self { can_state: true, ..outcome(Right::Rectification, Answer::Corrected(sample_corrected(1, 1))) },
            Self {
                can_state: true,
                stated: vec![StatementLine::sample()],
                ..outcome(Right::Rectification, Answer::Corrected(sample_corrected(0, 1)))
            },
            outcome(Right::Restriction, Answer::Stopped(sample_stopped(StopKind::Paused))),
            outcome(Right::Restriction, Answer::Stopped(sample_stopped(StopKind::Lifted))),
            outcome(Right::Restriction, Answer::Stays),
            outcome(Right::Objection, Answer::Stopped(sample_stopped(StopKind::Upheld))),
            outcome(Right::Objection, Answer::Stopped(sample_stopped(StopKind::Silenced))),
            outcome(Right::ConsentWithdrawal, Answer::Stopped(sample_stopped(StopKind::Unconsented))),
        ];
        samples.extend(refused);
        samples.extend(refused_correction().map(|answer| Self {
            refused_in: InSystem::samples([Stand::Declined, Stand::Declined, Stand::NotFound]),
            can_state: true,
            ..outcome(Right::Rectification, answer)
        }));
        samples
    }
}

fn refused_correction() -> Option<Answer> {
    let form = [("reason", "Adressen står slik i folkeregisteret."), ("ground", "R12.5u")];
    let form = form.map(|(name, text)| (name.to_owned(), text.to_owned()));
    Reasons::of(Right::Rectification, &form.into()).ok().map(Answer::Refused)
}

fn sample_corrected(corrected: usize, declined: usize) -> Corrected {
    let say = |changed| if changed { Stand::Changed } else { Stand::Declined };
    let because = (declined > 0).then(|| "Adressen står slik i folkeregisteret.".to_owned());
    let town = CorrectionLine {
        field: sample::text("Poststed", "Plaats", "Town"),
        now: Some(Said::Words("0155 Oslo".to_owned())),
        should: Said::Words("7011 Trondheim".to_owned()),
        ..sample_moved()
    };
    Corrected {
        corrected: [sample_moved(), town].into_iter().take(corrected).collect(),
        declined: vec![sample_moved(); declined],
        systems: InSystem::samples([say(corrected > 0), say(declined == 0), say(corrected > 0)]),
        because,
        signed_off: Vec::new(),
        told: sample::told(),
    }
}

fn sample_stopped(what: StopKind) -> Stopped {
    let stop = |what, system| Stop { what, system };
    let kinds = vec![stop(sample::orders(), sample::shop()), stop(sample::enquiries(), sample::helpdesk())];
    let not_found = if what == StopKind::Paused { vec![sample::passport()] } else { Vec::new() };
    let claim = Used { on: jiff::civil::date(2026, 12, 2), purpose: Use::LegalClaims };
    let uses = if what == StopKind::Paused { vec![claim] } else { Vec::new() };
    Stopped { what, kinds, not_found, signed_off: vec![sample::helpdesk()], uses, told: sample::told() }
}

fn sample_erased(kept: Vec<Kept>) -> Erased {
    let gone = jiff::civil::date(2026, 11, 24);
    let deleted = |what, count, system| Deleted { what, count, system, on: gone };
    Erased {
        gone: 3,
        staying: u64::try_from(kept.len()).unwrap_or_default(),
        kept,
        deleted: vec![
            deleted(sample::orders(), 7, sample::shop()),
            deleted(sample::passport(), 1, sample::dossiers()),
            deleted(sample::enquiries(), 12, sample::helpdesk()),
        ],
        suppressed: Some(Suppressed {
            since: jiff::civil::date(2026, 11, 20),
            because: sample::silence(),
            law: "Art. 21(3), Art. 17(3)(b)".to_owned(),
        }),
        backups_gone_by: jiff::civil::date(2026, 12, 24),
        signed_off: vec![sample::helpdesk()],
        told: sample::told(),
    }
}

fn sample_kept() -> Vec<Kept> {
    let accountant = Message::new("seen-by-system").with("system", sample::accounting());
    let claim = sample::text(
        "Du og vi er ikke enige om en betaling. Vi trenger dette til saken er over.",
        "U en wij zijn het niet eens over een betaling. Wij hebben dit nodig tot de zaak klaar is.",
        "You and we do not agree about a payment. We need this until that is settled.",
    );
    vec![
        Kept {
            what: sample::invoices(),
            count: 1,
            fields: Vec::new(),
            because: sample::bookkeeping(),
            law: "bokføringsloven § 13, Art. 17(3)(b)".to_owned(),
            until: Until::Day { on: sample::KEPT },
            seen_by: accountant.clone(),
        },
        Kept {
            what: sample::text("Betalinger", "Betalingen", "Payments"),
            count: 2,
            fields: vec![sample::text("Beløp", "Bedrag", "Amount"), sample::text("Dato", "Datum", "Date")],
            because: claim,
            law: "Art. 17(3)(e)".to_owned(),
            until: Until::Review { on: jiff::civil::date(2027, 5, 20) },
            seen_by: accountant.clone(),
        },
        Kept {
            what: sample::text("Avtaler", "Overeenkomsten", "Agreements"),
            count: 1,
            fields: Vec::new(),
            because: sample::bookkeeping(),
            law: "bokføringsloven § 13, Art. 17(3)(b)".to_owned(),
            until: Until::Unknown,
            seen_by: accountant,
        },
    ]
}
