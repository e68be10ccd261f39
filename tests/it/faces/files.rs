//! Files as a browser saves them, and what the authority takes away from its room.

use std::{fs, path::PathBuf};

use habeas::bundle::verify::{Kind, Verdict, verify_file};
use rocket::http::Status;
use tempfile::TempDir;

use super::browser::{Browser, Shown};
use crate::house::{package::Package, people::CaseHandle, test_house::TestHouse};

/// The name under which a browser saves it.
pub(crate) fn name_of(file: &Shown) -> String {
    let as_what = file.headers.get_one("Content-Disposition").unwrap_or_else(|| panic!("no file: {file}"));
    as_what.split('"').nth(1).unwrap().to_owned()
}

/// Files as a browser saves them. Returns where the first one is.
fn saved(files: &[&Shown]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    for file in files {
        fs::write(folder.path().join(name_of(file)), &file.bytes).unwrap();
    }
    let first = folder.path().join(name_of(files[0]));
    (folder, first)
}

/// A downloaded package, after a check of it with the house's key; one changed byte would have been noticed.
pub(crate) fn checked(house: &TestHouse, kind: Kind, files: &[&Shown]) -> Package {
    let (_folder, path) = saved(files);
    let report = verify_file(&path, &[house.keys.log().public()]).unwrap();
    assert_eq!((report.kind, report.verdict()), (kind, Verdict::Intact), "{report}");
    let mut changed = files[0].bytes.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    fs::write(&path, changed).unwrap();
    assert!(!verify_file(&path, &[house.keys.log().public()]).is_ok_and(|report| report.is_unchanged()));
    Package::read(files[0].bytes.clone())
}

/// Somebody from the authority finds the case in the room, has a bundle made, takes it with its two companions and checks it.
/// Nothing in it says who the person is.
pub(crate) async fn bundle_of(house: &TestHouse, case: &CaseHandle<'_>, email: &str) -> Package {
    let mut tilsyn = Browser::of_staff(house, "tilsyn").await;
    let list = tilsyn.get("/en/room/").await;
    let page = tilsyn.get(&list.link(&case.reference)).await;
    assert!(!page.text().contains(email), "who it is about is no business of the authority's");
    let at = format!("/en/room/case/{}/bundle", case.reference);
    assert_eq!(tilsyn.get(&at).await.status, Status::NotFound, "none was asked for yet");
    let page = tilsyn.submit(&at, &[]).await;
    page.says(&["sha256sum -c"]);
    let zip = tilsyn.get(&page.link("/bundle")).await;
    let sum = tilsyn.get(&page.link("/bundle.sha256")).await;
    let signature = tilsyn.get(&page.link("/bundle.sha256.sig")).await;
    let package = checked(house, Kind::Authority, &[&zip, &sum, &signature]);
    assert!(!package.holds(email), "the bundle names nobody");
    package
}
