//! Places many legal holds at once, from a table: all of them or none. The same can be tried before.

use habeas_core::law::hold::{
    Hold, Scope,
    sheet::{self, Line, Misread},
};

use super::{
    actor::{Actor, Denied},
    door::{Action, Door, Inside},
    fact::{Fact, Outcome},
    place_hold::{self, Placed},
    refusal::{Problem, Refusal},
};
use crate::store::{case, hold};

/// The table.
#[derive(Debug, Clone)]
pub struct ImportHolds {
    /// As `docs/how-to/place-a-hold.md` describes it.
    pub sheet: String,
}

impl Action for ImportHolds {
    /// In the order of the lines.
    type Done = Vec<Placed>;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&place_hold::MAY)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Vec<Placed>>, Refusal> {
        let lines = check(inside, &self.sheet).await?;
        let (mut holds, mut facts) = (Vec::new(), Vec::new());
        for (line, subject) in lines {
            let (placed, fact) = place_hold::place(inside, line.hold, subject).await?;
            holds.push(placed);
            facts.push(fact);
        }
        let fact = Fact::of_house("holds-imported").with("holds", holds.len().to_string());
        Ok(Outcome::new(holds, fact).and(facts))
    }

    async fn afterwards(door: &Door, mut placed: Vec<Placed>) -> Result<(Vec<Placed>, Option<Fact>), Refusal> {
        let fact = place_hold::wait_for(door, &mut placed).await?;
        Ok((placed, fact))
    }
}

impl Door {
    /// Whether a table could be imported, without importing it: its lines, or everything that is wrong.
    pub async fn could_import(&self, by: &Actor, import: ImportHolds) -> Result<Vec<Line>, Refusal> {
        import.permit(by).map_err(|Denied| Refusal::Denied)?;
        let tx = self.store.begin().await?;
        let found = check(&self.inside(&tx, by, self.clock.now()), &import.sheet).await;
        tx.roll_back().await?;
        Ok(found?.into_iter().map(|(line, _)| line).collect())
    }
}

/// Every line with the person it is about, by index. What is wrong is told all at once; a hold that is in force already is wrong, so
/// that a table that is sent twice places nothing twice.
async fn check(inside: &Inside<'_>, text: &str) -> Result<Vec<(Line, Option<String>)>, Refusal> {
    let (lines, misread) = sheet::read(text, inside.today, inside.organisation.systems());
    let there: Vec<Hold> = hold::all(inside.tx).await?.into_iter().map(|stored| stored.hold).collect();
    let (mut found, mut problems) = (Vec::new(), misread.iter().map(problem).collect::<Vec<_>>());
    for line in lines {
        let subject = match &line.hold.case {
            None => None,
            Some(reference) => {
                let Some(case) = case::get(inside.tx, reference).await? else {
                    problems.push(Problem::new("sheet", "case-unknown").at(line.line, line.case_column));
                    continue;
                };
                Some(case.person().to_owned())
            }
        };
        if there.iter().any(|hold| hold.is_active(inside.today) && is_same(hold, &line, subject.as_ref())) {
            problems.push(Problem::new("sheet", "sheet-there-already").at(line.line, 0));
        }
        found.push((line, subject));
    }
    problems.sort_by_key(|problem| problem.at);
    if problems.is_empty() { Ok(found) } else { Err(Refusal::Invalid(problems)) }
}

fn is_same(hold: &Hold, line: &Line, subject: Option<&String>) -> bool {
    let wanted = &line.hold;
    let scope = Scope { subject: subject.cloned(), ..wanted.scope.clone() };
    hold.scope == scope && hold.basis == wanted.basis && hold.matter == wanted.matter
}

fn problem(wrong: &Misread) -> Problem {
    Problem::new("sheet", wrong.code).at(wrong.line, wrong.column).about(&wrong.why)
}
