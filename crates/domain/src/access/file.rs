//! Who may have a file, and who puts it on a message.

use crate::{file::Upload, refusal::Refusal};
use tenon_protocol::{MessageId, member::Member, message::Message};

/// The file, if the member may have it: whoever may read the message that carries it, and before
/// one does, who uploaded it. `message`: the carrying one, if the member may read it.
pub fn readable_file<'a>(
    me: &Member,
    upload: Option<&'a Upload>,
    message: Option<&Message>,
) -> Result<&'a Upload, Refusal> {
    let readable = |upload: &&Upload| match upload.message {
        Some(id) => !upload.detached && message.is_some_and(|it| it.id == id && !it.deleted),
        None => upload.uploader == me.id,
    };
    upload
        .filter(readable)
        .ok_or(Refusal::UnknownFile { field: None })
}

/// Puts a file on a message: who uploaded it, once. One that waits for a message which is sent
/// later goes with that one alone.
pub fn check_attach<'a>(
    me: &Member,
    message: MessageId,
    upload: Option<&'a Upload>,
) -> Result<&'a Upload, Refusal> {
    let unknown = Refusal::UnknownFile {
        field: Some("files"),
    };
    let upload = upload.filter(|it| it.uploader == me.id).ok_or(unknown)?;
    let waits_elsewhere = upload.scheduled.is_some_and(|it| it != message);
    if upload.message.is_some() || waits_elsewhere {
        Err(Refusal::FileInUse)
    } else {
        Ok(upload)
    }
}
