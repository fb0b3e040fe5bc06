//! The listener of a loop.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use mio::net::TcpListener;
use socket2::{Domain, Socket, Type};

const BACKLOG: i32 = 1024;

/// Each loop has a listener of its own, and the system deals out the clients. They inherit
/// TCP_NODELAY from it.
pub fn listen(address: SocketAddr) -> Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    #[cfg(unix)]
    socket.set_reuse_port(true)?;
    #[cfg(target_os = "linux")]
    nix::sys::socket::setsockopt(&socket, linux::DeferAccept, &1)?;
    socket.set_tcp_nodelay(true)?;
    socket.bind(&address.into()).with_context(|| address.to_string())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(TcpListener::from_std(socket.into()))
}

#[cfg(target_os = "linux")]
mod linux {
    use nix::libc::{self, IPPROTO_TCP, TCP_DEFER_ACCEPT};
    use nix::{setsockopt_impl, sockopt_impl};

    // No crate has a name for it.
    sockopt_impl!(DeferAccept, SetOnly, IPPROTO_TCP, TCP_DEFER_ACCEPT, u32);
}
