//! What a person writes beside data that she says is wrong and that was not corrected (Art. 16, second sentence): her own words, not ours.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    ask::Correction,
    change::{Applied, ChangePlan},
};

/// Characters of one statement: long enough to say what is wrong, short enough to be read beside a value.
pub const LONGEST: usize = 2_000;

/// A statement of the person's own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Her words.
    pub words: String,
    /// Beside what they belong, as it stood when she wrote them.
    pub about: Vec<Disputed>,
}

/// A field of which a person and the organisation do not say the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Disputed {
    /// `system.collection`.
    pub kind: String,
    /// The field's name in the data map.
    pub field: String,
}

/// What it is about may be printed; what it says may not.
impl fmt::Debug for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Statement({:?}, ‹personal›)", self.about)
    }
}

impl Disputed {
    /// The system it stands in.
    pub fn system(&self) -> &str {
        self.kind.split_once('.').map_or(&self.kind, |(system, _)| system)
    }
}

impl Statement {
    /// A statement about what is disputed, or what is wrong with its words: none, or too many.
    pub fn new(words: &str, about: Vec<Disputed>) -> Result<Self, &'static str> {
        let words = words.trim();
        match words.chars().count() {
            0 => Err("statement-missing"),
            count if count > LONGEST => Err("statement-long"),
            _ => Ok(Self { words: words.to_owned(), about }),
        }
    }

    /// Whether it is about something of a kind.
    pub fn concerns(&self, kind: &str) -> bool {
        self.about.iter().any(|disputed| disputed.kind == kind)
    }

    /// The systems it belongs in, each once.
    pub fn systems(&self) -> Vec<&str> {
        let mut systems: Vec<&str> = self.about.iter().map(Disputed::system).collect();
        systems.sort_unstable();
        systems.dedup();
        systems
    }
}

/// What is held, was asked to be corrected, and says what it said. What is not held has nothing that a statement could stand beside.
pub fn disputed(asked: &[Correction], plan: &ChangePlan, applied: &Applied) -> Vec<Disputed> {
    let is_held = |number: usize| plan.steps(&Applied::All).any(|(_, step)| step.asked == Some(number));
    let is_made = |number: usize| plan.steps(applied).any(|(_, step)| step.asked == Some(number));
    let declined = asked.iter().enumerate().filter(|(number, _)| is_held(*number) && !is_made(*number));
    let mut disputed: Vec<_> = declined.map(|(_, it)| Disputed { kind: it.kind.clone(), field: it.field.clone() }).collect();
    disputed.sort();
    disputed.dedup();
    disputed
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Disputed, LONGEST, Statement, disputed};
    use crate::law::{
        ask::Correction,
        change::{Act, Applied, ByHand, ChangePlan, Step, SystemChanges},
    };

    fn field(kind: &str, field: &str) -> Disputed {
        Disputed { kind: kind.to_owned(), field: field.to_owned() }
    }

    #[test]
    fn a_statement_has_words_and_not_too_many() {
        assert_eq!(Statement::new(" \n", Vec::new()), Err("statement-missing"));
        assert_eq!(Statement::new(&"ø".repeat(LONGEST + 1), Vec::new()), Err("statement-long"));
        let statement = Statement::new(" It is wrong. ", vec![field("shop.customers", "name"), field("shop.orders", "name")]).unwrap();
        assert_eq!((statement.words.as_str(), statement.systems()), ("It is wrong.", vec!["shop"]));
        assert!(statement.concerns("shop.orders") && !statement.concerns("shop.addresses"));
        assert!(!format!("{statement:?}").contains("wrong"), "her words are nobody's to print");
    }

    #[test]
    fn what_is_held_and_not_changed_is_disputed() {
        let asked = |field: &str| Correction {
            kind: "shop.customers".to_owned(),
            field: field.to_owned(),
            now: None,
            should: "x".to_owned(),
            why: None,
        };
        let step = |number| Step {
            collection: "customers".to_owned(),
            asked: Some(number),
            act: Act::ByHand { field: None, to: None, why: ByHand::Several },
        };
        let systems = vec![SystemChanges { system: "shop".to_owned(), steps: vec![step(0), step(1)] }];
        let plan = ChangePlan { case: "HB-1".to_owned(), floor: None, systems };
        let asked = [asked("first_name"), asked("last_name"), asked("nickname")];
        let of = |applied| disputed(&asked, &plan, &applied);
        assert_eq!(of(Applied::Only(BTreeSet::from([1]))), [field("shop.customers", "first_name")]);
        let both = [field("shop.customers", "first_name"), field("shop.customers", "last_name")];
        assert_eq!(of(Applied::Only(BTreeSet::new())), both, "what is not held is not among them");
        assert_eq!(of(Applied::All), []);
    }
}
