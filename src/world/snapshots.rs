//! [`WorldSnapshot`]: all that a world's doubles hold at one moment.

use std::any::Any;
use std::fmt;
use std::future::{Future, ready};

use super::World;
use super::member::Kept;
use crate::engine::clock::{Clock, Timestamp};
use crate::engine::differences::Differences;
use crate::engine::fingerprint::Fingerprint;
use crate::engine::numbering::Numbering;

/// All that a world's doubles hold at one moment, between calls: no call of any double
/// is in half of it. Made by [`World::snapshot`]. It costs what a [`Snapshot`](crate::Snapshot) costs.
pub struct WorldSnapshot {
    now: Timestamp,
    /// In the order of their vendors' names.
    doubles: Vec<(&'static str, Box<dyn Kept>)>,
}

impl WorldSnapshot {
    /// What the clock showed.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// One number for all that was held; see [`World::fingerprint`].
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::together(self.doubles.iter().map(|(name, it)| (*name, it.fingerprint())))
    }

    /// What changed since an earlier one; see [`World::diff`].
    ///
    /// # Panics
    ///
    /// When the other one is of other vendors.
    #[track_caller]
    pub fn diff(&self, before: &WorldSnapshot) -> Differences {
        before.expect_of(self.doubles.iter().map(|(name, _)| *name));
        let pairs = self.doubles.iter().zip(&before.doubles);
        Differences::together(pairs.map(|((name, now), (_, before))| (*name, now.diff(&**before))))
    }

    /// Refuses a world of other vendors.
    #[track_caller]
    fn expect_of(&self, names: impl Iterator<Item = &'static str>) {
        let (own, others): (Vec<&str>, Vec<&str>) =
            (self.doubles.iter().map(|(name, _)| *name).collect(), names.collect());
        assert!(
            own == others,
            "the snapshot is of {}, and the world has {}",
            own.join(" and "),
            others.join(" and ")
        );
    }
}

impl Clone for WorldSnapshot {
    fn clone(&self) -> WorldSnapshot {
        let doubles = self.doubles.iter().map(|(name, kept)| (*name, kept.again())).collect();
        WorldSnapshot { doubles, ..*self }
    }
}

impl fmt::Debug for WorldSnapshot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.doubles.iter().map(|(name, _)| *name).collect();
        write!(out, "snapshot of a world of {} at {}", names.join(" and "), self.now)
    }
}

impl World {
    /// All that its doubles hold now, to go back to, to compare with, or to start other worlds from.
    ///
    /// ```
    /// use mock_rebilly::World;
    ///
    /// let world = World::builder().rebilly(|rebilly| rebilly).without_socket();
    /// let before = world.snapshot();
    /// world.rebilly().customers().remove("cus_lead");
    /// world.restore(&before);
    /// assert!(world.rebilly().customer("cus_lead").is_some());
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> WorldSnapshot {
        let doubles = self.lock();
        let doubles = doubles.iter().map(|(name, double)| (*name, double.keep())).collect();
        WorldSnapshot { now: self.now(), doubles }
    }

    /// Goes back to a snapshot, all doubles at once; see [`Mock::restore`](crate::Mock::restore).
    /// The snapshot may be another world's.
    ///
    /// # Panics
    ///
    /// When it is of other vendors.
    #[track_caller]
    pub fn restore(&self, snapshot: &WorldSnapshot) {
        snapshot.expect_of(self.doubles.iter().map(|(name, _)| *name));
        let mut before: Vec<Box<dyn Any>> = Vec::new();
        let mut doubles = self.lock();
        for ((_, double), (_, kept)) in doubles.iter_mut().zip(&snapshot.doubles) {
            before.push(double.restore(&**kept));
        }
        self.clock.set(snapshot.now);
        drop(doubles);
        // Calls are let in again: what only this world held is not given back meanwhile.
        drop(before);
    }

    /// Goes back to the start, all doubles at once, and empties the journal; see
    /// [`Mock::reset`](crate::Mock::reset).
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::World;
    ///
    /// let world = World::builder().rebilly(|rebilly| rebilly).without_socket();
    /// world.rebilly().customers().remove("cus_lead");
    /// world.advance(Duration::from_secs(60));
    /// world.reset();
    /// assert_eq!((world.rebilly().customers().len(), world.now().to_string().as_str()), (4, "2024-01-01T00:00:00Z"));
    /// ```
    pub fn reset(&self) {
        let mut doubles = self.lock();
        let before: Vec<Box<dyn Any>> = doubles.iter_mut().map(|(_, it)| it.reset()).collect();
        self.numbering.begin_anew();
        drop(doubles);
        drop(before);
    }

    /// Another world that holds what this one holds now, and is set up alike. From here on,
    /// neither sees what happens to the other; see [`Mock::fork`](crate::Mock::fork).
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn fork(&self) -> impl Future<Output = World> + use<> {
        ready(self.fork_blocking())
    }

    /// The same for tests that are not async.
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn fork_blocking(&self) -> World {
        begun(&self.snapshot(), self.doubles.iter().any(|(_, double)| double.listens()))
    }

    /// Starts a world that holds what another held, and is set up alike, on fresh
    /// loopback ports. Its clock is its own; its journal is empty.
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn from_snapshot(snapshot: &WorldSnapshot) -> impl Future<Output = World> + use<> {
        ready(World::from_snapshot_blocking(snapshot))
    }

    /// The same for tests that are not async. They need no runtime.
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn from_snapshot_blocking(snapshot: &WorldSnapshot) -> World {
        begun(snapshot, true)
    }

    /// The same without sockets.
    pub fn from_snapshot_without_socket(snapshot: &WorldSnapshot) -> World {
        begun(snapshot, false)
    }

    /// One number for all that its doubles hold; see [`Mock::fingerprint`](crate::Mock::fingerprint).
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.snapshot().fingerprint()
    }

    /// What changed since a snapshot, in all doubles; see [`Mock::diff`](crate::Mock::diff).
    /// Pointers begin with the vendor's name.
    ///
    /// ```
    /// use mock_rebilly::World;
    ///
    /// let world = World::builder().rebilly(|rebilly| rebilly).without_socket();
    /// let before = world.snapshot();
    /// world.rebilly().customers().remove("cus_lead");
    /// let diff = world.diff(&before);
    /// assert_eq!(diff.under("/rebilly/org_default/customers/cus_lead").count(), 1);
    /// ```
    ///
    /// # Panics
    ///
    /// When the snapshot is of other vendors.
    #[track_caller]
    pub fn diff(&self, before: &WorldSnapshot) -> Differences {
        self.snapshot().diff(before)
    }
}

#[track_caller]
fn begun(snapshot: &WorldSnapshot, listen: bool) -> World {
    let (clock, numbering) = (Clock::at(snapshot.now), Numbering::shared());
    let mut doubles = Vec::new();
    for (vendor, kept) in &snapshot.doubles {
        match kept.begin(clock.clone(), numbering.clone(), listen) {
            Ok(double) => doubles.push((*vendor, double)),
            Err(error) => panic!("the {vendor} double cannot start: {error}"),
        }
    }
    World::of(clock, numbering, doubles)
}
