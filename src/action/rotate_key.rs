//! Replaces the house key while the house goes on: a new one is made, everything that an older one wraps or seals is wrapped anew, a page
//! at a time, and then the older ones are destroyed. Where it stands is read from the keys and from what they sealed, so it can be cut off
//! anywhere and begun again.

use super::{
    actor::{Actor, Denied},
    door::{Action, Door, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::{
    crash,
    keys::Named,
    store::key::{self, house},
};

/// Makes a new house key, unless an earlier rotation that is not over has made one.
#[derive(Debug, Clone)]
pub struct BeginRotation;

impl Action for BeginRotation {
    type Done = Named;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        operator(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Named>, Refusal> {
        let newest = match inside.keys.house_keys()?.as_slice() {
            [_, .., newest] => newest.clone(),
            _ => inside.keys.add_house_key(inside.chance)?,
        };
        crash::point("after-key", "BeginRotation");
        let fact = Fact::of_house("key-rotation-begun").with("key", newest.id.to_string());
        Ok(Outcome::new(newest, fact))
    }
}

/// Wraps anew one page of what is not under the newest house key.
#[derive(Debug, Clone)]
pub struct WrapAnew {
    /// The case whose key was looked at last.
    pub after: String,
}

/// What was wrapped anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrapped {
    /// Keys of cases.
    pub cases: usize,
    /// Sessions, authenticators, letters and whatever else belongs to no case.
    pub others: usize,
    /// The case whose key was looked at last.
    pub after: String,
}

impl Action for WrapAnew {
    type Done = Wrapped;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        operator(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Wrapped>, Refusal> {
        let newest = newest(inside)?;
        let page = key::wrapped_otherwise(inside.tx, newest.id, &self.after).await?;
        let mut wrapped = Wrapped { after: self.after, ..Wrapped::default() };
        let mut keys = Vec::new();
        for (case, old) in page {
            keys.push((case.clone(), inside.keys.case_key_anew(inside.chance, &case, &old)?));
            wrapped.after = case;
        }
        wrapped.cases = keys.len();
        key::replace(inside.tx, &keys).await?;
        crash::point("after-keys", "WrapAnew");
        // Once the keys of all cases are through.
        let others = if keys.is_empty() { house::sealed_otherwise(inside.tx, newest.id).await? } else { Vec::new() };
        for old in others {
            house::replace(inside.tx, &old, inside.keys.anew(inside.chance, old.place().as_bytes(), &old.sealed)?).await?;
            wrapped.others += 1;
        }
        let fact = Fact::of_house("wrapped-anew")
            .with("key", newest.id.to_string())
            .with("cases", wrapped.cases.to_string())
            .with("others", wrapped.others.to_string());
        Ok(Outcome::new(wrapped, fact))
    }
}

/// Destroys the older house keys, if nothing is under them any more.
#[derive(Debug, Clone)]
pub struct EndRotation;

impl Action for EndRotation {
    type Done = Vec<Named>;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        operator(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Vec<Named>>, Refusal> {
        let newest = newest(inside)?;
        let keys = key::wrapped_otherwise(inside.tx, newest.id, "").await?.len();
        let others = house::sealed_otherwise(inside.tx, newest.id).await?.len();
        if keys + others > 0 {
            return Err(Refusal::conflict("key-in-use", "something is still sealed under an older key: go on with the rotation"));
        }
        let mut old = inside.keys.house_keys()?;
        old.retain(|key| key.id != newest.id);
        let ids = old.iter().map(|key| key.id.to_string()).collect::<Vec<_>>().join(" ");
        Ok(Outcome::new(old, Fact::of_house("key-out-of-use").with("keys", ids)))
    }

    /// Once the log says that nothing needs them. A crash here leaves keys that nothing needs, and the next rotation ends with them.
    async fn afterwards(door: &Door, old: Vec<Named>) -> Result<(Vec<Named>, Option<Fact>), Refusal> {
        crash::point("before-destroy", "EndRotation");
        for key in &old {
            door.keys.destroy_house_key(key)?;
        }
        let ids = old.iter().map(|key| key.id.to_string()).collect::<Vec<_>>().join(" ");
        let fact = (!old.is_empty()).then(|| Fact::of_house("key-destroyed").with("keys", ids));
        Ok((old, fact))
    }
}

fn newest(inside: &Inside<'_>) -> Result<Named, Refusal> {
    inside.keys.house_keys()?.pop().ok_or(Refusal::NotFound("key"))
}

fn operator(by: &Actor) -> Result<(), Denied> {
    if *by == Actor::Operator { Ok(()) } else { Err(Denied) }
}
