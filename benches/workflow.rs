//! The pure parts of the engine: a transition, a whole flow, a definition from its text.
#![allow(clippy::expect_used, reason = "a bench that cannot begin must stop")]

use std::{collections::BTreeMap, hint::black_box};

use criterion::{Criterion, criterion_group, criterion_main};
use habeas::action::catalogue;
use habeas_core::workflow::{
    self, Compiled, Event, EventKind,
    event::{WORKER, Wait},
};
use jiff::Timestamp;

const FLOW: &str = include_str!("../src/cli/bench/flow.yaml");

fn compile(text: &str) -> Compiled {
    let definition = workflow::parse("definition.yaml", text).expect("the definition reads");
    workflow::compile(&definition, &catalogue::catalogue()).expect("the definition compiles")
}

fn event(by: &str, roles: &[&str], kind: EventKind) -> Event {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    Event { id: "command:0123456789abcdef0123456789abcdef".to_owned(), at: Timestamp::UNIX_EPOCH, by: by.to_owned(), roles, kind }
}

fn sent(step: &str) -> Event {
    event(WORKER, &[], EventKind::Reported { wait: Wait::at(step), outcome: "sent".to_owned(), lists: BTreeMap::new() })
}

fn events() -> [Event; 6] {
    let systems = ["shop", "helpdesk", "accounting"].map(str::to_owned).to_vec();
    let form = EventKind::Submitted { wait: Wait::at("records"), outcome: "submitted".to_owned() };
    [
        event("operator", &[], EventKind::Opened { lists: BTreeMap::from([("case.systems".to_owned(), systems)]) }),
        sent("receipt"),
        sent("look"),
        event("staff/kari", &["case-handler"], form),
        sent("prepare"),
        sent("tell"),
    ]
}

fn transitions(criterion: &mut Criterion) {
    let (definition, events) = (compile(FLOW), events());
    criterion.bench_function("flow of six events", |bencher| bencher.iter(|| workflow::fold(&definition, black_box(&events))));
    let state = workflow::fold(&definition, &events[..2]).expect("the flow runs").expect("the case is open");
    criterion.bench_function("one report", |bencher| bencher.iter(|| workflow::transition(&definition, black_box(&state), &events[2])));
    let waiting = workflow::fold(&definition, &events[..3]).expect("the flow runs").expect("the case is open");
    criterion.bench_function("one form", |bencher| bencher.iter(|| workflow::transition(&definition, black_box(&waiting), &events[3])));
}

fn definitions(criterion: &mut Criterion) {
    for (name, text) in [
        ("compile the flow", FLOW),
        ("compile access", include_str!("../workflows/access.yaml")),
        ("compile erasure", include_str!("../workflows/erasure.yaml")),
    ] {
        criterion.bench_function(name, |bencher| bencher.iter(|| compile(black_box(text))));
    }
}

criterion_group!(benches, transitions, definitions);
criterion_main!(benches);
