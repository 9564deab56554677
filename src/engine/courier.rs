//! [`carry`]: one HTTP exchange with a receiver on loopback, and never with any other.
//!
//! Written over std's sockets: hyper's client would cost every user two crates
//! more, for these lines. A thread of its own waits for each answer, so no
//! runtime is held up, whoever's it is.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use hyper::Uri;

/// How long a receiver may take for the whole of an exchange, in real time.
/// Only a guard against hanging: ten seconds.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The most bytes that the body of an answer may have: 1 MiB.
pub const ANSWER_MAX: u64 = 1024 * 1024;

/// The most bytes that the head of an answer may have.
const HEAD_MAX: u64 = 64 * 1024;

/// A request to be carried.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The method.
    pub method: &'static str,
    /// Where to: only an `http` address on loopback is ever contacted.
    pub url: String,
    /// The headers, but for `Host`, `Content-Length` and `Connection`.
    pub headers: Vec<(String, String)>,
    /// The body, if it has one.
    pub body: Option<String>,
}

/// What a receiver answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The status.
    pub status: u16,
    /// The headers, as they were sent.
    pub headers: Vec<(String, String)>,
    /// The body; what is not UTF-8 in it is replaced.
    pub body: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// The address is not an `http` address on loopback: nobody was contacted.
    NotLoopback(String),
    /// Nobody was there, or what came back was no answer.
    Failed(String),
}

impl fmt::Display for Undelivered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Undelivered::NotLoopback(reason) | Undelivered::Failed(reason) => out.write_str(reason),
        }
    }
}

/// Carries a parcel and waits for its answer. No redirect is followed.
///
/// # Errors
///
/// When the address is not on loopback, or when there is no whole answer within [`PATIENCE`].
pub async fn carry(parcel: Parcel) -> Result<Receipt, Undelivered> {
    let receiver = Receiver::of(&parcel.url)?;
    let (tell, told) = tokio::sync::oneshot::channel();
    let exchange = move || {
        // Nobody listens any more when the test has given up waiting.
        let _ = tell.send(exchange(&receiver, &parcel, PATIENCE));
    };
    let thread = std::thread::Builder::new().name("mock-rebilly-courier".to_owned());
    match thread.spawn(exchange) {
        Ok(_) => told.await.unwrap_or_else(|_| Err(failed("the courier panicked"))),
        Err(error) => Err(failed(error)),
    }
}

/// Someone on loopback.
#[derive(Debug, PartialEq, Eq)]
struct Receiver {
    addresses: Vec<SocketAddr>,
    host: String,
    target: String,
}

impl Receiver {
    /// No name is looked up: `localhost` is what it is.
    fn of(url: &str) -> Result<Receiver, Undelivered> {
        let refused = |reason: &str| Undelivered::NotLoopback(format!("{reason}: {url}"));
        let uri: Uri = url.parse().map_err(|_| refused("not an address"))?;
        let (Some(authority), Some(host)) = (uri.authority(), uri.host()) else {
            return Err(refused("not an absolute address"));
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let ips: Vec<IpAddr> = match bare.parse::<IpAddr>() {
            Ok(ip) if ip.is_loopback() => vec![ip],
            Err(_) if host.eq_ignore_ascii_case("localhost") => {
                vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
            }
            _ => return Err(refused("not a loopback address, so nobody was contacted")),
        };
        if uri.scheme_str() != Some("http") {
            return Err(refused("only http is spoken on loopback, so nobody was contacted"));
        }
        let port = authority.port_u16().unwrap_or(80);
        Ok(Receiver {
            addresses: ips.into_iter().map(|ip| SocketAddr::new(ip, port)).collect(),
            host: authority.as_str().rsplit('@').next().unwrap_or_default().to_owned(),
            target: uri.path_and_query().map_or("/", |it| it.as_str()).to_owned(),
        })
    }
}

fn failed(error: impl fmt::Display) -> Undelivered {
    Undelivered::Failed(error.to_string())
}

/// The whole exchange, on a thread that may wait.
fn exchange(
    receiver: &Receiver,
    parcel: &Parcel,
    patience: Duration,
) -> Result<Receipt, Undelivered> {
    let mut line = Line::open(&receiver.addresses, patience).map_err(failed)?;
    // Who answers before everything was read may close the line: the answer counts.
    let written = line.write_all(&spoken(receiver, parcel));
    read(&mut BufReader::new(line)).map_err(|error| failed(written.err().unwrap_or(error)))
}

fn spoken(receiver: &Receiver, parcel: &Parcel) -> Vec<u8> {
    let Receiver { host, target, .. } = receiver;
    let mut text = format!("{} {target} HTTP/1.1\r\nHost: {host}\r\n", parcel.method);
    for (name, value) in &parcel.headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    if let Some(body) = &parcel.body {
        text.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    text.push_str("Connection: close\r\n\r\n");
    text.push_str(parcel.body.as_deref().unwrap_or_default());
    text.into_bytes()
}

/// A connection on which nothing lasts longer than until its deadline.
struct Line {
    stream: TcpStream,
    deadline: Instant,
}

impl Line {
    fn open(addresses: &[SocketAddr], patience: Duration) -> io::Result<Line> {
        let deadline = now() + patience;
        let mut outcome = Err(io::ErrorKind::AddrNotAvailable.into());
        for address in addresses {
            outcome = TcpStream::connect_timeout(address, left(deadline)?);
            if outcome.is_ok() {
                break;
            }
        }
        Ok(Line { stream: outcome?, deadline })
    }
}

impl Read for Line {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(left(self.deadline)?))?;
        self.stream.read(into).map_err(timely)
    }
}

impl Write for Line {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(left(self.deadline)?))?;
        self.stream.write(from).map_err(timely)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

#[expect(clippy::disallowed_methods, reason = "a receiver that hangs does so in real time")]
fn now() -> Instant {
    Instant::now()
}

fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(now());
    if left.is_zero() { Err(late()) } else { Ok(left) }
}

/// Systems call it by two names.
fn timely(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => late(),
        _ => error,
    }
}

fn late() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the receiver did not answer in time")
}

fn read(from: &mut impl BufRead) -> io::Result<Receipt> {
    let mut head_left = HEAD_MAX;
    loop {
        let first = text_line(from, &mut head_left)?;
        let status = first.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1));
        let status: u16 = status.and_then(|it| it.parse().ok()).ok_or_else(|| unlike(&first))?;
        let mut headers = Vec::new();
        loop {
            let line = text_line(from, &mut head_left)?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or_else(|| unlike(&line))?;
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
        // "Continue" and its like come before the answer.
        if status >= 200 {
            let body = read_body(from, status, &headers)?;
            let body = String::from_utf8_lossy(&body).into_owned();
            return Ok(Receipt { status, headers, body });
        }
    }
}

fn read_body(
    from: &mut impl BufRead,
    status: u16,
    headers: &[(String, String)],
) -> io::Result<Vec<u8>> {
    let said = |wanted: &str| {
        let mut named = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        named.next_back().map(|(_, value)| value.as_str())
    };
    let mut body = Vec::new();
    if matches!(status, 204 | 304) {
        return Ok(body);
    }
    if said("transfer-encoding").is_some_and(|it| it.eq_ignore_ascii_case("chunked")) {
        loop {
            let line = text_line(from, &mut HEAD_MAX.clone())?;
            let size = line.split(';').next().unwrap_or_default().trim();
            let size = u64::from_str_radix(size, 16).map_err(|_| unlike(&line))?;
            if size == 0 {
                return Ok(body);
            }
            read_part(from, size, &mut body)?;
            text_line(from, &mut HEAD_MAX.clone())?;
        }
    }
    if let Some(length) = said("content-length") {
        read_part(from, length.parse().map_err(|_| unlike(length))?, &mut body)?;
    } else {
        from.take(ANSWER_MAX + 1).read_to_end(&mut body)?;
        fits(body.len() as u64)?;
    }
    Ok(body)
}

/// Reads exactly that many bytes more.
fn read_part(from: &mut impl BufRead, size: u64, body: &mut Vec<u8>) -> io::Result<()> {
    let whole = (body.len() as u64).saturating_add(size);
    fits(whole)?;
    from.take(size).read_to_end(body)?;
    if body.len() as u64 == whole { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn fits(size: u64) -> io::Result<()> {
    let too_large = || io::Error::other(format!("the answer has more than {ANSWER_MAX} bytes"));
    if size > ANSWER_MAX { Err(too_large()) } else { Ok(()) }
}

/// A line without its end, of at most as many bytes as are left.
fn text_line(from: &mut impl BufRead, left: &mut u64) -> io::Result<String> {
    let mut line = Vec::new();
    let size = from.take(*left).read_until(b'\n', &mut line)?;
    *left -= size as u64;
    if line.pop() != Some(b'\n') {
        return Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "the receiver closed the connection before its answer was whole",
        ));
    }
    let line = String::from_utf8_lossy(&line);
    Ok(line.trim_end_matches('\r').to_owned())
}

fn unlike(line: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("not HTTP/1: {line:?}"))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn answer(text: &str) -> Result<Receipt, String> {
        read(&mut text.as_bytes()).map_err(|error| error.to_string())
    }

    fn addresses(url: &str) -> Option<Vec<String>> {
        let found = Receiver::of(url).ok()?.addresses;
        Some(found.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn only_http_on_loopback_is_ever_contacted() {
        let both = vec!["127.0.0.1:80".to_owned(), "[::1]:80".to_owned()];
        assert_eq!(addresses("http://localhost/hook"), Some(both.clone()));
        assert_eq!(addresses("HTTP://LOCALHOST"), Some(both));
        assert_eq!(addresses("http://127.0.0.1:4000"), Some(vec!["127.0.0.1:4000".to_owned()]));
        assert_eq!(addresses("http://127.8.8.8:1"), Some(vec!["127.8.8.8:1".to_owned()]));
        assert_eq!(addresses("http://[::1]:9/x?y"), Some(vec!["[::1]:9".to_owned()]));
        for other in [
            "http://example.com/hook",
            "http://192.0.2.1/",
            "http://0.0.0.0/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://127.0.0.1.example.com/",
            "http://127.0.0.1@example.com/",
            "http://localhost:80@example.com/",
            "http://localhost.example.com/",
            "http://127.1/",
            "http://2130706433/",
            "https://127.0.0.1/",
            "ftp://localhost/",
            "//localhost/",
            "/hook",
            "localhost",
            "",
        ] {
            assert_eq!(addresses(other), None, "{other}");
        }
    }

    #[test]
    fn an_answer_ends_where_its_head_says() {
        let sized = answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA:  b \r\n\r\nhi, and more");
        let headers =
            [("Content-Length", "2"), ("A", "b")].map(|(name, it)| (name.into(), it.into()));
        let expected = Receipt { status: 200, headers: headers.into(), body: "hi".into() };
        assert_eq!(sized, Ok(expected));
        let body = |text: &str| answer(text).map(|receipt| receipt.body);
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\none\r\nA\r\n, and more\r\n0\r\n\r\n";
        assert_eq!(body(chunked), Ok("one, and more".into()));
        assert_eq!(body("HTTP/1.0 500\n\nto the end"), Ok("to the end".into()));
        assert_eq!(body("HTTP/1.1 204 No Content\r\n\r\n"), Ok(String::new()));
        let after = answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n");
        assert_eq!(after.map(|receipt| receipt.status), Ok(202));
    }

    #[test]
    fn what_is_no_answer_says_so() {
        let said = |text: &str| answer(text).unwrap_err();
        assert!(said("").contains("before its answer was whole"));
        assert!(said("HTTP/1.1 200 OK\r\nA: b").contains("before its answer was whole"));
        assert!(said("SSH-2.0-x\r\n").starts_with("not HTTP/1"));
        assert!(said("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi").contains("end of file"));
        let large = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", u64::MAX);
        assert!(said(&large).contains("more than 1048576 bytes"));
        let endless = format!("HTTP/1.1 200 OK\r\nA: {}", "b".repeat(70_000));
        assert!(said(&endless).contains("before its answer was whole"));
    }

    #[test]
    fn a_receiver_that_hangs_is_given_up() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let receiver = Receiver::of(&url).unwrap();
        let parcel = Parcel { method: "POST", url, headers: Vec::new(), body: None };
        let outcome = exchange(&receiver, &parcel, Duration::from_millis(20));
        assert_eq!(outcome, Err(failed("the receiver did not answer in time")));
    }
}
