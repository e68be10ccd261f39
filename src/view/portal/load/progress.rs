//! How far a case is, as its subject sees it: derived from what is proven, found and approved, never from a workflow's own words.

use habeas_core::law::right::Right;
use jiff::civil::Date;

use crate::{
    store::case::Phase,
    view::portal::case::{State, Step, StepName, StepState},
};

/// What the steps are derived from.
pub(super) struct Progress {
    pub(super) right: Right,
    pub(super) phase: Phase,
    pub(super) reached: Reached,
    /// The person owes us an answer.
    pub(super) asked: bool,
    /// Systems that answered, and systems in all.
    pub(super) systems: (u32, u32),
    /// Access: the copy is written. Erasure: the plan is approved.
    pub(super) decided: bool,
    pub(super) cooling: Cooling,
    /// Days on which steps ended, as far as they are known.
    pub(super) days: Days,
}

/// How far the case has come with the person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Reached {
    /// The request is in.
    Nothing,
    /// Something was done with it.
    Begun,
    /// The person is known well enough to search.
    Known,
}

/// The time in which an erasure can be stopped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cooling {
    /// To come.
    Ahead,
    /// Now.
    Open,
    /// Past.
    Over,
}

/// When steps ended.
#[derive(Default)]
pub(super) struct Days {
    pub(super) received: Option<Date>,
    pub(super) collected: Option<Date>,
    pub(super) decided: Option<Date>,
    pub(super) closed: Option<Date>,
}

impl Progress {
    /// One of the six states.
    pub(super) const fn state(&self) -> State {
        match self.phase {
            Phase::Answered | Phase::Refused => State::Answered,
            Phase::Withdrawn => State::Withdrawn,
            Phase::Open if self.asked => State::Waiting,
            Phase::Open => match self.reached {
                Reached::Nothing => State::Received,
                Reached::Begun => State::Checking,
                Reached::Known => State::Working,
            },
        }
    }

    /// At most five steps; none once the case has ended in another way than by walking through them.
    pub(super) fn steps(&self) -> Vec<Step> {
        let ended = self.phase != Phase::Open;
        if ended && !(self.phase == Phase::Answered && self.decided) {
            return Vec::new();
        }
        let steps = self.steps_done();
        let now = if ended { steps.len() } else { steps.iter().position(|(_, done)| !done).unwrap_or(steps.len()) };
        let state = |place: usize| match place.cmp(&now) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Now,
            std::cmp::Ordering::Greater => StepState::Ahead,
        };
        let counted = |name, state| (name == StepName::Collect && state == StepState::Now).then_some(self.systems);
        let step = |(place, (name, _)): (usize, (StepName, bool))| {
            let state = state(place);
            Step { name, state, on: self.day(name).filter(|_| state == StepState::Done), systems: counted(name, state) }
        };
        steps.into_iter().enumerate().map(step).collect()
    }

    fn steps_done(&self) -> Vec<(StepName, bool)> {
        let known = self.reached == Reached::Known;
        let collected = known && self.systems.1 > 0 && self.systems.0 >= self.systems.1;
        let (received, collect) = ((StepName::Received, self.reached > Reached::Nothing), (StepName::Collect, collected));
        if self.right == Right::Erasure {
            // Knowing the person and collecting are one step here: five fit on a telephone.
            let decide = (StepName::Decide, self.decided);
            return vec![received, collect, decide, (StepName::Cooling, self.cooling == Cooling::Over), (StepName::Erase, false)];
        }
        vec![received, (StepName::Identity, known), collect, (StepName::Decide, self.decided), (StepName::Answer, false)]
    }

    const fn day(&self, name: StepName) -> Option<Date> {
        match name {
            StepName::Received => self.days.received,
            StepName::Collect => self.days.collected,
            StepName::Decide => self.days.decided,
            StepName::Erase | StepName::Answer => self.days.closed,
            StepName::Identity | StepName::Cooling => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::right::Right;

    use super::{Cooling, Days, Phase, Progress, Reached, State, StepName, StepState};

    fn fresh(right: Right) -> Progress {
        Progress {
            right,
            phase: Phase::Open,
            reached: Reached::Nothing,
            asked: false,
            systems: (0, 4),
            decided: false,
            cooling: Cooling::Ahead,
            days: Days::default(),
        }
    }

    fn now(progress: &Progress) -> Option<StepName> {
        progress.steps().into_iter().find(|step| step.state == StepState::Now).map(|step| step.name)
    }

    #[test]
    fn an_erasure_walks_through_five_steps_and_waits_for_the_person_before_the_last() {
        let mut case = fresh(Right::Erasure);
        assert_eq!((case.state(), now(&case)), (State::Received, Some(StepName::Received)));
        case.reached = Reached::Begun;
        assert_eq!((case.state(), now(&case)), (State::Checking, Some(StepName::Collect)));
        (case.reached, case.systems) = (Reached::Known, (3, 4));
        assert_eq!((case.state(), case.steps()[1].systems), (State::Working, Some((3, 4))));
        case.systems = (4, 4);
        assert_eq!(now(&case), Some(StepName::Decide));
        (case.decided, case.cooling) = (true, Cooling::Open);
        assert_eq!(now(&case), Some(StepName::Cooling));
        case.cooling = Cooling::Over;
        assert_eq!(now(&case), Some(StepName::Erase));
        case.phase = Phase::Answered;
        assert!(case.steps().iter().all(|step| step.state == StepState::Done));
    }

    #[test]
    fn a_case_that_ended_otherwise_shows_no_steps() {
        for phase in [Phase::Refused, Phase::Withdrawn, Phase::Answered] {
            let case = Progress { phase, reached: Reached::Known, ..fresh(Right::Access) };
            assert!(case.steps().is_empty(), "{phase:?}");
        }
    }

    #[test]
    fn a_question_to_the_person_goes_before_everything() {
        let case = Progress { asked: true, reached: Reached::Known, ..fresh(Right::Access) };
        assert_eq!(case.state(), State::Waiting);
    }
}
