//! Who may open what: every address of the house, asked for by everybody there is, about what is theirs and what is not, against a
//! reviewed table.

use std::{collections::BTreeSet, fmt::Write as _};

use habeas::{
    action::{actor::Actor, add_client::AddClient, revoke_client::RevokeClient, schedule::RequestBundle},
    web::Faces,
};
use habeas_core::law::{identifier::Identifier, lang::Lang, right::Right};
use jiff::SignedDuration;
use rocket::{
    http::{ContentType, Header, Method},
    local::asynchronous::LocalRequest,
};

use super::browser::{Browser, HOME, Shown};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::{PASSWORD, TestHouse},
};

on_every_store! {
    every_address_answers_everybody_as_the_table_says,
    a_right_token_gives_no_right,
    portal_and_desk_answer_apart,
}

/// The reviewed table; `/nb` stands for every language. A route that is missing in it, or answers otherwise, fails the test, which
/// then prints the new one. Lines with `#` explain it.
const REVIEWED: &str = include_str!("permit.txt");

/// Who has a form of the desk or the room in hand.
const INSIDE: [&str; 7] = ["kari", "per", "ida", "ola", "bo", "tilsyn", "vera"];
/// What an address can be about, seen by whoever asks.
const RELATIONS: [&str; 5] = ["own", "foreign", "unknown", "closed", "malformed"];
/// Neither a reference nor an id, and nothing that a database likes to be asked for.
const MALFORMED: &str = "%25'";
/// Leaving ends the session that the next rows need; it is asked for without the form's token.
const LEAVING: &str = "/sign-out";
/// What may be written while nothing else may happen: that somebody looked, or was turned away.
const LOOKING: &str = "'attempt-denied', 'event-refused', 'case-read', 'list-read', 'turned-away', 'sign-in-refused'";

async fn every_address_answers_everybody_as_the_table_says(house: TestHouse) {
    let cases = Cases::of(&house).await;
    let everybody = everybody(&house).await;
    let places = Places::of(&house, &cases, &everybody).await;
    only_looking(&house).await;
    let before = done(&house).await;
    let mut table = format!("{:<70}", "");
    for somebody in &everybody {
        let _ = write!(table, "{:>9}", somebody.name);
    }
    let (mut cells, mut leaks) = (0, Vec::new());
    for (route, method) in routes(&everybody[0].browser) {
        let mut title = format!("{method:<5}{route}");
        for relation in places.relations(&route) {
            let _ = write!(table, "\n{title:<60}{relation:<10}");
            title.clear();
            for somebody in &everybody {
                let shown = somebody.asks(method, &places.fill(&route, relation, somebody)).await;
                let _ = write!(table, "{:>9}", said(&shown));
                cells += 1;
                if relation == "foreign" && shown.status.code == 404 {
                    let (theirs, none) = (places.fill(&route, relation, somebody), places.fill(&route, "unknown", somebody));
                    let unknown = somebody.asks(method, &none).await;
                    if blurred(&shown, &theirs) != blurred(&unknown, &none) {
                        leaks.push(format!("{} learns from {method} {route} that it exists", somebody.name));
                    }
                }
            }
        }
    }
    let _ = write!(table, "\n{cells} cells\n");
    assert_eq!(done(&house).await, before, "nothing was done by asking");
    assert_eq!(leaks, Vec::<String>::new(), "what is somebody else's answers like what is not there");
    let reviewed: String = REVIEWED.split_inclusive('\n').filter(|line| !line.starts_with('#')).collect();
    assert!(table == reviewed, "the reviewed table is not what the house does. It does:\n{table}");
    anything_goes(&house).await;
    house.settle().await;
}

/// What a cell says. With the form's own token in hand, what somebody may do would be done, if the log let anything happen.
fn said(shown: &Shown) -> String {
    match shown.status.code {
        503 => "would".to_owned(),
        code => code.to_string(),
    }
}

/// From now on the log takes nothing but that somebody looked or was turned away, and what it does not take is undone.
async fn only_looking(house: &TestHouse) {
    house
        .sql(&if house.config().database.is_none() {
            format!("CREATE TRIGGER still BEFORE INSERT ON leaf WHEN NEW.kind NOT IN ({LOOKING}) BEGIN SELECT RAISE(ABORT, 'still'); END")
        } else {
            format!(
                "CREATE FUNCTION still() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''still''; END';
                 CREATE TRIGGER still BEFORE INSERT ON leaf FOR EACH ROW WHEN (NEW.kind NOT IN ({LOOKING})) EXECUTE FUNCTION still()"
            )
        })
        .await;
}

async fn anything_goes(house: &TestHouse) {
    let sqlite = house.config().database.is_none();
    house.sql(if sqlite { "DROP TRIGGER still" } else { "DROP TRIGGER still ON leaf; DROP FUNCTION still()" }).await;
}

/// How many facts there are besides those that somebody looked.
async fn done(house: &TestHouse) -> usize {
    let all = habeas::store::leaf::page(&house.store, 0, 1_000_000).await.unwrap();
    all.iter().filter(|leaf| !LOOKING.contains(&format!("'{}'", leaf.kind))).count()
}

/// An answer as it looks to somebody who cannot know more than what they typed: status, headers and body, without the address that was
/// asked for and the browser's own token.
fn blurred(shown: &Shown, asked: &str) -> (u16, Vec<(String, String)>, String) {
    let inner = asked.split_once("/nb/").map_or(asked, |(_, inner)| inner);
    let blur = |text: &str| text.replace(inner, "…");
    let headers = shown.headers.iter().filter(|header| header.name() != "Set-Cookie");
    let mut headers: Vec<_> = headers.map(|header| (header.name().to_string(), blur(header.value()))).collect();
    headers.sort();
    let mut text = blur(&shown.text());
    if let Some(csrf) = shown.hidden("csrf") {
        text = text.replace(&csrf, "…");
    }
    (shown.status.code, headers, text)
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
    for Somebody { name, browser, tokens, .. } in everybody(&house).await {
        let csrf = tokens[usize::from(INSIDE.contains(&name))].as_str();
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
            let shown = browser.send(path, &[&[("csrf", csrf)], &fields[..]].concat(), &[("Origin", HOME)]).await;
            let turned_away = shown.leads_to().is_some_and(|next| next.ends_with("/sign-in"));
            assert!([401, 403, 404].contains(&shown.status.code) || turned_away, "{name}: {shown}");
        }
    }
    house.settle().await;
    let done = asked.log().await.split_off(before);
    assert!(done.iter().all(|fact| fact["kind"] == "attempt-denied" || fact["kind"] == "event-refused"), "{done:?}");
}

/// Where the desk has an address of its own, each of the two knows nothing of the other, and together they are everything.
async fn portal_and_desk_answer_apart(house: TestHouse) {
    let [all, public, inside] = [Faces::All, Faces::Public, Faces::Inside].map(|faces| (faces, &house));
    let mut mounted = Vec::new();
    for (faces, house) in [all, public, inside] {
        let browser = Browser::open_at(house, faces).await;
        mounted.push(routes(&browser).into_iter().map(|(path, method)| format!("{method} {path}")).collect::<BTreeSet<_>>());
        let (portal, desk) = (browser.look("/nb/find").await.status.code, browser.look("/nb/desk/sign-in").await.status.code);
        let (room, api) = (browser.look("/nb/room").await.status.code, browser.look("/api/v1/restrictions").await.status.code);
        let expected = match faces {
            Faces::All => (200, 200, 303, 401),
            Faces::Public => (200, 404, 404, 404),
            Faces::Inside => (404, 200, 303, 401),
        };
        assert_eq!((portal, desk, room, api), expected, "{faces:?}");
        let first = browser.look("/").await.leads_to().unwrap();
        assert_eq!(first, if faces == Faces::Inside { "/nb/desk/" } else { "/nb/" });
    }
    let [all, public, inside] = &mounted[..] else { panic!("three") };
    assert_eq!(&(public | inside), all);
    let both: Vec<_> = public.intersection(inside).map(String::as_str).collect();
    assert_eq!(both, ["GET /", "GET /.well-known/security.txt", "GET /assets/<name>", "GET /healthz", "GET /readyz", "GET /robots.txt"]);
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

// --- Who asks -----------------------------------------------------------------------------------------------------------

/// Whose cases somebody's own are.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    Solveig,
    Jonas,
    Kari,
}

/// Somebody at an address, with whatever they have in hand.
struct Somebody<'h> {
    name: &'static str,
    whose: Whose,
    browser: Browser<'h>,
    /// The tokens of forms at the portal, and at desk and room.
    tokens: [String; 2],
    bearer: Option<String>,
}

impl<'h> Somebody<'h> {
    async fn with(name: &'static str, mut browser: Browser<'h>) -> Self {
        let mut tokens = [String::new(), String::new()];
        for (token, page) in tokens.iter_mut().zip(["/nb/find", "/nb/desk/sign-in"]) {
            browser.get(page).await;
            browser.csrf().clone_into(token);
        }
        Self { name, whose: Whose::Solveig, browser, tokens, bearer: None }
    }

    /// Opens an address, or sends the form of it, empty but for its token.
    async fn asks(&self, method: Method, path: &str) -> Shown {
        let client = &self.browser.client;
        let mut request: LocalRequest<'_> = if method == Method::Get { client.get(path.to_owned()) } else { client.post(path.to_owned()) };
        if let Some(token) = &self.bearer {
            request.add_header(Header::new("Authorization", format!("Bearer {token}")));
        }
        if path.starts_with("/api/") && method != Method::Get {
            request = request.header(ContentType::JSON).body(r#"{"use":"consent","by":"Kari","why":"Spurt."}"#);
        } else if method != Method::Get {
            let inside = ["/nb/desk", "/nb/room"].iter().any(|face| path.starts_with(face));
            let token = if path.ends_with(LEAVING) { "" } else { &self.tokens[usize::from(inside)] };
            request = request.header(ContentType::Form).header(Header::new("Origin", HOME)).body(format!("csrf={token}"));
        }
        Shown::of(path, request.dispatch().await).await
    }
}

/// Fourteen: nobody yet, people the cases are about, those who work here or look in, and systems.
async fn everybody(house: &TestHouse) -> Vec<Somebody<'_>> {
    let mut draft = Browser::open(house).await;
    draft.get("/nb/").await;
    draft.submit("/nb/", &[("right", "access")]).await;
    let mut all = vec![Somebody::with("visitor", Browser::open(house).await).await, Somebody::with("draft", draft).await];
    for (name, whose, subject) in
        [("subject", Whose::Solveig, house.solveig()), ("other", Whose::Jonas, house.jonas()), ("low", Whose::Kari, house.kari())]
    {
        all.push(Somebody { whose, ..Somebody::with(name, proven(house, &subject).await).await });
    }
    for id in INSIDE {
        all.push(Somebody::with(id, Browser::of_staff(house, id).await).await);
    }
    let mut half = Browser::open(house).await;
    half.get("/nb/desk/sign-in").await;
    half.submit("/nb/desk/sign-in", &[("email", "tilsyn@visumexpress.example"), ("password", PASSWORD)]).await;
    all.push(Somebody::with("half", half).await);
    for (name, revoked) in [("client", false), ("revoked", true)] {
        let token = house.run(&Actor::Operator, AddClient { name: name.to_owned(), per_second: 1_000 }).await.unwrap();
        if revoked {
            house.run(&Actor::Operator, RevokeClient { name: name.to_owned() }).await.unwrap();
        }
        all.push(Somebody { bearer: Some(token), ..Somebody::with(name, Browser::open(house).await).await });
    }
    house.settle().await;
    all
}

async fn proven<'h>(house: &'h TestHouse, subject: &Subject<'h>) -> Browser<'h> {
    let mut browser = Browser::open(house).await;
    browser.get("/nb/find").await;
    browser.proves("/nb/find", &subject.email).await;
    browser
}

// --- What they ask for --------------------------------------------------------------------------------------------------

/// An open and an ended case of each: Solveig's wait for approval and are answered; Jonas and Kari took one back. Kari's open one waits
/// for proof of who she is.
struct Cases<'h> {
    planned: CaseHandle<'h>,
    answered: CaseHandle<'h>,
    others: [(Whose, CaseHandle<'h>, CaseHandle<'h>); 2],
    /// On the planned case, on Jonas's, and one that is released.
    holds: [String; 3],
}

impl<'h> Cases<'h> {
    async fn of(house: &'h TestHouse) -> Self {
        let planned = planned_erasure(house).await;
        let answered = answered_access(house).await;
        let unproven = house.kari().giving(Some("K-999999"));
        let mut others = Vec::new();
        for (whose, subject) in [(Whose::Jonas, house.jonas()), (Whose::Kari, unproven)] {
            let (open, ended) = (subject.asks(Right::Access).await, subject.asks(Right::Erasure).await);
            subject.signals(&ended, "withdraw").await.unwrap();
            others.push((whose, open, ended));
        }
        let first = habeas::store::hold::all(&house.store).await.unwrap().remove(0).hold.id;
        let second = house.place_hold("ida", &others[0].1.reference).await;
        let third = house.place_hold("ida", &answered.reference).await;
        for id in ["ida", "per"] {
            house.staff(id).releases(&third).await.unwrap();
        }
        Self { planned, answered, others: others.try_into().ok().unwrap(), holds: [first, second, third] }
    }

    /// The open and the ended case of somebody.
    fn of_person(&self, whose: Whose) -> (&str, &str) {
        let other = self.others.iter().find(|(owner, ..)| *owner == whose);
        other.map_or((&self.planned.reference, &self.answered.reference), |(_, open, ended)| (&open.reference, &ended.reference))
    }
}

/// A part of an address that names something, and what stands there for each relation; where nothing is told, the relation does not exist.
type Part = (&'static str, [Option<String>; 5]);

/// What stands in the place of `<…>`.
struct Places<'h> {
    cases: &'h Cases<'h>,
    parts: Vec<Part>,
}

impl<'h> Places<'h> {
    async fn of(house: &TestHouse, cases: &'h Cases<'h>, everybody: &[Somebody<'_>]) -> Self {
        let kind = "dossiers.people";
        let hers = &everybody.iter().find(|somebody| somebody.name == "subject").unwrap().browser;
        let page = hers.look(&format!("/nb/case/{}/data/{kind}", cases.answered.reference)).await;
        let picture = page.between("<img src=\"", "\"").unwrap_or_else(|| panic!("no picture: {page}"));
        let (place, field) = picture.rsplit_once('/').map(|(rest, field)| (rest.rsplit('/').next().unwrap(), field)).unwrap();
        let css = page.between("/assets/", "\"").unwrap();
        let approve = cases.planned.open_task("approve").await.id;
        let closed = cases.answered.tasks().await.into_iter().find(|task| task.closed.is_some()).unwrap().id;
        let incident = cases.planned.incidents().await[0].id.clone();
        let index = house.house.look.gate_index_of(&Identifier::parse("email", &house.solveig().email).unwrap());
        let [own, foreign, released] = &cases.holds;
        let known = |own: &str| [Some(own), None, Some("nothing"), None, Some(MALFORMED)].map(|part| part.map(str::to_owned));
        // Of another case: the same id under another reference.
        let crossed = |own: &str, closed: &str| [own, own, "0000000000000000", closed, MALFORMED].map(|id| Some(id.to_owned()));
        let holds = [own, foreign, "0000000000000000", released, MALFORMED].map(|id| Some(id.to_owned()));
        let systems = [Some("shop"), Some("accounting"), Some("nothing"), None, Some(MALFORMED)].map(|key| key.map(str::to_owned));
        let token = |own: Option<&str>| [own, None, Some("not-the-token"), None, Some(MALFORMED)].map(|part| part.map(str::to_owned));
        let always = |value: &str| RELATIONS.map(|_| Some(value.to_owned()));
        let parts = vec![
            ("/assets/<name>", known(&css)),
            ("/incident/<id>", crossed(&incident, &incident)),
            ("/recipients/<id>", crossed("hosting", "hosting")),
            ("/task/<id>", crossed(&approve, &closed)),
            ("/systems/<key>", systems),
            ("/workflows/<name>", known("erasure")),
            ("/people/<id>", known("kari")),
            ("/<provider>", token(None)),
            ("/holds/<id>", holds),
            ("/notice/<token>", token(None)),
            ("/<kind>", always(kind)),
            ("/<place>", always(place)),
            ("/<field>", always(field)),
            ("/<file>", always("bundle")),
            ("/restrictions/<index>", known(&index)),
            ("/<token>", always("not-the-token")),
            ("/paper/<right>", known("access")),
            // Every page of the request has a route of its own; this one is left with what is no page.
            ("/request/<_..>", token(None)),
        ];
        Self { cases, parts }
    }

    /// The relations that an address can have to whoever asks.
    fn relations(&self, route: &str) -> Vec<&'static str> {
        if !route.contains('<') {
            return vec![""];
        }
        let named: Vec<_> = self.parts.iter().filter(|(mark, _)| route.contains(mark)).collect();
        let exists = |at: usize| named.iter().all(|(_, values)| values[at].is_some());
        let references = if route.contains("<kind>") && !route.contains("<reference>") { 1 } else { 5 };
        RELATIONS.into_iter().enumerate().take(references).filter(|(at, _)| exists(*at)).map(|(_, relation)| relation).collect()
    }

    fn fill(&self, route: &str, relation: &str, somebody: &Somebody<'_>) -> String {
        let at = RELATIONS.iter().position(|known| *known == relation).unwrap_or_default();
        let (own, ended) = self.cases.of_person(somebody.whose);
        // What is foreign to Solveig and to staff is Jonas's; to him and Kari, hers. The ended copy of hers has the most to show.
        let (planned, answered) = self.cases.of_person(Whose::Solveig);
        let foreign = match somebody.whose {
            Whose::Solveig => self.cases.of_person(Whose::Jonas).0,
            _ if route.starts_with("/nb/stop/") || route.contains("/withdraw") => planned,
            _ => answered,
        };
        let reference = [own, foreign, "HB-0000-0000", ended, MALFORMED][at];
        let filled = self.parts.iter().fold(route.to_owned(), |path, (mark, values)| {
            let (before, _) = mark.split_once('<').unwrap();
            values[at].as_ref().map_or_else(|| path.clone(), |value| path.replace(mark, &format!("{before}{value}")))
        });
        let filled = filled.replace("<reference>", reference);
        assert!(!filled.contains('<'), "nothing stands for a part of {route}");
        filled
    }
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
