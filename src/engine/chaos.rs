//! [`Chaos`]: faults by chance, the same ones on every run.

use std::time::Duration;

use super::digest::Digest;
use super::fault::Fault;

/// How often a call fails unless a test says otherwise: one in twenty.
const RATE: f64 = 0.05;

/// Faults by chance that is no chance: whether a call fails, and how, follows
/// from the seed, from what the call says (operation, path, query, body, and
/// whose token it carries) and from how often exactly that was said before.
/// When it arrives does not count: whatever the threads of a test do, the
/// same calls fail. A retry is another call, and may pass.
///
/// ```
/// use mock_rebilly::{Chaos, Fault, MockRebilly};
///
/// let rebilly = MockRebilly::start_blocking();
/// rebilly.on_any().chaos(Chaos::seeded(7).rate(0.2).faults([Fault::Status(503), Fault::LoseResponse]));
/// // … the code under test must get through …
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "it does nothing until a rule has it: `mock.on_any().chaos(…)`"]
pub struct Chaos {
    seed: u64,
    rate: f64,
    faults: Vec<Fault>,
}

impl Chaos {
    /// One call in twenty fails. Unless [`faults`](Chaos::faults) says
    /// otherwise it gets a 500, a 503, a 429 that lets it come again at once, a
    /// reset before or after the commit, 17 bytes of a body, or a body that is no JSON.
    pub fn seeded(seed: u64) -> Chaos {
        let faults = vec![
            Fault::Status(500),
            Fault::Status(503),
            Fault::RateLimited(Duration::ZERO),
            Fault::ResetBeforeCommit,
            Fault::LoseResponse,
            Fault::CloseAfter(17),
            Fault::MalformedJson,
        ];
        Chaos { seed, rate: RATE, faults }
    }

    /// How often a call fails: 0 is never, 1 is always.
    ///
    /// # Panics
    ///
    /// When it is neither of them nor between them.
    #[track_caller]
    pub fn rate(mut self, rate: f64) -> Chaos {
        assert!((0.0..=1.0).contains(&rate), "a rate of {rate} is not between 0 and 1");
        self.rate = rate;
        self
    }

    /// What to choose from. What stands there twice is chosen twice as often.
    ///
    /// # Panics
    ///
    /// When there is nothing, or something that makes no sense, such as a status of 200.
    #[track_caller]
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Chaos {
        self.faults = faults.into_iter().collect();
        if let Some(problem) = self.problem() {
            panic!("{problem}");
        }
        self
    }

    /// The chaos that had this [`token`](Chaos::token), as a failing test prints it.
    ///
    /// ```
    /// use mock_rebilly::{Chaos, Fault};
    ///
    /// let chaos = Chaos::seeded(7).rate(0.25).faults([Fault::LoseResponse, Fault::Status(503)]);
    /// assert_eq!(chaos.token(), "seed=7&rate=0.25&lose_response&status=503");
    /// assert_eq!(Chaos::replay("seed=7&rate=0.25&lose_response&status=503"), chaos);
    /// ```
    ///
    /// # Panics
    ///
    /// When it is no token.
    #[track_caller]
    pub fn replay(token: &str) -> Chaos {
        read(token).unwrap_or_else(|| panic!("{token:?} is no token of chaos"))
    }

    /// All that it decides by, as a text; see [`Chaos::replay`].
    #[must_use]
    pub fn token(&self) -> String {
        let mut token = form_urlencoded::Serializer::new(String::new());
        token.append_pair("seed", &self.seed.to_string());
        // The shortest text that reads back as the same number.
        token.append_pair("rate", &self.rate.to_string());
        for fault in &self.faults {
            match spelled(fault) {
                (name, Some(value)) => token.append_pair(name, &value),
                (name, None) => token.append_key_only(name),
            };
        }
        token.finish()
    }

    /// What its decisions derive from, beside the call.
    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// Whether a call fails that was said so often before, and how.
    pub(super) fn strikes(&self, call: u128, said_before: u64) -> Option<&Fault> {
        let mut digest = Digest::seeded(self.seed);
        digest.eat(&call.to_le_bytes());
        digest.eat(&said_before.to_le_bytes());
        let drawn = digest.finish();
        // As many bits as a fraction holds exactly, and others to choose by.
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let fraction = (drawn >> 75) as f64 / (1_u64 << 53) as f64;
        let choice = usize::try_from(drawn & u128::from(u32::MAX)).unwrap_or(0);
        (fraction < self.rate).then(|| &self.faults[choice % self.faults.len()])
    }

    fn problem(&self) -> Option<String> {
        if self.faults.is_empty() {
            return Some("chaos needs at least one fault to choose".to_owned());
        }
        self.faults.iter().find_map(Fault::problem)
    }
}

/// A fault in a token: its verb, and what it is given.
fn spelled(fault: &Fault) -> (&'static str, Option<String>) {
    match fault {
        Fault::Status(status) => ("status", Some(status.to_string())),
        Fault::Invalid(fields) => {
            let fields =
                form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            ("invalid", Some(fields))
        }
        Fault::RateLimited(wait) => ("rate_limited", Some(seconds(*wait))),
        Fault::Latency(latency) => ("latency", Some(seconds(*latency))),
        Fault::RealLatency(latency) => ("real_latency", Some(seconds(*latency))),
        Fault::ResetBeforeCommit => ("reset_before_commit", None),
        Fault::LoseResponse => ("lose_response", None),
        Fault::CloseAfter(bytes) => ("close_after", Some(bytes.to_string())),
        Fault::MalformedJson => ("malformed_json", None),
        Fault::SlowBody { bytes, pause } => {
            ("slow_body", Some(format!("{bytes},{}", seconds(*pause))))
        }
        Fault::ContentType(kind) => ("content_type", Some(kind.clone())),
    }
}

fn read(token: &str) -> Option<Chaos> {
    let mut pairs = form_urlencoded::parse(token.as_bytes());
    let mut next = |expected: &str| pairs.next().filter(|(name, _)| name == expected);
    let seed = next("seed")?.1.parse().ok()?;
    let rate = next("rate")?.1.parse().ok().filter(|rate| (0.0..=1.0).contains(rate))?;
    let faults = pairs.map(|(name, value)| fault(&name, &value)).collect::<Option<_>>()?;
    Some(Chaos { seed, rate, faults }).filter(|chaos| chaos.problem().is_none())
}

fn fault(name: &str, value: &str) -> Option<Fault> {
    Some(match name {
        "status" => Fault::Status(value.parse().ok()?),
        "invalid" => {
            Fault::Invalid(form_urlencoded::parse(value.as_bytes()).into_owned().collect())
        }
        "rate_limited" => Fault::RateLimited(duration(value)?),
        "latency" => Fault::Latency(duration(value)?),
        "real_latency" => Fault::RealLatency(duration(value)?),
        "reset_before_commit" => Fault::ResetBeforeCommit,
        "lose_response" => Fault::LoseResponse,
        "close_after" => Fault::CloseAfter(value.parse().ok()?),
        "malformed_json" => Fault::MalformedJson,
        "slow_body" => {
            let (bytes, pause) = value.split_once(',')?;
            Fault::SlowBody { bytes: bytes.parse().ok()?, pause: duration(pause)? }
        }
        "content_type" => Fault::ContentType(value.to_owned()),
        _ => return None,
    })
}

/// In seconds, to the nanosecond, without zeros at the end.
fn seconds(duration: Duration) -> String {
    let text = format!("{}.{:09}", duration.as_secs(), duration.subsec_nanos());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn duration(text: &str) -> Option<Duration> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos = format!("{fraction:0<9}").parse().ok()?;
    Some(Duration::new(whole.parse().ok()?, nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_whatever_stands_in_it() {
        let chaos = Chaos::seeded(u64::MAX).rate(0.1 + 0.2).faults([
            Fault::Status(599),
            Fault::Invalid(vec![("a.0".to_owned(), "&=,".to_owned()), Default::default()]),
            Fault::RateLimited(Duration::from_millis(1_500)),
            Fault::Latency(Duration::from_nanos(1)),
            Fault::RealLatency(Duration::new(u64::MAX, 999_999_999)),
            Fault::ResetBeforeCommit,
            Fault::LoseResponse,
            Fault::CloseAfter(0),
            Fault::MalformedJson,
            Fault::SlowBody { bytes: 1, pause: Duration::from_millis(5) },
            Fault::ContentType("text/html; charset=utf-8&x".to_owned()),
        ]);
        let token = chaos.token();
        assert!(token.contains("rate_limited=1.5&latency=0.000000001&"), "{token}");
        assert_eq!(Chaos::replay(&token), chaos);
        let usual = Chaos::seeded(7);
        assert_eq!(Chaos::replay(&usual.token()), usual);
    }

    #[test]
    fn what_is_no_token_is_none() {
        for text in [
            "",
            "seed=7",
            "seed=7&rate=0.5",
            "rate=0.5&seed=7&lose_response",
            "seed=-1&rate=0.5&lose_response",
            "seed=7&rate=2&lose_response",
            "seed=7&rate=NaN&lose_response",
            "seed=7&rate=0.5&status=200",
            "seed=7&rate=0.5&invalid",
            "seed=7&rate=0.5&latency=1.0000000001",
            "seed=7&rate=0.5&latency=1.-1",
            "seed=7&rate=0.5&explode",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn it_strikes_about_as_often_as_it_is_told_and_takes_every_fault() {
        let chaos = Chaos::seeded(7).rate(0.25);
        let struck: Vec<&Fault> = (0..4_000).filter_map(|call| chaos.strikes(call, 0)).collect();
        assert!((900..1_100).contains(&struck.len()), "{}", struck.len());
        assert!(chaos.faults.iter().all(|fault| struck.contains(&fault)));
        let all = Chaos::seeded(7).rate(1.0);
        assert!((0..1_000).all(|call| all.strikes(call, 0).is_some()));
        let none = Chaos::seeded(7).rate(0.0);
        assert!((0..1_000).all(|call| none.strikes(call, 0).is_none()));
    }

    #[test]
    fn a_repetition_is_decided_anew() {
        let chaos = Chaos::seeded(7).rate(0.5);
        let struck: Vec<bool> = (0..64).map(|said| chaos.strikes(1, said).is_some()).collect();
        assert!(struck.contains(&true) && struck.contains(&false));
    }
}
