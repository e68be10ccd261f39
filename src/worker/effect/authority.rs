//! Writes the authority's bundle of a case: how the request was handled, proven by the log; never the data itself (Art. 31).

use std::io::{BufWriter, Write as _};

use habeas_core::{
    crypto::{checkpoint::Checkpoint, leaf::Leaf as LogLeaf, tree},
    law::{
        ask::{Asked, Objection},
        change::{Act, Step},
        floor::Floor,
        notice::Told,
        right::Right,
        tier::{Proof, Tier},
    },
    workflow::State,
};
use serde_json::{Value, json};

use super::{Effect, done, package::files::private};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    bundle::{
        BundleError,
        authority::{self, Bundle, Entry, Log},
    },
    store::{
        deferral, event, finding, incident, leaf, letter, notice,
        package::Package,
        plan::{self, StoredPlan},
        sealed::{self, Words},
        task,
    },
    view::gate,
};

impl Effect<'_> {
    /// Writes the ZIP and the two files beside it.
    pub(super) async fn write_authority_bundle(&self) -> Result<Performed, Refusal> {
        let bundle = Bundle {
            reference: self.case.id.clone(),
            organisation: self.controller(),
            made_at: self.worker.door.clock.now(),
            zone: self.worker.door.organisation.zone(),
            documents: self.documents().await?,
            log: self.log().await?,
        };
        let keys = self.worker.door.keys.clone();
        let facts = bundle.readme(&keys.log().public());
        let readme = self
            .worker
            .renderer
            .document(self.case.lang, "package/authority.txt", &facts)
            .map_err(|error| Refusal::Broken(error.to_string()))?;
        let (file, folder) = (format!("{}.zip", bundle.name()), self.worker.packages.clone());
        let name = file.clone();
        let written = tokio::task::spawn_blocking(move || -> Result<_, BundleError> {
            let written = authority::write(BufWriter::new(private(&folder.join(&name))?), &bundle, &readme, keys.log())?;
            let sidecars = written.sidecars(&name, keys.log());
            private(&folder.join(format!("{name}.sha256")))?.write_all(sidecars.checksum.as_bytes())?;
            private(&folder.join(format!("{name}.sha256.sig")))?.write_all(&sidecars.signature)?;
            Ok((written.sha256.to_string(), written.bytes))
        });
        let (sha256, size) = match written.await {
            Ok(Ok(written)) => written,
            Ok(Err(error)) => return Ok(Performed::NotNow(error.to_string().into())),
            Err(error) => return Err(Refusal::Broken(error.to_string())),
        };
        let fact = Fact::of_case("bundle-written", &self.case.id).with("sha256", &sha256);
        let made_at = self.worker.door.clock.now();
        let row = Package {
            case: self.case.id.clone(),
            kind: "authority".to_owned(),
            file,
            size,
            sha256,
            made_at,
            expires_at: None,
            fetched_at: None,
        };
        done(Report::default().with(Product::Package(row)).fact(fact))
    }

    /// The case's log entries with their proofs under a fresh checkpoint.
    async fn log(&self) -> Result<Log, Refusal> {
        let door = &self.worker.door;
        let all = leaf::all_bytes(&door.store).await?;
        let hashes: Vec<_> = all.iter().map(|leaf| tree::leaf_hash(leaf)).collect();
        let frontier: tree::Frontier = hashes.iter().copied().collect();
        let key = door.keys.log().public();
        let checkpoint = Checkpoint::of(&key, frontier.size(), frontier.root()).sign(door.keys.log());
        let mut entries = Vec::new();
        for row in leaf::of_case(&door.store, &door.keys, &self.case.id).await? {
            let broken = || Refusal::Broken(format!("log entry {} has no proof", row.position));
            let leaf = LogLeaf::from_bytes(&row.leaf).ok_or_else(broken)?;
            let path = tree::prove_inclusion(&hashes, row.position).ok_or_else(broken)?;
            entries.push(Entry { index: row.position, event: row.event.into_bytes(), leaf, path });
        }
        Ok(Log { key, entry_key: key, checkpoint, entries })
    }

    async fn documents(&self) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
        let documents = [
            ("00-cover.json", self.cover()),
            ("01-timeline.json", self.timeline().await?),
            ("02-request.json", self.request()?),
            ("03-identity.json", self.identity().await?),
            ("04-clock.json", self.clock()?),
            ("05-search.json", self.search().await?),
            ("06-decision.json", self.decision().await?),
            ("07-response.json", self.response().await?),
            ("08-recipients.json", self.recipients_told().await?),
            ("09-retention-holds.json", self.retention().await?),
        ];
        let pretty = |(name, value): (&str, Value)| {
            let bytes = serde_json::to_vec_pretty(&value).map_err(|error| Refusal::Broken(error.to_string()))?;
            Ok((name.to_owned(), bytes))
        };
        documents.into_iter().map(pretty).collect()
    }

    fn cover(&self) -> Value {
        let about = self.worker.door.organisation.about();
        json!({
            "controller": about.name,
            "contact": about.contact.email,
            "data_protection_officer": about.dpo.as_ref().map(|officer| &officer.email),
            "case": self.case.id,
            "right": self.case.right.name(),
            "article": self.case.right.article(),
            "state": self.case.phase.name(),
            "workflow_sha256": self.case.definition,
            "legal_basis_for_sending": ["Art. 31", "Art. 58(1)(a)", "Art. 58(1)(e)"],
        })
    }

    async fn timeline(&self) -> Result<Value, Refusal> {
        let events = event::of_case(&self.worker.door.store, &self.case.id).await?;
        let line =
            |event: &event::Event| json!({"seq": event.seq, "at": event.at, "actor": event.actor, "kind": event.kind, "event": event.body});
        let incidents = incident::of_case(&self.worker.door.store, &self.case.id).await?;
        let incident = |row: &incident::Incident| json!({"step": row.step, "branch": row.branch, "cause": row.cause, "opened_at": row.opened_at, "closed": row.closed});
        Ok(json!({
            "events": events.iter().map(line).collect::<Vec<_>>(),
            "incidents": incidents.iter().map(incident).collect::<Vec<_>>(),
        }))
    }

    fn request(&self) -> Result<Value, Refusal> {
        let applicant = self.applicant()?;
        Ok(json!({
            "received_at": self.case.received_at,
            "via": self.case.received_via,
            "language": self.case.lang.code(),
            "scope": applicant.kinds,
            "asked": asked(&applicant.asked),
            "second_item_given": applicant.item.is_some(),
            "subject": self.case.subject,
            "on_behalf_of": self.case.on_behalf.as_ref().map(|it| json!({"as": it.capacity.name(), "person": it.person})),
        }))
    }

    /// How the person was identified: method and result, never a copy (EDPB 01/2022 §79).
    async fn identity(&self) -> Result<Value, Refusal> {
        let tasks = task::of_case(&self.worker.door.store, &self.case.id).await?;
        let checks: Vec<Value> = tasks
            .iter()
            .filter(|task| ["identity", "authority", "deceased"].iter().any(|about| task.form.starts_with(about)))
            .map(|task| {
                let closed = task.closed.as_ref();
                json!({"step": task.step, "form": task.form, "outcome": closed.and_then(|it| it.outcome.clone()), "by": closed.and_then(|it| it.by.clone())})
            })
            .collect();
        let floor = |floor: &Floor| json!({"right": floor.right, "data": floor.data, "tier": floor.tier.number(), "reason": floor.reason, "lowered": floor.is_lower()});
        let shown = |proof: &Proof| json!({"by": proof.by.name(), "tier": proof.by.tier(self.case.received_at).number(), "at": proof.at});
        Ok(json!({
            "tier": self.case.tier.map(Tier::number),
            "mailbox_code": self.case.received_via == "portal",
            "shown": self.applicant()?.proofs.iter().map(shown).collect::<Vec<_>>(),
            "checks": checks,
            "authority": self.applicant()?.acting.map(|it| it.authority),
            "floors": self.floors().all().map(floor).collect::<Vec<_>>(),
        }))
    }

    fn clock(&self) -> Result<Value, Refusal> {
        let door = &self.worker.door;
        let state: State = serde_json::from_str(&self.case.state).map_err(|error| Refusal::Broken(error.to_string()))?;
        let deadline = door.deadline_of(&self.case, &state)?;
        let because: Vec<String> = deadline.because.iter().map(ToString::to_string).collect();
        Ok(json!({
            "calendar": door.organisation.calendar().name(),
            "strict_due": deadline.strict_due,
            "due": deadline.due,
            "extension_notice_due": deadline.extension_notice_due,
            "because": because,
            "stops": state.pauses,
        }))
    }

    async fn search(&self) -> Result<Value, Refusal> {
        let findings = finding::of_case(&self.worker.door.store, &self.case.id).await?;
        let line = |row: &finding::Finding| json!({"system": row.system, "outcome": row.outcome, "records": row.records, "found_at": row.found_at, "problem": row.problem});
        Ok(Value::Array(findings.iter().map(line).collect()))
    }

    /// The plan by kinds, counts and reasons; record keys and values stay out.
    async fn decision(&self) -> Result<Value, Refusal> {
        let Some(stored) = plan::latest(&self.worker.door.store, &self.case.id).await? else { return Ok(Value::Null) };
        if self.case.right != Right::Erasure {
            return self.changes(&stored).await;
        }
        let frozen = self.open_plan(&stored)?;
        let erased =
            frozen.plan().erased().map(|kind| json!({"system": kind.system, "collection": kind.collection, "records": kind.count}));
        let kept = frozen.plan().kept().map(|kept| {
            json!({"system": kept.system, "collection": kept.collection, "records": kept.count, "fields": kept.fields, "until": kept.until,
                   "review_on": kept.review_on, "reasons": kept.reasons})
        });
        Ok(json!({
            "plan_sha256": stored.hash,
            "frozen_at": stored.frozen_at,
            "approved_by": stored.approved.as_ref().map(|(by, _)| by),
            "approved_at": stored.approved.as_ref().map(|(_, at)| at),
            "erased": erased.collect::<Vec<_>>(),
            "kept": kept.collect::<Vec<_>>(),
            "confirmed_by_a_person": leaf::signed_off(&self.worker.door.store, &self.worker.door.keys, &self.case.id).await?,
        }))
    }

    /// What was changed, by kind and field; neither records nor values.
    async fn changes(&self, stored: &StoredPlan) -> Result<Value, Refusal> {
        let (frozen, applied) = (self.change_plan().await?, self.applied().await?);
        let line = |(system, step): (&str, &Step)| {
            let by_hand = if let Act::ByHand { why, .. } = &step.act { Some(why.name()) } else { None };
            json!({"system": system, "collection": step.collection, "field": step.field(), "correction": step.asked, "by_hand": by_hand})
        };
        Ok(json!({
            "plan_sha256": stored.hash,
            "frozen_at": stored.frozen_at,
            "changed": frozen.plan().steps(&applied).map(line).collect::<Vec<_>>(),
            "restricted_data_used": gate::uses(&self.worker.door.store, &self.worker.door.keys, &self.case).await?,
            "confirmed_by_a_person": leaf::signed_off(&self.worker.door.store, &self.worker.door.keys, &self.case.id).await?,
        }))
    }

    /// What the person was told, word for word; the address stays out.
    async fn response(&self) -> Result<Value, Refusal> {
        let mut letters = Vec::new();
        for row in letter::of_case(&self.worker.door.store, &self.case.id).await? {
            let envelope = sealed::letter(&self.worker.door.store, &self.worker.door.keys, &row).await?;
            let Words::Written { subject, text, .. } = envelope.words else { continue };
            let about_person = row.kind != "recipient-notice";
            letters.push(json!({"kind": row.kind, "language": row.lang.code(), "written_at": row.written_at, "sent_at": row.sent_at,
                                "subject": about_person.then_some(subject), "text": about_person.then_some(text)}));
        }
        Ok(Value::Array(letters))
    }

    /// Every notice, oldest first: who was told what, when and how, and what they answered (Art. 19).
    async fn recipients_told(&self) -> Result<Value, Refusal> {
        let door = &self.worker.door;
        let mut told = Vec::new();
        for row in notice::of_case(&door.store, &self.case.id).await? {
            let Told { recipient, name, notice } = sealed::notice(&door.keys, &self.case, &row)?;
            told.push(json!({"recipient": recipient, "name": name.get(self.case.lang), "notice": notice}));
        }
        Ok(Value::Array(told))
    }

    async fn retention(&self) -> Result<Value, Refusal> {
        let deferrals = deferral::of_case(&self.worker.door.store, &self.case.id).await?;
        let deferral = |row: &deferral::Deferral| json!({"system": row.system, "due_on": row.due_on, "records": row.items, "done_at": row.done_at, "waits_for": row.waits_for});
        let subjects = [self.case.person().to_owned()];
        let holds = self.holds().await?;
        let mine = holds.iter().filter(|hold| {
            let whose = self.whose(&subjects);
            hold.scope.subject.as_ref().is_none_or(|subject| whose.subjects.contains(subject))
                && hold.scope.case.as_ref().is_none_or(|case| case == whose.case)
        });
        Ok(json!({"deferred": deferrals.iter().map(deferral).collect::<Vec<_>>(), "holds": mine.collect::<Vec<_>>()}))
    }
}

/// What was asked for beyond the right: which fields and which ground, never in the person's own words.
fn asked(asked: &Asked) -> Value {
    match asked {
        Asked::Nothing => Value::Null,
        Asked::Corrections(corrections) => corrections.iter().map(|it| json!({"kind": it.kind, "field": it.field})).collect(),
        Asked::Restriction { ground } => json!({"ground": ground.article()}),
        Asked::Transmission { to } => json!({"ground": "Art. 20(2)", "to": to}),
        Asked::Objection(Objection::Marketing) => json!({"ground": "Art. 21(2)"}),
        Asked::Objection(Objection::Other { .. }) => json!({"ground": "Art. 21(1)"}),
    }
}
