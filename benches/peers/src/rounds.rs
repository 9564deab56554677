//! Rounds in which contenders take turns, and the medians of those.

use std::time::{Duration, Instant};

use crate::contender::CONTENDERS;
use crate::table::{Cell, Cells, Unit};

/// What measures a round of a contender; none where it has no such thing.
pub type Contestant<'c> = Option<Box<dyn FnMut() -> f64 + 'c>>;

/// One that takes part.
pub fn taking_part<'c>(round: impl FnMut() -> f64 + 'c) -> Contestant<'c> {
    Some(Box::new(round))
}

/// One for each contender.
pub type Contenders<'c> = [Contestant<'c>; CONTENDERS.len()];

/// How often contenders take turns. Medians of an odd number are rounds that happened.
pub const ROUNDS: usize = 11;

/// How long something takes.
#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
pub fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The middle one of some numbers.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// What contenders measured, in the order of the contenders: the median of each,
/// and the median of its ratios to the first one's measure in the same round.
pub fn beside(contenders: &mut [Contestant<'_>]) -> Vec<Option<(f64, f64)>> {
    // Warm caches, pools and connections.
    for contender in contenders.iter_mut().flatten() {
        contender();
    }
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    for round in 0..ROUNDS {
        // Whoever went first in the last round goes last in this one.
        for turn in 0..contenders.len() {
            let place = (turn + round) % contenders.len();
            if let Some(contender) = &mut contenders[place] {
                rounds[place].push(contender());
            }
        }
    }
    let first = rounds[0].clone();
    let summed = rounds.into_iter().map(|measures| {
        if measures.is_empty() {
            return None;
        }
        let ratios = measures.iter().zip(&first).map(|(measure, first)| measure / first).collect();
        Some((median(measures), median(ratios)))
    });
    summed.collect()
}

/// Cells of a line of times or of rates: a ratio to the first contender, and the figure.
pub fn cells(mut contenders: Contenders<'_>, show: Unit) -> Cells {
    let mut measured = beside(&mut contenders).into_iter();
    contenders.map(|_| {
        let (figure, ratio) = measured.next()??;
        Some(Cell { figure: ratio, text: format!("{ratio:.2} ({})", show(figure)) })
    })
}

/// The median of rounds.
pub fn alone(work: impl FnMut() -> f64) -> Cell {
    let measured = beside(&mut [taking_part(work)]);
    let (figure, _) = measured[0].expect("it was measured");
    Cell { figure, text: time(figure) }
}

/// How many times as long the second one takes, both in turn.
pub fn compare(one: impl FnMut() -> f64, other: impl FnMut() -> f64) -> Cell {
    let measured = beside(&mut [taking_part(one), taking_part(other)]);
    let (figure, times) = measured[1].expect("it was measured");
    Cell { figure: times, text: format!("{} ({})", ratio(times), time(figure)) }
}

/// A ratio, for people.
pub fn ratio(ratio: f64) -> String {
    format!("{ratio:.2}")
}

/// Seconds, for people.
pub fn time(seconds: f64) -> String {
    match seconds {
        ..1e-6 => format!("{:.0} ns", seconds * 1e9),
        ..1e-4 => format!("{:.1} µs", seconds * 1e6),
        ..1e-3 => format!("{:.0} µs", seconds * 1e6),
        _ => format!("{:.2} ms", seconds * 1e3),
    }
}

/// A number of bytes, for people.
pub fn kib(bytes: f64) -> String {
    format!("{:.1} KiB", bytes / 1024.0)
}

/// A number, for people.
pub fn count(number: f64) -> String {
    match number {
        1e4.. => format!("{:.1} k", number / 1e3),
        _ => format!("{number:.0}"),
    }
}

/// Requests a second, for people.
pub fn rate(requests: f64) -> String {
    format!("{:.1} k/s", requests / 1e3)
}
