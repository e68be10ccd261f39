//! How strongly the person is proven, and whether that is enough for what was found (Art. 12(6)).

use std::cmp::Reverse;

use habeas_core::law::{
    acting::Capacity,
    identifier::Identifier,
    map::System,
    tier::{Proof, Tier},
};
use jiff::Timestamp;

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::{ConnectorError, Match, match_person},
    store::part::Depth,
};

/// Something that would make sure who she is, if it belongs to whom the mailbox belongs to.
struct Claim {
    /// What is looked up beside the mailbox; nothing: the mailbox is hers beyond doubt, and all it has to do is lead to one person.
    beside: Vec<Identifier>,
    /// What it is worth.
    tier: Tier,
    /// Its name in the log.
    by: String,
}

/// What the mailbox and everything else that was shown lead to.
enum Known {
    /// One person.
    Sure(Claim),
    /// Not one person beyond doubt.
    Not(Match),
}

impl Effect<'_> {
    /// Whether the proven mailbox and what else the person has shown belong to one and the same person.
    ///
    /// Who asks for somebody else is asked about first: before a person has decided, nothing is looked up at all. What then does not fit, or
    /// fits nobody, waits for a person, for a child's number may be mistyped or a guardian another one's.
    pub(super) async fn match_identity(&self) -> Result<Performed, Refusal> {
        let acting = self.applicant()?.acting;
        if let Some(acting) = acting.as_ref().filter(|acting| acting.answer_to().is_none()) {
            let outcome = if acting.capacity == Capacity::Deceased { "deceased" } else { "for-another" };
            return done(
                Report::outcome(outcome).fact(Fact::of_case("authority-asked", &self.case.id).with("capacity", acting.capacity.name())),
            );
        }
        let (email, claims) = (self.proven()?, self.claims()?);
        let known = match self.compared(&email, claims).await {
            Ok(known) => known,
            Err(error) => return Ok(connector_failed(&error)),
        };
        let fact = |outcome: &str| Fact::of_case("identity-matched", &self.case.id).with("outcome", outcome);
        done(match known {
            Known::Not(found) if acting.is_some() => {
                let why = match found {
                    Match::Unsure { why } => why.to_string(),
                    Match::Sure => "nothing but the mailbox was stated".to_owned(),
                    Match::Nothing => "no system knows the person".to_owned(),
                };
                Report::outcome("mismatch").fact(fact("mismatch").with("why", why))
            }
            Known::Sure(Claim { tier, by, .. }) => {
                Report::outcome("sure").with(Product::Tier(tier)).fact(fact("sure").with("tier", tier.number().to_string()).with("by", by))
            }
            Known::Not(Match::Unsure { why }) => Report::outcome("unsure").fact(fact("unsure").with("why", why.to_string())),
            // The mailbox alone never proves more than tier 0, so nobody known by it only is sure.
            Known::Not(Match::Sure) => Report::outcome("unsure").fact(fact("unsure").with("why", "nothing but the mailbox was shown")),
            // Nobody has looked into a filing cabinet yet, so nobody can say that she is not known.
            Known::Not(Match::Nothing) if self.worker.systems().iter().any(System::is_manual) => {
                Report::outcome("unsure").fact(fact("unsure").with("why", "a system that only people can search may know her"))
            }
            Known::Not(Match::Nothing) => Report::outcome("nothing").fact(fact("nothing")),
        })
    }

    /// The strongest claim that leads to whom the mailbox leads to; else what speaks against one person.
    async fn compared(&self, email: &[Identifier], claims: Vec<Claim>) -> Result<Known, ConnectorError> {
        let (connectors, systems) = (&self.worker.connectors, self.worker.systems());
        let mailbox = match_person(connectors, systems, email).await?;
        let mut best = mailbox.clone();
        for claim in claims {
            let found = if claim.beside.is_empty() {
                mailbox.clone()
            } else {
                match_person(connectors, systems, &[email, &claim.beside].concat()).await?
            };
            match found {
                Match::Sure => return Ok(Known::Sure(claim)),
                unsure @ Match::Unsure { .. } if best != Match::Sure => best = unsure,
                _ => {}
            }
        }
        Ok(Known::Not(best))
    }

    /// Everything the person has shown beside the mailbox, the strongest first.
    fn claims(&self) -> Result<Vec<Claim>, Refusal> {
        let applicant = self.applicant()?;
        let kinds = &self.worker.door.organisation.about().identity;
        let item = |kind: &String| {
            let item = Identifier::parse(kind, applicant.item_of_person()?).ok()?;
            Some(Claim { beside: vec![item], tier: Tier::SecondItem, by: "second-item".to_owned() })
        };
        let mut claims: Vec<Claim> = kinds.second_items.iter().filter_map(item).collect();
        // What a representative shows says who she is, not who the other one is.
        let own = applicant.proofs.iter().filter(|_| applicant.acting.is_none());
        claims.extend(own.filter_map(|proof| claim(proof, &kinds.email, &applicant.email, self.case.received_at)));
        claims.sort_by_key(|claim| Reverse(claim.tier));
        Ok(claims)
    }

    /// Whether what was found, as far as the request is about it, asks for a stronger proof than the person has given, by now. Asking for
    /// more is as wrong as asking for less (EDPB 01/2022 §73).
    pub(super) async fn screen_identity(&self) -> Result<Performed, Refusal> {
        let (records, asked) = (self.records(Depth::Brief).await?, self.applicant()?.asked);
        let floors = self.floors();
        let floor = floors.of_request(self.case.right, &asked, self.worker.systems(), &records);
        let shown = match self.shown_since().await {
            Ok(shown) => shown?,
            Err(error) => return Ok(connector_failed(&error)),
        };
        let tier = self.case.tier.max(shown.as_ref().map(|claim| claim.tier));
        let outcome = if tier >= Some(floor) { "enough" } else { "more" };
        let mut fact = Fact::of_case("identity-screened", &self.case.id).with("outcome", outcome).with("floor", floor.number().to_string());
        // Less than habeas would ask for: why stands beside each case in which it counted (Art. 5(2)).
        if let Some(reason) = floors.lowered(self.case.right, floor) {
            fact = fact.with("lowered", reason);
        }
        let mut report = Report::outcome(outcome);
        if let Some(claim) = shown {
            fact = fact.with("tier", claim.tier.number().to_string()).with("by", claim.by);
            report = report.with(Product::Tier(claim.tier));
        }
        done(report.fact(fact))
    }

    /// What the person has shown since the case knows her, if it leads to whom the mailbox leads to and is stronger.
    async fn shown_since(&self) -> Result<Result<Option<Claim>, Refusal>, ConnectorError> {
        let (email, mut claims) = match self.proven().and_then(|email| Ok((email, self.claims()?))) {
            Ok(both) => both,
            Err(refusal) => return Ok(Err(refusal)),
        };
        claims.retain(|claim| Some(claim.tier) > self.case.tier);
        if claims.is_empty() {
            return Ok(Ok(None));
        }
        Ok(Ok(match self.compared(&email, claims).await? {
            Known::Sure(claim) => Some(claim),
            Known::Not(_) => None,
        }))
    }
}

/// What a proof is worth, if it belongs to whom the mailbox belongs to.
fn claim(proof: &Proof, email_kind: &str, email: &str, asked_at: Timestamp) -> Option<Claim> {
    let (beside, tier) = proof.shows(email_kind, email, asked_at)?;
    Some(Claim { beside, tier, by: proof.by.name().to_owned() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use habeas_core::law::tier::{Means, Proof, Tier, Voucher};

    use jiff::{SignedDuration, Timestamp};

    use super::claim;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn vouched(tier: Tier, identifiers: &[(&str, &str)]) -> Option<(usize, Tier)> {
        let identifiers: BTreeMap<_, _> = identifiers.iter().map(|(kind, value)| ((*kind).to_owned(), (*value).to_owned())).collect();
        let voucher =
            Voucher { provider: "eid".to_owned(), issuer: "https://eid.example".to_owned(), subject: "7".to_owned(), tier, identifiers };
        let proof = Proof { by: Means::Voucher(voucher), at: NOW };
        claim(&proof, "email", "kari@example.no", NOW).map(|claim| (claim.beside.len(), claim.tier))
    }

    #[test]
    fn who_vouches_for_nobody_we_know_is_worth_nothing() {
        assert_eq!(vouched(Tier::High, &[]), None);
        assert_eq!(vouched(Tier::High, &[("email", "ola@example.no")]), None, "another mailbox");
        assert_eq!(vouched(Tier::High, &[("customer_number", "%")]), None, "a wildcard is nobody's number");
    }

    #[test]
    fn a_mailbox_that_is_vouched_for_is_an_account_and_no_civil_identity() {
        assert_eq!(vouched(Tier::High, &[("email", "Kari@example.no")]), Some((0, Tier::TwoChannels)));
        assert_eq!(vouched(Tier::SecondItem, &[("email", "kari@example.no")]), Some((0, Tier::SecondItem)));
        assert_eq!(vouched(Tier::High, &[("email", "kari@example.no"), ("customer_number", "K-1")]), Some((1, Tier::High)));
    }

    #[test]
    fn the_mailbox_claims_nothing_for_itself() {
        let worth = |by| claim(&Proof { by, at: NOW }, "email", "kari@example.no", NOW).map(|claim| (claim.beside.len(), claim.tier));
        assert_eq!(worth(Means::Mailbox), None);
        let old = NOW - SignedDuration::from_hours(72);
        assert_eq!(worth(Means::Totp { since: old }), Some((0, Tier::TwoChannels)));
        assert_eq!(worth(Means::Passkey { since: NOW }), None, "a key of this morning makes nobody sure");
    }
}
