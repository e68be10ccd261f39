//! Which language a request is in: the first part of its address, else what the browser prefers.

use habeas_core::law::lang::Lang;

/// Splits `/nb/case/HB-…` into its language and `/case/HB-…`.
pub(crate) fn split(path: &str) -> Option<(Lang, &str)> {
    let rest = path.strip_prefix('/')?;
    let (code, _) = rest.split_once('/').unwrap_or((rest, ""));
    let lang = Lang::from_code(code)?;
    let inner = rest.strip_prefix(code).unwrap_or_default();
    Some((lang, if inner.is_empty() { "/" } else { inner }))
}

/// The language an `Accept-Language` header prefers among `offered`; the first one offered where it names none of them.
pub(crate) fn preferred(header: &str, offered: &[Lang]) -> Lang {
    let mut best = (0, offered.first().copied().unwrap_or_default());
    for part in header.split(',').take(20) {
        let mut pieces = part.split(';').map(str::trim);
        let lang = pieces.next().and_then(known).filter(|lang| offered.contains(lang));
        let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(1000, thousandths);
        if let Some(lang) = lang.filter(|_| weight > best.0) {
            best = (weight, lang);
        }
    }
    best.1
}

/// `nb-NO`, `no` and `nn` are read by people who read bokmål.
fn known(tag: &str) -> Option<Lang> {
    let primary = tag.split('-').next()?.to_ascii_lowercase();
    match primary.as_str() {
        "no" | "nn" => Some(Lang::Nb),
        code => Lang::from_code(code),
    }
}

/// `0.8` is 800; what is no weight counts nothing.
fn thousandths(weight: &str) -> u32 {
    weight.parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight)).map_or(0, |weight| {
        // Between 0 and 1000 after the check above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie between 0 and 1")]
        let thousandths = (weight * 1000.0) as u32;
        thousandths
    })
}

#[cfg(test)]
mod tests {
    use habeas_core::law::lang::Lang;

    use super::{preferred, split};

    #[test]
    fn the_first_part_of_an_address_is_its_language() {
        assert_eq!(split("/nb/case/HB-1"), Some((Lang::Nb, "/case/HB-1")));
        assert_eq!(split("/en/"), Some((Lang::En, "/")));
        assert_eq!(split("/nl"), Some((Lang::Nl, "/")));
        assert_eq!(split("/no/"), None);
        assert_eq!(split("/demo/clock"), None);
    }

    #[test]
    fn browsers_get_the_language_they_like_best_of_those_there_are() {
        let all = Lang::ALL;
        assert_eq!(preferred("nl-NL,nl;q=0.9,en;q=0.8", &all), Lang::Nl);
        assert_eq!(preferred("de, en;q=0.3, no;q=0.7", &all), Lang::Nb);
        assert_eq!(preferred("fr", &all), Lang::Nb);
        assert_eq!(preferred("", &[Lang::En, Lang::Nb]), Lang::En);
        assert_eq!(preferred("en;q=0, nl;q=nonsense", &all), Lang::Nb);
        assert_eq!(preferred("nl, en;q=0.5", &[Lang::Nb, Lang::En]), Lang::En);
    }
}
