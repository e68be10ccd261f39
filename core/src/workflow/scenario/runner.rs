//! Plays a scenario: each line becomes events, each event one `transition()`; what that asks for is done in memory.

mod look;
mod outbox;
mod say;
mod time;
mod watch;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use self::{
    outbox::Outbox,
    say::{map, refused, said_of},
    time::Timers,
};
use super::{
    super::{
        command::Command,
        compiled::Compiled,
        event::{Event, EventKind, WORKER, Wait},
        explanation::Explanation,
        refusal::Refusal,
        state::{State, Waiting},
        transition::{Step, fold, start, transition},
    },
    Act, Almanac, Attempt, Failure, Never, Scenario, Way, What,
    coverage::ways_of,
    letter_of,
    report::{self, Difference},
};

/// More work than this without a person or a timer is a circle.
const CIRCLE: usize = 1_000;
/// How many explanations a failure shows.
const REASONS: usize = 6;

/// What a scenario that passed leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// What it walked.
    pub ways: BTreeSet<Way>,
    /// Every accepted event.
    pub journal: Vec<Event>,
}

/// Plays a scenario to its end or to the first thing that is not as it says.
pub fn play(scenario: &Scenario, def: &Compiled, almanac: &Almanac<'_>) -> Result<Played, Box<Failure>> {
    let mut player = Player::new(scenario, def, *almanac);
    player.begin().map_err(|difference| player.failure(Some(0), scenario.at.line, difference))?;
    for (number, line) in (1..).zip(&scenario.steps) {
        player.act(&line.act).map_err(|difference| player.failure(Some(number), line.at.line, difference))?;
    }
    let last = scenario.steps.last().map_or(scenario.at, |line| line.at).line;
    player.end().map_err(|difference| player.failure(None, last, difference))?;
    Ok(Played { ways: player.ways, journal: player.journal })
}

/// Why a line does not go on.
enum Stop {
    Refused(Refusal),
    Different(Difference),
}

impl From<Difference> for Stop {
    fn from(difference: Difference) -> Self {
        Self::Different(difference)
    }
}

struct Player<'a> {
    scenario: &'a Scenario,
    def: &'a Compiled,
    almanac: Almanac<'a>,
    now: Timestamp,
    state: State,
    journal: Vec<Event>,
    explanations: Vec<Explanation>,
    ways: BTreeSet<Way>,
    outbox: Outbox,
    timers: Timers,
    /// Letters in the order they were sent, and how many of them were looked at.
    letters: Vec<String>,
    looked: usize,
    alarms: Vec<u16>,
    recorded: Vec<String>,
    visits: Vec<String>,
    never: Vec<&'a Never>,
}

impl<'a> Player<'a> {
    fn new(scenario: &'a Scenario, def: &'a Compiled, almanac: Almanac<'a>) -> Self {
        Self {
            scenario,
            def,
            almanac,
            now: scenario.start.at,
            state: State::new(&def.sha256, BTreeMap::new()),
            journal: Vec::new(),
            explanations: Vec::new(),
            ways: BTreeSet::new(),
            outbox: Outbox::default(),
            timers: Timers::new(scenario.start.at),
            letters: Vec::new(),
            looked: 0,
            alarms: Vec::new(),
            recorded: Vec::new(),
            visits: Vec::new(),
            never: Vec::new(),
        }
    }

    fn failure(&self, step: Option<usize>, line: u32, difference: Difference) -> Box<Failure> {
        let skipped = self.explanations.len().saturating_sub(REASONS);
        Box::new(Failure {
            file: self.scenario.file.clone(),
            line,
            title: self.scenario.title.clone(),
            step,
            expected: difference.expected,
            found: difference.found,
            open: report::open(&self.state),
            because: self.explanations.iter().skip(skipped).map(report::reason).collect(),
        })
    }

    fn begin(&mut self) -> Result<(), Difference> {
        let begin = &self.scenario.start;
        let event = self.event(begin.by.as_str(), EventKind::Opened { lists: map(&begin.lists) });
        let step = start(self.def, &event).map_err(|refusal| Difference::new("the case opens", refused(&refusal)))?;
        self.take(event, step)
    }

    fn act(&mut self, act: &'a Act) -> Result<(), Difference> {
        match act {
            Act::Do(attempt) => self.attempt(attempt),
            Act::Refuse(attempt, because) => self.refuse(attempt, because.as_str()),
            Act::Advance(period) => self.advance(*period),
            Act::Run => self.run(),
            Act::Crash(spot) => self.crash(&spot.wait()),
            Act::Late(said) => self.late(&said.spot.wait(), said),
            Act::Again(said) => self.again(&said.spot.wait(), said),
            Act::Expect(expect) => self.look(expect, false),
            Act::Never(never) => {
                self.never.extend(never);
                self.watch_stage()
            }
        }
    }

    /// The same journal leads to the same state, always; what else must be true stands in the scenario.
    fn end(&mut self) -> Result<(), Difference> {
        let folded = fold(self.def, &self.journal);
        if !matches!(&folded, Ok(Some(state)) if *state == self.state) {
            return Err(Difference::new("the journal replays to the same state", "another state"));
        }
        self.scenario.expect.as_ref().map_or(Ok(()), |expect| self.look(expect, true))
    }

    fn attempt(&mut self, attempt: &Attempt) -> Result<(), Difference> {
        if let What::Report(said) = &attempt.what {
            self.claim(&said.spot.wait())?;
        }
        let (by, kind) = (attempt.by.as_str(), self.kind(&attempt.what));
        self.must(by, kind)
    }

    /// Sends an event that must be accepted.
    fn must(&mut self, by: &str, kind: EventKind) -> Result<(), Difference> {
        let what = said_of(&kind);
        self.send(by, kind).map_err(|stop| match stop {
            Stop::Refused(refusal) => Difference::new(format!("{what} by `{by}` is accepted"), refused(&refusal)),
            Stop::Different(difference) => difference,
        })
    }

    fn send(&mut self, by: &str, kind: EventKind) -> Result<(), Stop> {
        let event = self.event(by, kind);
        let step = transition(self.def, &self.state, &event).map_err(Stop::Refused)?;
        Ok(self.take(event, step)?)
    }

    fn refuse(&mut self, attempt: &Attempt, because: &str) -> Result<(), Difference> {
        let kind = self.kind(&attempt.what);
        let what = said_of(&kind);
        let event = self.event(attempt.by.as_str(), kind);
        let expected = || format!("{what} by `{}` is refused with `{because}`", attempt.by.as_str());
        match transition(self.def, &self.state, &event) {
            Ok(_) => Err(Difference::new(expected(), "it was accepted")),
            Err(refusal) if refusal.code() == because => {
                self.ways.extend(Way::of_refusal(&refusal));
                Ok(())
            }
            Err(refusal) => Err(Difference::new(expected(), refused(&refusal))),
        }
    }

    /// Does the house's work as long as there is any.
    fn run(&mut self) -> Result<(), Difference> {
        for _ in 0..CIRCLE {
            let next = self.state.open.iter().find(|open| open.for_what == Waiting::Work).map(|open| open.wait.clone());
            let Some(wait) = next else { return Ok(()) };
            let (outcome, lists) = self.answer(&wait);
            self.claim(&wait)?;
            self.must(WORKER, EventKind::Reported { wait, outcome, lists })?;
        }
        Err(Difference::new("the house's work comes to an end", format!("it goes on after {CIRCLE} steps")))
    }

    /// Takes an accepted event: its state, and what it asks for.
    fn take(&mut self, event: Event, step: Step) -> Result<(), Difference> {
        self.outbox.settle(&event.kind);
        self.ways.extend(ways_of(self.def, &event, &step));
        self.state = step.state;
        self.explanations.extend(step.explanations);
        self.journal.push(event);
        for command in &step.commands {
            self.carry_out(command)?;
        }
        self.keep_time(&step.commands)?;
        if self.visits.last() != Some(&self.state.stage) {
            self.visits.push(self.state.stage.clone());
        }
        self.watch_stage()
    }

    fn carry_out(&mut self, command: &Command) -> Result<(), Difference> {
        match command {
            Command::Perform { wait, .. } => {
                self.outbox.add(wait, self.journal.len());
                self.watch_step(wait)?;
            }
            Command::Cancel { wait } => self.outbox.remove(wait),
            Command::OpenTask { wait, .. } => self.watch_step(wait)?,
            Command::Alarm { number, .. } => self.alarms.push(*number),
            Command::Record { fact } => self.recorded.push(fact.clone()),
            Command::Reopen => {
                self.alarms.clear();
                self.recorded.clear();
            }
            _ => {}
        }
        Ok(())
    }

    /// The effect of a step's work, once however often it is done with the same key.
    fn effect(&mut self, wait: &Wait) -> Result<(), Difference> {
        let Some(node) = self.def.node(&wait.step) else { return Ok(()) };
        if !self.outbox.effect(wait) {
            return Ok(());
        }
        if let Some(letter) = letter_of(node) {
            self.watch_letter(letter)?;
            self.letters.push(letter.to_owned());
            let notice = self.def.clock.extend.as_ref().map(|extend| extend.letter.as_str());
            if notice == Some(letter) {
                self.timers.extended = true;
            }
        }
        Ok(())
    }
}
