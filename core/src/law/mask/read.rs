//! Reads masks: Fides' `masking_strategy_override`, and what habeas adds as `erase`. What is not offered is told with what to write instead.

use super::{FEWEST, HEX, Made, Mask, Shape};
use crate::law::{
    folder::{
        node::{At, Entry, Node},
        problem::Findings,
    },
    map::DataType,
};

/// Digits of the largest number that every database and every reader of JSON holds exactly.
const DIGITS: usize = 15;
/// Characters of a random text, as Fides has it.
const RANDOM: usize = 30;
/// The most of them.
const MOST: usize = 1000;

/// Fides' words, with ours for them.
#[derive(Clone, Copy)]
enum Word {
    Null,
    Fixed,
    Made(Made),
    Aes,
}

const WORDS: [(&str, Word); 6] = [
    ("null_rewrite", Word::Null),
    ("string_rewrite", Word::Fixed),
    ("hash", Word::Made(Made::Hash)),
    ("hmac", Word::Made(Made::Hmac)),
    ("random_string_rewrite", Word::Made(Made::Random)),
    ("aes_encrypt", Word::Aes),
];

/// `masking_strategy_override` of a field, which must fit its `length` and `data_type`. A field that is never written is not masked.
pub(in crate::law) fn field(
    entry: &mut Entry<'_>,
    data: DataType,
    length: Option<usize>,
    unwritten: bool,
    findings: &mut Findings<'_>,
) -> Option<Mask> {
    let node = entry.optional("masking_strategy_override")?;
    let mut mask = Entry::open(node, findings)?;
    let word = mask.required("strategy", findings);
    let configuration = mask.optional("configuration");
    mask.close(findings);
    let word = word?.one_of(&WORDS, findings)?;
    if unwritten {
        findings.warning(node.at, "not-masked", "a primary key or read-only field is never written, so it is not masked", None);
        return None;
    }
    let mut configured = configuration.and_then(|node| Entry::open(node, findings));
    let asked = Asked { at: node.at, data, length };
    let read = match word {
        Word::Null => Some(Mask::Blank),
        Word::Fixed => asked.fixed(configured.as_mut(), findings),
        Word::Made(made) => asked.made(made, configured.as_mut(), findings),
        Word::Aes => {
            let help = "write `hmac` where the same person must stay the same, or `hash`".to_owned();
            findings.problem(node.at, "mask-reversible", "what is encrypted can be read again, so it is not erased", Some(help));
            return None;
        }
    };
    if let Some(configured) = configured {
        configured.close(findings);
    }
    read
}

/// `masking_strategy_override` of a collection: deleting rows is what habeas does anyway.
pub(in crate::law) fn collection(entry: &mut Entry<'_>, findings: &mut Findings<'_>) {
    let Some(mut mask) = entry.optional("masking_strategy_override").and_then(|node| Entry::open(node, findings)) else { return };
    let word = mask.required("strategy", findings);
    mask.optional("configuration");
    mask.close(findings);
    if let Some(node) = word
        && node.text(findings).is_some_and(|word| word != "delete")
    {
        let help = "write `habeas: {erase: anonymise}`, and a mask on each field that shall not be emptied".to_owned();
        findings.problem(node.at, "bad-mask", "a whole collection can be masked by `delete` only", Some(help));
    }
}

/// `erase` of a collection.
pub(in crate::law) fn anonymises(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> bool {
    let node = entry.optional("erase");
    node.and_then(|node| node.one_of(&[("delete", false), ("anonymise", true)], findings)).unwrap_or_default()
}

/// `erase` of a field.
pub(in crate::law) fn keeps(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> bool {
    entry.optional("erase").and_then(|node| node.one_of(&[("keep", true)], findings)).unwrap_or_default()
}

/// What a field takes.
struct Asked {
    at: At,
    data: DataType,
    length: Option<usize>,
}

impl Asked {
    fn fixed(&self, configured: Option<&mut Entry<'_>>, findings: &mut Findings<'_>) -> Option<Mask> {
        let Some(entry) = configured else {
            findings.problem(self.at, "missing-key", "`configuration: {rewrite_value: …}` is missing", None);
            return None;
        };
        let text = entry.text("rewrite_value", findings);
        let text = text.zip(suffix(Some(entry), findings)).map(|(text, suffix)| text + &suffix)?;
        if self.length.is_some_and(|length| text.chars().count() > length) {
            findings.problem(self.at, "mask-too-long", "`rewrite_value` is longer than the field's `length`", None);
            return None;
        }
        let value = self.data.read(&text);
        if value.is_none() {
            findings.problem(self.at, "bad-mask", "`rewrite_value` is not of the field's `data_type`", None);
        }
        value.map(Mask::Fixed)
    }

    fn made(&self, made: Made, mut configured: Option<&mut Entry<'_>>, findings: &mut Findings<'_>) -> Option<Mask> {
        let suffix = suffix(configured.as_deref_mut(), findings)?;
        let own = match made {
            Made::Hash | Made::Hmac => algorithm(configured, findings).then_some(HEX),
            Made::Random => match configured.and_then(|entry| entry.optional("length")) {
                Some(node) => node.count(findings).map(|count| count.min(MOST)),
                None => Some(RANDOM),
            },
        }?;
        let shape = match self.data {
            DataType::Text => {
                let room = self.length.map_or(usize::MAX, |length| length.saturating_sub(suffix.chars().count()));
                Shape::Letters { count: self.enough(own.min(room), findings)?, suffix }
            }
            DataType::Integer | DataType::Number if !suffix.is_empty() => {
                findings.problem(self.at, "bad-mask", "a number cannot end in a text: leave `format_preservation` out", None);
                return None;
            }
            DataType::Integer | DataType::Number => {
                let count = self.enough(self.length.unwrap_or(DIGITS).min(DIGITS), findings)?;
                Shape::Digits(u32::try_from(count).ok()?)
            }
            DataType::Boolean | DataType::Date | DataType::Timestamp => {
                let help = "to have it say something, write `string_rewrite` with a value of its `data_type`".to_owned();
                findings.warning(self.at, "mask-empties", "neither a day nor yes or no can be hashed: the field is emptied", Some(help));
                return Some(Mask::Blank);
            }
        };
        Some(Mask::Made(made, shape))
    }

    fn enough(&self, count: usize, findings: &mut Findings<'_>) -> Option<usize> {
        if count < FEWEST {
            let message = format!("the mask has room for {count} characters: with fewer than {FEWEST}, different values become the same");
            findings.problem(self.at, "mask-too-short", message, Some("write `null_rewrite`, or a longer `length`".to_owned()));
            return None;
        }
        Some(count)
    }
}

/// `format_preservation: {suffix: …}`; absent is empty.
fn suffix(configured: Option<&mut Entry<'_>>, findings: &mut Findings<'_>) -> Option<String> {
    let Some(node) = configured.and_then(|entry| entry.optional("format_preservation")) else { return Some(String::new()) };
    let mut entry = Entry::open(node, findings)?;
    let suffix = entry.text("suffix", findings);
    entry.close(findings);
    suffix
}

/// Whether the algorithm is ours, said or not.
fn algorithm(configured: Option<&mut Entry<'_>>, findings: &mut Findings<'_>) -> bool {
    let node: Option<&Node> = configured.and_then(|entry| entry.optional("algorithm"));
    let wrong = node.filter(|node| node.text(findings).is_none_or(|name| name != "SHA-256"));
    if let Some(node) = wrong {
        let help = "write `SHA-256`, or leave `algorithm` out".to_owned();
        findings.problem(node.at, "mask-algorithm", "habeas hashes with SHA-256 only", Some(help));
    }
    wrong.is_none()
}

#[cfg(test)]
mod tests {
    use super::{Made, Mask, Shape};
    use crate::law::{fideslang::parse, fixture::SHOP, map::Collection, record::Value};

    /// The collection `customers` of the shop, with other meta on its `number`, which is a text.
    fn number(meta: &str) -> Result<(Option<Mask>, Vec<String>), Vec<String>> {
        let text = SHOP.replace(
            "{name: number, fides_meta: {identity: customer_number},",
            &format!("{{name: number, fides_meta: {{identity: customer_number, {meta}}},"),
        );
        let told = |problems: Vec<crate::law::folder::Problem>| {
            problems.into_iter().map(|it| format!("{} {}", it.code, it.help.unwrap_or_default()).trim().to_owned()).collect::<Vec<_>>()
        };
        match parse("shop.yaml", &text) {
            Ok(parsed) => Ok((parsed.value.collection("customers").unwrap().fields[1].mask.clone(), told(parsed.warnings))),
            Err(problems) => Err(told(problems)),
        }
    }

    fn mask(meta: &str, configured: &str) -> Mask {
        let read = number(&format!("{meta} masking_strategy_override: {{strategy: {configured}}}")).unwrap();
        assert_eq!(read.1, [""; 0], "{configured}");
        read.0.unwrap()
    }

    fn letters(count: usize, suffix: &str) -> Shape {
        Shape::Letters { count, suffix: suffix.to_owned() }
    }

    #[test]
    fn what_fides_calls_a_strategy_is_a_mask() {
        assert_eq!(number("length: 40").unwrap(), (None, vec![]), "a length alone masks nothing");
        assert_eq!(mask("", "null_rewrite"), Mask::Blank);
        assert_eq!(mask("", "string_rewrite, configuration: {rewrite_value: gone}"), Mask::Fixed(Value::Text("gone".to_owned())));
        assert_eq!(mask("", "hash"), Mask::Made(Made::Hash, letters(64, "")));
        assert_eq!(mask("length: 20,", "hash, configuration: {algorithm: SHA-256}"), Mask::Made(Made::Hash, letters(20, "")));
        let preserved = "hmac, configuration: {format_preservation: {suffix: \"@x.example\"}}";
        assert_eq!(mask("length: 30,", preserved), Mask::Made(Made::Hmac, letters(20, "@x.example")));
        assert_eq!(mask("", "random_string_rewrite"), Mask::Made(Made::Random, letters(30, "")));
        assert_eq!(mask("", "random_string_rewrite, configuration: {length: 9}"), Mask::Made(Made::Random, letters(9, "")));
    }

    #[test]
    fn numbers_become_numbers_and_days_become_nothing() {
        assert_eq!(mask("data_type: integer,", "hmac"), Mask::Made(Made::Hmac, Shape::Digits(15)));
        assert_eq!(mask("data_type: integer, length: 9,", "hash"), Mask::Made(Made::Hash, Shape::Digits(9)));
        assert_eq!(mask("data_type: integer,", "string_rewrite, configuration: {rewrite_value: \"7\"}"), Mask::Fixed(Value::Integer(7)));
        let day = "string_rewrite, configuration: {rewrite_value: \"2000-01-01\"}";
        assert_eq!(mask("data_type: date,", day), Mask::Fixed(Value::Text("2000-01-01".to_owned())));
        let (mask, warnings) = number("data_type: date, masking_strategy_override: {strategy: hash}").unwrap();
        assert_eq!((mask, warnings.len()), (Some(Mask::Blank), 1));
        assert!(warnings[0].starts_with("mask-empties"), "{warnings:?}");
    }

    #[test]
    fn what_is_not_offered_is_told_with_what_to_write() {
        let told = |meta: &str| number(meta).unwrap_err().join("|");
        let strategy = |strategy: &str| told(&format!("masking_strategy_override: {{strategy: {strategy}}}"));
        assert_eq!(strategy("aes_encrypt"), "mask-reversible write `hmac` where the same person must stay the same, or `hash`");
        assert_eq!(strategy("hsh"), "unknown-word did you mean `hash`?");
        assert_eq!(strategy("hash, configuration: {algorithm: SHA-512}"), "mask-algorithm write `SHA-256`, or leave `algorithm` out");
        assert_eq!(strategy("hash, configuration: {rewrite_value: x}"), "unknown-key known here: `format_preservation`, `algorithm`");
        assert_eq!(strategy("string_rewrite"), "missing-key");
        assert_eq!(
            told("length: 12, masking_strategy_override: {strategy: hash, configuration: {format_preservation: {suffix: \"@x.no\"}}}"),
            "mask-too-short write `null_rewrite`, or a longer `length`"
        );
        assert_eq!(
            told("data_type: integer, length: 4, masking_strategy_override: {strategy: hmac}"),
            "mask-too-short write `null_rewrite`, or a longer `length`"
        );
        assert_eq!(
            told("length: 3, masking_strategy_override: {strategy: string_rewrite, configuration: {rewrite_value: gone}}"),
            "mask-too-long"
        );
        assert_eq!(
            told("data_type: date, masking_strategy_override: {strategy: string_rewrite, configuration: {rewrite_value: gone}}"),
            "bad-mask"
        );
        let key = number("read_only: true, masking_strategy_override: {strategy: hash}").unwrap();
        assert_eq!(key, (None, vec!["not-masked".to_owned()]));
    }

    #[test]
    fn a_collection_is_deleted_or_anonymised() {
        let customers = |meta: &str, kind: &str| {
            let text = SHOP.replacen("        habeas:\n", &format!("{meta}        habeas:\n{kind}"), 1);
            parse("shop.yaml", &text).map(|parsed| parsed.value.collections[0].clone()).map_err(|problems| problems[0].code)
        };
        let anonymises = |read: Result<Collection, _>| read.map(|collection: Collection| collection.anonymise);
        let delete = "        fides_meta: {masking_strategy_override: {strategy: delete}}\n";
        assert_eq!(anonymises(customers(delete, "")), Ok(false));
        assert_eq!(anonymises(customers("", "          erase: anonymise\n")), Ok(true));
        assert_eq!(anonymises(customers(&delete.replace("delete", "hash"), "")), Err("bad-mask"));
        assert_eq!(anonymises(customers("", "          erase: anonymize\n")), Err("unknown-word"));
    }
}
