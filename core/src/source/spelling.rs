//! The known name closest to a mistyped one, for "did you mean". Knows nothing about what the names stand for.

/// The name fewest edits away from `word`, case aside, if it is close enough to be meant: one edit for every three letters.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let (edits, name) = known.into_iter().map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), name)).min()?;
    (edits <= (word.chars().count() / 3).max(1)).then_some(name)
}

/// The question as a part of a sentence, with a blank after it; nothing without a name.
pub(crate) fn meant(name: Option<&str>) -> String {
    name.map(|name| format!("did you mean `{name}`? ")).unwrap_or_default()
}

/// The question as the help that stands below a message.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(word, known).map(|name| format!("did you mean `{name}`?"))
}

/// Help for a word that does not exist: the closest that does, or all of them when they are few.
pub(crate) fn instead<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let few = (1..=12).contains(&known.len());
    did_you_mean(word, known.iter().copied()).or_else(|| few.then(|| format!("there is {}", list(known))))
}

/// Words in back-ticks, separated by commas, the shortest spelling of a choice.
pub(crate) fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_name_is_suggested() {
        let known = ["NL", "NL/atw", "NO", "gdpr"];
        for (word, name) in [("no", Some("NO")), ("NL-atw", Some("NL/atw")), ("gpdr", Some("gdpr")), ("Switzerland", None), ("", None)] {
            assert_eq!(closest(word, known), name, "{word}");
        }
        assert_eq!(did_you_mean("no", ["nb", "nl", "en"]).as_deref(), Some("did you mean `nb`?"));
        assert_eq!(did_you_mean("passport", ["email", "phone"]), None);
    }

    #[test]
    fn offers_the_closest_word_or_the_short_list() {
        assert_eq!(instead("approveed", ["approved", "sent-back"]).unwrap(), "did you mean `approved`?");
        assert_eq!(instead("thne", ["then", "else"]).unwrap(), "did you mean `then`?");
        assert_eq!(instead("yes", ["approved", "sent-back"]).unwrap(), "there is `approved`, `sent-back`");
        assert_eq!(instead("yes", []), None);
    }
}
