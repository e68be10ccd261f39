//! Names of tables and columns as words: `customerEMail2`, `CUSTOMER_E_MAIL` and `kunde-epost` are read by one code.

/// The words of a name, in small letters, without accents. `å ø æ` are read as `a o e`, as most schemas write them.
pub fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied().unwrap_or(' ');
        let after = letters.get(at + 1).copied().unwrap_or(' ');
        let starts = !letter.is_alphanumeric()
            || (letter.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && after.is_lowercase())))
            || letter.is_numeric() != before.is_numeric();
        if starts {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            letter.to_lowercase().for_each(|letter| word.push_str(&folded(letter)));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn folded(letter: char) -> String {
    match letter {
        'å' | 'á' | 'à' | 'ä' | 'â' => "a".to_owned(),
        'ø' | 'ö' | 'ó' | 'ò' | 'ô' => "o".to_owned(),
        'æ' | 'é' | 'è' | 'ë' | 'ê' => "e".to_owned(),
        'í' | 'ï' | 'ì' | 'î' => "i".to_owned(),
        'ü' | 'ú' | 'ù' | 'û' => "u".to_owned(),
        other => other.to_string(),
    }
}

/// A word for one thing where it was one for many: English, Norwegian and Dutch, as far as names of tables need it.
pub fn singular(word: &str) -> String {
    for (many, one) in
        [("people", "person"), ("persons", "person"), ("addresses", "address"), ("adressen", "adres"), ("statuses", "status")]
    {
        if word == many {
            return one.to_owned();
        }
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let kept = word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") || word.len() < 4;
    word.strip_suffix('s').filter(|_| !kept).unwrap_or(word).to_owned()
}

/// A name that a person can read, where no dictionary has a better one.
pub fn readable(name: &str) -> String {
    let text = words(name).join(" ");
    let mut letters = text.chars();
    letters.next().map_or_else(|| format!("“{name}”"), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{singular, words};

    #[test]
    fn every_way_of_writing_gives_the_same_words() {
        for (name, expected) in [
            ("first_name", "first name"),
            ("FirstName", "first name"),
            ("firstName", "first name"),
            ("FIRST-NAME", "first name"),
            ("IPAddress", "ip address"),
            ("addressLine2", "address line 2"),
            ("userID", "user id"),
            ("e-mail", "e mail"),
            ("EMail", "e mail"),
            ("Fødselsdato", "fodselsdato"),
            ("Géboorte datum", "geboorte datum"),
            ("  ", ""),
            ("\"\n", ""),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn many_become_one() {
        for (many, one) in
            [("customers", "customer"), ("people", "person"), ("categories", "category"), ("address", "address"), ("bus", "bus")]
        {
            assert_eq!(singular(many), one);
        }
    }
}
