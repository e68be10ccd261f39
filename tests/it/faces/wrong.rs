//! Bad input over HTTP: each is met with a clear page, and nothing comes of it.

use habeas_core::law::{lang::Lang, right::Right};
use jiff::SignedDuration;
use rocket::http::{ContentType, Header, Method, Status};

use super::browser::{Browser, HOME, Shown};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    a_code_is_tried_five_times_and_then_waits,
    ab16_a_code_is_good_once_and_not_for_long,
    a_foreign_case_is_no_case,
    ab20_a_form_that_is_not_ours_does_nothing,
    a_field_that_is_wrong_is_said_beside_it,
    what_is_not_there_says_so_in_the_pages_language,
    every_answer_carries_the_headers,
    a_house_that_cannot_read_its_rows_says_so,
    what_programs_look_for_is_there,
    a_letter_is_printed_and_nothing_of_it_is_sent,
    ab18_cookies_are_shut_in_and_changed_at_sign_in,
}

const CODE: &str = "/nb/request/code";

/// A browser at the page that asks for a code, and the code.
async fn asked(house: &TestHouse) -> (Browser<'_>, String) {
    let mut browser = Browser::open(house).await;
    browser.get("/nb/find").await;
    let email = house.kari().email;
    let shown = browser.submit("/nb/find", &[("email", &email)]).await;
    assert_eq!(shown.path, CODE, "{shown}");
    let code = browser.code_for(&email).await;
    (browser, code)
}

/// Fails unless the page refuses a form with this problem.
fn refuses(shown: &Shown, problem: &str) {
    assert_eq!(shown.status, Status::UnprocessableEntity, "{shown}");
    assert!(shown.text().contains("role=\"alert\"") && shown.text().contains(problem), "`{problem}` is missing: {shown}");
}

/// Other digits.
fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

async fn a_code_is_tried_five_times_and_then_waits(house: TestHouse) {
    let (mut browser, code) = asked(&house).await;
    for _ in 0..5 {
        refuses(&browser.submit(CODE, &[("code", &wrong(&code))]).await, "Koden stemmer ikke");
    }
    // The code went out a moment after ten in Oslo.
    refuses(&browser.submit(CODE, &[("code", &code)]).await, "Prøv igjen klokka 10.15");
    house.advance(SignedDuration::from_mins(16)).await;
    browser.submit(CODE, &[("again", "yes")]).await.says(&["Koden"]);
    let code = browser.code_for(&house.kari().email).await;
    assert_eq!(browser.submit(CODE, &[("code", &code)]).await.path, "/nb/cases");
}

async fn ab16_a_code_is_good_once_and_not_for_long(house: TestHouse) {
    let (mut browser, code) = asked(&house).await;
    house.advance(SignedDuration::from_mins(11)).await;
    refuses(&browser.submit(CODE, &[("code", &code)]).await, "Koden er for gammel");

    browser.submit(CODE, &[("again", "yes")]).await;
    let code = browser.code_for(&house.kari().email).await;
    assert_eq!(browser.submit(CODE, &[("code", &code)]).await.path, "/nb/cases");
    let (mut another, _) = asked(&house).await;
    refuses(&another.submit(CODE, &[("code", &code)]).await, "Koden stemmer ikke");
    let used = browser.submit(CODE, &[("code", &code)]).await;
    assert_ne!(used.status, Status::Ok, "a used code opens nothing: {used}");
}

async fn a_foreign_case_is_no_case(house: TestHouse) {
    let case = house.solveig().asks(Right::Access).await;
    let (mut kari, code) = asked(&house).await;
    kari.submit(CODE, &[("code", &code)]).await;
    let mut answers = Vec::new();
    for reference in [case.reference.as_str(), "HB-0000-0000", "nonsense"] {
        for page in ["", "/withdraw", "/answer", "/result", "/record", "/data", "/data/shop.orders", "/download", "/download/file"] {
            let shown = kari.get(&format!("/nb/case/{reference}{page}")).await;
            answers.push((shown.status, page, shown.text().replace(reference, "…")));
        }
    }
    let (foreign, unknown) = answers.split_at(answers.len() / 3);
    for ((status, page, text), known) in unknown.iter().zip(foreign.iter().cycle()) {
        assert_eq!(*status, Status::NotFound, "{page}");
        assert!((*status, *page, text) == (known.0, known.1, &known.2), "`{page}` of a foreign case and of none must look alike");
    }
    let before = case.log().await;
    kari.get("/nb/find").await;
    let taken = kari.submit(&format!("/nb/case/{}/withdraw", case.reference), &[]).await;
    assert_eq!((taken.status, case.log().await), (Status::NotFound, before));
}

/// What is sent: a name for it, fields, headers, and the status that answers.
type Sent<'a> = (&'a str, Vec<(&'a str, &'a str)>, Vec<(&'static str, &'a str)>, u16);

async fn ab20_a_form_that_is_not_ours_does_nothing(house: TestHouse) {
    let mut browser = Browser::open(&house).await;
    browser.get("/nb/").await;
    let mut other = Browser::open(&house).await;
    other.get("/nb/").await;
    let (mine, theirs) = (browser.csrf().to_owned(), other.csrf().to_owned());
    let (right, origin) = (("right", "access"), ("Origin", HOME));
    let large = "x".repeat(70_000);
    let table: [Sent<'_>; 8] = [
        ("no token", vec![right], vec![origin], 403),
        ("an empty token", vec![("csrf", ""), right], vec![origin], 403),
        ("another browser's token", vec![("csrf", &theirs), right], vec![origin], 403),
        ("another site", vec![("csrf", &mine), right], vec![("Origin", "https://evil.example")], 403),
        ("another site, as the browser says", vec![("csrf", &mine), right], vec![origin, ("Sec-Fetch-Site", "cross-site")], 403),
        ("a sister site", vec![("csrf", &mine), right], vec![origin, ("Sec-Fetch-Site", "same-site")], 403),
        ("more than a form holds", vec![("csrf", &mine), ("right", &large)], vec![origin], 413),
        ("our own", vec![("csrf", &mine), right], vec![origin, ("Sec-Fetch-Site", "same-origin")], 303),
    ];
    for (what, fields, headers, status) in table {
        let shown = browser.send("/nb/", &fields, &headers).await;
        assert_eq!(shown.status.code, status, "{what}: {shown}");
        match status {
            403 => assert!(shown.text().contains("Ingenting ble sendt"), "{what}: {shown}"),
            413 => assert!(shown.text().contains("Vi tar imot opptil 65 kB"), "{what}: {shown}"),
            _ => {}
        }
    }
    browser.get("/nb/").await;
    let mine = browser.csrf().to_owned();
    let right = format!("csrf={mine}&right=access");
    let json = format!("{{\"csrf\":\"{mine}\",\"right\":\"access\"}}");
    for (kind, body, status) in [
        ("application/json", json.as_str(), 415),
        ("text/plain", &right, 415),
        ("application/xml", &right, 415),
        ("application/x-www-form-urlencoded", &format!("_method=get&{right}"), 403),
        ("application/x-www-form-urlencoded", &format!("_method=delete&{right}"), 403),
        ("application/x-www-form-urlencoded", &format!("{right}&right=erasure"), 400),
        ("application/x-www-form-urlencoded", &format!("{right}&csrf={mine}"), 400),
        ("application/x-www-form-urlencoded", &format!("{right}&more=%00"), 400),
        ("application/x-www-form-urlencoded", &right, 303),
    ] {
        let kind: ContentType = kind.parse().unwrap();
        let sent = browser.client.post("/nb/").header(kind.clone()).header(Header::new("Origin", HOME)).body(body).dispatch().await;
        assert_eq!(sent.status().code, status, "{kind}: {body}");
    }
    for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
        let sent = browser.client.get("/nb/sign-out").header(Header::new(name, "POST")).dispatch().await;
        assert_eq!(sent.status(), Status::NotFound, "{name} makes no other request of it");
    }
    for (method, path, status) in [
        (Method::Trace, "/nb/", 405),
        (Method::Put, "/nb/find", 405),
        (Method::Delete, "/nb/desk/holds", 405),
        (Method::Options, "/api/v1/restrictions", 405),
        (Method::Post, "/api/v1/restrictions", 405),
        (Method::Post, "/healthz", 405),
        (Method::Head, "/nb/", 200),
        (Method::Get, "/nb/?right=access&right=erasure", 400),
        (Method::Get, "/nb/desk?q=%00", 400),
        (Method::Get, "/nb/case/HB-%00", 404),
    ] {
        let answer = browser.client.req(method, path).dispatch().await;
        assert_eq!(answer.status().code, status, "{method} {path}");
        let allowed = if path.starts_with("/api/") || path == "/healthz" { "GET, HEAD" } else { "GET, HEAD, POST" };
        assert!(status != 405 || answer.headers().get_one("Allow") == Some(allowed), "{method} {path}");
        assert!(answer.headers().get_one("Content-Security-Policy").is_some(), "{method} {path}");
    }
}

async fn a_field_that_is_wrong_is_said_beside_it(house: TestHouse) {
    let (mut kari, code) = asked(&house).await;
    refuses(&kari.submit(CODE, &[("code", "")]).await, "Koden stemmer ikke");
    kari.submit(CODE, &[("code", &code)]).await;
    kari.get("/nb/").await;
    refuses(&kari.submit("/nb/", &[("right", "everything-and-more")]).await, "id=\"right-problem\"");
    kari.submit("/nb/", &[("right", "erasure")]).await;
    let item = "/nb/request/second-item";
    refuses(&kari.submit(item, &[("kind", "shoe-size"), ("number", "42")]).await, "Velg hvilket nummer du har");
    refuses(&kari.submit(item, &[("kind", "customer-number"), ("number", " ")]).await, "Skriv nummeret");
    let long = "9".repeat(101);
    refuses(&kari.submit(item, &[("kind", "customer-number"), ("number", &long)]).await, "Skriv nummeret");
    kari.submit(item, &[("kind", "customer-number"), ("number", "K-100001")]).await;
    let scope = "/nb/request/scope";
    refuses(&kari.submit(scope, &[("scope", "choose"), ("kind", "shop.sqlite_schema")]).await, "id=\"kind-problem\"");
    refuses(&kari.submit(scope, &[]).await, "id=\"scope-problem\"");

    let mut nobody = Browser::open(&house).await;
    nobody.get("/en/find").await;
    refuses(&nobody.submit("/en/find", &[("email", "<script>alert(1)</script>")]).await, "&lt;script&gt;");
    nobody.get("/en/desk/sign-in").await;
    for (email, password) in [("kari@visumexpress.example", "wrong"), ("nobody@visumexpress.example", "wrong"), ("", "")] {
        refuses(&nobody.submit("/en/desk/sign-in", &[("email", email), ("password", password)]).await, "id=\"email-problem\"");
    }
    let skipped = nobody.submit("/en/desk/totp", &[("code", "000000")]).await;
    assert_eq!(skipped.path, "/en/desk/sign-in", "the second step needs the first");
}

async fn what_is_not_there_says_so_in_the_pages_language(house: TestHouse) {
    let mut browser = Browser::open(&house).await;
    for (path, lang, title) in [
        ("/nb/no/such/page", "nb", "Vi finner ikke siden"),
        ("/nl/no-such-page", "nl", "niet"),
        ("/en/room/../nothing", "en", "find"),
        ("/nb/desk/nothing", "nb", "Vi finner ikke siden"),
        ("/nothing", "nb", "Vi finner ikke siden"),
        ("/assets/nothing.css", "nb", "Vi finner ikke siden"),
        ("/demo/", "nb", "Vi finner ikke siden"),
        ("/demo/mail", "nb", "Vi finner ikke siden"),
    ] {
        let shown = browser.get(path).await;
        assert_eq!(shown.status, Status::NotFound, "{path}");
        assert_eq!(shown.between("<html lang=\"", "\"").as_deref(), Some(lang), "{path}: {shown}");
        assert!(shown.between("<h1>", "</h1>").is_some_and(|said| said.contains(title)), "{path}: {shown}");
    }
    let english = browser.client.get("/nothing").header(rocket::http::Header::new("Accept-Language", "en-GB")).dispatch().await;
    assert!(english.into_string().await.unwrap().contains("<html lang=\"en\""));
}

async fn every_answer_carries_the_headers(house: TestHouse) {
    let mut kari = Browser::open(&house).await;
    let case = kari.asks(&house.kari(), Right::Access, Lang::En).await;
    let at = format!("/en/case/{}", case.reference);
    let pages = ["", "/result", "/record", "/data", "/data/shop.orders", "/download", "/download/file", "/nothing"];
    let of_case = pages.map(|page| format!("{at}{page}"));
    let others =
        ["/", "/en/", "/en/find", "/en/help", "/en/rights", "/en/about-this-page", "/en/accessibility", "/en/cases", "/en/signed-out"];
    let desk = ["/en/desk/", "/en/desk/sign-in", "/en/room/", "/healthz", "/readyz", "/robots.txt", "/nothing"];
    for path in of_case.iter().map(String::as_str).chain(others).chain(desk) {
        let shown = kari.look(path).await;
        for (name, value) in [
            ("Content-Security-Policy", "default-src 'none'"),
            ("Content-Security-Policy", "frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Strict-Transport-Security", "max-age="),
            ("Cache-Control", "no-store"),
        ] {
            assert!(
                shown.headers.get_one(name).is_some_and(|said| said.contains(value)),
                "{path}: {name} is {:?}",
                shown.headers.get_one(name)
            );
        }
        assert_eq!(shown.headers.get_one("Server"), None, "{path}");
        let is_page = shown.headers.get_one("Content-Type").is_some_and(|kind| kind.starts_with("text/html"));
        assert!(!is_page || !shown.text().to_lowercase().contains("<script"), "{path} carries a script");
        let styled = ["style=\"", " onclick=", "javascript:"].iter().any(|part| shown.text().contains(part));
        assert!(!is_page || !styled, "{path} carries what its own policy forbids");
    }
}

async fn a_house_that_cannot_read_its_rows_says_so(house: TestHouse) {
    let mut browser = Browser::open(&house).await;
    browser.get("/nb/find").await;
    house.sql("ALTER TABLE session RENAME TO elsewhere_for_now").await;
    for (lang, title, hours) in [
        ("nb", "Siden hviler", "9&#8288;–&#8288;15"),
        ("nl", "De site rust", "9&#8288;–&#8288;15"),
        ("en", "The site is resting", "9 am to 3 pm"),
    ] {
        for path in ["help", "request/who", "case/HB-1"] {
            let shown = browser.look(&format!("/{lang}/{path}")).await;
            assert_eq!(shown.status, Status::ServiceUnavailable, "{path}: {shown}");
            let text = shown.text();
            let incident =
                text.split("<strong>").find_map(|rest| Some(rest.split_once("</strong>")?.0).filter(|said| said.starts_with("I-")));
            assert!(text.contains(title) && incident.is_some() && text.contains("98478887") && text.contains(hours), "{shown}");
        }
    }
    house.sql("ALTER TABLE elsewhere_for_now RENAME TO session").await;
    assert_eq!(browser.get("/nb/help").await.status, Status::Ok);
}

async fn what_programs_look_for_is_there(house: TestHouse) {
    let browser = Browser::open(&house).await;
    let security = browser.look("/.well-known/security.txt").await.text();
    let canonical = format!("Canonical: {HOME}/.well-known/security.txt");
    for line in ["Contact: mailto:post@visumexpress.no", "Preferred-Languages: nb, nl, en", &canonical] {
        assert!(security.lines().any(|said| said == line), "`{line}` is missing: {security}");
    }
    let expires = security.lines().find_map(|line| line.strip_prefix("Expires: ")).unwrap();
    let expires: jiff::Timestamp = expires.parse().unwrap();
    let left = expires.duration_since(house.now());
    assert!(left > SignedDuration::from_hours(24) && left < SignedDuration::from_hours(365 * 24), "{expires}");
    let robots = browser.look("/robots.txt").await.text();
    for line in ["Allow: /nb/$", "Allow: /nl/rights$", "Disallow: /"] {
        assert!(robots.lines().any(|said| said == line), "`{line}` is missing: {robots}");
    }
    for (path, is_found) in
        [("/nb/", true), ("/en/rights", true), ("/nb/find", false), ("/nb/signed-out", false), ("/nb/desk/sign-in", false)]
    {
        assert_eq!(!browser.look(path).await.text().contains("content=\"noindex\""), is_found, "{path}");
    }
}

async fn a_letter_is_printed_and_nothing_of_it_is_sent(house: TestHouse) {
    let mut browser = Browser::open(&house).await;
    let help = browser.get("/nl/help").await;
    for right in Right::ALL {
        let letter = browser.get(&help.link(&format!("/paper/{}", right.name()))).await;
        letter.says(&["Visumexpress AS", "Postboks 4106 Sjølyst, 0217 Oslo", "Datum en handtekening"]);
        let text = letter.text();
        let main = text.split_once("<main").unwrap().1;
        assert!(main.contains("<input") && !main.contains("<form"), "{letter}");
    }
    assert_eq!(browser.get("/nl/paper/nothing").await.status, Status::NotFound);
}

async fn ab18_cookies_are_shut_in_and_changed_at_sign_in(house: TestHouse) {
    let mut kari = Browser::open(&house).await;
    let first = kari.get("/nb/find").await;
    let planted = cookie(&first);
    let shown = kari.send("/nb/find", &[("csrf", kari.csrf()), ("email", &house.kari().email)], &[]).await;
    let asked = cookie(&shown);
    let code = kari.code_for(&house.kari().email).await;
    kari.get(CODE).await;
    let shown = kari.send(CODE, &[("csrf", kari.csrf()), ("code", &code)], &[]).await;
    let proven = cookie(&shown);
    assert!(planted != asked && asked != proven, "each step up gets another session");

    let thief = Browser::open(&house).await;
    for old in [planted, asked] {
        let name = "__Host-habeas";
        let answer = thief.client.get("/nb/cases").cookie((name, old)).dispatch().await;
        assert_eq!(answer.status(), Status::SeeOther, "a cookie from before the code opens nothing");
    }
}

/// The session cookie that an answer sets. Fails unless it is shut in as it must be.
fn cookie(shown: &Shown) -> String {
    let set = shown.headers.get_one("Set-Cookie").unwrap_or_else(|| panic!("no cookie: {shown}"));
    for flag in ["__Host-habeas=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(flag), "`{flag}` is missing in the cookie");
    }
    assert!(!set.contains("Domain") && !set.contains("Max-Age") && !set.contains("Expires"), "it goes with the browser");
    set.split(['=', ';']).nth(1).unwrap().to_owned()
}
