//! A broadcast of frames encoded beforehand, to as many WebSockets as the server had, read by the
//! same driver: two threads, a task and a bounded queue per socket, queued frames written together.

use crate::{
    swarm::{Listener, Outbox, Swarm},
    websocket,
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
};

/// Frames that wait for one socket, and that are written in one call.
const QUEUE_MAX: usize = 64;
const WRITE_MAX: usize = 32;

/// Frames of `frame_bytes` bytes of text to `sockets` sockets for so long: deliveries per second.
pub fn measure(sockets: usize, frame_bytes: usize, time: Duration) -> anyhow::Result<f64> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let stop = Arc::new(AtomicBool::new(false));
    let broadcast = spawn(listener, sockets, frame_bytes, stop.clone());
    let result = count(address, sockets, time);
    stop.store(true, Ordering::Relaxed);
    // Its sockets fail now that the driver's are closed, so it ends.
    let joined = broadcast
        .join()
        .map_err(|_| anyhow::anyhow!("the bare broadcast panicked"))?;
    let rate = result?;
    joined?;
    Ok(rate)
}

fn count(address: SocketAddr, sockets: usize, time: Duration) -> anyhow::Result<f64> {
    let mut swarm = Swarm::new()?;
    let mut counter = Counter::default();
    swarm.open(address, vec![String::from("{}"); sockets], &mut counter)?;
    swarm.run(Instant::now() + time / 4, &mut counter)?;
    let (before, begin) = (counter.frames, Instant::now());
    swarm.run(begin + time, &mut counter)?;
    Ok((counter.frames - before) as f64 / begin.elapsed().as_secs_f64())
}

#[derive(Default)]
struct Counter {
    frames: u64,
}

impl Listener for Counter {
    fn frame(
        &mut self,
        _socket: usize,
        _text: &[u8],
        _at: Instant,
        _outbox: &mut Outbox<'_>,
    ) -> anyhow::Result<()> {
        self.frames += 1;
        Ok(())
    }
}

fn spawn(
    listener: std::net::TcpListener,
    sockets: usize,
    frame_bytes: usize,
    stop: Arc<AtomicBool>,
) -> JoinHandle<anyhow::Result<()>> {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let result = runtime.block_on(broadcast(listener, sockets, frame_bytes, &stop));
        runtime.shutdown_background();
        result
    })
}

async fn broadcast(
    listener: std::net::TcpListener,
    sockets: usize,
    frame_bytes: usize,
    stop: &AtomicBool,
) -> anyhow::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    let mut queues: Vec<Sender<Arc<[u8]>>> = Vec::with_capacity(sockets);
    while queues.len() < sockets {
        let (stream, _) = listener.accept().await?;
        let (sender, receiver) = channel(QUEUE_MAX);
        queues.push(sender);
        tokio::spawn(serve(stream, receiver));
    }
    let mut frame = Vec::new();
    websocket::write_unmasked(websocket::TEXT, &vec![b'x'; frame_bytes], &mut frame);
    let frame: Arc<[u8]> = frame.into();
    while !stop.load(Ordering::Relaxed) && !queues.is_empty() {
        for queue in &queues {
            // A task ends when its socket is closed: the measurement is over.
            if queue.send(frame.clone()).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// One socket: the handshake, then everything that is queued.
async fn serve(mut stream: TcpStream, mut queue: Receiver<Arc<[u8]>>) -> anyhow::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = [0; 1024];
    let mut filled = 0;
    while !request[..filled].ends_with(b"\r\n\r\n") {
        let size = stream.read(&mut request[filled..]).await?;
        anyhow::ensure!(size > 0, "closed before the upgrade");
        filled += size;
    }
    let mut bytes = b"HTTP/1.1 101 Switching Protocols\r\n\r\n".to_vec();
    websocket::write_unmasked(websocket::TEXT, br#"{"type":"welcome"}"#, &mut bytes);
    stream.write_all(&bytes).await?;
    let mut frames = Vec::with_capacity(WRITE_MAX);
    while queue.recv_many(&mut frames, WRITE_MAX).await > 0 {
        bytes.clear();
        frames
            .drain(..)
            .for_each(|frame| bytes.extend_from_slice(&frame));
        stream.write_all(&bytes).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Also the test of `swarm`: real sockets, handshakes, frames cut anywhere.
    #[test]
    fn a_broadcast_reaches_many_sockets_and_ends() {
        for frame_bytes in [10, 600, 70_000] {
            let rate = measure(20, frame_bytes, Duration::from_millis(30)).unwrap();
            assert!(rate > 0.0, "{frame_bytes} bytes: nothing was delivered");
        }
    }
}
