//! [`Settings`]: how a simulation is set up.

use std::time::Duration;

use super::clock::Clock;
use super::ids::Naming;
use super::numbering::Numbering;
use super::realm::Ground;

/// How a simulation is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its time.
    pub clock: Clock,
    /// Who numbers its exchanges.
    pub numbering: Numbering,
    /// What its ids derive from.
    pub seed: u64,
    /// How its ids are made.
    pub naming: Naming,
    /// Whether ties in lists are broken by id and not by arrival.
    pub order_independent: bool,
    /// How far its time moves after each write that succeeds.
    pub auto_advance: Duration,
}

/// Why a simulation whose answers do not depend on the order of arrival keeps its clock still.
pub const TIME_IS_ORDER: &str =
    "auto_advance and order_independent exclude each other: times would depend on who comes first";

impl Settings {
    /// What is written at this moment is written on this.
    pub(super) fn ground(&self) -> Ground {
        let Settings { clock, seed, naming, order_independent, .. } = self;
        let (seed, naming, order_independent) = (*seed, *naming, *order_independent);
        Ground { now: clock.now(), seed, naming, order_independent }
    }

    /// Lets the time pass that a write takes.
    pub(super) fn pace(&self) {
        if !self.auto_advance.is_zero() {
            self.clock.advance(self.auto_advance);
        }
    }
}
