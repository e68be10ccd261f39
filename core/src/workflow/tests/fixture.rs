//! A catalogue that covers the shipped definitions, and a case that is driven by short words.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::workflow::{
    Catalogue, Command, Compiled, Event, EventKind, Explanation, Refusal, State,
    catalogue::{Action, Effect, Form, Terms, set},
    compile,
    event::{CLOCK, Resolution, Timer, WORKER, Wait},
    parse, start, transition,
};

pub(super) const ACCESS: &str = include_str!("../../../../workflows/access.yaml");
pub(super) const ERASURE: &str = include_str!("../../../../workflows/erasure.yaml");

const IDENTITY: [&str; 2] = ["identity.matched", "identity.verified"];

pub(super) fn catalogue() -> Catalogue {
    Catalogue {
        actions: owned(actions()),
        decisions: owned([("erasure-holds", Terms::new(["decided"]).grants(["holds.checked"]).kills(["plan.frozen", "approval.given"]))]),
        forms: owned(forms()),
        letters: owned(letters()),
        roles: set(["case-handler", "system-owner", "privacy-lead", "dpo", "authority"]),
        lists: set(["case.systems", "case.records", "plan.systems", "plan.recipients"]),
        given: set(["clock.before-due"]),
        lapsing: set(["clock.before-due"]),
        restarting: set([
            "identity.matched",
            "identity.verified",
            "holds.checked",
            "plan.frozen",
            "approval.given",
            "erasure.done",
            "recipients.told",
            "others.reviewed",
            "package.written",
            "answer.sent",
        ]),
    }
}

fn actions() -> Vec<(&'static str, Action)> {
    use Effect::{External, Internal, Irreversible, Read};
    vec![
        ("letter.send", Action::new(External).ends(["sent"]).takes(["letter"])),
        ("identity.match", Action::new(Read).ends(["sure", "unsure", "nothing"]).facts(|t| t.kills(IDENTITY).grants_on("sure", IDENTITY))),
        ("identity.screen", Action::new(Internal).ends(["enough", "more"]).facts(|t| t.kills_on("more", ["identity.verified"]))),
        ("clock.extend", Action::new(Internal).ends(["extended"]).facts(|t| t.needs(["clock.before-due"]))),
        ("system.locate", Action::new(Read).ends(["found", "nothing", "failed"]).facts(|t| t.needs(["identity.matched"]))),
        (
            "erasure.plan",
            Action::new(Internal)
                .ends(["something", "nothing"])
                .facts(|t| t.needs(["holds.checked"]).kills(["approval.given"]).grants(["plan.frozen"])),
        ),
        (
            "system.erase",
            Action::new(Irreversible)
                .ends(["erased", "nothing", "blocked", "failed"])
                .facts(|t| t.needs(["identity.verified", "holds.checked", "plan.frozen", "approval.given"])),
        ),
        ("system.verify-erased", Action::new(Read).ends(["clean", "remains"]).facts(|t| t.grants_on_join(["erasure.done"]))),
        (
            "recipient.notify",
            Action::new(External).ends(["told", "failed"]).facts(|t| t.needs(["erasure.done"]).grants_on_join(["recipients.told"])),
        ),
        (
            "access.screen",
            Action::new(Internal)
                .ends(["clean", "others", "nothing"])
                .facts(|t| t.needs(["identity.matched"]).kills(["others.reviewed"]).grants_on("clean", ["others.reviewed"])),
        ),
        (
            "bundle.write",
            Action::new(Internal)
                .ends(["written"])
                .facts(|t| t.needs(["identity.verified", "others.reviewed"]).grants(["package.written"])),
        ),
        (
            "bundle.write-ordinary",
            Action::new(Internal).ends(["written"]).facts(|t| t.needs(["identity.matched", "others.reviewed"]).grants(["package.written"])),
        ),
    ]
}

fn forms() -> Vec<(&'static str, Form)> {
    vec![
        ("access-request", Form::subject(["submitted"])),
        ("erasure-request", Form::subject(["submitted"])),
        ("identity-evidence", Form::subject(["submitted"])),
        ("identity-check", Form::staff(["accepted", "not-enough"]).facts(|t| t.grants_on("accepted", IDENTITY))),
        ("identity-check-strong", Form::staff(["accepted", "not-enough"]).facts(|t| t.grants_on("accepted", IDENTITY))),
        ("located-records", Form::staff(["submitted"])),
        ("access-review", Form::staff(["release", "sent-back"]).facts(|t| t.grants_on("release", ["others.reviewed"]))),
        ("erasure-triage", Form::staff(["go-on", "extend", "not-a-request", "unfounded"])),
        ("erasure-decision", Form::staff(["erase", "partly", "refuse"])),
        (
            "plan-approval",
            Form::staff(["approved", "sent-back"])
                .four_eyes()
                .facts(|t| t.needs(["plan.frozen"]).grants_on("approved", ["approval.given"])),
        ),
        ("cooling-off", Form::subject(["stopped"])),
        ("erasure-proof", Form::staff(["submitted", "blocked"])),
        ("recipient-told", Form::staff(["told", "impossible"])),
        ("refusal-reasons", Form::staff(["submitted"])),
        ("refusal-approval", Form::staff(["approved", "sent-back"]).four_eyes()),
    ]
}

fn letters() -> Vec<(&'static str, Terms)> {
    let answer = || Terms::default().grants(["answer.sent"]);
    vec![
        ("receipt", Terms::default().grants(["receipt.sent"])),
        ("extension", Terms::default()),
        ("erasure-notice", Terms::default().needs(["approval.given"])),
        ("erasure-done", answer().needs(["erasure.done", "recipients.told"])),
        ("access-ready", answer().needs(["package.written"])),
        ("access-partly", answer().needs(["package.written"])),
        ("nothing-held", answer()),
        ("refusal", answer()),
        ("withdrawal-confirmed", answer()),
    ]
}

fn owned<T>(entries: impl IntoIterator<Item = (&'static str, T)>) -> BTreeMap<String, T> {
    entries.into_iter().map(|(name, entry)| (name.to_owned(), entry)).collect()
}

/// A workflow around `stages`, with everything else in order.
pub(super) fn around(stages: &str) -> String {
    let head = [
        "workflow: small",
        "version: 1",
        "language: habeas.workflow/1",
        "roles: [case-handler, system-owner, privacy-lead, dpo]",
        "clock: {starts: case.received, period: P1M}",
        "stages:",
    ];
    format!("{}\n{stages}", head.join("\n"))
}

pub(super) fn compiled(text: &str) -> Compiled {
    let definition = parse("test.yaml", text).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    compile(&definition, &catalogue()).unwrap_or_else(|problems| panic!("{}", shown(&problems)))
}

pub(super) fn shown(problems: &[crate::workflow::Diagnostic]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

pub(super) fn wait(text: &str) -> Wait {
    match text.split_once('@') {
        Some((step, branch)) => Wait::in_branch(step, branch),
        None => Wait::at(text),
    }
}

pub(super) fn lists(lists: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    lists.iter().map(|(name, items)| ((*name).to_owned(), items.iter().map(|item| (*item).to_owned()).collect())).collect()
}

pub(super) fn event(at: Timestamp, by: &str, roles: &[&str], kind: EventKind) -> Event {
    let id = format!("{at}/{by}/{kind:?}");
    Event { id, at, by: by.to_owned(), roles: roles.iter().map(|role| (*role).to_owned()).collect(), kind }
}

pub(super) const STAFF: [&str; 4] = ["case-handler", "system-owner", "privacy-lead", "dpo"];

/// A case under test: keeps its accepted events, and what the last one led to.
pub(super) struct Case {
    pub(super) def: Compiled,
    pub(super) state: State,
    pub(super) events: Vec<Event>,
    pub(super) commands: Vec<Command>,
    pub(super) explanations: Vec<Explanation>,
    pub(super) now: Timestamp,
}

impl Case {
    pub(super) fn open(text: &str, known: &[(&str, &[&str])]) -> Self {
        let def = compiled(text);
        let now = "2027-01-04T09:00:00Z".parse().unwrap();
        let opened = event(now, "subject", &[], EventKind::Opened { lists: lists(known) });
        let step = start(&def, &opened).unwrap();
        let (commands, explanations) = (step.commands, step.explanations);
        Self { def, state: step.state, events: vec![opened], commands, explanations, now }
    }

    pub(super) fn send(&mut self, by: &str, roles: &[&str], kind: EventKind) -> Result<(), Refusal> {
        let event = event(self.now, by, roles, kind);
        let step = transition(&self.def, &self.state, &event)?;
        self.events.push(event);
        (self.state, self.commands, self.explanations) = (step.state, step.commands, step.explanations);
        Ok(())
    }

    /// The worker reports: `erase@crm`, `erased`.
    pub(super) fn reports(&mut self, at: &str, outcome: &str) {
        self.finds(at, outcome, &[]);
    }

    pub(super) fn finds(&mut self, at: &str, outcome: &str, found: &[(&str, &[&str])]) {
        let kind = EventKind::Reported { wait: wait(at), outcome: outcome.to_owned(), lists: lists(found) };
        self.send(WORKER, &[], kind).unwrap();
    }

    pub(super) fn fails(&mut self, at: &str) {
        self.send(WORKER, &[], EventKind::Failed { wait: wait(at), cause: "timeout".to_owned() }).unwrap();
    }

    /// Somebody of the staff with every role hands in a form.
    pub(super) fn submits(&mut self, who: &str, at: &str, outcome: &str) {
        self.tries(who, at, outcome).unwrap();
    }

    pub(super) fn tries(&mut self, who: &str, at: &str, outcome: &str) -> Result<(), Refusal> {
        let roles: &[&str] = if who == "subject" { &[] } else { &STAFF };
        let by = if who == "subject" { who.to_owned() } else { format!("staff/{who}") };
        self.send(&by, roles, EventKind::Submitted { wait: wait(at), outcome: outcome.to_owned() })
    }

    pub(super) fn resolves(&mut self, at: &str, how: Resolution) -> Result<(), Refusal> {
        self.send("staff/kari", &STAFF, EventKind::Resolved { wait: wait(at), how })
    }

    pub(super) fn signals(&mut self, by: &str, name: &str) -> Result<(), Refusal> {
        self.send(by, &[], EventKind::Signalled { name: name.to_owned() })
    }

    pub(super) fn elapses(&mut self, timer: Timer) -> Result<(), Refusal> {
        self.send(CLOCK, &[], EventKind::Elapsed { timer })
    }

    pub(super) fn passes(&mut self, period: &str) {
        self.now = period.parse::<crate::workflow::Period>().unwrap().after(self.now);
    }

    /// What it waits for, in order: `approve`, `erase@crm`.
    pub(super) fn waits(&self) -> Vec<String> {
        self.state.open.iter().map(|open| open.wait.to_string()).collect()
    }

    pub(super) fn proven(&self, fact: &str) -> bool {
        self.state.facts.contains(fact)
    }
}
