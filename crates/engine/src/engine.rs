//! The one object that doorways hold: execute, query, subscribe. Cheap to clone.

use crate::{
    Actor, Done, Failure,
    account::{Authentication, Expiry},
    census::Censuses,
    courier::Courier,
    execute::{self, Job, Rider},
    feeds::Feeds,
    file::{self, Blobs, FileOptions},
    follow,
    hub::Hub,
    mail::{MailSender, Mailer, Mailing},
    notifier::Notifier,
    poll::Polls,
    postman::Postman,
    previews::{LinkReader, Previews},
    push::{PushSender, Pusher, Pushing},
    reminders::Reminders,
    retention::{Eraser, Retentions},
    rosters::Rosters,
    round,
    scheduled::Scheduler,
    search::{self, Search},
    status::Statuses,
    vault::{VAULT_KEY_BYTES, Vault},
};
use futures::FutureExt;
use hashbrown::HashMap;
use parking_lot::RwLock;
use std::{
    future::Future,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tenon_protocol::{Command, RequestId, WorkspaceId, credential::DemoAccount};
use tenon_store::{Reader, Store, wake::Heard, workspace};
use tokio::{
    runtime::{self, Handle, Runtime},
    sync::{Mutex, mpsc, oneshot},
    task::JoinHandle,
};

/// Limit: commands of one workspace that wait for its writer; then senders wait.
const WAITING_COMMANDS_MAX: usize = 1_024;

/// Limit: time in which the database must answer one that asks whether it can be reached.
const DATABASE_TIME_MAX: Duration = Duration::from_secs(3);

/// What the engine is told at start.
#[derive(Clone, Default)]
pub struct Options {
    /// Accounts that the sign-in page offers, in a demo.
    pub demo: Vec<DemoAccount>,
    /// Where the search indexes are kept; without it nothing is indexed.
    pub search_directory: Option<PathBuf>,
    /// Where files lie; without it none are taken.
    pub files: Option<FileOptions>,
    /// Looks at the links of messages; without it they have no previews.
    pub link_reader: Option<Arc<dyn LinkReader>>,
    /// Talks to push services, and the key that opens what it must know; without it nothing is
    /// pushed.
    pub push: Option<(Arc<dyn PushSender>, [u8; VAULT_KEY_BYTES])>,
    /// Hands mail to a mail server, and the key that seals what links in mails say; without it
    /// nothing is mailed.
    pub mail: Option<(Arc<dyn MailSender>, [u8; VAULT_KEY_BYTES])>,
}

/// See the file's head.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub store: Store,
    pub options: Options,
    pub files: Option<Arc<Blobs>>,
    pub pushing: Option<Pushing>,
    pub mailing: Option<Mailing>,
    pub authentication: Authentication,
    pub censuses: Censuses,
    pub retentions: Retentions,
    pub log: LogThread,
    live: RwLock<HashMap<WorkspaceId, Live>>,
    writers: parking_lot::Mutex<Vec<JoinHandle<()>>>,
    /// Held while a workspace is brought to life, so that it happens once.
    opening: Mutex<()>,
    stopping: AtomicBool,
}

/// Where writers and hubs run: a thread of their own, because on the threads of the sockets each
/// of their steps would queue behind hundreds of sockets.
pub(crate) struct LogThread {
    /// Taken when it ends; it must not be waited for on a thread that others run on.
    runtime: Option<Runtime>,
    handle: Handle,
}

impl LogThread {
    fn start() -> Result<Self, Failure> {
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("log")
            .enable_all()
            .build()
            .map_err(|error| Failure::Bug(format!("the log's thread cannot start: {error}")))?;
        Ok(Self {
            handle: runtime.handle().clone(),
            runtime: Some(runtime),
        })
    }

    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
        self.handle.spawn(task)
    }
}

impl Drop for LogThread {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A workspace with its writer and its hub running.
#[derive(Clone)]
pub(crate) struct Live {
    pub commands: mpsc::Sender<Job>,
    pub hub: Hub,
    pub search: Arc<Search>,
}

impl Engine {
    /// Brings every workspace of the store to life.
    pub async fn start(store: Store, options: Options) -> Result<Self, Failure> {
        let inner = Inner {
            store: store.clone(),
            files: file::open(options.files.clone())?,
            pushing: options
                .push
                .as_ref()
                .map(|(sender, key)| Pushing::new(sender.clone(), Vault::new(key))),
            mailing: options
                .mail
                .as_ref()
                .map(|(sender, key)| Mailing::new(sender.clone(), Vault::new(key))),
            options,
            authentication: Authentication::default(),
            censuses: Censuses::default(),
            retentions: Retentions::default(),
            log: LogThread::start()?,
            live: RwLock::default(),
            writers: parking_lot::Mutex::default(),
            opening: Mutex::new(()),
            stopping: AtomicBool::new(false),
        };
        let engine = Self {
            inner: Arc::new(inner),
        };
        if let Some(url) = store.url() {
            let (sender, receiver) = mpsc::unbounded_channel();
            tokio::spawn(tenon_store::wake::listen(
                url.to_owned(),
                store.node(),
                sender,
            ));
            tokio::spawn(wake_hubs(Arc::downgrade(&engine.inner), receiver));
        }
        if engine.inner.files.is_some() {
            tokio::spawn(file::sweep(Arc::downgrade(&engine.inner)));
        }
        let ids = store
            .read_private(|private| tenon_store::workspace::list_ids(private).boxed())
            .await?;
        for id in ids {
            engine.live(id).await?;
        }
        Ok(engine)
    }

    /// Does what the command says, durably, once for this request id.
    ///
    /// The command is queued when the returned future is first polled: commands polled in order
    /// are decided in order.
    pub async fn execute(
        &self,
        actor: &Actor,
        request: RequestId,
        command: Command,
    ) -> Result<Done, Failure> {
        self.execute_with(actor, request, command, None).await
    }

    /// Like [`Engine::execute`], with private rows written in the same transaction.
    pub(crate) async fn execute_with(
        &self,
        actor: &Actor,
        request: RequestId,
        command: Command,
        rider: Option<Rider>,
    ) -> Result<Done, Failure> {
        if self.inner.stopping.load(Ordering::Relaxed) {
            return Err(Failure::Unavailable);
        }
        let live = match self.live_now(actor.workspace) {
            Some(live) => live,
            None => self.live(actor.workspace).await?,
        };
        let (answer, answered) = oneshot::channel();
        let job = Job::new(*actor, request, command, rider, answer);
        enqueue(&live.commands, job).await?;
        // The writer ends when nobody holds a sender any more.
        drop(live);
        answered.await.map_err(|_| Failure::Unavailable)?
    }

    /// Reads one workspace; each statement sees the state of its own moment.
    pub(crate) async fn read<T, F>(&self, workspace: WorkspaceId, call: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: for<'t, 'c> FnOnce(
                &'t mut Reader<'c>,
            ) -> futures::future::BoxFuture<
                't,
                tenon_store::Result<Result<T, Failure>>,
            > + Send
            + 'static,
    {
        self.inner.store.read(workspace, call).await?
    }

    pub(crate) fn live_now(&self, id: WorkspaceId) -> Option<Live> {
        self.inner.live.read().get(&id).cloned()
    }

    pub(crate) async fn live(&self, id: WorkspaceId) -> Result<Live, Failure> {
        if let Some(live) = self.live_now(id) {
            return Ok(live);
        }
        let _opening = self.inner.opening.lock().await;
        if let Some(live) = self.live_now(id) {
            return Ok(live);
        }
        let hub = Hub::start(self, id).await?;
        let (commands, jobs) = mpsc::channel(WAITING_COMMANDS_MAX);
        let writer = execute::run(self.inner.store.writer(id), jobs, hub.clone());
        let writer = self.inner.log.spawn(writer);
        self.inner.writers.lock().push(writer);
        let live = Live {
            commands,
            hub: hub.clone(),
            search: search::start(&self.inner, id, &hub),
        };
        self.inner.live.write().insert(id, live.clone());
        let inner = || Arc::downgrade(&self.inner);
        follow::start(inner(), id, &hub, Feeds::new(id));
        follow::start(inner(), id, &hub, Notifier::new(id));
        follow::start(inner(), id, &hub, Rosters::new(id));
        if let Some(reader) = &self.inner.options.link_reader {
            follow::start(inner(), id, &hub, Previews::new(id, reader.clone()));
        }
        if self.inner.pushing.is_some() {
            follow::start(inner(), id, &hub, Pusher::new(id));
            round::start(inner(), Courier::new(id));
        }
        if self.inner.mailing.is_some() {
            follow::start(inner(), id, &hub, Mailer::new(id));
            round::start(inner(), Postman::new(id));
        }
        round::start(inner(), Reminders(id));
        round::start(inner(), Statuses(id));
        round::start(inner(), Polls(id));
        round::start(inner(), Scheduler(id));
        round::start(inner(), Expiry(id));
        round::start(inner(), Eraser::new(id));
        Ok(live)
    }

    /// The key outside the database. The program always has one.
    pub(crate) fn vault_key(&self) -> Result<[u8; VAULT_KEY_BYTES], Failure> {
        let push = self.inner.options.push.as_ref();
        push.map(|(_, key)| *key)
            .ok_or_else(|| Failure::Bug("there is no key outside the database".into()))
    }

    /// Whether commands are taken.
    pub fn ready(&self) -> bool {
        !self.inner.stopping.load(Ordering::Relaxed)
    }

    /// Whether the database answers, and in time.
    pub async fn reaches_database(&self) -> bool {
        let store = &self.inner.store;
        let read = store.read_private(|private| workspace::list_slugs(private).boxed());
        matches!(
            tokio::time::timeout(DATABASE_TIME_MAX, read).await,
            Ok(Ok(_))
        )
    }

    /// Takes no more commands, finishes those that were taken, ends all subscriptions.
    pub async fn stop(&self) {
        self.inner.stopping.store(true, Ordering::Relaxed);
        let all: Vec<Live> = self
            .inner
            .live
            .write()
            .drain()
            .map(|(_, live)| live)
            .collect();
        let hubs: Vec<Hub> = all.into_iter().map(|live| live.hub).collect();
        let writers = std::mem::take(&mut *self.inner.writers.lock());
        for writer in writers {
            // A writer that panicked has nothing left to finish.
            let _ = writer.await;
        }
        for hub in &hubs {
            hub.stop().await;
        }
    }
}

async fn wake_hubs(inner: std::sync::Weak<Inner>, mut wakes: mpsc::UnboundedReceiver<Heard>) {
    while let Some(heard) = wakes.recv().await {
        let Some(inner) = inner.upgrade() else { return };
        let engine = Engine { inner };
        let (Heard::Grew(workspace, _) | Heard::News(workspace, ..)) = heard;
        let Some(live) = engine.live_now(workspace) else {
            continue;
        };
        match heard {
            Heard::Grew(_, seq) => live.hub.wake(seq),
            Heard::News(_, node, text) => live.hub.hear(node, &text),
        }
    }
}

/// Queues at once where there is room. A task that has done much in one turn is made to wait,
/// before what it sends is queued; a later command of the same socket, polled first in its next
/// turn, would go before it.
async fn enqueue<T>(queue: &mpsc::Sender<T>, item: T) -> Result<(), Failure> {
    let sent = tokio::task::unconstrained(queue.send(item)).await;
    sent.map_err(|_| Failure::Unavailable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{future::poll_fn, pin::pin, task::Poll};

    #[tokio::test]
    async fn a_busy_task_queues_in_order_too() {
        let (sender, mut queue) = mpsc::channel(2);
        let (mut first, mut plain) = (pin!(enqueue(&sender, "first")), pin!(sender.send("plain")));
        let is_queued = poll_fn(|context| {
            // All that one turn allows, as a socket does that has much to read.
            while pin!(tokio::task::consume_budget()).poll(context).is_ready() {}
            assert!(
                plain.as_mut().poll(context).is_pending(),
                "it is made to wait"
            );
            Poll::Ready(first.as_mut().poll(context).is_ready())
        });
        assert!(is_queued.await);
        assert_eq!(queue.try_recv().ok(), Some("first"));
    }
}
