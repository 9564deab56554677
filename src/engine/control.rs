//! What a test author does to a [`Simulation`] from outside of any call: goes back,
//! plants, takes away.
//!
//! Nobody asked for any of it, so it counts as no write, stands in no journal
//! and moves no clock.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use super::clock::Clock;
use super::exchange::Variables;
use super::failure::Failure;
use super::journal::Journal;
use super::moment::Moment;
use super::numbering::Numbering;
use super::realm::Realm;
use super::seed::digest;
use super::settings::{Settings, TIME_IS_ORDER};
use super::simulation::Simulation;
use super::tape::Tape;
use super::vendor::{Vendor, Writing};

impl<V: Vendor> Simulation<V> {
    /// All that it holds at this moment.
    pub fn moment(&self) -> Moment<V> {
        Moment {
            vendor: Arc::clone(&self.vendor),
            ground: self.settings.ground(),
            auto_advance: self.settings.auto_advance,
            realms: self.realms.clone(),
        }
    }

    /// Another simulation that begins at this moment, set up alike, by a clock that shows its time.
    #[must_use]
    pub fn at(moment: &Moment<V>, clock: Clock, numbering: Numbering) -> Simulation<V> {
        let Moment { ground, auto_advance, .. } = moment;
        let settings = Settings {
            clock,
            numbering,
            seed: ground.seed,
            naming: ground.naming,
            order_independent: ground.order_independent,
            auto_advance: *auto_advance,
        };
        Simulation::begun(moment.clone(), settings)
    }

    /// Makes this simulation hold what was held at that moment, which may be another
    /// simulation's: its own settings stay. Returns what it held before, so that it
    /// can be dropped where nobody waits for it.
    #[must_use = "it may be much: drop it outside of the lock"]
    pub fn restore(&mut self, moment: &Moment<V>) -> Moment<V> {
        let mut before = self.moment();
        before.realms = mem::replace(&mut self.realms, moment.realms.clone());
        self.settings.clock.set(moment.ground.now);
        if !self.settings.order_independent {
            self.settings.auto_advance = moment.auto_advance;
        }
        before
    }

    /// Makes this simulation what it was when it began. What it has to report stays.
    #[must_use = "it may be much: drop it outside of the lock"]
    pub fn reset(&mut self) -> (Moment<V>, Journal) {
        let start = self.start.clone();
        if !self.settings.numbering.is_shared() {
            self.settings.numbering.begin_anew();
        }
        (self.restore(&start), self.journal.empty())
    }

    /// Lets time move by so much after each write that succeeds.
    ///
    /// # Errors
    ///
    /// [`TIME_IS_ORDER`], when the order of arrival must not show.
    pub fn auto_advance(&mut self, per_write: Duration) -> Result<(), &'static str> {
        if self.settings.order_independent && !per_write.is_zero() {
            return Err(TIME_IS_ORDER);
        }
        self.settings.auto_advance = per_write;
        Ok(())
    }

    /// Changes what a realm holds.
    pub fn amend<R>(&mut self, realm: &str, change: impl FnOnce(&mut V::State) -> R) -> R {
        let own = self.realms.own(realm);
        let changed = change(&mut own.state);
        own.settle();
        changed
    }

    /// Changes what a realm holds as a fixture document would that stood there
    /// now. `place` and `document` are what its ids derive from.
    ///
    /// # Errors
    ///
    /// What `change` refuses; nothing is changed then.
    pub fn plant<R>(
        &mut self,
        realm: &str,
        place: &[&str],
        document: &Tape,
        change: impl FnOnce(&mut Writing<'_, V::State>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let ground = self.settings.ground();
        let digest = digest(ground.seed, place, document);
        let mut draft = Realm::clone(self.realms.of(realm));
        self.vendor.equip(&mut draft.state);
        let planted =
            draft.write(digest, ground, realm, Cow::default(), &Variables::default(), change)?;
        self.realms.keep(realm, draft);
        Ok(planted)
    }
}
