//! The graph: where a case can stand, and every way from there with what becomes certain and what ends on it.
//!
//! Each edge does what the engine does on that event, in the engine's order: what ends goes first, then what begins.

use std::collections::BTreeMap;

use super::{
    super::{
        catalogue::{Catalogue, Effect},
        compiled::{Compiled, JOINED, Kind, Loop, Node, OVERDUE, SUBJECT, Signal, Stage, Target},
    },
    action_of,
    fact::{Facts, Proof, Proofs},
};

/// Where a case can stand.
#[derive(Debug, Clone, Copy)]
pub(super) enum At<'c> {
    /// Before the first stage.
    Start,
    /// A step, begun and waiting; for a loop: about to begin.
    Step(&'c Node),
    /// The end of a loop.
    Join(&'c Node),
    /// A stage that closes the case.
    Close(&'c Stage),
}

/// Why a case moves along an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Without waiting: into a stage, into a branch, out of a loop.
    On,
    /// By an outcome; with a limit: only so often.
    Outcome(Option<u32>),
    /// The limit of an outcome was reached and no way is named: a person looks, and the step may begin again.
    Incident,
    /// A person sends the case back because of an incident.
    SentBack,
    /// By an any-time event, with its number.
    Signal(usize),
}

/// A way from one place to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge<'c> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) way: Way,
    /// What is written on it; nothing where there is no choice.
    pub(super) label: &'c str,
    pub(super) kills: Facts,
    pub(super) grants: Facts,
    /// Once this is certain the edge is shut.
    unless: Facts,
}

impl Edge<'_> {
    /// What is certain behind it.
    pub(super) const fn carry(&self, facts: Facts) -> Option<Facts> {
        if facts & self.unless == 0 { Some((facts & !self.kills) | self.grants) } else { None }
    }
}

/// The graph of one definition.
#[derive(Debug)]
pub(super) struct Graph<'c> {
    pub(super) def: &'c Compiled,
    pub(super) proofs: Proofs<'c>,
    pub(super) places: Vec<At<'c>>,
    pub(super) edges: Vec<Edge<'c>>,
    /// The edges out of each place.
    out: Vec<Vec<usize>>,
    steps: BTreeMap<&'c str, usize>,
    joins: BTreeMap<&'c str, usize>,
    closes: BTreeMap<&'c str, usize>,
    given: Facts,
    lapsing: Facts,
    restarting: Facts,
    /// What a loop's body may undo at any moment while it runs.
    unsure: BTreeMap<&'c str, Facts>,
}

impl<'c> Graph<'c> {
    pub(super) const START: usize = 0;

    pub(super) fn of(def: &'c Compiled, catalogue: &'c Catalogue) -> Self {
        let proofs = Proofs::of(def, catalogue);
        let mut graph = Self {
            def,
            given: proofs.facts(&def.given),
            lapsing: proofs.facts(&def.lapsing),
            restarting: proofs.facts(&def.restarting),
            proofs,
            places: vec![At::Start],
            edges: Vec::new(),
            out: Vec::new(),
            steps: BTreeMap::new(),
            joins: BTreeMap::new(),
            closes: BTreeMap::new(),
            unsure: BTreeMap::new(),
        };
        graph.place_all();
        graph.connect(catalogue);
        graph.out = vec![Vec::new(); graph.places.len()];
        for (number, edge) in graph.edges.iter().enumerate() {
            if let Some(out) = graph.out.get_mut(edge.from) {
                out.push(number);
            }
        }
        graph
    }

    fn place_all(&mut self) {
        let def = self.def;
        for node in def.nodes() {
            self.steps.insert(&node.id, self.places.len());
            self.places.push(At::Step(node));
            if let Kind::Loop(inner) = &node.kind {
                self.joins.insert(&node.id, self.places.len());
                self.places.push(At::Join(node));
                let changes = inner.body.iter().filter_map(|id| def.node(id)).flat_map(|node| node.changes.values());
                let kills = changes.fold(0, |bits, change| bits | self.proofs.facts(&change.kills));
                self.unsure.insert(&node.id, kills);
            }
        }
        for stage in def.stages.iter().filter(|stage| stage.close.is_some()) {
            self.closes.insert(&stage.id, self.places.len());
            self.places.push(At::Close(stage));
        }
    }

    fn connect(&mut self, catalogue: &Catalogue) {
        if let Some(first) = self.def.stages.first() {
            self.lead(Self::START, &Target::Stage(first.id.clone()), None, Way::On, "", 0, self.given, 0);
        }
        for (from, at) in self.places.clone().into_iter().enumerate() {
            match at {
                At::Start => {}
                At::Step(node) => {
                    match &node.kind {
                        Kind::Loop(inner) => self.run_loop(from, node, inner),
                        Kind::Task(_) | Kind::Work { .. } => self.end_step(from, node, catalogue),
                    }
                    self.signals(from, &node.stage, node.parent.as_deref(), false);
                    self.sent_back(from, node.parent.as_deref());
                }
                At::Join(node) => {
                    let proven = self.bodies(node).fold(0, |bits, inner| bits | self.proofs.facts(&inner.on_join));
                    if let Some(target) = node.routes.get(JOINED) {
                        self.lead(from, target, node.parent.as_deref(), Way::On, "", 0, proven & !self.lapsing, 0);
                    }
                }
                At::Close(stage) => self.signals(from, &stage.id, None, true),
            }
        }
    }

    /// The steps of a loop's body.
    pub(super) fn bodies(&self, around: &'c Node) -> impl Iterator<Item = &'c Node> + use<'c> {
        let (def, body) = (self.def, if let Kind::Loop(inner) = &around.kind { inner.body.as_slice() } else { &[] });
        body.iter().filter_map(|id| def.node(id))
    }

    fn ended(&self, around: &'c Node) -> Facts {
        self.bodies(around).fold(0, |bits, inner| bits | self.proofs.bit(Proof::Ended(&inner.id)))
    }

    fn run_loop(&mut self, from: usize, node: &'c Node, inner: &'c Loop) {
        let (ended, unsure) = (self.ended(node), self.unsure(Some(&node.id)));
        if let Some(to) = self.step(&inner.first) {
            self.edges.push(Edge { from, to, way: Way::On, label: "", kills: ended | unsure, grants: 0, unless: 0 });
        }
        if let Some(to) = self.join(&node.id) {
            self.edges.push(Edge { from, to, way: Way::On, label: "none", kills: 0, grants: ended, unless: 0 });
        }
    }

    /// The ways out of a task or of work.
    fn end_step(&mut self, from: usize, node: &'c Node, catalogue: &Catalogue) {
        let unsure = self.unsure(node.parent.as_deref());
        let plain = node.routes.len() == 1;
        for (outcome, target) in &node.routes {
            let change = node.changes.get(outcome);
            let kills = change.map_or(0, |change| self.proofs.facts(&change.kills)) | self.lapsing | unsure;
            let proven = change.map_or(0, |change| self.proofs.facts(&change.grants)) & !unsure;
            let (done, undone) = self.done(node, outcome, catalogue);
            let (kills, grants) = (kills | undone, proven | done);
            let limit = node.limits.get(target).copied();
            let label = if plain { "" } else { outcome.as_str() };
            self.lead(from, target, node.parent.as_deref(), Way::Outcome(limit), label, kills, grants, 0);
            match (&node.exhausted, limit) {
                (Some(instead), Some(_)) => {
                    self.lead(from, instead, node.parent.as_deref(), Way::Outcome(None), "limit", kills, grants, 0);
                }
                (None, Some(_)) => self.edges.push(Edge { from, to: from, way: Way::Incident, label: "limit", kills, grants, unless: 0 }),
                (_, None) => {}
            }
        }
    }

    /// What an outcome says about the step itself: somebody did it; in a branch, it came to its good end. What only looks must have
    /// found it good; what acts must have been tried, for its failure leads elsewhere.
    fn done(&self, node: &Node, outcome: &str, catalogue: &Catalogue) -> (Facts, Facts) {
        let did = if outcome == OVERDUE { 0 } else { self.proofs.bit(Proof::Did(&node.id)) };
        let ended = self.proofs.bit(Proof::Ended(&node.id));
        let failed = action_of(node, catalogue).is_some_and(|action| action.failures.iter().any(|failure| failure == outcome));
        if failed && node.effect() <= Effect::Read { (did, ended) } else { (did | ended, 0) }
    }

    fn signals(&mut self, from: usize, stage: &str, parent: Option<&str>, closed: bool) {
        let def = self.def;
        for (number, rule) in def.signals.iter().enumerate() {
            if if rule.stages.is_empty() { closed } else { rule.stages.iter().all(|other| other != stage) } {
                continue;
            }
            let mut kills = self.restarting | self.lapsing | self.unsure(parent);
            let mut grants = 0;
            if closed {
                kills = self.restarting | self.proofs.all(|proof| !matches!(proof, Proof::Fact(_)));
                grants = self.given & !self.restarting;
            }
            let unless = rule.until.as_deref().map_or(0, |until| self.proofs.bit(Proof::Entered(until)));
            self.lead(from, &Target::Stage(rule.then.clone()), None, Way::Signal(number), &rule.event, kills, grants, unless);
        }
    }

    /// What may go wrong at any step may be answered by going back to the beginning, as long as what every case is given still holds
    /// (`ways::restart`).
    fn sent_back(&mut self, from: usize, parent: Option<&str>) {
        let first = self.def.stages.first().filter(|first| !first.point_of_no_return);
        let (kills, grants) = (self.restarting | self.lapsing | self.unsure(parent), self.given & !self.lapsing);
        if let Some(first) = first {
            self.lead(from, &Target::Stage(first.id.clone()), None, Way::SentBack, "sent back", kills, grants, 0);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "an edge is these eight things")]
    fn lead(
        &mut self,
        from: usize,
        target: &Target,
        parent: Option<&str>,
        way: Way,
        label: &'c str,
        kills: Facts,
        grants: Facts,
        unless: Facts,
    ) {
        let entered = if let Target::Stage(id) = target { self.proofs.bit(Proof::Entered(id)) } else { 0 };
        if let Some(to) = self.resolve(target, parent) {
            self.edges.push(Edge { from, to, way, label, kills, grants: grants | entered, unless });
        }
    }

    fn resolve(&self, target: &Target, parent: Option<&str>) -> Option<usize> {
        match target {
            Target::Stage(id) => self.def.stage(id).and_then(|stage| match &stage.entry {
                Target::Stage(_) => None,
                entry => self.resolve(entry, None),
            }),
            Target::Step(id) => self.step(id),
            Target::Close(id) => self.closes.get(id.as_str()).copied(),
            Target::BranchEnd => self.join(parent?),
        }
    }

    fn unsure(&self, around: Option<&str>) -> Facts {
        around.and_then(|id| self.unsure.get(id)).copied().unwrap_or_default()
    }

    /// Where an outcome leads.
    pub(super) fn leads(&self, node: &Node, outcome: &str) -> Option<usize> {
        self.resolve(node.routes.get(outcome)?, node.parent.as_deref())
    }

    /// The place of a step.
    pub(super) fn step(&self, id: &str) -> Option<usize> {
        self.steps.get(id).copied()
    }

    /// The place of a loop's end.
    pub(super) fn join(&self, id: &str) -> Option<usize> {
        self.joins.get(id).copied()
    }

    /// The places of a stage's steps and of its close.
    pub(super) fn stage(&self, id: &'c str) -> impl Iterator<Item = usize> {
        let here = move |at: &At<'_>| match at {
            At::Step(node) => node.stage == id,
            At::Close(stage) => stage.id == id,
            At::Start | At::Join(_) => false,
        };
        self.places.iter().enumerate().filter(move |(_, at)| here(at)).map(|(place, _)| place)
    }

    pub(super) fn at(&self, place: usize) -> At<'c> {
        self.places.get(place).copied().unwrap_or(At::Start)
    }

    /// The edges out of a place.
    pub(super) fn from(&self, place: usize) -> impl Iterator<Item = &Edge<'c>> {
        self.out.get(place).into_iter().flatten().filter_map(|number| self.edges.get(*number))
    }

    /// The any-time event of an edge.
    pub(super) fn signal(&self, edge: &Edge<'_>) -> Option<&'c Signal> {
        if let Way::Signal(number) = edge.way { self.def.signals.get(number) } else { None }
    }

    /// Whether the house cannot rely on this edge as a way out: only the person herself can take it, whenever she likes, or only somebody
    /// who answers an incident.
    pub(super) fn is_by_chance(&self, edge: &Edge<'_>) -> bool {
        edge.way == Way::SentBack || self.signal(edge).is_some_and(|rule| rule.from.iter().all(|role| role == SUBJECT))
    }
}
