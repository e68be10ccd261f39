//! The staff's face: sign in, see what waits, do it, place holds.

use rocket::{Route, fairing::AdHoc, routes};

use super::{here::Colleague, in_every_language, logout};
use crate::{
    action::{
        actor::Role,
        note_reading::{NoteList, NoteReading},
        refusal::Refusal,
    },
    view::desk::eyes::Eyes,
};

mod access;
mod again;
mod case;
mod document;
mod elsewhere;
mod erasures;
mod hold;
mod hold_import;
mod intake;
mod invitation;
mod messages;
mod moving;
mod notice;
mod people;
mod queue;
mod rules;
mod sign_in;
mod system;
mod task;
mod workflow;

impl Colleague<'_> {
    /// The log says who looked at what.
    async fn reads(&self, reference: &str, page: &'static str) -> Result<(), Refusal> {
        self.state.door.run(&self.actor, NoteReading { case: reference.to_owned(), page }).await
    }

    /// The same of a list.
    async fn reads_list(&self, list: &'static str) -> Result<(), Refusal> {
        self.state.door.run(&self.actor, NoteList { list }).await
    }

    /// What they may see.
    fn eyes(&self) -> Eyes {
        Eyes {
            id: self.staff.id.clone(),
            roles: self.staff.roles.iter().copied().map(Role::name).map(str::to_owned).collect(),
            systems: self.staff.systems.clone(),
            reveals: false,
        }
    }

    /// The same on a case, whose values they may have asked to see.
    fn eyes_on(&self, reference: &str) -> Eyes {
        let reveals = self.signed_in().is_some_and(|signed| signed.reveals(reference, self.state.door.now()));
        Eyes { reveals, ..self.eyes() }
    }
}

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("desk", |rocket| async {
        let all = [door(), by_provider(), own(), people(), work(), holds(), workflows(), systems()].concat();
        in_every_language(rocket, &all).mount("/", routes![elsewhere::back, elsewhere::out, logout::of_colleague])
    })
}

fn door() -> Vec<Route> {
    use sign_in::{code, confirm, leave_desk, leave_room, page, password};
    routes![
        page,
        password,
        code,
        confirm,
        leave_desk,
        leave_room,
        queue::elsewhere,
        invitation::page,
        invitation::choose,
        invitation::offer,
        invitation::ask,
        invitation::take,
        again::page,
        again::answer
    ]
}

fn by_provider() -> Vec<Route> {
    use elsewhere::{again, begin, leaving, link, stopped_page, take, unlink};
    routes![begin, leaving, stopped_page, take, link, unlink, again]
}

fn own() -> Vec<Route> {
    use access::{app, app_made, ask, begin_app, change_password, end, end_others, made, page, password_form, recovery, remove, sessions};
    routes![page, begin_app, app, app_made, ask, made, remove, recovery, password_form, change_password, sessions, end, end_others]
}

fn people() -> Vec<Route> {
    use people::{change, disable, end_sessions, form, invite, invite_again, list, page};
    routes![list, page, form, invite, change, invite_again, end_sessions, disable]
}

fn work() -> Vec<Route> {
    use case::{incident, lift, page, plan, resolve, reveal, step};
    routes![
        queue::page,
        page,
        step,
        plan,
        lift,
        reveal,
        incident,
        resolve,
        messages::page,
        messages::write,
        messages::file,
        notice::page,
        notice::answer,
        task::page,
        task::submit,
        document::open,
        document::picture,
        erasures::page,
        erasures::release,
        intake::page,
        intake::open
    ]
}

fn holds() -> Vec<Route> {
    use hold::{form, list, place, put_off, release, review, way_out};
    routes![list, form, place, review, put_off, way_out, release, hold_import::form, hold_import::look, hold_import::place]
}

fn workflows() -> Vec<Route> {
    use workflow::{draft, list, page, path, prove};
    routes![list, page, draft, prove, path, moving::trial, moving::moves]
}

fn systems() -> Vec<Route> {
    use system::{list, look, map, page, seen};
    routes![list, page, map, look, seen, rules::page]
}
