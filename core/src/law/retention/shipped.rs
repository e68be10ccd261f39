//! Every rule that ships, against dates that were counted by hand. A row that is wrong here erases too early or keeps too long.

use jiff::civil::{Date, date};

use super::{Kind, Rule, Rules, Standing, YearEnd, conflict::conflicts, keep_until};
use crate::law::folder::{File, Files, Folder, read};

macro_rules! shipped {
    ($name:literal, $($system:literal),*) => {{
        let text = |text: &'static str, name: &'static str| File { name, text };
        let systems = [$(text(include_str!(concat!("../../../../organisations/", $name, "/systems/", $system, ".yaml")), $system)),*];
        let files = Files {
            organisation: text(include_str!(concat!("../../../../organisations/", $name, "/organisation.yaml")), "organisation.yaml"),
            retention: text(include_str!(concat!("../../../../organisations/", $name, "/retention.yaml")), "retention.yaml"),
            recipients: text(include_str!(concat!("../../../../organisations/", $name, "/recipients.yaml")), "recipients.yaml"),
            systems: &systems,
        };
        read(files).unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
    }};
}

fn norwegian() -> Folder {
    shipped!("visumexpress", "accounting", "dossiers", "helpdesk", "shop")
}

fn dutch() -> Folder {
    shipped!("cambodjavisum", "applications", "books")
}

fn rule<'r>(rules: &'r Rules, id: &str) -> &'r Rule {
    rules.rules.iter().chain(&rules.idle).find(|rule| rule.id == id).unwrap_or_else(|| panic!("no rule `{id}` ships"))
}

/// From a day, the last day kept and the first on which it may go.
fn assert_kept(rules: &Rules, id: &str, from: Date, last_day: Date, erasable_from: Date) {
    let until = keep_until(from, rule(rules, id), rules.fiscal_year_end);
    assert_eq!((until, until.tomorrow().unwrap()), (last_day, erasable_from), "{id} from {from}");
}

const MARCH: Date = date(2026, 3, 14);

#[test]
fn every_rule_ships_once_and_says_what_it_is() {
    let ids = |rules: &Rules| {
        let mut ids: Vec<(String, Kind)> = rules.rules.iter().chain(&rules.idle).map(|rule| (rule.id.clone(), rule.kind)).collect();
        ids.sort_by(|one, other| one.0.cmp(&other.0));
        ids
    };
    let named = |ids: &[(&str, Kind)]| ids.iter().map(|(id, kind)| ((*id).to_owned(), *kind)).collect::<Vec<_>>();
    let expected = [
        ("NO-BOK-3.5", Kind::MustKeep),
        ("NO-BOK-5", Kind::MustKeep),
        ("NO-FOR-3", Kind::MayKeep),
        ("NO-HVL-5", Kind::MustKeep),
        ("NO-HVL-5-MAX", Kind::Maximum),
        ("POL-S004-30+30", Kind::Maximum),
        ("POL-S004-3Y", Kind::Maximum),
        ("POL-S004-5Y", Kind::Maximum),
        ("POL-S004-60D", Kind::Maximum),
        ("POL-S004-60D-APPLICATION", Kind::Maximum),
        ("POL-S004-60D-PASSPORT", Kind::Maximum),
    ];
    assert_eq!(ids(&norwegian().rules), named(&expected));
    let expected = [
        ("NL-AWR-7", Kind::MustKeep),
        ("NL-AWR-7-CONTRACT", Kind::MustKeep),
        ("NL-BW-5", Kind::MayKeep),
        ("NL-OB-10", Kind::MustKeep),
        ("NL-WWFT-5", Kind::MustKeep),
        ("NL-WWFT-5-MAX", Kind::Maximum),
        ("POL-S000-5Y", Kind::Maximum),
    ];
    assert_eq!(ids(&dutch().rules), named(&expected));
}

#[test]
fn no_invoice_2026_03_14() {
    assert_kept(&norwegian().rules, "NO-BOK-5", MARCH, date(2031, 12, 31), date(2032, 1, 1));
}

#[test]
fn no_invoice_2026_09_01_where_the_fiscal_year_ends_30_june() {
    let mut rules = norwegian().rules;
    rules.fiscal_year_end = YearEnd::parse("06-30").unwrap();
    assert_kept(&rules, "NO-BOK-5", date(2026, 9, 1), date(2032, 6, 30), date(2032, 7, 1));
}

#[test]
fn no_agreement_or_correspondence_2026() {
    for day in [date(2026, 1, 1), MARCH, date(2026, 12, 31)] {
        assert_kept(&norwegian().rules, "NO-BOK-3.5", day, date(2030, 6, 30), date(2030, 7, 1));
    }
}

#[test]
fn no_dialogue_after_a_relation_that_ended_2026_03_14() {
    for id in ["POL-S004-3Y", "NO-FOR-3"] {
        assert_kept(&norwegian().rules, id, MARCH, date(2029, 3, 14), date(2029, 3, 15));
    }
}

#[test]
fn no_relation_that_ended_on_leap_day_2028() {
    assert_kept(&norwegian().rules, "POL-S004-3Y", date(2028, 2, 29), date(2031, 2, 28), date(2031, 3, 1));
}

#[test]
fn no_cancelled_order_2026_03_14() {
    for id in ["POL-S004-60D", "POL-S004-60D-APPLICATION", "POL-S004-60D-PASSPORT"] {
        assert_kept(&norwegian().rules, id, MARCH, date(2026, 5, 13), date(2026, 5, 14));
    }
}

#[test]
fn no_unanswered_quote_2026_03_14_is_inactive_and_then_gone() {
    let rules = norwegian().rules;
    assert_kept(&rules, "POL-S004-30+30", MARCH, date(2026, 5, 13), date(2026, 5, 14));
    assert_eq!(rule(&rules, "POL-S004-30+30").period.ends(MARCH).collect::<Vec<_>>(), [date(2026, 4, 13), date(2026, 5, 13)]);
}

#[test]
fn no_cancelled_order_with_invoice_has_three_dates() {
    let rules = norwegian().rules;
    let last = ["POL-S004-60D", "NO-FOR-3", "NO-BOK-5"].map(|id| keep_until(MARCH, rule(&rules, id), rules.fiscal_year_end));
    assert_eq!(last, [date(2026, 5, 13), date(2029, 3, 14), date(2031, 12, 31)]);
}

#[test]
fn no_relationship_of_five_years_is_the_promise() {
    assert_kept(&norwegian().rules, "POL-S004-5Y", MARCH, date(2031, 3, 14), date(2031, 3, 15));
}

#[test]
fn no_customer_check_of_an_obliged_entity() {
    for id in ["NO-HVL-5", "NO-HVL-5-MAX"] {
        assert_kept(&norwegian().rules, id, MARCH, date(2031, 3, 14), date(2031, 3, 15));
    }
}

#[test]
fn nl_invoice_of_any_day_of_2026() {
    for day in [date(2026, 1, 1), MARCH, date(2026, 12, 31)] {
        assert_kept(&dutch().rules, "NL-AWR-7", day, date(2033, 12, 31), date(2034, 1, 1));
    }
}

#[test]
fn nl_contract_that_ended_2026_09_30() {
    assert_kept(&dutch().rules, "NL-AWR-7-CONTRACT", date(2026, 9, 30), date(2033, 12, 31), date(2034, 1, 1));
}

#[test]
fn nl_vat_record_of_the_one_stop_shop() {
    assert_kept(&dutch().rules, "NL-OB-10", MARCH, date(2036, 12, 31), date(2037, 1, 1));
}

#[test]
fn nl_wwft_relation_that_ended_2026_03_15_to_the_exact_day() {
    for id in ["NL-WWFT-5", "NL-WWFT-5-MAX"] {
        assert_kept(&dutch().rules, id, date(2026, 3, 15), date(2031, 3, 15), date(2031, 3, 16));
    }
}

#[test]
fn nl_claim_of_five_years() {
    assert_kept(&dutch().rules, "NL-BW-5", MARCH, date(2031, 3, 14), date(2031, 3, 15));
}

#[test]
fn a_promise_that_does_not_say_from_when_has_no_anchor() {
    assert!(rule(&dutch().rules, "POL-S000-5Y").anchor.is_none());
}

#[test]
fn what_binds_only_others_is_idle_until_the_organisation_says_that_it_is_one() {
    let is_idle = |rules: &Rules, id: &str| rules.idle.iter().any(|rule| rule.id == id);
    let ids = |rules: &Rules| rules.idle.iter().map(|rule| rule.id.clone()).collect::<Vec<_>>();
    let rules = dutch().rules;
    assert_eq!(ids(&rules), ["NL-OB-10", "NL-WWFT-5", "NL-WWFT-5-MAX"]);
    assert_eq!(ids(&norwegian().rules), ["NO-HVL-5", "NO-HVL-5-MAX"]);
    let rules = rules.of(&[Standing::ObligedEntity]);
    assert!(is_idle(&rules, "NL-OB-10") && !is_idle(&rules, "NL-WWFT-5"));
    assert!(rules.of(&[Standing::ObligedEntity, Standing::OneStopShop]).idle.is_empty());
}

#[test]
fn the_promises_contradict_the_law_where_a_lawyer_found_it() {
    let found = |folder: &Folder| {
        let pairs = conflicts(&folder.rules, &folder.systems, 2026).into_iter();
        pairs.map(|it| (it.keeps.id.clone(), it.deletes.id.clone(), it.example.delete_by, it.example.keep_until)).collect::<Vec<_>>()
    };
    let pair = |keeps: &str, deletes: &str, by, until| (keeps.to_owned(), deletes.to_owned(), by, until);
    let (year, five, seven) = (date(2031, 1, 1), date(2031, 12, 31), date(2033, 12, 31));
    assert_eq!(found(&norwegian()), [pair("NO-BOK-5", "POL-S004-5Y", year, five)]);
    assert_eq!(found(&dutch()), [pair("NL-AWR-7", "POL-S000-5Y", year, seven), pair("NL-AWR-7-CONTRACT", "POL-S000-5Y", year, seven)]);
}
