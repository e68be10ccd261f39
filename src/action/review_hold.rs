//! The review of a legal hold: whoever answers for it is called to it, and somebody puts it off for a reason or releases the hold.

use habeas_core::law::hold::{Review, latest};
use jiff::civil::Date;

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    letter, place_hold,
    refusal::{Problem, Refusal},
};
use crate::store::{
    hold::{self, StoredHold},
    person::{self, Person},
    review::{self, PutOff},
    sealed::Words,
};

/// How long a reason may be, in characters.
const LONGEST: usize = 600;

/// Calls people to a review whose day draws near or is over. Each call happens once: it names the next one in the same transaction.
#[derive(Debug, Clone)]
pub struct CallReview {
    /// The hold.
    pub id: String,
}

impl Action for CallReview {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Timer { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let stored = hold::lock(inside.tx, &self.id).await?.ok_or(Refusal::NotFound("hold"))?;
        let due = stored.remind_on.is_some_and(|day| day <= inside.today);
        let review = stored.hold.review(inside.today).filter(|_| due);
        let review = review.ok_or_else(|| Refusal::conflict("review-called", "somebody else has called to this review"))?;
        let called = call(inside, &stored, review).await?;
        hold::remind(inside.tx, &self.id, stored.hold.next_call(inside.today)).await?;
        let fact = Fact::of_house("hold-review-called")
            .with("hold", self.id)
            .with("review_on", stored.hold.review_on.to_string())
            .with("review", review.name())
            .with("people", called.to_string());
        Ok(Outcome::new((), fact))
    }
}

/// A letter to the owner, once it is overdue to the data protection officer as well, and to whoever answers for privacy where the owner
/// works here no more. Returns to how many.
async fn call(inside: &Inside<'_>, stored: &StoredHold, review: Review) -> Result<usize, Refusal> {
    let lang = inside.organisation.about().languages.first().copied().unwrap_or_default();
    let mut staff = person::all(inside.tx).await?;
    staff.retain(|person| person.disabled_at.is_none());
    let owns = |person: &Person| stored.hold.owner == format!("staff/{}", person.id);
    let owned = staff.iter().any(owns);
    let concerned = |person: &&Person| review.concerns(owns(person), owned, |role| person.roles.iter().any(|name| name == role));
    let called: Vec<&Person> = staff.iter().filter(concerned).collect();
    for person in &called {
        let words = Words::Review { hold: stored.hold.id.clone(), review_on: stored.hold.review_on, review };
        letter::queue(inside, None, "hold-review", lang, &person.email, words).await?;
    }
    Ok(called.len())
}

/// Puts a review off, because the hold is still needed.
#[derive(Debug, Clone)]
pub struct PutOffReview {
    /// The hold.
    pub id: String,
    /// The new day, at most six months from now.
    pub review_on: Date,
    /// Why it is still needed.
    pub reason: String,
}

impl Action for PutOffReview {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&place_hold::MAY)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let stored = hold::lock(inside.tx, &self.id).await?.ok_or(Refusal::NotFound("hold"))?;
        let mut hold = stored.hold;
        if hold.released_on.is_some() {
            return Err(Refusal::conflict("hold-released", "this hold is released already"));
        }
        let problems = self.problems(inside.today, hold.review_on);
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let was = std::mem::replace(&mut hold.review_on, self.review_on);
        hold::put_off(inside.tx, &hold, hold.next_call(inside.today)).await?;
        let id = inside.row_id()?;
        let sealed = inside.keys.seal(inside.chance, &review::place(&id), &self.reason.trim())?;
        let (by, at) = (inside.by.name(), inside.now);
        review::insert(inside.tx, &PutOff { id, hold: hold.id.clone(), by, at, review_on: hold.review_on, sealed }).await?;
        let fact = Fact::of_house("hold-review-put-off")
            .with("hold", hold.id)
            .with("was", was.to_string())
            .with("review_on", hold.review_on.to_string());
        Ok(Outcome::new((), fact))
    }
}

impl PutOffReview {
    /// Everything that is wrong with it, at once.
    fn problems(&self, today: Date, was: Date) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.review_on <= today || self.review_on > latest(today) {
            problems.push(Problem::new("review_on", "review-within-six-months"));
        } else if self.review_on <= was {
            problems.push(Problem::new("review_on", "review-not-later"));
        }
        let reason = self.reason.trim();
        if reason.is_empty() || reason.chars().count() > LONGEST {
            problems.push(Problem::new("reason", "reason-missing"));
        }
        problems
    }
}
