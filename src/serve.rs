//! The wiring of the faces: hands the web its state, starts the worker beside it, stops both together.

use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::{Arc, Mutex},
};

use data_encoding::HEXLOWER;
use figment::{
    Figment,
    providers::{Env, Format as _, Toml},
};
use habeas_core::law::personal::Personal;
use jiff::Timestamp;
use rocket::{Build, Ignite, Rocket, fairing::AdHoc};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::{Notify, oneshot},
    task::{JoinError, JoinHandle},
};

use crate::{
    chance::Chance,
    cli::{
        CliError, backup,
        bench::{Faces, gate, pages},
        demo::{self, Demo, DemoArgs},
        say,
        serve::{Role, ServeArgs},
    },
    config::Config,
    house::House,
    mail,
    store::hint,
    view::demo::{
        landing::{DemoCustomer, Story},
        mail::DemoMail,
    },
    web::{self, State},
};

/// What Rocket is told where nothing else says so; the binary carries it.
const SETTINGS: &str = include_str!("../Rocket.toml");

mod front;
mod stall;

pub use front::{Front, Patience, Trusted};

/// `habeas serve`: portal, desk and room on the configured house, and the worker, or one of the two.
pub async fn serve(house: Option<&Path>, args: &ServeArgs) -> Result<(), CliError> {
    let (config, settings) = Config::read(house)?;
    let house = House::open(&config).await?;
    backup::catch_up(&house).await?;
    let entrance = Entrance { settings: server(settings), desk: args.desk_addr.or(config.desk_address), proxies: config.proxies };
    let url = config.url.clone();
    match args.role {
        Role::All => launch(house, None, &entrance, move || say(&format!("habeas serves {url}"))).await,
        Role::Web => {
            let door = house.door.clone();
            let telling = tokio::spawn(async move { hint::pass_on(&door.store, &door.wake).await });
            let served =
                answer(&house, None, &entrance, move || say(&format!("habeas serves {url}; another process must do the work"))).await;
            telling.abort();
            served
        }
        Role::Worker => {
            let stop = Arc::new(Notify::new());
            let working = work(&house, &stop);
            say("habeas does the work of its house");
            told_to_stop().await?;
            stop.notify_one();
            ended(working.await)
        }
    }
}

/// `habeas demo`: the same on a fresh, made-up house, with its mail and its clock in reach.
pub async fn demo(args: &DemoArgs) -> Result<(), CliError> {
    let made = demo::prepare(args).await?;
    let entrance = Entrance { settings: server(Figment::new()).merge(("port", args.port)), desk: None, proxies: Vec::new() };
    // By name: browsers make passkeys for names only.
    let url = format!("http://localhost:{}", args.port);
    let (house, faces) = (made.house.clone(), faces(&made));
    launch(house, Some(faces), &entrance, move || made.greet(&url)).await
}

/// `habeas bench gate` and `pages`: the faces on a made-up house beside a server that does nothing, and who asks them.
pub async fn bench(what: Faces<'_>) -> Result<(), CliError> {
    match what {
        Faces::Gate(args) => {
            let prepared = gate::prepare(args).await?;
            let look = prepared.house.look.clone();
            let watching = tokio::spawn(async move { look.watch_gate().await });
            let (faces, bare) = side_by_side(&prepared.house).await?;
            let measured = gate::measure(&prepared, args, faces, bare).await;
            watching.abort();
            measured
        }
        Faces::Pages(args) => {
            let prepared = pages::prepare(args).await?;
            let (faces, bare) = side_by_side(&prepared.house).await?;
            pages::measure(&prepared, args, faces, bare).await
        }
    }
}

/// Where the faces of a house and a route that does nothing answer.
async fn side_by_side(house: &House) -> Result<(SocketAddr, SocketAddr), CliError> {
    let state = State {
        door: house.door.clone(),
        look: house.look.clone(),
        openid: Arc::clone(&house.openid),
        uploads: Arc::clone(&house.uploads),
        renderer: Arc::clone(&house.renderer),
        demo: None,
    };
    let figment = || server(Figment::new()).merge(("port", 0)).merge(("address", "127.0.0.1")).merge(("shutdown.ctrlc", false));
    let ((faces, _), (bare, _)) = (begun(web::rocket(figment(), state)).await?, begun(web::bare(figment())).await?);
    Ok((faces, bare))
}

/// A web server that answers until it is told to stop.
type Running = JoinHandle<Result<Rocket<Ignite>, rocket::Error>>;

/// Where a server answers, once it does.
async fn begun(server: Rocket<Build>) -> Result<(SocketAddr, Running), CliError> {
    let (tell, told) = oneshot::channel();
    let tell = Mutex::new(Some(tell));
    let server = server.attach(AdHoc::on_liftoff("told", move |rocket| {
        let here = SocketAddr::new(rocket.config().address, rocket.config().port);
        let tell = tell.lock().ok().and_then(|mut tell| tell.take());
        Box::pin(async move {
            if let Some(tell) = tell {
                let _ = tell.send(here);
            }
        })
    }));
    let running = tokio::spawn(server.launch());
    match told.await {
        Ok(here) => Ok((here, running)),
        Err(_) => Err(over(running.await).err().unwrap_or_else(|| CliError::Said("the server did not start".to_owned()))),
    }
}

/// How a server ended.
fn over(running: Result<Result<Rocket<Ignite>, rocket::Error>, JoinError>) -> Result<(), CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::Said(format!("the server did not start or stopped: {error}"));
    running.map_err(|error| failed(&error))?.map(|_| ()).map_err(|error| failed(&error))
}

/// Rocket's settings: what the binary carries, then the house's files, then variables.
fn server(settings: Figment) -> Figment {
    Figment::from(rocket::Config::default()).merge(Toml::string(SETTINGS).nested()).merge(settings).merge(Env::prefixed("ROCKET_").global())
}

/// Answers and works, and stops both together.
async fn launch(
    house: House,
    demo: Option<web::Demo>,
    entrance: &Entrance,
    ready: impl FnOnce() + Send + Sync + 'static,
) -> Result<(), CliError> {
    let stop = Arc::new(Notify::new());
    let working = work(&house, &stop);
    let served = answer(&house, demo, entrance, ready).await;
    stop.notify_one();
    let worked = working.await;
    served.and(ended(worked))
}

/// The faces, until the server is told to stop.
async fn answer(
    house: &House,
    demo: Option<web::Demo>,
    entrance: &Entrance,
    ready: impl FnOnce() + Send + Sync + 'static,
) -> Result<(), CliError> {
    let state = |demo| State {
        door: house.door.clone(),
        look: house.look.clone(),
        openid: Arc::clone(&house.openid),
        uploads: Arc::clone(&house.uploads),
        renderer: Arc::clone(&house.renderer),
        demo,
    };
    let settings = || entrance.settings.clone();
    let look = house.look.clone();
    let watching = tokio::spawn(async move { look.watch_gate().await });
    let served = match entrance.desk {
        None => {
            let everything = entrance.stand(settings(), state(demo), web::Faces::All).await?;
            ready();
            everything.await
        }
        Some(desk) => {
            let portal = entrance.stand(settings(), state(None), web::Faces::Public).await?;
            let settings = settings().merge(("address", desk.ip())).merge(("port", desk.port()));
            let inside = entrance.stand(settings, state(None), web::Faces::Inside).await?;
            ready();
            tokio::try_join!(portal, inside).map(|_| ())
        }
    };
    watching.abort();
    served
}

/// Where people connect.
struct Entrance {
    settings: Figment,
    /// Where the desk answers, apart from the portal.
    desk: Option<SocketAddr>,
    proxies: Vec<IpAddr>,
}

impl Entrance {
    /// Some faces behind their front. The server itself answers on this machine only, and is told who asks in a header that nobody can guess.
    async fn stand(
        &self,
        settings: Figment,
        state: State,
        faces: web::Faces,
    ) -> Result<impl Future<Output = Result<(), CliError>> + use<>, CliError> {
        let config =
            rocket::Config::try_from(settings.clone()).map_err(|error| CliError::Said(format!("the settings are wrong: {error}")))?;
        let at = SocketAddr::new(config.address, config.port);
        let trusted = self.trusted(config.ip_header.as_ref().map(|name| name.as_str()))?;
        let listener = TcpListener::bind(at)
            .await
            .map_err(|error| CliError::Said(format!("nobody can listen at `{at}`: {error}; choose another port")))?;
        let secret = Chance.bytes::<16>().map_err(|error| CliError::Said(error.to_string()))?;
        let told_in = format!("x-habeas-{}", HEXLOWER.encode(&secret));
        let inner = settings.merge(("address", "127.0.0.1")).merge(("port", 0)).merge(("ip_header", told_in.as_str()));
        let (server, running) = begun(web::faces(inner, state, faces)).await?;
        let told_in = told_in.parse().map_err(|_| CliError::Said("the server could not be told who asks".to_owned()))?;
        let front = tokio::spawn(Front { listener, server, told_in, trusted, room: front::room(), patience: Patience::default() }.run());
        Ok(async move {
            let ended = over(running.await);
            front.abort();
            ended
        })
    }

    /// A header that names the client is believed only from proxies that always set it.
    fn trusted(&self, header: Option<&str>) -> Result<Trusted, CliError> {
        let Some(name) = header else { return Ok(Trusted::default()) };
        let said = |what: &str| CliError::Said(format!("`ip_header = {name}` {what}"));
        if self.proxies.is_empty() {
            return Err(said("is believed only from proxies that always set it: name them in `proxies` under `[default.habeas]`"));
        }
        let header = name.parse().map_err(|_| said("is no name of a header"))?;
        Ok(Trusted { header: Some(header), proxies: self.proxies.clone() })
    }
}

/// The worker, until it is told to stop. It hears what other processes of the house change.
fn work(house: &House, stop: &Arc<Notify>) -> JoinHandle<Result<(), CliError>> {
    let (worker, door, stop) = (house.worker.clone(), house.door.clone(), Arc::clone(stop));
    tokio::spawn(async move {
        tokio::select! {
            end = worker.run(stop) => end.map_err(|error| CliError::Said(format!("the worker's ticker failed: {error}"))),
            () = hint::listen(&door.store, &door.wake) => Ok(()),
        }
    })
}

fn ended(worked: Result<Result<(), CliError>, JoinError>) -> Result<(), CliError> {
    worked.unwrap_or_else(|error| Err(CliError::Said(format!("the worker stopped: {error}"))))
}

/// Waits for an interrupt or for the signal that service managers send.
async fn told_to_stop() -> Result<(), CliError> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
        _ = terminate.recv() => Ok(()),
    }
}

/// What the demo's pages need of rooms that the faces may not enter.
fn faces(made: &Demo) -> web::Demo {
    let (settling, looking) = (made.house.worker.clone(), made.house.worker.clone());
    let folder = made.folder.join("mail");
    web::Demo {
        settle: Arc::new(move || {
            let worker = settling.clone();
            Box::pin(async move {
                let units = worker.settle().await?;
                worker.upkeep().await?;
                Ok(units)
            })
        }),
        next_due: Arc::new(move || {
            let worker = looking.clone();
            Box::pin(async move { worker.next_due().await })
        }),
        mails: Arc::new(move || Ok(mail::caught(&folder)?.into_iter().map(shown).collect())),
        people: made.people.iter().map(person).collect(),
        customers: made.suggested.iter().zip([Story::Ordinary, Story::Cancelled, Story::Dispute]).map(customer).collect(),
    }
}

fn shown(mail: mail::Caught) -> DemoMail {
    DemoMail { id: mail.id, to: mail.to, subject: mail.subject, at: Timestamp::try_from(mail.written).unwrap_or_default(), text: mail.text }
}

fn person(person: &demo::DemoPerson) -> web::DemoPerson {
    web::DemoPerson {
        name: person.name.to_owned(),
        email: person.email.clone(),
        password: person.password.clone(),
        roles: person.roles.to_vec(),
        totp_secret: Personal::new(person.totp.clone()),
    }
}

fn customer((customer, story): (&demo::sample::Suggested, Story)) -> DemoCustomer {
    DemoCustomer {
        name: customer.name.clone(),
        email: customer.email.clone(),
        customer_number: customer.customer_number.clone(),
        order_number: Some(customer.order_number.clone()),
        story,
    }
}
