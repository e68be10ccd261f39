//! What a hold covers, and what could not be read when that was to be told.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Hold, Whose};
use crate::{
    law::{
        map::{Collection, Field, System},
        record::Record,
        said::find,
        taxonomy,
    },
    table::{self, Found, Guard, Inputs, Kind, Truth, Value},
};

/// What a hold covers: every named part must match; an empty part matches everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The person: the blind index of an identifier, never the identifier itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Systems.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub systems: Vec<String>,
    /// `system.collection` addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<String>,
    /// Fideslang data categories, each with those below it: only fields of these are held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Only records for which this is so, in the words of a retention rule's `if`.
    #[serde(default, rename = "if", skip_serializing_if = "Option::is_none")]
    pub query: Option<Guard>,
    /// Only records with a day in a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
}

/// A range of days in a field of the records; both ends count, and one that is not named is no bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// The field.
    pub field: String,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// What a hold is asked about: a record where it was read, else only where it lies.
#[derive(Debug, Clone, Copy)]
pub struct OnRecord<'a> {
    /// `fides_key` of the system.
    pub system: &'a str,
    /// Name of the collection.
    pub collection: &'a str,
    /// What the data map says of it, if it knows it.
    pub map: Option<&'a Collection>,
    /// The record, if anybody has read it.
    pub record: Option<&'a Record>,
}

impl<'a> OnRecord<'a> {
    /// A record that was read.
    pub fn of(record: &'a Record, map: Option<&'a Collection>) -> Self {
        Self { system: &record.system, collection: &record.collection, map, record: Some(record) }
    }
}

impl Inputs for OnRecord<'_> {
    fn find(&self, name: &str, wanted: Option<Kind>) -> Found {
        self.map.zip(self.record).map_or(Found::Unreadable, |(map, record)| find(map, record, name, wanted))
    }
}

/// What a hold could not read in the records of a collection. It keeps them, and a person has to look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// The hold.
    pub hold: String,
    /// `system.collection`.
    pub collection: String,
    /// The fields, sorted.
    pub fields: Vec<String>,
}

/// What the holds in force could not read in these records, each once.
pub fn unread<'r>(
    holds: &[Hold],
    systems: &[System],
    records: impl IntoIterator<Item = &'r Record>,
    whose: Whose<'_>,
    today: Date,
) -> BTreeSet<Unread> {
    let active: Vec<&Hold> = holds.iter().filter(|hold| hold.is_active(today) && hold.scope.asks_values()).collect();
    let mut unread = BTreeSet::new();
    for record in records {
        let map = systems.iter().find(|system| system.key == record.system).and_then(|system| system.collection(&record.collection));
        let on = OnRecord::of(record, map);
        for hold in active.iter().filter(|hold| hold.covers(on, whose) == Truth::Unknown) {
            let fields = hold.scope.missing(on).into_iter().map(str::to_owned).collect();
            unread.insert(Unread { hold: hold.id.clone(), collection: record.address(), fields });
        }
    }
    unread
}

/// What is wrong with a hold that somebody wants to place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It names a system that is not connected.
    System,
    /// It names a collection that the data map does not know.
    Collection,
    /// It names a data category that does not exist.
    Category,
    /// Its parts exclude each other.
    Nothing,
    /// Its query asks about a field that a collection it covers does not have, or compares it with what it is not.
    Query,
    /// Its range is over a field that is no day in a collection it covers.
    Dates,
    /// Its range has no end, or ends before it begins.
    Range,
    /// It names nothing at all.
    Everything,
    /// It names no matter.
    Matter,
    /// Its review is not after today, or further than six months away.
    Review,
}

impl Hold {
    /// Whether the hold covers a record of a person. Not knowing keeps.
    pub fn covers(&self, on: OnRecord<'_>, whose: Whose<'_>) -> Truth {
        let scope = &self.scope;
        let theirs = scope.subject.as_ref().is_none_or(|subject| whose.subjects.contains(subject))
            && scope.case.as_ref().is_none_or(|case| case == whose.case);
        if !(theirs && scope.is_over(on.system, on.collection, on.map)) {
            return Truth::No;
        }
        let query = scope.query.as_ref().map_or(Truth::Yes, |query| query.holds(&on));
        query.min(scope.dates.as_ref().map_or(Truth::Yes, |dates| dates.holds(on)))
    }

    /// Whether it keeps a field of what it covers. It also keeps what it is evaluated on: without, nobody could tell any more.
    pub fn keeps(&self, map: Option<&Collection>, field: &str) -> bool {
        self.scope.asked().any(|asked| asked == field) || map.and_then(|map| map.field(field)).is_none_or(|field| self.scope.is_of(field))
    }
}

impl Scope {
    /// Whether it looks at what records say.
    pub const fn asks_values(&self) -> bool {
        self.query.is_some() || self.dates.is_some()
    }

    /// Everything in it that can never be told of a record, by the data map.
    pub fn check(&self, systems: &[System]) -> Vec<Wrong> {
        let known = |key: &str| systems.iter().find(|system| system.key == key);
        let is_known = |address: &String| address.split_once('.').and_then(|(system, name)| known(system)?.collection(name)).is_some();
        let all = systems.iter().flat_map(|system| system.collections.iter().map(move |collection| (system, collection)));
        let over: Vec<&Collection> =
            all.filter(|(system, it)| self.is_over(&system.key, &it.name, Some(it))).map(|(_, collection)| collection).collect();
        let misfits = |query: &Guard| over.iter().any(|collection| !table::check(query, &collection.inputs()).is_empty());
        let is_day = |field: &Field| field.kinds.contains(&Kind::Date);
        let dates = self.dates.as_ref();
        let named = [
            (self.systems.iter().any(|key| known(key).is_none()), Wrong::System),
            (!self.collections.iter().all(is_known), Wrong::Collection),
            (self.categories.iter().any(|category| taxonomy::unknown(category).is_some()), Wrong::Category),
        ];
        let fits = [
            (over.is_empty(), Wrong::Nothing),
            (self.query.as_ref().is_some_and(misfits), Wrong::Query),
            (dates.is_some_and(|dates| !over.iter().all(|it| it.field(&dates.field).is_some_and(is_day))), Wrong::Dates),
            (dates.is_some_and(|dates| !dates.is_range()), Wrong::Range),
        ];
        let wrong = |list: &[(bool, Wrong)]| list.iter().filter(|(is, _)| *is).map(|(_, wrong)| *wrong).collect::<Vec<_>>();
        let unknown = wrong(&named);
        if unknown.is_empty() { wrong(&fits) } else { unknown }
    }

    /// Whether records of a system can be covered at all.
    pub fn reaches(&self, system: &System) -> bool {
        system.collections.iter().any(|collection| self.is_over(&system.key, &collection.name, Some(collection)))
    }

    /// Whether records of a collection can be covered at all.
    fn is_over(&self, system: &str, collection: &str, map: Option<&Collection>) -> bool {
        let in_system = self.systems.is_empty() || self.systems.iter().any(|name| name == system);
        let in_collection = self.collections.is_empty()
            || self.collections.iter().any(|address| match address.split_once('.') {
                Some((of_system, name)) => of_system == system && name == collection,
                // What names no collection cannot be evaluated, and a hold that cannot be evaluated keeps.
                None => true,
            });
        in_system && in_collection && map.is_none_or(|map| map.fields.iter().any(|field| self.is_of(field)))
    }

    fn is_of(&self, field: &Field) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|category| field.is_of(category))
    }

    /// The fields it looks at.
    pub fn asked(&self) -> impl Iterator<Item = &str> {
        let queried = self.query.iter().flat_map(Guard::inputs);
        queried.chain(self.dates.iter().map(|dates| dates.field.as_str()))
    }

    /// The fields it could not read, sorted.
    fn missing<'s>(&'s self, on: OnRecord<'_>) -> BTreeSet<&'s str> {
        let queried = self.query.iter().flat_map(|query| query.missing(&on));
        let dated = self.dates.iter().filter(|dates| dates.holds(on) == Truth::Unknown).map(|dates| dates.field.as_str());
        queried.chain(dated).collect()
    }
}

impl Dates {
    fn holds(&self, on: OnRecord<'_>) -> Truth {
        match on.find(&self.field, Some(Kind::Date)) {
            Found::Value(Value::Date(day)) => {
                (self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)).into()
            }
            Found::Value(_) | Found::Nothing | Found::Unreadable => Truth::Unknown,
        }
    }

    fn is_range(&self) -> bool {
        match (self.from, self.until) {
            (Some(from), Some(until)) => from <= until,
            (from, until) => from.is_some() || until.is_some(),
        }
    }
}
