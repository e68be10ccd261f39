//! The known name closest to a mistyped one, for "did you mean". Knows nothing about what the names stand for.

/// The candidate fewest letters away from `word`, case aside, if it is close enough to be meant.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let (distance, name) = known.into_iter().map(|name| (distance(&word, &name.to_lowercase()), name)).min()?;
    (distance <= word.chars().count().div_ceil(2).min(3)).then_some(name)
}

/// The question that goes into an error message, with a blank after it; nothing without a name.
pub fn did_you_mean(name: Option<&str>) -> String {
    name.map(|name| format!("did you mean `{name}`? ")).unwrap_or_default()
}

/// Letters to insert, drop or replace to get from one word to the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (line, old) in from.chars().enumerate() {
        let mut left = line + 1;
        let mut diagonal = line;
        for (cell, new) in row.iter_mut().skip(1).zip(to.chars()) {
            let above = *cell;
            left = (diagonal + usize::from(old != new)).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        for (from, to, edits) in
            [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("gdpr", "gpdr", 2), ("no", "no", 0)]
        {
            assert_eq!(distance(from, to), edits, "{from} → {to}");
        }
    }

    #[test]
    fn only_a_near_name_is_suggested() {
        let known = ["NL", "NL/atw", "NO", "gdpr"];
        assert_eq!(closest("no", known), Some("NO"));
        assert_eq!(closest("NL-atw", known), Some("NL/atw"));
        assert_eq!(closest("gpdr", known), Some("gdpr"));
        assert_eq!(closest("Switzerland", known), None);
        assert_eq!(closest("", known), None);
    }
}
