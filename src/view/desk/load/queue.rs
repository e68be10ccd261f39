//! The queue: every case once, filtered and counted by view, soonest legal deadline first.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::{
    law::{hold::Hold, right::Right},
    workflow::State,
};
use jiff::civil::Date;

use super::{active_holds, connected::notices, flags, holds::reviews, standing};
use crate::{
    store::{
        StoreError, breaker,
        case::{self, Case, Phase},
        finding,
        incident::{self, Trouble},
        task::{self, Task},
    },
    view::{
        desk::{
            eyes::Eyes,
            queue::{Queue, Row, Standing, TimeLeft, View},
        },
        lifting,
        look::Look,
    },
};

/// Cases looked at; a house with more open at once has other troubles than its list.
const MOST: u64 = 5_000;
const PER_PAGE: usize = 50;

/// What of the queue is asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Which view.
    pub view: Option<View>,
    /// Words to search references by.
    pub q: String,
    /// Only this right.
    pub right: Option<Right>,
    /// Which page, from 1.
    pub page: u32,
}

impl View {
    /// Every view that has a link.
    const SHOWN: [Self; 6] = [Self::NeedsMe, Self::DueSoon, Self::Waiting, Self::Failed, Self::Open, Self::Closed];

    /// Reads the name in an address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::SHOWN.into_iter().find(|view| view.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::NeedsMe => "needs-me",
            Self::Unclaimed => "unclaimed",
            Self::DueSoon => "due-soon",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// A case with what its row is made of.
struct Line {
    case: Case,
    state: State,
    tasks: Vec<Task>,
    standing: Standing,
    mine: bool,
    left: TimeLeft,
}

impl Queue {
    /// One page of one view.
    pub async fn load(look: &Look, eyes: &Eyes, filter: Filter) -> Result<Self, StoreError> {
        let lines = lines(look, eyes).await?;
        let count = |view| u64::try_from(lines.iter().filter(|line| line.is_in(view)).count()).unwrap_or(u64::MAX);
        let views = View::SHOWN.map(|view| (view, count(view)));
        let view = filter.view.unwrap_or(View::NeedsMe);
        let wanted = filter.q.trim().to_uppercase();
        let fits =
            |line: &&Line| line.is_in(view) && line.case.id.contains(&wanted) && filter.right.is_none_or(|right| right == line.case.right);
        let found: Vec<&Line> = lines.iter().filter(fits).collect();
        let pages = found.len().div_ceil(PER_PAGE).max(1);
        let page = usize::try_from(filter.page).unwrap_or(1).clamp(1, pages);
        let holds = active_holds(look).await?;
        let mut rows = Vec::new();
        for line in found.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE) {
            rows.push(line.row(look, eyes, &holds).await?);
        }
        Ok(Self {
            view,
            views: views.into(),
            q: filter.q,
            right: filter.right,
            rows,
            stopped: if eyes.see_all() { breaker::current(&look.store).await?.map(|stop| stop.stopped_at) } else { None },
            drift: notices(look, eyes).await?,
            holds: reviews(look, eyes).await?,
            open_with_others: count(View::Open).saturating_sub(count(View::NeedsMe)),
            page: u32::try_from(page).unwrap_or(u32::MAX),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
        })
    }
}

async fn lines(look: &Look, eyes: &Eyes) -> Result<Vec<Line>, StoreError> {
    let today = look.today();
    let mut tasks: BTreeMap<String, Vec<Task>> = BTreeMap::new();
    for task in task::open(&look.store).await? {
        tasks.entry(task.case.clone()).or_default().push(task);
    }
    let failed: BTreeSet<String> =
        incident::open(&look.store).await?.into_iter().filter(|it| it.trouble != Trouble::Alarm).map(|it| it.case).collect();
    let mut lines = Vec::new();
    for case in case::list(&look.store, None, MOST).await? {
        let tasks = tasks.remove(&case.id).unwrap_or_default();
        if eyes.see_all() || tasks.iter().any(|task| eyes.own(task)) {
            lines.push(Line::new(case, tasks, &failed, eyes, |at| look.day(at), today));
        }
    }
    Ok(lines)
}

impl Line {
    fn new(
        case: Case,
        tasks: Vec<Task>,
        failed: &BTreeSet<String>,
        eyes: &Eyes,
        day: impl Fn(jiff::Timestamp) -> Date,
        today: Date,
    ) -> Self {
        let state = case.shown_state();
        let standing = standing(&case, &state, tasks.iter(), failed.contains(&case.id));
        let mine = tasks.iter().any(|task| eyes.own(task) && !eyes.four_eyes(task));
        let due_on = lifting::due_on(&case, &state, tasks.iter(), &day, case.strict_due_on);
        let left = TimeLeft::on(today, day(case.received_at), due_on);
        Self { case, state, tasks, standing, mine, left }
    }

    fn is_in(&self, view: View) -> bool {
        let open = self.case.phase == Phase::Open;
        match view {
            // What was kept until a day falls due in a case that is closed.
            View::NeedsMe => self.mine,
            View::Unclaimed => false,
            View::DueSoon => open && self.left.days_left <= 7,
            View::Waiting => matches!(self.standing, Standing::WaitingForPerson | Standing::Cooling),
            View::Failed => self.standing == Standing::Failed,
            View::Open => open,
            View::Closed => !open,
        }
    }

    async fn row(&self, look: &Look, eyes: &Eyes, holds: &[Hold]) -> Result<Row, StoreError> {
        let findings = finding::of_case(&look.store, &self.case.id).await?;
        let done = findings.iter().filter(|finding| finding.outcome != "failed").count();
        let all = self.state.lists.get("case.systems").map_or(0, Vec::len);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(Row {
            reference: self.case.id.clone(),
            right: self.case.right,
            state: self.standing,
            left: self.left,
            owner: None,
            mine: self.mine,
            systems: (eyes.see_all() && !findings.is_empty()).then(|| (count(done), count(all))),
            lang: self.case.lang,
            flags: flags(&self.case, &self.state, self.tasks.iter(), holds),
        })
    }
}
