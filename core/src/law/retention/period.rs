//! The arithmetic of keeping: anchor, year end, period, last day kept. No working-day roll (that is for deadlines only).

use jiff::{Span, civil::Date};

use super::{Adjust, Rule};

/// Last day of a fiscal year: month and day. 29 February means the last of February.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearEnd {
    month: i8,
    day: i8,
}

impl Default for YearEnd {
    fn default() -> Self {
        Self::DECEMBER
    }
}

/// Not a month and day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a day of the year: write month and day, such as `12-31`")]
pub struct BadYearEnd(String);

impl YearEnd {
    /// 31 December.
    pub const DECEMBER: Self = Self { month: 12, day: 31 };

    /// Reads `MM-DD`.
    pub fn parse(text: &str) -> Result<Self, BadYearEnd> {
        // A leap year, so that 29 February can be said.
        let day: Option<Date> = format!("2000-{text}").parse().ok().filter(|_| text.len() == "12-31".len());
        let day = day.ok_or_else(|| BadYearEnd(text.to_owned()))?;
        Ok(Self { month: day.month(), day: day.day() })
    }

    /// The first year end on or after a day.
    pub(super) fn from(self, day: Date) -> Date {
        let this = self.in_year(day.year());
        if day <= this { this } else { self.in_year(day.year().saturating_add(1)) }
    }

    fn in_year(self, year: i16) -> Date {
        // Only 29 February can be missing from a year, and only a year past the calendar's end has no February.
        Date::new(year, self.month, self.day).or_else(|_| Date::new(year, 2, 28)).unwrap_or(Date::MAX)
    }
}

/// Not a period to keep something for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPeriod {
    /// Not ISO 8601.
    #[error("`{0}` is not a period: write it as in ISO 8601, such as `P5Y`, `P3Y6M` or `P60D`")]
    Form(String),
    /// With hours or less, nothing, or backwards.
    #[error("`{0}` is not a period of whole days: use years, months, weeks or days, and more than none")]
    Days(String),
}

/// Reads an ISO 8601 period of whole days, weeks, months or years.
pub fn period(text: &str) -> Result<Span, BadPeriod> {
    let span = text.parse().ok().filter(|_| text.starts_with('P')).ok_or_else(|| BadPeriod::Form(text.to_owned()))?;
    if Span::is_positive(span) && !text.contains('T') { Ok(span) } else { Err(BadPeriod::Days(text.to_owned())) }
}

/// How long: a period, or some of them one after the other, such as `P30D+P30D` (first inactive, then gone).
#[derive(Debug, Clone)]
pub struct Term(Vec<Span>);

impl Term {
    /// Its periods, at least one.
    pub fn periods(&self) -> &[Span] {
        &self.0
    }

    /// The last day of each period, counted from a day that does not count itself.
    ///
    /// A month that lacks the day ends on its last (29 February plus three years is 28 February).
    pub fn ends(&self, from: Date) -> impl Iterator<Item = Date> {
        self.0.iter().scan(from, |day, period| {
            *day = day.saturating_add(*period);
            Some(*day)
        })
    }
}

/// Reads one period, or several with `+` between them.
pub fn term(text: &str) -> Result<Term, BadPeriod> {
    text.split('+').map(|part| period(part.trim())).collect::<Result<_, _>>().map(Term)
}

/// The last day a rule speaks for: the anchor moved to its year end, plus the term; the anchor day itself does not count.
pub fn keep_until(anchor: Date, rule: &Rule, fiscal_year_end: YearEnd) -> Date {
    let from = match rule.anchor.as_ref().map(|anchor| anchor.adjust).unwrap_or_default() {
        Adjust::None => anchor,
        Adjust::FiscalYearEnd => fiscal_year_end.from(anchor),
        Adjust::CalendarYearEnd => YearEnd::DECEMBER.from(anchor),
    };
    rule.period.ends(from).last().unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{BadPeriod, YearEnd, keep_until, period, term};
    use crate::law::{
        lang::Text,
        retention::{Adjust, Anchor, InForce, Kind, Rule},
    };

    fn rule(keep: &str, adjust: Adjust) -> Rule {
        Rule {
            id: "R".to_owned(),
            kind: Kind::MustKeep,
            covers: vec![],
            when: vec![],
            guard: None,
            kernel: vec![],
            period: term(keep).unwrap(),
            anchor: Some(Anchor { field: "s.c.f".to_owned(), adjust }),
            only_for: None,
            law: String::new(),
            ground: None,
            because: Text::default(),
            source: String::new(),
            checked_on: date(2026, 11, 20),
            in_force: InForce::default(),
        }
    }

    fn assert_kept(anchor: Date, keep: &str, adjust: Adjust, last_day: Date, erasable_from: Date) {
        let until = keep_until(anchor, &rule(keep, adjust), YearEnd::DECEMBER);
        assert_eq!((until, until.tomorrow().unwrap()), (last_day, erasable_from), "{anchor} + {keep}");
    }

    #[test]
    fn no_invoice_of_march_is_kept_five_years_after_the_year() {
        assert_kept(date(2026, 3, 14), "P5Y", Adjust::FiscalYearEnd, date(2031, 12, 31), date(2032, 1, 1));
    }

    #[test]
    fn no_invoice_with_a_fiscal_year_ending_in_june() {
        let june = YearEnd::parse("06-30").unwrap();
        let rule = rule("P5Y", Adjust::FiscalYearEnd);
        assert_eq!(keep_until(date(2026, 9, 1), &rule, june), date(2032, 6, 30));
        assert_eq!(keep_until(date(2026, 6, 30), &rule, june), date(2031, 6, 30), "the year end belongs to its year");
        assert_eq!(keep_until(date(2026, 7, 1), &rule, june), date(2032, 6, 30));
    }

    #[test]
    fn no_agreement_is_kept_three_and_a_half_years_after_the_year() {
        for day in [date(2026, 1, 1), date(2026, 12, 31)] {
            assert_kept(day, "P3Y6M", Adjust::FiscalYearEnd, date(2030, 6, 30), date(2030, 7, 1));
        }
    }

    #[test]
    fn no_dialogue_is_kept_three_years_after_the_relationship() {
        assert_kept(date(2026, 3, 14), "P3Y", Adjust::None, date(2029, 3, 14), date(2029, 3, 15));
    }

    #[test]
    fn a_relationship_ended_on_leap_day() {
        assert_kept(date(2028, 2, 29), "P3Y", Adjust::None, date(2031, 2, 28), date(2031, 3, 1));
    }

    #[test]
    fn no_cancelled_order_is_gone_after_sixty_days() {
        assert_kept(date(2026, 3, 14), "P60D", Adjust::None, date(2026, 5, 13), date(2026, 5, 14));
    }

    #[test]
    fn no_unanswered_quote_is_inactive_after_thirty_days_and_gone_after_thirty_more() {
        assert_kept(date(2026, 3, 14), "P30D", Adjust::None, date(2026, 4, 13), date(2026, 4, 14));
        assert_kept(date(2026, 4, 13), "P30D", Adjust::None, date(2026, 5, 13), date(2026, 5, 14));
        assert_kept(date(2026, 3, 14), "P60D", Adjust::None, date(2026, 5, 13), date(2026, 5, 14));
    }

    #[test]
    fn no_cancelled_order_with_an_invoice_has_three_dates() {
        assert_kept(date(2026, 3, 14), "P60D", Adjust::None, date(2026, 5, 13), date(2026, 5, 14));
        assert_kept(date(2026, 3, 14), "P3Y", Adjust::None, date(2029, 3, 14), date(2029, 3, 15));
        assert_kept(date(2026, 3, 14), "P5Y", Adjust::FiscalYearEnd, date(2031, 12, 31), date(2032, 1, 1));
    }

    #[test]
    fn nl_invoice_of_any_day_is_kept_seven_years_after_the_year() {
        for day in [date(2026, 1, 1), date(2026, 6, 15), date(2026, 12, 31)] {
            assert_kept(day, "P7Y", Adjust::CalendarYearEnd, date(2033, 12, 31), date(2034, 1, 1));
        }
    }

    #[test]
    fn nl_contract_is_kept_seven_years_after_the_year_it_ended() {
        assert_kept(date(2026, 9, 30), "P7Y", Adjust::CalendarYearEnd, date(2033, 12, 31), date(2034, 1, 1));
    }

    #[test]
    fn nl_wwft_relationship_is_kept_to_the_exact_day() {
        assert_kept(date(2026, 3, 15), "P5Y", Adjust::None, date(2031, 3, 15), date(2031, 3, 16));
    }

    #[test]
    fn a_calendar_year_end_ignores_the_fiscal_year() {
        let june = YearEnd::parse("06-30").unwrap();
        assert_eq!(keep_until(date(2026, 9, 1), &rule("P7Y", Adjust::CalendarYearEnd), june), date(2033, 12, 31));
    }

    #[test]
    fn the_end_of_the_calendar_keeps() {
        assert_eq!(keep_until(Date::MAX, &rule("P5Y", Adjust::FiscalYearEnd), YearEnd::DECEMBER), Date::MAX);
        assert_eq!(keep_until(Date::MAX, &rule("P5Y", Adjust::FiscalYearEnd), YearEnd::parse("06-30").unwrap()), Date::MAX);
    }

    #[test]
    fn year_ends_are_month_and_day() {
        let february = YearEnd::parse("02-29").unwrap();
        assert_eq!(keep_until(date(2026, 1, 1), &rule("P1D", Adjust::FiscalYearEnd), february), date(2026, 3, 1));
        for bad in ["", "12", "12-32", "13-01", "31-12", "2-28", "+1-01", "12-31-01", "00-00"] {
            assert!(YearEnd::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn periods_are_whole_days_and_more_than_none() {
        for bad in ["5Y", "P", "", "five years", "P5Y.", "p5y"] {
            assert_eq!(period(bad).unwrap_err(), BadPeriod::Form(bad.to_owned()));
        }
        for bad in ["PT5H", "P1DT1H", "P0D"] {
            assert_eq!(period(bad).unwrap_err(), BadPeriod::Days(bad.to_owned()));
        }
        assert!(period("-P5Y").is_err());
    }
}
