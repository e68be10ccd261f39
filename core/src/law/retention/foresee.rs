//! What the rules may keep, told before anything is read: the person sees it before she asks (Art. 12(1)).

use jiff::civil::Date;

use super::{Kind, Rule, Rules, keep_until};

/// A rule that may keep something of what is asked for.
///
/// Whether it does depends on what stands in the records, and so does the day: what is older than today goes sooner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen<'a> {
    /// The rule.
    pub rule: &'a str,
    /// Which of the collections asked about it may keep something of, in their order.
    pub collections: Vec<&'a str>,
    /// Only the fields the law needs, not the whole record.
    pub in_part: bool,
    /// The last day for what its period would be counted from today on.
    pub until: Date,
}

impl Rules {
    /// A rule by its name.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The rules in force that may keep something of these collections (`system.collection`), the one that lasts longest first.
    pub fn foresee<'a>(&'a self, collections: &'a [String], today: Date) -> Vec<Foreseen<'a>> {
        let keeps = |rule: &&Rule| rule.kind != Kind::Maximum && rule.in_force.on(today);
        let mut foreseen: Vec<Foreseen<'a>> =
            self.rules.iter().filter(keeps).filter_map(|rule| self.of_rule(rule, collections, today)).collect();
        foreseen.sort_by(|one, other| (other.until, one.rule).cmp(&(one.until, other.rule)));
        foreseen
    }

    fn of_rule<'a>(&self, rule: &'a Rule, collections: &'a [String], today: Date) -> Option<Foreseen<'a>> {
        let covered: Vec<&str> = collections.iter().map(String::as_str).filter(|collection| rule.covers(collection)).collect();
        let whole = |collection: &&str| rule.kernel.is_empty() && rule.covers.iter().any(|address| address == collection);
        (!covered.is_empty()).then(|| Foreseen {
            rule: &rule.id,
            in_part: !covered.iter().all(whole),
            until: keep_until(today, rule, self.fiscal_year_end),
            collections: covered,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Foreseen;
    use crate::law::{
        lang::Text,
        retention::{Adjust, Anchor, InForce, Kind, Rule, Rules, Suppression, YearEnd, term},
    };

    fn rule(id: &str, kind: Kind, covers: &[&str], keep: &str) -> Rule {
        Rule {
            id: id.to_owned(),
            kind,
            covers: covers.iter().map(|&address| address.to_owned()).collect(),
            when: vec![],
            guard: None,
            in_force: InForce::default(),
            kernel: vec![],
            period: term(keep).unwrap(),
            only_for: None,
            anchor: Some(Anchor { field: "accounts.invoices.issued_on".to_owned(), adjust: Adjust::FiscalYearEnd }),
            law: String::new(),
            ground: None,
            because: Text::default(),
            source: String::new(),
            checked_on: date(2026, 11, 20),
        }
    }

    fn rules(rules: Vec<Rule>) -> Rules {
        Rules { default: Text::default(), suppression: Suppression::default(), rules, idle: Vec::new(), fiscal_year_end: YearEnd::DECEMBER }
    }

    const ASKED: [&str; 3] = ["accounts.invoices", "shop.orders", "shop.chats"];

    #[test]
    fn what_may_stay_is_told_by_rule_the_longest_first() {
        let mut invoices = rule("BOK-5", Kind::MustKeep, &["accounts.invoices", "accounts.payments"], "P5Y");
        invoices.kernel = vec!["amount".to_owned()];
        let rules = rules(vec![
            rule("CLAIM-3", Kind::MayKeep, &["shop.orders"], "P3Y"),
            invoices,
            rule("NOTE-1", Kind::MustKeep, &["shop.orders.note"], "P1Y"),
            rule("PROMISE", Kind::Maximum, &["shop.chats"], "P9Y"),
        ]);
        let asked = ASKED.map(str::to_owned);
        let foreseen = |rule, collection, in_part, until| Foreseen { rule, collections: vec![collection], in_part, until };
        assert_eq!(
            rules.foresee(&asked, date(2026, 3, 14)),
            [
                foreseen("BOK-5", "accounts.invoices", true, date(2031, 12, 31)),
                foreseen("CLAIM-3", "shop.orders", false, date(2029, 12, 31)),
                foreseen("NOTE-1", "shop.orders", true, date(2027, 12, 31)),
            ]
        );
    }

    #[test]
    fn a_rule_that_is_not_law_today_or_covers_nothing_asked_for_is_not_told() {
        let mut repealed = rule("OLD", Kind::MustKeep, &["shop.orders"], "P5Y");
        repealed.in_force.until = Some(date(2025, 12, 31));
        let rules = rules(vec![repealed, rule("ELSEWHERE", Kind::MustKeep, &["accounts.payments"], "P5Y")]);
        assert_eq!(rules.foresee(&ASKED.map(str::to_owned), date(2026, 3, 14)), []);
    }
}
