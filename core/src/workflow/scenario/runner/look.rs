//! What must be seen, compared with what is there.

use super::{
    super::{
        super::{
            command::Work,
            compiled::Kind,
            definition::{Ending, Name, end_of},
            event::Timer,
            state::{Open, Waiting},
        },
        Deadline, Difference, Expect, Spot,
        report::words,
    },
    Player,
};

impl Player<'_> {
    pub(super) fn look(&mut self, expect: &Expect, at_end: bool) -> Result<(), Difference> {
        self.look_at_place(expect)?;
        self.look_at_task(expect)?;
        self.look_at_clock(expect)?;
        self.look_at_facts(expect)?;
        self.look_at_calls(expect)?;
        if let Some(letters) = &expect.letters {
            let since = if at_end { 0 } else { self.looked };
            let sent = self.letters.get(since..).unwrap_or_default().to_vec();
            Difference::between("letters", &texts(letters), &sent, |letters| words(letters))?;
            self.looked = self.letters.len();
        }
        Ok(())
    }

    fn look_at_place(&self, expect: &Expect) -> Result<(), Difference> {
        if let Some(stage) = &expect.stage {
            Difference::between("stage", &stage.text, &self.state.stage, |stage| format!("`{stage}`"))?;
        }
        if let Some(tasks) = &expect.tasks {
            let open = self.waits(|open| matches!(open.for_what, Waiting::Task { .. }));
            Difference::between("open tasks", &waits(tasks), &open, |waits| words(waits))?;
        }
        if let Some(work) = &expect.work {
            let open = self.waits(|open| open.for_what == Waiting::Work);
            Difference::between("open work", &waits(work), &open, |waits| words(waits))?;
        }
        if let Some((ending, _)) = &expect.closed {
            let found = self.state.closed.as_ref().map(|closed| closed.ending);
            Difference::between("closed:", &Some(*ending), &found, |ending| ending.map_or("open", Ending::name).to_owned())?;
        }
        match &expect.visits {
            Some(visits) => Difference::between("stages", &texts(visits), &self.visits, |stages| words(stages)),
            None => Ok(()),
        }
    }

    fn look_at_task(&self, expect: &Expect) -> Result<(), Difference> {
        if let Some(spot) = &expect.task {
            let (wait, open) = (spot.wait(), self.state.waiting(&spot.wait()));
            let Some(Open { since, for_what: Waiting::Task { timers, joined }, .. }) = open else {
                return Err(Difference::new(format!("task `{wait}` is open"), "it is not"));
            };
            if let (Some(roles), Some(Kind::Task(task))) = (&expect.roles, self.def.node(&wait.step).map(|node| &node.kind)) {
                let may: Vec<String> = task.roles.iter().chain(joined).cloned().collect();
                Difference::between(&format!("`{wait}` is for"), &texts(roles), &may, |roles| words(roles))?;
            }
            if let Some(due) = expect.due {
                let at = timers.iter().find(|(timer, _)| matches!(timer, Timer::Due(_))).map(|(_, at)| *at);
                let say = |at: &Option<_>| at.map_or("no longer: it is overdue".to_owned(), |at: jiff::Timestamp| at.to_string());
                Difference::between(&format!("`{wait}` is due"), &Some(due.after(*since)), &at, say)?;
            }
        }
        let Some(spot) = &expect.incident else { return Ok(()) };
        let wait = spot.wait();
        let Some(Open { for_what: Waiting::Incident(cause), .. }) = self.state.waiting(&wait) else {
            return Err(Difference::new(format!("an incident at `{wait}`"), "there is none"));
        };
        let Some(because) = &expect.cause else { return Ok(()) };
        Difference::between("the incident's cause", &because.text, &cause.code().to_owned(), |cause| format!("`{cause}`"))
    }

    fn look_at_clock(&self, expect: &Expect) -> Result<(), Difference> {
        if let Some(paused) = expect.paused {
            let say = |paused: &bool| if *paused { "paused" } else { "running" }.to_owned();
            Difference::between("clock", &paused, &self.state.is_paused(), say)?;
        }
        if let Some(law) = &expect.law {
            let basis = self.state.pauses.iter().rfind(|pause| pause.to.is_none()).map(|pause| pause.basis.clone());
            Difference::between("the clock stands still by", &Some(law.clone()), &basis, |law| law.clone().unwrap_or("no law".to_owned()))?;
        }
        if let Some(alarms) = &expect.alarms {
            let expected: Vec<String> = alarms.iter().map(|(mark, roles)| told(mark.as_str(), &texts(roles))).collect();
            let rang = self.alarms.iter().filter_map(|number| self.def.clock.alarms.get(usize::from(*number)));
            let rang: Vec<String> = rang.map(|alarm| told(&alarm.at.to_string(), &texts(&alarm.tell))).collect();
            Difference::between("alarms", &expected, &rang, |alarms| words(alarms))?;
        }
        if let Some(recorded) = &expect.recorded {
            Difference::between("recorded", &texts(recorded), &self.recorded, |facts| words(facts))?;
        }
        self.look_at_deadline(expect.deadline.unwrap_or_default())
    }

    fn look_at_deadline(&self, deadline: Deadline) -> Result<(), Difference> {
        let Some(dates) = self.timers.dates else { return Ok(()) };
        if let Some(due) = deadline.due {
            Difference::between("deadline", &due, &dates.due, ToString::to_string)?;
        }
        if let Some(strict) = deadline.strict {
            Difference::between("strict deadline", &strict, &dates.strict, ToString::to_string)?;
        }
        let Some(met) = deadline.met else { return Ok(()) };
        let at = self.state.closed.as_ref().map_or(self.now, |closed| closed.at);
        let say = |met: &bool| if *met { "met" } else { "missed" }.to_owned();
        Difference::between("deadline", &met, &(at < end_of(dates.due, self.almanac.zone)), say)
    }

    fn look_at_facts(&self, expect: &Expect) -> Result<(), Difference> {
        let proven = |fact: &&Name| self.state.facts.contains(fact.as_str());
        if let Some(fact) = expect.facts.iter().find(|fact| !proven(fact)) {
            return Err(Difference::new(format!("`{}` is proven", fact.as_str()), "it is not"));
        }
        let wrong = expect.lacks.iter().find(proven);
        wrong.map_or(Ok(()), |fact| Err(Difference::new(format!("`{}` is not proven", fact.as_str()), "it is")))
    }

    /// How many different calls took effect, of an action or of an action in one branch.
    fn look_at_calls(&self, expect: &Expect) -> Result<(), Difference> {
        for (call, times) in &expect.calls {
            let (action, branch) = call.as_str().split_once('/').map_or((call.as_str(), None), |(action, branch)| (action, Some(branch)));
            let is_it = |step: &str| match self.def.node(step).map(|node| &node.kind) {
                Some(Kind::Work { work: Work::Act { action: found, .. }, .. }) => found == action,
                _ => false,
            };
            let effects = self.outbox.effects.iter().filter(|(wait, _)| is_it(&wait.step));
            let count = effects.filter(|(wait, _)| branch.is_none() || wait.branch.as_deref() == branch).count();
            Difference::between(&format!("calls of `{}`:", call.as_str()), times, &count, ToString::to_string)?;
        }
        Ok(())
    }

    fn waits(&self, pick: impl Fn(&Open) -> bool) -> Vec<String> {
        let mut waits: Vec<String> = self.state.open.iter().filter(|open| pick(open)).map(|open| open.wait.to_string()).collect();
        waits.sort();
        waits
    }
}

fn waits(spots: &[Spot]) -> Vec<String> {
    let mut waits: Vec<String> = spots.iter().map(|spot| spot.wait().to_string()).collect();
    waits.sort();
    waits
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}

fn told(mark: &str, roles: &[String]) -> String {
    format!("{mark}: {}", roles.join(", "))
}
