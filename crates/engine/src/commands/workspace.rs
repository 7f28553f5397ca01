//! Commands about the workspace itself.

use super::{Decided, Desk, Who};
use tenon_domain::workspace::{RenameWorkspaceContext, rename_workspace};
use tenon_protocol::workspace::RenameWorkspace;

pub(super) async fn rename(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &RenameWorkspace,
) -> Decided {
    let workspace = tenon_store::workspace::load(desk.tx).await?;
    let context = RenameWorkspaceContext {
        actor,
        me,
        workspace: &workspace,
    };
    Ok(rename_workspace(&context, command, desk.now))
}
