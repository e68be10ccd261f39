//! What connectors report: counts, places and problems for the journal. Never a value of a record.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// What an erasure did in one system.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Erased {
    /// Per collection.
    pub collections: BTreeMap<String, Tally>,
    /// Rows that the database's own triggers touched besides; somebody should look at what they wrote.
    pub also_changed: u64,
}

/// What an erasure did in one collection, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Deleted now.
    pub deleted: u64,
    /// Had fields emptied now.
    pub cleared: u64,
    /// Were gone or empty before: somebody else's work, or ours in an earlier run.
    pub already_gone: u64,
}

/// What may be said about an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// Something was erased now.
    Erased,
    /// Nothing now, but it was planned and is gone.
    AlreadyGone,
    /// The plan had nothing to erase here. Never to be reported as done.
    NothingFound,
}

impl Erased {
    /// All collections together.
    pub fn total(&self) -> Tally {
        self.collections.values().fold(Tally::default(), |sum, tally| Tally {
            deleted: sum.deleted + tally.deleted,
            cleared: sum.cleared + tally.cleared,
            already_gone: sum.already_gone + tally.already_gone,
        })
    }

    /// What may be said about it.
    pub fn done(&self) -> Done {
        match self.total() {
            Tally { deleted: 0, cleared: 0, already_gone: 0 } => Done::NothingFound,
            Tally { deleted: 0, cleared: 0, .. } => Done::AlreadyGone,
            _ => Done::Erased,
        }
    }
}

/// What a change did in one system, in fields of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Changed {
    /// Written now.
    pub changed: u64,
    /// Said so before: somebody else's work, or ours in an earlier run.
    pub already: u64,
    /// Records that are there no longer.
    pub gone: u64,
}

impl Changed {
    /// Whether nothing is there that the change could be about. Never to be reported as done.
    pub const fn is_nothing(&self) -> bool {
        self.changed == 0 && self.already == 0
    }
}

/// What reading back after an erasure showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verified {
    /// Every record is as the plan says.
    Clean {
        /// Records read back.
        checked: u64,
    },
    /// These are not.
    Remains(Vec<Remain>),
}

/// Records of one collection that are not as the plan says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remain {
    /// The collection.
    pub collection: String,
    /// How many.
    pub rows: u64,
    /// What is wrong with them.
    pub fault: Fault,
}

/// How a record differs from the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Should be deleted and is there.
    NotDeleted,
    /// Fields should be empty and are not.
    NotCleared,
    /// Should be kept and is gone.
    NotKept,
    /// Should say something else.
    NotChanged,
}

/// Where the data map and the live database differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum SchemaProblem {
    /// The map names a table that does not exist.
    NoTable {
        /// The collection.
        collection: String,
        /// The table most like it.
        closest: Option<String>,
    },
    /// The map names a column that does not exist.
    NoColumn {
        /// The collection.
        collection: String,
        /// The field.
        field: String,
        /// The column most like it.
        closest: Option<String>,
    },
    /// Another primary key than the table's.
    PrimaryKey {
        /// The collection.
        collection: String,
        /// By the map, sorted.
        map: Vec<String>,
        /// By the database, sorted.
        live: Vec<String>,
    },
    /// Fields that the map calls unique together, and the database does not.
    NotUnique {
        /// The collection.
        collection: String,
        /// The fields.
        fields: Vec<String>,
    },
    /// A column does not take what an erasure would have it say where its row stays.
    Mask {
        /// The collection.
        collection: String,
        /// The field.
        field: String,
        /// Why, and what to do.
        why: String,
        /// The map says what to write, and it does not fit; otherwise nothing is said, and the column cannot be emptied.
        said: bool,
    },
    /// No identifier and no reference leads to it, so nothing in it is ever found.
    Unreachable {
        /// The collection.
        collection: String,
    },
    /// Addresses that do not stand as the map says, so nobody is found by them.
    NotNormalised {
        /// The collection.
        collection: String,
        /// The field.
        field: String,
        /// Rows.
        rows: u64,
    },
    /// The connection has no request for something that the map asks for.
    NoRequest {
        /// The collection.
        collection: String,
        /// As the connection's settings would call it.
        request: String,
        /// A person can do it instead.
        by_hand: bool,
    },
    /// Nobody is told how something is done by hand.
    NoChecklist {
        /// As the connection's settings call it.
        duty: String,
    },
    /// A field is not where the connection says it is.
    NoPointer {
        /// The collection.
        collection: String,
        /// The field.
        field: String,
        /// Where it was looked for.
        pointer: String,
    },
    /// A record is listed, and is not there when it is asked for by its key.
    NotRead {
        /// The collection.
        collection: String,
    },
    /// A table that the map does not name, and that holds rows of people.
    NewTable {
        /// The table.
        collection: String,
        /// What speaks for that.
        why: String,
    },
    /// Columns of a mapped table that the map does not name and that look personal.
    Personal {
        /// The collection.
        collection: String,
        /// Each column and what it was taken for.
        columns: Vec<(String, String)>,
    },
    /// A column that is of another type than the map says.
    Retyped {
        /// The collection.
        collection: String,
        /// The field.
        field: String,
        /// By the map.
        map: String,
        /// By the database.
        live: String,
    },
    /// A foreign key between mapped tables that no reference of the map follows, so rows may be missed.
    Unfollowed {
        /// The collection that refers.
        collection: String,
        /// The field that refers.
        field: String,
        /// `collection.field` that it refers to.
        to: String,
    },
    /// A field of a large table that is searched and has no index.
    NoIndex {
        /// The collection.
        collection: String,
        /// The field.
        field: String,
    },
    /// Columns of a mapped table that the map does not name: not shown, not erased on their own.
    Unmapped {
        /// The collection.
        collection: String,
        /// The columns.
        columns: Vec<String>,
    },
}

impl SchemaProblem {
    /// The collection it is about.
    pub fn collection(&self) -> &str {
        match self {
            Self::NoTable { collection, .. }
            | Self::NoColumn { collection, .. }
            | Self::PrimaryKey { collection, .. }
            | Self::NotUnique { collection, .. }
            | Self::Mask { collection, .. }
            | Self::Unreachable { collection }
            | Self::NotNormalised { collection, .. }
            | Self::NoRequest { collection, .. }
            | Self::NoPointer { collection, .. }
            | Self::NotRead { collection }
            | Self::NewTable { collection, .. }
            | Self::Personal { collection, .. }
            | Self::Retyped { collection, .. }
            | Self::Unfollowed { collection, .. }
            | Self::NoIndex { collection, .. }
            | Self::Unmapped { collection, .. } => collection,
            Self::NoChecklist { .. } => "",
        }
    }

    /// Whether requests would go wrong; otherwise it is worth a look.
    ///
    /// What only looks personal is no error: a guess may not stop a house. [`SchemaProblem::is_loud`] makes sure that it is seen.
    pub const fn is_error(&self) -> bool {
        matches!(
            self,
            Self::NoTable { .. }
                | Self::NoColumn { .. }
                | Self::PrimaryKey { .. }
                | Self::NotUnique { .. }
                | Self::Mask { said: true, .. }
                | Self::Unreachable { .. }
                | Self::NotNormalised { .. }
                | Self::NoRequest { by_hand: false, .. }
                | Self::NoPointer { .. }
                | Self::NotRead { .. }
        )
    }

    /// Whether somebody's data may be outside of the map: to be said again at the end, where nobody reads past it.
    pub const fn is_loud(&self) -> bool {
        matches!(self, Self::NewTable { .. } | Self::Personal { .. } | Self::Unfollowed { .. })
    }
}

impl fmt::Display for SchemaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTable { collection, closest } => {
                write!(f, "the database has no table `{collection}`{}", did_you_mean(closest.as_deref()))
            }
            Self::NoColumn { collection, field, closest } => {
                write!(f, "table `{collection}` has no column `{field}`{}", did_you_mean(closest.as_deref()))
            }
            Self::PrimaryKey { collection, map, live } => {
                write!(f, "the primary key of `{collection}` is {}, the data map says {}", list(live), list(map))
            }
            Self::NotUnique { collection, fields } => {
                let said = "so what is found by them may be other people's: give them a unique index, or take them out of `unique`";
                write!(f, "{} of `{collection}` are together no key in the database, {said}", list(fields))
            }
            Self::Mask { why, said: true, .. } => write!(f, "an erasure that keeps the row would fail: {why}"),
            Self::Mask { why, said: false, .. } => {
                write!(f, "an erasure that keeps the row would fail: {why}, or write a mask in the data map")
            }
            Self::Unreachable { collection } => {
                write!(f, "nothing leads to `{collection}`: give a field an `identity` or `references`")
            }
            Self::NotNormalised { collection, field, rows } => {
                write!(
                    f,
                    "`{field}` of `{collection}` is not in small letters or has blanks around in {rows} rows: correct them, or drop `normalised`"
                )
            }
            Self::NoRequest { collection, request, by_hand: false } => {
                write!(f, "the connection has no request `{request}` for `{collection}`, so what it holds is not found")
            }
            Self::NoRequest { collection, request, by_hand: true } => {
                write!(f, "the connection has no request `{request}` for `{collection}`: a person will have to do it")
            }
            Self::NoChecklist { duty } => write!(f, "its owner is not told what to do: write `{duty}` under `steps` of the connection"),
            Self::NoPointer { collection, field, pointer } => {
                write!(f, "no record of `{collection}` has anything at `{pointer}`, where `{field}` should be")
            }
            Self::NotRead { collection } => {
                write!(f, "a record of `{collection}` that is listed is not found by its key: look at the path of `read`")
            }
            Self::NewTable { collection, why } => write!(f, "table `{collection}` is not in the data map: {why}"),
            Self::Personal { collection, columns } => {
                let looks = columns.iter().map(|(column, kind)| format!("`{column}` ({kind})")).collect::<Vec<_>>().join(", ");
                write!(f, "columns of `{collection}` look personal and are not in the data map, so nobody is shown them: {looks}")
            }
            Self::Retyped { collection, field, map, live } => {
                write!(f, "`{field}` of `{collection}` is `{live}`, the data map says `{map}`")
            }
            Self::Unfollowed { collection, field, to } => {
                write!(f, "`{field}` of `{collection}` refers to `{to}`, and the data map has no reference there: rows may be missed")
            }
            Self::NoIndex { collection, field } => {
                write!(f, "no index begins with `{field}` of `{collection}`, so every search reads the whole table")
            }
            Self::Unmapped { collection, columns } => {
                write!(f, "the data map does not name these columns of `{collection}`: {}", list(columns))
            }
        }
    }
}

fn did_you_mean(closest: Option<&str>) -> String {
    closest.map(|closest| format!(", did you mean `{closest}`?")).unwrap_or_default()
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "nothing".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
