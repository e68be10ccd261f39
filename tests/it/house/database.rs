//! An empty database for one test: a file, or a database of its own on the PostgreSQL server of the test run.

use std::path::Path;

use habeas::{chance::Chance, store::Address};
use sea_orm::{ConnectionTrait as _, Database as Connect, DatabaseConnection};
use tempfile::TempDir;

/// Where the server is, with a user who may make databases.
const SERVER: &str = "HABEAS_TEST_POSTGRES";

/// An empty database and the folder of the house that uses it.
pub(crate) struct Database {
    folder: TempDir,
    address: Address,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let address = Address::File(folder.path().join("habeas.db"));
        Self { folder, address }
    }

    pub(crate) async fn postgres() -> Self {
        let name = format!("habeas_it_{}", Chance.id().unwrap());
        server().await.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        let (server, _) = server_url().rsplit_once('/').map(|(server, rest)| (server.to_owned(), rest.to_owned())).unwrap();
        Self { folder: TempDir::new().unwrap(), address: Address::Postgres(format!("{server}/{name}")) }
    }

    pub(crate) const fn address(&self) -> &Address {
        &self.address
    }

    /// For [`habeas::config::Config`]: `None` is the house's own file.
    pub(crate) fn url(&self) -> Option<String> {
        match &self.address {
            Address::File(_) => None,
            Address::Postgres(url) => Some(url.clone()),
        }
    }

    /// A connection beside habeas.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        let url = match &self.address {
            Address::File(path) => format!("sqlite://{}", path.display()),
            Address::Postgres(url) => url.clone(),
        };
        Connect::connect(url).await.unwrap()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Removes what does not go with the folder. A story that fails leaves its database for a look.
    pub(crate) async fn remove(self) {
        if let Address::Postgres(url) = &self.address {
            let name = url.rsplit('/').next().unwrap();
            server().await.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
    }
}

async fn server() -> DatabaseConnection {
    Connect::connect(server_url()).await.unwrap_or_else(|error| panic!("the server that {SERVER} names does not answer: {error}"))
}

/// A check that cannot run must fail, so there is no story without its PostgreSQL half.
#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
fn server_url() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| panic!("set {SERVER}, or run scripts/test, which starts a PostgreSQL"))
}

/// Makes two tests of each story: `STORY::on_sqlite` and `STORY::on_postgres`. A story takes what `$open` makes of a database.
macro_rules! on_every_store {
    ($open:path: $($story:ident),* $(,)?) => {
        $(mod $story {
            use crate::house::database::Database;

            #[tokio::test]
            async fn on_sqlite() {
                let database = Database::sqlite();
                super::$story($open(&database).await).await;
                database.remove().await;
            }

            #[tokio::test]
            async fn on_postgres() {
                let database = Database::postgres().await;
                super::$story($open(&database).await).await;
                database.remove().await;
            }
        })*
    };
    ($($story:ident),* $(,)?) => {
        $crate::house::database::on_every_store!($crate::house::test_house::TestHouse::open: $($story),*);
    };
}
pub(crate) use on_every_store;
