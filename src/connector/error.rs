//! Why a connected system did not do what was asked, in words that hold names of tables and columns, never a value.

use super::outcome::SchemaProblem;

/// A system refused, failed or could not be reached. Whatever was begun is undone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("could not {doing} in `{system}`: {source}")]
pub struct ConnectorError {
    /// Whether trying again can help.
    pub kind: Kind,
    /// `fides_key` of the system.
    pub system: String,
    /// What was being done, such as `find records`.
    pub doing: &'static str,
    /// What went wrong.
    pub source: Cause,
}

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Yes, later and unchanged.
    Transient,
    /// Not before a person changes the plan, the map or the system.
    Permanent,
    /// Not before the system's owner gives us the right.
    Denied,
    /// Nothing failed: the system may not or must not do it, and a person decides how to go on.
    Refused,
}

impl Kind {
    /// The name in rows and on pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Transient => "transient",
            Self::Permanent => "permanent",
            Self::Denied => "denied",
            Self::Refused => "refused",
        }
    }
}

/// What went wrong. No variant carries text that a connected system could have filled with somebody's data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// The file is gone or was never there.
    #[error("the database file is not there; put it back or correct its path")]
    Missing,
    /// Somebody else holds a lock.
    #[error("somebody else has locked the database")]
    Busy,
    /// The server cannot be reached, or is not there any more.
    #[error("the server does not answer, or the connection broke")]
    Unreachable,
    /// The server has no room for one more.
    #[error("the server takes no more connections")]
    Full,
    /// Two transactions could not both go on.
    #[error("somebody else worked on the same rows at the same moment")]
    Crossed,
    /// The server stopped a statement; the session knows which cap it met.
    #[error("the server stopped it")]
    Stopped,
    /// The server could not prove its name.
    #[error("the server did not prove who it is; look at its certificate, and at `host` and `ca` of the connection")]
    Unproven,
    /// A secret is not where the connection says.
    #[error("nothing is set in `{0}`, which holds the password")]
    NoSecret(String),
    /// The server does not know the database.
    #[error("the server has no such database; correct `database` of the connection")]
    NoDatabase,
    /// A copy of the database that may only be read.
    #[error("the server takes no changes; connect habeas to the one that does")]
    ReadOnly,
    /// The write-ahead log cannot be emptied while somebody reads from it.
    #[error("a reader keeps the write-ahead log from being emptied, and erased values still lie in it")]
    LogInUse,
    /// The time cap.
    #[error("it took longer than {seconds} s")]
    TooSlow {
        /// The cap.
        seconds: u64,
    },
    /// The row or byte cap. Part of an answer is never passed off as all of it.
    #[error("`{collection}` holds more than the cap of {cap}; raise the cap or look whether the data map leads to other people")]
    TooMuch {
        /// Where the cap was met.
        collection: String,
        /// The cap and its unit.
        cap: String,
    },
    /// The file may not be read or written.
    #[error("habeas may not open or change the database; ask its owner for the right")]
    Forbidden,
    /// The map and the live database differ.
    #[error("{0}")]
    Schema(Box<SchemaProblem>),
    /// The plan names something that the map does not know or does not allow.
    #[error("the plan does not fit the data map: {0}; make a new plan")]
    Plan(String),
    /// Rows that the plan leaves alone refer to rows that it deletes.
    #[error(
        "{rows} rows of `{table}` that the plan does not delete refer to rows of `{to}` that it deletes; map `{table}` or keep those rows"
    )]
    Referred {
        /// The table that refers.
        table: String,
        /// The table referred to.
        to: String,
        /// How many rows refer.
        rows: u64,
    },
    /// More rows answer to the keys of a plan than the plan has.
    #[error("{rows} rows of `{collection}` answer to {planned} keys; its primary key in the data map is not unique")]
    Ambiguous {
        /// The collection.
        collection: String,
        /// Rows there are.
        rows: u64,
        /// Keys planned.
        planned: u64,
    },
    /// Deleted rows were still there before the transaction ended.
    #[error("{rows} rows of `{collection}` were not deleted; look for a trigger that prevents it")]
    Undone {
        /// The collection.
        collection: String,
        /// Rows still there.
        rows: u64,
    },
    /// Erasing changed something that must stay.
    #[error("the database itself changed rows of `{0}` that must stay; look for a trigger on it")]
    Disturbed(String),
    /// What stands under a key of the plan is not what the plan was made about.
    #[error(
        "a row of `{collection}` is another one than the plan was made about: somebody has changed it since, or its key was given to a \
         new one; look at it and do it by hand"
    )]
    Another {
        /// The collection.
        collection: String,
    },
    /// A field says something else than when the change was planned.
    #[error("somebody has changed `{field}` of `{collection}` since the plan was made; look at it and make the change by hand")]
    Moved {
        /// The collection.
        collection: String,
        /// The field.
        field: String,
    },
    /// A field was written and says something else.
    #[error("the database did not take the new value of `{field}` of `{collection}`; look at the column's type and for a trigger")]
    NotTaken {
        /// The collection.
        collection: String,
        /// The field.
        field: String,
    },
    /// A constraint refused the change.
    #[error("the database refused the change: {0}")]
    Constraint(String),
    /// No such system.
    #[error("no such system is connected")]
    Unknown,
    /// Anything else, by `SQLite`'s result code: its own words may quote a value.
    #[error("SQLite result code {0}")]
    Sqlite(i32),
    /// Anything else, by a server's SQLSTATE or number: its own words may quote a value.
    #[error("the server's error {0}")]
    Server(String),
    /// The system has no call for it.
    #[error("it cannot {operation} `{collection}`; add the request to the connection, or let a person do it in the system itself")]
    Unsupported {
        /// The collection.
        collection: String,
        /// As the connection's settings call it.
        operation: &'static str,
    },
    /// The system says that it may not, in a way that the connection has a code for.
    #[error("it may not be done to `{collection}`: `{code}`; a person has to look at it")]
    Refused {
        /// The collection.
        collection: String,
        /// The code in the connection's settings.
        code: String,
    },
    /// The system does not believe who we are, or gives us no right.
    #[error("it does not accept who habeas says it is, or gives it no right; look at `auth` and at what that user may do")]
    Unauthorised,
    /// An answer that is none, by its status.
    #[error("it answered {status}")]
    Status {
        /// The status (RFC 9110).
        status: u16,
        /// Whether that may be different later.
        again: bool,
    },
    /// The system wants to be left alone for a while.
    #[error("it asks to wait {seconds} s")]
    Wait {
        /// So long.
        seconds: u64,
    },
    /// A redirection. Nobody is followed.
    #[error("it sends habeas to another address, which it does not follow; correct `base` or the path")]
    Redirected,
    /// An address outside of the connection.
    #[error("an address leads to a host that the connection does not name; add it to `hosts` if it belongs to the system")]
    Elsewhere,
    /// A name that leads into a network of our own.
    #[error("its address is inside a private network; set `private: true` if it shall be")]
    Inside,
    /// Not the JSON that was expected.
    #[error("its answer cannot be read: {0}")]
    NotJson(&'static str),
    /// A part of an answer, or of what was to be done.
    #[error("it did or answered a part only")]
    Partial,
    /// Pages that go round in a circle.
    #[error("the pages of `{0}` do not end; look at `pages`")]
    Endless(String),
    /// Records that do not hold what was asked for.
    #[error(
        "it answered with records of `{0}` that nobody asked for, and they were thrown away; look at how it compares, or at `find` and `fields` \
         of its connection"
    )]
    Others(String),
    /// Accepted, and not to be seen yet.
    #[error("it has accepted the call for `{0}` and has not done it yet")]
    NotYet(String),
    /// Nothing is wrong with the system: we could not store what it gave.
    #[error("what was found could not be stored; look at the house's own database and its disk")]
    Unkept,
    /// Nothing is wrong with the system: a hold was placed at the last moment, and everything is decided anew.
    #[error("a hold was placed while it was under way; nothing more was done")]
    Held,
    /// Nothing is wrong with the system: the data of too many people went within an hour, and two people have to look.
    #[error("all erasing is stopped until two people let it go on; nothing more was done")]
    Halted,
    /// Nothing is wrong with the system: somebody else does it now, or nobody shall any more.
    #[error("the work has gone to another worker, or was called off; nothing more was done")]
    Overtaken,
    /// Nothing is wrong with the system: the house could not say whether it may still be done.
    #[error("the house's own database did not say in time whether it may still be done; nothing more was done")]
    Unasked,
    /// The driver failed outside of the database.
    #[error("the database driver failed: {0}")]
    Driver(&'static str),
}

impl ConnectorError {
    /// What kind of trouble it is, for the reader: text `trouble-{name}`.
    pub const fn trouble(&self) -> &'static str {
        match (&self.source, self.kind) {
            (Cause::Unsupported { .. }, _) => "by-hand",
            (
                Cause::Held
                | Cause::Halted
                | Cause::Overtaken
                | Cause::Unasked
                | Cause::Busy
                | Cause::LogInUse
                | Cause::Crossed
                | Cause::Full
                | Cause::Wait { .. }
                | Cause::NotYet(_),
                _,
            ) => "busy",
            (Cause::TooSlow { .. } | Cause::Stopped | Cause::TooMuch { .. } | Cause::Endless(_), _) => "too-much",
            (Cause::Schema(_) | Cause::Plan(_) | Cause::Unknown | Cause::NoDatabase | Cause::NoSecret(_), _) => "map",
            (Cause::Another { .. } | Cause::Moved { .. }, _) => "changed",
            (Cause::Referred { .. } | Cause::Constraint(_) | Cause::Undone { .. } | Cause::Disturbed(_) | Cause::NotTaken { .. }, _) => {
                "guarded"
            }
            (Cause::Others(_) | Cause::NotJson(_) | Cause::Partial, _) => "answer",
            (_, Kind::Denied) | (Cause::Unproven, _) => "denied",
            (_, Kind::Refused) => "refused",
            (_, Kind::Transient) => "away",
            (_, Kind::Permanent) => "broken",
        }
    }

    /// Whether the system has no way for it, so that a person does it.
    pub const fn is_for_a_person(&self) -> bool {
        matches!(self.source, Cause::Unsupported { .. })
    }
}

impl Cause {
    /// The error it makes.
    pub(super) fn of(self, system: &str, doing: &'static str) -> ConnectorError {
        ConnectorError { kind: self.kind(), system: system.to_owned(), doing, source: self }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Missing
            | Self::Busy
            | Self::LogInUse
            | Self::TooSlow { .. }
            | Self::Stopped
            | Self::Unreachable
            | Self::Full
            | Self::Crossed
            | Self::Wait { .. }
            | Self::NotYet(_)
            | Self::Unkept
            | Self::Held
            | Self::Halted
            | Self::Overtaken
            | Self::Unasked
            | Self::Status { again: true, .. } => Kind::Transient,
            Self::Forbidden | Self::ReadOnly | Self::Unauthorised => Kind::Denied,
            Self::Refused { .. } => Kind::Refused,
            // NOMEM, INTERRUPT, IOERR, FULL, PROTOCOL, SCHEMA: the low byte is the primary code.
            Self::Sqlite(code) if matches!(code & 0xff, 7 | 9 | 10 | 13 | 15 | 17) => Kind::Transient,
            _ => Kind::Permanent,
        }
    }
}

impl From<SchemaProblem> for Cause {
    fn from(problem: SchemaProblem) -> Self {
        Self::Schema(Box::new(problem))
    }
}
