//! A socket that gathers what is written to it, so that the frames of many streams leave in one system call.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tonic::transport::server::Connected;

/// Gathered bytes at which they are written at once.
const FULL: usize = 64 << 10;

/// Writes are kept until the connection's task is polled once more without writing, or enough has gathered.
pub(super) struct Gathering {
    socket: TcpStream,
    kept: Vec<u8>,
    written: usize,
    fresh: bool,
}

impl Gathering {
    pub(super) fn new(socket: TcpStream) -> Self {
        Self {
            socket,
            kept: Vec::with_capacity(FULL),
            written: 0,
            fresh: false,
        }
    }

    fn write_out(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.written < self.kept.len() {
            let rest = &self.kept[self.written..];
            self.written += ready!(Pin::new(&mut self.socket).poll_write(context, rest))?;
        }
        self.kept.clear();
        self.written = 0;
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Gathering {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl AsyncWrite for Gathering {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[io::IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length: usize = slices.iter().map(|slice| slice.len()).sum();
        if self.kept.len() + length > FULL {
            ready!(self.write_out(context))?;
            if length >= FULL / 2 {
                return Pin::new(&mut self.socket).poll_write_vectored(context, slices);
            }
        }
        for slice in slices {
            self.kept.extend_from_slice(slice);
        }
        self.fresh = true;
        Poll::Ready(Ok(length))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if std::mem::take(&mut self.fresh) {
            // More may come before the task is polled again: flush then.
            context.waker().wake_by_ref();
            return Poll::Ready(Ok(()));
        }
        self.write_out(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.write_out(context))?;
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}

impl Connected for Gathering {
    type ConnectInfo = ();

    fn connect_info(&self) {}
}
