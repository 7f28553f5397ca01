//! Commands about the workspace itself.

use super::{Decided, Desk, Who};
use tenon_domain::{
    policy::{
        change_logo as decide_logo, change_mail_domains as decide_mail_domains,
        change_policy as decide_policy, sign_out_everyone as decide_sign_out,
    },
    workspace::{
        WorkspaceContext, hide_mail_content as decide_hide_mail_content,
        hide_readers as decide_hide_readers, rename_workspace,
        restrict_emoji as decide_restrict_emoji,
    },
};
use tenon_protocol::{
    emoji::RestrictEmoji,
    mail::HideMailContent,
    policy::{ChangeLogo, ChangeMailDomains, ChangePolicy, SignOutEveryone},
    reader::HideReaders,
    workspace::RenameWorkspace,
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
on_workspace!(change_logo, ChangeLogo, decide_logo);
on_workspace!(change_policy, ChangePolicy, decide_policy);
on_workspace!(change_mail_domains, ChangeMailDomains, decide_mail_domains);
on_workspace!(sign_out_everyone, SignOutEveryone, decide_sign_out);
