//! `habeas backup` and `habeas restore`: habeas's own database as one file, and the case keys as another.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{CliError, say};
use crate::{config::Config, house::House, keys::KeyFolder};

/// A file for the data, and one for the keys.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file of the copy
    file: PathBuf,
    /// The file of the case keys' copy, `FILE.keys` unless named: move it elsewhere and keep it no longer than 30 days
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

/// What is put back.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The copy
    file: PathBuf,
    /// A copy of the case keys, only where those of the house are lost
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

/// How the case keys of a house on PostgreSQL are left out of its data.
const DUMP: &str = "pg_dump --format=custom --exclude-schema=habeas_keys --file FILE \"$DATABASE_URL\"";
/// And how it is put back.
const UNDUMP: &str = "pg_restore --clean --if-exists --dbname \"$DATABASE_URL\" FILE`, then `habeas serve";

/// Writes a copy while the house goes on working: the data first, so that no case in it lacks its key in the other.
pub(super) async fn save(house: Option<&Path>, BackupArgs { file, keys }: &BackupArgs) -> Result<(), CliError> {
    let (config, _) = Config::read(house)?;
    on_disk(House::file(&config), DUMP)?;
    on_disk(House::key_file(&config), "pg_dump --format=custom --schema=habeas_keys --file FILE \"$HABEAS_CASE_KEYS\"")?;
    let keys = keys.clone().unwrap_or_else(|| PathBuf::from(format!("{}.keys", file.display())));
    let house = House::open(&config).await?;
    let (copy, key_copy) = (new(file)?, new(&keys)?);
    house.save(file).await?;
    copy.sync_all().map_err(|error| CliError::File(file.clone(), error))?;
    house.save_keys(&keys).await?;
    key_copy.sync_all().map_err(|error| CliError::File(keys.clone(), error))?;
    let ledger = config.ledger.clone().unwrap_or_else(|| config.house.join("ledger.jsonl"));
    let own = config.key_folder().map_or_else(|| "with systemd".to_owned(), |folder| format!("`{}`", folder.display()));
    say(&format!(
        "not in it: the keys ({own}), the packages (`{}`) and the erasure ledger (`{}`); keep the keys and the ledger somewhere else",
        config.house.join("packages").display(),
        ledger.display()
    ));
    say(&format!(
        "the case keys are in `{}`: keep it apart from the data and destroy it within 30 days, or what was shredded could be read again",
        keys.display()
    ));
    Ok(())
}

/// Puts a copy in the place of the database, and erases again what was erased since.
pub(super) async fn put_back(house: Option<&Path>, RestoreArgs { file, keys }: &RestoreArgs) -> Result<(), CliError> {
    let (config, _) = Config::read(house)?;
    let own = on_disk(House::file(&config), UNDUMP)?;
    if let Some(folder) = config.key_folder().filter(|folder| !KeyFolder::is_there(folder)) {
        return Err(CliError::Said(format!("there are no keys in `{}`; put them back first", folder.display())));
    }
    if !file.is_file() || !House::is_whole(file).await {
        return Err(CliError::Said(format!("`{}` is no whole copy of a house's database", file.display())));
    }
    if let Some(keys) = keys {
        let own = on_disk(House::key_file(&config), UNDUMP)?;
        if !keys.is_file() || !House::is_whole_key_store(keys).await {
            return Err(CliError::Said(format!("`{}` is no whole copy of a house's case keys", keys.display())));
        }
        replace(&own, keys).await?;
    } else if let Some(lost) = House::key_file(&config).filter(|own| !own.is_file()) {
        return Err(CliError::Said(format!("there are no case keys in `{}`: add their copy with `--keys FILE`", lost.display())));
    }
    replace(&own, file).await?;
    catch_up(&House::open(&config).await?).await
}

/// Puts a copy in the place of a database's file, which is put aside.
async fn replace(own: &Path, copy: &Path) -> Result<(), CliError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| CliError::File(path, error)
    };
    if own.exists() {
        let aside = own.with_extension("db.replaced");
        if aside.exists() {
            return Err(CliError::Said(format!("`{}` is still there from an earlier restore; move it away first", aside.display())));
        }
        House::leave(own).await?;
        fs::rename(own, &aside).map_err(at(own))?;
        say(&format!("the database that was there is now `{}`; delete it when you do not need it any more", aside.display()));
    }
    let beside = own.with_extension("db.new");
    fs::copy(copy, &beside).map_err(at(&beside))?;
    fs::File::open(&beside).and_then(|copy| copy.sync_all()).map_err(at(&beside))?;
    fs::rename(&beside, own).map_err(at(own))
}

/// A file that is made now and that only this user can read.
fn new(file: &Path) -> Result<fs::File, CliError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => CliError::Said(format!("file `{}` is there already; name another one", file.display())),
        _ => CliError::File(file.to_owned(), error),
    })
}

/// What was erased since the database's backup is erased again, and what was shredded is shredded again, before anybody is let in.
pub async fn catch_up(house: &House) -> Result<(), CliError> {
    house.worker.forget_all().await?;
    for (system, collections) in house.worker.catch_up().await? {
        let sum = |of: fn(&habeas_core::law::ledger::Counts) -> u64| collections.values().map(of).sum::<u64>();
        let (again, held, look) = (sum(|it| it.again), sum(|it| it.held), sum(|it| it.look));
        say(&format!("{system}: the database is older than the erasure ledger; {again} erased again, {held} held, {look} to look at"));
    }
    Ok(())
}

fn on_disk(file: Option<PathBuf>, instead: &str) -> Result<PathBuf, CliError> {
    file.ok_or_else(|| CliError::Said(format!("this house's database is on PostgreSQL; use its own tools: `{instead}`")))
}
