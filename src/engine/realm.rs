//! [`Realm`]: all that one customer of the vendor owns, as a value, and the [`Ground`]
//! that it is written on.

use std::borrow::Cow;

use super::clock::Timestamp;
use super::exchange::Variables;
use super::failure::Failure;
use super::ids::{Counters, Naming, Stream};
use super::map::Map;
use super::table::Settle;
use super::vendor::{Counted, Cx, Writing};

/// The state of one realm and the engine's books about it. Cloning it is cheap.
#[derive(Clone, Default)]
pub(super) struct Realm<S> {
    pub(super) state: S,
    /// How many writes succeeded.
    pub(super) turns: u64,
    /// How often each call was said, by its digest.
    said: Map<[u64; 2], u64>,
    counters: Counters,
    /// The start of the present rate-limit window, and the calls in it.
    window: Option<(Timestamp, u64)>,
}

impl<S> Realm<S> {
    /// Writes to this realm, and notes which ids that used. What fails is not
    /// taken back: whoever wants that writes to a clone, which is thrown away.
    pub(super) fn write<R>(
        &mut self,
        call: u128,
        on: Ground,
        name: &str,
        home: Cow<'_, str>,
        path: &Variables,
        write: impl FnOnce(&mut Writing<'_, S>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let mut cx = Cx {
            ids: self.ids(on.naming, call),
            turn: if on.order_independent { 0 } else { self.turns },
            state: &mut self.state,
            now: on.now,
            realm: name,
            home,
            path,
            made: 0,
            order_independent: on.order_independent,
        };
        let written = write(&mut cx)?;
        let ids = cx.ids;
        self.commit(call, ids);
        Ok(written)
    }

    /// The ids for a call of that digest.
    fn ids(&self, naming: Naming, call: u128) -> Stream {
        match naming {
            Naming::Derived => Stream::derived(call, self.said(call)),
            Naming::Sequential => Stream::Counters(self.counters.clone()),
        }
    }

    /// How often a call of that digest was said.
    fn said(&self, call: u128) -> u64 {
        self.said.get(&halves(call)).copied().unwrap_or(0)
    }

    /// Notes that a write succeeded and which ids it used.
    fn commit(&mut self, call: u128, ids: Stream) {
        self.turns += 1;
        match ids {
            Stream::Call(..) => {
                self.said.insert(halves(call), self.said(call) + 1);
            }
            Stream::Counters(counters) => self.counters = counters,
        }
    }

    /// Carries out what was written, now that no older self of it is needed.
    pub(super) fn settle(&mut self)
    where
        S: Settle,
    {
        self.state.settle();
        self.said.settle();
    }

    /// Counts a call against the rate limit.
    pub(super) fn count(&mut self, now: Timestamp, window_seconds: i64) -> Counted {
        let (start, calls) = self.window_at(now, window_seconds);
        self.window = Some((start, calls + 1));
        self.counted(now, window_seconds)
    }

    /// What was counted so far in the present window.
    pub(super) fn counted(&self, now: Timestamp, window_seconds: i64) -> Counted {
        let (start, calls) = self.window_at(now, window_seconds);
        Counted {
            calls,
            until: Timestamp::from_epoch(start.epoch().saturating_add(window_seconds)),
        }
    }

    /// The present window: that of the last call, or one that begins now. Where the
    /// clock was set back to before it, a new one begins.
    fn window_at(&self, now: Timestamp, window_seconds: i64) -> (Timestamp, u64) {
        let ends = |start: Timestamp| start.epoch().saturating_add(window_seconds);
        self.window
            .filter(|(start, _)| *start <= now && now.epoch() < ends(*start))
            .unwrap_or((now, 0))
    }
}

/// A digest as a key: half of it tells nearly all of them apart.
#[expect(clippy::cast_possible_truncation, reason = "these are its halves")]
fn halves(call: u128) -> [u64; 2] {
    [(call >> 64) as u64, call as u64]
}

/// What a realm is written on, beside the call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ground {
    pub(super) now: Timestamp,
    pub(super) seed: u64,
    pub(super) naming: Naming,
    pub(super) order_independent: bool,
}
