//! Definitions at the desk, and the way of one case through its own.

use habeas_core::law::right::Right;

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    the_list_counts_open_cases_and_leads_to_the_definition,
    a_case_shows_where_it_was_and_where_it_waits,
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
