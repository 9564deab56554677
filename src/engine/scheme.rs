//! [`Scheme`]: how clients speak to a port.

use std::fmt;

use tokio::net::TcpStream;

#[cfg(feature = "tls")]
use super::certificate::Certificate;
use super::wire::Line;

/// How clients speak to a port, and what its address begins with.
#[derive(Clone, Copy, Debug)]
pub enum Scheme {
    /// In plain.
    Http,
    /// Over TLS.
    #[cfg(feature = "tls")]
    Https(&'static Certificate),
}

impl Scheme {
    /// Makes a line of a connection, when the client speaks as it must.
    #[cfg_attr(
        not(feature = "tls"),
        expect(clippy::unused_async, reason = "in plain, there is nothing to agree on first")
    )]
    pub(super) async fn line(self, stream: TcpStream) -> Option<Line> {
        match self {
            Scheme::Http => Some(Line::socket(stream)),
            #[cfg(feature = "tls")]
            Scheme::Https(certificate) => super::handshake::shake(stream, certificate).await,
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Scheme::Http => "http",
            #[cfg(feature = "tls")]
            Scheme::Https(_) => "https",
        })
    }
}
