//! A sample of every letter, as the JSON it is stored as. Nobody in them exists.

use habeas_core::law::{lang::Text, notice::Told, refusal::Refusal as Ground};
use serde_json::{Value, json};

use super::sample;
use crate::render::letter::LetterKind;

pub(crate) const URL: &str = "https://personvern.visumexpress.example/l/9f3c41aa77d0e5b1";

/// The facts of one letter.
pub(crate) fn facts(kind: LetterKind) -> Value {
    let because = sample::bookkeeping();
    match kind {
        LetterKind::Drift | LetterKind::HoldReview | LetterKind::Invitation | LetterKind::AccountChanged | LetterKind::ErasuresStopped => {
            to_people(kind)
        }
        LetterKind::Code => {
            json!({"code": "493 027", "valid_until": sample::at(11, 18, 13, 32), "url": "https://privacy.example.no/nb/link/4jq7k2"})
        }
        LetterKind::CaseLinks => {
            json!({"cases": [{"reference": sample::REFERENCE, "url": URL}], "valid_until": sample::at(11, 19, 8, 0)})
        }
        LetterKind::Received => json!({"reference": sample::REFERENCE, "due_on": sample::DUE, "url": URL}),
        LetterKind::Question => {
            json!({"reference": sample::REFERENCE, "question": sample::question(), "answer_by": sample::DUE, "url": URL})
        }
        LetterKind::Longer => json!({"reference": sample::REFERENCE, "due_on": sample::DUE, "because": sample::longer(), "url": URL}),
        LetterKind::Ready => json!({"reference": sample::REFERENCE, "expires_on": sample::DUE, "withheld": true, "url": URL}),
        LetterKind::ErasureNotice | LetterKind::AskedForYou => {
            json!({"reference": sample::REFERENCE, "stop_before": sample::at(11, 21, 8, 14), "url": URL})
        }
        LetterKind::ErasureDone => json!({
            "reference": sample::REFERENCE,
            "deleted": [{"what": sample::orders(), "count": 7, "system": sample::shop(), "on": "2026-11-24"}],
            "kept": [
                {"what": sample::invoices(), "because": because, "law": "bokføringsloven § 13, Art. 17(3)(b)", "until": sample::KEPT, "review_on": null},
                {"what": sample::passport(), "because": because, "law": "Art. 17(3)(e)", "until": null, "review_on": "2027-05-20"},
            ],
            "suppressed": {"since": sample::at(11, 20, 9, 0), "because": sample::silence(), "law": "Art. 21(3), Art. 17(3)(b)"},
            "signed_off": [sample::helpdesk()], "told": sample::told(),
            "backups_gone_by": "2026-12-24",
            "url": URL,
        }),
        LetterKind::NothingHeld => json!({"reference": sample::REFERENCE, "searched": [sample::shop()], "url": URL}),
        LetterKind::Refused => refused("R12.5u", "Art. 12(5)(b)", &Ground::Unfounded.text()),
        LetterKind::WithdrawalConfirmed | LetterKind::RestrictionStays | LetterKind::MessageWaits | LetterKind::DocumentGone => {
            json!({"reference": sample::REFERENCE, "url": URL})
        }
        LetterKind::ProofWanted => json!({"reference": sample::REFERENCE, "answer_by": sample::DUE, "url": URL}),
        LetterKind::PackageReminder => json!({"reference": sample::REFERENCE, "days": 7, "expires_on": sample::DUE, "url": URL}),
        LetterKind::PackageFetched => json!({"reference": sample::REFERENCE, "at": sample::at(11, 21, 8, 14), "url": URL}),
        LetterKind::RestGone => {
            json!({"reference": sample::REFERENCE, "what": [sample::invoices()], "gone_on": "2032-01-01", "remaining": 1})
        }
        LetterKind::RecipientNotice => recipient_notice(),
        LetterKind::PortabilityReady => {
            json!({"reference": sample::REFERENCE, "expires_on": sample::DUE, "left_out": [sample::invoices(), sample::passport()], "transmission": {"name": sample::reisefly(), "delivered": true}, "url": URL})
        }
        LetterKind::RectificationDone => json!({
            "reference": sample::REFERENCE,
            "corrected": [{"what": sample::orders(), "field": sample::text("Merknad", "Opmerking", "Note")}],
            "refused": [{"what": sample::passport(), "field": sample::text("Navn", "Naam", "Name")}],
            "because": sample::text("Navnet står slik i passet.", "De naam staat zo in het paspoort.", "The passport has the name like this."),
            "signed_off": [], "told": told(),
            "url": URL,
        }),
        LetterKind::RestrictionDone
        | LetterKind::RestrictionLifted
        | LetterKind::ObjectionUpheld
        | LetterKind::MarketingStopped
        | LetterKind::ConsentStopped => json!({
            "reference": sample::REFERENCE,
            "what": [{"what": sample::orders(), "system": sample::shop()}],
            "signed_off": [sample::shop()], "told": told(),
            "url": URL,
        }),
        LetterKind::FeeNotice => fee_notice(),
        LetterKind::LiftNotice => lift_notice(),
        LetterKind::ObjectionOverridden => refused("R21.1c", "Art. 21(1)", &Ground::CompellingGrounds.text()),
    }
}

fn recipient_notice() -> Value {
    json!({
        "reference": sample::REFERENCE, "recipient": "Webhuset AS", "person": "kundenummer 10042",
        "change": "corrected",
        "what": [{"what": sample::orders(), "field": sample::text("Merknad", "Opmerking", "Note"), "now": "Ring først"}], "on": "2026-11-24",
        "first": null, "url": "https://privacy.example.no/nb/notice/4jq7k2",
    })
}

/// To those who sign in.
fn to_people(kind: LetterKind) -> Value {
    let desk = "https://personvern.visumexpress.example/nb/desk";
    match kind {
        LetterKind::ErasuresStopped => json!({"cases": 50, "url": format!("{desk}/erasures")}),
        LetterKind::Drift => json!({"label": "Nettbutikken", "problems": 2, "url": format!("{desk}/systems/shop")}),
        LetterKind::HoldReview => {
            json!({"hold": "H-7QK2", "review_on": sample::DUE, "review": "overdue", "url": format!("{desk}/holds/H-7QK2/review")})
        }
        LetterKind::Invitation => {
            json!({"url": format!("{desk}/invitation/mfrggzdfmztwq2lk"), "valid_until": sample::at(11, 21, 13, 32)})
        }
        _ => json!({"change": "roles", "at": sample::at(11, 18, 13, 32), "subject": false}),
    }
}

fn fee_notice() -> Value {
    json!({
        "reference": sample::REFERENCE,
        "fee": "NOK 150",
        "before": "2026-10-02",
        "because": sample::text("Ingenting er endret siden da.", "Er is sindsdien niets veranderd.", "Nothing has changed since then."),
        "answer_by": sample::DUE,
        "url": URL,
    })
}

fn lift_notice() -> Value {
    json!({
        "reference": sample::REFERENCE,
        "because": sample::text("Vi er ferdige med å sjekke dem.", "Wij zijn klaar met controleren.", "We have finished checking it."),
        "speak_by": sample::DUE,
        "url": URL,
    })
}

fn refused(code: &str, citation: &str, ground: &Text) -> Value {
    let because = sample::bookkeeping();
    json!({"reference": sample::REFERENCE, "because": because, "code": code, "ground": ground, "citation": citation, "url": URL})
}

/// As many as an ordinary letter has.
fn told() -> Vec<Told> {
    sample::told().into_iter().take(2).collect()
}
