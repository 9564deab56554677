//! [`World`]: doubles of several vendors, on one clock.

pub(crate) mod builder;
mod member;
pub(crate) mod snapshots;
mod vendors;

use std::any::Any;
use std::fmt;
use std::time::Duration;

use self::member::{Locked, Member};
use crate::engine::clock::{Clock, Timestamp};
use crate::engine::journal::Journal;
use crate::engine::numbering::Numbering;
use crate::engine::vendor::Vendor;
use crate::mock::Mock;
use crate::verdict::Violations;

/// Doubles of several vendors, one of each, on one clock: for a system that talks to more
/// than one of them. Made by [`World::builder`].
///
/// Each is a [`Mock`] and can all that one can: rules, gates, waiting, handles. What
/// is said of time, of what was asked, and of going back is said to all of them at once.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// use std::time::Duration;
/// use mock_rebilly::{Op, World};
///
/// let world = World::builder().now("2026-03-01T00:00:00Z").rebilly(|rebilly| rebilly.empty()).start().await;
/// let before = world.snapshot();
/// // … the code under test asks `world.rebilly().url()` …
/// world.advance(Duration::from_secs(86_400));
/// world.journal().of(Op::PutCustomer).assert_none();
/// world.restore(&before);
/// assert_eq!(world.rebilly().now().to_string(), "2026-03-01T00:00:00Z");
/// # }
/// ```
///
/// # Panics
///
/// Dropping it fails the test as dropping a [`Mock`] does: once, with what is to be said of all its doubles.
#[must_use = "its doubles answer until it is dropped"]
pub struct World {
    pub(crate) clock: Clock,
    pub(crate) numbering: Numbering,
    /// In the order of their vendors' names. All are locked in this order.
    pub(crate) doubles: Vec<(&'static str, Box<dyn Member>)>,
    is_judged: bool,
}

impl World {
    pub(crate) fn of(
        clock: Clock,
        numbering: Numbering,
        doubles: Vec<(&'static str, Box<dyn Member>)>,
    ) -> World {
        World { clock, numbering, doubles, is_judged: false }
    }

    /// The double of a vendor: of one that this crate does not name, too.
    ///
    /// ```
    /// use mock_rebilly::{Rebilly, World};
    ///
    /// let world = World::builder().rebilly(|rebilly| rebilly).without_socket();
    /// assert!(world.double::<Rebilly>().journal().is_empty());
    /// ```
    ///
    /// # Panics
    ///
    /// When there is none.
    #[track_caller]
    pub fn double<V: Vendor>(&self) -> &Mock<V> {
        let double =
            self.doubles.iter().find(|(name, _)| *name == V::NAME).and_then(|(_, double)| {
                let double: &dyn Any = &**double;
                double.downcast_ref()
            });
        let Some(double) = double else {
            panic!("this world has no {} double, only {self:?}: its builder starts one", V::NAME)
        };
        double
    }

    /// What the clock of all doubles shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The clock of all doubles.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// Moves the clock on, and says what it shows then.
    #[expect(clippy::must_use_candidate, reason = "moving the clock is what it is called for")]
    pub fn advance(&self, step: Duration) -> Timestamp {
        self.clock.advance(step)
    }

    /// Sets the clock to an RFC 3339 date-time, or to a [`Timestamp`], and says what it
    /// shows then; see [`Mock::set`].
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
        self.clock.set(time)
    }

    /// Moves the clock on by itself from now on: after each write that succeeds,
    /// whoever's API it was; see [`Mock::auto_advance`], which says it of one double's writes.
    ///
    /// # Panics
    ///
    /// When the world is [`order_independent`](crate::WorldBuilder::order_independent).
    #[track_caller]
    pub fn auto_advance(&self, per_write: Duration) {
        let outcome: Result<(), _> =
            self.lock().iter_mut().try_for_each(|(_, double)| double.auto_advance(per_write));
        if let Err(reason) = outcome {
            panic!("{reason}");
        }
    }

    /// What was asked of any double and answered, in the order of the answers: a copy. Each line
    /// says whose API it was, and the numbers are those in the doubles' own journals.
    ///
    /// ```
    /// use mock_rebilly::{World, http::Request};
    ///
    /// let world = World::builder().rebilly(|rebilly| rebilly).without_socket();
    /// # let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # world.rebilly().handle(request.body("").unwrap());
    /// // … the code under test does its work …
    /// assert_eq!(world.journal().to_string(), "#1 rebilly GET /customers/cus_ada -> 200 GetCustomer\n");
    /// ```
    #[must_use]
    pub fn journal(&self) -> Journal {
        Journal::together(self.lock().iter().map(|(_, double)| double.journal()))
    }

    /// Ends all doubles and says what should not have happened: what dropping the world would
    /// panic with.
    ///
    /// # Errors
    ///
    /// [`Violations`] when [`Mock::finish`] would return some for any of them.
    pub fn finish(mut self) -> Result<(), Violations> {
        self.end().map_or(Ok(()), Err)
    }

    /// Gives up on ever dropping it: for a world that a whole process shares.
    pub fn leak(self) -> &'static World {
        Box::leak(Box::new(self))
    }

    /// All doubles at one moment: none answers a call while this lives.
    pub(crate) fn lock(&self) -> Vec<(&'static str, Box<dyn Locked + '_>)> {
        self.doubles.iter().map(|(name, double)| (*name, double.lock())).collect()
    }

    /// Closes all ports before anything is judged, so that nothing more can happen anywhere.
    fn end(&mut self) -> Option<Violations> {
        self.is_judged = true;
        self.doubles.iter_mut().for_each(|(_, double)| double.close());
        Violations::of(self.doubles.iter_mut().map(|(_, double)| double.judge()).collect())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if self.is_judged {
            return;
        }
        match self.end() {
            None => {}
            // A test that fails already keeps its own words.
            Some(violations) if std::thread::panicking() => eprintln!("{violations}"),
            Some(violations) => panic!("{violations}"),
        }
    }
}

/// Whose doubles there are: `octobat and rebilly`.
impl fmt::Debug for World {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.doubles.iter().map(|(name, _)| *name).collect();
        out.write_str(&names.join(" and "))
    }
}
