//! From the first page to a sent request, for every right: how long it is, that nothing typed is lost on the way, and that nobody is
//! pushed, hurried or kept.

use habeas_core::law::{lang::Lang, right::Right};
use jiff::SignedDuration;
use rocket::http::Status;

use super::browser::{Browser, Form, Shown};
use crate::house::{database::on_every_store, people::Subject, test_house::TestHouse};

on_every_store! {
    each_right_is_asked_for_in_as_few_steps_as_promised,
    the_language_is_changed_and_nothing_is_lost,
    who_was_away_finds_everything_where_it_was,
    words_in_a_case_are_kept_as_well,
    what_she_wrote_is_for_nobody_else,
    what_is_not_sent_is_sealed_and_gone_after_a_day,
    a_change_leads_back_to_the_last_look,
    a_deletion_is_told_whole_before_it_is_asked_for,
    nobody_is_pushed_or_kept,
    leaving_leaves_nothing_behind,
}

const CONTACT: [&str; 2] = ["98478887", "post@visumexpress.no"];

/// What each right's own pages are answered with.
fn answers(right: Right) -> Vec<Form<'static>> {
    match right {
        Right::Rectification => vec![&[("kind", "shop.customers")], &[("field", "last_name"), ("should", "Hansen")]],
        Right::Restriction => vec![&[("ground", "claims"), ("scope", "everything")]],
        Right::Objection => vec![&[("against", "other"), ("why", "Jeg er blitt truet.")]],
        Right::ConsentWithdrawal => vec![&[("scope", "everything")]],
        Right::Access | Right::Erasure | Right::Portability => vec![],
    }
}

/// How a request was made.
#[derive(Debug, Default)]
struct Length {
    /// Forms that were sent.
    submits: usize,
    /// Those of them that asked for a number beside the mailbox.
    items: usize,
    /// Fields to type into before the right's own questions.
    typed: usize,
}

/// Fields to type into.
fn typed(shown: &Shown) -> usize {
    let text = shown.text();
    let choice = |tag: &&str| ["hidden", "radio", "checkbox"].iter().any(|kind| tag.contains(&format!("type=\"{kind}\"")));
    text.split("<input ").skip(1).filter(|tag| !choice(tag)).count() + text.matches("<textarea").count()
}

async fn walked(house: &TestHouse, who: &Subject<'_>, right: Right) -> Length {
    let mut browser = Browser::open(house).await;
    let (mut length, own) = (Length::default(), answers(right));
    let mut own = own.into_iter();
    let mut shown = browser.get("/nb/").await;
    while !shown.path.contains("/case/") {
        for said in CONTACT {
            assert!(shown.text().contains(said), "{right:?}: `{said}` is missing: {shown}");
        }
        let page = shown.path.rsplit('/').next().unwrap_or_default().to_owned();
        length.typed += if ["", "who", "code"].contains(&page.as_str()) { typed(&shown) } else { 0 };
        length.items += usize::from(page == "second-item");
        length.submits += 1;
        let (kind, number) = (("kind", "customer-number"), ("number", who.customer_number.as_str()));
        shown = match page.as_str() {
            "" => browser.fills(&shown, &[("right", right.name())]).await,
            "who" => browser.fills(&shown, &[("email", &who.email)]).await,
            "code" => {
                let code = browser.code_for(&who.email).await;
                browser.submit(&shown.path, &[("code", &code)]).await
            }
            "second-item" => browser.fills(&shown, &[kind, number]).await,
            "scope" => browser.fills(&shown, &[("scope", "everything")]).await,
            "check" => browser.fills(&shown, &[]).await,
            _ => browser.fills(&shown, own.next().unwrap_or_else(|| panic!("nobody knows what to answer: {shown}"))).await,
        };
    }
    assert!(own.next().is_none(), "{right:?} asks less than expected");
    length
}

async fn each_right_is_asked_for_in_as_few_steps_as_promised(house: TestHouse) {
    let kari = house.kari();
    let mut told = Vec::new();
    for (right, most) in [
        (Right::Access, 4),
        (Right::Portability, 4),
        (Right::Erasure, 5),
        (Right::Rectification, 6),
        (Right::Restriction, 5),
        (Right::Objection, 5),
        (Right::ConsentWithdrawal, 5),
    ] {
        let length = walked(&house, &kari, right).await;
        assert!(length.submits - length.items <= most && length.items <= 1 && length.typed <= 2, "{right:?}: {length:?}");
        told.push((right, length.submits - length.items));
        // A mailbox gets only so many codes in a while.
        house.advance(SignedDuration::from_hours(2)).await;
    }
    let steps = |wanted| told.iter().find(|(right, _)| *right == wanted).map(|(_, submits)| *submits);
    assert_eq!(steps(Right::Erasure), steps(Right::Access).map(|submits| submits + 1), "deleting is as short as reading and one more");
}

/// The fields of a form that is not sent, and what the page must still say afterwards.
type Unsent<'a> = (&'a str, Form<'a>, &'a [&'a str]);

/// Presses a language instead of the form's own button, and reads the same page in it.
async fn switches(browser: &mut Browser<'_>, page: &str, fields: Form<'_>, still: &[&str]) {
    let shown = browser.get(&format!("/nb{page}")).await;
    assert!(shown.text().contains("formaction=\"/nl/language\""), "`{page}` has no button that keeps what is typed: {shown}");
    let fields = [&[("page", page)], fields].concat();
    let dutch = browser.submit("/nl/language", &fields).await;
    assert_eq!((dutch.status, dutch.path.as_str()), (Status::Ok, format!("/nl{page}").as_str()), "{dutch}");
    assert!(dutch.text().contains("<html lang=\"nl\"") && !dutch.text().contains("role=\"alert\""), "nothing is judged: {dutch}");
    dutch.says(still);
    browser.get(&format!("/en{page}")).await.says(still);
}

async fn the_language_is_changed_and_nothing_is_lost(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    switches(&mut hers, "/find", &[("email", "kari@")], &["value=\"kari@\""]).await;
    switches(&mut hers, "/", &[("right", "objection")], &["value=\"objection\" checked"]).await;
    let start = hers.get("/nb/").await;
    hers.fills(&start, &[("right", "objection")]).await;
    switches(&mut hers, "/request/who", &[("email", "kari @example")], &["value=\"kari @example\""]).await;
    let ola: Unsent<'_> = ("/request/for", &[("capacity", "parent"), ("concerned", "Ola")], &["value=\"parent\" checked", "value=\"Ola\""]);
    switches(&mut hers, ola.0, ola.1, ola.2).await;
    let code = hers.submit("/nb/request/who", &[("email", &kari.email)]).await;
    assert_eq!(code.path, "/nb/request/code", "{code}");
    switches(&mut hers, "/request/code", &[("code", "12")], &["value=\"12\""]).await;
    let code = hers.code_for(&kari.email).await;
    hers.submit("/nb/request/code", &[("code", &code)]).await;
    let why = "Fordi \"naboen\" <leser> posten & min";
    let escaped = "Fordi &quot;naboen&quot; &lt;leser&gt; posten &amp; min";
    let ticked = [("against", "other"), ("why", why), ("kind", "shop.orders")];
    switches(&mut hers, "/request/details", &ticked, &["value=\"other\" class=\"opens\" checked", escaped]).await;
    let item = [("kind", "order-number"), ("number", "4 7 1 1")];
    switches(&mut hers, "/request/second-item", &item, &["value=\"order-number\" checked", "value=\"4 7 1 1\""]).await;
    let details = hers.get("/nb/request/details").await;
    assert!(!details.text().contains(escaped), "one page is kept at a time, and only until another one is filled in: {details}");
    assert_eq!(house.count("cases").await, 0);

    hers.submit("/nb/", &[("right", "erasure")]).await;
    let some = [("scope", "choose"), ("kind", "shop.orders")];
    switches(&mut hers, "/request/scope", &some, &["value=\"choose\" class=\"opens\" checked", "value=\"shop.orders\" checked"]).await;
    hers.get("/nb/request/check").await;
    hers.submit("/nb/", &[("right", "rectification")]).await;
    let at = "/request/details/shop.customers";
    let mistake = [("field", "last_name"), ("now", "Nordmann"), ("should", ""), ("why", "Gift.")];
    switches(&mut hers, at, &mistake, &["value=\"last_name\" checked", "value=\"Nordmann\"", ">Gift.</textarea>"]).await;
    for page in ["https://evil.example", "//evil.example", ""] {
        let shown = hers.submit("/nl/language", &[("page", page)]).await;
        assert!(shown.path.starts_with("/nl/") && shown.status == Status::NotFound, "{page}: {shown}");
    }
    assert_eq!(hers.send("/nl/language", &[("page", "/")], &[]).await.status, Status::Forbidden, "only from a page of ours");
}

/// At the page that asks for a number, for a deletion, an hour ago.
async fn away<'h>(house: &'h TestHouse, kari: &Subject<'h>) -> Browser<'h> {
    let mut hers = Browser::open(house).await;
    let start = hers.get("/nb/").await;
    let who = hers.fills(&start, &[("right", "erasure")]).await;
    hers.proves(&who.path, &kari.email).await;
    let scope = hers.submit("/nb/request/second-item", &[("kind", "customer-number"), ("number", &kari.customer_number)]).await;
    assert_eq!(scope.path, "/nb/request/scope", "{scope}");
    house.advance(SignedDuration::from_mins(61)).await;
    hers
}

async fn who_was_away_finds_everything_where_it_was(house: TestHouse) {
    let kari = house.kari();
    let mut hers = away(&house, &kari).await;
    let who = hers.submit("/nb/request/scope", &[("scope", "choose"), ("kind", "shop.orders")]).await;
    assert_eq!(who.path, "/nb/request/who", "{who}");
    who.says(&["Du har vært borte en stund"]);
    assert!(!who.text().contains(&kari.email), "whoever sits down there reads no address: {who}");
    let back = hers.proves(&who.path, &kari.email).await;
    assert_eq!(back.path, "/nb/request/scope", "{back}");
    back.says(&["value=\"choose\" class=\"opens\" checked", "value=\"shop.orders\" checked"]);
    let check = hers.fills(&back, &[("scope", "choose"), ("kind", "shop.orders")]).await;
    check.says(&[&kari.customer_number, "Be om sletting"]);

    house.advance(SignedDuration::from_mins(61)).await;
    let who = hers.get("/nb/request/second-item").await;
    assert_eq!(who.path, "/nb/request/who", "looking is no more than sending");
    let back = hers.proves(&who.path, &kari.email).await;
    assert_eq!(back.path, "/nb/request/second-item", "{back}");
    back.says(&[&format!("value=\"{}\"", kari.customer_number)]);

    // Less than an hour is no absence, however often.
    for _ in 0..2 {
        house.advance(SignedDuration::from_mins(50)).await;
        assert_eq!(hers.get("/nb/request/check").await.path, "/nb/request/check");
    }
}

/// A message that nobody has sent, after an hour.
async fn unsent_message<'h>(house: &'h TestHouse, kari: &Subject<'h>) -> (Browser<'h>, String, Shown) {
    let mut hers = Browser::open(house).await;
    let case = hers.asks(kari, Right::Erasure, Lang::Nb).await;
    let at = format!("/case/{}/messages", case.reference);
    hers.get(&format!("/nb{at}")).await;
    house.advance(SignedDuration::from_mins(61)).await;
    let csrf = hers.csrf().to_owned();
    let words = [("csrf", csrf.as_str()), ("message", "Æ & ø = 100 %\r\n+ å")];
    let aside = hers.sends_file(&format!("/nb{at}"), &words, ("file", "brev.pdf", b"%PDF-1.7 brev %%EOF")).await;
    assert_eq!(aside.leads_to(), Some(format!("/nb/find?case={}", case.reference)), "{aside}");
    let find = hers.get(&format!("/nb/find?case={}", case.reference)).await;
    (hers, at, find)
}

async fn words_in_a_case_are_kept_as_well(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Erasure, Lang::Nb).await;
    let at = format!("/case/{}/messages", case.reference);
    switches(&mut hers, &at, &[("message", "Jeg \"flyttet\"")], &["Jeg &quot;flyttet&quot;"]).await;
    let page = hers.get(&format!("/nb{at}")).await;
    let sent = hers.fills(&page, &[("message", "Sendt.")]).await;
    assert!(!sent.text().contains("flyttet"), "what is sent is over: {sent}");

    house.advance(SignedDuration::from_hours(2)).await;
    let (mut hers, at, find) = unsent_message(&house, &kari).await;
    find.says(&["Du har vært borte en stund"]);
    let back = hers.proves(&find.path, &kari.email).await;
    assert_eq!(back.path, format!("/nb{at}"), "{back}");
    back.says(&["Æ &amp; ø = 100 %", "+ å</textarea>"]);

    house.advance(SignedDuration::from_hours(2)).await;
    let (mut his, at, find) = unsent_message(&house, &kari).await;
    let jonas = house.jonas();
    let other = his.proves(&find.path, &jonas.email).await;
    assert!(!other.text().contains("100 %"), "nobody else reads it: {other}");
    assert!(!his.get(&format!("/nb{at}")).await.text().contains("100 %"));
}

async fn what_she_wrote_is_for_nobody_else(house: TestHouse) {
    let (kari, jonas) = (house.kari(), house.jonas());
    let mut hers = away(&house, &kari).await;
    let who = hers.submit("/nb/request/scope", &[("scope", "choose"), ("kind", "shop.orders")]).await;
    let his = hers.proves(&who.path, &jonas.email).await;
    assert_eq!(his.path, "/nb/request/second-item", "another mailbox begins anew: {his}");
    assert!(!his.text().contains(&kari.customer_number), "{his}");
    let scope = hers.fills(&his, &[("kind", "customer-number"), ("number", &jonas.customer_number)]).await;
    scope.says(&["value=\"everything\" checked"]);
    assert!(!scope.text().contains("value=\"shop.orders\" checked"), "{scope}");

    // A mistake in the address before anything was shown loses nothing.
    let mut new = Browser::open(&house).await;
    let start = new.get("/nb/").await;
    new.fills(&start, &[("right", "access")]).await;
    new.get("/nb/request/for").await;
    let ola =
        [("capacity", "parent"), ("name", "Kari"), ("concerned", "Ola"), ("concerned-email", "ola@example.no"), ("born", "2020-01-01")];
    new.submit("/nb/request/for", &ola).await.says(&["Ola"]);
    new.submit("/nb/request/who", &[("email", "kari@exmaple.no")]).await;
    new.get("/nb/request/who").await.says(&["Ola"]);
    new.submit("/nb/request/who", &[("email", &kari.email)]).await;
    new.get("/nb/request/who").await.says(&["Ola"]);
}

async fn what_is_not_sent_is_sealed_and_gone_after_a_day(house: TestHouse) {
    let kari = house.kari();
    let mut hers = away(&house, &kari).await;
    let who = hers.get("/nb/request/who").await;
    hers.proves(&who.path, &kari.email).await;
    let why = "Noe bare hun vet 4711";
    hers.submit("/nb/language", &[("page", "/request/second-item"), ("number", why)]).await.says(&[why]);
    let stored = house.every_byte().await;
    for told in [why, "4711", &kari.customer_number] {
        let stands = stored.windows(told.len()).any(|piece| piece == told.as_bytes());
        assert!(!stands || told == kari.customer_number.as_str(), "`{told}` stands where anybody who has the disk can read it");
    }
    assert!(house.count("session").await > 0);
    house.advance(SignedDuration::from_hours(25)).await;
    house.work().await;
    assert_eq!(house.count("session").await, 0, "and a day later nobody has it any more");
    let back = hers.get("/nb/request/second-item").await;
    assert!(!back.text().contains(why), "{back}");
}

async fn a_change_leads_back_to_the_last_look(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    for right in [Right::Erasure, Right::Restriction, Right::ConsentWithdrawal] {
        hers.get("/nb/").await;
        let check = hers.writes(&kari, right, Lang::Nb, &answers(right)).await;
        let text = check.text();
        let changes: Vec<_> = text.split("class=\"change\" href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(changes.len() >= 2, "{check}");
        for change in changes {
            let page = hers.get(change).await;
            let (kind, number) = (("kind", "customer-number"), ("number", kari.customer_number.as_str()));
            let back = match change.rsplit('/').next().unwrap_or_default() {
                "" => hers.fills(&page, &[("right", right.name())]).await,
                "who" => hers.proves(&page.path, &kari.email).await,
                "second-item" => hers.fills(&page, &[kind, number]).await,
                "scope" => hers.fills(&page, &[("scope", "everything")]).await,
                "details" => hers.fills(&page, answers(right)[0]).await,
                other => panic!("nobody expects to change {other}"),
            };
            assert_eq!(back.path, "/nb/request/check", "{right:?}, {change}: {back}");
        }
        house.advance(SignedDuration::from_hours(2)).await;
        hers = Browser::open(&house).await;
    }
}

async fn a_deletion_is_told_whole_before_it_is_asked_for(house: TestHouse) {
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&solveig, Right::Erasure, Lang::En, &[]).await;
    check.says(&["This is what happens when you delete", "cannot be undone", "you can stop the deletion", "Invoices", "Ask to delete"]);
    let text = check.text();
    let place = |said: &str| text.find(said).unwrap_or_else(|| panic!("`{said}` is missing: {check}"));
    assert!(place("cannot be undone") < place("Ask to delete") && place("Invoices") < place("Ask to delete"), "before, not after");
    evenly(&check, "Ask to delete", "Do not delete");
    let case = hers.sends(&check).await;
    let withdraw = hers.get(&format!("/en/case/{}/withdraw", case.reference)).await;
    let labels: Vec<String> =
        ["<button class=\"second\">", "<a class=\"button second\""].iter().filter_map(|tag| withdraw.between(tag, "</")).collect();
    assert_eq!(labels.len(), 2, "{withdraw}");
}

/// Fails unless going on and going back look alike and stand side by side.
fn evenly(shown: &Shown, on: &str, back: &str) {
    let row = shown.between("<div class=\"acts even\">", "</div>").unwrap_or_else(|| panic!("nothing stands evenly: {shown}"));
    let [button, link] = [format!("<button class=\"second\">{on}</button>"), format!(">{back}</a>")].map(|part| row.find(&part));
    assert!(button.is_some() && link.is_some() && row.contains("<a class=\"button second\""), "{row}");
}

async fn nobody_is_pushed_or_kept(house: TestHouse) {
    let kari = house.kari();
    for right in Right::ALL {
        let mut hers = Browser::open(&house).await;
        let start = hers.get("/nb/").await;
        assert!(!start.text().contains(" checked"), "no right is chosen for her: {start}");
        let who = hers.fills(&start, &[("right", right.name())]).await;
        assert!(!who.text().contains("type=\"password\""), "no account is needed: {who}");
        let mut shown = hers.proves(&who.path, &kari.email).await;
        let own = answers(right);
        let mut own = own.into_iter();
        while !shown.path.ends_with("/check") {
            let text = shown.text();
            let narrowed =
                text.split("type=\"checkbox\"").skip(1).any(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(" checked")));
            assert!(!narrowed, "{right:?}: nothing is narrowed beforehand: {shown}");
            let asks_why = text.contains("name=\"why\"") || text.contains("name=\"reason\"");
            assert!(
                !asks_why || !matches!(right, Right::Access | Right::Erasure | Right::Portability | Right::ConsentWithdrawal),
                "{right:?}: {shown}"
            );
            shown = match shown.path.rsplit('/').next().unwrap_or_default() {
                "second-item" => hers.fills(&shown, &[("kind", "customer-number"), ("number", &kari.customer_number)]).await,
                "scope" => hers.fills(&shown, &[("scope", "everything")]).await,
                _ => hers.fills(&shown, own.next().unwrap_or_else(|| panic!("nobody knows what to answer: {shown}"))).await,
            };
        }
        for said in CONTACT {
            assert!(shown.text().contains(said), "{right:?}: {shown}");
        }
        house.advance(SignedDuration::from_hours(2)).await;
    }
}

async fn leaving_leaves_nothing_behind(house: TestHouse) {
    let kari = house.kari();
    for page in ["/nb/", "/nb/help", "/nb/rights", "/nb/find", "/nb/paper/access", "/nb/nothing"] {
        let shown = Browser::open(&house).await.get(page).await;
        assert!(shown.text().contains("action=\"/nb/sign-out\""), "no way out of {page}: {shown}");
    }
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&kari, Right::Erasure, Lang::Nb, &[]).await;
    let text = check.text();
    let (main, out) = (text.find("<main").unwrap(), text.find("action=\"/nb/sign-out\"").unwrap());
    assert!(out < main && check.headers.get_one("Cache-Control") == Some("no-store"), "{check}");
    let left = hers.send("/nb/sign-out", &[("csrf", hers.csrf())], &[]).await;
    let clear = left.headers.get_one("Clear-Site-Data").unwrap_or_default();
    assert!(clear.contains("\"cache\"") && clear.contains("\"storage\""), "Back shows nothing: {clear}");
    let gone = hers.get(&left.leads_to().unwrap()).await;
    gone.says(&["Du har forlatt siden"]);
    let said = gone.between("<main", "</main>").unwrap();
    for told in [kari.email.as_str(), &kari.customer_number, "sak", "slette opplysninger"] {
        assert!(!said.contains(told), "`{told}`: {gone}");
    }
    assert_eq!(house.count("session").await, 0);
    let back = hers.get("/nb/request/check").await;
    assert_eq!(back.path, "/nb/", "there is no draft any more: {back}");
}
