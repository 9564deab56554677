//! [`Moment`]: all that a simulation holds at one moment, as a value.

use std::sync::Arc;
use std::time::Duration;

use super::clock::Timestamp;
use super::realm::Ground;
use super::realms::Realms;
use super::vendor::Vendor;

/// All that a simulation holds at one moment: what its realms hold, which ids they
/// gave, what was counted in their windows, and its time. Making one, cloning one
/// and going back to one copies nothing, whatever is in it.
pub struct Moment<V: Vendor> {
    pub(super) vendor: Arc<V>,
    pub(super) ground: Ground,
    pub(super) auto_advance: Duration,
    pub(super) realms: Realms<V::State>,
}

impl<V: Vendor> Moment<V> {
    /// What the clock showed.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ground.now
    }
}

impl<V: Vendor> Clone for Moment<V> {
    fn clone(&self) -> Moment<V> {
        let Moment { vendor, ground, auto_advance, realms } = self;
        let (vendor, realms) = (Arc::clone(vendor), realms.clone());
        Moment { vendor, ground: *ground, auto_advance: *auto_advance, realms }
    }
}
