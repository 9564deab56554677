//! [`shake`]: what a connection begins with that is to be spoken over TLS.

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::certificate::Certificate;
use super::wire::Line;

/// What clients are told that speak plain HTTP.
const PLAIN: &[u8] = b"HTTP/1.1 400 Bad Request\r\n\
    content-type: text/plain\r\n\
    content-length: 34\r\n\
    connection: close\r\n\
    \r\n\
    This port speaks https, not http.\n";

/// Agrees with a client on how to go on. There is no line when they do not
/// agree: the client does not trust the certificate, speaks another language, or
/// has gone. It has been told then, and nobody else is concerned.
pub(super) async fn shake(stream: TcpStream, certificate: &Certificate) -> Option<Line> {
    let mut first = [0];
    stream.peek(&mut first).await.ok()?;
    // No record of TLS begins with such a letter, and every method of HTTP does.
    if first[0].is_ascii_uppercase() {
        refuse(Line::socket(stream)).await;
        return None;
    }
    let acceptor = TlsAcceptor::from(certificate.config());
    let stream = acceptor.accept(stream).await.ok()?;
    Some(Line::tls(stream))
}

async fn refuse(mut line: Line) {
    // A client that does not want to hear it is not told.
    let _ = line.write_all(PLAIN).await;
    line.switch().close();
    line.end().await;
}
