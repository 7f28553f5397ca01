//! `/commands`: any command, exactly as over the socket.

use crate::{
    errors::Answer,
    identity::Asker,
    request::{Json, check_chosen},
};
use serde::{Deserialize, Serialize};
use tenon_protocol::{Command, Outcome, RequestId};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct CommandRequest {
    pub request_id: RequestId,
    pub command: Command,
}

/// The command is durable.
#[derive(Serialize, ToSchema)]
pub struct CommandDone {
    pub request_id: RequestId,
    /// Seq of its last entry; of the first run's if this was a retry.
    pub seq: i64,
    pub result: Outcome,
}

/// Executes a command.
#[utoipa::path(post, path = "/commands", tag = "sync",
    responses((status = 200, body = CommandDone)))]
pub async fn execute(
    asker: Asker,
    Json(CommandRequest {
        request_id,
        command,
    }): Json<CommandRequest>,
) -> Answer<Json<CommandDone>> {
    check_chosen(request_id)?;
    let done = asker
        .engine()
        .execute(asker.actor(), request_id, command)
        .await?;
    Ok(Json(CommandDone {
        request_id,
        seq: done.seq,
        result: done.outcome,
    }))
}
