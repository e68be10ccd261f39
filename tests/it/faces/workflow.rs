//! Definitions at the desk, and the way of one case through its own.

use habeas::action::{actor::Actor, disable_person::DisablePerson};
use habeas_core::law::right::Right;

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    the_list_counts_open_cases_and_leads_to_the_definition,
    a_case_shows_where_it_was_and_where_it_waits,
    a_definition_shows_what_is_proven_of_it_and_whom_it_lacks,
    a_draft_is_read_and_proven_and_nothing_of_it_is_kept,
}

async fn the_list_counts_open_cases_and_leads_to_the_definition(house: TestHouse) {
    house.solveig().asks(Right::Access).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let list = kari.get("/en/desk/workflows").await;
    let text = list.text();
    let row = text.split("<tr").find(|row| row.contains("/en/desk/workflows/access")).unwrap_or_else(|| panic!("{list}"));
    assert!(row.contains("Access to personal data") && row.contains("data-label=\"Open cases\">1</td>"), "{row}");
    let page = kari.get("/en/desk/workflows/access").await.text();
    assert!(page.contains("class=\"task subject\"") && page.contains("workflow: access") && page.contains("ask-identity"), "{page}");
    assert!(!page.contains("class=\"drawing walked\""));
    let sha = page.split("hash mono\">").nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(kari.get(&format!("/en/desk/workflows/access?sha={sha}")).await.status.code, 200);
    for nowhere in ["access?sha=00", "nothing"] {
        assert_eq!(kari.get(&format!("/en/desk/workflows/{nowhere}")).await.status.code, 404, "{nowhere}");
    }
}

async fn a_case_shows_where_it_was_and_where_it_waits(house: TestHouse) {
    let case = house.solveig().asks(Right::Access).await;
    assert_eq!(case.waits_at().await, ["review"]);
    let mut kari = Browser::of_staff(&house, "kari").await;
    let path = format!("/en/desk/case/{}/path", case.reference);
    assert!(kari.get(&format!("/en/desk/case/{}", case.reference)).await.text().contains(&format!("href=\"{path}\"")));
    let page = kari.get(&path).await.text();
    let state = |step: &str| {
        let group = page.split("<g class=").find(|group| group.contains(&format!(">{step}</text>"))).unwrap();
        group.split('"').nth(1).unwrap().to_owned()
    };
    assert_eq!(
        ["receipt", "ask-systems", "locate", "review", "package"].map(state),
        ["do done", "each done", "do done", "task open", "do"]
    );
    assert!(page.contains("class=\"line taken\""));
    assert!(case.log().await.iter().any(|fact| fact["kind"] == "case-read" && fact["codes"]["page"] == "path"));
}

async fn a_definition_shows_what_is_proven_of_it_and_whom_it_lacks(house: TestHouse) {
    let mut per = Browser::of_staff(&house, "per").await;
    let page = per.get("/en/desk/workflows/erasure").await.text();
    assert!(page.contains("holds on every way through it") && page.contains("G021-irreversible-unguarded"), "{page}");
    assert!(page.contains("H031-four-eyes-unstaffed"), "the people of this house were asked about");
    house.run(&Actor::Operator, DisablePerson { id: "ida".to_owned() }).await.unwrap();
    let page = per.get("/en/desk/workflows/erasure").await.text();
    assert!(page.contains("nobody has the role `dpo`") && page.contains("The workflow is in use all the same"), "{page}");
    assert!(per.get("/en/desk/workflows").await.text().contains("finding"));
    house.settle().await;
}

async fn a_draft_is_read_and_proven_and_nothing_of_it_is_kept(house: TestHouse) {
    let mut per = Browser::of_staff(&house, "per").await;
    let page = per.get("/en/desk/workflows/draft?from=erasure").await;
    assert!(page.text().contains("workflow: erasure"), "{page}");
    house.settle().await;
    let (before, loaded) = (house.log_size().await, house.house.door.workflows().loaded().count());
    let good = include_str!("../../../workflows/erasure.yaml");
    let said = per.submit("/en/desk/workflows/draft", &[("text", good)]).await.text();
    assert!(said.contains("holds on every way through it"), "{said}");
    let wrong = good.replace("until: execute, then: receive}", "until: execute, then: triage}").replace('\n', "\r\n");
    let said = per.submit("/en/desk/workflows/draft", &[("text", &wrong)]).await.text();
    assert!(said.contains("draft.yaml:") && said.contains("error[G021-irreversible-unguarded]"), "{said}");
    assert!(said.contains("path: receipt -amend-&gt; assess") && said.contains("^</pre>"), "{said}");
    assert!(said.contains("then: triage}"), "what was written stands there still");
    let nothing = per.submit("/en/desk/workflows/draft", &[("text", "")]).await;
    assert!(nothing.status.code == 200 && nothing.text().contains("error[Y0"), "{nothing}");
    assert_eq!((house.log_size().await, house.house.door.workflows().loaded().count()), (before, loaded));
}
