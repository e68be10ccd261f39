//! How far a case is, as its subject sees it: derived from what is proven, found and approved, never from a workflow's own words.

use jiff::civil::Date;

use crate::{
    store::case::Phase,
    view::portal::case::{State, Step, StepName, StepState},
};

/// What the steps are derived from.
pub(super) struct Progress {
    pub(super) walk: Walk,
    pub(super) phase: Phase,
    pub(super) reached: Reached,
    /// The person owes us an answer.
    pub(super) asked: bool,
    /// Systems that answered, and systems in all.
    pub(super) systems: (u32, u32),
    /// Who has to decide has decided.
    pub(super) decided: bool,
    /// What was asked for is done, or as good as done.
    pub(super) done: bool,
    pub(super) cooling: Cooling,
    /// Days on which steps ended, as far as they are known.
    pub(super) days: Days,
}

/// The ways a case may go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    /// Art. 15.
    Copy,
    /// Art. 20.
    File,
    /// Art. 17.
    Erasure,
    /// Art. 16.
    Correction,
    /// Art. 18(1).
    Pause,
    /// The end of a pause (Art. 18(3)).
    Lift,
    /// Art. 21(3).
    Marketing,
    /// Art. 21(1).
    Objection,
    /// Art. 7(3).
    Consent,
}

impl Walk {
    /// Whether nobody is asked for more than the proven mailbox.
    pub(super) const fn needs_mailbox_only(self) -> bool {
        matches!(self, Self::Marketing | Self::Consent)
    }
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
    /// It was stopped, and that is the end of it for the person.
    Stopped,
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
    /// Where it stands.
    pub(super) const fn state(&self) -> State {
        match self.phase {
            Phase::Answered | Phase::Refused => State::Answered,
            Phase::Withdrawn => State::Withdrawn,
            Phase::Open if matches!(self.cooling, Cooling::Stopped) => State::Withdrawn,
            Phase::Open if self.asked => State::Waiting,
            // The end of a pause comes after the answer, so everything before is long over.
            Phase::Open if matches!(self.walk, Walk::Lift) => State::Working,
            Phase::Open => match self.reached {
                Reached::Nothing => State::Received,
                Reached::Begun => State::Checking,
                Reached::Known => State::Working,
            },
        }
    }

    /// At most five steps; none once the case has ended in another way than by walking through them.
    pub(super) fn steps(&self) -> Vec<Step> {
        let ended = self.phase != Phase::Open || self.cooling == Cooling::Stopped;
        if ended && !(self.phase == Phase::Answered && self.decided && self.done) {
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
        let (identity, decide) = ((StepName::Identity, known), (StepName::Decide, self.decided));
        let (stop, reply) = ((StepName::Stop, self.done), (StepName::Reply, false));
        // Knowing the person and collecting are one step where five would be too few: five fit on a telephone.
        match self.walk {
            Walk::Copy => vec![received, identity, collect, decide, (StepName::Answer, false)],
            Walk::File => vec![received, identity, collect, decide, (StepName::File, false)],
            Walk::Erasure => vec![received, collect, decide, (StepName::Cooling, self.cooling == Cooling::Over), (StepName::Erase, false)],
            Walk::Correction => vec![received, identity, collect, decide, (StepName::Correct, false)],
            Walk::Pause => vec![received, collect, decide, (StepName::Restrict, self.done), reply],
            Walk::Lift => vec![(StepName::Hear, self.decided), (StepName::Lift, self.done), reply],
            Walk::Marketing => vec![received, collect, (StepName::Silence, self.done), reply],
            // Once it is weighed it has been stopped, whatever came of it.
            Walk::Objection => {
                vec![received, collect, (StepName::Stop, self.done || self.decided), (StepName::Weigh, self.decided), reply]
            }
            Walk::Consent => vec![received, collect, stop, reply],
        }
    }

    const fn day(&self, name: StepName) -> Option<Date> {
        match name {
            StepName::Received => self.days.received,
            StepName::Collect => self.days.collected,
            StepName::Decide => self.days.decided,
            StepName::Erase | StepName::Answer | StepName::File | StepName::Correct | StepName::Reply => self.days.closed,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cooling, Days, Phase, Progress, Reached, State, StepName, StepState, Walk};

    fn fresh(walk: Walk) -> Progress {
        Progress {
            walk,
            phase: Phase::Open,
            reached: Reached::Nothing,
            asked: false,
            systems: (0, 4),
            decided: false,
            done: false,
            cooling: Cooling::Ahead,
            days: Days::default(),
        }
    }

    fn now(progress: &Progress) -> Option<StepName> {
        progress.steps().into_iter().find(|step| step.state == StepState::Now).map(|step| step.name)
    }

    #[test]
    fn an_erasure_walks_through_five_steps_and_waits_for_the_person_before_the_last() {
        let mut case = fresh(Walk::Erasure);
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
        (case.phase, case.done) = (Phase::Answered, true);
        assert!(case.steps().iter().all(|step| step.state == StepState::Done));
    }

    #[test]
    fn a_case_that_ended_otherwise_shows_no_steps() {
        let stopped = Progress { cooling: Cooling::Stopped, decided: true, done: true, reached: Reached::Known, ..fresh(Walk::Erasure) };
        assert!((stopped.state(), stopped.steps().len()) == (State::Withdrawn, 0), "nothing is erased, whoever still looks into it");
        for phase in [Phase::Refused, Phase::Withdrawn, Phase::Answered] {
            let case = Progress { phase, reached: Reached::Known, ..fresh(Walk::Copy) };
            assert!(case.steps().is_empty(), "{phase:?}");
        }
    }

    #[test]
    fn a_question_to_the_person_goes_before_everything() {
        let case = Progress { asked: true, reached: Reached::Known, ..fresh(Walk::Copy) };
        assert_eq!(case.state(), State::Waiting);
    }

    const WALKS: [Walk; 9] =
        [Walk::Copy, Walk::File, Walk::Erasure, Walk::Correction, Walk::Pause, Walk::Lift, Walk::Marketing, Walk::Objection, Walk::Consent];

    #[test]
    fn five_steps_are_enough_for_every_right_and_all_are_done_when_it_is_answered() {
        for walk in WALKS {
            let steps = fresh(walk).steps();
            assert!((3..=5).contains(&steps.len()) && steps[0].state == StepState::Now);
            let over = Progress { phase: Phase::Answered, decided: true, done: true, ..fresh(walk) };
            assert!(over.steps().iter().all(|step| step.state == StepState::Done));
        }
    }

    #[test]
    fn the_end_of_a_pause_is_decided_and_has_no_deadline() {
        let case = Progress { reached: Reached::Known, decided: true, ..fresh(Walk::Lift) };
        assert_eq!((case.state(), now(&case)), (State::Working, Some(StepName::Lift)));
        assert_eq!(Progress { asked: true, ..case }.state(), State::Waiting);
    }

    #[test]
    fn advertising_stops_without_anybody_deciding() {
        let case = Progress { reached: Reached::Known, decided: true, systems: (4, 4), ..fresh(Walk::Marketing) };
        assert_eq!((case.state(), now(&case)), (State::Working, Some(StepName::Silence)));
    }

    #[test]
    fn an_objection_is_weighed_after_the_use_has_stopped() {
        let mut case = Progress { reached: Reached::Known, systems: (4, 4), ..fresh(Walk::Objection) };
        assert_eq!(now(&case), Some(StepName::Stop));
        case.done = true;
        assert_eq!(now(&case), Some(StepName::Weigh));
        (case.decided, case.done) = (true, false);
        assert_eq!(now(&case), Some(StepName::Reply), "what is used again was stopped before");
    }
}
