//! The rows of one case as a store keeps them, changed in one piece by every event, and what must hold of them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{
    super::{
        catalogue::{Effect, Idempotency},
        command::{Command, Work},
        compiled::{Compiled, SUBJECT},
        definition::Retry,
        event::{CLOCK, Event, EventKind, Timer, Wait},
        fold,
        refusal::Refusal,
        start,
        state::{State, Waiting},
        transition,
        transition::Step,
    },
    Play, Played,
    dice::Dice,
    outside::Outside,
    workers::Hands,
};

/// A lease.
pub(super) const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// What the worlds of the shipped definitions consist of.
const ITEMS: [&str; 3] = ["crm", "shop", "books"];

/// An effect waiting to be performed.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) id: u64,
    /// The step that waits; a letter on its way has none.
    pub(super) wait: Option<Wait>,
    pub(super) class: Idempotency,
    pub(super) external: bool,
    pub(super) key: String,
    pub(super) times: u32,
    pub(super) due_at: Timestamp,
    pub(super) lease_until: Option<Timestamp>,
    pub(super) fence: u64,
    pub(super) attempt: u32,
    /// A call that cannot be repeated began and was not reported.
    pub(super) began: bool,
    /// Waits for a person to say whether it goes out again.
    pub(super) parked: bool,
}

pub(super) struct Tables<'a> {
    pub(super) play: Play<'a>,
    pub(super) now: Timestamp,
    pub(super) state: State,
    folded: State,
    pub(super) journal: Vec<Event>,
    pub(super) rows: Vec<Row>,
    pub(super) timers: BTreeMap<Timer, Timestamp>,
    pub(super) incidents: Vec<Wait>,
    tasks: Vec<Wait>,
    next_id: u64,
    pub(super) outside: Outside,
    pub(super) hands: [Option<Hands>; 2],
    /// Hands of workers that were thought dead.
    pub(super) late: Vec<Hands>,
    pub(super) played: Played,
}

impl<'a> Tables<'a> {
    pub(super) fn open(play: Play<'a>, dice: &mut Dice) -> Result<Self, String> {
        let now =
            Timestamp::from_second(1_800_000_000 + i64::try_from(dice.below(86_400 * 365)).unwrap_or(0)).unwrap_or(Timestamp::UNIX_EPOCH);
        let lists = lists(play.def, dice, |name| name.starts_with("case."));
        let opened = Event { id: "0".to_owned(), at: now, by: SUBJECT.to_owned(), roles: Vec::new(), kind: EventKind::Opened { lists } };
        let step = start(play.def, &opened).map_err(|refusal| refusal.to_string())?;
        let mut tables = Self {
            play,
            now,
            state: step.state.clone(),
            folded: step.state.clone(),
            journal: vec![opened],
            rows: Vec::new(),
            timers: BTreeMap::new(),
            incidents: Vec::new(),
            tasks: Vec::new(),
            next_id: 0,
            outside: Outside::default(),
            hands: [None, None],
            late: Vec::new(),
            played: Played::default(),
        };
        tables.write(step)?;
        tables.check()?;
        Ok(tables)
    }

    /// One move of somebody.
    pub(super) fn step(&mut self, dice: &mut Dice) -> Result<(), String> {
        match dice.below(20) {
            0..=9 => self.work(dice)?,
            10..=12 => self.sweep(dice)?,
            13 => self.jump(dice),
            _ => self.somebody(dice)?,
        }
        self.check()
    }

    /// Time passes: mostly minutes, sometimes weeks, and now and then an hour back.
    fn jump(&mut self, dice: &mut Dice) {
        let seconds = match dice.below(8) {
            0 => -3_600,
            1..=4 => 60 * (1 + dice.below(30)).cast_signed(),
            5 | 6 => 3_600 * (1 + dice.below(72)).cast_signed(),
            _ => 86_400 * (1 + dice.below(40)).cast_signed(),
        };
        self.now = self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(self.now);
    }

    /// Fires one timer that is due.
    fn sweep(&mut self, dice: &mut Dice) -> Result<(), String> {
        let due: Vec<Timer> = self.timers.iter().filter(|(_, at)| **at <= self.now).map(|(timer, _)| timer.clone()).collect();
        let Some(timer) = dice.pick(&due).cloned() else { return Ok(()) };
        if dice.once_in(8) {
            return Ok(());
        }
        self.timers.remove(&timer);
        self.own(CLOCK, EventKind::Elapsed { timer })
    }

    /// An event that the engine itself asked for: it is never refused.
    pub(super) fn own(&mut self, by: &str, kind: EventKind) -> Result<(), String> {
        let words = format!("{kind:?}");
        self.send(by, &[], kind)?.map_err(|refusal| format!("the engine refused what it had asked for: {refusal}: {words}"))
    }

    /// One event, one transaction: everything it leads to, or nothing.
    pub(super) fn send(&mut self, by: &str, roles: &[String], kind: EventKind) -> Result<Result<(), Refusal>, String> {
        let event = Event { id: self.journal.len().to_string(), at: self.now, by: by.to_owned(), roles: roles.to_vec(), kind };
        let step = match transition(self.play.def, &self.state, &event) {
            Ok(step) => step,
            Err(refusal) => {
                self.played.refused += 1;
                return Ok(Err(refusal));
            }
        };
        let again = transition(self.play.def, &self.folded, &event).map_err(|refusal| format!("the fold refuses: {refusal}"))?;
        self.folded = again.state;
        let saved = serde_json::to_string(&step.state).map_err(|error| error.to_string())?;
        self.state = serde_json::from_str(&saved).map_err(|error| error.to_string())?;
        self.journal.push(event);
        self.played.events += 1;
        self.write(step)?;
        Ok(Ok(()))
    }

    fn write(&mut self, step: Step) -> Result<(), String> {
        for command in step.commands {
            match command {
                Command::Perform { wait, work, effect, idempotency } => self.perform(&step.state, wait, &work, effect, idempotency)?,
                Command::Cancel { wait } => self.rows.retain(|row| row.wait.as_ref() != Some(&wait)),
                Command::OpenTask { wait, .. } => self.tasks.push(wait),
                Command::CloseTask { wait } => self.tasks.retain(|open| *open != wait),
                Command::SetTimer { timer, at } => drop(self.timers.insert(timer, at)),
                Command::ClearTimers { wait } => self.timers.retain(|timer, _| timer.wait() != Some(&wait)),
                Command::RaiseIncident { wait, .. } => {
                    self.played.incidents += 1;
                    self.incidents.push(wait);
                }
                Command::CloseIncident { wait } => self.incidents.retain(|open| *open != wait),
                Command::StartClock { at } => self.start_clock(at),
                Command::Close { .. } => self.timers.clear(),
                Command::WidenTask { .. }
                | Command::StopClock { .. }
                | Command::ResumeClock { .. }
                | Command::ResetClock { .. }
                | Command::Alarm { .. }
                | Command::Record { .. }
                | Command::Reopen => {}
            }
        }
        Ok(())
    }

    fn perform(&mut self, state: &State, wait: Wait, work: &Work, effect: Effect, class: Idempotency) -> Result<(), String> {
        let node = self.play.def.node(&wait.step).ok_or("a command of no step")?;
        if effect == Effect::Irreversible && node.needs.iter().any(|fact| !state.facts.contains(fact)) {
            return Err(format!("`{wait}` was ordered without its facts"));
        }
        let (Work::Act { retry: Retry { times, .. }, .. } | Work::Decide { retry: Retry { times, .. }, .. }) = work;
        let key = format!("{wait}:{}", self.journal.len());
        self.add(Some(wait), class, effect == Effect::External, key, times + 1);
        Ok(())
    }

    pub(super) fn add(&mut self, wait: Option<Wait>, class: Idempotency, external: bool, key: String, times: u32) {
        self.next_id += 1;
        let (id, due_at) = (self.next_id, self.now);
        let row =
            Row { id, wait, class, external, key, times, due_at, lease_until: None, fence: 0, attempt: 0, began: false, parked: false };
        self.rows.push(row);
    }

    fn start_clock(&mut self, at: Timestamp) {
        let day = |number: i64| at.checked_add(SignedDuration::from_hours(24 * number)).unwrap_or(at);
        self.timers.insert(Timer::Deadline, day(30));
        for number in (0_u16..).take(self.play.def.clock.alarms.len()) {
            self.timers.insert(Timer::Alarm(number), day(20 + 3 * i64::from(number)));
        }
    }

    /// What must hold after every move.
    fn check(&self) -> Result<(), String> {
        if self.folded != self.state {
            return Err("the journal does not lead to the state".to_owned());
        }
        for open in &self.state.open {
            let (wait, woken) = (&open.wait, self.wakes(&open.wait, &open.for_what));
            if !woken {
                return Err(format!("nothing will wake `{wait}`: {:?}", open.for_what));
            }
        }
        let waiting = self.rows.iter().filter(|row| row.wait.is_some()).count() + self.tasks.len() + self.incidents.len();
        match (&self.state.closed, self.state.open.len()) {
            (None, 0) => Err("open, and waiting for nothing".to_owned()),
            (Some(_), _) if !self.state.facts.contains(self.play.answered) => Err("closed without an answer".to_owned()),
            (_, open) if open != waiting => Err(format!("{open} waits, but {waiting} rows for them")),
            _ => Ok(()),
        }
    }

    fn wakes(&self, wait: &Wait, for_what: &Waiting) -> bool {
        match for_what {
            Waiting::Work => self.rows.iter().any(|row| row.wait.as_ref() == Some(wait)),
            Waiting::Task { timers, .. } => {
                self.tasks.contains(wait) && timers.iter().all(|(timer, at)| self.timers.get(timer) == Some(at))
            }
            Waiting::Incident(_) => self.incidents.contains(wait),
        }
    }

    /// The whole journal once more.
    pub(super) fn end(&self) -> Result<Played, String> {
        let folded = fold(self.play.def, &self.journal).map_err(|refusal| format!("the fold refuses: {refusal}"))?;
        if folded.as_ref() != Some(&self.state) {
            return Err("the journal, read again, does not lead to the state".to_owned());
        }
        Ok(Played { effects: self.outside.effects, closed: u64::from(self.state.closed.is_some()), ..self.played })
    }

    /// What a step of the house itself finds for later loops.
    pub(super) fn found(&self, wait: &Wait, dice: &mut Dice) -> BTreeMap<String, Vec<String>> {
        let node = self.play.def.node(&wait.step);
        let plans = node.is_some_and(|node| node.parent.is_none() && node.effect() == Effect::Internal);
        if plans { lists(self.play.def, dice, |name| !name.starts_with("case.")) } else { BTreeMap::new() }
    }
}

fn lists(def: &Compiled, dice: &mut Dice, wanted: impl Fn(&str) -> bool) -> BTreeMap<String, Vec<String>> {
    let names = def.lists().filter(|name| wanted(name));
    names
        .map(|name| {
            (name.to_owned(), ITEMS.iter().take(usize::try_from(dice.below(4)).unwrap_or(0)).map(|item| (*item).to_owned()).collect())
        })
        .collect()
}
