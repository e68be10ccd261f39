//! A browser without a screen: it keeps cookies, sends forms back as our own pages would, and follows where it is led.

use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use habeas::{
    action::secret::totp_code,
    web::{self, Faces, State},
};
use habeas_core::law::{lang::Lang, right::Right};
use jiff::SignedDuration;
use rocket::{
    http::{ContentType, Header, HeaderMap, Status},
    local::asynchronous::{Client, LocalRequest, LocalResponse},
};

use crate::house::{
    people::{CaseHandle, Subject, code_in},
    test_house::{PASSWORD, TOTP_SECRET, TestHouse},
};

/// The web server's settings, as the binary carries them.
const SETTINGS: &str = include_str!("../../../Rocket.toml");
/// Where the house says that it is reached.
pub(crate) const HOME: &str = "https://personvern.visumexpress.example";
/// More than any page leads on.
const HOPS: usize = 5;

/// Somebody's browser on a house.
pub(crate) struct Browser<'h> {
    house: &'h TestHouse,
    pub(crate) client: Client,
    csrf: String,
    /// Gives the second factor by itself wherever it is asked for once more.
    pub(crate) obliging: bool,
}

/// What somebody writes into a form, field by field.
pub(crate) type Form<'f> = &'f [(&'f str, &'f str)];

/// What the browser shows in the end.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: Status,
    /// Where it came to, without the host.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap<'static>,
    pub(crate) bytes: Vec<u8>,
}

impl<'h> Browser<'h> {
    pub(crate) async fn open(house: &'h TestHouse) -> Self {
        Self::open_at(house, Faces::All).await
    }

    /// The same, where only some faces answer.
    pub(crate) async fn open_at(house: &'h TestHouse, faces: Faces) -> Self {
        let figment = Figment::from(rocket::Config::default()).merge(Toml::string(SETTINGS).nested());
        let parts = house.house.clone();
        let state = State {
            door: parts.door,
            look: parts.look,
            openid: parts.openid,
            uploads: parts.uploads,
            renderer: parts.renderer,
            demo: None,
        };
        let client = Client::tracked(web::faces(figment, state, faces)).await.unwrap();
        Self { house, client, csrf: String::new(), obliging: true }
    }

    // --- Pages ------------------------------------------------------------------------------------------------------

    /// Opens an address.
    pub(crate) async fn get(&mut self, path: &str) -> Shown {
        let shown = Shown::of(path, self.client.get(path.to_owned()).dispatch().await).await;
        let shown = self.follow(shown).await;
        let shown = if self.obliging && shown.path.contains("/desk/again?") { Box::pin(self.gives_code(&shown)).await } else { shown };
        if self.obliging && shown.text().contains("id=\"reveal-reason\"") { Box::pin(self.reveals(&shown)).await } else { shown }
    }

    /// Asks to see the values that a page hides.
    pub(crate) async fn reveals(&mut self, page: &Shown) -> Shown {
        let (what, back) = (page.hidden("what").unwrap(), page.hidden("back").unwrap());
        let (case, _) = page.path.split_once("/case/").map(|(_, rest)| rest.split_once('/').unwrap()).unwrap();
        let path = format!("/en/desk/case/{case}/reveal");
        let shown = self.submit(&path, &[("reason", "check"), ("what", &what), ("back", &back)]).await;
        if shown.text().contains("again-code") {
            // The second factor goes with it.
            self.house.advance(SignedDuration::from_secs(30)).await;
            let code = totp_code(&TOTP_SECRET, self.house.now()).unwrap();
            return self.submit(&path, &[("reason", "check"), ("what", &what), ("back", &back), ("again-code", &code)]).await;
        }
        shown
    }

    /// Gives the next code where the second factor is asked for once more.
    pub(crate) async fn gives_code(&mut self, asked: &Shown) -> Shown {
        self.house.advance(SignedDuration::from_secs(30)).await;
        let (page, _) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
        let (to, code) = (asked.hidden("to").unwrap_or_default(), totp_code(&TOTP_SECRET, self.house.now()).unwrap());
        self.submit(page, &[("to", &to), ("again-code", &code)]).await
    }

    /// Opens an address and goes nowhere else.
    pub(crate) async fn look(&self, path: &str) -> Shown {
        Shown::of(path, self.client.get(path.to_owned()).dispatch().await).await
    }

    /// Asks for a page with headers, and follows it nowhere.
    pub(crate) async fn get_with(&self, path: &str, headers: &[(&'static str, &str)]) -> Shown {
        let mut request: LocalRequest<'_> = self.client.get(path.to_owned());
        for (name, value) in headers {
            request.add_header(Header::new(*name, (*value).to_owned()));
        }
        Shown::of(path, request.dispatch().await).await
    }

    /// Asks what would be answered, without the answer.
    pub(crate) async fn head(&self, path: &str) -> Shown {
        Shown::of(path, self.client.head(path.to_owned()).dispatch().await).await
    }

    /// Sends a form of the page last shown. The worker is quicker than the reader: what this sets off is done before the next page.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let csrf = self.csrf.clone();
        let form = [&[("csrf", csrf.as_str())], fields].concat();
        let shown = self.send(path, &form, &[("Origin", HOME)]).await;
        self.house.settle().await;
        self.follow(shown).await
    }

    /// Fills in the form of a page that is shown, and sends it: only what the page asks for, and what it carries along.
    pub(crate) async fn fills(&mut self, page: &Shown, fields: Form<'_>) -> Shown {
        self.fills_at(&page.path, page, fields).await
    }

    /// The same, where the form goes to another address.
    pub(crate) async fn fills_at(&mut self, path: &str, page: &Shown, fields: Form<'_>) -> Shown {
        assert_eq!(page.status, Status::Ok, "{page}");
        for (name, value) in fields {
            assert!(page.offers(name, value), "`{name}` cannot be `{value}`: {page}");
        }
        let carried = page.carries();
        let along = carried.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<_> = along.filter(|(name, _)| !fields.iter().any(|(field, _)| field == name)).chain(fields.iter().copied()).collect();
        self.submit(path, &all).await
    }

    /// Sends whatever fields with whatever headers, and goes nowhere else.
    pub(crate) async fn send(&self, path: &str, fields: &[(&str, &str)], headers: &[(&'static str, &str)]) -> Shown {
        let mut request: LocalRequest<'_> = self.client.post(path.to_owned()).header(ContentType::Form).body(encoded(fields));
        for (name, value) in headers {
            request.add_header(Header::new(*name, (*value).to_owned()));
        }
        Shown::of(path, request.dispatch().await).await
    }

    /// Sends a form with a file, as a browser does.
    pub(crate) async fn sends_file(&self, path: &str, fields: &[(&str, &str)], (field, name, bytes): (&str, &str, &[u8])) -> Shown {
        let mut body = Vec::new();
        for (field, value) in fields {
            body.extend(format!("--XX\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        let head = "Content-Type: application/octet-stream";
        body.extend(
            format!("--XX\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n{head}\r\n\r\n").into_bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n--XX--\r\n");
        let kind = ContentType::new("multipart", "form-data").with_params([("boundary", "XX")]);
        let request = self.client.post(path.to_owned()).header(kind).header(Header::new("Origin", HOME)).body(body);
        let shown = Shown::of(path, request.dispatch().await).await;
        self.house.settle().await;
        shown
    }

    /// What its session is known by.
    pub(crate) fn cookie(&self) -> Option<String> {
        self.client.cookies().get("__Host-habeas").map(|cookie| cookie.value().to_owned())
    }

    /// The token of the page last shown.
    pub(crate) fn csrf(&self) -> &str {
        &self.csrf
    }

    async fn follow(&mut self, mut shown: Shown) -> Shown {
        for _ in 0..HOPS {
            let Some(next) = shown.leads_to() else { break };
            shown = self.look(&next).await;
        }
        if let Some(csrf) = shown.hidden("csrf") {
            self.csrf = csrf;
        }
        shown
    }

    // --- At the portal ----------------------------------------------------------------------------------------------

    /// Asks for a code on the page shown and types it in, as it came by mail.
    pub(crate) async fn proves(&mut self, path: &str, email: &str) -> Shown {
        let shown = self.submit(path, &[("email", email)]).await;
        assert!(shown.path.ends_with("/request/code"), "{shown}");
        let code = self.code_for(email).await;
        self.submit(&shown.path, &[("code", &code)]).await
    }

    /// The newest code in a mailbox.
    pub(crate) async fn code_for(&self, email: &str) -> String {
        self.house.settle().await;
        self.house.mails().iter().filter(|mail| mail.to == email).find_map(code_in).expect("a mail with a code")
    }

    /// From the first page to the case: right, mailbox, code, customer number, scope, a last look.
    pub(crate) async fn asks(&mut self, subject: &Subject<'h>, right: Right, lang: Lang) -> CaseHandle<'h> {
        let check = self.writes(subject, right, lang, &[]).await;
        self.sends(&check).await
    }

    /// The same up to the last look, with an answer to each page of the right's own questions, in order.
    pub(crate) async fn writes(&mut self, subject: &Subject<'h>, right: Right, lang: Lang, answers: &[Form<'_>]) -> Shown {
        let start = self.get(&format!("/{}/", lang.code())).await;
        let who = self.fills(&start, &[("right", right.name())]).await;
        let mut shown = self.proves(&who.path, &subject.email).await;
        let mut answers = answers.iter();
        loop {
            let (_, page) = shown.path.split_once("/request/").unwrap_or_else(|| panic!("not on the way: {shown}"));
            shown = match (page, answers.as_slice()) {
                ("second-item", _) => self.fills(&shown, &[("kind", "customer-number"), ("number", &subject.customer_number)]).await,
                ("scope", _) => self.fills(&shown, &[("scope", "everything")]).await,
                ("check", []) => return shown,
                ("check", _) => self.get(&shown.link("/request/details")).await,
                (_, _) => {
                    let answer = answers.next().unwrap_or_else(|| panic!("nobody knows what to answer: {shown}"));
                    self.fills(&shown, answer).await
                }
            };
        }
    }

    /// Sends what was looked over, and is told under which reference.
    pub(crate) async fn sends(&mut self, check: &Shown) -> CaseHandle<'h> {
        let status = self.fills(check, &[]).await;
        let (_, reference) = status.path.split_once("/case/").unwrap_or_else(|| panic!("no case: {status}"));
        status.says(&[reference, "2026"]);
        CaseHandle { house: self.house, reference: reference.to_owned() }
    }

    /// Follows the link in the newest letter about a case to its page, and proves the mailbox where that is asked for.
    pub(crate) async fn follows_letter(&mut self, case: &CaseHandle<'_>, email: &str) -> Shown {
        let letter = case.mail_to(email).text;
        let mut addresses = letter.split_whitespace().filter_map(|word| word.trim_matches(['<', '>', '.']).strip_prefix(HOME));
        let link = addresses.rfind(|path| path.contains(&case.reference)).unwrap_or_else(|| panic!("no link: {letter}"));
        let mut shown = self.get(link).await;
        if shown.path.contains("/find") {
            shown = self.proves(&shown.path, email).await;
        }
        // A stranger is led to the case, from where the answer is one step away.
        if link.ends_with("/result") && !shown.path.ends_with("/result") { self.get(&shown.link("/result")).await } else { shown }
    }

    // --- At the desk ------------------------------------------------------------------------------------------------

    /// A colleague's browser, signed in with password and authenticator.
    pub(crate) async fn of_staff(house: &'h TestHouse, id: &str) -> Self {
        // A code is good once, so that signing in again takes the next one.
        house.advance(SignedDuration::from_secs(30)).await;
        let mut browser = Self::open(house).await;
        browser.get("/en/desk/sign-in").await;
        let email = format!("{id}@visumexpress.example");
        let shown = browser.submit("/en/desk/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(shown.path, "/en/desk/totp", "{shown}");
        let code = totp_code(&TOTP_SECRET, house.now()).unwrap();
        let shown = browser.submit("/en/desk/totp", &[("code", &code)]).await;
        assert!(["/en/desk/", "/en/room/", "/en/desk/people"].contains(&shown.path.as_str()), "{shown}");
        browser
    }

    /// Goes from the queue to the case and on to the open task of a step.
    pub(crate) async fn opens(&mut self, case: &CaseHandle<'_>, step: &str) -> Shown {
        let queue = self.get("/en/desk/").await;
        let page = self.get(&queue.link(&case.reference)).await;
        self.get(&page.link(&format!("/task/{}", case.open_task(step).await.id))).await
    }

    /// Finds the open task of a step, fills in its form, and is back at the case.
    pub(crate) async fn does(&mut self, case: &CaseHandle<'_>, step: &str, outcome: &str) {
        self.decides(case, step, &[("outcome", outcome), ("reason", "Vurdert av meg.")]).await;
    }

    /// The same with everything that is written into the form.
    pub(crate) async fn decides(&mut self, case: &CaseHandle<'_>, step: &str, fields: Form<'_>) -> Shown {
        let form = self.opens(case, step).await;
        let shown = self.fills(&form, fields).await;
        assert_eq!(shown.path, format!("/en/desk/case/{}", case.reference), "{shown}");
        shown
    }

    /// Tells the recipients that have no address, one after the other.
    pub(crate) async fn tells_by_hand(&mut self, case: &CaseHandle<'_>) {
        for task in case.waits_at().await.iter().filter(|task| task.starts_with("notify-by-hand")) {
            self.does(case, task, "told").await;
        }
    }
}

impl Shown {
    pub(super) async fn of(path: &str, response: LocalResponse<'_>) -> Self {
        let (status, mut headers) = (response.status(), HeaderMap::new());
        for header in response.headers().iter() {
            headers.add(Header::new(header.name().as_str().to_owned(), header.value().to_owned()));
        }
        Self { status, path: path.to_owned(), headers, bytes: response.into_bytes().await.unwrap_or_default() }
    }

    /// Where a redirect leads.
    pub(crate) fn leads_to(&self) -> Option<String> {
        self.headers.get_one("Location").filter(|_| self.status.class().is_redirection()).map(str::to_owned)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).replace("&#x2F;", "/")
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> Option<String> {
        self.between(&format!(r#"name="{name}" value=""#), "\"")
    }

    /// Whether a form of the page lets somebody say this: a field to write in, or a choice among those shown.
    pub(crate) fn offers(&self, name: &str, value: &str) -> bool {
        let text = self.text();
        let named = format!("name=\"{name}\"");
        let chosen = format!("value=\"{value}\"");
        text.split('<').filter(|tag| tag.contains(&named)).any(|tag| match tag.split_whitespace().next() {
            Some("input") if ["radio", "checkbox", "hidden"].iter().any(|kind| tag.contains(&format!("type=\"{kind}\""))) => {
                tag.contains(&chosen)
            }
            Some("select") => text.contains(&format!("<option {chosen}")),
            Some("button") => tag.contains(&chosen),
            _ => true,
        })
    }

    /// What the page's last form carries along unseen; its token is the browser's business.
    fn carries(&self) -> Vec<(String, String)> {
        let text = self.text();
        let value = |tag: &str, name: &str| Some(tag.split_once(&format!("{name}=\""))?.1.split_once('"')?.0.to_owned());
        let hidden = text.split("<input ").skip(1).filter(|tag| tag.starts_with("type=\"hidden\""));
        let mut carried: Vec<_> = hidden.filter_map(|tag| Some((value(tag, "name")?, value(tag, "value")?))).collect();
        carried.retain(|(name, _)| name != "csrf" && name != "place");
        carried
    }

    /// The first address of a link that ends so.
    pub(crate) fn link(&self, ending: &str) -> String {
        let text = self.text();
        let mut links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        links.find(|link| link.ends_with(ending)).unwrap_or_else(|| panic!("no link to `{ending}`: {self}")).to_owned()
    }

    /// What stands between two marks, first met.
    pub(crate) fn between(&self, before: &str, after: &str) -> Option<String> {
        let text = self.text();
        let (_, rest) = text.split_once(before)?;
        rest.split_once(after).map(|(found, _)| found.to_owned())
    }

    /// Fails unless the page is there and says all of this.
    pub(crate) fn says(&self, lines: &[&str]) {
        assert_eq!(self.status, Status::Ok, "{self}");
        let text = self.text();
        for line in lines {
            assert!(text.contains(line), "`{line}` is missing: {self}");
        }
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.text();
        let main = text.split_once("<main").map_or(text.as_str(), |(_, main)| main);
        write!(out, "{} at {}\n{main}", self.status, self.path)
    }
}

/// `application/x-www-form-urlencoded`.
fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        let byte = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        text.bytes().map(byte).collect()
    };
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}
