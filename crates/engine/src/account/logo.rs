//! The logo of a workspace: looked at, made a square, kept by its hash beside the pictures of
//! members. Strangers may have it, and it alone.

use crate::{Actor, Engine, Failure, bot};
use bytes::Bytes;
use futures::FutureExt;
use tenon_domain::refusal::Refusal;
use tenon_protocol::{
    Command, RequestId,
    limit::{LOGO_BYTES_MAX, LOGO_PIXELS},
    policy::ChangeLogo,
};

/// What a logo is kept as.
const MEDIA_TYPE: &str = "image/png";

/// A logo as it is shown.
pub struct LogoPicture {
    pub media_type: String,
    pub bytes: Bytes,
}

impl Engine {
    /// Administrators. Any picture whose bytes are PNG, JPEG or WebP, whatever the client says.
    pub async fn save_logo(&self, actor: &Actor, bytes: Bytes) -> Result<(), Failure> {
        self.check_admin(actor).await?;
        if bytes.len() > LOGO_BYTES_MAX {
            let (field, bytes_max) = ("logo", LOGO_BYTES_MAX);
            return Err(Refusal::TooLarge { field, bytes_max }.into());
        }
        let blobs = self.inner.files.as_ref().ok_or(Failure::Unavailable)?;
        let made = blobs.square(bytes.into(), LOGO_PIXELS).await?;
        let picture = made.ok_or(Refusal::BadLogo)?;
        let hash = blake3::hash(&picture).to_hex().to_string();
        let (workspace, key) = (actor.workspace, hash.clone());
        let write = self.inner.store.private(move |private| {
            async move { private.insert_avatar(workspace, &key, MEDIA_TYPE, &picture) }.boxed()
        });
        write.await?;
        self.set_logo(actor, Some(hash)).await
    }

    /// Administrators.
    pub async fn remove_logo(&self, actor: &Actor) -> Result<(), Failure> {
        self.check_admin(actor).await?;
        self.set_logo(actor, None).await
    }

    async fn set_logo(&self, actor: &Actor, logo: Option<String>) -> Result<(), Failure> {
        let internal = bot::internal(actor.workspace, actor.member);
        let command = Command::ChangeLogo(ChangeLogo { logo });
        self.execute(&internal, RequestId::new(), command).await?;
        Ok(())
    }

    /// The logo of a workspace, for anybody; no other picture.
    pub async fn get_logo(&self, hash: &str) -> Result<LogoPicture, Failure> {
        let all = self.list_workspaces().await?;
        let owner = all.iter().find(|it| it.logo.as_deref() == Some(hash));
        let workspace = owner.ok_or(Refusal::UnknownAvatar)?.id;
        let hash = hash.to_owned();
        let read = self.inner.store.read_private(move |private| {
            async move { private.get_avatar(workspace, &hash).await }.boxed()
        });
        let (media_type, bytes) = read.await?.ok_or(Refusal::UnknownAvatar)?;
        Ok(LogoPicture {
            media_type,
            bytes: bytes.into(),
        })
    }
}
