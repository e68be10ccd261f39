//! Reads the room's pages from rows: references and pseudonyms, no names.

use std::path::PathBuf;

use super::{
    case::{Bundle, RoomCase},
    cases::{RoomCases, RoomRow},
};
use crate::{
    store::{
        StoreError,
        case::{self, Case},
        command,
        incident::{self, Trouble},
        package::{self, Package},
        task,
    },
    view::{
        desk::load::{standing, whole_timeline},
        lifting,
        look::Look,
    },
};

/// Cases listed at most.
const MOST: u64 = 5_000;

impl RoomCases {
    /// Every case, latest first.
    pub async fn load(look: &Look) -> Result<Self, StoreError> {
        let mut cases = case::list(&look.store, None, MOST).await?;
        cases.sort_by_key(|case| std::cmp::Reverse(case.received_at));
        let mut rows = Vec::new();
        for case in &cases {
            rows.push(row(look, case).await?);
        }
        Ok(Self { period: None, open_until: None, rows })
    }
}

impl RoomCase {
    /// One case, for the authority or the officer who shows it what there is.
    pub async fn load(look: &Look, reference: &str, authority: bool) -> Result<Option<Self>, StoreError> {
        let Some(case) = case::get(&look.store, reference).await? else { return Ok(None) };
        let bundle = package::get(&look.store, reference, KIND).await?;
        let waiting = command::of_case(&look.store, reference).await?;
        Ok(Some(Self {
            case: row(look, &case).await?,
            timeline: whole_timeline(look, reference).await?,
            bundle: bundle.map(|stored| self::bundle(look, stored)),
            coming: waiting.iter().any(|command| command.action == "bundle.authority"),
            may_reopen: authority && case.closed_at.is_some(),
        }))
    }

    /// The bundle's file, or one beside it by its ending: its folder and name.
    pub async fn file(look: &Look, reference: &str, ending: &str) -> Result<Option<(PathBuf, String)>, StoreError> {
        let stored = package::get(&look.store, reference, KIND).await?;
        Ok(stored.map(|stored| (look.packages.clone(), format!("{}{ending}", stored.file))))
    }
}

const KIND: &str = "authority";

async fn row(look: &Look, case: &Case) -> Result<RoomRow, StoreError> {
    let tasks = task::of_case(&look.store, &case.id).await?;
    let failed = incident::of_case(&look.store, &case.id)
        .await?
        .iter()
        .any(|incident| incident.closed.is_none() && incident.trouble != Trouble::Alarm);
    let open = tasks.iter().filter(|task| task.closed.is_none());
    let shown = case.shown_state();
    let answered_on = lifting::answered_on(look, case, &shown).await?.unwrap_or_else(|| look.today());
    Ok(RoomRow {
        reference: case.id.clone(),
        person: pseudonym(look, case),
        right: case.right,
        state: standing(case, &shown, open, failed),
        received_on: look.day(case.received_at),
        due_on: case.due_on,
        closed_on: case.closed_at.map(|at| look.day(at)),
        late: answered_on > case.due_on,
    })
}

/// The same in every case of a person, and nothing that leads back to them.
fn pseudonym(look: &Look, case: &Case) -> String {
    let word: String = look.keys.blind("pseudonym", &case.subject).chars().take(6).collect();
    format!("P-{}", word.to_uppercase())
}

fn bundle(look: &Look, stored: Package) -> Bundle {
    Bundle { name: stored.file, bytes: stored.size, sha256: stored.sha256, sealed_at: stored.made_at, key: fingerprint(look) }
}

/// The first half of the key's SHA-256, in groups of four.
fn fingerprint(look: &Look) -> String {
    let hash = look.keys.log().public().hash().to_string();
    let group = |at: usize| hash.get(at..at + 4).unwrap_or_default().to_owned();
    let groups: Vec<String> = (0..32).step_by(4).map(group).collect();
    format!("ed25519:{}", groups.join(" "))
}
