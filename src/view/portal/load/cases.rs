//! The cases of a mailbox.

use crate::{
    store::{
        StoreError,
        case::{self, Case, Phase},
    },
    view::{
        look::Look,
        portal::{
            case::State,
            cases::{CaseLine, Cases},
        },
    },
};

impl Cases {
    /// Every case of the person, newest first.
    pub async fn load(look: &Look, mailbox: &str) -> Result<Self, StoreError> {
        let cases = case::of_subject(&look.store, mailbox).await?;
        Ok(Self { cases: cases.iter().map(|case| line(look, case)).collect() })
    }
}

fn line(look: &Look, case: &Case) -> CaseLine {
    let state = match case.phase {
        Phase::Open => State::Working,
        Phase::Answered | Phase::Refused => State::Answered,
        Phase::Withdrawn => State::Withdrawn,
    };
    CaseLine { reference: case.id.clone(), right: case.right, received_on: look.day(case.received_at), state }
}
