//! What an organisation says about who can use its portal: when that was looked at, what is known not to work, and who supervises it.

use jiff::civil::Date;

use super::{
    folder::{
        node::{Entry, Node},
        problem::Findings,
    },
    lang::Text,
};

/// `accessibility:` in `organisation.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessibility {
    /// When somebody last looked, on a day of the organisation's own.
    pub checked_on: Date,
    /// What is known not to work here, beside what habeas says of itself.
    pub known: Vec<Text>,
    /// Who supervises it, and hears complaints.
    pub supervisor: Supervisor,
}

/// A supervisor of accessibility: seldom the one of data protection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervisor {
    /// Name.
    pub name: String,
    /// Where a complaint is handed in.
    pub url: String,
}

pub(super) fn read(node: &Node, findings: &mut Findings<'_>) -> Option<Accessibility> {
    let mut entry = Entry::open(node, findings)?;
    let checked_on = entry.required("checked-on", findings).and_then(|node| node.parsed("bad-date", day, findings));
    let known = entry.optional("known").map(|node| node.items(findings)).unwrap_or_default();
    let known = known.iter().filter_map(|node| node.words(findings)).collect();
    let supervisor = entry.required("supervisor", findings).and_then(|node| supervisor(node, findings));
    entry.close(findings);
    Some(Accessibility { checked_on: checked_on?, known, supervisor: supervisor? })
}

fn supervisor(node: &Node, findings: &mut Findings<'_>) -> Option<Supervisor> {
    let mut entry = Entry::open(node, findings)?;
    let [name, url] = ["name", "url"].map(|key| entry.text(key, findings));
    entry.close(findings);
    Some(Supervisor { name: name?, url: url? })
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is not a date: write it as `2026-11-20`"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::law::{fixture::ORGANISATION, lang::Lang, organisation::parse};

    #[test]
    fn a_statement_names_its_day_its_gaps_and_its_supervisor() {
        let said = |lines: &str| parse("organisation.yaml", &format!("{ORGANISATION}accessibility:\n{lines}"));
        let whole =
            said("  checked-on: 2026-11-02\n  known:\n    - {nb: a, nl: b, en: c}\n  supervisor: {name: ACM, url: https://www.acm.nl}\n");
        let statement = whole.unwrap().value.accessibility.unwrap();
        assert_eq!((statement.checked_on, statement.supervisor.name.as_str()), (date(2026, 11, 2), "ACM"));
        assert_eq!(statement.known[0].get(Lang::Nl), "b");
        for (lines, code) in
            [("  checked-on: yesterday\n  supervisor: {name: ACM, url: x}\n", "bad-date"), ("  checked-on: 2026-11-02\n", "missing-key")]
        {
            assert!(said(lines).unwrap_err().iter().any(|problem| problem.code == code), "{lines}");
        }
        assert!(parse("organisation.yaml", ORGANISATION).unwrap().value.accessibility.is_none());
    }
}
