//! Holds: the list, the form, the way out.

use habeas_core::law::{
    hold::{Basis, Hold, Scope},
    lang::Text,
    map::{Collection, System},
    taxonomy,
};
use jiff::civil::Date;

use super::names;
use crate::{
    store::{
        StoreError, case,
        hold::{self, StoredHold},
        person, review,
    },
    view::{
        desk::{
            eyes::Eyes,
            hold::{EarlierReview, HoldRow, Holds, Narrow, PlaceHold, ReleaseHold, ReviewHold},
            queue::HoldNotice,
        },
        look::Look,
    },
};

impl Holds {
    /// Every hold; a system owner sees none. `running`: systems in which an erasure that began before a hold has not ended.
    pub async fn load(look: &Look, eyes: &Eyes, running: &[&str]) -> Result<Option<Self>, StoreError> {
        if !eyes.see_all() {
            return Ok(None);
        }
        let today = look.today();
        let (mut active, mut released) = (Vec::new(), Vec::new());
        for stored in hold::all(&look.store).await? {
            let list = if stored.hold.is_active(today) { &mut active } else { &mut released };
            list.push(row(look, stored, today).await?);
        }
        active.sort_by_key(|row| row.review_on);
        released.sort_by_key(|row| std::cmp::Reverse(row.released_on));
        let running = running.iter().filter_map(|key| look.organisation.system(key)).map(|system| system.label.clone()).collect();
        Ok(Some(Self { active, released, may_change: true, running }))
    }
}

impl PlaceHold {
    /// An empty form, perhaps for a case.
    pub fn new(look: &Look, case: &str, review_by: Date) -> Self {
        Self {
            case: case.to_owned(),
            systems: look.organisation.systems().iter().map(|system| (system.key.clone(), system.label.clone(), false)).collect(),
            collections: kinds(look).map(|(system, it)| (address(system, it), system.label.clone(), it.label.clone(), false)).collect(),
            categories: categories(look),
            narrow: Narrow::default(),
            narrowed: false,
            basis: None,
            matter: String::new(),
            review_on: String::new(),
            review_by,
            effects: Self::effects(),
        }
    }
}

impl ReleaseHold {
    /// A hold in force, and whether somebody has asked for its release.
    pub async fn load(look: &Look, eyes: &Eyes, id: &str) -> Result<Option<Self>, StoreError> {
        let today = look.today();
        let stored = hold::get(&look.store, id).await?.filter(|stored| eyes.see_all() && stored.hold.is_active(today));
        let Some(stored) = stored else { return Ok(None) };
        let asked = stored.release_asked_by.clone();
        let names = names(look).await?;
        Ok(Some(Self {
            asked_by_reader: asked.as_deref() == Some(&format!("staff/{}", eyes.id)),
            asked_by: asked.map(|by| names.get(&by).cloned().unwrap_or(by)),
            hold: row(look, stored, today).await?,
        }))
    }
}

impl ReviewHold {
    /// A hold in force, and why it was found to be needed before.
    pub async fn load(look: &Look, eyes: &Eyes, id: &str, review_by: Date) -> Result<Option<Self>, StoreError> {
        let today = look.today();
        let stored = hold::get(&look.store, id).await?.filter(|stored| eyes.see_all() && stored.hold.is_active(today));
        let Some(stored) = stored else { return Ok(None) };
        let names = names(look).await?;
        let mut earlier = Vec::new();
        for one in review::of_hold(&look.store, id).await? {
            let reason = look.keys.open(&review::place(&one.id), &one.sealed)?;
            let by = names.get(&one.by).cloned().unwrap_or(one.by);
            earlier.push(EarlierReview { on: look.day(one.at), by, review_on: one.review_on, reason });
        }
        let release_asked = stored.release_asked_by.is_some();
        let (review_on, reason) = (String::new(), String::new());
        Ok(Some(Self { hold: row(look, stored, today).await?, earlier, release_asked, review_on, reason, review_by }))
    }
}

/// Holds that the reader has to look at again, the most urgent first.
pub(super) async fn reviews(look: &Look, eyes: &Eyes) -> Result<Vec<HoldNotice>, StoreError> {
    let (today, me) = (look.today(), format!("staff/{}", eyes.id));
    let here: Vec<String> =
        person::all(&look.store).await?.into_iter().filter(|it| it.disabled_at.is_none()).map(|it| format!("staff/{}", it.id)).collect();
    let notice = |hold: Hold| {
        let review = hold.review(today)?;
        let mine = review.concerns(hold.owner == me, here.contains(&hold.owner), |role| eyes.roles.iter().any(|own| own == role));
        mine.then_some(HoldNotice { hold: hold.id, review, review_on: hold.review_on })
    };
    let mut notices: Vec<_> = hold::all(&look.store).await?.into_iter().filter_map(|stored| notice(stored.hold)).collect();
    notices.sort_by_key(|notice| notice.review_on);
    Ok(notices)
}

/// Reads a basis by its name.
pub fn basis(name: &str) -> Option<Basis> {
    Basis::from_name(name)
}

async fn row(look: &Look, stored: StoredHold, today: Date) -> Result<HoldRow, StoreError> {
    let names = names(look).await?;
    let hold = stored.hold;
    let case = match (&hold.scope.case, &hold.scope.subject) {
        (Some(case), _) => Some(case.clone()),
        (None, Some(subject)) => case::of_subject(&look.store, subject).await?.into_iter().next().map(|case| case.id),
        (None, None) => None,
    };
    Ok(HoldRow {
        covers: covers(look, &hold.scope),
        query: hold.scope.query.as_ref().map(|query| query.as_str().to_owned()),
        dates: hold.scope.dates.clone(),
        review: hold.review(today),
        basis: hold.basis,
        matter: hold.matter,
        owner: names.get(&hold.owner).cloned().unwrap_or(hold.owner),
        case,
        opened_on: hold.opened_on,
        review_on: hold.review_on,
        released_on: hold.released_on,
        id: hold.id,
    })
}

fn kinds(look: &Look) -> impl Iterator<Item = (&System, &Collection)> {
    look.organisation.systems().iter().flat_map(|system| system.collections.iter().map(move |collection| (system, collection)))
}

fn address(system: &System, collection: &Collection) -> String {
    format!("{}.{}", system.key, collection.name)
}

/// The categories that the data map uses, and those above them.
fn categories(look: &Look) -> Vec<(String, Text)> {
    let used = || kinds(look).flat_map(|(_, collection)| &collection.fields);
    let known = taxonomy::all().iter().filter(|category| used().any(|field| field.is_of(category.key)));
    known.map(|category| (category.key.to_owned(), category.label.clone())).collect()
}

pub(super) fn covers(look: &Look, scope: &Scope) -> Vec<Text> {
    let system = |key: &String| look.organisation.system(key).map(|system| system.label.clone());
    let collection = |address: &String| {
        let (system, name) = address.split_once('.')?;
        Some(look.organisation.system(system)?.collection(name)?.label.clone())
    };
    let category = |key: &String| Some(taxonomy::nearest(key)?.label.clone());
    let Scope { systems, collections, categories, .. } = scope;
    let places = systems.iter().filter_map(system).chain(collections.iter().filter_map(collection));
    places.chain(categories.iter().filter_map(category)).collect()
}
