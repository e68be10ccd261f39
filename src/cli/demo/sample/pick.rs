//! Choices without chance: every choice is a function of a number and of what is chosen, so two runs make the same files.

/// What a choice is about. Two choices about the same row are independent of each other.
#[derive(Debug, Clone, Copy)]
pub(super) enum About {
    Woman,
    FirstName,
    LastName,
    Street,
    HouseNumber,
    Town,
    Nationality,
    Phone,
    WrittenOff,
    Orders,
    Errand,
    Destination,
    OrderAge,
    Outcome,
    Delay,
    Settlement,
    Hour,
    Minute,
    Second,
    Address,
    Consent,
    Newsletter,
    Ended,
    Network,
    Note,
    CreditCheck,
    NationalNumber,
    Rating,
    BankAccount,
    EFaktura,
    Method,
    Reduction,
    Enquiry,
    Topic,
    Channel,
    Question,
    Call,
    Chat,
    Quote,
    Forgotten,
    Family,
    Employer,
    Certificate,
    Insurance,
    Decision,
    Expiry,
    Hair,
    Cloth,
}

/// A number below `of`, always the same one for the same row.
pub(super) fn pick(row: u32, about: About, of: u32) -> u32 {
    // SplitMix64: neighbouring rows get unrelated numbers.
    let mut mixed = ((u64::from(row) << 32) | about as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    u32::try_from(mixed % u64::from(of.max(1))).unwrap_or_default()
}

/// Whether this row is among one in `of`.
pub(super) fn one_in(of: u32, row: u32, about: About) -> bool {
    pick(row, about, of) == 0
}

/// One of a list; the default where the list is empty.
pub(super) fn one_of<T: Copy + Default>(list: &[T], row: u32, about: About) -> T {
    let index = pick(row, about, u32::try_from(list.len()).unwrap_or(u32::MAX));
    usize::try_from(index).ok().and_then(|index| list.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{About, one_in, one_of, pick};

    #[test]
    fn choices_are_stable_and_spread() {
        assert_eq!(pick(7, About::Town, 40), pick(7, About::Town, 40));
        let towns: std::collections::BTreeSet<_> = (1..=500).map(|row| pick(row, About::Town, 40)).collect();
        assert_eq!(towns.len(), 40);
        let chosen = (1..=8000).filter(|row| one_in(8, *row, About::Chat)).count();
        assert!((900..1100).contains(&chosen), "{chosen}");
    }

    #[test]
    fn an_empty_list_gives_the_default() {
        assert_eq!(one_of::<&str>(&[], 1, About::Town), "");
        assert_eq!(one_of(&["only"], 1, About::Town), "only");
    }
}
