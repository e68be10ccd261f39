//! One connection to one of three databases: the only place that knows their drivers. Takes statements, gives values.

use std::{borrow::Cow, future::ready, pin::Pin, time::Duration};

use futures_util::{Stream, StreamExt, TryStreamExt};
use habeas_core::law::record::Value;
use sqlx::{
    AssertSqlSafe, Connection, MySql, MySqlConnection, PgConnection, Postgres, Row, Sqlite, SqliteConnection,
    mysql::{MySqlArguments, MySqlRow},
    postgres::{PgArguments, PgRow},
    query::Query,
    sqlite::{SqliteArguments, SqliteRow},
};

use super::{
    dialect::{Dialect, text_of},
    session::Right,
    statement::{Arg, Statement},
    value,
};
use crate::{clock::Clock, connector::Cause};

/// An open connection.
pub(super) enum Link {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
    Mariadb(MySqlConnection),
}

/// Counts in one statement. `PostgreSQL` answers with at most 1664 columns, and a plan takes the longer the more there are.
const COUNTS: usize = 100;

/// Rows as they arrive.
type Rows<'c> = Pin<Box<dyn Stream<Item = Result<Vec<Value>, Cause>> + Send + 'c>>;

impl Link {
    pub(super) const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
            Self::Mariadb(_) => Dialect::Mariadb,
        }
    }

    /// Begins the one transaction of a call: everything in it is read at the same moment.
    pub(super) async fn begin(&mut self, right: Right) -> Result<(), Cause> {
        match (self.dialect(), right) {
            (Dialect::Sqlite, Right::Read | Right::ReadBack) => self.raw("BEGIN").await,
            // A lock that comes later than the first read cannot be waited for.
            (Dialect::Sqlite, Right::Write) => self.raw("BEGIN IMMEDIATE").await,
            (Dialect::Postgres, Right::Read | Right::ReadBack) => self.raw("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await,
            // So a cascade never reaches a row that came after we looked.
            (Dialect::Postgres, Right::Write) => self.raw("BEGIN ISOLATION LEVEL REPEATABLE READ").await,
            (Dialect::Mariadb, Right::Read | Right::ReadBack) => self.raw("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").await,
            (Dialect::Mariadb, Right::Write) => self.raw("START TRANSACTION").await,
        }
    }

    pub(super) async fn commit(&mut self) -> Result<(), Cause> {
        self.raw(&self.ending("COMMIT")).await
    }

    pub(super) async fn rollback(&mut self) -> Result<(), Cause> {
        self.raw(&self.ending("ROLLBACK")).await
    }

    /// From now on the open transaction can be committed for so long and no longer, whatever becomes of this process.
    pub(super) async fn expire(&mut self, within: Duration) -> Result<(), Cause> {
        let millis = within.as_millis().max(1);
        match self {
            // The process and the machine may have stood still, and the one clock does not see what the other sees.
            Self::Sqlite(connection) => {
                let (begun, until) = (Clock::stopwatch(), Clock::system().now() + within);
                connection.lock_handle().await?.set_commit_hook(move || begun.elapsed() < within && Clock::system().now() < until);
                Ok(())
            }
            Self::Postgres(_) => {
                let idle = format!("SET LOCAL idle_in_transaction_session_timeout = {millis}");
                self.raw(&format!("{idle}; SET LOCAL statement_timeout = {millis}")).await
            }
            Self::Mariadb(_) => self.raw(&format!("SET SESSION wait_timeout = {}", within.as_secs().max(1))).await,
        }
    }

    /// The end of a transaction, and of what [`Link::expire`] set beyond it.
    fn ending(&self, how: &'static str) -> Cow<'static, str> {
        match self.dialect() {
            Dialect::Sqlite | Dialect::Postgres => how.into(),
            Dialect::Mariadb => format!("{how}; SET SESSION wait_timeout = DEFAULT").into(),
        }
    }

    /// Statements without values and answer.
    pub(super) async fn raw(&mut self, text: &str) -> Result<(), Cause> {
        #[cfg(test)]
        count::one();
        let query = sqlx::raw_sql(AssertSqlSafe(text.to_owned()));
        match self {
            Self::Sqlite(connection) => query.execute(connection).await.map(drop)?,
            Self::Postgres(connection) => query.execute(connection).await.map(drop)?,
            Self::Mariadb(connection) => query.execute(connection).await.map(drop)?,
        }
        Ok(())
    }

    /// Runs a statement; how many rows it touched.
    pub(super) async fn run(&mut self, statement: Statement) -> Result<u64, Cause> {
        #[cfg(test)]
        count::one();
        Ok(match self {
            Self::Sqlite(connection) => sqlite(statement).execute(connection).await?.rows_affected(),
            Self::Postgres(connection) => postgres(statement).execute(connection).await?.rows_affected(),
            Self::Mariadb(connection) => mariadb(statement).execute(connection).await?.rows_affected(),
        })
    }

    /// Runs a query and reads its rows as they come.
    pub(super) fn rows(&mut self, statement: Statement) -> Rows<'_> {
        #[cfg(test)]
        count::one();
        let reads = statement.reads.clone();
        match self {
            Self::Sqlite(connection) => {
                let read = |row: SqliteRow| ready((0..row.len()).map(|at| value::sqlite(&row, at)).collect());
                sqlite(statement).fetch(connection).map_err(Cause::from).and_then(read).boxed()
            }
            Self::Postgres(connection) => {
                let read = move |row: PgRow| ready(value::each(&reads, |at, class| value::postgres(&row, at, class)));
                postgres(statement).fetch(connection).map_err(Cause::from).and_then(read).boxed()
            }
            Self::Mariadb(connection) => {
                let read = move |row: MySqlRow| ready(value::each(&reads, |at, class| value::mariadb(&row, at, class)));
                mariadb(statement).fetch(connection).map_err(Cause::from).and_then(read).boxed()
            }
        }
    }

    /// All rows of a short answer.
    pub(super) async fn all(&mut self, statement: Statement) -> Result<Vec<Vec<Value>>, Cause> {
        self.rows(statement).try_collect().await
    }

    /// A single count.
    pub(super) async fn count(&mut self, statement: Statement) -> Result<u64, Cause> {
        Ok(self.counted(statement).await?.into_iter().sum())
    }

    /// Counts of several queries, asked in as few statements as a server takes them in.
    pub(super) async fn counts<T>(
        &mut self,
        items: &[T],
        mut count: impl FnMut(&mut Statement, &T) -> Result<(), Cause>,
    ) -> Result<Vec<u64>, Cause> {
        let mut counted = Vec::with_capacity(items.len());
        for items in items.chunks(COUNTS) {
            let (mut statement, mut wrong) = (Statement::new(self.dialect(), "SELECT "), Ok(()));
            statement.each(", ", items, |statement, item| {
                statement.sql("(");
                wrong = std::mem::replace(&mut wrong, Ok(())).and(count(statement, item));
                statement.sql(")");
            });
            wrong?;
            counted.extend(self.counted(statement).await?);
        }
        Ok(counted)
    }

    /// The whole numbers of a single row.
    async fn counted(&mut self, statement: Statement) -> Result<Vec<u64>, Cause> {
        #[cfg(test)]
        count::one();
        let counts: Result<Vec<i64>, sqlx::Error> = match self {
            Self::Sqlite(connection) => {
                let row = sqlite(statement).fetch_one(connection).await?;
                (0..row.len()).map(|at| row.try_get(at)).collect()
            }
            Self::Postgres(connection) => {
                let row = postgres(statement).fetch_one(connection).await?;
                (0..row.len()).map(|at| row.try_get(at)).collect()
            }
            Self::Mariadb(connection) => {
                let row = mariadb(statement).fetch_one(connection).await?;
                (0..row.len()).map(|at| row.try_get(at)).collect()
            }
        };
        counts?.into_iter().map(|count| u64::try_from(count).map_err(|_| Cause::Driver("a negative count"))).collect()
    }

    /// Closes. The work is done, so an error here changes nothing.
    pub(super) async fn close(self) {
        let closed = match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
            Self::Mariadb(connection) => connection.close().await,
        };
        if let Err(error) = closed {
            tracing::debug!(cause = %Cause::from(error), "a database was not closed");
        }
    }
}

fn sqlite(statement: Statement) -> Query<'static, Sqlite, SqliteArguments> {
    let Statement { text, args, .. } = statement;
    args.into_iter().fold(sqlx::query(AssertSqlSafe(text)), |query, arg| match arg {
        Arg::One(Value::Null | Value::Unreadable(_) | Value::List(_) | Value::Others) | Arg::Many(_) => query.bind(None::<i64>),
        Arg::One(Value::Integer(number)) => query.bind(number),
        Arg::One(Value::Real(number)) => query.bind(number),
        Arg::One(Value::Text(text)) => query.bind(text),
        Arg::One(Value::Bytes(bytes)) => query.bind(bytes),
    })
}

/// Everything goes as text and is cast where it stands, because a parameter has no type of its own.
fn postgres(statement: Statement) -> Query<'static, Postgres, PgArguments> {
    let Statement { text, args, .. } = statement;
    args.into_iter().fold(sqlx::query(AssertSqlSafe(text)), |query, arg| match arg {
        Arg::One(Value::Null | Value::Unreadable(_) | Value::List(_) | Value::Others) => query.bind(None::<String>),
        Arg::One(value) => query.bind(text_of(&value)),
        Arg::Many(texts) => query.bind(texts),
    })
}

fn mariadb(statement: Statement) -> Query<'static, MySql, MySqlArguments> {
    let Statement { text, args, .. } = statement;
    args.into_iter().fold(sqlx::query(AssertSqlSafe(text)), |query, arg| match arg {
        Arg::One(Value::Null | Value::Unreadable(_) | Value::List(_) | Value::Others) | Arg::Many(_) => query.bind(None::<String>),
        Arg::One(Value::Integer(number)) => query.bind(number),
        Arg::One(Value::Real(number)) => query.bind(number),
        Arg::One(Value::Text(text)) => query.bind(text),
        Arg::One(Value::Bytes(bytes)) => query.bind(bytes),
    })
}

/// How many statements a call sends, for tests: a number that no machine's speed changes.
#[cfg(test)]
pub(in crate::connector) mod count {
    use std::cell::Cell;

    thread_local!(static SENT: Cell<usize> = const { Cell::new(0) });

    pub(super) fn one() {
        SENT.set(SENT.get() + 1);
    }

    /// What a call answers, and how many statements this thread sent for it.
    pub(in crate::connector) async fn statements<T>(call: impl Future<Output = T>) -> (T, usize) {
        let before = SENT.get();
        let answer = call.await;
        (answer, SENT.get() - before)
    }
}
