//! Mail over a real SMTP conversation, with a server that takes, postpones or refuses.

use habeas::mail::{Mail, MailError, Mailer};
use habeas_core::law::personal::Personal;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinHandle,
};

/// Answers every conversation, with `verdict` at the end of a letter; returns what was said in the one with the letter, line by line.
async fn server(verdict: &'static str) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let (tell, mut told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let tell = tell.clone();
            tokio::spawn(async move { tell.send(listen(stream, verdict).await) });
        }
    });
    let heard = tokio::spawn(async move {
        loop {
            let heard: Vec<String> = told.recv().await.unwrap();
            if heard.iter().any(|line| line == "DATA") {
                return heard;
            }
        }
    });
    (url, heard)
}

async fn listen(stream: TcpStream, verdict: &str) -> Vec<String> {
    let (from, mut to) = stream.into_split();
    let mut lines = BufReader::new(from).lines();
    let (mut heard, mut in_letter) = (Vec::new(), false);
    to.write_all(b"220 mail.example ready\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match (in_letter, line.as_str()) {
            (true, ".") => {
                in_letter = false;
                format!("{verdict}\r\n")
            }
            (true, _) => String::new(),
            (false, "DATA") => {
                in_letter = true;
                "354 go on\r\n".to_owned()
            }
            (false, "QUIT") => "221 bye\r\n".to_owned(),
            (false, _) => "250 well\r\n".to_owned(),
        };
        heard.push(line);
        to.write_all(answer.as_bytes()).await.unwrap();
        if answer.starts_with("221") || (!verdict.starts_with('2') && answer.starts_with(verdict)) {
            break;
        }
    }
    heard
}

fn mail() -> Mail {
    Mail {
        id: "f00d".to_owned(),
        to: Personal::new("kari@post.example".to_owned()),
        at: "2026-11-20T12:00:00Z".parse().unwrap(),
        subject: "Vi har mottatt saken din – HB-7F3K-2QXM".to_owned(),
        text: "Du får svar senest fredag 18. desember 2026.".to_owned(),
        html: "<!doctype html><p>Du får svar.</p>".to_owned(),
    }
}

/// Sends the mail and hangs up, so that the server's side comes to its end.
async fn send(url: &str) -> Result<(), MailError> {
    Mailer::smtp("\"Visumexpress AS\" <post@visumexpress.no>", url).unwrap().send(&mail()).await
}

#[tokio::test]
async fn a_letter_is_handed_over_whole() {
    let (url, heard) = server("250 taken").await;
    send(&url).await.unwrap();
    let heard = heard.await.unwrap();
    let said = |line: &str| heard.iter().any(|heard| heard.starts_with(line));
    assert!(said("MAIL FROM:<post@visumexpress.no>") && said("RCPT TO:<kari@post.example>"), "{heard:#?}");
    assert!(said("Message-ID: <f00d@visumexpress.no>"), "the same over all attempts: {heard:#?}");
    assert!(said("Auto-Submitted: auto-generated") && said("Date: Fri, 20 Nov 2026 12:00:00"), "{heard:#?}");
    assert!(said("Content-Type: text/plain") && said("Content-Type: text/html"), "{heard:#?}");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_a_refusing_one_is_not() {
    let (url, heard) = server("451 try later").await;
    let busy = send(&url).await.unwrap_err();
    assert!(busy.is_transient(), "{busy}");
    heard.await.unwrap();

    let (url, heard) = server("550 no such mailbox").await;
    let refused = send(&url).await.unwrap_err();
    assert!(!refused.is_transient(), "{refused}");
    assert!(!format!("{refused:?} {refused}").contains("kari"), "no address in an error");
    heard.await.unwrap();

    let gone = send("smtp://127.0.0.1:9").await.unwrap_err();
    assert!(gone.is_transient(), "nobody listens there: {gone}");
}
