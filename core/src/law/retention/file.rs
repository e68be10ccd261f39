//! Reads `retention.yaml`.

use jiff::civil::Date;

use super::{Adjust, Anchor, Condition, InForce, Kind, Rule, Rules, Standing, Suppression, YearEnd, term};
use crate::{
    law::{
        folder::{
            self, Mention, Name, Parsed, Problem,
            node::{Any, At, Entry, Node},
            problem::Findings,
        },
        lang::Text,
        map::split_address,
    },
    source::spelling::did_you_mean,
    table::Guard,
};

/// The version of the language this reader knows.
const LANGUAGE: &str = "habeas.retention/1";

/// Reads `retention.yaml`; the fiscal year is the organisation's.
pub fn parse(file: &str, text: &str, fiscal_year_end: YearEnd) -> Result<Parsed<Rules>, Vec<Problem>> {
    folder::parse(file, text, |entry, mentions, findings| {
        if let Some(node) = entry.required("language", findings) {
            node.one_of(&[(LANGUAGE, ())], findings);
        }
        if let Some(node) = entry.optional("hit") {
            hit(node, findings);
        }
        let default = entry.required("default", findings).and_then(|node| default(node, findings));
        let mut rules: Vec<Rule> = Vec::new();
        for item in entry.optional("except").map(|node| node.items(findings)).unwrap_or_default() {
            let Some(rule) = rule(item, mentions, findings) else { continue };
            if rules.iter().any(|known| known.id == rule.id) {
                findings.problem(item.at, "twice", format!("rule `{}` is there twice", rule.id), None);
            }
            rules.push(rule);
        }
        let suppression = match entry.optional("suppression") {
            Some(node) => suppression(node, findings),
            None => Some(Suppression::default()),
        };
        Some(Rules { default: default?, suppression: suppression?, rules, idle: Vec::new(), fiscal_year_end })
    })
}

/// Every rule that applies is a reason: no other policy would list them all.
fn hit(node: &Node, findings: &mut Findings<'_>) {
    if let Some(word) = node.text(findings)
        && word != "collect"
    {
        let help = "write `hit: collect`, or leave it out".to_owned();
        findings.problem(node.at, "unknown-word", format!("retention cannot be `{word}`: every rule that applies is a reason"), Some(help));
    }
}

fn default(node: &Node, findings: &mut Findings<'_>) -> Option<Text> {
    let mut entry = Entry::open(node, findings)?;
    // Keeping by default would turn Art. 5(1)(e) around; the word is there to be read aloud.
    if let Some(node) = entry.required("result", findings) {
        node.one_of(&[("erase", ())], findings);
    }
    let because = entry.words("because", findings);
    entry.close(findings);
    because
}

fn suppression(node: &Node, findings: &mut Findings<'_>) -> Option<Suppression> {
    let mut entry = Entry::open(node, findings)?;
    let because = entry.words("because", findings);
    let law = entry.text("law", findings);
    let ground = entry.required("ground", findings).and_then(|node| node.parsed("bad-ground", ground, findings));
    let source = entry.text("source", findings);
    let checked_on = entry.required("checked-on", findings).and_then(|node| node.parsed("bad-date", day, findings));
    entry.close(findings);
    Some(Suppression { because: because?, law: law?, ground: ground?, source: source?, checked_on: checked_on? })
}

fn rule(node: &Node, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Rule> {
    const KINDS: [(&str, Kind); 3] = [("must-keep", Kind::MustKeep), ("may-keep", Kind::MayKeep), ("maximum", Kind::Maximum)];
    let mut entry = Entry::open(node, findings)?;
    let id = entry.text("id", findings);
    let kind = entry.required("kind", findings).and_then(|node| node.one_of(&KINDS, findings));
    let covers = entry.required("covers", findings).map(|node| covers(node, mentions, findings)).unwrap_or_default();
    let collections = collections(&covers);
    let when = entry.optional("when").map(|node| node.items(findings)).unwrap_or_default();
    let when = when.iter().filter_map(|item| condition(item, &collections, mentions, findings)).collect();
    let guard = entry.optional("if").and_then(|node| guard(node, &collections, mentions, findings));
    let in_force = entry.optional("in-force").and_then(|node| in_force(node, findings)).unwrap_or_default();
    let kernel = entry.texts("kernel", findings);
    mentions.extend(kernel.iter().map(|(at, field)| mention(Name::InOne(field.clone(), collections.clone()), *at, findings)));
    let only_for = entry.optional("only-for").map(|node| node.one_of(&Standing::WORDS, findings));
    let period = entry.required("keep", findings).and_then(|node| node.parsed("bad-period", term, findings));
    let anchor = entry.required("from", findings).and_then(|node| anchor(node, kind, mentions, findings));
    let law = entry.text("law", findings);
    let ground = entry.optional("ground").and_then(|node| node.parsed("bad-ground", ground, findings));
    check_ground(&entry, kind, ground.is_some(), findings);
    let because = entry.words("because", findings);
    let source = entry.text("source", findings);
    let checked_on = entry.required("checked-on", findings).and_then(|node| node.parsed("bad-date", day, findings));
    entry.close(findings);
    Some(Rule {
        id: id?,
        kind: kind?,
        covers,
        when,
        guard,
        only_for: only_for.flatten(),
        in_force,
        kernel: kernel.into_iter().map(|(_, field)| field).collect(),
        period: period?,
        anchor,
        law: law?,
        ground,
        because: because?,
        source: source?,
        checked_on: checked_on?,
    })
}

fn mention(name: Name, at: At, findings: &Findings<'_>) -> Mention {
    Mention { name, place: findings.place(at) }
}

/// Addresses of two or three parts, each once and none inside another: a collection says all its fields already.
fn covers(node: &Node, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Vec<String> {
    let said = node.texts(findings);
    if said.is_empty() {
        findings.problem(node.at, "empty", "the rule covers nothing", Some("name a `system.collection`".to_owned()));
    }
    for (index, (at, address)) in said.iter().enumerate() {
        match address.split('.').count() {
            2 => mentions.push(mention(Name::Collection(address.clone()), *at, findings)),
            3.. => mentions.push(mention(Name::Field(address.clone()), *at, findings)),
            _ => {
                let message = format!("`{address}` is neither `system.collection` nor `system.collection.field`");
                findings.problem(*at, "bad-address", message, None);
            }
        }
        let collection = split_address(address).map(|(collection, _)| collection);
        let before = said.iter().take(index).any(|(_, other)| other == address);
        if before || said.iter().any(|(_, other)| Some(other.as_str()) == collection && other.contains('.')) {
            findings.problem(*at, "twice", format!("`{address}` is covered twice by this rule"), None);
        }
    }
    said.into_iter().map(|(_, address)| address).collect()
}

/// The collections that a rule covers, whole or by a field.
fn collections(covers: &[String]) -> Vec<String> {
    let mut collections: Vec<String> = covers.iter().map(|address| address.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")).collect();
    collections.sort();
    collections.dedup();
    collections
}

fn condition(node: &Node, collections: &[String], mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Condition> {
    let mut entry = Entry::open(node, findings)?;
    let field = entry.required("field", findings).and_then(|node| {
        let field = node.text(findings)?.to_owned();
        mentions.push(mention(Name::InEach(field.clone(), collections.to_vec()), node.at, findings));
        Some(field)
    });
    let is = entry.texts("is", findings).into_iter().map(|(_, word)| word).collect();
    entry.close(findings);
    Some(Condition { field: field?, is })
}

fn in_force(node: &Node, findings: &mut Findings<'_>) -> Option<InForce> {
    let mut entry = Entry::open(node, findings)?;
    let [from, until] = ["from", "until"].map(|key| entry.optional(key).and_then(|node| node.parsed("bad-date", day, findings)));
    entry.close(findings);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        findings.problem(
            node.at,
            "never-in-force",
            "the rule ends before it begins",
            Some("`from` is the first day, `until` the last".to_owned()),
        );
    }
    Some(InForce { from, until })
}

/// Its inputs are the fields of every collection that the rule covers; whether they are there is checked with the data map.
fn guard(node: &Node, collections: &[String], mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Guard> {
    let text = node.text(findings)?;
    match Guard::parse(text) {
        Ok(guard) => {
            mentions.push(mention(Name::Guard(guard.clone(), collections.to_vec()), node.at, findings));
            Some(guard)
        }
        Err(wrong) => {
            let place = findings.place(node.at).within(text, wrong.at);
            findings.problem(place, "bad-guard", wrong.message, wrong.help);
            None
        }
    }
}

/// From when; `None`: not stated, or a problem was noted. `not-stated` is for a promise that says how long and not from when: a date
/// made of it would be made up.
fn anchor(node: &Node, kind: Option<Kind>, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Anchor> {
    if matches!(node.any(), Any::Text(_)) {
        let known = node.one_of(&[("not-stated", ())], findings).is_some();
        if known && kind.is_some_and(|kind| kind != Kind::Maximum) {
            let help = "name the field from which it counts".to_owned();
            findings.problem(node.at, "missing-anchor", "only a maximum may leave open from when it counts", Some(help));
        }
        return None;
    }
    dated(node, mentions, findings)
}

fn dated(node: &Node, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Anchor> {
    const ADJUST: [(&str, Adjust); 3] =
        [("none", Adjust::None), ("fiscal-year-end", Adjust::FiscalYearEnd), ("calendar-year-end", Adjust::CalendarYearEnd)];
    let mut entry = Entry::open(node, findings)?;
    let field = entry.required("field", findings).and_then(|node| {
        let field = node.text(findings)?.to_owned();
        mentions.push(mention(Name::Field(field.clone()), node.at, findings));
        Some(field)
    });
    let adjust = entry.optional("adjust").map_or(Some(Adjust::None), |node| node.one_of(&ADJUST, findings));
    entry.close(findings);
    Some(Anchor { field: field?, adjust: adjust? })
}

/// Art. 17(3) names five grounds; there is no sixth.
fn ground(text: &str) -> Result<String, String> {
    const GROUNDS: [&str; 5] = ["Art. 17(3)(a)", "Art. 17(3)(b)", "Art. 17(3)(c)", "Art. 17(3)(d)", "Art. 17(3)(e)"];
    if GROUNDS.contains(&text) {
        return Ok(text.to_owned());
    }
    let help = did_you_mean(text, GROUNDS).map(|help| format!(", {help}")).unwrap_or_default();
    Err(format!("`{text}` is not a ground for keeping: write `Art. 17(3)(a)` to `(e)`{help}"))
}

fn check_ground(entry: &Entry<'_>, kind: Option<Kind>, there: bool, findings: &mut Findings<'_>) {
    match kind {
        Some(Kind::MustKeep | Kind::MayKeep) if !there => {
            let help = "say which part of Art. 17(3) lets it stay".to_owned();
            findings.problem(entry.at, "missing-ground", "`ground` is missing: the rule keeps data against a request", Some(help));
        }
        Some(Kind::Maximum) if there => {
            findings.problem(entry.at, "needless-ground", "a maximum keeps nothing, so it has no `ground`", None);
        }
        _ => {}
    }
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is not a date: write it as `2026-11-20`"))
}

#[cfg(test)]
mod tests {
    use super::{Guard, parse};
    use crate::law::{
        folder::Name,
        retention::{Adjust, Kind, Standing, YearEnd},
    };

    const GOOD: &str = "language: habeas.retention/1
default: {result: erase, because: {nb: a, nl: b, en: No rule requires us to keep it}}
except:
  - id: NO-BOK-5
    kind: must-keep
    covers: [accounting.invoices, accounting.customers.name]
    when: [{field: status, is: [cancelled]}, {field: booked_on}]
    kernel: [number, amount]
    keep: P5Y
    from: {field: accounting.invoices.issued_on, adjust: fiscal-year-end}
    law: bokføringsloven § 13
    ground: Art. 17(3)(b)
    because: {nb: a, nl: b, en: The bookkeeping act asks for it}
    source: lovdata.no
    checked-on: 2026-11-20
";

    #[test]
    fn why_a_no_outlives_an_erasure_is_said_or_read_in_the_law() {
        let default = parse("retention.yaml", GOOD, YearEnd::DECEMBER).unwrap().value.suppression;
        assert_eq!((default.law.as_str(), default.ground.as_str()), ("Art. 21(3)", "Art. 17(3)(b)"));
        let own = "suppression: {because: {nb: a, nl: b, en: Ours}, law: mfl. § 15, ground: Art. 17(3)(e), source: lovdata.no, checked-on: 2026-11-20}";
        let said = parse("retention.yaml", &format!("{GOOD}{own}\n"), YearEnd::DECEMBER).unwrap().value.suppression;
        assert_eq!((said.law.as_str(), said.because.en.as_str()), ("mfl. § 15", "Ours"));
        let half = parse("retention.yaml", &format!("{GOOD}suppression: {{law: mfl. § 15, ground: Art. 99}}\n"), YearEnd::DECEMBER);
        let codes: Vec<_> = half.unwrap_err().into_iter().map(|problem| problem.code).collect();
        assert_eq!(codes.iter().filter(|code| **code == "missing-key").count(), 3, "{codes:?}");
        assert!(codes.contains(&"bad-ground"), "{codes:?}");
    }

    #[test]
    fn a_rule_is_read_whole_and_mentions_what_it_needs() {
        let parsed = parse("retention.yaml", GOOD, YearEnd::DECEMBER).unwrap();
        let [rule] = parsed.value.rules.as_slice() else { panic!("one rule") };
        assert_eq!((rule.kind, rule.anchor.as_ref().unwrap().adjust), (Kind::MustKeep, Adjust::FiscalYearEnd));
        assert!(rule.speaks_for("accounting.invoices", "amount") && !rule.speaks_for("accounting.invoices", "note"));
        assert!(rule.speaks_for("accounting.customers", "name") && !rule.speaks_for("accounting.customers", "number"));
        assert!(!rule.covers("accounting.invoice"));
        let both = vec!["accounting.customers".to_owned(), "accounting.invoices".to_owned()];
        let names: Vec<_> = parsed.mentions.into_iter().map(|mention| mention.name).collect();
        assert_eq!(
            names,
            [
                Name::Collection("accounting.invoices".into()),
                Name::Field("accounting.customers.name".into()),
                Name::InEach("status".into(), both.clone()),
                Name::InEach("booked_on".into(), both.clone()),
                Name::InOne("number".into(), both.clone()),
                Name::InOne("amount".into(), both),
                Name::Field("accounting.invoices.issued_on".into()),
            ]
        );
    }

    #[test]
    fn every_problem_of_the_table_is_told() {
        let bad = GOOD
            .replace("result: erase", "result: keep")
            .replace("must-keep", "must-kep")
            .replace("keep: P5Y", "keep: 5 years")
            .replace("accounting.customers.name", "accounting, accounting.invoices.number")
            .replace("Art. 17(3)(b)", "Art. 17(3)(f)")
            .replace("2026-11-20", "20.11.2026");
        let problems = parse("retention.yaml", &bad, YearEnd::DECEMBER).unwrap_err();
        let codes: Vec<_> = problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!(
            codes,
            [
                (2, "unknown-word"),
                (5, "unknown-word"),
                (6, "bad-address"),
                (6, "twice"),
                (9, "bad-period"),
                (12, "bad-ground"),
                (15, "bad-date")
            ]
        );
        assert_eq!(problems[1].help.as_deref(), Some("did you mean `must-keep`?"));
    }

    #[test]
    fn a_guard_is_read_and_what_is_wrong_in_it_is_told_where_it_stands() {
        let guarded = |guard: &str| GOOD.replace("    keep: P5Y", &format!("    if: {guard}\n    keep: P5Y"));
        let parsed = parse("f", &guarded("amount > 0"), YearEnd::DECEMBER).unwrap();
        let [rule] = parsed.value.rules.as_slice() else { panic!("one rule") };
        assert_eq!(rule.guard.as_ref().map(Guard::as_str), Some("amount > 0"));
        assert!(rule.needs("accounting.invoices", "amount") && !rule.needs("accounting.invoices", "note"));
        for (guard, column) in [("amount > ", 17), ("amount = 0", 16), ("'amount = 0'", 17)] {
            let problems = parse("f", &guarded(guard), YearEnd::DECEMBER).unwrap_err();
            let told: Vec<_> = problems.iter().map(|problem| (problem.line, problem.column, problem.code)).collect();
            assert_eq!(told, [(9, column, "bad-guard")], "{guard}");
        }
    }

    #[test]
    fn every_rule_that_applies_is_a_reason_so_no_policy_but_collect_makes_sense() {
        let with = |hit: &str| parse("f", &GOOD.replace("except:", &format!("hit: {hit}\nexcept:")), YearEnd::DECEMBER);
        assert!(with("collect").is_ok());
        let problem = with("first").unwrap_err().remove(0);
        assert_eq!((problem.line, problem.message.as_str()), (3, "retention cannot be `first`: every rule that applies is a reason"));
    }

    #[test]
    fn a_rule_may_say_from_when_until_when_it_is_law() {
        let within =
            |days: &str| parse("f", &GOOD.replace("    keep: P5Y", &format!("    in-force: {days}\n    keep: P5Y")), YearEnd::DECEMBER);
        let rule = within("{from: 2027-01-01, until: 2027-12-31}").unwrap().value.rules.remove(0);
        let on = |day: &str| rule.in_force.on(day.parse().unwrap());
        assert_eq!(["2026-12-31", "2027-01-01", "2027-12-31", "2028-01-01"].map(on), [false, true, true, false]);
        assert_eq!(within("{from: 2027-01-01, until: 2026-01-01}").unwrap_err()[0].code, "never-in-force");
        assert_eq!(within("{from: soon}").unwrap_err()[0].code, "bad-date");
    }

    #[test]
    fn a_maximum_may_leave_open_from_when_and_a_duty_may_not() {
        let open = |text: &str| text.replace("{field: accounting.invoices.issued_on, adjust: fiscal-year-end}", "not-stated");
        let told = |text: &str| parse("f", &open(text), YearEnd::DECEMBER).unwrap_err().remove(0);
        let maximum = GOOD.replace("must-keep", "maximum").replace("    ground: Art. 17(3)(b)\n", "");
        assert!(parse("f", &open(&maximum), YearEnd::DECEMBER).unwrap().value.rules[0].anchor.is_none());
        assert_eq!((told(GOOD).line, told(GOOD).code), (10, "missing-anchor"));
        let odd = parse("f", &open(&maximum).replace("not-stated", "not-sated"), YearEnd::DECEMBER).unwrap_err().remove(0);
        assert_eq!(odd.help.as_deref(), Some("did you mean `not-stated`?"));
    }

    #[test]
    fn a_rule_may_bind_only_some_and_run_in_stages() {
        let text = GOOD.replace("    keep: P5Y", "    only-for: obliged-entity\n    keep: P30D + P30D");
        let rule = parse("f", &text, YearEnd::DECEMBER).unwrap().value.rules.remove(0);
        assert_eq!((rule.only_for, rule.period.periods().len()), (Some(Standing::ObligedEntity), 2));
        assert!(!rule.binds(&[]) && rule.binds(&[Standing::ObligedEntity]));
        let odd = parse("f", &text.replace("obliged-entity", "obliged"), YearEnd::DECEMBER).unwrap_err().remove(0);
        assert_eq!((odd.line, odd.code), (9, "unknown-word"));
        for bad in ["P30D+", "+P30D", "P30D+PT1H", "P30D++P30D"] {
            assert_eq!(parse("f", &text.replace("P30D + P30D", bad), YearEnd::DECEMBER).unwrap_err()[0].code, "bad-period", "{bad}");
        }
    }

    #[test]
    fn keeping_needs_a_ground_and_a_maximum_has_none() {
        let none = GOOD.replace("    ground: Art. 17(3)(b)\n", "");
        assert_eq!(parse("f", &none, YearEnd::DECEMBER).unwrap_err()[0].code, "missing-ground");
        let maximum = GOOD.replace("must-keep", "maximum");
        assert_eq!(parse("f", &maximum, YearEnd::DECEMBER).unwrap_err()[0].code, "needless-ground");
        let twice = format!("{GOOD}{}", GOOD.split_once("except:\n").unwrap().1);
        assert_eq!(parse("f", &twice, YearEnd::DECEMBER).unwrap_err()[0].code, "twice");
    }
}
