//! [`Exchange::to_curl`]: a request as a command line that sends it again.

use std::fmt::Write as _;

use hyper::Method;
use hyper::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, HeaderName, TRANSFER_ENCODING,
};

use super::entry::Exchange;
use super::journal::Journal;

/// What curl says by itself, as it is right for what it sends.
const OF_THE_CONNECTION: [HeaderName; 5] =
    [HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, EXPECT];

/// The longest body that is an argument. Linux allows 128 KiB, others less.
const ARGUMENT_MAX: usize = 32 * 1024;

impl Exchange {
    /// The request as a command for a POSIX shell, which sends it again by `curl`:
    /// the same method, address, headers and bytes.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// # let put = Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(put.header("Content-Type", "application/json").body(r#"{"locale":"en"}"#).unwrap());
    /// // … the code under test does its work …
    /// let put = rebilly.journal().of(Op::PutCustomer).one();
    /// assert_eq!(
    ///     put.to_curl(),
    ///     "curl -X PUT 'http://localhost/customers/ada' -H 'reb-apikey: sk_sandbox_x' \
    ///      -H 'content-type: application/json' --data-raw '{\"locale\":\"en\"}'",
    /// );
    /// ```
    #[must_use]
    pub fn to_curl(&self) -> String {
        let (body, url) = (self.body(), self.url());
        let as_argument = is_plain(body) && body.len() <= ARGUMENT_MAX;
        let mut command = String::new();
        if !as_argument {
            let _ = write!(command, "printf '{}' | ", printf(body));
        }
        command.push_str("curl");
        match self.call().method {
            Method::HEAD if body.is_empty() => command.push_str(" -I"),
            Method::GET if body.is_empty() => {}
            ref method => {
                let _ = write!(command, " -X {}", argument(method.as_str().as_bytes()));
            }
        }
        if url.contains(['[', ']', '{', '}']) {
            command.push_str(" -g"); // to curl they are many addresses in one
        }
        if url.contains("/.") {
            command.push_str(" --path-as-is");
        }
        let _ = write!(command, " {}", quoted(&url));
        for (name, value) in self.headers() {
            if OF_THE_CONNECTION.contains(name) {
                continue;
            }
            let header = match value.as_bytes() {
                // Nothing after the colon would mean not to send it.
                b"" => format!("{name};").into_bytes(),
                value => [name.as_str().as_bytes(), b": ", value].concat(),
            };
            let _ = write!(command, " -H {}", argument(&header));
        }
        if body.is_empty() {
            return command;
        }
        if !self.headers().contains_key(CONTENT_TYPE) {
            command.push_str(" -H 'content-type:'"); // curl would call it a form
        }
        match std::str::from_utf8(body) {
            Ok(text) if as_argument => {
                let _ = write!(command, " --data-raw {}", quoted(text));
            }
            _ => command.push_str(" --data-binary @-"),
        }
        command
    }
}

impl Journal {
    /// All requests as commands for a POSIX shell, which sends them again by
    /// `curl`. Above each stands its line in the journal.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// # let get = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(get.body("").unwrap());
    /// // … the code under test does its work …
    /// assert_eq!(
    ///     rebilly.journal().to_curl(),
    ///     "# #1 GET /customers/cus_ada -> 200 GetCustomer\n\
    ///      curl 'http://localhost/customers/cus_ada' -H 'reb-apikey: sk_sandbox_x'\n",
    /// );
    /// ```
    #[must_use]
    pub fn to_curl(&self) -> String {
        let mut script = String::new();
        if self.dropped() > 0 {
            let _ = writeln!(script, "# {} older exchanges were dropped", self.dropped());
        }
        for exchange in self.iter() {
            let _ = writeln!(script, "# {exchange}\n{}", exchange.to_curl());
        }
        script
    }
}

/// Bytes as one word of a command.
fn argument(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if is_word(text) => text.to_owned(),
        Ok(text) if is_plain(bytes) => quoted(text),
        _ => format!("\"$(printf '{}')\"", printf(bytes)),
    }
}

/// Whether a shell takes a text as it is.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether bytes are a text that can stand in quotes, and that no terminal obeys.
fn is_plain(bytes: &[u8]) -> bool {
    let is_shown = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\t');
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_shown))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Bytes as the format of `printf`, in single quotes.
fn printf(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'%' => text.push_str("%%"),
            // At the beginning, a hyphen would be an option.
            b'\\' | b'\'' | b'-' | ..b' ' | 0x7f.. => {
                let _ = write!(text, "\\{byte:03o}");
            }
            byte => text.push(byte.into()),
        }
    }
    text
}
