//! The name of one act on one record, for systems that remember what they have done.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::law::record::Key;

/// 128 bits in hex: the same for the same act on the same record, and nothing of either can be read in it.
pub fn act_key(act: &str, collection: &str, key: &Key) -> String {
    let mut digest = Sha256::new();
    for part in [act, collection, &format!("{key:?}")] {
        digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
