//! What the house does by itself: how each action may end, what it does to the world, which facts it needs, proves and undoes.

use super::{
    ANNOUNCED, APPROVAL, CHANGED, CORRECTED, CORRECTIONS, DECIDED, DOUBTED, ERASED, EXTENDED, FEE_REASONED, FEE_TOLD, HOLDS, IDENTITY,
    IN_TIME, MATCHED, PACKAGED, PLAN, REASONED, REVIEWED, STOPPED, STOPS, TOLD, VERIFIED,
    obligations::{BEFORE_LIFTING, EXTENSION, IRREVERSIBLE, NOTHING_LEAVES},
};
use crate::workflow::catalogue::{Action, Effect, Idempotency, Terms};

type Named = (&'static str, Action);

pub(super) fn all() -> impl Iterator<Item = Named> {
    common().into_iter().chain(copies()).chain(erasure()).chain(rectification()).chain(restriction())
}

fn read() -> Action {
    Action::new(Effect::Read).idempotency(Idempotency::Natural)
}

fn internal() -> Action {
    Action::new(Effect::Internal)
}

fn common() -> [Named; 8] {
    let matched =
        |terms: Terms| terms.kills(IDENTITY).grants_on("sure", IDENTITY).grants_on("unsure", [DOUBTED]).grants_on("mismatch", [DOUBTED]);
    // Everything that was shown against what was found: it is enough, or what more is asked for stands in the record.
    let screened = |terms: Terms| {
        let enough = terms.needs([MATCHED]).kills([VERIFIED]).grants_on("enough", [VERIFIED]);
        enough.grants_on("more", [DOUBTED])
    };
    let extended = |terms: Terms| terms.rule(EXTENSION).needs([REASONED]).kills([REASONED, EXTENDED]);
    let told = |terms: Terms| terms.needs([CHANGED]).grants_on_join([TOLD]);
    [
        ("letter.send", Action::new(Effect::External).ends(["sent"]).takes(["letter"]).changeable(["lang"])),
        (
            "clock.extend",
            internal().ends(["extended", "too-late", "already"]).facts(|terms| extended(terms).grants_on("extended", [EXTENDED, IN_TIME])),
        ),
        // Who asks for another is matched after somebody has decided that she may; what does not fit then waits for a person.
        ("identity.match", read().ends(["sure", "unsure", "nothing", "for-another", "deceased", "mismatch"]).facts(matched)),
        // Whoever somebody asks for hears of it where she has a mailbox of her own on file, and has time to say no.
        ("subject.tell", Action::new(Effect::External).ends(["told", "nobody"])),
        ("identity.screen", internal().ends(["enough", "more"]).facts(screened)),
        (
            "system.locate",
            read().ends(["found", "nothing", "failed"]).fails(["failed"]).facts(|terms| terms.rule(NOTHING_LEAVES).needs([MATCHED])),
        ),
        // By the proven mailbox alone: enough to stop what is sent to it, never to show or change anything else.
        ("system.locate-mailbox", read().ends(["found", "nothing", "failed"]).fails(["failed"])),
        ("recipient.notify", Action::new(Effect::External).ends(["told", "failed"]).fails(["failed"]).facts(told)),
    ]
}

/// Art. 15 and 20.
fn copies() -> [Named; 6] {
    let screened = |terms: Terms| terms.needs([MATCHED]).kills([REVIEWED]).grants_on("clean", [REVIEWED]);
    let written = |terms: Terms| terms.rule(NOTHING_LEAVES).needs([REVIEWED]).grants([PACKAGED]);
    [
        // Whether the same was sent within the year: a further copy may cost something (Art. 15(3)).
        ("access.compare", internal().ends(["free", "again"]).facts(|terms| terms.needs([MATCHED]).kills([FEE_REASONED, FEE_TOLD]))),
        ("access.screen", internal().ends(["clean", "others", "nothing"]).facts(screened)),
        ("bundle.write", internal().ends(["written"]).facts(|terms| written(terms).needs([VERIFIED]))),
        ("bundle.write-ordinary", internal().ends(["written"]).facts(|terms| written(terms).needs([MATCHED]))),
        (
            "bundle.transmit",
            Action::new(Effect::External)
                .ends(["delivered", "not-asked", "failed"])
                .fails(["failed"])
                .facts(|terms| terms.rule(NOTHING_LEAVES).needs([PACKAGED, MATCHED])),
        ),
        ("bundle.write-portable", internal().ends(["written"]).facts(|terms| written(terms).needs([MATCHED]))),
    ]
}

/// Art. 17.
fn erasure() -> [Named; 4] {
    let planned = |terms: Terms| terms.needs([HOLDS]).kills([APPROVAL]).grants([PLAN]).grants_on("nothing", [TOLD]);
    let erased = |terms: Terms| terms.rule(IRREVERSIBLE).needs([MATCHED, VERIFIED, HOLDS, PLAN, APPROVAL]).kills([TOLD, CHANGED, ERASED]);
    [
        ("erasure.plan", internal().ends(["something", "nothing"]).facts(planned)),
        // Whether anything was erased in this case before it was stopped: then there is nothing left to refuse.
        ("erasure.account", internal().ends(["untouched", "touched"]).facts(|terms| terms.grants_on("untouched", [TOLD]))),
        (
            "system.erase",
            Action::new(Effect::Irreversible)
                .idempotency(Idempotency::Natural)
                .ends(["erased", "nothing", "blocked", "failed"])
                .fails(["blocked", "failed"])
                .facts(erased),
        ),
        ("system.verify-erased", read_back().facts(|terms| terms.grants_on_join([ERASED, CHANGED]))),
    ]
}

/// Art. 16.
fn rectification() -> [Named; 3] {
    let planned = |terms: Terms| terms.needs([VERIFIED]).kills([DECIDED]).grants([CORRECTIONS]);
    let corrected = |terms: Terms| terms.needs([VERIFIED, CORRECTIONS, DECIDED]).kills([TOLD, CHANGED, CORRECTED]);
    [
        ("correction.plan", internal().ends(["something", "nothing"]).facts(planned)),
        ("system.correct", changing().ends(["corrected", "nothing", "failed"]).facts(corrected)),
        ("system.verify-corrected", read_back().facts(|terms| terms.grants_on_join([CORRECTED, CHANGED]))),
    ]
}

/// Art. 18, 21 and 7(3): what is stopped is chosen by another plan each, and stopped in the same way.
fn restriction() -> [Named; 9] {
    let plan = |needs: &'static [&'static str]| {
        let terms = move |terms: Terms| needs.iter().fold(terms, |terms, need| terms.needs([*need])).kills([STOPPED]).grants([STOPS]);
        internal().ends(["something", "nothing"]).facts(terms)
    };
    let lifted = |terms: Terms| terms.rule(BEFORE_LIFTING).needs([ANNOUNCED]).kills([STOPPED, TOLD, CHANGED]);
    [
        ("objection.sort", internal().ends(["marketing", "other"])),
        ("restriction.plan", plan(&[MATCHED])),
        ("objection.plan", plan(&[MATCHED])),
        ("marketing.plan", plan(&[])),
        ("consent.plan", plan(&[])),
        (
            "system.restrict",
            changing().ends(["restricted", "nothing", "failed"]).facts(|terms| terms.needs([STOPS]).kills([TOLD, CHANGED])),
        ),
        ("system.verify-restricted", read_back().facts(|terms| terms.grants_on_join([STOPPED, CHANGED]))),
        ("system.lift", changing().ends(["lifted", "nothing", "failed"]).facts(lifted)),
        ("system.verify-lifted", read_back().facts(|terms| terms.grants_on_join([CHANGED]))),
    ]
}

/// Changes something that can be changed back.
fn changing() -> Action {
    Action::new(Effect::Reversible).idempotency(Idempotency::Natural).fails(["failed"])
}

/// Looks again at what was changed.
fn read_back() -> Action {
    read().ends(["clean", "remains"]).fails(["remains"])
}
