//! [`Violations`]: what a test should hear of when it ends.

use std::fmt;

use crate::engine::entry::Unmatched;
use crate::engine::evidence::Guess;
use crate::engine::simulation::Simulation;
use crate::engine::vendor::Vendor;
use crate::engine::wording::counted;
use crate::mock::Mock;

/// The most lines of one kind that are shown.
const LINES_MAX: usize = 20;

/// What should not have happened, whatever a test asserts. Its text is the report.
#[derive(Clone, PartialEq, Eq)]
pub struct Violations {
    /// Of each double of which there is anything to say.
    verdicts: Vec<Verdict>,
}

/// What there is to say of one double.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    vendor: &'static str,
    sections: Vec<Section>,
    /// What calls met by chance: no violation, but perhaps the reason for one.
    chaos: Option<Section>,
}

/// One kind of violation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Section {
    title: String,
    lines: Vec<String>,
    /// What a test may say to let it be.
    hint: &'static str,
}

impl<V: Vendor> Mock<V> {
    /// Ends the double and says what should not have happened: what dropping it would panic with.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.handle(Request::get("/custmers/ada").body("").unwrap());
    ///
    /// let violations = rebilly.finish().unwrap_err();
    /// assert!(violations.to_string().contains("did you mean GET /customers/{id} (GetCustomer)?"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Violations`] when a request was for an unknown path or for an operation that is not
    /// simulated (see [`Builder::allow_unmatched`](crate::Builder::allow_unmatched)), when an
    /// answer leaned on a guess that [`Builder::deny_assumed`](crate::Builder::deny_assumed)
    /// forbids, when a rule that [must fire](crate::Rule::must_fire) never did, when a gate held a
    /// call for too long, or when a bug of the double came to light.
    pub fn finish(mut self) -> Result<(), Violations> {
        let violations = self.end();
        self.is_judged = true;
        violations.map_or(Ok(()), Err)
    }

    /// Ends the double and says what should not have happened.
    pub(crate) fn end(&mut self) -> Option<Violations> {
        self.close();
        Violations::of(vec![self.verdict()])
    }

    /// Closes the port, so that nothing more can happen.
    pub(crate) fn close(&mut self) {
        drop(self.server.take());
        self.pipes.close();
        self.shared.simulation().lift_all();
    }

    /// What there is to say of what happened.
    pub(crate) fn verdict(&self) -> Verdict {
        let (unfired, overdue) = (unfired(&self.unfired()), overdue(self.overdue()));
        let simulation = self.shared.simulation();
        let sections = [
            bugs(&simulation),
            (!self.allow_unmatched).then(|| strays(&simulation)).flatten(),
            self.deny_assumed.then(|| guesses(&simulation)).flatten(),
            unfired,
            overdue,
        ];
        drop(simulation);
        let sections = sections.into_iter().flatten().collect();
        Verdict { vendor: V::NAME, sections, chaos: chaos(self.chaos_met()) }
    }
}

fn bugs<V: Vendor>(simulation: &Simulation<V>) -> Option<Section> {
    let lines = simulation.bugs().to_vec();
    Section::of(lines, "", |count| {
        let bugs = counted(count, "bug");
        format!("{bugs} of mock-rebilly came to light: please report what is said here")
    })
}

fn strays<V: Vendor>(simulation: &Simulation<V>) -> Option<Section> {
    let (strays, all) = (simulation.strays().first(), simulation.strays().count());
    let mut lines = Vec::new();
    for stray in strays.iter().take(LINES_MAX) {
        lines.push(stray.line.clone());
        if stray.why == Unmatched::UnknownPath
            && let Some(nearest) = V::routes().nearest(&stray.method, &stray.segments)
        {
            lines.push(format!("  did you mean {nearest}?"));
        }
    }
    if all > LINES_MAX {
        lines.push(format!("and {} more", all - LINES_MAX));
    }
    let hint = "`.allow_unmatched()` on the builder lets a test ask for anything";
    Section::of(lines, hint, |_| {
        format!("{} asked for what it cannot answer", counted(all, "request"))
    })
}

fn guesses<V: Vendor>(simulation: &Simulation<V>) -> Option<Section> {
    let line = |(guess, first): (&&Guess, &String)| {
        format!("{} ({}; first by {first})", guess.says, guess.name)
    };
    let lines: Vec<String> = simulation.assumed().iter().map(line).collect();
    Section::of(lines, "", |count| {
        let were = if count == 1 { "was" } else { "were" };
        let rules = counted(count, "rule");
        format!("{rules} {were} followed that no document of the vendor's states")
    })
}

fn unfired(rules: &[Vec<String>]) -> Option<Section> {
    Section::of(rules.concat(), "", |_| {
        format!("{} that must fire never did", counted(rules.len(), "rule"))
    })
}

fn overdue(gates: Vec<String>) -> Option<Section> {
    Section::of(gates, "", |count| {
        format!("{} held a call that nobody let go in time", counted(count, "gate"))
    })
}

fn chaos(lines: Vec<String>) -> Option<Section> {
    Section::of(lines, "", |_| "chaos struck".to_owned())
}

impl Violations {
    /// What of these verdicts a test should hear, if anything.
    pub(crate) fn of(mut verdicts: Vec<Verdict>) -> Option<Violations> {
        // Whoever looks for the reason of a failure wants to see the same chaos again.
        let fails = verdicts.iter().any(Verdict::fails) || std::thread::panicking();
        verdicts.retain(|it| it.fails() || (fails && it.chaos.is_some()));
        (!verdicts.is_empty()).then_some(Violations { verdicts })
    }
}

impl Verdict {
    fn fails(&self) -> bool {
        !self.sections.is_empty()
    }
}

impl Section {
    /// Nothing where there are no lines; how many there are is told to whoever writes the title.
    fn of(
        lines: Vec<String>,
        hint: &'static str,
        title: impl FnOnce(usize) -> String,
    ) -> Option<Section> {
        let count = lines.len();
        (count > 0).then(|| Section { title: title(count), lines, hint })
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, verdict) in self.verdicts.iter().enumerate() {
            let space = if index == 0 { "" } else { "\n\n" };
            write!(out, "{space}{verdict}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let does = if self.fails() { "fails" } else { "had a part in" };
        write!(out, "the {} double {does} this test", self.vendor)?;
        for Section { title, lines, hint } in self.sections.iter().chain(&self.chaos) {
            write!(out, "\n\n{title}")?;
            for line in lines {
                write!(out, "\n  {line}")?;
            }
            if !hint.is_empty() {
                write!(out, "\n({hint})")?;
            }
        }
        Ok(())
    }
}

/// The same, so that a test that unwraps it or returns it shows lines and not escapes.
impl fmt::Debug for Violations {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl std::error::Error for Violations {}
