//! Serves the built book on this machine, with the server that the book ends with.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::path::Path;

use anyhow::{Context, Result, bail};
use longhand::{Files, Handler, Request, Response, Route, Server};

use crate::cli::{HOST, PORT};
use edition::Edition;

pub mod edition;
pub mod rebuild;
mod request;

/// Serves a folder until the process ends; `ready` is called with the address once
/// connections are accepted. Nothing outside of the folder is served.
///
/// # Errors
/// If there is no such folder, or the address can't be listened at.
pub fn serve(
    folder: &Path,
    edition: Edition,
    host: &str,
    port: u16,
    ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    let server = match Server::bind((host, port)) {
        Ok(server) => server,
        Err(error) => bail!(explain(&error, host, port)),
    };
    let files = Files::below(folder)
        .with_context(|| format!("{} can't be shown", folder.display()))?;
    let server = server
        .route(Route::from_fn("GET", "/edition", move |_| always_ask(edition.show())))
        .route(Route::from_fn("GET", "/request", |it| always_ask(request::show(it))))
        .route(Route::from_fn("POST", "/request", request::explain))
        .fallback(move |request: &Request| always_ask(files.answer(request)));
    ready(server.local_addr()?);
    server.run().context("the server of the book has stopped")
}

/// Where a browser finds what listens at this address. If it listens at all addresses of
/// this machine, that is the one by which others in the same network know it.
pub fn reachable(address: SocketAddr) -> Option<SocketAddr> {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => Some(ip),
        IpAddr::V4(_) => own_address(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
        // Whoever listens there listens at those of version 4 as well, save on Windows.
        ip => own_address(ip).or_else(|| {
            (!cfg!(windows)).then(|| own_address(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))?
        }),
    };
    ip.map(|ip| SocketAddr::new(ip, address.port()))
}

/// The address from which this machine would send something to a distant one. To connect
/// a UDP socket only chooses the way, and sends nothing.
fn own_address(any: IpAddr) -> Option<IpAddr> {
    // Addresses for documentation (RFC 5737, RFC 3849), at which nobody is.
    let distant = match any {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
    };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect((distant, 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then_some(own)
}

/// The book changes while one works on it: a browser should ask before it shows a copy.
fn always_ask(response: Response) -> Response {
    response.without("Cache-Control").header("Cache-Control", "no-cache")
}

fn explain(error: &io::Error, host: &str, port: u16) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {port} on {host} is taken, perhaps by this book in another terminal; \
             for another port: {}",
            command(host, port.checked_add(1).unwrap_or(PORT))
        ),
        ErrorKind::PermissionDenied => format!(
            "port {port} is not for everybody; for another one: {}",
            command(host, PORT)
        ),
        ErrorKind::AddrNotAvailable => format!(
            "{host} is no address of this machine; for all that it has: {}",
            command("0.0.0.0", port)
        ),
        _ => format!("cannot listen on {host}, port {port}: {error}"),
    }
}

/// What one types to have the book served there.
fn command(host: &str, port: u16) -> String {
    let host = if host == HOST { String::new() } else { format!(" --host {host}") };
    format!("cargo run -- serve{host} --port {port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_use_is_one_that_others_can_type() {
        let reach = |text: &str| reachable(text.parse().unwrap());
        assert_eq!(reach("127.0.0.1:3000").unwrap().to_string(), "127.0.0.1:3000");
        assert_eq!(reach("[::1]:3000").unwrap().to_string(), "[::1]:3000");
        for everywhere in ["0.0.0.0:3000", "[::]:3000"] {
            // None on a machine without a network.
            if let Some(address) = reach(everywhere) {
                assert!(!address.ip().is_unspecified() && !address.ip().is_loopback());
                assert_eq!(address.port(), 3000);
            }
        }
    }

    #[test]
    fn a_taken_port_is_no_reason_to_forget_the_host() {
        let explain = |host| explain(&ErrorKind::AddrInUse.into(), host, 3000);
        let ends = |text: String, end: &str| assert!(text.ends_with(end), "{text}");
        ends(explain("127.0.0.1"), ": cargo run -- serve --port 3001");
        ends(explain("0.0.0.0"), ": cargo run -- serve --host 0.0.0.0 --port 3001");
    }
}
