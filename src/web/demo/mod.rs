//! Pages of a demo house: who to be, the mail that was caught, the clock, every page in every state. Addresses without a language.

use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp, civil::Date};
use rocket::{
    FromForm, Responder, State as House,
    fairing::AdHoc,
    get,
    http::{ContentType, Header},
    post,
    response::content::RawHtml,
    routes,
};

use super::{
    Demo, DemoPerson, State,
    error::Turned,
    headers,
    here::{Answer, Here},
    posted::Posted,
};
use crate::{
    action::{
        actor::Role,
        refusal::Refusal,
        secret::{totp_base32, totp_code},
    },
    render::{frame::FieldProblem, texts::Message},
    view::{
        demo::{
            clock::DemoClock,
            landing::{DemoStaff, DemoStart},
            mail::{DemoMail, DemoMailRead, DemoMails},
        },
        gallery::{GalleryEntry, gallery},
    },
};

impl State {
    fn demo(&self) -> Result<&Demo, Refusal> {
        self.demo.as_ref().ok_or(Refusal::NotFound("demo"))
    }
}

#[get("/demo")]
fn start(here: Here<'_>) -> Answer {
    let demo = here.state.demo()?;
    let staff = demo.people.iter().map(|person| staff(person, here.state.door.now())).collect();
    here.show(&DemoStart { staff, customers: demo.customers.clone() })
}

fn staff(person: &DemoPerson, now: Timestamp) -> DemoStaff {
    let secret = person.totp_secret.clone().into_revealed();
    DemoStaff {
        name: person.name.clone(),
        role: person.roles.first().copied().map_or("", Role::name).to_owned(),
        email: person.email.clone(),
        password: person.password.clone(),
        totp_code: totp_code(&secret, now).unwrap_or_default(),
        totp_secret: totp_base32(&secret),
    }
}

#[get("/demo/mail")]
fn mails(here: Here<'_>) -> Answer {
    here.show(&DemoMails { mails: caught(here.state)? })
}

#[get("/demo/mail/<id>")]
fn mail(here: Here<'_>, id: &str) -> Answer {
    let mail = caught(here.state)?.into_iter().find(|mail| mail.id == id).ok_or(Refusal::NotFound("mail"))?;
    here.show(&DemoMailRead::new(mail))
}

fn caught(state: &State) -> Result<Vec<DemoMail>, Refusal> {
    (state.demo()?.mails)().map_err(|error| Refusal::Broken(error.to_string()))
}

#[get("/demo/clock")]
async fn clock(here: Here<'_>) -> Answer {
    here.show(&reading(here.state, None, String::new()).await?)
}

#[derive(FromForm)]
struct Move {
    #[field(name = "move", default = "")]
    by: String,
    #[field(default = "")]
    date: String,
}

#[post("/demo/clock", data = "<form>")]
async fn turn(here: Here<'_>, form: Posted<Move>) -> Answer {
    let next = (here.state.demo()?.next_due)().await?;
    let zone = here.state.look.organisation.zone();
    let morning = |day: Date| day.at(8, 0, 0, 0).to_zoned(zone.clone()).ok().map(|at| at.timestamp());
    let Some(by) = form.0.duration(here.state.door.now(), next, morning) else {
        let page = reading(here.state, None, form.0.date).await?;
        return here.again(&page, vec![FieldProblem::new("date", Message::new("problem-date-invalid"))]);
    };
    here.state.door.advance_clock(by)?;
    let done = (here.state.demo()?.settle)().await?;
    here.show(&reading(here.state, u64::try_from(done).ok(), String::new()).await?)
}

impl Move {
    /// How far the clock is to move; `None`: not a day to come.
    fn duration(&self, now: Timestamp, next: Option<Timestamp>, morning: impl Fn(Date) -> Option<Timestamp>) -> Option<SignedDuration> {
        let days = |days: i64| Some(SignedDuration::from_hours(24 * days));
        let by = match self.by.as_str() {
            // Longer than what a person has shown counts without a word from her.
            "two-hours" => Some(SignedDuration::from_hours(2)),
            "day" => days(1),
            "three-days" => days(3),
            "month" => days(31),
            // A second more, so that it is past and not only reached.
            "next-due" => next.map(|next| next.duration_since(now) + SignedDuration::from_secs(1)).map(|by| by.max(SignedDuration::ZERO)),
            "to" => self.date.parse().ok().and_then(morning).map(|at| at.duration_since(now)),
            _ => None,
        };
        by.filter(|by| !by.is_negative())
    }
}

async fn reading(state: &State, done: Option<u64>, date: String) -> Result<DemoClock, Refusal> {
    let next_due = (state.demo()?.next_due)().await?;
    Ok(DemoClock { now: state.door.now(), next_due, done, date })
}

/// Every page in every state, rendered when somebody first looks.
#[derive(Default)]
struct Gallery(OnceLock<Vec<GalleryEntry>>);

impl Gallery {
    fn entries(&self, house: &State) -> Result<&[GalleryEntry], Turned> {
        if self.0.get().is_none() {
            let rendered = gallery(&house.renderer).map_err(|error| Refusal::Broken(error.to_string()))?;
            // Two who look first at the same time render the same; one of them is kept.
            let _ = self.0.set(rendered);
        }
        Ok(self.0.get().map(Vec::as_slice).unwrap_or_default())
    }
}

/// A list of their addresses.
#[get("/__gallery")]
fn all(house: &House<State>, gallery: &House<Gallery>) -> Result<RawHtml<String>, Turned> {
    let entries = gallery.entries(house)?;
    let links = entries.iter().flat_map(|entry| entry.pages.iter().map(move |(lang, _)| (entry.path.as_str(), lang.code())));
    let items = links.map(|(path, lang)| format!("<li><a href=\"/__gallery/{path}/{lang}\">{path} {lang}</a></li>\n"));
    let items = items.collect::<Vec<_>>().concat();
    Ok(RawHtml(format!(
        "<!doctype html>\n<html lang=\"en\"><head><title>Gallery</title></head><body><main><h1>Gallery</h1><ul>\n{items}</ul></main></body></html>\n"
    )))
}

/// A page of the gallery, with the script where it has one.
#[derive(Responder)]
enum Shown {
    Plain(RawHtml<String>),
    Scripted(RawHtml<String>, Header<'static>),
}

/// One page in one state and language.
#[get("/__gallery/<face>/<page>/<lang>")]
fn one(face: &str, page: &str, lang: &str, house: &House<State>, gallery: &House<Gallery>) -> Result<Shown, Turned> {
    let entry = gallery.entries(house)?.iter().find(|entry| entry.path == format!("{face}/{page}"));
    let html = entry.and_then(|entry| entry.pages.iter().find(|(known, _)| known.code() == lang));
    let html = RawHtml(html.ok_or(Refusal::NotFound("page"))?.1.clone());
    let is_scripted = html.0.contains("data-ceremony");
    Ok(if is_scripted { Shown::Scripted(html, Header::new(headers::SCRIPTED, "yes")) } else { Shown::Plain(html) })
}

/// The photo that the samples show.
#[get("/gallery.svg")]
fn photo(house: &House<State>) -> Option<(ContentType, Vec<u8>)> {
    Some((ContentType::SVG, house.renderer.assets().named("icon.svg")?.body.to_vec()))
}

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("demo", |rocket| async {
        rocket.manage(Gallery::default()).mount("/", routes![start, mails, mail, clock, turn, all, one, photo])
    })
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

    use super::Move;

    fn by(by: &str, date: &str, next: Option<&str>) -> Option<SignedDuration> {
        let now: Timestamp = "2026-11-18T08:00:00Z".parse().unwrap();
        let morning = |day: Date| TimeZone::UTC.to_timestamp(day.at(8, 0, 0, 0)).ok();
        Move { by: by.to_owned(), date: date.to_owned() }.duration(now, next.map(|next| next.parse().unwrap()), morning)
    }

    #[test]
    fn time_moves_forward_only() {
        let hours = |hours| Some(SignedDuration::from_hours(hours));
        assert_eq!(by("day", "", None), hours(24));
        assert_eq!(by("to", "2026-11-20", None), hours(48));
        assert_eq!(by("to", "2026-11-17", None), None);
        assert_eq!(by("to", "tomorrow", None), None);
        assert_eq!(by("next-due", "", Some("2026-11-18T08:59:59Z")), hours(1));
        assert_eq!(by("next-due", "", Some("2026-11-01T00:00:00Z")), hours(0));
        assert_eq!(by("next-due", "", None), None);
        assert_eq!(by("back", "", None), None);
    }
}
