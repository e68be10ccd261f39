//! The pages between a proven mailbox and the sent request, in order: each right its own, and none asks for more than it needs.

use habeas_core::law::{
    ask::{Asked, Objection},
    right::Right,
    tier::Tier,
};

use crate::{
    action::session::{Draft, Visit},
    web::here::Here,
};

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

    /// Whether an address is one of these pages, or a part of one.
    pub(super) fn is_on(path: &str) -> bool {
        let (path, _) = path.split_once('?').unwrap_or((path, ""));
        let part = |leg: Self| path.strip_prefix(leg.path()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        [Self::Item, Self::Details, Self::Scope, Self::Check].into_iter().any(part)
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
    /// What she has shown says already who she is among the organisation's customers; asking for a number too would ask twice.
    is_known: bool,
}

impl<'d> Way<'d> {
    const fn of(right: Right, draft: &'d Draft, is_known: bool) -> Self {
        Self { right, draft, is_known }
    }

    fn legs(&self) -> impl Iterator<Item = Leg> {
        let legs = if self.draft.acting.is_some() { legs_for_another(self.right) } else { legs(self.right, &self.draft.asked) };
        let spares_item = self.is_known && self.draft.item.is_none();
        legs.iter().copied().filter(move |leg| !(spares_item && *leg == Leg::Item))
    }

    pub(super) fn has(&self, leg: Leg) -> bool {
        self.legs().any(|here| here == leg)
    }

    /// The first page that has a question left.
    pub(super) fn next(&self) -> &'static str {
        self.legs().find(|leg| !self.answered(*leg)).unwrap_or(Leg::Check).path()
    }

    /// The next page that has a question left.
    pub(super) fn after(&self, leg: Leg) -> &'static str {
        let mut rest = self.legs().skip_while(|here| *here != leg).skip(1);
        rest.find(|next| !self.answered(*next)).unwrap_or(Leg::Check).path()
    }

    /// The page before.
    pub(super) fn before(&self, leg: Leg) -> &'static str {
        self.legs().take_while(|here| *here != leg).last().map_or("/request/who", Leg::path)
    }

    /// The first question that must be answered and is not.
    pub(super) fn missing(&self) -> Option<&'static str> {
        let owed = |leg: &Leg| match leg {
            Leg::Item => true,
            Leg::Details => self.right != Right::ConsentWithdrawal,
            Leg::Scope | Leg::Check => false,
        };
        self.legs().filter(owed).find(|leg| !self.answered(*leg)).map(Leg::path)
    }

    fn answered(&self, leg: Leg) -> bool {
        match leg {
            Leg::Item => self.draft.item.is_some(),
            Leg::Details if self.right == Right::ConsentWithdrawal => self.draft.extent,
            Leg::Details => self.draft.asked != Asked::Nothing,
            Leg::Scope => self.draft.extent,
            Leg::Check => false,
        }
    }
}

impl Here<'_> {
    /// The way of the request that is being written.
    pub(super) fn way<'d>(&self, right: Right, draft: &'d Draft) -> Way<'d> {
        Way::of(right, draft, self.knows(&self.visit()))
    }

    /// The same after a visit that is not remembered yet.
    pub(super) fn way_of<'d>(&self, visit: &'d Visit, right: Right) -> Way<'d> {
        Way::of(right, &visit.draft, self.knows(visit))
    }

    /// Whether what she has shown is as good as a number that only she and the organisation know. The worker matches it all the same.
    fn knows(&self, visit: &Visit) -> bool {
        let (kind, now) = (&self.state.look.organisation.about().identity.email, self.state.door.now());
        let email = visit.email.as_deref().unwrap_or_default();
        visit.proofs.iter().filter_map(|proof| proof.shows(kind, email, now)).any(|(_, tier)| tier >= Tier::SecondItem)
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::ask::RestrictionGround;

    use super::*;

    fn walk(right: Right, mut draft: Draft, answers: &[(Leg, Asked)]) -> Vec<&'static str> {
        let mut seen = vec![Way::of(right, &draft, false).next()];
        for (leg, asked) in answers {
            match leg {
                Leg::Item => draft.item = Some("K-1".to_owned()),
                _ => draft.asked = asked.clone(),
            }
            seen.push(Way::of(right, &draft, false).after(*leg));
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
        let way = Way::of(Right::Restriction, &draft, false);
        assert_eq!((way.after(Leg::Item), way.missing()), (Leg::Check.path(), None));
        assert_eq!(way.before(Leg::Details), Leg::Item.path());
    }

    #[test]
    fn nothing_is_sent_before_everything_owed_is_answered() {
        for right in Right::ALL {
            let owed = (right != Right::ConsentWithdrawal).then(|| Way::of(right, &Draft::default(), false).next());
            assert_eq!(Way::of(right, &Draft::default(), false).missing(), owed, "{right:?}");
        }
    }
}
