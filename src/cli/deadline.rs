//! `habeas deadline`: the statutory clock on the command line. Reads no configuration and no store.

use std::io::{self, Write};

use clap::Args;
use habeas_core::law::{
    calendar::{Calendar, CalendarError},
    clock::{self, ClockError, Deadline, Receipt},
    regime::{Regime, RegimeError},
    stop::Stop,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;

/// When must a request be answered, and why
#[derive(Debug, Clone, Args)]
pub struct DeadlineArgs {
    /// The controller's calendar: NO, NL, NL/atw, GB, …, or none for weekends only
    #[arg(long)]
    calendar: String,
    /// The day the request arrived, or the moment, such as 2026-03-02 or 2026-03-01T23:30:00Z
    #[arg(long)]
    received: String,
    /// A question to the person and its answer: FROM..TO, FROM.. while awaited, with id: before it for identity
    #[arg(long = "stop", value_name = "STOP", value_delimiter = ';')]
    stops: Vec<Stop>,
    /// The extension was taken
    #[arg(long)]
    extended: bool,
    /// The law whose clock runs; a wrong name lists those there are
    #[arg(long, default_value = "gdpr")]
    regime: String,
    /// The controller's time zone, in which a moment of receipt is read
    #[arg(long, default_value = "Europe/Oslo")]
    zone: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Why no deadline was printed.
#[derive(Debug, thiserror::Error)]
pub enum DeadlineError {
    /// `--received` cannot be read.
    #[error("`{0}` is neither a day nor a moment; write 2026-03-02 or 2026-03-01T23:30:00Z")]
    Received(String),
    /// `--zone` is unknown.
    #[error("there is no time zone `{0}`; write one such as Europe/Oslo or Europe/Amsterdam")]
    Zone(String),
    /// `--calendar` is unknown.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// `--regime` is unknown or does not run.
    #[error(transparent)]
    Regime(#[from] RegimeError),
    /// The clock gives no date.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The answer could not be written.
    #[error("the deadline could not be written")]
    Write(#[from] io::Error),
}

/// Computes the deadline and writes it, as text or as one JSON object.
pub fn run(args: &DeadlineArgs, out: &mut dyn Write) -> Result<(), DeadlineError> {
    let (regime, calendar) = (Regime::named(&args.regime)?, Calendar::named(&args.calendar)?);
    let received = received(&args.received, &args.zone)?;
    let receipt = Receipt { received, stops: &args.stops, extended: args.extended };
    let deadline = clock::deadline(&receipt, &regime, &calendar)?;
    let write = if args.json { write_json } else { write_text };
    Ok(write(&deadline, out)?)
}

/// A moment is tried first: a day's reader would take its date and overlook the zone.
fn received(text: &str, zone: &str) -> Result<Date, DeadlineError> {
    let zone = TimeZone::get(zone).map_err(|_| DeadlineError::Zone(zone.to_owned()))?;
    match text.parse::<Timestamp>() {
        Ok(moment) => Ok(clock::received_on(moment, &zone)),
        Err(_) => text.parse::<Date>().map_err(|_| DeadlineError::Received(text.to_owned())),
    }
}

/// The JSON contract.
#[derive(Serialize)]
struct Answer {
    due: Date,
    strict_due: Date,
    extension_notice_due: Option<Date>,
    conservative_due: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm_due: Option<Date>,
    because: Vec<String>,
}

fn write_json(deadline: &Deadline, out: &mut dyn Write) -> io::Result<()> {
    let answer = Answer {
        due: deadline.due,
        strict_due: deadline.strict_due,
        extension_notice_due: deadline.extension_notice_due,
        conservative_due: deadline.conservative_due,
        confirm_due: deadline.confirm_due,
        because: deadline.because.iter().map(ToString::to_string).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}

fn write_text(deadline: &Deadline, out: &mut dyn Write) -> io::Result<()> {
    let dates = [
        ("due", Some(deadline.due)),
        ("strict due", Some(deadline.strict_due)),
        ("extension notice due", deadline.extension_notice_due),
        ("confirmation due", deadline.confirm_due),
        ("safe target", Some(deadline.conservative_due)),
    ];
    for (label, date) in dates.into_iter().filter_map(|(label, date)| Some((label, date?))) {
        writeln!(out, "{label:<22}{}", date.strftime("%Y-%m-%d %A"))?;
    }
    writeln!(out, "because")?;
    deadline.because.iter().try_for_each(|because| writeln!(out, "  {because}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        deadline: DeadlineArgs,
    }

    /// What the command line prints, or says on failure.
    fn said(line: &str) -> String {
        let line = match Line::try_parse_from(std::iter::once("deadline").chain(line.split(' '))) {
            Ok(line) => line,
            Err(error) => return error.to_string(),
        };
        let mut out = Vec::new();
        match run(&line.deadline, &mut out) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(error) => error.to_string(),
        }
    }

    fn json(line: &str) -> serde_json::Value {
        serde_json::from_str(&said(&format!("{line} --json"))).unwrap()
    }

    #[test]
    fn json_has_the_dates_and_one_line_per_reason() {
        let answer = json("--calendar NO --received 2026-03-02 --stop 2026-03-04..2026-03-11 --extended");
        assert_eq!(answer["due"], "2026-06-09");
        assert_eq!(answer["strict_due"], "2026-04-07");
        assert_eq!(answer["extension_notice_due"], "2026-04-07");
        assert_eq!(answer["conservative_due"], "2026-06-09");
        assert_eq!(answer["confirm_due"], serde_json::Value::Null);
        assert!(answer["because"][0].as_str().unwrap().starts_with("received on 2026-03-02"));
        assert_eq!(json("--calendar US-CA --received 2026-03-02 --regime us_ca")["confirm_due"], "2026-03-16");
    }

    #[test]
    fn a_moment_is_read_in_the_controllers_zone() {
        let due = |line: &str| json(&format!("--calendar none --received {line}"))["due"].clone();
        assert_eq!(due("2026-09-01T22:30:00Z"), "2026-10-02");
        assert_eq!(due("2026-09-01T22:30:00Z --zone Europe/London"), "2026-10-01");
        assert_eq!(due("2026-09-01T23:30:00+02:00"), "2026-10-01");
        assert_eq!(due("2026-09-01T23:30:00"), "2026-10-01");
    }

    #[test]
    fn text_lists_dates_then_reasons() {
        let text = said("--calendar none --received 2026-09-01");
        assert!(text.starts_with("due                   2026-10-01 Thursday\nstrict due            2026-10-01 Thursday\n"), "{text}");
        assert!(text.ends_with("  the answer is due on Thursday 2026-10-01\n"), "{text}");
    }

    #[test]
    fn bad_input_says_what_to_write() {
        for (line, message) in [
            ("--calendar no --received 2026-03-02", "did you mean `NO`?"),
            ("--calendar NO --received yesterday", "`yesterday` is neither a day nor a moment"),
            ("--calendar NO --received 2026-02-30", "`2026-02-30` is neither a day nor a moment"),
            ("--calendar NO --received 2026-03-02 --zone Oslo", "there is no time zone `Oslo`"),
            ("--calendar NO --received 2026-03-02 --regime pipeda", "is not reviewed and does not run"),
            ("--calendar NO --received 2026-03-02 --stop 2026-03-11..2026-03-04", "ends before it begins"),
            ("--calendar NO --received 2036-03-02", "calendar `NO` is not reviewed for 2036"),
        ] {
            assert!(said(line).contains(message), "{}", said(line));
        }
    }
}
