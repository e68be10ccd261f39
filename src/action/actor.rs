//! Who acts: built only by a face's guard, the command line or the worker, never from a form.

use serde::{Deserialize, Serialize};

use crate::store::{case::Case, person::Person};

/// Somebody or something that may ask the door for a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A visitor of the portal or the sign-in page who has proven nothing yet.
    Visitor,
    /// A person who controls a mailbox; named by its blind index.
    Subject {
        /// Blind index of the mailbox.
        mailbox: String,
    },
    /// Somebody signed in at the desk or the authority's room.
    Staff(Staff),
    /// The worker reporting what an effect came to.
    Worker,
    /// A timer.
    Timer,
    /// Another system of the organisation that asks the gate, by its token.
    System {
        /// What its people call it.
        name: String,
    },
    /// Somebody who has received data from us and answers a notice by the link in its mail.
    Recipient {
        /// Key of the recipient.
        name: String,
        /// The one notice that the link answers.
        notice: String,
    },
    /// Whoever may run commands on the server: sets the house up, adds people.
    Operator,
}

/// A member of staff, or the authority's reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The handle the journal names them by.
    pub id: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Systems a system owner answers for.
    pub systems: Vec<String>,
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Receives, assesses and proposes.
    CaseHandler,
    /// Approves.
    PrivacyLead,
    /// The data protection officer (Art. 39).
    Dpo,
    /// Answers for one or more systems.
    SystemOwner,
    /// A reader from the supervisory authority (Art. 58).
    Authority,
    /// Manages people, sees no case.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [Self::CaseHandler, Self::PrivacyLead, Self::Dpo, Self::SystemOwner, Self::Authority, Self::Administrator];

    /// The name in workflows, columns and commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CaseHandler => "case-handler",
            Self::PrivacyLead => "privacy-lead",
            Self::Dpo => "dpo",
            Self::SystemOwner => "system-owner",
            Self::Authority => "authority",
            Self::Administrator => "administrator",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl Actor {
    /// How the journal and the log name the actor.
    pub fn name(&self) -> String {
        match self {
            Self::Visitor => "visitor".to_owned(),
            Self::Subject { .. } => "subject".to_owned(),
            Self::Staff(staff) => format!("staff/{}", staff.id),
            Self::Worker => "worker".to_owned(),
            Self::Timer => "clock".to_owned(),
            Self::System { name } => format!("system/{name}"),
            Self::Recipient { name, .. } => format!("recipient/{name}"),
            Self::Operator => "operator".to_owned(),
        }
    }

    /// The roles the workflow knows the actor by.
    pub fn roles(&self) -> Vec<String> {
        match self {
            Self::Subject { .. } => vec!["subject".to_owned()],
            Self::Staff(staff) => staff.roles.iter().map(|role| role.name().to_owned()).collect(),
            Self::Visitor | Self::Worker | Self::Timer | Self::System { .. } | Self::Recipient { .. } | Self::Operator => Vec::new(),
        }
    }

    /// The member of staff, where it is one who works here.
    pub fn staff(&self) -> Option<&Staff> {
        match self {
            Self::Staff(staff) if staff.works_here() => Some(staff),
            _ => None,
        }
    }

    /// Lets through whoever manages people: an administrator, and the operator on the server.
    pub fn manages_people(&self) -> Result<(), Denied> {
        if matches!(self, Self::Operator) { Ok(()) } else { self.needs(&[Role::Administrator]) }
    }

    /// Lets through everybody but the person themselves.
    pub fn is_not(&self, person: &str) -> Result<(), Denied> {
        match self {
            Self::Staff(staff) if staff.id == person => Err(Denied),
            _ => Ok(()),
        }
    }

    /// Lets through people who ask for themselves, whatever case it is about.
    pub(super) const fn asks(&self) -> Result<(), Denied> {
        if matches!(self, Self::Subject { .. }) { Ok(()) } else { Err(Denied) }
    }

    /// Whether the case was opened from this person's mailbox.
    pub(super) fn opened(&self, case: &Case) -> bool {
        matches!(self, Self::Subject { mailbox } if *mailbox == case.subject)
    }

    /// Whether the case's answer is for this person's mailbox.
    pub(super) fn gets(&self, case: &Case) -> bool {
        matches!(self, Self::Subject { mailbox } if mailbox == case.answered())
    }

    /// Lets through whoever has one of the roles.
    pub fn needs(&self, roles: &[Role]) -> Result<(), Denied> {
        match self {
            Self::Staff(staff) if staff.roles.iter().any(|role| roles.contains(role)) => Ok(()),
            _ => Err(Denied),
        }
    }
}

impl Staff {
    /// Whether cases are any business of theirs; an administrator's are people.
    pub fn sees_work(&self) -> bool {
        self.roles.iter().any(|role| !matches!(role, Role::Authority | Role::Administrator))
    }

    /// Whether this is a colleague and not the authority's reader.
    pub fn works_here(&self) -> bool {
        self.roles.iter().any(|role| *role != Role::Authority)
    }
}

/// Roles whose holders must prove themselves by a passkey and nothing less.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Demands(Vec<Role>);

impl Demands {
    /// Of these roles.
    pub const fn new(roles: Vec<Role>) -> Self {
        Self(roles)
    }

    /// Whether somebody has one of the roles.
    pub(super) fn of(&self, person: &Person) -> bool {
        self.0.iter().any(|role| person.roles.iter().any(|name| name == role.name()))
    }
}

/// The actor may not do this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("you may not do this")]
pub struct Denied;

#[cfg(test)]
mod tests {
    use habeas_core::law::provider::ROLES;

    use super::Role;

    /// The organisation's folder may name every role but the authority's reader, who is invited by name.
    #[test]
    fn a_claim_gives_roles_that_exist() {
        let mut all: Vec<_> = Role::ALL.into_iter().filter(|role| *role != Role::Authority).map(Role::name).collect();
        let mut given = ROLES.to_vec();
        all.sort_unstable();
        given.sort_unstable();
        assert_eq!(given, all);
    }
}
