//! What becomes of somebody's word that she may act for another: a member of staff says where the authority was seen and who gets the answer.
//! Not an action: handing in the form calls it. The document itself is kept nowhere.

use std::collections::BTreeMap;

use habeas_core::law::acting::{AnswerTo, Authority, Seen};

use super::{
    door::Inside,
    fact::Fact,
    refusal::{Problem, Refusal},
};
use crate::store::{case::Case, sealed};

/// The form in which it is decided.
pub const CHECK: &str = "authority-check";
/// Field of the form: where it was seen.
pub const SEEN: &str = "seen";
/// Field of the form: who gets the answer.
pub const ANSWER_TO: &str = "answer-to";

/// Takes an authority as shown.
pub(super) fn accept(inside: &Inside<'_>, case: &mut Case, fields: &BTreeMap<String, String>) -> Result<Fact, Refusal> {
    let said = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let (seen, answer_to) = (Seen::from_name(said(SEEN)), AnswerTo::from_name(said(ANSWER_TO)));
    let (Some(seen), Some(answer_to)) = (seen, answer_to) else {
        let missing = [(SEEN, "seen-missing", seen.is_none()), (ANSWER_TO, "answer-to-missing", answer_to.is_none())];
        return Err(Refusal::Invalid(
            missing.into_iter().filter(|(_, _, is)| *is).map(|(field, code, _)| Problem::new(field, code)).collect(),
        ));
    };
    let mut applicant = sealed::applicant(inside.keys, case)?;
    let (Some(acting), Some(on_behalf)) = (applicant.acting.as_mut(), case.on_behalf.as_mut()) else {
        return Err(Refusal::conflict("nobody-acts", "nobody acts for somebody else in this case"));
    };
    acting.authority = Authority::Accepted { seen, answer_to };
    on_behalf.answer_to = Some(answer_to);
    let fact = Fact::of_case("authority-accepted", &case.id)
        .with("capacity", acting.capacity.name())
        .with("seen", seen.name())
        .with("answer-to", answer_to.name());
    case.applicant = Some(sealed::key_of(inside.keys, case)?.seal(inside.chance, "applicant", &applicant)?);
    Ok(fact)
}
