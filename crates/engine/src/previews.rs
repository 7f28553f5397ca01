//! The follower that shows what is behind the links of a message. It finds the links and keeps
//! what was found; the looking is [`LinkReader`]'s, because nothing here reaches out.

use crate::{Engine, Failure, bot, execute::now, follow::Follow};
use futures::{
    FutureExt, StreamExt,
    future::{self, BoxFuture},
    stream,
};
use hashbrown::{HashMap, HashSet};
use std::{sync::Arc, time::Duration};
use tenon_domain::preview::links;
use tenon_protocol::{
    Command, Event, FileId, MemberId, MessageId, WorkspaceId,
    file::File,
    member::MemberKind,
    message::Message,
    preview::{Preview, ShowPreviews},
};
use tenon_store::{Logged, member, message};
use uuid::Uuid;

/// Limit: messages whose links are looked at at the same time.
const LOOKING_MAX: usize = 8;
/// Limit: what was said longer ago gets no preview; a server that was away does not look at all
/// links of its absence.
const AGE_MAX: Duration = Duration::from_secs(3600);

/// Looks at web pages.
pub trait LinkReader: Send + Sync {
    /// What the page says of itself, or nothing: no answer in time, not allowed, not a page.
    fn read(&self, url: String) -> BoxFuture<'static, Option<Page>>;
}

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Name of the site, or its host.
    pub site: String,
    pub title: String,
    pub description: String,
    /// Bytes of its picture, whatever they are.
    pub picture: Option<Vec<u8>>,
}

/// See the file's head.
pub(crate) struct Previews {
    workspace: WorkspaceId,
    reader: Arc<dyn LinkReader>,
}

/// A message to look at, and the entry that says so.
struct Wanted {
    message: Message,
    links: Vec<String>,
    seq: i64,
}

impl Wanted {
    fn of(message: Message, seq: i64) -> Self {
        let known = |url: &String| message.previews.iter().any(|it| it.url == *url);
        let mut links = links(&message.text);
        links.retain(|url| !known(url));
        Self {
            message,
            links,
            seq,
        }
    }
}

impl Follow for Previews {
    const NAME: &'static str = "previews";

    async fn follow(&mut self, engine: &Engine, page: &[Logged]) -> Result<(), Failure> {
        let touched = touched(page);
        if touched.is_empty() {
            return Ok(());
        }
        let (wanted, bot) = self.load(engine, touched).await?;
        let Some(bot) = bot else { return Ok(()) };
        let show = |wanted| self.show(engine, bot, wanted);
        let mut shown = stream::iter(wanted).map(show).buffer_unordered(LOOKING_MAX);
        while let Some(result) = shown.next().await {
            result?;
        }
        Ok(())
    }
}

impl Previews {
    pub fn new(workspace: WorkspaceId, reader: Arc<dyn LinkReader>) -> Self {
        Self { workspace, reader }
    }

    /// Those of the touched messages with links that are new, as they are now. What programs post
    /// is not looked at: their messages say what they mean, and are many.
    async fn load(
        &self,
        engine: &Engine,
        touched: HashMap<MessageId, i64>,
    ) -> Result<(Vec<Wanted>, Option<MemberId>), Failure> {
        let ids: Vec<MessageId> = touched.keys().copied().collect();
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move {
                let messages = message::list(reader, &ids).await?;
                let authors: Vec<_> = messages.iter().map(|message| message.author).collect();
                let mut people = member::list_these(reader, &authors).await?;
                people.retain(|author| author.kind == MemberKind::Person);
                let people: HashSet<_> = people.iter().map(|author| author.id).collect();
                let wanted = messages.into_iter().filter_map(|message| {
                    let seq = *touched.get(&message.id)?;
                    let by_person = people.contains(&message.author) && !message.deleted;
                    by_person.then(|| Wanted::of(message, seq))
                });
                let wanted: Vec<_> = wanted.filter(|it| !it.links.is_empty()).collect();
                Ok((wanted, bot::find(reader).await?))
            }
            .boxed()
        });
        Ok(read.await?)
    }

    async fn show(&self, engine: &Engine, bot: MemberId, wanted: Wanted) -> Result<(), Failure> {
        let Wanted {
            message,
            links,
            seq,
        } = wanted;
        let read = async |url: String| (self.reader.read(url.clone()).await, url);
        let pages = future::join_all(links.into_iter().map(read)).await;
        let mut previews = Vec::new();
        for (page, url) in pages {
            let Some(page) = page else { continue };
            let parts = [
                message.id.0.as_bytes(),
                &seq.to_le_bytes()[..],
                url.as_bytes(),
            ];
            let id = FileId(bot::derived_id("tenon 2026 preview pictures", &parts));
            let picture = self.keep(engine, bot, id, page.picture).await?;
            previews.push(Preview {
                url,
                site: page.site,
                title: page.title,
                description: page.description,
                picture,
            });
        }
        if previews.is_empty() {
            return Ok(());
        }
        let command = Command::ShowPreviews(ShowPreviews {
            message: message.id,
            previews,
        });
        let request = request_id(message.id, seq);
        bot::execute(engine, self.workspace, bot, request, command).await
    }

    /// A disk that is full costs the picture, not the preview.
    async fn keep(
        &self,
        engine: &Engine,
        bot: MemberId,
        id: FileId,
        bytes: Option<Vec<u8>>,
    ) -> Result<Option<File>, Failure> {
        let Some(bytes) = bytes else { return Ok(None) };
        let actor = bot::internal(self.workspace, bot);
        match engine.keep_picture(&actor, id, &bytes).await {
            Err(Failure::Unavailable | Failure::Refused(_)) => Ok(None),
            kept => kept,
        }
    }
}

/// Messages that were written or edited lately, with the entry that says so.
fn touched(page: &[Logged]) -> HashMap<MessageId, i64> {
    let oldest = now().checked_sub(AGE_MAX).unwrap_or_default();
    let written = page.iter().filter(|entry| {
        entry.at >= oldest && matches!(&*entry.kind, "message_posted" | "message_edited")
    });
    written
        .filter_map(|entry| match &*entry.event().ok()? {
            Event::MessagePosted { message } if message.text.contains("://") => {
                Some((message.id, entry.seq))
            }
            Event::MessageEdited { message, text, .. } if text.contains("://") => {
                Some((*message, entry.seq))
            }
            _ => None,
        })
        .collect()
}

fn request_id(message: MessageId, seq: i64) -> Uuid {
    let parts = [message.0.as_bytes(), &seq.to_le_bytes()[..]];
    bot::derived_id("tenon 2026 previews", &parts)
}
