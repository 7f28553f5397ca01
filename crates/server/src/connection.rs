//! The accept loop: one task per connection, time-outs, a cap, and an orderly end. [`serve`] is
//! the only way in.

use crate::{
    Server, ServerConfig, Shared,
    limits::{CONNECTIONS_MAX, DRAIN_TIMEOUT, FIRST_HEAD_TIMEOUT, KEEP_ALIVE_TIMEOUT, Rates},
    observe,
    router::router,
    unreadable::Explained,
};
use axum::Router;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    io,
    net::IpAddr,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tenon_engine::Engine;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time,
};
use tower::ServiceExt as _;

/// The other side of a connection; in the extensions of each of its requests.
#[derive(Clone)]
pub struct Peer {
    pub ip: IpAddr,
    /// Counts the connection; whoever goes on with it after the request keeps this.
    pub seat: Arc<OwnedSemaphorePermit>,
}

/// Serves until `shutdown` is ready, then stops taking connections, stops the engine (sockets
/// are told), lets open requests finish within [`DRAIN_TIMEOUT`], and returns.
pub async fn serve(
    engine: Engine,
    config: ServerConfig,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    observe::install();
    let server: Shared = Arc::new(Server {
        engine,
        config,
        rates: Rates::default(),
    });
    let seats = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let (stop, stopping) = watch::channel(());
    let router = router(server.clone());
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            // The semaphore is never closed.
            let seat = seats.clone().acquire_owned().await.ok()?;
            Some((accept(&listener).await, seat))
        };
        let accepted = tokio::select! {
            next = next => next,
            () = &mut shutdown => None,
        };
        let Some(((stream, ip), seat)) = accepted else {
            break;
        };
        let peer = Peer {
            ip,
            seat: Arc::new(seat),
        };
        tokio::spawn(connect(stream, peer, router.clone(), stopping.clone()));
    }
    drop(listener);
    // Connections hear of it by the sender's end.
    drop(stop);
    drain(&server, &seats).await;
    Ok(())
}

/// Waits for a connection. A failure to accept concerns one client, or passes.
async fn accept(listener: &TcpListener) -> (TcpStream, IpAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, address)) => return (stream, address.ip().to_canonical()),
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

/// Speaks HTTP on one connection; ends when a socket has taken it over.
async fn connect(stream: TcpStream, peer: Peer, router: Router, stopping: watch::Receiver<()>) {
    // Frames and answers are small and complete; waiting to fill packets only delays them.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let spoke = Arc::new(AtomicBool::new(false));
    let heard = spoke.clone();
    let service = hyper::service::service_fn(move |mut request: http::Request<Incoming>| {
        heard.store(true, Ordering::Relaxed);
        request.extensions_mut().insert(peer.clone());
        router.clone().oneshot(request.map(axum::body::Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(KEEP_ALIVE_TIMEOUT)
        .serve_connection(TokioIo::new(Explained::new(stream)), service)
        .with_upgrades();
    attend(Box::pin(connection), &spoke, stopping).await;
}

async fn attend<S>(
    mut connection: Pin<Box<http1::UpgradeableConnection<TokioIo<Explained<TcpStream>>, S>>>,
    spoke: &AtomicBool,
    mut stopping: watch::Receiver<()>,
) where
    S: hyper::service::HttpService<Incoming, ResBody = axum::body::Body, Future: Send>
        + Send
        + 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let silence = time::sleep(FIRST_HEAD_TIMEOUT);
    let mut silence = pin!(silence);
    let mut patient = true;
    loop {
        tokio::select! {
            // Errors here are the client's: it went away, or spoke no HTTP.
            _ = &mut connection => return,
            () = &mut silence, if patient => {
                if !spoke.load(Ordering::Relaxed) {
                    return;
                }
                patient = false;
            }
            _ = stopping.changed() => break,
        }
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

async fn drain(server: &Server, seats: &Semaphore) {
    // Sockets keep their seats after the upgrade.
    let everyone_left = time::timeout(DRAIN_TIMEOUT, seats.acquire_many(CONNECTIONS_MAX as u32));
    let (_, drained) = tokio::join!(server.engine.stop(), everyone_left);
    if drained.is_err() {
        tracing::warn!("some connections did not end in time and are cut");
    }
}
