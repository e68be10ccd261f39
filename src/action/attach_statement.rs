//! Puts the person's own statement beside data that was not corrected (Art. 16, second sentence). The case keeps it, sealed, and shows it
//! wherever it shows what it is about; whoever answers for a system puts it beside the record there.

use habeas_core::law::{personal::Personal, statement::Statement, upload::Upload};
use jiff::SignedDuration;

use super::{
    actor::{Actor, Denied, Role},
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    files::Accepted,
    refusal::{Problem, Refusal},
};
use crate::store::{
    case::{self, Case},
    sealed,
    statement::{self, StoredStatement},
    task::{self, Task, stated_step},
};

/// The form in which somebody says that it stands beside the record.
const PLACED: &str = "statement-placed";
/// Statements that a case takes: who has more to say writes a message.
const MOST: usize = 5;
/// How long putting it there may take.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Who puts it there: whoever answers for the system, or in their place somebody who handles cases.
const PUTS: [Role; 4] = [Role::SystemOwner, Role::CaseHandler, Role::PrivacyLead, Role::Dpo];

/// What the person states.
#[derive(Debug, Clone)]
pub struct AttachStatement {
    /// The case's reference.
    pub case: String,
    /// Her words.
    pub words: Personal<String>,
    /// Files that go with it, looked through for malware.
    pub files: Vec<Upload>,
}

impl Action for AttachStatement {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.asks()
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        if !inside.by.gets(&case) {
            return Err(Refusal::NotFound("case"));
        }
        let about = statement::of_what(inside.tx, inside.keys, &case).await?;
        if about.is_empty() {
            return Err(Refusal::conflict("nothing-disputed", "nothing that you asked to have corrected was left as it is"));
        }
        if statement::of_case(inside.tx, inside.keys, &case).await?.len() >= MOST {
            return Err(Refusal::conflict("statements-too-many", "this case takes no more statements: write a message instead"));
        }
        let (files, mut problems) = Accepted::of(&self.files);
        let statement = Statement::new(self.words.reveal(), about).map_err(|code| problems.push(Problem::new("statement", code)));
        let (Ok(statement), []) = (statement, problems.as_slice()) else { return Err(Refusal::Invalid(problems)) };
        let id = inside.row_id()?;
        files.put(inside, &case, &id).await?;
        let sealed = sealed::key_of(inside.keys, &case)?.seal(inside.chance, &statement::place(&id), &statement)?;
        let stored = StoredStatement { id: id.clone(), case: case.id.clone(), made_at: inside.now, sealed };
        statement::insert(inside.tx, &stored).await?;
        for system in statement.systems() {
            task::insert(inside.tx, &to_place(inside, &case, &id, system)?).await?;
        }
        let fact = Fact::of_case("statement-attached", &case.id).with("systems", statement.systems().join(","));
        Ok(Outcome::new((), files.told(fact)))
    }
}

fn to_place(inside: &Inside<'_>, case: &Case, statement: &str, system: &str) -> Result<Task, Refusal> {
    Ok(Task {
        id: inside.row_id()?,
        case: case.id.clone(),
        step: stated_step(statement),
        branch: Some(system.to_owned()),
        form: PLACED.to_owned(),
        roles: PUTS.map(|role| role.name().to_owned()).to_vec(),
        not_by: Vec::new(),
        shows: Vec::new(),
        opened_at: inside.now,
        due_at: Some(inside.now + SOON),
        closed: None,
    })
}
