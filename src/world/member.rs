//! [`Member`]: a double of a world, whatever its vendor.

use std::any::Any;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::MutexGuard;
use std::time::Duration;

use crate::engine::clock::Clock;
use crate::engine::differences::Differences;
use crate::engine::fingerprint::Fingerprint;
use crate::engine::journal::Journal;
use crate::engine::numbering::Numbering;
use crate::engine::simulation::Simulation;
use crate::engine::vendor::Vendor;
use crate::mock::Mock;
use crate::snapshots::Snapshot;
use crate::start_error::StartError;
use crate::verdict::Verdict;

/// A double, as a world that has several of them needs it.
pub(crate) trait Member: Any + Send + Sync {
    /// Keeps calls out for as long as what is returned lives.
    fn lock(&self) -> Box<dyn Locked + '_>;

    /// Whether a network reaches it.
    fn listens(&self) -> bool;

    /// Closes the port, so that nothing more can happen.
    fn close(&mut self);

    /// What there is to say of what happened. It is not said again.
    fn judge(&mut self) -> Verdict;
}

/// A double that answers no call meanwhile.
pub(crate) trait Locked {
    /// What was asked and answered so far.
    fn journal(&self) -> Journal;

    /// All that it holds now.
    fn keep(&self) -> Box<dyn Kept>;

    /// Goes back. What is returned may be much: to be dropped when calls are let in again.
    fn restore(&mut self, kept: &dyn Kept) -> Box<dyn Any>;

    /// Goes back to the start, and empties the journal.
    fn reset(&mut self) -> Box<dyn Any>;

    /// Lets time move by so much after each write that succeeds.
    fn auto_advance(&mut self, per_write: Duration) -> Result<(), &'static str>;
}

/// A snapshot of one double of a world.
pub(crate) trait Kept: Any + Send + Sync {
    /// The same once more.
    fn again(&self) -> Box<dyn Kept>;

    /// One number for all that was held.
    fn fingerprint(&self) -> Fingerprint;

    /// What changed since an earlier one of the same vendor's.
    fn diff(&self, before: &dyn Kept) -> Differences;

    /// Starts a double from it, on a fresh port or without a socket.
    fn begin(
        &self,
        clock: Clock,
        numbering: Numbering,
        listens: bool,
    ) -> Result<Box<dyn Member>, StartError>;
}

impl<V: Vendor> Member for Mock<V> {
    fn lock(&self) -> Box<dyn Locked + '_> {
        Box::new(Guard { mock: self, simulation: self.shared.simulation() })
    }

    fn listens(&self) -> bool {
        self.server.is_some()
    }

    fn close(&mut self) {
        Mock::close(self);
    }

    fn judge(&mut self) -> Verdict {
        self.is_judged = true;
        self.verdict()
    }
}

struct Guard<'m, V: Vendor> {
    mock: &'m Mock<V>,
    simulation: MutexGuard<'m, Simulation<V>>,
}

impl<V: Vendor> Locked for Guard<'_, V> {
    fn journal(&self) -> Journal {
        self.mock.journal_of(&self.simulation)
    }

    fn keep(&self) -> Box<dyn Kept> {
        Box::new(self.mock.snapshot_of(&self.simulation))
    }

    fn restore(&mut self, kept: &dyn Kept) -> Box<dyn Any> {
        Box::new(self.simulation.restore(&own::<V>(kept).moment))
    }

    fn reset(&mut self) -> Box<dyn Any> {
        Box::new(self.simulation.reset())
    }

    fn auto_advance(&mut self, per_write: Duration) -> Result<(), &'static str> {
        self.simulation.auto_advance(per_write)
    }
}

impl<V: Vendor> Kept for Snapshot<V> {
    fn again(&self) -> Box<dyn Kept> {
        Box::new(self.clone())
    }

    fn fingerprint(&self) -> Fingerprint {
        Snapshot::fingerprint(self)
    }

    fn diff(&self, before: &dyn Kept) -> Differences {
        Snapshot::diff(self, own::<V>(before))
    }

    fn begin(
        &self,
        clock: Clock,
        numbering: Numbering,
        listens: bool,
    ) -> Result<Box<dyn Member>, StartError> {
        let mock = Snapshot::begin(self, clock, numbering);
        if listens {
            let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0);
            return Ok(Box::new(mock.listening(address)?));
        }
        Ok(Box::new(mock))
    }
}

/// The snapshot of this vendor that it is.
fn own<V: Vendor>(kept: &dyn Kept) -> &Snapshot<V> {
    let kept: &dyn Any = kept;
    kept.downcast_ref().expect("what stands under a vendor's name is that vendor's")
}
