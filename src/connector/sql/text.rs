//! SQL text. The only place that builds it; only names and placeholders go in, values are always bound.
//!
//! Every column is written with its table's alias: `SQLite` takes a lone quoted name that it does not know for a string,
//! and would answer with the name of the column instead of an error.

/// A name, quoted.
pub(super) fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A column of an aliased table.
pub(super) fn column(alias: &str, field: &str) -> String {
    format!("{alias}.{}", name(field))
}

/// Columns of an aliased table, with commas.
pub(super) fn columns<'a>(alias: &str, fields: impl IntoIterator<Item = &'a str>) -> String {
    fields.into_iter().map(|field| column(alias, field)).collect::<Vec<_>>().join(", ")
}

/// So many placeholders, with commas.
pub(super) fn placeholders(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// A column without regard to case and white space around; see [`folded`].
pub(super) fn fold(column: &str) -> String {
    format!("lower(trim({column}, char(9, 10, 13, 32, 160)))")
}

/// How a text looks once `SQLite` has folded it. `SQLite`'s `lower` knows ASCII only, so other letters are looked for in
/// both cases.
pub(super) fn folded(text: &str) -> Vec<String> {
    let text = text.trim();
    let mut forms = vec![text.to_lowercase(), text.to_uppercase().to_ascii_lowercase(), text.to_ascii_lowercase()];
    forms.sort();
    forms.dedup();
    forms
}
