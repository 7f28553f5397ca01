//! Prints a query so that reading it again gives the same tree.

use super::{
    parse::is_keyword,
    syntax::{Clause, Node, Predicate, Query, Sorting, Value, ValueKind},
    token::is_bare,
};
use std::fmt::{self, Display, Formatter};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(condition) = &self.condition {
            condition.fmt(f)?;
        }
        if self.order.is_empty() {
            return Ok(());
        }
        if self.condition.is_some() {
            f.write_str(" ")?;
        }
        f.write_str("ORDER BY ")?;
        separated(f, &self.order, ", ")
    }
}

impl Display for Sorting {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        word(f, &self.field.text)?;
        match self.descending {
            Some(true) => f.write_str(" DESC"),
            Some(false) => f.write_str(" ASC"),
            None => Ok(()),
        }
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Node::And(nodes) => joined(f, nodes, " AND "),
            Node::Or(nodes) => joined(f, nodes, " OR "),
            Node::Not(node) => {
                f.write_str("NOT ")?;
                enclosed(f, node)
            }
            Node::Clause(clause) => clause.fmt(f),
        }
    }
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        word(f, &self.field.text)?;
        write!(f, " {}", self.operator.text())?;
        values(f, &self.values, self.list)?;
        self.predicates.iter().try_for_each(|one| one.fmt(f))
    }
}

impl Display for Predicate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, " {}", self.kind.text())?;
        values(f, &self.values, self.list)
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ValueKind::Text(text) => word(f, text),
            ValueKind::Empty => f.write_str("EMPTY"),
            ValueKind::Call { name, arguments } => {
                write!(f, "{name}(")?;
                for (place, argument) in arguments.iter().enumerate() {
                    f.write_str(if place > 0 { ", " } else { "" })?;
                    word(f, argument)?;
                }
                f.write_str(")")
            }
        }
    }
}

fn joined(f: &mut Formatter<'_>, nodes: &[Node], by: &str) -> fmt::Result {
    for (place, node) in nodes.iter().enumerate() {
        f.write_str(if place > 0 { by } else { "" })?;
        enclosed(f, node)?;
    }
    Ok(())
}

fn enclosed(f: &mut Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::And(_) | Node::Or(_) => write!(f, "({node})"),
        Node::Not(_) | Node::Clause(_) => node.fmt(f),
    }
}

fn values(f: &mut Formatter<'_>, values: &[Value], list: bool) -> fmt::Result {
    if values.is_empty() {
        return Ok(());
    }
    f.write_str(if list { " (" } else { " " })?;
    separated(f, values, ", ")?;
    f.write_str(if list { ")" } else { "" })
}

fn separated(f: &mut Formatter<'_>, items: &[impl Display], by: &str) -> fmt::Result {
    for (place, item) in items.iter().enumerate() {
        f.write_str(if place > 0 { by } else { "" })?;
        item.fmt(f)?;
    }
    Ok(())
}

/// Bare if it can be, otherwise in quotation marks.
fn word(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    if !text.is_empty() && text.chars().all(is_bare) && !is_keyword(text) {
        return f.write_str(text);
    }
    f.write_str("\"")?;
    for letter in text.chars() {
        match letter {
            '"' | '\\' => write!(f, "\\{letter}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            other => write!(f, "{other}")?,
        }
    }
    f.write_str("\"")
}
