//! Compares an access request with the copies that the person was given before (Art. 15(3), 12(5)).

use habeas_core::law::{
    fee::{Copy, Fee, repeated},
    right::Right,
};

use super::{Effect, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Report},
    },
    store::{
        StoreError,
        case::{self, Case},
        sealed,
    },
};

impl Effect<'_> {
    /// `free`, unless the organisation asks a fee for further copies and this is one. Whether it really is asked, a person decides.
    pub(super) async fn compare_copies(&self) -> Result<Performed, Refusal> {
        let asks = self.worker.door.organisation.about().copy_fee.is_some();
        let outcome = if asks && self.copy_before().await?.is_some() { "again" } else { "free" };
        done(Report::outcome(outcome).fact(Fact::of_case("copies-compared", &self.case.id).with("outcome", outcome)))
    }

    /// The copy that held all that is asked for now.
    pub(super) async fn copy_before(&self) -> Result<Option<Copy>, Refusal> {
        let door = &self.worker.door;
        let earlier = case::of_person(&door.store, self.case.person()).await?;
        let got = earlier.iter().filter(|earlier| earlier.right == Right::Access && earlier.received_at < self.case.received_at);
        let copies =
            got.filter(|earlier| earlier.shown_state().facts.contains("package.written")).filter_map(|case| self.copy(case).transpose());
        let copies = copies.collect::<Result<Vec<_>, _>>()?;
        Ok(repeated(self.applicant()?.kinds.as_deref(), self.day_of(&self.case), copies))
    }

    /// What a case was about; nobody knows any more once its key is gone.
    fn copy(&self, case: &Case) -> Result<Option<Copy>, Refusal> {
        match sealed::applicant(&self.worker.door.keys, case) {
            Ok(applicant) => Ok(Some(Copy { received_on: self.day_of(case), kinds: applicant.kinds })),
            Err(StoreError::Shredded) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn day_of(&self, case: &Case) -> jiff::civil::Date {
        case.received_at.to_zoned(self.worker.door.organisation.zone()).date()
    }

    /// What was decided to be asked, and why, in the words of whoever decided.
    pub(super) async fn fee_asked(&self) -> Result<Option<(Fee, String)>, Refusal> {
        let given = self.handed_in(|task| task.form == "fee-decision").await?;
        Ok(given.and_then(|mut given| Some((Fee::parse(given.fields.get("fee")?).ok()?, given.fields.remove("reason")?))))
    }
}
