//! Leave that is refused, and leave that comes too late.

use std::time::Duration;

use async_trait::async_trait;

use super::house::{Db, House, cleared, delete, email, id, key, on_every_database, part, table};
use crate::{
    clock::Clock,
    connector::{Cause, Kind, Leave, leave::Free},
};

const SHOP: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO customers VALUES (1, 'kari@example.no');";

async fn shop(db: Db) -> House {
    House::on(db).with("shop", SHOP, vec![table("customers", [key("id"), email()])]).await
}

struct Refused;

#[async_trait]
impl Leave for Refused {
    async fn ask(&self, _: Duration) -> Result<(), Cause> {
        Err(Cause::Held)
    }
}

async fn without_leave_nothing_is_done(db: Db) {
    let (house, plan) = (shop(db).await, cleared(&part("shop", [delete("customers", id(1))])));
    let connectors = house.connectors();
    let shop = connectors.get("shop").unwrap();
    assert_eq!(shop.erase(&plan, "a", &Refused).await.unwrap_err().source, Cause::Held);
    assert_eq!(house.rows("shop", "id", "customers").await, ["1"]);
    assert_eq!(shop.erase(&plan, "a", &Free).await.unwrap().total().deleted, 1);
}

/// Stands still after it was given, until the system itself has ended the transaction.
struct Late<'h> {
    house: &'h House,
}

#[async_trait]
impl Leave for Late<'_> {
    async fn ask(&self, _: Duration) -> Result<(), Cause> {
        match self.house.db {
            Db::Sqlite => {
                let begun = Clock::stopwatch();
                while begun.elapsed() < self.good_for() {
                    tokio::task::yield_now().await;
                }
            }
            // Waits for the lock that the open transaction has.
            Db::Postgres | Db::Mariadb => self.house.run("shop", "UPDATE customers SET email = 'ola@example.no'").await,
        }
        Ok(())
    }

    fn good_for(&self) -> Duration {
        Duration::from_millis(20)
    }
}

async fn leave_that_comes_too_late_is_not_used(db: Db) {
    let (house, plan) = (shop(db).await, cleared(&part("shop", [delete("customers", id(1))])));
    let connectors = house.connectors();
    let shop = connectors.get("shop").unwrap();
    let error = shop.erase(&plan, "a", &Late { house: &house }).await.unwrap_err();
    assert_eq!(error.kind, Kind::Transient, "{error}");
    assert_eq!(house.rows("shop", "id", "customers").await, ["1"], "the row that the last look was about is still there");
}

on_every_database!(without_leave_nothing_is_done, leave_that_comes_too_late_is_not_used);
