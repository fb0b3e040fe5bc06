//! Ports for servers that have to be told where to listen.

use std::io;
use std::net::SocketAddr;

use socket2::{Domain, Socket, Type};

/// A port that nobody else is given as long as this is there. A proxy may listen at it all the
/// same, as they all set `SO_REUSEADDR`, and this doesn't listen.
pub struct Port {
    pub address: SocketAddr,
    _socket: Option<Socket>,
}

impl Port {
    /// A free one.
    ///
    /// # Errors
    /// If there is none.
    pub fn reserve() -> io::Result<Port> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_reuse_address(true)?;
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())?;
        let address = socket.local_addr()?.as_socket();
        let address = address.ok_or_else(|| io::Error::other("not an address"))?;
        // Elsewhere it would be in the way.
        Ok(Port { address, _socket: cfg!(target_os = "linux").then_some(socket) })
    }
}
