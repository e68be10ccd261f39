//! `/{l}/`: what do you want to do?

use habeas_core::law::right::Right;
use serde::Serialize;

use crate::render::{pages::Page, texts::Message};

/// The first page. Posts `right` to itself.
#[derive(Debug, Serialize)]
pub struct Start {
    /// The rights on offer, in this order: the one most people want first.
    pub rights: Vec<Right>,
    /// What was chosen before an error.
    pub chosen: Option<Right>,
}

impl Page for Start {
    const TEMPLATE: &'static str = "portal/start.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("start-title")
    }

    fn samples() -> Vec<Self> {
        let few = vec![Right::Access, Right::Erasure];
        let all = |chosen| Self { rights: Right::ALL.into(), chosen };
        vec![Self { rights: few, chosen: None }, all(Some(Right::Erasure)), all(None)]
    }
}
