//! `/{l}/desk/erasures`: whether data is erased at the moment, or waits for two people.

use jiff::Timestamp;
use serde::Serialize;

use super::eyes::Eyes;
use crate::{
    render::{pages::Page, texts::Message},
    store::{
        StoreError,
        breaker::{self, Stop},
        command,
    },
    view::{desk::load::names, look::Look, sample},
};

/// The breaker of mass erasure. Posts `stop` and `reason` to itself.
#[derive(Debug, Serialize)]
pub struct Erasures {
    /// What is stopped; `None`: nothing is.
    pub stopped: Option<Stopped>,
    /// The reason, as typed.
    pub reason: String,
}

/// Nothing is erased.
#[derive(Debug, Serialize)]
pub struct Stopped {
    /// Its id.
    pub id: String,
    /// Since when.
    pub since: Timestamp,
    /// How many people's data went in the hour before.
    pub cases: u64,
    /// How many people's data waits.
    pub waiting: usize,
    /// Who wants erasures to go on, and why; `None`: nobody yet.
    pub asked: Option<(String, String)>,
    /// That was the reader, who cannot agree too.
    pub asked_by_reader: bool,
    /// The reader may ask or agree.
    pub may_release: bool,
}

impl Erasures {
    /// How it stands; who sees no case sees nothing of it.
    pub async fn load(look: &Look, eyes: &Eyes) -> Result<Option<Self>, StoreError> {
        if !eyes.see_all() {
            return Ok(None);
        }
        let stopped = match breaker::current(&look.store).await? {
            Some(stop) => Some(stopped(look, eyes, stop).await?),
            None => None,
        };
        Ok(Some(Self { stopped, reason: String::new() }))
    }
}

async fn stopped(look: &Look, eyes: &Eyes, stop: Stop) -> Result<Stopped, StoreError> {
    let names = names(look).await?;
    let asked_by_reader = stop.asked.as_ref().is_some_and(|(by, _)| *by == format!("staff/{}", eyes.id));
    let asked = match stop.asked {
        Some((by, why)) => Some((names.get(&by).cloned().unwrap_or(by), look.keys.open(&breaker::asked_place(&stop.id), &why)?)),
        None => None,
    };
    Ok(Stopped {
        id: stop.id,
        since: stop.stopped_at,
        cases: stop.cases,
        waiting: command::held_up(&look.store).await?.len(),
        asked,
        asked_by_reader,
        may_release: !asked_by_reader && eyes.release_erasures(),
    })
}

impl Page for Erasures {
    const TEMPLATE: &'static str = "desk/erasures.html";

    fn title(&self) -> Message {
        Message::new("erasures-title")
    }

    fn samples() -> Vec<Self> {
        let stopped = |asked: bool, by_reader: bool, may| Stopped {
            id: "q7".to_owned(),
            since: sample::at(11, 21, 8, 14),
            cases: 50,
            waiting: 3,
            asked: asked.then(|| ("Ola Dahl".to_owned(), "Alle har bedt om det selv etter brevet fra fredag.".to_owned())),
            asked_by_reader: by_reader,
            may_release: may,
        };
        let page = |stopped| Self { stopped, reason: String::new() };
        vec![
            page(None),
            page(Some(stopped(false, false, false))),
            page(Some(stopped(true, true, false))),
            page(Some(stopped(true, false, true))),
        ]
    }
}
