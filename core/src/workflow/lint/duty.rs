//! What is owed by law: facts that must be certain before a step, before staff are asked, and when a case closes.

use super::{
    super::{
        catalogue::{Letter, Obligation, Owes, Terms},
        compiled::{Kind, Node, SUBJECT, Target},
        definition::{Ending, Join, Name, Step, Verb},
    },
    LETTER, Linter,
    fact::Proof,
    flow::Path,
    graph::At,
};
use crate::source::{diagnostic::Place, spelling::list};

/// Who may be asked to fill in a form is written in the catalogue.
const ROLES: &str = "G013-form-not-for-role";
/// The statutory clock stands still only while the subject owes an answer that the law waits for.
const PAUSE: &str = "G015-clock-stopped-elsewhere";
/// What a loop proves at its end was done in every branch.
const JOIN: &str = "G026-branch-unproven";

impl<'d> Linter<'d> {
    pub(super) fn duties(&mut self) {
        for (place, node, step) in self.reached() {
            let needed: Vec<_> = node.needs.iter().map(|fact| (fact.as_str(), node.rules.get(fact).copied().unwrap_or_default())).collect();
            self.needs(place, node, step, &needed);
            self.roles(step);
            self.ends(node, step);
            self.sections(step);
        }
        self.pauses();
        for owed in &self.catalogue.obligations {
            match &owed.owes {
                Owes::AtClose { endings, facts } => self.at_close(owed, endings, facts),
                Owes::BeforeStaff { facts } => self.before_staff(owed, facts),
                Owes::Supersedes { plan, approval } => self.supersedes(owed, plan, approval),
                Owes::Apart { form } => self.apart(owed, form),
                Owes::Needs | Owes::RefusalSections { .. } => {}
            }
        }
    }

    /// Facts of one rule that are missing at one step are told together, with the shortest way that shows the first.
    fn needs(&mut self, place: usize, node: &Node, step: &'d Step, needed: &[(&str, &'static str)]) {
        let mut told: Vec<(&'static str, Vec<&str>, String, Place)> = Vec::new();
        for (fact, rule) in needed {
            let Some(path) = self.missing(place, fact) else { continue };
            if self.told_before(&path, fact, |node| node.rules.get(*fact) == Some(rule)) {
                continue;
            }
            let rule = self.outlived(fact, &path).unwrap_or(rule);
            if let Some((_, facts, ..)) = told.iter_mut().find(|(code, ..)| *code == rule) {
                facts.push(fact);
                continue;
            }
            let declared = step.needs.iter().find(|name| name.as_str() == *fact);
            let at = declared.map_or(Self::called(step).at, |name| name.at);
            told.push((rule, vec![fact], self.graph.words(&path), at));
        }
        let what = if matches!(node.kind, Kind::Loop(_)) { String::new() } else { format!(" {}:", Self::called(step).as_str()) };
        for (code, facts, path, at) in told {
            let is = if facts.len() == 1 { "is" } else { "are" };
            let message = format!("{}:{what} {} {is} not certain here", node.id, quoted(&facts));
            let help = facts.first().map(|fact| self.proves(fact));
            self.tell(code, at, message, help, Some(path));
        }
    }

    /// The shortest way to a place on which a fact is not certain.
    fn missing(&self, place: usize, fact: &str) -> Option<Path<'_, 'd>> {
        let bit = self.graph.proofs.bit(Proof::Fact(fact));
        if bit != 0 && self.flow.at(place).is_none_or(|facts| facts & bit != 0) {
            return None;
        }
        self.graph.without(place, bit)
    }

    /// Whether the same is missing earlier on the way, where it is told already.
    fn told_before(&self, path: &Path<'_, 'd>, fact: &str, asks: impl Fn(&Node) -> bool) -> bool {
        let bit = self.graph.proofs.bit(Proof::Fact(fact));
        let lacks = |place| self.flow.at(place).is_some_and(|facts| facts & bit == 0);
        path.iter().any(|edge| matches!(self.graph.at(edge.from), At::Step(node) if asks(node) && lacks(edge.from)))
    }

    /// An approval that was given on this way and undone by what made a new plan: it outlived what was approved.
    fn outlived(&self, fact: &str, path: &Path<'_, 'd>) -> Option<&'static str> {
        let owed = self.catalogue.obligations.iter().find_map(|owed| match &owed.owes {
            Owes::Supersedes { plan, approval } if approval == fact => Some((owed.code, plan)),
            _ => None,
        });
        let (code, plan) = owed?;
        let bit = self.graph.proofs.bit(Proof::Fact(fact));
        let mut given = false;
        for edge in path {
            let after = if given { bit } else { 0 } & !edge.kills | edge.grants & bit;
            if let At::Step(node) = self.graph.at(edge.from)
                && given
                && after == 0
                && node.changes.values().any(|change| change.grants.contains(plan) || change.kills.contains(plan))
            {
                return Some(code);
            }
            given = after != 0;
        }
        None
    }

    /// Which outcomes of what would prove a fact.
    fn proves(&self, fact: &str) -> String {
        let catalogue = self.catalogue;
        let actions = catalogue.actions.iter().map(|(name, action)| (name, "", &action.terms));
        let forms = catalogue.forms.iter().map(|(name, form)| (name, "the form ", &form.terms));
        let letters = catalogue.letters.iter().map(|(name, letter)| (name, "the letter ", &letter.terms));
        let decisions = catalogue.decisions.iter().map(|(name, terms)| (name, "the decision ", terms));
        let ways: Vec<String> = actions.chain(forms).chain(letters).chain(decisions).filter_map(|it| proof(fact, it)).collect();
        if ways.is_empty() { format!("nothing proves `{fact}`") } else { format!("it is proven by {}", ways.join(", ")) }
    }

    fn at_close(&mut self, owed: &'d Obligation, endings: &[Ending], facts: &[String]) {
        for (place, at) in self.graph.places.clone().into_iter().enumerate() {
            let At::Close(stage) = at else { continue };
            let concerned = stage.close.is_some_and(|(ending, _)| endings.is_empty() || endings.contains(&ending));
            if !concerned || !self.flow.reaches(place) {
                continue;
            }
            let written = self.definition.stages.iter().find(|written| written.id.text == stage.id).map(|written| written.id.at);
            for fact in facts {
                let Some(path) = self.missing(place, fact).map(|path| self.graph.words(&path)) else { continue };
                let message = format!("{}: the case can close and \"{fact}\" is not certain", stage.id);
                self.tell(owed.code, written.unwrap_or_default(), message, Some(self.proves(fact)), Some(path));
            }
        }
    }

    fn before_staff(&mut self, owed: &'d Obligation, facts: &[String]) {
        let of_staff = |node: &Node| matches!(&node.kind, Kind::Task(task) if task.roles.iter().any(|role| role != SUBJECT));
        for (place, node, step) in self.reached().into_iter().filter(|(_, node, _)| of_staff(node)) {
            for fact in facts {
                let path = self.missing(place, fact).filter(|path| !self.told_before(path, fact, of_staff));
                let Some(path) = path.map(|path| self.graph.words(&path)) else { continue };
                let message = format!("{}: staff are asked and \"{fact}\" is not certain", node.id);
                self.tell(owed.code, step.id.at, message, Some(self.proves(fact)), Some(path));
            }
        }
    }

    /// Who proposes something is not who agrees to it: a task that leads into the stage of its check is kept apart there.
    fn apart(&mut self, owed: &'d Obligation, form: &String) {
        let reached = self.reached();
        for (_, node, step) in &reached {
            let Kind::Task(task) = &node.kind else { continue };
            let leads_here = |other: &Node| {
                let mut ways = other.routes.values().chain(&other.exhausted);
                other.stage != node.stage && ways.any(|to| matches!(to, Target::Stage(stage) if *stage == node.stage))
            };
            let proposes = |other: &Node| matches!(&other.kind, Kind::Task(task) if task.roles.iter().any(|role| role != SUBJECT));
            let free = |other: &&Node| task.form == *form && leads_here(other) && proposes(other) && !task.not_by.contains(&other.id);
            for proposer in reached.iter().map(|(_, other, _)| *other).filter(free) {
                let message = format!("{}: whoever sent the case here in `{}` could agree to it as well", node.id, proposer.id);
                let help = format!("write `{}` under `nor-by`", proposer.id);
                self.tell(owed.code, step.id.at, message, Some(help), None);
            }
        }
    }

    /// About the catalogue itself: what makes a plan undoes the approval of the one before.
    fn supersedes(&mut self, owed: &'d Obligation, plan: &String, approval: &String) {
        for (_, node, step) in self.reached() {
            let keeps = |outcome: &&String| {
                let change = node.changes.get(*outcome);
                change.is_some_and(|change| change.grants.contains(plan) && !change.kills.contains(approval))
            };
            if let Some(outcome) = node.outcomes.iter().find(keeps) {
                let message = format!("{}: `{outcome}` proves \"{plan}\" anew and leaves \"{approval}\" as it was", node.id);
                let help = "mend the catalogue: what was approved is what is done".to_owned();
                self.tell(owed.code, Self::called(step).at, message, Some(help), None);
            }
        }
    }

    /// A letter that refuses has the parts the law asks for.
    fn sections(&mut self, step: &'d Step) {
        let Verb::Do(perform) = &step.verb else { return };
        let named = perform.with.iter().filter(|(key, _)| key.as_str() == LETTER);
        for (name, letter) in named.filter_map(|(_, name)| Some((name, self.catalogue.letters.get(name.as_str())?))) {
            for owed in &self.catalogue.obligations {
                if let Owes::RefusalSections { sections } = &owed.owes {
                    self.section(owed, sections, name, letter);
                }
            }
        }
    }

    fn section(&mut self, owed: &'d Obligation, sections: &[String], name: &Name, letter: &Letter) {
        let absent: Vec<&str> = sections.iter().map(String::as_str).filter(|section| !letter.sections.contains(*section)).collect();
        if letter.refuses && !absent.is_empty() {
            let message = format!("the letter `{}` refuses and does not say {}", name.as_str(), list(absent));
            self.tell(owed.code, name.at, message, Some("mend the letter in the catalogue".to_owned()), None);
        }
    }

    /// A form with roles is given to those roles only, also when it is late.
    fn roles(&mut self, step: &'d Step) {
        let Verb::Task(task) = &step.verb else { return };
        let Some(form) = self.catalogue.forms.get(task.form.as_str()) else { return };
        for role in task.roles.iter().chain(task.escalate.iter().map(|more| &more.to)) {
            if !form.roles.is_empty() && !form.roles.contains(role.as_str()) {
                let message = format!("`{}` must not decide by the form `{}`", role.as_str(), task.form.as_str());
                let help = format!("ask {}", list(form.roles.iter().map(String::as_str)));
                self.tell(ROLES, role.at, message, Some(help), None);
            }
        }
    }

    fn pauses(&mut self) {
        for (name, _) in &self.definition.clock.paused_in {
            let Some(Verb::Task(task)) = self.steps.get(name.as_str()).map(|step| &step.verb) else { continue };
            if self.catalogue.forms.get(task.form.as_str()).is_none_or(|form| form.stops_clock) {
                continue;
            }
            let message = format!(
                "the clock must not stand still in `{}`: the law does not wait for the form `{}`",
                name.as_str(),
                task.form.as_str()
            );
            let lawful = self.catalogue.forms.iter().filter(|(_, form)| form.stops_clock).map(|(name, _)| name.as_str());
            let help = format!("it may in a task with the form {}", list(lawful));
            self.tell(PAUSE, name.at, message, Some(help), None);
        }
    }

    /// The engine believes at the end of a loop what the body proves there; so each branch must have ended that step well.
    fn ends(&mut self, around: &'d Node, step: &'d Step) {
        let (Kind::Loop(inner), Some(join)) = (&around.kind, self.graph.join(&around.id)) else { return };
        for body in self.graph.bodies(around).filter(|body| !body.on_join.is_empty()).collect::<Vec<_>>() {
            let facts = quoted(&body.on_join.iter().map(String::as_str).collect::<Vec<_>>());
            let bit = self.graph.proofs.bit(Proof::Ended(&body.id));
            if inner.join == Join::Any {
                let message = format!("{}: {facts} would be proven when the first branch ends, not when all have", around.id);
                self.tell(JOIN, step.id.at, message, Some("write `join: all`".to_owned()), None);
            } else if let Some(path) = self.graph.without(join, bit).map(|path| self.graph.words(&path)) {
                let message = format!("{}: a branch can end without `{}`, which proves {facts} at the end of the loop", around.id, body.id);
                let help = format!("lead every way of the branch through `{}`, and on only where it succeeds", body.id);
                self.tell(JOIN, step.id.at, message, Some(help), Some(path));
            }
        }
    }
}

fn quoted(facts: &[&str]) -> String {
    facts.iter().map(|fact| format!("\"{fact}\"")).collect::<Vec<_>>().join(", ")
}

/// How something proves a fact, if it does.
fn proof(fact: &str, (name, what, terms): (&String, &str, &Terms)) -> Option<String> {
    let grants = |facts: &[String]| facts.iter().any(|granted| granted == fact);
    let on: Vec<&str> = terms.on.iter().filter(|(_, change)| grants(&change.grants)).map(|(outcome, _)| outcome.as_str()).collect();
    if grants(&terms.always.grants) {
        Some(format!("{what}`{name}`"))
    } else if !on.is_empty() {
        Some(format!("{what}`{name}` ({})", on.join(", ")))
    } else {
        grants(&terms.on_join).then(|| format!("a loop with `{name}`"))
    }
}
