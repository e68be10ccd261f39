//! Files that go with what is written in a case, each sealed by itself. Not an action: actions call it.

use habeas_core::law::upload::{self, Upload};

use super::{
    door::Inside,
    fact::Fact,
    refusal::{Problem, Refusal},
};
use crate::store::{
    case::Case,
    message::{self, file::StoredFile},
    sealed,
};

/// Files of one message, or one statement.
const MOST: usize = 5;
/// What the files of a case come to at most, in bytes, whoever sent them.
const ROOM: i64 = 100 << 20;

/// Files that are what they say, each with the name it is kept under.
pub(super) struct Accepted<'a>(Vec<(String, &'a Upload)>);

impl<'a> Accepted<'a> {
    /// Looks at files; with what is wrong with them.
    pub(super) fn of(files: &'a [Upload]) -> (Self, Vec<Problem>) {
        let too_much = (files.len() > MOST).then_some("files-too-many").or_else(|| upload::too_much(files));
        let mut problems: Vec<Problem> = too_much.map(|code| Problem::new("file", code)).into_iter().collect();
        let mut accepted = Vec::new();
        for file in files {
            match file.accept() {
                Ok(name) => accepted.push((name, file)),
                Err(code) => problems.push(Problem::new("file", code)),
            }
        }
        problems.dedup_by_key(|problem| (problem.field.clone(), problem.code));
        (Self(accepted), problems)
    }

    /// How many go with it; neither their names nor what is in them.
    pub(super) fn told(&self, fact: Fact) -> Fact {
        if self.0.is_empty() { fact } else { fact.with("files", self.0.len().to_string()) }
    }

    /// Keeps them with the message or statement of this id, if the case has room for them.
    pub(super) async fn put(&self, inside: &Inside<'_>, case: &Case, with: &str) -> Result<(), Refusal> {
        self.fit(inside, case).await?;
        let seal = sealed::key_of(inside.keys, case)?;
        for ((name, file), place) in self.0.iter().zip(0..) {
            let id = inside.row_id()?;
            let sealed = seal.seal_bytes(inside.chance, &message::file::place(&id), &file.bytes)?;
            let stored = StoredFile {
                case: case.id.clone(),
                message: with.to_owned(),
                place,
                size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
                named: seal.seal(inside.chance, &message::file::name_place(&id), name)?,
                id,
            };
            message::file::insert(inside.tx, &stored, sealed).await?;
        }
        Ok(())
    }

    async fn fit(&self, inside: &Inside<'_>, case: &Case) -> Result<(), Refusal> {
        if self.0.is_empty() {
            return Ok(());
        }
        let kept: i64 = message::file::of_case(inside.tx, &case.id).await?.iter().map(|file| file.size).sum();
        let new: i64 = self.0.iter().map(|(_, file)| i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)).sum();
        if kept.saturating_add(new) > ROOM { Err(Refusal::invalid("file", "files-no-room")) } else { Ok(()) }
    }
}
