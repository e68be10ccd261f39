//! Who looks: what somebody at the desk may see. A system owner sees the tasks of the systems answered for, and nothing else.

use crate::store::task::Task;

/// Somebody at the desk.
#[derive(Debug, Clone)]
pub struct Eyes {
    /// Handle.
    pub id: String,
    /// Role names.
    pub roles: Vec<String>,
    /// Systems a system owner answers for.
    pub systems: Vec<String>,
    /// Values of the case at hand may be seen: somebody asked for it a moment ago, and the log knows.
    pub reveals: bool,
}

/// Who sees every case.
const SEE_ALL: [&str; 3] = ["case-handler", "privacy-lead", "dpo"];
pub(in crate::view) const OWNER: &str = "system-owner";

impl Eyes {
    /// Whether every case is open to them.
    pub fn see_all(&self) -> bool {
        self.roles.iter().any(|role| SEE_ALL.contains(&role.as_str()))
    }

    /// Whether they may let erasures go on that are stopped.
    pub(in crate::view) fn release_erasures(&self) -> bool {
        self.roles.iter().any(|role| ["privacy-lead", "dpo"].contains(&role.as_str()))
    }

    /// Whether the task is one of theirs, four eyes aside.
    pub(in crate::view) fn own(&self, task: &Task) -> bool {
        let by_role = |role: &String| match role.as_str() {
            OWNER => task.branch.as_ref().is_none_or(|system| self.systems.contains(system)),
            _ => true,
        };
        self.roles.iter().any(|role| task.roles.contains(role) && by_role(role))
    }

    /// Whether they did an earlier step and so may not do this one (Art. 5(2)).
    pub(in crate::view) fn four_eyes(&self, task: &Task) -> bool {
        task.not_by.contains(&format!("staff/{}", self.id))
    }

    /// Whether they answer for a system.
    pub(in crate::view) fn answers_for(&self, system: &str) -> bool {
        self.roles.iter().any(|role| role == OWNER) && self.systems.iter().any(|own| own == system)
    }

    /// Whether what belongs to a system may be shown to them.
    pub(in crate::view) fn see_system(&self, system: &str) -> bool {
        self.see_all() || self.answers_for(system)
    }
}

#[cfg(test)]
mod tests {
    use super::Eyes;
    use crate::store::task::Task;

    fn eyes(role: &str, systems: &[&str]) -> Eyes {
        Eyes {
            id: "ola".to_owned(),
            roles: vec![role.to_owned()],
            systems: systems.iter().map(ToString::to_string).collect(),
            reveals: false,
        }
    }

    fn task(role: &str, branch: Option<&str>) -> Task {
        Task {
            id: "1".to_owned(),
            case: "HB-1".to_owned(),
            step: "locate-by-hand".to_owned(),
            branch: branch.map(str::to_owned),
            form: "located-records".to_owned(),
            roles: vec![role.to_owned()],
            not_by: vec!["staff/ola".to_owned()],
            shows: Vec::new(),
            opened_at: jiff::Timestamp::UNIX_EPOCH,
            due_at: None,
            closed: None,
        }
    }

    #[test]
    fn a_system_owner_sees_tasks_of_the_systems_answered_for_only() {
        let owner = eyes("system-owner", &["shop"]);
        assert!(owner.own(&task("system-owner", Some("shop"))));
        assert!(!owner.own(&task("system-owner", Some("dossiers"))));
        assert!(!owner.own(&task("case-handler", None)));
        assert!(owner.see_system("shop") && !owner.see_system("dossiers") && !owner.see_all());
    }

    #[test]
    fn systems_without_the_office_show_nothing() {
        let administrator = eyes("administrator", &["shop"]);
        assert!(!administrator.see_system("shop") && !administrator.see_all() && !administrator.answers_for("shop"));
        assert!(!administrator.own(&task("system-owner", Some("shop"))));
    }

    #[test]
    fn whoever_did_an_earlier_step_is_told_so() {
        assert!(eyes("case-handler", &[]).four_eyes(&task("case-handler", None)));
        assert!(!Eyes { id: "kari".to_owned(), ..eyes("case-handler", &[]) }.four_eyes(&task("case-handler", None)));
    }
}
