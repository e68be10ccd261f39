//! Who may sign in: for administrators. Nobody else learns that these pages exist.

use habeas_core::law::personal::Personal;
use rocket::{FromForm, get, post};

use crate::{
    action::{
        actor::Role,
        change_roles::ChangeRoles,
        disable_person::DisablePerson,
        end_sessions::EndSessions,
        invite_person::{InviteAgain, InvitePerson},
        refusal::Refusal,
    },
    view::desk::people::{Invite, People, PersonPage},
    web::{
        here::{Answer, Colleague},
        posted::{Button, Carried},
    },
};

const NOBODY: Refusal = Refusal::NotFound("person");

impl Colleague<'_> {
    /// People are this reader's business.
    fn manages(&self) -> Result<(), Refusal> {
        self.actor.manages_people().map_err(|_| NOBODY)
    }

    async fn person(&self, id: &str) -> Result<PersonPage, Refusal> {
        self.manages()?;
        let all = Role::ALL.map(Role::name);
        PersonPage::load(&self.state.look, id, &self.staff.id, &all).await?.ok_or(NOBODY)
    }
}

#[get("/desk/people")]
pub(super) async fn list(colleague: Colleague<'_>) -> Answer {
    colleague.manages()?;
    colleague.reads_list("people").await?;
    colleague.show(&People::load(&colleague.state.look).await?)
}

#[get("/desk/people/<id>", rank = 2)]
pub(super) async fn page(colleague: Colleague<'_>, id: &str) -> Answer {
    let page = colleague.person(id).await?;
    colleague.sure()?;
    colleague.show(&page)
}

#[get("/desk/people/invite")]
pub(super) fn form(colleague: Colleague<'_>) -> Answer {
    colleague.manages()?;
    colleague.sure()?;
    colleague.show(&Asked::default().form(&colleague))
}

#[derive(FromForm, Default)]
pub(super) struct Asked {
    #[field(default = "")]
    name: String,
    #[field(default = "")]
    email: String,
    #[field(default = "")]
    id: String,
    role: Vec<String>,
    system: Vec<String>,
}

impl Asked {
    fn form(&self, colleague: &Colleague<'_>) -> Invite {
        let typed = [self.name.as_str(), &self.email, &self.id];
        Invite::new(&colleague.state.look, &Role::ALL.map(Role::name), typed, (&self.role, &self.system))
    }

    fn invite(&self) -> InvitePerson {
        let [name, email] = [&self.name, &self.email].map(|text| Personal::new(text.trim().to_owned()));
        InvitePerson { id: self.id.trim().to_owned(), email, name, roles: roles(&self.role), systems: self.system.clone() }
    }
}

fn roles(names: &[String]) -> Vec<Role> {
    names.iter().filter_map(|name| Role::from_name(name)).collect()
}

#[post("/desk/people/invite", data = "<form>")]
pub(super) async fn invite(colleague: Colleague<'_>, form: Carried<Asked>) -> Answer {
    colleague.manages()?;
    let asked = colleague.sure_of(form).await?;
    match colleague.state.door.run(&colleague.actor, asked.invite()).await {
        Ok(()) => colleague.go("/desk/people"),
        Err(refusal) => colleague.refused(refusal, "email", || asked.form(&colleague)),
    }
}

#[derive(FromForm)]
pub(super) struct Ticked {
    role: Vec<String>,
    system: Vec<String>,
}

#[post("/desk/people/<id>/roles", data = "<form>")]
pub(super) async fn change(colleague: Colleague<'_>, id: &str, form: Carried<Ticked>) -> Answer {
    let page = colleague.person(id).await?;
    let Ticked { role, system } = colleague.sure_of(form).await?;
    let change = ChangeRoles { id: id.to_owned(), roles: roles(&role), systems: system.clone() };
    match colleague.state.door.run(&colleague.actor, change).await {
        Ok(()) => colleague.go(&format!("/desk/people/{id}")),
        Err(refusal) => colleague.refused(refusal, "roles", || page.ticking(&role, &system)),
    }
}

#[post("/desk/people/<id>/invite", data = "<form>")]
pub(super) async fn invite_again(colleague: Colleague<'_>, id: &str, form: Carried<Button>) -> Answer {
    colleague.person(id).await?;
    colleague.sure_of(form).await?;
    colleague.state.door.run(&colleague.actor, InviteAgain { id: id.to_owned() }).await?;
    colleague.go(&format!("/desk/people/{id}"))
}

#[post("/desk/people/<id>/sessions", data = "<form>")]
pub(super) async fn end_sessions(colleague: Colleague<'_>, id: &str, form: Carried<Button>) -> Answer {
    colleague.person(id).await?;
    colleague.sure_of(form).await?;
    colleague.state.door.run(&colleague.actor, EndSessions::Of(id.to_owned())).await?;
    colleague.go(&format!("/desk/people/{id}"))
}

#[post("/desk/people/<id>/disable", data = "<form>")]
pub(super) async fn disable(colleague: Colleague<'_>, id: &str, form: Carried<Button>) -> Answer {
    colleague.person(id).await?;
    colleague.sure_of(form).await?;
    colleague.state.door.run(&colleague.actor, DisablePerson { id: id.to_owned() }).await?;
    colleague.go(&format!("/desk/people/{id}"))
}
