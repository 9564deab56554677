//! [`WorldBuilder`]: sets a world up.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, ready};
use std::net::SocketAddr;
use std::time::Duration;

use super::World;
use super::member::Member;
use crate::builder::Builder;
use crate::engine::clock::{Clock, Timestamp};
use crate::engine::numbering::Numbering;
use crate::engine::vendor::Vendor;
use crate::start_error::StartError;

/// Why a double of a world may not have a time of its own.
const ONE_CLOCK: &str =
    "the doubles of a world share its clock: say `now` and `clock` to the world's builder";

/// Why a double of a world may not be alone in not depending on order.
const ONE_ORDER: &str = "the doubles of a world depend on order or none does, since their clock is \
                         one: say `order_independent` to the world's builder";

/// Sets a world up. Made by [`World::builder`].
///
/// What is said here is said to every double: the clock, and unless a double's own
/// builder says otherwise, the seed and the pace. What else a double needs its own
/// builder is told, by the closure that it comes with.
///
/// ```
/// use mock_rebilly::World;
///
/// let world = World::builder()
///     .now("2026-03-01T00:00:00Z")
///     .seed(7)
///     .rebilly(|rebilly| rebilly.fixture("acme.json", r#"{ "customers": [{ "id": "ada" }] }"#))
///     .start_blocking();
/// assert!(world.rebilly().customer("ada").is_some());
/// ```
#[must_use = "nothing is started yet"]
pub struct WorldBuilder<'w> {
    shared: Shared,
    doubles: BTreeMap<&'static str, Begin<'w>>,
}

/// Starts one double.
type Begin<'w> = Box<dyn FnOnce(&Shared) -> Result<Box<dyn Member>, StartError> + 'w>;

/// What all doubles have in common.
struct Shared {
    clock: Clock,
    numbering: Numbering,
    seed: u64,
    order_independent: bool,
    auto_advance: Duration,
    listens: bool,
}

impl World {
    /// Sets a world up.
    pub fn builder<'w>() -> WorldBuilder<'w> {
        let shared = Shared {
            clock: Clock::default(),
            numbering: Numbering::shared(),
            seed: 0,
            order_independent: false,
            auto_advance: Duration::ZERO,
            listens: true,
        };
        WorldBuilder { shared, doubles: BTreeMap::new() }
    }
}

impl<'w> WorldBuilder<'w> {
    /// Adds a double of a vendor, which the closure sets up: of one that this crate
    /// does not name, too.
    ///
    /// ```
    /// use mock_rebilly::{Rebilly, World};
    ///
    /// let world = World::builder().double::<Rebilly>(|rebilly| rebilly.empty()).without_socket();
    /// assert!(world.rebilly().customers().is_empty());
    /// ```
    ///
    /// # Panics
    ///
    /// When there is one already: a world has one double of each vendor.
    #[track_caller]
    pub fn double<V: Vendor + Default>(
        mut self,
        set_up: impl FnOnce(Builder<V>) -> Builder<V> + 'w,
    ) -> WorldBuilder<'w> {
        let begin = |shared: &Shared| {
            begin(set_up, shared)
                .map_err(|cause| StartError::Double { vendor: V::NAME, cause: Box::new(cause) })
        };
        let before = self.doubles.insert(V::NAME, Box::new(begin));
        assert!(before.is_none(), "a world has one {} double", V::NAME);
        self
    }

    /// Sets the clock; see [`Builder::now`].
    ///
    /// # Panics
    ///
    /// When the text is not a date-time.
    #[track_caller]
    pub fn now<T>(mut self, time: T) -> WorldBuilder<'w>
    where
        T: TryInto<Timestamp>,
        T::Error: fmt::Display,
    {
        self.shared.clock = Clock::default();
        self.shared.clock.set(time);
        self
    }

    /// Shares a clock with others.
    pub fn clock(mut self, clock: &Clock) -> WorldBuilder<'w> {
        self.shared.clock = clock.clone();
        self
    }

    /// What ids derive from, unless a double's own builder says otherwise.
    pub fn seed(mut self, seed: u64) -> WorldBuilder<'w> {
        self.shared.seed = seed;
        self
    }

    /// Gives the same bytes for the same set of calls in any order of arrival; see
    /// [`Builder::order_independent`]. It is for all doubles or for none: they share a clock.
    /// What the journal numbers is still the order of arrival.
    pub fn order_independent(mut self) -> WorldBuilder<'w> {
        self.shared.order_independent = true;
        self
    }

    /// Moves the clock on by itself: after each write of any double that succeeds, by
    /// this much. A double's own builder may say another time for its writes; see
    /// [`Builder::auto_advance`].
    pub fn auto_advance(mut self, per_write: Duration) -> WorldBuilder<'w> {
        self.shared.auto_advance = per_write;
        self
    }

    /// Starts all doubles, each on a loopback port of its own.
    ///
    /// # Panics
    ///
    /// When one of them cannot start, or there is none.
    #[track_caller]
    pub fn start(self) -> impl Future<Output = World> {
        ready(self.start_blocking())
    }

    /// The same for tests that are not async. They need no runtime.
    ///
    /// # Panics
    ///
    /// When one of them cannot start, or there is none.
    #[track_caller]
    pub fn start_blocking(self) -> World {
        match self.try_start() {
            Ok(world) => world,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same without the panic.
    ///
    /// # Errors
    ///
    /// When one of them cannot start, which it says and why; or there is none. None is started then.
    pub fn try_start(self) -> Result<World, StartError> {
        let WorldBuilder { shared, doubles } = self;
        if doubles.is_empty() {
            return Err(StartError::Settings("a world without doubles answers nobody: add one"));
        }
        let doubles = doubles.into_iter().map(|(name, begin)| Ok((name, begin(&shared)?)));
        let doubles = doubles.collect::<Result<_, StartError>>()?;
        Ok(World::of(shared.clock, shared.numbering, doubles))
    }

    /// The same without sockets: only [`Mock::handle`](crate::Mock::handle),
    /// [`Mock::service`](crate::Mock::service) and [`Mock::pipe`](crate::Mock::pipe) of the doubles reach them.
    ///
    /// # Panics
    ///
    /// When one of them cannot start, or there is none.
    #[track_caller]
    pub fn without_socket(mut self) -> World {
        self.shared.listens = false;
        self.start_blocking()
    }
}

fn begin<V: Vendor + Default>(
    set_up: impl FnOnce(Builder<V>) -> Builder<V>,
    shared: &Shared,
) -> Result<Box<dyn Member>, StartError> {
    let builder = Builder {
        clock: shared.clock.clone(),
        numbering: Some(shared.numbering.clone()),
        seed: shared.seed,
        order_independent: shared.order_independent,
        auto_advance: shared.auto_advance,
        ..Builder::<V>::new()
    };
    let builder = set_up(builder);
    if !builder.clock.is(&shared.clock) {
        return Err(StartError::Settings(ONE_CLOCK));
    }
    if builder.order_independent != shared.order_independent {
        return Err(StartError::Settings(ONE_ORDER));
    }
    let address = SocketAddr::new(builder.host, builder.port);
    let double = builder.try_without_socket()?;
    Ok(Box::new(if shared.listens { double.listening(address)? } else { double }))
}

impl fmt::Debug for WorldBuilder<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.doubles.keys().copied().collect();
        write!(out, "a world to be of {}", names.join(" and "))
    }
}
