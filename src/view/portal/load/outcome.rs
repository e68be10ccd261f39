//! The answer to a closed case, from its plan, its letters and its tasks (Art. 12(3), (4), 17, 19).

use std::collections::BTreeSet;

use habeas_core::law::{
    ask::{Asked, Correction},
    change::Applied,
    gate::suppressed_since,
    lang::Text,
    letter::Reasons,
    map::{Collection, System},
    notice::Told,
    plan::{self as law, Plan},
    portable,
    record::Record,
    retention::Suppression,
    right::Right,
};
use jiff::civil::Date;

use super::{Mine, correction::DECISION, request};
use crate::{
    render::{letter::Transmission, texts::Message},
    store::{
        StoreError,
        case::Phase,
        finding, gate, leaf, letter,
        package::{self, Package},
        part::Depth,
        plan, sealed, statement,
    },
    view::{
        look::Look,
        portal::{
            check::CorrectionLine,
            outcome::{Answer, Corrected, Deleted, Erased, Kept, Outcome, Stop, StopKind, Stopped, Suppressed, Until, Used},
            request::Scope,
            statement::StatementLine,
        },
    },
};

impl Outcome {
    /// The answer, once there is one. Its page for a copy that is gone is the download page.
    pub async fn load(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open_answer(look, mailbox, reference).await? else { return Ok(None) };
        let Some(closed_at) = mine.case.closed_at.filter(|_| mine.case.phase != Phase::Withdrawn) else { return Ok(None) };
        let answered_on = look.day(closed_at);
        let Some(answer) = mine.outcome(look, answered_on).await? else { return Ok(None) };
        let refused_in = if matches!(answer, Answer::Refused(_)) { mine.in_systems(look).await? } else { Vec::new() };
        let can_state = !statement::of_what(&look.store, &look.keys, &mine.case).await?.is_empty();
        let stated = StatementLine::of_case(look, &mine.case).await?;
        Ok(Some(Self { right: mine.case.right, answered_on, answer, refused_in, can_state, stated, reference: mine.case.id }))
    }
}

impl Mine {
    /// The last answering letter says which answer it was.
    async fn outcome(&self, look: &Look, on: Date) -> Result<Option<Answer>, StoreError> {
        let letters = letter::of_case(&look.store, &self.case.id).await?;
        let answering = letters.iter().rev().find_map(|letter| match letter.kind.as_str() {
            "receipt" | "question" | "extension" | "erasure-notice" | "lift-notice" | "recipient-notice" | "rest-gone" => None,
            kind => Some(kind),
        });
        Ok(match answering {
            Some("access-ready" | "access-partly") => self.copy(look).await?,
            Some("erasure-done") => self.erased(look, on).await?.map(Answer::Erased),
            Some("portability-ready") => self.file(look).await?,
            Some("rectification-done") => self.corrected(look).await?.map(Answer::Corrected),
            Some("restriction-done") => self.stopped(look, StopKind::Paused).await?.map(Answer::Stopped),
            Some("restriction-lifted") => self.stopped(look, StopKind::Lifted).await?.map(Answer::Stopped),
            Some("restriction-stays") => Some(Answer::Stays),
            Some("objection-upheld") => self.stopped(look, StopKind::Upheld).await?.map(Answer::Stopped),
            Some("marketing-stopped") => self.stopped(look, StopKind::Silenced).await?.map(Answer::Stopped),
            Some("consent-stopped") => self.stopped(look, StopKind::Unconsented).await?.map(Answer::Stopped),
            Some("objection-overridden") => self.refusal(look)?.map(Answer::Overridden),
            Some("nothing-held") => {
                Some(Answer::NothingHeld { searched: look.organisation.systems().iter().map(|system| system.label.clone()).collect() })
            }
            Some("refusal") => self.refusal(look)?.map(Answer::Refused),
            Some(_) | None => None,
        })
    }

    async fn package(&self, look: &Look) -> Result<Option<Package>, StoreError> {
        package::get(&look.store, &self.case.id, "subject").await
    }

    /// The last day of the package.
    fn until(&self, look: &Look, package: &Package) -> Date {
        package.expires_at.map_or(self.case.due_on, |at| look.day(at))
    }

    async fn file(&self, look: &Look) -> Result<Option<Answer>, StoreError> {
        let Some(package) = self.package(look).await? else { return Ok(None) };
        let records = self.records(look).await?;
        let left_out = |(system, collection): (&System, &Collection)| {
            let held: Vec<&Record> =
                records.iter().filter(|record| record.system == system.key && record.collection == collection.name).collect();
            portable::left_out(collection, &held, self.case.tier, &look.organisation.about().identity.floors)
                .map(|_| collection.label.clone())
        };
        let left_out = request::kinds(look).filter_map(left_out).collect();
        Ok(Some(Answer::File { expires_on: self.until(look, &package), left_out, transmission: self.transmission(look)? }))
    }

    /// Where the file went beside to her.
    fn transmission(&self, look: &Look) -> Result<Option<Transmission>, StoreError> {
        let Asked::Transmission { to } = self.asked(look)? else { return Ok(None) };
        let known = look.organisation.recipient(&to);
        let delivered = self.state.outcomes.values().any(|outcome| &**outcome == "delivered");
        Ok(Some(Transmission { name: known.map_or_else(|| Text::same(&to), |recipient| recipient.name.clone()), delivered }))
    }

    /// What was found of what was asked about, unless it is forgotten by now.
    async fn records(&self, look: &Look) -> Result<Vec<Record>, StoreError> {
        if finding::of_case(&look.store, &self.case.id).await?.is_empty() {
            return Ok(Vec::new());
        }
        sealed::records(&look.store, &look.keys, &self.case, Depth::Brief).await
    }

    async fn copy(&self, look: &Look) -> Result<Option<Answer>, StoreError> {
        let Some(package) = self.package(look).await? else { return Ok(None) };
        let kinds: BTreeSet<String> = self.records(look).await?.iter().map(Record::address).collect();
        let expires_on = self.until(look, &package);
        Ok(Some(Answer::Copy { kinds: u64::try_from(kinds.len()).unwrap_or(u64::MAX), expires_on }))
    }

    async fn erased(&self, look: &Look, on: Date) -> Result<Option<Erased>, StoreError> {
        // Other rights have another kind of plan.
        let stored = plan::latest(&look.store, &self.case.id).await?.filter(|_| self.case.right == Right::Erasure);
        let Some(stored) = stored else { return Ok(None) };
        let frozen = sealed::plan(&look.keys, &self.case, &stored)?;
        let backups_gone_by = on.checked_add(look.organisation.about().backup_rotation).unwrap_or(on);
        let (gone, staying) = kinds(frozen.plan());
        Ok(Some(Erased {
            gone,
            staying,
            kept: frozen.plan().kept().filter_map(|kept| kept_line(look, &kept)).collect(),
            suppressed: self.suppressed(look).await?,
            deleted: deleted(look, frozen.plan(), on),
            backups_gone_by,
            signed_off: self.signed_off(look).await?,
            told: self.told(look).await?,
        }))
    }

    /// What stays so that a no to direct marketing holds.
    async fn suppressed(&self, look: &Look) -> Result<Option<Suppressed>, StoreError> {
        let email = sealed::applicant(&look.keys, &self.case)?.person().to_owned();
        let stopped = gate::of_person(&look.store, &look.keys.gate(&email)).await?;
        let Suppression { because, law, ground, .. } = look.organisation.rules().suppression.clone();
        let line = |since| Suppressed { since: look.day(since), because, law: format!("{law}, {ground}") };
        Ok(suppressed_since(stopped.iter().map(|shut| &shut.what)).map(line))
    }

    /// What says something else now, and what does not and why.
    async fn corrected(&self, look: &Look) -> Result<Option<Corrected>, StoreError> {
        let Some(frozen) = self.changes(look).await? else { return Ok(None) };
        let Asked::Corrections(asked) = self.asked(look)? else { return Ok(None) };
        let applied = self.applied(look)?;
        let made = Self::made(frozen.plan(), &applied);
        let (corrected, declined): (Vec<_>, Vec<_>) = asked.iter().enumerate().partition(|(number, _)| made.contains(number));
        let lines = |told: Vec<(usize, &Correction)>| told.into_iter().filter_map(|(_, it)| CorrectionLine::load(look, it)).collect();
        let because = match applied {
            Applied::Only(_) => self.answer(look, DECISION, "reason")?,
            Applied::All => None,
        };
        let (corrected, declined) = (lines(corrected), lines(declined));
        Ok(Some(Corrected {
            corrected,
            declined,
            systems: self.in_systems(look).await?,
            because,
            signed_off: self.signed_off(look).await?,
            told: self.told(look).await?,
        }))
    }

    /// What rests or has ended, and of what nothing was found.
    async fn stopped(&self, look: &Look, what: StopKind) -> Result<Option<Stopped>, StoreError> {
        let Some(frozen) = self.changes(look).await? else { return Ok(None) };
        let stopped = frozen.plan().kinds(&Applied::All);
        let chosen = sealed::applicant(&look.keys, &self.case)?.kinds.unwrap_or_default();
        let left: Vec<String> =
            chosen.into_iter().filter(|kind| !stopped.iter().any(|(system, name)| format!("{system}.{name}") == *kind)).collect();
        let mut kinds: Vec<Stop> = Vec::new();
        for (system, step) in frozen.plan().steps(&Applied::All) {
            let Some((system, collection)) = place(look, system, &step.collection) else { continue };
            let stop = Stop { what: step.label(collection).clone(), system: system.label.clone() };
            kinds.extend(Some(stop).filter(|stop| !kinds.contains(stop)));
        }
        let not_found = Scope::labels(look, &left);
        let (signed_off, uses) = (self.signed_off(look).await?, self.uses(look).await?);
        Ok(Some(Stopped { what, kinds, not_found, signed_off, uses, told: self.told(look).await? }))
    }

    /// What it was used for all the same.
    async fn uses(&self, look: &Look) -> Result<Vec<Used>, StoreError> {
        let used = gate::uses(&look.store, &self.case.id).await?;
        Ok(used.into_iter().map(|used| Used { on: look.day(used.at), purpose: used.purpose }).collect())
    }

    /// Systems whose result a person signed for.
    async fn signed_off(&self, look: &Look) -> Result<Vec<Text>, StoreError> {
        let signed = leaf::signed_off(&look.store, &look.keys, &self.case.id).await?;
        Ok(look.organisation.systems().iter().filter(|system| signed.contains(&system.key)).map(|system| system.label.clone()).collect())
    }

    /// Recipients of what changed, and what came of telling them (Art. 19).
    async fn told(&self, look: &Look) -> Result<Vec<Told>, StoreError> {
        Ok(sealed::notices(&look.store, &look.keys, &self.case).await?.into_iter().map(|(_, told)| told).collect())
    }

    /// As the letter said it: nothing leaves with a part missing.
    fn refusal(&self, look: &Look) -> Result<Option<Reasons>, StoreError> {
        Ok(Reasons::of(self.case.right, &self.fields(look, "refusal-reasons")?).ok())
    }
}

/// Kinds that are gone for good, and kinds of which something stays.
fn kinds(plan: &Plan) -> (u64, u64) {
    let staying: BTreeSet<_> = plan.kept().map(|kept| (kept.system, kept.collection)).collect();
    let gone: BTreeSet<_> = plan.erased().map(|erased| (erased.system, erased.collection)).collect();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    (count(gone.difference(&staying).count()), count(staying.len()))
}

fn deleted(look: &Look, plan: &Plan, on: Date) -> Vec<Deleted> {
    // A record that is only emptied in part is told among what stays, with the fields that do.
    plan.erased()
        .filter(|erased| erased.whole > 0)
        .filter_map(|erased| {
            let (system, collection) = place(look, &erased.system, &erased.collection)?;
            let count = u64::try_from(erased.whole).unwrap_or(u64::MAX);
            Some(Deleted { what: collection.label.clone(), count, system: system.label.clone(), on })
        })
        .collect()
}

fn kept_line(look: &Look, kept: &law::Kept) -> Option<Kept> {
    let (system, collection) = place(look, &kept.system, &kept.collection)?;
    let reason = kept.deciding()?;
    let shown = || collection.fields.iter().filter(|field| !field.technical);
    let is_kept = |name: &String| kept.fields.contains(name);
    let fields =
        if shown().all(|field| is_kept(&field.name)) { Vec::new() } else { shown().filter(|field| is_kept(&field.name)).collect() };
    Some(Kept {
        what: collection.label.clone(),
        count: u64::try_from(kept.count).unwrap_or(u64::MAX),
        fields: fields.into_iter().map(|field| field.label.clone()).collect(),
        because: reason.because.clone(),
        law: [Some(reason.law.clone()), reason.ground.clone()].into_iter().flatten().collect::<Vec<_>>().join(", "),
        until: match (kept.until, kept.review_on) {
            (Some(on), _) => Until::Day { on },
            (None, Some(on)) => Until::Review { on },
            (None, None) => Until::Unknown,
        },
        seen_by: Message::new("seen-by-system").with("system", system.label.clone()),
    })
}

fn place<'a>(look: &'a Look, system: &str, collection: &str) -> Option<(&'a System, &'a Collection)> {
    let system = look.organisation.system(system)?;
    Some((system, system.collection(collection)?))
}
