//! Guards, against hand-written expectations and against a slow reader that tries every case.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::{Found, Guard, Kind, Truth, Value, check, guard, value::Duration};

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
