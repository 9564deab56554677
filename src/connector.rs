//! [`Connector`]: connections in memory for hyper-util's pooled client.

use std::fmt;
use std::future::{Ready, ready};
use std::io;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use hyper::Uri;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;

use crate::engine::double::Double;
use crate::engine::pipe::{Pipe, Pipes};
use crate::engine::vendor::Vendor;
use crate::mock::Mock;

impl<V: Vendor> Mock<V> {
    /// What connects hyper-util's pooled client to the double, whatever host it
    /// asks for, over [pipes](Mock::pipe). With the feature `connector`.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use hyper_util::client::legacy::Client;
    /// use hyper_util::rt::TokioExecutor;
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// let client = Client::builder(TokioExecutor::new()).build(rebilly.connector());
    /// let request = Request::get("http://api.rebilly.com/customers/cus_ada");
    /// let request = request.header("REB-APIKEY", "sk_sandbox_x").body(String::new()).unwrap();
    /// assert_eq!(client.request(request).await.unwrap().status(), 200);
    /// # }
    /// ```
    #[must_use]
    pub fn connector(&self) -> Connector {
        let double = Arc::clone(&self.shared) as Arc<dyn Double>;
        Connector {
            double: Arc::downgrade(&double),
            pipes: Arc::downgrade(&self.pipes),
            base: Arc::clone(&self.url),
        }
    }
}

/// Connects to a double; see [`Mock::connector`].
#[derive(Clone)]
pub struct Connector {
    double: Weak<dyn Double>,
    pipes: Weak<Pipes>,
    base: Arc<str>,
}

impl Connector {
    fn connect(&self) -> io::Result<TokioIo<Pipe>> {
        let (Some(double), Some(pipes)) = (self.double.upgrade(), self.pipes.upgrade()) else {
            return Err(io::ErrorKind::ConnectionRefused.into());
        };
        pipes.open(double, Arc::clone(&self.base)).map(TokioIo::new)
    }
}

impl tower_service::Service<Uri> for Connector {
    type Response = TokioIo<Pipe>;
    type Error = io::Error;
    type Future = Ready<io::Result<TokioIo<Pipe>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.connect())
    }
}

impl Connection for Pipe {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the connector of a double at {}", self.base)
    }
}
