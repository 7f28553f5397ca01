//! Pictures of members: kept by their hash, beside the log.

use crate::{Actor, Engine, Failure};
use bytes::Bytes;
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    Command, MemberId, RequestId,
    limit::AVATAR_BYTES_MAX,
    member::{Member, UpdateMember},
};

impl Engine {
    /// Sets the picture of a member whose profile the asker may change. PNG, JPEG or WebP, by
    /// their first bytes, whatever the client says.
    pub async fn save_avatar(
        &self,
        actor: &Actor,
        member: MemberId,
        media_type: &str,
        bytes: Bytes,
    ) -> Result<Member, Failure> {
        if bytes.len() > AVATAR_BYTES_MAX {
            return Err(Refusal::TooLarge {
                field: "avatar",
                bytes_max: AVATAR_BYTES_MAX,
            }
            .into());
        }
        if detect(&bytes) != Some(media_type) {
            return Err(Refusal::BadAvatar.into());
        }
        // Decided again with the command; but what may not be used is not stored either.
        let me = self.load_me(actor).await?;
        access::check_change_profile(&me, &self.get_member(actor, member).await?)?;
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let (workspace, stored) = (actor.workspace, hash.clone());
        let media_type = media_type.to_owned();
        let write = self.inner.store.private(move |private| {
            async move { private.insert_avatar(workspace, &stored, &media_type, &bytes) }.boxed()
        });
        let change = UpdateMember {
            member,
            avatar: Some(hash),
            ..UpdateMember::default()
        };
        write.await?;
        self.execute(actor, RequestId::new(), Command::UpdateMember(change))
            .await?;
        self.get_member(actor, member).await
    }

    /// Media type and picture.
    pub async fn get_avatar(&self, actor: &Actor, hash: &str) -> Result<(String, Bytes), Failure> {
        let (workspace, hash) = (actor.workspace, hash.to_owned());
        let read = self.inner.store.read_private(move |private| {
            async move { private.get_avatar(workspace, &hash).await }.boxed()
        });
        let (media_type, bytes) = read.await?.ok_or(Refusal::UnknownAvatar)?;
        Ok((media_type, bytes.into()))
    }
}

fn detect(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some("image/jpeg");
    }
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    webp.then_some("image/webp")
}
