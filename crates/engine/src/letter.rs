//! Mails that are asked for: invitations, and ways back in. What one says holds a secret, so it is
//! sealed until it is sent, and forgotten then. `postman.rs` looks for those that are due.

use crate::{
    Engine, Failure,
    execute::now,
    mail::{Content, Letter, Mailing, Posting},
};
use futures::FutureExt;
use jiff::{SignedDuration, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tenon_domain::mail::RETRY;
use tenon_protocol::{Timestamp, WorkspaceId, mail::MailOutcome, member::Language};
use tenon_store::{
    letter::{self, Letter as Kept},
    workspace,
};
use tokio::sync::Semaphore;

const PURPOSE: &str = "tenon 2026 letter";
/// A node that dies while it sends is followed by another after this.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Limit: letters looked at in one look; the next look takes the rest.
const DUE_MAX: i64 = 50;

/// What is asked for.
#[derive(Serialize, Deserialize)]
pub(crate) struct Asked {
    /// The address.
    pub to: String,
    pub language: Language,
    pub what: What,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum What {
    Invitation { by: String, secret: String },
    Reset { name: String, secret: String },
}

impl Asked {
    pub fn seal(&self, mailing: &Mailing) -> Result<Vec<u8>, Failure> {
        let plain = serde_json::to_vec(self).map_err(|error| Failure::Bug(error.to_string()))?;
        Ok(mailing.seal(PURPOSE, &plain))
    }

    fn open(mailing: &Mailing, sealed: &[u8]) -> Option<Self> {
        serde_json::from_slice(&mailing.unseal(PURPOSE, sealed)?).ok()
    }

    fn content(&self) -> Content {
        match self.what.clone() {
            What::Invitation { by, secret } => Content::Invitation {
                by,
                path: format!("/invite/{secret}"),
            },
            What::Reset { name, secret } => Content::Reset {
                name,
                path: format!("/reset/{secret}"),
            },
        }
    }
}

/// Sends what is due of one workspace.
pub(crate) async fn send_due(
    engine: &Engine,
    mailing: &Mailing,
    workspace: WorkspaceId,
    sending: &Arc<Semaphore>,
    now: Timestamp,
) -> Result<(), Failure> {
    let read = engine.inner.store.read(workspace, move |reader| {
        async move {
            let due = letter::list_due(reader, now, DUE_MAX).await?;
            let name = match due.is_empty() {
                true => None,
                false => workspace::get(reader).await?.map(|it| it.name),
            };
            Ok((due, name.unwrap_or_default()))
        }
        .boxed()
    });
    let (due, name) = read.await?;
    for kept in due {
        let Ok(permit) = sending.clone().try_acquire_owned() else {
            return Ok(());
        };
        let Some(asked) = Asked::open(mailing, &kept.sealed) else {
            // Sealed with a key that is lost.
            note(engine, workspace, &kept, Posting::Refused(String::new())).await?;
            continue;
        };
        let (claimed, lease) = (kept.clone(), now.checked_add(LEASE).unwrap_or(now));
        let write = engine.inner.store.private(move |private| {
            async move { private.claim_letter(workspace, &claimed, lease).await }.boxed()
        });
        if !write.await? {
            continue;
        }
        let letter = Letter {
            id: kept.id,
            content: asked.content(),
            to: asked.to,
            language: asked.language,
            zone: TimeZone::UTC,
            workspace: name.clone(),
        };
        let (engine, sender) = (engine.clone(), mailing.sender.clone());
        tokio::spawn(async move {
            let posting = sender.send(letter).await;
            if let Err(failure) = note(&engine, workspace, &kept, posting).await {
                tracing::warn!(reason = %failure.message(), "a letter was sent and not noted");
            }
            drop(permit);
        });
    }
    Ok(())
}

async fn note(
    engine: &Engine,
    workspace: WorkspaceId,
    kept: &Kept,
    posting: Posting,
) -> Result<(), Failure> {
    let now = now();
    let (id, attempts, created_at) = (kept.id, kept.attempts + 1, kept.created_at);
    let write = engine.inner.store.private(move |private| {
        async move {
            let outcome = match posting {
                Posting::Taken => MailOutcome::Sent,
                Posting::Refused(_) => MailOutcome::Failed,
                Posting::Later(_) => match RETRY.next(attempts, None, created_at, now) {
                    Some(due) => return private.defer_letter(workspace, id, due),
                    None => MailOutcome::Failed,
                },
            };
            private.finish_letter(workspace, id, outcome)
        }
        .boxed()
    });
    Ok(write.await?)
}
