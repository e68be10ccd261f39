//! The retention rules, as people read them.

use habeas_core::law::{
    lang::Text,
    map::{Collection, Field, System, split_address},
    retention::{
        Rule, Term,
        conflict::{Conflict, conflicts},
    },
};

use crate::{
    render::texts::Message,
    view::{
        desk::rules::{Beginning, Contradiction, RuleLine, RulesPage, SuppressionLine, What},
        look::Look,
    },
};

impl RulesPage {
    /// Every rule, and where two of them contradict each other this year.
    pub fn load(look: &Look) -> Self {
        let rules = look.organisation.rules();
        let line = |rule: &Rule| self::line(look, rule);
        let found = conflicts(rules, look.organisation.systems(), look.today().year());
        Self {
            default: rules.default.clone(),
            suppression: SuppressionLine::of(&rules.suppression),
            conflicts: found.iter().map(contradiction).collect(),
            rules: rules.rules.iter().map(line).collect(),
            idle: rules.idle.iter().map(line).collect(),
        }
    }
}

fn contradiction(conflict: &Conflict<'_>) -> Contradiction {
    let named = |rule: &Rule| (rule.id.clone(), rule.law.clone());
    let over = conflict.over.iter().map(|over| {
        let fields = over.collection.fields.iter().filter(|field| over.fields.contains(&field.name.as_str()));
        what(over.system, over.collection, fields.collect())
    });
    Contradiction {
        keeps: named(conflict.keeps),
        deletes: named(conflict.deletes),
        over: over.collect(),
        from: conflict.example.from,
        delete_by: conflict.example.delete_by,
        keep_until: conflict.example.keep_until,
    }
}

fn line(look: &Look, rule: &Rule) -> RuleLine {
    let all = look.organisation.systems().iter().flat_map(|system| system.collections.iter().map(move |it| (system, it)));
    let covers = all.filter_map(|(system, collection)| {
        let address = format!("{}.{}", system.key, collection.name);
        let spoken = collection.fields.iter().filter(|field| rule.speaks_for(&address, &field.name)).collect();
        rule.covers(&address).then(|| what(system, collection, spoken))
    });
    let label = |name: &str| rule.covers.iter().find_map(|address| self::field(look, &format!("{}.{name}", kind_of(address))));
    let when = rule.when.iter().map(|it| (label(&it.field).map_or_else(|| plain(&it.field), |(_, field)| called(field)), it.is.clone()));
    let from = rule.anchor.as_ref().and_then(|anchor| {
        let (collection, field) = self::field(look, &anchor.field)?;
        Some(Beginning { field: called(field), kind: collection.label.clone(), adjust: anchor.adjust })
    });
    RuleLine {
        id: rule.id.clone(),
        kind: rule.kind,
        because: rule.because.clone(),
        covers: covers.collect(),
        when: when.collect(),
        guard: rule.guard.as_ref().map(|guard| guard.as_str().to_owned()),
        stages: stages(&rule.period),
        from,
        in_force: (rule.in_force.from, rule.in_force.until),
        only_for: rule.only_for.map(habeas_core::law::retention::Standing::word),
        law: rule.law.clone(),
        ground: rule.ground.clone(),
        source: rule.source.clone(),
        checked_on: rule.checked_on,
        stale: rule.is_stale(look.today()),
    }
}

/// Some fields of a kind; all that people know of are not named one by one.
fn what(system: &System, collection: &Collection, fields: Vec<&Field>) -> What {
    let known = || collection.fields.iter().filter(|field| !field.technical);
    let whole = known().all(|field| fields.iter().any(|spoken| spoken.name == field.name));
    let named = fields.into_iter().filter(|field| !field.technical && !whole).map(|field| field.label.clone());
    What { kind: collection.label.clone(), system: system.label.clone(), fields: named.collect() }
}

/// `system.collection` of an address that may name a field, too.
fn kind_of(address: &str) -> &str {
    split_address(address).map_or(address, |(collection, _)| collection)
}

fn field<'l>(look: &'l Look, address: &str) -> Option<(&'l Collection, &'l Field)> {
    let (kind, name) = split_address(address)?;
    let (system, collection) = kind.split_once('.')?;
    let collection = look.organisation.system(system)?.collection(collection)?;
    Some((collection, collection.field(name)?))
}

/// What people call a field; a technical one has no other name than its own.
fn called(field: &Field) -> Text {
    if field.technical { plain(&field.name) } else { field.label.clone() }
}

fn plain(name: &str) -> Text {
    Text { nb: name.to_owned(), nl: name.to_owned(), en: name.to_owned() }
}

fn stages(term: &Term) -> Vec<Vec<Message>> {
    let parts = |span: &jiff::Span| {
        let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
        let counted = [("rule-years", i64::from(span.get_years())), ("rule-months", i64::from(span.get_months())), ("rule-days", days)];
        counted.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| Message::new(key).with("n", n)).collect()
    };
    term.periods().iter().map(parts).collect()
}
