//! A double without a socket: as a service of tower's and of hyper's, over a
//! pipe, and behind hyper-util's pooled client.

use std::collections::VecDeque;
use std::future::Future;
use std::io::ErrorKind;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http_body_util::{BodyExt, Empty, Full};
use hyper::body::{Body, Bytes, Frame};
use hyper_util::rt::TokioIo;
use mock_rebilly::engine::double::BODY_MAX;
use mock_rebilly::http::{Request, Response};
use mock_rebilly::{AnswerBody, Broken, MockRebilly, Op, Service};
use serde_json::{Value, json};

use crate::support::{Api, Way};

fn request<B>(method: &str, target: &str, body: B) -> Request<B> {
    let request =
        Request::builder().method(method).uri(target).header("REB-APIKEY", "sk_sandbox_x");
    request.body(body).unwrap()
}

async fn json_of(answer: Response<impl Body<Data = Bytes, Error: std::fmt::Debug>>) -> Value {
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&body).unwrap()
}

async fn ask<B>(service: &mut Service, request: Request<B>) -> Result<Response<AnswerBody>, Broken>
where
    Service: tower_service::Service<Request<B>, Response = Response<AnswerBody>, Error = Broken>,
{
    tower_service::Service::call(service, request).await
}

#[tokio::test]
async fn a_service_has_the_state_and_the_journal_of_the_double() {
    let rebilly = MockRebilly::start().await;
    let mut service = rebilly.service();

    let body = json!({ "primaryAddress": { "firstName": "Eve" } }).to_string();
    let created = ask(&mut service, request("PUT", "/customers/eve", body)).await.unwrap();

    assert_eq!(created.status(), 201);
    assert!(created.headers()["location"].to_str().unwrap().starts_with(rebilly.url()));
    assert_eq!(json_of(created).await["firstName"], "Eve");
    assert_eq!(rebilly.journal().of(Op::PutCustomer).count(), 1);
    assert_eq!(Api::by(&rebilly, Way::Socket).get("/customers/eve", 200)["firstName"], "Eve");
}

/// A request's body that comes in parts.
struct Parts(VecDeque<Result<&'static str, &'static str>>);

impl Body for Parts {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, &'static str>>> {
        let part = self.0.pop_front();
        Poll::Ready(
            part.map(|part| part.map(|part| Frame::data(Bytes::from_static(part.as_bytes())))),
        )
    }
}

#[tokio::test]
async fn a_service_is_hypers_too_and_takes_any_body() {
    let rebilly = MockRebilly::builder().without_socket();
    let service = rebilly.service();
    let parts = Parts([Ok("{\"website"), Ok("Id\": \"web_1\"}")].into());
    let get = request("GET", "/customers/eve", Empty::<Bytes>::new());

    let put = hyper::service::Service::call(&service, request("PUT", "/customers/eve", parts));
    assert_eq!(put.await.unwrap().status(), 201);
    let found = hyper::service::Service::call(&service, get).await.unwrap();

    assert_eq!(json_of(found).await["websiteId"], "web_1");
}

#[tokio::test]
async fn a_body_that_breaks_off_or_is_too_large_is_refused_as_over_a_socket() {
    let rebilly = MockRebilly::builder().without_socket();
    let mut service = rebilly.service();

    let broken = Parts([Ok("{"), Err("the sender fell asleep")].into());
    let broken = ask(&mut service, request("PUT", "/customers/eve", broken)).await.unwrap();
    let large = Full::new(Bytes::from(vec![b' '; BODY_MAX + 1]));
    let large = ask(&mut service, request("PUT", "/customers/eve", large)).await.unwrap();

    assert_eq!((broken.status().as_u16(), large.status().as_u16()), (400, 413));
    let detail = json_of(broken).await["detail"].clone();
    assert_eq!(detail, "The body cannot be read: the sender fell asleep.");
    assert!(rebilly.customer("eve").is_none());
}

#[tokio::test]
async fn a_slow_body_of_a_service_comes_piece_by_piece() {
    let rebilly = MockRebilly::builder().without_socket();
    rebilly.on(Op::GetCustomer).slow_body(1_000, Duration::from_millis(1));
    let get = request("GET", "/customers/cus_ada", String::new());
    let mut body = ask(&mut rebilly.service(), get).await.unwrap().into_body();
    let length = usize::try_from(body.size_hint().exact().unwrap()).unwrap();

    let mut pieces = Vec::new();
    while let Some(frame) = body.frame().await {
        pieces.push(frame.unwrap().into_data().unwrap().len());
    }

    assert_eq!(pieces, [1_000, 1_000, length - 2_000]);
    assert!(body.is_end_stream());
}

#[tokio::test]
async fn a_service_is_gone_when_its_double_is() {
    let rebilly = MockRebilly::builder().without_socket();
    let (mut service, get) = (rebilly.service(), || request("GET", "/customers", String::new()));
    assert!(ask(&mut service.clone(), get()).await.is_ok());

    drop(rebilly);

    assert_eq!(ask(&mut service, get()).await.unwrap_err(), Broken::Gone);
}

#[tokio::test]
async fn a_future_that_is_dropped_is_a_client_that_went_away() {
    let rebilly = MockRebilly::builder().without_socket();
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let mut service = rebilly.service();
    let mut put = Box::pin(ask(&mut service, request("PUT", "/customers/eve", "{}".to_owned())));
    let waiting = put.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(waiting.is_pending() && gate.call().is_some());

    drop(put);
    gate.release();

    assert!(rebilly.customer("eve").is_some());
}

#[test]
fn a_service_and_its_answers_may_go_anywhere() {
    fn goes_anywhere<T: Send + Sync + 'static>() {}
    goes_anywhere::<Service>();
    goes_anywhere::<Response<AnswerBody>>();
    goes_anywhere::<mock_rebilly::Gate>();
    goes_anywhere::<mock_rebilly::Pipe>();
}

// Pipes.

type Client = hyper::client::conn::http1::SendRequest<Full<Bytes>>;

async fn client(rebilly: &MockRebilly) -> Client {
    let pipe = TokioIo::new(rebilly.pipe());
    let (client, connection) = hyper::client::conn::http1::handshake(pipe).await.unwrap();
    tokio::spawn(connection);
    client
}

fn put_eve() -> Request<Full<Bytes>> {
    request("PUT", "/customers/eve", Full::new(Bytes::from_static(b"{}")))
}

/// The kind of the error of input and output at the bottom of another.
fn kind(error: &(dyn std::error::Error + 'static)) -> Option<ErrorKind> {
    match error.downcast_ref::<std::io::Error>() {
        Some(error) => Some(error.kind()),
        None => kind(error.source()?),
    }
}

#[tokio::test]
async fn a_hyper_client_talks_over_a_pipe_as_over_a_socket() {
    let rebilly = MockRebilly::builder().without_socket();
    let mut client = client(&rebilly).await;

    for status in [201, 200] {
        let answer = client.send_request(put_eve()).await.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(json_of(answer).await["id"], "eve");
    }

    assert_eq!(rebilly.journal().len(), 2);
}

#[tokio::test]
async fn a_reset_of_a_pipe_is_one_to_its_client() {
    let rebilly = MockRebilly::builder().without_socket();
    rebilly.on(Op::PutCustomer).lose_response();
    let mut client = client(&rebilly).await;

    let error = client.send_request(put_eve()).await.unwrap_err();

    assert_eq!(kind(&error), Some(ErrorKind::ConnectionReset), "{error:?}");
    assert!(rebilly.customer("eve").is_some());
}

#[tokio::test]
async fn a_cut_body_of_a_pipe_is_one_to_its_client() {
    let rebilly = MockRebilly::builder().without_socket();
    rebilly.on(Op::PutCustomer).close_after(17);
    let mut client = client(&rebilly).await;

    let mut body = client.send_request(put_eve()).await.unwrap().into_body();

    assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap().len(), 17);
    let error = body.frame().await.unwrap().unwrap_err();
    assert_eq!(kind(&error), Some(ErrorKind::UnexpectedEof), "{error:?}");
}

#[tokio::test]
async fn a_pipe_ends_with_its_double() {
    let rebilly = MockRebilly::builder().without_socket();
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let (mut idle, mut busy) = (client(&rebilly).await, client(&rebilly).await);
    let held = tokio::spawn(async move { busy.send_request(put_eve()).await });
    gate.arrived().await;

    drop(rebilly);

    assert!(held.await.unwrap().is_err());
    assert!(idle.send_request(put_eve()).await.is_err());
}

#[tokio::test]
async fn a_pipe_that_is_dropped_is_closed_and_others_go_on() {
    let rebilly = MockRebilly::builder().without_socket();
    for _ in 0..100 {
        drop(rebilly.pipe());
    }
    let mut client = client(&rebilly).await;
    assert_eq!(client.send_request(put_eve()).await.unwrap().status(), 201);
}

#[test]
fn a_pipe_needs_no_runtime_of_the_test_to_be_served() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let rebilly = MockRebilly::builder().without_socket();
    let mut pipe = rebilly.pipe();

    let text = crate::channel::runtime().block_on(async {
        pipe.write_all(crate::wire::get_ada().as_bytes()).await.unwrap();
        let mut buffer = [0; 15];
        pipe.read_exact(&mut buffer).await.unwrap();
        buffer
    });

    assert_eq!(&text, b"HTTP/1.1 200 OK");
}

#[cfg(feature = "connector")]
#[tokio::test]
async fn a_pooled_client_connects_in_memory() {
    use hyper_util::client::legacy::Client;
    use hyper_util::rt::TokioExecutor;

    let rebilly = MockRebilly::builder().without_socket();
    let client = Client::builder(TokioExecutor::new()).build(rebilly.connector());
    let get = |id: &str| {
        request("GET", &format!("http://api.test/customers/{id}"), Empty::<Bytes>::new())
    };
    let (one, other) =
        tokio::join!(client.request(get("cus_ada")), client.request(get("cus_alan")));
    let (one, other) = (json_of(one.unwrap()).await, json_of(other.unwrap()).await);
    assert_eq!((&one["id"], &other["id"]), (&json!("cus_ada"), &json!("cus_alan")));
    assert!(one["_links"][0]["href"].as_str().unwrap().starts_with("http://api.test/"));
    rebilly.on(Op::GetCustomer).lose_response();
    let error = client.request(get("cus_ada")).await.unwrap_err();
    assert_eq!(kind(&error), Some(ErrorKind::ConnectionReset), "{error:?}");

    let connector = rebilly.connector();
    drop(rebilly);

    let client = Client::builder(TokioExecutor::new()).build(connector);
    let error = client.request(get("cus_ada")).await.unwrap_err();
    assert_eq!(kind(&error), Some(ErrorKind::ConnectionRefused), "{error:?}");
}
