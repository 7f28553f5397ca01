//! Workflows: the built-in ones in English and Chinese, and what makes one usable.

use crate::{refusal::Refusal, text};
use tenon_protocol::{
    limit,
    member::Language,
    project::{Category, State, Template, Workflow},
};

/// The states of a template, named in a language. Their ids do not depend on it.
pub(crate) fn of_template(template: Template, language: Language) -> Workflow {
    let states: &[(&str, &str, &str, Category)] = match template {
        Template::Software => &[
            ("backlog", "Backlog", "待规划", Category::Backlog),
            ("todo", "To do", "待办", Category::Todo),
            ("in_progress", "In progress", "进行中", Category::Doing),
            ("in_review", "In review", "评审中", Category::Doing),
            ("done", "Done", "已完成", Category::Done),
            ("cancelled", "Cancelled", "已取消", Category::Cancelled),
        ],
        Template::Simple => &[
            ("todo", "To do", "待办", Category::Todo),
            ("doing", "Doing", "进行中", Category::Doing),
            ("done", "Done", "已完成", Category::Done),
        ],
    };
    let state = |&(id, english, chinese, category): &(&str, &str, &str, Category)| State {
        id: id.to_owned(),
        name: match language {
            Language::English => english.to_owned(),
            Language::Chinese => chinese.to_owned(),
        },
        category,
    };
    Workflow {
        states: states.iter().map(state).collect(),
    }
}

/// A workflow of these states: ids unique, names there, a state to begin in and one to end in.
pub(crate) fn check_states(states: &[State]) -> Result<Workflow, Refusal> {
    if states.is_empty() {
        return Err(Refusal::Empty { field: "states" });
    }
    if states.len() > limit::STATES_MAX {
        return Err(Refusal::TooMany {
            field: "states",
            max: limit::STATES_MAX,
        });
    }
    let mut checked = Vec::with_capacity(states.len());
    for (index, state) in states.iter().enumerate() {
        check_id(&state.id)?;
        if states[..index].iter().any(|other| other.id == state.id) {
            return Err(Refusal::StateRepeated(state.id.clone()));
        }
        let name = text::check_name("states", &state.name, limit::NAME_CHARS_MAX)?;
        checked.push(State {
            name: name.to_owned(),
            ..state.clone()
        });
    }
    let has = |wanted: &[Category]| states.iter().any(|state| wanted.contains(&state.category));
    if !has(&[Category::Backlog, Category::Todo]) {
        return Err(Refusal::NoStateToBegin);
    }
    if !has(&[Category::Done]) {
        return Err(Refusal::NoStateToEnd);
    }
    Ok(Workflow { states: checked })
}

/// The state of this id.
pub(crate) fn find_state<'a>(workflow: &'a Workflow, id: &str) -> Result<&'a State, Refusal> {
    let state = workflow.states.iter().find(|state| state.id == id);
    state.ok_or_else(|| Refusal::UnknownState(id.chars().take(limit::NAME_CHARS_MAX).collect()))
}

/// Where a new task begins: the first state of category todo, or else the first of all.
pub(crate) fn first_state(workflow: &Workflow) -> Option<&State> {
    let todo = workflow
        .states
        .iter()
        .find(|state| state.category == Category::Todo);
    todo.or(workflow.states.first())
}

/// The first state of category done.
pub(crate) fn first_done(workflow: &Workflow) -> Option<&str> {
    let done = |state: &&State| state.category == Category::Done;
    workflow
        .states
        .iter()
        .find(done)
        .map(|state| state.id.as_str())
}

/// Has work ended in states of this category?
pub(crate) fn is_closed(category: Category) -> bool {
    matches!(category, Category::Done | Category::Cancelled)
}

fn check_id(id: &str) -> Result<(), Refusal> {
    if text::is_short_id(id) {
        Ok(())
    } else {
        Err(Refusal::BadStateId)
    }
}
