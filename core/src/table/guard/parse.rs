//! Reads a guard: `||` binds weakest, then `&&`, then `!`; a comparison has an input on one side and a value on the other.

use std::{iter::Peekable, vec::IntoIter};

use super::{
    Path, Term, Test, Wrong,
    token::{Sign, Token, tokens, wrong},
};
use crate::table::value::Value;

/// The most parentheses and `!` inside one another.
const DEEPEST: usize = 32;

/// The longest guard, in bytes.
const LONGEST: usize = 4_000;

pub(super) fn guard(text: &str) -> Result<Term, Wrong> {
    if text.len() > LONGEST {
        return Err(wrong(0, "this guard is too long to be read", "make rows of its parts".to_owned()));
    }
    let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), end: text.chars().count(), depth: 0 };
    let term = parser.or()?;
    match parser.tokens.next() {
        None => Ok(term),
        Some(Token { at, sign: Sign::Close }) => Err(wrong(at, "nothing was opened that this could close", None)),
        Some(Token { at, sign: Sign::Test(_) }) => Err(wrong(at, "comparisons do not chain", "join two of them with `&&`".to_owned())),
        Some(Token { at, .. }) => Err(wrong(at, "the guard should have ended here", "join its parts with `&&` or `||`".to_owned())),
    }
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    end: usize,
    depth: usize,
}

/// One side of a comparison.
enum Side {
    Input(Path),
    Value(usize, Value),
}

impl Parser {
    fn takes(&mut self, sign: &Sign) -> bool {
        self.tokens.next_if(|token| token.sign == *sign).is_some()
    }

    fn or(&mut self) -> Result<Term, Wrong> {
        let mut terms = vec![self.and()?];
        while self.takes(&Sign::Or) {
            terms.push(self.and()?);
        }
        Ok(one_or(terms, Term::Or))
    }

    fn and(&mut self) -> Result<Term, Wrong> {
        let mut terms = vec![self.not()?];
        while self.takes(&Sign::And) {
            terms.push(self.not()?);
        }
        Ok(one_or(terms, Term::And))
    }

    fn not(&mut self) -> Result<Term, Wrong> {
        let at = self.place();
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(wrong(at, "this is nested too deeply to be read", "make rows of its parts".to_owned()));
        }
        let term = if self.takes(&Sign::Not) {
            Term::Not(Box::new(self.not()?))
        } else if self.takes(&Sign::Open) {
            let term = self.or()?;
            self.closes(at)?;
            term
        } else if self.takes(&Sign::Has) {
            self.has(at)?
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(term)
    }

    fn has(&mut self, at: usize) -> Result<Term, Wrong> {
        let shape = || wrong(at, "`has` takes the name of an input", "write it like `has(invoice.number)`".to_owned());
        if !self.takes(&Sign::Open) {
            return Err(shape());
        }
        let Side::Input(path) = self.side().map_err(|_| shape())? else { return Err(shape()) };
        self.closes(at)?;
        Ok(Term::Has(path))
    }

    fn closes(&mut self, opened: usize) -> Result<(), Wrong> {
        if self.takes(&Sign::Close) { Ok(()) } else { Err(wrong(opened, "this is never closed", "add `)`".to_owned())) }
    }

    fn comparison(&mut self) -> Result<Term, Wrong> {
        let left = self.side()?;
        let Some(Token { at, sign: Sign::Test(test) }) = self.tokens.next_if(|token| matches!(token.sign, Sign::Test(_))) else {
            return match left {
                Side::Input(path) => Ok(Term::Test { path, test: Test::Equal, values: vec![Value::Flag(true)] }),
                Side::Value(at, _) => Err(wrong(at, "a value alone decides nothing", "compare an input with it".to_owned())),
            };
        };
        if test == Test::In {
            let Side::Input(path) = left else { return Err(wrong(at, "left of `in` stands an input", None)) };
            return Ok(Term::Test { path, test, values: self.list(at)? });
        }
        match (left, self.side()?) {
            (Side::Input(path), Side::Value(_, value)) => Ok(Term::Test { path, test, values: vec![value] }),
            (Side::Value(_, value), Side::Input(path)) => Ok(Term::Test { path, test: test.turned(), values: vec![value] }),
            (Side::Input(_), Side::Input(path)) => {
                let help = format!("a text stands in double quotes: `\"{}\"`", path.name);
                Err(wrong(path.at, "an input is compared with a value, both of these are inputs", help))
            }
            (Side::Value(at, _), Side::Value(..)) => Err(wrong(at, "an input is compared with a value, both of these are values", None)),
        }
    }

    /// `["a", "b"]`
    fn list(&mut self, at: usize) -> Result<Vec<Value>, Wrong> {
        let shape = || wrong(at, "right of `in` stands a list of values", "write it like `in [\"paid\", \"sent\"]`".to_owned());
        if !self.takes(&Sign::OpenList) {
            return Err(shape());
        }
        let mut values: Vec<Value> = Vec::new();
        loop {
            let Side::Value(at, value) = self.side().map_err(|_| shape())? else { return Err(shape()) };
            if let Some(first) = values.first()
                && first.kind() != value.kind()
            {
                return Err(wrong(at, format!("a {} does not belong in a list of a {}", value.kind(), first.kind()), None));
            }
            values.push(value);
            if self.takes(&Sign::CloseList) {
                return Ok(values);
            }
            if !self.takes(&Sign::Comma) {
                return Err(shape());
            }
        }
    }

    fn side(&mut self) -> Result<Side, Wrong> {
        match self.tokens.next() {
            Some(Token { at, sign: Sign::Name(name) }) => Ok(Side::Input(Path { name, at })),
            Some(Token { at, sign: Sign::Value(value) }) => Ok(Side::Value(at, value)),
            Some(Token { at, .. }) => Err(wrong(at, "an input or a value is missing before this", None)),
            None => Err(wrong(self.end, "the guard ends where an input or a value should follow", None)),
        }
    }

    fn place(&mut self) -> usize {
        self.tokens.peek().map_or(self.end, |token| token.at)
    }
}

fn one_or(mut terms: Vec<Term>, many: fn(Vec<Term>) -> Term) -> Term {
    if terms.len() > 1 {
        return many(terms);
    }
    terms.pop().unwrap_or(Term::And(Vec::new()))
}
