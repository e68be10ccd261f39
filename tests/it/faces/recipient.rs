//! Art. 19 as a recipient lives it: a mail, a link, a form, no account; and as the person reads it afterwards.

use rocket::http::Status;

use super::browser::Browser;
use crate::{
    house::{database::on_every_store, test_house::TestHouse},
    rights::recipient::{resting, state, tokens},
};

on_every_store! {
    a_recipient_answers_by_its_link_and_the_person_reads_it,
    the_desk_records_what_was_said_on_the_telephone,
}

async fn a_recipient_answers_by_its_link_and_the_person_reads_it(house: TestHouse) {
    let case = resting(&house).await;
    let mut hers = Browser::open(&house).await;
    let result = hers.follows_letter(&case, &house.kari().email).await;
    result.says(&["Visumexpress nettdrift (WooCommerce og WordPress)", "Fikk beskjed på e-post", "Har ikke svart ennå"]);
    result.says(&["Fikk beskjed av en av oss", "Ingen har skrevet ned hvem det var."]);

    let link = format!("/nb/notice/{}", tokens(&house, "personvern@nettdrift.example")[0]);
    let (mut theirs, before) = (Browser::open(&house).await, case.log().await.len());
    let page = theirs.get(&link).await;
    page.says(&[&case.reference, "Hva har dere gjort?", "Det samme", "Ikke det samme", "Det er umulig"]);
    assert!(!page.text().contains(&house.kari().email), "nothing about the person: {page}");
    assert_eq!(theirs.look(&link).await.status, Status::Ok);
    assert_eq!(case.log().await.len(), before, "reading it changes nothing");
    let bare = theirs.send(&link, &[("answer", "acknowledged"), ("by", "Siri Moe")], &[]).await;
    assert_eq!(bare.status, Status::Forbidden, "only a form of our own page");
    let unsaid = theirs.submit(&link, &[("answer", "impossible"), ("by", "Siri Moe")]).await;
    assert_eq!(unsaid.status, Status::UnprocessableEntity, "{unsaid}");
    assert!(unsaid.text().contains("Velg hvorfor det er umulig") && unsaid.text().contains("value=\"Siri Moe\""), "{unsaid}");
    assert_eq!(case.log().await.len(), before);
    theirs.fills(&page, &[("answer", "acknowledged"), ("by", "Siri Moe")]).await.says(&["Takk for svaret"]);
    theirs.get(&link).await.says(&["Denne lenken virker ikke lenger"]);
    let again = theirs.submit(&link, &[("answer", "refused"), ("reason", "Likevel ikke.")]).await;
    again.says(&["Denne lenken virker ikke lenger"]);
    assert_eq!(state(&case, "hosting").await.name(), "acknowledged");
    assert_eq!(theirs.look("/nb/notice/nobody").await.status, Status::NotFound);

    hers.get(&result.path).await.says(&["Har gjort det samme. Det sa Siri Moe"]);
    let desk = Browser::of_staff(&house, "kari").await.get(&format!("/nb/desk/case/{}", case.reference)).await;
    desk.says(&["Mottakere", "Har gjort det samme. Det sa Siri Moe"]);
}

async fn the_desk_records_what_was_said_on_the_telephone(house: TestHouse) {
    let case = resting(&house).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let page = kari.get(&format!("/en/desk/case/{}", case.reference)).await;
    let form = kari.get(&page.link("/recipients/google")).await;
    form.says(&["Record an answer: Google Ads (Google Ireland)", "Told by one of us on"]);
    let silent = kari.submit(&form.path, &[("answer", "refused"), ("reason", " ")]).await;
    assert!(silent.status == Status::UnprocessableEntity && silent.text().contains("Write why"), "{silent}");
    let back = kari.fills(&form, &[("answer", "refused"), ("reason", "Our own law says otherwise.")]).await;
    assert_eq!(back.path, page.path);
    back.says(&["that they do not do the same: Our own law says otherwise."]);
    assert!(!back.text().contains("/recipients/partners\""), "who was never told can have answered nothing");
    assert_eq!(kari.look(&format!("{}/recipients/partners", page.path)).await.status, Status::NotFound);
    let mut hers = Browser::open(&house).await;
    hers.follows_letter(&case, &house.kari().email).await.says(&["Our own law says otherwise."]);
}
