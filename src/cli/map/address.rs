//! The address of a database as people write it, taken apart into the settings of a connection. A password never goes in.

use std::path::Path;

use habeas_core::law::{
    connection,
    map::{Connection, Secret, Server, Tls},
};

/// What may be said besides the address.
#[derive(Debug, Default, Clone)]
pub(in crate::cli) struct Besides {
    pub(super) password: Option<Secret>,
    pub(super) schema: Option<String>,
    pub(super) ca: Option<String>,
}

/// Reads an address: `postgres://user@host/db`, `mysql://…`, `mariadb://…`, `sqlite:path`, or the path of a file.
pub(in crate::cli) fn parse(address: &str, besides: Besides) -> Result<Connection, String> {
    let (kind, rest) = match address.split_once("://") {
        Some(("postgres" | "postgresql", rest)) => (Kind::Postgres, rest),
        Some(("mysql" | "mariadb", rest)) => (Kind::Mariadb, rest),
        Some(("sqlite" | "file", path)) => return file(path),
        Some((other, _)) => return Err(format!("`{other}` is no kind of database here: write postgres, mariadb, mysql or sqlite")),
        None => return file(address.strip_prefix("sqlite:").unwrap_or(address)),
    };
    let (server, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut server = server_of(server)?;
    server.password = besides.password;
    let mut ca = besides.ca;
    server.schema = besides.schema;
    for (key, value) in query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, ""))) {
        let value = decoded(value)?;
        match key {
            "password" => server.password = Some(connection::secret(&value).map_err(|_| NO_PASSWORD.to_owned())?),
            "schema" => server.schema = Some(value),
            "host" | "socket" => server.host = value,
            "ca" => ca = Some(value),
            other => return Err(format!("`{other}` is not known here: an address may have password, schema, host and ca")),
        }
    }
    server.tls = if server.is_remote() || ca.is_some() { Tls::Verify { ca } } else { Tls::Off };
    match kind {
        Kind::Postgres => Ok(Connection::Postgres(server)),
        Kind::Mariadb if server.schema.is_some() => Err("MariaDB has no schemas: name the database in the address".to_owned()),
        Kind::Mariadb => Ok(Connection::Mariadb(server)),
    }
}

enum Kind {
    Postgres,
    Mariadb,
}

const NO_PASSWORD: &str = "a password never stands in an address, where histories and process lists keep it: put it into an environment \
    variable and write `--password env:NAME` (or `?password=env:NAME`), or into a file and write `--password file:PATH`";

fn server_of(text: &str) -> Result<Server, String> {
    let (authority, database) = text.split_once('/').unwrap_or((text, ""));
    let (user, place) = authority.rsplit_once('@').ok_or("the address names nobody to connect as: write `user@host`")?;
    if user.contains(':') {
        return Err(NO_PASSWORD.to_owned());
    }
    if user.is_empty() || database.is_empty() {
        return Err("the address is not whole: write `postgres://user@host/database`".to_owned());
    }
    let (host, port) = match place.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let port = port.map(|port| port.parse().ok().filter(|port| *port > 0).ok_or_else(|| format!("`{port}` is not a port"))).transpose()?;
    Ok(Server {
        host: if host.is_empty() { "localhost".to_owned() } else { decoded(host)? },
        port,
        database: decoded(database)?,
        schema: None,
        user: decoded(user)?,
        password: None,
        tls: Tls::Off,
    })
}

/// A file, by a path that means the same from everywhere.
fn file(path: &str) -> Result<Connection, String> {
    let found = Path::new(path).canonicalize().map_err(|_| format!("there is no file `{path}`"))?;
    if !found.is_file() {
        return Err(format!("`{path}` is not a file"));
    }
    let path = found.to_str().ok_or_else(|| format!("the path of `{path}` is not text"))?;
    Ok(Connection::Sqlite { path: path.to_owned() })
}

/// A part of an address without its `%20`s.
fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next()), digit(rest.next()));
        let value = high.zip(low).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        bytes.push(value.ok_or("after `%` an address needs two digits, such as `%20`")?);
    }
    String::from_utf8(bytes).map_err(|_| "the address is not UTF-8".to_owned())
}

/// The name a system gets when nobody gives it one: its database's or file's, as far as a name may hold it.
pub(in crate::cli) fn key(connection: &Connection) -> String {
    let name = match connection {
        Connection::Sqlite { path } => Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default(),
        Connection::Postgres(server) | Connection::Mariadb(server) => &server.database,
        Connection::Http(api) => api.base.host_str().unwrap_or_default(),
        Connection::Manual(_) => "",
    };
    let plain = name.chars().map(|sign| if sign.is_ascii_alphanumeric() || sign == '_' { sign.to_ascii_lowercase() } else { '-' });
    let plain: String = plain.collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "system".to_owned() } else { plain.to_owned() }
}

/// How a database is called in words: without who connects and how.
pub(in crate::cli) fn shown(connection: &Connection) -> String {
    match connection {
        Connection::Sqlite { path } => path.clone(),
        Connection::Postgres(server) => {
            format!("{} on {}, schema {}", server.database, server.host, server.schema.as_deref().unwrap_or("public"))
        }
        Connection::Mariadb(server) => format!("{} on {}", server.database, server.host),
        Connection::Http(api) => api.base.to_string(),
        Connection::Manual(_) => "a person".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::map::{Connection, Secret, Tls};

    use super::{Besides, key, parse, shown};

    fn read(address: &str) -> Result<Connection, String> {
        parse(address, Besides::default())
    }

    #[test]
    fn an_address_is_taken_apart() {
        let Ok(Connection::Postgres(server)) =
            read("postgresql://me%40work@db.example.no:5433/the%20shop?schema=Sales&password=env:SHOP&ca=ca.pem")
        else {
            panic!()
        };
        assert_eq!(
            (server.host.as_str(), server.port, server.database.as_str(), server.user.as_str()),
            ("db.example.no", Some(5433), "the shop", "me@work")
        );
        assert_eq!((server.schema.as_deref(), &server.password), (Some("Sales"), &Some(Secret::Env("SHOP".into()))));
        assert_eq!(server.tls, Tls::Verify { ca: Some("ca.pem".into()) });
        let Ok(Connection::Mariadb(server)) = read("mariadb://root@[::1]/shop") else { panic!() };
        assert_eq!((server.host.as_str(), server.tls), ("::1", Tls::Off));
        let Ok(Connection::Mariadb(server)) = read("mysql://root@/shop?socket=/run/mysqld/mysqld.sock") else { panic!() };
        assert_eq!(server.host, "/run/mysqld/mysqld.sock");
        let Ok(Connection::Postgres(server)) = read("postgres://me@db.example.no/shop") else { panic!() };
        assert_eq!(server.tls, Tls::Verify { ca: None }, "the way to another machine is protected");
    }

    #[test]
    fn a_password_is_refused_with_advice_and_not_repeated() {
        for address in
            ["postgres://me:hunter2@localhost/shop", "mysql://me@localhost/shop?password=hunter2", "postgres://me:@localhost/shop"]
        {
            let told = read(address).unwrap_err();
            assert!(told.contains("--password env:NAME") && !told.contains("hunter2"), "{told}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        for (address, told) in [
            ("oracle://x@y/z", "postgres, mariadb, mysql or sqlite"),
            ("postgres://localhost/shop", "user@host"),
            ("postgres://me@localhost", "postgres://user@host/database"),
            ("postgres://me@localhost:0/shop", "`0` is not a port"),
            ("postgres://me@localhost/shop?sslmode=off", "`sslmode` is not known"),
            ("postgres://me@localhost/%zz", "two digits"),
            ("mysql://me@localhost/shop?schema=x", "no schemas"),
            ("/nowhere/at/all.db", "there is no file"),
            ("sqlite:/tmp", "is not a file"),
        ] {
            let words = read(address).unwrap_err();
            assert!(words.contains(told), "{address}: {words}");
        }
    }

    #[test]
    fn a_file_is_named_from_everywhere() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Web Shop.db");
        std::fs::write(&file, "").unwrap();
        let path = file.canonicalize().unwrap().to_str().unwrap().to_owned();
        for address in [path.clone(), format!("sqlite:{path}"), format!("sqlite://{path}")] {
            let connection = read(&address).unwrap();
            assert_eq!(connection, Connection::Sqlite { path: path.clone() });
            assert_eq!((key(&connection), shown(&connection)), ("web-shop".to_owned(), path.clone()));
        }
    }
}
