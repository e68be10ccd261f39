//! What a form says beyond the right itself, read into the law's words; the law says what is wrong with it. Portal and desk alike.

use habeas_core::law::{
    ask::{Asked, Correction, Objection, RestrictionGround},
    recipient::Recipient,
    right::Right,
};

use super::State;
use crate::{
    render::{frame::FieldProblem, texts::Message},
    view::portal::{correct::Words, details::Against},
};

/// Where the mistake is was not said.
pub(super) fn which_kind_missing() -> FieldProblem {
    problem("kind", "problem-which-kind-missing")
}

/// Why the data may only be stored.
pub(super) fn restriction(ground: &str) -> Result<Asked, FieldProblem> {
    let ground = RestrictionGround::from_name(ground).ok_or_else(|| problem("ground", "problem-rest-missing"))?;
    Ok(Asked::Restriction { ground })
}

/// What is objected to, and why.
pub(super) fn objection(against: &str, why: &str) -> Result<Asked, FieldProblem> {
    Ok(Asked::Objection(match Against::from_name(against) {
        None => return Err(problem("against", "problem-against-missing")),
        Some(Against::Marketing) => Objection::Marketing,
        Some(Against::Other) => Objection::Other { why: why.trim().to_owned() },
    }))
}

/// Where the file goes: to the person alone, or also to somebody who takes files.
pub(super) fn transmission<'r>(mut receivers: impl Iterator<Item = &'r Recipient>, to: &str) -> Result<Asked, FieldProblem> {
    match to {
        "me" => Ok(Asked::Nothing),
        to if receivers.any(|receiver| receiver.id == to) => Ok(Asked::Transmission { to: to.to_owned() }),
        _ => Err(problem("to", "problem-send-missing")),
    }
}

/// The uses that are objected to; no tick means all of them, and advertising is one thing.
pub(super) fn uses(against: &str, kinds: Vec<String>) -> Option<Vec<String>> {
    (Against::from_name(against) == Some(Against::Other) && !kinds.is_empty()).then_some(kinds)
}

/// A correction of a field of a kind, as it was typed.
fn correction(kind: &str, words: &Words) -> Correction {
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Correction {
        kind: kind.to_owned(),
        field: words.field.clone(),
        now: said(&words.now),
        should: words.should.trim().to_owned(),
        why: said(&words.why),
    }
}

/// Everything, or the kinds that were ticked: what was chosen so far, and what is wrong with it.
pub(super) fn scope(said: &str, kinds: Vec<String>) -> (Option<Vec<String>>, Option<FieldProblem>) {
    match said {
        "everything" => (None, None),
        "choose" if !kinds.is_empty() => (Some(kinds), None),
        "choose" => (Some(kinds), Some(problem("kind", "problem-kinds-missing"))),
        _ => (None, Some(problem("scope", "problem-scope-missing"))),
    }
}

impl State {
    /// A correction of a field of a kind; clock times are those of the organisation's place.
    pub(super) fn correction(&self, kind: &str, words: &Words) -> Correction {
        let organisation = &self.look.organisation;
        correction(kind, words).in_zone(organisation.systems(), &organisation.zone())
    }

    /// What the law finds wrong with what is asked, said at its field.
    pub(super) fn problems(&self, asked: &Asked, right: Right) -> Vec<FieldProblem> {
        let found = asked.problems(right, self.look.organisation.systems());
        found.iter().map(|(field, code)| problem(field, &format!("problem-{code}"))).collect()
    }
}

fn problem(field: &str, key: &str) -> FieldProblem {
    FieldProblem::new(field, Message::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_owes_neither_what_it_says_now_nor_why() {
        let words = Words { field: "street".to_owned(), should: " Lillegata 2 ".to_owned(), now: "  ".to_owned(), ..Words::default() };
        let correction = correction("shop.addresses", &words);
        assert_eq!((correction.should.as_str(), correction.now, correction.why), ("Lillegata 2", None, None));
    }

    #[test]
    fn advertising_takes_no_reason_along() {
        assert_eq!(objection("marketing", "whatever").unwrap(), Asked::Objection(Objection::Marketing));
        assert_eq!(objection("", "Derfor.").unwrap_err().field, "against");
    }

    #[test]
    fn an_objection_without_a_tick_is_against_every_use() {
        let kinds = || vec!["shop.orders".to_owned()];
        assert_eq!(uses("other", kinds()), Some(kinds()));
        assert_eq!(uses("other", Vec::new()), None);
        assert_eq!(uses("marketing", kinds()), None, "ticks left behind narrow nothing");
    }

    #[test]
    fn some_kinds_are_some_at_least() {
        assert_eq!(scope("choose", Vec::new()).1.unwrap().field, "kind");
        assert_eq!(scope("", Vec::new()).1.unwrap().field, "scope");
        assert!(scope("everything", vec!["shop.orders".to_owned()]).0.is_none(), "everything is not narrowed by ticks left behind");
    }
}
