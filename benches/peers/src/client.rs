//! Clients that measure nothing but the wire: [`Client`] on one connection, and
//! [`crowd`] on many at once.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::rounds::{median, timed};

/// What any server can be asked.
#[derive(Clone, Copy)]
pub struct Question {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// The query with its question mark, or nothing.
    pub query: &'static str,
    /// The body.
    pub body: &'static str,
}

impl Question {
    /// The first thing to ask.
    pub const GET: Question =
        Question { method: "GET", path: "/customers/cus_ada", query: "", body: "" };

    /// The bytes of the request to a server.
    pub fn to(self, server: SocketAddr) -> Vec<u8> {
        let Question { method, path, query, body } = self;
        let length = body.len();
        format!(
            "{method} {path}{query} HTTP/1.1\r\nHost: {server}\r\nREB-APIKEY: sk_sandbox_bench\r\n\
             Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }
}

/// A whole answer.
pub struct Answer<'c> {
    /// Its head, with the empty line at its end.
    pub head: &'c str,
    /// Its body.
    pub body: &'c [u8],
}

/// One connection on which the same is asked again and again, or this and that by turns.
/// Where a server hangs up after an answer, as mockito does, it connects anew.
pub struct Client {
    address: SocketAddr,
    requests: Vec<Vec<u8>>,
    asked: usize,
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    /// Connects, to ask this.
    pub fn of(address: SocketAddr, question: Question) -> Client {
        Client::by_turns(address, &[question])
    }

    /// Connects, to ask these by turns.
    pub fn by_turns(address: SocketAddr, questions: &[Question]) -> Client {
        let requests = questions.iter().map(|question| question.to(address)).collect();
        let (stream, buffer) = (connected(address), vec![0; 16 * 1024]);
        Client { address, requests, asked: 0, stream, buffer }
    }

    /// Sends the next request and reads its whole answer.
    pub fn ask(&mut self) -> Answer<'_> {
        self.asked += 1;
        let (head, length) = loop {
            match self.answer() {
                Some(place) => break place,
                None => self.stream = connected(self.address),
            }
        };
        let (head, rest) = self.buffer.split_at(head);
        Answer { head: text(head), body: &rest[..length] }
    }

    /// Where the body of the answer is; `None` when the server had hung up before.
    fn answer(&mut self) -> Option<(usize, usize)> {
        let request = &self.requests[self.asked % self.requests.len()];
        self.stream.write_all(request).ok()?;
        let mut read = 0;
        loop {
            let more = self.stream.read(&mut self.buffer[read..]).unwrap_or(0);
            if more == 0 {
                assert!(read == 0, "the server hung up in the middle of an answer");
                return None;
            }
            read += more;
            if let Some(place) = whole(&self.buffer[..read]) {
                return Some(place);
            }
            if read == self.buffer.len() {
                self.buffer.resize(2 * read, 0);
            }
        }
    }

    /// The median of how long each of some requests takes, in seconds.
    pub fn p50(&mut self, times: usize) -> f64 {
        let one = |_| {
            timed(|| {
                self.ask();
            })
            .as_secs_f64()
        };
        median((0..times).map(one).collect())
    }
}

fn connected(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a server");
    stream.set_nodelay(true).expect("a socket");
    stream
}

/// Where the body of an answer begins and how long it is, if all of it is there.
fn whole(read: &[u8]) -> Option<(usize, usize)> {
    let head = end_of_head(read)?;
    let lengths = text(&read[..head]).lines().filter_map(|line| line.split_once(':'));
    let mut lengths = lengths.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = lengths.next().map_or(0, |(_, length)| length.trim().parse().expect("a length"));
    (read.len() >= head + length).then_some((head, length))
}

/// The end of an answer's head, if it is there. A plain loop: with an iterator, the client
/// would take half of what is counted in the debug profile.
fn end_of_head(read: &[u8]) -> Option<usize> {
    let mut at = 3;
    while at < read.len() {
        if read[at] == b'\n' && read[at - 2] == b'\n' && read[at - 1] == b'\r' {
            return Some(at + 1);
        }
        at += 1;
    }
    None
}

fn text(head: &[u8]) -> &str {
    std::str::from_utf8(head).expect("a head that is text")
}

/// How many requests a second are answered when `connections` ask at once, `times` each.
pub fn crowd(address: SocketAddr, connections: usize, question: Question, times: usize) -> f64 {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_io().build().expect("a runtime");
    let tasks = tokio::task::LocalSet::new();
    let streams = runtime.block_on(async {
        let mut streams = Vec::new();
        for _ in 0..connections {
            streams.push(connect(address).await);
        }
        streams
    });
    let work = async move {
        let asking = streams.into_iter().map(|mut stream| {
            let request = question.to(address);
            tokio::task::spawn_local(async move {
                let address = stream.peer_addr().expect("an address");
                let mut buffer = vec![0; 512 * 1024];
                for _ in 0..times {
                    while !answered(&mut stream, &request, &mut buffer).await {
                        stream = connect(address).await;
                    }
                }
            })
        });
        for asking in asking.collect::<Vec<_>>() {
            asking.await.expect("a client that goes on");
        }
    };
    let time = timed(|| runtime.block_on(tasks.run_until(work)));
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let requests = (connections * times) as f64;
    requests / time.as_secs_f64()
}

async fn connect(address: SocketAddr) -> tokio::net::TcpStream {
    let stream = tokio::net::TcpStream::connect(address).await.expect("a server");
    stream.set_nodelay(true).expect("a socket");
    stream
}

/// Asks once; false when the server had hung up before.
async fn answered(stream: &mut tokio::net::TcpStream, request: &[u8], buffer: &mut [u8]) -> bool {
    if stream.write_all(request).await.is_err() {
        return false;
    }
    let mut read = 0;
    while whole(&buffer[..read]).is_none() {
        let more = stream.read(&mut buffer[read..]).await.unwrap_or(0);
        if more == 0 {
            assert!(read == 0, "the server hung up in the middle of an answer");
            return false;
        }
        read += more;
    }
    true
}
