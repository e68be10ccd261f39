//! `habeas workflow schema`: what an editor needs to complete and check a definition while it is written.

use std::path::Path;

use clap::Args;
use habeas_core::workflow::schema;
use serde_json::Value;

use crate::cli::{CliError, print_one, workflow::organisation};

/// How much the schema knows.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// List the actions, forms, letters, decisions, roles, lists and facts of this house, so that an editor completes them
    #[arg(long)]
    pub catalogue: bool,
}

/// Prints it.
pub(super) fn run(house: Option<&Path>, args: &SchemaArgs) -> Result<(), CliError> {
    print_one(&asked(house, args)?)
}

fn asked(house: Option<&Path>, args: &SchemaArgs) -> Result<Value, CliError> {
    let known = if args.catalogue { Some(organisation(house)?.catalogue()) } else { None };
    Ok(schema(known.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::{SchemaArgs, Value, asked};
    use crate::action::catalogue::catalogue;

    #[test]
    fn the_plain_schema_is_the_shipped_one() {
        let shipped: Value = serde_json::from_str(include_str!("../../../workflows/habeas-workflow-1.schema.json")).unwrap();
        assert!(
            asked(None, &SchemaArgs { catalogue: false }).unwrap() == shipped,
            "run `habeas workflow schema > workflows/habeas-workflow-1.schema.json`"
        );
    }

    #[test]
    fn with_the_catalogue_every_name_of_the_house_is_listed() {
        let (schema, known) = (asked(None, &SchemaArgs { catalogue: true }).unwrap(), catalogue());
        let listed = |def: &str| {
            let names = schema["$defs"][def]["enum"].as_array().unwrap().iter();
            names.map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(listed("Action"), known.actions.into_keys().collect::<Vec<_>>());
        assert_eq!(listed("Form"), known.forms.into_keys().collect::<Vec<_>>());
        assert_eq!(listed("Letter"), known.letters.into_keys().collect::<Vec<_>>());
        assert_eq!(listed("Decision"), ["erasure-holds"]);
        assert_eq!(listed("List"), known.lists.into_iter().collect::<Vec<_>>());
        assert!(listed("Role").contains(&"subject".to_owned()) && listed("Role").contains(&"dpo".to_owned()));
        assert!(listed("Fact").contains(&"identity.verified".to_owned()));
    }
}
