//! A house in miniature around the real `transition()`: two workers that die, reports that come late, a clock that jumps and
//! people who err, all thrown by one seed. After every move it asks what must never be otherwise.

mod dice;
mod outside;
mod people;
mod tables;
mod workers;

use std::fmt;

use self::{dice::Dice, tables::Tables};
use super::{compiled::Compiled, event::Event};

/// What to play.
#[derive(Debug, Clone, Copy)]
pub struct Play<'a> {
    /// The definition.
    pub def: &'a Compiled,
    /// The fact without which no case may be closed.
    pub answered: &'a str,
    /// How many moves.
    pub moves: u32,
}

/// What happened in a play that went well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Played {
    /// Events that the case accepted.
    pub events: u64,
    /// Events that it refused.
    pub refused: u64,
    /// Workers that died with something in their hands.
    pub deaths: u64,
    /// Effects that took place.
    pub effects: u64,
    /// Incidents raised.
    pub incidents: u64,
    /// Whether the case was closed at the end.
    pub closed: u64,
}

impl Played {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            events: self.events + other.events,
            refused: self.refused + other.refused,
            deaths: self.deaths + other.deaths,
            effects: self.effects + other.effects,
            incidents: self.incidents + other.incidents,
            closed: self.closed + other.closed,
        }
    }
}

/// Something that must never happen did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The definition.
    pub workflow: String,
    /// Plays it again.
    pub seed: u64,
    /// At which move.
    pub at: u32,
    /// What.
    pub what: String,
    /// What the case had accepted until then.
    pub journal: Vec<Event>,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { workflow, seed, at, what, journal } = self;
        write!(
            f,
            "`{workflow}`, seed {seed}, move {at}: {what}\nplay it again: habeas bench simulate --workflow {workflow} --from {seed} --seeds 1"
        )?;
        journal.iter().try_for_each(|event| write!(f, "\n  {} {} {:?}", event.at, event.by, event.kind))
    }
}

/// Plays one seed.
pub fn simulate(play: Play<'_>, seed: u64) -> Result<Played, Box<Broken>> {
    let mut dice = Dice::new(seed);
    let mut tables = Tables::open(play, &mut dice).map_err(|what| broken(play, seed, 0, what, &[]))?;
    for at in 1..=play.moves {
        tables.step(&mut dice).map_err(|what| broken(play, seed, at, what, &tables.journal))?;
    }
    tables.end().map_err(|what| Box::new(broken(play, seed, play.moves, what, &tables.journal)))
}

fn broken(play: Play<'_>, seed: u64, at: u32, what: String, journal: &[Event]) -> Broken {
    Broken { workflow: play.def.name.clone(), seed, at, what, journal: journal.to_vec() }
}
