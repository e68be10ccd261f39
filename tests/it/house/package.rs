//! A package, opened: what the person, or the authority, gets to see of it.

use std::{
    fs,
    io::{Cursor, Read as _},
    path::PathBuf,
};

use zip::ZipArchive;

use super::people::CaseHandle;

/// Members by their name below the folder that everything stands under.
pub(crate) struct Package(Vec<(String, Vec<u8>)>);

impl Package {
    /// Where the person's package of a case lies.
    pub(crate) async fn path(case: &CaseHandle<'_>) -> PathBuf {
        case.house.packages().join(case.package("subject").await.expect("a package").file)
    }

    /// The person's package of a case, as it lies in the house.
    pub(crate) async fn open(case: &CaseHandle<'_>) -> Self {
        Self::read(fs::read(Self::path(case).await).unwrap())
    }

    /// A package as it was downloaded.
    pub(crate) fn read(bytes: Vec<u8>) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        let member = |name: String| {
            let mut bytes = Vec::new();
            zip.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
            // Everything stands under one folder, named after the case.
            (name.split_once('/').unwrap().1.to_owned(), bytes)
        };
        Self(names.into_iter().map(member).collect())
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        let (_, bytes) = self.0.iter().find(|(member, _)| member == name).unwrap_or_else(|| panic!("no `{name}` in {:?}", self.names()));
        String::from_utf8(bytes.clone()).unwrap()
    }

    pub(crate) fn holds(&self, text: &str) -> bool {
        self.0.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(text))
    }
}
