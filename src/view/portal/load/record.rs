//! Everything that happened, from the log; what was sent, and what was written.

use super::Mine;
use crate::{
    store::{
        StoreError, leaf, letter,
        sealed::{self, Words},
    },
    view::{
        look::Look,
        portal::{
            messages::Message,
            record::{CaseRecord, Happened, Letter},
            statement::StatementLine,
        },
    },
};

impl CaseRecord {
    /// The log of the person's own case, oldest first, with her letters and messages.
    pub async fn load(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        let leaves = leaf::of_case(&look.store, &look.keys, reference).await?;
        Ok(Some(Self {
            right: mine.case.right,
            received_at: mine.case.received_at,
            due_on: mine.case.due_on,
            events: leaves.into_iter().filter(|leaf| !is_inner(&leaf.kind)).map(|leaf| Happened { at: leaf.at, fact: leaf.kind }).collect(),
            letters: letters(look, mailbox, &mine).await?,
            messages: Message::of(&look.store, &look.keys, &mine.case).await?,
            statements: StatementLine::of_case(look, &mine.case).await?,
            reference: mine.case.id,
        }))
    }
}

/// Letters to this mailbox: those to recipients and to whoever else the case is about are not hers to show.
async fn letters(look: &Look, mailbox: &str, mine: &Mine) -> Result<Vec<Letter>, StoreError> {
    let mut letters = Vec::new();
    if mine.case.case_key.is_none() {
        return Ok(letters);
    }
    for stored in letter::of_case(&look.store, &mine.case.id).await?.into_iter().filter(|stored| stored.sealed.is_some()) {
        let envelope = sealed::letter(&look.store, &look.keys, &stored).await?;
        if look.keys.blind("email", &envelope.to) != mailbox {
            continue;
        }
        if let Words::Written { subject, text, .. } = envelope.words {
            letters.push(Letter { written_at: stored.written_at, sent_at: stored.sent_at, subject, text: harmless(&text, &look.address) });
        }
    }
    Ok(letters)
}

/// The same words without the secret at the end of an address that acts for whoever opens it: a record is made to be shown to others.
fn harmless(text: &str, address: &str) -> String {
    let line = |line: &str| {
        let acts = ["/stop/", "/link/", "/notice/"].iter().any(|way| line.contains(way));
        match line.rsplit_once('/') {
            Some((before, _)) if acts && line.trim_start().starts_with(address) => format!("{before}/…"),
            _ => line.to_owned(),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// What the house did to get its own work done: what came of it stands beside it as a fact of its own. And who read along.
pub(in crate::view) fn is_inner(fact: &str) -> bool {
    matches!(fact, "effect-done" | "timer-fired" | "case-read")
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nobody_who_is_shown_the_record_can_stop_the_erasure() {
        let address = "https://example.no";
        let text = "Stop it here:\n\nhttps://example.no/nb/stop/HB-7F3K-2QXM/kq7secret\n\nhttps://example.no/nb/case/HB-7F3K-2QXM";
        let shown = "Stop it here:\n\nhttps://example.no/nb/stop/HB-7F3K-2QXM/…\n\nhttps://example.no/nb/case/HB-7F3K-2QXM";
        assert_eq!(harmless(text, address), shown);
    }
}
