//! Many holds from a table: sent, looked at line by line, placed all at once.

use rocket::{get, post};

use super::hold;
use crate::{
    action::{import_holds::ImportHolds, refusal::Refusal},
    render::{frame::FieldProblem, texts::Message},
    view::desk::hold_import::{HoldImport, Wrong},
    web::{
        handed::Handed,
        here::{Answer, Colleague},
    },
};

#[get("/desk/holds/import")]
pub(super) fn form(colleague: Colleague<'_>) -> Answer {
    if !colleague.eyes().see_all() {
        return Err(Refusal::NotFound("page").into());
    }
    colleague.show(&colleague.sheet("", Vec::new()))
}

#[post("/desk/holds/import", data = "<form>")]
pub(super) async fn look(colleague: Colleague<'_>, form: Handed) -> Answer {
    let sheet = match form.files.first().map(|file| str::from_utf8(&file.bytes)) {
        Some(Ok(sheet)) if !sheet.trim().is_empty() => sheet.to_owned(),
        _ => return colleague.again(&colleague.sheet("", Vec::new()), vec![problem("problem-sheet-missing")]),
    };
    match colleague.state.door.could_import(&colleague.actor, ImportHolds { sheet: sheet.clone() }).await {
        Ok(_) => colleague.show(&colleague.sheet(&sheet, Vec::new())),
        Err(refusal) => colleague.misread(&sheet, refusal),
    }
}

#[post("/desk/holds/import/place", data = "<form>")]
pub(super) async fn place(colleague: Colleague<'_>, form: Handed) -> Answer {
    let sheet = form.value("sheet");
    match colleague.state.door.run(&colleague.actor, ImportHolds { sheet: sheet.to_owned() }).await {
        Ok(placed) => colleague.go(&hold::list_after(&placed)),
        Err(refusal) => colleague.misread(sheet, refusal),
    }
}

impl Colleague<'_> {
    fn sheet(&self, sheet: &str, wrong: Vec<Wrong>) -> HoldImport {
        HoldImport::new(&self.state.look, sheet, wrong, self.state.door.latest_review())
    }

    /// The table again, with everything that is wrong in it at its place.
    fn misread(&self, sheet: &str, refusal: Refusal) -> Answer {
        let Refusal::Invalid(problems) = refusal else { return Err(refusal.into()) };
        let wrong = problems.into_iter().map(|it| {
            let (line, column) = it.at.unwrap_or((1, 0));
            Wrong { line, column, code: it.code, why: it.why }
        });
        self.again(&self.sheet(sheet, wrong.collect()), vec![problem("problem-sheet-wrong")])
    }
}

fn problem(key: &str) -> FieldProblem {
    FieldProblem::new("sheet", Message::new(key))
}
