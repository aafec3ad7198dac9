//! Connections whose small writes leave together. HTTP/2 writes every frame of every stream on its own; where many streams of one
//! connection have something to say at once, one system call for all of them is most of the difference.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker, ready},
    time::Duration,
};

use futures_util::task::AtomicWaker;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};
use tokio_stream::Stream;
use tonic::transport::server::{Connected, TcpConnectInfo};

/// Writes are gathered up to this.
const GATHER_BYTES: usize = 64 * 1024;
/// A write of so much is not copied: it goes out at once, with what was gathered before it.
const LARGE_BYTES: usize = GATHER_BYTES / 2;
/// Slices of a large write that go out in one call; HTTP/2 has a frame's head and its bytes.
const SLICES: usize = 8;
/// What a quiet connection keeps of its buffer.
const QUIET_BYTES: usize = 4 * 1024;
/// A connection is quiet when so many writes in a row used little of its buffer.
const QUIET_AFTER: u8 = 8;
/// After a failure to accept, such as too many open files: the reason will not go away at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// See the module.
pub(super) struct Socket {
    stream: TcpStream,
    gathered: Vec<u8>,
    /// Of `gathered`, what was written already.
    written: usize,
    turn: Arc<Turn>,
    /// The turn was asked for and has not come.
    waits: bool,
    /// The client has sent something. Before that the handshake flushes once and waits: nothing may be put off.
    heard: bool,
    /// Writes in a row that used little of the buffer.
    quiet: u8,
}

/// Comes when everything that was ready has run.
#[derive(Default)]
struct Turn {
    came: AtomicBool,
    connection: AtomicWaker,
}

impl Wake for Turn {
    fn wake(self: Arc<Self>) {
        self.came.store(true, Ordering::Release);
        self.connection.wake();
    }
}

/// The connections of a listener; a failure to accept one is told in the log, and the next is waited for.
pub(super) fn incoming(listener: TcpListener) -> impl Stream<Item = io::Result<Socket>> {
    futures_util::stream::unfold(listener, |listener| async {
        let stream = loop {
            match listener.accept().await {
                Ok((stream, _)) => break stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        };
        // Latency before packets: what belongs together is gathered here. Without it a connection is slower, not wrong.
        let _ = stream.set_nodelay(true);
        let socket = Socket {
            stream,
            gathered: Vec::new(),
            written: 0,
            turn: Arc::default(),
            waits: false,
            heard: false,
            quiet: 0,
        };
        Some((Ok(socket), listener))
    })
}

impl Socket {
    /// Writes out what was gathered.
    fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.written < self.gathered.len() {
            let bytes = &self.gathered[self.written..];
            let count = ready!(Pin::new(&mut self.stream).poll_write(cx, bytes))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.written += count;
        }
        self.written = 0;
        self.gathered.clear();
        Poll::Ready(Ok(()))
    }

    /// Gives the buffer back when the connection has become quiet.
    fn note_use(&mut self, bytes: usize) {
        let is_little = bytes <= QUIET_BYTES && self.gathered.capacity() > QUIET_BYTES;
        self.quiet = if is_little { self.quiet + 1 } else { 0 };
        if self.quiet == QUIET_AFTER {
            self.quiet = 0;
            self.gathered.shrink_to(QUIET_BYTES);
        }
    }

    /// Writes these bytes and, in the same call, what was gathered before them.
    fn poll_write_large(&mut self, cx: &mut Context<'_>, bufs: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        while self.written < self.gathered.len() {
            let before = &self.gathered[self.written..];
            let mut all = [IoSlice::new(&[]); SLICES];
            let count = bufs.len().min(SLICES - 1);
            all[0] = IoSlice::new(before);
            all[1..=count].copy_from_slice(&bufs[..count]);
            let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(cx, &all[..=count]))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            let more = written.checked_sub(before.len());
            self.written += written.min(before.len());
            if let Some(more @ 1..) = more {
                ready!(self.poll_drain(cx))?;
                return Poll::Ready(Ok(more));
            }
        }
        ready!(self.poll_drain(cx))?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        self.heard |= buf.filled().len() > before;
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.as_mut().poll_write_vectored(cx, &[IoSlice::new(buf)])
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let bytes = bufs.iter().map(|buf| buf.len()).sum();
        if bytes >= LARGE_BYTES {
            return self.poll_write_large(cx, bufs);
        }
        if self.gathered.len() + bytes > GATHER_BYTES {
            ready!(self.poll_drain(cx))?;
        }
        for buf in bufs {
            self.gathered.extend_from_slice(buf);
        }
        Poll::Ready(Ok(bytes))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// Puts the write off until whatever is ready now has run, so that streams which have something to say are in it. HTTP/2 flushes
    /// for each of them, and whenever its connection is polled: that it is done comes with the turn, which polls the connection.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let used = self.gathered.len();
        if used == 0 {
            return Poll::Ready(Ok(()));
        }
        if self.turn.came.swap(false, Ordering::AcqRel) {
            self.waits = false;
        } else if self.heard && self.written == 0 {
            self.turn.connection.register(cx.waker());
            if !std::mem::replace(&mut self.waits, true) {
                let waker = Waker::from(self.turn.clone());
                let _ = std::pin::pin!(tokio::task::yield_now()).poll(&mut Context::from_waker(&waker));
            }
            return Poll::Ready(Ok(()));
        }
        ready!(self.poll_drain(cx))?;
        self.note_use(used);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_drain(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl Connected for Socket {
    type ConnectInfo = TcpConnectInfo;

    fn connect_info(&self) -> TcpConnectInfo {
        self.stream.connect_info()
    }
}
