//! Adds up what lies below tasks. Called by the queries of the engine.

use jiff::civil::Date;
use std::collections::HashMap;
use tenon_protocol::{
    Due, TaskId, Timestamp,
    project::{Category, Project},
    query::{EMPTY, due_end, number_day},
    roll_up::{Part, RollUp},
};

/// One for each of `tasks`, in their order; nothing lies below one that has no part. A state that
/// the workflow does not know is open.
pub fn add_up(tasks: &[TaskId], parts: &[Part], projects: &[Project]) -> Vec<RollUp> {
    let mut sums: HashMap<TaskId, RollUp> = HashMap::with_capacity(tasks.len());
    for part in parts {
        let category = category_of(projects, part);
        if category != Some(Category::Cancelled) {
            let sum = sums.entry(part.root).or_insert_with(|| nothing(part.root));
            add(sum, part, category == Some(Category::Done));
        }
    }
    let take = |id: &TaskId| sums.remove(id).unwrap_or_else(|| nothing(*id));
    tasks.iter().map(take).collect()
}

fn nothing(task: TaskId) -> RollUp {
    RollUp {
        task,
        total: 0,
        done: 0,
        estimate: 0.0,
        done_estimate: 0.0,
        start: None,
        due: None,
    }
}

fn category_of(projects: &[Project], part: &Part) -> Option<Category> {
    let project = projects.iter().find(|it| it.id == part.project)?;
    let states = &project.workflow.states;
    let state = states.iter().find(|it| it.id == part.state)?;
    Some(state.category)
}

fn add(sum: &mut RollUp, part: &Part, is_done: bool) {
    let points = part.estimate as f64 / 1_000.0;
    sum.total += part.count;
    sum.estimate += points;
    if is_done {
        sum.done += part.count;
        sum.done_estimate += points;
    }
    let start: Option<Date> = Some(part.start)
        .filter(|day| *day != EMPTY)
        .and_then(number_day);
    sum.start = [sum.start, start].into_iter().flatten().min();
    let day = part.due_day.and_then(number_day).map(Due::Day);
    let at = part
        .due_at
        .and_then(|at| Timestamp::from_microsecond(at).ok());
    let dues = [sum.due, day, at.map(Due::At)];
    sum.due = dues.into_iter().flatten().max_by_key(|due| due_end(*due));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(text: &str) -> Due {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_ends_after_its_moments() {
        let end = |text| due_end(due(text));
        assert!(end("2026-11-25") > end("2026-11-25T23:59:00Z"));
        assert!(end("2026-11-25") < end("2026-11-26T00:00:01Z"));
        assert!(end("2026-11-25") < end("2026-11-26"));
    }
}
