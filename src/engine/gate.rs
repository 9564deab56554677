//! `Latch`: holds one call, before or after its commit, until a test lets it go.

use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use super::broken::Broken;
use super::delivery::Delivery;
use super::entry::Recorded;
use super::exchange::Call;
use super::failure::Failure;
use super::fault::Fault;
use super::hosts::within;
use super::journal::Since;
use super::pattern::{Asked, Pattern};

/// The most gates that a double has at a time.
pub const GATES_MAX: usize = 1_000;

/// Where a gate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Nothing of the call is done.
    BeforeCommit,
    /// All of it is done and recorded, and the answer is not sent.
    AfterCommit,
}

/// Which call a test wants held, where, and how long.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) pattern: Pattern,
    pub(crate) nth: Option<u64>,
    pub(crate) side: Side,
    /// In real time.
    pub(crate) at_most: Duration,
    /// Where the test says so.
    pub(crate) place: &'static Location<'static>,
    /// What was asked before it.
    pub(crate) since: Since,
}

/// Holds one call. Calls come and go under the simulation's lock.
#[derive(Debug)]
pub(crate) struct Latch {
    pub(crate) wanted: Wanted,
    state: Mutex<State>,
    seen: watch::Sender<Seen>,
}

#[derive(Debug)]
struct State {
    /// How many calls it matched while it waited for the one.
    matched: u64,
    phase: Phase,
    /// Whether somebody waited for the call as long as it may be held.
    given_up: bool,
}

#[derive(Debug)]
enum Phase {
    Waiting,
    Holding(Held),
    Over,
}

/// What a test sees of it.
#[derive(Clone, Debug)]
pub(crate) enum Seen {
    Nothing,
    Arrived(Arc<Call>),
    /// It let nothing arrive, and never will.
    Over,
}

/// A call that is held.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) call: Arc<Call>,
    pub(super) at: At,
    /// Whoever carries the answer to the client. Nobody is told when the double is dropped.
    pub(super) tell: oneshot::Sender<Delivery>,
}

/// How far a call that is held has come.
#[derive(Debug)]
pub(super) enum At {
    Before { refused: Option<Failure>, fault: Option<Fault> },
    After { answer: Recorded, recorded: Since },
}

impl Latch {
    pub(crate) fn new(wanted: Wanted) -> Latch {
        let state = State { matched: 0, phase: Phase::Waiting, given_up: false };
        Latch { wanted, state: Mutex::new(state), seen: watch::Sender::new(Seen::Nothing) }
    }

    /// What can be seen of it, now and as it changes.
    pub(crate) fn seen(&self) -> watch::Receiver<Seen> {
        self.seen.subscribe()
    }

    /// How many calls it matched while it waited for the one.
    pub(crate) fn matched(&self) -> u64 {
        self.state().matched
    }

    /// Whether it held a call for too long.
    pub(super) fn was_given_up(&self) -> bool {
        self.state().given_up
    }

    /// Whether a call is the one to hold. Every call that it matches is counted.
    pub(super) fn meets(&self, asked: &Asked<'_>) -> bool {
        let mut state = self.state();
        let waits = matches!(state.phase, Phase::Waiting);
        if !waits || !self.wanted.pattern.meets(asked) {
            return false;
        }
        state.matched += 1;
        self.wanted.nth.is_none_or(|nth| nth == state.matched)
    }

    /// Holds a call.
    pub(super) fn hold(self: &Arc<Latch>, call: &Arc<Call>, at: At) -> Waiting {
        let (tell, told) = oneshot::channel();
        self.state().phase = Phase::Holding(Held { call: Arc::clone(call), at, tell });
        self.seen.send_replace(Seen::Arrived(Arc::clone(call)));
        Waiting { latch: Arc::clone(self), told }
    }

    /// Lets go of the call that it holds, and holds no other.
    pub(super) fn end(&self) -> Option<Held> {
        let phase = std::mem::replace(&mut self.state().phase, Phase::Over);
        match phase {
            Phase::Holding(held) => Some(held),
            Phase::Waiting => {
                self.seen.send_replace(Seen::Over);
                None
            }
            Phase::Over => None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// In words: `before the commit of PutCustomer of ada, call 2`.
impl fmt::Display for Latch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Wanted { pattern, nth, side, .. } = &self.wanted;
        let side = match side {
            Side::BeforeCommit => "before",
            Side::AfterCommit => "after",
        };
        write!(out, "{side} the commit of {pattern}")?;
        match nth {
            Some(nth) => write!(out, ", call {nth}"),
            None => Ok(()),
        }
    }
}

/// Whoever waits for a call that is held.
#[derive(Debug)]
pub struct Waiting {
    latch: Arc<Latch>,
    told: oneshot::Receiver<Delivery>,
}

impl Waiting {
    /// Waits until the call is let go, or until that has taken too long. A
    /// call that nobody waits for any more is still held: its client has gone.
    pub(super) async fn delivery(self) -> Delivery {
        let Some(told) = within(self.latch.wanted.at_most, self.told).await else {
            self.latch.state().given_up = true;
            return Delivery::none(Broken::Held);
        };
        told.unwrap_or_else(|_| Delivery::none(Broken::Gone))
    }
}
