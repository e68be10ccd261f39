//! What a case still asks of its person's identity, and by which addresses on file she may answer.

use habeas_core::law::tier::{Proof, Tier, is_settled};

use super::{Mine, request::masked};
use crate::{
    store::{
        StoreError,
        part::Depth,
        sealed,
        session::{self, Code},
    },
    view::{
        look::Look,
        portal::{
            access::Keys,
            prove::{Prove, ProveCode},
            vouch::Vouches,
        },
    },
};

/// The form in which more is asked for.
pub(super) const PROOF: &str = "identity-proof";

impl Prove {
    /// The page, while more is asked for; with the task that waits.
    pub async fn load(look: &Look, mailbox: &str, reference: &str, proofs: &[Proof]) -> Result<Option<(Self, String)>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        let Some(task) = mine.open_task(PROOF) else { return Ok(None) };
        let needed = mine.needed(look).await?;
        let asked_at = mine.case.received_at;
        // Nothing by which a representative shows who she is says who the other one is: a document is looked at.
        let own = mine.case.on_behalf.is_none();
        // What was laid before the case and was not enough is not sent again.
        let before = sealed::applicant(&look.keys, &mine.case)?.proofs;
        let is_enough = |proof: &Proof| proof.by.tier(asked_at) >= needed && !before.contains(proof);
        let page = Self {
            answer_by: task.due_at.map_or(mine.case.due_on, |at| look.day(at)),
            shown: own && proofs.iter().any(is_enough),
            keys: if own && needed <= Tier::TwoChannels {
                Keys::of(look, mailbox, |since| is_settled(since, asked_at)).await?
            } else {
                Keys::default()
            },
            providers: if own { Vouches::reaching(look, needed) } else { Vec::new() },
            tier: needed.number(),
            document: mine.takes_document(look).await?,
            channels: if own && needed <= Tier::TwoChannels {
                mine.channels(look).await?.iter().map(|it| masked(it)).collect()
            } else {
                Vec::new()
            },
            reference: reference.to_owned(),
        };
        Ok(Some((page, task.id.clone())))
    }

    /// The address on file at a place of the list, while more is asked for.
    pub async fn channel(look: &Look, mailbox: &str, reference: &str, place: usize) -> Result<Option<String>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        if mine.open_task(PROOF).is_none() || mine.case.on_behalf.is_some() {
            return Ok(None);
        }
        Ok(mine.channels(look).await?.into_iter().nth(place))
    }
}

impl Keys {
    /// What she may show who she is with on the way to something in a case of hers; `None`: it is not hers.
    pub async fn on(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        if Mine::open(look, mailbox, reference).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(Self::of(look, mailbox, |_| true).await?))
    }
}

impl Mine {
    /// How surely she has to be known for what was found.
    pub(super) async fn needed(&self, look: &Look) -> Result<Tier, StoreError> {
        let records = sealed::records(&look.store, &look.keys, &self.case, Depth::Brief).await?;
        let floors = &look.organisation.about().identity.floors;
        Ok(floors.of_request(self.case.right, &self.asked(look)?, look.organisation.systems(), &records))
    }

    /// Addresses on file beside the one that asks. What she asks to have corrected is on file, too, as it was before.
    async fn channels(&self, look: &Look) -> Result<Vec<String>, StoreError> {
        let email = sealed::applicant(&look.keys, &self.case)?.email;
        let records = sealed::found(&look.store, &look.keys, &self.case, Depth::Brief).await?;
        Ok(look.organisation.channels(&records).into_iter().filter(|address| *address != email).collect())
    }
}

impl ProveCode {
    /// The page for the newest code that a session sent to an address.
    pub async fn load(look: &Look, session: &str, back: &str, address: &str) -> Result<Option<Self>, StoreError> {
        let code: Option<Code> = session::latest_code(&look.store, session, &look.keys.blind("email", address)).await?;
        Ok(code.map(|code| Self { back: back.to_owned(), address: masked(address), valid_until: code.ends_at }))
    }
}
