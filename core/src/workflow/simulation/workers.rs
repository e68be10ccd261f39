//! Two workers on one queue: each claims, calls and reports, dies anywhere between, and may come back late.

use super::{
    super::{
        catalogue::Idempotency,
        compiled::FAILED,
        event::{EventKind, WORKER},
    },
    dice::Dice,
    outside::Answer,
    tables::{LEASE, Row, Tables},
};

/// What a worker has in its hands: the row as it was claimed, and what came of it so far.
#[derive(Clone)]
pub(super) struct Hands {
    row: Row,
    came: Option<Answer>,
}

impl Tables<'_> {
    /// One worker does its next thing, or dies before it.
    pub(super) fn work(&mut self, dice: &mut Dice) -> Result<(), String> {
        let turn = usize::try_from(dice.below(2)).unwrap_or(0);
        let hands = self.hands.get_mut(turn).and_then(Option::take);
        let next = match hands {
            None if dice.once_in(6) && !self.late.is_empty() => {
                let late = self.late.swap_remove(usize::try_from(dice.below(self.late.len() as u64)).unwrap_or(0));
                self.report(late, dice)?;
                None
            }
            None => self.claim(),
            Some(hands) if dice.once_in(9) => {
                self.played.deaths += 1;
                if hands.came.is_some() && dice.once_in(2) {
                    self.late.push(hands);
                }
                None
            }
            Some(hands) if dice.once_in(12) => {
                self.beat(&hands);
                Some(hands)
            }
            Some(hands @ Hands { came: None, .. }) => self.call(hands, dice)?,
            Some(hands) => {
                if dice.once_in(10) {
                    self.late.push(hands.clone());
                }
                self.report(hands, dice)?;
                None
            }
        };
        if let Some(place) = self.hands.get_mut(turn) {
            *place = next;
        }
        Ok(())
    }

    /// Leases one row that is due.
    fn claim(&mut self) -> Option<Hands> {
        let now = self.now;
        let free = |row: &&mut Row| !row.parked && row.due_at <= now && row.lease_until.is_none_or(|until| until <= now);
        let row = self.rows.iter_mut().find(free)?;
        row.lease_until = Some(now + LEASE);
        row.fence += 1;
        row.attempt += 1;
        Some(Hands { row: row.clone(), came: None })
    }

    /// A long effect keeps its lease.
    fn beat(&mut self, hands: &Hands) {
        let until = self.now + LEASE;
        if let Some(row) = self.mine(&hands.row) {
            row.lease_until = Some(until);
        }
    }

    /// The row, if the lease has not gone to somebody else.
    fn mine(&mut self, claimed: &Row) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.id == claimed.id && row.fence == claimed.fence)
    }

    fn call(&mut self, hands: Hands, dice: &mut Dice) -> Result<Option<Hands>, String> {
        let Hands { row, .. } = hands;
        if row.began {
            self.unknown(&row)?;
            return Ok(None);
        }
        if row.class == Idempotency::None {
            let Some(mine) = self.mine(&row) else { return Ok(None) };
            mine.began = true;
        }
        let outcomes = row.wait.as_ref().and_then(|wait| self.play.def.node(&wait.step)).map(|node| node.outcomes.clone());
        let outcomes: Vec<String> = outcomes.unwrap_or_default().into_iter().filter(|outcome| outcome != FAILED).collect();
        let came = self.outside.call(&row.key, row.class, &outcomes, dice)?;
        Ok(Some(Hands { row, came: Some(came) }))
    }

    /// A call began and nobody knows its end: a person is asked, and nothing is called again by itself.
    fn unknown(&mut self, row: &Row) -> Result<(), String> {
        if self.mine(row).is_none() { Ok(()) } else { self.give_up(row, "outcome unknown") }
    }

    fn report(&mut self, hands: Hands, dice: &mut Dice) -> Result<(), String> {
        let Hands { row, came } = hands;
        let (now, pause) = (self.now, jiff::SignedDuration::from_secs((1 + dice.below(3_600)).cast_signed()));
        let Some(mine) = self.mine(&row) else {
            self.played.refused += 1;
            return Ok(());
        };
        match came {
            Some(Answer::NotNow) if row.attempt < row.times => {
                (mine.due_at, mine.lease_until, mine.began) = (now + pause, None, false);
                Ok(())
            }
            Some(Answer::Outcome(outcome)) => self.done(&row, outcome, dice),
            Some(Answer::NotNow | Answer::Never) | None => self.give_up(&row, "given up"),
        }
    }

    fn done(&mut self, row: &Row, outcome: String, dice: &mut Dice) -> Result<(), String> {
        self.rows.retain(|other| other.id != row.id);
        let Some(wait) = &row.wait else { return Ok(()) };
        if row.external && row.class != Idempotency::None {
            // What is written in the same transaction goes out by itself, and not twice.
            self.add(None, Idempotency::None, false, format!("mail:{}", row.key), 3);
        }
        let lists = self.found(wait, dice);
        self.own(WORKER, EventKind::Reported { wait: wait.clone(), outcome, lists })
    }

    fn give_up(&mut self, row: &Row, cause: &str) -> Result<(), String> {
        let Some(wait) = row.wait.clone() else {
            if let Some(mine) = self.mine(row) {
                mine.parked = true;
            }
            return Ok(());
        };
        self.rows.retain(|other| other.id != row.id);
        self.own(WORKER, EventKind::Failed { wait, cause: cause.to_owned() })
    }
}
