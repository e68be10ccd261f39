//! Asks a routing table which way the case goes on. The table is the one that the case is pinned to.

use habeas_core::{
    catalogue::routing::{CHANNEL, DAYS_LEFT, LANGUAGE, OPEN_CASES, RECORDS, RIGHT, SYSTEMS_FAILED, TIER},
    table::{Answer, Found, Kind, Outcome, Value},
};
use jiff::civil::Date;

use super::{Effect, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Report},
    },
    store::{case, finding},
};

impl Effect<'_> {
    /// The answer becomes the outcome; why stands in the log. Where nobody can tell the answer, a person decides.
    pub(super) async fn route(&self, name: &str) -> Result<Performed, Refusal> {
        let door = &self.worker.door;
        let tables = door.workflows().tables(&self.case.definition)?;
        let (table, sha) =
            tables.get(name).zip(tables.sha256(name)).ok_or_else(|| Refusal::Broken(format!("no decision is called `{name}`")))?;
        let today = door.clock.today(&door.organisation.zone());
        let known = self.known(today).await?;
        let find = |name: &str, _: Option<Kind>| {
            known.iter().find(|(known, _)| *known == name).map_or(Found::Nothing, |(_, value)| Found::Value(value.clone()))
        };
        let answer = table.answer(&find, today);
        let (result, rows, because) = match &answer.outcome {
            Outcome::Rows(rows) => match rows.as_slice() {
                [row] => (&row.result, row.id.as_str(), &row.because),
                _ => return Ok(Performed::Never(format!("table `{name}` gives more than one answer").into())),
            },
            Outcome::Otherwise(otherwise) => (&otherwise.result, "default", &otherwise.because),
            Outcome::Nothing => return Ok(Performed::Never(format!("no row of table `{name}` applies to this case").into())),
            Outcome::Unknown => return Ok(Performed::Never(untold(name, &answer).into())),
        };
        let fact = Fact::of_case("case-routed", &self.case.id)
            .with("table", name)
            .with("sha", sha)
            .with("row", rows)
            .with("because", because)
            .with("outcome", result);
        done(Report::outcome(result).fact(fact))
    }

    /// What is known about the case, without anything about the person; what is not known is left out.
    async fn known(&self, today: Date) -> Result<Vec<(&'static str, Value)>, Refusal> {
        let (case, store) = (&self.case, &self.worker.door.store);
        let text = |text: &str| Value::Text(text.to_owned());
        let open = case::of_person(store, case.person()).await?.iter().filter(|other| other.closed_at.is_none()).count();
        let mut known = vec![
            (RIGHT, text(case.right.name())),
            (LANGUAGE, text(case.lang.code())),
            (CHANNEL, text(&case.received_via)),
            (DAYS_LEFT, Value::Number(f64::from((case.due_on - today).get_days()))),
            (OPEN_CASES, count(open)),
        ];
        known.extend(case.tier.map(|tier| (TIER, count(tier.number()))));
        let findings = finding::of_case(store, &case.id).await?;
        if !findings.is_empty() {
            let failed = findings.iter().filter(|finding| finding.outcome == "failed").count();
            known.push((RECORDS, count(findings.iter().map(|finding| finding.records).fold(0, u64::saturating_add))));
            known.push((SYSTEMS_FAILED, count(failed)));
        }
        Ok(known)
    }
}

fn count<N>(number: N) -> Value
where
    u32: TryFrom<N>,
{
    Value::Number(f64::from(u32::try_from(number).unwrap_or(u32::MAX)))
}

/// Which rows stayed open, and what was missing: their names, never values.
fn untold(name: &str, answer: &Answer<'_>) -> String {
    let open = answer.undecided.iter().map(|it| {
        let missing = it.missing.iter().map(|input| format!("`{input}`")).collect::<Vec<_>>().join(", ");
        format!("row `{}` needs {missing}", it.row.id)
    });
    format!("table `{name}` cannot answer, because something is not known: {}", open.collect::<Vec<_>>().join("; "))
}
