//! Schema of habeas's own store, the same on SQLite and PostgreSQL.
//!
//! Times compared in SQL are integers (microseconds UTC), dates are `YYYY-MM-DD` text, sealed values are blobs.
//! Entities live elsewhere, so an old migration cannot break when they move.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod key_store;
mod m20261120_house;
mod m20261121_due;
mod m20261121_trouble;
mod m20261129_drift;
mod m20261129_erasing;
mod m20261129_gate;
mod m20261129_ledger;
mod m20261129_message;
mod m20261129_notice;
mod m20261129_parts;
mod m20261129_rest;
mod m20261129_review;
mod m20261130_credential;
mod m20261130_keys;
mod m20261130_proof;
mod m20261130_tries;
mod m20261201_elsewhere;
mod m20261202_document;
mod m20261203_acting;
mod m20261204_breaker;
mod m20261204_reasons;
mod m20261205_message_file;
mod m20261208_reminder;
mod m20261209_queue;
mod m20261210_statement;

pub use key_store::KeyMigrator;

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261120_house::Migration),
            Box::new(m20261121_due::Migration),
            Box::new(m20261121_trouble::Migration),
            Box::new(m20261129_ledger::Migration),
            Box::new(m20261129_drift::Migration),
            Box::new(m20261129_parts::Migration),
            Box::new(m20261129_gate::Migration),
            Box::new(m20261129_notice::Migration),
            Box::new(m20261129_review::Migration),
            Box::new(m20261129_rest::Migration),
            Box::new(m20261129_erasing::Migration),
            Box::new(m20261129_message::Migration),
            Box::new(m20261130_keys::Migration),
            Box::new(m20261130_proof::Migration),
            Box::new(m20261130_credential::Migration),
            Box::new(m20261130_tries::Migration),
            Box::new(m20261201_elsewhere::Migration),
            Box::new(m20261202_document::Migration),
            Box::new(m20261203_acting::Migration),
            Box::new(m20261204_breaker::Migration),
            Box::new(m20261204_reasons::Migration),
            Box::new(m20261205_message_file::Migration),
            Box::new(m20261208_reminder::Migration),
            Box::new(m20261209_queue::Migration),
            Box::new(m20261210_statement::Migration),
        ]
    }
}
