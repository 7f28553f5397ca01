//! Reads tokens into a tree, by descent. Depth, terms and values are limited, so that no text can
//! take more than its share of time or stack.

use super::{
    fault::Fault,
    syntax::{
        Clause, Name, Node, Operator, Place, Predicate, PredicateKind, Query, Sorting, Value,
        ValueKind,
    },
    token::{Token, TokenKind, tokens},
};
use tenon_protocol::{
    error::QueryReason,
    limit::{QUERY_BYTES_MAX, QUERY_DEPTH_MAX, QUERY_SORTS_MAX, QUERY_TERMS_MAX, QUERY_VALUES_MAX},
};

/// Reads a query.
pub fn parse(text: &str) -> Result<Query, Fault> {
    if text.len() > QUERY_BYTES_MAX {
        return Err(too_many(
            QueryReason::TooLong,
            Place::default(),
            QUERY_BYTES_MAX,
        ));
    }
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        depth: 0,
        terms: 0,
        values: 0,
    };
    parser.query()
}

/// Words that mean something by themselves; as values they are quoted.
const KEYWORDS: &[(&str, Keyword)] = &[
    ("and", Keyword::And),
    ("且", Keyword::And),
    ("or", Keyword::Or),
    ("或", Keyword::Or),
    ("not", Keyword::Not),
    ("非", Keyword::Not),
    ("in", Keyword::In),
    ("is", Keyword::Is),
    ("was", Keyword::Was),
    ("changed", Keyword::Changed),
    ("empty", Keyword::Empty),
    ("null", Keyword::Empty),
    ("空", Keyword::Empty),
    ("order", Keyword::Order),
    ("by", Keyword::By),
    ("asc", Keyword::Ascending),
    ("desc", Keyword::Descending),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    And,
    Or,
    Not,
    In,
    Is,
    Was,
    Changed,
    Empty,
    Order,
    By,
    Ascending,
    Descending,
}

/// Whether a value must be quoted to be one.
pub fn is_keyword(word: &str) -> bool {
    keyword(word).is_some()
}

fn keyword(word: &str) -> Option<Keyword> {
    let same = |(text, _): &&(&str, Keyword)| text.eq_ignore_ascii_case(word);
    KEYWORDS.iter().find(same).map(|(_, keyword)| *keyword)
}

fn too_many(reason: QueryReason, place: Place, max: usize) -> Fault {
    Fault::new(reason, place).expecting([max.to_string().as_str()])
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    terms: usize,
    values: usize,
}

impl Parser {
    fn query(&mut self) -> Result<Query, Fault> {
        let mut query = Query::default();
        let ends = self.next().kind == TokenKind::End;
        if !ends && !self.is(Keyword::Order) {
            query.condition = Some(self.or()?);
        }
        if self.take(Keyword::Order) {
            if !self.take(Keyword::By) {
                return Err(self.unexpected(["BY"]));
            }
            query.order = self.order()?;
        }
        if self.next().kind != TokenKind::End {
            let expected = if query.order.is_empty() {
                &["AND", "OR", "ORDER BY"][..]
            } else {
                &[",", "ASC", "DESC"]
            };
            return Err(self.unexpected(expected.iter().copied()));
        }
        Ok(query)
    }

    fn order(&mut self) -> Result<Vec<Sorting>, Fault> {
        let mut order = Vec::new();
        loop {
            let field = self.field()?;
            let descending = if self.take(Keyword::Descending) {
                Some(true)
            } else {
                self.take(Keyword::Ascending).then_some(false)
            };
            if order.len() == QUERY_SORTS_MAX {
                let reason = QueryReason::TooManyTerms;
                return Err(too_many(reason, field.place, QUERY_SORTS_MAX));
            }
            order.push(Sorting { field, descending });
            if !self.take_sign(",") {
                return Ok(order);
            }
        }
    }

    fn or(&mut self) -> Result<Node, Fault> {
        let mut nodes = vec![self.and()?];
        while self.take(Keyword::Or) || self.take_sign("|") {
            nodes.push(self.and()?);
        }
        Ok(joined(nodes, Node::Or))
    }

    fn and(&mut self) -> Result<Node, Fault> {
        let mut nodes = vec![self.not()?];
        while self.take(Keyword::And) || self.take_sign("&") {
            nodes.push(self.not()?);
        }
        Ok(joined(nodes, Node::And))
    }

    fn not(&mut self) -> Result<Node, Fault> {
        let place = self.next().place;
        if self.take(Keyword::Not) || self.take_sign("!") {
            self.deeper(place)?;
            let node = self.not()?;
            self.depth -= 1;
            return Ok(Node::Not(Box::new(node)));
        }
        if self.take_sign("(") {
            self.deeper(place)?;
            let node = self.or()?;
            self.depth -= 1;
            if !self.take_sign(")") {
                return Err(self.unexpected([")", "AND", "OR"]));
            }
            return Ok(node);
        }
        self.terms += 1;
        if self.terms > QUERY_TERMS_MAX {
            return Err(too_many(QueryReason::TooManyTerms, place, QUERY_TERMS_MAX));
        }
        self.clause().map(Node::Clause)
    }

    fn deeper(&mut self, place: Place) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > QUERY_DEPTH_MAX {
            return Err(too_many(QueryReason::TooDeep, place, QUERY_DEPTH_MAX));
        }
        Ok(())
    }

    fn clause(&mut self) -> Result<Clause, Fault> {
        let field = self.field()?;
        let (operator, operator_place) = self.operator()?;
        let (values, list) = match operator {
            Operator::Changed => (Vec::new(), false),
            Operator::In | Operator::NotIn | Operator::WasIn | Operator::WasNotIn => {
                self.listed()?
            }
            Operator::Is | Operator::IsNot => {
                let value = self.value()?;
                if value.kind != ValueKind::Empty {
                    let fault = Fault::new(QueryReason::Unexpected, value.place);
                    return Err(fault.expecting(["EMPTY"]));
                }
                (vec![value], false)
            }
            _ => (vec![self.value()?], false),
        };
        let mut predicates = Vec::new();
        if operator.is_past() {
            while let Some(predicate) = self.predicate(operator)? {
                predicates.push(predicate);
            }
        }
        Ok(Clause {
            field,
            operator,
            operator_place,
            values,
            list,
            predicates,
        })
    }

    fn field(&mut self) -> Result<Name, Fault> {
        let token = self.next().clone();
        match token.kind {
            TokenKind::Word(text) if keyword(&text).is_none() => {
                self.at += 1;
                let place = token.place;
                Ok(Name { text, place })
            }
            TokenKind::Quoted(text) => {
                self.at += 1;
                let place = token.place;
                Ok(Name { text, place })
            }
            _ => Err(self.unexpected(["field"])),
        }
    }

    fn operator(&mut self) -> Result<(Operator, Place), Fault> {
        let start = self.next().place;
        let operator = match &self.next().kind {
            TokenKind::Sign("=") => Operator::Equal,
            TokenKind::Sign("!=") => Operator::NotEqual,
            TokenKind::Sign("~") => Operator::Contains,
            TokenKind::Sign("!~") => Operator::ContainsNot,
            TokenKind::Sign("<") => Operator::Less,
            TokenKind::Sign("<=") => Operator::LessOrEqual,
            TokenKind::Sign(">") => Operator::Greater,
            TokenKind::Sign(">=") => Operator::GreaterOrEqual,
            TokenKind::Word(word) => match keyword(word) {
                Some(Keyword::In) => Operator::In,
                Some(Keyword::Not) => Operator::NotIn,
                Some(Keyword::Is) => Operator::Is,
                Some(Keyword::Was) => Operator::Was,
                Some(Keyword::Changed) => Operator::Changed,
                _ => return Err(self.unexpected(["operator"])),
            },
            _ => return Err(self.unexpected(["operator"])),
        };
        self.at += 1;
        let operator = match operator {
            Operator::NotIn if !self.take(Keyword::In) => return Err(self.unexpected(["IN"])),
            Operator::Is if self.take(Keyword::Not) => Operator::IsNot,
            Operator::Was if self.take(Keyword::Not) => {
                if self.take(Keyword::In) {
                    Operator::WasNotIn
                } else {
                    Operator::WasNot
                }
            }
            Operator::Was if self.take(Keyword::In) => Operator::WasIn,
            other => other,
        };
        let end = self.tokens[self.at - 1].place;
        Ok((operator, start.to(end)))
    }

    /// `(a, b)`, or a function that stands for several.
    fn listed(&mut self) -> Result<(Vec<Value>, bool), Fault> {
        if !self.take_sign("(") {
            let value = self.value()?;
            if matches!(value.kind, ValueKind::Call { .. }) {
                return Ok((vec![value], false));
            }
            let fault = Fault::new(QueryReason::Unexpected, value.place);
            return Err(fault.expecting(["("]));
        }
        let mut values = vec![self.value()?];
        while self.take_sign(",") {
            values.push(self.value()?);
        }
        if !self.take_sign(")") {
            return Err(self.unexpected([",", ")"]));
        }
        Ok((values, true))
    }

    fn value(&mut self) -> Result<Value, Fault> {
        let token = self.next().clone();
        self.values += 1;
        if self.values > QUERY_VALUES_MAX {
            let reason = QueryReason::TooManyValues;
            return Err(too_many(reason, token.place, QUERY_VALUES_MAX));
        }
        let kind = match token.kind {
            TokenKind::Word(word) => match keyword(&word) {
                None => {
                    self.at += 1;
                    if self.take_sign("(") {
                        return self.call(word, token.place);
                    }
                    ValueKind::Text(word)
                }
                Some(Keyword::Empty) => {
                    self.at += 1;
                    ValueKind::Empty
                }
                Some(_) => return Err(self.unexpected(["value"])),
            },
            TokenKind::Quoted(text) => {
                self.at += 1;
                ValueKind::Text(text)
            }
            _ => return Err(self.unexpected(["value"])),
        };
        let place = token.place;
        Ok(Value { kind, place })
    }

    /// What follows `name(`.
    fn call(&mut self, name: String, start: Place) -> Result<Value, Fault> {
        let mut arguments = Vec::new();
        while !self.take_sign(")") {
            if !arguments.is_empty() && !self.take_sign(",") {
                return Err(self.unexpected([",", ")"]));
            }
            match self.next().kind.clone() {
                TokenKind::Word(text) | TokenKind::Quoted(text) => arguments.push(text),
                _ => return Err(self.unexpected(["value", ")"])),
            }
            self.at += 1;
        }
        let place = start.to(self.tokens[self.at - 1].place);
        let kind = ValueKind::Call { name, arguments };
        Ok(Value { kind, place })
    }

    fn predicate(&mut self, operator: Operator) -> Result<Option<Predicate>, Fault> {
        let token = self.next().clone();
        let TokenKind::Word(word) = &token.kind else {
            return Ok(None);
        };
        let same = |kind: &&PredicateKind| kind.text().eq_ignore_ascii_case(word);
        let Some(kind) = PredicateKind::ALL.iter().find(same).copied() else {
            return Ok(None);
        };
        let of_changes = matches!(kind, PredicateKind::From | PredicateKind::To);
        if of_changes && operator != Operator::Changed {
            return Err(self.unexpected(["BY", "BEFORE", "AFTER", "ON", "DURING"]));
        }
        self.at += 1;
        let (values, list) = match kind {
            PredicateKind::During => {
                let (values, list) = self.listed()?;
                if values.len() != 2 {
                    return Err(self.two_dates(token.place));
                }
                (values, list)
            }
            _ if self.next().kind == TokenKind::Sign("(") => self.listed()?,
            _ => (vec![self.value()?], false),
        };
        let place = token.place;
        Ok(Some(Predicate {
            kind,
            place,
            values,
            list,
        }))
    }

    fn two_dates(&self, place: Place) -> Fault {
        Fault::new(QueryReason::Unexpected, place).expecting(["(value, value)"])
    }

    fn next(&self) -> &Token {
        // The last token is the end, and nothing goes past it.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn is(&self, wanted: Keyword) -> bool {
        matches!(&self.next().kind, TokenKind::Word(word) if keyword(word) == Some(wanted))
    }

    fn take(&mut self, wanted: Keyword) -> bool {
        let found = self.is(wanted);
        self.at += usize::from(found);
        found
    }

    fn take_sign(&mut self, wanted: &str) -> bool {
        let found = matches!(self.next().kind, TokenKind::Sign(sign) if sign == wanted);
        self.at += usize::from(found);
        found
    }

    fn unexpected<'a>(&self, expected: impl IntoIterator<Item = &'a str>) -> Fault {
        Fault::new(QueryReason::Unexpected, self.next().place).expecting(expected)
    }
}

fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 {
        nodes.remove(0)
    } else {
        join(nodes)
    }
}
