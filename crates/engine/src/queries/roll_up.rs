//! What lies below tasks. Sub-tasks are in the project of their parent, so whoever sees a task sees
//! all that its sums are made of.

use super::{Answered, allowed, me, project::visible, task::find_id};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use tenon_domain::roll_up::add_up;
use tenon_protocol::{ProjectId, TaskId, limit::ROLL_UPS_MAX, member::Member, roll_up::RollUp};
use tenon_store::{Reader, roll_up, task};

impl Engine {
    /// What lies below these tasks, named by key or id: one answer for each that the asker may see
    /// and that is not deleted. Those behind the first [`ROLL_UPS_MAX`] are not looked at.
    pub async fn list_roll_ups(
        &self,
        actor: &Actor,
        named: Vec<String>,
    ) -> Result<Vec<RollUp>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let ids = find_ids(reader, &named).await?;
                roll_up_of(reader, &me, &ids).await
            }
            .boxed()
        })
        .await
    }
}

async fn find_ids(reader: &mut Reader<'_>, named: &[String]) -> tenon_store::Result<Vec<TaskId>> {
    let mut ids = Vec::with_capacity(named.len());
    for text in named.iter().take(ROLL_UPS_MAX) {
        ids.extend(find_id(reader, text).await?);
    }
    Ok(ids)
}

async fn roll_up_of(reader: &mut Reader<'_>, me: &Member, ids: &[TaskId]) -> Answered<Vec<RollUp>> {
    let mut tasks = task::list_by_id(reader, ids).await?;
    tasks.retain(|task| !task.deleted);
    let mut wanted: Vec<ProjectId> = tasks.iter().map(|task| task.project).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut seen = Vec::with_capacity(wanted.len());
    for id in wanted {
        if let Ok(project) = visible(reader, me, Some(id)).await? {
            seen.push(project);
        }
    }
    tasks.retain(|task| seen.iter().any(|project| project.id == task.project));
    let shown: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let roots: Vec<_> = shown.iter().map(|id| id.0).collect();
    let parts = roll_up::list_parts(reader, &roots).await?;
    Ok(Ok(add_up(&shown, &parts, &seen)))
}
