//! Commands about the workspace itself.

use super::{Decided, Desk, Who};
use tenon_domain::workspace::{
    WorkspaceContext, hide_mail_content as decide_hide_mail_content,
    hide_readers as decide_hide_readers, rename_workspace, restrict_emoji as decide_restrict_emoji,
};
use tenon_protocol::{
    emoji::RestrictEmoji, mail::HideMailContent, reader::HideReaders, workspace::RenameWorkspace,
};

/// Calls a decision on the workspace.
macro_rules! on_workspace {
    ($name:ident, $command:ty, $decide:path) => {
        pub(super) async fn $name(
            desk: &mut Desk<'_, '_>,
            Who { actor, me }: Who<'_>,
            command: &$command,
        ) -> Decided {
            let workspace = tenon_store::workspace::load(desk.tx).await?;
            let context = WorkspaceContext {
                actor,
                me,
                workspace: &workspace,
            };
            Ok($decide(&context, command, desk.now))
        }
    };
}

on_workspace!(rename, RenameWorkspace, rename_workspace);
on_workspace!(hide_readers, HideReaders, decide_hide_readers);
on_workspace!(restrict_emoji, RestrictEmoji, decide_restrict_emoji);
on_workspace!(hide_mail_content, HideMailContent, decide_hide_mail_content);
