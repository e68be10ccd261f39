//! `habeas bench pages`: how long the person's status page and the desk's queue take in a house with many cases, over HTTP on
//! loopback with keep-alive, beside a route of the same server that does nothing.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use clap::Args;
use habeas_core::law::{
    right::Right,
    tier::{Means, Proof},
};
use serde::Serialize;

use super::{
    super::{CliError, print_one},
    answer::{answer, ask},
    client::{Question, Waits, drive},
    workflow::{count, round},
};
use crate::{
    action::session::{Memory, SignIn, SignedIn, Visit},
    cli::demo::{self, DemoArgs, sample},
    house::House,
};

/// The first customers of the sample have stories of their own.
const FIRST: u32 = 10;

/// Measure the pages that people and staff ask for most
#[derive(Debug, Clone, Args)]
pub struct PagesArgs {
    /// How many cases
    #[arg(long, default_value_t = 100_000)]
    cases: u32,
    /// How many of them are answered, and how many wait for staff; the others have just been opened
    #[arg(long, default_value_t = 500)]
    each: u32,
    /// Connections that ask at the same time
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Seconds of each run
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

/// A house with pages to ask for.
pub struct Prepared {
    /// The house.
    pub house: House,
    folder: PathBuf,
    status: Arc<Vec<Question>>,
    queue: Arc<Vec<Question>>,
    nothing: Arc<Vec<Question>>,
}

#[derive(Debug, Serialize)]
struct Figures {
    cases: u32,
    connections: usize,
    bare_route: Page,
    status: Page,
    queue: Page,
    /// How many times as long 95 of 100 status pages take as the route that does nothing.
    status_to_bare: f64,
    queue_to_bare: f64,
    peak_memory_mib: Option<u64>,
    optimised: bool,
}

/// How long a page takes: by itself, and while others ask.
#[derive(Debug, Serialize)]
struct Page {
    alone_p50_ms: f64,
    alone_p95_ms: f64,
    p50_ms: f64,
    p95_ms: f64,
    p99_ms: f64,
    per_second: u32,
}

/// Makes up a house in which cases stand everywhere between opened and answered, people who look at theirs, and a case handler.
pub async fn prepare(args: &PagesArgs) -> Result<Prepared, CliError> {
    let worked = 2 * args.each;
    let made = demo::prepare(&DemoArgs { dir: None, port: 0, customers: FIRST + worked, seed_only: true }).await?;
    let house = made.house;
    let known =
        |numbers: std::ops::Range<u32>| -> Vec<_> { numbers.map(sample::proof_of).map(|(email, item)| (email, Some(item))).collect() };
    let (answered, waiting) = (known(FIRST..FIRST + args.each), known(FIRST + args.each..FIRST + worked));
    let mut cases = answer(&house, Right::Access, &answered).await?;
    cases.extend(ask(&house, Right::Erasure, &waiting).await?);
    house.worker.settle().await?;
    let strangers: Vec<_> = (worked..args.cases).map(|number| (format!("person-{number}@post.example"), None)).collect();
    let opened = ask(&house, Right::Access, &strangers).await?;
    // As many who have just asked as who have been answered.
    cases.extend(opened.into_iter().take(usize::try_from(args.each).unwrap_or(usize::MAX)));
    let people = answered.iter().chain(&waiting).chain(&strangers).map(|(email, _)| email);
    let mut status = Vec::with_capacity(cases.len());
    for (case, email) in cases.iter().zip(people) {
        let proofs = vec![Proof { by: Means::Mailbox, at: house.door.now() }];
        let visit = Memory::Portal(Visit { email: Some(email.clone()), proofs, ..Visit::default() });
        let cookie = house.door.begin_session(visit, None).await?.cookie;
        status.push(page(&format!("/nb/case/{case}"), &format!("habeas={cookie}"), case));
    }
    let kari = Memory::Desk(SignIn::In(SignedIn::new("kari".to_owned(), house.door.now())));
    let cookie = house.door.begin_session(kari, None).await?.cookie;
    let queue = page("/nb/desk/", &format!("habeas-desk={cookie}"), "/nb/desk/case/HB-");
    Ok(Prepared {
        house,
        folder: made.folder,
        status: Arc::new(status),
        queue: Arc::new(vec![queue]),
        nothing: Arc::new(vec![Question::of_nothing()]),
    })
}

fn page(path: &str, cookie: &str, answer: &str) -> Question {
    Question::new(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n"), answer)
}

/// Asks both servers in turn, prints what came of it and removes the house.
pub async fn measure(asked: &Prepared, args: &PagesArgs, faces: SocketAddr, bare: SocketAddr) -> Result<(), CliError> {
    let bare_route = Page::measured(&asked.nothing, bare, args).await?;
    let status = Page::measured(&asked.status, faces, args).await?;
    let queue = Page::measured(&asked.queue, faces, args).await?;
    let ratio = |page: &Page| round(page.p95_ms / bare_route.p95_ms.max(0.001));
    print_one(&Figures {
        cases: args.cases,
        connections: args.connections,
        status_to_bare: ratio(&status),
        queue_to_bare: ratio(&queue),
        bare_route,
        status,
        queue,
        peak_memory_mib: super::peak_memory(),
        optimised: !cfg!(debug_assertions),
    })?;
    std::fs::remove_dir_all(&asked.folder).map_err(|error| CliError::File(asked.folder.clone(), error))
}

impl Page {
    async fn measured(questions: &Arc<Vec<Question>>, to: SocketAddr, args: &PagesArgs) -> Result<Self, CliError> {
        let alone = drive(questions, to, 1, args.seconds).await?;
        let together = drive(questions, to, args.connections, args.seconds).await?;
        let ms = |waits: &Waits, percent| count(usize::try_from(waits.within_us(percent)).unwrap_or(usize::MAX)) / 1_000.0;
        Ok(Self {
            alone_p50_ms: ms(&alone, 50),
            alone_p95_ms: ms(&alone, 95),
            p50_ms: ms(&together, 50),
            p95_ms: ms(&together, 95),
            p99_ms: ms(&together, 99),
            per_second: together.per_second(),
        })
    }
}
