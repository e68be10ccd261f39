//! What somebody who reads a server's files would still find after an erasure, once the server has cleaned up.

use sqlx::Row;

use super::house::{Db, House, delete, email, empty, id, key, part, plain, table};

const SQL: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email VARCHAR(80) UNIQUE, name VARCHAR(80), photo TEXT);
    CREATE INDEX by_name ON customers (name);
    INSERT INTO customers WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        SELECT i, 'marker-' || i || '-x@example.no', 'Name-' || i || '-x', 'photo-' || i || '-' || repeat('z', CASE WHEN i IN (5, 77) THEN 9000 ELSE 9 END) FROM n;";

/// The first loses its fields, the others their rows. The last is the last of its page, too.
const ERASED: [i64; 4] = [77, 5, 400, 500];

/// A shop that has erased some of its customers.
async fn erased(db: Db) -> House {
    let customers = table("customers", [key("id"), email(), plain("name"), plain("photo")]);
    let house = House::on(db).with("shop", "", vec![customers]).await;
    house.run("shop", SQL).await;
    assert!(!left(&house).await.is_empty(), "the scan sees what is there");
    let gone = ERASED[1..].iter().map(|number| delete("customers", id(*number)));
    let plan = part("shop", gone.chain([empty("customers", id(ERASED[0]), &["email", "name", "photo"])]));
    assert_eq!(house.erase(&plan).await.unwrap().total().deleted, 3);
    house
}

/// Which markers of the erased are found in which file of the table.
async fn left(house: &House) -> Vec<String> {
    let mut left = Vec::new();
    for (file, bytes) in files(house).await {
        for marker in
            ERASED.iter().flat_map(|number| [format!("marker-{number}-x"), format!("Name-{number}-x"), format!("photo-{number}-")])
        {
            if bytes.windows(marker.len()).any(|window| window == marker.as_bytes()) {
                left.push(format!("{file}: {marker}"));
            }
        }
    }
    left
}

/// The files as they are on the disk.
async fn files(house: &House) -> Vec<(String, Vec<u8>)> {
    if house.db == Db::Postgres {
        let mut server = house.postgres("shop").await;
        sqlx::query("CHECKPOINT").execute(&mut server).await.unwrap();
        // The table, its indexes, what it keeps out of line, and the index of that.
        let query = "SELECT c.relname::text, pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class t, pg_class c
            WHERE t.oid = 'customers'::regclass AND c.oid IN (SELECT t.oid UNION SELECT t.reltoastrelid UNION
                SELECT indexrelid FROM pg_index WHERE indrelid IN (t.oid, t.reltoastrelid))";
        let rows = sqlx::query(query).fetch_all(&mut server).await.unwrap();
        return rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    }
    let mut server = house.mariadb("shop").await;
    sqlx::raw_sql("FLUSH TABLES customers FOR EXPORT").execute(&mut server).await.unwrap();
    let query = "SELECT CONCAT(@@datadir, DATABASE(), '/customers.ibd')";
    let file: String = sqlx::query_scalar(query).fetch_one(&mut server).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    sqlx::raw_sql("UNLOCK TABLES").execute(&mut server).await.unwrap();
    vec![(file, bytes)]
}

#[tokio::test]
async fn nothing_is_left_in_the_files_of_postgres_once_they_were_written_anew() {
    let house = erased(Db::Postgres).await;
    house.run_as_written("shop", "VACUUM customers").await;
    let last = left(&house).await;
    assert!(!last.is_empty() && last.iter().all(|file| file.contains("-500-")), "only the last of its page, as the guide says: {last:?}");
    house.run_as_written("shop", "VACUUM FULL customers").await;
    assert_eq!(left(&house).await, [""; 0]);
}

#[tokio::test]
async fn nothing_is_left_in_the_file_of_mariadb_once_it_was_written_anew() {
    let house = erased(Db::Mariadb).await;
    assert_ne!(left(&house).await, [""; 0], "the page still holds it, as the guide says");
    house.run_as_written("shop", "OPTIMIZE TABLE customers").await;
    assert_eq!(left(&house).await, [""; 0]);
}
