//! Guards and tables, against hand-written expectations and against a slow reader that tries every case.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{
    Found, Guard, Kind, Outcome, Table, Truth, Value, check,
    cover::{gap, overlap},
    guard, parse,
    value::Duration,
};

const TODAY: Date = date(2026, 11, 21);

fn known() -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("status", Value::Text("paid".to_owned())),
        ("total", Value::Number(12.5)),
        ("vip", Value::Flag(true)),
        ("order.placed", Value::Date(date(2026, 3, 14))),
        ("age", Value::Duration(Duration::parse("P31D").unwrap())),
    ])
}

fn look(name: &str, _: Option<Kind>) -> Found {
    match name {
        "torn" => Found::Unreadable,
        _ => known().get(name).cloned().map_or(Found::Nothing, Found::Value),
    }
}

const KINDS: [(&str, &[Kind]); 6] = [
    ("status", &[Kind::Text]),
    ("total", &[Kind::Number]),
    ("vip", &[Kind::Flag]),
    ("order.placed", &[Kind::Date]),
    ("age", &[Kind::Duration]),
    ("gone", &[Kind::Text]),
];

#[test]
fn guards_hold_or_not_or_cannot_be_told() {
    use Truth::{No, Unknown, Yes};
    let table = [
        (r#"status == "paid""#, Yes),
        (r#""paid" != status"#, No),
        (r#"status in ["sent", "paid"]"#, Yes),
        (r#"status in ["sent"]"#, No),
        ("total > 12 && total <= 12.5", Yes),
        ("12.5 < total", No),
        ("12 < total", Yes),
        ("total >= -3", Yes),
        ("vip", Yes),
        ("!vip", No),
        ("vip == false", No),
        (r#"order.placed < date("2026-03-15")"#, Yes),
        (r#"age > duration("P1M")"#, Yes),
        (r#"age > duration("P30D") && age <= duration("P31D")"#, Yes),
        (r#"age >= duration("P1Y")"#, No),
        ("has(status)", Yes),
        ("has(gone)", No),
        ("has(torn)", Yes),
        (r#"gone == "x""#, Unknown),
        (r#"gone != "x""#, Unknown),
        (r#"!(gone == "x")"#, Unknown),
        (r#"torn == "x""#, Unknown),
        (r#"has(gone) && gone == "x""#, No),
        (r#"gone == "x" || vip"#, Yes),
        (r#"gone == "x" && vip"#, Unknown),
        (r#"gone == "x" && !vip"#, No),
        ("vip || vip && !vip", Yes),
        ("(vip || vip) && !vip", No),
        ("status == 5", Unknown),
    ];
    for (text, truth) in table {
        let guard = Guard::parse(text).unwrap_or_else(|wrong| panic!("{text}: {wrong}"));
        assert_eq!(guard.holds(&look), truth, "{text}");
    }
}

#[test]
fn what_is_wrong_in_a_guard_is_told_where_it_stands() {
    let table = [
        ("", 0, "the guard ends where", None),
        ("total >", 7, "the guard ends where", None),
        ("total = 5", 6, "`=` means nothing", Some("write `==`")),
        ("vip and vip", 4, "`and` means nothing", Some("write `&&`")),
        ("total == 5 5", 11, "should have ended", Some("join its parts with `&&` or `||`")),
        ("1 < total < 5", 10, "comparisons do not chain", Some("join two of them with `&&`")),
        ("(vip", 0, "never closed", Some("add `)`")),
        ("vip)", 3, "nothing was opened", None),
        ("status == paid", 10, "both of these are inputs", Some("a text stands in double quotes: `\"paid\"`")),
        ("1 == 1", 0, "both of these are values", None),
        ("5", 0, "a value alone", None),
        ("status == \"paid", 10, "this text has no end", None),
        ("order.placed < 2026-01-01", 15, "not a number", Some("write `date(\"2026-01-01\")`")),
        ("order.placed < date(\"soon\")", 15, "`soon` is not a date", None),
        ("age < duration(\"5 years\")", 6, "`5 years` is not a duration", Some("write `duration(\"P5Y\")`")),
        ("has status", 0, "`has` takes the name", None),
        ("status in \"paid\"", 7, "stands a list", None),
        ("status in [\"paid\", 5]", 19, "a number does not belong in a list of a text", None),
        ("æ € vip", 2, "`€` means nothing", None),
        ("total == 1e5", 9, "`1e5` is not a number", None),
    ];
    for (text, at, message, help) in table {
        let wrong = Guard::parse(text).unwrap_err();
        assert!(wrong.at == at && wrong.message.contains(message), "{text}: {wrong:?}");
        assert!(help.is_none() || wrong.help.as_deref() == help, "{text}: {wrong:?}");
    }
    assert!(Guard::parse(&"(".repeat(1_000)).unwrap_err().message.contains("too deeply"));
    assert!(Guard::parse(&"vip && ".repeat(1_000)).unwrap_err().message.contains("too long"));
}

#[test]
fn only_what_can_be_compared_is_compared() {
    let table = [
        ("status > \"a\"", 0, "has no order", "use `==`, `!=` or `in`"),
        ("total == \"5\"", 0, "cannot be compared with the text", "it is a `number`"),
        ("has(vip) && statsu == \"paid\"", 12, "there is no input `statsu`", "did you mean `status`?"),
        ("has(viip)", 4, "there is no input `viip`", "did you mean `vip`?"),
        ("!total", 1, "cannot be compared with the flag", "it is a `number`"),
    ];
    for (text, at, message, help) in table {
        let wrong = check(&Guard::parse(text).unwrap(), &KINDS);
        assert!(
            matches!(&wrong[..], [wrong] if wrong.at == at && wrong.message.contains(message) && wrong.help.as_deref() == Some(help)),
            "{wrong:?}"
        );
    }
    let both = check(&Guard::parse("total == 5 && nope && nada").unwrap(), &KINDS);
    assert_eq!(both.len(), 2, "all problems at once: {both:?}");
}

/// A table over a number and a text, its rows as they would stand in a file.
fn table(head: &str, rows: &[&str]) -> String {
    let list = if head.contains("default") { "except" } else { "rows" };
    let inputs = "inputs: {total: number, status: {type: text, one-of: [paid, sent]}, on: date}".replace("on: date", "day: date");
    let rows = rows.iter().map(|row| format!("  - {{{row}, because: b}}")).collect::<Vec<_>>().join("\n");
    format!("language: habeas.table/1\ntable: t\n{inputs}\n{head}\n{list}:\n{rows}\n")
}

fn told(text: &str) -> Vec<String> {
    let problems = parse("t.yaml", text).err().unwrap_or_default();
    problems.into_iter().map(|problem| format!("{}:{} {} {}", problem.line, problem.column, problem.code, problem.message)).collect()
}

#[test]
fn a_table_is_read_with_every_problem_in_its_place() {
    let good = table(
        "hit: first",
        &["id: a, if: total < 5, result: keep", "id: b, result: erase, priority: 2, from: 2026-01-01, until: 2026-12-31"],
    );
    assert_eq!(told(&good), [""; 0]);
    let cases = [
        ("if: total < 5", "if: totl < 5", "6:17 T004-guard-wrong there is no input `totl`"),
        ("if: total < 5", "if: 'total < \"5\"'", "6:18 T004-guard-wrong `total` cannot be compared with the text \"5\""),
        ("if: total < 5", "if: total < 5 5", "6:27 T004-guard-wrong the guard should have ended here"),
        ("if: total < 5", "if: 'status == \"paied\"'", "6:18 T004-guard-wrong `status` is never \"paied\""),
        ("id: b", "id: a", "7:5 T002-row-twice there are two rows `a`"),
        ("until: 2026-12-31", "until: 2025-12-31", "7:5 T003-never-in-force the row ends before it begins"),
        ("until: 2026-12-31", "until: soon", "7:66 Y004-value-wrong `soon` is not a day"),
        ("hit: first", "hit: frist", "4:6 Y004-value-wrong `hit` cannot be `frist`"),
        ("total: number", "total: numbr", "3:17 Y004-value-wrong an input cannot be `numbr`"),
        ("total: number", "total: {type: number, one-of: [a]}", "3:17 T001-input-wrong only a text is one of a few"),
        ("rows:", "except:", "1:1 Y003-key-missing a table needs `rows`"),
    ];
    for (from, to, expected) in cases {
        let told = told(&good.replacen(from, to, 1));
        assert!(told.iter().any(|told| told == expected), "{to}: {told:#?}");
    }
}

#[test]
fn an_overlap_and_a_gap_are_told_with_a_case() {
    let cases: [(&str, &[&str], &[&str]); 11] = [
        (
            "hit: unique",
            &["id: a, if: total < 5, result: x", "id: b, if: total >= 5, result: x", "id: c, if: '!has(total)', result: x"],
            &[],
        ),
        (
            "hit: unique",
            &["id: a, if: total <= 5, result: x", "id: b, if: total >= 5, result: x", "id: c, if: '!has(total)', result: x"],
            &["7:5 T005-rows-overlap `a` and `b` both apply when `total` is 5"],
        ),
        (
            "hit: unique",
            &[
                "id: a, if: has(total) && total < 5, result: x",
                "id: b, if: has(total) && total > 5, result: x",
                "id: c, if: '!has(total)', result: x",
            ],
            &["1:1 T006-gap no row applies when `total` is 5"],
        ),
        ("hit: unique", &["id: a, if: 'status == \"paid\"', result: x", "id: b, if: 'status == \"sent\"', result: x"], &[]),
        ("hit: unique", &["id: a, if: 'status == \"paid\"', result: x"], &["1:1 T006-gap no row applies when `status` is \"sent\""]),
        ("hit: unique", &["id: a, if: has(status), result: x"], &["1:1 T006-gap no row applies when `status` is not there"]),
        ("hit: unique\ndefault: {result: yy, because: b}", &["id: a, if: total < 5, result: x"], &[]),
        (
            "hit: unique\ndefault: {result: yy, because: b}",
            &["id: a, if: total < 5, result: x", "id: b, if: 'status == \"paid\"', result: x"],
            &["8:5 T005-rows-overlap `a` and `b` both apply when `total` is 4 and `status` is \"paid\""],
        ),
        (
            "hit: unique\ndefault: {result: yy, because: b}",
            &["id: a, if: total < 5, result: x", "id: b, if: 'status == \"paid\"', result: x, priority: 1"],
            &[],
        ),
        (
            "hit: unique",
            &["id: a, result: x, until: 2026-12-31", "id: b, result: x, from: 2027-01-02"],
            &["1:1 T006-gap no row applies when the day is 2027-01-01"],
        ),
        (
            "hit: unique",
            &["id: a, result: x, until: 2026-12-31", "id: b, result: x, from: 2026-12-31"],
            &["7:5 T005-rows-overlap `a` and `b` both apply when the day is 2026-12-31"],
        ),
    ];
    for (head, rows, expected) in cases {
        assert_eq!(told(&table(head, rows)), expected, "{rows:#?}");
    }
}

#[test]
fn a_question_too_large_to_be_proven_is_said_to_be() {
    let inputs = (0..12).map(|number| format!("n{number}: number")).collect::<Vec<_>>().join(", ");
    let guards = (0..12).map(|number| format!("n{number} < 5")).collect::<Vec<_>>().join(" && ");
    let text = format!(
        "language: habeas.table/1\ntable: t\nhit: unique\ninputs: {{{inputs}}}\nrows: [{{id: a, if: '{guards}', result: x, because: b}}]\n"
    );
    assert_eq!(told(&text), ["1:1 T007-too-many-cases the table looks at too many inputs to prove that its rows are `unique`"]);
}

/// What a table answers about a total, with the rows of which nobody can tell.
fn answered(head: &str, rows: &[&str], total: Option<f64>) -> (String, Vec<String>) {
    let table = parse("t.yaml", &table(head, rows)).unwrap();
    let inputs = |name: &str, _: Option<Kind>| match (name, total) {
        ("total", Some(total)) => Found::Value(Value::Number(total)),
        ("status", _) => Found::Value(Value::Text("lost".to_owned())),
        _ => Found::Nothing,
    };
    let answer = table.answer(&inputs, TODAY);
    let outcome = match answer.outcome {
        Outcome::Rows(rows) => rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>().join(" "),
        Outcome::Otherwise(otherwise) => format!("default {}", otherwise.because),
        Outcome::Nothing => "nothing".to_owned(),
        Outcome::Unknown => "unknown".to_owned(),
    };
    (outcome, answer.undecided.iter().map(|it| format!("{}: {}", it.row.id, it.missing.join(" "))).collect())
}

#[test]
fn each_hit_policy_answers_with_its_rows() {
    let rows = ["id: a, if: total < 5, result: x", "id: b, if: total < 9, result: yy", "id: c, if: total < 9, result: z, priority: 3"];
    let first = |total| answered("hit: first", &rows, total).0;
    assert_eq!((first(Some(1.0)), first(Some(7.0)), first(Some(9.0))), ("c".into(), "c".into(), "nothing".into()));
    assert_eq!(answered("hit: first", &rows[..2], Some(1.0)).0, "a");
    assert_eq!(answered("hit: collect", &rows, Some(1.0)).0, "c a b");
    assert_eq!(answered("hit: collect", &rows, Some(7.0)).0, "c b");
    let default = "hit: unique\ndefault: {result: erase, because: free}";
    assert_eq!(answered(default, &rows[1..], Some(7.0)).0, "c", "the higher priority beats the lower");
    assert_eq!(answered(default, &rows[1..], Some(9.0)).0, "default free");
}

#[test]
fn a_row_that_cannot_be_evaluated_is_never_read_past() {
    let a = "id: a, if: total < 5, result: x";
    let always = "id: z, result: yy";
    let strong = "id: s, result: yy, priority: 1";
    let missing = vec!["a: total".to_owned()];
    let default = "hit: unique\ndefault: {result: erase, because: free}";
    for (head, rows, outcome) in [
        ("hit: first", vec![a, always], "unknown"),
        ("hit: first", vec![always, a], "z"),
        ("hit: first", vec![a, strong], "s"),
        ("hit: collect", vec![a, always], "z"),
        ("hit: collect", vec![a], "unknown"),
        (default, vec![a], "unknown"),
        (default, vec![a, strong], "s"),
    ] {
        assert_eq!(answered(head, &rows, None), (outcome.to_owned(), missing.clone()), "{head} {rows:?}");
    }
    let stranger = answered("hit: collect", &["id: a, if: 'status == \"paid\"', result: x"], None);
    assert_eq!(stranger, ("unknown".to_owned(), vec!["a: status".to_owned()]), "a text that was not declared decides nothing");
}

#[test]
fn a_row_speaks_only_while_it_is_in_force() {
    for (rows, outcome) in [
        ("id: a, result: x, from: 2026-11-21, until: 2026-11-21", "a"),
        ("id: a, result: x, until: 2026-11-20", "nothing"),
        ("id: a, result: x, from: 2026-11-22", "nothing"),
        ("id: a, if: total < 5, result: x, from: 2026-11-22", "nothing"),
    ] {
        assert_eq!(answered("hit: collect", &[rows], None), (outcome.to_owned(), Vec::new()), "{rows}");
    }
}

#[test]
fn durations_compare_by_the_mean_month_and_show_as_they_are_written() {
    let length = |text: &str| Duration::parse(text).unwrap();
    assert!(length("P30D") < length("P1M") && length("P1M") < length("P31D"));
    assert_eq!(length("P12M"), length("P1Y"));
    for text in ["P5Y", "P18M", "P60D", "PT72M", "PT7H", "-P1D", "PT0M"] {
        assert_eq!(Duration::parse(text.trim_start_matches('-')).map(|it| it.to_string()).as_deref(), Some(text.trim_start_matches('-')));
    }
    assert_eq!((Duration::parse("5Y"), Duration::parse("P"), Duration::parse("")), (None, None, None));
}

// A slow reader that tries every case there is over two small worlds.

#[derive(Debug, Clone)]
enum Said {
    Total(&'static str, i8),
    Status(&'static str, &'static str),
    Has(&'static str),
    Not(Box<Said>),
    And(Box<Said>, Box<Said>),
    Or(Box<Said>, Box<Said>),
}

type World = (Option<f64>, Option<&'static str>);

impl Said {
    fn text(&self) -> String {
        match self {
            Self::Total(test, number) => format!("total {test} {number}"),
            Self::Status(test, word) => format!("status {test} \"{word}\""),
            Self::Has(name) => format!("has({name})"),
            Self::Not(said) => format!("!({})", said.text()),
            Self::And(one, other) => format!("({}) && ({})", one.text(), other.text()),
            Self::Or(one, other) => format!("({}) || ({})", one.text(), other.text()),
        }
    }

    /// `None`: nobody can tell.
    fn holds(&self, world: World) -> Option<bool> {
        match self {
            Self::Total(test, number) => world.0.map(|total| {
                let (below, above) = (total < f64::from(*number), total > f64::from(*number));
                match *test {
                    "<" => below,
                    "<=" => !above,
                    ">" => above,
                    ">=" => !below,
                    "!=" => below || above,
                    _ => !below && !above,
                }
            }),
            Self::Status(test, named) => world.1.map(|held| (held == *named) == (*test == "==")),
            Self::Has("total") => Some(world.0.is_some()),
            Self::Has(_) => Some(world.1.is_some()),
            Self::Not(said) => said.holds(world).map(|holds| !holds),
            Self::And(one, other) => match (one.holds(world), other.holds(world)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Or(one, other) => match (one.holds(world), other.holds(world)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

fn said() -> impl Strategy<Value = Said> {
    let tests = prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let leaf = prop_oneof![
        4 => (tests, -2..3_i8).prop_map(|(test, number)| Said::Total(test, number)),
        2 => (prop::sample::select(vec!["==", "!="]), prop::sample::select(vec!["paid", "sent"])).prop_map(|(test, word)| Said::Status(test, word)),
        1 => prop::sample::select(vec!["total", "status"]).prop_map(Said::Has),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|said| Said::Not(Box::new(said))),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| Said::And(Box::new(one), Box::new(other))),
            (inner.clone(), inner).prop_map(|(one, other)| Said::Or(Box::new(one), Box::new(other))),
        ]
    })
}

/// Every whole and half number around those that guards name, each status, and nothing.
fn worlds() -> Vec<World> {
    let totals: Vec<Option<f64>> = (-7..8_i8).map(|half| Some(f64::from(half) / 2.0)).chain([None]).collect();
    let states = [Some("paid"), Some("sent"), None];
    totals.into_iter().flat_map(|total| states.map(|status| (total, status))).collect()
}

fn inputs((total, status): World) -> impl Fn(&str, Option<Kind>) -> Found {
    move |name, _| match (name, total, status) {
        ("total", Some(total), _) => Found::Value(Value::Number(total)),
        ("status", _, Some(status)) => Found::Value(Value::Text(status.to_owned())),
        _ => Found::Nothing,
    }
}

fn collected(rows: &[Said]) -> Table {
    let rows: Vec<String> =
        rows.iter().enumerate().map(|(number, said)| format!("id: r{number}, if: '{}', result: x", said.text())).collect();
    parse("t.yaml", &table("hit: collect", &rows.iter().map(String::as_str).collect::<Vec<_>>())).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_guard_says_what_the_slow_reader_says(said in said()) {
        let guard = Guard::parse(&said.text()).unwrap();
        for world in worlds() {
            let slow = said.holds(world).map_or(Truth::Unknown, Truth::from);
            prop_assert_eq!(guard.holds(&inputs(world)), slow, "{} in {:?}", said.text(), world);
        }
    }

    #[test]
    fn overlaps_and_gaps_are_found_where_there_are_some_and_nowhere_else(rows in prop::collection::vec(said(), 1..4)) {
        let table = collected(&rows);
        let applies = |row: usize, case: &dyn Fn(&str, Option<Kind>) -> Found| table.rows[row].guard.as_ref().unwrap().holds(&case);
        let none = worlds().into_iter().any(|world| rows.iter().all(|row| row.holds(world) == Some(false)));
        let found = gap(&table).unwrap();
        prop_assert_eq!(found.is_some(), none);
        if let Some(case) = found {
            let look = |name: &str, wanted: Option<Kind>| super::Inputs::find(&case, name, wanted);
            prop_assert!((0..rows.len()).all(|row| applies(row, &look) == Truth::No), "{}", case);
        }
        for (one, other) in (0..rows.len()).flat_map(|other| (0..other).map(move |one| (one, other))) {
            let both = worlds().into_iter().any(|world| rows[one].holds(world) == Some(true) && rows[other].holds(world) == Some(true));
            let found = overlap(&table, &table.rows[one], &table.rows[other]).unwrap();
            prop_assert_eq!(found.is_some(), both);
            if let Some(case) = found {
                let look = |name: &str, wanted: Option<Kind>| super::Inputs::find(&case, name, wanted);
                prop_assert!(applies(one, &look) == Truth::Yes && applies(other, &look) == Truth::Yes, "{}", case);
            }
        }
    }

    /// Cuts through a line of numbers make a partition: nothing overlaps and nothing is left out.
    #[test]
    fn a_partition_raises_no_alarm(mut cuts in prop::collection::btree_set(-1000..1000_i32, 1..12)) {
        let last = cuts.pop_last().unwrap();
        let mut rows = Vec::new();
        let mut low = None::<i32>;
        for cut in cuts.iter().copied().chain([last]) {
            rows.push(low.map_or_else(|| format!("total < {cut}"), |low| format!("total >= {low} && total < {cut}")));
            low = Some(cut);
        }
        rows.extend([format!("total >= {last}"), "!has(total)".to_owned()]);
        let rows: Vec<String> = rows.iter().enumerate().map(|(number, text)| format!("id: r{number}, if: '{text}', result: x")).collect();
        let text = table("hit: unique", &rows.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert_eq!(told(&text), Vec::<String>::new());
    }

    #[test]
    fn no_text_makes_the_guard_reader_fall_over(text in "[a-z0-9 ()\\[\\]!<>=&|\",.\\\\-]{0,40}|.{0,20}") {
        if let Err(wrong) = Guard::parse(&text) {
            prop_assert!(wrong.at <= text.chars().count() && !wrong.message.is_empty());
        }
    }
}

#[test]
fn a_guard_names_its_inputs_once_each() {
    let guard = guard::Guard::parse("total < 5 || total > 9 && has(status)").unwrap();
    assert_eq!((guard.inputs(), guard.as_str()), (vec!["status", "total"], "total < 5 || total > 9 && has(status)"));
}
