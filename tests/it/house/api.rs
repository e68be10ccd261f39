//! The help desk as a program that answers in JSON: each table a list, each row a record, over the same file.

use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, ConnectOptions as _, Row as _, sqlite::SqliteConnectOptions};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// What habeas may ask of it. `BASE` is where it answers.
const READING: &str = "
    type: http
    base: BASE
    requests:
      enquiries:
        find: {email: {path: /enquiries, query: {email: '{value}'}}, order_number: {path: /enquiries, query: {order_number: '{value}'}}}
        read: {path: '/enquiries/{id}'}
      messages:
        find: {enquiry_id: {path: /messages, query: {enquiry_id: '{value}'}}, order_number: {path: /messages, query: {order_number: '{value}'}}}
        read: {path: '/messages/{id}'}
      calls:
        find: {phone: {path: /calls, query: {phone: '{value}'}}}
        read: {path: '/calls/{id}'}
      chats:
        find: {email: {path: /chats, query: {email: '{value}'}}}
        read: {path: '/chats/{id}'}
";

/// Its tables, and what can be emptied in each.
const TABLES: [(&str, &[&str]); 4] = [
    ("enquiries", &["email", "order_number", "subject", "channel", "opened_at", "restricted"]),
    ("messages", &["enquiry_id", "order_number", "sender", "body", "sent_at", "restricted"]),
    ("calls", &["phone", "at", "summary"]),
    ("chats", &["email", "name", "started_at", "transcript", "restricted"]),
];

/// Starts it over a file that may come later. Returns its connection as the data map writes it: one that only reads, or everything.
pub(crate) async fn start(file: PathBuf, writes: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let file = file.clone();
            tokio::spawn(async move { answer(stream, &file).await });
        }
    });
    let mut connection = READING.replace("BASE", &base);
    for (table, fields) in TABLES.into_iter().filter(|_| writes) {
        let read = format!("        read: {{path: '/{table}/{{id}}'}}\n");
        let body: Vec<String> = fields.iter().map(|field| format!("{field}: '{{{field}}}'")).collect();
        let correct = format!("        correct: {{path: '/{table}/{{id}}', body: {{{}}}}}\n", body.join(", "));
        let moments = fields.iter().filter(|field| **field == "at" || field.ends_with("_at"));
        let blanks = format!("        blanks: {{{}}}\n", moments.map(|field| format!("{field}: ''")).collect::<Vec<_>>().join(", "));
        let erase = format!("        erase: {{path: '/{table}/{{id}}'}}\n");
        connection = connection.replace(&read, &format!("{read}{blanks}{correct}{erase}"));
    }
    connection
}

async fn answer(stream: TcpStream, file: &Path) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    stream.read_line(&mut line).await.ok()?;
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok()?;
        let Some((name, value)) = header.trim().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let mut words = line.split_whitespace();
    let (status, json) = act(words.next()?, words.next()?, &body, file).await;
    let head =
        format!("HTTP/1.1 {status} .\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", json.len());
    stream.write_all((head + &json).as_bytes()).await.ok()
}

async fn act(method: &str, target: &str, body: &[u8], file: &Path) -> (u16, String) {
    let url = reqwest::Url::parse(&format!("http://x{target}")).unwrap();
    let path: Vec<&str> = url.path_segments().unwrap().collect();
    let (table, fields) = TABLES.into_iter().find(|(table, _)| *table == path[0]).unwrap();
    let columns: Vec<String> = ["id"].iter().chain(fields).map(|field| format!("'{field}', {field}")).collect();
    let rows = format!("SELECT json_object({}) FROM {table}", columns.join(", "));
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
    let by = url.query_pairs().next().map(|(name, value)| (name.into_owned(), value.into_owned()));
    let (condition, value) = match (path.get(1), by) {
        (Some(id), _) => ("id = CAST(?1 AS INTEGER)".to_owned(), (*id).to_owned()),
        (None, Some((name, value))) => (format!("lower({name}) = lower(?1)"), value),
        (None, None) => ("?1 = ''".to_owned(), String::new()),
    };
    match method {
        "GET" => {}
        "DELETE" => drop(
            sqlx::query(AssertSqlSafe(format!("DELETE FROM {table} WHERE {condition}")))
                .bind(&value)
                .execute(&mut connection)
                .await
                .unwrap(),
        ),
        _ => {
            let change: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).unwrap();
            for (field, said) in change {
                let update = format!("UPDATE {table} SET {field} = json_extract(?2, '$[0]') WHERE {condition}");
                let said = serde_json::Value::from(vec![said]).to_string();
                sqlx::query(AssertSqlSafe(update)).bind(&value).bind(said).execute(&mut connection).await.unwrap();
            }
        }
    }
    let found = sqlx::query(AssertSqlSafe(format!("{rows} WHERE {condition}"))).bind(&value).fetch_all(&mut connection).await.unwrap();
    let found: Vec<String> = found.iter().map(|row| row.get(0)).collect();
    match (method, path.len(), found.first()) {
        ("DELETE", ..) => (200, "{}".to_owned()),
        (_, 1, _) => (200, format!("[{}]", found.join(","))),
        (_, _, Some(row)) => (200, row.clone()),
        (_, _, None) => (404, "{}".to_owned()),
    }
}
