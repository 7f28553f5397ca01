//! What a query names, so that only that is loaded.

use super::{
    field::{self, Field},
    syntax::{Clause, Node, PredicateKind, Query, Value, ValueKind},
};

/// Kinds of things that a query names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub people: bool,
    pub groups: bool,
    pub spaces: bool,
    pub channels: bool,
}

/// Goes through the whole condition.
pub fn named(query: &Query) -> Named {
    let mut named = Named::default();
    let mut nodes: Vec<&Node> = query.condition.iter().collect();
    while let Some(node) = nodes.pop() {
        match node {
            Node::And(parts) | Node::Or(parts) => nodes.extend(parts),
            Node::Not(node) => nodes.push(node),
            Node::Clause(clause) => note(clause, &mut named),
        }
    }
    named
}

fn note(clause: &Clause, named: &mut Named) {
    match field::find(&clause.field.text) {
        Some(Field::Assignee | Field::Responsible | Field::Creator | Field::Follower) => {
            note_people(&clause.values, named);
        }
        Some(Field::Space) => named.spaces = true,
        Some(Field::Channel) => named.channels = true,
        // Perhaps a custom field, of people.
        None => note_people(&clause.values, named),
        _ => {}
    }
    for predicate in &clause.predicates {
        let is_whom = matches!(
            predicate.kind,
            PredicateKind::By | PredicateKind::From | PredicateKind::To
        );
        if is_whom {
            note_people(&predicate.values, named);
        }
    }
}

fn note_people(values: &[Value], named: &mut Named) {
    for value in values {
        match &value.kind {
            ValueKind::Text(_) => named.people = true,
            ValueKind::Call { name, .. } if name.eq_ignore_ascii_case("membersOf") => {
                (named.people, named.groups) = (true, true);
            }
            ValueKind::Call { .. } | ValueKind::Empty => {}
        }
    }
}
