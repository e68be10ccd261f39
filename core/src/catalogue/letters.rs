//! What the person is told: the parts of each letter, and which facts it needs and proves.

use super::{
    ANNOUNCED, ANSWERED, APPROVAL, CORRECTED, ERASED, EXTENDED, FEE_REASONED, FEE_TOLD, IN_TIME, PACKAGED, RECEIPTED, REFUSAL_APPROVED,
    REFUSAL_EXPLAINED, STOPPED, TOLD,
    obligations::{EXTENSION, NOTHING_LEAVES, PROOF},
};
use crate::workflow::catalogue::{Letter, Terms};

type Named = (&'static str, Letter);

pub(super) fn all() -> impl Iterator<Item = Named> {
    on_the_way().into_iter().chain(answers()).chain(refusals())
}

fn on_the_way() -> [Named; 5] {
    [
        ("receipt", Letter::of(["reference", "deadline", "rights"]).facts(|terms| terms.grants([RECEIPTED]))),
        (
            "extension",
            Letter::of(["new-deadline", "reasons", "complaint"])
                .facts(|terms| terms.rule(EXTENSION).needs([EXTENDED, IN_TIME]).kills([EXTENDED])),
        ),
        (
            "fee-notice",
            Letter::of(["fee", "reasons", "what-happens-now", "complaint"])
                .facts(|terms| terms.rule(PROOF).needs([FEE_REASONED]).grants([FEE_TOLD])),
        ),
        ("erasure-notice", Letter::of(["what-happens-now", "stop"]).facts(|terms| terms.needs([APPROVAL]))),
        ("lift-notice", Letter::of(["what-happens-now", "reasons", "complaint"]).facts(|terms| terms.grants([ANNOUNCED]))),
    ]
}

fn answered(terms: Terms) -> Terms {
    terms.grants([ANSWERED])
}

fn answers() -> [Named; 10] {
    let copy = |terms| answered(terms).rule(NOTHING_LEAVES).needs([PACKAGED]);
    let changed = ["done", "recipients", "complaint"];
    [
        ("access-ready", Letter::of(["download", "rights", "complaint"]).facts(copy)),
        ("portability-ready", Letter::of(["download", "left-out", "rights", "complaint"]).facts(copy)),
        ("nothing-held", Letter::of(["where-we-looked", "complaint"]).facts(answered)),
        ("withdrawal-confirmed", Letter::of(["what-happens-now", "rights"]).facts(answered)),
        ("restriction-done", Letter::of(changed).facts(|terms| answered(terms).needs([STOPPED, TOLD]))),
        ("restriction-lifted", Letter::of(changed).facts(|terms| answered(terms).needs([ANNOUNCED, TOLD]))),
        ("restriction-stays", Letter::of(["done", "complaint"]).facts(answered)),
        ("objection-upheld", Letter::of(changed).facts(|terms| answered(terms).needs([STOPPED, TOLD]))),
        ("marketing-stopped", Letter::of(changed).facts(|terms| answered(terms).needs([STOPPED, TOLD]))),
        ("consent-stopped", Letter::of(changed).facts(|terms| answered(terms).needs([STOPPED, TOLD]))),
    ]
}

/// Letters that say no, to all of it or to a part (Art. 12(4)).
fn refusals() -> [Named; 5] {
    let refused = |terms| answered(terms).rule(PROOF).needs([REFUSAL_APPROVED]).grants([REFUSAL_EXPLAINED]);
    let no = |parts: &[&str]| {
        let mut letter = Letter::of(["reasons", "complaint", "remedy"]).refusing();
        letter.sections.extend(parts.iter().map(|&part| part.to_owned()));
        letter
    };
    // What an erasure came to is owed whole (Art. 12(4), (5), 17(3), 19); of what is kept also what is done with it meanwhile and then.
    let erased = ["erased", "kept", "recipients", "backups", "contact", "free"];
    [
        ("access-partly", no(&["download"]).facts(|terms| answered(terms).rule(NOTHING_LEAVES).needs([PACKAGED]))),
        ("erasure-done", no(&erased).facts(|terms| answered(terms).needs([ERASED, TOLD]))),
        ("rectification-done", no(&["corrected"]).facts(|terms| answered(terms).needs([CORRECTED, TOLD]))),
        ("refusal", no(&["ground", "rights", "contact", "free"]).facts(refused)),
        // Said before the restriction ends, so it announces that too (Art. 18(3)).
        ("objection-overridden", no(&["ground", "what-happens-now"]).facts(|terms| refused(terms).grants([ANNOUNCED]))),
    ]
}
