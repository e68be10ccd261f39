//! Who stands before the web server: slow clients, odd methods, addresses that somebody makes up. Over real sockets.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Mutex,
    time::Duration,
};

use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use habeas::{
    serve::{Front, Patience, Trusted},
    web::{self, State},
};
use rocket::fairing::AdHoc;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

use super::{database::Database, test_house::TestHouse};

const SETTINGS: &str = include_str!("../../../Rocket.toml");
const TOLD_IN: &str = "x-habeas-test";
/// For clients that will never send what they owe: it is waited for to its end.
const SHORT: Patience = Patience { headers: Duration::from_millis(400), body: Duration::from_millis(400) };

/// A house that people reach over the network.
pub(crate) struct Reached {
    pub(crate) at: SocketAddr,
    running: [JoinHandle<()>; 2],
}

impl Reached {
    pub(crate) async fn of(house: &TestHouse, trusted: Trusted, room: usize, patience: Patience) -> Self {
        let settings = Figment::from(rocket::Config::default()).merge(Toml::string(SETTINGS).nested());
        let settings = settings.merge(("port", 0)).merge(("ip_header", TOLD_IN)).merge(("shutdown.ctrlc", false));
        let parts = house.house.clone();
        let state = State {
            door: parts.door,
            look: parts.look,
            openid: parts.openid,
            uploads: parts.uploads,
            renderer: parts.renderer,
            demo: None,
        };
        let (tell, told) = oneshot::channel();
        let tell = Mutex::new(Some(tell));
        let server = web::rocket(settings, state).attach(AdHoc::on_liftoff("told", move |rocket| {
            let at = SocketAddr::new(rocket.config().address, rocket.config().port);
            tell.lock().unwrap().take().unwrap().send(at).unwrap();
            Box::pin(std::future::ready(()))
        }));
        let server_runs = tokio::spawn(async move {
            server.launch().await.unwrap();
        });
        let server = told.await.unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let at = listener.local_addr().unwrap();
        let front = Front { listener, server, told_in: TOLD_IN.parse().unwrap(), trusted, room, patience };
        Self { at, running: [server_runs, tokio::spawn(front.run())] }
    }

    /// Says something, as it is written here, and hears everything that comes until the connection ends.
    pub(crate) async fn says(&self, text: &str) -> String {
        let mut stream = TcpStream::connect(self.at).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        // A connection that was cut off says what it has said.
        let _ = stream.read_to_end(&mut heard).await;
        String::from_utf8_lossy(&heard).into_owned()
    }

    /// Opens an address as a browser does that goes away afterwards.
    pub(crate) async fn gets(&self, path: &str, headers: &str) -> String {
        self.says(&format!("GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n{headers}\r\n")).await
    }
}

impl Drop for Reached {
    fn drop(&mut self) {
        self.running.iter().for_each(JoinHandle::abort);
    }
}

fn status(heard: &str) -> &str {
    heard.split(' ').nth(1).unwrap_or("nothing")
}

#[tokio::test]
async fn ab43_silent_clients_go_and_leave_the_others_their_places() {
    let database = Database::sqlite();
    let house = TestHouse::open(&database).await;
    let reached = Reached::of(&house, Trusted::default(), 50, Patience::default()).await;
    let mut silent = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(reached.at).await.unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: he").await.unwrap();
        silent.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(status(&reached.gets("/healthz", "").await), "200", "six times more than there is room for keep nobody out");
    }
    drop(reached);

    let reached = Reached::of(&house, Trusted::default(), 50, SHORT).await;
    for half in ["", "GET /healthz HT", "GET /healthz HTTP/1.1\r\nHost: here\r\nX-"] {
        let heard = reached.says(half).await;
        assert!(["nothing", "408"].contains(&status(&heard)), "{half:?} is cut off after a while: {heard}");
    }
    let heard = reached
        .says("POST /nb/find HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 90\r\n\r\nemail=")
        .await;
    assert_eq!(status(&heard), "408", "a body that does not come is waited for only so long: {heard}");
    database.remove().await;
}

#[tokio::test]
async fn methods_that_no_page_has_are_turned_away_at_the_front() {
    let database = Database::sqlite();
    let house = TestHouse::open(&database).await;
    let reached = Reached::of(&house, Trusted::default(), 50, Patience::default()).await;
    for method in ["TRACE", "TRACK", "PUT", "DELETE", "OPTIONS", "CONNECT", "PROPFIND", "get", "BREW"] {
        let target = if method == "CONNECT" { "here:443" } else { "/nb/" };
        let heard = reached.says(&format!("{method} {target} HTTP/1.1\r\nHost: here\r\nX-Secret: 7\r\n\r\n")).await;
        assert_eq!(status(&heard), "405", "{method}: {heard}");
        assert!(heard.to_lowercase().contains("allow: get, head, post") && !heard.contains("X-Secret"), "{heard}");
    }
    assert_eq!(status(&reached.gets("http://elsewhere.example/nb/", "").await), "200", "an address is ours whatever host it names");
    let heard = reached.gets("/nb/", "").await.to_lowercase();
    assert!(!heard.contains("\r\nserver:") && !heard.contains("rocket") && !heard.contains("x-powered-by"), "no banner: {heard}");
    let large = format!("X-Large: {}\r\n", "x".repeat(400_000));
    let heard = reached.gets("/nb/", &large).await;
    assert!(!heard.contains("200 OK"), "headers have an end: {heard}");
    database.remove().await;
}

#[tokio::test]
async fn ab42_an_address_that_somebody_makes_up_is_not_believed() {
    let database = Database::sqlite();
    let house = TestHouse::open(&database).await;
    // The proxy on this machine adds who asked it to what it was told.
    let proxies = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    let trusted = Trusted { header: Some("x-forwarded-for".parse().unwrap()), proxies };
    let reached = Reached::of(&house, trusted, 50, Patience::default()).await;
    let sent = async |from: &str, claimed: usize| {
        let claims = format!("X-Real-IP: 198.51.100.{claimed}\r\n{TOLD_IN}: 198.51.100.{claimed}\r\n");
        let named = format!("X-Forwarded-For: 198.51.100.{claimed}, {from}\r\nForwarded: for=198.51.100.{claimed}\r\n");
        let kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\nConnection: close\r\n";
        let heard = reached.says(&format!("POST /nb/find HTTP/1.1\r\nHost: here\r\n{claims}{named}{kind}\r\nemail=")).await;
        status(&heard).to_owned()
    };
    let mut heard = Vec::new();
    for claimed in 0..35 {
        heard.push(sent("203.0.113.9", claimed).await);
    }
    assert_eq!((heard[29].as_str(), heard[34].as_str()), ("403", "429"), "thirty forms without a token, then a pause: {heard:?}");
    assert_eq!(sent("203.0.113.10", 0).await, "403", "somebody else is not made to wait");
    database.remove().await;
}
