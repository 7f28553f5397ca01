//! Custom fields in a query: a name means the field of that name in every project that the asker
//! may see. Where kinds differ, it means those for which operator and value make sense.

use super::{
    fault::Fault,
    field::{COMPARED, EQUAL, NAMED_OR_EMPTY, WORDS},
    moment::{Compare, span},
    resolve::{Resolver, any, comparison, needles, text, unknown},
    syntax::{Clause, Operator, Value, ValueKind},
};
use tenon_protocol::{
    ProjectId,
    error::QueryReason,
    field::{Field, FieldKind, FieldOption},
    project::Project,
    query::{
        Condition, CustomField, CustomHolds, CustomTest, Test, field_key, field_number, name_key,
    },
};

/// Limit: custom fields that a fault names.
const NAMES_MAX: usize = 50;

/// A field, and the project that has it.
type Found<'a> = (ProjectId, &'a Field);

/// The fields that a name means, the archived too; an id where nothing has that name.
pub(super) fn find<'a>(projects: &'a [Project], name: &str) -> Vec<Found<'a>> {
    let wanted = name_key(name);
    let all = || {
        let all = projects.iter();
        all.flat_map(|project| project.fields.iter().map(|field| (project.id, field)))
    };
    let named: Vec<_> = all()
        .filter(|(_, field)| name_key(&field.name) == wanted)
        .collect();
    if !named.is_empty() {
        return named;
    }
    all().filter(|(_, field)| field.id == wanted).collect()
}

/// Their names, for who wrote one that is not there.
pub(super) fn names(projects: &[Project]) -> Vec<&str> {
    let fields = projects.iter().flat_map(|project| &project.fields);
    let mut names: Vec<&str> = fields
        .filter(|field| !field.archived)
        .map(|field| field.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(NAMES_MAX);
    names
}

impl Resolver<'_> {
    /// Without its NOT.
    pub(super) fn custom(
        &mut self,
        clause: &Clause,
        found: &[Found<'_>],
    ) -> Result<Condition, Fault> {
        let mut kinds: Vec<FieldKind> = found.iter().map(|(_, field)| field.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let (mut parts, mut fault) = (Vec::new(), None);
        for kind in kinds {
            let of_kind: Vec<_> = found.iter().filter(|one| one.1.kind == kind).collect();
            match self.of_kind(clause, kind, &of_kind) {
                Ok(part) => parts.push(part),
                Err(other) => fault = fault.or(Some(other)),
            }
        }
        match fault {
            Some(fault) if parts.is_empty() => Err(fault),
            _ => Ok(any(parts)),
        }
    }

    fn of_kind(
        &mut self,
        clause: &Clause,
        kind: FieldKind,
        found: &[&Found<'_>],
    ) -> Result<Condition, Fault> {
        let operators = operators(kind);
        if !operators.contains(&clause.operator) {
            let fault = Fault::new(QueryReason::WrongOperator, clause.operator_place);
            return Err(fault.expecting(operators.iter().map(|operator| operator.text())));
        }
        self.count(found.len(), clause.field.place)?;
        if matches!(clause.operator, Operator::Contains | Operator::ContainsNot) {
            let value = &clause.values[0];
            let words = needles(text(value)?);
            if words.is_empty() {
                return Err(Fault::new(QueryReason::NoWords, value.place));
            }
            self.count(words.len(), value.place)?;
            return Ok(test(found, |_| CustomHolds::Words(words.clone())));
        }
        let compare = comparison(clause.operator).unwrap_or(Compare::Equal);
        let is_ordered = comparison(clause.operator).is_some();
        let mut parts = Vec::new();
        for value in &clause.values {
            if value.kind == ValueKind::Empty && (is_ordered || kind == FieldKind::Check) {
                let fault = Fault::new(QueryReason::Unexpected, value.place);
                return Err(fault.expecting(["value"]));
            }
            parts.push(match value.kind {
                ValueKind::Empty => Condition::Holds(Test::CustomEmpty(gathered(found))),
                _ => self.compared_to(kind, found, compare, value)?,
            });
        }
        Ok(any(parts))
    }

    fn compared_to(
        &mut self,
        kind: FieldKind,
        found: &[&Found<'_>],
        compare: Compare,
        value: &Value,
    ) -> Result<Condition, Fault> {
        let holds = match kind {
            FieldKind::Check => {
                let empty = Test::CustomEmpty(gathered(found));
                return Ok(match is_true(value)? {
                    true => Condition::Fails(empty),
                    false => Condition::Holds(empty),
                });
            }
            FieldKind::Select | FieldKind::MultiSelect => return options(found, value),
            FieldKind::Text | FieldKind::Link => CustomHolds::Key(vec![field_key(text(value)?)]),
            FieldKind::Person => {
                let people = self.people(&[value])?;
                CustomHolds::Key(people.iter().map(ToString::to_string).collect())
            }
            FieldKind::Number => {
                let number = text(value)?.trim().parse::<f64>().ok();
                let number = number.filter(|number| number.is_finite());
                let fault = || Fault::new(QueryReason::NotANumber, value.place);
                let number = field_number(number.ok_or_else(fault)?);
                CustomHolds::Number(span(compare, number, number + 1))
            }
            FieldKind::Date => CustomHolds::Number(self.moment(value)?.days(compare)),
        };
        Ok(test(found, |_| holds.clone()))
    }
}

fn operators(kind: FieldKind) -> &'static [Operator] {
    match kind {
        FieldKind::Text | FieldKind::Link => WORDS,
        FieldKind::Number | FieldKind::Date => COMPARED,
        FieldKind::Person | FieldKind::Select | FieldKind::MultiSelect => NAMED_OR_EMPTY,
        FieldKind::Check => EQUAL,
    }
}

/// Options of that name; each project has its own.
fn options(found: &[&Found<'_>], value: &Value) -> Result<Condition, Fault> {
    let wanted = name_key(text(value)?);
    let is_it = |one: &&FieldOption| name_key(&one.name) == wanted || one.id == wanted;
    if !found
        .iter()
        .any(|(_, field)| field.options.iter().any(|one| is_it(&one)))
    {
        return Err(unknown(value, "option"));
    }
    // Also of fields that have no such option: what is chosen there is another.
    Ok(test(found, |field| {
        let named = field.options.iter().filter(is_it);
        CustomHolds::Key(named.map(|option| option.id.clone()).collect())
    }))
}

fn is_true(value: &Value) -> Result<bool, Fault> {
    match text(value)?.trim().to_lowercase().as_str() {
        "true" | "yes" | "是" => Ok(true),
        "false" | "no" | "否" => Ok(false),
        _ => Err(unknown(value, "boolean")),
    }
}

/// What `asks` says of each field, the same of several in one.
fn test(found: &[&Found<'_>], asks: impl Fn(&Field) -> CustomHolds) -> Condition {
    let mut tests: Vec<CustomTest> = Vec::new();
    for (project, field) in found {
        let holds = asks(field);
        let same = |one: &&mut CustomTest| one.field.id == field.id && one.holds == holds;
        match tests.iter_mut().find(same) {
            Some(test) => test.field.projects.push(*project),
            None => tests.push(CustomTest {
                field: CustomField {
                    id: field.id.clone(),
                    projects: vec![*project],
                },
                holds,
            }),
        }
    }
    Condition::Holds(Test::Custom(tests))
}

fn gathered(found: &[&Found<'_>]) -> Vec<CustomField> {
    let mut fields: Vec<CustomField> = Vec::new();
    for (project, field) in found {
        match fields.iter_mut().find(|one| one.id == field.id) {
            Some(one) => one.projects.push(*project),
            None => fields.push(CustomField {
                id: field.id.clone(),
                projects: vec![*project],
            }),
        }
    }
    fields
}
