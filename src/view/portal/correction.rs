//! What becomes of corrections, system by system: on the status page while it goes on, and beside the answer.

use habeas_core::law::lang::Text;
use serde::Serialize;

use crate::view::sample;

/// A system in which something was asked to be corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InSystem {
    /// What people call it.
    pub system: Text,
    /// Each piece, in the order it was told.
    pub pieces: Vec<Piece>,
    /// Why something was declined, in the words of whoever decided.
    pub because: Option<String>,
}

/// A piece of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What the person calls the kind.
    pub kind: Text,
    /// What she calls the piece.
    pub field: Text,
    /// What has become of it.
    pub stand: Stand,
}

/// What has become of a correction; has a text `stand-{name}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// Nobody has decided yet.
    Undecided,
    /// It is decided and not done yet.
    Waiting,
    /// It says something else now, and was read back.
    Changed,
    /// It says what it said.
    Declined,
    /// It is not held.
    NotFound,
}

impl InSystem {
    /// One system each with what waits, what was changed and what was declined.
    pub(super) fn samples(stands: [Stand; 3]) -> Vec<Self> {
        let piece = |field, stand| Piece { kind: sample::text("Adresser", "Adressen", "Addresses"), field, stand };
        let because = |declines: bool| declines.then(|| "Adressen står slik i folkeregisteret.".to_owned());
        let [first, second, third] = stands;
        let street = sample::text("Gate og nummer", "Straat en nummer", "Street and number");
        let name = sample::text("Etternavn", "Achternaam", "Last name");
        vec![
            Self {
                system: sample::shop(),
                because: because([first, second].contains(&Stand::Declined)),
                pieces: vec![piece(street, first), piece(name.clone(), second)],
            },
            Self { system: sample::accounting(), pieces: vec![piece(name, third)], because: because(third == Stand::Declined) },
        ]
    }
}
