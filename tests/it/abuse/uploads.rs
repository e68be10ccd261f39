//! Files that would harm whoever opens them: with a scanner set up, none passes that it stops, and none that it has not seen.

use std::io::Cursor;

use habeas::upload::{Clamd, Trouble, Uploads};
use habeas_core::law::{lang::Lang, right::Right, upload::Upload};
use image::{ImageFormat, Rgb, RgbImage};
use rocket::http::Status;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::{
    faces::browser::Browser,
    house::{database::on_every_store, test_house::TestHouse},
};

on_every_store! {
    ab40_no_file_passes_that_the_scanner_stops_or_has_not_seen,
}

/// Test file of the European Institute for Computer Antivirus Research, in two halves so that no scanner stops at this one.
const EICAR: [&str; 2] = [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];

/// Speaks as `clamd` does, and knows the test file.
async fn scanner() -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tcp:{}", listener.local_addr().unwrap());
    let scanning = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = scan(stream).await;
        }
    });
    (address, scanning)
}

async fn scan(mut stream: TcpStream) -> std::io::Result<()> {
    let mut head = [0; 10];
    stream.read_exact(&mut head).await?;
    let mut file = Vec::new();
    while let length @ 1.. = stream.read_u32().await? {
        let mut chunk = vec![0; length as usize];
        stream.read_exact(&mut chunk).await?;
        file.extend(chunk);
    }
    let eicar = EICAR.concat();
    let found = &head == b"zINSTREAM\0" && file.windows(eicar.len()).any(|part| part == eicar.as_bytes());
    stream.write_all(if found { b"stream: Eicar-Signature FOUND\0" } else { b"stream: OK\0" }).await
}

fn picture() -> Vec<u8> {
    let drawn = RgbImage::from_fn(200, 150, |x, y| Rgb([if (x + y) % 40 < 20 { 220 } else { 30 }; 3]));
    let mut file = Cursor::new(Vec::new());
    drawn.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

async fn ab40_no_file_passes_that_the_scanner_stops_or_has_not_seen(mut house: TestHouse) {
    let (address, scanning) = scanner().await;
    house.reads_documents_with("/bin/true".into()).await;
    house.scans_files_with(address).await;
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&house.solveig(), Right::Access, Lang::En).await;
    house.settle().await;
    house.staff("kari").does(&case, "review", "release").await;
    let at = format!("/en/case/{}/document", case.reference);
    hers.get(&at).await;
    let mut per = Browser::of_staff(&house, "per").await;
    per.get("/en/desk/holds/import").await;
    let bad = [picture(), EICAR.concat().into_bytes()].concat();
    let people = [(&hers, at.as_str(), "picture"), (&per, "/en/desk/holds/import", "sheet")];
    for (browser, at, field) in people {
        let refused = browser.sends_file(at, &[("csrf", browser.csrf())], (field, "IMG_1.jpg", &bad)).await;
        assert_eq!(refused.status, Status::UnprocessableEntity, "{refused}");
        assert!(refused.text().contains("The virus scanner found something in the file"), "{refused}");
    }
    scanning.abort();
    assert!(scanning.await.is_err());
    for (browser, at, field) in people {
        let refused = browser.sends_file(at, &[("csrf", browser.csrf())], (field, "IMG_1.jpg", &picture())).await;
        assert_eq!(refused.status, Status::ServiceUnavailable, "{refused}");
        assert!(refused.text().contains("Nothing is lost"), "{refused}");
    }
    assert_eq!((case.waits_at().await, house.count("document").await), (vec!["prove-more".to_owned()], 0));

    let (address, _scanning) = scanner().await;
    drop((hers, per));
    house.scans_files_with(address).await;
    let mut hers = Browser::open(&house).await;
    let find = hers.get(&at).await;
    hers.proves(&find.path, &house.solveig().email).await;
    hers.get(&at).await;
    let taken = hers.sends_file(&at, &[("csrf", hers.csrf())], ("picture", "IMG_1.jpg", &picture())).await;
    assert_eq!((taken.status, house.count("document").await), (Status::SeeOther, 1), "and then it goes on: {taken}");
}

/// With the program itself, where a test run has started one (`scripts/clamd`) that knows the test file.
#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
async fn ab40_the_scanner_itself_knows_the_test_file() {
    let Ok(address) = std::env::var("HABEAS_TEST_CLAMD") else { return };
    let uploads = Uploads::new(Clamd::parse(&address), None);
    let file = |bytes: &[u8]| Upload { field: "evidence".to_owned(), name: "a.pdf".to_owned(), bytes: bytes.to_vec() };
    assert_eq!(uploads.scan(&[file(b"a letter")]).await, Ok(()));
    assert_eq!(uploads.scan(&[file(b"a letter"), file(EICAR.concat().as_bytes())]).await, Err(Trouble::Malware));
}
