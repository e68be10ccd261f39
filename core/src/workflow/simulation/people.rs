//! People: mostly they do what waits for them, sometimes something else, twice, without the role or much too late.

use std::collections::BTreeMap;

use super::{
    super::{
        compiled::{Kind, SUBJECT},
        event::{Event, EventKind, Resolution, Wait},
        state::{Open, Waiting},
        ways::ways_out,
    },
    dice::Dice,
    tables::Tables,
};

impl Tables<'_> {
    /// Somebody does something.
    pub(super) fn somebody(&mut self, dice: &mut Dice) -> Result<(), String> {
        if dice.once_in(10) {
            self.decide_letter(dice);
            return Ok(());
        }
        let kind = match dice.below(64) {
            // Nothing else moves a closed case.
            32.. if self.state.closed.is_some() => self.signal(dice),
            0 => self.signal(dice),
            1..=3 => self.again(dice),
            4..=7 => self.anything(dice),
            _ => self.what_waits(dice),
        };
        let Some(kind) = kind else { return Ok(()) };
        let (by, roles) = if dice.once_in(4) { self.anybody(dice) } else { self.whose_it_is(&kind, dice) };
        let before = self.state.clone();
        let refused = self.send(&by, &roles, kind)?.is_err();
        if refused && self.state != before { Err("a refused event changed the case".to_owned()) } else { Ok(()) }
    }

    /// Somebody it is meant for.
    fn whose_it_is(&self, kind: &EventKind, dice: &mut Dice) -> (String, Vec<String>) {
        let roles: Vec<String> = match kind {
            EventKind::Submitted { wait, .. } => match self.play.def.node(&wait.step).map(|node| &node.kind) {
                Some(Kind::Task(task)) => task.roles.clone(),
                _ => Vec::new(),
            },
            EventKind::Signalled { .. } => vec![SUBJECT.to_owned()],
            _ => self.play.def.leads.clone(),
        };
        let role = dice.pick(&roles).cloned().unwrap_or_default();
        let by = if role == SUBJECT { role.clone() } else { format!("staff/{role}-{}", dice.below(2)) };
        (by, vec![role])
    }

    /// The subject, one of two colleagues for each role, somebody who may do everything, somebody who may do nothing.
    fn anybody(&self, dice: &mut Dice) -> (String, Vec<String>) {
        let roles = &self.play.def.roles;
        match dice.below(10) {
            0 | 1 => (SUBJECT.to_owned(), vec![SUBJECT.to_owned()]),
            2 => ("staff/nobody".to_owned(), Vec::new()),
            3 => ("authority/reader".to_owned(), vec!["authority".to_owned()]),
            4..=6 => ("staff/all".to_owned(), roles.clone()),
            _ => {
                let role = dice.pick(roles).cloned().unwrap_or_default();
                (format!("staff/{role}-{}", dice.below(2)), vec![role])
            }
        }
    }

    fn what_waits(&self, dice: &mut Dice) -> Option<EventKind> {
        let open: Vec<&Open> = self.state.open.iter().filter(|open| open.for_what != Waiting::Work).collect();
        let open = *dice.pick(&open)?;
        let (wait, node) = (open.wait.clone(), self.play.def.node(&open.wait.step)?);
        if matches!(open.for_what, Waiting::Incident(_)) {
            return Some(EventKind::Resolved { how: self.way(&wait, dice)?, wait });
        }
        Some(EventKind::Submitted { wait, outcome: dice.pick(&node.outcomes)?.clone() })
    }

    /// One of the ways out that are offered.
    fn way(&self, wait: &Wait, dice: &mut Dice) -> Option<Resolution> {
        let ways = ways_out(self.play.def, &self.state, wait)?;
        let mut offered = vec![Resolution::Retry];
        offered.extend(ways.by_hand.iter().map(|outcome| Resolution::ByHand { outcome: outcome.clone() }));
        offered.extend(ways.restart.then_some(Resolution::Restart));
        offered.extend(ways.skip.then(|| Resolution::Skip { reason: "gone".to_owned() }));
        let changed = |setting: &String| Resolution::RetryWith { with: BTreeMap::from([(setting.clone(), "other".to_owned())]) };
        offered.extend(ways.change.iter().map(changed));
        dice.pick(&offered).cloned()
    }

    fn signal(&self, dice: &mut Dice) -> Option<EventKind> {
        dice.pick(&self.play.def.signals).map(|signal| EventKind::Signalled { name: signal.event.clone() })
    }

    /// Something that was said before.
    fn again(&self, dice: &mut Dice) -> Option<EventKind> {
        dice.pick(&self.journal).map(|Event { kind, .. }| kind.clone())
    }

    /// Something about any step, whether it makes sense or not.
    fn anything(&self, dice: &mut Dice) -> Option<EventKind> {
        let nodes: Vec<_> = self.play.def.nodes().filter(|node| !matches!(node.kind, Kind::Loop(_))).collect();
        let node = *dice.pick(&nodes)?;
        let wait = Wait { step: node.id.clone(), branch: node.parent.as_ref().map(|_| "crm".to_owned()) };
        let outcome = dice.pick(&node.outcomes)?.clone();
        Some(match dice.below(5) {
            0 => EventKind::Submitted { wait, outcome },
            1 => EventKind::Resolved { wait, how: Resolution::ByHand { outcome } },
            2 => EventKind::Resolved { wait, how: Resolution::Restart },
            3 => EventKind::Reported { wait, outcome, lists: BTreeMap::new() },
            _ => EventKind::Failed { wait, cause: "invented".to_owned() },
        })
    }

    /// A person says of a letter whether it goes out again; then it is another one.
    fn decide_letter(&mut self, dice: &mut Dice) {
        let Some(row) = self.rows.iter_mut().find(|row| row.parked) else { return };
        if dice.once_in(2) {
            (row.parked, row.began, row.lease_until, row.due_at) = (false, false, None, self.now);
            row.key.push_str(":again");
        } else {
            let id = row.id;
            self.rows.retain(|row| row.id != id);
        }
    }
}
