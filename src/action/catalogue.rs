//! The one place where workflow words meet law words: what definitions may call, and which legal facts that proves.
//!
//! If an author could grant a fact in YAML, proving it would be worth nothing; so facts are granted here only.

use std::collections::BTreeMap;

use habeas_core::{
    law::tier::Tier,
    workflow::{
        Catalogue,
        catalogue::{Action, Effect, Form, Terms, set},
    },
};

use super::{actor::Role, submit_task::FormRules};

/// The person is known to the tier that what was found asks for (Art. 12(6)).
const VERIFIED: &str = "identity.verified";
/// The person is known well enough to search.
const MATCHED: &str = "identity.matched";
/// Rules and holds were applied to what was found (Art. 17(3)).
const HOLDS: &str = "holds.checked";
/// What will be erased is fixed under a hash.
const PLAN: &str = "plan.frozen";
/// Somebody else approved exactly that plan (Art. 5(2)).
const APPROVAL: &str = "approval.given";
/// Every system did its part and was read back.
const ERASED: &str = "erasure.done";
/// Every recipient was told, or it is recorded why not (Art. 19).
const TOLD: &str = "recipients.told";
/// Nothing about others leaves unseen (Art. 15(4)).
const REVIEWED: &str = "others.reviewed";
/// The copy is written (Art. 15(3)).
const PACKAGED: &str = "package.written";
/// The person has an answer (Art. 12(3), 12(4)).
const ANSWERED: &str = "answer.sent";
/// The legal deadline has not passed.
const IN_TIME: &str = "clock.before-due";

const IDENTITY: [&str; 2] = [MATCHED, VERIFIED];

/// Everything a definition may name.
pub fn catalogue() -> Catalogue {
    Catalogue {
        actions: named(actions()),
        decisions: named([("erasure-holds", Terms::new(["decided"]).kills([PLAN, APPROVAL]).grants([HOLDS]))]),
        forms: named(forms()),
        letters: named(letters()),
        roles: Role::ALL.iter().map(|role| role.name().to_owned()).collect(),
        lists: set(["case.systems", "case.records", "plan.systems", "plan.recipients"]),
        given: set([IN_TIME]),
        lapsing: set([IN_TIME]),
        restarting: set([VERIFIED, MATCHED, HOLDS, PLAN, APPROVAL, ERASED, TOLD, REVIEWED, PACKAGED, ANSWERED]),
    }
}

fn actions() -> [(&'static str, Action); 12] {
    let (read, internal, external) = (|| Action::new(Effect::Read), || Action::new(Effect::Internal), || Action::new(Effect::External));
    let planned = |terms: Terms| terms.needs([HOLDS]).kills([APPROVAL]).grants([PLAN]);
    let screened = |terms: Terms| terms.needs([MATCHED]).kills([REVIEWED]).grants_on("clean", [REVIEWED]);
    [
        ("letter.send", external().ends(["sent"]).takes(["letter"])),
        ("clock.extend", internal().ends(["extended"]).facts(|terms| terms.needs([IN_TIME]))),
        ("identity.match", read().ends(["sure", "unsure", "nothing"]).facts(|terms| terms.kills(IDENTITY).grants_on("sure", IDENTITY))),
        ("identity.screen", internal().ends(["enough", "more"]).facts(|terms| terms.kills_on("more", [VERIFIED]))),
        ("system.locate", read().ends(["found", "nothing", "failed"]).facts(|terms| terms.needs([MATCHED]))),
        ("access.screen", internal().ends(["clean", "others", "nothing"]).facts(screened)),
        ("bundle.write", internal().ends(["written"]).facts(|terms| terms.needs([VERIFIED, REVIEWED]).grants([PACKAGED]))),
        ("bundle.write-ordinary", internal().ends(["written"]).facts(|terms| terms.needs([MATCHED, REVIEWED]).grants([PACKAGED]))),
        ("erasure.plan", internal().ends(["something", "nothing"]).facts(planned)),
        (
            "system.erase",
            Action::new(Effect::Irreversible)
                .ends(["erased", "nothing", "blocked", "failed"])
                .facts(|terms| terms.needs([VERIFIED, HOLDS, PLAN, APPROVAL])),
        ),
        ("system.verify-erased", read().ends(["clean", "remains"]).facts(|terms| terms.grants_on_join([ERASED]))),
        ("recipient.notify", external().ends(["told", "failed"]).facts(|terms| terms.needs([ERASED]).grants_on_join([TOLD]))),
    ]
}

fn forms() -> [(&'static str, Form); 15] {
    let approval = Form::staff(["approved", "sent-back"]).four_eyes();
    [
        ("access-request", Form::subject(["submitted"])),
        ("erasure-request", Form::subject(["submitted"])),
        ("identity-evidence", Form::subject(["submitted"])),
        ("identity-check", Form::staff(["accepted", "not-enough"]).facts(|terms| terms.grants_on("accepted", IDENTITY))),
        ("identity-check-strong", Form::staff(["accepted", "not-enough"]).facts(|terms| terms.grants_on("accepted", IDENTITY))),
        ("located-records", Form::staff(["submitted"])),
        ("access-review", Form::staff(["release", "sent-back"]).facts(|terms| terms.grants_on("release", [REVIEWED]))),
        ("erasure-triage", Form::staff(["go-on", "extend", "not-a-request", "unfounded"])),
        ("erasure-decision", Form::staff(["erase", "partly", "refuse"])),
        ("plan-approval", approval.clone().facts(|terms| terms.needs([PLAN]).grants_on("approved", [APPROVAL]))),
        ("cooling-off", Form::subject(["stopped"])),
        ("erasure-proof", Form::staff(["submitted", "blocked"])),
        ("recipient-told", Form::staff(["told", "impossible"])),
        ("refusal-reasons", Form::staff(["submitted"])),
        ("refusal-approval", approval),
    ]
}

fn letters() -> [(&'static str, Terms); 9] {
    let plain = Terms::default;
    let answer = || Terms::default().grants([ANSWERED]);
    [
        ("receipt", plain()),
        ("extension", plain()),
        ("erasure-notice", plain().needs([APPROVAL])),
        ("access-ready", answer().needs([PACKAGED])),
        ("access-partly", answer().needs([PACKAGED])),
        ("erasure-done", answer().needs([ERASED, TOLD])),
        ("nothing-held", answer()),
        ("refusal", answer()),
        ("withdrawal-confirmed", answer()),
    ]
}

/// What handing in a form means beyond its outcome.
pub fn form(name: &str) -> FormRules {
    match name {
        "identity-evidence" => FormRules { asked_by: Some("question"), ..FormRules::default() },
        "identity-check" => FormRules { proves: Some(Tier::SecondItem), reason_on: &["accepted"], ..FormRules::default() },
        // A shielded document, seen in person or by video and approved by the DPO; only that it was checked is kept.
        "identity-check-strong" => FormRules { proves: Some(Tier::Substantial), reason_on: &["accepted"], ..FormRules::default() },
        "plan-approval" => FormRules { approves_plan: true, reason_on: &["sent-back"], ..FormRules::default() },
        "erasure-triage" => FormRules { reason_on: &["not-a-request", "unfounded"], ..FormRules::default() },
        "erasure-decision" => FormRules { reason_on: &["refuse"], ..FormRules::default() },
        "located-records" | "erasure-proof" => FormRules { reason_on: &["submitted", "blocked"], ..FormRules::default() },
        "refusal-reasons" => FormRules { reason_on: &["submitted"], ..FormRules::default() },
        "refusal-approval" | "access-review" => FormRules { reason_on: &["sent-back"], ..FormRules::default() },
        "recipient-told" => FormRules { reason_on: &["impossible"], ..FormRules::default() },
        _ => FormRules::default(),
    }
}

fn named<T, const N: usize>(entries: [(&str, T); N]) -> BTreeMap<String, T> {
    entries.into_iter().map(|(name, entry)| (name.to_owned(), entry)).collect()
}
