//! Every workflow that is shipped survives crashes, lateness and errors, with the catalogue it really runs on.

use habeas::{
    action::{catalogue, workflows::Workflows},
    organisation::{Organisation, Source},
};
use habeas_core::workflow::simulation::{Play, simulate};

const SEEDS: u64 = 60;

#[test]
fn every_shipped_workflow_survives_every_seed() {
    let organisation = Organisation::read(&Source::Shipped("visumexpress".to_owned())).unwrap();
    let workflows = Workflows::compile(organisation.workflows(), &organisation.catalogue()).unwrap();
    assert!(workflows.all().count() >= 2);
    for def in workflows.all() {
        let play = Play { def, answered: catalogue::ANSWERED, moves: 300 };
        for seed in 1_000_000..1_000_000 + SEEDS {
            simulate(play, seed).unwrap_or_else(|broken| panic!("{broken}"));
        }
    }
}
