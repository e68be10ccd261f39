//! Who may open what: every address of the house, asked for by everybody there is, against a reviewed table.

use std::{collections::BTreeSet, fmt::Write as _};

use habeas::action::schedule::RequestBundle;
use habeas_core::law::{lang::Lang, right::Right};
use jiff::SignedDuration;
use rocket::http::Method;

use super::browser::{Browser, HOME};
use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    every_address_answers_everybody_as_the_table_says,
    a_right_token_gives_no_right,
}

/// The reviewed table; `/nb` stands for every language. A route that is missing in it, or answers otherwise, fails the test, which then prints the new one.
const REVIEWED: &str = include_str!("permit.txt");

const STAFF: [&str; 5] = ["kari", "per", "ida", "ola", "tilsyn"];

async fn every_address_answers_everybody_as_the_table_says(house: TestHouse) {
    let asked = planned_erasure(&house).await;
    let answered = answered_access(&house).await;
    let browsers = everybody(&house).await;
    let routes = routes(&browsers[0].1);
    let names: Vec<_> = browsers.iter().map(|(name, _)| format!("{name:>9}")).collect();
    let mut table = format!("{:<55}{}\n", "", names.concat());
    let values = Values::of(&house, &answered, &asked, &browsers[1].1).await;
    for (route, method) in routes {
        let path = values.fill(&route);
        let _ = write!(table, "{:<55}", format!("{method:<5}{route}"));
        for (_, browser) in &browsers {
            // A form without its token: nothing may come of it, whoever sends it.
            let shown = if method == Method::Get { browser.look(&path).await } else { browser.send(&path, &[], &[]).await };
            let _ = write!(table, "{:>9}", shown.status.code);
        }
        table.push('\n');
    }
    house.settle().await;
    assert_eq!(asked.waits_at().await, ["approve"], "nothing was done by asking");
    assert!(table == REVIEWED, "the reviewed table is not what the house does. It does:\n{table}");
}

/// The same people with a form of their own page in hand: what is not theirs to do is refused all the same.
async fn a_right_token_gives_no_right(house: TestHouse) {
    let asked = planned_erasure(&house).await;
    let (case, approve) = (&asked.reference, asked.open_task("approve").await.id);
    let hold = habeas::store::hold::all(&house.store).await.unwrap().remove(0).hold.id;
    let task = format!("/nb/desk/case/{case}/task/{approve}");
    let incident = format!("/nb/desk/case/{case}/incident/{}", asked.incidents().await[0].id);
    let bundle = format!("/nb/room/case/{case}/bundle");
    let release = format!("/nb/desk/holds/{hold}/release");
    let withdraw = format!("/nb/case/{case}/withdraw");
    let (before, plan) = (asked.log().await.len(), asked.plan().await.hash().to_owned());
    let fields = [
        ("outcome", "approved"),
        ("plan", plan.as_str()),
        ("how", "skip"),
        ("reason", "Derfor."),
        ("case", case),
        ("basis", "legal-claim"),
    ];
    for (name, mut browser) in everybody(&house).await {
        browser.get(if STAFF.contains(&name) { "/nb/desk/sign-in" } else { "/nb/find" }).await;
        for (path, may) in [
            (&task, &["per", "ida"][..]),
            (&incident, &["kari", "per", "ida"]),
            (&bundle, &["ida", "tilsyn"]),
            (&release, &["kari", "per", "ida"]),
            (&withdraw, &["subject"]),
        ] {
            if may.contains(&name) {
                continue;
            }
            let csrf = browser.csrf().to_owned();
            let shown = browser.send(path, &[&[("csrf", csrf.as_str())], &fields[..]].concat(), &[("Origin", HOME)]).await;
            let turned_away = shown.leads_to().is_some_and(|next| next.ends_with("/sign-in"));
            assert!([401, 403, 404].contains(&shown.status.code) || turned_away, "{name}: {shown}");
        }
    }
    house.settle().await;
    let done = asked.log().await.split_off(before);
    assert!(done.iter().all(|fact| fact["kind"] == "attempt-denied" || fact["kind"] == "event-refused"), "{done:?}");
}

/// Solveig's copy is ready and the authority's bundle as well: every page of portal and room has something to show.
async fn answered_access(house: &TestHouse) -> CaseHandle<'_> {
    let case = house.solveig().asks(Right::Access).await;
    house.staff("kari").does(&case, "review", "release").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.run(&house.staff("tilsyn").actor().await, RequestBundle { case: case.reference.clone() }).await.unwrap();
    house.settle().await;
    case
}

/// Her erasure waits for approval under a hold, for so long that somebody has to look why.
async fn planned_erasure(house: &TestHouse) -> CaseHandle<'_> {
    let case = house.solveig().asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    house.place_hold("ida", &case.reference).await;
    for _ in 0..29 {
        house.advance(SignedDuration::from_hours(24)).await;
    }
    case
}

/// Nobody, the person the cases are about, another one, and those who work here or look in.
async fn everybody(house: &TestHouse) -> Vec<(&'static str, Browser<'_>)> {
    let mut browsers = Vec::new();
    for id in STAFF {
        browsers.push((id, Browser::of_staff(house, id).await));
    }
    for (name, subject) in [("other", house.jonas()), ("subject", house.solveig())] {
        let mut browser = Browser::open(house).await;
        browser.get("/nb/find").await;
        browser.proves("/nb/find", &subject.email).await;
        browsers.insert(0, (name, browser));
    }
    browsers.insert(0, ("visitor", Browser::open(house).await));
    browsers
}

/// Every route; those that exist once per language are named once.
fn routes(browser: &Browser<'_>) -> Vec<(String, Method)> {
    let all = browser.client.rocket().routes();
    let mounted: BTreeSet<_> = all.map(|route| (route.uri.path().to_owned(), route.method.as_str())).collect();
    let of = |lang: Lang| -> BTreeSet<_> {
        let prefix = format!("/{}", lang.code());
        mounted.iter().filter_map(|(path, method)| Some((path.strip_prefix(&prefix)?.to_owned(), *method))).collect()
    };
    for lang in [Lang::Nl, Lang::En] {
        assert_eq!(of(lang), of(Lang::Nb), "the faces are the same in every language");
    }
    let elsewhere = |path: &str| !["/nl/", "/en/"].iter().any(|other| path.starts_with(other)) && path != "/nl" && path != "/en";
    mounted.into_iter().filter(|(path, _)| elsewhere(path)).map(|(path, method)| (path, method.parse().unwrap())).collect()
}

/// What stands in the place of `<…>`.
struct Values(Vec<(&'static str, String)>);

impl Values {
    async fn of(house: &TestHouse, answered: &CaseHandle<'_>, asked: &CaseHandle<'_>, hers: &Browser<'_>) -> Self {
        let kind = "dossiers.people";
        let page = hers.look(&format!("/nb/case/{}/data/{kind}", answered.reference)).await;
        let picture = page.between("<img src=\"", "\"").unwrap_or_else(|| panic!("no picture: {page}"));
        let (place, field) = picture.rsplit_once('/').map(|(rest, field)| (rest.rsplit('/').next().unwrap(), field)).unwrap();
        let css = page.between("/assets/", "\"").unwrap();
        let holds = habeas::store::hold::all(&house.store).await.unwrap();
        Self(vec![
            ("/assets/<name>", format!("/assets/{css}")),
            ("/desk/case/<reference>", format!("/desk/case/{}", asked.reference)),
            ("/incident/<id>", format!("/incident/{}", asked.incidents().await[0].id)),
            ("/recipients/<id>", "/recipients/hosting".to_owned()),
            ("/task/<id>", format!("/task/{}", asked.open_task("approve").await.id)),
            ("/systems/<key>", "/systems/shop".to_owned()),
            ("/workflows/<name>", "/workflows/erasure".to_owned()),
            ("/holds/<id>", format!("/holds/{}", holds[0].hold.id)),
            ("<reference>", answered.reference.clone()),
            ("<kind>", kind.to_owned()),
            ("<place>", place.to_owned()),
            ("<field>", field.to_owned()),
            ("<file>", "bundle".to_owned()),
            ("<index>", format!("00000000-{}", "0".repeat(64))),
            ("<token>", "not-the-token".to_owned()),
        ])
    }

    fn fill(&self, route: &str) -> String {
        let filled = self.0.iter().fold(route.to_owned(), |path, (mark, value)| path.replace(mark, value));
        assert!(!filled.contains('<'), "nothing stands for a part of {route}");
        filled
    }
}
