//! Ends sessions: one of one's own, all one's others, or everything of somebody else.

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::session;

/// Which sessions.
#[derive(Debug, Clone)]
pub enum EndSessions {
    /// This one, if it is one's own.
    One(String),
    /// All one's own but this.
    Others(String),
    /// All of a person.
    Of(String),
}

impl Action for EndSessions {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        match (self, by) {
            (Self::Of(_), _) => by.manages_people(),
            (Self::One(_) | Self::Others(_), Actor::Staff(_)) => Ok(()),
            _ => Err(Denied),
        }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let own = match inside.by {
            Actor::Staff(staff) => staff.id.as_str(),
            _ => "",
        };
        let person = match &self {
            Self::One(id) => {
                let of = session::get(inside.tx, id, inside.now).await?.and_then(|session| session.person);
                // Somebody else's is not there.
                if of.as_deref() != Some(own) {
                    return Err(Refusal::NotFound("session"));
                }
                session::delete(inside.tx, id).await?;
                own
            }
            Self::Others(this) => {
                session::delete_others(inside.tx, own, this).await?;
                own
            }
            Self::Of(person) => {
                session::delete_of(inside.tx, person).await?;
                person
            }
        };
        Ok(Outcome::new((), Fact::of_house("sessions-ended").with("person", person)))
    }
}
