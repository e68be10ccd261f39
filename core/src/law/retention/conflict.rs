//! Where a promise to delete contradicts a duty to keep, by the rules alone, before anybody asks. In a case the duty wins
//! (`law::decide`); here whoever writes the promise is told.

use jiff::civil::Date;

use super::{InForce, Kind, Rule, Rules, YearEnd, keep_until};
use crate::law::map::{Collection, System};

/// A maximum that ends before what must be kept may go.
#[derive(Debug, Clone)]
pub struct Conflict<'r> {
    /// The duty.
    pub keeps: &'r Rule,
    /// The promise.
    pub deletes: &'r Rule,
    /// What both speak for.
    pub over: Vec<Overlap<'r>>,
    /// A day on which they part.
    pub example: Example,
}

/// Fields of one kind.
#[derive(Debug, Clone)]
pub struct Overlap<'r> {
    /// The system.
    pub system: &'r System,
    /// The kind.
    pub collection: &'r Collection,
    /// Names of the fields, in the order of the data map; technical ones are not among them.
    pub fields: Vec<&'r str>,
}

/// What both rules say of something that begins on one day, the worst of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The day from which both are counted.
    pub from: Date,
    /// The last day the promise allows.
    pub delete_by: Date,
    /// The last day the law demands.
    pub keep_until: Date,
}

/// Every pair of a must-keep rule and a maximum that contradict each other over a field, when both are counted from the same day of a
/// year. Pairs whose conditions exclude each other, or that are never law at the same time, are not here.
pub fn conflicts<'r>(rules: &'r Rules, systems: &'r [System], year: i16) -> Vec<Conflict<'r>> {
    let of = |kind| rules.rules.iter().filter(move |rule: &&Rule| rule.kind == kind);
    let pairs = of(Kind::MustKeep).flat_map(|keeps| of(Kind::Maximum).map(move |deletes| (keeps, deletes)));
    let together = pairs.filter(|(keeps, deletes)| meet(keeps.in_force, deletes.in_force) && !exclude(keeps, deletes));
    let found = together.filter_map(|(keeps, deletes)| {
        let example = worst(keeps, deletes, rules.fiscal_year_end, year)?;
        let over = overlaps(keeps, deletes, systems);
        (!over.is_empty()).then_some(Conflict { keeps, deletes, over, example })
    });
    found.collect()
}

/// Whether both are law on some day.
fn meet(one: InForce, other: InForce) -> bool {
    let before = |from: Option<Date>, until: Option<Date>| from.zip(until).is_some_and(|(from, until)| until < from);
    !before(one.from, other.until) && !before(other.from, one.until)
}

/// Whether no record can meet the conditions of both: they want the same field to be different things.
fn exclude(one: &Rule, other: &Rule) -> bool {
    let pairs = one.when.iter().flat_map(|this| other.when.iter().map(move |that| (this, that)));
    let mut same = pairs.filter(|(this, that)| this.field == that.field && !this.is.is_empty() && !that.is.is_empty());
    same.any(|(this, that)| !this.is.iter().any(|word| that.is.contains(word)))
}

/// The day of a year that parts them most: the first of one, because a year end is then furthest away.
fn worst(keeps: &Rule, deletes: &Rule, fiscal_year_end: YearEnd, year: i16) -> Option<Example> {
    let first = Date::new(year, 1, 1).ok()?;
    let days = [fiscal_year_end.from(first).tomorrow().ok()?, first];
    let examples = days.into_iter().filter(|day| day.year() == year).map(|from| Example {
        from,
        delete_by: keep_until(from, deletes, fiscal_year_end),
        keep_until: keep_until(from, keeps, fiscal_year_end),
    });
    examples.filter(|it| it.delete_by < it.keep_until).max_by_key(|it| (it.keep_until - it.delete_by).get_days())
}

fn overlaps<'r>(keeps: &'r Rule, deletes: &'r Rule, systems: &'r [System]) -> Vec<Overlap<'r>> {
    let all = systems.iter().flat_map(|system| system.collections.iter().map(move |collection| (system, collection)));
    let overlap = all.filter_map(|(system, collection)| {
        let address = format!("{}.{}", system.key, collection.name);
        let both = |field: &str| {
            deletes.speaks_for(&address, field)
                && (keeps.speaks_for(&address, field) || (keeps.covers(&address) && keeps.needs(&address, field)))
        };
        let fields = collection.fields.iter().filter(|field| !field.technical && both(&field.name));
        let fields: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
        (!fields.is_empty()).then_some(Overlap { system, collection, fields })
    });
    overlap.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Example, conflicts};
    use crate::law::{
        fixture::{RETENTION, folder, read_with},
        folder::Folder,
    };

    /// A promise of so long over what NO-BOK-5 covers.
    fn promised(keep: &str, more: &str) -> Folder {
        let promise = format!(
            "  - id: POL\n    kind: maximum\n    covers: [accounting.invoices]\n    keep: {keep}\n    from: {{field: shop.customers.ended_on}}\n{more}    \
             law: the privacy policy\n    because: {{nb: a, nl: b, en: We promised it}}\n    source: the policy\n    checked-on: 2026-11-20\n"
        );
        read_with(&[("retention.yaml", &format!("{RETENTION}{promise}"))]).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    /// Kinds and their fields.
    type Over = Vec<(String, Vec<String>)>;

    fn found(folder: &Folder) -> Vec<(String, String, Example, Over)> {
        let found = conflicts(&folder.rules, &folder.systems, 2026).into_iter().map(|it| {
            let over = it.over.iter().map(|over| {
                (format!("{}.{}", over.system.key, over.collection.name), over.fields.iter().map(|field| (*field).to_owned()).collect())
            });
            (it.keeps.id.clone(), it.deletes.id.clone(), it.example, over.collect())
        });
        found.collect()
    }

    #[test]
    fn rules_that_agree_are_no_conflict() {
        assert_eq!(found(&folder()), []);
        assert_eq!(found(&promised("P6Y", "")), [], "six years end after any invoice's fifth year end");
    }

    #[test]
    fn a_promise_that_ends_before_a_duty_is_told_with_the_worst_day() {
        let example = Example { from: date(2026, 1, 1), delete_by: date(2031, 1, 1), keep_until: date(2031, 12, 31) };
        let over = vec![("accounting.invoices".to_owned(), vec!["issued_on".to_owned(), "amount".to_owned()])];
        assert_eq!(found(&promised("P5Y", "")), [("NO-BOK-5".to_owned(), "POL".to_owned(), example, over)], "and only the kernel");
        let folder = promised("P5Y11M", "");
        assert_eq!(found(&folder)[0].2.delete_by, date(2031, 12, 1), "a month is enough");
    }

    #[test]
    fn a_promise_without_a_first_day_contradicts_as_well() {
        let folder = promised("P5Y", "").rules;
        let mut rules = folder;
        rules.rules.iter_mut().find(|rule| rule.id == "POL").unwrap().anchor = None;
        assert_eq!(conflicts(&rules, &self::folder().systems, 2026).len(), 1);
    }

    #[test]
    fn rules_that_never_meet_do_not_contradict() {
        let mut folder = promised("P5Y", "    in-force: {until: 2020-12-31}\n");
        let law =
            |folder: &mut Folder, from| folder.rules.rules.iter_mut().find(|rule| rule.id == "NO-BOK-5").unwrap().in_force.from = from;
        law(&mut folder, Some(date(2021, 1, 1)));
        assert_eq!(found(&folder), []);
        law(&mut folder, Some(date(2020, 12, 31)));
        assert_eq!(found(&folder).len(), 1);
        let mut folder = promised("P5Y", "    when: [{field: note, is: [paid]}]\n");
        let when = |word: &str| vec![crate::law::retention::Condition { field: "note".to_owned(), is: vec![word.to_owned()] }];
        let law = |folder: &mut Folder, word| folder.rules.rules.iter_mut().find(|rule| rule.id == "NO-BOK-5").unwrap().when = when(word);
        law(&mut folder, "open");
        assert_eq!(found(&folder), []);
        law(&mut folder, "paid");
        assert_eq!(found(&folder).len(), 1);
    }
}
