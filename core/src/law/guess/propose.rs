//! From the shape of a database to a proposed data map: what to map, what not and why, and what would be slow.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Confidence, Guess, Kind, guess,
    label::{self, Theme},
    name::table_words,
    reach::{self, Held, Known, Reach, Way},
    shape::{Column, ForeignKey, LARGE, Shape, Table, ValueType},
    words::{singular, words},
};
use crate::law::map::{Direction, Reference};

/// A proposed data map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    /// The system's key.
    pub system: String,
    /// What to map.
    pub collections: Vec<Collection>,
    /// What would be mapped if references were true that only names suggest.
    pub suggested: Vec<Collection>,
    /// What is not mapped, and why.
    pub left: Vec<Left>,
    /// What every search would have to read whole.
    pub slow: Vec<Slow>,
}

/// A table to map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collection {
    /// The table.
    pub name: String,
    /// About how many rows.
    pub rows: Option<u64>,
    /// What a person calls it, in nb, nl and en.
    pub label: [String; 3],
    /// Whether the label is more than the table's own words.
    pub labelled: bool,
    #[serde(skip)]
    pub(super) theme: Theme,
    /// Its rows are found because rows of the person refer to them.
    pub fetched: bool,
    /// Whether its rows are about people whom the person knows.
    pub third_person: bool,
    /// Its columns.
    pub fields: Vec<Field>,
    /// Foreign keys that are not followed, in words.
    pub held: Vec<String>,
    /// Keys besides the primary one, of several columns each, that foreign keys refer to.
    pub unique: Vec<Vec<String>>,
    /// Columns whose names no data map can say.
    pub unnamed: Vec<String>,
}

/// A column to map.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the data map states as flags")]
pub struct Field {
    /// The column.
    pub name: String,
    /// What a person calls it.
    pub label: [String; 3],
    /// Whether the label is more than the column's own words.
    pub labelled: bool,
    /// What it probably holds.
    pub guess: Option<Guess>,
    /// Fideslang category.
    pub category: &'static str,
    /// What its values are.
    pub data: ValueType,
    /// The most characters it takes.
    pub length: Option<usize>,
    /// Part of the primary key.
    pub primary_key: bool,
    /// The identifier that people are searched by in it.
    pub identity: Option<&'static str>,
    /// Addresses stand in small letters everywhere.
    pub normalised: bool,
    /// About somebody else.
    pub third_person: bool,
    /// Not shown to the person.
    pub technical: bool,
    /// Declared references to follow.
    pub references: Vec<Reference>,
    /// References that only names suggest.
    pub suggested: Vec<(Reference, Confidence)>,
    /// Other columns of the same foreign key.
    pub together: Vec<String>,
}

/// A table that is not mapped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Left {
    /// The table.
    pub table: String,
    /// Why.
    pub why: String,
    /// Whether somebody must look: it holds something personal, or refers to what is mapped.
    pub look: bool,
}

/// A column that is searched without an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Slow {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
}

/// Words of tables that hold people whom somebody else knows.
const THIRD: [&str; 15] = [
    "contact",
    "friend",
    "companion",
    "collected",
    "addressbook",
    "invitation",
    "invitee",
    "referral",
    "relative",
    "dependant",
    "dependent",
    "beneficiary",
    "kontakt",
    "venn",
    "vriend",
];
/// Words of columns about somebody else than whom the row is about.
const OTHERS: [&str; 20] = [
    "friend",
    "referrer",
    "spouse",
    "emergency",
    "parent",
    "guardian",
    "mother",
    "father",
    "mothers",
    "fathers",
    "companion",
    "kin",
    "ektefelle",
    "parorende",
    "foresatt",
    "mor",
    "far",
    "moeder",
    "vader",
    "noodcontact",
];

/// What is guessed of every column.
pub(super) struct Guesses<'s>(BTreeMap<(&'s str, &'s str), Guess>);

impl<'s> Guesses<'s> {
    pub(super) fn of(shape: &'s Shape) -> Self {
        let all = shape.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
        Self(all.filter_map(|(table, column)| Some(((table.name.as_str(), column.name.as_str()), guess(&table.name, column)?))).collect())
    }

    fn at(&self, table: &str, column: &str) -> Option<Guess> {
        self.0.get(&(table, column)).copied()
    }

    /// Columns of a table that tell of a person.
    pub(super) fn telling(&self, table: &'s Table) -> Vec<&'s str> {
        let likely = |column: &&Column| {
            self.at(&table.name, &column.name)
                .is_some_and(|guess| guess.confidence >= Confidence::Medium && guess.kind.entry().telling && !guess.kind.is_secret())
        };
        table.columns.iter().filter(likely).map(|column| column.name.as_str()).collect()
    }

    /// The identifier that people are searched by in a column.
    fn identity(&self, table: &Table, column: &Column) -> Option<&'static str> {
        let guess = self.at(&table.name, &column.name).filter(|guess| guess.confidence >= Confidence::Medium)?;
        guess.kind.identity().filter(|_| !is_of_others(&column.name))
    }
}

/// Proposes a map of a database.
pub fn propose(system: &str, shape: &Shape) -> Proposal {
    let guesses = Guesses::of(shape);
    let third = third(shape, &guesses);
    let found = |table: &&Table| {
        !third.contains(table.name.as_str()) && table.columns.iter().any(|column| guesses.identity(table, column).is_some())
    };
    let people = shape.tables.iter().filter(found).map(|table| table.name.as_str()).collect();
    let hers = |table: &&Table| !guesses.telling(table).is_empty() && label::table(&table.name).0.is_of_one_person();
    let own = shape.tables.iter().filter(hers).map(|table| table.name.as_str()).collect();
    let reach = reach::reach(shape, &Known { people, own });
    let build = Build { system, shape, guesses: &guesses, third: &third, reach: &reach };
    let collections: Vec<Collection> =
        shape.tables.iter().filter(|table| reach.ways.contains_key(table.name.as_str())).map(|table| build.collection(table)).collect();
    let suggested: Vec<Collection> = shape.tables.iter().filter_map(|table| build.suggested(table)).collect();
    let left = shape.tables.iter().filter_map(|table| build.left(table, &suggested)).collect();
    let slow = build.slow(&collections);
    Proposal { system: system.to_owned(), collections, suggested, left, slow }
}

/// Tables of people whom somebody else knows: by name, and because they belong to a table in which people are found.
fn third<'s>(shape: &'s Shape, guesses: &Guesses<'s>) -> BTreeSet<&'s str> {
    let has_people =
        |name: &str| shape.table(name).is_some_and(|table| table.columns.iter().any(|column| guesses.identity(table, column).is_some()));
    let named = |table: &&Table| table_words(&table.name).iter().any(|word| THIRD.contains(&word.as_str()));
    let belongs = |table: &&Table| {
        shape.foreign_keys.iter().any(|key| key.child == table.name && key.parent != table.name && has_people(&key.parent))
    };
    shape.tables.iter().filter(named).filter(belongs).map(|table| table.name.as_str()).collect()
}

fn is_of_others(column: &str) -> bool {
    words(column).iter().any(|word| OTHERS.contains(&word.as_str()))
}

struct Build<'a, 's> {
    system: &'a str,
    shape: &'s Shape,
    guesses: &'a Guesses<'s>,
    third: &'a BTreeSet<&'s str>,
    reach: &'a Reach<'s>,
}

impl<'s> Build<'_, 's> {
    fn collection(&self, table: &'s Table) -> Collection {
        let (theme, label, labelled) = label::table(&table.name);
        let third_person = self.third.contains(table.name.as_str());
        let fields = table.columns.iter().filter(|column| reach::is_name(&column.name));
        let held = self.reach.held.iter().filter(|(key, _)| key.child == table.name);
        Collection {
            name: table.name.clone(),
            rows: table.rows,
            label,
            labelled,
            theme,
            fetched: self.reach.ways.get(table.name.as_str()) == Some(&Way::Fetched),
            third_person,
            fields: fields.map(|column| self.field(table, column, theme, third_person)).collect(),
            unique: self.unique(table),
            unnamed: table.columns.iter().map(|column| &column.name).filter(|name| !reach::is_name(name)).cloned().collect(),
            held: held.map(|(key, why)| format!("{} -> {}: {}", columns(key), key.parent, why.words())).collect(),
        }
    }

    fn field(&self, table: &Table, column: &Column, theme: Theme, of_others: bool) -> Field {
        let guess = self.guesses.at(&table.name, &column.name);
        let primary_key = table.telling_key().is_some_and(|key| key.contains(&column.name));
        let own_keys = || self.shape.foreign_keys.iter().filter(|key| key.child == table.name);
        let in_key = own_keys().any(|key| key.pairs.iter().any(|(here, _)| *here == column.name));
        let tells = guess.is_some_and(|guess| guess.kind.entry().telling && guess.confidence >= Confidence::Medium);
        let secret = guess.is_some_and(|guess| guess.kind.is_secret());
        let technical = secret || ((primary_key || in_key) && !tells);
        let third_person = tells && (of_others || is_of_others(&column.name));
        let identity = self.guesses.identity(table, column).filter(|_| !third_person);
        let (label, labelled) = match guess {
            Some(guess) => (guess.kind.entry().label.map(str::to_owned), true),
            None => label::column(&column.name),
        };
        let category = match guess {
            Some(guess) => guess.kind.entry().category,
            None if primary_key && technical => "system.operations",
            None if in_key && technical => "user.unique_id",
            None => theme.category(),
        };
        let data = if column.data == ValueType::Other && identity.is_some() { ValueType::Text } else { column.data };
        let followed: Vec<_> = self.reach.followed.iter().filter(|(key, _)| key.child == table.name).collect();
        let references = followed.iter().flat_map(|(key, direction)| {
            key.pairs.iter().filter(|(here, _)| *here == column.name).map(|(_, there)| self.reference(&key.parent, there, *direction))
        });
        let together = followed.iter().filter(|(key, _)| key.pairs.len() > 1 && key.pairs.iter().any(|(here, _)| *here == column.name));
        let together = together.flat_map(|(key, _)| key.pairs.iter().map(|(here, _)| here)).filter(|here| **here != column.name).cloned();
        Field {
            name: column.name.clone(),
            label,
            labelled,
            guess,
            category,
            data,
            length: column.length,
            primary_key,
            identity,
            normalised: identity == Some("email") && column.normalised,
            third_person,
            technical,
            references: references.collect(),
            suggested: if in_key { Vec::new() } else { self.by_name(table, column) },
            together: together.collect(),
        }
    }

    /// What foreign keys of several columns refer to in a table, besides what it is said to be told apart by.
    fn unique(&self, table: &Table) -> Vec<Vec<String>> {
        let followed = self.reach.followed.iter().filter(|(key, _)| key.parent == table.name && key.pairs.len() > 1);
        let sets: BTreeSet<BTreeSet<&String>> = followed.map(|(key, _)| key.pairs.iter().map(|(_, there)| there).collect()).collect();
        let telling: BTreeSet<&String> = table.telling_key().into_iter().flatten().collect();
        sets.into_iter().filter(|set| *set != telling).map(|set| set.into_iter().cloned().collect()).collect()
    }

    fn reference(&self, collection: &str, field: &str, direction: Direction) -> Reference {
        Reference { system: self.system.to_owned(), collection: collection.to_owned(), field: field.to_owned(), direction }
    }

    /// References that a name suggests where the database declares none: `customer_id` to the key of `customers`.
    fn by_name(&self, table: &Table, column: &Column) -> Vec<(Reference, Confidence)> {
        let of = words(&column.name);
        let Some((last, stem)) = of.split_last().filter(|(last, stem)| is_key_word(last) && !stem.is_empty()) else { return Vec::new() };
        let stem: Vec<String> = stem.iter().map(|word| singular(word)).collect();
        let ways = self.reach.ways.iter().filter(|(name, way)| matches!(way, Way::Person | Way::Child) && **name != table.name);
        let mut found = Vec::new();
        for (name, _) in ways {
            let Some(parent) = self.shape.table(name) else { continue };
            let [key] = parent.key.as_slice() else { continue };
            let Some(there) = parent.column(key) else { continue };
            let named = table_words(name);
            let whole = named.concat() == stem.concat();
            let fits = there.data == column.data || there.data == ValueType::Other || column.data == ValueType::Other;
            if fits
                && (whole || named.last() == stem.last())
                && (words(key).concat() == *last || words(key) == of || is_key_word(&words(key).concat()))
            {
                let sure = if whole { Confidence::Medium } else { Confidence::Low };
                found.push((self.reference(name, key, Direction::From), sure));
            }
        }
        found
    }

    /// A table that names alone connect with what is reached.
    fn suggested(&self, table: &'s Table) -> Option<Collection> {
        if self.reach.ways.contains_key(table.name.as_str()) || !reach::is_mappable(table) {
            return None;
        }
        let collection = self.collection(table);
        collection.fields.iter().any(|field| !field.suggested.is_empty()).then_some(collection)
    }

    fn left(&self, table: &'s Table, suggested: &[Collection]) -> Option<Left> {
        let name = table.name.as_str();
        if self.reach.ways.contains_key(name) || suggested.iter().any(|collection| collection.name == name) {
            return None;
        }
        let telling = self.guesses.telling(table);
        let refers = self.shape.foreign_keys.iter().find(|key| {
            key.child == name && key.elsewhere.is_none() && self.reach.ways.get(key.parent.as_str()).is_some_and(|way| *way != Way::Fetched)
        });
        let unread = table.unread.as_ref().map(|why| format!(" (by its names alone: {why})")).unwrap_or_default();
        let (why, look) = match (reach::why_not(table), refers, telling.as_slice()) {
            (Some(why), Some(key), _) => {
                (format!("{why}; but it refers to `{}`, so rows of that cannot be erased while it does", key.parent), true)
            }
            (Some(why), None, []) => (why.to_owned(), false),
            (Some(why), None, _) => (format!("{why}; but it looks personal: {}", list(&telling)), !table.is_view),
            (None, Some(key), _) => (format!("it refers to `{}` and belongs to no person: {}", key.parent, Held::Shared.words()), true),
            (None, None, []) => ("nothing in it looks personal, and nothing of a person leads to it".to_owned(), false),
            (None, None, _) => {
                (format!("it looks personal, but nothing leads to it from where people are found: {}", list(&telling)), true)
            }
        };
        Some(Left { table: table.name.clone(), why: why + &unread, look })
    }

    fn slow(&self, collections: &[Collection]) -> Vec<Slow> {
        let mut slow = BTreeSet::new();
        let mut searched = |table: &str, column: &str| {
            let large = |table: &&Table| table.rows.is_none_or(|rows| rows >= LARGE);
            let known = self.shape.table(table).filter(large).and_then(|table| table.column(column));
            if known.is_some_and(|column| !column.indexed) {
                slow.insert(Slow { table: table.to_owned(), column: column.to_owned() });
            }
        };
        for collection in collections {
            for field in &collection.fields {
                if field.identity.is_some() {
                    searched(&collection.name, &field.name);
                }
                for reference in &field.references {
                    if reference.direction != Direction::To {
                        searched(&collection.name, &field.name);
                    }
                    if reference.direction != Direction::From {
                        searched(&reference.collection, &reference.field);
                    }
                }
            }
        }
        slow.into_iter().collect()
    }
}

impl Proposal {
    /// A collection by name.
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.name == name)
    }

    /// The kinds of identifier by which people are found, the e-mail address first.
    pub fn identities(&self) -> Vec<&'static str> {
        let fields = || self.collections.iter().flat_map(|collection| &collection.fields);
        [Kind::Email, Kind::CustomerNumber, Kind::OrderNumber]
            .into_iter()
            .filter_map(Kind::identity)
            .filter(|kind| fields().any(|field| field.identity == Some(kind)))
            .collect()
    }
}

fn is_key_word(word: &str) -> bool {
    matches!(word, "id" | "no" | "nr" | "number" | "nummer" | "key" | "uuid" | "guid" | "ref" | "code")
}

fn columns(key: &ForeignKey) -> String {
    key.pairs.iter().map(|(here, _)| here.as_str()).collect::<Vec<_>>().join(", ")
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
