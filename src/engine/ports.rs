//! [`listen`]: a listener on a port that this process never used before.
//!
//! Clients keep connections alive by address. A port that belonged to a double
//! which is gone must not come back as another one's, or a pooled connection
//! of an earlier test reaches a stranger.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Mutex, PoisonError};

/// One bit a port: 8 KiB for all of them.
static ISSUED: Mutex<[u64; 1024]> = Mutex::new([0; 1024]);

/// How often the system is asked for a free port before ports are tried one by one.
const DRAWS_MAX: usize = 32;

/// The first port that needs no privileges.
const FIRST_PORT: u16 = 1024;

/// Listens on a port that was not issued before, or on exactly `port` if that is not 0.
pub(super) fn listen(host: IpAddr, port: u16) -> io::Result<TcpListener> {
    if port != 0 {
        let listener = TcpListener::bind(SocketAddr::new(host, port))?;
        issue(port);
        return Ok(listener);
    }
    // Those that were issued before are held until a fresh one is found, so that
    // the system cannot offer them again.
    let mut stale = Vec::new();
    for _ in 0..DRAWS_MAX {
        let listener = TcpListener::bind(SocketAddr::new(host, 0))?;
        if issue(listener.local_addr()?.port()) {
            return Ok(listener);
        }
        stale.push(listener);
    }
    for port in FIRST_PORT..=u16::MAX {
        if is_issued(port) {
            continue;
        }
        match TcpListener::bind(SocketAddr::new(host, port)) {
            Ok(listener) if issue(port) => return Ok(listener),
            Err(error) if error.kind() != io::ErrorKind::AddrInUse => return Err(error),
            _ => {}
        }
    }
    Err(io::Error::new(io::ErrorKind::AddrInUse, "this process has used every port once"))
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
