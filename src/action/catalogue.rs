//! What habeas adds to the catalogue's forms: reasons, signatures and proofs that handing one in stands for.

pub use habeas_core::catalogue::{ANSWERED, catalogue};
pub use habeas_core::workflow::Catalogue;
use habeas_core::{
    law::{connection::manual::Duty, tier::Tier},
    workflow::catalogue::Idempotency,
};

use super::submit_task::FormRules;

/// What doing an effect twice does, the house's own among them. Only the post cannot be asked whether it took a letter.
pub fn idempotency(action: &str) -> Idempotency {
    if action == "mail.deliver" { Idempotency::None } else { Idempotency::Key }
}

/// What handing in a form means beyond its outcome.
pub fn form(name: &str) -> FormRules {
    match name {
        "identity-proof" => FormRules { asked_by: Some("proof-wanted"), ..FormRules::default() },
        "identity-evidence" | "authority-evidence" => FormRules { asked_by: Some("question"), ..FormRules::default() },
        "identity-check" => FormRules { proves: Some(Tier::SecondItem), reason_on: &["accepted"], ..FormRules::default() },
        // A shielded document, seen in person or by video and approved by the DPO; only that it was checked is kept.
        "identity-check-strong" => FormRules { proves: Some(Tier::Substantial), reason_on: &["accepted"], ..FormRules::default() },
        "authority-check" => FormRules { reason_on: &["more", "refused"], ..FormRules::default() },
        "authority-review" => FormRules { reason_on: &["stands", "ended"], ..FormRules::default() },
        "deceased-decision" => FormRules { reason_on: &["not-gdpr", "in-error"], ..FormRules::default() },
        "fee-decision" => FormRules { reason_on: &["charge"], fee_on: Some("charge"), ..FormRules::default() },
        "plan-approval" => FormRules { approves_plan: true, reason_on: &["sent-back"], ..FormRules::default() },
        "erasure-triage" => FormRules { reason_on: &["extend", "not-a-request", "unfounded"], ..FormRules::default() },
        "erasure-decision" => FormRules { reason_on: &["refuse"], ..FormRules::default() },
        "erasure-proof" => FormRules { reason_on: &["submitted", "blocked"], duties: &[Duty::Erase, Duty::Verify], ..FormRules::default() },
        "located-records" => FormRules { reason_on: &["submitted"], duties: &[Duty::Find], ..FormRules::default() },
        "correction-proof" => FormRules { reason_on: &["submitted"], duties: &[Duty::Correct, Duty::Verify], ..FormRules::default() },
        "restriction-proof" => FormRules { reason_on: &["submitted"], duties: &[Duty::Restrict, Duty::Verify], ..FormRules::default() },
        "refusal-reasons" => FormRules { reason_on: &["submitted"], ..FormRules::default() },
        "correction-decision" => FormRules { reason_on: &["partly", "extend"], ticks_on: Some("partly"), ..FormRules::default() },
        "restriction-decision" => FormRules { reason_on: &["extend"], ..FormRules::default() },
        "objection-balance" => FormRules { reason_on: &["overridden", "extend"], ..FormRules::default() },
        "lift-objection" => FormRules { reason_on: &["objects"], ..FormRules::default() },
        "lift-decision" => FormRules { reason_on: &["lift", "stays"], ..FormRules::default() },
        "access-review" => FormRules { reason_on: &["sent-back", "extend"], ..FormRules::default() },
        "refusal-approval" => FormRules { reason_on: &["sent-back"], ..FormRules::default() },
        "impersonation-review" => FormRules { reason_on: &["harmless", "impostor"], ..FormRules::default() },
        "transmission-proof" => FormRules { reason_on: &["delivered", "impossible"], ..FormRules::default() },
        "message-reply" => FormRules { reason_on: &["answered"], ..FormRules::default() },
        "statement-placed" => FormRules { reason_on: &["no-place"], ..FormRules::default() },
        "recipient-told" => FormRules { reason_on: &["impossible"], ..FormRules::default() },
        _ => FormRules::default(),
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::catalogue::ROLES;

    use super::*;
    use crate::action::actor::Role;

    #[test]
    fn the_catalogue_knows_the_roles_of_the_house() {
        // No workflow asks an administrator: that office sees no case.
        let mut known: Vec<_> = Role::ALL.iter().filter(|role| **role != Role::Administrator).map(|role| role.name()).collect();
        let mut named = ROLES.to_vec();
        known.sort_unstable();
        named.sort_unstable();
        assert_eq!(known, named);
    }

    #[test]
    fn reasons_are_asked_for_on_outcomes_that_exist() {
        for (name, shape) in catalogue().forms {
            for outcome in form(&name).reason_on {
                assert!(shape.terms.outcomes.iter().any(|known| known == outcome), "{name}: {outcome}");
            }
        }
    }
}
