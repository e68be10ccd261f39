//! An incident that waits for a person.

use habeas_core::workflow::{Ways, event::Wait};

use super::case_page::Logged;
use crate::{
    store::{
        StoreError, case,
        incident::{self, Incident, Trouble},
        leaf::{self, Leaf},
    },
    view::{
        desk::{eyes::Eyes, incident::IncidentPage},
        look::Look,
    },
};

impl IncidentPage {
    /// An open incident of a case, with the ways out that the engine would accept from a reader who leads, or does not.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str, id: &str, ways: Ways, leads: bool) -> Result<Option<Self>, StoreError> {
        if !eyes.see_all() {
            return Ok(None);
        }
        let Some(case) = case::get(&look.store, reference).await? else { return Ok(None) };
        let found = incident::of_case(&look.store, reference).await?.into_iter().find(|it| it.id == id && it.closed.is_none());
        let Some(it) = found else { return Ok(None) };
        let log = leaf::of_case(&look.store, &look.keys, reference).await?;
        let days_left = look.today().until(case.due_on).map_or(0, |left| left.get_days());
        Ok(Some(Self {
            reference: reference.to_owned(),
            about: about(&it, &log, days_left < 0)?,
            id: it.id,
            at: it.opened_at,
            system: it.branch.and_then(|key| look.organisation.system(&key)).map(|system| system.label.clone()),
            what: it.cause,
            attempts: it.attempts,
            due_on: case.due_on,
            days_left,
            trouble: it.trouble.name(),
            step: it.step,
            may_change_language: ways.change.iter().any(|setting| setting == "lang"),
            ways: ways.by_hand,
            may_skip: ways.skip && leads,
            may_restart: ways.restart && leads,
            chosen: String::new(),
            reason: String::new(),
        }))
    }
}

/// The text that says what went wrong: a kind of trouble where an effect failed, else what the engine cannot go on without.
pub(super) fn about(incident: &Incident, log: &[Leaf], is_late: bool) -> Result<String, StoreError> {
    let name = match &incident.trouble {
        Trouble::Alarm if is_late => "wrong-late",
        Trouble::Alarm => "wrong-soon",
        Trouble::Unread => "wrong-unread",
        Trouble::Quarantine => "wrong-inside",
        Trouble::Step | Trouble::Effect(_) => return cause(incident, log),
    };
    Ok(name.to_owned())
}

/// What the log says of it. An effect that failed for good, or may have taken place, is written just before what comes of it.
fn cause(incident: &Incident, log: &[Leaf]) -> Result<String, StoreError> {
    let wait = Wait { step: incident.step.clone(), branch: incident.branch.clone() }.to_string();
    let [mut effect, mut found] = ["trouble-other".to_owned(), "trouble-other".to_owned()];
    for leaf in log {
        match leaf.kind.as_str() {
            "effect-unknown" => "fact-effect-unknown".clone_into(&mut effect),
            "effect-failed" => {
                let trouble = Logged::read(leaf)?.codes.remove("trouble");
                effect = format!("trouble-{}", trouble.as_deref().unwrap_or("other"));
            }
            "incident-raised" => {
                let codes = Logged::read(leaf)?.codes;
                let is_it = codes.get("step").map_or(incident.step.is_empty(), |step| *step == wait);
                match codes.get("cause").filter(|_| is_it).map(String::as_str) {
                    Some("failed" | "effect") => found.clone_from(&effect),
                    Some(cause) => found = format!("wrong-{cause}"),
                    None => {}
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Incident, Leaf, Trouble, about};

    fn leaf(kind: &str, codes: &[(&str, &str)]) -> Leaf {
        let codes: serde_json::Map<_, _> = codes.iter().map(|(name, code)| ((*name).to_owned(), (*code).into())).collect();
        let event = serde_json::json!({ "actor": "worker", "codes": codes }).to_string();
        Leaf { position: 0, at: Timestamp::UNIX_EPOCH, case: None, kind: kind.to_owned(), event, leaf: Vec::new() }
    }

    fn incident(step: &str, branch: Option<&str>, trouble: Trouble) -> Incident {
        Incident {
            id: "4k7q".to_owned(),
            case: "HB-7F3K-2Q".to_owned(),
            step: step.to_owned(),
            branch: branch.map(str::to_owned),
            trouble,
            cause: "could not erase records in `dossiers`: somebody else has locked the database".to_owned(),
            attempts: 3,
            opened_at: Timestamp::UNIX_EPOCH,
            closed: None,
            answer: None,
        }
    }

    #[test]
    fn each_incident_is_told_by_what_the_log_says_of_it() {
        let log = [
            leaf("effect-failed", &[("trouble", "busy")]),
            leaf("incident-raised", &[("step", "erase@dossiers"), ("cause", "failed")]),
            leaf("incident-raised", &[("step", "approve"), ("cause", "needs-missing")]),
            leaf("effect-unknown", &[]),
            leaf("incident-raised", &[("action", "mail.deliver"), ("cause", "effect")]),
            leaf("effect-failed", &[("trouble", "denied")]),
        ];
        let told = |incident: &Incident| about(incident, &log, false).unwrap();
        assert_eq!(told(&incident("erase", Some("dossiers"), Trouble::Step)), "trouble-busy");
        assert_eq!(told(&incident("approve", None, Trouble::Step)), "wrong-needs-missing");
        assert_eq!(told(&incident("", None, Trouble::Effect("7".to_owned()))), "fact-effect-unknown");
        assert_eq!(told(&incident("locate", Some("shop"), Trouble::Step)), "trouble-other", "of which the log knows nothing");
    }

    #[test]
    fn an_alarm_says_whether_the_day_has_passed() {
        let alarm = incident("", None, Trouble::Alarm);
        assert_eq!(about(&alarm, &[], false).unwrap(), "wrong-soon");
        assert_eq!(about(&alarm, &[], true).unwrap(), "wrong-late");
    }
}
