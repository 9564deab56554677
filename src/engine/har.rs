//! [`Journal::to_har`]: a journal as an HTTP archive, which browsers and proxies open.

use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderMap};

use super::base64::base64;
use super::entry::Exchange;
use super::journal::Journal;
use super::render::{Object, Rendered, Writer};

/// The version that every exchange had: HTTP/1.1 is all that is spoken.
const HTTP: &str = "HTTP/1.1";

impl Journal {
    /// The journal as an HTTP archive (HAR 1.2), which the developer tools of
    /// browsers, and most proxies, open. Times are those of the double's clock.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// // … the code under test does its work …
    /// let har = rebilly.journal().to_har();
    /// assert!(har.starts_with(r#"{"log":{"version":"1.2","creator":{"name":"mock-rebilly","#));
    /// ```
    #[must_use]
    pub fn to_har(&self) -> String {
        let har = Rendered::object(|har| {
            har.member("log").object(|log| {
                log.text("version", "1.2");
                log.member("creator").object(|creator| {
                    creator.text("name", env!("CARGO_PKG_NAME"));
                    creator.text("version", env!("CARGO_PKG_VERSION"));
                });
                log.member("entries")
                    .list(self.iter(), |writer, it| writer.object(|o| entry(it, o)));
                if self.dropped() > 0 {
                    let says = format!("{} older exchanges were dropped", self.dropped());
                    log.text("comment", &says);
                }
            });
        });
        har.plain()
    }
}

/// Nothing takes any time by the double's clock, but for what a test wants to take some.
fn entry(exchange: &Exchange, entry: &mut Object<'_>) {
    entry.text("startedDateTime", exchange.at.with_millis());
    let waited = exchange.latency().map_or(0.0, |latency| latency.as_secs_f64() * 1_000.0);
    entry.number("time", waited);
    entry.member("request").object(|object| request(exchange, object));
    entry.member("response").object(|object| response(exchange, object));
    entry.member("cache").object(|_| {});
    entry.member("timings").object(|timings| {
        timings.whole("send", 0);
        timings.number("wait", waited);
        timings.whole("receive", 0);
    });
    entry.text("comment", exchange.to_string());
}

fn request(exchange: &Exchange, request: &mut Object<'_>) {
    let call = exchange.call();
    request.text("method", exchange.method());
    request.text("url", exchange.url());
    request.text("httpVersion", HTTP);
    request.member("cookies").list([(); 0], |_, ()| {});
    headers(exchange.headers(), request);
    request.member("queryString").list(call.query.pairs(), |writer, (name, value)| {
        pair(writer, name, value);
    });
    if !exchange.body().is_empty() {
        request.member("postData").object(|data| {
            data.text("mimeType", exchange.header("content-type").unwrap_or_default());
            // The standard has no other place for bytes that are no text than a member of one's own.
            content(exchange.body(), "_encoding", data);
        });
    }
    sizes(exchange.body().len(), request);
}

/// What reached the client. Where nothing did, the status is 0, as browsers write it.
fn response(exchange: &Exchange, response: &mut Object<'_>) {
    let delivered = exchange.delivered();
    let status = delivered.as_ref().map(Response::status);
    let (head, body) = delivered.unwrap_or_default().into_parts();
    response.whole("status", status.map_or(0, |status| status.as_u16()));
    let reason = status.and_then(|status| status.canonical_reason());
    response.text("statusText", reason.unwrap_or_default());
    response.text("httpVersion", HTTP);
    response.member("cookies").list([(); 0], |_, ()| {});
    headers(&head.headers, response);
    let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default();
    response.member("content").object(|object| {
        object.whole("size", size(body.len()));
        object.text("mimeType", kind);
        content(&body, "encoding", object);
    });
    response.text("redirectURL", "");
    sizes(body.len(), response);
    if let Some(fault) = exchange.fault() {
        response.text("comment", fault.to_string());
    }
}

fn headers(headers: &HeaderMap, object: &mut Object<'_>) {
    object.member("headers").list(headers, |writer, (name, value)| {
        pair(writer, name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
    });
}

fn pair(writer: &mut Writer, name: &str, value: &str) {
    writer.object(|pair| {
        pair.text("name", name);
        pair.text("value", value);
    });
}

/// A body as text, or what else it is.
fn content(body: &[u8], encoding: &'static str, object: &mut Object<'_>) {
    if let Ok(text) = std::str::from_utf8(body) {
        object.text("text", text);
    } else {
        object.text("text", base64(body));
        object.text(encoding, "base64");
    }
}

/// Nobody kept how long a head was; the standard writes that as -1.
fn sizes(body: usize, object: &mut Object<'_>) {
    object.whole("headersSize", -1);
    object.whole("bodySize", size(body));
}

fn size(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
