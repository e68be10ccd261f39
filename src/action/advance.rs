//! Moves a case by one event: the pure transition, its journal entry and its rows, in the caller's transaction.
//! Not an action: actions call it.

use habeas_core::workflow::{
    self, Command, Event, EventKind, State, Step,
    command::{Cause, Work},
    definition::{Backoff, Ending},
    event::{Timer, Wait},
};

use super::{catalogue, deadline, door::Inside, fact::Fact, gate, refusal::Refusal, schedule};
use crate::{
    crash,
    store::{
        case::{self, Case, Phase},
        command::{self, Retry},
        event,
        incident::{self, Incident, Trouble},
        task::{self, Closed, Task},
        timer,
    },
};

/// What came with an event beside what the workflow reads.
#[derive(Debug, Default)]
pub(crate) struct Submission {
    /// The step (and branch) it is for.
    pub wait: Option<Wait>,
    /// The form's outcome.
    pub outcome: Option<String>,
    /// The form's fields, sealed.
    pub answer: Option<Vec<u8>>,
    /// How often it was tried, where it was an effect.
    pub attempts: u32,
}

/// Moves a stored case. Returns the facts that became true.
pub(crate) async fn advance(
    inside: &Inside<'_>,
    mut case: Case,
    id: String,
    kind: EventKind,
    submission: Submission,
) -> Result<Vec<Fact>, Refusal> {
    let definition = inside.workflows.by_sha(&case.definition)?;
    let state: State =
        serde_json::from_str(&case.state).map_err(|_| Refusal::Broken("the case's state is not what this version writes".to_owned()))?;
    let event = event_of(inside, id, kind);
    let moved = guarded(|| {
        crash::point("panic-in-transition", &case.id);
        workflow::transition(definition, &state, &event)
    });
    let step = moved?.map_err(|refusal| refused(&refusal))?;
    case.rev += 1;
    write(inside, case, &event, step, &submission, Save::Update).await
}

/// Saves a case that moved to another version of its workflow.
pub(crate) async fn migrated(inside: &Inside<'_>, mut case: Case, event: &Event, step: Step) -> Result<Vec<Fact>, Refusal> {
    case.rev += 1;
    step.state.sha256.as_ref().clone_into(&mut case.definition);
    write(inside, case, event, step, &Submission::default(), Save::Update).await
}

/// Stores a new case with its first event.
pub(crate) async fn begin(inside: &Inside<'_>, case: Case, kind: EventKind) -> Result<Vec<Fact>, Refusal> {
    let definition = inside.workflows.by_sha(&case.definition)?;
    let event = event_of(inside, format!("open:{}", case.id), kind);
    let step = workflow::start(definition, &event).map_err(|refusal| refused(&refusal))?;
    write(inside, case, &event, step, &Submission::default(), Save::Insert).await
}

#[derive(Clone, Copy)]
enum Save {
    Insert,
    Update,
}

/// A panic of the engine concerns the one case it was asked about.
pub(crate) fn guarded<T>(ask: impl FnOnce() -> T) -> Result<T, Refusal> {
    let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(ask));
    asked.map_err(|_| Refusal::Broken("the workflow engine panicked at this event".to_owned()))
}

pub(crate) fn event_of(inside: &Inside<'_>, id: String, kind: EventKind) -> Event {
    Event { id, at: inside.now, by: inside.by.name(), roles: inside.by.roles(), kind }
}

pub(crate) fn refused(refusal: &workflow::Refusal) -> Refusal {
    Refusal::conflict(refusal.code(), refusal.to_string())
}

async fn write(
    inside: &Inside<'_>,
    mut case: Case,
    event: &Event,
    step: Step,
    submission: &Submission,
    save: Save,
) -> Result<Vec<Fact>, Refusal> {
    case.state = serde_json::to_string(&step.state).map_err(|error| Refusal::Broken(error.to_string()))?;
    let mut facts = Vec::new();
    for command in &step.commands {
        settle_case(inside, &mut case, command, &mut facts);
    }
    let promised = case.due_on;
    let due = deadline::of(inside.organisation, inside.workflows.by_sha(&case.definition)?, &case, &step.state)?;
    (case.strict_due_on, case.due_on) = (due.strict_due, due.due);
    match save {
        Save::Insert => case::insert(inside.tx, &case).await?,
        Save::Update => case::save(inside.tx, &case).await?,
    }
    facts.extend(gate::follow(inside, &case, matches!(save, Save::Insert), &step.commands).await?);
    journal(inside, &case, event).await?;
    for command in &step.commands {
        write_row(inside, &case, command, submission).await?;
    }
    let begins = step.commands.iter().any(|command| matches!(command, Command::StartClock { .. }));
    let stands = |command: &Command| matches!(command, Command::StopClock { .. } | Command::ResumeClock { .. });
    let stood = step.commands.iter().any(stands);
    let reset = step.commands.iter().any(|command| matches!(command, Command::ResetClock { .. }));
    if reset {
        timer::clear_step(inside.tx, &case.id, Some(""), None).await?;
    }
    if case.phase == Phase::Open && (begins || reset || stood || case.due_on != promised) {
        deadline::set_timers(inside, &case, begins, due.is_pending()).await?;
    }
    Ok(facts)
}

async fn journal(inside: &Inside<'_>, case: &Case, event: &Event) -> Result<(), Refusal> {
    let body = serde_json::to_string(event).map_err(|error| Refusal::Broken(error.to_string()))?;
    let kind = kind_of(&event.kind).to_owned();
    let row =
        event::Event { case: case.id.clone(), seq: case.rev, id: event.id.clone(), at: event.at, actor: event.by.clone(), kind, body };
    Ok(event::append(inside.tx, &row).await?)
}

const fn kind_of(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Opened { .. } => "opened",
        EventKind::Submitted { .. } => "submitted",
        EventKind::Reported { .. } => "reported",
        EventKind::Failed { .. } => "failed",
        EventKind::Resolved { .. } => "resolved",
        EventKind::Elapsed { .. } => "elapsed",
        EventKind::Migrated { .. } => "migrated",
        EventKind::Signalled { .. } => "signalled",
    }
}

/// What a command changes on the case itself.
fn settle_case(inside: &Inside<'_>, case: &mut Case, command: &Command, facts: &mut Vec<Fact>) {
    match command {
        Command::Close { ending, keep } => {
            case.phase = phase(*ending);
            case.closed_at = Some(inside.now);
            case.keep_until = keep.and_then(|keep| inside.today.checked_add(keep.span()).ok());
            facts.push(Fact::of_case("case-closed", &case.id).with("ending", case.phase.name()));
        }
        Command::Reopen => {
            (case.phase, case.closed_at, case.keep_until) = (Phase::Open, None, None);
            // Asked again: the law's time runs from now.
            case.received_at = inside.now;
            facts.push(Fact::of_case("case-reopened", &case.id));
        }
        Command::RaiseIncident { wait, cause } => {
            facts.push(Fact::of_case("incident-raised", &case.id).with("step", wait.to_string()).with("cause", cause.code()));
        }
        Command::Alarm { number, .. } => facts.push(Fact::of_case("alarm-raised", &case.id).with("alarm", number.to_string())),
        Command::Record { fact } => facts.push(Fact::of_case("deadline-passed", &case.id).with("record", fact)),
        _ => {}
    }
}

/// The rows a command asks for.
async fn write_row(inside: &Inside<'_>, case: &Case, command: &Command, submission: &Submission) -> Result<(), Refusal> {
    let tx = inside.tx;
    match command {
        Command::Perform { wait, work, .. } => command::insert(tx, &perform(inside, case, wait, work)?).await?,
        Command::Cancel { wait } => command::cancel(tx, &case.id, &wait.step, wait.branch.as_deref()).await?,
        Command::OpenTask { wait, roles, form, due_at, shows, not_by } => {
            let task = Task {
                id: inside.row_id()?,
                case: case.id.clone(),
                step: wait.step.clone(),
                branch: wait.branch.clone(),
                form: form.clone(),
                roles: roles.clone(),
                not_by: not_by.clone(),
                shows: shows.clone(),
                opened_at: inside.now,
                due_at: Some(*due_at),
                closed: None,
            };
            task::insert(tx, &task).await?;
            if let Some(letter) = catalogue::form(form).asked_by {
                command::insert(tx, &ask(inside, case, wait, letter)?).await?;
            }
        }
        Command::WidenTask { wait, role } => task::widen(tx, &case.id, &wait.step, wait.branch.as_deref(), role).await?,
        Command::CloseTask { wait } => {
            let submitted = submission.wait.as_ref() == Some(wait);
            let closed = Closed {
                at: inside.now,
                outcome: submission.outcome.clone().filter(|_| submitted),
                by: submitted.then(|| inside.by.name()),
                answer: submission.answer.clone().filter(|_| submitted),
            };
            task::close(tx, &case.id, &wait.step, wait.branch.as_deref(), &closed).await?;
        }
        Command::SetTimer { timer, at } => timer::set(tx, &timer_row(&case.id, timer, *at)).await?,
        Command::ClearTimers { wait } => timer::clear_step(tx, &case.id, Some(&wait.step), wait.branch.as_deref()).await?,
        Command::RaiseIncident { wait, cause } => {
            let row = incident_row(inside, case, wait, cause)?;
            incident::insert(tx, &Incident { attempts: submission.attempts, ..row }).await?;
        }
        Command::CloseIncident { wait } => {
            let how = submission.outcome.clone().unwrap_or_default();
            incident::close(tx, &case.id, &wait.step, wait.branch.as_deref(), inside.now, &inside.by.name(), &how).await?;
        }
        Command::Alarm { number, raise: true, .. } => {
            let wait = Wait::at("");
            let row = incident_row(inside, case, &wait, &Cause::Failed(format!("alarm {number} of the statutory clock")))?;
            incident::insert(tx, &Incident { trouble: Trouble::Alarm, ..row }).await?;
        }
        Command::Close { .. } => timer::clear_step(tx, &case.id, None, None).await?,
        Command::Alarm { .. }
        | Command::Record { .. }
        | Command::Reopen
        | Command::StartClock { .. }
        | Command::StopClock { .. }
        | Command::ResumeClock { .. }
        | Command::ResetClock { .. } => {}
    }
    Ok(())
}

/// The letter that tells the person a task waits for her.
fn ask(inside: &Inside<'_>, case: &Case, wait: &Wait, letter: &str) -> Result<command::Command, Refusal> {
    Ok(command::Command {
        id: inside.row_id()?,
        case: Some(case.id.clone()),
        step: None,
        branch: None,
        action: "letter.send".to_owned(),
        argument: serde_json::json!({ "letter": letter }).to_string(),
        idempotency_key: format!("{}:{wait}:{letter}:{}", case.id, case.rev),
        retry: schedule::PATIENT,
        due_at: inside.now,
        fence: 0,
        attempt: 0,
        last_error: None,
        began: false,
    })
}

/// The key is the same over all attempts and another one when the step begins anew.
fn perform(inside: &Inside<'_>, case: &Case, wait: &Wait, work: &Work) -> Result<command::Command, Refusal> {
    let (action, argument, retry) = match work {
        Work::Act { action, with, retry } => (action.clone(), serde_json::to_string(with), retry),
        Work::Decide { decision, over, retry } => (format!("decide.{decision}"), serde_json::to_string(over), retry),
    };
    let seconds = |minutes: u32| u64::from(minutes) * 60;
    Ok(command::Command {
        id: inside.row_id()?,
        case: Some(case.id.clone()),
        step: Some(wait.step.clone()),
        branch: wait.branch.clone(),
        action,
        argument: argument.map_err(|error| Refusal::Broken(error.to_string()))?,
        idempotency_key: format!("{}:{wait}:{}", case.id, case.rev),
        retry: Retry {
            times: retry.times + 1,
            from_seconds: seconds(retry.from.longest_minutes()),
            to_seconds: seconds(retry.to.longest_minutes()),
            exponential: retry.backoff == Backoff::Exponential,
        },
        due_at: inside.now,
        fence: 0,
        attempt: 0,
        last_error: None,
        began: false,
    })
}

/// A timer as a row; the case's own timers have no step.
pub(crate) fn timer_row(case: &str, timer: &Timer, at: jiff::Timestamp) -> timer::Timer {
    let wait = timer.wait();
    timer::Timer {
        case: case.to_owned(),
        step: wait.map(|wait| wait.step.clone()).unwrap_or_default(),
        branch: wait.and_then(|wait| wait.branch.clone()),
        kind: timer.kind(),
        due_at: at,
    }
}

fn incident_row(inside: &Inside<'_>, case: &Case, wait: &Wait, why: &Cause) -> Result<Incident, Refusal> {
    let words = match why {
        Cause::Failed(words) => words.clone(),
        Cause::NeedsMissing(facts) => format!("not proven here: {}", facts.join(", ")),
        Cause::ListMissing(list) => format!("list `{list}` was never filled"),
        Cause::LimitReached(to) => format!("the way to `{to}` was taken as often as allowed"),
        Cause::Endless => "the definition leads from step to step without ever waiting".to_owned(),
    };
    Ok(Incident {
        id: inside.row_id()?,
        case: case.id.clone(),
        step: wait.step.clone(),
        branch: wait.branch.clone(),
        trouble: Trouble::Step,
        cause: words,
        attempts: 0,
        opened_at: inside.now,
        closed: None,
        answer: None,
    })
}

const fn phase(ending: Ending) -> Phase {
    match ending {
        Ending::Answered => Phase::Answered,
        Ending::Refused => Phase::Refused,
        Ending::Withdrawn => Phase::Withdrawn,
    }
}
