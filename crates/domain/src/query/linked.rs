//! What a query asks about links: `blocked`, and the function `linkedIssues`.

use super::{
    fault::Fault,
    field::{self, Field},
    resolve::{Resolver, any, text, unknown_function},
    syntax::{Value, ValueKind},
};
use tenon_protocol::{
    error::QueryReason,
    link::LinkKind,
    query::{Condition, Test},
};

impl Resolver<'_> {
    /// By key or id, and what `linkedIssues(…)` names.
    pub(super) fn keys(&self, values: &[&Value]) -> Result<Condition, Fault> {
        let is_call = |value: &&&Value| matches!(value.kind, ValueKind::Call { .. });
        let (calls, names): (Vec<&Value>, Vec<&Value>) = values.iter().partition(is_call);
        let mut parts = Vec::new();
        if !names.is_empty() {
            parts.push(Condition::Holds(Test::Task(self.tasks(&names)?)));
        }
        for call in calls {
            parts.push(self.linked_issues(call)?);
        }
        Ok(any(parts))
    }

    /// `linkedIssues(ENG-1)`, and `linkedIssues(ENG-1, blocks)`: what ENG-1 blocks.
    fn linked_issues(&self, value: &Value) -> Result<Condition, Fault> {
        let offered = ["linkedIssues(key)", "linkedIssues(key, link)"];
        let ValueKind::Call { name, arguments } = &value.kind else {
            return Err(unknown_function(value, &offered));
        };
        if !name.eq_ignore_ascii_case("linkedIssues") || !(1..=2).contains(&arguments.len()) {
            return Err(unknown_function(value, &offered));
        }
        let key = Value {
            kind: ValueKind::Text(arguments[0].clone()),
            place: value.place,
        };
        let kinds = match arguments.get(1) {
            None => LinkKind::ALL.to_vec(),
            Some(name) => match field::find(name) {
                Some(Field::Link(kind)) => vec![kind.inverse()],
                _ => {
                    return Err(
                        Fault::new(QueryReason::UnknownValue, value.place).expecting(["link"])
                    );
                }
            },
        };
        Ok(Condition::Holds(Test::Linked {
            kinds,
            those: self.tasks(&[&key])?,
            field: None,
        }))
    }

    pub(super) fn blocked(&self, values: &[&Value]) -> Result<Condition, Fault> {
        let projects = self.known.projects.iter().map(|project| project.id);
        yes_or_no(values, Test::Blocked(projects.collect()))
    }
}

/// Yes or no, as programs and people write it.
pub(super) fn yes_or_no(values: &[&Value], test: Test) -> Result<Condition, Fault> {
    match text(values[0])?.trim().to_lowercase().as_str() {
        "true" | "yes" | "是" => Ok(Condition::Holds(test)),
        "false" | "no" | "否" => Ok(Condition::Fails(test)),
        _ => {
            let fault = Fault::new(QueryReason::Unexpected, values[0].place);
            Err(fault.expecting(["true", "false"]))
        }
    }
}
