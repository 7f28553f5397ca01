//! Who has read a message.

use super::{Answered, allowed, me, message::readable_message};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    MessageId,
    limit::READERS_MAX,
    member::{Member, MemberKind},
    message::Message,
    reader::Readers,
};
use tenon_store::{Reader, channel, workspace};

impl Engine {
    /// Who of the people in its channel has read a message of one's own, and who has not.
    pub async fn list_readers(&self, actor: &Actor, id: MessageId) -> Result<Readers, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let message = allowed!(readable_message(reader, &asker, id).await?);
                readers(reader, &asker, &message).await
            }
            .boxed()
        })
        .await
    }
}

async fn readers(reader: &mut Reader<'_>, actor: &Actor, message: &Message) -> Answered<Readers> {
    let me = allowed!(me(reader, actor).await?);
    let Some(workspace) = workspace::get(reader).await? else {
        return Ok(Err(Refusal::Unauthenticated.into()));
    };
    let place = match message.channel {
        Some(id) => channel::get_member(reader, id, me.id).await?,
        None => None,
    };
    allowed!(access::check_list_readers(
        &me,
        &workspace,
        message,
        place.is_some()
    ));
    let mut readers = Readers::default();
    let Some(id) = message.channel else {
        return Ok(Ok(readers));
    };
    let members = channel::list_read(reader, id, READERS_MAX + 1).await?;
    if members.len() as i64 > READERS_MAX {
        let max = READERS_MAX as usize;
        let field = "message";
        return Ok(Err(Refusal::TooMany { field, max }.into()));
    }
    let counts =
        |it: &Member| it.active && it.kind == MemberKind::Person && it.id != message.author;
    for (member, read) in members.into_iter().filter(|(it, _)| counts(it)) {
        match read >= message.seq {
            true => readers.read.push(member.id),
            false => readers.unread.push(member.id),
        }
    }
    Ok(Ok(readers))
}
