//! Many holds from one table: all of them are placed, or none; tried before, nothing is.

use habeas::{
    action::{import_holds::ImportHolds, refusal::Refusal},
    store::{
        erasing::{self, Erasing},
        hold,
    },
};
use habeas_core::law::right::Right;
use jiff::{SignedDuration, civil::date};

use super::hold_meanwhile::waits_too_long;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    a_table_places_all_of_its_holds_at_once,
    one_wrong_line_places_nothing_and_everything_wrong_is_told,
    a_table_that_is_sent_twice_places_nothing_twice,
    a_table_waits_for_an_erasure_at_its_end_like_one_hold_does,
    only_who_may_place_one_may_place_many,
}

const HEAD: &str = "case;collection;if;basis;matter;review_on\n";

fn import(lines: &str) -> ImportHolds {
    ImportHolds { sheet: format!("{HEAD}{lines}") }
}

async fn a_table_places_all_of_its_holds_at_once(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let ida = house.staff("ida").actor().await;
    let lines = format!(
        "{};;;legal-claim;26-1;2027-03-15\n;shop.orders;\"note == \"\"disputed\"\"\";open-payment;26-2;2026-12-01\n",
        case.reference
    );
    let log = house.log_size().await;
    let would = house.house.door.could_import(&ida, import(&lines)).await.unwrap();
    assert_eq!(would.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 3]);
    assert!(hold::all(&house.store).await.unwrap().is_empty(), "nothing is placed by trying");
    assert_eq!(house.log_size().await, log);

    let ids = house.run(&ida, import(&lines)).await.unwrap();
    let first = hold::get(&house.store, &ids[0].id).await.unwrap().unwrap();
    assert_eq!((first.hold.matter.as_str(), first.hold.owner.as_str()), ("26-1", "staff/ida"));
    assert!(first.hold.scope.subject.is_some(), "the case tells whose");
    assert_eq!(first.remind_on, Some(date(2027, 3, 1)), "it is called to its review like any other");
    let second = hold::get(&house.store, &ids[1].id).await.unwrap().unwrap().hold;
    assert_eq!(
        (second.scope.subject, second.scope.query.map(|it| it.as_str().to_owned())),
        (None, Some("note == \"disputed\"".to_owned()))
    );
    let (many, each) = (house.facts("holds-imported").await, house.facts("hold-placed").await);
    assert_eq!((many.len(), each.len(), each[0].case.as_deref()), (1, 2, Some(case.reference.as_str())));
    house.settle().await;
}

async fn one_wrong_line_places_nothing_and_everything_wrong_is_told(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let ida = house.staff("ida").actor().await;
    let lines = format!(
        "{};;;legal-claim;26-1;2027-03-15\nHB-0000-0000;;;because;26-2;2026-12-01\n;shop.shoes;;legal-claim;;2026-12-01\n",
        case.reference
    );
    let told = |refused: Refusal| match refused {
        Refusal::Invalid(problems) => problems.into_iter().map(|it| (it.at.unwrap(), it.code)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let all = [((3, 1), "case-unknown"), ((3, 4), "sheet-basis"), ((4, 2), "hold-collection-unknown"), ((4, 5), "matter-missing")];
    assert_eq!(told(house.house.door.could_import(&ida, import(&lines)).await.unwrap_err()), all);
    assert_eq!(told(house.run(&ida, import(&lines)).await.unwrap_err()), all);
    assert!(hold::all(&house.store).await.unwrap().is_empty(), "the first line was right, and is not placed either");
    assert!(house.facts("hold-placed").await.is_empty());
    house.settle().await;
}

async fn a_table_that_is_sent_twice_places_nothing_twice(house: TestHouse) {
    let ida = house.staff("ida").actor().await;
    let line = ";shop.orders;;legal-claim;26-1;2027-03-15\n";
    let id = house.run(&ida, import(line)).await.unwrap().remove(0).id;
    let again = house.run(&ida, import(&format!("{line};shop.orders;;legal-claim;26-2;2027-03-15\n"))).await.unwrap_err();
    assert!(matches!(&again, Refusal::Invalid(problems) if problems.len() == 1 && problems[0].code == "sheet-there-already"), "{again:?}");
    assert_eq!(hold::all(&house.store).await.unwrap().len(), 1);
    for by in ["per", "ida"] {
        house.staff(by).releases(&id).await.unwrap();
    }
    house.run(&ida, import(line)).await.unwrap();
    house.settle().await;
}

async fn only_who_may_place_one_may_place_many(house: TestHouse) {
    for outsider in ["ola", "tilsyn"] {
        let actor = house.staff(outsider).actor().await;
        let line = ";shop.orders;;legal-claim;26-1;2027-03-15\n";
        assert!(matches!(house.house.door.could_import(&actor, import(line)).await, Err(Refusal::Denied)));
        assert!(matches!(house.run(&actor, import(line)).await, Err(Refusal::Denied)));
    }
    assert!(hold::all(&house.store).await.unwrap().is_empty());
    house.settle().await;
}

async fn a_table_waits_for_an_erasure_at_its_end_like_one_hold_does(house: TestHouse) {
    let erasing = Erasing { id: "e-1".to_owned(), system: "shop".to_owned(), until: house.now() + SignedDuration::from_hours(24) };
    erasing::begin(&house.store, &erasing).await.unwrap();
    let ida = house.staff("ida").actor().await;
    let table = import(";shop.orders;;legal-claim;26-1;2027-03-15\n;accounting.invoices;;legal-claim;26-2;2027-03-15\n");
    let placed = tokio::select! {
        placed = house.run(&ida, table) => placed.unwrap(),
        () = waits_too_long(&house) => unreachable!("time goes on for ever"),
    };
    assert_eq!((placed[0].running.as_slice(), placed[1].running.len()), (&["shop".to_owned()][..], 0), "{placed:?}");
    let [awaited] = &house.facts("hold-awaited").await[..] else { panic!("one word in the log") };
    let told: serde_json::Value = serde_json::from_str(&awaited.event).unwrap();
    assert_eq!(told["codes"]["hold"], format!("{} {}", placed[0].id, placed[1].id));
    assert_eq!(told["codes"]["running"], "shop");
    house.settle().await;
}
