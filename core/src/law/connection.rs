//! How a connected system is reached. A password is named here and never held: the folder may be shown to anybody.

pub mod http;
pub mod manual;

use std::fmt;

use super::{
    folder::{
        node::{Entry, Node},
        problem::Findings,
    },
    map::Collection,
};
use http::Api;
use manual::Manual;

/// How a system is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// An `SQLite` file.
    Sqlite {
        /// The file; a relative path is looked up from the house folder.
        path: String,
    },
    /// A `PostgreSQL` server.
    Postgres(Server),
    /// A `MariaDB` or `MySQL` server.
    Mariadb(Server),
    /// A program that answers in JSON.
    Http(Box<Api>),
    /// People only.
    Manual(Manual),
}

/// A database on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name or address, or the absolute path of its socket (`PostgreSQL`: of the folder that the socket is in).
    pub host: String,
    /// `None`: the usual one.
    pub port: Option<u16>,
    /// The database.
    pub database: String,
    /// Where the collections are, in `PostgreSQL`; `None`: `public`.
    pub schema: Option<String>,
    /// Who habeas is there.
    pub user: String,
    /// `None`: the server asks for none.
    pub password: Option<Secret>,
    /// How the way there is protected.
    pub tls: Tls,
}

impl Server {
    /// Whether the way there leaves this machine.
    pub fn is_remote(&self) -> bool {
        let loopback = self.host.starts_with("127.") && self.host.split('.').map(|part| part.parse::<u8>().is_ok()).eq([true; 4]);
        let local = self.host == "localhost" || self.host == "::1" || self.host.starts_with('/') || loopback;
        !local
    }
}

/// Where a secret is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// In an environment variable.
    Env(String),
    /// In a file; a relative path is looked up from the house folder.
    File(String),
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{path}"),
        }
    }
}

/// How the way to a server is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: for a socket, or a server on this machine.
    Off,
    /// Encrypted, and the server proves its name.
    Verify {
        /// The certificate of who vouches for it, as PEM; `None`: the authorities that browsers trust. A relative path is
        /// looked up from the house folder.
        ca: Option<String>,
    },
}

#[derive(Clone, Copy)]
enum Type {
    Sqlite,
    Postgres,
    Mariadb,
    Http,
    Manual,
}

const TYPES: [(&str, Type); 6] = [
    ("sqlite", Type::Sqlite),
    ("postgres", Type::Postgres),
    ("mariadb", Type::Mariadb),
    ("mysql", Type::Mariadb),
    ("http", Type::Http),
    ("manual", Type::Manual),
];

/// Reads the settings of one system. `collections`: what its data map holds; `None` when it could not be read.
pub(super) fn read(node: &Node, collections: Option<&[Collection]>, findings: &mut Findings<'_>) -> Option<Connection> {
    let mut entry = Entry::open(node, findings)?;
    let kind = entry.required("type", findings).and_then(|node| node.one_of(&TYPES, findings));
    let connection = match kind {
        None => return None,
        Some(Type::Sqlite) => entry.text("path", findings).map(|path| Connection::Sqlite { path }),
        Some(Type::Postgres) => {
            let schema = entry.optional("schema").and_then(|node| node.text(findings)).map(str::to_owned);
            server(&mut entry, findings).map(|server| Connection::Postgres(Server { schema, ..server }))
        }
        Some(Type::Mariadb) => server(&mut entry, findings).map(Connection::Mariadb),
        Some(Type::Http) => http::read(&mut entry, collections, findings).map(|api| Connection::Http(Box::new(api))),
        Some(Type::Manual) => manual::read(&mut entry, collections, findings).map(Connection::Manual),
    };
    entry.close(findings);
    connection
}

fn server(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> Option<Server> {
    let [host, database, user] = ["host", "database", "user"].map(|key| entry.text(key, findings));
    let port = entry.optional("port").map(|node| node.parsed("bad-port", port, findings));
    let password = entry.optional("password").map(|node| node.parsed("bad-secret", secret, findings));
    let tls = entry.optional("tls").map(|node| (node, node.one_of(&[("off", false), ("verify", true)], findings)));
    let ca = entry.optional("ca").and_then(|node| node.text(findings)).map(str::to_owned);
    let mut server = Server {
        host: host?,
        port: port.map_or(Some(None), |port| port.map(Some))?,
        database: database?,
        schema: None,
        user: user?,
        password: password.map_or(Some(None), |password| password.map(Some))?,
        tls: Tls::Off,
    };
    server.tls = match tls {
        Some((_, None)) => return None,
        Some((node, Some(false))) if server.is_remote() => {
            let help = Some("set `tls: verify`, and `ca` where the server's certificate is your own".to_owned());
            findings.problem(node.at, "bare-connection", "what is read of people would cross the network in the clear", help);
            return None;
        }
        Some((_, Some(true))) => Tls::Verify { ca },
        None if server.is_remote() || ca.is_some() => Tls::Verify { ca },
        _ => Tls::Off,
    };
    Some(server)
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().ok().filter(|port| *port > 0).ok_or_else(|| format!("`{text}` is not a port: write a number from 1 to 65535 in quotes"))
}

/// Reads where a secret is. The value is not repeated: where a reference is expected, somebody may have written the secret itself.
pub fn secret(text: &str) -> Result<Secret, &'static str> {
    match text.split_once(':') {
        Some(("env", name)) if is_variable(name) => Ok(Secret::Env(name.to_owned())),
        Some(("file", path)) if !path.trim().is_empty() => Ok(Secret::File(path.to_owned())),
        _ => Err("a secret never stands in this folder: write `env:NAME` or `file:PATH` for where it is"),
    }
}

fn is_variable(name: &str) -> bool {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    plain && name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::{Connection, Secret, Server, Tls};
    use crate::law::{fideslang, fixture::SHOP};

    fn read(connection: &str) -> Result<Connection, Vec<(&'static str, String)>> {
        let map = SHOP.replace("{type: sqlite, path: systems/shop.db}", connection);
        assert_ne!(map, SHOP);
        let told = |problem: &crate::law::folder::Problem| (problem.code, problem.message.clone());
        fideslang::parse("shop.yaml", &map).map(|parsed| parsed.value.connection).map_err(|problems| problems.iter().map(told).collect())
    }

    fn codes(connection: &str) -> Vec<&'static str> {
        read(connection).unwrap_err().into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn a_server_is_named_with_its_secret_by_reference() {
        let remote = "{type: postgres, host: db.example.no, port: '5433', database: shop, schema: sales, user: habeas, password: env:SHOP_PASSWORD, ca: ca.pem}";
        let server = Server {
            host: "db.example.no".into(),
            port: Some(5433),
            database: "shop".into(),
            schema: Some("sales".into()),
            user: "habeas".into(),
            password: Some(Secret::Env("SHOP_PASSWORD".into())),
            tls: Tls::Verify { ca: Some("ca.pem".into()) },
        };
        assert_eq!(read(remote), Ok(Connection::Postgres(server.clone())));
        let local = Server { host: "/run/mysqld/mysqld.sock".into(), port: None, schema: None, tls: Tls::Off, ..server };
        let local = Server { password: Some(Secret::File("secrets/shop".into())), ..local };
        for name in ["mariadb", "mysql"] {
            let written =
                format!("{{type: {name}, host: /run/mysqld/mysqld.sock, database: shop, user: habeas, password: file:secrets/shop}}");
            assert_eq!(read(&written), Ok(Connection::Mariadb(local.clone())));
        }
    }

    #[test]
    fn the_way_to_another_machine_is_always_protected() {
        let tls = |settings: &str| match read(&format!("{{type: mariadb, database: d, user: u, {settings}}}")) {
            Ok(Connection::Mariadb(server)) => server.tls,
            other => panic!("{settings}: {other:?}"),
        };
        for host in ["localhost", "127.0.0.1", "'::1'", "/run/postgresql"] {
            assert_eq!(tls(&format!("host: {host}")), Tls::Off);
        }
        for host in ["localhost.example.no", "127.example.no", "127.0.0.1.example.no"] {
            assert_eq!(tls(&format!("host: {host}")), Tls::Verify { ca: None });
        }
        assert_eq!(tls("host: localhost, tls: verify"), Tls::Verify { ca: None });
        assert_eq!(tls("host: 10.0.0.7"), Tls::Verify { ca: None });
        assert_eq!(codes("{type: postgres, host: db, database: d, user: u, tls: off}"), ["bare-connection"]);
    }

    #[test]
    fn what_is_wrong_is_told_and_a_secret_is_not_repeated() {
        assert_eq!(codes("{type: postgres, host: h, user: u, port: '0', schemas: x}"), ["missing-key", "bad-port", "unknown-key"]);
        assert_eq!(codes("{type: mariadb, host: h, database: d, user: u, schema: s}"), ["unknown-key"]);
        assert_eq!(codes("{type: oracle, host: h}"), ["unknown-word"]);
        for secret in ["hunter2", "env:", "env:NOT A NAME", "file:", "vault:x"] {
            let problems = read(&format!("{{type: postgres, host: h, database: d, user: u, password: '{secret}'}}")).unwrap_err();
            assert_eq!(problems[0].0, "bad-secret");
            assert!(!problems[0].1.contains("hunter2"), "{problems:?}");
        }
    }
}
