//! [`bind`]: a socket on a port that this process never used before.
//!
//! Clients keep connections alive by address. A port that belonged to a double
//! which is gone must not come back as another one's, or a pooled connection
//! of an earlier test reaches a stranger.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use tokio::net::TcpSocket;

/// One bit a port: 8 KiB for all of them.
static ISSUED: Mutex<[u64; 1024]> = Mutex::new([0; 1024]);

/// How often the system is asked for a free port before ports are tried one by one.
const DRAWS_MAX: usize = 32;

/// The first port that needs no privileges.
const FIRST_PORT: u16 = 1024;

/// Takes a port that was not issued before, or exactly `port` if that is not 0, and says
/// where it is. It does not listen yet: a port that turns out to be stale must not answer
/// anyone.
pub(super) fn bind(host: IpAddr, port: u16) -> io::Result<(TcpSocket, SocketAddr)> {
    if port != 0 {
        let bound = socket(host, port)?;
        issue(port);
        return Ok((bound, SocketAddr::new(host, port)));
    }
    // Those that were issued before are held until a fresh one is found, so that
    // the system cannot offer them again.
    let mut stale = Vec::new();
    for _ in 0..DRAWS_MAX {
        let bound = socket(host, 0)?;
        let address = bound.local_addr()?;
        if issue(address.port()) {
            return Ok((bound, address));
        }
        stale.push(bound);
    }
    for port in FIRST_PORT..=u16::MAX {
        if is_issued(port) {
            continue;
        }
        match socket(host, port) {
            Ok(bound) if issue(port) => return Ok((bound, SocketAddr::new(host, port))),
            Err(error) if error.kind() != io::ErrorKind::AddrInUse => return Err(error),
            _ => {}
        }
    }
    Err(io::Error::new(io::ErrorKind::AddrInUse, "this process has used every port once"))
}

fn socket(host: IpAddr, port: u16) -> io::Result<TcpSocket> {
    let socket = if host.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As the standard library's listeners do: else a port that was just closed is taken for a minute.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::new(host, port))?;
    Ok(socket)
}

/// Notes that a port is used; false if it was before.
fn issue(port: u16) -> bool {
    let mut issued = ISSUED.lock().unwrap_or_else(PoisonError::into_inner);
    let (word, bit) = (usize::from(port / 64), 1 << (port % 64));
    let fresh = issued[word] & bit == 0;
    issued[word] |= bit;
    fresh
}

fn is_issued(port: u16) -> bool {
    let issued = ISSUED.lock().unwrap_or_else(PoisonError::into_inner);
    issued[usize::from(port / 64)] & (1 << (port % 64)) != 0
}
