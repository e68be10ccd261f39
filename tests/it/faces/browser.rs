//! A browser without a screen: it keeps cookies, sends forms back as our own pages would, and follows where it is led.

use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use habeas::{
    action::secret::totp_code,
    web::{self, State},
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
}

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
        let figment = Figment::from(rocket::Config::default()).merge(Toml::string(SETTINGS).nested());
        let parts = house.house.clone();
        let state = State { door: parts.door, look: parts.look, renderer: parts.renderer, demo: None };
        let client = Client::tracked(web::rocket(figment, state)).await.unwrap();
        Self { house, client, csrf: String::new() }
    }

    // --- Pages ------------------------------------------------------------------------------------------------------

    /// Opens an address.
    pub(crate) async fn get(&mut self, path: &str) -> Shown {
        let shown = Shown::of(path, self.client.get(path.to_owned()).dispatch().await).await;
        self.follow(shown).await
    }

    /// Opens an address and goes nowhere else.
    pub(crate) async fn look(&self, path: &str) -> Shown {
        Shown::of(path, self.client.get(path.to_owned()).dispatch().await).await
    }

    /// Sends a form of the page last shown. The worker is quicker than the reader: what this sets off is done before the next page.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let csrf = self.csrf.clone();
        let form = [&[("csrf", csrf.as_str())], fields].concat();
        let shown = self.send(path, &form, &[("Origin", HOME)]).await;
        self.house.settle().await;
        self.follow(shown).await
    }

    /// Sends whatever fields with whatever headers, and goes nowhere else.
    pub(crate) async fn send(&self, path: &str, fields: &[(&str, &str)], headers: &[(&'static str, &str)]) -> Shown {
        let mut request: LocalRequest<'_> = self.client.post(path.to_owned()).header(ContentType::Form).body(encoded(fields));
        for (name, value) in headers {
            request.add_header(Header::new(*name, (*value).to_owned()));
        }
        Shown::of(path, request.dispatch().await).await
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
        let lang = lang.code();
        self.get(&format!("/{lang}/")).await;
        let shown = self.submit(&format!("/{lang}/"), &[("right", right.name())]).await;
        let shown = self.proves(&shown.path, &subject.email).await;
        assert_eq!(shown.path, format!("/{lang}/request/second-item"), "{shown}");
        let mut shown = self.submit(&shown.path, &[("kind", "customer-number"), ("number", &subject.customer_number)]).await;
        if right == Right::Erasure {
            assert_eq!(shown.path, format!("/{lang}/request/scope"), "{shown}");
            shown = self.submit(&shown.path, &[("scope", "everything")]).await;
        }
        assert_eq!(shown.path, format!("/{lang}/request/check"), "{shown}");
        let shown = self.submit(&shown.path, &[]).await;
        let reference = shown.path.strip_prefix(&format!("/{lang}/case/")).unwrap_or_else(|| panic!("no case: {shown}"));
        CaseHandle { house: self.house, reference: reference.to_owned() }
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
        assert!(["/en/desk/", "/en/room/"].contains(&shown.path.as_str()), "{shown}");
        browser
    }

    /// Finds the open task of a step in the case, fills in its form, and is back at the case.
    pub(crate) async fn does(&mut self, case: &CaseHandle<'_>, step: &str, outcome: &str) {
        let at = format!("/en/desk/case/{}", case.reference);
        let path = format!("{at}/task/{}", case.open_task(step).await.id);
        let page = self.get(&at).await;
        assert!(page.text().contains(&path), "the case does not lead to `{step}`: {page}");
        let form = self.get(&path).await;
        let plan = form.hidden("plan");
        let mut fields = vec![("outcome", outcome), ("reason", "Vurdert av meg.")];
        fields.extend(plan.as_deref().map(|plan| ("plan", plan)));
        let shown = self.submit(&path, &fields).await;
        assert_eq!(shown.path, at, "{shown}");
    }
}

impl Shown {
    async fn of(path: &str, response: LocalResponse<'_>) -> Self {
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
