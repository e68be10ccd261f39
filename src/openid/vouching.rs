//! The one door for "somebody else vouches": a browser is sent off, comes back with an answer, and the answer becomes a voucher that has been
//! checked, as [`Means::Voucher`](habeas_core::law::tier::Means::Voucher) understands it. What a voucher is worth is said elsewhere: by the
//! organisation's folder, and for the person it leads to.
//!
//! Sign-in by `OpenID` Connect is one way. A wallet (`OpenID4VP`) would be another: `begin` makes the request for a presentation, `redeem` reads the
//! presentation that the wallet handed in under the ticket's state, and checks signature, holder and age before it says anything. There is none
//! yet, and nothing here pretends that there is.

use async_trait::async_trait;
use habeas_core::law::provider::Ticket;
use jiff::Timestamp;

use super::{Brought, Errand, Providers, Trouble, Vouched};

/// A way to have people vouched for.
#[async_trait]
pub trait Vouching: Send + Sync {
    /// Start: where the browser is to go, and what its session must remember until it comes back.
    async fn begin(&self, errand: Errand<'_>, now: Timestamp) -> Result<(String, Ticket), Trouble>;

    /// Answer and claims: what is said about the person whose browser came back, once everything about it was checked. A ticket may be shown once.
    async fn redeem(&self, ticket: &Ticket, brought: Brought<'_>, now: Timestamp) -> Result<Vouched, Trouble>;
}

#[async_trait]
impl Vouching for Providers {
    async fn begin(&self, errand: Errand<'_>, now: Timestamp) -> Result<(String, Ticket), Trouble> {
        Self::begin(self, errand, now).await
    }

    async fn redeem(&self, ticket: &Ticket, brought: Brought<'_>, now: Timestamp) -> Result<Vouched, Trouble> {
        Self::redeem(self, ticket, brought, now).await
    }
}
