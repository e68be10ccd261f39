//! The house's lists as plain rows, for the command line: cases, tasks, holds, people. No names, no values.

use habeas_core::law::plan::Plan;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::look::Look;
use crate::store::{StoreError, case, deferral, finding, hold, incident, letter, package, person, plan, sealed, task};

/// One case, as `case list` shows it.
#[derive(Debug, Serialize)]
pub struct CaseRow {
    /// `HB-…`.
    pub case: String,
    /// The right used.
    pub right: &'static str,
    /// Open, or how it ended.
    pub phase: &'static str,
    /// Stage of the workflow.
    pub stage: String,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The deadline without stops.
    pub strict_due_on: Date,
    /// The deadline.
    pub due_on: Date,
    /// How strongly the person is proven, 0 to 4.
    pub tier: Option<u8>,
}

/// A task, as `task list` shows it.
#[derive(Debug, Serialize)]
pub struct TaskRow {
    /// Its id.
    pub task: String,
    /// The case.
    pub case: String,
    /// Workflow step.
    pub step: String,
    /// Branch, such as a system.
    pub branch: Option<String>,
    /// The form.
    pub form: String,
    /// What may be chosen.
    pub outcomes: Vec<String>,
    /// Outcomes that need a reason.
    pub reason_on: Vec<String>,
    /// Who may do it.
    pub roles: Vec<String>,
    /// Who may not.
    pub not_by: Vec<String>,
    /// When it should be done.
    pub due_at: Option<Timestamp>,
    /// Revision of the case: a form made for an older one is refused.
    pub version: i64,
    /// Hash of the plan that `approved` would sign.
    pub plan: Option<String>,
}

/// Everything about a case that holds no personal data, as `case show` shows it.
#[derive(Debug, Serialize)]
pub struct CaseFile {
    /// The case.
    #[serde(flatten)]
    pub case: CaseRow,
    /// Open tasks.
    pub tasks: Vec<TaskRow>,
    /// What each system answered.
    pub systems: Vec<SystemRow>,
    /// Incidents that nobody has mended.
    pub incidents: Vec<IncidentRow>,
    /// The newest plan.
    pub plan: Option<PlanRow>,
    /// Letters by kind, and when they were sent.
    pub letters: Vec<(String, Option<Timestamp>)>,
    /// What is erased later, and when.
    pub deferred: Vec<DeferralRow>,
    /// Packages by kind: file, bytes, SHA-256.
    pub packages: Vec<PackageRow>,
}

/// A system's answer.
#[derive(Debug, Serialize)]
pub struct SystemRow {
    /// The system.
    pub system: String,
    /// `found`, `nothing`, `failed`.
    pub outcome: String,
    /// Records.
    pub records: u64,
}

/// An open incident.
#[derive(Debug, Serialize)]
pub struct IncidentRow {
    /// Its id.
    pub incident: String,
    /// Workflow step.
    pub step: String,
    /// Branch.
    pub branch: Option<String>,
    /// What went wrong.
    pub cause: String,
    /// How often it was tried.
    pub attempts: u32,
}

/// A plan by kinds: what goes and what stays.
#[derive(Debug, Serialize)]
pub struct PlanRow {
    /// SHA-256; an approver names it.
    pub plan: String,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// What goes now.
    pub erases: Vec<ErasesRow>,
    /// What stays, why and until when.
    pub keeps: Vec<KeepsRow>,
}

/// A kind of which something goes.
#[derive(Debug, Serialize)]
pub struct ErasesRow {
    /// `system.collection`.
    pub kind: String,
    /// Records.
    pub records: usize,
}

/// A kind of which something stays.
#[derive(Debug, Serialize)]
pub struct KeepsRow {
    /// `system.collection`.
    pub kind: String,
    /// Records.
    pub records: usize,
    /// Fields that stay.
    pub fields: Vec<String>,
    /// Last day kept; none while a hold lasts or where no date is known.
    pub until: Option<Date>,
    /// Every rule and hold that speaks for it.
    pub because: Vec<String>,
}

/// A later erasure.
#[derive(Debug, Serialize)]
pub struct DeferralRow {
    /// The system.
    pub system: String,
    /// The first day it may run.
    pub due_on: Date,
    /// Records.
    pub records: u64,
    /// When it ran.
    pub done_at: Option<Timestamp>,
    /// What it waits for.
    pub waits_for: Option<String>,
}

/// A package.
#[derive(Debug, Serialize)]
pub struct PackageRow {
    /// `subject` or `authority`.
    pub kind: String,
    /// The file.
    pub file: std::path::PathBuf,
    /// Bytes.
    pub bytes: u64,
    /// Hex.
    pub sha256: String,
}

/// A hold, as `hold list` shows it.
#[derive(Debug, Serialize)]
pub struct HoldRow {
    /// Its id.
    pub hold: String,
    /// Matter reference.
    pub matter: String,
    /// Article.
    pub ground: &'static str,
    /// What it covers.
    pub scope: habeas_core::law::hold::Scope,
    /// Looked at again by then.
    pub review_on: Date,
    /// Who asked for its release.
    pub release_asked_by: Option<String>,
    /// Last day in force.
    pub released_on: Option<Date>,
}

/// Somebody who signs in, as `user list` shows it.
#[derive(Debug, Serialize)]
pub struct PersonRow {
    /// Handle.
    pub person: String,
    /// Roles.
    pub roles: Vec<String>,
    /// Systems answered for.
    pub systems: Vec<String>,
    /// Whether the person is shut out.
    pub disabled: bool,
}

impl Look {
    /// The connected systems, by key.
    pub fn system_keys(&self) -> Vec<String> {
        self.organisation.systems().iter().map(|system| system.key.clone()).collect()
    }

    /// Every case, the soonest deadline first.
    pub async fn case_rows(&self, open_only: bool) -> Result<Vec<CaseRow>, StoreError> {
        let phase = open_only.then_some(case::Phase::Open);
        Ok(case::list(&self.store, phase, 10_000).await?.iter().map(row).collect())
    }

    /// Open tasks, of one case or all.
    pub async fn task_rows(&self, of: Option<&str>) -> Result<Vec<TaskRow>, StoreError> {
        let mut rows = Vec::new();
        for task in task::open(&self.store).await? {
            if of.is_none_or(|case| case == task.case) {
                rows.push(self.task_row(task).await?);
            }
        }
        Ok(rows)
    }

    async fn task_row(&self, task: task::Task) -> Result<TaskRow, StoreError> {
        let shape = self.forms.get(&task.form);
        let plan = match shape {
            Some(shape) if shape.approves_plan => plan::latest(&self.store, &task.case).await?.map(|plan| plan.hash),
            _ => None,
        };
        let version = case::get(&self.store, &task.case).await?.map_or(0, |case| case.rev);
        Ok(TaskRow {
            version,
            outcomes: shape.map(|shape| shape.outcomes.clone()).unwrap_or_default(),
            reason_on: shape.map(|shape| shape.reason_on.clone()).unwrap_or_default(),
            task: task.id,
            case: task.case,
            step: task.step,
            branch: task.branch,
            form: task.form,
            roles: task.roles,
            not_by: task.not_by,
            due_at: task.due_at,
            plan,
        })
    }

    /// One case.
    pub async fn case_file(&self, reference: &str) -> Result<Option<CaseFile>, StoreError> {
        let store = &self.store;
        let Some(found) = case::get(store, reference).await? else { return Ok(None) };
        let plan = self.plan_row(&found).await?;
        let systems = finding::of_case(store, reference).await?;
        let incidents = incident::of_case(store, reference).await?.into_iter().filter(|incident| incident.closed.is_none());
        let letters = letter::of_case(store, reference).await?;
        let deferred = deferral::of_case(store, reference).await?;
        let mut packages = Vec::new();
        for kind in ["subject", "authority"] {
            let package = package::get(store, reference, kind).await?;
            packages.extend(package.map(|it| PackageRow {
                kind: it.kind,
                file: self.packages.join(it.file),
                bytes: it.size,
                sha256: it.sha256,
            }));
        }
        Ok(Some(CaseFile {
            case: row(&found),
            tasks: self.task_rows(Some(reference)).await?,
            systems: systems.into_iter().map(|it| SystemRow { system: it.system, outcome: it.outcome, records: it.records }).collect(),
            incidents: incidents
                .map(|it| IncidentRow { incident: it.id, step: it.step, branch: it.branch, cause: it.cause, attempts: it.attempts })
                .collect(),
            plan,
            letters: letters.into_iter().map(|it| (it.kind, it.sent_at)).collect(),
            deferred: deferred
                .into_iter()
                .map(|it| DeferralRow {
                    system: it.system,
                    due_on: it.due_on,
                    records: it.items,
                    done_at: it.done_at,
                    waits_for: it.waits_for,
                })
                .collect(),
            packages,
        }))
    }

    async fn plan_row(&self, case: &case::Case) -> Result<Option<PlanRow>, StoreError> {
        let Some(stored) = plan::latest(&self.store, &case.id).await? else { return Ok(None) };
        // After the case's own date its key is gone, and the plan with it; other rights have another kind of plan.
        let Ok(frozen) = sealed::plan::<Plan>(&self.keys, case, &stored) else { return Ok(None) };
        let erases = frozen.plan().erased().map(|it| ErasesRow { kind: format!("{}.{}", it.system, it.collection), records: it.count });
        let keeps = frozen.plan().kept().map(|it| KeepsRow {
            kind: format!("{}.{}", it.system, it.collection),
            records: it.count,
            fields: it.fields,
            until: it.until,
            because: it.reasons.into_iter().map(|reason| format!("{}: {}", reason.id, reason.law)).collect(),
        });
        Ok(Some(PlanRow {
            erases: erases.collect(),
            keeps: keeps.collect(),
            plan: stored.hash,
            approved_by: stored.approved.map(|(by, _)| by),
        }))
    }

    /// Every hold.
    pub async fn hold_rows(&self) -> Result<Vec<HoldRow>, StoreError> {
        let row = |stored: hold::StoredHold| HoldRow {
            hold: stored.hold.id,
            matter: stored.hold.matter,
            ground: stored.hold.basis.article(),
            scope: stored.hold.scope,
            review_on: stored.hold.review_on,
            release_asked_by: stored.release_asked_by,
            released_on: stored.hold.released_on,
        };
        Ok(hold::all(&self.store).await?.into_iter().map(row).collect())
    }

    /// Everybody who signs in, without names.
    pub async fn person_rows(&self) -> Result<Vec<PersonRow>, StoreError> {
        let row =
            |it: person::Person| PersonRow { person: it.id, roles: it.roles, systems: it.systems, disabled: it.disabled_at.is_some() };
        Ok(person::all(&self.store).await?.into_iter().map(row).collect())
    }
}

fn row(case: &case::Case) -> CaseRow {
    let state: Option<habeas_core::workflow::State> = serde_json::from_str(&case.state).ok();
    CaseRow {
        case: case.id.clone(),
        right: case.right.name(),
        phase: case.phase.name(),
        stage: state.map(|state| state.stage).unwrap_or_default(),
        received_at: case.received_at,
        strict_due_on: case.strict_due_on,
        due_on: case.due_on,
        tier: case.tier.map(habeas_core::law::tier::Tier::number),
    }
}
