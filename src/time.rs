//! The time of a double, which stands still until a test moves it.

use std::fmt;
use std::time::Duration;

use crate::engine::clock::{Clock, Timestamp};
use crate::engine::vendor::Vendor;
use crate::mock::Mock;

impl<V: Vendor> Mock<V> {
    /// What its clock shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// Its clock, which other doubles may share.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.shared.simulation().clock().clone()
    }

    /// Moves its clock on, and says what it shows then.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.advance(Duration::from_secs(86_400));
    /// assert_eq!(rebilly.now().to_string(), "2024-01-02T00:00:00Z");
    /// ```
    pub fn advance(&self, step: Duration) -> Timestamp {
        self.clock().advance(step)
    }

    /// Sets its clock to an RFC 3339 date-time, or to a [`Timestamp`], and says what it shows then.
    ///
    /// It may be set back. Nothing that was written changes by it: what is written
    /// next is then older than what is there, and stands in lists where its time
    /// says. A rate limit begins a new window when its window has not begun yet.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.set("2026-03-01T00:00:00Z");
    /// assert_eq!(rebilly.now().to_string(), "2026-03-01T00:00:00Z");
    /// ```
    ///
    /// # Panics
    ///
    /// When the text is not a date-time.
    #[track_caller]
    pub fn set<T>(&self, time: T) -> Timestamp
    where
        T: TryInto<Timestamp>,
        T::Error: fmt::Display,
    {
        self.clock().set(time)
    }

    /// Moves the clock on by itself from now on: after each write that succeeds, by this
    /// much; by nothing, and it stands still again. See
    /// [`Builder::auto_advance`](crate::Builder::auto_advance).
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.auto_advance(Duration::from_secs(1));
    /// for _ in 0..3 {
    ///     let request = Request::post("/customers").header("REB-APIKEY", "sk_sandbox_x");
    ///     rebilly.handle(request.body("{}").unwrap());
    /// }
    /// assert_eq!(rebilly.now().to_string(), "2024-01-01T00:00:03Z");
    /// ```
    ///
    /// # Panics
    ///
    /// When the double is [`order_independent`](crate::Builder::order_independent):
    /// times would depend on the order of arrival.
    #[track_caller]
    pub fn auto_advance(&self, per_write: Duration) {
        let mut simulation = self.shared.simulation();
        let refused = simulation.auto_advance(per_write);
        drop(simulation);
        if let Err(reason) = refused {
            panic!("{reason}");
        }
    }
}
