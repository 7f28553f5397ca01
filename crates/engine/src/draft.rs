//! Drafts on all devices of a member: kept beside the log, told to the member's sockets as a
//! signal. A signal that is lost is made good when a device looks again; there is no promise here
//! that the log would have to keep.

use crate::{
    Actor, Engine, Failure,
    execute::now,
    hub::encode,
    queries::{Answered, channel::readable, me, message::readable_message, task},
};
use futures::FutureExt;
use tenon_domain::{
    access,
    draft::{PutDraftContext, is_gone, put_draft},
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, Scope,
    credential::TokenScope,
    draft::{Draft, Home, PutDraft},
    frame::{ServerFrame, SignalDown, SignalKind},
};
use tenon_store::Reader;

/// How long the signal holds, milliseconds: until the next one.
const TTL_MS: u64 = 0;

impl Engine {
    /// The asker's own, by conversation.
    pub async fn list_drafts(&self, actor: &Actor) -> Result<Vec<Draft>, Failure> {
        access::check_grant(actor, TokenScope::Read)?;
        let me = self.load_me(actor).await?;
        let workspace = actor.workspace;
        let read = self.inner.store.read_private(move |private| {
            async move { private.list_drafts(workspace, me.id).await }.boxed()
        });
        Ok(read.await?)
    }

    /// Puts a draft of the asker's own, and tells their other devices. Answers with what stands.
    pub async fn put_draft(
        &self,
        actor: &Actor,
        home: Home,
        command: PutDraft,
    ) -> Result<Draft, Failure> {
        // What stands is answered, also where nothing is put.
        access::check_grant(actor, TokenScope::Read)?;
        let (asker, me) = (*actor, self.load_me(actor).await?);
        let place = self.read(actor.workspace, move |reader| {
            async move { Ok(Ok(place_of(reader, &asker, home).await?)) }.boxed()
        });
        let place = place.await?;
        let write = self.inner.store.private(move |private| {
            async move {
                private.lock_drafts(asker.workspace, me.id).await?;
                let before = private.get_draft(asker.workspace, me.id, home).await?;
                let count = private.count_drafts(asker.workspace, me.id).await?;
                let context = PutDraftContext {
                    actor: &asker,
                    home,
                    place,
                    before: before.as_ref(),
                    count: usize::try_from(count).unwrap_or(usize::MAX),
                };
                let draft = match put_draft(&context, &command, now()) {
                    Ok(draft) => draft,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                let is_changed = before.as_ref() != Some(&draft);
                if is_gone(&draft) {
                    private.remove_draft(asker.workspace, me.id, home)?;
                } else if is_changed {
                    private.save_draft(asker.workspace, me.id, &draft)?;
                }
                Ok(Ok((draft, is_changed)))
            }
            .boxed()
        });
        let (draft, is_changed) = write.await??;
        if is_changed {
            self.tell_devices(actor, &draft);
        }
        Ok(draft)
    }

    fn tell_devices(&self, actor: &Actor, draft: &Draft) {
        let Some(live) = self.live_now(actor.workspace) else {
            return;
        };
        let frame = encode(&ServerFrame::Signal(SignalDown {
            scope: Scope::Inbox(actor.member),
            kind: SignalKind::Draft,
            value: serde_json::to_value(draft).unwrap_or_default(),
            ttl_ms: TTL_MS,
            actor: Some(actor.member),
        }));
        live.hub.signal_to(actor.member, &frame);
    }
}

/// Whether the asker may read the conversation, and the channel that a thread is in.
async fn place_of(
    reader: &mut Reader<'_>,
    actor: &Actor,
    home: Home,
) -> tenon_store::Result<Result<Option<ChannelId>, Refusal>> {
    let (read, refusal): (Answered<Option<ChannelId>>, _) = match home {
        Home::Channel(id) => {
            let read = readable(reader, actor, id).await?;
            (Ok(read.map(|_| None)), Refusal::UnknownChannel)
        }
        Home::Thread(id) => {
            let read = readable_message(reader, actor, id).await?;
            let unknown = Refusal::UnknownMessage { field: None };
            (Ok(read.map(|message| message.channel)), unknown)
        }
        Home::Task(id) => {
            let me = match me(reader, actor).await? {
                Ok(me) => me,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let read = task::visible_task(reader, &me, id).await?;
            let unknown = Refusal::UnknownTask { field: None };
            (Ok(read.map(|_| None)), unknown)
        }
    };
    Ok(read?.map_err(|_| refusal))
}
