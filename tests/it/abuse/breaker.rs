//! Somebody erases everybody: a stolen account, a workflow gone wrong. One too many in an hour, and nothing goes until two people have looked.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use habeas::{
    action::{
        refusal::Refusal,
        release_erasures::{Release, ReleaseErasures},
    },
    chance::Chance,
    config::Config,
    house::House,
    store::{
        Store,
        breaker::{self, Leaving},
        deferral,
    },
};
use habeas_core::law::breaker::{LET_GO, Verdict, WINDOW};
use jiff::{SignedDuration, civil::date};
use rocket::http::Status;

use crate::{
    faces::browser::Browser,
    house::{database::on_every_store, test_house::TestHouse},
    rights::erasure::{COOLED, approved, executed},
};

on_every_store! {
    ab33_one_too_many_stops_all_erasing_until_two_people_let_it_go_on,
    ab33_many_days_that_come_at_once_stop_nobody,
    ab33_of_sixty_four_at_once_as_many_go_as_may,
    ab33_the_desk_says_that_it_is_stopped_and_two_let_it_go_on,
}

/// The same house after a restart, where the data of so many people may be erased in an hour.
async fn allowing(house: &mut TestHouse, limit: u32) {
    house.house = House::open(&Config { erasures_an_hour: limit, ..house.config().clone() }).await.unwrap();
}

/// Two erasures that are approved, in a house that allows one an hour, when the time to stop them is over.
async fn stopped(house: &mut TestHouse) -> [String; 2] {
    allowing(house, 1).await;
    let (one, other) = (approved(house, &house.solveig()).await.reference, approved(house, &house.jonas()).await.reference);
    house.advance(COOLED).await;
    [one, other]
}

fn leaving(case: &str) -> Leaving<'_> {
    Leaving { case, dated: false }
}

/// In how many systems each case's data was erased.
async fn erased(house: &TestHouse) -> BTreeMap<String, usize> {
    let mut systems = BTreeMap::new();
    for fact in house.facts("system-erased").await {
        *systems.entry(fact.case.unwrap()).or_default() += 1;
    }
    systems
}

async fn releases(house: &TestHouse, by: &str, reason: &str) -> Result<Release, Refusal> {
    let stop = breaker::current(&house.store).await.unwrap().map(|stop| stop.id).unwrap_or_default();
    house.run(&house.staff(by).actor().await, ReleaseErasures { stop, reason: reason.to_owned() }).await
}

async fn ab33_one_too_many_stops_all_erasing_until_two_people_let_it_go_on(mut house: TestHouse) {
    let cases = stopped(&mut house).await;
    let before = erased(&house).await;
    assert_eq!(before.len(), 1, "the first goes, the second is one too many: {before:?}");
    assert_eq!((house.facts("erasures-stopped").await.len(), house.facts("erasure-held-up").await.is_empty()), (1, false));
    let mails = house.mails();
    let told: Vec<_> = mails.iter().filter(|mail| mail.subject == "Noe er stanset: se på det").collect();
    assert!(told.iter().any(|mail| mail.text.contains("/nb/desk/erasures") && mail.text.contains("én person")), "{told:?}");
    let to = |name: &str| told.iter().filter(|mail| mail.to.contains(name)).count();
    assert_eq!((to("per@"), to("ida@"), to("kari@")), (1, 1, 0), "once each, and only those who answer for it");

    // Neither time nor a restart lets it go on, nothing is given up, and every deadline is watched.
    allowing(&mut house, 1).await;
    house.advance(SignedDuration::from_hours(31 * 24)).await;
    assert_eq!(erased(&house).await, before);
    assert_eq!((house.facts("erasures-stopped").await.len(), house.facts("effect-failed").await.len()), (1, 0));
    let late = house.facts("deadline-passed").await;
    assert!(late.iter().any(|fact| cases.contains(fact.case.as_ref().unwrap())), "{late:?}");
    assert!(house.house.look.health().await.unwrap().held_up > 0, "and whoever looks after the house is told");

    assert!(matches!(releases(&house, "kari", "Let it go.").await, Err(Refusal::Denied)));
    assert!(matches!(releases(&house, "per", " ").await, Err(Refusal::Invalid(_))));
    assert_eq!(releases(&house, "per", "Both have asked themselves.").await.unwrap(), Release::Asked);
    let alone = releases(&house, "per", "I am sure.").await;
    assert!(matches!(&alone, Err(Refusal::Conflict { code, .. }) if code == "four-eyes"), "{alone:?}");
    house.settle().await;
    assert_eq!(erased(&house).await, before, "one is not enough");
    assert_eq!(releases(&house, "ida", "I rang them both.").await.unwrap(), Release::Released);
    house.settle().await;
    let after = erased(&house).await;
    assert!(cases.iter().all(|case| after.contains_key(case)), "what waited goes, however many that is: {after:?}");
    assert!(breaker::current(&house.store).await.unwrap().is_none());
    assert_eq!((house.facts("erasures-release-asked").await.len(), house.facts("erasures-released").await.len()), (1, 1));
    let log = format!("{:?}", house.facts("erasures-released").await);
    assert!(!log.contains("rang"), "reasons are no facts");
    assert!(matches!(releases(&house, "ida", "Again.").await, Err(Refusal::NotFound(_))));
    house.settle().await;
}

async fn ab33_many_days_that_come_at_once_stop_nobody(mut house: TestHouse) {
    let mut cases = Vec::new();
    for person in [house.solveig(), house.jonas()] {
        let case = approved(&house, &person).await;
        executed(&house, &case).await;
        cases.push(case.reference);
    }
    allowing(&mut house, 1).await;
    house.advance_to(date(2032, 1, 1)).await;
    let done = async |house: &TestHouse| {
        let mut done = 0;
        for case in &cases {
            let all = deferral::of_case(&house.store, case).await.unwrap();
            let last: Vec<_> = all.into_iter().filter(|it| it.due_on == date(2032, 1, 1)).collect();
            assert!(!last.is_empty(), "{case}: {:?}", deferral::of_case(&house.store, case).await);
            done += usize::from(last.iter().all(|it| it.done_at.is_some()));
        }
        done
    };
    assert_eq!(done(&house).await, 1, "no more than one in this hour");
    house.advance(WINDOW + SignedDuration::from_mins(1)).await;
    assert_eq!(done(&house).await, 2, "and the other in the next");
    assert_eq!(house.facts("erasures-stopped").await, []);
}

/// As many workers as there are, on two machines.
async fn ab33_of_sixty_four_at_once_as_many_go_as_may(house: TestHouse) {
    let other = Store::open(&house.config().address()).await.unwrap();
    let now = house.now();
    let ask = |number: usize| {
        let store = if number.is_multiple_of(2) { house.store.clone() } else { other.clone() };
        async move { breaker::ask(&store, leaving(&format!("HB-{number}")), 10, &Chance.id().unwrap(), now).await.unwrap() }
    };
    let verdicts = join_all((0..64).map(ask)).await;
    let count = |wanted| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    assert_eq!((count(Verdict::Counts), count(Verdict::Trips), count(Verdict::Stopped), count(Verdict::Goes)), (10, 1, 53, 0));
    assert_eq!(house.count("breaker_stop").await, 1);

    // Once it goes on, who waited goes and does not count, and an hour later the rest is forgotten.
    let stop = breaker::current(&house.store).await.unwrap().unwrap();
    assert_eq!(stop.cases, 10);
    let tx = house.store.begin().await.unwrap();
    breaker::release(&tx, &stop.id, "staff/ida", Vec::new(), &["HB-w".to_owned()], now).await.unwrap();
    tx.commit().await.unwrap();
    let ask =
        async |case: &str, limit, after: SignedDuration| breaker::ask(&house.store, leaving(case), limit, "s", now + after).await.unwrap();
    let minute = SignedDuration::from_mins(1);
    assert_eq!(ask("HB-w", 0, LET_GO - minute).await, Verdict::Goes);
    assert_eq!(ask("HB-a", 1, minute).await, Verdict::Counts);
    assert_eq!(ask("HB-a", 1, WINDOW).await, Verdict::Goes);
    assert_eq!(ask("HB-b", 1, WINDOW + minute).await, Verdict::Counts, "the hour of the first is over");
    assert_eq!(ask("HB-a", 1, WINDOW + minute).await, Verdict::Trips, "and it counts again");
}

async fn ab33_the_desk_says_that_it_is_stopped_and_two_let_it_go_on(mut house: TestHouse) {
    Browser::of_staff(&house, "kari").await.get("/en/desk/erasures").await.says(&["Nothing is stopped"]);
    stopped(&mut house).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let queue = kari.get("/en/desk/").await;
    queue.says(&["All deleting has been stopped since"]);
    let page = kari.get(&queue.link("/desk/erasures")).await;
    page.says(&["one person was deleted", "The privacy lead and the data protection officer"]);
    assert!(page.hidden("stop").is_none(), "{page}");

    house.advance(SignedDuration::from_mins(6)).await;
    for (who, reason) in [("per", "Both have asked."), ("ida", "I rang them both.")] {
        let mut browser = Browser::of_staff(&house, who).await;
        let page = browser.get("/en/desk/erasures").await;
        house.advance(SignedDuration::from_mins(6)).await;
        let stop = page.hidden("stop").unwrap();
        browser.obliging = false;
        let asked = browser.submit("/en/desk/erasures", &[("stop", &stop), ("reason", reason)]).await;
        assert_eq!(asked.status, Status::Forbidden, "a second factor first: {asked}");
        let none = browser.gives_code(&asked).await;
        assert_eq!(none.status, Status::UnprocessableEntity, "{none}");
        let done = browser.submit("/en/desk/erasures", &[("stop", &stop), ("reason", reason)]).await;
        assert_eq!(done.status, Status::Ok, "{done}");
    }
    house.settle().await;
    kari.get("/en/desk/erasures").await.says(&["Nothing is stopped"]);
    assert_eq!(erased(&house).await.len(), 2);
}
