//! The wiring of the faces: hands the web its state, starts the worker beside it, stops both together.

use std::{path::Path, sync::Arc};

use figment::{
    Figment,
    providers::{Env, Format as _, Toml},
};
use habeas_core::law::personal::Personal;
use jiff::Timestamp;
use rocket::fairing::AdHoc;
use tokio::sync::Notify;

use crate::{
    cli::{
        CliError,
        demo::{self, Demo, DemoArgs},
        say,
    },
    config::Config,
    house::House,
    mail,
    view::demo::{
        landing::{DemoCustomer, Story},
        mail::DemoMail,
    },
    web::{self, State},
};

/// What Rocket is told where nothing else says so; the binary carries it.
const SETTINGS: &str = include_str!("../Rocket.toml");

/// `habeas serve`: portal, desk and room on the configured house, and the worker.
pub async fn serve(house: Option<&Path>) -> Result<(), CliError> {
    let (config, settings) = Config::read(house)?;
    let house = House::open(&config).await?;
    let figment = server(settings);
    let url = config.url.clone();
    launch(house, None, figment, move || say(&format!("habeas serves {url}"))).await
}

/// `habeas demo`: the same on a fresh, made-up house, with its mail and its clock in reach.
pub async fn demo(args: &DemoArgs) -> Result<(), CliError> {
    let made = demo::prepare(args).await?;
    let figment = server(Figment::new()).merge(("port", args.port));
    let url = format!("http://127.0.0.1:{}", args.port);
    let (house, faces) = (made.house.clone(), faces(&made));
    launch(house, Some(faces), figment, move || made.greet(&url)).await
}

/// Rocket's settings: what the binary carries, then the house's files, then variables.
fn server(settings: Figment) -> Figment {
    Figment::from(rocket::Config::default()).merge(Toml::string(SETTINGS).nested()).merge(settings).merge(Env::prefixed("ROCKET_").global())
}

async fn launch(
    house: House,
    demo: Option<web::Demo>,
    figment: Figment,
    ready: impl FnOnce() + Send + Sync + 'static,
) -> Result<(), CliError> {
    let stop = Arc::new(Notify::new());
    let working = tokio::spawn(house.worker.clone().run(Arc::clone(&stop)));
    let state = State { door: house.door, look: house.look, renderer: house.renderer, demo };
    let told = AdHoc::on_liftoff("told", move |_| Box::pin(async move { ready() }));
    let served = web::rocket(figment, state).attach(told).launch().await;
    stop.notify_one();
    let worked = working.await;
    served.map_err(|error| CliError::Said(format!("the server did not start or stopped: {error}")))?;
    match worked {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(CliError::Said(format!("the worker's ticker failed: {error}"))),
        Err(error) => Err(CliError::Said(format!("the worker stopped: {error}"))),
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
