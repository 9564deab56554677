//! The background threads that host every server of the process, and their
//! timers: the only real time there is.
//!
//! Handlers take microseconds and never wait, so nothing can stall these
//! threads; a blocking client inside an async test works, because no test ever
//! runs on them.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// The most threads that host servers; fewer on machines with fewer cores.
const HOSTS_MAX: usize = 4;

/// The runtime for the next server: they take turns.
///
/// # Errors
///
/// When no background thread can be started.
pub(super) fn host() -> io::Result<Handle> {
    static HOSTS: Mutex<Vec<Handle>> = Mutex::new(Vec::new());
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let mut hosts = HOSTS.lock().unwrap_or_else(PoisonError::into_inner);
    if hosts.is_empty() {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for number in 0..cores.min(HOSTS_MAX) {
            let name = format!("mock-rebilly-{number}");
            match spare().and_then(|()| start(name, Builder::new_current_thread().enable_io())) {
                Ok(host) => hosts.push(host),
                Err(error) if hosts.is_empty() => return Err(error),
                // One can host all, and a thread that runs cannot be sent home.
                Err(_) => break,
            }
        }
    }
    Ok(hosts[NEXT.fetch_add(1, Ordering::Relaxed) % hosts.len()].clone())
}

/// The runtime of timers. It is none of the hosts': a runtime that knows timers looks at
/// the clock whenever it waits, and few doubles ever need one.
fn timers() -> io::Result<Handle> {
    static TIMERS: Mutex<Option<Handle>> = Mutex::new(None);
    let mut timers = TIMERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = &*timers {
        return Ok(known.clone());
    }
    let name = "mock-rebilly-timers".to_owned();
    Ok(timers.insert(start(name, Builder::new_current_thread().enable_time())?).clone())
}

fn start(name: String, runtime: &mut Builder) -> io::Result<Handle> {
    let runtime = runtime.build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name(name)
        .spawn(move || runtime.block_on(std::future::pending::<Infallible>()))?;
    Ok(handle)
}

/// Fails where a host could not open the few files that it needs. tokio's feature `signal`,
/// which another crate may switch on, would panic then and not fail. Timers need none.
fn spare() -> io::Result<()> {
    const PIPES: usize = 4;
    (0..PIPES).map(|_| io::pipe()).collect::<io::Result<Vec<_>>>().map(drop)
}

/// Waits for a span of real time, on any runtime or none: the timer is one of
/// ours, so that a test whose own runtime has paused its time waits no longer or shorter.
/// Where no timer can be had, since no thread can be started, it waits for nothing.
pub(super) async fn elapsed(span: Duration) {
    let Ok(timers) = timers() else { return };
    let (tell, told) = oneshot::channel::<Infallible>();
    let timer = timers.spawn(async move {
        tokio::time::sleep(span).await;
        drop(tell);
    });
    // Whoever stops waiting needs no timer any more.
    let _stop = Stop(timer.abort_handle());
    let _ = told.await;
}

/// Waits for a future, but not longer than a span of real time.
pub(crate) async fn within<F: Future>(span: Duration, future: F) -> Option<F::Output> {
    let (mut future, mut timer) = (pin!(future), pin!(elapsed(span)));
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.as_mut().poll(cx).map(|()| None),
    })
    .await
}

/// Ends a task when it is dropped.
struct Stop(tokio::task::AbortHandle);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
