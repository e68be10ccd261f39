//! The queue: every case once, filtered and counted by view, soonest legal deadline first.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::law::{hold::Hold, right::Right};
use jiff::{ToSpan as _, civil::Date};

use super::{active_holds, connected::notices, flags, holds::reviews, standing, waits_for_her};
use crate::{
    store::{
        StoreError, breaker,
        case::{
            Case, Phase,
            queue::{self, List, Which},
        },
        finding,
        incident::{self, Trouble},
        task::{self, Task},
    },
    view::{
        desk::{
            eyes::Eyes,
            queue::{Queue, Row, TimeLeft, View},
        },
        lifting,
        look::Look,
    },
};

/// Days within which a case is due soon.
const SOON: i32 = 7;
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
    tasks: Vec<Task>,
    /// An incident is open, or an effect failed.
    failed: bool,
    mine: bool,
    left: TimeLeft,
}

impl Queue {
    /// One page of one view.
    pub async fn load(look: &Look, eyes: &Eyes, filter: Filter) -> Result<Self, StoreError> {
        let around = Around::of(look).await?;
        let lines = lines(look, eyes, &around).await?;
        let mut views = Vec::with_capacity(View::SHOWN.len());
        for view in View::SHOWN {
            views.push((view, count(look, eyes, view, &around, &lines).await?));
        }
        let of = |wanted| views.iter().find(|(view, _)| *view == wanted).map_or(0, |(_, count)| *count);
        let open_with_others = of(View::Open).saturating_sub(of(View::NeedsMe));
        let view = filter.view.unwrap_or(View::NeedsMe);
        let (page, pages, shown) = page_of(look, eyes, view, &filter, &around, lines).await?;
        let holds = active_holds(look).await?;
        let mut rows = Vec::with_capacity(shown.len());
        for line in shown {
            rows.push(line.row(look, eyes, &holds).await?);
        }
        Ok(Self {
            view,
            views,
            q: filter.q,
            right: filter.right,
            rows,
            stopped: if eyes.see_all() { breaker::current(&look.store).await?.map(|stop| stop.stopped_at) } else { None },
            drift: notices(look, eyes).await?,
            holds: reviews(look, eyes).await?,
            open_with_others,
            page: u32::try_from(page).unwrap_or(u32::MAX),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
        })
    }
}

/// The page that is asked for, as far as there is one, and how many there are.
fn place(asked: u32, found: usize) -> (usize, usize) {
    let pages = found.div_ceil(PER_PAGE).max(1);
    (usize::try_from(asked).unwrap_or(1).clamp(1, pages), pages)
}

/// What one look at the cases is judged by.
struct Around {
    /// Cases in which something failed.
    failed: BTreeSet<String>,
    today: Date,
}

impl Around {
    async fn of(look: &Look) -> Result<Self, StoreError> {
        let open = incident::open(&look.store).await?;
        Ok(Self { failed: open.into_iter().filter(|it| it.trouble != Trouble::Alarm).map(|it| it.case).collect(), today: look.today() })
    }

    /// The last day of what is due soon.
    fn soon(&self) -> Date {
        self.today.saturating_add(SOON.days())
    }
}

/// Every case in which somebody has something left to do or something failed, as far as the reader may see it, the soonest due first.
async fn lines(look: &Look, eyes: &Eyes, around: &Around) -> Result<Vec<Line>, StoreError> {
    let mut tasks: BTreeMap<String, Vec<Task>> = BTreeMap::new();
    for task in task::open(&look.store).await? {
        tasks.entry(task.case.clone()).or_default().push(task);
    }
    let ids: BTreeSet<String> = tasks.keys().chain(&around.failed).cloned().collect();
    let mut cases = queue::some(&look.store, &Vec::from_iter(ids)).await?;
    cases.sort_by(|one, other| (one.strict_due_on, &one.id).cmp(&(other.strict_due_on, &other.id)));
    let mut lines = Vec::new();
    for case in cases {
        let tasks = tasks.remove(&case.id).unwrap_or_default();
        if eyes.see_all() || tasks.iter().any(|task| eyes.own(task)) {
            lines.push(Line::new(look, case, tasks, around, eyes));
        }
    }
    Ok(lines)
}

/// The cases of a view as the database lists them: for who sees every case, where it holds more than the lines do.
fn listed(view: View, eyes: &Eyes, around: &Around, lines: &[Line]) -> Option<Which> {
    let moved = |soon: bool| {
        let moved = lines.iter().filter(|line| line.left.due_on != line.case.strict_due_on);
        moved.filter(|line| line.is_in(View::DueSoon) == soon).map(|line| line.case.id.clone()).collect()
    };
    match view {
        _ if !eyes.see_all() => None,
        View::DueSoon => Some(Which::DueBy { day: around.soon(), also: moved(true), never: moved(false) }),
        View::Open => Some(Which::Open),
        View::Closed => Some(Which::Closed),
        View::NeedsMe | View::Waiting | View::Failed => None,
    }
}

async fn count(look: &Look, eyes: &Eyes, view: View, around: &Around, lines: &[Line]) -> Result<u64, StoreError> {
    match listed(view, eyes, around, lines) {
        Some(which) => List { which: &which, right: None, words: "" }.count(&look.store).await,
        None => Ok(u64::try_from(lines.iter().filter(|line| line.is_in(view)).count()).unwrap_or(u64::MAX)),
    }
}

/// The page that is asked for, its number, and how many there are.
async fn page_of(
    look: &Look,
    eyes: &Eyes,
    view: View,
    filter: &Filter,
    around: &Around,
    lines: Vec<Line>,
) -> Result<(usize, usize, Vec<Line>), StoreError> {
    let wanted = filter.q.trim().to_uppercase();
    let Some(which) = listed(view, eyes, around, &lines) else {
        let is_right = |line: &Line| filter.right.is_none_or(|right| right == line.case.right);
        let found: Vec<Line> =
            lines.into_iter().filter(|line| line.is_in(view) && line.case.id.contains(&wanted) && is_right(line)).collect();
        let (page, pages) = place(filter.page, found.len());
        return Ok((page, pages, found.into_iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).collect()));
    };
    let list = List { which: &which, right: filter.right, words: &wanted };
    let (page, pages) = place(filter.page, usize::try_from(list.count(&look.store).await?).unwrap_or(usize::MAX));
    let found = list.some(&look.store, (page - 1) * PER_PAGE, PER_PAGE).await?;
    // A case that is not among the lines has no open task.
    let mut known: BTreeMap<String, Line> = lines.into_iter().map(|line| (line.case.id.clone(), line)).collect();
    let line = |case: Case| known.remove(&case.id).unwrap_or_else(|| Line::new(look, case, Vec::new(), around, eyes));
    Ok((page, pages, found.into_iter().map(line).collect()))
}

impl Line {
    fn new(look: &Look, case: Case, tasks: Vec<Task>, around: &Around, eyes: &Eyes) -> Self {
        let mine = tasks.iter().any(|task| eyes.own(task) && !eyes.four_eyes(task));
        // Only a pause that ends has another date than the law's, and only its state has to be read for it.
        let due_on = match case.right {
            Right::Restriction => lifting::due_on(&case, &case.shown_state(), tasks.iter(), |at| look.day(at), case.strict_due_on),
            _ => case.strict_due_on,
        };
        let left = TimeLeft::on(around.today, look.day(case.received_at), due_on);
        let failed = around.failed.contains(&case.id);
        Self { case, tasks, failed, mine, left }
    }

    fn is_in(&self, view: View) -> bool {
        let open = self.case.phase == Phase::Open;
        match view {
            // What was kept until a day falls due in a case that is closed.
            View::NeedsMe => self.mine,
            View::DueSoon => open && self.left.days_left <= SOON,
            View::Waiting => open && !self.failed && waits_for_her(&self.tasks.iter()).is_some(),
            View::Failed => open && self.failed,
            View::Open => open,
            View::Closed => !open,
        }
    }

    async fn row(&self, look: &Look, eyes: &Eyes, holds: &[Hold]) -> Result<Row, StoreError> {
        let state = self.case.shown_state();
        let findings = finding::of_case(&look.store, &self.case.id).await?;
        let done = findings.iter().filter(|finding| finding.outcome != "failed").count();
        let all = state.lists.get("case.systems").map_or(0, Vec::len);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(Row {
            reference: self.case.id.clone(),
            right: self.case.right,
            state: standing(&self.case, &state, self.tasks.iter(), self.failed),
            left: self.left,
            owner: None,
            mine: self.mine,
            systems: (eyes.see_all() && !findings.is_empty()).then(|| (count(done), count(all))),
            lang: self.case.lang,
            flags: flags(&self.case, &state, self.tasks.iter(), holds),
        })
    }
}
