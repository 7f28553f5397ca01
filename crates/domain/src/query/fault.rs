//! What is wrong with a query: made from a place in its text, told in one English sentence.

use super::syntax::Place;
use crate::refusal::Refusal;
use tenon_protocol::error::{QueryFault, QueryReason};

/// Limit: characters of the query that a fault quotes.
const FOUND_CHARS_MAX: usize = 60;

/// A fault that does not know its line yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub reason: QueryReason,
    pub place: Place,
    /// Quoted from the text when empty.
    pub found: String,
    pub expected: Vec<String>,
}

impl Fault {
    pub fn new(reason: QueryReason, place: Place) -> Self {
        Self {
            reason,
            place,
            found: String::new(),
            expected: Vec::new(),
        }
    }

    pub fn expecting<'a>(self, expected: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            expected: expected.into_iter().map(str::to_owned).collect(),
            ..self
        }
    }

    /// The refusal, with the place in this text as line and column.
    pub fn refuse(self, text: &str) -> Refusal {
        let (mut line, mut column) = (1, 1);
        for letter in text.chars().take(self.place.start) {
            if letter == '\n' {
                (line, column) = (line + 1, 1);
            } else {
                column += 1;
            }
        }
        let length = self.place.length;
        let found = text.chars().skip(self.place.start);
        let found = if self.found.is_empty() {
            found.take(length.min(FOUND_CHARS_MAX)).collect()
        } else {
            self.found
        };
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Refusal::BadQuery(Box::new(QueryFault {
            reason: self.reason,
            line,
            column,
            length,
            found,
            expected: self.expected,
        }))
    }
}

/// Says what to do.
pub fn sentence(fault: &QueryFault) -> String {
    let QueryFault {
        line,
        column,
        found,
        expected,
        ..
    } = fault;
    let place = format!("Line {line}, column {column}");
    let expected = expected.join(", ");
    match fault.reason {
        QueryReason::Unexpected if found.is_empty() => {
            format!("{place}: the query ends here; expected {expected}.")
        }
        QueryReason::Unexpected => format!("{place}: {found} does not fit; expected {expected}."),
        QueryReason::Unclosed => format!("{place}: close the quotation mark."),
        QueryReason::UnknownField => {
            format!("{place}: there is no field {found}; fields are {expected}.")
        }
        QueryReason::WrongOperator => {
            format!("{place}: {found} does not go with this field; use {expected}.")
        }
        QueryReason::UnknownValue => {
            format!("{place}: there is no {expected} {found} that you can see.")
        }
        QueryReason::NotADate => format!(
            "{place}: {found} is not a date; write 2026-11-30, \"2026-11-30 14:00\", -7d or \
             startOfDay()."
        ),
        QueryReason::NotANumber => format!("{place}: {found} is not a number."),
        QueryReason::UnknownFunction => {
            format!("{place}: {found} cannot be used here; functions are {expected}.")
        }
        QueryReason::NoWords => format!("{place}: {found} holds no word to look for."),
        QueryReason::NotOrdered => {
            format!("{place}: tasks cannot be ordered by {found}; use {expected}.")
        }
        QueryReason::TooLong => format!("The query is too long; it may have {expected} bytes."),
        QueryReason::TooManyTerms => {
            format!("{place}: too many conditions; a query may have {expected}.")
        }
        QueryReason::TooDeep => {
            format!("{place}: too many parentheses or NOTs within one another; {expected} at most.")
        }
        QueryReason::TooManyValues => {
            format!("{place}: too many values; a query may name {expected}.")
        }
    }
}
