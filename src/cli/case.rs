//! `habeas case`: register a request, list and show cases.

use std::io::Write as _;

use clap::{Args, Subcommand};
use habeas_core::law::{
    ask::{Asked, Correction, Objection, RestrictionGround},
    lang::Lang,
    map::split_address,
    personal::Personal,
    right::Right,
};
use jiff::Timestamp;

use super::{
    CliError,
    incident::{self, ResolveArgs},
    notice::{self, AnswerArgs},
    person, print, print_one, say,
};
use crate::{
    action::{actor::Actor, open_case::OpenCase, signal_case::SignalCase},
    house::House,
};

/// Cases.
#[derive(Debug, Subcommand)]
pub enum CaseCommand {
    /// Register a request; prints its reference
    Open(OpenArgs),
    /// List cases, the soonest deadline first
    List {
        /// Closed ones too
        #[arg(long)]
        all: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one case; no personal data
    Show {
        /// Its reference
        case: String,
        /// Print JSON (the only form there is)
        #[arg(long)]
        json: bool,
    },
    /// What went wrong in a case and waits for a person, with the ways out
    Incidents {
        /// Its reference
        case: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Deal with an incident
    Resolve(ResolveArgs),
    /// Send an any-time event of the workflow to a case, such as reopen
    Signal {
        /// Its reference
        case: String,
        /// The event
        name: String,
        /// Who sends it
        #[arg(long = "as", value_name = "HANDLE")]
        by: String,
    },
    /// Record what a recipient answered to what it was told (Art. 19)
    Answer(AnswerArgs),
    /// Read a case's journal again: does it lead to the case's state, and does the log fit?
    Prove {
        /// Its reference
        case: String,
    },
}

/// A request.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// The right: access, erasure, rectification, objection, consent-withdrawal, portability or restriction
    #[arg(value_parser = right)]
    right: Right,
    /// The person's mailbox
    #[arg(long)]
    email: String,
    /// Customer or order number, as the person gave it
    #[arg(long)]
    item: Option<String>,
    /// Language of every answer: nb, nl or en
    #[arg(long, default_value = "nb", value_parser = lang)]
    lang: Lang,
    /// Only these kinds, as system.collection; may be repeated
    #[arg(long = "kind")]
    kinds: Vec<String>,
    /// Rectification: what it should say, as system.collection.field=NEW; may be repeated
    #[arg(long = "correct", value_name = "FIELD=NEW", value_parser = correction)]
    corrections: Vec<Correction>,
    /// Restriction: why, in the order of Art. 18(1): contested, unlawful, claims or objected
    #[arg(long, value_parser = ground)]
    ground: Option<RestrictionGround>,
    /// Objection: to marketing, or to something other (with --why)
    #[arg(long, value_parser = ["marketing", "other"])]
    objection: Option<String>,
    /// The person's reason, in her words: of an objection, or of what is to be corrected
    #[arg(long)]
    why: Option<String>,
    /// When the request arrived, if not now
    #[arg(long)]
    received: Option<Timestamp>,
    /// Who registers it; the operator if left out
    #[arg(long = "as", value_name = "HANDLE")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn right(name: &str) -> Result<Right, String> {
    Right::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Right::ALL.iter().map(|right| right.name()).collect();
        format!("`{name}` is not a right; write one of {}", names.join(", "))
    })
}

fn correction(text: &str) -> Result<Correction, String> {
    let parts = text.split_once('=').and_then(|(place, should)| Some((split_address(place)?, should)));
    let Some(((kind, field), should)) = parts else {
        return Err("say where and what, as system.collection.field=NEW".to_owned());
    };
    Ok(Correction { kind: kind.to_owned(), field: field.to_owned(), now: None, should: should.to_owned(), why: None })
}

fn ground(name: &str) -> Result<RestrictionGround, String> {
    RestrictionGround::from_name(name).ok_or_else(|| format!("`{name}` is not a ground; write contested, unlawful, claims or objected"))
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| format!("`{code}` is not a language; write nb, nl or en"))
}

pub(super) async fn run(house: &House, command: CaseCommand) -> Result<(), CliError> {
    match command {
        CaseCommand::Open(args) => register(house, args).await,
        CaseCommand::List { all, json } => print(&house.look.case_rows(!all).await?, json, |row| {
            format!("{}  {:<8} {:<10} {:<14} due {}  strict {}", row.case, row.right, row.phase, row.stage, row.due_on, row.strict_due_on)
        }),
        CaseCommand::Show { case, json: _ } => {
            let file = house.look.case_file(&case).await?.ok_or_else(|| CliError::Said(format!("there is no case `{case}`")))?;
            print_one(&file)
        }
        CaseCommand::Incidents { case, json } => incident::list(house, &case, json).await,
        CaseCommand::Resolve(args) => incident::resolve(house, &args).await,
        CaseCommand::Answer(args) => notice::answer(house, args).await,
        CaseCommand::Signal { case, name, by } => {
            let by = person(&house.door, &by).await?;
            house.door.run(&by, SignalCase { case, name: name.clone() }).await?;
            say(&format!("the case has taken `{name}`"));
            Ok(())
        }
        CaseCommand::Prove { case } => {
            let proof = house.door.prove(&case).await?;
            print_one(&proof)?;
            if proof.problems.is_empty() { Ok(()) } else { Err(CliError::Unverified) }
        }
    }
}

impl OpenArgs {
    /// What is asked beyond the right; what does not belong together is refused rather than dropped.
    fn asked(&self) -> Result<Asked, CliError> {
        let why = self.why.clone();
        match (self.corrections.as_slice(), self.ground, self.objection.as_deref()) {
            ([], None, None) if why.is_none() => Ok(Asked::Nothing),
            ([], Some(ground), None) if why.is_none() => Ok(Asked::Restriction { ground }),
            ([], None, Some("marketing")) if why.is_none() => Ok(Asked::Objection(Objection::Marketing)),
            ([], None, Some("other")) => Ok(Asked::Objection(Objection::Other { why: why.unwrap_or_default() })),
            (told @ [_, ..], None, None) => {
                Ok(Asked::Corrections(told.iter().map(|told| Correction { why: why.clone(), ..told.clone() }).collect()))
            }
            _ => Err(CliError::Said(
                "these do not belong together: --correct (with --why) is for a rectification, --ground for a restriction, \
                 --objection marketing or --objection other --why REASON for an objection"
                    .to_owned(),
            )),
        }
    }
}

async fn register(house: &House, args: OpenArgs) -> Result<(), CliError> {
    let by = match &args.by {
        Some(handle) => person(&house.door, handle).await?,
        None => Actor::Operator,
    };
    let asked = args.asked()?;
    let request = OpenCase {
        right: args.right,
        lang: args.lang,
        email: Personal::new(args.email),
        item: args.item.map(Personal::new),
        kinds: (!args.kinds.is_empty()).then_some(args.kinds),
        asked,
        proofs: Vec::new(),
        received_at: args.received,
        acting: None,
        via: "command-line",
    };
    let reference = house.door.run(&by, request).await?;
    if args.json {
        let file = house.look.case_file(&reference).await?;
        return print_one(&file);
    }
    Ok(writeln!(std::io::stdout(), "{reference}")?)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::{Cli, Command};

    /// What the words on a command line ask for, or how they are refused.
    fn asked(words: &str) -> Result<Asked, String> {
        let line = ["habeas", "case", "open"].into_iter().chain(words.split(' '));
        match Cli::try_parse_from(line).map_err(|error| error.to_string())?.command {
            Command::Case(CaseCommand::Open(args)) => args.asked().map_err(|error| error.to_string()),
            _ => Err("another command".to_owned()),
        }
    }

    #[test]
    fn every_right_can_be_asked_for_in_one_line() {
        let Ok(Asked::Corrections(told)) = asked("rectification --email a@b.no --correct s.c.f=new=1 --correct s.c.g= --why Moved") else {
            panic!("corrections");
        };
        let places: Vec<_> = told.iter().map(|it| (it.kind.as_str(), it.field.as_str(), it.should.as_str(), it.why.as_deref())).collect();
        assert_eq!(places, [("s.c", "f", "new=1", Some("Moved")), ("s.c", "g", "", Some("Moved"))]);
        let ground = RestrictionGround::Claims;
        assert_eq!(asked("restriction --email a@b.no --ground claims --kind s.c"), Ok(Asked::Restriction { ground }));
        assert_eq!(asked("objection --email a@b.no --objection marketing"), Ok(Asked::Objection(Objection::Marketing)));
        let why = "Threats".to_owned();
        assert_eq!(asked("objection --email a@b.no --objection other --why Threats"), Ok(Asked::Objection(Objection::Other { why })));
        assert_eq!(asked("portability --email a@b.no"), Ok(Asked::Nothing));
    }

    #[test]
    fn what_does_not_belong_together_is_refused_in_words() {
        for (words, said) in [
            ("rectification --email a@b.no --correct street=1", "system.collection.field=NEW"),
            ("restriction --email a@b.no --ground because", "contested, unlawful, claims or objected"),
            ("objection --email a@b.no --objection marketing --why Threats", "do not belong together"),
            ("restriction --email a@b.no --ground claims --correct s.c.f=1", "do not belong together"),
            ("delete --email a@b.no", "is not a right"),
        ] {
            let refused = asked(words).unwrap_err();
            assert!(refused.contains(said), "{words}: {refused}");
        }
    }
}
