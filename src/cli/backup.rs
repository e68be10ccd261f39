//! `habeas backup` and `habeas restore`: habeas's own database as one file.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{CliError, say};
use crate::{config::Config, house::House};

/// A file.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file of the copy
    file: PathBuf,
}

/// Writes a copy while the house goes on working.
pub(super) async fn save(house: Option<&Path>, BackupArgs { file }: &BackupArgs) -> Result<(), CliError> {
    let (config, _) = Config::read(house)?;
    own_file(&config, "pg_dump --format=custom --file FILE \"$DATABASE_URL\"")?;
    let house = House::open(&config).await?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let copy = options.open(file).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => CliError::Said(format!("file `{}` is there already; name another one", file.display())),
        _ => CliError::File(file.clone(), error),
    })?;
    house.save(file).await?;
    copy.sync_all().map_err(|error| CliError::File(file.clone(), error))?;
    let ledger = config.ledger.unwrap_or_else(|| config.house.join("ledger.jsonl"));
    say(&format!(
        "not in it: the keys (`{}`), the packages (`{}`) and the erasure ledger (`{}`); keep the keys and the ledger somewhere else",
        config.house.join("keys").display(),
        config.house.join("packages").display(),
        ledger.display()
    ));
    Ok(())
}

/// Puts a copy in the place of the database, and erases again what was erased since.
pub(super) async fn put_back(house: Option<&Path>, BackupArgs { file }: &BackupArgs) -> Result<(), CliError> {
    let (config, _) = Config::read(house)?;
    let own = own_file(&config, "pg_restore --clean --if-exists --dbname \"$DATABASE_URL\" FILE`, then `habeas serve")?;
    if !config.house.join("keys/house.key").is_file() {
        return Err(CliError::Said(format!("there are no keys in `{}`; put them back first", config.house.join("keys").display())));
    }
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| CliError::File(path, error)
    };
    if !file.is_file() || !House::is_whole(file).await {
        return Err(CliError::Said(format!("`{}` is no whole copy of a house's database", file.display())));
    }
    if own.exists() {
        let aside = own.with_extension("db.replaced");
        if aside.exists() {
            return Err(CliError::Said(format!("`{}` is still there from an earlier restore; move it away first", aside.display())));
        }
        House::leave(&own).await?;
        fs::rename(&own, &aside).map_err(at(&own))?;
        say(&format!("the database that was there is now `{}`; delete it when you do not need it any more", aside.display()));
    }
    let beside = own.with_extension("db.new");
    fs::copy(file, &beside).map_err(at(&beside))?;
    fs::File::open(&beside).and_then(|copy| copy.sync_all()).map_err(at(&beside))?;
    fs::rename(&beside, &own).map_err(at(&own))?;
    catch_up(&House::open(&config).await?).await
}

/// What was erased since the database's backup is erased again, before anybody is let in.
pub async fn catch_up(house: &House) -> Result<(), CliError> {
    for (system, collections) in house.worker.catch_up().await? {
        let sum = |of: fn(&habeas_core::law::ledger::Counts) -> u64| collections.values().map(of).sum::<u64>();
        let (again, held, look) = (sum(|it| it.again), sum(|it| it.held), sum(|it| it.look));
        say(&format!("{system}: the database is older than the erasure ledger; {again} erased again, {held} held, {look} to look at"));
    }
    Ok(())
}

fn own_file(config: &Config, instead: &str) -> Result<PathBuf, CliError> {
    let on_a_server = || CliError::Said(format!("this house's database is on PostgreSQL; use its own tools: `{instead}`"));
    House::file(config).ok_or_else(on_a_server)
}
