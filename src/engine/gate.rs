//! [`Latch`]: holds one call, before or after its commit, until a test lets it go.

use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{oneshot, watch};

use super::answer::Answer;
use super::delivery::Delivery;
use super::exchange::Call;
use super::failure::Failure;
use super::fault::Fault;
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

/// Holds one call. All that happens to it happens under the world's lock.
#[derive(Debug)]
pub(crate) struct Latch {
    pub(crate) pattern: Pattern,
    pub(crate) nth: Option<u64>,
    pub(crate) side: Side,
    /// Where the test says so.
    pub(crate) place: &'static Location<'static>,
    /// How many exchanges there were before it.
    pub(crate) since: u64,
    state: Mutex<State>,
    seen: watch::Sender<Seen>,
}

#[derive(Debug)]
struct State {
    /// How many calls it matched while it waited for the one.
    matched: u64,
    phase: Phase,
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
pub(crate) struct Held {
    pub(super) call: Arc<Call>,
    pub(super) at: At,
    /// Whoever carries the answer to the client. Nobody is told when the double is dropped.
    pub(super) tell: oneshot::Sender<Delivery>,
}

/// How far a call that is held has come.
#[derive(Debug)]
pub(super) enum At {
    Before { refused: Option<Failure>, fault: Option<Fault> },
    After { answer: Answer, number: u64 },
}

impl Latch {
    pub(crate) fn new(
        pattern: Pattern,
        nth: Option<u64>,
        side: Side,
        place: &'static Location<'static>,
        since: u64,
    ) -> Latch {
        let state = Mutex::new(State { matched: 0, phase: Phase::Waiting });
        let seen = watch::Sender::new(Seen::Nothing);
        Latch { pattern, nth, side, place, since, state, seen }
    }

    /// What can be seen of it, now and as it changes.
    pub(crate) fn seen(&self) -> watch::Receiver<Seen> {
        self.seen.subscribe()
    }

    /// How many calls its pattern matched while it waited for the one.
    pub(crate) fn matched(&self) -> u64 {
        self.state().matched
    }

    /// Whether a call is the one to hold. Every call that it matches is counted.
    pub(super) fn meets(&self, asked: &Asked<'_>) -> bool {
        let mut state = self.state();
        let waits = matches!(state.phase, Phase::Waiting);
        if !waits || !self.pattern.meets(asked) {
            return false;
        }
        state.matched += 1;
        self.nth.is_none_or(|nth| nth == state.matched)
    }

    /// Holds a call. What becomes of it is told in the end.
    pub(super) fn hold(&self, call: &Arc<Call>, at: At) -> oneshot::Receiver<Delivery> {
        let (tell, told) = oneshot::channel();
        self.state().phase = Phase::Holding(Held { call: Arc::clone(call), at, tell });
        self.seen.send_replace(Seen::Arrived(Arc::clone(call)));
        told
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
        let side = match self.side {
            Side::BeforeCommit => "before",
            Side::AfterCommit => "after",
        };
        write!(out, "{side} the commit of {}", self.pattern)?;
        match self.nth {
            Some(nth) => write!(out, ", call {nth}"),
            None => Ok(()),
        }
    }
}
