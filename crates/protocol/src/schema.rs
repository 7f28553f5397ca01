//! All wire types as one OpenAPI document without paths. The server adds its routes to it; the
//! TypeScript types of the web UI are generated from the result.

use crate::{
    administration::{ChannelReports, LimitReport, StorageReport},
    command::Command,
    credential::{
        AcceptInvitation, ChangePassword, CreateHook, CreateInvitation, CreateToken,
        ForgotPassword, HookCreated, Invitation, InvitationCreated, InvitationPreview, Me,
        PasswordReset, RenewInvitation, ResetPassword, Session, Setup, SetupStatus, SignIn,
        SignedIn, Token, TokenCreated,
    },
    draft::Draft,
    emoji::Emoji,
    entry::Entry,
    error::ErrorBody,
    frame::{ClientFrame, ServerFrame},
    mail::{MailState, MailStatus},
    notification::Why,
    poll::{Ballot, Vote},
    push::{PushStatus, PushSubscription},
    reader::Readers,
    roster::GroupFollowers,
    search::SearchPage,
    snapshot::Snapshot,
    space::Progress,
    task::Guess,
    thread::Thread,
};
use utoipa::OpenApi;

/// The document; types that these refer to are collected by themselves.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tenon",
        description = "Team chat and project work as one thing.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(
        ClientFrame,
        ServerFrame,
        Command,
        Entry,
        Draft,
        Emoji,
        Ballot,
        Vote,
        Snapshot,
        ErrorBody,
        Guess,
        Why,
        MailState,
        MailStatus,
        PushStatus,
        PushSubscription,
        Readers,
        GroupFollowers,
        SearchPage,
        ChannelReports,
        LimitReport,
        StorageReport,
        Progress,
        Thread,
        Setup,
        SetupStatus,
        SignIn,
        SignedIn,
        Me,
        ChangePassword,
        ForgotPassword,
        PasswordReset,
        ResetPassword,
        Session,
        Invitation,
        CreateInvitation,
        InvitationCreated,
        InvitationPreview,
        RenewInvitation,
        AcceptInvitation,
        Token,
        CreateToken,
        TokenCreated,
        CreateHook,
        HookCreated,
    ))
)]
pub struct Wire;
