//! Notes what restricted data was used for all the same (Art. 18(2)), by whom and why, before each restriction that was passed.

use habeas_core::law::{gate::Use, personal::Personal};

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::{Problem, Refusal},
};
use crate::store::{
    case,
    gate::{self, Shut, Used},
    sealed::{self, Reason},
};

/// How long an answer may be.
const LONGEST: usize = 1_000;

/// A use of restricted data.
#[derive(Debug, Clone)]
pub struct NoteUse {
    /// Index of the person under the gate's key, 64 hex digits.
    pub person: String,
    /// Which of the permitted ones.
    pub purpose: Use,
    /// Who used it.
    pub by: Personal<String>,
    /// Why it was necessary.
    pub why: Personal<String>,
}

impl Action for NoteUse {
    /// The cases whose restriction it passed.
    type Done = Vec<String>;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::System { .. }) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Vec<String>>, Refusal> {
        let Actor::System { name } = inside.by else { return Err(Refusal::Denied) };
        self.check()?;
        let stopped = gate::of_person(inside.tx, &self.person).await?;
        let passed: Vec<&Shut> = stopped.iter().filter(|shut| shut.what.uses.contains(&self.purpose)).collect();
        if passed.is_empty() {
            let why = "nothing restricts this person's data to such uses: ask again before you use it";
            return Err(Refusal::conflict("nothing-passed", why));
        }
        let reason = Reason { by: self.by.reveal().trim().to_owned(), why: self.why.reveal().trim().to_owned() };
        let mut facts = Vec::new();
        for shut in &passed {
            let case = case::get(inside.tx, &shut.what.case).await?.ok_or(Refusal::NotFound("case"))?;
            let id = inside.row_id()?;
            let sealed = sealed::key_of(inside.keys, &case)?.seal(inside.chance, &gate::place(&id), &reason)?;
            let fact = Fact::of_case("restricted-data-used", &case.id).with("use", self.purpose.name()).with("client", name);
            let used = Used { id, case: case.id, client: name.clone(), purpose: self.purpose, at: inside.now, sealed };
            gate::note(inside.tx, &used).await?;
            facts.push(fact);
        }
        let cases = passed.iter().map(|shut| shut.what.case.clone()).collect();
        let first = facts.pop().ok_or(Refusal::NotFound("case"))?;
        Ok(Outcome::new(cases, first).and(facts))
    }
}

impl NoteUse {
    fn check(&self) -> Result<(), Refusal> {
        let wrong = |text: &Personal<String>| text.reveal().trim().is_empty() || text.reveal().chars().count() > LONGEST;
        let problems: Vec<Problem> = [("by", &self.by), ("why", &self.why)]
            .into_iter()
            .filter(|(_, text)| wrong(text))
            .map(|(field, _)| Problem::new(field, "use-unexplained"))
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
    }
}
