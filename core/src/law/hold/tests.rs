//! What holds cover, and that whatever cannot be told of a record keeps it.

use jiff::civil::{Date, date};

use super::{Dates, Hold, OnRecord, Review, Scope, Unread, Wrong, latest, unread};
use crate::{
    law::{
        decide::Reason,
        fixture::{TODAY, WHOSE, folder, hold, kari, record},
        floor::Floors,
        plan::{Act, Asked, Blocked, Clearance, Frozen, Plan, clear, make},
        record::{Record, Value},
        tier::Tier,
    },
    table::{Guard, Truth},
};

fn over(scope: Scope) -> Hold {
    Hold { scope, ..hold("H-1", &[]) }
}

fn asking(collections: &[&str], query: &str) -> Scope {
    Scope { query: Some(Guard::parse(query).unwrap()), ..hold("", collections).scope }
}

fn dated(field: &str, from: Option<Date>, until: Option<Date>) -> Scope {
    let dates = Some(Dates { field: field.to_owned(), from, until });
    Scope { dates, ..hold("", &["accounting.invoices"]).scope }
}

/// Keys of the records of Kari that a hold covers, and of those of which that cannot be told.
fn covered(scope: Scope, records: &[Record]) -> (Vec<String>, Vec<String>) {
    let (folder, hold) = (folder(), over(scope));
    let of = |wanted: Truth| {
        let covers = |record: &&Record| {
            let system = folder.systems.iter().find(|system| system.key == record.system).unwrap();
            hold.covers(OnRecord::of(record, system.collection(&record.collection)), WHOSE) == wanted
        };
        records.iter().filter(covers).map(|it| format!("{} {}", it.address(), it.key.values().next().unwrap().to_text())).collect()
    };
    (of(Truth::Yes), of(Truth::Unknown))
}

fn plan_under(hold: &Hold, records: &[Record]) -> Plan {
    let folder = folder();
    let asked = Asked { records, kinds: None, secrets: &crate::law::fixture::SECRETS, floors: &Floors::default() };
    make(&folder.systems, asked, &folder.rules, std::slice::from_ref(hold), WHOSE, TODAY)
}

#[test]
fn a_query_covers_the_records_of_which_it_is_so() {
    let paid = asking(&["shop.orders"], "status == \"cancelled\"");
    assert_eq!(covered(paid, &kari()), (vec!["shop.orders 70".to_owned()], vec![]));
    let other = asking(&["shop.orders"], "status == \"paid\"");
    assert_eq!(covered(other, &kari()), (vec![], vec![]));
}

#[test]
fn a_range_of_days_covers_from_its_first_to_its_last() {
    let of = |from, until| covered(dated("issued_on", from, until), &kari()).0.join(", ");
    let (young, old) = ("accounting.invoices 700", "accounting.invoices 600");
    assert_eq!(of(Some(date(2026, 3, 14)), Some(date(2026, 3, 14))), young);
    assert_eq!(of(Some(date(2026, 3, 15)), None), "");
    assert_eq!(of(None, Some(date(2026, 3, 13))), old);
    assert_eq!(of(None, Some(date(2026, 3, 14))), format!("{young}, {old}"));
}

#[test]
fn what_cannot_be_evaluated_is_kept_and_said_once() {
    let mut records = kari();
    let odd = [("id", "71"), ("customer_id", "7"), ("status", ""), ("log", "x")];
    records.extend([record("shop.orders", &odd), record("shop.orders", &[("id", "72"), ("customer_id", "7"), ("status", "")])]);
    let mut broken = record("shop.orders", &[("id", "73"), ("customer_id", "7")]);
    broken.values.insert("status".to_owned(), Value::Unreadable("charset".to_owned()));
    records.push(broken);
    let hold = over(asking(&["shop.orders"], "status == \"paid\""));
    let (yes, unknown) = covered(hold.scope.clone(), &records);
    assert_eq!((yes.len(), unknown.join(", ").as_str()), (0, "shop.orders 71, shop.orders 72, shop.orders 73"));

    let told = unread(std::slice::from_ref(&hold), &folder().systems, &records, WHOSE, TODAY);
    let one = Unread { hold: "H-1".to_owned(), collection: "shop.orders".to_owned(), fields: vec!["status".to_owned()] };
    assert_eq!(Vec::from_iter(told), [one]);
    let plan = plan_under(&hold, &records);
    let kept = plan.system("shop").unwrap().steps.iter().filter(|step| step.act == Act::Keep).count();
    assert_eq!(kept, 3, "each of them stays whole");
    let because = |key: &str| {
        let step = plan.system("shop").unwrap().steps.iter().find(|step| step.key.values().next().unwrap().to_text() == key).unwrap();
        step.decisions.iter().flat_map(|it| it.because.iter().map(|reason| reason.id.clone())).collect::<Vec<_>>()
    };
    assert!(because("71").contains(&Reason::UNDECIDED.to_owned()), "{:?}", because("71"));
    assert!(!because("70").contains(&"H-1".to_owned()), "the one that says something else is not held");
}

#[test]
fn a_field_that_no_map_knows_keeps_everything_in_its_collection() {
    let hold = over(asking(&["shop.orders"], "colour == \"red\""));
    assert_eq!(covered(hold.scope.clone(), &kari()).1, ["shop.orders 70"]);
    assert_eq!(covered(dated("paid_on", None, Some(TODAY)), &kari()).1.len(), 2);
    let told = unread(&[hold], &folder().systems, &kari(), WHOSE, TODAY);
    assert_eq!(told.first().unwrap().fields, ["colour"]);
}

#[test]
fn a_category_holds_its_fields_and_those_below_and_nothing_else() {
    for category in ["user.name", "user"] {
        let scope = Scope { categories: vec![category.to_owned()], ..hold("", &["accounting.customers"]).scope };
        let plan = plan_under(&over(scope), &kari());
        let customer = &plan.system("accounting").unwrap().steps[0];
        let held = customer.decisions.iter().filter(|it| it.because.iter().any(|reason| reason.id == "H-1"));
        let held: Vec<&str> = held.map(|it| it.field.as_str()).collect();
        let account_goes = customer.act.touches(|field| field == "account");
        assert_eq!((held.contains(&"name"), account_goes), (true, category == "user.name"), "{category}: {held:?}");
    }
    let other = over(Scope { categories: vec!["user.nam".to_owned()], ..hold("", &["accounting.customers"]).scope });
    assert_eq!(covered(other.scope, &kari()), (vec![], vec![]), "a category is not the beginning of a word");
}

#[test]
fn a_hold_that_asks_what_records_say_is_asked_again_before_they_go() {
    let folder = folder();
    let plan = Frozen::new(plan_under(&hold("H-0", &["dossiers.passports"]), &kari())).unwrap();
    let clearing = |holds: &[Hold], records: &[Record]| {
        let with = Clearance {
            tier: Some(Tier::Substantial),
            approved: Some(plan.hash()),
            holds,
            whose: WHOSE,
            today: TODAY,
            systems: &folder.systems,
            records,
        };
        clear(&plan, "shop", with).map(|_| ())
    };
    let stops = over(asking(&["shop.orders"], "status == \"cancelled\""));
    let passes = over(asking(&["shop.orders"], "status == \"paid\""));
    let blocked = Err(Blocked::Hold("H-1".to_owned()));
    assert_eq!(clearing(&[stops], &kari()), blocked);
    assert_eq!(clearing(std::slice::from_ref(&passes), &kari()), Ok(()));
    assert_eq!(clearing(&[passes], &[]), blocked, "what was not read is kept");
    let names = over(Scope { categories: vec!["user.name".to_owned()], ..Scope::default() });
    assert_eq!(clearing(&[names], &kari()), Ok(()), "nothing of that category goes in the shop");
}

#[test]
fn a_scope_that_can_never_be_told_is_refused() {
    let of = |scope: Scope| scope.check(&folder().systems);
    let systems = |key: &str| vec![key.to_owned()];
    assert_eq!(of(Scope::default()), []);
    assert_eq!(of(Scope { systems: systems("crm"), ..Scope::default() }), [Wrong::System]);
    assert_eq!(of(hold("", &["shop.passports"]).scope), [Wrong::Collection]);
    assert_eq!(of(hold("", &["shop"]).scope), [Wrong::Collection]);
    assert_eq!(of(Scope { categories: systems("user.shoe"), ..Scope::default() }), [Wrong::Category]);
    assert_eq!(of(Scope { systems: systems("shop"), ..hold("", &["accounting.invoices"]).scope }), [Wrong::Nothing]);
    assert_eq!(of(asking(&["shop.orders", "shop.customers"], "status == \"paid\"")), [Wrong::Query], "customers have no status");
    assert_eq!(of(asking(&["shop.orders"], "status == \"paid\"")), []);
    assert_eq!(of(dated("paid_on", Some(TODAY), None)), [Wrong::Dates]);
    assert_eq!(of(dated("issued_on", Some(TODAY), None)), []);
    assert_eq!(of(dated("issued_on", None, None)), [Wrong::Range]);
    assert_eq!(of(dated("issued_on", Some(TODAY), Some(date(2020, 1, 1)))), [Wrong::Range]);
}

#[test]
fn a_scope_is_stored_as_it_was_written_and_an_unreadable_one_is_an_error() {
    let scope = Scope { dates: dated("issued_on", Some(TODAY), None).dates, ..asking(&["shop.orders"], "status in [\"a\", \"b\"]") };
    let text = serde_json::to_string(&scope).unwrap();
    assert!(text.contains(r#""if":"status in [\"a\", \"b\"]""#), "{text}");
    assert_eq!(serde_json::from_str::<Scope>(&text).unwrap(), scope);
    assert!(serde_json::from_str::<Scope>(r#"{"if": "status =="}"#).is_err());
    assert!(serde_json::from_str::<Scope>(r#"{"color": "red"}"#).is_err());
}

#[test]
fn a_review_draws_near_two_weeks_ahead_and_is_overdue_until_somebody_looks() {
    let hold = Hold { review_on: date(2026, 12, 15), ..hold("H-1", &[]) };
    let near = |day| hold.review(day);
    assert_eq!(near(date(2026, 11, 30)), None);
    assert_eq!([date(2026, 12, 1), date(2026, 12, 14)].map(near), [Some(Review::Soon); 2]);
    assert_eq!(near(date(2026, 12, 15)), Some(Review::Today));
    assert_eq!([date(2026, 12, 16), date(2029, 1, 1)].map(near), [Some(Review::Overdue); 2]);
    assert!(hold.is_active(date(2029, 1, 1)), "late is not over");
    let released = Hold { released_on: Some(date(2026, 12, 10)), ..hold.clone() };
    assert_eq!(released.review(date(2026, 12, 15)), None);
}

#[test]
fn calls_come_two_weeks_ahead_on_the_day_and_every_week_after_it() {
    let hold = Hold { review_on: date(2026, 12, 15), ..hold("H-1", &[]) };
    let mut day = date(2026, 6, 20);
    let mut calls = Vec::new();
    for _ in 0..5 {
        day = hold.next_call(day);
        calls.push(day);
    }
    assert_eq!(calls, [date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 22), date(2026, 12, 29), date(2027, 1, 5)]);
    assert_eq!(hold.next_call(date(2026, 12, 28)), date(2026, 12, 29));
    assert_eq!(hold.next_call(date(2026, 12, 5)), date(2026, 12, 15), "what was agreed within the two weeks is called on its day");
}

#[test]
fn a_review_is_never_further_than_six_months_away() {
    assert_eq!(latest(date(2026, 9, 15)), date(2027, 3, 15));
    assert_eq!(latest(date(2026, 8, 31)), date(2027, 2, 28));
}

/// A table's lines and everything wrong with it, on a day in September 2026.
fn sheet(text: &str) -> (Vec<super::Proposed>, Vec<(usize, usize, &'static str)>) {
    let (lines, wrong) = super::sheet::read(text, date(2026, 9, 15), &folder().systems);
    let wrong = wrong.into_iter().map(|it| (it.line, it.column, it.code)).collect();
    (lines.into_iter().map(|line| line.hold).collect(), wrong)
}

#[test]
fn a_table_says_the_same_as_a_form() {
    let text = "\u{feff}Case;system;collection;if;date_field;from;until;basis;matter;review_on\n\
                HB-1;;;;;;;legal-claim;26-1;2027-03-15\n\n\
                ;;shop.orders accounting.invoices;;;;;authority-order;26-2;31.12.2026\n\
                ;;accounting.invoices;;issued_on;1. januar 2026;;open-payment;26-3;2027-01-01\n";
    let (holds, wrong) = sheet(text);
    assert_eq!(wrong, []);
    let [person, kinds, ranged] = &holds[..] else { panic!("{holds:?}") };
    assert_eq!((person.case.as_deref(), &person.scope, person.basis), (Some("HB-1"), &Scope::default(), super::Basis::LegalClaim));
    assert_eq!(kinds.scope.collections, ["shop.orders", "accounting.invoices"]);
    assert_eq!((kinds.review_on, kinds.basis), (date(2026, 12, 31), super::Basis::AuthorityOrder));
    assert_eq!(ranged.scope, dated("issued_on", Some(date(2026, 1, 1)), None));
}

#[test]
fn everything_wrong_in_a_table_is_told_at_once_with_its_place() {
    let text = "case,system,shoe,basis,matter,review_on,system\n\
                ,,,legal-claim,26-1,2026-12-01,\n\
                HB-1,nowhere,,because,,2028-01-01,\n\
                HB-1,too,few\n\
                HB-1,,,legal-claim,26-2,soon,\n\
                HB-2,,,legal-claim,26-3,2026-12-01,\n\
                HB-2,,,legal-claim,26-3,2026-12-01,\n";
    assert_eq!(
        sheet(text).1,
        [
            (1, 3, "sheet-column-unknown"),
            (1, 7, "sheet-column-twice"),
            (2, 1, "hold-covers-everything"),
            (3, 2, "hold-system-unknown"),
            (3, 4, "sheet-basis"),
            (3, 5, "matter-missing"),
            (3, 6, "review-within-six-months"),
            (4, 0, "sheet-width"),
            (5, 6, "hold-no-day"),
            (7, 0, "sheet-twice"),
        ]
    );
    assert_eq!(sheet("case;matter\nHB-1;26-1\n").1[..2], [(1, 0, "sheet-column-missing"), (1, 0, "sheet-column-missing")]);
    assert_eq!(sheet("basis;matter;review_on\n").1, [(1, 0, "sheet-empty")]);
    assert_eq!(sheet("").1, [(1, 0, "sheet-empty")]);
    let many = "HB-1;legal-claim;26-X;2026-12-01\n".to_owned();
    let many: String = (0..1001).map(|number| many.replace('X', &number.to_string())).collect();
    assert_eq!(sheet(&format!("case;basis;matter;review_on\n{many}")).1, [(1, 0, "sheet-too-many")]);
}

#[test]
fn a_condition_in_a_table_is_read_and_checked() {
    let of =
        |query: &str| sheet(&format!("collection\tif\tbasis\tmatter\treview_on\nshop.orders\t{query}\tlegal-claim\t26-1\t2026-12-01\n"));
    assert_eq!(of("status == \"cancelled\"").0[0].scope.query, Guard::parse("status == \"cancelled\"").ok());
    assert_eq!(of("status ==").1, [(2, 2, "hold-query-unreadable")]);
    assert_eq!(of("shoe == 43").1, [(2, 2, "hold-query-misfits")]);
}

#[test]
fn a_hold_stands_in_the_way_of_erasure_and_of_nothing_else() {
    use super::Effect;
    use crate::law::right::Right;
    for (right, effect) in [
        (Right::Access, Effect::Nothing),
        (Right::Portability, Effect::Nothing),
        (Right::Rectification, Effect::Remembers),
        (Right::Restriction, Effect::Nothing),
        (Right::Erasure, Effect::Keeps),
        (Right::Objection, Effect::Nothing),
        (Right::ConsentWithdrawal, Effect::Nothing),
    ] {
        assert_eq!(Effect::on(right), effect, "{right:?}");
    }
}
