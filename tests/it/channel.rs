//! [`Channel`]: every way to ask a double, and [`Outcome`]: what comes of it.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Read, Write as _};
use std::net::TcpStream;

use http_body_util::BodyExt;
use hyper::body::Body as _;
use mock_rebilly::http::Response;
use mock_rebilly::{Broken, MockRebilly, Pipe};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{Ask, header};
use crate::wire::PATIENCE;

/// How a request reaches the double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    /// By a function call.
    Call,
    /// By a future.
    Service,
    /// Over a connection in memory.
    Pipe,
    /// Over a loopback connection.
    Socket,
}

/// What a client sees.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A whole answer.
    Whole(Response<Vec<u8>>),
    /// The connection was reset before a byte of an answer.
    Reset,
    /// The connection was closed after so many bytes of the body. The head, where it can be seen.
    Cut(usize, Option<Response<()>>),
}

impl Outcome {
    #[track_caller]
    pub(crate) fn whole(self) -> Response<Vec<u8>> {
        match self {
            Outcome::Whole(answer) => answer,
            other => panic!("no whole answer, but {other:?}"),
        }
    }

    #[track_caller]
    pub(crate) fn is_reset(&self) {
        assert!(matches!(self, Outcome::Reset), "no reset, but {self:?}");
    }
}

impl Channel {
    pub(crate) const ALL: [Channel; 4] =
        [Channel::Call, Channel::Service, Channel::Pipe, Channel::Socket];

    /// Asks, on a connection of its own where there are any.
    pub(crate) fn ask(self, rebilly: &MockRebilly, ask: &Ask) -> Outcome {
        match self {
            Channel::Call => match rebilly.try_handle(ask.request("")) {
                Ok(answer) => Outcome::Whole(answer.map(|body| body.to_vec())),
                Err(Broken::Reset) => Outcome::Reset,
                Err(Broken::Closed { bytes, .. }) => Outcome::Cut(bytes, None),
                Err(other) => panic!("{other}"),
            },
            Channel::Service => runtime().block_on(serve(rebilly, ask)),
            Channel::Pipe => runtime().block_on(async {
                let mut pipe = rebilly.pipe();
                let sent = pipe.write_all(written(ask).as_bytes()).await;
                seen(sent, async |into: &mut [u8]| Pipe::read(&mut pipe, into).await).await
            }),
            Channel::Socket => runtime().block_on(async {
                let mut stream = TcpStream::connect(rebilly.address().unwrap()).unwrap();
                stream.set_read_timeout(Some(PATIENCE)).unwrap();
                let sent = stream.write_all(written(ask).as_bytes());
                seen(sent, async |into: &mut [u8]| stream.read(into)).await
            }),
        }
    }
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

async fn serve(rebilly: &MockRebilly, ask: &Ask) -> Outcome {
    let request =
        ask.request("").map(|body| http_body_util::Full::new(hyper::body::Bytes::from(body)));
    let answered = tower_service::Service::call(&mut rebilly.service(), request).await;
    let (head, mut body) = match answered {
        Ok(answer) => answer.into_parts(),
        Err(broken) => {
            assert_eq!(broken, Broken::Reset);
            return Outcome::Reset;
        }
    };
    let promised = body.size_hint().exact();
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => bytes.extend_from_slice(&frame.into_data().unwrap()),
            Err(Broken::Closed { bytes: arrived, of }) => {
                assert_eq!((arrived, Some(of as u64)), (bytes.len(), promised));
                return Outcome::Cut(arrived, Some(Response::from_parts(head, ())));
            }
            Err(other) => panic!("{other}"),
        }
    }
    Outcome::Whole(Response::from_parts(head, bytes))
}

/// The bytes of a request.
fn written(ask: &Ask) -> String {
    let mut text = format!("{} {} HTTP/1.1\r\nHost: rebilly.test\r\n", ask.method, ask.target);
    for (name, value) in &ask.headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    let body = ask.body.clone().unwrap_or_default();
    let _ = write!(text, "Content-Length: {}\r\n\r\n", body.len());
    text + &String::from_utf8(body).unwrap()
}

/// Reads an answer until it is whole or nothing more comes.
async fn seen(
    sent: io::Result<()>,
    mut read: impl AsyncFnMut(&mut [u8]) -> io::Result<usize>,
) -> Outcome {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4_096]);
    loop {
        let ended = match read(&mut buffer).await {
            Ok(0) => Ok(()),
            Ok(count) => {
                bytes.extend_from_slice(&buffer[..count]);
                match answer(&bytes) {
                    Some((head, body, length)) if body.len() == length => {
                        sent.expect("a whole answer to what was sent");
                        return Outcome::Whole(head.map(|()| body));
                    }
                    _ => continue,
                }
            }
            Err(error) => Err(error.kind()),
        };
        return match (answer(&bytes), ended) {
            (None, Err(ErrorKind::ConnectionReset)) if bytes.is_empty() => Outcome::Reset,
            (Some((head, body, _)), Ok(())) => Outcome::Cut(body.len(), Some(head)),
            (_, ended) => panic!("{ended:?} after {:?}", String::from_utf8_lossy(&bytes)),
        };
    }
}

/// The head, what there is of the body, and how long the head says it is.
fn answer(bytes: &[u8]) -> Option<(Response<()>, Vec<u8>, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = text.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let mut head = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        head = head.header(name, value);
    }
    let head = head.body(()).unwrap();
    let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
    Some((head, bytes[end + 4..].to_vec(), length))
}
