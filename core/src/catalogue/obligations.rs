//! What every definition owes by law, with the code that a diagnostic names.

use super::{ANSWERED, APPROVAL, PLAN, RECEIPTED, REFUSAL_EXPLAINED, TOLD};
use crate::workflow::{
    catalogue::{Obligation, Owes},
    definition::Ending,
};

/// The codes that needs stand under; where each stands in the law is said once, below.
pub(super) const PROOF: &str = "G013-refusal-unproven";
pub(super) const DOUBT_FIRST: &str = "G015-identity-asked-without-doubt";
pub(super) const EXTENSION: &str = "G016-extension-late";
pub(super) const IRREVERSIBLE: &str = "G021-irreversible-unguarded";
pub(super) const NOTHING_LEAVES: &str = "G023-leaves-unproven";
pub(super) const BEFORE_LIFTING: &str = "G024-lifted-unannounced";
pub(super) const STOPPED_FIRST: &str = "G025-weighed-before-stopped";

pub(super) fn all() -> Vec<Obligation> {
    let facts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let owed = |code, law, owes| Obligation { code, law, owes };
    vec![
        owed("G001-unanswered", "Art. 12(3), 12(4)", Owes::AtClose { endings: Vec::new(), facts: facts(&[ANSWERED]) }),
        // Policy, in the spirit of Art. 12(2).
        owed("G010-no-receipt", "Art. 12(2)", Owes::BeforeStaff { facts: facts(&[RECEIPTED]) }),
        owed(
            "G012-refusal-unexplained",
            "Art. 12(4)",
            Owes::AtClose { endings: vec![Ending::Refused], facts: facts(&[REFUSAL_EXPLAINED]) },
        ),
        owed("G012-refusal-unexplained", "Art. 12(4)", Owes::RefusalSections { sections: facts(&["reasons", "complaint", "remedy"]) }),
        owed("G019-recipients-untold", "Art. 19", Owes::AtClose { endings: Vec::new(), facts: facts(&[TOLD]) }),
        owed(PROOF, "Art. 12(5)", Owes::Needs),
        owed("G013-proposer-approves", "Art. 12(5)", Owes::Apart { form: "refusal-approval".to_owned() }),
        owed(DOUBT_FIRST, "Art. 12(6), 11(2)", Owes::Needs),
        owed(EXTENSION, "Art. 12(3)", Owes::Needs),
        owed(IRREVERSIBLE, "Art. 17(3), 5(2), 32", Owes::Needs),
        owed(NOTHING_LEAVES, "Art. 15(4), 32", Owes::Needs),
        owed(BEFORE_LIFTING, "Art. 18(3)", Owes::Needs),
        owed(STOPPED_FIRST, "Art. 21(1), 18(1)(d), 7(3)", Owes::Needs),
        owed("G022-approval-outlives-plan", "Art. 5(2)", Owes::Supersedes { plan: PLAN.to_owned(), approval: APPROVAL.to_owned() }),
    ]
}
