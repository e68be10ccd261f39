//! What people fill in: how each form may end, who may be asked, which facts it needs, proves and undoes.

use super::{
    APPROVAL, CORRECTIONS, DECIDED, DOUBTED, FEE_REASONED, FEE_TOLD, IDENTITY, PLAN, REASONED, REFUSAL_APPROVED, REFUSAL_REASONED,
    REVIEWED, STOPPED,
    obligations::{DOUBT_FIRST, PROOF, STOPPED_FIRST},
};
use crate::workflow::catalogue::{Form, Terms};

type Named = (&'static str, Form);

pub(super) fn all() -> impl Iterator<Item = Named> {
    requests().into_iter().chain(identity()).chain(authority()).chain(decisions()).chain(by_hand()).chain(refusal())
}

fn sent() -> Form {
    Form::subject(["submitted"])
}

/// What opens a case.
fn requests() -> [Named; 7] {
    [
        ("access-request", sent()),
        ("portability-request", sent()),
        ("rectification-request", sent()),
        ("restriction-request", sent()),
        ("erasure-request", sent()),
        ("objection-request", sent()),
        ("consent-withdrawal-request", sent()),
    ]
}

fn identity() -> [Named; 4] {
    let checked = |terms: Terms| terms.grants_on("accepted", IDENTITY).grants_on("not-enough", [DOUBTED]);
    [
        ("identity-evidence", sent().stops_clock().facts(|terms| terms.rule(DOUBT_FIRST).needs([DOUBTED]))),
        // No pause of the clock: what she holds was found, and only how much of it she may see is open.
        ("identity-proof", Form::subject(["shown", "document"]).facts(|terms| terms.rule(DOUBT_FIRST).needs([DOUBTED]))),
        ("identity-check", Form::staff(["accepted", "not-enough"]).facts(checked)),
        ("identity-check-strong", Form::staff(["accepted", "not-enough"]).only(["dpo"]).facts(checked)),
    ]
}

/// Somebody asks for another person.
fn authority() -> [Named; 5] {
    let weighty = |form: Form| form.only(["privacy-lead", "dpo"]);
    [
        // Accepting proves nothing about the person: she is matched afterwards, by what the form says about her.
        ("authority-check", Form::staff(["accepted", "more", "refused"]).only(["case-handler", "privacy-lead", "dpo"])),
        ("authority-evidence", sent().stops_clock()),
        ("authority-objection", Form::subject(["stopped"])),
        ("authority-review", weighty(Form::staff(["stands", "ended"]))),
        // Recital 27: the regulation is for the living, and people decide what is answered.
        ("deceased-decision", weighty(Form::staff(["not-gdpr", "in-error"]))),
    ]
}

fn decisions() -> [Named; 13] {
    let longer = |terms: Terms| terms.grants_on("extend", [REASONED]);
    let approved = |terms: Terms| terms.needs([PLAN]).grants_on("approved", [APPROVAL]).kills_on("sent-back", [APPROVAL]);
    let corrected = |terms: Terms| longer(terms).needs([CORRECTIONS]).grants_on("correct", [DECIDED]).grants_on("partly", [DECIDED]);
    // Art. 15(4): what is about others is let go, or left out; the copy itself is never refused for it.
    let reviewed = |terms: Terms| longer(terms).grants_on("release", [REVIEWED]).grants_on("redact", [REVIEWED]);
    let weighed = |terms: Terms| longer(terms).rule(STOPPED_FIRST).needs([STOPPED]);
    let charged = |terms: Terms| terms.grants_on("charge", [FEE_REASONED]);
    let leading = |form: Form| form.only(["privacy-lead", "dpo"]);
    [
        ("access-review", Form::staff(["release", "redact", "sent-back", "extend"]).facts(reviewed)),
        // "Manifestly unfounded" is a weighty word: who may say it is written here, that a second person agrees stands at the refusal.
        (
            "erasure-triage",
            Form::staff(["go-on", "extend", "not-a-request", "unfounded"]).only(["case-handler", "privacy-lead", "dpo"]).facts(longer),
        ),
        ("erasure-decision", Form::staff(["erase", "partly", "refuse"])),
        ("plan-approval", Form::staff(["approved", "sent-back"]).four_eyes().facts(approved)),
        ("cooling-off", Form::subject(["stopped"])),
        // Who asked: the person, or somebody in her name (Art. 33).
        ("impersonation-review", leading(Form::staff(["harmless", "impostor"]))),
        ("correction-decision", Form::staff(["correct", "partly", "refuse", "extend"]).facts(corrected)),
        ("restriction-decision", Form::staff(["restrict", "refuse", "extend"]).facts(longer)),
        ("lift-objection", Form::subject(["objects"])),
        ("lift-decision", leading(Form::staff(["lift", "stays"]))),
        ("fee-decision", leading(Form::staff(["free", "charge"])).facts(charged)),
        // Silence never costs anything.
        ("fee-answer", Form::subject(["accepted"]).facts(|terms| terms.rule(PROOF).needs([FEE_TOLD]))),
        ("objection-balance", leading(Form::staff(["upheld", "overridden", "extend"])).facts(weighed)),
    ]
}

/// What a person did where the house could not.
fn by_hand() -> [Named; 8] {
    [
        ("located-records", Form::staff(["submitted"])),
        ("erasure-proof", Form::staff(["submitted", "blocked"])),
        ("correction-proof", Form::staff(["submitted"])),
        ("restriction-proof", Form::staff(["submitted"])),
        ("transmission-proof", Form::staff(["delivered", "impossible"])),
        // Opened by the person's message, in whatever step the case is.
        ("message-reply", Form::staff(["answered"])),
        // Opened by the person's statement about what was not corrected, once she has her answer.
        ("statement-placed", Form::staff(["placed", "no-place"])),
        ("recipient-told", Form::staff(["told", "impossible"])),
    ]
}

fn refusal() -> [Named; 2] {
    let reasoned = |terms: Terms| terms.kills([REFUSAL_APPROVED]).grants([REFUSAL_REASONED]);
    let approved = |terms: Terms| terms.rule(PROOF).needs([REFUSAL_REASONED]).grants_on("approved", [REFUSAL_APPROVED]);
    let may = ["case-handler", "privacy-lead", "dpo"];
    [
        ("refusal-reasons", Form::staff(["submitted"]).only(may).facts(reasoned)),
        ("refusal-approval", Form::staff(["approved", "sent-back"]).four_eyes().only(["privacy-lead", "dpo"]).facts(approved)),
    ]
}
