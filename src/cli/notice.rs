//! `habeas case answer`: what a recipient said of what it was told (Art. 19).

use clap::Args;
use habeas_core::law::notice::{Answer, Lack, Why};

use super::{CliError, person, say};
use crate::{action::answer_notice::AnswerNotice, house::House};

/// An answer to record.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// The case's reference
    case: String,
    /// The recipient, as recipients.yaml calls it
    recipient: String,
    /// What it said: acknowledged (with --name), refused (with --reason) or impossible (with --why and --reason)
    #[arg(value_parser = Answer::NAMES)]
    answer: String,
    /// Who confirmed it
    #[arg(long, default_value = "")]
    name: String,
    /// Why it is impossible: gone, not-recorded, not-identifiable or disproportionate
    #[arg(long, default_value = "", value_parser = why)]
    why: String,
    /// In words; the person reads them
    #[arg(long, default_value = "")]
    reason: String,
    /// Who records it
    #[arg(long = "as", value_name = "HANDLE")]
    by: String,
}

fn why(name: &str) -> Result<String, String> {
    let known = || Why::ALL.map(Why::name).join(", ");
    if name.is_empty() || Why::from_name(name).is_some() {
        return Ok(name.to_owned());
    }
    Err(format!("`{name}` is not one of {}", known()))
}

pub(super) async fn answer(house: &House, args: AnswerArgs) -> Result<(), CliError> {
    let option = |lack: &Lack| match lack {
        Lack::Answer => "what it said",
        Lack::By => "--name",
        Lack::Reason => "--reason",
        Lack::Why => "--why",
    };
    let missing = |lacks: Vec<Lack>| {
        let lacks = lacks.iter().map(option).collect::<Vec<_>>().join(" and ");
        CliError::Said(format!("`{}` needs {lacks}", args.answer))
    };
    let answer = Answer::of(&args.answer, &args.name, &args.why, &args.reason).map_err(missing)?;
    let by = person(&house.door, &args.by).await?;
    let notice = house.door.newest_notice(&args.case, &args.recipient).await?;
    house.door.run(&by, AnswerNotice { case: args.case, notice, answer }).await?;
    say(&format!("recorded what `{}` answered", args.recipient));
    Ok(())
}
