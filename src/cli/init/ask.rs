//! Asks the questions one after the other, on a terminal or of a file of answers. Each answer is checked before the next question.

use std::{
    collections::BTreeMap,
    io::{BufRead, Write},
};

use super::{
    super::CliError,
    question::{Given, QUESTIONS, Question},
};

/// Where answers come from.
pub(super) struct Interview<'io> {
    /// What was answered beforehand, by key.
    pub(super) before: BTreeMap<String, String>,
    /// Somebody at a terminal; nobody: what is not answered beforehand is what is usual.
    pub(super) somebody: Option<(&'io mut dyn BufRead, &'io mut dyn Write)>,
}

impl Interview<'_> {
    /// Whether somebody can be asked again.
    pub(super) const fn is_live(&self) -> bool {
        self.somebody.is_some()
    }

    /// Asks questions in order and keeps their answers.
    pub(super) fn ask(&mut self, questions: std::ops::Range<usize>, given: &mut Given) -> Result<(), CliError> {
        let mut missing = Vec::new();
        for question in QUESTIONS.get(questions).unwrap_or_default() {
            if !(question.asked)(given) {
                given.set(question.key, super::answer::NONE.to_owned());
                continue;
            }
            match self.answer(question, given)? {
                Some(text) => given.set(question.key, text),
                None => missing.push(question.key),
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let words = missing.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        Err(CliError::Usage(format!(
            "not answered: {words}; say it with --set KEY=ANSWER or in a file of --answers, or run this on a terminal"
        )))
    }

    /// Says something to whoever is asked.
    pub(super) fn say(&mut self, words: &str) -> Result<(), CliError> {
        if let Some((_, out)) = &mut self.somebody {
            writeln!(out, "{words}")?;
        }
        Ok(())
    }

    fn answer(&mut self, question: &Question, given: &Given) -> Result<Option<String>, CliError> {
        let usual = (question.usual)(given);
        if let Some(text) = self.before.remove(question.key) {
            match (question.check)(text.trim(), given) {
                Ok(()) => return Ok(Some(text.trim().to_owned())),
                Err(wrong) if !self.is_live() => return Err(CliError::Usage(format!("{}: {wrong}", question.key))),
                Err(wrong) => self.say(&format!("\n{wrong}"))?,
            }
        }
        let Some((typed, out)) = &mut self.somebody else { return Ok(usual) };
        loop {
            let (number, of) = place(question, given);
            writeln!(out, "\n{number} of {of}. {}", question.ask)?;
            writeln!(out, "   {}", question.how)?;
            match &usual {
                Some(usual) => write!(out, "   [{usual}] ")?,
                None => write!(out, "   ")?,
            }
            out.flush()?;
            let mut line = String::new();
            if typed.read_line(&mut line)? == 0 {
                return Err(CliError::Said("stopped; nothing was written".to_owned()));
            }
            let text = match (line.trim(), &usual) {
                ("", Some(usual)) => usual.clone(),
                (text, _) => text.to_owned(),
            };
            match (question.check)(&text, given) {
                Ok(()) => return Ok(Some(text)),
                Err(wrong) => writeln!(out, "   {wrong}")?,
            }
        }
    }
}

/// Which question this is, of how many that are asked after what was answered so far.
fn place(question: &Question, given: &Given) -> (usize, usize) {
    let asked = || QUESTIONS.iter().filter(|other| (other.asked)(given) || other.key == question.key);
    (asked().take_while(|other| other.key != question.key).count() + 1, asked().count())
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, io::Cursor};

    use super::{
        super::question::{Given, QUESTIONS, SYSTEM},
        CliError, Interview,
    };

    fn typed(lines: &str, before: &[(&str, &str)]) -> (Result<Given, CliError>, String) {
        let (mut input, mut out) = (Cursor::new(lines.to_owned()), Vec::new());
        let before = before.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        let mut interview = Interview { before, somebody: Some((&mut input, &mut out)) };
        let mut given = Given::default();
        let asked = interview.ask(0..QUESTIONS.len(), &mut given);
        (asked.map(|()| given), String::from_utf8(out).unwrap())
    }

    const ALL: &str = "Shop AS\n\nprivacy@shop.example\n\nStreet 1, 0001 Oslo\n\n\n\n\n\n\nFiles\nVera Vik <vera@shop.example>\nKari Nes <kari@shop.example>\nPer Lie <per@shop.example>\n";

    #[test]
    fn an_empty_line_is_what_is_usual_and_progress_is_told() {
        let (given, shown) = typed(ALL, &[]);
        let given = given.unwrap();
        assert_eq!((given.get("country"), given.get("authority"), given.get("time-zone")), ("NO", "datatilsynet", "Europe/Oslo"));
        assert_eq!((given.get("hours"), given.get("password"), given.get("url")), ("-", "-", "http://localhost:8000"));
        assert!(shown.contains("1 of 15. What is your organisation called?") && shown.contains("15 of 15. Who approves"), "{shown}");
        assert!(!shown.contains("Where is its password?"), "nobody is asked for what is not needed");
    }

    #[test]
    fn a_wrong_answer_is_told_at_once_and_asked_again() {
        let (given, shown) = typed(&ALL.replacen("\nprivacy@", "\nprivacy.shop\nprivacy@", 1), &[]);
        assert_eq!(given.unwrap().get("email"), "privacy@shop.example");
        assert!(shown.contains("`privacy.shop` is no e-mail address") && shown.matches("\n3 of 15").count() == 2, "{shown}");
        let (given, _) = typed(&ALL.replace("kari@", "VERA@"), &[]);
        assert!(given.is_err(), "the same person twice");
        let (stopped, _) = typed("Shop AS\n", &[]);
        assert_eq!(stopped.unwrap_err().to_string(), "stopped; nothing was written");
    }

    #[test]
    fn what_was_answered_beforehand_is_not_asked() {
        let lines = ALL.replacen("Shop AS\n\n", "", 1);
        let (given, shown) =
            typed(&lines, &[("name", "Butikk AS"), ("country", "SE"), ("authority", "ap"), ("time-zone", "Europe/Stockholm")]);
        assert_eq!(given.unwrap().get("name"), "Butikk AS");
        assert!(!shown.contains("What is your organisation called?") && !shown.contains("Where can people complain?"), "{shown}");
        let mut nobody = Interview { before: BTreeMap::from([("country".to_owned(), "SE".to_owned())]), somebody: None };
        let told = nobody.ask(0..SYSTEM.start, &mut Given::default()).unwrap_err();
        assert_eq!(told.code(), 2);
        assert!(told.to_string().starts_with("not answered: `name`, `email`, `post`, `authority`, `time-zone`;"), "{told}");
        let mut wrong = Interview { before: BTreeMap::from([("country".to_owned(), "Sverige".to_owned())]), somebody: None };
        assert!(wrong.ask(1..2, &mut Given::default()).unwrap_err().to_string().starts_with("country: `Sverige` is no country"));
    }
}
