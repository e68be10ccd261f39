//! Moving open cases to the newest version of their workflow: a trial for each, and the move.

use std::collections::BTreeMap;

use rocket::{FromForm, get, post};

use crate::{
    action::{door::Action as _, migrate_case::MigrateCase, refusal::Refusal},
    render::{frame::FieldProblem, texts::Message},
    view::desk::moving::MoveCases,
    web::{
        here::{Answer, Colleague},
        posted::Posted,
    },
};

#[get("/desk/workflows/<name>/move?<step>&<moved>")]
pub(super) async fn trial(colleague: Colleague<'_>, name: &str, step: Vec<String>, moved: Option<usize>) -> Answer {
    let page = colleague.trial(name, &step).await?;
    colleague.show(&MoveCases { moved, ..page })
}

#[derive(FromForm)]
pub(super) struct Chosen {
    case: Vec<String>,
    step: Vec<String>,
    #[field(default = false)]
    sure: bool,
}

#[post("/desk/workflows/<name>/move", data = "<form>")]
pub(super) async fn moves(colleague: Colleague<'_>, name: &str, form: Posted<Chosen>) -> Answer {
    let page = colleague.trial(name, &form.0.step).await?.choosing(&form.0.case);
    let problems = form.0.problems(&page);
    if !problems.is_empty() {
        return colleague.again(&page, problems);
    }
    let moved = colleague.moves(&page).await?;
    colleague.go(&format!("/desk/workflows/{name}/move?moved={moved}"))
}

impl Chosen {
    fn problems(&self, page: &MoveCases) -> Vec<FieldProblem> {
        let none = page.chosen().next().is_none().then(|| FieldProblem::new("case", Message::new("problem-move-none")));
        let unsure = (!self.sure).then(|| FieldProblem::new("sure", Message::new("problem-move-unsure")));
        none.into_iter().chain(unsure).collect()
    }
}

/// `old=new`; where nothing takes the place, `new` is empty.
fn mapping(steps: &[String]) -> BTreeMap<String, String> {
    let pair = |step: &String| step.split_once('=').filter(|(old, new)| !old.is_empty() && !new.is_empty()).map(owned);
    steps.iter().filter_map(pair).collect()
}

fn owned((old, new): (&str, &str)) -> (String, String) {
    (old.to_owned(), new.to_owned())
}

impl Colleague<'_> {
    /// Whether this person may move cases at all.
    pub(super) fn may_move(&self) -> bool {
        MigrateCase { case: String::new(), steps: BTreeMap::new() }.permit(&self.actor).is_ok()
    }

    /// Every case shown is moved for a trial, and nothing of it is kept.
    async fn trial(&self, name: &str, steps: &[String]) -> Result<MoveCases, Refusal> {
        let (door, look) = (&self.state.door, &self.state.look);
        let newest = door.workflows().loaded().find(|(definition, _, current)| *current && definition.name == name);
        let (newest, ..) = newest.filter(|_| self.may_move()).ok_or(Refusal::NotFound("workflow"))?;
        let (steps, mut waiting) = (mapping(steps), Vec::new());
        for older in door.workflows().older(name).unwrap_or_default() {
            waiting.push((older, look.open_on(&older.sha256).await?));
        }
        let page = MoveCases::new(newest, &waiting, &steps);
        let mut against = Vec::new();
        for trial in &page.can {
            let migration = MigrateCase { case: trial.reference.clone(), steps: steps.clone() };
            against.push(match door.could_migrate(&self.actor, migration).await {
                Ok(()) => None,
                Err(Refusal::Unavailable(error)) => return Err(Refusal::Unavailable(error)),
                Err(refusal) => Some((refusal.code().to_owned(), refusal.to_string())),
            });
        }
        Ok(page.tried(against))
    }

    /// Moves what is chosen, each case by itself. One that moved on since its trial stays, and the page tells why.
    async fn moves(&self, page: &MoveCases) -> Result<usize, Refusal> {
        let (steps, mut moved) = (mapping(&page.steps), 0);
        for case in page.chosen() {
            match self.state.door.run(&self.actor, MigrateCase { case: case.to_owned(), steps: steps.clone() }).await {
                Ok(()) => moved += 1,
                Err(Refusal::Unavailable(error)) => return Err(Refusal::Unavailable(error)),
                Err(_) => {}
            }
        }
        Ok(moved)
    }
}
