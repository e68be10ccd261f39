//! The pages between a proven mailbox and the sent request, in order: each right its own, and none asks for more than it needs.

use habeas_core::law::{
    ask::{Asked, Objection},
    right::Right,
};

use crate::action::session::Draft;

/// A page on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leg {
    /// Something only the person and the organisation know.
    Item,
    /// What the right asks beyond itself.
    Details,
    /// Which kinds go.
    Scope,
    /// The last look.
    Check,
}

impl Leg {
    /// Its address, without the language.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Item => "/request/second-item",
            Self::Details => "/request/details",
            Self::Scope => "/request/scope",
            Self::Check => "/request/check",
        }
    }
}

const fn legs(right: Right, asked: &Asked) -> &'static [Leg] {
    match right {
        Right::Access | Right::Portability => &[Leg::Item, Leg::Check],
        Right::Erasure => &[Leg::Item, Leg::Scope, Leg::Check],
        Right::Rectification | Right::Restriction => &[Leg::Item, Leg::Details, Leg::Check],
        // The proven mailbox stops what is sent to it: asking for more would be as wrong as asking for less (Art. 7(3), 21(3)).
        Right::ConsentWithdrawal => &[Leg::Details, Leg::Check],
        Right::Objection if matches!(asked, Asked::Objection(Objection::Marketing)) => &[Leg::Details, Leg::Check],
        Right::Objection => &[Leg::Details, Leg::Item, Leg::Check],
    }
}

/// The same for somebody else, whose number was asked for with her name.
const fn legs_for_another(right: Right) -> &'static [Leg] {
    match right {
        Right::Access | Right::Portability => &[Leg::Check],
        Right::Erasure => &[Leg::Scope, Leg::Check],
        Right::Rectification | Right::Restriction | Right::ConsentWithdrawal | Right::Objection => &[Leg::Details, Leg::Check],
    }
}

/// The way of one request.
pub(super) struct Way<'d> {
    right: Right,
    draft: &'d Draft,
}

impl<'d> Way<'d> {
    pub(super) const fn of(right: Right, draft: &'d Draft) -> Self {
        Self { right, draft }
    }

    fn legs(&self) -> &'static [Leg] {
        if self.draft.acting.is_some() { legs_for_another(self.right) } else { legs(self.right, &self.draft.asked) }
    }

    pub(super) fn has(&self, leg: Leg) -> bool {
        self.legs().contains(&leg)
    }

    /// The first page.
    pub(super) fn first(&self) -> &'static str {
        self.legs().first().map_or("/", |leg| leg.path())
    }

    /// The next page that has a question left.
    pub(super) fn after(&self, leg: Leg) -> &'static str {
        let rest = self.legs().iter().skip_while(|here| **here != leg).skip(1);
        rest.copied().find(|next| !self.answered(*next)).unwrap_or(Leg::Check).path()
    }

    /// The page before.
    pub(super) fn before(&self, leg: Leg) -> &'static str {
        self.legs().iter().take_while(|here| **here != leg).last().map_or("/request/who", |before| before.path())
    }

    /// The first question that must be answered and is not.
    pub(super) fn missing(&self) -> Option<&'static str> {
        let owed = |leg: &&Leg| match leg {
            Leg::Item => true,
            Leg::Details => self.right != Right::ConsentWithdrawal,
            Leg::Scope | Leg::Check => false,
        };
        self.legs().iter().filter(owed).find(|leg| !self.answered(**leg)).map(|leg| leg.path())
    }

    fn answered(&self, leg: Leg) -> bool {
        match leg {
            Leg::Item => self.draft.item.is_some(),
            Leg::Details => self.draft.asked != Asked::Nothing,
            Leg::Scope | Leg::Check => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::ask::RestrictionGround;

    use super::*;

    fn walk(right: Right, mut draft: Draft, answers: &[(Leg, Asked)]) -> Vec<&'static str> {
        let mut seen = vec![Way::of(right, &draft).first()];
        for (leg, asked) in answers {
            match leg {
                Leg::Item => draft.item = Some("K-1".to_owned()),
                _ => draft.asked = asked.clone(),
            }
            seen.push(Way::of(right, &draft).after(*leg));
        }
        seen
    }

    #[test]
    fn each_right_asks_what_it_needs_and_no_more() {
        let (item, details, scope, check) = (Leg::Item.path(), Leg::Details.path(), Leg::Scope.path(), Leg::Check.path());
        let (nothing, why) = (Asked::Nothing, Asked::Objection(Objection::Other { why: "Derfor.".to_owned() }));
        let ground = Asked::Restriction { ground: RestrictionGround::Claims };
        let marketing = Asked::Objection(Objection::Marketing);
        let known = (Leg::Item, nothing.clone());
        for (right, answers, way) in [
            (Right::Access, vec![known.clone()], vec![item, check]),
            (Right::Portability, vec![known.clone()], vec![item, check]),
            (Right::Erasure, vec![known.clone(), (Leg::Scope, nothing.clone())], vec![item, scope, check]),
            (Right::Restriction, vec![known.clone(), (Leg::Details, ground)], vec![item, details, check]),
            (Right::Objection, vec![(Leg::Details, marketing)], vec![details, check]),
            (Right::Objection, vec![(Leg::Details, why), known], vec![details, item, check]),
            (Right::ConsentWithdrawal, vec![(Leg::Details, nothing)], vec![details, check]),
        ] {
            assert_eq!(walk(right, Draft::default(), &answers), way, "{right:?}");
        }
    }

    #[test]
    fn what_is_answered_is_not_asked_again_after_a_change() {
        let ground = Asked::Restriction { ground: RestrictionGround::Claims };
        let draft = Draft { item: Some("K-1".to_owned()), asked: ground, ..Draft::default() };
        let way = Way::of(Right::Restriction, &draft);
        assert_eq!((way.after(Leg::Item), way.missing()), (Leg::Check.path(), None));
        assert_eq!(way.before(Leg::Details), Leg::Item.path());
    }

    #[test]
    fn nothing_is_sent_before_everything_owed_is_answered() {
        for right in Right::ALL {
            let owed = (right != Right::ConsentWithdrawal).then(|| Way::of(right, &Draft::default()).first());
            assert_eq!(Way::of(right, &Draft::default()).missing(), owed, "{right:?}");
        }
    }
}
