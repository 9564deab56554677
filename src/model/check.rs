//! [`Check`]: tries many cases, and shrinks the first that fails.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::api::CustomerApi;
use super::command::{Command, command};
use super::player::Player;
use super::violation::{Broken, Invariant, Violation};

/// Plays 64 cases of up to 40 commands against a client.
///
/// `fresh` makes a client for each case, and what is behind it: no customer may
/// be there, and nothing of an earlier case.
///
/// # Panics
///
/// When an invariant does not hold, with the fewest commands that break it.
///
/// ```should_panic
/// use mock_rebilly::MockRebilly;
/// use mock_rebilly::model::{self, OverHttp};
///
/// // Somebody is there already.
/// model::check(|| OverHttp::direct(MockRebilly::builder().without_socket()));
/// ```
#[track_caller]
pub fn check<A: CustomerApi>(fresh: impl Fn() -> A) -> Played {
    Check::default().run(fresh)
}

/// How much is played.
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is played yet"]
pub struct Check {
    seed: u64,
    cases: u32,
    commands: usize,
}

impl Default for Check {
    fn default() -> Check {
        Check { seed: 0, cases: 64, commands: 40 }
    }
}

/// What was played without a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Played {
    /// How many cases.
    pub cases: usize,
    /// How many commands, all in all.
    pub commands: usize,
}

/// The most ways to make a failing case smaller that are tried.
const SHRINKS_MAX: u32 = 4_096;

impl Check {
    /// What commands are drawn from. The same seed draws the same ones.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use mock_rebilly::model::{Check, OverHttp};
    ///
    /// let fresh = || OverHttp::direct(MockRebilly::builder().empty().without_socket());
    /// let once = Check::seeded(7).cases(4).commands(20).run(fresh);
    /// assert_eq!(once, Check::seeded(7).cases(4).commands(20).run(fresh));
    /// ```
    pub fn seeded(seed: u64) -> Check {
        Check { seed, ..Check::default() }
    }

    /// How many cases.
    pub fn cases(mut self, cases: u32) -> Check {
        self.cases = cases;
        self
    }

    /// How many commands a case has at most.
    pub fn commands(mut self, most: usize) -> Check {
        self.commands = most;
        self
    }

    /// Plays; see [`check`].
    ///
    /// # Panics
    ///
    /// When an invariant does not hold, with the fewest commands that break it.
    #[track_caller]
    pub fn run<A: CustomerApi>(self, fresh: impl Fn() -> A) -> Played {
        match self.try_run(fresh) {
            Ok(played) => played,
            Err(violation) => panic!("{violation}"),
        }
    }

    /// Plays; see [`check`].
    ///
    /// # Errors
    ///
    /// When an invariant does not hold.
    pub fn try_run<A: CustomerApi>(self, fresh: impl Fn() -> A) -> Result<Played, Box<Violation>> {
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &self.key());
        let mut runner = TestRunner::new_with_rng(Config::default(), random);
        let commands = vec(command(), 0..=self.commands);
        let mut played = Played { cases: 0, commands: 0 };
        for case in 1..=self.cases {
            let Ok(tree) = commands.new_tree(&mut runner) else {
                unreachable!("no strategy of a command rejects anything")
            };
            let drawn = tree.current();
            match play(&fresh, &drawn) {
                Ok(commands) => {
                    played.cases += 1;
                    played.commands += commands;
                }
                Err(failure) => {
                    let Failure { broken, commands } = shrunk(&fresh, tree, failure);
                    let Broken { invariant, details } = broken;
                    let (seed, drawn) = (self.seed, drawn.len());
                    let violation = Violation { invariant, commands, details, seed, case, drawn };
                    return Err(Box::new(violation));
                }
            }
        }
        Ok(played)
    }

    fn key(self) -> [u8; 32] {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        key
    }
}

/// What broke, and what was done until then.
struct Failure {
    broken: Broken,
    commands: Vec<String>,
}

/// The smallest case that breaks the same invariant, as far as one is found.
fn shrunk<A: CustomerApi>(
    fresh: &impl Fn() -> A,
    mut tree: impl ValueTree<Value = Vec<Command>>,
    mut smallest: Failure,
) -> Failure {
    let invariant = smallest.broken.invariant;
    let mut is_another = tree.simplify();
    for _ in 0..SHRINKS_MAX {
        if !is_another {
            break;
        }
        is_another = match play(fresh, &tree.current()) {
            Err(failure) if failure.broken.invariant == invariant => {
                smallest = failure;
                tree.simplify()
            }
            _ => tree.complicate(),
        };
    }
    smallest
}

/// Plays one case, and says how many commands there were. A client that panics has not answered.
fn play<A: CustomerApi>(fresh: &impl Fn() -> A, case: &[Command]) -> Result<usize, Failure> {
    let mut commands = Vec::new();
    let played = catch_unwind(AssertUnwindSafe(|| {
        let mut player = Player::new(fresh())?;
        case.iter().try_for_each(|command| player.play(command, &mut commands))
    }));
    match played {
        Ok(Ok(())) => Ok(commands.len()),
        Ok(Err(broken)) => Err(Failure { broken, commands }),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
            let detail = format!("the client panicked: {said}");
            Err(Failure { broken: Broken::new(Invariant::ClientAnswers, detail), commands })
        }
    }
}
