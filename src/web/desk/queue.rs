//! The queue, and the door for those who belong in the room.

use habeas_core::law::right::Right;
use rocket::{FromForm, get};

use crate::{
    view::desk::{
        load::Filter,
        queue::{Queue, View},
    },
    web::here::{Answer, Colleague, Reader},
};

#[derive(FromForm)]
pub(super) struct Asked {
    view: Option<String>,
    q: Option<String>,
    right: Option<String>,
    page: Option<u32>,
}

#[get("/desk?<asked..>")]
pub(super) async fn page(colleague: Colleague<'_>, asked: Asked) -> Answer {
    if !colleague.staff.sees_work() {
        return colleague.go("/desk/people");
    }
    colleague.reads_list("queue").await?;
    let filter = Filter {
        view: asked.view.as_deref().and_then(View::from_name),
        q: asked.q.unwrap_or_default(),
        right: asked.right.as_deref().and_then(Right::from_name),
        page: asked.page.unwrap_or(1),
    };
    colleague.show(&Queue::load(&colleague.state.look, &colleague.eyes(), filter).await?)
}

/// The authority's reader has no desk.
#[get("/desk", rank = 20)]
pub(super) fn elsewhere(reader: Reader<'_>) -> Answer {
    reader.go("/room/")
}
