//! Writes the person's package: everything found, with what Art. 15(1) wants beside it, as a ZIP (Art. 15(3)).

use std::{collections::BTreeMap, sync::Arc};

use habeas_core::law::{
    connected::Connected,
    decide::{RecordFacts, keep_until_of},
    lang::Text,
    map::{Collection, Field as Mapped, System},
    portable::{self, LeftOut, card_part, is_taken_along},
    recipient::{self, Recipient},
    record::{Record, Value},
    refusal::Refusal as Ground,
};
use jiff::{SignedDuration, civil::Date};
use tokio::runtime::Handle;

pub(super) mod files;
mod statement;

use self::{files::Finished, statement::Stated};
use super::{Effect, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    bundle::{
        BundleError,
        subject::{self, Code, Field, Kind, Names, Organisation, Page, Rows, Systems, Take, Withheld},
    },
    keys::Keys,
    render::{texts::Message, words},
    store::{
        Store, StoreError,
        case::Case,
        finding,
        package::{self, Package, part_kind},
        part::{Depth, Reading},
        task,
    },
};

/// What goes into a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Everything (Art. 15(3)).
    Whole,
    /// The same without kinds that ask for a stronger proof of identity than was given.
    Ordinary,
    /// What the person provided under consent or contract (Art. 20(1)), without those kinds either.
    Portable,
}

/// How long a package waits for the person.
const WAITS: SignedDuration = SignedDuration::from_hours(24 * 30);

impl Effect<'_> {
    /// Writes the package.
    pub(super) async fn write_package(&self, extent: Extent) -> Result<Performed, Refusal> {
        let (package, told) = self.package(extent).await?;
        let folder = self.worker.packages.clone();
        let (keys, renderer, lang) = (self.worker.door.keys.clone(), Arc::clone(&self.worker.renderer), self.case.lang);
        let limits = self.worker.limits;
        let written = tokio::task::spawn_blocking(move || {
            let render = |page: &Page<'_>| Ok(renderer.document(lang, page.template(), page)?);
            files::write(&folder, &package, &told, &render, (keys.log(), &limits))
        });
        let files = match written.await {
            Ok(Ok(files)) => files,
            Ok(Err(error)) => return Ok(Performed::NotNow(error.to_string().into())),
            Err(error) => return Err(Refusal::Broken(error.to_string())),
        };
        self.remove_earlier(&files).await?;
        let now = self.worker.door.clock.now();
        let mut report = Report::outcome("written");
        for (part, Finished { file, sha256, bytes }) in (1..).zip(files) {
            let fact = Fact::of_case("package-written", &self.case.id).with("sha256", &sha256).with("bytes", bytes.to_string());
            let row = Package {
                case: self.case.id.clone(),
                kind: part_kind(part),
                file,
                size: bytes,
                sha256,
                fetched_at: None,
                made_at: now,
                expires_at: Some(now + WAITS),
            };
            report = report.with(Product::Package(row)).fact(fact);
        }
        done(report)
    }

    /// Removes the files of an earlier copy that these replace: from now on no row would name them, and nothing would ever remove them.
    async fn remove_earlier(&self, files: &[Finished]) -> Result<(), Refusal> {
        for earlier in package::parts(&self.worker.door.store, &self.case.id).await? {
            if !files.iter().any(|finished| finished.file == earlier.file) {
                self.worker.remove(&earlier).await?;
            }
        }
        Ok(())
    }

    async fn package(&self, extent: Extent) -> Result<(subject::Package, Told), Refusal> {
        let (organisation, store) = (&self.worker.door.organisation, &self.worker.door.store);
        let findings = finding::of_case(store, &self.case.id).await?;
        let released = self.others_released().await?;
        let holds = self.holds().await?;
        let mut found = self.found(Depth::Brief).await?;
        let held = Held { effect: self, connected: Connected::new(&found, organisation.systems()), records: &found, holds: &holds };
        let (mut kinds, mut withheld, mut places, mut called) = (Vec::new(), Vec::new(), BTreeMap::new(), Names::default());
        for (system, collection) in self.kinds_asked()? {
            let rows: Vec<&Record> = held.of(system, collection).collect();
            if let Some(why) = self.left_out(extent, collection, &rows) {
                withheld.push(Withheld { section: self.text(&collection.label), reason: self.say(why)? });
                continue;
            }
            let takes = |field: &Mapped| extent != Extent::Portable || is_taken_along(collection, field);
            let ours = || collection.fields.iter().filter(|field| !field.technical && !takes(field));
            if rows.iter().any(|row| ours().any(|field| !row.value(&field.name).is_null())) {
                let fields = ours().map(|field| self.text(&field.label)).collect::<Vec<_>>().join(", ");
                let section = format!("{}: {fields}", self.text(&collection.label));
                withheld.push(Withheld { section, reason: self.say("package-not-provided")? });
            }
            withheld.extend(self.about_others(collection, &rows, |field| !released && takes(field)));
            let name = called.of(collection.label.get(self.case.lang));
            let kind = held.kind((system, collection), name, |field| takes(field) && (released || !field.third_person))?;
            let in_parts = findings.iter().any(|finding| finding.system == system.key && finding.parts.is_some());
            places.insert(kind.slug.clone(), Place { system: system.key.clone(), collection: collection.name.clone(), in_parts });
            kinds.push(kind);
        }
        let stated = if extent == Extent::Portable { Vec::new() } else { self.stated().await? };
        if let Some(kind) = self.own_statements(&stated, &mut called)? {
            kinds.push(kind);
        }
        let named = |wanted: &str| {
            let outcome =
                |system: &System| findings.iter().find(|finding| finding.system == system.key).map(|finding| finding.outcome.as_str());
            let fits = |system: &&System| outcome(system).unwrap_or("failed") == wanted;
            organisation.systems().iter().filter(fits).map(|system| self.text(&system.label)).collect()
        };
        let systems = Systems {
            asked: organisation.systems().iter().map(|system| self.text(&system.label)).collect(),
            nothing: named("nothing"),
            failed: named("failed"),
        };
        drop(held);
        // What stands in parts is read again, whole.
        found.retain(|record| places.values().any(|place| place.holds(record) && !place.in_parts));
        let package = subject::Package {
            reference: self.case.id.clone(),
            organisation: self.controller(),
            language: self.case.lang,
            made_at: self.worker.door.clock.now(),
            zone: organisation.zone(),
            kinds,
            systems,
            withheld,
            authority: organisation.about().authority.name.clone(),
            unreadable: self.sentence(&Message::new("package-unreadable"))?,
        };
        let (store, keys, case) = (store.clone(), self.worker.door.keys.clone(), self.case.clone());
        let stated = stated.into_iter().map(Stated::row).collect();
        Ok((package, Told { runtime: Handle::current(), store, keys, case, places, records: found, stated }))
    }

    /// The kinds the person asked about: "we hold nothing" is never said of what nobody looked at.
    fn kinds_asked(&self) -> Result<Vec<(&System, &Collection)>, Refusal> {
        let chosen = self.applicant()?.kinds;
        let asked = |system: &System, collection: &Collection| {
            chosen.as_ref().is_none_or(|kinds| kinds.contains(&format!("{}.{}", system.key, collection.name)))
        };
        let all = self.worker.systems().iter().flat_map(|system| system.collections.iter().map(move |it| (system, it)));
        Ok(all.filter(|(system, collection)| asked(system, collection)).collect())
    }

    /// The text that says why a kind of which something is held is left out; `None`: it is in.
    fn left_out(&self, extent: Extent, collection: &Collection, rows: &[&Record]) -> Option<&'static str> {
        if extent == Extent::Portable {
            return portable::left_out(collection, rows, self.case.tier, self.floors()).map(|why| match why {
                LeftOut::NotPortable => "package-not-portable",
                LeftOut::Proof => "package-withheld-identity",
            });
        }
        let held = |field: &&Mapped| rows.iter().any(|row| !row.value(&field.name).is_null());
        let floor = self.floors().of_fields(self.case.right, collection.fields.iter().filter(held));
        let is_short = extent == Extent::Ordinary && !rows.is_empty() && self.case.tier < Some(floor);
        is_short.then_some("package-withheld-identity")
    }

    /// What is about others and was not let go: it is left out, and that is said (Art. 12(4), 15(4)).
    fn about_others(&self, collection: &Collection, rows: &[&Record], hides: impl Fn(&Mapped) -> bool) -> Option<Withheld> {
        let held = |field: &&Mapped| rows.iter().any(|row| !row.value(&field.name).is_null());
        let hidden = collection.fields.iter().filter(|field| field.third_person && hides(field)).filter(held);
        let fields: Vec<String> = hidden.map(|field| self.text(&field.label)).collect();
        let section = format!("{}: {}", self.text(&collection.label), fields.join(", "));
        (!fields.is_empty()).then(|| Withheld { section, reason: self.text(&Ground::RightsOfOthers.text()) })
    }

    /// Kinds that the portable copy leaves out as a whole.
    pub(super) async fn left_out_kinds(&self) -> Result<Vec<Text>, Refusal> {
        let records = self.records(Depth::Brief).await?;
        let mut left_out = Vec::new();
        for (system, collection) in self.kinds_asked()? {
            let rows: Vec<&Record> = records.iter().filter(|it| it.system == system.key && it.collection == collection.name).collect();
            left_out.extend(self.left_out(Extent::Portable, collection, &rows).map(|_| collection.label.clone()));
        }
        Ok(left_out)
    }

    /// Whether a member of staff has looked at what is about others and let it go (Art. 15(4)).
    async fn others_released(&self) -> Result<bool, Refusal> {
        let tasks = task::of_case(&self.worker.door.store, &self.case.id).await?;
        Ok(task::others_released(&tasks))
    }

    pub(super) fn controller(&self) -> Organisation {
        let about = self.worker.door.organisation.about();
        let contact = [Some(about.contact.email.clone()), about.contact.phone.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        Organisation { key: about.key.clone(), name: about.name.clone(), contact }
    }

    fn text(&self, text: &Text) -> String {
        text.get(self.case.lang).to_owned()
    }

    fn say(&self, key: &str) -> Result<String, Refusal> {
        self.sentence(&Message::new(key))
    }

    /// The last day kept, as the letter says it.
    fn until(&self, day: Date) -> Result<String, Refusal> {
        self.sentence(&Message::new("mail-done-until").with("date", words::day(self.case.lang, day).as_str()))
    }

    fn sentence(&self, message: &Message) -> Result<String, Refusal> {
        self.worker.renderer.texts().say(self.case.lang, message).map_err(|error| Refusal::Broken(error.to_string()))
    }
}

/// What was found, as it is told to the person.
struct Held<'a> {
    effect: &'a Effect<'a>,
    connected: Connected<'a>,
    records: &'a [Record],
    holds: &'a [habeas_core::law::hold::Hold],
}

impl<'a> Held<'a> {
    fn of(&self, system: &'a System, collection: &'a Collection) -> impl Iterator<Item = &'a Record> + use<'a> {
        let (system, collection) = (system.key.clone(), collection.name.clone());
        self.records.iter().filter(move |record| record.system == system && record.collection == collection)
    }

    fn kind(
        &self,
        (system, collection): (&'a System, &'a Collection),
        name: String,
        takes: impl Fn(&Mapped) -> bool,
    ) -> Result<Kind, Refusal> {
        let fields: Vec<_> = collection.fields.iter().filter(|field| !field.technical && takes(field)).collect();
        let records: Vec<&Record> = self.of(system, collection).collect();
        let organisation = &self.effect.worker.door.organisation;
        let named =
            recipient::named(&collection.recipients, organisation.recipients()).map_err(|error| Refusal::Broken(error.to_string()))?;
        let called = |recipient: &Recipient| {
            let name = self.effect.text(&recipient.called(self.records));
            recipient.nameless(self.records).map_or_else(|| name.clone(), |why| format!("{name} ({})", self.effect.text(&why)))
        };
        Ok(Kind {
            slug: format!("{}-{}", system.key, collection.name).replace('_', "-"),
            name,
            label: self.effect.text(&collection.label),
            purpose: self.effect.text(&collection.purpose),
            source: self.effect.text(&collection.source),
            recipients: named.into_iter().map(called).collect(),
            legal_basis: collection.legal_basis.clone(),
            keep_until: self.kept_until(collection, &records)?,
            fields: fields.iter().map(|field| self.field(field)).collect(),
            count: records.len(),
        })
    }

    /// A card is hers: who else stands in her records is not on one.
    fn field(&self, field: &Mapped) -> Field {
        let card = card_part(field).filter(|_| !field.third_person);
        let code = |(code, meaning): &(String, Text)| Code { code: code.clone(), label: self.effect.text(meaning) };
        Field {
            name: field.name.clone(),
            label: self.effect.text(&field.label),
            card,
            data: field.data,
            dated: !field.is_of("user.demographic.date_of_birth"),
            codes: field.codes.iter().map(code).collect(),
        }
    }

    /// Until when, by which rule: one line for every different answer among the records.
    fn kept_until(&self, collection: &'a Collection, records: &[&'a Record]) -> Result<String, Refusal> {
        let effect = self.effect;
        let organisation = &effect.worker.door.organisation;
        let today = effect.worker.door.clock.today(&organisation.zone());
        let subjects = [effect.case.person().to_owned()];
        let mut reasons: BTreeMap<(String, String), Option<Date>> = BTreeMap::new();
        for record in records {
            let facts = RecordFacts { record, collection, connected: &self.connected };
            let kept = keep_until_of(&facts, organisation.rules(), self.holds, effect.whose(&subjects), today);
            let latest = reasons.entry((effect.text(&kept.because.because), kept.because.cited())).or_default();
            *latest = (*latest).max(kept.until);
        }
        let line = |((because, law), until): (&(String, String), &Option<Date>)| match until {
            Some(until) => Ok(format!("{because} {} ({law})", effect.until(*until)?)),
            None => Ok(format!("{because} ({law})")),
        };
        Ok(reasons.iter().map(line).collect::<Result<Vec<_>, Refusal>>()?.join(" "))
    }
}

/// The rows of a package: where there are more than fit into memory they are opened one after the other.
struct Told {
    runtime: Handle,
    store: Store,
    keys: Keys,
    case: Case,
    /// By the slug of their kind.
    places: BTreeMap<String, Place>,
    /// Those that fit.
    records: Vec<Record>,
    /// The rows of what she stated herself.
    stated: Vec<Vec<Value>>,
}

/// Where a kind's records are.
struct Place {
    system: String,
    collection: String,
    in_parts: bool,
}

impl Place {
    fn holds(&self, record: &Record) -> bool {
        record.system == self.system && record.collection == self.collection
    }
}

impl Rows for Told {
    fn each(&self, kind: &Kind, take: &mut Take<'_>) -> Result<(), BundleError> {
        if kind.slug == statement::SLUG {
            return self.stated.iter().try_for_each(|row| take(row));
        }
        let Some(place) = self.places.get(&kind.slug) else { return Ok(()) };
        let mut give = |mut record: Record| {
            let values = kind.fields.iter().map(|field| record.values.remove(&field.name).unwrap_or(Value::Null));
            take(&values.collect::<Vec<_>>())
        };
        if !place.in_parts {
            return self.records.iter().filter(|record| place.holds(record)).try_for_each(|record| give(record.clone()));
        }
        let unread = |error: StoreError| BundleError::Rows(Box::new(error));
        self.runtime.block_on(async {
            let reading = Reading::of_kind(&self.store, &self.keys, &self.case, &place.system, &place.collection).await;
            let mut reading = reading.map_err(unread)?;
            while let Some(record) = reading.next(Depth::Whole).await.map_err(unread)? {
                give(record)?;
            }
            Ok(())
        })
    }
}
