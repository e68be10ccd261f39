//! The servers of the test run.

use std::path::Path;

use habeas_core::law::map::{Secret, Server, Tls};
use sqlx::{
    AssertSqlSafe, ConnectOptions, MySqlConnection, PgConnection,
    mysql::{MySqlConnectOptions, MySqlSslMode},
    postgres::PgConnectOptions,
};

use crate::config;

/// Where the servers of the test run are, with a user who may do everything there.
pub(super) const POSTGRES: &str = "HABEAS_TEST_POSTGRES";
pub(super) const MARIADB: &str = "HABEAS_TEST_MARIADB";

/// A check that cannot run must fail.
pub(super) fn server(variable: &str) -> Server {
    let url = config::secret(&Secret::Env(variable.to_owned()), Path::new(""));
    let url = url.unwrap_or_else(|| panic!("set {variable}, or run scripts/test, which starts the servers"));
    let (_, rest) = url.split_once("://").unwrap();
    let (user, rest) = rest.split_once('@').unwrap();
    let (host, database) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = host.rsplit_once(':').unwrap();
    Server {
        host: host.to_owned(),
        port: Some(port.parse().unwrap()),
        database: database.to_owned(),
        schema: None,
        user: user.to_owned(),
        password: None,
        tls: Tls::Off,
    }
}

pub(super) async fn postgres(schema: Option<&str>) -> PgConnection {
    let server = server(POSTGRES);
    let options = PgConnectOptions::new_without_pgpass().host(&server.host).port(server.port.unwrap()).username(&server.user);
    let mut connection = options.database(&server.database).connect().await.unwrap();
    if let Some(schema) = schema {
        raw(&mut connection, &format!("SET search_path = {schema}")).await;
    }
    connection
}

pub(super) async fn mariadb(database: Option<&str>) -> MySqlConnection {
    let server = server(MARIADB);
    let options = MySqlConnectOptions::new().host(&server.host).port(server.port.unwrap()).username(&server.user);
    let options = options.ssl_mode(MySqlSslMode::Disabled);
    let mut connection = options.connect().await.unwrap();
    let settings =
        "SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT', time_zone = '+00:00'; SET SESSION max_recursive_iterations = 100000";
    mariadb_raw(&mut connection, settings).await;
    if let Some(database) = database {
        mariadb_raw(&mut connection, &format!("USE {database}")).await;
    }
    connection
}

pub(super) async fn raw(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

pub(super) async fn mariadb_raw(connection: &mut MySqlConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
